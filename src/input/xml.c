/* input/xml.c -- libxml2's SAX reader makes the raw tree; input/check.c judges it.
 *
 * libxml2 is told nothing that it could open.  Its calls come back into the handlers below,
 * which must not jump over its frames: they take memory with ch_arena_try, and on trouble
 * note it in the reader and stop the parser.  Diagnostics are made after it has returned. */
#include "input/xml.h"

#include "input/check.h"
#include "input/sax.h"
#include "input/scan.h"
#include "input/withheld.h"

#include <libxml/parserInternals.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define NS_ITS "http://www.w3.org/2005/11/its"
#define NS_XLINK "http://www.w3.org/1999/xlink"
#define NAMESPACES_MAX 256 /* declarations in force at once: libxml2 looks along all of them */
#define SYNTAX_ERRORS_MAX 16

typedef enum stop {
    GOING,
    STOP_MEMORY,
    STOP_DOCTYPE,
    STOP_DEPTH,
    STOP_NODES,
    STOP_NAMESPACES
} stop;

/* One error of libxml2, its text copied, since libxml2 takes its own back. */
typedef struct syntax_error {
    ch_code  code;
    uint32_t from, to;
    bool     bare; /* perhaps a bare & or < */
    char     text[160];
} syntax_error;

typedef struct reader {
    ch_ctx                *cx;
    const ch_vocab        *v;
    bool                   loose; /* what the vocabulary does not have is nobody's fault */
    ch_str                 bytes;
    uint32_t               source;
    xmlParserCtxtPtr       parser;
    const xmlChar        **elements; /* the vocabulary's names as libxml2's dictionary has them, */
    const xmlChar        **attrs;    /* so that a name is found by its address */
    ch_node               *root, *open;
    uint32_t               depth, nodes;
    uint32_t               markup_end; /* behind the last tag */
    char                  *text;       /* collected since then */
    size_t                 text_n, text_cap;
    stop                   stopped;
    uint32_t               stopped_at;
    syntax_error           errors[SYNTAX_ERRORS_MAX];
    size_t                 n_errors;
    bool                   broken;      /* not well-formed: what comes behind is noise */
    xmlStructuredErrorFunc old_handler; /* of the thread, put back afterwards */
    void                  *old_data;
} reader;

static void
stop_reading(reader *r, stop why, uint32_t at)
{
    if (r->stopped)
        return;
    r->stopped    = why;
    r->stopped_at = at;
    xmlStopParser(r->parser);
}

/* The offset of the byte that libxml2 reads next. */
static uint32_t
offset(const reader *r)
{
    long at = xmlByteConsumed(r->parser);
    if (at < 0)
        return r->markup_end;
    return (size_t)at < r->bytes.n ? (uint32_t)at : (uint32_t)r->bytes.n;
}

/* The last `c` before `at`. */
static uint32_t
back_to(const reader *r, uint32_t at, char c)
{
    uint32_t from = at;
    while (from > 0 && r->bytes.p[from - 1] != c)
        from--;
    return from ? from - 1 : at;
}

/* ---- texts ---- */

static ch_node *
add_node(reader *r, ch_node_kind kind, uint32_t from, uint32_t to)
{
    if (r->nodes >= r->cx->limits.nodes) {
        stop_reading(r, STOP_NODES, from);
        return NULL;
    }
    ch_node *n = ch_arena_try(r->cx->job, sizeof *n);
    if (!n) {
        stop_reading(r, STOP_MEMORY, from);
        return NULL;
    }
    r->nodes++;
    n->kind  = kind;
    n->where = (ch_where){r->source, from, to};
    n->text  = CH_STR_EMPTY;
    n->lang  = r->open ? r->open->lang : CH_STR_EMPTY;
    ch_node_append(r->open, n);
    if (!r->root)
        r->root = n;
    return n;
}

/* The bytes as the file has them where that is the same, else a copy; p NULL without memory. */
static ch_str
keep(reader *r, const char *p, size_t n, uint32_t from, uint32_t to)
{
    if (n == to - from && !memcmp(p, r->bytes.p + from, n))
        return n ? ch_str_sub(r->bytes, from, to) : CH_STR_EMPTY;
    char *copy = ch_arena_try(r->cx->job, n + 1);
    if (!copy) {
        stop_reading(r, STOP_MEMORY, from);
        return (ch_str){NULL, 0};
    }
    memcpy(copy, p, n);
    return (ch_str){copy, n};
}

