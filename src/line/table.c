/* line/table.c -- columns fixed, by content, and by shares (after CSS 2.1, 17.5.2). */
#include "line/table.h"

typedef struct extent {
    ch_len least, most;
} extent;

typedef struct sizer {
    ch_ctx             *cx;
    const ch_texts_doc *texts;
} sizer;

ch_len
ch_block_measure(const ch_block *b, ch_len cell_width)
{
    ch_len m = b->measure > 0 ? b->measure : cell_width - b->start + b->measure;
    return m > 0 ? m : 0;
}

ch_len
ch_cell_width(const ch_table *t, ch_table_widths w, const ch_cell *cell, size_t column)
{
    ch_len sum = 0;
    for (size_t i = column; i < column + cell->columns && i < w.n; i++)
        sum += w.width[i] + (i > column ? t->gutter : 0);
    return sum;
}

static void
widen(extent *e, extent by)
{
    e->least = by.least > e->least ? by.least : e->least;
    e->most  = by.most > e->most ? by.most : e->most;
}

/* ---- what content asks for ---- */

static extent columns_extent(const sizer *z, const ch_table *t, extent *column);

static extent list_extent(const sizer *z, ch_block_list list);

static extent
table_extent(const sizer *z, const ch_table *t)
{
    ch_mark mark = ch_arena_mark(z->cx->scratch);
    extent  sum;
    if (t->flow == CH_FLOW_COLUMNS) {
        sum = (extent){0};
        for (size_t r = 0; r < t->n_rows; r++)
            for (size_t c = 0; c < t->row[r].n; c++)
                widen(&sum, list_extent(z, t->row[r].cell[c].content));
        unsigned k       = t->newspaper ? t->newspaper : 1;
        ch_len   gutters = t->gutter * (ch_len)(k - 1);
        sum.least        = sum.least * (ch_len)k + gutters;
        sum.most         = sum.most * (ch_len)k + gutters;
    } else {
        sum = columns_extent(z, t, CH_NEW_N(z->cx->scratch, extent, t->n_columns));
    }
    ch_arena_rewind(z->cx->scratch, mark);
    return sum;
}

static extent
block_extent(const sizer *z, const ch_block *b)
{
    extent e = {0};
    if (b->measure > 0)
        return (extent){b->start + b->measure, b->start + b->measure};
    if (b->kind == CH_BLOCK_PARA && b->para && b->para->index < z->texts->n) {
        const ch_shaped *s = z->texts->shaped[b->para->index];
        if (s)
            ch_lines_extent(z->cx, s, &e.least, &e.most);
    } else if (b->kind == CH_BLOCK_FIGURE && b->figure) {
        e.least = e.most = b->figure->width;
    } else if (b->kind == CH_BLOCK_TABLE && b->table) {
        e = table_extent(z, b->table);
    } else {
        return e;
    }
    e.least += b->start - b->measure;
    e.most += b->start - b->measure;
    return e;
}

static extent
list_extent(const sizer *z, ch_block_list list)
{
    extent e = {0};
    for (size_t i = 0; i < list.n; i++)
        widen(&e, block_extent(z, &list.at[i]));
    return e;
}

/* What a spanning cell needs beyond its columns goes to those that take their width from
 * content, in proportion to what they have. */
static void
spread(const ch_table *t, extent *column, size_t from, size_t n, extent e)
{
    ch_len gutters = t->gutter * (ch_len)(n - 1);
    extent has     = {gutters, gutters};
    ch_len weight = 0, so_far = 0;
    for (size_t i = from; i < from + n; i++) {
        has.least += column[i].least;
        has.most += column[i].most;
        if (t->column[i].kind == CH_WIDTH_AUTO)
            weight += column[i].most + 1;
    }
    extent more = {e.least > has.least ? e.least - has.least : 0,
                   e.most > has.most ? e.most - has.most : 0};
    extent given = {0};
    for (size_t i = from; weight > 0 && i < from + n; i++) {
        if (t->column[i].kind != CH_WIDTH_AUTO)
            continue;
        so_far += column[i].most + 1;
        extent upto = {ch_len_scale(more.least, so_far, weight),
                       ch_len_scale(more.most, so_far, weight)};
        column[i].least += upto.least - given.least;
        column[i].most += upto.most - given.most;
        given = upto;
    }
}

