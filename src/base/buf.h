/* base/buf.h -- a byte buffer that grows inside an arena; NUL-terminated at all times. */
#ifndef CH_BASE_BUF_H
#define CH_BASE_BUF_H

#include "base/arena.h"

typedef struct ch_buf {
    ch_arena *arena;
    char     *p; /* "" when empty, never NULL after ch_buf_init */
    size_t    n, cap;
} ch_buf;

void ch_buf_init(ch_buf *b, ch_arena *a);
void ch_buf_clear(ch_buf *b); /* n = 0, keeps the room */
void ch_buf_add(ch_buf *b, const void *p, size_t n);
void ch_buf_str(ch_buf *b, ch_str s);
void ch_buf_puts(ch_buf *b, const char *z);
void ch_buf_putc(ch_buf *b, char c);
void ch_buf_utf8(ch_buf *b, uint32_t cp);
void ch_buf_printf(ch_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Text as content or attribute value of XML: & < > " are marked up. */
void ch_buf_xml(ch_buf *b, ch_str s);
/* Text as content alone: " stays. */
void ch_buf_xml_text(ch_buf *b, ch_str s);
/* Text as it stands between quotation marks in C, PO and our prints: with a backslash before " and
 * itself, and for line feed, carriage return and tab. */
void ch_buf_escaped(ch_buf *b, ch_str s);
/* Text as a string of JSON, in its quotes. */
void ch_buf_json(ch_buf *b, ch_str s);
/* An integer that is v / 10^places, without trailing zeros: 12500, 3 -> "12.5".
 * Never in exponent form, never in the user's locale. */
void   ch_buf_fixed(ch_buf *b, int64_t v, int places);
void   ch_buf_number(ch_buf *b, uint64_t v); /* the same of an integer, and quicker */
ch_str ch_buf_view(const ch_buf *b);

#endif
