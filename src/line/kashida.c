/* line/kashida.c -- lengthening joins on a line that must be stretched.
 *
 * The breaker sees every place as glue without width.  Here the places' share of the room is given
 * to as few of them as can take it in strokes of a good length: the best classes first, spread
 * over the line.  Strokes come in steps, so that a letter needs few widths of the glyph; what that
 * leaves goes to the spaces. */
#include "line/setter.h"

#include "line/fill.h"

#include <string.h>

/* In thousandths of the size: strokes shorter than this look like a fault, those of the good
 * length like writing. */
enum { SHORTEST = 100, GOOD = 220, CLASSES = 8 };
/* The steps of a stroke, a part of the em. */
enum { STEPS = 40 };
/* Spaces that would grow by less than a fourth of their stretch are left to themselves. */
enum { SPACES_ALONE = 4 };

/* A piece of a part that is shaped anew with strokes in it. */
typedef struct piece {
    size_t            part;
    size_t            first, end; /* glyphs that it replaces */
    const ch_kashida *place;
    size_t            places;
    ch_glyph         *glyph;
    size_t            n;
    ch_len            growth; /* without the strokes: what other forms of the letters add */
} piece;

typedef CH_VEC(piece) pieces;
typedef CH_VEC(ch_kashida) places;

/* ---- which places ---- */

/* The places on the line: [*first, end). */
static size_t
places_of(const ch_setter *t, size_t *first)
{
    size_t low = 0, high = t->s->n_kashidas;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->s->kashida[mid].at <= t->spec->from)
            low = mid + 1;
        else
            high = mid;
    }
    *first = low;
    while (low < t->s->n_kashidas && t->s->kashida[low].at < t->end)
        low++;
    return low;
}

/* `wanted` of them, the best classes first; of a class that is more than enough, some all over the
 * line. */
static void
choose(ch_arena *a, const ch_kashida *all, size_t n, size_t wanted, places *out)
{
    size_t count[CLASSES] = {0}, take[CLASSES] = {0}, seen[CLASSES] = {0};
    for (size_t i = 0; i < n; i++)
        count[all[i].class]++;
    for (int c = 1; c < CLASSES; c++) {
        take[c] = count[c] < wanted ? count[c] : wanted;
        wanted -= take[c];
    }
    for (size_t i = 0; i < n; i++) {
        int    c = all[i].class;
        size_t k = seen[c]++;
        if ((k + 1) * take[c] / count[c] > k * take[c] / count[c])
            *CH_PUSH(a, *out) = all[i];
    }
}

/* ---- shaping with strokes ---- */

static size_t
glyph_at(const ch_setter *t, const ch_line_part *p, size_t at)
{
    size_t g = p->first;
    while (g < p->end && t->glyphs.at[g].cluster < at)
        g++;
    return g;
}

static ch_len
sum(const ch_glyph *g, size_t n, bool strokes)
{
    ch_len v = 0;
    for (size_t i = 0; i < n; i++)
        v += g[i].stretched == strokes ? g[i].advance : 0;
    return v;
}

/* Word spaces inside the piece are as wide as they were before it. */
static void
keep_spaces(const ch_setter *t, piece *p)
{
    for (size_t i = 0; i < t->points.n; i++) {
        size_t old = t->points.at[i].glyph;
        for (size_t g = 0; g < p->n && old >= p->first && old < p->end; g++)
            if (p->glyph[g].cluster == t->glyphs.at[old].cluster && !p->glyph[g].stretched)
                p->glyph[g].advance = t->glyphs.at[old].advance;
    }
}

/* The piece round the first of the places, with those behind it that cannot be cut from it.
 * Returns how many places it has; p->glyph is NULL where the font refuses. */
static ch_status
shape_piece(ch_setter *t, const ch_kashida *place, size_t n, piece *p)
{
    const ch_line_part *part = &t->parts.at[p->part];
    const ch_glyph     *glyph;
    size_t              lo = ch_cut_before(part->run, place->at);
    size_t              hi = ch_cut_after(part->run, place->at);
    lo                     = lo > part->from ? lo : part->from;
    hi                     = hi < part->to ? hi : part->to;
    p->place               = place;
    p->places              = 1;
    while (p->places < n && place[p->places].at < hi)
        p->places++;
    ch_status st =
        ch_text_lengthen(t->cx, t->s, part->run, lo, hi, place, p->places, &glyph, &p->n);
    if (st != CH_OK || !glyph)
        return st;
    p->first = glyph_at(t, part, lo);
    p->end   = glyph_at(t, part, hi);
    p->glyph = CH_NEW_N(t->cx->scratch, ch_glyph, p->n);
    memcpy(p->glyph, glyph, p->n * sizeof *glyph);
    keep_spaces(t, p);
    p->growth = sum(p->glyph, p->n, false) - sum(t->glyphs.at + p->first, p->end - p->first, false);
    return CH_OK;
}

