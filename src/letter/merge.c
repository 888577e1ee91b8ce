/* letter/merge.c -- a letter's tree, filled with one record.
 *
 * Every node has a pointer to its parent and to its next sibling, so that a tree in which one node
 * is another is another tree: all nodes are copied, which a letter of two pages has a few hundred
 * of.  Texts and attributes are shared with the template where they hold no field. */
#include "letter/merge.h"

#include "input/check.h"
#include "input/letter_vocab.h"
#include "letter/fields.h"

#include <string.h>

/* What was left out of an element, to explain what it lacks. */
typedef struct left_out {
    const ch_attr *condition; /* NULL: nothing was; of a repeat without items its for-each */
    const ch_node *node;
} left_out;

typedef struct merger {
    ch_ctx          *cx;
    const ch_record *rec; /* NULL: only <seg>, <div> and doubled braces are taken out */
    size_t           nodes;
    bool             repeats;
} merger;

/* The place to fill: children are added to `to`; what stands in the letter is looked at from
 * `scope`. */
typedef struct target {
    ch_node *to;
    bool     changed; /* its children are not those of the template, one by one */
    left_out out;
} target;

static bool
is_condition(uint16_t attr)
{
    return attr == CH_LA_if || attr == CH_LA_unless || attr == CH_LA_for_each;
}

static ch_node *
add_node(merger *m, target *t, const ch_node *from)
{
    if (++m->nodes > m->cx->limits.nodes)
        return NULL;
    ch_node *n = ch_arena_alloc(m->cx->job, sizeof *n);
    *n         = *from;
    n->first = n->last = NULL;
    ch_node_append(t->to, n);
    return n;
}

/* ---- texts ---- */

static void
add_text(merger *m, target *t, const ch_node *field, ch_str text)
{
    ch_node *n = text.n ? add_node(m, t, field) : NULL;
    if (!n)
        return;
    n->kind    = CH_NODE_TEXT;
    n->elem    = 0;
    n->text    = text;
    n->attrs   = NULL;
    n->n_attrs = 0;
}

/* The line at *at, which moves to the next. */
static ch_str
next_line(ch_str s, size_t *at)
{
    size_t from = *at, end = from;
    while (end < s.n && s.p[end] != '\n' && s.p[end] != '\r')
        end++;
    *at = end + 1;
    return ch_str_trim(ch_str_sub(s, from, end));
}

/* One line of the value after the other, with <lb/> between; blank lines are none. */
static void
add_lines(merger *m, target *t, const ch_node *field, ch_str text)
{
    bool begun = false;
    for (size_t at = 0; at < text.n;) {
        ch_str line = next_line(text, &at);
        if (!line.n)
            continue;
        ch_node *lb = begun ? add_node(m, t, field) : NULL;
        if (lb) {
            lb->elem    = CH_L_lb;
            lb->text    = CH_STR_LIT("lb");
            lb->attrs   = NULL;
            lb->n_attrs = 0;
        }
        add_text(m, t, field, line);
        begun = true;
    }
}

/* Does the field stand among words, which a value that is empty would leave with a hole? */
static bool
among_words(const ch_node *field)
{
    for (const ch_node *n = field->parent ? field->parent->first : NULL; n; n = n->next)
        if (n->kind == CH_NODE_TEXT && ch_str_trim(n->text).n)
            return true;
    return false;
}

static void
report_hole(merger *m, ch_str path, const ch_value *v)
{
    uint32_t source = ch_diags_source(m->cx->diags, m->rec->file, CH_STR_EMPTY);
    ch_report_at(m->cx, CH_E3605_empty_field, source, v->line, v->column, m->rec->number,
                 CH_ARG(path));
    ch_hint(m->cx,
            "if=\"%.*s\" on the field, or on what stands around it, leaves out what needs it",
            CH_ARG(path));
}

/* The <field> stays round its value, which is thus kept apart for direction; of an empty value
 * nothing stays. */
static void
fill_field(merger *m, target *t, const ch_node *field, const ch_field_scope *scope)
{
    ch_str          path = ch_node_attr_str(field, CH_LA_name);
    const ch_value *v    = ch_field_get(scope, path, field->lang);
    v                    = ch_field_text(m->cx, scope, path, v, field->where);
    ch_str text          = v ? ch_str_trim(v->text) : CH_STR_EMPTY;
    if (!text.n) {
        if (v && among_words(field))
            report_hole(m, path, v);
        return;
    }
    target inside = {.to = add_node(m, t, field)};
    if (inside.to)
        add_lines(m, &inside, field, text);
}

