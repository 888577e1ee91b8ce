/* tests/unit/records_test.c -- job/records: what is read of each form, and where it is wrong. */
#include "job/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static int      failures, cases;
static ch_guard guard;
static ch_ctx   cx;

#define CHECK(x)                                                                                   \
    (cases++,                                                                                      \
     (x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static void
fresh(void)
{
    ch_arena_reset(cx.job);
    ch_arena_reset(cx.scratch);
    cx.diags = ch_diags_new(cx.job);
}

static void
put_value(ch_buf *b, const ch_value *v)
{
    if (v->name.n)
        ch_buf_printf(b, "%.*s@%u:%u=", CH_ARG(v->name), v->line, v->column);
    if (v->kind == CH_VALUE_TEXT || v->text.n)
        ch_buf_str(b, v->text);
    if (v->kind == CH_VALUE_TEXT)
        return;
    ch_buf_putc(b, v->kind == CH_VALUE_LIST ? '[' : '{');
    for (const ch_value *c = v->first; c; c = c->next) {
        put_value(b, c);
        ch_buf_puts(b, c->next ? "|" : "");
    }
    ch_buf_putc(b, v->kind == CH_VALUE_LIST ? ']' : '}');
}

static void
put_diags(ch_buf *b, size_t from)
{
    for (size_t i = from; i < ch_diags_count(cx.diags); i++) {
        const ch_diag *g = ch_diags_at(cx.diags, i);
        ch_buf_printf(b, "%c%u@%u:%u\n", ch_code_letter(g->code), ch_code_number(g->code), g->line,
                      g->column);
    }
}

/* All records of the bytes, a line each, and what is reported, where it is. */
static ch_str
read_all(ch_records_format format, ch_str bytes)
{
    ch_buf      b;
    ch_records *r = NULL;
    fresh();
    ch_buf_init(&b, cx.job);
    ch_status st = ch_records_open_bytes(&cx, CH_STR_LIT("t"), bytes, format, &r);
    put_diags(&b, 0);
    for (const ch_record *rec = NULL; st == CH_OK && r;) {
        size_t    before = ch_diags_count(cx.diags);
        ch_status one    = ch_records_next(r, &cx, cx.job, &rec);
        put_diags(&b, before);
        if (one == CH_OK && !rec)
            break;
        if (one == CH_OK) {
            ch_buf_printf(&b, "%zu@%u ", rec->number, rec->line);
            put_value(&b, rec->values);
            ch_buf_putc(&b, '\n');
        }
    }
    ch_records_close(r);
    return ch_buf_view(&b);
}

typedef struct reading {
    ch_records_format format;
    const char       *bytes, *wanted;
} reading;

static const reading readings[] = {
    /* RFC 4180 */
    {CH_RECORDS_CSV, "a,b\n1,2\n", "1@2 {a@2:1=1|b@2:3=2}\n"},
    {CH_RECORDS_CSV, "a,b\r\n1,2\r\n3,4\r\n", "1@2 {a@2:1=1|b@2:3=2}\n2@3 {a@3:1=3|b@3:3=4}\n"},
    {CH_RECORDS_CSV, "a,b\r1,2\r3,4", "1@2 {a@2:1=1|b@2:3=2}\n2@3 {a@3:1=3|b@3:3=4}\n"},
    {CH_RECORDS_CSV,
     "\xEF\xBB\xBF"
     "a,b\n1,2",
     "1@2 {a@2:1=1|b@2:3=2}\n"},
    {CH_RECORDS_CSV, "a,b\n\"x, \"\"y\"\"\",\"2\"\n", "1@2 {a@2:1=x, \"y\"|b@2:12=2}\n"},
    {CH_RECORDS_CSV, "a,b\n\"1\r\n2\",z\n3,4\n",
     "1@2 {a@2:1=1\r\n2|b@3:4=z}\n2@4 {a@4:1=3|b@4:3=4}\n"},
    {CH_RECORDS_CSV, "a,b\n,\n", "1@2 {a@2:1=|b@2:2=}\n"},
    {CH_RECORDS_CSV, "a,b\n é ,x\n", "1@2 {a@2:1= é |b@2:5=x}\n"},
    /* blank lines */
    {CH_RECORDS_CSV, "\n\r\na,b\n\n  \n1,2\n\n", "1@6 {a@6:1=1|b@6:3=2}\n"},
    {CH_RECORDS_CSV, "", "E3618@0:0\n"},
    {CH_RECORDS_CSV, "a,b\n", ""},
    /* header */
    {CH_RECORDS_CSV, "a,b,a\n1,2,3\n", "E3616@1:5\n"},
    {CH_RECORDS_CSV, "a, ,b\n1,2,3\n", "E3615@1:3\n"},
    {CH_RECORDS_CSV, "a,\"b\n1,2\n", "E3610@1:3\n"},
    {CH_RECORDS_CSV,
     "\xFF\xFE"
     "a",
     "E3625@1:1\n"},
    /* rows */
    {CH_RECORDS_CSV, "a,b\n1\n2,3\n4,5,6\n7,8\n",
     "E3611@2:1\n2@3 {a@3:1=2|b@3:3=3}\nE3611@4:1\n4@5 {a@5:1=7|b@5:3=8}\n"},
    {CH_RECORDS_CSV, "a,b\n1,\xC3(\n2,3\n", "E3613@2:3\n2@3 {a@3:1=2|b@3:3=3}\n"},
    {CH_RECORDS_CSV, "a,b\nx\x01y,2\n2,3\n", "E3612@2:2\n2@3 {a@3:1=2|b@3:3=3}\n"},
    /* a missing quote, at the end of the row, of the file, and before a quote elsewhere */
    {CH_RECORDS_CSV, "a,b\n1,\"x\n2,3\n4,5\n",
     "E3610@2:3\n2@3 {a@3:1=2|b@3:3=3}\n3@4 {a@4:1=4|b@4:3=5}\n"},
    {CH_RECORDS_CSV, "a,b\n\"1,x\n2,\"3\"\n4,5\n",
     "E3610@2:1\n2@3 {a@3:1=2|b@3:3=3}\n3@4 {a@4:1=4|b@4:3=5}\n"},
    {CH_RECORDS_CSV, "a,b\n\"1\"x,2\n4,5\n", "E3610@2:1\n2@3 {a@3:1=4|b@3:3=5}\n"},
    {CH_RECORDS_CSV, "a,b\n1 \"q\",2\n4,5\n", "E3610@2:1\n2@3 {a@3:1=4|b@3:3=5}\n"},
    {CH_RECORDS_CSV, "a,b\n\"l1\nl2\nl3 \"q\" l4\",2\n4,5\n", "E3610@2:1\n2@5 {a@5:1=4|b@5:3=5}\n"},
    /* formulas, and what only looks like one */
    {CH_RECORDS_CSV, "a,b\n=1+1,@x\n", "W3617@2:1\nW3617@2:6\n1@2 {a@2:1==1+1|b@2:6=@x}\n"},
    {CH_RECORDS_CSV, "a,b\n+41 22 917,-5.2\n", "1@2 {a@2:1=+41 22 917|b@2:12=-5.2}\n"},
    {CH_RECORDS_CSV, "a,b\n-A1,\"\t=x\"\n", "W3617@2:1\nW3617@2:5\n1@2 {a@2:1=-A1|b@2:5=\t=x}\n"},
    /* JSON Lines */
    {CH_RECORDS_JSON, "{\"a\": \"x\", \"n\": 1.50, \"t\": true, \"z\": null}\n",
     "1@1 {a@1:7=x|n@1:17=1.50|t@1:28=true}\n"},
    {CH_RECORDS_JSON, "{\"l\":[1,\"é\",{\"b\":-0}],\"k\":{\"d\":12345678901234567890}}",
     "1@1 {l@1:6=[1|é|{b@1:18=-0}]|k@1:27={d@1:32=12345678901234567890}}\n"},
    {CH_RECORDS_JSON, "\xEF\xBB\xBF{\"a\":\"\\u00e9\\n\"}\r\n\n{\"a\":2}",
     "1@1 {a@1:6=é\n}\n2@3 {a@3:6=2}\n"},
    {CH_RECORDS_JSON, "{\"a\":1,\"a\":2}\n{\"a\":3}\n", "E3619@1:10\n2@2 {a@2:6=3}\n"},
    {CH_RECORDS_JSON, "{\"a\":1\n[1]\n\"x\"\n{\"a\":\"\\u0000\"}\n{\"a\":4}\n",
     "E3619@1:6\nE3620@2:1\nE3620@3:1\nE3612@4:6\n5@5 {a@5:6=4}\n"},
    {CH_RECORDS_JSON, "{\"a\":\"\xC3(\"}\n{}\n", "E3613@1:7\n2@2 {}\n"},
    {CH_RECORDS_JSON, "", ""},
    /* XML: attributes and elements, lists, languages, what stands beside attributes */
    {CH_RECORDS_XML,
     "<r>\n <m id='1'><n>A &amp; B</n><n xml:lang='fr'>C</n></m>\n <m><n/><t>1</t><t>2</t></m></r>",
     "1@2 {id@2:2=1|n@2:12=A & B|n@fr@2:28=C}\n2@3 {n@3:5=|t@3:9=[1|2]}\n"},
    {CH_RECORDS_XML,
     "<?xml version='1.0'?><!-- <m/> --><r xmlns='urn:x'><m a='x>y'/><m><p k='v'> t <!-- c "
     "--></p></m></r>",
     "1@1 {a@1:52=x>y}\n2@1 {p@1:67=t{k@1:67=v}}\n"},
    {CH_RECORDS_XML, "<r><m a='A &amp; B' b='&#38;&amp;amp;&lt;'/></r>",
     "1@1 {a@1:4=A & B|b@1:4=&&amp;<}\n"},
    {CH_RECORDS_XML, "<r><m>text</m><m><a>1</a>x</m><m><a><![CDATA[<b>]]></a></m></r>",
     "E3622@1:4\nE3622@1:15\n3@1 {a@1:34=<b>}\n"},
    {CH_RECORDS_XML, "<r><m><a>1</a></m><m><a>2</b></m></r>", "1@1 {a@1:7=1}\nE3621@1:26\n"},
    {CH_RECORDS_XML, "<r><m><a>1</a></m><m><a>2", "1@1 {a@1:7=1}\nE3621@1:22\n"},
    {CH_RECORDS_XML, "<!DOCTYPE r [<!ENTITY e 'x'>]><r><m><a>&e;</a></m></r>", "E2003@1:14\n"},
    {CH_RECORDS_XML, "<r><m><a>&e;</a></m></r>", "E3621@1:13\n"},
    {CH_RECORDS_XML, "", "E3621@1:1\n"},
    {CH_RECORDS_XML, "<r/>", ""},
};

static void
test_readings(void)
{
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        ch_str got = read_all(readings[i].format, ch_str_from(readings[i].bytes));
        cases++;
        if (ch_str_is(got, readings[i].wanted))
            continue;
        failures++;
        fprintf(stderr, "reading %zu of\n%s\nwanted:\n%sgot:\n%.*s\n", i, readings[i].bytes,
                readings[i].wanted, CH_ARG(got));
    }
}

/* What is no object: E3620.  An embedded NUL, a field and a record that are too large: E3612, E3614, E3623; the rest is read. */
static void
test_large(void)
{
    CHECK(ch_str_is(read_all(CH_RECORDS_CSV, CH_STR_LIT("a,b\n1,x\0y\n2,3\n")),
                    "E3612@2:4\n2@3 {a@3:1=2|b@3:3=3}\n"));
    size_t n   = (size_t)10 << 20;
    char  *big = malloc(n + 100);
    int    at  = snprintf(big, 100, "a,b\n1,2\n3,\"");
    memset(big + at, 'x', n);
    for (size_t i = 0; i < 3; i++) {
        static const char *const ends[] = {"\"\n5,6\n", "\n5,6\n", ",\n5,6\n"};
        snprintf(big + (size_t)at + n, 60, "%s", ends[i]);
        CHECK(ch_str_is(read_all(CH_RECORDS_CSV, ch_str_from(big)),
                        "1@2 {a@2:1=1|b@2:3=2}\nE3614@3:3\n3@4 {a@4:1=5|b@4:3=6}\n"));
    }
    at = snprintf(big, 100, "{\"a\":\"");
    memset(big + at, 'x', n);
    snprintf(big + (size_t)at + n, 60, "\"}\n{\"a\":7}\n");
    CHECK(ch_str_is(read_all(CH_RECORDS_JSON, ch_str_from(big)), "E3614@1:6\n2@2 {a@2:6=7}\n"));
    at = snprintf(big, 100, "<r><m><a>");
    memset(big + at, 'x', n);
    snprintf(big + (size_t)at + n, 60, "</a></m><m><a>7</a></m></r>");
    ch_str got = read_all(CH_RECORDS_XML, ch_str_from(big));
    CHECK(ch_str_starts(got, "E3614@1:7\n2@1 {a@1:"));
    free(big);
    n   = (size_t)CH_RECORD_BYTES_MAX + 70000;
    big = malloc(n + 100);
    memset(big, ' ', n);
    memcpy(big, "{\"a\"", 4);
    snprintf(big + n, 60, ":1}\n{\"a\":7}\n");
    CHECK(ch_str_is(read_all(CH_RECORDS_JSON, ch_str_from(big)), "E3623@1:1\n2@2 {a@2:6=7}\n"));
    /* One record with elements without number, and one behind it. */
    ch_buf b;
    ch_buf_init(&b, cx.job);
    ch_buf_puts(&b, "<r><m>");
    while (b.n <= n)
        ch_buf_puts(&b, "<a>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</a>\n");
    ch_buf_puts(&b, "</m>\n<m><a>7</a></m></r>");
    memcpy(big, b.p, b.n < n + 100 ? b.n : 0);
    CHECK(ch_str_starts(read_all(CH_RECORDS_XML, (ch_str){big, b.n}), "E3623@1:4\n2@"));
    free(big);
}

/* Text between very many elements takes no more room than they do. */
static void
test_mixed(void)
{
    enum { MANY = 30000 };
    static const char piece[] = "a<b/>";
    struct rusage     before, after;
    size_t            at  = strlen("<r><m>");
    char             *big = malloc(MANY * sizeof piece + 100);
    memcpy(big, "<r><m>", at);
    for (size_t i = 0; i < MANY; i++, at += sizeof piece - 1)
        memcpy(big + at, piece, sizeof piece);
    snprintf(big + at, 60, "</m><m><a>7</a></m></r>");
    CHECK(getrusage(RUSAGE_SELF, &before) == 0);
    CHECK(ch_str_is(read_all(CH_RECORDS_XML, ch_str_from(big)), "E3622@1:4\n2@1 {a@1:150014=7}\n"));
    CHECK(getrusage(RUSAGE_SELF, &after) == 0);
    CHECK(after.ru_maxrss - before.ru_maxrss < 64 << 10); /* KiB */
    free(big);
}

/* Opening: E1001, E1002, E3624, and one of a file's records, E3626. */
static void
test_opening(void)
{
    static char      name[] = "t", bytes[] = "a\n1\n\"2\n3\n";
    ch_record_choice c   = {.name       = name,
                            .bytes      = bytes,
                            .size       = sizeof bytes - 1,
                            .from_bytes = true,
                            .format     = CH_RECORDS_CSV,
                            .number     = 3};
    ch_records      *r   = NULL;
    const ch_record *one = NULL;
    fresh();
    CHECK(ch_records_open(&cx, "no-such-file.csv", CH_RECORDS_BY_NAME, &r) == CH_ERR_HOST && !r);
    CHECK(ch_records_open(&cx, ".", CH_RECORDS_CSV, &r) == CH_ERR_HOST && !r);
    CHECK(ch_records_open_bytes(&cx, CH_STR_LIT("a.txt"), CH_STR_LIT("a\n"), CH_RECORDS_BY_NAME,
                                &r) == CH_ERR_INPUT &&
          !r);
    CHECK(ch_diags_count(cx.diags) == 3 &&
          ch_diags_at(cx.diags, 2)->code == CH_E3624_unknown_records);
    fresh();
    CHECK(ch_record_choose(&cx, &c, &one) == CH_OK && one && one->number == 3 && one->line == 4);
    CHECK(ch_diags_count(cx.diags) == 0); /* record 2 is bad, and not asked for */
    c.number = 2;
    CHECK(ch_record_choose(&cx, &c, &one) == CH_ERR_INPUT && !one);
    c.number = 4;
    CHECK(ch_record_choose(&cx, &c, &one) == CH_ERR_INPUT && !one);
    CHECK(ch_diags_at(cx.diags, ch_diags_count(cx.diags) - 1)->code == CH_E3626_no_such_record);
}

/* The digest is that of names and values, not of their form. */
static void
test_digest(void)
{
    static const struct {
        ch_records_format format;
        const char       *bytes;
        bool              same;
    } forms[] = {{CH_RECORDS_CSV, "a,b\n1,x\n", true},
                 {CH_RECORDS_CSV, "\"a\",b\r\n\"1\",x", true},
                 {CH_RECORDS_JSON, "{ \"a\" : 1 , \"b\":\"x\" }", true},
                 {CH_RECORDS_XML, "<r><m a='1'><b>x</b></m></r>", true},
                 {CH_RECORDS_CSV, "a,b\n1,y\n", false},
                 {CH_RECORDS_CSV, "a,c\n1,x\n", false},
                 {CH_RECORDS_JSON, "{\"a\":1,\"b\":[\"x\"]}", false}};
    uint8_t first[CH_RECORD_DIGEST], other[CH_RECORD_DIGEST];
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        ch_records      *r   = NULL;
        const ch_record *rec = NULL;
        fresh();
        CHECK(ch_records_open_bytes(&cx, CH_STR_LIT("t"), ch_str_from(forms[i].bytes),
                                    forms[i].format, &r) == CH_OK);
        CHECK(ch_records_next(r, &cx, cx.job, &rec) == CH_OK && rec);
        CHECK(rec && ch_record_digest(cx.scratch, rec, i ? other : first) == CH_OK);
        CHECK(i == 0 || (memcmp(first, other, sizeof first) == 0) == forms[i].same);
        ch_records_close(r);
    }
}

