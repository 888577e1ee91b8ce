/* keep_test.c -- what a job keeps from letter to letter never changes what it makes: every letter
 * is rendered by a job of its own, and by one job that had all the others, twice, in two orders.
 * Outputs, diagnostics and lists of files are compared, of passes one by one and of the file. */
#define _XOPEN_SOURCE 700
#include "chancery.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 400 };

static const chancery_pass passes[] = {CHANCERY_PASS_LETTER, CHANCERY_PASS_RUNS,
                                       CHANCERY_PASS_LINES, CHANCERY_PASS_PDF};
enum { PASSES = sizeof passes / sizeof *passes };

typedef struct text {
    char  *p;
    size_t n;
} text;

static int failures, cases;

/* The output, and behind it the diagnostics and the files that it depends on. */
static text
result_of(chancery_job *job, const char *letter, chancery_pass pass)
{
    size_t          n  = 0;
    chancery_status st = chancery_job_dump_file(job, letter, pass);
    const void     *p  = chancery_job_output(job, &n);
    size_t          k = chancery_job_diagnostics(job), at = 0, all = n + 16;
    for (size_t i = 0; i < k; i++)
        all += strlen(chancery_job_diagnostic_text(job, i));
    for (size_t i = 0; i < chancery_job_inputs(job); i++)
        all += strlen(chancery_job_input(job, i)) + 1;
    text t = {calloc(1, all), 0};
    if (!t.p)
        return t;
    if (n)
        memcpy(t.p, p, n);
    at += n;
    at += (size_t)sprintf(t.p + at, "%d\n", (int)st);
    for (size_t i = 0; i < k; i++) {
        const char *said = chancery_job_diagnostic_text(job, i);
        memcpy(t.p + at, said, strlen(said));
        at += strlen(said);
    }
    for (size_t i = 0; i < chancery_job_inputs(job); i++)
        at += (size_t)sprintf(t.p + at, "%s\n", chancery_job_input(job, i));
    t.n = at;
    return t;
}

static void
compare(const char *letter, chancery_pass pass, const text *alone, chancery_job *job)
{
    text t = result_of(job, letter, pass);
    cases++;
    if (!t.p || !alone->p || t.n != alone->n || memcmp(t.p, alone->p, t.n) != 0) {
        printf("not ok: %s: pass %d is another after other letters\n", letter, (int)pass);
        failures++;
    }
    free(t.p);
}

/* Letters whose words are the same, and which differ in one thing that lines depend on. */
static const char *const ways[] = {
    "<p>They have the honour to refer to the unanimity of the conference.</p>",
    "<p>They have the <emph>honour</emph> to refer to the unanimity of the conference.</p>",
    "<p>They have the <name>honour</name> to refer to the unanimity of the conference.</p>",
    "<p>They have the <foreign xml:lang=\"fr\">honour</foreign> to refer to the unanimity of the "
    "conference.</p>",
    "<p>They have the <foreign xml:lang=\"de\">Landwirtschaftsministerkonferenz</foreign> to refer "
    "to the unanimity of the <foreign xml:lang=\"de\">Landwirtschaftsministerkonferenz</foreign> "
    "and "
    "of the <foreign xml:lang=\"de\">Landwirtschaftsministerkonferenz</foreign>.</p>",
    "<p>They have the <foreign xml:lang=\"nl\">Landwirtschaftsministerkonferenz</foreign> to refer "
    "to the unanimity of the <foreign xml:lang=\"nl\">Landwirtschaftsministerkonferenz</foreign> "
    "and "
    "of the <foreign xml:lang=\"nl\">Landwirtschaftsministerkonferenz</foreign>.</p>",
    "<p>They have the <emph>Landwirtschaftsministerkonferenz</emph> to refer "
    "to the unanimity of the <emph>Landwirtschaftsministerkonferenz</emph> and "
    "of the <emph>Landwirtschaftsministerkonferenz</emph>.</p>",
    "<p xml:lang=\"de\">They have the honour to refer to the unanimity of the conference.</p>",
    "<p>They have the honour<note>Unanimity.</note> to refer to the unanimity of the "
    "conference.</p>",
    "<p>They have the honour to<lb/>refer to the unanimity of the conference.</p>",
    "<list><item>They have the honour to refer to the unanimity of the conference.</item></list>",
    "<list><item><list><item>They have the honour to refer to the unanimity of the conference."
    "</item></list></item></list>",
    "<head>They have the honour to refer to the unanimity of the conference.</head>",
    "<p>They have the honour to refer to the unanimity of the conference\xF0\x90\x80\x80.</p>",
    "<p>They have the honour to refer to the \xE2\x80\xAFunanimity of the conference.</p>",
};
static const char *const styles[] = {NULL, "un", "ministry", "letter-us", "french-nf", "gbt9704"};
enum { WAYS = sizeof ways / sizeof *ways, STYLES = sizeof styles / sizeof *styles };

