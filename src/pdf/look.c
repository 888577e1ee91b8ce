/* pdf/look.c -- the parts of a cluster, whatever its size and whatever it was kerned by. */
#include "pdf/look.h"

#include <hb.h>

#include <string.h>

/* Does kerning within a line from right to left give a cluster a room of its own, so wide or so
 * narrow that a reader would see a space, or a jump back that ends the stretch? */
static bool
is_off(const ch_item *item, const ch_cluster *c)
{
    ch_len own = 0, room = 0, limit = item->size * 2 / 25;
    if (!item->rtl)
        return false;
    for (size_t k = c->first; k < c->first + c->n; k++) {
        const ch_glyph *g = &item->glyph[k];
        if (g->stretched || g->id >= item->face->glyphs)
            return false;
        own += hb_font_get_glyph_h_advance(item->face->hb_font, g->id);
        room += g->advance;
    }
    own = ch_face_scale(item->face, item->size, (int32_t)own);
    return room >= 0 && (own - room > limit || room - own > limit);
}

bool
ch_cluster_plain(const ch_item *item, const ch_cluster *c)
{
    const ch_glyph *g = &item->glyph[c->first];
    return c->n == 1 && !c->mark && g->dy == 0 && !g->stretched &&
           (!item->rtl || (c->single && (c->heard == ' ' || !is_off(item, c))));
}

static int32_t
in_units(const ch_item *item, ch_len v)
{
    ch_len  size = item->size > 0 ? item->size : 1;
    int64_t n    = v * item->face->upem;
    return (int32_t)((n >= 0 ? n + size / 2 : n - size / 2) / size);
}

/* A kashida as wide as `wide`: one glyph or, where that would have to be twice as wide as it is,
 * several that lap over each other by a tenth of it. */
static bool
add_kashida(ch_look *l, ch_glyph_part t, int32_t own, int32_t wide)
{
    int64_t n = 1, lap = own / 10, all = wide;
    if (wide <= 0 || wide > 65535)
        return false;
    while (all >= (2 * own - 1) * n) { /* all: what n of them have to be wide together */
        n++;
        all += lap;
    }
    int64_t scale = all * CH_PART_PLAIN / (own * n);
    int32_t left  = t.dx;
    if (l->parts + (size_t)n > CH_LOOK_PARTS || scale <= 0)
        return false;
    for (int64_t i = 0; i < n; i++) {
        t.dx                = left + (int32_t)(all * i / n - lap * i);
        t.scale             = (int32_t)scale;
        l->part[l->parts++] = t;
    }
    return true;
}

/* The widest part is put where the cluster begins: kerning moves whole clusters. */
static bool
collect_parts(const ch_item *item, const ch_cluster *c, ch_look *l)
{
    ch_len  pen     = 0;
    int32_t widest  = -1;
    int64_t advance = 0;
    for (size_t k = c->first; k < c->first + c->n; k++) {
        const ch_glyph *g    = &item->glyph[k];
        uint32_t        id   = g->id < item->face->glyphs ? g->id : 0;
        int32_t         own  = hb_font_get_glyph_h_advance(item->face->hb_font, id);
        int32_t         wide = g->stretched && own > 0 ? in_units(item, g->advance) : own;
        ch_glyph_part   t    = {.glyph = id,
                                .dx    = in_units(item, pen + g->dx),
                                .dy    = in_units(item, g->dy),
                                .scale = CH_PART_PLAIN};
        if (l->parts == CH_LOOK_PARTS)
            return false;
        if (!g->stretched || own <= 0)
            l->part[l->parts++] = t;
        else if (!add_kashida(l, t, own, wide))
            return false;
        if (wide > widest) {
            widest = wide;
            l->dx  = g->dx;
        }
        pen += g->advance;
        advance += wide;
    }
    if (c->heard == ' ' ? c->mark != 0 && pen > 0 : is_off(item, c)) { /* as wide as its room */
        l->dx   = 0;
        advance = in_units(item, pen);
    }
    int32_t back = in_units(item, l->dx);
    for (uint32_t i = 0; i < l->parts; i++)
        l->part[i].dx -= back;
    l->advance = (int32_t)advance;
    return advance >= 0 && advance <= 65535;
}

bool
ch_look_make(const ch_item *item, const ch_cluster *c, ch_look *l)
{
    l->parts   = 0;
    l->dx      = 0;
    size_t   n = 0, at = 0;
    uint32_t cp;
    if (c->mark && !item->rtl)
        l->word[2 + n++] = c->mark;
    while ((cp = ch_text_heard(c->text, &at)) != 0) {
        if (n == CH_LOOK_CHARACTERS)
            return false;
        l->word[2 + n++] = cp;
    }
    if (c->mark && item->rtl) /* backwards, as all of it */
        l->word[2 + n++] = c->mark;
    if (n == 0 || c->n > CH_LOOK_PARTS || !collect_parts(item, c, l))
        return false;
    l->word[0] = (uint32_t)n | (item->rtl ? 0x10000U : 0U);
    l->word[1] = (uint32_t)l->advance;
    memcpy(&l->word[2 + n], l->part, l->parts * sizeof *l->part);
    l->words = 2 + n + l->parts * (sizeof *l->part / sizeof *l->word);
    return true;
}

ch_str
ch_look_key(const ch_look *l)
{
    return (ch_str){(const char *)l->word, l->words * sizeof *l->word};
}
