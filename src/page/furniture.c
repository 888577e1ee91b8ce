/* page/furniture.c -- letterhead, running heads and feet, the addressee's places on page 1. */
#include "page/layout.h"

#include "line/table.h"
#include "locale/locale.h"

/* ---- page numbers ---- */

static bool
is_number(ch_span_kind kind)
{
    return kind == CH_SPAN_PAGE || kind == CH_SPAN_PAGES || kind == CH_SPAN_NEXT;
}

static bool
has_number(const ch_para *para)
{
    for (size_t i = 0; i < para->n; i++)
        if (is_number(para->span[i].kind))
            return true;
    return false;
}

static bool
has_level(const ch_para *para)
{
    for (size_t i = 0; i < para->n; i++)
        if (para->span[i].kind == CH_SPAN_LEVEL)
            return true;
    return false;
}

static ch_str
number_text(const ch_pager *p, size_t v)
{
    if (p->blocks->locale)
        return ch_locale_number(p->blocks->locale, p->cx->job, (int64_t)v);
    return ch_arena_printf(p->cx->job, "%zu", v);
}

/* The paragraph with the numbers in it, shaped and set. */
static const ch_lines *
set_numbered(ch_pager *p, const ch_para *para, ch_len measure, size_t page, size_t pages)
{
    ch_para         *copy = CH_NEW(p->cx->job, ch_para);
    const ch_shaped *shaped;
    const ch_lines  *lines = NULL;
    *copy                  = *para;
    copy->span             = CH_NEW_N(p->cx->job, ch_span, para->n);
    for (size_t i = 0; i < para->n; i++) {
        copy->span[i]     = para->span[i];
        ch_span_kind kind = para->span[i].kind;
        if (kind == CH_SPAN_LEVEL)
            copy->span[i].text = p->blocks->level_words[p->level];
        if (kind == CH_SPAN_LEVEL)
            copy->span[i].kind = CH_SPAN_TEXT;
        if (!is_number(kind))
            continue;
        size_t v           = kind == CH_SPAN_PAGES ? pages : kind == CH_SPAN_NEXT ? page + 1 : page;
        copy->span[i].kind = CH_SPAN_TEXT;
        copy->span[i].text = number_text(p, v);
    }
    ch_status st = ch_text_shape(p->cx, p->tools->text, copy, &shaped);
    if (st == CH_OK)
        st = ch_lines_set(p->cx, shaped, measure, &lines);
    if (st != CH_OK && p->status == CH_OK)
        p->status = st;
    return st == CH_OK ? lines : NULL;
}

static bool number_list(ch_pager *p, ch_block_list list, ch_len width, size_t page, size_t pages);

static bool
number_table(ch_pager *p, const ch_table *t, size_t page, size_t pages)
{
    bool any = false;
    for (size_t r = 0; r < t->n_rows; r++) {
        size_t column = 0;
        for (size_t c = 0; c < t->row[r].n; c++) {
            const ch_cell *cell = &t->row[r].cell[c];
            ch_len         w    = ch_cell_width(t, p->doc->table[t->index], cell, column);
            any                 = number_list(p, cell->content, w, page, pages) || any;
            column += cell->columns ? cell->columns : 1;
        }
    }
    if (any)
        p->table[t->index] = (ch_table_box){0}; /* to be measured anew */
    return any;
}

/* A number that is not wanted, the level of a page that has none. */
static bool
left_out(const ch_pager *p, const ch_para *para, bool hide)
{
    return (hide && has_number(para)) ||
           (has_level(para) && p->blocks->level_words[p->level].n == 0);
}

static bool
number_list(ch_pager *p, ch_block_list list, ch_len width, size_t page, size_t pages)
{
    bool any  = false;
    bool hide = pages == 1 && !p->blocks->geometry.number_single_page;
    for (size_t i = 0; i < list.n; i++) {
        const ch_block *b       = &list.at[i];
        ch_len          measure = ch_block_measure(b, width);
        if (b->kind == CH_BLOCK_TABLE && b->table) {
            any = number_table(p, b->table, page, pages) || any;
        } else if (b->kind == CH_BLOCK_PARA && b->para &&
                   (has_number(b->para) || has_level(b->para))) {
            bool none                = left_out(p, b->para, hide);
            p->lines[b->para->index] = none ? NULL : set_numbered(p, b->para, measure, page, pages);
            any                      = true;
        }
    }
    return any;
}

void
ch_furniture_number(ch_pager *p, ch_block_list list, size_t page, size_t pages)
{
    (void)number_list(p, list, 0, page, pages);
}

