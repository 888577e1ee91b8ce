/* base/diag.c -- the collection of diagnostics, and their two printed forms. */
#include "base/diag.h"

#include "base/diag_add.h"
#include "base/map.h"

#include <pthread.h>
#include <string.h>

typedef struct code_row {
    char        letter;
    unsigned    number;
    const char *slug, *text;
} code_row;

static const code_row CODES[CH_CODE_COUNT] = {
    {'E', 0, "none", ""},
#define CODE(letter, number, slug, text) {#letter[0], number, #slug, text},
#include "base/codes.def"
#undef CODE
};

struct ch_diags {
    ch_arena *arena;
    CH_VEC(ch_source *) sources;
    CH_VEC(ch_diag) list;
    ch_map  *folded; /* code and text of a message without a place -> its ch_diag number + 1 */
    size_t   errors, warnings, said;
    uint32_t last; /* number + 1 of the one that a hint goes to, 0 for none */
};

/* ---- codes ---- */

static char           slugs[CH_CODE_COUNT][48];
static pthread_once_t slugs_once = PTHREAD_ONCE_INIT;

/* Enumerators are written with low lines, slugs for people with hyphens. */
static void
make_slugs(void)
{
    for (size_t i = 0; i < CH_CODE_COUNT; i++) {
        for (size_t k = 0; CODES[i].slug[k] && k + 1 < sizeof slugs[i]; k++)
            slugs[i][k] = CODES[i].slug[k] == '_' ? '-' : CODES[i].slug[k];
    }
}

char
ch_code_letter(ch_code c)
{
    return CODES[c].letter;
}

ch_severity
ch_code_severity(ch_code c)
{
    char letter = ch_code_letter(c);
    return letter == 'E' ? CH_ERROR : letter == 'W' ? CH_WARNING : CH_NOTE;
}

unsigned
ch_code_number(ch_code c)
{
    return CODES[c].number;
}

const char *
ch_code_slug(ch_code c)
{
    (void)pthread_once(&slugs_once, make_slugs);
    return slugs[c];
}

const char *
ch_code_template(ch_code c)
{
    return CODES[c].text;
}

/* ---- the collection ---- */

ch_diags *
ch_diags_new(ch_arena *a)
{
    ch_diags *d = CH_NEW(a, ch_diags);
    d->arena    = a;
    d->folded   = ch_map_new(a);
    return d;
}

uint32_t
ch_diags_source(ch_diags *d, ch_str name, ch_str bytes)
{
    ch_source *s                   = CH_NEW(d->arena, ch_source);
    s->name                        = ch_arena_str(d->arena, name);
    s->bytes                       = bytes;
    *CH_PUSH(d->arena, d->sources) = s;
    return (uint32_t)d->sources.n;
}

const ch_source *
ch_diags_source_at(const ch_diags *d, uint32_t source)
{
    return source >= 1 && source <= d->sources.n ? d->sources.at[source - 1] : NULL;
}

void
ch_diags_share(ch_diags *d, const ch_diags *from)
{
    for (size_t i = 0; i < from->sources.n; i++) {
        ch_source *s                   = CH_NEW(d->arena, ch_source);
        *s                             = *from->sources.at[i];
        s->hidden.cap                  = s->hidden.n; /* more of it goes into memory of our own */
        *CH_PUSH(d->arena, d->sources) = s;
    }
}

void
ch_diags_hide(ch_diags *d, uint32_t source, uint32_t from, uint32_t to)
{
    ch_source *s = source >= 1 && source <= d->sources.n ? d->sources.at[source - 1] : NULL;
    if (!s || to <= from)
        return;
    if (s->hidden.n > 0 && s->hidden.at[s->hidden.n - 1].to >= from)
        s->hidden.at[s->hidden.n - 1].to = to;
    else
        *CH_PUSH(d->arena, s->hidden) = (ch_where){source, from, to};
}

/* The first hidden part that ends behind `at`; NULL when there is none. */
static const ch_where *
hidden_from(const ch_source *s, size_t at)
{
    size_t low = 0, high = s->hidden.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->hidden.at[middle].to > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low < s->hidden.n ? &s->hidden.at[low] : NULL;
}

bool
ch_source_hides(const ch_source *s, uint32_t from, uint32_t to)
{
    const ch_where *h = s ? hidden_from(s, from) : NULL;
    return h && (h->from < to || h->from <= from);
}

