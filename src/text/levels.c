/* text/levels.c -- embedding levels by ICU's bidirectional algorithm (UAX 9).
 *
 * Spans of a foreign direction are isolated: FSI and PDI go into the text that is analysed and
 * into nothing else, since no glyph and no line break may come of them. */
#include "text/inside.h"

#include <unicode/ubidi.h>

enum { FSI = 0x2068, PDI = 0x2069, LINE_SEPARATOR = 0x2028, NOWHERE = UINT32_MAX };

typedef struct analysed {
    UChar    *unit;
    uint32_t *byte; /* NOWHERE for what was put in */
    int32_t   n;
} analysed;

static void
put(analysed *a, UChar unit, uint32_t byte)
{
    a->unit[a->n]   = unit;
    a->byte[a->n++] = byte;
}

/* The units of the paragraph with its isolates.  A forced break ends a line, not the
 * paragraph, for isolates run over it. */
static analysed
with_isolates(ch_ctx *cx, const ch_joined *j)
{
    const ch_para *para = j->para;
    size_t         room = j->n_units + 1, u = 0;
    for (size_t i = 0; i < para->n; i++)
        room += para->span[i].isolates_opened + (size_t)para->span[i].isolates_closed;
    analysed a = {CH_NEW_N(cx->scratch, UChar, room), CH_NEW_N(cx->scratch, uint32_t, room), 0};
    for (size_t i = 0; i < para->n; i++) {
        for (unsigned k = 0; k < para->span[i].isolates_opened; k++)
            put(&a, FSI, NOWHERE);
        for (; u < j->n_units && j->byte[u] < j->from[i + 1]; u++)
            put(&a, j->unit[u] == '\n' ? LINE_SEPARATOR : j->unit[u], j->byte[u]);
        for (unsigned k = 0; k < para->span[i].isolates_closed; k++)
            put(&a, PDI, NOWHERE);
    }
    return a;
}

void
ch_text_levels(ch_texter *t, const ch_joined *j, ch_levels *out)
{
    ch_ctx    *cx   = t->cx;
    UBiDiLevel base = j->para->rtl ? 1 : 0;
    UErrorCode e    = U_ZERO_ERROR;
    if (!j->rtl && base == 0) { /* nothing reads the other way */
        *CH_PUSH(cx->scratch, *out) = (ch_level_at){0, 0};
        return;
    }
    analysed a = with_isolates(cx, j);
    ubidi_setPara(t->kit->bidi, a.unit, a.n, base, NULL, &e);
    const UBiDiLevel *level = a.n ? ubidi_getLevels(t->kit->bidi, &e) : NULL;
    if (U_FAILURE(e) || !level) {
        *CH_PUSH(cx->scratch, *out) = (ch_level_at){0, base};
        return;
    }
    for (int32_t i = 0; i < a.n; i++) {
        if (a.byte[i] == NOWHERE || (out->n && out->at[out->n - 1].level == level[i]))
            continue;
        *CH_PUSH(cx->scratch, *out) = (ch_level_at){out->n ? a.byte[i] : 0, level[i]};
    }
    if (!out->n)
        *CH_PUSH(cx->scratch, *out) = (ch_level_at){0, base};
}

void
ch_bidi_reorder(const uint8_t *level, size_t n, size_t *order)
{
    uint8_t highest = 0, lowest_odd = UINT8_MAX;
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
        if (level[i] > highest)
            highest = level[i];
        if ((level[i] & 1) && level[i] < lowest_odd)
            lowest_odd = level[i];
    }
    /* UAX 9, L2: from the highest level to the lowest odd one, turn every stretch of runs at
     * that level or above. */
    for (unsigned l = highest; l >= lowest_odd; l--)
        for (size_t i = 0; i < n;) {
            size_t to = i;
            while (to < n && level[order[to]] >= l)
                to++;
            for (size_t a = i, b = to; a + 1 < b; a++, b--) {
                size_t swap  = order[a];
                order[a]     = order[b - 1];
                order[b - 1] = swap;
            }
            i = to > i ? to : i + 1;
        }
}
