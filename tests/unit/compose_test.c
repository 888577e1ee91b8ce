/* tests/unit/compose_test.c -- line/: paragraphs set from glyphs made up here (every character
 * half an em wide), table columns, the pass over the blocks.  No fonts are needed. */
#include "line/line.h"
#include "line/protrude.h"
#include "line/table.h"

#include <stdio.h>
#include <string.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))
#define CHECK_LEN(a, b)                                                                            \
    ((a) == (b)                                                                                    \
         ? (void)0                                                                                 \
         : (void)(failures++, fprintf(stderr, "%s:%d: %s is %.4f pt, wanted %.4f\n", __FILE__,     \
                                      __LINE__, #a, (double)(a) / 65536, (double)(b) / 65536)))

static const ch_face FACE = {.upem = 1000, .ascent = 800, .descent = 200};
#define HANI 0x48616E69u
#define LATN 0x4C61746Eu

static ch_ctx cx;

/* ---- paragraphs by hand ---- */

typedef struct made {
    ch_props  props;
    ch_span   span[16];
    ch_para   para;
    ch_shaped shaped;
} made;

static made *
make_props(void)
{
    made *m        = CH_NEW(cx.job, made);
    m->props       = (ch_props){.size           = 10 * CH_PT,
                                .leading        = 12 * CH_PT,
                                .align          = CH_ALIGN_JUSTIFY,
                                .tolerance      = 10000,
                                .word_space     = 1000,
                                .word_stretch   = 500,
                                .word_shrink    = 333,
                                .han_space      = 250,
                                .han_stretch    = 100,
                                .hyphen_penalty = 50,
                                .hyphenate      = true,
                                .last_hyphen    = true};
    m->para.span   = m->span;
    m->para.props  = &m->props;
    m->shaped.para = &m->para;
    return m;
}

static void
add_break(made *m, ch_break_at brk)
{
    ch_break_at *at          = (ch_break_at *)m->shaped.brk;
    at[m->shaped.n_breaks++] = brk;
}

static size_t
space_from(ch_str t, size_t at)
{
    while (at > 0 && t.p[at - 1] == ' ')
        at--;
    return at;
}

/* Where lines may end: after spaces, after hyphens, between Han characters, at "\n". */
static void
find_breaks(made *m)
{
    ch_str t      = m->shaped.text;
    m->shaped.brk = CH_NEW_N(cx.job, ch_break_at, t.n + 1);
    for (size_t i = 1; i < t.n; i++) {
        char before = t.p[i - 1];
        if (before == '\n')
            add_break(m, (ch_break_at){.offset     = i,
                                       .space_from = space_from(t, i - 1),
                                       .kind       = CH_BREAK_FORCED});
        else if (before == ' ' && t.p[i] != ' ' && t.p[i] != '\n')
            add_break(m, (ch_break_at){
                             .offset = i, .space_from = space_from(t, i), .kind = CH_BREAK_SPACE});
        else if (before == '-' && t.p[i] != ' ')
            add_break(m, (ch_break_at){.offset = i, .space_from = i, .kind = CH_BREAK_ALLOWED});
        else if (((unsigned char)t.p[i] & 0xF0) == 0xE0 && ((unsigned char)before & 0xC0) == 0x80)
            add_break(m, (ch_break_at){.offset = i, .space_from = i, .kind = CH_BREAK_ALLOWED});
    }
    add_break(
        m, (ch_break_at){.offset = t.n, .space_from = space_from(t, t.n), .kind = CH_BREAK_FORCED});
}

static void
add_run(made *m, size_t from, size_t to, int level, ch_span_kind kind)
{
    ch_run   *run   = (ch_run *)&m->shaped.run[m->shaped.n_runs];
    ch_span  *span  = &m->span[m->shaped.n_runs++];
    ch_glyph *glyph = CH_NEW_N(cx.job, ch_glyph, to - from);
    *span = (ch_span){.kind = kind, .type = &m->props, .where = {1, (uint32_t)from, (uint32_t)to}};
    *run  = (ch_run){.face   = &FACE,
                     .size   = m->props.size,
                     .level  = (uint8_t)level,
                     .script = LATN,
                     .span   = span,
                     .from   = from,
                     .to     = to,
                     .glyph  = glyph};
    for (size_t at = from; at < to;) {
        size_t   start = at;
        uint32_t cp    = ch_utf8_next(m->shaped.text, &at);
        if (cp > 0x2E80)
            run->script = HANI;
        glyph[run->n++] = (ch_glyph){.id      = cp,
                                     .cluster = (uint32_t)start,
                                     .advance = cp > 0x2E80 ? run->size : run->size / 2};
    }
    m->para.n = m->shaped.n_runs;
}

/* A paragraph whose runs begin where '{' stands (left to right), '}' (right to left), '@' (a
 * note mark) or '^' (a leader; the character after it is the leader's own). */
static made *
make(const char *text)
{
    made *m     = make_props();
    char *clean = CH_NEW_N(cx.job, char, strlen(text) + 1);
    struct {
        size_t       from;
        int          level;
        ch_span_kind kind;
    } starts[16];
    size_t n = 0, n_starts = 1;
    starts[0].from  = 0;
    starts[0].level = 0;
    starts[0].kind  = CH_SPAN_TEXT;
    for (; *text; text++) {
        if (!strchr("{}@^", *text)) {
            clean[n++] = *text;
            continue;
        }
        if (starts[n_starts - 1].from != n)
            n_starts++;
        starts[n_starts - 1].from  = n;
        starts[n_starts - 1].level = *text == '}';
        starts[n_starts - 1].kind  = *text == '@'   ? CH_SPAN_NOTE_MARK
                                     : *text == '^' ? CH_SPAN_LEADER
                                                    : CH_SPAN_TEXT;
    }
    m->shaped.text = (ch_str){clean, n};
    m->shaped.run  = CH_NEW_N(cx.job, ch_run, n_starts + 1);
    for (size_t i = 0; i < n_starts && n; i++)
        add_run(m, starts[i].from, i + 1 < n_starts ? starts[i + 1].from : n, starts[i].level,
                starts[i].kind);
    find_breaks(m);
    return m;
}

static const ch_lines *
set(made *m, ch_len measure)
{
    const ch_lines *l = NULL;
    CHECK(ch_lines_set(&cx, &m->shaped, measure, &l) == CH_OK);
    return l;
}

/* The drawn text of a line, in logical order of its strips' bytes. */
static ch_len
advances(const ch_line *l)
{
    ch_len sum = 0;
    for (size_t i = 0; i < l->n; i++)
        for (size_t g = 0; g < l->strip[i].n; g++)
            sum += l->strip[i].glyph[g].advance;
    return sum;
}

static bool
line_is(const ch_lines *l, size_t i, const char *text)
{
    if (i >= l->n)
        return false;
    size_t end = l->line[i].from;
    for (size_t k = 0; k < l->line[i].n; k++)
        if (l->line[i].strip[k].to > end)
            end = l->line[i].strip[k].to;
    ch_str got = ch_str_sub(l->shaped->text, l->line[i].from, end);
    if (ch_str_is(got, text))
        return true;
    fprintf(stderr, "line %zu is \"%.*s\"\n", i, CH_ARG(got));
    return false;
}

/* ---- cases ---- */

static const char PLAIN[] =
    "The Forum has followed with growing concern the fall of the water level in the upper valley "
    "since the autumn. Three of the seven crossings can no longer be used by loaded barges, and "
    "the two remaining ferries carry in one day what they were built to carry in a week.";

static void
test_justified(void)
{
    for (ch_len measure = 140 * CH_PT; measure < 500 * CH_PT; measure += 7 * CH_PT + 13) {
        const ch_lines *l  = set(make(PLAIN), measure);
        size_t          at = 0;
        CHECK_LEN(l->height, (ch_len)l->n * 12 * CH_PT);
        for (size_t i = 0; i < l->n; i++) {
            const ch_line *line = &l->line[i];
            CHECK(line->from == at);
            at = line->to;
            CHECK_LEN(advances(line), line->width);
            if (i + 1 < l->n)
                CHECK_LEN(line->width, measure);
            else
                CHECK(line->width <= measure && line->ratio <= 0);
            CHECK(line->ascent == 8 * CH_PT && line->descent == 2 * CH_PT);
            CHECK(!line->overfull && line->n == 1);
            CHECK_LEN(line->strip[0].x, (ch_len)0);
        }
        CHECK(at == strlen(PLAIN));
    }
}

static void
test_align(void)
{
    made        *m       = make("aaaa bbbb cccc");
    const ch_len measure = 52 * CH_PT; /* two words are 45 pt wide */
    m->props.align       = CH_ALIGN_START;
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, (ch_len)0);
    CHECK(line_is(set(m, measure), 0, "aaaa bbbb") && line_is(set(m, measure), 1, "cccc"));
    CHECK_LEN(set(m, measure)->line[0].width, 45 * CH_PT);
    m->props.align = CH_ALIGN_END;
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, 7 * CH_PT);
    m->props.align = CH_ALIGN_CENTER;
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, 7 * CH_PT / 2);
    CHECK_LEN(set(m, measure)->line[1].strip[0].x, 16 * CH_PT);
    m->props.align  = CH_ALIGN_START;
    m->props.indent = 5 * CH_PT;
    m->props.hang   = 3 * CH_PT;
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, 5 * CH_PT);
    CHECK_LEN(set(m, measure)->line[1].strip[0].x, 3 * CH_PT);
    m->shaped.base_level = 1; /* the start is on the right */
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, measure - 50 * CH_PT);
    CHECK_LEN(set(m, measure)->line[1].strip[0].x, measure - 23 * CH_PT);
}

