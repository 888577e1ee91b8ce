/* figure/svg_lex.h -- the small languages inside SVG's attributes.
 *
 * Reads:   numbers, path data, lists of points, transforms, colours.
 * Makes:   doubles, paths, matrices.
 * Knows nothing of elements.
 *
 * Those that take `at` read from there and leave it behind what they have read, or at the place
 * of the fault. */
#ifndef CH_FIGURE_SVG_LEX_H
#define CH_FIGURE_SVG_LEX_H

#include "figure/drawing.h"

#define CH_SVG_POINTS_MAX 4000000u /* in a drawing */

/* White space; and a comma with white space around it. */
void ch_svg_space(ch_str s, size_t *at);
void ch_svg_comma(ch_str s, size_t *at);
/* A number of SVG: "-1.5e3", ".5".  Its size is below 1e12. */
bool ch_svg_number(ch_str s, size_t *at, double *out);
/* Letters, digits, - and _ as they stand. */
ch_str ch_svg_word(ch_str s, size_t *at);
bool   ch_svg_path(ch_arena *a, ch_str s, size_t *at, ch_path *out);
bool   ch_svg_points(ch_arena *a, ch_str s, size_t *at, bool close, ch_path *out);
bool   ch_svg_transform(ch_str s, size_t *at, ch_matrix *out);
/* A name, #rgb, #rrggbb, rgb(), rgba(), hsl(), hsla(); alpha is 1 when it says none. */
bool ch_svg_colour(ch_str s, size_t *at, uint32_t *rgb, double *alpha);

#endif
