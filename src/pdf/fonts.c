/* pdf/fonts.c -- from the glyphs of the pages to Type 0 fonts (ISO 32000-1, 9.7). */
#include "pdf/fonts.h"

#include "pdf/put.h"

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
    if (!f->stranded)
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

/* Let one glyph stand for a cluster: its own, where that stands for nothing else, or a compound. */
static bool
claim_whole(ch_arena *a, ch_pdf_font *f, const ch_item *item, const ch_cluster *c)
{
    if (c->hyphen || c->text.n == 0)
        return false;
    if (ch_cluster_plain(item, c)) {
        ch_font_glyph *g = use(a, f, item->glyph[c->first].id);
        if (g->text.n == 0)
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
    return true;
}

const ch_font_glyph *
ch_pdf_font_whole(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c, ch_len *dx)
{
    *dx = 0;
    if (c->hyphen || c->text.n == 0)
        return NULL;
    if (ch_cluster_plain(item, c)) {
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
        if (g->text.n == 0)
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
    while (ch_turns_next(&turn, &c)) {
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

void
ch_pdf_fonts_collect(ch_arena *a, const ch_pages *pages, bool rtl, ch_pdf_fonts *out)
{
    *out = (ch_pdf_fonts){.arena = a, .beside = CH_NEW_N(a, const ch_beside *, pages->n)};
    for (size_t p = 0; p < pages->n; p++)
        out->beside[p] = ch_page_beside(a, &pages->page[p], rtl);
    choose_helper(out, pages);
    for (size_t p = 0; p < pages->n; p++) {
        const ch_page *page = &pages->page[p];
        for (size_t i = 0; i < page->n; i++) {
            const ch_item *item = &page->item[i];
            if (item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0)
                collect_item(out, page, out->beside[p], i);
        }
    }
    for (size_t i = 0; i < out->font.n; i++)
        for (size_t k = 0; k < out->font.at[i]->glyph.n; k++) {
            ch_font_glyph *g = &out->font.at[i]->glyph.at[k];
            /* Nothing is known of it: a character that neither shows nor parts words. */
            if (g->shown && !g->compound && count_heard(g->text) == 0)
                g->text = g->guess.n > 0 ? g->guess : CH_STR_LIT("\u034F");
        }
    for (size_t i = 0; i < out->font.n; i++)
        claim_blank(a, out->font.at[i]);
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

/* ---- what is written ---------------------------------------------------------------- */

static int
by_id(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Subset the face and give each used glyph its code and width. */
static bool
subset(ch_pdf_cache *cache, ch_arena *a, ch_packer *packer, ch_pdf_font *f, ch_subset *s)
{
    size_t    n  = 0;
    uint32_t *id = CH_NEW_N(a, uint32_t, f->glyph.n);
    for (size_t i = 0; i < f->glyph.n; i++)
        if (!f->glyph.at[i].compound)
            id[n++] = f->glyph.at[i].id;
    qsort(id, n, sizeof *id, by_id);
    ch_subset_wish wish = {.face     = f->face,
                           .glyph    = id,
                           .n        = n,
                           .compound = {f->part.at, f->part.n, f->compound.at, f->compound.n}};
    if (!ch_pdf_cache_subset(cache, a, packer, &wish, s))
        return false;
    for (size_t i = 0; i < n; i++) {
        ch_font_glyph *g = &f->glyph.at[f->slot[id[i]] - 1];
        g->code          = s->code[i];
        g->width         = s->width[i];
    }
    for (size_t i = 0; i < f->glyph.n; i++) {
        ch_font_glyph *g = &f->glyph.at[i];
        if (!g->compound)
            continue;
        g->code  = s->code[n + g->compound - 1];
        g->width = s->width[n + g->compound - 1];
    }
    return true;
}

static int64_t
mille(const ch_face *face, int64_t units)
{
    int64_t upem = face->upem > 0 ? face->upem : 1000;
    return (units * 1000 + (units >= 0 ? upem / 2 : -upem / 2)) / upem;
}

/* FontDescriptor flags (ISO 32000-1, table 123). */
enum { FLAG_FIXED = 1, FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 };

static ch_haru_dict *
write_descriptor(ch_arena *a, ch_haru *h, const ch_face *f, const char *name, const ch_subset *s)
{
    ch_haru_dict *program = ch_haru_stream_new(h, s->program, true);
    if (s->cff)
        ch_haru_name(h, program, "Subtype", "CIDFontType0C");
    else
        ch_haru_number(h, program, "Length1", (int32_t)s->plain);
    ch_haru_dict *d = ch_haru_dict_new(h);
    ch_haru_name(h, d, "Type", "FontDescriptor");
    ch_haru_name(h, d, "FontName", name);
    /* Codes are glyphs here, not characters of a Latin encoding: symbolic. */
    ch_haru_number(h, d, "Flags",
                   FLAG_SYMBOLIC | (f->fixed_pitch ? FLAG_FIXED : 0) | (f->serif ? FLAG_SERIF : 0) |
                       (f->italic ? FLAG_ITALIC : 0));
    ch_haru_number(h, d, "Ascent", (int32_t)mille(f, f->ascent));
    ch_haru_number(h, d, "Descent", (int32_t)-mille(f, f->descent));
    ch_haru_number(h, d, "CapHeight", (int32_t)mille(f, f->cap_height ? f->cap_height : f->ascent));
    /* No table of a font says it; this is what faces of such a weight have. */
    ch_haru_number(h, d, "StemV", 50 + f->weight * f->weight / 4225);
    ch_haru_ref(h, d, s->cff ? "FontFile3" : "FontFile2", program);
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_puts(&b, "/ItalicAngle ");
    ch_buf_fixed(&b, (int64_t)f->italic_angle * 100 / 65536, 2);
    ch_buf_puts(&b, "/FontBBox[");
    for (int i = 0; i < 4; i++)
        ch_buf_printf(&b, i ? " %lld" : "%lld", (long long)mille(f, f->bbox[i]));
    ch_buf_putc(&b, ']');
    ch_haru_entries(h, d, ch_buf_view(&b));
    return d;
}

static int
by_code(const void *a, const void *b)
{
    const ch_font_glyph *const *x = a, *const *y = b;
    return ((*x)->code > (*y)->code) - ((*x)->code < (*y)->code);
}

/* "/W[3[250 500.5]9[...]]": a run for each stretch of codes. */
static void
put_widths(ch_buf *b, const ch_font_glyph *const *g, size_t n)
{
    ch_buf_puts(b, "/W[");
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || g[i]->code != g[i - 1]->code + 1)
            ch_buf_printf(b, i ? "]%u[" : "%u[", g[i]->code);
        else
            ch_buf_putc(b, ' ');
        ch_buf_fixed(b, g[i]->width, 0);
    }
    ch_buf_puts(b, n ? "]]" : "]");
}

/* A CMap has at most this many entries in a block (Adobe Technical Note 5411). */
#define BLOCK 100

/* Readers take the characters of a glyph in the order of the glyphs, and turn a line from right
 * to left about as a whole. */
static void
put_characters(ch_buf *b, const ch_font_glyph *g)
{
    size_t from = b->n;
    for (size_t at = 0; at < g->text.n;) {
        char     c[4];
        uint32_t cp = ch_utf8_next(g->text, &at);
        if (!cp || (ch_text_silent(cp) && !g->compound))
            continue;
        size_t before = b->n;
        ch_put_utf16(b, (ch_str){c, ch_utf8_put(cp, c)});
        if (!g->rtl || before == from)
            continue;
        char   unit[8];
        size_t n = b->n - before;
        memcpy(unit, b->p + before, n);
        memmove(b->p + from + n, b->p + from, before - from);
        memcpy(b->p + from, unit, n);
    }
}

/* Of several entries for one code poppler and pdf.js take the last, a space, where a word ends;
 * PDFium the lowest, a control character, which it leaves out; MuPDF and Ghostscript the first,
 * which does not show. */
static void
blank_characters(ch_buf *b, const ch_font_glyph *blank)
{
    ch_buf_printf(b, "3 beginbfchar\n<%04X><200B>\n<%04X><0002>\n<%04X><2009>\nendbfchar\n",
                  blank->code, blank->code, blank->code);
}

static ch_str
to_unicode(ch_arena *a, const ch_font_glyph *const *g, size_t n, const ch_font_glyph *blank)
{
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_puts(&b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    size_t all = blank ? n - 1 : n, done = 0;
    for (size_t i = 0; i < n; i++) {
        if (g[i] == blank)
            continue;
        if (done % BLOCK == 0)
            ch_buf_printf(&b, "%zu beginbfchar\n", all - done < BLOCK ? all - done : (size_t)BLOCK);
        ch_buf_printf(&b, "<%04X><", g[i]->code);
        put_characters(&b, g[i]);
        ch_buf_puts(&b, ">\n");
        if (++done % BLOCK == 0 || done == all)
            ch_buf_puts(&b, "endbfchar\n");
    }
    if (blank)
        blank_characters(&b, blank);
    ch_buf_puts(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return ch_buf_view(&b);
}

static bool
write_font(ch_arena *a, ch_haru *h, ch_packer *packer, ch_pdf_font *f, const ch_subset *s,
           ch_buf *digest)
{
    size_t                n      = 0;
    const ch_font_glyph **sorted = CH_NEW_N(a, const ch_font_glyph *, f->glyph.n);
    for (size_t i = 0; i < f->glyph.n; i++)
        if (f->glyph.at[i].shown)
            sorted[n++] = &f->glyph.at[i];
    qsort(sorted, n, sizeof *sorted, by_code);
    ch_str plain = to_unicode(a, sorted, n, ch_pdf_font_blank(f)), packed;
    if (!ch_pack(packer, a, plain, 4, &packed))
        return false;
    ch_str name = ch_arena_printf(a, "%s%.*s", s->tag, CH_ARG(f->face->postscript));
    if (name.n > 120)
        name = ch_arena_str(a, ch_str_sub(name, 0, 120));

    ch_haru_dict *cid = ch_haru_dict_new(h);
    ch_haru_name(h, cid, "Type", "Font");
    ch_haru_name(h, cid, "Subtype", s->cff ? "CIDFontType0" : "CIDFontType2");
    ch_haru_name(h, cid, "BaseFont", name.p);
    ch_haru_ref(h, cid, "FontDescriptor", write_descriptor(a, h, f->face, name.p, s));
    ch_haru_number(h, cid, "DW", 1000);
    if (!s->cff)
        ch_haru_name(h, cid, "CIDToGIDMap", "Identity");
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_puts(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    put_widths(&b, sorted, n);
    ch_haru_entries(h, cid, ch_buf_view(&b));

    f->dict = ch_haru_dict_new(h);
    ch_haru_name(h, f->dict, "Type", "Font");
    ch_haru_name(h, f->dict, "Subtype", "Type0");
    ch_haru_name(h, f->dict, "BaseFont", name.p);
    ch_haru_name(h, f->dict, "Encoding", "Identity-H");
    ch_haru_ref(h, f->dict, "ToUnicode", ch_haru_stream_new(h, packed, true));
    ch_haru_entries(h, f->dict, ch_arena_printf(a, "/DescendantFonts[%u 0 R]", ch_haru_id(cid)));
    ch_buf_str(digest, name);
    ch_buf_str(digest, packed);
    return true;
}

ch_status
ch_pdf_fonts_write(ch_ctx *cx, ch_haru *h, ch_pdf_cache *cache, ch_packer *packer, ch_pdf_fonts *f,
                   ch_buf *digest)
{
    for (size_t i = 0; i < f->font.n; i++) {
        ch_pdf_font *font = f->font.at[i];
        ch_subset    s;
        if (!subset(cache, f->arena, packer, font, &s) ||
            !write_font(f->arena, h, packer, font, &s, digest)) {
            ch_report(cx, CH_E7003_font_subset, CH_NOWHERE, CH_ARG(font->face->file),
                      font->face->index);
            return CH_ERR_FONT;
        }
    }
    return CH_OK;
}
