/* input/rng.h -- a vocabulary as a RELAX NG schema.
 *
 * Reads:   a vocabulary.
 * Makes:   a schema in XML syntax whose verdict is that of input/check.c, for editors and for
 *          validators that know nothing of us.
 * Knows nothing of any one vocabulary. */
#ifndef CH_INPUT_RNG_H
#define CH_INPUT_RNG_H

#include "input/vocab.h"

void ch_rng_write(ch_buf *out, const ch_vocab *v);

#endif
