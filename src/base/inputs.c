/* base/inputs.c -- the list of a job, and digests by file. */
#include "base/inputs.h"

#include "base/digest.h"
#include "base/map.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

struct ch_inputs {
    ch_arena *arena;
    CH_VEC(ch_input_file) file;
    CH_VEC(ch_input_choice) choice;
    bool sorted, choosing;
};

const char *
ch_input_kind_name(ch_input_kind k)
{
    static const char *const names[CH_INPUT_KINDS] = {"letter", "records",  "catalogue", "style",
                                                      "locale", "protocol", "patterns",  "fonts",
                                                      "font",   "image",    "list"};
    return (unsigned)k < CH_INPUT_KINDS ? names[k] : "";
}

ch_inputs *
ch_inputs_new(ch_arena *a)
{
    ch_inputs *in = CH_NEW(a, ch_inputs);
    in->arena     = a;
    return in;
}

/* The place of a new one; NULL when it is listed already. */
static ch_input_file *
place(ch_inputs *in, ch_input_kind kind, ch_str path, uint32_t index)
{
    if (!in || path.n == 0)
        return NULL;
    /* From the end: what was asked for last is asked for again. */
    for (size_t i = in->file.n; i-- > 0;) {
        const ch_input_file *f = &in->file.at[i];
        if (f->kind == kind && f->index == index && ch_str_eq(f->path, path))
            return NULL;
    }
    in->sorted       = false;
    ch_input_file *f = CH_PUSH(in->arena, in->file);
    *f               = (ch_input_file){.kind   = kind,
                                       .file   = true,
                                       .path   = ch_arena_str(in->arena, path),
                                       .index  = index,
                                       .family = CH_STR_EMPTY,
                                       .style  = CH_STR_EMPTY};
    return f;
}

void
ch_input_add(ch_ctx *cx, ch_input_kind kind, ch_str path)
{
    (void)place(cx->inputs, kind, path, 0);
}

void
ch_input_add_bytes(ch_ctx *cx, ch_input_kind kind, ch_str name, ch_str bytes, bool file)
{
    ch_input_file *f = place(cx->inputs, kind, name, 0);
    if (!f)
        return;
    f->bytes = bytes;
    f->file  = file;
}

void
ch_input_add_face(ch_ctx *cx, ch_str path, uint32_t index, ch_str family, ch_str style)
{
    ch_input_file *f = place(cx->inputs, CH_INPUT_FONT, path, index);
    if (!f)
        return;
    f->family = ch_arena_str(cx->inputs->arena, family);
    f->style  = ch_arena_str(cx->inputs->arena, style);
}

/* ---- choices ---- */

void
ch_inputs_choosing(ch_inputs *in, bool choosing)
{
    in->choosing = choosing;
}

bool
ch_inputs_are_choosing(const ch_inputs *in)
{
    return in && in->choosing;
}

void
ch_input_choose(ch_ctx *cx, ch_str key, ch_str path, uint32_t index)
{
    ch_inputs *in = cx->inputs;
    for (size_t i = in->choice.n; i-- > 0;) {
        const ch_input_choice *c = &in->choice.at[i];
        if (c->index == index && ch_str_eq(c->key, key) && ch_str_eq(c->path, path))
            return;
    }
    *CH_PUSH(in->arena, in->choice) =
        (ch_input_choice){ch_arena_str(in->arena, key), ch_arena_str(in->arena, path), index};
}

size_t
ch_inputs_choices(const ch_inputs *in)
{
    return in ? in->choice.n : 0;
}

const ch_input_choice *
ch_inputs_choice(const ch_inputs *in, size_t i)
{
    return &in->choice.at[i];
}

/* ---- in order ---- */

static int
by_kind_and_path(const void *pa, const void *pb)
{
    const ch_input_file *a = pa, *b = pb;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int c = ch_str_cmp(a->path, b->path);
    return c ? c : (a->index > b->index) - (a->index < b->index);
}

size_t
ch_inputs_count(const ch_inputs *in)
{
    return in ? in->file.n : 0;
}

const ch_input_file *
ch_inputs_at(ch_inputs *in, size_t i)
{
    if (i >= ch_inputs_count(in))
        return NULL;
    if (!in->sorted)
        qsort(in->file.at, in->file.n, sizeof *in->file.at, by_kind_and_path);
    in->sorted = true;
    return &in->file.at[i];
}

/* ---- digests ---- */

#define SLOTS 512

typedef struct entry {
    struct entry *next;
    ch_file_id    id;
    uint8_t       digest[32];
    char          path[];
} entry;

struct ch_digests {
    pthread_mutex_t lock; /* never held while a file is read */
    entry          *slot[SLOTS];
};

ch_digests *
ch_digests_new(void)
{
    ch_digests *d = calloc(1, sizeof *d);
    if (d && pthread_mutex_init(&d->lock, NULL) != 0) {
        free(d);
        d = NULL;
    }
    return d;
}

void
ch_digests_free(ch_digests *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        for (entry *e = d->slot[i], *next; e; e = next) {
            next = e->next;
            free(e);
        }
    (void)pthread_mutex_destroy(&d->lock);
    free(d);
}

static bool
read_once(ch_input_kind k)
{
    return k >= CH_INPUT_STYLE && k <= CH_INPUT_FONT;
}

static entry **
slot_of(ch_digests *d, ch_str path)
{
    entry **e = &d->slot[ch_hash_quick(path.p, path.n, 0) % SLOTS];
    while (*e && !ch_str_is(path, (*e)->path))
        e = &(*e)->next;
    return e;
}

static bool
recall(ch_digests *d, const ch_input_file *in, const ch_file_id *now, uint8_t out[32],
       uint64_t *size)
{
    (void)pthread_mutex_lock(&d->lock);
    const entry *e  = *slot_of(d, in->path);
    bool         ok = e && (read_once(in->kind) || ch_file_id_same(&e->id, now));
    if (ok) {
        memcpy(out, e->digest, 32);
        *size = e->id.size;
    }
    (void)pthread_mutex_unlock(&d->lock);
    return ok;
}

static void
keep(ch_digests *d, ch_str path, const ch_file_id *id, const uint8_t digest[32])
{
    entry *mine = malloc(sizeof *mine + path.n + 1);
    (void)pthread_mutex_lock(&d->lock);
    entry **at = slot_of(d, path);
    entry  *e  = *at;
    if (!e && mine) {
        memcpy(mine->path, path.p, path.n);
        mine->path[path.n] = '\0';
        mine->next         = NULL;
        *at = e = mine;
        mine    = NULL;
    }
    if (e) {
        e->id = *id;
        memcpy(e->digest, digest, 32);
    }
    (void)pthread_mutex_unlock(&d->lock);
    free(mine);
}

bool
ch_digest_of(ch_digests *d, const ch_input_file *in, uint8_t out[32], uint64_t *size, int *os_error)
{
    ch_file_id id = {0};
    *os_error     = 0;
    if (in->bytes.p) {
        *size = in->bytes.n;
        return ch_sha256(in->bytes.p, in->bytes.n, out) == CH_OK;
    }
    if (!in->file)
        return false;
    if (!read_once(in->kind) && !ch_file_identify(in->path.p, &id, os_error))
        return false;
    if (recall(d, in, &id, out, size))
        return true;
    if (!ch_sha256_file(in->path.p, out, &id, os_error))
        return false;
    *size = id.size;
    keep(d, in->path, &id, out);
    return true;
}

void
ch_digest_print(const uint8_t digest[32], char out[65])
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < 32; i++) {
        out[2 * i]     = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[64] = '\0';
}
