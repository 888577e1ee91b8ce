/* line/strips.c -- setting one line. */
#include "line/strips.h"

#include "line/fill.h"
#include "line/han.h"
#include "line/setter.h"

#include <string.h>

/* How much too wide nobody sees (TeX's \hfuzz): less is neither reported nor left standing. */
#define FUZZ (CH_PT / 10)
#define RATIO_MAX (1024 * 1024)

static void
add_point(ch_setter *t, size_t glyph, ch_len stretch, ch_len shrink)
{
    *CH_PUSH(t->cx->scratch, t->points) = (ch_point){glyph, stretch, shrink};
    t->stretch += stretch;
    t->shrink += shrink;
}

static ch_status
add_part(ch_setter *t, const ch_run *run, bool hyphen)
{
    ch_line_part p = {.run    = run,
                      .from   = run->from > t->spec->from ? run->from : t->spec->from,
                      .to     = run->to < t->end ? run->to : t->end,
                      .first  = t->glyphs.n,
                      .hyphen = hyphen,
                      .leader = run->span && run->span->kind == CH_SPAN_LEADER};
    t->leaders += p.leader;
    if (!p.leader) {
        ch_status st = ch_slice(t->cx, t->s, run, p.from, p.to,
                                hyphen ? &t->s->brk[t->spec->brk] : NULL, &t->glyphs);
        if (st != CH_OK)
            return st;
    }
    p.end = t->glyphs.n;
    for (size_t g = p.first; g < p.end; g++) {
        ch_glyph *glyph = &t->glyphs.at[g];
        ch_glue   glue;
        if (glyph->cluster < t->end && ch_word_space(t->s, glyph, &glue)) {
            glyph->advance = glue.width;
            add_point(t, g, glue.stretch, glue.shrink);
        }
    }
    *CH_PUSH(t->cx->scratch, t->parts) = p;
    return CH_OK;
}

static ch_status
collect_parts(ch_setter *t)
{
    const ch_shaped *s      = t->s;
    bool             hyphen = ch_adds_hyphen(&s->brk[t->spec->brk]);
    for (size_t r = ch_run_at(s, t->spec->from, t->spec->run); r < s->n_runs; r++) {
        const ch_run *run = &s->run[r];
        if (run->from >= t->end)
            break;
        if (run->to <= t->spec->from)
            continue;
        ch_status st = add_part(t, run, hyphen && run->to >= t->end);
        if (st != CH_OK)
            return st;
    }
    return CH_OK;
}

/* The last glyph of a grid's line gives the blank behind its ink when the line needs room. */
static void
close_grid(ch_setter *t, const ch_line_part *last)
{
    ch_gap gap;
    if (!t->s->para->props->han_grid || last->end == last->first || t->end >= t->s->text.n ||
        t->s->brk[t->spec->brk].kind != CH_BREAK_ALLOWED)
        return;
    const ch_run *after = &t->s->run[ch_run_at(t->s, t->end, t->spec->run)];
    if (ch_han_gap(t->s, last->run, after, t->end, &gap) && gap.trail > 0)
        add_point(t, last->end - 1, 0, gap.trail);
}

/* What stands between Han, beside their marks, and between them and Latin. */
static void
collect_gaps(ch_setter *t)
{
    if (!t->parts.n || !ch_has_han(t->s))
        return;
    const ch_line_part *before = NULL;
    for (size_t i = 0; i < t->parts.n; i++) {
        const ch_line_part *p = &t->parts.at[i];
        for (size_t g = p->first; g < p->end; g++) {
            size_t at = t->glyphs.at[g].cluster;
            ch_gap gap;
            if (before && at > t->glyphs.at[g - 1].cluster && at < t->end &&
                ch_han_gap(t->s, before->run, p->run, at, &gap)) {
                t->glyphs.at[g - 1].advance += ch_gap_width(&gap);
                add_point(t, g - 1, gap.glue.stretch, gap.glue.shrink);
            }
            before = p;
        }
    }
    close_grid(t, &t->parts.at[t->parts.n - 1]);
}

static void
measure_hangs(ch_setter *t)
{
    if (!t->parts.n)
        return;
    const ch_line_part *first = &t->parts.at[0], *last = &t->parts.at[t->parts.n - 1];
    if (t->spec->indent <= 0 || t->spec->from > 0)
        t->start_hang = ch_start_hang(t->s, first->run, t->spec->from);
    ch_len hyphen = 0;
    if (last->hyphen)
        (void)ch_text_hyphen(last->run, &hyphen);
    t->end_hang = ch_end_hang(t->s, last->run, t->end, hyphen);
}