static void
row_cells(const sizer *z, const ch_table *t, const ch_cell *cell, size_t n, extent *column,
          bool spanning)
{
    size_t c = 0;
    for (size_t i = 0; i < n && c < t->n_columns; i++) {
        size_t k  = cell[i].columns > 1 ? cell[i].columns : 1;
        k         = k < t->n_columns - c ? k : t->n_columns - c;
        bool asks = false;
        for (size_t j = c; j < c + k; j++)
            asks = asks || t->column[j].kind == CH_WIDTH_AUTO;
        if (asks && spanning == (k > 1)) {
            extent e = list_extent(z, cell[i].content);
            if (k == 1)
                widen(&column[c], e);
            else
                spread(t, column, c, k, e);
        }
        c += k;
    }
}

/* Fill in the extent of each column; returns their sum with the gutters. */
static extent
columns_extent(const sizer *z, const ch_table *t, extent *column)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        ch_len w  = t->column[c].kind == CH_WIDTH_FIXED  ? t->column[c].width
                    : t->column[c].kind == CH_WIDTH_AUTO ? t->column[c].min
                                                         : 0;
        column[c] = (extent){w, w};
    }
    for (int spanning = 0; spanning < 2; spanning++)
        for (size_t r = 0; r < t->n_rows; r++) {
            const ch_row *row = &t->row[r];
            row_cells(z, t, row->cell, row->n, column, spanning != 0);
            if (row->continued)
                row_cells(z, t, row->continued, row->n, column, spanning != 0);
        }
    ch_len gutters = t->n_columns ? t->gutter * (ch_len)(t->n_columns - 1) : 0;
    extent sum     = {gutters, gutters};
    for (size_t c = 0; c < t->n_columns; c++) {
        if (column[c].most < column[c].least)
            column[c].most = column[c].least;
        sum.least += column[c].least;
        sum.most += column[c].most;
    }
    return sum;
}

/* ---- sharing the measure out ---- */

typedef enum basis { BY_MOST, BY_GROWTH, BY_SHARE } basis;

static ch_len
weight_of(const ch_column *c, extent e, basis by)
{
    if ((by == BY_SHARE) != (c->kind == CH_WIDTH_SHARE) || c->kind == CH_WIDTH_FIXED)
        return 0;
    switch (by) {
    case BY_MOST:
        return e.most;
    case BY_GROWTH:
        return e.most - e.least;
    case BY_SHARE:
        break;
    }
    return c->share > 0 ? c->share : 1;
}

/* Give `room` to the columns by weight, exact to the unit; equally if none has a weight. */
static void
give(const ch_table *t, const extent *column, ch_len *width, ch_len room, basis by)
{
    ch_len sum = 0, so_far = 0, given = 0;
    for (size_t c = 0; c < t->n_columns; c++)
        sum += weight_of(&t->column[c], column[c], by);
    bool equal = sum == 0;
    for (size_t c = 0; equal && c < t->n_columns; c++)
        sum += t->column[c].kind == (by == BY_SHARE ? CH_WIDTH_SHARE : CH_WIDTH_AUTO);
    for (size_t c = 0; sum && c < t->n_columns; c++) {
        bool mine = t->column[c].kind == (by == BY_SHARE ? CH_WIDTH_SHARE : CH_WIDTH_AUTO);
        so_far += equal ? mine : weight_of(&t->column[c], column[c], by);
        ch_len upto = ch_len_scale(room, so_far, sum);
        width[c] += upto - given;
        given = upto;
    }
}

/* Would equal parts of the room be enough for the widest line of every column? */
static bool
equal_will_do(const ch_table *t, const extent *column, ch_len room)
{
    for (size_t c = 0; c < t->n_columns; c++)
        if (t->column[c].kind != CH_WIDTH_AUTO || column[c].most > room / (ch_len)t->n_columns)
            return false;
    return t->even;
}

static bool
is_equal(const ch_table *t, const extent *column, ch_len room)
{
    return t->packed || equal_will_do(t, column, room);
}

/* Where the widest words do not fit beside each other: what asks for no more than its part of the
 * room has all of it, the others divide the rest alike. */
