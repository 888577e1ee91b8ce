/* job/reading.h -- files that a job reads whole, and what is said when that fails; for job/ alone. */
#ifndef CH_JOB_READING_H
#define CH_JOB_READING_H

#include "base/inputs.h"

/* Read the file `path` (NUL-terminated; "-": standard input) and put it on the job's list.
 * *name: what the user calls it.  Reports: E1001 to E1005. */
ch_status ch_read_input(ch_ctx *cx, ch_input_kind kind, ch_str path, size_t max, ch_str *name,
                        ch_str *bytes);

#endif
