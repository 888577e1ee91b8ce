/* locale/words.h -- where words begin and end, and letters without regard to case.
 *
 * Reads:   text.
 * Makes:   the places between words by the rules of Unicode (UAX 29).  Knows no language: text
 *          in scripts without spaces may be parted at every letter. */
#ifndef CH_LOCALE_WORDS_H
#define CH_LOCALE_WORDS_H

#include "base/base.h"

/* Belongs to one thread, and is closed with its arena. */
typedef struct ch_word_breaks ch_word_breaks;
ch_status                     ch_word_breaks_open(ch_ctx *cx, ch_arena *a, ch_word_breaks **out);
/* at[i], of text.n + 1: may a word begin or end at byte i? */
ch_status ch_word_breaks_find(ch_word_breaks *w, ch_ctx *cx, ch_str text, bool *at);

/* The letter in small form, of one letter for one (simple case folding). */
uint32_t ch_char_folded(uint32_t cp);
bool     ch_char_is_letter(uint32_t cp);
bool     ch_char_is_capital(uint32_t cp);
/* The value of a decimal digit of any script, -1 when it is none. */
int ch_char_digit(uint32_t cp);
/* Of an ideograph that multiplies what stands before it, as the one for ten thousand, which power
 * of ten it is (4); 0 when it is none. */
int ch_char_power_of_ten(uint32_t cp);

#endif
