/* style/closer.c -- courtesy formula, date, signatures, initials and seal; what stands below. */
#include "style/styler.h"

/* ---- one signature ---- */

static bool
unsigned_yet(const ch_person *p)
{
    return p->status == CH_SIG_UNSET || p->status == CH_SIG_PENDING;
}

void
ch_style_signer(ch_styler *s, const ch_area *area, const ch_person *p, ch_snode *parent)
{
    ch_type_role role = CH_TYPE_signature_name;
    if (p->status == CH_SIG_WITHHELD) { /* nothing of the person is printed */
        ch_block_add_rich(s, area, role, p->name, parent, CH_ROLE_P);
        return;
    }
    if (p->name.n > 0) {
        ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, p->name.where);
        ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, role), node, p->name.where);
        ch_spanner_rich(&sp, p->honorific);
        if (p->honorific.n > 0)
            ch_spanner_text(&sp, CH_STR_LIT(" "), s->letter->lang);
        ch_spanner_rich(&sp, p->name);
        ch_block_add_para(s, area, role, ch_spanner_done(&sp));
        role = CH_TYPE_signature;
    }
    for (size_t i = 0; i < p->roles.n; i++, role = CH_TYPE_signature)
        ch_block_add_rich(s, area, role, p->roles.at[i], parent, CH_ROLE_P);
    for (size_t i = 0; i < p->orgs.n; i++, role = CH_TYPE_signature)
        ch_block_add_rich(s, area, role, p->orgs.at[i], parent, CH_ROLE_P);
}

/* The room to sign in, or the image or mark of a signature that is there; then who it is. */
static void
add_signature(ch_styler *s, const ch_area *area, const ch_person *p, ch_snode *parent)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    size_t                first = area->to->n;
    ch_snode             *div   = ch_styler_node(s, parent, CH_ROLE_DIV, p->where);
    ch_block_add_rich(s, area, CH_TYPE_signature_behalf, p->behalf, div, CH_ROLE_P);
    if (p->has_figure) {
        bool      said = p->figure.alt.n > 0;
        ch_snode *n    = said ? ch_styler_node(s, div, CH_ROLE_FIGURE, p->figure.where) : NULL;
        ch_block *b    = ch_block_add_signature(s, area, &p->figure, n);
        b->props       = ch_styler_look(s, b->props, CH_LOOK_START);
    } else if (unsigned_yet(p)) {
        ch_block_add_gap(s, area, parts->signatures.ink, p->where);
    } else if (p->status != CH_SIG_WITHHELD) {
        ch_block_add_gap(s, area, ch_styler_role(s, CH_TYPE_signature)->leading, p->where);
    }
    if (parts->signatures.line > 0 && unsigned_yet(p))
        ch_block_add(s, area, CH_BLOCK_RULE, CH_TYPE_signature, p->where)->rule_thickness =
            parts->signatures.line;
    bool dated = p->status_dated.n > 0; /* the mark has the date in it */
    if (!unsigned_yet(p) && p->status != CH_SIG_WITHHELD)
        ch_block_add_rich(s, area, CH_TYPE_signature_status,
                          dated ? p->status_dated : p->status_text, div, CH_ROLE_P);
    ch_style_signer(s, area, p, div);
    if (!dated)
        ch_block_add_rich(s, area, CH_TYPE_signature_status, p->date, div, CH_ROLE_P);
    for (size_t i = first; i + 1 < area->to->n; i++)
        area->to->at[i].keep_next = true;
}

/* ---- several side by side ---- */

/* How many stand in each full row: as even as can be. */
static size_t
per_row(size_t n, unsigned most)
{
    size_t rows = (n + most - 1) / most;
    return (n + rows - 1) / rows;
}

/* Rows for the signatures [from, to), c in a row; one left over has the row to itself. */
static void
add_rows(ch_styler *s, const ch_area *area, size_t from, size_t to, size_t c, ch_snode *parent)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    const ch_letter      *l     = s->letter;
    if (from >= to)
        return;
    ch_table *t = ch_table_add(s, c);
    for (size_t i = 0; i < c; i++)
        t->column[i] = (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    t->gutter  = parts->signatures.gutter;
    t->row_gap = parts->signatures.gap;
    t->row     = CH_NEW_N(s->a, ch_row, (to - from + c - 1) / c);
    for (size_t i = from; i < to; i += c) {
        ch_cell_vec cells = {0};
        size_t      here  = to - i < c ? to - i : c;
        for (size_t k = 0; k < here; k++) {
            ch_block_vec v    = {0};
            ch_area      a    = ch_area_in_cell(&v, area);
            unsigned     span = here == 1 ? (unsigned)c : 1;
            a.unit            = 0; /* a row is never split anyway */
            add_signature(s, &a, &l->signed_by[i + k], parent);
            *CH_PUSH(s->a, cells) = ch_cell_of(v, span, NULL);
        }
        t->row[t->n_rows++] = ch_row_of(s, cells, NULL, l->signed_by[i].where);
    }
    ch_block_add_table(s, area, CH_TYPE_signature, t, l->signed_by[from].where);
}

/* Up to this many signatures stay together with the formula; of more, the first row. */
#define TOGETHER 8

