/* figure/svg_lex.c -- numbers, path data, points and transforms. */
#include "figure/svg_lex.h"

#include <math.h>

#define PI 3.14159265358979323846
#define NUMBER_MAX 1e12

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_digit(ch_str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

void
ch_svg_space(ch_str s, size_t *at)
{
    while (*at < s.n && is_space(s.p[*at]))
        ++*at;
}

void
ch_svg_comma(ch_str s, size_t *at)
{
    ch_svg_space(s, at);
    if (*at < s.n && s.p[*at] == ',') {
        ++*at;
        ch_svg_space(s, at);
    }
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || (unsigned char)c >= 0x80;
}

ch_str
ch_svg_word(ch_str s, size_t *at)
{
    size_t from = *at;
    while (*at < s.n && is_word(s.p[*at]))
        ++*at;
    return ch_str_sub(s, from, *at);
}

/* ---- numbers --------------------------------------------------------------------------- */

/* The digits as a whole number of 18 at most, and what power of ten stands behind it. */
static bool
digits(ch_str s, size_t *at, uint64_t *whole, int *power)
{
    size_t i   = *at;
    bool   any = false;
    for (; is_digit(s, i); i++, any = true) {
        if (*whole < 100000000000000000u)
            *whole = *whole * 10 + (uint64_t)(s.p[i] - '0');
        else if (*power < 1000)
            ++*power;
    }
    if (i < s.n && s.p[i] == '.' && (any || is_digit(s, i + 1)))
        for (i++; is_digit(s, i); i++, any = true)
            if (*whole < 100000000000000000u && *power > -1000) {
                *whole = *whole * 10 + (uint64_t)(s.p[i] - '0');
                --*power;
            }
    *at = i;
    return any;
}

/* "e-3"; but the e of "1em" and "1ex" is none. */
static int
exponent(ch_str s, size_t *at)
{
    size_t i = *at;
    int    v = 0;
    if (i >= s.n || (s.p[i] != 'e' && s.p[i] != 'E'))
        return 0;
    i++;
    bool minus = i < s.n && s.p[i] == '-';
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        i++;
    if (!is_digit(s, i))
        return 0;
    for (; is_digit(s, i); i++)
        v = v < 1000 ? v * 10 + (s.p[i] - '0') : v;
    *at = i;
    return minus ? -v : v;
}

static double
scaled(uint64_t whole, int power)
{
    double v = (double)whole, ten = 1;
    if (whole == 0 || power < -60)
        return 0;
    if (power > 60)
        return HUGE_VAL;
    for (int i = power < 0 ? -power : power; i > 0; i--)
        ten *= 10; /* exact up to 1e22 */
    return power < 0 ? v / ten : v * ten;
}

bool
ch_svg_number(ch_str s, size_t *at, double *out)
{
    size_t   i     = *at;
    bool     minus = i < s.n && s.p[i] == '-';
    uint64_t whole = 0;
    int      power = 0;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        i++;
    if (!digits(s, &i, &whole, &power))
        return false;
    power += exponent(s, &i);
    double v = scaled(whole, power);
    if (!(v < NUMBER_MAX))
        return false;
    *out = minus ? -v : v;
    *at  = i;
    return true;
}

/* ---- path data ------------------------------------------------------------------------- */

typedef struct path_reader {
    ch_arena *a;
    ch_str    s;
    size_t   *at;
    ch_path  *out;
    ch_point  pen, start; /* of the outline */
    ch_point  control;    /* the last one of a curve, for smooth ones */
    char      last;       /* the command before, in capitals */
} path_reader;

static bool
numbers(path_reader *r, double *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ch_svg_comma(r->s, r->at);
        if (!ch_svg_number(r->s, r->at, &v[i]))
            return false;
    }
    return true;
}

