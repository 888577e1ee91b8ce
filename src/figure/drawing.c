/* figure/drawing.c -- matrices and paths. */
#include "figure/drawing.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846
#define ARC_FINEST 1e-9

/* ---- matrices -------------------------------------------------------------------------- */

ch_matrix
ch_matrix_join(ch_matrix o, ch_matrix i)
{
    return (ch_matrix){.a = o.a * i.a + o.c * i.b,
                       .b = o.b * i.a + o.d * i.b,
                       .c = o.a * i.c + o.c * i.d,
                       .d = o.b * i.c + o.d * i.d,
                       .e = o.a * i.e + o.c * i.f + o.e,
                       .f = o.b * i.e + o.d * i.f + o.f};
}

ch_point
ch_matrix_apply(const ch_matrix *m, ch_point p)
{
    return (ch_point){m->a * p.x + m->c * p.y + m->e, m->b * p.x + m->d * p.y + m->f};
}

double
ch_matrix_scale(const ch_matrix *m)
{
    return sqrt(fabs(m->a * m->d - m->b * m->c));
}

bool
ch_matrix_is_similar(const ch_matrix *m)
{
    double slack  = 1e-6 * (fabs(m->a) + fabs(m->b) + fabs(m->c) + fabs(m->d));
    bool   kept   = fabs(m->a - m->d) <= slack && fabs(m->b + m->c) <= slack;
    bool   mirror = fabs(m->a + m->d) <= slack && fabs(m->b - m->c) <= slack;
    return kept || mirror;
}

/* ---- paths ----------------------------------------------------------------------------- */

static void
add(ch_arena *a, ch_path *p, ch_path_verb verb, const ch_point *point, size_t n)
{
    *CH_PUSH(a, p->verb) = (uint8_t)verb;
    for (size_t i = 0; i < n; i++)
        *CH_PUSH(a, p->point) = point[i];
}

void
ch_path_move(ch_arena *a, ch_path *p, ch_point to)
{
    add(a, p, CH_PATH_MOVE, &to, 1);
}

void
ch_path_line(ch_arena *a, ch_path *p, ch_point to)
{
    add(a, p, CH_PATH_LINE, &to, 1);
}

void
ch_path_curve(ch_arena *a, ch_path *p, ch_point c1, ch_point c2, ch_point to)
{
    ch_point three[] = {c1, c2, to};
    add(a, p, CH_PATH_CURVE, three, 3);
}

void
ch_path_close(ch_arena *a, ch_path *p)
{
    add(a, p, CH_PATH_CLOSE, NULL, 0);
}

/* An arc of an ellipse about a centre, from one angle on, in pieces of a quarter at most. */
static void
add_arc(ch_arena *a, ch_path *p, ch_matrix ellipse, double from, double by, ch_point to)
{
    int    n    = (int)ceil(fabs(by) / (PI / 2) - ARC_FINEST);
    double step = n > 0 ? by / n : 0, k = 4.0 / 3.0 * tan(step / 4);
    for (int i = 0; i < n; i++) {
        double   t0 = from + i * step, t1 = t0 + step;
        ch_point c1  = {cos(t0) - k * sin(t0), sin(t0) + k * cos(t0)};
        ch_point c2  = {cos(t1) + k * sin(t1), sin(t1) - k * cos(t1)};
        ch_point end = {cos(t1), sin(t1)};
        ch_path_curve(a, p, ch_matrix_apply(&ellipse, c1), ch_matrix_apply(&ellipse, c2),
                      i == n - 1 ? to : ch_matrix_apply(&ellipse, end));
    }
}

