/* style/opener.c -- letterhead, reference and date, markings, addressee, subject, salutation. */
#include "style/styler.h"

#include <string.h>

#define NBSP "\xC2\xA0"

static ch_str
label(ch_styler *s, const char *name, ch_where where)
{
    return ch_locale_label(s->letter->locale, s->cx, name, where);
}

/* ---- letterhead ---- */

ch_texts
ch_style_sender_texts(ch_styler *s, const ch_person *p, ch_head_item_kind kind)
{
    ch_rich *one = CH_NEW(s->a, ch_rich);
    switch (kind) {
    case CH_HEAD_ORG:
        return p->orgs;
    case CH_HEAD_ROLE:
        return p->roles;
    case CH_HEAD_ADDRESS:
        return p->address;
    case CH_HEAD_MOTTO:
        return p->mottos;
    case CH_HEAD_CONTACT:
        return (ch_texts){p->contact.text, p->contact.n};
    case CH_HEAD_PERSON:
        *one = p->name;
        break;
    case CH_HEAD_INVOCATION:
        *one = s->letter->invocation;
        break;
    default:
        break;
    }
    return (ch_texts){one, one->n > 0};
}

/* The letterhead has one name in each language; a second one, of a department or of the person
 * that writes, is a line like the others. */
static ch_type_role
role_for(const ch_area *area, ch_type_role role, ch_rich text)
{
    const char *name = ch_type_role_name(CH_TYPE_letterhead_name);
    for (size_t i = 0; role == CH_TYPE_letterhead_name && i < area->to->n; i++) {
        const ch_block *b = &area->to->at[i];
        if (b->para && b->name == name && text.root && ch_str_eq(b->para->lang, text.root->lang))
            return CH_TYPE_letterhead_line;
    }
    return role;
}

/* What was added is on the paper already; an invocation is this letter's. */
static void
blank(const ch_styler *s, const ch_area *area, const ch_head_item *it, size_t first)
{
    for (size_t i = first; s->blank && it->kind != CH_HEAD_INVOCATION && i < area->to->n; i++)
        area->to->at[i].drawn = CH_DRAWN_NEVER;
}

/* Several texts on one line, or on a line each. */
void
ch_style_letterhead_texts(ch_styler *s, const ch_area *area, const ch_head_item *it, ch_texts t,
                          ch_snode *parent)
{
    size_t first = area->to->n;
    if (!it->joined) {
        for (size_t i = 0; i < t.n; i++)
            ch_block_add_rich(s, area, role_for(area, it->role, t.at[i]), t.at[i], parent,
                              CH_ROLE_P);
        blank(s, area, it, first);
        return;
    }
    if (t.n == 0)
        return;
    ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, t.at[0].where);
    ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, it->role), node, t.at[0].where);
    for (size_t i = 0; i < t.n; i++) {
        if (i > 0)
            ch_spanner_text(&sp, it->join, s->letter->lang);
        ch_spanner_isolated(&sp, t.at[i]);
    }
    ch_block_add_para(s, area, it->role, ch_spanner_done(&sp));
    blank(s, area, it, first);
}

static ch_letterhead_form
letterhead_form(const ch_styler *s)
{
    ch_letterhead_form asked = s->cx->letterhead;
    return asked != CH_LETTERHEAD_BY_STYLE ? asked : s->sheet->parts.letterhead.form;
}

static void
add_emblem(ch_styler *s, const ch_area *area, const ch_head_item *it, const ch_image_ref *image,
           ch_snode *parent)
{
    ch_snode *node = image->alt.n ? ch_styler_node(s, parent, CH_ROLE_FIGURE, image->where) : NULL;
    ch_block *b    = ch_block_add_figure(s, area, image, it->width, node);
    b->figure->black = it->black || letterhead_form(s) == CH_LETTERHEAD_BLACK;
    /* Space round it is the letterhead's, not that of figures in the text. */
    ch_props *p = CH_NEW(s->a, ch_props);
    *p          = *b->props;
    p->before = p->after = 0;
    p->align             = it->place;
    b->props             = p;
    b->drawn             = s->blank ? CH_DRAWN_NEVER : CH_DRAWN_ALWAYS;
}

