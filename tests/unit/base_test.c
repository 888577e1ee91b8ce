/* tests/unit/base_test.c -- base/: strings, arena, buffer, map, lengths, diagnostics, files. */
#include "base/base.h"
#include "base/civil.h"
#include "base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static void
test_str(void)
{
    CHECK(ch_str_is(ch_str_trim(CH_STR_LIT(" \n a b\t")), "a b"));
    CHECK(ch_str_trim(CH_STR_LIT("  ")).n == 0);
    CHECK(ch_str_cmp(CH_STR_LIT("ab"), CH_STR_LIT("abc")) < 0);
    CHECK(ch_str_ends(CH_STR_LIT("a.xml"), ".xml") && !ch_str_ends(CH_STR_LIT("l"), ".xml"));
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char   c[4];
        size_t at = 0;
        if (cp >= 0xD800 && cp < 0xE000)
            continue;
        ch_str s = {c, ch_utf8_put(cp, c)};
        if (ch_utf8_valid(s) != s.n || ch_utf8_next(s, &at) != cp || at != s.n) {
            CHECK(!"round trip");
            break;
        }
    }
    static const char *const BAD[] = {"\x80",
                                      "\xC0\x80",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xE2\x82",
                                      "\xC3"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        size_t at = 0;
        CHECK(ch_utf8_valid(ch_str_from(BAD[i])) == 0);
        CHECK(ch_utf8_next(ch_str_from(BAD[i]), &at) == 0xFFFD && at == 1);
    }
    CHECK(ch_utf8_valid(CH_STR_LIT("ab\xFFz")) == 2);
}

static void
test_lines(void)
{
    char   to[16];
    size_t at = 0, lines = 0;
    ch_str line, folded  = {to, ch_space_fold(CH_STR_LIT(" a\t\n b \xC2\xA0 "), to)};
    CHECK(ch_str_is(folded, "a b \xC2\xA0"));
    CHECK(ch_space_fold(CH_STR_LIT(" \n"), to) == 0);
    for (; ch_str_line(CH_STR_LIT("a\n\nb\n"), &at, &line); lines++)
        CHECK(ch_str_is(line, lines == 0 ? "a" : lines == 1 ? "" : "b"));
    CHECK(lines == 3);
}

static void
test_references(void)
{
    static const struct {
        const char *z;
        size_t      n;
        uint32_t    cp;
    } R[] = {{"&amp;lt;", 5, '&'},
             {"&apos;", 6, '\''},
             {"&#65;b", 5, 'A'},
             {"&#x1F0a;", 8, 0x1F0A},
             {"&#x10FFFF;", 10, 0x10FFFF},
             {"&#13;", 5, '\r'},
             {"&#0;", 0, 0},
             {"&#xB;", 0, 0},
             {"&#xFFFE;", 0, 0},
             {"&#xDFFF;", 0, 0},
             {"&#x110000;", 0, 0},
             {"&#99999999999999999999;", 0, 0},
             {"&#A;", 0, 0},
             {"&#;", 0, 0},
             {"&#x;", 0, 0},
             {"&#65", 0, 0},
             {"&nbsp;", 0, 0},
             {"&", 0, 0}};
    for (size_t i = 0; i < sizeof R / sizeof *R; i++) {
        uint32_t cp = 0;
        CHECK(ch_xml_reference(ch_str_from(R[i].z), 0, &cp) == R[i].n &&
              (!R[i].n || cp == R[i].cp));
    }
}

static void
test_civil(ch_arena *a)
{
    static const struct {
        int64_t     seconds;
        const char *z;
    } C[] = {{0, "1970-01-01 00:00:00"},           {-1, "1969-12-31 23:59:59"},
             {951782400, "2000-02-29 00:00:00"},   {1700000000, "2023-11-14 22:13:20"},
             {-2203891201, "1900-02-28 23:59:59"}, {-62167219200, "0000-01-01 00:00:00"},
             {-86400 * 306, "1969-03-01 00:00:00"}};
    for (size_t i = 0; i < sizeof C / sizeof *C; i++) {
        ch_civil c = ch_civil_from(C[i].seconds);
        CHECK(ch_str_is(ch_arena_printf(a, "%04d-%02u-%02u %02u:%02u:%02u", (int)c.year, c.month,
                                        c.day, c.hour, c.minute, c.second),
                        C[i].z));
        int64_t back = ch_civil_days(c.year, c.month, c.day) * 86400;
        CHECK(back <= C[i].seconds && back > C[i].seconds - 86400);
    }
}

