/* figure/drawing.h -- a vector drawing, as a display list.
 *
 * Reads:   nothing; a reader of a format (figure/svg.h) fills it.
 * Makes:   filled and stroked paths, clips and groups in the order of painting; their print.
 * Knows nothing of SVG, pages or PDF.
 *
 * Coordinates are of the drawing's own space: from the top left, y downwards, the longer side
 * CH_DRAWING_SIDE units long.  They are doubles, printed with a few decimals only, so that the
 * last bit of a sine never shows.  Everything lives in one arena and is read-only when made. */
#ifndef CH_FIGURE_DRAWING_H
#define CH_FIGURE_DRAWING_H

#include "base/base.h"

#define CH_DRAWING_SIDE 1000.0

typedef struct ch_point {
    double x, y;
} ch_point;

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct ch_matrix {
    double a, b, c, d, e, f;
} ch_matrix;

#define CH_MATRIX_ONE ((ch_matrix){1, 0, 0, 1, 0, 0})

/* First `inner`, then `outer`. */
ch_matrix ch_matrix_join(ch_matrix outer, ch_matrix inner);
ch_point  ch_matrix_apply(const ch_matrix *m, ch_point p);
/* By which a length grows, as the root of the area's growth; 0: nothing is left of an area. */
double ch_matrix_scale(const ch_matrix *m);
/* Circles stay circles. */
bool ch_matrix_is_similar(const ch_matrix *m);

typedef enum ch_path_verb { CH_PATH_MOVE, CH_PATH_LINE, CH_PATH_CURVE, CH_PATH_CLOSE } ch_path_verb;

/* MOVE and LINE take one point, CURVE three, CLOSE none. */
typedef struct ch_path {
    CH_VEC(uint8_t) verb; /* ch_path_verb */
    CH_VEC(ch_point) point;
} ch_path;

void ch_path_move(ch_arena *a, ch_path *p, ch_point to);
void ch_path_line(ch_arena *a, ch_path *p, ch_point to);
void ch_path_curve(ch_arena *a, ch_path *p, ch_point c1, ch_point c2, ch_point to);
void ch_path_close(ch_arena *a, ch_path *p);
/* Part of an ellipse to `to`, as SVG names it: radii, turn of the x axis in degrees, the longer
 * way round, clockwise on the page.  The path has a point. */
void ch_path_arc(ch_arena *a, ch_path *p, ch_point radius, double turn, bool large, bool sweep,
                 ch_point to);
void ch_path_ellipse(ch_arena *a, ch_path *p, ch_point centre, ch_point radius);
/* The tight box of the path itself, without strokes; false: it has no points. */
bool    ch_path_box(const ch_path *p, ch_point *low, ch_point *high);
ch_path ch_path_map(ch_arena *a, const ch_path *p, const ch_matrix *m);
/* Put the path behind `to`, turned the other way when the area that it goes round is negative:
 * then the nonzero rule fills the union of both. */
void ch_path_unite(ch_arena *a, ch_path *to, const ch_path *p);

typedef struct ch_stop {
    double   at; /* 0 to 1, rising */
    uint32_t rgb;
    double   alpha;
} ch_stop;

typedef struct ch_gradient {
    bool           radial;
    ch_point       from, to; /* radial: the centres of the two circles */
    double         r0, r1;   /* radial */
    ch_matrix      matrix;   /* from its own space to the drawing's */
    const ch_stop *stop;     /* two at least */
    size_t         n;
} ch_gradient;

typedef enum ch_paint_kind { CH_PAINT_NONE, CH_PAINT_COLOUR, CH_PAINT_GRADIENT } ch_paint_kind;
typedef struct ch_paint {
    ch_paint_kind      kind;
    uint32_t           rgb;
    double             alpha; /* of both kinds; a gradient's stops have their own besides */
    const ch_gradient *gradient;
} ch_paint;

/* As PDF numbers them. */
typedef enum ch_line_cap { CH_CAP_BUTT, CH_CAP_ROUND, CH_CAP_SQUARE } ch_line_cap;
typedef enum ch_line_join { CH_JOIN_MITER, CH_JOIN_ROUND, CH_JOIN_BEVEL } ch_line_join;

typedef struct ch_pen {
    double        width;
    bool          skewed; /* its nib is no circle: it is drawn through a b c d of the matrix, */
    ch_matrix     matrix; /* whose area is 1 */
    ch_line_cap   cap;
    ch_line_join  join;
    double        miter;
    const double *dash; /* their sum is not 0 */
    size_t        dashes;
    double        offset;
} ch_pen;

typedef enum ch_drawing_kind {
    CH_DRAW_PATH,
    CH_DRAW_CLIP,  /* what follows up to its END shows inside the path alone */
    CH_DRAW_GROUP, /* what follows up to its END is mixed as one, with alpha */
    CH_DRAW_END
} ch_drawing_kind;

typedef struct ch_drawing_item {
    ch_drawing_kind kind;
    ch_path         path;
    bool            even_odd;
    ch_paint        fill, stroke;
    ch_pen          pen;
    double          alpha; /* GROUP */
} ch_drawing_item;

typedef struct ch_drawing {
    double                 width, height;        /* in its units */
    ch_len                 natural_w, natural_h; /* on paper, when nobody says otherwise */
    const ch_drawing_item *item;
    size_t                 n;
} ch_drawing;

/* The grey that is as bright. */
uint32_t ch_colour_black(uint32_t rgb);

/* The same in another arena, or in this one. */
const ch_drawing *ch_drawing_copy(ch_arena *a, const ch_drawing *d);

/* One line an item; numbers with two decimals. */
void ch_drawing_dump(ch_buf *out, const ch_drawing *d);

#endif
