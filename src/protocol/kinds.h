/* protocol/kinds.h -- the kinds of document as protocol.h shows them, and who reads them.
 *
 * Reads:   styles/protocol/kinds.xml (kinds_vocab.def).
 * Threads: a table is made by one thread and never changes. */
#ifndef CH_PROTOCOL_KINDS_H
#define CH_PROTOCOL_KINDS_H

#include "protocol/protocol.h"

typedef struct ch_kinds {
    ch_arena *arena; /* holds this */
    ch_kind  *kind;
    size_t    n;
} ch_kinds;

/* root: the tree of kinds.xml; all is copied into a. */
ch_kinds *ch_kinds_read(ch_arena *a, const struct ch_node *root);

#endif
