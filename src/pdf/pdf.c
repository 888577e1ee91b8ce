/* pdf/pdf.c -- the order in which a PDF is made. */
#include "pdf/pdf.h"

#include "pdf/content.h"
#include "pdf/link.h"
#include "pdf/meta.h"
#include "pdf/put.h"
#include "pdf/writer.h"

/* More effort makes page content less than one in a hundred smaller, and takes half as long again. */
#define CONTENT_LEVEL 1

/* ---- pages --------------------------------------------------------------------------- */

static const char *
image_name(void *user, const ch_item *item)
{
    const ch_writer    *w     = user;
    const ch_pdf_image *image = ch_pdf_images_lookup(&w->images, item);
    return image ? image->name : NULL;
}

static void
make_pages(ch_writer *w)
{
    w->page = CH_NEW_N(w->a, ch_haru_dict *, w->pages->n);
    for (size_t i = 0; i < w->pages->n; i++)
        w->page[i] = ch_haru_page_new(w->h);
}

/* One dictionary of resources serves all pages. */
static void
fill_resources(ch_writer *w)
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
    ch_haru_entries(w->h, w->resources, ch_buf_view(&b));
}

static bool
page_has_alpha(const ch_writer *w, const ch_page *pg)
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
finish_page(ch_writer *w, size_t i)
{
    const ch_page *pg = &w->pages->page[i];
    ch_buf         b;
    ch_buf_init(&b, w->a);
    ch_buf_puts(&b, "/MediaBox[0 0 ");
    ch_put_points(&b, pg->width);
    ch_buf_putc(&b, ' ');
    ch_put_points(&b, pg->height);
    ch_buf_printf(&b, "]/StructParents %zu/Tabs/S", w->tags.key + i);
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
fill_pages(ch_writer *w)
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
        if (!w->plain && !ch_pack(w->packer, w->cx->scratch, bytes, CONTENT_LEVEL, &bytes)) {
            ch_report(w->cx, CH_E1008_out_of_memory, CH_NOWHERE);
            return CH_ERR_HOST;
        }
        ch_haru_page_content(w->h, w->page[i], bytes, !w->plain);
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
why_not(const ch_writer *w, ch_where *where)
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

/* ---- one letter ---------------------------------------------------------------------- */

static ch_status
write_fonts(ch_writer *w)
{
    return ch_pdf_fonts_write(w->cx, w->h, w->keeper, w->packer, &w->fonts, &w->digest);
}

/* Readers show the numbers that are printed. */
static void
label_pages(ch_writer *w)
{
    size_t next = 0;
    for (size_t i = 0; i < w->pages->n; i++) {
        const ch_page *p = &w->pages->page[i];
        size_t         v = p->printed > 0 ? p->printed : p->number;
        if (i == 0 || v != next)
            ch_haru_label_pages(w->h, w->before + i, v);
        next = v + 1;
    }
}

/* What of the letter leads to its places. */
static void
write_outline(ch_writer *w, ch_str title)
{
    ch_haru_dict *entry = NULL;
    if (w->many)
        entry = ch_outline_letter(w->a, w->h, w->pages, w->page, title, &w->digest);
    ch_outline_write(w->a, w->h, w->pages, w->page, entry, &w->digest);
    label_pages(w);
}

static void
claim(ch_writer *w)
{
    ch_where where  = CH_NOWHERE;
    ch_str   reason = why_not(w, &where);
    if (reason.n == 0)
        return;
    w->no_claim = true;
    ch_report(w->cx, CH_W7001_no_claim, where, CH_ARG(reason));
}

static ch_status
write_fonts_and_images(ch_writer *w)
{
    ch_pdf_fonts_collect(w->a, w->pages, w->pages->blocks->meta.rtl, &w->fonts);
    ch_status st = w->many ? CH_OK : write_fonts(w);
    ch_status images =
        ch_pdf_images_write(w->cx, w->h, w->packer, w->pages, &w->images, &w->digest);
    return st != CH_OK ? st : images;
}

static void
collect_tags(ch_writer *w)
{
    ch_tags_collect(w->a, w->pages, (uint32_t)w->trees.parent.n, &w->tags);
    w->tags.lang = w->pages->blocks->meta.lang;
    if (!w->many)
        return;
    w->tags.prefix = ch_arena_printf(w->a, "L%zu.", w->letters + 1);
    if (w->tags.root)
        w->tags.root->role = CH_ROLE_PART;
}

ch_status
ch_writer_letter(ch_writer *w, ch_ctx *cx, const ch_pages *pages, ch_str title, ch_str lang)
{
    w->cx        = cx;
    w->a         = cx->job;
    w->pages     = pages;
    ch_status st = write_fonts_and_images(w);
    if (st != CH_OK)
        return st;
    collect_tags(w);
    make_pages(w);
    if (!w->resources)
        w->resources = ch_haru_dict_new(w->h);
    ch_links_write(cx, w->h, &w->tags, w->page, &w->digest);
    st = fill_pages(w);
    if (st != CH_OK)
        return st;
    ch_tags_write(w->h, &w->tags, w->page, lang, w->document, &w->trees);
    write_outline(w, title);
    claim(w);
    w->before += pages->n;
    w->letters++;
    return st;
}

/* ---- the whole ----------------------------------------------------------------------- */

ch_status
ch_writer_begin(ch_writer *w, ch_ctx *cx, ch_pdf_cache *cache, size_t pages, bool many)
{
    *w           = (ch_writer){.cx = cx, .a = cx->job, .many = many};
    w->packer    = ch_packer_new(cx->job);
    w->keeper    = ch_keeper_new(cache, cx->job);
    w->trees     = (ch_trees){.arena = cx->job};
    ch_status st = ch_haru_new(cx, pages, many, &w->h);
    ch_buf_init(&w->digest, cx->job);
    ch_pdf_fonts_begin(cx->job, many, &w->fonts);
    ch_pdf_images_begin(cx->job, &w->images);
    if (st == CH_OK && !w->packer) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        st = CH_ERR_HOST;
    }
    return st;
}

ch_status
ch_writer_end(ch_writer *w, ch_ctx *cx, const ch_meta *meta, const ch_pdf_options *opt, ch_str *out)
{
    ch_pdf_meta m = {.letter = meta, .conforms = !w->no_claim, .srgb = ch_keeper_srgb(w->keeper)};
    w->cx         = cx;
    w->a          = cx->job;
    ch_status st  = w->many ? write_fonts(w) : CH_OK;
    if (st != CH_OK)
        return st;
    fill_resources(w);
    ch_trees_write(w->h, &w->trees,
                   w->many        ? w->document
                   : w->tags.root ? w->tags.root->dict
                                  : NULL,
                   &w->digest);
    m.has_date = ch_pdf_date(opt, meta, &m.date);
    st         = ch_pdf_meta_write(cx, w->h, &m, &w->digest);
    return st == CH_OK ? ch_haru_save(cx, w->h, out) : st;
}

ch_status
ch_pdf_write(ch_ctx *cx, ch_pdf_cache *cache, const ch_pages *pages, const ch_pdf_options *opt,
             ch_str *out)
{
    ch_writer      w;
    const ch_meta *meta = &pages->blocks->meta;
    ch_status      st   = ch_writer_begin(&w, cx, cache, pages->n, false);
    w.plain             = !opt->compress;
    if (st == CH_OK)
        st = ch_writer_letter(&w, cx, pages, CH_STR_EMPTY, meta->lang);
    if (st == CH_OK)
        st = ch_writer_end(&w, cx, meta, opt, out);
    ch_keeper_close(w.keeper);
    return st;
}
