/* style/catalogue_vocab.c -- the same table, for files whose outermost element is catalogue. */
#include "style/style_vocab.h"

#define CH_VOCAB_FILE "style/style.def"
#define CH_VOCAB_NAME ch_catalogue_vocab
#define CH_VOCAB_NS "urn:chancery:style:1"
#define CH_VOCAB_ROOT CH_S_catalogue
#define CH_VOCAB_E(name) CH_S_##name
#define CH_VOCAB_A(name) CH_SA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
