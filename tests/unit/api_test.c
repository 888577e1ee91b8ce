/* api_test.c -- the library through its public header alone: output, limits, misuse. */
#include "chancery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

#define CHECK(what)                                                                                \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            printf("not ok: %s:%d: %s\n", __FILE__, __LINE__, #what);                              \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static const char letter[] =
    "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><meta><title>T</title></meta>"
    "<body><p>We have the honour to refer to your letter.</p></body></letter>";

static int
has_code(chancery_job *job, const char *code)
{
    for (size_t i = 0; i < chancery_job_diagnostics(job); i++)
        if (strcmp(chancery_job_diagnostic_code(job, i), code) == 0)
            return 1;
    return 0;
}

static chancery_status
render(chancery_job *job)
{
    return chancery_job_render(job, "l.xml", letter, sizeof letter - 1);
}

static int
stop_at_lines(void *user, chancery_pass pass, size_t bytes)
{
    int *seen = user;
    (*seen)++;
    return bytes > 0 && pass == CHANCERY_PASS_LINES;
}

static void
test_output(chancery_job *job)
{
    char   first[8] = "";
    size_t size = 0, again = 0;
    CHECK(render(job) == CHANCERY_OK);
    const void *p = chancery_job_output(job, &size);
    if (size > sizeof first)
        memcpy(first, p, sizeof first);
    CHECK(memcmp(first, "%PDF-1.7", 8) == 0);
    CHECK(chancery_job_pages(job) == 1 && chancery_job_relaxed(job) == 0);
    CHECK(render(job) == CHANCERY_OK);
    chancery_job_output(job, &again);
    CHECK(size == again);
    CHECK(chancery_job_dump(job, "l.xml", letter, sizeof letter - 1, CHANCERY_PASS_PAGES) ==
          CHANCERY_OK);
    CHECK(strncmp(chancery_job_output(job, &size), "page 1 of 1", 11) == 0);
    CHECK(chancery_job_list_fonts(job) == CHANCERY_OK);
}

static void
test_errors(chancery_job *job)
{
    static const char bad[] = "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\">\n"
                              "<body><pp/></body></letter>";
    uint32_t          line = 0, column = 0;
    size_t            size = 1;
    CHECK(chancery_job_render(job, "bad.xml", bad, sizeof bad - 1) == CHANCERY_ERR_INPUT);
    CHECK(chancery_job_diagnostics(job) > 0);
    CHECK(chancery_job_diagnostic_severity(job, 0) == CHANCERY_ERROR);
    chancery_job_diagnostic_place(job, 0, &line, &column);
    CHECK(line == 2 && column == 7);
    CHECK(strncmp(chancery_job_diagnostic_text(job, 0), "bad.xml:2:7: error: ", 20) == 0);
    CHECK(chancery_job_diagnostic_json(job, 0)[0] == '{');
    chancery_job_output(job, &size);
    CHECK(size == 0);
}

static void
test_forms(chancery_job *job, const char *file)
{
    CHECK(chancery_copy_by_name("file-copy") == CHANCERY_FILE_COPY);
    CHECK(chancery_copy_by_name("carbon") == -1 && chancery_copy_by_name(NULL) == -1);
    CHECK(chancery_letterhead_by_name("blank") == CHANCERY_LETTERHEAD_BLANK);
    CHECK(chancery_job_set_copy(NULL, CHANCERY_DRAFT) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_copy(job, (chancery_copy)17) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_letterhead(job, (chancery_letterhead)17) == CHANCERY_ERR_ARGUMENT);
    size_t original, draft;
    CHECK(chancery_job_render_file(job, file) == CHANCERY_OK);
    (void)chancery_job_output(job, &original);
    CHECK(chancery_job_set_copy(job, CHANCERY_DRAFT) == CHANCERY_OK);
    CHECK(chancery_job_set_letterhead(job, CHANCERY_LETTERHEAD_BLANK) == CHANCERY_OK);
    CHECK(chancery_job_render_file(job, file) == CHANCERY_OK);
    (void)chancery_job_output(job, &draft);
    CHECK(draft > 0 && draft != original);
    CHECK(chancery_job_set_copy(job, CHANCERY_ORIGINAL) == CHANCERY_OK);
    CHECK(chancery_job_set_letterhead(job, CHANCERY_LETTERHEAD_STYLE) == CHANCERY_OK);
    CHECK(chancery_job_render_file(job, file) == CHANCERY_OK);
    (void)chancery_job_output(job, &draft);
    CHECK(draft == original);
}

