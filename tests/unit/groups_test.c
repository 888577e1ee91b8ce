/* tests/unit/groups_test.c -- pdf/groups.h: letters that differ in a name choose the same glyphs,
 * what comes in the place of a character has a group; pdf/cache.h: its bounds. */
#include "pdf/groups.h"

#include <hb.h>

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

#define LIBERTINE "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"

static ch_ctx     cx;
static ch_keeper *keeper;

static bool
open_face(ch_face *f)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(LIBERTINE);
    if (!blob)
        return false;
    f->hb_face = hb_face_create(blob, 0);
    f->hb_font = hb_font_create(f->hb_face);
    f->file    = CH_STR_LIT(LIBERTINE);
    f->glyphs  = hb_face_get_glyph_count(f->hb_face);
    hb_blob_destroy(blob);
    return true;
}

static void
close_face(ch_face *f)
{
    hb_font_destroy(f->hb_font);
    hb_face_destroy(f->hb_face);
}

/* Use all glyphs of a text, with a feature; how many of them are of no group. */
static unsigned
use(ch_groups *g, const char *text, const char *feature)
{
    hb_feature_t on;
    hb_buffer_t *b = hb_buffer_create();
    unsigned     n = 0, lost = 0;
    bool         have = hb_feature_from_string(feature, -1, &on);
    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_guess_segment_properties(b);
    hb_shape(g->face->hb_font, b, &on, have ? 1 : 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    hb_glyph_info_t        glyph[256]; /* the buffer is gone before something may jump */
    n = n < 256 ? n : 256;
    memcpy(glyph, info, n * sizeof *glyph);
    hb_buffer_destroy(b);
    for (unsigned i = 0; i < n; i++)
        lost += !ch_groups_use(g, glyph[i].codepoint, ch_str_from(text + glyph[i].cluster));
    return lost;
}

static const ch_member *
members(const ch_face *f, const char *text, const char *feature, unsigned lost, size_t *n)
{
    ch_groups g = {.keeper = keeper, .arena = cx.job, .face = f};
    CHECK(use(&g, text, feature) == lost);
    ch_groups_sort(&g);
    return ch_groups_members(&g, n);
}

static bool
same(const ch_face *f, const char *a, const char *b, const char *feature)
{
    size_t           n, m;
    const ch_member *x = members(f, a, feature, 0, &n), *y = members(f, b, feature, 0, &m);
    for (size_t i = 1; i < n; i++)
        CHECK(x[i - 1].glyph < x[i].glyph);
    return n == m && n > 0 && memcmp(x, y, n * sizeof *x) == 0;
}

static void
test_groups(const ch_face *f)
{
    CHECK(same(f, "Ada Brink, 12 May", "Olo Gast, 7 July", "kern"));
    CHECK(same(f, "abc", "xyz", "smcp"));
    CHECK(same(f, "Thorn of fine flax", "Quay of fish", "liga")); /* ligatures over two groups */
    CHECK(same(f, "12", "90", "onum"));
    CHECK(!same(f, "12", "12", "smcp") || same(f, "12", "12", "kern"));
    CHECK(!same(f, "abc", "abc Ж", "kern"));
    size_t           n;
    const ch_member *m     = members(f, "a", "kern", 0, &n);
    size_t           named = 0;
    for (size_t i = 0; i < n; i++)
        named += m[i].character >= 'a' && m[i].character <= 'z';
    CHECK(n == 26 && named == 26);
    /* Above U+3000, and a glyph that has nothing to do with the text, are of no group. */
    ch_groups g = {.keeper = keeper, .arena = cx.job, .face = f};
    CHECK(!ch_groups_use(&g, 40, CH_STR_LIT("\xE4\xB8\x80")));
    CHECK(!ch_groups_use(&g, 0, CH_STR_LIT("a")));
    CHECK(!ch_groups_use(&g, f->glyphs, CH_STR_LIT("a")));
    CHECK(g.group.n == 0);
}

/* A letter that has too little memory for a group keeps no empty one for the letters behind it. */
static void
test_little_memory(ch_pdf_cache *cache, const ch_face *f)
{
    static const char text[] = "fine 12";
    size_t            want, got;
    volatile size_t   failed = 0;
    (void)members(f, text, "smcp", 0, &want);
    ch_keeper_close(keeper);
    for (volatile size_t used = 40000; used < 65000; used += 120) { /* of one block */
        ch_guard      guard = {.over_budget = false};
        ch_pdf_cache *own   = NULL;
        ch_arena     *a     = ch_arena_new(100000);
        CHECK(ch_pdf_cache_new(&cx, &own) == CH_OK);
        keeper       = ch_keeper_new(own, cx.job);
        ch_groups *g = CH_NEW(cx.job, ch_groups);
        *g           = (ch_groups){.keeper = keeper, .arena = a, .face = f};
        if (setjmp(guard.env)) {
            failed++;
        } else {
            ch_arena_guard(a, &guard);
            for (size_t i = 0; i < used; i += 40)
                (void)ch_arena_alloc(a, 40);
            (void)use(g, text, "smcp");
        }
        ch_keeper_close(keeper);
        keeper = ch_keeper_new(own, cx.job);
        (void)members(f, text, "smcp", 0, &got);
        CHECK(got == want);
        ch_keeper_close(keeper);
        ch_pdf_cache_free(own);
        ch_arena_free(a);
    }
    CHECK(failed > 0);
    keeper = ch_keeper_new(cache, cx.job);
}

/* What is held stays; of the rest the oldest go. */
static void
test_cache(ch_pdf_cache *cache)
{
    enum { N = 40, SIZE = 1 << 20 };
    ch_keeper    *k     = ch_keeper_new(cache, cx.job);
    char         *bytes = ch_arena_alloc(cx.job, 4 * SIZE);
    ch_str        small = CH_STR_LIT("a part"), large = {bytes, SIZE}, huge = {bytes, 4 * SIZE};
    ch_str        pair[] = {small, CH_STR_EMPTY};
    const ch_str *held   = ch_keeper_put(k, CH_STR_LIT("held"), pair, 2);
    CHECK(held != pair && ch_str_eq(held[0], small) && held[1].n == 0);
    ch_keeper *other = ch_keeper_new(cache, cx.job);
    for (int i = 0; i < N; i++) {
        char key[8];
        snprintf(key, sizeof key, "k%d", i);
        CHECK(ch_keeper_put(other, ch_str_from(key), &large, 1) != &large);
        ch_keeper_close(other);
    }
    CHECK(ch_keeper_get(k, CH_STR_LIT("held")) == held);
    CHECK(ch_keeper_get(other, CH_STR_LIT("k0")) == NULL);
    const ch_str *last = ch_keeper_get(other, CH_STR_LIT("k39"));
    CHECK(last && ch_str_eq(*last, large));
    CHECK(ch_keeper_put(other, CH_STR_LIT("k39"), &small, 1) == last); /* what is there stays */
    CHECK(ch_keeper_put(other, CH_STR_LIT("huge"), &huge, 1) == &huge);
    CHECK(ch_keeper_get(other, CH_STR_LIT("huge")) == NULL);
    ch_keeper_close(other);
    ch_keeper_close(k);
}

int
main(void)
{
    ch_face       face  = {0};
    ch_guard      guard = {.over_budget = false};
    ch_pdf_cache *cache = NULL;
    ch_arena     *job = ch_arena_new(0), *scratch = ch_arena_new(0);
    ch_arena_guard(job, &guard);
    ch_arena_guard(scratch, &guard);
    if (setjmp(guard.env))
        return 1;
    cx       = (ch_ctx){.job = job, .scratch = scratch};
    cx.diags = ch_diags_new(job);
    if (!open_face(&face)) {
        fprintf(stderr, "fonts-linuxlibertine is not installed\n");
        return 77;
    }
    CHECK(ch_pdf_cache_new(&cx, &cache) == CH_OK);
    keeper = ch_keeper_new(cache, job);
    test_groups(&face);
    test_little_memory(cache, &face);
    ch_keeper_close(keeper);
    test_cache(cache);
    ch_pdf_cache_free(cache);
    close_face(&face);
    ch_arena_free(job);
    ch_arena_free(scratch);
    return failures > 0;
}
