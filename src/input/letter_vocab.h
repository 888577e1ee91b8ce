/* input/letter_vocab.h -- the names of letters: CH_L_letter, CH_LA_kind; made from letter.def. */
#ifndef CH_INPUT_LETTER_VOCAB_H
#define CH_INPUT_LETTER_VOCAB_H

#include "input/vocab.h"

typedef enum ch_letter_element {
    CH_L_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_L_##name,
#include "input/letter.def"
} ch_letter_element;

typedef enum ch_letter_attribute {
    CH_LA_none,
#define CH_ATTRIBUTE(name, xml) CH_LA_##name,
#include "input/letter.def"
} ch_letter_attribute;

extern const ch_vocab ch_letter_vocab;

#endif
