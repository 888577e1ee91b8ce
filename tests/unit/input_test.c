/* tests/unit/input_test.c -- input/: reading, places, limits, datatypes, the tree. */
#include "input/check.h"
#include "input/input.h"
#include "input/rng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

#define HEAD "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><body>"
#define TAIL "</body></letter>"

static ch_arena *job, *scratch;

static ch_ctx
fresh(void)
{
    ch_arena_reset(job);
    ch_arena_reset(scratch);
    ch_ctx cx = {.job = job, .scratch = scratch, .diags = ch_diags_new(job)};
    ch_limits_fill(&cx.limits);
    return cx;
}

/* Read it, and say whether the one error (or warning, or note) is that, there. */
static bool
gives(ch_ctx *cx, ch_str bytes, ch_status status, ch_code code, uint32_t from)
{
    const ch_node *root;
    ch_status      s  = ch_xml_read(cx, &ch_letter_vocab, CH_STR_LIT("t.xml"), bytes, &root);
    bool           ok = s == status && (root != NULL) == (s == CH_OK);
    ok = ok && ch_diags_count(cx->diags) == 1 && ch_diags_at(cx->diags, 0)->code == code &&
         ch_diags_at(cx->diags, 0)->where.from == from;
    if (!ok) {
        ch_buf b;
        ch_buf_init(&b, cx->job);
        for (size_t i = 0; i < ch_diags_count(cx->diags) && i < 5; i++)
            ch_diag_print_text(&b, cx->diags, ch_diags_at(cx->diags, i));
        fprintf(stderr, "status %d\n%s", (int)s, b.p);
    }
    return ok;
}

static ch_str
repeated(const char *head, const char *unit, size_t times, const char *tail)
{
    ch_buf b;
    ch_buf_init(&b, job);
    ch_buf_puts(&b, head);
    for (size_t i = 0; i < times; i++)
        ch_buf_puts(&b, unit);
    ch_buf_puts(&b, tail);
    return ch_buf_view(&b);
}

/* E2001, E2002, E2004, E2005, E2007 */
static void
test_bytes(void)
{
    ch_ctx cx = fresh();
    CHECK(gives(&cx, CH_STR_EMPTY, CH_ERR_INPUT, CH_E2002_no_document, 0));
    cx = fresh();
    CHECK(gives(&cx, CH_STR_LIT(" \n\t "), CH_ERR_INPUT, CH_E2002_no_document, 0));
    cx = fresh();
    CHECK(gives(&cx, CH_STR_LIT("\xFF\xFE<\0l\0"), CH_ERR_INPUT, CH_E2004_bad_encoding, 0));
    cx = fresh();
    CHECK(gives(&cx, CH_STR_LIT("<\0l\0e\0"), CH_ERR_INPUT, CH_E2004_bad_encoding, 0));
    cx = fresh();
    CHECK(gives(&cx, CH_STR_LIT("<a>\0</a>"), CH_ERR_INPUT, CH_E2001_not_well_formed, 3));
    cx = fresh();
    CHECK(gives(&cx, CH_STR_LIT("<letter>\xE2\x82</letter>"), CH_ERR_INPUT, CH_E2005_invalid_utf8,
                8));
    cx                    = fresh();
    cx.limits.input_bytes = 100;
    CHECK(gives(&cx, repeated(HEAD "<p>", "x", 100, "</p>" TAIL), CH_ERR_LIMIT,
                CH_E2007_input_too_large, 0));
}

