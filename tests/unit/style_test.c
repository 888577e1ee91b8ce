/* tests/unit/style_test.c -- style/: sheets and blocks, by the cases of tests/cases/style.
 *
 *     style_test [--update]
 *
 * sheets.case: "--- NAME", perhaps a line "in LANG", lines "show PREFIX", then files ("file NAME" and their text); the
 * first file is read.  Expected: the lines of its print that start with a PREFIX, and the
 * diagnostics, word for word.
 * blocks.case: "--- NAME", a line "style NAME" or "kind", lines "show PREFIX" (none: all), then
 * a letter.  Expected: the lines of the print of its blocks (white space in front does not
 * count for PREFIX), and the diagnostics.
 * What is expected stands behind a line "=>".  --update writes it anew. */
#include "input/input.h"
#include "letter/letter.h"
#include "style/sheet.h"
#include "style/style_vocab.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures, cases;

typedef struct test {
    ch_ctx      cx;
    ch_sheets  *sheets;
    ch_locales *locales;
    ch_str      src; /* top of the sources */
    ch_guard    guard;
} test;

static void
fail(ch_str name, ch_str want, ch_str got)
{
    failures++;
    fprintf(stderr, "case %.*s\n--- expected\n%.*s--- got\n%.*s", CH_ARG(name), CH_ARG(want),
            CH_ARG(got));
}

/* ---- a case ---- */

/* The line at *at without its end; *at moves behind it. */
static ch_str
next_line(ch_str s, size_t *at)
{
    size_t from = *at, to = from;
    while (to < s.n && s.p[to] != '\n')
        to++;
    *at = to < s.n ? to + 1 : to;
    return ch_str_sub(s, from, to);
}

typedef CH_VEC(ch_str) lines;

/* The lines "show PREFIX" at the head of a case; *at moves behind them. */
static lines
read_shows(test *t, ch_str body, size_t *at)
{
    lines  v    = {0};
    size_t next = *at;
    while (next < body.n) {
        ch_str line = next_line(body, &next);
        if (!ch_str_starts(line, "show "))
            break;
        *CH_PUSH(t->cx.job, v) = ch_str_sub(line, 5, line.n);
        *at                    = next;
    }
    return v;
}

static void
add_shown(ch_buf *out, ch_str dump, const lines *shows)
{
    for (size_t at = 0; at < dump.n;) {
        ch_str line  = next_line(dump, &at);
        bool   shown = shows->n == 0;
        for (size_t i = 0; i < shows->n; i++)
            shown = shown || ch_str_starts(ch_str_trim(line), shows->at[i].p);
        if (shown)
            ch_buf_printf(out, "%.*s\n", CH_ARG(line));
    }
}

static void
add_diagnostics(test *t, ch_buf *out)
{
    for (size_t i = 0; i < ch_diags_count(t->cx.diags); i++)
        ch_diag_print_text(out, t->cx.diags, ch_diags_at(t->cx.diags, i));
}

static void
end_prefixes(test *t, lines *v)
{
    for (size_t i = 0; i < v->n; i++)
        v->at[i] = ch_arena_str(t->cx.job, v->at[i]);
}

typedef void run_case(test *t, ch_str body, ch_buf *out);

/* ---- sheets ---- */

static void
write_file(ch_str name, ch_str text)
{
    char path[256];
    snprintf(path, sizeof path, "%.*s", CH_ARG(name));
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
        fprintf(stderr, "cannot write %s\n", path), exit(1);
}

static void
run_sheet(test *t, ch_str body, ch_buf *out)
{
    size_t at   = 0;
    ch_str lang = CH_STR_EMPTY;
    if (ch_str_starts(body, "in ")) {
        lang = next_line(body, &at);
        lang = ch_str_sub(lang, 3, lang.n);
    }
    lines  shows = read_shows(t, body, &at);
    ch_str first = CH_STR_EMPTY, name = CH_STR_EMPTY;
    size_t from = at;
    end_prefixes(t, &shows);
    while (at <= body.n) {
        size_t here = at;
        bool   end  = at == body.n;
        ch_str line = end ? CH_STR_EMPTY : next_line(body, &at);
        if (end || ch_str_starts(line, "file ")) {
            if (name.n > 0)
                write_file(name, ch_str_sub(body, from, here));
            if (end)
                break;
            name  = ch_str_sub(line, 5, line.n);
            first = first.n > 0 ? first : name;
            from  = at;
        }
    }
    const ch_sheet *sheet;
    if (first.n == 0)
        first = CH_STR_LIT("letter");
    if (ch_sheet_lookup(t->sheets, &t->cx, first, CH_STR_EMPTY, CH_NOWHERE, &sheet) == CH_OK &&
        (lang.n == 0 || (sheet = ch_sheet_in(&t->cx, sheet, lang)))) {
        ch_buf dump;
        ch_buf_init(&dump, t->cx.job);
        ch_sheet_dump(&dump, sheet);
        add_shown(out, ch_buf_view(&dump), &shows);
    }
    add_diagnostics(t, out);
}

