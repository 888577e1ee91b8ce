/* pdf/subset.h -- one face cut down to the glyphs that a letter uses, by HarfBuzz.
 *
 * Reads:   a face, a list of its glyphs, and compounds of them.
 * Makes:   a font program to embed, deflated, and for each glyph its code and its width.
 * Knows nothing of text and pages.
 *
 * The result depends on the face's bytes and the wish alone, so it may be kept and shared. */
#ifndef CH_PDF_SUBSET_H
#define CH_PDF_SUBSET_H

#include "base/base.h"
#include "font/font.h"
#include "pdf/compound.h"
#include "pdf/pack.h"

typedef struct ch_subset_wish {
    const ch_face  *face;
    const uint32_t *glyph; /* sorted, no glyph twice; those of the compounds are among them */
    size_t          n;
    ch_compounds    compound;  /* none for a CFF face */
    bool            own_codes; /* of a CFF face: glyphs keep their numbers, and so their codes */
} ch_subset_wish;

/* Of a glyph of the list, then of the compounds. */
typedef struct ch_subset_code {
    uint16_t code;  /* its character code and CID */
    int32_t  width; /* in thousandths of the em: some readers round fractions off */
} ch_subset_code;

typedef struct ch_subset {
    ch_str                program; /* deflated: TrueType, or bare CFF */
    size_t                plain;   /* its length before */
    bool                  cff;
    char                  tag[8]; /* "ABCDEF+" */
    const ch_subset_code *at;
    size_t                n; /* glyphs and compounds */
} ch_subset;

/* A length in font units as a width of a subset. */
int32_t ch_subset_width(const ch_face *face, int64_t units);
/* Everything is in arena a.
 * false: HarfBuzz cannot subset this face, or there is no memory. */
bool ch_subset_make(ch_arena *a, ch_packer *packer, const ch_subset_wish *wish, ch_subset *out);

#endif
