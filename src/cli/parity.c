#include "cli.h"

#include <stdio.h>
#include <string.h>

typedef struct comparing {
    bool   json;
    size_t found;
} comparing;

static int
compare(const cli_options *o, chancery_job *job, void *arg)
{
    comparing *c = arg;
    return (int)chancery_job_compare(job, o->operand + 1, (size_t)o->n_operands - 1, c->json,
                                     &c->found);
}

/* Are the letters versions of one?  `chancery translate parity A B...` */
int
cli_parity(const cli_options *o)
{
    bool json = o->format && strcmp(o->format, "json") == 0;
    if (o->n_operands < 3)
        return cli_usage_error("translate parity needs two letters or more");
    if (o->format && !json && strcmp(o->format, "text") != 0)
        return cli_usage_error("--format takes text or json here, not '%s'", o->format);
    comparing c      = {.json = json};
    int       status = cli_with_job(o, compare, &c, o->out);
    if (status == CHANCERY_OK && c.found > 0) {
        if (!o->quiet)
            fprintf(stderr, "chancery: %zu difference%s\n", c.found, c.found == 1 ? "" : "s");
        status = CHANCERY_ERR_INPUT;
    }
    return fflush(stdout) == 0 ? status : CHANCERY_ERR_IO;
}
