/* protocol/sources_vocab.c -- the table of the sources of rules. */
#include "protocol/sources_vocab.h"

#define CH_VOCAB_FILE "protocol/sources_vocab.def"
#define CH_VOCAB_NAME ch_sources_vocab
#define CH_VOCAB_NS "urn:chancery:sources:1"
#define CH_VOCAB_ROOT CH_SR_sources
#define CH_VOCAB_E(name) CH_SR_##name
#define CH_VOCAB_A(name) CH_SRA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
