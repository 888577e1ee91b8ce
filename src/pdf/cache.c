/* pdf/cache.c -- entries in a hash table and in a list by last use; one block of memory each. */
#include "pdf/cache.h"

#include "pdf/srgb.h"

#include <pthread.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 1024
/* A batch worker has to stay under 48 MiB with all that it holds. */
#define MOST_BYTES ((size_t)8 * 1024 * 1024)
/* One that is larger would drive out all others. */
#define MOST_ENTRY (MOST_BYTES / 4)

typedef struct entry {
    struct entry *next;          /* of its slot */
    struct entry *newer, *older; /* by last use */
    uint64_t      hash;
    size_t        bytes;
    size_t        holders;
    ch_str        key;
    ch_str        part[]; /* their bytes, and the key's, follow */
} entry;

struct ch_pdf_cache {
    pthread_mutex_t lock;
    ch_arena       *profile;
    ch_str          srgb;
    size_t          bytes;
    entry          *newest, *oldest;
    entry          *slot[SLOTS];
};

struct ch_keeper {
    ch_pdf_cache *cache;
    ch_arena     *arena;
    CH_VEC(entry *) held;
};

ch_status
ch_pdf_cache_new(ch_ctx *cx, ch_pdf_cache **out)
{
    ch_str        srgb = CH_STR_EMPTY;
    ch_pdf_cache *c    = ch_srgb_make(cx, &srgb) == CH_OK ? calloc(1, sizeof *c) : NULL;
    char         *kept = NULL;
    if (c) {
        c->profile = ch_arena_new(0);
        if (pthread_mutex_init(&c->lock, NULL) == 0 && c->profile)
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
    for (entry *e = c->newest, *next; e; e = next) {
        next = e->older;
        free(e);
    }
    ch_arena_free(c->profile);
    (void)pthread_mutex_destroy(&c->lock);
    free(c);
}

ch_str
ch_keeper_srgb(const ch_keeper *k)
{
    return k->cache->srgb;
}

/* ---- under the lock ------------------------------------------------------------------ */

static void
unlink_use(ch_pdf_cache *c, entry *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void
link_newest(ch_pdf_cache *c, entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    if (c->newest)
        c->newest->newer = e;
    else
        c->oldest = e;
    c->newest = e;
}

static entry *
lookup(ch_pdf_cache *c, uint64_t hash, ch_str key)
{
    entry *e = c->slot[hash % SLOTS];
    while (e && (e->hash != hash || !ch_str_eq(e->key, key)))
        e = e->next;
    if (!e)
        return NULL;
    unlink_use(c, e);
    link_newest(c, e);
    e->holders++;
    return e;
}

static void
drop(ch_pdf_cache *c, entry *e)
{
    entry **at = &c->slot[e->hash % SLOTS];
    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    unlink_use(c, e);
    c->bytes -= e->bytes;
    free(e);
}

static void
make_room(ch_pdf_cache *c, size_t bytes)
{
    for (entry *e = c->oldest, *newer; e && c->bytes + bytes > MOST_BYTES; e = newer) {
        newer = e->newer;
        if (e->holders == 0)
            drop(c, e);
    }
}

static void
link_entry(ch_pdf_cache *c, entry *e)
{
    make_room(c, e->bytes);
    e->next                  = c->slot[e->hash % SLOTS];
    c->slot[e->hash % SLOTS] = e;
    e->holders               = 1;
    c->bytes += e->bytes;
    link_newest(c, e);
}

/* ---- a document's hold --------------------------------------------------------------- */

void
ch_keeper_close(ch_keeper *k)
{
    if (k->held.n == 0 || pthread_mutex_lock(&k->cache->lock) != 0)
        return;
    for (size_t i = 0; i < k->held.n; i++)
        k->held.at[i]->holders--;
    (void)pthread_mutex_unlock(&k->cache->lock);
    k->held.n = 0;
}

static void
let_go(void *p)
{
    ch_keeper_close(p);
}

ch_keeper *
ch_keeper_new(ch_pdf_cache *c, ch_arena *a)
{
    ch_keeper *k = CH_NEW(a, ch_keeper);
    k->cache     = c;
    k->arena     = a;
    ch_arena_defer(a, let_go, k);
    return k;
}

/* Room for one more to be held, before the lock is: the arena may jump. */
static entry **
next_held(ch_keeper *k)
{
    entry **at = CH_PUSH(k->arena, k->held);
    k->held.n--;
    return at;
}

const ch_str *
ch_keeper_get(ch_keeper *k, ch_str key)
{
    uint64_t hash = ch_hash_quick(key.p, key.n, 0);
    entry  **at   = next_held(k);
    if (pthread_mutex_lock(&k->cache->lock) != 0)
        return NULL;
    entry *e = lookup(k->cache, hash, key);
    (void)pthread_mutex_unlock(&k->cache->lock);
    if (!e)
        return NULL;
    *at = e;
    k->held.n++;
    return e->part;
}

static size_t
aligned(size_t n)
{
    size_t each = alignof(max_align_t);
    return (n + each - 1) / each * each;
}

static char *
put_bytes(char *to, ch_str from, ch_str *out)
{
    if (from.n)
        memcpy(to, from.p, from.n);
    *out = (ch_str){to, from.n};
    return to + aligned(from.n);
}

static entry *
make_entry(uint64_t hash, ch_str key, const ch_str *part, size_t n)
{
    size_t head = aligned(sizeof(entry) + n * sizeof *part);
    size_t all  = head + aligned(key.n);
    for (size_t i = 0; i < n; i++)
        all += aligned(part[i].n);
    entry *e = all <= MOST_ENTRY ? malloc(all) : NULL;
    if (!e)
        return NULL;
    *e       = (entry){.hash = hash, .bytes = all};
    char *to = put_bytes((char *)e + head, key, &e->key);
    for (size_t i = 0; i < n; i++)
        to = put_bytes(to, part[i], &e->part[i]);
    return e;
}

const ch_str *
ch_keeper_put(ch_keeper *k, ch_str key, const ch_str *part, size_t n)
{
    uint64_t hash = ch_hash_quick(key.p, key.n, 0);
    entry  **at   = next_held(k);
    entry   *made = make_entry(hash, key, part, n);
    if (!made)
        return part;
    if (pthread_mutex_lock(&k->cache->lock) != 0) {
        free(made);
        return part;
    }
    /* Another job may have made the same meanwhile. */
    entry *e = lookup(k->cache, hash, key);
    if (!e)
        link_entry(k->cache, made);
    (void)pthread_mutex_unlock(&k->cache->lock);
    if (e)
        free(made);
    *at = e ? e : made;
    k->held.n++;
    return (*at)->part;
}
