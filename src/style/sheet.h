/* style/sheet.h -- style sheets: read, inherited, checked; immutable once loaded.
 *
 * Reads:   XML (style.def) from styles/ of the data folder or a path; `extends` is followed.
 * Makes:   ch_sheet: geometry, type roles with computed properties, letterhead, furniture.
 * Threads: ch_sheets may be used by many threads; a loaded sheet never changes. */
#ifndef CH_STYLE_SHEET_H
#define CH_STYLE_SHEET_H

#include "base/base.h"
#include "style/blocks.h"

typedef struct ch_sheets ch_sheets;
typedef struct ch_sheet  ch_sheet;

ch_status ch_sheets_new(ch_ctx *cx, ch_str folder, ch_sheets **out);   /* .../styles */
void      ch_sheets_free(ch_sheets *s);

/* By name ("coalition": styles/coalition.xml) or by path (has a '/' or ends in .xml; resolved
 * against base, which may be empty).  Unknown: E4001 at `where`.  Errors inside the sheet are
 * reported with the sheet's own file:line:col. */
ch_status ch_sheet_lookup(ch_sheets *s, ch_ctx *cx, ch_str name, ch_str base, ch_where where,
                          const ch_sheet **out);
ch_str    ch_sheet_name(const ch_sheet *s);
/* The computed properties of a role ("paragraph", "salute", "annex-name", ...). */
const ch_props *ch_sheet_role(const ch_sheet *s, const char *role);
/* Every role with its computed properties, and the geometry. */
void      ch_sheet_dump(ch_buf *out, const ch_sheet *s);

#endif
