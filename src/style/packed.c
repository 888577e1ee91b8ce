/* style/packed.c -- blocks side by side, as many in a row as have room: the same cells in rows of
 * fewer, for line/ to choose from. */
#include "style/styler.h"

unsigned
ch_packed_columns(size_t largest, size_t most)
{
    size_t rows = (largest + most - 1) / most;
    return rows ? (unsigned)((largest + rows - 1) / rows) : 1;
}

typedef struct packer {
    ch_arena       *a;
    const ch_table *t;
    unsigned        columns;
    CH_VEC(ch_row) rows;
} packer;

/* Rows [from, to) of the table, in rows of fewer cells. */
static void
repack(packer *w, size_t from, size_t to)
{
    const ch_row *first    = &w->t->row[from];
    ch_cell_vec   cells    = {0};
    CH_VEC(ch_where) where = {0};
    size_t n               = 0;
    for (size_t r = from; r < to; r++) {
        const ch_row *row = &w->t->row[r];
        for (size_t c = 0; c < row->n; c++) {
            if (row->cell[c].content.n == 0)
                continue;
            ch_cell *cell         = CH_PUSH(w->a, cells);
            *cell                 = row->cell[c];
            cell->columns         = 1;
            *CH_PUSH(w->a, where) = row->where;
        }
    }
    for (size_t i = 0; i < cells.n; i += n) {
        n        = cells.n - i < w->columns ? cells.n - i : w->columns;
        ch_row r = *first;
        r.kind   = i == 0 ? first->kind : CH_ROW_BODY;
        r.cell   = &cells.at[i];
        r.n      = n;
        r.where  = where.at[i];
        if (n == 1)
            r.cell->columns = w->columns; /* it has the row to itself */
        *CH_PUSH(w->a, w->rows) = r;
    }
}

/* A row over all columns: the head of a group, a count. */
static void
span(packer *w, const ch_row *row)
{
    ch_row r        = *row;
    r.cell          = CH_NEW(w->a, ch_cell);
    *r.cell         = *row->cell;
    r.cell->columns = w->columns;
    if (row->continued) {
        r.continued          = CH_NEW(w->a, ch_cell);
        *r.continued         = *row->continued;
        r.continued->columns = w->columns;
    }
    *CH_PUSH(w->a, w->rows) = r;
}

/* The first of the places without a name is a row of its own kind, but one of blocks. */
static bool
is_wide(const ch_row *r)
{
    return r->kind == CH_ROW_GROUP || (r->kind == CH_ROW_TOTAL && r->min_height == 0);
}

const ch_table *
ch_packed_narrower(ch_arena *a, const ch_table *t, size_t largest)
{
    if (t->n_columns < 2)
        return NULL;
    packer w = {.a = a, .t = t, .columns = ch_packed_columns(largest, t->n_columns - 1)};
    for (size_t r = 0, next; r < t->n_rows; r = next) {
        next = r + 1;
        if (is_wide(&t->row[r])) {
            span(&w, &t->row[r]);
            continue;
        }
        while (next < t->n_rows && t->row[next].kind == CH_ROW_BODY)
            next++;
        repack(&w, r, next);
    }
    ch_table *out  = CH_NEW(a, ch_table);
    *out           = *t;
    out->n_columns = w.columns;
    out->row       = w.rows.at;
    out->n_rows    = w.rows.n;
    out->narrower  = ch_packed_narrower(a, out, largest);
    return out;
}
