/* text/recall.c -- runs that were shaped before. */
#include "text/recall.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS     = 1024,    /* a power of 2 */
    BYTES     = 1 << 20, /* of all entries; then it begins anew */
    RUN_MOST  = 4096,    /* bytes of a run worth keeping */
    LOOK_MOST = 5 * 4    /* the shaper looks at five characters on either side */
};

typedef struct entry {
    struct entry *next;
    uint64_t      hash;
    size_t        n_key, n_glyphs;
    ch_glyph      glyph[]; /* n_glyphs, then the key */
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

ch_str
ch_recall_key(ch_arena *a, const ch_run *run, ch_str text, ch_str extra)
{
    const ch_span *span   = run->span;
    size_t         before = run->from < LOOK_MOST ? run->from : LOOK_MOST;
    size_t         after  = text.n - run->to < LOOK_MOST ? text.n - run->to : LOOK_MOST;
    struct {
        int64_t  size, tracking;
        uint64_t script, level, index, before, bytes, lang, extra, file;
    } head = {run->size, span->type->tracking, run->script,  run->level & 1, run->face->index,
              before,    run->to - run->from,  span->lang.n, extra.n,        run->face->file.n};
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_add(&b, (const char *)&head, sizeof head);
    ch_buf_add(&b, run->face->file.p, run->face->file.n);
    ch_buf_add(&b, span->lang.p, span->lang.n);
    ch_buf_add(&b, extra.p, extra.n);
    ch_buf_add(&b, text.p + run->from - before, before + (run->to - run->from) + after);
    return ch_buf_view(&b);
}

const ch_glyph *
ch_recall_get(const ch_recall *r, ch_str key, size_t *n)
{
    if (!r || !key.n || key.n > RUN_MOST)
        return NULL;
    uint64_t hash = ch_hash(key.p, key.n, 0);
    for (entry *e = r->slot[hash & (SLOTS - 1)]; e; e = e->next)
        if (e->hash == hash && e->n_key == key.n && memcmp(key_of(e), key.p, key.n) == 0) {
            *n = e->n_glyphs;
            return e->glyph;
        }
    return NULL;
}

void
ch_recall_put(ch_recall *r, ch_str key, const ch_glyph *glyph, size_t n)
{
    size_t bytes = sizeof(entry) + n * sizeof *glyph + key.n;
    if (!r || !key.n || key.n > RUN_MOST || bytes > BYTES)
        return;
    if (r->bytes + bytes > BYTES)
        forget(r);
    entry *e = malloc(bytes);
    if (!e)
        return;
    e->hash     = ch_hash(key.p, key.n, 0);
    e->n_key    = key.n;
    e->n_glyphs = n;
    memcpy(e->glyph, glyph, n * sizeof *glyph);
    memcpy(key_of(e), key.p, key.n);
    entry **slot = &r->slot[e->hash & (SLOTS - 1)];
    e->next      = *slot;
    *slot        = e;
    r->bytes += bytes;
}
