/* tests/unit/letter_test.c -- letter/ and protocol/: from XML to a resolved letter, as printed. */
#include "letter/letter.h"

#include "input/input.h"
#include "letter/builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int         failures;
static ch_guard    guard;
static ch_locales *packs;
static ch_ctx      cx;
static char        folder[4096]; /* for what letters name */

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

/* Forget the last letter and build this one: what stands in <letter ...>. */
static const ch_letter *
build_all(ch_str xml)
{
    const ch_node   *root   = NULL;
    const ch_letter *letter = NULL;
    ch_str           path   = ch_arena_printf(cx.job, "%s/letter.xml", folder);
    ch_status        st     = ch_xml_read(&cx, &ch_letter_vocab, path, xml, &root);
    if (st != CH_OK) {
        ch_buf b;
        ch_buf_init(&b, cx.job);
        for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
            ch_diag_print_text(&b, cx.diags, ch_diags_at(cx.diags, i));
        fprintf(stderr, "the test's own letter: %s", b.p);
        failures++;
        return NULL;
    }
    ch_letter_build(&cx, packs, root, path, NULL, &letter);
    return letter;
}

static const ch_letter *
build(const char *attributes, const char *content)
{
    ch_arena_reset(cx.job);
    ch_arena_reset(cx.scratch);
    cx.diags = ch_diags_new(cx.job);
    return build_all(ch_arena_printf(cx.job, "<letter xmlns='urn:chancery:letter:1' %s>%s</letter>",
                                     attributes, content));
}

/* The same with this body. */
static const ch_letter *
body(const char *lang, const char *content)
{
    char attributes[64], inner[4096];
    snprintf(attributes, sizeof attributes, "xml:lang='%s'", lang);
    snprintf(inner, sizeof inner, "<body>%s</body>", content);
    return build(attributes, inner);
}

/* Is it the code that is written so, as "E3001"? */
static bool
says(ch_code c, const char *code)
{
    char name[16];
    snprintf(name, sizeof name, "%c%u", ch_code_letter(c), ch_code_number(c));
    return strcmp(name, code) == 0;
}

static size_t
reported(const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
        n += says(ch_diags_at(cx.diags, i)->code, code);
    return n;
}

/* Does the print of the letter have this line (without its indentation)? */
static bool
prints(const ch_letter *l, const char *want)
{
    ch_buf b;
    if (!l)
        return false;
    ch_buf_init(&b, cx.job);
    ch_letter_dump(&b, l);
    for (const char *at = b.p; *at;) {
        const char *end = strchr(at, '\n');
        while (*at == ' ')
            at++;
        if ((size_t)(end - at) == strlen(want) && memcmp(at, want, strlen(want)) == 0)
            return true;
        at = end + 1;
    }
    fprintf(stderr, "%s", b.p);
    return false;
}

#define PRINTS(l, want)                                                                            \
    do {                                                                                           \
        if (!prints(l, want)) {                                                                    \
            failures++;                                                                            \
            fprintf(stderr, "%s:%d: no line: %s\n", __FILE__, __LINE__, want);                     \
        }                                                                                          \
    } while (0)

static void
test_space(void)
{
    PRINTS(body("en", "<p>\n  one\t two <emph> three </emph> four\n</p>"),
           "p en \"one two \" [emph \"three \"] \"four\"");
    PRINTS(body("en", "<p> <emph> a </emph> </p>"), "p en [emph \"a\"]");
    PRINTS(body("en", "<p>a <lb/> b<lb/></p>"), "p en \"a\" \"\\n\" \"b\" \"\\n\"");
    PRINTS(body("en", "<p>\xC2\xA0 x\xE2\x80\xAF \xE2\x80\x8C</p>"),
           "p en \"\xC2\xA0 x\xE2\x80\xAF \xE2\x80\x8C\"");
    PRINTS(body("en", "<p>word <note> a note </note> more</p>"),
           "p en \"word\" [note \"1\"] \" more\"");
    PRINTS(body("en", "<p/>"), "p en");
    PRINTS(body("en", "<p>   </p>"), "p en");
}

