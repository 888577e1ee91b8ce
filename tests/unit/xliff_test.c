/* tests/unit/xliff_test.c -- XLIFF 2.0 as a catalogue, and units written as XLIFF. */
#include "locale/catalog.h"

#include <stdio.h>
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
        ch_buf_printf(&b, "|%.*s%s%.*s", CH_ARG(m->id), m->fuzzy ? "~" : "=", CH_ARG(m->text));
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
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    printf("CASES %d %d 0\n", cases - failures, failures);
    return failures > 0;
}
