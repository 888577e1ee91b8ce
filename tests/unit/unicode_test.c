/* tests/unit/unicode_test.c -- Unicode's own test files through our directions and breaks, and
 * directions of texts like those of letters (tests/cases/text/directions.case).
 *
 * The files are those of the package unicode-data; what differs on purpose is listed in
 * tests/cases/text/NAME.except, each with its reason, and must differ. */
#include "text/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define DATA "/usr/share/unicode/"

enum { CHARS_MOST = 512, SHOWN_MOST = 10 };

static int           failures, cases, skipped;
static ch_ctx        cx;
static ch_text_tools tools;
static ch_texter     texter;
static ch_props      plain;

static void
complain(const char *file, const char *line, const char *what)
{
    if (++failures <= SHOWN_MOST)
        fprintf(stderr, "%s: %s: %.*s\n", file, what, (int)strcspn(line, "\n"), line);
}

/* ---- files ---- */

static char *
read_all(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *p = NULL;
    *n      = 0;
    if (!f)
        return NULL;
    if (fseek(f, 0, SEEK_END) == 0) {
        long size = ftell(f);
        rewind(f);
        p = size >= 0 ? malloc((size_t)size + 1) : NULL;
        if (p)
            *n = fread(p, 1, (size_t)size, f);
    }
    (void)fclose(f);
    if (p)
        p[*n] = 0;
    return p;
}

/* Call `use` with each line, NUL-terminated; false when there is no such file. */
static bool
each_line(const char *path, void (*use)(char *line))
{
    size_t n;
    char  *all = read_all(path, &n);
    if (!all)
        return false;
    for (char *line = all; line < all + n;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = 0;
        char *next = end ? end + 1 : all + n;
        use(line);
        line = next;
    }
    free(all);
    return true;
}

static void
skip(const char *what)
{
    printf("skip %s: not installed (unicode-data)\n", what);
    skipped++;
}

/* ---- exceptions: "case # reason"; without spaces in front ---- */

typedef struct exception {
    char *sequence;
    bool  used;
} exception;

static struct {
    exception at[64];
    size_t    n;
} exceptions;

static void
add_exception(char *line)
{
    char *reason = strstr(line, " # ");
    if (line[0] == '#' || !line[0])
        return;
    if (!reason || !reason[3] || exceptions.n == sizeof exceptions.at / sizeof *exceptions.at) {
        complain("exceptions", line, "no reason given");
        return;
    }
    *reason                              = 0;
    exceptions.at[exceptions.n].sequence = strdup(line);
    exceptions.at[exceptions.n++].used   = false;
}

static bool
is_excepted(const char *sequence, size_t n)
{
    for (size_t i = 0; i < exceptions.n; i++) {
        exception *x = &exceptions.at[i];
        if (strlen(x->sequence) == n && !memcmp(x->sequence, sequence, n))
            return x->used = true;
    }
    return false;
}

static void
read_exceptions(const char *top, const char *name)
{
    char path[4096];
    exceptions.n = 0;
    (void)snprintf(path, sizeof path, "%s/tests/cases/text/%s.except", top, name);
    if (!each_line(path, add_exception))
        complain(path, "", "cannot be read");
}

static void
end_exceptions(void)
{
    for (size_t i = 0; i < exceptions.n; i++) {
        if (!exceptions.at[i].used)
            complain("exceptions", exceptions.at[i].sequence,
                     "this one passes; take it out of the list");
        free(exceptions.at[i].sequence);
    }
}

/* ---- texts ---- */

typedef struct sample {
    ch_span   span;
    ch_para   para;
    ch_joined joined;
    uint32_t  cp[CHARS_MOST];
    uint32_t  at[CHARS_MOST + 1]; /* byte of each character */
    size_t    from[2];
    size_t    n;
    uint16_t  unit[2 * CHARS_MOST];
    uint32_t  byte[2 * CHARS_MOST + 1];
    char      text[4 * CHARS_MOST + 1];
} sample;

