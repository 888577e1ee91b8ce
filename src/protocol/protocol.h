/* protocol/protocol.h -- what custom requires: the parts of each kind of document, and how
 * people are addressed.
 *
 * Reads:   of the data folder styles/protocol/kinds.xml (kinds_vocab.def), sources.xml
 *          (sources_vocab.def) and LANG.xml (protocol.def).
 * Makes:   diagnostics about a letter's tree, and the wording of salutations and closings.
 * Knows nothing of print.  Threads: a ch_protocol may be used by many threads. */
#ifndef CH_PROTOCOL_PROTOCOL_H
#define CH_PROTOCOL_PROTOCOL_H

#include "base/base.h"

struct ch_node;

typedef struct ch_protocol ch_protocol;

/* folder: .../styles/protocol */
ch_status ch_protocol_new(ch_ctx *cx, ch_str folder, ch_protocol **out);
void      ch_protocol_free(ch_protocol *p); /* NULL is fine */

/* ---- kinds of document ---- */

/* The parts of a letter that custom speaks of. */
#define CH_PARTS_OF_LETTERS(PART)                                                                  \
    PART(letterhead, "letterhead")                                                                 \
    PART(reference, "reference number")                                                            \
    PART(subject, "subject")                                                                       \
    PART(dateline, "date")                                                                         \
    PART(addressee, "addressee")                                                                   \
    PART(invocation, "invocation")                                                                 \
    PART(salutation, "salutation")                                                                 \
    PART(vocative, "vocative in its text")                                                         \
    PART(courtesy, "closing courtesy")                                                             \
    PART(testimonium, "testimonium")                                                               \
    PART(signature, "signature")                                                                   \
    PART(signatories, "list of signatories")                                                       \
    PART(initials, "place for initials")                                                           \
    PART(seal, "seal")                                                                             \
    PART(enclosures, "list of enclosures")                                                         \
    PART(copies, "list of copies")                                                                 \
    PART(postscript, "postscript")                                                                 \
    PART(attachments, "attachments")                                                               \
    PART(classification, "classification")

typedef enum ch_letter_part {
#define PART(name, spoken) CH_LETTER_##name,
    CH_PARTS_OF_LETTERS(PART)
#undef PART
        CH_LETTER_PARTS
} ch_letter_part;

typedef enum ch_use { CH_USE_OPTIONAL, CH_USE_REQUIRED, CH_USE_UNUSUAL, CH_USE_FORBIDDEN } ch_use;

typedef enum ch_grammatical_person {
    CH_PERSON_ANY,
    CH_PERSON_FIRST_SINGULAR,
    CH_PERSON_FIRST_PLURAL,
    CH_PERSON_THIRD,
    CH_PERSON_IMPERSONAL
} ch_grammatical_person;

/* Where something stands that may stand in two places. */
typedef enum ch_stand { CH_STAND_ANYWHERE, CH_STAND_FIRST, CH_STAND_LAST } ch_stand;

typedef struct ch_kind {
    ch_str                name, spoken; /* note-verbale, "a note verbale" */
    ch_str                source;       /* names of sources, a space between */
    ch_grammatical_person person;
    ch_str                addressees; /* their ranks in order, a space between; empty: no order */
    ch_stand              addressee; /* at the top or foot of page 1; anywhere: as the sheet says */
    ch_stand              dated;     /* in the opening or the closing */
    bool                  framed;    /* begins with compliments, ends with the courtesy */
    bool                  several;   /* as a rule several write: "our" consideration */
    bool                  printed;   /* "(Signed)" stands for the ink, names have no honorific */
    ch_use                use[CH_LETTER_PARTS];
    ch_str                part_source[CH_LETTER_PARTS];
} ch_kind;

/* A kind by its name, "letter" when that is empty; *out is NULL when there is none.  It lives as
 * long as p.  Returns: CH_OK also then; otherwise what was diagnosed. */
