/* text/kept.c -- paragraphs that an earlier letter of the job had. */
#include "text/kept.h"

#include <string.h>

/* ---- keys ---- */

static void
add(ch_buf *b, const void *p, size_t n)
{
    ch_buf_add(b, p, n);
}

static void
add_number(ch_buf *b, int64_t v)
{
    add(b, &v, sizeof v);
}

static void
add_text(ch_buf *b, ch_str s)
{
    add_number(b, (int64_t)s.n);
    add(b, s.p, s.n);
}

/* Every property, whether shaping and breaking look at it or not. */
static void
add_props(ch_buf *b, const ch_props *p)
{
#define ENUM_FACE(v) add_number(b, (int64_t)(v))
#define ENUM_CASE(v) add_number(b, (int64_t)(v))
#define ENUM_ALIGN(v) add_number(b, (int64_t)(v))
#define LEN(v) add_number(b, (int64_t)(v))
#define NUM(v) add_number(b, (int64_t)(v))
#define PCT(v) add_number(b, (int64_t)(v))
#define BOOL(v) add_number(b, (int64_t)(v))
#define COLOUR(v) add_number(b, (int64_t)(v))
#define STR(v) add_text(b, v)
#define PROP(attr, field, type, dflt) type(p->field);
#include "style/props.def"
#undef PROP
#undef ENUM_FACE
#undef ENUM_CASE
#undef ENUM_ALIGN
#undef LEN
#undef NUM
#undef PCT
#undef BOOL
#undef COLOUR
#undef STR
    add_number(b, p->script);
    add_number(b, p->scripts ? (int64_t)p->scripts->n : -1);
    for (size_t i = 0; p->scripts && i < p->scripts->n; i++) {
        const ch_script_type *s = &p->scripts->at[i];
        add_number(b, s->tag);
        add_number(b, s->size);
        add_number(b, s->leading);
        add_number(b, s->space);
        add_number(b, s->upright * 2 + s->closed);
    }
}

/* What stands for all properties of this content; NULL when there is no room for it. */
static const void *
known_as(ch_ctx *cx, const ch_props *p)
{
    ch_mark m = ch_arena_mark(cx->scratch);
    ch_buf  b;
    ch_buf_init(&b, cx->scratch);
    add_props(&b, p);
    ch_str      key  = ch_buf_view(&b);
    const void *as   = ch_keep_find(cx->keep, CH_KEEP_PROPS, key);
    ch_arena   *room = as ? NULL : ch_keep_room(cx->keep);
    if (room) {
        char *fresh = CH_NEW(room, char);
        ch_keep_put(cx->keep, CH_KEEP_PROPS, key, fresh);
        as = fresh;
    }
    ch_arena_rewind(cx->scratch, m);
    return as;
}

static bool
add_known(ch_ctx *cx, ch_buf *b, ch_kept_props *seen, const ch_props *p)
{
    size_t i = ((uintptr_t)p >> 4) % CH_KEPT_PROPS;
    if (seen->seen[i].at != p) {
        seen->seen[i].as = known_as(cx, p);
        seen->seen[i].at = p;
    }
    add_number(b, (int64_t)(uintptr_t)seen->seen[i].as);
    return seen->seen[i].as != NULL;
}

static bool
add_span(ch_ctx *cx, ch_buf *b, ch_kept_props *seen, const ch_span *s)
{
    add_number(b, (int64_t)s->kind);
    add_number(b, s->rise);
    add_number(b, s->whole);
    add_number(b, s->note != NULL);
    add_number(b, s->isolate != NULL);
    add_number(b, s->isolates_opened);
    add_number(b, s->isolates_closed);
    for (unsigned i = 0; s->isolate && i < s->isolates_opened; i++)
        add_number(b, (int64_t)s->isolate[i] + 1);
    add_text(b, s->lang);
    add_text(b, s->text);
    return add_known(cx, b, seen, s->type);
}

ch_str
ch_kept_key(ch_ctx *cx, ch_kept_props *seen, const ch_para *para)
{
    if (!ch_keep_works(cx->keep))
        return CH_STR_EMPTY;
    ch_buf b;
    ch_buf_init(&b, cx->scratch);
    bool good = add_known(cx, &b, seen, para->props);
    add_number(&b, para->rtl);
    add_text(&b, para->lang);
    for (size_t i = 0; good && i < para->n; i++)
        good = add_span(cx, &b, seen, &para->span[i]);
    return good ? ch_buf_view(&b) : CH_STR_EMPTY;
}

/* ---- values ---- */

/* What is kept: a paragraph whose runs have no span; span[i] is the number of run i's. */
typedef struct kept {
    ch_shaped s;
    uint32_t *span;
} kept;

static const ch_shaped *
told_anew(ch_ctx *cx, const kept *k, const ch_para *para, ch_hyphens *shared)
{
    ch_shaped *s   = CH_NEW(cx->job, ch_shaped);
    ch_run    *run = ch_arena_copy(cx->job, k->s.run, k->s.n_runs, sizeof *run);
    for (size_t i = 0; i < k->s.n_runs; i++)
        run[i].span = &para->span[k->span[i]];
    *s        = k->s;
    s->run    = run;
    s->para   = para;
    s->shared = shared;
    s->kept   = k;
    return s;
}

const ch_shaped *
ch_kept_text(ch_ctx *cx, ch_str key, const ch_para *para, const ch_text_tools *t)
{
    const kept *k = key.n ? ch_keep_find(cx->keep, CH_KEEP_TEXT, key) : NULL;
    return k ? told_anew(cx, k, para, t->hyphens) : NULL;
}

const ch_shaped *
ch_kept_put(ch_ctx *cx, ch_str key, const ch_shaped *s)
{
    ch_arena *a = key.n ? ch_keep_room(cx->keep) : NULL;
    if (!a)
        return s;
    kept   *k   = CH_NEW(a, kept);
    ch_run *run = ch_arena_copy(a, s->run, s->n_runs, sizeof *run);
    k->span     = CH_NEW_N(a, uint32_t, s->n_runs);
    for (size_t i = 0; i < s->n_runs; i++) {
        k->span[i]   = (uint32_t)(run[i].span - s->para->span);
        run[i].glyph = ch_arena_copy(a, run[i].glyph, run[i].n, sizeof *run[i].glyph);
        run[i].span  = NULL;
    }
    k->s         = *s;
    k->s.para    = NULL;
    k->s.shared  = NULL;
    k->s.run     = run;
    k->s.text    = ch_arena_str(a, s->text);
    k->s.brk     = ch_arena_copy(a, s->brk, s->n_breaks, sizeof *s->brk);
    k->s.room    = ch_arena_copy(a, s->room, s->n_rooms, sizeof *s->room);
    k->s.range   = ch_arena_copy(a, s->range, s->n_ranges, sizeof *s->range);
    k->s.kashida = ch_arena_copy(a, s->kashida, s->n_kashidas, sizeof *s->kashida);
    ch_keep_put(cx->keep, CH_KEEP_TEXT, key, k);
    return told_anew(cx, k, s->para, s->shared);
}
