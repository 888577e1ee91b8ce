/* pdf/pdf.c -- the order in which a PDF is made. */
#include "pdf/pdf.h"

#include "pdf/cache.h"
#include "pdf/content.h"
#include "pdf/fonts.h"
#include "pdf/haru.h"
#include "pdf/image.h"
#include "pdf/link.h"
#include "pdf/meta.h"
#include "pdf/pack.h"
#include "pdf/put.h"
#include "pdf/structure.h"

/* More effort makes page content less than one in a hundred smaller, and takes half as long again. */
#define CONTENT_LEVEL 1

typedef struct writer {
    ch_ctx               *cx;
    ch_arena             *a;
    const ch_pages       *pages;
    const ch_pdf_options *opt;
    ch_haru              *h;
    ch_packer            *packer;
    ch_keeper            *keeper;
    ch_pdf_fonts          fonts;
    ch_pdf_images         images;
    ch_tags               tags;
    ch_haru_dict        **page; /* page objects */
    ch_haru_dict         *resources;
    ch_buf                digest; /* what tells this file from others; its hash is the ID */
} writer;

/* ---- pages --------------------------------------------------------------------------- */

static const char *
image_name(void *user, const ch_item *item)
{
    const writer       *w     = user;
    const ch_pdf_image *image = ch_pdf_images_lookup(&w->images, item);
    return image ? image->name : NULL;
}

static void
make_pages(writer *w)
{
    w->page = CH_NEW_N(w->a, ch_haru_dict *, w->pages->n);
    for (size_t i = 0; i < w->pages->n; i++)
        w->page[i] = ch_haru_page_new(w->h);
}

/* One dictionary of resources serves all pages. */
static void
make_resources(writer *w)
{
    ch_buf b;
    ch_buf_init(&b, w->a);
    if (w->fonts.font.n > 0) {
        ch_buf_puts(&b, "/Font<<");
        for (size_t i = 0; i < w->fonts.font.n; i++) {
            ch_buf_printf(&b, "/%s", w->fonts.font.at[i]->name);
            ch_put_ref(&b, ch_haru_id(w->fonts.font.at[i]->dict));
        }
        ch_buf_puts(&b, ">>");
    }
    if (w->images.image.n > 0) {
        ch_buf_puts(&b, "/XObject<<");
        for (size_t i = 0; i < w->images.image.n; i++) {
            ch_buf_printf(&b, "/%s", w->images.image.at[i]->name);
            ch_put_ref(&b, ch_haru_id(w->images.image.at[i]->dict));
        }
        ch_buf_puts(&b, ">>");
    }
    w->resources = ch_haru_dict_new(w->h);
    ch_haru_entries(w->h, w->resources, ch_buf_view(&b));
}

static bool
page_has_alpha(const writer *w, const ch_page *pg)
{
    for (size_t i = 0; i < pg->n; i++) {
        if (pg->item[i].kind != CH_ITEM_IMAGE)
            continue;
        const ch_pdf_image *image = ch_pdf_images_lookup(&w->images, &pg->item[i]);
        if (image && image->alpha)
            return true;
    }
    return false;
}

static void
finish_page(writer *w, size_t i)
{
    const ch_page *pg = &w->pages->page[i];
    ch_buf         b;
    ch_buf_init(&b, w->a);
    ch_buf_puts(&b, "/MediaBox[0 0 ");
    ch_put_points(&b, pg->width);
    ch_buf_putc(&b, ' ');
    ch_put_points(&b, pg->height);
    ch_buf_printf(&b, "]/StructParents %zu/Tabs/S", i);
    ch_str annots = ch_links_of_page(w->a, &w->tags, i);
    if (annots.n > 0)
        ch_buf_printf(&b, "/Annots[%s]", annots.p);
    if (page_has_alpha(w, pg)) /* what transparent pixels are mixed in */
        ch_buf_puts(&b, "/Group<</S/Transparency/CS/DeviceRGB>>");
    ch_haru_ref(w->h, w->page[i], "Resources", w->resources);
    ch_haru_entries(w->h, w->page[i], ch_buf_view(&b));
    ch_buf_str(&w->digest, ch_buf_view(&b));
}

static ch_status
fill_pages(writer *w)
{
    ch_buf content;
    ch_buf_init(&content, w->a);
    for (size_t i = 0; i < w->pages->n; i++) {
        ch_buf_clear(&content);
        ch_content_put(&content, &w->tags, i, &w->fonts, image_name, w);
        ch_str   bytes = ch_buf_view(&content);
        uint64_t hash  = ch_hash(bytes.p, bytes.n, i);
        ch_buf_add(&w->digest, &hash, sizeof hash);
        ch_mark mark = ch_arena_mark(w->cx->scratch);
        if (w->opt->compress && !ch_pack(w->packer, w->cx->scratch, bytes, CONTENT_LEVEL, &bytes)) {
            ch_report(w->cx, CH_E1008_out_of_memory, CH_NOWHERE);
            return CH_ERR_HOST;
        }
        ch_haru_page_content(w->h, w->page[i], bytes, w->opt->compress);
        ch_arena_rewind(w->cx->scratch, mark); /* libharu has copied them */
        finish_page(w, i);
    }
    return CH_OK;
}

