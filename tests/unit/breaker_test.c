/* tests/unit/breaker_test.c -- line/breaker.h against references of other shapes:
 * all sets of breaks of small paragraphs, a table over all pairs of breaks of larger ones,
 * and first-fit.  Random paragraphs from a seed, which is printed when one fails.
 * breaker_test SEED runs the random parts from that seed. */
#include "line/breaker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARAS 24000
#define LINES_MAX 40
#define NONE INT64_MAX

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

/* ---- chance ---- */

static uint64_t state;

static uint64_t
next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int64_t
between(int64_t a, int64_t b)
{
    return a + (int64_t)(next() % (uint64_t)(b - a + 1));
}

static bool
chance(int percent)
{
    return between(1, 100) <= percent;
}

/* ---- paragraphs ---- */

#define ITEMS_MAX 3000
typedef struct para {
    ch_break_item at[ITEMS_MAX];
    size_t        n, breaks;
} para;

static ch_break_item *
add(para *p, int kind, ch_len width)
{
    ch_break_item *it = &p->at[p->n++];
    memset(it, 0, sizeof *it);
    it->kind  = (uint8_t)kind;
    it->width = width;
    return it;
}

static void
add_box(para *p)
{
    add(p, CH_BOX, between(2, 40) * CH_PT / between(1, 4));
}

static void
add_glue(para *p)
{
    ch_break_item *g = add(p, CH_GLUE, 3 * CH_PT);
    g->stretch       = chance(20) ? 0 : (int32_t)(between(1, 3) * CH_PT / 2);
    g->shrink        = (int32_t)(CH_PT * between(0, 3) / 2);
    if (chance(15))
        g->pre = (int32_t)-between(0, CH_PT * 2);
    if (chance(15))
        g->post = (int32_t)between(-CH_PT, CH_PT);
}

static void
add_hyphen(para *p)
{
    ch_break_item *h = add(p, CH_PENALTY, 0);
    h->penalty       = (int16_t)(chance(20) ? between(-200, 200) : 50);
    h->pre           = (int32_t)between(-CH_PT, 9 * CH_PT);
    h->post          = (int32_t)(chance(40) ? between(-2 * CH_PT, 2 * CH_PT) : 0);
    h->flags         = chance(85) ? CH_FLAGGED : 0;
    if (chance(60))
        h->flags |= CH_AUTO;
}

static void
add_end(para *p)
{
    add(p, CH_PENALTY, 0)->penalty = CH_PENALTY_MAX;
    ch_break_item *fil             = add(p, CH_GLUE, 0);
    if (chance(90))
        fil->flags = CH_FIL;
    add(p, CH_PENALTY, 0)->penalty = -CH_PENALTY_MAX;
}

static void
make_para(para *p, size_t breaks)
{
    p->n      = 0;
    p->breaks = 1;
    add_box(p);
    while (p->breaks < breaks) {
        if (chance(8)) { /* a space that does not break */
            add(p, CH_PENALTY, 0)->penalty      = CH_PENALTY_MAX;
            add(p, CH_GLUE, 3 * CH_PT)->stretch = (int32_t)CH_PT;
            add_box(p);
        }
        if (chance(25)) { /* a kashida: no width, no shrink */
            add(p, CH_PENALTY, 0)->penalty = CH_PENALTY_MAX;
            add(p, CH_GLUE, 0)->stretch    = (int32_t)(between(1, 4) * CH_PT / 4);
            add_box(p);
        }
        if (chance(3))
            add_end(p);
        else if (chance(55))
            add_glue(p);
        else
            add_hyphen(p);
        p->breaks++;
        add_box(p);
    }
    add_end(p);
}

static ch_break_params
make_params(void)
{
    static const int32_t TOLERANCE[] = {10, 100, 200, 200, 500, 2000, 10000};
    ch_break_params      b           = ch_break_params_default(between(20, 90) * CH_PT);
    if (chance(30))
        b.measure_first = b.measure - between(-10, 10) * CH_PT;
    if (chance(20))
        b.first_post = between(-CH_PT, CH_PT);
    if (chance(20))
        b.right_stretch = between(1, 20) * CH_PT;
    if (chance(30))
        b.pretolerance = (int32_t)between(0, 200);
    b.tolerance = TOLERANCE[between(0, 6)];
    if (chance(40))
        b.emergency_stretch = between(1, 20) * CH_PT;
    if (chance(30))
        b.last_stretch = between(1, 10) * CH_PT;
    if (chance(25))
        b.looseness = (int32_t)between(-2, 2);
    if (chance(25)) {
        b.short_last          = between(1, 20) * CH_PT;
        b.short_last_demerits = between(1, 20000);
    }
    if (chance(20))
        b.final_hyphen_demerits = 100000000;
    if (chance(20))
        b.adj_demerits = between(0, 50000);
    return b;
}

