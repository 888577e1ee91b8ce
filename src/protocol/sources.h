/* protocol/sources.h -- where rules come from; for protocol/ alone.
 *
 * Reads:   styles/protocol/sources.xml (sources_vocab.def).
 * Threads: a table is made by one thread and never changes. */
#ifndef CH_PROTOCOL_SOURCES_H
#define CH_PROTOCOL_SOURCES_H

#include "base/base.h"

struct ch_node;

typedef struct ch_rule_source {
    ch_str name, text;
} ch_rule_source;

typedef struct ch_sources {
    ch_arena       *arena; /* holds this */
    ch_rule_source *source;
    size_t          n;
} ch_sources;

/* root: the tree of sources.xml; all is copied into a. */
ch_sources *ch_sources_read(ch_ctx *cx, ch_arena *a, const struct ch_node *root);
/* The words for a source; a name that is not known stands for itself. */
ch_str ch_source_text(const ch_sources *s, ch_str name);

#endif
