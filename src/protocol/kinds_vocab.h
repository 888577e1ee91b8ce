/* protocol/kinds_vocab.h -- the names of the kinds of document: CH_K_kind; from kinds_vocab.def. */
#ifndef CH_PROTOCOL_KINDS_VOCAB_H
#define CH_PROTOCOL_KINDS_VOCAB_H

#include "input/vocab.h"

typedef enum ch_kinds_element {
    CH_K_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_K_##name,
#include "protocol/kinds_vocab.def"
} ch_kinds_element;

typedef enum ch_kinds_attribute {
    CH_KA_none,
#define CH_ATTRIBUTE(name, xml) CH_KA_##name,
#include "protocol/kinds_vocab.def"
} ch_kinds_attribute;

extern const ch_vocab ch_kinds_vocab;

#endif
