/* tests/unit/xliff_test.c -- XLIFF 2.0 as a catalogue, and units written as XLIFF. */
#include "locale/catalog.h"
#include "locale/xliff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int      failures, cases;
static ch_guard guard;
static ch_ctx   cx;

static void
fresh(void)
{
    ch_arena_reset(cx.job);
    ch_arena_reset(cx.scratch);
    cx.diags = ch_diags_new(cx.job);
}

static void
equal(const char *name, const char *got, const char *want)
{
    cases++;
    if (strcmp(got, want) == 0)
        return;
    fprintf(stderr, "not ok: %s\n  got:  %s\n  want: %s\n", name, got, want);
    failures++;
}

/* "lang|id=text|id~text that is not done", then what was reported: " E3672@2:1" */
static const char *
read_catalog(const char *bytes)
{
    ch_catalog *c = NULL;
    ch_buf      b;
    fresh();
    ch_buf_init(&b, cx.job);
    ch_status st = ch_catalog_read(&cx, CH_STR_LIT("x.xlf"), ch_str_from(bytes), &c);
    if ((st == CH_OK) != (c != NULL) || (st == CH_OK) != (ch_diags_errors(cx.diags) == 0))
        ch_buf_puts(&b, "status and messages differ ");
    if (c)
        ch_buf_printf(&b, "%.*s", CH_ARG(ch_catalog_language(c)));
    for (size_t i = 0; c && i < ch_catalog_count(c); i++) {
        const ch_message *m = ch_catalog_at(c, i);
        ch_buf_puts(&b, "|");
        if (m->context.n > 0)
            ch_buf_printf(&b, "(%.*s)", CH_ARG(m->context));
        ch_buf_printf(&b, "%.*s%s%.*s", CH_ARG(m->id), m->fuzzy ? "~" : "=", CH_ARG(m->text));
    }
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++) {
        const ch_diag *d    = ch_diags_at(cx.diags, i);
        uint32_t       line = 0, column = 0;
        ch_source_line_column(ch_diags_source_at(cx.diags, d->where.source), d->where.from, &line,
                              &column);
        ch_buf_printf(&b, " %c%u@%u:%u", ch_code_letter(d->code), ch_code_number(d->code), line,
                      column);
    }
    return b.p;
}

#define NS "urn:oasis:names:tc:xliff:document:2.0"
#define XLIFF(body)                                                                                \
    "<xliff xmlns='" NS "' version='2.0' srcLang='en' trgLang='fr'><file id='f'>\n" body           \
    "</file></xliff>"
#define UNIT(body) XLIFF("<unit id='1'>" body "</unit>")
#define DONE(s, t) "<segment state='final'><source>" s "</source><target>" t "</target></segment>"
#define DATA                                                                                       \
    "<originalData><data id='a'>&lt;emph&gt;</data><data id='b'>&lt;/emph&gt;</data>"              \
    "<data id='c'>&lt;lb/&gt;</data></originalData>"
#define PC(x) "<pc id='1' dataRefStart='a' dataRefEnd='b'>" x "</pc>"
#define PH "<ph id='2' dataRef='c'/>"

