/* style/furniture.c -- running heads and feet from their templates; the classification. */
#include "style/styler.h"

typedef struct slots {
    ch_styler *s;
    ch_str     value[CH_SLOTS];
} slots;

static ch_str
first_of(ch_styler *s, const ch_person *p)
{
    if (!p)
        return CH_STR_EMPTY;
    ch_rich r = p->name.n > 0    ? p->name
                : p->roles.n > 0 ? p->roles.at[0]
                : p->orgs.n > 0  ? p->orgs.at[0]
                                 : p->honorific;
    return ch_rich_plain(s->a, r);
}

/* The first 64 bits of the digest, in groups that can be read aloud. */
static ch_str
short_digest(ch_arena *a, ch_str hex)
{
    return hex.n < 16
               ? CH_STR_EMPTY
               : ch_arena_printf(a, "%.4s %.4s %.4s %.4s", hex.p, hex.p + 4, hex.p + 8, hex.p + 12);
}

static slots
slots_of(ch_styler *s)
{
    const ch_letter *l = s->letter;
    slots            x = {.s = s};
    for (size_t i = 0; i < sizeof x.value / sizeof *x.value; i++)
        x.value[i] = CH_STR_EMPTY;
    x.value[CH_SLOT_ADDRESSEE]      = first_of(s, l->n_addressees > 0 ? &l->addressee[0] : NULL);
    x.value[CH_SLOT_DATE]           = ch_rich_plain(s->a, l->date);
    x.value[CH_SLOT_REFERENCE]      = s->out->meta.identifier;
    x.value[CH_SLOT_CLASSIFICATION] = ch_rich_plain(s->a, l->page_level);
    x.value[CH_SLOT_SUBJECT]        = l->subject_plain;
    x.value[CH_SLOT_TITLE]          = l->title;
    x.value[CH_SLOT_DIGEST]         = short_digest(s->a, l->digest);
    ch_str *names                   = CH_NEW_N(s->a, ch_str, l->n_senders);
    for (size_t i = 0; i < l->n_senders; i++)
        names[i] = l->sender[i].orgs.n > 0 ? ch_rich_plain(s->a, l->sender[i].orgs.at[0])
                                           : first_of(s, &l->sender[i]);
    if (l->n_senders > 0)
        x.value[CH_SLOT_SENDER] = ch_locale_list(l->locale, s->a, names, l->n_senders);
    return x;
}

static bool
always_there(ch_slot slot)
{
    return slot == CH_SLOT_TEXT || slot == CH_SLOT_PAGE || slot == CH_SLOT_PAGES ||
           slot == CH_SLOT_NEXT || slot == CH_SLOT_PAGE_OF || slot == CH_SLOT_PAGE_LABEL;
}

/* Is what stands in [brackets] complete? */
static bool
group_holds(const slots *x, const ch_template *t, unsigned group)
{
    for (size_t i = 0; i < t->n; i++) {
        const ch_piece *p = &t->piece[i];
        if (p->group == group && !always_there(p->slot) && x->value[p->slot].n == 0)
            return false;
    }
    return true;
}

/* "Page {page} of {pages}" of the language, or "Page {page}", with spans for the numbers. */
static void
add_page_label(slots *x, ch_spanner *sp, const char *name)
{
    const ch_letter *l    = x->s->letter;
    ch_str           form = ch_locale_label(l->locale, x->s->cx, name, CH_NOWHERE);
    size_t           from = 0;
    for (size_t i = 0; i < form.n;) {
        ch_str rest  = ch_str_sub(form, i, form.n);
        bool   page  = ch_str_starts(rest, "{page}");
        bool   pages = ch_str_starts(rest, "{pages}");
        if (!page && !pages) {
            i++;
            continue;
        }
        ch_spanner_text(sp, ch_str_sub(form, from, i), l->lang);
        ch_spanner_special(sp, page ? CH_SPAN_PAGE : CH_SPAN_PAGES);
        i += page ? 6 : 7;
        from = i;
    }
    ch_spanner_text(sp, ch_str_sub(form, from, form.n), l->lang);
}

