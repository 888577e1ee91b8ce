/* job/batch_inside.h -- what the parts of a batch share; for batch.c, plan.c, worker.c and
 * output.c. */
#ifndef CH_JOB_BATCH_INSIDE_H
#define CH_JOB_BATCH_INSIDE_H

#include "job/batch.h"
#include "job/names.h"
#include "job/records.h"
#include "job/select.h"
#include "letter/merge.h"
#include "pdf/merge.h"

#include <pthread.h>

/* The letter, read once, and its tree in each language.  Read-only when threads have it. */
typedef struct ch_letters {
    ch_template *at; /* one a language, as the rest */
    ch_str      *lang, *name, *bytes;
    size_t       n;
} ch_letters;

typedef struct ch_stretch {
    size_t from, to; /* from 0: nothing yet */
} ch_stretch;

/* Which names there are.  Read-only when threads have it. */
typedef struct ch_plan {
    const ch_names *names;
    ch_select      *only, *skip; /* NULL: all */
    uint64_t       *hash; /* malloc'd: of each name, folded; only those that came twice stay */
    size_t          n_hashes, cap;
    ch_map         *name;     /* of those, as folded: the record that had it first */
    ch_map         *clash;    /* as folded: those that two records have; the last of them */
    bool            hopeless; /* no record has what the names need */
    size_t          records;  /* how many there are */
    ch_buf         *ranges;   /* a language: which records are meant, "1-5,7" */
    ch_stretch     *open;     /* a language: the last of them */
} ch_plan;

/* One record with its outputs, on its way through a thread. */
typedef struct ch_slot {
    ch_arena        *arena;  /* of the record; kept from record to record */
    const ch_record *record; /* NULL: it could not be read */
    const ch_diag   *fault;  /* of one that could not; in the arena, without a source */
    size_t           number;
    bool            *meant, *made; /* a language */
    size_t           next, done;   /* outputs that were taken, that are finished */
    ch_output       *output;       /* a language */
} ch_slot;

typedef struct ch_worker {
    struct ch_batch_state *run;
    pthread_t              thread;
    bool                   started;
    ch_job                 job;
    ch_arena              *kept; /* as long as the worker */
    ch_fields_used        *used;
    char                  *aside; /* the name of its unfinished output */
    struct {
        uint64_t key;
        char     id[17];
    } files[64]; /* lists of files that it has met, by what is on them */
} ch_worker;

typedef struct ch_batch_state {
    ch_batch       *b;
    ch_job          job;  /* what lives as long as the batch, and its messages */
    ch_job          scan; /* for reading records: its memory goes with each */
    size_t          told; /* how many of job's messages were handed on */
    ch_letters      letter;
    ch_inputs      *own; /* the letter's inputs, without a catalogue */
    ch_plan         plan;
    ch_str          manifest_name;
    ch_manifest    *manifest;
    uint64_t        same[1024]; /* messages that were told */
    size_t          n_same;
    bool           *files_hold; /* of the manifest's lines of files: nothing on it has changed */
    char           *workplace;  /* the folder where outputs are written, below their own */
    ch_str          options;    /* what else an output depends on, in words */
    ch_str          from_stdin; /* records that cannot be read twice; p NULL: a file */
    bool            has_source;
    ch_file_id      source; /* of the file, when it was read for the names */
    ch_records     *records;
    ch_pdf_merge   *into; /* NULL: each letter is a file */
    ch_arena       *into_arena;
    ch_fields_used *used;

    pthread_mutex_t lock; /* guards what follows and the slots' counts */
    pthread_cond_t  work, result;
    ch_slot        *slot;                /* a ring */
    size_t          n_slots, head, fill; /* the oldest; how many are in use */
    size_t          running;             /* threads */
    ch_status       worst;               /* of what failed, the first */
    bool            strict;              /* one failed for a warning alone */
    bool            stop, closed;        /* take no more; there will be no more */
    uint64_t        folder[256];         /* hashes of folders that were made or found */
    ch_worker      *worker;
    size_t          n_workers;
} ch_batch_state;

/* plan.c: the names.  Tells what is wrong with them. */
ch_status ch_plan_make(ch_batch_state *r);
/* Is it meant by --only, --skip?  And does this shard make it? */
bool ch_plan_means(ch_batch_state *r, ch_arena *scratch, const ch_record *rec, ch_str lang);
bool ch_plan_ours(const ch_batch_state *r, size_t number);
/* A record whose output has the name that this one's has; 0: none.  Any thread. */
size_t ch_plan_clashes(const ch_batch_state *r, ch_arena *scratch, ch_str name, size_t number);

/* output.c: one output of a record, into o.  On the worker's thread. */
void ch_output_make(ch_worker *w, const ch_slot *s, size_t lang, ch_output *o);
void ch_output_clear(ch_output *o);
/* Hand the messages of a job, from number `from` on, to *told, each with the record's number. */
void ch_told_collect(ch_job *job, size_t from, size_t record, ch_str lang, bool json,
                     ch_told **told, size_t *n);

/* batch_inputs.c: a file, and all on a line of files; false without memory. */
bool ch_batch_input_add(ch_batch *b, const char *path);
bool ch_batch_inputs_add(ch_batch *b, ch_str line);
void ch_batch_inputs_clear(ch_batch *b);

/* worker.c */
ch_status ch_workers_start(ch_batch_state *r);
void      ch_workers_stop(ch_batch_state *r); /* those under way finish what they have */

/* batch.c */
ch_status ch_run_open_records(ch_batch_state *r); /* reports into job */
/* Hand on what the batch's own jobs have to say since the last time. */
void ch_run_tell(ch_batch_state *r);
void ch_run_tell_scan(ch_batch_state *r, size_t record);

#endif
