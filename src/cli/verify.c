#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole file, malloc'd; NULL, said, when it cannot be read. */
static char *
read_file(const char *path, size_t *size)
{
    FILE  *f    = fopen(path, "rb");
    char  *all  = NULL;
    size_t room = 0, n = 0;
    int    bad = f ? 0 : errno;
    *size      = 0;
    while (f && !bad) {
        if (n == room) {
            room       = room ? 2 * room : 1 << 16;
            char *more = realloc(all, room);
            if (!more) {
                bad = ENOMEM;
                break;
            }
            all = more;
        }
        size_t got = fread(all + n, 1, room - n, f);
        n += got;
        if (got == 0) {
            bad = ferror(f) ? (errno ? errno : EIO) : 0;
            break;
        }
    }
    if (f)
        fclose(f);
    if (bad) {
        fprintf(stderr, "%s: error: cannot read it: %s\n", path, strerror(bad));
        free(all);
        return NULL;
    }
    *size = n;
    return all;
}

/* Is the file, byte for byte, what this version makes of the letter? */
static bool
same_bytes(chancery_job *job, const char *letter, const char *pdf, size_t size)
{
    size_t n = 0;
    if (chancery_job_render_file(job, letter) != CHANCERY_OK)
        return false;
    const void *p = chancery_job_output(job, &n);
    return n == size && memcmp(p, pdf, n) == 0;
}

/* Is it an original of the letter, to one addressee or of one party?  The job is set to that one,
 * and `which` says so; otherwise all is as it was. */
static bool
is_original(chancery_job *job, const char *letter, const char *told, char *which, size_t room)
{
    for (int parties = 0; parties <= 1; parties++) {
        for (size_t i = 0;; i++) {
            chancery_job_set_addressee(job, NULL);
            chancery_job_set_alternat(job, NULL);
            if (chancery_job_dump_file(job, letter, CHANCERY_PASS_LETTER) != CHANCERY_OK)
                return false;
            size_t n = parties ? chancery_job_parties(job) : chancery_job_addressees(job);
            if (i >= n)
                break;
            snprintf(which, room, "%s",
                     parties ? chancery_job_party(job, i) : chancery_job_addressee(job, i));
            if ((parties ? chancery_job_set_alternat(job, which)
                         : chancery_job_set_addressee(job, which)) == CHANCERY_OK &&
                chancery_job_dump_file(job, letter, CHANCERY_PASS_LETTER) == CHANCERY_OK &&
                strcmp(told, chancery_job_digest(job)) == 0)
                return true;
        }
    }
    return false;
}

/* The digests are equal or not; that decides. */
static int
compare(const cli_options *o, chancery_job *job, const char *pdf, size_t size)
{
    const char *letter = o->operand[0], *file = o->operand[1];
    char        told[65], made[65], which[256] = "";
    bool        same;
    int         status = (int)chancery_job_dump_file(job, letter, CHANCERY_PASS_LETTER);
    if (status != CHANCERY_OK) {
        cli_print_diagnostics(o, job, 0);
        return status;
    }
    snprintf(made, sizeof made, "%s", chancery_job_digest(job));
    if (!chancery_pdf_digest(pdf, size, told)) {
        fprintf(stderr, "%s: error: it carries no digest of a letter's text\n", file);
        return CHANCERY_ERR_INPUT;
    }
    same = strcmp(told, made) == 0;
    if (!same && !o->addressee && !o->party)
        same = is_original(job, letter, told, which, sizeof which);
    if (!same) {
        fprintf(stderr, "%s: error: made from another text\n  it says      %s\n  %s has %s\n", file,
                told, letter, made);
        return CHANCERY_ERR_INPUT;
    }
    if (!o->quiet)
        printf("%s: made from the text of %s%s%s%s\n  %s\n", file, letter,
               which[0] ? ", the original of " : "", which,
               same_bytes(job, letter, pdf, size) ? ", and byte for byte what this version renders"
                                                  : "",
               told);
    return CHANCERY_OK;
}

int
cli_verify(const cli_options *o)
{
    if (o->n_operands != 2)
        return cli_usage_error("verify needs a letter and a PDF");
    if (o->out || o->dump >= 0)
        return cli_usage_error("verify writes nothing: -o and --dump do not go with it");
    size_t size = 0;
    char  *pdf  = read_file(o->operand[1], &size);
    if (!pdf)
        return CHANCERY_ERR_IO;
    int              status = 0;
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    if (cli_open(o, &engine, &job, &status))
        status = compare(o, job, pdf, size);
    cli_close(engine, job);
    free(pdf);
    return fflush(stdout) == 0 ? status : CHANCERY_ERR_IO;
}
