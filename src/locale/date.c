/* locale/date.c -- dates in the calendars and words of a language. */
#include "locale/locale.h"

#include "locale/pack.h"

#include <string.h>

/* A date that is being printed. */
typedef struct printing {
    const ch_locale     *lo;
    ch_ctx              *cx;
    const ch_date_asked *q;
    int32_t              day[3]; /* Gregorian; 0 for what is not given */
    bool                 beside; /* a date of another calendar */
} printing;

/* ---- numbers in a date ---- */

static ch_str
two_digits(const ch_digits *d, ch_arena *a, int32_t v)
{
    ch_buf b;
    ch_buf_init(&b, a);
    if (v < 10)
        ch_digits_put(d, &b, 0);
    ch_digits_put(d, &b, v);
    return ch_buf_view(&b);
}

/* A day or a month: Han numerals count (ten-five), all others have a digit a place. */
static ch_str
counted(const ch_digits *d, ch_arena *a, int32_t v)
{
    ch_buf b;
    ch_buf_init(&b, a);
    if (!d->counts || v < 10 || v > 99) {
        ch_digits_put(d, &b, v);
        return ch_buf_view(&b);
    }
    if (v >= 20)
        ch_digits_put(d, &b, v / 10);
    ch_buf_utf8(&b, 0x5341); /* ten */
    if (v % 10)
        ch_digits_put(d, &b, v % 10);
    return ch_buf_view(&b);
}

static ch_str
year_of(const ch_digits *d, ch_arena *a, int32_t v)
{
    ch_buf b;
    ch_buf_init(&b, a);
    ch_digits_put(d, &b, v);
    return ch_buf_view(&b);
}

static ch_str
fill_pattern(const ch_locale *lo, ch_arena *a, const ch_pack_days *d, ch_date_form form,
             const int32_t ymd[3])
{
    const ch_pack_pattern *p      = &d->pattern[form];
    const ch_digits       *digits = p->digits.digit[0] ? &p->digits : &lo->digits;
    size_t                 month  = ymd[1] > 0 ? (size_t)ymd[1] - 1 : 0;
    ch_str                 day    = counted(digits, a, ymd[2]);
    if (form != CH_DATE_SHORT && ymd[2] == 1 && d->first_day.n > 0)
        day = d->first_day;
    ch_fill fill[] = {{"day", day},
                      {"month", form == CH_DATE_MONTH ? d->alone[month] : d->month[month]},
                      {"year", year_of(digits, a, ymd[0])},
                      {"m", counted(digits, a, ymd[1])},
                      {"d2", two_digits(digits, a, ymd[2])},
                      {"m2", two_digits(digits, a, ymd[1])}};
    return ch_locale_fill(a, p->text, fill, sizeof fill / sizeof *fill);
}

/* ---- which form ---- */

static ch_date_form
form_of(const printing *p)
{
    static const struct {
        const char  *name;
        ch_date_form form;
    } forms[] = {{"medium", CH_DATE_MEDIUM}, {"short", CH_DATE_SHORT}, {"formal", CH_DATE_FORMAL}};
    if (p->day[1] == 0)
        return CH_DATE_YEAR;
    if (p->day[2] == 0)
        return CH_DATE_MONTH;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ch_str_is(p->q->form, forms[i].name))
            return forms[i].form;
    return p->beside ? CH_DATE_BESIDE : CH_DATE_LONG;
}

/* The forms that many languages do without are there the long one. */
static ch_date_form
form_in(const ch_pack_days *d, ch_date_form form)
{
    bool may = form == CH_DATE_MEDIUM || form == CH_DATE_FORMAL || form == CH_DATE_BESIDE;
    return may && d->pattern[form].text.n == 0 ? CH_DATE_LONG : form;
}

/* ---- lunar dates ---- */

/* The day that the letter gives, in place of the computed one. */
static bool
given_lunar(const printing *p, ch_calendar c, int32_t ymd[3])
{
    enum { MOST = 2 }; /* days that the sighting of the moon may differ from any table */
    int64_t apart = 0;
    if (!ch_date_parse_lunar(p->q->lunar, ymd)) {
        ch_report(p->cx, CH_E3041_bad_lunar_date, p->q->where, CH_ARG(p->q->lunar));
        ch_hint(p->cx, "write year, month and day of the lunar calendar as 1445-12-09");
        return false;
    }
    if (ch_calendar_distance(p->cx, c, p->day, ymd, &apart) != CH_OK)
        return false;
    if (apart >= -MOST && apart <= MOST)
        return true;
    ch_report(p->cx, CH_E3042_lunar_date_apart, p->q->where, CH_ARG(p->q->lunar),
              CH_ARG(p->q->iso));
    if (ch_calendar_knows(c, p->day) && ch_calendar_day(p->cx, c, p->day, ymd) == CH_OK)
        ch_hint(p->cx, "the computed day is %04d-%02d-%02d", (int)ymd[0], (int)ymd[1], (int)ymd[2]);
    return false;
}

