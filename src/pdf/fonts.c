/* pdf/fonts.c -- from the glyphs of the pages to Type 0 fonts (ISO 32000-1, 9.7). */
#include "pdf/fonts.h"

#include "pdf/cff.h"
#include "pdf/put.h"
#include "pdf/subset.h"

#include <hb.h>

#include <stdlib.h>
#include <string.h>

/* ---- what is used ------------------------------------------------------------------- */

static ch_pdf_font *
font_of(ch_pdf_fonts *f, const ch_face *face)
{
    ch_pdf_font *known = ch_pdf_fonts_lookup(f, face);
    if (known)
        return known;
    ch_pdf_font *font = CH_NEW(f->arena, ch_pdf_font);
    font->face        = face;
    font->slot        = CH_NEW_N(f->arena, uint16_t, (size_t)face->glyphs + 1);
    font->by_look     = ch_map_new(f->arena);
    hb_codepoint_t g  = 0;
    if (hb_font_get_nominal_glyph(face->hb_font, ' ', &g))
        font->space = g;
    *CH_PUSH(f->arena, f->font) = font;
    ch_buf name;
    ch_buf_init(&name, f->arena);
    ch_buf_printf(&name, "F%zu", f->font.n);
    memcpy(font->name, name.p, name.n < sizeof font->name ? name.n : sizeof font->name - 1);
    return font;
}

ch_pdf_font *
ch_pdf_fonts_lookup(const ch_pdf_fonts *f, const ch_face *face)
{
    for (size_t i = 0; i < f->font.n; i++)
        if (f->font.at[i]->face == face)
            return f->font.at[i];
    return NULL;
}

/* The glyph's entry, made on first use.  One that the face does not have counts as glyph 0. */
static ch_font_glyph *
use(ch_arena *a, ch_pdf_font *f, uint32_t id)
{
    if (id >= f->face->glyphs)
        id = 0;
    if (id == 0)
        f->missing = true;
    if (!f->slot[id]) {
        *CH_PUSH(a, f->glyph) = (ch_font_glyph){.id = id};
        f->slot[id]           = (uint16_t)f->glyph.n;
    }
    return &f->glyph.at[f->slot[id] - 1];
}

const ch_font_glyph *
ch_pdf_font_glyph(const ch_pdf_font *f, uint32_t id)
{
    if (id >= f->face->glyphs)
        id = 0;
    return f->slot[id] ? &f->glyph.at[f->slot[id] - 1] : NULL;
}

const ch_font_glyph *
ch_pdf_font_quick(const ch_pdf_font *f, const ch_item *item, size_t k)
{
    const ch_glyph *g  = &item->glyph[k];
    size_t          at = g->cluster - item->base;
    if (k + 1 >= item->n || g[1].cluster != g->cluster + 1 || g->cluster < item->base ||
        at >= item->text.n || g->dy != 0 || g->stretched || (k > 0 && g[-1].cluster == g->cluster))
        return NULL;
    char c = item->text.p[at];
    if (c <= ' ' || c > '~')
        return NULL;
    const ch_font_glyph *known = ch_pdf_font_glyph(f, g->id);
    return known && known->shown && known->text.n == 1 && known->text.p[0] == c ? known : NULL;
}

static ch_str
utf8(ch_arena *a, uint32_t cp)
{
    char   c[4];
    size_t n = ch_utf8_put(cp, c);
    return ch_arena_str(a, (ch_str){c, n});
}

static bool
nominal(const ch_face *face, uint32_t cp, uint32_t glyph)
{
    hb_codepoint_t g = 0;
    return hb_font_get_nominal_glyph(face->hb_font, cp, &g) && g == glyph;
}

/* What a glyph that shares its cluster most likely stands for: the character whose own glyph
 * it is, whole or as a part of a composed one. */
static ch_str
guess(ch_arena *a, const ch_face *face, ch_str text, uint32_t glyph)
{
    hb_unicode_funcs_t *ucd = hb_unicode_funcs_get_default();
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = ch_utf8_next(text, &at);
        if (nominal(face, cp, glyph))
            return utf8(a, cp);
        hb_codepoint_t left = cp, mark = 0;
        while (hb_unicode_decompose(ucd, left, &left, &mark)) {
            if (mark && nominal(face, mark, glyph))
                return utf8(a, mark);
            if (nominal(face, left, glyph))
                return utf8(a, left);
        }
    }
    return CH_STR_EMPTY;
}

