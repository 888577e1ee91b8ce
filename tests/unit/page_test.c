/* tests/unit/page_test.c -- page/optimum.h on bare numbers: against all ways to cut small
 * documents into pages, and against filling page by page; page/columns.h against all ways to cut
 * columns.  Random documents from a seed, which is printed when one fails; page_test SEED runs
 * from that seed. */
#include "page/columns.h"
#include "page/optimum.h"

#include "line/breaker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENTS 20000
#define ITEMS_MAX 9
#define NOTES_MAX 8

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static uint64_t state;

static int64_t
between(int64_t a, int64_t b)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return a + (int64_t)(state % (uint64_t)(b - a + 1));
}

static bool
chance(int percent)
{
    return between(1, 100) <= percent;
}

/* ---- documents ---- */

typedef struct document {
    ch_vitem          item[ITEMS_MAX];
    ch_note_line      note[NOTES_MAX];
    ch_vlist          v;
    ch_optimum_params p;
} document;

static void
add_note(document *d, ch_vitem *it)
{
    size_t lines = (size_t)between(1, 3);
    if (d->v.n_notes + lines > NOTES_MAX)
        return;
    it->notes_begun = (uint32_t)d->v.n_notes + 1;
    for (size_t k = 0; k < lines; k++)
        d->note[d->v.n_notes++] = (ch_note_line){.height = between(3, 9) * CH_PT,
                                                 .gap    = k ? 0 : between(0, 2) * CH_PT,
                                                 .cost   = k ? (int32_t)between(1, 9000) : 0};
}

static void
make_document(document *d)
{
    memset(d, 0, sizeof *d);
    d->v.item       = d->item;
    d->v.note       = d->note;
    d->v.n          = (size_t)between(1, ITEMS_MAX);
    d->p.first      = between(20, 60) * CH_PT;
    d->p.next       = between(25, 60) * CH_PT;
    d->p.ragged     = chance(60);
    d->p.stub       = between(0, 20) * CH_PT;
    d->p.stub_cost  = (int32_t)between(0, 20000);
    d->p.note_head  = between(0, 5) * CH_PT;
    d->p.note_alone = (int32_t)between(0, 20000);
    bool notes      = chance(40);
    for (size_t i = 0; i < d->v.n; i++) {
        ch_vitem *it   = &d->item[i];
        it->height     = chance(3) ? between(50, 70) * CH_PT : between(4, 25) * CH_PT;
        it->gap        = chance(40) ? between(0, 9) * CH_PT : 0;
        it->stretch    = it->gap && chance(50) ? between(1, 3) * CH_PT : 0;
        it->shrink     = it->gap > 2 * CH_PT && chance(50) ? between(1, 2) * CH_PT : 0;
        it->head       = i && chance(15) ? between(1, 8) * CH_PT : 0;
        it->cost       = chance(30) ? (int32_t)between(0, 30000) : 0;
        it->forced     = i && chance(4);
        it->if_needed  = i && !it->forced && chance(6);
        it->body       = chance(60);
        it->needs_body = chance(15) ? (uint8_t)between(1, 2) : 0;
        for (int r = CH_RULE_UNIT; r < CH_RULE_COUNT; r++)
            if (r != CH_RULE_BODY && chance(12))
                it->rules |= CH_RULE_BIT(r);
        if (i)
            it->notes_begun = d->item[i - 1].notes_begun;
        if (notes && chance(35))
            add_note(d, it);
        it->notes_to = (uint32_t)d->v.n_notes;
    }
}

/* ---- all ways, each page worked out anew ---- */

static size_t
due(const document *d, size_t item)
{
    return item ? d->item[item - 1].notes_to : 0;
}

static ch_len
room_of(const document *d, size_t a, size_t na)
{
    return a == 0 && na == 0 ? d->p.first : d->p.next;
}

static ch_page_span
page_of(const document *d, size_t a, size_t b, size_t na, size_t nb)
{
    ch_page_span s = {.from = a, .to = b, .note_from = na, .note_to = nb};
    if (a < d->v.n)
        s.used += d->item[a].head;
    for (size_t i = a; i < b; i++) {
        s.used += d->item[i].height;
        if (i > a) {
            s.used += d->item[i].gap;
            s.stretch += d->item[i].stretch;
            s.shrink += d->item[i].shrink;
        }
    }
    for (size_t n = na; n < nb; n++)
        s.used += d->note[n].height + (n > na ? d->note[n].gap : d->p.note_head);
    return s;
}