void
ch_style_letterhead_item(ch_styler *s, const ch_area *area, const ch_head_item *it,
                         const ch_person *p, ch_snode *parent)
{
    size_t first = area->to->n;
    if (it->kind == CH_HEAD_RULE) {
        ch_block_add(s, area, CH_BLOCK_RULE, it->role, p->where)->rule_thickness = it->width;
    } else if (it->kind != CH_HEAD_EMBLEM) {
        ch_style_letterhead_texts(s, area, it, ch_style_sender_texts(s, p, it->kind), parent);
    } else if (p->has_figure) {
        add_emblem(s, area, it, &p->figure, parent);
        ch_block_add_gap(s, area, it->gap, p->where);
    }
    blank(s, area, it, first);
}

/* ---- particulars ---- */

static bool
has_item(ch_str items, const char *word)
{
    for (size_t from = 0, to; from < items.n; from = to + 1) {
        for (to = from; to < items.n && items.p[to] != ' '; to++) {
        }
        if (ch_str_is(ch_str_sub(items, from, to), word))
            return true;
    }
    return false;
}

static bool
has_letterhead(const ch_styler *s)
{
    return s->letter->sender &&
           (s->sheet->parts.letterhead.print || s->cx->letterhead != CH_LETTERHEAD_BY_STYLE);
}

bool
ch_style_letterhead_blank(const ch_styler *s)
{
    return has_letterhead(s) && letterhead_form(s) == CH_LETTERHEAD_BLANK;
}

/* Does the letterhead have that part, of particulars that item? */
static bool
in_letterhead(const ch_styler *s, ch_head_item_kind kind, const char *item)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    if (!has_letterhead(s))
        return false;
    for (size_t i = 0; i < parts->letterhead.n; i++) {
        const ch_head_item *it = &parts->letterhead.item[i];
        if (it->kind == kind && (!item || has_item(it->items, item)))
            return true;
    }
    return false;
}

static void
add_references(ch_styler *s, const ch_area *area, ch_type_role role, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    for (size_t i = 0; i < l->idno.n; i++) {
        ch_rich     value = l->idno.text[i];
        ch_str      type  = l->idno.type[i];
        const char *name  = ch_str_is(type, "your-ref") ? "your-reference"
                            : ch_str_is(type, "symbol") ? "symbol"
                                                        : "reference";
        if (value.n == 0)
            continue;
        ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, value.where);
        ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, role), node, value.where);
        ch_str     word = label(s, name, value.where);
        if (word.n > 0) {
            ch_spanner_text(&sp, word, l->lang);
            ch_spanner_text(&sp, CH_STR_LIT(NBSP), l->lang);
        }
        ch_spanner_isolated(&sp, value);
        ch_block_add_para(s, area, role, ch_spanner_done(&sp))->keep_next = true;
    }
}

/* The language's word for the date, with the colon that stands behind its word for the number. */
static ch_str
date_label(ch_styler *s, ch_where where)
{
    static const char *const COLONS[] = {NBSP ":", ":", "\xEF\xBC\x9A"};
    ch_str                   word     = label(s, "date", where);
    ch_str                   like     = label(s, "reference", where);
    for (size_t i = 0; i < sizeof COLONS / sizeof *COLONS; i++) {
        if (ch_str_ends(like, COLONS[i]))
            return ch_arena_printf(s->a, "%.*s%s", CH_ARG(word), COLONS[i]);
    }
    return word;
}

static void
add_particulars(ch_styler *s, const ch_area *area, const ch_head_item *it, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    for (size_t from = 0, to; from < it->items.n; from = to + 1) {
        for (to = from; to < it->items.n && it->items.p[to] != ' '; to++) {
        }
        ch_str word = ch_str_sub(it->items, from, to);
        if (ch_str_is(word, "reference")) {
            add_references(s, area, it->role, parent);
        } else if (ch_str_is(word, "enclosures")) {
            if (l->encl.n > 0)
                ch_block_add_rich(s, area, it->role, l->encl_label, parent, CH_ROLE_P);
        } else if (l->date.n > 0) {
            ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, l->date.where);
            ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, it->role), node, l->date.where);
            ch_spanner_text(&sp, date_label(s, l->date.where), l->lang);
            ch_spanner_text(&sp, CH_STR_LIT(NBSP), l->lang);
            ch_spanner_isolated(&sp, l->date);
            ch_block_add_para(s, area, it->role, ch_spanner_done(&sp));
        }
    }
}

