/* base/diag.h -- diagnostics: what the user is told, and where.
 *
 * Nodes and messages carry byte offsets; line and column are worked out only when a
 * diagnostic is printed.  Every message has a code from codes.def, never renumbered.
 * A pass reports all it can find; the job stops at the end of a pass with an error.
 * Equal warnings (same code, same text, no place) fold into a count. */
#ifndef CH_BASE_DIAG_H
#define CH_BASE_DIAG_H

#include "base/buf.h"

typedef enum ch_severity { CH_NOTE, CH_WARNING, CH_ERROR } ch_severity;

/* Codes: CH_E2014_misplaced_element, CH_W6001_..., CH_N6101_...; see codes.def. */
typedef enum ch_code {
    CH_CODE_NONE = 0,
#define CODE(letter, number, slug, text) CH_##letter##number##_##slug,
#include "base/codes.def"
#undef CODE
    CH_CODE_COUNT
} ch_code;

/* A byte range [from, to) of source number `source` (1 up; 0: no place known). */
typedef struct ch_where {
    uint32_t source, from, to;
} ch_where;

#define CH_NOWHERE ((ch_where){0, 0, 0})

typedef struct ch_source {
    ch_str name;             /* as the user gave it; "<stdin>" for standard input */
    ch_str bytes;            /* kept until the job ends */
    CH_VEC(ch_where) hidden; /* what must not be shown, in rising order */
} ch_source;

typedef struct ch_diag {
    ch_severity severity;
    ch_code     code;
    ch_where    where;
    ch_str      text;   /* one line, no final stop */
    ch_str      hint;   /* may be empty */
    ch_str      source; /* the rule's: who says so; may be empty */
    bool        waived; /* the letter waives its rule, for this reason */
    ch_str      reason;
    uint32_t    line, column; /* for places outside a kept source (CSV): 0 = use where */
    unsigned    times;        /* 1, or how often an equal warning came */
} ch_diag;

typedef struct ch_diags ch_diags;

ch_diags        *ch_diags_new(ch_arena *a);
uint32_t         ch_diags_source(ch_diags *d, ch_str name, ch_str bytes); /* its number */
const ch_source *ch_diags_source_at(const ch_diags *d, uint32_t source);
/* Take over the sources of another collection, which outlives this one (it has none yet), under
 * the same numbers: places in what was made of them can then be told here. */
void ch_diags_share(ch_diags *d, const ch_diags *from);
/* What stands in [from, to) of a source is shown to nobody: an excerpt has "[withheld]" in its
 * place, and a message about it says nothing that was read there.  Behind what is hidden already. */
void ch_diags_hide(ch_diags *d, uint32_t source, uint32_t from, uint32_t to);
/* Is a part of [from, to) hidden?  s may be NULL. */
bool ch_source_hides(const ch_source *s, uint32_t from, uint32_t to);
/* Put the diagnostics from number `from` on in the order of their places, those of one place in
 * the order they came.  All of them must have a place. */
void           ch_diags_sort(ch_diags *d, size_t from);
size_t         ch_diags_count(const ch_diags *d);
const ch_diag *ch_diags_at(const ch_diags *d, size_t i);
size_t         ch_diags_errors(const ch_diags *d);
size_t         ch_diags_warnings(const ch_diags *d);
size_t         ch_diags_said(const ch_diags *d); /* how often anything was reported */

/* Line and column (code points, both from 1) of an offset in a source. */
void ch_source_line_column(const ch_source *s, uint32_t offset, uint32_t *line, uint32_t *column);

/* "file:line:col: error: text [E2014 misplaced-element]", then the source line with a
 * caret under it and "hint: ..." (text form), or one JSON object on a line (json form). */
void ch_diag_print_text(ch_buf *out, const ch_diags *d, const ch_diag *g);
void ch_diag_print_json(ch_buf *out, const ch_diags *d, const ch_diag *g);
/* One result object of SARIF 2.1.0, without a line feed; columns are code points.  letter: where
 * one without a place belongs to; may be empty. */
void ch_diag_print_sarif(ch_buf *out, const ch_diags *d, const ch_diag *g, ch_str letter);

char        ch_code_letter(ch_code c); /* 'E', 'W' or 'N' */
ch_severity ch_code_severity(ch_code c);
const char *ch_severity_name(ch_severity s); /* "error", "warning" or "note" */
unsigned    ch_code_number(ch_code c);       /* 2014 */
const char *ch_code_slug(ch_code c);         /* "misplaced-element" */
const char *ch_code_template(ch_code c);

#endif
