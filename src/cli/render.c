#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the output goes: -o, else standard output for a dump or a letter from standard input, else
 * the letter's name with .pdf in place of .xml, in the current folder of that name.  malloc'd. */
static char *
output_path(const cli_options *o, const char *letter)
{
    if (o->out)
        return strdup(o->out);
    if (o->dump >= 0 || strcmp(letter, "-") == 0)
        return strdup("-");
    size_t n    = strlen(letter);
    char  *path = malloc(n + sizeof ".pdf");
    if (!path)
        return NULL;
    if (n > 4 && strcmp(letter + n - 4, ".xml") == 0)
        n -= 4;
    memcpy(path, letter, n);
    memcpy(path + n, ".pdf", sizeof ".pdf");
    return path;
}

static bool
same_file(const char *a, const char *b)
{
    struct stat sa, sb;
    return strcmp(a, "-") != 0 && strcmp(b, "-") != 0 && stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
           sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

static int
render_to(const cli_options *o, chancery_job *job, cli_deps *deps, const char *letter,
          const char *out)
{
    chancery_pass pass   = o->dump >= 0 ? (chancery_pass)o->dump : CHANCERY_PASS_PDF;
    int           status = (int)chancery_job_dump_file(job, letter, pass);
    size_t        told   = chancery_job_diagnostics(job);
    cli_print_diagnostics(o, job, 0);
    if (!cli_deps_take(deps, job))
        status = CHANCERY_ERR_IO;
    status = cli_deps_finish(o, deps, out, status);
    if (status == CHANCERY_OK) {
        status = (int)chancery_job_write(job, out);
        cli_print_diagnostics(o, job, told);
    }
    return status;
}

int
cli_render(const cli_options *o)
{
    if (o->n_operands != 1)
        return cli_usage_error(o->n_operands == 0 ? "render needs a letter"
                                                  : "render takes one letter, not %d",
                               o->n_operands);
    const char *letter = o->operand[0];
    char       *out    = output_path(o, letter);
    if (!out)
        return CHANCERY_ERR_IO;
    int status;
    if (same_file(letter, out)) {
        status = cli_usage_error("the output '%s' is the letter itself", out);
    } else if (strcmp(out, "-") == 0 && o->dump < 0 && isatty(STDOUT_FILENO)) {
        status = cli_usage_error("a PDF is not for the terminal: give -o FILE, or -o - to a pipe");
    } else if ((status = cli_deps_check(o, out)) == CHANCERY_OK) {
        chancery_engine *engine = NULL;
        chancery_job    *job    = NULL;
        cli_deps        *deps   = cli_deps_new();
        if (!deps)
            status = CHANCERY_ERR_IO;
        else if (cli_open(o, &engine, &job, &status))
            status = cli_many(o->out) ? cli_render_many(o, job, deps)
                                      : render_to(o, job, deps, letter, out);
        cli_close(engine, job);
        cli_deps_free(deps);
    }
    free(out);
    return status;
}
