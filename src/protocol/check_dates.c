/* protocol/check_dates.c -- dates: their style, whether they exist, and what they say. */
#include "protocol/ruling.h"
#include "protocol/typed_date.h"

#include <string.h>

/* What a letter's dates have shown so far. */
typedef struct styles {
    bool          known;
    ch_date_style style;
    ch_str        example; /* as typed; empty: as dates are printed */
} styles;

/* ---- one date ---- */

/* A date in numbers whose month stands first, where only so it is one. */
static void
settle(ch_typed_date *d)
{
    if (d->style == CH_DATE_NUMBERS && d->month > 12 && d->day <= 12) {
        int day  = d->month;
        d->month = d->day;
        d->day   = day;
    }
}

static bool
exists(const ch_typed_date *d)
{
    return d->day >= 1 && d->day <= ch_month_days(d->year, d->month);
}

static void
check_one(ch_ruling *r, const ch_unit *u, ch_typed_date *d)
{
    ch_str   text  = ch_str_sub(u->text, d->from, d->to);
    ch_where where = ch_unit_where(u, d->from, d->to);
    if (d->style == CH_DATE_NUMBERS && d->mark == '/' && d->day <= 12 && d->month <= 12 &&
        d->day != d->month && d->day > 0 && d->month > 0)
        ch_rule_say(r, CH_RULE_date_ambiguous, where, CH_ARG(text));
    settle(d);
    if (!exists(d))
        ch_rule_say(r, CH_RULE_date_impossible, where, CH_ARG(text));
}

static bool
is_weekday(const ch_phrase *p)
{
    return p->list == CH_LIST_weekdays || p->list == CH_LIST_weekdays_2;
}

/* Only spaces, commas, brackets and small words stand between. */
static bool
is_near(const ch_unit *u, size_t from, size_t to)
{
    if (to > from + CH_NEAR)
        return false;
    for (size_t i = ch_unit_near(u, from); i < u->n_hits && from < to; i++) {
        const ch_hit *h = &u->hit[i];
        if (h->from > to)
            break;
        while (from < to &&
               (u->text.p[from] == ' ' || u->text.p[from] == ',' || u->text.p[from] == '('))
            from++;
        if (h->phrase->list == CH_LIST_date_links && h->from == from)
            from = h->to;
    }
    while (from < to && strchr(" ,(", u->text.p[from]))
        from++;
    ch_str rest = ch_str_sub(u->text, from, to);
    return from >= to || ch_str_is(rest, "\xC2\xA0") || ch_str_is(rest, "\xD8\x8C ");
}

/* The day of the week beside a date, against the calendar. */
static void
check_weekday(ch_ruling *r, const ch_unit *u, size_t from, size_t to, int y, int m, int d)
{
    for (size_t i = ch_unit_near(u, from); i < u->n_hits && u->hit[i].from < to + CH_NEAR; i++) {
        const ch_hit *h      = &u->hit[i];
        bool          before = h->to <= from && is_near(u, h->to, from);
        bool          behind = h->from >= to && is_near(u, to, h->from);
        if (!is_weekday(h->phrase) || (!before && !behind))
            continue;
        if ((int)h->phrase->index == ch_weekday(y, m, d))
            return;
        ch_str day  = ch_str_sub(u->text, h->from, h->to);
        ch_str date = ch_arena_printf(r->a, "%04d-%02d-%02d", y, m, d);
        ch_rule_say(r, CH_RULE_date_weekday, ch_unit_where(u, h->from, h->to), CH_ARG(date),
                    CH_ARG(day));
        return;
    }
}

/* A cited letter, note or decision is not of a later day than the letter. */
static void
check_later(ch_ruling *r, const ch_unit *u, size_t from, size_t to, ch_str iso)
{
    if (r->date.n != 10 || iso.n != 10 || ch_str_cmp(iso, r->date) <= 0)
        return;
    for (size_t i = ch_unit_near(u, from); i < u->n_hits && u->hit[i].from < to + CH_NEAR; i++) {
        const ch_hit *h = &u->hit[i];
        if ((h->phrase->list == CH_LIST_dated_before && h->to <= from && is_near(u, h->to, from)) ||
            (h->phrase->list == CH_LIST_dated_after && h->from >= to && is_near(u, to, h->from))) {
            ch_rule_say(r, CH_RULE_date_later, ch_unit_where(u, from, to), CH_ARG(iso),
                        CH_ARG(r->date));
            return;
        }
    }
}

/* ---- styles ---- */

static void
check_style(ch_ruling *r, const ch_unit *u, const ch_typed_date *d, styles *s)
{
    ch_str text = ch_str_sub(u->text, d->from, d->to);
    if (d->year == 0)
        return; /* "15 June" */
    if (!s->known) {
        *s = (styles){true, d->style, text};
        return;
    }
    if (d->style == s->style)
        return;
    ch_str other = s->example.n > 0 ? s->example : CH_STR_LIT("the dates that are printed");
    ch_rule_say(r, CH_RULE_date_styles, ch_unit_where(u, d->from, d->to), CH_ARG(text),
                CH_ARG(other));
}

