/* job/fontlock.h -- the fonts of letters, written down so that a later run can be held to them.
 *
 * A lock is text, a line an entry, fields with a tab between, in the order of bytes:
 *     chancery-fonts 1
 *     font SHA-256 SIZE FILE INDEX FAMILY STYLE
 *     use ROLE-OR-FAMILY WEIGHT SLANT SCRIPT LANGUAGE FILE INDEX
 * FILE has no folder, so that a lock holds on another machine.  `use`: text of that kind was set
 * in that font (in several, where the first had not all characters).
 * Threads: a lock belongs to its job. */
#ifndef CH_JOB_FONTLOCK_H
#define CH_JOB_FONTLOCK_H

#include "base/base.h"

typedef struct ch_fontlock ch_fontlock;

/* Read a lock.  Reports E1001 to E1005, E1073; it is freed with ch_fontlock_free. */
ch_status ch_fontlock_read(ch_ctx *cx, const char *path, ch_fontlock **out);
void      ch_fontlock_free(ch_fontlock *lock); /* NULL is fine */
/* Hold the fonts of cx->inputs to it.  Reports E1070, E1071, E1072; then CH_ERR_FONT. */
ch_status ch_fontlock_check(ch_ctx *cx, const ch_fontlock *lock, ch_digests *digests);

/* Entries of many letters, each once. */
typedef struct ch_fontlines {
    char **line; /* malloc'd */
    size_t n, room;
} ch_fontlines;
void ch_fontlines_free(ch_fontlines *all);
/* Add the fonts of cx->inputs.  Reports E1003, E1008. */
ch_status ch_fontlines_add(ch_ctx *cx, ch_fontlines *all, ch_digests *digests);
/* The lock that they make. */
void ch_fontlines_print(ch_fontlines *all, ch_buf *out);

#endif
