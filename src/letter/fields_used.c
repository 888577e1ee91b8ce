/* letter/fields_used.c -- which names a letter asks for, and which the records have. */
#include "letter/fields.h"

#include "input/letter_vocab.h"

#include <string.h>

#define NAMES_MAX 20000u /* of hostile records each may have names of its own */
#define TREES_MAX 64u

struct ch_fields_used {
    ch_arena *arena;
    ch_map   *used, *asked, *seen; /* by path; seen: without @lang */
    CH_VEC(const ch_node *) trees;
};

static void
put(ch_fields_used *u, ch_map *m, ch_str path)
{
    if (path.n && !ch_map_lookup(m, path) && ch_map_count(m) < NAMES_MAX)
        ch_map_put(m, path, u);
}

ch_fields_used *
ch_fields_used_new(ch_arena *a)
{
    ch_fields_used *u = CH_NEW(a, ch_fields_used);
    u->arena          = a;
    u->used           = ch_map_new(a);
    u->asked          = ch_map_new(a);
    u->seen           = ch_map_new(a);
    return u;
}

void
ch_fields_use(ch_fields_used *u, ch_str path)
{
    put(u, u->used, path);
}

void
ch_fields_ask(ch_fields_used *u, ch_str path)
{
    put(u, u->used, path);
    put(u, u->asked, path);
}

static void
join(ch_fields_used *u, ch_map *into, const ch_map *from)
{
    for (size_t i = 0; i < ch_map_count(from); i++)
        put(u, into, ch_map_key(from, i));
}

void
ch_fields_join(ch_fields_used *into, const ch_fields_used *from)
{
    join(into, into->used, from->used);
    join(into, into->asked, from->asked);
    join(into, into->seen, from->seen);
}

/* ---- what the records have ---- */

/* A path being written, without @lang; too long a one is left alone. */
typedef struct path_text {
    char   p[512];
    size_t n;
} path_text;

static bool
add_part(path_text *t, ch_str name)
{
    const char *at = name.n ? memchr(name.p, '@', name.n) : NULL;
    size_t      n  = at && at > name.p ? (size_t)(at - name.p) : name.n;
    if (t->n + n + 1 > sizeof t->p)
        return false;
    if (t->n)
        t->p[t->n++] = '.';
    memcpy(t->p + t->n, name.p, n);
    t->n += n;
    return true;
}

static void
see_value(ch_fields_used *u, const ch_value *v, path_text *t)
{
    for (const ch_value *c = v->first; c; c = c->next) {
        size_t kept = t->n;
        if (v->kind == CH_VALUE_LIST) {
            see_value(u, c, t);
        } else if (add_part(t, c->name)) {
            put(u, u->seen, (ch_str){t->p, t->n});
            see_value(u, c, t);
        }
        t->n = kept;
    }
}

void
ch_fields_see(ch_fields_used *u, const ch_record *r)
{
    path_text t = {.n = 0};
    see_value(u, r->values, &t);
}

/* ---- what a letter asks for ---- */

static void
use_attr(ch_fields_used *u, ch_ctx *cx, const ch_field_scope *s, const ch_attr *a)
{
    ch_attr_piece piece;
    ch_field_test test;
    switch (a->attr) {
    case CH_LA_if:
    case CH_LA_unless:
        if (ch_field_test_read(a->value, &test))
            ch_fields_ask(u, ch_field_path(cx->scratch, s, test.path));
        return;
    case CH_LA_for_each:
        return;
    default:
        for (size_t at = 0; ch_placeholder_next(a->value, &at, &piece);)
            if (piece.kind == CH_ATTR_FIELD)
                ch_fields_use(u, ch_field_path(cx->scratch, s, piece.text));
    }
}

static void
use_node(ch_fields_used *u, ch_ctx *cx, const ch_field_scope *around, const ch_node *n)
{
    ch_field_scope s = *around;
    const ch_attr *f = ch_node_attr(n, CH_LA_for_each);
    if (f) {
        s.path = ch_field_path(cx->scratch, around, f->value);
        ch_fields_ask(u, s.path);
    }
    for (size_t i = 0; i < n->n_attrs; i++)
        use_attr(u, cx, &s, &n->attrs[i]);
    if (n->elem == CH_L_field)
        ch_fields_use(u, ch_field_path(cx->scratch, &s, ch_node_attr_str(n, CH_LA_name)));
    for (const ch_node *c = n->first; c; c = c->next)
        if (c->kind == CH_NODE_ELEMENT)
            use_node(u, cx, &s, c);
}

void
ch_fields_use_tree(ch_fields_used *u, ch_ctx *cx, const ch_node *tree)
{
    ch_field_scope s = {NULL, NULL, CH_STR_EMPTY};
    for (size_t i = 0; i < u->trees.n; i++)
        if (u->trees.at[i] == tree)
            return;
    if (u->trees.n < TREES_MAX)
        *CH_PUSH(u->arena, u->trees) = tree;
    ch_mark mark = ch_arena_mark(cx->scratch);
    use_node(u, cx, &s, tree);
    ch_arena_rewind(cx->scratch, mark);
}

/* ---- the report ---- */

static bool
begins_with_part(ch_str path, ch_str part)
{
    return path.n > part.n && path.p[part.n] == '.' && memcmp(path.p, part.p, part.n) == 0;
}

/* Is it, or a value inside it, in the set? */
static bool
is_in(const ch_map *m, ch_str path)
{
    if (ch_map_lookup(m, path))
        return true;
    for (size_t i = 0; i < ch_map_count(m); i++)
        if (begins_with_part(ch_map_key(m, i), path))
            return true;
    return false;
}

/* 'a', 'b' and 'c' of the names of one set that are not in the other; empty when all are. */
static ch_str
missing_names(ch_arena *a, const ch_map *have, const ch_map *in)
{
    CH_VEC(ch_str) names = {0};
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < ch_map_count(have); i++) {
        ch_str name = ch_map_key(have, i);
        bool   told = false; /* what is inside it goes without saying */
        for (size_t k = 0; k < names.n && !told; k++)
            told = begins_with_part(name, names.at[k]);
        if (!told && !is_in(in, name))
            *CH_PUSH(a, names) = name;
    }
    for (size_t i = 0; i < names.n && i < 30; i++)
        ch_buf_printf(&b, "%s'%.*s'",
                      i == 0             ? ""
                      : i + 1 == names.n ? " and "
                                         : ", ",
                      CH_ARG(names.at[i]));
    if (names.n > 30)
        ch_buf_printf(&b, " and %zu more", names.n - 30);
    return ch_buf_view(&b);
}

void
ch_fields_report(ch_ctx *cx, const ch_fields_used *u, ch_str file)
{
    ch_mark mark   = ch_arena_mark(cx->scratch);
    ch_str  unused = missing_names(cx->scratch, u->seen, u->used);
    ch_str  never  = missing_names(cx->scratch, u->asked, u->seen);
    if (unused.n)
        ch_report(cx, CH_W3606_unused_columns, CH_NOWHERE, CH_ARG(unused), CH_ARG(file));
    if (never.n)
        ch_report(cx, CH_W3607_never_seen, CH_NOWHERE, CH_ARG(file), CH_ARG(never));
    ch_arena_rewind(cx->scratch, mark);
}