static size_t
count_heard(ch_str s)
{
    size_t n = 0;
    for (size_t at = 0; ch_text_heard(s, &at);)
        n++;
    return n;
}

static void
add_compound(ch_arena *a, ch_pdf_font *f, const ch_glyph_part *part, uint32_t n, int32_t advance)
{
    *CH_PUSH(a, f->compound) = (ch_compound){(uint32_t)f->part.n, n, advance};
    for (uint32_t i = 0; i < n; i++) {
        *CH_PUSH(a, f->part) = part[i];
        (void)use(a, f, part[i].glyph);
    }
}

static bool
has_room(const ch_pdf_font *f)
{
    return !f->face->cff && f->face->glyphs + f->compound.n < 65535;
}

static ch_str
look_text(ch_arena *a, const ch_look *l)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (uint32_t i = 0; i < (l->word[0] & 0xFFFF); i++)
        ch_buf_utf8(&b, l->word[2 + i]);
    return ch_buf_view(&b);
}

/* A glyph of no width that is read as a direction mark. */
static void
claim_mark(ch_arena *a, ch_pdf_font *f, uint32_t cp)
{
    uint32_t *place = &f->mark[cp == 0x200F];
    if (cp == 0 || *place || !has_room(f))
        return;
    add_compound(a, f, NULL, 0, 0);
    *CH_PUSH(a, f->glyph) =
        (ch_font_glyph){.compound = (uint32_t)f->compound.n, .shown = true, .text = utf8(a, cp)};
    *place = (uint32_t)f->glyph.n;
}

static bool
draws_nothing(const ch_face *face, uint32_t glyph)
{
    hb_glyph_extents_t e;
    return hb_font_get_glyph_extents(face->hb_font, glyph, &e) && e.width == 0 && e.height == 0;
}

/* Readers take a space for the end of a word and go by where the next one stands; the character that
 * PDFium does not read is in ToUnicode (blank_characters).  A CFF face has to lend one of its spaces
 * that is not in use, so this comes last. */
static void
claim_blank(ch_arena *a, ch_pdf_font *f)
{
    static const uint32_t space[] = {0x2003, 0x2001, 0x2002, 0x2000, 0x2004, 0x2007,
                                     0xA0,   0x2005, 0x2008, 0x2009, 0x202F};
    if (!f->stranded || f->blank)
        return;
    if (has_room(f)) {
        add_compound(a, f, NULL, 0, (int32_t)f->face->upem);
        *CH_PUSH(a, f->glyph) = (ch_font_glyph){.compound = (uint32_t)f->compound.n, .shown = true};
        f->blank              = (uint32_t)f->glyph.n;
        return;
    }
    for (size_t i = 0; i < sizeof space / sizeof *space && !f->blank; i++) {
        hb_codepoint_t g = 0;
        if (!hb_font_get_nominal_glyph(f->face->hb_font, space[i], &g) || f->slot[g] ||
            !draws_nothing(f->face, g))
            continue;
        int32_t wide = hb_font_get_glyph_h_advance(f->face->hb_font, g);
        if (wide < (int32_t)f->face->upem / 8 || wide > (int32_t)f->face->upem)
            continue;
        use(a, f, g)->shown = true;
        f->blank            = f->slot[g];
    }
}

const ch_font_glyph *
ch_pdf_font_blank(const ch_pdf_font *f)
{
    return f->blank ? &f->glyph.at[f->blank - 1] : NULL;
}

const ch_font_glyph *
ch_pdf_font_mark(const ch_pdf_font *f, uint32_t cp)
{
    uint32_t place = cp ? f->mark[cp == 0x200F] : 0;
    return place ? &f->glyph.at[place - 1] : NULL;
}

/* pdf.js gives a glyph no width whose text has a combining mark, and does not look where it stands. */
static size_t
rest_of(const ch_item *item, const ch_cluster *c)
{
    return item->rtl || c->single ? 0 : ch_text_first_mark(c->text);
}

