/* figure/svg_vocab.c -- the table of SVG's names. */
#include "figure/svg_vocab.h"

#define CH_VOCAB_FILE "figure/svg.def"
#define CH_VOCAB_NAME ch_svg_vocab
#define CH_VOCAB_NS "http://www.w3.org/2000/svg"
#define CH_VOCAB_ROOT CH_SVG_svg
#define CH_VOCAB_E(name) CH_SVG_##name
#define CH_VOCAB_A(name) CH_SVGA_##name
#define CH_VOCAB_PLACEHOLDERS 0
#include "input/vocab_define.h"
