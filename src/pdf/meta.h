/* pdf/meta.h -- what the file says of itself.
 *
 * Reads:   the letter's metadata, the date, whether the letter conforms.
 * Makes:   information dictionary, XMP, output intent, the catalogue's entries, the trailer's ID.
 * Knows nothing of pages. */
#ifndef CH_PDF_META_H
#define CH_PDF_META_H

#include "pdf/haru.h"
#include "pdf/pdf.h"

typedef struct ch_pdf_meta {
    const ch_meta *letter;
    bool           conforms; /* claim PDF/A-2a and PDF/UA-1 */
    bool           has_date;
    int64_t        date; /* seconds since 1970 */
    ch_str         srgb; /* profile, deflated */
} ch_pdf_meta;

/* The date of the file: of the options, else of the letter.  false: neither is known. */
bool ch_pdf_date(const ch_pdf_options *opt, const ch_meta *letter, int64_t *out);
/* *digest: grown so far; the ID is made of it. */
ch_status ch_pdf_meta_write(ch_ctx *cx, ch_haru *h, const ch_pdf_meta *meta, ch_buf *digest);

#endif
