/* protocol/ruling.h -- one letter while it is held against the rules; for protocol/ alone. */
#ifndef CH_PROTOCOL_RULING_H
#define CH_PROTOCOL_RULING_H

#include "locale/locale.h"
#include "protocol/protocol.h"
#include "protocol/rules.h"
#include "protocol/walk.h"

typedef struct ch_waiver {
    const ch_node *node;
    ch_rule        rule;
    bool           used;
} ch_waiver;

typedef struct ch_ruling {
    ch_ctx             *cx;
    ch_arena           *a; /* cx->scratch, rewound at the end */
    struct ch_protocol *protocol;
    struct ch_locales  *locales;
    const ch_node      *letter;
    ch_str              lang;
    bool                nested;      /* in an attachment of another letter */
    const ch_kind      *kind;        /* NULL when there is none of that name */
    bool                note;        /* written in the third person, from one body to another */
    bool                circular;    /* a note to all */
    bool                impersonal;  /* nobody speaks: notes, aide-memoire, memorandum */
    bool                several;     /* several speak */
    bool                circulation; /* for circulation as a document of the United Nations */
    bool                asks;        /* the text asks to be circulated */
    const ch_words     *words;       /* of its language */
    ch_units            units;
    ch_waiver          *waiver;
    size_t              n_waivers;
    unsigned            said[CH_RULES]; /* how often */
    ch_str              date;           /* of the letter, ISO; may be empty */
    const ch_node      *addressee;      /* the first; NULL when there is none */
    ch_str              rank;           /* the addressee's, may be empty */
    char                gender;         /* the addressee's: m, f; 0 otherwise */
} ch_ruling;

/* Say that a rule is broken, unless the letter waives it.  Arguments: those of its code.
 * Returns: was it said? */
bool ch_rule_say(ch_ruling *r, ch_rule rule, ch_where where, ...);

/* The families of rules. */
void ch_check_kind(ch_ruling *r);
void ch_check_address(ch_ruling *r);
void ch_check_note(ch_ruling *r);
void ch_check_dates(ch_ruling *r);
void ch_check_slips(ch_ruling *r);
void ch_check_symbols(ch_ruling *r);
void ch_check_names(ch_ruling *r);
void ch_check_parts(ch_ruling *r);
void ch_check_order(ch_ruling *r);

/* The store of words of a protocol. */
ch_word_store *ch_protocol_word_store(struct ch_protocol *p);

/* ---- shared questions ---- */

/* The units of the text itself: body and postscript, not quoted, not of an attachment. */
bool ch_unit_own(const ch_unit *u);
/* The next unit of that part of the letter and role at or behind *i; NULL when there is none. */
const ch_unit *ch_unit_next(const ch_ruling *r, size_t *i, int part, ch_unit_role role);
/* Does a text contain another? */
bool ch_str_contains(ch_str a, ch_str b);
/* Are the two words one edit apart (a letter more, less, other, or two changed about)?  Equal
 * words are not.  Capitals count. */
bool ch_one_edit(ch_str a, ch_str b);
/* How a rank is styled: is this style one of its own?  known: does anybody know the rank? */
bool ch_rank_has_style(ch_str rank, ch_address_style style, bool *known);
bool ch_rank_is_charge(ch_str rank); /* a charge d'affaires, who has no style */

#endif
