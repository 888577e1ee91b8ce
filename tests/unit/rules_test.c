/* tests/unit/rules_test.c -- protocol/: letters against the rules, by tests/cases/protocol/rules.case.
 *
 *     rules_test [--update]
 *
 * "--- RULE pass|fail: what it is about", a line with the attributes of <letter>, its content.
 * Expected behind "=>": what is said, a line each: code, rule, and the bytes that it is said of.
 * A case that fails is read again with the rule waived, and nothing is then said of it.
 * --update writes anew what is expected. */
#include "protocol/rules.h"

#include "input/input.h"
#include "locale/locale.h"
#include "protocol/protocol.h"
#include "protocol/ruling.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures, cases;

typedef struct test {
    ch_ctx      cx;
    ch_locales *locales;
    ch_str      src; /* top of the sources */
    ch_guard    guard;
    bool        passed[CH_RULES], failed[CH_RULES]; /* has a case that ... */
} test;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

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

static ch_str
read_file(ch_arena *a, ch_str path)
{
    ch_str bytes    = CH_STR_EMPTY;
    int    os_error = 0;
    if (ch_file_read(a, path.p, (size_t)1 << 26, &bytes, &os_error) != CH_FILE_OK) {
        fprintf(stderr, "cannot read %s\n", path.p);
        failures++;
    }
    return bytes;
}

/* ---- a letter ---- */

static int
rule_of(ch_code code)
{
    for (int i = 0; i < CH_RULES; i++)
        if (ch_rule_at((size_t)i)->code == code)
            return i;
    return -1;
}

static int
rule_named(ch_str name)
{
    for (int i = 0; i < CH_RULES; i++)
        if (ch_str_is(name, ch_code_slug(ch_rule_at((size_t)i)->code)))
            return i;
    return -1;
}

/* "W3120 salutation-rank 'Your Majesty,'" */
static void
print(ch_buf *out, const ch_diags *d, const ch_diag *g)
{
    enum { SHOWN = 40 };
    const ch_source *s = ch_diags_source_at(d, g->where.source);
    ch_buf_printf(out, "%c%04u %s", ch_code_letter(g->code), ch_code_number(g->code),
                  ch_code_slug(g->code));
    if (s && g->where.to > g->where.from) {
        ch_str at = ch_str_sub(s->bytes, g->where.from, g->where.to);
        ch_buf_puts(out, " '");
        for (size_t i = 0, n = 0; i < at.n && n < SHOWN; n++) {
            uint32_t cp = ch_utf8_next(at, &i);
            ch_buf_utf8(out, cp == '\n' ? ' ' : cp);
        }
        ch_buf_putc(out, '\'');
    }
    if (g->hint.n > 0)
        ch_buf_printf(out, " (%.*s)", CH_ARG(g->hint));
    ch_buf_putc(out, '\n');
}

/* Hold a letter, and those attached to it, against the rules. */
static bool
check_letter(test *t, ch_str name, ch_str xml)
{
    const ch_node *root = NULL;
    if (ch_xml_read(&t->cx, &ch_letter_vocab, name, xml, &root) != CH_OK)
        return false;
    ch_mark   mark = ch_arena_mark(t->cx.scratch);
    ch_status st   = CH_OK;
    for (const ch_node *n = root; n && st == CH_OK; n = ch_node_walk(n, root))
        if (n->kind == CH_NODE_ELEMENT && n->elem == CH_L_letter)
            st = ch_rules_check(&t->cx, ch_locales_protocol(t->locales), t->locales, n);
    ch_arena_rewind(t->cx.scratch, mark);
    CHECK(st == CH_OK);
    return st == CH_OK;
}

/* The letter of a case; waived: the name of a rule, or empty. */
static ch_str
letter_of(test *t, ch_str body, ch_str waived)
{
    size_t line = 0, meta = 0;
    while (line < body.n && body.p[line] != '\n')
        line++;
    ch_str attrs = ch_str_sub(body, 0, line), rest = ch_str_sub(body, line, body.n);
    ch_str waive = CH_STR_EMPTY;
    while (meta < rest.n && !ch_str_starts(ch_str_sub(rest, meta, rest.n), "</meta>"))
        meta++;
    if (waived.n > 0)
        waive = ch_arena_printf(t->cx.job, "<waive rule='%.*s' reason='a test'/>", CH_ARG(waived));
    if (meta < rest.n)
        rest = ch_arena_printf(t->cx.job, "%.*s%.*s%.*s", (int)meta, rest.p, CH_ARG(waive),
                               (int)(rest.n - meta), rest.p + meta);
    else if (waived.n > 0)
        rest = ch_arena_printf(t->cx.job, "<meta>%.*s</meta>%.*s", CH_ARG(waive), CH_ARG(rest));
    return ch_arena_printf(t->cx.job, "<letter xmlns='urn:chancery:letter:1' %.*s>%.*s</letter>",
                           CH_ARG(attrs), CH_ARG(rest));
}

