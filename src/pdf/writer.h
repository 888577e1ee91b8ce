/* pdf/writer.h -- a file that is being written, of one letter or of many; for pdf.c and merge.c.
 *
 * Reads:   the pages of one letter after the other.
 * Makes:   the objects of each at once; what they share, fonts above all, at the end. */
#ifndef CH_PDF_WRITER_H
#define CH_PDF_WRITER_H

#include "pdf/fonts.h"
#include "pdf/image.h"
#include "pdf/structure.h"

typedef struct ch_writer {
    /* Of the file. */
    bool          many;  /* letters */
    bool          plain; /* page content is not deflated */
    ch_haru      *h;
    ch_packer    *packer;
    ch_keeper    *keeper;
    ch_pdf_fonts  fonts;
    ch_pdf_images images;
    ch_trees      trees;
    ch_haru_dict *document;  /* of many letters: the element about theirs */
    ch_haru_dict *resources; /* of all pages */
    size_t        before;    /* pages of the letters before */
    size_t        letters;
    bool          no_claim; /* to PDF/A-2a and PDF/UA-1 */
    ch_buf        digest;   /* what tells this file from others; its hash is the ID */
    /* Of the letter. */
    ch_ctx         *cx;
    ch_arena       *a;
    const ch_pages *pages;
    ch_tags         tags;
    ch_haru_dict  **page; /* page objects */
} ch_writer;

/* The file is in cx->job.  pages: about how many. */
ch_status ch_writer_begin(ch_writer *w, ch_ctx *cx, ch_pdf_cache *cache, size_t pages, bool many);
/* cx: the letter's.  title: of many letters, of its entry in the outline.  lang: the file's. */
ch_status ch_writer_letter(ch_writer *w, ch_ctx *cx, const ch_pages *pages, ch_str title,
                           ch_str lang);
ch_status ch_writer_end(ch_writer *w, ch_ctx *cx, const ch_meta *meta, const ch_pdf_options *opt,
                        ch_str *out);

#endif