/* E2008, E2009, E2010 */
static void
test_limits(void)
{
    ch_ctx cx = fresh();
    CHECK(gives(&cx, repeated(HEAD "<p>", "<emph>", 100000, ""), CH_ERR_LIMIT, CH_E2008_too_deep,
                (uint32_t)(sizeof HEAD - 1 + 3 + 253 * 6)));
    cx              = fresh();
    cx.limits.depth = 200000;
    const ch_node *root;
    ch_buf         b;
    ch_buf_init(&b, job);
    ch_buf_str(&b, repeated(HEAD "<p>", "<emph>", 100000, ""));
    for (int i = 0; i < 100000; i++)
        ch_buf_puts(&b, "</emph>");
    ch_buf_puts(&b, "</p>" TAIL);
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("deep"), ch_buf_view(&b), &root) == CH_OK);
    cx              = fresh();
    cx.limits.nodes = 1000;
    CHECK(gives(&cx, repeated(HEAD, "<p>x</p>", 1000, TAIL), CH_ERR_LIMIT, CH_E2009_too_many_nodes,
                (uint32_t)(sizeof HEAD - 1 + 499 * 8)));
    /* libxml2 compares every attribute of a tag with every other: without a limit, hours. */
    cx = fresh();
    CHECK(gives(&cx, repeated(HEAD "<p", " a=''", 2000000, "/>" TAIL), CH_ERR_LIMIT,
                CH_E2010_too_many_attributes, sizeof HEAD - 1));
    /* The same of namespaces that add up from tag to tag. */
    cx               = fresh();
    const char *unit = "<emph xmlns:a='u:1' xmlns:b='u:2' xmlns:c='u:3' xmlns:d='u:4'>";
    CHECK(gives(&cx, repeated(HEAD "<p>", unit, 200, ""), CH_ERR_LIMIT,
                CH_E2010_too_many_attributes, (uint32_t)(sizeof HEAD - 1 + 3 + 63 * strlen(unit))));
}

/* Nothing takes more than linear time; N2090 ends a long list. */
static void
test_large(void)
{
    clock_t from = clock();
    ch_ctx  cx   = fresh();
    ch_str  text = repeated(HEAD "<p>", "word ", 2000000, "</p>" TAIL);

    const ch_node *root;
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("p"), text, &root) == CH_OK);
    const ch_node *p = ch_node_child(ch_node_child(root, CH_L_body), CH_L_p);
    CHECK(p && p->first && p->first == p->last && p->first->text.n == 10000000);
    /* Text that stands in the file as it is meant is not copied. */
    CHECK(p && p->first->text.p == text.p + p->first->where.from);
    cx   = fresh();
    text = repeated(HEAD "<p>", "a&amp;b ", 1000000, "</p>" TAIL);
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("p"), text, &root) == CH_OK);
    p = ch_node_child(ch_node_child(root, CH_L_body), CH_L_p);
    CHECK(p && p->first->text.n == 4000000);
    cx   = fresh();
    text = repeated(HEAD, "<x/>", 1000000, TAIL);
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("p"), text, &root) == CH_ERR_INPUT);
    CHECK(ch_diags_errors(cx.diags) <= 200);
    CHECK(ch_diags_at(cx.diags, ch_diags_count(cx.diags) - 1)->code == CH_N2090_more_errors ||
          ch_diags_at(cx.diags, 0)->code == CH_N2090_more_errors);
    cx   = fresh();
    text = repeated("<letter a='", "<&amp; ", 1000000, "'/>");
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("p"), text, &root) == CH_ERR_INPUT);
    /* Quadratic work on any of these would take minutes, whatever the machine. */
    CHECK((double)(clock() - from) / CLOCKS_PER_SEC < 60);
}

/* The n-th allocation from the arenas fails: no crash, no leak, and the guard or a status. */
static void
test_memory(ch_guard *outer)
{
    static const char LETTER[] = HEAD "<p n=' 1  a '>a&amp;b <emph>c</emph></p>" TAIL;
    for (volatile size_t budget = 70000; budget < 400000; budget += 4096) {
        ch_guard guard;
        ch_arena *volatile a = ch_arena_new(budget), *volatile s = ch_arena_new(budget);
        if (!a || !s)
            abort();
        if (!setjmp(guard.env)) {
            ch_arena_guard(a, &guard);
            ch_arena_guard(s, &guard);
            ch_ctx         cx = {.job = a, .scratch = s, .diags = ch_diags_new(a)};
            const ch_node *root;
            ch_limits_fill(&cx.limits);
            ch_str    text = repeated(HEAD "<p>", "a&amp;b <emph>x</emph>", 300, "</p>" TAIL);
            ch_status st   = ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("m"), text, &root);
            CHECK(st == CH_OK || st == CH_ERR_HOST);
        }
        ch_arena_free(s);
        ch_arena_free(a);
    }
    ch_arena_guard(job, outer);
    ch_ctx         cx = fresh();
    const ch_node *root;
    ch_str         text = ch_str_from(LETTER);
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("m"), text, &root) == CH_OK);
    const ch_node *p = ch_node_child(ch_node_child(root, CH_L_body), CH_L_p);
    CHECK(ch_str_is(ch_node_attr_str(p, CH_LA_n), "1 a"));
}

