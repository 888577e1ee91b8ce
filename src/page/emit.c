/* page/emit.c -- the flow and the notes of one page, at their places. */
#include "page/layout.h"

#include "page/columns.h"

/* How the spaces of a page grow or shrink: each by its part of the whole, exact to the unit. */
typedef struct glue {
    ch_len change, sum, so_far, given;
    bool   stretch;
} glue;

static bool
ends_in_columns(const ch_layout *l, const ch_page_span *s)
{
    const ch_vitem *item = l->flow.item;
    return s->to < l->flow.n && s->to > s->from && item[s->to].columns && !item[s->to].column_first;
}

static glue
glue_of(const ch_layout *l, size_t page)
{
    const ch_page_span *s    = &l->pages.at[page];
    const ch_vitem     *end  = s->to < l->flow.n ? &l->flow.item[s->to] : NULL;
    bool                last = !end || end->forced || end->if_needed; /* nothing has to fill it */
    ch_len              free = ch_layout_room(l, page) - s->used;
    glue                g    = {0};
    if (ends_in_columns(l, s))
        return g;
    if (free < 0 && s->shrink > 0) {
        g.change = -free < s->shrink ? free : -s->shrink;
        g.sum    = s->shrink;
    } else if (free > 0 && s->stretch > 0 && !last && !l->params.ragged) {
        g.change  = free < 2 * s->stretch ? free : 2 * s->stretch; /* beyond it looks torn */
        g.sum     = s->stretch;
        g.stretch = true;
    }
    return g;
}

static ch_len
gap_of(glue *g, const ch_vitem *it)
{
    if (!g->sum)
        return it->gap;
    g->so_far += g->stretch ? it->stretch : it->shrink;
    ch_len upto = ch_len_scale(g->change, g->so_far, g->sum), more = upto - g->given;
    g->given = upto;
    return it->gap + more;
}

static void
place_node(ch_painter *out, const ch_vnode *v, ch_lane lane, ch_len y)
{
    ch_lane own = ch_lane_of(v->block, lane);
    if (v->at == 0 && v->part.top == 0)
        ch_bookmark_place(out, v->block, y);
    switch (v->kind) {
    case CH_V_LINE:
        ch_line_place(out, v->block, v->at, lane, y);
        break;
    case CH_V_RULE:
        ch_rule_place(out, own, y, v->block->rule_thickness, v->block->props->colour);
        break;
    case CH_V_FIGURE:
        if (v->block->drawn != CH_DRAWN_NEVER)
            ch_figure_place(out, v->block, lane, y);
        break;
    case CH_V_ROW:
        if (v->part.bottom > 0) {
            out->clipped = true;
            out->clip    = (ch_stretch){y + v->part.top, y + v->part.bottom};
            out->lift    = v->part.top;
        }
        ch_row_place(out, ch_table_of(out->p, v->block), v->at, own, y);
        out->clipped = false;
        out->lift    = 0;
        break;
    }
}

/* Items [from, to) in columns between y and bottom; returns their height. */
static ch_len
place_columns(ch_painter *out, const ch_flow *f, size_t from, size_t to, ch_lane lane, ch_len y,
              ch_len bottom)
{
    const ch_block *b        = f->node[from].block;
    ch_lane         own      = ch_lane_of(b, lane);
    bool            complete = to == f->n || !f->item[to].columns || f->item[to].column_first;
    unsigned        k        = f->item[from].columns;
    ch_len          height = bottom - y, below = y;
    ch_column_fill  fill;
    if (complete)
        height = ch_columns_balance(f->item, from, to, k, height);
    ch_column_fill_begin(&fill, f->item, from, k, height);
    fill.to = complete ? to : 0;
    for (size_t i = from; i < to; i++)
        (void)ch_column_fill_add(&fill, i);
    unsigned column = 0;
    for (size_t i = from; i < to; i++) {
        while (column < fill.column && fill.start[column + 1] == i)
            column++;
        ch_lane here = ch_column_lane(out->p, ch_table_of(out->p, b), column, own);
        if (fill.start[column] == i) {
            ch_column_head_place(out, b, f->node[i].at, here, y);
            below = y + f->item[i].column_head;
        } else {
            below += f->item[i].gap;
        }
        if (f->node[i].at == 0)
            ch_bookmark_place(out, b, below);
        ch_row_place(out, ch_table_of(out->p, b), f->node[i].at, here, below);
        below += f->item[i].height;
    }
    return height;
}

/* The end of the columns that begin at item i on this page. */
static size_t
columns_end(const ch_flow *f, size_t i, size_t to)
{
    size_t end = i + 1;
    while (end < to && f->item[end].columns && !f->item[end].column_first)
        end++;
    return end;
}

void
ch_layout_place(ch_painter *out, const ch_layout *l, size_t page)
{
    const ch_page_span *s     = &l->pages.at[page];
    const ch_flow      *f     = &l->flow;
    const ch_frame     *frame = ch_layout_frame(l, page);
    ch_len notes  = ch_notes_height(f, &out->p->blocks->geometry, s->note_from, s->note_to);
    ch_len bottom = frame->bottom - (page == 0 ? l->reserved : 0) - notes, y = frame->top;
    glue   g = glue_of(l, page);
    if (s->from < s->to && f->node[s->from].kind == CH_V_ROW && f->item[s->from].head > 0) {
        const ch_vnode *v = &f->node[s->from];
        ch_row_head_place(out, v->block, v->at, ch_lane_of(v->block, frame->lane), y);
        y += f->item[s->from].head;
    } else if (s->from < s->to && f->item[s->from].head > 0) {
        ch_annex_head_place(out, f->node[s->from].block, frame->lane, y);
        y += f->item[s->from].head;
    }
    for (size_t i = s->from; i < s->to;) {
        if (i > s->from)
            y += gap_of(&g, &f->item[i]);
        if (f->item[i].columns) {
            size_t end = columns_end(f, i, s->to);
            y += place_columns(out, f, i, end, frame->lane, y, bottom);
            i = end;
            continue;
        }
        if (f->node[i].block->para && f->node[i].block->para == out->p->blocks->annex.follows &&
            i + 1 == s->to && bottom - f->item[i].height > y)
            y = bottom - f->item[i].height;
        place_node(out, &f->node[i], frame->lane, y);
        y += f->item[i].height;
        i++;
    }
    ch_annex_end_place(out, l, page, frame->lane, (ch_stretch){y, bottom});
    ch_notes_place(out, f, s->note_from, s->note_to, frame->lane, bottom);
}
