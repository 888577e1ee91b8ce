/* page/columns.h -- items read down and then across, in columns side by side.
 *
 * Reads:   items (page/optimum.h); the column_head of one that begins a column comes on top.
 * Makes:   the columns that hold them at a height, and the least height that will do.
 * Knows nothing of widths.  A column ends where no rule is broken, if it can. */
#ifndef CH_PAGE_COLUMNS_H
#define CH_PAGE_COLUMNS_H

#include "page/optimum.h"

enum { CH_COLUMNS_MAX = 8 };

typedef struct ch_column_fill {
    const ch_vitem *item;
    ch_len          room;                  /* height of each column */
    unsigned        columns;               /* how many there are */
    unsigned        column;                /* the one being filled, from 0 */
    size_t          start[CH_COLUMNS_MAX]; /* first item of each */
    ch_len          height;                /* of what stands in it */
    bool            broke_rule;            /* a column ended where a rule is broken */
    size_t          to; /* not 0: items end there, and no column stays empty if that can be */
} ch_column_fill;

void ch_column_fill_begin(ch_column_fill *f, const ch_vitem *item, size_t first, unsigned columns,
                          ch_len room);
/* Put item i, the one after the last, in.  false: there is no room; the fill is then spoiled. */
bool ch_column_fill_add(ch_column_fill *f, size_t i);
/* Height of items [from, to) one below the other at the head of a column. */
ch_len ch_column_height(const ch_vitem *item, size_t from, size_t to);
/* The least height at which items [from, to) stand in that many columns; room if none will do. */
ch_len ch_columns_balance(const ch_vitem *item, size_t from, size_t to, unsigned columns,
                          ch_len room);

#endif
