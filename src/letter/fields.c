/* letter/fields.c -- looking names up, patterns, conditions. */
#include "letter/fields.h"

#include "input/check.h"

#include <string.h>

#define NEAR_MAX 200 /* names of a record that are compared for a hint */

const ch_value *
ch_field_get(const ch_field_scope *s, ch_str path, ch_str lang)
{
    if (ch_str_is(path, "."))
        return s->item;
    if (path.n > 1 && path.p[0] == '/')
        return ch_record_get(s->record, ch_str_sub(path, 1, path.n), lang);
    return ch_value_get(s->item, path, lang);
}

ch_str
ch_field_path(ch_arena *a, const ch_field_scope *s, ch_str path)
{
    if (path.n > 1 && path.p[0] == '/')
        return ch_str_sub(path, 1, path.n);
    if (!s->path.n)
        return path;
    if (ch_str_is(path, "."))
        return s->path;
    return ch_arena_printf(a, "%.*s.%.*s", CH_ARG(s->path), CH_ARG(path));
}

/* ---- what is said of them ---- */

/* Names with a space for a sign between them, as ch_nearest takes them. */
static ch_str
names_in(ch_arena *a, const ch_value *in)
{
    ch_buf b;
    size_t n = 0;
    ch_buf_init(&b, a);
    for (const ch_value *v = in ? in->first : NULL; v && n < NEAR_MAX; v = v->next, n++) {
        if (memchr(v->name.p, ' ', v->name.n))
            continue;
        ch_buf_str(&b, v->name);
        ch_buf_putc(&b, ' ');
    }
    return ch_buf_view(&b);
}

static ch_str
all_names(ch_arena *a, const ch_value *in)
{
    ch_buf b;
    size_t n = 0;
    ch_buf_init(&b, a);
    for (const ch_value *v = in ? in->first : NULL; v && n < 12; v = v->next, n++)
        ch_buf_printf(&b, "%s%.*s", n ? ", " : "", CH_ARG(v->name));
    return ch_buf_view(&b);
}

void
ch_field_missing(ch_ctx *cx, const ch_field_scope *s, ch_str path, ch_where where)
{
    const ch_record *r    = s->record;
    ch_str           full = ch_field_path(cx->job, s, path);
    const ch_value  *in   = s->item;
    ch_str           last = path;
    if (path.n > 1 && path.p[0] == '/') {
        in   = r->values;
        last = ch_str_sub(path, 1, path.n);
    }
    /* The hint is for the part of the path that is wrong. */
    for (size_t dot = 0; dot < last.n; dot++) {
        const ch_value *v =
            last.p[dot] == '.' ? ch_value_get(in, ch_str_sub(last, 0, dot), CH_STR_EMPTY) : NULL;
        if (!v)
            continue;
        in   = v;
        last = ch_str_sub(last, dot + 1, last.n);
        dot  = 0;
    }
    ch_report(cx, CH_E3600_missing_field, where, r->number, r->line, CH_ARG(r->file), CH_ARG(full));
    ch_mark mark = ch_arena_mark(cx->scratch);
    ch_str  near = ch_nearest(last, names_in(cx->scratch, in));
    ch_str  all  = all_names(cx->scratch, in);
    if (near.n)
        ch_hint(cx, "did you mean '%.*s'?", CH_ARG(near));
    else if (all.n)
        ch_hint(cx, "it has %.*s", CH_ARG(all));
    ch_arena_rewind(cx->scratch, mark);
}

const ch_value *
ch_field_text(ch_ctx *cx, const ch_field_scope *s, ch_str path, const ch_value *v, ch_where where)
{
    const ch_record *r = s->record;
    if (!v) {
        ch_field_missing(cx, s, path, where);
        return NULL;
    }
    if (v->kind == CH_VALUE_TEXT || (v->kind == CH_VALUE_RECORD && v->text.n > 0))
        return v;
    ch_str full = ch_field_path(cx->job, s, path);
    ch_report(cx, CH_E3601_field_not_text, where, CH_ARG(full), r->number, v->line, CH_ARG(r->file),
              v->kind == CH_VALUE_LIST ? "a list" : "a record of its own");
    if (v->kind == CH_VALUE_LIST)
        ch_hint(cx,
                "write for-each=\"%.*s\" on what is to be repeated, and <field name=\".\"/> in it",
                CH_ARG(path));
    else if (v->first)
        ch_hint(cx, "name one of its values, as %.*s.%.*s", CH_ARG(path), CH_ARG(v->first->name));
    return NULL;
}