/* ---- attributes ---- */

static bool
has_brace(ch_str s)
{
    return s.n && (memchr(s.p, '{', s.n) || memchr(s.p, '}', s.n));
}

/* Placeholders stand for values that a record gives, never for what XML and ITS define. */
static bool
may_fill(uint16_t attr)
{
    return !strchr(ch_letter_vocab.attrs[attr], ':');
}

/* White space as the datatype says. */
static ch_str
fold(ch_arena *a, const ch_attr_use *u, ch_str s)
{
    if (u->type == CH_D_TEXT || u->type == CH_D_PATH)
        return s;
    char *out = ch_arena_alloc(a, s.n + 1);
    return (ch_str){out, ch_space_fold(s, out)};
}

static void
report_value(merger *m, const ch_node *n, const ch_attr *a, const ch_attr_use *u, ch_str value,
             const ch_value *from)
{
    ch_ctx     *cx   = m->cx;
    const char *name = ch_letter_vocab.attrs[a->attr];
    const char *elem = ch_letter_vocab.elements[n->elem].name;
    uint32_t    source, line = 0, column = 0;
    if (!from)
        return; /* said already */
    source = ch_diags_source(cx->diags, m->rec->file, CH_STR_EMPTY);
    ch_report_at(cx, CH_E3602_bad_field_value, source, from->line, from->column, m->rec->number,
                 CH_ARG(value), name, elem);
    const ch_source *letter = ch_diags_source_at(cx->diags, a->where.source);
    if (letter)
        ch_source_line_column(letter, a->where.from, &line, &column);
    if (u->values)
        ch_hint(cx, "it is one of: %s (line %u of the letter)", u->values, line);
    else
        ch_hint(cx, "it must be %s (line %u of the letter)", ch_datatype_says(u->type), line);
}

/* The value with its placeholders filled; from: the value that was filled in last. */
static ch_str
fill_value(merger *m, const ch_attr *a, const ch_field_scope *scope, ch_str lang,
           const ch_value **from, bool *failed)
{
    ch_attr_piece piece;
    ch_buf        b;
    ch_buf_init(&b, m->cx->job);
    for (size_t at = 0; ch_placeholder_next(a->value, &at, &piece);) {
        ch_str text = piece.text;
        if (piece.kind == CH_ATTR_WRONG) {
            ch_report(m->cx, CH_E3603_bad_placeholder, a->where, CH_ARG(text));
            ch_hint(m->cx, "a brace that is meant as one is written twice: {{");
            *failed = true;
        } else if (piece.kind == CH_ATTR_FIELD) {
            const ch_value *v = ch_field_get(scope, text, lang);
            v                 = ch_field_text(m->cx, scope, text, v, a->where);
            text              = v ? ch_str_trim(v->text) : CH_STR_EMPTY;
            *failed           = *failed || !v;
            *from             = v ? v : *from;
        }
        ch_buf_str(&b, text);
    }
    return ch_buf_view(&b);
}

/* One attribute; false: it is left out, since its value is empty and it need not be there. */
static bool
fill_attr(merger *m, const ch_node *n, ch_attr *a, const ch_field_scope *scope)
{
    const ch_attr_use *u      = ch_vocab_use(&ch_letter_vocab, n->elem, a->attr);
    const ch_value    *from   = NULL;
    bool               failed = false;
    if (!u || !may_fill(a->attr) || !has_brace(a->value))
        return true;
    bool only_braces = !ch_placeholder(a->value);
    if (!m->rec && !only_braces)
        return true;
    ch_str value = fill_value(m, a, scope, n->lang, &from, &failed);
    if (!failed && !only_braces && !value.n && !u->required)
        return false;
    value = fold(m->cx->job, u, value);
    if (!failed && !ch_attr_value_ok(u, value))
        report_value(m, n, a, u, value, from);
    a->value = value;
    return true;
}

static bool
has_condition(const ch_node *n)
{
    for (size_t i = 0; i < n->n_attrs; i++)
        if (is_condition(n->attrs[i].attr))
            return true;
    return false;
}

static bool
attrs_change(const ch_node *n)
{
    for (size_t i = 0; i < n->n_attrs; i++)
        if (is_condition(n->attrs[i].attr) || has_brace(n->attrs[i].value))
            return true;
    return false;
}