static void
test_directions(void)
{
    made           *m = make("ab {cd }ef gh{ ij");
    const ch_lines *l = set(m, 200 * CH_PT);
    CHECK(l->n == 1 && l->line[0].n == 4);
    const ch_strip *s = l->line[0].strip;
    /* An odd run between even ones stays in place, its glyphs from right to left. */
    CHECK(s[2].from == 6 && s[2].n == 5 && s[2].glyph[0].id == 'h' && s[2].glyph[4].id == 'e');
    CHECK_LEN(s[2].x, 30 * CH_PT);
    m                                  = make("}ab {cd} ef");
    m->shaped.base_level               = 1;
    ((ch_run *)m->shaped.run)[1].level = 2;
    l                                  = set(m, 100 * CH_PT);
    CHECK(l->line[0].n == 3 && l->line[0].strip[0].from == 5 && l->line[0].strip[2].from == 0);
    CHECK_LEN(l->line[0].strip[0].x, 60 * CH_PT);
    CHECK(l->line[0].strip[2].glyph[0].id == ' ' && l->line[0].strip[2].glyph[2].id == 'a');
}

static void
test_forced(void)
{
    made           *m = make("ab  \n\ncd ef \ngh ");
    const ch_lines *l = set(m, 80 * CH_PT);
    CHECK(l->n == 4);
    CHECK(line_is(l, 0, "ab") && line_is(l, 1, "") && line_is(l, 2, "cd ef") &&
          line_is(l, 3, "gh"));
    CHECK(l->n == 4 && l->line[0].to == 5 && l->line[1].to == 6 && l->line[1].n == 0);
    CHECK_LEN(l->line[1].ascent + l->line[1].descent, 10 * CH_PT);
    CHECK_LEN(l->line[2].width, 25 * CH_PT); /* not stretched */
    l = set(make(""), 80 * CH_PT);
    CHECK(l->n == 1 && l->line[0].n == 0 && l->height == 12 * CH_PT);
}

