/* text/kept.h -- paragraphs that an earlier letter of the job had; for text/ and line/. */
#ifndef CH_TEXT_KEPT_H
#define CH_TEXT_KEPT_H

#include "text/text.h"

/* Properties as the keep knows them: those seen last, by where they are. */
enum { CH_KEPT_PROPS = 64 };
typedef struct ch_kept_props {
    struct {
        const ch_props *at;
        const void     *as;
    } seen[CH_KEPT_PROPS];
} ch_kept_props;

/* The key of a paragraph, in cx->scratch: all that shaping and line breaking look at.  Empty where
 * nothing is kept. */
ch_str ch_kept_key(ch_ctx *cx, ch_kept_props *seen, const ch_para *para);
/* The paragraph as it was shaped before, in cx->job; NULL when it is new. */
const ch_shaped *ch_kept_text(ch_ctx *cx, ch_str key, const ch_para *para, const ch_text_tools *t);
/* Keep what was shaped; returns it as it is kept, or s itself where there is no room. */
const ch_shaped *ch_kept_put(ch_ctx *cx, ch_str key, const ch_shaped *s);

#endif