/* ---- what one line costs, worked out anew for each line ---- */

typedef struct rules {
    const para            *p;
    const ch_break_params *b;
    int32_t                threshold;
    ch_len                 background;
    bool                   no_hyphens, last;
} rules;

static bool
may_break(const rules *r, size_t i)
{
    const ch_break_item *it = &r->p->at[i];
    if (it->kind == CH_GLUE)
        return i > 0 && r->p->at[i - 1].kind == CH_BOX;
    if (it->kind == CH_BOX || (r->no_hyphens && (it->flags & CH_AUTO)))
        return false;
    return it->penalty < CH_PENALTY_MAX;
}

static bool
must_break(const rules *r, size_t i)
{
    return r->p->at[i].kind == CH_PENALTY && r->p->at[i].penalty == -CH_PENALTY_MAX;
}

/* How a line ends, as the next one must know it. */
typedef struct edge {
    size_t item; /* SIZE_MAX: the paragraph's beginning */
    int    line; /* of the line that starts here */
    int    fitness;
} edge;

static const edge START = {SIZE_MAX, 0, 2};

static int
fitness_of(int32_t b, bool stretched)
{
    if (!stretched)
        return b > 12 ? 3 : 2;
    return b > 99 ? 0 : b > 12 ? 1 : 2;
}

/* Demerits of the line from e to the break at item `to`, NONE if not allowed. */
static int64_t
line_cost(const rules *r, edge e, size_t to, int *fitness)
{
    const ch_break_item *at    = r->p->at;
    bool                 first = e.item == SIZE_MAX, fil = false, stop_between = false;
    size_t               from = first ? 0 : e.item;
    ch_len width = first ? r->b->first_post : at[e.item].post, y = r->background, z = 0;
    while (!first && from < r->p->n && at[from].kind != CH_BOX)
        from++;
    for (size_t i = first ? 0 : e.item + 1; i < to; i++)
        stop_between = stop_between || may_break(r, i);
    /* What vanished beyond `to` counts against the line, as in TeX. */
    for (size_t i = from; i < to; i++) {
        width += at[i].width;
        if (at[i].kind == CH_GLUE) {
            y += at[i].stretch;
            z += at[i].shrink;
            fil = fil || (at[i].flags & CH_FIL);
        }
    }
    width += at[to].pre;
    ch_len  room = (e.line == 0 ? r->b->measure_first : r->b->measure) - width;
    int32_t bad  = room > 0 ? (fil ? 0 : ch_badness(room, y)) : ch_badness(-room, z);
    bool    over = room < 0 && -room > z;
    *fitness     = over ? 3 : fil && room > 0 ? 2 : fitness_of(bad, room > 0);
    if (over && (!r->last || stop_between))
        return NONE;
    if (!over && bad > r->threshold)
        return NONE;
    int64_t d =
        ch_line_demerits(r->b, over ? 10000 : bad, at[to].kind == CH_PENALTY ? at[to].penalty : 0);
    if (over)
        d += 1000000000 + (-room - z) / 64;
    else if (r->last && bad == 10000)
        d += 1000 * (room / CH_PT) * (room / CH_PT);
    bool hyphen = !first && (at[e.item].flags & CH_FLAGGED) && at[e.item].kind == CH_PENALTY;
    if (hyphen && to == r->p->n - 1)
        d += r->b->final_hyphen_demerits;
    else if (hyphen && (at[to].flags & CH_FLAGGED))
        d += r->b->double_hyphen_demerits;
    if (abs(*fitness - e.fitness) > 1)
        d += r->b->adj_demerits;
    if (to == r->p->n - 1 && !first && !must_break(r, e.item) && width < r->b->short_last)
        d += r->b->short_last_demerits;
    return d;
}

/* ---- all sets of breaks ---- */

