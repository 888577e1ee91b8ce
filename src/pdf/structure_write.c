/* pdf/structure_write.c -- structure elements, parent tree and identifiers as PDF objects
 * (ISO 32000-1, 14.7). */
#include "pdf/structure.h"

#include "pdf/put.h"

#include <stdlib.h>

/* A node of a number or name tree holds at most this many entries. */
#define LEAF 512

typedef struct writer {
    ch_haru             *h;
    ch_tags             *t;
    ch_haru_dict *const *page;
    ch_haru_dict        *above; /* of the top element */
    ch_trees            *trees;
    ch_buf               b; /* the element being written */
} writer;

static void
make_dicts(writer *w, ch_tag *t)
{
    if (!t->kept)
        return;
    t->dict = ch_haru_dict_new(w->h);
    for (ch_tag *k = t->first; k; k = k->next)
        make_dicts(w, k);
}

static void
put_key_ref(ch_buf *b, const char *key, const ch_haru_dict *d)
{
    ch_buf_puts(b, key);
    ch_put_ref(b, ch_haru_id(d));
}

/* One child: an element, a stretch, or a link annotation.  Stretches on the element's own page
 * (its first) are bare numbers; the others name theirs. */
static void
put_kid(writer *w, const ch_tag_piece *piece, size_t own_page)
{
    ch_buf *b = &w->b;
    if (piece->link && !piece->annot)
        return;
    if (piece->link) {
        ch_buf_puts(b, "<</Type/OBJR");
        put_key_ref(b, "/Obj", piece->annot);
        put_key_ref(b, "/Pg", w->page[piece->page]);
        ch_buf_puts(b, ">>");
    } else if (piece->page == own_page) {
        ch_buf_putc(b, ' ');
        ch_buf_number(b, (uint64_t)piece->mcid);
    } else {
        ch_buf_puts(b, "<</Type/MCR");
        put_key_ref(b, "/Pg", w->page[piece->page]);
        ch_buf_puts(b, "/MCID ");
        ch_buf_number(b, (uint64_t)piece->mcid);
        ch_buf_puts(b, ">>");
    }
}

static void
put_bbox(writer *w, const ch_tag *t)
{
    for (const ch_tag_piece *p = t->piece; p; p = p->next) {
        const ch_page *pg   = &w->t->pages->page[p->page];
        const ch_item *item = &pg->item[p->from];
        if (p->link || item->kind != CH_ITEM_IMAGE)
            continue;
        ch_len box[4] = {item->x, pg->height - item->y - item->h, item->x + item->w,
                         pg->height - item->y};
        ch_buf_puts(&w->b, "/A<</O/Layout/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++) {
            if (i)
                ch_buf_putc(&w->b, ' ');
            ch_put_points(&w->b, box[i]);
        }
        ch_buf_puts(&w->b, "]>>");
        return;
    }
}

static void
put_attributes(writer *w, const ch_tag *t)
{
    ch_buf     *b       = &w->b;
    const char *scope   = ch_tag_scope(t);
    unsigned    columns = t->node ? t->node->columns : 1;
    if (t->role == CH_ROLE_L && t->node && t->node->numbering != CH_NUMBERING_NONE) {
        ch_buf_printf(b, "/A<</O/List/ListNumbering/%s>>", ch_tag_numbering(t));
    } else if (scope || (t->role == CH_ROLE_TD && columns > 1)) {
        ch_buf_puts(b, "/A<</O/Table");
        if (scope) {
            ch_buf_puts(b, "/Scope/");
            ch_buf_puts(b, scope);
        }
        if (columns > 1)
            ch_buf_printf(b, "/ColSpan %u", columns);
        ch_buf_puts(b, ">>");
    } else if (t->role == CH_ROLE_FIGURE) {
        put_bbox(w, t);
    }
}

static void
put_id(writer *w, const ch_tag *t)
{
    ch_str id = ch_tag_id(w->t->arena, t), prefix = w->t->prefix;
    if (id.n == 0)
        return;
    id = ch_arena_printf(w->trees->arena, "%.*s%.*s", CH_ARG(prefix), CH_ARG(id));
    ch_buf_puts(&w->b, "/ID");
    ch_put_literal(&w->b, id);
    *CH_PUSH(w->trees->arena, w->trees->id) = (ch_tag_name){id, ch_haru_id(t->dict)};
}

static void
write_element(writer *w, const ch_tag *t, ch_str lang)
{
    ch_buf *b = &w->b;
    if (!t->kept)
        return;
    ch_buf_clear(b);
    ch_buf_puts(b, "/Type/StructElem/S/");
    ch_buf_puts(b, ch_role_name(t->role));
    put_key_ref(b, "/P", t->parent ? t->parent->dict : w->above);
    const ch_tag_piece *own = t->piece;
    while (own && own->link)
        own = own->next;
    if (own)
        put_key_ref(b, "/Pg", w->page[own->page]);
    ch_str own_lang = t->node && t->node->lang.n > 0 ? t->node->lang : CH_STR_EMPTY;
    if (!t->parent && own_lang.n == 0)
        own_lang = w->t->lang;
    if (own_lang.n > 0 && !ch_str_eq(own_lang, lang)) {
        lang = own_lang;
        ch_buf_puts(b, "/Lang");
        ch_put_text(b, lang);
    }
    if (t->node && t->node->alt.n > 0) {
        ch_buf_puts(b, "/Alt");
        ch_put_text(b, t->node->alt);
    }
    put_id(w, t);
    put_attributes(w, t);
    ch_buf_puts(b, "/K[");
    ch_tag_walk         kids = ch_tag_kids(t);
    const ch_tag       *child;
    const ch_tag_piece *piece;
    while (ch_tag_next(&kids, &child, &piece)) {
        if (child)
            ch_put_ref(b, ch_haru_id(child->dict));
        else
            put_kid(w, piece, own ? own->page : SIZE_MAX);
    }
    ch_buf_putc(b, ']');
    ch_haru_entries(w->h, t->dict, ch_arena_str(w->t->arena, ch_buf_view(b)));
    for (const ch_tag *k = t->first; k; k = k->next)
        write_element(w, k, lang);
}

