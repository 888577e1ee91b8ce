/* job/records.c -- opening files of records, and what their readers share. */
#include "job/records.h"

#include "base/inputs.h"
#include "job/records_inside.h"

#include <stdlib.h>
#include <string.h>

#define PIECE ((size_t)64 << 10)

/* ---- bytes ---- */

bool
ch_window_more(ch_window *w)
{
    if (w->end)
        return false;
    if (w->at > 0 && w->at <= w->n) {
        memmove(w->p, w->p + w->at, w->n - w->at);
        w->n -= w->at;
        w->at = 0;
    }
    if (w->cap - w->n < PIECE) {
        size_t cap = w->cap ? 2 * w->cap : 2 * PIECE;
        char  *big = realloc(w->p, cap);
        if (!big) {
            w->end = w->failed = true;
            return false;
        }
        w->p   = big;
        w->cap = cap;
    }
    size_t got = 0;
    if (ch_stream_read(w->stream, w->p + w->n, PIECE, &got, &w->os_error) != CH_FILE_OK)
        w->failed = true;
    w->n += got;
    w->end = got == 0;
    return got > 0;
}

uint32_t
ch_records_source(const ch_records *r, ch_ctx *cx)
{
    return ch_diags_source(cx->diags, ch_str_from(r->name), CH_STR_EMPTY);
}

void
ch_records_move(ch_str bytes, uint32_t *line, uint32_t *column)
{
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c == '\n' || (c == '\r' && (i + 1 == bytes.n || bytes.p[i + 1] != '\n'))) {
            ++*line;
            *column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

static bool
is_control(ch_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    if (c == 0x7F)
        return true;
    /* U+FFFE and U+FFFF are EF BF BE and EF BF BF; U+0080 to U+009F are C2 80 to C2 9F. */
    if (c == 0xC2)
        return i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0;
    return c == 0xEF && i + 2 < s.n && (unsigned char)s.p[i + 1] == 0xBF &&
           (unsigned char)s.p[i + 2] >= 0xBE;
}

bool
ch_records_clean(const ch_records *r, ch_ctx *cx, ch_str bytes, uint32_t line)
{
    size_t   bad    = ch_utf8_valid(bytes);
    uint32_t column = 1;
    for (size_t i = 0; i < bad; i++) {
        if (!is_control(bytes, i))
            continue;
        ch_records_move(ch_str_sub(bytes, 0, i), &line, &column);
        CH_RECORDS_REPORT(r, cx, CH_E3612_record_character, line, column, r->met,
                          (unsigned)ch_utf8_at(bytes, i));
        return false;
    }
    if (bad == bytes.n)
        return true;
    ch_records_move(ch_str_sub(bytes, 0, bad), &line, &column);
    CH_RECORDS_REPORT(r, cx, CH_E3613_record_utf8, line, column, r->met,
                      (unsigned)(unsigned char)bytes.p[bad]);
    ch_hint(cx, "save the file as UTF-8");
    return false;
}

static bool
is_clean_text(const ch_records *r, ch_ctx *cx, const ch_value *v, ch_str s)
{
    size_t bad = 0;
    while (bad < s.n && !is_control(s, bad))
        bad++;
    if (bad == s.n)
        return true;
    CH_RECORDS_REPORT(r, cx, CH_E3612_record_character, v->line, v->column, r->met,
                      (unsigned)ch_utf8_at(s, bad));
    return false;
}

bool
ch_records_texts_clean(const ch_records *r, ch_ctx *cx, const ch_value *v)
{
    if (!is_clean_text(r, cx, v, v->text) || !is_clean_text(r, cx, v, v->name))
        return false;
    for (const ch_value *c = v->first; c; c = c->next)
        if (!ch_records_texts_clean(r, cx, c))
            return false;
    return true;
}

/* ---- formats ---- */

static const struct {
    const char       *name; /* and how a file's name ends, with a dot before it */
    ch_records_format format;
} FORMATS[] = {{"csv", CH_RECORDS_CSV},
               {"jsonl", CH_RECORDS_JSON},
               {"ndjson", CH_RECORDS_JSON},
               {"json", CH_RECORDS_JSON},
               {"xml", CH_RECORDS_XML}};

#define FORMATS_N (sizeof FORMATS / sizeof *FORMATS)

int
ch_records_format_named(const char *name)
{
    for (size_t i = 0; i < FORMATS_N; i++)
        if (!strcmp(name, FORMATS[i].name))
            return (int)FORMATS[i].format;
    return -1;
}

static bool
ends_with(ch_str name, const char *ending)
{
    size_t n = strlen(ending);
    if (name.n <= n || name.p[name.n - n - 1] != '.')
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = name.p[name.n - n + i];
        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != ending[i])
            return false;
    }
    return true;
}

