/* bench/bench.c -- how long each pass of a letter takes, and how many letters a second.
 *
 *     bench [-n ROUNDS] LETTER...
 *
 * Prints tab-separated lines: letter, pass, microseconds (median of the rounds), bytes of memory
 * in use after it.  "first" is the first letter of a fresh engine, fonts and style sheets not yet
 * read; the passes and "whole" are of the rounds after it, in one job that is used again; and
 * "letters/s" is one thread's rate over all the rounds.  It is no test: nothing fails on a time. */
#include "chancery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PASSES = CHANCERY_PASS_PDF + 1, MAX_ROUNDS = 100000 };

static const char *const pass_names[PASSES] = {"tree",  "letter", "blocks",    "runs",
                                               "lines", "pages",  "structure", "pdf"};

typedef struct clockwork {
    double  last;
    double *us[PASSES]; /* by round */
    size_t  bytes[PASSES];
    int     round;
} clockwork;

static double
now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
pass_done(void *user, chancery_pass pass, size_t bytes)
{
    clockwork *c          = user;
    double     t          = now_us();
    c->us[pass][c->round] = t - c->last;
    c->bytes[pass]        = bytes;
    c->last               = t;
    return 0;
}

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static int
bench_letter(const char *letter, int rounds)
{
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    clockwork        c      = {.round = 0};
    int              status = CHANCERY_ERR_IO;
    double          *whole  = calloc((size_t)rounds + 1, sizeof *whole);
    for (int p = 0; p < PASSES; p++)
        c.us[p] = calloc((size_t)rounds + 1, sizeof *c.us[p]);

    double start = now_us();
    if (whole && chancery_engine_new(NULL, &engine) == CHANCERY_OK)
        job = chancery_job_new(engine);
    if (job) {
        chancery_job_set_progress(job, pass_done, &c);
        c.last = now_us();
        status = (int)chancery_job_render_file(job, letter);
    }
    printf("%s\tfirst\t%.0f\t\n", letter, now_us() - start);
    start = now_us();
    for (c.round = 1; status == CHANCERY_OK && c.round <= rounds; c.round++) {
        double t = c.last = now_us();
        status            = (int)chancery_job_render_file(job, letter);
        whole[c.round]    = now_us() - t;
    }
    double total = now_us() - start;
    for (size_t i = 0; status != CHANCERY_OK && i < chancery_job_diagnostics(job); i++)
        fputs(chancery_job_diagnostic_text(job, i), stderr);
    for (int p = 0; status == CHANCERY_OK && p < PASSES; p++)
        printf("%s\t%s\t%.1f\t%zu\n", letter, pass_names[p], median(c.us[p] + 1, rounds),
               c.bytes[p]);
    if (status == CHANCERY_OK) {
        struct rusage use;
        getrusage(RUSAGE_SELF, &use);
        printf("%s\twhole\t%.1f\t\n", letter, median(whole + 1, rounds));
        printf("%s\tletters/s\t%.1f\t\n", letter, rounds / (total / 1e6));
        printf("%s\tpeak-kib\t%ld\t\n", letter, use.ru_maxrss);
    }
    for (int p = 0; p < PASSES; p++)
        free(c.us[p]);
    free(whole);
    chancery_job_free(job);
    chancery_engine_free(engine);
    return status;
}

int
main(int argc, char **argv)
{
    int rounds = 50, first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = atoi(argv[2]);
        first  = 3;
    }
    if (first >= argc || rounds < 1 || rounds > MAX_ROUNDS) {
        fputs("usage: bench [-n ROUNDS] LETTER...\n", stderr);
        return CHANCERY_ERR_ARGUMENT;
    }
    int status = 0;
    for (int i = first; i < argc && status == 0; i++)
        status = bench_letter(argv[i], rounds);
    return status;
}
