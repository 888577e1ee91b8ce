/* pdf/compound.h -- several glyphs of a TrueType program as one glyph of its own.
 *
 * Reads:   a TrueType program (tables head, hhea, hmtx, maxp, glyf, loca), a list of compounds.
 * Makes:   the same program with a composite glyph added for each compound.
 * Knows nothing of text: which glyphs stand together, and why, pdf/fonts.c says. */
#ifndef CH_PDF_COMPOUND_H
#define CH_PDF_COMPOUND_H

#include "base/base.h"

/* Of a part's width: 1. */
#define CH_PART_PLAIN 16384

/* Lengths in font units; dy upwards.  No padding: lists are compared and hashed as bytes. */
typedef struct ch_glyph_part {
    uint32_t glyph;
    int32_t  dx, dy; /* of its origin, from the compound's */
    int32_t  scale;  /* of its width, in 1/CH_PART_PLAIN; less than 2 */
} ch_glyph_part;

typedef struct ch_compound {
    uint32_t first, n; /* its parts, from the left edge of the list */
    int32_t  advance;  /* 0 .. 65535 */
} ch_compound;

typedef struct ch_compounds {
    const ch_glyph_part *part;
    size_t               parts;
    const ch_compound   *at;
    size_t               n;
} ch_compounds;

/* Glyphs in the program; 0: it is not a TrueType program. */
uint32_t ch_compound_glyphs(ch_str program);
/* Compound i becomes glyph ch_compound_glyphs(program) + i of *out, which is in arena a.
 * false: the program is damaged, or would have more than 65,535 glyphs. */
bool ch_compound_add(ch_arena *a, ch_str program, const ch_compounds *c, ch_str *out);

#endif
