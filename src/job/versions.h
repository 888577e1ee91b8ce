/* job/versions.h -- several versions of one letter, laid side by side.
 *
 * Reads:   the letters' bytes.
 * Makes:   the report of their differences (letter/parity.h) as the job's output. */
#ifndef CH_JOB_VERSIONS_H
#define CH_JOB_VERSIONS_H

#include "job/render.h"

typedef struct ch_versions {
    const char *const *letters; /* files; one may be "-" */
    size_t             n;       /* 2 or more: each is compared with the first */
    bool               json;
    size_t             differences; /* made */
} ch_versions;

/* CH_OK also when there are differences. */
ch_status ch_job_compare(ch_job *job, ch_versions *v);

#endif
