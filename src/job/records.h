/* job/records.h -- records from a file, one at a time.
 *
 * Reads:   CSV (a header row, RFC 4180, UTF-8), JSON Lines (an object a line), XML (a root with an
 *          element a record).
 * Makes:   records (letter/record.h).
 * Memory:  that of one record, however many there are.
 * Threads: one at a time. */
#ifndef CH_JOB_RECORDS_H
#define CH_JOB_RECORDS_H

#include "letter/record.h"

typedef enum ch_records_format {
    CH_RECORDS_BY_NAME, /* .csv, .jsonl .ndjson .json, .xml */
    CH_RECORDS_CSV,
    CH_RECORDS_JSON,
    CH_RECORDS_XML
} ch_records_format;

#define CH_RECORD_FIELD_MAX (1u << 20)  /* bytes in a value */
#define CH_RECORD_BYTES_MAX (16u << 20) /* bytes in a record */

typedef struct ch_records ch_records;

/* A format by its name: "csv", "jsonl" (also "json", "ndjson"), "xml"; -1 when there is none. */
int ch_records_format_named(const char *name);

/* Open a file ("-": standard input), or bytes, which must stay until it is closed.
 * Returns:  CH_ERR_HOST, CH_ERR_INPUT (no header row, a format that its name does not tell);
 *           reported, and *out NULL. */
ch_status ch_records_open(ch_ctx *cx, const char *path, ch_records_format format, ch_records **out);
ch_status ch_records_open_bytes(ch_ctx *cx, ch_str name, ch_str bytes, ch_records_format format,
                                ch_records **out);
/* One record of a file, or of bytes. */
typedef struct ch_record_choice {
    char             *name; /* of the file, or what the bytes are called; NULL: no record */
    char             *bytes;
    size_t            size;
    bool              from_bytes;
    ch_records_format format;
    size_t            number; /* from 1 */
} ch_record_choice;
/* Read it into cx->job.  What is wrong with those before it is not told.
 * Reports: as ch_records_next, and E3626 when there are fewer. */
ch_status ch_record_choose(ch_ctx *cx, const ch_record_choice *c, const ch_record **out);

/* The next record, in a; *out NULL and CH_OK at the end.  One that is bad is reported with its
 * place and number, the call returns CH_ERR_INPUT, and the next call goes on behind it; where that
 * cannot be told, the next call finds the end.  CH_ERR_HOST: the file cannot be read on.
 * Reports: 3610-3631. */
ch_status ch_records_next(ch_records *r, ch_ctx *cx, ch_arena *a, const ch_record **out);
/* How many records were met so far, bad ones with them; the number of the one met last. */
size_t ch_records_met(const ch_records *r);
void   ch_records_close(ch_records *r); /* NULL is fine */

#endif
