/* locale/xliff_read.c -- XLIFF 2.0 as a catalogue.
 *
 * A unit is one message: the sources of its segments, one behind the other, are the text, and so
 * are its targets, in their order.  Codes become the markup that they stand for, so that what is
 * found in the catalogue is what a PO file of the same letter has. */
#include "input/xml.h"
#include "locale/catalog_read.h"
#include "locale/xliff.h"
#include "locale/xliff_vocab.h"

/* The markup of a code of the source, by its id: for codes of the target that do not repeat it. */
typedef struct code {
    ch_str start, end;
} code;

typedef struct xliff {
    ch_ctx     *cx;
    ch_catalog *catalog;
    ch_map     *data;  /* of the unit: id to ch_str */
    ch_map     *codes; /* of its source: id to code */
    ch_status   status;
} xliff;

static void
wrong(xliff *x, ch_where where, const char *what)
{
    ch_report(x->cx, CH_E3672_xliff_structure, where, what);
    x->status = CH_ERR_INPUT;
}

/* ---- text ---- */

/* The markup that a code refers to; p NULL, said, when there is none. */
static ch_str
data_of(xliff *x, const ch_node *n, int attr)
{
    ch_str        id   = ch_node_attr_str(n, attr);
    const ch_str *data = ch_map_lookup(x->data, id);
    if (data)
        return *data;
    ch_report(x->cx, CH_E3673_code_without_data, n->where, CH_ARG(n->text), CH_ARG(id));
    x->status = CH_ERR_INPUT;
    return (ch_str){NULL, 0};
}

/* Of the code of that id in the source. */
static code *
code_of(xliff *x, ch_str id, bool source)
{
    code *c = ch_map_lookup(x->codes, id);
    if (!c && source) {
        c  = CH_NEW(x->cx->job, code);
        *c = (code){{NULL, 0}, {NULL, 0}};
        ch_map_put(x->codes, id, c);
    }
    return c;
}

/* One tag: by its own reference, or as the source has it. */
static void
put_code(xliff *x, ch_buf *out, const ch_node *n, int ref, ch_str id, bool end, bool source)
{
    code  *c    = code_of(x, id, source);
    ch_str data = {NULL, 0};
    if (ch_node_attr(n, ref)) {
        data = data_of(x, n, ref);
        if (!data.p)
            return;
    } else if (c && !source) {
        data = end ? c->end : c->start;
    }
    if (!data.p) {
        ch_report(x->cx, CH_E3673_code_without_data, n->where, CH_ARG(n->text), CH_ARG(id));
        ch_hint(x->cx, "only codes made by `translate extract` are read: they have originalData");
        x->status = CH_ERR_INPUT;
        return;
    }
    if (source && c)
        *(end ? &c->end : &c->start) = data;
    ch_buf_str(out, data);
}

/* What stands inside a source or a target, as markup. */
static void
put_content(xliff *x, ch_buf *out, const ch_node *n, bool source)
{
    for (const ch_node *c = n->first; c; c = c->next) {
        if (c->kind == CH_NODE_TEXT) {
            ch_buf_xml_text(out, c->text);
            continue;
        }
        ch_str id = ch_node_attr_str(c, CH_XA_id);
        switch (c->elem) {
        case CH_X_ph:
        case CH_X_sc:
            put_code(x, out, c, CH_XA_dataRef, id, false, source);
            break;
        case CH_X_ec:
            id = ch_node_attr(c, CH_XA_startRef) ? ch_node_attr_str(c, CH_XA_startRef) : id;
            put_code(x, out, c, CH_XA_dataRef, id, true, source);
            break;
        case CH_X_pc:
            put_code(x, out, c, CH_XA_dataRefStart, id, false, source);
            put_content(x, out, c, source);
            put_code(x, out, c, CH_XA_dataRefEnd, id, true, source);
            break;
        case CH_X_mrk:
            put_content(x, out, c, source);
            break;
        case CH_X_cp:
            wrong(x, c->where, "a letter has no characters that XML has not (cp)");
            break;
        default:
            break; /* the ends of notes, and what others have added */
        }
    }
}

