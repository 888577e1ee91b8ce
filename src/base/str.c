/* base/str.c -- borrowed strings and UTF-8. */
#include "base/str.h"

#include <string.h>

ch_str
ch_str_from(const char *z)
{
    if (!z)
        return CH_STR_EMPTY;
    return (ch_str){z, strlen(z)};
}

bool
ch_str_eq(ch_str a, ch_str b)
{
    return a.n == b.n && (a.n == 0 || !memcmp(a.p, b.p, a.n));
}

bool
ch_str_is(ch_str a, const char *z)
{
    return ch_str_eq(a, ch_str_from(z));
}

int
ch_str_cmp(ch_str a, ch_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int    c = n ? memcmp(a.p, b.p, n) : 0;
    if (c)
        return c;
    return (a.n > b.n) - (a.n < b.n);
}

bool
ch_str_starts(ch_str a, const char *z)
{
    ch_str s = ch_str_from(z);
    return a.n >= s.n && ch_str_eq((ch_str){a.p, s.n}, s);
}

bool
ch_str_ends(ch_str a, const char *z)
{
    ch_str s = ch_str_from(z);
    return a.n >= s.n && ch_str_eq((ch_str){a.p + (a.n - s.n), s.n}, s);
}

bool
ch_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

ch_str
ch_str_last_word(ch_str a)
{
    size_t from = a.n;
    while (from > 0 && a.p[from - 1] != ' ')
        from--;
    return ch_str_sub(a, from, a.n);
}

ch_str
ch_str_trim(ch_str a)
{
    size_t from = 0, to = a.n;
    while (from < to && ch_is_space(a.p[from]))
        from++;
    while (to > from && ch_is_space(a.p[to - 1]))
        to--;
    return ch_str_sub(a, from, to);
}

ch_str
ch_str_sub(ch_str a, size_t from, size_t to)
{
    if (to > a.n)
        to = a.n;
    if (from >= to)
        return CH_STR_EMPTY;
    return (ch_str){a.p + from, to - from};
}

bool
ch_str_line(ch_str s, size_t *at, ch_str *line)
{
    if (*at >= s.n)
        return false;
    const char *nl  = memchr(s.p + *at, '\n', s.n - *at);
    size_t      end = nl ? (size_t)(nl - s.p) : s.n;
    *line           = ch_str_sub(s, *at, end);
    *at             = end + 1;
    return true;
}

size_t
ch_space_fold(ch_str s, char *to)
{
    size_t n = 0;
    s        = ch_str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        bool space = ch_is_space(s.p[i]);
        if (!space || to[n - 1] != ' ')
            to[n++] = space ? ' ' : s.p[i];
    }
    return n;
}

/* The number behind "&#", up to its ';' at *at; UINT32_MAX: it is none. */
static uint32_t
number(ch_str s, size_t *at)
{
    bool     hex = *at < s.n && s.p[*at] == 'x';
    uint32_t v   = 0;
    *at += hex;
    size_t from = *at;
    for (; *at < s.n && s.p[*at] != ';' && v <= 0x10FFFF; ++*at) {
        char     c = s.p[*at], low = ch_lower(c);
        uint32_t d = c >= '0' && c <= '9'              ? (uint32_t)(c - '0')
                     : hex && low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a' + 10)
                                                       : UINT32_MAX;
        if (d == UINT32_MAX)
            return UINT32_MAX;
        v = v * (hex ? 16 : 10) + d;
    }
    return *at > from && *at < s.n && s.p[*at] == ';' ? v : UINT32_MAX;
}

static bool
is_xml_char(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) ||
           (c >= 0xE000 && c < 0xFFFE) || (c >= 0x10000 && c <= 0x10FFFF);
}

size_t
ch_xml_reference(ch_str s, size_t at, uint32_t *cp)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    ch_str                   rest    = ch_str_sub(s, at, s.n);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ch_str_starts(rest, names[i])) {
            *cp = (uint32_t) "&<>\"'"[i];
            return strlen(names[i]);
        }
    size_t i = 2;
    *cp      = ch_str_starts(rest, "&#") ? number(rest, &i) : UINT32_MAX;
    return is_xml_char(*cp) ? i + 1 : 0;
}

/* The length of the valid sequence at the front of n bytes, 0 when it is not one:
 * the table of well-formed byte sequences in the Unicode Standard, section 3.9. */
static size_t
sequence(const unsigned char *p, size_t n, uint32_t *cp)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t        len;
    uint32_t      v;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        len = 2;
        v   = p[0] & 0x1Fu;
    } else if ((p[0] & 0xF0) == 0xE0) {
        len = 3;
        v   = p[0] & 0x0Fu;
        if (p[0] == 0xE0)
            low = 0xA0;
        else if (p[0] == 0xED)
            high = 0x9F;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        len = 4;
        v   = p[0] & 0x07u;
        if (p[0] == 0xF0)
            low = 0x90;
        else if (p[0] == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    if (n < len || p[1] < low || p[1] > high)
        return 0;
    v = v << 6 | (p[1] & 0x3Fu);
    for (size_t i = 2; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        v = v << 6 | (p[i] & 0x3Fu);
    }
    *cp = v;
    return len;
}

uint32_t
ch_utf8_next(ch_str s, size_t *at)
{
    uint32_t cp;
    if (*at >= s.n)
        return 0xFFFD;
    const unsigned char *p = (const unsigned char *)s.p + *at;
    if (p[0] < 0x80) {
        ++*at;
        return p[0];
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF && s.n - *at >= 2 && (p[1] & 0xC0) == 0x80) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    }
    size_t n = sequence((const unsigned char *)s.p + *at, s.n - *at, &cp);
    if (!n) {
        ++*at;
        return 0xFFFD;
    }
    *at += n;
    return cp;
}

uint32_t
ch_utf8_at(ch_str s, size_t at)
{
    return at < s.n ? ch_utf8_next(s, &at) : 0;
}

size_t
ch_utf8_back(ch_str s, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    return at;
}

uint32_t
ch_utf8_before(ch_str s, size_t at)
{
    return at ? ch_utf8_at(s, ch_utf8_back(s, at)) : 0;
}

size_t
ch_utf8_put(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t
ch_utf8_valid(ch_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        size_t n = sequence(p + i, s.n - i, &cp);
        if (!n)
            return i;
        i += n;
    }
    return s.n;
}

char
ch_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char
ch_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}
