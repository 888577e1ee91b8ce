/* job/batch.h -- one letter to many: for each record and each language an output.
 *
 * Reads:   a letter, records, settings.
 * Makes:   files, a manifest of them (job/manifest.h), and reports of each, in the order of the
 *          records, whatever the number of threads.
 *
 * First the letter is read, once, and a tree made of it for each language.  Then the records are
 * gone through for the names of their outputs; what is wrong with a name is told before anything is
 * written.  Then they are gone through again, and threads render them; what the manifest says was
 * made of the same, and still stands in its place, is left alone.
 *
 * Memory:  that of the threads, and 8 bytes for each output (24 while an old manifest is sorted).
 * Threads: a batch belongs to one; only `cancelled` may be set by others, and by signal handlers. */
#ifndef CH_JOB_BATCH_H
#define CH_JOB_BATCH_H

#include "job/manifest.h"
#include "job/render.h"

/* Something that a person is told. */
typedef struct ch_told {
    ch_severity severity;
    char       *text; /* malloc'd: as text, or as JSON; ends in a line feed */
    char        code[8];
    uint64_t    same; /* equal for messages that differ in their record alone */
} ch_told;

typedef enum ch_output_state {
    CH_OUTPUT_FAILED,
    CH_OUTPUT_DONE,
    CH_OUTPUT_UP_TO_DATE
} ch_output_state;

/* What became of an output. */
typedef struct ch_output {
    size_t          record;
    ch_str          lang;
    ch_output_state state;
    ch_status       why;    /* of one that failed */
    bool            strict; /* it failed for a warning alone */
    bool            fatal;  /* no other can be written, either */
    char           *path;   /* malloc'd; NULL when it has no name */
    size_t          pages, warnings, review;
    char           *line, *files_id, *files_line; /* of the manifest; malloc'd, or NULL */
    ch_told        *told;
    size_t          n_told;
} ch_output;

typedef void    ch_batch_tell(void *user, const ch_told *told);
typedef void    ch_batch_made(void *user, const ch_output *output);
typedef int64_t ch_batch_clock(void *user); /* microseconds since 1970; of any thread */

typedef struct ch_batch {
    const ch_job *settings; /* of every letter; nothing is rendered with it */
    /* malloc'd; manifest NULL: manifest.jsonl in the outputs' folder */
    char    *letter, *records, *output, *manifest, *only, *skip;
    char    *into; /* all letters go into this file, in the order of the records and languages, and
                      there are neither outputs nor a manifest; NULL: each is a file */
    int      format; /* a ch_records_format */
    char   **lang;   /* malloc'd; none: the letter's own */
    size_t   n_langs;
    size_t   shard, shards; /* the first is 1; shards 0: all of it */
    unsigned threads;       /* 0: one */
    bool     fail_fast, json;

    ch_batch_tell  *tell; /* each may be NULL */
    ch_batch_made  *made;
    ch_batch_clock *clock;
    void           *user;
    _Atomic int     cancelled;

    /* What came of it. */
    size_t planned, done, up_to_date, failed, warnings;
    char **input; /* the files that its outputs depend on; malloc'd */
    size_t n_inputs;
    char *
        account; /* the file that stands for all outputs: the manifest, or the one file; malloc'd */
    size_t repeated; /* warnings and notes that were told of an earlier record, and not again */
} ch_batch;

/* Run it.
 * Returns: CH_OK when every output stands in its place; else the first reason why not.
 *          *strict: it was a warning. */
ch_status ch_batch_run(ch_batch *b, bool *strict);
/* The settings that are malloc'd go. */
void ch_batch_clear(ch_batch *b);

#endif
