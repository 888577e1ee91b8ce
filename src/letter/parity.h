/* letter/parity.h -- are two letters versions of one?
 *
 * Reads:   two checked trees, in the same language or in two.
 * Makes:   their differences: parts that one has and the other has not, and in parts that both
 *          have numbers (by value), dates, references, fields, marked words and attributes.
 * Knows nothing of wording, names and addresses: those are the translator's. */
#ifndef CH_LETTER_PARITY_H
#define CH_LETTER_PARITY_H

#include "base/base.h"
#include "input/tree.h"

typedef struct ch_parity_place {
    ch_str        block; /* "paragraph 3"; empty: it has no such part */
    const ch_str *has;   /* what only this one has: "12.5" */
    size_t        n;
    ch_where      where; /* without the part: of the part before it, or of the letter */
} ch_parity_place;

typedef struct ch_difference {
    ch_str          what; /* "part", or of what in it: "number", "date", "level" */
    ch_parity_place a, b;
} ch_difference;

typedef struct ch_parity {
    CH_VEC(ch_difference) differences;
    size_t parts; /* of the first */
} ch_parity;

/* In the order of the first letter.  Rows of more than some thousand parts that differ much are
 * compared one after the other.
 * Needs:   both trees in cx, checked.  out lives in cx->job. */
void ch_letter_parity(ch_ctx *cx, const ch_node *a, const ch_node *b, ch_parity *out);

/* For people: two lines a difference, each with its place, as compilers print them; for programs:
 * one JSON object a difference. */
void ch_parity_print(ch_buf *out, const ch_diags *d, const ch_parity *p);
void ch_parity_print_json(ch_buf *out, const ch_diags *d, const ch_parity *p);

#endif
