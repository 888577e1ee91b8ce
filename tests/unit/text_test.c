/* tests/unit/text_test.c -- runs, glyphs and breaks of paragraphs, with the fonts and patterns
 * that are installed; what needs one that is not is skipped. */
#include "text/text.h"

#include "locale/locale.h"

#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

static int failures, cases, skipped;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static ch_ctx        cx;
static ch_text_tools tools;
static ch_props      plain, italic;

static ch_span
text_span(const char *text, const char *lang)
{
    return (ch_span){.kind = CH_SPAN_TEXT,
                     .text = ch_str_from(text),
                     .type = &plain,
                     .lang = ch_str_from(lang),
                     .uri  = CH_STR_EMPTY};
}

static const ch_shaped *
shape(ch_span *span, size_t n, bool rtl, ch_status *status)
{
    ch_para         *p = CH_NEW(cx.job, ch_para);
    const ch_shaped *s;
    *p      = (ch_para){.span = span, .n = n, .props = &plain, .lang = span[0].lang, .rtl = rtl};
    *status = ch_text_shape(&cx, &tools, p, &s);
    return s;
}

static const ch_shaped *
shape_text(const char *text, const char *lang, bool rtl)
{
    ch_status st;
    ch_span  *span     = CH_NEW(cx.job, ch_span);
    *span              = text_span(text, lang);
    const ch_shaped *s = shape(span, 1, rtl, &st);
    CHECK(st == CH_OK);
    return s;
}

/* How often a code has been reported. */
static size_t
reported(ch_code code)
{
    size_t n = 0;
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
        n += ch_diags_at(cx.diags, i)->code == code;
    return n;
}

static bool
installed(const char *family)
{
    const ch_face *face;
    size_t         errors = ch_diags_errors(cx.diags);
    ch_diags      *keep   = cx.diags;
    cx.diags              = ch_diags_new(cx.job);
    ch_font_want want     = {.family = ch_str_from(family),
                             .weight = 400,
                             .script = HB_SCRIPT_LATIN,
                             .lang   = CH_STR_LIT("en")};
    ch_status    st       = ch_fonts_face(tools.fonts, &cx, &want, CH_NOWHERE, &face);
    cx.diags              = keep;
    CHECK(ch_diags_errors(cx.diags) == errors);
    return st == CH_OK;
}

/* ---- what holds for every paragraph ---- */

static void
check_shaped(const ch_shaped *s)
{
    size_t at = 0;
    for (size_t r = 0; r < s->n_runs; r++) {
        const ch_run *run = &s->run[r];
        while (at < run->from && s->text.p[at] == '\n')
            at++;
        CHECK(run->from == at && run->to > run->from);
        at               = run->to;
        uint32_t cluster = (uint32_t)run->from;
        for (size_t g = 0; g < run->n; g++) {
            CHECK(run->glyph[g].id != 0);
            CHECK(run->glyph[g].cluster >= cluster && run->glyph[g].cluster < run->to);
            cluster = run->glyph[g].cluster;
        }
    }
    while (at < s->text.n && s->text.p[at] == '\n')
        at++;
    CHECK(at == s->text.n);
    CHECK(s->n_breaks > 0);
    for (size_t i = 0; i < s->n_breaks; i++) {
        CHECK(i == 0 || s->brk[i].offset > s->brk[i - 1].offset);
        CHECK(s->brk[i].space_from <= s->brk[i].offset);
    }
    CHECK(s->brk[s->n_breaks - 1].kind == CH_BREAK_FORCED);
    CHECK(s->brk[s->n_breaks - 1].offset == s->text.n);
    CHECK(s->text.p[s->text.n] == 0);
}

static bool
same_glyphs(const ch_glyph *a, size_t n, const ch_glyph *b, size_t m)
{
    if (n != m)
        return false;
    for (size_t i = 0; i < n; i++)
        if (a[i].id != b[i].id || a[i].advance != b[i].advance || a[i].dx != b[i].dx ||
            a[i].dy != b[i].dy || a[i].cluster != b[i].cluster)
            return false;
    return true;
}

