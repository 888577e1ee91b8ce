/* pdf/fonts_write.c -- Type 0 fonts as objects (ISO 32000-1, 9.7), from what is kept of them. */
#include "pdf/fonts.h"
#include "pdf/groups.h"
#include "pdf/put.h"
#include "pdf/subset.h"

#include <stdlib.h>
#include <string.h>

/* One font on its way into a file. */
typedef struct plan {
    ch_arena    *a;
    ch_keeper   *keeper;
    ch_packer   *packer;
    ch_pdf_font *font;
    ch_buf       key;    /* which glyphs: that of the subset */
    ch_groups    groups; /* whole ones; none: the subset has what the letter uses and no more */
    bool         whole;
    bool         many; /* letters: codes are given, see fonts.c */
    ch_subset    subset;
    /* What the subset has, sorted, compounds behind; a glyph with its character, where known. */
    const ch_member      *member;
    size_t                n_members;
    const ch_font_glyph **used; /* by place in the subset; NULL: the letter does not use it */
    ch_str                name;
} plan;

/* ---- which glyphs -------------------------------------------------------------------- */

static int
by_id(const void *a, const void *b)
{
    const ch_member *x = a, *y = b;
    return (x->glyph > y->glyph) - (x->glyph < y->glyph);
}

static void
put_key(ch_buf *b, const ch_face *face, char kind)
{
    ch_buf_putc(b, kind);
    ch_buf_add(b, &face->index, sizeof face->index);
    ch_buf_str(b, face->file);
    ch_buf_putc(b, 0);
}

/* Whole groups, where all that the letter uses is of some group. */
static bool
choose_groups(plan *p)
{
    const ch_pdf_font *f = p->font;
    p->groups            = (ch_groups){.keeper = p->keeper, .arena = p->a, .face = f->face};
    if (f->missing || f->compound.n > 0 || f->blank)
        return false;
    for (size_t i = 0; i < f->glyph.n; i++) {
        const ch_font_glyph *g = &f->glyph.at[i];
        if (!ch_groups_use(&p->groups, g->id, g->text.n ? g->text : g->guess))
            return false;
    }
    return true;
}

static void
choose_own(plan *p)
{
    const ch_pdf_font *f  = p->font;
    ch_member         *at = CH_NEW_N(p->a, ch_member, f->glyph.n);
    for (size_t i = 0; i < f->glyph.n; i++)
        if (!f->glyph.at[i].compound)
            at[p->n_members++].glyph = f->glyph.at[i].id;
    qsort(at, p->n_members, sizeof *at, by_id);
    p->member = at;
}

static void
choose(plan *p)
{
    p->whole = !p->many && choose_groups(p);
    put_key(&p->key, p->font->face, p->many ? 'm' : p->whole ? 'w' : 'x');
    if (p->whole) {
        ch_groups_sort(&p->groups);
        for (size_t i = 0; i < p->groups.group.n; i++)
            ch_buf_add(&p->key, &p->groups.group.at[i].id, sizeof p->groups.group.at[i].id);
        return;
    }
    choose_own(p);
    ch_buf_add(&p->key, p->member, p->n_members * sizeof *p->member);
    ch_buf_putc(&p->key, '+');
    ch_buf_add(&p->key, p->font->compound.at, p->font->compound.n * sizeof *p->font->compound.at);
    ch_buf_add(&p->key, p->font->part.at, p->font->part.n * sizeof *p->font->part.at);
}

/* ---- the subset ---------------------------------------------------------------------- */

enum { SUBSET_HEAD, SUBSET_PROGRAM, SUBSET_CODES, SUBSET_MEMBERS, SUBSET_PARTS };

static const ch_str *
make_subset(plan *p)
{
    const ch_pdf_font *f = p->font;
    if (p->whole)
        p->member = ch_groups_members(&p->groups, &p->n_members);
    uint32_t *id = CH_NEW_N(p->a, uint32_t, p->n_members);
    for (size_t i = 0; i < p->n_members; i++)
        id[i] = p->member[i].glyph;
    ch_subset_wish wish = {.face      = f->face,
                           .glyph     = id,
                           .n         = p->n_members,
                           .own_codes = p->many,
                           .compound  = {f->part.at, f->part.n, f->compound.at, f->compound.n}};
    ch_subset     *made = CH_NEW(p->a, ch_subset);
    if (!ch_subset_make(p->a, p->packer, &wish, made))
        return NULL;
    ch_str *part         = CH_NEW_N(p->a, ch_str, SUBSET_PARTS);
    part[SUBSET_HEAD]    = (ch_str){(const char *)made, sizeof *made};
    part[SUBSET_PROGRAM] = made->program;
    part[SUBSET_CODES]   = (ch_str){(const char *)made->at, made->n * sizeof *made->at};
    part[SUBSET_MEMBERS] = (ch_str){(const char *)p->member, p->n_members * sizeof *p->member};
    return ch_keeper_put(p->keeper, ch_buf_view(&p->key), part, SUBSET_PARTS);
}

