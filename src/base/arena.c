#define _GNU_SOURCE /* madvise */
/* base/arena.c -- blocks in a chain; what is behind the current block is kept for later.
 *
 * Ordinary blocks are 64 KiB, and 2 MiB once the arena holds as much: a long annex takes
 * hundreds of pages of memory, and the system gives such a block as one.  A request that is
 * larger than a quarter of 64 KiB, and that no block of 2 MiB has room for, gets a
 * block of its own, put in the chain before the current one, so that the current one
 * goes on being filled.  Rewinding keeps the ordinary blocks, and a few large ones that are
 * not very large, and gives the others back to malloc: what one letter asked for the next one
 * asks for again. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
#define LARGE_SIZE (BLOCK_SIZE / 4)
#define HUGE_SIZE ((size_t)2 * 1024 * 1024)
/* So much of emptied large blocks is kept, none of them larger than a quarter of it. */
#define SPARE_MOST ((size_t)1024 * 1024)
/* With less than this left of its budget an arena goes on in small steps. */
#define HUGE_BUDGET (8 * HUGE_SIZE)

typedef struct block {
    struct block *prev; /* older */
    size_t        room, used;
    alignas(max_align_t) unsigned char at[];
} block;

typedef struct large {
    struct large *prev;
    size_t        size;
    block        *under; /* where the ordinary chain stood when this one was made, */
    size_t        used;  /* so that a rewind knows which large blocks came later */
    alignas(max_align_t) unsigned char at[];
} large;

typedef struct defer {
    struct defer *prev;
    void (*fn)(void *);
    void *p;
} defer;

struct ch_arena {
    block    *top;    /* the block that is being filled */
    block    *spare;  /* emptied blocks, for reuse */
    large    *large;  /* newest first */
    large    *idle;   /* emptied large blocks, for reuse */
    size_t    n_idle; /* their bytes */
    defer    *defers; /* newest first */
    ch_guard *guard;
    size_t    budget, held, bytes, peak;
};

ch_arena *
ch_arena_new(size_t budget)
{
    ch_arena *a = calloc(1, sizeof *a);
    if (a)
        a->budget = budget;
    return a;
}

void
ch_arena_guard(ch_arena *a, ch_guard *g)
{
    a->guard = g;
}

ch_guard *
ch_arena_guard_of(const ch_arena *a)
{
    return a->guard;
}

void
ch_arena_set_budget(ch_arena *a, size_t budget)
{
    a->budget = budget;
}

size_t
ch_arena_bytes(const ch_arena *a)
{
    return a->bytes;
}

size_t
ch_arena_peak(const ch_arena *a)
{
    return a->peak;
}

static void *
huge_block(void)
{
    void *p = aligned_alloc(HUGE_SIZE, HUGE_SIZE);
#ifdef MADV_HUGEPAGE
    if (p)
        (void)madvise(p, HUGE_SIZE, MADV_HUGEPAGE); /* where it is refused, nothing is lost */
#endif
    return p;
}

/* Ask the machine for memory, within the budget. */
static void *
claim(ch_arena *a, size_t size, bool *over_budget)
{
    if (a->budget && (size > a->budget || a->held > a->budget - size)) {
        *over_budget = true;
        return NULL;
    }
    void *p = size == HUGE_SIZE ? huge_block() : malloc(size);
    if (!p)
        return NULL;
    a->held += size;
    if (a->held > a->peak)
        a->peak = a->held;
    return p;
}

static void
drop_idle(ch_arena *a)
{
    while (a->idle) {
        large *l = a->idle;
        a->idle  = l->prev;
        a->held -= sizeof *l + l->size;
        free(l);
    }
    a->n_idle = 0;
}

/* An emptied block that is large enough and not much larger; NULL when there is none. */
static large *
reuse_large(ch_arena *a, size_t size)
{
    for (large **at = &a->idle; *at; at = &(*at)->prev) {
        large *l = *at;
        if (l->size < size || l->size / 2 > size)
            continue;
        *at = l->prev;
        a->n_idle -= l->size;
        return l;
    }
    return NULL;
}

static large *
fresh_large(ch_arena *a, size_t size, bool *over_budget)
{
    large *l = claim(a, sizeof *l + size, over_budget);
    if (!l && a->idle) {
        drop_idle(a);
        *over_budget = false;
        l            = claim(a, sizeof *l + size, over_budget);
    }
    if (l)
        l->size = size;
    return l;
}

static void *
take_large(ch_arena *a, size_t size, bool *over_budget)
{
    if (size > SIZE_MAX - sizeof(large))
        return NULL;
    large *l = reuse_large(a, size);
    if (!l)
        l = fresh_large(a, size, over_budget);
    if (!l)
        return NULL;
    l->prev  = a->large;
    l->under = a->top;
    l->used  = a->top ? a->top->used : 0;
    a->large = l;
    a->bytes += l->size;
    return l->at;
}

static size_t
block_size(const ch_arena *a)
{
    bool tight = a->budget && a->budget - a->held < HUGE_BUDGET;
    return a->held < HUGE_SIZE || tight ? BLOCK_SIZE : HUGE_SIZE;
}

static bool
add_block(ch_arena *a, bool *over_budget)
{
    block *b = a->spare;
    if (b) {
        a->spare = b->prev;
    } else {
        size_t size = block_size(a);
        b           = claim(a, size, over_budget);
        if (!b)
            return false;
        b->room = size - sizeof *b;
    }
    b->used = 0;
    b->prev = a->top;
    a->top  = b;
    return true;
}

/* Has the current block, of 2 MiB, room for a request that no other would be asked for? */
static bool
fits_huge(const ch_arena *a, size_t size)
{
    return a->top && a->top->room > BLOCK_SIZE && a->top->room - a->top->used >= size;
}

