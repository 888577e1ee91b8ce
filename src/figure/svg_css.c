/* figure/svg_css.c -- style sheets inside a drawing: rules by element, .class and #id. */
#include "figure/svg_inside.h"

#include <string.h>

static bool
starts_at(ch_str s, size_t at, const char *what)
{
    return ch_str_starts(ch_str_sub(s, at, s.n), what);
}

/* ---- declarations ------------------------------------------------------------------------ */

/* Without "!important". */
static ch_str
cut_important(ch_str v, bool *important)
{
    size_t i = v.n;
    while (i > 0 && v.p[i - 1] != '!')
        i--;
    *important = i > 0 && ch_str_is(ch_str_trim(ch_str_sub(v, i, v.n)), "important");
    return *important ? ch_str_trim(ch_str_sub(v, 0, i - 1)) : v;
}

static void
declare(ch_svg *s, ch_str name, ch_str value, ch_where whole)
{
    uint16_t attr  = ch_vocab_attr(&ch_svg_vocab, name);
    ch_where where = ch_svg_where(s, value, whole);
    if (attr >= CH_SVGA_color) {
        ch_svg_decl d = {.prop = (ch_svg_prop)(attr - CH_SVGA_color), .where = where};
        d.value       = cut_important(value, &d.important);
        *CH_PUSH(s->cx->job, s->decl) = d;
        if (s->decl.n > CH_SVG_DECLARATIONS_MAX)
            ch_svg_too_much(s, CH_SVG_DECLARATIONS_MAX, "style declarations");
    } else if (attr) { /* shapes and transforms, which are attributes here */
        ch_svg_left_out(s, name, where);
    }
}

/* The place of `what` outside strings and brackets, or the end. */
static size_t
find_mark(ch_str s, size_t at, char what)
{
    unsigned open  = 0;
    char     quote = 0;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == what && open == 0) {
            break;
        } else if (c == '(') {
            open++;
        } else if (c == ')' && open > 0) {
            open--;
        }
    }
    return at;
}

void
ch_svg_declarations(ch_svg *s, ch_str text, ch_where whole)
{
    for (size_t at = 0; at < text.n && s->status != CH_ERR_LIMIT;) {
        size_t end   = find_mark(text, at, ';');
        ch_str one   = ch_str_sub(text, at, end);
        size_t colon = find_mark(one, 0, ':');
        ch_str name  = ch_str_trim(ch_str_sub(one, 0, colon));
        ch_str value =
            colon < one.n ? ch_str_trim(ch_str_sub(one, colon + 1, one.n)) : CH_STR_EMPTY;
        if (name.n > 0 && value.n > 0)
            declare(s, name, value, whole);
        else if (name.n > 0)
            ch_svg_bad_value(s, ch_svg_where(s, one, whole), "style", ch_str_trim(one),
                             "of the form name: value");
        at = end + 1;
    }
}

/* ---- selectors --------------------------------------------------------------------------- */

/* One without combinators; false: it is of another form. */
static bool
read_selector(ch_str v, ch_svg_rule *r)
{
    size_t at = 0;
    *r        = (ch_svg_rule){.element = CH_STR_EMPTY, .id = CH_STR_EMPTY};
    if (at < v.n && v.p[at] == '*') {
        at++;
    } else {
        r->element = ch_svg_word(v, &at);
        r->weight  = r->element.n > 0 ? 1 : 0;
    }
    while (at < v.n) {
        char   mark = v.p[at++];
        ch_str name = ch_svg_word(v, &at);
        if (name.n == 0)
            return false;
        if (mark == '.' && r->classes < CH_SVG_CLASSES_MAX) {
            r->klass[r->classes++] = name;
            r->weight += 100;
        } else if (mark == '#' && r->id.n == 0) {
            r->id = name;
            r->weight += 10000;
        } else {
            return false;
        }
    }
    return v.n > 0;
}

static bool
has_class(ch_str all, ch_str klass)
{
    for (size_t at = 0; at < all.n;) {
        ch_svg_space(all, &at);
        size_t from = at;
        while (at < all.n && !strchr(" \t\r\n\f", all.p[at]))
            at++;
        if (at > from && ch_str_eq(ch_str_sub(all, from, at), klass))
            return true;
    }
    return false;
}

bool
ch_svg_rule_matches(const ch_svg_rule *r, const ch_node *n)
{
    if (r->element.n > 0 && !ch_str_is(r->element, ch_svg_vocab.elements[n->elem].name))
        return false;
    if (r->id.n > 0 && !ch_str_eq(r->id, ch_node_attr_str(n, CH_SVGA_id)))
        return false;
    for (size_t i = 0; i < r->classes; i++)
        if (!has_class(ch_node_attr_str(n, CH_SVGA_class), r->klass[i]))
            return false;
    return true;
}

