#include "job/summary.h"

#include "base/files.h"
#include "job/manifest.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#define RECORDS_MAX ((size_t)1 << 32)
#define SHARDS_MAX ((size_t)1 << 20)
#define RANGES_SHOWN 20 /* in a text for people */

/* What is known of an output. */
enum { PLANNED = 1, DONE = 2, FAILED = 4, REVIEW = 8 };

typedef struct language {
    ch_str   name;
    uint8_t *state; /* by the record's number */
    size_t   cap;
} language;

typedef struct shard {
    bool   seen;
    size_t planned, done, failed, missing;
} shard;

typedef struct summary {
    ch_ctx *cx;
    ch_str  name;                    /* of the manifest that is read */
    ch_str  letter, records, output; /* of the batch; p NULL: no header was read yet */
    size_t  shards;                  /* 0: it has none */
    shard  *shard;                   /* from 0 */
    CH_VEC(language) lang;
    size_t planned, done, failed, missing, review;
} summary;

/* ---- read ---- */

static language *
language_of(summary *s, ch_str name)
{
    for (size_t i = 0; i < s->lang.n; i++)
        if (ch_str_eq(s->lang.at[i].name, name))
            return &s->lang.at[i];
    language *l = CH_PUSH(s->cx->job, s->lang);
    *l          = (language){.name = ch_arena_str(s->cx->job, name)};
    return l;
}

/* Its byte; NULL when the number is none of a record. */
static uint8_t *
state_of(summary *s, language *l, size_t number)
{
    if (number == 0 || number >= RECORDS_MAX)
        return NULL;
    if (number >= l->cap) {
        size_t   cap = number + number / 2 + 64;
        uint8_t *big = ch_arena_alloc(s->cx->job, cap);
        if (l->cap > 0)
            memcpy(big, l->state, l->cap);
        l->state = big;
        l->cap   = cap;
    }
    return &l->state[number];
}

static size_t
read_number(const char **p)
{
    size_t v = 0;
    for (; **p >= '0' && **p <= '9'; ++*p)
        v = v < RECORDS_MAX ? v * 10 + (size_t)(**p - '0') : v;
    return v;
}

/* "1-5,7" */
static void
note_planned(summary *s, language *l, const char *ranges)
{
    for (const char *p = ranges; *p;) {
        size_t from = read_number(&p), to = from;
        if (*p == '-') {
            p++;
            to = read_number(&p);
        }
        for (size_t i = from; i <= to && i > 0 && to < RECORDS_MAX; i++)
            *state_of(s, l, i) |= PLANNED;
        if (*p != ',')
            break;
        p++;
    }
}

static size_t
count_of(const json_t *object, const char *name)
{
    json_int_t v = json_integer_value(json_object_get(object, name));
    return v > 0 && (uint64_t)v < SHARDS_MAX ? (size_t)v : 0;
}

static ch_str
text_of(summary *s, const json_t *object, const char *name)
{
    return ch_arena_str(s->cx->job, ch_str_from(json_string_value(json_object_get(object, name))));
}

/* The first header says what the batch is; the others must say the same. */
static ch_status
read_header(summary *s, const json_t *h)
{
    size_t shards = count_of(h, "shards"), number = count_of(h, "shard");
    ch_str letter = text_of(s, h, "letter"), records = text_of(s, h, "records");
    ch_str output = text_of(s, h, "output");
    if (!s->letter.p) {
        s->letter  = letter;
        s->records = records;
        s->output  = output;
        s->shards  = shards;
        s->shard   = CH_NEW_N(s->cx->job, shard, shards + 1);
    } else if (!ch_str_eq(letter, s->letter) || !ch_str_eq(records, s->records) ||
               !ch_str_eq(output, s->output) || shards != s->shards) {
        ch_report(s->cx, CH_E1052_other_batch, CH_NOWHERE, CH_ARG(s->name));
        return CH_ERR_INPUT;
    }
    if (number > 0 && number <= s->shards)
        s->shard[number - 1].seen = true;
    const json_t *planned = json_object_get(h, "planned");
    for (size_t i = 0; i < json_array_size(planned); i++) {
        const json_t *p      = json_array_get(planned, i);
        const char   *ranges = json_string_value(json_object_get(p, "records"));
        if (ranges)
            note_planned(s, language_of(s, text_of(s, p, "lang")), ranges);
    }
    return CH_OK;
}