/* The key of its glyph among the looks, which begin with a number below 65536. */
static ch_str
rest_key(ch_str rest, char key[static 4 + 4 * CH_LOOK_CHARACTERS])
{
    size_t   n = 4;
    uint32_t cp;
    memcpy(key, "rest", 4);
    for (size_t at = 0; (cp = ch_text_heard(rest, &at)) != 0;)
        n += ch_utf8_put(cp, key + n);
    return (ch_str){key, n};
}

static void
claim_rest(ch_arena *a, ch_pdf_font *f, ch_str rest)
{
    char   buf[4 + 4 * CH_LOOK_CHARACTERS];
    ch_str key = rest_key(rest, buf);
    if (ch_map_lookup(f->by_look, key))
        return;
    add_compound(a, f, NULL, 0, 0);
    *CH_PUSH(a, f->glyph) = (ch_font_glyph){.compound = (uint32_t)f->compound.n,
                                            .shown    = true,
                                            .text     = ch_arena_str(a, ch_str_sub(key, 4, key.n))};
    ch_map_put(f->by_look, key, (void *)(uintptr_t)f->glyph.n);
}

const ch_font_glyph *
ch_pdf_font_rest(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c)
{
    size_t    letter = rest_of(item, c);
    char      buf[4 + 4 * CH_LOOK_CHARACTERS];
    uintptr_t place = letter == 0
                          ? 0
                          : (uintptr_t)ch_map_lookup(
                                f->by_look, rest_key(ch_str_sub(c->text, letter, c->text.n), buf));
    return place ? &f->glyph.at[place - 1] : NULL;
}

/* Let one glyph stand for a cluster: its own, where that stands for nothing else, or a compound. */
static bool
claim_whole(ch_arena *a, ch_pdf_font *f, const ch_item *item, const ch_cluster *c)
{
    if (c->hyphen || c->text.n == 0)
        return false;
    if (ch_cluster_plain(item, c) && (!has_room(f) || rest_of(item, c) == 0)) {
        ch_font_glyph *g = use(a, f, item->glyph[c->first].id);
        if (g->text.n == 0 && g != ch_pdf_font_blank(f))
            g->text = c->text;
        if (ch_text_same(g->text, c->text)) {
            g->shown = true;
            return true;
        }
    }
    ch_look l;
    if (!has_room(f) || !ch_look_make(item, c, &l))
        return false;
    ch_str key = ch_look_key(&l);
    if (ch_map_lookup(f->by_look, key))
        return true;
    add_compound(a, f, l.part, l.parts, l.advance);
    *CH_PUSH(a, f->glyph) = (ch_font_glyph){.compound = (uint32_t)f->compound.n,
                                            .shown    = true,
                                            .rtl      = item->rtl,
                                            .text     = look_text(a, &l)};
    ch_map_put(f->by_look, key, (void *)(uintptr_t)f->glyph.n);
    size_t letter = rest_of(item, c);
    if (letter > 0) {
        f->glyph.at[f->glyph.n - 1].text = ch_arena_str(a, ch_str_sub(c->text, 0, letter));
        claim_rest(a, f, ch_str_sub(c->text, letter, c->text.n));
    }
    return true;
}

const ch_font_glyph *
ch_pdf_font_whole(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c, ch_len *dx)
{
    *dx = 0;
    if (c->hyphen || c->text.n == 0)
        return NULL;
    if (ch_cluster_plain(item, c) && !ch_pdf_font_rest(f, item, c)) {
        const ch_font_glyph *g = ch_pdf_font_glyph(f, item->glyph[c->first].id);
        *dx                    = item->glyph[c->first].dx;
        if (g && ch_text_same(g->text, c->text))
            return g;
    }
    ch_look l;
    if (f->compound.n == 0 || !ch_look_make(item, c, &l))
        return NULL;
    uintptr_t place = (uintptr_t)ch_map_lookup(f->by_look, ch_look_key(&l));
    *dx             = l.dx;
    return place ? &f->glyph.at[place - 1] : NULL;
}

