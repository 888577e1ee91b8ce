/* protocol/protocol_vocab.h -- the names of forms of address: CH_P_rank; from protocol.def. */
#ifndef CH_PROTOCOL_PROTOCOL_VOCAB_H
#define CH_PROTOCOL_PROTOCOL_VOCAB_H

#include "input/vocab.h"

typedef enum ch_protocol_element {
    CH_P_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_P_##name,
#include "protocol/protocol.def"
} ch_protocol_element;

typedef enum ch_protocol_attribute {
    CH_PA_none,
#define CH_ATTRIBUTE(name, xml) CH_PA_##name,
#include "protocol/protocol.def"
} ch_protocol_attribute;

extern const ch_vocab ch_protocol_vocab;

#endif
