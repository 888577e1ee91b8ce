/* line/han.h -- the space between characters of scripts without word spaces, and around them.
 *
 * Reads:   ch_shaped; the table line/han.def; the blank in full-width marks (font/).
 * Makes:   for each boundary of two characters what is taken off, put there, and may give.
 * Knows nothing of lines.
 *
 * Han and kana stand in squares; a comma or bracket has half a square of ink and half of blank.
 * Beside another mark, and at the edges of lines, that blank is taken off.  Between Han and a
 * Latin word or number stands a quarter of the size, whether the text has a space there or
 * not: it is an advance, never a character. */
#ifndef CH_LINE_HAN_H
#define CH_LINE_HAN_H

#include "base/base.h"
#include "line/fill.h"
#include "text/text.h"

typedef struct ch_gap {
    ch_len  trail, lead; /* blank taken off: behind the first character, before the second */
    ch_glue glue;        /* what stands there instead */
} ch_gap;

/* Does the paragraph have Han or kana at all? */
bool ch_has_han(const ch_shaped *s);
bool ch_is_han(uint32_t script);
/* What stands at byte `at`, between the last character of `before` and the first of `after`
 * (which may be one run); false: nothing but the advances. */
bool ch_han_gap(const ch_shaped *s, const ch_run *before, const ch_run *after, size_t at,
                ch_gap *out);
/* What it adds to the advances; below 0 where blank is taken off. */
ch_len ch_gap_width(const ch_gap *gap);
/* The space character of a glyph beside Han; false: it is a word space like any other. */
bool ch_han_space(const ch_shaped *s, const ch_glyph *g, ch_glue *out);
/* Blank before the character at byte `at` (a line's first), behind the one before it (its last). */
ch_len ch_han_lead(const ch_shaped *s, const ch_run *run, size_t at);
ch_len ch_han_trail(const ch_shaped *s, const ch_run *run, size_t at);
/* What a break costs between two Han at byte `at`: parting a number from its unit, or leaving
 * a last line of one character; 0 for most.  alone: see below. */
int16_t ch_han_penalty(const ch_shaped *s, size_t at, size_t alone);
/* The byte behind which a last line would hold less than two letters. */
size_t ch_han_alone(const ch_shaped *s);

#endif