/* Share `room` out among the points in proportion to what each can give; exact to the unit. */
static void
share(ch_setter *t, ch_len room, ch_len sum, bool stretch)
{
    ch_len so_far = 0, given = 0;
    for (size_t i = 0; i < t->points.n; i++) {
        const ch_point *p = &t->points.at[i];
        so_far += stretch ? p->stretch : p->shrink;
        ch_len upto = ch_len_scale(room, so_far, sum);
        t->glyphs.at[p->glyph].advance += upto - given;
        given = upto;
    }
    t->width += room;
}

static void
set_ratio(ch_setter *t, ch_len room, ch_len sum)
{
    ch_len ratio = ch_len_scale(room, 1024, sum);
    t->ratio = (int32_t)(ratio > RATIO_MAX ? RATIO_MAX : ratio < -RATIO_MAX ? -RATIO_MAX : ratio);
}

/* Widen the line by `left`: kashidas first, then the spaces. */
static ch_status
stretch_line(ch_setter *t, ch_len left)
{
    ch_len    joins = 0, room = t->width + left;
    ch_status st = t->s->n_kashidas ? ch_set_kashidas(t, left, &joins) : CH_OK;
    if (st != CH_OK || t->stretch <= 0)
        return st;
    set_ratio(t, left, t->stretch + joins);
    share(t, room - t->width, t->stretch, true);
    return CH_OK;
}

static ch_status
justify(ch_setter *t)
{
    bool full = t->s->para->props->align == CH_ALIGN_JUSTIFY &&
                t->s->brk[t->spec->brk].kind != CH_BREAK_FORCED;
    ch_len room = t->spec->measure - t->spec->indent + t->start_hang + t->end_hang;
    for (size_t i = 0; i < t->glyphs.n; i++)
        t->width += t->glyphs.at[i].advance;
    ch_len left = room - t->width;
    if (left >= 0)
        return full && !t->leaders ? stretch_line(t, left) : CH_OK;
    t->excess = -left - t->shrink;
    if (t->excess <= FUZZ)
        t->excess = 0;
    if (t->shrink > 0) {
        ch_len taken = t->excess ? -t->shrink : left;
        share(t, taken, t->shrink, false);
        set_ratio(t, taken, t->shrink);
    }
    return CH_OK;
}

/* Leaders fill the line in equal shares; with two of them, what stands between is centred on
 * the measure as long as it clears what stands beside. */
static void
fill_leaders(ch_setter *t)
{
    ch_len left      = t->spec->measure - t->spec->indent - t->width;
    ch_len beside[3] = {0}; /* before the first leader, between, after the second */
    size_t seen      = 0;
    if (!t->leaders || left <= 0)
        return;
    for (size_t i = 0; i < t->parts.n; i++) {
        const ch_line_part *p = &t->parts.at[i];
        seen += p->leader;
        for (size_t g = p->first; g < p->end; g++)
            beside[seen < 2 ? seen : 2] += t->glyphs.at[g].advance;
    }
    ch_len first = left / (ch_len)t->leaders;
    if (t->leaders == 2) {
        first = (t->spec->measure - t->spec->indent - beside[1]) / 2 - beside[0];
        first = first < 0 ? 0 : first > left ? left : first;
    }
    seen = 0;
    for (size_t i = 0; i < t->parts.n; i++) {
        ch_line_part *p = &t->parts.at[i];
        if (!p->leader)
            continue;
        size_t rest = t->leaders - seen++;
        p->width    = seen == 1 ? first : left / (ch_len)rest;
        left -= p->width;
        t->width += p->width;
    }
}

/* The left edge of the first strip, from the left edge of the paragraph's measure. */
static ch_len
left_edge(const ch_setter *t)
{
    bool     rtl        = (t->s->base_level & 1) != 0;
    ch_len   area       = t->spec->measure - t->spec->indent;
    ch_align align      = t->s->para->props->align;
    ch_len   from_start = align == CH_ALIGN_END      ? area - t->width + t->end_hang
                          : align == CH_ALIGN_CENTER ? (area - t->width) / 2
                                                     : -t->start_hang;
    if (t->excess && align != CH_ALIGN_START && align != CH_ALIGN_JUSTIFY)
        from_start = 0; /* what does not fit runs out at the end, where it is read */
    return rtl ? area - from_start - t->width : t->spec->indent + from_start;
}

/* The glyphs of the run itself where the line changes nothing about them, as in most cells of a
 * table: they need no second place.  NULL: it does. */
static const ch_glyph *
unchanged(const ch_setter *t, const ch_line_part *p)
{
    const ch_run   *run = p->run;
    const ch_glyph *set = t->glyphs.at + p->first;
    size_t          n = p->end - p->first, from = n ? ch_run_glyph(run, set->cluster) : 0;
    if ((run->level & 1) || n == 0 || run->n < n || from > run->n - n)
        return NULL;
    return memcmp(run->glyph + from, set, n * sizeof *set) == 0 ? run->glyph + from : NULL;
}

