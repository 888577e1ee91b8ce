/* page/annex.c -- which pages the annex has, and what the text before it says of them. */
#include "page/layout.h"

#include <string.h>

#include "line/table.h"
#include "locale/locale.h"

static const ch_block *
block_of(const ch_pager *p, const ch_para *para)
{
    ch_block_list flow = p->blocks->flow;
    for (size_t i = 0; i < flow.n; i++)
        if (flow.at[i].para == para)
            return &flow.at[i];
    return NULL;
}

static ch_str
number(ch_pager *p, size_t page)
{
    return ch_locale_number(p->blocks->locale, p->cx->job, (int64_t)page);
}

/* The line that says on which pages the annex is; true when its height is another now. */
static bool
announce(ch_pager *p, size_t from, size_t to)
{
    const ch_annex_pages *x = &p->blocks->annex;
    if (!x->announcement || !p->blocks->locale)
        return false;
    ch_fill  fill[] = {{"page", number(p, from)}, {"from", number(p, from)}, {"to", number(p, to)}};
    ch_para *copy   = CH_NEW(p->cx->job, ch_para);
    const ch_block  *b     = block_of(p, x->announcement);
    const ch_lines  *lines = NULL, **slot = &p->lines[x->announcement->index];
    const ch_shaped *shaped;
    *copy              = *x->announcement;
    copy->span         = CH_NEW(p->cx->job, ch_span);
    copy->span[0]      = x->announcement->span[0];
    copy->span[0].kind = CH_SPAN_TEXT;
    copy->span[0].text = ch_locale_fill(p->cx->job, from == to ? x->on_page : x->on_pages, fill, 3);
    ch_status st       = ch_text_shape(p->cx, p->tools->text, copy, &shaped);
    if (st == CH_OK)
        st = ch_lines_set(p->cx, shaped, ch_block_measure(b, b->measure), &lines);
    if (st != CH_OK) {
        p->status = p->status == CH_OK ? st : p->status;
        return false;
    }
    bool same = *slot && (*slot)->n == lines->n && (*slot)->height == lines->height;
    *slot     = lines;
    return !same;
}

/* Print what the text says of the annex, or leave it out; true when the flow is another now. */
static bool
tell(ch_pager *p, size_t from, size_t to)
{
    const ch_para *f       = p->blocks->annex.follows;
    bool           was     = p->annex_announced;
    bool           changed = announce(p, from, to);
    if (f)
        p->lines[f->index] = p->doc->lines[f->index];
    p->annex_announced = true;
    return changed || (f && !was);
}

void
ch_annex_begin(ch_pager *p)
{
    const ch_annex_pages *x = &p->blocks->annex;
    if (x->from == x->to)
        return;
    if (!p->blocks->flow.at[x->from].if_needed) {
        (void)tell(p, 2, 3); /* numbers of one digit: they take as much room as most others */
        return;
    }
    if (x->follows)
        p->lines[x->follows->index] = NULL;
}

/* The page that an item is on. */
static size_t
page_of(const ch_layout *l, size_t item)
{
    size_t low = 0, high = l->pages.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->pages.at[middle].from <= item)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Is it one of the blocks [from, to) of the flow? */
static bool
in_flow(const ch_pager *p, const ch_block *b, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (b == &p->blocks->flow.at[i])
            return true;
    return false;
}

static bool
is_annex(const ch_pager *p, const ch_block *b)
{
    return in_flow(p, b, p->blocks->annex.from, p->blocks->annex.to);
}

ch_len
ch_annex_head_height(ch_pager *p, const ch_block *b)
{
    const ch_block_list *list = b->continued;
    if (!list || !list->n)
        return 0;
    return ch_stack_height(p, *list, b->measure) + list->at[list->n - 1].props->after;
}

void
ch_annex_head_place(ch_painter *out, const ch_block *b, ch_lane lane, ch_len y)
{
    bool was      = out->repeated;
    out->repeated = true;
    ch_stack_place(out, *b->continued, lane, y);
    out->repeated = was;
}

/* The first item of the annex; the number of items when there is none. */
static size_t
first_item(const ch_pager *p, const ch_flow *f)
{
    size_t i = 0;
    if (p->blocks->annex.from == p->blocks->annex.to)
        return f->n;
    while (i < f->n && !is_annex(p, f->node[i].block))
        i++;
    return i;
}

void
ch_annex_to_odd_page(ch_pager *p, ch_layout *l)
{
    size_t first = p->blocks->annex.odd_page ? first_item(p, &l->flow) : l->flow.n;
    if (first == l->flow.n)
        return;
    size_t page = page_of(l, first), n = l->pages.n;
    if (page % 2 == 0 || l->pages.at[page].from != first)
        return;
    ch_page_span *at = CH_NEW_N(p->cx->job, ch_page_span, n + 1);
    memcpy(at, l->pages.at, page * sizeof *at);
    at[page] = (ch_page_span){.from      = first,
                              .to        = first,
                              .note_from = l->pages.at[page].note_from,
                              .note_to   = l->pages.at[page].note_from};
    memcpy(at + page + 1, l->pages.at + page, (n - page) * sizeof *at);
    l->pages.at = at;
    l->pages.n  = n + 1;
}

bool
ch_annex_settle(ch_pager *p, ch_layout *l)
{
    l->annex_from = l->annex_to = 0;
    size_t first = first_item(p, &l->flow), last = first;
    if (first == l->flow.n)
        return false;
    while (last + 1 < l->flow.n && is_annex(p, l->flow.node[last + 1].block))
        last++;
    size_t from = page_of(l, first), to = page_of(l, last);
    bool   begins = l->pages.at[from].from == first;
    l->annex_from = begins ? from : from + 1;
    l->annex_to   = to + 1;
    if (first == 0 || (!begins && !p->annex_announced))
        return false;
    return tell(p, l->number[from], l->number[to]);
}

/* ---- the blank space after it ---- */

#define DASH (14 * CH_PT)         /* of three, and the space between them */
#define MARK_BELOW (14 * CH_PT)   /* from the last entry to the mark */
#define STROKE_LEAST (48 * CH_PT) /* a lower space is too flat for a diagonal */

static void
dashes_place(ch_painter *out, ch_lane lane, ch_len y)
{
    const ch_annex_pages *x    = &out->p->blocks->annex;
    ch_len                left = lane.left + (lane.width - 5 * DASH) / 2;
    for (int i = 0; i < 3; i++)
        ch_rule_place(out, (ch_lane){left + 2 * i * DASH, DASH}, y, x->end_rule, x->end_colour);
}

void
ch_annex_end_place(ch_painter *out, const ch_layout *l, size_t page, ch_lane lane, ch_stretch blank)
{
    const ch_annex_pages *x   = &out->p->blocks->annex;
    const ch_page_span   *s   = &l->pages.at[page];
    ch_len                top = blank.top + MARK_BELOW;
    if (x->end_mark == CH_END_NONE || page + 1 != l->annex_to || s->to == s->from)
        return;
    if (!is_annex(out->p, l->flow.node[s->to - 1].block))
        return; /* something stands below it */
    if (x->end_mark == CH_END_STROKE && blank.bottom - top >= STROKE_LEAST)
        ch_stroke_place(out, lane, (ch_stretch){top, blank.bottom}, x->end_rule, x->end_colour);
    else if (top + x->end_rule <= blank.bottom)
        dashes_place(out, lane, top);
}
