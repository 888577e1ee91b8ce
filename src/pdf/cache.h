/* pdf/cache.h -- what letters have in common, kept by its content: font subsets, what their text
 * is, decoded images; and the sRGB profile.  For pdf/ alone.
 *
 * Reads:   a key, which has all that the result depends on.
 * Makes:   the result that was put there under the same key.
 * Knows nothing of what it keeps.  So it saves work and never changes a byte.
 *
 * Memory is bounded: the least recently used go first, but nothing that a document holds.
 * Threads: one lock, held only to look up and to link; a keeper belongs to one thread. */
#ifndef CH_PDF_CACHE_H
#define CH_PDF_CACHE_H

#include "pdf/pdf.h"

/* What one document holds, until it is closed, at the latest when its arena is reset. */
typedef struct ch_keeper ch_keeper;

ch_keeper *ch_keeper_new(ch_pdf_cache *c, ch_arena *a);
void       ch_keeper_close(ch_keeper *k);
/* The parts put under this key, or NULL; each aligned for any type, never to be changed. */
const ch_str *ch_keeper_get(ch_keeper *k, ch_str key);
/* Keep copies of n parts.  Returns the copies, or `part` itself where they cannot be kept. */
const ch_str *ch_keeper_put(ch_keeper *k, ch_str key, const ch_str *part, size_t n);

/* The sRGB profile, deflated; lives as long as the cache. */
ch_str ch_keeper_srgb(const ch_keeper *k);

#endif