static size_t
count_said(const test *t, ch_code code)
{
    size_t n = 0;
    for (size_t i = 0; i < ch_diags_count(t->cx.diags); i++)
        n += ch_diags_at(t->cx.diags, i)->code == code;
    return n;
}

static void
print_all(const test *t, ch_buf *out)
{
    for (size_t i = 0; i < ch_diags_count(t->cx.diags); i++) {
        const ch_diag *g = ch_diags_at(t->cx.diags, i);
        print(out, t->cx.diags, g);
        if (rule_of(g->code) >= 0)
            CHECK(g->source.n > 0 && g->where.source > 0);
    }
}

static void
run_case(test *t, ch_str title, ch_str body, ch_buf *out)
{
    size_t space = 0;
    while (space < title.n && title.p[space] != ' ')
        space++;
    ch_str name  = ch_str_sub(title, 0, space);
    bool   fails = ch_str_starts(ch_str_sub(title, space, title.n), " fail");
    int    rule  = rule_named(name);
    fresh(t);
    check_letter(t, CH_STR_LIT("case.xml"), letter_of(t, body, CH_STR_EMPTY));
    print_all(t, out);
    if (rule < 0) /* of the waivers themselves */
        return;
    ch_code code                          = ch_rule_at((size_t)rule)->code;
    (fails ? t->failed : t->passed)[rule] = true;
    if (fails != (count_said(t, code) > 0)) {
        fprintf(stderr, "case %.*s: the rule is %s\n", CH_ARG(title), fails ? "kept" : "broken");
        failures++;
    }
    if (!fails)
        return;
    fresh(t);
    check_letter(t, CH_STR_LIT("case.xml"), letter_of(t, body, name));
    if (count_said(t, code) + count_said(t, CH_N3196_waiver_unused) > 0) {
        fprintf(stderr, "case %.*s: the rule is not waived\n", CH_ARG(title));
        failures++;
    }
}

/* ---- the file of cases ---- */

static ch_str
next_line(ch_str s, size_t *at)
{
    size_t from = *at, to = from;
    while (to < s.n && s.p[to] != '\n')
        to++;
    *at = to < s.n ? to + 1 : to;
    return ch_str_sub(s, from, to);
}

static size_t
find_line(ch_str s, size_t at, const char *z)
{
    while (at < s.n && !ch_str_starts(ch_str_sub(s, at, s.n), z))
        (void)next_line(s, &at);
    return at;
}

static void
run_cases(test *t, bool update)
{
    ch_arena *a = ch_arena_new(0);
    ch_buf    anew;
    ch_arena_guard(a, &t->guard);
    ch_buf_init(&anew, a);
    ch_str path = ch_arena_printf(a, "%.*s/tests/cases/protocol/rules.case", CH_ARG(t->src));
    ch_str file = read_file(a, path);
    ch_buf_str(&anew, ch_str_sub(file, 0, find_line(file, 0, "--- ")));
    for (size_t at = find_line(file, 0, "--- "); at < file.n;) {
        size_t start  = at;
        ch_str title  = next_line(file, &at);
        size_t arrow  = find_line(file, at, "=>");
        ch_str body   = ch_str_sub(file, at, arrow);
        size_t behind = arrow;
        (void)next_line(file, &behind);
        size_t end  = find_line(file, behind, "--- ");
        ch_str want = ch_str_trim(ch_str_sub(file, behind, end));
        ch_buf got;
        ch_buf_init(&got, a);
        run_case(t, ch_str_sub(title, 4, title.n), body, &got);
        cases++;
        if (!update && !ch_str_eq(want, ch_str_trim(ch_buf_view(&got)))) {
            failures++;
            fprintf(stderr, "case %.*s\n--- expected\n%.*s\n--- got\n%.*s", CH_ARG(title),
                    CH_ARG(want), CH_ARG(ch_buf_view(&got)));
        }
        ch_buf_add(&anew, file.p + start, behind - start);
        ch_buf_str(&anew, ch_buf_view(&got));
        ch_buf_puts(&anew, end < file.n ? "\n" : "");
        at = end;
    }
    if (update) {
        int os_error = 0;
        CHECK(ch_file_write_atomic(a, path.p, ch_buf_view(&anew), &os_error));
    }
    for (int i = 0; i < CH_RULES; i++)
        if (!t->passed[i] || !t->failed[i]) {
            fprintf(stderr, "%s: no case that %s\n", ch_code_slug(ch_rule_at((size_t)i)->code),
                    t->failed[i] ? "passes" : "fails");
            failures++;
        }
    ch_arena_free(a);
}

/* ---- false alarms ---- */

static void
run_folder(test *t, const char *folder)
{
    char path[4096];
    DIR *dir;
    snprintf(path, sizeof path, "%.*s/%s", CH_ARG(t->src), folder);
    if (!(dir = opendir(path))) {
        fprintf(stderr, "no folder %s\n", path);
        failures++;
        return;
    }
    for (struct dirent *e; (e = readdir(dir));) {
        size_t n = strlen(e->d_name);
        if (n < 4 || strcmp(e->d_name + n - 4, ".xml") != 0)
            continue;
        fresh(t);
        ch_str name = ch_arena_printf(t->cx.job, "%s/%s", path, e->d_name);
        if (!check_letter(t, name, read_file(t->cx.job, name)))
            continue;
        cases++;
        for (size_t i = 0; i < ch_diags_count(t->cx.diags); i++) {
            const ch_diag *g = ch_diags_at(t->cx.diags, i);
            ch_buf         b;
            ch_buf_init(&b, t->cx.job);
            ch_diag_print_text(&b, t->cx.diags, g);
            fprintf(stderr, "a false alarm: %s", b.p);
            failures++;
        }
    }
    closedir(dir);
}

