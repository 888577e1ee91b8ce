/* font/font.h -- which font file serves which text, and the faces themselves.
 *
 * Reads:   fonts.conf of the data folder through fontconfig; font files.
 * Makes:   a catalogue (ch_fonts), shared by all jobs, and immutable faces (ch_face).
 * Knows nothing of paragraphs or PDF.
 * Threads: a catalogue may be used by many threads at once; one lock guards its caches and
 * is not held while fontconfig or FreeType run for long.  Faces never change once returned. */
#ifndef CH_FONT_FONT_H
#define CH_FONT_FONT_H

#include "base/base.h"

struct hb_face_t;
struct hb_font_t;

typedef enum ch_font_role { CH_FONT_SERIF, CH_FONT_SANS, CH_FONT_MONO, CH_FONT_ROLES } ch_font_role;

/* What a stretch of text asks for. */
typedef struct ch_font_want {
    ch_str       family; /* a family by name, or empty: the role's own by script */
    ch_font_role role;
    uint16_t     weight; /* 100..900; 400 regular, 700 bold */
    bool         italic;
    uint32_t     script; /* ISO 15924 as a HarfBuzz tag ('Latn') */
    ch_str       lang;   /* BCP 47 */
} ch_font_want;

/* Up to here a face knows by heart which characters it has: Latin to Arabic. */
#define CH_FACE_HAS 0x700

/* A font face: one file and index, opened, checked, never changed. */
typedef struct ch_face {
    uint32_t
        id; /* unique within its catalogue; NOT stable between runs: never print it or sort by it */
    ch_str            file;          /* path */
    uint32_t          index;         /* within a collection */
    ch_str            family, style; /* "Linux Libertine O", "Italic" */
    ch_str            postscript;    /* PostScript name, made safe for PDF */
    ch_str            version;       /* name table id 5 */
    bool              cff;           /* CFF or CFF2 outlines, else glyf */
    bool              italic, fixed_pitch, serif;
    uint16_t          weight;
    uint16_t          fs_type; /* OS/2 embedding bits */
    int32_t           upem;
    int32_t           ascent, descent; /* font units; descent is positive downwards */
    int32_t           cap_height, x_height;
    int32_t           italic_angle; /* in 1/65536 degree, counter-clockwise */
    int32_t           bbox[4];
    int32_t           underline_position, underline_thickness;
    uint32_t          glyphs;                /* how many */
    ch_str            bytes;                 /* the whole file, mapped */
    uint64_t          has[CH_FACE_HAS / 64]; /* bit c % 64 of has[c / 64]: it has the character c */
    struct hb_face_t *hb_face;               /* immutable */
    struct hb_font_t *hb_font;               /* immutable, scale = upem, HarfBuzz's own functions */
} ch_face;

typedef struct ch_fonts ch_fonts;

/* A catalogue from conf (fonts.conf, a path).  CH_ERR_FONT with diagnostics if fontconfig cannot read it. */
ch_status ch_fonts_new(ch_ctx *cx, ch_str conf, ch_fonts **out);
void      ch_fonts_free(ch_fonts *f);
/* The files of its configuration are read for this job. */
void ch_fonts_used(const ch_fonts *f, ch_ctx *cx);

/* The face for the wanted look: the first of the role's families for the script that exists.
 * Reports E5001 if nothing at all can be found, E5002 if a named family is not installed
 * (where tells which style or letter asked), E5003 if the file is damaged or cut short. */
ch_status ch_fonts_face(ch_fonts *f, ch_ctx *cx, const ch_font_want *want, ch_where where,
                        const ch_face **out);

/* The first face in the fallback order for `want` that has a glyph for every one of the code
 * points (a cluster; default-ignorable ones are skipped).  NULL when none has: the caller reports. */
const ch_face *ch_fonts_cover(ch_fonts *f, ch_ctx *cx, const ch_font_want *want,
                              const uint32_t *cps, size_t n);
/* The families tried for `want`, in order, comma-separated: for the missing-glyph diagnostic. */
ch_str ch_fonts_tried(ch_fonts *f, ch_ctx *cx, const ch_font_want *want);

bool ch_face_has(const ch_face *face, uint32_t cp);
/* How much of its square a full-width mark can give up, before and behind its ink, so that it is
 * half as wide: as the font's own feature `halt` says, else by where the ink stands.  Font units;
 * zeros for a glyph that fills its square. */
typedef struct ch_blank {
    int32_t before, after;
} ch_blank;
ch_blank ch_face_blank(const ch_face *face, uint32_t cp, uint32_t glyph, ch_str lang);
/* A length in font units at a size: rounded to nearest. */
ch_len ch_face_scale(const ch_face *face, ch_len size, int32_t units);

/* A kind of text as locks of fonts name it: role or family, weight, slant, script, language. */
ch_str ch_font_want_key(ch_arena *a, const ch_font_want *want);
/* Put on the job's list what serves each role and script, upright and italic, regular and bold. */
void ch_fonts_list_roles(ch_fonts *f, ch_ctx *cx);

/* One line a role and script: role, script, family, style, file, index, version. */
ch_status ch_fonts_list(ch_fonts *f, ch_ctx *cx, ch_buf *out);

#endif
