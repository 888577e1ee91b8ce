/* pdf/link.h -- links, bookmarks and the places they lead to.
 *
 * Reads:   the display list's links, bookmarks and destinations.
 * Makes:   link annotations on the pages, the outline.
 * Knows nothing of fonts and page content. */
#ifndef CH_PDF_LINK_H
#define CH_PDF_LINK_H

#include "pdf/haru.h"
#include "pdf/structure.h"

/* An annotation for each link of t; each piece then has it.  Reports W7002 for a link that
 * leads nowhere, which gets none.  page: the page objects. */
void ch_links_write(ch_ctx *cx, ch_haru *h, ch_tags *t, ch_haru_dict *const *page, ch_buf *digest);
/* " 12 0 R 14 0 R": the annotations of a page; empty when there are none. */
ch_str ch_links_of_page(ch_arena *a, const ch_tags *t, size_t page);
/* above: the entry below which they go; NULL: the outline itself. */
void ch_outline_write(ch_arena *a, ch_haru *h, const ch_pages *pages, ch_haru_dict *const *page,
                      ch_haru_dict *above, ch_buf *digest);
/* An entry for one of many letters, at the head of its first page. */
ch_haru_dict *ch_outline_letter(ch_arena *a, ch_haru *h, const ch_pages *pages,
                                ch_haru_dict *const *page, ch_str title, ch_buf *digest);

#endif
