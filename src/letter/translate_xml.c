/* letter/translate_xml.c -- a translation written into the bytes of the letter's file: what is not
 * said in another language stays as it was written, comments and line ends and all. */
#include "letter/translation.h"

#include <string.h>

typedef struct writer {
    ch_buf *out;
    ch_str  s;  /* the file */
    size_t  at; /* what stands before it is written */
} writer;

static void
copy_to(writer *w, size_t to)
{
    if (to > w->at)
        ch_buf_str(w->out, ch_str_sub(w->s, w->at, to));
    w->at = to > w->at ? to : w->at;
}

/* ---- tags ---- */

static void
put_value(ch_buf *out, ch_str value)
{
    ch_buf_puts(out, "=\"");
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (c == '\n' || c == '\t' || c == '\r')
            ch_buf_printf(out, "&#%d;", c); /* as it stands it would be read as a space */
        else
            ch_buf_xml(out, ch_str_sub(value, i, i + 1));
    }
    ch_buf_putc(out, '"');
}

/* The name of an attribute as the file has it. */
static ch_str
written_name(const writer *w, const ch_attr *a)
{
    size_t to = a->where.from;
    while (to < a->where.to && w->s.p[to] != '=' && !ch_is_space(w->s.p[to]))
        to++;
    return ch_str_sub(w->s, a->where.from, to);
}

/* The start tag of n, with the attributes of its copy. */
static void
put_tag(writer *w, const ch_node *n, const ch_node *copy)
{
    copy_to(w, n->where.from);
    for (size_t i = 0; i < n->n_attrs; i++) {
        const ch_attr *old = &n->attrs[i], *fresh = ch_node_attr(copy, old->attr);
        if (fresh && ch_str_eq(fresh->value, old->value))
            continue;
        size_t from = old->where.from;
        while (!fresh && ch_is_space(w->s.p[from - 1]))
            from--;
        copy_to(w, from);
        if (fresh) {
            ch_buf_str(w->out, written_name(w, old));
            put_value(w->out, fresh->value);
        }
        w->at = old->where.to;
    }
    size_t end = n->where.to - 1;
    if (w->s.p[end - 1] == '/')
        end--;
    copy_to(w, end);
    for (size_t i = 0; i < copy->n_attrs; i++)
        if (!ch_node_attr(n, copy->attrs[i].attr)) {
            ch_buf_printf(w->out, " %s", ch_letter_vocab.attrs[copy->attrs[i].attr]);
            put_value(w->out, copy->attrs[i].value);
        }
    copy_to(w, n->where.to);
}

/* ---- what is in an element ---- */

static bool
stands(const writer *w, size_t at, const char *what)
{
    return ch_str_starts(ch_str_sub(w->s, at, w->s.n), what);
}

static size_t
behind(const writer *w, size_t at, const char *what)
{
    while (at < w->s.n && !stands(w, at, what))
        at++;
    return at < w->s.n ? at + strlen(what) : at;
}

/* Where the end tag of the element begins that begins at n: the file is well-formed. */
static size_t
content_end(const writer *w, const ch_node *n)
{
    size_t at = n->where.to, open = 1;
    while (at < w->s.n) {
        const char *p = memchr(w->s.p + at, '<', w->s.n - at);
        if (!p)
            break;
        at = (size_t)(p - w->s.p);
        if (stands(w, at, "<!--")) {
            at = behind(w, at + 4, "-->");
        } else if (stands(w, at, "<![CDATA[")) {
            at = behind(w, at + 9, "]]>");
        } else if (stands(w, at, "<?")) {
            at = behind(w, at + 2, "?>");
        } else if (stands(w, at, "</")) {
            if (--open == 0)
                return at;
            at += 2;
        } else {
            char quote = '\0';
            for (at++; at < w->s.n && (quote || w->s.p[at] != '>'); at++)
                if (quote ? w->s.p[at] == quote : w->s.p[at] == '"' || w->s.p[at] == '\'')
                    quote = quote ? '\0' : w->s.p[at];
            open += at < w->s.n && w->s.p[at - 1] != '/';
        }
    }
    return w->s.n;
}

static void
put_text(ch_buf *out, ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r')
            ch_buf_puts(out, "&#13;");
        else
            ch_buf_xml_text(out, ch_str_sub(s, i, i + 1));
    }
}

