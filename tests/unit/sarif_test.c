/* sarif_test.c -- the log of diagnostics: its shape is that of SARIF 2.1.0, its places are right. */
#include "chancery.h"

#include <jansson.h>
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

/* The objects of the standard as far as we write them: its members, with the kind of each
 * ({ object, [ array of objects, s string, n integer from 1, z from 0, b boolean); those behind a
 * ! are required.  Any other member is an error, as in its schema. */
static const struct {
    const char *name, *members;
} SHAPES[] = {
    {"log", "$schema:s !version:s !runs:[run"},
    {"run", "!tool:{tool invocations:[invocation results:[result columnKind:s"},
    {"tool", "!driver:{driver"},
    {"driver", "!name:s version:s rules:[rule"},
    {"rule", "!id:s name:s shortDescription:{text fullDescription:{text help:{text "
             "defaultConfiguration:{configuration properties:{bag"},
    {"text", "!text:s"},
    {"configuration", "level:s"},
    {"bag", "slug:s"},
    {"invocation", "!executionSuccessful:b exitCode:z"},
    {"result", "ruleId:s level:s !message:{text locations:[location suppressions:[suppression "
               "occurrenceCount:n"},
    {"suppression", "!kind:s justification:s"},
    {"location", "physicalLocation:{physical"},
    {"physical", "!artifactLocation:{artifact region:{region"},
    {"artifact", "uri:s description:{text"},
    {"region", "startLine:n startColumn:n endLine:n endColumn:n"},
};

static void hold(const json_t *o, const char *shape, size_t n);

static void
hold_member(const json_t *v, const char *kind, size_t n)
{
    size_t  i;
    json_t *each;
    switch (*kind) {
    case 's':
        CHECK(json_is_string(v) && json_string_length(v) > 0);
        break;
    case 'b':
        CHECK(json_is_boolean(v));
        break;
    case 'n':
    case 'z':
        CHECK(json_is_integer(v) && json_integer_value(v) >= (*kind == 'n'));
        break;
    case '{':
        hold(v, kind + 1, n - 1);
        break;
    default:
        CHECK(json_is_array(v));
        json_array_foreach(v, i, each) hold(each, kind + 1, n - 1);
    }
}

static void
hold(const json_t *o, const char *shape, size_t n)
{
    const char *members = "";
    size_t      known   = 0;
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (strlen(SHAPES[i].name) == n && strncmp(SHAPES[i].name, shape, n) == 0)
            members = SHAPES[i].members;
    CHECK(json_is_object(o) && *members);
    for (const char *m = members; *m;) {
        size_t len  = strcspn(m, " ");
        int    need = *m == '!';
        char   name[32];
        size_t colon = strcspn(m, ":");
        snprintf(name, sizeof name, "%.*s", (int)(colon - (size_t)need), m + need);
        const json_t *v = json_object_get(o, name);
        known += v != NULL;
        if (need && !v) {
            printf("not ok: %.*s without %s\n", (int)n, shape, name);
            failures++;
        }
        if (v)
            hold_member(v, m + colon + 1, len - colon - 1);
        m += len + (m[len] == ' ');
    }
    CHECK(json_object_size(o) == known);
}

static const char *
text_of(const json_t *o, const char *name)
{
    const char *z = json_string_value(json_object_get(o, name));
    return z ? z : "";
}

static int
number_of(const json_t *o, const char *name)
{
    return (int)json_integer_value(json_object_get(o, name));
}

static const json_t *
physical(const json_t *result)
{
    return json_object_get(json_array_get(json_object_get(result, "locations"), 0),
                           "physicalLocation");
}

static const json_t *
region(const json_t *result)
{
    return json_object_get(physical(result), "region");
}

static const char *
uri(const json_t *result)
{
    return text_of(json_object_get(physical(result), "artifactLocation"), "uri");
}

