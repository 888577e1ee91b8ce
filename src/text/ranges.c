/* text/ranges.c -- stretches of a paragraph that have features of their own: document symbols, and
 * letters raised behind figures (1er). */
#include "text/inside.h"

#include <string.h>
#include <unicode/uchar.h>

/* Has a look in this paragraph features for symbols? */
static bool
marks_symbols(const ch_para *para)
{
    for (size_t i = 0; i < para->n; i++)
        if (para->span[i].type->symbol_features.n)
            return true;
    return false;
}

static void
find_symbols(ch_texter *t, const ch_joined *j, ch_ranges *out)
{
    ch_ranges wholes = {0};
    if (!memchr(j->text.p, '/', j->text.n) || !marks_symbols(j->para))
        return;
    ch_text_wholes(t, j->unit, j->n_units, &wholes);
    for (size_t i = 0; i < wholes.n; i++)
        if (wholes.at[i].kind == CH_RANGE_SYMBOL)
            *CH_PUSH(t->cx->scratch, *out) =
                (ch_range){j->byte[wholes.at[i].from], j->byte[wholes.at[i].to], CH_RANGE_SYMBOL};
}

static bool
is_listed(ch_str list, ch_str word)
{
    for (size_t from = 0, to; from < list.n; from = to + 1) {
        for (to = from; to < list.n && (unsigned char)list.p[to] > ' '; to++) {
        }
        if (ch_str_eq(ch_str_sub(list, from, to), word))
            return true;
    }
    return false;
}

/* The letters behind each figure of a span, if they are all of a word and of the list. */
static void
find_raised(ch_texter *t, const ch_joined *j, size_t from, size_t to, ch_str list, ch_ranges *out)
{
    for (size_t at = from + 1; at < to; at++) {
        size_t end = at, next = at;
        if (j->text.p[at - 1] < '0' || j->text.p[at - 1] > '9')
            continue;
        while (next < j->text.n && u_isalnum((UChar32)ch_utf8_next(j->text, &next)))
            end = next;
        if (end > at && end <= to && is_listed(list, ch_str_sub(j->text, at, end)))
            *CH_PUSH(t->cx->scratch, *out) = (ch_range){at, end, CH_RANGE_RAISED};
        at = end > at ? end : at;
    }
}

static void
put_in_order(ch_range *r, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && r[k - 1].from > r[k].from; k--) {
            ch_range swap = r[k];
            r[k]          = r[k - 1];
            r[k - 1]      = swap;
        }
}

void
ch_text_find_ranges(ch_texter *t, ch_joined *j)
{
    ch_ranges found = {0};
    for (size_t i = 0; i < j->para->n; i++) {
        const ch_typography *ty = ch_text_typography(t, j->para->span[i].lang);
        if (ty && ty->raised.n)
            find_raised(t, j, j->from[i], j->from[i + 1], ty->raised, &found);
    }
    size_t raised = found.n;
    find_symbols(t, j, &found);
    if (!found.n)
        return;
    if (raised && found.n > raised)
        put_in_order(found.at, found.n);
    ch_range *range = CH_NEW_N(t->cx->job, ch_range, found.n);
    memcpy(range, found.at, found.n * sizeof *range);
    j->range    = range;
    j->n_ranges = found.n;
}
