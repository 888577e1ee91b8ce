/* protocol/typed_date.c -- dates in a text: with the name of a month, or in numbers. */
#include "protocol/typed_date.h"

#include "locale/words.h"

typedef CH_VEC(ch_typed_date) dates;

int
ch_month_days(int year, int month)
{
    static const int days[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool             leap   = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && year > 0 && !leap ? 28 : days[month];
}

int
ch_weekday(int year, int month, int day)
{
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    int              y       = month < 3 ? year - 1 : year;
    return (y + y / 4 - y / 100 + y / 400 + shift[month - 1] + day + 6) % 7;
}

/* A number of `least` to `most` digits that begins at *at, in any script; -1 when there is none. */
static int
number_at(const ch_unit *u, size_t *at, int least, int most)
{
    size_t i = *at;
    int    v = 0, n = 0;
    while (i < u->text.n) {
        size_t next = i;
        int    d    = ch_char_digit(ch_utf8_next(u->text, &next));
        if (d < 0)
            break;
        if (++n > most)
            return -1;
        v = v * 10 + d;
        i = next;
    }
    if (n < least)
        return -1;
    *at = i;
    return v;
}

/* Where the number begins that ends at `to`; `to` itself when none does. */
static size_t
number_start(const ch_unit *u, size_t to)
{
    while (to > 0 && ch_char_digit(ch_utf8_before(u->text, to)) >= 0)
        to = ch_utf8_back(u->text, to);
    return to;
}

static const ch_hit *
link_at(const ch_unit *u, size_t at, bool ends)
{
    for (size_t i = ch_unit_near(u, at); i < u->n_hits && u->hit[i].from <= at; i++) {
        const ch_hit *h = &u->hit[i];
        if (h->phrase->list == CH_LIST_date_links && (ends ? h->to : h->from) == at)
            return h;
    }
    return NULL;
}

static bool
is_filler(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == ',' || cp == '.' || cp == 0x60C ||
           cp == 0xBA || cp == 0x200F || cp == 0x200E;
}

/* Over spaces, commas, stops and words such as "of". */
static size_t
skip_on(const ch_unit *u, size_t at)
{
    for (;;) {
        const ch_hit *h = link_at(u, at, false);
        size_t        i = at;
        if (h)
            at = h->to;
        else if (at < u->text.n && is_filler(ch_utf8_next(u->text, &i)))
            at = i;
        else
            return at;
    }
}

static size_t
skip_back(const ch_unit *u, size_t at)
{
    for (;;) {
        const ch_hit *h = link_at(u, at, true);
        if (h)
            at = h->from;
        else if (at > 0 && is_filler(ch_utf8_before(u->text, at)))
            at = ch_utf8_back(u->text, at);
        else
            return at;
    }
}

static bool
touches_digit(const ch_unit *u, size_t from, size_t to)
{
    uint32_t before = ch_utf8_before(u->text, from), behind = ch_utf8_at(u->text, to);
    return ch_char_digit(before) >= 0 || ch_char_digit(behind) >= 0 || before == '/' ||
           before == '-' || before == '.' || behind == '/' || behind == '-';
}

/* ---- with the name of a month ---- */

static bool
day_before(const ch_unit *u, size_t month, ch_typed_date *d)
{
    size_t to   = skip_back(u, month);
    size_t from = number_start(u, to), at = from;
    /* A letter may end the number: "1er", "15th". */
    if (from == to) {
        size_t word = to;
        while (word > 0 && to - word < 6 && ch_char_is_letter(ch_utf8_before(u->text, word)))
            word = ch_utf8_back(u->text, word);
        from = at = number_start(u, word);
    }
    int day = number_at(u, &at, 1, 2);
    if (day < 0)
        return false;
    d->day  = day;
    d->from = from;
    return true;
}

static bool
read_named(const ch_unit *u, const ch_hit *h, ch_typed_date *d)
{
    size_t at = skip_on(u, h->to), end = at;
    *d = (ch_typed_date){.from = h->from, .to = h->to, .month = (int)h->phrase->index + 1};
    if (day_before(u, h->from, d)) {
        int year = number_at(u, &end, 4, 4);
        d->style = CH_DATE_DMY;
        d->year  = year > 0 ? year : 0;
        d->to    = year > 0 ? end : h->to;
        return true;
    }
    d->day = number_at(u, &end, 1, 2);
    if (d->day < 0)
        return false;
    size_t day = end;
    while (end < u->text.n && end - day < 3 && ch_char_is_letter(ch_utf8_at(u->text, end)))
        (void)ch_utf8_next(u->text, &end); /* "15th" */
    end      = skip_on(u, end);
    int year = number_at(u, &end, 4, 4);
    d->style = CH_DATE_MDY;
    d->year  = year > 0 ? year : 0;
    d->to    = year > 0 ? end : day;
    return year > 0;
}

static bool
is_month(const ch_phrase *p)
{
    return p->list == CH_LIST_months || p->list == CH_LIST_months_2 || p->list == CH_LIST_months_3;
}

static void
find_named(const ch_unit *u, ch_arena *a, dates *out)
{
    size_t behind = 0;
    for (size_t i = 0; i < u->n_hits; i++) {
        const ch_hit *h = &u->hit[i];
        ch_typed_date d;
        if (!is_month(h->phrase) || h->from < behind)
            continue;
        for (size_t k = i + 1; k < u->n_hits && u->hit[k].from == h->from; k++)
            if (is_month(u->hit[k].phrase) && u->hit[k].to > h->to)
                h = &u->hit[k]; /* the longest name */
        behind = h->to;
        if (read_named(u, h, &d))
            *CH_PUSH(a, *out) = d;
    }
}

/* ---- in numbers alone ---- */

static uint32_t
take(const ch_unit *u, size_t *at)
{
    return *at < u->text.n ? ch_utf8_next(u->text, at) : 0;
}

/* "2024-06-15", or with the Chinese and Japanese words for year, month and day. */
static bool
read_year_first(const ch_unit *u, size_t from, ch_typed_date *d)
{
    size_t   at   = from;
    int      year = number_at(u, &at, 4, 4);
    uint32_t mark = take(u, &at);
    *d            = (ch_typed_date){.from = from, .year = year};
    if (year < 0 || (mark != '-' && mark != 0x5E74))
        return false;
    while (mark == 0x5E74 && ch_utf8_at(u->text, at) == ' ')
        at++;
    d->month = number_at(u, &at, mark == '-' ? 2 : 1, 2);
    if (d->month < 0 || take(u, &at) != (mark == '-' ? '-' : 0x6708))
        return false;
    d->day = number_at(u, &at, mark == '-' ? 2 : 1, 2);
    if (d->day < 0 || (mark != '-' && take(u, &at) != 0x65E5))
        return false;
    d->to    = at;
    d->style = mark == '-' ? CH_DATE_ISO : CH_DATE_YMD;
    return mark != '-' || !touches_digit(u, from, at);
}

static bool
read_numbers(const ch_unit *u, size_t from, ch_typed_date *d)
{
    size_t   at   = from;
    int      day  = number_at(u, &at, 1, 2);
    uint32_t mark = take(u, &at);
    if (day < 0 || (mark != '/' && mark != '.'))
        return false;
    int month = number_at(u, &at, 1, 2);
    if (month < 0 || take(u, &at) != mark)
        return false;
    int year = number_at(u, &at, 4, 4);
    if (year < 1000 || touches_digit(u, from, at))
        return false;
    *d = (ch_typed_date){.from  = from,
                         .to    = at,
                         .style = CH_DATE_NUMBERS,
                         .day   = day,
                         .month = month,
                         .year  = year,
                         .mark  = (char)mark};
    return true;
}

static void
find_numbers(const ch_unit *u, ch_arena *a, dates *out)
{
    for (size_t i = 0; i < u->text.n;) {
        ch_typed_date d;
        size_t        from = i;
        if (ch_char_digit(ch_utf8_next(u->text, &i)) < 0 ||
            ch_char_digit(ch_utf8_before(u->text, from)) >= 0)
            continue;
        if (!read_year_first(u, from, &d) && !read_numbers(u, from, &d))
            continue;
        *CH_PUSH(a, *out) = d;
        i                 = d.to;
    }
}

ch_typed_date *
ch_typed_dates(const ch_unit *u, ch_arena *a, size_t *n)
{
    dates named = {0}, numbers = {0}, all = {0};
    find_named(u, a, &named);
    find_numbers(u, a, &numbers);
    for (size_t i = 0, k = 0; i < named.n || k < numbers.n;) {
        bool first = k == numbers.n || (i < named.n && named.at[i].from <= numbers.at[k].from);
        *CH_PUSH(a, all) = first ? named.at[i++] : numbers.at[k++];
    }
    *n = all.n;
    return all.at;
}
