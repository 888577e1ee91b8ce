/* base/diag_add.h -- how ctx.c puts a diagnostic into the collection; for base/ alone. */
#ifndef CH_BASE_DIAG_ADD_H
#define CH_BASE_DIAG_ADD_H

#include "base/diag.h"

/* Fill severity and text of g from its code and the arguments, and keep it. */
void ch_diags_add(ch_diags *d, ch_diag g, va_list ap);
/* Put a hint on the diagnostic added last; nothing when there is none. */
void ch_diags_hint(ch_diags *d, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* The same with the source of the rule that it is about; it lives as long as d. */
void ch_diags_cite(ch_diags *d, ch_str source);

void ch_diags_waive(ch_diags *d, ch_str reason);

/* For its printed forms: where it is (line and column 0 when that is not known) and JSON. */
void ch_diag_place(const ch_diags *d, const ch_diag *g, const ch_source **s, uint32_t *line,
                   uint32_t *column);
void ch_diag_print_json_string(ch_buf *out, const char *name, ch_str s);

#endif