/* ---- what stands beside ---- */

static bool
at_start(const ch_styler *s, const ch_head_item *it)
{
    return it->place == CH_ALIGN_START || it->place == (s->rtl ? CH_ALIGN_RIGHT : CH_ALIGN_LEFT);
}

static void
add_column(ch_styler *s, ch_table *t, ch_cell_vec *cells, ch_block_vec content, ch_len width)
{
    t->column[cells->n]    = width > 0 ? (ch_column){.kind = CH_WIDTH_FIXED, .width = width}
                                       : (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    *CH_PUSH(s->a, *cells) = ch_cell_of(content, 1, NULL);
}

/* A column for what stands beside the text; returns its width. */
static ch_len
add_side(ch_styler *s, const ch_area *around, const ch_head_item *it, ch_block_vec *to,
         const ch_person *p, ch_snode *parent)
{
    ch_area a = ch_area_in_cell(to, around);
    if (it->kind == CH_HEAD_PARTICULARS) {
        add_particulars(s, &a, it, parent);
        return it->width;
    }
    add_emblem(s, &a, it, &p->figure, parent);
    return to->at[0].figure->width;
}

#define BESIDE_MOST 4

/* Emblem and particulars in columns of their own, beside all that follows up to a rule; returns
 * the number of the item behind that. */
static size_t
add_beside(ch_styler *s, const ch_area *area, size_t at, const ch_person *p, ch_snode *parent)
{
    const ch_head_item *item = s->sheet->parts.letterhead.item;
    size_t              n = s->sheet->parts.letterhead.n, next = at, sides;
    ch_block_vec        side[BESIDE_MOST] = {{0}}, text = {0};
    ch_len              width[BESIDE_MOST];
    while (next < n && next < at + BESIDE_MOST && ch_style_letterhead_beside(s, next)) {
        width[next - at] = add_side(s, area, &item[next], &side[next - at], p, parent);
        next++;
    }
    sides     = next - at;
    ch_area a = ch_area_in_cell(&text, area);
    while (next < n && item[next].kind != CH_HEAD_RULE && !ch_style_letterhead_beside(s, next))
        next = ch_style_letterhead_run(s, &a, next, parent);
    ch_table   *t     = ch_table_add(s, sides + 1);
    ch_cell_vec cells = {0};
    for (size_t i = 0; i < sides; i++) {
        t->gutter = item[at + i].gap > t->gutter ? item[at + i].gap : t->gutter;
        if (at_start(s, &item[at + i]))
            add_column(s, t, &cells, side[i], width[i]);
    }
    add_column(s, t, &cells, text, 0);
    for (size_t i = sides; i-- > 0;) {
        if (!at_start(s, &item[at + i]))
            add_column(s, t, &cells, side[i], width[i]);
    }
    t->row    = CH_NEW(s->a, ch_row);
    t->n_rows = 1;
    *t->row   = ch_row_of(s, cells, NULL, p->where);
    ch_block_add_table(s, area, CH_TYPE_letterhead_line, t, p->where);
    return next;
}

/* The roles of the letterhead in black. */
static void
blacken(ch_styler *s)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    for (size_t i = 0; i <= parts->letterhead.n; i++) {
        ch_type_role r =
            i < parts->letterhead.n ? parts->letterhead.item[i].role : CH_TYPE_letterhead_line;
        ch_props *p = CH_NEW(s->a, ch_props);
        *p          = *ch_styler_role(s, r);
        p->colour   = 0;
        s->role[r]  = p;
    }
}

