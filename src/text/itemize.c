/* text/itemize.c -- a paragraph in runs: one span, script, level and font each. */
#include "text/inside.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { CLUSTER_MOST = 32, CHUNK = 8192, CHUNK_MOST = 12288 };

/* ---- fonts ---- */

static bool
same_want(const ch_font_want *a, const ch_font_want *b)
{
    return a->script == b->script && a->role == b->role && a->weight == b->weight &&
           a->italic == b->italic && ch_str_eq(a->family, b->family) && ch_str_eq(a->lang, b->lang);
}

static bool
refused_before(ch_texter *t, const ch_font_want *want)
{
    for (size_t i = 0; i < t->refused.n; i++)
        if (same_want(&t->refused.at[i], want))
            return true;
    return false;
}

/* The first font for a span's look and a script; NULL, once reported, when there is none. */
static const ch_face *
first_face(ch_texter *t, const ch_span *span, uint32_t script)
{
    const ch_props *p    = span->type;
    ch_font_want    want = {.family = p->family,
                            .role   = p->face,
                            .weight = (uint16_t)p->weight,
                            .italic = ch_props_italic(p, script),
                            .script = script,
                            .lang   = span->lang};
    if (t->face && same_want(&want, &t->want))
        return t->face;
    t->want = want;
    t->face = NULL;
    if (refused_before(t, &want))
        return NULL;
    /* A family that is not there is the sheet's fault, whoever's text it is. */
    bool      named = p->family.n > 0 && p->family_where.source != 0;
    ch_where  where = named ? p->family_where : span->where;
    ch_status st    = ch_fonts_face(t->tools->fonts, t->cx, &want, where, &t->face);
    if (st != CH_OK) {
        *CH_PUSH(t->cx->job, t->refused) = want;
        t->face                          = NULL;
        if (t->status == CH_OK)
            t->status = st;
    }
    return t->face;
}

/* ---- clusters ---- */

static bool
joins_cluster(uint32_t cp, uint32_t before)
{
    if (cp < 0x300)
        return false;
    if (cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x1F3FB && cp <= 0x1F3FF) ||
        (cp >= 0xE0100 && cp <= 0xE01EF))
        return true;
    if (before == 0x200D && u_charType((UChar32)cp) == U_OTHER_SYMBOL)
        return true;
    return (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK) != 0;
}

/* The characters of the cluster at `at`; returns where the next begins. */
static size_t
read_cluster(ch_str text, size_t at, size_t to, uint32_t *cps, size_t *n)
{
    *n = 0;
    while (at < to) {
        size_t   next = at;
        uint32_t cp   = ch_utf8_next(text, &next);
        if (*n && !joins_cluster(cp, cps[*n - 1]))
            break;
        if (*n == CLUSTER_MOST)
            break;
        cps[(*n)++] = cp;
        at          = next;
    }
    return at;
}

/* Characters that leave no mark, or that any font with a space can stand in for. */
static bool
needs_no_glyph(const ch_face *face, uint32_t cp)
{
    if (u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return true;
    if (u_charType((UChar32)cp) == U_SPACE_SEPARATOR)
        return ch_face_has(face, ' ');
    return cp == 0x2011 && ch_face_has(face, 0x2010);
}

static bool
has_all(const ch_face *face, const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!ch_face_has(face, cps[i]) && !needs_no_glyph(face, cps[i]))
            return false;
    return true;
}

/* Spaces and signs go with the text before them, so that a foreign word stays one run. */
static bool
is_neutral(uint32_t cp)
{
    UErrorCode e = U_ZERO_ERROR;
    return uscript_getScript((UChar32)cp, &e) == USCRIPT_COMMON;
}

/* ---- pieces ---- */

typedef struct stretch { /* of one span, script and level */
    const ch_joined *j;
    const ch_span   *span;
    uint32_t         script;
    uint8_t          level;
    size_t           chunk; /* where the chunk begins that pieces are now made of */
} stretch;

static void
add_alike(ch_texter *t, ch_pieces *out, const stretch *s, const ch_face *face, bool small,
          size_t from, size_t to)
{
    if (out->n) {
        ch_piece *last = &out->at[out->n - 1];
        if (last->to == from && last->face == face && last->from >= s->chunk &&
            last->small == small) {
            last->to = to;
            return;
        }
    }
    *CH_PUSH(t->cx->scratch, *out) =
        (ch_piece){face, s->span, s->script, s->level, small, from, to};
}

/* Where small capitals are wanted of a font that has none, its small letters are pieces of their
 * own; marks go with what is before them. */
static void
add_piece(ch_texter *t, ch_pieces *out, const stretch *s, const ch_face *face, size_t from,
          size_t to)
{
    if (s->span->type->letter_case != CH_CASE_SMALL_CAPS || ch_text_small_capitals(face)) {
        add_alike(t, out, s, face, false, from, to);
        return;
    }
    bool small = false;
    for (size_t at = from, next = from; at < to; at = next) {
        UChar32 cp = (UChar32)ch_utf8_next(s->j->text, &next);
        if (u_islower(cp) || !(U_GET_GC_MASK(cp) & U_GC_M_MASK))
            small = u_islower(cp) && u_hasBinaryProperty(cp, UCHAR_CHANGES_WHEN_UPPERCASED);
        add_alike(t, out, s, face, small, at, next);
    }
}

