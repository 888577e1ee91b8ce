/* page/paginate.c -- the page pass: frames, the optimum, and again if the heads' heights changed. */
#include "page/layout.h"

#include <string.h>

#define FIGURE_COMPANY (40 * CH_PT) /* left on the page of the tallest image, for its caption */
#define STUB_COST 8000
#define NOTE_ALONE 30000
#define TRIES 3 /* how often the pages are chosen anew because their number changed */

/* ---- numbers ---- */

/* Pages are counted by what begins on them: those of the letter, and of each attachment that counts
 * its own.  One on which nothing begins goes with the page before. */
static void
number_pages(ch_pager *p, ch_layout *l)
{
    ch_arena *a       = p->cx->job;
    size_t    n       = l->pages.n;
    unsigned *section = CH_NEW_N(a, unsigned, n), most = 0;
    for (size_t i = 0; i < n; i++) {
        const ch_page_span *s = &l->pages.at[i];
        section[i]            = i > 0 ? section[i - 1] : 0;
        if (s->from < s->to)
            section[i] = l->flow.node[s->from].block->section;
        most = section[i] > most ? section[i] : most;
    }
    size_t *count = CH_NEW_N(a, size_t, most + 1);
    l->number     = CH_NEW_N(a, size_t, n);
    l->of         = CH_NEW_N(a, size_t, n);
    for (size_t i = 0; i < n; i++)
        l->number[i] = ++count[section[i]];
    for (size_t i = 0; i < n; i++)
        l->of[i] = count[section[i]];
}

/* ---- choosing ---- */

static void
choose(ch_pager *p, ch_layout *l)
{
    const ch_geometry *g    = &p->blocks->geometry;
    ch_block_list      more = {0};
    ch_len             next = l->next.bottom - l->next.top;
    if (l->foot_moved)
        more = p->blocks->addressee_foot;
    p->image_height = next > 2 * FIGURE_COMPANY ? next - FIGURE_COMPANY : next;
    l->reserved     = l->foot_moved ? 0 : ch_addressee_reserve(p, l->first.lane);
    l->params       = (ch_optimum_params){.first      = l->first.bottom - l->first.top - l->reserved,
                                          .next       = next,
                                          .note_head  = g->note_gap + g->note_rule,
                                          .note_alone = NOTE_ALONE,
                                          .ragged     = g->bottom_ragged,
                                          .stub       = next / 8,
                                          .stub_cost  = STUB_COST};
    ch_flow_build(p, next, more, &l->flow);
    l->list = (ch_vlist){l->flow.item, l->flow.n, l->flow.note, l->flow.n_notes};
    ch_optimum_pages(p->cx, l->list, &l->params, &l->pages);
    ch_annex_to_odd_page(p, l);
    if (l->pages.n == 0) { /* nothing but a letterhead is a page, too */
        l->pages.at = CH_NEW(p->cx->job, ch_page_span);
        l->pages.n  = 1;
    }
    number_pages(p, l);
}

/* Do the rules above P7 hold better on these pages than on those? */
static bool
spares_more(const ch_optimum *a, const ch_optimum *b)
{
    for (int r = 0; r <= CH_RULE_UNIT; r++)
        if (a->cost.broken[r] != b->cost.broken[r])
            return a->cost.broken[r] < b->cost.broken[r];
    return false;
}

static bool
breaks_above_p7(const ch_optimum *o)
{
    for (int r = 0; r <= CH_RULE_UNIT; r++)
        if (o->cost.broken[r])
            return true;
    return false;
}

void
ch_layout_solve(ch_pager *p, ch_layout *l)
{
    choose(p, l);
    if (l->foot_moved || !l->reserved || !breaks_above_p7(&l->pages))
        return;
    ch_layout moved  = *l;
    moved.foot_moved = true;
    choose(p, &moved);
    if (spares_more(&moved.pages, &l->pages))
        *l = moved;
}

static bool
same_frame(const ch_frame *a, const ch_frame *b)
{
    return a->top == b->top && a->bottom == b->bottom;
}