/* A run cut where it may be cut is its two parts shaped alone. */
static void
check_safe_cuts(const ch_shaped *s)
{
    unsigned cuts = 0;
    for (size_t r = 0; r < s->n_runs; r++) {
        const ch_run *run = &s->run[r];
        for (size_t g = 1; g < run->n; g++) {
            size_t at = run->glyph[g].cluster, n, m;
            if (run->glyph[g].unsafe || run->glyph[g - 1].cluster == at)
                continue;
            const ch_glyph *a, *b;
            CHECK(!ch_text_reshape(&cx, s, run, run->from, at, CH_STR_EMPTY, &a, &n));
            CHECK(!ch_text_reshape(&cx, s, run, at, run->to, CH_STR_EMPTY, &b, &m));
            CHECK(same_glyphs(a, n, run->glyph, g));
            CHECK(same_glyphs(b, m, run->glyph + g, run->n - g));
            cuts++;
        }
        const ch_glyph *whole;
        size_t          n;
        CHECK(!ch_text_reshape(&cx, s, run, run->from, run->to, CH_STR_EMPTY, &whole, &n));
        CHECK(same_glyphs(whole, n, run->glyph, run->n));
    }
    CHECK(cuts > 3);
}

static void
test_invariants(void)
{
    static const struct {
        const char *text, *lang;
        bool        rtl;
    } T[] = {
        {"The affiliated office of the Government, in its efforts, AVAILS itself.", "en", false},
        {"Le Ministère des affaires étrangères présente ses compliments.", "fr", false},
        {"Министерство иностранных дел свидетельствует своё уважение.", "ru", false},
        {"تتشرف البعثة الدائمة بأن تنقل إلى الأمين العام (2024) خالص تحياتها.", "ar", true},
        {"نمایندگی دائم می‌خواهد درخواست خود را با احترام "
         "تقدیم "
         "کند.",
         "fa", true},
        {"谨代表本国政府，向阁下致以崇高的敬意。", "zh", false},
        {"Latin und русский, ελληνικά, עברית (2024)!", "en", false},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        size_t    before = reported(CH_E5010_no_glyph);
        ch_status st;
        ch_span  *span     = CH_NEW(cx.job, ch_span);
        *span              = text_span(T[i].text, T[i].lang);
        const ch_shaped *s = shape(span, 1, T[i].rtl, &st);
        if (reported(CH_E5010_no_glyph) > before) {
            printf("skip shaping %s: no font for it is installed\n", T[i].lang);
            skipped++;
            continue;
        }
        CHECK(st == CH_OK && s->base_level == T[i].rtl);
        check_shaped(s);
        check_safe_cuts(s);
        cases++;
    }
}

/* ---- features, case, tracking ---- */

static ch_len
width_of(const ch_shaped *s)
{
    ch_len w = 0;
    for (size_t r = 0; r < s->n_runs; r++)
        for (size_t g = 0; g < s->run[r].n; g++)
            w += s->run[r].glyph[g].advance;
    return w;
}

static void
test_looks(void)
{
    ch_props  none = plain, wide = plain, up = plain, small = plain, bad = plain;
    ch_status st;
    if (!installed("Linux Libertine O")) {
        puts("skip features: Linux Libertine is not installed");
        skipped++;
        return;
    }
    ch_span a = text_span("office", "en"), b = a, c = a, d = text_span("Straße", "de"), e = a;
    ch_str  libertine = CH_STR_LIT("Linux Libertine O");
    plain.family = none.family = wide.family = up.family = small.family = libertine;
    none.features           = CH_STR_LIT("liga=0, dlig=0");
    wide.tracking           = CH_PT;
    up.letter_case          = CH_CASE_UPPER;
    small.letter_case       = CH_CASE_SMALL_CAPS;
    b.type                  = &none;
    c.type                  = &wide;
    d.type                  = &up;
    e.type                  = &small;
    const ch_shaped *joined = shape(&a, 1, false, &st), *apart = shape(&b, 1, false, &st);
    CHECK(joined->run[0].n < 6 && apart->run[0].n == 6);
    CHECK(width_of(shape(&c, 1, false, &st)) == width_of(apart) + 6 * CH_PT);
    const ch_shaped *upper = shape(&d, 1, false, &st);
    CHECK(ch_str_is(upper->text, "STRASSE") && upper->run[0].to == 7);
    const ch_shaped *caps = shape(&e, 1, false, &st);
    CHECK(caps->run[0].n == 6 && caps->run[0].glyph[0].id != apart->run[0].glyph[0].id);
    CHECK(reported(CH_W5012_no_small_caps) == 0);
    if (installed("Liberation Mono")) {
        ch_props mono             = small;
        mono.family               = CH_STR_LIT("Liberation Mono");
        e.type                    = &mono;
        mono.small_capitals       = 800;
        e.text                    = CH_STR_LIT("Stra\xC3\x9F"
                                                                  "e 12");
        const ch_shaped *stand_in = shape(&e, 1, false, &st);
        CHECK(st == CH_OK && reported(CH_W5012_no_small_caps) == 1); /* W5012 */
        /* Smaller capitals in place of small letters alone; the text stays. */
        CHECK(stand_in->n_runs == 3 && !stand_in->run[0].small && stand_in->run[1].small &&
              !stand_in->run[2].small && ch_str_eq(stand_in->text, e.text));
        CHECK(stand_in->run[1].size == ch_len_scale(mono.size, 800, 1000) &&
              stand_in->run[1].n == 6 && stand_in->run[1].glyph[0].cluster == 1);
        mono.letter_case = CH_CASE_NONE;
        e.text           = CH_STR_LIT("TRASSE");
        CHECK(shape(&e, 1, false, &st)->run[0].glyph[0].id == stand_in->run[1].glyph[0].id);
        e.text = a.text;
        e.type = &small;
    }

    /* Kerning: the pairs are nearer than their widths say. */
    none.features = CH_STR_LIT("kern=0");
    a.text = b.text = CH_STR_LIT("AVAVAV");
    CHECK(width_of(shape(&a, 1, false, &st)) < width_of(shape(&b, 1, false, &st)));

    bad.features = CH_STR_LIT("onum=1, ???");
    a.type       = &bad;
    (void)shape(&a, 1, false, &st);
    CHECK(st == CH_ERR_INPUT && reported(CH_E5011_bad_feature) == 1); /* E5011 */
    if (installed("Amiri")) {
        small.family   = CH_STR_LIT("Amiri");
        e.text         = CH_STR_LIT("\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85");
        wide.family    = small.family;
        c.text         = e.text;
        a.text         = e.text;
        ch_len natural = width_of(shape(&a, 1, true, &st));
        a.type         = &wide; /* letters that join are not set apart */
        plain.family   = small.family;
        CHECK(width_of(shape(&a, 1, true, &st)) <= natural + CH_PT);
    }
    plain.family = CH_STR_EMPTY;
    cases++;
}