static const struct {
    const char *name, *xliff, *want;
} readings[] = {
    {"one", UNIT(DONE("a", "b")), "fr|a=b"},
    {"prefixed",
     "<x:xliff xmlns:x='" NS "' version='2.0' srcLang='en' trgLang='pt_BR'><x:file id='f'>"
     "<x:unit id='1'><x:segment state='translated'><x:source>a</x:source><x:target>b</x:target>"
     "</x:segment></x:unit></x:file></x:xliff>",
     "pt-BR|a=b"},
    {"states", UNIT("<segment state='reviewed'><source>a</source><target>b</target></segment>") "",
     "fr|a=b"},
    {"initial", UNIT("<segment state='initial'><source>a</source><target>b</target></segment>"),
     "fr|a~b"},
    {"no state", UNIT("<segment><source>a</source><target>b</target></segment>"), "fr|a~b"},
    {"no target", UNIT("<segment state='final'><source>a</source></segment>"), "fr|a="},
    {"empty target", UNIT("<segment state='final'><source>a</source><target/></segment>"), "fr|a="},
    {"segments",
     UNIT(DONE("One.", "Un.") "<ignorable><source> </source></ignorable>" DONE("Two.", "Deux.")),
     "fr|One. Two.=Un. Deux."},
    {"a segment without target",
     UNIT(DONE("One. ", "Un. ") "<segment state='final'><source>Two.</source></segment>"),
     "fr|One. Two.="},
    {"a segment not done",
     UNIT(DONE("One. ", "Un. ") "<segment><source>Two.</source><target>Deux.</target></segment>"),
     "fr|One. Two.~Un. Deux."},
    {"order",
     UNIT("<segment state='final'><source>A </source><target order='3'>c</target></segment>"
          "<ignorable><source>- </source></ignorable>"
          "<segment state='final'><source>C</source><target order='1'>a </target></segment>"),
     "fr|A - C=a - c"},
    {"order twice",
     UNIT("<segment state='final'><source>A</source><target order='1'>c</target></segment>"
          "<segment state='final'><source>C</source><target order='1'>a</target></segment>"),
     " E3672@2:134"},
    {"order beyond",
     UNIT("<segment state='final'><source>A</source><target order='2'>c</target></segment>"),
     " E3672@2:63"},
    {"order no number",
     UNIT("<segment state='final'><source>A</source><target order='x'>c</target></segment>"),
     " E3672@2:63"},
    {"codes", UNIT(DATA DONE("x " PC("y") PH "&amp;", PC("Y" PH) " x")),
     "fr|x <emph>y</emph><lb/>&amp;=<emph>Y<lb/></emph> x"},
    {"codes without their references in the target",
     UNIT(DATA DONE("x " PC("y") PH, "<pc id='1'>Y</pc><ph id='2'/>")),
     "fr|x <emph>y</emph><lb/>=<emph>Y</emph><lb/>"},
    {"start and end apart",
     UNIT(DATA "<segment state='final'><source>a <sc id='1' dataRef='a'/>b. </source>"
               "<target>A <sc id='1' dataRef='a'/>B. </target></segment>"
               "<segment state='final'><source>c<ec startRef='1' dataRef='b'/></source>"
               "<target>C<ec startRef='1'/></target></segment>"),
     "fr|a <emph>b. c</emph>=A <emph>B. C</emph>"},
    {"contexts",
     XLIFF("<unit id='1' name='context:p'>" DONE("a", "b") "</unit>"
                                                           "<unit id='2' name='other'>" DONE(
                                                               "a", "c") "</unit>"),
     "fr|(p)a=b|a=c"},
    {"remarks",
     UNIT(DONE("a <mrk id='m' type='term'>b</mrk>",
               "A <sm id='m'/><mrk id='n' translate='no'>B</mrk><em startRef='m'/>")),
     "fr|a b=A B"},
    {"extensions",
     XLIFF(
         "<y:z xmlns:y='urn:y'>text</y:z><notes><note>n</note></notes><group id='g'>"
         "<unit id='1' y:b='c' xmlns:y='urn:y'><y:m><y:n/></y:m><notes><note>n</note></notes>" DONE(
             "a", "b") "</unit></group>"),
     "fr|a=b"},
    {"not to be translated",
     XLIFF("<unit id='1' translate='no'>" DONE(
         "a", "b") "</unit>"
                   "<group id='g' translate='no'><unit id='2'>" DONE(
                       "c", "d") "</unit></group><unit id='3'>" DONE("e", "f") "</unit>"),
     "fr|e=f"},
    {"twice alike",
     XLIFF("<unit id='1'>" DONE("a", "b") "</unit><unit id='2'>" DONE("a", "b") "</unit>"),
     "fr|a=b"},
    {"twice, the second done",
     XLIFF("<unit id='1'><segment><source>a</source></segment></unit><unit id='2'>" DONE(
         "a", "b") "</unit>"),
     "fr|a=b"},
    {"twice, otherwise",
     XLIFF("<unit id='1'>" DONE("a", "b") "</unit>\n<unit id='2'>" DONE("a", "c") "</unit>"),
     " E3674@3:55"},
    {"no such data", UNIT(DATA DONE("x<ph id='1' dataRef='z'/>", "x<ph id='1' dataRef='z'/>")),
     " E3673@2:171 E3673@2:213"},
    {"a code that has none", UNIT(DONE("x<ph id='1'/>", "x")), " E3673@2:46"},
    {"a code that the source has not", UNIT(DONE("x", "x<pc id='7'>y</pc>")),
     " E3673@2:64 E3673@2:64"},
    {"characters that XML has not", UNIT(DONE("x", "x<cp hex='001A'/>")), " E3672@2:64"},
    {"no source", UNIT("<segment><target>x</target></segment>"), " E3672@2:14"},
    {"no segment", UNIT("<notes/>"), " E3672@2:1"},
    {"no such state", UNIT("<segment state='done'><source>x</source></segment>"), " E3672@2:14"},
    {"no unit", XLIFF(""), "fr"},
    {"2.1", "<xliff xmlns='" NS "' version='2.1' srcLang='en'/>", " W3671@1:1"},
    {"1.2", "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><file/></xliff>",
     " E3670@1:1"},
    {"3.0", "<xliff xmlns='" NS "' version='3.0' srcLang='en'/>", " E3670@1:1"},
    {"no namespace", "<xliff version='2.0'/>", " E3670@1:1"},
    {"another vocabulary", "<letter xmlns='urn:chancery:letter:1'/>", " E3645@1:1"},
    {"not closed", "<xliff xmlns='" NS "' version='2.0'>", " E2001@1:68"},
    {"a document type", "<!DOCTYPE xliff><xliff xmlns='" NS "' version='2.0'/>", " E2003@1:1"},
};

