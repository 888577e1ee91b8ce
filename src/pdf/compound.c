/* pdf/compound.c -- composite glyphs appended to a TrueType program (OpenType 1.9, glyf). */
#include "pdf/compound.h"

#include <string.h>

#define MOST_GLYPHS 65535
#define MOST_DEPTH 16 /* of composites within composites */

/* Flags of a component. */
enum {
    ARGS_ARE_WORDS  = 0x0001,
    ARGS_ARE_XY     = 0x0002,
    HAS_SCALE       = 0x0008,
    MORE            = 0x0020,
    HAS_TWO_SCALES  = 0x0040,
    HAS_MATRIX      = 0x0080,
    OFFSET_UNSCALED = 0x1000
};

typedef struct box {
    int32_t x0, y0, x1, y1;
} box;

/* What a composite has to know of a glyph in it. */
typedef struct glyph_info {
    bool     known, drawn;
    box      bounds;
    uint32_t points, contours, depth;
} glyph_info;

enum { HEAD, HHEA, HMTX, MAXP, GLYF, LOCA, TABLES };
static const char tag_of[TABLES][5] = {"head", "hhea", "hmtx", "maxp", "glyf", "loca"};

typedef struct program {
    ch_arena   *a;
    ch_str      bytes;
    ch_str      table[TABLES];
    uint32_t    glyphs, metrics; /* metrics: glyphs with an advance of their own */
    bool        long_loca;
    glyph_info *info;
} program;

/* ---- reading ------------------------------------------------------------------------- */

static uint32_t
u16(ch_str s, size_t at)
{
    if (at + 2 > s.n)
        return 0;
    return (uint32_t)(uint8_t)s.p[at] << 8 | (uint8_t)s.p[at + 1];
}

static int32_t
i16(ch_str s, size_t at)
{
    return (int16_t)u16(s, at);
}

static uint32_t
u32(ch_str s, size_t at)
{
    return u16(s, at) << 16 | u16(s, at + 2);
}

static bool
open_program(program *p, ch_arena *a, ch_str bytes)
{
    *p = (program){.a = a, .bytes = bytes};
    if (u32(bytes, 0) != 0x00010000)
        return false;
    size_t n = u16(bytes, 4);
    for (size_t i = 0; i < n; i++) {
        size_t record = 12 + 16 * i, from = u32(bytes, record + 8), len = u32(bytes, record + 12);
        if (record + 16 > bytes.n || from > bytes.n || len > bytes.n - from)
            return false;
        for (int t = 0; t < TABLES; t++)
            if (memcmp(bytes.p + record, tag_of[t], 4) == 0)
                p->table[t] = (ch_str){bytes.p + from, len};
    }
    p->glyphs    = u16(p->table[MAXP], 4);
    p->metrics   = u16(p->table[HHEA], 34);
    p->long_loca = u16(p->table[HEAD], 50) != 0;
    size_t each  = p->long_loca ? 4 : 2;
    return p->table[HEAD].n >= 54 && p->table[HHEA].n >= 36 && p->table[MAXP].n >= 32 &&
           p->glyphs > 0 && p->metrics > 0 && p->metrics <= p->glyphs &&
           p->table[LOCA].n >= (p->glyphs + 1) * each &&
           p->table[HMTX].n >= (size_t)p->metrics * 4 + (size_t)(p->glyphs - p->metrics) * 2;
}

static size_t
offset_of(const program *p, uint32_t glyph)
{
    return p->long_loca ? u32(p->table[LOCA], (size_t)glyph * 4)
                        : (size_t)u16(p->table[LOCA], (size_t)glyph * 2) * 2;
}

static ch_str
outline(const program *p, uint32_t glyph)
{
    size_t from = offset_of(p, glyph), to = offset_of(p, glyph + 1);
    if (from > to || to > p->table[GLYF].n)
        return CH_STR_EMPTY;
    return ch_str_sub(p->table[GLYF], from, to);
}

static uint32_t
advance_of(const program *p, uint32_t glyph)
{
    return u16(p->table[HMTX], (size_t)(glyph < p->metrics ? glyph : p->metrics - 1) * 4);
}

