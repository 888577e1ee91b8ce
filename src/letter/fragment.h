/* letter/fragment.h -- a translation, from text to nodes; for letter/ alone.
 *
 * Reads:   a unit of a letter, and a message of a catalogue.
 * Makes:   the nodes that stand in the place of the unit's content.
 *
 * Each inline element of the source is there once, in any order, with its attributes: those of
 * the source are used, so that an id, a link, a field stays what it is.  A translator may change
 *   - how a date is printed (calendar, form, lunar), and give it words or take them away;
 *   - the mark of an item in a list inside (n);
 *   - xml:lang, but of <foreign>; and a <foreign> in the new language may go. */
#ifndef CH_LETTER_FRAGMENT_H
#define CH_LETTER_FRAGMENT_H

#include "letter/units.h"
#include "locale/catalog.h"

typedef struct ch_fragment_in {
    const ch_unit    *unit;
    const ch_catalog *catalog;
    const ch_message *message;
    ch_str            lang, source_lang;
} ch_fragment_in;

/* Make the children of `parent`, a copy of the unit's element whose lang is set.
 * Reports what is wrong, at its place in the catalogue: 365x, E2014, E2017, E2018, E2027. */
void ch_fragment_read(ch_ctx *cx, const ch_fragment_in *in, ch_node *parent);
/* Of a unit that is an attribute: its new value. */
ch_str ch_fragment_value(ch_ctx *cx, const ch_fragment_in *in);

#endif
