/* locale/typography.h -- how the text of a language is set: what a space keeps on one line, the
 * room beside signs, hyphenation.
 *
 * Reads:   the typography element of a locale pack (locale.def).
 * Makes:   tables that belong to the pack and are never changed.
 * Knows nothing of glyphs and lines: text/ asks. */
#ifndef CH_LOCALE_TYPOGRAPHY_H
#define CH_LOCALE_TYPOGRAPHY_H

#include "locale/locale.h"

/* What a word stays together with; bits of ch_kept.with. */
enum {
    CH_KEEP_NUMBER       = 1,  /* a digit follows */
    CH_KEEP_NAME         = 2,  /* a capital letter follows */
    CH_KEEP_WORD         = 4,  /* whatever follows */
    CH_KEEP_MONTH        = 8,  /* between a number and the name of a month */
    CH_KEEP_AFTER_NUMBER = 16, /* a number stands before */
    CH_KEEP_AFTER_WORD   = 32, /* whatever stands before */
    CH_KEEP_PHRASE       = 64, /* part of a phrase */
    CH_KEEP_IS_MONTH     = 128 /* the name of a month */
};

/* A phrase that holds the word and a space behind it. */
typedef struct ch_kept_phrase {
    const struct ch_kept_phrase *next;
    ch_str                       before, after; /* what stands before that space, and behind it */
} ch_kept_phrase;

typedef struct ch_kept {
    unsigned              with;
    const ch_kept_phrase *phrase;
} ch_kept;

/* Room beside a sign. */
typedef struct ch_sign_room {
    uint32_t sign;
    uint32_t beside; /* only before this one; 0: any */
    bool     after;  /* behind it; else before it */
    bool     word;   /* as wide as a word space, which stretches */
    ch_len   width;  /* else 65536ths of an em */
} ch_sign_room;

typedef enum ch_initials { CH_INITIALS_BEFORE, CH_INITIALS_BOTH, CH_INITIALS_NO } ch_initials;

typedef struct ch_typography {
    ch_map             *keeps;     /* word -> ch_kept; NULL: none */
    size_t              longest;   /* bytes of the longest word */
    uint64_t            sieve[16]; /* holds back most words that are not in keeps */
    ch_initials         initials;
    bool                groups; /* thousands are set apart by a space */
    const ch_sign_room *room;
    size_t              n_rooms;
    ch_str              raised;      /* what is raised behind a figure, a space between */
    unsigned            left, right; /* letters beside a hyphen, at least; 0: by the patterns */
    ch_str              patterns;    /* names of pattern files, a space between; may be empty */
    ch_str              line_breaks; /* ICU's locale; empty: the rules of all languages */
} ch_typography;

const ch_typography *ch_locale_typography(const ch_locale *lo);
/* What a word is kept with, NULL for most. */
const ch_kept *ch_typography_kept(const ch_typography *t, ch_str word);
/* The room before a sign, or after one that `next` follows; NULL when there is none. */
const ch_sign_room *ch_typography_room_before(const ch_typography *t, uint32_t sign);
const ch_sign_room *ch_typography_room_after(const ch_typography *t, uint32_t sign, uint32_t next);

#endif
