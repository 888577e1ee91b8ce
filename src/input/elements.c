/* input/elements.c -- libxml2's push parser makes plain trees.
 *
 * As in input/xml.c, the handlers must not jump over libxml2's frames: memory is tried for, and
 * trouble noted.  Memory is an arena of our own, which is reset between elements. */
#include "input/elements.h"

#include "input/sax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ch_elements {
    xmlParserCtxtPtr parser;
    ch_arena        *arena;
    uint32_t         depth, depth_max; /* 1: inside the root */
    size_t           bytes_max;
    ch_plain        *open, *done;
    char            *text; /* of the innermost element, malloc'd */
    size_t           text_n, text_cap;
    bool             dropped, large, begun;
    uint32_t         large_line, large_column;
    uint32_t         line, column;         /* of the next byte */
    uint32_t         tag_line, tag_column; /* of the last '<' */
    ch_elements_stop stopped;
    uint32_t         stop_line, stop_column;
    char             message[160];
};

static void
stop(ch_elements *e, ch_elements_stop why, uint32_t line, uint32_t column)
{
    if (e->stopped)
        return;
    e->stopped     = why;
    e->stop_line   = line;
    e->stop_column = column;
    if (e->parser)
        xmlStopParser(e->parser);
}

static ch_str
keep(ch_elements *e, const char *p, size_t n)
{
    if (n > e->bytes_max) {
        if (!e->large) {
            e->large_line   = e->open ? e->open->line : e->tag_line;
            e->large_column = e->open ? e->open->column : e->tag_column;
        }
        e->large = true;
        n        = 0;
    }
    char *copy = n ? ch_arena_try(e->arena, n + 1) : NULL;
    if (n && !copy)
        stop(e, CH_ELEMENTS_MEMORY, e->line, e->column);
    if (!copy)
        return CH_STR_EMPTY;
    memcpy(copy, p, n);
    return (ch_str){copy, n};
}

static ch_plain *
add(ch_elements *e, const xmlChar *name)
{
    ch_plain *n = ch_arena_try(e->arena, sizeof *n);
    if (!n) {
        stop(e, CH_ELEMENTS_MEMORY, e->line, e->column);
        return NULL;
    }
    *n = (ch_plain){.name   = keep(e, (const char *)name, strlen((const char *)name)),
                    .lang   = CH_STR_EMPTY,
                    .text   = CH_STR_EMPTY,
                    .line   = e->tag_line,
                    .column = e->tag_column,
                    .parent = e->open};
    if (e->open && e->open->last)
        e->open->last->next = n;
    else if (e->open)
        e->open->first = n;
    if (e->open)
        e->open->last = n;
    return n;
}

/* What was collected belongs to the element that is open, unless that has text already: of a text
 * with elements in it the first piece says that it is one. */
static void
end_text(ch_elements *e)
{
    ch_str s  = {e->text, e->text_n};
    e->text_n = 0;
    if (e->open && e->open->text.n == 0 && (!e->open->elements || ch_str_trim(s).n))
        e->open->text = keep(e, s.p, s.n);
}

static void
on_text(void *user, const xmlChar *p, int count)
{
    ch_elements *e = user;
    size_t       n = count > 0 ? (size_t)count : 0;
    if (e->stopped || e->dropped || !e->open || e->text_n > e->bytes_max)
        return;
    if (e->text_cap - e->text_n < n) {
        size_t cap = 2 * (e->text_n + n) + 256;
        char  *big = realloc(e->text, cap);
        if (!big) {
            stop(e, CH_ELEMENTS_MEMORY, e->line, e->column);
            return;
        }
        e->text     = big;
        e->text_cap = cap;
    }
    memcpy(e->text + e->text_n, p, n);
    e->text_n += n;
}

static ch_str
keep_value(ch_elements *e, const char *p, size_t n)
{
    ch_str v = keep(e, p, n);
    if (v.n)
        v.n = ch_sax_value((char *)v.p, v.p, v.n); /* the copy is ours */
    return v;
}

static void
add_attrs(ch_elements *e, ch_plain *element, const xmlChar **given, int count)
{
    for (int i = 0; i < count && !e->stopped; i++, given += 5) {
        const char *ns = (const char *)given[2];
        size_t      n  = (size_t)(given[4] - given[3]);
        ch_str      v  = keep_value(e, (const char *)given[3], n);
        if (ns && !strcmp(ns, CH_NS_XML)) {
            if (!strcmp((const char *)given[0], "lang"))
                element->lang = v;
            continue;
        }
        ch_plain *a = add(e, given[0]);
        if (a) {
            a->text      = v;
            a->attribute = true;
        }
    }
}

