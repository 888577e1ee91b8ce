/* page/place.c -- single items at their place: the glyphs of a line, links, rules, images. */
#include "page/pager.h"

static bool
put_here(ch_painter *out, ch_len y, ch_len height)
{
    if (out->probing) {
        *CH_PUSH(out->p->cx->scratch, out->probe) = (ch_stretch){y, y + height};
        return false;
    }
    return !out->clipped || (y >= out->clip.top && y < out->clip.bottom);
}

static ch_item *
add_item(ch_painter *out, ch_item_kind kind, const ch_snode *node)
{
    ch_item *it = CH_PUSH(out->p->cx->scratch, out->items);
    *it         = (ch_item){.kind = kind,
                            .node = out->repeated ? NULL : node,
                            .lang = CH_STR_EMPTY,
                            .text = CH_STR_EMPTY,
                            .path = CH_STR_EMPTY,
                            .alt  = CH_STR_EMPTY,
                            .uri  = CH_STR_EMPTY};
    if (!it->node)
        it->artifact = out->artifact == CH_ARTIFACT_NONE ? CH_ARTIFACT_LAYOUT : out->artifact;
    return it;
}

/* An element that has an xml:id is where its first item is. */
static void
note_dests(ch_painter *out, const ch_snode *node, ch_len x, ch_len y)
{
    ch_arena *a = out->p->cx->scratch;
    for (; node && !out->repeated; node = node->parent) {
        while (out->seen.n <= node->index)
            *CH_PUSH(a, out->seen) = 0;
        if (out->seen.at[node->index])
            return; /* and so have been those around it */
        out->seen.at[node->index] = 1;
        if (node->id.n)
            *CH_PUSH(out->p->cx->job, out->dests) = (ch_dest){node->id, out->page, x, y};
    }
}

void
ch_bookmark_place(ch_painter *out, const ch_block *b, ch_len y)
{
    if (!b->bookmark.n || out->repeated || !put_here(out, y, 0))
        return;
    *CH_PUSH(out->p->cx->job, out->bookmarks) = (ch_bookmark){.title = b->bookmark,
                                                              .level = b->bookmark_level,
                                                              .page  = out->page,
                                                              .y     = y - out->lift,
                                                              .node  = b->node};
}

/* ---- lines ---- */

ch_len
ch_line_baseline(const ch_lines *l, const ch_line *line)
{
    /* As if the face had four fifths of its size above the baseline: what faces stand on a line
     * moves nothing, so baselines keep their distance. */
    ch_len size = l->para->props->size;
    return (line->height - size) / 2 + size * 4 / 5;
}

/* How the text goes on behind the line: directly, or after a space that is not drawn? */
static bool
is_joined(const ch_shaped *s, const ch_line *line)
{
    size_t low = 0, high = s->n_breaks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->brk[middle].offset < line->to)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == s->n_breaks || s->brk[low].offset != line->to)
        return false;
    return s->brk[low].kind != CH_BREAK_SPACE && s->brk[low].kind != CH_BREAK_FORCED;
}

static void
put_strip(ch_painter *out, const ch_lines *l, const ch_strip *s, ch_len x, ch_len baseline)
{
    const ch_span  *span = s->run->span;
    ch_item        *it   = add_item(out, CH_ITEM_GLYPHS, span ? span->node : l->para->node);
    const ch_props *look = span && span->type ? span->type : l->para->props;
    it->lang             = span && span->lang.n ? span->lang : l->para->lang;
    it->x                = x + s->x;
    it->y                = baseline - (span ? span->rise : 0);
    it->w                = s->width;
    it->colour           = look->colour;
    it->face             = s->run->face;
    it->size             = s->run->size;
    it->glyph            = s->glyph;
    it->n                = s->n;
    it->text             = ch_str_sub(l->shaped->text, s->from, s->to);
    it->base             = s->from;
    it->rtl              = s->run->level & 1;
    it->hyphen           = s->hyphen;
}

/* One rectangle for what is linked to one place and stands side by side. */
static void
put_links(ch_painter *out, const ch_line *line, ch_len x, ch_len baseline)
{
    for (size_t i = 0; i < line->n;) {
        const ch_span *span = line->strip[i].run->span;
        if (!span || !span->uri.n || out->repeated) {
            i++;
            continue;
        }
        ch_len from = line->strip[i].x, to = from;
        size_t k = i;
        for (; k < line->n; k++) {
            const ch_span *next = line->strip[k].run->span;
            if (!next || next->node != span->node || !ch_str_eq(next->uri, span->uri))
                break;
            to = line->strip[k].x + line->strip[k].width;
        }
        ch_item *it = add_item(out, CH_ITEM_LINK, span->node);
        it->lang    = span->lang;
        it->uri     = span->uri;
        it->x       = x + from;
        it->y       = baseline - line->ascent;
        it->w       = to - from;
        it->h       = line->ascent + line->descent;
        i           = k;
    }
}

