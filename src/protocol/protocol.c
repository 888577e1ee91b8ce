/* protocol/protocol.c -- how people of a rank are addressed, by language. */
#include "protocol/protocol.h"

#include "input/xml.h"
#include "protocol/forms.h"
#include "protocol/kinds.h"
#include "protocol/kinds_vocab.h"
#include "protocol/protocol_vocab.h"
#include "protocol/ruling.h"
#include "protocol/sources.h"
#include "protocol/sources_vocab.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct ch_protocol {
    pthread_mutex_t lock; /* guards what follows; what is in them never changes */
    ch_forms       *forms;
    ch_kinds       *kinds;
    ch_sources     *sources;
    char           *folder;
    ch_word_store  *words;
};

ch_status
ch_protocol_new(ch_ctx *cx, ch_str folder, ch_protocol **out)
{
    ch_protocol *p = calloc(1, sizeof *p);
    *out           = NULL;
    if (!p || !(p->folder = malloc(folder.n + 1)) || pthread_mutex_init(&p->lock, NULL) != 0) {
        if (p)
            free(p->folder);
        free(p);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    memcpy(p->folder, folder.p, folder.n);
    p->folder[folder.n] = '\0';
    p->words            = ch_word_store_new(ch_arena_printf(cx->job, "%s/words", p->folder));
    if (!p->words) {
        ch_protocol_free(p);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    *out = p;
    return CH_OK;
}

void
ch_protocol_free(ch_protocol *p)
{
    if (!p)
        return;
    for (ch_forms *t = p->forms, *next; t; t = next) {
        next = t->next;
        ch_arena_free(t->arena);
    }
    if (p->kinds)
        ch_arena_free(p->kinds->arena);
    ch_word_store_free(p->words);
    if (p->sources)
        ch_arena_free(p->sources->arena);
    pthread_mutex_destroy(&p->lock);
    free(p->folder);
    free(p);
}

ch_word_store *
ch_protocol_word_store(ch_protocol *p)
{
    return p->words;
}

/* ---- reading ---- */

/* The tree of a language's file, or that of the kinds: NULL when there is none. */
static ch_status
read_tree(ch_ctx *cx, const ch_vocab *vocab, const char *folder, ch_str name, const ch_node **root)
{
    ch_str path     = ch_arena_printf(cx->job, "%s/%.*s.xml", folder, CH_ARG(name));
    int    os_error = 0;
    ch_str bytes;
    ch_ctx inner = *cx; /* the limits of a job are for its letter, not for our own data */
    inner.limits = (ch_limits){0};
    ch_limits_fill(&inner.limits);
    *root = NULL;
    switch (ch_file_read(cx->job, path.p, inner.limits.file_bytes, &bytes, &os_error)) {
    case CH_FILE_OK:
        return ch_xml_read(&inner, vocab, path, bytes, root);
    case CH_FILE_MISSING:
        return CH_OK;
    default:
        break;
    }
    ch_report(cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(path), strerror(os_error));
    return CH_ERR_HOST;
}

/* The arena of an unfinished table goes with the job when memory runs out on the way. */
static void
drop(void *holder)
{
    ch_arena **a = holder;
    ch_arena_free(*a);
    *a = NULL;
}

/* An arena that outlives the job, and goes with it while *holder is not NULL. */
static ch_status
begin_arena(ch_ctx *cx, ch_arena ***holder)
{
    *holder = CH_NEW(cx->job, ch_arena *);
    ch_arena_defer(cx->job, drop, *holder);
    if (!(**holder = ch_arena_new(0))) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    ch_arena_guard(**holder, ch_arena_guard_of(cx->job));
    return CH_OK;
}

static void
keep_arena(ch_arena **holder)
{
    ch_arena_guard(*holder, NULL);
    *holder = NULL;
}

static ch_status
read_forms(ch_ctx *cx, const char *folder, ch_str lang, ch_forms **out)
{
    const ch_node *root = NULL;
    ch_status      st   = read_tree(cx, &ch_protocol_vocab, folder, lang, &root);
    *out                = NULL;
    ch_arena **holder;
    if (st != CH_OK || (st = begin_arena(cx, &holder)) != CH_OK)
        return st;
    *out = ch_forms_read(cx, *holder, lang, root);
    keep_arena(holder);
    return CH_OK;
}

static ch_forms *
known(const ch_protocol *p, ch_str lang)
{
    for (ch_forms *t = p->forms; t; t = t->next)
        if (ch_str_eq(t->lang, lang))
            return t;
    return NULL;
}

ch_status
ch_forms_of(ch_protocol *p, ch_ctx *cx, ch_str lang, const ch_forms **out)
{
    enum { EXTENDS_MAX = 4 };
    ch_status st       = CH_OK;
    int       extended = 0;
    *out               = NULL;
    while (lang.n > 0 && st == CH_OK) {
        pthread_mutex_lock(&p->lock);
        ch_forms *t = known(p, lang);
        pthread_mutex_unlock(&p->lock);
        if (!t && (st = read_forms(cx, p->folder, lang, &t)) == CH_OK) {
            pthread_mutex_lock(&p->lock);
            ch_forms *other = known(p, lang);
            if (!other) {
                t->next  = p->forms;
                p->forms = t;
            }
            pthread_mutex_unlock(&p->lock);
            if (other)
                ch_arena_free(t->arena);
            t = other ? other : t;
        }
        *out = t;
        if (t && t->n > 0)
            break;
        if (t && t->extends.n > 0 && extended++ < EXTENDS_MAX) {
            lang = t->extends;
            continue;
        }
        while (lang.n > 0 && lang.p[lang.n - 1] != '-')
            lang.n--;
        lang.n -= lang.n > 0;
    }
    return st;
}

/* ---- kinds ---- */

static ch_status
kinds_of(ch_protocol *p, ch_ctx *cx, const ch_kinds **out)
{
    const ch_node *root = NULL;
    ch_arena     **holder;
    pthread_mutex_lock(&p->lock);
    *out = p->kinds;
    pthread_mutex_unlock(&p->lock);
    if (*out)
        return CH_OK;
    ch_status st = read_tree(cx, &ch_kinds_vocab, p->folder, CH_STR_LIT("kinds"), &root);
    if (st != CH_OK || (st = begin_arena(cx, &holder)) != CH_OK)
        return st;
    ch_kinds *mine = ch_kinds_read(*holder, root);
    keep_arena(holder);
    pthread_mutex_lock(&p->lock);
    if (p->kinds)
        ch_arena_free(mine->arena);
    else
        p->kinds = mine;
    *out = p->kinds;
    pthread_mutex_unlock(&p->lock);
    return CH_OK;
}

ch_status
ch_protocol_kind(ch_protocol *p, ch_ctx *cx, ch_str name, const ch_kind **out)
{
    const ch_kinds *k  = NULL;
    ch_status       st = kinds_of(p, cx, &k);
    *out               = NULL;
    for (size_t i = 0; k && i < k->n && !*out; i++)
        if (ch_str_eq(k->kind[i].name, name.n > 0 ? name : CH_STR_LIT("letter")))
            *out = &k->kind[i];
    return st;
}

ch_str
ch_protocol_kinds(ch_protocol *p, ch_ctx *cx)
{
    const ch_kinds *k = NULL;
    ch_buf          b;
    ch_buf_init(&b, cx->job);
    if (kinds_of(p, cx, &k) != CH_OK)
        return CH_STR_EMPTY;
    for (size_t i = 0; i < k->n; i++) {
        ch_buf_puts(&b, i > 0 ? " " : "");
        ch_buf_str(&b, k->kind[i].name);
    }
    return ch_buf_view(&b);
}

/* ---- sources ---- */

static ch_status
sources_of(ch_protocol *p, ch_ctx *cx, const ch_sources **out)
{
    const ch_node *root = NULL;
    ch_arena     **holder;
    pthread_mutex_lock(&p->lock);
    *out = p->sources;
    pthread_mutex_unlock(&p->lock);
    if (*out)
        return CH_OK;
    ch_status st = read_tree(cx, &ch_sources_vocab, p->folder, CH_STR_LIT("sources"), &root);
    if (st != CH_OK || (st = begin_arena(cx, &holder)) != CH_OK)
        return st;
    ch_sources *mine = ch_sources_read(cx, *holder, root);
    keep_arena(holder);
    pthread_mutex_lock(&p->lock);
    if (p->sources)
        ch_arena_free(mine->arena);
    else
        p->sources = mine;
    *out = p->sources;
    pthread_mutex_unlock(&p->lock);
    return CH_OK;
}

ch_str
ch_protocol_sources(ch_protocol *p, ch_ctx *cx, ch_str names)
{
    const ch_sources *s = NULL;
    ch_buf            b;
    ch_buf_init(&b, cx->job);
    if (sources_of(p, cx, &s) != CH_OK)
        return names;
    for (size_t at = 0, from; at < names.n; at++) {
        for (from = at; at < names.n && names.p[at] != ' '; at++)
            continue;
        ch_buf_puts(&b, from > 0 ? "; " : "");
        ch_buf_str(&b, ch_source_text(s, ch_str_sub(names, from, at)));
    }
    return ch_buf_view(&b);
}