static ch_records_format
format_of(ch_str name)
{
    for (size_t i = 0; i < FORMATS_N; i++)
        if (ends_with(name, FORMATS[i].name))
            return FORMATS[i].format;
    return CH_RECORDS_BY_NAME;
}

static const ch_records_reader *
reader_of(ch_records_format format)
{
    switch (format) {
    case CH_RECORDS_CSV:
        return &ch_records_csv;
    case CH_RECORDS_JSON:
        return &ch_records_json;
    case CH_RECORDS_XML:
        return &ch_records_xml;
    case CH_RECORDS_BY_NAME:
        break;
    }
    return NULL;
}

static ch_str
name_of(const ch_records *r)
{
    return ch_str_from(r->name);
}

/* ---- opening ---- */

/* Pass over a byte order mark; say when the file is UTF-16. */
static ch_status
begin(ch_records *r, ch_ctx *cx)
{
    (void)ch_window_more(&r->w);
    ch_str head = {r->w.p ? r->w.p : "", r->w.n};
    if (ch_str_starts(head, "\xEF\xBB\xBF"))
        r->w.at = 3;
    if (!ch_str_starts(head, "\xFF\xFE") && !ch_str_starts(head, "\xFE\xFF"))
        return CH_OK;
    CH_RECORDS_REPORT(r, cx, CH_E3625_records_encoding, 1, 1, CH_ARG(ch_str_from(r->name)));
    ch_hint(cx, "save the file as UTF-8");
    return CH_ERR_INPUT;
}

