/* text/recall.h -- runs that were shaped before; for text/ alone.
 *
 * Letters to many addressees, running heads and table cells say the same again and again, and
 * shaping is what the text pass spends its time on, most of all in fonts with as many rules as
 * those of the Arabic script.  A recall gives what the shaper gave for the same run, in the same
 * surroundings: it saves work and changes nothing.
 * Threads: one at a time; every kit has its own. */
#ifndef CH_TEXT_RECALL_H
#define CH_TEXT_RECALL_H

#include "text/text.h"

typedef struct ch_recall ch_recall;

ch_recall *ch_recall_new(void); /* NULL: no memory; the others take that */
void       ch_recall_free(ch_recall *r);

/* The key of a run of `text`: its font, size, script, direction, language, features, what was
 * `added` to it, its bytes, and as much of what stands beside it as the shaper looks at.
 * Empty, which is no key, when it would be very long. */
ch_str ch_recall_key(ch_arena *a, const ch_run *run, ch_str text, ch_str features, ch_str added);
/* Its glyphs, made in the arena with room for one more; NULL when it is new.  Here and below the
 * run begins at byte `from`.  Their `space` is not kept. */
ch_glyph *ch_recall_get(const ch_recall *r, ch_arena *a, ch_str key, size_t from, size_t *n);
void      ch_recall_put(ch_recall *r, ch_str key, size_t from, const ch_glyph *glyph, size_t n);

#endif