static void
search(const rules *r, edge e, int64_t so_far, int64_t *by_lines)
{
    for (size_t i = e.item == SIZE_MAX ? 0 : e.item + 1; i < r->p->n; i++) {
        if (!may_break(r, i))
            continue;
        int     fitness;
        int64_t d = line_cost(r, e, i, &fitness);
        if (d != NONE) {
            edge to = {i, e.line + 1, fitness};
            if (i == r->p->n - 1) {
                if (so_far + d < by_lines[to.line])
                    by_lines[to.line] = so_far + d;
            } else {
                search(r, to, so_far + d, by_lines);
            }
        }
        if (must_break(r, i))
            break;
    }
}

/* TeX's choice among the numbers of lines; -1 when there is no way at all.  tie: two numbers
 * of lines are equally cheap, so that either may be taken. */
static int
choose_lines(const int64_t *by_lines, int looseness, bool *reached, bool *tie)
{
    int least = -1;
    for (int n = 0; n < LINES_MAX; n++) {
        if (by_lines[n] == NONE)
            continue;
        if (least >= 0 && by_lines[n] == by_lines[least])
            *tie = true;
        if (least < 0 || by_lines[n] < by_lines[least]) {
            least = n;
            *tie  = false;
        }
    }
    if (least < 0)
        return -1;
    int chosen = least;
    for (int step = 1; step <= abs(looseness); step++) {
        int n = looseness > 0 ? least + step : least - step;
        if (n > 0 && n < LINES_MAX && by_lines[n] != NONE)
            chosen = n;
    }
    *reached = chosen - least == looseness;
    return chosen;
}

static rules
rules_of(const para *p, const ch_break_params *b, int pass)
{
    return (rules){.p          = p,
                   .b          = b,
                   .threshold  = pass == 1   ? b->pretolerance
                                 : pass == 4 ? 10000
                                             : b->tolerance,
                   .background = b->right_stretch + (pass >= 3 ? b->emergency_stretch : 0) +
                                 (pass == 4 ? b->last_stretch : 0),
                   .no_hyphens = pass == 1,
                   .last       = pass == 4};
}

static int64_t
brute(const para *p, const ch_break_params *b, int *lines, int *pass, bool *tie)
{
    int64_t by_lines[LINES_MAX];
    for (*pass = 1; *pass <= 4; ++*pass) {
        if ((*pass == 1 && b->pretolerance < 0) || (*pass == 3 && !b->emergency_stretch))
            continue;
        bool  final = *pass >= 3 || (*pass == 2 && !b->emergency_stretch), reached = false;
        rules r = rules_of(p, b, *pass);
        for (int i = 0; i < LINES_MAX; i++)
            by_lines[i] = NONE;
        search(&r, START, 0, by_lines);
        *lines = choose_lines(by_lines, b->looseness, &reached, tie);
        if (*lines >= 0 && (reached || final))
            return by_lines[*lines];
    }
    return NONE;
}

/* ---- references for longer paragraphs ---- */

/* Over all pairs of breaks and all fitness classes. */
static int64_t
table(const rules *r)
{
    static int64_t best[ITEMS_MAX][4];
    const size_t   n = r->p->n;
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < 4; c++)
            best[i][c] = NONE;
    for (size_t to = 0; to < n; to++) {
        if (!may_break(r, to))
            continue;
        for (size_t from = to; from-- > 0;) {
            if (!may_break(r, from))
                continue;
            for (int c = 0; c < 4; c++) {
                int     f;
                int64_t d = best[from][c] == NONE ? NONE : line_cost(r, (edge){from, 1, c}, to, &f);
                if (d != NONE && best[from][c] + d < best[to][f])
                    best[to][f] = best[from][c] + d;
            }
            if (must_break(r, from))
                goto next_break;
        }
        {
            int     f;
            int64_t d = line_cost(r, START, to, &f);
            if (d != NONE && d < best[to][f])
                best[to][f] = d;
        }
    next_break:;
    }
    int64_t least = NONE;
    for (int c = 0; c < 4; c++)
        if (best[n - 1][c] < least)
            least = best[n - 1][c];
    return least;
}

/* The last break of each line that is allowed at all; NONE when that ends nowhere. */
static int64_t
first_fit(const rules *r)
{
    int64_t total = 0;
    edge    e     = START;
    while (e.item == SIZE_MAX || e.item < r->p->n - 1) {
        edge    to   = {0};
        int64_t cost = NONE;
        for (size_t i = e.item == SIZE_MAX ? 0 : e.item + 1; i < r->p->n; i++) {
            int     f;
            int64_t d = may_break(r, i) ? line_cost(r, e, i, &f) : NONE;
            if (d != NONE) {
                to   = (edge){i, e.line + 1, f};
                cost = d;
            }
            if (must_break(r, i))
                break;
        }
        if (cost == NONE)
            return NONE;
        total += cost;
        e = to;
    }
    return total;
}

