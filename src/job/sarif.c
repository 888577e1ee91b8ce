/* job/sarif.c -- the log grows in malloc'd memory, since it outlives what the job says. */
#include "job/sarif.h"

#include "protocol/rules.h"

#include <stdlib.h>
#include <string.h>

typedef struct text {
    char  *p;
    size_t n, room;
} text;

struct ch_sarif {
    text results, log;
    bool used[CH_CODE_COUNT];
};

ch_sarif *
ch_sarif_new(void)
{
    return calloc(1, sizeof(ch_sarif));
}

void
ch_sarif_free(ch_sarif *s)
{
    if (!s)
        return;
    free(s->results.p);
    free(s->log.p);
    free(s);
}

static bool
add(text *t, const char *p, size_t n)
{
    if (t->n + n + 1 > t->room) {
        size_t room = 2 * t->room + n + 4096;
        char  *more = realloc(t->p, room);
        if (!more)
            return false;
        t->p    = more;
        t->room = room;
    }
    memcpy(t->p + t->n, p, n);
    t->n += n;
    t->p[t->n] = '\0';
    return true;
}

static bool
puts_to(text *t, const char *z)
{
    return add(t, z, strlen(z));
}

ch_status
ch_sarif_add(ch_sarif *s, ch_job *job, size_t i)
{
    const char *result = ch_job_diagnostic(job, i, CH_DIAG_SARIF);
    if (!*result || (s->results.n > 0 && !puts_to(&s->results, ",\n")) ||
        !puts_to(&s->results, result))
        return CH_ERR_HOST;
    s->used[ch_diags_at(job->cx.diags, i)->code] = true;
    return CH_OK;
}

/* ---- what a code means ---- */

/* A string of JSON; templates and names are ASCII or UTF-8 without control characters. */
static bool
put_inside(text *t, const char *z)
{
    bool ok = true;
    for (; ok && *z; z++) {
        if (*z == '"' || *z == '\\')
            ok = puts_to(t, "\\");
        ok = ok && add(t, z, 1);
    }
    return ok;
}

static bool
put_string(text *t, const char *z)
{
    return puts_to(t, "\"") && put_inside(t, z) && puts_to(t, "\"");
}

static bool
is_conversion_end(char c)
{
    return strchr("diouxXcsp%", c) != NULL;
}

/* A printf template with an ellipsis where values go; malloc'd. */
static char *
without_values(const char *template)
{
    char *out = malloc(3 * strlen(template) + 1), *to = out;
    for (const char *p = template; out && *p; p++) {
        if (*p != '%') {
            *to++ = *p;
            continue;
        }
        for (p++; *p && !is_conversion_end(*p);)
            p++;
        if (*p == '%') {
            *to++ = '%';
        } else {
            memcpy(to, "\xE2\x80\xA6", 3);
            to += 3;
        }
        if (!*p)
            break;
    }
    if (out)
        *to = '\0';
    return out;
}

static const ch_rule_def *
rule_of(ch_code c)
{
    for (size_t i = 0; i < CH_RULES; i++)
        if (ch_rule_at(i)->code == c)
            return ch_rule_at(i);
    return NULL;
}

/* "misplaced-element" as SARIF has names: MisplacedElement. */
static bool
put_name(text *t, const char *slug)
{
    bool ok = puts_to(t, "\""), begins = true;
    for (; ok && *slug; slug++) {
        char c = *slug;
        if (c != '-') {
            char big = (char)(begins && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
            ok       = add(t, &big, 1);
        }
        begins = c == '-';
    }
    return ok && puts_to(t, "\"");
}

static bool
put_id(text *t, ch_code c)
{
    unsigned n     = ch_code_number(c);
    char     id[8] = {ch_code_letter(c), (char)('0' + n / 1000 % 10), (char)('0' + n / 100 % 10),
                      (char)('0' + n / 10 % 10), (char)('0' + n % 10)};
    return put_string(t, id);
}

static bool
put_help(text *t, ch_code c, const ch_rule_def *rule)
{
    const char *slug = ch_code_slug(c);
    bool        ok   = puts_to(t, ",\"help\":{\"text\":");
    if (!rule)
        return ok &&
               put_string(t, ch_code_letter(c) == 'E'
                                 ? "An error: nothing is made until it is put right."
                             : ch_code_letter(c) == 'W'
                                 ? "A warning: --strict takes it for an error."
                                 : "A note: what was decided, for your information.") &&
               puts_to(t, "}");
    const char *part[] = {"Source: ", rule->source,
                          ". A letter waives the rule with <waive rule=\"", slug,
                          "\" reason=\"...\"/> in its <meta>."};
    ok                 = ok && puts_to(t, "\"");
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        ok = ok && put_inside(t, part[i]);
    return ok && puts_to(t, "\"}");
}

static bool
put_rule(text *t, ch_code c)
{
    const ch_rule_def *rule  = rule_of(c);
    char              *plain = without_values(ch_code_template(c));
    bool ok = plain && puts_to(t, "{\"id\":") && put_id(t, c) && puts_to(t, ",\"name\":") &&
              put_name(t, ch_code_slug(c)) && puts_to(t, ",\"shortDescription\":{\"text\":") &&
              put_string(t, rule ? rule->what : plain) && puts_to(t, "}") &&
              (!rule || (puts_to(t, ",\"fullDescription\":{\"text\":") && put_string(t, plain) &&
                         puts_to(t, "}"))) &&
              put_help(t, c, rule) && puts_to(t, ",\"defaultConfiguration\":{\"level\":\"") &&
              puts_to(t, ch_severity_name(ch_code_severity(c))) &&
              puts_to(t, "\"},\"properties\":{\"slug\":") && put_string(t, ch_code_slug(c)) &&
              puts_to(t, "}}");
    free(plain);
    return ok;
}

const char *
ch_sarif_text(ch_sarif *s, const char *version, int exit_status, size_t *size)
{
    text *t      = &s->log;
    bool  first  = true;
    char  end[2] = {(char)('0' + exit_status % 10), '\0'};
    t->n         = 0;
    bool ok =
        puts_to(t, "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/"
                   "schemas/sarif-schema-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n"
                   "\"columnKind\":\"unicodeCodePoints\",\n"
                   "\"tool\":{\"driver\":{\"name\":\"chancery\",\"version\":") &&
        put_string(t, version) && puts_to(t, ",\"rules\":[\n");
    for (int c = 0; ok && c < CH_CODE_COUNT; c++) {
        if (!s->used[c])
            continue;
        ok    = (first || puts_to(t, ",\n")) && put_rule(t, (ch_code)c);
        first = false;
    }
    ok = ok && puts_to(t, "]}},\n\"invocations\":[{\"executionSuccessful\":") &&
         puts_to(t, exit_status == 0 ? "true" : "false") && puts_to(t, ",\"exitCode\":") &&
         puts_to(t, end) && puts_to(t, "}],\n\"results\":[\n") &&
         (s->results.n == 0 || add(t, s->results.p, s->results.n)) && puts_to(t, "]}]}\n");
    *size = ok ? t->n : 0;
    return ok ? t->p : NULL;
}
