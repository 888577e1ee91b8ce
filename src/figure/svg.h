/* figure/svg.h -- an SVG file as a drawing.
 *
 * Reads:   the bytes of one SVG file.
 * Makes:   its drawing.
 * Knows nothing of letters.
 *
 * What is drawn: svg, g, a, switch, use, symbol, all shapes and paths, transforms, fills and
 * strokes, linear and radial gradients, opacity, clip paths of shapes; by attributes, style
 * attributes and style sheets of element, .class and #id.  What is left out is said once a
 * name; a missing word is an error, and so is a program or a reference outside the file. */
#ifndef CH_FIGURE_SVG_H
#define CH_FIGURE_SVG_H

#include "figure/drawing.h"

/* Elements that may be drawn, those of `use` counted each time. */
#define CH_SVG_STEPS_MAX 200000u

/* Are the bytes XML whose first element is called svg? */
bool ch_svg_is(ch_str bytes);

/* Needs:    bytes that stay until the job ends; name is what the user calls the file.
 * Returns:  CH_OK and the drawing, in cx->job; CH_ERR_INPUT, CH_ERR_LIMIT, CH_ERR_HOST.
 * Reports:  2xxx, E7015 to W7026. */
ch_status ch_svg_read(ch_ctx *cx, ch_str name, ch_str bytes, const ch_drawing **out);

#endif
