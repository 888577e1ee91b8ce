/* bench/bench.c -- how long each pass of a letter takes, and how many letters a second.
 *
 *     bench [-n ROUNDS] [-v] LETTER...
 *
 * Prints tab-separated lines: letter, pass, microseconds (median of the rounds), bytes of memory
 * in use after it.  "first" is the first letter of a fresh engine, fonts and style sheets not yet
 * read; the passes and "whole" are of the rounds after it, in one job that is used again; and
 * "letters/s" is one thread's rate over all the rounds.  With -v each round has another text: the
 * words of every <p> move on by one place, so that no line comes twice; images and lists of the
 * letter are then looked for below the folder that it is in.  It is no test: nothing fails on a
 * time. */
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

/* ---- another text each round ---- */

typedef struct source {
    char  *at, *turned; /* as it is, and with its words moved on; n bytes each */
    size_t n;
} source;

typedef struct word {
    size_t from, n;
} word;

static int
source_read(source *s, const char *path)
{
    FILE *f    = fopen(path, "rb");
    long  size = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    *s         = (source){.n = size > 0 ? (size_t)size : 0};
    if (size > 0 && fseek(f, 0, SEEK_SET) == 0) {
        s->at     = malloc(s->n);
        s->turned = malloc(s->n);
    }
    int good = s->at && s->turned && fread(s->at, 1, s->n, f) == s->n;
    if (f)
        fclose(f);
    return good;
}

/* The words of the text in [from, to), tags left out. */
static size_t
find_words(const source *s, size_t from, size_t to, word *out)
{
    size_t n      = 0;
    int    inside = 0, tag = 0;
    for (size_t i = from; i < to; i++) {
        char c = s->at[i];
        tag    = c == '<' || (tag && s->at[i - 1] != '>');
        if (tag || c == ' ' || c == '\n' || c == '\t') {
            inside = 0;
            continue;
        }
        if (!inside)
            out[n++] = (word){i, 0};
        inside = 1;
        out[n - 1].n++;
    }
    return n;
}

/* What stands between the words stays, and each has that of `by` places on. */
static void
turn_words(source *s, size_t from, size_t to, size_t by)
{
    word  *w   = calloc(to - from + 1, sizeof *w);
    size_t n   = w ? find_words(s, from, to, w) : 0;
    char  *out = s->turned + from;
    for (size_t k = 0, at = from; k < n; k++) {
        const word *put = &w[(k + by) % n];
        memcpy(out, s->at + at, w[k].from - at);
        out += w[k].from - at;
        memcpy(out, s->at + put->from, put->n);
        out += put->n;
        at = w[k].from + w[k].n;
        if (k + 1 == n)
            memcpy(out, s->at + at, to - at);
    }
    free(w);
}

static const char *
find(const source *s, size_t from, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = from; i + n <= s->n; i++)
        if (memcmp(s->at + i, what, n) == 0)
            return s->at + i;
    return NULL;
}

static void
source_turn(source *s, int round)
{
    const char *p;
    memcpy(s->turned, s->at, s->n);
    for (size_t at = 0; (p = find(s, at, "<p>")) != NULL;) {
        size_t      from = (size_t)(p - s->at) + 3;
        const char *end  = find(s, from, "</p>");
        size_t      to   = end ? (size_t)(end - s->at) : s->n;
        turn_words(s, from, to, (size_t)round);
        at = to;
    }
}

/* ---- rounds ---- */

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
bench_letter(const char *letter, int rounds, int varied)
{
    source           text   = {0};
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    clockwork        c      = {.round = 0};
    int              status = CHANCERY_ERR_IO;
    double          *whole  = calloc((size_t)rounds + 1, sizeof *whole);
    for (int p = 0; p < PASSES; p++)
        c.us[p] = calloc((size_t)rounds + 1, sizeof *c.us[p]);

    if (varied && !source_read(&text, letter)) {
        fprintf(stderr, "bench: cannot read %s\n", letter);
        rounds = 0;
    }
    double start = now_us();
    if (whole && rounds && chancery_engine_new(NULL, &engine) == CHANCERY_OK)
        job = chancery_job_new(engine);
    if (job) {
        chancery_job_set_progress(job, pass_done, &c);
        c.last = now_us();
        status = (int)chancery_job_render_file(job, letter);
    }
    printf("%s\tfirst\t%.0f\t\n", letter, now_us() - start);
    start = now_us();
    for (c.round = 1; status == CHANCERY_OK && c.round <= rounds; c.round++) {
        if (varied)
            source_turn(&text, c.round);
        double t = c.last = now_us();
        status            = (int)(varied ? chancery_job_render(job, letter, text.turned, text.n)
                                         : chancery_job_render_file(job, letter));
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
    free(text.at);
    free(text.turned);
    chancery_job_free(job);
    chancery_engine_free(engine);
    return status;
}

int
main(int argc, char **argv)
{
    int rounds = 50, first = 1, varied = 0;
    for (; first < argc && argv[first][0] == '-'; first++) {
        if (strcmp(argv[first], "-v") == 0)
            varied = 1;
        else if (strcmp(argv[first], "-n") == 0 && first + 1 < argc)
            rounds = atoi(argv[++first]);
        else
            rounds = 0;
    }
    if (first >= argc || rounds < 1 || rounds > MAX_ROUNDS) {
        fputs("usage: bench [-n ROUNDS] [-v] LETTER...\n", stderr);
        return CHANCERY_ERR_ARGUMENT;
    }
    int status = 0;
    for (int i = first; i < argc && status == 0; i++)
        status = bench_letter(argv[i], rounds, varied);
    return status;
}
