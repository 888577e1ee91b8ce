/* page/explain.c -- what the user is told of the pages: rules that could not hold, and on request
 * why each page ends where it does, compared with filling page by page. */
#include "page/layout.h"

/* ---- rules that did not hold ---- */

static ch_where
where_of(const ch_pager *p, const ch_layout *l, size_t item)
{
    if (item >= l->flow.n)
        return CH_NOWHERE;
    const ch_vnode *v = &l->flow.node[item];
    if (v->kind == CH_V_ROW && ch_table_of(p, v->block)->row[v->at].where.source)
        return ch_table_of(p, v->block)->row[v->at].where;
    return v->block->where;
}

/* What a break before the item tears from it. */
static ch_where
keeper_of(const ch_pager *p, const ch_layout *l, size_t item)
{
    const ch_block *k = l->flow.node[item].keeper;
    return k ? k->where : where_of(p, l, item);
}

static size_t
lines_of(const ch_pager *p, const ch_vnode *v)
{
    return v->kind == CH_V_LINE ? p->lines[v->block->para->index]->n : 0;
}

/* The first item of the page that needs lines of text above it and has too few. */
static size_t
lonely_signature(const ch_layout *l, const ch_page_span *s)
{
    size_t text = 0;
    for (size_t i = s->from; i < s->to; i++) {
        if (l->flow.item[i].needs_body > text)
            return i;
        text += l->flow.item[i].body;
    }
    return s->from;
}

static void
report(ch_pager *p, const ch_layout *l, size_t page, ch_page_rule rule)
{
    const ch_page_span *s    = &l->pages.at[page];
    size_t              n    = page + 1;
    ch_where            here = where_of(p, l, s->from), end = where_of(p, l, s->to);
    switch (rule) {
    case CH_RULE_FIT:
        ch_report(p->cx, CH_W6010_page_overfull, here, n);
        break;
    case CH_RULE_ROW:
        ch_report(p->cx, CH_W6011_row_split, end, n);
        break;
    case CH_RULE_NOTE: {
        const ch_footnote *note = l->flow.note_node[s->note_to].note;
        ch_report(p->cx, CH_W6012_note_moved, note->where, n, note->number);
        break;
    }
    case CH_RULE_UNIT:
        ch_report(p->cx, CH_W6013_closing_split, end, n);
        break;
    case CH_RULE_BODY:
        ch_report(p->cx, CH_W6015_signature_alone, where_of(p, l, lonely_signature(l, s)), n);
        break;
    case CH_RULE_SALUTE:
        ch_report(p->cx, CH_W6016_salutation_torn, keeper_of(p, l, s->to), n);
        break;
    case CH_RULE_HEAD: /* by a column's end: there is no item that the page tears off */
        ch_report(p->cx, CH_W6017_head_torn,
                  s->to < l->flow.n && (l->flow.item[s->to].rules & CH_RULE_BIT(CH_RULE_HEAD))
                      ? keeper_of(p, l, s->to)
                      : here,
                  n);
        break;
    case CH_RULE_LINES:
        ch_report(p->cx, CH_W6018_widow, end, n, (size_t)l->flow.node[s->to].at,
                  lines_of(p, &l->flow.node[s->to]));
        break;
    case CH_RULE_KEEP:
        ch_report(p->cx, CH_W6019_keep_broken, keeper_of(p, l, s->to), n);
        break;
    case CH_RULE_COUNT:
        break;
    }
}

size_t
ch_layout_report(ch_pager *p, const ch_layout *l)
{
    size_t n = 0;
    if (l->foot_moved) {
        ch_report(p->cx, CH_W6014_addressee_moved, p->blocks->addressee_foot.at[0].where);
        n++;
    }
    for (size_t i = 0; i < l->pages.n; i++) {
        uint16_t rules = l->pages.at[i].rules;
        if (rules & CH_RULE_BIT(CH_RULE_UNIT)) /* the keeps of the same blocks say no more */
            rules &= (uint16_t)~CH_RULE_BIT(CH_RULE_KEEP);
        for (int r = 0; r < CH_RULE_COUNT; r++)
            if (rules & CH_RULE_BIT(r)) {
                report(p, l, i, (ch_page_rule)r);
                n++;
            }
    }
    return n;
}

/* ---- why a page ends ---- */

const char *
ch_page_mm(ch_pager *p, ch_len v)
{
    ch_buf b;
    ch_buf_init(&b, p->cx->job);
    ch_buf_fixed(&b, ch_len_scale(v > 0 ? v : 0, 10, CH_MM), 1);
    return b.p;
}

/* Height of items [from, to) below others. */
static ch_len
height_of(const ch_layout *l, size_t from, size_t to)
{
    ch_len h = 0;
    for (size_t i = from; i < to; i++)
        h += l->flow.item[i].gap + l->flow.item[i].height;
    return h;
}

static size_t
end_of_unit(const ch_layout *l, size_t i)
{
    unsigned unit = l->flow.node[i].block->unit;
    while (i < l->flow.n && l->flow.node[i].block->unit == unit)
        i++;
    return i;
}

/* The end of what must not be divided by a page that begins only if needed. */
static size_t
end_of_part(const ch_layout *l, size_t i)
{
    for (i++; i < l->flow.n && !l->flow.item[i].forced && !l->flow.item[i].if_needed;)
        i++;
    return i;
}

