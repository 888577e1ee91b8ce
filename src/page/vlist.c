#include "page/vlist.h"

#include "line/table.h"

/* Demerits of a page that ends there. */
#define AFTER_HYPHEN 3000
#define IN_PARAGRAPH 100
#define IN_SHORT_PARAGRAPH 600 /* of four lines or fewer */
#define IN_TABLE 100
#define ROW_ALONE 30000 /* the last row of a group alone on the next page */

typedef struct builder {
    ch_pager      *p;
    ch_len         page_height;
    ch_note_stream notes;
    CH_VEC(ch_vitem) item;
    CH_VEC(ch_vnode) node;
    const ch_block *above;             /* the block above, whose space counts */
    ch_len          gap;               /* blocks of space since */
    bool            forced, if_needed; /* a page begins before the next item */
    size_t          body_since;        /* lines of text since the last signatures */
    unsigned        signed_unit;
    bool            in_signature;
} builder;

/* ---- items ---- */

static ch_vitem *
add(builder *w, ch_vkind kind, const ch_block *b, size_t at, ch_len height)
{
    ch_arena *a  = w->p->cx->job;
    ch_vitem *it = CH_PUSH(a, w->item);
    *it          = (ch_vitem){.height = height};
    if (w->item.n > 1)
        it->notes_begun = it[-1].notes_begun;
    *CH_PUSH(a, w->node) = (ch_vnode){.kind = kind, .block = b, .at = (uint32_t)at};
    return it;
}

/* The items that carry the marks of notes have been added up to here. */
static void
take_notes(builder *w)
{
    ch_vitem *it = &w->item.at[w->item.n - 1];
    it->notes_to = (uint32_t)w->notes.line.n;
    if (w->notes.begun > it->notes_begun)
        it->notes_begun = (uint32_t)w->notes.begun;
}

/* The first item of a block: the space above it, page breaks asked for, the unit. */
static void
begin_block(builder *w, ch_vitem *it, const ch_block *b)
{
    const ch_props *above = w->above ? w->above->props : NULL, *own = b->props;
    it->gap = w->gap + (w->above ? ch_block_space(w->above, b) : 0);
    if (above) {
        it->stretch = above->stretch > own->stretch ? above->stretch : own->stretch;
        it->shrink  = above->shrink > own->shrink ? above->shrink : own->shrink;
    }
    if (it->shrink > it->gap)
        it->shrink = it->gap;
    it->forced    = w->forced && w->item.n > 1;
    it->if_needed = w->if_needed && w->item.n > 1 && !it->forced;
    if (w->above && b->unit && w->above->unit == b->unit)
        it->rules |= CH_RULE_BIT(CH_RULE_UNIT);
    w->above  = b;
    w->gap    = 0;
    w->forced = w->if_needed = false;
}

/* Lines of text count for the signatures below them; the first item of signatures needs them. */
static void
mark_body(builder *w, ch_vitem *it, const ch_block *b)
{
    bool signature = b->part == CH_PART_SIGNATURE;
    if (b->part == CH_PART_BODY) {
        it->body = true;
        w->body_since++;
    } else if (signature && (!w->in_signature || b->unit != w->signed_unit) && b->unit) {
        it->needs_body = w->body_since < 2 ? (uint8_t)w->body_since : 2;
        w->body_since  = 0;
        w->signed_unit = b->unit;
    }
    w->in_signature = signature;
}

/* ---- paragraphs ---- */

static bool
ends_in_hyphen(const ch_line *line)
{
    for (size_t i = 0; i < line->n; i++)
        if (line->strip[i].hyphen)
            return true;
    return false;
}

/* A page may end before line k, at a price. */
static void
price_line(ch_vitem *it, const ch_block *b, const ch_lines *l, size_t k)
{
    const ch_props *props = b->props;
    it->cost              = l->n <= 4 ? IN_SHORT_PARAGRAPH : IN_PARAGRAPH;
    if (ends_in_hyphen(&l->line[k - 1]))
        it->cost += AFTER_HYPHEN;
    if ((int32_t)k < props->orphans || (int32_t)(l->n - k) < props->widows)
        it->rules |= CH_RULE_BIT(CH_RULE_LINES);
    if (b->unit)
        it->rules |= CH_RULE_BIT(CH_RULE_UNIT);
    if (props->keep_together)
        it->rules |= CH_RULE_BIT(CH_RULE_KEEP);
}

