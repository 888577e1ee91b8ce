/* base/len.c -- lengths, read and printed in exact integer arithmetic. */
#include "base/len.h"

__extension__ typedef __int128 wide;

#define LIMIT (20000 * CH_PT)
#define DIGITS_MAX 9  /* before the point */
#define PLACES_MAX 12 /* behind it */

/* a / b to the nearest, half away from zero; b > 0. */
static wide
divide(wide a, wide b)
{
    return a >= 0 ? (2 * a + b) / (2 * b) : -((-2 * a + b) / (2 * b));
}

typedef struct unit {
    const char *name;
    int64_t     num, den; /* of one unit, in ch_len */
} unit;

static const unit UNITS[] = {
    {"pt", 65536, 1},
    {"mm", 65536 * 720, 254},
    {"cm", 65536 * INT64_C(7200), 254},
    {"in", 65536 * 72, 1},
};

/* Read digits from s at *at into *value; returns how many. */
static size_t
read_digits(ch_str s, size_t *at, int64_t *value)
{
    size_t n = 0;
    for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at, n++) {
        if (n < PLACES_MAX + DIGITS_MAX - 3)
            *value = *value * 10 + (s.p[*at] - '0');
    }
    return n;
}

bool
ch_len_parse(ch_str s, ch_len em, ch_len *out)
{
    size_t  at    = 0;
    int64_t whole = 0, part = 0;
    wide    scale    = 1;
    bool    negative = s.n && s.p[0] == '-';
    if (negative)
        at++;
    size_t n = read_digits(s, &at, &whole);
    if (n < 1 || n > DIGITS_MAX)
        return false;
    if (at < s.n && s.p[at] == '.') {
        at++;
        n = read_digits(s, &at, &part);
        if (n < 1 || n > PLACES_MAX)
            return false;
        for (size_t i = 0; i < n; i++)
            scale *= 10;
    }
    ch_str  name = ch_str_sub(s, at, s.n);
    int64_t num = em, den = 1;
    if (!ch_str_is(name, "em")) {
        size_t u = 0;
        while (u < sizeof UNITS / sizeof *UNITS && !ch_str_is(name, UNITS[u].name))
            u++;
        if (u == sizeof UNITS / sizeof *UNITS) {
            /* Nought needs no unit. */
            if (name.n || whole || part)
                return false;
            u = 0;
        }
        num = UNITS[u].num;
        den = UNITS[u].den;
    }
    if (num > CH_LEN_MAX)
        return false;
    wide v = divide((whole * scale + part) * num, scale * den);
    if (v > LIMIT || v < -LIMIT)
        return false;
    *out = negative ? -(ch_len)v : (ch_len)v;
    return true;
}

void
ch_len_print_to(ch_buf *b, ch_len v, int places)
{
    wide scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    ch_buf_fixed(b, (int64_t)divide(v * scale, CH_PT), places);
}

void
ch_len_print(ch_buf *b, ch_len v)
{
    ch_len_print_to(b, v, 2);
}

ch_len
ch_len_scale(ch_len a, int64_t num, int64_t den)
{
    if (den < 0) {
        num = -num;
        den = -den;
    }
    return (ch_len)divide((wide)a * num, den);
}