static ch_status
open_stream(ch_ctx *cx, ch_str name, ch_stream *stream, ch_records_format format, ch_records **out)
{
    ch_records *r      = calloc(1, sizeof *r);
    char       *copy   = malloc(name.n + 1);
    ch_status   status = CH_OK;
    if (!r || !copy || !stream) {
        ch_stream_close(stream);
        free(r);
        free(copy);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    memcpy(copy, name.p, name.n);
    copy[name.n] = '\0';
    r->name      = copy;
    r->w.stream  = stream;
    r->line      = 1;
    r->reader    = reader_of(format == CH_RECORDS_BY_NAME ? format_of(name) : format);
    if (!r->reader) {
        ch_report(cx, CH_E3624_unknown_records, CH_NOWHERE, CH_ARG(name));
        ch_hint(cx, "let it end in .csv, .jsonl or .xml, or say --format csv, jsonl or xml");
        status = CH_ERR_INPUT;
    }
    if (status == CH_OK)
        status = begin(r, cx);
    if (status == CH_OK)
        status = r->reader->open(r, cx);
    if (r->w.failed) {
        ch_report_file(cx, CH_NOWHERE, name, CH_FILE_FAILED, r->w.os_error, 0, CH_ERR_HOST);
        status = CH_ERR_HOST;
    }
    if (status != CH_OK) {
        ch_records_close(r);
        return status;
    }
    *out = r;
    return CH_OK;
}

ch_status
ch_records_open(ch_ctx *cx, const char *path, ch_records_format format, ch_records **out)
{
    int           os_error = 0;
    ch_stream    *stream   = NULL;
    ch_str        name     = ch_str_from(!strcmp(path, "-") ? "<stdin>" : path);
    ch_file_error e        = ch_stream_open(path, &stream, &os_error);
    *out                   = NULL;
    if (strcmp(path, "-") != 0)
        ch_input_add(cx, CH_INPUT_RECORDS, name);
    if (e != CH_FILE_OK)
        return ch_report_file(cx, CH_NOWHERE, name, e, os_error, 0, CH_ERR_HOST);
    return open_stream(cx, name, stream, format, out);
}

ch_status
ch_records_open_bytes(ch_ctx *cx, ch_str name, ch_str bytes, ch_records_format format,
                      ch_records **out)
{
    *out = NULL;
    return open_stream(cx, name, ch_stream_of(bytes), format, out);
}

ch_status
ch_records_next(ch_records *r, ch_ctx *cx, ch_arena *a, const ch_record **out)
{
    bool       end    = r->over;
    ch_record *record = CH_NEW(a, ch_record);
    ch_status  status = CH_OK;
    *out              = NULL;
    if (!end) {
        record->file = ch_arena_str(a, ch_str_from(r->name));
        status       = r->reader->next(r, cx, a, record, &end);
    }
    if (r->w.failed && !r->over) {
        r->over = true;
        return ch_report_file(cx, CH_NOWHERE, ch_str_from(r->name), CH_FILE_FAILED, r->w.os_error,
                              0, CH_ERR_HOST);
    }
    r->over = r->over || end;
    if (status == CH_OK && !end) {
        record->number = r->met;
        *out           = record;
    }
    return status;
}

/* ---- one of them ---- */

static void
close_records(void *r)
{
    ch_records_close(r);
}

/* Pass over all before number n. */
static ch_status
pass_records(ch_records *r, ch_ctx *cx, size_t n, bool *cut)
{
    ch_diags        *kept = cx->diags;
    ch_status        st   = CH_OK;
    const ch_record *out  = NULL;
    while (r->met + 1 < n && !r->over && st != CH_ERR_HOST) {
        ch_mark mark = ch_arena_mark(cx->scratch);
        cx->diags    = ch_diags_new(cx->scratch);
        st           = ch_records_next(r, cx, cx->scratch, &out);
        cx->diags    = kept;
        ch_arena_rewind(cx->scratch, mark);
    }
    *cut = r->over && st != CH_OK;
    return st == CH_ERR_HOST ? st : CH_OK;
}

static ch_status
choose(ch_records *r, ch_ctx *cx, size_t n, const ch_record **out)
{
    bool      cut = false;
    ch_status st  = pass_records(r, cx, n, &cut);
    if (st == CH_OK)
        st = ch_records_next(r, cx, cx->job, out);
    if (st == CH_ERR_HOST && r->w.failed)
        return ch_report_file(cx, CH_NOWHERE, name_of(r), CH_FILE_FAILED, r->w.os_error, 0,
                              CH_ERR_HOST);
    if (st == CH_OK && !*out) {
        ch_report(cx, CH_E3626_no_such_record, CH_NOWHERE, CH_ARG(name_of(r)), n, r->met);
        if (cut)
            ch_hint(
                cx,
                "nothing can be read behind record %zu, which is wrong: ask for that to see how",
                r->met);
        return CH_ERR_INPUT;
    }
    return st;
}

ch_status
ch_record_choose(ch_ctx *cx, const ch_record_choice *c, const ch_record **out)
{
    ch_records *r    = NULL;
    ch_mark     mark = ch_arena_mark(cx->scratch);
    *out             = NULL;
    ch_status st     = c->from_bytes ? ch_records_open_bytes(cx, ch_str_from(c->name),
                                                             (ch_str){c->bytes, c->size}, c->format, &r)
                                     : ch_records_open(cx, c->name, c->format, &r);
    if (st == CH_OK) {
        ch_arena_defer(cx->scratch, close_records, r);
        st = choose(r, cx, c->number, out);
    }
    ch_arena_rewind(cx->scratch, mark);
    return st;
}

size_t
ch_records_met(const ch_records *r)
{
    return r->met;
}

void
ch_records_close(ch_records *r)
{
    if (!r)
        return;
    if (r->reader && r->own)
        r->reader->close(r);
    ch_stream_close(r->w.stream);
    free(r->w.p);
    free(r->name);
    free(r);
}