static bool
holds_text(const reader *r)
{
    if (!r->open->elem || r->open->elem == CH_ID_FOREIGN)
        return false;
    uint8_t content = r->v->elements[r->open->elem].content;
    return content == CH_CONTENT_MIXED || content == CH_CONTENT_TEXT;
}

/* Make one node of the text collected up to a tag that begins at `to`. */
static void
end_text(reader *r, uint32_t to)
{
    size_t n  = r->text_n;
    r->text_n = 0;
    if (!n || !r->open || (!holds_text(r) && ch_str_trim((ch_str){r->text, n}).n == 0))
        return;
    ch_str s = keep(r, r->text, n, r->markup_end, to);
    if (!s.p)
        return;
    ch_node *node = add_node(r, CH_NODE_TEXT, r->markup_end, to);
    if (node)
        node->text = s;
}

static void
on_text(void *user, const xmlChar *p, int n)
{
    reader *r = user;
    if (r->stopped || n <= 0)
        return;
    size_t more = (size_t)n;
    if (r->text_cap - r->text_n < more) {
        size_t cap = r->text_cap ? r->text_cap : 4096;
        while (cap - r->text_n < more)
            cap *= 2;
        char *fresh = ch_arena_try(r->cx->scratch, cap);
        if (!fresh) {
            stop_reading(r, STOP_MEMORY, r->markup_end);
            return;
        }
        if (r->text_n)
            memcpy(fresh, r->text, r->text_n);
        r->text     = fresh;
        r->text_cap = cap;
    }
    memcpy(r->text + r->text_n, p, more);
    r->text_n += more;
}

/* ---- elements ---- */

static uint16_t
element_id(const reader *r, const xmlChar *local, const xmlChar *ns)
{
    if (!ns || strcmp((const char *)ns, r->v->ns) != 0)
        return CH_ID_FOREIGN;
    for (uint16_t i = 1; i < r->v->n_elements; i++) {
        if (r->elements[i] == local)
            return i;
    }
    return CH_ID_UNKNOWN;
}

static uint16_t
attr_id(const reader *r, const xmlChar *local, const xmlChar *ns)
{
    const char *prefix = "";
    if (ns) {
        if (!strcmp((const char *)ns, CH_NS_XML))
            prefix = "xml:";
        else if (!strcmp((const char *)ns, NS_ITS))
            prefix = "its:";
        else if (!strcmp((const char *)ns, NS_XLINK))
            prefix = "xlink:";
        else
            return CH_ID_FOREIGN;
    }
    size_t n = strlen(prefix);
    for (uint16_t i = 1; i < r->v->n_attrs; i++) {
        if (r->attrs[i] == local && !strncmp(r->v->attrs[i], prefix, n) &&
            !strchr(r->v->attrs[i] + n, ':'))
            return i;
    }
    return ns ? CH_ID_FOREIGN : CH_ID_UNKNOWN;
}

/* White space as the datatype says: for most, none at the ends and one space inside. */
static ch_str
normalise(reader *r, uint16_t elem, uint16_t attr, ch_str s)
{
    const ch_attr_use *u = ch_vocab_use(r->v, elem, attr);
    if (!u || u->type == CH_D_TEXT || u->type == CH_D_PATH)
        return s;
    s          = ch_str_trim(s);
    bool clean = true;
    for (size_t i = 1; i < s.n; i++)
        clean = clean && (!ch_is_space(s.p[i]) || (s.p[i] == ' ' && !ch_is_space(s.p[i - 1])));
    if (clean)
        return s;
    char *copy = ch_arena_try(r->cx->job, s.n + 1);
    if (!copy) {
        stop_reading(r, STOP_MEMORY, r->markup_end);
        return CH_STR_EMPTY;
    }
    return (ch_str){copy, ch_space_fold(s, copy)};
}

