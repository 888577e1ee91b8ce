/* pdf/image.c -- image files of a letter, and their XObjects. */
#include "pdf/image.h"

#include "figure/svg.h"
#include "pdf/drawing.h"
#include "pdf/put.h"

#include <string.h>

/* ---- reading --------------------------------------------------------------------------- */

/* What the file is when it is neither PNG nor JPEG, as far as its first bytes tell. */
static const char *
other_format(ch_str b)
{
    if (ch_str_starts(b, "GIF8"))
        return "a GIF image";
    if (ch_str_starts(b, "II*") || ch_str_starts(b, "MM"))
        return "a TIFF image";
    if (ch_str_starts(b, "BM"))
        return "a BMP image";
    if (ch_str_starts(b, "%PDF"))
        return "a PDF file";
    if (ch_str_starts(b, "%!PS"))
        return "a PostScript file";
    if (ch_str_starts(b, "RIFF"))
        return "a WebP image";
    return NULL;
}

/* What the header says.  Neither reports nor allocates. */
static ch_image_verdict
probe(const ch_limits *limits, ch_str bytes, ch_pixels *px, const char **why)
{
    ch_image_verdict v = CH_IMAGE_NONE;
    if (bytes.n == 0) {
        v = CH_IMAGE_EMPTY;
    } else if (ch_png_is(bytes)) {
        v = ch_png_probe(bytes, px, why);
    } else if (ch_jpeg_is(bytes)) {
        v = ch_jpeg_probe(bytes, px, why);
    } else if ((*why = other_format(bytes)) != NULL) {
        v = CH_IMAGE_FORMAT;
    }
    if (v == CH_IMAGE_OK && (uint64_t)px->width * px->height > limits->image_pixels)
        v = CH_IMAGE_TOO_LARGE;
    return v;
}

