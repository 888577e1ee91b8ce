#include "api.h"

#include "job/batch.h"
#include "job/summary.h"

#include <stdlib.h>
#include <string.h>

_Static_assert((int)CHANCERY_OUTPUT_UP_TO_DATE == (int)CH_OUTPUT_UP_TO_DATE, "outputs");

struct chancery_batch {
    ch_batch              in;
    chancery_batch_tell  *tell;
    chancery_batch_made  *made;
    chancery_batch_clock *clock;
    void                 *user;
};

chancery_batch *
chancery_batch_new(const chancery_job *settings)
{
    chancery_batch *batch = settings ? calloc(1, sizeof *batch) : NULL;
    if (batch)
        batch->in.settings = &settings->in;
    return batch;
}

void
chancery_batch_free(chancery_batch *batch)
{
    if (!batch)
        return;
    ch_batch_clear(&batch->in);
    free(batch);
}

chancery_status
chancery_batch_set_letter(chancery_batch *batch, const char *path)
{
    return batch ? ch_api_set_string(&batch->in.letter, path) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_batch_set_records(chancery_batch *batch, const char *path, chancery_records format)
{
    if (!batch || (unsigned)format > CHANCERY_RECORDS_XML)
        return CHANCERY_ERR_ARGUMENT;
    batch->in.format = (int)format;
    return ch_api_set_string(&batch->in.records, path);
}

chancery_status
chancery_batch_add_language(chancery_batch *batch, const char *tag)
{
    if (!batch || !tag || !*tag)
        return CHANCERY_ERR_ARGUMENT;
    for (size_t i = 0; i < batch->in.n_langs; i++)
        if (strcmp(batch->in.lang[i], tag) == 0)
            return CHANCERY_ERR_ARGUMENT;
    char  *copy = strdup(tag);
    char **more = copy ? realloc(batch->in.lang, (batch->in.n_langs + 1) * sizeof *more) : NULL;
    if (!more) {
        free(copy);
        return CHANCERY_ERR_IO;
    }
    more[batch->in.n_langs++] = copy;
    batch->in.lang            = more;
    return CHANCERY_OK;
}

chancery_status
chancery_batch_set_output(chancery_batch *batch, const char *pattern)
{
    return batch ? ch_api_set_string(&batch->in.output, pattern) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_batch_set_merge(chancery_batch *batch, const char *path)
{
    return batch ? ch_api_set_string(&batch->in.into, path) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_batch_set_manifest(chancery_batch *batch, const char *path)
{
    return batch ? ch_api_set_string(&batch->in.manifest, path) : CHANCERY_ERR_ARGUMENT;
}

void
chancery_batch_set_threads(chancery_batch *batch, unsigned threads)
{
    if (batch)
        batch->in.threads = threads < 1024 ? threads : 1024;
}

chancery_status
chancery_batch_set_shard(chancery_batch *batch, size_t shard, size_t of)
{
    if (!batch || shard < 1 || shard > of)
        return CHANCERY_ERR_ARGUMENT;
    batch->in.shard  = shard;
    batch->in.shards = of;
    return CHANCERY_OK;
}

chancery_status
chancery_batch_set_only(chancery_batch *batch, const char *expression)
{
    return batch ? ch_api_set_string(&batch->in.only, expression) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_batch_set_skip(chancery_batch *batch, const char *expression)
{
    return batch ? ch_api_set_string(&batch->in.skip, expression) : CHANCERY_ERR_ARGUMENT;
}

void
chancery_batch_set_fail_fast(chancery_batch *batch, int fail_fast)
{
    if (batch)
        batch->in.fail_fast = fail_fast != 0;
}

void
chancery_batch_set_json(chancery_batch *batch, int json)
{
    if (batch)
        batch->in.json = json != 0;
}

static void
batch_tell(void *user, const ch_told *told)
{
    const chancery_batch *batch = user;
    batch->tell(batch->user, (chancery_severity)told->severity, told->code, told->text);
}

static void
batch_made(void *user, const ch_output *output)
{
    const chancery_batch *batch = user;
    batch->made(batch->user, (const chancery_output *)output);
}

static int64_t
batch_clock(void *user)
{
    const chancery_batch *batch = user;
    return batch->clock(batch->user);
}

void
chancery_batch_set_calls(chancery_batch *batch, chancery_batch_tell *tell,
                         chancery_batch_made *made, chancery_batch_clock *clock, void *user)
{
    if (!batch)
        return;
    batch->tell     = tell;
    batch->made     = made;
    batch->clock    = clock;
    batch->user     = user;
    batch->in.tell  = tell ? batch_tell : NULL;
    batch->in.made  = made ? batch_made : NULL;
    batch->in.clock = clock ? batch_clock : NULL;
    batch->in.user  = batch;
}

chancery_status
chancery_batch_run(chancery_batch *batch)
{
    if (!batch || !batch->in.letter || !batch->in.records || (!batch->in.output && !batch->in.into))
        return CHANCERY_ERR_ARGUMENT;
    bool      strict_failed = false;
    ch_status st            = ch_batch_run(&batch->in, &strict_failed);
    return strict_failed && st == CH_ERR_INPUT ? CHANCERY_ERR_STRICT : ch_api_status(st);
}

void
chancery_batch_cancel(chancery_batch *batch)
{
    if (batch)
        batch->in.cancelled = 1;
}

size_t
chancery_batch_inputs(const chancery_batch *batch)
{
    return batch ? batch->in.n_inputs : 0;
}

const char *
chancery_batch_input(const chancery_batch *batch, size_t i)
{
    return i < chancery_batch_inputs(batch) ? batch->in.input[i] : "";
}

size_t
chancery_batch_counted(const chancery_batch *batch, chancery_batch_count what)
{
    if (!batch)
        return 0;
    switch (what) {
    case CHANCERY_BATCH_PLANNED:
        return batch->in.planned;
    case CHANCERY_BATCH_DONE:
        return batch->in.done;
    case CHANCERY_BATCH_UP_TO_DATE:
        return batch->in.up_to_date;
    case CHANCERY_BATCH_FAILED:
        return batch->in.failed;
    case CHANCERY_BATCH_WARNINGS:
        return batch->in.warnings;
    case CHANCERY_BATCH_REPEATED:
        return batch->in.repeated;
    }
    return 0;
}

typedef struct summary_args {
    const char *const *manifests;
    size_t             n;
    bool               json, whole;
} summary_args;

static ch_status
summarize(ch_job *job, void *arg)
{
    summary_args *a = arg;
    return ch_summary_make(&job->cx, a->manifests, a->n, a->json, &job->output, &a->whole);
}

chancery_status
chancery_job_summary(chancery_job *job, const char *const *manifests, size_t n, int json)
{
    summary_args a = {manifests, n, json != 0, false};
    if (!job || !manifests || n == 0)
        return CHANCERY_ERR_ARGUMENT;
    chancery_status st = ch_api_status(ch_job_do(&job->in, summarize, &a));
    return st == CHANCERY_OK && !a.whole ? CHANCERY_ERR_INPUT : st;
}

chancery_output_state
chancery_output_state_of(const chancery_output *output)
{
    return output ? (chancery_output_state)((const ch_output *)output)->state
                  : CHANCERY_OUTPUT_FAILED;
}

size_t
chancery_output_record(const chancery_output *output)
{
    return output ? ((const ch_output *)output)->record : 0;
}

const char *
chancery_output_path(const chancery_output *output)
{
    const ch_output *o = (const ch_output *)output;
    return o && o->path ? o->path : "";
}

size_t
chancery_output_pages(const chancery_output *output)
{
    return output ? ((const ch_output *)output)->pages : 0;
}

const char *
chancery_output_language(const chancery_output *output, size_t *size)
{
    const ch_output *o = (const ch_output *)output;
    if (size)
        *size = o ? o->lang.n : 0;
    return o ? o->lang.p : "";
}
