/* figure/svg_vocab.h -- the names of SVG: CH_SVG_path, CH_SVGA_d; made from svg.def. */
#ifndef CH_FIGURE_SVG_VOCAB_H
#define CH_FIGURE_SVG_VOCAB_H

#include "input/vocab.h"

typedef enum ch_svg_element {
    CH_SVG_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_SVG_##name,
#include "figure/svg.def"
} ch_svg_element;

typedef enum ch_svg_attribute {
    CH_SVGA_none,
#define CH_ATTRIBUTE(name, xml) CH_SVGA_##name,
#include "figure/svg.def"
} ch_svg_attribute;

extern const ch_vocab ch_svg_vocab;

#endif
