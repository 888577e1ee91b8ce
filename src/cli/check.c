#include "cli.h"

#include <stdio.h>

/* Each letter goes the whole way to the PDF, which is then dropped, so that everything that could
 * be wrong with it is told.  The exit status is that of the first letter with a fault. */
int
cli_check(const cli_options *o)
{
    if (o->n_operands == 0)
        return cli_usage_error("check needs a letter");
    if (o->out || o->dump >= 0)
        return cli_usage_error("check writes nothing: -o and --dump do not go with it");
    int              status = 0;
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    if (!cli_open(o, &engine, &job, &status)) {
        cli_close(engine, job);
        return status;
    }
    for (int i = 0; i < o->n_operands; i++) {
        int one = (int)chancery_job_render_file(job, o->operand[i]);
        cli_print_diagnostics(o, job, 0);
        if (one == CHANCERY_OK && !o->quiet)
            printf("%s: no errors, %zu page%s\n", o->operand[i], chancery_job_pages(job),
                   chancery_job_pages(job) == 1 ? "" : "s");
        if (status == CHANCERY_OK)
            status = one;
    }
    cli_close(engine, job);
    return fflush(stdout) == 0 ? status : CHANCERY_ERR_IO;
}
