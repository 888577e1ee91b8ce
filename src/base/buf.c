/* base/buf.c -- the growing byte buffer. */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

void
ch_buf_init(ch_buf *b, ch_arena *a)
{
    b->arena = a;
    b->n = b->cap = 0;
    b->p          = ch_arena_alloc(a, 1);
}

void
ch_buf_clear(ch_buf *b)
{
    b->n    = 0;
    b->p[0] = 0;
}

/* Make room for n more bytes and the final NUL. */
static void
make_room(ch_buf *b, size_t n)
{
    if (n < b->cap && b->n < b->cap - n)
        return;
    size_t want = b->cap < 64 ? 64 : b->cap;
    while (want < SIZE_MAX / 2 && want - b->n <= n)
        want *= 2;
    char *fresh = ch_arena_array(b->arena, want, 1);
    memcpy(fresh, b->p, b->n + 1);
    b->p   = fresh;
    b->cap = want;
}

void
ch_buf_add(ch_buf *b, const void *p, size_t n)
{
    if (!n)
        return;
    make_room(b, n);
    memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = 0;
}

void
ch_buf_str(ch_buf *b, ch_str s)
{
    ch_buf_add(b, s.p, s.n);
}

void
ch_buf_puts(ch_buf *b, const char *z)
{
    ch_buf_add(b, z, strlen(z));
}

void
ch_buf_putc(ch_buf *b, char c)
{
    if (b->n + 1 >= b->cap)
        make_room(b, 1);
    b->p[b->n++] = c;
    b->p[b->n]   = 0;
}

void
ch_buf_utf8(ch_buf *b, uint32_t cp)
{
    char   c[4];
    size_t n = ch_utf8_put(cp, c);
    ch_buf_add(b, c, n);
}

static void
put_marked(ch_buf *b, ch_str s, bool value)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '&':
            ch_buf_puts(b, "&amp;");
            break;
        case '<':
            ch_buf_puts(b, "&lt;");
            break;
        case '>':
            ch_buf_puts(b, "&gt;");
            break;
        case '"':
            ch_buf_puts(b, value ? "&quot;" : "\"");
            break;
        default:
            ch_buf_putc(b, s.p[i]);
        }
    }
}

void
ch_buf_xml(ch_buf *b, ch_str s)
{
    put_marked(b, s, true);
}

void
ch_buf_xml_text(ch_buf *b, ch_str s)
{
    put_marked(b, s, false);
}

void
ch_buf_escaped(ch_buf *b, ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '\n':
            ch_buf_puts(b, "\\n");
            break;
        case '\r':
            ch_buf_puts(b, "\\r");
            break;
        case '\t':
            ch_buf_puts(b, "\\t");
            break;
        case '"':
        case '\\':
            ch_buf_putc(b, '\\');
            ch_buf_putc(b, s.p[i]);
            break;
        default:
            ch_buf_putc(b, s.p[i]);
        }
    }
}

void
ch_buf_printf(ch_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    char    small[256];
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    if (n > 0 && (size_t)n < sizeof small) {
        ch_buf_add(b, small, (size_t)n);
    } else if (n > 0) {
        make_room(b, (size_t)n);
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}

void
ch_buf_fixed(ch_buf *b, int64_t v, int places)
{
    char     digits[48];
    size_t   at = sizeof digits;
    uint64_t u  = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    while (places > 0 && u % 10 == 0) { /* trailing zeros; all of them when u is 0 */
        u /= 10;
        places--;
    }
    for (int i = 0; i < places || u || i == places; i++) {
        if (i == places && places > 0)
            digits[--at] = '.';
        digits[--at] = (char)('0' + u % 10);
        u /= 10;
        if (at < 4)
            break;
    }
    if (v < 0)
        digits[--at] = '-';
    ch_buf_add(b, digits + at, sizeof digits - at);
}

void
ch_buf_number(ch_buf *b, uint64_t v)
{
    char   digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    ch_buf_add(b, digits + at, sizeof digits - at);
}

ch_str
ch_buf_view(const ch_buf *b)
{
    return (ch_str){b->p, b->n};
}

void
ch_buf_json(ch_buf *b, ch_str s)
{
    ch_buf_putc(b, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t cp = ch_utf8_next(s, &i);
        if (cp == '"' || cp == '\\')
            ch_buf_putc(b, '\\');
        if (cp < 0x20)
            ch_buf_printf(b, "\\u%04x", cp);
        else
            ch_buf_utf8(b, cp);
    }
    ch_buf_putc(b, '"');
}