static ch_status
report_verdict(ch_ctx *cx, ch_image_verdict v, const ch_pixels *px, const char *why, ch_str path,
               ch_where where)
{
    switch (v) {
    case CH_IMAGE_OK:
        return CH_OK;
    case CH_IMAGE_EMPTY:
        ch_report(cx, CH_E1005_file_empty, where, CH_ARG(path));
        break;
    case CH_IMAGE_NONE:
        ch_report(cx, CH_E7010_not_an_image, where, CH_ARG(path));
        break;
    case CH_IMAGE_FORMAT:
        ch_report(cx, CH_E7011_image_format, where, CH_ARG(path), why);
        break;
    case CH_IMAGE_CUT_SHORT:
        ch_report(cx, CH_E7012_image_cut_short, where, CH_ARG(path));
        break;
    case CH_IMAGE_DAMAGED:
        ch_report(cx, CH_E7013_image_damaged, where, CH_ARG(path), why);
        break;
    case CH_IMAGE_TOO_LARGE:
        ch_report(cx, CH_E7014_image_too_large, where, CH_ARG(path), px->width, px->height,
                  (unsigned long long)cx->limits.image_pixels);
        return CH_ERR_LIMIT;
    case CH_IMAGE_NO_MEMORY:
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    return CH_ERR_INPUT;
}

/* ---- from letter to letter -------------------------------------------------------------- */

enum { KEPT_MOST = 512 << 10 }; /* bytes of an image's data */

/* Of an image in the keep: which file it is, as it is now, and what the answer depends on.  Empty
 * where nothing is kept. */
static ch_str
kept_key(ch_ctx *cx, ch_str name, bool black)
{
    struct {
        ch_file_id id;
        uint64_t   pixels, bytes, depth, nodes, black;
    } head    = {.pixels = cx->limits.image_pixels,
                 .bytes  = cx->limits.file_bytes,
                 .depth  = cx->limits.depth,
                 .nodes  = cx->limits.nodes,
                 .black  = black};
    int error = 0;
    if (!ch_keep_works(cx->keep) || !ch_file_identify(name.p, &head.id, &error))
        return CH_STR_EMPTY;
    char *key = ch_arena_array(cx->job, sizeof head + name.n, 1);
    memcpy(key, &head, sizeof head);
    memcpy(key + sizeof head, name.p, name.n);
    return (ch_str){key, sizeof head + name.n};
}

static void
keep_size(ch_ctx *cx, ch_str key, const ch_image_size *size)
{
    ch_arena *a = key.n ? ch_keep_room(cx->keep) : NULL;
    if (!a)
        return;
    ch_image_size *kept = CH_NEW(a, ch_image_size);
    *kept               = *size;
    if (size->drawing)
        kept->drawing = ch_drawing_copy(a, size->drawing);
    ch_keep_put(cx->keep, CH_KEEP_SIZE, key, kept);
}

static void
keep_pixels(ch_ctx *cx, ch_str key, const ch_pixels *px)
{
    size_t    n = px->data.n + px->alpha.n + px->palette.n;
    ch_arena *a = key.n && n <= KEPT_MOST ? ch_keep_room(cx->keep) : NULL;
    if (!a)
        return;
    ch_pixels *kept = CH_NEW(a, ch_pixels);
    *kept           = *px;
    kept->data      = ch_arena_str(a, px->data);
    kept->alpha     = ch_arena_str(a, px->alpha);
    kept->palette   = ch_arena_str(a, px->palette);
    ch_keep_put(cx->keep, CH_KEEP_PIXELS, key, kept);
}

/* Its bytes stay: diagnostics point into them. */
static ch_status
read_drawing(ch_ctx *cx, ch_str name, ch_where where, ch_image_size *out)
{
    ch_str        bytes    = CH_STR_EMPTY;
    int           os_error = 0;
    ch_file_error err = ch_file_read(cx->job, name.p, cx->limits.file_bytes, &bytes, &os_error);
    ch_status     st =
        ch_report_file(cx, where, name, err, os_error, cx->limits.file_bytes, CH_ERR_HOST);
    return st == CH_OK ? ch_svg_read(cx, name, bytes, &out->drawing) : st;
}

static ch_status
probe_file(ch_ctx *cx, ch_str path, ch_str name, ch_where where, ch_image_size *out)
{
    ch_str        bytes    = CH_STR_EMPTY;
    int           os_error = 0;
    ch_file_error err      = ch_file_map(name.p, cx->limits.file_bytes, &bytes, &os_error);
    if (err != CH_FILE_OK)
        return ch_report_file(cx, where, path, err, os_error, cx->limits.file_bytes, CH_ERR_HOST);
    ch_input_add(cx, CH_INPUT_IMAGE, name);
    if (ch_svg_is(bytes)) {
        ch_file_unmap(bytes);
        return read_drawing(cx, name, where, out);
    }
    const char      *why = "";
    ch_pixels        px  = {0};
    ch_image_verdict v   = probe(&cx->limits, bytes, &px, &why);
    ch_file_unmap(bytes);
    *out = (ch_image_size){px.width, px.height, px.dpi_x, px.dpi_y, NULL};
    return report_verdict(cx, v, &px, why, path, where);
}

ch_status
ch_image_probe_file(void *user, ch_ctx *cx, ch_str path, ch_where where, ch_image_size *out)
{
    (void)user;
    ch_str               name = ch_arena_str(cx->job, path);
    ch_str               key  = kept_key(cx, name, false);
    size_t               said = ch_diags_said(cx->diags);
    const ch_image_size *kept = ch_keep_find(cx->keep, CH_KEEP_SIZE, key);
    if (kept) {
        ch_input_add(cx, CH_INPUT_IMAGE, name);
        *out = *kept;
        return CH_OK;
    }
    ch_status st = probe_file(cx, path, name, where, out);
    if (st == CH_OK && ch_diags_said(cx->diags) == said)
        keep_size(cx, key, out);
    return st;
}

/* ---- writing --------------------------------------------------------------------------- */

static void
put_colours(ch_buf *b, const ch_pixels *px)
{
    static const char *const device[] = {"", "/DeviceGray", "", "/DeviceRGB", "/DeviceCMYK"};
    ch_buf_puts(b, "/ColorSpace");
    if (px->palette.n == 0) {
        ch_buf_puts(b, device[px->channels <= 4 ? px->channels : 0]);
    } else {
        ch_buf_printf(b, "[/Indexed/DeviceRGB %zu<", px->palette.n / 3 - 1);
        for (size_t i = 0; i < px->palette.n; i++)
            ch_buf_printf(b, "%02X", (unsigned)(uint8_t)px->palette.p[i]);
        ch_buf_puts(b, ">]");
    }
    if (px->inverted)
        ch_buf_puts(b, "/Decode[1 0 1 0 1 0 1 0]");
    if (px->jpeg)
        ch_buf_puts(b, "/Filter/DCTDecode");
    if (px->png_rows)
        ch_buf_printf(b, "/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %u>>",
                      px->channels, px->bits, px->width);
}

static ch_haru_dict *
write_stream(ch_haru *h, const ch_pixels *px, ch_str data, unsigned bits)
{
    ch_haru_dict *d = ch_haru_stream_new(h, data, !px->jpeg);
    ch_haru_name(h, d, "Type", "XObject");
    ch_haru_name(h, d, "Subtype", "Image");
    ch_haru_number(h, d, "Width", (int32_t)px->width);
    ch_haru_number(h, d, "Height", (int32_t)px->height);
    ch_haru_number(h, d, "BitsPerComponent", (int32_t)bits);
    return d;
}

static void
write_image(ch_ctx *cx, ch_haru *h, const ch_pixels *px, ch_pdf_image *out)
{
    ch_buf b;
    ch_buf_init(&b, cx->job);
    put_colours(&b, px);
    out->dict = write_stream(h, px, px->data, px->bits);
    ch_haru_entries(h, out->dict, ch_buf_view(&b));
    out->cmyk  = px->channels == 4;
    out->alpha = px->alpha.n > 0;
    if (out->alpha) {
        ch_haru_dict *mask = write_stream(h, px, px->alpha, px->alpha_bits);
        ch_haru_name(h, mask, "ColorSpace", "DeviceGray");
        ch_haru_ref(h, out->dict, "SMask", mask);
    }
}

static ch_status
load_file(ch_ctx *cx, ch_packer *packer, ch_str path, ch_str name, bool black, ch_where where,
          ch_pixels *px)
{
    ch_str        bytes    = CH_STR_EMPTY;
    int           os_error = 0;
    ch_file_error err = ch_file_read(cx->job, name.p, cx->limits.file_bytes, &bytes, &os_error);
    ch_status     st =
        ch_report_file(cx, where, path, err, os_error, cx->limits.file_bytes, CH_ERR_HOST);
    if (st != CH_OK)
        return st;
    const char      *why = "";
    ch_image_verdict v   = probe(&cx->limits, bytes, px, &why);
    if (v == CH_IMAGE_OK)
        v = ch_png_is(bytes) ? ch_png_read(cx->job, packer, bytes, black, px, &why)
                             : ch_jpeg_read(bytes, px, &why);
    if (v == CH_IMAGE_OK && black && px->jpeg && px->channels > 1)
        ch_report(cx, CH_W7027_image_colours, where, CH_ARG(path));
    if (v == CH_IMAGE_OK && px->turned)
        ch_report(cx, CH_W7028_image_turned, where, CH_ARG(path));
    return report_verdict(cx, v, px, why, path, where);
}

static ch_status
load(ch_ctx *cx, ch_packer *packer, ch_str path, bool black, ch_where where, ch_pixels *px)
{
    ch_str           name = ch_arena_str(cx->job, path);
    ch_str           key  = kept_key(cx, name, black);
    size_t           said = ch_diags_said(cx->diags);
    const ch_pixels *kept = ch_keep_find(cx->keep, CH_KEEP_PIXELS, key);
    if (kept) {
        *px = *kept;
        return CH_OK;
    }
    ch_status st = load_file(cx, packer, path, name, black, where, px);
    if (st == CH_OK && ch_diags_said(cx->diags) == said)
        keep_pixels(cx, key, px);
    return st;
}

const ch_pdf_image *
ch_pdf_images_lookup(const ch_pdf_images *m, const ch_item *item)
{
    return ch_map_lookup(m->by_path[item->black], item->path);
}

typedef struct adder {
    ch_ctx        *cx;
    ch_haru       *h;
    ch_packer     *packer;
    ch_pdf_images *out;
    ch_buf        *digest;
} adder;

static ch_pdf_image *
add_name(const adder *d, const ch_item *item)
{
    ch_arena     *a            = d->out->arena;
    ch_pdf_image *image        = CH_NEW(a, ch_pdf_image);
    *CH_PUSH(a, d->out->image) = image;
    image->path                = ch_arena_str(a, item->path);
    image->black               = item->black;
    ch_str name                = ch_arena_printf(a, "Im%zu", d->out->image.n);
    memcpy(image->name, name.p, name.n < sizeof image->name ? name.n : sizeof image->name - 1);
    ch_map_put(d->out->by_path[item->black], item->path, image);
    return image;
}

static ch_status
add_drawing(const adder *d, const ch_item *item)
{
    ch_pdf_image  *image = add_name(d, item);
    ch_drawing_out made;
    if (!ch_pdf_drawing_write(d->cx->job, d->h, d->packer, item->drawing, item->black, d->digest,
                              &made)) {
        ch_report(d->cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    image->dict  = made.form;
    image->alpha = made.alpha;
    return CH_OK;
}

static ch_status
add_image(const adder *d, const ch_item *item)
{
    if (ch_pdf_images_lookup(d->out, item))
        return CH_OK;
    if (item->drawing)
        return add_drawing(d, item);
    ch_pixels px    = {0};
    ch_where  where = item->node ? item->node->where : CH_NOWHERE;
    ch_status st    = load(d->cx, d->packer, item->path, item->black, where, &px);
    if (st != CH_OK)
        return st;
    write_image(d->cx, d->h, &px, add_name(d, item));
    uint64_t hash = ch_hash(px.data.p, px.data.n, 0);
    ch_buf_add(d->digest, &hash, sizeof hash);
    return CH_OK;
}

void
ch_pdf_images_begin(ch_arena *a, ch_pdf_images *out)
{
    *out = (ch_pdf_images){.arena = a, .by_path = {ch_map_new(a), ch_map_new(a)}};
}

ch_status
ch_pdf_images_write(ch_ctx *cx, ch_haru *h, ch_packer *packer, const ch_pages *pages,
                    ch_pdf_images *out, ch_buf *digest)
{
    ch_status worst = CH_OK;
    adder     d     = {cx, h, packer, out, digest};
    for (size_t p = 0; p < pages->n; p++)
        for (size_t i = 0; i < pages->page[p].n; i++) {
            const ch_item *item = &pages->page[p].item[i];
            if (item->kind != CH_ITEM_IMAGE || item->path.n == 0)
                continue;
            ch_status st = add_image(&d, item);
            if (st != CH_OK)
                worst = st;
        }
    return worst;
}
