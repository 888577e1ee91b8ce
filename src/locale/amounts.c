/* locale/amounts.c -- groups of digits and what stands between them.
 *
 * A full stop between digits is a decimal point here and a thousand's mark there.  The language
 * decides where the digits do not: 1.240.000 can only be grouped, and 12.5 only be a decimal. */
#include "locale/amounts.h"

#include "locale/words.h"

#define GROUPS_MAX 16 /* of digits in one number; what is longer is no number but a list */

typedef enum mark { NO_MARK, FREE_MARK, DECIMAL_MARK, GROUP_MARK } mark;

typedef struct chain {
    struct {
        size_t   from, to, digits;
        uint32_t mark; /* before it */
    } group[GROUPS_MAX];
    size_t n;
} chain;

static bool
is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x2009;
}

/* Wide and Arabic forms of comma and full stop are those. */
static uint32_t
plain_mark(uint32_t cp)
{
    return cp == 0xFF0C || cp == 0x60C ? ',' : cp == 0xFF0E ? '.' : cp;
}

static mark
mark_of(ch_amount_marks m, uint32_t cp)
{
    if (cp == 0x66B)
        return DECIMAL_MARK;
    if (cp == 0x66C || cp == 0xA0 || cp == 0x202F || cp == 0x2009 || cp == '\'' || cp == 0x2019)
        return GROUP_MARK;
    if (cp == ' ')
        return is_space(m.group) ? GROUP_MARK : NO_MARK;
    if (cp != '.' && cp != ',')
        return NO_MARK;
    return cp == m.decimal ? DECIMAL_MARK : cp == m.group ? GROUP_MARK : FREE_MARK;
}

static bool
is_digit_at(ch_str text, size_t at)
{
    return at < text.n && ch_char_digit(ch_utf8_at(text, at)) >= 0;
}

/* All groups of digits from `at` that a single mark joins. */
static void
read_chain(ch_amount_marks m, ch_str text, size_t at, chain *c)
{
    uint32_t before = 0;
    c->n            = 0;
    while (c->n < GROUPS_MAX) {
        size_t from = at, digits = 0, behind;
        while (is_digit_at(text, at)) {
            (void)ch_utf8_next(text, &at);
            digits++;
        }
        c->group[c->n].from   = from;
        c->group[c->n].to     = at;
        c->group[c->n].digits = digits;
        c->group[c->n].mark   = before;
        c->n++;
        behind = at;
        before = behind < text.n ? plain_mark(ch_utf8_next(text, &behind)) : 0;
        if (mark_of(m, before) == NO_MARK || !is_digit_at(text, behind))
            return;
        at = behind;
    }
}

/* Are groups 0 to `last` thousands, 1 240 000 or 12,40,000, with the same mark between? */
static bool
is_grouped(const chain *c, size_t first, size_t last)
{
    if (c->group[first].digits > 3 || c->group[last].digits != 3)
        return false;
    size_t each = last > first + 1 ? c->group[first + 1].digits : 3;
    if (each != 3 && each != 2)
        return false;
    for (size_t i = first + 1; i <= last; i++)
        if (c->group[i].mark != c->group[first + 1].mark ||
            (i < last && c->group[i].digits != each))
            return false;
    return true;
}

/* How many of the groups from `first` to `last` are before the decimals, when all of them are one
 * number; 0 when they are not. */
static size_t
whole_groups(const chain *c, ch_amount_marks m, size_t first, size_t last)
{
    size_t   n    = last - first + 1;
    uint32_t end  = c->group[last].mark;
    mark     kind = n > 1 ? mark_of(m, end) : NO_MARK;
    if (n == 1)
        return 1;
    if (n > 2 && is_grouped(c, first, last))
        return n;
    if (n == 2 && kind != DECIMAL_MARK && is_grouped(c, first, last))
        return n;
    bool point = kind == DECIMAL_MARK || end == '.' || (kind == FREE_MARK && end == ',');
    if (n == 2)
        return point ? 1 : 0;
    return point && end != c->group[last - 1].mark && is_grouped(c, first, last - 1) ? n - 1 : 0;
}

static void
put_digits(ch_buf *b, ch_str text, size_t from, size_t to)
{
    while (from < to)
        ch_buf_putc(b, (char)('0' + ch_char_digit(ch_utf8_next(text, &from))));
}

/* Digits with the point behind the first `whole` of them, as a value. */
static ch_str
as_value(ch_arena *a, bool minus, ch_str digits, size_t whole)
{
    ch_buf b;
    size_t end = digits.n, i = 0;
    ch_buf_init(&b, a);
    while (end > whole && digits.p[end - 1] == '0')
        end--;
    while (i + 1 < whole && digits.p[i] == '0')
        i++;
    if (minus && !(end == whole && whole - i == 1 && digits.p[i] == '0'))
        ch_buf_putc(&b, '-');
    for (; i < end; i++) {
        if (i == whole)
            ch_buf_putc(&b, '.');
        ch_buf_putc(&b, digits.p[i]);
    }
    return ch_buf_view(&b);
}

static bool
is_minus(ch_str text, size_t at)
{
    uint32_t before = ch_utf8_before(text, at);
    if (before == 0x2212)
        return true;
    if (before != '-')
        return false;
    uint32_t further = ch_utf8_before(text, ch_utf8_back(text, at));
    return further == 0 || further == '(' || further == '\n' || is_space(further);
}

bool
ch_amount_next(ch_arena *a, ch_amount_marks marks, ch_str text, size_t *at, ch_amount *out)
{
    while (*at < text.n && !is_digit_at(text, *at))
        (void)ch_utf8_next(text, at);
    if (*at >= text.n)
        return false;
    chain  c;
    size_t last, whole = 1, before = 0;
    ch_buf digits;
    read_chain(marks, text, *at, &c);
    for (last = c.n - 1; last > 0; last--)
        if ((whole = whole_groups(&c, marks, 0, last)) > 0)
            break;
    if (last == 0)
        whole = 1;
    ch_buf_init(&digits, a);
    for (size_t i = 0; i <= last; i++) {
        put_digits(&digits, text, c.group[i].from, c.group[i].to);
        if (i < whole)
            before = digits.n;
    }
    out->from = *at;
    *at       = c.group[last].to;
    /* 124 and the sign for ten thousand */
    for (size_t behind = *at; behind < text.n; *at = behind) {
        int power = ch_char_power_of_ten(ch_utf8_next(text, &behind));
        if (power <= 0)
            break;
        before += (size_t)power;
        while (digits.n < before)
            ch_buf_putc(&digits, '0');
    }
    out->to    = *at;
    out->value = as_value(a, is_minus(text, out->from), ch_buf_view(&digits), before);
    return true;
}

ch_str
ch_digits_plain(ch_arena *a, ch_str text)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < text.n;) {
        uint32_t cp    = ch_utf8_next(text, &i);
        int      digit = ch_char_digit(cp);
        ch_buf_utf8(&b, digit >= 0 ? (uint32_t)('0' + digit) : cp);
    }
    return ch_buf_view(&b);
}
