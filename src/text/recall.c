/* text/recall.c -- runs that were shaped before. */
#include "text/recall.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS     = 4096,    /* a power of 2 */
    BYTES     = 3 << 20, /* of all entries; then it begins anew */
    RUN_MOST  = 4096,    /* bytes of a run worth keeping */
    LOOK_MOST = 5 * 4    /* the shaper looks at five characters on either side */
};

/* A glyph as the shaper gives it, in as few bytes as runs worth keeping need. */
typedef struct kept {
    uint32_t id;
    int32_t  advance, dx, dy;
    uint16_t cluster;
    bool     unsafe, stretched;
} kept;

typedef struct entry {
    struct entry *next;
    uint64_t      hash;
    size_t        n_key, n_glyphs;
    kept          glyph[]; /* n_glyphs, then the key */
} entry;

struct ch_recall {
    entry *slot[SLOTS];
    size_t bytes;
};

static char *
key_of(entry *e)
{
    return (char *)(e->glyph + e->n_glyphs);
}

ch_recall *
ch_recall_new(void)
{
    return calloc(1, sizeof(ch_recall));
}

static void
forget(ch_recall *r)
{
    for (size_t i = 0; i < SLOTS; i++) {
        for (entry *e = r->slot[i], *next; e; e = next) {
            next = e->next;
            free(e);
        }
        r->slot[i] = NULL;
    }
    r->bytes = 0;
}

void
ch_recall_free(ch_recall *r)
{
    if (r)
        forget(r);
    free(r);
}

/* Letters of these scripts do not change with what stands beside their run. */
static bool
stands_alone(uint32_t script)
{
    return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC ||
           script == HB_SCRIPT_HAN;
}

static char *
add(char *to, const void *p, size_t n)
{
    if (n)
        memcpy(to, p, n);
    return to + n;
}

ch_str
ch_recall_key(ch_arena *a, const ch_run *run, ch_str text, ch_str features, ch_str added)
{
    const ch_span *span   = run->span;
    const ch_face *face   = run->face;
    size_t         look   = stands_alone(run->script) ? 0 : LOOK_MOST;
    size_t         before = run->from < look ? run->from : look;
    size_t         after  = text.n - run->to < look ? text.n - run->to : look;
    size_t         bytes  = before + (run->to - run->from) + after;
    struct {
        int64_t  size, tracking;
        uint32_t script, level, index, before, bytes, lang, features, added, file, none;
    } head   = {.size     = run->size,
                .tracking = span->type->tracking,
                .script   = run->script,
                .level    = run->level & 1,
                .index    = face->index,
                .before   = (uint32_t)before,
                .bytes    = (uint32_t)(run->to - run->from),
                .lang     = (uint32_t)span->lang.n,
                .features = (uint32_t)features.n,
                .added    = (uint32_t)added.n,
                .file     = (uint32_t)face->file.n};
    size_t n = sizeof head + face->file.n + span->lang.n + features.n + added.n + bytes;
    if (n > RUN_MOST)
        return CH_STR_EMPTY;
    char *key = CH_NEW_N(a, char, n), *to = add(key, &head, sizeof head);
    to = add(to, face->file.p, face->file.n);
    to = add(to, span->lang.p, span->lang.n);
    to = add(to, features.p, features.n);
    to = add(to, added.p, added.n);
    (void)add(to, text.p + run->from - before, bytes);
    return (ch_str){key, n};
}

ch_glyph *
ch_recall_get(const ch_recall *r, ch_arena *a, ch_str key, size_t from, size_t *n)
{
    if (!r || !key.n)
        return NULL;
    uint64_t hash = ch_hash_quick(key.p, key.n, 0);
    entry   *e    = r->slot[hash & (SLOTS - 1)];
    while (e && !(e->hash == hash && e->n_key == key.n && memcmp(key_of(e), key.p, key.n) == 0))
        e = e->next;
    if (!e)
        return NULL;
    ch_glyph *glyph = CH_NEW_N(a, ch_glyph, e->n_glyphs + 1);
    for (size_t i = 0; i < e->n_glyphs; i++) {
        const kept *k = &e->glyph[i];
        glyph[i]      = (ch_glyph){.id        = k->id,
                                   .cluster   = (uint32_t)(k->cluster + from),
                                   .advance   = k->advance,
                                   .dx        = k->dx,
                                   .dy        = k->dy,
                                   .unsafe    = k->unsafe,
                                   .stretched = k->stretched};
    }
    *n = e->n_glyphs;
    return glyph;
}

static bool
fits(ch_len v)
{
    return v >= INT32_MIN && v <= INT32_MAX;
}

void
ch_recall_put(ch_recall *r, ch_str key, size_t from, const ch_glyph *glyph, size_t n)
{
    size_t bytes = sizeof(entry) + n * sizeof(kept) + key.n;
    if (!r || !key.n || bytes > BYTES)
        return;
    for (size_t i = 0; i < n; i++)
        if (!fits(glyph[i].advance) || !fits(glyph[i].dx) || !fits(glyph[i].dy))
            return;
    if (r->bytes + bytes > BYTES)
        forget(r);
    entry *e = malloc(bytes);
    if (!e)
        return;
    e->hash     = ch_hash_quick(key.p, key.n, 0);
    e->n_key    = key.n;
    e->n_glyphs = n;
    for (size_t i = 0; i < n; i++)
        e->glyph[i] = (kept){.id        = glyph[i].id,
                             .advance   = (int32_t)glyph[i].advance,
                             .dx        = (int32_t)glyph[i].dx,
                             .dy        = (int32_t)glyph[i].dy,
                             .cluster   = (uint16_t)(glyph[i].cluster - from),
                             .unsafe    = glyph[i].unsafe,
                             .stretched = glyph[i].stretched};
    memcpy(key_of(e), key.p, key.n);
    entry **slot = &r->slot[e->hash & (SLOTS - 1)];
    e->next      = *slot;
    *slot        = e;
    r->bytes += bytes;
}
