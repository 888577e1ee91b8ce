/* pdf/image.h -- PNG, JPEG and SVG files as XObjects.
 *
 * Reads:   image files, whole and checked; drawings, which the page pass has had read.
 * Makes:   one XObject for each file, of the unit square.
 * Knows nothing of pages.
 *
 * A PNG goes in as its own deflated rows where PDF has the same form for them, else it is
 * decoded and its alpha becomes a soft mask.  A JPEG goes in as it is. */
#ifndef CH_PDF_IMAGE_H
#define CH_PDF_IMAGE_H

#include "pdf/haru.h"
#include "pdf/pack.h"
#include "pdf/pdf.h"

typedef struct ch_pdf_image {
    ch_str        path;
    char          name[16]; /* "Im1" */
    bool          black;    /* without colour */
    bool          alpha;    /* has a soft mask */
    bool          cmyk;     /* in device colours that sRGB does not cover */
    ch_haru_dict *dict;
} ch_pdf_image;

typedef struct ch_pdf_images {
    ch_arena *arena;
    CH_VEC(ch_pdf_image *) image; /* in order of first use */
    ch_map *by_path[2];           /* as they are, and black */
} ch_pdf_images;

void ch_pdf_images_begin(ch_arena *a, ch_pdf_images *out);
/* Read, check and write every image that the pages show and no letter before did.  Reports E100x, E701x at the place
 * of the image's element. */
ch_status ch_pdf_images_write(ch_ctx *cx, ch_haru *h, ch_packer *packer, const ch_pages *pages,
                              ch_pdf_images *out, ch_buf *digest);
const ch_pdf_image *ch_pdf_images_lookup(const ch_pdf_images *m, const ch_item *item);

/* ---- the two formats; for image.c ----------------------------------------------------- */

/* What an XObject needs. */
typedef struct ch_pixels {
    uint32_t width, height, dpi_x, dpi_y; /* dpi 0: not said */
    unsigned bits;                        /* of a component */
    unsigned channels;                    /* 1, 3 or 4 */
    ch_str   data;                        /* FlateDecode, or a whole JPEG */
    bool     jpeg;
    bool     inverted; /* CMYK as Adobe's programs write it */
    bool     turned;   /* its camera says that it lies on a side, or is mirrored */
    bool     png_rows; /* rows begin with a PNG filter byte */
    ch_str   palette;  /* RGB triples; then channels is 1 */
    ch_str   alpha;    /* FlateDecode, of as many pixels, alpha_bits each; or empty */
    unsigned alpha_bits;
} ch_pixels;

typedef enum ch_image_verdict {
    CH_IMAGE_OK,
    CH_IMAGE_EMPTY,  /* no bytes at all */
    CH_IMAGE_NONE,   /* not an image */
    CH_IMAGE_FORMAT, /* of a format that PDF or we do not take */
    CH_IMAGE_CUT_SHORT,
    CH_IMAGE_DAMAGED,
    CH_IMAGE_TOO_LARGE, /* more pixels than the limit */
    CH_IMAGE_NO_MEMORY
} ch_image_verdict;

bool ch_png_is(ch_str bytes);
/* The header alone. why: words for DAMAGED and FORMAT. */
ch_image_verdict ch_png_probe(ch_str bytes, ch_pixels *out, const char **why);
/* black: as shades of grey. */
ch_image_verdict ch_png_read(ch_arena *a, ch_packer *packer, ch_str bytes, bool black,
                             ch_pixels *out, const char **why);
bool             ch_jpeg_is(ch_str bytes);
ch_image_verdict ch_jpeg_probe(ch_str bytes, ch_pixels *out, const char **why);
ch_image_verdict ch_jpeg_read(ch_str bytes, ch_pixels *out, const char **why);

#endif