/* ---- initials ---- */

#define PLACE_WIDTH (16 * CH_MM)
#define BOX_RULE (CH_PT / 2)

static unsigned
places_in_row(const ch_geometry *g, ch_len width)
{
    ch_len most = width / PLACE_WIDTH;
    most        = most > 1 ? most : 1;
    return g->initials_places < (unsigned)most ? g->initials_places : (unsigned)most;
}

ch_len
ch_initials_height(const ch_geometry *g, ch_len width)
{
    unsigned k = places_in_row(g, width);
    return g->initials > 0 && k ? g->initials * (ch_len)((g->initials_places + k - 1) / k) : 0;
}

static void
upright_place(ch_painter *out, ch_len x, ch_len y, ch_len height)
{
    ch_rule_place(out, (ch_lane){x - BOX_RULE / 2, BOX_RULE}, y, height, 0);
}

/* The places, in rows from the end side of the measure. */
static void
initials_place(ch_painter *out, ch_lane lane, ch_len y)
{
    const ch_geometry *g = &out->p->blocks->geometry;
    unsigned           k = places_in_row(g, lane.width);
    for (unsigned left = g->initials_places; left > 0; y += g->initials) {
        unsigned here  = left < k ? left : k;
        ch_len   width = (ch_len)here * PLACE_WIDTH;
        width          = width < lane.width ? width : lane.width;
        ch_lane row    = {g->rtl ? lane.left : lane.left + lane.width - width, width};
        ch_rule_place(out, row, y, BOX_RULE, 0);
        ch_rule_place(out, row, y + g->initials - BOX_RULE, BOX_RULE, 0);
        for (unsigned i = 0; i <= here; i++)
            upright_place(out, row.left + width * (ch_len)i / (ch_len)here, y, g->initials);
        left -= here;
    }
}

/* ---- frames ---- */

static ch_lane
lane_of(const ch_geometry *g, const ch_margins *m)
{
    return (ch_lane){g->rtl ? m->end : m->start, g->width - m->start - m->end};
}

/* Space between a running head or foot and the text, where they meet. */
#define CLEARANCE (6 * CH_PT)

/* The least space above what stands at the head of page 1. */
#define EDGE (5 * CH_MM)

/* Where the running head of page 1 begins: above the letterhead, if there is room. */
static ch_len
first_head_top(ch_pager *p, ch_len width)
{
    const ch_blocks *b      = p->blocks;
    ch_len           height = ch_stack_height(p, b->first.head, width), top = b->geometry.head_top;
    ch_len           free = b->geometry.letterhead_top - CLEARANCE - height;
    if (p->doc->letterhead.n && height > 0 && free < top)
        top = free > EDGE ? free : top < EDGE ? top : EDGE;
    return top;
}

static ch_len
letterhead_top(ch_pager *p, ch_len width)
{
    ch_len top  = p->blocks->geometry.letterhead_top;
    ch_len head = ch_stack_height(p, p->blocks->first.head, width);
    ch_len end  = first_head_top(p, width) + head + CLEARANCE;
    return head > 0 && end > top ? end : top;
}

static ch_frame
frame_of(ch_pager *p, const ch_margins *m, const ch_furniture *f)
{
    const ch_geometry *g     = &p->blocks->geometry;
    ch_frame           frame = {m->top, g->height - m->bottom, lane_of(g, m)};
    ch_len             head  = ch_stack_height(p, f->head, frame.lane.width);
    ch_len             foot  = ch_stack_height(p, f->foot, frame.lane.width);
    foot += ch_initials_height(g, frame.lane.width);
    if (head > 0 && g->head_top + head + CLEARANCE > frame.top)
        frame.top = g->head_top + head + CLEARANCE;
    if (foot > 0 && g->height - g->foot_bottom - foot - CLEARANCE < frame.bottom)
        frame.bottom = g->height - g->foot_bottom - foot - CLEARANCE;
    return frame;
}