static void
add_piece(slots *x, ch_spanner *sp, const ch_piece *p)
{
    ch_str lang = x->s->letter->lang;
    switch (p->slot) {
    case CH_SLOT_TEXT:
        ch_spanner_text(sp, p->text, lang);
        return;
    case CH_SLOT_PAGE:
        ch_spanner_special(sp, CH_SPAN_PAGE);
        return;
    case CH_SLOT_PAGES:
        ch_spanner_special(sp, CH_SPAN_PAGES);
        return;
    case CH_SLOT_NEXT:
        ch_spanner_special(sp, CH_SPAN_NEXT);
        return;
    case CH_SLOT_PAGE_OF:
        add_page_label(x, sp, "page-of");
        return;
    case CH_SLOT_PAGE_LABEL:
        add_page_label(x, sp, "page");
        return;
    case CH_SLOT_CLASSIFICATION:
        if (!x->s->out->geometry.own_levels)
            break;
        ch_spanner_level(sp);
        return;
    default:
        break;
    }
    ch_spanner_isolated(sp, ch_rich_from(x->s->a, x->value[p->slot], lang, CH_NOWHERE));
}

/* One side of a running line; false when nothing of it is left. */
static bool
add_side(slots *x, const ch_area *area, const ch_running *r, int side, unsigned look)
{
    const ch_template *t     = &r->side[side];
    const ch_props    *props = ch_styler_look(x->s, ch_styler_role(x->s, r->role), look);
    ch_spanner         sp    = ch_spanner_new(x->s, props, NULL, CH_NOWHERE);
    for (size_t i = 0; i < t->n; i++) {
        if (t->piece[i].group == 0 || group_holds(x, t, t->piece[i].group))
            add_piece(x, &sp, &t->piece[i]);
    }
    if (ch_spanner_empty(&sp))
        return false;
    ch_block *b = ch_block_add_para(x->s, area, r->role, ch_spanner_done(&sp));
    b->drawn    = r->drawn;
    for (size_t i = 0; i < t->n; i++) {
        if (t->piece[i].slot == CH_SLOT_NEXT)
            b->drawn = CH_DRAWN_CONTINUES; /* the last page has none after it */
    }
    return true;
}

/* The line with what is pinned to a side of the paper in place of the side that starts there. */
static ch_running
turned(const ch_running *line, bool rtl)
{
    ch_running r = *line;
    if (r.side[3].n > 0)
        r.side[rtl ? 2 : 0] = r.side[3];
    if (r.side[4].n > 0)
        r.side[rtl ? 0 : 2] = r.side[4];
    return r;
}

static const unsigned LOOKS[3] = {CH_LOOK_START, CH_LOOK_CENTER, CH_LOOK_END};

/* How much of the line a side gets: a page number alone in the middle needs little, so that a
 * long date beside it has one line. */
static int32_t
share_of(const ch_running *r, int side, bool middle)
{
    if (!middle)
        return side == 0 ? 3 : 2;
    bool number = true;
    for (size_t i = 0; i < r->side[1].n; i++) {
        ch_slot slot = r->side[1].piece[i].slot;
        number       = number && (slot == CH_SLOT_PAGE || slot == CH_SLOT_TEXT);
    }
    return number ? (side == 1 ? 2 : 7) : side == 1 ? 4 : 5;
}

/* A line with one side is a paragraph, one with more a table without rules: the middle stays
 * in the middle, however long the sides are. */
