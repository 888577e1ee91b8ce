/* locale/catalog_read.h -- the readers of catalogues; for locale/ alone. */
#ifndef CH_LOCALE_CATALOG_READ_H
#define CH_LOCALE_CATALOG_READ_H

#include "locale/catalog.h"

/* po.c */
ch_status ch_po_read(ch_ctx *cx, ch_catalog *c, ch_str bytes, uint32_t source);
/* The place in the file of the byte `at` of the string (one quoted piece behind the other) that
 * begins at `from`. */
uint32_t ch_po_offset(ch_str bytes, uint32_t from, size_t at);

/* mo.c */
bool      ch_mo_looks_like(ch_str bytes);
ch_status ch_mo_read(ch_ctx *cx, ch_catalog *c, ch_str bytes);

/* xliff_read.c; it registers the source itself */
bool      ch_xliff_looks_like(ch_str bytes);
ch_status ch_xliff_read(ch_ctx *cx, ch_catalog *c, ch_str name, ch_str bytes);

#endif
