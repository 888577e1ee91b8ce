/* locale/locale_vocab.h -- the names of locale packs: CH_C_label, CH_CA_name; from locale.def. */
#ifndef CH_LOCALE_LOCALE_VOCAB_H
#define CH_LOCALE_LOCALE_VOCAB_H

#include "input/vocab.h"

typedef enum ch_locale_element {
    CH_C_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_C_##name,
#include "locale/locale.def"
} ch_locale_element;

typedef enum ch_locale_attribute {
    CH_CA_none,
#define CH_ATTRIBUTE(name, xml) CH_CA_##name,
#include "locale/locale.def"
} ch_locale_attribute;

extern const ch_vocab ch_locale_vocab;

#endif
