/* locale/xliff_vocab.h -- the names of XLIFF: CH_X_unit, CH_XA_id; made from xliff.def. */
#ifndef CH_LOCALE_XLIFF_VOCAB_H
#define CH_LOCALE_XLIFF_VOCAB_H

#include "input/vocab.h"

#define CH_XLIFF_NS "urn:oasis:names:tc:xliff:document:2.0"

typedef enum ch_xliff_element {
    CH_X_none,
#define CH_ELEMENT(name, content, children, attributes, doc) CH_X_##name,
#include "locale/xliff.def"
} ch_xliff_element;

typedef enum ch_xliff_attribute {
    CH_XA_none,
#define CH_ATTRIBUTE(name, xml) CH_XA_##name,
#include "locale/xliff.def"
} ch_xliff_attribute;

extern const ch_vocab ch_xliff_vocab;

#endif
