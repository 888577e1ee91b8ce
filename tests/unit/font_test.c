/* tests/unit/font_test.c -- the catalogue, and font files of every kind, whole and damaged.
 * Fonts are copied out of the installed ones into a folder of the test's own. */
#include "font/face.h"
#include "font/font.h"
#include "font/sfnt.h"

#include <dirent.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failures, cases, skipped;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static ch_ctx    cx;
static ch_fonts *system_fonts;
static char      folder[64];

static ch_str
path_in(const char *name)
{
    return ch_arena_printf(cx.job, "%s/%s", folder, name);
}

static void
write_file(const char *name, ch_str bytes)
{
    FILE *f = fopen(path_in(name).p, "wb");
    CHECK(f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
    if (f)
        fclose(f);
}

/* Empty the folder, cache included. */
static void
clear_folder(void)
{
    const char *const at[] = {"fonts", "cache", "."};
    for (size_t k = 0; k < 3; k++) {
        DIR *d = opendir(path_in(at[k]).p);
        for (struct dirent *e; d && (e = readdir(d));)
            (void)unlink(ch_arena_printf(cx.job, "%s/%s/%s", folder, at[k], e->d_name).p);
        if (d)
            closedir(d);
        if (k < 2)
            (void)rmdir(path_in(at[k]).p);
    }
}

/* A configuration that knows the folder alone. */
static void
write_conf(void)
{
    ch_str conf = ch_arena_printf(cx.job,
                                  "<?xml version=\"1.0\"?>\n"
                                  "<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n"
                                  "<fontconfig><dir>%s/fonts</dir><cachedir>%s/cache</cachedir>\n"
                                  "<alias binding=\"same\"><family>chancery-serif</family>\n"
                                  "<prefer><family>Linux Libertine O</family>"
                                  "<family>Liberation Serif</family></prefer></alias>\n"
                                  "</fontconfig>\n",
                                  folder, folder);
    (void)mkdir(path_in("fonts").p, 0777);
    write_file("fonts.conf", conf);
}

static ch_fonts *
own_fonts(void)
{
    ch_fonts *f = NULL;
    CHECK(ch_fonts_new(&cx, path_in("fonts.conf"), &f) == CH_OK);
    return f;
}

static ch_font_want
want_of(const char *family)
{
    return (ch_font_want){.family = ch_str_from(family),
                          .role   = CH_FONT_SERIF,
                          .weight = 400,
                          .script = HB_SCRIPT_LATIN,
                          .lang   = CH_STR_LIT("en")};
}

static const ch_face *
face_of(ch_fonts *f, const char *family, ch_status *status)
{
    const ch_face *face = NULL;
    ch_font_want   want = want_of(family);
    *status             = ch_fonts_face(f, &cx, &want, CH_NOWHERE, &face);
    CHECK((*status == CH_OK) == (face != NULL));
    return face;
}

static const ch_diag *
last_diag(void)
{
    size_t n = ch_diags_count(cx.diags);
    return n ? ch_diags_at(cx.diags, n - 1) : NULL;
}

static bool
reported(ch_code code)
{
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
        if (ch_diags_at(cx.diags, i)->code == code)
            return true;
    return false;
}

static void
forget_reports(void)
{
    cx.diags = ch_diags_new(cx.job);
}

/* The bytes of an installed family; empty, said so, when it is not there. */
static ch_str
installed(const char *family, uint32_t *index)
{
    ch_status      st;
    const ch_face *face = face_of(system_fonts, family, &st);
    forget_reports();
    if (!face) {
        printf("skip %s: it is not installed\n", family);
        skipped++;
        return CH_STR_EMPTY;
    }
    *index = face->index;
    return face->bytes;
}

/* ---- whole files ---- */

static void
check_face(const ch_face *f)
{
    CHECK(f->upem > 0 && f->glyphs > 0 && f->ascent > 0 && f->descent > 0);
    CHECK(f->cap_height > f->x_height && f->x_height > 0);
    CHECK(f->bbox[0] < f->bbox[2] && f->bbox[1] < f->bbox[3]);
    CHECK(f->family.n && f->postscript.n && f->version.n);
    CHECK(ch_face_has(f, 'A') && !ch_face_has(f, 0xF0001));
    for (size_t i = 0; i < f->postscript.n; i++)
        CHECK(f->postscript.p[i] > ' ' && !strchr("()[]{}<>/%", f->postscript.p[i]));
}

static void
test_kinds(void)
{
    static const struct {
        const char *family;
        bool        cff, serif, mono;
    } T[] = {{"Liberation Serif", false, true, false},
             {"Liberation Mono", false, false, true},
             {"Linux Libertine O", true, true, false},
             {"EB Garamond 12", true, true, false},
             {"Amiri", false, true, false}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        uint32_t  index;
        ch_status st;
        if (!installed(T[i].family, &index).n)
            continue;
        const ch_face *f = face_of(system_fonts, T[i].family, &st);
        check_face(f);
        CHECK(f->cff == T[i].cff && f->fixed_pitch == T[i].mono && !f->italic);
        CHECK(!T[i].serif || f->serif || !strcmp(T[i].family, "Amiri"));
        CHECK(face_of(system_fonts, T[i].family, &st) == f); /* opened once */
        cases++;
    }
}

/* Each font of a collection is its own face. */
static void
test_collection(void)
{
    uint32_t  cn, tw;
    ch_status st;
    ch_sfnt   s;
    char      why[256];
    ch_str    a = installed("AR PL UMing CN", &cn), b = installed("AR PL UMing TW", &tw);
    if (!a.n || !b.n)
        return;
    const ch_face *f = face_of(system_fonts, "AR PL UMing CN", &st);
    const ch_face *g = face_of(system_fonts, "AR PL UMing TW", &st);
    CHECK(f != g && ch_str_eq(f->file, g->file) && f->index != g->index);
    CHECK(!ch_str_eq(f->postscript, g->postscript) && ch_face_has(f, 0x56FD));
    CHECK(ch_sfnt_check(a, 0, &s, why, sizeof why) && s.fonts == 4);
    CHECK(!ch_sfnt_check(a, 4, &s, why, sizeof why) && strstr(why, "has 4 fonts"));
    CHECK(!ch_sfnt_check(ch_str_sub(a, 0, 20), 0, &s, why, sizeof why));
    cases++;
}

/* ---- choosing ---- */

static void
test_roles(void)
{
    ch_font_want want = want_of("");
    ch_status    st;
    ch_buf       out;
    uint32_t     index;
    if (installed("Linux Libertine O", &index).n) {
        const ch_face *f = face_of(system_fonts, "", &st);
        CHECK(st == CH_OK && ch_str_is(f->family, "Linux Libertine O") && !f->italic);
        want.italic = true;
        want.weight = 700;
        CHECK(ch_fonts_face(system_fonts, &cx, &want, CH_NOWHERE, &f) == CH_OK);
        CHECK(f->italic && f->weight >= 600);
        CHECK(ch_str_starts(ch_fonts_tried(system_fonts, &cx, &want), "Linux Libertine O"));
        /* Another font where this one has no glyph, the same one each time. */
        uint32_t han = 0x56FD, letter = 'a', none = 0xF0001;
        CHECK(ch_fonts_cover(system_fonts, &cx, &want, &letter, 1) == f);
        const ch_face *other = ch_fonts_cover(system_fonts, &cx, &want, &han, 1);
        CHECK(other == ch_fonts_cover(system_fonts, &cx, &want, &han, 1));
        CHECK(!other || ch_face_has(other, han));
        CHECK(ch_fonts_cover(system_fonts, &cx, &want, &none, 1) == NULL);
        /* A cluster that can be composed, and one with a joiner in it. */
        uint32_t composed[2] = {'e', 0x301}, joined[3] = {'a', 0x200D, 'b'};
        CHECK(ch_fonts_cover(system_fonts, &cx, &want, composed, 2) == f);
        CHECK(ch_fonts_cover(system_fonts, &cx, &want, joined, 3) == f);
    }
    ch_buf_init(&out, cx.job);
    CHECK(ch_fonts_list(system_fonts, &cx, &out) == CH_OK);
    size_t lines = 0;
    for (size_t i = 0; i < out.n; i++)
        lines += out.p[i] == '\n';
    CHECK(lines >= 36 && ch_str_starts(ch_buf_view(&out), "serif\tLatn\tLatin\t"));
    cases++;
}

static void
test_missing(void)
{
    ch_status st;
    uint32_t  index;
    (void)face_of(system_fonts, "Linux Libertime O", &st);
    CHECK(st == CH_ERR_FONT && last_diag()->code == CH_E5002_font_not_installed); /* E5002 */
    CHECK(ch_str_starts(last_diag()->hint, "fonts are looked for in "));
    CHECK(!strstr(last_diag()->hint.p, "/usr/share/fonts/"));
    forget_reports();
    if (installed("Linux Libertine O", &index).n) {
        (void)face_of(system_fonts, "Linux Libertime O", &st);
        CHECK(strstr(last_diag()->hint.p, "'Linux Libertine O'"));
        (void)face_of(system_fonts, "linux libertine o", &st); /* case aside */
        CHECK(st == CH_OK);
    }
    forget_reports();
    if (installed("AR PL UMing CN", &index).n) {
        const ch_face *f;
        ch_font_want   want = want_of("AR PL UMing CN");
        want.weight         = 700;
        CHECK(ch_fonts_face(system_fonts, &cx, &want, CH_NOWHERE, &f) == CH_OK);
        CHECK(last_diag() && last_diag()->code == CH_W5006_look_missing); /* W5006 */
    }
    forget_reports();
    ch_fonts *f = NULL;
    CHECK(ch_fonts_new(&cx, CH_STR_LIT("/nonexistent/fonts.conf"), &f) == CH_ERR_FONT && !f);
    CHECK(last_diag()->code == CH_E5005_font_configuration); /* E5005 */
    forget_reports();
    cases++;
}

/* No font at all; then one that is damaged from the start, which fontconfig passes over. */
static void
test_empty_folder(ch_str whole)
{
    ch_status st;
    clear_folder();
    write_conf();
    ch_fonts *f = own_fonts();
    (void)face_of(f, "", &st);
    CHECK(st == CH_ERR_FONT && last_diag()->code == CH_E5001_no_fonts); /* E5001 */
    ch_fonts_free(f);
    forget_reports();

    clear_folder();
    write_conf();
    write_file("fonts/cut.ttf", ch_str_sub(whole, 0, 200));
    f = own_fonts();
    (void)face_of(f, "Liberation Serif", &st);
    CHECK(st == CH_ERR_FONT && reported(CH_E5003_font_damaged)); /* E5003 */
    CHECK(last_diag()->code == CH_E5002_font_not_installed);
    ch_fonts_free(f);
    forget_reports();
    cases++;
}

/* ---- damage ---- */

/* Fontconfig knows the file from before; then it is cut short, its folder unchanged. */
static void
test_cut_file(ch_str whole, const char *family, const char *name)
{
    ch_status  st;
    const long cuts[] = {0, 3, 11, 40, 300, 5000, (long)whole.n / 2, (long)whole.n - 1};
    char       file[32];
    snprintf(file, sizeof file, "fonts/%s", name);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        clear_folder();
        write_conf();
        write_file(file, whole);
        ch_fonts *f = own_fonts();
        CHECK(face_of(f, family, &st) && st == CH_OK);
        ch_fonts_free(f);
        CHECK(truncate(path_in(file).p, cuts[i]) == 0);
        f = own_fonts();
        (void)face_of(f, family, &st);
        CHECK(st == CH_ERR_FONT && last_diag()->code == CH_E5003_font_damaged);
        CHECK(strstr(last_diag()->text.p, name));
        ch_fonts_free(f);
        forget_reports();
    }
    cases++;
}

