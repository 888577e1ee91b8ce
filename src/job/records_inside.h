/* job/records_inside.h -- what the readers of records share; for job/records* alone. */
#ifndef CH_JOB_RECORDS_INSIDE_H
#define CH_JOB_RECORDS_INSIDE_H

#include "base/stream.h"
#include "job/records.h"

/* The bytes of a stream from the record at hand on. */
typedef struct ch_window {
    ch_stream *stream;
    char      *p;
    size_t     n, cap, at; /* at: where the record at hand begins */
    bool       end;        /* nothing comes behind p[n] */
    bool       failed;     /* the file could not be read on, or memory ran out */
    int        os_error;
} ch_window;

/* Read on: more bytes at p[n], those before `at` are dropped and `at` is 0 then.  false: there are
 * none. */
bool ch_window_more(ch_window *w);

/* One way to write records. */
typedef struct ch_records_reader {
    /* What is to be read before the first record; NULL: nothing. */
    ch_status (*open)(ch_records *r, ch_ctx *cx);
    ch_status (*next)(ch_records *r, ch_ctx *cx, ch_arena *a, ch_record *out, bool *end);
    void (*close)(ch_records *r);
} ch_records_reader;

struct ch_records {
    const ch_records_reader *reader;
    char                    *name;
    ch_window                w;
    size_t                   met;  /* records so far */
    uint32_t                 line; /* of w.at */
    bool                     over; /* no more records */
    void                    *own;  /* of the reader, malloc'd; its close frees it */
};

extern const ch_records_reader ch_records_csv, ch_records_json, ch_records_xml;

/* Report at a line and column of the file, with the arguments of the code's template. */
#define CH_RECORDS_REPORT(r, cx, code, line, column, ...)                                          \
    ch_report_at((cx), (code), ch_records_source((r), (cx)), (line), (column), __VA_ARGS__)
uint32_t ch_records_source(const ch_records *r, ch_ctx *cx);

/* Is all of a record's text something that a text may hold?  Reports the first byte that is not
 * UTF-8 and the first control character; line is that of the bytes' start. */
bool ch_records_clean(const ch_records *r, ch_ctx *cx, ch_str bytes, uint32_t line);

/* The same of texts that were written with escapes: true when no value below v has a control
 * character. */
bool ch_records_texts_clean(const ch_records *r, ch_ctx *cx, const ch_value *v);

/* Move line and column, both from 1, over bytes. */
void ch_records_move(ch_str bytes, uint32_t *line, uint32_t *column);

#endif
