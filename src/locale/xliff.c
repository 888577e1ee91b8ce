/* locale/xliff.c -- units as XLIFF. */
#include "locale/xliff.h"

#include "locale/xliff_vocab.h"

#include <string.h>

typedef enum token_kind { TEXT, OPEN, CLOSE, LONE } token_kind;

typedef struct token {
    token_kind kind;
    ch_str     s;       /* as it stands: escaped text, or a tag */
    size_t     partner; /* of OPEN: its CLOSE */
    size_t     id;      /* of OPEN and LONE: of the code, from 1 */
    bool       used;    /* of the source: a code of the target stands for it */
} token;

typedef struct tokens {
    CH_VEC(token) list;
} tokens;

/* ---- a text into tokens ---- */

/* Can it stand in XML as it is? */
static bool
is_clean(ch_str s)
{
    uint32_t cp;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c == '&' && !ch_xml_reference(s, i, &cp)) ||
            (c < 0x20 && c != '\t' && c != '\n' && c != '\r'))
            return false;
    }
    return ch_utf8_valid(s) == s.n;
}

static ch_str
name_of(ch_str tag)
{
    size_t from = tag.n > 1 && tag.p[1] == '/' ? 2 : 1, to = from;
    while (to < tag.n && !strchr(" \t\r\n/>", tag.p[to]))
        to++;
    return ch_str_sub(tag, from, to);
}

/* false: tags do not nest, or a text is not clean. */
static bool
pair_up(ch_arena *a, tokens *t)
{
    CH_VEC(size_t) open = {0};
    for (size_t i = 0; i < t->list.n; i++) {
        token *k = &t->list.at[i];
        if (k->kind == OPEN) {
            *CH_PUSH(a, open) = i;
        } else if (k->kind == CLOSE) {
            if (open.n == 0 ||
                !ch_str_eq(name_of(t->list.at[open.at[open.n - 1]].s), name_of(k->s)))
                return false;
            t->list.at[open.at[--open.n]].partner = i;
        } else if (k->kind == TEXT && !is_clean(k->s)) {
            return false;
        }
    }
    return open.n == 0;
}

static bool
is_locked(ch_str tag)
{
    for (size_t i = 0; i < tag.n; i++)
        if (tag.p[i] == ' ' && ch_str_starts(ch_str_sub(tag, i, tag.n), " its:translate=\"no\""))
            return true;
    return false;
}

/* What its:translate="no" keeps is one code, content and all. */
static void
lock(tokens *t, ch_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < t->list.n; i++) {
        token *k = &t->list.at[i];
        if (k->kind == OPEN) {
            const token *end = &t->list.at[k->partner];
            if (is_locked(k->s)) {
                size_t from = (size_t)(k->s.p - s.p), to = (size_t)(end->s.p - s.p) + end->s.n;
                i  = k->partner;
                *k = (token){.kind = LONE, .s = ch_str_sub(s, from, to)};
            }
        }
        t->list.at[n++] = *k;
    }
    t->list.n = n;
}

static bool
tokenize(ch_arena *a, ch_str s, tokens *t)
{
    for (size_t at = 0; at < s.n;) {
        const char *lt = memchr(s.p + at, '<', s.n - at);
        size_t      to = lt ? (size_t)(lt - s.p) : s.n;
        if (to > at)
            *CH_PUSH(a, t->list) = (token){.kind = TEXT, .s = ch_str_sub(s, at, to)};
        if (to == s.n)
            break;
        const char *gt = memchr(lt, '>', s.n - to);
        if (!gt || !is_clean(ch_str_sub(s, to + 1, (size_t)(gt - s.p))))
            return false;
        ch_str tag  = ch_str_sub(s, to, (size_t)(gt - s.p) + 1);
        bool   lone = tag.n > 2 && tag.p[tag.n - 2] == '/';
        *CH_PUSH(a, t->list) =
            (token){.kind = tag.n > 1 && tag.p[1] == '/' ? CLOSE : (lone ? LONE : OPEN), .s = tag};
        at = to + tag.n;
    }
    if (!pair_up(a, t))
        return false;
    lock(t, s);
    return pair_up(a, t);
}

/* ---- codes ---- */

typedef struct writer {
    ch_arena *a;
    ch_buf   *out;
    ch_map   *data; /* markup to the number that it is called by, as a pointer into `number` */
    tokens    source, target;
} writer;

static size_t
data_number(writer *w, ch_str markup)
{
    size_t *n = ch_map_lookup(w->data, markup);
    if (!n) {
        n  = CH_NEW(w->a, size_t);
        *n = ch_map_count(w->data) + 1;
        ch_map_put(w->data, markup, n);
    }
    return *n;
}

static void
note_data(writer *w, const tokens *t)
{
    for (size_t i = 0; i < t->list.n; i++)
        if (t->list.at[i].kind != TEXT)
            (void)data_number(w, t->list.at[i].s);
}

/* A code of the source for one of the target: the same tag, or else the same element. */
static size_t
source_code(tokens *source, const token *k)
{
    for (int exact = 1; exact >= 0; exact--) {
        for (size_t i = 0; i < source->list.n; i++) {
            token *c = &source->list.at[i];
            if (c->used || c->kind == TEXT || c->kind == CLOSE ||
                !(exact ? ch_str_eq(c->s, k->s) : ch_str_eq(name_of(c->s), name_of(k->s))))
                continue;
            c->used = true;
            return c->id;
        }
    }
    return 0;
}

static void
number_codes(writer *w)
{
    size_t id = 0;
    for (size_t i = 0; i < w->source.list.n; i++)
        if (w->source.list.at[i].kind == OPEN || w->source.list.at[i].kind == LONE)
            w->source.list.at[i].id = ++id;
    for (size_t i = 0; i < w->target.list.n; i++) {
        token *k = &w->target.list.at[i];
        if (k->kind != OPEN && k->kind != LONE)
            continue;
        k->id = source_code(&w->source, k);
        if (k->id == 0)
            k->id = ++id; /* whoever reads it will say that it is none of the source's */
    }
}

