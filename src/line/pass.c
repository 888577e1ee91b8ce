/* line/pass.c -- every paragraph of the letter, at its measure. */
#include "line/line.h"

#include "line/table.h"

typedef struct walker {
    ch_ctx             *cx;
    const ch_texts_doc *texts;
    const ch_lines    **lines;
    ch_table_widths    *tables;
    ch_status           status; /* the first that was not CH_OK */
} walker;

/* The page pass sets what holds page numbers: nobody knows them yet. */
static bool
awaits_page_number(const ch_para *para)
{
    for (size_t i = 0; i < para->n; i++)
        if (para->span[i].kind == CH_SPAN_PAGE || para->span[i].kind == CH_SPAN_PAGES ||
            para->span[i].kind == CH_SPAN_NEXT || para->span[i].kind == CH_SPAN_LEVEL ||
            para->span[i].kind == CH_SPAN_ANNEX)
            return true;
    return false;
}

static void
set_para(walker *w, const ch_para *para, ch_len measure)
{
    if (!para || w->status != CH_OK || awaits_page_number(para))
        return;
    const ch_shaped *s = w->texts->shaped[para->index];
    if (s)
        w->status = ch_lines_set(w->cx, s, measure, &w->lines[para->index]);
}

static void walk(walker *w, ch_block_list list, ch_len cell_width);

static void
walk_cells(walker *w, const ch_table *t, const ch_cell *cell, size_t n)
{
    ch_table_widths widths = w->tables[t->index];
    size_t          column = 0;
    for (size_t i = 0; i < n; i++) {
        ch_len width = t->flow == CH_FLOW_COLUMNS ? widths.width[0]
                                                  : ch_cell_width(t, widths, &cell[i], column);
        walk(w, cell[i].content, width);
        column += cell[i].columns ? cell[i].columns : 1;
    }
}

static void
walk_table(walker *w, const ch_table *t, ch_len measure)
{
    while (t->narrower && !ch_table_roomy(w->cx, w->texts, t, measure))
        t = t->narrower;
    w->tables[t->index] = ch_table_measure(w->cx, w->texts, t, measure);
    walk(w, t->continued_head, measure);
    for (size_t r = 0; r < t->n_rows && w->status == CH_OK; r++) {
        walk_cells(w, t, t->row[r].cell, t->row[r].n);
        if (t->row[r].continued)
            walk_cells(w, t, t->row[r].continued, t->row[r].n);
    }
}

static void
walk(walker *w, ch_block_list list, ch_len cell_width)
{
    for (size_t i = 0; i < list.n && w->status == CH_OK; i++) {
        const ch_block *b       = &list.at[i];
        ch_len          measure = ch_block_measure(b, cell_width);
        if (b->kind == CH_BLOCK_PARA)
            set_para(w, b->para, measure);
        else if (b->kind == CH_BLOCK_TABLE && b->table)
            walk_table(w, b->table, measure);
        set_para(w, b->label, b->label_width);
        /* Many paragraphs have the same above them. */
        if (b->continued && b->continued->n && !w->lines[b->continued->at->para->index])
            walk(w, *b->continued, cell_width);
    }
}

/* The letterhead that has most side by side and yet no column too narrow. */
static ch_block_list
letterhead_of(const walker *w, const ch_blocks *b)
{
    for (size_t i = 0; i <= b->n_narrower; i++) {
        ch_block_list list = i == 0 ? b->letterhead : b->narrower[i - 1];
        bool          fits = true;
        for (size_t k = 0; fits && i < b->n_narrower && k < list.n; k++)
            if (list.at[k].kind == CH_BLOCK_TABLE && list.at[k].table->even)
                fits = ch_table_roomy(w->cx, w->texts, list.at[k].table, list.at[k].measure);
        if (fits)
            return list;
    }
    return b->letterhead;
}

ch_status
ch_line_pass(ch_ctx *cx, const ch_texts_doc *t, const ch_lines_doc **out)
{
    const ch_blocks *b = t->blocks;
    ch_lines_doc    *d = CH_NEW(cx->job, ch_lines_doc);
    walker           w = {.cx     = cx,
                          .texts  = t,
                          .lines  = CH_NEW_N(cx->job, const ch_lines *, b->n_paras),
                          .tables = CH_NEW_N(cx->job, ch_table_widths, b->n_tables)};
    d->texts           = t;
    d->lines           = w.lines;
    d->table           = w.tables;
    *out               = d;
    walk(&w, d->letterhead = letterhead_of(&w, b), 0);
    walk(&w, b->copy_mark, 0);
    walk(&w, b->addressee_foot, 0);
    walk(&w, b->addressee_window, 0);
    walk(&w, b->window_return, 0);
    walk(&w, b->window_remarks, 0);
    walk(&w, b->flow, 0);
    for (size_t i = 0; i < b->n_notes; i++)
        walk(&w, b->note[i]->content, 0);
    walk(&w, b->first.head, 0);
    walk(&w, b->first.foot, 0);
    walk(&w, b->next.head, 0);
    walk(&w, b->next.foot, 0);
    if (b->even.head.at != b->next.head.at)
        walk(&w, b->even.head, 0);
    if (b->even.foot.at != b->next.foot.at)
        walk(&w, b->even.foot, 0);
    walk(&w, b->annex.running.head, 0);
    walk(&w, b->annex.running.foot, 0);
    return w.status;
}