static void
test_limits(chancery_job *job, const char *file)
{
    chancery_job_set_limit(job, CHANCERY_LIMIT_INPUT_BYTES, 100);
    CHECK(chancery_job_render_file(job, file) == CHANCERY_ERR_LIMIT);
    CHECK(has_code(job, "E1004"));
    chancery_job_set_limit(job, CHANCERY_LIMIT_INPUT_BYTES, 0);
    CHECK(chancery_job_render_file(job, file) == CHANCERY_OK);
}

/* In a job of its own: memory that a job holds already is used again, whatever the limit. */
static void
test_memory_limit(chancery_engine *engine)
{
    static char   large[65536];
    size_t        n   = 0;
    chancery_job *job = chancery_job_new(engine);
    n += (size_t)snprintf(large, sizeof large,
                          "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><body>");
    for (int i = 0; i < 500; i++)
        n += (size_t)snprintf(large + n, sizeof large - n, "<p>We have the honour to refer.</p>");
    n += (size_t)snprintf(large + n, sizeof large - n, "</body></letter>");
    chancery_job_set_limit(job, CHANCERY_LIMIT_MEMORY_BYTES, 200000);
    CHECK(chancery_job_render(job, "large.xml", large, n) == CHANCERY_ERR_LIMIT);
    CHECK(has_code(job, "E1009"));
    chancery_job_set_limit(job, CHANCERY_LIMIT_MEMORY_BYTES, 0);
    CHECK(chancery_job_render(job, "large.xml", large, n) == CHANCERY_OK);
    chancery_job_free(job);
}

static void
test_misuse(chancery_engine *engine, chancery_job *job)
{
    chancery_engine *none = engine;
    CHECK(chancery_engine_new("/nonexistent", &none) == CHANCERY_ERR_IO && none == NULL);
    CHECK(chancery_engine_new(NULL, NULL) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_new(NULL) == NULL);
    CHECK(chancery_job_render(NULL, "x", "", 0) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_render(job, NULL, "", 0) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_render(job, "x", NULL, 1) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_render(job, "x", NULL, 0) == CHANCERY_ERR_INPUT);
    CHECK(chancery_job_dump(job, "x", "", 0, (chancery_pass)99) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_write(job, NULL) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_pass_by_name("pages") == CHANCERY_PASS_PAGES);
    CHECK(chancery_pass_by_name("glyphs") == -1);
    CHECK(strcmp(chancery_version(), CHANCERY_VERSION) == 0);
    chancery_job_free(NULL);
    chancery_engine_free(NULL);
}

static long
size_of(const char *path)
{
    FILE *f = fopen(path, "rb");
    long  n = -1;
    if (f && fseek(f, 0, SEEK_END) == 0)
        n = ftell(f);
    if (f)
        fclose(f);
    return n;
}

/* The originals of a letter, and files that are written together or not at all. */
static void
test_originals(chancery_engine *engine, chancery_job *job, const char *file)
{
    static const char two[] =
        "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><addressee xml:id=\"a\">"
        "<persName>A</persName></addressee><addressee><persName>B</persName></addressee><parties>"
        "<party xml:id=\"p\"><orgName>P</orgName></party></parties><body><p>x</p></body></letter>";
    char one[4200], other[4200], digest[65];
    snprintf(one, sizeof one, "%s.1", file);
    snprintf(other, sizeof other, "%s.2", file);
    CHECK(chancery_job_render(job, "l.xml", two, sizeof two - 1) == CHANCERY_OK);
    CHECK(chancery_job_addressees(job) == 2 && chancery_job_parties(job) == 1);
    CHECK(strcmp(chancery_job_addressee(job, 0), "a") == 0);
    CHECK(strcmp(chancery_job_addressee(job, 1), "2") == 0);
    CHECK(strcmp(chancery_job_addressee(job, 2), "") == 0);
    CHECK(strcmp(chancery_job_party(job, 0), "p") == 0 && chancery_job_party(job, 1)[0] == '\0');
    snprintf(digest, sizeof digest, "%s", chancery_job_digest(job));
    CHECK(chancery_job_set_addressee(job, "2") == CHANCERY_OK);
    CHECK(chancery_job_render(job, "l.xml", two, sizeof two - 1) == CHANCERY_OK);
    CHECK(strcmp(digest, chancery_job_digest(job)) != 0);
    CHECK(chancery_job_stage(job, one) == CHANCERY_OK && size_of(one) < 0);
    CHECK(chancery_job_set_addressee(job, NULL) == CHANCERY_OK);
    CHECK(chancery_job_set_alternat(job, "q") == CHANCERY_OK);
    CHECK(chancery_job_render(job, "l.xml", two, sizeof two - 1) == CHANCERY_ERR_INPUT);
    CHECK(has_code(job, "E3231"));
    CHECK(chancery_job_set_alternat(job, NULL) == CHANCERY_OK);
    CHECK(render(job) == CHANCERY_OK && chancery_job_stage(job, other) == CHANCERY_OK);
    CHECK(chancery_job_commit(job) == CHANCERY_OK);
    CHECK(size_of(one) > 0 && size_of(other) > 0);
    remove(one);
    remove(other);
    chancery_job *dropped = chancery_job_new(engine);
    CHECK(dropped && render(dropped) == CHANCERY_OK &&
          chancery_job_stage(dropped, one) == CHANCERY_OK);
    chancery_job_free(dropped); /* and the file that waited */
    CHECK(size_of(one) < 0);
    CHECK(chancery_job_stage(NULL, one) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_stage(job, NULL) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_commit(NULL) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_addressee(NULL, "a") == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_addressees(NULL) == 0 && chancery_job_parties(NULL) == 0);
}

