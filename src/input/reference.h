/* input/reference.h -- a vocabulary as a page to read.
 *
 * Reads:   a vocabulary.
 * Makes:   Markdown: for each element what it is, what may stand in it and where it may stand,
 *          and its attributes.
 * Knows nothing of any one vocabulary. */
#ifndef CH_INPUT_REFERENCE_H
#define CH_INPUT_REFERENCE_H

#include "input/vocab.h"

/* title: the heading of the page; intro: a paragraph under it. */
void ch_reference_write(ch_buf *out, const ch_vocab *v, const char *title, const char *intro);

#endif