static void
test_restricted(ch_str whole)
{
    ch_status st;
    char     *copy = ch_arena_alloc(cx.job, whole.n);
    memcpy(copy, whole.p, whole.n);
    for (size_t at = 12; at + 16 <= 12 + 16 * 40; at += 16)
        if (!memcmp(copy + at, "OS/2", 4)) {
            size_t table = (size_t)(unsigned char)copy[at + 9] << 16 |
                           (size_t)(unsigned char)copy[at + 10] << 8 | (unsigned char)copy[at + 11];
            copy[table + 8] = 0;
            copy[table + 9] = 2; /* fsType: restricted licence */
        }
    clear_folder();
    write_conf();
    write_file("fonts/own.ttf", (ch_str){copy, whole.n});
    ch_fonts *f = own_fonts();
    (void)face_of(f, "Liberation Serif", &st);
    CHECK(st == CH_ERR_FONT && last_diag()->code == CH_E5004_font_restricted); /* E5004 */
    CHECK(last_diag()->hint.n > 0);
    uint32_t     letter = 'A';
    ch_font_want want   = want_of("");
    CHECK(ch_fonts_cover(f, &cx, &want, &letter, 1) == NULL);
    ch_fonts_free(f);
    forget_reports();
    cases++;
}

/* Every shorter file is refused, and no change of its head leads astray. */
static void
test_sfnt(ch_str whole)
{
    ch_sfnt  s;
    char     why[256];
    uint32_t seed = 1;
    CHECK(ch_sfnt_check(whole, 0, &s, why, sizeof why));
    CHECK(!ch_sfnt_check(whole, 1, &s, why, sizeof why));
    size_t step = whole.n / 997 + 1;
    for (size_t n = 0; n < whole.n; n += n < 700 ? 1 : step) {
        char *cut = malloc(n + 1); /* so that a sanitizer sees the end */
        if (!cut)
            return;
        memcpy(cut, whole.p, n);
        char *exact = realloc(cut, n ? n : 1);
        CHECK(!ch_sfnt_check((ch_str){exact, n}, 0, &s, why, sizeof why) && why[0]);
        free(exact);
    }
    char *copy = ch_arena_alloc(cx.job, whole.n);
    for (int round = 0; round < 3000; round++) {
        memcpy(copy, whole.p, whole.n < 4096 ? whole.n : 4096);
        for (int k = 0; k < 4; k++) {
            seed                    = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % 400] = (char)(seed >> 24);
        }
        (void)ch_sfnt_check((ch_str){copy, whole.n}, 0, &s, why, sizeof why);
    }
    cases++;
}

