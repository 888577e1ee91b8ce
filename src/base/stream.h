/* base/stream.h -- a file that is read a piece at a time, for those that may be of any size.
 * malloc'd, so that it outlives the arenas of a job.  Threads: one at a time. */
#ifndef CH_BASE_STREAM_H
#define CH_BASE_STREAM_H

#include "base/host.h"

typedef struct ch_stream ch_stream;

/* path "-" is standard input.  *out is NULL unless CH_FILE_OK. */
ch_file_error ch_stream_open(const char *path, ch_stream **out, int *os_error);
/* Bytes in memory, which must stay; NULL when memory ran out. */
ch_stream *ch_stream_of(ch_str bytes);
/* Up to n bytes; *got is 0 at the end only. */
ch_file_error ch_stream_read(ch_stream *s, void *to, size_t n, size_t *got, int *os_error);
void          ch_stream_close(ch_stream *s); /* NULL is fine */

#endif
