/* pdf/structure.c -- which content belongs to which element, and what remains of the tree. */
#include "pdf/structure.h"

#include "pdf/cluster.h"

#include <string.h>

/* ---- the tree ------------------------------------------------------------------------ */

static ch_tag *
add_tag(ch_arena *a, ch_tag *parent, const ch_snode *node, ch_role role)
{
    ch_tag *t = CH_NEW(a, ch_tag);
    t->node   = node;
    t->parent = parent;
    t->role   = role;
    t->order  = SIZE_MAX;
    if (parent) {
        if (parent->last)
            parent->last->next = t;
        else
            parent->first = t;
        parent->last = t;
    }
    return t;
}

typedef struct collector {
    ch_tags *t;
    ch_tag **by_index; /* of the node */
    size_t   n;
    size_t   order;
} collector;

static ch_tag *
copy_tree(collector *c, ch_tag *parent, const ch_snode *node)
{
    ch_tag *t = add_tag(c->t->arena, parent, node, node->role);
    if (node->index < c->n)
        c->by_index[node->index] = t;
    for (const ch_snode *k = node->first; k; k = k->next)
        copy_tree(c, t, k);
    return t;
}

static ch_tag *
tag_of(const collector *c, const ch_snode *node)
{
    return node && node->index < c->n ? c->by_index[node->index] : NULL;
}

/* ---- stretches ----------------------------------------------------------------------- */

static ch_tag_piece *
add_piece(collector *c, ch_tag *tag, size_t page, size_t item)
{
    ch_tag_piece *p = CH_NEW(c->t->arena, ch_tag_piece);
    *p = (ch_tag_piece){.tag = tag, .order = c->order, .page = page, .from = item, .to = item + 1};
    if (tag->last_piece)
        tag->last_piece->next = p;
    else
        tag->piece = p;
    tag->last_piece = p;
    for (ch_tag *t = tag; t && t->order == SIZE_MAX; t = t->parent)
        t->order = c->order;
    return p;
}

/* The element of a link: the Link itself, or one made in what the link belongs to. */
static void
add_link(collector *c, const ch_item *item, size_t page, size_t index)
{
    ch_tag *tag = tag_of(c, item->node);
    if (!tag)
        return;
    ch_tag *link = tag;
    while (link && link->role != CH_ROLE_LINK)
        link = link->parent;
    if (!link) {
        if (!tag->last || tag->last->node)
            add_tag(c->t->arena, tag, NULL, CH_ROLE_LINK);
        link = tag->last;
    }
    ch_tag_piece *p                   = add_piece(c, link, page, index);
    p->link                           = item;
    *CH_PUSH(c->t->arena, c->t->link) = p;
}

static bool
is_content(const ch_item *item)
{
    return item->kind == CH_ITEM_IMAGE ||
           (item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0);
}

static void
collect_page(collector *c, size_t page)
{
    const ch_page *pg   = &c->t->pages->page[page];
    int32_t       *mcid = CH_NEW_N(c->t->arena, int32_t, pg->n);
    ch_tag_piece  *open = NULL;
    c->t->mcid[page]    = mcid;
    for (size_t i = 0; i < pg->n; i++, c->order++) {
        const ch_item *item = &pg->item[i];
        mcid[i]             = CH_MCID_ARTIFACT;
        if (item->kind == CH_ITEM_LINK) {
            add_link(c, item, page, i); /* annotates; does not end a stretch */
            continue;
        }
        ch_tag *tag = is_content(item) ? tag_of(c, item->node) : NULL;
        if (!tag) {
            open = NULL;
            continue;
        }
        /* An image is drawn outside a text object, so that it has a stretch of its own. */
        if (!open || open->tag != tag || item->kind == CH_ITEM_IMAGE ||
            pg->item[open->to - 1].kind == CH_ITEM_IMAGE) {
            open                                       = add_piece(c, tag, page, i);
            open->mcid                                 = (int32_t)c->t->stretch[page].n;
            *CH_PUSH(c->t->arena, c->t->stretch[page]) = open;
        }
        open->to = i + 1;
        mcid[i]  = open->mcid;
    }
}

/* ---- what is kept -------------------------------------------------------------------- */

/* An element without content is left out; but a row keeps all its cells, else the columns of
 * the table would not match. */
static bool
prune(ch_tag *t)
{
    t->kept = t->piece != NULL;
    for (ch_tag *k = t->first; k; k = k->next)
        t->kept |= prune(k);
    if (t->kept && t->role == CH_ROLE_TR)
        for (ch_tag *k = t->first; k; k = k->next)
            k->kept |= k->role == CH_ROLE_TH || k->role == CH_ROLE_TD;
    return t->kept;
}

static bool
is_heading(ch_role r)
{
    return r == CH_ROLE_H1 || r == CH_ROLE_H2 || r == CH_ROLE_H3;
}

/* Headings go down one level at a time, from H1 (ISO 14289-1, 7.4.2): one that skips levels
 * is put right below the last. */
