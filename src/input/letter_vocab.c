/* input/letter_vocab.c -- the table of letters. */
#include "input/letter_vocab.h"

#define CH_VOCAB_FILE "input/letter.def"
#define CH_VOCAB_NAME ch_letter_vocab
#define CH_VOCAB_NS "urn:chancery:letter:1"
#define CH_VOCAB_ROOT CH_L_letter
#define CH_VOCAB_E(name) CH_L_##name
#define CH_VOCAB_A(name) CH_LA_##name
#define CH_VOCAB_PLACEHOLDERS 1
#include "input/vocab_define.h"
