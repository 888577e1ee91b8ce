/* figure/drawing_dump.c -- a drawing as text, and its colours without colour. */
#include "figure/drawing.h"

#include <math.h>

/* As bright as the colour looks, after the weights of ITU-R BT.709. */
uint32_t
ch_colour_black(uint32_t rgb)
{
    uint32_t r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;
    uint32_t y = (r * 2126 + g * 7152 + b * 722 + 5000) / 10000;
    return y << 16 | y << 8 | y;
}

static void
put(ch_buf *out, double v, int places)
{
    double scaled = v * pow(10, places);
    ch_buf_putc(out, ' ');
    ch_buf_fixed(out, fabs(scaled) < 1e15 ? llround(scaled) : 0, places);
}

static void
put_point(ch_buf *out, ch_point p)
{
    put(out, p.x, 2);
    put(out, p.y, 2);
}

static void
put_path(ch_buf *out, const ch_path *p)
{
    static const char letter[] = "MLCZ";
    const ch_point   *at       = p->point.at;
    for (size_t i = 0; i < p->verb.n; i++) {
        size_t n = p->verb.at[i] == CH_PATH_CURVE ? 3 : p->verb.at[i] == CH_PATH_CLOSE ? 0 : 1;
        ch_buf_putc(out, ' ');
        ch_buf_putc(out, letter[p->verb.at[i]]);
        for (size_t k = 0; k < n; k++)
            put_point(out, *at++);
    }
}

static void
put_gradient(ch_buf *out, const ch_gradient *g)
{
    ch_buf_puts(out, g->radial ? "radial" : "linear");
    put_point(out, g->from);
    if (g->radial)
        put(out, g->r0, 2);
    put_point(out, g->to);
    if (g->radial)
        put(out, g->r1, 2);
    const double m[] = {g->matrix.a, g->matrix.b, g->matrix.c,
                        g->matrix.d, g->matrix.e, g->matrix.f};
    ch_buf_puts(out, " matrix");
    for (int i = 0; i < 6; i++)
        put(out, m[i], 3);
    ch_buf_puts(out, " stops");
    for (size_t i = 0; i < g->n; i++) {
        put(out, g->stop[i].at, 3);
        ch_buf_printf(out, " #%06x", g->stop[i].rgb);
        if (g->stop[i].alpha < 1) {
            ch_buf_putc(out, '/');
            put(out, g->stop[i].alpha, 2);
        }
    }
}

static void
put_paint(ch_buf *out, const char *name, const ch_paint *p)
{
    if (p->kind == CH_PAINT_NONE)
        return;
    ch_buf_printf(out, " %s=", name);
    if (p->kind == CH_PAINT_COLOUR)
        ch_buf_printf(out, "#%06x", p->rgb);
    else
        put_gradient(out, p->gradient);
    if (p->alpha < 1) {
        ch_buf_puts(out, " alpha");
        put(out, p->alpha, 3);
    }
}

static void
put_pen(ch_buf *out, const ch_pen *p)
{
    static const char *const cap[]  = {"butt", "round", "square"};
    static const char *const join[] = {"miter", "round", "bevel"};
    ch_buf_puts(out, " width");
    put(out, p->width, 2);
    ch_buf_printf(out, " %s %s", cap[p->cap], join[p->join]);
    if (p->join == CH_JOIN_MITER)
        put(out, p->miter, 2);
    if (p->skewed) {
        ch_buf_puts(out, " nib");
        put(out, p->matrix.a, 3);
        put(out, p->matrix.b, 3);
        put(out, p->matrix.c, 3);
        put(out, p->matrix.d, 3);
    }
    for (size_t i = 0; i < p->dashes; i++) {
        if (i == 0)
            ch_buf_puts(out, " dash");
        put(out, p->dash[i], 2);
    }
    if (p->dashes > 0 && p->offset != 0) {
        ch_buf_puts(out, " offset");
        put(out, p->offset, 2);
    }
}

static void
put_item(ch_buf *out, const ch_drawing_item *it)
{
    switch (it->kind) {
    case CH_DRAW_PATH:
        ch_buf_puts(out, "path");
        put_paint(out, "fill", &it->fill);
        put_paint(out, "stroke", &it->stroke);
        if (it->stroke.kind != CH_PAINT_NONE)
            put_pen(out, &it->pen);
        break;
    case CH_DRAW_CLIP:
        ch_buf_puts(out, "clip");
        break;
    case CH_DRAW_GROUP:
        ch_buf_puts(out, "group");
        put(out, it->alpha, 3);
        break;
    case CH_DRAW_END:
        ch_buf_puts(out, "end");
        break;
    }
    if (it->even_odd)
        ch_buf_puts(out, " even-odd");
    if (it->kind == CH_DRAW_PATH || it->kind == CH_DRAW_CLIP) {
        ch_buf_puts(out, " :");
        put_path(out, &it->path);
    }
    ch_buf_putc(out, '\n');
}

void
ch_drawing_dump(ch_buf *out, const ch_drawing *d)
{
    ch_buf_puts(out, "drawing");
    put(out, d->width, 2);
    put(out, d->height, 2);
    ch_buf_puts(out, " natural ");
    ch_len_print(out, d->natural_w);
    ch_buf_putc(out, ' ');
    ch_len_print(out, d->natural_h);
    ch_buf_putc(out, '\n');
    size_t depth = 0;
    for (size_t i = 0; i < d->n; i++) {
        depth -= d->item[i].kind == CH_DRAW_END && depth > 0 ? 1 : 0;
        for (size_t k = 0; k <= depth; k++)
            ch_buf_puts(out, "  ");
        put_item(out, &d->item[i]);
        depth += d->item[i].kind == CH_DRAW_CLIP || d->item[i].kind == CH_DRAW_GROUP ? 1 : 0;
    }
}
