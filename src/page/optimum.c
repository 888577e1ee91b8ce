#include "page/optimum.h"

#include "line/breaker.h"
#include "page/columns.h"

#define FORM_FULL 1024 /* an empty page is that empty */
#define NONE UINT32_MAX

int
ch_page_cost_compare(const ch_page_cost *a, const ch_page_cost *b)
{
    for (int r = 0; r < CH_RULE_COUNT; r++)
        if (a->broken[r] != b->broken[r])
            return a->broken[r] < b->broken[r] ? -1 : 1;
    if (a->pages != b->pages)
        return a->pages < b->pages ? -1 : 1;
    return a->demerits < b->demerits ? -1 : a->demerits > b->demerits;
}

int64_t
ch_page_demerits(const ch_optimum_params *p, ch_len height, const ch_page_span *span, bool last)
{
    ch_len  free     = height - span->used;
    int64_t demerits = 0;
    if (free < 0) { /* spaces shrink */
        int64_t b = 10 + ch_badness(-free, span->shrink);
        return b * b;
    }
    if (last)
        return span->used < p->stub && span->from > 0 ? p->stub_cost : 0;
    int64_t empty = height > 0 ? ch_len_scale(free, FORM_FULL, height) : 0;
    if (!p->ragged) {
        int64_t b = 10 + ch_badness(free, span->stretch);
        demerits  = b * b;
    }
    return demerits + empty * empty;
}

/* ---- the search ---- */

/* The best way to end a page before an item with some lines of notes printed. */
typedef struct state {
    uint32_t     item, notes;
    uint32_t     prev, next; /* the state before it; the next with the same item, more notes */
    ch_page_span span;       /* the page between prev and this one */
    ch_page_cost cost;
} state;

typedef struct search {
    ch_ctx                  *cx;
    ch_vlist                 v;
    const ch_optimum_params *p;
    CH_VEC(state) states;
    uint32_t *first;    /* by item: the state with the fewest notes, or NONE */
    uint32_t *body;     /* by item: lines of text before it */
    uint32_t *closing;  /* by item: the first at it or behind it that needs text above it */
    uint32_t *boundary; /* by item: the first behind it where a page begins, if only if needed */
    ch_len   *note_sum; /* by line of notes: height of all before it, with the gaps above them */
} search;

/* What is on the page that is being filled. */
typedef struct filling {
    const search  *o;
    size_t         from, note_from;
    size_t         to; /* items so far: [from, to) */
    ch_len         height;
    ch_len         used, stretch, shrink;
    size_t         whole_to; /* no end before it */
    bool           in_columns;
    ch_column_fill columns;
    bool           broke_column;
} filling;

static size_t
notes_to(const search *o, size_t item)
{
    return item ? o->v.item[item - 1].notes_to : 0;
}

/* Lines of notes that a page from note_from must hold when it ends before the item. */
static size_t
notes_needed(const filling *f, size_t item)
{
    size_t need = item ? f->o->v.item[item - 1].notes_begun : 0;
    if (need <= f->note_from)
        need = f->note_from + (f->note_from < notes_to(f->o, item) ? 1 : 0);
    return need;
}

static ch_len
note_height(const search *o, size_t from, size_t to)
{
    if (from >= to)
        return 0;
    return o->p->note_head + o->note_sum[to] - o->note_sum[from] - o->v.note[from].gap;
}

static filling
begin_page(const search *o, size_t from, size_t note_from)
{
    filling f = {.o = o, .from = from, .note_from = note_from, .to = from};
    f.height  = from == 0 && note_from == 0 ? o->p->first : o->p->next;
    if (from < o->v.n)
        f.used = o->v.item[from].head;
    return f;
}

static bool
fits(const filling *f, ch_len notes)
{
    return f->used - f->shrink + notes <= f->height;
}