void
ch_frames_measure(ch_pager *p, size_t pages, ch_frame *first, ch_frame *next)
{
    const ch_blocks   *b = p->blocks;
    const ch_geometry *g = &b->geometry;
    ch_furniture_number(p, b->first.head, 1, pages);
    ch_furniture_number(p, b->first.foot, 1, pages);
    *first = frame_of(p, &g->first, &b->first);
    ch_furniture_number(p, b->next.head, pages, pages);
    ch_furniture_number(p, b->next.foot, pages, pages);
    ch_furniture_number(p, b->even.head, pages, pages);
    ch_furniture_number(p, b->even.foot, pages, pages);
    *next         = frame_of(p, &g->next, &b->next);
    ch_frame even = frame_of(p, &g->next, &b->even);
    next->top     = even.top > next->top ? even.top : next->top;
    next->bottom  = even.bottom < next->bottom ? even.bottom : next->bottom;
    if (g->own_numbers) { /* the first page of an attachment has them, too */
        ch_frame one = frame_of(p, &g->next, &b->first);
        next->top    = one.top > next->top ? one.top : next->top;
        next->bottom = one.bottom < next->bottom ? one.bottom : next->bottom;
    }
    if (b->annex.running.head.n || b->annex.running.foot.n) {
        ch_furniture_number(p, b->annex.running.head, pages, pages);
        ch_furniture_number(p, b->annex.running.foot, pages, pages);
        ch_frame annex = frame_of(p, &g->next, &b->annex.running);
        next->top      = annex.top > next->top ? annex.top : next->top;
        next->bottom   = annex.bottom < next->bottom ? annex.bottom : next->bottom;
    }
    if (p->doc->letterhead.n) {
        ch_len end = letterhead_top(p, first->lane.width) +
                     ch_stack_height(p, p->doc->letterhead, first->lane.width);
        ch_window_check_above(p, end);
        first->top = end + g->letterhead_gap > first->top ? end + g->letterhead_gap : first->top;
    }
    if (b->addressee_window.n && g->window.y + g->window.h + CLEARANCE > first->top)
        first->top = g->window.y + g->window.h + CLEARANCE;
}

/* ---- the addressee ---- */

ch_len
ch_addressee_reserve(ch_pager *p, ch_lane lane)
{
    ch_block_list list = p->blocks->addressee_foot;
    if (!list.n)
        return 0;
    const ch_props *props = list.at[0].props;
    ch_len          gap   = props->before > props->leading ? props->before : props->leading;
    return gap + ch_stack_height(p, list, lane.width);
}

/* ---- placing ---- */

static ch_furniture
furniture_of(const ch_blocks *b, const ch_layout *l, size_t page)
{
    ch_furniture        f = l->number[page] == 1 ? b->first : page % 2 ? b->even : b->next;
    const ch_furniture *a = &b->annex.running;
    if (page == 0 || page < l->annex_from || page >= l->annex_to)
        return f;
    return (ch_furniture){a->head.n ? a->head : f.head, a->foot.n ? a->foot : f.foot};
}

void
ch_furniture_place_before(ch_painter *out, const ch_layout *l, size_t page)
{
    ch_pager          *p    = out->p;
    const ch_blocks   *b    = p->blocks;
    const ch_geometry *g    = &b->geometry;
    ch_block_list      head = furniture_of(b, l, page).head;
    ch_lane            lane = ch_layout_frame(l, page)->lane;
    out->artifact           = CH_ARTIFACT_HEADER;
    if (page == 0 || g->copy_every)
        ch_stack_place(out, b->copy_mark, lane, g->copy_top);
    ch_furniture_number(p, head, l->number[page], l->of[page]);
    ch_stack_place(out, head, lane, page == 0 ? first_head_top(p, lane.width) : g->head_top);
    if (page == 0) {
        ch_stack_place(out, p->doc->letterhead, lane, letterhead_top(p, lane.width));
        out->artifact = CH_ARTIFACT_LAYOUT;
        ch_window_place(out);
        ch_marks_place(out);
    }
    out->artifact = CH_ARTIFACT_LAYOUT;
}

void
ch_furniture_place_after(ch_painter *out, const ch_layout *l, size_t page)
{
    ch_pager        *p     = out->p;
    const ch_blocks *b     = p->blocks;
    ch_block_list    foot  = furniture_of(b, l, page).foot;
    const ch_frame  *frame = ch_layout_frame(l, page);
    if (page == 0 && l->reserved > 0)
        ch_stack_place(out, b->addressee_foot, frame->lane,
                       frame->bottom - ch_stack_height(p, b->addressee_foot, frame->lane.width));
    out->artifact = CH_ARTIFACT_FOOTER;
    ch_furniture_number(p, foot, l->number[page], l->of[page]);
    ch_len y =
        b->geometry.height - b->geometry.foot_bottom - ch_stack_height(p, foot, frame->lane.width);
    ch_stack_place(out, foot, frame->lane, y);
    if (b->geometry.initials > 0)
        initials_place(out, frame->lane, y - ch_initials_height(&b->geometry, frame->lane.width));
    out->artifact = CH_ARTIFACT_LAYOUT;
}
