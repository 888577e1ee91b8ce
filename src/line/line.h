/* line/line.h -- paragraphs set as lines.
 *
 * Reads:   ch_texts_doc and the blocks' measures.
 * Makes:   for each paragraph the cheapest lines (line/breaker.h), justified, and for each table
 *          its column widths.  Knows nothing of pages. */
#ifndef CH_LINE_LINE_H
#define CH_LINE_LINE_H

#include "base/base.h"
#include "style/blocks.h"
#include "text/text.h"

/* Glyphs of one run on one line, in visual order from left to right, pen positions final. */
typedef struct ch_strip {
    const ch_run   *run;
    size_t          from, to; /* bytes of the shaped text; to may include spaces drawn */
    const ch_glyph *glyph;    /* visual order; advance is final (word spaces stretched) */
    size_t          n;
    ch_len          x; /* of its left edge, from the left edge of the measure: the line's indent or
                                      hang and what it protrudes (then below 0) are in it */
    ch_len          width;
    bool            hyphen; /* its last glyph (logical order) is a hyphen that the text has not */
} ch_strip;

typedef struct ch_line {
    const ch_strip *strip;
    size_t          n;       /* from left to right */
    size_t  from, to;        /* bytes of the shaped text on this line, spaces at the end included */
    ch_len  ascent, descent; /* above and below its baseline: tallest face on it */
    ch_len  height;          /* its leading: the distance it takes */
    ch_len  width;           /* natural or justified */
    int32_t ratio;           /* glue set ratio in 1/1024 */
    bool    overfull;
    const ch_footnote **note;
    size_t              n_notes; /* whose marks stand on it */
} ch_line;

typedef struct ch_lines { /* one paragraph set at one measure */
    const ch_para   *para;
    const ch_shaped *shaped;
    const ch_line   *line;
    size_t           n;
    ch_len           measure;
    ch_len           height; /* of all lines */
    int64_t          demerits;
} ch_lines;

typedef struct ch_table_widths {
    const ch_len   *width;
    size_t          n;
    const ch_table *laid; /* the table, or the narrower one that it is laid out as */
} ch_table_widths;

typedef struct ch_lines_doc {
    const ch_texts_doc *texts;
    const ch_lines    **lines; /* by para index; NULL for those that page/ fills (page numbers) */
    ch_block_list       letterhead; /* the first that is not too wide */
    const ch_table_widths *table;   /* by table index */
} ch_lines_doc;

/* Set one shaped paragraph at a measure (its own start/end margins are already taken off).
 * Reports W6001 once for each line that cannot be made to fit. */
ch_status ch_lines_set(ch_ctx *cx, const ch_shaped *s, ch_len measure, const ch_lines **out);
/* The widest word (least) and the widest unbroken line (most) of a paragraph. */
void      ch_lines_extent(ch_ctx *cx, const ch_shaped *s, ch_len *least, ch_len *most);
ch_status ch_line_pass(ch_ctx *cx, const ch_texts_doc *t, const ch_lines_doc **out);
void      ch_line_dump(ch_buf *out, const ch_lines_doc *d); /* --dump=lines */

#endif
