/* pdf/groups.c -- groups of glyphs, each made when a letter first needs it. */
#include "pdf/groups.h"

#include <hb-ot.h>
#include <hb.h>

#include <stdlib.h>
#include <string.h>

typedef struct range {
    uint32_t group, first, last;
} range;

static const range ranges[] = {
#define CH_GROUP_RANGE(g, a, b) {g, a, b},
#define CH_GROUP_JOIN(g, with)
#include "pdf/groups.def"
#undef CH_GROUP_RANGE
#undef CH_GROUP_JOIN
};

typedef struct join {
    uint32_t group, with;
} join;

static const join joins[] = {
#define CH_GROUP_RANGE(g, a, b)
#define CH_GROUP_JOIN(g, with) {g, with},
#include "pdf/groups.def"
#undef CH_GROUP_RANGE
#undef CH_GROUP_JOIN
};

enum {
    NAMED  = 64,     /* groups of the table are below; those by code begin here */
    BUCKET = 32,     /* characters in one of these */
    MOST   = 0x3000, /* from here on a character is of no group */
    KIND   = 16      /* bits of a group's number below those that say how its glyphs come about */
};

/* The ways in which a glyph comes in the place of another, the first that fits. */
#define MOST_FEATURES 8
static const char kinds[][MOST_FEATURES][5] = {
    {"liga", "clig", "rlig"},
    {"smcp", "c2sc"},
    {"onum"},
    {"tnum"},
    {"lnum", "pnum", "zero"},
    {"onum", "lnum", "tnum", "pnum", "zero"},
    {"sups", "ordn", "frac", "numr", "dnom", "subs", "sinf"},
    {"ccmp", "locl", "calt", "case", "cpsp"},
    {"dlig", "hlig", "hist", "salt", "swsh", "titl"},
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* The kind that depends on what stands beside: of all characters that have a group by name. */
#define IN_CONTEXT 8

static uint32_t
join_of(uint32_t group)
{
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        if (joins[i].group == group)
            return joins[i].with;
    return group;
}

/* The group of what comes in the place of a character of this group. */
static uint32_t
derived(uint32_t group, uint32_t kind)
{
    return (kind == IN_CONTEXT ? 1 : join_of(group)) | kind << KIND;
}

/* Is what comes in the place of characters of this group in that derived one? */
static bool
is_origin(uint32_t group, uint32_t of)
{
    return derived(group, of >> KIND) == of;
}

static uint32_t
group_of(uint32_t cp)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return ranges[i].group;
    return cp < MOST ? NAMED + cp / BUCKET : 0;
}

/* ---- making -------------------------------------------------------------------------- */

typedef struct members {
    ch_arena *arena;
    CH_VEC(ch_member) at;
} members;

static int
by_glyph(const void *a, const void *b)
{
    const ch_member *x = a, *y = b;
    uint32_t         p = x->character - 1, q = y->character - 1; /* none comes last */
    if (x->glyph != y->glyph)
        return x->glyph < y->glyph ? -1 : 1;
    return (p > q) - (p < q);
}

static void
add_characters(members *m, const ch_face *face, uint32_t id, uint32_t from, uint32_t to)
{
    for (uint32_t cp = from; cp <= to; cp++) {
        hb_codepoint_t g = 0;
        if (group_of(cp) == id && hb_font_get_nominal_glyph(face->hb_font, cp, &g) && g)
            *CH_PUSH(m->arena, m->at) = (ch_member){g, cp};
    }
}

/* The first of those that have one glyph is its character. */
static void
sort_once(members *m)
{
    size_t n = 0;
    if (m->at.n)
        qsort(m->at.at, m->at.n, sizeof *m->at.at, by_glyph);
    for (size_t i = 0; i < m->at.n; i++)
        if (n == 0 || m->at.at[n - 1].glyph != m->at.at[i].glyph)
            m->at.at[n++] = m->at.at[i];
    m->at.n = n;
}

static void
make_own(members *m, const ch_face *face, uint32_t id)
{
    if (id >= NAMED)
        add_characters(m, face, id, (id - NAMED) * BUCKET, (id - NAMED) * BUCKET + BUCKET - 1);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].group == id)
            add_characters(m, face, id, ranges[i].first, ranges[i].last);
    sort_once(m);
}

/* Foreign handles; nothing may jump while they are held. */
typedef struct closing {
    hb_set_t *lookups, *glyphs, *own;
} closing;

static bool
closing_begin(closing *c)
{
    *c = (closing){hb_set_create(), hb_set_create(), hb_set_create()};
    return hb_set_allocation_successful(c->lookups) && hb_set_allocation_successful(c->glyphs) &&
           hb_set_allocation_successful(c->own);
}

static void
closing_end(closing *c)
{
    hb_set_destroy(c->lookups);
    hb_set_destroy(c->glyphs);
    hb_set_destroy(c->own);
}