/* After appendix B.2.4 of SVG 2: in the space where the ellipse is a circle of radius 1. */
void
ch_path_arc(ch_arena *a, ch_path *p, ch_point r, double turn, bool large, bool sweep, ch_point to)
{
    ch_point from = p->point.at[p->point.n - 1];
    double   rx = fabs(r.x), ry = fabs(r.y);
    if (from.x == to.x && from.y == to.y)
        return;
    if (rx < ARC_FINEST || ry < ARC_FINEST) {
        ch_path_line(a, p, to);
        return;
    }
    double c = cos(turn * PI / 180), s = sin(turn * PI / 180);
    double hx = (from.x - to.x) / 2, hy = (from.y - to.y) / 2;
    double x = (c * hx + s * hy) / rx, y = (c * hy - s * hx) / ry;
    double far = x * x + y * y;
    if (far > 1) { /* too small to reach: it grows */
        rx *= sqrt(far);
        ry *= sqrt(far);
        x /= sqrt(far);
        y /= sqrt(far);
        far = 1;
    }
    double k  = sqrt((1 - far) / far) * (large == sweep ? -1 : 1);
    double cx = k * y, cy = -k * x; /* of the circle, from the middle of the chord */
    double t0 = atan2(y - cy, x - cx), t1 = atan2(-y - cy, -x - cx), by = t1 - t0;
    if (sweep && by < 0)
        by += 2 * PI;
    if (!sweep && by > 0)
        by -= 2 * PI;
    ch_matrix m = {c * rx, s * rx, -s * ry, c * ry, (from.x + to.x) / 2, (from.y + to.y) / 2};
    ch_point  o = ch_matrix_apply(&m, (ch_point){cx, cy});
    m.e         = o.x;
    m.f         = o.y;
    add_arc(a, p, m, t0, by, to);
}

void
ch_path_ellipse(ch_arena *a, ch_path *p, ch_point o, ch_point r)
{
    ch_point start = {o.x + r.x, o.y};
    ch_path_move(a, p, start);
    add_arc(a, p, (ch_matrix){r.x, 0, 0, r.y, o.x, o.y}, 0, 2 * PI, start);
    ch_path_close(a, p);
}

/* ---- boxes ----------------------------------------------------------------------------- */

static void
cover(ch_point *low, ch_point *high, ch_point p)
{
    low->x  = fmin(low->x, p.x);
    low->y  = fmin(low->y, p.y);
    high->x = fmax(high->x, p.x);
    high->y = fmax(high->y, p.y);
}

static double
cubic(double p0, double p1, double p2, double p3, double t)
{
    double u = 1 - t;
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

/* Where a coordinate of a cubic turns: the roots of its derivative between 0 and 1. */
static int
turns(double p0, double p1, double p2, double p3, double out[2])
{
    double a = p3 - 3 * p2 + 3 * p1 - p0, b = 2 * (p2 - 2 * p1 + p0), c = p1 - p0, t[2];
    int    n = 0, kept = 0;
    double d = b * b - 4 * a * c;
    if (fabs(a) < 1e-12 * (fabs(b) + fabs(c))) {
        if (b != 0)
            t[n++] = -c / b;
    } else if (d >= 0 && a != 0) {
        double q = -(b + (b < 0 ? -sqrt(d) : sqrt(d))) / 2; /* without cancellation */
        t[n++]   = q / a;
        if (q != 0)
            t[n++] = c / q;
    }
    for (int i = 0; i < n; i++)
        if (t[i] > 0 && t[i] < 1)
            out[kept++] = t[i];
    return kept;
}

static void
cover_curve(ch_point *low, ch_point *high, ch_point from, const ch_point *p)
{
    double t[4];
    int    n = turns(from.x, p[0].x, p[1].x, p[2].x, t);
    n += turns(from.y, p[0].y, p[1].y, p[2].y, t + n);
    for (int i = 0; i < n; i++)
        cover(low, high,
              (ch_point){cubic(from.x, p[0].x, p[1].x, p[2].x, t[i]),
                         cubic(from.y, p[0].y, p[1].y, p[2].y, t[i])});
    cover(low, high, p[2]);
}

bool
ch_path_box(const ch_path *p, ch_point *low, ch_point *high)
{
    const ch_point *at = p->point.at;
    if (p->point.n == 0)
        return false;
    *low = *high = at[0];
    for (size_t i = 0; i < p->verb.n; i++) {
        if (p->verb.at[i] == CH_PATH_CURVE) {
            cover_curve(low, high, at[-1], at);
            at += 3;
        } else if (p->verb.at[i] != CH_PATH_CLOSE) {
            cover(low, high, *at++);
        }
    }
    return true;
}

ch_path
ch_path_map(ch_arena *a, const ch_path *p, const ch_matrix *m)
{
    ch_path out   = *p; /* the verbs are shared */
    out.point.at  = CH_NEW_N(a, ch_point, p->point.n + 1);
    out.point.cap = p->point.n + 1;
    out.verb.cap  = out.verb.n; /* so that one more is written elsewhere */
    for (size_t i = 0; i < p->point.n; i++)
        out.point.at[i] = ch_matrix_apply(m, p->point.at[i]);
    return out;
}

/* Twice the area that an outline goes round, by its corners and control points. */
static double
area(const ch_point *p, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        const ch_point *q = &p[i + 1 < n ? i + 1 : 0];
        sum += p[i].x * q->y - q->x * p[i].y;
    }
    return sum;
}

