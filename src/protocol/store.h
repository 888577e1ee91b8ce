/* protocol/store.h -- the files of styles/protocol, as they are read.
 *
 * Reads:   a file of the folder, by its name and vocabulary.
 * Makes:   its tree. */
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

#endif