static void
close_over(closing *c, const ch_face *face, size_t kind)
{
    hb_tag_t features[MOST_FEATURES + 1];
    size_t   n = 0;
    for (size_t i = 0; i < MOST_FEATURES && kinds[kind][i][0]; i++)
        features[n++] = hb_tag_from_string(kinds[kind][i], 4);
    features[n] = HB_TAG_NONE;
    hb_set_union(c->glyphs, c->own);
    hb_ot_layout_collect_lookups(face->hb_face, HB_OT_TAG_GSUB, NULL, NULL, features, c->lookups);
    hb_ot_layout_lookups_substitute_closure(face->hb_face, c->lookups, c->glyphs);
    hb_set_subtract(c->glyphs, c->own);
}

/* from: the characters' own groups.  false: there is no memory. */
static bool
make_derived(members *m, const ch_face *face, uint32_t id, const ch_group *from, size_t n_from)
{
    closing        c;
    unsigned       n  = 0;
    hb_codepoint_t g  = HB_SET_VALUE_INVALID;
    ch_member     *at = NULL;
    if (closing_begin(&c)) {
        for (size_t i = 0; i < n_from; i++)
            for (size_t k = 0; k < from[i].n; k++)
                hb_set_add(c.own, from[i].member[k].glyph);
        close_over(&c, face, (id >> KIND) - 1);
        n  = hb_set_get_population(c.glyphs);
        at = ch_arena_try(m->arena, (n + 1) * sizeof *at);
        for (size_t i = 0; at && hb_set_next(c.glyphs, &g); i++)
            at[i].glyph = g;
    }
    closing_end(&c);
    m->at.at = at;
    m->at.n  = at ? n : 0;
    return at != NULL;
}

/* ---- use ----------------------------------------------------------------------------- */

static ch_str
key_of(ch_arena *a, const ch_face *face, uint32_t id)
{
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_putc(&b, 'g');
    ch_buf_add(&b, &id, sizeof id);
    ch_buf_add(&b, &face->index, sizeof face->index);
    ch_buf_str(&b, face->file);
    return ch_buf_view(&b);
}

static ch_group fetch(const ch_groups *g, uint32_t id);

/* NULL: there is no memory; nothing is kept, for later letters may have some. */
static const ch_str *
make(const ch_groups *g, ch_str key, uint32_t id)
{
    members m = {.arena = g->arena};
    if (id >> KIND) {
        ch_group from[NAMED];
        size_t   n = 0;
        for (uint32_t own = 1; own < NAMED; own++)
            if (is_origin(own, id))
                from[n++] = fetch(g, own);
        if (n == 0)
            from[n++] = fetch(g, id & ((1U << KIND) - 1));
        if (!make_derived(&m, g->face, id, from, n))
            return NULL;
    } else {
        make_own(&m, g->face, id);
    }
    ch_str *part = CH_NEW(g->arena, ch_str);
    *part        = (ch_str){(const char *)m.at.at, m.at.n * sizeof *m.at.at};
    return ch_keeper_put(g->keeper, key, part, 1);
}

static ch_group
fetch(const ch_groups *g, uint32_t id)
{
    ch_str        key  = key_of(g->arena, g->face, id);
    const ch_str *part = ch_keeper_get(g->keeper, key);
    if (!part)
        part = make(g, key, id);
    if (!part)
        return (ch_group){.id = id};
    return (ch_group){id, (const ch_member *)(const void *)part->p, part->n / sizeof(ch_member)};
}

static bool
has(const ch_group *g, uint32_t glyph)
{
    size_t from = 0, to = g->n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (g->member[mid].glyph < glyph)
            from = mid + 1;
        else
            to = mid;
    }
    return from < g->n && g->member[from].glyph == glyph;
}

/* Is the glyph in this group?  Then the group is used. */
static bool
try_group(ch_groups *g, uint32_t id, uint32_t glyph)
{
    for (size_t i = 0; i < g->group.n; i++)
        if (g->group.at[i].id == id)
            return has(&g->group.at[i], glyph);
    ch_group group = fetch(g, id);
    if (!has(&group, glyph))
        return false;
    *CH_PUSH(g->arena, g->group) = group;
    return true;
}

bool
ch_groups_use(ch_groups *g, uint32_t glyph, ch_str text)
{
    size_t   at = 0;
    uint32_t id = text.n ? group_of(ch_utf8_next(text, &at)) : 0;
    if (glyph == 0 || id == 0)
        return false;
    if (try_group(g, id, glyph))
        return true;
    for (uint32_t kind = 1; kind <= KINDS; kind++)
        if (try_group(g, derived(id, kind), glyph))
            return true;
    return false;
}

static int
by_number(const void *a, const void *b)
{
    const ch_group *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

void
ch_groups_sort(ch_groups *g)
{
    if (g->group.n)
        qsort(g->group.at, g->group.n, sizeof *g->group.at, by_number);
}

const ch_member *
ch_groups_members(const ch_groups *g, size_t *n)
{
    members m    = {.arena = g->arena};
    size_t  done = 0;
    for (size_t i = 0; i < g->group.n; i++)
        m.at.n += g->group.at[i].n;
    m.at.at = CH_NEW_N(g->arena, ch_member, m.at.n + 1);
    for (size_t i = 0; i < g->group.n; i++)
        for (size_t k = 0; k < g->group.at[i].n; k++)
            m.at.at[done++] = g->group.at[i].member[k];
    sort_once(&m);
    *n = m.at.n;
    return m.at.at;
}
