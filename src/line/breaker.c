/* line/breaker.c -- total-fit line breaking.
 *
 * Section numbers are those of Knuth, "TeX: The Program" (1986); the words are our own.
 *
 * One difference from TeX: a start of line is not dropped as soon as one end is too far
 * (851).  That end may be too far only because of its hyphen, and the next one may fit again.
 * It is dropped when even without any hyphen, all glue shrunk, the line is too wide. */
#include "line/breaker.h"

#include <string.h>

#define NO_PATH (INT64_MAX / 4)
#define OVERFULL_DEMERITS 1000000000
#define EMPTY_DEMERITS 1000 /* times the square of the points that are missing */
#define RATIO_MAX (1024 * 1024)

enum { VERY_LOOSE, LOOSE, DECENT, TIGHT, CLASSES }; /* fitness (817) */

/* A chosen break, kept for the walk back (passive node, 821). */
typedef struct stop {
    uint32_t item, prev;
} stop;

/* A break from which the current line may start (active node, 819). */
typedef struct start {
    ch_len   width, stretch, shrink; /* sums up to where its line begins; less its post */
    int64_t  demerits;
    uint32_t fils;
    uint32_t stop, line;
    uint32_t ordinal; /* number of its break among the legal ones */
    uint8_t  fitness;
    bool     hyphen, forced;
} start;

typedef CH_VEC(start) starts;

typedef struct best {
    int64_t      demerits;
    const start *from;
} best;

typedef struct breaker {
    const ch_break_params *p;
    ch_items               items;
    ch_arena              *scratch;
    /* this pass */
    int32_t  threshold;
    ch_len   background; /* stretch of every line */
    bool     no_hyphens, last_resort;
    uint32_t easy_line; /* from this line on, the number of a line does not matter */
    ch_len   min_pre;
    /* the item at hand */
    ch_len   width, stretch, shrink;
    uint32_t fils, ordinal;
    starts   active, fresh; /* fresh: the active list as it will be */
    CH_VEC(stop) stops;
} breaker;

ch_break_params
ch_break_params_default(ch_len measure)
{
    return (ch_break_params){
        .measure_first          = measure,
        .measure                = measure,
        .pretolerance           = -1,
        .tolerance              = 200,
        .line_penalty           = 10,
        .adj_demerits           = 10000,
        .double_hyphen_demerits = 10000,
        .final_hyphen_demerits  = 5000,
    };
}

/* 108: 297^3 is about 100 * 2^18; the division is arranged so that TeX's 31 bits do. */
int32_t
ch_badness(ch_len t, ch_len s)
{
    if (t == 0)
        return 0;
    if (s <= 0)
        return CH_INF_BAD;
    ch_len r = t <= 7230584 ? t * 297 / s : s >= 1663497 ? t / (s / 297) : t;
    if (r > 1290)
        return CH_INF_BAD;
    return (int32_t)((r * r * r + 131072) / 262144);
}

int64_t
ch_line_demerits(const ch_break_params *p, int32_t b, int32_t penalty)
{
    int64_t d = (int64_t)p->line_penalty + b;
    d         = d >= 10000 || d <= -10000 ? 100000000 : d * d;
    if (penalty > 0)
        d += (int64_t)penalty * penalty;
    else if (penalty > -CH_PENALTY_MAX)
        d -= (int64_t)penalty * penalty;
    return d;
}

/* 851 to 853: badness and fitness class of a line that is `shortfall` too short. */
static int32_t
judge(ch_len shortfall, ch_len stretch, ch_len shrink, bool fil, uint8_t *fitness)
{
    int32_t b;
    if (shortfall > 0) {
        if (fil) {
            *fitness = DECENT;
            return 0;
        }
        b        = ch_badness(shortfall, stretch);
        *fitness = b > 99 ? VERY_LOOSE : b > 12 ? LOOSE : DECENT;
        return b;
    }
    b        = -shortfall > shrink ? CH_INF_BAD + 1 : ch_badness(-shortfall, shrink);
    *fitness = b > 12 ? TIGHT : DECENT;
    return b;
}

static bool
is_legal(const breaker *k, size_t i)
{
    const ch_break_item *it = &k->items.at[i];
    if (it->kind == CH_PENALTY)
        return it->penalty < CH_PENALTY_MAX && !(k->no_hyphens && (it->flags & CH_AUTO));
    return it->kind == CH_GLUE && i > 0 && k->items.at[i - 1].kind == CH_BOX;
}

