/* pdf/cluster.c -- clusters of glyphs and their text. */
#include "pdf/cluster.h"

#include <string.h>

bool
ch_text_silent(uint32_t cp)
{
    if (cp < 0x200B) /* most */
        return cp == '\n' || cp == 0xAD || cp == 0x61C;
    return cp == 0x200B || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           cp == 0x2060 || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

static bool
is_space(uint32_t cp)
{
    if (cp < 0x2000)
        return cp == ' ' || cp == '\t' || cp == 0xA0;
    return cp <= 0x200A || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

uint32_t
ch_text_heard(ch_str s, size_t *at)
{
    while (*at < s.n) {
        unsigned char c = (unsigned char)s.p[*at];
        if (c >= ' ' && c < 0x80) { /* most of them */
            ++*at;
            return c;
        }
        uint32_t cp = ch_utf8_next(s, at);
        if (cp && !ch_text_silent(cp))
            return is_space(cp) ? ' ' : cp;
    }
    return 0;
}

bool
ch_text_same(ch_str a, ch_str b)
{
    if (a.n == b.n && a.n > 0 && a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0)
        return true;
    size_t   i = 0, j = 0;
    uint32_t x, y;
    do {
        x = ch_text_heard(a, &i);
        y = ch_text_heard(b, &j);
    } while (x && x == y);
    return x == y;
}

bool
ch_cluster_next(const ch_item *item, size_t *at, ch_cluster *out)
{
    if (*at >= item->n)
        return false;
    const ch_glyph *g     = item->glyph;
    size_t          first = *at, i = first + 1;
    while (i < item->n && g[i].cluster == g[first].cluster)
        i++;
    /* A cluster's text goes to the start of the next one, which stands to the right of it, or
     * to the left in text that runs from right to left. */
    size_t whole = item->base + item->text.n;
    size_t end   = whole;
    if (item->rtl && first > 0)
        end = g[first - 1].cluster;
    else if (!item->rtl && i < item->n)
        end = g[i].cluster;
    size_t start = g[first].cluster;
    if (start < item->base || start > whole)
        start = whole;
    if (end < start || end > whole)
        end = start;
    *out         = (ch_cluster){.first = first, .n = i - first};
    out->text    = ch_str_sub(item->text, start - item->base, end - item->base);
    out->hyphen  = item->hyphen && g[first].cluster >= whole;
    *at          = i;
    size_t heard = 0;
    out->heard   = ch_text_heard(out->text, &heard);
    out->single  = out->heard && (heard == out->text.n || !ch_text_heard(out->text, &heard));
    out->silent  = out->text.n > 0 && !out->heard;
    return true;
}

const ch_glyph *
ch_cluster_glyph(const ch_item *item, const ch_cluster *c, size_t k)
{
    return &item->glyph[item->rtl ? c->first + c->n - 1 - k : c->first + k];
}

bool
ch_item_ends_in_space(const ch_item *item)
{
    if (item->n == 0 || item->hyphen || item->text.n == 0)
        return false;
    size_t at = ch_utf8_back(item->text, item->text.n);
    return ch_text_heard(item->text, &at) == ' ';
}
