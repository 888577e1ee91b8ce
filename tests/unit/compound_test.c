/* tests/unit/compound_test.c -- pdf/compound.h: what HarfBuzz sees of a compound is what it sees of
 * its parts; damaged programs are refused. */
#include "pdf/compound.h"

#include <hb.h>

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

#define AMIRI "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf"

static ch_arena *arena;

static hb_font_t *
open_font(ch_str bytes)
{
    hb_blob_t *blob =
        hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static uint32_t
glyph(hb_font_t *f, uint32_t cp)
{
    hb_codepoint_t g = 0;
    CHECK(hb_font_get_nominal_glyph(f, cp, &g));
    return g;
}

/* The left, right, top and bottom edge of a glyph. */
static void
edges(hb_font_t *f, uint32_t g, int32_t e[4])
{
    hb_glyph_extents_t x;
    CHECK(hb_font_get_glyph_extents(f, g, &x));
    e[0] = x.x_bearing;
    e[1] = x.x_bearing + x.width;
    e[2] = x.y_bearing;
    e[3] = x.y_bearing + x.height;
}

static bool
near(int32_t a, int32_t b)
{
    return a - b <= 2 && b - a <= 2;
}

static void
test_parts(ch_str bytes)
{
    hb_font_t    *f   = open_font(bytes);
    uint32_t      beh = glyph(f, 0x628), fatha = glyph(f, 0x64E), tatweel = glyph(f, 0x640);
    uint32_t      space  = glyph(f, ' ');
    ch_glyph_part part[] = {{beh, 0, 0, CH_PART_PLAIN},
                            {fatha, 300, 120, CH_PART_PLAIN},
                            {beh, -40, 7, CH_PART_PLAIN},
                            {tatweel, 10, 0, CH_PART_PLAIN * 3 / 2},
                            {space, 0, 0, CH_PART_PLAIN}};
    ch_compound   c[]    = {{0, 2, 900}, {2, 1, 30000}, {3, 1, 500}, {4, 1, 250}, {0, 5, 0}};
    ch_compounds  all    = {part, 5, c, 5};
    ch_str        out    = CH_STR_EMPTY;
    uint32_t      n      = ch_compound_glyphs(bytes);
    CHECK(n == hb_face_get_glyph_count(hb_font_get_face(f)));
    CHECK(ch_compound_add(arena, bytes, &all, &out));
    CHECK(ch_compound_glyphs(out) == n + 5);
    hb_font_t *g = open_font(out);
    CHECK(hb_face_get_glyph_count(hb_font_get_face(g)) == n + 5);
    int32_t a[4], b[4], e[4];
    edges(f, beh, a);
    edges(f, fatha, b);
    edges(g, n, e);
    CHECK(near(e[0], a[0] < b[0] + 300 ? a[0] : b[0] + 300));
    CHECK(near(e[1], a[1] > b[1] + 300 ? a[1] : b[1] + 300));
    CHECK(near(e[2], a[2] > b[2] + 120 ? a[2] : b[2] + 120));
    CHECK(near(e[3], a[3] < b[3] + 120 ? a[3] : b[3] + 120));
    edges(g, n + 1, e);
    CHECK(near(e[0], a[0] - 40) && near(e[1], a[1] - 40) && near(e[2], a[2] + 7));
    edges(f, tatweel, a);
    edges(g, n + 2, e);
    CHECK(near(e[0], a[0] * 3 / 2 + 10) && near(e[1], a[1] * 3 / 2 + 10) && near(e[2], a[2]));
    edges(g, n + 3, e);
    CHECK(e[0] == 0 && e[1] == 0);
    CHECK(hb_font_get_glyph_h_advance(g, n) == 900);
    CHECK(hb_font_get_glyph_h_advance(g, n + 1) == 30000);
    CHECK(hb_font_get_glyph_h_advance(g, n + 4) == 0);
    for (uint32_t k = 0; k < n; k += 7) { /* the others are as they were */
        edges(f, k, a);
        edges(g, k, b);
        CHECK(memcmp(a, b, sizeof a) == 0);
        CHECK(hb_font_get_glyph_h_advance(f, k) == hb_font_get_glyph_h_advance(g, k));
    }
    ch_str twice  = CH_STR_EMPTY; /* of composites again */
    part[0].glyph = n;
    CHECK(ch_compound_add(arena, out, &all, &twice) && ch_compound_glyphs(twice) == n + 10);
    hb_font_destroy(f);
    hb_font_destroy(g);
}

static void
test_refused(ch_str bytes)
{
    hb_font_t    *f    = open_font(bytes);
    uint32_t      beh  = glyph(f, 0x628);
    ch_glyph_part part = {beh, 0, 0, CH_PART_PLAIN};
    ch_compound   c    = {0, 1, 500};
    ch_compounds  all  = {&part, 1, &c, 1};
    ch_str        out  = CH_STR_EMPTY;
    for (size_t n = 0; n < bytes.n; n += bytes.n / 50)
        CHECK(!ch_compound_add(arena, ch_str_sub(bytes, 0, n), &all, &out));
    CHECK(ch_compound_add(arena, bytes, &all, &out));
    part.glyph = 0xFFFF;
    CHECK(!ch_compound_add(arena, bytes, &all, &out));
    part = (ch_glyph_part){beh, 0, 0, 2 * CH_PART_PLAIN};
    CHECK(!ch_compound_add(arena, bytes, &all, &out));
    part = (ch_glyph_part){beh, 40000, 0, CH_PART_PLAIN};
    CHECK(!ch_compound_add(arena, bytes, &all, &out));
    part      = (ch_glyph_part){beh, 0, 0, CH_PART_PLAIN};
    c.advance = 65536;
    CHECK(!ch_compound_add(arena, bytes, &all, &out));
    static ch_compound many[65535]; /* more glyphs than a font can have */
    all.at = many;
    all.n  = 65535;
    CHECK(!ch_compound_add(arena, bytes, &all, &out));
    hb_font_destroy(f);
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
    unsigned    n     = 0;
    const char *bytes = hb_blob_get_data(blob, &n);
    test_parts((ch_str){bytes, n});
    test_refused((ch_str){bytes, n});
    hb_blob_destroy(blob);
    ch_arena_free(arena);
    return failures > 0;
}