/* The text as the characters are, without the folding of white space that our joining does. */
static void
make_sample(sample *s, bool rtl)
{
    size_t bytes = 0, units = 0;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t cp = s->cp[i];
        s->at[i]    = (uint32_t)bytes;
        if (cp >= 0x10000) {
            s->byte[units]   = (uint32_t)bytes;
            s->unit[units++] = (uint16_t)(0xD7C0 + (cp >> 10));
        }
        s->byte[units]   = (uint32_t)bytes;
        s->unit[units++] = (uint16_t)(cp >= 0x10000 ? 0xDC00 | (cp & 0x3FF) : cp);
        bytes += ch_utf8_put(cp, s->text + bytes);
    }
    s->at[s->n]    = (uint32_t)bytes;
    s->byte[units] = (uint32_t)bytes;
    s->text[bytes] = 0;
    s->from[0]     = 0;
    s->from[1]     = bytes;
    s->span        = (ch_span){.kind = CH_SPAN_TEXT,
                               .text = {s->text, bytes},
                               .type = &plain,
                               .lang = CH_STR_LIT("en"),
                               .uri  = CH_STR_EMPTY};
    s->para =
        (ch_para){.span = &s->span, .n = 1, .props = &plain, .lang = CH_STR_LIT("en"), .rtl = rtl};
    s->joined = (ch_joined){.para    = &s->para,
                            .text    = {s->text, bytes},
                            .from    = s->from,
                            .unit    = s->unit,
                            .byte    = s->byte,
                            .n_units = units,
                            .rtl     = true};
}

/* Hexadecimal numbers separated by spaces. */
static char *
read_numbers(char *p, sample *s)
{
    s->n = 0;
    while (*p && *p != ';') {
        char         *end;
        unsigned long v = strtoul(p, &end, 16);
        if (end == p)
            break;
        if (s->n < CHARS_MOST)
            s->cp[s->n++] = (uint32_t)v;
        for (p = end; *p == ' ';)
            p++;
    }
    return p;
}

/* ---- directions ---- */

/* The levels of a text's characters by our own analysis. */
static void
levels_of(const sample *s, uint8_t *level)
{
    ch_levels l  = {0};
    size_t    at = 0;
    ch_text_levels(&texter, &s->joined, &l);
    for (size_t i = 0; i < s->n; i++) {
        while (at + 1 < l.n && l.at[at + 1].from <= s->at[i])
            at++;
        level[i] = l.at[at].level;
    }
}

/* Levels "x 1 2" and order "2 1" as a test file has them, against ours; of the levels only
 * whether they are odd, unless they are to be `exact`. */
static bool
as_expected(const sample *s, const char *levels, const char *order, bool exact)
{
    uint8_t level[CHARS_MOST], kept[CHARS_MOST];
    size_t  index[CHARS_MOST], visual[CHARS_MOST], n = 0;
    levels_of(s, level);
    for (size_t i = 0; i < s->n; i++) {
        while (*levels == ' ' || *levels == '\t')
            levels++;
        if (*levels == 'x') { /* leaves no mark; its level is nothing to anyone */
            levels++;
            continue;
        }
        char         *end;
        unsigned long want = strtoul(levels, &end, 10);
        if ((exact ? want != level[i] : want % 2 != level[i] % 2) || end == levels)
            return false;
        levels    = end;
        index[n]  = i;
        kept[n++] = level[i];
    }
    ch_bidi_reorder(kept, n, visual);
    for (size_t i = 0; i < n; i++) {
        char *end;
        if (strtoul(order, &end, 10) != index[visual[i]] || end == order)
            return false;
        order = end;
    }
    return true;
}

static size_t lines;

static void
character_case(char *line)
{
    static sample s;
    if (line[0] == '#' || !line[0])
        return;
    char *p     = read_numbers(line, &s);
    char *base  = strchr(p + 1, ';');
    char *level = base ? strchr(base + 1, ';') : NULL;
    char *order = level ? strchr(level + 1, ';') : NULL;
    if (*p != ';' || !order) {
        complain("BidiCharacterTest", line, "not understood");
        return;
    }
    ch_mark m = ch_arena_mark(cx.scratch);
    lines++;
    make_sample(&s, base[1] == '1');
    bool ok = as_expected(&s, level + 1, order + 1, true);
    if (ok || is_excepted(line, (size_t)(level - line)))
        cases++;
    else
        complain("BidiCharacterTest", line, "other levels or another order");
    ch_arena_rewind(cx.scratch, m);
}

