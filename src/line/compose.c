/* line/compose.c -- one paragraph: items, breaks, lines. */
#include "line/line.h"

#include "line/breaker.h"
#include "line/fill.h"
#include "line/han.h"
#include "line/kept.h"
#include "line/strips.h"

#define NO_LAST_HYPHEN 100000000 /* demerits: only where nothing else fits */
#define SHORT_LAST_DEMERITS 10000
#define BALANCED_LINES 5 /* of more lines nobody sees that the last is short */
#define BALANCE_STEP CH_PT
#define RAGGED_EMS 3   /* how deep a ragged edge is at badness 100 */
#define WORD_SHOWN 40  /* bytes of a word that does not fit */
#define CUT_MOST 20000 /* bytes of a line that is cut between letters, since nothing else fits */

/* ---- the breaker's parameters ---- */

static ch_break_params
params_of(const ch_shaped *s, ch_len measure)
{
    const ch_props *p = s->para->props;
    ch_break_params b = ch_break_params_default(measure - p->hang);
    b.measure_first   = measure - p->indent;
    if (s->n_runs && p->indent <= 0)
        b.first_post = -ch_start_hang(s, &s->run[0], s->run[0].from);
    /* What is infinitely bad is left to the last pass, which tells bad from worse. */
    b.tolerance = p->tolerance < 0 ? 0 : p->tolerance >= CH_INF_BAD ? CH_INF_BAD - 1 : p->tolerance;
    if (p->align != CH_ALIGN_JUSTIFY) {
        b.right_stretch = RAGGED_EMS * p->size;
        b.adj_demerits  = 0;           /* spaces are all alike */
        b.pretolerance  = b.tolerance; /* hyphens only where the edge would be too ragged */
    }
    b.looseness         = p->looseness;
    b.emergency_stretch = p->emergency_stretch;
    b.last_stretch      = measure > 0 ? measure / 10 : 0;
    if (!p->last_hyphen)
        b.dear = b.final_hyphen_demerits = NO_LAST_HYPHEN;
    b.short_last = p->indent > 2 * p->size ? p->indent : 2 * p->size;
    if (b.short_last > measure / 4)
        b.short_last = measure / 4;
    b.short_last_demerits = SHORT_LAST_DEMERITS;
    return b;
}

/* Does all of it stand on one line?  Then no other way can be cheaper. */
static bool
fits_one_line(const ch_shaped *s, ch_len room)
{
    for (size_t i = 0; i + 1 < s->n_breaks; i++)
        if (s->brk[i].kind == CH_BREAK_FORCED)
            return false;
    size_t end = ch_drawn_end(s, &s->brk[s->n_breaks - 1], 0);
    bool   han = ch_has_han(s);
    for (size_t r = 0; r < s->n_runs; r++) {
        const ch_run *run = &s->run[r];
        if (run->span && run->span->kind == CH_SPAN_LEADER)
            continue;
        for (size_t g = 0; g < run->n && run->glyph[g].cluster < end; g++) {
            ch_glue glue;
            ch_gap  gap;
            if (han && (g == 0 || run->glyph[g - 1].cluster != run->glyph[g].cluster) &&
                ch_han_gap(s, g || !r ? run : run - 1, run, run->glyph[g].cluster, &gap))
                room -= ch_gap_width(&gap);
            room -= ch_word_space(s, &run->glyph[g], &glue) ? glue.width : run->glyph[g].advance;
            if (room < 0)
                return false;
        }
    }
    return true;
}

/* ---- lines ---- */

static void
report_overfull(ch_ctx *cx, const ch_shaped *s, const ch_line *line, const ch_line_spec *spec,
                ch_len excess)
{
    ch_mark  mark = ch_arena_mark(cx->scratch);
    ch_buf   by, of;
    size_t   end   = line->from;
    ch_where where = s->para->where;
    while (end < line->to && s->text.p[end] != ' ' && s->text.p[end] != '\n' &&
           end - line->from < WORD_SHOWN)
        end++;
    while (end < line->to && end > line->from && ((unsigned char)s->text.p[end] & 0xC0) == 0x80)
        end--;
    ch_str word = ch_str_sub(s->text, line->from, end);
    if (s->n_runs) {
        const ch_span *span = s->run[ch_run_at(s, line->from, spec->run)].span;
        where               = span && span->where.source ? span->where : where;
    }
    ch_buf_init(&by, cx->scratch);
    ch_buf_init(&of, cx->scratch);
    ch_len_print(&by, excess);
    ch_len_print(&of, spec->measure - spec->indent);
    ch_report(cx, CH_W6001_overfull_line, where, by.p, of.p, CH_ARG(word));
    ch_arena_rewind(cx->scratch, mark);
}

