/* base/keep.c -- chains of entries by hash, in an arena that outlives the letter. */
#include "base/keep.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS       = 16384,   /* a power of 2 */
    MOST        = 3 << 20, /* bytes; a letter that begins with more begins anew */
    LETTER_MOST = 1 << 20  /* bytes that one letter adds */
};

typedef struct entry {
    struct entry *next;
    uint64_t      hash;
    ch_keep_kind  kind;
    ch_str        key;
    void         *value;
} entry;

struct ch_keep {
    ch_arena *arena;
    entry    *slot[SLOTS];
    size_t    letters;
    size_t    before; /* bytes held when the letter began */
};

ch_keep *
ch_keep_new(void)
{
    ch_keep *k = calloc(1, sizeof *k);
    if (k && !(k->arena = ch_arena_new(0))) {
        free(k);
        k = NULL;
    }
    return k;
}

void
ch_keep_free(ch_keep *k)
{
    if (k)
        ch_arena_free(k->arena);
    free(k);
}

void
ch_keep_guard(ch_keep *k, ch_guard *g)
{
    if (k)
        ch_arena_guard(k->arena, g);
}

void
ch_keep_forget(ch_keep *k)
{
    if (!k)
        return;
    memset(k->slot, 0, sizeof k->slot);
    ch_arena_reset(k->arena);
    k->before = 0;
}

void
ch_keep_begin(ch_keep *k)
{
    if (!k)
        return;
    if (ch_arena_bytes(k->arena) > MOST)
        ch_keep_forget(k);
    k->letters++;
    k->before = ch_arena_bytes(k->arena);
}

bool
ch_keep_works(const ch_keep *k)
{
    return k && k->letters > 1;
}

void *
ch_keep_find(const ch_keep *k, ch_keep_kind kind, ch_str key)
{
    if (!ch_keep_works(k))
        return NULL;
    uint64_t     hash = ch_hash_quick(key.p, key.n, (uint64_t)kind);
    const entry *e    = k->slot[hash & (SLOTS - 1)];
    while (e && !(e->hash == hash && e->kind == kind && ch_str_eq(e->key, key)))
        e = e->next;
    return e ? e->value : NULL;
}

ch_arena *
ch_keep_room(const ch_keep *k)
{
    bool room = ch_keep_works(k) && ch_arena_bytes(k->arena) - k->before <= LETTER_MOST;
    return room ? k->arena : NULL;
}

void
ch_keep_put(ch_keep *k, ch_keep_kind kind, ch_str key, void *value)
{
    entry *e     = CH_NEW(k->arena, entry);
    *e           = (entry){.hash  = ch_hash_quick(key.p, key.n, (uint64_t)kind),
                           .kind  = kind,
                           .key   = ch_arena_str(k->arena, key),
                           .value = value};
    entry **slot = &k->slot[e->hash & (SLOTS - 1)];
    e->next      = *slot;
    *slot        = e;
}
