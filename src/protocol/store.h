/* protocol/store.h -- the files of styles/protocol, and what is made of them once for all jobs.
 *
 * Reads:   a file of the folder, by its name and vocabulary.
 * Makes:   its tree; an arena that outlives the job. */
#ifndef CH_PROTOCOL_STORE_H
#define CH_PROTOCOL_STORE_H

#include "base/base.h"
#include "input/vocab.h"

struct ch_node;

/* The tree of FOLDER/NAME.xml, in cx->job; NULL when there is no such file.
 * Returns: CH_OK also then; otherwise what was diagnosed. */
ch_status ch_store_tree(ch_ctx *cx, const ch_vocab *vocab, const char *folder, ch_str name,
                        const struct ch_node **root);

/* A file of the folder that was read before, for an earlier job or this one: it is listed. */
void ch_store_used(ch_ctx *cx, const char *folder, ch_str name);

/* An arena that outlives the job once it is kept; until then it goes with the job, so that nothing
 * is lost when memory runs out on the way. */
ch_status ch_store_begin(ch_ctx *cx, ch_arena ***holder);
void      ch_store_keep(ch_arena **holder);

#endif
