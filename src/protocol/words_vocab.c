/* protocol/words_vocab.c -- the table of word lists. */
#include "protocol/words_vocab.h"

#define CH_VOCAB_FILE "protocol/words.def"
#define CH_VOCAB_NAME ch_words_vocab
#define CH_VOCAB_NS "urn:chancery:words:1"
#define CH_VOCAB_ROOT CH_WE_words
#define CH_VOCAB_E(name) CH_WE_##name
#define CH_VOCAB_A(name) CH_WA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