/* Capitals by the rules of each language, where the style asks for them: all of the text, or small
 * ones that stand in for those that a font has not. */
static void
test_capitals(void)
{
    static const struct {
        const char *lang, *text, *capitals;
    } rows[] = {
        {"tr", "ilgi ısı", "İLGİ ISI"},
        {"az", "qızıl ildırım", "QIZIL İLDIRIM"},
        {"en", "ilgi", "ILGI"},
        {"el", "Υψηλή Επιτροπή", "ΥΨΗΛΗ ΕΠΙΤΡΟΠΗ"},
        {"el", "Μαΐου γάιδαρος", "ΜΑΪΟΥ ΓΑΪΔΑΡΟΣ"},
        {"de", "Straße groß", "STRASSE GROSS"},
        {"nl", "ijzer IJssel", "IJZER IJSSEL"},
        {"ru", "комиссия", "КОМИССИЯ"},
    };
    ch_props  up = plain, mono = plain, as_is = plain;
    ch_status st;
    up.letter_case = CH_CASE_UPPER;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ch_span a          = text_span(rows[i].text, rows[i].lang);
        a.type             = &up;
        const ch_shaped *s = shape(&a, 1, false, &st);
        if (!ch_str_is(s->text, rows[i].capitals)) {
            failures++;
            fprintf(stderr, "%s: %s in capitals is %.*s\n", rows[i].lang, rows[i].text,
                    CH_ARG(s->text));
        }
    }
    if (!installed("Liberation Mono"))
        return;
    mono.family = as_is.family          = CH_STR_LIT("Liberation Mono");
    mono.letter_case                    = CH_CASE_SMALL_CAPS;
    mono.small_capitals                 = 800;
    static const char *const small[][3] = {{"tr", "ilgi", "İLGİ"},
                                           {"el", "ψηλή", "ΨΗΛΗ"},
                                           {"de", "ß", "SS"},
                                           {"ru", "сельмар", "СЕЛЬМАР"}};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        ch_span a = text_span(small[i][1], small[i][0]), b = text_span(small[i][2], small[i][0]);
        a.type             = &mono;
        b.type             = &as_is;
        const ch_shaped *s = shape(&a, 1, false, &st), *t = shape(&b, 1, false, &st);
        CHECK(ch_str_is(s->text, small[i][1]) && s->run[0].small && s->run[0].n == t->run[0].n);
        for (size_t g = 0; g < s->run[0].n && g < t->run[0].n; g++)
            CHECK(s->run[0].glyph[g].id == t->run[0].glyph[g].id);
    }
    cases++;
}

