/* tests/unit/cut_test.c -- lines of real text in a real font: a line cut out of its paragraph
 * has the glyphs that shaping the line alone gives, ligatures and kerning at its ends
 * included, and a justified line is as wide as its measure.  Skipped without the font. */
#include "line/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures, hyphens, ligatures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static const char FAMILY[] = "Linux Libertine O", ARABIC[] = "Amiri";

/* Own words: the communities of the river thank the commission and ask for a meeting. */
static const char RIGHT_TO_LEFT[] =
    "تشكر بلديات النهر اللجنة على رسالتها، وتطلب عقد اجتماع للخبراء في شهر مارس. "
    "وقد أرفقت البلديات خريطة للمعابر السبعة (Ravensholm 2026) وقائمة بأسماء الموقعين، "
    "راجية أن تعمم الوثيقتان على جميع الأعضاء.";

/* Every ligature may be divided, every soft hyphen is taken. */
static const char LIGATURES[] = "of\xC2\xAD"
                                "fice ef\xC2\xAD"
                                "fi\xC2\xAD"
                                "cient af\xC2\xAD"
                                "fil\xC2\xADi\xC2\xAD"
                                "ate "
                                "waf\xC2\xAD"
                                "fle dif\xC2\xAD"
                                "fer suf\xC2\xAD"
                                "fix AV\xC2\xAD"
                                "AV\xC2\xAD"
                                "AV "
                                "To\xC2\xAD"
                                "To\xC2\xAD"
                                "To offi\xC2\xAD"
                                "cial staff-free effect";

static bool
is_stretched(const ch_shaped *s, const ch_glyph *g)
{
    return g->cluster < s->text.n &&
           (s->text.p[g->cluster] == ' ' || (unsigned char)s->text.p[g->cluster] == 0xC2);
}

static void
check_strip(ch_ctx *cx, const ch_shaped *s, const ch_strip *strip)
{
    const ch_glyph *want;
    size_t          n;
    ch_str          hyphen = strip->hyphen ? CH_STR_LIT("\xE2\x80\x90") : CH_STR_EMPTY;
    CHECK(ch_text_reshape(cx, s, strip->run, strip->from, strip->to, hyphen, &want, &n) == CH_OK);
    CHECK(n == strip->n);
    for (size_t i = 0; i < n && n == strip->n; i++) {
        const ch_glyph *got = &strip->glyph[strip->run->level & 1 ? n - 1 - i : i];
        CHECK(got->id == want[i].id);
        CHECK(is_stretched(s, &want[i]) || got->advance == want[i].advance);
        ligatures += i + 1 < n && want[i + 1].cluster > want[i].cluster + 2;
    }
    hyphens += strip->hyphen;
}

static void
check_lines(ch_ctx *cx, const ch_lines *l)
{
    ch_str drawn = l->shaped->text;
    size_t at    = 0;
    for (size_t i = 0; i < l->n; i++) {
        const ch_line *line  = &l->line[i];
        ch_len         width = 0;
        CHECK(line->from == at);
        at = line->to;
        for (size_t k = 0; k < line->n; k++) {
            check_strip(cx, l->shaped, &line->strip[k]);
            for (size_t g = 0; g < line->strip[k].n; g++)
                width += line->strip[k].glyph[g].advance;
        }
        CHECK(width == line->width);
        bool spaces = memchr(drawn.p + line->from, ' ', line->to - line->from - 1) != NULL;
        if (i + 1 < l->n && spaces && !line->overfull && !l->para->props->protrusion)
            CHECK(width == l->measure);
        if (failures) {
            fprintf(stderr, "line %zu at %lld pt: \"%.*s\"\n", i, (long long)(l->measure / CH_PT),
                    (int)(line->to - line->from), drawn.p + line->from);
            return;
        }
    }
    CHECK(at == drawn.n);
}

static void
test_text(ch_ctx *cx, const ch_text_tools *tools, const char *family, const char *lang, ch_str text)
{
    ch_props props = {.family         = ch_str_from(family),
                      .features       = CH_STR_EMPTY,
                      .size           = 11 * CH_PT,
                      .leading        = 14 * CH_PT,
                      .weight         = 400,
                      .align          = CH_ALIGN_JUSTIFY,
                      .hyphenate      = true,
                      .hyphen_penalty = 50,
                      .last_hyphen    = true,
                      .tolerance      = 2000,
                      .word_space     = 1000,
                      .word_stretch   = 500,
                      .word_shrink    = 333};
    ch_span  span  = {.text = text, .type = &props, .lang = ch_str_from(lang)};
    ch_para  para  = {
          .span = &span, .n = 1, .props = &props, .lang = ch_str_from(lang), .rtl = family == ARABIC};
    const ch_shaped *s;
    const ch_lines  *l;
    CHECK(ch_text_shape(cx, tools, &para, &s) == CH_OK);
    for (int measure = 20; measure < 460 && !failures; measure += measure < 80 ? 3 : 37) {
        props.protrusion = measure % 2 ? 1000 : 0;
        CHECK(ch_lines_set(cx, s, measure * CH_PT, &l) == CH_OK);
        check_lines(cx, l);
    }
}

static bool
has_font(ch_ctx *cx, const ch_text_tools *tools, const char *family, uint32_t script)
{
    const ch_face *face;
    ch_font_want   want = {
          .family = ch_str_from(family), .weight = 400, .script = script, .lang = CH_STR_LIT("en")};
    return ch_fonts_face(tools->fonts, cx, &want, CH_NOWHERE, &face) == CH_OK &&
           ch_str_is(face->family, family);
}

static int
run(ch_ctx *cx)
{
    ch_text_tools tools   = {0};
    const char   *src     = getenv("CHANCERY_SRC");
    const char   *folders = getenv("CHANCERY_HYPHEN_PATH");
    ch_str        top     = ch_str_from(src ? src : "."), all;
    ch_str        conf    = ch_path_join(cx->job, top, CH_STR_LIT("fonts/fonts.conf"));
    ch_str        path    = ch_path_join(cx->job, top, CH_STR_LIT("tests/judges/paragraphs.txt"));
    int           os_error;
    if (ch_fonts_new(cx, conf, &tools.fonts) != CH_OK ||
        !has_font(cx, &tools, FAMILY, 0x4C61746E)) {
        printf("no %s\n", FAMILY);
        return 77;
    }
    if (ch_hyphens_new(cx, ch_str_from(folders ? folders : "/usr/share/hyphen"), &tools.hyphens) ||
        ch_file_read(cx->job, path.p, 1 << 20, &all, &os_error) != CH_FILE_OK)
        return 1;
    test_text(cx, &tools, FAMILY, "en-US", ch_str_from(LIGATURES));
    CHECK(hyphens > 20 && ligatures > 20);
    for (size_t at = 0; at < all.n && !failures;) {
        size_t from = at;
        while (at < all.n && all.p[at] != '\n')
            at++;
        if (at - from > 20)
            test_text(cx, &tools, FAMILY, "en-US", ch_str_sub(all, from, at));
        at++;
    }
    if (has_font(cx, &tools, ARABIC, 0x41726162))
        test_text(cx, &tools, ARABIC, "ar", ch_str_from(RIGHT_TO_LEFT));
    ch_hyphens_free(tools.hyphens);
    ch_fonts_free(tools.fonts);
    return failures ? 1 : 0;
}

int
main(void)
{
    ch_guard g;
    ch_ctx   cx = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    if (!cx.job || !cx.scratch || setjmp(g.env))
        return 1;
    ch_arena_guard(cx.job, &g);
    ch_arena_guard(cx.scratch, &g);
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    int rc = run(&cx);
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return rc;
}