static ch_len
measure_of(const breaker *k, uint32_t line)
{
    return line == 0 ? k->p->measure_first : k->p->measure;
}

/* Could a line from s end here if the hyphen were as much narrower as it may be? */
static bool
is_plausible(const breaker *k, const start *s, const ch_break_item *it)
{
    uint8_t fitness;
    ch_len  shortfall = measure_of(k, s->line) - (k->width + it->pre - s->width);
    ch_len  near      = shortfall > k->items.slack    ? shortfall - k->items.slack
                        : shortfall < -k->items.slack ? shortfall + k->items.slack
                                                      : 0;
    return judge(near, k->stretch - s->stretch + k->background, k->shrink - s->shrink,
                 k->fils > s->fils, &fitness) <= k->threshold;
}

/* 851: is the line from s to the break at hand too wide whatever follows? */
static bool
is_hopeless(const breaker *k, const start *s)
{
    ch_len least = k->width - s->width + k->min_pre - (k->shrink - s->shrink);
    return least > measure_of(k, s->line);
}

/* 855, 859: the demerits of a line from s to item i, or NO_PATH when it does not fit. */
static int64_t
weigh(const breaker *k, const start *s, size_t i, uint8_t *fitness)
{
    const ch_break_item   *it        = &k->items.at[i];
    const ch_break_params *p         = k->p;
    ch_len                 natural   = k->width + it->pre - s->width;
    ch_len                 shortfall = measure_of(k, s->line) - natural;
    ch_len                 shrink    = k->shrink - s->shrink;
    int32_t b = judge(shortfall, k->stretch - s->stretch + k->background, shrink, k->fils > s->fils,
                      fitness);
    bool    over = b > CH_INF_BAD;
    if (over ? !(k->last_resort && s->ordinal + 1 == k->ordinal) : b > k->threshold)
        return NO_PATH;
    int32_t penalty = it->kind == CH_PENALTY ? it->penalty : 0;
    bool    end     = i + 1 == k->items.n;
    int64_t d       = ch_line_demerits(p, over ? CH_INF_BAD : b, penalty);
    if (over)
        d += OVERFULL_DEMERITS + (-shortfall - shrink) / 64;
    else if (k->last_resort && b == CH_INF_BAD) /* several bad lines rather than one empty one */
        d += EMPTY_DEMERITS * (shortfall / CH_PT) * (shortfall / CH_PT);
    if (s->hyphen && end)
        d += p->final_hyphen_demerits;
    else if (s->hyphen && (it->flags & CH_FLAGGED))
        d += p->double_hyphen_demerits;
    if (*fitness > s->fitness + 1 || s->fitness > *fitness + 1)
        d += p->adj_demerits;
    if (end && s->line > 0 && !s->forced && natural < p->short_last)
        d += p->short_last_demerits;
    return d;
}

/* 837: what vanishes after a break at item i; returns the first item of the next line. */
static size_t
skip_discarded(const breaker *k, size_t i, start *s)
{
    const ch_break_item *at = k->items.at;
    s->width                = k->width - at[i].post;
    s->stretch              = k->stretch;
    s->shrink               = k->shrink;
    s->fils                 = k->fils;
    for (; i < k->items.n && at[i].kind != CH_BOX; i++) {
        if (at[i].kind != CH_GLUE)
            continue;
        s->width += at[i].width;
        s->stretch += at[i].stretch;
        s->shrink += at[i].shrink;
        s->fils += (at[i].flags & CH_FIL) != 0;
    }
    return i;
}