/* A paragraph in the making. */
typedef struct composer {
    ch_ctx   *cx;
    ch_lines *l;
    bool      cut;       /* its words are cut already; what is still too wide was reported */
    CH_VEC(size_t) wide; /* lines that are too wide */
} composer;

/* The line that ends at break `brk`, after the one before it in *spec. */
static ch_status
add_line(composer *c, ch_line_spec *spec, size_t brk, ch_line *line)
{
    ch_ctx          *cx     = c->cx;
    ch_lines        *l      = c->l;
    const ch_shaped *s      = l->shaped;
    ch_len           excess = 0;
    spec->brk               = brk;
    spec->indent            = line == l->line ? s->para->props->indent : s->para->props->hang;
    ch_status st            = ch_line_set(cx, s, spec, line, &excess);
    if (st != CH_OK)
        return st;
    if (excess > 0 && !c->cut) {
        report_overfull(cx, s, line, spec, excess);
        *CH_PUSH(cx->scratch, c->wide) = (size_t)(line - l->line);
    }
    l->height += line->height;
    spec->from      = s->brk[brk].offset;
    spec->first_brk = brk + 1;
    spec->run       = ch_run_at(s, spec->from, spec->run);
    return CH_OK;
}

static ch_status
set_one_line(composer *c)
{
    ch_ctx         *cx   = c->cx;
    ch_lines       *l    = c->l;
    ch_line        *line = CH_NEW(cx->job, ch_line);
    ch_line_spec    spec = {.measure = l->measure};
    ch_break_params b    = params_of(l->shaped, l->measure);
    l->line              = line;
    l->n                 = 1;
    l->demerits          = ch_line_demerits(&b, 0, -CH_PENALTY_MAX);
    return add_line(c, &spec, l->shaped->n_breaks - 1, line);
}

/* Does a paragraph want its lines of like length, and has it few enough? */
static bool
wants_balance(const ch_lines *l, const ch_breaks *b)
{
    const ch_props *p = l->para->props;
    return p->balance && p->align != CH_ALIGN_JUSTIFY && b->n > 1 && b->n <= BALANCED_LINES;
}

static bool
any_excess(const ch_breaks *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].excess > 0)
            return true;
    return false;
}

/* The breaks at the narrowest measure that needs no more lines: no line is then much longer than
 * another, and no word is left alone under a full line.  Words are not divided for it. */
static ch_status
balance(ch_ctx *cx, const ch_lines *l, ch_items items, ch_breaks *best)
{
    ch_len    fits = l->measure, fails = 0;
    ch_status st = CH_OK;
    while (fits - fails > BALANCE_STEP && st == CH_OK) {
        ch_len          measure = fails + (fits - fails) / 2;
        ch_break_params params  = params_of(l->shaped, measure);
        ch_breaks       found;
        params.right_stretch       = measure; /* how short a line may be is not the question */
        params.short_last_demerits = 0;
        st                         = ch_break_lines(cx, items, &params, &found);
        if (st == CH_OK && found.n == best->n && found.pass == 1 && !any_excess(&found)) {
            fits  = measure;
            *best = found;
        } else {
            fails = measure;
        }
    }
    return st;
}

static ch_status
break_and_set(composer *c)
{
    ch_ctx         *cx = c->cx;
    ch_lines       *l  = c->l;
    ch_fill         fill;
    ch_breaks       breaks;
    ch_break_params params = params_of(l->shaped, l->measure);
    ch_items        items  = ch_fill_items(cx, l->shaped, &fill);
    ch_status       st     = ch_break_lines(cx, items, &params, &breaks);
    if (st == CH_OK && wants_balance(l, &breaks))
        st = balance(cx, l, items, &breaks);
    if (st == CH_OK)
        st = fill.status;
    if (st != CH_OK)
        return st;
    ch_line     *line = CH_NEW_N(cx->job, ch_line, breaks.n);
    ch_line_spec spec = {.measure = l->measure};
    l->line           = line;
    l->n              = 0;
    l->height         = 0;
    l->demerits       = breaks.demerits;
    for (size_t i = 0; i < breaks.n && st == CH_OK; i++)
        st = add_line(c, &spec, items.at[breaks.at[i].to].tag, &line[l->n++]);
    return st;
}

/* ---- words that no line holds ---- */

/* May a line end before that byte, where none of the text's own places is near enough? */
static bool
may_cut(const ch_shaped *s, const ch_line *line, size_t at)
{
    return at > line->from && at < line->to && s->text.p[at] != ' ' && s->text.p[at - 1] != ' ' &&
           s->text.p[at] != '\n';
}

