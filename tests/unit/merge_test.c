/* tests/unit/merge_test.c -- letter/merge: what comes out of a letter and a record, and how long it
 * takes. */
#include "letter/merge.h"

#include "input/input.h"
#include "input/letter_vocab.h"
#include "job/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    cx.diags  = ch_diags_new(cx.job);
    cx.limits = (ch_limits){.nodes = 0};
    ch_limits_fill(&cx.limits);
}

/* A record of one line of JSON, or, where it begins otherwise, of a CSV file of two rows. */
static const ch_record *
record(const char *text)
{
    ch_records       *r      = NULL;
    const ch_record  *out    = NULL;
    ch_records_format format = text[0] == '{' ? CH_RECORDS_JSON : CH_RECORDS_CSV;
    if (ch_records_open_bytes(&cx, CH_STR_LIT("r"), ch_str_from(text), format, &r) == CH_OK)
        CHECK(ch_records_next(r, &cx, cx.job, &out) == CH_OK && out);
    ch_records_close(r);
    return out;
}

/* The tree as XML.  fields: with the tags of the fields that were filled. */
static void
put_node(ch_buf *b, const ch_node *n, bool fields)
{
    if (n->kind == CH_NODE_TEXT) {
        ch_buf_xml(b, n->text);
        return;
    }
    bool        tag  = fields || n->elem != CH_L_field;
    const char *name = ch_letter_vocab.elements[n->elem].name;
    if (tag)
        ch_buf_printf(b, "<%s", name);
    for (size_t i = 0; tag && i < n->n_attrs; i++) {
        if (n->elem == CH_L_field)
            continue;
        ch_buf_printf(b, " %s='", ch_letter_vocab.attrs[n->attrs[i].attr]);
        ch_buf_xml(b, n->attrs[i].value);
        ch_buf_putc(b, '\'');
    }
    if (tag)
        ch_buf_puts(b, n->first || n->elem == CH_L_letter ? ">" : "/>");
    const ch_node *last = NULL;
    for (const ch_node *c = n->first; c; last = c, c = c->next) {
        CHECK(c->parent == n);
        put_node(b, c, fields);
    }
    CHECK(last == n->last);
    if (tag && n->first)
        ch_buf_printf(b, "</%s>", name);
}

typedef struct merging {
    const char *letter; /* what stands in <letter>; from '<body' on unless it begins with '<' */
    const char *record, *wanted; /* the children likewise; or the codes, with line and column */
} merging;

