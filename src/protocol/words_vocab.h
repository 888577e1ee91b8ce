/* protocol/words_vocab.h -- the names of word lists: CH_WE_list; from words.def. */
#ifndef CH_PROTOCOL_WORDS_VOCAB_H
#define CH_PROTOCOL_WORDS_VOCAB_H

#include "input/vocab.h"

typedef enum ch_words_element {
    CH_WE_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_WE_##name,
#include "protocol/words.def"
} ch_words_element;

typedef enum ch_words_attribute {
    CH_WA_none,
#define CH_ATTRIBUTE(name, xml) CH_WA_##name,
#include "protocol/words.def"
} ch_words_attribute;

extern const ch_vocab ch_words_vocab;

#endif
