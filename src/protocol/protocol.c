/* protocol/protocol.c -- how people of a rank are addressed, by language. */
#include "protocol/protocol.h"

#include "input/xml.h"
#include "protocol/kinds.h"
#include "protocol/kinds_vocab.h"
#include "protocol/protocol_vocab.h"
#include "protocol/ruling.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct form {
    ch_str text;
    char   gender;   /* 'm', 'f', 'x'; 0 for any */
    char   writers;  /* 'o' one, 's' several; 0 for any */
    bool   courtesy; /* or else a salutation */
    bool   review;
} form;

typedef struct rank {
    ch_str  names; /* a space between */
    form   *form;
    size_t  n_forms;
    ch_str *avoid;
    size_t  n_avoid;
} rank;

/* The forms of one language; without ranks when it has no file. */
typedef struct table {
    struct table *next;
    ch_arena     *arena; /* holds this */
    ch_str        lang, extends;
    rank         *rank;
    size_t        n;
} table;

struct ch_protocol {
    pthread_mutex_t lock; /* guards tables and kinds; what is in them never changes */
    table          *tables;
    ch_kinds       *kinds;
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
    for (table *t = p->tables, *next; t; t = next) {
        next = t->next;
        ch_arena_free(t->arena);
    }
    if (p->kinds)
        ch_arena_free(p->kinds->arena);
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

static char
first_letter(const ch_node *n, int attr)
{
    ch_str v = ch_node_attr_str(n, attr);
    return v.n > 0 ? v.p[0] : '\0';
}

static void
read_rank(ch_ctx *cx, table *t, const ch_node *n, rank *out)
{
    ch_arena *a          = t->arena;
    CH_VEC(form) forms   = {0};
    CH_VEC(ch_str) avoid = {0};
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c)) {
        ch_str text = ch_arena_str(a, ch_str_trim(ch_node_text(cx->job, c)));
        if (c->elem == CH_P_avoid) {
            *CH_PUSH(a, avoid) = text;
            continue;
        }
        *CH_PUSH(a, forms) = (form){.text     = text,
                                    .gender   = first_letter(c, CH_PA_gender),
                                    .writers  = first_letter(c, CH_PA_writers),
                                    .courtesy = c->elem == CH_P_courtesy,
                                    .review = ch_str_is(ch_node_attr_str(c, CH_PA_review), "yes")};
    }
    *out = (rank){.names   = ch_arena_str(a, ch_node_attr_str(n, CH_PA_names)),
                  .form    = forms.at,
                  .n_forms = forms.n,
                  .avoid   = avoid.at,
                  .n_avoid = avoid.n};
}

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
read_table(ch_ctx *cx, const char *folder, ch_str lang, table **out)
{
    const ch_node *root = NULL;
    ch_status      st   = read_tree(cx, &ch_protocol_vocab, folder, lang, &root);
    *out                = NULL;
    ch_arena **holder;
    if (st != CH_OK || (st = begin_arena(cx, &holder)) != CH_OK)
        return st;
    table *t   = CH_NEW(*holder, table);
    t->arena   = *holder;
    t->lang    = ch_arena_str(t->arena, lang);
    t->extends = CH_STR_EMPTY;
    if (root && ch_node_attr(root, CH_PA_extends))
        t->extends = ch_arena_str(t->arena, ch_node_attr_str(root, CH_PA_extends));
    CH_VEC(rank) list = {0};
    for (const ch_node *n = ch_node_child(root, CH_P_rank); n; n = ch_node_next(n, CH_P_rank))
        read_rank(cx, t, n, CH_PUSH(t->arena, list));
    t->rank = list.at;
    t->n    = list.n;
    keep_arena(holder);
    *out = t;
    return CH_OK;
}

static table *
known(const ch_protocol *p, ch_str lang)
{
    for (table *t = p->tables; t; t = t->next)
        if (ch_str_eq(t->lang, lang))
            return t;
    return NULL;
}