/* "0" or "1", with nothing between it and what follows. */
static bool
flag(path_reader *r, bool *out)
{
    ch_svg_comma(r->s, r->at);
    if (*r->at >= r->s.n || (r->s.p[*r->at] != '0' && r->s.p[*r->at] != '1'))
        return false;
    *out = r->s.p[(*r->at)++] == '1';
    return true;
}

static ch_point
mirrored(const path_reader *r, char one, char other)
{
    if (r->last != one && r->last != other)
        return r->pen;
    return (ch_point){2 * r->pen.x - r->control.x, 2 * r->pen.y - r->control.y};
}

static void
curve(path_reader *r, ch_point c1, ch_point c2, ch_point to)
{
    ch_path_curve(r->a, r->out, c1, c2, to);
    r->control = c2;
    r->pen     = to;
}

static void
quadratic(path_reader *r, ch_point c, ch_point to)
{
    ch_point c1 = {r->pen.x + (c.x - r->pen.x) * 2 / 3, r->pen.y + (c.y - r->pen.y) * 2 / 3};
    ch_point c2 = {to.x + (c.x - to.x) * 2 / 3, to.y + (c.y - to.y) * 2 / 3};
    curve(r, c1, c2, to);
    r->control = c;
}

static bool
arc(path_reader *r, ch_point base)
{
    double v[3], to[2];
    bool   large, sweep;
    if (!numbers(r, v, 3) || !flag(r, &large) || !flag(r, &sweep) || !numbers(r, to, 2))
        return false;
    r->pen = (ch_point){base.x + to[0], base.y + to[1]};
    ch_path_arc(r->a, r->out, (ch_point){v[0], v[1]}, v[2], large, sweep, r->pen);
    return true;
}

static void
line(path_reader *r, ch_point to)
{
    ch_path_line(r->a, r->out, to);
    r->pen = to;
}

/* How many numbers a command takes. */
static size_t
arity(char command)
{
    switch (command) {
    case 'H':
    case 'V':
        return 1;
    case 'M':
    case 'L':
    case 'T':
        return 2;
    case 'S':
    case 'Q':
        return 4;
    case 'C':
        return 6;
    default:
        return 0;
    }
}

/* One command in capitals with its numbers; base is what relative ones count from. */
static bool
step(path_reader *r, char command, ch_point base)
{
    double v[6];
    if (command == 'A')
        return arc(r, base);
    if (!numbers(r, v, arity(command)))
        return false;
    ch_point p[3];
    for (size_t i = 0; i + 1 < arity(command); i += 2)
        p[i / 2] = (ch_point){base.x + v[i], base.y + v[i + 1]};
    switch (command) {
    case 'M':
        ch_path_move(r->a, r->out, p[0]);
        r->pen = r->start = p[0];
        break;
    case 'L':
        line(r, p[0]);
        break;
    case 'H':
        line(r, (ch_point){base.x + v[0], r->pen.y});
        break;
    case 'V':
        line(r, (ch_point){r->pen.x, base.y + v[0]});
        break;
    case 'C':
        curve(r, p[0], p[1], p[2]);
        break;
    case 'S':
        curve(r, mirrored(r, 'C', 'S'), p[0], p[1]);
        break;
    case 'Q':
        quadratic(r, p[0], p[1]);
        break;
    default: /* T */
        quadratic(r, mirrored(r, 'Q', 'T'), p[0]);
        break;
    }
    return true;
}

static bool
is_command(char c)
{
    static const char all[] = "MmLlHhVvCcSsQqTtAaZz";
    for (size_t i = 0; all[i]; i++)
        if (all[i] == c)
            return true;
    return false;
}

