/* protocol/protocol.c -- how people of a rank are addressed, by language. */
#include "protocol/protocol.h"

#include "protocol/forms.h"
#include "protocol/kinds.h"
#include "protocol/kinds_vocab.h"
#include "protocol/protocol_vocab.h"
#include "protocol/ruling.h"
#include "protocol/sources.h"
#include "protocol/sources_vocab.h"
#include "protocol/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What is made of a file once. */
typedef struct made {
    void *it;    /* NULL until it is asked for */
    bool  there; /* there was such a file */
} made;

struct ch_protocol {
    pthread_mutex_t lock; /* guards what follows; what is in them never changes */
    ch_forms       *forms;
    made            kinds, sources; /* ch_kinds, ch_sources */
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
    if (p->kinds.it)
        ch_arena_free(((ch_kinds *)p->kinds.it)->arena);
    if (p->sources.it)
        ch_arena_free(((ch_sources *)p->sources.it)->arena);
    ch_word_store_free(p->words);
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

static ch_status
read_forms(ch_ctx *cx, const char *folder, ch_str lang, ch_forms **out)
{
    const ch_node *root = NULL;
    ch_status      st   = ch_store_tree(cx, &ch_protocol_vocab, folder, lang, &root);
    *out                = NULL;
    ch_arena **holder;
    if (st != CH_OK || (st = ch_lasting_begin(cx, &holder)) != CH_OK)
        return st;
    *out = ch_forms_read(cx, *holder, lang, root);
    ch_lasting_keep(holder);
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
        if (t && t->there)
            ch_store_used(cx, p->folder, t->lang);
        if (t && t->n > 0)
            break;
        if (t && t->extends.n > 0 && extended++ < EXTENDS_MAX) {
            lang = t->extends;
            continue;
        }
        lang = ch_lang_wider(lang);
    }
    return st;
}

/* ---- kinds ---- */

/* What is made of a file once, when it is first asked for. */
typedef struct once {
    const ch_vocab *vocab;
    const char     *file;
    void *(*read)(ch_ctx *cx, ch_arena *a, const struct ch_node *root);
} once;

static ch_status
made_once(ch_protocol *p, ch_ctx *cx, const once *what, made *slot, const void **out)
{
    const struct ch_node *root = NULL;
    ch_arena            **holder;
    pthread_mutex_lock(&p->lock);
    *out       = slot->it;
    bool there = slot->there;
    pthread_mutex_unlock(&p->lock);
    if (there)
        ch_store_used(cx, p->folder, ch_str_from(what->file));
    if (*out)
        return CH_OK;
    ch_status st = ch_store_tree(cx, what->vocab, p->folder, ch_str_from(what->file), &root);
    if (st != CH_OK || (st = ch_lasting_begin(cx, &holder)) != CH_OK)
        return st;
    ch_arena *a    = *holder;
    void     *mine = what->read(cx, a, root);
    ch_lasting_keep(holder);
    pthread_mutex_lock(&p->lock);
    if (slot->it)
        ch_arena_free(a);
    else
        *slot = (made){mine, root != NULL};
    *out = slot->it;
    pthread_mutex_unlock(&p->lock);
    return CH_OK;
}

static void *
read_kinds(ch_ctx *cx, ch_arena *a, const struct ch_node *root)
{
    (void)cx;
    return ch_kinds_read(a, root);
}

static ch_status
kinds_of(ch_protocol *p, ch_ctx *cx, const ch_kinds **out)
{
    static const once what = {&ch_kinds_vocab, "kinds", read_kinds};
    const void       *one  = NULL;
    ch_status         st   = made_once(p, cx, &what, &p->kinds, &one);
    *out                   = one;
    return st;
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

static void *
read_sources(ch_ctx *cx, ch_arena *a, const struct ch_node *root)
{
    return ch_sources_read(cx, a, root);
}

static ch_status
sources_of(ch_protocol *p, ch_ctx *cx, const ch_sources **out)
{
    static const once what = {&ch_sources_vocab, "sources", read_sources};
    const void       *one  = NULL;
    ch_status         st   = made_once(p, cx, &what, &p->sources, &one);
    *out                   = one;
    return st;
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