static const merging mergings[] = {
    /* values, lines, markup in them, empty ones */
    {"<p>Dear <field name='a'/>!</p>", "{\"a\":\" Ada \"}", "<p>Dear <field>Ada</field>!</p>"},
    {"<p><field name='a'/></p>", "{\"a\":\"<b>&amp;{x}\"}",
     "<p><field>&lt;b&gt;&amp;amp;{x}</field></p>"},
    {"<p><field name='a'/></p>", "{\"a\":\"1\\r\\n\\n 2 \\n3\"}",
     "<p><field>1<lb/>2<lb/>3</field></p>"},
    {"<p>x<field name='a'/></p>", "{\"a\":\"  \"}", "E3605@1:6"},
    {"<p>x<field name='a' if='a'/></p>", "{\"a\":\"  \"}", "<p>x</p>"},
    {"<p><field name='a'/> <field name='b'/></p>", "{\"a\":\" \",\"b\":\"c\"}",
     "<p> <field>c</field></p>"},
    {"<p><field name='a'/></p>", "{\"a\":-1.50}", "<p><field>-1.50</field></p>"},
    {"<p><field name='a b.c'/><field name='d.e'/><field name='f.g'/></p>",
     "{\"a b.c\":1,\"d\":{\"e\":2},\"f.g\":3,\"f\":{\"g\":4}}",
     "<p><field>1</field><field>2</field><field>3</field></p>"},
    {"<addressee><address><addrLine xml:lang='fr'><field name='a'/></addrLine><addrLine>x <field "
     "name='a'/></addrLine></address></addressee><body><p>x</p></body>",
     "{\"a\":\"1\\n\\n2\"}",
     "<addressee><address><addrLine xml:lang='fr'><field>1</field></addrLine><addrLine "
     "xml:lang='fr'><field>2</field></addrLine><addrLine>x "
     "<field>1<lb/>2</field></addrLine></address></addressee><body><p>x</p></body>"},
    /* languages */
    {"<p><field name='a'/><foreign xml:lang='fr'><field name='a'/></foreign></p>",
     "{\"a\":\"en\",\"a@fr\":\"fr\",\"a@FR-ca\":\"ca\"}",
     "<p><field>en</field><foreign xml:lang='fr'><field>fr</field></foreign></p>"},
    {"<p><foreign xml:lang='fr-CA'><field name='a'/></foreign><foreign xml:lang='fr-BE'><field "
     "name='a'/></foreign></p>",
     "a,a@fr,a@fr-ca\nen,fr,ca\n",
     "<p><foreign xml:lang='fr-CA'><field>ca</field></foreign><foreign "
     "xml:lang='fr-BE'><field>fr</field></foreign></p>"},
    /* attributes */
    {"<p n='{a}'>x</p>", "{\"a\":\" 7  b \"}", "<p n='7 b'>x</p>"},
    {"<p n='{a}-{b.c} {{x}} }'>x</p>", "{\"a\":1,\"b\":{\"c\":2}}", "<p n='1-2 {x} }'>x</p>"},
    {"<p n='{a}'>x</p>", "{\"a\":\"\"}", "<p>x</p>"},
    {"<p><ref target='mailto:{a}'>x</ref></p>", "{\"a\":\"a@b.example\"}",
     "<p><ref target='mailto:a@b.example'>x</ref></p>"},
    {"<p><date when='{a}'/></p>", "{\"a\":\"2026-02-30\"}", "E3602@1:6"},
    {"<p><date when='{a}'/></p>", "{\"a\":\"\"}", "E3602@1:6"},
    {"<p marking='{a}'>x</p>", "a\nsecret\n", "<p marking='secret'>x</p>"},
    {"<p marking='{a}'>x</p>", "a\nhidden\n", "E3602@2:1"},
    {"<p n='{a'>x</p>", "{\"a\":1}", "E3603@1:0"},
    {"<p n='{}'>x</p>", "{\"a\":1}", "E3603@1:0"},
    /* what is not there, and what is no text */
    {"<p><field name='b'/></p>", "{\"a\":1}", "E3600@1:0"},
    {"<p><field name='a'/></p>", "{\"a\":null}", "E3600@1:0"},
    {"<p n='{b}'>x</p>", "{\"a\":1}", "E3600@1:0"},
    {"<p><field name='a.c'/></p>", "{\"a\":{\"b\":1}}", "E3600@1:0"},
    {"<p><field name='a'/></p>", "{\"a\":{\"b\":1}}", "E3601@1:0"},
    {"<p><field name='a'/></p>", "{\"a\":[1]}", "E3601@1:0"},
    /* conditions */
    {"<p if='a'>x</p><p unless='a'>y</p>", "{\"a\":\" \"}", "<p>y</p>"},
    {"<p if='a'>x</p><p unless='a'>y</p>", "{\"b\":1}", "<p>y</p>"},
    {"<p if='a'>x</p><p unless='a'>y</p>", "{\"a\":[0]}", "<p>x</p>"},
    {"<p if='a'>x</p><p unless='a'>y</p>", "{\"a\":{\"b\":\"\"}}", "<p>y</p>"},
    {"<p if='a = u v'>x</p><p if='a!=u v'>y</p>", "{\"a\":\"u v\"}", "<p>x</p>"},
    {"<p if='a=u'>x</p><p if='a != u'>y</p>", "{}", "<p>y</p>"},
    {"<p if='a='>x</p><p>y</p>", "a,b\n,1\n", "<p>x</p><p>y</p>"},
    {"<p if='a' unless='b'>x</p><p>y</p>", "{\"a\":1,\"b\":1}", "<p>y</p>"},
    {"<p if='c'>x</p><p>y</p>", "a,b\n,1\n", "E3600@1:0"},
    {"<p if='=x'>x</p><p>y</p>", "{}", "E3604@1:0"},
    {"<p if='c'>x</p>", "{}", "E2017@1:0"},
    {"<p>x</p><table if='a'><row for-each='r'><cell>1</cell></row></table>", "{\"a\":1}",
     "E2017@1:0"},
    /* segments and divisions go, also without a record */
    {"<p>a<seg if='s'>, b<field name='s'/></seg>.</p>", "{\"s\":1}",
     "<p>a, b<field>1</field>.</p>"},
    {"<p>a<seg if='t'>, b</seg>.</p>", "{\"s\":1}", "<p>a.</p>"},
    {"<p><seg xml:lang='fr'>b</seg></p>", "{\"s\":1}", "<p><foreign xml:lang='fr'>b</foreign></p>"},
    {"<div if='a'><p>x</p><div><p>y</p></div></div><p n='{{'>z</p>", "{\"a\":1}",
     "<p>x</p><p>y</p><p n='{'>z</p>"},
    {"<div><p>x<seg>y</seg></p></div><p n='{{1}}'>z</p>", NULL, "<p>xy</p><p n='{1}'>z</p>"},
    {"<div if='a'><p>x</p></div>", NULL, "<div if='a'><p>x</p></div>"},
    /* repeats */
    {"<list><item for-each='m'><field name='.'/></item></list>", "{\"m\":[1,\"b\"]}",
     "<list><item><field>1</field></item><item><field>b</field></item></list>"},
    {"<list><item for-each='m'><field name='n'/> of <field name='/s'/></item></list>",
     "{\"m\":[{\"n\":1},{\"n\":2}],\"s\":\"X\"}",
     "<list><item><field>1</field> of <field>X</field></item><item><field>2</field> of "
     "<field>X</field></item></list>"},
    {"<list><item for-each='m' if='s=a'><field name='n'/></item></list>",
     "{\"m\":[{\"n\":1,\"s\":\"a\"},{\"n\":2,\"s\":\"b\"}]}",
     "<list><item><field>1</field></item></list>"},
    {"<list><item for-each='m'>x<list if='l'><item for-each='l' "
     "n='{.}'>y</item></list></item></list>",
     "{\"m\":[{\"l\":[1,2]},{\"k\":1}]}",
     "<list><item>x<list><item n='1'>y</item><item "
     "n='2'>y</item></list></item><item>x</item></list>"},
    {"<list><item for-each='m.k'><field name='.'/></item></list>", "{\"m\":{\"k\":\"one\"}}",
     "<list><item><field>one</field></item></list>"},
    {"<p>x<seg for-each='m'>, <field name='.'/></seg></p>", "{\"m\":[]}", "<p>x</p>"},
    {"<list><item for-each='m'><field name='z'/></item></list>", "{\"m\":[{\"n\":1}]}",
     "E3600@1:0"},
    {"<list><item for-each='m'>x</item></list>", "{\"m\":[]}", "E2017@1:0"},
    {"<p>x</p><p for-each='m' xml:id='a'>x</p>", "{\"m\":[1,2]}", "E2028@1:0"},
    {"<p>x</p><p for-each='a.'>x</p>", "{\"m\":[1,2]}", "E3604@1:0"},
    /* alternatives for one place */
    {"<opener><salute if='a'>A</salute><salute unless='a'>B</salute></opener><body><p>x</p></body>",
     "{}", "<opener><salute>B</salute></opener><body><p>x</p></body>"},
    {"<body><p>x</p></body><closer><seal if='a'/><seal if='b'/></closer>", "{\"a\":1,\"b\":1}",
     "E2016@1:0"},
    {"<body if='a'><p>x</p></body><body unless='a'><p>y</p></body>", "{}", "<body><p>y</p></body>"},
    {"<body if='a'><p>x</p></body>", "{}", "E2017@1:0"},
};