static const json_t *
result_of(const json_t *results, const char *id)
{
    size_t  i;
    json_t *r;
    json_array_foreach(results, i, r) if (strcmp(text_of(r, "ruleId"), id) == 0) return r;
    printf("not ok: no result %s\n", id);
    failures++;
    return NULL;
}

static void
add_all(chancery_sarif *log, chancery_job *job, const char *name, const char *letter)
{
    (void)chancery_job_render(job, name, letter, strlen(letter));
    for (size_t i = 0; i < chancery_job_diagnostics(job); i++)
        CHECK(chancery_sarif_add(log, job, i) == CHANCERY_OK);
}

#define HEAD "<letter xmlns=\"urn:chancery:letter:1\" xml:lang=\"en\">"

/* Every result has its rule, every rule a result. */
static void
test_rules(const json_t *rules, const json_t *results)
{
    size_t  i, k;
    json_t *r, *rule;
    json_array_foreach(results, i, r)
    {
        int found = 0;
        json_array_foreach(rules, k, rule)
        {
            if (strcmp(text_of(rule, "id"), text_of(r, "ruleId")) != 0)
                continue;
            found++;
            CHECK(!strcmp(text_of(json_object_get(rule, "defaultConfiguration"), "level"),
                          text_of(r, "level")));
            CHECK(!strchr(text_of(json_object_get(rule, "shortDescription"), "text"), '%'));
        }
        CHECK(found == 1);
    }
    json_array_foreach(rules, k, rule)
    {
        CHECK(result_of(results, text_of(rule, "id")) != NULL);
        if (strcmp(text_of(rule, "id"), "W3143") == 0) {
            CHECK(strcmp(text_of(rule, "name"), "DateImpossible") == 0);
            CHECK(strstr(text_of(json_object_get(rule, "help"), "text"),
                         "<waive rule=\"date-impossible\""));
        }
    }
}

static json_t *
parsed(chancery_sarif *log, chancery_status status)
{
    size_t       size = 0;
    json_error_t error;
    const char  *text = chancery_sarif_text(log, status, &size);
    json_t      *o    = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    CHECK(o != NULL && strlen(text) == size);
    hold(o, "log", 3);
    CHECK(strcmp(text_of(o, "version"), "2.1.0") == 0);
    return o;
}

static void
test_log(chancery_job *job)
{
    chancery_sarif *log = chancery_sarif_new();
    CHECK(log != NULL);
    add_all(log, job, "a b/l:1.xml",
            HEAD "<body><p>\xF0\x9D\x94\x98\xC3\xB1 On 31 June 2024.</p>"
                 "</body></letter>");
    add_all(log, job, "/tmp/m.xml", HEAD "\n<body><p>x <emp/>\n</p></body></letter>");
    add_all(log, job, "n.xml", HEAD "<body><p>x</body></letter>");
    json_t       *o       = parsed(log, CHANCERY_ERR_INPUT);
    const json_t *run     = json_array_get(json_object_get(o, "runs"), 0);
    const json_t *results = json_object_get(run, "results");
    const json_t *end     = json_array_get(json_object_get(run, "invocations"), 0);
    CHECK(strcmp(text_of(run, "columnKind"), "unicodeCodePoints") == 0);
    CHECK(json_is_false(json_object_get(end, "executionSuccessful")));
    CHECK(number_of(end, "exitCode") == CHANCERY_ERR_INPUT);
    /* Columns count code points: the sign before the date is two units of UTF-16. */
    const json_t *date = result_of(results, "W3143"), *r = region(date);
    CHECK(strcmp(uri(date), "a%20b/l%3A1.xml") == 0 &&
          strcmp(text_of(date, "level"), "warning") == 0);
    CHECK(number_of(r, "startLine") == 1 && number_of(r, "startColumn") == 68);
    CHECK(number_of(r, "endLine") == 1 && number_of(r, "endColumn") == 80);
    CHECK(strcmp(text_of(json_object_get(date, "message"), "text"),
                 "'31 June 2024' is no day of the calendar\nsource: the calendar") == 0);
    const json_t *element = result_of(results, "E2011");
    CHECK(strcmp(uri(element), "file:///tmp/m.xml") == 0);
    CHECK(number_of(region(element), "startLine") == 2 &&
          number_of(region(element), "startColumn") == 12 &&
          number_of(region(element), "endColumn") == 18);
    CHECK(strstr(text_of(json_object_get(element, "message"), "text"), "\nhint: "));
    /* What has no place belongs to its letter. */
    const json_t *claim = result_of(results, "W7001");
    CHECK(strcmp(uri(claim), "a%20b/l%3A1.xml") == 0 && !region(claim));
    CHECK(result_of(results, "E2001") != NULL);
    test_rules(json_object_get(json_object_get(json_object_get(run, "tool"), "driver"), "rules"),
               results);
    json_decref(o);
    chancery_sarif_free(log);
}

