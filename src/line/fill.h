/* line/fill.h -- the items of a paragraph (line/items.h) from its glyphs.
 *
 * Reads:   ch_shaped.
 * Makes:   boxes between the places where a line may end, glue for word spaces, penalties for
 *          hyphens; the tag of an item where a line may end is the index of its ch_break_at.
 * Knows nothing of measures. */
#ifndef CH_LINE_FILL_H
#define CH_LINE_FILL_H

#include "base/base.h"
#include "line/items.h"
#include "text/text.h"

typedef struct ch_glue {
    ch_len width, stretch, shrink;
} ch_glue;

/* Is this glyph a word space (U+0020, U+00A0)?  Then *out is what it may be: the font's own
 * width by the paragraph's word-space, word-stretch and word-shrink; beside Han that of
 * line/han.h.  Only a justified paragraph stretches. */
bool ch_word_space(const ch_shaped *s, const ch_glyph *g, ch_glue *out);
/* The run that holds byte `at`; from is a run known to begin at or before it. */
size_t ch_run_at(const ch_shaped *s, size_t at, size_t from);
/* Where the drawn part of a line ends that ends at this break and began at byte `from`. */
size_t ch_drawn_end(const ch_shaped *s, const ch_break_at *brk, size_t from);
/* Does the line that ends here get a hyphen which the text has not? */
bool ch_adds_hyphen(const ch_break_at *brk);
/* How far the line hangs out before byte `from` and behind byte `to` (the blank of a full-width
 * mark hangs out as a whole); 0 where the character
 * does not stand at that edge of the line in its direction, or align gives no straight edge.
 * hyphen: the width of one that is added, or 0. */
ch_len ch_start_hang(const ch_shaped *s, const ch_run *run, size_t from);
ch_len ch_end_hang(const ch_shaped *s, const ch_run *run, size_t to, ch_len hyphen);

typedef struct ch_fill {
    ch_ctx          *cx;
    const ch_shaped *s;
    CH_VEC(ch_break_item) items; /* in cx->scratch */
    ch_status status;            /* of reshaping while items are refined */
    /* where we are */
    size_t        run, glyph; /* the next glyph */
    size_t        kashida;    /* the next place for one */
    size_t        from;       /* the byte after the break before */
    ch_len        box;        /* width since the item before */
    bool          filled;     /* a glyph, or glue, came since the break before */
    bool          leader;     /* the leader of this run was put */
    bool          han;        /* the paragraph has gaps (line/han.h) */
    size_t        alone;      /* ch_han_alone */
    const ch_run *hyphen_run;
    ch_len        hyphen; /* width of its hyphen */
} ch_fill;

/* Make the items.  *f lives as long as they are used: it refines lazy ones. */
ch_items ch_fill_items(ch_ctx *cx, const ch_shaped *s, ch_fill *f);

#endif
