/* locale/amounts.h -- the numbers in a text, by their value.
 *
 * Reads:   running text in any language.
 * Makes:   for each number the same digits whatever script it is written in and however its
 *          thousands and decimals are set apart: 1,240,000 and 124 with the sign for ten thousand
 *          and Persian digits with Arabic separators are all "1240000".
 * Knows nothing of numbers in words, and of dates. */
#ifndef CH_LOCALE_AMOUNTS_H
#define CH_LOCALE_AMOUNTS_H

#include "base/base.h"

/* What stands before decimals and between thousands in a language; 0: not known. */
typedef struct ch_amount_marks {
    uint32_t decimal, group;
} ch_amount_marks;
ch_amount_marks ch_amount_marks_of(ch_str lang);

typedef struct ch_amount {
    ch_str value;    /* -?digits(.digits)?, without zeros that say nothing; in the arena */
    size_t from, to; /* bytes of the text */
} ch_amount;

/* The next number at or behind *at, which moves behind it; false when there is none. */
bool ch_amount_next(ch_arena *a, ch_amount_marks marks, ch_str text, size_t *at, ch_amount *out);
/* The text with decimal digits of any script as ASCII. */
ch_str ch_digits_plain(ch_arena *a, ch_str text);

#endif
