/* page/pager.h -- what the files of page/ share; for page/ alone.
 *
 * Reads:   ch_lines_doc, ch_blocks.
 * Makes:   heights of lists of blocks and of rows, and their items at a place on a page. */
#ifndef CH_PAGE_PAGER_H
#define CH_PAGE_PAGER_H

#include "page/optimum.h"
#include "page/page.h"

/* The rows of a table, measured. */
typedef struct ch_table_box {
    bool      measured;
    ch_len   *height;    /* of each row, with the rule below it */
    ch_len   *continued; /* of the row that stands for a GROUP row where the group runs over */
    uint32_t *group;     /* the GROUP row above it that it belongs to, or CH_NO_GROUP */
    size_t    heads;     /* rows at the top that are repeated on every page */
} ch_table_box;

#define CH_NO_GROUP UINT32_MAX

typedef struct ch_pager {
    ch_ctx              *cx;
    const ch_page_tools *tools;
    const ch_lines_doc  *doc;
    const ch_blocks     *blocks;
    const ch_lines     **lines;  /* by paragraph: the line pass's, or set anew; NULL: not printed */
    ch_table_box        *table;  /* by table */
    ch_map              *images; /* ch_image_size by path */
    ch_len               image_height; /* the most that an image may take */
    bool annex_announced; /* the annex begins a page, as far as is known, and the text says so */
    unsigned  level;      /* of the page at work: it stands in heads and feet */
    ch_status status;     /* the first that was not CH_OK */
} ch_pager;

/* A horizontal stretch of the page, from the left edge of the sheet. */
typedef struct ch_lane {
    ch_len left, width;
} ch_lane;

typedef struct ch_stretch {
    ch_len top, bottom;
} ch_stretch;

/* Puts items on a page. */
typedef struct ch_painter {
    ch_pager *p;
    CH_VEC(ch_item) items; /* in cx->scratch */
    CH_VEC(size_t) order;
    CH_VEC(ch_bookmark) bookmarks;
    CH_VEC(ch_dest) dests;
    CH_VEC(uint8_t) seen; /* by index of structure elements: its dest is there */
    ch_artifact artifact; /* of what has no structure element */
    bool        repeated; /* all of it is artifact */
    size_t      page;     /* index */
    bool        last;     /* it is the last of those that are counted together */
    bool        clipped;  /* only what begins in [clip.top, clip.bottom) is put ... */
    ch_stretch  clip;
    ch_len      lift;    /* ... that much higher */
    bool        probing; /* nothing is put: where it would stand is noted */
    CH_VEC(ch_stretch) probe;
} ch_painter;

/* ---- stack.c: blocks one below the other ---- */

ch_lane ch_lane_of(const ch_block *b, ch_lane around);
/* The space between two blocks. */
ch_len ch_block_space(const ch_block *above, const ch_block *below);
/* Nothing of it is printed: a paragraph that the page pass left out. */
bool   ch_block_left_out(const ch_pager *p, const ch_block *b);
ch_len ch_block_height(ch_pager *p, const ch_block *b, ch_len width);
ch_len ch_stack_height(ch_pager *p, ch_block_list list, ch_len width);
/* Of the first line, from the top; below 0 when it does not begin with a paragraph. */
ch_len ch_stack_baseline(ch_pager *p, ch_block_list list);
void   ch_stack_place(ch_painter *out, ch_block_list list, ch_lane lane, ch_len y);
/* What its file says of it, asked once. */
const ch_image_size *ch_image_size_of(ch_pager *p, const ch_figure *f);
/* The size at which an image is printed, at most as wide as that. */
void ch_figure_size(ch_pager *p, const ch_block *b, ch_len width, ch_len *w, ch_len *h);

/* ---- annex.c ---- */

/* What is repeated above a line of names run in that begins a page. */
ch_len ch_annex_head_height(ch_pager *p, const ch_block *b);
void   ch_annex_head_place(ch_painter *out, const ch_block *b, ch_lane lane, ch_len y);

/* ---- place.c: single items ---- */

/* From the top of a line to its baseline: the same for all lines of a paragraph. */
ch_len ch_line_baseline(const ch_lines *l, const ch_line *line);
/* Line k of a block's paragraph, with its label beside the first; y is its top. */
void ch_line_place(ch_painter *out, const ch_block *b, size_t k, ch_lane around, ch_len y);
void ch_figure_place(ch_painter *out, const ch_block *b, ch_lane around, ch_len y);
void ch_rule_place(ch_painter *out, ch_lane lane, ch_len y, ch_len thickness, uint32_t colour);
void ch_stroke_place(ch_painter *out, ch_lane lane, ch_stretch at, ch_len thickness,
                     uint32_t colour);
void ch_bookmark_place(ch_painter *out, const ch_block *b, ch_len y);

/* ---- table.c ---- */

/* A block's table as it is laid out (ch_table_widths). */
const ch_table     *ch_table_of(const ch_pager *p, const ch_block *b);
const ch_table_box *ch_table_measured(ch_pager *p, const ch_table *t);
ch_len              ch_table_height(ch_pager *p, const ch_block *b);
void                ch_table_place(ch_painter *out, const ch_block *b, ch_lane lane, ch_len y);
/* Space between a row and the next. */
ch_len ch_row_space(const ch_table *t, size_t row);
void   ch_row_place(ch_painter *out, const ch_table *t, size_t row, ch_lane lane, ch_len y);
/* What stands above a row that begins a page or, of columns, a column; 0: nothing. */
ch_len ch_row_head_height(ch_pager *p, const ch_block *b, size_t row);
void   ch_row_head_place(ch_painter *out, const ch_block *b, size_t row, ch_lane lane, ch_len y);
ch_len ch_column_head_height(ch_pager *p, const ch_block *b, size_t row);
void   ch_column_head_place(ch_painter *out, const ch_block *b, size_t row, ch_lane lane, ch_len y);
/* The lane of a newspaper column. */
ch_lane ch_column_lane(const ch_pager *p, const ch_table *t, unsigned column, ch_lane lane);
/* Heights at which a row can be cut without cutting a line: the last is its whole height. */
typedef CH_VEC(ch_len) ch_cuts;
void ch_row_cuts(ch_pager *p, const ch_block *b, size_t row, ch_cuts *out);

#endif
