/* locale/po.c -- catalogues as text.
 *
 * A file is a row of words: keywords, strings between quotation marks, and numbers in brackets,
 * with comments up to the end of a line.  Strings that follow one another are one. */
#include "locale/catalog_read.h"

#include <string.h>

#define ERRORS_MAX 100 /* nobody reads beyond */

typedef enum word {
    W_END,
    W_CONTEXT,
    W_ID,
    W_PLURAL,
    W_STRING_OF, /* msgstr */
    W_DOMAIN,
    W_QUOTED,
    W_INDEX, /* [0] */
    W_WRONG
} word;

typedef struct reader {
    ch_ctx     *cx;
    ch_catalog *c;
    ch_str      s;
    uint32_t    source;
    size_t      at;     /* behind the word */
    size_t      from;   /* where it begins */
    word        word;   /* the one being looked at */
    bool        fuzzy;  /* a flag was seen since the last message */
    uint32_t    header; /* its line; 0: none was seen */
    size_t      errors; /* before this file */
} reader;

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

static ch_where
place(const reader *r, size_t from, size_t to)
{
    return (ch_where){r->source, (uint32_t)from, (uint32_t)to};
}

static void
wrong(reader *r, size_t from, size_t to, const char *what)
{
    if (ch_diags_errors(r->cx->diags) - r->errors < ERRORS_MAX)
        ch_report(r->cx, CH_E3640_po_syntax, place(r, from, to), what);
}

/* ---- words ---- */

/* Of the comments only "#, fuzzy" says something here. */
static void
comment(reader *r, size_t end)
{
    ch_str line = ch_str_sub(r->s, r->at, end);
    if (ch_str_starts(line, "#~"))
        r->fuzzy = false; /* the flag was that of a message which is out of use */
    if (!ch_str_starts(line, "#,"))
        return;
    for (size_t i = 2; i < line.n;) {
        size_t from = i;
        while (i < line.n && line.p[i] != ',' && !is_space(line.p[i]))
            i++;
        r->fuzzy = r->fuzzy || ch_str_is(ch_str_sub(line, from, i), "fuzzy");
        i += i == from || i < line.n;
    }
}

static size_t
line_end(const reader *r, size_t at)
{
    const char *nl = at < r->s.n ? memchr(r->s.p + at, '\n', r->s.n - at) : NULL;
    return nl ? (size_t)(nl - r->s.p) : r->s.n;
}

static void
skip_blank(reader *r)
{
    while (r->at < r->s.n) {
        if (r->s.p[r->at] == '#') {
            size_t end = line_end(r, r->at);
            comment(r, end);
            r->at = end;
        } else if (is_space(r->s.p[r->at])) {
            r->at++;
        } else {
            return;
        }
    }
}

