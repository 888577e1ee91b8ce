/* pdf/put.h -- how texts and numbers are spelled in a PDF file.
 *
 * Reads:   UTF-8, lengths.
 * Makes:   PDF strings and decimals in a buffer.
 * Knows nothing of documents. */
#ifndef CH_PDF_PUT_H
#define CH_PDF_PUT_H

#include "base/base.h"

/* A text string with its delimiters: "(ASCII)" or "<FEFF...>". */
void ch_put_text(ch_buf *b, ch_str utf8);
/* The same always as UTF-16 in hexadecimal, without "<", ">" and byte order mark. */
void ch_put_utf16(ch_buf *b, ch_str utf8);
/* The bytes of a text string, as they are before any escaping. */
void ch_put_text_bytes(ch_buf *b, ch_str utf8);
/* Bytes as a literal string "(...)"; any bytes may stand in it. */
void ch_put_literal(ch_buf *b, ch_str bytes);
/* A length in points, three decimals at most, no exponent. */
void ch_put_points(ch_buf *b, ch_len v);
/* A length in thousandths of a point, rounded to nearest. */
int64_t ch_milli(ch_len v);
/* "12 0 R" with a space before it. */
void ch_put_ref(ch_buf *b, uint32_t id);

#endif