static const ch_glyph *
strip_glyphs(const ch_setter *t, const ch_line_part *p)
{
    size_t          n    = p->end - p->first;
    const ch_glyph *same = unchanged(t, p);
    if (same)
        return same;
    ch_glyph *to = CH_NEW_N(t->cx->job, ch_glyph, n);
    for (size_t i = 0; i < n; i++)
        to[i] = t->glyphs.at[p->run->level & 1 ? p->end - 1 - i : p->first + i];
    return to;
}

static void
put_strip(const ch_setter *t, const ch_line_part *p, ch_len x, ch_strip *out)
{
    *out = (ch_strip){.run    = p->run,
                      .from   = p->from,
                      .to     = p->to,
                      .glyph  = strip_glyphs(t, p),
                      .n      = p->end - p->first,
                      .x      = x,
                      .width  = p->width,
                      .hyphen = p->hyphen};
}

static void
put_strips(ch_setter *t, ch_line *out)
{
    size_t    n     = t->parts.n;
    ch_strip *strip = CH_NEW_N(t->cx->job, ch_strip, n);
    uint8_t  *level = CH_NEW_N(t->cx->scratch, uint8_t, n);
    size_t   *order = CH_NEW_N(t->cx->scratch, size_t, n);
    for (size_t i = 0; i < n; i++) {
        ch_line_part *p = &t->parts.at[i];
        level[i]        = p->run->level;
        for (size_t g = p->first; g < p->end; g++)
            p->width += t->glyphs.at[g].advance;
    }
    ch_bidi_reorder(level, n, order);
    ch_len x   = left_edge(t);
    out->strip = strip;
    for (size_t i = 0; i < n; i++) {
        const ch_line_part *p = &t->parts.at[order[i]];
        if (p->end > p->first)
            put_strip(t, p, x, &strip[out->n++]);
        x += p->width;
    }
}

/* Ascent and descent of the tallest face; without text, those of the size asked for. */
static void
measure_height(const ch_setter *t, ch_line *out)
{
    const ch_props *props = t->s->para->props;
    out->height           = props->leading;
    for (size_t i = 0; i < t->parts.n; i++) {
        const ch_run *run = t->parts.at[i].run;
        if (t->parts.at[i].leader)
            continue;
        ch_len up    = ch_face_scale(run->face, run->size, run->face->ascent);
        ch_len down  = ch_face_scale(run->face, run->size, run->face->descent);
        out->ascent  = up > out->ascent ? up : out->ascent;
        out->descent = down > out->descent ? down : out->descent;
    }
    if (out->ascent + out->descent == 0) {
        out->ascent  = props->size * 4 / 5;
        out->descent = props->size - out->ascent;
    }
}

static const ch_footnote *
note_of(const ch_line_part *p)
{
    const ch_span *span = p->run->span;
    return span && span->kind == CH_SPAN_NOTE_MARK ? span->note : NULL;
}

static void
collect_notes(const ch_setter *t, ch_line *out)
{
    size_t n = 0;
    for (size_t i = 0; i < t->parts.n; i++)
        n += note_of(&t->parts.at[i]) != NULL;
    if (!n)
        return;
    out->note = CH_NEW_N(t->cx->job, const ch_footnote *, n);
    for (size_t i = 0; i < t->parts.n; i++) {
        const ch_line_part *p    = &t->parts.at[i];
        const ch_footnote  *note = note_of(p);
        /* A mark is counted once, on the line where it begins. */
        if (note && p->from == p->run->from &&
            !(out->n_notes && out->note[out->n_notes - 1] == note))
            out->note[out->n_notes++] = note;
    }
}

ch_status
ch_line_set(ch_ctx *cx, const ch_shaped *s, const ch_line_spec *spec, ch_line *out, ch_len *excess)
{
    ch_mark            mark = ch_arena_mark(cx->scratch);
    const ch_break_at *brk  = &s->brk[spec->brk];
    ch_setter t = {.cx = cx, .s = s, .spec = spec, .end = ch_drawn_end(s, brk, spec->from)};
    memset(out, 0, sizeof *out);
    ch_status st = collect_parts(&t);
    if (st == CH_OK) {
        collect_gaps(&t);
        measure_hangs(&t);
        st = justify(&t);
    }
    if (st == CH_OK) {
        fill_leaders(&t);
        put_strips(&t, out);
        measure_height(&t, out);
        collect_notes(&t, out);
        out->from     = spec->from;
        out->to       = brk->offset;
        out->width    = t.width;
        out->ratio    = t.ratio;
        out->overfull = t.excess > 0;
        *excess       = t.excess;
    }
    ch_arena_rewind(cx->scratch, mark);
    return st;
}
