/* pdf/fonts.h -- the fonts of one PDF: which glyphs, which text they stand for, which codes.
 *
 * Reads:   the display list.
 * Makes:   a Type 0 font for each face: subset, widths, ToUnicode.
 * Knows nothing of page content and structure.
 *
 * A reader takes text from glyphs one by one.  Where a cluster is more than a glyph that always
 * stands for the same text, its glyphs become one compound of the font, with the text of the
 * cluster (doc/text-extraction.md says why). */
#ifndef CH_PDF_FONTS_H
#define CH_PDF_FONTS_H

#include "pdf/cache.h"
#include "pdf/cluster.h"
#include "pdf/haru.h"
#include "pdf/look.h"
#include "pdf/pack.h"
#include "pdf/turns.h"

/* One glyph of a font that is used. */
typedef struct ch_font_glyph {
    uint32_t id;       /* in the face */
    uint32_t compound; /* not 0: the compound of this number, from 1; then id means nothing */
    uint16_t code;     /* in a page's text */
    int32_t  width;    /* in thousandths of the em */
    bool     shown;    /* in a page's text, not only within a compound */
    bool     kept;     /* the text is in the fonts' arena */
    bool     rtl;      /* of a text from right to left, which ToUnicode has backwards */
    ch_str   text;     /* what ToUnicode says */
    ch_str   guess;    /* what it says when no cluster is of this glyph alone */
} ch_font_glyph;

typedef struct ch_pdf_font {
    const ch_face *face;
    char           name[16];     /* "F1" */
    uint16_t      *slot;         /* by glyph: its place in `glyph`, plus one; 0: not used */
    CH_VEC(ch_font_glyph) glyph; /* in order of first use */
    CH_VEC(ch_glyph_part) part;
    CH_VEC(ch_compound) compound;
    ch_map       *by_look;  /* parts and text of a compound: its place in `glyph`, plus one */
    uint32_t      space;    /* its glyph for U+0020, or 0 */
    uint32_t      mark[2];  /* its glyphs for U+200E and U+200F: place in `glyph`, plus one */
    uint32_t      blank;    /* its glyph that PDFium reads as nothing, likewise */
    bool          stranded; /* it needs that one */
    bool          missing;  /* glyph 0 is used */
    ch_haru_dict *dict;
} ch_pdf_font;

/* A space that the display list has not. */
typedef struct ch_end_space {
    ch_glyph   glyph;
    ch_item    item;
    ch_cluster cluster;
} ch_end_space;

typedef struct ch_pdf_fonts {
    ch_arena *arena;
    bool      many;             /* letters: codes hold for all of them */
    CH_VEC(ch_pdf_font *) font; /* in order of first use */
    const ch_beside **beside;   /* by page, see ch_page_beside */
    ch_pdf_font      *helper;   /* has the marks of fonts that can have none (CFF), or NULL */
} ch_pdf_fonts;

/* many: letters are seen one after the other, and written before the next one is. */
void ch_pdf_fonts_begin(ch_arena *a, bool many, ch_pdf_fonts *out);
/* See what the pages of a letter use.  rtl: the document says that it goes from right to left. */
void ch_pdf_fonts_collect(ch_arena *letter, const ch_pages *pages, bool rtl, ch_pdf_fonts *out);
ch_pdf_font         *ch_pdf_fonts_lookup(const ch_pdf_fonts *f, const ch_face *face);
const ch_font_glyph *ch_pdf_font_glyph(const ch_pdf_font *f, uint32_t id); /* NULL: not used */
/* The k-th glyph of an item from left to right, where nothing turns: one that stands alone for a
 * printing character of ASCII, and is known to.  NULL: it takes a closer look. */
const ch_font_glyph *ch_pdf_font_quick(const ch_pdf_font *f, const ch_item *item, size_t k);
/* The one glyph of the font that stands for this cluster, drawn *dx to the right of its left
 * edge; NULL: it is drawn glyph by glyph. */
const ch_font_glyph *ch_pdf_font_whole(const ch_pdf_font *f, const ch_item *item,
                                       const ch_cluster *c, ch_len *dx);
/* From left to right: that glyph reads as the letter alone, and this one, which draws nothing, as the
 * marks behind it; NULL: there is none. */
const ch_font_glyph *ch_pdf_font_rest(const ch_pdf_font *f, const ch_item *item,
                                      const ch_cluster *c);
/* The font that has the marks of this font: itself, or the helper; NULL: none has. */
ch_pdf_font *ch_pdf_fonts_marks(const ch_pdf_fonts *f, const ch_pdf_font *font);
/* The glyph of no width that is read as a direction mark; NULL: there is none. */
const ch_font_glyph *ch_pdf_font_mark(const ch_pdf_font *f, uint32_t cp);
/* A glyph that draws nothing, is at most an em wide, and is no text to PDFium and a space to
 * poppler and pdf.js; NULL: the font has none. */
const ch_font_glyph *ch_pdf_font_blank(const ch_pdf_font *f);
/* The same space in another font.  It does not show, so its font is ours to choose. */
void ch_space_in(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c, ch_end_space *out);
/* The space between the last word of a line and the first of the next, as an item of its own
 * with one cluster; false: the line needs none. */
bool ch_pdf_font_end_space(const ch_pdf_font *f, const ch_item *item, const ch_beside *beside,
                           ch_end_space *out);
/* Does a reader get the text of this cluster from its glyphs, drawn one by one? */
bool ch_pdf_font_reads(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c);

/* Subset and write them (fonts_write.c).  Reports E7003.  *digest grows by what was written. */
ch_status ch_pdf_fonts_write(ch_ctx *cx, ch_haru *h, ch_keeper *keeper, ch_packer *packer,
                             ch_pdf_fonts *f, ch_buf *digest);

#endif
