/* cli/batch.c -- one letter to many. */
#include "cli.h"

#include <inttypes.h>
#include <signal.h>
#include <stddef.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef enum progress {
    PROGRESS_AUTO,
    PROGRESS_NONE,
    PROGRESS_PLAIN,
    PROGRESS_BAR,
    PROGRESS_JSON
} progress;

typedef struct batch_options {
    cli_options *common;
    const char  *records, *langs, *manifest, *only, *skip, *into;
    unsigned     threads;
    size_t       shard, shards;
    bool         fail_fast, summary, json; /* json: of the summary */
    progress     progress;
} batch_options;

/* What is said while it runs. */
typedef struct watch {
    const batch_options *o;
    chancery_batch      *batch;
    int64_t              begun, said; /* microseconds */
    size_t               finished, tenths;
    bool                 bar; /* there is one on the line */
} watch;

static chancery_batch *running; /* for the signal handler */

static void
stop(int signal_number)
{
    chancery_batch_cancel(running);
    signal(signal_number, SIG_DFL); /* the second one ends the program at once */
}

static int64_t
monotonic(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t
wall_clock(void *user)
{
    struct timespec t;
    (void)user;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- progress ---- */

static void
print_bar(const watch *w, size_t planned, double rate, double left)
{
    char   bar[31];
    size_t full = planned > 0 ? w->finished * (sizeof bar - 1) / planned : 0;
    memset(bar, '.', sizeof bar - 1);
    memset(bar, '#', full < sizeof bar ? full : sizeof bar - 1);
    bar[sizeof bar - 1] = '\0';
    fprintf(stderr, "\r%s %zu of %zu, %.0f/s, %d:%02d left \033[K", bar, w->finished, planned, rate,
            (int)(left / 60), (int)left % 60);
}

static void
print_progress(watch *w, int64_t now, const char *event)
{
    size_t planned = chancery_batch_counted(w->batch, CHANCERY_BATCH_PLANNED);
    double seconds = (double)(now - w->begun) / 1e6;
    double rate    = seconds > 0 ? (double)w->finished / seconds : 0;
    double left    = rate > 0 ? (double)(planned - w->finished) / rate : 0;
    switch (w->o->progress) {
    case PROGRESS_BAR:
        print_bar(w, planned, rate, left);
        w->bar = true;
        break;
    case PROGRESS_PLAIN:
        fprintf(stderr, "%zu of %zu outputs (%zu %%), %.0f/s, %.0f s left\n", w->finished, planned,
                planned > 0 ? w->finished * 100 / planned : 100, rate, left);
        break;
    case PROGRESS_JSON:
        printf("{\"event\":\"%s\",\"planned\":%zu,\"done\":%zu,\"up_to_date\":%zu,\"failed\":%zu,"
               "\"warnings\":%zu,\"seconds\":%.3f,\"rate\":%.1f,\"left\":%.1f}\n",
               event, planned, chancery_batch_counted(w->batch, CHANCERY_BATCH_DONE),
               chancery_batch_counted(w->batch, CHANCERY_BATCH_UP_TO_DATE),
               chancery_batch_counted(w->batch, CHANCERY_BATCH_FAILED),
               chancery_batch_counted(w->batch, CHANCERY_BATCH_WARNINGS), seconds, rate, left);
        fflush(stdout);
        break;
    default:
        break;
    }
    w->said = now;
}

static void
clear_bar(watch *w)
{
    if (w->bar)
        fputs("\r\033[K", stderr);
    w->bar = false;
}

static void
made(void *user, const chancery_output *output)
{
    watch *w = user;
    (void)output;
    size_t planned = chancery_batch_counted(w->batch, CHANCERY_BATCH_PLANNED);
    w->finished++;
    if (w->o->progress == PROGRESS_NONE)
        return;
    int64_t now    = monotonic();
    size_t  tenths = planned > 0 ? w->finished * 10 / planned : 0;
    bool    plain  = w->o->progress == PROGRESS_PLAIN;
    /* A bar moves ten times a second; lines come for each tenth, but not many a second. */
    if (now - w->said < (plain ? 500000 : 100000) ||
        (plain && tenths == w->tenths && now - w->said < 5000000))
        return;
    w->tenths = tenths;
    print_progress(w, now, "progress");
}

static void
tell(void *user, chancery_severity severity, const char *code, const char *text)
{
    watch *w = user;
    (void)severity;
    (void)code;
    clear_bar(w);
    fputs(text, stderr);
}

static void
print_end(watch *w)
{
    size_t n[CHANCERY_BATCH_REPEATED + 1];
    clear_bar(w);
    for (int i = 0; i <= CHANCERY_BATCH_REPEATED; i++)
        n[i] = chancery_batch_counted(w->batch, (chancery_batch_count)i);
    if (w->o->progress == PROGRESS_JSON)
        print_progress(w, monotonic(), "end");
    if (w->o->common->quiet || n[CHANCERY_BATCH_PLANNED] == 0)
        return;
    if (n[CHANCERY_BATCH_REPEATED] > 0)
        fprintf(stderr,
                "chancery: %zu messages like those above, of other records, are not shown\n",
                n[CHANCERY_BATCH_REPEATED]);
    size_t over = n[CHANCERY_BATCH_DONE] + n[CHANCERY_BATCH_UP_TO_DATE] + n[CHANCERY_BATCH_FAILED];
    fprintf(stderr, "chancery: %zu outputs: %zu done, %zu up to date, %zu failed",
            n[CHANCERY_BATCH_PLANNED], n[CHANCERY_BATCH_DONE], n[CHANCERY_BATCH_UP_TO_DATE],
            n[CHANCERY_BATCH_FAILED]);
    if (over < n[CHANCERY_BATCH_PLANNED])
        fprintf(stderr, ", %zu not begun", n[CHANCERY_BATCH_PLANNED] - over);
    if (n[CHANCERY_BATCH_WARNINGS] > 0)
        fprintf(stderr, "; %zu warnings", n[CHANCERY_BATCH_WARNINGS]);
    fprintf(stderr, " (%.2f s)%s\n", (double)(monotonic() - w->begun) / 1e6,
            over < n[CHANCERY_BATCH_PLANNED] ? "; the same command makes what is missing" : "");
}

/* ---- the command line ---- */

static bool
number(const char *text, char end, size_t *out, const char **rest)
{
    size_t v = 0, n = 0;
    for (; text[n] >= '0' && text[n] <= '9' && n < 9; n++)
        v = v * 10 + (size_t)(text[n] - '0');
    *out  = v;
    *rest = text + n + (end != '\0');
    return n > 0 && text[n] == end;
}

static int
set_shard(void *options, const char *value)
{
    batch_options *o = options;
    const char    *rest;
    if (!number(value, '/', &o->shard, &rest) || !number(rest, '\0', &o->shards, &rest) ||
        o->shard < 1 || o->shard > o->shards)
        return cli_usage_error("--shard takes I/N, as 2/8, not '%s'", value);
    return 0;
}

static int
set_threads(void *options, const char *value)
{
    batch_options *o = options;
    size_t         n;
    const char    *rest;
    if (!number(value, '\0', &n, &rest) || n < 1 || n > 1024)
        return cli_usage_error("-j takes a number of threads, not '%s'", value);
    o->threads = (unsigned)n;
    return 0;
}

static int
set_progress(void *options, const char *value)
{
    batch_options *o = options;
    static const struct {
        const char *name;
        progress    is;
    } forms[] = {{"none", PROGRESS_NONE},
                 {"plain", PROGRESS_PLAIN},
                 {"bar", PROGRESS_BAR},
                 {"json", PROGRESS_JSON}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(value, forms[i].name) != 0)
            continue;
        o->progress = forms[i].is;
        return 0;
    }
    return cli_usage_error("--progress takes bar, plain, json or none, not '%s'", value);
}

static const cli_valued valued[] = {
    {"--records", offsetof(batch_options, records), NULL},
    {"--lang", offsetof(batch_options, langs), NULL},
    {"--manifest", offsetof(batch_options, manifest), NULL},
    {"--only", offsetof(batch_options, only), NULL},
    {"--skip", offsetof(batch_options, skip), NULL},
    {"--merge-into", offsetof(batch_options, into), NULL},
    {"--shard", 0, set_shard},
    {"-j", 0, set_threads},
    {"--jobs", 0, set_threads},
    {"--progress", 0, set_progress},
};

static int
own_option(void *options, const char *arg, int argc, char **argv, int *i)
{
    batch_options *o = options;
    if (strcmp(arg, "--fail-fast") == 0 || strcmp(arg, "--keep-going") == 0) {
        o->fail_fast = arg[2] == 'f';
        return 0;
    }
    if (strcmp(arg, "--summary") == 0 || strcmp(arg, "--json") == 0) {
        *(arg[2] == 's' ? &o->summary : &o->json) = true;
        return 0;
    }
    if (arg[0] == '-' && arg[1] == 'j' && arg[2] >= '0' && arg[2] <= '9')
        return set_threads(o, arg + 2);
    return cli_valued_option(valued, sizeof valued / sizeof valued[0], o, arg, argc, argv, i);
}

/* The file that stands for all outputs, as far as the options name it. */
static const char *
account(const batch_options *o)
{
    return o->into ? o->into : o->manifest ? o->manifest : "-";
}

/* Do the options make sense together? */
static int
check(const batch_options *o)
{
    if (o->summary)
        return o->common->n_operands > 0 ? 0 : cli_usage_error("--summary needs a manifest");
    if (o->json)
        return cli_usage_error("--json goes with --summary; --progress=json and --diagnostics=json "
                               "with a batch");
    if (o->common->n_operands != 1)
        return cli_usage_error(o->common->n_operands == 0 ? "batch needs a letter"
                                                          : "batch takes one letter, not %d",
                               o->common->n_operands);
    int deps = cli_deps_check(o->common, account(o));
    if (deps != 0)
        return deps;
    if (o->common->sarif)
        return cli_usage_error("batch tells as text or json: check makes a log of SARIF");
    if (o->common->record)
        return cli_usage_error("batch takes all records: --records FILE");
    if (!o->records)
        return cli_usage_error("batch needs --records FILE");
    if (o->into && o->manifest)
        return cli_usage_error("--merge-into writes one file, which has no manifest");
    if (!o->common->out && !o->into)
        return cli_usage_error(
            "batch needs --output 'FOLDER/{n}.pdf', with the names of the outputs");
    if (o->common->dump >= 0)
        return cli_usage_error("batch makes PDFs: --dump is for render");
    if (strcmp(o->common->operand[0], "-") == 0 && strcmp(o->records, "-") == 0)
        return cli_usage_error("the letter and the records cannot both be standard input");
    return 0;
}

/* ---- the run ---- */

static int
add_languages(const batch_options *o, chancery_batch *batch)
{
    for (const char *from = o->langs; from;) {
        const char *comma = strchr(from, ',');
        size_t      n     = comma ? (size_t)(comma - from) : strlen(from);
        char        tag[64];
        if (n == 0 || n >= sizeof tag)
            return cli_usage_error("--lang takes language tags, as en,fr,ar, not '%s'", o->langs);
        memcpy(tag, from, n);
        tag[n]     = '\0';
        int status = (int)chancery_batch_add_language(batch, tag);
        if (status == CHANCERY_ERR_ARGUMENT)
            return cli_usage_error("--lang has '%s' twice", tag);
        if (status != CHANCERY_OK)
            return status;
        from = comma ? comma + 1 : NULL;
    }
    return 0;
}

static int
configure(const batch_options *o, chancery_batch *batch)
{
    int status = (int)chancery_batch_set_letter(batch, o->common->operand[0]);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_records(batch, o->records,
                                                 (chancery_records)o->common->records_format);
    if (status == CHANCERY_OK)
        status = add_languages(o, batch);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_output(batch, o->common->out);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_merge(batch, o->into);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_manifest(batch, o->manifest);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_only(batch, o->only);
    if (status == CHANCERY_OK)
        status = (int)chancery_batch_set_skip(batch, o->skip);
    if (status == CHANCERY_OK && o->shards > 0)
        status = (int)chancery_batch_set_shard(batch, o->shard, o->shards);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    chancery_batch_set_threads(batch, o->threads > 0 ? o->threads
                                      : cores > 0    ? (unsigned)cores
                                                     : 1);
    chancery_batch_set_fail_fast(batch, o->fail_fast);
    chancery_batch_set_json(batch, o->common->json);
    return status;
}

static int
run(const batch_options *o, chancery_batch *batch)
{
    watch            w       = {.o = o, .batch = batch, .begun = monotonic()};
    struct sigaction handler = {.sa_handler = stop};
    w.said                   = w.begun;
    chancery_batch_set_calls(batch, tell, made, wall_clock, &w);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error that we report */
    running = batch;
    sigaction(SIGINT, &handler, NULL);
    sigaction(SIGTERM, &handler, NULL);
    int status = (int)chancery_batch_run(batch);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    running = NULL;
    print_end(&w);
    return status;
}

/* The rule is about what stands for all outputs, unless the options name a target. */
static int
write_deps(const batch_options *o, const chancery_batch *batch, int status)
{
    cli_deps *d  = cli_deps_new();
    bool      ok = d != NULL;
    for (size_t i = 0; ok && i < chancery_batch_inputs(batch); i++) {
        const char *input = chancery_batch_input(batch, i);
        ok                = cli_deps_file(d, input, strcmp(input, o->common->operand[0]) == 0);
    }
    if (ok)
        status = cli_deps_finish(o->common, d, account(o), status);
    cli_deps_free(d);
    return ok ? status : CHANCERY_ERR_IO;
}

/* What a letter gives back the next one asks for again: the system need not see it in between. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
    enum { MIB = 1 << 20 };
    mallopt(M_TRIM_THRESHOLD, 2 * MIB);
    mallopt(M_MMAP_THRESHOLD, MIB);
#endif
}

static int
summarize(const batch_options *o, chancery_job *job)
{
    size_t n = 0;
    int    status =
        (int)chancery_job_summary(job, o->common->operand, (size_t)o->common->n_operands, o->json);
    const void *text = chancery_job_output(job, &n);
    cli_print_diagnostics(o->common, job, 0);
    return n == 0 || fwrite(text, 1, n, stdout) == n ? status : CHANCERY_ERR_IO;
}

int
cli_batch(cli_options *common, int argc, char **argv)
{
    batch_options o      = {.common = common};
    int           status = cli_parse(common, argc, argv, own_option, &o);
    if (status == 0)
        status = check(&o);
    if (status != 0)
        return status;
    if (o.progress == PROGRESS_AUTO)
        o.progress = common->quiet           ? PROGRESS_NONE
                     : isatty(STDERR_FILENO) ? PROGRESS_BAR
                                             : PROGRESS_PLAIN;
    keep_memory();
    chancery_engine *engine = NULL;
    chancery_job    *job    = NULL;
    bool             ready  = cli_open(common, &engine, &job, &status);
    if (ready && o.summary) {
        status = summarize(&o, job);
    } else if (ready) {
        chancery_batch *batch = chancery_batch_new(job);
        status                = batch ? configure(&o, batch) : CHANCERY_ERR_IO;
        if (status == CHANCERY_OK)
            status = run(&o, batch);
        if (common->depfile && batch)
            status = write_deps(&o, batch, status);
        chancery_batch_free(batch);
    }
    cli_close(engine, job);
    return status;
}