/* ---- conditions ---- */

bool
ch_field_test_read(ch_str condition, ch_field_test *out)
{
    ch_str      s     = ch_str_trim(condition);
    const char *equal = s.n ? memchr(s.p, '=', s.n) : NULL;
    size_t      at    = equal ? (size_t)(equal - s.p) : s.n;
    *out              = (ch_field_test){.path = ch_str_trim(ch_str_sub(s, 0, at))};
    if (equal) {
        out->sign = '=';
        out->text = ch_str_trim(ch_str_sub(s, at + 1, s.n));
        if (at > 0 && s.p[at - 1] == '!') {
            out->sign = '!';
            out->path = ch_str_trim(ch_str_sub(s, 0, at - 1));
        }
    }
    return ch_path_ok(out->path);
}

bool
ch_field_holds(ch_ctx *cx, const ch_field_scope *s, ch_str condition, ch_str lang, ch_where where,
               bool *wrong)
{
    ch_field_test t;
    if (!ch_field_test_read(condition, &t)) {
        ch_report(cx, CH_E3604_bad_condition, where, CH_ARG(condition));
        ch_hint(cx, "it is the name of a field, or name=text, or name!=text");
        *wrong = true;
        return false;
    }
    const ch_value *v = ch_field_get(s, t.path, lang);
    if (!v && s->record->columns) {
        ch_field_missing(cx, s, t.path, where);
        *wrong = true;
        return false;
    }
    if (!t.sign)
        return ch_value_some(v);
    bool same =
        ch_str_eq(v && v->kind != CH_VALUE_LIST ? ch_str_trim(v->text) : CH_STR_EMPTY, t.text);
    return same == (t.sign == '=');
}

ch_status
ch_record_holds(ch_ctx *cx, ch_str condition, const ch_record *rec, ch_str lang,
                ch_fields_used *used, bool *out)
{
    ch_field_scope s     = {rec, rec->values, CH_STR_EMPTY};
    ch_field_test  t     = {.path = CH_STR_EMPTY};
    bool           wrong = false;
    *out                 = ch_field_holds(cx, &s, condition, lang, CH_NOWHERE, &wrong);
    if (used && !wrong && ch_field_test_read(condition, &t))
        ch_fields_ask(used, ch_field_path(cx->job, &s, t.path));
    return wrong ? CH_ERR_INPUT : CH_OK;
}

/* ---- patterns ---- */

static bool
expand_name(ch_str path, const ch_expand_name *also, size_t n, ch_str *out)
{
    for (size_t i = 0; i < n; i++) {
        if (ch_str_is(path, also[i].name)) {
            *out = also[i].value;
            return true;
        }
    }
    return false;
}

ch_status
ch_record_expand(ch_ctx *cx, ch_str pattern, const ch_record *rec, ch_str lang,
                 const ch_expand_name *also, size_t n, ch_fields_used *used, ch_str *out)
{
    static const ch_value none   = {.kind = CH_VALUE_RECORD};
    ch_record             blank  = {.file = CH_STR_LIT("no records"), .values = &none};
    ch_field_scope        s      = {rec ? rec : &blank, rec ? rec->values : &none, CH_STR_EMPTY};
    ch_status             status = CH_OK;
    ch_attr_piece         piece;
    ch_buf                b;
    *out = CH_STR_EMPTY;
    ch_buf_init(&b, cx->job);
    for (size_t at = 0; ch_placeholder_next(pattern, &at, &piece);) {
        ch_str text = piece.text;
        if (piece.kind == CH_ATTR_WRONG) {
            ch_report(cx, CH_E3603_bad_placeholder, CH_NOWHERE, CH_ARG(text));
            ch_hint(cx, "a brace that is meant as one is written twice: {{");
            status = CH_ERR_INPUT;
        } else if (piece.kind == CH_ATTR_FIELD && !expand_name(text, also, n, &text)) {
            const ch_value *v =
                ch_field_text(cx, &s, text, ch_field_get(&s, text, lang), CH_NOWHERE);
            if (used)
                ch_fields_use(used, ch_field_path(cx->job, &s, text));
            if (!v)
                status = CH_ERR_INPUT;
            text = v ? ch_str_trim(v->text) : CH_STR_EMPTY;
        }
        ch_buf_str(&b, text);
    }
    if (status == CH_OK)
        *out = ch_buf_view(&b);
    return status;
}
