/* pdf/subset.h -- one face cut down to the glyphs that a letter uses, by HarfBuzz.
 *
 * Reads:   a face and a list of its glyphs.
 * Makes:   a font program to embed, deflated, and for each glyph its code and its width.
 * Knows nothing of text and pages.
 *
 * The result depends on the face's bytes and the list alone, so it may be kept and shared. */
#ifndef CH_PDF_SUBSET_H
#define CH_PDF_SUBSET_H

#include "base/base.h"
#include "font/font.h"
#include "pdf/pack.h"

typedef struct ch_subset {
    ch_str    program; /* deflated: TrueType, or bare CFF */
    size_t    plain;   /* its length before */
    bool      cff;
    char      tag[8]; /* "ABCDEF+" */
    uint16_t *code;   /* of the i-th glyph of the list: its character code and CID */
    int32_t  *width;  /* likewise, in thousandths of the em: some readers round fractions off */
    size_t    n;
} ch_subset;

/* glyph: sorted, no glyph twice.  Everything is in arena a.
 * false: HarfBuzz cannot subset this face, or there is no memory. */
bool ch_subset_make(ch_arena *a, ch_packer *packer, const ch_face *face, const uint32_t *glyph,
                    size_t n, ch_subset *out);

#endif
