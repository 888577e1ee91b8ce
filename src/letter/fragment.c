#include "letter/fragment.h"

#include <string.h>

/* An inline element of the source. */
typedef struct piece {
    const ch_node *node;
    const ch_node *lock; /* the element that takes it out of translation; NULL: none */
    bool           used;
} piece;

/* What of the source an open element stands for. */
typedef struct frame {
    const ch_node *source; /* NULL: it is none of the source, and passed over */
    ch_str         name;
    struct frame  *up;
} frame;

typedef struct given {
    uint16_t attr;
    ch_str   name, value;
    ch_where where;
} given;

typedef struct reader {
    ch_ctx               *cx;
    const ch_fragment_in *in;
    ch_str                s;
    size_t                at, base; /* base: where s begins in the message's text */
    uint32_t              depth;
    piece                *piece;
    size_t                n_pieces, first_free;
    ch_node              *top, *open; /* the unit's element, and the innermost one that is open */
    struct frame         *frame;      /* of the one that is open */
    const ch_node        *lock;       /* of the source, around what is read */
    ch_buf                text;       /* since the last tag */
    size_t                text_from;
    CH_VEC(given) given; /* attributes of the tag being read */
    bool broken;         /* no markup: what follows is noise */
} reader;

static ch_where
place(const reader *r, size_t from, size_t to)
{
    ch_where w = ch_catalog_place(r->in->catalog, r->in->message, r->base + from, r->base + to);
    return w.source > 0 ? w : r->in->unit->node->where;
}

static const char *
name_of(const ch_node *n)
{
    return ch_letter_vocab.elements[n->elem].name;
}

static void
broken(reader *r, size_t from, size_t to, const char *what)
{
    ch_report(r->cx, CH_E3651_broken_markup, place(r, from, to), what);
    r->broken = true;
}

/* ---- the elements of the source ---- */

static const ch_node *
lock_of(const ch_node *n, const ch_node *top)
{
    const ch_node *lock = NULL;
    for (; n != top; n = n->parent)
        if (!ch_node_translates(n))
            lock = n;
    return lock;
}

static void
gather(reader *r, const ch_node *top)
{
    CH_VEC(piece) all = {0};
    for (const ch_node *n = ch_node_walk(top, top); n; n = ch_node_walk(n, top))
        if (n->kind == CH_NODE_ELEMENT)
            *CH_PUSH(r->cx->scratch, all) = (piece){.node = n, .lock = lock_of(n, top)};
    r->piece    = all.at;
    r->n_pieces = all.n;
}

/* The start tag of an element of the source. */
static ch_str
tag_of(ch_arena *a, const ch_node *n)
{
    ch_node lone = *n;
    ch_buf  b;
    lone.first = lone.last = NULL;
    ch_buf_init(&b, a);
    ch_unit_put(&b, &lone);
    return ch_buf_view(&b);
}

/* ---- attributes ---- */

static bool
may_change(const ch_node *n, uint16_t attr)
{
    switch (attr) {
    case CH_LA_calendar:
    case CH_LA_form:
    case CH_LA_lunar:
        return n->elem == CH_L_date;
    case CH_LA_n:
        return n->elem == CH_L_item;
    case CH_LA_xml_lang:
        return n->elem != CH_L_foreign;
    default:
        return false;
    }
}

/* Values without regard to white space, as a catalogue's tools fold it. */
static bool
same_value(ch_str a, ch_str b)
{
    size_t i = 0, j = 0;
    a = ch_str_trim(a);
    b = ch_str_trim(b);
    while (i < a.n && j < b.n) {
        bool sa = ch_is_space(a.p[i]), sb = ch_is_space(b.p[j]);
        if (sa != sb || (!sa && a.p[i] != b.p[j]))
            return false;
        for (i++; sa && i < a.n && ch_is_space(a.p[i]);)
            i++;
        for (j++; sb && j < b.n && ch_is_space(b.p[j]);)
            j++;
    }
    return i == a.n && j == b.n;
}

