/* font/face.c -- a font file opened: checked, measured, ready for shaping. */
#include "font/face.h"

#include "font/sfnt.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <hb-ot.h>
#include <hb.h>
#include <stdio.h>
#include <string.h>

/* ---- strings of the name table ---- */

/* Name `id` in English, else in any language; empty when there is none. */
static ch_str
name_of(ch_arena *a, hb_face_t *face, hb_ot_name_id_t id)
{
    char     text[256];
    unsigned n   = sizeof text;
    unsigned got = hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &n, text);
    if (got == 0) {
        unsigned                  count = 0;
        const hb_ot_name_entry_t *e     = hb_ot_name_list_names(face, &count);
        for (unsigned i = 0; i < count && got == 0; i++) {
            n = sizeof text;
            if (e[i].name_id == id)
                got = hb_ot_name_get_utf8(face, id, e[i].language, &n, text);
        }
    }
    if (got == 0)
        return CH_STR_EMPTY;
    char *copy = ch_arena_try(a, (size_t)n + 1);
    if (!copy)
        return CH_STR_EMPTY;
    memcpy(copy, text, n);
    return (ch_str){copy, n};
}

static ch_str
text_of(ch_arena *a, const char *z)
{
    size_t n    = z ? strlen(z) : 0;
    char  *copy = n ? ch_arena_try(a, n + 1) : NULL;
    if (!copy)
        return CH_STR_EMPTY;
    memcpy(copy, z, n);
    return (ch_str){copy, n};
}

/* A PostScript name that may stand in a PDF without escapes. */
static ch_str
postscript_of(ch_arena *a, const char *name, ch_str family)
{
    ch_str from = name && *name ? ch_str_from(name) : family;
    char  *copy = ch_arena_try(a, from.n + 5);
    size_t n    = 0;
    if (!copy)
        return CH_STR_EMPTY;
    for (size_t i = 0; i < from.n && n < 63; i++) {
        char c = from.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '-' || c == '_' || c == '.')
            copy[n++] = c;
    }
    if (n == 0) {
        memcpy(copy, "Font", 4);
        n = 4;
    }
    return (ch_str){copy, n};
}

/* ---- opening ---- */

static bool
has_glyph(hb_font_t *font, uint32_t cp)
{
    hb_codepoint_t g;
    return hb_font_get_nominal_glyph(font, cp, &g) && g != 0;
}

static int32_t
top_of(hb_font_t *font, uint32_t cp)
{
    hb_codepoint_t     g;
    hb_glyph_extents_t e;
    if (hb_font_get_nominal_glyph(font, cp, &g) && hb_font_get_glyph_extents(font, g, &e))
        return e.y_bearing;
    return 0;
}

static void
measure(ch_face *face, FT_Face ft, const ch_sfnt *s)
{
    const TT_Postscript *post = FT_Get_Sfnt_Table(ft, FT_SFNT_POST);
    face->cff                 = s->cff;
    face->fixed_pitch         = s->fixed_pitch;
    face->italic              = s->italic || (ft->style_flags & FT_STYLE_FLAG_ITALIC) != 0;
    face->serif               = s->serif;
    face->weight              = s->weight;
    face->fs_type             = s->fs_type;
    face->upem                = s->upem;
    face->glyphs              = s->glyphs;
    face->ascent              = ft->ascender;
    face->descent             = -ft->descender;
    face->bbox[0]             = (int32_t)ft->bbox.xMin;
    face->bbox[1]             = (int32_t)ft->bbox.yMin;
    face->bbox[2]             = (int32_t)ft->bbox.xMax;
    face->bbox[3]             = (int32_t)ft->bbox.yMax;
    face->underline_position  = ft->underline_position;
    face->underline_thickness = ft->underline_thickness;
    face->italic_angle        = post ? (int32_t)post->italicAngle : 0;
    face->cap_height          = s->cap_height > 0 ? s->cap_height : top_of(face->hb_font, 'H');
    face->x_height            = s->x_height > 0 ? s->x_height : top_of(face->hb_font, 'x');
    if (face->cap_height <= 0)
        face->cap_height = face->ascent;
    if (face->x_height <= 0)
        face->x_height = face->cap_height * 2 / 3;
}

