/* line/fill.c -- from glyphs to boxes, glue and penalties. */
#include "line/fill.h"

#include "line/han.h"
#include "line/protrude.h"
#include "line/slice.h"

#include <string.h>

#define EX_HYPHEN_PENALTY 50

/* ---- what a character is ---- */

/* v * p / 1000 to the nearest; neither is negative or large. */
static ch_len
permille(ch_len v, int32_t p)
{
    return p == 1000 ? v : (2 * v * p + 1000) / 2000;
}

bool
ch_word_space(const ch_shaped *s, const ch_glyph *g, ch_glue *out)
{
    const char *c = s->text.p + g->cluster;
    if (g->space == CH_SPACE_FIXED ||
        (g->space != CH_SPACE_WORD && *c != ' ' && (*c != '\xC2' || c[1] != '\xA0')))
        return false;
    if (ch_han_space(s, g, out))
        return true;
    const ch_props *p = s->para->props;
    *out              = (ch_glue){.width = permille(g->advance, p->word_space)};
    if (p->align == CH_ALIGN_JUSTIFY) {
        out->stretch = permille(out->width, p->word_stretch);
        out->shrink  = permille(out->width, p->word_shrink < 1000 ? p->word_shrink : 1000);
    }
    return true;
}

bool
ch_adds_hyphen(const ch_break_at *brk)
{
    return brk->kind == CH_BREAK_HYPHEN || brk->kind == CH_BREAK_SOFT;
}

size_t
ch_run_at(const ch_shaped *s, size_t at, size_t from)
{
    while (from + 1 < s->n_runs && s->run[from].to <= at)
        from++;
    return from;
}

static bool
is_leader(const ch_run *run)
{
    return run->span && run->span->kind == CH_SPAN_LEADER;
}

