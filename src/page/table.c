/* page/table.c -- rows: their heights, what is repeated above them, their items. */
#include "page/pager.h"

#include "line/table.h"
#include "page/columns.h"

/* ---- cells ---- */

/* The width of the cell that begins in that column. */
static ch_len
cell_width(const ch_pager *p, const ch_table *t, const ch_cell *cell, size_t column)
{
    ch_table_widths w = p->doc->table[t->index];
    return t->flow == CH_FLOW_COLUMNS ? (w.n ? w.width[0] : 0) : ch_cell_width(t, w, cell, column);
}

/* Where the first lines of all cells have their baseline; below 0 when no cell has one. */
static ch_len
row_baseline(ch_pager *p, const ch_cell *cell, size_t n)
{
    ch_len most = -1;
    for (size_t i = 0; i < n; i++) {
        ch_len b = ch_stack_baseline(p, cell[i].content);
        most     = b > most ? b : most;
    }
    return most;
}

/* How far a cell's content moves down to stand on the row's baseline. */
static ch_len
drop(ch_pager *p, const ch_cell *cell, ch_len baseline)
{
    ch_len own = ch_stack_baseline(p, cell->content);
    return own < 0 ? 0 : baseline - own;
}

static ch_len
cells_height(ch_pager *p, const ch_table *t, const ch_cell *cell, size_t n)
{
    ch_len baseline = row_baseline(p, cell, n), most = 0;
    size_t column = 0;
    for (size_t i = 0; i < n; i++) {
        ch_len width = cell_width(p, t, &cell[i], column);
        ch_len h     = ch_stack_height(p, cell[i].content, width) + drop(p, &cell[i], baseline);
        most         = h > most ? h : most;
        column += cell[i].columns ? cell[i].columns : 1;
    }
    return most;
}

/* How far what stands in cells moves down to be in the middle of the row: texts together, so that
 * their first lines stay on one baseline. */
static ch_len
to_middle(ch_pager *p, const ch_table *t, const ch_cell *cell, size_t n, size_t which,
          ch_len baseline)
{
    if (!t->centred)
        return 0;
    ch_len all = cells_height(p, t, cell, n), own = 0;
    bool   text   = ch_stack_baseline(p, cell[which].content) >= 0;
    size_t column = 0;
    for (size_t i = 0; i < n; i++) {
        ch_len width = cell_width(p, t, &cell[i], column);
        ch_len h     = ch_stack_height(p, cell[i].content, width) + drop(p, &cell[i], baseline);
        bool   with  = text ? ch_stack_baseline(p, cell[i].content) >= 0 : i == which;
        own          = with && h > own ? h : own;
        column += cell[i].columns ? cell[i].columns : 1;
    }
    return (all - own) / 2;
}

static void
cells_place(ch_painter *out, const ch_table *t, const ch_cell *cell, size_t n, ch_lane lane,
            ch_len y)
{
    ch_pager *p        = out->p;
    ch_len    baseline = row_baseline(p, cell, n), x = 0;
    size_t    column = 0;
    for (size_t i = 0; i < n; i++) {
        ch_len width = cell_width(p, t, &cell[i], column);
        ch_len left  = t->rtl ? lane.width - x - width : x;
        ch_stack_place(out, cell[i].content, (ch_lane){lane.left + left, width},
                       y + drop(p, &cell[i], baseline) + to_middle(p, t, cell, n, i, baseline));
        x += width + t->gutter;
        column += cell[i].columns ? cell[i].columns : 1;
    }
}

/* ---- rows ---- */

static bool
has_rule(const ch_table *t, size_t row)
{
    return t->rule > 0 && t->row[row].rule_below;
}

ch_len
ch_row_space(const ch_table *t, size_t row)
{
    ch_len gap = has_rule(t, row) ? t->row_gap - t->row_gap / 2 : t->row_gap;
    if (row + 1 >= t->n_rows || t->row[row].kind == CH_ROW_HEAD)
        return gap;
    const ch_row *below = &t->row[row + 1];
    if (below->kind != CH_ROW_GROUP && below->kind != CH_ROW_TOTAL)
        return gap;
    ch_len before = below->n && below->cell->content.n ? below->cell->content.at->props->before : 0;
    return before > gap ? before : gap;
}

static ch_len
row_height(ch_pager *p, const ch_table *t, size_t r)
{
    const ch_row *row = &t->row[r];
    ch_len        h   = cells_height(p, t, row->cell, row->n);
    h                 = h > row->min_height ? h : row->min_height;
    return has_rule(t, r) ? h + t->row_gap / 2 + t->rule : h;
}

