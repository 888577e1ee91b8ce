/* protocol/protocol.h -- what custom requires: the parts of each kind of document, and how
 * people are addressed.
 *
 * Reads:   kinds.def; styles/protocol/LANG.xml of the data folder (protocol.def).
 * Makes:   diagnostics about a letter's tree, and the wording of salutations and closings.
 * Knows nothing of print.  Threads: a ch_protocol may be used by many threads. */
#ifndef CH_PROTOCOL_PROTOCOL_H
#define CH_PROTOCOL_PROTOCOL_H

#include "base/base.h"

struct ch_node;

typedef struct ch_protocol ch_protocol;

/* folder: .../styles/protocol */
ch_status ch_protocol_new(ch_ctx *cx, ch_str folder, ch_protocol **out);
void      ch_protocol_free(ch_protocol *p); /* NULL is fine */

/* Hold the parts of a letter against those of its kind.
 * Reports: E3030 at a part that the kind does not have, W3031 for one that it usually has. */
void ch_protocol_check(ch_ctx *cx, const struct ch_node *letter);

/* The place of a rank in the fixed order of those that a kind of letter is written to, from 0; 0
 * for all where it has no order, and for a rank not in it a place behind them. */
size_t ch_protocol_addressee_place(ch_str of, ch_str rank);

/* One who is addressed. */
typedef struct ch_addressed {
    ch_str lang, rank, gender; /* gender: m, f, x or empty */
    bool   plural;             /* several write: "our" consideration */
} ch_addressed;

/* How one of a rank is addressed: the salutation, and the closing sentence of courtesy.
 * Empty where nothing is known.  The texts live as long as p.
 * Returns: CH_OK also when nothing is known; otherwise what was diagnosed.
 * Reports: W3003 once for each text that awaits a native speaker's review. */
ch_status ch_protocol_salute(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);
ch_status ch_protocol_courtesy(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);
/* The ranks that are known in a language, for a hint: "ambassador, bishop, ..."; in cx->job. */
ch_str ch_protocol_ranks(ch_protocol *p, ch_ctx *cx, ch_str lang);
/* W3032 when a text says a word that is not said to one of that rank. */
void ch_protocol_words(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str text,
                       ch_where where);

#endif