/* The run with the byte before `end`, or the first. */
static size_t
run_before(const ch_shaped *s, size_t end)
{
    size_t low = 0, high = s->n_runs ? s->n_runs - 1 : 0;
    while (low < high) {
        size_t mid = high - (high - low) / 2;
        if (s->run[mid].from < end)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

size_t
ch_drawn_end(const ch_shaped *s, const ch_break_at *brk, size_t from)
{
    bool   spaces = brk->kind == CH_BREAK_SPACE || brk->kind == CH_BREAK_FORCED;
    size_t end    = spaces ? brk->space_from : brk->offset;
    if (end < brk->offset && s->n_runs) { /* a leader is a space that stays */
        const ch_run *run = &s->run[run_before(s, brk->offset)];
        if (is_leader(run) && run->to > end)
            end = run->to;
    }
    return end > from ? end : from;
}

/* ---- hanging ---- */

static bool
runs_with_paragraph(const ch_shaped *s, const ch_run *run)
{
    return (run->level & 1) == (s->base_level & 1);
}

/* How far the character at byte `at` hangs out; most do not, and cost no search for a glyph. */
static ch_len
hang_of(const ch_shaped *s, const ch_run *run, size_t at, ch_edge edge)
{
    int32_t  strength = s->para->props->protrusion;
    uint32_t cp       = ch_utf8_at(s->text, at);
    if (!ch_protrusion(cp, edge, CH_PT, strength))
        return 0;
    size_t g = ch_run_glyph(run, at);
    if (g == run->n || run->glyph[g].cluster != at)
        return 0;
    return ch_protrusion(cp, edge, run->glyph[g].advance, strength);
}

ch_len
ch_start_hang(const ch_shaped *s, const ch_run *run, size_t from)
{
    const ch_props *p = s->para->props;
    if ((p->align != CH_ALIGN_JUSTIFY && p->align != CH_ALIGN_START) || from < run->from ||
        from >= run->to || !runs_with_paragraph(s, run))
        return 0;
    if (ch_is_han(run->script))
        return ch_han_lead(s, run, from);
    return p->protrusion > 0 ? hang_of(s, run, from, CH_EDGE_START) : 0;
}

ch_len
ch_end_hang(const ch_shaped *s, const ch_run *run, size_t to, ch_len hyphen)
{
    const ch_props *p = s->para->props;
    if ((p->align != CH_ALIGN_JUSTIFY && p->align != CH_ALIGN_END) || to <= run->from ||
        to > run->to || !runs_with_paragraph(s, run))
        return 0;
    if (ch_is_han(run->script) && !hyphen)
        return ch_han_trail(s, run, to);
    if (p->protrusion <= 0)
        return 0;
    if (hyphen)
        return ch_protrusion(0x2010, CH_EDGE_END, hyphen, p->protrusion);
    return hang_of(s, run, ch_utf8_back(s->text, to), CH_EDGE_END);
}

/* ---- items ---- */

static ch_break_item *
put(ch_fill *f, uint8_t kind)
{
    ch_break_item *it = CH_PUSH(f->cx->scratch, f->items);
    memset(it, 0, sizeof *it);
    it->kind = kind;
    return it;
}

static void
put_box(ch_fill *f)
{
    put(f, CH_BOX)->width = f->box;
    f->box                = 0;
}

static void
put_penalty(ch_fill *f, int16_t penalty)
{
    put(f, CH_PENALTY)->penalty = penalty;
}

static void
put_glue(ch_fill *f, ch_glue glue)
{
    ch_break_item *it = put(f, CH_GLUE);
    it->width         = glue.width;
    it->stretch       = ch_item_len(glue.stretch);
    it->shrink        = ch_item_len(glue.shrink);
}

/* Glue where no line ends: the penalty sees to that, the box keeps it from vanishing at the
 * beginning of a line. */
static void
put_tied_glue(ch_fill *f, ch_glue glue, uint8_t flags)
{
    put_box(f);
    put_penalty(f, CH_PENALTY_MAX);
    put_glue(f, glue);
    f->items.at[f->items.n - 1].flags = flags;
    f->filled                         = true;
}

static const ch_run *
run_here(const ch_fill *f)
{
    return f->run < f->s->n_runs ? &f->s->run[f->run] : NULL;
}

/* A join before the cluster at byte `at` that may be lengthened: glue without width. */
static void
pass_kashida(ch_fill *f, size_t at)
{
    const ch_shaped *s = f->s;
    while (f->kashida < s->n_kashidas && s->kashida[f->kashida].at < at)
        f->kashida++;
    if (f->kashida < s->n_kashidas && s->kashida[f->kashida].at == at)
        put_tied_glue(f, (ch_glue){.stretch = s->kashida[f->kashida++].stretch}, 0);
}

/* The run before the cursor's, if the cursor stands at a run's first glyph; else that one. */
static const ch_run *
run_behind(const ch_fill *f)
{
    return f->glyph == 0 && f->run > 0 ? &f->s->run[f->run - 1] : run_here(f);
}

/* The space before the cursor's glyph, where no line ends. */
static void
take_gap(ch_fill *f, const ch_run *run)
{
    size_t at = run->glyph[f->glyph].cluster;
    ch_gap gap;
    if (at <= f->from || (f->glyph > 0 && run->glyph[f->glyph - 1].cluster == at) ||
        !ch_han_gap(f->s, run_behind(f), run, at, &gap))
        return;
    f->box -= gap.trail;
    if (gap.glue.width || gap.glue.stretch)
        put_tied_glue(f, gap.glue, 0);
    f->box -= gap.lead;
}

/* Glyphs up to byte `end`: into the box, or as glue. */
static void
take_glyphs(ch_fill *f, size_t end)
{
    for (const ch_run *run; (run = run_here(f)) && run->from < end;) {
        if (is_leader(run)) {
            if (!f->leader)
                put_tied_glue(f, (ch_glue){0}, CH_FIL);
            f->leader = true;
            f->glyph  = ch_run_glyph(run, end);
        }
        for (; f->glyph < run->n && run->glyph[f->glyph].cluster < end; f->glyph++) {
            ch_glue glue;
            pass_kashida(f, run->glyph[f->glyph].cluster);
            if (f->han)
                take_gap(f, run);
            if (ch_word_space(f->s, &run->glyph[f->glyph], &glue)) {
                put_tied_glue(f, glue, 0);
            } else {
                f->box += run->glyph[f->glyph].advance;
                f->filled = f->filled || run->glyph[f->glyph].advance != 0;
            }
        }
        if (run->to > end)
            break;
        f->run++;
        f->glyph  = 0;
        f->leader = false;
    }
}

/* Add the white space up to byte `end`, which vanishes when the line ends there. */
static ch_glue
take_space(ch_fill *f, size_t end)
{
    ch_glue sum = {0}, glue;
    for (const ch_run *run; (run = run_here(f)) && run->from < end;) {
        for (; f->glyph < run->n && run->glyph[f->glyph].cluster < end; f->glyph++) {
            const ch_glyph *g = &run->glyph[f->glyph];
            if (!ch_word_space(f->s, g, &glue))
                glue = (ch_glue){.width = g->advance};
            sum.width += glue.width;
            sum.stretch += glue.stretch;
            sum.shrink += glue.shrink;
        }
        if (run->to > end)
            break;
        f->run++;
        f->glyph  = 0;
        f->leader = false;
    }
    return sum;
}

static ch_len
hyphen_width(ch_fill *f, const ch_run *run)
{
    if (f->hyphen_run != run) {
        f->hyphen_run = run;
        (void)ch_text_hyphen(run, &f->hyphen);
    }
    return f->hyphen;
}

/* What a break costs in width as long as nothing is shaped anew: the hyphen, and hanging. */
static void
guess(ch_fill *f, ch_break_item *it, size_t index, const ch_gap *gap, bool clean)
{
    const ch_shaped   *s   = f->s;
    const ch_break_at *brk = &s->brk[index];
    it->tag                = (uint32_t)index;
    size_t end             = ch_drawn_end(s, brk, f->from);
    if (end == 0 || s->n_runs == 0)
        return;
    /* The cursor stands behind the break; the run that ends the line may be one before. */
    size_t r = f->run < s->n_runs ? f->run : s->n_runs - 1;
    while (r > 0 && s->run[r].from >= end)
        r--;
    const ch_run *before = &s->run[r];
    const ch_run *after  = &s->run[ch_run_at(s, brk->offset, r)];
    ch_len        hyphen = ch_adds_hyphen(brk) ? hyphen_width(f, before) : 0;
    it->pre              = ch_item_len(hyphen + gap->trail - ch_end_hang(s, before, end, hyphen));
    it->post             = ch_item_len(gap->lead - ch_start_hang(s, after, brk->offset));
    if (!clean)
        it->flags |= CH_LAZY;
}

/* The glyph advances of bytes [from, to) of a run as the items counted them. */
static ch_len
counted(const ch_run *run, size_t from, size_t to)
{
    ch_len sum = 0;
    for (size_t g = ch_run_glyph(run, from); g < run->n && run->glyph[g].cluster < to; g++)
        sum += run->glyph[g].advance;
    return sum;
}

/* The gap at a break without a space: what of it stays with the line before and after. */
static bool
gap_at(const ch_fill *f, const ch_break_at *brk, ch_gap *gap)
{
    const ch_shaped *s = f->s;
    *gap               = (ch_gap){0};
    if (!f->han || brk->kind != CH_BREAK_ALLOWED || brk->offset >= s->text.n)
        return false;
    const ch_run *before = &s->run[run_before(s, brk->offset)];
    const ch_run *after  = &s->run[ch_run_at(s, brk->offset, (size_t)(before - s->run))];
    return ch_han_gap(s, before, after, brk->offset, gap);
}

/* Shape both sides of the break: what the cut changes in their widths. */
static void
refine(void *user, ch_break_item *it)
{
    ch_fill           *f      = user;
    const ch_shaped   *s      = f->s;
    const ch_break_at *brk    = &s->brk[it->tag];
    size_t             end    = brk->kind == CH_BREAK_SPACE ? brk->space_from : brk->offset;
    bool               hyphen = ch_adds_hyphen(brk);
    const ch_run      *before = &s->run[run_before(s, end)];
    const ch_run      *after  = &s->run[ch_run_at(s, brk->offset, (size_t)(before - s->run))];
    ch_len             width;
    ch_gap             gap;
    (void)gap_at(f, brk, &gap);
    if ((brk->cut > 0 || !ch_cut_clean(s, before, end)) && f->status == CH_OK) {
        size_t from = ch_cut_before(before, end - brk->cut);
        f->status   = ch_slice_width(f->cx, s, before, from, end, hyphen ? brk : NULL, &width);
        ch_len hang = ch_end_hang(s, before, end, hyphen ? hyphen_width(f, before) : 0);
        it->pre     = ch_item_len(width - counted(before, from, end) + gap.trail - hang);
    }
    if (!ch_cut_clean(s, after, brk->offset) && f->status == CH_OK) {
        size_t to   = ch_cut_after(after, brk->offset);
        f->status   = ch_slice_width(f->cx, s, after, brk->offset, to, NULL, &width);
        ch_len hang = ch_start_hang(s, after, brk->offset);
        it->post    = ch_item_len(width - counted(after, brk->offset, to) + gap.lead - hang);
    }
}

/* A break beside Han: the gap, which vanishes when the line ends there.  In a grid the blank of
 * a mark at the line's end stays, and shrinks like any other.  Returns the item that is the
 * break. */
static size_t
put_gap(ch_fill *f, const ch_break_at *brk, ch_gap *gap)
{
    int16_t penalty = ch_han_penalty(f->s, brk->offset, f->alone);
    f->box -= gap->trail;
    if (f->s->para->props->han_grid && gap->trail > 0) {
        put_tied_glue(f, (ch_glue){.width = gap->trail, .shrink = gap->trail}, 0);
        gap->glue.width -= gap->trail;
        gap->glue.shrink = gap->glue.shrink > gap->trail ? gap->glue.shrink - gap->trail : 0;
        gap->trail       = 0;
    }
    put_box(f);
    if (penalty)
        put_penalty(f, penalty);
    put_glue(f, gap->glue);
    f->box = -gap->lead;
    return penalty ? f->items.n - 2 : f->items.n - 1;
}

/* A break that the text allows without a space or hyphen. */
static void
put_allowed(ch_fill *f, const ch_break_at *brk)
{
    uint32_t       before = ch_utf8_at(f->s->text, ch_utf8_back(f->s->text, brk->offset));
    ch_break_item *it     = put(f, CH_PENALTY);
    if (before == '-' || before == 0x2010 || before == 0xAD)
        it->flags |= CH_FLAGGED;
    /* At a hyphen, dash or slash the break is seen; at a space of no width it is not. */
    if (before < 0x80 || (before >= 0x2010 && before <= 0x2015))
        it->penalty = EX_HYPHEN_PENALTY;
}

static void
put_hyphen(ch_fill *f, const ch_break_at *brk)
{
    int32_t        penalty = f->s->para->props->hyphen_penalty;
    ch_break_item *it      = put(f, CH_PENALTY);
    it->penalty            = (int16_t)(penalty > CH_PENALTY_MAX    ? CH_PENALTY_MAX
                                       : penalty < -CH_PENALTY_MAX ? 1 - CH_PENALTY_MAX
                                                                   : penalty);
    it->flags              = CH_FLAGGED;
    if (brk->kind == CH_BREAK_HYPHEN)
        it->flags |= CH_AUTO;
}

static void
put_forced(ch_fill *f)
{
    put_penalty(f, CH_PENALTY_MAX);
    put_glue(f, (ch_glue){0});
    f->items.at[f->items.n - 1].flags = CH_FIL;
    put_penalty(f, -CH_PENALTY_MAX);
}

/* May a line end here for us?  Not at a leader, and not where nothing came since the break
 * before (so that the breaks on a line are as many as its measure has room for). */
static bool
is_wanted(const ch_fill *f, const ch_break_at *brk)
{
    const ch_shaped *s = f->s;
    if (brk->kind == CH_BREAK_NONE || brk->offset == 0 || !s->n_runs)
        return false;
    if (brk->kind == CH_BREAK_HYPHEN && !s->para->props->hyphenate)
        return false;
    size_t r = f->run < s->n_runs ? f->run : s->n_runs - 1;
    r        = ch_run_at(s, brk->offset, r);
    if (is_leader(&s->run[r]))
        return false;
    r -= r > 0 && s->run[r].from >= brk->offset;
    return !is_leader(&s->run[r]) && f->filled;
}

/* May the text be cut at byte `at`, where the cursor is? */
static bool
clean_here(const ch_fill *f, size_t at)
{
    const ch_run *run = run_here(f);
    if (!run || at <= run->from)
        return true;
    if (f->glyph < run->n && run->glyph[f->glyph].cluster == at)
        return !run->glyph[f->glyph].unsafe;
    return ch_cut_clean(f->s, run, at);
}

static void
put_break(ch_fill *f, size_t index)
{
    const ch_break_at *brk   = &f->s->brk[index];
    size_t             end   = ch_drawn_end(f->s, brk, f->from);
    size_t             at    = 0; /* of the item that is the break; 0: the last */
    bool               clean = true;
    ch_gap             gap   = {0};
    take_glyphs(f, end);
    if (brk->kind == CH_BREAK_FORCED) {
        put_box(f);
        (void)take_space(f, brk->offset);
        put_forced(f);
    } else {
        if (!is_wanted(f, brk))
            return;
        clean = brk->cut == 0 && clean_here(f, end);
        if (gap_at(f, brk, &gap)) {
            at = put_gap(f, brk, &gap);
        } else {
            put_box(f);
            if (brk->kind == CH_BREAK_SPACE) {
                put_glue(f, take_space(f, brk->offset));
                clean = clean && clean_here(f, brk->offset);
            } else if (brk->kind == CH_BREAK_ALLOWED) {
                put_allowed(f, brk);
            } else {
                put_hyphen(f, brk);
            }
        }
    }
    guess(f, &f->items.at[at ? at : f->items.n - 1], index, &gap, clean);
    f->from   = brk->offset;
    f->filled = false;
}

ch_items
ch_fill_items(ch_ctx *cx, const ch_shaped *s, ch_fill *f)
{
    memset(f, 0, sizeof *f);
    f->cx        = cx;
    f->s         = s;
    f->han       = ch_has_han(s);
    f->alone     = f->han ? ch_han_alone(s) : s->text.n;
    f->items.cap = s->n_breaks * 2 + 8;
    f->items.at  = CH_NEW_N(cx->scratch, ch_break_item, f->items.cap);
    ch_len size  = 0;
    for (size_t i = 0; i < s->n_breaks; i++)
        put_break(f, i);
    for (size_t i = 0; i < s->n_runs; i++)
        size = s->run[i].size > size ? s->run[i].size : size;
    return (ch_items){
        .at = f->items.at, .n = f->items.n, .refine = refine, .user = f, .slack = size / 2};
}
