/* page/loosen.c -- a paragraph one line longer or shorter, where that mends a page. */
#include "page/layout.h"

#define ITEMS_MOST 4000    /* longer letters are left as they are: each trial lays out anew */
#define PARAGRAPHS_MOST 24 /* tried in one round */
#define ROUNDS 2           /* paragraphs changed at most */
#define RATIO_MOST 1330    /* of 1024: about TeX's tolerance of 200 */
#define WORTH_IT 4000      /* demerits that a change must save when all rules hold */

/* Would a longer or shorter paragraph be worth looking for? */
static bool
has_trouble(const ch_layout *l)
{
    const ch_page_span *last = &l->pages.at[l->pages.n - 1];
    for (int r = CH_RULE_UNIT; r <= CH_RULE_LINES; r++)
        if (l->pages.cost.broken[r])
            return true;
    for (size_t i = 1; i < l->pages.n; i++) {
        const ch_page_span *s = &l->pages.at[i];
        if (s->to < l->flow.n && !l->flow.item[s->to].forced && !l->flow.item[s->to].if_needed)
            continue;
        if (s->used < l->params.stub)
            return true;
    }
    return l->pages.n > 1 && last->used < l->params.stub;
}

static int32_t
widest_ratio(const ch_lines *l)
{
    int32_t most = RATIO_MOST;
    for (size_t i = 0; i < l->n; i++)
        most = l->line[i].ratio > most ? l->line[i].ratio : most;
    return most;
}

/* The paragraph set in `by` lines more; NULL when that cannot be done well. */
static const ch_lines *
set_by(ch_pager *p, const ch_lines *old, int32_t by)
{
    ch_shaped      *shaped = CH_NEW(p->cx->job, ch_shaped);
    ch_para        *para   = CH_NEW(p->cx->job, ch_para);
    ch_props       *props  = CH_NEW(p->cx->job, ch_props);
    const ch_lines *now;
    *props           = *old->para->props;
    props->looseness = by;
    *para            = *old->para;
    para->props      = props;
    *shaped          = *old->shaped;
    shaped->para     = para;
    if (ch_lines_set(p->cx, shaped, old->measure, &now) != CH_OK)
        return NULL;
    if ((int64_t)now->n != (int64_t)old->n + by)
        return NULL;
    int32_t limit = widest_ratio(old);
    for (size_t i = 0; i < now->n; i++)
        if (now->line[i].overfull || now->line[i].ratio > limit || now->line[i].ratio < -1024)
            return NULL;
    return now;
}

static bool
can_change(const ch_pager *p, const ch_vnode *v)
{
    if (v->kind != CH_V_LINE || v->at != 0 || v->block->part != CH_PART_BODY)
        return false;
    const ch_lines *l = p->lines[v->block->para->index];
    for (size_t i = 0; i < l->n; i++)
        if (l->line[i].overfull)
            return false;
    return l->n >= 3 && l->para->props->looseness == 0 && l->measure > 0;
}

typedef struct trial {
    const ch_lines *lines;
    ch_page_cost    cost;
    int64_t         demerits; /* of its lines, more than before */
} trial;

static bool
better(const trial *a, const trial *b)
{
    int c = ch_page_cost_compare(&a->cost, &b->cost);
    return c < 0 || (c == 0 && a->demerits < b->demerits);
}

/* Does the change mend a rule, save a page, or at least a stub? */
static bool
worth_it(const ch_page_cost *now, const ch_page_cost *was)
{
    ch_page_cost a = *now, b = *was;
    a.demerits = b.demerits = 0;
    int c                   = ch_page_cost_compare(&a, &b);
    return c < 0 || (c == 0 && now->demerits + WORTH_IT <= was->demerits);
}

static void
try_change(ch_pager *p, const ch_layout *l, uint32_t index, int32_t by, trial *best)
{
    const ch_lines *old = p->lines[index], *now = set_by(p, old, by);
    ch_layout       copy = *l;
    if (!now)
        return;
    p->lines[index] = now;
    ch_layout_solve(p, &copy);
    p->lines[index] = old;
    trial t         = {now, copy.pages.cost, now->demerits - old->demerits};
    if (worth_it(&t.cost, &l->pages.cost) && (!best->lines || better(&t, best)))
        *best = t;
}

void
ch_layout_loosen(ch_pager *p, ch_layout *l)
{
    for (int round = 0; round < ROUNDS; round++) {
        trial  best  = {0};
        size_t tried = 0;
        if (l->flow.n > ITEMS_MOST || !has_trouble(l))
            return;
        for (size_t i = l->flow.n; i-- > 0 && tried < PARAGRAPHS_MOST;) {
            if (!can_change(p, &l->flow.node[i]))
                continue;
            uint32_t index = l->flow.node[i].block->para->index;
            try_change(p, l, index, 1, &best);
            try_change(p, l, index, -1, &best);
            tried++;
        }
        if (!best.lines)
            return;
        p->lines[best.lines->para->index] = best.lines;
        ch_layout_solve(p, l);
    }
}