static int32_t
bearing_of(const program *p, uint32_t glyph)
{
    size_t at = glyph < p->metrics ? (size_t)glyph * 4 + 2
                                   : (size_t)p->metrics * 4 + (size_t)(glyph - p->metrics) * 2;
    return i16(p->table[HMTX], at);
}

/* The glyph of the component at *at, and *at moved behind it; *more: there is another. */
static uint32_t
next_component(ch_str g, size_t *at, bool *more)
{
    uint32_t flags = u16(g, *at), glyph = u16(g, *at + 2);
    *at += flags & ARGS_ARE_WORDS ? 8 : 6;
    if (flags & HAS_SCALE)
        *at += 2;
    else if (flags & HAS_TWO_SCALES)
        *at += 4;
    else if (flags & HAS_MATRIX)
        *at += 8;
    *more = (flags & MORE) && *at < g.n;
    return glyph;
}

/* false: composites nest without end, or name a glyph that is not there. */
static bool
look_at(program *p, uint32_t glyph, uint32_t level)
{
    if (glyph >= p->glyphs || level > MOST_DEPTH)
        return false;
    glyph_info *i = &p->info[glyph];
    if (i->known)
        return true;
    ch_str  g        = outline(p, glyph);
    int32_t contours = i16(g, 0);
    if (g.n >= 10 && contours != 0) {
        i->drawn  = true;
        i->bounds = (box){i16(g, 2), i16(g, 4), i16(g, 6), i16(g, 8)};
    }
    if (i->drawn && contours > 0) {
        i->contours = (uint32_t)contours;
        i->points   = u16(g, 10 + 2 * ((size_t)contours - 1)) + 1;
    }
    bool more = i->drawn && contours < 0;
    for (size_t at = 10; more;) {
        uint32_t part = next_component(g, &at, &more);
        if (!look_at(p, part, level + 1))
            return false;
        const glyph_info *k = &p->info[part];
        i->points += k->points;
        i->contours += k->contours;
        if (i->depth < k->depth + 1)
            i->depth = k->depth + 1;
    }
    i->known = true;
    return true;
}

/* ---- composing ----------------------------------------------------------------------- */

/* What grows from compound to compound. */
typedef struct growth {
    ch_buf   glyf, loca, hmtx;
    uint32_t points, contours, parts, depth, advance;
    box      bounds;
} growth;

static void
put16(ch_buf *b, int64_t v)
{
    ch_buf_putc(b, (char)(v >> 8 & 255));
    ch_buf_putc(b, (char)(v & 255));
}

static void
put32(ch_buf *b, uint64_t v)
{
    put16(b, (int64_t)(v >> 16 & 0xFFFF));
    put16(b, (int64_t)(v & 0xFFFF));
}

static void
widen(box *to, const box *by, bool first)
{
    if (first || by->x0 < to->x0)
        to->x0 = by->x0;
    if (first || by->y0 < to->y0)
        to->y0 = by->y0;
    if (first || by->x1 > to->x1)
        to->x1 = by->x1;
    if (first || by->y1 > to->y1)
        to->y1 = by->y1;
}

static bool
fits16(const box *b)
{
    return b->x0 >= INT16_MIN && b->y0 >= INT16_MIN && b->x1 <= INT16_MAX && b->y1 <= INT16_MAX;
}

/* v times scale, to the whole unit below or above. */
static int32_t
scaled(int32_t v, int32_t scale, bool up)
{
    int64_t product = (int64_t)v * scale;
    int64_t floor =
        product >= 0 ? product / CH_PART_PLAIN : -((-product + CH_PART_PLAIN - 1) / CH_PART_PLAIN);
    return (int32_t)(up && floor * CH_PART_PLAIN != product ? floor + 1 : floor);
}

/* Where a part's box stands in the compound.  A glyph drawn alone stands with the left edge of
 * its box at its left bearing, whatever its outline says: *dx makes up for the difference. */
static box
stand(const program *p, const ch_glyph_part *t, int32_t *dx)
{
    box b = p->info[t->glyph].bounds;
    *dx   = t->dx + bearing_of(p, t->glyph) - b.x0;
    b.x0  = scaled(b.x0, t->scale, false) + *dx;
    b.x1  = scaled(b.x1, t->scale, true) + *dx;
    b.y0 += t->dy;
    b.y1 += t->dy;
    return b;
}