/* What a letter waives is there, suppressed, and is neither an error nor a warning. */
static void
test_waived(chancery_job *job)
{
    static const char letter[] = HEAD
        "<meta><title>T</title><waive rule=\"date-impossible\" reason=\"as it was signed\"/></meta>"
        "<body><p>On 31 June 2024.</p></body></letter>";
    chancery_sarif *log = chancery_sarif_new();
    chancery_job_set_strict(job, 1);
    CHECK(chancery_job_render(job, "w.xml", letter, sizeof letter - 1) == CHANCERY_OK);
    CHECK(chancery_job_diagnostics(job) == 0);
    chancery_job_set_tell_waived(job, 1);
    CHECK(chancery_job_render(job, "w.xml", letter, sizeof letter - 1) == CHANCERY_OK);
    CHECK(chancery_job_diagnostics(job) == 1);
    CHECK(chancery_job_diagnostic_severity(job, 0) == CHANCERY_NOTE);
    add_all(log, job, "w.xml", letter);
    json_t       *o = parsed(log, CHANCERY_OK);
    const json_t *results =
        json_object_get(json_array_get(json_object_get(o, "runs"), 0), "results");
    const json_t *date   = result_of(results, "W3143");
    const json_t *waived = json_array_get(json_object_get(date, "suppressions"), 0);
    CHECK(strcmp(text_of(date, "level"), "warning") == 0);
    CHECK(strcmp(text_of(waived, "kind"), "inSource") == 0);
    CHECK(strcmp(text_of(waived, "justification"), "as it was signed") == 0);
    json_decref(o);
    chancery_sarif_free(log);
    chancery_job_set_strict(job, 0);
    chancery_job_set_tell_waived(job, 0);
}

static void
test_empty(chancery_job *job)
{
    chancery_sarif *log = chancery_sarif_new();
    json_t         *o   = parsed(log, CHANCERY_OK);
    const json_t   *run = json_array_get(json_object_get(o, "runs"), 0);
    CHECK(json_array_size(json_object_get(run, "results")) == 0);
    CHECK(json_is_true(json_object_get(json_array_get(json_object_get(run, "invocations"), 0),
                                       "executionSuccessful")));
    json_decref(o);
    CHECK(chancery_sarif_add(log, job, 1000) == CHANCERY_ERR_ARGUMENT);
    CHECK(chancery_sarif_add(NULL, job, 0) == CHANCERY_ERR_ARGUMENT);
    CHECK(strcmp(chancery_sarif_text(NULL, CHANCERY_OK, NULL), "") == 0);
    chancery_sarif_free(log);
    chancery_sarif_free(NULL);
}

int
main(void)
{
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    if (chancery_engine_new(NULL, &engine) == CHANCERY_OK && (job = chancery_job_new(engine))) {
        test_log(job);
        test_waived(job);
        test_empty(job);
    } else {
        failures++;
    }
    chancery_job_free(job);
    chancery_engine_free(engine);
    printf("%s sarif\n", failures ? "not ok" : "ok");
    return failures != 0;
}