static word
keyword(ch_str s)
{
    static const struct {
        const char *name;
        word        word;
    } all[] = {{"msgctxt", W_CONTEXT},
               {"msgid", W_ID},
               {"msgid_plural", W_PLURAL},
               {"msgstr", W_STRING_OF},
               {"domain", W_DOMAIN}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (ch_str_is(s, all[i].name))
            return all[i].word;
    return W_WRONG;
}

/* The end of a string that begins at `from`: behind its closing mark, or at the end of the line
 * when it has none. */
static size_t
string_end(const reader *r, size_t from, bool *closed)
{
    size_t i = from + 1;
    *closed  = false;
    while (i < r->s.n && r->s.p[i] != '\n') {
        if (r->s.p[i] == '"') {
            *closed = true;
            return i + 1;
        }
        i += r->s.p[i] == '\\' && i + 1 < r->s.n && r->s.p[i + 1] != '\n' ? 2 : 1;
    }
    return i;
}

static void
advance(reader *r)
{
    skip_blank(r);
    r->from = r->at;
    if (r->at == r->s.n) {
        r->word = W_END;
        return;
    }
    char c = r->s.p[r->at];
    if (c == '"') {
        bool closed;
        r->at   = string_end(r, r->at, &closed);
        r->word = W_QUOTED;
        if (!closed)
            wrong(r, r->from, r->at, "a string is not closed on its line");
    } else if (c == '[') {
        while (r->at < r->s.n && r->s.p[r->at] != ']' && r->s.p[r->at] != '\n')
            r->at++;
        bool closed = r->at < r->s.n && r->s.p[r->at] == ']';
        r->at += closed;
        r->word = closed ? W_INDEX : W_WRONG;
    } else {
        while (r->at < r->s.n && !is_space(r->s.p[r->at]) && !strchr("\"[#", r->s.p[r->at]))
            r->at++;
        if (r->at == r->from)
            r->at++;
        r->word = keyword(ch_str_sub(r->s, r->from, r->at));
    }
}

/* ---- strings ---- */

static int
digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* The byte that an escape stands for, its backslash at s.p[*at]; *at moves behind it.  -1: there
 * is none such. */
static int
escape(ch_str s, size_t *at)
{
    static const char names[] = "nrtabfv\\\"", bytes[] = "\n\r\t\a\b\f\v\\\"";
    char              c = *at + 1 < s.n ? s.p[*at + 1] : '\0';
    const char       *p = c ? strchr(names, c) : NULL;
    int               v = 0, base = c == 'x' ? 16 : 8, most = c == 'x' ? 2 : 3, n = 0;
    *at += 2;
    if (p)
        return (unsigned char)bytes[p - names];
    if (c != 'x')
        --*at;
    while (n < most && *at < s.n && digit(s.p[*at]) < base) {
        v = v * base + digit(s.p[*at]);
        ++*at;
        n++;
    }
    return n > 0 && v < 256 ? v : -1;
}

uint32_t
ch_po_offset(ch_str bytes, uint32_t from, size_t at)
{
    size_t i = from + 1, seen = 0;
    while (i < bytes.n) {
        if (bytes.p[i] == '"') { /* the next piece, if there is one */
            size_t j = i + 1;
            while (j < bytes.n && is_space(bytes.p[j]))
                j++;
            if (seen == at && (j >= bytes.n || bytes.p[j] != '"'))
                break;
            if (j >= bytes.n || bytes.p[j] != '"')
                break;
            i = j + 1;
            continue;
        }
        if (seen == at)
            break;
        if (bytes.p[i] == '\\')
            (void)escape(bytes, &i);
        else
            i++;
        seen++;
    }
    return (uint32_t)(i < bytes.n ? i : bytes.n);
}

static void
decode(reader *r, ch_buf *out, size_t from, size_t to)
{
    ch_str s = ch_str_sub(r->s, 0, to);
    for (size_t i = from; i < to;) {
        if (s.p[i] != '\\') {
            ch_buf_putc(out, s.p[i++]);
            continue;
        }
        size_t begin = i;
        int    c     = escape(s, &i);
        if (c < 0 || c == 0)
            wrong(r, begin, i > begin + 1 ? i : begin + 2, "there is no such escape in strings");
        else
            ch_buf_putc(out, (char)c);
    }
}

/* One string or several, as one.  They begin at the word being looked at; false: there is none. */
static bool
strings(reader *r, ch_str *out, ch_where *where)
{
    ch_buf b;
    *out   = CH_STR_EMPTY;
    *where = place(r, r->from, r->at);
    if (r->word != W_QUOTED) {
        wrong(r, r->from, r->at, "a string between quotation marks must stand here");
        return false;
    }
    ch_buf_init(&b, r->cx->job);
    for (; r->word == W_QUOTED; advance(r)) {
        bool   closed = false;
        size_t end    = string_end(r, r->from, &closed);
        decode(r, &b, r->from + 1, closed ? end - 1 : end);
        where->to = (uint32_t)end;
    }
    *out       = ch_buf_view(&b);
    size_t bad = ch_utf8_valid(*out); /* numbers of bytes can be anything */
    if (bad < out->n) {
        wrong(r, where->from, where->to, "the escapes of this string make no UTF-8");
        *out = CH_STR_EMPTY;
    }
    return true;
}

/* ---- messages ---- */

/* Behind an error: to the next message. */
static void
recover(reader *r)
{
    while (r->word != W_END && r->word != W_ID && r->word != W_CONTEXT)
        advance(r);
}

static uint32_t
line_of(const reader *r, ch_where w)
{
    uint32_t line = 0, column = 0;
    ch_source_line_column(ch_diags_source_at(r->cx->diags, r->source), w.from, &line, &column);
    return line;
}

static void
keep(reader *r, const ch_message *m)
{
    if (m->id.n == 0 && m->context.n == 0) {
        if (r->header > 0)
            ch_report(r->cx, CH_E3642_message_twice, m->where, r->header);
        else
            (void)ch_catalog_header(r->cx, r->c, m->text, m->where);
        r->header = line_of(r, m->where);
    } else if (!ch_catalog_add(r->c, m)) {
        const ch_message *first = ch_catalog_find(r->c, m->context, m->id);
        ch_report(r->cx, CH_E3642_message_twice, m->where, line_of(r, first->where));
    }
}

/* msgid_plural and its msgstr[N]: read, but of no use. */
static bool
plural(reader *r)
{
    ch_str   s;
    ch_where where;
    ch_report(r->cx, CH_W3643_plural_unused, place(r, r->from, r->at));
    advance(r);
    if (!strings(r, &s, &where))
        return false;
    while (r->word == W_STRING_OF) {
        advance(r);
        if (r->word != W_INDEX) {
            wrong(r, r->from, r->at, "msgstr of a plural needs a number, as msgstr[0]");
            return false;
        }
        advance(r);
        if (!strings(r, &s, &where))
            return false;
    }
    return true;
}

static bool
message(reader *r)
{
    ch_message m = {.context = CH_STR_EMPTY};
    ch_where   ignored;
    m.fuzzy = r->fuzzy;
    if (r->word == W_CONTEXT) {
        advance(r);
        if (!strings(r, &m.context, &ignored))
            return false;
        if (r->word != W_ID) {
            wrong(r, r->from, r->at, "behind msgctxt stands msgid");
            return false;
        }
    }
    advance(r);
    if (!strings(r, &m.id, &ignored))
        return false;
    r->fuzzy = false; /* what comes from here on is of the next one */
    if (r->word == W_PLURAL)
        return plural(r);
    if (r->word != W_STRING_OF) {
        wrong(r, ignored.from, ignored.to, "this message has no msgstr");
        return r->word == W_ID || r->word == W_CONTEXT || r->word == W_END;
    }
    advance(r);
    if (r->word == W_INDEX) {
        wrong(r, r->from, r->at, "msgstr has a number only behind msgid_plural");
        return false;
    }
    if (!strings(r, &m.text, &m.where))
        return false;
    keep(r, &m);
    return true;
}

static ch_status
check_bytes(reader *r)
{
    size_t      bad = ch_utf8_valid(r->s);
    const char *nul = memchr(r->s.p, 0, r->s.n);
    if (bad < r->s.n) {
        ch_report(r->cx, CH_E2005_invalid_utf8, place(r, bad, bad + 1),
                  (unsigned)(unsigned char)r->s.p[bad], "UTF-8", (uint32_t)bad);
        ch_hint(r->cx, "a catalogue is read in UTF-8 alone: msgconv --to-code=UTF-8 converts it");
    } else if (nul) {
        size_t at = (size_t)(nul - r->s.p);
        wrong(r, at, at + 1, "a byte of value 0 stands in no catalogue");
    } else {
        return CH_OK;
    }
    return CH_ERR_INPUT;
}

ch_status
ch_po_read(ch_ctx *cx, ch_catalog *c, ch_str bytes, uint32_t source)
{
    reader r = {
        .cx = cx, .c = c, .s = bytes, .source = source, .errors = ch_diags_errors(cx->diags)};
    if (check_bytes(&r) != CH_OK)
        return CH_ERR_INPUT;
    advance(&r);
    while (r.word != W_END && ch_diags_errors(cx->diags) - r.errors < ERRORS_MAX) {
        bool good = false;
        if (r.word == W_ID || r.word == W_CONTEXT)
            good = message(&r);
        else if (r.word == W_DOMAIN)
            wrong(&r, r.from, r.at, "a catalogue of several domains is not for letters");
        else if (r.word == W_QUOTED)
            wrong(&r, r.from, r.at, "a string with no keyword before it");
        else
            wrong(&r, r.from, r.at, "msgid must stand here");
        if (!good)
            recover(&r);
    }
    return ch_diags_errors(cx->diags) > r.errors ? CH_ERR_INPUT : CH_OK;
}