/* A no-break space stretches like a space, and no line ends there. */
static void
test_tied(void)
{
    const ch_lines *l = set(make("aaaa bbb\xC2\xA0"
                                 "ccc dddd"),
                            50 * CH_PT);
    CHECK(line_is(l, 0, "aaaa") &&
          line_is(l, 1,
                  "bbb\xC2\xA0"
                  "ccc") &&
          line_is(l, 2, "dddd"));
    CHECK_LEN(l->line[1].width, 50 * CH_PT);
    CHECK(l->line[1].ratio > 0);
}

static void
test_word_space(void)
{
    made *m             = make("aaaa bbbb cccc");
    m->props.word_space = 600;
    CHECK_LEN(set(m, 100 * CH_PT)->line[0].width, 66 * CH_PT);
    /* 65 pt of words and 10 pt of spaces that shrink to 6.67. */
    m                 = make("aaaa bbbbb cccc");
    const ch_lines *l = set(m, 72 * CH_PT);
    CHECK(l->n == 1);
    CHECK_LEN(l->line[0].width, 72 * CH_PT);
    CHECK(l->line[0].ratio < 0 && l->line[0].ratio >= -1024);
}

static void
test_han(void)
{
    made *m = make("\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\xE5\x9B\x9B\xE4\xBA\x94\xE5\x85\xAD");
    const ch_lines *l = set(m, 32 * CH_PT);
    CHECK(l->n == 2);
    CHECK_LEN(l->line[0].width, 32 * CH_PT);
    CHECK_LEN(l->line[0].strip[0].glyph[0].advance, 11 * CH_PT);
    CHECK_LEN(l->line[0].strip[0].glyph[2].advance, 10 * CH_PT); /* nothing behind the last */
    CHECK_LEN(l->line[1].width, 30 * CH_PT);
}

