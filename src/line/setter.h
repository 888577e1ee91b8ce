/* line/setter.h -- one line while it is set; for strips.c and kashida.c alone. */
#ifndef CH_LINE_SETTER_H
#define CH_LINE_SETTER_H

#include "line/slice.h"
#include "line/strips.h"

/* A run's part of the line; glyphs [first, end) of setter.glyphs. */
typedef struct ch_line_part {
    const ch_run *run;
    size_t        from, to, first, end;
    ch_len        width;
    bool          hyphen, leader;
} ch_line_part;

/* A glyph whose advance may change. */
typedef struct ch_point {
    size_t glyph;
    ch_len stretch, shrink;
} ch_point;

typedef struct ch_setter {
    ch_ctx             *cx;
    const ch_shaped    *s;
    const ch_line_spec *spec;
    size_t              end;    /* of what is drawn */
    ch_glyphs           glyphs; /* logical order */
    CH_VEC(ch_line_part) parts;
    CH_VEC(ch_point) points;
    ch_len  stretch, shrink, width; /* of the points; of all glyphs */
    ch_len  start_hang, end_hang;
    size_t  leaders;
    ch_len  excess;
    int32_t ratio;
} ch_setter;

/* Kashidas for a line that is `left` narrower than its measure: puts them among the glyphs, and
 * adds what they widen the line by to t->width; the rest is for the spaces.  *joins: what the
 * places on the line stretch, as the breaker counted it.
 * Time: one reshaping of a word for each stroke. */
ch_status ch_set_kashidas(ch_setter *t, ch_len left, ch_len *joins);

#endif