static size_t
points_of(uint8_t verb)
{
    return verb == CH_PATH_CURVE ? 3 : verb == CH_PATH_CLOSE ? 0 : 1;
}

/* The outline that begins with verb `from`: the verb behind it, and its points. */
static size_t
outline(const ch_path *p, size_t from, size_t *points)
{
    size_t end = from;
    *points    = 0;
    do {
        *points += points_of(p->verb.at[end]);
        end++;
    } while (end < p->verb.n && p->verb.at[end] != CH_PATH_MOVE);
    return end;
}

/* The verbs [from, to) whose points begin at `point`, from the last point to the first. */
static void
add_backwards(ch_arena *a, ch_path *out, const ch_path *p, size_t from, size_t to, size_t point,
              size_t n)
{
    const ch_point *at = p->point.at + point + n - 1;
    ch_path_move(a, out, *at);
    for (size_t i = to; i-- > from + 1;) {
        if (p->verb.at[i] == CH_PATH_CURVE) {
            ch_path_curve(a, out, at[-1], at[-2], at[-3]);
            at -= 3;
        } else if (p->verb.at[i] == CH_PATH_LINE) {
            ch_path_line(a, out, *--at);
        }
    }
    ch_path_close(a, out);
}

void
ch_path_unite(ch_arena *a, ch_path *to, const ch_path *p)
{
    double sum = 0;
    size_t n;
    for (size_t from = 0, point = 0; from < p->verb.n; point += n) {
        from = outline(p, from, &n);
        sum += area(p->point.at + point, n);
    }
    for (size_t from = 0, point = 0, end; from < p->verb.n; from = end, point += n) {
        end = outline(p, from, &n);
        if (sum < 0 && n > 0) {
            add_backwards(a, to, p, from, end, point, n);
            continue;
        }
        for (size_t i = from, k = point; i < end; i++) {
            size_t more = points_of(p->verb.at[i]);
            add(a, to, p->verb.at[i], p->point.at + k, more);
            k += more;
        }
    }
}

/* ---- a copy ---- */

static void
copy_paint(ch_arena *a, ch_paint *p)
{
    if (!p->gradient)
        return;
    ch_gradient *g = ch_arena_copy(a, p->gradient, 1, sizeof *g);
    g->stop        = ch_arena_copy(a, g->stop, g->n, sizeof *g->stop);
    p->gradient    = g;
}

const ch_drawing *
ch_drawing_copy(ch_arena *a, const ch_drawing *d)
{
    ch_drawing      *out  = ch_arena_copy(a, d, 1, sizeof *out);
    ch_drawing_item *item = ch_arena_copy(a, d->item, d->n, sizeof *item);
    out->item             = item;
    for (size_t i = 0; i < d->n; i++) {
        ch_drawing_item *it = &item[i];
        it->path.verb.cap   = it->path.verb.n;
        it->path.point.cap  = it->path.point.n;
        it->path.verb.at    = ch_arena_copy(a, it->path.verb.at, it->path.verb.n, 1);
        it->path.point.at = ch_arena_copy(a, it->path.point.at, it->path.point.n, sizeof(ch_point));
        it->pen.dash      = ch_arena_copy(a, it->pen.dash, it->pen.dashes, sizeof(double));
        copy_paint(a, &it->fill);
        copy_paint(a, &it->stroke);
    }
    return out;
}