static void
test_leaders(void)
{
    made           *m = make("ab^ {cdef^ {ghijkl");
    const ch_lines *l = set(m, 200 * CH_PT);
    CHECK(l->n == 1 && l->line[0].n == 3);
    CHECK_LEN(l->line[0].width, 200 * CH_PT);
    CHECK_LEN(l->line[0].strip[1].x, 90 * CH_PT); /* centred on the measure */
    CHECK_LEN(l->line[0].strip[2].x, 170 * CH_PT);
    l = set(make("^ {cdef^ "), 200 * CH_PT); /* also at the ends */
    CHECK_LEN(l->line[0].strip[0].x, 90 * CH_PT);
    CHECK_LEN(l->line[0].width, 200 * CH_PT);
    l = set(make("ab^ {cd"), 200 * CH_PT);
    CHECK_LEN(l->line[0].strip[1].x, 190 * CH_PT);
    /* The middle gives way where it would run into a side. */
    l = set(make("abcdefghijklmnopqrstuvwxyz^ {cd^ {gh"), 200 * CH_PT);
    CHECK_LEN(l->line[0].strip[1].x, 130 * CH_PT);
}

static void
test_protrusion(void)
{
    CHECK(ch_protrusion('.', CH_EDGE_END, 1000, 1000) == 700);
    CHECK(ch_protrusion('.', CH_EDGE_END, 1000, 500) == 350);
    CHECK(ch_protrusion('.', CH_EDGE_START, 1000, 1000) == 0);
    CHECK(ch_protrusion('.', CH_EDGE_END, 1000, 0) == 0);
    CHECK(ch_protrusion(0x203A, CH_EDGE_END, 1000, 1000) == 350);
    CHECK(ch_protrusion('b', CH_EDGE_END, 1000, 1000) == 0);
    made *m             = make("\"aaa bbb. cccc");
    m->props.protrusion = 1000;
    const ch_lines *l   = set(m, 46 * CH_PT);
    CHECK(l->n == 2 && line_is(l, 0, "\"aaa bbb."));
    CHECK_LEN(l->line[0].strip[0].x, -7 * CH_PT / 4);
    CHECK_LEN(l->line[0].width, 46 * CH_PT + 7 * CH_PT / 4 + 7 * CH_PT / 2);
    m->props.indent = CH_PT; /* an indented line does not begin at the edge */
    CHECK_LEN(set(m, 46 * CH_PT)->line[0].strip[0].x, CH_PT);
}

static void
test_notes(void)
{
    made       *m   = make("aaa@1{ bbb ccc@2{ ddd");
    ch_footnote one = {.number = 1}, two = {.number = 2};
    m->span[1].note   = &one;
    m->span[3].note   = &two;
    const ch_lines *l = set(m, 50 * CH_PT);
    CHECK(l->n == 2 && line_is(l, 0, "aaa1 bbb"));
    CHECK(l->line[0].n_notes == 1 && l->line[0].note[0] == &one);
    CHECK(l->line[1].n_notes == 1 && l->line[1].note[0] == &two);
}

static void
test_overfull(void)
{
    size_t          before = ch_diags_count(cx.diags);
    made           *m      = make("aa bb cccccccccccc dd");
    const ch_lines *l      = set(m, 40 * CH_PT);
    /* It is reported, and goes on in the next line. */
    CHECK(l->n == 3 && line_is(l, 0, "aa bb cc") && line_is(l, 1, "cccccccc"));
    CHECK(!l->line[0].overfull && !l->line[1].overfull && !l->line[2].overfull);
    CHECK(ch_diags_count(cx.diags) == before + 1);
    const ch_diag *d = ch_diags_at(cx.diags, before);
    CHECK(d->code == CH_W6001_overfull_line);
    CHECK(ch_str_is(d->text, "a line is 20 pt too wide for its measure of 40 pt: "
                             "'cccccccccccc' does not fit"));
    (void)set(make("bb\nccccccccc"), 40 * CH_PT);
    CHECK(ch_diags_count(cx.diags) == before + 2);
    /* No measure at all: each letter on its line, each word reported. */
    CHECK(set(make("aa bb"), -CH_PT)->n == 4);
    CHECK(ch_diags_count(cx.diags) == before + 4);
}