static void
test_inline(void)
{
    const char *q = "<p>a <q> b <q>c</q> <foreign xml:lang='fr'>d <q>e</q></foreign> </q></p>";
    PRINTS(body("en", q),
           "p en \"a \" [q \"\u201C\"] [q \"b \"] [q q \"\u2018\"] [q q \"c\"] [q q \"\u2019\"] "
           "[q \" \"] [q foreign:fr \"d \"] [q foreign:fr q \"\u201C\"] [q foreign:fr q \"e\"] "
           "[q foreign:fr q \"\u201D\"] [q \"\u201D\"]");
    PRINTS(body("la", "<p/>") == NULL && reported("E3001") == 1 ? body("fr", "<p><q>x</q></p>")
                                                                : NULL,
           "p fr [q \"«\u00A0\"] [q \"x\"] [q \"\u00A0»\"]");
    PRINTS(
        body("fr",
             "<p>le <date when='2024-06-01'/>, le <date when='2024-06-15'>15 courant</date></p>"),
        "p fr \"le \" [date \"1er\u00A0juin 2024\"] \", le \" [date \"15 courant\"]");
    PRINTS(body("en", "<p><foreign xml:lang='fa'><date when='2024-06-15'/></foreign></p>"),
           "p en [foreign:fa date \"۲۶\u00A0خرداد ۱۴۰۳\"]");
    PRINTS(body("en", "<p xml:id='one'>see <ref target='#one'>above</ref></p>"),
           "p #one en \"see \" [ref(#one) \"above\"]");
    CHECK(!body("en", "<p>see <ref target='#two'>above</ref></p>") && reported("E3011") == 1);
    CHECK(!body("en", "<p><foreign xml:lang='la'><date when='2024-06-15'/></foreign></p>") &&
          reported("E3001") == 1);
    CHECK(!body("en", "<p><field name='a.b'/></p>") && reported("E3010") == 1);
    const ch_letter *l = body("en", "<p>x <foreign xml:lang='ar'>y</foreign> <name>z</name></p>");
    CHECK(l && l->body.at[0].text.leaf[1].in->isolate && l->body.at[0].text.leaf[3].in->isolate);
    CHECK(l && !l->body.at[0].text.leaf[0].in->isolate);
}

static void
test_notes(void)
{
    const ch_letter *l =
        body("fa", "<p>a<note>first <note>inner</note></note></p><p>b<note>third</note></p>");
    CHECK(l && l->n_notes == 3);
    PRINTS(l, "note 1 ۱ fa \"first\" [note \"۲\"]");
    PRINTS(l, "note 2 ۲ fa \"inner\"");
    PRINTS(l, "note 3 ۳ fa \"third\"");
    /* A title is not printed: its note does not count. */
    l = build("xml:lang='en'",
              "<meta><title>T<note>x</note></title></meta><body><p>b<note>y</note></p></body>");
    CHECK(l && l->n_notes == 1 && ch_str_is(l->title, "T"));
    PRINTS(l, "note 1 1 en \"y\"");
}

static void
test_body(void)
{
    const ch_letter *l =
        body("en", "<list type='ordered'><item>a<list><item>b</item></list>c</item>"
                   "<item n='(z)'>d</item></list><p n='7'>e</p><p n='7 bis'>f</p>");
    PRINTS(l, "list ordered");
    PRINTS(l, "item en \"(a)\"");
    PRINTS(l, "item en \"–\"");
    PRINTS(l, "item en \"(z)\"");
    PRINTS(l, "number en [name \"7\"] \".\"");
    PRINTS(l, "number en \"7 bis\"");
    CHECK(l && l->body.at[0].numbering == 'a' && l->body.at[0].items.at[0].n == 3);
    PRINTS(body("fa", "<p n='7'>x</p>"), "number fa [name \"۷\"] \".\"");
    l = body("en", "<table><head>T</head><row role='head'><cell>a</cell></row>"
                   "<row><cell role='head'>b</cell><cell>c</cell></row></table>"
                   "<quote><p>d</p></quote><head level='2'>e</head>");
    PRINTS(l, "table en \"T\"");
    CHECK(l && l->body.at[0].rows.at[0].head && l->body.at[0].rows.at[0].at[0].head);
    CHECK(l && l->body.at[0].rows.at[1].at[0].head && !l->body.at[0].rows.at[1].at[1].head);
    PRINTS(l, "head 2 en \"e\"");
    CHECK(l && l->body.at[1].kids.n == 1);
}

static void
test_versions(void)
{
    const char      *two = "<p>one</p><p xml:lang='fr'>un</p><p>two</p><p xml:lang='fr'>deux</p>";
    const ch_letter *l   = body("en", two);
    CHECK(l && l->body.n == 2);
    PRINTS(l, "p en \"two\"");
    CHECK(reported("N3014") == 1); /* N3014, once for the language */
    /* A tag is the same tag in other capitals. */
    l = body("en", "<p xml:lang='EN'>one</p><p>two</p><p xml:lang='fr'>deux</p>");
    CHECK(l && l->body.n == 2 && reported("N3014") == 1);
    PRINTS(l, "p EN \"one\"");
    l = body("fr-CA", "<p xml:lang='FR'>un</p><p xml:lang='fr-ca'>deux</p>");
    CHECK(l && l->body.n == 1);
    PRINTS(l, "p fr-ca \"deux\"");
    /* Paragraphs of one language are not versions of each other. */
    l = body("en", "<p xml:lang='fr'>un</p><p xml:lang='fr'>deux</p>");
    CHECK(l && l->body.n == 2 && reported("N3014") == 0);
    l = build("xml:lang='fr-CA'",
              "<meta><subject xml:lang='en'>S</subject><subject xml:lang='fr'>O</subject></meta>"
              "<sender><orgName xml:lang='en'>Bank</orgName><orgName xml:lang='fr'>Banque</orgName>"
              "</sender><addressee><role xml:lang='en'>Chair</role><role xml:lang='fr'>Présidente"
              "</role></addressee><body><p/></body>");
    CHECK(l && l->sender->orgs.n == 2 && l->addressee[0].roles.n == 1);
    PRINTS(l, "role fr \"Présidente\"");
    CHECK(l && ch_str_is(l->title, "O"));
}

