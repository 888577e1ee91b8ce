/* tests/unit/translate_test.c -- locale/'s catalogues, and letter/'s translation units. */
#include "letter/translate.h"
#include "locale/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int      failures;
static ch_guard guard;
static ch_ctx   cx;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static void
fresh(void)
{
    ch_arena_reset(cx.job);
    ch_arena_reset(cx.scratch);
    cx.diags = ch_diags_new(cx.job);
}

/* The codes and places of what was reported: "E3640@2:1 ". */
static const char *
said(void)
{
    ch_buf b;
    ch_buf_init(&b, cx.job);
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++) {
        const ch_diag *d    = ch_diags_at(cx.diags, i);
        uint32_t       line = 0, column = 0;
        if (d->where.source > 0)
            ch_source_line_column(ch_diags_source_at(cx.diags, d->where.source), d->where.from,
                                  &line, &column);
        ch_buf_printf(&b, "%c%u@%u:%u ", ch_code_letter(d->code), ch_code_number(d->code), line,
                      column);
    }
    return b.p;
}

static void
equal(const char *name, const char *got, const char *want)
{
    if (strcmp(got, want) == 0)
        return;
    fprintf(stderr, "not ok: %s\n  got:  %s\n  want: %s\n", name, got, want);
    failures++;
}

/* ---- PO ---- */

#define HEADER                                                                                     \
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nLanguage: pt_BR\\n\"\n"

/* A catalogue as text: "lang|context|id=text|id~fuzzy text", or what was reported. */
static const char *
shown(const ch_catalog *c)
{
    ch_buf b;
    ch_buf_init(&b, cx.job);
    ch_buf_printf(&b, "%.*s", CH_ARG(ch_catalog_language(c)));
    for (size_t i = 0; i < ch_catalog_count(c); i++) {
        const ch_message *m = ch_catalog_at(c, i);
        ch_buf_puts(&b, "|");
        if (m->context.n > 0)
            ch_buf_printf(&b, "(%.*s)", CH_ARG(m->context));
        ch_buf_printf(&b, "%.*s%s%.*s", CH_ARG(m->id), m->fuzzy ? "~" : "=", CH_ARG(m->text));
    }
    return b.p;
}

static const char *
read_catalog(ch_str bytes)
{
    ch_catalog *c = NULL;
    fresh();
    ch_status st = ch_catalog_read(&cx, CH_STR_LIT("x.po"), bytes, &c);
    CHECK((st == CH_OK) == (c != NULL) && (st == CH_OK) == (ch_diags_errors(cx.diags) == 0));
    return c ? ch_arena_printf(cx.job, "%s%s%s", shown(c), *said() ? " " : "", said()).p : said();
}

