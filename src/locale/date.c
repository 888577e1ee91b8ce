/* locale/date.c -- dates in the calendars and words of a language. */
#include "locale/locale.h"

#include "locale/pack.h"

#include <string.h>
#include <unicode/ucal.h>

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

/* Year, month and day, 0 for what is not given; false when it is no date. */
static bool
parse(ch_str iso, int32_t ymd[3])
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
ch_date_valid(ch_str iso)
{
    int32_t ymd[3];
    return parse(iso, ymd);
}

/* ---- calendars ---- */

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

static ch_status
convert(ch_ctx *cx, const int32_t from[3], const char *calendar, int32_t to[3])
{
    static const UChar utc[] = {'E', 't', 'c', '/', 'U', 'T', 'C', 0};
    UErrorCode         err   = U_ZERO_ERROR;
    UCalendar         *cal   = ucal_open(utc, -1, calendar, UCAL_DEFAULT, &err);
    ucal_setMillis(cal, (double)day_number(from) * 86400000.0, &err);
    to[0] = ucal_get(cal, UCAL_EXTENDED_YEAR, &err);
    to[1] = ucal_get(cal, UCAL_MONTH, &err) + 1;
    to[2] = ucal_get(cal, UCAL_DATE, &err);
    if (cal)
        ucal_close(cal);
    if (U_SUCCESS(err))
        return CH_OK;
    ch_report(cx, CH_E3007_icu_failed, CH_NOWHERE, "convert a date", u_errorName(err));
    return CH_ERR_HOST;
}

ch_status
ch_date_convert(ch_ctx *cx, ch_str iso, ch_str calendar, int32_t ymd[3])
{
    int32_t from[3];
    if (!parse(iso, from) || from[2] == 0)
        return CH_ERR_INTERNAL;
    if (ch_str_is(calendar, "persian"))
        return convert(cx, from, "en@calendar=persian", ymd);
    if (ch_str_is(calendar, "islamic"))
        return convert(cx, from, "en@calendar=islamic-umalqura", ymd);
    if (ch_str_is(calendar, "islamic-civil"))
        return convert(cx, from, "en@calendar=islamic-civil", ymd);
    memcpy(ymd, from, sizeof from);
    return CH_OK;
}

/* ---- printing ---- */

static const char *const CALENDARS[CH_CALENDARS] = {"gregorian", "persian", "islamic"};

static ch_calendar
choose_calendar(const ch_locale *lo, ch_str given, bool whole)
{
    if (!whole)
        return CH_GREGORIAN;
    for (int c = 0; c < CH_CALENDARS; c++)
        if (ch_str_is(given, CALENDARS[c]))
            return (ch_calendar)c;
    return lo->calendar;
}

static ch_str
two_digits(const ch_locale *lo, ch_arena *a, int32_t v)
{
    ch_buf b;
    ch_buf_init(&b, a);
    if (v < 10)
        ch_buf_str(&b, ch_locale_number(lo, a, 0));
    ch_buf_str(&b, ch_locale_number(lo, a, v));
    return ch_buf_view(&b);
}

static ch_str
fill_pattern(const ch_locale *lo, ch_arena *a, const ch_pack_days *d, ch_date_form form,
             const int32_t ymd[3])
{
    size_t month = ymd[1] > 0 ? (size_t)ymd[1] - 1 : 0;
    ch_str day   = ch_locale_number(lo, a, ymd[2]);
    if (form == CH_DATE_LONG && ymd[2] == 1 && d->first_day.n > 0)
        day = d->first_day;
    ch_fill fill[] = {{"day", day},
                      {"month", form == CH_DATE_MONTH ? d->alone[month] : d->month[month]},
                      {"year", ch_locale_number(lo, a, ymd[0])},
                      {"m", ch_locale_number(lo, a, ymd[1])},
                      {"d2", two_digits(lo, a, ymd[2])},
                      {"m2", two_digits(lo, a, ymd[1])}};
    return ch_locale_fill(a, d->pattern[form].text, fill, sizeof fill / sizeof *fill);
}

ch_str
ch_locale_date(const ch_locale *lo, ch_ctx *cx, ch_str iso, ch_str calendar, const char *form,
               ch_where where)
{
    int32_t given[3], ymd[3];
    if (!parse(iso, given))
        return CH_STR_EMPTY;
    ch_date_form        how = given[1] == 0                ? CH_DATE_YEAR
                              : given[2] == 0              ? CH_DATE_MONTH
                              : strcmp(form, "short") == 0 ? CH_DATE_SHORT
                                                           : CH_DATE_LONG;
    ch_calendar         c   = choose_calendar(lo, calendar, given[2] > 0);
    const ch_pack_days *d   = &lo->days[c];
    ch_str              cal = ch_str_from(CALENDARS[c]);
    if (!d->has || d->pattern[how].text.n == 0) {
        ch_report(cx, CH_E3006_no_calendar, where, CH_ARG(lo->lang), CH_ARG(cal));
        ch_hint(cx, "write the date out as the content of its element");
        return CH_STR_EMPTY;
    }
    if (c == CH_GREGORIAN)
        memcpy(ymd, given, sizeof ymd);
    else if (ch_date_convert(cx, iso, cal, ymd) != CH_OK)
        return CH_STR_EMPTY;
    if (c == CH_ISLAMIC) {
        ch_report(cx, CH_W3004_computed_lunar_date, where, CH_ARG(iso));
        ch_hint(cx, "write the date out as the content of its element");
    }
    if (d->pattern[how].review || (d->review && how != CH_DATE_YEAR && how != CH_DATE_SHORT))
        ch_pack_says_review(lo, cx, "dates");
    return fill_pattern(lo, cx->job, d, how, ymd);
}

static ch_str
pattern_text(const ch_locale *lo, ch_ctx *cx, const ch_pack_text *t, const char *what,
             const char *otherwise)
{
    if (t->text.n == 0)
        return ch_str_from(otherwise);
    if (t->review)
        ch_pack_says_review(lo, cx, what);
    return t->text;
}

ch_str
ch_locale_dateline(const ch_locale *lo, ch_ctx *cx)
{
    return pattern_text(lo, cx, &lo->dateline, "the dateline", "{place}, {date}");
}

ch_str
ch_locale_two_dates(const ch_locale *lo, ch_ctx *cx)
{
    return pattern_text(lo, cx, &lo->two_dates, "a date by two calendars", "{first} / {second}");
}