/* Bytes changed anywhere: the face is refused, or it can be used without harm. */
static void
test_corrupt(ch_str whole, int rounds)
{
    FT_Library ft;
    uint32_t   seed = 7;
    char       why[256];
    char      *copy = ch_arena_alloc(cx.job, whole.n);
    if (FT_Init_FreeType(&ft))
        return;
    ch_str path = path_in("corrupt.font");
    for (int round = 0; round < rounds; round++) {
        memcpy(copy, whole.p, whole.n);
        for (int k = 0; k < 60; k++) {
            seed                     = seed * 1664525u + 1013904223u;
            size_t high              = round % 2 ? whole.n : 3000;
            copy[(seed >> 3) % high] = (char)(seed >> 24);
        }
        if (round % 2) /* the table directory whole, so that more gets through */
            memcpy(copy, whole.p, 400);
        write_file("corrupt.font", (ch_str){copy, whole.n});
        ch_arena *a = ch_arena_new(0);
        ch_face  *face;
        if (a && ch_face_open(ft, a, SIZE_MAX, path.p, 0, &face, why, sizeof why) == CH_FACE_OK) {
            hb_buffer_t *b = hb_buffer_create();
            hb_buffer_add_utf8(b, "The affiliated office, \xC3\xA9t\xC3\xA9", -1, 0, -1);
            hb_buffer_guess_segment_properties(b);
            hb_shape(face->hb_font, b, NULL, 0);
            hb_buffer_destroy(b);
            ch_face_close(face);
        }
        ch_arena_free(a);
    }
    FT_Done_FreeType(ft);
    cases++;
}