/* W2050 */
static void
test_warning(void)
{
    static const char Z[] = "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\">"
                            "<meta><title>a</title><title xml:lang=\"fr\">b</title>"
                            "<title>c</title></meta><body><p>d</p></body></letter>";
    ch_ctx            cx  = fresh();
    CHECK(gives(&cx, ch_str_from(Z), CH_OK, CH_W2050_repeated_language,
                (uint32_t)(strstr(Z, "<title>c") - Z)));
}

static void
test_tree(void)
{
    static const char Z[] =
        "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\">\r\n"
        "<meta><title>a</title><title xml:lang=\"fr-CH\">b</title></meta>\r\n"
        "<body><p>one <emph>two</emph>\r\n<!-- x -->three<date when=' 2026-03-02 '/></p>"
        "<salute/></body></letter>\r\n";
    const ch_node *root;
    ch_ctx         cx = fresh();
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("t\"xml"), ch_str_from(Z), &root) == CH_OK);
    const ch_node *meta = ch_node_child(root, CH_L_meta);
    const ch_node *t    = ch_node_alternative(meta, CH_L_title, CH_STR_LIT("fr"));
    CHECK(t && ch_str_is(ch_node_text(job, t), "b") && ch_str_is(t->lang, "fr-CH"));
    t = ch_node_alternative(meta, CH_L_title, CH_STR_LIT("de"));
    CHECK(t && ch_str_is(ch_node_text(job, t), "a") && ch_str_is(t->lang, "en"));
    CHECK(!ch_node_alternative(meta, CH_L_subject, CH_STR_LIT("en")));
    const ch_node *body = ch_node_elements_next(meta);
    CHECK(body && body->elem == CH_L_body && !ch_node_elements_next(body));
    const ch_node *p = ch_node_elements_first(body);
    CHECK(ch_str_is(ch_node_text(job, p), "one two\nthree"));
    CHECK(!ch_node_attr(p, CH_LA_n) && !ch_node_attr_str(p, CH_LA_n).n);
    CHECK(!ch_node_child(NULL, CH_L_p) && !ch_node_next(NULL, CH_L_p));
    const ch_attr *when = ch_node_attr(ch_node_child(p, CH_L_date), CH_LA_when);
    CHECK(when && ch_str_is(when->value, "2026-03-02"));
    CHECK(when && !memcmp(Z + when->where.from, "when=' 2026-03-02 '", 19) &&
          when->where.to - when->where.from == 19);
    ch_buf b;
    ch_buf_init(&b, job);
    ch_tree_dump(&b, &ch_letter_vocab, root, cx.diags);
    CHECK(strstr(b.p, "source \"t\\\"xml\"\nletter xml:lang=\"en\" [0,52)\n  meta ["));
    CHECK(strstr(b.p, "\n      \"\\nthree\" ["));
}

/* References in attributes stand for what they stand for in text. */
static void
test_references(void)
{
    static const char Z[] =
        HEAD "<p><ref target='a?b&amp;c&#38;d&quot;&amp;#38;&lt;'>x</ref></p>" TAIL;
    const ch_node *root;
    ch_ctx         cx = fresh();
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("t"), ch_str_from(Z), &root) == CH_OK);
    const ch_node *ref =
        ch_node_child(ch_node_child(ch_node_child(root, CH_L_body), CH_L_p), CH_L_ref);
    CHECK(ch_str_is(ch_node_attr_str(ref, CH_LA_target), "a?b&c&d\"&#38;<"));
}