/* No font has all of a cluster: name each character that is in none. */
static void
report_cluster(ch_texter *t, const stretch *s, const uint32_t *cps, size_t n)
{
    bool named = false;
    for (size_t i = 0; i < n; i++)
        if (!ch_fonts_cover(t->tools->fonts, t->cx, &t->want, &cps[i], 1)) {
            ch_text_report_missing(t, s->span, s->script, cps[i]);
            named = true;
        }
    if (!named) /* each has a font, but not the same one */
        ch_text_report_missing(t, s->span, s->script, cps[n - 1]);
}

/* Cluster by cluster, with other fonts where the first has no glyph. */
static void
add_mixed(ch_texter *t, ch_pieces *out, const stretch *s, const ch_face *first, size_t from,
          size_t to)
{
    uint32_t       cps[CLUSTER_MOST];
    const ch_face *before = NULL;
    while (from < to) {
        size_t         n, next = read_cluster(s->j->text, from, to, cps, &n);
        const ch_face *face = first;
        if (before && before != first && is_neutral(cps[0]) && has_all(before, cps, n))
            face = before;
        else if (!has_all(first, cps, n))
            face = ch_fonts_cover(t->tools->fonts, t->cx, &t->want, cps, n);
        if (!face) {
            report_cluster(t, s, cps, n);
            face = first;
        }
        add_piece(t, out, s, face, from, next);
        before = face;
        from   = next;
    }
}

static bool
first_has_all(const ch_face *face, ch_str text, size_t from, size_t to)
{
    while (from < to) {
        uint32_t cp = ch_utf8_next(text, &from);
        if (!ch_face_has(face, cp) && !needs_no_glyph(face, cp))
            return false;
    }
    return true;
}

/* Where to cut a very long stretch: behind a space, else before a letter, else anywhere.  This
 * bounds what one call of the shaper holds, and its time, which is quadratic in a cluster. */
static size_t
chunk_end(ch_str text, size_t from, size_t to)
{
    if (to - from <= CHUNK_MOST)
        return to;
    for (size_t i = from + CHUNK; i < from + CHUNK_MOST; i++)
        if (text.p[i - 1] == ' ')
            return i;
    size_t end = from + CHUNK_MOST, at = end;
    while (((unsigned char)text.p[end] & 0xC0) == 0x80)
        end--;
    for (unsigned k = 0; k < 4 * CLUSTER_MOST; k++) {
        at          = ch_utf8_back(text, at);
        size_t next = at;
        if (!joins_cluster(ch_utf8_next(text, &next), 0))
            return at;
    }
    return end;
}

/* A stretch without forced breaks. */
static void
add_stretch(ch_texter *t, ch_pieces *out, stretch *s, size_t from, size_t to)
{
    const ch_face *face = first_face(t, s->span, s->script);
    if (!face)
        return;
    while (from < to) {
        size_t end = chunk_end(s->j->text, from, to);
        s->chunk   = from;
        if (first_has_all(face, s->j->text, from, end))
            add_piece(t, out, s, face, from, end);
        else
            add_mixed(t, out, s, face, from, end);
        from = end;
    }
}

/* Leave out the bytes of forced breaks. */
static void
add_lines(ch_texter *t, ch_pieces *out, stretch *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s->j->text.p[i] == '\n') {
            add_stretch(t, out, s, from, i);
            from = i + 1;
        }
    add_stretch(t, out, s, from, to);
}

void
ch_text_itemize(ch_texter *t, const ch_joined *j, ch_pieces *out)
{
    ch_scripts scripts = {0};
    ch_levels  levels  = {0};
    size_t     sc = 0, lv = 0;
    ch_text_scripts(t, j, &scripts);
    ch_text_levels(t, j, &levels);
    for (size_t i = 0; i < j->para->n; i++) {
        stretch s = {.j = j, .span = &j->para->span[i]};
        for (size_t from = j->from[i]; from < j->from[i + 1];) {
            size_t to = j->from[i + 1];
            while (sc + 1 < scripts.n && scripts.at[sc + 1].from <= from)
                sc++;
            while (lv + 1 < levels.n && levels.at[lv + 1].from <= from)
                lv++;
            if (sc + 1 < scripts.n && scripts.at[sc + 1].from < to)
                to = scripts.at[sc + 1].from;
            if (lv + 1 < levels.n && levels.at[lv + 1].from < to)
                to = levels.at[lv + 1].from;
            s.script = scripts.at[sc].script;
            s.level  = levels.at[lv].level;
            if (s.span->kind != CH_SPAN_BREAK)
                add_lines(t, out, &s, from, to);
            from = to;
        }
    }
}