/* ---- mutants ---- */

static uint32_t seed = 1;

static uint32_t
dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

static bool
texts_ok(const ch_value *v)
{
    bool ok = ch_utf8_valid(v->text) == v->text.n && ch_utf8_valid(v->name) == v->name.n &&
              v->line > 0 && v->column > 0 && !memchr(v->text.p, '\0', v->text.n);
    for (const ch_value *c = v->first; c && ok; c = c->next)
        ok = texts_ok(c);
    return ok;
}

/* Whatever the bytes are, reading comes to an end, and each record is whole or reported. */
static bool
reads_mutant(ch_records_format format, ch_str bytes)
{
    ch_records      *r     = NULL;
    const ch_record *rec   = NULL;
    size_t           turns = 0;
    bool             ok    = true;
    fresh();
    if (ch_records_open_bytes(&cx, CH_STR_LIT("t"), bytes, format, &r) != CH_OK)
        return ch_diags_errors(cx.diags) > 0;
    for (; ok && turns <= bytes.n + 2; turns++) {
        size_t    before = ch_diags_errors(cx.diags);
        ch_status st     = ch_records_next(r, &cx, cx.job, &rec);
        if (st == CH_OK && !rec)
            break;
        ok = (st == CH_OK) == (ch_diags_errors(cx.diags) == before) &&
             (st != CH_OK || (rec->number == ch_records_met(r) && texts_ok(rec->values)));
    }
    ch_records_close(r);
    return ok && turns <= bytes.n + 2;
}

