/* figure/svg_attr.c -- lengths, transforms, references and view boxes. */
#include "figure/svg_inside.h"

#include <math.h>

bool
ch_svg_has(const ch_node *n, ch_svg_attribute attr)
{
    return ch_node_attr(n, (int)attr) != NULL;
}

/* ---- lengths ----------------------------------------------------------------------------- */

static double
whole_of(const ch_svg *s, ch_axis axis)
{
    if (axis == CH_AXIS_X)
        return s->view_w;
    if (axis == CH_AXIS_Y)
        return s->view_h;
    return sqrt((s->view_w * s->view_w + s->view_h * s->view_h) / 2);
}

bool
ch_svg_length(const ch_svg *s, ch_str v, size_t *at, ch_axis axis, double em, double *out)
{
    static const struct {
        const char *name;
        double      px;
    } UNITS[] = {{"px", 1},         {"pt", 96.0 / 72}, {"pc", 16},       {"mm", 96 / 25.4},
                 {"cm", 96 / 2.54}, {"in", 96},        {"Q", 96 / 101.6}};
    if (!ch_svg_number(v, at, out))
        return false;
    if (*at < v.n && v.p[*at] == '%') {
        ++*at;
        *out *= whole_of(s, axis) / 100;
        return true;
    }
    ch_str unit = ch_svg_word(v, at);
    if (unit.n == 0)
        return true;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (ch_str_is(unit, UNITS[i].name)) {
            *out *= UNITS[i].px;
            return true;
        }
    *out *= ch_str_is(unit, "ex") ? em / 2 : em;
    return ch_str_is(unit, "em") || ch_str_is(unit, "ex");
}

double
ch_svg_attr_length(ch_svg *s, const ch_node *n, ch_svg_attribute attr, ch_axis axis, double em,
                   double otherwise)
{
    const ch_attr *a  = ch_node_attr(n, (int)attr);
    ch_str         v  = a ? ch_str_trim(a->value) : CH_STR_EMPTY;
    size_t         at = 0;
    double         out;
    if (!a || ch_str_is(v, "auto"))
        return otherwise;
    if (ch_svg_length(s, v, &at, axis, em, &out) && at == v.n)
        return out;
    ch_svg_bad_value(s, a->where, ch_svg_vocab.attrs[attr], v, "a length");
    return otherwise;
}

double
ch_svg_attr_part(ch_svg *s, const ch_node *n, ch_svg_attribute attr, double otherwise)
{
    const ch_attr *a  = ch_node_attr(n, (int)attr);
    ch_str         v  = a ? ch_str_trim(a->value) : CH_STR_EMPTY;
    size_t         at = 0;
    double         out;
    if (!a)
        return otherwise;
    bool ok      = ch_svg_number(v, &at, &out);
    bool percent = ok && at < v.n && v.p[at] == '%';
    if (ok && at + (percent ? 1 : 0) == v.n)
        return percent ? out / 100 : out;
    ch_svg_bad_value(s, a->where, ch_svg_vocab.attrs[attr], v, "a number or a percentage");
    return otherwise;
}

ch_matrix
ch_svg_attr_transform(ch_svg *s, const ch_node *n, ch_svg_attribute attr)
{
    const ch_attr *a  = ch_node_attr(n, (int)attr);
    ch_matrix      m  = CH_MATRIX_ONE;
    size_t         at = 0;
    if (!a || ch_svg_transform(a->value, &at, &m))
        return m;
    ch_str rest = ch_str_sub(a->value, at, a->value.n);
    ch_svg_bad_value(s, ch_svg_where(s, rest, a->where), ch_svg_vocab.attrs[attr], rest,
                     "a transform such as translate(3 4) or rotate(30)");
    return CH_MATRIX_ONE;
}

/* ---- references -------------------------------------------------------------------------- */

