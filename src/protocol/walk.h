/* protocol/walk.h -- the texts of a letter, as the rules read them.
 *
 * Reads:   the element tree.
 * Makes:   one ch_unit for each text (a paragraph, a name, a salutation), in the order of the
 *          letter: white space collapsed, with the words that were found in it, and the way back
 *          to the place in the file.
 *
 * A letter inside an attachment is read for itself, not here.  Names that are withheld are not
 * read at all.  Everything lives in cx->scratch. */
#ifndef CH_PROTOCOL_WALK_H
#define CH_PROTOCOL_WALK_H

#include "input/input.h"
#include "protocol/words.h"

typedef enum ch_unit_role {
    CH_UNIT_TEXT,   /* p, item of a list, cell, head, note */
    CH_UNIT_SALUTE, /* the salutation, or in the body a vocative */
    CH_UNIT_FORMULA,
    CH_UNIT_SUBJECT, /* and title */
    CH_UNIT_HONORIFIC,
    CH_UNIT_PERSON,
    CH_UNIT_ORG,
    CH_UNIT_ROLE,
    CH_UNIT_LINE,  /* of an address */
    CH_UNIT_BELOW, /* an enclosure, or who gets a copy */
    CH_UNIT_OTHER
} ch_unit_role;

/* What a byte of a text belongs to. */
enum {
    CH_QUOTED  = 1, /* words of another: q, or between marks of quotation */
    CH_FOREIGN = 2,
    CH_NAMED   = 4,
    CH_DATED   = 8, /* content of a date; an empty one is U+FFFC */
};

typedef struct ch_unit_mark {
    size_t   at;   /* from this byte of the text on ... */
    ch_where from; /* ... the file is this far */
    bool     even; /* byte for byte; otherwise the whole of `from` */
} ch_unit_mark;

typedef struct ch_unit_date {
    size_t         at;
    const ch_node *node;
} ch_unit_date;

typedef struct ch_unit {
    ch_unit_role    role;
    const ch_node  *node;
    const ch_node  *part;     /* the child of the letter that it is in: body, closer, ... */
    bool            quoted;   /* all of it is another's */
    bool            attached; /* in an attachment */
    ch_str          text;
    uint8_t        *flags; /* of each byte: CH_QUOTED and so on */
    const bool     *edge;  /* of text.n + 1: may a word begin or end here? */
    const ch_words *words; /* of its language */
    const ch_hit   *hit;
    size_t          n_hits;
    ch_unit_mark   *mark;
    size_t          n_marks;
    ch_unit_date   *date; /* the date elements in it */
    size_t          n_dates;
} ch_unit;

typedef struct ch_units {
    ch_unit *at;
    size_t   n;
} ch_units;

ch_status ch_units_read(ch_ctx *cx, ch_word_store *words, const ch_node *letter, ch_units *out);

/* The place in the file of the bytes [from, to) of a unit. */
ch_where ch_unit_where(const ch_unit *u, size_t from, size_t to);
/* Is a byte of [from, to) of that sort?  flags: CH_QUOTED and so on. */
bool ch_unit_is(const ch_unit *u, size_t from, size_t to, unsigned flags);
/* The first hit of a list at or behind *i that is the writer's own words; *i moves behind it. */
const ch_hit *ch_unit_hit(const ch_unit *u, ch_word_list list, size_t *i);
/* The number of the first hit that begins at or behind `at`, or CH_NEAR bytes before it. */
enum { CH_NEAR = 96 };
size_t ch_unit_near(const ch_unit *u, size_t at);
bool   ch_unit_has(const ch_unit *u, ch_word_list list);
/* An element's text, white space collapsed; in a. */
ch_str ch_node_plain(ch_arena *a, const ch_node *n);

#endif