/* Let the glyphs of a cluster stand for its text, where they do not stand for another. */
static void
propose(ch_arena *a, ch_pdf_font *f, const ch_item *item, const ch_cluster *c)
{
    if (c->n == 1 && !c->hyphen) {
        ch_font_glyph *g = use(a, f, item->glyph[c->first].id);
        g->shown         = true;
        if (g->text.n == 0 && g != ch_pdf_font_blank(f))
            g->text = c->text;
        return;
    }
    bool   one_each = count_heard(c->text) == c->n;
    size_t at       = 0;
    for (size_t k = 0; k < c->n; k++) {
        ch_font_glyph *g = use(a, f, ch_cluster_glyph(item, c, k)->id);
        g->shown         = true;
        if (c->hyphen) {
            g->guess = utf8(a, nominal(f->face, '-', g->id) ? '-' : 0x2010);
        } else if (one_each) {
            uint32_t cp = ch_text_heard(c->text, &at);
            if (g->text.n == 0)
                g->text = utf8(a, cp);
        } else if (g->guess.n == 0) {
            g->guess = guess(a, f->face, c->text, g->id);
        }
    }
}

/* Does the left end of an item begin with a mark? */
static bool
is_marked_at_left(const ch_item *item)
{
    size_t     at = 0;
    ch_cluster c;
    return item->rtl && ch_cluster_next(item, &at, &c) && ch_text_marked(c.text);
}

void
ch_space_in(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c, ch_end_space *out)
{
    *out             = (ch_end_space){.item = *item, .cluster = *c};
    out->glyph.id    = f->space;
    out->item.face   = f->face;
    out->item.glyph  = &out->glyph;
    out->item.n      = 1;
    out->item.text   = c->text;
    out->item.base   = 0;
    out->item.hyphen = false;

    out->cluster.first = 0;
    out->cluster.n     = 1;
}

bool
ch_pdf_font_end_space(const ch_pdf_font *f, const ch_item *item, const ch_beside *beside,
                      ch_end_space *out)
{
    if (!item->line_end || item->joined || !f->space || ch_item_ends_in_space(item))
        return false;
    ch_cluster c = {.text = CH_STR_LIT(" "), .single = true, .heard = ' '};
    if (beside && beside->line_rtl && beside->goes_on)
        c.mark = 0x61C; /* counts as a letter for pdf.js, which a short label has need of */
    else if (is_marked_at_left(item))
        c.mark = 0x200F;
    ch_space_in(f, item, &c, out);
    out->item.rtl = (beside && beside->line_rtl) || item->rtl;
    return true;
}

ch_pdf_font *
ch_pdf_fonts_marks(const ch_pdf_fonts *f, const ch_pdf_font *font)
{
    if (!font->face->cff)
        return (ch_pdf_font *)font;
    return f->helper;
}

static void
collect_cluster(ch_pdf_fonts *f, ch_pdf_font *font, const ch_item *item, const ch_cluster *c)
{
    ch_pdf_font *marks = c->mark || c->before || c->after ? ch_pdf_fonts_marks(f, font) : NULL;
    ch_end_space space;
    if (c->mark && marks && marks != font) { /* a space */
        ch_space_in(marks, item, c, &space);
        (void)claim_whole(f->arena, marks, &space.item, &space.cluster);
    } else if (!claim_whole(f->arena, font, item, c)) {
        propose(f->arena, font, item, c);
    }
    if (!marks)
        return;
    claim_mark(f->arena, marks, c->before);
    claim_mark(f->arena, marks, c->after);
}

static void
collect_item(ch_pdf_fonts *f, const ch_page *page, const ch_beside *beside, size_t i)
{
    const ch_item *item = &page->item[i];
    ch_pdf_font   *font = font_of(f, item->face);
    ch_turns       turn = ch_turns_begin(page, beside, i);
    ch_cluster     c;
    ch_end_space   space;
    font->stranded |= turn.beside && turn.beside->strands > 0;
    for (;;) {
        while (!turn.beside && !item->rtl && turn.at < item->n &&
               ch_pdf_font_quick(font, item, turn.at))
            turn.at++;
        if (!ch_turns_next(&turn, &c))
            break;
        if (c.silent)
            continue;
        collect_cluster(f, font, item, &c);
    }
    if (ch_pdf_font_end_space(font, item, turn.beside, &space))
        collect_cluster(f, font, &space.item, &space.cluster);
}