static char order[8];

static void
note(void *p)
{
    strncat(order, p, 1);
}

static void
test_arena(ch_arena *a)
{
    ch_guard g;
    ch_mark  m = ch_arena_mark(a);
    ch_arena_defer(a, note, "a");
    ch_mark in = ch_arena_mark(a);
    ch_arena_defer(a, note, "b");
    char *big = ch_arena_alloc(a, 100000);
    CHECK(big[0] == 0 && big[99999] == 0);
    for (int i = 0; i < 10000; i++)
        memset(ch_arena_alloc(a, 40), 1, 40);
    ch_arena_defer(a, note, "c");
    ch_arena_rewind(a, in);
    CHECK(!strcmp(order, "cb"));
    char *again = ch_arena_alloc(a, 40);
    CHECK(again[0] == 0 && again[39] == 0);
    ch_arena_rewind(a, m);
    CHECK(!strcmp(order, "cba"));

    /* A large block made before a mark stays, one made after it goes. */
    char *keep = ch_arena_alloc(a, 50000);
    m          = ch_arena_mark(a);
    (void)ch_arena_alloc(a, 50000);
    size_t held = ch_arena_bytes(a);
    ch_arena_rewind(a, m);
    memset(keep, 7, 50000);
    CHECK(ch_arena_bytes(a) < held);

    ch_arena *small = ch_arena_new(200000);
    if (!small)
        return;
    volatile bool jumped = false;
    if (setjmp(g.env)) {
        jumped = true;
        CHECK(g.over_budget);
    } else {
        ch_arena_guard(small, &g);
        CHECK(ch_arena_try(small, 300000) == NULL);
        for (int i = 0; i < 100; i++)
            (void)ch_arena_alloc(small, 10000);
    }
    CHECK(jumped);
    CHECK(ch_arena_peak(small) <= 200000);
    ch_arena_reset(small);
    CHECK(ch_arena_bytes(small) == 0);
    ch_arena_free(small);

    CH_VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        *CH_PUSH(a, v) = i;
    CHECK(v.n == 1000 && v.at[999] == 999 && v.at[0] == 0);
}

static void
test_buf_and_map(ch_arena *a)
{
    ch_buf b;
    ch_buf_init(&b, a);
    CHECK(!strcmp(b.p, ""));
    for (int i = 0; i < 1000; i++)
        ch_buf_printf(&b, "%d,", i);
    CHECK(b.n == 3890 && b.p[b.n] == 0);
    static const struct {
        int64_t     v;
        int         places;
        const char *z;
    } F[] = {{12500, 3, "12.5"},
             {5, 2, "0.05"},
             {0, 2, "0"},
             {-1, 1, "-0.1"},
             {100, 2, "1"},
             {100, 0, "100"},
             {INT64_MIN, 0, "-9223372036854775808"}};
    for (size_t i = 0; i < sizeof F / sizeof *F; i++) {
        ch_buf_clear(&b);
        ch_buf_fixed(&b, F[i].v, F[i].places);
        CHECK(ch_str_is(ch_buf_view(&b), F[i].z));
    }
    ch_str marks = CH_STR_LIT("<a b=\"c\">&\\\t\r\n");
    ch_buf_clear(&b);
    ch_buf_xml(&b, ch_str_sub(marks, 0, 10));
    ch_buf_putc(&b, ' ');
    ch_buf_xml_text(&b, ch_str_sub(marks, 0, 10));
    ch_buf_putc(&b, ' ');
    ch_buf_escaped(&b, marks);
    CHECK(ch_str_is(ch_buf_view(&b), "&lt;a b=&quot;c&quot;&gt;&amp; &lt;a b=\"c\"&gt;&amp; "
                                     "<a b=\\\"c\\\">&\\\\\\t\\r\\n"));
    ch_map *m = ch_map_new(a);
    CHECK(!ch_map_lookup(m, CH_STR_LIT("x")));
    for (uintptr_t i = 1; i <= 5000; i++)
        ch_map_put(m, ch_arena_printf(a, "key %u", (unsigned)i), (void *)i);
    ch_map_put(m, CH_STR_LIT("key 7"), (void *)(uintptr_t)70);
    CHECK(ch_map_count(m) == 5000);
    CHECK((uintptr_t)ch_map_lookup(m, CH_STR_LIT("key 7")) == 70);
    CHECK((uintptr_t)ch_map_lookup(m, CH_STR_LIT("key 5000")) == 5000);
    CHECK(!ch_map_lookup(m, CH_STR_LIT("key 0")));
    CHECK(ch_str_is(ch_map_key(m, 6), "key 7"));
}