static void
test_looseness(void)
{
    made  *m           = make(PLAIN);
    size_t n           = set(m, 300 * CH_PT)->n;
    m->props.looseness = 1;
    CHECK(set(m, 300 * CH_PT)->n == n + 1);
}

/* Two or three ragged lines are of like length; more lines, and justified ones, stay as they are. */
static void
test_balance(void)
{
    const ch_len measure = 82 * CH_PT; /* sixteen characters */
    made        *m       = make("aaaa bbbb cccc ddd");
    m->props.align       = CH_ALIGN_CENTER;
    CHECK(line_is(set(m, measure), 0, "aaaa bbbb cccc") && line_is(set(m, measure), 1, "ddd"));
    m->props.balance = true;
    CHECK(set(m, measure)->n == 2);
    CHECK(line_is(set(m, measure), 0, "aaaa bbbb") && line_is(set(m, measure), 1, "cccc ddd"));
    CHECK_LEN(set(m, measure)->line[0].strip[0].x, (measure - 45 * CH_PT) / 2);
    m->props.align = CH_ALIGN_JUSTIFY;
    CHECK(line_is(set(m, measure), 0, "aaaa bbbb cccc"));
    m                = make("aaaa bb cc\ndddd eeee ffff gg");
    m->props.align   = CH_ALIGN_START;
    m->props.balance = true;
    CHECK(set(m, measure)->n == 3 && line_is(set(m, measure), 0, "aaaa bb cc"));
    CHECK(line_is(set(m, measure), 1, "dddd eeee") && line_is(set(m, measure), 2, "ffff gg"));
    m                = make("aaaa bbbb cccc dd eeeeeeeeeee ffffffffffff gggggggggggg hh");
    m->props.align   = CH_ALIGN_START;
    m->props.balance = true;
    CHECK(set(m, measure)->n > 3 && line_is(set(m, measure), 0, "aaaa bbbb cccc"));
    m                = make("aaaaaaaaaaaaaaaaaaaaa bb cc"); /* wider than the measure anyway */
    m->props.align   = CH_ALIGN_START;
    m->props.balance = true;
    CHECK(set(m, measure)->n == 2 && line_is(set(m, measure), 1, "aaaaaaa bb cc"));
}

static void
test_extent(void)
{
    ch_len least, most;
    ch_lines_extent(&cx,
                    &make("aa bbbb c\nddd eee\xC2\xA0"
                          "f")
                         ->shaped,
                    &least, &most);
    CHECK_LEN(least, 25 * CH_PT);
    CHECK_LEN(most, 45 * CH_PT);
    for (int i = 0; i < 2; i++) { /* at `most` it is one line, a unit less it is not */
        made *m         = make("aa bbbb c dd");
        m->props.align  = CH_ALIGN_START;
        m->props.indent = 3 * CH_PT;
        ch_lines_extent(&cx, &m->shaped, &least, &most);
        CHECK(set(m, most - i)->n == (i ? 2 : 1));
        CHECK(!set(m, least)->line[0].overfull);
    }
}

/* ---- tables ---- */

static const ch_shaped *texts[64];
static ch_para         *paras[64];
static size_t           n_texts;

static ch_cell
make_cell(const char *text, unsigned columns)
{
    made *m          = make(text);
    m->props.align   = CH_ALIGN_START;
    m->para.index    = (uint32_t)n_texts;
    texts[n_texts]   = &m->shaped;
    paras[n_texts++] = &m->para;
    ch_block *b      = CH_NEW(cx.job, ch_block);
    b->para          = &m->para;
    return (ch_cell){.content = {b, 1}, .columns = columns};
}