static void
add_running(slots *x, const ch_area *area, const ch_running *line)
{
    const ch_running by_side = turned(line, x->s->rtl), *r = &by_side;
    ch_styler       *s    = x->s;
    int              used = 0, last = 0;
    ch_block_vec     side[3] = {{0}, {0}, {0}};
    for (int i = 0; i < 3; i++) {
        if (r->side[i].n > 0) {
            used++;
            last = i;
        }
    }
    if (used == 1)
        add_side(x, area, r, last, LOOKS[last]);
    if (used < 2)
        return;
    bool        middle = r->side[1].n > 0;
    ch_table   *t      = ch_table_add(s, middle ? 3 : 2);
    ch_cell_vec cells  = {0};
    t->gutter          = ch_styler_role(s, r->role)->size;
    for (int i = 0; i < 3; i++) {
        if (i == 1 && !middle)
            continue;
        ch_area a = ch_area_in_cell(&side[i], area);
        if (r->side[i].n > 0)
            add_side(x, &a, r, i, LOOKS[i]);
        t->column[cells.n] = (ch_column){.kind = CH_WIDTH_SHARE, .share = share_of(r, i, middle)};
        *CH_PUSH(s->a, cells) = ch_cell_of(side[i], 1, NULL);
    }
    t->row    = CH_NEW(s->a, ch_row);
    t->n_rows = 1;
    *t->row   = ch_row_of(s, cells, NULL, CH_NOWHERE);
    ch_block_add_table(s, area, r->role, t, CH_NOWHERE);
}

static void
add_classification(slots *x, const ch_area *area)
{
    ch_styler *s    = x->s;
    ch_rich    most = s->letter->page_level;
    if (most.n == 0 || !s->out->geometry.own_levels) {
        ch_block_add_rich(s, area, CH_TYPE_classification, most, NULL, CH_ROLE_P);
        return;
    }
    const ch_props *props = ch_styler_role(s, CH_TYPE_classification);
    ch_spanner      sp    = ch_spanner_new(s, props, NULL, most.where);
    ch_spanner_level(&sp);
    ch_block_add_para(s, area, CH_TYPE_classification, ch_spanner_done(&sp));
}

/* The classification stands outermost, at the head and the foot of every page. */
static ch_block_list
make(slots *x, ch_page_class page, bool foot)
{
    const ch_sheet *sheet = x->s->sheet;
    ch_block_vec    v     = {0};
    ch_area         area  = {.to = &v, .measure = x->s->measure, .part = CH_PART_FURNITURE};
    if (!foot)
        add_classification(x, &area);
    for (size_t i = 0; i < sheet->n_running; i++) {
        const ch_running *r = &sheet->running[i];
        if (r->page == page && r->foot == foot)
            add_running(x, &area, r);
    }
    if (foot)
        add_classification(x, &area);
    return ch_block_vec_list(v);
}

/* Has the sheet lines for such pages there? */
static bool
has_lines(const ch_sheet *sheet, ch_page_class page, bool foot)
{
    for (size_t i = 0; i < sheet->n_running; i++)
        if (sheet->running[i].page == page && sheet->running[i].foot == foot)
            return true;
    return false;
}

/* The mark of a draft or copy, by itself in the upper margin, so that it moves nothing. */
static ch_block_list
copy_mark(ch_styler *s)
{
    ch_block_vec v    = {0};
    ch_area      area = {.to = &v, .measure = s->measure, .part = CH_PART_FURNITURE};
    ch_block_add_rich(s, &area, CH_TYPE_copy_mark, s->letter->copy_mark, NULL, CH_ROLE_P);
    return ch_block_vec_list(v);
}

void
ch_style_furniture(ch_styler *s)
{
    slots x            = slots_of(s);
    s->out->copy_mark  = copy_mark(s);
    s->out->first.head = make(&x, CH_PAGE_FIRST, false);
    s->out->first.foot = make(&x, CH_PAGE_FIRST, true);
    s->out->next.head  = make(&x, CH_PAGE_NEXT, false);
    s->out->next.foot  = make(&x, CH_PAGE_NEXT, true);
    s->out->even       = s->out->next;
    if (has_lines(s->sheet, CH_PAGE_EVEN, false))
        s->out->even.head = make(&x, CH_PAGE_EVEN, false);
    if (has_lines(s->sheet, CH_PAGE_EVEN, true))
        s->out->even.foot = make(&x, CH_PAGE_EVEN, true);
    if (s->out->annex.from == s->out->annex.to)
        return;
    if (has_lines(s->sheet, CH_PAGE_ANNEX, false))
        s->out->annex.running.head = make(&x, CH_PAGE_ANNEX, false);
    if (has_lines(s->sheet, CH_PAGE_ANNEX, true))
        s->out->annex.running.foot = make(&x, CH_PAGE_ANNEX, true);
}
