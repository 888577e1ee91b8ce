/* figure/svg_tell.c -- what a drawing is told of: faults, things left out, programs. */
#include "figure/svg_inside.h"

#include <string.h>

#define FAULTS_MAX 16 /* reported; more of them help nobody */
#define TOLD_MAX 64   /* names left out, likewise */

bool
ch_svg_fault(ch_svg *s, ch_where where)
{
    ch_str place = {(const char *)&where, sizeof where};
    if (s->status == CH_OK)
        s->status = CH_ERR_INPUT;
    if (ch_map_count(s->faulty) >= FAULTS_MAX || ch_map_lookup(s->faulty, place))
        return false;
    ch_map_put(s->faulty, place, s);
    return true;
}

void
ch_svg_bad_value(ch_svg *s, ch_where where, const char *what, ch_str value, const char *must)
{
    size_t n = value.n;
    if (n > 40) /* path data can be long */
        for (n = 40; n > 0 && ((unsigned char)value.p[n] & 0xC0) == 0x80;)
            n--;
    if (ch_svg_fault(s, where))
        ch_report(s->cx, CH_E7020_svg_value, where, what, (int)n, value.p, n < value.n ? "..." : "",
                  must);
}

bool
ch_svg_first_time(ch_svg *s, ch_str what)
{
    if (ch_map_count(s->told) >= TOLD_MAX || ch_map_lookup(s->told, what))
        return false;
    ch_map_put(s->told, what, s);
    return true;
}

void
ch_svg_left_out(ch_svg *s, ch_str name, ch_where where)
{
    if (ch_svg_first_time(s, name))
        ch_report(s->cx, CH_W7019_svg_left_out, where, CH_ARG(name));
}

void
ch_svg_too_much(ch_svg *s, unsigned limit, const char *what)
{
    if (s->status != CH_ERR_LIMIT)
        ch_report(s->cx, CH_E7024_svg_too_much, s->root->where, CH_ARG(s->name), limit, what);
    s->status = CH_ERR_LIMIT;
}

ch_where
ch_svg_where(const ch_svg *s, ch_str part, ch_where whole)
{
    if (part.n == 0 || part.p < s->bytes.p || part.p + part.n > s->bytes.p + s->bytes.n)
        return whole;
    uint32_t from = (uint32_t)(part.p - s->bytes.p);
    return (ch_where){s->source, from, from + (uint32_t)part.n};
}

/* ---- programs and what lies outside ------------------------------------------------------ */

static ch_str
written_name(const ch_svg *s, const ch_attr *a)
{
    size_t n   = 0;
    ch_str all = ch_str_sub(s->bytes, a->where.from, a->where.to);
    while (n < all.n && all.p[n] != '=')
        n++;
    return ch_str_trim(ch_str_sub(all, 0, n));
}

static size_t
find(ch_str s, size_t from, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = from; i + n <= s.n; i++)
        if (memcmp(s.p + i, what, n) == 0)
            return i;
    return s.n;
}

static void
report_outside(ch_svg *s, ch_str what, ch_where where)
{
    if (ch_svg_fault(s, where))
        ch_report(s->cx, CH_E7017_svg_outside, where, CH_ARG(what));
}

/* Every url() in a value or a style sheet: what is named there must be of this file. */
static void
guard_urls(ch_svg *s, ch_str text, ch_where whole)
{
    for (size_t i = find(text, 0, "url("); i < text.n; i = find(text, i, "url(")) {
        i += 4;
        while (i < text.n && (text.p[i] == ' ' || text.p[i] == '"' || text.p[i] == '\''))
            i++;
        size_t end = i;
        while (end < text.n && text.p[end] != ')' && text.p[end] != '"' && text.p[end] != '\'')
            end++;
        ch_str target = ch_str_sub(text, i, end);
        if (target.n > 0 && target.p[0] != '#' && !ch_str_starts(target, "data:"))
            report_outside(s, target, ch_svg_where(s, target, whole));
        i = end;
    }
}

static void
guard_href(ch_svg *s, const ch_node *n, const ch_attr *a)
{
    ch_str target = ch_str_trim(a->value);
    if (ch_str_starts(target, "javascript:")) {
        if (ch_svg_fault(s, a->where))
            ch_report(s->cx, CH_E7016_svg_script, a->where, CH_ARG(target));
    } else if (target.n == 0 || target.p[0] == '#' || ch_str_starts(target, "data:")) {
        return;
    } else if (n->elem == CH_SVG_a) {
        ch_svg_left_out(s, CH_STR_LIT("a link"), a->where); /* nothing is loaded by it */
    } else {
        report_outside(s, target, a->where);
    }
}

static void
guard_attr(ch_svg *s, const ch_node *n, const ch_attr *a)
{
    if (a->attr == CH_SVGA_none) {
        ch_str name = written_name(s, a);
        if (name.n > 2 && ch_str_starts(name, "on") && ch_svg_fault(s, a->where))
            ch_report(s->cx, CH_E7016_svg_script, a->where, CH_ARG(name));
    } else if (a->attr == CH_SVGA_href || a->attr == CH_SVGA_xlink_href) {
        guard_href(s, n, a);
    } else if (a->attr == CH_SVGA_style ||
               (a->attr >= CH_SVGA_color && a->attr < ch_svg_vocab.n_attrs)) {
        guard_urls(s, a->value, a->where);
    }
}

static bool
moves(ch_str name)
{
    return ch_str_starts(name, "animate") || ch_str_is(name, "set");
}

void
ch_svg_guard(ch_svg *s)
{
    size_t sheet = find(s->bytes, 0, "<?xml-stylesheet");
    if (sheet < s->bytes.n)
        report_outside(s, CH_STR_LIT("a style sheet"),
                       (ch_where){s->source, (uint32_t)sheet, (uint32_t)sheet + 16});
    for (const ch_node *n = s->root; n; n = ch_node_walk(n, s->root)) {
        if (n->kind == CH_NODE_TEXT) {
            if (n->parent && n->parent->elem == CH_SVG_style)
                guard_urls(s, n->text, n->where);
            continue;
        }
        if (n->elem == CH_SVG_script && ch_svg_fault(s, n->where))
            ch_report(s->cx, CH_E7016_svg_script, n->where, CH_ARG(n->text));
        if (n->elem == CH_SVG_none && moves(n->text))
            ch_svg_left_out(s, n->text, n->where);
        if (n->elem >= ch_svg_vocab.n_elements) /* of another vocabulary */
            continue;
        for (size_t i = 0; i < n->n_attrs; i++)
            guard_attr(s, n, &n->attrs[i]);
    }
}
