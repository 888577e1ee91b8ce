/* page/page.h -- the pages, as a display list.
 *
 * Reads:   ch_lines_doc (lines, column widths) and ch_blocks (geometry, furniture, keeps).
 * Makes:   the cheapest sequence of pages, chosen as a whole: glyphs, rules, images, links,
 *          each with its structure element and language.
 * Knows nothing of PDF. */
#ifndef CH_PAGE_PAGE_H
#define CH_PAGE_PAGE_H

#include "base/base.h"
#include "figure/drawing.h"
#include "line/line.h"

typedef enum ch_item_kind {
    CH_ITEM_GLYPHS,
    CH_ITEM_RULE,
    CH_ITEM_IMAGE,
    CH_ITEM_LINK,
    CH_ITEM_STROKE /* across a rectangle from its lower start to its upper end */
} ch_item_kind;
typedef enum ch_artifact {
    CH_ARTIFACT_NONE,
    CH_ARTIFACT_HEADER,
    CH_ARTIFACT_FOOTER,
    CH_ARTIFACT_LAYOUT
} ch_artifact;

/* All positions from the top left of the sheet, y downwards; for glyphs y is the baseline. */
typedef struct ch_item {
    ch_item_kind    kind;
    const ch_snode *node; /* structure element; NULL: artifact */
    ch_artifact     artifact;
    ch_str          lang;
    ch_len          x, y, w, h; /* RULE, IMAGE, LINK, STROKE: the rectangle */
    uint32_t        colour;
    /* GLYPHS */
    const ch_face  *face;
    ch_len          size; /* of a STROKE: its thickness */
    const ch_glyph *glyph;
    size_t          n;      /* visual order */
    ch_str          text;   /* the shaped text's bytes [from,to): cluster - base indexes into it */
    size_t          base;   /* byte offset that text.p[0] has in cluster numbering */
    bool            rtl;    /* of a STROKE: it starts at the right */
    bool            hyphen; /* ends (logically) in a hyphen that is not in the text */
    bool            line_start; /* first item of a line of a paragraph, in reading order */
    bool
        line_end; /* last item of a line, in reading order; the space or break after it is not drawn */
    bool joined; /* with line_end: the text goes on without a space (hyphen, Han) */
    /* IMAGE */
    ch_str            path;
    ch_str            alt;
    const ch_drawing *drawing; /* NULL: of pixels */
    bool              black;   /* without colour */
    /* LINK */
    ch_str uri; /* or "#id" */
} ch_item;

typedef struct ch_page {
    unsigned       number;  /* from 1 */
    size_t         printed; /* the number that it has by its running lines */
    ch_len         width, height;
    const ch_item *item;
    size_t         n;
} ch_page;

typedef struct ch_bookmark {
    ch_str          title;
    unsigned        level;
    size_t          page;
    ch_len          y;
    const ch_snode *node;
} ch_bookmark;
typedef struct ch_dest {
    ch_str id;
    size_t page;
    ch_len x, y;
} ch_dest; /* of an xml:id */

typedef struct ch_pages {
    const ch_blocks   *blocks;
    const ch_page     *page;
    size_t             n;
    const ch_bookmark *bookmark;
    size_t             n_bookmarks;
    const ch_dest     *dest;
    size_t             n_dests;
    size_t             relaxed; /* page rules that could not hold; each is reported */
} ch_pages;

/* Sizes of images, asked while laying out: pixels and resolution (0: unknown), or a drawing.  The pdf room
 * implements it (pdf/image.h) and job/ hands it in, so that page/ needs no image library. */
typedef struct ch_image_size {
    uint32_t          px_w, px_h, dpi_x, dpi_y;
    const ch_drawing *drawing; /* then it says its size */
} ch_image_size;
typedef ch_status ch_image_probe(void *user, ch_ctx *cx, ch_str path, ch_where where,
                                 ch_image_size *out);

typedef struct ch_page_tools {
    const ch_text_tools *text;
    ch_image_probe      *probe;
    void                *probe_user;
} ch_page_tools;

/* Reports W60xx for every relaxed rule, N61xx with cx->explain. */
ch_status ch_page_pass(ch_ctx *cx, const ch_page_tools *t, const ch_lines_doc *l,
                       const ch_pages **out);
void      ch_page_dump(ch_buf *out, const ch_pages *p); /* --dump=pages */

#endif
