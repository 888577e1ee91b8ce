/* letter/translate.h -- the tree of a letter in another language.
 *
 * Reads:   the tree of a letter, a catalogue.
 * Makes:   a tree that keeps to the vocabulary, or reports of why there is none; or the bytes of
 *          the letter's file with the same changes.
 *
 * The words of each unit (units.h) are those of the catalogue, and xml:lang is the new language;
 * `dir` goes, since that follows the language.  What is not translated says its own language: a
 * version beside one in the new language by xml:lang, and inside <foreign> what its:translate="no"
 * keeps, and a unit without a translation where that is allowed.  (xml:lang on that would make it a
 * version of what stands beside it.) */
#ifndef CH_LETTER_TRANSLATE_H
#define CH_LETTER_TRANSLATE_H

#include "letter/units.h"
#include "locale/catalog.h"

typedef struct ch_translate_options {
    bool allow_untranslated, allow_fuzzy; /* with a warning, in place of an error */
} ch_translate_options;

/* Needs:    a checked tree; lang, the tag of the new language; o may be NULL.
 * Returns:  CH_OK and the new tree, in cx->job (the tree itself when it is in that language), or
 *           CH_ERR_INPUT.  Placeholders and fields pass untouched.
 * Reports:  E3646 to E3659, E2014, E2017, E2018, E2027, at the places of units in the letter or of
 *           messages in the catalogue. */
ch_status ch_letter_translate(ch_ctx *cx, const ch_node *tree, const ch_catalog *cat, ch_str lang,
                              const ch_translate_options *o, const ch_node **out);
/* The same as XML: the bytes that the tree was read from, with the new words in their places. */
ch_status ch_letter_translate_xml(ch_ctx *cx, ch_str bytes, const ch_node *tree,
                                  const ch_catalog *cat, ch_str lang, const ch_translate_options *o,
                                  ch_buf *out);

/* Is it a language of trial: en-XA (accents and brackets, a third longer) or ar-XB (from right to
 * left)?  And the catalogue of one, made of the letter's own words. */
bool        ch_lang_is_pseudo(ch_str lang);
ch_catalog *ch_pseudo_catalog(ch_ctx *cx, const ch_node *tree, ch_str lang);

/* The message of a unit: of its context "parent/element" ("figure@alt" of an attribute), or
 * "element", or of none.  NULL when there is none. */
const ch_message *ch_unit_message(ch_ctx *cx, const ch_catalog *c, const ch_unit *u);

#endif
