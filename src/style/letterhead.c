/* style/letterhead.c -- several senders side by side, and two languages, each on its own side. */
#include "style/styler.h"

/* ---- runs of what is the sender's ---- */

static bool
is_of_sender(const ch_head_item *it)
{
    return it->kind != CH_HEAD_RULE && it->kind != CH_HEAD_PARTICULARS &&
           it->kind != CH_HEAD_INVOCATION;
}

static size_t
run_end(const ch_styler *s, size_t at)
{
    while (at < s->sheet->parts.letterhead.n && is_of_sender(&s->sheet->parts.letterhead.item[at]))
        at++;
    return at;
}

static void
add_cell(ch_styler *s, ch_table *t, ch_cell_vec *cells, ch_block_vec content, ch_len width)
{
    t->column[cells->n]    = width > 0 ? (ch_column){.kind = CH_WIDTH_FIXED, .width = width}
                                       : (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    *CH_PUSH(s->a, *cells) = ch_cell_of(content, 1, NULL);
}

/* ---- several senders ---- */

/* The parts of a run that senders [from, from + n) have: emblems, or all but these. */
static void
add_row(ch_styler *s, const ch_area *area, ch_table *t, size_t at, size_t from, bool emblems)
{
    const ch_head_item *item  = s->sheet->parts.letterhead.item;
    size_t              end   = run_end(s, at);
    ch_cell_vec         cells = {0};
    bool                any   = false;
    bool centred = ch_styler_role(s, CH_TYPE_letterhead_name)->align == CH_ALIGN_CENTER;
    for (size_t i = from; i < from + t->n_columns; i++) {
        const ch_person *p       = &s->letter->sender[i];
        ch_block_vec     content = {0};
        ch_area          a       = ch_area_in_cell(&content, area);
        for (size_t k = at; k < end; k++) {
            ch_head_item it = item[k];
            if ((it.kind == CH_HEAD_EMBLEM) != emblems)
                continue;
            it.place = centred ? CH_ALIGN_CENTER : CH_ALIGN_START;
            ch_style_letterhead_item(s, &a, &it, p, s->sender_div[i]);
        }
        any = any || content.n > 0;
        add_cell(s, t, &cells, content, 0);
    }
    if (any)
        t->row[t->n_rows++] = ch_row_of(s, cells, NULL, s->letter->sender->where);
}

/* Columns of equal width, so that no sender stands before another; a row that is not full has
 * fewer and wider ones.  Emblems have a row of their own, so that names stand on one line. */
static void
add_senders(ch_styler *s, const ch_area *area, size_t at)
{
    size_t n = s->letter->n_senders, across = s->across > 0 ? s->across : 2;
    size_t rows = (n + across - 1) / across;
    for (size_t r = 0, from = 0; r < rows; r++) {
        size_t here = n / rows + (r < n % rows);
        if (r > 0)
            ch_block_add_gap(s, area, ch_styler_role(s, CH_TYPE_letterhead_line)->leading,
                             s->letter->sender->where);
        ch_table *t = ch_table_add(s, here);
        t->even     = true;
        t->gutter   = 2 * ch_styler_role(s, CH_TYPE_letterhead_line)->size;
        t->row      = CH_NEW_N(s->a, ch_row, 2);
        add_row(s, area, t, at, from, true);
        add_row(s, area, t, at, from, false);
        if (t->n_rows > 0)
            ch_block_add_table(s, area, CH_TYPE_letterhead_line, t, s->letter->sender->where);
        from += here;
    }
}

/* ---- two languages ---- */

/* The language of the start side: the letter's own, if the sender has it, else the first one. */
static ch_str
first_language(ch_styler *s, const ch_person *p, size_t at, size_t end, bool *second)
{
    ch_str first = CH_STR_EMPTY, other = CH_STR_EMPTY;
    bool   own = false;
    for (size_t k = at; k < end; k++) {
        ch_texts t = ch_style_sender_texts(s, p, s->sheet->parts.letterhead.item[k].kind);
        for (size_t i = 0; i < t.n; i++) {
            ch_str lang = t.at[i].root->lang;
            own         = own || ch_str_eq(lang, s->letter->lang);
            if (first.n == 0)
                first = lang;
            else if (other.n == 0 && !ch_str_eq(lang, first))
                other = lang;
        }
    }
    *second = other.n > 0;
    return own ? s->letter->lang : first;
}

static ch_texts
texts_in(ch_styler *s, ch_texts all, ch_str lang, bool in)
{
    CH_VEC(ch_rich) v = {0};
    for (size_t i = 0; i < all.n; i++)
        if (ch_str_eq(all.at[i].root->lang, lang) == in)
            *CH_PUSH(s->a, v) = all.at[i];
    return (ch_texts){v.at, v.n};
}

/* A language written from the right stands at the right, whatever the letter's own is. */
static bool
first_is_right(ch_styler *s, const ch_person *p, ch_str first, size_t at, size_t end)
{
    bool right = ch_styler_rtl(s, first);
    for (size_t k = at; k < end; k++) {
        ch_texts t = ch_style_sender_texts(s, p, s->sheet->parts.letterhead.item[k].kind);
        for (size_t i = 0; i < t.n; i++)
            if (!ch_str_eq(t.at[i].root->lang, first) &&
                ch_styler_rtl(s, t.at[i].root->lang) != right)
                return right;
    }
    return s->rtl; /* both alike: the first at the start */
}

static void
add_languages(ch_styler *s, const ch_area *area, size_t at, ch_str first, const ch_person *p,
              ch_snode *parent)
{
    size_t       end     = run_end(s, at);
    ch_block_vec side[2] = {{0}, {0}}, middle = {0};
    ch_snode    *div[2] = {NULL, NULL};
    ch_cell_vec  cells  = {0};
    ch_area      a      = ch_area_in_cell(&middle, area);
    ch_len       width  = 0;
    for (size_t k = at; k < end; k++) {
        ch_head_item it = s->sheet->parts.letterhead.item[k];
        if (it.kind == CH_HEAD_EMBLEM) {
            it.place = CH_ALIGN_CENTER;
            it.gap   = 0;
            ch_style_letterhead_item(s, &a, &it, p, parent);
            if (middle.n > 0)
                width = middle.at[middle.n - 1].figure->width;
            continue;
        }
        for (int i = 0; i < 2; i++) {
            ch_texts t = texts_in(s, ch_style_sender_texts(s, p, it.kind), first, i == 0);
            ch_area  b = ch_area_in_cell(&side[i], area);
            if (t.n > 0 && !div[i])
                div[i] = ch_styler_node(s, parent, CH_ROLE_DIV, p->where);
            ch_style_letterhead_texts(s, &b, &it, t, div[i]);
        }
    }
    int       start = first_is_right(s, p, first, at, end) == s->rtl ? 0 : 1;
    ch_table *t     = ch_table_add(s, width > 0 ? 3 : 2);
    t->gutter       = ch_styler_role(s, CH_TYPE_letterhead_line)->size;
    t->centred      = true;
    add_cell(s, t, &cells, side[start], 0);
    if (width > 0)
        add_cell(s, t, &cells, middle, width);
    add_cell(s, t, &cells, side[1 - start], 0);
    t->row    = CH_NEW(s->a, ch_row);
    t->n_rows = 1;
    *t->row   = ch_row_of(s, cells, NULL, p->where);
    ch_block_add_table(s, area, CH_TYPE_letterhead_line, t, p->where);
}

/* ---- both ---- */

bool
ch_style_letterhead_beside(ch_styler *s, size_t at)
{
    const ch_head_item *it     = &s->sheet->parts.letterhead.item[at];
    const ch_person    *p      = s->letter->sender;
    bool                second = false;
    if (it->kind != CH_HEAD_EMBLEM)
        return it->kind == CH_HEAD_PARTICULARS;
    if (it->place == CH_ALIGN_CENTER || !p->has_figure || s->letter->n_senders > 1)
        return false;
    if (s->sheet->parts.letterhead.sides)
        (void)first_language(s, p, at, run_end(s, at), &second);
    return !second;
}

size_t
ch_style_letterhead_run(ch_styler *s, const ch_area *area, size_t at, ch_snode *parent)
{
    const ch_head_item *it     = &s->sheet->parts.letterhead.item[at];
    const ch_person    *p      = s->letter->sender;
    size_t              end    = run_end(s, at);
    bool                second = false;
    if (end > at && s->letter->n_senders > 1) {
        add_senders(s, area, at);
        return end;
    }
    ch_str first = end > at && s->sheet->parts.letterhead.sides
                       ? first_language(s, p, at, end, &second)
                       : CH_STR_EMPTY;
    if (second) {
        add_languages(s, area, at, first, p, parent);
        return end;
    }
    ch_style_letterhead_item(s, area, it, p, parent);
    return at + 1;
}
