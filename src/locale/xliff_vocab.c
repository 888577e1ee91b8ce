/* locale/xliff_vocab.c -- the table of XLIFF. */
#include "locale/xliff_vocab.h"

#define CH_VOCAB_FILE "locale/xliff.def"
#define CH_VOCAB_NAME ch_xliff_vocab
#define CH_VOCAB_NS CH_XLIFF_NS
#define CH_VOCAB_ROOT CH_X_xliff
#define CH_VOCAB_E(name) CH_X_##name
#define CH_VOCAB_A(name) CH_XA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