/* A character of each class; those with none of their own are of no other test. */
static const struct {
    const char *name;
    uint32_t    cp;
} CLASSES[] = {
    {"L", 'a'},      {"R", 0x5D0},    {"AL", 0x627},   {"EN", '1'},     {"ES", '-'},
    {"ET", '$'},     {"AN", 0x661},   {"CS", ','},     {"NSM", 0x300},  {"BN", 0x200B},
    {"B", 0x2029},   {"S", '\t'},     {"WS", ' '},     {"ON", '!'},     {"LRE", 0x202A},
    {"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"LRI", 0x2066},
    {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
};

static char   class_levels[1024], class_order[1024];
static size_t every, turn;

static void
class_case(char *line)
{
    static sample s;
    if (!strncmp(line, "@Levels:", 8))
        (void)snprintf(class_levels, sizeof class_levels, "%s", line + 8);
    else if (!strncmp(line, "@Reorder:", 9))
        (void)snprintf(class_order, sizeof class_order, "%s", line + 9);
    if (line[0] == '#' || line[0] == '@' || !line[0] || turn++ % every)
        return;
    char *bits = strchr(line, ';');
    char *p    = line;
    for (s.n = 0; bits && p < bits;) {
        size_t n = strcspn(p, " ;");
        for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
            if (strlen(CLASSES[i].name) == n && !memcmp(CLASSES[i].name, p, n))
                s.cp[s.n++] = CLASSES[i].cp;
        p += n + strspn(p + n, " ");
    }
    unsigned long which = bits ? strtoul(bits + 1, NULL, 16) : 0;
    if (!which)
        complain("BidiTest", line, "not understood");
    for (unsigned rtl = 0; rtl < 2; rtl++) {
        if (!(which & (rtl ? 4u : 2u)))
            continue; /* 1 is a paragraph that finds its own direction: ours never do */
        ch_mark m = ch_arena_mark(cx.scratch);
        lines++;
        make_sample(&s, rtl);
        /* ICU gives all of a text that only reads from the left the level 0. */
        if (as_expected(&s, class_levels, class_order, false))
            cases++;
        else
            complain("BidiTest", line, "other levels or another order");
        ch_arena_rewind(cx.scratch, m);
    }
}

static void
run_directions(const char *name, void (*use)(char *), size_t least)
{
    char path[256];
    (void)snprintf(path, sizeof path, DATA "%s.txt", name);
    lines = 0;
    if (!each_line(path, use))
        skip(name);
    else if (lines < least)
        complain(name, "", "too few cases were found in it");
}

/* ---- breaks ---- */

static void
break_case(char *line)
{
    static sample s;
    bool          end[CHARS_MOST + 1] = {false}; /* may a line end before character i? */
    char         *p = line, *stop = strchr(line, '\t');
    if (line[0] == '#' || !line[0] || !stop)
        return;
    for (s.n = 0; p < stop;) {
        if (!strncmp(p, "\xC3\xB7", 2) || !strncmp(p, "\xC3\x97", 2)) {
            end[s.n] = p[1] == '\xB7';
            p += 2;
        } else {
            s.cp[s.n++] = (uint32_t)strtoul(p, &p, 16);
        }
        p += *p == ' ';
    }
    ch_mark m = ch_arena_mark(cx.scratch);
    lines++;
    make_sample(&s, false);
    ch_opportunities all = {0};
    ch_text_opportunities(&texter, &s.joined, &all);
    bool ok = true;
    for (size_t i = 1, k = 0; i < s.n; i++) {
        while (k < all.n && s.byte[all.at[k].unit] < s.at[i])
            k++;
        ok = ok && (k < all.n && s.byte[all.at[k].unit] == s.at[i]) == end[i];
    }
    ch_arena_rewind(cx.scratch, m);
    if (ok || is_excepted(line, (size_t)(stop - line)))
        cases++;
    else
        complain("LineBreakTest", line, "other breaks");
}

/* ---- directions like those of letters ---- */

/* The files of cases write Arabic letters as ~abc~ and Arabic-Indic digits as ~123~, so that
 * what is seen on the screen is what the file has. */
static uint32_t
arabic(char c)
{
    static const uint16_t LETTERS[] = {
        0x627, 0x628, 0x62A, 0x62B, 0x62C, 0x62D, 0x62E, 0x62F, 0x630, 0x631, 0x632, 0x633, 0x634,
        0x635, 0x636, 0x637, 0x638, 0x639, 0x63A, 0x641, 0x642, 0x643, 0x644, 0x645, 0x646, 0x647};
    if (c >= 'a' && c <= 'z')
        return LETTERS[c - 'a'];
    return c >= '0' && c <= '9' ? 0x660u + (uint32_t)(c - '0') : (unsigned char)c;
}

static char
latin(uint32_t cp)
{
    for (char c = '0'; c <= 'z'; c++)
        if (arabic(c) == cp && cp > 0x80)
            return c;
    return 0;
}

static struct {
    ch_span    span[32];
    ch_isolate isolate[32];
    size_t     n;
    unsigned   warns; /* of stray marks are expected */
} para;

static ch_isolate
isolate_named(const char *p)
{
    return !strncmp(p, "auto:", 5)  ? CH_ISOLATE_AUTO
           : !strncmp(p, "ltr:", 4) ? CH_ISOLATE_LTR
           : !strncmp(p, "rtl:", 4) ? CH_ISOLATE_RTL
                                    : CH_ISOLATE_NUMBER;
}

static ch_span *
next_span(void)
{
    ch_span *s = &para.span[para.n];
    para.n += para.n + 1 < sizeof para.span / sizeof *para.span;
    *s = (ch_span){
        .text = CH_STR_EMPTY, .type = &plain, .lang = CH_STR_LIT("en"), .uri = CH_STR_EMPTY};
    return s;
}

static void
end_span(ch_span *s, ch_buf *b, size_t from)
{
    s->text = ch_arena_str(cx.scratch, ch_str_sub(ch_buf_view(b), from, b->n));
}

/* Spans of a line of a case: {kind:...} is an isolate of ours, \uXXXX a character, \n a forced
 * break, \t a leader. */
static void
make_spans(const char *p)
{
    char   out[4];
    bool   in_arabic = false;
    ch_buf b;
    size_t from = 0;
    para.n      = 0;
    ch_span *s  = next_span();
    ch_buf_init(&b, cx.scratch);
    for (; *p; p++) {
        if (*p == '~') {
            in_arabic = !in_arabic;
        } else if (*p == '{') {
            end_span(s, &b, from);
            from               = b.n;
            s                  = next_span();
            size_t i           = (size_t)(s - para.span);
            para.isolate[i]    = isolate_named(p + 1);
            s->isolate         = &para.isolate[i];
            s->isolates_opened = 1;
            p                  = strchr(p, ':');
        } else if (*p == '}') {
            end_span(s, &b, from);
            s->isolates_closed = 1;
            from               = b.n;
            s                  = next_span();
        } else if (*p == '\\' && p[1] == 'u') {
            char four[5] = {p[2], p[3], p[4], p[5], 0};
            ch_buf_add(&b, out, ch_utf8_put((uint32_t)strtoul(four, NULL, 16), out));
            p += 5;
        } else if (*p == '\\') {
            end_span(s, &b, from);
            from    = b.n;
            s       = next_span();
            s->kind = p[1] == 't' ? CH_SPAN_LEADER : CH_SPAN_BREAK;
            s       = next_span();
            p++;
        } else {
            ch_buf_add(&b, out, ch_utf8_put(in_arabic ? arabic(*p) : (unsigned char)*p, out));
        }
    }
    end_span(s, &b, from);
}

/* Spaces wait for what comes, so that ~ stands between a word and a space. */
typedef struct screen {
    ch_buf   out;
    bool     in_arabic;
    unsigned spaces;
} screen;

static void
put_visual(screen *v, uint32_t cp, bool mirrored)
{
    char bytes[4];
    char c = latin(cp);
    if (ch_is_direction_mark(cp))
        return;
    if (cp == ' ') {
        v->spaces++;
        return;
    }
    bool turns = v->in_arabic != (c != 0);
    if (turns && v->in_arabic)
        ch_buf_putc(&v->out, '~');
    for (; v->spaces; v->spaces--)
        ch_buf_putc(&v->out, ' ');
    if (turns && !v->in_arabic)
        ch_buf_putc(&v->out, '~');
    v->in_arabic = c != 0;
    if (c)
        ch_buf_putc(&v->out, c);
    else
        ch_buf_add(&v->out, bytes,
                   ch_utf8_put(mirrored ? (uint32_t)u_charMirror((UChar32)cp) : cp, bytes));
}

/* What stands on one line, from left to right. */
static ch_str
visual_line(const ch_joined *j, const ch_levels *l, size_t from, size_t to)
{
    uint32_t cp[CHARS_MOST];
    uint8_t  level[CHARS_MOST];
    size_t   order[CHARS_MOST], n = 0, at = 0;
    screen   v = {.spaces = 0};
    ch_buf_init(&v.out, cx.scratch);
    for (size_t i = from; i < to && n < CHARS_MOST; n++) {
        while (at + 1 < l->n && l->at[at + 1].from <= i)
            at++;
        level[n] = l->at[at].level;
        cp[n]    = ch_utf8_next(j->text, &i);
    }
    ch_bidi_reorder(level, n, order);
    for (size_t i = 0; i < n; i++)
        put_visual(&v, cp[order[i]], level[order[i]] & 1);
    if (v.in_arabic)
        ch_buf_putc(&v.out, '~');
    for (; v.spaces; v.spaces--)
        ch_buf_putc(&v.out, ' ');
    return ch_arena_str(cx.scratch, ch_buf_view(&v.out));
}

static size_t
warnings_of_stray_marks(void)
{
    size_t n = 0;
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
        if (ch_diags_at(cx.diags, i)->code == CH_W5020_stray_mark)
            n += ch_diags_at(cx.diags, i)->times; /* equal ones are folded */
    return n;
}

/* "base | text | as it stands, from left to right"; "warns" behind the base: of a stray mark. */
static void
direction_case(char *line)
{
    char *text = strstr(line, " | "), *want = text ? strstr(text + 3, " | ") : NULL;
    if (line[0] == '#' || !line[0])
        return;
    if (!want) {
        complain("directions.case", line, "not understood");
        return;
    }
    *text = *want    = 0;
    ch_mark   m      = ch_arena_mark(cx.scratch);
    size_t    before = warnings_of_stray_marks();
    ch_levels l      = {0};
    ch_buf    b;
    make_spans(text + 3);
    ch_para    p = {.span  = para.span,
                    .n     = para.n,
                    .props = &plain,
                    .lang  = CH_STR_LIT("en"),
                    .rtl   = !strncmp(line, "rtl", 3)};
    ch_joined *j = ch_text_join(&cx, &p);
    ch_text_levels(&texter, j, &l);
    ch_buf_init(&b, cx.scratch);
    for (size_t from = 0; from <= j->text.n;) {
        size_t to = from;
        while (to < j->text.n && j->text.p[to] != '\n')
            to++;
        ch_buf_puts(&b, from ? " / " : "");
        ch_buf_str(&b, visual_line(j, &l, from, to));
        from = to + 1;
    }
    bool warned = warnings_of_stray_marks() > before; /* W5020 */
    if (!ch_str_is(ch_buf_view(&b), want + 3) || warned != (strstr(line, "warns") != NULL)) {
        fprintf(stderr, "got: %.*s%s\n", (int)b.n, b.p, warned ? " (with a warning)" : "");
        complain("directions.case", text + 3, "stands otherwise");
    } else {
        cases++;
    }
    ch_arena_rewind(cx.scratch, m);
}

int
main(void)
{
    const char *top = getenv("CHANCERY_SRC");
    char        path[4096];
    top        = top ? top : ".";
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (!cx.job || !cx.scratch)
        return 1;
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    plain = (ch_props){.family = CH_STR_EMPTY, .features = CH_STR_EMPTY, .size = 11 * CH_PT};
    if (ch_hyphens_new(&cx, CH_STR_LIT("/usr/share/hyphen"), &tools.hyphens) != CH_OK)
        return 1;
    ch_texter_start(&texter, &cx, &tools);
    if (!texter.kit)
        return 1;
    (void)snprintf(path, sizeof path, "%s/tests/cases/text/directions.case", top);
    if (!each_line(path, direction_case))
        complain(path, "", "cannot be read");
    cx.diags = ch_diags_new(cx.job); /* of the marks in what follows nobody need hear */
    read_exceptions(top, "bidi-character");
    run_directions("BidiCharacterTest", character_case, 90000);
    if (lines)
        end_exceptions();
    every = getenv("CHANCERY_SAN") ? 20 : 1;
    run_directions("BidiTest", class_case, 400000 / every);
    read_exceptions(top, "line-break");
    lines = 0;
    if (!each_line(DATA "auxiliary/LineBreakTest.txt", break_case))
        skip("LineBreakTest");
    else if (lines < 7000)
        complain("LineBreakTest", "", "too few cases were found in it");
    else
        end_exceptions();
    ch_arena_free(cx.scratch);
    ch_hyphens_free(tools.hyphens);
    ch_arena_free(cx.job);
    printf("CASES %d %d %d\n", cases, failures, skipped);
    return failures ? 1 : 0;
}
