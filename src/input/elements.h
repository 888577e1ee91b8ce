/* input/elements.h -- the elements right inside the root of an XML file, one after the other, so
 * that a file of any size is read in the memory of one of them.
 *
 * Reads:   bytes, a piece at a time.
 * Makes:   plain trees of names, attributes and text.
 * Knows nothing of any vocabulary: names are taken without their prefixes. */
#ifndef CH_INPUT_ELEMENTS_H
#define CH_INPUT_ELEMENTS_H

#include "base/base.h"

typedef struct ch_plain {
    ch_str           name; /* of the element, or of an attribute */
    ch_str           lang; /* xml:lang on it; empty when there is none */
    ch_str           text; /* of an attribute its value; of an element its first stretch of text */
    uint32_t         line, column; /* of its tag, from 1 */
    bool             attribute;
    bool             elements;                     /* it has some inside */
    struct ch_plain *parent, *first, *last, *next; /* attributes (but xml:*) first, then elements */
} ch_plain;

typedef enum ch_elements_stop {
    CH_ELEMENTS_GOING,
    CH_ELEMENTS_SYNTAX, /* not well-formed */
    CH_ELEMENTS_DOCTYPE,
    CH_ELEMENTS_DEPTH,
    CH_ELEMENTS_MEMORY
} ch_elements_stop;

typedef struct ch_elements ch_elements;

/* bytes: the most that one element may have as text or attribute; NULL when memory ran out. */
ch_elements *ch_elements_new(uint32_t depth, size_t bytes);
/* Hand bytes on.  No more than up to the next '>' at a time, so that no more than one element is
 * finished by it; `last`: there are no more. */
void ch_elements_put(ch_elements *e, ch_str bytes, bool last);
/* Is an element begun that is not finished? */
bool ch_elements_open(const ch_elements *e);
/* The element that was finished, until bytes are put again; NULL when none was. */
const ch_plain *ch_elements_done(const ch_elements *e);
/* The tag that was read last. */
void ch_elements_place(const ch_elements *e, uint32_t *line, uint32_t *column);
/* A text or attribute of it had too many bytes, the first at this line and column; cut off there. */
bool ch_elements_large(const ch_elements *e, uint32_t *line, uint32_t *column);
/* Keep no more of the element that is open. */
void ch_elements_drop(ch_elements *e);
/* Why no more is read; the message and its place. */
ch_elements_stop ch_elements_stopped(const ch_elements *e, const char **text, uint32_t *line,
                                     uint32_t *column);
void             ch_elements_free(ch_elements *e);

#endif