/* Document symbols have figures of their own, and French raises the letters behind a figure. */
static void
test_ranges(void)
{
    ch_props  type = plain;
    ch_status st;
    if (!installed("Linux Libertine O"))
        return; /* test_looks has said it */
    type.family          = CH_STR_LIT("Linux Libertine O");
    type.features        = CH_STR_LIT("onum, liga=0");
    type.symbol_features = CH_STR_LIT("lnum, -onum");
    ch_span a = text_span("7 S/7 (7) 7", "en"), b = text_span("A 1er 1ers x1er 1era r", "fr"),
            c = b;
    a.type = b.type = c.type = &type;
    const ch_shaped *s       = shape(&a, 1, false, &st);
    const ch_glyph  *g       = s->run[0].glyph;
    CHECK(s->n_ranges == 1 && s->range[0].from == 2 && s->range[0].to == 9);
    CHECK(s->n_runs == 1 && s->run[0].n == 11);
    CHECK(g[0].id == g[10].id && g[4].id != g[0].id && g[7].id == g[4].id);
    const ch_glyph *part;
    size_t          n; /* the same in a part of the run */
    CHECK(ch_text_reshape(&cx, s, &s->run[0], 3, 11, CH_STR_EMPTY, &part, &n) == CH_OK && n == 8);
    CHECK(part[1].id == g[4].id && part[7].id == g[0].id);
    const ch_shaped *f = shape(&b, 1, false, &st);
    g                  = f->run[0].glyph;
    CHECK(f->n_ranges == 3 && f->run[0].n == 22);
    CHECK(g[4].id != g[21].id && g[8].id == g[4].id);   /* the r of 1er and of 1ers */
    CHECK(g[14].id == g[4].id && g[18].id == g[21].id); /* 1era is another word */
    c.lang = CH_STR_LIT("en");
    CHECK(shape(&c, 1, false, &st)->n_ranges == 0);
    cases++;
}

/* ---- glyphs that are not there ---- */

static void
test_missing(void)
{
    ch_status st;
    size_t    before = reported(CH_E5010_no_glyph);
    ch_span   a = text_span("one \xF3\xB0\x80\x81 two \xF3\xB0\x80\x81 \xF3\xB0\x80\x82", "en");
    const ch_shaped *s = shape(&a, 1, false, &st);
    CHECK(st == CH_ERR_FONT);
    CHECK(reported(CH_E5010_no_glyph) == before + 2); /* E5010, once a character */
    check_shaped(s);
    const ch_diag *g = ch_diags_at(cx.diags, ch_diags_count(cx.diags) - 1);
    CHECK(strstr(g->text.p, "U+F0002") && ch_str_starts(g->hint, "looked in "));

    ch_props other = plain;
    other.family   = CH_STR_LIT("No Such Family At All");
    size_t missing = reported(CH_E5002_font_not_installed);
    a              = text_span("text", "en");
    a.type         = &other;
    s              = shape(&a, 1, false, &st);
    CHECK(st == CH_ERR_FONT && reported(CH_E5002_font_not_installed) == missing + 1);
    CHECK(s->n_runs == 0);
    cases++;
}

/* Characters that leave no mark have no glyph; spaces of other widths need none of their own. */
static void
test_clusters(void)
{
    static const struct {
        const char *text, *lang;
        bool        rtl;
    } T[] = {
        /* An Arabic letter with a mark that Latin fonts and few Arabic ones have. */
        {"\xD8\xA8\xD9\x8E\xD9\x91\xDB\xA1 \xD8\xAA\xCC\x81", "ar", true},
        {"\xE8\xBF\x99\xF0\xA0\xAE\xB7\xE6\x98\xAF", "zh", false},            /* U+20BB7 */
        {"a \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC b", "en", false},    /* with ZWJ */
        {"\xEA\x94\x80\xEA\x94\x81 x", "en", false},                          /* Vai */
        {"x\xCC\x8A\xCC\xA3\xE1\xB7\x8A e\xCC\x81\xEF\xB8\x8F", "en", false}, /* marks */
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        size_t           before = reported(CH_E5010_no_glyph);
        ch_status        st;
        ch_span          a = text_span(T[i].text, T[i].lang);
        const ch_shaped *s = shape(&a, 1, T[i].rtl, &st);
        check_shaped(s); /* no glyph 0, whatever is missing */
        bool said = reported(CH_E5010_no_glyph) > before;
        CHECK(said == (st == CH_ERR_FONT));
        if (said) {
            const ch_diag *g = ch_diags_at(cx.diags, ch_diags_count(cx.diags) - 1);
            CHECK(strstr(g->text.p, "U+") && ch_str_starts(g->hint, "looked in "));
        }
        /* A mark is in the run of its base. */
        for (size_t r = 1; r < s->n_runs; r++) {
            size_t at = s->run[r].from;
            CHECK((U_MASK(u_charType((UChar32)ch_utf8_next(s->text, &at))) & U_GC_M_MASK) == 0);
        }
        /* Every character that leaves a mark has a glyph, or was named. */
        for (size_t at = 0; !said && at < s->text.n;) {
            size_t   from  = at;
            uint32_t cp    = ch_utf8_next(s->text, &at);
            bool     drawn = u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
                         (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK);
            for (size_t r = 0; r < s->n_runs; r++)
                for (size_t g = 0; g < s->run[r].n; g++)
                    drawn = drawn || s->run[r].glyph[g].cluster == from;
            CHECK(drawn || i == 2); /* the members of a joined sign are one glyph */
        }
        cases++;
    }
}