static void
put_part(ch_buf *b, const ch_glyph_part *t, int32_t dx, bool more)
{
    uint32_t flags = ARGS_ARE_WORDS | ARGS_ARE_XY | OFFSET_UNSCALED;
    if (t->scale != CH_PART_PLAIN)
        flags |= HAS_TWO_SCALES;
    if (more)
        flags |= MORE;
    put16(b, flags);
    put16(b, t->glyph);
    put16(b, dx);
    put16(b, t->dy);
    if (t->scale != CH_PART_PLAIN) {
        put16(b, t->scale);
        put16(b, CH_PART_PLAIN);
    }
}

static bool
compose(program *p, const ch_compounds *all, const ch_compound *c, growth *out)
{
    box      bounds = {0};
    uint32_t seen = 0, points = 0, contours = 0, depth = 0;
    int32_t  dx;
    for (uint32_t i = c->first; i < c->first + c->n; i++) {
        const ch_glyph_part *t = &all->part[i];
        if (!look_at(p, t->glyph, 0) || t->scale <= 0 || t->scale >= 2 * CH_PART_PLAIN)
            return false;
        const glyph_info *info = &p->info[t->glyph];
        if (!info->drawn)
            continue;
        box b = stand(p, t, &dx);
        widen(&bounds, &b, seen++ == 0);
        points += info->points;
        contours += info->contours;
        depth = depth > info->depth ? depth : info->depth;
    }
    if (!fits16(&bounds) || c->advance < 0 || c->advance > 65535 || depth + 1 > MOST_DEPTH)
        return false;
    if (seen > 0) {
        put16(&out->glyf, -1);
        put16(&out->glyf, bounds.x0);
        put16(&out->glyf, bounds.y0);
        put16(&out->glyf, bounds.x1);
        put16(&out->glyf, bounds.y1);
    }
    for (uint32_t i = c->first, left = seen; left > 0; i++) {
        if (!p->info[all->part[i].glyph].drawn)
            continue;
        (void)stand(p, &all->part[i], &dx);
        if (dx < INT16_MIN || dx > INT16_MAX)
            return false;
        put_part(&out->glyf, &all->part[i], dx, --left > 0);
    }
    while (out->glyf.n % 4)
        ch_buf_putc(&out->glyf, 0);
    put32(&out->loca, out->glyf.n);
    put16(&out->hmtx, c->advance);
    put16(&out->hmtx, bounds.x0); /* so that it stands where its outline says */
    out->advance  = out->advance > (uint32_t)c->advance ? out->advance : (uint32_t)c->advance;
    out->points   = out->points > points ? out->points : points;
    out->contours = out->contours > contours ? out->contours : contours;
    out->parts    = out->parts > seen ? out->parts : seen;
    out->depth    = out->depth > depth + 1 ? out->depth : depth + 1;
    if (seen > 0)
        widen(&out->bounds, &bounds, false);
    return true;
}

/* ---- writing ------------------------------------------------------------------------- */

static char *
copy(ch_arena *a, ch_str s)
{
    return (char *)ch_arena_str(a, s).p;
}

static void
set16(char *p, size_t at, uint32_t v)
{
    p[at]     = (char)(v >> 8 & 255);
    p[at + 1] = (char)(v & 255);
}

static void
raise16(char *p, size_t at, uint32_t v)
{
    ch_str now = {p, at + 2};
    if (u16(now, at) < v)
        set16(p, at, v < 0xFFFF ? v : 0xFFFF);
}

static uint32_t
checksum(ch_str s)
{
    uint32_t sum = 0;
    for (size_t at = 0; at < s.n; at += 4)
        for (size_t k = 0; k < 4 && at + k < s.n; k++)
            sum += (uint32_t)(uint8_t)s.p[at + k] << (24 - 8 * k);
    return sum;
}