static const given *
given_of(const reader *r, uint16_t attr)
{
    for (size_t i = 0; i < r->given.n; i++)
        if (r->given.at[i].attr == attr)
            return &r->given.at[i];
    return NULL;
}

/* Are the attributes given those of n, all of them, or all that may not change? */
static bool
same_attributes(const reader *r, const ch_node *n, bool all)
{
    for (size_t i = 0; i < n->n_attrs; i++) {
        const given *g = given_of(r, n->attrs[i].attr);
        if (!all && may_change(n, n->attrs[i].attr))
            continue;
        if (!g || !same_value(g->value, n->attrs[i].value))
            return false;
    }
    for (size_t i = 0; i < r->given.n; i++) {
        uint16_t attr = r->given.at[i].attr;
        if (!ch_node_attr(n, attr) && (all || !may_change(n, attr)))
            return false;
    }
    return true;
}

/* The attributes of a new node: the source's own where they are the same. */
static void
set_attributes(reader *r, const ch_node *from, ch_node *to)
{
    ch_attr *attrs = CH_NEW_N(r->cx->job, ch_attr, r->given.n + 1);
    size_t   n     = 0;
    for (size_t i = 0; i < r->given.n; i++) {
        const given       *g   = &r->given.at[i];
        const ch_attr     *own = ch_node_attr(from, g->attr);
        const ch_attr_use *use = ch_vocab_use(&ch_letter_vocab, from->elem, g->attr);
        bool               old = own && same_value(own->value, g->value);
        ch_attr a = old ? *own : (ch_attr){.attr = g->attr, .value = g->value, .where = g->where};
        if (!old && use && !ch_attr_value_ok(use, a.value))
            ch_report(r->cx, CH_E2027_bad_value, a.where, CH_ARG(a.value),
                      ch_letter_vocab.attrs[a.attr], ch_datatype_says(use->type));
        if (a.attr == CH_LA_xml_lang && from->elem != CH_L_foreign && !r->lock &&
            ch_lang_same(a.value, r->in->source_lang))
            a.value = r->in->lang;
        attrs[n++] = a;
    }
    /* What stays is in the language that it was in. */
    if (r->lock == from && !ch_node_attr(from, CH_LA_xml_lang) &&
        ch_letter_vocab.elements[from->elem].content != CH_CONTENT_EMPTY)
        attrs[n++] =
            (ch_attr){.attr = CH_LA_xml_lang, .value = r->in->source_lang, .where = from->where};
    to->attrs   = attrs;
    to->n_attrs = n;
    if (ch_node_attr(to, CH_LA_xml_lang))
        to->lang = ch_node_attr_str(to, CH_LA_xml_lang);
}

/* ---- nodes ---- */

static ch_node *
add_node(reader *r, ch_node_kind kind, ch_where where)
{
    ch_node *n = CH_NEW(r->cx->job, ch_node);
    n->kind    = kind;
    n->where   = where;
    n->text    = CH_STR_EMPTY;
    n->lang    = r->open->lang;
    ch_node_append(r->open, n);
    return n;
}

static void
end_text(reader *r, size_t to)
{
    uint8_t  content = ch_letter_vocab.elements[r->open->elem].content;
    ch_str   s       = ch_arena_str(r->cx->job, ch_buf_view(&r->text));
    ch_where w;
    ch_buf_clear(&r->text);
    if (s.n == 0 || (content != CH_CONTENT_MIXED && ch_str_trim(s).n == 0))
        return;
    w = place(r, r->text_from, to);
    if (content != CH_CONTENT_MIXED)
        ch_report(r->cx, CH_E2018_misplaced_text, w, name_of(r->open));
    else
        add_node(r, CH_NODE_TEXT, w)->text = s;
}