/* What XLIFF calls it. */
static const char *
type_of(ch_str tag)
{
    static const struct {
        const char *element, *type;
    } types[]   = {{"emph", "fmt"}, {"ref", "link"}, {"q", "quote"}};
    ch_str name = name_of(tag);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ch_str_is(name, types[i].element))
            return types[i].type;
    return "other";
}

static void
put_text(ch_buf *out, ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '>')
            ch_buf_puts(out, "&gt;");
        else
            ch_buf_putc(out, s.p[i]);
    }
}

static void
put_tokens(writer *w, const tokens *t, size_t from, size_t to)
{
    ch_buf *out = w->out;
    for (size_t i = from; i < to; i++) {
        const token *k = &t->list.at[i];
        if (k->kind == TEXT) {
            put_text(out, k->s);
        } else if (k->kind == LONE) {
            ch_buf_printf(out, "<ph id=\"%zu\" canCopy=\"no\" canDelete=\"no\" dataRef=\"d%zu\"",
                          k->id, data_number(w, k->s));
            ch_buf_puts(out, " disp=\"");
            ch_buf_xml(out, k->s);
            ch_buf_puts(out, "\"/>");
        } else if (k->kind == OPEN) {
            ch_buf_printf(out,
                          "<pc id=\"%zu\" canCopy=\"no\" canDelete=\"no\" type=\"%s\" "
                          "dataRefStart=\"d%zu\" dataRefEnd=\"d%zu\">",
                          k->id, type_of(k->s), data_number(w, k->s),
                          data_number(w, t->list.at[k->partner].s));
            put_tokens(w, t, i + 1, k->partner);
            ch_buf_puts(out, "</pc>");
            i = k->partner;
        }
    }
}

/* ---- the file ---- */

void
ch_xliff_begin(ch_buf *out, ch_str source, ch_str target)
{
    ch_buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"" CH_XLIFF_NS
                     "\" version=\"2.0\" srcLang=\"");
    ch_buf_xml(out, source);
    if (target.n > 0) {
        ch_buf_puts(out, "\" trgLang=\"");
        ch_buf_xml(out, target);
    }
    ch_buf_puts(out, "\">\n");
}

void
ch_xliff_file(ch_buf *out, unsigned number, ch_str original)
{
    ch_buf_printf(out, "  <file id=\"f%u\" original=\"", number);
    ch_buf_xml(out, original);
    ch_buf_puts(out, "\">\n");
}

static void
put_notes(ch_buf *out, const char *category, ch_str lines)
{
    ch_str line;
    for (size_t at = 0; ch_str_line(lines, &at, &line);) {
        ch_buf_printf(out, "        <note category=\"%s\">", category);
        ch_buf_xml(out, line);
        ch_buf_puts(out, "</note>\n");
    }
}

static void
put_data(writer *w)
{
    if (ch_map_count(w->data) == 0)
        return;
    ch_buf_puts(w->out, "      <originalData>\n");
    for (size_t i = 0; i < ch_map_count(w->data); i++) {
        ch_buf_printf(w->out, "        <data id=\"d%zu\">", i + 1);
        ch_buf_xml(w->out, ch_map_key(w->data, i));
        ch_buf_puts(w->out, "</data>\n");
    }
    ch_buf_puts(w->out, "      </originalData>\n");
}

void
ch_xliff_put(ch_arena *scratch, ch_buf *out, const ch_xliff_unit *u)
{
    ch_mark mark = ch_arena_mark(scratch);
    writer  w    = {.a = scratch, .out = out, .data = ch_map_new(scratch)};
    bool    target;
    (void)tokenize(scratch, u->source, &w.source);
    target = u->target.n > 0 && tokenize(scratch, u->target, &w.target);
    if (!target)
        w.target.list.n = 0;
    number_codes(&w);
    note_data(&w, &w.source);
    note_data(&w, &w.target);
    /* Named after its text, so that it keeps its name when letters change around it. */
    uint64_t id = ch_hash(u->context.p, u->context.n, 0);
    ch_buf_printf(out, "    <unit id=\"u%016llx\"",
                  (unsigned long long)ch_hash(u->source.p, u->source.n, id));
    if (u->context.n > 0) {
        ch_buf_puts(out, " name=\"" CH_XLIFF_CONTEXT);
        ch_buf_xml(out, u->context);
        ch_buf_putc(out, '"');
    }
    ch_buf_puts(out, ">\n");
    if (u->notes.n + u->places.n > 0) {
        ch_buf_puts(out, "      <notes>\n");
        put_notes(out, "description", u->notes);
        put_notes(out, "location", u->places);
        ch_buf_puts(out, "      </notes>\n");
    }
    put_data(&w);
    ch_buf_printf(out, "      <segment state=\"%s\">\n        <source>",
                  target && u->done ? "translated" : "initial");
    put_tokens(&w, &w.source, 0, w.source.list.n);
    ch_buf_puts(out, "</source>\n");
    if (target) {
        ch_buf_puts(out, "        <target>");
        put_tokens(&w, &w.target, 0, w.target.list.n);
        ch_buf_puts(out, "</target>\n");
    }
    ch_buf_puts(out, "      </segment>\n    </unit>\n");
    ch_arena_rewind(scratch, mark);
}

void
ch_xliff_end_file(ch_buf *out)
{
    ch_buf_puts(out, "  </file>\n");
}

void
ch_xliff_end(ch_buf *out)
{
    ch_buf_puts(out, "</xliff>\n");
}