static bool
open_shaper(ch_face *face)
{
    hb_blob_t *blob =
        hb_blob_create(face->bytes.p, (unsigned)face->bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->hb_face = hb_face_create(blob, face->index);
    hb_blob_destroy(blob);
    face->hb_font = hb_font_create(face->hb_face);
    if (face->hb_face == hb_face_get_empty() || face->hb_font == hb_font_get_empty())
        return false;
    int upem = (int)hb_face_get_upem(face->hb_face);
    hb_font_set_scale(face->hb_font, upem, upem);
    hb_font_make_immutable(face->hb_font);
    hb_face_make_immutable(face->hb_face);
    for (uint32_t cp = 0; cp < CH_FACE_HAS; cp++)
        if (has_glyph(face->hb_font, cp))
            face->has[cp >> 6] |= UINT64_C(1) << (cp & 63);
    return true;
}

/* Restricted licence embedding: bit 1 set and none of the more permissive ones (OS/2, fsType);
 * bit 9 allows bitmaps only. */
static bool
restricted(uint16_t fs_type)
{
    return (fs_type & 0x000E) == 0x0002 || (fs_type & 0x0200) != 0;
}

static ch_face_verdict
open_mapped(FT_Library ft, ch_arena *a, ch_face *face, char *why, size_t room)
{
    ch_sfnt s;
    FT_Face open;
    if (!ch_sfnt_check(face->bytes, face->index, &s, why, room))
        return CH_FACE_DAMAGED;
    if (restricted(s.fs_type)) {
        (void)snprintf(why, room, "may not be embedded: its licence bits (fsType %u) forbid it",
                       s.fs_type);
        return CH_FACE_RESTRICTED;
    }
    FT_Error e = FT_New_Memory_Face(ft, (const FT_Byte *)face->bytes.p, (FT_Long)face->bytes.n,
                                    (FT_Long)face->index, &open);
    if (e) {
        (void)snprintf(why, room, "cannot be opened: FreeType error %d", e);
        return CH_FACE_DAMAGED;
    }
    if (!FT_IS_SCALABLE(open) || !open_shaper(face)) {
        FT_Done_Face(open);
        (void)snprintf(why, room, "has no outlines");
        return CH_FACE_DAMAGED;
    }
    measure(face, open, &s);
    face->family     = text_of(a, open->family_name);
    face->style      = text_of(a, open->style_name);
    face->postscript = postscript_of(a, FT_Get_Postscript_Name(open), face->family);
    face->version    = name_of(a, face->hb_face, HB_OT_NAME_ID_VERSION_STRING);
    FT_Done_Face(open);
    return CH_FACE_OK;
}

ch_face_verdict
ch_face_open(FT_Library ft, ch_arena *a, size_t max, const char *file, uint32_t index,
             ch_face **out, char *why, size_t room)
{
    int    os_error = 0;
    ch_str bytes;
    *out          = NULL;
    ch_face *face = ch_arena_try(a, sizeof *face);
    if (!face)
        return CH_FACE_NO_MEMORY;
    ch_file_error e = ch_file_map(file, max < INT32_MAX ? max : INT32_MAX, &bytes, &os_error);
    if (e != CH_FILE_OK) {
        (void)snprintf(why, room, "cannot be read: %s",
                       e == CH_FILE_TOO_LARGE ? "it is too large"
                       : os_error             ? strerror(os_error)
                                              : "it is no regular file");
        return CH_FACE_DAMAGED;
    }
    face->file        = ch_str_from(file);
    face->index       = index;
    face->bytes       = bytes;
    ch_face_verdict v = open_mapped(ft, a, face, why, room);
    if (v != CH_FACE_OK) {
        ch_face_close(face);
        return v;
    }
    *out = face;
    return CH_FACE_OK;
}

void
ch_face_close(ch_face *face)
{
    if (face->hb_font)
        hb_font_destroy(face->hb_font);
    if (face->hb_face)
        hb_face_destroy(face->hb_face);
    face->hb_font = NULL;
    face->hb_face = NULL;
    ch_file_unmap(face->bytes);
    face->bytes = CH_STR_EMPTY;
}

/* ---- what it has ---- */

bool
ch_face_has(const ch_face *face, uint32_t cp)
{
    if (cp < CH_FACE_HAS)
        return (face->has[cp >> 6] >> (cp & 63) & 1) != 0;
    return has_glyph(face->hb_font, cp);
}

bool
ch_cp_ignorable(uint32_t cp)
{
    static const struct {
        uint32_t from, to;
    } RANGES[] = {{0xAD, 0xAD},      {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},
                  {0x17B4, 0x17B5},  {0x180B, 0x180F}, {0x200B, 0x200F},   {0x202A, 0x202E},
                  {0x2060, 0x206F},  {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
                  {0xFFA0, 0xFFA0},  {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
                  {0xE0000, 0xE0FFF}};
    if (cp < 0xAD)
        return false;
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
        if (cp <= RANGES[i].to)
            return cp >= RANGES[i].from;
    return false;
}

/* One character by itself, or by something that HarfBuzz puts in its place. */
static bool
covers_one(const ch_face *face, uint32_t cp)
{
    hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
    hb_codepoint_t      a, b;
    if (ch_face_has(face, cp) || ch_cp_ignorable(cp))
        return true;
    if (hb_unicode_general_category(u, cp) == HB_UNICODE_GENERAL_CATEGORY_SPACE_SEPARATOR)
        return ch_face_has(face, ' ');
    if (cp == 0x2011)
        return ch_face_has(face, 0x2010);
    return hb_unicode_decompose(u, cp, &a, &b) && covers_one(face, a) &&
           (b == 0 || covers_one(face, b));
}

bool
ch_face_covers(const ch_face *face, const uint32_t *cps, size_t n)
{
    hb_unicode_funcs_t *u    = hb_unicode_funcs_get_default();
    uint32_t            base = 0;
    for (size_t i = 0; i < n; i++) {
        hb_codepoint_t whole;
        if (covers_one(face, cps[i])) {
            if (!ch_cp_ignorable(cps[i]))
                base = cps[i];
        } else if (base && hb_unicode_compose(u, base, cps[i], &whole) &&
                   ch_face_has(face, whole)) {
            base = whole;
        } else {
            return false;
        }
    }
    return true;
}

ch_len
ch_face_scale(const ch_face *face, ch_len size, int32_t units)
{
    int64_t v = size * units, half = face->upem / 2;
    return (v >= 0 ? v + half : v - half) / face->upem;
}