static void
test_unseen(void)
{
    const ch_shaped *s = shape_text("so\xC2\xAD"
                                    "ft\xE2\x80\x8B\xE2\x80\x8E",
                                    "en", false);
    CHECK(s->n_runs == 1 && width_of(s) == width_of(shape_text("soft", "en", false)));
    for (size_t g = 0; g < s->run[0].n; g++)
        CHECK(s->run[0].glyph[g].advance > 0);
    s = shape_text("a\xE2\x80\xAF"
                   "b\xC2\xA0"
                   "c\xE2\x80\x89"
                   "d\xE2\x80\x91"
                   "e",
                   "en", false);
    CHECK(s->n_runs == 1 && s->run[0].n == 9);
    check_shaped(s);
    cases++;
}

/* ---- spans ---- */

static void
test_spans(void)
{
    ch_status st;
    ch_span   p[5]     = {text_span("Sum ", "en"), text_span("total", "en"), text_span("1", "en"),
                          text_span("", "en"), text_span("12!2", "en")};
    p[1].type          = &italic;
    p[2].kind          = CH_SPAN_NOTE_MARK;
    p[3].kind          = CH_SPAN_LEADER;
    const ch_shaped *s = shape(p, 5, false, &st);
    check_shaped(s);
    CHECK(ch_str_is(s->text, "Sum total1 12!2"));
    CHECK(s->n_runs == 5 && s->run[3].span == &p[3] && s->run[3].n == 1);
    CHECK(s->run[1].face != s->run[0].face && s->run[1].face->italic);
    /* After "Sum ", after "!", at the end; never at the leader or before the mark. */
    CHECK(s->n_breaks >= 2 && s->brk[0].offset == 4 && s->brk[0].kind == CH_BREAK_SPACE);
    for (size_t i = 1; i + 1 < s->n_breaks; i++)
        CHECK(s->brk[i].offset > 11);

    ch_span q[3] = {text_span("really!", "en"), text_span("2", "en"), text_span(" yes", "en")};
    q[1].kind    = CH_SPAN_NOTE_MARK;
    s            = shape(q, 3, false, &st);
    CHECK(s->n_breaks == 2 && s->brk[0].offset == 9);

    ch_span b[3] = {text_span("a ", "en"), text_span("", "en"), text_span("b", "en")};
    b[1].kind    = CH_SPAN_BREAK;
    s            = shape(b, 3, false, &st);
    check_shaped(s);
    CHECK(ch_str_is(s->text, "a \nb") && s->n_runs == 2 && s->n_breaks == 2);
    CHECK(s->brk[0].kind == CH_BREAK_FORCED && s->brk[0].offset == 3 && s->brk[0].space_from == 1);

    s = shape_text("a\tb\r\nc", "en", false); /* white space is spaces */
    CHECK(ch_str_is(s->text, "a b  c"));
    ch_len   hyphen;
    uint32_t cp = ch_text_hyphen(&s->run[0], &hyphen);
    CHECK((cp == 0x2010 || cp == '-') && hyphen > 0);
    cases++;
}

/* A part shaped with a hyphen behind it ends in that glyph, whose cluster is the cut. */
static void
test_suffix(void)
{
    const ch_shaped *s = shape_text("affiliate", "en", false);
    const ch_glyph  *glyph;
    size_t           n;
    CHECK(!ch_text_reshape(&cx, s, &s->run[0], 0, 2, CH_STR_LIT("-"), &glyph, &n));
    CHECK(n == 3 && glyph[1].cluster == 1 && glyph[2].cluster == 2);
    CHECK(!ch_text_reshape(&cx, s, &s->run[0], 2, 9, CH_STR_EMPTY, &glyph, &n));
    CHECK(n >= 5 && glyph[0].cluster == 2 && glyph[n - 1].cluster == 8);
    cases++;
}