const ch_table *
ch_table_of(const ch_pager *p, const ch_block *b)
{
    const ch_table *laid = p->doc->table[b->table->index].laid;
    return laid ? laid : b->table;
}

const ch_table_box *
ch_table_measured(ch_pager *p, const ch_table *t)
{
    ch_table_box *box = &p->table[t->index];
    if (box->measured)
        return box;
    uint32_t group = CH_NO_GROUP;
    box->measured  = true;
    box->height    = CH_NEW_N(p->cx->job, ch_len, t->n_rows);
    box->continued = CH_NEW_N(p->cx->job, ch_len, t->n_rows);
    box->group     = CH_NEW_N(p->cx->job, uint32_t, t->n_rows);
    while (box->heads < t->n_rows && t->row[box->heads].kind == CH_ROW_HEAD)
        box->heads++;
    if (box->heads == t->n_rows)
        box->heads = 0; /* nothing under them: they are the table */
    for (size_t r = 0; r < t->n_rows; r++) {
        const ch_row *row = &t->row[r];
        if (row->kind == CH_ROW_GROUP || row->kind == CH_ROW_TOTAL)
            group = CH_NO_GROUP;
        box->height[r] = row_height(p, t, r);
        box->group[r]  = group;
        if (row->kind == CH_ROW_GROUP) {
            group             = (uint32_t)r;
            box->continued[r] = row->continued ? cells_height(p, t, row->continued, row->n) : 0;
        }
    }
    return box;
}

void
ch_row_place(ch_painter *out, const ch_table *t, size_t row, ch_lane lane, ch_len y)
{
    cells_place(out, t, t->row[row].cell, t->row[row].n, lane, y);
    if (has_rule(t, row))
        ch_rule_place(out, lane, y + ch_table_measured(out->p, t)->height[row] - t->rule, t->rule,
                      t->rule_colour);
}

/* ---- what is repeated ---- */

/* The GROUP row to be printed again above a row that begins a page or column. */
static const ch_row *
group_of(ch_pager *p, const ch_table *t, size_t row, ch_len *height)
{
    const ch_table_box *box   = ch_table_measured(p, t);
    uint32_t            group = box->group[row];
    if (group == CH_NO_GROUP || !t->row[group].continued)
        return NULL;
    *height = box->continued[group];
    return &t->row[group];
}

ch_len
ch_column_head_height(ch_pager *p, const ch_block *b, size_t row)
{
    ch_len          h = 0;
    const ch_table *t = ch_table_of(p, b);
    return group_of(p, t, row, &h) ? h + t->row_gap : 0;
}

void
ch_column_head_place(ch_painter *out, const ch_block *b, size_t row, ch_lane lane, ch_len y)
{
    ch_len          h     = 0;
    const ch_table *t     = ch_table_of(out->p, b);
    const ch_row   *group = group_of(out->p, t, row, &h);
    bool            was   = out->repeated;
    if (!group)
        return;
    out->repeated = true;
    cells_place(out, t, group->continued, group->n, lane, y);
    out->repeated = was;
}

/* The space between "Title (continued)" and the first row. */
static ch_len
space_below_title(const ch_table *t)
{
    const ch_block *last = &t->continued_head.at[t->continued_head.n - 1];
    return last->props->after > t->row_gap ? last->props->after : t->row_gap;
}

ch_len
ch_row_head_height(ch_pager *p, const ch_block *b, size_t row)
{
    const ch_table     *t   = ch_table_of(p, b);
    const ch_table_box *box = ch_table_measured(p, t);
    ch_len              h   = 0;
    if (row == 0)
        return 0;
    if (t->continued_head.n)
        h += ch_stack_height(p, t->continued_head, ch_block_measure(b, b->measure)) +
             space_below_title(t);
    if (t->flow == CH_FLOW_COLUMNS || row < box->heads)
        return h;
    for (size_t r = 0; r < box->heads; r++)
        h += box->height[r] + ch_row_space(t, r);
    return h + ch_column_head_height(p, b, row);
}