/* 836, 845: make the break at item i a start, once for each fitness class worth it. */
static void
add_starts(breaker *k, size_t i, const best *bests)
{
    int64_t least = NO_PATH;
    for (int c = 0; c < CLASSES; c++)
        if (bests[c].demerits < least)
            least = bests[c].demerits;
    if (least == NO_PATH)
        return;
    int64_t              adj = k->p->adj_demerits < 0 ? -k->p->adj_demerits : k->p->adj_demerits;
    const ch_break_item *it  = &k->items.at[i];
    start                s   = {.ordinal = k->ordinal,
                                .hyphen  = (it->flags & CH_FLAGGED) != 0,
                                .forced  = it->kind == CH_PENALTY && it->penalty <= -CH_PENALTY_MAX};
    (void)skip_discarded(k, i, &s);
    for (int c = 0; c < CLASSES; c++) {
        /* A class that is dearer by more than adj_demerits can never win. */
        if (bests[c].demerits == NO_PATH || bests[c].demerits > least + adj)
            continue;
        s.fitness                      = (uint8_t)c;
        s.demerits                     = bests[c].demerits;
        s.line                         = bests[c].from->line + 1;
        s.stop                         = (uint32_t)k->stops.n;
        *CH_PUSH(k->scratch, k->stops) = (stop){(uint32_t)i, bests[c].from->stop};
        *CH_PUSH(k->scratch, k->fresh) = s;
    }
}

static uint32_t
class_of(const breaker *k, uint32_t line)
{
    return line < k->easy_line ? line : k->easy_line;
}

/* 829: try every active start against the break at item i.  The list is in order of line
 * number; a group of lines whose numbers do not matter is one. */
static void
try_break(breaker *k, size_t i)
{
    ch_break_item *it     = &k->items.at[i];
    bool           forced = it->kind == CH_PENALTY && it->penalty <= -CH_PENALTY_MAX;
    k->fresh.n            = 0;
    k->ordinal++;
    for (size_t a = 0; a < k->active.n;) {
        uint32_t group = class_of(k, k->active.at[a].line);
        best     bests[CLASSES];
        for (int c = 0; c < CLASSES; c++)
            bests[c] = (best){NO_PATH, NULL};
        for (; a < k->active.n && class_of(k, k->active.at[a].line) == group; a++) {
            const start *s = &k->active.at[a];
            uint8_t      fitness;
            if ((it->flags & CH_LAZY) && is_plausible(k, s, it)) {
                k->items.refine(k->items.user, it);
                it->flags &= (uint8_t)~CH_LAZY;
            }
            int64_t d = weigh(k, s, i, &fitness);
            if (d != NO_PATH && s->demerits + d <= bests[fitness].demerits)
                bests[fitness] = (best){s->demerits + d, s};
            if (!forced && !is_hopeless(k, s))
                *CH_PUSH(k->scratch, k->fresh) = *s;
        }
        add_starts(k, i, bests);
    }
    starts old = k->active;
    k->active  = k->fresh;
    k->fresh   = old;
}

/* 863: one pass over the items.  false: no way to set the paragraph under its rules. */
static bool
run_pass(breaker *k)
{
    k->width = k->stretch = k->shrink = 0;
    k->fils = k->ordinal = 0;
    k->active.n = k->stops.n        = 0;
    *CH_PUSH(k->scratch, k->stops)  = (stop){0, 0};
    *CH_PUSH(k->scratch, k->active) = (start){.width = -k->p->first_post, .fitness = DECENT};
    for (size_t i = 0; i < k->items.n; i++) {
        const ch_break_item *it = &k->items.at[i];
        if (is_legal(k, i)) {
            try_break(k, i);
            if (!k->active.n)
                return false;
        }
        k->width += it->width;
        k->stretch += it->kind == CH_GLUE ? it->stretch : 0;
        k->shrink += it->kind == CH_GLUE ? it->shrink : 0;
        k->fils += it->kind == CH_GLUE && (it->flags & CH_FIL);
    }
    return true;
}

/* 874, 875: the cheapest end, then the one whose number of lines is nearest to the wish. */
static const start *
choose_end(const breaker *k, bool *loose_enough)
{
    const start *won = &k->active.at[0];
    for (size_t a = 1; a < k->active.n; a++)
        if (k->active.at[a].demerits < won->demerits)
            won = &k->active.at[a];
    int64_t wish = k->p->looseness, got = 0;
    int64_t lines = won->line;
    for (size_t a = 0; wish && a < k->active.n; a++) {
        const start *s    = &k->active.at[a];
        int64_t      diff = (int64_t)s->line - lines;
        if ((diff < got && wish <= diff) || (diff > got && wish >= diff)) {
            won = s;
            got = diff;
        } else if (diff == got && s->demerits < won->demerits) {
            won = s;
        }
    }
    *loose_enough = got == wish;
    return won;
}

