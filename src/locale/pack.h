/* locale/pack.h -- a locale pack in memory; for locale/ alone.
 *
 * Reads:   one file of styles/locales.
 * Makes:   a ch_locale in an arena of its own.  Nothing in it changes afterwards but the plural
 *          rules, which are opened on first use under the lock of its ch_locales. */
#ifndef CH_LOCALE_PACK_H
#define CH_LOCALE_PACK_H

#include "locale/calendar.h"
#include "locale/locale.h"
#include "locale/typography.h"

#include <pthread.h>

enum { CH_MARK_LEVELS = 4, CH_MONTHS = 12, CH_STATE_CODES = 26 * 26 };

/* The plural categories of CLDR, in the order of locale.def. */
enum { CH_FORM_ZERO, CH_FORM_ONE, CH_FORM_TWO, CH_FORM_FEW, CH_FORM_MANY, CH_FORM_OTHER, CH_FORMS };

typedef enum ch_date_form {
    CH_DATE_LONG,
    CH_DATE_MEDIUM,
    CH_DATE_SHORT,
    CH_DATE_FORMAL,
    CH_DATE_BESIDE, /* beside a date of another calendar */
    CH_DATE_MONTH,
    CH_DATE_YEAR,
    CH_DATE_FORMS
} ch_date_form;

/* Ten digits. */
typedef struct ch_digits {
    uint32_t digit[10]; /* code points; 0 when there are none */
    bool     counts;    /* Han numerals: 15 as a day is ten-five */
} ch_digits;

/* A text of the pack: p is NULL when it has none. */
typedef struct ch_pack_text {
    ch_str text;
    bool   review;
} ch_pack_text;

typedef struct ch_pack_label {
    bool   has, review;
    ch_str text;           /* PLAIN */
    ch_str form[CH_FORMS]; /* PLURAL; p is NULL where there is none */
} ch_pack_label;

typedef struct ch_pack_pattern {
    ch_str    text;
    bool      review;
    ch_digits digits; /* where they are not those of the pack */
} ch_pack_pattern;

typedef struct ch_pack_days { /* one calendar */
    bool            has, review;
    ch_str          month[CH_MONTHS], alone[CH_MONTHS];
    ch_str          first_day; /* empty: as any other */
    ch_pack_pattern pattern[CH_DATE_FORMS];
} ch_pack_days;

typedef struct ch_pack_mark {
    char   style; /* 0: not counted */
    ch_str text;
} ch_pack_mark;

/* The name of a language as the labels about languages have it. */
typedef struct ch_pack_language {
    ch_str tags; /* a space between */
    ch_str name, from;
    bool   review;
} ch_pack_language;

typedef struct ch_pack_state {
    ch_str name; /* no bytes: as ICU has it */
    bool   observer;
} ch_pack_state;

struct ch_locale {
    ch_arena        *arena;   /* holds this */
    ch_str           file;    /* its path */
    const ch_locale *base;    /* that it extends, or NULL */
    pthread_mutex_t *lock;    /* of the ch_locales; guards plurals */
    void            *plurals; /* UPluralRules, opened when first asked for */

    ch_str            lang;
    bool              rtl;
    ch_digits         digits;
    ch_str            group;
    unsigned          group_from;
    unsigned          group_rest; /* digits in a group beyond the thousands */
    ch_str           *letters;
    size_t            n_letters;
    char              attachments;
    ch_str            salute_end;
    ch_str            quote[2][2]; /* level; open, close */
    ch_str            pair, join, end;
    ch_pack_mark      mark[2][CH_MARK_LEVELS]; /* 0 bullets, 1 counted */
    ch_calendar       calendar;
    ch_pack_days      days[CH_CALENDARS];
    ch_pack_text      dateline, two_dates;
    ch_pack_label    *label; /* in the order of labels.def */
    ch_pack_language *language;
    size_t            n_languages;
    ch_pack_state    *state; /* by code; NULL: the pack has none of its own */
    ch_typography     typography;
};

/* The place of a country's code (two capital letters) among CH_STATE_CODES, -1 when it is none. */
int ch_pack_state_index(ch_str code);
/* The place of a label in labels.def, -1 when it is none. */
int  ch_pack_label_index(const char *name, size_t n);
bool ch_pack_label_is_plural(int index);

/* Read the file at path into a pack.  base_of: asked for the pack that it extends.
 * CH_OK with *out NULL when there is no such file.  On CH_OK the caller owns (*out)->arena;
 * when memory runs out it has gone already. */
typedef ch_status ch_pack_base(void *arg, ch_ctx *cx, ch_str lang, ch_where where,
                               const ch_locale **out);
ch_status ch_pack_read(ch_ctx *cx, ch_str path, ch_pack_base *base_of, void *arg, ch_locale **out);

/* The digits of a numbering system by its name in CLDR, or ten digits written out, from nought:
 * false when the text is neither. */
bool ch_digits_named(ch_str text, ch_digits *out);
/* The ten digits of a numbering system, written into buf; empty when ICU does not know it. */
ch_str ch_icu_digits(ch_str name, char *buf, size_t room);
void   ch_digits_put(const ch_digits *d, ch_buf *b, int64_t v); /* v >= 0 */

struct ch_node;
/* The typography of a pack: that of the pack it extends (NULL: none), its own element (NULL: none)
 * and the names of its months, which it has already.  false: a fault was reported. */
bool ch_pack_read_typography(ch_ctx *cx, ch_locale *lo, const ch_locale *base,
                             const struct ch_node *n);

/* Say that a text awaits review, once a job for each text. */
void ch_pack_says_review(const ch_locale *lo, ch_ctx *cx, const char *what);
/* Close the plural rules, if they were opened (plural.c). */
void ch_plurals_close(void *plurals);

#endif
