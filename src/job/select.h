/* job/select.h -- which records and languages of a batch are meant: the expressions of --only and
 * --skip.
 *
 *     region = Africa and not (status = void or n > 100)
 *
 * A comparison is FIELD OP VALUE: = and != by text, ~ and !~ "contains", without regard to case;
 * < > <= >= as numbers where both are numbers, else by text (so dates as 2026-11-24 compare).  A
 * field alone holds where it has a text.  `and`, `or`, `not`, parentheses; quotes of either kind.
 * The fields n and lang are the record's number and the language. */
#ifndef CH_JOB_SELECT_H
#define CH_JOB_SELECT_H

#include "base/base.h"
#include "letter/merge.h"

typedef struct ch_select ch_select;

/* In cx->job.  Reports E1049. */
ch_status ch_select_parse(ch_ctx *cx, ch_str text, ch_select **out);
/* Does it hold?  Notes which fields were found.  Threads: one at a time. */
bool ch_select_holds(ch_select *s, ch_arena *scratch, const ch_record *rec, ch_str lang);
/* The first field that no record had up to now; empty when each was found. */
ch_str ch_select_missing(const ch_select *s);
/* Note the fields that it asks for as used.  s may be NULL. */
void ch_select_fields(const ch_select *s, ch_fields_used *used);

#endif