static void
add_rules(ch_page_cost *c, unsigned bits)
{
    for (int r = 0; r < CH_RULE_COUNT; r++)
        c->broken[r] = (uint16_t)(c->broken[r] + ((bits >> r) & 1u));
}

static ch_page_cost
cost_of(const document *d, ch_page_cost c, const ch_page_span *s, unsigned bits)
{
    const ch_vitem *end  = s->to < d->v.n ? &d->item[s->to] : NULL;
    bool            free = end ? end->forced || end->if_needed : s->note_to == d->v.n_notes;
    unsigned        text = 0;
    if (end && !end->forced)
        bits |= end->rules;
    for (size_t i = s->from; i < s->to; i++) {
        if (text < d->item[i].needs_body)
            bits |= CH_RULE_BIT(CH_RULE_BODY);
        text += d->item[i].body;
    }
    add_rules(&c, bits);
    c.pages++;
    c.demerits += ch_page_demerits(&d->p, room_of(d, s->from, s->note_from), s, free);
    if (end && !free && s->to > s->from)
        c.demerits += end->cost;
    if (s->note_to < d->v.n_notes)
        c.demerits += d->note[s->note_to].cost;
    bool inside = s->note_to < d->v.n_notes && d->note[s->note_to].cost > 0;
    inside      = inside || (s->note_from < d->v.n_notes && d->note[s->note_from].cost > 0);
    if (inside && s->note_to - s->note_from == 1)
        c.demerits += d->p.note_alone;
    return c;
}

static bool
may_end(const document *d, size_t a, size_t b)
{
    for (size_t i = a + 1; i < b; i++) {
        if (d->item[i].forced)
            return false;
        if (d->item[i].if_needed) {
            size_t whole = i + 1;
            while (whole < d->v.n && !d->item[whole].forced && !d->item[whole].if_needed)
                whole++;
            if (b < whole)
                return false;
        }
    }
    return true;
}

/* Lines of notes that must stand on the page. */
static size_t
least(const document *d, size_t b, size_t na)
{
    size_t need = b ? d->item[b - 1].notes_begun : 0;
    return need > na ? need : na < due(d, b) ? na + 1 : na;
}

static void
try_all(const document *d, size_t a, size_t na, ch_page_cost so_far, ch_page_cost *best)
{
    if (a == d->v.n && na == d->v.n_notes) {
        if (ch_page_cost_compare(&so_far, best) < 0)
            *best = so_far;
        return;
    }
    bool any = false;
    for (size_t b = a; b <= d->v.n; b++) {
        if (b > a && !may_end(d, a, b))
            continue;
        for (size_t nb = least(d, b, na); nb <= due(d, b); nb++) {
            if (b == a && nb == na)
                continue;
            ch_page_span s    = page_of(d, a, b, na, nb);
            ch_page_span full = page_of(d, a, b, na, due(d, b));
            ch_len       room = room_of(d, a, na);
            if (s.used - s.shrink > room)
                continue;
            if (b > a && nb < due(d, b) && full.used - full.shrink <= room)
                continue;
            any = true;
            try_all(d, b, nb, cost_of(d, so_far, &s, 0), best);
        }
    }
    if (any)
        return;
    if (a == d->v.n) {
        ch_page_span s = page_of(d, a, a, na, na + 1);
        try_all(d, a, na + 1, cost_of(d, so_far, &s, CH_RULE_BIT(CH_RULE_FIT)), best);
        return;
    }
    for (size_t nb = na; nb < least(d, a + 1, na); nb++) {
        ch_page_span s = page_of(d, a, a + 1, na, nb);
        if (s.used - s.shrink > room_of(d, a, na))
            continue;
        any = true;
        try_all(d, a + 1, nb, cost_of(d, so_far, &s, CH_RULE_BIT(CH_RULE_NOTE)), best);
    }
    if (!any) {
        ch_page_span s = page_of(d, a, a + 1, na, na);
        try_all(d, a + 1, na, cost_of(d, so_far, &s, CH_RULE_BIT(CH_RULE_FIT)), best);
    }
}