/* ---- direction ---- */

static void
test_reorder(void)
{
    static const struct {
        uint8_t level[8];
        size_t  n, order[8];
    } T[] = {
        {{0, 0, 0}, 3, {0, 1, 2}},
        {{0, 1, 0}, 3, {0, 1, 2}},
        {{0, 1, 1, 0}, 4, {0, 2, 1, 3}},
        {{1, 1, 1}, 3, {2, 1, 0}},
        {{1, 2, 1}, 3, {2, 1, 0}},
        {{1, 2, 2, 1}, 4, {3, 1, 2, 0}},
        {{0, 1, 2, 1, 0}, 5, {0, 3, 2, 1, 4}},
        {{1, 2, 3, 2, 1, 0}, 6, {4, 1, 2, 3, 0, 5}},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        size_t order[8];
        ch_bidi_reorder(T[i].level, T[i].n, order);
        CHECK(!memcmp(order, T[i].order, T[i].n * sizeof *order));
    }
    cases++;
}

/* A date behind a number that opens a running head is set in the script of the head. */
static void
test_script_behind_isolate(void)
{
    ch_status st;
    ch_span   p[3]       = {text_span("NF/2026", "ar"), text_span(" \xC2\xB7 ", "ar"),
                            text_span("12 \xD8\xA3\xD9\x8A\xD8\xA7\xD8\xB1", "ar")};
    p[0].isolates_opened = p[0].isolates_closed = 1;
    p[2].isolates_opened = p[2].isolates_closed = 1;
    const ch_shaped *s                          = shape(p, 3, true, &st);
    CHECK(st == CH_OK && s->n_runs > 1);
    for (size_t r = 0; r < s->n_runs; r++)
        CHECK((s->run[r].script == HB_SCRIPT_ARABIC) == (s->run[r].from >= 7));
    cases++;
}

static void
test_levels(void)
{
    ch_status st;
    /* A symbol between Hebrew words; isolated, its full stop and brackets stay with it. */
    ch_span p[3] = {text_span("\xD7\x90\xD7\x91 ", "he"), text_span("S/RES/2 (2023).", "en"),
                    text_span(" \xD7\x92\xD7\x93", "he")};
    p[1].isolates_opened = p[1].isolates_closed = 1;
    const ch_shaped *s                          = shape(p, 3, true, &st);
    check_shaped(s);
    CHECK(ch_str_eq(s->text, CH_STR_LIT("\xD7\x90\xD7\x91 S/RES/2 (2023). \xD7\x92\xD7\x93")));
    CHECK(s->n_runs == 4 && s->run[0].level == 1 && s->run[1].level == 6 && s->run[3].level == 1);
    CHECK(s->n_runs == 4 && s->run[1].from == 5 && s->run[1].to == 19 && s->run[2].level == 2);
    CHECK(s->n_runs == 4 && s->run[3].script == HB_SCRIPT_HEBREW);

    /* A bracket is drawn as its mirror image, and is the same character all the same. */
    const ch_shaped *b1       = shape_text("\xD7\x90(\xD7\x91", "he", true);
    unsigned         brackets = 0;
    for (size_t r = 0; r < b1->n_runs; r++)
        for (size_t k = 0; k < b1->run[r].n; k++) {
            hb_codepoint_t  g    = 0;
            const ch_glyph *here = &b1->run[r].glyph[k];
            CHECK(b1->run[r].level == 1);
            if (b1->text.p[here->cluster] != '(')
                continue;
            brackets++;
            CHECK(hb_font_get_nominal_glyph(b1->run[r].face->hb_font, ')', &g) && here->id == g);
        }
    CHECK(brackets == 1);

    /* The isolate runs over a forced break. */
    ch_span b[3]         = {text_span("(one", "en"), text_span("", "en"), text_span("two)", "en")};
    b[0].isolates_opened = b[2].isolates_closed = 1;
    b[1].kind                                   = CH_SPAN_BREAK;
    s                                           = shape(b, 3, true, &st);
    CHECK(s->n_runs == 2 && s->run[0].level == 2 && s->run[1].level == 2 && s->run[1].to == 9);

    s = shape_text("plain text, 2024", "en", false);
    CHECK(s->n_runs == 1 && s->run[0].level == 0);
    /* What scripts share goes with what is before it, or behind it at the beginning. */
    s = shape_text("(2024) \xD0\xB3\xD0\xBE\xD0\xB4 \xE2\x80\x94 x", "ru", false);
    CHECK(s->n_runs == 2 && s->run[0].script == HB_SCRIPT_CYRILLIC && s->run[1].from == 18);
    s = shape_text("2024", "ar", true);
    CHECK(s->n_runs == 1 && s->run[0].script == HB_SCRIPT_ARABIC && s->run[0].level == 2);
    s = shape_text("", "en", false);
    CHECK(s->n_runs == 0 && s->n_breaks == 1 && s->brk[0].offset == 0);
    cases++;
}

