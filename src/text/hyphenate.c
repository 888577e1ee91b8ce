/* text/hyphenate.c -- pattern files by language, and the points of a word. */
#include "text/shared.h"

#include <dirent.h>
#include <hb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uregex.h>

typedef struct tongue {
    struct tongue *next;
    const char    *lang;
    ch_patterns   *patterns;   /* NULL: none */
    const char    *file, *why; /* why the file cannot be used, or NULL */
    ch_str         bytes;      /* mapped */
} tongue;

struct ch_hyphens {
    ch_arena       *arena;
    pthread_mutex_t lock;
    const char     *folders; /* colon-separated */
    tongue         *tongues;
    ch_kit         *kits; /* idle */
};

static const char *
keep(ch_arena *a, const char *p, size_t n)
{
    char *copy = ch_arena_try(a, n + 1);
    if (copy)
        memcpy(copy, p, n);
    return copy;
}

ch_status
ch_hyphens_new(ch_ctx *cx, ch_str folders, ch_hyphens **out)
{
    ch_arena   *a = ch_arena_new(0);
    ch_hyphens *h = a ? ch_arena_try(a, sizeof *h) : NULL;
    *out          = NULL;
    if (h)
        h->folders = keep(a, folders.p, folders.n);
    if (!h || !h->folders) {
        ch_arena_free(a);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    h->arena = a;
    (void)pthread_mutex_init(&h->lock, NULL);
    *out = h;
    return CH_OK;
}

static void
kit_free(ch_kit *k)
{
    if (k->buffer)
        hb_buffer_destroy(k->buffer);
    if (k->bidi)
        ubidi_close(k->bidi);
    if (k->wholes)
        uregex_close(k->wholes);
    for (size_t i = 0; i < CH_KIT_ITERATORS; i++)
        if (k->lines[i].it)
            ubrk_close(k->lines[i].it);
    ch_recall_free(k->recall);
    free(k);
}

void
ch_hyphens_free(ch_hyphens *h)
{
    if (!h)
        return;
    for (ch_kit *k = h->kits, *next; k; k = next) {
        next = k->next;
        kit_free(k);
    }
    for (tongue *t = h->tongues; t; t = t->next) {
        ch_patterns_free(t->patterns);
        ch_file_unmap(t->bytes);
    }
    (void)pthread_mutex_destroy(&h->lock);
    ch_arena_free(h->arena);
}

/* ---- finding the file ---- */

typedef struct subtags {
    char lang[9], script[5], region[4];
} subtags;

/* Language, script and region of a BCP 47 tag, in the usual capitals. */
static subtags
parse_tag(ch_str tag)
{
    subtags t = {0};
    for (size_t from = 0, k = 0; from < tag.n; k++) {
        size_t to = from;
        while (to < tag.n && tag.p[to] != '-' && tag.p[to] != '_')
            to++;
        size_t n    = to - from;
        char  *into = k == 0 && n <= 8                  ? t.lang
                      : k > 0 && n == 4 && !t.region[0] ? t.script
                      : k > 0 && (n == 2 || n == 3)     ? t.region
                                                        : NULL;
        for (size_t i = 0; into && i < n; i++) {
            char c  = tag.p[from + i];
            into[i] = into == t.region || (into == t.script && i == 0) ? ch_upper(c) : ch_lower(c);
        }
        from = to + 1;
    }
    return t;
}

/* How well a file "hyph_XX_YY.dic" of the language suits the tag: less is better, -1 not at
 * all.  A language alone means its home: de_DE for de, and en_US for en. */
static int
suits(const char *file, const subtags *t)
{
    char   name[40];
    size_t n = strlen(file);
    if (n < 10 || n - 9 >= sizeof name || strncmp(file, "hyph_", 5) != 0 ||
        strcmp(file + n - 4, ".dic") != 0)
        return -1;
    memcpy(name, file + 5, n - 9);
    name[n - 9] = 0;
    size_t lang = strlen(t->lang);
    if (lang == 0 || strncmp(name, t->lang, lang) != 0 || (name[lang] != 0 && name[lang] != '_'))
        return -1;
    const char *rest = name[lang] ? name + lang + 1 : "";
    char        full[10];
    (void)snprintf(full, sizeof full, "%s_%s", t->script, t->region);
    if (t->script[0] && !strcmp(rest, full))
        return 0;
    if (t->region[0] && !strcmp(rest, t->region))
        return 1;
    if (t->script[0] && !strcmp(rest, t->script))
        return 2;
    if (!*rest)
        return 3;
    bool home =
        strlen(rest) == 2 && ch_lower(rest[0]) == t->lang[0] && ch_lower(rest[1]) == t->lang[1];
    return home || !strcmp(rest, "US") ? 4 : 5;
}

/* The file that suits best, in the first folder that has one; ties by name. */
static const char *
find_file(ch_hyphens *h, ch_str lang)
{
    subtags t = parse_tag(lang);
    char    best[64], path[4096];
    for (const char *from = h->folders; *from;) {
        size_t n         = strcspn(from, ":");
        int    best_cost = 100;
        (void)snprintf(path, sizeof path, "%.*s", (int)n, from);
        DIR *d = n ? opendir(path) : NULL;
        for (struct dirent *e; d && (e = readdir(d));) {
            int cost = suits(e->d_name, &t);
            if (cost < 0 || strlen(e->d_name) >= sizeof best)
                continue;
            if (cost < best_cost || (cost == best_cost && strcmp(e->d_name, best) < 0)) {
                best_cost = cost;
                memcpy(best, e->d_name, strlen(e->d_name) + 1);
            }
        }
        if (d)
            (void)closedir(d);
        if (best_cost < 100) {
            int len = snprintf(path, sizeof path, "%.*s/%s", (int)n, from, best);
            return keep(h->arena, path, len > 0 ? (size_t)len : 0);
        }
        from += n + (from[n] == ':');
    }
    return NULL;
}

static void
load(ch_hyphens *h, tongue *t)
{
    int os_error;
    t->file = find_file(h, ch_str_from(t->lang));
    if (!t->file)
        return;
    if (ch_file_map(t->file, (size_t)64 << 20, &t->bytes, &os_error) != CH_FILE_OK) {
        t->why = os_error ? strerror(os_error) : "it is no regular file";
        return;
    }
    t->patterns = ch_patterns_load(h->arena, t->bytes, &t->why);
}

const ch_patterns *
ch_hyphens_patterns(ch_hyphens *h, ch_ctx *cx, ch_str lang)
{
    if (lang.n == 0)
        return NULL;
    (void)pthread_mutex_lock(&h->lock);
    tongue *t = h->tongues;
    while (t && !ch_str_is(lang, t->lang))
        t = t->next;
    if (!t && (t = ch_arena_try(h->arena, sizeof *t))) {
        t->bytes = CH_STR_EMPTY;
        t->lang  = keep(h->arena, lang.p, lang.n);
        if (t->lang) {
            load(h, t);
            t->next    = h->tongues;
            h->tongues = t;
        } else {
            t = NULL;
        }
    }
    (void)pthread_mutex_unlock(&h->lock);
    if (t && t->file)
        ch_input_add(cx, CH_INPUT_PATTERNS, ch_str_from(t->file));
    if (t && t->why)
        ch_report(cx, CH_W5013_bad_patterns, CH_NOWHERE, CH_ARG(ch_str_from(t->file)), t->why);
    return t ? t->patterns : NULL;
}

/* ---- words ---- */

typedef struct lowered {
    char     low[CH_WORD_MOST + 4];
    uint16_t origin[CH_WORD_MOST + 4]; /* of each byte of `low`: behind which byte of the word */
    size_t   n;
} lowered;

static bool
lower_word(const ch_patterns *p, ch_str word, lowered *l)
{
    bool latin1 = ch_patterns_latin1(p);
    l->n        = 0;
    for (size_t i = 0; i < word.n;) {
        uint32_t cp = ch_utf8_next(word, &i);
        if (l->n + 4 > CH_WORD_MOST)
            return false;
        cp           = cp == 0x2019 ? '\'' : (uint32_t)u_tolower((UChar32)cp);
        size_t bytes = latin1 ? 1 : ch_utf8_put(cp, l->low + l->n);
        if (latin1) /* a letter that is not in it is in no pattern */
            l->low[l->n] = (char)(cp < 0x100 ? cp : 1);
        for (size_t k = 0; k < bytes; k++)
            l->origin[l->n++] = (uint16_t)i;
    }
    return true;
}

size_t
ch_hyphenate_by(const ch_patterns *p, ch_str word, size_t *at, size_t max)
{
    lowered l;
    uint8_t mark[CH_WORD_MOST + 4];
    size_t  found = 0;
    if (!lower_word(p, word, &l))
        return 0;
    ch_patterns_mark(p, (ch_str){l.low, l.n}, mark);
    for (size_t k = 0; k + 1 < l.n && found < max; k++)
        if (mark[k])
            at[found++] = l.origin[k];
    return found;
}

/* Where the next line begins with letters of the word as they are, only what stands before the
 * hyphen is written otherwise.  false: it is not so. */
static bool
respell(const ch_patterns *p, ch_str word, const lowered *l, const ch_respelling *r,
        ch_hyphen_point *out)
{
    const char *equals = r->by, *end;
    while (*equals && *equals != '=' && *equals != ',' && (unsigned char)*equals > ' ')
        equals++;
    if (*equals != '=')
        return false;
    for (end = equals + 1; *end && *end != ',' && (unsigned char)*end > ' ';)
        end++;
    size_t post = (size_t)(end - equals) - 1, pre = (size_t)(equals - r->by);
    if (post > r->cut || r->from + r->cut > l->n ||
        memcmp(equals + 1, l->low + r->from + r->cut - post, post) != 0)
        return false;
    size_t to = r->from + r->cut - post, from = r->from, n = 0;
    if (to == 0 || to >= l->n || from >= to)
        return false;
    size_t begin = from > 0 ? l->origin[from - 1] : 0;
    out->at      = l->origin[to - 1];
    out->cut     = out->at - begin;
    /* In capitals where the letters are that it stands for. */
    uint32_t first = ch_utf8_at(word, begin);
    bool     small = (uint32_t)u_tolower((UChar32)first) == first;
    ch_str   text  = {r->by, pre};
    for (size_t i = 0; i < pre;) {
        uint32_t cp = ch_patterns_latin1(p) ? (uint8_t)text.p[i++] : ch_utf8_next(text, &i);
        if (n + 5 > sizeof out->pre)
            return false;
        n += ch_utf8_put(small ? cp : (uint32_t)u_toupper((UChar32)cp), out->pre + n);
    }
    out->pre[n] = 0;
    return n > 0;
}

size_t
ch_hyphen_points(const ch_patterns *p, ch_str word, ch_hyphen_point *out, size_t max)
{
    lowered       l;
    uint8_t       mark[CH_WORD_MOST + 4];
    ch_respelling change[CH_WORD_MOST + 4];
    size_t        n = 0;
    if (!lower_word(p, word, &l))
        return 0;
    ch_patterns_mark_all(p, (ch_str){l.low, l.n}, mark, change);
    for (size_t k = 0; k + 1 < l.n && n < max; k++) {
        if (!mark[k])
            continue;
        out[n] = (ch_hyphen_point){.at = l.origin[k]};
        if (change[k].by && !respell(p, word, &l, &change[k], &out[n]))
            continue;
        n += n == 0 || out[n].at - out[n].cut >= out[n - 1].at + (out[n].cut == 0);
    }
    return n;
}

size_t
ch_hyphenate(ch_hyphens *h, ch_ctx *cx, ch_str lang, ch_str word, size_t *at, size_t max)
{
    const ch_patterns *p = ch_hyphens_patterns(h, cx, lang);
    return p ? ch_hyphenate_by(p, word, at, max) : 0;
}

/* ---- kits ---- */

typedef struct loan {
    ch_hyphens *owner;
    ch_kit     *kit;
} loan;

static void
give_back(void *p)
{
    loan *l = p;
    (void)pthread_mutex_lock(&l->owner->lock);
    l->kit->next   = l->owner->kits;
    l->owner->kits = l->kit;
    (void)pthread_mutex_unlock(&l->owner->lock);
}

static ch_kit *
kit_new(void)
{
    ch_kit *k = calloc(1, sizeof *k);
    if (!k)
        return NULL;
    k->buffer = hb_buffer_create();
    k->bidi   = ubidi_open();
    k->recall = ch_recall_new();
    if (k->bidi && hb_buffer_allocation_successful(k->buffer))
        return k;
    kit_free(k);
    return NULL;
}

ch_kit *
ch_kit_take(ch_hyphens *h, ch_ctx *cx)
{
    loan *l = CH_NEW(cx->scratch, loan);
    (void)pthread_mutex_lock(&h->lock);
    ch_kit *k = h->kits;
    if (k)
        h->kits = k->next;
    (void)pthread_mutex_unlock(&h->lock);
    if (!k)
        k = kit_new();
    if (!k)
        return NULL;
    *l = (loan){h, k};
    ch_arena_defer(cx->scratch, give_back, l);
    return k;
}

UBreakIterator *
ch_kit_lines(ch_kit *k, ch_str locale)
{
    UErrorCode e = U_ZERO_ERROR;
    if (locale.n >= sizeof k->lines[0].locale)
        return NULL;
    for (size_t i = 0; i < CH_KIT_ITERATORS; i++) {
        if (k->lines[i].it && ch_str_is(locale, k->lines[i].locale))
            return k->lines[i].it;
        if (k->lines[i].it)
            continue;
        memcpy(k->lines[i].locale, locale.p, locale.n);
        k->lines[i].locale[locale.n] = 0;
        k->lines[i].it               = ubrk_open(UBRK_LINE, k->lines[i].locale, NULL, 0, &e);
        if (U_FAILURE(e))
            k->lines[i].it = NULL;
        return k->lines[i].it;
    }
    return NULL;
}