static void
give_least(const ch_table *t, const extent *column, ch_len *width, ch_len room)
{
    ch_len n = 0, gone = -1;
    for (size_t c = 0; c < t->n_columns; c++) {
        n += t->column[c].kind == CH_WIDTH_AUTO;
        width[c] = t->column[c].kind == CH_WIDTH_AUTO ? -1 : width[c];
    }
    while (n > 0 && gone != 0) {
        ch_len part = room / n;
        gone        = 0;
        for (size_t c = 0; c < t->n_columns; c++) {
            if (t->column[c].kind != CH_WIDTH_AUTO || width[c] >= 0 || column[c].least > part)
                continue;
            width[c] = column[c].least;
            room -= width[c];
            gone++;
        }
        n -= gone;
    }
    for (size_t c = 0; c < t->n_columns; c++) {
        if (width[c] >= 0)
            continue;
        width[c] = room / n;
        room -= width[c];
        n--;
    }
}

static void
share_out(const ch_table *t, const extent *column, ch_len *width, ch_len room)
{
    extent sum   = {0};
    bool   autos = false, shares = false;
    for (size_t c = 0; c < t->n_columns; c++) {
        if (t->column[c].kind == CH_WIDTH_FIXED) {
            width[c] = t->column[c].width;
            room -= width[c];
        } else if (t->column[c].kind == CH_WIDTH_AUTO) {
            autos = true;
            sum.least += column[c].least;
            sum.most += column[c].most;
        } else {
            shares = true;
        }
    }
    room = room > 0 ? room : 0;
    if (is_equal(t, column, room)) {
        for (size_t c = 0; c < t->n_columns; c++)
            width[c] = ch_len_scale(room, (ch_len)c + 1, (ch_len)t->n_columns) -
                       ch_len_scale(room, (ch_len)c, (ch_len)t->n_columns);
        return;
    }
    if (autos) {
        ch_len left = room - sum.least;
        for (size_t c = 0; left >= 0 && c < t->n_columns; c++)
            width[c] = t->column[c].kind == CH_WIDTH_AUTO ? column[c].least : width[c];
        if (left < 0) {
            give_least(t, column, width, room); /* words will have to be divided */
            room = 0;
        } else if (room < sum.most) {
            /* Shares, whose content nobody looked at, keep half of what is free. */
            ch_len growth = shares ? left / 2 : left;
            growth        = growth < sum.most - sum.least ? growth : sum.most - sum.least;
            give(t, column, width, growth, BY_GROWTH);
            room = left - growth;
        } else {
            give(t, column, width, sum.most - sum.least, BY_GROWTH);
            room -= sum.most;
            if (!shares)
                give(t, column, width, room, BY_MOST);
        }
    }
    if (shares)
        give(t, column, width, room, BY_SHARE);
}

ch_table_widths
ch_table_measure(ch_ctx *cx, const ch_texts_doc *texts, const ch_table *t, ch_len measure)
{
    if (t->flow == CH_FLOW_COLUMNS) {
        ch_len  k   = t->newspaper ? (ch_len)t->newspaper : 1;
        ch_len *one = CH_NEW(cx->job, ch_len);
        *one        = (measure - (k - 1) * t->gutter) / k;
        *one        = *one > 0 ? *one : 0;
        return (ch_table_widths){one, 1, t};
    }
    if (!t->n_columns)
        return (ch_table_widths){0};
    ch_mark mark   = ch_arena_mark(cx->scratch);
    sizer   z      = {cx, texts};
    extent *column = CH_NEW_N(cx->scratch, extent, t->n_columns);
    ch_len *width  = CH_NEW_N(cx->job, ch_len, t->n_columns);
    (void)columns_extent(&z, t, column);
    share_out(t, column, width, measure - t->gutter * (ch_len)(t->n_columns - 1));
    ch_arena_rewind(cx->scratch, mark);
    return (ch_table_widths){width, t->n_columns, t};
}

bool
ch_table_roomy(ch_ctx *cx, const ch_texts_doc *texts, const ch_table *t, ch_len measure)
{
    sizer  z     = {cx, texts};
    ch_len n     = t->n_columns ? (ch_len)t->n_columns : 1;
    ch_len width = (measure - t->gutter * (n - 1)) / n;
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t c = 0; c < t->row[r].n; c++) {
            const ch_cell *cell = &t->row[r].cell[c];
            ch_len         wide = cell->columns > 1 ? measure : width;
            extent         e    = list_extent(&z, cell->content);
            if (e.least > wide || e.most > 3 * wide)
                return false;
            for (size_t i = 0; i < cell->content.n; i++)
                if (cell->content.at[i].one_line &&
                    block_extent(&z, &cell->content.at[i]).most > wide)
                    return false;
        }
    return true;
}