/* ---- blocks ---- */

static void
run_letter(test *t, ch_str body, ch_buf *out)
{
    size_t at    = 0;
    ch_str style = next_line(body, &at);
    lines  shows = read_shows(t, body, &at);
    ch_str bytes = ch_arena_str(t->cx.job, ch_str_sub(body, at, body.n));
    ch_str path  = ch_path_join(t->cx.job, t->src, CH_STR_LIT("samples/case.xml"));
    end_prefixes(t, &shows);
    const ch_node   *root;
    const ch_letter *letter;
    const ch_sheet  *sheet;
    const ch_blocks *blocks;
    ch_status st = ch_xml_read(&t->cx, &ch_letter_vocab, CH_STR_LIT("case.xml"), bytes, &root);
    if (st == CH_OK)
        st = ch_letter_build(&t->cx, t->locales, root, path, NULL, &letter);
    if (st == CH_OK && ch_str_starts(style, "style "))
        st = ch_sheet_lookup(t->sheets, &t->cx, ch_str_sub(style, 6, style.n), CH_STR_EMPTY,
                             letter->where, &sheet);
    else if (st == CH_OK)
        st = ch_sheet_for_kind(t->sheets, &t->cx, letter->kind, letter->where, &sheet);
    if (st == CH_OK)
        st = ch_blocks_build(&t->cx, letter, sheet, &blocks);
    if (st == CH_OK) {
        ch_buf dump;
        ch_buf_init(&dump, t->cx.job);
        ch_blocks_dump(&dump, blocks);
        add_shown(out, ch_buf_view(&dump), &shows);
    }
    add_diagnostics(t, out);
}

/* ---- files of cases ---- */

static void
fresh(test *t)
{
    ch_arena_reset(t->cx.job);
    ch_arena_reset(t->cx.scratch);
    ch_arena_guard(t->cx.job, &t->guard);
    ch_arena_guard(t->cx.scratch, &t->guard);
    t->cx.diags  = ch_diags_new(t->cx.job);
    t->cx.limits = (ch_limits){0};
    ch_limits_fill(&t->cx.limits);
}

/* The offset of the line that starts with z, from `at` on; the end when there is none. */
static size_t
find_line(ch_str s, size_t at, const char *z)
{
    while (at < s.n && !ch_str_starts(ch_str_sub(s, at, s.n), z))
        (void)next_line(s, &at);
    return at;
}

static void
run_file(test *t, const char *name, run_case *run, bool update)
{
    ch_arena *a = ch_arena_new(0);
    int       os_error;
    ch_arena_guard(a, &t->guard);
    ch_str file;
    ch_str path = ch_arena_printf(a, "%.*s/tests/cases/style/%s", CH_ARG(t->src), name);
    ch_buf anew;
    ch_buf_init(&anew, a);
    if (ch_file_read(a, path.p, (size_t)1 << 26, &file, &os_error) != CH_FILE_OK) {
        fprintf(stderr, "cannot read %s\n", path.p);
        failures++;
        ch_arena_free(a);
        return;
    }
    for (size_t at = find_line(file, 0, "--- "); at < file.n;) {
        size_t start  = at;
        ch_str title  = next_line(file, &at);
        size_t arrow  = find_line(file, at, "=>");
        ch_str body   = ch_str_sub(file, at, arrow);
        size_t behind = arrow;
        (void)next_line(file, &behind);
        size_t end  = find_line(file, behind, "--- ");
        ch_str want = ch_str_sub(file, behind, end);
        while (want.n > 1 && want.p[want.n - 1] == '\n' && want.p[want.n - 2] == '\n')
            want.n--;
        if (want.n == 1 && want.p[0] == '\n')
            want.n = 0;
        fresh(t);
        ch_buf got;
        ch_buf_init(&got, a);
        run(t, body, &got);
        cases++;
        if (!update && !ch_str_eq(want, ch_buf_view(&got)))
            fail(ch_str_sub(title, 4, title.n), want, ch_buf_view(&got));
        ch_buf_add(&anew, file.p + start, behind - start);
        ch_buf_str(&anew, ch_buf_view(&got));
        ch_buf_putc(&anew, '\n');
        at = end;
    }
    if (update && anew.n > 0) {
        anew.n--; /* no empty line at the end of the file */
        ch_str head = ch_str_sub(file, 0, find_line(file, 0, "--- "));
        ch_buf all;
        ch_buf_init(&all, a);
        ch_buf_str(&all, head);
        ch_buf_str(&all, ch_buf_view(&anew));
        write_file(path, ch_buf_view(&all));
    }
    ch_arena_free(a);
}

/* ---- what no case says ---- */

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

