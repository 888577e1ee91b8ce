/* cli/editions.c -- the originals of one letter, one file each: to each addressee, of each party. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char addressee_place[] = "{addressee}", party_place[] = "{party}";

bool
cli_many(const char *out)
{
    return out && (strstr(out, addressee_place) || strstr(out, party_place));
}

/* The pattern with every place in it filled; malloc'd. */
static char *
fill(const char *pattern, const char *place, const char *value)
{
    size_t n = 1, step = strlen(place), grown = strlen(value);
    for (const char *p = pattern; *p; n++)
        if (strncmp(p, place, step) == 0) {
            n += grown;
            p += step;
        } else {
            p++;
        }
    char *out = malloc(n + 1), *to = out;
    for (const char *p = pattern; out && *p;)
        if (strncmp(p, place, step) == 0) {
            memcpy(to, value, grown);
            to += grown;
            p += step;
        } else {
            *to++ = *p++;
        }
    if (out)
        *to = '\0';
    return out;
}

/* The names of the originals, copied: the job forgets them when it renders. */
typedef struct names {
    char **at;
    size_t n;
} names;

static void
free_names(names *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->at[i]);
    free(all->at);
}

static bool
names_of(const chancery_job *job, bool parties, names *out)
{
    size_t n = parties ? chancery_job_parties(job) : chancery_job_addressees(job);
    out->n   = 0;
    out->at  = calloc(n + 1, sizeof *out->at);
    for (size_t i = 0; out->at && i < n; i++) {
        out->at[i] = strdup(parties ? chancery_job_party(job, i) : chancery_job_addressee(job, i));
        if (!out->at[i])
            return false;
        out->n++;
    }
    return out->at != NULL;
}

/* What one original has to say and those before it had not. */
static void
print_new(const cli_options *o, chancery_job *job, names *said, size_t from)
{
    for (size_t i = from; i < chancery_job_diagnostics(job); i++) {
        const char *text =
            o->json ? chancery_job_diagnostic_json(job, i) : chancery_job_diagnostic_text(job, i);
        bool old = false;
        for (size_t k = 0; k < said->n && !old; k++)
            old = strcmp(said->at[k], text) == 0;
        if (old)
            continue;
        cli_print_diagnostic(o, job, i);
        char **more = realloc(said->at, (said->n + 1) * sizeof *more);
        if (!more)
            continue;
        said->at          = more;
        said->at[said->n] = strdup(text);
        said->n += said->at[said->n] != NULL;
    }
}

static int
render_one(const cli_options *o, chancery_job *job, const char *name, bool parties, names *said,
           cli_deps *deps)
{
    chancery_pass pass   = o->dump >= 0 ? (chancery_pass)o->dump : CHANCERY_PASS_PDF;
    char         *out    = fill(o->out, parties ? party_place : addressee_place, name);
    int           status = (int)(parties ? chancery_job_set_alternat(job, name)
                                         : chancery_job_set_addressee(job, name));
    if (!out)
        status = CHANCERY_ERR_IO;
    if (status == CHANCERY_OK) {
        status = (int)chancery_job_dump_file(job, o->operand[0], pass);
        if (!cli_deps_take(deps, job) || !cli_deps_targets(o, deps, out))
            status = CHANCERY_ERR_IO;
    }
    size_t told = chancery_job_diagnostics(job);
    print_new(o, job, said, 0);
    if (status == CHANCERY_OK) {
        status = (int)chancery_job_stage(job, out);
        print_new(o, job, said, told);
    }
    free(out);
    return status;
}

int
cli_render_many(const cli_options *o, chancery_job *job, cli_deps *deps)
{
    bool        parties = strstr(o->out, party_place) != NULL;
    const char *chosen  = parties ? o->party : o->addressee;
    names       all = {NULL, 0}, said = {NULL, 0};
    int         status = CHANCERY_OK;
    if (parties && strstr(o->out, addressee_place))
        return cli_usage_error("-o takes {addressee} or {party}, not both");
    if (strcmp(o->operand[0], "-") == 0)
        return cli_usage_error("a letter from standard input is made once: -o without %s",
                               parties ? party_place : addressee_place);
    if (!chosen) {
        status = (int)chancery_job_dump_file(job, o->operand[0], CHANCERY_PASS_LETTER);
        if (status == CHANCERY_OK && !names_of(job, parties, &all))
            status = CHANCERY_ERR_IO;
        if (!cli_deps_take(deps, job))
            status = CHANCERY_ERR_IO;
        if (status != CHANCERY_OK)
            cli_print_diagnostics(o, job, 0);
        else if (all.n == 0)
            status =
                cli_usage_error("'%s' has no %s", o->operand[0], parties ? "parties" : "addressee");
    }
    for (size_t i = 0; status == CHANCERY_OK && i < (chosen ? 1 : all.n); i++)
        status = render_one(o, job, chosen ? chosen : all.at[i], parties, &said, deps);
    status = cli_deps_finish(o, deps, NULL, status);
    if (status == CHANCERY_OK) {
        size_t told = chancery_job_diagnostics(job);
        status      = (int)chancery_job_commit(job);
        print_new(o, job, &said, told);
    }
    free_names(&all);
    free_names(&said);
    return status;
}
