/* job/summary.h -- what the manifests of a batch and of its shards say together: done, failed,
 * missing.
 *
 * Reads:   manifests (job/manifest.h), each alone or several in one file.
 * Makes:   a report, as text or as JSON.
 * Memory:  a byte for each output. */
#ifndef CH_JOB_SUMMARY_H
#define CH_JOB_SUMMARY_H

#include "base/base.h"

/* The report, in cx->job; *whole: every output that was planned is done.
 * Returns: CH_OK; CH_ERR_HOST, CH_ERR_INPUT when a manifest cannot be read or is of another batch
 *          (reported: E1001, E1003, E1045, E1052, W1046). */
ch_status ch_summary_make(ch_ctx *cx, const char *const *manifests, size_t n, bool json,
                          ch_str *out, bool *whole);

#endif