static void
level_headings(ch_tag *t, int *last)
{
    if (!t->kept)
        return;
    if (is_heading(t->role)) {
        int level = (int)t->role - (int)CH_ROLE_H1 + 1;
        if (level > *last + 1)
            level = *last + 1;
        t->role = (ch_role)((int)CH_ROLE_H1 + level - 1);
        *last   = level;
    }
    for (ch_tag *k = t->first; k; k = k->next)
        level_headings(k, last);
}

static void
check_figures(ch_tags *t, const ch_tag *tag)
{
    if (!tag->kept)
        return;
    if (tag->role == CH_ROLE_FIGURE && tag->node && tag->node->alt.n == 0 && !t->lacks_alt) {
        t->lacks_alt = true;
        t->no_alt    = tag->node->where;
    }
    for (const ch_tag *k = tag->first; k; k = k->next)
        check_figures(t, k);
}

static uint32_t
greatest_index(const ch_snode *n)
{
    uint32_t most = n->index;
    for (const ch_snode *k = n->first; k; k = k->next) {
        uint32_t i = greatest_index(k);
        most       = i > most ? i : most;
    }
    return most;
}

void
ch_tags_collect(ch_arena *a, const ch_pages *pages, uint32_t key, ch_tags *out)
{
    *out                 = (ch_tags){.arena  = a,
                                     .pages  = pages,
                                     .no_alt = CH_NOWHERE,
                                     .key    = key,
                                     .lang   = CH_STR_EMPTY,
                                     .prefix = CH_STR_EMPTY};
    out->mcid            = CH_NEW_N(a, int32_t *, pages->n);
    out->stretch         = CH_NEW_N(a, ch_tag_pieces, pages->n);
    const ch_snode *root = pages->blocks->root;
    collector       c    = {.t = out};
    if (root) {
        c.n        = (size_t)greatest_index(root) + 1;
        c.by_index = CH_NEW_N(a, ch_tag *, c.n);
        out->root  = copy_tree(&c, NULL, root);
    }
    for (size_t p = 0; p < pages->n; p++)
        collect_page(&c, p);
    for (size_t i = 0; i < out->link.n; i++)
        out->link.at[i]->key = key + (uint32_t)(pages->n + i);
    if (!out->root || !prune(out->root))
        return;
    int level = 0;
    level_headings(out->root, &level);
    check_figures(out, out->root);
}

/* ---- reading order ------------------------------------------------------------------- */

ch_tag_walk
ch_tag_kids(const ch_tag *t)
{
    ch_tag_walk w = {.child = t->first, .piece = t->piece};
    while (w.child && !w.child->kept)
        w.child = w.child->next;
    return w;
}

/* Children stand in the order of the tree, pieces in that of the pages.  A note is printed at
 * the foot but read at its mark, and an empty cell has no place of its own. */
static size_t
order_of(const ch_tag *child)
{
    return child->role == CH_ROLE_NOTE || child->order == SIZE_MAX ? 0 : child->order;
}

bool
ch_tag_next(ch_tag_walk *w, const ch_tag **child, const ch_tag_piece **piece)
{
    *child = NULL;
    *piece = NULL;
    if (w->piece && (!w->child || w->piece->order < order_of(w->child))) {
        *piece   = w->piece;
        w->piece = w->piece->next;
        return true;
    }
    if (!w->child)
        return false;
    *child = w->child;
    do
        w->child = w->child->next;
    while (w->child && !w->child->kept);
    return true;
}

ch_str
ch_tag_id(ch_arena *a, const ch_tag *t)
{
    if (!t->node)
        return CH_STR_EMPTY;
    if (t->node->id.n == 0 && t->role == CH_ROLE_NOTE)
        return ch_arena_printf(a, "note.%u", t->node->index);
    return t->node->id;
}

const char *
ch_tag_numbering(const ch_tag *t)
{
    static const char *const names[] = {"None",       "Disc",       "Decimal",   "LowerAlpha",
                                        "UpperAlpha", "LowerRoman", "UpperRoman"};
    size_t                   i       = t->node ? (size_t)t->node->numbering : 0;
    return names[i < sizeof names / sizeof *names ? i : 0];
}

const char *
ch_tag_scope(const ch_tag *t)
{
    if (t->role != CH_ROLE_TH)
        return NULL;
    return t->node && t->node->scope == CH_SCOPE_ROW ? "Row" : "Column";
}

/* ---- text ---------------------------------------------------------------------------- */

void
ch_tag_piece_text(ch_buf *b, const ch_pages *pages, const ch_tag_piece *piece)
{
    const ch_page *pg = &pages->page[piece->page];
    if (piece->link)
        return;
    for (size_t i = piece->from; i < piece->to; i++) {
        const ch_item *item = &pg->item[i];
        if (item->kind != CH_ITEM_GLYPHS)
            continue;
        for (size_t at = 0; at < item->text.n;) {
            uint32_t cp = ch_utf8_next(item->text, &at);
            if (cp && !ch_text_silent(cp))
                ch_buf_utf8(b, cp);
        }
        if (item->line_end && !item->joined && b->n > 0 && !ch_item_ends_in_space(item))
            ch_buf_putc(b, ' ');
    }
}