/* ---- writing ---- */

static const char *
written(const char *source, const char *target, bool done)
{
    ch_buf        out;
    ch_xliff_unit u = {.context = CH_STR_LIT(""),
                       .source  = ch_str_from(source),
                       .target  = ch_str_from(target),
                       .done    = done,
                       .notes   = CH_STR_LIT("a note & more\n"),
                       .places  = CH_STR_LIT("l.xml:3\nm.xml:4\n")};
    ch_buf_init(&out, cx.job);
    ch_xliff_begin(&out, CH_STR_LIT("en"), CH_STR_LIT("fr"));
    ch_xliff_file(&out, 1, CH_STR_LIT("l&m.xml"));
    ch_xliff_put(cx.scratch, &out, &u);
    ch_xliff_end_file(&out);
    ch_xliff_end(&out);
    return out.p;
}

/* What is written is read as it was. */
static const struct {
    const char *name, *source, *target;
    bool        done;
    const char *want;
} writings[] = {
    {"text", "a &amp; b", "c > d", true, "fr|a &amp; b=c &gt; d"},
    {"numbers", "a", "Deuxi&#xE8;me&#160;&#x3a;", true, "fr|a=Deuxième\u00A0:"},
    {"broken: a number", "a", "b &#0; &#xD800; &#x110000;", true, "fr|a="},
    {"broken: no number", "a", "b &#xg;", true, "fr|a="},
    {"not done", "a", "b", false, "fr|a~b"},
    {"no target", "a", "", true, "fr|a="},
    {"codes", "a <emph>b <q>c</q></emph><lb/>d", "<lb/>D <emph><q>C</q></emph>", true,
     "fr|a <emph>b <q>c</q></emph><lb/>d=<lb/>D <emph><q>C</q></emph>"},
    {"the same code twice", "<emph>a</emph> <emph>b</emph>", "<emph>B</emph> <emph>A</emph>", true,
     "fr|<emph>a</emph> <emph>b</emph>=<emph>B</emph> <emph>A</emph>"},
    {"another attribute", "on <date when=\"2026-01-02\"/>",
     "le <date when=\"2026-01-02\" calendar=\"persian\">x</date>", true,
     "fr|on <date when=\"2026-01-02\"/>=le <date when=\"2026-01-02\" "
     "calendar=\"persian\">x</date>"},
    {"entities in values", "<ref target=\"a?b&amp;c=&quot;d&gt;\">x</ref>",
     "<ref target=\"a?b&amp;c=&quot;d&gt;\">y</ref>", true,
     "fr|<ref target=\"a?b&amp;c=&quot;d&gt;\">x</ref>=<ref "
     "target=\"a?b&amp;c=&quot;d&gt;\">y</ref>"},
    {"a code that the source has not", "a", "<emph>b</emph>", true, "fr|a=<emph>b</emph>"},
    {"kept from translation", "a <name its:translate=\"no\">b <emph>c</emph></name> d",
     "A <name its:translate=\"no\">b <emph>c</emph></name>", true,
     "fr|a <name its:translate=\"no\">b <emph>c</emph></name> d=A <name "
     "its:translate=\"no\">b <emph>c</emph></name>"},
    {"broken: not nested", "<emph>a</emph>", "<emph>b<q></emph></q>", true, "fr|<emph>a</emph>="},
    {"broken: not closed", "<emph>a</emph>", "<emph>b", true, "fr|<emph>a</emph>="},
    {"broken: no tag", "a", "b < c", true, "fr|a="},
    {"broken: an ampersand", "a", "b & c", true, "fr|a="},
    {"broken: a control character", "a", "b\x01", true, "fr|a="},
    {"broken: not UTF-8", "a", "b\xff", true, "fr|a="},
};

