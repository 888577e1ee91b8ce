#include "page/columns.h"

void
ch_column_fill_begin(ch_column_fill *f, const ch_vitem *item, size_t first, unsigned columns,
                     ch_len room)
{
    *f          = (ch_column_fill){.item = item, .room = room};
    f->columns  = columns < 1 ? 1 : columns > CH_COLUMNS_MAX ? CH_COLUMNS_MAX : columns;
    f->start[0] = first;
}

ch_len
ch_column_height(const ch_vitem *item, size_t from, size_t to)
{
    ch_len h = 0;
    for (size_t i = from; i < to; i++)
        h += item[i].height + (i == from ? item[i].column_head : item[i].gap);
    return h;
}

/* Where the column that item i does not fit into should end: before the last item up to i
 * before which a break is allowed. */
static size_t
end_of_column(ch_column_fill *f, size_t i)
{
    size_t start = f->start[f->column];
    for (size_t p = i; p > start; p--)
        if (!f->item[p].rules)
            return p;
    f->broke_rule = true;
    return i;
}

/* Are there as few items left, from i on, as columns behind this one? */
static bool
spreads(const ch_column_fill *f, size_t i)
{
    return f->to > 0 && f->to - i < f->columns - f->column && !f->item[i].rules &&
           f->item[i].column_head + f->item[i].height <= f->room;
}

bool
ch_column_fill_add(ch_column_fill *f, size_t i)
{
    bool first = i == f->start[f->column];
    if (!first && spreads(f, i)) {
        f->start[++f->column] = i;
        f->height             = 0;
        first                 = true;
    }
    f->height += f->item[i].height + (first ? f->item[i].column_head : f->item[i].gap);
    while (f->height > f->room) {
        if (i == f->start[f->column] || f->column + 1 >= f->columns)
            return false;
        size_t p              = end_of_column(f, i);
        f->start[++f->column] = p;
        f->height             = ch_column_height(f->item, p, i + 1);
    }
    return true;
}

static bool
fits(const ch_vitem *item, size_t from, size_t to, unsigned columns, ch_len room)
{
    ch_column_fill f;
    ch_column_fill_begin(&f, item, from, columns, room);
    for (size_t i = from; i < to; i++)
        if (!ch_column_fill_add(&f, i))
            return false;
    return !f.broke_rule;
}

ch_len
ch_columns_balance(const ch_vitem *item, size_t from, size_t to, unsigned columns, ch_len room)
{
    ch_len total = ch_column_height(item, from, to);
    ch_len high  = room < total ? room : total;
    ch_len low   = 0; /* a height that does not do */
    for (size_t i = from; i < to; i++)
        low = item[i].height - 1 > low ? item[i].height - 1 : low;
    if (from == to || low >= high || !fits(item, from, to, columns, high))
        return high;
    /* Repeated heads only add to a column, so what fits at a height fits at a greater one. */
    while (high - low > 1) {
        ch_len middle = low + (high - low) / 2;
        if (fits(item, from, to, columns, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}