static void
add_para(builder *w, const ch_block *b)
{
    const ch_lines *l    = w->p->lines[b->para->index];
    ch_len          head = ch_annex_head_height(w->p, b);
    for (size_t k = 0; k < l->n; k++) {
        ch_vitem *it = add(w, CH_V_LINE, b, k, l->line[k].height);
        it->head     = head;
        if (k == 0)
            begin_block(w, it, b);
        else
            price_line(it, b, l, k);
        mark_body(w, it, b);
        ch_note_stream_line(&w->notes, &l->line[k]);
        take_notes(w);
    }
}

/* ---- rows ---- */

/* Can a page hold a group whole, as a group of three with its count must be kept?  Its last row
 * is r; of a longer one a part can go before. */
static bool
holds_group(const builder *w, const ch_table *t, const ch_table_box *box, size_t r, ch_len head)
{
    ch_len h = head;
    if (r - box->group[r] > 3)
        return true;
    for (size_t i = box->group[r]; i < t->n_rows && (i <= r || t->row[i].kind == CH_ROW_TOTAL); i++)
        h += box->height[i] + ch_row_space(t, i);
    return h <= w->page_height;
}

/* Breaks before the row, by the kinds of rows. */
static void
price_row(const builder *w, const ch_table *t, const ch_table_box *box, size_t r, ch_vitem *it,
          ch_len head)
{
    it->cost = IN_TABLE;
    if (t->row[r].kind == CH_ROW_TOTAL)
        it->rules |= CH_RULE_BIT(CH_RULE_HEAD);
    bool last = r + 1 == t->n_rows || box->group[r + 1] != box->group[r];
    if (last && r > 0 && box->group[r] != CH_NO_GROUP && t->row[r - 1].kind == CH_ROW_BODY) {
        if (holds_group(w, t, box, r, head))
            it->rules |= CH_RULE_BIT(CH_RULE_HEAD);
        else
            it->cost += ROW_ALONE;
    }
}

/* The parts of a row that no page can hold. */
static void
add_cut_row(builder *w, const ch_block *b, size_t r, ch_len head)
{
    ch_mark mark = ch_arena_mark(w->p->cx->scratch);
    ch_cuts cuts = {0};
    ch_len  from = 0;
    ch_row_cuts(w->p, b, r, &cuts);
    for (size_t i = 0; i < cuts.n; i++) {
        ch_vitem *it = add(w, CH_V_ROW, b, r, cuts.at[i] - from);
        if (i > 0) {
            it->rules = CH_RULE_BIT(CH_RULE_ROW);
            it->head  = head;
        }
        w->node.at[w->node.n - 1].part = (ch_stretch){from, cuts.at[i]};
        it->notes_to                   = (uint32_t)w->notes.line.n;
        from                           = cuts.at[i];
    }
    ch_arena_rewind(w->p->cx->scratch, mark);
}

static void
add_row(builder *w, const ch_block *b, size_t r)
{
    const ch_table     *t    = ch_table_of(w->p, b);
    const ch_table_box *box  = ch_table_measured(w->p, t);
    ch_len              head = ch_row_head_height(w->p, b, r);
    size_t              at   = w->item.n;
    if (t->flow == CH_FLOW_ROWS && box->height[r] + head > w->page_height)
        add_cut_row(w, b, r, head);
    else
        add(w, CH_V_ROW, b, r, box->height[r]);
    ch_vitem *it = &w->item.at[at];
    if (r == 0) {
        begin_block(w, it, b);
    } else {
        it->gap = ch_row_space(t, r - 1);
        price_row(w, t, box, r, it, head);
        if (b->unit)
            it->rules |= CH_RULE_BIT(CH_RULE_UNIT);
        if (b->props->keep_together)
            it->rules |= CH_RULE_BIT(CH_RULE_KEEP);
    }
    it->head = head;
    if (t->flow == CH_FLOW_COLUMNS) {
        it->columns      = (uint8_t)(t->newspaper < 1 ? 1 : t->newspaper > 8 ? 8 : t->newspaper);
        it->column_first = r == 0;
        it->column_head  = ch_column_head_height(w->p, b, r);
    }
    mark_body(w, it, b);
    for (size_t c = 0; c < t->row[r].n; c++)
        ch_note_stream_blocks(&w->notes, t->row[r].cell[c].content);
    take_notes(w);
}

/* ---- what keeps with what follows ---- */

/* Items of a head of the table, or of a group, are no rows yet. */
static bool
is_head_item(const builder *w, const ch_vnode *v)
{
    if (v->kind == CH_V_RULE)
        return true;
    if (v->kind != CH_V_ROW)
        return false;
    ch_row_kind k = ch_table_of(w->p, v->block)->row[v->at].kind;
    return k == CH_ROW_HEAD || k == CH_ROW_GROUP;
}