static void
report(const document *d, uint64_t seed, const ch_page_cost *a, const ch_page_cost *b)
{
    fprintf(stderr,
            "seed %llu: %zu items, %zu note lines; found pages %u demerits %lld, best %u %lld\n",
            (unsigned long long)seed, d->v.n, d->v.n_notes, a->pages, (long long)a->demerits,
            b->pages, (long long)b->demerits);
    for (int r = 0; r < CH_RULE_COUNT; r++)
        if (a->broken[r] || b->broken[r])
            fprintf(stderr, "  rule %d: %u, %u\n", r, a->broken[r], b->broken[r]);
}

/* Every item and every line of a note stands on one page, in order. */
static void
check_whole(const document *d, const ch_optimum *o)
{
    size_t item = 0, note = 0;
    for (size_t i = 0; i < o->n; i++) {
        CHECK(o->at[i].from == item && o->at[i].note_from == note);
        CHECK(o->at[i].to > item || o->at[i].note_to > note);
        item = o->at[i].to;
        note = o->at[i].note_to;
    }
    CHECK(item == d->v.n && note == d->v.n_notes);
}

static void
against_all_ways(ch_ctx *cx, uint64_t seed)
{
    size_t split = 0, relaxed = 0;
    state = seed;
    for (int i = 0; i < DOCUMENTS && failures < 10; i++) {
        document     d;
        ch_optimum   o;
        uint64_t     here = state;
        ch_page_cost best;
        make_document(&d);
        ch_optimum_pages(cx, d.v, &d.p, &o);
        memset(&best, 0xff, sizeof best);
        best.demerits = INT64_MAX;
        try_all(&d, 0, 0, (ch_page_cost){.pages = 0}, &best);
        if (ch_page_cost_compare(&o.cost, &best) != 0) {
            report(&d, here, &o.cost, &best);
            failures++;
        }
        check_whole(&d, &o);
        for (size_t k = 0; k < o.n; k++) {
            split += o.at[k].note_to < due(&d, o.at[k].to);
            relaxed += o.at[k].rules != 0;
        }
        ch_arena_reset(cx->job);
    }
    CHECK(split > 100 && relaxed > 100); /* else the documents try too little */
}

/* ---- the ending that filling page by page spoils ---- */

/* A letter of 60 lines and a signature of 8 lines' height: pages of 30 lines.  Filled page by
 * page, its text ends with page 2 and the signature stands alone on page 3. */
static void
saves_the_ending(ch_ctx *cx)
{
    enum { N = 61 };
    ch_vitem          item[N] = {{0}};
    ch_vlist          v       = {.item = item, .n = N};
    ch_optimum_params p       = {.first = 30 * 12 * CH_PT, .next = 30 * 12 * CH_PT, .ragged = true};
    for (size_t i = 0; i < N; i++) {
        size_t line    = i % 6; /* paragraphs of six lines */
        item[i].height = 12 * CH_PT;
        item[i].body   = i < 60;
        item[i].rules  = line == 1 || line == 5 ? CH_RULE_BIT(CH_RULE_LINES) : 0;
    }
    item[60].height     = 8 * 12 * CH_PT;
    item[60].needs_body = 2;
    item[60].rules      = 0;

    ch_page_span first = ch_greedy_page(v, &p, 0, 0), second = ch_greedy_page(v, &p, first.to, 0);
    CHECK(first.to == 30 && second.to == 60); /* the signature is left alone */
    ch_optimum o;
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 3 && o.at[2].from <= 58 && o.at[2].to == N);
    for (int r = 0; r < CH_RULE_COUNT; r++)
        CHECK(o.cost.broken[r] == 0);
    ch_arena_reset(cx->job);
}

