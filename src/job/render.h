/* job/render.h -- one letter from start to end: the only place that knows the order of the passes.
 *
 * Reads:   the letter's bytes, an engine.
 * Makes:   the printed form of any pass, or the PDF.
 * Threads: a job belongs to one thread at a time. */
#ifndef CH_JOB_RENDER_H
#define CH_JOB_RENDER_H

#include "input/tree.h"
#include "job/engine.h"
#include "job/fontlock.h"
#include "job/records.h"
#include "letter/merge.h"
#include "letter/translate.h"

typedef enum ch_pass {
    CH_PASS_TREE,
    CH_PASS_LETTER,
    CH_PASS_BLOCKS,
    CH_PASS_RUNS,
    CH_PASS_LINES,
    CH_PASS_PAGES,
    CH_PASS_STRUCTURE,
    CH_PASS_PDF,
    CH_PASS_COUNT
} ch_pass;

typedef int ch_progress(void *user, ch_pass pass, size_t bytes);

/* A letter that was read before, for any number of jobs: its tree in a language, and where it and
 * the messages about it come from.  It outlives what they render. */
typedef struct ch_template {
    const ch_node  *tree;
    const ch_diags *diags;  /* whose sources the places in the tree are of */
    ch_inputs      *inputs; /* what was read for it */
} ch_template;

typedef struct ch_job {
    ch_engine           *engine;
    ch_ctx               cx;
    char                *style;             /* in place of the letter's own; NULL: the letter's */
    char                *addressee, *party; /* of which original; NULL: all */
    char                *lang, *catalog; /* of the output, and of its words; NULL: the letter's */
    ch_translate_options translate;
    char               **allowed; /* folders, malloc'd */
    size_t               n_allowed;
    ch_letterhead_form   letterhead;
    ch_copy_form         copy;
    bool                 tell_waived;
    bool                 strict, explain, has_date;
    int64_t              date;
    ch_limits            limits; /* as asked; 0 is the default */
    ch_progress         *progress;
    void                *progress_user;
    const ch_record
                   *record; /* what fields take their values from; it stays until the job is done */
    ch_fields_used *used;   /* with it, may be NULL; otherwise unused columns are told of */
    ch_record_choice   choice; /* without it: a record to read */
    const ch_template *letter; /* a letter that was read before, which is rendered; NULL: none */
    ch_arena          *kept;   /* its owner's, which passes add to; guarded like its own; or NULL */

    struct ch_pdf_merge *into;       /* PDFs go into this file, and there is no output; or NULL */
    ch_arena            *into_arena; /* its, guarded like the job's own */
    ch_str               into_title; /* of the letter's entry in its outline */

    char               *lock_path; /* of fonts, that letters are held to; NULL: none */
    struct ch_fontlock *lock;      /* as it was read for the first letter */
    bool                gather;    /* the fonts of each letter go into font_lines */
    ch_fontlines        font_lines;

    ch_str            output; /* of the last run */
    size_t            pages, relaxed;
    const ch_str     *editions, *parties; /* of the last letter: their names, NUL-terminated */
    size_t            n_editions, n_parties;
    struct ch_staged *staged; /* outputs that wait beside their places */
    size_t            n_staged;
    ch_str digest; /* of the last letter's text, NUL-terminated; empty when it got no further */
} ch_job;

/* Run fn as a job of its own: what the last run made and said is gone, and a jump out of an arena
 * lands here.  Without CH_OK there is no output. */
typedef ch_status ch_job_task(ch_job *job, void *arg);
ch_status         ch_job_do(ch_job *job, ch_job_task *fn, void *arg);
/* Read a letter to its checked tree.  bytes.p NULL: those of the file `name`, which ends in a NUL
 * ("-": standard input, and the name is then "<stdin>"). */
ch_status ch_job_read(ch_ctx *cx, ch_str *name, ch_str *bytes, const ch_node **tree);
/* The same behind the last run: what it made and said stays. */
ch_status ch_job_more(ch_job *job, ch_job_task *fn, void *arg);
/* A job with memory of its own, or not: CH_ERR_HOST.  What it was given goes with its end. */
ch_status ch_job_begin(ch_job *job, ch_engine *engine);
void      ch_job_end(ch_job *job);

/* The names of the passes, as --dump= takes them. */
const char *ch_pass_name(ch_pass p);

/* The date that outputs are given: the job's own, else that of SOURCE_DATE_EPOCH; false: none. */
bool ch_job_date(const ch_job *job, int64_t *date);
/* Run the passes up to `last`.  bytes.p NULL: read the file `name` ("-": standard input). */
ch_status ch_job_run(ch_job *job, const char *name, ch_str bytes, ch_pass last,
                     bool *strict_failed);
/* Write the output to a file, as ch_file_write_atomic does; reports E1006. */
ch_status ch_job_write(ch_job *job, const char *path);
/* Write the output beside the place that it is meant for, which stays as it is until ch_job_commit
 * puts all that was staged in place; ch_job_discard drops it.  Reports E1006. */
ch_status ch_job_stage(ch_job *job, const char *path);
ch_status ch_job_commit(ch_job *job);
void      ch_job_discard(ch_job *job);
/* One diagnostic in a printed form, NUL-terminated, in the job's memory. */
typedef enum ch_diag_form { CH_DIAG_CODE, CH_DIAG_TEXT, CH_DIAG_JSON, CH_DIAG_SARIF } ch_diag_form;
const char *ch_job_diagnostic(ch_job *job, size_t i, ch_diag_form form);
/* The lock of what was gathered as output; with none gathered, of all roles and scripts. */
ch_status ch_job_font_lock(ch_job *job);
/* The font list as output. */
ch_status ch_job_fonts(ch_job *job);

#endif