static void
test_mutants(void)
{
    static const char *const pieces[] = {"\"",   "\n",  "\r\n",  ",",       "\0",   "\xC3",
                                         "{",    "}",   "[",     "]",       ":",    "<",
                                         "</a>", "<a>", "&amp;", "\\u0000", "null", "]]>"};
    char                     mutant[600];
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
            ch_str from = ch_str_from(readings[i].bytes);
            size_t n    = from.n < 300 ? from.n : 300;
            memcpy(mutant, from.p, n);
            for (uint32_t k = dice(4) + 1; k > 0; k--) {
                ch_str piece = ch_str_from(pieces[dice(sizeof pieces / sizeof *pieces)]);
                size_t at = dice((uint32_t)n + 1), gone = dice(3), add = piece.n ? piece.n : 1;
                gone = gone < n - at ? gone : n - at;
                memmove(mutant + at + add, mutant + at + gone, n - at - gone);
                memcpy(mutant + at, piece.p, add);
                n += add - gone;
            }
            cases++;
            if (reads_mutant(readings[i].format, (ch_str){mutant, n}))
                continue;
            failures++;
            fprintf(stderr, "mutant %d of reading %zu:\n%.*s\n", round, i, (int)n, mutant);
        }
    }
}

int
main(void)
{
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    ch_limits_fill(&cx.limits);
    if (setjmp(guard.env))
        return 1;
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    test_mixed(); /* first: the most that was in use never falls */
    test_readings();
    test_large();
    test_opening();
    test_digest();
    test_mutants();
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    printf("CASES %d %d 0\n", cases - failures, failures);
    return failures > 0;
}
