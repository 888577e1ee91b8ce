/* locale/xliff.h -- units written as XLIFF 2.0; read again by locale/catalog.h.
 *
 * Reads:   texts with inline markup, as units and messages have them.
 * Makes:   an XLIFF file: a unit each, of one segment, with inline elements as codes (pc, ph) whose
 *          markup stands in originalData, so that no tool can change it.
 * Knows of letters only which of their inline elements XLIFF has a type for. */
#ifndef CH_LOCALE_XLIFF_H
#define CH_LOCALE_XLIFF_H

#include "base/base.h"

/* What a unit's name begins with that says the context of its message. */
#define CH_XLIFF_CONTEXT "context:"

typedef struct ch_xliff_unit {
    ch_str context; /* of its message; may be empty */
    ch_str source;
    ch_str target; /* empty: none; one whose markup is broken is left out */
    bool   done;   /* the target is a translation, not a guess */
    ch_str notes;  /* for the translator; a line each */
    ch_str places; /* likewise */
} ch_xliff_unit;

/* target: the language, or empty. */
void ch_xliff_begin(ch_buf *out, ch_str source, ch_str target);
void ch_xliff_file(ch_buf *out, unsigned number, ch_str original); /* from 1 */
/* Needs:    a source that is well formed; out in another arena than scratch. */
void ch_xliff_put(ch_arena *scratch, ch_buf *out, const ch_xliff_unit *u);
void ch_xliff_end_file(ch_buf *out);
void ch_xliff_end(ch_buf *out);

#endif