/* ---- the breaker's answer, added up again from its own lines ---- */

static int64_t
recount(const para *p, const ch_break_params *b, const ch_breaks *got)
{
    rules   r     = rules_of(p, b, got->pass);
    edge    e     = START;
    int64_t total = 0;
    for (size_t i = 0; i < got->n; i++) {
        int     f;
        int64_t d = line_cost(&r, e, got->at[i].to, &f);
        if (d == NONE)
            return -1;
        total += d;
        e = (edge){got->at[i].to, e.line + 1, f};
    }
    return e.item == p->n - 1 ? total : -1;
}

static ch_breaks
run(ch_ctx *cx, para *p, const ch_break_params *b)
{
    ch_breaks got;
    ch_items  items = {.at = p->at, .n = p->n};
    CHECK(ch_break_lines(cx, items, b, &got) == CH_OK);
    return got;
}

static bool
one_small(ch_ctx *cx, int *passes)
{
    static para p;
    make_para(&p, (size_t)between(1, 12));
    ch_break_params b     = make_params();
    ch_breaks       got   = run(cx, &p, &b);
    int             lines = 0, pass = 0;
    bool            tie  = false;
    int64_t         want = brute(&p, &b, &lines, &pass, &tie);
    if (tie && b.looseness)
        return true; /* whose lines are counted from is open */
    if (got.pass >= 1 && got.pass <= 4)
        passes[got.pass]++;
    if (got.demerits == want && got.pass == pass && (tie || (int)got.n == lines) &&
        recount(&p, &b, &got) == want)
        return true;
    fprintf(stderr, "demerits %lld, wanted %lld; pass %d, wanted %d; lines %zu, wanted %d\n",
            (long long)got.demerits, (long long)want, got.pass, pass, got.n, lines);
    return false;
}

static bool
one_large(ch_ctx *cx)
{
    static para p;
    make_para(&p, (size_t)between(40, 120));
    ch_break_params b = make_params();
    b.looseness       = 0;
    ch_breaks got     = run(cx, &p, &b);
    rules     r       = rules_of(&p, &b, got.pass);
    int64_t   want = table(&r), greedy = first_fit(&r);
    if (got.demerits == want && recount(&p, &b, &got) == want && got.demerits <= greedy)
        return true;
    fprintf(stderr, "demerits %lld, wanted %lld; first-fit %lld\n", (long long)got.demerits,
            (long long)want, (long long)greedy);
    return false;
}

static void
test_random(ch_ctx *cx, uint64_t seed)
{
    int passes[5] = {0};
    for (int i = 0; i < PARAS && !failures; i++) {
        uint64_t own = seed + (uint64_t)i * 0x9E3779B97F4A7C15u;
        state        = own ? own : 1;
        if (!(i % 40 ? one_small(cx, passes) : one_large(cx))) {
            failures++;
            fprintf(stderr, "breaker_test: paragraph %d of seed %llu\n", i,
                    (unsigned long long)seed);
        }
        ch_arena_reset(cx->job);
    }
    for (int pass = 1; pass <= 4 && !failures; pass++)
        CHECK(passes[pass] > 500); /* each pass was the deciding one often enough */
}

/* ---- single cases ---- */

/* 5 pt boxes with 3 pt spaces; every box but the last followed by glue. */
static void
make_words(para *p, size_t n, ch_len box)
{
    p->n = 0;
    for (size_t i = 0; i < n; i++) {
        add(p, CH_BOX, box);
        if (i + 1 < n) {
            ch_break_item *g = add(p, CH_GLUE, 3 * CH_PT);
            g->stretch       = (int32_t)(3 * CH_PT / 2);
            g->shrink        = (int32_t)CH_PT;
        }
    }
    add(p, CH_PENALTY, 0)->penalty = CH_PENALTY_MAX;
    add(p, CH_GLUE, 0)->flags      = CH_FIL;
    add(p, CH_PENALTY, 0)->penalty = -CH_PENALTY_MAX;
}

