/* locale/calendar.h -- calendars: which there are, and what a day is called in each.
 *
 * Makes:   year, month (from 1) and day, in an array of three.  Knows no language. */
#ifndef CH_LOCALE_CALENDAR_H
#define CH_LOCALE_CALENDAR_H

#include "locale/locale.h"

typedef enum ch_calendar {
    CH_GREGORIAN,
    CH_PERSIAN,       /* Solar Hijri */
    CH_ISLAMIC,       /* Umm al-Qura */
    CH_ISLAMIC_CIVIL, /* tabular */
    CH_BUDDHIST,      /* of Thailand */
    CH_CALENDARS
} ch_calendar;

typedef struct ch_calendar_def {
    const char *name;      /* in letters and packs */
    const char *icu;       /* ICU's, as a locale; NULL for the Gregorian */
    ch_calendar words;     /* the calendar whose names of months it has */
    bool        lunar;     /* what is computed may differ from what is seen in the sky */
    const char *from, *to; /* the first and last day that it is known for, as ISO dates */
} ch_calendar_def;

extern const ch_calendar_def ch_calendars[CH_CALENDARS];

/* The calendar of a name, -1 when it is none. */
int ch_calendar_of(ch_str name);
/* Read YYYY-MM-DD, YYYY-MM or YYYY of the Gregorian calendar: 0 for what is not given; false
 * when it is no date. */
bool ch_date_parse(ch_str iso, int32_t ymd[3]);
/* Read YYYY-MM-DD of a lunar calendar: months 1 to 12, days 1 to 30. */
bool ch_date_parse_lunar(ch_str text, int32_t ymd[3]);
/* Is the Gregorian day among those that the calendar is known for? */
bool ch_calendar_knows(ch_calendar c, const int32_t ymd[3]);
/* A Gregorian day in a calendar. */
ch_status ch_calendar_day(ch_ctx *cx, ch_calendar c, const int32_t from[3], int32_t to[3]);
/* How many days a day given in a calendar is behind a Gregorian one. */
ch_status ch_calendar_distance(ch_ctx *cx, ch_calendar c, const int32_t day[3],
                               const int32_t given[3], int64_t *days);

#endif