/* ---- the claim ----------------------------------------------------------------------- */

/* fsType bits of OS/2 that forbid what we do: no embedding, no subsetting, bitmaps only. */
enum { FS_USAGE = 0x000F, FS_RESTRICTED = 0x0002, FS_NO_SUBSET = 0x0100, FS_BITMAP = 0x0200 };

static bool
may_embed(const ch_face *f)
{
    return (f->fs_type & FS_USAGE) != FS_RESTRICTED && !(f->fs_type & (FS_NO_SUBSET | FS_BITMAP));
}

/* Why the file cannot be PDF/A-2a and PDF/UA-1; empty when it can. */
static ch_str
why_not(const writer *w, ch_where *where)
{
    const ch_meta *m = &w->pages->blocks->meta;
    if (ch_str_trim(m->title).n == 0)
        return CH_STR_LIT("the letter has no title");
    if (m->lang.n == 0)
        return CH_STR_LIT("the letter has no language");
    if (!w->tags.root || !w->tags.root->kept)
        return CH_STR_LIT("the letter has no content");
    if (w->tags.lacks_alt) {
        *where = w->tags.no_alt;
        return CH_STR_LIT("a figure has no alternate text");
    }
    for (size_t i = 0; i < w->fonts.font.n; i++) {
        const ch_pdf_font *f = w->fonts.font.at[i];
        if (!may_embed(f->face))
            return ch_arena_printf(w->a, "the font '%.*s' may not be embedded as a subset",
                                   CH_ARG(f->face->family));
        if (f->missing)
            return ch_arena_printf(w->a, "the font '%.*s' lacks a character of the text",
                                   CH_ARG(f->face->family));
    }
    for (size_t i = 0; i < w->images.image.n; i++)
        if (w->images.image.at[i]->cmyk)
            return ch_arena_printf(w->a, "the image '%.*s' is in CMYK",
                                   CH_ARG(w->images.image.at[i]->path));
    return CH_STR_EMPTY;
}

/* ---- the whole ----------------------------------------------------------------------- */

static ch_status
write_fonts_and_images(writer *w)
{
    ch_pdf_fonts_collect(w->a, w->pages, w->pages->blocks->meta.rtl, &w->fonts);
    ch_status st = ch_pdf_fonts_write(w->cx, w->h, w->keeper, w->packer, &w->fonts, &w->digest);
    ch_status images =
        ch_pdf_images_write(w->cx, w->h, w->packer, w->pages, &w->images, &w->digest);
    return st != CH_OK ? st : images;
}

static ch_status
write_meta(writer *w)
{
    ch_where    where  = CH_NOWHERE;
    ch_str      reason = why_not(w, &where);
    ch_pdf_meta m      = {.letter   = &w->pages->blocks->meta,
                          .conforms = reason.n == 0,
                          .srgb     = ch_keeper_srgb(w->keeper)};
    if (!m.conforms)
        ch_report(w->cx, CH_W7001_no_claim, where, CH_ARG(reason));
    m.has_date = ch_pdf_date(w->opt, m.letter, &m.date);
    return ch_pdf_meta_write(w->cx, w->h, &m, &w->digest);
}

/* Readers show the numbers that are printed. */
static void
label_pages(writer *w)
{
    size_t next = 0;
    for (size_t i = 0; i < w->pages->n; i++) {
        const ch_page *p = &w->pages->page[i];
        size_t         v = p->printed > 0 ? p->printed : p->number;
        if (i == 0 || v != next)
            ch_haru_label_pages(w->h, i, v);
        next = v + 1;
    }
}

static ch_status
write_all(writer *w, ch_str *out)
{
    const ch_pages *pages = w->pages;
    ch_status       st    = write_fonts_and_images(w);
    if (st != CH_OK)
        return st;
    ch_tags_collect(w->a, pages, &w->tags);
    make_pages(w);
    make_resources(w);
    ch_links_write(w->cx, w->h, &w->tags, w->page, &w->digest);
    st = fill_pages(w);
    if (st != CH_OK)
        return st;
    ch_tags_write(w->h, &w->tags, w->page, pages->blocks->meta.lang, &w->digest);
    ch_outline_write(w->a, w->h, pages, w->page, &w->digest);
    label_pages(w);
    st = write_meta(w);
    return st == CH_OK ? ch_haru_save(w->cx, w->h, out) : st;
}

ch_status
ch_pdf_write(ch_ctx *cx, ch_pdf_cache *cache, const ch_pages *pages, const ch_pdf_options *opt,
             ch_str *out)
{
    writer w = {.cx = cx, .a = cx->job, .pages = pages, .opt = opt};
    ch_buf_init(&w.digest, w.a);
    w.packer     = ch_packer_new(w.a);
    w.keeper     = ch_keeper_new(cache, w.a);
    ch_status st = ch_haru_new(cx, pages->n, &w.h);
    if (st == CH_OK && !w.packer) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        st = CH_ERR_HOST;
    }
    if (st == CH_OK)
        st = write_all(&w, out);
    ch_keeper_close(w.keeper);
    return st;
}