static void
write_way(const char *path, size_t way)
{
    FILE *f = fopen(path, "w");
    if (!f)
        return;
    fprintf(f,
            "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><meta><title>T</title></meta>"
            "<body>%s%s</body></letter>",
            ways[way], ways[(way + 1) % WAYS]);
    fclose(f);
}

static void
run_ways(chancery_engine *e)
{
    char          path[4096];
    const char   *folder = getenv("TMPDIR");
    chancery_job *warm   = chancery_job_new(e);
    snprintf(path, sizeof path, "%s/keep-letter.xml", folder ? folder : ".");
    for (size_t i = 0; i < 2 * (size_t)WAYS * STYLES; i++) {
        chancery_job *job = chancery_job_new(e);
        write_way(path, i % WAYS);
        chancery_job_set_style(job, styles[i / WAYS % STYLES]);
        chancery_job_set_style(warm, styles[i / WAYS % STYLES]);
        for (size_t p = 0; p < PASSES; p++) {
            text alone = result_of(job, path, passes[p]);
            compare(path, passes[p], &alone, warm);
            free(alone.p);
            chancery_job_free(job);
            job = chancery_job_new(e); /* one that has no letter behind it */
            chancery_job_set_style(job, styles[i / WAYS % STYLES]);
        }
        chancery_job_free(job);
    }
    remove(path);
    chancery_job_free(warm);
}

/* An image that is another one when the next letter comes. */
static void
run_images(chancery_engine *e)
{
    static const char *const images[] = {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\">"
        "<circle cx=\"20\" cy=\"20\" r=\"18\"/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"90\">"
        "<rect width=\"40\" height=\"80\" fill=\"red\" stroke=\"blue\" "
        "stroke-dasharray=\"3\"/></svg>",
        "no image"};
    char          path[4096], image[4096];
    const char   *folder = getenv("TMPDIR");
    chancery_job *warm   = chancery_job_new(e);
    snprintf(path, sizeof path, "%s/keep-letter.xml", folder ? folder : ".");
    snprintf(image, sizeof image, "%s/keep-image.svg", folder ? folder : ".");
    FILE *f = fopen(path, "w");
    if (f) {
        fprintf(f, "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><meta><title>T</title>"
                   "</meta><body><p>A</p><figure src=\"keep-image.svg\" alt=\"An image\"/></body>"
                   "</letter>");
        fclose(f);
    }
    for (size_t i = 0; i < 9; i++) {
        chancery_job *job = chancery_job_new(e);
        FILE         *g   = fopen(image, "w");
        if (g) {
            fputs(images[i / 2 % 3], g);
            fclose(g);
        }
        text alone = result_of(job, path, CHANCERY_PASS_PDF);
        compare(path, CHANCERY_PASS_PDF, &alone, warm);
        free(alone.p);
        chancery_job_free(job);
    }
    remove(path);
    remove(image);
    chancery_job_free(warm);
}

static void
run(chancery_engine *e, char **letter, size_t n)
{
    static text   alone[MOST][PASSES];
    chancery_job *warm = chancery_job_new(e);
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < PASSES; p++) {
            chancery_job *job = chancery_job_new(e);
            alone[i][p]       = result_of(job, letter[i], passes[p]);
            chancery_job_free(job);
        }
    for (size_t p = 0; p < PASSES; p++) {
        for (size_t i = 0; i < n; i++)
            compare(letter[i], passes[p], &alone[i][p], warm);
        for (size_t i = n; i-- > 0;)
            compare(letter[i], passes[p], &alone[i][p], warm);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t p = 0; p < PASSES; p++)
            free(alone[i][p].p);
    chancery_job_free(warm);
}

int
main(void)
{
    static const char *const where[] = {"samples/*.xml", "tests/valid/*.xml", "tests/letters/*.xml",
                                        "tests/profiles/*.xml", "tests/invalid/*.xml"};
    const char              *top     = getenv("CHANCERY_DATADIR");
    glob_t                   found;
    chancery_engine         *e = NULL;
    for (size_t i = 0; i < sizeof where / sizeof *where; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", top ? top : ".", where[i]);
        (void)glob(path, i ? GLOB_APPEND : 0, NULL, &found);
    }
    if (found.gl_pathc == 0 || found.gl_pathc > MOST ||
        chancery_engine_new(NULL, &e) != CHANCERY_OK) {
        printf("not ok: no letters, or more than there is room for\n");
        return 1;
    }
    run(e, found.gl_pathv, found.gl_pathc);
    run_ways(e);
    run_images(e);
    chancery_engine_free(e);
    globfree(&found);
    printf("%s: %d cases, %d failed\n", failures ? "not ok" : "ok", cases, failures);
    return failures != 0;
}