int
main(void)
{
    const char *top = getenv("CHANCERY_SRC"), *tmp = getenv("TMPDIR");
    uint32_t    index;
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (!cx.job || !cx.scratch)
        return 1;
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    ch_str conf =
        ch_path_join(cx.job, ch_str_from(top ? top : "."), CH_STR_LIT("fonts/fonts.conf"));
    if (ch_fonts_new(&cx, conf, &system_fonts) != CH_OK)
        return 1;
    snprintf(folder, sizeof folder, "%s/chancery-font-XXXXXX",
             tmp && strlen(tmp) < 30 ? tmp : "/tmp");
    if (!mkdtemp(folder))
        return 1;
    test_kinds();
    test_collection();
    test_roles();
    test_missing();
    ch_str ttf = installed("Liberation Serif", &index);
    if (ttf.n) {
        test_sfnt(ttf);
        test_cut_file(ttf, "Liberation Serif", "own.ttf");
        test_restricted(ttf);
        test_empty_folder(ttf);
        test_corrupt(ttf, 200);
    }
    ch_str cff = installed("Linux Libertine O", &index);
    if (cff.n) {
        test_sfnt(cff);
        test_cut_file(cff, "Linux Libertine O", "own.otf");
        test_corrupt(cff, 100);
    }
    clear_folder();
    (void)rmdir(folder);
    ch_fonts_free(system_fonts);
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    printf("CASES %d %d %d\n", cases - (failures < cases ? failures : cases), failures, skipped);
    return failures ? 1 : 0;
}
