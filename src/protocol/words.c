/* protocol/words.c -- phrases by language: reading them, finding them. */
#include "protocol/words.h"

#include "input/input.h"
#include "locale/words.h"
#include "protocol/store.h"
#include "protocol/words_vocab.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct pack {
    struct pack *next;
    ch_arena    *arena; /* holds this */
    ch_str       asked; /* the language that was asked for */
    ch_words     words;
    CH_VEC(ch_str) read; /* the languages whose files were read for it */
} pack;

struct ch_word_store {
    pthread_mutex_t lock; /* guards packs; what is in them never changes */
    pack           *packs;
    char           *folder;
};

static const char *const list_names[CH_LISTS] = {
#define LIST(name, doc) #name,
#include "protocol/lists.def"
#undef LIST
};

const char *
ch_address_style_name(ch_address_style s)
{
    static const char *const names[CH_STYLES] = {"Majesty",    "Highness",     "Holiness",
                                                 "Eminence",   "Beatitude",    "Grace",
                                                 "Excellency", "Sir or Madam", "office"};
    return names[s];
}

ch_word_store *
ch_word_store_new(ch_str folder)
{
    ch_word_store *s = calloc(1, sizeof *s);
    if (!s || !(s->folder = malloc(folder.n + 1)) || pthread_mutex_init(&s->lock, NULL) != 0) {
        if (s)
            free(s->folder);
        free(s);
        return NULL;
    }
    memcpy(s->folder, folder.p, folder.n);
    s->folder[folder.n] = '\0';
    return s;
}

void
ch_word_store_free(ch_word_store *s)
{
    if (!s)
        return;
    for (pack *p = s->packs, *next; p; p = next) {
        next = p->next;
        ch_arena_free(p->arena);
    }
    pthread_mutex_destroy(&s->lock);
    free(s->folder);
    free(s);
}

/* ---- letters as they are compared ---- */

/* 0: it does not count. */
static uint32_t
plain_char(uint32_t cp, bool exact)
{
    if (cp < 0x80 && cp > 0x20)
        return !exact && cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    if (cp == 0xAD || cp == 0x640 || (cp >= 0x64B && cp <= 0x652) || cp == 0x670 || cp == 0x200E ||
        cp == 0x200F || cp == 0x2060 || (cp >= 0x2066 && cp <= 0x2069))
        return 0;
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x2BC:
        return '\'';
    case 0x2010:
    case 0x2011:
        return '-';
    case '\t':
    case '\n':
    case '\r':
    case 0xA0:
    case 0x202F:
    case 0x3000:
        return ' ';
    case 0x64A:
    case 0x649:
        return 0x6CC;
    case 0x643:
        return 0x6A9;
    case 0x451:
        return 0x435;
    case 0x401:
        return exact ? 0x415 : 0x435;
    default:
        return exact ? cp : ch_char_folded(cp);
    }
}

ch_str
ch_words_plain(ch_arena *a, ch_str text, bool exact)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < text.n;) {
        uint32_t cp = plain_char(ch_utf8_next(text, &i), exact);
        if (cp == ' ' && (b.n == 0 || b.p[b.n - 1] == ' '))
            continue;
        if (cp && cp < 0x80)
            ch_buf_putc(&b, (char)cp);
        else if (cp)
            ch_buf_utf8(&b, cp);
    }
    return ch_str_trim(ch_buf_view(&b));
}

static unsigned
bucket(uint32_t cp)
{
    return ch_char_folded(cp) & 0xFF;
}

/* ---- reading ---- */

typedef struct maker {
    ch_arena *a;
    CH_VEC(ch_phrase) list;
    bool own[CH_LISTS]; /* has the list from a nearer file */
    bool here[CH_LISTS];
} maker;