static const struct {
    const char *name, *po, *want;
} po_cases[] = {
    {"empty", "", ""},
    {"one", HEADER "msgid \"a\"\nmsgstr \"b\"\n", "pt-BR|a=b"},
    {"without a header", "msgid \"a\"\nmsgstr \"b\"\n", "|a=b"},
    {"pieces", "msgid \"\"\n\"a \"\n\"b\"\nmsgstr \"\"\n  \"c\" \"d\"\n", "|a b=cd"},
    {"escapes", "msgid \"a\\\"\\\\\\t\\x41\\102\"\nmsgstr \"\\n\\303\\251\"",
     "|a\"\\\tAB=\n\303\251"},
    {"comments",
     "# x\n#. y\n#: l.xml:3\n#| msgid \"old\"\nmsgid \"a\"\nmsgstr \"b\"\n#~ msgid \"o\"\n#~ "
     "msgstr "
     "\"p\"\n",
     "|a=b"},
    {"fuzzy", "#, c-format, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"d\"\n",
     "|a~b|c=d"},
    {"fuzzy and obsolete",
     "#, fuzzy\n#~ msgid \"o\"\n#~ msgstr \"p\"\n\nmsgid \"c\"\nmsgstr \"d\"\n", "|c=d"},
    {"no flag but alike", "#, fuzzy-not\nmsgid \"a\"\nmsgstr \"b\"\n", "|a=b"},
    {"context", "msgctxt \"k\"\nmsgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n",
     "|(k)a=b|a=c"},
    {"untranslated", "msgid \"a\"\nmsgstr \"\"\n", "|a="},
    {"CRLF and BOM", "\xEF\xBB\xBFmsgid \"a\"\r\nmsgstr \"b\"\r\n", "|a=b"},
    {"on one line", "msgid \"a\" msgstr \"b\" msgid \"c\" msgstr \"d\"", "|a=b|c=d"},
    {"plural",
     "msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\nmsgstr[1] \"c\"\nmsgid \"d\"\nmsgstr "
     "\"e\"\n",
     "|d=e W3643@2:1 "},
    {"sr@latin", "msgid \"\"\nmsgstr \"Language: sr_RS@latin\\n\"\n", "sr-Latn-RS"},
    {"ca@valencia", "msgid \"\"\nmsgstr \"language: ca@valencia\\n\"\n", "ca"},
    {"codeset", "msgid \"\"\nmsgstr \"X: y\\nLanguage: fr.UTF-8\"\n", "fr"},
    {"template",
     "msgid \"\"\nmsgstr \"Language: \\nContent-Type: text/plain; charset=CHARSET\\n\"\n", ""},
    {"other charset", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n",
     "E3641@2:8 "},
    {"not UTF-8", "msgid \"a\"\nmsgstr \"\xE9\"\n", "E2005@2:9 "},
    {"escapes not UTF-8", "msgid \"a\"\nmsgstr \"\\351\"\n", "E3640@2:8 "},
    {"not closed", "msgid \"a\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"d\n", "E3640@1:7 E3640@4:8 "},
    {"bad escape", "msgid \"a\\q\"\nmsgstr \"b\\\"\n", "E3640@1:9 E3640@2:8 "},
    {"a NUL by escape", "msgid \"a\"\nmsgstr \"\\0\"\n", "E3640@2:9 "},
    {"no msgstr", "msgid \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", "E3640@1:7 "},
    {"no msgid", "msgstr \"c\"\n\nmsgid \"a\"\nmsgstr \"b\"\n", "E3640@1:1 "},
    {"no string", "msgid a\nmsgstr \"c\"\n", "E3640@1:7 "},
    {"word unknown", "msgidx \"a\"\nmsgstr \"c\"\n", "E3640@1:1 "},
    {"string alone", "\"a\"\n", "E3640@1:1 "},
    {"number alone", "msgid \"a\"\nmsgstr[0] \"c\"\n", "E3640@2:7 "},
    {"bracket not closed", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0 \"c\"\n",
     "W3643@2:1 E3640@3:7 "},
    {"context alone", "msgctxt \"a\"\nmsgstr \"c\"\n", "E3640@2:1 "},
    {"twice", "msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n", "E3642@4:8 "},
    {"header twice", "msgid \"\"\nmsgstr \"a\"\nmsgid \"\"\nmsgstr \"c\"\n", "E3642@4:8 "},
    {"domain", "domain \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n", "E3640@1:1 "},
    {"XML", "<?xml version='1.0'?><xml/>", "E3645@1:22 "},
    {"anything", "\x01\x02\x03\x04", "E3645@0:0 "},
};

static void
po_files(void)
{
    for (size_t i = 0; i < sizeof po_cases / sizeof *po_cases; i++)
        equal(po_cases[i].name, read_catalog(ch_str_from(po_cases[i].po)), po_cases[i].want);
}

/* Where the bytes of a translation stand in its file. */
static void
places(void)
{
    static const char po[] = "msgid \"a\"\nmsgstr \"\"\n\"x\\\"y\"\n  \"z\"\n";
    ch_catalog       *c    = NULL;
    fresh();
    CHECK(ch_catalog_read(&cx, CH_STR_LIT("x.po"), CH_STR_LIT(po), &c) == CH_OK);
    const ch_message *m = c ? ch_catalog_find(c, CH_STR_EMPTY, CH_STR_LIT("a")) : NULL;
    if (!m) {
        failures++;
        return;
    }
    static const char at[] = "x\\yz"; /* what stands there in the file */
    for (size_t i = 0; i < 4; i++) {
        ch_where w = ch_catalog_place(c, m, i, i + 1);
        CHECK(po[w.from] == at[i]);
        CHECK(w.to > w.from && w.to < sizeof po);
    }
    CHECK(po[ch_catalog_place(c, m, 4, 4).from] == '"');
}

/* Messages are the same where xgettext and we write them otherwise. */
static void
lookup(void)
{
    static const struct {
        const char *kept, *asked;
        bool        same;
    } cases[] = {
        {"a b", "a  b", true},
        {"a b", "ab", false},
        {"a <e>b</e> c", "a<e> b </e>c", true},
        {"<f lang=\"fr\">x</f>", "<f xml:lang='fr'>x</f>", true},
        {"<f a=\"xml:b\"/>", "<f a=\"b\"/>", false},
        {"<f a=\"xml:b\"/>", "<f  a='xml:b' />", true},
        {"<f a=\" b  c \"/>", "<f a=\" b c \"/>", true},
        {"<f translate=\"no\"/>", "<f its:translate=\"no\"/>", true},
        {"xml:lang", "lang", false},
        {" a ", "a", true},
        {"a\302\240b", "a b", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fresh();
        ch_catalog *c = ch_catalog_new(&cx, CH_STR_LIT("c"), CH_STR_EMPTY);
        ch_message  m = {.context = CH_STR_EMPTY,
                         .id      = ch_str_from(cases[i].kept),
                         .text    = CH_STR_LIT("t"),
                         .where   = CH_NOWHERE};
        CHECK(ch_catalog_add(c, &m));
        bool found = ch_catalog_find(c, CH_STR_EMPTY, ch_str_from(cases[i].asked)) != NULL;
        equal(cases[i].asked, found ? "found" : "none", cases[i].same ? "found" : "none");
    }
    fresh();
    ch_catalog *c = ch_catalog_new(&cx, CH_STR_LIT("c"), CH_STR_EMPTY);
    CHECK(!ch_catalog_find(c, CH_STR_EMPTY, CH_STR_LIT("1")));
    for (int i = 0; i < 1000; i++) {
        ch_message m = {.context = CH_STR_EMPTY,
                        .id      = ch_arena_printf(cx.job, "message %d", i),
                        .text    = ch_arena_printf(cx.job, "%d", i)};
        CHECK(ch_catalog_add(c, &m));
    }
    for (int i = 0; i < 1000; i++) {
        const ch_message *m =
            ch_catalog_find(c, CH_STR_EMPTY, ch_arena_printf(cx.job, "message %d", i));
        CHECK(m && ch_str_eq(m->text, ch_arena_printf(cx.job, "%d", i)));
    }
    CHECK(ch_catalog_count(c) == 1000);
}

/* ---- MO ---- */

/* A MO file of pairs of strings, those of n bytes with a NUL inside as well. */
static ch_str
mo_file(bool big, const ch_str *pair, size_t n)
{
    ch_buf   b, strings;
    uint32_t at = 28 + 16 * (uint32_t)n;
    ch_buf_init(&b, cx.job);
    ch_buf_init(&strings, cx.job);
    uint32_t  head[7] = {0x950412de, 0, (uint32_t)n, 28, 28 + 8 * (uint32_t)n, 0, 0};
    uint32_t *words   = CH_NEW_N(cx.job, uint32_t, 7 + 4 * n);
    memcpy(words, head, sizeof head);
    for (size_t half = 0; half < 2; half++)
        for (size_t i = 0; i < n; i++) {
            ch_str s                          = pair[2 * i + half];
            words[7 + 2 * (half * n + i)]     = (uint32_t)s.n;
            words[7 + 2 * (half * n + i) + 1] = at + (uint32_t)strings.n;
            ch_buf_str(&strings, s);
            ch_buf_putc(&strings, '\0');
        }
    for (size_t i = 0; i < 7 + 4 * n; i++)
        for (int k = 0; k < 4; k++)
            ch_buf_putc(&b, (char)(words[i] >> 8 * (big ? 3 - k : k)));
    ch_buf_add(&b, strings.p, strings.n);
    return ch_buf_view(&b);
}

#define NUL_PAIR(s) ((ch_str){s, sizeof s - 1})

static void
mo_files(void)
{
    ch_str pair[] = {
        CH_STR_EMPTY,         CH_STR_LIT("Language: fr\nContent-Type: x; charset=UTF-8\n"),
        CH_STR_LIT("a"),      CH_STR_LIT("b"),
        CH_STR_LIT("k\004a"), CH_STR_LIT("c"),
        NUL_PAIR("p\0ps"),    NUL_PAIR("q\0qs")};
    for (int big = 0; big < 2; big++) {
        ch_arena *own = ch_arena_new(0);
        ch_arena *job = cx.job;
        ch_arena_guard(own, &guard);
        cx.job       = own;
        ch_str bytes = mo_file(big, pair, 4);
        cx.job       = job;
        equal("mo", read_catalog(bytes), "fr|a=b|(k)a=c W3643@0:0 ");
        /* Cut anywhere, and every byte changed: refused or read, never beyond its end. */
        for (size_t n = 0; n < bytes.n; n++) {
            char *exact = malloc(n + 1); /* no byte behind it may be read */
            memcpy(exact, bytes.p, n);
            const char *got = read_catalog((ch_str){exact, n});
            CHECK(n == 0 || strstr(got, "E3644") || strstr(got, "E3645"));
            free(exact);
        }
        char *changed = malloc(bytes.n);
        for (size_t at = 0; at < bytes.n; at++)
            for (int v = 0; v < 256; v += at < 64 ? 15 : 51) {
                memcpy(changed, bytes.p, bytes.n);
                changed[at] = (char)v;
                (void)read_catalog((ch_str){changed, bytes.n});
            }
        free(changed);
        ch_arena_free(own);
    }
}

static void
mo_faults(void)
{
    ch_str none[]  = {CH_STR_LIT("a"), CH_STR_LIT("\xE9")};
    ch_str twice[] = {CH_STR_LIT("a"), CH_STR_LIT("b"), CH_STR_LIT("a"), CH_STR_LIT("c")};
    ch_str latin[] = {CH_STR_EMPTY, CH_STR_LIT("Content-Type: t; charset=KOI8-R\n")};
    char   keep[256];
    ch_str m = mo_file(false, none, 1);
    memcpy(keep, m.p, m.n);
    equal("not UTF-8", read_catalog((ch_str){keep, m.n}), "E3644@0:0 ");
    m = mo_file(true, twice, 2);
    memcpy(keep, m.p, m.n);
    equal("twice", read_catalog((ch_str){keep, m.n}), "E3644@0:0 ");
    m = mo_file(true, latin, 1);
    memcpy(keep, m.p, m.n);
    equal("charset", read_catalog((ch_str){keep, m.n}), "E3641@0:0 ");
}

/* Every cut and many a changed byte of a PO file. */
static void
po_mutants(void)
{
    static const char po[] =
        HEADER "#, fuzzy\nmsgctxt \"k\"\nmsgid \"a <b/>\\n\"\n\"c\"\nmsgstr \"d\"\n"
               "msgid \"e\"\nmsgid_plural \"f\"\nmsgstr[0] \"\\x41\"\n#~ g\n";
    static const char put[] = "\"\\[]#\n\0m<\xC3";
    size_t            n     = sizeof po - 1;
    for (size_t cut = 0; cut < n; cut++) {
        char *exact = malloc(cut + 1);
        memcpy(exact, po, cut);
        (void)read_catalog((ch_str){exact, cut});
        free(exact);
    }
    char *changed = malloc(n);
    for (size_t at = 0; at < n; at++)
        for (size_t k = 0; k < sizeof put; k++) {
            memcpy(changed, po, n);
            changed[at] = put[k];
            (void)read_catalog((ch_str){changed, n});
        }
    free(changed);
}

/* ---- units ---- */

static const ch_node *
tree_of(const char *attributes, const char *content)
{
    const ch_node *root = NULL;
    fresh();
    ch_str xml = ch_arena_printf(cx.job,
                                 "<letter xmlns='urn:chancery:letter:1' "
                                 "xmlns:its='http://www.w3.org/2005/11/its' %s>%s</letter>",
                                 attributes, content);
    if (ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("l.xml"), xml, &root) != CH_OK) {
        fprintf(stderr, "the test's own letter: %s: %s\n", xml.p, said());
        exit(1);
    }
    return root;
}

static const struct {
    const char *content, *want; /* units: "name:source|" */
} unit_cases[] = {
    {"<body><p>a  b\n c</p></body>", "p:a b c|"},
    {"<body><p/><p> </p></body>", ""},
    {"<body><p> <emph>a</emph>  b <lb/>c</p></body>", "p:<emph>a</emph> b <lb/>c|"},
    {"<body><p><field name='x'/> <date when='2026-01-01'/></p></body>", ""},
    {"<body><p><field name='x'/>,</p></body>", "p:<field name=\"x\"/>,|"},
    {"<body><p>&lt;&amp;&gt;\"'<ref target='a&quot;&amp;'>r</ref></p></body>",
     "p:&lt;&amp;&gt;\"'<ref target=\"a&quot;&amp;\">r</ref>|"},
    {"<body><p><![CDATA[<x>]]> y<!-- c --> z</p></body>", "p:&lt;x&gt; y z|"},
    {"<body><p its:translate='no'>a</p><p>b</p></body>", "p:b|"},
    {"<body><p>a <name its:translate='no'>N</name></p></body>",
     "p:a <name its:translate=\"no\">N</name>|"},
    {"<body><p><name its:translate='no'>N</name></p></body>", ""},
    {"<body><quote its:translate='no'><p>a</p><p its:translate='yes'>b</p></quote></body>", "p:b|"},
    {"<body><p>a</p><p xml:lang='fr'>b</p><p xml:lang='EN'>c</p></body>", "p:a|p:c|"},
    {"<body><list><item>a <list><item>b</item> <item>c</item></list> d</item></list></body>",
     "item:a <list><item>b</item><item>c</item></list> d|"},
    {"<meta><idno type='reference'>X</idno><title>T</title><subject>S</subject></meta>"
     "<sender><orgName>O</orgName><address><addrLine>A</addrLine></address>"
     "<contact type='web'>w</contact><figure src='a.png' alt='two\n \"b\"'/></sender>"
     "<opener><dateline><placeName>P</placeName><date "
     "when='2026-01-01'/></dateline><salute/></opener>"
     "<body><p>x</p></body><closer><formula/><signed><persName>N</persName><role>R</role></signed>"
     "<initials>ab</initials></closer>",
     "title:T|subject:S|orgName:O|addrLine:A|@alt:two "
     "&quot;b&quot;|placeName:P|p:x|persName:N|role:R|"},
    {"<opener><dateline><date when='2026-01-01'>1 I "
     "26</date></dateline></opener><body><p>x</p></body>",
     "date:1 I 26|p:x|"},
    {"<body><figure src='a.png' alt=''/></body>", ""},
    {"<body><figure src='a.png' alt='x' its:translate='no'/></body>", ""},
    {"<body><p/></body><closer><signed for='x'><persName/></signed></closer>", "@for:x|"},
    {"<body><p/></body><closer><signed for='x' status='withheld'><persName/></signed></closer>",
     ""},
    {"<body><p>x</p></body><signatories><signatory status='withheld'><honorific>H</honorific>"
     "<persName>N</persName><role>R</role><orgName>O</orgName><country>NL</country></signatory>"
     "<signatory status='{s}'><persName>M</persName><role>Q</role><country>Norland</country>"
     "</signatory></signatories>",
     "p:x|orgName:O|role:Q|country:Norland|"},
    {"<body><p>x</p></body><attachments><attachment><letter "
     "xml:lang='en'><body><p>y</p></body></letter>"
     "</attachment><attachment><letter xml:lang='de'><body><p>z</p></body></letter></attachment>"
     "</attachments>",
     "p:x|p:y|"},
};

static void
units(void)
{
    for (size_t i = 0; i < sizeof unit_cases / sizeof *unit_cases; i++) {
        const ch_node *root = tree_of("xml:lang='en'", unit_cases[i].content);
        ch_units       u;
        ch_buf         b;
        ch_letter_units(&cx, root, &u);
        ch_buf_init(&b, cx.job);
        for (size_t k = 0; k < u.list.n; k++) {
            const ch_unit *x = &u.list.at[k];
            if (x->attr)
                ch_buf_printf(&b, "@%s", ch_letter_vocab.attrs[x->attr->attr]);
            else
                ch_buf_puts(&b, ch_letter_vocab.elements[x->node->elem].name);
            ch_buf_printf(&b, ":%.*s|", CH_ARG(x->source));
            CHECK(x->note.n > 0);
        }
        equal(unit_cases[i].content, b.p, unit_cases[i].want);
    }
}

/* ---- translation ---- */

#define P(x) "<body><p>" x "</p></body>"

/* The content of a letter, the entry of its catalogue behind a header, and the new body as XML, or
 * what is reported.  The catalogue's translation begins in line 3, column 8. */
static const struct {
    const char *content, *id, *text, *want;
} translate_cases[] = {
    {P("a"), "a", "b", "<p>b</p>"},
    {P("a &amp; b"), "a &amp; b", "x &lt; &#x20AC;&#65;", "<p>x &lt; €\x41</p>"},
    {P("a <emph>b</emph> <emph>c</emph>"), "a <emph>b</emph> <emph>c</emph>",
     "<emph>C</emph> A <emph>B</emph>", "<p><emph>C</emph> A <emph>B</emph></p>"},
    {P("a <field name='x.y'/> {b}"), "a <field name=\"x.y\"/> {b}", "{b} <field name='x.y' /> A",
     "<p>{b} <field name=\"x.y\"/> A</p>"},
    {P("a <ref target='{u}'>b</ref>"), "a <ref target=\"{u}\">b</ref>", "<ref target='{u}'>B</ref>",
     "<p><ref target=\"{u}\">B</ref></p>"},
    {P("a <foreign xml:lang='la'>b</foreign>"), "a <foreign lang=\"la\">b</foreign>",
     "<foreign lang='la'>b</foreign> A", "<p><foreign xml:lang=\"la\">b</foreign> A</p>"},
    {P("a <foreign xml:lang='fr-CA'>b</foreign>"), "a <foreign xml:lang=\"fr-CA\">b</foreign>",
     "A b", "<p>A b</p>"},
    {P("a <date when='2026-01-02'/>"), "a <date when=\"2026-01-02\"/>",
     "A <date when='2026-01-02' form='short' calendar='persian'/>",
     "<p>A <date when=\"2026-01-02\" form=\"short\" calendar=\"persian\"/></p>"},
    {P("a <date when='2026-01-02' form='short'>2</date>"),
     "a <date when=\"2026-01-02\" form=\"short\">2</date>", "A <date when='2026-01-02'/>",
     "<p>A <date when=\"2026-01-02\"/></p>"},
    {P("<q xml:lang='en'>a</q>"), "<q xml:lang=\"en\">a</q>", "<q xml:lang='en'>b</q>",
     "<p><q xml:lang=\"fr\">b</q></p>"},
    {P("a <name its:translate='no'>N <emph>M</emph></name>"),
     "a <name its:translate=\"no\">N <emph>M</emph></name>",
     "<name translate='no'>N <emph>M</emph></name> A",
     "<p><name its:translate=\"no\" xml:lang=\"en\">N <emph>M</emph></name> A</p>"},
    {"<body><list><item>a <list><item n='x'>b</item></list></item></list></body>",
     "a <list><item n=\"x\">b</item></list>", "A <list> <item n='y'>B</item> </list>",
     "<list><item>A <list><item n=\"y\">B</item></list></item></list>"},
    /* what is kept */
    {"<body><p its:translate='no'>k</p><p>a</p></body>", "a", "b",
     "<p its:translate=\"no\"><foreign xml:lang=\"en\">k</foreign></p><p>b</p>"},
    {"<body><list its:translate='no'><item>k <list><item>l</item></list> "
     "m</item></list><p>a</p></body>",
     "a", "b",
     "<list its:translate=\"no\"><item><foreign xml:lang=\"en\">k </foreign><list><item><foreign "
     "xml:lang=\"en\">l</foreign></item></list><foreign xml:lang=\"en\"> m</foreign></item></list>"
     "<p>b</p>"},
    {"<body><p>a</p><p xml:lang='fr'>f</p><p>c</p><p xml:lang='de'>d</p></body>", "c", "e",
     "<p xml:lang=\"en\">a</p><p xml:lang=\"fr\">f</p><p>e</p><p xml:lang=\"de\">d</p>"},
    {"<body><div><p>a</p><p xml:lang='fr'>f</p><p>c</p></div></body>", "c", "e",
     "<div><p xml:lang=\"en\">a</p><p xml:lang=\"fr\">f</p><p>e</p></div>"},
    {"<body><p xml:lang='EN'>a</p><p xml:lang='en'>c</p><p xml:lang='fr'>f</p></body>", "a", "e",
     "<p xml:lang=\"fr\">e</p><p xml:lang=\"en\">c</p><p xml:lang=\"fr\">f</p>"},
    {"<body><p xml:lang='en'>a</p></body>", "a", "b", "<p xml:lang=\"fr\">b</p>"},
    {"<body><p xml:id='i' n='3'>a</p></body>", "a", "b", "<p xml:id=\"i\" n=\"3\">b</p>"},
    {"<body><figure src='a.png' alt='a &amp; &quot;'/></body>", "a &amp; &quot;",
     "b &lt;'\\\"&amp;", "<figure src=\"a.png\" alt=\"b &lt;'&quot;&amp;\"/>"},
    /* what is wrong */
    {P("a"), "x", "b", "E3647@1:101 "},
    {P("a"), "a", "", "E3647@1:101 "},
    {P("a"), "a", " ", "E3647@1:101 "},
    {P("a"), "a", "b & c", "E3651@3:11 "},
    {P("a"), "a", "b &nbsp; c", "E3651@3:11 "},
    {P("a"), "a", "b &#0; c", "E3651@3:11 "},
    {P("a"), "a", "b < c", "E3651@3:11 "},
    {P("a"), "a", "b <emph", "E3651@3:11 "},
    {P("a"), "a", "b </p>", "E3651@3:11 "},
    {P("a"), "a", "<emph>b</emph>", "E3653@3:9 "},
    {P("a"), "a", "b<br/>", "E3653@3:10 "},
    {P("a <emph>b</emph>"), "a <emph>b</emph>", "A", "E3652@3:9 "},
    {P("a <emph>b</emph>"), "a <emph>b</emph>", "A <emph>b", "E3651@3:9 "},
    {P("a <emph>b</emph>"), "a <emph>b</emph>", "A <emph>b</q>", "E3651@3:18 "},
    {P("a <emph>b</emph>"), "a <emph>b</emph>", "A <emph/>", "E3655@3:11 "},
    {P("a <emph>b</emph>"), "a <emph>b</emph>", "<emph>b</emph><emph>c</emph>", "E3653@3:23 "},
    {P("a <field name='x'/>"), "a <field name=\"x\"/>", "A <field name='y'/>", "E3653@3:11 "},
    {P("a <field name='x'/>"), "a <field name=\"x\"/>", "A <field name=x/>", "E3651@3:18 "},
    {P("a <field name='x'/>"), "a <field name=\"x\"/>", "A <field name='x'>v</field>",
     "E2018@3:27 "},
    {P("a <ref target='#b'>c</ref>"), "a <ref target=\"#b\">c</ref>", "A <ref>c</ref>",
     "E3653@3:11 "},
    {P("a <ref target='#b'>c</ref>"), "a <ref target=\"#b\">c</ref>", "A <ref target='#b>c</ref>",
     "E3651@3:16 "},
    {P("a <date when='2026-01-02'/>"), "a <date when=\"2026-01-02\"/>",
     "A <date when='2026-01-02' form='odd'/>", "E2027@3:35 "},
    {P("a <name>b</name> <note>c</note>"), "a <name>b</name> <note>c</note>",
     "A <name>b <note>c</note></name>", "E2014@3:19 "},
    {P("a <name its:translate='no'>N</name>"), "a <name its:translate=\"no\">N</name>",
     "A <name translate='no'>M</name>", "E3654@3:11 "},
    {"<body><list><item>a <list><item>b</item></list></item></list></body>",
     "a <list><item>b</item></list>", "A <list></list><item>b</item>", "E2017@3:11 E2014@3:24 "},
    {"<body><list><item>a <list><item>b</item></list></item></list></body>",
     "a <list><item>b</item></list>", "A <list>x<item>b</item></list>", "E2018@3:17 "},
    {"<body><figure src='a.png' alt='a'/></body>", "a", "b <emph>c</emph>", "E3651@3:11 "},
};

/* The body of a tree as XML without a namespace. */
static const char *
body_of(const ch_node *root)
{
    ch_buf b;
    ch_buf_init(&b, cx.job);
    for (const ch_node *n = ch_node_child(root, CH_L_body)->first; n; n = n->next)
        ch_unit_put(&b, n);
    return b.p;
}

static ch_str
escaped(const char *z)
{
    ch_buf b;
    ch_buf_init(&b, cx.job);
    for (; *z; z++) {
        if (*z == '"' && (b.n == 0 || z[-1] != '\\'))
            ch_buf_putc(&b, '\\');
        ch_buf_putc(&b, *z);
    }
    return ch_buf_view(&b);
}

static const ch_catalog *
catalog_of(const char *id, const char *text)
{
    ch_catalog *c  = NULL;
    ch_str      po = ch_arena_printf(cx.job, "#, x\nmsgid \"%s\"\nmsgstr \"%s\"\n", escaped(id).p,
                                     escaped(text).p);
    if (ch_catalog_read(&cx, CH_STR_LIT("fr.po"), po, &c) != CH_OK) {
        fprintf(stderr, "the test's own catalogue: %s: %s\n", po.p, said());
        exit(1);
    }
    return c;
}

/* The new tree; NULL: it was refused.  What is written as XML must be read as the same tree. */
static const ch_node *
translated(const char *content, const ch_catalog *c, const ch_node *root,
           const ch_translate_options *o)
{
    const ch_node *out = NULL, *again = NULL;
    if (ch_letter_translate(&cx, root, c, CH_STR_LIT("fr"), o, &out) != CH_OK) {
        CHECK(out == root && ch_diags_errors(cx.diags) > 0);
        return NULL;
    }
    ch_buf xml;
    ch_buf_init(&xml, cx.job);
    ch_str bytes       = ch_diags_source_at(cx.diags, root->where.source)->bytes;
    size_t said_before = ch_diags_count(cx.diags);
    CHECK(ch_letter_translate_xml(&cx, bytes, root, c, CH_STR_LIT("fr"), o, &xml) == CH_OK);
    CHECK(ch_xml_read(&cx, &ch_letter_vocab, CH_STR_LIT("fr.xml"), ch_buf_view(&xml), &again) ==
          CH_OK);
    if (again)
        equal(content, body_of(again), body_of(out));
    CHECK(ch_str_is(out->lang, "fr") && (!again || ch_str_is(again->lang, "fr")));
    CHECK(ch_diags_errors(cx.diags) == 0 && ch_diags_count(cx.diags) >= said_before);
    return out;
}

static void
translations(void)
{
    for (size_t i = 0; i < sizeof translate_cases / sizeof *translate_cases; i++) {
        const ch_node    *root = tree_of("xml:lang='en'", translate_cases[i].content);
        const ch_catalog *c    = catalog_of(translate_cases[i].id, translate_cases[i].text);
        const ch_node    *out  = translated(translate_cases[i].content, c, root, NULL);
        ch_str            want = ch_str_from(translate_cases[i].want);
        equal(translate_cases[i].text, out ? body_of(out) : said(), want.p);
    }
}

/* Every cut and many a changed byte of a translation: refused or right, and the same as XML. */
static void
mutants(void)
{
    static const char content[] = P("a <q>b <name its:translate='no'>N</name></q><note>c <ref "
                                    "target='#d'>e</ref></note><lb/>");
    static const char id[]      = "a <q>b <name its:translate=\"no\">N</name></q><note>c <ref "
                                  "target=\"#d\">e</ref></note><lb/>";
    static const char put[]     = "<>/&;'=x \"";
    size_t            n         = sizeof id - 1;
    for (size_t at = 0; at <= n; at++)
        for (size_t k = 0; k < sizeof put; k++) {
            char text[sizeof id + 1];
            memcpy(text, id, sizeof id);
            text[at]            = put[k]; /* the last one cuts */
            text[n]             = '\0';
            const ch_node *root = tree_of("xml:lang='en'", content);
            ch_catalog    *c    = ch_catalog_new(&cx, CH_STR_LIT("c"), CH_STR_EMPTY);
            ch_message     m    = {.context = CH_STR_EMPTY,
                                   .id      = CH_STR_LIT(id),
                                   .text    = ch_arena_str(cx.job, ch_str_from(text)),
                                   .where   = CH_NOWHERE};
            CHECK(ch_catalog_add(c, &m));
            const ch_node *out = translated(text, c, root, NULL);
            if (out)
                (void)body_of(out);
        }
}

static void
policies(void)
{
    static const char content[] =
        "<sender><orgName>O</orgName><orgName xml:lang='fr'>F</orgName></sender>"
        "<body><p>a</p><list><item>b</item></list></body>"
        "<signatories href='x.csv'/><attachments><attachment><letter xml:lang='en' dir='ltr'>"
        "<body><p>c</p></body></letter></attachment></attachments>";
    static const char    po[] = "msgid \"c\"\nmsgstr \"C\"\n#, fuzzy\nmsgid \"b\"\nmsgstr \"B\"\n";
    ch_translate_options o    = {0};
    for (int allow = 0; allow < 4; allow++) {
        const ch_node *root  = tree_of("xml:lang='en' dir='ltr'", content);
        ch_catalog    *c     = NULL;
        o.allow_untranslated = allow & 1;
        o.allow_fuzzy        = allow & 2;
        CHECK(ch_catalog_read(&cx, CH_STR_LIT("fr.po"), CH_STR_LIT(po), &c) == CH_OK);
        static const char *const want[] = {"E3647@1:182 E3648@1:196 W3659@1:237 ",
                                           "W3649@1:182 E3648@1:196 W3659@1:237 ",
                                           "E3647@1:182 W3650@1:196 W3659@1:237 "};
        const ch_node           *out    = translated(content, c, root, &o);
        if (!out) {
            equal("policies", said(), allow < 3 ? want[allow] : "");
            continue;
        }
        CHECK(allow == 3 && !ch_node_attr(out, CH_LA_dir));
        equal("kept", body_of(out),
              "<p><foreign xml:lang=\"en\">a</foreign></p><list><item>B</item></list>");
        const ch_node *org = ch_node_child(ch_node_child(out, CH_L_sender), CH_L_orgName);
        CHECK(ch_str_is(org->lang, "en") && ch_str_is(org->next->lang, "fr"));
        const ch_node *inner = ch_node_child(
            ch_node_child(ch_node_child(out, CH_L_attachments), CH_L_attachment), CH_L_letter);
        CHECK(ch_str_is(inner->lang, "fr") && !ch_node_attr(inner, CH_LA_dir));
        equal("inner", body_of(inner), "<p>C</p>");
    }
    const ch_node *root = tree_of("xml:lang='en'", P("a")), *out;
    CHECK(ch_letter_translate(&cx, root, catalog_of("a", "b"), CH_STR_LIT("f r"), NULL, &out) ==
          CH_ERR_INPUT);
    equal("tag", said(), "E3658@0:0 ");
    root          = tree_of("xml:lang='en'", P("a"));
    ch_catalog *c = ch_catalog_new(&cx, CH_STR_LIT("c"), CH_STR_EMPTY);
    ch_catalog_set_language(c, CH_STR_LIT("de_AT"));
    CHECK(ch_letter_translate(&cx, root, c, CH_STR_LIT("fr"), NULL, &out) == CH_ERR_INPUT);
    equal("another language", said(), "E3646@0:0 ");
    CHECK(ch_letter_translate(&cx, root, c, CH_STR_LIT("EN"), NULL, &out) == CH_OK && out == root);
}

/* Contexts: where a text stands decides before the text alone. */
static void
contexts(void)
{
    static const char po[] = "msgctxt \"sender/orgName\"\nmsgid \"x\"\nmsgstr \"1\"\n"
                             "msgctxt \"p\"\nmsgid \"x\"\nmsgstr \"2\"\n"
                             "msgctxt \"figure@alt\"\nmsgid \"x\"\nmsgstr \"3\"\n"
                             "msgid \"x\"\nmsgstr \"4\"\n";
    const ch_node    *root =
        tree_of("xml:lang='en'", "<sender><orgName>x</orgName><role>x</role></sender>"
                                 "<body><p>x</p><figure src='a' alt='x'/></body>");
    ch_catalog *c = NULL;
    ch_units    u;
    char        got[8] = "";
    CHECK(ch_catalog_read(&cx, CH_STR_LIT("fr.po"), CH_STR_LIT(po), &c) == CH_OK);
    ch_letter_units(&cx, root, &u);
    CHECK(u.list.n == 4);
    for (size_t i = 0; i < u.list.n && i < 7; i++) {
        const ch_message *m = ch_unit_message(&cx, c, &u.list.at[i]);
        got[i]              = m ? m->text.p[0] : '-';
    }
    equal("contexts", got, "1423");
}

/* The languages of trial. */
static void
pseudo(void)
{
    static const struct {
        const char *lang, *content, *want;
    } cases[] = {
        {"en-XA", P("Wood &lt; tree"), "<p>[Ŵöööď &lt; ţŕééé]</p>"},
        {"en-XA",
         P("a <emph>b</emph> <name>Foo</name> <field name='f'/> {x} <foreign "
           "xml:lang='la'>ad</foreign>"),
         "<p>[å <emph>b</emph> <name>Foo</name> <field name=\"f\"/> {x} <foreign "
         "xml:lang=\"la\">ad</foreign>]</p>"},
        {"ar-XB", P("Sir 7"), "<p>[سير 7]</p>"},
        {"ar-XB", "<body><figure src='a' alt='b'/></body>", "<figure src=\"a\" alt=\"[ب]\"/>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ch_node *root = tree_of("xml:lang='en'", cases[i].content), *out = NULL;
        ch_str         lang = ch_str_from(cases[i].lang);
        CHECK(ch_lang_is_pseudo(lang));
        ch_catalog *c = ch_pseudo_catalog(&cx, root, lang);
        CHECK(ch_letter_translate(&cx, root, c, lang, NULL, &out) == CH_OK);
        equal(cases[i].content, body_of(out), cases[i].want);
    }
    CHECK(!ch_lang_is_pseudo(CH_STR_LIT("en")));
}

int
main(void)
{
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    ch_limits_fill(&cx.limits);
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    if (setjmp(guard.env) != 0) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    po_files();
    places();
    lookup();
    mo_files();
    mo_faults();
    po_mutants();
    units();
    translations();
    mutants();
    policies();
    contexts();
    pseudo();
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    printf("%d failures\n", failures);
    return failures != 0;
}