void
ch_style_letterhead(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    const ch_person      *p     = s->letter->sender;
    if (!has_letterhead(s))
        return;
    const ch_props *roles[CH_TYPE_COUNT];
    ch_snode       *div = ch_styler_node(s, parent, CH_ROLE_DIV, p->where);
    memcpy(roles, s->role, sizeof roles);
    if (letterhead_form(s) == CH_LETTERHEAD_BLACK)
        blacken(s);
    s->sender_div = CH_NEW_N(s->a, ch_snode *, s->letter->n_senders);
    for (size_t i = 0; s->letter->n_senders > 1 && i < s->letter->n_senders; i++)
        s->sender_div[i] = ch_styler_node(s, div, CH_ROLE_DIV, s->letter->sender[i].where);
    s->blank = !inside && letterhead_form(s) == CH_LETTERHEAD_BLANK;
    for (size_t i = 0; i < parts->letterhead.n;) {
        if (ch_style_letterhead_beside(s, i))
            i = add_beside(s, area, i, p, div);
        else
            i = ch_style_letterhead_run(s, area, i, div);
    }
    s->blank = false;
    memcpy(s->role, roles, sizeof roles);
}

/* ---- reference and date ---- */

static void
add_date(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    ch_block_add_rich(s, area, CH_TYPE_dateline, s->letter->dateline, parent, CH_ROLE_P);
}

/* The numbers at the start of a line, the date at its end. */
static void
add_reference_beside_date(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    ch_block_vec left = {0}, right = {0};
    ch_area      a = ch_area_in_cell(&left, area);
    add_references(s, &a, CH_TYPE_reference, parent);
    a.to = &right;
    add_date(s, &a, parent);
    ch_table   *t         = ch_table_add(s, 2);
    ch_cell_vec cells     = {0};
    ch_where    where     = s->letter->dateline.where;
    t->column[0]          = (ch_column){.kind = CH_WIDTH_AUTO}; /* the date may be long */
    t->column[1]          = (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    t->gutter             = s->sheet->parts.tables.gutter;
    *CH_PUSH(s->a, cells) = ch_cell_of(left, 1, NULL);
    *CH_PUSH(s->a, cells) = ch_cell_of(right, 1, NULL);
    t->row                = CH_NEW(s->a, ch_row);
    t->n_rows             = 1;
    *t->row               = ch_row_of(s, cells, NULL, where);
    ch_block_add_table(s, area, CH_TYPE_dateline, t, where);
}

static void
add_reference_and_date(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l       = s->letter;
    ch_beside        place   = s->sheet->parts.opening.reference;
    bool             numbers = !in_letterhead(s, CH_HEAD_PARTICULARS, "reference");
    bool             date    = !in_letterhead(s, CH_HEAD_PARTICULARS, "date");
    if (numbers && date && place == CH_REF_BESIDE && l->idno.n > 0 && l->dateline.n > 0) {
        add_reference_beside_date(s, area, parent);
        return;
    }
    if (date && place == CH_REF_BELOW)
        add_date(s, area, parent);
    if (numbers)
        add_references(s, area, CH_TYPE_reference, parent);
    if (date && place != CH_REF_BELOW)
        add_date(s, area, parent);
}

/* ---- addressee ---- */

static ch_type_role
line_role(size_t lines)
{
    return lines == 0 ? CH_TYPE_addressee_name : CH_TYPE_addressee;
}

static size_t
add_address_lines(ch_styler *s, const ch_area *area, ch_texts t, ch_snode *parent, size_t lines)
{
    for (size_t i = 0; i < t.n; i++)
        lines += ch_block_add_rich(s, area, line_role(lines), t.at[i], parent, CH_ROLE_P) != NULL;
    return lines;
}

static void
add_addressee(ch_styler *s, const ch_area *area, const ch_person *p, ch_snode *parent)
{
    ch_snode *div   = ch_styler_node(s, parent, CH_ROLE_DIV, p->where);
    size_t    lines = 0, first = area->to->n;
    if (s->sheet->parts.addressee.honorific_line || p->honorific.n == 0 || p->name.n == 0) {
        ch_texts both = {(ch_rich[]){p->honorific, p->name}, 2};
        lines         = add_address_lines(s, area, both, div, lines);
    } else {
        ch_snode  *node = ch_styler_node(s, div, CH_ROLE_P, p->where);
        ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, line_role(0)), node, p->where);
        ch_spanner_rich(&sp, p->honorific);
        ch_spanner_text(&sp, CH_STR_LIT(" "), s->letter->lang);
        ch_spanner_rich(&sp, p->name);
        ch_block_add_para(s, area, line_role(0), ch_spanner_done(&sp));
        lines = 1;
    }
    lines        = add_address_lines(s, area, p->roles, div, lines);
    lines        = add_address_lines(s, area, p->orgs, div, lines);
    size_t place = area->to->n;
    add_address_lines(s, area, p->address, div, lines);
    for (size_t i = place; i < area->to->n; i++)
        area->to->at[i].postal = true;
    for (size_t i = first; i + 1 < area->to->n; i++)
        area->to->at[i].keep_next = true;
}