/* ---- breaks out of a file ---- */

static void
unescape(const char *z, char *out)
{
    for (; *z; z++) {
        unsigned cp;
        int      n;
        if (!strncmp(z, "\\n", 2)) {
            *out++ = '\n';
            z++;
        } else if (sscanf(z, "\\u{%X}%n", &cp, &n) == 1) {
            out += ch_utf8_put(cp, out);
            z += n - 1;
        } else {
            *out++ = *z;
        }
    }
    *out = 0;
}

/* Lines of the text are spans with forced breaks between. */
static const ch_shaped *
shape_lines(char *text, const char *lang, bool rtl)
{
    ch_span  *span = CH_NEW_N(cx.job, ch_span, 16);
    size_t    n    = 0;
    ch_status st;
    for (char *p = text; n < 14;) {
        size_t len     = strcspn(p, "\n");
        bool   more    = p[len] == '\n';
        p[len]         = 0;
        span[n]        = text_span("", lang);
        span[n++].text = ch_arena_str(cx.job, ch_str_from(p));
        if (!more)
            break;
        span[n]        = text_span("", lang);
        span[n++].kind = CH_SPAN_BREAK;
        p += len + 1;
    }
    return shape(span, n, rtl, &st);
}

static void
check_case(const char *head, const char *text, const char *want)
{
    char   name[80], lang[20], raw[1024];
    bool   hyphens = strstr(head, " hyphens") != NULL, rtl = strstr(head, " rtl") != NULL;
    size_t at[4];
    if (sscanf(head, "--- %79s %19s", name, lang) != 2) {
        failures++;
        return;
    }
    if (hyphens && ch_hyphenate(tools.hyphens, &cx, ch_str_from(lang), CH_STR_LIT("organisation"),
                                at, 4) == 0) {
        printf("skip %s: no patterns for %s are installed\n", name, lang);
        skipped++;
        return;
    }
    unescape(text, raw);
    plain.hyphenate    = hyphens;
    const ch_shaped *s = shape_lines(raw, lang, rtl);
    plain.hyphenate    = false;
    ch_texts_doc d     = {.shaped = &s, .n = 1};
    ch_buf       out;
    ch_buf_init(&out, cx.job);
    ch_text_dump(&out, &d);
    const char *got = strstr(out.p, strstr(head, " rooms") ? "  rooms  " : "  breaks  ");
    got             = got ? strchr(got + 2, ' ') + 2 : "";
    size_t n        = strcspn(got, "\n");
    cases++;
    if (n == strlen(want) && !memcmp(got, want, n))
        return;
    failures++;
    fprintf(stderr, "%s\n  expected %s\n  got      %.*s\n", head, want, (int)n, got);
}

static void
test_breaks(const char *file)
{
    char  line[1024], head[128] = "", text[1024] = "";
    int   state = 0; /* 1: the text is next, 2: "=>", 3: what is expected */
    FILE *f     = fopen(file, "r");
    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (state == 1) {
            snprintf(text, sizeof text, "%s", line);
            state = 2;
        } else if (state == 2) {
            CHECK(!strcmp(line, "=>"));
            state = 3;
        } else if (state == 3) {
            check_case(head, text, line);
            state = 0;
        } else if (!strncmp(line, "--- ", 4)) {
            snprintf(head, sizeof head, "%.100s", line);
            state = 1;
        }
    }
    if (f)
        fclose(f);
}

/* ---- against hb-shape ---- */