static const ch_node *
read_letter(const char *inside)
{
    const ch_node *tree = NULL;
    bool           body = strncmp(inside, "<opener", 7) != 0 && strncmp(inside, "<body", 5) != 0 &&
                strncmp(inside, "<addressee", 10) != 0;
    ch_str xml = ch_arena_printf(
        cx.job, "<letter xmlns='urn:chancery:letter:1' xml:lang='en'>%s%s%s</letter>",
        body ? "<body>" : "", inside, body ? "</body>" : "");
    (void)ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("t.xml"), xml, &tree);
    return tree;
}

/* What came out keeps to the vocabulary: it can be written and read again. */
static bool
reads_again(const ch_node *tree)
{
    const ch_node *again = NULL;
    ch_buf         b;
    ch_buf_init(&b, cx.job);
    put_node(&b, tree, false);
    ch_str inside = ch_str_sub(ch_buf_view(&b), strlen("<letter"), b.n);
    ch_str xml =
        ch_arena_printf(cx.job, "<letter xmlns='urn:chancery:letter:1'%.*s", CH_ARG(inside));
    return ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("again.xml"), xml, &again) == CH_OK;
}

static ch_str
outcome(const merging *t)
{
    ch_buf           b;
    const ch_node   *out = NULL, *tree = read_letter(t->letter);
    const ch_record *rec = t->record ? record(t->record) : NULL;
    ch_buf_init(&b, cx.job);
    ch_status st = tree ? ch_letter_merge(&cx, tree, rec, NULL, &out) : CH_ERR_INPUT;
    if (st == CH_OK) {
        put_node(&b, out, true);
        ch_str all = ch_buf_view(&b);
        size_t in  = strlen("<letter xml:lang='en'>");
        CHECK(!rec || reads_again(out));
        all = ch_str_sub(all, in, all.n - strlen("</letter>"));
        if (ch_str_starts(all, "<body>") && strncmp(t->letter, "<body", 5) != 0)
            all = ch_str_sub(all, 6, all.n - 7);
        return all;
    }
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++) {
        const ch_diag *g = ch_diags_at(cx.diags, i);
        ch_buf_printf(&b, "%s%c%u@%u:%u", i ? " " : "", ch_code_letter(g->code),
                      ch_code_number(g->code), g->line ? g->line : 1, g->column);
    }
    return ch_buf_view(&b);
}

