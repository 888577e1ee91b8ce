/* protocol/words.h -- the words that the rules of protocol look for, by language.
 *
 * Reads:   styles/protocol/words/LANG.xml of the data folder (words.def, lists.def).
 * Makes:   immutable sets of phrases, and where they stand in a text.
 *
 * A phrase stands only where whole words do.  Capitals do not count, but for exact phrases;
 * nor do the form of apostrophes, hyphens and spaces, vowel signs and kashidas in Arabic, yeh
 * and kaf of Arabic or Persian form, and the dots of a Russian yo. */
#ifndef CH_PROTOCOL_WORDS_H
#define CH_PROTOCOL_WORDS_H

#include "base/base.h"

typedef enum ch_word_list {
#define LIST(name, doc) CH_LIST_##name,
#include "protocol/lists.def"
#undef LIST
    CH_LISTS,
    /* What has elements of its own in the files. */
    CH_VOCATIVE = CH_LISTS,
    CH_HONORIFIC,
    CH_SLIP
} ch_word_list;

/* How one is styled, in the order of words.def. */
typedef enum ch_address_style {
    CH_MAJESTY,
    CH_HIGHNESS,
    CH_HOLINESS,
    CH_EMINENCE,
    CH_BEATITUDE,
    CH_GRACE,
    CH_EXCELLENCY,
    CH_PLAIN,  /* Sir, Mr. */
    CH_OFFICE, /* Mr. Ambassador */
    CH_STYLES
} ch_address_style;
const char *ch_address_style_name(ch_address_style s);

typedef enum ch_slip_kind { CH_SLIP_TITLE, CH_SLIP_NAME, CH_SLIP_CASE } ch_slip_kind;

typedef struct ch_phrase {
    ch_str           text; /* as it is looked for */
    ch_word_list     list;
    size_t           index;  /* in its list */
    bool             exact;  /* capitals count */
    ch_address_style style;  /* of a vocative or honorific */
    char             gender; /* m, f; 0 for any */
    bool             several;
    ch_slip_kind     kind;  /* of a slip */
    ch_str           right; /* of a slip: what is written in its place */
    ch_str           with;  /* of a slip: words that the letter must say too, a | between */
} ch_phrase;

/* The mark of a level before a paragraph. */
typedef struct ch_portion {
    const struct ch_portion *next;
    ch_str                   mark, level; /* "(C)", one of the levels of letters */
} ch_portion;

typedef struct ch_words {
    ch_str     lang;
    bool       official;    /* of the United Nations */
    bool       fixed_names; /* names of persons do not change by case */
    ch_str     date_order;  /* dmy, mdy, ymd, or empty */
    ch_str     salute_end;  /* may be empty */
    ch_phrase *phrase;      /* by the hash of the first letter */
    size_t     n;
    size_t     from[257]; /* where the phrases of a hash begin */
    bool       has[CH_LISTS];

    const ch_portion *portions;
} ch_words;

typedef struct ch_hit {
    const ch_phrase *phrase;
    size_t           from, to; /* bytes of the text */
} ch_hit;

/* All languages; folder: .../styles/protocol/words.  NULL when memory runs out. */
typedef struct ch_word_store ch_word_store;
ch_word_store               *ch_word_store_new(ch_str folder);
void                         ch_word_store_free(ch_word_store *s); /* NULL is fine */
/* The words of a language, of fr for fr-CA; *out is an empty set when there are none. */
ch_status ch_words_of(ch_word_store *s, ch_ctx *cx, ch_str lang, const ch_words **out);

/* The phrases in a text, in order; of those that begin at one place the longest of each list.
 * at[i]: may a word begin or end at byte i (locale/words.h)?  In a. */
ch_hit *ch_words_find(const ch_words *w, ch_arena *a, ch_str text, const bool *at, size_t *n);
/* Is the text as a whole, without white space and marks at its ends, such a phrase?  NULL if not. */
const ch_phrase *ch_words_whole(const ch_words *w, ch_arena *a, ch_str text, ch_word_list list);
/* The text as it is compared: small letters (unless exact), one form of each mark. */
ch_str ch_words_plain(ch_arena *a, ch_str text, bool exact);

#endif