static void
test_badness(void)
{
    CHECK(ch_badness(0, 0) == 0);
    CHECK(ch_badness(1, 0) == CH_INF_BAD);
    CHECK(ch_badness(100, 100) == 100);
    CHECK(ch_badness(50, 100) == 12);
    CHECK(ch_badness(200, 100) == 800 || ch_badness(200, 100) == 799);
    CHECK(ch_badness(CH_LEN_MAX, CH_LEN_MAX) >= 99);
    CHECK(ch_badness(CH_LEN_MAX, 1) == CH_INF_BAD);
    int32_t before = 0;
    for (ch_len t = 0; t < 500 * CH_PT; t += 9973) {
        int32_t b = ch_badness(t, 100 * CH_PT);
        CHECK(b >= before);
        before = b;
    }
}

static void
test_looseness(ch_ctx *cx)
{
    static para p;
    make_words(&p, 60, 11 * CH_PT);
    ch_break_params b = ch_break_params_default(107 * CH_PT);
    b.tolerance       = 10000;
    size_t plain      = run(cx, &p, &b).n;
    b.looseness       = 1;
    CHECK(run(cx, &p, &b).n == plain + 1);
    b.looseness = -1;
    b.tolerance = 200;
    CHECK(run(cx, &p, &b).n == plain); /* nowhere to shrink: stays, and says nothing */
}

static void
test_emergency(ch_ctx *cx)
{
    static para p;
    make_words(&p, 9, 30 * CH_PT);
    ch_break_params b = ch_break_params_default(88 * CH_PT);
    CHECK(run(cx, &p, &b).pass == 4);
    b.emergency_stretch = 30 * CH_PT;
    ch_breaks got       = run(cx, &p, &b);
    CHECK(got.pass == 3 && got.n == 5);
    for (size_t i = 0; i < got.n; i++)
        CHECK(got.at[i].excess == 0);
}

static void
test_overfull(ch_ctx *cx)
{
    static para p;
    make_words(&p, 5, 10 * CH_PT);
    p.at[4].width       = 70 * CH_PT;
    ch_break_params b   = ch_break_params_default(50 * CH_PT);
    ch_breaks       got = run(cx, &p, &b);
    CHECK(got.n == 3 && got.pass == 4);
    CHECK(got.n == 3 && got.at[1].from == 4 && got.at[1].to == 5);
    CHECK(got.n == 3 && got.at[1].excess == 20 * CH_PT && got.at[1].width == 70 * CH_PT);
    CHECK(got.n == 3 && got.at[0].excess == 0 && got.at[2].excess == 0);
}

/* The true story of a start dropped too early: with its hyphen the line is too long, but the
 * end after it fits. */
static void
test_hyphen_too_long(ch_ctx *cx)
{
    static para p;
    p.n = 0;
    add(&p, CH_BOX, 40 * CH_PT);
    ch_break_item *g = add(&p, CH_GLUE, 6 * CH_PT);
    g->stretch       = (int32_t)(3 * CH_PT);
    g->shrink        = (int32_t)(2 * CH_PT);
    add(&p, CH_BOX, 38 * CH_PT);
    ch_break_item *h = add(&p, CH_PENALTY, 0);
    h->pre           = (int32_t)(12 * CH_PT);
    h->penalty       = 50;
    h->flags         = CH_FLAGGED;
    add(&p, CH_BOX, 5 * CH_PT);
    add(&p, CH_PENALTY, 0)->penalty = CH_PENALTY_MAX;
    add(&p, CH_GLUE, 0)->flags      = CH_FIL;
    add(&p, CH_PENALTY, 0)->penalty = -CH_PENALTY_MAX;
    ch_break_params b               = ch_break_params_default(90 * CH_PT);
    ch_breaks       got             = run(cx, &p, &b);
    CHECK(got.n == 1 && got.pass == 2 && got.at[0].excess == 0);
}

static int refined;

static void
refine(void *user, ch_break_item *it)
{
    refined++;
    it->pre = *(const int32_t *)user;
}