static void
test_len(ch_arena *a)
{
    static const struct {
        const char *z;
        ch_len      v;
    } GOOD[]                       = {{"12pt", 12 * CH_PT},
                                      {"25.4mm", 72 * CH_PT},
                                      {"2.54cm", 72 * CH_PT},
                                      {"1in", 72 * CH_PT},
                                      {"1.5em", 15 * CH_PT},
                                      {"-1pt", -CH_PT},
                                      {"0", 0},
                                      {"0mm", 0},
                                      {"0.5pt", CH_PT / 2},
                                      {"0.000008pt", 1},
                                      {"1mm", CH_MM},
                                      {"20000pt", 20000 * CH_PT}};
    static const char *const BAD[] = {"",     "12",    "pt",      "1 pt",         "1e3pt",
                                      ".5pt", "1.pt",  "+1pt",    "1,5pt",        "20001pt",
                                      "1px",  "--1pt", "1.2.3pt", "1234567890pt", "0.1"};
    ch_len                   v;
    ch_buf                   b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++)
        CHECK(ch_len_parse(ch_str_from(GOOD[i].z), 10 * CH_PT, &v) && v == GOOD[i].v);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        CHECK(!ch_len_parse(ch_str_from(BAD[i]), 10 * CH_PT, &v));
    ch_len_print(&b, 12 * CH_PT + CH_PT / 3);
    ch_buf_putc(&b, ' ');
    ch_len_print(&b, -CH_PT / 2);
    ch_buf_putc(&b, ' ');
    ch_len_print_to(&b, CH_PT / 3, 4);
    CHECK(ch_str_is(ch_buf_view(&b), "12.33 -0.5 0.3333"));
    CHECK(ch_len_scale(7, 1, 2) == 4 && ch_len_scale(-7, 1, 2) == -4);
    CHECK(ch_len_scale(CH_LEN_MAX, 4000000, 4000000) == CH_LEN_MAX);
}

static void
test_diags(ch_arena *a)
{
    ch_ctx cx  = {.job = a, .scratch = a, .diags = ch_diags_new(a)};
    ch_str src = CH_STR_LIT("one\n\t<\xC3\xA9t\xC3\xA9 x>\nlast");
    ch_buf b;
    ch_buf_init(&b, a);
    uint32_t s = ch_diags_source(cx.diags, CH_STR_LIT("a.xml"), src);
    ch_report(&cx, CH_E2001_not_well_formed, (ch_where){s, 11, 12}, CH_ARG(CH_STR_LIT("a\nb")));
    ch_hint(&cx, "try %d", 3);
    ch_diag_print_text(&b, cx.diags, ch_diags_at(cx.diags, 0));
    CHECK(ch_str_is(ch_buf_view(&b),
                    "a.xml:2:6: error: not well-formed: a b [E2001 not-well-formed]\n"
                    "    \t<\xC3\xA9t\xC3\xA9 x>\n    \t    ^\n    hint: try 3\n"));
    ch_buf_clear(&b);
    ch_diag_print_json(&b, cx.diags, ch_diags_at(cx.diags, 0));
    CHECK(strstr(b.p, "\"line\":2,\"column\":6,\"from\":11,\"to\":12,\"severity\":\"error\","
                      "\"code\":\"E2001\",\"slug\":\"not-well-formed\""));
    uint32_t line, column;
    ch_source_line_column(ch_diags_source_at(cx.diags, s), 999, &line, &column);
    CHECK(line == 3 && column == 5);
    ch_report_at(&cx, CH_E1001_file_missing, s, 7, 2, CH_ARG(CH_STR_LIT("x")));
    CHECK(ch_diags_errors(cx.diags) == 2);
    CHECK(ch_code_letter(CH_E9001_internal) == 'E' && ch_code_number(CH_E9001_internal) == 9001);
}

