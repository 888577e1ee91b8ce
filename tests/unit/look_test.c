/* tests/unit/look_test.c -- pdf/look.h and pdf/fonts.h: a kashida becomes one glyph as wide as its
 * line makes it; a font that is full has no compounds, and its glyphs still have their text. */
#include "pdf/fonts.h"

#include <hb.h>

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

#define AMIRI "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf"

static ch_arena *arena;

static ch_item
item_of(const ch_face *face, const ch_glyph *g, size_t n, const char *text)
{
    return (ch_item){.kind  = CH_ITEM_GLYPHS,
                     .face  = face,
                     .size  = 12 * CH_PT,
                     .glyph = g,
                     .n     = n,
                     .text  = {text, strlen(text)},
                     .rtl   = true};
}

static uint32_t
glyph(const ch_face *face, uint32_t cp)
{
    hb_codepoint_t g = 0;
    CHECK(hb_font_get_nominal_glyph(face->hb_font, cp, &g));
    return g;
}

/* Lam with a kashida of `percent` of its width, in the order of the picture: kashida, lam.  A
 * hyphen stands for the kashida: the font draws its own ones, of no width, by other glyphs. */
static void
test_kashida(const ch_face *face, ch_str bytes, int percent)
{
    uint32_t id[2]  = {glyph(face, 0x2D), glyph(face, 0x644)};
    int32_t  own[2] = {hb_font_get_glyph_h_advance(face->hb_font, id[0]),
                       hb_font_get_glyph_h_advance(face->hb_font, id[1])};
    int32_t  wide   = own[0] * percent / 100;
    ch_glyph g[2]   = {
          {.id = id[0], .advance = ch_face_scale(face, 12 * CH_PT, wide), .stretched = true},
          {.id = id[1], .advance = ch_face_scale(face, 12 * CH_PT, own[1])}};
    ch_item    item = item_of(face, g, 2, "\xD9\x84");
    ch_cluster c;
    ch_look    l;
    size_t     at = 0;
    CHECK(ch_cluster_next(&item, &at, &c) && c.n == 2);
    CHECK(!ch_cluster_plain(&item, &c));
    CHECK(ch_look_make(&item, &c, &l));
    CHECK(l.advance >= wide + own[1] - 2 && l.advance <= wide + own[1] + 2);
    CHECK(percent < 199 ? l.parts == 2 : l.parts > 2);
    /* No gap between the parts, and none to the letter. */
    int32_t end = INT32_MIN;
    for (uint32_t i = 0; i < l.parts; i++) {
        bool    kashida = l.part[i].glyph == id[0];
        int32_t w = (int32_t)((int64_t)own[kashida ? 0 : 1] * l.part[i].scale / CH_PART_PLAIN);
        CHECK(l.part[i].scale > 0 && l.part[i].scale < 2 * CH_PART_PLAIN);
        CHECK(end == INT32_MIN || l.part[i].dx <= end + 2);
        end = l.part[i].dx + w;
    }
    ch_compound  one = {0, l.parts, l.advance};
    ch_compounds all = {l.part, l.parts, &one, 1};
    ch_str       out;
    CHECK(ch_compound_add(arena, bytes, &all, &out));
}

/* A letter with a mark in a font of `glyphs` glyphs. */
static void
test_room(ch_face face, uint32_t glyphs, bool room)
{
    face.glyphs        = glyphs;
    ch_glyph g[2]      = {{.id = glyph(&face, 0x650)}, {.id = glyph(&face, 0x628)}};
    g[1].advance       = 6 * CH_PT;
    ch_item      item  = item_of(&face, g, 2, "\xD8\xA8\xD9\x90");
    ch_page      page  = {.number = 1, .item = &item, .n = 1};
    ch_pages     pages = {.page = &page, .n = 1};
    ch_pdf_fonts fonts;
    ch_cluster   c;
    ch_len       dx;
    size_t       at = 0;
    ch_pdf_fonts_begin(arena, false, &fonts);
    ch_pdf_fonts_collect(arena, &pages, false, &fonts);
    ch_pdf_font *font = ch_pdf_fonts_lookup(&fonts, &face);
    CHECK(font && ch_cluster_next(&item, &at, &c));
    CHECK((ch_pdf_font_whole(font, &item, &c, &dx) != NULL) == room);
    if (room)
        return;
    CHECK(font->compound.n == 0);
    for (size_t i = 0; i < 2; i++) {
        const ch_font_glyph *used = ch_pdf_font_glyph(font, g[i].id);
        CHECK(used && used->shown && used->text.n > 0);
    }
    CHECK(ch_pdf_font_reads(font, &item, &c));
}

int
main(void)
{
    arena          = ch_arena_new(0);
    ch_guard guard = {.over_budget = false};
    ch_arena_guard(arena, &guard);
    if (setjmp(guard.env))
        return 1;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(AMIRI);
    if (!blob) {
        fprintf(stderr, "fonts-hosny-amiri is not installed\n");
        return 77;
    }
    unsigned         n         = 0;
    const char      *bytes     = hb_blob_get_data(blob, &n);
    hb_face_t       *hb        = hb_face_create(blob, 0);
    ch_face          face      = {.upem    = (int32_t)hb_face_get_upem(hb),
                                  .glyphs  = hb_face_get_glyph_count(hb),
                                  .hb_face = hb,
                                  .hb_font = hb_font_create(hb)};
    static const int percent[] = {40, 100, 150, 198, 201, 350, 900};
    for (size_t i = 0; i < sizeof percent / sizeof *percent; i++)
        test_kashida(&face, (ch_str){bytes, n}, percent[i]);
    test_room(face, face.glyphs, true);
    test_room(face, 65535, false);
    hb_font_destroy(face.hb_font);
    hb_face_destroy(hb);
    hb_blob_destroy(blob);
    ch_arena_free(arena);
    return failures > 0;
}
