/* pdf/cache.c -- subsets by face, glyphs and compounds, in one arena that is dropped when it is full. */
#include "pdf/cache.h"

#include "pdf/srgb.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 1024
/* When subsets take more than this, all go: a batch goes on with what it uses now. */
#define MOST_BYTES ((size_t)16 * 1024 * 1024)

typedef struct entry {
    struct entry  *next;
    uint64_t       hash;
    ch_str         file;
    uint32_t       index;
    ch_subset_wish wish; /* but its face, which may be gone */
    ch_subset      subset;
} entry;

struct ch_pdf_cache {
    pthread_mutex_t lock;
    ch_arena       *subsets; /* entries and what they point to */
    ch_arena       *profile;
    ch_str          srgb;
    entry          *slot[SLOTS];
};

ch_status
ch_pdf_cache_new(ch_ctx *cx, ch_pdf_cache **out)
{
    ch_str        srgb = CH_STR_EMPTY;
    ch_pdf_cache *c    = ch_srgb_make(cx, &srgb) == CH_OK ? calloc(1, sizeof *c) : NULL;
    char         *kept = NULL;
    if (c) {
        c->subsets = ch_arena_new(0);
        c->profile = ch_arena_new(0);
        if (pthread_mutex_init(&c->lock, NULL) == 0 && c->subsets && c->profile)
            kept = ch_arena_try(c->profile, srgb.n);
    }
    if (!kept) {
        ch_pdf_cache_free(c);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    memcpy(kept, srgb.p, srgb.n);
    c->srgb = (ch_str){kept, srgb.n};
    *out    = c;
    return CH_OK;
}

void
ch_pdf_cache_free(ch_pdf_cache *c)
{
    if (!c)
        return;
    ch_arena_free(c->subsets);
    ch_arena_free(c->profile);
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
}

ch_str
ch_pdf_cache_srgb(const ch_pdf_cache *c)
{
    return c->srgb;
}

static bool
same_bytes(const void *a, const void *b, size_t n)
{
    return n == 0 || memcmp(a, b, n) == 0;
}

static bool
same(const entry *e, uint64_t hash, const ch_subset_wish *w)
{
    const ch_compounds *c = &e->wish.compound, *d = &w->compound;
    return e->hash == hash && e->index == w->face->index && e->wish.n == w->n && c->n == d->n &&
           c->parts == d->parts && ch_str_eq(e->file, w->face->file) &&
           same_bytes(e->wish.glyph, w->glyph, w->n * sizeof *w->glyph) &&
           same_bytes(c->at, d->at, d->n * sizeof *d->at) &&
           same_bytes(c->part, d->part, d->parts * sizeof *d->part);
}

static uint64_t
hash_of(const ch_subset_wish *w)
{
    uint64_t hash = ch_hash(w->face->file.p, w->face->file.n, w->face->index);
    hash          = ch_hash(w->glyph, w->n * sizeof *w->glyph, hash);
    hash          = ch_hash(w->compound.at, w->compound.n * sizeof *w->compound.at, hash);
    return ch_hash(w->compound.part, w->compound.parts * sizeof *w->compound.part, hash);
}

static const entry *
lookup(const ch_pdf_cache *c, uint64_t hash, const ch_subset_wish *wish)
{
    for (const entry *e = c->slot[hash % SLOTS]; e; e = e->next)
        if (same(e, hash, wish))
            return e;
    return NULL;
}

/* A copy of n bytes; nothing jumps here, since the lock is held. */
static void *
copy(ch_arena *a, const void *p, size_t n)
{
    void *to = ch_arena_try(a, n);
    if (to && n)
        memcpy(to, p, n);
    return to;
}

static bool
copy_subset(ch_arena *a, const ch_subset *from, ch_subset *to)
{
    *to           = *from;
    to->code      = copy(a, from->code, from->n * sizeof *from->code);
    to->width     = copy(a, from->width, from->n * sizeof *from->width);
    char *program = copy(a, from->program.p, from->program.n);
    to->program.p = program;
    return to->code && to->width && program;
}

static bool
copy_wish(ch_arena *a, const ch_subset_wish *from, ch_subset_wish *to)
{
    const ch_compounds *c = &from->compound;
    *to                   = *from;
    to->face              = NULL;
    to->glyph             = copy(a, from->glyph, from->n * sizeof *from->glyph);
    to->compound.at       = copy(a, c->at, c->n * sizeof *c->at);
    to->compound.part     = copy(a, c->part, c->parts * sizeof *c->part);
    return to->glyph && to->compound.at && to->compound.part;
}

static void
keep(ch_pdf_cache *c, uint64_t hash, const ch_subset_wish *wish, const ch_subset *made)
{
    if (ch_arena_bytes(c->subsets) > MOST_BYTES) {
        ch_arena_reset(c->subsets);
        memset(c->slot, 0, sizeof c->slot);
    }
    entry *e = ch_arena_try(c->subsets, sizeof *e);
    if (!e)
        return;
    char *file = copy(c->subsets, wish->face->file.p, wish->face->file.n);
    if (!file || !copy_wish(c->subsets, wish, &e->wish) ||
        !copy_subset(c->subsets, made, &e->subset))
        return;
    e->file               = (ch_str){file, wish->face->file.n};
    e->hash               = hash;
    e->index              = wish->face->index;
    e->next               = c->slot[hash % SLOTS];
    c->slot[hash % SLOTS] = e;
}

bool
ch_pdf_cache_subset(ch_pdf_cache *c, ch_arena *a, ch_packer *packer, const ch_subset_wish *wish,
                    ch_subset *out)
{
    uint64_t hash   = hash_of(wish);
    bool     found  = false;
    bool     copied = false;
    if (pthread_mutex_lock(&c->lock) == 0) {
        const entry *e = lookup(c, hash, wish);
        found          = e != NULL;
        copied         = found && copy_subset(a, &e->subset, out);
        (void)pthread_mutex_unlock(&c->lock);
    }
    if (found)
        return copied;
    if (!ch_subset_make(a, packer, wish, out))
        return false;
    if (pthread_mutex_lock(&c->lock) == 0) {
        /* Another job may have made the same meanwhile. */
        if (!lookup(c, hash, wish))
            keep(c, hash, wish, out);
        (void)pthread_mutex_unlock(&c->lock);
    }
    return true;
}