static ch_str
keep_value(reader *r, const char *p, size_t n, uint32_t from, uint32_t to)
{
    if (!memchr(p, '&', n))
        return keep(r, p, n, from, to);
    char *copy = ch_arena_try(r->cx->job, n + 1);
    if (!copy) {
        stop_reading(r, STOP_MEMORY, from);
        return (ch_str){NULL, 0};
    }
    return (ch_str){copy, ch_sax_value(copy, p, n)};
}

/* libxml2 gives five pointers an attribute: local name, prefix, namespace, value and its end,
 * in the order of the file. */
static void
add_attrs(reader *r, ch_node *e, const xmlChar **given, int count)
{
    ch_attr *at  = ch_arena_try(r->cx->job, (size_t)count * sizeof *at);
    uint32_t pos = e->where.from;
    if (!at) {
        stop_reading(r, STOP_MEMORY, pos);
        return;
    }
    e->attrs = at;
    for (int i = 0; i < count && !r->stopped; i++, given += 5) {
        ch_scan_attr place = {0};
        if (!ch_scan_next_attr(r->bytes, &pos, e->where.to, &place))
            break;
        size_t n     = (size_t)(given[4] - given[3]);
        ch_str value = keep_value(r, (const char *)given[3], n, place.value_from, place.value_to);
        if (!value.p)
            return;
        at[i].attr  = attr_id(r, given[0], given[2]);
        at[i].value = normalise(r, e->elem, at[i].attr, value);
        at[i].where = (ch_where){r->source, place.from, place.to};
        if (given[2] && !strcmp((const char *)given[2], CH_NS_XML) &&
            !strcmp((const char *)given[0], "lang"))
            e->lang = at[i].value;
        e->n_attrs++;
    }
}

static void
on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *ns, int n_ns,
         const xmlChar **declared, int n_attrs, int n_defaulted, const xmlChar **given)
{
    reader *r = user;
    (void)prefix, (void)n_ns, (void)declared, (void)n_defaulted;
    if (r->stopped || r->broken)
        return;
    uint32_t at = offset(r), from = back_to(r, at, '<'), to = at;
    while (to < r->bytes.n && r->bytes.p[to] != '>')
        to++;
    if (to < r->bytes.n)
        to++;
    end_text(r, from);
    if (r->depth >= r->cx->limits.depth) {
        stop_reading(r, STOP_DEPTH, from);
        return;
    }
    if (r->parser->nsNr > 2 * NAMESPACES_MAX) {
        stop_reading(r, STOP_NAMESPACES, from);
        return;
    }
    ch_node *e = add_node(r, CH_NODE_ELEMENT, from, to);
    if (!e)
        return;
    e->elem = element_id(r, local, ns);
    e->text = ch_scan_name(r->bytes, from + 1, to);
    if (n_attrs > 0)
        add_attrs(r, e, given, n_attrs);
    r->open = e;
    r->depth++;
    r->markup_end = to;
}

static void
on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *ns)
{
    reader *r = user;
    (void)local, (void)prefix, (void)ns;
    if (r->stopped || r->broken || !r->open)
        return;
    uint32_t at = offset(r);
    end_text(r, back_to(r, at, '<'));
    r->open = r->open->parent;
    r->depth--;
    r->markup_end = at;
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    reader *r = user;
    (void)name, (void)public_id, (void)system_id;
    stop_reading(r, STOP_DOCTYPE, back_to(r, offset(r), '<'));
}

/* ---- errors ---- */

/* The message without its line end, and without the name of libxml2's own function that some
 * of them begin with. */
static void
copy_message(syntax_error *e, const char *message)
{
    const char *colon = strchr(message, ':');
    if (colon && colon[1] == ' ' && !strncmp(message, "xml", 3) &&
        strcspn(message, " ") > (size_t)(colon - message))
        message = colon + 2;
    (void)snprintf(e->text, sizeof e->text, "%s", message);
    size_t n = strlen(e->text);
    while (n && ch_is_space(e->text[n - 1]))
        e->text[--n] = 0;
    /* Cut at a whole character. */
    e->text[ch_utf8_valid(ch_str_from(e->text))] = 0;
}

