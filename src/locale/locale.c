/* locale/locale.c -- finding packs, and the texts that need nothing but the pack. */
#include "locale/locale.h"

#include "locale/pack.h"
#include "protocol/protocol.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_MAX = 35, EXTENDS_MAX = 4, ALIASES_MAX = 256 };

/* A tag that was asked for and its pack; several tags may share one (fr, fr-CA). */
typedef struct entry {
    struct entry *next;
    char          tag[TAG_MAX + 1];
    ch_locale    *pack;
} entry;

struct ch_locales {
    pthread_mutex_t lock;      /* guards entries, and the plural rules in the packs */
    entry          *entries;   /* nothing leaves the list before ch_locales_free */
    size_t          n_aliases; /* entries of tags that have no pack of their own */
    char           *folder;
    ch_protocol    *protocol;
};

ch_status
ch_locales_new(ch_ctx *cx, ch_str folder, ch_locales **out)
{
    ch_locales *l = calloc(1, sizeof *l);
    *out          = NULL;
    if (!l || !(l->folder = malloc(folder.n + 1)) || pthread_mutex_init(&l->lock, NULL) != 0) {
        if (l)
            free(l->folder);
        free(l);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    memcpy(l->folder, folder.p, folder.n);
    l->folder[folder.n] = '\0';
    ch_str forms = ch_path_join(cx->job, ch_path_folder(cx->job, folder), CH_STR_LIT("protocol"));
    ch_status st = ch_protocol_new(cx, forms, &l->protocol);
    if (st != CH_OK) {
        ch_locales_free(l);
        return st;
    }
    *out = l;
    return CH_OK;
}

void
ch_locales_free(ch_locales *l)
{
    if (!l)
        return;
    /* Packs that extend others borrow from them: close all before any goes. */
    for (entry *e = l->entries; e; e = e->next) {
        bool own = ch_str_is(e->pack->lang, e->tag);
        if (own)
            ch_plurals_close(e->pack->plurals);
        else
            e->pack = NULL;
    }
    for (entry *e = l->entries, *next; e; e = next) {
        next = e->next;
        if (e->pack)
            ch_arena_free(e->pack->arena);
        free(e);
    }
    ch_protocol_free(l->protocol);
    pthread_mutex_destroy(&l->lock);
    free(l->folder);
    free(l);
}

struct ch_protocol *
ch_locales_protocol(const ch_locales *l)
{
    return l->protocol;
}

/* The tag as file names have it: language in lower case, Script, REGION. */
static ch_str
canonical(ch_str lang, char out[TAG_MAX + 1])
{
    return ch_lang_usual_in(out, ch_str_sub(lang, 0, lang.n > TAG_MAX ? TAG_MAX : lang.n));
}

static ch_locale *
known(ch_locales *l, ch_str tag)
{
    ch_locale *pack = NULL;
    pthread_mutex_lock(&l->lock);
    for (entry *e = l->entries; e && !pack; e = e->next)
        if (ch_str_is(tag, e->tag))
            pack = e->pack;
    pthread_mutex_unlock(&l->lock);
    return pack;
}

/* Remember a tag's pack.  When another thread was first, its pack is the one that counts. */
static ch_locale *
remember(ch_locales *l, ch_str tag, ch_locale *pack)
{
    entry *mine = calloc(1, sizeof *mine);
    if (!mine)
        return NULL;
    memcpy(mine->tag, tag.p, tag.n);
    mine->pack = pack;
    pthread_mutex_lock(&l->lock);
    entry *e = l->entries;
    while (e && !ch_str_is(tag, e->tag))
        e = e->next;
    if (!e) {
        mine->next = l->entries;
        l->entries = mine;
    }
    pthread_mutex_unlock(&l->lock);
    if (!e)
        return pack;
    free(mine);
    return e->pack;
}

/* A tag that has no pack of its own, so that its files are looked for once; not without end,
 * since tags come from letters. */
static void
remember_alias(ch_locales *l, ch_str tag, ch_locale *pack)
{
    pthread_mutex_lock(&l->lock);
    bool room = l->n_aliases < ALIASES_MAX;
    l->n_aliases += room;
    pthread_mutex_unlock(&l->lock);
    if (room)
        remember(l, tag, pack);
}

static int
by_name(const void *a, const void *b)
{
    return ch_str_cmp(*(const ch_str *)a, *(const ch_str *)b);
}

/* Say that there is no pack, and in a hint which there are. */
static void
report_none(const ch_locales *l, ch_ctx *cx, ch_str lang, ch_where where)
{
    CH_VEC(ch_str) tags = {0};
    ch_buf b;
    DIR   *d = opendir(l->folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        ch_str name = ch_str_from(e->d_name);
        size_t n    = name.n > 4 ? name.n - 4 : 0;
        if (n > 0 && n <= TAG_MAX && strcmp(name.p + n, ".xml") == 0)
            *CH_PUSH(cx->job, tags) = ch_arena_str(cx->job, ch_str_sub(name, 0, n));
    }
    if (d)
        closedir(d);
    ch_report(cx, CH_E3001_no_locale, where, CH_ARG(lang));
    if (tags.n == 0)
        return;
    qsort(tags.at, tags.n, sizeof *tags.at, by_name);
    ch_buf_init(&b, cx->job);
    for (size_t i = 0; i < tags.n; i++)
        ch_buf_printf(&b, "%s%.*s", i > 0 ? " " : "", CH_ARG(tags.at[i]));
    ch_hint(cx, "the packs are: %s", b.p);
}

typedef struct asking {
    ch_locales *l;
    int         depth;
} asking;

static ch_status find(asking *q, ch_ctx *cx, ch_str lang, ch_locale **out);

/* For a pack that extends another. */
static ch_status
base_of(void *arg, ch_ctx *cx, ch_str lang, ch_where where, const ch_locale **out)
{
    asking     q    = *(asking *)arg;
    ch_locale *base = NULL;
    *out            = NULL;
    if (++q.depth > EXTENDS_MAX) {
        ch_report(cx, CH_E3005_bad_pack, where,
                  CH_ARG(CH_STR_LIT("packs extend each other without end")));
        return CH_ERR_INPUT;
    }
    ch_status st = find(&q, cx, lang, &base);
    if (st == CH_OK && !base) {
        report_none(q.l, cx, lang, where);
        st = CH_ERR_INPUT;
    }
    *out = base;
    return st;
}

/* The pack of exactly this tag, read if need be. */
static ch_status
read_exact(asking *q, ch_ctx *cx, ch_str tag, ch_locale **out)
{
    ch_locale *pack = NULL;
    ch_str     path = ch_arena_printf(cx->job, "%s/%.*s.xml", q->l->folder, CH_ARG(tag));
    ch_status  st   = ch_pack_read(cx, path, base_of, q, &pack);
    *out            = NULL;
    if (st != CH_OK || !pack)
        return st;
    if (!ch_str_eq(pack->lang, tag)) {
        ch_report(cx, CH_E3005_bad_pack, CH_NOWHERE, CH_ARG(path));
        ch_hint(cx, "its xml:lang is '%.*s', not that of its name", CH_ARG(pack->lang));
        ch_arena_free(pack->arena);
        return CH_ERR_INPUT;
    }
    pack->lock = &q->l->lock;
    *out       = remember(q->l, tag, pack);
    if (*out != pack)
        ch_arena_free(pack->arena);
    if (!*out) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    return CH_OK;
}

static ch_status
find(asking *q, ch_ctx *cx, ch_str lang, ch_locale **out)
{
    char      buf[TAG_MAX + 1];
    ch_str    asked = canonical(lang, buf);
    ch_status st    = CH_OK;
    *out            = NULL;
    for (ch_str tag = asked; tag.n > 0 && !*out && st == CH_OK; tag = ch_lang_wider(tag)) {
        *out = known(q->l, tag);
        if (!*out)
            st = read_exact(q, cx, tag, out);
        if (*out && tag.n != asked.n)
            remember_alias(q->l, asked, *out);
    }
    for (const ch_locale *p = *out; p; p = p->base)
        ch_input_add(cx, CH_INPUT_LOCALE, p->file);
    return st;
}

ch_status
ch_locale_find(ch_locales *l, ch_ctx *cx, ch_str lang, const ch_locale **out)
{
    asking     q    = {.l = l};
    ch_locale *pack = NULL;
    ch_status  st   = find(&q, cx, lang, &pack);
    *out            = pack;
    return st;
}

ch_status
ch_locale_lookup(ch_locales *l, ch_ctx *cx, ch_str lang, ch_where where, const ch_locale **out)
{
    ch_status st = ch_locale_find(l, cx, lang, out);
    if (st == CH_OK && !*out) {
        report_none(l, cx, lang, where);
        return CH_ERR_INPUT;
    }
    return st;
}

ch_str
ch_locale_lang(const ch_locale *lo)
{
    return lo->lang;
}

bool
ch_locale_rtl(const ch_locale *lo)
{
    return lo->rtl;
}

ch_str
ch_locale_salute_end(const ch_locale *lo)
{
    return lo->salute_end;
}

ch_str
ch_locale_quote_open(const ch_locale *lo, int level)
{
    return lo->quote[level > 0][0];
}

ch_str
ch_locale_quote_close(const ch_locale *lo, int level)
{
    return lo->quote[level > 0][1];
}

bool
ch_locale_has_label(const ch_locale *lo, const char *name)
{
    int at = ch_pack_label_index(name, strlen(name));
    return at >= 0 && lo->label[at].has;
}

ch_str
ch_locale_label(const ch_locale *lo, ch_ctx *cx, const char *name, ch_where where)
{
    int at = ch_pack_label_index(name, strlen(name));
    if (at < 0 || !lo->label[at].has || ch_pack_label_is_plural(at)) {
        ch_report(cx, CH_E3002_no_label, where, CH_ARG(lo->lang), name);
        return CH_STR_EMPTY;
    }
    if (lo->label[at].review)
        ch_pack_says_review(lo, cx, name);
    return lo->label[at].text;
}

/* The tag is one of some. */
static bool
has_tag(ch_str tags, ch_str tag)
{
    for (size_t at = 0; at < tags.n; at++) {
        size_t from = at;
        while (at < tags.n && tags.p[at] != ' ')
            at++;
        if (ch_str_eq(ch_str_sub(tags, from, at), tag))
            return true;
    }
    return false;
}

ch_str
ch_locale_language(const ch_locale *lo, ch_ctx *cx, ch_str lang, bool from, ch_where where)
{
    char   buf[TAG_MAX + 1];
    ch_str what = ch_arena_printf(cx->job, "the language %.*s", CH_ARG(lang));
    for (ch_str tag = canonical(lang, buf); tag.n > 0; tag = ch_lang_wider(tag))
        for (size_t i = 0; i < lo->n_languages; i++) {
            const ch_pack_language *l = &lo->language[i];
            if (!has_tag(l->tags, tag))
                continue;
            if (l->review)
                ch_pack_says_review(lo, cx, what.p);
            return from ? l->from : l->name;
        }
    ch_report(cx, CH_E3002_no_label, where, CH_ARG(lo->lang), what.p);
    return CH_STR_EMPTY;
}

ch_str
ch_locale_fill(ch_arena *a, ch_str text, const ch_fill *fill, size_t n)
{
    ch_buf b;
    size_t at = 0;
    ch_buf_init(&b, a);
    while (at < text.n) {
        const char *open  = memchr(text.p + at, '{', text.n - at);
        size_t      from  = open ? (size_t)(open - text.p) : text.n;
        const char *close = open ? memchr(open, '}', text.n - from) : NULL;
        size_t      to    = close ? (size_t)(close - text.p) + 1 : text.n;
        ch_buf_add(&b, text.p + at, from - at);
        ch_str name  = close ? ch_str_sub(text, from + 1, to - 1) : CH_STR_EMPTY;
        ch_str value = ch_str_sub(text, from, to);
        for (size_t i = 0; close && i < n; i++)
            if (ch_str_is(name, fill[i].name))
                value = fill[i].value;
        ch_buf_str(&b, value);
        at = to;
    }
    return ch_buf_view(&b);
}

ch_str
ch_locale_list(const ch_locale *lo, ch_arena *a, const ch_str *items, size_t n)
{
    if (n == 0)
        return CH_STR_EMPTY;
    ch_str sum = items[0];
    for (size_t i = 1; i < n; i++) {
        ch_str  how  = n == 2 ? lo->pair : i + 1 < n ? lo->join : lo->end;
        ch_fill ab[] = {{"a", sum}, {"b", items[i]}};
        sum          = ch_locale_fill(a, how, ab, 2);
    }
    return sum;
}
