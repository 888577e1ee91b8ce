/* pdf/png.c -- PNG files, checked and decoded by libpng.
 *
 * libpng jumps on errors.  Nothing of ours is on its stack when it does, and its memory is
 * malloc's, so that an arena's jump never crosses it: all rows are allotted before. */
#include "pdf/image.h"

#include <limits.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#define IMAGE_LEVEL 6

static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

bool
ch_png_is(ch_str b)
{
    return b.n >= 8 && memcmp(b.p, signature, 8) == 0;
}

static uint32_t
four(ch_str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- chunks --------------------------------------------------------------------------- */

/* The next chunk: its kind and data; *at moves behind it. false: the file ends before. */
static bool
next_chunk(ch_str b, size_t *at, char kind[5], ch_str *data)
{
    if (*at > b.n || b.n - *at < 12)
        return false;
    size_t len = four(b, *at);
    if (len > b.n - *at - 12)
        return false;
    memcpy(kind, b.p + *at + 4, 4);
    kind[4] = 0;
    *data   = ch_str_sub(b, *at + 8, *at + 8 + len);
    *at += len + 12;
    return true;
}

ch_image_verdict
ch_png_probe(ch_str b, ch_pixels *out, const char **why)
{
    char   kind[5];
    ch_str data;
    size_t at = 8;
    *out      = (ch_pixels){0};
    if (!next_chunk(b, &at, kind, &data))
        return CH_IMAGE_CUT_SHORT;
    *why = "it does not begin with its header";
    if (strcmp(kind, "IHDR") != 0 || data.n != 13)
        return CH_IMAGE_DAMAGED;
    out->width  = four(data, 0);
    out->height = four(data, 4);
    *why        = "it has no size";
    if (out->width == 0 || out->height == 0 || out->width > INT_MAX || out->height > INT_MAX)
        return CH_IMAGE_DAMAGED;
    while (next_chunk(b, &at, kind, &data) && strcmp(kind, "IDAT") != 0)
        if (strcmp(kind, "pHYs") == 0 && data.n == 9 && data.p[8] == 1) { /* a metre */
            out->dpi_x = (uint32_t)(((uint64_t)four(data, 0) * 254 + 5000) / 10000);
            out->dpi_y = (uint32_t)(((uint64_t)four(data, 4) * 254 + 5000) / 10000);
        }
    return CH_IMAGE_OK;
}

/* All IDAT data, joined. */
static ch_str
rows_as_they_are(ch_arena *a, ch_str b)
{
    char   kind[5];
    ch_str data;
    char  *all = ch_arena_alloc(a, b.n);
    size_t n   = 0;
    for (size_t at = 8; next_chunk(b, &at, kind, &data);)
        if (strcmp(kind, "IDAT") == 0) {
            memcpy(all + n, data.p, data.n);
            n += data.n;
        }
    return (ch_str){all, n};
}

/* ---- decoding -------------------------------------------------------------------------- */

typedef struct decoder {
    png_structp png;
    png_infop   info;
    ch_str      bytes;
    size_t      at;
    bool        ran_out; /* the data ended too soon */
    char        why[80]; /* libpng's words */
    png_uint_32 width, height;
    int         bits, colour, interlace;
    bool        transparent; /* a tRNS chunk */
    size_t      row;         /* bytes in a decoded row */
    unsigned    channels;    /* of a decoded row */
    png_bytep  *rows;
} decoder;

static void
on_error(png_structp png, png_const_charp text)
{
    decoder *d = png_get_error_ptr(png);
    size_t   n = strlen(text);
    if (n >= sizeof d->why)
        n = sizeof d->why - 1;
    memcpy(d->why, text, n);
    d->why[n] = 0;
    png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void
on_read(png_structp png, png_bytep to, size_t n)
{
    decoder *d = png_get_io_ptr(png);
    if (n > d->bytes.n - d->at) {
        d->ran_out = true;
        png_error(png, "the file ends too soon");
    }
    memcpy(to, d->bytes.p + d->at, n);
    d->at += n;
}

static void
close_png(void *p)
{
    decoder *d = p;
    png_destroy_read_struct(&d->png, &d->info, NULL);
}

/* Header and what decoded rows look like: 8 or 16 bits, gray or RGB, alpha last. */
static bool
begin(decoder *d)
{
    if (setjmp(png_jmpbuf(d->png)))
        return false;
    png_set_read_fn(d->png, d, on_read);
    png_set_user_limits(d->png, INT_MAX, INT_MAX); /* pixels are limited by the job */
    png_read_info(d->png, d->info);
    (void)png_get_IHDR(d->png, d->info, &d->width, &d->height, &d->bits, &d->colour, &d->interlace,
                       NULL, NULL);
    d->transparent = png_get_valid(d->png, d->info, PNG_INFO_tRNS) != 0;
    png_set_expand(d->png);
    (void)png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    d->row      = png_get_rowbytes(d->png, d->info);
    d->channels = png_get_channels(d->png, d->info);
    return true;
}

/* The rows and what stands behind them: the check sums are looked at here. */
static bool
decode(decoder *d)
{
    if (setjmp(png_jmpbuf(d->png)))
        return false;
    png_read_image(d->png, d->rows);
    png_read_end(d->png, NULL);
    return true;
}

static bool
keeps_its_rows(const decoder *d)
{
    return d->interlace == PNG_INTERLACE_NONE && !d->transparent &&
           !(d->colour & PNG_COLOR_MASK_ALPHA);
}

static ch_str
palette_of(ch_arena *a, const decoder *d)
{
    png_colorp colour = NULL;
    int        n      = 0;
    if (d->colour != PNG_COLOR_TYPE_PALETTE || !png_get_PLTE(d->png, d->info, &colour, &n))
        return CH_STR_EMPTY;
    char *p = ch_arena_alloc(a, (size_t)n * 3);
    for (int i = 0; i < n; i++) {
        p[3 * i]     = (char)colour[i].red;
        p[3 * i + 1] = (char)colour[i].green;
        p[3 * i + 2] = (char)colour[i].blue;
    }
    return (ch_str){p, (size_t)n * 3};
}

/* Pixels and alpha apart; `sample` bytes a component.  Each row of pixels is led by the PNG
 * filter "up" (2), under which pictures deflate better. */
static void
part(const decoder *d, size_t sample, unsigned colours, char *pixel, char *alpha)
{
    size_t step = d->channels * sample, keep = colours * sample;
    bool   has_alpha = d->channels > colours;
    for (png_uint_32 y = 0; y < d->height; y++) {
        const png_byte *from = d->rows[y];
        const png_byte *up   = y > 0 ? d->rows[y - 1] : NULL;
        *pixel++             = 2;
        for (png_uint_32 x = 0; x < d->width; x++)
            for (size_t k = 0; k < step; k++) {
                size_t i = x * step + k;
                if (k < keep)
                    *pixel++ = (char)(from[i] - (up ? up[i] : 0));
                else if (has_alpha)
                    *alpha++ = (char)from[i];
            }
    }
}

static unsigned
component(const png_byte *p, size_t sample)
{
    return sample == 2 ? (unsigned)p[0] << 8 | p[1] : p[0];
}

/* Of RGB its brightness (by the weights of ITU-R BT.709); alpha stays. */
static void
lose_colours(decoder *d)
{
    size_t sample = d->bits == 16 ? 2 : 1, step = d->channels * sample;
    size_t rest = step - 3 * sample;
    for (png_uint_32 y = 0; y < d->height; y++) {
        png_byte *to = d->rows[y];
        for (png_uint_32 x = 0; x < d->width; x++) {
            const png_byte *p   = d->rows[y] + x * step;
            uint64_t        sum = (uint64_t)component(p, sample) * 2126 +
                           (uint64_t)component(p + sample, sample) * 7152 +
                           (uint64_t)component(p + 2 * sample, sample) * 722;
            unsigned v = (unsigned)((sum + 5000) / 10000);
            if (sample == 2)
                *to++ = (png_byte)(v >> 8);
            *to++ = (png_byte)(v & 255);
            for (size_t k = 0; k < rest; k++)
                *to++ = p[3 * sample + k];
        }
    }
    d->channels -= 2;
}

static ch_image_verdict
from_rows(ch_arena *a, ch_packer *packer, const decoder *d, ch_pixels *out)
{
    size_t   sample  = d->bits == 16 ? 2 : 1;
    unsigned colours = d->channels >= 3 ? 3 : 1;
    size_t   pixels  = (size_t)d->width * d->height;
    size_t   n       = pixels * colours * sample + d->height;
    bool     alpha   = d->channels > colours;
    char    *plain   = ch_arena_alloc(a, n);
    char    *mask    = ch_arena_alloc(a, alpha ? pixels * sample : 1);
    part(d, sample, colours, plain, mask);
    out->bits     = (unsigned)sample * 8;
    out->channels = colours;
    out->png_rows = true;
    if (!ch_pack(packer, a, (ch_str){plain, n}, IMAGE_LEVEL, &out->data))
        return CH_IMAGE_NO_MEMORY;
    if (alpha) {
        out->alpha_bits = out->bits;
        if (!ch_pack(packer, a, (ch_str){mask, pixels * sample}, IMAGE_LEVEL, &out->alpha))
            return CH_IMAGE_NO_MEMORY;
    }
    return CH_IMAGE_OK;
}

static ch_image_verdict
complain(decoder *d, ch_arena *a, const char **why)
{
    if (d->ran_out)
        return CH_IMAGE_CUT_SHORT;
    *why = ch_arena_str(a, ch_str_from(d->why)).p;
    return CH_IMAGE_DAMAGED;
}

ch_image_verdict
ch_png_read(ch_arena *a, ch_packer *packer, ch_str bytes, bool black, ch_pixels *out,
            const char **why)
{
    ch_image_verdict v = ch_png_probe(bytes, out, why);
    if (v != CH_IMAGE_OK)
        return v;
    decoder *d = CH_NEW(a, decoder);
    d->bytes   = bytes;
    d->png     = png_create_read_struct(PNG_LIBPNG_VER_STRING, d, on_error, on_warning);
    if (!d->png)
        return CH_IMAGE_NO_MEMORY;
    ch_arena_defer(a, close_png, d);
    d->info = png_create_info_struct(d->png);
    if (!d->info)
        return CH_IMAGE_NO_MEMORY;
    if (!begin(d))
        return complain(d, a, why);
    ch_mark mark = ch_arena_mark(a);
    char   *all  = ch_arena_array(a, d->height, d->row);
    d->rows      = CH_NEW_N(a, png_bytep, d->height);
    for (png_uint_32 y = 0; y < d->height; y++)
        d->rows[y] = (png_bytep)all + (size_t)y * d->row;
    if (!decode(d))
        return complain(d, a, why);
    if (black && d->channels >= 3)
        lose_colours(d);
    if (!keeps_its_rows(d) || (black && (d->colour & PNG_COLOR_MASK_COLOR)))
        return from_rows(a, packer, d, out);
    ch_arena_rewind(a, mark); /* they were decoded only to see that they are whole */
    out->bits     = (unsigned)d->bits;
    out->channels = d->colour == PNG_COLOR_TYPE_RGB ? 3 : 1;
    out->png_rows = true;
    out->palette  = palette_of(a, d);
    out->data     = rows_as_they_are(a, bytes);
    return CH_IMAGE_OK;
}
