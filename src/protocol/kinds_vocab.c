/* protocol/kinds_vocab.c -- the table of the kinds of document. */
#include "protocol/kinds_vocab.h"

#define CH_VOCAB_FILE "protocol/kinds_vocab.def"
#define CH_VOCAB_NAME ch_kinds_vocab
#define CH_VOCAB_NS "urn:chancery:kinds:1"
#define CH_VOCAB_ROOT CH_K_kinds
#define CH_VOCAB_E(name) CH_K_##name
#define CH_VOCAB_A(name) CH_KA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
