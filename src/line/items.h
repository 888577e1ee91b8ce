/* line/items.h -- a paragraph as numbers: boxes, glue and penalties.
 *
 * Reads:   nothing.
 * Makes:   the item list that line/breaker.h breaks; line/fill.h builds it from glyphs.
 * Knows nothing of fonts, Unicode or pages.
 *
 * A line may end at glue that follows a box, and at a penalty below CH_PENALTY_MAX; it must
 * end at a penalty of -CH_PENALTY_MAX.  Glue and penalties right after a break vanish up to
 * the next box.  `pre` and `post` say what a break there costs in width: a hyphen, the
 * kerning that the cut undoes, less what protrudes into the margin. */
#ifndef CH_LINE_ITEMS_H
#define CH_LINE_ITEMS_H

#include "base/base.h"

#define CH_PENALTY_MAX 10000

enum { CH_BOX, CH_GLUE, CH_PENALTY }; /* kinds of item */

enum {                 /* flags of an item */
       CH_FLAGGED = 1, /* the line ends in a hyphen: two such lines in a row cost more */
       CH_AUTO    = 2, /* from the hyphenation patterns: not used in the first pass */
       CH_FIL     = 4, /* glue that stretches without end */
       CH_LAZY    = 8  /* pre and post are guesses until ch_items.refine was called */
};

/* Widths in ch_len.  The int32_t lengths hold 32,767 pt at most: see ch_item_len. */
typedef struct ch_break_item {
    ch_len   width;           /* of a box, or natural width of glue; 0 for penalties */
    int32_t  stretch, shrink; /* glue; shrink is at most width */
    int32_t  pre, post;       /* added to the line before, and to the line after, a break here */
    int16_t  penalty;
    uint8_t  kind, flags;
    uint32_t tag; /* the maker's own */
} ch_break_item;

typedef struct ch_items {
    ch_break_item *at;
    size_t         n;
    /* Called once for a LAZY item as soon as a line may end there; sets pre and post.  They
     * should differ from the guess by no more than `slack`.  May be NULL without such items. */
    void (*refine)(void *user, ch_break_item *item);
    void  *user;
    ch_len slack;
} ch_items;

/* A length cut to what an item's short fields hold. */
static inline int32_t
ch_item_len(ch_len v)
{
    return v > INT32_MAX ? INT32_MAX : v < -INT32_MAX ? -INT32_MAX : (int32_t)v;
}

#endif
