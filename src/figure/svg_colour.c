/* figure/svg_colour.c -- colours as CSS writes them. */
#include "figure/svg_lex.h"

#include <math.h>

#include <string.h>

static const struct {
    const char *name;
    uint32_t    rgb;
} NAMES[] = {
#define COLOUR(name, rgb) {#name, rgb},
#include "figure/colours.def"
};

static bool
is_name(ch_str word, const char *name)
{
    size_t i = 0;
    while (i < word.n && name[i] && ch_lower(word.p[i]) == name[i])
        i++;
    return i == word.n && !name[i];
}

static bool
by_name(ch_str word, uint32_t *rgb)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (is_name(word, NAMES[i].name)) {
            *rgb = NAMES[i].rgb;
            return true;
        }
    return false;
}

static int
hex(char c)
{
    c = ch_lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa, without the sign. */
static bool
by_digits(ch_str word, uint32_t *rgb, double *alpha)
{
    uint32_t v[4] = {0, 0, 0, 255};
    size_t   wide = word.n > 4 ? 2 : 1;
    if (word.n != 3 && word.n != 4 && word.n != 6 && word.n != 8)
        return false;
    for (size_t i = 0; i < word.n; i++) {
        int d = hex(word.p[i]);
        if (d < 0)
            return false;
        uint32_t *to = &v[i / wide];
        *to          = wide == 1 ? (uint32_t)d * 17 : i % 2 ? *to + (uint32_t)d : (uint32_t)d * 16;
    }
    *rgb   = v[0] << 16 | v[1] << 8 | v[2];
    *alpha = v[3] / 255.0;
    return true;
}

static double
between(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

static uint32_t
packed(const double v[3])
{
    uint32_t out = 0;
    for (int i = 0; i < 3; i++)
        out = out << 8 | (uint32_t)lround(between(v[i], 0, 1) * 255);
    return out;
}

/* Hue in degrees, saturation and lightness from 0 to 1. */
static uint32_t
from_hue(double h, double s, double l)
{
    double              reach    = s * fmin(l, 1 - l), v[3];
    static const double place[3] = {0, 8, 4};
    for (int i = 0; i < 3; i++) {
        double k = fmod(place[i] + h / 30, 12);
        k        = k < 0 ? k + 12 : k;
        v[i]     = l - reach * fmax(-1, fmin(fmin(k - 3, 9 - k), 1));
    }
    return packed(v);
}

/* The numbers of a function, at its bracket; percent tells which had the sign. */
static bool
arguments(ch_str s, size_t *at, double v[4], bool percent[4], size_t *n)
{
    ++*at;
    for (*n = 0, ch_svg_space(s, at); *at < s.n && s.p[*at] != ')'; ch_svg_comma(s, at)) {
        if (*n == 4 || !ch_svg_number(s, at, &v[*n]))
            return false;
        percent[*n] = *at < s.n && s.p[*at] == '%';
        *at += percent[*n] ? 1 : 0;
        ++*n;
        if (ch_str_starts(ch_str_sub(s, *at, s.n), "deg"))
            *at += 3;
        ch_svg_space(s, at);
        if (*at < s.n && s.p[*at] == '/')
            ++*at;
    }
    if (*at >= s.n)
        return false;
    ++*at;
    return *n >= 3;
}

static bool
by_function(ch_str name, ch_str s, size_t *at, uint32_t *rgb, double *alpha)
{
    double v[4];
    bool   percent[4];
    size_t n;
    bool   hue = is_name(name, "hsl") || is_name(name, "hsla");
    if (!hue && !is_name(name, "rgb") && !is_name(name, "rgba"))
        return false;
    if (!arguments(s, at, v, percent, &n))
        return false;
    if (n == 4)
        *alpha = between(percent[3] ? v[3] / 100 : v[3], 0, 1);
    if (hue) {
        *rgb = from_hue(v[0], between(v[1] / 100, 0, 1), between(v[2] / 100, 0, 1));
    } else {
        for (int i = 0; i < 3; i++)
            v[i] = percent[i] ? v[i] / 100 : v[i] / 255;
        *rgb = packed(v);
    }
    return true;
}

bool
ch_svg_colour(ch_str s, size_t *at, uint32_t *rgb, double *alpha)
{
    size_t from = *at;
    *alpha      = 1;
    if (*at < s.n && s.p[*at] == '#') {
        ++*at;
        if (by_digits(ch_svg_word(s, at), rgb, alpha))
            return true;
    } else {
        ch_str word = ch_svg_word(s, at);
        if (*at < s.n && s.p[*at] == '(' ? by_function(word, s, at, rgb, alpha)
                                         : by_name(word, rgb))
            return true;
    }
    *at = from;
    return false;
}
