/* pdf/put.c -- texts and numbers in PDF's spelling. */
#include "pdf/put.h"

static const char hex[] = "0123456789ABCDEF";

static bool
is_ascii(ch_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 32 || (unsigned char)s.p[i] > 126)
            return false;
    return true;
}

static void
unit_hex(ch_buf *b, uint32_t unit)
{
    char c[4] = {hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
    ch_buf_add(b, c, sizeof c);
}

static void
unit_bytes(ch_buf *b, uint32_t unit)
{
    ch_buf_putc(b, (char)(unit >> 8 & 255));
    ch_buf_putc(b, (char)(unit & 255));
}

static void
units(ch_buf *b, ch_str utf8, void (*put)(ch_buf *, uint32_t))
{
    for (size_t at = 0; at < utf8.n;) {
        uint32_t cp = ch_utf8_next(utf8, &at);
        if (cp >= 0x10000) {
            put(b, 0xD800 + ((cp - 0x10000) >> 10));
            put(b, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            put(b, cp);
        }
    }
}

void
ch_put_utf16(ch_buf *b, ch_str utf8)
{
    units(b, utf8, unit_hex);
}

void
ch_put_text_bytes(ch_buf *b, ch_str utf8)
{
    if (is_ascii(utf8)) {
        ch_buf_str(b, utf8);
        return;
    }
    unit_bytes(b, 0xFEFF);
    units(b, utf8, unit_bytes);
}

void
ch_put_text(ch_buf *b, ch_str utf8)
{
    if (is_ascii(utf8)) {
        ch_put_literal(b, utf8);
        return;
    }
    ch_buf_puts(b, "<FEFF");
    ch_put_utf16(b, utf8);
    ch_buf_putc(b, '>');
}

void
ch_put_literal(ch_buf *b, ch_str bytes)
{
    ch_buf_putc(b, '(');
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (c == '\r') { /* a bare one would be read as a line feed */
            ch_buf_puts(b, "\\r");
            continue;
        }
        if (c == '(' || c == ')' || c == '\\')
            ch_buf_putc(b, '\\');
        ch_buf_putc(b, c);
    }
    ch_buf_putc(b, ')');
}

int64_t
ch_milli(ch_len v)
{
    int64_t t = v * 1000;
    return (t >= 0 ? t + CH_PT / 2 : t - CH_PT / 2) / CH_PT;
}

void
ch_put_points(ch_buf *b, ch_len v)
{
    ch_buf_fixed(b, ch_milli(v), 3);
}

void
ch_put_ref(ch_buf *b, uint32_t id)
{
    ch_buf_putc(b, ' ');
    ch_buf_number(b, id);
    ch_buf_add(b, " 0 R", 4);
}
