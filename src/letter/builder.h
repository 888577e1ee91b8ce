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
#include "protocol/protocol.h"

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
    const ch_node   *root;      /* the letter element */
    const ch_kind   *custom;    /* what its kind asks for; NULL: it is of none that is known */
    ch_map          *signers;   /* who is on a list: name and organisation -> const ch_where * */
    size_t           n_signed;  /* on the lists so far: numbers go on */
    size_t           n_twice;   /* of them, those that are there again */
    CH_VEC(const ch_node *) to; /* the addressees, in the order of print */
    const ch_node *to_one;      /* the one that is written to; the first, where all are */
    CH_VEC(const ch_node *) parties; /* in the order of this original */
    struct ch_title *title;          /* what titles are made of, once asked for */
} ch_builder;

/* ---- versions (version.c) ---- */

const ch_node *ch_version_first(const ch_builder *b, const ch_node *parent, int elem);
const ch_node *ch_version_next(const ch_node *n);
/* Behind `first` and the siblings right behind it that are versions of it in other languages: the
 * first sibling that is none.  NULL at the end. */
const ch_node *ch_run_end(const ch_node *first);
/* Of such a run that begins with n, the one to print; *rest is what stands behind the run.  Says
 * when some are left out. */
const ch_node *ch_version_of_run(ch_builder *b, const ch_node *n, const ch_node **rest);

/* ---- originals (edition.c) ---- */

/* The addressees and parties in their order, and which original is made.  edition may be NULL. */
void ch_edition_open(ch_builder *b, const ch_edition *edition, ch_letter *l);
/* The xml:id of the party named first; empty when there are none. */
ch_str ch_edition_party(const ch_builder *b);
/* The place of a party in this original, from 0; how many there are when it is none. */
size_t ch_edition_place(const ch_builder *b, ch_str party);
/* How that original is told from others in the text of the digest; empty when all of it is made. */
ch_str ch_edition_mark(ch_arena *a, const ch_letter *l, const ch_edition *edition);

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
/* The text as a link to the element of that xml:id. */
ch_rich ch_rich_link(ch_builder *b, ch_rich text, ch_str id);
/* Has it text, or elements that make some? */
bool ch_node_has_content(const ch_node *n);

/* ---- body (body.c) ---- */

ch_bodies    ch_body_build(ch_builder *b, const ch_node *parent);
ch_texts     ch_items_build(ch_builder *b, const ch_node *parent, int elem);
ch_image_ref ch_figure_build(ch_builder *b, const ch_node *n);
/* An empty salute, courtesy formula or honorific from rank, gender and language; an empty formula
 * of a note from the names of sender and addressee (formula.c).  Of ch_honorific_build, n may be
 * NULL. */
ch_rich ch_salute_build(ch_builder *b, const ch_node *n);
ch_rich ch_formula_build(ch_builder *b, const ch_node *n);
ch_rich ch_honorific_build(ch_builder *b, const ch_node *n);

/* ---- people (people.c) ---- */

/* One who signs, with what is only needed until the list is in order. */
typedef struct ch_signer {
    ch_person person;
    ch_str    family;     /* family name; empty when the name does not say */
    ch_str    group;      /* of a row of a file */
    ch_str    precedence; /* the rank as written */
    ch_where  where;      /* of a message; for a name withheld, too */
    ch_str    key;        /* of the order */
    int64_t   rank;       /* INT64_MAX without one */
    size_t    given;      /* place as given */
    int       last;       /* 1: behind the others, 2: nothing to order it by */
} ch_signer;

typedef CH_VEC(ch_signer *) ch_signer_list;
/* A new one, at the end of the list. */
ch_signer *ch_signer_add(ch_builder *b, ch_signer_list *list);

void ch_sender_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_addressee_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_signed_build(ch_builder *b, const ch_node *n, ch_person *out);
void ch_signer_build(ch_builder *b, const ch_node *n, ch_signer *out);
/* What is said of a signature. */
typedef struct ch_signature {
    ch_str status, date; /* as written */
    ch_str principal;    /* for whom a proxy signs */
    bool   named;        /* it is a person's; otherwise a body signs by itself */
} ch_signature;
/* Status, date and country as printed; a withheld name goes. */
void ch_signer_finish(ch_builder *b, ch_person *p, const ch_signature *s);

/* ---- levels of classification (levels.c) ---- */

/* The level that an attribute names, counted from 1; 0 without one. */
int ch_level_of(const ch_node *n, int attr);
/* The words of a level, counted from 1; empty for 0. */
ch_rich ch_level_words(ch_builder *b, int level, ch_where where);
/* "(C) " before a text that has a level. */
ch_rich ch_level_mark(ch_builder *b, const ch_node *n, ch_rich text);
/* The highest level in the letter, whose own is that; says what is above what it is in. */
int ch_levels_check(ch_builder *b, const ch_node *root, int own);

/* ---- titles (title.c) ---- */

/* The title above the text, made where it is empty; where the text came from. */
void ch_head_build(ch_builder *b, ch_letter *l);
/* The title of an attachment, made of its label and the letter's data: as much as there is. */
ch_rich ch_attachment_title(ch_builder *b, const ch_letter *l, ch_str label, ch_where where);
/* "[Original: Arabic]", "Translated from English": by the attributes of n. */
ch_texts ch_provenance_build(ch_builder *b, const ch_node *n);

/* ---- attachments (attach.c) ---- */

/* The attachments, and the list of enclosures, held against them. */
void ch_attachments_build(ch_builder *b, ch_letter *l);

/* One letter, perhaps in an attachment, which has no editions (build.c). */
ch_status ch_letter_inside(ch_ctx *cx, ch_locales *locales, const ch_node *root, ch_str path,
                           const ch_edition *edition, ch_letter **out);

/* ---- the annex (annex.c, order.c, csv.c) ---- */

/* The list, and the further ones behind it, each with its date. */
void ch_annexes_build(ch_builder *b, const ch_node *first, ch_letter *out);
/* The order that a list asks for. */
typedef struct ch_order {
    ch_str           by;       /* given, precedence, name, family-name, organisation, country */
    ch_str           lang;     /* whose collation and names of countries count */
    const ch_locale *lo;       /* of lang */
    ch_collator     *collator; /* NULL when no words are compared */
    bool             heads;    /* groups in the order of their heads */
    size_t           count, ranked; /* of those put in order, and of them by their rank */
} ch_order;
ch_status ch_order_open(ch_builder *b, const ch_node *n, ch_order *o);
/* Put signers in order: first those with a rank, in its order. */
void   ch_signers_order(ch_builder *b, ch_signer **at, size_t n, ch_order *o);
ch_str ch_order_key(ch_builder *b, const ch_order *o, ch_str text);
/* Tell the user the order that was used; one that was given only on request. */
void ch_order_say(ch_builder *b, const ch_order *o, size_t groups, ch_where where);
/* Read signers from a CSV file named by an attribute. */
ch_status ch_signers_read(ch_builder *b, const ch_attr *href, ch_signer_list *out);
/* Read them from bytes that are kept until the job ends. */
ch_status ch_signers_parse(ch_builder *b, ch_str name, ch_str bytes, ch_signer_list *out);

#endif