/* The strips of a line in the order in which they are read, whatever their directions. */
static const size_t *
reading_order(ch_painter *out, const ch_line *line)
{
    out->order.n = 0;
    for (size_t i = 0; i < line->n; i++) {
        *CH_PUSH(out->p->cx->scratch, out->order) = i;
        for (size_t k = i; k > 0; k--) {
            size_t *a = &out->order.at[k - 1], *b = &out->order.at[k], t = *a;
            if (line->strip[*a].from <= line->strip[*b].from)
                break;
            *a = *b;
            *b = t;
        }
    }
    return out->order.at;
}

/* Line k of a set paragraph; x is the left edge of its measure. */
static void
put_line(ch_painter *out, const ch_lines *l, size_t k, ch_len x, ch_len baseline)
{
    const ch_line *line  = &l->line[k];
    size_t         first = out->items.n;
    const size_t  *order = reading_order(out, line);
    if (!line->n)
        return;
    for (size_t i = 0; i < line->n; i++) {
        const ch_strip *s = &line->strip[order[i]];
        put_strip(out, l, s, x, baseline);
        const ch_snode *node = out->items.at[out->items.n - 1].node;
        if (node)
            note_dests(out, node, x, baseline - line->ascent);
    }
    ch_item *last                   = &out->items.at[out->items.n - 1];
    out->items.at[first].line_start = true;
    last->line_end                  = true;
    last->joined                    = k + 1 < l->n && is_joined(l->shaped, line);
    put_links(out, line, x, baseline);
}

void
ch_line_place(ch_painter *out, const ch_block *b, size_t k, ch_lane around, ch_len y)
{
    const ch_pager *p    = out->p;
    const ch_lines *l    = p->lines[b->para->index];
    ch_lane         lane = ch_lane_of(b, around);
    if (!put_here(out, y, l->line[k].height))
        return;
    ch_len          baseline = y - out->lift + ch_line_baseline(l, &l->line[k]);
    const ch_lines *label    = b->label && k == 0 ? p->lines[b->label->index] : NULL;
    if (label && label->n) {
        ch_len x = b->rtl ? around.width - b->label_start - b->label_width : b->label_start;
        put_line(out, label, 0, around.left + x, baseline);
    }
    put_line(out, l, k, lane.left, baseline);
}

/* ---- rules and images ---- */

void
ch_rule_place(ch_painter *out, ch_lane lane, ch_len y, ch_len thickness, uint32_t colour)
{
    if (thickness <= 0 || lane.width <= 0 || !put_here(out, y, thickness))
        return;
    ch_item *it = add_item(out, CH_ITEM_RULE, NULL);
    it->x       = lane.left;
    it->y       = y - out->lift;
    it->w       = lane.width;
    it->h       = thickness;
    it->colour  = colour;
}

/* The artifact across a stretch of the page: nothing can be added there. */
void
ch_stroke_place(ch_painter *out, ch_lane lane, ch_stretch at, ch_len thickness, uint32_t colour)
{
    ch_item *it = add_item(out, CH_ITEM_STROKE, NULL);
    it->x       = lane.left;
    it->y       = at.top;
    it->w       = lane.width;
    it->h       = at.bottom - at.top;
    it->size    = thickness;
    it->colour  = colour;
    it->rtl     = out->p->blocks->geometry.rtl;
}

void
ch_figure_place(ch_painter *out, const ch_block *b, ch_lane around, ch_len y)
{
    ch_lane lane = ch_lane_of(b, around);
    ch_len  w, h;
    ch_figure_size(out->p, b, lane.width, &w, &h);
    y += b->figure->room > h ? b->figure->room - h : 0;
    if (!put_here(out, y, h))
        return;
    ch_item *it    = add_item(out, CH_ITEM_IMAGE, b->node);
    ch_len   free  = lane.width - w;
    ch_align align = b->props->align;
    bool     right =
        align == CH_ALIGN_RIGHT || (align != CH_ALIGN_LEFT && (align == CH_ALIGN_END) != b->rtl);
    it->x    = lane.left + (align == CH_ALIGN_CENTER ? free / 2 : right ? free : 0);
    it->y    = y - out->lift;
    it->w    = w;
    it->h    = h;
    it->path = b->figure->path;
    it->alt  = b->figure->alt;

    it->drawing = ch_image_size_of(out->p, b->figure)->drawing;
    it->black   = b->figure->black;
    note_dests(out, it->node, it->x, it->y);
}