static bool
begins_group(const builder *w, const ch_vnode *v)
{
    return v->kind == CH_V_ROW && ch_table_of(w->p, v->block)->row[v->at].kind == CH_ROW_GROUP;
}

/* The item `at` keeps with the two lines or rows below it; of a group, with its own rows. */
static void
keep_with_next(builder *w, size_t at, ch_page_rule rule, bool group)
{
    const ch_block *keeper = w->node.at[at].block, *para = NULL;
    unsigned        need = 2;
    for (size_t i = at + 1; i < w->item.n && need > 0; i++) {
        ch_vnode *v = &w->node.at[i];
        if (w->item.at[i].forced || w->item.at[i].if_needed)
            return;
        if (group && (v->block != keeper || begins_group(w, v)))
            return;
        if (keeper->unit && v->block->unit != keeper->unit)
            return; /* the unit is kept together as such */
        if (rule == CH_RULE_SALUTE && para && v->block != para)
            return; /* a paragraph of one line */
        w->item.at[i].rules |= CH_RULE_BIT(rule);
        if (!v->keeper)
            v->keeper = keeper;
        if (v->kind == CH_V_FIGURE)
            return;
        if (is_head_item(w, v))
            continue;
        need--;
        para = v->block;
    }
}

static bool
is_last_of_block(const builder *w, size_t i)
{
    return i + 1 == w->item.n || w->node.at[i + 1].block != w->node.at[i].block;
}

static void
keep_all(builder *w)
{
    for (size_t i = 0; i < w->item.n; i++) {
        const ch_vnode *v = &w->node.at[i];
        const ch_block *b = v->block;
        if (is_head_item(w, v) && v->kind == CH_V_ROW &&
            (ch_table_of(w->p, b)->row[v->at].kind == CH_ROW_GROUP ||
             v->at < ch_table_measured(w->p, ch_table_of(w->p, b))->heads))
            keep_with_next(w, i, CH_RULE_HEAD, true);
        if (!is_last_of_block(w, i))
            continue;
        if (b->part == CH_PART_SALUTE)
            keep_with_next(w, i, CH_RULE_SALUTE, false);
        else if (b->part == CH_PART_HEAD || b->part == CH_PART_ANNEX_HEAD)
            keep_with_next(w, i, CH_RULE_HEAD, false);
        else if (b->keep_next)
            keep_with_next(w, i, CH_RULE_KEEP, false);
    }
}

/* ---- the list ---- */

static void
add_block(builder *w, const ch_block *b)
{
    ch_len width, height;
    if (b->kind == CH_BLOCK_NEW_PAGE) {
        w->forced    = w->forced || !b->if_needed;
        w->if_needed = w->if_needed || b->if_needed;
        return;
    }
    if (ch_block_left_out(w->p, b))
        return;
    switch (b->kind) {
    case CH_BLOCK_PARA:
        add_para(w, b);
        return;
    case CH_BLOCK_TABLE:
        for (size_t r = 0; r < ch_table_of(w->p, b)->n_rows; r++)
            add_row(w, b, r);
        return;
    case CH_BLOCK_RULE:
        begin_block(w, add(w, CH_V_RULE, b, 0, b->rule_thickness), b);
        break;
    case CH_BLOCK_FIGURE:
        ch_figure_size(w->p, b, b->measure, &width, &height);
        begin_block(w, add(w, CH_V_FIGURE, b, 0, height), b);
        break;
    default:
        w->gap += b->gap;
        return;
    }
    take_notes(w);
}

/* More blocks follow the last of the signatures, or stand at the end. */
static size_t
place_of_more(ch_block_list flow)
{
    size_t at = 0;
    while (at < flow.n && flow.at[at].kind != CH_BLOCK_NEW_PAGE)
        at++;
    size_t end = at;
    while (at > 0 && flow.at[at - 1].part != CH_PART_SIGNATURE)
        at--;
    return at > 0 ? at : end;
}

void
ch_flow_build(ch_pager *p, ch_len page_height, ch_block_list more, ch_flow *out)
{
    builder       w    = {.p = p, .page_height = page_height, .notes = ch_note_stream_begin(p)};
    ch_block_list flow = p->blocks->flow;
    size_t        at   = place_of_more(flow);
    for (size_t i = 0; i <= flow.n; i++) {
        for (size_t k = 0; i == at && k < more.n; k++)
            add_block(&w, &more.at[k]);
        if (i < flow.n)
            add_block(&w, &flow.at[i]);
    }
    keep_all(&w);
    *out = (ch_flow){.item      = w.item.at,
                     .node      = w.node.at,
                     .n         = w.item.n,
                     .note      = w.notes.line.at,
                     .note_node = w.notes.node.at,
                     .n_notes   = w.notes.line.n};
}