size_t
ch_diags_count(const ch_diags *d)
{
    return d->list.n;
}

const ch_diag *
ch_diags_at(const ch_diags *d, size_t i)
{
    return &d->list.at[i];
}

size_t
ch_diags_errors(const ch_diags *d)
{
    return d->errors;
}

size_t
ch_diags_warnings(const ch_diags *d)
{
    return d->warnings;
}

size_t
ch_diags_said(const ch_diags *d)
{
    return d->said;
}

/* One line: white space that would break it becomes a space. */
static void
flatten(ch_str s)
{
    char *p = (char *)(uintptr_t)s.p;
    for (size_t i = 0; i < s.n; i++) {
        if (p[i] == '\n' || p[i] == '\r' || p[i] == '\t')
            p[i] = ' ';
    }
}

/* Count the diagnostic in an equal one without a place; false when it is the first. */
static bool
fold(ch_diags *d, ch_diag *g)
{
    if (g->severity == CH_ERROR || g->where.source || g->line)
        return false;
    ch_str    key  = ch_arena_printf(d->arena, "%u %s", (unsigned)g->code, g->text.p);
    uintptr_t seen = (uintptr_t)ch_map_lookup(d->folded, key);
    if (seen) {
        d->list.at[seen - 1].times++;
        d->last = 0;
        return true;
    }
    ch_map_put(d->folded, key, (void *)(uintptr_t)(d->list.n + 1));
    return false;
}

/* The template with its numbers and the engine's own words, but nothing from the file. */
static ch_str
text_without_values(ch_diags *d, const char *form, va_list ap)
{
    ch_buf b;
    ch_buf_init(&b, d->arena);
    for (const char *p = form; *p; p++) {
        if (*p != '%') {
            ch_buf_putc(&b, *p);
            continue;
        }
        bool counted = strncmp(p, "%.*s", 4) == 0, wide = false;
        p++;
        p += strcspn(p, "suXdcz%");
        if (*p == 'z') {
            wide = true;
            p++;
        }
        if (counted) {
            (void)va_arg(ap, int);
            (void)va_arg(ap, const char *);
            ch_buf_puts(&b, "...");
        } else if (*p == 's') {
            ch_buf_puts(&b, va_arg(ap, const char *));
        } else if (*p != '%') {
            size_t v = wide ? va_arg(ap, size_t) : va_arg(ap, unsigned);
            ch_buf_printf(&b, *p == 'X' ? "%02zX" : "%zu", v);
        }
    }
    return ch_buf_view(&b);
}

void
ch_diags_add(ch_diags *d, ch_diag g, va_list ap)
{
    const code_row *row = &CODES[g.code];
    g.severity          = ch_code_severity(g.code);
    bool hides = ch_source_hides(ch_diags_source_at(d, g.where.source), g.where.from, g.where.to);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    g.text =
        hides ? text_without_values(d, row->text, ap) : ch_arena_vprintf(d->arena, row->text, ap);
#pragma GCC diagnostic pop
    g.hint = g.source = CH_STR_EMPTY;
    flatten(g.text);
    d->said++;
    if (fold(d, &g))
        return;
    *CH_PUSH(d->arena, d->list) = g;
    d->last                     = hides ? 0 : (uint32_t)d->list.n; /* nor does a hint */
    d->errors += g.severity == CH_ERROR;
    d->warnings += g.severity == CH_WARNING;
}

void
ch_diags_hint(ch_diags *d, const char *fmt, va_list ap)
{
    if (!d->last)
        return;
    ch_str hint = ch_arena_vprintf(d->arena, fmt, ap);
    flatten(hint);
    d->list.at[d->last - 1].hint = hint;
}

void
ch_diags_cite(ch_diags *d, ch_str source)
{
    if (d->last)
        d->list.at[d->last - 1].source = source;
}

void
ch_diags_waive(ch_diags *d, ch_str reason)
{
    if (!d->last)
        return;
    ch_diag *g = &d->list.at[d->last - 1];
    d->errors -= g->severity == CH_ERROR;
    d->warnings -= g->severity == CH_WARNING;
    g->severity = CH_NOTE;
    g->waived   = true;
    g->reason   = ch_arena_str(d->arena, reason);
}