static void
add_phrases(maker *m, const ch_phrase *like, ch_str text)
{
    size_t index = 0;
    for (size_t at = 0; at <= text.n;) {
        size_t to = at;
        while (to < text.n && text.p[to] != '|')
            to++;
        ch_phrase p = *like;
        p.text      = ch_words_plain(m->a, ch_str_sub(text, at, to), p.exact);
        p.index     = index++;
        if (p.text.n > 0)
            *CH_PUSH(m->a, m->list) = p;
        at = to + 1;
    }
}

static int
list_of(ch_str name)
{
    for (int i = 0; i < CH_LISTS; i++) {
        const char *p = list_names[i];
        size_t      k = 0;
        while (k < name.n && p[k] && (p[k] == '_' ? '-' : p[k]) == name.p[k])
            k++;
        if (k == name.n && !p[k])
            return i;
    }
    return -1;
}

static int
choice(const ch_node *n, int attr)
{
    const ch_attr *v = ch_node_attr(n, attr);
    if (!v)
        return 0;
    return ch_attr_choice(ch_vocab_use(&ch_words_vocab, n->elem, (uint16_t)attr), v->value);
}

static char
gender_of(const ch_node *n)
{
    ch_str g = ch_node_attr_str(n, CH_WA_gender);
    return g.n > 0 ? g.p[0] : '\0';
}

static void
read_list(ch_ctx *cx, maker *m, const ch_node *n, ch_str text)
{
    const ch_attr *name = ch_node_attr(n, CH_WA_name);
    int            list = list_of(name->value);
    if (list < 0) {
        ch_report(cx, CH_E3197_unknown_list, name->where, CH_ARG(name->value));
        return;
    }
    if (m->own[list])
        return;
    m->here[list]  = true;
    ch_phrase like = {.list = (ch_word_list)list, .right = CH_STR_EMPTY, .with = CH_STR_EMPTY};
    add_phrases(m, &like, text);
}

static void
read_entry(ch_ctx *cx, maker *m, const ch_node *n)
{
    ch_str    text = ch_node_text(cx->job, n);
    ch_phrase like = {.gender = gender_of(n), .right = CH_STR_EMPTY, .with = CH_STR_EMPTY};
    switch (n->elem) {
    case CH_WE_list:
        read_list(cx, m, n, text);
        return;
    case CH_WE_vocative:
    case CH_WE_honorific:
        like.list    = n->elem == CH_WE_vocative ? CH_VOCATIVE : CH_HONORIFIC;
        like.style   = (ch_address_style)choice(n, CH_WA_style);
        like.several = ch_str_is(ch_node_attr_str(n, CH_WA_number), "several");
        break;
    default:
        like.list  = CH_SLIP;
        like.kind  = (ch_slip_kind)choice(n, CH_WA_kind);
        like.exact = like.kind == CH_SLIP_CASE || ch_str_is(ch_node_attr_str(n, CH_WA_case), "yes");
        like.right = ch_arena_str(m->a, ch_node_attr_str(n, CH_WA_right));
        like.with  = ch_words_plain(m->a, ch_node_attr_str(n, CH_WA_with), false);
        break;
    }
    add_phrases(m, &like, text);
}

static void
read_portion(ch_ctx *cx, maker *m, const ch_node *n, ch_words *w)
{
    ch_portion *p = CH_NEW(m->a, ch_portion);
    *p            = (ch_portion){.next  = w->portions,
                                 .mark  = ch_arena_str(m->a, ch_str_trim(ch_node_text(cx->job, n))),
                                 .level = ch_arena_str(m->a, ch_node_attr_str(n, CH_WA_level))};
    w->portions   = p;
}

static void
sort_phrases(maker *m, ch_words *w)
{
    size_t count[257] = {0};
    w->n              = m->list.n;
    w->phrase         = CH_NEW_N(m->a, ch_phrase, w->n);
    for (size_t i = 0; i < w->n; i++)
        count[bucket(ch_utf8_at(m->list.at[i].text, 0)) + 1]++;
    for (unsigned b = 1; b <= 256; b++)
        count[b] += count[b - 1];
    memcpy(w->from, count, sizeof w->from);
    for (size_t i = 0; i < w->n; i++)
        w->phrase[count[bucket(ch_utf8_at(m->list.at[i].text, 0))]++] = m->list.at[i];
}

