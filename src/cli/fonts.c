#include "cli.h"

/* What serves each role and script; or with --lock, the lock of these letters' fonts. */
static int
make(const cli_options *o, chancery_job *job, void *arg)
{
    (void)arg;
    int status = CHANCERY_OK;
    if (!o->lock)
        return (int)chancery_job_list_fonts(job);
    chancery_job_gather_fonts(job, 1);
    for (int i = 0; i < o->n_operands && status == CHANCERY_OK; i++) {
        status = (int)chancery_job_dump_file(job, o->operand[i], CHANCERY_PASS_PAGES);
        if (status != CHANCERY_OK)
            return status;
        cli_print_diagnostics(o, job, 0);
    }
    return (int)chancery_job_lock_fonts(job);
}

int
cli_fonts(const cli_options *o)
{
    if (o->n_operands > 0 && !o->lock)
        return cli_usage_error("fonts takes no letter, but with --lock");
    if (o->dump >= 0)
        return cli_usage_error("--dump does not go with fonts");
    if (o->lock && o->out)
        return cli_usage_error("--lock says where the output goes: -o does not go with it");
    return cli_with_job(o, make, NULL, o->lock ? o->lock : o->out);
}