/* Every property of props.def is an attribute of <role>. */
static void
test_properties(void)
{
#define PROP(attr, field, type, dflt)                                                              \
    CHECK(ch_vocab_use(&ch_style_vocab, CH_S_role, CH_SA_##field) != NULL);
#include "style/props.def"
#undef PROP
}

/* A sheet is read once, and each kind of letter has one. */
static void
test_cache(test *t)
{
    const ch_sheet *a, *b;
    fresh(t);
    CHECK(ch_sheet_lookup(t->sheets, &t->cx, CH_STR_LIT("un"), CH_STR_EMPTY, CH_NOWHERE, &a) ==
          CH_OK);
    fresh(t);
    CHECK(ch_sheet_lookup(t->sheets, &t->cx, CH_STR_LIT("un"), CH_STR_EMPTY, CH_NOWHERE, &b) ==
          CH_OK);
    CHECK(a == b && ch_str_is(ch_sheet_name(a), "un"));
    CHECK(ch_sheet_role(a, "paragraph")->size == 13 * CH_PT);
    CHECK(ch_sheet_role(a, "no-such-role") == ch_sheet_role(a, "base"));
    static const char *const KINDS[][2] = {
        {"letter", "letter"},     {"joint-letter", "coalition"}, {"note-verbale", "note-verbale"},
        {"credence", "ministry"}, {"identical-letters", "un"},   {"never-heard-of", "letter"}};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        CHECK(ch_sheet_for_kind(t->sheets, &t->cx, ch_str_from(KINDS[i][0]), CH_NOWHERE, &a) ==
              CH_OK);
        CHECK(ch_str_is(ch_sheet_name(a), KINDS[i][1]));
    }
}

/* Paths in a letter stay below its folder. */
static void
test_path_outside(test *t)
{
    const ch_sheet *s;
    fresh(t);
    ch_str path = ch_path_join(t->cx.job, t->src, CH_STR_LIT("styles/letter.xml"));
    CHECK(ch_sheet_lookup(t->sheets, &t->cx, path, CH_STR_LIT("."), CH_NOWHERE, &s) ==
          CH_ERR_INPUT);
    CHECK(ch_diags_count(t->cx.diags) == 1 &&
          ch_code_number(ch_diags_at(t->cx.diags, 0)->code) == 1007); /* E1007 */
}

/* The structure is one tree, its indices the order of creation. */
static void
test_structure(test *t)
{
    fresh(t);
    ch_snode *root = ch_snode_new(t->cx.job, NULL, CH_ROLE_DOCUMENT, CH_NOWHERE);
    ch_snode *a    = ch_snode_new(t->cx.job, root, CH_ROLE_P, CH_NOWHERE);
    ch_snode *b    = ch_snode_new(t->cx.job, a, CH_ROLE_SPAN, CH_NOWHERE);
    ch_snode *c    = ch_snode_new(t->cx.job, root, CH_ROLE_L, CH_NOWHERE);
    CHECK(root->index == 0 && a->index == 1 && b->index == 2 && c->index == 3);
    CHECK(root->first == a && a->next == c && root->last == c && b->parent == a);
    ch_buf out;
    ch_buf_init(&out, t->cx.job);
    ch_structure_dump(&out, root);
    CHECK(ch_str_is(ch_buf_view(&out), "Document\n  P\n    Span\n  L\n"));
    ch_buf_clear(&out);
    ch_structure_dump(&out, a);
    CHECK(ch_str_is(ch_buf_view(&out), "P\n  Span\n"));
}

static bool
open_rooms(test *t)
{
    ch_str styles  = ch_path_join(t->cx.job, t->src, CH_STR_LIT("styles"));
    ch_str locales = ch_path_join(t->cx.job, t->src, CH_STR_LIT("styles/locales"));
    return ch_sheets_new(&t->cx, styles, &t->sheets) == CH_OK &&
           ch_locales_new(&t->cx, locales, &t->locales) == CH_OK;
}

static void
run_all(test *t, bool update)
{
    run_file(t, "sheets.case", run_sheet, update);
    run_file(t, "blocks.case", run_letter, update);
    test_properties();
    test_cache(t);
    test_path_outside(t);
    test_structure(t);
}

int
main(int argc, char **argv)
{
    static test t;
    static char folder[4096], top[4096];
    const char *src = getenv("CHANCERY_SRC"), *tmp = getenv("TMPDIR");
    bool        update = argc > 1 && strcmp(argv[1], "--update") == 0;
    t.src              = ch_str_from(src ? src : getcwd(top, sizeof top));
    t.cx.job           = ch_arena_new(0);
    t.cx.scratch       = ch_arena_new(0);
    snprintf(folder, sizeof folder, "%s/style-XXXXXX", tmp ? tmp : "/tmp");
    if (setjmp(t.guard.env) != 0) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    fresh(&t);
    if (!open_rooms(&t) || !mkdtemp(folder) || chdir(folder) != 0)
        return 1;
    run_all(&t, update);
    ch_sheets_free(t.sheets);
    ch_locales_free(t.locales);
    ch_arena_free(t.cx.job);
    ch_arena_free(t.cx.scratch);
    if (failures == 0 && cases > 0)
        printf("CASES %d 0 0\n", cases);
    return failures != 0 || cases == 0;
}