static void
compare_with_hb_shape(const char *text, const char *lang, bool rtl)
{
    char             command[1024], line[16384], path[] = "/tmp/chancery-text-XXXXXX";
    const ch_shaped *s = shape_text(text, lang, rtl);
    if (s->n_runs != 1 || strchr(s->run[0].face->file.p, '\''))
        return;
    const ch_run *run = &s->run[0];
    int           fd  = mkstemp(path);
    FILE         *f   = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f)
        return;
    fputs(text, f);
    fclose(f);
    snprintf(command, sizeof command,
             "hb-shape --no-glyph-names --utf8-clusters --language=%s --face-index=%u "
             "--text-file=%s '%s' 2>/dev/null",
             lang, run->face->index, path, run->face->file.p);
    FILE *p = popen(command, "r");
    if (!p || !fgets(line, sizeof line, p) || line[0] != '[') {
        skipped++;
        puts("skip hb-shape: it is not installed");
    } else {
        size_t   n = 0;
        ch_glyph theirs[512];
        for (char *z = line + 1; *z && *z != ']' && n < 512; n++) {
            unsigned id, cluster;
            int      advance = 0, x = 0, y = 0, used = 0;
            if (sscanf(z, "%u=%u%n", &id, &cluster, &used) != 2)
                break;
            z += used;
            if (*z == '@') {
                sscanf(z, "@%d,%d%n", &x, &y, &used);
                z += used;
            }
            if (sscanf(z, "%d%n", &advance, &used) == 1)
                z += used;
            z += *z == '|';
            theirs[n] = (ch_glyph){.id      = id,
                                   .cluster = cluster,
                                   .advance = ch_face_scale(run->face, run->size, advance),
                                   .dx      = ch_face_scale(run->face, run->size, x),
                                   .dy      = ch_face_scale(run->face, run->size, y)};
        }
        for (size_t i = 0; rtl && i < n / 2; i++) { /* theirs are in visual order */
            ch_glyph swap     = theirs[i];
            theirs[i]         = theirs[n - 1 - i];
            theirs[n - 1 - i] = swap;
        }
        CHECK(same_glyphs(theirs, n, run->glyph, run->n));
        cases++;
    }
    if (p)
        pclose(p);
    remove(path);
}

/* ---- size ---- */

static void
test_long(void)
{
    const size_t n    = 300000;
    char        *text = ch_arena_alloc(cx.job, n + 1);
    memset(text, 'x', n);
    const ch_shaped *s = shape_text(text, "en", false);
    check_shaped(s);
    CHECK(s->n_breaks == 1);
    for (size_t i = 5; i < n; i += 6)
        text[i] = ' ';
    s = shape_text(text, "en", false);
    check_shaped(s);
    CHECK(s->n_breaks == n / 6 + (n % 6 != 0));
    for (size_t i = 0; i + 1 < n; i += 2) /* marks upon marks */
        memcpy(text + i, "\xCC\x81", 2);
    s = shape_text(text, "en", false);
    check_shaped(s);
    cases++;
}

int
main(void)
{
    const char *top = getenv("CHANCERY_SRC");
    cx.job          = ch_arena_new(0);
    cx.scratch      = ch_arena_new(0);
    if (!cx.job || !cx.scratch)
        return 1;
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    ch_str folder = ch_str_from(top ? top : ".");
    if (ch_fonts_new(&cx, ch_path_join(cx.job, folder, CH_STR_LIT("fonts/fonts.conf")),
                     &tools.fonts) != CH_OK ||
        ch_hyphens_new(&cx, CH_STR_LIT("/usr/share/hyphen"), &tools.hyphens) != CH_OK ||
        ch_locales_new(&cx, ch_path_join(cx.job, folder, CH_STR_LIT("styles/locales")),
                       &tools.locales) != CH_OK)
        return 1;
    plain = (ch_props){
        .family = CH_STR_EMPTY, .features = CH_STR_EMPTY, .size = 11 * CH_PT, .weight = 400};
    italic        = plain;
    italic.italic = true;
    test_invariants();
    test_looks();
    test_capitals();
    test_ranges();
    test_missing();
    test_clusters();
    test_unseen();
    test_spans();
    test_suffix();
    test_reorder();
    test_script_behind_isolate();
    test_levels();
    test_breaks(ch_path_join(cx.job, folder, CH_STR_LIT("tests/cases/text/breaks.case")).p);
    test_breaks(ch_path_join(cx.job, folder, CH_STR_LIT("tests/cases/text/languages.case")).p);
    compare_with_hb_shape("The affiliated office AVAILS itself, in efforts.", "en", false);
    compare_with_hb_shape("السلام عليكم ورحمة الله", "ar", true);
    compare_with_hb_shape("नमस्ते क्षत्रिय", "hi", false);
    test_long();
    ch_fonts_free(tools.fonts);
    ch_hyphens_free(tools.hyphens);
    ch_locales_free(tools.locales);
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    printf("CASES %d %d %d\n", cases - (failures < cases ? failures : cases), failures, skipped);
    return failures ? 1 : 0;
}