static void
read_head(maker *m, const ch_node *root, ch_words *w)
{
    if (w->lang.n == 0) {
        w->lang        = ch_arena_str(m->a, ch_node_attr_str(root, CH_WA_xml_lang));
        w->fixed_names = ch_str_is(ch_node_attr_str(root, CH_WA_names), "fixed");
    }
    w->official |= ch_str_is(ch_node_attr_str(root, CH_WA_official), "yes");
    if (w->date_order.n == 0)
        w->date_order = ch_arena_str(m->a, ch_node_attr_str(root, CH_WA_date_order));
    if (w->salute_end.n == 0)
        w->salute_end = ch_arena_str(m->a, ch_node_attr_str(root, CH_WA_salute_end));
}

/* The file of a language, or of the shorter tag, and of those that it extends. */
static ch_status
read_chain(ch_ctx *cx, maker *m, const char *folder, ch_str lang, pack *p)
{
    enum { EXTENDS_MAX = 4 };
    int extended = 0;
    while (lang.n > 0) {
        const ch_node *root = NULL;
        ch_status      st   = ch_store_tree(cx, &ch_words_vocab, folder, lang, &root);
        if (st != CH_OK)
            return st;
        if (root) {
            *CH_PUSH(m->a, p->read) = ch_arena_str(m->a, lang);
            read_head(m, root, &p->words);
            for (const ch_node *n = ch_node_elements_first(root); n; n = ch_node_elements_next(n)) {
                if (n->elem == CH_WE_portion)
                    read_portion(cx, m, n, &p->words);
                else
                    read_entry(cx, m, n);
            }
            for (int i = 0; i < CH_LISTS; i++)
                m->own[i] = m->own[i] || m->here[i];
            lang = ch_node_attr_str(root, CH_WA_extends);
            if (extended++ == EXTENDS_MAX)
                break;
            continue;
        }
        lang = ch_lang_wider(lang);
    }
    return CH_OK;
}

static ch_status
read_pack(ch_ctx *cx, const char *folder, ch_str lang, pack **out)
{
    ch_arena **holder;
    ch_status  st = ch_lasting_begin(cx, &holder);
    *out          = NULL;
    if (st != CH_OK)
        return st;
    pack *p  = CH_NEW(*holder, pack);
    maker m  = {.a = *holder};
    p->arena = *holder;
    p->asked = ch_arena_str(p->arena, lang);
    p->words =
        (ch_words){.lang = CH_STR_EMPTY, .date_order = CH_STR_EMPTY, .salute_end = CH_STR_EMPTY};
    st = read_chain(cx, &m, folder, lang, p);
    if (st != CH_OK)
        return st;
    memcpy(p->words.has, m.own, sizeof m.own);
    sort_phrases(&m, &p->words);
    ch_lasting_keep(holder);
    *out = p;
    return CH_OK;
}

static pack *
known(const ch_word_store *s, ch_str lang)
{
    for (pack *p = s->packs; p; p = p->next)
        if (ch_str_eq(p->asked, lang))
            return p;
    return NULL;
}

ch_status
ch_words_of(ch_word_store *s, ch_ctx *cx, ch_str lang, const ch_words **out)
{
    *out = NULL;
    pthread_mutex_lock(&s->lock);
    pack *p = known(s, lang);
    pthread_mutex_unlock(&s->lock);
    if (!p) {
        ch_status st = read_pack(cx, s->folder, lang, &p);
        if (st != CH_OK)
            return st;
        pthread_mutex_lock(&s->lock);
        pack *other = known(s, lang);
        if (!other) {
            p->next  = s->packs;
            s->packs = p;
        }
        pthread_mutex_unlock(&s->lock);
        if (other) {
            ch_arena_free(p->arena);
            p = other;
        }
    }
    for (size_t i = 0; i < p->read.n; i++)
        ch_store_used(cx, s->folder, p->read.at[i]);
    *out = &p->words;
    return CH_OK;
}