static void
add_gap(filling *f, const ch_vitem *it)
{
    if (f->to == f->from)
        return;
    f->used += it->gap;
    f->stretch += it->stretch;
    f->shrink += it->shrink;
}

/* The columns end before item f->to: they take the least height at which they hold their items. */
static void
leave_columns(filling *f)
{
    if (!f->in_columns)
        return;
    f->used += ch_columns_balance(f->o->v.item, f->columns.start[0], f->to, f->columns.columns,
                                  f->columns.room);
    f->broke_column = f->broke_column || f->columns.broke_rule;
    f->in_columns   = false;
}

/* Put the next item on the page; false: it does not fit. */
static bool
add_item(filling *f)
{
    const search   *o  = f->o;
    const ch_vitem *it = &o->v.item[f->to];
    if (f->to > f->from && it->if_needed)
        f->whole_to = o->boundary[f->to];
    if (f->in_columns && (!it->columns || it->column_first))
        leave_columns(f);
    if (it->columns && !f->in_columns) {
        add_gap(f, it);
        f->in_columns = true;
        ch_column_fill_begin(&f->columns, o->v.item, f->to, it->columns,
                             f->height - f->used -
                                 note_height(o, f->note_from, notes_needed(f, f->to)));
    } else if (!it->columns) {
        add_gap(f, it);
        f->used += it->height;
    }
    f->to++;
    if (it->columns && !ch_column_fill_add(&f->columns, f->to - 1))
        return false;
    return fits(f, note_height(o, f->note_from, notes_needed(f, f->to)));
}

/* What the page holds, if it ends here with note lines up to note_to. */
static ch_page_span
span_of(const filling *f, size_t note_to)
{
    const ch_vlist *v    = &f->o->v;
    filling         here = *f;
    ch_page_span    span = {
           .from = f->from, .to = f->to, .note_from = f->note_from, .note_to = note_to};
    if (f->in_columns && (f->to == v->n || !v->item[f->to].columns || v->item[f->to].column_first))
        leave_columns(&here);
    else if (f->in_columns) /* they go on; what they miss counts as empty */
        here.used +=
            ((ch_len)f->columns.column * f->columns.room + f->columns.height) / f->columns.columns;
    if (here.broke_column || (here.in_columns && here.columns.broke_rule))
        span.rules |= CH_RULE_BIT(CH_RULE_HEAD);
    span.used    = here.used + note_height(f->o, f->note_from, note_to);
    span.stretch = here.stretch;
    span.shrink  = here.shrink;
    return span;
}

/* Rules that the page breaks by where it ends and by what stands on it. */
static uint16_t
rules_of(const search *o, const ch_page_span *s)
{
    uint16_t        rules = s->rules;
    const ch_vitem *end   = s->to < o->v.n ? &o->v.item[s->to] : NULL;
    if (end && !end->forced)
        rules |= end->rules;
    for (uint32_t i = s->from < o->v.n ? o->closing[s->from] : NONE; i < s->to;
         i          = i + 1 < o->v.n ? o->closing[i + 1] : NONE)
        if (o->body[i] - o->body[s->from] < o->v.item[i].needs_body)
            rules |= CH_RULE_BIT(CH_RULE_BODY);
    return rules;
}

static void
count_rules(ch_page_cost *c, uint16_t rules)
{
    for (int r = 0; rules && r < CH_RULE_COUNT; r++)
        if ((rules & CH_RULE_BIT(r)) && c->broken[r] < UINT16_MAX)
            c->broken[r]++;
}

/* What it costs to let notes run over the way this page does. */
static int64_t
note_demerits(const search *o, const ch_page_span *s)
{
    int32_t before = s->note_from < o->v.n_notes ? o->v.note[s->note_from].cost : 0;
    int32_t after  = s->note_to < o->v.n_notes ? o->v.note[s->note_to].cost : 0;
    bool    alone  = s->note_to == s->note_from + 1 && (before > 0 || after > 0);
    return after + (alone ? o->p->note_alone : 0);
}

