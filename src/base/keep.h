/* base/keep.h -- what a job keeps from one letter to the next.
 *
 * Letters to many addressees say mostly the same.  A pass looks for what it is about to make under
 * a key, which holds everything that the result depends on, and compares all of it: what is kept
 * saves work and never changes a byte.  The first letter of a job keeps nothing, so that a job of
 * one letter does no work for a second.
 * What is found lives until the letter is done; between letters all is forgotten when it has grown
 * too large.  Every function takes a keep that is NULL, which has nothing.
 * Threads: a keep belongs to one job and one thread at a time. */
#ifndef CH_BASE_KEEP_H
#define CH_BASE_KEEP_H

#include "base/arena.h"

typedef struct ch_keep ch_keep;

/* What a key is of: keys of one kind are compared with each other. */
typedef enum ch_keep_kind {
    CH_KEEP_PROPS, /* style/: properties, by content; the value's address stands for them */
    CH_KEEP_TEXT,  /* text/: a paragraph shaped */
    CH_KEEP_LINES, /* line/: its lines at a measure */
    CH_KEEP_TOOL,  /* an object of a library that costs more to make than to use */
    CH_KEEP_UNIT,  /* protocol/: the phrases in a text */
    CH_KEEP_LANG,  /* locale/: script and direction of a language */
    CH_KEEP_SIZE,  /* pdf/: how large an image is, and drawings */
    CH_KEEP_PIXELS /* pdf/: an image as a file has it */
} ch_keep_kind;

ch_keep *ch_keep_new(void); /* NULL: no memory */
void     ch_keep_free(ch_keep *k);
void     ch_keep_guard(ch_keep *k, ch_guard *g); /* as ch_arena_guard */
void     ch_keep_begin(ch_keep *k);              /* the next letter begins */
void     ch_keep_forget(ch_keep *k);             /* all of it, now: nothing found is in use */
bool     ch_keep_works(const ch_keep *k);        /* is there any use in looking? */

void *ch_keep_find(const ch_keep *k, ch_keep_kind kind, ch_str key); /* NULL: it is new */
/* Where to make what is to be kept; NULL when this letter has added enough. */
ch_arena *ch_keep_room(const ch_keep *k);
/* The key is copied; the value is in the keep's arena. */
void ch_keep_put(ch_keep *k, ch_keep_kind kind, ch_str key, void *value);

#endif
