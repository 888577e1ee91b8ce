/* pdf/cff.h -- which CID a glyph of a CFF font has.
 *
 * Reads:   a CFF font program (Adobe Technical Note 5176).
 * Makes:   the CID of a glyph: what the charset says in a CID-keyed font, else its number.
 * Knows nothing of outlines. */
#ifndef CH_PDF_CFF_H
#define CH_PDF_CFF_H

#include "base/base.h"

typedef struct ch_cff {
    ch_str bytes;
    bool   cid_keyed;
    size_t charset; /* offset; only for a CID-keyed font */
} ch_cff;

/* false: not a CFF program, or cut short.  Borrows bytes. */
bool     ch_cff_read(ch_str bytes, ch_cff *out);
uint16_t ch_cff_cid(const ch_cff *c, uint16_t glyph);

#endif