/* A node of a translation; its attributes are in most cases those of the file. */
static void
put_node(writer *w, const ch_node *n, uint32_t source)
{
    if (n->kind == CH_NODE_TEXT) {
        put_text(w->out, n->text);
        return;
    }
    ch_buf_printf(w->out, "<%.*s", CH_ARG(n->text));
    for (size_t i = 0; i < n->n_attrs; i++) {
        const ch_attr *a    = &n->attrs[i];
        ch_str         name = ch_str_from(ch_letter_vocab.attrs[a->attr]);
        if (a->attr == CH_LA_its_translate && a->where.source == source)
            name = written_name(w, a);
        ch_buf_printf(w->out, " %.*s", CH_ARG(name));
        put_value(w->out, a->value);
    }
    ch_buf_puts(w->out, n->first ? ">" : "/>");
    for (const ch_node *c = n->first; c; c = c->next)
        put_node(w, c, source);
    if (n->first)
        ch_buf_printf(w->out, "</%.*s>", CH_ARG(n->text));
}

static void
put_content(writer *w, const ch_node *n, const ch_node *copy)
{
    size_t end = content_end(w, n);
    for (const ch_node *c = copy->first; c; c = c->next)
        put_node(w, c, n->where.source);
    w->at = end;
}

/* "c:" of a name as written, or nothing. */
static ch_str
prefix_of(ch_str name)
{
    const char *colon = memchr(name.p, ':', name.n);
    return colon ? ch_str_sub(name, 0, (size_t)(colon - name.p) + 1) : CH_STR_EMPTY;
}

static void put_wrapped_below(writer *w, const ch_node *n, ch_str lang);

/* What is in n as it is written, inside <foreign>. */
static void
put_wrapped(writer *w, const ch_node *n, ch_str lang)
{
    ch_str prefix = prefix_of(n->text);
    bool   open   = false;
    for (const ch_node *c = n->first; c; c = c->next) {
        bool inside = ch_foreign_takes(c);
        copy_to(w, c->where.from);
        if (inside && !open)
            ch_buf_printf(w->out, "<%.*sforeign xml:lang=\"%.*s\">", CH_ARG(prefix), CH_ARG(lang));
        if (!inside && open)
            ch_buf_printf(w->out, "</%.*sforeign>", CH_ARG(prefix));
        open = inside;
        if (!inside)
            put_wrapped_below(w, c, lang);
    }
    copy_to(w, content_end(w, n));
    if (open)
        ch_buf_printf(w->out, "</%.*sforeign>", CH_ARG(prefix));
}

/* A block inside something wrapped: what is in its texts. */
static void
put_wrapped_below(writer *w, const ch_node *n, ch_str lang)
{
    copy_to(w, n->where.to);
    if (ch_letter_vocab.elements[n->elem].content == CH_CONTENT_MIXED) {
        put_wrapped(w, n, lang);
        return;
    }
    for (const ch_node *c = n->first; c; c = c->next)
        put_wrapped_below(w, c, lang);
}

ch_status
ch_letter_translate_xml(ch_ctx *cx, ch_str bytes, const ch_node *tree, const ch_catalog *cat,
                        ch_str lang, const ch_translate_options *o, ch_buf *out)
{
    ch_translation t = {0};
    writer         w = {.out = out, .s = bytes};
    if (ch_lang_same(tree->lang, lang)) {
        ch_buf_str(out, bytes);
        return CH_OK;
    }
    ch_status st = ch_translation_make(cx, tree, cat, lang, o, &t);
    if (st != CH_OK)
        return st;
    size_t replaced = 0, wrapped = 0;
    /* Both trees are alike but for what is in the units. */
    for (const ch_node *n = tree, *c = t.tree; n;) {
        bool whole = true;
        if (n->kind == CH_NODE_ELEMENT)
            put_tag(&w, n, c);
        if (replaced < t.replaced.n && t.replaced.at[replaced] == n) {
            put_content(&w, n, c);
            replaced++;
        } else if (wrapped < t.wrapped.n && t.wrapped.at[wrapped] == n) {
            put_wrapped(&w, n, tree->lang);
            wrapped++;
        } else {
            whole = ch_node_is_text(n, tree->lang);
        }
        if (n->first && !whole) {
            n = n->first;
            c = c->first;
            continue;
        }
        while (n && !n->next) {
            n = n->parent;
            c = c->parent;
        }
        n = n ? n->next : NULL;
        c = c ? c->next : NULL;
    }
    copy_to(&w, bytes.n);
    return CH_OK;
}
