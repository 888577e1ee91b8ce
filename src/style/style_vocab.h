/* style/style_vocab.h -- the names of style sheets and their catalogue: CH_S_role, CH_SA_size;
 * made from style.def. */
#ifndef CH_STYLE_STYLE_VOCAB_H
#define CH_STYLE_STYLE_VOCAB_H

#include "input/vocab.h"

typedef enum ch_style_element {
    CH_S_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_S_##name,
#include "style/style.def"
} ch_style_element;

typedef enum ch_style_attribute {
    CH_SA_none,
#define CH_ATTRIBUTE(name, xml) CH_SA_##name,
#include "style/style.def"
} ch_style_attribute;

extern const ch_vocab ch_style_vocab;     /* root: style */
extern const ch_vocab ch_catalogue_vocab; /* root: catalogue */

#endif
