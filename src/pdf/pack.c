/* pdf/pack.c -- one deflate state, used for every stream of a document. */
#include "pdf/pack.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

#define START_LEVEL 6

struct ch_packer {
    z_stream z;
    int      level;
};

static void
end(void *p)
{
    ch_packer *k = p;
    (void)deflateEnd(&k->z);
}

ch_packer *
ch_packer_new(ch_arena *a)
{
    ch_packer *p = CH_NEW(a, ch_packer);
    p->level     = START_LEVEL;
    if (deflateInit(&p->z, START_LEVEL) != Z_OK)
        return NULL;
    ch_arena_defer(a, end, p);
    return p;
}

bool
ch_pack(ch_packer *p, ch_arena *to, ch_str bytes, int level, ch_str *out)
{
    if (bytes.n > INT_MAX || deflateReset(&p->z) != Z_OK)
        return false;
    if (level != p->level) {
        if (deflateParams(&p->z, level, Z_DEFAULT_STRATEGY) != Z_OK)
            return false;
        p->level = level;
    }
    size_t room    = deflateBound(&p->z, (uLong)bytes.n);
    char  *at      = ch_arena_alloc(to, room + 1);
    p->z.next_in   = (Bytef *)(uintptr_t)bytes.p; /* zlib does not write to it */
    p->z.avail_in  = (uInt)bytes.n;
    p->z.next_out  = (Bytef *)at;
    p->z.avail_out = (uInt)room;
    if (deflate(&p->z, Z_FINISH) != Z_STREAM_END)
        return false;
    *out = (ch_str){at, room - p->z.avail_out};
    return true;
}