/* The element of the source that a tag stands for; NULL, with a report, when there is none. */
static piece *
match(reader *r, uint16_t elem, size_t from, size_t to)
{
    piece *near = NULL, *other = NULL;
    while (r->first_free < r->n_pieces && r->piece[r->first_free].used)
        r->first_free++;
    for (size_t i = r->first_free; i < r->n_pieces; i++) {
        piece *p        = &r->piece[i];
        bool   in_reach = r->lock ? p->lock == r->lock : !p->lock || p->lock == p->node;
        if (p->used || p->node->elem != elem || !in_reach)
            continue;
        if (same_attributes(r, p->node, true))
            return p;
        if (!near && same_attributes(r, p->node, false))
            near = p;
        if (!other)
            other = p;
    }
    if (near)
        return near;
    ch_str tag = ch_str_sub(r->s, from, to);
    ch_report(r->cx, CH_E3653_inline_added, place(r, from, to), CH_ARG(tag));
    if (other) {
        ch_str was = tag_of(r->cx->job, other->node);
        ch_hint(r->cx, "the source has %.*s", CH_ARG(was));
        other->used = true; /* it is not missing, but not as it was */
    }
    return NULL;
}

static bool
may_hold(const ch_node *parent, uint16_t elem)
{
    const ch_particle *p = ch_letter_vocab.elements[parent->elem].children;
    for (; p->occurs; p++)
        if (ch_particle_takes(&ch_letter_vocab, p, elem))
            return true;
    return false;
}

/* Has it words, not counting those of what is in it? */
static bool
is_bare(const ch_node *n)
{
    for (const ch_node *c = n->first; c; c = c->next)
        if (c->kind == CH_NODE_ELEMENT || ch_str_trim(c->text).n > 0)
            return false;
    return true;
}

static ch_str
content_of(reader *r, const ch_node *n)
{
    ch_buf b;
    ch_buf_init(&b, r->cx->scratch);
    for (const ch_node *c = n->first; c; c = c->next)
        ch_unit_put(&b, c);
    return ch_str_trim(ch_buf_view(&b));
}

/* The element is whole: what must be in it? */
static void
close_element(reader *r)
{
    const ch_node        *n = r->open, *source = r->frame->source;
    const ch_element_def *d = &ch_letter_vocab.elements[n->elem];
    if (d->content == CH_CONTENT_ELEMENTS && !n->first) {
        ch_str what =
            ch_arena_printf(r->cx->job, "<%s>", ch_letter_vocab.elements[d->children[0].id].name);
        ch_report(r->cx, CH_E2017_missing_element, n->where, d->name, CH_ARG(what));
    } else if (n->elem != CH_L_date && is_bare(n) && !is_bare(source)) {
        ch_report(r->cx, CH_E3655_inline_emptied, n->where, d->name);
    }
    if (r->lock == source) {
        if (!ch_str_eq(content_of(r, n), content_of(r, source))) {
            ch_report(r->cx, CH_E3654_kept_changed, n->where, d->name);
            ch_str was = content_of(r, source);
            ch_hint(r->cx, "it stays '%.*s'", CH_ARG(was));
        }
        r->lock = NULL;
    }
    r->open = n->parent;
}

static void
open_element(reader *r, piece *p, ch_where where)
{
    if (!may_hold(r->open, p->node->elem))
        ch_report(r->cx, CH_E2014_misplaced_element, where, name_of(p->node), name_of(r->open));
    ch_node *n = add_node(r, CH_NODE_ELEMENT, where);
    n->elem    = p->node->elem;
    n->text    = p->node->text;
    p->used    = true;
    if (p->lock == p->node)
        r->lock = p->node;
    set_attributes(r, p->node, n);
    r->open = n;
}

/* ---- markup ---- */

static void
take_reference(reader *r, ch_buf *out)
{
    uint32_t cp;
    size_t   n = ch_xml_reference(r->s, r->at, &cp);
    if (n > 0) {
        ch_buf_utf8(out, cp);
        r->at += n;
        return;
    }
    broken(r, r->at, r->at + 1, "'&' begins no reference that is known");
    ch_hint(r->cx, "in text, & is written &amp;");
    r->at++;
}

