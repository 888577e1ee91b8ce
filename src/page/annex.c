/* page/annex.c -- which pages the annex has, and what the text before it says of them. */
#include "page/layout.h"

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

static bool
is_annex(const ch_pager *p, const ch_block *b)
{
    const ch_annex_pages *x    = &p->blocks->annex;
    const ch_block       *flow = p->blocks->flow.at;
    for (size_t i = x->from; i < x->to; i++)
        if (b == &flow[i])
            return true;
    return false;
}

bool
ch_annex_settle(ch_pager *p, ch_layout *l)
{
    const ch_flow *f     = &l->flow;
    size_t         first = 0;
    l->annex_from = l->annex_to = 0;
    while (first < f->n && !is_annex(p, f->node[first].block))
        first++;
    if (first == f->n)
        return false;
    size_t last = first;
    while (last + 1 < f->n && is_annex(p, f->node[last + 1].block))
        last++;
    size_t from = page_of(l, first), to = page_of(l, last);
    bool   begins = l->pages.at[from].from == first;
    l->annex_from = begins ? from : from + 1;
    l->annex_to   = to + 1;
    if (first == 0 || (!begins && !p->annex_announced))
        return false;
    return tell(p, from + 1, to + 1);
}
