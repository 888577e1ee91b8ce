/* job/manifest_line.c -- the lines of a manifest: written, and read again. */
#include "job/manifest.h"

#include "base/civil.h"

#include <inttypes.h>
#include <jansson.h>

/* ---- written ---- */

static void
add_text(ch_buf *out, const char *name, ch_str s)
{
    ch_buf_printf(out, ",\"%s\":", name);
    ch_buf_json(out, s);
}

static void
add_count(ch_buf *out, const char *name, uint64_t v)
{
    ch_buf_printf(out, ",\"%s\":", name);
    ch_buf_number(out, v);
}

/* "W3003 W6001" as an array. */
static void
add_codes(ch_buf *out, ch_str codes)
{
    ch_buf_puts(out, ",\"codes\":[");
    for (size_t from = 0; from < codes.n;) {
        size_t to = from;
        while (to < codes.n && codes.p[to] != ' ')
            to++;
        ch_buf_puts(out, from > 0 ? "," : "");
        ch_buf_json(out, ch_str_sub(codes, from, to));
        from = to + 1;
    }
    ch_buf_putc(out, ']');
}

static void
add_time(ch_buf *out, int64_t us)
{
    int64_t  seconds = us / 1000000 - (us % 1000000 < 0);
    ch_civil c       = ch_civil_from(seconds);
    ch_buf_printf(out, ",\"start\":\"%04" PRId64 "-%02u-%02uT%02u:%02u:%02u.%03uZ\"", c.year,
                  c.month, c.day, c.hour, c.minute, c.second,
                  (unsigned)((us - seconds * 1000000) / 1000));
}

void
ch_account_print(ch_buf *out, const ch_account *a)
{
    ch_buf_puts(out, "{\"record\":");
    ch_buf_number(out, a->record);
    if (a->key.n > 0)
        add_text(out, "key", a->key);
    add_text(out, "lang", a->lang);
    add_text(out, "path", a->path);
    add_text(out, "status", a->done ? CH_STR_LIT("done") : CH_STR_LIT("failed"));
    if (a->done) {
        add_text(out, "inputs", a->inputs);
        add_text(out, "files", a->files);
        add_text(out, "pdf", a->pdf);
        add_count(out, "bytes", a->bytes);
        add_count(out, "pages", a->pages);
        add_text(out, "text", a->text);
    }
    add_count(out, "warnings", a->warnings);
    add_count(out, "review", a->review);
    if (a->codes.n > 0)
        add_codes(out, a->codes);
    if (a->fault.n > 0)
        add_text(out, "fault", a->fault);
    if (a->start_us > 0) {
        add_time(out, a->start_us);
        add_count(out, "us", a->took_us > 0 ? (uint64_t)a->took_us : 0);
    }
    ch_buf_puts(out, "}\n");
}

/* ---- read ---- */

static ch_str
text_of(ch_arena *a, const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    if (!json_is_string(v))
        return CH_STR_EMPTY;
    ch_str s = {json_string_value(v), json_string_length(v)};
    return ch_arena_str(a, s);
}

static uint64_t
count_of(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    return json_is_integer(v) && json_integer_value(v) > 0 ? (uint64_t)json_integer_value(v) : 0;
}

static ch_str
codes_of(ch_arena *a, const json_t *object)
{
    const json_t *list = json_object_get(object, "codes");
    ch_buf        b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));
        ch_buf_puts(&b, i > 0 ? " " : "");
        ch_buf_puts(&b, code ? code : "");
    }
    return ch_buf_view(&b);
}

static void
read_rest(ch_arena *a, const json_t *object, ch_account *out)
{
    out->key      = text_of(a, object, "key");
    out->inputs   = text_of(a, object, "inputs");
    out->pdf      = text_of(a, object, "pdf");
    out->text     = text_of(a, object, "text");
    out->fault    = text_of(a, object, "fault");
    out->codes    = codes_of(a, object);
    out->bytes    = count_of(object, "bytes");
    out->pages    = (size_t)count_of(object, "pages");
    out->warnings = (size_t)count_of(object, "warnings");
    out->review   = (size_t)count_of(object, "review");
}

static void
free_json(void *p)
{
    json_decref(p);
}

static ch_line_kind
read_object(ch_arena *a, const json_t *object, ch_account *out)
{
    if (json_object_get(object, "chancery-manifest"))
        return CH_LINE_HEADER;
    out->files = text_of(a, object, "files");
    if (json_is_array(json_object_get(object, "read")) && out->files.n > 0)
        return CH_LINE_FILES;
    out->record = (size_t)count_of(object, "record");
    out->lang   = text_of(a, object, "lang");
    out->path   = text_of(a, object, "path");
    out->done   = ch_str_is(text_of(a, object, "status"), "done");
    if (out->record == 0)
        return CH_LINE_BAD;
    read_rest(a, object, out);
    return CH_LINE_OUTPUT;
}

ch_line_kind
ch_account_read(ch_arena *a, ch_str line, ch_account *out)
{
    json_error_t why;
    json_t      *object = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, &why);
    *out                = (ch_account){.key    = CH_STR_EMPTY,
                                       .lang   = CH_STR_EMPTY,
                                       .path   = CH_STR_EMPTY,
                                       .inputs = CH_STR_EMPTY,
                                       .files  = CH_STR_EMPTY,
                                       .pdf    = CH_STR_EMPTY,
                                       .text   = CH_STR_EMPTY,
                                       .codes  = CH_STR_EMPTY,
                                       .fault  = CH_STR_EMPTY};
    if (!json_is_object(object)) {
        json_decref(object);
        return CH_LINE_BAD;
    }
    ch_arena_defer(a, free_json, object); /* copying its texts may jump out */
    return read_object(a, object, out);
}
