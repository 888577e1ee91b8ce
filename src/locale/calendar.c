/* locale/calendar.c -- days of the Gregorian calendar in the other calendars, and back. */
#include "locale/calendar.h"

#include <string.h>
#include <unicode/ucal.h>

/* The days for which what is computed is what was or will be printed in the country:
 *  - persian: the rule of 33 years agrees with the observed equinoxes of these years alone;
 *  - islamic: the printed Umm al-Qura tables; outside them ICU would count on by the tabular
 *    rule without a word;
 *  - buddhist: until 1940 the Thai year began in April. */
const ch_calendar_def ch_calendars[CH_CALENDARS] = {
    [CH_GREGORIAN]     = {"gregorian", NULL, CH_GREGORIAN, false, "0001-01-01", "9999-12-31"},
    [CH_PERSIAN]       = {"persian", "en@calendar=persian", CH_PERSIAN, false, "1799-03-21",
                          "2123-03-20"},
    [CH_ISLAMIC]       = {"islamic", "en@calendar=islamic-umalqura", CH_ISLAMIC, true, "1882-11-12",
                          "2174-11-25"},
    [CH_ISLAMIC_CIVIL] = {"islamic-civil", "en@calendar=islamic-civil", CH_ISLAMIC, true,
                          "0622-07-19", "9999-12-31"},
    [CH_BUDDHIST]      = {"buddhist", "en@calendar=buddhist", CH_BUDDHIST, false, "1941-01-01",
                          "9999-12-31"},
};

int
ch_calendar_of(ch_str name)
{
    for (int c = 0; c < CH_CALENDARS; c++)
        if (ch_str_is(name, ch_calendars[c].name))
            return c;
    return -1;
}

/* ---- reading ---- */

/* The number at s[from, to), -1 when it is not all digits. */
static int32_t
digits(ch_str s, size_t from, size_t to)
{
    int32_t v = 0;
    if (to > s.n)
        return -1;
    for (size_t i = from; i < to; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static int32_t
days_in_month(int32_t y, int32_t m)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool                leap   = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    return days[m - 1] + (m == 2 && leap);
}

bool
ch_date_parse(ch_str iso, int32_t ymd[3])
{
    ymd[0] = digits(iso, 0, 4);
    ymd[1] = ymd[2] = 0;
    if (ymd[0] < 1)
        return false;
    if (iso.n == 4)
        return true;
    ymd[1] = digits(iso, 5, 7);
    if (iso.p[4] != '-' || ymd[1] < 1 || ymd[1] > 12)
        return false;
    if (iso.n == 7)
        return true;
    ymd[2] = digits(iso, 8, 10);
    return iso.n == 10 && iso.p[7] == '-' && ymd[2] >= 1 && ymd[2] <= days_in_month(ymd[0], ymd[1]);
}

bool
ch_date_parse_lunar(ch_str text, int32_t ymd[3])
{
    ymd[0] = digits(text, 0, 4);
    ymd[1] = digits(text, 5, 7);
    ymd[2] = digits(text, 8, 10);
    return text.n == 10 && text.p[4] == '-' && text.p[7] == '-' && ymd[0] >= 1 && ymd[1] >= 1 &&
           ymd[1] <= 12 && ymd[2] >= 1 && ymd[2] <= 30;
}

bool
ch_date_valid(ch_str iso)
{
    int32_t ymd[3];
    return ch_date_parse(iso, ymd);
}

/* ---- converting ---- */

/* Days from 1970-01-01 of the proleptic Gregorian calendar: years begin in March, so that
 * the leap day is the last of them. */
static int64_t
day_number(const int32_t ymd[3])
{
    int64_t y = ymd[0] - (ymd[1] <= 2), m = ymd[1] + (ymd[1] > 2 ? -3 : 9);
    int64_t era = y / 400, of_era = y % 400;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + ymd[2] -
           1 - 719468;
}

bool
ch_calendar_knows(ch_calendar c, const int32_t ymd[3])
{
    int32_t from[3], to[3];
    ch_date_parse(ch_str_from(ch_calendars[c].from), from);
    ch_date_parse(ch_str_from(ch_calendars[c].to), to);
    int64_t day = day_number(ymd);
    return day >= day_number(from) && day <= day_number(to);
}

static UCalendar *
open_calendar(ch_calendar c, UErrorCode *err)
{
    static const UChar utc[] = {'E', 't', 'c', '/', 'U', 'T', 'C', 0};
    return ucal_open(utc, -1, ch_calendars[c].icu, UCAL_DEFAULT, err);
}

static ch_status
finish(ch_ctx *cx, UCalendar *cal, UErrorCode err)
{
    if (cal)
        ucal_close(cal);
    if (U_SUCCESS(err))
        return CH_OK;
    ch_report(cx, CH_E3007_icu_failed, CH_NOWHERE, "convert a date", u_errorName(err));
    return CH_ERR_HOST;
}

static const double DAY = 86400000.0; /* in milliseconds */

ch_status
ch_calendar_day(ch_ctx *cx, ch_calendar c, const int32_t from[3], int32_t to[3])
{
    memcpy(to, from, 3 * sizeof *to);
    if (c == CH_GREGORIAN)
        return CH_OK;
    UErrorCode err = U_ZERO_ERROR;
    UCalendar *cal = open_calendar(c, &err);
    ucal_setMillis(cal, (double)day_number(from) * DAY, &err);
    to[0] = ucal_get(cal, UCAL_YEAR, &err);
    to[1] = ucal_get(cal, UCAL_MONTH, &err) + 1;
    to[2] = ucal_get(cal, UCAL_DATE, &err);
    return finish(cx, cal, err);
}

ch_status
ch_calendar_distance(ch_ctx *cx, ch_calendar c, const int32_t day[3], const int32_t given[3],
                     int64_t *days)
{
    UErrorCode err = U_ZERO_ERROR;
    UCalendar *cal = open_calendar(c, &err);
    double     at  = 0;
    if (U_SUCCESS(err)) {
        ucal_clear(cal);
        ucal_setDate(cal, given[0], given[1] - 1, given[2], &err);
        at = ucal_getMillis(cal, &err);
    }
    *days = (int64_t)(at / DAY) - day_number(day);
    return finish(cx, cal, err);
}

ch_status
ch_date_convert(ch_ctx *cx, ch_str iso, ch_str calendar, int32_t ymd[3])
{
    int32_t from[3];
    int     c = ch_calendar_of(calendar);
    if (!ch_date_parse(iso, from) || from[2] == 0 || c < 0)
        return CH_ERR_INTERNAL;
    return ch_calendar_day(cx, (ch_calendar)c, from, ymd);
}