/* A font of the letters that run from right to left, if it can have compounds. */
static void
choose_helper(ch_pdf_fonts *f, const ch_pages *pages)
{
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->page[p].n && f->beside[p]; i++) {
            const ch_item *item = &pages->page[p].item[i];
            if (item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0 && item->rtl &&
                !item->face->cff) {
                ch_pdf_font *font = font_of(f, item->face);
                if (font->space) {
                    f->helper = font;
                    return;
                }
            }
        }
}

/* What nothing is known of stands for a character that neither shows nor parts words. */
static void
give_texts(ch_pdf_font *f)
{
    for (size_t k = 0; k < f->glyph.n; k++) {
        ch_font_glyph *g = &f->glyph.at[k];
        if (g->shown && !g->compound && count_heard(g->text) == 0 && g != ch_pdf_font_blank(f))
            g->text = g->guess.n > 0 ? g->guess : CH_STR_LIT("\u034F");
    }
}

/* In a font of many letters each glyph has its number in the face for a code, so that a letter can
 * be written before the next one is seen; compounds come behind. */
static void
settle(ch_arena *a, ch_pdf_font *f)
{
    ch_cff      cff   = {0};
    hb_blob_t  *blob  = hb_face_reference_table(f->face->hb_face, HB_TAG('C', 'F', 'F', ' '));
    unsigned    n     = 0;
    const char *bytes = hb_blob_get_data(blob, &n);
    if (f->face->cff)
        (void)ch_cff_read((ch_str){bytes, n}, &cff);
    for (size_t k = 0; k < f->glyph.n; k++) {
        ch_font_glyph *g    = &f->glyph.at[k];
        int32_t        wide = g->compound ? f->compound.at[g->compound - 1].advance
                                          : hb_font_get_glyph_h_advance(f->face->hb_font, g->id);
        g->width            = ch_subset_width(f->face, wide);
        g->code             = g->compound    ? (uint16_t)(f->face->glyphs + g->compound - 1)
                              : f->face->cff ? ch_cff_cid(&cff, (uint16_t)g->id)
                                             : (uint16_t)g->id;
    }
    hb_blob_destroy(blob);
    for (size_t k = 0; k < f->glyph.n; k++) {
        ch_font_glyph *g = &f->glyph.at[k];
        if (g->text.n && !g->kept)
            g->text = ch_arena_str(a, g->text); /* the letter's goes with it */
        g->kept = g->text.n > 0;
    }
}

void
ch_pdf_fonts_begin(ch_arena *a, bool many, ch_pdf_fonts *out)
{
    *out = (ch_pdf_fonts){.arena = a, .many = many};
}

void
ch_pdf_fonts_collect(ch_arena *letter, const ch_pages *pages, bool rtl, ch_pdf_fonts *out)
{
    out->beside = CH_NEW_N(letter, const ch_beside *, pages->n);
    for (size_t p = 0; p < pages->n; p++)
        out->beside[p] = ch_page_beside(letter, &pages->page[p], rtl);
    choose_helper(out, pages);
    for (size_t p = 0; p < pages->n; p++) {
        const ch_page *page = &pages->page[p];
        for (size_t i = 0; i < page->n; i++) {
            const ch_item *item = &page->item[i];
            if (item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0)
                collect_item(out, page, out->beside[p], i);
        }
    }
    for (size_t i = 0; i < out->font.n; i++) {
        give_texts(out->font.at[i]);
        claim_blank(out->arena, out->font.at[i]);
        if (out->many)
            settle(out->arena, out->font.at[i]);
    }
}

bool
ch_pdf_font_reads(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c)
{
    if (c->hyphen)
        return false;
    if (c->n == 1) {
        const ch_font_glyph *g = ch_pdf_font_glyph(f, item->glyph[c->first].id);
        return g && ch_text_same(g->text, c->text);
    }
    size_t at = 0;
    for (size_t k = 0; k < c->n; k++) {
        const ch_font_glyph *g = ch_pdf_font_glyph(f, ch_cluster_glyph(item, c, k)->id);
        size_t               i = 0;
        for (uint32_t cp; g && (cp = ch_text_heard(g->text, &i));)
            if (ch_text_heard(c->text, &at) != cp)
                return false;
    }
    return ch_text_heard(c->text, &at) == 0;
}
