/* base/arena.h -- memory that is given back all at once.
 *
 * A job has two: `job` lives until the PDF is out, `scratch` is marked and rewound
 * inside a function.  64 KiB blocks, a large request in a block of its own; reset
 * keeps the blocks for the next job.
 *
 * ch_arena_alloc never returns NULL: when memory or the arena's byte budget runs out
 * it longjmps to the point set with ch_arena_guard (the one setjmp, in job/), or
 * aborts the job through it; whatever was made is in the arena, so nothing else needs
 * undoing.  Callbacks run by a foreign library use ch_arena_try, which may return NULL.
 * Threads: an arena belongs to one thread at a time. */
#ifndef CH_BASE_ARENA_H
#define CH_BASE_ARENA_H

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

typedef struct ch_arena ch_arena;

typedef struct ch_mark {
    void  *block;
    size_t used;
    void  *defers;
} ch_mark;

typedef struct ch_guard {
    jmp_buf env;
    bool    over_budget; /* set before the jump: the budget, not the machine, ran out */
} ch_guard;

/* budget: the most bytes that it may hold, 0 for no limit.  NULL when malloc fails. */
ch_arena *ch_arena_new(size_t budget);
void      ch_arena_free(ch_arena *a);               /* runs the defers; NULL is fine */
void      ch_arena_reset(ch_arena *a);              /* runs the defers, keeps the blocks */
void      ch_arena_guard(ch_arena *a, ch_guard *g); /* where ch_arena_alloc jumps; must be set */
ch_guard *ch_arena_guard_of(const ch_arena *a);     /* the one set last, or NULL */
void      ch_arena_set_budget(ch_arena *a, size_t budget); /* for what is claimed from now on */
size_t    ch_arena_bytes(const ch_arena *a);               /* bytes handed out now */
size_t    ch_arena_peak(const ch_arena *a);                /* the most bytes it ever held */

void   *ch_arena_alloc(ch_arena *a, size_t size); /* zeroed, aligned for any type */
void   *ch_arena_try(ch_arena *a, size_t size);   /* the same; NULL when there is none */
ch_mark ch_arena_mark(ch_arena *a);
void    ch_arena_rewind(ch_arena *a, ch_mark m); /* runs the defers made since the mark */

/* Run fn(p) when the arena is rewound past this point, reset or freed; last first. */
void ch_arena_defer(ch_arena *a, void (*fn)(void *), void *p);

#define CH_NEW(a, T) ((T *)ch_arena_alloc((a), sizeof(T)))
#define CH_NEW_N(a, T, n) ((T *)ch_arena_array((a), (n), sizeof(T)))
void *ch_arena_array(ch_arena *a, size_t n, size_t size); /* guards n * size against overflow */
void *ch_arena_copy(ch_arena *a, const void *p, size_t n, size_t size); /* p may be NULL for none */

ch_str ch_arena_str(ch_arena *a, ch_str s); /* a NUL-terminated copy */
ch_str ch_arena_printf(ch_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* NUL-terminated */
ch_str ch_arena_vprintf(ch_arena *a, const char *fmt, va_list ap);

/* Growing arrays inside an arena:
 *     struct { T *at; size_t n, cap; } v = {0};
 *     *CH_PUSH(arena, v) = value;                                              */
#define CH_VEC(T)                                                                                  \
    struct {                                                                                       \
        T     *at;                                                                                 \
        size_t n, cap;                                                                             \
    }
#define CH_PUSH(a, v)                                                                              \
    ((v).at =                                                                                      \
         (v).n < (v).cap ? (v).at : ch_arena_grow((a), (v).at, (v).n, &(v).cap, sizeof *(v).at),   \
     &(v).at[(v).n++])
void *ch_arena_grow(ch_arena *a, void *at, size_t n, size_t *cap, size_t size);

#endif
