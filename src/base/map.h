/* base/map.h -- a hash map from byte strings to pointers, inside an arena.
 * Iteration is in the order of insertion, so that output never depends on the hash. */
#ifndef CH_BASE_MAP_H
#define CH_BASE_MAP_H

#include "base/arena.h"

typedef struct ch_map ch_map;
ch_map               *ch_map_new(ch_arena *a);
void                 *ch_map_lookup(const ch_map *m, ch_str key);     /* NULL when absent */
void                  ch_map_put(ch_map *m, ch_str key, void *value); /* key is copied; replaces */
size_t                ch_map_count(const ch_map *m);
ch_str                ch_map_key(const ch_map *m, size_t i); /* i-th inserted */
void                 *ch_map_value(const ch_map *m, size_t i);
uint64_t ch_hash(const void *p, size_t n, uint64_t seed); /* the same on every machine */
/* Quicker, for tables in memory alone: another machine may make another of it. */
uint64_t ch_hash_quick(const void *p, size_t n, uint64_t seed);

#endif
