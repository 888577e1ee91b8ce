/* job/records_json.c -- records from JSON Lines, by jansson.
 *
 * jansson tells neither where a value stands nor how a number was written.  As it keeps members in
 * the order of the text, a second look along the line goes with the first and tells both. */
#include "job/records_inside.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64 /* jansson's own limit is 2048 */

/* A walk along a line that jansson has found good. */
typedef struct walk {
    ch_arena *a;
    ch_str    s;
    size_t    at;
    uint32_t  line, column;
    size_t    counted; /* up to here for the column */
    bool      too_deep, too_large;
    uint32_t  bad_column;
} walk;

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* To the next byte that is no white space, comma or colon; its column. */
static uint32_t
to_token(walk *w)
{
    while (w->at < w->s.n &&
           (is_blank(w->s.p[w->at]) || w->s.p[w->at] == ',' || w->s.p[w->at] == ':'))
        w->at++;
    for (; w->counted < w->at; w->counted++)
        w->column += ((unsigned char)w->s.p[w->counted] & 0xC0) != 0x80;
    return w->column;
}

/* Over a string, a number or a word; what it is. */
static ch_str
over_scalar(walk *w)
{
    size_t from = w->at;
    if (w->at < w->s.n && w->s.p[w->at] == '"') {
        for (w->at++; w->at < w->s.n && w->s.p[w->at] != '"'; w->at++)
            w->at += w->s.p[w->at] == '\\';
        w->at += w->at < w->s.n;
    } else {
        while (w->at < w->s.n && !is_blank(w->s.p[w->at]) && !strchr(",:]}", w->s.p[w->at]))
            w->at++;
    }
    return ch_str_sub(w->s, from, w->at);
}

static ch_value *value_of(walk *w, const json_t *j, ch_str name, unsigned depth);

static void
append(ch_value *into, ch_value **last, ch_value *v)
{
    if (!v)
        return; /* null */
    if (*last)
        (*last)->next = v;
    else
        into->first = v;
    *last = v;
}

static void
fill_list(walk *w, const json_t *j, ch_value *out, unsigned depth)
{
    ch_value *last = NULL;
    w->at++;
    for (size_t i = 0; i < json_array_size(j); i++)
        append(out, &last, value_of(w, json_array_get(j, i), CH_STR_EMPTY, depth + 1));
    (void)to_token(w);
    w->at++;
}

static void
fill_record(walk *w, json_t *j, ch_value *out, unsigned depth)
{
    ch_value *last = NULL;
    w->at++;
    for (void *i = json_object_iter(j); i; i = json_object_iter_next(j, i)) {
        ch_str name = ch_arena_str(w->a, ch_str_from(json_object_iter_key(i)));
        (void)to_token(w);
        (void)over_scalar(w);
        append(out, &last, value_of(w, json_object_iter_value(i), name, depth + 1));
    }
    (void)to_token(w);
    w->at++;
}

/* NULL for null. */
static ch_value *
value_of(walk *w, const json_t *j, ch_str name, unsigned depth)
{
    ch_value *v = CH_NEW(w->a, ch_value);
    *v          = (ch_value){.kind   = CH_VALUE_TEXT,
                             .name   = name,
                             .text   = CH_STR_EMPTY,
                             .line   = w->line,
                             .column = to_token(w)};
    if (depth > DEPTH_MAX) {
        w->too_deep = true;
        return v;
    }
    if (json_is_object(j)) {
        v->kind = CH_VALUE_RECORD;
        fill_record(w, (json_t *)j, v, depth);
    } else if (json_is_array(j)) {
        v->kind = CH_VALUE_LIST;
        fill_list(w, j, v, depth);
    } else {
        ch_str raw = over_scalar(w);
        if (json_is_string(j))
            raw = (ch_str){json_string_value(j), json_string_length(j)};
        v->text = json_is_null(j) ? CH_STR_EMPTY : ch_arena_str(w->a, raw);
    }
    if (v->text.n > CH_RECORD_FIELD_MAX && !w->too_large) {
        w->too_large  = true;
        w->bad_column = v->column;
    }
    return json_is_null(j) ? NULL : v;
}

/* ---- the line ---- */