static void
on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *ns, int n_ns,
         const xmlChar **declared, int n_attrs, int n_defaulted, const xmlChar **given)
{
    ch_elements *e = user;
    (void)prefix, (void)ns, (void)n_ns, (void)declared, (void)n_defaulted;
    if (e->stopped)
        return;
    if (++e->depth > e->depth_max) {
        stop(e, CH_ELEMENTS_DEPTH, e->tag_line, e->tag_column);
        return;
    }
    if (e->depth == 1)
        return;
    e->begun = true;
    if (e->dropped)
        return;
    if (e->open)
        e->open->elements = true;
    end_text(e);
    ch_plain *n = add(e, local);
    if (!n)
        return;
    e->open = n;
    add_attrs(e, n, given, n_attrs);
}

static void
on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *ns)
{
    ch_elements *e = user;
    (void)local, (void)prefix, (void)ns;
    if (e->stopped || e->depth == 0)
        return;
    e->depth--;
    if (!e->dropped && e->open) {
        end_text(e);
        if (!e->open->parent)
            e->done = e->open;
        e->open = e->open->parent;
    }
    if (e->depth == 1) {
        e->begun   = false;
        e->dropped = false;
    }
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    ch_elements *e = user;
    (void)name, (void)public_id, (void)system_id;
    stop(e, CH_ELEMENTS_DOCTYPE, e->tag_line, e->tag_column);
}

static void
on_error(void *user, xmlErrorPtr error)
{
    ch_elements *e = user;
    if (e->stopped || !error || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(e, CH_ELEMENTS_MEMORY, e->line, e->column);
        return;
    }
    (void)snprintf(e->message, sizeof e->message, "%s",
                   error->message ? error->message : "syntax error");
    e->message[strcspn(e->message, "\n")]              = '\0';
    e->message[ch_utf8_valid(ch_str_from(e->message))] = '\0';
    stop(e, CH_ELEMENTS_SYNTAX, e->tag_line, e->tag_column);
}

ch_elements *
ch_elements_new(uint32_t depth, size_t bytes)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC};
    ch_elements  *e   = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    ch_sax_begin();
    sax.startElementNs      = on_start;
    sax.endElementNs        = on_end;
    sax.characters          = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock          = on_text;
    sax.internalSubset      = on_doctype;
    sax.serror              = on_error;
    e->arena                = ch_arena_new(0);
    e->parser               = xmlCreatePushParserCtxt(&sax, e, NULL, 0, NULL);
    e->depth_max            = depth;
    e->bytes_max            = bytes;
    e->line = e->column = e->tag_line = e->tag_column = 1;
    if (!e->arena || !e->parser) {
        ch_elements_free(e);
        return NULL;
    }
    (void)xmlCtxtUseOptions(e->parser, CH_SAX_OPTIONS);
    return e;
}

void
ch_elements_put(ch_elements *e, ch_str bytes, bool last)
{
    if (e->done && !e->open)
        ch_arena_reset(e->arena);
    if (e->done)
        e->large = false;
    e->done = NULL;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c == '<') {
            e->tag_line   = e->line;
            e->tag_column = e->column;
        }
        if (c == '\n') {
            e->line++;
            e->column = 1;
        } else {
            e->column += (c & 0xC0) != 0x80;
        }
    }
    if (!e->stopped)
        (void)xmlParseChunk(e->parser, bytes.p, (int)bytes.n, last);
}

bool
ch_elements_open(const ch_elements *e)
{
    return e->begun;
}

const ch_plain *
ch_elements_done(const ch_elements *e)
{
    return e->done;
}

void
ch_elements_place(const ch_elements *e, uint32_t *line, uint32_t *column)
{
    *line   = e->tag_line;
    *column = e->tag_column;
}

bool
ch_elements_large(const ch_elements *e, uint32_t *line, uint32_t *column)
{
    *line   = e->large_line;
    *column = e->large_column;
    return e->large;
}

void
ch_elements_drop(ch_elements *e)
{
    if (!e->begun)
        return;
    e->dropped = true;
    e->open    = NULL;
    e->text_n  = 0;
    ch_arena_reset(e->arena);
}

ch_elements_stop
ch_elements_stopped(const ch_elements *e, const char **text, uint32_t *line, uint32_t *column)
{
    *text   = e->message;
    *line   = e->stop_line;
    *column = e->stop_column;
    return e->stopped;
}

void
ch_elements_free(ch_elements *e)
{
    if (!e)
        return;
    xmlFreeParserCtxt(e->parser);
    ch_arena_free(e->arena);
    free(e->text);
    free(e);
}