static void
fill_attrs(merger *m, ch_node *n, const ch_field_scope *scope)
{
    if (!attrs_change(n))
        return;
    ch_attr *out = CH_NEW_N(m->cx->job, ch_attr, n->n_attrs);
    size_t   k   = 0;
    for (size_t i = 0; i < n->n_attrs; i++) {
        out[k] = n->attrs[i];
        if (m->rec && is_condition(out[k].attr))
            continue;
        k += fill_attr(m, n, &out[k], scope);
    }
    n->attrs   = out;
    n->n_attrs = k;
}

/* ---- elements ---- */

static void add_children(merger *m, target *t, const ch_node *from, const ch_field_scope *scope);

/* When an element now lacks what it needs, say which condition did it. */
static void
check_changed(merger *m, const target *t)
{
    if (!t->changed || !ch_check_children(m->cx, &ch_letter_vocab, t->to))
        return;
    const ch_attr *c = t->out.condition;
    if (!m->rec)
        return;
    if (c)
        ch_hint(m->cx, "record %zu: <%s> was left out because of %s=\"%.*s\"", m->rec->number,
                ch_letter_vocab.elements[t->out.node->elem].name, ch_letter_vocab.attrs[c->attr],
                CH_ARG(c->value));
    else
        ch_hint(m->cx, "so it is with record %zu", m->rec->number);
}

/* A line of an address that is one field is as many lines as the value has. */
static bool
add_address_lines(merger *m, target *t, const ch_node *from, const ch_field_scope *scope)
{
    const ch_node *field = from->first;
    if (!m->rec || from->elem != CH_L_addrLine || !field || field->next ||
        field->elem != CH_L_field || has_condition(field))
        return false;
    const ch_value *v = ch_field_get(scope, ch_node_attr_str(field, CH_LA_name), field->lang);
    ch_str          s = v ? ch_str_trim(v->text) : CH_STR_EMPTY;
    if (!v || v->kind == CH_VALUE_LIST || !s.n || !memchr(s.p, '\n', s.n))
        return false;
    for (size_t at = 0; at < s.n;) {
        ch_str line = next_line(s, &at);
        target one  = {.to = line.n ? add_node(m, t, from) : NULL};
        if (!one.to)
            continue;
        fill_attrs(m, one.to, scope);
        one.to = add_node(m, &one, field);
        if (one.to)
            add_text(m, &one, field, line);
    }
    return true;
}

static void
add_element(merger *m, target *t, const ch_node *from, const ch_field_scope *scope)
{
    if (from->elem == CH_L_field && m->rec) {
        fill_field(m, t, from, scope);
        return;
    }
    /* Without a record their conditions are still to be complained of. */
    bool dissolves = from->elem == CH_L_seg || from->elem == CH_L_div;
    bool foreign   = from->elem == CH_L_seg && ch_node_attr(from, CH_LA_xml_lang);
    if (dissolves && !foreign && (m->rec || !has_condition(from))) {
        t->changed = t->changed || from->elem == CH_L_div;
        add_children(m, t, from, scope);
        return;
    }
    if (add_address_lines(m, t, from, scope))
        return;
    target inside = {.to = add_node(m, t, from)};
    if (!inside.to)
        return;
    if (foreign)
        inside.to->elem = CH_L_foreign;
    fill_attrs(m, inside.to, scope);
    add_children(m, &inside, from, scope);
    check_changed(m, &inside);
}

static void
leave_out(target *t, const ch_attr *condition, const ch_node *n)
{
    t->changed = true;
    if (!t->out.condition)
        t->out = (left_out){condition, n};
}

/* The element, unless its conditions say no. */
static void
add_if(merger *m, target *t, const ch_node *from, const ch_field_scope *scope)
{
    static const uint16_t attrs[] = {CH_LA_if, CH_LA_unless};
    for (int i = 0; i < 2; i++) {
        const ch_attr *a     = ch_node_attr(from, attrs[i]);
        bool           wrong = false;
        if (!a)
            continue;
        t->changed = true;
        bool holds = ch_field_holds(m->cx, scope, a->value, from->lang, a->where, &wrong);
        if (holds == (i == 1) || wrong) {
            leave_out(t, a, from);
            return;
        }
    }
    add_element(m, t, from, scope);
}

/* The element for each item.  A value that is no list is a list of it alone: in XML one item and a
 * list of one are written alike. */