/* Behind those that weigh as much. */
static void
keep_rule(ch_svg *s, ch_svg_rule r)
{
    if (s->rule.n >= CH_SVG_RULES_MAX) {
        ch_svg_too_much(s, CH_SVG_RULES_MAX, "style rules");
        return;
    }
    *CH_PUSH(s->cx->job, s->rule) = r;
    size_t i                      = s->rule.n - 1;
    for (; i > 0 && s->rule.at[i - 1].weight > r.weight; i--)
        s->rule.at[i] = s->rule.at[i - 1];
    s->rule.at[i] = r;
}

static void
read_rule(ch_svg *s, ch_str selectors, ch_str body, ch_where whole)
{
    size_t first = s->decl.n;
    ch_svg_declarations(s, body, whole);
    for (size_t at = 0; at <= selectors.n && s->status != CH_ERR_LIMIT;) {
        size_t      end = find_mark(selectors, at, ',');
        ch_str      one = ch_str_trim(ch_str_sub(selectors, at, end));
        ch_svg_rule r;
        if (read_selector(one, &r)) {
            r.from = first;
            r.to   = s->decl.n;
            keep_rule(s, r);
        } else if (ch_svg_first_time(s, one)) {
            ch_report(s->cx, CH_W7025_svg_rule, ch_svg_where(s, one, whole), CH_ARG(one));
        }
        at = end + 1;
    }
}

/* ---- sheets ------------------------------------------------------------------------------ */

/* The text without comments; itself when it has none, so that places stay known. */
static ch_str
without_comments(ch_arena *a, ch_str s)
{
    ch_buf b;
    size_t from = 0;
    ch_buf_init(&b, a);
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] != '/' || s.p[i + 1] != '*')
            continue;
        ch_buf_str(&b, ch_str_sub(s, from, i));
        ch_buf_putc(&b, ' ');
        for (i += 2; i < s.n && !(s.p[i - 1] == '*' && s.p[i] == '/');)
            i++;
        from = i < s.n ? i + 1 : s.n;
    }
    if (from == 0)
        return s;
    ch_buf_str(&b, ch_str_sub(s, from, s.n));
    return ch_buf_view(&b);
}

/* "@media ... { ... }" or "@charset ...;": behind it. */
static size_t
skip_at_rule(ch_str s, size_t at)
{
    size_t open = 0;
    while (at < s.n && s.p[at] != ';' && s.p[at] != '{')
        at++;
    if (at < s.n && s.p[at] == ';')
        return at + 1;
    for (; at < s.n; at++) {
        open += s.p[at] == '{' ? 1 : 0;
        if (s.p[at] == '}' && --open == 0)
            return at + 1;
    }
    return s.n;
}

static void
at_rule(ch_svg *s, ch_str text, size_t at, size_t end, ch_where whole)
{
    ch_str all = ch_str_trim(ch_str_sub(text, at, end < text.n ? end : text.n));
    size_t i   = 1;
    (void)ch_svg_word(all, &i);
    ch_str name = ch_str_sub(all, 0, i);
    if (ch_str_is(name, "@import")) {
        ch_where where = ch_svg_where(s, all, whole);
        if (ch_svg_fault(s, where))
            ch_report(s->cx, CH_E7017_svg_outside, where, CH_ARG(all));
    } else if (!ch_str_is(name, "@charset") && !ch_str_is(name, "@namespace")) {
        ch_svg_left_out(s, name, ch_svg_where(s, name, whole));
    }
}

static void
read_sheet(ch_svg *s, ch_str given, ch_where whole)
{
    ch_str text = without_comments(s->cx->job, given);
    for (size_t at = 0; at < text.n && s->status != CH_ERR_LIMIT;) {
        ch_svg_space(text, &at);
        if (at >= text.n)
            break;
        if (starts_at(text, at, "<!--") || starts_at(text, at, "-->")) {
            at += text.p[at] == '<' ? 4 : 3;
            continue;
        }
        if (text.p[at] == '@') {
            size_t end = skip_at_rule(text, at);
            at_rule(s, text, at, end, whole);
            at = end;
            continue;
        }
        size_t open = find_mark(text, at, '{'), close = find_mark(text, open, '}');
        if (open >= text.n || close >= text.n) {
            ch_str rest = ch_str_trim(ch_str_sub(text, at, text.n));
            ch_svg_bad_value(s, ch_svg_where(s, rest, whole), "style", rest,
                             "a rule such as .gold { fill: #c9a227 }");
            break;
        }
        read_rule(s, ch_str_sub(text, at, open), ch_str_sub(text, open + 1, close), whole);
        at = close + 1;
    }
}

void
ch_svg_sheets(ch_svg *s)
{
    for (const ch_node *n = s->root; n && s->status != CH_ERR_LIMIT; n = ch_node_walk(n, s->root)) {
        if (n->elem != CH_SVG_style || n->kind != CH_NODE_ELEMENT)
            continue;
        ch_str type = ch_str_trim(ch_node_attr_str(n, CH_SVGA_type));
        if (type.n > 0 && !ch_str_is(type, "text/css")) {
            ch_svg_left_out(s, type, n->where);
            continue;
        }
        for (const ch_node *t = n->first; t; t = t->next)
            if (t->kind == CH_NODE_TEXT)
                read_sheet(s, t->text, t->where);
    }
}
