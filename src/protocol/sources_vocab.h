/* protocol/sources_vocab.h -- the names of the sources of rules: CH_SR_source; from sources_vocab.def. */
#ifndef CH_PROTOCOL_SOURCES_VOCAB_H
#define CH_PROTOCOL_SOURCES_VOCAB_H

#include "input/vocab.h"

typedef enum ch_sources_element {
    CH_SR_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_SR_##name,
#include "protocol/sources_vocab.def"
} ch_sources_element;

typedef enum ch_sources_attribute {
    CH_SRA_none,
#define CH_ATTRIBUTE(name, xml) CH_SRA_##name,
#include "protocol/sources_vocab.def"
} ch_sources_attribute;

extern const ch_vocab ch_sources_vocab;

#endif
