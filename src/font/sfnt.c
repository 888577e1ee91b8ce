/* font/sfnt.c -- the container of TrueType and OpenType (ISO/IEC 14496-22, chapter 4). */
#include "font/sfnt.h"

#include <stdio.h>
#include <string.h>

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

typedef struct table {
    size_t from, n;
} table;

typedef struct reader {
    ch_str   bytes;
    size_t   directory; /* of the font's first table record */
    unsigned tables;
    char    *why;
    size_t   room;
} reader;

static uint16_t
u16(ch_str b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b.p + at;
    return (uint16_t)(p[0] << 8 | p[1]);
}

static int32_t
s16(ch_str b, size_t at)
{
    return (int16_t)u16(b, at);
}

static uint32_t
u32(ch_str b, size_t at)
{
    return (uint32_t)u16(b, at) << 16 | u16(b, at + 2);
}

static bool
say(reader *r, const char *what)
{
    (void)snprintf(r->why, r->room, "%s", what);
    return false;
}

/* Find the font in the file and the directory of its tables. */
static bool
open_directory(reader *r, uint32_t index, ch_sfnt *out)
{
    ch_str b   = r->bytes;
    size_t at  = 0;
    out->fonts = 1;
    if (b.n < 12)
        return say(r, b.n ? "is too short to be a font" : "is empty");
    if (u32(b, 0) == TAG('t', 't', 'c', 'f')) {
        out->fonts = u32(b, 8);
        if (out->fonts == 0 || out->fonts > (b.n - 12) / 4)
            return say(r, "is a collection whose list of fonts is cut short");
        if (index >= out->fonts) {
            (void)snprintf(r->why, r->room, "has %u fonts, and number %u is wanted", out->fonts,
                           index);
            return false;
        }
        at = u32(b, 12 + 4 * (size_t)index);
        if (at > b.n - 12)
            return say(r, "is cut short: the wanted font of the collection is not in it");
    } else if (index != 0) {
        return say(r, "is no collection, and a font other than the first is wanted");
    }
    uint32_t version = u32(b, at);
    if (version != 0x00010000 && version != TAG('t', 'r', 'u', 'e') &&
        version != TAG('O', 'T', 'T', 'O'))
        return say(r, "is no TrueType or OpenType font");
    r->tables    = u16(b, at + 4);
    r->directory = at + 12;
    if (r->tables == 0 || r->tables > (b.n - r->directory) / 16)
        return say(r, "is cut short inside its table directory");
    return true;
}

/* Every table must lie inside the file. */
static bool
check_bounds(reader *r)
{
    ch_str b = r->bytes;
    for (unsigned i = 0; i < r->tables; i++) {
        size_t   at  = r->directory + 16 * (size_t)i;
        uint64_t end = (uint64_t)u32(b, at + 8) + u32(b, at + 12);
        if (end <= b.n)
            continue;
        char name[5] = {0};
        for (size_t k = 0; k < 4; k++) {
            char c  = b.p[at + k];
            name[k] = c > ' ' && c < 127 ? c : '?';
        }
        (void)snprintf(r->why, r->room,
                       "is cut short or corrupt: its table '%s' ends at byte %llu, the file at "
                       "byte %zu",
                       name, (unsigned long long)end, b.n);
        return false;
    }
    return true;
}

static bool
find(const reader *r, uint32_t tag, table *out)
{
    for (unsigned i = 0; i < r->tables; i++) {
        size_t at = r->directory + 16 * (size_t)i;
        if (u32(r->bytes, at) != tag)
            continue;
        *out = (table){u32(r->bytes, at + 8), u32(r->bytes, at + 12)};
        return true;
    }
    return false;
}

/* A table that must be there with at least `least` bytes. */
static bool
need(reader *r, const char *tag, size_t least, table *out)
{
    const unsigned char *t = (const unsigned char *)tag;
    if (find(r, TAG(t[0], t[1], t[2], t[3]), out) && out->n >= least)
        return true;
    (void)snprintf(r->why, r->room, "is corrupt: it has no usable table '%s'", tag);
    return false;
}

