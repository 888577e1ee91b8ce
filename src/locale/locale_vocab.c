/* locale/locale_vocab.c -- the table of locale packs. */
#include "locale/locale_vocab.h"

#define CH_VOCAB_FILE "locale/locale.def"
#define CH_VOCAB_NAME ch_locale_vocab
#define CH_VOCAB_NS "urn:chancery:locale:1"
#define CH_VOCAB_ROOT CH_C_locale
#define CH_VOCAB_E(name) CH_C_##name
#define CH_VOCAB_A(name) CH_CA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
