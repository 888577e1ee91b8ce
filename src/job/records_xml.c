/* job/records_xml.c -- records from XML: a root with an element a record.
 *
 * Attributes and elements inside a record are its values.  An element with neither is a text; one
 * that is there more than once is a list; xml:lang makes it the value for that language. */
#include "input/elements.h"
#include "job/records_inside.h"

#include <string.h>

static ch_str
name_of(ch_arena *a, const ch_plain *p)
{
    if (p->lang.n)
        return ch_arena_printf(a, "%.*s@%.*s", CH_ARG(p->name), CH_ARG(p->lang));
    return ch_arena_str(a, p->name);
}

/* A value while others of its name may still come. */
typedef struct member {
    ch_value *v, *last; /* last: of its items, where it is a list */
} member;

/* One more value of a name that is there already. */
static void
grow_list(ch_arena *a, member *m, ch_value *more)
{
    if (m->v->kind != CH_VALUE_LIST || !m->last) {
        ch_value *first = CH_NEW(a, ch_value);
        *first          = *m->v;
        first->name     = CH_STR_EMPTY;
        first->next     = NULL;
        m->v->kind      = CH_VALUE_LIST;
        m->v->text      = CH_STR_EMPTY;
        m->v->first     = first;
        m->last         = first;
    }
    more->name    = CH_STR_EMPTY;
    m->last->next = more;
    m->last       = more;
}

static ch_value *
value_of(ch_ctx *cx, ch_arena *a, const ch_plain *p)
{
    ch_value *v = CH_NEW(a, ch_value), *last = NULL;
    ch_str    text = p->first ? ch_str_trim(p->text) : p->text;
    *v             = (ch_value){.kind   = p->first || !p->parent ? CH_VALUE_RECORD : CH_VALUE_TEXT,
                                .name   = p->parent ? name_of(a, p) : CH_STR_EMPTY,
                                .text   = ch_arena_str(a, text),
                                .line   = p->line,
                                .column = p->column};
    ch_map *names  = p->first ? ch_map_new(cx->scratch) : NULL;
    for (const ch_plain *c = p->first; c; c = c->next) {
        ch_value *one = value_of(cx, a, c);
        member   *m   = ch_map_lookup(names, one->name);
        if (m) {
            grow_list(a, m, one);
            continue;
        }
        m    = CH_NEW(cx->scratch, member);
        m->v = one;
        ch_map_put(names, one->name, m);
        if (last)
            last->next = one;
        else
            v->first = one;
        last = one;
    }
    return v;
}

/* The first element with both text and elements inside. */
static const ch_plain *
mixed(const ch_plain *p)
{
    if (p->elements && ch_str_trim(p->text).n)
        return p;
    for (const ch_plain *c = p->first; c; c = c->next) {
        const ch_plain *m = mixed(c);
        if (m)
            return m;
    }
    return NULL;
}

static ch_status
take(ch_records *r, ch_ctx *cx, ch_arena *a, const ch_plain *p, ch_record *out)
{
    uint32_t        line, column;
    const ch_plain *m = mixed(p);
    if (ch_elements_large(r->own, &line, &column)) {
        CH_RECORDS_REPORT(r, cx, CH_E3614_field_too_large, line, column, r->met,
                          CH_RECORD_FIELD_MAX);
        return CH_ERR_INPUT;
    }
    if (m || (!p->first && ch_str_trim(p->text).n)) {
        m = m ? m : p;
        CH_RECORDS_REPORT(r, cx, CH_E3622_text_beside, m->line, m->column, r->met, CH_ARG(m->name));
        ch_hint(cx, "each value is an element of its own, or an attribute");
        return CH_ERR_INPUT;
    }
    out->line    = p->line;
    ch_mark mark = ch_arena_mark(cx->scratch);
    out->values  = value_of(cx, a, p);
    ch_arena_rewind(cx->scratch, mark);
    return ch_records_texts_clean(r, cx, out->values) ? CH_OK : CH_ERR_INPUT;
}