static void
measure_line(const breaker *k, size_t line, ch_break *b)
{
    const ch_break_item *at = k->items.at;
    for (size_t i = b->from; i < b->to; i++) {
        b->width += at[i].width;
        if (at[i].kind != CH_GLUE)
            continue;
        b->stretch += at[i].stretch;
        b->shrink += at[i].shrink;
        b->fil |= (at[i].flags & CH_FIL) != 0;
    }
    b->width += at[b->to].pre;
    ch_len shortfall = measure_of(k, (uint32_t)(line != 0)) - b->width;
    ch_len reach     = shortfall < 0 ? b->shrink : b->fil ? 0 : b->stretch;
    if (-shortfall > b->shrink)
        b->excess = -shortfall - b->shrink;
    ch_len ratio = reach > 0 ? ch_len_scale(shortfall, 1024, reach) : 0;
    b->ratio     = (int32_t)(ratio > RATIO_MAX ? RATIO_MAX : ratio < -1024 ? -1024 : ratio);
}

/* 877, 878: walk back along the chosen stops. */
static void
keep_path(ch_ctx *cx, breaker *k, const start *end, ch_breaks *out)
{
    start ignored;
    out->n        = end->line;
    out->at       = CH_NEW_N(cx->job, ch_break, out->n);
    out->demerits = end->demerits;
    uint32_t s    = end->stop;
    for (size_t n = out->n; n-- > 0; s = k->stops.at[s].prev) {
        ch_break *b      = &out->at[n];
        size_t    before = k->stops.at[k->stops.at[s].prev].item;
        b->to            = k->stops.at[s].item;
        b->from          = n ? skip_discarded(k, before, &ignored) : 0;
        b->width         = n ? k->items.at[before].post : k->p->first_post;
        measure_line(k, n, b);
    }
}

static ch_len
least_pre(ch_items items)
{
    ch_len least = 0;
    for (size_t i = 0; i < items.n; i++) {
        const ch_break_item *it  = &items.at[i];
        ch_len               pre = it->pre - (it->flags & CH_LAZY ? items.slack : 0);
        if (it->kind != CH_BOX && pre < least)
            least = pre;
    }
    return least;
}

static bool
try_pass(ch_ctx *cx, breaker *k, int pass, bool final, ch_breaks *out)
{
    bool loose_enough;
    k->no_hyphens  = pass == 1;
    k->last_resort = pass == 4;
    k->threshold   = pass == 1 ? k->p->pretolerance : pass == 4 ? CH_INF_BAD : k->p->tolerance;
    k->background  = k->p->right_stretch + (pass >= 3 ? k->p->emergency_stretch : 0) +
                    (pass == 4 ? k->p->last_stretch : 0);
    if (!run_pass(k))
        return false;
    const start *end = choose_end(k, &loose_enough);
    if (!loose_enough && !final)
        return false;
    if (k->p->dear > 0 && end->demerits >= k->p->dear && pass < 3 && k->p->emergency_stretch > 0)
        return false;
    keep_path(cx, k, end, out);
    out->pass = pass;
    return true;
}

ch_status
ch_break_lines(ch_ctx *cx, ch_items items, const ch_break_params *params, ch_breaks *out)
{
    memset(out, 0, sizeof *out);
    if (!items.n || items.n > UINT32_MAX || items.at[items.n - 1].kind != CH_PENALTY ||
        items.at[items.n - 1].penalty > -CH_PENALTY_MAX)
        return CH_ERR_INTERNAL;
    ch_mark mark = ch_arena_mark(cx->scratch);
    breaker k    = {.p = params, .items = items, .scratch = cx->scratch};
    k.min_pre    = least_pre(items);
    k.easy_line = params->looseness ? UINT32_MAX : params->measure_first != params->measure ? 1 : 0;
    bool more   = params->emergency_stretch > 0;
    bool done   = (params->pretolerance >= 0 && try_pass(cx, &k, 1, false, out)) ||
                try_pass(cx, &k, 2, !more, out) || (more && try_pass(cx, &k, 3, true, out)) ||
                try_pass(cx, &k, 4, true, out);
    ch_arena_rewind(cx->scratch, mark);
    return done ? CH_OK : CH_ERR_INTERNAL;
}
