/* pdf/cluster.h -- the clusters of a glyph item: which glyphs stand for which text.
 *
 * Reads:   a glyph item of the display list.
 * Makes:   its clusters, in visual order, each with its glyphs and its text.
 * Knows nothing of fonts and PDF. */
#ifndef CH_PDF_CLUSTER_H
#define CH_PDF_CLUSTER_H

#include "page/page.h"

/* What stands beside an item on its line. */
enum {
    CH_EDGE_START      = 1, /* before it, in reading order, an item of other direction or face */
    CH_EDGE_END        = 2, /* likewise behind it */
    CH_EDGE_TURN_START = 4, /* the item before it runs the other way */
    CH_EDGE_TURN_END   = 8, /* likewise behind it, or the line does, which ends with it */
    CH_EDGE_LINE_RTL   = 16 /* the line runs from right to left */
};

typedef struct ch_cluster {
    size_t   first, n; /* item->glyph[first .. first + n), visual order */
    ch_str   text;     /* as in the letter; empty for an added hyphen */
    bool     hyphen;   /* the hyphen that a line's end brought */
    bool     silent;   /* its text leaves no mark (direction controls): not drawn */
    uint32_t mark;     /* a direction mark that its text gets at its left end; 0: none */
} ch_cluster;

/* Start with *at = 0. false: no more. */
bool ch_cluster_next(const ch_item *item, size_t *at, ch_cluster *out);
/* The k-th glyph of a cluster in the order of the text. */
const ch_glyph *ch_cluster_glyph(const ch_item *item, const ch_cluster *c, size_t k);

/* Characters that text extracted from a page need not have: direction controls, soft hyphens,
 * line breaks. */
bool ch_text_silent(uint32_t cp);
/* The next character that is not silent, white space made U+0020; 0 at the end. */
uint32_t ch_text_heard(ch_str s, size_t *at);
/* Do two texts read the same? */
bool ch_text_same(ch_str a, ch_str b);
/* Does the text drawn by an item end in a space? */
bool ch_item_ends_in_space(const ch_item *item);

#endif