static void
test_head(void)
{
    const ch_letter *l = build(
        "xml:lang='fr'",
        "<meta><idno type='reference'>A <lb/>1</idno><classification level='confidential'/>"
        "<urgency level='urgent'>TRÈS URGENT</urgency></meta>"
        "<opener><dateline><placeName>Havre</placeName><date when='2026-03-01'/></dateline>"
        "<salute>Monsieur,</salute></opener><body><p/></body><closer><initials/><seal/></closer>"
        "<encl><item>a</item></encl><cc><item>b</item></cc><postscript><p>c</p></postscript>");
    PRINTS(l, "classification fr \"CONFIDENTIEL\"");
    PRINTS(l, "urgency fr \"TRÈS URGENT\"");
    PRINTS(l, "dateline fr [name \"Havre\"] \", le \" [date \"1er\u00A0mars 2026\"]");
    PRINTS(l, "date-iso 2026-03-01");
    PRINTS(l, "encl fr \"P.\u00A0J.\u00A0: 1\"");
    PRINTS(l, "cc fr \"Copie\u00A0:\"");
    CHECK(l && l->seal && l->has_initials && l->initials.n == 0 && l->postscript.n == 1);
    l = build("xml:lang='fa'", "<opener><dateline><date when='2024-06-15'/>"
                               "<date when='2024-06-15' calendar='gregorian'/></dateline></opener>"
                               "<body><p/></body>");
    PRINTS(l,
           "dateline fa [date \"۲۶\u00A0خرداد ۱۴۰۳\"] \" برابر با \" [date \"۱۵\u00A0ژوئن ۲۰۲۴\"]");
    CHECK(l && l->rtl);
    l = build("xml:lang='ar' dir='ltr'", "<body><p/></body>");
    CHECK(l && !l->rtl);
}

static void
test_formulas(void)
{
    const char *both = "<opener><salute/></opener><body><p/><salute/></body>"
                       "<closer><formula name='courtesy'/></closer>";
    char        text[1024];
    snprintf(text, sizeof text, "<addressee rank='ambassador' gender='f'/>%s", both);
    PRINTS(build("xml:lang='en'", text),
           "courtesy en \"Accept, Excellency, the assurances of my highest consideration.\"");
    PRINTS(
        build("xml:lang='en' kind='joint-letter'", text),
        "courtesy en \"Please accept, Excellency, the assurances of our highest consideration.\"");
    PRINTS(build("xml:lang='fr-CA'", text), "salute fr-CA \"Madame l’Ambassadrice,\"");
    PRINTS(build("xml:lang='es'", text), "salute es \"Excelentísima Señora Embajadora:\"");
    CHECK(reported("W3003") == 0);
    snprintf(text, sizeof text, "<addressee rank='charge' gender='m'/>%s", both);
    PRINTS(build("xml:lang='fr'", text), "salute fr \"Monsieur le Chargé d’affaires,\"");
    CHECK(reported("W3003") == 2); /* the salutation twice and the courtesy, folded */
    snprintf(text, sizeof text, "<addressee rank='cardinal' gender='m'/>%s", both);
    CHECK(!build("xml:lang='de'", text) && reported("E3012") == 2 && reported("E3013") == 1);
    snprintf(text, sizeof text, "<addressee rank='charge'/>%s", both);
    CHECK(!build("xml:lang='en'", text) && reported("E3012") == 2); /* Sir or Madam? */
    CHECK(!build("xml:lang='en'", both) && reported("E3012") == 2 && reported("E3013") == 1);
    CHECK(!body("en", "<formula name='enactment'/>") && reported("E3013") == 1);
    CHECK(build("xml:lang='en'", "<addressee rank='charge' gender='m'/><opener><salute>Excellency,"
                                 "</salute></opener><body><p/></body>") &&
          reported("W3126") == 1);
}

static void
test_kinds(void)
{
    const char *full = "<addressee/><opener><salute>Excellency,</salute></opener><body><p/>"
                       "<salute>Sir,</salute></body><closer><formula>Yours</formula><signed>"
                       "<persName>A</persName></signed><initials/><seal/></closer>"
                       "<signatories><signatory><persName>B</persName></signatory></signatories>";
    CHECK(build("xml:lang='en'", full) && reported("E3030") == 0 && reported("W3031") == 0);
    CHECK(!build("xml:lang='en' kind='note-verbale'", full) && reported("E3030") == 5);
    CHECK(!build("xml:lang='en' kind='aide-memoire'", full) && reported("E3030") == 7);
    CHECK(!build("xml:lang='en' kind='credence'", full) && reported("E3030") == 2);
    CHECK(build("xml:lang='en' kind='note-verbale'", "<body><p/></body>") &&
          reported("W3031") == 4);
    CHECK(build("xml:lang='en' kind='instrument'",
                "<body><p/></body><closer><formula name='testimonium'>IN WITNESS WHEREOF</formula>"
                "</closer>") &&
          reported("E3030") == 0);
}

