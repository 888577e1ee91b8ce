/* pdf/link.c -- annotations and outline (ISO 32000-1, 12.3 and 12.5.6.5). */
#include "pdf/link.h"

#include "pdf/put.h"

#include <string.h>

static void
put_place(ch_buf *b, const char *key, const ch_pages *pages, size_t page, ch_len x, ch_len y,
          ch_haru_dict *const *object)
{
    ch_buf_puts(b, key);
    ch_buf_putc(b, '[');
    ch_put_ref(b, ch_haru_id(object[page]));
    ch_buf_puts(b, "/XYZ ");
    ch_put_points(b, x);
    ch_buf_putc(b, ' ');
    ch_put_points(b, pages->page[page].height - y);
    ch_buf_puts(b, " null]");
}

/* ---- links --------------------------------------------------------------------------- */

/* A URI is ASCII: other bytes are written as %XX (RFC 3987, 3.1). */
static ch_str
ascii_uri(ch_arena *a, ch_str uri)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (c <= ' ' || c > '~' || c == '<' || c == '>' || c == '"')
            ch_buf_printf(&b, "%%%02X", (unsigned)c);
        else
            ch_buf_putc(&b, (char)c);
    }
    return ch_buf_view(&b);
}

/* What a reader is told of a link: its own words, or its text, or where it leads. */
static ch_str
describe(ch_arena *a, const ch_tags *t, const ch_tag_piece *link)
{
    const ch_tag *tag = link->tag;
    if (tag->node && tag->node->alt.n > 0)
        return tag->node->alt;
    if (!tag->node && tag->parent)
        tag = tag->parent;
    ch_buf b;
    ch_buf_init(&b, a);
    for (const ch_tag_piece *p = tag->piece; p; p = p->next)
        ch_tag_piece_text(&b, t->pages, p);
    ch_str text = ch_str_trim(ch_buf_view(&b));
    return text.n > 0 ? text : link->link->uri;
}

static void
put_rect(ch_buf *b, const ch_page *pg, const ch_item *item)
{
    ch_len box[] = {item->x, pg->height - item->y - item->h, item->x + item->w,
                    pg->height - item->y};
    ch_buf_puts(b, "/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i)
            ch_buf_putc(b, ' ');
        ch_put_points(b, box[i]);
    }
    ch_buf_putc(b, ']');
}

/* Where it leads: an action, or a place in this letter. false: nowhere. */
static bool
put_target(ch_buf *b, ch_arena *a, const ch_pages *pages, const ch_map *dests, ch_str uri,
           ch_haru_dict *const *page)
{
    if (!ch_str_starts(uri, "#")) {
        ch_buf_puts(b, "/A<</S/URI/URI");
        ch_put_literal(b, ascii_uri(a, uri));
        ch_buf_puts(b, ">>");
        return true;
    }
    const ch_dest *d = ch_map_lookup(dests, ch_str_sub(uri, 1, uri.n));
    if (!d || d->page >= pages->n)
        return false;
    put_place(b, "/Dest", pages, d->page, d->x, d->y, page);
    return true;
}

void
ch_links_write(ch_ctx *cx, ch_haru *h, ch_tags *t, ch_haru_dict *const *page, ch_buf *digest)
{
    const ch_pages *pages = t->pages;
    ch_map         *dests = ch_map_new(t->arena);
    for (size_t i = 0; i < pages->n_dests; i++)
        ch_map_put(dests, pages->dest[i].id, (void *)(uintptr_t)&pages->dest[i]);
    for (size_t i = 0; i < t->link.n; i++) {
        ch_tag_piece  *p    = t->link.at[i];
        const ch_item *item = p->link;
        ch_buf         b;
        ch_buf_init(&b, t->arena);
        ch_buf_puts(&b, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4");
        put_rect(&b, &pages->page[p->page], item);
        ch_buf_printf(&b, "/StructParent %u/Contents", p->key);
        ch_put_text(&b, describe(t->arena, t, p));
        if (!put_target(&b, t->arena, pages, dests, item->uri, page)) {
            ch_where where = item->node ? item->node->where : CH_NOWHERE;
            ch_str   id    = ch_str_sub(item->uri, 1, item->uri.n);
            ch_report(cx, CH_W7002_link_nowhere, where, CH_ARG(id));
            continue;
        }
        p->annot = ch_haru_dict_new(h);
        ch_haru_entries(h, p->annot, ch_buf_view(&b));
        ch_buf_str(digest, ch_buf_view(&b));
    }
}

ch_str
ch_links_of_page(ch_arena *a, const ch_tags *t, size_t page)
{
    /* Links are in the order of the pages: find the first of this one. */
    size_t from = 0, to = t->link.n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        if (t->link.at[mid]->page < page)
            from = mid + 1;
        else
            to = mid;
    }
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = from; i < t->link.n && t->link.at[i]->page == page; i++)
        if (t->link.at[i]->annot)
            ch_put_ref(&b, ch_haru_id(t->link.at[i]->annot));
    return ch_buf_view(&b);
}

/* ---- outline ------------------------------------------------------------------------- */

#define MOST_LEVELS 8

void
ch_outline_write(ch_arena *a, ch_haru *h, const ch_pages *pages, ch_haru_dict *const *page,
                 ch_haru_dict *above, ch_buf *digest)
{
    ch_haru_dict *at[MOST_LEVELS] = {0}; /* the last entry of each level */
    unsigned      depth           = 0;   /* how many of them hold */
    for (size_t i = 0; i < pages->n_bookmarks; i++) {
        const ch_bookmark *m     = &pages->bookmark[i];
        unsigned           level = m->level > 0 ? m->level - 1 : 0;
        if (m->page >= pages->n || m->title.n == 0)
            continue;
        if (level > depth) /* a level that was left out is not made up */
            level = depth;
        if (level >= MOST_LEVELS)
            level = MOST_LEVELS - 1;
        at[level] = ch_haru_outline_new(h, level > 0 ? at[level - 1] : above, m->title);
        depth     = level + 1;
        ch_buf b;
        ch_buf_init(&b, a);
        put_place(&b, "/Dest", pages, m->page, 0, m->y, page);
        ch_haru_entries(h, at[level], ch_buf_view(&b));
        ch_buf_str(digest, m->title);
        ch_buf_str(digest, ch_buf_view(&b));
    }
}

ch_haru_dict *
ch_outline_letter(ch_arena *a, ch_haru *h, const ch_pages *pages, ch_haru_dict *const *page,
                  ch_str title, ch_buf *digest)
{
    ch_haru_dict *entry = ch_haru_outline_new(h, NULL, title);
    ch_buf        b;
    ch_buf_init(&b, a);
    put_place(&b, "/Dest", pages, 0, 0, 0, page);
    ch_haru_entries(h, entry, ch_buf_view(&b));
    ch_buf_str(digest, title);
    return entry;
}
