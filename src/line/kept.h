/* line/kept.h -- lines that an earlier letter of the job had; for line/ alone. */
#ifndef CH_LINE_KEPT_H
#define CH_LINE_KEPT_H

#include "line/line.h"

/* The lines of a paragraph at a measure as they were set before, in cx->job; NULL when they are
 * new. */
const ch_lines *ch_kept_lines(ch_ctx *cx, const ch_shaped *s, ch_len measure);
/* Keep what was set, if there is room. */
void ch_kept_put_lines(ch_ctx *cx, ch_len measure, const ch_lines *l);

#endif