static void
test_datatypes(void)
{
    static const struct {
        ch_datatype type;
        const char *good, *bad; /* a bar between */
    } T[] = {
        {CH_D_TOKEN, "a| a b", "| "},
        {CH_D_NAME, "a|_|a.b-c9", "|9|a b|\xC3\xA9"},
        {CH_D_NAMES, "a|a  b| a b ", "|a ,"},
        {CH_D_LANG, "en|zh-Hans-CN|i-x9", "|en_GB|9|en-|-en|abcdefghi|en--x"},
        {CH_D_DATE, "2024-02-29| 1999-12-31 |2000-02-29",
         "|2023-02-29|1900-02-29|2024-00-01|2024-1-1"},
        {CH_D_LENGTH, "0|1pt|6999mm|199in|99.5em|0cm",
         "|1|-1pt|1 pt|7000mm|200in|100em|1.pt|.5pt|1.1234567890pt"},
        {CH_D_SIGNED_LENGTH, "-1pt|1pt|-0", "--1pt|-|-7000mm"},
        {CH_D_NATURAL, "0|007|999999999", "|-1|1.0|1000000000|+1"},
        {CH_D_INTEGER, "-1|1", "|-|1-"},
        {CH_D_NUMBER, "-1.5|2|0.123456789", "|.5|1.|1e3|0.1234567890"},
        {CH_D_URI, "#a|http://a.example/", "|a b"},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        ch_attr_use use = {.attr = 1, .type = (uint8_t)T[i].type};
        for (int good = 0; good < 2; good++) {
            const char *z = good ? T[i].good : T[i].bad;
            for (;;) {
                size_t n = strcspn(z, "|");
                if (ch_attr_value_ok(&use, (ch_str){z, n}) != (good == 1)) {
                    fprintf(stderr, "type %d: '%.*s'\n", (int)T[i].type, (int)n, z);
                    failures++;
                }
                if (!z[n])
                    break;
                z += n + 1;
            }
        }
    }
    ch_attr_use choice = {.attr = 1, .type = CH_D_CHOICE, .values = "a-b c"};
    CHECK(ch_attr_choice(&choice, CH_STR_LIT(" c ")) == 1);
    CHECK(ch_attr_choice(&choice, CH_STR_LIT("a")) == -1);
    /* With a brace that is none it is nobody's value either: the merge complains. */
    static const char *const filled[] = {
        "{a.b}", "x {a} y", "{Nom, ou titre}", "{/a}", "{.}", "{{{a}", "{}", "{a", "{"};
    static const char *const plain[] = {"", "a", "{{a}}", "}", "a}b", "{{{{"};
    for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
        CHECK(ch_placeholder(ch_str_from(filled[i])));
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        CHECK(!ch_placeholder(ch_str_from(plain[i])));
    static const char *const no_paths[] = {"", ".a", "a.", "a..b", "a/b", "a=b", " ", "a. ", "/"};
    for (size_t i = 0; i < sizeof no_paths / sizeof *no_paths; i++)
        CHECK(!ch_path_ok(ch_str_from(no_paths[i])));
    /* What the checker lets through as a length, the reader of lengths takes. */
    ch_len l;
    CHECK(ch_len_parse(CH_STR_LIT("9999.999999999pt"), CH_PT, &l));
    CHECK(ch_len_parse(CH_STR_LIT("6999.999999999mm"), CH_PT, &l));
    CHECK(ch_len_parse(CH_STR_LIT("199.999999999in"), CH_PT, &l));
}

static void
test_nearest(void)
{
    ch_str words = CH_STR_LIT("persName orgName placeName p ");
    CHECK(ch_str_is(ch_nearest(CH_STR_LIT("persname"), words), "persName"));
    CHECK(ch_str_is(ch_nearest(CH_STR_LIT("perNsame"), words), "persName"));
    CHECK(!ch_nearest(CH_STR_LIT("b"), words).n);
    CHECK(!ch_nearest(CH_STR_LIT("signatory"), words).n);
}

/* A small vocabulary of another kind, for what letters do not use. */
static const ch_particle    BOX_CHILDREN[]   = {{2, CH_OCCURS_ONE, false, 0}, {0, 0, false, 0}};
static const ch_particle    NO_CHILDREN[]    = {{0, 0, false, 0}};
static const ch_attr_use    BOX_ATTRS[]      = {{1, false, CH_D_NATURAL, NULL, "how many"},
                                                {0, false, 0, NULL, NULL}};