const ch_node *
ch_svg_href(ch_svg *s, const ch_node *n, const char *what, bool *given)
{
    const ch_attr *a = ch_node_attr(n, CH_SVGA_href);
    if (!a)
        a = ch_node_attr(n, CH_SVGA_xlink_href);
    ch_str v = a ? ch_str_trim(a->value) : CH_STR_EMPTY;
    *given   = v.n > 0;
    if (v.n < 2 || v.p[0] != '#')
        return NULL; /* the guard has seen to it */
    ch_str         id = ch_str_sub(v, 1, v.n);
    const ch_node *to = ch_map_lookup(s->by_id, id);
    if (!to && ch_svg_fault(s, a->where))
        ch_report(s->cx, CH_E7022_svg_nowhere, a->where, what, CH_ARG(id));
    return to;
}

bool
ch_svg_url(ch_str v, size_t *at, ch_str *id)
{
    size_t i = *at;
    if (!ch_str_starts(ch_str_sub(v, i, v.n), "url("))
        return false;
    i += 4;
    ch_svg_space(v, &i);
    char quote = i < v.n && (v.p[i] == '"' || v.p[i] == '\'') ? v.p[i++] : ')';
    if (i >= v.n || v.p[i] != '#')
        return false;
    size_t from = ++i;
    while (i < v.n && v.p[i] != quote && v.p[i] != ')')
        i++;
    *id = ch_str_trim(ch_str_sub(v, from, i));
    while (i < v.n && v.p[i] != ')')
        i++;
    *at = i < v.n ? i + 1 : i;
    return id->n > 0;
}

/* ---- view boxes -------------------------------------------------------------------------- */

bool
ch_svg_view_box(ch_svg *s, const ch_node *n, double box[4])
{
    const ch_attr *a  = ch_node_attr(n, CH_SVGA_viewBox);
    size_t         at = 0, i = 0;
    if (!a)
        return false;
    for (ch_svg_space(a->value, &at); i < 4 && ch_svg_number(a->value, &at, &box[i]); i++)
        ch_svg_comma(a->value, &at);
    if (i == 4 && at == a->value.n && box[2] > 0 && box[3] > 0)
        return true;
    ch_svg_bad_value(s, a->where, "viewBox", a->value, "four numbers, the last two above 0");
    return false;
}

/* "xMidYMax": 0, 1/2 or 1 each. */
static bool
parse_align(ch_str v, double *x, double *y)
{
    static const char *const part[]   = {"Min", "Mid", "Max"};
    bool                     found[2] = {false, false};
    double                  *to[]     = {x, y};
    if (v.n != 8 || v.p[0] != 'x' || v.p[4] != 'Y')
        return false;
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 3; i++)
            if (ch_str_is(ch_str_sub(v, (size_t)k * 4 + 1, (size_t)k * 4 + 4), part[i])) {
                *to[k]   = i / 2.0;
                found[k] = true;
            }
    return found[0] && found[1];
}

ch_matrix
ch_svg_fit(ch_svg *s, const ch_node *n, const double box[4], double w, double h)
{
    const ch_attr *a  = ch_node_attr(n, CH_SVGA_preserveAspectRatio);
    double         sx = w / box[2], sy = h / box[3], ax = 0.5, ay = 0.5;
    size_t         at = 0;
    ch_str         v  = a ? a->value : CH_STR_EMPTY;
    ch_svg_space(v, &at);
    ch_str align = ch_svg_word(v, &at);
    ch_svg_space(v, &at);
    ch_str how = ch_svg_word(v, &at);
    if (a && !ch_str_is(align, "none") && !parse_align(align, &ax, &ay))
        ch_svg_bad_value(s, a->where, "preserveAspectRatio", v, "such as xMidYMid or none");
    if (!ch_str_is(align, "none"))
        sx = sy = ch_str_is(how, "slice") ? fmax(sx, sy) : fmin(sx, sy);
    return (ch_matrix){
        sx, 0, 0, sy, (w - box[2] * sx) * ax - box[0] * sx, (h - box[3] * sy) * ay - box[1] * sy};
}