static ch_status
report_stop(ch_records *r, ch_ctx *cx)
{
    const char      *text;
    uint32_t         line, column;
    ch_elements_stop why = ch_elements_stopped(r->own, &text, &line, &column);
    r->over              = true;
    switch (why) {
    case CH_ELEMENTS_MEMORY:
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    case CH_ELEMENTS_DOCTYPE:
        CH_RECORDS_REPORT(r, cx, CH_E2003_doctype, line, column, 0);
        return CH_ERR_INPUT;
    case CH_ELEMENTS_DEPTH:
        CH_RECORDS_REPORT(r, cx, CH_E2008_too_deep, line, column, cx->limits.depth);
        return CH_ERR_INPUT;
    case CH_ELEMENTS_SYNTAX:
    case CH_ELEMENTS_GOING:
        break;
    }
    CH_RECORDS_REPORT(r, cx, CH_E3621_bad_records_xml, line, column, r->met,
                      text[0] ? text : "the file ends too early");
    ch_hint(cx, "what comes behind cannot be read");
    return CH_ERR_INPUT;
}

static ch_status
open_xml(ch_records *r, ch_ctx *cx)
{
    r->own = ch_elements_new(cx->limits.depth, CH_RECORD_FIELD_MAX);
    if (r->own)
        return CH_OK;
    ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

/* Hand on up to the next '>'; *fed is what was handed on behind w.at.  false: there is no more. */
static bool
feed(ch_records *r, size_t *fed)
{
    ch_window  *w = &r->w;
    size_t      i = *fed;
    const char *end;
    while (!(end = w->n - w->at > i ? memchr(w->p + w->at + i, '>', w->n - w->at - i) : NULL)) {
        i = w->n - w->at;
        if (i - *fed > CH_RECORD_FIELD_MAX || !ch_window_more(w))
            break;
    }
    size_t to = end ? (size_t)(end - w->p) - w->at + 1 : i;
    ch_elements_put(r->own, (ch_str){w->p + w->at + *fed, to - *fed}, to == *fed);
    bool more = to > *fed;
    *fed      = to;
    return more;
}

static ch_status
next_xml(ch_records *r, ch_ctx *cx, ch_arena *a, ch_record *out, bool *end)
{
    const char *text;
    uint32_t    line, column, at = 1;
    size_t      fed   = 0;
    bool        large = false, open = false;
    for (;;) {
        bool            more = feed(r, &fed);
        const ch_plain *done = ch_elements_done(r->own);
        if (!open && (done || ch_elements_open(r->own))) {
            r->met++;
            ch_elements_place(r->own, &r->line, &at);
        }
        open = ch_elements_open(r->own);
        if (ch_elements_stopped(r->own, &text, &line, &column))
            return report_stop(r, cx);
        if (large && !open) {
            r->w.at += fed;
            CH_RECORDS_REPORT(r, cx, CH_E3623_record_too_large, r->line, at, r->met,
                              CH_RECORD_BYTES_MAX);
            return CH_ERR_INPUT;
        }
        if (done) {
            ch_str bytes = ch_str_trim((ch_str){r->w.p + r->w.at, fed});
            out->bytes   = ch_arena_str(a, bytes);
            ch_status st = take(r, cx, a, done, out);
            r->w.at += fed;
            return st;
        }
        if (fed > CH_RECORD_BYTES_MAX) {
            ch_elements_drop(r->own);
            large = open;
        }
        if (!open || large) { /* nothing to keep */
            r->w.at += fed;
            fed = 0;
        }
        if (!more) {
            *end = true;
            return CH_OK;
        }
    }
}

static void
close_xml(ch_records *r)
{
    ch_elements_free(r->own);
}

const ch_records_reader ch_records_xml = {open_xml, next_xml, close_xml};