/* A record from memory and from a file; the digest is that of the letter written by hand. */
static void
test_record(chancery_job *job, const char *file)
{
    static const char head[] = "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><body><p>";
    char              fields[400], hand[400], digest[65];
    snprintf(fields, sizeof fields, "%sTo <field name='a'/></p></body></letter>", head);
    snprintf(hand, sizeof hand, "%sTo B</p></body></letter>", head);
    CHECK(chancery_records_by_name("jsonl") == CHANCERY_RECORDS_JSON_LINES);
    CHECK(chancery_records_by_name("xls") == -1 && chancery_records_by_name(NULL) == -1);
    CHECK(chancery_job_set_record(job, "r", CHANCERY_RECORDS_CSV, "a\nB\n", 4) == CHANCERY_OK);
    CHECK(chancery_job_render(job, "l.xml", fields, strlen(fields)) == CHANCERY_OK);
    snprintf(digest, sizeof digest, "%s", chancery_job_digest(job));
    CHECK(chancery_job_render(job, "l.xml", hand, strlen(hand)) == CHANCERY_OK);
    CHECK(strcmp(digest, chancery_job_digest(job)) == 0 && has_code(job, "W3606"));
    FILE *f = fopen(file, "w");
    CHECK(f && fputs("{\"a\":\"A\"}\n{\"a\":\"B\"}\n", f) >= 0 && fclose(f) == 0);
    CHECK(chancery_job_set_record_file(job, file, CHANCERY_RECORDS_JSON_LINES, 2) == CHANCERY_OK);
    CHECK(chancery_job_render(job, "l.xml", fields, strlen(fields)) == CHANCERY_OK);
    CHECK(strcmp(digest, chancery_job_digest(job)) == 0);
    remove(file);
    CHECK(chancery_job_render(job, "l.xml", fields, strlen(fields)) == CHANCERY_ERR_IO);
    CHECK(chancery_job_set_record_file(job, file, CHANCERY_RECORDS_CSV, 0) ==
          CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_record(job, NULL, CHANCERY_RECORDS_CSV, "", 0) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_record(NULL, "r", CHANCERY_RECORDS_CSV, "", 0) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_job_set_record_file(job, NULL, CHANCERY_RECORDS_BY_NAME, 0) == CHANCERY_OK);
    CHECK(chancery_job_render(job, "l.xml", fields, strlen(fields)) == CHANCERY_ERR_INPUT);
    CHECK(has_code(job, "E3010"));
}

int
main(void)
{
    char             file[4096];
    chancery_engine *engine = NULL;
    int              seen   = 0;
    if (chancery_engine_new(NULL, &engine) != CHANCERY_OK) {
        puts("no data folder: CHANCERY_DATADIR names it");
        return 77;
    }
    chancery_job *job    = chancery_job_new(engine);
    const char   *folder = getenv("TMPDIR");
    snprintf(file, sizeof file, "%s/api-letter.xml", folder ? folder : ".");
    FILE *f = fopen(file, "w");
    if (!job || !f || fputs(letter, f) < 0 || fclose(f) != 0)
        return 1;
    test_output(job);
    test_errors(job);
    test_forms(job, file);
    test_limits(job, file);
    test_memory_limit(engine);
    test_originals(engine, job, file);
    test_record(job, file);
    test_misuse(engine, job);
    chancery_job_set_progress(job, stop_at_lines, &seen);
    CHECK(render(job) == CHANCERY_ERR_LIMIT && seen == CHANCERY_PASS_LINES + 1);
    remove(file);
    chancery_job_free(job);
    chancery_engine_free(engine);
    return failures != 0;
}