static const char one[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<xliff xmlns=\"" NS "\" version=\"2.0\" srcLang=\"en\" trgLang=\"fr\">\n"
    "  <file id=\"f1\" original=\"l&amp;m.xml\">\n"
    "    <unit id=\"uID\">\n"
    "      <notes>\n"
    "        <note category=\"description\">a note &amp; more</note>\n"
    "        <note category=\"location\">l.xml:3</note>\n"
    "        <note category=\"location\">m.xml:4</note>\n"
    "      </notes>\n"
    "      <originalData>\n"
    "        <data id=\"d1\">&lt;emph&gt;</data>\n"
    "        <data id=\"d2\">&lt;/emph&gt;</data>\n"
    "        <data id=\"d3\">&lt;lb/&gt;</data>\n"
    "      </originalData>\n"
    "      <segment state=\"translated\">\n"
    "        <source>a<pc id=\"1\" canCopy=\"no\" canDelete=\"no\" type=\"fmt\" "
    "dataRefStart=\"d1\" dataRefEnd=\"d2\">b</pc><ph id=\"2\" canCopy=\"no\" canDelete=\"no\" "
    "dataRef=\"d3\" disp=\"&lt;lb/&gt;\"/></source>\n"
    "        <target><ph id=\"2\" canCopy=\"no\" canDelete=\"no\" dataRef=\"d3\" "
    "disp=\"&lt;lb/&gt;\"/>c<pc id=\"1\" canCopy=\"no\" canDelete=\"no\" type=\"fmt\" "
    "dataRefStart=\"d1\" dataRefEnd=\"d2\">d</pc></target>\n"
    "      </segment>\n    </unit>\n  </file>\n</xliff>\n";

static void
write_units(void)
{
    for (size_t i = 0; i < sizeof writings / sizeof *writings; i++) {
        fresh();
        char *xml = strdup(written(writings[i].source, writings[i].target, writings[i].done));
        if (xml)
            equal(writings[i].name, read_catalog(xml), writings[i].want);
        free(xml);
    }
    fresh();
    const char *got = written("a<emph>b</emph><lb/>", "<lb/>c<emph>d</emph>", true);
    char        all[sizeof one + 64];
    const char *id = strstr(got, "id=\"u"), *end = id ? strchr(id + 4, '"') : NULL;
    if (end)
        snprintf(all, sizeof all, "%.*suID%s", (int)(id + 4 - got), got, end);
    equal("a whole file", end ? all : got, one);
}

int
main(void)
{
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (!cx.job || !cx.scratch || setjmp(guard.env))
        return 1;
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    ch_limits_fill(&cx.limits);
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++)
        equal(readings[i].name, read_catalog(readings[i].xliff), readings[i].want);
    write_units();
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    printf("CASES %d %d 0\n", cases - failures, failures);
    return failures > 0;
}
