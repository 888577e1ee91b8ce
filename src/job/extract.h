/* job/extract.h -- the template of a catalogue (POT), or XLIFF, from the units of letters; for job/
 * alone.
 *
 * Reads:   trees of letters.
 * Makes:   the template: each text once, in the order of the letters, with the places where it
 *          stands and notes for translators. */
#ifndef CH_JOB_EXTRACT_H
#define CH_JOB_EXTRACT_H

#include "letter/translate.h"

typedef struct ch_extract ch_extract;
ch_extract               *ch_extract_new(ch_ctx *cx);
/* Add a letter; all of them are in one language, or E3660 is reported.  cat: what is translated
 * already, for XLIFF; may be NULL. */
ch_status ch_extract_add(ch_extract *x, ch_ctx *cx, ch_str name, const ch_node *tree,
                         const ch_catalog *cat);
/* date: of its making, in seconds since 1970; NULL: that of the first letter, or none. */
ch_str ch_extract_write(ch_extract *x, ch_ctx *cx, const int64_t *date);
/* The same as XLIFF 2.0, a file element for each letter; lang: that of the translations, or empty. */
ch_str ch_extract_write_xliff(ch_extract *x, ch_ctx *cx, ch_str lang);

#endif
