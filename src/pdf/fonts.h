/* pdf/fonts.h -- the fonts of one PDF: which glyphs, which text they stand for, which codes.
 *
 * Reads:   the display list.
 * Makes:   a Type 0 font for each face: subset, widths, ToUnicode.
 * Knows nothing of page content and structure. */
#ifndef CH_PDF_FONTS_H
#define CH_PDF_FONTS_H

#include "pdf/cache.h"
#include "pdf/cluster.h"
#include "pdf/haru.h"

/* One glyph of a font that is used. */
typedef struct ch_font_glyph {
    uint32_t id;
    uint16_t code;  /* in a page's text */
    int32_t  width; /* in thousandths of the em */
    ch_str   text;  /* what ToUnicode says */
    ch_str   guess; /* what it says when no cluster is of this glyph alone */
} ch_font_glyph;

typedef struct ch_pdf_font {
    const ch_face *face;
    char           name[16];     /* "F1" */
    uint16_t      *slot;         /* by glyph: its place in `glyph`, plus one; 0: not used */
    CH_VEC(ch_font_glyph) glyph; /* in order of first use */
    uint32_t      space;         /* its glyph for U+0020, or 0 */
    bool          missing;       /* glyph 0 is used */
    ch_haru_dict *dict;
} ch_pdf_font;

typedef struct ch_pdf_fonts {
    ch_arena *arena;
    CH_VEC(ch_pdf_font *) font; /* in order of first use */
} ch_pdf_fonts;

/* See what the pages use. */
void                 ch_pdf_fonts_collect(ch_arena *a, const ch_pages *pages, ch_pdf_fonts *out);
ch_pdf_font         *ch_pdf_fonts_lookup(const ch_pdf_fonts *f, const ch_face *face);
const ch_font_glyph *ch_pdf_font_glyph(const ch_pdf_font *f, uint32_t id); /* NULL: not used */
/* Does a reader get the text of this cluster from its glyphs alone? */
bool ch_pdf_font_reads(const ch_pdf_font *f, const ch_item *item, const ch_cluster *c);
/* Does this item need a space behind it, at the end of its line, so that words keep apart? */
bool ch_item_wants_space(const ch_pdf_font *f, const ch_item *item);

/* Subset and write them.  Reports E7003.  *digest grows by what was written. */
ch_status ch_pdf_fonts_write(ch_ctx *cx, ch_haru *h, ch_pdf_cache *cache, ch_packer *packer,
                             ch_pdf_fonts *f, ch_buf *digest);

#endif