/* ---- a unit ---- */

enum { INITIAL, TRANSLATED, UNKNOWN_STATE };

static int
state_of(const ch_node *segment)
{
    static const char *const done[] = {"translated", "reviewed", "final"};
    ch_str                   state  = ch_node_attr_str(segment, CH_XA_state);
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (ch_str_is(state, done[i]))
            return TRANSLATED;
    return state.n == 0 || ch_str_is(state, "initial") ? INITIAL : UNKNOWN_STATE;
}

/* Where a target stands among the pieces of the unit, from 0. */
static size_t
place_of(xliff *x, const ch_node *target, size_t at, size_t n)
{
    const ch_attr *order = target ? ch_node_attr(target, CH_XA_order) : NULL;
    size_t         v     = 0;
    if (!order)
        return at;
    for (size_t i = 0; i < order->value.n && v <= n; i++)
        v = order->value.p[i] >= '0' && order->value.p[i] <= '9'
                ? 10 * v + (size_t)(order->value.p[i] - '0')
                : n + 1;
    if (v >= 1 && v <= n)
        return v - 1;
    wrong(x, order->where, "order must be a number from 1 to that of the unit's pieces");
    return at;
}

static void
read_data(xliff *x, const ch_node *unit)
{
    const ch_node *all = ch_node_child(unit, CH_X_originalData);
    for (const ch_node *d = ch_node_child(all, CH_X_data); d; d = ch_node_next(d, CH_X_data)) {
        ch_str *text = CH_NEW(x->cx->job, ch_str);
        *text        = ch_node_text(x->cx->job, d);
        ch_map_put(x->data, ch_node_attr_str(d, CH_XA_id), text);
    }
}

static bool
is_piece(const ch_node *n)
{
    return n->elem == CH_X_segment || n->elem == CH_X_ignorable;
}

/* The pieces of a unit: their sources joined, and their targets, in their order. */
static void
read_pieces(xliff *x, const ch_node *unit, size_t n, ch_message *m)
{
    ch_buf         source, target;
    const ch_node *first = NULL;
    size_t         at    = 0;
    bool           whole = true;
    ch_str        *piece = CH_NEW_N(x->cx->job, ch_str, n);
    ch_buf_init(&source, x->cx->job);
    for (const ch_node *p = ch_node_elements_first(unit); p; p = ch_node_elements_next(p)) {
        const ch_node *s = ch_node_child(p, CH_X_source), *t = ch_node_child(p, CH_X_target);
        if (!is_piece(p))
            continue;
        if (!s) {
            wrong(x, p->where, "it has no source");
            return;
        }
        size_t from = source.n;
        put_content(x, &source, s, true);
        ch_buf_init(&target, x->cx->job);
        if (t)
            put_content(x, &target, t, false);
        else if (p->elem == CH_X_ignorable)
            ch_buf_str(&target, ch_str_sub(ch_buf_view(&source), from, source.n));
        if (p->elem == CH_X_segment) {
            int state = state_of(p);
            if (state == UNKNOWN_STATE)
                wrong(x, p->where, "state must be initial, translated, reviewed or final");
            whole    = whole && target.n > 0;
            m->fuzzy = m->fuzzy || state == INITIAL;
            first    = first ? first : t;
        }
        size_t place = place_of(x, t, at, n);
        if (piece[place].p && t && ch_node_attr(t, CH_XA_order))
            wrong(x, t->where, "another target has that order");
        while (place < n && piece[place].p)
            place = (place + 1) % n;
        piece[place] = ch_buf_view(&target);
        at++;
    }
    ch_buf_init(&target, x->cx->job);
    for (size_t i = 0; i < n; i++)
        ch_buf_str(&target, piece[i]);
    m->id    = ch_str_trim(ch_buf_view(&source));
    m->text  = whole ? ch_str_trim(ch_buf_view(&target)) : CH_STR_EMPTY;
    m->fuzzy = m->fuzzy && m->text.n > 0;
    m->where = first ? first->where : unit->where;
}

