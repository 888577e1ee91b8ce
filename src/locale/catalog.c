#include "locale/catalog.h"

#include "locale/catalog_read.h"

#include <string.h>

struct ch_catalog {
    ch_arena *arena;
    ch_str    name, bytes, language;
    CH_VEC(ch_message *) list;
    size_t *slot; /* a table of numbers into the list, from 1; 0: free */
    size_t  n_slots;
};

/* ---- texts as they are compared ---- */

/* The bytes of a text, one at a time, without what may differ between two who write the same
 * message: white space beyond one space and that beside a tag, the prefixes xml: and its: of
 * attributes, the kind of quotation mark around their values. */
typedef struct folded {
    ch_str s;
    size_t at;
    char   quote; /* inside a value */
    bool   tag;   /* inside a tag */
    char   last;  /* the byte given last; '\0' at the start */
} folded;

static bool
ends_tag(const folded *f)
{
    return f->s.p[f->at] == '>' ||
           (f->s.p[f->at] == '/' && f->at + 1 < f->s.n && f->s.p[f->at + 1] == '>');
}

/* Pass over white space; true: it counts as a space. */
static bool
take_space(folded *f)
{
    size_t from = f->at;
    while (f->at < f->s.n && ch_is_space(f->s.p[f->at]))
        f->at++;
    if (f->at == from || f->at == f->s.n || f->last == '\0')
        return false;
    if (f->tag)
        return f->quote || !ends_tag(f);
    return f->s.p[f->at] != '<' && f->last != '>';
}

static int
next(folded *f)
{
    if (f->at >= f->s.n)
        return -1;
    bool attribute = f->tag && !f->quote && f->last == ' ';
    if (ch_is_space(f->s.p[f->at])) {
        if (take_space(f))
            return f->last = ' ';
        if (f->at >= f->s.n)
            return -1;
    }
    ch_str rest = ch_str_sub(f->s, f->at, f->s.n);
    if (attribute && (ch_str_starts(rest, "xml:") || ch_str_starts(rest, "its:")))
        f->at += 4;
    if (f->at >= f->s.n)
        return -1;
    char c = f->s.p[f->at++];
    if (f->quote) {
        if (c == f->quote) {
            f->quote = '\0';
            c        = '"';
        }
    } else if (f->tag && (c == '"' || c == '\'')) {
        f->quote = c;
        c        = '"';
    } else if (c == '<') {
        f->tag = true;
    } else if (c == '>') {
        f->tag = false;
    }
    f->last = c;
    return (unsigned char)c;
}

static uint64_t
hash_of(ch_str context, ch_str id)
{
    uint64_t h = UINT64_C(14695981039346656037);
    folded   f = {.s = id};
    for (int c = next(&f); c >= 0; c = next(&f))
        h = (h ^ (unsigned)c) * UINT64_C(1099511628211);
    return ch_hash(context.p, context.n, h);
}

static bool
same_text(ch_str a, ch_str b)
{
    folded fa = {.s = a}, fb = {.s = b};
    for (;;) {
        int ca = next(&fa), cb = next(&fb);
        if (ca != cb)
            return false;
        if (ca < 0)
            return true;
    }
}

/* ---- the table ---- */

ch_catalog *
ch_catalog_new(ch_ctx *cx, ch_str name, ch_str bytes)
{
    ch_catalog *c = CH_NEW(cx->job, ch_catalog);
    c->arena      = cx->job;
    c->name       = name;
    c->bytes      = bytes;
    c->language   = CH_STR_EMPTY;
    return c;
}

/* The slot of a message: its own, or the free one that would be. */
static size_t
slot_of(const ch_catalog *c, ch_str context, ch_str id)
{
    size_t i = (size_t)hash_of(context, id) & (c->n_slots - 1);
    while (c->slot[i]) {
        const ch_message *m = c->list.at[c->slot[i] - 1];
        if (ch_str_eq(m->context, context) && same_text(m->id, id))
            break;
        i = (i + 1) & (c->n_slots - 1);
    }
    return i;
}

static void
grow(ch_catalog *c)
{
    c->n_slots = c->n_slots ? 2 * c->n_slots : 64;
    c->slot    = CH_NEW_N(c->arena, size_t, c->n_slots);
    for (size_t i = 0; i < c->list.n; i++)
        c->slot[slot_of(c, c->list.at[i]->context, c->list.at[i]->id)] = i + 1;
}

bool
ch_catalog_add(ch_catalog *c, const ch_message *m)
{
    if (2 * (c->list.n + 1) > c->n_slots)
        grow(c);
    size_t slot = slot_of(c, m->context, m->id);
    if (c->slot[slot])
        return false;
    ch_message *own             = CH_NEW(c->arena, ch_message);
    *own                        = *m;
    *CH_PUSH(c->arena, c->list) = own;
    c->slot[slot]               = c->list.n;
    return true;
}

const ch_message *
ch_catalog_find(const ch_catalog *c, ch_str context, ch_str id)
{
    size_t number = c->n_slots ? c->slot[slot_of(c, context, id)] : 0;
    return number ? c->list.at[number - 1] : NULL;
}