static void *
take(ch_arena *a, size_t size, bool *over_budget)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    /* At least one unit: a rewind tells what came after a mark by the bytes used. */
    size = size ? (size + align - 1) / align * align : align;
    if (size > LARGE_SIZE && !fits_huge(a, size)) {
        void *p = take_large(a, size, over_budget);
        if (p)
            memset(p, 0, size);
        return p;
    }
    if (!a->top || a->top->room - a->top->used < size) {
        if (!add_block(a, over_budget))
            return NULL;
    }
    void *p = a->top->at + a->top->used;
    a->top->used += size;
    a->bytes += size;
    memset(p, 0, size);
    return p;
}

void *
ch_arena_try(ch_arena *a, size_t size)
{
    bool over_budget = false;
    return take(a, size, &over_budget);
}

/* Nobody can be told without a guard, and going on would corrupt the job: stop here. */
static _Noreturn void
run_out(ch_arena *a, bool over_budget)
{
    if (!a->guard)
        __builtin_trap();
    a->guard->over_budget = over_budget;
    longjmp(a->guard->env, 1);
}

void *
ch_arena_alloc(ch_arena *a, size_t size)
{
    bool  over_budget = false;
    void *p           = take(a, size, &over_budget);
    if (!p)
        run_out(a, over_budget);
    return p;
}

void *
ch_arena_array(ch_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / 2 / size)
        run_out(a, a->budget != 0);
    return ch_arena_alloc(a, n * size);
}

void *
ch_arena_copy(ch_arena *a, const void *p, size_t n, size_t size)
{
    void *to = ch_arena_array(a, n, size);
    if (n)
        memcpy(to, p, n * size);
    return to;
}

/* How many entries a new array has room for: of large ones few, since a list may have as many
 * arrays as entries, most of them with one thing in it. */
static size_t
first_room(size_t size)
{
    return size > 48 ? 1 : size > 24 ? 2 : 4;
}

void *
ch_arena_grow(ch_arena *a, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    if (*cap > SIZE_MAX / 4)
        run_out(a, a->budget != 0);
    size_t more  = *cap ? *cap * 2 : first_room(size);
    void  *fresh = ch_arena_array(a, more, size);
    if (n)
        memcpy(fresh, at, n * size);
    *cap = more;
    return fresh;
}

/* ---- marks ---- */

/* The chain of ordinary blocks only grows between a mark and its rewind, so that
 * "was made after the mark" is "its block is not under the mark's, or is the mark's
 * block at a higher fill". */

ch_mark
ch_arena_mark(ch_arena *a)
{
    ch_mark m = {a->top, a->top ? a->top->used : 0, a->defers};
    /* A unit of its own: a large block made right after the mark then differs from one
     * made right before it. */
    (void)ch_arena_alloc(a, 1);
    return m;
}

static void
run_defers(ch_arena *a, const defer *until)
{
    while (a->defers && a->defers != until) {
        defer *d  = a->defers;
        a->defers = d->prev;
        d->fn(d->p);
    }
}

static void
drop_large(ch_arena *a)
{
    large *l = a->large;
    a->large = l->prev;
    a->bytes -= l->size;
    if (l->size <= SPARE_MOST / 4 && a->n_idle + l->size <= SPARE_MOST) {
        l->prev = a->idle;
        a->idle = l;
        a->n_idle += l->size;
        return;
    }
    a->held -= sizeof *l + l->size;
    free(l);
}

void
ch_arena_rewind(ch_arena *a, ch_mark m)
{
    run_defers(a, m.defers);
    for (;;) {
        bool here = a->top == m.block;
        while (a->large && a->large->under == a->top && (!here || a->large->used > m.used))
            drop_large(a);
        if (here)
            break;
        block *b = a->top;
        a->top   = b->prev;
        a->bytes -= b->used;
        b->prev  = a->spare;
        a->spare = b;
    }
    if (a->top) {
        a->bytes -= a->top->used - m.used;
        a->top->used = m.used;
    }
}

void
ch_arena_reset(ch_arena *a)
{
    run_defers(a, NULL);
    while (a->large)
        drop_large(a);
    while (a->top) {
        block *b = a->top;
        a->top   = b->prev;
        b->prev  = a->spare;
        a->spare = b;
    }
    a->bytes = 0;
}

void
ch_arena_free(ch_arena *a)
{
    if (!a)
        return;
    ch_arena_reset(a);
    drop_idle(a);
    while (a->spare) {
        block *b = a->spare;
        a->spare = b->prev;
        free(b);
    }
    free(a);
}

void
ch_arena_defer(ch_arena *a, void (*fn)(void *), void *p)
{
    bool   over_budget = false;
    defer *d           = take(a, sizeof *d, &over_budget);
    if (!d) {
        fn(p); /* the handle must not leak when there is no room to remember it */
        run_out(a, over_budget);
    }
    d->prev   = a->defers;
    d->fn     = fn;
    d->p      = p;
    a->defers = d;
}

/* ---- strings ---- */

ch_str
ch_arena_str(ch_arena *a, ch_str s)
{
    char *p = ch_arena_array(a, s.n + 1, 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (ch_str){p, s.n};
}

ch_str
ch_arena_vprintf(ch_arena *a, const char *fmt, va_list ap)
{
    va_list again;
    char    small[256];
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    if (n < 0)
        n = 0, small[0] = 0;
    char *p = ch_arena_array(a, (size_t)n + 1, 1);
    if ((size_t)n < sizeof small)
        memcpy(p, small, (size_t)n);
    else
        (void)vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (ch_str){p, (size_t)n};
}

ch_str
ch_arena_printf(ch_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    ch_str s = ch_arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}