static void
free_json(void *p)
{
    json_decref(p);
}

static ch_status
read_line(summary *s, ch_str line, size_t number)
{
    ch_account   a;
    json_error_t why;
    ch_mark      mark = ch_arena_mark(s->cx->scratch);
    ch_line_kind kind = ch_account_read(s->cx->scratch, line, &a);
    ch_status    st   = CH_OK;
    if (kind == CH_LINE_HEADER) {
        json_t *h = json_loadb(line.p, line.n, 0, &why);
        ch_arena_defer(s->cx->scratch, free_json, h);
        st = read_header(s, h);
    } else if (!s->letter.p) {
        ch_report(s->cx, CH_E1045_not_a_manifest, CH_NOWHERE, CH_ARG(s->name));
        st = CH_ERR_INPUT;
    } else if (kind == CH_LINE_BAD) {
        ch_report(s->cx, CH_W1046_manifest_line, CH_NOWHERE, CH_ARG(s->name), number);
    } else if (kind == CH_LINE_OUTPUT) {
        uint8_t *state = state_of(s, language_of(s, a.lang), a.record);
        if (state)
            *state = (uint8_t)((*state & PLANNED) | (a.done ? DONE : FAILED) |
                               (a.review > 0 ? REVIEW : 0));
    }
    ch_arena_rewind(s->cx->scratch, mark);
    return st;
}

static ch_status
read_manifest(summary *s, const char *path)
{
    ch_log_lines l;
    ch_str       line;
    uint64_t     at;
    int          os_error = 0, fd = -1;
    ch_status    st = CH_OK;
    s->name         = ch_str_from(path);
    if (!ch_log_look(path, &fd, &os_error)) {
        if (os_error == ENOENT)
            ch_report(s->cx, CH_E1001_file_missing, CH_NOWHERE, CH_ARG(s->name));
        else
            ch_report(s->cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(s->name),
                      strerror(os_error));
        return CH_ERR_HOST;
    }
    ch_log_lines_begin(&l, fd);
    while (st == CH_OK && ch_log_lines_next(&l, &line, &at, &os_error))
        if (!l.torn)
            st = read_line(s, line, l.number);
    ch_log_lines_end(&l);
    ch_log_close(fd);
    if (st == CH_OK && os_error != 0) {
        ch_report(s->cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(s->name), strerror(os_error));
        st = CH_ERR_HOST;
    }
    return st;
}

/* ---- counted ---- */

static void
count(summary *s)
{
    for (size_t k = 0; k < s->lang.n; k++) {
        const language *l = &s->lang.at[k];
        for (size_t i = 1; i < l->cap; i++) {
            if (!(l->state[i] & PLANNED))
                continue;
            bool   done = l->state[i] & DONE, failed = l->state[i] & FAILED;
            shard *part = &s->shard[s->shards > 0 ? (i - 1) % s->shards : 0];
            part->planned++;
            part->done += done;
            part->failed += failed;
            part->missing += !done && !failed;
            s->planned++;
            s->done += done;
            s->failed += failed;
            s->missing += !done && !failed;
            s->review += (l->state[i] & REVIEW) != 0;
        }
    }
}

/* The records of a language that were planned and are in that state, as "1-5,7"; at most `max`
 * stretches.  0: missing. */
static void
print_ranges(ch_buf *out, const language *l, uint8_t state, size_t max)
{
    size_t n = 0;
    for (size_t i = 1; i < l->cap; i++) {
        size_t from = i;
        while (i < l->cap && (l->state[i] & (PLANNED | DONE | FAILED)) == (PLANNED | state))
            i++;
        if (i == from)
            continue;
        if (n++ == max) {
            ch_buf_puts(out, ",...");
            return;
        }
        ch_buf_printf(out, n > 1 ? ",%zu" : "%zu", from);
        if (i - 1 > from)
            ch_buf_printf(out, "-%zu", i - 1);
    }
}

/* ---- told ---- */