static const char *const PEOPLE =
    "<signatory rank='3' status='signed' date='2026-03-02'><persName>Zoe <surname>Abel</surname>"
    "</persName><orgName>Öre Guild</orgName><country>DE</country></signatory>"
    "<signatory rank='1' status='withheld'><honorific>Dr.</honorific><persName>Hidden Person"
    "</persName><role>Teller of "
    "Secrets</role><orgName>Bank</orgName><country>FR</country></signatory>"
    "<signatory rank='20' status='electronic'><persName>Ann Élan</persName><orgName>Ace</orgName>"
    "<country>ZA</country></signatory>"
    "<signatory status='proxy'><persName>Bob Zuss</persName><orgName>Chorus</orgName>"
    "<country>FR</country></signatory>";

/* The numbers of the people above (1 up) in the order that comes out; without their ranks but in
 * the order of precedence. */
static void
test_order_of(const char *order, const char *want)
{
    static const char *const words[]      = {"Abel", "Name withheld", "Élan", "Zuss"};
    char                     attributes[] = "xml:lang='en'", text[4096], got[8] = "";
    snprintf(text, sizeof text,
             "<body><p/></body><signatories numbered='yes' order='%s'>%s</signatories>", order,
             PEOPLE);
    for (char *r; strcmp(order, "precedence") != 0 && (r = strstr(text, "rank='"));)
        memset(r, ' ', (size_t)(strchr(r + 6, '\'') + 1 - r));
    const ch_letter *l = build(attributes, text);
    for (size_t i = 0; l && i < 4; i++) {
        ch_str name = ch_rich_plain(cx.job, l->annex.group[0].at[i].name);
        for (int k = 0; k < 4; k++)
            if (ch_str_ends(name, words[k]))
                got[i] = (char)('1' + k);
    }
    if (strcmp(got, want) != 0) {
        failures++;
        fprintf(stderr, "order %s: got %s, not %s\n", order, got, want);
    }
}

/* A list with these attributes: what comes out, one letter a signatory, "|" before a head. */
static const char *
order_in(const char *lang, const char *attributes, const char *content)
{
    static char got[64];
    char        attr[64];
    size_t      n = 0;
    snprintf(attr, sizeof attr, "xml:lang='%s'", lang);
    const ch_letter *l = build(
        attr,
        ch_arena_printf(cx.job, "<body><p/></body><signatories numbered='yes' %s>%s</signatories>",
                        attributes, content)
            .p);
    for (size_t g = 0; l && g < l->annex.n_groups; g++) {
        const ch_annex_group *group = &l->annex.group[g];
        if (group->head.n > 0)
            got[n++] = '|';
        for (size_t i = 0; i < group->n; i++)
            got[n++] = ch_rich_plain(cx.job, group->at[i].name).p[0];
    }
    got[n] = '\0';
    return got;
}

static bool
said(const char *code, const char *text)
{
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++)
        if (says(ch_diags_at(cx.diags, i)->code, code) &&
            ch_str_is(ch_diags_at(cx.diags, i)->text, text))
            return true;
    return false;
}

#define ONE(name, country)                                                                         \
    "<signatory><persName>" name "</persName><country>" country "</country></signatory>"
#define RANKED(rank, name) "<signatory rank='" rank "'><persName>" name "</persName></signatory>"

static void
test_orders(void)
{
    /* Germany, South Africa, Spain in English; Allemagne, Espagne, Afrique du Sud: by the letter. */
    const char *states = ONE("G", "DE") ONE("S", "ES") ONE("Z", "ZA");
    CHECK(!strcmp(order_in("fr", "order='country'", states), "ZGS"));
    CHECK(said("N3050", "signatories ordered by country, collation of French, 3"));
    CHECK(!strcmp(order_in("fr", "order='country' order-lang='en'", states), "GZS"));
    CHECK(said("N3050", "signatories ordered by country, collation of English, 3"));
    static const char un[] = ONE("T", "TZ") ONE("P", "PS") ONE("K", "TR") ONE("U", "UA")
        ONE("H", "VA") ONE("Z", "ZW") "<signatory><persName>X</persName><country code='TG'>Own "
                                      "words</country></signatory>";
    CHECK(!strcmp(order_in("fr", "order='country' order-lang='en'", un), "XKUTZHP"));
    CHECK(!strcmp(order_in("en", "group-by='country' order='country'", un), "|X|K|U|T|Z|H|P"));
    (void)order_in(
        "en", "",
        "<signatory><persName>A</persName><country code='TGO'>Togo</country></signatory>");
    CHECK(reported("E3053") == 1);
    CHECK(!strcmp(order_in("en", "order='name'",
                           "<signatory><persName>Öl</persName></signatory>"
                           "<signatory><persName>Zaun</persName></signatory>"),
                  "\xC3Z"));
    CHECK(!strcmp(order_in("en", "order='name' order-lang='sv'",
                           "<signatory><persName>Öl</persName></signatory>"
                           "<signatory><persName>Zaun</persName></signatory>"),
                  "Z\xC3"));
    CHECK(order_in("en", "order='name' order-lang='tlh'", states) && reported("E3001") == 1);
    const char *ranked = RANKED("7", "Q")
        RANKED("2", "B") "<signatory><persName>A</persName></signatory>" RANKED("7", "P");
    CHECK(!strcmp(order_in("en", "order='name'", ranked), "BPQA"));
    CHECK(said("N3050", "signatories ordered by name, collation of English, 4; 3 by rank"));
    CHECK(!strcmp(order_in("en", "order='given'", ranked), "QBAP"));
    CHECK(reported("N3050") == 0);
    cx.explain = true;
    (void)order_in("en", "", ranked);
    CHECK(said("N3050", "signatories as given, 4"));
    cx.explain = false;
    CHECK(!strcmp(order_in("en", "order='name'", RANKED("first", "A")), "") &&
          reported("E3015") == 1);
}

