/* line/slice.c -- cutting runs at the ends of lines. */
#include "line/slice.h"

/* Characters that text/ gives no glyph: joiners, direction marks, isolates, soft hyphens. */
static bool
is_unseen(uint32_t cp)
{
    return cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

bool
ch_cut_clean(const ch_shaped *s, const ch_run *run, size_t at)
{
    for (size_t next = at; at > run->from && at < run->to; at = next)
        if (!is_unseen(ch_utf8_next(s->text, &next)))
            break;
    if (at <= run->from || at >= run->to)
        return true;
    size_t g = ch_run_glyph(run, at);
    /* Within a cluster (a ligature) no glyph begins at the byte. */
    return g < run->n && run->glyph[g].cluster == at && !run->glyph[g].unsafe;
}

size_t
ch_cut_before(const ch_run *run, size_t at)
{
    size_t g = ch_run_glyph(run, at);
    while (g-- > 0) {
        const ch_glyph *glyph = &run->glyph[g];
        if (!glyph->unsafe && (g == 0 || run->glyph[g - 1].cluster != glyph->cluster))
            return g ? glyph->cluster : run->from;
    }
    return run->from;
}

size_t
ch_cut_after(const ch_run *run, size_t at)
{
    for (size_t g = ch_run_glyph(run, at + 1); g < run->n; g++)
        if (!run->glyph[g].unsafe && (g == 0 || run->glyph[g - 1].cluster != run->glyph[g].cluster))
            return run->glyph[g].cluster;
    return run->to;
}

static ch_status
shape(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
      const ch_break_at *hyphen, const ch_glyph **glyph, size_t *n)
{
    if (!hyphen)
        return ch_text_reshape(cx, s, run, from, to, CH_STR_EMPTY, glyph, n);
    const char *sign   = ch_face_has(run->face, 0x2010) ? "\xE2\x80\x90" : "-";
    ch_str      suffix = ch_str_from(sign);
    if (hyphen->cut > 0)
        suffix = ch_arena_printf(cx->scratch, "%.*s%s", CH_ARG(hyphen->pre), sign);
    return ch_text_reshape(cx, s, run, from, to - hyphen->cut, suffix, glyph, n);
}

static ch_status
add_shaped(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
           const ch_break_at *hyphen, ch_glyphs *out)
{
    const ch_glyph *glyph;
    size_t          n;
    ch_status       st = shape(cx, s, run, from, to, hyphen, &glyph, &n);
    for (size_t i = 0; st == CH_OK && i < n; i++) {
        ch_glyph g = glyph[i];
        if (hyphen && hyphen->cut > 0 && i + 1 == n)
            g.cluster = (uint32_t)to; /* the hyphen; what is before it stands for what is cut */
        *CH_PUSH(cx->scratch, *out) = g;
    }
    return st;
}

ch_status
ch_slice(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
         const ch_break_at *hyphen, ch_glyphs *out)
{
    bool clean_start = ch_cut_clean(s, run, from), clean_end = !hyphen && ch_cut_clean(s, run, to);
    size_t head = clean_start ? from : ch_cut_after(run, from);
    size_t cut = hyphen ? hyphen->cut : 0, tail = clean_end ? to : ch_cut_before(run, to - cut);
    if (tail < head) /* both cuts are in one piece that cannot be cut */
        return add_shaped(cx, s, run, from, to, hyphen, out);
    if (from < head) {
        ch_status st = add_shaped(cx, s, run, from, head, NULL, out);
        if (st != CH_OK)
            return st;
    }
    size_t end = ch_run_glyph(run, tail);
    for (size_t g = ch_run_glyph(run, head); g < end; g++)
        *CH_PUSH(cx->scratch, *out) = run->glyph[g];
    return clean_end ? CH_OK : add_shaped(cx, s, run, tail, to, hyphen, out);
}

ch_status
ch_slice_width(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
               const ch_break_at *hyphen, ch_len *width)
{
    const ch_glyph *glyph;
    size_t          n;
    *width       = 0;
    ch_status st = shape(cx, s, run, from, to, hyphen, &glyph, &n);
    for (size_t i = 0; st == CH_OK && i < n; i++)
        *width += glyph[i].advance;
    return st;
}