static bool
comes_before(const ch_diag *a, const ch_diag *b)
{
    if (a->where.source != b->where.source)
        return a->where.source < b->where.source;
    return a->where.from < b->where.from;
}

/* By merging runs, so that equal places keep their order. */
void
ch_diags_sort(ch_diags *d, size_t from)
{
    if (d->list.n <= from + 1)
        return;
    size_t   n = d->list.n - from;
    ch_diag *a = d->list.at + from, *b = CH_NEW_N(d->arena, ch_diag, n);
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t l = i, middle = i + run < n ? i + run : n;
            size_t r = middle, end = i + 2 * run < n ? i + 2 * run : n;
            for (size_t k = i; k < end; k++)
                b[k] = l < middle && (r >= end || !comes_before(&a[r], &a[l])) ? a[l++] : a[r++];
        }
        memcpy(a, b, n * sizeof *a);
    }
    d->last = 0;
}

/* ---- places ---- */

static const char HIDDEN[] = "[withheld]"; /* in place of what is hidden */

void
ch_source_line_column(const ch_source *s, uint32_t offset, uint32_t *line, uint32_t *column)
{
    size_t   to = offset < s->bytes.n ? offset : s->bytes.n, from = 0;
    uint32_t l = 1, c = 1;
    for (const char *nl; from < to && (nl = memchr(s->bytes.p + from, '\n', to - from));) {
        l++;
        from = (size_t)(nl - s->bytes.p) + 1;
    }
    if (from == 0 && ch_str_starts(s->bytes, "\xEF\xBB\xBF"))
        from = 3; /* a byte order mark takes no column */
    while (from < to) {
        const ch_where *h = hidden_from(s, from);
        if (h && h->from <= from) {
            /* As it is shown: its length is not to be had from what stands behind it. */
            from = h->to;
            c += from <= to ? (uint32_t)(sizeof HIDDEN - 1) : 0;
            continue;
        }
        (void)ch_utf8_next(s->bytes, &from);
        c++;
    }
    *line   = l;
    *column = c;
}

void
ch_diag_place(const ch_diags *d, const ch_diag *g, const ch_source **s, uint32_t *line,
              uint32_t *column)
{
    *s      = ch_diags_source_at(d, g->where.source);
    *line   = g->line;
    *column = g->column;
    if (*s && !g->line)
        ch_source_line_column(*s, g->where.from, line, column);
}

const char *
ch_severity_name(ch_severity s)
{
    return s == CH_ERROR ? "error" : s == CH_WARNING ? "warning" : "note";
}

/* ---- text ---- */

#define EXCERPT_BEFORE 100 /* bytes of a long line shown on either side of the place */
#define EXCERPT_BEHIND 60

static bool
is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* What is hidden at `here`, as "[withheld]", and what stands below it; the offset behind it. */
static size_t
print_hidden(ch_buf *out, ch_buf *caret, const ch_where *h, size_t here, size_t from, size_t to,
             bool *first)
{
    ch_buf_puts(out, HIDDEN);
    bool under = *first ? from < h->to : here < to;
    for (size_t i = 0; i + 1 < sizeof HIDDEN; i++) {
        ch_buf_putc(caret, !under ? ' ' : *first ? '^' : '~');
        *first = *first && !under;
    }
    return h->to;
}

