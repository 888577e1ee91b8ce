/* input/tree.c -- questions about the tree, and its print. */
#include "input/tree.h"

const ch_node *
ch_node_child(const ch_node *n, int elem)
{
    if (!n)
        return NULL;
    const ch_node *c = n->first;
    while (c && !(c->kind == CH_NODE_ELEMENT && c->elem == elem))
        c = c->next;
    return c;
}

const ch_node *
ch_node_next(const ch_node *n, int elem)
{
    if (!n)
        return NULL;
    const ch_node *c = n->next;
    while (c && !(c->kind == CH_NODE_ELEMENT && c->elem == elem))
        c = c->next;
    return c;
}

size_t
ch_node_count(const ch_node *n, int elem)
{
    size_t count = 0;
    for (const ch_node *c = ch_node_child(n, elem); c; c = ch_node_next(c, elem))
        count++;
    return count;
}

const ch_node *
ch_node_elements_first(const ch_node *n)
{
    if (!n)
        return NULL;
    const ch_node *c = n->first;
    while (c && c->kind != CH_NODE_ELEMENT)
        c = c->next;
    return c;
}

const ch_node *
ch_node_elements_next(const ch_node *n)
{
    if (!n)
        return NULL;
    const ch_node *c = n->next;
    while (c && c->kind != CH_NODE_ELEMENT)
        c = c->next;
    return c;
}

const ch_node *
ch_node_alternative(const ch_node *n, int elem, ch_str lang)
{
    const ch_node *first = ch_node_child(n, elem), *near = NULL;
    for (const ch_node *c = first; c; c = ch_node_next(c, elem)) {
        if (ch_lang_same(c->lang, lang))
            return c;
        if (!near && ch_lang_akin(c->lang, lang))
            near = c;
    }
    return near ? near : first;
}

const ch_attr *
ch_node_attr(const ch_node *n, int attr)
{
    for (size_t i = 0; n && i < n->n_attrs; i++) {
        if (n->attrs[i].attr == attr)
            return &n->attrs[i];
    }
    return NULL;
}

ch_str
ch_node_attr_str(const ch_node *n, int attr)
{
    const ch_attr *a = ch_node_attr(n, attr);
    return a ? a->value : CH_STR_EMPTY;
}

const ch_node *
ch_node_walk(const ch_node *n, const ch_node *root)
{
    return n->first ? n->first : ch_node_behind(n, root);
}

const ch_node *
ch_node_behind(const ch_node *n, const ch_node *root)
{
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

void
ch_node_append(ch_node *parent, ch_node *n)
{
    n->parent = parent;
    n->next   = NULL;
    if (!parent)
        return;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
}

ch_str
ch_node_text(ch_arena *a, const ch_node *n)
{
    if (!n)
        return CH_STR_EMPTY;
    /* Most elements hold one text and nothing else. */
    if (n->kind == CH_NODE_TEXT)
        return n->text;
    if (n->first && n->first == n->last && n->first->kind == CH_NODE_TEXT)
        return n->first->text;
    ch_buf b;
    ch_buf_init(&b, a);
    for (const ch_node *c = n; c; c = ch_node_walk(c, n)) {
        if (c->kind == CH_NODE_TEXT)
            ch_buf_str(&b, c->text);
    }
    return ch_buf_view(&b);
}

/* In quotes, with what would break the line written as an escape. */
static void
print_quoted(ch_buf *out, ch_str s)
{
    ch_buf_putc(out, '"');
    ch_buf_escaped(out, s);
    ch_buf_putc(out, '"');
}

void
ch_tree_dump(ch_buf *out, const ch_vocab *v, const ch_node *root, const ch_diags *d)
{
    const ch_source *s = ch_diags_source_at(d, root->where.source);
    if (s) {
        ch_buf_puts(out, "source ");
        print_quoted(out, s->name);
        ch_buf_putc(out, '\n');
    }
    for (const ch_node *n = root; n;) {
        bool hides = ch_source_hides(s, n->where.from, n->where.to);
        for (const ch_node *up = n; up != root; up = up->parent)
            ch_buf_puts(out, "  ");
        if (n->kind == CH_NODE_TEXT)
            print_quoted(out, hides ? CH_STR_LIT("[withheld]") : n->text);
        else
            ch_buf_puts(out, v->elements[n->elem].name);
        for (size_t i = 0; i < n->n_attrs; i++) {
            if (ch_source_hides(s, n->attrs[i].where.from, n->attrs[i].where.to))
                continue;
            ch_buf_printf(out, " %s=", v->attrs[n->attrs[i].attr]);
            print_quoted(out, n->attrs[i].value);
        }
        if (hides)
            ch_buf_puts(out, " [withheld]\n");
        else
            ch_buf_printf(out, " [%u,%u)\n", n->where.from, n->where.to);
        /* What is hidden in an element is all that is in it. */
        n = hides && n->kind == CH_NODE_ELEMENT ? ch_node_behind(n, root) : ch_node_walk(n, root);
    }
}
