/* page/stack.c -- blocks one below the other: in cells, running heads, letterhead, notes. */
#include "page/pager.h"

#include "line/table.h"

ch_lane
ch_lane_of(const ch_block *b, ch_lane around)
{
    ch_len m = ch_block_measure(b, around.width);
    ch_len x = b->rtl ? around.width - b->start - m : b->start;
    return (ch_lane){around.left + x, m};
}

ch_len
ch_block_space(const ch_block *above, const ch_block *below)
{
    ch_len a = above->props ? above->props->after : 0, b = below->props ? below->props->before : 0;
    return a > b ? a : b;
}

bool
ch_block_left_out(const ch_pager *p, const ch_block *b)
{
    switch (b->kind) {
    case CH_BLOCK_PARA:
        return !b->para || !p->lines[b->para->index];
    case CH_BLOCK_TABLE:
        return !b->table || !b->table->n_rows;
    case CH_BLOCK_FIGURE:
        return !b->figure;
    case CH_BLOCK_NEW_PAGE:
        return true;
    default:
        return false;
    }
}

/* ---- images ---- */

const ch_image_size *
ch_image_size_of(ch_pager *p, const ch_figure *f)
{
    ch_image_size *s = ch_map_lookup(p->images, f->path);
    if (s)
        return s;
    s = CH_NEW(p->cx->job, ch_image_size);
    if (p->tools->probe) {
        ch_status st = p->tools->probe(p->tools->probe_user, p->cx, f->path, f->where, s);
        if (p->status == CH_OK)
            p->status = st;
    }
    ch_map_put(p->images, f->path, s);
    return s;
}

static ch_len
natural(uint32_t px, uint32_t dpi)
{
    ch_len v = ch_len_scale((ch_len)px * 72 * CH_PT, 1, dpi ? dpi : 96);
    return v > CH_PT ? v : CH_PT;
}

void
ch_figure_size(ch_pager *p, const ch_block *b, ch_len width, ch_len *w, ch_len *h)
{
    const ch_figure     *f   = b->figure;
    const ch_image_size *s   = ch_image_size_of(p, f);
    ch_len               n_w = natural(s->px_w, s->dpi_x), n_h = natural(s->px_h, s->dpi_y);
    if (s->drawing) {
        n_w = s->drawing->natural_w > CH_PT ? s->drawing->natural_w : CH_PT;
        n_h = ch_len_scale(n_w, (int64_t)(s->drawing->height * 1000),
                           (int64_t)(s->drawing->width * 1000));
    }
    *w = f->width > 0 ? f->width : f->height > 0 ? ch_len_scale(f->height, n_w, n_h) : n_w;
    *h = f->height > 0 ? f->height : ch_len_scale(*w, n_h, n_w);
    if (width > 0 && *w > width) {
        *h = ch_len_scale(*h, width, *w);
        *w = width;
    }
    if (f->room > 0 && *h > f->room) {
        *w = ch_len_scale(*w, f->room, *h);
        *h = f->room;
    }
    if (p->image_height > 0 && *h > p->image_height) {
        *w = ch_len_scale(*w, p->image_height, *h);
        *h = p->image_height;
    }
}

/* ---- heights ---- */

ch_len
ch_block_height(ch_pager *p, const ch_block *b, ch_len width)
{
    ch_len w, h;
    if (ch_block_left_out(p, b))
        return 0;
    switch (b->kind) {
    case CH_BLOCK_PARA:
        return p->lines[b->para->index]->height;
    case CH_BLOCK_TABLE:
        return ch_table_height(p, b);
    case CH_BLOCK_RULE:
        return b->rule_thickness;
    case CH_BLOCK_GAP:
        return b->gap;
    case CH_BLOCK_FIGURE:
        ch_figure_size(p, b, ch_block_measure(b, width), &w, &h);
        return b->figure->room > h ? b->figure->room : h;
    case CH_BLOCK_NEW_PAGE:
        break;
    }
    return 0;
}

/* The next block of a list that is printed, from i on; NULL at the end. */
static const ch_block *
next_block(const ch_pager *p, ch_block_list list, size_t *i)
{
    while (*i < list.n && ch_block_left_out(p, &list.at[*i]))
        ++*i;
    return *i < list.n ? &list.at[(*i)++] : NULL;
}

ch_len
ch_stack_height(ch_pager *p, ch_block_list list, ch_len width)
{
    ch_len          h     = 0;
    size_t          i     = 0;
    const ch_block *above = NULL;
    for (const ch_block *b; (b = next_block(p, list, &i)); above = b)
        h += (above ? ch_block_space(above, b) : 0) + ch_block_height(p, b, width);
    return h;
}

ch_len
ch_stack_baseline(ch_pager *p, ch_block_list list)
{
    ch_len          h     = 0;
    size_t          i     = 0;
    const ch_block *above = NULL;
    for (const ch_block *b; (b = next_block(p, list, &i)); above = b) {
        h += above ? ch_block_space(above, b) : 0;
        if (b->kind == CH_BLOCK_PARA) {
            const ch_lines *l = p->lines[b->para->index];
            return l->n ? h + ch_line_baseline(l, &l->line[0]) : -1;
        }
        if (b->kind != CH_BLOCK_GAP)
            return -1;
        h += b->gap;
    }
    return -1;
}

/* ---- placing ---- */

/* Its room stays where it is not. */
static bool
is_drawn(const ch_painter *out, const ch_block *b)
{
    bool last = out->last;
    return b->drawn == CH_DRAWN_ALWAYS || (b->drawn == CH_DRAWN_CONTINUES && !last) ||
           (b->drawn == CH_DRAWN_LAST && last);
}

static void
place_block(ch_painter *out, const ch_block *b, ch_lane lane, ch_len y)
{
    ch_pager *p = out->p;
    if (!is_drawn(out, b))
        return;
    ch_bookmark_place(out, b, y);
    switch (b->kind) {
    case CH_BLOCK_PARA: {
        const ch_lines *l = p->lines[b->para->index];
        for (size_t k = 0; k < l->n; k++) {
            ch_line_place(out, b, k, lane, y);
            y += l->line[k].height;
        }
        break;
    }
    case CH_BLOCK_TABLE:
        ch_table_place(out, b, ch_lane_of(b, lane), y);
        break;
    case CH_BLOCK_RULE:
        ch_rule_place(out, ch_lane_of(b, lane), y, b->rule_thickness, b->props->colour);
        break;
    case CH_BLOCK_FIGURE:
        ch_figure_place(out, b, lane, y);
        break;
    case CH_BLOCK_GAP:
    case CH_BLOCK_NEW_PAGE:
        break;
    }
}

void
ch_stack_place(ch_painter *out, ch_block_list list, ch_lane lane, ch_len y)
{
    size_t          i     = 0;
    const ch_block *above = NULL;
    for (const ch_block *b; (b = next_block(out->p, list, &i)); above = b) {
        y += above ? ch_block_space(above, b) : 0;
        place_block(out, b, lane, y);
        y += ch_block_height(out->p, b, lane.width);
    }
}
