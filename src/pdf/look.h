/* pdf/look.h -- a cluster as one glyph: its parts, and the text that it stands for.
 *
 * Reads:   a cluster of a glyph item.
 * Makes:   the parts in font units, and a key: two clusters with one key are the same glyph.
 * Knows nothing of fonts in a PDF. */
#ifndef CH_PDF_LOOK_H
#define CH_PDF_LOOK_H

#include "pdf/cluster.h"
#include "pdf/compound.h"

/* Clusters of more than these are drawn glyph by glyph: no writing needs them. */
#define CH_LOOK_PARTS 24
#define CH_LOOK_CHARACTERS 48

typedef struct ch_look {
    ch_glyph_part part[CH_LOOK_PARTS];
    uint32_t      parts;
    int32_t       advance; /* font units */
    ch_len        dx;      /* where it is drawn, from the left edge of the cluster */
    uint32_t      word[4 + CH_LOOK_CHARACTERS + 4 * CH_LOOK_PARTS]; /* the key */
    size_t        words;
} ch_look;

/* false: no text, too much of it, too many parts, or wider than a glyph can be. */
bool ch_look_make(const ch_item *item, const ch_cluster *c, ch_look *out);
/* Points into the look. */
ch_str ch_look_key(const ch_look *l);
/* Is this cluster one glyph on the line, as wide as the font has it, with a text that reads the
 * same in both directions? */
bool ch_cluster_plain(const ch_item *item, const ch_cluster *c);

#endif
