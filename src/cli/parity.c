#include "cli.h"

#include <stdio.h>
#include <string.h>

/* Are the letters versions of one?  `chancery translate parity A B...` */
int
cli_parity(const cli_options *o)
{
    bool json = o->format && strcmp(o->format, "json") == 0;
    if (o->n_operands < 3)
        return cli_usage_error("translate parity needs two letters or more");
    if (o->format && !json && strcmp(o->format, "text") != 0)
        return cli_usage_error("--format takes text or json here, not '%s'", o->format);
    int              status = 0;
    size_t           found  = 0;
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    if (cli_open(o, &engine, &job, &status)) {
        status =
            (int)chancery_job_compare(job, o->operand + 1, (size_t)o->n_operands - 1, json, &found);
        cli_print_diagnostics(o, job, 0);
        size_t said = chancery_job_diagnostics(job);
        if (status == CHANCERY_OK) {
            status = (int)chancery_job_write(job, o->out ? o->out : "-");
            cli_print_diagnostics(o, job, said);
        }
    }
    if (status == CHANCERY_OK && found > 0) {
        if (!o->quiet)
            fprintf(stderr, "chancery: %zu difference%s\n", found, found == 1 ? "" : "s");
        status = CHANCERY_ERR_INPUT;
    }
    cli_close(engine, job);
    return fflush(stdout) == 0 ? status : CHANCERY_ERR_IO;
}
