/* font/cover.c -- a font for a character that the wanted one has not: first the role's other
 * families, then every other font installed, ranked by language, look and file. */
#include "font/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* ---- every other font ---- */

typedef struct rank {
    ch_font_entry *entry;
    int64_t        cost;
} rank;

static int
by_rank(const void *pa, const void *pb)
{
    const rank *a = pa, *b = pb;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry); /* that is by file */
}

static int64_t
cost_of(const ch_font_entry *e, const ch_font_want *want)
{
    int64_t cost  = 0;
    int     gap   = e->weight - want->weight;
    bool    serif = strstr(e->family, "Serif") || strstr(e->family, "Roman");
    bool    plain = strstr(e->family, "Sans");
    if (want->lang.n && e->langs &&
        FcLangSetHasLang(e->langs, (const FcChar8 *)want->lang.p) == FcLangDifferentLang)
        cost += 1 << 24;
    if (e->mono != (want->role == CH_FONT_MONO))
        cost += 1 << 22;
    if ((want->role == CH_FONT_SERIF && plain) || (want->role == CH_FONT_SANS && serif))
        cost += 1 << 21;
    if ((e->slant > FC_SLANT_ROMAN) != want->italic)
        cost += 1 << 20;
    cost += (int64_t)(e->width > 100 ? e->width - 100 : 100 - e->width) * 1024;
    return cost + (gap < 0 ? -gap : gap);
}

bool
ch_fonts_rest(ch_fonts *f, ch_font_order *o)
{
    (void)pthread_mutex_lock(&f->lock);
    ch_font_entry **rest = o->rest;
    (void)pthread_mutex_unlock(&f->lock);
    if (rest)
        return true;
    rank *r = malloc((f->n + 1) * sizeof *r);
    if (!r)
        return false;
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool before = false;
        for (size_t k = 0; k < o->n && !before; k++)
            before = o->at[k] == &f->entry[i];
        if (!before)
            r[n++] = (rank){&f->entry[i], cost_of(&f->entry[i], &o->want)};
    }
    qsort(r, n, sizeof *r, by_rank);
    (void)pthread_mutex_lock(&f->lock);
    if (!o->rest && (rest = ch_arena_try(f->arena, (n + 1) * sizeof(ch_font_entry *)))) {
        for (size_t i = 0; i < n; i++)
            rest[i] = r[i].entry;
        o->n_rest = n;
        o->rest   = rest;
    }
    bool ok = o->rest != NULL;
    (void)pthread_mutex_unlock(&f->lock);
    free(r);
    return ok;
}

/* ---- searching ---- */

/* fontconfig's own list of characters, so that few files are opened in vain. */
static bool
may_cover(const ch_font_entry *e, const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!ch_cp_ignorable(cps[i]) && e->chars && !FcCharSetHasChar(e->chars, cps[i]))
            return false;
    return true;
}

static const ch_face *
search(ch_fonts *f, ch_ctx *cx, ch_font_order *o, const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < o->n; i++) {
        const ch_face *face = ch_fonts_open(f, cx, o->at[i]);
        if (face && ch_face_covers(face, cps, n))
            return face;
    }
    if (!ch_fonts_rest(f, o))
        return NULL;
    for (size_t i = 0; i < o->n_rest; i++) {
        if (!may_cover(o->rest[i], cps, n))
            continue;
        const ch_face *face = ch_fonts_open(f, cx, o->rest[i]);
        if (face && ch_face_covers(face, cps, n))
            return face;
    }
    return NULL;
}

/* ---- what was found before ---- */

#define SEEN 256

/* One slot for each hash: a later character may take the slot, and nothing depends on it. */
typedef struct ch_font_seen {
    uint32_t       cp[SEEN]; /* 0: empty */
    const ch_face *face[SEEN];
} ch_font_seen;

static bool
recall(ch_fonts *f, const ch_font_order *o, uint32_t cp, const ch_face **out)
{
    (void)pthread_mutex_lock(&f->lock);
    bool hit = o->seen && o->seen->cp[cp % SEEN] == cp;
    if (hit)
        *out = o->seen->face[cp % SEEN];
    (void)pthread_mutex_unlock(&f->lock);
    return hit;
}

static void
remember(ch_fonts *f, ch_font_order *o, uint32_t cp, const ch_face *face)
{
    (void)pthread_mutex_lock(&f->lock);
    if (!o->seen)
        o->seen = ch_arena_try(f->arena, sizeof *o->seen);
    if (o->seen) {
        o->seen->cp[cp % SEEN]   = cp;
        o->seen->face[cp % SEEN] = face;
    }
    (void)pthread_mutex_unlock(&f->lock);
}

const ch_face *
ch_fonts_cover(ch_fonts *f, ch_ctx *cx, const ch_font_want *want, const uint32_t *cps, size_t n)
{
    const ch_face *face = NULL;
    ch_font_order *o    = ch_fonts_order(f, want);
    if (!o || n == 0)
        return NULL;
    bool single = n == 1 && cps[0] != 0;
    if (single && recall(f, o, cps[0], &face))
        return face;
    face = search(f, cx, o, cps, n);
    if (single)
        remember(f, o, cps[0], face);
    return face;
}

ch_str
ch_fonts_tried(ch_fonts *f, ch_ctx *cx, const ch_font_want *want)
{
    ch_font_order *o      = ch_fonts_order(f, want);
    size_t         others = o ? f->n - (f->n < o->n ? f->n : o->n) : 0;
    if (!o)
        return CH_STR_EMPTY;
    return ch_arena_printf(cx->job, "%.*s%s%zu other fonts installed", CH_ARG(o->families),
                           o->n ? ", and " : "", others);
}