static bool
subset(plan *p)
{
    const ch_str *part = ch_keeper_get(p->keeper, ch_buf_view(&p->key));
    if (!part)
        part = make_subset(p);
    if (!part)
        return false;
    p->subset         = *(const ch_subset *)(const void *)part[SUBSET_HEAD].p;
    p->subset.program = part[SUBSET_PROGRAM];
    p->subset.at      = (const ch_subset_code *)(const void *)part[SUBSET_CODES].p;
    p->member         = (const ch_member *)(const void *)part[SUBSET_MEMBERS].p;
    p->n_members      = part[SUBSET_MEMBERS].n / sizeof *p->member;
    return true;
}

/* Give each glyph used its code and width. */
static void
number(plan *p)
{
    p->used = CH_NEW_N(p->a, const ch_font_glyph *, p->subset.n);
    for (size_t i = 0; i < p->font->glyph.n; i++) {
        ch_font_glyph *g     = &p->font->glyph.at[i];
        size_t         place = p->n_members + g->compound - 1;
        if (!g->compound) {
            ch_member key = {.glyph = g->id};
            place = (size_t)((const ch_member *)bsearch(&key, p->member, p->n_members, sizeof key,
                                                        by_id) -
                             p->member);
        }
        p->used[place] = g;
        if (p->many)
            continue;
        g->code  = p->subset.at[place].code;
        g->width = p->subset.at[place].width;
    }
}

/* Of many letters those that the letters have. */
static uint16_t
code_of(const plan *p, size_t place)
{
    return p->many ? p->used[place]->code : p->subset.at[place].code;
}

/* Which glyph of the program a code is, two bytes a code; for a TrueType program. */
static bool
glyph_map(const plan *p, ch_str *out)
{
    size_t most = 0;
    for (size_t i = 0; i < p->subset.n; i++)
        most = most > code_of(p, i) ? most : code_of(p, i);
    char *at = CH_NEW_N(p->a, char, 2 * most + 2);
    for (size_t i = 0; i < p->subset.n; i++) {
        at[2 * code_of(p, i)]     = (char)(p->subset.at[i].code >> 8);
        at[2 * code_of(p, i) + 1] = (char)(p->subset.at[i].code & 255);
    }
    return ch_pack(p->packer, p->a, (ch_str){at, 2 * most + 2}, 6, out);
}

/* A CFF program says itself which code a glyph has. */
static bool
has_codes(const plan *p)
{
    for (size_t i = 0; p->many && p->subset.cff && i < p->n_members; i++)
        if (p->used[i]->code != p->subset.at[i].code)
            return false;
    return true;
}

/* ---- entries of dictionaries --------------------------------------------------------- */

static int64_t
mille(const ch_face *face, int64_t units)
{
    int64_t upem = face->upem > 0 ? face->upem : 1000;
    return (units * 1000 + (units >= 0 ? upem / 2 : -upem / 2)) / upem;
}

/* FontDescriptor flags (ISO 32000-1, table 123). */
enum { FLAG_FIXED = 1, FLAG_SERIF = 2, FLAG_SYMBOLIC = 4, FLAG_ITALIC = 64 };

static ch_str
descriptor(const plan *p, ch_str name)
{
    const ch_face *f = p->font->face;
    /* Codes are glyphs here, not characters of a Latin encoding: symbolic. */
    int flags = FLAG_SYMBOLIC | (f->fixed_pitch ? FLAG_FIXED : 0) | (f->serif ? FLAG_SERIF : 0) |
                (f->italic ? FLAG_ITALIC : 0);
    ch_buf b;
    ch_buf_init(&b, p->a);
    ch_buf_printf(&b, "/Type/FontDescriptor/FontName/%.*s", CH_ARG(name));
    ch_buf_printf(&b, "/Flags %d/Ascent %d/Descent %d/CapHeight %d", flags,
                  (int)mille(f, f->ascent), (int)-mille(f, f->descent),
                  (int)mille(f, f->cap_height ? f->cap_height : f->ascent));
    /* No table of a font says it; this is what faces of such a weight have. */
    ch_buf_printf(&b, "/StemV %d/ItalicAngle ", 50 + f->weight * f->weight / 4225);
    ch_buf_fixed(&b, (int64_t)f->italic_angle * 100 / 65536, 2);
    ch_buf_puts(&b, "/FontBBox[");
    for (int i = 0; i < 4; i++)
        ch_buf_printf(&b, i ? " %lld" : "%lld", (long long)mille(f, f->bbox[i]));
    ch_buf_puts(&b, p->subset.cff ? "]/FontFile3" : "]/FontFile2");
    return ch_buf_view(&b);
}

