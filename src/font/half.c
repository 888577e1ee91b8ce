/* font/half.c -- the blank inside the square of a full-width mark. */
#include "font/font.h"

#include <hb-ot.h>
#include <hb.h>

/* What the font itself takes off: its feature `halt` (alternate half widths). */
static bool
by_feature(const ch_face *face, uint32_t cp, ch_str lang, ch_blank *out)
{
    hb_feature_t halt   = {HB_TAG('h', 'a', 'l', 't'), 1, HB_FEATURE_GLOBAL_START,
                           HB_FEATURE_GLOBAL_END};
    hb_buffer_t *buffer = hb_buffer_create();
    bool         found  = false;
    unsigned     n      = 0;
    hb_buffer_add(buffer, cp, 0);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string(lang.p, (int)lang.n));
    hb_shape(face->hb_font, buffer, &halt, 1);
    const hb_glyph_info_t     *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *pos  = hb_buffer_get_glyph_positions(buffer, NULL);
    if (n == 1 && info[0].codepoint) {
        int32_t full = hb_font_get_glyph_h_advance(face->hb_font, info[0].codepoint);
        int32_t off  = full - pos[0].x_advance;
        int32_t head = -pos[0].x_offset;
        found        = off > 0 && head >= 0 && head <= off;
        if (found)
            *out = (ch_blank){head, off - head};
    }
    hb_buffer_destroy(buffer);
    return found;
}

/* Without the feature: what is left of the square when the ink keeps half of it. */
static void
by_ink(const ch_face *face, uint32_t glyph, ch_blank *out)
{
    hb_glyph_extents_t e;
    int32_t            full = hb_font_get_glyph_h_advance(face->hb_font, glyph);
    if (full < face->upem * 3 / 4 || !hb_font_get_glyph_extents(face->hb_font, glyph, &e))
        return;
    int32_t half = full / 2, head = e.x_bearing, tail = full - head - e.width;
    if (e.width > half)
        return;
    if (tail >= half)
        *out = (ch_blank){0, half};
    else if (head >= half)
        *out = (ch_blank){half, 0};
    else if (head >= 0 && tail >= 0) {
        int32_t before = (half + head - tail) / 2;
        *out           = (ch_blank){before, half - before};
    }
}

ch_blank
ch_face_blank(const ch_face *face, uint32_t cp, uint32_t glyph, ch_str lang)
{
    ch_blank b = {0, 0};
    if (face->hb_font && !by_feature(face, cp, lang, &b))
        by_ink(face, glyph, &b);
    return b;
}