/* Dates without content are printed in the style of the language. */
static styles
printed_style(const ch_ruling *r)
{
    static const char *const orders[] = {"dmy", "mdy", "ymd"};
    styles                   s        = {.known = false, .example = CH_STR_EMPTY};
    bool                     printed  = false;
    for (const ch_node *n = r->letter; n && !printed; n = ch_node_walk(n, r->letter))
        printed = n->elem == CH_L_date && !n->first && ch_str_eq(n->lang, r->lang) &&
                  !ch_node_attr(n, CH_LA_calendar) && !ch_node_attr(n, CH_LA_form);
    for (int i = 0; printed && i < 3; i++)
        if (ch_str_is(r->words->date_order, orders[i])) {
            s.known = true;
            s.style = (ch_date_style)i;
        }
    return s;
}

/* ---- date elements ---- */

static int
digits(ch_str s, size_t from, size_t n)
{
    int v = 0;
    for (size_t i = from; i < from + n && i < s.n; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

static size_t
dated_end(const ch_unit *u, size_t at)
{
    while (at < u->text.n && (u->flags[at] & CH_DATED))
        at++;
    return at;
}

static void
check_element(ch_ruling *r, const ch_unit *u, const ch_unit_date *e, const ch_typed_date *d,
              size_t n)
{
    ch_str iso = ch_node_attr_str(e->node, CH_LA_when);
    size_t to  = u->node == e->node ? u->text.n : dated_end(u, e->at);
    if (iso.n != 10 || ch_placeholder(iso))
        return;
    int y = digits(iso, 0, 4), m = digits(iso, 5, 2), day = digits(iso, 8, 2);
    check_weekday(r, u, e->at, to, y, m, day);
    check_later(r, u, e->at, to, iso);
    size_t i = 0;
    for (size_t high = n; i < high;) { /* the first date in it */
        size_t middle = i + (high - i) / 2;
        if (d[middle].from < e->at)
            i = middle + 1;
        else
            high = middle;
    }
    for (; i < n && d[i].to <= to && !ch_node_attr(e->node, CH_LA_calendar); i++) {
        if (d[i].day != day || d[i].month != m || (d[i].year != 0 && d[i].year != y)) {
            ch_str text = ch_str_sub(u->text, d[i].from, d[i].to);
            ch_rule_say(r, CH_RULE_date_content, ch_unit_where(u, d[i].from, d[i].to), CH_ARG(text),
                        CH_ARG(iso));
        }
    }
}

/* ---- all ---- */

static void
check_unit(ch_ruling *r, const ch_unit *u, styles *s)
{
    size_t         n = 0;
    ch_typed_date *d = ch_typed_dates(u, r->a, &n);
    for (size_t i = 0; i < n; i++) {
        if (ch_unit_is(u, d[i].from, d[i].to, CH_QUOTED | CH_FOREIGN | CH_NAMED))
            continue;
        check_one(r, u, &d[i]);
        if (ch_str_eq(u->node->lang, r->lang))
            check_style(r, u, &d[i], s);
        if (d[i].year == 0 || !exists(&d[i]) || ch_unit_is(u, d[i].from, d[i].to, CH_DATED))
            continue;
        check_weekday(r, u, d[i].from, d[i].to, d[i].year, d[i].month, d[i].day);
        check_later(r, u, d[i].from, d[i].to,
                    ch_arena_printf(r->a, "%04d-%02d-%02d", d[i].year, d[i].month, d[i].day));
    }
    for (size_t i = 0; i < u->n_dates; i++)
        check_element(r, u, &u->date[i], d, n);
    if (u->node->elem == CH_L_date)
        check_element(r, u, &(ch_unit_date){0, u->node}, d, n);
}

static const ch_node *
dateline(const ch_ruling *r, int part)
{
    return ch_node_child(ch_node_child(r->letter, part), CH_L_dateline);
}

/* The place of a note's date. */
static void
check_own(ch_ruling *r)
{
    const ch_node *first = dateline(r, CH_L_opener), *last = dateline(r, CH_L_closer);
    if ((first || last) && r->note && !ch_node_child(first, CH_L_placeName) &&
        !ch_node_child(last, CH_L_placeName))
        ch_rule_say(r, CH_RULE_place_missing, first ? first->where : last->where);
}

void
ch_check_dates(ch_ruling *r)
{
    styles s = printed_style(r);
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (!u->quoted && !u->attached &&
            (u->role == CH_UNIT_TEXT || u->role == CH_UNIT_SUBJECT || u->role == CH_UNIT_FORMULA ||
             u->role == CH_UNIT_BELOW || u->node->elem == CH_L_date))
            check_unit(r, u, &s);
    }
    check_own(r);
}
