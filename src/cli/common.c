#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
cli_usage_error(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("chancery: error: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputs("\n  'chancery --help' says how it is used\n", stderr);
    va_end(ap);
    return CHANCERY_ERR_ARGUMENT;
}

/* FILE:N is record N of the file, FILE its first. */
static chancery_status
set_record(const cli_options *o, chancery_job *job)
{
    const char     *colon  = o->record ? strrchr(o->record, ':') : NULL;
    size_t          number = 1, n = o->record ? strlen(o->record) : 0;
    chancery_status status = CHANCERY_ERR_IO;
    if (colon && colon[1] && strspn(colon + 1, "0123456789") == strlen(colon + 1)) {
        number = strtoull(colon + 1, NULL, 10);
        n      = (size_t)(colon - o->record);
    }
    char *path = o->record ? strndup(o->record, n) : NULL;
    if (path || !o->record)
        status =
            chancery_job_set_record_file(job, path, (chancery_records)o->records_format, number);
    free(path);
    return status;
}

bool
cli_open(const cli_options *o, chancery_engine **engine, chancery_job **job, int *status)
{
    *job    = NULL;
    *status = (int)chancery_engine_new(NULL, engine);
    if (*status != CHANCERY_OK) {
        fputs("chancery: error: cannot find the data folder (styles/ and fonts/); "
              "CHANCERY_DATADIR may name it\n",
              stderr);
        return false;
    }
    *job = chancery_job_new(*engine);
    if (!*job) {
        fputs("chancery: error: out of memory\n", stderr);
        *status = CHANCERY_ERR_IO;
        return false;
    }
    chancery_job_set_strict(*job, o->strict);
    chancery_job_set_explain(*job, o->explain);
    chancery_job_set_tell_waived(*job, o->sarif != NULL);
    (void)chancery_job_set_letterhead(*job, (chancery_letterhead)o->letterhead);
    (void)chancery_job_set_copy(*job, (chancery_copy)o->copy);
    *status = (int)chancery_job_set_style(*job, o->style);
    if (*status == CHANCERY_OK)
        *status = (int)chancery_job_set_addressee(*job, o->addressee);
    if (*status == CHANCERY_OK)
        *status = (int)chancery_job_set_alternat(*job, o->party);
    if (*status == CHANCERY_OK)
        *status = (int)set_record(o, *job);
    if (*status == CHANCERY_ERR_ARGUMENT)
        cli_usage_error("records are counted from 1: '%s'", o->record ? o->record : "");
    if (*status == CHANCERY_OK)
        *status = (int)chancery_job_set_font_lock(*job, o->locked);
    chancery_job_allow_untranslated(*job, o->untranslated, o->fuzzy);
    if (*status == CHANCERY_OK)
        *status = (int)chancery_job_set_language(*job, o->lang);
    if (*status == CHANCERY_OK)
        *status = (int)chancery_job_set_catalog(*job, o->catalog);
    for (int i = 0; i < o->n_allow && *status == CHANCERY_OK; i++)
        *status = (int)chancery_job_allow_folder(*job, o->allow[i]);
    return *status == CHANCERY_OK;
}

void
cli_close(chancery_engine *engine, chancery_job *job)
{
    chancery_job_free(job);
    chancery_engine_free(engine);
}

void
cli_print_diagnostic(const cli_options *o, chancery_job *job, size_t i)
{
    if (o->sarif)
        (void)chancery_sarif_add(o->sarif, job, i);
    else
        fputs(o->json ? chancery_job_diagnostic_json(job, i) : chancery_job_diagnostic_text(job, i),
              stderr);
}

void
cli_print_diagnostics(const cli_options *o, chancery_job *job, size_t from)
{
    for (size_t i = from; i < chancery_job_diagnostics(job); i++)
        cli_print_diagnostic(o, job, i);
}

int
cli_with_job(const cli_options *o, cli_work *work, void *arg, const char *out)
{
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    int              status = 0;
    if (cli_open(o, &engine, &job, &status)) {
        status      = work(o, job, arg);
        size_t told = chancery_job_diagnostics(job);
        cli_print_diagnostics(o, job, 0);
        if (status == CHANCERY_OK) {
            status = (int)chancery_job_write(job, out ? out : "-");
            cli_print_diagnostics(o, job, told);
        }
    }
    cli_close(engine, job);
    return status;
}
