/* job/sarif.h -- diagnostics as a log of SARIF 2.1.0 (OASIS), one log a run of the program.
 *
 * Reads:   the diagnostics of jobs; codes.def and rules.def for what the codes mean.
 * Threads: a log belongs to one thread at a time. */
#ifndef CH_JOB_SARIF_H
#define CH_JOB_SARIF_H

#include "job/render.h"

typedef struct ch_sarif ch_sarif;
ch_sarif               *ch_sarif_new(void); /* NULL: no memory */
void                    ch_sarif_free(ch_sarif *s);
/* Put a job's i-th diagnostic into it.  CH_ERR_HOST: no memory. */
ch_status ch_sarif_add(ch_sarif *s, ch_job *job, size_t i);
/* The log, NUL-terminated; NULL: no memory.  It is the log's until the next call. */
const char *ch_sarif_text(ch_sarif *s, const char *version, int exit_status, size_t *size);

#endif
