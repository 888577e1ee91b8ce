#include "cli.h"

int
cli_fonts(const cli_options *o)
{
    if (o->n_operands > 0)
        return cli_usage_error("fonts takes no letter");
    if (o->dump >= 0)
        return cli_usage_error("--dump does not go with fonts");
    int              status = 0;
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    if (cli_open(o, &engine, &job, &status)) {
        status      = (int)chancery_job_list_fonts(job);
        size_t told = chancery_job_diagnostics(job);
        cli_print_diagnostics(o, job, 0);
        if (status == CHANCERY_OK) {
            status = (int)chancery_job_write(job, o->out ? o->out : "-");
            cli_print_diagnostics(o, job, told);
        }
    }
    cli_close(engine, job);
    return status;
}
