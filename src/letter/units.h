/* letter/units.h -- the texts of a letter that a translator is given, one by one.
 *
 * Reads:   the element tree.
 * Makes:   its translation units, in the order of the letter.
 *
 * A unit is the running text of one element that stands for itself (p, head, item, subject, role,
 * addrLine, ...), with all that is inside it, or the alt of a figure.  It is none when
 *   - there are no words in it: it is empty, or made of fields, dates and line breaks;
 *   - its:translate="no" holds there (ITS 2.0: what is nearest counts);
 *   - it is in another language than the letter: it is a version, or a letter of its own;
 *   - it is no text but a number or a code: idno, contact, initials, the code of a country;
 *   - it says who has signed, and the name is withheld. */
#ifndef CH_LETTER_UNITS_H
#define CH_LETTER_UNITS_H

#include "input/input.h"

typedef struct ch_unit {
    const ch_node *node;   /* the element */
    const ch_attr *attr;   /* its attribute that is the text; NULL: its content is */
    ch_str         source; /* as XML without namespaces, white space folded: what xgettext makes */
    ch_str         note;   /* for the translator, in English; a line each */
} ch_unit;

typedef struct ch_units {
    CH_VEC(ch_unit) list;
} ch_units;

/* Needs:    a checked tree of a letter.
 * Makes:    its units, in cx->job. */
void ch_letter_units(ch_ctx *cx, const ch_node *tree, ch_units *out);

/* Is the content of n kept out of translation by its:translate, its own or that of what it is in? */
bool ch_node_translates(const ch_node *n);
/* Is it running text that stands for itself, in that language, and no number or code? */
bool ch_node_is_text(const ch_node *n, ch_str lang);
/* Append an element, or a text, as it stands in a unit: its tags with all attributes, & < > marked
 * up, runs of white space as one space. */
void ch_unit_put(ch_buf *out, const ch_node *n);

#endif