static void
add_for_each(merger *m, target *t, const ch_node *from, const ch_attr *list,
             const ch_field_scope *scope)
{
    const ch_value *v =
        ch_path_ok(list->value) ? ch_field_get(scope, list->value, from->lang) : NULL;
    if (!ch_path_ok(list->value)) {
        ch_report(m->cx, CH_E3604_bad_condition, list->where, CH_ARG(list->value));
        ch_hint(m->cx, "for-each is the name of a field that is a list");
    } else if (!v && scope->record->columns) {
        ch_field_missing(m->cx, scope, list->value, list->where);
    }
    if (!ch_value_some(v)) {
        leave_out(t, list, from);
        return;
    }
    ch_field_scope item = {scope->record, v, ch_field_path(m->cx->job, scope, list->value)};
    t->changed          = true;
    m->repeats          = true;
    for (const ch_value *i = v->kind == CH_VALUE_LIST ? v->first : v; i; i = i->next) {
        item.item = i;
        add_if(m, t, from, &item);
        if (v->kind != CH_VALUE_LIST || m->nodes > m->cx->limits.nodes)
            break;
    }
}

static void
add_children(merger *m, target *t, const ch_node *from, const ch_field_scope *scope)
{
    for (const ch_node *c = from->first; c && m->nodes <= m->cx->limits.nodes; c = c->next) {
        const ch_attr *list = m->rec ? ch_node_attr(c, CH_LA_for_each) : NULL;
        if (c->kind == CH_NODE_TEXT)
            (void)add_node(m, t, c);
        else if (list)
            add_for_each(m, t, c, list, scope);
        else if (m->rec)
            add_if(m, t, c, scope);
        else
            add_element(m, t, c, scope);
    }
}

/* ---- the whole ---- */

/* Is there anything to take out of a letter that has no record? */
static bool
needs_work(const ch_node *tree)
{
    for (const ch_node *n = tree; n; n = ch_node_walk(n, tree)) {
        if (n->kind == CH_NODE_ELEMENT && (n->elem == CH_L_seg || n->elem == CH_L_div))
            return true;
        for (size_t i = 0; i < n->n_attrs; i++)
            if (has_brace(n->attrs[i].value))
                return true;
    }
    return false;
}

/* What is repeated has the same xml:id again. */
static void
check_ids(merger *m, const ch_node *tree)
{
    ch_mark mark = ch_arena_mark(m->cx->scratch);
    ch_map *ids  = ch_map_new(m->cx->scratch);
    for (const ch_node *n = tree; n; n = ch_node_walk(n, tree)) {
        const ch_attr *id = ch_node_attr(n, CH_LA_xml_id);
        if (id && ch_map_lookup(ids, id->value)) {
            ch_report(m->cx, CH_E2028_duplicate_id, id->where, CH_ARG(id->value));
            ch_hint(m->cx, "what is repeated can have no xml:id (record %zu)", m->rec->number);
        } else if (id) {
            ch_map_put(ids, id->value, m);
        }
    }
    ch_arena_rewind(m->cx->scratch, mark);
}

ch_status
ch_letter_merge(ch_ctx *cx, const ch_node *tree, const ch_record *rec, ch_fields_used *used,
                const ch_node **out)
{
    merger         m      = {.cx = cx, .rec = rec};
    ch_field_scope scope  = {rec, rec ? rec->values : NULL, CH_STR_EMPTY};
    target         top    = {.to = NULL};
    size_t         errors = ch_diags_errors(cx->diags);
    *out                  = NULL;
    if (!rec && !needs_work(tree)) {
        *out = tree;
        return CH_OK;
    }
    if (rec && used) {
        ch_fields_use_tree(used, cx, tree);
        ch_fields_see(used, rec);
    }
    top.to = add_node(&m, &top, tree);
    fill_attrs(&m, top.to, &scope);
    add_children(&m, &top, tree, &scope);
    check_changed(&m, &top);
    if (m.nodes > cx->limits.nodes) {
        ch_report(cx, CH_E3609_merged_too_large, tree->where, rec ? rec->number : 0,
                  cx->limits.nodes);
        return CH_ERR_LIMIT;
    }
    if (m.repeats)
        check_ids(&m, top.to);
    if (ch_diags_errors(cx->diags) > errors)
        return CH_ERR_INPUT;
    *out = top.to;
    return CH_OK;
}