static ch_str
take_name(reader *r)
{
    size_t from = r->at;
    while (r->at < r->s.n && !ch_is_space(r->s.p[r->at]) && !strchr("<>/=\"'&", r->s.p[r->at]))
        r->at++;
    return ch_str_sub(r->s, from, r->at);
}

static void
skip_space(reader *r)
{
    while (r->at < r->s.n && ch_is_space(r->s.p[r->at]))
        r->at++;
}

/* The attribute of that name; of xml:lang and its like also without the prefix, which xgettext
 * loses. */
static uint16_t
attr_named(ch_str name)
{
    static const struct {
        const char *name;
        uint16_t    attr;
    } bare[] = {{"lang", CH_LA_xml_lang}, {"id", CH_LA_xml_id}, {"translate", CH_LA_its_translate}};
    uint16_t attr = ch_vocab_attr(&ch_letter_vocab, name);
    for (size_t i = 0; !attr && i < sizeof bare / sizeof *bare; i++)
        if (ch_str_is(name, bare[i].name))
            attr = bare[i].attr;
    return attr;
}

/* name="value"; false, with a report: it is none. */
static bool
take_attribute(reader *r)
{
    size_t from = r->at;
    ch_str name = take_name(r);
    ch_buf value;
    skip_space(r);
    if (name.n == 0 || r->at >= r->s.n || r->s.p[r->at] != '=') {
        broken(r, from, r->at + 1, "this is no attribute in a tag");
        return false;
    }
    r->at++;
    skip_space(r);
    char quote = r->at < r->s.n ? r->s.p[r->at] : '\0';
    if (quote != '"' && quote != '\'') {
        broken(r, from, r->at, "the value of an attribute stands between quotation marks");
        return false;
    }
    ch_buf_init(&value, r->cx->job);
    for (r->at++; r->at < r->s.n && r->s.p[r->at] != quote && r->s.p[r->at] != '<' && !r->broken;) {
        if (r->s.p[r->at] == '&')
            take_reference(r, &value);
        else
            ch_buf_putc(&value, r->s.p[r->at++]);
    }
    if (!r->broken && (r->at >= r->s.n || r->s.p[r->at] != quote))
        broken(r, from, r->at, "the value of this attribute has no end");
    if (r->broken)
        return false;
    r->at++;
    given g                            = {.attr  = attr_named(name),
                                          .name  = name,
                                          .value = ch_str_trim(ch_buf_view(&value)),
                                          .where = place(r, from, r->at)};
    *CH_PUSH(r->cx->scratch, r->given) = g;
    return true;
}

static void
end_tag(reader *r)
{
    size_t from = r->at;
    r->at += 2;
    ch_str name = take_name(r);
    skip_space(r);
    if (r->at >= r->s.n || r->s.p[r->at] != '>') {
        broken(r, from, r->at, "this tag has no end");
        return;
    }
    r->at++;
    if (!r->frame || !ch_str_eq(name, r->frame->name)) {
        broken(r, from, r->at, "this tag closes an element that is not open here");
        if (r->frame)
            ch_hint(r->cx, "<%.*s> is open", CH_ARG(r->frame->name));
        return;
    }
    end_text(r, from);
    if (r->frame->source)
        close_element(r);
    r->frame = r->frame->up;
    r->depth--;
}

static void
push(reader *r, const ch_node *source, ch_str name)
{
    frame *f = CH_NEW(r->cx->scratch, frame);
    *f       = (frame){source, name, r->frame};
    r->frame = f;
    r->depth++;
}

