/* base/len.h -- lengths: integers, 65,536 to the (PostScript, 1/72 in) point.
 * Integer layout gives the same pages on every machine. */
#ifndef CH_BASE_LEN_H
#define CH_BASE_LEN_H

#include "base/buf.h"
#include "base/str.h"

typedef int64_t ch_len;

#define CH_PT ((ch_len)65536)
#define CH_MM ((ch_len)185771) /* 65536 * 72 / 25.4, rounded */
#define CH_LEN_MAX ((ch_len)1 << 40)

typedef struct ch_rect {
    ch_len x, y, w, h; /* from the top left of the sheet, y downwards */
} ch_rect;

/* Parse "12pt", "25mm", "1.5cm", "1in", "1.2em"; em gives the size of one em.
 * Exact decimal arithmetic, rounded once.  false: not a length, or out of range
 * (more than 20,000 pt either way). */
bool ch_len_parse(ch_str s, ch_len em, ch_len *out);
/* "12.34": points, 2 decimals at most, rounded half away from zero. */
void ch_len_print(ch_buf *b, ch_len v);
/* The same with `places` decimals at most. */
void ch_len_print_to(ch_buf *b, ch_len v, int places);
/* a * num / den, rounded to nearest, without overflow for |a| < 2^40, num < 2^22. */
ch_len ch_len_scale(ch_len a, int64_t num, int64_t den);

#endif