/* A text that several units have is one message: what is translated counts, and must be one. */
static void
add_again(xliff *x, const ch_message *m)
{
    ch_message *old = (ch_message *)ch_catalog_find(x->catalog, m->context, m->id);
    bool        has = m->text.n > 0 && !m->fuzzy, had = old->text.n > 0 && !old->fuzzy;
    if (has && !had) {
        old->text  = m->text;
        old->fuzzy = false;
        old->where = m->where;
    } else if (has && !ch_str_eq(m->text, old->text)) {
        uint32_t line, column;
        ch_source_line_column(ch_diags_source_at(x->cx->diags, old->where.source), old->where.from,
                              &line, &column);
        ch_report(x->cx, CH_E3674_translated_twice, m->where, line);
        ch_hint(x->cx, "a text that stands in a letter several times has one translation");
        x->status = CH_ERR_INPUT;
    }
}

static void
read_unit(xliff *x, const ch_node *unit)
{
    ch_message m    = {.context = CH_STR_EMPTY};
    ch_str     name = ch_node_attr_str(unit, CH_XA_name);
    size_t     n    = 0;
    if (ch_str_starts(name, CH_XLIFF_CONTEXT))
        m.context = ch_str_sub(name, sizeof CH_XLIFF_CONTEXT - 1, name.n);
    for (const ch_node *p = ch_node_elements_first(unit); p; p = ch_node_elements_next(p))
        n += is_piece(p);
    if (n == 0) {
        wrong(x, unit->where, "a unit has a segment or several");
        return;
    }
    x->data  = ch_map_new(x->cx->job);
    x->codes = ch_map_new(x->cx->job);
    read_data(x, unit);
    ch_status before = x->status;
    x->status        = CH_OK;
    read_pieces(x, unit, n, &m);
    if (x->status == CH_OK && m.id.n > 0 && !ch_catalog_add(x->catalog, &m))
        add_again(x, &m);
    if (x->status == CH_OK)
        x->status = before;
}

/* ---- the file ---- */

static void
read_units(xliff *x, const ch_node *n)
{
    if (ch_str_is(ch_node_attr_str(n, CH_XA_translate), "no"))
        return;
    if (n->elem == CH_X_unit) {
        read_unit(x, n);
        return;
    }
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c))
        if (c->elem == CH_X_file || c->elem == CH_X_group || c->elem == CH_X_unit)
            read_units(x, c);
}

/* The version is the file's word, and its namespace: 2.0 and 2.1 have one. */
static bool
is_version_2(ch_ctx *cx, ch_str name, const ch_node *root)
{
    ch_str version = ch_node_attr_str(root, CH_XA_version);
    if (root->elem == CH_X_xliff && ch_str_is(version, "2.0"))
        return true;
    if (root->elem == CH_X_xliff && ch_str_starts(version, "2.")) {
        ch_report(cx, CH_W3671_xliff_later, root->where, CH_ARG(name), CH_ARG(version));
        return true;
    }
    if (!ch_str_is(root->text, "xliff") && !ch_str_ends(root->text, ":xliff")) {
        ch_report(cx, CH_E3645_not_a_catalog, root->where, CH_ARG(name));
        return false;
    }
    ch_report(cx, CH_E3670_xliff_version, root->where, CH_ARG(name), CH_ARG(version));
    if (ch_str_starts(version, "1."))
        ch_hint(cx, "versions 1 and 2 are two formats: have the tool write 2.0, or convert it");
    return false;
}

bool
ch_xliff_looks_like(ch_str bytes)
{
    return ch_str_starts(ch_str_trim(bytes), "<");
}

ch_status
ch_xliff_read(ch_ctx *cx, ch_catalog *c, ch_str name, ch_str bytes)
{
    const ch_node *root;
    ch_status      st = ch_xml_read_loose(cx, &ch_xliff_vocab, name, bytes, &root);
    if (st != CH_OK)
        return st;
    if (!is_version_2(cx, name, root))
        return CH_ERR_INPUT;
    xliff x = {.cx = cx, .catalog = c, .status = CH_OK};
    ch_catalog_set_language(c, ch_node_attr_str(root, CH_XA_trgLang));
    read_units(&x, root);
    return x.status;
}