static void
test_groups(void)
{
    const char *all = ONE("A", "ZA") ONE("B", "DE") ONE("C", "ZA") ONE("D", "ES");
    CHECK(!strcmp(order_in("en", "group-by='country'", all), "|AC|B|D"));
    CHECK(reported("N3050") == 0);
    CHECK(!strcmp(order_in("en", "group-by='country' order='country'", all), "|B|AC|D"));
    CHECK(said("N3050", "signatories ordered by country, collation of English, 4; "
                        "3 groups ordered by head"));
    CHECK(!strcmp(order_in("fr", "group-by='country' group-order='head'", all), "|AC|B|D"));
    CHECK(!strcmp(order_in("fr", "group-by='country' group-order='head' order-lang='en'", all),
                  "|B|AC|D"));
    CHECK(!strcmp(order_in("en", "group-by='country' group-order='given' order='country'", all),
                  "|AC|B|D"));
    CHECK(!strcmp(
        order_in("en", "group-order='head'",
                 "<group><head>Öre</head>" ONE("A", "ZA") "</group><group><head>Ale</head>" ONE(
                     "B", "ZA") "</group>"),
        "|B|A"));
    CHECK(!strcmp(order_in("en", "group-by='country'",
                           ONE("A", "ZA") "<signatory><persName>B</persName></signatory>"),
                  "B|A") &&
          reported("W3051") == 1);
    (void)order_in("en", "group-by='country'", "<group><head>G</head>" ONE("A", "ZA") "</group>");
    CHECK(reported("E3052") == 1);
    (void)order_in("en", "", ONE("A", "ZQ"));
    CHECK(reported("E3053") == 1);
    CHECK(!strcmp(order_in("en", "group-by='organisation'",
                           "<signatory><persName>A</persName><orgName>Guild</orgName></signatory>"
                           "<signatory><persName>C</persName><orgName>Fleet</orgName></signatory>"
                           "<signatory><persName>B</persName><orgName>Guild</orgName></signatory>"),
                  "|AB|C"));
    static const struct {
        const char *lang, *line;
    } counts[] = {{"en", "subtotal en \"Subtotal: \" [name \"2 signatories\"]"},
                  {"en", "subtotal en \"Subtotal: \" [name \"1 signatory\"]"},
                  {"pl", "subtotal pl \"Suma częściowa: \" [name \"2 sygnatariusze\"]"},
                  {"pl", "subtotal pl \"Suma częściowa: \" [name \"1 sygnatariusz\"]"},
                  {"fr", "subtotal fr \"Sous-total\u00A0: \" [name \"2 signataires\"]"},
                  {"zh", "subtotal zh \"小计：\" [name \"2名签署人\"]"},
                  {"fa", "subtotal fa \"جمع جزء: \" [name \"۲ امضاکننده\"]"}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const ch_letter *l =
            build(ch_arena_printf(cx.job, "xml:lang='%s'", counts[i].lang).p,
                  ch_arena_printf(cx.job,
                                  "<body><p/></body><signatories group-by='country' "
                                  "subtotals='yes'>%s</signatories>",
                                  all)
                      .p);
        PRINTS(l, counts[i].line);
    }
}