void
ch_row_head_place(ch_painter *out, const ch_block *b, size_t row, ch_lane lane, ch_len y)
{
    const ch_table     *t   = ch_table_of(out->p, b);
    const ch_table_box *box = ch_table_measured(out->p, t);
    bool                was = out->repeated;
    if (row == 0)
        return;
    out->repeated = true;
    if (t->continued_head.n) {
        ch_stack_place(out, t->continued_head, lane, y);
        y += ch_stack_height(out->p, t->continued_head, lane.width) + space_below_title(t);
    }
    if (t->flow == CH_FLOW_ROWS && row >= box->heads) {
        for (size_t r = 0; r < box->heads; r++) {
            ch_row_place(out, t, r, lane, y);
            y += box->height[r] + ch_row_space(t, r);
        }
        ch_column_head_place(out, b, row, lane, y);
    }
    out->repeated = was;
}

/* ---- columns read downwards ---- */

ch_lane
ch_column_lane(const ch_pager *p, const ch_table *t, unsigned column, ch_lane lane)
{
    ch_table_widths w     = p->doc->table[t->index];
    ch_len          width = w.n ? w.width[0] : lane.width;
    ch_len          x     = (ch_len)column * (width + t->gutter);
    if (t->rtl)
        x = lane.width - x - width;
    return (ch_lane){lane.left + x, width};
}

/* ---- a table as a whole, where it cannot run over ---- */

/* The rows of a table in columns, as items; in cx->job. */
static ch_vitem *
column_items(ch_pager *p, const ch_table *t)
{
    const ch_table_box *box  = ch_table_measured(p, t);
    ch_vitem           *item = CH_NEW_N(p->cx->job, ch_vitem, t->n_rows);
    for (size_t r = 0; r < t->n_rows; r++) {
        item[r].height = box->height[r];
        item[r].gap    = r ? ch_row_space(t, r - 1) : 0;
    }
    return item;
}

ch_len
ch_table_height(ch_pager *p, const ch_block *b)
{
    const ch_table     *t   = ch_table_of(p, b);
    const ch_table_box *box = ch_table_measured(p, t);
    ch_len              h   = 0;
    if (t->flow == CH_FLOW_COLUMNS)
        return ch_columns_balance(column_items(p, t), 0, t->n_rows, t->newspaper, CH_LEN_MAX);
    for (size_t r = 0; r < t->n_rows; r++)
        h += box->height[r] + (r ? ch_row_space(t, r - 1) : 0);
    return h;
}

void
ch_table_place(ch_painter *out, const ch_block *b, ch_lane lane, ch_len y)
{
    const ch_table     *t   = ch_table_of(out->p, b);
    const ch_table_box *box = ch_table_measured(out->p, t);
    ch_column_fill      fill;
    ch_len              top = y;
    if (t->flow == CH_FLOW_COLUMNS) {
        ch_column_fill_begin(&fill, column_items(out->p, t), 0, t->newspaper,
                             ch_table_height(out->p, b));
        fill.to = t->n_rows;
    }
    for (size_t r = 0; r < t->n_rows; r++) {
        ch_lane here = lane;
        if (t->flow == CH_FLOW_COLUMNS) {
            (void)ch_column_fill_add(&fill, r);
            here = ch_column_lane(out->p, t, fill.column, lane);
            y    = fill.start[fill.column] == r ? top : y + ch_row_space(t, r - 1);
        } else if (r) {
            y += ch_row_space(t, r - 1);
        }
        ch_row_place(out, t, r, here, y);
        y += box->height[r];
    }
}

/* ---- cutting a row that is higher than a page ---- */

static void
sort(ch_stretch *s, size_t n)
{
    for (size_t gap = n / 2; gap > 0; gap /= 2) /* Shell's sort */
        for (size_t i = gap; i < n; i++)
            for (size_t k = i; k >= gap && s[k].top < s[k - gap].top; k -= gap) {
                ch_stretch t = s[k];
                s[k]         = s[k - gap];
                s[k - gap]   = t;
            }
}

void
ch_row_cuts(ch_pager *p, const ch_block *b, size_t row, ch_cuts *out)
{
    ch_painter      probe  = {.p = p, .probing = true};
    const ch_table *t      = ch_table_of(p, b);
    ch_len          height = ch_table_measured(p, t)->height[row], below = 0;
    cells_place(&probe, t, t->row[row].cell, t->row[row].n,
                (ch_lane){0, ch_block_measure(b, b->measure)}, 0);
    sort(probe.probe.at, probe.probe.n);
    for (size_t i = 0; i < probe.probe.n; i++) {
        if (i && probe.probe.at[i].top >= below)
            *CH_PUSH(p->cx->scratch, *out) = below;
        below = probe.probe.at[i].bottom > below ? probe.probe.at[i].bottom : below;
    }
    *CH_PUSH(p->cx->scratch, *out) = height;
}