/* The text with places between the letters of its lines that are too wide, too. */
static const ch_shaped *
cut_words(const composer *c)
{
    const ch_shaped *s      = c->l->shaped;
    CH_VEC(ch_break_at) brk = {0};
    size_t next             = 0;
    for (size_t i = 0; i < c->wide.n; i++) {
        const ch_line *line = &c->l->line[c->wide.at[i]];
        if (line->to - line->from > CUT_MOST)
            continue;
        for (size_t r = 0; r < s->n_runs; r++) {
            const ch_run *run = &s->run[r];
            if (run->to <= line->from || run->from >= line->to)
                continue;
            for (size_t g = 0; g < run->n; g++) {
                size_t at = run->glyph[g].cluster;
                if (!may_cut(s, line, at) || (g && run->glyph[g - 1].cluster == at))
                    continue;
                while (next < s->n_breaks && s->brk[next].offset < at)
                    *CH_PUSH(c->cx->job, brk) = s->brk[next++];
                if (next < s->n_breaks && s->brk[next].offset > at && s->brk[next].space_from >= at)
                    *CH_PUSH(c->cx->job, brk) = (ch_break_at){.offset     = at,
                                                              .space_from = at,
                                                              .kind       = CH_BREAK_ALLOWED,
                                                              .pre        = CH_STR_EMPTY};
            }
        }
    }
    while (next < s->n_breaks)
        *CH_PUSH(c->cx->job, brk) = s->brk[next++];
    ch_shaped *out = CH_NEW(c->cx->job, ch_shaped);
    *out           = *s;
    out->brk       = brk.at;
    out->n_breaks  = brk.n;
    return out;
}

/* Words wider than the measure go on in the next line, rather than over what stands beside them. */
static ch_status
set_cut(composer *c)
{
    const ch_shaped *cut = cut_words(c);
    if (cut->n_breaks == c->l->shaped->n_breaks)
        return CH_OK;
    c->l->shaped = cut;
    c->cut       = true;
    return break_and_set(c);
}

static ch_status
set_lines(ch_ctx *cx, const ch_shaped *s, ch_len measure, const ch_lines **out)
{
    ch_lines *l = CH_NEW(cx->job, ch_lines);
    composer  c = {.cx = cx, .l = l};
    *out        = l;
    l->para     = s->para;
    l->shaped   = s;
    l->measure  = measure > 0 ? measure : 0;
    if (!s->n_breaks || s->brk[s->n_breaks - 1].kind != CH_BREAK_FORCED)
        return CH_ERR_INTERNAL;
    if (!s->para->props->looseness && fits_one_line(s, l->measure - s->para->props->indent))
        return set_one_line(&c);
    ch_mark   mark = ch_arena_mark(cx->scratch);
    ch_status st   = break_and_set(&c);
    if (st == CH_OK && c.wide.n > 0)
        st = set_cut(&c);
    ch_arena_rewind(cx->scratch, mark);
    return st;
}

ch_status
ch_lines_set(ch_ctx *cx, const ch_shaped *s, ch_len measure, const ch_lines **out)
{
    size_t said = ch_diags_said(cx->diags);
    *out        = ch_kept_lines(cx, s, measure);
    if (*out)
        return CH_OK;
    ch_status st = set_lines(cx, s, measure, out);
    if (st == CH_OK && ch_diags_said(cx->diags) == said)
        ch_kept_put_lines(cx, measure, *out);
    return st;
}

/* ---- extents ---- */

void
ch_lines_extent(ch_ctx *cx, const ch_shaped *s, ch_len *least, ch_len *most)
{
    ch_mark         mark = ch_arena_mark(cx->scratch);
    ch_fill         fill;
    ch_items        items = ch_fill_items(cx, s, &fill);
    const ch_props *p     = s->para->props;
    ch_len          word = p->indent, line = p->indent;
    *least = *most = 0;
    for (size_t i = 0; i < items.n; i++) {
        const ch_break_item *it   = &items.at[i];
        bool                 tied = i == 0 || items.at[i - 1].kind != CH_BOX;
        bool                 end =
            it->kind == CH_GLUE ? !tied : it->kind == CH_PENALTY && it->penalty < CH_PENALTY_MAX;
        if (end && !(it->flags & CH_AUTO)) {
            *least = word + it->pre > *least ? word + it->pre : *least;
            word   = it->post + p->hang;
        } else {
            word += it->width;
        }
        line += it->width;
        if (it->kind == CH_PENALTY && it->penalty <= -CH_PENALTY_MAX) {
            *most = line > *most ? line : *most;
            line  = p->hang;
        }
    }
    *most = *most > *least ? *most : *least;
    ch_arena_rewind(cx->scratch, mark);
}
