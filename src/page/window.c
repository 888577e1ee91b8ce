/* page/window.c -- the window of an envelope on page 1: what stands in it, whether it fits; and the
 * marks at the edge of the paper, where it is folded to go into the envelope. */
#include "page/layout.h"

/* ---- whether it fits ---- */

/* A name or an office can take several lines; a line of the place where they are found cannot,
 * except where the letter breaks it. */
static bool
too_wide(const ch_pager *p, const ch_block *b, ch_len width, bool one_line)
{
    const ch_lines *l     = p->lines[b->para->index];
    size_t          lines = 1;
    for (size_t i = 0; i < b->para->n; i++)
        lines += b->para->span[i].kind == CH_SPAN_BREAK;
    if (one_line && l->n > lines)
        return true;
    for (size_t k = 0; k < l->n; k++) {
        if (b->start + l->line[k].width > width + CH_PT / 10)
            return true;
    }
    return false;
}

static ch_str
text_of(ch_pager *p, const ch_para *para)
{
    ch_buf b;
    ch_buf_init(&b, p->cx->job);
    for (size_t i = 0; i < para->n; i++)
        ch_buf_str(&b, para->span[i].text);
    return ch_buf_view(&b);
}

/* Reports the first line too many, and lines that are too wide; false when there are such. */
static bool
check_lines(ch_pager *p)
{
    const ch_geometry *g    = &p->blocks->geometry;
    ch_block_list      list = p->blocks->addressee_window;
    size_t             n = 0, over = 0;
    bool               fits = true;
    for (size_t i = 0; i < list.n; i++) {
        const ch_block *b = &list.at[i];
        if (b->kind != CH_BLOCK_PARA || ch_block_left_out(p, b))
            continue;
        n += p->lines[b->para->index]->n;
        if (too_wide(p, b, g->window.w, b->postal)) {
            ch_report(p->cx, CH_E6023_address_line_wide, b->para->where,
                      ch_page_mm(p, g->window.w - g->zones.indent));
            ch_hint(p->cx, "a line break, <lb/>, divides it where that is best");
            fits = false;
        }
        if (g->zones.lines > 0 && n > g->zones.lines && !over)
            over = i + 1;
    }
    if (over)
        ch_report(p->cx, CH_E6022_address_lines, list.at[over - 1].para->where, n, g->zones.lines);
    return fits && !over;
}

static ch_len
remarks_height(ch_pager *p)
{
    return ch_stack_height(p, p->blocks->window_remarks, p->blocks->geometry.window.w);
}

static ch_len
address_height(ch_pager *p)
{
    return ch_stack_height(p, p->blocks->addressee_window, p->blocks->geometry.window.w);
}

static bool
check_height(ch_pager *p)
{
    const ch_geometry *g    = &p->blocks->geometry;
    ch_len             need = address_height(p) + remarks_height(p);
    ch_len             have = g->window.h - g->zones.returns;
    if (need <= have)
        return true;
    ch_report(p->cx, CH_E6020_window_overflow, p->blocks->addressee_window.at[0].where,
              ch_page_mm(p, need), ch_page_mm(p, have));
    return false;
}

static bool
check_return_line(ch_pager *p)
{
    const ch_geometry *g    = &p->blocks->geometry;
    ch_block_list      list = p->blocks->window_return;
    if (!list.n || !list.at[0].para || !too_wide(p, &list.at[0], g->window.w, true))
        return true;
    ch_str text = text_of(p, list.at[0].para);
    ch_report(p->cx, CH_E6024_return_line_wide, list.at[0].where, CH_ARG(text),
              ch_page_mm(p, g->window.w - g->zones.indent));
    ch_hint(p->cx, "in the sender, <form name=\"return\"> gives a shorter one");
    return false;
}

void
ch_window_check(ch_pager *p)
{
    if (!p->blocks->addressee_window.n)
        return;
    bool lines = check_lines(p);
    bool fits  = (!lines || check_height(p)) && lines;
    if ((!check_return_line(p) || !fits) && p->status == CH_OK)
        p->status = CH_ERR_INPUT;
}

void
ch_window_check_above(ch_pager *p, ch_len letterhead_end)
{
    const ch_geometry *g    = &p->blocks->geometry;
    ch_len             room = g->letterhead_top + g->letterhead_height;
    ch_where           here = p->doc->letterhead.at[0].where;
    if (p->status != CH_OK)
        return;
    if (g->letterhead_height > 0 && letterhead_end > room)
        ch_report(p->cx, CH_E6026_letterhead_high, here, ch_page_mm(p, letterhead_end),
                  ch_page_mm(p, room));
    else if (p->blocks->addressee_window.n && letterhead_end > g->window.y)
        ch_report(p->cx, CH_E6025_letterhead_in_window, here, ch_page_mm(p, letterhead_end),
                  ch_page_mm(p, g->window.y));
    else
        return;
    p->status = CH_ERR_INPUT;
}

/* ---- placing ---- */

void
ch_window_place(ch_painter *out)
{
    ch_pager          *p    = out->p;
    const ch_blocks   *b    = p->blocks;
    const ch_geometry *g    = &b->geometry;
    ch_lane            lane = {g->window.x, g->window.w};
    if (!b->addressee_window.n)
        return;
    /* The return line at the foot of its room; the address at the head of its own, higher where
     * the room for remarks is free and it needs that; remarks right above it. */
    ch_stack_place(out, b->window_return, lane,
                   g->window.y + g->zones.returns -
                       ch_stack_height(p, b->window_return, lane.width));
    ch_len top = g->zones.returns + g->zones.remarks, last = g->window.h - address_height(p);
    top = g->window.y + (top < last ? top : last);
    ch_stack_place(out, b->window_remarks, lane, top - remarks_height(p));
    ch_stack_place(out, b->addressee_window, lane, top);
}

static void
mark_place(ch_painter *out, ch_len y, ch_len width)
{
    const ch_marks *m = &out->p->blocks->geometry.marks;
    if (y >= out->p->blocks->geometry.height) /* a sheet that extends this one has smaller paper */
        return;
    ch_rule_place(out, (ch_lane){m->left, width}, y - m->thickness / 2, m->thickness, 0);
}

void
ch_marks_place(ch_painter *out)
{
    const ch_marks *m = &out->p->blocks->geometry.marks;
    for (unsigned i = 0; i < m->folds; i++)
        mark_place(out, m->fold[i], m->width);
    if (m->punch > 0)
        mark_place(out, m->punch, m->width / 2);
}