ch_status ch_protocol_kind(ch_protocol *p, ch_ctx *cx, ch_str name, const ch_kind **out);
/* The names of all kinds, a space between; in cx->job. */
ch_str ch_protocol_kinds(ch_protocol *p, ch_ctx *cx);
/* The first of a part in the tree of a letter, NULL when the letter has none. */
const struct ch_node *ch_letter_part_find(const struct ch_node *letter, ch_letter_part part);
/* What stands for names of sources in a message: "UN manual of correspondence, ...; ..."; in
 * cx->job.  A name that is not known stands for itself. */
ch_str ch_protocol_sources(ch_protocol *p, ch_ctx *cx, ch_str names);

/* Is there a kind of that name?  Its parts are held against the letter by ch_rules_check (rules.h).
 * Reports: E3033 for a kind that there is not. */
ch_status ch_protocol_check(ch_protocol *p, ch_ctx *cx, const struct ch_node *letter);

/* The place of a rank in the fixed order of those that a kind of letter is written to, from 0; 0
 * for all where it has no order, and for a rank not in it a place behind them.  k: NULL has none. */
size_t ch_protocol_addressee_place(const ch_kind *k, ch_str rank);

/* ---- forms of address ---- */

/* One who is addressed. */
typedef struct ch_addressed {
    ch_str lang, rank, gender; /* gender: m, f, x or empty */
    bool   plural;             /* several write: "our" consideration */
} ch_addressed;

/* How one of a rank is addressed: the salutation, the closing sentence of courtesy, and the style
 * before the name in the address.  Empty where nothing is known.  The texts live as long as p.
 * Returns: CH_OK also when nothing is known; otherwise what was diagnosed.
 * Reports: W3003 once for each text that awaits a native speaker's review. */
ch_status ch_protocol_salute(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);
ch_status ch_protocol_courtesy(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);
ch_status ch_protocol_honorific(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);
/* How the addressee is called within a sentence, as in the close: "Excellency".  Reports nothing. */
ch_status ch_protocol_vocative(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out);

/* The opening or the closing sentence of a note in the third person, with {sender} and {addressee}
 * in it, or {the sender} for the name with that article; empty where there is none. */
typedef struct ch_note_sentence {
    ch_str text;
    bool   given; /* names are taken as the letter gives them for a note, never as they are */
} ch_note_sentence;

ch_status ch_protocol_note(ch_protocol *p, ch_ctx *cx, ch_str lang, bool closing,
                           ch_note_sentence *out);

/* A form that is accepted, and of whom. */
typedef struct ch_accepted {
    ch_str text, ranks, source; /* names of ranks and of sources, a space between */
    char   gender;              /* 'm', 'f', 'x'; 0 for any */
} ch_accepted;

typedef CH_VEC(ch_accepted) ch_accepted_list;

/* All salutations that are accepted for a rank and gender (of every gender when that is empty),
 * the one that an empty salutation prints among them; in cx->job. */
ch_status ch_protocol_accepted(ch_protocol *p, ch_ctx *cx, const ch_addressed *to,
                               ch_accepted_list *out);
/* The ranks and genders that a salutation or vocative is said to, whatever mark ends it; none when
 * the language does not know it; in cx->job. */
ch_status ch_protocol_whose(ch_protocol *p, ch_ctx *cx, ch_str lang, ch_str text,
                            ch_accepted_list *out);

/* Is it said to that rank? */
bool ch_accepted_of(const ch_accepted *form, ch_str rank);

/* The ranks that are known in a language, for a hint: "ambassador, bishop, ..."; in cx->job. */
ch_str ch_protocol_ranks(ch_protocol *p, ch_ctx *cx, ch_str lang);
/* W3037 for a rank that is known neither in the language nor in English. */
void ch_protocol_check_rank(ch_protocol *p, ch_ctx *cx, ch_str lang, ch_str rank, ch_where where);
/* The word in a text that is not said to one of that rank; empty when there is none. */
ch_str ch_protocol_avoids(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str text);

#endif