/* Guesses are corrected where they matter, and only there. */
static void
test_lazy(ch_ctx *cx)
{
    static para p;
    int32_t     pre = (int32_t)(5 * CH_PT);
    p.n             = 0;
    int hyphens     = 0;
    for (int i = 0; i < 80; i++) {
        add(&p, CH_BOX, 14 * CH_PT);
        if (i % 2) {
            ch_break_item *g = add(&p, CH_GLUE, 3 * CH_PT);
            g->stretch       = (int32_t)(3 * CH_PT / 2);
            g->shrink        = (int32_t)CH_PT;
        } else {
            ch_break_item *h = add(&p, CH_PENALTY, 0);
            h->penalty       = 50;
            h->flags         = CH_FLAGGED | CH_AUTO | CH_LAZY;
            h->pre           = (int32_t)(4 * CH_PT);
            hyphens++;
        }
    }
    add_box(&p);
    add(&p, CH_PENALTY, 0)->penalty = CH_PENALTY_MAX;
    add(&p, CH_GLUE, 0)->flags      = CH_FIL;
    add(&p, CH_PENALTY, 0)->penalty = -CH_PENALTY_MAX;
    static para q;
    q = p;
    for (size_t i = 0; i < q.n; i++)
        if (q.at[i].flags & CH_LAZY) {
            q.at[i].flags &= (uint8_t)~CH_LAZY;
            q.at[i].pre = pre;
        }
    ch_break_params b    = ch_break_params_default(400 * CH_PT);
    ch_breaks       want = run(cx, &q, &b), got;
    ch_items items = {.at = p.at, .n = p.n, .refine = refine, .user = &pre, .slack = 2 * CH_PT};
    CHECK(ch_break_lines(cx, items, &b, &got) == CH_OK);
    CHECK(got.demerits == want.demerits && got.n == want.n);
    CHECK(refined > 0 && refined < hyphens);
}

/* A paragraph of two million breaks: time and memory grow with its length alone. */
static void
test_long(ch_ctx *cx)
{
    const size_t   words = 1000000;
    ch_break_item *at    = CH_NEW_N(cx->job, ch_break_item, words * 4 + 4);
    size_t         n     = 0;
    state                = 88172645463325252u;
    for (size_t i = 0; i < words; i++) {
        at[n++] = (ch_break_item){.kind = CH_BOX, .width = between(5, 30) * CH_PT};
        at[n++] = (ch_break_item){.kind    = CH_PENALTY,
                                  .penalty = 50,
                                  .pre     = (int32_t)(3 * CH_PT),
                                  .flags   = CH_FLAGGED | CH_AUTO};
        at[n++] = (ch_break_item){.kind = CH_BOX, .width = between(5, 30) * CH_PT};
        at[n++] = (ch_break_item){.kind    = CH_GLUE,
                                  .width   = 3 * CH_PT,
                                  .stretch = (int32_t)(3 * CH_PT / 2),
                                  .shrink  = (int32_t)CH_PT};
    }
    at[n - 1]         = (ch_break_item){.kind = CH_PENALTY, .penalty = CH_PENALTY_MAX};
    at[n++]           = (ch_break_item){.kind = CH_GLUE, .flags = CH_FIL};
    at[n++]           = (ch_break_item){.kind = CH_PENALTY, .penalty = -CH_PENALTY_MAX};
    ch_break_params b = ch_break_params_default(450 * CH_PT);
    ch_breaks       got;
    size_t          before = ch_arena_peak(cx->scratch);
    CHECK(ch_break_lines(cx, (ch_items){.at = at, .n = n}, &b, &got) == CH_OK);
    CHECK(got.n > words / 20 && got.n < words / 5);
    CHECK(ch_arena_peak(cx->scratch) - before < words * 2 * 200);
}

static void
test_misuse(ch_ctx *cx)
{
    static para     p;
    ch_breaks       got;
    ch_break_params b = ch_break_params_default(50 * CH_PT);
    make_words(&p, 3, 10 * CH_PT);
    CHECK(ch_break_lines(cx, (ch_items){.at = p.at, .n = p.n - 1}, &b, &got) == CH_ERR_INTERNAL);
    CHECK(ch_break_lines(cx, (ch_items){.at = p.at}, &b, &got) == CH_ERR_INTERNAL);
}

int
main(int argc, char **argv)
{
    ch_guard g;
    ch_ctx   cx = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    if (!cx.job || !cx.scratch || setjmp(g.env))
        return 1;
    ch_arena_guard(cx.job, &g);
    ch_arena_guard(cx.scratch, &g);
    test_badness();
    test_looseness(&cx);
    test_emergency(&cx);
    test_overfull(&cx);
    test_hyphen_too_long(&cx);
    test_lazy(&cx);
    test_misuse(&cx);
    test_random(&cx, argc > 1 ? strtoull(argv[1], NULL, 10) : 20260302);
    test_long(&cx);
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return failures ? 1 : 0;
}