static void
on_error(void *user, xmlErrorPtr error)
{
    reader *r = user;
    if (r->stopped || r->broken || !error || error->level < XML_ERR_ERROR)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        r->stopped = STOP_MEMORY; /* it stops by itself */
        return;
    }
    bool namespaces = error->domain == XML_FROM_NAMESPACE;
    r->broken       = r->broken || !namespaces;
    if (r->n_errors == SYNTAX_ERRORS_MAX)
        return;
    syntax_error *e = &r->errors[r->n_errors++];
    e->code         = namespaces ? CH_E2006_bad_namespace : CH_E2001_not_well_formed;
    e->from         = offset(r);
    e->to           = e->from;
    if (namespaces || error->code == XML_ERR_TAG_NAME_MISMATCH ||
        error->code == XML_ERR_ATTRIBUTE_REDEFINED) {
        e->from = back_to(r, e->from, '<');
    } else if (error->code == XML_ERR_UNDECLARED_ENTITY ||
               error->code == XML_WAR_UNDECLARED_ENTITY) {
        e->code = CH_E2029_entity;
        e->from = back_to(r, e->from, '&');
    }
    e->bare = error->code == XML_ERR_NAME_REQUIRED || error->code == XML_ERR_LT_IN_ATTRIBUTE ||
              error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING;
    copy_message(e, error->message ? error->message : "syntax error");
}

static void
report_syntax(reader *r)
{
    for (size_t i = 0; i < r->n_errors; i++) {
        const syntax_error *e    = &r->errors[i];
        ch_where            w    = {r->source, e->from, e->to};
        ch_str              text = ch_str_from(e->text);
        if (e->code == CH_E2029_entity) {
            ch_report(r->cx, e->code, w, CH_ARG(ch_str_sub(r->bytes, e->from, e->to)));
            ch_hint(r->cx, "write the character itself; only &amp; &lt; &gt; &quot; &apos; and "
                           "numbers as &#xA0; are known");
        } else {
            ch_report(r->cx, e->code, w, CH_ARG(text));
            if (e->bare)
                ch_hint(r->cx, "in text, & is written &amp; and < is written &lt;");
        }
    }
}

static ch_status
report_stop(reader *r)
{
    ch_where w = {r->source, r->stopped_at, r->stopped_at + 1};
    switch (r->stopped) {
    case GOING:
        break;
    case STOP_MEMORY:
        ch_report(r->cx, CH_E1008_out_of_memory, w);
        return CH_ERR_HOST;
    case STOP_DOCTYPE:
        ch_report(r->cx, CH_E2003_doctype, w);
        ch_hint(r->cx, "take it out: the namespace says what the file is, and nothing is "
                       "loaded from outside");
        return CH_ERR_INPUT;
    case STOP_DEPTH:
        ch_report(r->cx, CH_E2008_too_deep, w, r->cx->limits.depth);
        return CH_ERR_LIMIT;
    case STOP_NODES:
        ch_report(r->cx, CH_E2009_too_many_nodes, w, r->cx->limits.nodes);
        return CH_ERR_LIMIT;
    case STOP_NAMESPACES:
        ch_report(r->cx, CH_E2010_too_many_attributes, w, NAMESPACES_MAX);
        return CH_ERR_LIMIT;
    }
    return CH_OK;
}

/* ---- the whole ---- */

static void
free_parser(void *p)
{
    xmlFreeParserCtxt(p);
}

/* Look the vocabulary's names up once; libxml2 then hands out these very pointers.
 * false: it had no memory for them. */
static bool
intern_names(reader *r)
{
    bool ok     = true;
    r->elements = CH_NEW_N(r->cx->scratch, const xmlChar *, r->v->n_elements);
    r->attrs    = CH_NEW_N(r->cx->scratch, const xmlChar *, r->v->n_attrs);
    for (uint16_t i = 1; i < r->v->n_elements; i++) {
        const char *z  = r->v->elements[i].name;
        r->elements[i] = xmlDictLookup(r->parser->dict, (const xmlChar *)z, -1);
        ok             = ok && r->elements[i];
    }
    for (uint16_t i = 1; i < r->v->n_attrs; i++) {
        const char *colon = strchr(r->v->attrs[i], ':');
        const char *local = colon ? colon + 1 : r->v->attrs[i];
        r->attrs[i]       = xmlDictLookup(r->parser->dict, (const xmlChar *)local, -1);
        ok                = ok && r->attrs[i];
    }
    return ok;
}

