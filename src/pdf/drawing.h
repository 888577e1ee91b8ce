/* pdf/drawing.h -- a vector drawing as a form XObject.
 *
 * Reads:   a ch_drawing.
 * Makes:   one form of the unit square, with the shadings, states and forms that it uses.
 * Knows nothing of pages. */
#ifndef CH_PDF_DRAWING_H
#define CH_PDF_DRAWING_H

#include "figure/drawing.h"
#include "pdf/haru.h"
#include "pdf/pack.h"

typedef struct ch_drawing_out {
    ch_haru_dict *form;
    bool          alpha; /* something shines through */
} ch_drawing_out;

/* black: every colour as the grey of its brightness.  digest: takes a hash of all content.
 * Returns false without memory. */
bool ch_pdf_drawing_write(ch_arena *a, ch_haru *h, ch_packer *packer, const ch_drawing *d,
                          bool black, ch_buf *digest, ch_drawing_out *out);

#endif