/* The less important rule gives way. */
static void
relaxes_the_least(ch_ctx *cx)
{
    ch_vitem          item[3] = {{.height = 10}, {.height = 10}, {.height = 10}};
    ch_vlist          v       = {.item = item, .n = 3};
    ch_optimum_params p       = {.first = 20, .next = 20, .ragged = true};
    ch_optimum        o;
    item[1].rules = CH_RULE_BIT(CH_RULE_LINES) | CH_RULE_BIT(CH_RULE_KEEP);
    item[2].rules = CH_RULE_BIT(CH_RULE_UNIT);
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 2 && o.at[0].to == 1 && o.at[0].rules == item[1].rules);
    item[2].rules = CH_RULE_BIT(CH_RULE_KEEP);
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 2 && o.at[0].to == 2 && o.at[0].rules == CH_RULE_BIT(CH_RULE_KEEP));
    ch_arena_reset(cx->job);
}

/* An annex stays under the letter only as a whole. */
static void
moves_the_annex(ch_ctx *cx)
{
    ch_vitem          item[6] = {{.height = 10}, {.height = 10}, {.height = 10},
                                 {.height = 10}, {.height = 10}, {.height = 10}};
    ch_vlist          v       = {.item = item, .n = 6};
    ch_optimum_params p       = {.first = 50, .next = 50, .ragged = true};
    ch_optimum        o;
    item[3].if_needed = true;
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 2 && o.at[0].to == 3);
    p.first = 60;
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 1);
    ch_arena_reset(cx->job);
}

/* ---- columns ---- */

/* The least greatest height of items [from, n) in k columns, by all ways to cut them. */
static ch_len
best_columns(const ch_vitem *item, size_t from, size_t n, unsigned k)
{
    if (k == 1 || from == n)
        return ch_column_height(item, from, n);
    ch_len best = INT64_MAX;
    for (size_t to = from + 1; to <= n; to++) {
        if (to < n && item[to].rules)
            continue;
        ch_len here = ch_column_height(item, from, to), rest = best_columns(item, to, n, k - 1);
        here = here > rest ? here : rest;
        best = here < best ? here : best;
    }
    return best;
}

static void
columns_against_all_ways(uint64_t seed)
{
    state = seed;
    for (int i = 0; i < 4000 && failures < 10; i++) {
        uint64_t here     = state;
        ch_vitem item[10] = {{0}};
        size_t   n        = (size_t)between(1, 10);
        unsigned k        = (unsigned)between(1, 4);
        for (size_t j = 0; j < n; j++) {
            item[j].height = between(5, 30);
            item[j].gap    = between(0, 5);
            if (j && chance(20))
                item[j].rules = CH_RULE_BIT(CH_RULE_HEAD);
            else if (j && chance(30)) /* no more than what the gap and the item above give back */
                item[j].column_head = item[j].gap;
        }
        ch_len best = best_columns(item, 0, n, k), found = ch_columns_balance(item, 0, n, k, 1000);
        if (found != best) {
            fprintf(stderr, "columns, seed %llu: %zu items in %u: found %lld, best %lld\n",
                    (unsigned long long)here, n, k, (long long)found, (long long)best);
            failures++;
        }
    }
}

/* A list of 300,000 items ends in reasonable time and memory only if both are linear. */
static void
long_list(ch_ctx *cx)
{
    enum { N = 300000 };
    ch_vitem         *item = CH_NEW_N(cx->job, ch_vitem, N);
    ch_vlist          v    = {.item = item, .n = N};
    ch_optimum_params p    = {.first = 400 * CH_PT, .next = 600 * CH_PT, .ragged = true};
    for (size_t i = 0; i < N; i++) {
        item[i].height = 12 * CH_PT;
        item[i].head   = i ? 20 * CH_PT : 0;
    }
    ch_optimum o;
    ch_optimum_pages(cx, v, &p, &o);
    CHECK(o.n == 1 + (N - 33 + 47) / 48);
    ch_arena_reset(cx->job);
}

static _Noreturn void
out_of_memory(void)
{
    fprintf(stderr, "page_test: out of memory\n");
    exit(1);
}

int
main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 20261104;
    ch_ctx   cx   = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    ch_guard guard;
    if (!cx.job || !cx.scratch)
        out_of_memory();
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    if (setjmp(guard.env))
        out_of_memory();
    against_all_ways(&cx, seed);
    columns_against_all_ways(seed);
    saves_the_ending(&cx);
    relaxes_the_least(&cx);
    moves_the_annex(&cx);
    long_list(&cx);
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return failures > 0;
}
