/* page/dump.c -- the pages as text: one row an item, points to 0.01. */
#include "page/page.h"

static void
put_len(ch_buf *out, ch_len v)
{
    int64_t n = ch_len_scale(v, 100, CH_PT), a = n < 0 ? -n : n;
    ch_buf_printf(out, "%s%lld.%02lld", n < 0 ? "-" : "", (long long)(a / 100),
                  (long long)(a % 100));
}

static void
put_text(ch_buf *out, ch_str s)
{
    ch_buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            ch_buf_putc(out, '\\');
        if (c < 0x20)
            ch_buf_printf(out, "\\x%02x", c);
        else
            ch_buf_putc(out, (char)c);
    }
    ch_buf_putc(out, '"');
}

static void
put_place(ch_buf *out, const char *kind, const ch_item *it)
{
    ch_buf_printf(out, "%-5s ", kind);
    put_len(out, it->x);
    ch_buf_putc(out, ' ');
    put_len(out, it->y);
}

static void
put_size(ch_buf *out, const ch_item *it)
{
    ch_buf_puts(out, "  ");
    put_len(out, it->w);
    ch_buf_puts(out, " x ");
    put_len(out, it->h);
}

/* The structure element, or what kind of artifact; the language where it is not the letter's. */
static void
put_role(ch_buf *out, const ch_item *it, ch_str lang)
{
    static const char *const ARTIFACTS[] = {"artifact", "header", "footer", "layout"};
    ch_buf_printf(out, "  [%s", it->node ? ch_role_name(it->node->role) : ARTIFACTS[it->artifact]);
    if (it->lang.n && !ch_str_eq(it->lang, lang))
        ch_buf_printf(out, " %.*s", CH_ARG(it->lang));
    ch_buf_puts(out, "]");
}

typedef struct fonts {
    CH_VEC(const ch_face *) face;
} fonts;

static size_t
font_number(fonts *f, ch_arena *a, const ch_face *face)
{
    for (size_t i = 0; i < f->face.n; i++)
        if (f->face.at[i] == face)
            return i + 1;
    *CH_PUSH(a, f->face) = face;
    return f->face.n;
}

static void
dump_fonts(ch_buf *out, fonts *f, const ch_page *p)
{
    size_t known = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->item[i].kind != CH_ITEM_GLYPHS)
            continue;
        size_t n = font_number(f, out->arena, p->item[i].face);
        if (n <= known)
            continue;
        const ch_face *face = p->item[i].face;
        ch_buf_printf(out, "%sfont %zu %.*s %.*s", known ? "  " : "", n, CH_ARG(face->family),
                      CH_ARG(face->style));
        known = n;
    }
    if (known)
        ch_buf_putc(out, '\n');
}

static void
dump_item(ch_buf *out, fonts *f, const ch_item *it, ch_str lang)
{
    switch (it->kind) {
    case CH_ITEM_GLYPHS:
        put_place(out, "text", it);
        ch_buf_printf(out, "  f%zu ", font_number(f, out->arena, it->face));
        put_len(out, it->size);
        ch_buf_puts(out, "  w ");
        put_len(out, it->w);
        ch_buf_puts(out, "  ");
        put_text(out, it->text);
        ch_buf_puts(out, it->hyphen ? " hyphen" : "");
        ch_buf_puts(out, it->rtl ? " rtl" : "");
        break;
    case CH_ITEM_RULE:
        put_place(out, "rule", it);
        put_size(out, it);
        break;
    case CH_ITEM_STROKE:
        put_place(out, it->rtl ? "stroke-rtl" : "stroke", it);
        put_size(out, it);
        break;
    case CH_ITEM_IMAGE:
        put_place(out, "image", it);
        put_size(out, it);
        ch_buf_puts(out, "  ");
        put_text(out, it->alt);
        if (it->black)
            ch_buf_puts(out, " black");
        break;
    case CH_ITEM_LINK:
        put_place(out, "link", it);
        put_size(out, it);
        ch_buf_puts(out, "  ");
        put_text(out, it->uri);
        break;
    }
    if (it->colour)
        ch_buf_printf(out, "  #%06x", (unsigned)it->colour);
    put_role(out, it, lang);
    ch_buf_putc(out, '\n');
}

void
ch_page_dump(ch_buf *out, const ch_pages *p)
{
    for (size_t i = 0; i < p->n; i++) {
        const ch_page *page = &p->page[i];
        fonts          f    = {{0}};
        ch_buf_printf(out, "page %zu of %zu  ", i + 1, p->n);
        put_len(out, page->width);
        ch_buf_puts(out, " x ");
        put_len(out, page->height);
        ch_buf_putc(out, '\n');
        dump_fonts(out, &f, page);
        for (size_t k = 0; k < page->n; k++)
            dump_item(out, &f, &page->item[k], p->blocks->meta.lang);
    }
    for (size_t i = 0; i < p->n_bookmarks; i++) {
        const ch_bookmark *b = &p->bookmark[i];
        ch_buf_printf(out, "bookmark %u  page %zu ", b->level, b->page + 1);
        put_len(out, b->y);
        ch_buf_puts(out, "  ");
        put_text(out, b->title);
        ch_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < p->n_dests; i++) {
        const ch_dest *d = &p->dest[i];
        ch_buf_printf(out, "dest %.*s  page %zu ", CH_ARG(d->id), d->page + 1);
        put_len(out, d->x);
        ch_buf_putc(out, ' ');
        put_len(out, d->y);
        ch_buf_putc(out, '\n');
    }
}
