/* style/sheet_langs.c -- a sheet as it is for letters in one language.
 *
 * First all that the sheets of a chain say of every language, from the first to the last; then
 * what they say of this one, in the same order, in each of them the shorter tags before the
 * longer.  So a sheet that extends another does not undo what that one does for a language. */
#include "style/sheet_data.h"

#include "locale/script.h"
#include "style/style_vocab.h"

#define CHAIN_MOST 32 /* sheets.c stops a longer one */

/* How much of the language a tag of a list takes in: "fa" of "fa-AF" 2, "fa-AF" 5, "en" 0. */
static size_t
match(ch_str list, ch_str lang)
{
    size_t best = 0;
    for (size_t from = 0, to; from < list.n; from = to + 1) {
        for (to = from; to < list.n && list.p[to] != ' '; to++) {
        }
        size_t n  = to - from;
        bool   in = n > best && n <= lang.n && (n == lang.n || lang.p[n] == '-');
        for (size_t i = 0; in && i < n; i++) {
            char a = list.p[from + i], b = lang.p[i];
            in = a == b || ((a ^ b) == 32 && (a | 32) >= 'a' && (a | 32) <= 'z');
        }
        if (in)
            best = n;
    }
    return best;
}

static ch_where
moved(ch_where where, uint32_t source)
{
    where.source = source;
    return where;
}

/* A copy with all that it holds, in another arena, its places in a source of another number. */
static ch_node *
copy(ch_arena *a, const ch_node *of, uint32_t source)
{
    ch_node *n     = CH_NEW(a, ch_node);
    ch_attr *attrs = CH_NEW_N(a, ch_attr, of->n_attrs);
    *n             = *of;
    n->where       = moved(of->where, source);
    n->text        = ch_arena_str(a, of->text);
    n->lang        = ch_arena_str(a, of->lang);
    n->attrs       = attrs;
    n->first = n->last = n->next = n->parent = NULL;
    for (size_t i = 0; i < of->n_attrs; i++) {
        attrs[i]       = of->attrs[i];
        attrs[i].value = ch_arena_str(a, of->attrs[i].value);
        attrs[i].where = moved(of->attrs[i].where, source);
    }
    for (const ch_node *x = of->first; x; x = x->next)
        ch_node_append(n, copy(a, x, source));
    return n;
}

/* A sheet that starts from all of another, in the job's arena. */
static ch_sheet *
view_of(ch_ctx *cx, const ch_sheet *s)
{
    ch_sheet *v = CH_NEW(cx->job, ch_sheet);
    *v          = *s;
    v->arena    = cx->job;
    ch_sheet_copy_roles(v, s);
    return v;
}

void
ch_sheet_keep_local(ch_ctx *cx, const ch_node *root, ch_sheet *sheet)
{
    ch_layer all = {.file = &sheet->file, .own = true};
    for (const ch_node *n = ch_node_elements_first(root); n; n = ch_node_elements_next(n)) {
        if (!ch_node_attr(n, CH_SA_only_for))
            continue;
        *CH_PUSH(cx->job, all.node)          = n;
        *CH_PUSH(sheet->arena, sheet->local) = copy(sheet->arena, n, 0);
    }
    if (all.node.n == 0)
        return;
    ch_where where = root->where;
    ch_sheet_apply(cx, view_of(cx, sheet), &all, 1, 0, &where);
}

/* What one sheet of the chain says of the language, a layer for each length of tag. */
static void
add_layers(ch_ctx *cx, const ch_sheet *s, ch_str lang, ch_layer *layer, size_t most, size_t *n)
{
    uint32_t source = 0;
    for (size_t length = 1; length <= lang.n; length++) {
        ch_layer l = {.file = &s->file, .own = true};
        for (size_t i = 0; i < s->local.n; i++) {
            const ch_node *x = s->local.at[i];
            if (match(ch_node_attr_str(x, CH_SA_only_for), lang) != length)
                continue;
            if (source == 0)
                source =
                    ch_place_where(cx, (ch_place){&s->file, x->where.from, x->where.to}).source;
            *CH_PUSH(cx->job, l.node) = copy(cx->job, x, source);
        }
        if (l.node.n > 0 && *n < most)
            layer[(*n)++] = l;
    }
}

const ch_sheet *
ch_sheet_in(ch_ctx *cx, const ch_sheet *s, ch_str lang)
{
    const ch_sheet *chain[CHAIN_MOST];
    ch_layer        layer[2 * CHAIN_MOST];
    size_t          n = 0, layers = 0;
    for (const ch_sheet *x = s; x && n < CHAIN_MOST; x = x->parent)
        chain[n++] = x;
    while (n > 0)
        add_layers(cx, chain[--n], lang, layer, 2 * CHAIN_MOST, &layers);
    uint32_t              script = ch_lang_facts_of(cx, lang).script;
    const ch_script_type *type   = ch_script_type_of(s->scripts, script);
    if (layers == 0 && type->tag == 0)
        return s;
    size_t    before = ch_diags_errors(cx->diags);
    ch_sheet *v      = view_of(cx, s);
    ch_where  where  = CH_NOWHERE;
    ch_sheet_apply(cx, v, layer, layers, script, &where);
    ch_sheet_check_geometry(cx, v, where);
    return ch_diags_errors(cx->diags) > before ? NULL : v;
}