/* The forms of a language: of fr-CA those of fr, unless it has its own or extends others. */
static ch_status
table_of(ch_protocol *p, ch_ctx *cx, ch_str lang, const table **out)
{
    enum { EXTENDS_MAX = 4 };
    ch_status st       = CH_OK;
    int       extended = 0;
    *out               = NULL;
    while (lang.n > 0 && st == CH_OK) {
        pthread_mutex_lock(&p->lock);
        table *t = known(p, lang);
        pthread_mutex_unlock(&p->lock);
        if (!t && (st = read_table(cx, p->folder, lang, &t)) == CH_OK) {
            pthread_mutex_lock(&p->lock);
            table *other = known(p, lang);
            if (!other) {
                t->next   = p->tables;
                p->tables = t;
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
    ch_kinds *mine = ch_kinds_read(cx, *holder, root);
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

static ch_str
source_of(const ch_kinds *k, ch_str name)
{
    for (size_t i = 0; i < k->n_sources; i++)
        if (ch_str_eq(k->source[i].name, name))
            return k->source[i].text;
    return name;
}

ch_str
ch_protocol_sources(ch_protocol *p, ch_ctx *cx, ch_str names)
{
    const ch_kinds *k = NULL;
    ch_buf          b;
    ch_buf_init(&b, cx->job);
    if (kinds_of(p, cx, &k) != CH_OK)
        return names;
    for (size_t at = 0, from; at < names.n; at++) {
        for (from = at; at < names.n && names.p[at] != ' '; at++)
            continue;
        ch_buf_puts(&b, from > 0 ? "; " : "");
        ch_buf_str(&b, source_of(k, ch_str_sub(names, from, at)));
    }
    return ch_buf_view(&b);
}

/* ---- asking ---- */

static bool
has_name(ch_str names, ch_str name)
{
    for (size_t at = 0; at < names.n && name.n > 0;) {
        size_t from = at;
        while (at < names.n && names.p[at] != ' ')
            at++;
        if (ch_str_eq(ch_str_sub(names, from, at), name))
            return true;
        at++;
    }
    return false;
}

static const rank *
rank_of(const table *t, ch_str name)
{
    for (size_t i = 0; t && i < t->n; i++)
        if (has_name(t->rank[i].names, name))
            return &t->rank[i];
    return NULL;
}

/* A form for exactly this gender before one for any. */
static const form *
choose(const rank *r, const ch_addressed *to, bool courtesy)
{
    const form *any    = NULL;
    char        gender = to->gender.n > 0 ? to->gender.p[0] : '\0';
    for (size_t i = 0; r && i < r->n_forms; i++) {
        const form *f = &r->form[i];
        if (f->courtesy != courtesy || (f->writers && (f->writers == 's') != to->plural))
            continue;
        if (f->gender == gender)
            return f;
        if (!f->gender && !any)
            any = f;
    }
    return any;
}

static ch_status
ask(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, bool courtesy, ch_str *out)
{
    const table *t  = NULL;
    ch_status    st = table_of(p, cx, to->lang, &t);
    const form  *f  = choose(rank_of(t, to->rank), to, courtesy);
    *out            = f ? f->text : CH_STR_EMPTY;
    if (f && f->review)
        ch_report(cx, CH_W3003_awaits_review, CH_NOWHERE, CH_ARG(t->lang),
                  courtesy ? "the closing courtesy" : "the salutation");
    return st;
}

ch_status
ch_protocol_salute(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    return ask(p, cx, to, false, out);
}

ch_status
ch_protocol_courtesy(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    return ask(p, cx, to, true, out);
}

ch_str
ch_protocol_ranks(ch_protocol *p, ch_ctx *cx, ch_str lang)
{
    const table *t = NULL;
    ch_buf       b;
    ch_buf_init(&b, cx->job);
    if (table_of(p, cx, lang, &t) != CH_OK)
        return CH_STR_EMPTY;
    for (size_t i = 0; t && i < t->n; i++) {
        ch_str names = t->rank[i].names;
        ch_buf_puts(&b, i > 0 ? ", " : "");
        for (size_t k = 0; k < names.n; k++)
            ch_buf_puts(&b, names.p[k] == ' ' ? ", " : (char[]){names.p[k], '\0'});
    }
    return ch_buf_view(&b);
}

static bool
says(ch_str text, ch_str word)
{
    for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++)
        if (memcmp(text.p + i, word.p, word.n) == 0)
            return true;
    return false;
}

ch_str
ch_protocol_avoids(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str text)
{
    const table *t = NULL;
    if (table_of(p, cx, to->lang, &t) != CH_OK)
        return CH_STR_EMPTY;
    const rank *r = rank_of(t, to->rank);
    for (size_t i = 0; r && i < r->n_avoid; i++)
        if (says(text, r->avoid[i]))
            return r->avoid[i];
    return CH_STR_EMPTY;
}
