/* pdf/subset.c -- subsetting a face.
 *
 * HarfBuzz is shown only the tables that a PDF embeds.  It then has no character map to walk
 * and no layout tables to close the glyph set over, which is most of the work otherwise: the
 * text is shaped already, and the glyphs are all there are. */
#include "pdf/subset.h"

#include "pdf/cff.h"

#include <hb-subset.h>
#include <hb.h>

#include <string.h>

/* Bytes of a font program differ little; more effort buys less than two in a hundred. */
#define FONT_LEVEL 1

static hb_blob_t *
embedded_table(hb_face_t *face, hb_tag_t tag, void *user)
{
    (void)face;
    static const hb_tag_t kept[] = {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
                                    HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                    HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
                                    HB_TAG('C', 'F', 'F', ' ')};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (tag == kept[i])
            return hb_face_reference_table(user, tag);
    return NULL;
}

/* Foreign handles of one subsetting; all freed at its end. */
typedef struct work {
    hb_face_t         *bare;
    hb_subset_input_t *input;
    hb_subset_plan_t  *plan;
    hb_face_t         *made;
    hb_blob_t         *blob;
} work;

static void
release(work *w)
{
    hb_blob_destroy(w->blob);
    hb_face_destroy(w->made);
    if (w->plan)
        hb_subset_plan_destroy(w->plan);
    if (w->input)
        hb_subset_input_destroy(w->input);
    hb_face_destroy(w->bare);
}

static bool
cut(work *w, const ch_subset_wish *wish)
{
    const ch_face *face = wish->face;
    w->bare             = hb_face_create_for_tables(embedded_table, face->hb_face, NULL);
    w->input            = hb_subset_input_create_or_fail();
    if (!w->input)
        return false;
    hb_set_t *set = hb_subset_input_glyph_set(w->input);
    for (size_t i = 0; i < wish->n; i++)
        hb_set_add(set, wish->glyph[i]);
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (wish->own_codes && face->cff)
        flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_subset_input_set_flags(w->input, flags);
    w->plan = hb_subset_plan_create_or_fail(w->bare, w->input);
    w->made = w->plan ? hb_subset_plan_execute_or_fail(w->plan) : NULL;
    if (!w->made)
        return false;
    /* A PDF reader takes outlines of this kind from the CFF table alone. */
    w->blob = face->cff ? hb_face_reference_table(w->made, HB_TAG('C', 'F', 'F', ' '))
                        : hb_face_reference_blob(w->made);
    return hb_blob_get_length(w->blob) > 0;
}

/* The codes: new glyph numbers; in a CFF font with CIDs, the CIDs of those.  part: the parts of
 * the compounds, to be put into new numbers. */
static bool
number(const work *w, ch_str program, const ch_subset_wish *wish, ch_subset_code *at,
       ch_glyph_part *part)
{
    const hb_map_t *map  = hb_subset_plan_old_to_new_glyph_mapping(w->plan);
    ch_cff          info = {0};
    if (wish->face->cff && !ch_cff_read(program, &info))
        return false;
    for (size_t i = 0; i < wish->n; i++) {
        hb_codepoint_t to = hb_map_get(map, wish->glyph[i]);
        if (to > 0xFFFF)
            return false;
        at[i].code = wish->face->cff ? ch_cff_cid(&info, (uint16_t)to) : (uint16_t)to;
    }
    for (size_t i = 0; i < wish->compound.parts; i++) {
        part[i]       = wish->compound.part[i];
        part[i].glyph = hb_map_get(map, part[i].glyph);
    }
    return true;
}

int32_t
ch_subset_width(const ch_face *face, int64_t units)
{
    int64_t upem = face->upem > 0 ? face->upem : 1000;
    return (int32_t)((units * 1000 + upem / 2) / upem);
}

static void
measure(const ch_subset_wish *wish, ch_subset_code *at)
{
    for (size_t i = 0; i < wish->n + wish->compound.n; i++) {
        int64_t w   = i < wish->n ? hb_font_get_glyph_h_advance(wish->face->hb_font, wish->glyph[i])
                                  : wish->compound.at[i - wish->n].advance;
        at[i].width = ch_subset_width(wish->face, w);
    }
}

/* Put the compounds into the program, which has no more glyphs than the face. */
static bool
compound(ch_arena *a, const ch_subset_wish *wish, const ch_glyph_part *part, ch_subset *s,
         ch_subset_code *at)
{
    if (wish->compound.n == 0)
        return true;
    ch_compounds c     = wish->compound;
    uint32_t     first = ch_compound_glyphs(s->program);
    c.part             = part;
    if (!first || !ch_compound_add(a, s->program, &c, &s->program))
        return false;
    for (size_t i = 0; i < c.n; i++)
        at[wish->n + i].code = (uint16_t)(first + i);
    s->plain = s->program.n;
    return true;
}

/* Six letters from what is embedded, so that two subsets that differ have two names. */
static void
name(ch_str program, ch_subset *s)
{
    uint64_t h = ch_hash(program.p, program.n, 0);
    for (int i = 0; i < 6; i++, h /= 26)
        s->tag[i] = (char)('A' + h % 26);
    s->tag[6] = '+';
    s->tag[7] = 0;
}

bool
ch_subset_make(ch_arena *a, ch_packer *packer, const ch_subset_wish *wish, ch_subset *out)
{
    size_t          n    = wish->n + wish->compound.n;
    ch_glyph_part  *part = CH_NEW_N(a, ch_glyph_part, wish->compound.parts);
    ch_subset_code *at   = CH_NEW_N(a, ch_subset_code, n);
    *out                 = (ch_subset){.cff = wish->face->cff, .n = n, .at = at};
    work w               = {0};
    bool good            = cut(&w, wish);
    if (good) {
        /* Out of HarfBuzz's hands before anything can jump. */
        unsigned    len   = 0;
        const char *bytes = hb_blob_get_data(w.blob, &len);
        char       *copy  = ch_arena_try(a, (size_t)len + 1);
        good              = copy != NULL;
        if (good) {
            memcpy(copy, bytes, len);
            ch_str program = {copy, len};
            out->plain     = len;
            good           = number(&w, program, wish, at, part);
            out->program   = program;
        }
    }
    release(&w);
    if (!good || !compound(a, wish, part, out, at))
        return false;
    measure(wish, at);
    name(out->program, out);
    return ch_pack(packer, a, out->program, FONT_LEVEL, &out->program);
}