static bool
check_outlines(reader *r, bool long_loca, ch_sfnt *out)
{
    table t, loca;
    if (find(r, TAG('C', 'F', 'F', ' '), &t) || find(r, TAG('C', 'F', 'F', '2'), &t)) {
        out->cff       = true;
        unsigned major = t.n >= 5 ? (unsigned char)r->bytes.p[t.from] : 0;
        return (major == 1 || major == 2) ? true : say(r, "is corrupt: its CFF header is wrong");
    }
    size_t entry = long_loca ? 4 : 2, glyphs = out->glyphs;
    if (!need(r, "glyf", 0, &t) || !need(r, "loca", (glyphs + 1) * entry, &loca))
        return false;
    size_t last = 0;
    for (size_t i = 0; i <= glyphs; i++) {
        size_t at = long_loca ? u32(r->bytes, loca.from + 4 * i)
                              : 2 * (size_t)u16(r->bytes, loca.from + 2 * i);
        if (at < last || at > t.n)
            return say(r, "is corrupt: its table 'loca' points outside 'glyf'");
        last = at;
    }
    return true;
}

/* Looks and rights, where the font has them: OS/2 and post. */
static void
read_looks(const reader *r, ch_sfnt *out)
{
    table  t;
    ch_str b = r->bytes;
    if (find(r, TAG('p', 'o', 's', 't'), &t) && t.n >= 16)
        out->fixed_pitch = u32(b, t.from + 12) != 0;
    out->weight = 400;
    if (!find(r, TAG('O', 'S', '/', '2'), &t) || t.n < 78)
        return;
    out->weight  = u16(b, t.from + 4);
    out->fs_type = u16(b, t.from + 8);
    out->italic  = (u16(b, t.from + 62) & 0x201) != 0; /* italic or oblique */
    /* PANOSE: Latin text, serif styles 2 to 10; else the class of IBM. */
    unsigned kind = (unsigned char)b.p[t.from + 32], style = (unsigned char)b.p[t.from + 33];
    unsigned ibm = (unsigned char)b.p[t.from + 30];
    if (kind == 2 && style >= 2)
        out->serif = style <= 10;
    else
        out->serif = (ibm >= 1 && ibm <= 5) || ibm == 7;
    if (u16(b, t.from) >= 2 && t.n >= 90) {
        out->x_height   = s16(b, t.from + 86);
        out->cap_height = s16(b, t.from + 88);
    }
}

bool
ch_sfnt_check(ch_str bytes, uint32_t index, ch_sfnt *out, char *why, size_t room)
{
    reader r = {.bytes = bytes, .why = why, .room = room};
    table  head, maxp, hhea, t;
    *out = (ch_sfnt){0};
    if (!open_directory(&r, index, out) || !check_bounds(&r))
        return false;
    if (!need(&r, "head", 54, &head) || !need(&r, "maxp", 6, &maxp) ||
        !need(&r, "hhea", 36, &hhea) || !need(&r, "cmap", 4, &t))
        return false;
    if (u32(bytes, head.from + 12) != 0x5F0F3CF5)
        return say(&r, "is corrupt: the magic number of its table 'head' is wrong");
    out->upem = u16(bytes, head.from + 18);
    if (out->upem < 16 || out->upem > 16384)
        return say(&r, "is corrupt: its units to the em are out of range");
    out->glyphs      = u16(bytes, maxp.from + 4);
    uint32_t metrics = u16(bytes, hhea.from + 34);
    if (out->glyphs == 0 || metrics == 0 || metrics > out->glyphs)
        return say(&r, "is corrupt: its numbers of glyphs and widths do not agree");
    if (!need(&r, "hmtx", 4 * (size_t)metrics, &t))
        return false;
    if (!check_outlines(&r, u16(bytes, head.from + 50) != 0, out))
        return false;
    read_looks(&r, out);
    return true;
}
