/* locale/locale.h -- what a language prints: labels, dates, numbers, quotes, collation.
 *
 * Reads:   styles/locales/LANG.xml of the data folder (locale.def), ICU.
 * Makes:   immutable packs (ch_locale), shared by all jobs, and the texts they print.
 * Knows nothing of letters or pages.  Threads: ch_locales may be used by many threads.
 *
 * Texts returned by calls that take a context live in its job arena or in the pack. */
#ifndef CH_LOCALE_LOCALE_H
#define CH_LOCALE_LOCALE_H

#include "base/base.h"

typedef struct ch_locales ch_locales;
typedef struct ch_locale  ch_locale;
struct ch_protocol;

/* folder: .../styles/locales */
ch_status ch_locales_new(ch_ctx *cx, ch_str folder, ch_locales **out);
void      ch_locales_free(ch_locales *l); /* NULL is fine */
/* The forms of address, whose files stand beside the packs (styles/protocol). */
struct ch_protocol *ch_locales_protocol(const ch_locales *l);

/* The pack for a BCP 47 tag: exact, else by truncation (fr-CA, then fr); packs may extend
 * another (fa-AF extends fa).  CH_ERR_INPUT and E3001 with `where` when there is none. */
ch_status ch_locale_lookup(ch_locales *l, ch_ctx *cx, ch_str lang, ch_where where,
                           const ch_locale **out);
/* The same without a message when there is none: CH_OK and NULL. */
ch_status ch_locale_find(ch_locales *l, ch_ctx *cx, ch_str lang, const ch_locale **out);

ch_str ch_locale_lang(const ch_locale *lo);
bool   ch_locale_rtl(const ch_locale *lo);

/* A label by name (locale/labels.def: "annex", "continued", "page-of", "signed", ...).
 * {name} places in it are filled by ch_locale_fill.  A missing one is error E3002 (never
 * another language's text) and gives "".  One that awaits review gives warning W3003. */
ch_str ch_locale_label(const ch_locale *lo, ch_ctx *cx, const char *name, ch_where where);
/* Whether the label exists (optional labels). */
bool ch_locale_has_label(const ch_locale *lo, const char *name);
/* A label with plural forms, by ICU's plural rules; its {n} is filled. */
ch_str ch_locale_label_n(const ch_locale *lo, ch_ctx *cx, const char *name, int64_t n,
                         ch_where where);

/* The name of a language for the labels "original-language" and, with from, "translated-from"
 * ("arabe", "de l'arabe"); E3002 and "" when the pack does not say it. */
ch_str ch_locale_language(const ch_locale *lo, ch_ctx *cx, ch_str lang, bool from, ch_where where);

typedef struct ch_fill {
    const char *name;
    ch_str      value;
} ch_fill;
/* The text with {name} replaced; unknown names stay. */
ch_str ch_locale_fill(ch_arena *a, ch_str text, const ch_fill *fill, size_t n);

/* An integer in the locale's digits, without grouping / with grouping. */
ch_str ch_locale_number(const ch_locale *lo, ch_arena *a, int64_t v);
ch_str ch_locale_count(const ch_locale *lo, ch_arena *a, int64_t v);
/* Counting in style "1", "a", "i", "A", "I" in the locale's alphabet and digits; from 1. */
ch_str ch_locale_ordinal(const ch_locale *lo, ch_arena *a, int64_t v, char style);
/* The style in which attachments are counted. */
char ch_locale_attachment_style(const ch_locale *lo);
/* The mark of item v (from 1) of a list `level` (1 up) deep: "(a)", "1.", or a bullet when the
 * list is not ordered.  *style: how it is counted, 0 for a bullet. */
ch_str ch_locale_list_mark(const ch_locale *lo, ch_arena *a, bool ordered, unsigned level,
                           int64_t v, char *style);

/* A date that is to be printed. */
typedef struct ch_date_asked {
    ch_str   iso;       /* YYYY-MM-DD, YYYY-MM or YYYY, already checked; without a day it is
                           printed in the Gregorian calendar */
    ch_str   calendars; /* names, a space between: gregorian, persian (Solar Hijri), islamic (Umm
                           al-Qura), islamic-civil (tabular), buddhist; empty: the locale's own */
    ch_str   form;      /* long (as in letters; also if empty), medium, short, formal */
    ch_str   lunar;     /* the day of the lunar calendar, YYYY-MM-DD; empty: it is computed */
    bool     beside;    /* it stands beside a date of another calendar */
    ch_where where;
} ch_date_asked;
/* The date; by several calendars as the pack's pattern `both` joins them.  Empty when it cannot
 * be printed.
 * Reports: E3006 no words for the calendar; E3040 a day outside the calendar's tables; E3041,
 * E3042 a wrong `lunar`; W3043 one without use; W3004 a computed lunar date; W3003. */
ch_str ch_locale_date(const ch_locale *lo, ch_ctx *cx, const ch_date_asked *q);
/* A dateline of place and date ("{place}, {date}"), and a date by two calendars ("{first},
 * {second}"): patterns for ch_locale_fill. */
ch_str ch_locale_dateline(const ch_locale *lo, ch_ctx *cx);
ch_str ch_locale_two_dates(const ch_locale *lo, ch_ctx *cx);
/* YYYY[-MM[-DD]], a real day of the (proleptic Gregorian) calendar? */
bool ch_date_valid(ch_str iso);
/* Year, month (from 1) and day of a valid YYYY-MM-DD in a calendar. */
ch_status ch_date_convert(ch_ctx *cx, ch_str iso, ch_str calendar, int32_t ymd[3]);

/* Quotes of level 0 (outer) or 1 (inner). */
ch_str ch_locale_quote_open(const ch_locale *lo, int level);
ch_str ch_locale_quote_close(const ch_locale *lo, int level);
/* "A, B and C". */
ch_str ch_locale_list(const ch_locale *lo, ch_arena *a, const ch_str *items, size_t n);
/* Punctuation that ends a salutation ("," in en and fr, ":" in es). */
ch_str ch_locale_salute_end(const ch_locale *lo);

/* Sort keys by the Unicode collation algorithm tailored to a language; compare with
 * ch_str_cmp.  A collator is closed with its arena and belongs to one thread. */
typedef struct ch_collator ch_collator;
ch_status ch_collator_open(ch_ctx *cx, ch_arena *a, ch_str lang, ch_collator **out);
ch_str    ch_collation_key(const ch_collator *c, ch_arena *a, ch_str text);
/* NFC form of a text. */
ch_str ch_text_nfc(ch_ctx *cx, ch_arena *a, ch_str text);
/* A form that two texts share when they differ in case or in composition only; NFC. */
ch_str ch_text_fold(ch_arena *a, ch_str text);
/* Name of a country (ISO 3166-1 alpha-2) in the locale, as its pack has it or else ICU; the code
 * itself if unknown. */
ch_str ch_locale_country(const ch_locale *lo, ch_arena *a, ch_str code);
/* Does the pack say that it is no member, and stands behind those that are? */
bool ch_locale_observer(const ch_locale *lo, ch_str code);
/* Name of a language in English, for messages; the tag itself if unknown. */
ch_str ch_language_english(ch_arena *a, ch_str lang);

#endif
