/* text/whole.c -- document symbols, telephone numbers, addresses on the net in running text: what
 * text/whole.def says reads from left to right as a whole. */
#include "text/inside.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uregex.h>
#include <unicode/utf16.h>

enum { STEPS_MOST = 1000 }; /* of 10,000; no text of sense comes near it */

static const struct {
    const char *name, *pattern;
    bool        symbol;
} WHOLES[] = {
#define WHOLE(name, pattern) {name, pattern, false},
#define SYMBOL(name, pattern) {name, pattern, true},
#include "text/whole.def"
#undef WHOLE
#undef SYMBOL
};

/* The sets that the table's {L}, {N} and {S} stand for. */
static const char *
set_of(char c)
{
    return c == 'L' ? "[[\\p{L}]&&[\\p{bc=L}]]" : c == 'N' ? "\\p{Nd}" : "[ \\u00A0\\u202F]";
}

static bool
is_set(const char *p)
{
    return p[0] == '{' && (p[1] == 'L' || p[1] == 'N' || p[1] == 'S') && p[2] == '}';
}

/* All patterns as one; a group captures where a symbol is. */
static ch_str
all_patterns(ch_arena *a)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < sizeof WHOLES / sizeof *WHOLES; i++) {
        ch_buf_puts(&b, i ? "|" : "");
        ch_buf_puts(&b, WHOLES[i].symbol ? "(" : "(?:");
        for (const char *p = WHOLES[i].pattern; *p; p++)
            if (is_set(p)) {
                ch_buf_puts(&b, set_of(p[1]));
                p += 2;
            } else {
                ch_buf_putc(&b, *p);
            }
        ch_buf_putc(&b, ')');
    }
    return ch_buf_view(&b);
}

/* Compiled once a kit. */
static URegularExpression *
matcher(ch_texter *t)
{
    UErrorCode  e = U_ZERO_ERROR;
    UParseError where;
    if (t->kit->wholes)
        return t->kit->wholes;
    ch_str all     = ch_arena_str(t->cx->scratch, all_patterns(t->cx->scratch));
    t->kit->wholes = uregex_openC(all.p, 0, &where, &e);
    if (U_SUCCESS(e))
        uregex_setTimeLimit(t->kit->wholes, STEPS_MOST, &e);
    if (U_FAILURE(e)) {
        ch_report(t->cx, CH_E9001_internal, CH_NOWHERE, "a pattern of text/whole.def");
        uregex_close(t->kit->wholes);
        t->kit->wholes = NULL;
    }
    return t->kit->wholes;
}

/* {L}, {N}, or half of a character that may be one; or the colon of an address on the net. */
static bool
is_of_a_whole(uint16_t unit)
{
    if (unit < 0x80) {
        char low = (char)(unit | 0x20);
        return (low >= 'a' && low <= 'z') || (unit >= '0' && unit <= ':');
    }
    if (U16_IS_SURROGATE(unit))
        return true;
    uint32_t type = U_MASK(u_charType(unit));
    return (type & U_GC_ND_MASK) ||
           ((type & U_GC_L_MASK) && u_charDirection(unit) == U_LEFT_TO_RIGHT);
}

/* Every pattern needs one of the first two signs, or one of the others beside such a character. */
static bool
worth_a_look(const uint16_t *unit, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (unit[i] < '#' || unit[i] > '@')
            continue;
        if (unit[i] == '@' || unit[i] == '#')
            return true;
        bool sign = unit[i] == '/' || unit[i] == '+' || unit[i] == '-' || unit[i] == '.';
        if (sign &&
            ((i > 0 && is_of_a_whole(unit[i - 1])) || (i + 1 < n && is_of_a_whole(unit[i + 1]))))
            return true;
    }
    return false;
}

static bool
is_symbol(URegularExpression *re, int32_t end)
{
    UErrorCode e      = U_ZERO_ERROR;
    int32_t    groups = uregex_groupCount(re, &e);
    for (int32_t i = 1; i <= groups; i++) {
        if (uregex_end(re, i, &e) == end && U_SUCCESS(e))
            return true;
    }
    return false;
}

void
ch_text_wholes(ch_texter *t, const uint16_t *unit, size_t n, ch_ranges *out)
{
    UErrorCode e = U_ZERO_ERROR;
    if (!worth_a_look(unit, n))
        return;
    URegularExpression *re = matcher(t);
    if (!re)
        return;
    uregex_setText(re, unit, (int32_t)n, &e);
    while (uregex_findNext(re, &e) && U_SUCCESS(e)) {
        int32_t from = uregex_start(re, 0, &e), to = uregex_end(re, 0, &e);
        if (U_SUCCESS(e) && to > from)
            *CH_PUSH(t->cx->scratch, *out) = (ch_range){
                (size_t)from, (size_t)to, is_symbol(re, to) ? CH_RANGE_SYMBOL : CH_RANGE_PLAIN};
    }
}
