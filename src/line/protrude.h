/* line/protrude.h -- hanging punctuation: how far characters reach into the margins.
 * Reads line/protrusion.def.  Knows nothing of lines. */
#ifndef CH_LINE_PROTRUDE_H
#define CH_LINE_PROTRUDE_H

#include "base/base.h"

typedef enum ch_edge { CH_EDGE_START, CH_EDGE_END } ch_edge;

/* How far a character of this width hangs out at an edge of the line, at `strength`
 * thousandths of the table's figures. */
ch_len ch_protrusion(uint32_t cp, ch_edge edge, ch_len width, int32_t strength);

#endif