/* "/W[3[250 500.5]9[...]]": a run for each stretch of codes. */
static void
put_widths(ch_buf *b, const plan *p)
{
    bool     any  = false;
    uint32_t next = 0;
    ch_buf_puts(b, "/W[");
    for (size_t i = 0; i < p->subset.n; i++) {
        const ch_subset_code *c = &p->subset.at[i];
        if (!p->whole && !(p->used[i] && p->used[i]->shown))
            continue;
        uint32_t code = code_of(p, i);
        if (!any || code != next)
            ch_buf_printf(b, any ? "]%u[" : "%u[", code);
        else
            ch_buf_putc(b, ' ');
        ch_buf_fixed(b, c->width, 0);
        any  = true;
        next = code + 1;
    }
    ch_buf_puts(b, any ? "]]" : "]");
}

static ch_str
cid_font(const plan *p, ch_str name)
{
    ch_buf b;
    ch_buf_init(&b, p->a);
    ch_buf_puts(&b, "/Type/Font/Subtype/");
    ch_buf_puts(&b, p->subset.cff ? "CIDFontType0"
                    : p->many     ? "CIDFontType2"
                                  : "CIDFontType2/CIDToGIDMap/Identity");
    ch_buf_printf(&b, "/BaseFont/%.*s", CH_ARG(name));
    ch_buf_puts(&b, "/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>");
    put_widths(&b, p);
    ch_buf_puts(&b, "/FontDescriptor");
    return ch_buf_view(&b);
}

static ch_str
type0_font(const plan *p, ch_str name)
{
    ch_buf b;
    ch_buf_init(&b, p->a);
    ch_buf_printf(&b, "/Type/Font/Subtype/Type0/BaseFont/%.*s", CH_ARG(name));
    ch_buf_puts(&b, "/Encoding/Identity-H/ToUnicode");
    return ch_buf_view(&b);
}

/* ---- what the glyphs stand for ------------------------------------------------------- */

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

static bool
is_used(const plan *p, size_t place)
{
    return p->used[place] && p->used[place]->shown;
}

/* The character of a glyph that the letter does not use, or 0. */
static uint32_t
own_character(const plan *p, size_t place)
{
    uint32_t cp = place < p->n_members ? p->member[place].character : 0;
    return cp && ch_text_silent(cp) ? 0 : cp;
}

static bool
is_own(const plan *p, size_t place)
{
    ch_str   text = p->used[place]->text;
    size_t   at   = 0;
    uint32_t cp   = own_character(p, place);
    return cp && text.n && ch_utf8_next(text, &at) == cp && at == text.n;
}

static void
put_entry(ch_buf *b, const plan *p, size_t place)
{
    ch_buf_printf(b, "<%04X><", code_of(p, place));
    if (is_used(p, place)) {
        put_characters(b, p->used[place]);
    } else {
        char c[4];
        ch_put_utf16(b, (ch_str){c, ch_utf8_put(own_character(p, place), c)});
    }
    ch_buf_puts(b, ">\n");
}

