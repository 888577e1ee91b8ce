/* base/ctx.h -- what every pass of a job is handed: its memory, its messages, its limits.
 * Threads: a context belongs to one job and one thread at a time. */
#ifndef CH_BASE_CTX_H
#define CH_BASE_CTX_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/host.h"
#include "base/keep.h"

/* Which form of a letter is made from its source; none of it changes what the letter says. */
typedef enum ch_letterhead_form {
    CH_LETTERHEAD_BY_STYLE, /* as the sheet has it */
    CH_LETTERHEAD_DRAWN,    /* in its colours */
    CH_LETTERHEAD_BLACK,    /* its rules, text and emblem without colour */
    CH_LETTERHEAD_BLANK,    /* the paper has it: its room stays */
    CH_LETTERHEAD_FORMS
} ch_letterhead_form;
typedef enum ch_copy_form {
    CH_COPY_ORIGINAL,
    CH_COPY_DRAFT,
    CH_COPY_COPY,
    CH_COPY_FILE, /* the file copy: also what the original never has */
    CH_COPY_FORMS
} ch_copy_form;

typedef struct ch_ctx {
    ch_arena          *job;     /* until the job ends */
    ch_arena          *scratch; /* mark and rewind inside a function */
    ch_keep           *keep;    /* from letter to letter; NULL: nothing is kept */
    ch_diags          *diags;
    ch_limits          limits;
    bool               tell_waived; /* what a letter waives is said, too, as waived */
    bool               explain;     /* the page pass says what it decided, as notes */
    ch_letterhead_form letterhead;
    ch_copy_form       copy;
    const ch_str      *allowed; /* further folders that a letter may read from */
    size_t             n_allowed;
    struct ch_inputs  *inputs; /* the files that were read (inputs.h); NULL: they are not listed */
} ch_ctx;

/* Report one diagnostic: the arguments are those of the code's template in codes.def
 * (printf form; a ch_str is passed as CH_ARG(s) for "%.*s"). */
void ch_report(ch_ctx *cx, ch_code code, ch_where where, ...);
void ch_vreport(ch_ctx *cx, ch_code code, ch_where where, va_list ap);
/* The same at a line and column of a named source (CSV rows). */
void ch_report_at(ch_ctx *cx, ch_code code, uint32_t source, uint32_t line, uint32_t column, ...);
/* Say why a file cannot be read: name is what its user calls it, max the limit that it passed.
 * Returns: CH_OK when nothing is wrong; CH_ERR_LIMIT; `absent` where it is not there or is a folder;
 * CH_ERR_HOST. */
ch_status ch_report_file(ch_ctx *cx, ch_where where, ch_str name, ch_file_error err, int os_error,
                         size_t max, ch_status absent);
/* An arena that outlives the job once it is kept; until then it goes with the job, so that nothing
 * is lost when memory runs out on the way.  Reports E1008. */
ch_status ch_lasting_begin(ch_ctx *cx, ch_arena ***holder);
void      ch_lasting_keep(ch_arena **holder);
/* Put a hint on the diagnostic reported last. */
void ch_hint(ch_ctx *cx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Say on the diagnostic reported last whose rule it is; source lives as long as the job. */
void ch_cite(ch_ctx *cx, ch_str source);
/* The diagnostic reported last is of a rule that the letter waives, for this reason: it counts neither
 * as an error nor as a warning. */
void ch_waive(ch_ctx *cx, ch_str reason);

#define CH_ARG(s) (int)(s).n, (s).p

#endif