/* Keep the page as the way to its end, if it is the best so far. */
static void
offer(search *o, uint32_t from, ch_page_span span)
{
    const ch_vitem *end  = span.to < o->v.n ? &o->v.item[span.to] : NULL;
    bool            last = end ? end->forced || end->if_needed : span.note_to == o->v.n_notes;
    ch_page_cost    c    = o->states.at[from].cost;
    ch_len          room = span.from == 0 && span.note_from == 0 ? o->p->first : o->p->next;
    span.rules           = rules_of(o, &span);
    count_rules(&c, span.rules);
    c.pages++;
    c.demerits += ch_page_demerits(o->p, room, &span, last) + note_demerits(o, &span);
    if (end && !last && span.to > span.from)
        c.demerits += end->cost;

    uint32_t *link = &o->first[span.to];
    while (*link != NONE && o->states.at[*link].notes < span.note_to)
        link = &o->states.at[*link].next;
    if (*link != NONE && o->states.at[*link].notes == span.note_to) {
        state *s = &o->states.at[*link];
        if (ch_page_cost_compare(&c, &s->cost) < 0) {
            s->prev = from;
            s->span = span;
            s->cost = c;
        }
        return;
    }
    state s                             = {.item  = (uint32_t)span.to,
                                           .notes = (uint32_t)span.note_to,
                                           .prev  = from,
                                           .next  = *link,
                                           .span  = span,
                                           .cost  = c};
    *link                               = (uint32_t)o->states.n; /* before the states may move */
    *CH_PUSH(o->cx->scratch, o->states) = s;
}

/* All ways to end the page here: with all lines of notes that are due, or with fewer of them. */
static bool
offer_ends(search *o, uint32_t from, const filling *f)
{
    bool   any  = false;
    size_t need = notes_needed(f, f->to), due = notes_to(o, f->to);
    if (f->to == f->from && (f->note_from >= due || need <= f->note_from))
        return false;
    for (size_t n = due + 1; n-- > need;)
        if (fits(f, note_height(o, f->note_from, n))) {
            offer(o, from, span_of(f, n));
            any = true;
            if (n == due && f->to > f->from)
                break; /* nothing is gained by holding lines back */
        }
    return any;
}

/* No page fits: one item, or one line of notes, on a page all the same. */
static void
offer_misfit(search *o, uint32_t from)
{
    const state *s = &o->states.at[from];
    filling      f = begin_page(o, s->item, s->notes);
    if (s->item == o->v.n) {
        ch_page_span span = span_of(&f, s->notes + 1u);
        span.rules |= CH_RULE_BIT(CH_RULE_FIT);
        offer(o, from, span);
        return;
    }
    (void)add_item(&f);
    size_t need = notes_needed(&f, f.to);
    bool   any  = false;
    for (size_t n = f.note_from; n < need; n++)
        if (fits(&f, note_height(o, f.note_from, n))) {
            ch_page_span span = span_of(&f, n);
            span.rules |= CH_RULE_BIT(CH_RULE_NOTE);
            offer(o, from, span);
            any = true;
        }
    if (!any) {
        ch_page_span span = span_of(&f, f.note_from);
        span.rules |= CH_RULE_BIT(CH_RULE_FIT);
        offer(o, from, span);
    }
}

static void
pages_from(search *o, uint32_t from)
{
    const state s   = o->states.at[from];
    bool        any = false;
    filling     f   = begin_page(o, s.item, s.notes);
    for (;;) {
        if (f.to >= f.whole_to || f.to == o->v.n)
            any = offer_ends(o, from, &f) || any;
        if (f.to == o->v.n || (f.to > f.from && o->v.item[f.to].forced))
            break;
        if (!add_item(&f))
            break;
    }
    if (!any)
        offer_misfit(o, from);
}

/* ---- sums over the list ---- */

