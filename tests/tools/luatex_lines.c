/* tests/tools/luatex_lines.c -- the paragraphs of a file, for LuaTeX to break.
 *
 * luatex_lines FONTS.CONF HYPHEN-FOLDERS PARAGRAPHS TEX-FILE
 *
 * Shapes each paragraph (a line with its language, then a line of text) in Linux Libertine,
 * breaks it at several measures, writes the same numbers as a TeX file to TEX-FILE and prints
 * "NAME DEMERITS LINES" for each.  A name is PARAGRAPH@MEASURE.  Exit 77 without the font. */
#include "line/breaker.h"
#include "line/fill.h"
#include "style/blocks.h"
#include "text/text.h"

#include <stdio.h>
#include <string.h>

static const int MEASURES[] = {200, 260, 312, 380, 455};

/* With some emergency stretch the pass before it is not the last one: in a last pass TeX takes
 * the demerits of a line as 0 when there is but one way left. */
static const char HEAD[] =
    "\\catcode`\\{=1 \\catcode`\\}=2\n"
    "\\pretolerance=-1 \\linepenalty=10 \\hyphenpenalty=50 \\exhyphenpenalty=50\n"
    "\\adjdemerits=10000 \\doublehyphendemerits=10000 \\finalhyphendemerits=5000\n"
    "\\emergencystretch=1sp\n"
    "\\parindent=0pt \\leftskip=0pt \\rightskip=0pt \\parfillskip=0pt plus 1fil\n"
    "\\hfuzz=16383pt \\hbadness=10000 \\tracingparagraphs=1\n";

/* Line ends in hyphens and penalties between hyphens as TeX knows them. */
static void
write_item(FILE *tex, const ch_break_item *it)
{
    if (it->kind == CH_BOX)
        fprintf(tex, "\\hbox to %lldsp{}", (long long)it->width);
    else if (it->kind == CH_GLUE)
        fprintf(tex, "\\hskip %lldsp plus %dsp minus %dsp\n", (long long)it->width, it->stretch,
                it->shrink);
    else if (it->flags & CH_FLAGGED) {
        fprintf(tex, "\\discretionary{\\hbox to %dsp{}}{", it->pre);
        if (it->post)
            fprintf(tex, "\\hbox to %dsp{}", it->post);
        fprintf(tex, "}{}");
    } else
        fprintf(tex, "\\penalty%d ", it->penalty);
}

/* The items without the end that TeX puts itself. */
static void
write_para(FILE *tex, const char *name, ch_items items, const ch_break_params *p)
{
    fprintf(tex, "\\message{[[%s]]}\\tolerance=%d \\hsize=%lldsp \\noindent\n", name,
            (int)p->tolerance, (long long)p->measure);
    for (size_t i = 0; i + 3 < items.n; i++)
        write_item(tex, &items.at[i]);
    fprintf(tex, "\\par\n");
}

static ch_status
one(ch_ctx *cx, const ch_text_tools *tools, ch_para *para, int number, FILE *tex)
{
    const ch_shaped *s;
    ch_status        st = ch_text_shape(cx, tools, para, &s);
    for (size_t m = 0; st == CH_OK && m < sizeof MEASURES / sizeof *MEASURES; m++) {
        ch_fill   fill;
        ch_breaks got;
        char      name[32];
        ch_items  items = ch_fill_items(cx, s, &fill);
        /* TeX can say only of a hyphen what it adds to the lines beside it. */
        for (size_t i = 0; i < items.n; i++) {
            ch_break_item *it = &items.at[i];
            if (it->flags & CH_LAZY)
                items.refine(items.user, it);
            it->flags &= (uint8_t)~CH_LAZY;
            if (!(it->flags & CH_FLAGGED))
                it->pre = it->post = 0;
        }
        ch_break_params p = ch_break_params_default(MEASURES[m] * CH_PT);
        st                = ch_break_lines(cx, items, &p, &got);
        snprintf(name, sizeof name, "%d@%d", number, MEASURES[m]);
        if (st != CH_OK || got.pass != 2) {
            fprintf(stderr, "%s: no lines within the tolerance\n", name);
            continue;
        }
        write_para(tex, name, items, &p);
        printf("%s %lld %zu\n", name, (long long)got.demerits, got.n);
    }
    return st;
}

static bool
next_line(ch_str all, size_t *at, ch_str *line)
{
    size_t from = *at;
    if (from >= all.n)
        return false;
    while (*at < all.n && all.p[*at] != '\n')
        ++*at;
    *line = ch_str_sub(all, from, *at);
    ++*at;
    return true;
}

static ch_props
plain_props(void)
{
    return (ch_props){.family         = CH_STR_LIT("Linux Libertine O"),
                      .features       = CH_STR_EMPTY,
                      .size           = 11 * CH_PT,
                      .leading        = 14 * CH_PT,
                      .weight         = 400,
                      .align          = CH_ALIGN_JUSTIFY,
                      .hyphenate      = true,
                      .hyphen_penalty = 50,
                      .tolerance      = 200,
                      .word_space     = 1000,
                      .word_stretch   = 500,
                      .word_shrink    = 333};
}

static int
run(ch_ctx *cx, char **argv)
{
    ch_text_tools tools = {0};
    ch_str        all, lang, text;
    int           os_error;
    if (ch_fonts_new(cx, ch_str_from(argv[1]), &tools.fonts) != CH_OK)
        return 77;
    if (ch_hyphens_new(cx, ch_str_from(argv[2]), &tools.hyphens) != CH_OK ||
        ch_file_read(cx->job, argv[3], 1 << 20, &all, &os_error) != CH_FILE_OK)
        return 1;
    const ch_face *face;
    ch_font_want   want = {.family = CH_STR_LIT("Linux Libertine O"),
                           .weight = 400,
                           .script = 0x4C61746E,
                           .lang   = CH_STR_LIT("en")};
    if (ch_fonts_face(tools.fonts, cx, &want, CH_NOWHERE, &face) != CH_OK ||
        !ch_str_is(face->family, "Linux Libertine O"))
        return 77;
    FILE *tex = fopen(argv[4], "w");
    if (!tex)
        return 1;
    fputs(HEAD, tex);
    ch_props  props  = plain_props();
    ch_status st     = CH_OK;
    int       number = 0;
    size_t    at     = 0;
    while (st == CH_OK && next_line(all, &at, &lang)) {
        if (!lang.n || !next_line(all, &at, &text))
            continue;
        ch_span span = {.kind = CH_SPAN_TEXT, .text = text, .type = &props, .lang = lang};
        ch_para para = {.span = &span, .n = 1, .props = &props, .lang = lang};
        st           = one(cx, &tools, &para, ++number, tex);
    }
    fputs("\\end\n", tex);
    if (fclose(tex) || st != CH_OK)
        return 1;
    ch_hyphens_free(tools.hyphens);
    ch_fonts_free(tools.fonts);
    return 0;
}

int
main(int argc, char **argv)
{
    ch_guard g;
    ch_ctx   cx = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    if (argc != 5 || !cx.job || !cx.scratch || setjmp(g.env))
        return 1;
    ch_arena_guard(cx.job, &g);
    ch_arena_guard(cx.scratch, &g);
    cx.diags = ch_diags_new(cx.job);
    int rc   = run(&cx, argv);
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return rc;
}
