/* figure/svg_shape.c -- the outlines of the basic shapes. */
#include "figure/svg_inside.h"

#include <math.h>

typedef struct shape {
    ch_svg        *s;
    const ch_node *n;
    double         em;
    ch_path       *out;
} shape;

static double
length(const shape *k, ch_svg_attribute attr, ch_axis axis, double otherwise)
{
    return ch_svg_attr_length(k->s, k->n, attr, axis, k->em, otherwise);
}

/* One that must not be negative. */
static double
size(const shape *k, ch_svg_attribute attr, ch_axis axis, double otherwise)
{
    double v = length(k, attr, axis, otherwise);
    if (v >= 0 || !ch_svg_has(k->n, attr))
        return v;
    const ch_attr *a = ch_node_attr(k->n, (int)attr);
    ch_svg_bad_value(k->s, a->where, ch_svg_vocab.attrs[attr], a->value, "a length of 0 or more");
    return 0;
}

static void
rectangle(const shape *k)
{
    ch_arena *a = k->s->cx->job;
    double    x = length(k, CH_SVGA_x, CH_AXIS_X, 0), y = length(k, CH_SVGA_y, CH_AXIS_Y, 0);
    double    w = size(k, CH_SVGA_width, CH_AXIS_X, 0), h = size(k, CH_SVGA_height, CH_AXIS_Y, 0);
    double    rx = size(k, CH_SVGA_rx, CH_AXIS_X, -1), ry = size(k, CH_SVGA_ry, CH_AXIS_Y, -1);
    rx = rx < 0 ? ry : rx;
    ry = ry < 0 ? rx : ry;
    rx = fmin(fmax(rx, 0), w / 2);
    ry = fmin(fmax(ry, 0), h / 2);
    if (w <= 0 || h <= 0)
        return;
    ch_point r     = {rx, ry};
    bool     round = rx > 0 && ry > 0;
    if (!round)
        r = (ch_point){0, 0};
    ch_point corner[4][2] = {{{x + w - r.x, y}, {x + w, y + r.y}},
                             {{x + w, y + h - r.y}, {x + w - r.x, y + h}},
                             {{x + r.x, y + h}, {x, y + h - r.y}},
                             {{x, y + r.y}, {x + r.x, y}}};
    ch_path_move(a, k->out, (ch_point){x + r.x, y});
    for (int i = 0; i < 4; i++) {
        if (i < 3 || round)
            ch_path_line(a, k->out, corner[i][0]);
        if (round)
            ch_path_arc(a, k->out, r, 0, false, true, corner[i][1]);
    }
    ch_path_close(a, k->out);
}

static void
ellipse(const shape *k)
{
    ch_point o = {length(k, CH_SVGA_cx, CH_AXIS_X, 0), length(k, CH_SVGA_cy, CH_AXIS_Y, 0)}, r;
    if (k->n->elem == CH_SVG_circle) {
        r.x = r.y = size(k, CH_SVGA_r, CH_AXIS_BOTH, 0);
    } else {
        r.x = size(k, CH_SVGA_rx, CH_AXIS_X, -1);
        r.y = size(k, CH_SVGA_ry, CH_AXIS_Y, -1);
        r.x = r.x < 0 ? r.y : r.x;
        r.y = r.y < 0 ? r.x : r.y;
    }
    if (r.x > 0 && r.y > 0)
        ch_path_ellipse(k->s->cx->job, k->out, o, r);
}

static void
line(const shape *k)
{
    ch_arena *a = k->s->cx->job;
    ch_path_move(
        a, k->out,
        (ch_point){length(k, CH_SVGA_x1, CH_AXIS_X, 0), length(k, CH_SVGA_y1, CH_AXIS_Y, 0)});
    ch_path_line(
        a, k->out,
        (ch_point){length(k, CH_SVGA_x2, CH_AXIS_X, 0), length(k, CH_SVGA_y2, CH_AXIS_Y, 0)});
}

/* A path or a list of points; what was read before a fault is thrown away. */
static void
written(const shape *k, ch_svg_attribute attr)
{
    const ch_attr *a  = ch_node_attr(k->n, (int)attr);
    size_t         at = 0;
    if (!a)
        return;
    bool ok = attr == CH_SVGA_d ? ch_svg_path(k->s->cx->job, a->value, &at, k->out)
                                : ch_svg_points(k->s->cx->job, a->value, &at,
                                                k->n->elem == CH_SVG_polygon, k->out);
    if (k->out->point.n > CH_SVG_POINTS_MAX)
        ch_svg_too_much(k->s, CH_SVG_POINTS_MAX, "points");
    if (ok)
        return;
    ch_str rest = ch_str_sub(a->value, at, a->value.n);
    if (rest.n == 0)
        ch_svg_bad_value(k->s, a->where, ch_svg_vocab.attrs[attr], a->value,
                         "complete: numbers are missing at its end");
    else
        ch_svg_bad_value(k->s, ch_svg_where(k->s, rest, a->where), ch_svg_vocab.attrs[attr], rest,
                         attr == CH_SVGA_d ? "path data here" : "a pair of numbers");
    *k->out = (ch_path){0};
}

bool
ch_svg_shape(ch_svg *s, const ch_node *n, double em, ch_path *out)
{
    shape k = {s, n, em, out};
    *out    = (ch_path){0};
    switch (n->elem) {
    case CH_SVG_path:
        written(&k, CH_SVGA_d);
        break;
    case CH_SVG_polyline:
    case CH_SVG_polygon:
        written(&k, CH_SVGA_points);
        break;
    case CH_SVG_rect:
        rectangle(&k);
        break;
    case CH_SVG_circle:
    case CH_SVG_ellipse:
        ellipse(&k);
        break;
    case CH_SVG_line:
        line(&k);
        break;
    default:
        return false;
    }
    s->points += out->point.n;
    if (s->points > CH_SVG_POINTS_MAX)
        ch_svg_too_much(s, CH_SVG_POINTS_MAX, "points");
    return true;
}
