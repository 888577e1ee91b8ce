/* pdf/jpeg.c -- the segments of a JPEG file (ITU-T T.81, annex B); the picture itself is for
 * the reader of the PDF to decode. */
#include "pdf/image.h"

/* Markers, the second byte after 0xFF. */
enum {
    SOI   = 0xD8,
    EOI   = 0xD9,
    SOS   = 0xDA,
    DHT   = 0xC4,
    JPG   = 0xC8,
    DAC   = 0xCC,
    RST0  = 0xD0,
    RST7  = 0xD7,
    TEM   = 0x01,
    APP0  = 0xE0,
    APP1  = 0xE1,
    APP14 = 0xEE
};

static uint32_t
byte(ch_str s, size_t at)
{
    return at < s.n ? (uint8_t)s.p[at] : 0U;
}

static uint32_t
two(ch_str s, size_t at)
{
    return byte(s, at) << 8 | byte(s, at + 1);
}

static uint32_t
two_little(ch_str s, size_t at)
{
    return byte(s, at + 1) << 8 | byte(s, at);
}

bool
ch_jpeg_is(ch_str b)
{
    return b.n >= 3 && byte(b, 0) == 0xFF && byte(b, 1) == SOI && byte(b, 2) == 0xFF;
}

static bool
is_frame(uint32_t m)
{
    return m >= 0xC0 && m <= 0xCF && m != DHT && m != JPG && m != DAC;
}

/* Start of frame at `at`, behind its length. */
static ch_image_verdict
read_frame(ch_str b, size_t at, uint32_t marker, ch_pixels *out, const char **why)
{
    if (marker > 0xC2) { /* lossless, hierarchical or arithmetic: DCTDecode knows none of them */
        *why = "a JPEG of a kind that PDF does not know (neither baseline nor progressive)";
        return CH_IMAGE_FORMAT;
    }
    out->bits     = byte(b, at);
    out->height   = two(b, at + 1);
    out->width    = two(b, at + 3);
    out->channels = byte(b, at + 5);
    if (out->bits != 8) {
        *why = "a JPEG with more than 8 bits a component";
        return CH_IMAGE_FORMAT;
    }
    if (out->width == 0 || out->height == 0) {
        *why = "it has no size";
        return CH_IMAGE_DAMAGED;
    }
    if (out->channels != 1 && out->channels != 3 && out->channels != 4) {
        *why = "it has neither 1 nor 3 nor 4 components";
        return CH_IMAGE_DAMAGED;
    }
    return CH_IMAGE_OK;
}

static bool
has_name(ch_str b, size_t at, const char *name)
{
    return ch_str_starts(ch_str_sub(b, at, b.n), name);
}

static void
read_density(ch_str b, size_t at, ch_pixels *out)
{
    uint32_t unit = byte(b, at + 7), x = two(b, at + 8), y = two(b, at + 10);
    if (unit == 1) {
        out->dpi_x = x;
        out->dpi_y = y;
    } else if (unit == 2) { /* a centimetre */
        out->dpi_x = (x * 254 + 50) / 100;
        out->dpi_y = (y * 254 + 50) / 100;
    }
}

/* The orientation that a camera noted (EXIF 2.3, tag 0x0112, in the first directory of a TIFF
 * structure in either order of bytes); 1, upright, when it did not. */
static uint32_t
read_orientation(ch_str t)
{
    bool     little = ch_str_starts(t, "II");
    uint32_t at = little ? two_little(t, 4) | two_little(t, 6) << 16 : two(t, 4) << 16 | two(t, 6);
    if ((!little && !ch_str_starts(t, "MM")) || at > t.n)
        return 1;
    uint32_t n = little ? two_little(t, at) : two(t, at);
    for (size_t i = at + 2; n > 0 && i + 12 <= t.n; n--, i += 12)
        if ((little ? two_little(t, i) : two(t, i)) == 0x0112)
            return little ? two_little(t, i + 8) : two(t, i + 8);
    return 1;
}

/* Behind a start of scan: over the coded data to the next marker that is none of its own. */
static size_t
skip_scan(ch_str b, size_t at)
{
    for (; at + 1 < b.n; at++)
        if (byte(b, at) == 0xFF && byte(b, at + 1) != 0 && byte(b, at + 1) != 0xFF &&
            !(byte(b, at + 1) >= RST0 && byte(b, at + 1) <= RST7))
            return at;
    return b.n;
}

/* The segments up to the frame (probe) or to the end of the image. */
static ch_image_verdict
walk(ch_str b, bool probe, ch_pixels *out, const char **why)
{
    bool frame = false, scan = false;
    *out = (ch_pixels){.jpeg = true};
    for (size_t at = 2; at + 1 < b.n;) {
        uint32_t marker = byte(b, at + 1);
        if (byte(b, at) != 0xFF) {
            *why = "a segment does not begin with a marker";
            return CH_IMAGE_DAMAGED;
        }
        if (marker == 0xFF) { /* fill */
            at++;
            continue;
        }
        at += 2;
        if (marker == EOI) {
            if (!frame || !scan)
                break;
            out->data = ch_str_sub(b, 0, at);
            return CH_IMAGE_OK;
        }
        if (marker == TEM || (marker >= RST0 && marker <= RST7))
            continue;
        size_t len = two(b, at);
        if (len < 2 || len > b.n - at)
            return CH_IMAGE_CUT_SHORT;
        if (is_frame(marker)) {
            ch_image_verdict v =
                len < 8 ? CH_IMAGE_DAMAGED : read_frame(b, at + 2, marker, out, why);
            if (v != CH_IMAGE_OK || probe)
                return v;
            frame = true;
        } else if (marker == APP0 && len >= 14 && has_name(b, at + 2, "JFIF")) {
            read_density(b, at + 2, out);
        } else if (marker == APP1 && len >= 16 && has_name(b, at + 2, "Exif")) {
            uint32_t way = read_orientation(ch_str_sub(b, at + 8, at + len));
            out->turned  = way > 1 && way <= 8;
        } else if (marker == APP14 && len >= 14 && has_name(b, at + 2, "Adobe")) {
            out->inverted = true;
        }
        at += len;
        if (marker == SOS) {
            scan = true;
            at   = skip_scan(b, at);
        }
    }
    return CH_IMAGE_CUT_SHORT;
}

ch_image_verdict
ch_jpeg_probe(ch_str bytes, ch_pixels *out, const char **why)
{
    *why = "its frame header is too short";
    return walk(bytes, true, out, why);
}

ch_image_verdict
ch_jpeg_read(ch_str bytes, ch_pixels *out, const char **why)
{
    *why               = "its frame header is too short";
    ch_image_verdict v = walk(bytes, false, out, why);
    out->inverted      = out->inverted && out->channels == 4;
    return v;
}
