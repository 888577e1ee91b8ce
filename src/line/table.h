/* line/table.h -- the widths of a table's columns.
 *
 * Reads:   ch_table, the shaped paragraphs of its cells.
 * Makes:   a width for each column; together with the gutters they are the table's measure.
 * Knows nothing of rows' heights. */
#ifndef CH_LINE_TABLE_H
#define CH_LINE_TABLE_H

#include "base/base.h"
#include "line/line.h"

/* Widths at a measure: first what is fixed; then columns by content, each at least as wide as
 * its widest word while that can be, and at most as its widest line where shares follow; what
 * is left goes to the shares.  Content is looked at only where a column asks for it.
 * Time: linear in the cells. */
ch_table_widths ch_table_measure(ch_ctx *cx, const ch_texts_doc *texts, const ch_table *t,
                                 ch_len measure);
/* Has every cell of a table of equal columns room for its widest word, and for its widest line in
 * three; and what should not be broken, in one? */
bool ch_table_roomy(ch_ctx *cx, const ch_texts_doc *texts, const ch_table *t, ch_len measure);
/* The measure of a block: its own, or in a cell what the cell's width leaves it. */
ch_len ch_block_measure(const ch_block *b, ch_len cell_width);
/* The width of a cell whose first column is `column`. */
ch_len ch_cell_width(const ch_table *t, ch_table_widths w, const ch_cell *cell, size_t column);

#endif