static const char *
part_name(const ch_block *b)
{
    return b->part == CH_PART_ANNEX || b->part == CH_PART_ANNEX_HEAD ? "annex" : "the text";
}

/* Would filling page by page leave the signatures with too little text above them? */
static bool
strands_signature(const ch_layout *l, const ch_page_span *greedy)
{
    ch_page_span after = ch_greedy_page(l->list, &l->params, greedy->to, greedy->note_to);
    size_t       text  = 0;
    for (size_t i = after.from; i < after.to; i++) {
        if (l->flow.item[i].needs_body > text)
            return true;
        text += l->flow.item[i].body;
    }
    return false;
}

/* Why the paragraph could not be divided before that line. */
static const char *
reason_for_lines(const ch_pager *p, const ch_vnode *v)
{
    size_t n = lines_of(p, v);
    return n == 3                                           ? "three lines are not divided"
           : (int32_t)(n - v->at) < v->block->props->widows ? "widow rule"
                                                            : "orphan rule";
}

/* The page ends before the item although more would have fitted, up to greedy->to. */
static void
explain_early_end(ch_pager *p, const ch_layout *l, size_t page, const ch_page_span *greedy)
{
    const ch_page_span *s    = &l->pages.at[page];
    const ch_vnode     *v    = &l->flow.node[s->to];
    ch_where            here = v->block->where;
    ch_len              left = ch_layout_room(l, page) - s->used;
    const ch_vnode     *next = greedy->to < l->flow.n ? &l->flow.node[greedy->to] : NULL;
    uint16_t            torn = next ? l->flow.item[greedy->to].rules : 0;
    bool                unit = torn & CH_RULE_BIT(CH_RULE_UNIT);
    bool     divided = next && next->block == v->block && (torn & CH_RULE_BIT(CH_RULE_LINES));
    uint16_t heads =
        CH_RULE_BIT(CH_RULE_SALUTE) | CH_RULE_BIT(CH_RULE_HEAD) | CH_RULE_BIT(CH_RULE_KEEP);
    if (unit && v->block->unit) {
        ch_report(p->cx, CH_N6102_closing_moved, here, page + 2,
                  ch_page_mm(p, height_of(l, s->to, end_of_unit(l, s->to))), ch_page_mm(p, left));
    } else if (divided || (v->kind == CH_V_LINE && v->block->part == CH_PART_BODY &&
                           (unit || strands_signature(l, greedy)))) {
        size_t n = lines_of(p, v) - v->at;
        ch_report(p->cx, CH_N6103_lines_carried, here, n, n == 1 ? "" : "s", page + 2,
                  divided ? reason_for_lines(p, next) : "two lines above the signature");
    } else if (torn & heads) {
        ch_report(p->cx, CH_N6104_kept_with_next, here, v->block->name ? v->block->name : "block",
                  page + 2, ch_page_mm(p, left), page + 1);
    } else if (left < l->flow.item[s->to].gap + l->flow.item[s->to].height) {
        ch_report(p->cx, CH_N6101_page_full, here, page + 1, page + 2);
    } else {
        ch_report(p->cx, CH_N6108_page_short, here, page + 1, ch_page_mm(p, left));
    }
}

static void
explain_end(ch_pager *p, const ch_layout *l, size_t page)
{
    const ch_page_span *s    = &l->pages.at[page];
    const ch_vitem     *end  = &l->flow.item[s->to];
    const ch_block     *b    = l->flow.node[s->to].block;
    ch_len              left = ch_layout_room(l, page) - s->used;
    if (end->forced) {
        ch_report(p->cx, CH_N6106_new_page, b->where, part_name(b), page + 2, ch_page_mm(p, left));
    } else if (end->if_needed) {
        ch_report(p->cx, CH_N6105_annex_moved, b->where, part_name(b), page + 2,
                  ch_page_mm(p, height_of(l, s->to, end_of_part(l, s->to))), ch_page_mm(p, left));
    } else {
        ch_page_span greedy = ch_greedy_page(l->list, &l->params, s->from, s->note_from);
        if (greedy.to > s->to)
            explain_early_end(p, l, page, &greedy);
        else if (b->unit && s->to > 0 && l->flow.node[s->to - 1].block->unit != b->unit)
            ch_report(p->cx, CH_N6102_closing_moved, b->where, page + 2,
                      ch_page_mm(p, height_of(l, s->to, end_of_unit(l, s->to))),
                      ch_page_mm(p, left));
        else
            ch_report(p->cx, CH_N6101_page_full, b->where, page + 1, page + 2);
    }
}

void
ch_layout_explain(ch_pager *p, const ch_layout *l)
{
    for (size_t i = 0; i + 1 < l->pages.n; i++) {
        const ch_page_span *s = &l->pages.at[i];
        if (s->to < l->flow.n && s->to > s->from)
            explain_end(p, l, i);
        size_t due = s->to ? l->flow.item[s->to - 1].notes_to : 0;
        if (s->note_to < due) {
            const ch_footnote *note = l->flow.note_node[s->note_to].note;
            ch_report(p->cx, CH_N6107_note_carried, note->where, due - s->note_to,
                      due - s->note_to == 1 ? "" : "s", note->number, i + 2);
        }
    }
    for (size_t i = 0; i < p->blocks->n_paras; i++) {
        const ch_lines *was = p->doc->lines[i], *now = p->lines[i];
        if (was && now && was->n != now->n)
            ch_report(p->cx, CH_N6109_paragraph_loosened, now->para->where, now->n, was->n);
    }
}