void
ch_style_addressees(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    for (size_t i = 0; i < s->letter->n_addressees; i++)
        add_addressee(s, area, &s->letter->addressee[i], parent);
}

/* ---- the rest ---- */

static void
add_subject(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    if (l->subject.n == 0)
        return;
    unsigned level  = s->base_head > 0 ? s->base_head - 1 : 0;
    unsigned base   = s->base_head;
    s->base_head    = level;
    ch_role role    = ch_style_heading(s, 1);
    s->base_head    = base;
    ch_snode  *node = ch_styler_node(s, parent, role, l->subject.where);
    ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, CH_TYPE_subject), node, l->subject.where);
    if (s->sheet->parts.opening.subject_label) {
        ch_str word = label(s, "subject", l->subject.where);
        if (word.n > 0) {
            ch_spanner_text(&sp, word, l->lang);
            ch_spanner_text(&sp, CH_STR_LIT(" "), l->lang);
        }
    }
    ch_spanner_rich(&sp, l->subject);
    ch_block_add_para(s, area, CH_TYPE_subject, ch_spanner_done(&sp))->keep_next = true;
}

void
ch_style_provenance(ch_styler *s, const ch_area *area, ch_texts lines, ch_snode *parent)
{
    if (lines.n > 0 && area->to->n > 0) { /* as near to the title as its role has it */
        ch_block *title = &area->to->at[area->to->n - 1];
        ch_props *p     = CH_NEW(s->a, ch_props);
        *p              = *title->props;
        p->after        = ch_styler_role(s, CH_TYPE_provenance)->before;
        title->props    = p;
    }
    for (size_t i = 0; i < lines.n; i++) {
        ch_block *b =
            ch_block_add_rich(s, area, CH_TYPE_provenance, lines.at[i], parent, CH_ROLE_P);
        if (b)
            b->keep_next = true;
    }
}

/* The title of the document, and where its text came from. */
static void
add_head(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l    = s->letter;
    unsigned         base = s->base_head;
    if (l->head.n > 0) {
        s->base_head = base > 0 && l->subject.n == 0 ? base - 1 : base;
        ch_role role = ch_style_heading(s, 1);
        s->base_head = base;
        ch_block_add_rich(s, area, CH_TYPE_letter_head, l->head, parent, role)->keep_next = true;
    }
    ch_style_provenance(s, area, l->provenance, parent);
}

/* inside: in an attachment, where no page waits for the addressee. */
void
ch_style_opener(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside)
{
    const ch_letter *l    = s->letter;
    ch_area          a    = *area;
    bool             foot = s->sheet->parts.addressee.foot;
    a.part                = CH_PART_OPENER;
    add_reference_and_date(s, &a, parent);
    if (s->sheet->parts.opening.classification)
        ch_block_add_rich(s, &a, CH_TYPE_marking, l->classification, parent, CH_ROLE_P);
    if (inside || !ch_style_in_window(s) || s->out->geometry.zones.remarks == 0)
        ch_style_remarks(s, &a, CH_TYPE_marking, parent);
    if (l->n_addressees > 0 && l->addressee[0].position.n > 0)
        foot = ch_str_is(l->addressee[0].position, "foot");
    if (inside || (!foot && s->out->geometry.window.w == 0))
        ch_style_addressees(s, &a, parent);
    add_subject(s, &a, parent);
    if (!in_letterhead(s, CH_HEAD_INVOCATION, NULL))
        ch_block_add_rich(s, &a, CH_TYPE_invocation, l->invocation, parent, CH_ROLE_P);
    add_head(s, &a, parent);
    a.part      = CH_PART_SALUTE;
    ch_block *b = ch_block_add_rich(s, &a, CH_TYPE_salute, l->salute, parent, CH_ROLE_P);
    if (b)
        b->keep_next = true;
}
