/* line/breaker.h -- choose the line breaks of one paragraph.
 *
 * Reads:   an item list (line/items.h) and the measure of its lines.
 * Makes:   the breaks with the least total demerits (Knuth & Plass, "Breaking Paragraphs into
 *          Lines", 1981), with the demerits of TeX.
 * Knows nothing of fonts, Unicode or pages, so tests feed it bare numbers.
 *
 * Up to four passes, each only when the one before found nothing (or missed the looseness):
 * without automatic hyphens at `pretolerance`; with them at `tolerance`; the same with
 * `emergency_stretch` in every line; and a last one, which always finds something, where any
 * line may be loose and a line is too wide only if it could end nowhere earlier. */
#ifndef CH_LINE_BREAKER_H
#define CH_LINE_BREAKER_H

#include "base/base.h"
#include "line/items.h"

#define CH_INF_BAD 10000

typedef struct ch_break_params {
    ch_len  measure_first, measure; /* of the first line, of the others */
    ch_len  first_post;             /* added to the width of the first line */
    ch_len  right_stretch;          /* of every line: what ragged setting may leave free */
    int32_t pretolerance;           /* below 0: no pass without hyphens */
    int32_t tolerance;              /* badness that a line may have, 0 to 10,000 */
    int32_t line_penalty;
    int32_t looseness;    /* lines more (or less) than the cheapest number */
    int64_t adj_demerits; /* neighbours whose spacing differs by two classes */
    int64_t double_hyphen_demerits;
    int64_t final_hyphen_demerits; /* the last line but one ends in a hyphen */
    int64_t dear; /* not 0: a pass that finds nothing below these demerits is followed by the next,
                     up to that with emergency_stretch */
    ch_len  short_last;          /* a last line narrower than this, after another line, */
    int64_t short_last_demerits; /* costs this */
    ch_len  emergency_stretch;   /* 0: no third pass */
    ch_len  last_stretch;        /* more of it in the last pass */
} ch_break_params;

/* One line: items [from, to), broken at items.at[to]. */
typedef struct ch_break {
    size_t  from, to;
    ch_len  width, stretch, shrink; /* natural width with pre and post; of its own glue */
    bool    fil;                    /* stretches without end */
    int32_t ratio;  /* glue set ratio in 1/1024: 0 natural, >0 stretched, <0 shrunk */
    ch_len  excess; /* how much it is too wide with all glue shrunk; else 0 */
} ch_break;

typedef struct ch_breaks {
    ch_break *at; /* lives in cx->job */
    size_t    n;
    int64_t   demerits; /* of the whole paragraph, TeX's "t=" */
    int       pass;     /* 1 to 4 */
} ch_breaks;

/* TeX's own figures: tolerance 200, no first pass. */
ch_break_params ch_break_params_default(ch_len measure);

/* TeX's badness of stretching (or shrinking) by t what can do s: about 100 (t/s)^3, at most
 * CH_INF_BAD; t is not negative. */
int32_t ch_badness(ch_len t, ch_len s);

/* Break items into lines.
 *
 * Needs:   the last item is a penalty of -CH_PENALTY_MAX; no glue shrinks by more than its
 *          width; a box follows every other forced break.  pre and post of LAZY items are set
 *          on the way.
 * Returns: CH_OK, or CH_ERR_INTERNAL without that last item.
 * Time:    breaks times the breaks that fit on one line; memory 8 bytes a feasible break.
 * Threads: touches only cx and its arguments. */
ch_status ch_break_lines(ch_ctx *cx, ch_items items, const ch_break_params *params, ch_breaks *out);

/* The demerits of one line of badness b that ends at a penalty, without those that depend
 * on its neighbours (section 859 of TeX). */
int64_t ch_line_demerits(const ch_break_params *p, int32_t b, int32_t penalty);

#endif
