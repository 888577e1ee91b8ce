/* inputs_test.c -- the list of files that a letter depends on: whole, and the same whatever the
 * engine rendered before; digests. */
#include "chancery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures;

#define CHECK(what)                                                                                \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            printf("not ok: %s:%d: %s\n", __FILE__, __LINE__, #what);                              \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

static const char *const samples[] = {
    "samples/note-verbale-fr.xml",   "samples/annex-8.xml",         "samples/brief-he.xml",
    "samples/agreement-fr-en.xml",   "samples/ministry-letter.xml", "samples/note-verbale-ar.xml",
    "samples/identical-letters.xml", "samples/annex-212.xml",       "samples/note-verbale-en.xml",
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

/* "kind name digest" a line, malloc'd. */
static char *
listed(chancery_job *job)
{
    char  *out  = NULL;
    size_t size = 0;
    FILE  *f    = open_memstream(&out, &size);
    for (size_t i = 0; f && i < chancery_job_inputs(job); i++) {
        char digest[65];
        CHECK(chancery_job_input_digest(job, i, digest) == CHANCERY_OK && strlen(digest) == 64);
        fprintf(f, "%s %s %s\n", chancery_job_input_kind(job, i), chancery_job_input(job, i),
                digest);
    }
    if (f)
        fclose(f);
    return out ? out : strdup("");
}

static char *
of(chancery_engine *engine, const char *letter)
{
    chancery_job *job = chancery_job_new(engine);
    CHECK(job && chancery_job_render_file(job, letter) == CHANCERY_OK);
    char *list = listed(job);
    chancery_job_free(job);
    return list;
}

static int
has(const char *list, const char *kind, const char *ending)
{
    for (const char *line = list; *line;) {
        const char *end  = strchr(line, '\n');
        size_t      name = (size_t)(end - line) - 65, n = strlen(ending), k = strlen(kind);
        if (strncmp(line, kind, k) == 0 && line[k] == ' ' && name > n &&
            memcmp(line + name - n, ending, n) == 0)
            return 1;
        line = end + 1;
    }
    return 0;
}

/* An engine that has seen all the others, in either order, lists what a new one does. */
static void
test_history(void)
{
    char *fresh[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        chancery_engine *engine = NULL;
        CHECK(chancery_engine_new(NULL, &engine) == CHANCERY_OK);
        fresh[i] = of(engine, samples[i]);
        chancery_engine_free(engine);
    }
    for (int back = 0; back <= 1; back++) {
        chancery_engine *engine = NULL;
        CHECK(chancery_engine_new(NULL, &engine) == CHANCERY_OK);
        for (int k = 0; k < 2 * SAMPLES; k++) {
            int   i    = back ? SAMPLES - 1 - k % SAMPLES : k % SAMPLES;
            char *used = of(engine, samples[i]);
            if (strcmp(used, fresh[i]) != 0) {
                printf("not ok: %s, after others:\n%sfresh:\n%s", samples[i], used, fresh[i]);
                failures++;
            }
            free(used);
        }
        chancery_engine_free(engine);
    }
    CHECK(has(fresh[0], "letter", "samples/note-verbale-fr.xml"));
    CHECK(has(fresh[0], "style", "styles/catalogue.xml"));
    CHECK(has(fresh[0], "style", "styles/letter.xml"));
    CHECK(has(fresh[0], "locale", "styles/locales/fr.xml"));
    CHECK(has(fresh[0], "locale", "styles/locales/und.xml"));
    CHECK(has(fresh[0], "protocol", "styles/protocol/kinds.xml"));
    CHECK(has(fresh[0], "protocol", "styles/protocol/words/fr.xml"));
    CHECK(has(fresh[0], "patterns", "/hyph_fr.dic"));
    CHECK(has(fresh[0], "fonts", "fonts/fonts.conf"));
    CHECK(has(fresh[0], "font", ".otf") || has(fresh[0], "font", ".ttf"));
    CHECK(has(fresh[4], "image", " samples/images/emblem.svg"));
    CHECK(has(fresh[7], "list", " samples/annex-212.csv"));
    for (int i = 0; i < SAMPLES; i++)
        free(fresh[i]);
}

static void
write_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");
    CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void
test_digests(chancery_engine *engine)
{
    static const char letter[] =
        "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\"><meta><title>T</title></meta>"
        "<body><p>Sir</p></body><signatories href=\"inputs-test.csv\"/></letter>";
    char          one[65], two[65];
    size_t        n;
    chancery_job *job = chancery_job_new(engine);
    CHECK(job != NULL);
    write_file("inputs-test.csv", "name\nIva Orne\n");
    (void)chancery_job_render(job, "l.xml", letter, sizeof letter - 1);
    n = chancery_job_inputs(job);
    CHECK(n > 2 && strcmp(chancery_job_input(job, 0), "l.xml") == 0);
    CHECK(!chancery_job_input_is_file(job, 0) && chancery_job_input_is_file(job, 1));
    CHECK(strcmp(chancery_job_input(job, n - 1), "inputs-test.csv") == 0);
    CHECK(chancery_job_input_digest(job, n - 1, one) == CHANCERY_OK);
    CHECK(strcmp(one, "8be2071714bb71cfec3abfeef47d02ce152a6e739ee5d5bb048b4260acc1708e") == 0);
    /* Another file under the same name has another digest; of none there is none. */
    write_file("inputs-test.csv", "name\nIvo Orne\n");
    CHECK(chancery_job_input_digest(job, n - 1, two) == CHANCERY_OK && strcmp(one, two) != 0);
    CHECK(unlink("inputs-test.csv") == 0);
    CHECK(chancery_job_input_digest(job, n - 1, two) == CHANCERY_ERR_IO && two[0] == '\0');
    CHECK(chancery_job_input_digest(job, n, two) == CHANCERY_ERR_ARGUMENT);
    CHECK(strcmp(chancery_job_input(job, n), "") == 0);
    CHECK(chancery_job_inputs(NULL) == 0 && chancery_job_input_is_file(NULL, 0) == 0);
    /* A letter that cannot be read to its end is listed all the same. */
    CHECK(chancery_job_render(job, "b.xml", "<letter", 7) == CHANCERY_ERR_INPUT);
    CHECK(chancery_job_inputs(job) > 0 && strcmp(chancery_job_input(job, 0), "b.xml") == 0);
    CHECK(chancery_job_input_digest(job, 0, one) == CHANCERY_OK);
    chancery_job_free(job);
}

int
main(void)
{
    chancery_engine *engine = NULL;
    test_history();
    if (chancery_engine_new(NULL, &engine) == CHANCERY_OK)
        test_digests(engine);
    else
        failures++;
    chancery_engine_free(engine);
    printf("%s inputs\n", failures ? "not ok" : "ok");
    return failures != 0;
}
