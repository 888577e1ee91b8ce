/* input/input.h -- the whole room: vocabularies, trees, reading. */
#ifndef CH_INPUT_INPUT_H
#define CH_INPUT_INPUT_H

#include "input/letter_vocab.h"
#include "input/tree.h"
#include "input/vocab.h"
#include "input/xml.h"

#endif