static void
test_table(void)
{
    n_texts             = 0;
    ch_cell   first[]   = {make_cell("aa bb", 1), make_cell("cccc dddd eeee ffff", 1),
                           make_cell("g", 1)};
    ch_cell   second[]  = {make_cell("aaaaaaaaaaaaaaaaaaaa", 2), make_cell("g", 1)};
    ch_row    rows[]    = {{.cell = first, .n = 3}, {.cell = second, .n = 2}};
    ch_column columns[] = {{.kind = CH_WIDTH_AUTO},
                           {.kind = CH_WIDTH_AUTO},
                           {.kind = CH_WIDTH_FIXED, .width = 30 * CH_PT}};
    ch_table t = {.column = columns, .n_columns = 3, .gutter = 5 * CH_PT, .row = rows, .n_rows = 1};
    ch_texts_doc    doc = {.shaped = texts, .n = n_texts};
    ch_table_widths w   = ch_table_measure(&cx, &doc, &t, 120 * CH_PT);
    /* 80 pt for columns of 10 to 25 and 20 to 95 pt: 50 pt of growth in the ratio 15 to 75. */
    CHECK_LEN(w.width[0], 10 * CH_PT + 25 * CH_PT / 3);
    CHECK_LEN(w.width[0] + w.width[1] + w.width[2], 110 * CH_PT);
    t.n_rows = 2; /* the spanning cell needs 100 pt with its gutter: more than there is */
    w        = ch_table_measure(&cx, &doc, &t, 120 * CH_PT);
    CHECK_LEN(w.width[0] + w.width[1], 80 * CH_PT);
    w = ch_table_measure(&cx, &doc, &t, 145 * CH_PT);
    CHECK(ch_cell_width(&t, w, &second[0], 0) >= 100 * CH_PT);
    columns[1] = (ch_column){.kind = CH_WIDTH_SHARE, .share = 2};
    columns[2] = (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    t.n_rows   = 1;
    w          = ch_table_measure(&cx, &doc, &t, 305 * CH_PT);
    CHECK_LEN(w.width[0], 25 * CH_PT);
    CHECK_LEN(w.width[1], 180 * CH_PT);
    CHECK_LEN(w.width[2], 90 * CH_PT);
    for (ch_len m = 0; m < 400 * CH_PT; m += 3333333) {
        w = ch_table_measure(&cx, &doc, &t, m + 10 * CH_PT);
        CHECK_LEN(w.width[0] + w.width[1] + w.width[2], m);
    }
    t.flow      = CH_FLOW_COLUMNS;
    t.newspaper = 3;
    w           = ch_table_measure(&cx, &doc, &t, 310 * CH_PT);
    CHECK(w.n == 1);
    CHECK_LEN(w.width[0], 100 * CH_PT);
}

static void
test_pass(void)
{
    n_texts                      = 0;
    ch_cell cells[]              = {make_cell("aaaa bbbb cccc", 1), make_cell("dd", 1)};
    cells[0].content.at->start   = 5 * CH_PT;
    cells[0].content.at->measure = -5 * CH_PT;
    ch_row    row                = {.cell = cells, .n = 2};
    ch_column columns[]          = {{.kind = CH_WIDTH_FIXED, .width = 40 * CH_PT},
                                    {.kind = CH_WIDTH_SHARE, .share = 1}};
    ch_table  table              = {.column = columns, .n_columns = 2, .row = &row, .n_rows = 1};
    ch_cell   page = make_cell("4", 1), plain = make_cell("aa bb", 1), label = make_cell("1.", 1);
    paras[2]->span[0].kind   = CH_SPAN_PAGE;
    page.content.at->measure = plain.content.at->measure = 20 * CH_PT;
    plain.content.at->label                              = label.content.at->para;
    plain.content.at->label_width                        = 15 * CH_PT;
    ch_block            t = {.kind = CH_BLOCK_TABLE, .measure = 100 * CH_PT, .table = &table};
    ch_table           *tables[] = {&table};
    ch_footnote         note     = {.content = plain.content};
    ch_footnote        *notes[]  = {&note};
    ch_blocks           blocks   = {.flow     = {&t, 1},
                                    .next     = {.head = page.content},
                                    .note     = notes,
                                    .n_notes  = 1,
                                    .para     = paras,
                                    .n_paras  = n_texts,
                                    .table    = tables,
                                    .n_tables = 1};
    ch_texts_doc        doc      = {.blocks = &blocks, .shaped = texts, .n = n_texts};
    const ch_lines_doc *out;
    ch_buf              dump;
    CHECK(ch_line_pass(&cx, &doc, &out) == CH_OK);
    CHECK_LEN(out->lines[0]->measure, 30 * CH_PT);
    CHECK_LEN(out->lines[1]->measure, 60 * CH_PT);
    CHECK(out->lines[2] == NULL);
    CHECK(out->lines[3]->n == 2);
    CHECK_LEN(out->lines[4]->measure, 15 * CH_PT);
    ch_buf_init(&dump, cx.job);
    ch_line_dump(&dump, out);
    CHECK(ch_str_is(ch_buf_view(&dump), "table 0 widths 40 60\n"
                                        "para 0 measure 30 demerits 492 lines 3\n"
                                        "  line ratio 0 x 0 width 20 \"aaaa\"\n"
                                        "  line ratio 0 x 0 width 20 \"bbbb\"\n"
                                        "  line ratio 0 x 0 width 20 \"cccc\"\n"
                                        "para 1 measure 60 demerits 100 lines 1\n"
                                        "  line ratio 0 x 0 width 10 \"dd\"\n"
                                        "para 2 not set\n"
                                        "para 3 measure 20 demerits 296 lines 2\n"
                                        "  line ratio 0 x 0 width 10 \"aa\"\n"
                                        "  line ratio 0 x 0 width 10 \"bb\"\n"
                                        "para 4 measure 15 demerits 100 lines 1\n"
                                        "  line ratio 0 x 0 width 10 \"1.\"\n"));
    if (failures)
        fprintf(stderr, "%s", dump.p);
}

/* ---- chance ---- */

static uint64_t state = 88172645463325252u;

static size_t
below(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % n);
}

