/* pdf/cluster.h -- the clusters of a glyph item: which glyphs stand for which text.
 *
 * Reads:   a glyph item of the display list.
 * Makes:   its clusters, in visual order, each with its glyphs and its text.
 * Knows nothing of fonts and PDF. */
#ifndef CH_PDF_CLUSTER_H
#define CH_PDF_CLUSTER_H

#include "page/page.h"

typedef struct ch_cluster {
    size_t   first, n; /* item->glyph[first .. first + n), visual order */
    ch_str   text;     /* as in the letter; empty for an added hyphen */
    bool     hyphen;   /* the hyphen that a line's end brought */
    bool     silent;   /* its text leaves no mark (direction controls): not drawn */
    bool     single;   /* one character is heard of its text */
    uint32_t heard;    /* the first that is (ch_text_heard); 0: none */
    /* Direction marks that readers need; 0: none. */
    uint32_t mark;          /* at the left of its text, of which it becomes part */
    uint32_t before, after; /* a glyph of no width at its left, at its right */
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
