/* input/check.h -- does a tree keep to its vocabulary?
 *
 * Reads:   a raw tree, as input/xml.c builds it.
 * Makes:   diagnostics, one for each rule broken.
 * Knows nothing of XML syntax. */
#ifndef CH_INPUT_CHECK_H
#define CH_INPUT_CHECK_H

#include "input/tree.h"

/* Ids in a raw tree that are none of the vocabulary's: a name that it has not, and a name of
 * another namespace. */
#define CH_ID_UNKNOWN 0
#define CH_ID_FOREIGN UINT16_MAX

/* How a raw tree came to be. */
typedef struct ch_check_input {
    const ch_node *root;
    const ch_node *open;     /* the innermost element that the file does not close; NULL */
    bool           quiet_ns; /* the parser has told of undeclared prefixes already */
} ch_check_input;

/* Report all that breaks the vocabulary, up to a number nobody reads beyond. */
void ch_check_tree(ch_ctx *cx, const ch_vocab *v, const ch_check_input *in);

/* The same for the children of one element of a tree that was made from one already checked: their
 * names, order and number.  Returns how many errors it found. */
size_t ch_check_children(ch_ctx *cx, const ch_vocab *v, const ch_node *n);

/* The word of a list (a space between) that is nearest to s, when it is near; else empty. */
ch_str ch_nearest(ch_str s, ch_str words);

#endif