/* Every byte is on one line, in order; a line fills its measure, or is the last, or says why. */
static void
test_random(void)
{
    static const char *const PIECES[] = {
        "a", "bbb", "cccccc",         "d-e", "\n", " ", " ", " ", "\xC2\xA0", ".",
        "{", "}",   "ffffffffffffff", "\""};
    for (int i = 0; i < 4000 && !failures; i++) {
        char   text[400] = "";
        size_t pieces = below(50), starts = 0;
        for (size_t k = 0; k < pieces; k++) {
            const char *p = PIECES[below(sizeof PIECES / sizeof *PIECES)];
            if ((*p == '{' || *p == '}') && ++starts > 12)
                continue;
            strcat(text, p);
        }
        made *m                 = make(text);
        m->props.align          = (ch_align)below(4);
        m->props.protrusion     = below(2) ? 1000 : 0;
        m->props.tolerance      = below(2) ? 200 : 10000;
        m->props.indent         = (ch_len)below(20) * CH_PT;
        m->shaped.base_level    = (uint8_t)below(2);
        ch_len          measure = (ch_len)(20 + below(200)) * CH_PT;
        size_t          before = ch_diags_count(cx.diags), overfull = 0, at = 0;
        const ch_lines *l = set(m, measure);
        for (size_t k = 0; k < l->n; k++) {
            const ch_line *line = &l->line[k];
            CHECK(line->from == at && (line->to > at || m->shaped.text.n == 0));
            at = line->to;
            overfull += line->overfull;
            CHECK_LEN(advances(line), line->width);
            CHECK(line->overfull || m->props.protrusion ||
                  line->width <= measure - (k ? 0 : m->props.indent) + CH_PT / 10);
        }
        CHECK(at == m->shaped.text.n);
        unsigned said = 0;
        for (size_t k = before; k < ch_diags_count(cx.diags); k++)
            said += ch_diags_at(cx.diags, k)->times;
        /* Words are cut where a line has room for a letter at all. */
        CHECK(overfull == 0 || *text == ' ' || m->props.indent + 5 * CH_PT > measure);
        CHECK(said >= overfull);
        if (failures)
            fprintf(stderr, "compose_test: paragraph %d: \"%s\"\n", i, text);
    }
}

int
main(void)
{
    ch_guard g;
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (!cx.job || !cx.scratch || setjmp(g.env))
        return 1;
    ch_arena_guard(cx.job, &g);
    ch_arena_guard(cx.scratch, &g);
    cx.diags = ch_diags_new(cx.job);
    test_justified();
    test_align();
    test_directions();
    test_forced();
    test_tied();
    test_word_space();
    test_han();
    test_leaders();
    test_protrusion();
    test_notes();
    test_overfull();
    test_looseness();
    test_balance();
    test_extent();
    test_table();
    test_pass();
    test_random();
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return failures ? 1 : 0;
}