static void
print_counts(ch_buf *out, const shard *p)
{
    ch_buf_printf(out, "%zu of %zu done", p->done, p->planned);
    if (p->failed > 0)
        ch_buf_printf(out, ", %zu failed", p->failed);
    if (p->missing > 0)
        ch_buf_printf(out, ", %zu missing", p->missing);
    ch_buf_putc(out, '\n');
}

static void
print_which(ch_buf *out, const summary *s, const char *what, uint8_t state)
{
    for (size_t k = 0; k < s->lang.n; k++) {
        ch_buf one;
        ch_buf_init(&one, s->cx->job);
        print_ranges(&one, &s->lang.at[k], state, RANGES_SHOWN);
        if (one.n > 0)
            ch_buf_printf(out, "%s in %.*s: records %s\n", what, CH_ARG(s->lang.at[k].name), one.p);
    }
}

static void
print_text(ch_buf *out, const summary *s)
{
    shard all = {true, s->planned, s->done, s->failed, s->missing};
    for (size_t i = 0; i < s->shards; i++) {
        ch_buf_printf(out, "shard %zu of %zu: %s", i + 1, s->shards,
                      s->shard[i].seen ? "" : "no manifest, ");
        print_counts(out, &s->shard[i]);
    }
    ch_buf_puts(out, s->shards > 0 ? "in all: " : "");
    print_counts(out, &all);
    if (s->review > 0)
        ch_buf_printf(out, "%zu with texts that await review by a native speaker\n", s->review);
    print_which(out, s, "failed", FAILED);
    print_which(out, s, "missing", 0);
}

static void
print_json_counts(ch_buf *out, const shard *p)
{
    ch_buf_printf(out, "\"planned\":%zu,\"done\":%zu,\"failed\":%zu,\"missing\":%zu", p->planned,
                  p->done, p->failed, p->missing);
}

static void
print_json(ch_buf *out, const summary *s)
{
    shard all = {true, s->planned, s->done, s->failed, s->missing};
    ch_buf_puts(out, "{\"letter\":");
    ch_buf_json(out, s->letter);
    ch_buf_puts(out, ",\"records\":");
    ch_buf_json(out, s->records);
    ch_buf_putc(out, ',');
    print_json_counts(out, &all);
    ch_buf_printf(out, ",\"review\":%zu,\"shards\":[", s->review);
    for (size_t i = 0; i < s->shards; i++) {
        ch_buf_printf(out, "%s{\"shard\":%zu,\"manifest\":%s,", i > 0 ? "," : "", i + 1,
                      s->shard[i].seen ? "true" : "false");
        print_json_counts(out, &s->shard[i]);
        ch_buf_putc(out, '}');
    }
    ch_buf_puts(out, "],\"languages\":[");
    for (size_t k = 0; k < s->lang.n; k++) {
        ch_buf_puts(out, k > 0 ? ",{\"lang\":" : "{\"lang\":");
        ch_buf_json(out, s->lang.at[k].name);
        ch_buf_puts(out, ",\"failed\":\"");
        print_ranges(out, &s->lang.at[k], FAILED, SIZE_MAX);
        ch_buf_puts(out, "\",\"missing\":\"");
        print_ranges(out, &s->lang.at[k], 0, SIZE_MAX);
        ch_buf_puts(out, "\"}");
    }
    ch_buf_puts(out, "]}\n");
}

ch_status
ch_summary_make(ch_ctx *cx, const char *const *manifests, size_t n, bool json, ch_str *out,
                bool *whole)
{
    summary   s  = {.cx = cx};
    ch_status st = CH_OK;
    ch_buf    b;
    *out   = CH_STR_EMPTY;
    *whole = false;
    for (size_t i = 0; i < n && st == CH_OK; i++)
        st = read_manifest(&s, manifests[i]);
    if (st == CH_OK && !s.letter.p) {
        ch_report(cx, CH_E1045_not_a_manifest, CH_NOWHERE, CH_ARG(s.name));
        st = CH_ERR_INPUT;
    }
    if (st != CH_OK)
        return st;
    count(&s);
    ch_buf_init(&b, cx->job);
    if (json)
        print_json(&b, &s);
    else
        print_text(&b, &s);
    *out   = ch_buf_view(&b);
    *whole = s.done == s.planned;
    return CH_OK;
}
