/* cli/translate.c -- `chancery translate WHAT LETTER...`: the work around translations. */
#include "cli.h"

#include <string.h>

static int
do_extract(const cli_options *o, chancery_job *job, void *arg)
{
    (void)arg;
    if (o->format && strcmp(o->format, "xliff") == 0)
        return (int)chancery_job_extract_xliff_files(job, o->operand + 1,
                                                     (size_t)o->n_operands - 1);
    return (int)chancery_job_extract_files(job, o->operand + 1, (size_t)o->n_operands - 1);
}

static int
extract(const cli_options *o)
{
    if (o->n_operands < 2)
        return cli_usage_error("translate extract needs a letter");
    if (o->format && strcmp(o->format, "xliff") != 0 && strcmp(o->format, "po") != 0)
        return cli_usage_error("--format takes po or xliff here, not '%s'", o->format);
    return cli_with_job(o, do_extract, NULL, o->out);
}

static int
do_merge(const cli_options *o, chancery_job *job, void *arg)
{
    (void)arg;
    return (int)chancery_job_translate_file(job, o->operand[1]);
}

static int
merge(const cli_options *o)
{
    if (o->n_operands != 2)
        return cli_usage_error("translate merge takes one letter, not %d", o->n_operands - 1);
    if (!o->lang)
        return cli_usage_error("translate merge needs a language: --lang");
    if (o->out && strcmp(o->out, o->operand[1]) == 0)
        return cli_usage_error("the output '%s' is the letter itself", o->out);
    return cli_with_job(o, do_merge, NULL, o->out);
}

int
cli_translate(const cli_options *o)
{
    static const struct {
        const char *name;
        int (*run)(const cli_options *o);
    } works[] = {{"extract", extract}, {"merge", merge}, {"parity", cli_parity}};
    if (o->n_operands == 0)
        return cli_usage_error("translate needs to know what: extract, merge, parity");
    if (o->dump >= 0)
        return cli_usage_error("--dump does not go with translate");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++)
        if (strcmp(o->operand[0], works[i].name) == 0)
            return works[i].run(o);
    return cli_usage_error("translate does not know '%s': extract, merge, parity", o->operand[0]);
}
