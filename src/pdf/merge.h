/* pdf/merge.h -- many letters as one file, for printing.
 *
 * Reads:   the pages of letters, one after the other, in the order in which they are to stand.
 * Makes:   one PDF: fonts and images embedded once, page numbers that start anew with each letter,
 *          an entry of the outline for each, and one structure: a Document with a Part for each.
 *
 * A letter's pages are written when it is added, and it may be forgotten then.  The file itself is
 * in memory until it is saved: some 20 KiB a page, at most CH_MERGE_PAGES of them.
 * Threads: belongs to one at a time. */
#ifndef CH_PDF_MERGE_H
#define CH_PDF_MERGE_H

#include "pdf/pdf.h"

#define CH_MERGE_PAGES 20000

typedef struct ch_pdf_merge ch_pdf_merge;

/* The file is in cx->job, and so is all that is known of it. */
ch_status ch_pdf_merge_new(ch_ctx *cx, ch_pdf_cache *cache, const ch_pdf_options *opt,
                           ch_pdf_merge **out);
/* cx: the letter's, for reports and what is needed for the moment.  title: its entry in the outline;
 * empty: the letter's own.  Reports as ch_pdf_write does, and E7070 when there are too many pages;
 * after a failure the file is of no use. */
ch_status ch_pdf_merge_add(ch_pdf_merge *m, ch_ctx *cx, const ch_pages *pages, ch_str title);
/* false: adding a letter failed on the way. */
bool ch_pdf_merge_whole(const ch_pdf_merge *m);
/* cx: that of ch_pdf_merge_new.  Reports E7071 when nothing was added. */
ch_status ch_pdf_merge_save(ch_pdf_merge *m, ch_ctx *cx, ch_str *out);

#endif