static ch_status
shape_pieces(ch_setter *t, const places *chosen, pieces *out, size_t *strokes)
{
    size_t part = 0;
    *strokes    = 0;
    for (size_t i = 0, n; i < chosen->n; i += n) {
        while (part + 1 < t->parts.n && t->parts.at[part].to <= chosen->at[i].at)
            part++;
        piece     p  = {.part = part};
        ch_status st = shape_piece(t, &chosen->at[i], chosen->n - i, &p);
        if (st != CH_OK)
            return st;
        n = p.places;
        if (!p.glyph)
            continue;
        *strokes += n;
        *CH_PUSH(t->cx->scratch, *out) = p;
    }
    return CH_OK;
}

/* ---- how long ---- */

/* Give the strokes of a piece their width, `each` of the room; false if that is too little.
 * Returns in *grown what the piece widens the line by. */
static bool
set_strokes(const ch_setter *t, piece *p, ch_len each, ch_len *grown)
{
    const ch_run *run  = t->parts.at[p->part].run;
    int32_t       upem = run->face->upem, step = upem / STEPS > 0 ? upem / STEPS : 1;
    ch_len        most  = ch_len_scale(run->size, t->s->para->props->kashida_longest, 1000);
    ch_len        width = (each * (ch_len)p->places - p->growth) / (ch_len)p->places;
    width               = width < most ? width : most;
    int32_t units       = (int32_t)(ch_len_scale(width, upem, run->size) / step) * step;
    if (units * (int64_t)1000 < (int64_t)upem * SHORTEST)
        return false;
    width = ch_face_scale(run->face, run->size, units);
    for (size_t g = 0; g < p->n; g++)
        if (p->glyph[g].stretched)
            p->glyph[g].advance = width;
    *grown = width * (ch_len)p->places + p->growth;
    return true;
}

/* ---- into the line ---- */

/* Put the pieces in place of the glyphs that they lengthen; points and parts move along. */
static void
splice(ch_setter *t, const pieces *list)
{
    ch_arena *a     = t->cx->scratch;
    size_t    n_old = t->glyphs.n, k = 0, g = 0;
    ch_glyphs out   = {0};
    size_t   *moved = CH_NEW_N(a, size_t, n_old + 1);
    while (g < n_old) {
        const piece *p = k < list->n && list->at[k].first == g ? &list->at[k] : NULL;
        if (!p) {
            moved[g]         = out.n;
            *CH_PUSH(a, out) = t->glyphs.at[g++];
            continue;
        }
        size_t begin = out.n;
        for (size_t i = 0; i < p->n; i++)
            *CH_PUSH(a, out) = p->glyph[i];
        for (size_t i = begin; g < p->end; g++) {
            while (i + 1 < out.n && out.at[i].cluster < t->glyphs.at[g].cluster)
                i++;
            moved[g] = i;
        }
        k++;
    }
    moved[n_old] = out.n;
    for (size_t i = 0; i < t->points.n; i++)
        t->points.at[i].glyph = moved[t->points.at[i].glyph];
    for (size_t i = 0; i < t->parts.n; i++) {
        t->parts.at[i].first = moved[t->parts.at[i].first];
        t->parts.at[i].end   = moved[t->parts.at[i].end];
    }
    t->glyphs = out;
}

ch_status
ch_set_kashidas(ch_setter *t, ch_len left, ch_len *joins)
{
    size_t first, end = places_of(t, &first), strokes;
    *joins = 0;
    for (size_t i = first; i < end; i++)
        *joins += t->s->kashida[i].stretch;
    /* Without spaces nothing would take the rest. */
    if (!*joins || !t->stretch || left < t->stretch / SPACES_ALONE)
        return CH_OK;
    ch_len room = ch_len_scale(left, *joins, *joins + t->stretch);
    if (room < left - t->stretch) /* a stroke is better than a hole */
        room = left - t->stretch;
    ch_len good = ch_len_scale(t->s->para->props->size, GOOD, 1000);
    size_t n = end - first, wanted = (size_t)((room + good / 2) / (good > 0 ? good : 1));
    wanted        = wanted < 1 ? 1 : wanted > n ? n : wanted;
    places chosen = {0};
    pieces all = {0}, kept = {0};
    choose(t->cx->scratch, t->s->kashida + first, n, wanted, &chosen);
    ch_status st = shape_pieces(t, &chosen, &all, &strokes);
    if (st != CH_OK || !strokes)
        return st;
    ch_len each = room / (ch_len)strokes, used = 0, grown;
    for (size_t i = 0; i < all.n; i++)
        if (set_strokes(t, &all.at[i], each, &grown) && grown > 0 && used + grown <= left) {
            used += grown;
            *CH_PUSH(t->cx->scratch, kept) = all.at[i];
        }
    if (kept.n)
        splice(t, &kept);
    t->width += used;
    return CH_OK;
}