static const ch_attr_use    NO_ATTRS[]       = {{0, false, 0, NULL, NULL}};
static const ch_element_def SMALL_ELEMENTS[] = {
    {"", CH_CONTENT_EMPTY, NULL, NULL, ""},
    {"box", CH_CONTENT_ELEMENTS, BOX_CHILDREN, BOX_ATTRS, "A box."},
    {"lid", CH_CONTENT_TEXT, NO_CHILDREN, NO_ATTRS, "Its lid."},
};
static const char *const SMALL_ATTRS[] = {"", "count"};
static const ch_vocab    SMALL         = {.ns         = "urn:small",
                                          .root       = 1,
                                          .elements   = SMALL_ELEMENTS,
                                          .n_elements = 3,
                                          .attrs      = SMALL_ATTRS,
                                          .n_attrs    = 2,
                                          .everywhere = NO_ATTRS,
                                          .conditions = NO_ATTRS};

/* E2026, E2014 */
static void
test_other_vocabulary(void)
{
    const ch_node *root;
    ch_ctx         cx = fresh();
    ch_str         z  = CH_STR_LIT("<box xmlns='urn:small' count='many'><lid>a</lid></box>");
    CHECK(ch_xml_read(&cx, &SMALL, CH_STR_LIT("s"), z, &root) == CH_ERR_INPUT);
    CHECK(ch_diags_count(cx.diags) == 1 && ch_diags_at(cx.diags, 0)->code == CH_E2026_bad_number);
    cx = fresh();
    z  = CH_STR_LIT("<box xmlns='urn:small' count='3'><lid>a<lid/></lid></box>");
    CHECK(ch_xml_read(&cx, &SMALL, CH_STR_LIT("s"), z, &root) == CH_ERR_INPUT);
    CHECK(ch_diags_count(cx.diags) == 1 &&
          ch_diags_at(cx.diags, 0)->code == CH_E2014_misplaced_element);
    /* No placeholders here. */
    cx = fresh();
    z  = CH_STR_LIT("<box xmlns='urn:small' count='{n}'><lid>a</lid></box>");
    CHECK(ch_xml_read(&cx, &SMALL, CH_STR_LIT("s"), z, &root) == CH_ERR_INPUT);
    ch_buf b;
    ch_buf_init(&b, job);
    ch_rng_write(&b, &SMALL);
    CHECK(strstr(b.p, "ns=\"urn:small\"") && strstr(b.p, "<element name=\"lid\">"));
}

/* A greedy match must do: what an element of the table may take twice it takes first. */
static void
test_table_is_greedy(void)
{
    const ch_vocab *v = &ch_letter_vocab;
    for (uint16_t e = 1; e < v->n_elements; e++) {
        const ch_particle *list = v->elements[e].children;
        if (v->elements[e].content != CH_CONTENT_ELEMENTS)
            continue;
        for (const ch_particle *p = list; p->occurs; p++) {
            for (const ch_particle *q = p + 1; q->occurs; q++) {
                bool needed = q->occurs == CH_OCCURS_ONE || q->occurs == CH_OCCURS_SOME;
                for (uint16_t c = 1; needed && c < v->n_elements; c++)
                    CHECK(!(ch_particle_takes(v, p, c) && ch_particle_takes(v, q, c)));
            }
        }
    }
}

int
main(void)
{
    ch_guard guard;
    job     = ch_arena_new(0);
    scratch = ch_arena_new(0);
    if (!job || !scratch || setjmp(guard.env))
        return 1;
    ch_arena_guard(job, &guard);
    ch_arena_guard(scratch, &guard);
    test_bytes();
    test_limits();
    test_large();
    test_memory(&guard);
    test_warning();
    test_tree();
    test_references();
    test_datatypes();
    test_nearest();
    test_other_vocabulary();
    test_table_is_greedy();
    ch_arena_free(scratch);
    ch_arena_free(job);
    return failures ? 1 : 0;
}