/* ---- trees --------------------------------------------------------------------------- */

/* What the keys of the letter's pages and links lead to. */
static void
add_parents(writer *w)
{
    ch_trees *trees = w->trees;
    for (size_t i = 0; i < w->t->pages->n; i++) {
        ch_buf_clear(&w->b);
        ch_buf_putc(&w->b, '[');
        for (size_t k = 0; k < w->t->stretch[i].n; k++)
            ch_put_ref(&w->b, ch_haru_id(w->t->stretch[i].at[k]->tag->dict));
        ch_buf_putc(&w->b, ']');
        *CH_PUSH(trees->arena, trees->parent) = ch_arena_str(trees->arena, ch_buf_view(&w->b));
    }
    for (size_t i = 0; i < w->t->link.n; i++) {
        ch_buf_clear(&w->b);
        ch_put_ref(&w->b, ch_haru_id(w->t->link.at[i]->tag->dict));
        *CH_PUSH(trees->arena, trees->parent) = ch_arena_str(trees->arena, ch_buf_view(&w->b));
    }
}

void
ch_tags_write(ch_haru *h, ch_tags *t, ch_haru_dict *const *page, ch_str lang, ch_haru_dict *above,
              ch_trees *trees)
{
    if (!t->root || !t->root->kept)
        return;
    if (!trees->root)
        trees->root = ch_haru_dict_new(h);
    writer w = {.h = h, .t = t, .page = page, .above = above ? above : trees->root, .trees = trees};
    ch_buf_init(&w.b, t->arena);
    make_dicts(&w, t->root);
    write_element(&w, t->root, lang);
    add_parents(&w);
}

typedef void put_entry(const ch_trees *t, ch_buf *b, size_t i, bool limit);

static void
put_parent(const ch_trees *t, ch_buf *b, size_t i, bool limit)
{
    ch_buf_putc(b, ' ');
    ch_buf_number(b, i);
    if (!limit)
        ch_buf_str(b, t->parent.at[i]);
}

static void
put_named(const ch_trees *t, ch_buf *b, size_t i, bool limit)
{
    ch_put_literal(b, t->id.at[i].id);
    if (!limit)
        ch_put_ref(b, t->id.at[i].object);
}

/* n entries in leaves under one root. key: "Nums" or "Names". */
static ch_haru_dict *
write_tree(ch_haru *h, const ch_trees *t, const char *key, size_t n, put_entry *put)
{
    ch_haru_dict *root = ch_haru_dict_new(h);
    ch_arena     *a    = t->arena;
    ch_buf        b, kids;
    ch_buf_init(&b, a);
    ch_buf_init(&kids, a);
    for (size_t from = 0; from < n; from += LEAF) {
        size_t to = n - from < LEAF ? n : from + LEAF;
        ch_buf_clear(&b);
        if (n > LEAF) {
            ch_buf_puts(&b, "/Limits[");
            put(t, &b, from, true);
            put(t, &b, to - 1, true);
            ch_buf_putc(&b, ']');
        }
        ch_buf_printf(&b, "/%s[", key);
        for (size_t i = from; i < to; i++)
            put(t, &b, i, false);
        ch_buf_putc(&b, ']');
        ch_haru_dict *leaf = n > LEAF ? ch_haru_dict_new(h) : root;
        ch_haru_entries(h, leaf, ch_arena_str(a, ch_buf_view(&b)));
        ch_put_ref(&kids, ch_haru_id(leaf));
    }
    if (n > LEAF)
        ch_haru_entries(h, root, ch_arena_printf(a, "/Kids[%s]", kids.p));
    return root;
}

static int
by_name(const void *a, const void *b)
{
    return ch_str_cmp(((const ch_tag_name *)a)->id, ((const ch_tag_name *)b)->id);
}

void
ch_trees_write(ch_haru *h, ch_trees *t, ch_haru_dict *top, ch_buf *digest)
{
    if (!t->root)
        return;
    ch_haru_dict *parents = write_tree(h, t, "Nums", t->parent.n, put_parent);
    ch_buf        b;
    ch_buf_init(&b, t->arena);
    ch_buf_puts(&b, "/Type/StructTreeRoot");
    put_key_ref(&b, "/K", top);
    put_key_ref(&b, "/ParentTree", parents);
    ch_buf_printf(&b, "/ParentTreeNextKey %zu", t->parent.n);
    ch_haru_entries(h, t->root, ch_buf_view(&b));
    if (t->id.n > 0) {
        qsort(t->id.at, t->id.n, sizeof *t->id.at, by_name);
        ch_haru_ref(h, t->root, "IDTree", write_tree(h, t, "Names", t->id.n, put_named));
    }
    ch_haru_ref(h, ch_haru_catalog(h), "StructTreeRoot", t->root);
    ch_buf_str(digest, ch_buf_view(&b));
}
