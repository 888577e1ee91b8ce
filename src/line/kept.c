/* line/kept.c -- lines that an earlier letter of the job had. */
#include "line/kept.h"

#include <string.h>

/* What is kept: lines whose strips have the number of a run in the place of the run, and the spans
 * that have the lines' notes, by number. */
typedef struct kept_line {
    ch_line   line;
    uint32_t *run; /* of each strip */
    uint32_t *note;
} kept_line;

typedef struct kept {
    ch_lines   l;
    kept_line *line;
} kept;

typedef struct key {
    const void *text;
    ch_len      measure;
} key;

static ch_str
key_of(const key *k)
{
    return (ch_str){(const char *)k, sizeof *k};
}

/* ---- finding ---- */

static void
tell_anew(ch_ctx *cx, const kept_line *k, const ch_shaped *s, ch_line *out)
{
    ch_strip *strip = CH_NEW_N(cx->job, ch_strip, k->line.n);
    for (size_t i = 0; i < k->line.n; i++) {
        strip[i]     = k->line.strip[i];
        strip[i].run = &s->run[k->run[i]];
    }
    *out       = k->line;
    out->strip = strip;
    if (!k->line.n_notes)
        return;
    out->note = CH_NEW_N(cx->job, const ch_footnote *, k->line.n_notes);
    for (size_t i = 0; i < k->line.n_notes; i++)
        out->note[i] = s->para->span[k->note[i]].note;
}

const ch_lines *
ch_kept_lines(ch_ctx *cx, const ch_shaped *s, ch_len measure)
{
    key         at = {s->kept, measure};
    const kept *k  = s->kept ? ch_keep_find(cx->keep, CH_KEEP_LINES, key_of(&at)) : NULL;
    if (!k)
        return NULL;
    ch_lines *l    = CH_NEW(cx->job, ch_lines);
    ch_line  *line = CH_NEW_N(cx->job, ch_line, k->l.n);
    for (size_t i = 0; i < k->l.n; i++)
        tell_anew(cx, &k->line[i], s, &line[i]);
    *l        = k->l;
    l->para   = s->para;
    l->shaped = s;
    l->line   = line;
    return l;
}

/* ---- keeping ---- */

static bool
is_of_run(const ch_strip *s)
{
    return (uintptr_t)s->glyph >= (uintptr_t)s->run->glyph &&
           (uintptr_t)s->glyph < (uintptr_t)(s->run->glyph + s->run->n);
}

static uint32_t
span_of(const ch_para *p, const ch_footnote *note)
{
    uint32_t i = 0;
    while (i + 1 < p->n && p->span[i].note != note)
        i++;
    return i;
}

static void
put_line(ch_arena *a, const ch_lines *l, const ch_line *line, kept_line *out)
{
    ch_strip *strip = CH_NEW_N(a, ch_strip, line->n);
    out->run        = CH_NEW_N(a, uint32_t, line->n);
    out->note       = CH_NEW_N(a, uint32_t, line->n_notes);
    for (size_t i = 0; i < line->n; i++) {
        strip[i]    = line->strip[i];
        out->run[i] = (uint32_t)(strip[i].run - l->shaped->run);
        if (!is_of_run(&strip[i])) /* those are kept with the text */
            strip[i].glyph = ch_arena_copy(a, strip[i].glyph, strip[i].n, sizeof *strip[i].glyph);
        strip[i].run = NULL;
    }
    for (size_t i = 0; i < line->n_notes; i++)
        out->note[i] = span_of(l->para, line->note[i]);
    out->line       = *line;
    out->line.strip = strip;
    out->line.note  = NULL;
}

void
ch_kept_put_lines(ch_ctx *cx, ch_len measure, const ch_lines *l)
{
    key       at = {l->shaped->kept, measure};
    ch_arena *a  = at.text ? ch_keep_room(cx->keep) : NULL;
    if (!a)
        return;
    kept *k     = CH_NEW(a, kept);
    k->l        = *l;
    k->l.para   = NULL;
    k->l.shaped = NULL;
    k->l.line   = NULL;
    k->line     = CH_NEW_N(a, kept_line, l->n);
    for (size_t i = 0; i < l->n; i++)
        put_line(a, l, &l->line[i], &k->line[i]);
    ch_keep_put(cx->keep, CH_KEEP_LINES, key_of(&at), k);
}
