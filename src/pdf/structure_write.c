/* pdf/structure_write.c -- structure elements, parent tree and identifiers as PDF objects
 * (ISO 32000-1, 14.7). */
#include "pdf/structure.h"

#include "pdf/put.h"

#include <stdlib.h>

/* A node of a number or name tree holds at most this many entries. */
#define LEAF 512

typedef struct named {
    ch_str   id;
    uint32_t object;
} named;

typedef struct writer {
    ch_haru             *h;
    ch_tags             *t;
    ch_haru_dict *const *page;
    ch_haru_dict        *root; /* the StructTreeRoot */
    ch_buf               b;    /* the element being written */
    CH_VEC(named) ids;
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
write_element(writer *w, const ch_tag *t, ch_str lang)
{
    ch_buf *b = &w->b;
    if (!t->kept)
        return;
    ch_buf_clear(b);
    ch_buf_puts(b, "/Type/StructElem/S/");
    ch_buf_puts(b, ch_role_name(t->role));
    put_key_ref(b, "/P", t->parent ? t->parent->dict : w->root);
    const ch_tag_piece *own = t->piece;
    while (own && own->link)
        own = own->next;
    if (own)
        put_key_ref(b, "/Pg", w->page[own->page]);
    if (t->node && t->node->lang.n > 0 && !ch_str_eq(t->node->lang, lang)) {
        lang = t->node->lang;
        ch_buf_puts(b, "/Lang");
        ch_put_text(b, lang);
    }
    if (t->node && t->node->alt.n > 0) {
        ch_buf_puts(b, "/Alt");
        ch_put_text(b, t->node->alt);
    }
    ch_str id = ch_tag_id(w->t->arena, t);
    if (id.n > 0) {
        ch_buf_puts(b, "/ID");
        ch_put_literal(b, id);
        *CH_PUSH(w->t->arena, w->ids) = (named){id, ch_haru_id(t->dict)};
    }
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

typedef void put_entry(writer *w, size_t i);

static void
put_parents(writer *w, size_t i)
{
    size_t pages = w->t->pages->n;
    ch_buf_putc(&w->b, ' ');
    ch_buf_number(&w->b, i);
    if (i >= pages) {
        ch_put_ref(&w->b, ch_haru_id(w->t->link.at[i - pages]->tag->dict));
        return;
    }
    ch_buf_putc(&w->b, '[');
    for (size_t k = 0; k < w->t->stretch[i].n; k++)
        ch_put_ref(&w->b, ch_haru_id(w->t->stretch[i].at[k]->tag->dict));
    ch_buf_putc(&w->b, ']');
}

static void
put_named(writer *w, size_t i)
{
    ch_put_literal(&w->b, w->ids.at[i].id);
    ch_put_ref(&w->b, w->ids.at[i].object);
}

static void
put_limit(writer *w, put_entry *put, size_t i)
{
    if (put == put_named)
        ch_put_literal(&w->b, w->ids.at[i].id);
    else
        ch_buf_printf(&w->b, " %zu", i);
}

/* n entries in leaves under one root. key: "Nums" or "Names". */
static ch_haru_dict *
write_tree(writer *w, const char *key, size_t n, put_entry *put)
{
    ch_haru_dict *root = ch_haru_dict_new(w->h);
    ch_arena     *a    = w->t->arena;
    ch_buf        kids;
    ch_buf_init(&kids, a);
    for (size_t from = 0; from < n; from += LEAF) {
        size_t to = n - from < LEAF ? n : from + LEAF;
        ch_buf_clear(&w->b);
        if (n > LEAF) {
            ch_buf_puts(&w->b, "/Limits[");
            put_limit(w, put, from);
            put_limit(w, put, to - 1);
            ch_buf_putc(&w->b, ']');
        }
        ch_buf_printf(&w->b, "/%s[", key);
        for (size_t i = from; i < to; i++)
            put(w, i);
        ch_buf_putc(&w->b, ']');
        ch_haru_dict *leaf = n > LEAF ? ch_haru_dict_new(w->h) : root;
        ch_haru_entries(w->h, leaf, ch_arena_str(a, ch_buf_view(&w->b)));
        ch_put_ref(&kids, ch_haru_id(leaf));
    }
    if (n > LEAF)
        ch_haru_entries(w->h, root, ch_arena_printf(a, "/Kids[%s]", kids.p));
    return root;
}

static int
by_name(const void *a, const void *b)
{
    return ch_str_cmp(((const named *)a)->id, ((const named *)b)->id);
}

void
ch_tags_write(ch_haru *h, ch_tags *t, ch_haru_dict *const *page, ch_str lang, ch_buf *digest)
{
    if (!t->root || !t->root->kept)
        return;
    writer w = {.h = h, .t = t, .page = page};
    ch_buf_init(&w.b, t->arena);
    ch_haru_dict *root = ch_haru_dict_new(h);
    w.root             = root;
    make_dicts(&w, t->root);
    write_element(&w, t->root, lang);
    ch_haru_dict *parents = write_tree(&w, "Nums", t->pages->n + t->link.n, put_parents);

    ch_buf_clear(&w.b);
    ch_buf_puts(&w.b, "/Type/StructTreeRoot");
    put_key_ref(&w.b, "/K", t->root->dict);
    put_key_ref(&w.b, "/ParentTree", parents);
    ch_buf_printf(&w.b, "/ParentTreeNextKey %zu", t->pages->n + t->link.n);
    ch_str entries = ch_arena_str(t->arena, ch_buf_view(&w.b));
    ch_haru_entries(h, root, entries);
    if (w.ids.n > 0) {
        qsort(w.ids.at, w.ids.n, sizeof *w.ids.at, by_name);
        ch_haru_ref(h, root, "IDTree", write_tree(&w, "Names", w.ids.n, put_named));
    }
    ch_haru_ref(h, ch_haru_catalog(h), "StructTreeRoot", root);
    ch_buf_str(digest, entries);
}