/* ---- the tables ---- */

/* doc/protocol-rules.md has a heading for each rule, and for nothing else. */
static void
test_doc(test *t)
{
    fresh(t);
    ch_str doc = read_file(
        t->cx.job, ch_arena_printf(t->cx.job, "%.*s/doc/protocol-rules.md", CH_ARG(t->src)));
    bool told[CH_RULES] = {false};
    for (size_t at = 0; at < doc.n;) {
        ch_str line = next_line(doc, &at);
        if (!ch_str_starts(line, "### "))
            continue;
        int rule = rule_named(ch_str_trim(ch_str_sub(line, 4, line.n)));
        if (rule < 0) {
            fprintf(stderr, "doc/protocol-rules.md: no such rule: %.*s\n", CH_ARG(line));
            failures++;
        } else {
            CHECK(!told[rule]);
            told[rule] = true;
        }
    }
    for (int i = 0; i < CH_RULES; i++)
        if (!told[i]) {
            fprintf(stderr, "doc/protocol-rules.md: nothing of %s\n",
                    ch_code_slug(ch_rule_at((size_t)i)->code));
            failures++;
        }
}

/* Codes rise, so that the table is easy to find one's way in; every rule has its texts. */
static void
test_table(void)
{
    for (size_t i = 0; i < CH_RULES; i++) {
        const ch_rule_def *d = ch_rule_at(i);
        CHECK(d->source[0] && d->what[0]);
        CHECK(i == 0 || ch_code_number(d->code) > ch_code_number(ch_rule_at(i - 1)->code));
    }
}

/* The words of a language, and a list that nobody looks for. */
static void
test_words(test *t)
{
    char            folder[] = "words.XXXXXX", file[64];
    const ch_words *w        = NULL;
    fresh(t);
    CHECK(mkdtemp(folder) != NULL);
    snprintf(file, sizeof file, "%s/en.xml", folder);
    FILE *f = fopen(file, "wb");
    fputs("<words xmlns='urn:chancery:words:1' xml:lang='en'><list name='months'>May</list>"
          "<list name='moons'>Moon</list></words>",
          f);
    fclose(f);
    ch_word_store *s = ch_word_store_new(ch_str_from(folder));
    CHECK(ch_words_of(s, &t->cx, CH_STR_LIT("en-GB"), &w) == CH_OK && w && w->n == 1);
    CHECK(count_said(t, CH_E3197_unknown_list) == 1); /* E3197 */
    ch_word_store_free(s);
    unlink(file);
    rmdir(folder);
}

static void
test_one_edit(void)
{
    static const struct {
        const char *a, *b;
        bool        one;
    } pairs[] = {{"Guterre", "Guterres", true},   {"Lindqvist", "Lindquist", true},
                 {"Guterres", "Guterres", false}, {"Marandova", "Maranodva", true},
                 {"Okoye", "Okoey", true},        {"Jósef", "Jozef", false},
                 {"Jósef", "Josef", true},        {"ابراهيم", "ابراهیم", true},
                 {"Varga", "Virgo", false},       {"", "a", true}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK(ch_one_edit(ch_str_from(pairs[i].a), ch_str_from(pairs[i].b)) == pairs[i].one &&
              ch_one_edit(ch_str_from(pairs[i].b), ch_str_from(pairs[i].a)) == pairs[i].one);
}

int
main(int argc, char **argv)
{
    static test t;
    const char *src = getenv("CHANCERY_SRC");
    t.src           = ch_str_from(src ? src : ".");
    t.cx.job        = ch_arena_new(0);
    t.cx.scratch    = ch_arena_new(0);
    if (setjmp(t.guard.env) != 0) {
        fputs("out of memory\n", stderr);
        return 1;
    }
    fresh(&t);
    ch_str packs = ch_arena_printf(t.cx.job, "%.*s/styles/locales", CH_ARG(t.src));
    if (ch_locales_new(&t.cx, packs, &t.locales) != CH_OK) {
        fputs("no locales\n", stderr);
        return 1;
    }
    run_cases(&t, argc > 1 && strcmp(argv[1], "--update") == 0);
    run_folder(&t, "samples");
    run_folder(&t, "tests/letters");
    test_doc(&t);
    test_table();
    test_words(&t);
    test_one_edit();
    ch_locales_free(t.locales);
    ch_arena_free(t.cx.job);
    ch_arena_free(t.cx.scratch);
    printf("%d failures\nCASES %d %d 0\n", failures, cases - (failures > 0), failures);
    return failures > 0;
}
