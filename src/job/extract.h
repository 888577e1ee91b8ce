/* job/extract.h -- the template of a catalogue (POT) from the units of letters; for job/ alone.
 *
 * Reads:   trees of letters.
 * Makes:   the template: each text once, in the order of the letters, with the places where it
 *          stands and notes for translators. */
#ifndef CH_JOB_EXTRACT_H
#define CH_JOB_EXTRACT_H

#include "letter/units.h"

typedef struct ch_extract ch_extract;
ch_extract               *ch_extract_new(ch_ctx *cx);
/* Add a letter; all of them are in one language, or E3660 is reported. */
ch_status ch_extract_add(ch_extract *x, ch_ctx *cx, ch_str name, const ch_node *tree);
/* date: of its making, in seconds since 1970; NULL: that of the first letter, or none. */
ch_str ch_extract_write(ch_extract *x, ch_ctx *cx, const int64_t *date);

#endif
