/* font/sfnt.h -- is a font file whole?  Looks at the container of TrueType and OpenType.
 *
 * Reads:   the bytes of a file.
 * Makes:   a verdict, with words for the user when it is bad.
 * Knows nothing of fontconfig, FreeType or HarfBuzz, so that nothing damaged reaches them. */
#ifndef CH_FONT_SFNT_H
#define CH_FONT_SFNT_H

#include "base/base.h"

/* What the tables say that later code needs. */
typedef struct ch_sfnt {
    uint32_t fonts; /* in the collection; 1 for a file of one font */
    bool     cff;   /* CFF or CFF2 outlines */
    uint32_t glyphs;
    int32_t  upem;
    uint16_t fs_type; /* 0 when there is no OS/2 table */
    uint16_t weight;  /* 400 when there is none */
    bool     fixed_pitch, italic, serif;
    int32_t  cap_height, x_height; /* 0 when the font does not say */
} ch_sfnt;

/* Check font `index` of the file and fill *out.  false: `why` (of `room` bytes) says what is
 * wrong, in words that follow the name of the file: "is cut short: ...".  Threads: any. */
bool ch_sfnt_check(ch_str bytes, uint32_t index, ch_sfnt *out, char *why, size_t room);

#endif