/* The line at w.at, without its end; false at the end of the file. */
static bool
find_line(ch_records *r, size_t *length, bool *large)
{
    ch_window *w = &r->w;
    size_t     i = 0;
    for (*large = false;;) {
        const char *end =
            w->n - w->at > i ? memchr(w->p + w->at + i, '\n', w->n - w->at - i) : NULL;
        if (end) {
            *length = (size_t)(end - w->p) - w->at + 1;
            return true;
        }
        i = w->n - w->at;
        if (i > CH_RECORD_BYTES_MAX) { /* to the end of the line it goes unkept */
            *large = true;
            w->at  = w->n;
            i      = 0;
        }
        if (!ch_window_more(w)) {
            *length = w->n - w->at;
            return *length > 0 || *large;
        }
    }
}

static const char *
kind_says(const json_t *j)
{
    return json_is_array(j)    ? "a list"
           : json_is_string(j) ? "a text"
           : json_is_number(j) ? "a number"
           : json_is_null(j)   ? "null"
                               : "true or false";
}

static void
free_json(void *p)
{
    json_decref(p);
}

static ch_status
report_json(const ch_records *r, ch_ctx *cx, const json_error_t *e, ch_str line)
{
    uint32_t at = r->line, column = 1;
    size_t   n = e->position > 0 && (size_t)e->position <= line.n ? (size_t)e->position - 1 : 0;
    ch_records_move(ch_str_sub(line, 0, n), &at, &column);
    if (json_error_code(e) == json_error_out_of_memory) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    CH_RECORDS_REPORT(r, cx, CH_E3619_bad_json, r->line, column, r->met, e->text);
    if (line.n && line.p[0] == '[' && r->met == 1)
        ch_hint(cx, "each line is an object of its own, with no list around them");
    return CH_ERR_INPUT;
}

static ch_status
take_line(ch_records *r, ch_ctx *cx, ch_arena *a, ch_str line, ch_record *out)
{
    json_error_t e = {.line = 0};
    if (!ch_records_clean(r, cx, line, r->line))
        return CH_ERR_INPUT;
    json_t *j = json_loadb(
        line.p, line.n,
        JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &e);
    if (!j)
        return report_json(r, cx, &e, line);
    ch_mark mark = ch_arena_mark(cx->scratch);
    ch_arena_defer(cx->scratch, free_json, j);
    ch_status status = CH_ERR_INPUT;
    walk      w      = {.a = a, .s = line, .line = r->line, .column = 1};
    if (json_is_object(j)) {
        out->values  = value_of(&w, j, CH_STR_EMPTY, 0);
        out->line    = r->line;
        out->columns = false;
        out->bytes   = ch_arena_str(a, line);
        status       = CH_OK;
    } else {
        CH_RECORDS_REPORT(r, cx, CH_E3620_not_an_object, r->line, 1, r->met, kind_says(j));
    }
    ch_arena_rewind(cx->scratch, mark);
    if (w.too_large) {
        CH_RECORDS_REPORT(r, cx, CH_E3614_field_too_large, r->line, w.bad_column, r->met,
                          CH_RECORD_FIELD_MAX);
        status = CH_ERR_INPUT;
    } else if (w.too_deep) {
        CH_RECORDS_REPORT(r, cx, CH_E3619_bad_json, r->line, 1, r->met, "nested too deep");
        status = CH_ERR_INPUT;
    }
    return status == CH_OK && !ch_records_texts_clean(r, cx, out->values) ? CH_ERR_INPUT : status;
}

static ch_status
open_json(ch_records *r, ch_ctx *cx)
{
    (void)r, (void)cx;
    return CH_OK;
}

static ch_status
next_json(ch_records *r, ch_ctx *cx, ch_arena *a, ch_record *out, bool *end)
{
    size_t length = 0;
    bool   large  = false;
    while (find_line(r, &length, &large)) {
        ch_str line = ch_str_trim((ch_str){r->w.p + r->w.at, length});
        /* Places are counted from the start of the line. */
        size_t    before = line.n ? (size_t)(line.p - (r->w.p + r->w.at)) : 0;
        ch_str    whole  = {r->w.p + r->w.at, before + line.n};
        ch_status status = CH_OK;
        bool      blank  = !line.n && !large;
        if (!blank) {
            r->met++;
            status = large ? CH_ERR_INPUT : take_line(r, cx, a, whole, out);
            if (large)
                CH_RECORDS_REPORT(r, cx, CH_E3623_record_too_large, r->line, 1, r->met,
                                  CH_RECORD_BYTES_MAX);
        }
        r->w.at += length;
        r->line++;
        if (!blank)
            return status;
    }
    *end = true;
    return CH_OK;
}

static void
close_json(ch_records *r)
{
    (void)r;
}

const ch_records_reader ch_records_json = {open_json, next_json, close_json};