static void
write_file(const char *name, const char *text)
{
    ch_str path = ch_arena_printf(cx.job, "%s/%s", folder, name);
    FILE  *f    = fopen(path.p, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static const ch_letter *
from_csv(const char *csv)
{
    write_file("list.csv", csv);
    return build("xml:lang='en'", "<body><p/></body><signatories href='list.csv' numbered='yes'/>");
}

static void
test_late(void)
{
    const char *first = "<signatories numbered='yes' order='name'>" ONE("Z", "DE") ONE("Y", "FR")
        ONE("X", "FR") "</signatories>";
    const char *second =
        "<signatories numbered='yes' date='2026-04-01' order='name'>" ONE("B", "DE")
            ONE("A", "DE") "</signatories>";
    const char *third =
        "<signatories numbered='yes' date='2026-05-01'><head>Later still</head>" ONE(
            "C", "DE") "</signatories>";
    const ch_letter *l =
        build("xml:lang='en'",
              ch_arena_printf(cx.job, "<body><p/></body>%s%s%s", first, second, third).p);
    CHECK(l && l->n_late == 2 && l->n_signatories == 6 && l->annex.count == 3);
    CHECK(l && ch_str_is(ch_rich_plain(cx.job, l->late[0].group[0].at[0].number), "4"));
    CHECK(l && ch_str_is(ch_rich_plain(cx.job, l->late[0].group[0].at[0].name), "A"));
    CHECK(l && ch_str_is(ch_rich_plain(cx.job, l->late[1].group[0].at[0].number), "6"));
    PRINTS(l, "head en \"Additional signatories, \" [name \"1\u00A0April 2026\"]");
    PRINTS(l, "head en \"Later still\"");
    PRINTS(l, "total en \"Total: \" [name \"2 signatories\"]");
    PRINTS(l, "grand-total en \"Total of all lists: \" [name \"6 signatories\"]");
    CHECK(l && l->late[0].grand_total.n == 0);
    l = build("xml:lang='zh'", ch_arena_printf(cx.job, "<body><p/></body>%s%s", first, second).p);
    PRINTS(l, "head zh \"增补签署人，\" [name \"2026年4月1日\"]");
    PRINTS(l, "grand-total zh \"总计：\" [name \"5名签署人\"]");
    CHECK(
        !build("xml:lang='en'", ch_arena_printf(cx.job, "<body><p/></body>%s%s", first, first).p) &&
        reported("E3055") == 1);
    CHECK(reported("W3057") == 3);
    CHECK(!build("xml:lang='en'", ch_arena_printf(cx.job, "<body><p/></body>%s", second).p) &&
          reported("E3056") == 1);
}

/* The same name of the same body again; a name withheld says nothing of itself. */
static void
test_twice(void)
{
    CHECK(!strcmp(order_in("en", "order='name'",
                           ONE("B", "DE") ONE(
                               "A", "DE") "<signatory><persName>B</persName>"
                                          "<orgName>C</orgName></signatory>"
                                          "\n" ONE("B", "FR") "<signatory status='withheld'>"
                                                              "<persName>A</persName></signatory>"),
                  "ABBBN"));
    CHECK(reported("W3057") == 1);
    CHECK(said("W3057", ch_arena_printf(cx.job,
                                        "'B' is among the signatories twice: first in "
                                        "%s/letter.xml, line 1, column 111",
                                        folder)
                            .p));
    ch_buf b;
    ch_buf_init(&b, cx.job);
    ch_buf_puts(&b, "name\n");
    for (int i = 0; i < 60; i++)
        ch_buf_puts(&b, "A\n");
    CHECK(from_csv(b.p) && reported("W3057") == 50 && reported("W3058") == 1);
}

static void
test_marks(void)
{
    static const struct {
        const char *lang, *line;
    } marks[] = {
        {"en", "status-dated en \"(Signed electronically, \" [name \"3\u00A0March 2026\"] \")\""},
        {"fr", "status-dated fr \"(Signé électroniquement le \" [name \"3\u00A0mars 2026\"] \")\""},
        {"ru", "status-dated ru \"(Подписано в электронной форме, \" [name \"3\u00A0марта "
               "2026 года\"] \")\""},
        {"zh", "status-dated zh \"（电子签名，\" [name \"2026年3月3日\"] \"）\""},
        {"fa", "status-dated fa \"(امضای الکترونیکی، \" [name \"۱۲\u00A0اسفند ۱۴۰۴\"] \")\""},
        {"en", "status en \"p.p. \" [name \"Ada Roth\"]"},
        {"tr", "status tr [name \"Ada Roth\"] \" adına\""},
        {"ur", "status ur \"برائے \" [name \"Ada Roth\"]"},
        {"es", "status es \"(Firmado ad referendum)\""},
        {"de", "status de \"(gezeichnet)\""}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const ch_letter *l = build(
            ch_arena_printf(cx.job, "xml:lang='%s'", marks[i].lang).p,
            "<body><p/></body><signatories>"
            "<signatory status='electronic' date='2026-03-03'><persName>E</persName></signatory>"
            "<signatory status='proxy' for='Ada Roth'><persName>P</persName></signatory>"
            "<signatory status='ad-referendum'><persName>R</persName></signatory>"
            "<signatory status='signed'><persName>S</persName></signatory>"
            "<signatory status='pending'><persName>T</persName></signatory></signatories>");
        PRINTS(l, marks[i].line);
    }
    CHECK(build("xml:lang='en'", "<body><p/></body><signatories><signatory status='signed' for='A'>"
                                 "<persName>B</persName></signatory></signatories>") &&
          reported("W3054") == 1);
    const ch_letter *l =
        build("xml:lang='en'", "<body><p/></body><signatories order='organisation'><signatory "
                               "status='withheld'><orgName>Hidden Body</orgName></signatory>"
                               "</signatories>");
    ch_buf b;
    ch_buf_init(&b, cx.job);
    ch_letter_dump(&b, l);
    CHECK(!strstr(b.p, "Hidden"));
}

static void
test_annex(void)
{
    char text[4096];
    test_order_of("given", "1234");
    test_order_of("precedence", "2134");
    test_order_of("name", "3412");
    test_order_of("family-name", "1342");
    test_order_of("organisation", "3241");
    test_order_of("country", "2413"); /* France, France, Germany, South Africa; stable */
    snprintf(text, sizeof text,
             "<body><p/></body><signatories numbered='yes' columns='3' "
             "layout='columns'><p>Intro</p>%s</signatories>",
             PEOPLE);
    const ch_letter *l = build("xml:lang='en'", text);
    PRINTS(l, "total en \"Total: \" [name \"4 signatories\"] \" from \" [name \"3 countries\"]");
    PRINTS(l, "head en \"List of signatories\"");
    PRINTS(l, "status en \"(Signed)\"");
    PRINTS(l, "status en \"p.p.\"");
    PRINTS(l, "date en \"2\u00A0March 2026\"");
    PRINTS(l, "country South Africa");
    CHECK(l && l->annex.columns == 3 && l->annex.count == 4 && l->annex.intro.n == 1);
    CHECK(l && l->annex.has_orgs && l->annex.has_dates && !l->annex.has_roles);
    ch_buf b;
    ch_buf_init(&b, cx.job);
    ch_letter_dump(&b, l);
    CHECK(!strstr(b.p, "Hidden") && !strstr(b.p, "Dr.") && !strstr(b.p, "Secrets"));
    CHECK(l && l->annex.group[0].at[1].where.source == 0);
    l = build(
        "xml:lang='en'",
        "<body><p/></body><signatories numbered='yes' order='name'>"
        "<signatory><persName>Z</persName></signatory><signatory><orgName>Y</orgName></signatory>"
        "<group><head>G</head><signatory><persName>X</persName></signatory></group>"
        "<signatory><persName>W</persName></signatory></signatories>");
    CHECK(l && l->annex.n_groups == 3 && l->annex.group[0].n == 2);
    CHECK(l && ch_str_is(ch_rich_plain(cx.job, l->annex.group[2].at[0].number), "4"));
    PRINTS(l, "total en \"Total: \" [name \"4 signatories\"]");
    CHECK(!build("xml:lang='en'", "<body><p/></body><signatories order='precedence'>"
                                  "<signatory rank='first'><persName>A</persName></signatory>"
                                  "</signatories>") &&
          reported("E3015") == 1);
    CHECK(!build("xml:lang='en'", "<body><p/></body><signatories><signatory/></signatories>") &&
          reported("E3016") == 1);
}

static void
test_csv(void)
{
    const ch_letter *l = from_csv("\xEF\xBB\xBFname,role,country,status,group\r\n"
                                  "\"Doe, Jane\",\"The \"\"Chair\"\"\",FR,signed,North\r\n"
                                  "\r\n"
                                  "Roe Hidden,,DE,withheld,South\n"
                                  "\"Poe\nTwo\",Clerk,FR,,North");
    CHECK(l && l->annex.count == 3 && l->annex.n_groups == 2 && l->annex.group[0].n == 2);
    PRINTS(l, "name en [name \"Doe, Jane\"]");
    PRINTS(l, "role en \"The \\\"Chair\\\"\"");
    PRINTS(l, "name en [name \"Poe Two\"]");
    PRINTS(l, "name en \"Name withheld\"");
    PRINTS(l, "total en \"Total: \" [name \"3 signatories\"] \" from \" [name \"2 countries\"]");
    l = from_csv(
        "for,rank,date,status,country,organisation,role,surname,name,honorific,group\n"
        "Ada Roth,3,2026-03-02,proxy,FR,\"The \"\"Old\"\" Guild, Ltd.\",Chair,Bo,Bo Li,Dr.,East\n");
    PRINTS(l, "status en \"p.p. \" [name \"Ada Roth\"]");
    PRINTS(l, "organisation en [name \"The \\\"Old\\\" Guild, Ltd.\"]");
    PRINTS(l, "honorific en \"Dr.\"");
    PRINTS(l, "date en \"2\u00A0March 2026\"");
    PRINTS(l, "country France");
    PRINTS(l, "group en \"East\"");
    CHECK(!from_csv("name,organization\na,b\n") && reported("E3022") == 1);
    CHECK(ch_str_is(ch_diags_at(cx.diags, 0)->hint, "did you mean 'organisation'?"));
    CHECK(!from_csv("name,country\na,QX\n") && reported("E3053") == 1);
    l = from_csv("name,lang\nAda Roth,\nسحر نوری,fa-AF\n");
    PRINTS(l, "name en [name \"Ada Roth\"]");
    PRINTS(l, "name fa-AF [name \"سحر نوری\"]");
    CHECK(!from_csv("name,lang\na,persian!\n") && reported("E3025") == 1);
    ch_buf many;
    ch_buf_init(&many, cx.job);
    ch_buf_puts(&many, "name,date\n");
    for (int i = 0; i < 300; i++)
        ch_buf_printf(&many, "N%d,soon\n", i);
    CHECK(!from_csv(many.p) && reported("E3025") == 100 && reported("N2090") == 1);
    CHECK(!from_csv("name\n\xFF\n") && reported("E3020") == 1);
    CHECK(!from_csv("name\n\x01\n") && reported("E3020") == 1);
    CHECK(!from_csv("name\n\"a\"b\n") && reported("E3021") == 1);
    CHECK(!from_csv("name\n\"a\n") && reported("E3021") == 1);
    CHECK(!from_csv("name,nick\na,b\n") && reported("E3022") == 1);
    CHECK(!from_csv("name,name\na,b\n") && reported("E3022") == 1);
    CHECK(!from_csv("role\na\n") && reported("E3023") == 1);
    CHECK(!from_csv("name,role\na\nb,c,d\n") && reported("E3024") == 2);
    CHECK(!from_csv("name,status,date\na,singed,2026-02-30\n") && reported("E3025") == 2);
    const ch_diag *d = ch_diags_at(cx.diags, 0);
    CHECK(ch_str_is(ch_diags_source_at(cx.diags, d->where.source)->name, "list.csv"));
    CHECK(d->where.from == 19);
    CHECK(!from_csv("name,role\n,x\n") && reported("E3016") == 1);
    CHECK(!from_csv("name\n\n") && reported("E3026") == 1);
    CHECK(!from_csv("") && reported("E3026") == 1);
}

static void
test_files(void)
{
    ch_str outside = ch_arena_printf(cx.job, "%s/../outside.csv", folder);
    FILE  *f       = fopen(outside.p, "w");
    CHECK(f && fputs("name\nA\n", f) >= 0 && fclose(f) == 0);
    CHECK(!build("xml:lang='en'", "<body><p/></body><signatories href='../outside.csv'/>") &&
          reported("E1007") == 1);
    CHECK(!build("xml:lang='en'", "<body><p/></body><signatories href='none.csv'/>") &&
          reported("E1001") == 1);
    CHECK(!body("en", "<figure src='none.png' alt='x'/>") && reported("E1001") == 1);
    char sub[4200];
    snprintf(sub, sizeof sub, "%s/sub", folder);
    CHECK(mkdir(sub, 0777) == 0);
    CHECK(!body("en", "<figure src='sub' alt='x'/>") && reported("E1002") == 1);
    CHECK(rmdir(sub) == 0);
    CHECK(!body("en", "<figure src='{a.b}' alt='x'/>") && reported("E3010") == 1);
    write_file("p.png", "not looked at here");
    PRINTS(body("en", "<figure src='p.png' alt=' A map ' width='30mm'><head>C</head></figure>"),
           "figure p.png alt \"A map\" width 30mm");
    remove(ch_arena_printf(cx.job, "%s/../outside.csv", folder).p);
    remove(ch_arena_printf(cx.job, "%s/p.png", folder).p);
    remove(ch_arena_printf(cx.job, "%s/list.csv", folder).p);
}

static void
test_attachments(void)
{
    const ch_letter *l = build(
        "xml:lang='en'", "<body><p>a<note>n</note></p></body><attachments>"
                         "<attachment><head>Map</head><p>x</p></attachment>"
                         "<attachment type='enclosure'><p>y</p></attachment>"
                         "<attachment><letter xml:lang='fr'><body><p>z<note>m</note></p></body>"
                         "</letter></attachment></attachments>");
    PRINTS(l, "attachment annex en [name \"Annex\"] \" \" [name \"I\"]");
    PRINTS(l, "attachment enclosure en \"Enclosure\"");
    PRINTS(l, "attachment annex en [name \"Annex\"] \" \" [name \"II\"]");
    PRINTS(l, "letter letter fr ltr");
    CHECK(l && l->attachment[0].body.n == 1 && l->attachment[0].head.n == 1);
    CHECK(l && l->n_notes == 1 && l->attachment[2].letter && l->attachment[2].letter->n_notes == 1);
}

int
main(void)
{
    if (setjmp(guard.env) != 0) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    const char *src = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    const char *tmp = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    char        path[4096];
    snprintf(path, sizeof path, "%s/styles/locales", src);
    snprintf(folder, sizeof folder, "%s/letter-test-%ld", tmp, (long)getpid());
    if (mkdir(folder, 0777) != 0)
        return 1;
    cx = (ch_ctx){.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    ch_limits_fill(&cx.limits);
    cx.diags = ch_diags_new(cx.job);
    if (ch_locales_new(&cx, ch_str_from(path), &packs) != CH_OK)
        return 1;
    static void (*const tests[])(void) = {
        test_space,    test_inline, test_notes, test_body,   test_versions,   test_head,
        test_formulas, test_kinds,  test_annex, test_orders, test_groups,     test_late,
        test_twice,    test_marks,  test_csv,   test_files,  test_attachments};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tests[i]();
    rmdir(folder);
    ch_locales_free(packs);
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    return failures > 0;
}
