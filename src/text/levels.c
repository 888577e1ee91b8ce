/* text/levels.c -- embedding levels by ICU's bidirectional algorithm (UAX 9).
 *
 * Spans of a foreign direction, and what text/whole.def names, are isolated: initiators and PDI
 * go into the text that is analysed and into nothing else, since no glyph and no line break may
 * come of them.  An isolate of ours is a paragraph to the marks in it: what they leave open is
 * closed at its end, and they close nothing that stands around. */
#include "text/inside.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

enum {
    LRE = 0x202A,
    RLE,
    PDF,
    LRO,
    RLO,
    LRI = 0x2066,
    RLI,
    FSI,
    PDI,
    LINE_SEPARATOR    = 0x2028,
    BOUNDARY_NEUTRAL  = 0x200B, /* stands for a mark that counts for nothing */
    SEGMENT_SEPARATOR = '\t',
    NEXT_LINE         = 0x85,
    NOWHERE           = UINT32_MAX
};

/* What is open: an isolate of ours, or a mark of the text. */
typedef struct opened {
    UChar    mark; /* 0: ours */
    uint32_t byte;
    size_t   isolates; /* ours: a->isolates before it */
} opened;

typedef struct analysed {
    ch_texter       *t;
    const ch_joined *j;
    CH_VEC(UChar) unit;
    CH_VEC(uint32_t) byte; /* NOWHERE for what was put in */
    CH_VEC(opened) open;
    size_t   ours;     /* of them */
    size_t   isolates; /* of the text, since the last of ours */
    uint32_t stray;    /* byte of the first mark without its other half */
} analysed;

static void
put(analysed *a, UChar unit, uint32_t byte)
{
    *CH_PUSH(a->t->cx->scratch, a->unit) = unit;
    *CH_PUSH(a->t->cx->scratch, a->byte) = byte;
}

static void
open(analysed *a, UChar mark, uint32_t byte)
{
    *CH_PUSH(a->t->cx->scratch, a->open) = (opened){mark, byte, a->isolates};
    a->isolates                          = mark ? a->isolates + (mark >= LRI) : 0;
}

static void
stray(analysed *a, uint32_t byte)
{
    if (byte < a->stray)
        a->stray = byte;
}

/* ---- isolates of ours ---- */

static bool
reads_from_right(UChar32 c)
{
    UCharDirection d = u_charDirection(c);
    return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC;
}

/* Is there, in the isolate that opens before span `at` with `inner` more inside it, a letter that
 * is written from right to left? */
static bool
has_rtl_letter(const ch_joined *j, size_t at, unsigned inner)
{
    const ch_para *para = j->para;
    size_t         deep = inner + 1, to = at;
    for (; to < para->n; to++) {
        deep += to > at ? para->span[to].isolates_opened : 0;
        if (deep <= para->span[to].isolates_closed)
            break;
        deep -= para->span[to].isolates_closed;
    }
    size_t end = j->from[to < para->n ? to + 1 : para->n];
    for (size_t i = j->from[at]; i < end;)
        if (reads_from_right((UChar32)ch_utf8_next(j->text, &i)))
            return true;
    return false;
}

static void
open_ours(analysed *a, ch_isolate how)
{
    open(a, 0, 0);
    a->ours++;
    put(a, how == CH_ISOLATE_RTL ? RLI : how == CH_ISOLATE_AUTO ? FSI : LRI, NOWHERE);
    if (how == CH_ISOLATE_NUMBER)
        put(a, LRO, NOWHERE); /* ends with the isolate */
}

static void
close_ours(analysed *a)
{
    while (a->open.n && a->open.at[a->open.n - 1].mark) {
        opened last = a->open.at[--a->open.n];
        if (last.mark >= LRI)
            put(a, PDI, NOWHERE);
        stray(a, last.byte);
    }
    if (!a->open.n)
        return;
    a->isolates = a->open.at[--a->open.n].isolates;
    a->ours--;
    put(a, PDI, NOWHERE);
}

static void
open_span(analysed *a, size_t i)
{
    const ch_span *s = &a->j->para->span[i];
    for (unsigned k = 0; k < s->isolates_opened; k++) {
        ch_isolate how = s->isolate ? s->isolate[k] : CH_ISOLATE_AUTO;
        if (how == CH_ISOLATE_NUMBER && has_rtl_letter(a->j, i, s->isolates_opened - k - 1))
            how = CH_ISOLATE_AUTO;
        open_ours(a, how);
    }
}

/* ---- marks of the text ---- */

/* The isolate that a PDI closes: its place in a->open from 1, or 0. */
static size_t
isolate_to_close(const analysed *a)
{
    for (size_t i = a->isolates ? a->open.n : 0; i > 0 && a->open.at[i - 1].mark; i--)
        if (a->open.at[i - 1].mark >= LRI)
            return i;
    return 0;
}

static void
put_closing(analysed *a, UChar mark, uint32_t byte)
{
    size_t at = a->open.n;
    if (mark == PDF)
        at = at && a->open.at[at - 1].mark && a->open.at[at - 1].mark < LRI ? at : 0;
    else
        at = isolate_to_close(a);
    if (!at)
        stray(a, byte);
    for (size_t i = at; at && i < a->open.n; i++)
        stray(a, a->open.at[i].byte); /* embeddings that the isolate's end closes */
    if (at) {
        a->open.n = at - 1;
        a->isolates -= mark == PDI;
    }
    put(a, !at && mark == PDI && a->ours ? BOUNDARY_NEUTRAL : mark, byte);
}