static void
lay_out(ch_pager *p, ch_layout *l)
{
    size_t pages = 2; /* a guess: numbers are printed, which a letter of one page has not */
    ch_annex_begin(p);
    for (int i = 0; i < TRIES; i++) {
        ch_frame first, next;
        l->foot_moved = false;
        ch_frames_measure(p, pages, &l->first, &l->next);
        ch_layout_solve(p, l);
        ch_layout_loosen(p, l);
        pages = l->pages.n;
        ch_frames_measure(p, pages, &first, &next);
        bool moved =
            ch_annex_settle(p, l) || !same_frame(&first, &l->first) || !same_frame(&next, &l->next);
        if (p->status != CH_OK || !moved)
            return;
    }
}

/* ---- the pages ---- */

static unsigned
highest(const ch_blocks *b)
{
    unsigned most = CH_LEVELS - 1;
    while (most > 0 && b->level_words[most].n == 0)
        most--;
    return most;
}

/* The highest level of what is on a page; on one left blank the highest of all. */
static unsigned
level_of(const ch_pager *p, const ch_layout *l, size_t page)
{
    const ch_page_span *s    = &l->pages.at[page];
    unsigned            most = 0;
    for (size_t i = s->from; i < s->to; i++) {
        unsigned level = l->flow.node[i].block->level;
        most           = level > most ? level : most;
    }
    return s->from == s->to ? highest(p->blocks) : most;
}

static void
make_page(ch_painter *out, const ch_layout *l, size_t i, ch_page *page)
{
    ch_pager          *p = out->p;
    const ch_geometry *g = &p->blocks->geometry;
    out->page            = i;
    out->last            = l->number[i] == l->of[i];
    out->items.n         = 0;
    p->level             = level_of(p, l, i);
    ch_furniture_place_before(out, l, i);
    ch_layout_place(out, l, i);
    ch_furniture_place_after(out, l, i);
    ch_item *item = CH_NEW_N(p->cx->job, ch_item, out->items.n);
    if (out->items.n)
        memcpy(item, out->items.at, out->items.n * sizeof *item);
    *page = (ch_page){.number  = (unsigned)i + 1,
                      .printed = l->number[i],
                      .width   = g->width,
                      .height  = g->height,
                      .item    = item,
                      .n       = out->items.n};
}

static void
make_pages(ch_pager *p, const ch_layout *l, ch_pages *pages)
{
    ch_painter out  = {.p = p};
    ch_page   *page = CH_NEW_N(p->cx->job, ch_page, l->pages.n);
    for (size_t i = 0; i < l->pages.n && p->status == CH_OK; i++)
        make_page(&out, l, i, &page[i]);
    pages->page        = page;
    pages->n           = l->pages.n;
    pages->bookmark    = out.bookmarks.at;
    pages->n_bookmarks = out.bookmarks.n;
    pages->dest        = out.dests.at;
    pages->n_dests     = out.dests.n;
}

static ch_pager
begin(ch_ctx *cx, const ch_page_tools *t, const ch_lines_doc *doc)
{
    const ch_blocks *b = doc->texts->blocks;
    ch_pager         p = {.cx = cx, .tools = t, .doc = doc, .blocks = b, .status = CH_OK};
    p.lines            = CH_NEW_N(cx->job, const ch_lines *, b->n_paras);
    p.table            = CH_NEW_N(cx->job, ch_table_box, b->n_tables);
    p.images           = ch_map_new(cx->job);
    p.level            = highest(b); /* so that every head has room for it */
    if (b->n_paras)
        memcpy(p.lines, doc->lines, b->n_paras * sizeof *p.lines);
    return p;
}

ch_status
ch_page_pass(ch_ctx *cx, const ch_page_tools *t, const ch_lines_doc *doc, const ch_pages **out)
{
    ch_mark   mark  = ch_arena_mark(cx->scratch);
    ch_pager  p     = begin(cx, t, doc);
    ch_pages *pages = CH_NEW(cx->job, ch_pages);
    ch_layout l     = {.foot_moved = false};
    pages->blocks   = p.blocks;
    *out            = pages;
    ch_window_check(&p);
    lay_out(&p, &l);
    if (p.status == CH_OK && cx->limits.pages && l.pages.n > cx->limits.pages) {
        ch_report(cx, CH_E6021_too_many_pages, CH_NOWHERE, l.pages.n, cx->limits.pages);
        p.status = CH_ERR_LIMIT;
    }
    if (p.status == CH_OK) {
        pages->relaxed = ch_layout_report(&p, &l);
        if (cx->explain)
            ch_layout_explain(&p, &l);
        make_pages(&p, &l, pages);
    }
    ch_arena_rewind(cx->scratch, mark);
    return p.status;
}