static ch_str
to_unicode(const plan *p)
{
    ch_buf               b;
    size_t               n     = 0;
    size_t              *place = CH_NEW_N(p->a, size_t, p->subset.n);
    const ch_font_glyph *blank = ch_pdf_font_blank(p->font);
    ch_buf_init(&b, p->a);
    for (size_t i = 0; i < p->subset.n; i++)
        if ((is_used(p, i) && p->used[i] != blank) || own_character(p, i))
            place[n++] = i;
    ch_buf_puts(&b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < n; i++) {
        if (i % BLOCK == 0)
            ch_buf_printf(&b, "%zu beginbfchar\n", n - i < BLOCK ? n - i : (size_t)BLOCK);
        put_entry(&b, p, place[i]);
        if (i % BLOCK == BLOCK - 1 || i == n - 1)
            ch_buf_puts(&b, "endbfchar\n");
    }
    if (blank)
        blank_characters(&b, blank);
    ch_buf_puts(&b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return ch_buf_view(&b);
}

/* ---- what is kept -------------------------------------------------------------------- */

enum { FONT_DESCRIPTOR, FONT_CID, FONT_TYPE0, FONT_UNICODE, FONT_NAME, FONT_PARTS };

/* What is written of a font depends on its subset, and on those texts that its glyphs do not have
 * by themselves. */
static void
put_texts(ch_buf *key, const plan *p)
{
    ch_buf_putc(key, '=');
    for (size_t i = 0; i < p->subset.n; i++) {
        if (!is_used(p, i) || is_own(p, i))
            continue;
        const ch_font_glyph *g      = p->used[i];
        uint32_t             head[] = {(uint32_t)i, g->rtl, g == ch_pdf_font_blank(p->font),
                                       (uint32_t)g->text.n};
        ch_buf_add(key, head, sizeof head);
        ch_buf_str(key, g->text);
    }
}

static const ch_str *
make_font(plan *p, ch_str key)
{
    ch_str *part = CH_NEW_N(p->a, ch_str, FONT_PARTS);
    ch_str name = ch_arena_printf(p->a, "%s%.*s", p->subset.tag, CH_ARG(p->font->face->postscript));
    part[FONT_DESCRIPTOR] = descriptor(p, name);
    part[FONT_CID]        = cid_font(p, name);
    part[FONT_TYPE0]      = type0_font(p, name);
    part[FONT_NAME]       = name;
    if (!ch_pack(p->packer, p->a, to_unicode(p), 4, &part[FONT_UNICODE]))
        return NULL;
    return ch_keeper_put(p->keeper, key, part, FONT_PARTS);
}

/* ---- objects ------------------------------------------------------------------------- */

static ch_haru_dict *
write_dict(const plan *p, ch_haru *h, ch_str entries, ch_haru_dict *last)
{
    ch_haru_dict *d = ch_haru_dict_new(h);
    ch_buf        b;
    ch_buf_init(&b, p->a);
    ch_buf_str(&b, entries);
    ch_put_ref(&b, ch_haru_id(last));
    ch_haru_entries(h, d, ch_buf_view(&b));
    return d;
}

static bool
write_font(plan *p, ch_haru *h, ch_buf *digest)
{
    put_texts(&p->key, p);
    const ch_str *part = ch_keeper_get(p->keeper, ch_buf_view(&p->key));
    if (!part)
        part = make_font(p, ch_buf_view(&p->key));
    if (!part)
        return false;
    ch_haru_dict *program = ch_haru_stream_new(h, p->subset.program, true);
    if (p->subset.cff)
        ch_haru_name(h, program, "Subtype", "CIDFontType0C");
    else
        ch_haru_number(h, program, "Length1", (int32_t)p->subset.plain);
    ch_haru_dict *cid =
        write_dict(p, h, part[FONT_CID], write_dict(p, h, part[FONT_DESCRIPTOR], program));
    ch_str map;
    if (p->many && !p->subset.cff) {
        if (!glyph_map(p, &map))
            return false;
        ch_haru_ref(h, cid, "CIDToGIDMap", ch_haru_stream_new(h, map, true));
    }
    ch_haru_dict *unicode = ch_haru_stream_new(h, part[FONT_UNICODE], true);
    p->font->dict         = ch_haru_dict_new(h);
    ch_haru_entries(h, p->font->dict,
                    ch_arena_printf(p->a, "%.*s %u 0 R/DescendantFonts[%u 0 R]",
                                    CH_ARG(part[FONT_TYPE0]), ch_haru_id(unicode),
                                    ch_haru_id(cid)));
    ch_buf_str(digest, part[FONT_NAME]);
    ch_buf_str(digest, part[FONT_UNICODE]);
    return true;
}

ch_status
ch_pdf_fonts_write(ch_ctx *cx, ch_haru *h, ch_keeper *keeper, ch_packer *packer, ch_pdf_fonts *f,
                   ch_buf *digest)
{
    for (size_t i = 0; i < f->font.n; i++) {
        ch_pdf_font *font = f->font.at[i];
        plan p = {.a = f->arena, .keeper = keeper, .packer = packer, .font = font, .many = f->many};
        ch_buf_init(&p.key, p.a);
        choose(&p);
        bool good = subset(&p);
        if (good)
            number(&p);
        if (!good || !has_codes(&p) || !write_font(&p, h, digest)) {
            ch_report(cx, CH_E7003_font_subset, CH_NOWHERE, CH_ARG(font->face->file),
                      font->face->index);
            return CH_ERR_FONT;
        }
    }
    return CH_OK;
}
