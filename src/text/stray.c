/* text/stray.c -- direction marks without their other half: where they are in the letter. */
#include "text/inside.h"

#include <unicode/uchar.h>

bool
ch_is_direction_mark(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

/* The number that a character reference at `at` stands for; 0 when there is none. */
static uint32_t
referred(ch_str s, size_t at, size_t *end)
{
    uint32_t cp   = 0;
    size_t   i    = at + 2;
    bool     hexa = i < s.n && s.p[i] == 'x';
    if (at + 3 > s.n || s.p[at] != '&' || s.p[at + 1] != '#')
        return 0;
    for (i += hexa; i < s.n && s.p[i] != ';' && cp < 0x110000; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9')
            cp = cp * (hexa ? 16 : 10) + (uint32_t)(c - '0');
        else if (hexa && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            cp = cp * 16 + (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return 0;
    }
    *end = i + 1;
    return cp;
}

/* The place of direction mark number `k` of a stretch of the letter's source; the whole stretch
 * when it is not there. */
static ch_where
place_of_mark(const ch_diags *d, ch_where in, size_t k)
{
    const ch_source *src = in.source ? ch_diags_source_at(d, in.source) : NULL;
    for (size_t i = in.from; src && i < in.to && i < src->bytes.n;) {
        size_t   from = i;
        uint32_t cp   = referred(src->bytes, i, &i);
        if (!cp)
            cp = ch_utf8_next(src->bytes, &i);
        if (ch_is_direction_mark(cp) && k-- == 0)
            return (ch_where){in.source, (uint32_t)from, (uint32_t)i};
    }
    return in;
}

void
ch_text_report_stray(ch_texter *t, const ch_joined *j, size_t byte)
{
    char           name[64] = "";
    UErrorCode     e        = U_ZERO_ERROR;
    const ch_para *para     = j->para;
    size_t         span = 0, marks = 0, at = byte;
    uint32_t       cp = ch_utf8_next(j->text, &at);
    while (span + 1 < para->n && j->from[span + 1] <= byte)
        span++;
    for (size_t i = j->from[span]; i < byte;)
        marks += ch_is_direction_mark(ch_utf8_next(j->text, &i));
    ch_where where = para->span[span].where;
    where          = place_of_mark(t->cx->diags, where.source ? where : para->where, marks);
    (void)u_charName((UChar32)cp, U_UNICODE_CHAR_NAME, name, sizeof name, &e);
    bool closes = cp == 0x202C || cp == 0x2069;
    ch_report(t->cx, CH_W5020_stray_mark, where, cp, U_SUCCESS(e) ? name : "",
              closes ? "closes nothing that is open here" : "is not closed where its text ends");
    ch_hint(t->cx, closes ? "take it out" : "close it with U+%s, or use <foreign xml:lang=\"...\">",
            cp >= 0x2066 ? "2069" : "202C");
}