static void
test_host(ch_arena *a)
{
    char dir[] = "/tmp/ch-base-XXXXXX";
    int  error;
    if (!mkdtemp(dir))
        return;
    ch_str d    = ch_str_from(dir);
    ch_str file = ch_path_join(a, d, CH_STR_LIT("out.txt"));
    ch_str got;
    CHECK(ch_file_read(a, file.p, 100, &got, &error) == CH_FILE_MISSING);
    CHECK(ch_file_read(a, dir, 100, &got, &error) == CH_FILE_IS_DIRECTORY);
    CHECK(ch_file_write_atomic(a, file.p, CH_STR_LIT("first"), &error));
    CHECK(chmod(file.p, 0640) == 0);
    CHECK(ch_file_write_atomic(a, file.p, CH_STR_LIT("second"), &error));
    struct stat st;
    CHECK(stat(file.p, &st) == 0 && (st.st_mode & 0777) == 0640);
    CHECK(ch_file_read(a, file.p, 100, &got, &error) == CH_FILE_OK && ch_str_is(got, "second"));
    CHECK(ch_file_read(a, file.p, 5, &got, &error) == CH_FILE_TOO_LARGE);
    CHECK(ch_file_map(file.p, 100, &got, &error) == CH_FILE_OK && ch_str_is(got, "second"));
    ch_file_unmap(got);
    CHECK(!ch_file_write_atomic(a, dir, CH_STR_LIT("x"), &error));
    CHECK(!ch_file_write_atomic(a, ch_path_join(a, d, CH_STR_LIT("no/x")).p, d, &error));
    CHECK(ch_file_write_atomic(a, "/dev/null", d, &error));
    CHECK(ch_path_below(a, file, CH_STR_LIT("out.txt"), NULL, 0).n);
    CHECK(ch_path_below(a, file, CH_STR_LIT("sub/missing.png"), NULL, 0).n);
    CHECK(!ch_path_below(a, file, CH_STR_LIT("../x"), NULL, 0).n);
    CHECK(!ch_path_below(a, file, CH_STR_LIT("sub/../../x"), NULL, 0).n);
    CHECK(!ch_path_below(a, file, CH_STR_LIT("/etc/passwd"), NULL, 0).n);
    ch_str etc = CH_STR_LIT("/etc");
    CHECK(ch_str_is(ch_path_below(a, file, CH_STR_LIT("/etc/passwd"), &etc, 1), "/etc/passwd"));
    ch_str link = ch_path_join(a, d, CH_STR_LIT("link"));
    CHECK(symlink("/etc/passwd", link.p) == 0);
    CHECK(!ch_path_below(a, file, CH_STR_LIT("link"), NULL, 0).n);
    CHECK(ch_str_is(ch_path_folder(a, CH_STR_LIT("a/b//c")), "a/b"));
    CHECK(ch_str_is(ch_path_folder(a, CH_STR_LIT("/c")), "/"));
    CHECK(unlink(link.p) == 0 && unlink(file.p) == 0);
    CHECK(rmdir(dir) == 0); /* nothing was left behind */
    int64_t t;
    CHECK(setenv("SOURCE_DATE_EPOCH", "1700000000", 1) == 0);
    CHECK(ch_source_date_epoch(&t) && t == 1700000000);
    CHECK(setenv("SOURCE_DATE_EPOCH", "12x", 1) == 0);
    CHECK(!ch_source_date_epoch(&t));
}

static void
test_digest(void)
{
    uint8_t d[32];
    CHECK(ch_sha256("abc", 3, d) == CH_OK);
    CHECK(d[0] == 0xBA && d[1] == 0x78 && d[31] == 0xAD);
}

int
main(void)
{
    ch_guard  g;
    ch_arena *a = ch_arena_new(0);
    if (!a)
        return 1;
    if (setjmp(g.env))
        return 1;
    ch_arena_guard(a, &g);
    test_str();
    test_lines();
    test_references();
    test_civil(a);
    test_arena(a);
    test_buf_and_map(a);
    test_len(a);
    test_diags(a);
    test_host(a);
    test_digest();
    ch_arena_free(a);
    return failures ? 1 : 0;
}
