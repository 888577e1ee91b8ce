/* base/map.c -- an array of entries in order, and an open-addressing index into it. */
#include "base/map.h"

#include <string.h>

typedef struct entry {
    ch_str   key;
    uint64_t hash;
    void    *value;
} entry;

struct ch_map {
    ch_arena *arena;
    CH_VEC(entry) entries;
    uint32_t *index; /* entry number + 1, 0 for a free slot */
    size_t    slots; /* a power of two, at least twice the entries */
};

/* FNV-1a with a final mix, so that the low bits that choose a slot depend on every byte. */
uint64_t
ch_hash(const void *p, size_t n, uint64_t seed)
{
    const unsigned char *c = p;
    uint64_t             h = UINT64_C(14695981039346656037) ^ seed;
    for (size_t i = 0; i < n; i++)
        h = (h ^ c[i]) * UINT64_C(1099511628211);
    h ^= h >> 32;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

uint64_t
ch_hash_quick(const void *p, size_t n, uint64_t seed)
{
    const unsigned char *c = p;
    uint64_t             h = seed ^ n * UINT64_C(0x9E3779B97F4A7C15), word;
    for (; n >= sizeof word; n -= sizeof word, c += sizeof word) {
        memcpy(&word, c, sizeof word);
        h = (h ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
        h ^= h >> 32;
    }
    word = 0;
    if (n)
        memcpy(&word, c, n);
    h = (h ^ word) * UINT64_C(0xC4CEB9FE1A85EC53);
    return h ^ h >> 29;
}

ch_map *
ch_map_new(ch_arena *a)
{
    ch_map *m = CH_NEW(a, ch_map);
    m->arena  = a;
    return m;
}

/* The slot of the key, or the free slot where it would go. */
static size_t
find(const ch_map *m, ch_str key, uint64_t hash)
{
    size_t slot = (size_t)hash & (m->slots - 1);
    while (m->index[slot]) {
        const entry *e = &m->entries.at[m->index[slot] - 1];
        if (e->hash == hash && ch_str_eq(e->key, key))
            break;
        slot = (slot + 1) & (m->slots - 1);
    }
    return slot;
}

void *
ch_map_lookup(const ch_map *m, ch_str key)
{
    if (!m->slots)
        return NULL;
    size_t slot = find(m, key, ch_hash_quick(key.p, key.n, 0));
    return m->index[slot] ? m->entries.at[m->index[slot] - 1].value : NULL;
}

static void
enlarge(ch_map *m)
{
    size_t slots = m->slots ? m->slots * 2 : 16;
    m->index     = CH_NEW_N(m->arena, uint32_t, slots);
    m->slots     = slots;
    for (size_t i = 0; i < m->entries.n; i++) {
        size_t slot = (size_t)m->entries.at[i].hash & (slots - 1);
        while (m->index[slot])
            slot = (slot + 1) & (slots - 1);
        m->index[slot] = (uint32_t)(i + 1);
    }
}

void
ch_map_put(ch_map *m, ch_str key, void *value)
{
    if (m->entries.n * 2 >= m->slots)
        enlarge(m);
    uint64_t hash = ch_hash_quick(key.p, key.n, 0);
    size_t   slot = find(m, key, hash);
    if (m->index[slot]) {
        m->entries.at[m->index[slot] - 1].value = value;
        return;
    }
    ch_str copy                    = ch_arena_str(m->arena, key);
    *CH_PUSH(m->arena, m->entries) = (entry){copy, hash, value};
    m->index[slot]                 = (uint32_t)m->entries.n;
}

size_t
ch_map_count(const ch_map *m)
{
    return m->entries.n;
}

ch_str
ch_map_key(const ch_map *m, size_t i)
{
    return m->entries.at[i].key;
}

void *
ch_map_value(const ch_map *m, size_t i)
{
    return m->entries.at[i].value;
}
