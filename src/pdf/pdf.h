/* pdf/pdf.h -- the display list as a PDF file, written by libharu through its object layer.
 *
 * Reads:   ch_pages (display list, structure, metadata).
 * Makes:   the bytes of the file: PDF 1.7, tagged, fonts embedded and subset, and where the letter
 *          allows it PDF/A-2a and PDF/UA-1.  The same input gives the same bytes. */
#ifndef CH_PDF_PDF_H
#define CH_PDF_PDF_H

#include "base/base.h"
#include "page/page.h"

/* Shared by jobs: font subsets already deflated, the sRGB profile.  One lock inside. */
typedef struct ch_pdf_cache ch_pdf_cache;
ch_status                   ch_pdf_cache_new(ch_ctx *cx, ch_pdf_cache **out);
void                        ch_pdf_cache_free(ch_pdf_cache *c);

typedef struct ch_pdf_options {
    bool    has_date; /* from SOURCE_DATE_EPOCH */
    int64_t date;     /* seconds since 1970; else the letter's date at 00:00 UTC, else none */
    bool    compress; /* content streams; default yes */
} ch_pdf_options;

/* out: bytes in cx->job.  Reports 7xxx; W7001 with the reason when the letter cannot conform
 * to PDF/A-2a and PDF/UA-1 (no claim is made then). */
ch_status ch_pdf_write(ch_ctx *cx, ch_pdf_cache *cache, const ch_pages *pages,
                       const ch_pdf_options *opt, ch_str *out);
/* The digest of the letter's text that a file carries, in 64 hexadecimal digits and a NUL.  false:
 * it carries none, or none that can be relied on. */
bool ch_pdf_digest_find(ch_str file, char out[65]);
/* --dump=structure: the tree with its content, as it is written. */
void ch_pdf_structure_dump(ch_buf *out, const ch_pages *pages);

/* ch_image_probe: reads the header of a PNG or JPEG. user is unused. */
ch_status ch_image_probe_file(void *user, ch_ctx *cx, ch_str path, ch_where where,
                              ch_image_size *out);

#endif
