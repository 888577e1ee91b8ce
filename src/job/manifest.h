/* job/manifest.h -- the account of a batch: a file of JSON Lines that is added to while it runs.
 *
 *   {"chancery-manifest":1,...}      a header: what the batch is; the last one counts
 *   {"files":"ID","read":[...]}      files that outputs were made from, with their digests
 *   {"record":7,"lang":"fr",...}     an output; the last of a name, and of a record and language
 *
 * A line is written by one call, when the output stands in its place, so that whenever the process
 * is killed the file is whole but for its last line, which is cut off when it is opened again.
 * At the end it is written anew, sorted by record, and put in its place at once.
 *
 * Only where the lines stand is kept in memory.
 * Threads: ch_manifest_find any number at once; the others one, and none at the same time as
 * ch_manifest_finish. */
#ifndef CH_JOB_MANIFEST_H
#define CH_JOB_MANIFEST_H

#include "base/base.h"

/* The line of an output, or what a batch found out about it.  Strings may be empty. */
typedef struct ch_account {
    size_t   record;
    ch_str   key, lang, path;
    bool     done;
    ch_str   inputs; /* digest of all that it was made from, in hexadecimal */
    ch_str   files;  /* ID of a line of files */
    ch_str   pdf;    /* digest of the file */
    uint64_t bytes;
    size_t   pages, warnings, review; /* review: texts that a native speaker has not approved */
    ch_str   text;                    /* digest of the letter's text */
    ch_str   codes;                   /* of the diagnostics, each once, "W3003 W6001" */
    ch_str   fault;                   /* of a failed one: what is wrong */
    int64_t  start_us, took_us;       /* by the caller's clock; start_us 0: it has none */
} ch_account;

typedef struct ch_manifest ch_manifest;

/* Open or make it, lock it, read what it says.  Reports E1006, E1045, W1046, E1047. */
ch_status ch_manifest_open(ch_ctx *cx, const char *path, ch_manifest **out);
void      ch_manifest_close(ch_manifest *m); /* NULL is allowed */

/* How many output lines it had when it was opened. */
size_t ch_manifest_count(const ch_manifest *m);
/* The account of an output by its path, when there is one of a file that was made. */
bool ch_manifest_find(const ch_manifest *m, ch_arena *a, ch_str path, ch_account *out);

/* Lines of files: is there one of this ID?  Each of them once, i from 0: false at the end.  *line is
 * the whole line, in a. */
bool ch_manifest_has_files(const ch_manifest *m, ch_str id);
/* Its number i below, when it was there when the manifest was opened; else SIZE_MAX. */
size_t ch_manifest_find_files(const ch_manifest *m, ch_str id);
size_t ch_manifest_files_count(const ch_manifest *m); /* when it was opened */
bool   ch_manifest_files_at(const ch_manifest *m, ch_arena *a, size_t i, ch_str *line);

/* Add a header, unless it is the last one already. */
ch_status ch_manifest_set_header(ch_manifest *m, ch_ctx *cx, ch_str line);
/* Add a line, which ends in a line feed.  Reports E1006. */
ch_status ch_manifest_add(ch_manifest *m, ch_ctx *cx, ch_str line);
/* The same of a line of files, which is then known. */
ch_status ch_manifest_add_files(ch_manifest *m, ch_ctx *cx, ch_str id, ch_str line);
/* Sort it, if it is not sorted already.  langs: their order.  Reports E1006. */
ch_status ch_manifest_finish(ch_manifest *m, ch_ctx *cx, const ch_str *langs, size_t n_langs);

/* ---- lines ---- */

void ch_account_print(ch_buf *out, const ch_account *a);

typedef enum ch_line_kind {
    CH_LINE_BAD,
    CH_LINE_HEADER,
    CH_LINE_FILES,
    CH_LINE_OUTPUT
} ch_line_kind;
/* What a line is; an output's account in *out, all of it in a. */
ch_line_kind ch_account_read(ch_arena *a, ch_str line, ch_account *out);

/* A file line by line, through a buffer that grows with its longest line. */
typedef struct ch_log_lines {
    int      fd;
    char    *buf; /* malloc'd */
    size_t   cap, from, to;
    uint64_t at; /* offset of buf[from] */
    size_t   number;
    bool     torn; /* the last line had no end */
} ch_log_lines;
void ch_log_lines_begin(ch_log_lines *l, int fd);
/* false at the end, or when reading fails (*os_error).  The line is without its line feed. */
bool ch_log_lines_next(ch_log_lines *l, ch_str *line, uint64_t *offset, int *os_error);
void ch_log_lines_end(ch_log_lines *l);

#endif