static void
restore_handler(void *p)
{
    reader *r = p;
    xmlSetStructuredErrorFunc(r->old_data, r->old_handler);
}

/* Before there is a parser, and below it, libxml2 tells of running out of memory through the
 * handler of the thread, or else prints.  That handler is ours until the arena is rewound. */
static void
borrow_handler(reader *r)
{
    r->old_handler = xmlStructuredError;
    r->old_data    = xmlStructuredErrorContext;
    ch_arena_defer(r->cx->scratch, restore_handler, r);
    xmlSetStructuredErrorFunc(r, on_error);
}

static bool
parse(reader *r)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC};
    borrow_handler(r);
    r->parser = xmlCreateMemoryParserCtxt(r->bytes.p, (int)r->bytes.n);
    if (!r->parser)
        return false;
    ch_arena_defer(r->cx->scratch, free_parser, r->parser);
    sax.startElementNs      = on_start;
    sax.endElementNs        = on_end;
    sax.characters          = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock          = on_text;
    sax.internalSubset      = on_doctype;
    sax.serror              = on_error;
    *r->parser->sax         = sax;
    r->parser->userData     = r;
    (void)xmlCtxtUseOptions(r->parser, CH_SAX_OPTIONS);
    if (!intern_names(r))
        return false;
    (void)xmlParseDocument(r->parser);
    if (!r->stopped && r->parser->errNo == XML_ERR_NO_MEMORY)
        r->stopped = STOP_MEMORY;
    return true;
}

static ch_status
finish(reader *r, const ch_node **root)
{
    size_t before = ch_diags_errors(r->cx->diags), first = ch_diags_count(r->cx->diags);
    if (r->root && r->stopped != STOP_MEMORY && !r->loose) {
        ch_check_input in = {.root = r->root, .open = r->open, .quiet_ns = false};
        for (size_t i = 0; i < r->n_errors; i++)
            in.quiet_ns = in.quiet_ns || r->errors[i].code == CH_E2006_bad_namespace;
        ch_check_tree(r->cx, r->v, &in);
    }
    report_syntax(r);
    ch_diags_sort(r->cx->diags, first);
    ch_status status = report_stop(r);
    if (status)
        return status;
    if (!r->root && ch_diags_errors(r->cx->diags) == before)
        ch_report(r->cx, CH_E2002_no_document, (ch_where){r->source, 0, 0});
    if (ch_diags_errors(r->cx->diags) > before)
        return CH_ERR_INPUT;
    *root = r->root;
    return CH_OK;
}

static ch_status
read_xml(ch_ctx *cx, const ch_vocab *v, bool loose, ch_str name, ch_str bytes, const ch_node **root)
{
    *root           = NULL;
    uint32_t source = ch_diags_source(cx->diags, name, bytes);
    ch_hide_withheld(cx->diags, source, bytes);
    if (bytes.n > cx->limits.input_bytes || bytes.n > INT_MAX) {
        ch_report(cx, CH_E2007_input_too_large, (ch_where){source, 0, 0}, cx->limits.input_bytes);
        return CH_ERR_LIMIT;
    }
    ch_status status = ch_scan_bytes(cx, source, bytes);
    if (status)
        return status;
    ch_sax_begin();
    ch_mark mark = ch_arena_mark(cx->scratch);
    reader *r    = CH_NEW(cx->scratch, reader);
    r->cx        = cx;
    r->v         = v;
    r->loose     = loose;
    r->bytes     = bytes;
    r->source    = source;
    if (parse(r)) {
        status = finish(r, root);
    } else {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        status = CH_ERR_HOST;
    }
    ch_arena_rewind(cx->scratch, mark);
    return status;
}

ch_status
ch_xml_read(ch_ctx *cx, const ch_vocab *v, ch_str name, ch_str bytes, const ch_node **root)
{
    return read_xml(cx, v, false, name, bytes, root);
}

ch_status
ch_xml_read_loose(ch_ctx *cx, const ch_vocab *v, ch_str name, ch_str bytes, const ch_node **root)
{
    return read_xml(cx, v, true, name, bytes, root);
}