/* <name attributes> or <name attributes/>, with no '<' before its name. */
static void
start_tag(reader *r)
{
    size_t from = r->at++;
    ch_str name = take_name(r);
    r->given.n  = 0;
    if (name.n == 0) {
        broken(r, from, from + 1, "'<' begins no tag");
        ch_hint(r->cx, "in text, < is written &lt;");
        return;
    }
    skip_space(r);
    while (!r->broken && r->at < r->s.n && r->s.p[r->at] != '>' && r->s.p[r->at] != '/')
        if (take_attribute(r))
            skip_space(r);
    if (r->broken)
        return;
    bool empty = r->at < r->s.n && r->s.p[r->at] == '/';
    r->at += empty;
    if (r->at >= r->s.n || r->s.p[r->at] != '>') {
        broken(r, from, from + 1, "this tag has no end");
        return;
    }
    r->at++;
    end_text(r, from);
    piece *p = match(r, ch_vocab_element(&ch_letter_vocab, name), from, r->at);
    if (r->depth >= r->cx->limits.depth) {
        ch_report(r->cx, CH_E2008_too_deep, place(r, from, r->at), r->cx->limits.depth);
        r->broken = true;
        return;
    }
    push(r, p ? p->node : NULL, name);
    if (p)
        open_element(r, p, place(r, from, r->at));
    if (empty && p)
        close_element(r);
    if (empty) {
        r->frame = r->frame->up;
        r->depth--;
    }
}

static void
read_all(reader *r)
{
    while (r->at < r->s.n && !r->broken) {
        char c = r->s.p[r->at];
        if (r->text.n == 0)
            r->text_from = r->at;
        if (c == '<' && r->at + 1 < r->s.n && r->s.p[r->at + 1] == '/')
            end_tag(r);
        else if (c == '<')
            start_tag(r);
        else if (c == '&')
            take_reference(r, &r->text);
        else
            ch_buf_putc(&r->text, r->s.p[r->at++]);
    }
    if (!r->broken && r->frame) {
        ch_report(r->cx, CH_E3651_broken_markup, place(r, 0, r->s.n),
                  "an element in it is not closed");
        ch_hint(r->cx, "<%.*s> is open", CH_ARG(r->frame->name));
        r->broken = true;
    }
    if (!r->broken)
        end_text(r, r->s.n);
}

/* What of the source is not there.  Words of another language are at home in their own. */
static void
report_missing(reader *r)
{
    for (size_t i = 0; i < r->n_pieces; i++) {
        const ch_node *n    = r->piece[i].node;
        bool           home = n->elem == CH_L_foreign && ch_lang_akin(n->lang, r->in->lang);
        /* What is inside something missing is missing with it; what is kept was compared. */
        bool inside = r->piece[i].lock && r->piece[i].lock != n;
        if (r->piece[i].used || home || inside)
            continue;
        ch_str tag = tag_of(r->cx->job, n);
        ch_report(r->cx, CH_E3652_inline_missing, place(r, 0, r->s.n), CH_ARG(tag));
    }
}

static reader
begin(ch_ctx *cx, const ch_fragment_in *in)
{
    reader r = {.cx = cx, .in = in, .s = ch_str_trim(in->message->text)};
    r.base   = r.s.n > 0 ? (size_t)(r.s.p - in->message->text.p) : 0;
    ch_buf_init(&r.text, cx->job);
    return r;
}

void
ch_fragment_read(ch_ctx *cx, const ch_fragment_in *in, ch_node *parent)
{
    ch_mark mark = ch_arena_mark(cx->scratch);
    reader  r    = begin(cx, in);
    r.top = r.open = parent;
    gather(&r, in->unit->node);
    read_all(&r);
    if (!r.broken)
        report_missing(&r);
    ch_arena_rewind(cx->scratch, mark);
}

ch_str
ch_fragment_value(ch_ctx *cx, const ch_fragment_in *in)
{
    reader r = begin(cx, in);
    while (r.at < r.s.n && !r.broken) {
        if (r.s.p[r.at] == '&')
            take_reference(&r, &r.text);
        else if (r.s.p[r.at] == '<')
            broken(&r, r.at, r.at + 1, "the text of an attribute has no markup: < is written &lt;");
        else
            ch_buf_putc(&r.text, r.s.p[r.at++]);
    }
    return ch_buf_view(&r.text);
}
