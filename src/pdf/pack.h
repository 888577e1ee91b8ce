/* pdf/pack.h -- deflating streams, by zlib.
 *
 * Reads:   bytes.
 * Makes:   the same bytes as FlateDecode data.
 * Knows nothing of PDF objects.
 * Threads: a packer belongs to one thread. */
#ifndef CH_PDF_PACK_H
#define CH_PDF_PACK_H

#include "base/base.h"

typedef struct ch_packer ch_packer;

/* One for a document: zlib's tables are made once.  Freed with the arena; NULL: no memory. */
ch_packer *ch_packer_new(ch_arena *a);
/* level 1 (fast) to 9.  The result is in `to`. false: no memory. */
bool ch_pack(ch_packer *p, ch_arena *to, ch_str bytes, int level, ch_str *out);

#endif