static search
prepare(ch_ctx *cx, ch_vlist v, const ch_optimum_params *p)
{
    search o   = {.cx = cx, .v = v, .p = p};
    o.first    = CH_NEW_N(cx->scratch, uint32_t, v.n + 1);
    o.body     = CH_NEW_N(cx->scratch, uint32_t, v.n + 1);
    o.closing  = CH_NEW_N(cx->scratch, uint32_t, v.n + 1);
    o.boundary = CH_NEW_N(cx->scratch, uint32_t, v.n + 1);
    o.note_sum = CH_NEW_N(cx->scratch, ch_len, v.n_notes + 1);
    for (size_t i = 0; i < v.n; i++)
        o.body[i + 1] = o.body[i] + v.item[i].body;
    for (size_t i = 0; i < v.n_notes; i++)
        o.note_sum[i + 1] = o.note_sum[i] + v.note[i].gap + v.note[i].height;
    uint32_t closing = NONE, boundary = (uint32_t)v.n;
    o.first[v.n] = NONE;
    for (size_t i = v.n; i-- > 0;) {
        closing       = v.item[i].needs_body ? (uint32_t)i : closing;
        o.closing[i]  = closing;
        o.first[i]    = NONE;
        o.boundary[i] = boundary;
        if (v.item[i].forced || v.item[i].if_needed)
            boundary = (uint32_t)i;
    }
    return o;
}

static void
keep_path(search *o, uint32_t last, ch_optimum *out)
{
    size_t n = 0;
    for (uint32_t s = last; s; s = o->states.at[s].prev)
        n++;
    ch_page_span *at = CH_NEW_N(o->cx->job, ch_page_span, n);
    *out             = (ch_optimum){.at = at, .n = n, .cost = o->states.at[last].cost};
    for (uint32_t s = last; s; s = o->states.at[s].prev)
        at[--n] = o->states.at[s].span;
}

void
ch_optimum_pages(ch_ctx *cx, ch_vlist v, const ch_optimum_params *p, ch_optimum *out)
{
    ch_mark mark                    = ch_arena_mark(cx->scratch);
    search  o                       = prepare(cx, v, p);
    *CH_PUSH(cx->scratch, o.states) = (state){.next = NONE};
    o.first[0]                      = 0;
    uint32_t last                   = 0;
    for (size_t i = 0; i <= v.n; i++)
        for (uint32_t s = o.first[i]; s != NONE; s = o.states.at[s].next) {
            if (i == v.n && o.states.at[s].notes >= v.n_notes)
                last = s;
            else
                pages_from(&o, s);
        }
    keep_path(&o, last, out);
    ch_arena_rewind(cx->scratch, mark);
}

ch_page_span
ch_greedy_page(ch_vlist v, const ch_optimum_params *p, size_t from, size_t note_from)
{
    /* Lines of notes that a page can hold are few beside those of a letter: no sums here. */
    ch_len used = from < v.n ? v.item[from].head : 0, shrink = 0, notes = 0;
    ch_len height = from == 0 && note_from == 0 ? p->first : p->next;
    size_t to = from, note_to = note_from;
    while (to < v.n && (to == from || !v.item[to].forced)) {
        const ch_vitem *it   = &v.item[to];
        ch_len          more = it->columns ? it->height / it->columns : it->height;
        if (to > from) {
            more += it->gap;
            shrink += it->shrink;
        }
        ch_len note_more = 0;
        for (size_t n = note_to; n < it->notes_begun; n++)
            note_more += v.note[n].height + (n > note_from ? v.note[n].gap : p->note_head);
        if (to > from && used + more - shrink + notes + note_more > height)
            break;
        used += more;
        notes += note_more;
        note_to = it->notes_begun > note_to ? it->notes_begun : note_to;
        to++;
    }
    return (ch_page_span){.from      = from,
                          .to        = to,
                          .note_from = note_from,
                          .note_to   = note_to,
                          .used      = used + notes,
                          .shrink    = shrink};
}
