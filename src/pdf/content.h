/* pdf/content.h -- the operators that draw one page.
 *
 * Reads:   a page of the display list, the fonts' codes and widths, the items' MCIDs.
 * Makes:   the text of the page's content stream.
 * Knows nothing of PDF objects. */
#ifndef CH_PDF_CONTENT_H
#define CH_PDF_CONTENT_H

#include "pdf/fonts.h"
#include "pdf/structure.h"

/* name: of an image item's XObject on this page ("Im1"), or NULL to leave it out. */
typedef const char *ch_image_name(void *user, const ch_item *item);

void ch_content_put(ch_buf *out, const ch_tags *tags, size_t page, const ch_pdf_fonts *fonts,
                    ch_image_name *name, void *user);

#endif
