#include "style/structure.h"

static const struct {
    const char *name;
    bool        grouping;
} ROLES[CH_ROLE_COUNT] = {
#define ROLE(id, name, grouping) {name, grouping},
#include "style/roles.def"
#undef ROLE
};

/* A root stands behind the count of its tree's nodes. */
typedef struct tree {
    uint32_t count;
    ch_snode root;
} tree;

static tree *
tree_of(ch_snode *n)
{
    while (n->parent)
        n = n->parent;
    return (tree *)(void *)((char *)n - offsetof(tree, root));
}

ch_snode *
ch_snode_new(ch_arena *a, ch_snode *parent, ch_role role, ch_where where)
{
    ch_snode *n = parent ? CH_NEW(a, ch_snode) : &CH_NEW(a, tree)->root;
    n->role     = role;
    n->parent   = parent;
    n->where    = where;
    n->lang     = CH_STR_EMPTY;
    n->alt      = CH_STR_EMPTY;
    n->id       = CH_STR_EMPTY;
    n->index    = ++tree_of(n)->count - 1;
    if (!parent)
        return n;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
    return n;
}

const char *
ch_role_name(ch_role r)
{
    return (unsigned)r < CH_ROLE_COUNT ? ROLES[r].name : "";
}

bool
ch_role_grouping(ch_role r)
{
    return (unsigned)r < CH_ROLE_COUNT && ROLES[r].grouping;
}

static const char *const NUMBERINGS[] = {
    "", "disc", "decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"};

static void
dump_node(ch_buf *out, const ch_snode *n, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_puts(out, ch_role_name(n->role));
    if (n->lang.n)
        ch_buf_printf(out, " lang=%.*s", CH_ARG(n->lang));
    if (n->id.n)
        ch_buf_printf(out, " id=%.*s", CH_ARG(n->id));
    if (n->scope != CH_SCOPE_NONE)
        ch_buf_puts(out, n->scope == CH_SCOPE_ROW ? " scope=row" : " scope=column");
    if (n->columns > 1)
        ch_buf_printf(out, " columns=%u", (unsigned)n->columns);
    if (n->numbering != CH_NUMBERING_NONE)
        ch_buf_printf(out, " numbering=%s", NUMBERINGS[n->numbering]);
    if (n->alt.n)
        ch_buf_printf(out, " alt=\"%.*s\"", CH_ARG(n->alt));
    ch_buf_putc(out, '\n');
}

void
ch_structure_dump(ch_buf *out, const ch_snode *root)
{
    const ch_snode *n     = root;
    unsigned        depth = 0;
    while (n) {
        dump_node(out, n, depth);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->next;
    }
}
