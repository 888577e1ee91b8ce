/* style/sheet.h -- style sheets: read, inherited, checked; immutable once loaded.
 *
 * Reads:   XML (style.def) from styles/ of the data folder or a path; `extends` is followed.
 *          styles/catalogue.xml: the sheets there are and the kinds of letter that they serve.
 * Makes:   ch_sheet: geometry, type roles with computed properties, letterhead, furniture.
 * Threads: ch_sheets may be used by many threads; a loaded sheet never changes. */
#ifndef CH_STYLE_SHEET_H
#define CH_STYLE_SHEET_H

#include "base/base.h"
#include "style/blocks.h"

typedef struct ch_sheets ch_sheets;
typedef struct ch_sheet  ch_sheet;

ch_status ch_sheets_new(ch_ctx *cx, ch_str folder, ch_sheets **out); /* .../styles */
void      ch_sheets_free(ch_sheets *s);

/* By name ("coalition": styles/coalition.xml) or by path (has a '/' or ends in .xml).  A path is
 * taken from the folder base and must stay below it or a folder that the job allows; with an
 * empty base it is taken as it is.  Unknown: E4001 at `where`.  Errors inside the sheet are
 * reported with the sheet's own file:line:col.  The sheet is borrowed and lives as long as s. */
ch_status ch_sheet_lookup(ch_sheets *s, ch_ctx *cx, ch_str name, ch_str base, ch_where where,
                          const ch_sheet **out);
/* The sheet that serves a kind of letter ("joint-letter"); the first of the catalogue serves
 * those that no sheet names. */
ch_status ch_sheet_for_kind(ch_sheets *s, ch_ctx *cx, ch_str kind, ch_where where,
                            const ch_sheet **out);
/* The sheet as it is for letters in a language: what it says of that language, and the sizes of
 * its script.  Made in cx->job, or the sheet itself when nothing differs.  Reports a page that
 * this leaves no room on; NULL then. */
const ch_sheet *ch_sheet_in(ch_ctx *cx, const ch_sheet *s, ch_str lang);
ch_str          ch_sheet_name(const ch_sheet *s);
/* The computed properties of a role ("paragraph", "salute", "annex-name", ...); those of the
 * base when the name is not one of type_roles.def. */
const ch_props *ch_sheet_role(const ch_sheet *s, const char *role);
/* Every role with its computed properties, and the geometry. */
void ch_sheet_dump(ch_buf *out, const ch_sheet *s);

#endif