static void
add_signatures(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    ch_area          a = *area;
    a.part             = CH_PART_SIGNATURE;
    if (l->n_signed == 0)
        return;
    if (l->n_signed == 1) {
        ch_area narrow = ch_area_inset(&a, s->sheet->parts.signatures.start, 0);
        add_signature(s, &narrow, &l->signed_by[0], parent);
        return;
    }
    if (l->signed_by[0].behalf.n > 0) /* in a table the space above it would be lost */
        ch_block_add_gap(s, &a, ch_styler_role(s, CH_TYPE_signature_behalf)->before,
                         l->signed_by[0].where);
    size_t c     = per_row(l->n_signed, s->sheet->parts.signatures.columns);
    size_t first = l->n_signed <= TOGETHER ? l->n_signed : c;
    add_rows(s, &a, 0, first, c, parent);
    a.unit = 0;
    if (first < l->n_signed)
        ch_block_add_gap(s, &a, s->sheet->parts.signatures.gap, l->signed_by[first].where);
    add_rows(s, &a, first, l->n_signed, c, parent);
}

static void
add_initials_and_seal(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    ch_area          a = *area;
    a.part             = CH_PART_SIGNATURE;
    if (l->initials.n > 0)
        ch_block_add_rich(s, &a, CH_TYPE_initials, l->initials, parent, CH_ROLE_P);
    else if (l->has_initials)
        ch_block_add_gap(s, &a, s->sheet->parts.signatures.ink / 2, l->where);
    if (!l->seal)
        return;
    if (l->has_seal_figure) {
        bool      said = l->seal_figure.alt.n > 0;
        ch_snode *n    = said ? ch_styler_node(s, parent, CH_ROLE_FIGURE, l->seal_where) : NULL;
        ch_block_add_signature(s, &a, &l->seal_figure, n);
        return;
    }
    ch_str word = ch_locale_label(l->locale, s->cx, "seal", l->seal_where);
    ch_block_add_rich(s, &a, CH_TYPE_seal, ch_rich_from(s->a, word, l->lang, l->seal_where), parent,
                      CH_ROLE_P);
}

void
ch_style_closer(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l     = s->letter;
    ch_area          a     = *area;
    size_t           first = area->to->n;
    a.unit                 = ++s->units;
    a.part                 = CH_PART_COURTESY;
    ch_block_add_rich(s, &a, CH_TYPE_courtesy, l->courtesy, parent, CH_ROLE_P);
    a.part = CH_PART_SIGNATURE;
    ch_block_add_rich(s, &a, CH_TYPE_closing_dateline, l->closing_dateline, parent, CH_ROLE_P);
    add_signatures(s, &a, parent);
    if (l->n_signed > TOGETHER)
        a.unit = 0;
    add_initials_and_seal(s, &a, parent);
    /* What the unit keeps together needs no keep of its own, and the last of it must not hold
     * on to what comes after. */
    for (size_t i = first; i < a.to->n; i++) {
        ch_block *b  = &a.to->at[i];
        b->keep_next = b->unit != 0 && i + 1 < a.to->n && a.to->at[i + 1].unit == b->unit;
    }
}

/* ---- below the signature ---- */

static void
add_items(ch_styler *s, const ch_area *area, ch_rich label, ch_texts items, ch_snode *parent)
{
    if (items.n == 0)
        return;
    ch_block *head = ch_block_add_rich(s, area, CH_TYPE_after_label, label, parent, CH_ROLE_P);
    if (head)
        head->keep_next = true;
    ch_snode *l = ch_styler_node(s, parent, CH_ROLE_L, items.at[0].where);
    for (size_t i = 0; i < items.n; i++) {
        ch_snode *li = ch_styler_node(s, l, CH_ROLE_LI, items.at[i].where);
        ch_snode *lb = ch_styler_node(s, li, CH_ROLE_LBODY, items.at[i].where);
        ch_block_add_rich(s, area, CH_TYPE_after, items.at[i], lb, CH_ROLE_P);
    }
}

static void
add_postscript(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    ch_texts ps = s->letter->postscript;
    for (size_t i = 0; i < ps.n; i++) {
        ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, ps.at[i].where);
        ch_spanner sp =
            ch_spanner_new(s, ch_styler_role(s, CH_TYPE_postscript), node, ps.at[i].where);
        sp.line = false;
        if (i == 0) {
            ch_str word = ch_locale_label(s->letter->locale, s->cx, "postscript", ps.at[i].where);
            ch_spanner_text(&sp, word, s->letter->lang);
            if (word.n > 0)
                ch_spanner_text(&sp, CH_STR_LIT("\xC2\xA0 "), s->letter->lang);
        }
        ch_spanner_rich(&sp, ps.at[i]);
        ch_block_add_para(s, area, CH_TYPE_postscript, ch_spanner_done(&sp));
    }
}

void
ch_style_after(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    ch_area          a = *area;
    a.part             = CH_PART_AFTER;
    add_items(s, &a, l->encl_label, l->encl, parent);
    add_items(s, &a, l->cc_label, l->cc, parent);
    add_items(s, &a, l->distribution_label, l->distribution, parent);
    add_items(s, &a, l->drafted_label, l->drafters, parent);
    add_postscript(s, &a, parent);
}
