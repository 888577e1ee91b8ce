/* figure/svg_paint.c -- gradients and pens. */
#include "figure/svg_inside.h"

#include <math.h>

#define CHAIN_MAX 16 /* gradients that refer to one another */
#define STOPS_MAX 256
#define FINEST 0.01        /* units of the drawing: no dash is shorter */
#define FOCUS_INSIDE 0.999 /* how near to the circle a focus may come, in radii */

/* A gradient and those that it refers to, which say what it does not. */
typedef struct chain {
    const ch_node *at[CHAIN_MAX];
    size_t         n;
} chain;

static bool
is_gradient(const ch_node *n)
{
    return n->elem == CH_SVG_linearGradient || n->elem == CH_SVG_radialGradient;
}

static void
follow(ch_svg *s, const ch_node *n, chain *c)
{
    bool given = true;
    for (c->n = 0; n && is_gradient(n); n = ch_svg_href(s, n, "gradient", &given)) {
        for (size_t i = 0; i <= c->n; i++)
            if (c->n == CHAIN_MAX || (i < c->n && c->at[i] == n)) {
                ch_str id = ch_node_attr_str(n, CH_SVGA_id);
                if (ch_svg_fault(s, n->where))
                    ch_report(s->cx, CH_E7023_svg_cycle, n->where, CH_ARG(id));
                return;
            }
        c->at[c->n++] = n;
    }
}

/* The first of them that has the attribute; the gradient itself when none has. */
static const ch_node *
who_says(const chain *c, ch_svg_attribute attr)
{
    for (size_t i = 0; i < c->n; i++)
        if (ch_svg_has(c->at[i], attr))
            return c->at[i];
    return c->at[0];
}

/* ---- stops ------------------------------------------------------------------------------- */

typedef struct stops {
    CH_VEC(ch_stop) list;
} stops;

static void
add_stop(ch_svg *s, const ch_node *n, stops *out)
{
    ch_svg_style st;
    ch_stop      stop = {.alpha = 1};
    ch_svg_style_at(s, n, &st);
    stop.at = ch_svg_attr_part(s, n, CH_SVGA_offset, 0);
    stop.at = stop.at < 0 ? 0 : stop.at > 1 ? 1 : stop.at;
    if (out->list.n > 0)
        stop.at = fmax(stop.at, out->list.at[out->list.n - 1].at);
    stop.rgb   = st.stop.kind == CH_INK_COLOUR ? st.stop.rgb : st.colour;
    stop.alpha = (st.stop.kind == CH_INK_NONE ? 0 : st.stop.alpha) * st.stop_opacity;
    if (out->list.n == STOPS_MAX)
        ch_svg_too_much(s, STOPS_MAX, "stops in a gradient");
    else
        *CH_PUSH(s->cx->job, out->list) = stop;
}

static const stops *
stops_of(ch_svg *s, const chain *c)
{
    const ch_node *n   = NULL;
    ch_str         key = {(const char *)&c->at[0], sizeof c->at[0]};
    stops         *out = ch_map_lookup(s->stops, key);
    if (out)
        return out;
    out = CH_NEW(s->cx->job, stops);
    for (size_t i = 0; i < c->n && !n; i++)
        n = ch_node_child(c->at[i], CH_SVG_stop);
    for (; n && s->status != CH_ERR_LIMIT; n = ch_node_next(n, CH_SVG_stop))
        add_stop(s, n, out);
    ch_map_put(s->stops, key, out);
    return out;
}

/* ---- geometry ---------------------------------------------------------------------------- */

typedef struct frame {
    ch_svg      *s;
    const chain *c;
    bool         box; /* in parts of the box of what is painted */
} frame;

static double
place(const frame *f, ch_svg_attribute attr, ch_axis axis, double part)
{
    const ch_node *n = who_says(f->c, attr);
    if (f->box)
        return ch_svg_attr_part(f->s, n, attr, part);
    double whole = axis == CH_AXIS_X ? f->s->view_w : f->s->view_h;
    if (axis == CH_AXIS_BOTH)
        whole = sqrt((f->s->view_w * f->s->view_w + whole * whole) / 2);
    return ch_svg_attr_length(f->s, n, attr, axis, ch_svg_first_style.font_size, part * whole);
}

static bool
says(const frame *f, ch_svg_attribute attr)
{
    return ch_svg_has(who_says(f->c, attr), attr);
}

/* false: it has no extent, and the colour of its last stop is everywhere. */
static bool
lay_out(const frame *f, ch_gradient *g)
{
    if (!g->radial) {
        g->from =
            (ch_point){place(f, CH_SVGA_x1, CH_AXIS_X, 0), place(f, CH_SVGA_y1, CH_AXIS_Y, 0)};
        g->to = (ch_point){place(f, CH_SVGA_x2, CH_AXIS_X, 1), place(f, CH_SVGA_y2, CH_AXIS_Y, 0)};
        return g->from.x != g->to.x || g->from.y != g->to.y;
    }
    g->to = (ch_point){place(f, CH_SVGA_cx, CH_AXIS_X, 0.5), place(f, CH_SVGA_cy, CH_AXIS_Y, 0.5)};
    g->r1 = place(f, CH_SVGA_r, CH_AXIS_BOTH, 0.5);
    g->from = g->to;
    if (says(f, CH_SVGA_fx))
        g->from.x = place(f, CH_SVGA_fx, CH_AXIS_X, 0.5);
    if (says(f, CH_SVGA_fy))
        g->from.y = place(f, CH_SVGA_fy, CH_AXIS_Y, 0.5);
    g->r0 = says(f, CH_SVGA_fr) ? place(f, CH_SVGA_fr, CH_AXIS_BOTH, 0) : 0;
    g->r0 = g->r0 < 0 ? 0 : g->r0;
    if (g->r1 <= 0 || g->r0 >= g->r1)
        return false;
    double x = g->from.x - g->to.x, y = g->from.y - g->to.y, far = sqrt(x * x + y * y);
    double most = (g->r1 - g->r0) * FOCUS_INSIDE;
    if (far > most) { /* outside: it moves to where the circle begins */
        g->from.x = g->to.x + x * most / far;
        g->from.y = g->to.y + y * most / far;
    }
    return true;
}

