/* protocol/protocol_vocab.c -- the table of forms of address. */
#include "protocol/protocol_vocab.h"

#define CH_VOCAB_FILE "protocol/protocol.def"
#define CH_VOCAB_NAME ch_protocol_vocab
#define CH_VOCAB_NS "urn:chancery:protocol:1"
#define CH_VOCAB_ROOT CH_P_forms
#define CH_VOCAB_E(name) CH_P_##name
#define CH_VOCAB_A(name) CH_PA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