size_t
ch_catalog_count(const ch_catalog *c)
{
    return c->list.n;
}

const ch_message *
ch_catalog_at(const ch_catalog *c, size_t i)
{
    return c->list.at[i];
}

ch_str
ch_catalog_name(const ch_catalog *c)
{
    return c->name;
}

ch_str
ch_catalog_language(const ch_catalog *c)
{
    return c->language;
}

ch_where
ch_catalog_place(const ch_catalog *c, const ch_message *m, size_t from, size_t to)
{
    ch_where w = m->where;
    if (w.source == 0 || w.from >= c->bytes.n || c->bytes.p[w.from] != '"')
        return w;
    w.to   = ch_po_offset(c->bytes, w.from, to);
    w.from = ch_po_offset(c->bytes, w.from, from);
    return w;
}

/* ---- the header ---- */

/* The value of "Name: value", in any case of letters; empty when there is none. */
static ch_str
header_value(ch_str header, const char *name)
{
    size_t n = strlen(name);
    ch_str line;
    for (size_t at = 0; ch_str_line(header, &at, &line);) {
        size_t same = 0;
        while (same < n && same < line.n && (line.p[same] | 0x20) == (name[same] | 0x20))
            same++;
        if (same == n && line.n > n && line.p[n] == ':')
            return ch_str_trim(ch_str_sub(line, n + 1, line.n));
    }
    return CH_STR_EMPTY;
}

static bool
is_word(ch_str s, const char *z)
{
    size_t i = 0;
    for (; i < s.n && z[i]; i++)
        if ((s.p[i] | 0x20) != (z[i] | 0x20))
            return false;
    return i == s.n && !z[i];
}

bool
ch_catalog_header(ch_ctx *cx, ch_catalog *c, ch_str header, ch_where where)
{
    ch_catalog_set_language(c, header_value(header, "Language"));
    ch_str type = header_value(header, "Content-Type");
    size_t at   = 0;
    while (at < type.n && !ch_str_starts(ch_str_sub(type, at, type.n), "charset="))
        at++;
    ch_str charset = ch_str_trim(ch_str_sub(type, at + 8 < type.n ? at + 8 : type.n, type.n));
    /* CHARSET is what a template has before anybody has filled it in. */
    if (charset.n == 0 || is_word(charset, "UTF-8") || is_word(charset, "UTF8") ||
        is_word(charset, "US-ASCII") || is_word(charset, "ASCII") || ch_str_is(charset, "CHARSET"))
        return true;
    ch_report(cx, CH_E3641_catalog_charset, where, CH_ARG(c->name), CH_ARG(charset));
    ch_hint(cx, "convert it: msgconv --to-code=UTF-8");
    return false;
}

void
ch_catalog_set_language(ch_catalog *c, ch_str language)
{
    ch_buf tag;
    size_t end = 0;
    ch_buf_init(&tag, c->arena);
    while (end < language.n && language.p[end] != '.' && language.p[end] != '@')
        end++;
    ch_str modifier = ch_str_sub(language, end, language.n);
    for (size_t i = 0; i < modifier.n; i++)
        if (modifier.p[i] == '@')
            modifier = ch_str_sub(modifier, i, modifier.n);
    const char *script = ch_str_is(modifier, "@latin")      ? "-Latn"
                         : ch_str_is(modifier, "@cyrillic") ? "-Cyrl"
                                                            : NULL;
    for (size_t i = 0; i < end; i++) {
        bool part = language.p[i] == '_' || language.p[i] == '-';
        if (part && script) {
            ch_buf_puts(&tag, script);
            script = NULL;
        }
        ch_buf_putc(&tag, part ? '-' : language.p[i]);
    }
    if (script)
        ch_buf_puts(&tag, script);
    c->language = ch_buf_view(&tag);
}

/* ---- reading ---- */

/* Is there anything that a PO file could begin with? */
static bool
looks_like_po(ch_str bytes)
{
    ch_str s = ch_str_trim(bytes);
    return s.n == 0 || s.p[0] == '#' || ch_str_starts(s, "msg") || ch_str_starts(s, "domain") ||
           s.p[0] == '"';
}

ch_status
ch_catalog_read(ch_ctx *cx, ch_str name, ch_str bytes, ch_catalog **out)
{
    *out = NULL;
    if (ch_str_starts(bytes, "\xEF\xBB\xBF"))
        bytes = ch_str_sub(bytes, 3, bytes.n);
    ch_catalog *c = ch_catalog_new(cx, name, bytes);
    ch_status   st;
    if (ch_mo_looks_like(bytes)) {
        st = ch_mo_read(cx, c, bytes);
    } else if (ch_xliff_looks_like(bytes)) {
        st = ch_xliff_read(cx, c, name, bytes);
    } else if (looks_like_po(bytes)) {
        st = ch_po_read(cx, c, bytes, ch_diags_source(cx->diags, name, bytes));
    } else {
        ch_report(cx, CH_E3645_not_a_catalog, CH_NOWHERE, CH_ARG(name));
        st = CH_ERR_INPUT;
    }
    if (st == CH_OK)
        *out = c;
    return st;
}