static void
put_unit(analysed *a, UChar unit, uint32_t byte)
{
    switch (unit) {
    case '\n': /* ends a line, not the paragraph, for isolates run over it */
    case NEXT_LINE:
        put(a, LINE_SEPARATOR, byte);
        return;
    case LRE:
    case RLE:
    case LRO:
    case RLO:
    case LRI:
    case RLI:
    case FSI:
        open(a, unit, byte);
        break;
    case PDF:
    case PDI:
        put_closing(a, unit, byte);
        return;
    default:
        break;
    }
    put(a, unit, byte);
}

/* ---- the paragraph ---- */

/* Units [from, to), which no isolate of a span begins or ends in. */
static void
put_stretch(analysed *a, size_t from, size_t to)
{
    ch_ranges wholes = {0};
    size_t    w      = 0;
    ch_text_wholes(a->t, a->j->unit + from, to - from, &wholes);
    for (size_t u = from; u < to; u++) {
        if (w < wholes.n && u == from + wholes.at[w].from)
            open_ours(a, CH_ISOLATE_NUMBER);
        put_unit(a, a->j->unit[u], a->j->byte[u]);
        if (w < wholes.n && u + 1 == from + wholes.at[w].to) {
            close_ours(a);
            w++;
        }
    }
}

static void
put_paragraph(analysed *a)
{
    const ch_para *para = a->j->para;
    size_t         from = 0, u = 0;
    for (size_t i = 0; i < para->n; i++) {
        const ch_span *s    = &para->span[i];
        bool           lead = s->kind == CH_SPAN_LEADER;
        if (s->isolates_opened || lead) {
            put_stretch(a, from, u);
            from = u;
            open_span(a, i);
        }
        while (u < a->j->n_units && a->j->byte[u] < a->j->from[i + 1])
            u++;
        if (lead) { /* parts the line as a tab does */
            for (; from < u; from++)
                put(a, SEGMENT_SEPARATOR, a->j->byte[from]);
        } else if (s->isolates_closed || i + 1 == para->n) {
            put_stretch(a, from, u);
            from = u;
        }
        for (unsigned k = 0; k < s->isolates_closed; k++)
            close_ours(a);
    }
    for (size_t i = 0; i < a->open.n; i++)
        if (a->open.at[i].mark)
            stray(a, a->open.at[i].byte);
}

static bool
goes_with_line_end(UChar unit)
{
    switch (u_charDirection(unit)) {
    case U_WHITE_SPACE_NEUTRAL:
    case U_BOUNDARY_NEUTRAL:
    case U_LEFT_TO_RIGHT_EMBEDDING:
    case U_LEFT_TO_RIGHT_OVERRIDE:
    case U_RIGHT_TO_LEFT_EMBEDDING:
    case U_RIGHT_TO_LEFT_OVERRIDE:
    case U_POP_DIRECTIONAL_FORMAT:
    case U_FIRST_STRONG_ISOLATE:
    case U_LEFT_TO_RIGHT_ISOLATE:
    case U_RIGHT_TO_LEFT_ISOLATE:
    case U_POP_DIRECTIONAL_ISOLATE:
        return true;
    default:
        return false;
    }
}

/* UAX 9, L1, at forced breaks; ICU has done it at the paragraph's end, and white space at which
 * other lines end is not drawn. */
static void
level_line_ends(const analysed *a, UBiDiLevel *level, UBiDiLevel base)
{
    for (size_t i = 0; i < a->unit.n; i++)
        if (a->unit.at[i] == LINE_SEPARATOR)
            for (size_t k = i + 1; k > 0 && goes_with_line_end(a->unit.at[k - 1]); k--) {
                if (k <= i && level[k - 1] == base && a->unit.at[k - 1] == LINE_SEPARATOR)
                    break; /* done with that line */
                level[k - 1] = base;
            }
}

/* Left to right throughout? */
static bool
is_plain(const ch_joined *j)
{
    if (j->rtl || j->para->rtl)
        return false;
    for (size_t i = 0; i < j->para->n; i++)
        for (unsigned k = 0; j->para->span[i].isolate && k < j->para->span[i].isolates_opened; k++)
            if (j->para->span[i].isolate[k] == CH_ISOLATE_RTL)
                return false;
    return true;
}

void
ch_text_levels(ch_texter *t, const ch_joined *j, ch_levels *out)
{
    UBiDiLevel base = j->para->rtl ? 1 : 0;
    UErrorCode e    = U_ZERO_ERROR;
    analysed   a    = {.t = t, .j = j, .stray = NOWHERE};
    if (is_plain(j)) {
        *CH_PUSH(t->cx->scratch, *out) = (ch_level_at){0, 0};
        return;
    }
    put_paragraph(&a);
    if (a.stray != NOWHERE)
        ch_text_report_stray(t, j, a.stray);
    size_t n = a.unit.n < INT32_MAX ? a.unit.n : 0;
    ubidi_setPara(t->kit->bidi, a.unit.at, (int32_t)n, base, NULL, &e);
    const UBiDiLevel *made  = n ? ubidi_getLevels(t->kit->bidi, &e) : NULL;
    UBiDiLevel       *level = CH_NEW_N(t->cx->scratch, UBiDiLevel, n + 1);
    for (size_t i = 0; i < n; i++)
        level[i] = U_SUCCESS(e) && made ? made[i] : base;
    level_line_ends(&a, level, base);
    for (size_t i = 0; i < n; i++) {
        if (a.byte.at[i] == NOWHERE || (out->n && out->at[out->n - 1].level == level[i]))
            continue;
        *CH_PUSH(t->cx->scratch, *out) = (ch_level_at){out->n ? a.byte.at[i] : 0, level[i]};
    }
    if (!out->n)
        *CH_PUSH(t->cx->scratch, *out) = (ch_level_at){0, base};
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
