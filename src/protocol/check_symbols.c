/* protocol/check_symbols.c -- symbols of documents and numbers of resolutions, as the United
 * Nations form them. */
#include "protocol/ruling.h"

#include "locale/words.h"

#include <string.h>

enum { PARTS_MAX = 8, RESOLUTIONS = 10000 };

/* A symbol, parted at its slashes. */
typedef struct symbol {
    ch_str text;
    ch_str part[PARTS_MAX];
    size_t n;
    int    year; /* in brackets behind it; 0: none */
    bool   bracket;
} symbol;

static bool
all_digits(ch_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static int
value(ch_str s)
{
    int v = 0;
    for (size_t i = 0; i < s.n && i < 6; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

static bool
is_year(ch_str s)
{
    return s.n == 4 && all_digits(s) && value(s) >= 1945 && value(s) <= 2199;
}

static bool
is_symbol_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '.' || c == '-' || c == '*';
}

/* "(2023)" behind a symbol or number that ends at `at`; 0 when there is none. */
static int
year_behind(ch_str text, size_t at, bool *bracket)
{
    if (at < text.n && text.p[at] == ' ')
        at++;
    else if (ch_str_starts(ch_str_sub(text, at, text.n), "\xC2\xA0"))
        at += 2;
    *bracket = at < text.n && (text.p[at] == '(' || ch_utf8_at(text, at) == 0xFF08);
    if (!*bracket)
        return 0;
    (void)ch_utf8_next(text, &at);
    ch_str year = ch_str_sub(text, at, at + 4 <= text.n ? at + 4 : text.n);
    return is_year(year) ? value(year) : 0;
}

static size_t
read_symbol(ch_str text, size_t from, symbol *s)
{
    size_t to = from;
    while (to < text.n && is_symbol_char(text.p[to]))
        to++;
    size_t end = to;
    while (end > from && strchr(".-*", text.p[end - 1]))
        end--;
    *s = (symbol){.text = ch_str_sub(text, from, end)};
    for (size_t at = from; at <= end && s->n < PARTS_MAX;) {
        size_t stop = at;
        while (stop < end && text.p[stop] != '/')
            stop++;
        s->part[s->n++] = ch_str_sub(text, at, stop);
        at              = stop + 1;
    }
    s->year = year_behind(text, end, &s->bracket);
    return to;
}

/* ---- resolutions ---- */

static bool
plausible(int number, int year)
{
    enum { SLACK = 2, FASTEST = 90 }; /* of numbers; in a year */
    static const struct {
        int year, last;
    } years[] = {
#define LAST(y, n) {y, n},
#include "protocol/resolutions.def"
    };
    size_t n     = sizeof years / sizeof *years;
    int    known = years[n - 1].last, until = years[n - 1].year;
    if (year < years[0].year)
        return false;
    if (year > until) /* of later years only the least and the most is known */
        return number > known - SLACK && number <= known + FASTEST * (year - until);
    int i = year - years[0].year;
    return number <= years[i].last + SLACK && number > (i > 0 ? years[i - 1].last : 0) - SLACK;
}

static void
check_year(ch_ruling *r, const ch_unit *u, size_t from, size_t to, int number, int year)
{
    ch_str said = ch_str_sub(u->text, from, to);
    if (!plausible(number, year))
        ch_rule_say(r, CH_RULE_resolution_year, ch_unit_where(u, from, to), CH_ARG(said),
                    (unsigned)year);
}

static bool
no_number(ch_str s)
{
    return s.n > 0 && (s.p[0] < '0' || s.p[0] > '9');
}

/* Of S/RES/..., A/RES/..., E/RES/...: what is wrong; NULL when nothing is. */
static const char *
resolution_fault(const symbol *s)
{
    char   organ = s->part[0].p[0];
    ch_str a = s->n > 2 ? s->part[2] : CH_STR_EMPTY, b = s->n > 3 ? s->part[3] : CH_STR_EMPTY;
    if (organ >= 'a')
        return "it is written in capitals";
    if (organ == 'S') {
        if (!all_digits(a) || s->n > 3)
            return "S/RES/ has one number behind it";
        return s->year ? NULL : "the year follows in brackets, as S/RES/2721 (2023)";
    }
    if (organ == 'A') {
        if (no_number(a) || s->bracket)
            return NULL; /* a special session; before 1976 */
        if (is_year(a))
            return "A/RES/ has the session behind it, not the year";
        return all_digits(a) && b.n > 0 && b.p[0] >= '0' && b.p[0] <= '9'
                   ? NULL
                   : "A/RES/ has session and number behind it, as A/RES/78/1";
    }
    return is_year(a) && b.n > 0 ? NULL : "E/RES/ has year and number behind it, as E/RES/2023/4";
}

static bool
is_suffix(ch_str s)
{
    static const char *const kinds[] = {"Add", "Rev", "Corr"};
    for (size_t i = 0; i < 3; i++)
        if (ch_str_starts(s, kinds[i])) {
            size_t n = strlen(kinds[i]);
            return s.n > n + 1 && s.p[n] == '.' && all_digits(ch_str_sub(s, n + 1, s.n));
        }
    return true; /* of a sort that is not known here */
}

/* Of S/..., A/...: what is wrong; NULL when nothing is, or nobody knows. */
static const char *
document_fault(const symbol *s)
{
    char   organ = s->part[0].p[0];
    ch_str a     = s->part[1];
    ch_str b     = s->n > 2 ? s->part[2] : CH_STR_EMPTY;
    if (s->n > 2 && s->part[s->n - 1].n == 0)
        return "nothing stands behind the last slash";
    for (size_t i = 3; i < s->n; i++)
        if (!is_suffix(s->part[i]))
            return "an addendum, revision or corrigendum has a stop and a number, as Add.1";
    if (!all_digits(a) || s->n < 3 || !all_digits(b))
        return NULL;
    if (organ == 'S' && !is_year(a))
        return "S/ has year and number behind it, as S/2024/123";
    if (organ == 'A' && is_year(a))
        return "A/ has the session behind it, not the year, as A/78/123";
    return NULL;
}

static bool
is_resolution(const symbol *s)
{
    return s->n > 1 && (ch_str_is(s->part[1], "RES") || ch_str_is(s->part[1], "res"));
}

static void
check_symbol(ch_ruling *r, const ch_unit *u, size_t from, const symbol *s)
{
    bool        res   = is_resolution(s);
    const char *fault = res ? resolution_fault(s) : document_fault(s);
    size_t      to    = from + s->text.n;
    if (fault)
        ch_rule_say(r, res ? CH_RULE_resolution_symbol : CH_RULE_document_symbol,
                    ch_unit_where(u, from, to), CH_ARG(s->text), fault);
    else if (res && s->part[0].p[0] == 'S')
        check_year(r, u, from, to, value(s->part[2]), s->year);
}

static void
check_symbols(ch_ruling *r, const ch_unit *u)
{
    for (size_t at = 0; at + 2 < u->text.n; at++) {
        char   c = u->text.p[at], before = at > 0 ? u->text.p[at - 1] : ' ';
        bool   lower = c == 's' || c == 'a';
        symbol s;
        if (u->text.p[at + 1] != '/' || (!lower && c != 'S' && c != 'A' && c != 'E') ||
            is_symbol_char(before) || ch_char_is_letter(ch_utf8_before(u->text, at)))
            continue;
        (void)read_symbol(u->text, at, &s);
        if (lower && !is_resolution(&s))
            continue;
        if (s.n > 1 && !ch_unit_is(u, at, at + s.text.n, CH_QUOTED))
            check_symbol(r, u, at, &s);
    }
}

/* ---- "Security Council resolution 2721 (2023)" ---- */

/* Before the word, as in Chinese: a number with its year in brackets, a few letters away. */
static bool
number_before(const ch_unit *u, const ch_hit *h, size_t *from, size_t *to)
{
    enum { NEAR = 20 };
    for (size_t at = h->from; at > 0 && h->from - at < NEAR; at--) {
        bool bracket;
        if (u->text.p[at - 1] < '0' || u->text.p[at - 1] > '9' ||
            !year_behind(u->text, at, &bracket))
            continue;
        *from = *to = at;
        while (*from > 0 && u->text.p[*from - 1] >= '0' && u->text.p[*from - 1] <= '9')
            --*from;
        return *to - *from < 5;
    }
    return false;
}

/* The number beside the word "resolution". */
static bool
number_beside(const ch_unit *u, const ch_hit *h, size_t *from, size_t *to)
{
    size_t at = h->to;
    if (at < u->text.n && u->text.p[at] == ' ')
        at++;
    else if (ch_str_starts(ch_str_sub(u->text, at, u->text.n), "\xC2\xA0"))
        at += 2;
    *from = *to = at;
    while (*to < u->text.n && *to - at < 5 && u->text.p[*to] >= '0' && u->text.p[*to] <= '9')
        ++*to;
    if (*to == at)
        return number_before(u, h, from, to);
    return *to - at < 5;
}

static bool
council_near(const ch_unit *u, const ch_hit *h)
{
    enum { NEAR = 40 };
    size_t i = ch_unit_near(u, h->from);
    for (const ch_hit *c; i < u->n_hits && u->hit[i].from <= h->to + NEAR &&
                          (c = ch_unit_hit(u, CH_LIST_security_council, &i));)
        if ((c->to <= h->from && h->from - c->to <= NEAR) ||
            (c->from >= h->to && c->from - h->to <= NEAR))
            return true;
    return false;
}

/* Numbers that are cited with their year somewhere. */
static void
gather_dated(const ch_ruling *r, bool *dated)
{
    for (size_t i = 0; i < r->units.n; i++) {
        ch_str t = r->units.at[i].text;
        for (size_t at = 0; at < t.n; at++) {
            size_t to = at;
            bool   bracket;
            while (to < t.n && to - at < 5 && t.p[to] >= '0' && t.p[to] <= '9')
                to++;
            if (to > at && to - at < 5 && year_behind(t, to, &bracket))
                dated[value(ch_str_sub(t, at, to))] = true;
            at = to > at ? to : at;
        }
    }
}

static void
check_cited(ch_ruling *r, const ch_unit *u, bool **dated)
{
    size_t i = 0, from, to;
    for (const ch_hit *h; (h = ch_unit_hit(u, CH_LIST_resolution, &i));) {
        if (!number_beside(u, h, &from, &to) || !council_near(u, h))
            continue;
        bool bracket = false;
        int  number  = value(ch_str_sub(u->text, from, to));
        int  year    = year_behind(u->text, to, &bracket);
        if (year) {
            check_year(r, u, from, to, number, year);
            continue;
        }
        if (!*dated) {
            *dated = CH_NEW_N(r->a, bool, RESOLUTIONS);
            gather_dated(r, *dated);
        }
        ch_str said = ch_str_sub(u->text, from, to);
        if (!bracket && !(*dated)[number] && u->text.p[to] != '/') {
            (*dated)[number] = true; /* said once */
            ch_rule_say(r, CH_RULE_resolution_undated, ch_unit_where(u, from, to), CH_ARG(said));
        }
    }
}

void
ch_check_symbols(ch_ruling *r)
{
    bool *dated = NULL;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->quoted)
            continue;
        check_symbols(r, u);
        check_cited(r, u, &dated);
    }
}