static void
test_mergings(void)
{
    for (size_t i = 0; i < sizeof mergings / sizeof *mergings; i++) {
        fresh();
        ch_str got = outcome(&mergings[i]);
        cases++;
        if (ch_str_is(got, mergings[i].wanted))
            continue;
        failures++;
        fprintf(stderr, "%s\nwith %s\nwanted: %s\ngot:    %.*s\n", mergings[i].letter,
                mergings[i].record ? mergings[i].record : "nothing", mergings[i].wanted,
                CH_ARG(got));
        for (size_t k = 0; k < ch_diags_count(cx.diags); k++)
            fprintf(stderr, "  %s\n", ch_diags_at(cx.diags, k)->text.p);
    }
}

/* The record and the names in messages: E3600 with the nearest name. */
static void
test_words(void)
{
    const ch_node *out = NULL;
    fresh();
    const ch_node *tree = read_letter("<p><field name='missoin'/></p>");
    CHECK(ch_letter_merge(&cx, tree, record("idno,mission\n1,x\n"), NULL, &out) == CH_ERR_INPUT);
    const ch_diag *g = ch_diags_at(cx.diags, 0);
    CHECK(ch_str_is(g->text, "record 1 (line 2 of 'r') has no 'missoin'"));
    CHECK(ch_str_is(g->hint, "did you mean 'mission'?"));
    fresh();
    tree = read_letter("<p if='a'>x</p>");
    CHECK(ch_letter_merge(&cx, tree, record("{}"), NULL, &out) == CH_ERR_INPUT);
    CHECK(ch_str_is(ch_diags_at(cx.diags, 0)->hint,
                    "record 1: <p> was left out because of if=\"a\""));
    /* E3609 */
    fresh();
    tree = read_letter("<list><item for-each='m'>x<list><item for-each='/m'>y</item></list>"
                       "</item></list>");
    cx.limits.nodes       = 200;
    const ch_record *many = record("{\"m\":[1,2,3,4,5,6,7,8,9,10,11,12]}");
    CHECK(ch_letter_merge(&cx, tree, many, NULL, &out) == CH_ERR_LIMIT && !out);
    CHECK(ch_diags_at(cx.diags, 0)->code == CH_E3609_merged_too_large);
    /* Without a record and without work it is the tree itself. */
    fresh();
    tree = read_letter("<p>x<field name='a'/></p>");
    CHECK(ch_letter_merge(&cx, tree, NULL, NULL, &out) == CH_OK && out == tree);
}