/* The source line, or the part of a long one that is about the place. */
static void
print_excerpt(ch_buf *out, const ch_source *s, size_t from, size_t to)
{
    ch_str all = s->bytes;
    if (from > all.n)
        from = all.n;
    size_t a = from, b = from, shown = 0;
    while (a > 0 && all.p[a - 1] != '\n' && shown < EXCERPT_BEFORE) {
        const ch_where *h     = hidden_from(s, a - 1);
        bool            hides = h && h->from < a;
        a                     = hides ? h->from : a - 1;
        shown += hides ? sizeof HIDDEN - 1 : 1;
    }
    while (b < all.n && all.p[b] != '\n' && all.p[b] != '\r' && b - from < EXCERPT_BEHIND)
        b++;
    while (a < from && is_continuation(all.p[a]))
        a++;
    while (b > from && b < all.n && is_continuation(all.p[b]))
        b--;
    if (ch_str_starts(ch_str_sub(all, a, b), "\xEF\xBB\xBF") && a + 3 <= from)
        a += 3;
    ch_str line = ch_str_sub(all, a, b);
    if (!ch_str_trim(line).n)
        return;
    ch_buf caret;
    ch_buf_init(&caret, out->arena);
    ch_buf_puts(out, "    ");
    ch_buf_puts(&caret, "    ");
    bool first = true;
    for (size_t i = 0; i < line.n;) {
        size_t          here = a + i;
        const ch_where *h    = hidden_from(s, here);
        if (h && h->from <= here) {
            i = print_hidden(out, &caret, h, here, from, to, &first) - a;
            continue;
        }
        uint32_t cp = ch_utf8_next(line, &i);
        if (cp < 0x20 && cp != '\t')
            cp = 0xFFFD;
        ch_buf_utf8(out, cp);
        if (here < from)
            ch_buf_putc(&caret, cp == '\t' ? '\t' : ' ');
        else if (first || here < to)
            ch_buf_putc(&caret, first ? '^' : '~');
        first = first && here < from;
    }
    if (first)
        ch_buf_putc(&caret, '^'); /* behind the last character of the line */
    while (caret.n > 0 && caret.p[caret.n - 1] == ' ')
        caret.n--;
    ch_buf_putc(out, '\n');
    ch_buf_str(out, ch_buf_view(&caret));
    ch_buf_putc(out, '\n');
}

void
ch_diag_print_text(ch_buf *out, const ch_diags *d, const ch_diag *g)
{
    const ch_source *s;
    uint32_t         line, column;
    ch_diag_place(d, g, &s, &line, &column);
    if (s)
        ch_buf_str(out, s->name);
    else
        ch_buf_puts(out, "chancery");
    if (line && column)
        ch_buf_printf(out, ":%u:%u", line, column);
    else if (line)
        ch_buf_printf(out, ":%u", line);
    ch_buf_printf(out, ": %s: ", ch_severity_name(g->severity));
    ch_buf_str(out, g->text);
    if (g->times > 1)
        ch_buf_printf(out, " (%u times)", g->times);
    ch_buf_printf(out, " [%c%04u %s]\n", ch_code_letter(g->code), ch_code_number(g->code),
                  ch_code_slug(g->code));
    if (s && !g->line)
        print_excerpt(out, s, g->where.from, g->where.to);
    if (g->hint.n) {
        ch_buf_puts(out, "    hint: ");
        ch_buf_str(out, g->hint);
        ch_buf_putc(out, '\n');
    }
    if (g->source.n) {
        ch_buf_puts(out, "    source: ");
        ch_buf_str(out, g->source);
        ch_buf_putc(out, '\n');
    }
}

/* ---- JSON ---- */

void
ch_diag_print_json_string(ch_buf *out, const char *name, ch_str s)
{
    ch_buf_printf(out, "\"%s\":", name);
    ch_buf_json(out, s);
}

void
ch_diag_print_json(ch_buf *out, const ch_diags *d, const ch_diag *g)
{
    const ch_source *s;
    uint32_t         line, column;
    ch_diag_place(d, g, &s, &line, &column);
    ch_buf_putc(out, '{');
    if (s) {
        ch_diag_print_json_string(out, "file", s->name);
        ch_buf_putc(out, ',');
    }
    if (line)
        ch_buf_printf(out, "\"line\":%u,\"column\":%u,", line, column);
    /* Nor is the length of what is hidden to be had from offsets behind it. */
    if (s && !g->line && (s->hidden.n == 0 || s->hidden.at[0].from >= g->where.to))
        ch_buf_printf(out, "\"from\":%u,\"to\":%u,", g->where.from, g->where.to);
    ch_buf_printf(out, "\"severity\":\"%s\",\"code\":\"%c%04u\",\"slug\":\"%s\",",
                  ch_severity_name(g->severity), ch_code_letter(g->code), ch_code_number(g->code),
                  ch_code_slug(g->code));
    ch_diag_print_json_string(out, "text", g->text);
    if (g->hint.n) {
        ch_buf_putc(out, ',');
        ch_diag_print_json_string(out, "hint", g->hint);
    }
    if (g->source.n) {
        ch_buf_putc(out, ',');
        ch_diag_print_json_string(out, "source", g->source);
    }
    if (g->times > 1)
        ch_buf_printf(out, ",\"times\":%u", g->times);
    ch_buf_puts(out, "}\n");
}
