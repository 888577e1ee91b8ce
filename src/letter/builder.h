/* letter/builder.h -- what the parts of letter/ share while they build; for letter/ alone.
 *
 * Reads:   the element tree.
 * Makes:   the parts of a ch_letter, in cx->job.
 *
 * An element repeated with another xml:lang is a version of the first: ch_version_first and
 * ch_version_next give those in the language of the letter, or else in its primary language,
 * or else in the first one given. */
#ifndef CH_LETTER_BUILDER_H
#define CH_LETTER_BUILDER_H

#include "input/input.h"
#include "letter/letter.h"

typedef CH_VEC(ch_note *) ch_note_list;

typedef struct ch_builder {
    ch_ctx          *cx;
    ch_locales      *locales;
    const ch_locale *lo;   /* of the letter */
    ch_str           lang; /* of the letter */
    ch_str           path; /* of its file, for what it names */
    ch_note_list     notes;
    ch_str           other_lang; /* the language asked for last, and its pack or NULL */
    const ch_locale *other;
    const ch_node   *root; /* the letter element */
} ch_builder;

/* ---- versions (version.c) ---- */

const ch_node *ch_version_first(const ch_builder *b, const ch_node *parent, int elem);
const ch_node *ch_version_next(const ch_node *n);
/* Of n and the siblings right behind it that are versions of it in other languages, the one to
 * print; *rest is the first sibling that is none.  Says when some are left out. */
const ch_node *ch_version_of_run(ch_builder *b, const ch_node *n, const ch_node **rest);

/* ---- files (files.c) ---- */

/* The path of a file that an attribute names; empty when it may not be had, which is said. */
ch_str ch_named_file(ch_builder *b, const ch_attr *attr);

/* ---- running text (inline.c) ---- */

ch_rich ch_rich_build(ch_builder *b, const ch_node *n);
/* Of the version to print of a child; empty when there is none. */
ch_rich ch_rich_child(ch_builder *b, const ch_node *parent, int elem);
/* The children [first, end) of n. */
ch_rich ch_rich_range(ch_builder *b, const ch_node *n, const ch_node *first, const ch_node *end);
/* Place and dates in one line, as the language has it; place may be NULL. */
ch_rich ch_rich_dateline(ch_builder *b, const ch_node *dateline);
/* The dates of a dateline alone. */
ch_rich ch_rich_dates(ch_builder *b, const ch_node *dateline);
/* A label in the letter's language; empty when the label is. */
ch_rich ch_rich_label(ch_builder *b, const char *name, ch_where where);
/* Has it text, or elements that make some? */
bool ch_node_has_content(const ch_node *n);

/* ---- body (body.c) ---- */

ch_bodies    ch_body_build(ch_builder *b, const ch_node *parent);
ch_texts     ch_items_build(ch_builder *b, const ch_node *parent, int elem);
ch_image_ref ch_figure_build(ch_builder *b, const ch_node *n);
/* An empty salute or courtesy formula from rank, gender and language (formula.c). */
ch_rich ch_salute_build(ch_builder *b, const ch_node *n);
ch_rich ch_formula_build(ch_builder *b, const ch_node *n);

/* ---- people (people.c) ---- */

/* One who signs, with what is only needed until the list is in order. */
typedef struct ch_signer {
    ch_person person;
    ch_str    family;     /* family name; empty when the name does not say */
    ch_str    group;      /* of a row of a file */
    ch_str    precedence; /* the rank as written */
    ch_str    key;        /* of the order */
    int64_t   rank;       /* of precedence; INT64_MAX without one */
    size_t    given;      /* place as given */
    bool      last;       /* nothing to order it by */
} ch_signer;

typedef CH_VEC(ch_signer) ch_signer_list;

void ch_sender_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_addressee_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_signed_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_signer_build(ch_builder *b, const ch_node *n, ch_signer *out);
/* Status, date and country as printed; a withheld name goes. */
void ch_signer_finish(ch_builder *b, ch_person *p, ch_str status, ch_str date);

/* ---- the annex (annex.c, order.c, csv.c) ---- */

void ch_annex_build(ch_builder *b, const ch_node *n, ch_annex *out);
/* Put signers in the order that the letter asks for: given, precedence, name, ... */
ch_status ch_signers_order(ch_builder *b, ch_signer *at, size_t n, ch_str order);
/* Read signers from a CSV file named by an attribute. */
ch_status ch_signers_read(ch_builder *b, const ch_attr *href, ch_signer_list *out);
/* Read them from bytes that are kept until the job ends. */
ch_status ch_signers_parse(ch_builder *b, ch_str name, ch_str bytes, ch_signer_list *out);

#endif
