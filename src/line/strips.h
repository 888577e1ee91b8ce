/* line/strips.h -- one line, set: glyphs in visual order at their final places.
 *
 * Reads:   ch_shaped and the two breaks between which the line stands.
 * Makes:   ch_line: spaces stretched or shrunk so that the advances add up to the measure to
 *          the unit, the hyphen shaped with its word, hanging characters in the margins.
 * Knows nothing of other lines. */
#ifndef CH_LINE_STRIPS_H
#define CH_LINE_STRIPS_H

#include "base/base.h"
#include "line/line.h"

typedef struct ch_line_spec {
    size_t from;      /* byte at which the line begins */
    size_t brk;       /* index of the break at which it ends */
    size_t first_brk; /* index of the first break behind `from` */
    size_t run;       /* index of a run that begins at or before `from` */
    ch_len measure;   /* of the paragraph */
    ch_len indent;    /* of this line, at its start side; taken off the measure */
} ch_line_spec;

/* *excess: how much wider than its room the line is with its spaces shrunk, 0 if it fits.
 * Returns what reshaping returned. */
ch_status ch_line_set(ch_ctx *cx, const ch_shaped *s, const ch_line_spec *spec, ch_line *out,
                      ch_len *excess);

#endif
