/* pdf/cache.h -- what jobs share: font subsets, the sRGB profile; for pdf/ alone.
 *
 * A cached subset is byte for byte what ch_subset_make would make: keeping it saves work and
 * changes nothing.  Threads: one lock, held only to look up and to copy. */
#ifndef CH_PDF_CACHE_H
#define CH_PDF_CACHE_H

#include "pdf/pdf.h"
#include "pdf/subset.h"

/* The subset wished for, cached or made; a copy in arena a.  false: as ch_subset_make. */
bool ch_pdf_cache_subset(ch_pdf_cache *c, ch_arena *a, ch_packer *packer,
                         const ch_subset_wish *wish, ch_subset *out);
/* The sRGB profile, deflated; lives as long as the cache. */
ch_str ch_pdf_cache_srgb(const ch_pdf_cache *c);

#endif