static void
look_at_spread(ch_svg *s, const chain *c)
{
    const ch_attr *a = ch_node_attr(who_says(c, CH_SVGA_spreadMethod), CH_SVGA_spreadMethod);
    if (a && !ch_str_is(ch_str_trim(a->value), "pad"))
        ch_svg_left_out(s, ch_arena_printf(s->cx->job, "spreadMethod %.*s", CH_ARG(a->value)),
                        a->where);
}

static ch_paint
solid(const ch_stop *stop, double opacity)
{
    return (ch_paint){.kind = CH_PAINT_COLOUR, .rgb = stop->rgb, .alpha = stop->alpha * opacity};
}

static ch_paint
gradient_paint(ch_svg *s, const ch_node *n, double opacity, const ch_path *path,
               const ch_matrix *to)
{
    ch_paint none = {.kind = CH_PAINT_NONE};
    chain    c;
    ch_point low, high;
    follow(s, n, &c);
    const stops *st = stops_of(s, &c);
    if (st->list.n == 0)
        return none;
    const ch_stop *last = &st->list.at[st->list.n - 1];
    ch_str units   = ch_node_attr_str(who_says(&c, CH_SVGA_gradientUnits), CH_SVGA_gradientUnits);
    frame  f       = {s, &c, !ch_str_is(ch_str_trim(units), "userSpaceOnUse")};
    ch_gradient *g = CH_NEW(s->cx->job, ch_gradient);
    g->radial      = n->elem == CH_SVG_radialGradient;
    g->matrix      = ch_svg_attr_transform(s, who_says(&c, CH_SVGA_gradientTransform),
                                           CH_SVGA_gradientTransform);
    look_at_spread(s, &c);
    if (f.box) {
        if (!ch_path_box(path, &low, &high) || high.x <= low.x || high.y <= low.y)
            return none;
        g->matrix = ch_matrix_join((ch_matrix){high.x - low.x, 0, 0, high.y - low.y, low.x, low.y},
                                   g->matrix);
    }
    g->matrix = ch_matrix_join(*to, g->matrix);
    if (ch_matrix_scale(&g->matrix) < 1e-9)
        return none;
    if (!lay_out(&f, g) || st->list.n == 1)
        return solid(last, opacity);
    g->stop = st->list.at;
    g->n    = st->list.n;
    return (ch_paint){.kind = CH_PAINT_GRADIENT, .alpha = opacity, .gradient = g};
}

/* ---- paints and pens --------------------------------------------------------------------- */

ch_paint
ch_svg_paint(ch_svg *s, const ch_svg_style *st, const ch_ink *ink, double opacity,
             const ch_path *path, const ch_matrix *to)
{
    ch_ink_kind kind = ink->kind;
    if (kind == CH_INK_SERVER) {
        const ch_node *n = ch_map_lookup(s->by_id, ink->id);
        if (n && is_gradient(n))
            return gradient_paint(s, n, opacity, path, to);
        if (n && n->elem == CH_SVG_pattern)
            ch_svg_left_out(s, n->text, ink->where);
        else if (!ink->has_fallback && ch_svg_fault(s, ink->where))
            ch_report(s->cx, CH_E7022_svg_nowhere, ink->where, "gradient", CH_ARG(ink->id));
        kind = ink->has_fallback ? ink->fallback : CH_INK_NONE;
    }
    if (kind == CH_INK_NONE)
        return (ch_paint){.kind = CH_PAINT_NONE};
    return (ch_paint){.kind  = CH_PAINT_COLOUR,
                      .rgb   = kind == CH_INK_CURRENT ? st->colour : ink->rgb,
                      .alpha = ink->alpha * opacity};
}

/* A list of an odd length is written twice: readers of PDF differ about where such a one begins. */
static void
set_dashes(ch_svg *s, const ch_svg_style *st, double scale, ch_pen *pen)
{
    size_t  n    = st->dashes % 2 ? 2 * st->dashes : st->dashes;
    double *dash = CH_NEW_N(s->cx->job, double, n);
    double  sum = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        dash[i] = st->dash[i % st->dashes] * scale;
        sum += dash[i];
        most = fmax(most, dash[i]);
    }
    if (most < FINEST || sum > 1e9)
        return;
    pen->offset = fmod(st->dash_offset * scale, sum);
    pen->offset += pen->offset < 0 ? sum : 0;
    pen->dash   = dash;
    pen->dashes = n;
}

ch_pen
ch_svg_pen(ch_svg *s, const ch_svg_style *st, const ch_matrix *to)
{
    double scale = ch_matrix_scale(to);
    ch_pen pen   = {.width  = st->width * scale,
                    .skewed = !ch_matrix_is_similar(to),
                    .matrix = {to->a / scale, to->b / scale, to->c / scale, to->d / scale, 0, 0},
                    .cap    = st->cap,
                    .join   = st->join,
                    .miter  = st->miter};
    if (st->dashes > 0)
        set_dashes(s, st, scale, &pen);
    return pen;
}