static bool
day_in_calendar(const printing *p, ch_calendar c, int32_t ymd[3])
{
    const ch_calendar_def *def = &ch_calendars[c];
    if (def->lunar && p->q->lunar.n > 0)
        return given_lunar(p, c, ymd);
    if (p->day[2] > 0 && !ch_calendar_knows(c, p->day)) {
        ch_report(p->cx, CH_E3040_calendar_range, p->q->where, def->name, def->from, def->to,
                  CH_ARG(p->q->iso));
        ch_hint(p->cx, "write the date out as the content of its element");
        return false;
    }
    if (ch_calendar_day(p->cx, c, p->day, ymd) != CH_OK)
        return false;
    if (def->lunar) {
        ch_report(p->cx, CH_W3004_computed_lunar_date, p->q->where, CH_ARG(p->q->iso));
        ch_hint(p->cx, "give the day in the attribute 'lunar' as %04d-%02d-%02d", (int)ymd[0],
                (int)ymd[1], (int)ymd[2]);
    }
    return true;
}

/* ---- printing ---- */

static ch_str
print_in(const printing *p, ch_calendar c)
{
    const ch_locale    *lo  = p->lo;
    const ch_pack_days *d   = &lo->days[ch_calendars[c].words];
    ch_date_form        how = form_in(d, form_of(p));
    int32_t             ymd[3];
    if (!d->has || d->pattern[how].text.n == 0) {
        ch_report(p->cx, CH_E3006_no_calendar, p->q->where, CH_ARG(lo->lang), ch_calendars[c].name);
        ch_hint(p->cx, "write the date out as the content of its element");
        return CH_STR_EMPTY;
    }
    if (!day_in_calendar(p, c, ymd))
        return CH_STR_EMPTY;
    if (d->pattern[how].review || (d->review && how != CH_DATE_YEAR && how != CH_DATE_SHORT))
        ch_pack_says_review(lo, p->cx, "dates");
    return fill_pattern(lo, p->cx->job, d, how, ymd);
}

/* The next calendar of a list of names; CH_CALENDARS at the end. */
static ch_calendar
next_calendar(ch_str list, size_t *at)
{
    while (*at < list.n) {
        size_t from = *at;
        while (*at < list.n && !strchr(" \t\r\n", list.p[*at]))
            ++*at;
        int c = ch_calendar_of(ch_str_sub(list, from, *at));
        if (c >= 0)
            return (ch_calendar)c;
        ++*at;
    }
    return CH_CALENDARS;
}

/* Does any of a list of calendars go by the moon?  `first`, `next`: those read already. */
static bool
is_lunar(ch_calendar first, ch_calendar next, ch_str rest, size_t at)
{
    bool lunar = ch_calendars[first].lunar;
    for (; next != CH_CALENDARS; next = next_calendar(rest, &at))
        lunar = lunar || ch_calendars[next].lunar;
    return lunar;
}

ch_str
ch_locale_date(const ch_locale *lo, ch_ctx *cx, const ch_date_asked *q)
{
    printing p  = {.lo = lo, .cx = cx, .q = q};
    size_t   at = 0;
    if (!ch_date_parse(q->iso, p.day))
        return CH_STR_EMPTY;
    /* Part of a date is printed in the Gregorian calendar. */
    if (p.day[2] == 0)
        return print_in(&p, CH_GREGORIAN);
    ch_calendar c = next_calendar(q->calendars, &at), next = next_calendar(q->calendars, &at);
    if (q->lunar.n > 0 && !is_lunar(c == CH_CALENDARS ? lo->calendar : c, next, q->calendars, at))
        ch_report(cx, CH_W3043_lunar_unused, q->where);
    p.beside   = q->beside || next != CH_CALENDARS;
    ch_str sum = print_in(&p, c == CH_CALENDARS ? lo->calendar : c);
    for (; next != CH_CALENDARS; next = next_calendar(q->calendars, &at)) {
        ch_fill both[] = {{"first", sum}, {"second", print_in(&p, next)}};
        sum            = ch_locale_fill(cx->job, ch_locale_two_dates(lo, cx), both, 2);
    }
    return sum;
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