/* All that follows one letter. */
static bool
run(path_reader *r, char letter)
{
    bool relative = letter >= 'a';
    char command  = relative ? (char)(letter - 'a' + 'A') : letter;
    if (r->last == 0 && command != 'M')
        return false;
    if (command == 'Z') {
        if (r->last != 'Z')
            ch_path_close(r->a, r->out);
        r->pen  = r->start;
        r->last = 'Z';
        return true;
    }
    if (r->last == 'Z' && command != 'M') /* an outline that begins where the last one did */
        ch_path_move(r->a, r->out, r->start);
    do {
        if (!step(r, command, relative ? r->pen : (ch_point){0, 0}))
            return false;
        r->last = command;
        if (command == 'M') /* more pairs are lines */
            command = 'L';
        if (r->out->point.n > CH_SVG_POINTS_MAX)
            return false;
        ch_svg_space(r->s, r->at);
    } while (*r->at < r->s.n && !is_command(r->s.p[*r->at]));
    return true;
}

bool
ch_svg_path(ch_arena *a, ch_str s, size_t *at, ch_path *out)
{
    path_reader r = {.a = a, .s = s, .at = at, .out = out};
    ch_svg_space(s, at);
    if (s.n - *at == 4 && ch_str_starts(ch_str_sub(s, *at, s.n), "none"))
        *at = s.n;
    while (*at < s.n) {
        char c = s.p[*at];
        if (!is_command(c))
            return false;
        ++*at;
        if (!run(&r, c))
            return false;
        ch_svg_space(s, at);
    }
    return true;
}

bool
ch_svg_points(ch_arena *a, ch_str s, size_t *at, bool close, ch_path *out)
{
    path_reader r = {.a = a, .s = s, .at = at, .out = out};
    double      v[2];
    ch_svg_space(s, at);
    while (*at < s.n && out->point.n < CH_SVG_POINTS_MAX) {
        if (!numbers(&r, v, 2))
            return false;
        if (out->point.n == 0)
            ch_path_move(a, out, (ch_point){v[0], v[1]});
        else
            ch_path_line(a, out, (ch_point){v[0], v[1]});
        ch_svg_space(s, at);
    }
    if (close && out->point.n > 0)
        ch_path_close(a, out);
    return true;
}

/* ---- transforms ------------------------------------------------------------------------ */

/* The matrix of a function with n numbers; false: there is none such. */
static bool
function(ch_str name, const double *v, size_t n, ch_matrix *m)
{
    *m = CH_MATRIX_ONE;
    if (ch_str_is(name, "matrix") && n == 6) {
        *m = (ch_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    } else if (ch_str_is(name, "translate") && (n == 1 || n == 2)) {
        m->e = v[0];
        m->f = n == 2 ? v[1] : 0;
    } else if (ch_str_is(name, "scale") && (n == 1 || n == 2)) {
        m->a = v[0];
        m->d = v[n - 1];
    } else if (ch_str_is(name, "rotate") && (n == 1 || n == 3)) {
        double c = cos(v[0] * PI / 180), s = sin(v[0] * PI / 180);
        double x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0;
        *m = (ch_matrix){c, s, -s, c, x - c * x + s * y, y - s * x - c * y};
    } else if (ch_str_is(name, "skewX") && n == 1) {
        m->c = tan(v[0] * PI / 180);
    } else if (ch_str_is(name, "skewY") && n == 1) {
        m->b = tan(v[0] * PI / 180);
    } else {
        return false;
    }
    return true;
}

bool
ch_svg_transform(ch_str s, size_t *at, ch_matrix *out)
{
    *out = CH_MATRIX_ONE;
    for (ch_svg_comma(s, at); *at < s.n; ch_svg_comma(s, at)) {
        size_t    from = *at, n = 0;
        ch_str    name = ch_svg_word(s, at);
        ch_matrix m;
        double    v[6];
        ch_svg_space(s, at);
        if (*at >= s.n || s.p[*at] != '(')
            return false;
        for (++*at, ch_svg_space(s, at); *at < s.n && s.p[*at] != ')'; ch_svg_comma(s, at))
            if (n == 6 || !ch_svg_number(s, at, &v[n++]))
                return false;
        if (*at >= s.n || !function(name, v, n, &m)) {
            *at = from;
            return false;
        }
        ++*at;
        *out = ch_matrix_join(*out, m);
    }
    return true;
}