/* The program anew, its tables in the order they had, those of ours in place of the old. */
static ch_str
assemble(const program *p, const ch_str *table)
{
    size_t n = u16(p->bytes, 4), at = 12 + 16 * n, head = 0;
    ch_buf out, body;
    ch_buf_init(&out, p->a);
    ch_buf_init(&body, p->a);
    ch_buf_add(&out, p->bytes.p, 12);
    for (size_t i = 0; i < n; i++) {
        size_t      record = 12 + 16 * i;
        const char *tag    = p->bytes.p + record;
        ch_str      now    = {p->bytes.p + u32(p->bytes, record + 8), u32(p->bytes, record + 12)};
        for (int t = 0; t < TABLES; t++)
            if (memcmp(tag, tag_of[t], 4) == 0)
                now = table[t];
        if (memcmp(tag, "head", 4) == 0)
            head = at;
        ch_buf_add(&out, tag, 4);
        put32(&out, checksum(now));
        put32(&out, at);
        put32(&out, now.n);
        ch_buf_str(&body, now);
        while (body.n % 4)
            ch_buf_putc(&body, 0);
        at = 12 + 16 * n + body.n;
    }
    ch_buf_str(&out, ch_buf_view(&body));
    uint32_t fix = 0xB1B0AFBA - checksum(ch_buf_view(&out));
    set16(out.p, head + 8, fix >> 16);
    set16(out.p, head + 10, fix & 0xFFFF);
    return ch_buf_view(&out);
}

/* The tables as they were, in the forms that can grow: long offsets, an advance for each. */
static void
begin(const program *p, growth *g)
{
    ch_buf_init(&g->glyf, p->a);
    ch_buf_init(&g->loca, p->a);
    ch_buf_init(&g->hmtx, p->a);
    ch_buf_str(&g->glyf, ch_str_sub(p->table[GLYF], 0, offset_of(p, p->glyphs)));
    for (uint32_t i = 0; i < p->glyphs; i++) {
        put32(&g->loca, offset_of(p, i));
        put16(&g->hmtx, advance_of(p, i));
        put16(&g->hmtx, bearing_of(p, i));
    }
    while (g->glyf.n % 4)
        ch_buf_putc(&g->glyf, 0);
    put32(&g->loca, g->glyf.n); /* what pads the last glyph belongs to it */
    ch_str head = p->table[HEAD];
    g->bounds   = (box){i16(head, 36), i16(head, 38), i16(head, 40), i16(head, 42)};
}

uint32_t
ch_compound_glyphs(ch_str bytes)
{
    program p;
    return open_program(&p, NULL, bytes) ? p.glyphs : 0;
}

bool
ch_compound_add(ch_arena *a, ch_str bytes, const ch_compounds *c, ch_str *out)
{
    program p;
    growth  g = {0};
    if (!open_program(&p, a, bytes) || p.glyphs + c->n > MOST_GLYPHS)
        return false;
    p.info = CH_NEW_N(a, glyph_info, p.glyphs);
    begin(&p, &g);
    for (size_t i = 0; i < c->n; i++)
        if (!compose(&p, c, &c->at[i], &g))
            return false;
    uint32_t glyphs = p.glyphs + (uint32_t)c->n;
    char    *head = copy(a, p.table[HEAD]), *hhea = copy(a, p.table[HHEA]);
    char    *maxp = copy(a, p.table[MAXP]);
    set16(head, 8, 0); /* the sum of all is made without it */
    set16(head, 10, 0);
    set16(head, 36, (uint32_t)g.bounds.x0);
    set16(head, 38, (uint32_t)g.bounds.y0);
    set16(head, 40, (uint32_t)g.bounds.x1);
    set16(head, 42, (uint32_t)g.bounds.y1);
    set16(head, 50, 1);
    raise16(hhea, 10, g.advance);
    set16(hhea, 34, glyphs);
    set16(maxp, 4, glyphs);
    raise16(maxp, 10, g.points);
    raise16(maxp, 12, g.contours);
    raise16(maxp, 28, g.parts);
    raise16(maxp, 30, g.depth);
    ch_str table[TABLES] = {[HEAD] = {head, p.table[HEAD].n}, [HHEA] = {hhea, p.table[HHEA].n},
                            [MAXP] = {maxp, p.table[MAXP].n}, [GLYF] = ch_buf_view(&g.glyf),
                            [LOCA] = ch_buf_view(&g.loca),    [HMTX] = ch_buf_view(&g.hmtx)};
    *out                 = assemble(&p, table);
    return true;
}