/* ---- finding ---- */

/* The end of the phrase if it stands at `from`; otherwise 0. */
static size_t
stands(const ch_phrase *p, ch_str text, size_t from, const bool *at)
{
    size_t i = from, k = 0;
    while (k < p->text.n) {
        uint32_t want = ch_utf8_next(p->text, &k), got = 0;
        while (i < text.n && !got)
            got = plain_char(ch_utf8_next(text, &i), p->exact);
        if (got != want)
            return 0;
        while (want == ' ' && i < text.n && plain_char(ch_utf8_at(text, i), true) == ' ')
            (void)ch_utf8_next(text, &i);
    }
    /* A mark that ends the phrase needs no end of a word behind it; a letter does. */
    return at[i] || !ch_char_is_letter(ch_utf8_before(p->text, p->text.n)) ? i : 0;
}

typedef CH_VEC(ch_hit) hit_list;

static void
add_hit(ch_arena *a, hit_list *v, ch_hit h)
{
    for (size_t i = v->n; i > 0 && v->at[i - 1].from == h.from; i--) {
        ch_hit *o = &v->at[i - 1];
        if (o->phrase->list != h.phrase->list)
            continue;
        if (o->to < h.to)
            *o = h;
        return;
    }
    *CH_PUSH(a, *v) = h;
}

ch_hit *
ch_words_find(const ch_words *w, ch_arena *a, ch_str text, const bool *at, size_t *n)
{
    hit_list hits = {0};
    for (size_t i = 0; i < text.n && w->n > 0;) {
        size_t   from  = i;
        uint32_t first = plain_char(ch_utf8_next(text, &i), false);
        if (!at[from] || !first || first == ' ')
            continue;
        unsigned b = bucket(first);
        for (size_t k = w->from[b]; k < w->from[b + 1]; k++) {
            size_t to = stands(&w->phrase[k], text, from, at);
            if (to > 0)
                add_hit(a, &hits, (ch_hit){&w->phrase[k], from, to});
        }
    }
    *n = hits.n;
    return hits.at;
}

static bool
is_end_mark(uint32_t cp)
{
    static const uint32_t marks[] = {',',   '.',    ':',    ';',    '!',    ' ',  0xA0,
                                     0x60C, 0xFF0C, 0xFF1A, 0xFF01, 0x3002, 0x61B};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (cp == marks[i])
            return true;
    return false;
}

/* Does a phrase of the list begin with the text's first letter?  Mostly none does. */
static bool
may_be(const ch_words *w, ch_str text, ch_word_list list)
{
    uint32_t first = 0;
    for (size_t i = 0; i < text.n && (!first || first == ' ');)
        first = plain_char(ch_utf8_next(text, &i), false);
    unsigned b = bucket(first);
    for (size_t k = w->from[b]; k < w->from[b + 1]; k++)
        if (w->phrase[k].list == list)
            return true;
    return false;
}

const ch_phrase *
ch_words_whole(const ch_words *w, ch_arena *a, ch_str text, ch_word_list list)
{
    text = ch_str_trim(text);
    if (!may_be(w, text, list))
        return NULL;
    while (text.n > 0 && is_end_mark(ch_utf8_before(text, text.n)))
        text.n = ch_utf8_back(text, text.n);
    ch_str folded = ch_words_plain(a, text, false), exact = ch_words_plain(a, text, true);
    if (folded.n == 0)
        return NULL;
    unsigned b = bucket(ch_utf8_at(folded, 0));
    for (size_t k = w->from[b]; k < w->from[b + 1]; k++) {
        const ch_phrase *p = &w->phrase[k];
        if (p->list == list && ch_str_eq(p->text, p->exact ? exact : folded))
            return p;
    }
    return NULL;
}