/* Names that nothing uses and names that are never there, over several records: W3606, W3607. */
static void
test_used(void)
{
    const ch_node *out = NULL;
    fresh();
    ch_fields_used *used = ch_fields_used_new(cx.job), *other = ch_fields_used_new(cx.job);
    const ch_node  *tree =
        read_letter("<p n='{a}'><field name='b'/><seg if='typo'>x</seg><seg if='rare'>x</seg>"
                    "<seg for-each='m'><field name='n'/></seg></p>");
    CHECK(ch_letter_merge(&cx, tree,
                          record("{\"a\":1,\"b\":2,\"b@fr\":3,\"c\":4,\"m\":[{\"n\":1,\"o\":2}]}"),
                          used, &out) == CH_OK);
    CHECK(ch_letter_merge(&cx, tree, record("{\"a\":1,\"b\":2,\"rare\":3,\"k\":{\"l\":1}}"), other,
                          &out) == CH_OK);
    ch_fields_use(used, CH_STR_LIT("idno"));
    ch_fields_join(used, other);
    ch_fields_report(&cx, used, CH_STR_LIT("r"));
    CHECK(ch_diags_count(cx.diags) == 2);
    CHECK(ch_str_is(ch_diags_at(cx.diags, 0)->text,
                    "nothing in the letter uses 'c', 'm.o' and 'k' of 'r'"));
    CHECK(ch_str_is(ch_diags_at(cx.diags, 1)->text,
                    "no record of 'r' has 'typo', which the letter asks for"));
}

static void
test_patterns(void)
{
    static const struct {
        const char *pattern, *wanted; /* NULL: it fails */
    } patterns[]        = {{"out/{lang}/{idno}.pdf", "out/fr/N 1.pdf"},
                           {"{{{a}}}", "{fr}"},
                           {"", ""},
                           {"{none}", NULL},
                           {"{a", NULL},
                           {"x}", "x}"}};
    ch_expand_name also = {"lang", CH_STR_LIT("fr")};
    ch_str         out;
    bool           holds = false;
    fresh();
    const ch_record *r = record("idno,a,a@fr\nN 1,en,fr\n");
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        ch_status st = ch_record_expand(&cx, ch_str_from(patterns[i].pattern), r, CH_STR_LIT("fr"),
                                        &also, 1, NULL, &out);
        CHECK((st == CH_OK) == (patterns[i].wanted != NULL));
        CHECK(st != CH_OK || ch_str_is(out, patterns[i].wanted));
    }
    CHECK(ch_record_holds(&cx, CH_STR_LIT("idno=N 1"), r, CH_STR_LIT("en"), NULL, &holds) ==
              CH_OK &&
          holds);
    CHECK(ch_record_holds(&cx, CH_STR_LIT("idno!=N 1"), r, CH_STR_LIT("en"), NULL, &holds) ==
              CH_OK &&
          !holds);
    CHECK(ch_record_holds(&cx, CH_STR_LIT("none"), r, CH_STR_LIT("en"), NULL, &holds) ==
          CH_ERR_INPUT);
}

/* A letter of two pages is filled in microseconds: it is done for each of very many. */
static void
test_speed(void)
{
    ch_buf          b;
    struct timespec from, to;
    const ch_node  *out  = NULL;
    double          best = 1;
    fresh();
    ch_buf_init(&b, cx.job);
    for (int i = 0; i < 24; i++)
        ch_buf_puts(&b, "<p n='{a}'>We have the honour to refer to <emph>the letter</emph> of "
                        "<field name='b'/>, and to <foreign xml:lang='fr'>la note</foreign> of the "
                        "<date when='2026-03-02'/>.<seg if='c'> It was late.</seg></p>");
    const ch_node   *tree = read_letter(b.p);
    const ch_record *rec  = record("{\"a\":1,\"b\":\"Exampleland\",\"c\":0}");
    for (int round = 0; round < 200; round++) {
        ch_mark mark = ch_arena_mark(cx.job);
        clock_gettime(CLOCK_MONOTONIC, &from);
        CHECK(ch_letter_merge(&cx, tree, rec, NULL, &out) == CH_OK);
        clock_gettime(CLOCK_MONOTONIC, &to);
        double took =
            (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
        best = took < best ? took : best;
        ch_arena_rewind(cx.job, mark);
    }
    printf("a letter of 24 paragraphs is filled in %.1f us\n", best * 1e6);
    CHECK(best < 300e-6); /* ten times what it takes, for slow machines and sanitizers */
}

int
main(void)
{
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (setjmp(guard.env))
        return 1;
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    test_mergings();
    test_words();
    test_used();
    test_patterns();
    test_speed();
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    printf("CASES %d %d 0\n", cases - failures, failures);
    return failures > 0;
}
