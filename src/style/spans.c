/* style/spans.c -- running text as spans: look, language, isolation, structure, links, notes. */
#include "style/styler.h"

ch_spanner
ch_spanner_new(ch_styler *s, const ch_props *props, ch_snode *node, ch_where where)
{
    return (ch_spanner){.s     = s,
                        .props = props,
                        .node  = node,
                        .where = where,
                        .lang  = s->letter->lang,
                        .line  = true};
}

/* The look of a text in a language, in this paragraph. */
static const ch_props *
look_in(ch_spanner *sp, unsigned what, ch_str lang)
{
    uint32_t script = lang.n > 0 ? ch_styler_lang(sp->s, lang)->script : 0;
    return ch_styler_look_in(sp->s, sp->props, what, script);
}

/* The first text gives the paragraph its language, and so its lines the size of its script. */
static void
settle_lang(ch_spanner *sp, ch_str lang)
{
    if (sp->has_lang || lang.n == 0)
        return;
    sp->has_lang = true;
    sp->lang     = lang;
    sp->props    = look_in(sp, CH_LOOK_LINES, lang);
    if (sp->node && !ch_str_eq(ch_snode_lang(sp->node), lang))
        sp->node->lang = lang;
}

/* ---- structure ---- */

static ch_snode *
known_node(ch_spanner *sp, const ch_inline *in)
{
    for (size_t i = 0; i < sp->known.of.n; i++) {
        if (sp->known.of.at[i] == in)
            return sp->known.node.at[i];
    }
    return NULL;
}

/* The element of an inline, or that of its parent when it needs none. */
static ch_snode *
node_of(ch_spanner *sp, const ch_inline *in)
{
    if (!sp->node)
        return NULL;
    ch_snode *known = in ? known_node(sp, in) : sp->node;
    if (known)
        return known;
    ch_snode *parent  = node_of(sp, in->parent);
    ch_snode *node    = parent;
    bool      differs = in->lang.n > 0 && !ch_str_eq(ch_snode_lang(parent), in->lang);
    if (in->kind == CH_INLINE_REF)
        node = ch_styler_node(sp->s, parent, CH_ROLE_LINK, in->where);
    else if (in->kind == CH_INLINE_NOTE)
        node = ch_styler_node(sp->s, parent, CH_ROLE_REFERENCE, in->where);
    else if (in->kind == CH_INLINE_EMPH || differs)
        node = ch_styler_node(sp->s, parent, CH_ROLE_SPAN, in->where);
    if (node != parent && differs)
        node->lang = in->lang;
    *CH_PUSH(sp->s->a, sp->known.of)   = in;
    *CH_PUSH(sp->s->a, sp->known.node) = node;
    return node;
}

/* ---- notes ---- */

/* The footnote of a mark; its element stands behind the reference, where the mark is. */
static const ch_footnote *
footnote(ch_spanner *sp, const ch_inline *in)
{
    ch_styler *s = sp->s;
    for (size_t i = 0; i < s->sources.n; i++) {
        if (s->sources.at[i] == in->note)
            return s->notes.at[i];
    }
    ch_footnote *f             = CH_NEW(s->a, ch_footnote);
    *CH_PUSH(s->a, s->notes)   = f;
    *CH_PUSH(s->a, s->sources) = in->note;
    if (s->note_anew)
        s->note_base = in->note->number - 1;
    s->note_anew = false;
    f->number    = in->note->number - s->note_base;
    f->mark =
        s->note_base > 0 ? ch_locale_number(s->letter->locale, s->a, f->number) : in->note->mark;
    f->where = in->where;
    if (sp->node) {
        f->node     = ch_styler_node(s, node_of(sp, in->parent), CH_ROLE_NOTE, in->where);
        f->node->id = ch_arena_printf(s->a, "note-%u", f->number);
    }
    const ch_props *props   = ch_styler_role(s, CH_TYPE_note);
    ch_snode       *lbl     = f->node ? ch_styler_node(s, f->node, CH_ROLE_LBL, in->where) : NULL;
    ch_snode       *p       = f->node ? ch_styler_node(s, f->node, CH_ROLE_P, in->where) : NULL;
    ch_rich         mark    = ch_rich_from(s->a, f->mark, s->letter->lang, in->where);
    ch_len          room    = s->sheet->parts.notes.label;
    ch_block_vec    content = {0};
    ch_area         whole   = {.to = &content, .measure = s->measure, .part = CH_PART_FURNITURE};
    ch_area         area    = ch_area_inset(&whole, room, 0);
    ch_para        *label   = ch_line_of(s, props, mark, lbl);
    ch_block       *b =
        ch_block_add_para(s, &area, CH_TYPE_note, ch_para_of(s, props, in->note->text, p));
    b->label       = label;
    b->label_start = b->start - room;
    b->label_width = room;
    f->content     = ch_block_vec_list(content);
    return f;
}

/* ---- leaves ---- */

static bool
holds(const ch_inline *outer, const ch_inline *in)
{
    while (in && in != outer)
        in = in->parent;
    return in != NULL;
}

/* How an inline is isolated.  A line that runs with the page isolates its text as a whole when
 * that is of a language of the other direction. */
static ch_isolate
isolate_of(ch_spanner *sp, const ch_inline *in)
{
    if (in->isolate != CH_ISOLATE_NONE || in->parent || !sp->line)
        return in->isolate;
    bool rtl = ch_styler_rtl(sp->s, in->lang);
    return rtl == sp->s->letter->rtl ? CH_ISOLATE_NONE : rtl ? CH_ISOLATE_RTL : CH_ISOLATE_LTR;
}

/* Of the isolating inlines round `in`, those that do not hold `other` too. */
static unsigned
isolates_not_round(ch_spanner *sp, const ch_inline *in, const ch_inline *other)
{
    unsigned n = 0;
    for (; in && !holds(in, other); in = in->parent)
        n += isolate_of(sp, in) != CH_ISOLATE_NONE;
    return n;
}

/* Let `n` more isolates open before a span, outside of those that do already. */
static ch_isolate *
open_isolates(ch_spanner *sp, ch_span *x, unsigned n)
{
    ch_isolate *all = CH_NEW_N(sp->s->a, ch_isolate, x->isolates_opened + n + 1);
    for (unsigned i = 0; i < x->isolates_opened; i++)
        all[n + i] = x->isolate[i];
    x->isolate = all;
    x->isolates_opened += n;
    return all;
}

static void
isolate_leaf(ch_spanner *sp, ch_span *x, const ch_inline *in, const ch_inline *prev)
{
    unsigned n = isolates_not_round(sp, in, prev);
    if (n > 0) {
        ch_isolate *to = open_isolates(sp, x, n);
        for (; n > 0; in = in->parent)
            if (isolate_of(sp, in) != CH_ISOLATE_NONE)
                to[--n] = isolate_of(sp, in);
    }
}

/* Words are emphasised by weight where their script has no italic. */
static unsigned
emphasis(ch_spanner *sp, ch_str lang)
{
    const ch_known_lang *k = ch_styler_lang(sp->s, lang.n > 0 ? lang : sp->lang);
    return ch_script_type_of(sp->props->scripts, k->script)->upright ? CH_LOOK_BOLD
                                                                     : CH_LOOK_ITALIC;
}

/* Is it part of a name? */
static bool
in_name(const ch_inline *in)
{
    while (in && in->kind != CH_INLINE_NAME)
        in = in->parent;
    return in != NULL;
}

static uint32_t
script_of(ch_spanner *sp, const ch_inline *in)
{
    return ch_styler_lang(sp->s, in && in->lang.n > 0 ? in->lang : sp->lang)->script;
}

/* Is it a foreign word that its letters do not tell from the text round it, but italic does?  Names
 * are foreign words that need no telling, and so is a text that is foreign as a whole. */
static bool
told_by_italic(ch_spanner *sp, const ch_inline *in)
{
    return sp->props->foreign_italic && in->kind == CH_INLINE_FOREIGN && !in->alone &&
           !in_name(in) && script_of(sp, in) == script_of(sp, in->parent) &&
           emphasis(sp, in->lang) == CH_LOOK_ITALIC;
}

static const ch_props *
look(ch_spanner *sp, const ch_inline *in)
{
    unsigned what  = 0;
    bool     named = false;
    for (const ch_inline *x = in; x; x = x->parent) {
        named |= x->kind == CH_INLINE_NAME;
        if (x->kind == CH_INLINE_EMPH || (!named && told_by_italic(sp, x)))
            what ^= emphasis(sp, x->lang);
        if (x->kind == CH_INLINE_NOTE)
            what |= CH_LOOK_MARK;
    }
    return look_in(sp, what, in->lang.n > 0 ? in->lang : sp->lang);
}

static ch_str
link_of(const ch_inline *in)
{
    while (in && in->kind != CH_INLINE_REF)
        in = in->parent;
    return in ? in->target : CH_STR_EMPTY;
}

static void
add_leaf(ch_spanner *sp, const ch_leaf *leaf)
{
    const ch_inline *in   = leaf->in;
    bool             note = in->kind == CH_INLINE_NOTE && in->note;
    ch_span          x    = {.kind  = note ? CH_SPAN_NOTE_MARK : CH_SPAN_TEXT,
                             .text  = leaf->text,
                             .type  = look(sp, in),
                             .lang  = in->lang.n > 0 ? in->lang : sp->lang,
                             .node  = node_of(sp, in),
                             .uri   = link_of(in),
                             .whole = !sp->props->hyphenate_names && in_name(in),
                             .where = leaf->where};
    if (ch_str_is(leaf->text, "\n")) {
        x.kind = CH_SPAN_BREAK;
    } else if (note) {
        x.note = footnote(sp, in);
        x.text = x.note->mark;
        x.rise = ch_len_scale(sp->props->size, sp->s->sheet->parts.notes.mark_rise, 1000);
    }
    *CH_PUSH(sp->s->a, sp->span) = x;
}

/* The alternate text of a link is what it says. */
static void
name_links(ch_spanner *sp, size_t from)
{
    for (size_t i = from; i < sp->span.n; i++) {
        ch_snode *n = sp->span.at[i].node;
        while (n && n->role != CH_ROLE_LINK && n != sp->node)
            n = n->parent;
        if (n && n->role == CH_ROLE_LINK)
            n->alt = n->alt.n == 0 ? sp->span.at[i].text
                                   : ch_arena_printf(sp->s->a, "%.*s%.*s", CH_ARG(n->alt),
                                                     CH_ARG(sp->span.at[i].text));
    }
}

void
ch_spanner_rich(ch_spanner *sp, ch_rich text)
{
    if (text.n == 0)
        return;
    size_t first = sp->span.n;
    settle_lang(sp, text.root ? text.root->lang : CH_STR_EMPTY);
    for (size_t i = 0; i < text.n; i++) {
        add_leaf(sp, &text.leaf[i]);
        ch_span         *x    = &sp->span.at[sp->span.n - 1];
        const ch_inline *in   = text.leaf[i].in;
        const ch_inline *prev = i > 0 ? text.leaf[i - 1].in : NULL;
        const ch_inline *next = i + 1 < text.n ? text.leaf[i + 1].in : NULL;
        isolate_leaf(sp, x, in, prev);
        x->isolates_closed = isolates_not_round(sp, in, next);
    }
    name_links(sp, first);
}

void
ch_spanner_isolated(ch_spanner *sp, ch_rich text)
{
    size_t first = sp->span.n;
    ch_spanner_rich(sp, text);
    if (sp->span.n == first)
        return;
    *open_isolates(sp, &sp->span.at[first], 1) = CH_ISOLATE_AUTO;
    sp->span.at[sp->span.n - 1].isolates_closed++;
}

void
ch_spanner_text(ch_spanner *sp, ch_str text, ch_str lang)
{
    if (text.n == 0)
        return;
    settle_lang(sp, lang);
    *CH_PUSH(sp->s->a, sp->span) = (ch_span){.kind  = CH_SPAN_TEXT,
                                             .text  = text,
                                             .type  = look_in(sp, 0, lang),
                                             .lang  = lang,
                                             .node  = sp->node,
                                             .uri   = CH_STR_EMPTY,
                                             .where = sp->where};
}

void
ch_spanner_special(ch_spanner *sp, ch_span_kind kind)
{
    *CH_PUSH(sp->s->a, sp->span) = (ch_span){.kind  = kind,
                                             .text  = CH_STR_EMPTY,
                                             .type  = sp->props,
                                             .lang  = sp->lang,
                                             .node  = sp->node,
                                             .uri   = CH_STR_EMPTY,
                                             .where = sp->where};
    if (kind == CH_SPAN_PAGE || kind == CH_SPAN_PAGES || kind == CH_SPAN_NEXT) {
        ch_span *x               = &sp->span.at[sp->span.n - 1];
        *open_isolates(sp, x, 1) = CH_ISOLATE_NUMBER;
        x->isolates_closed       = 1;
    }
}

void
ch_spanner_level(ch_spanner *sp)
{
    settle_lang(sp, sp->s->letter->lang);
    ch_spanner_special(sp, CH_SPAN_LEVEL);
}

bool
ch_spanner_empty(const ch_spanner *sp)
{
    return sp->span.n == 0;
}

/* The edge of a paragraph's lines as its own direction has it: a line in another direction than
 * what is round it starts where that does; running text where it does itself. */
static const ch_props *
own_edge(ch_styler *s, const ch_props *props, bool rtl)
{
    bool at_end = props->align == CH_ALIGN_END;
    switch (props->align) {
    case CH_ALIGN_CENTER:
    case CH_ALIGN_JUSTIFY:
        return props;
    case CH_ALIGN_LEFT:
        at_end = rtl;
        break;
    case CH_ALIGN_RIGHT:
        at_end = !rtl;
        break;
    case CH_ALIGN_START:
    case CH_ALIGN_END:
        if (!s->text && rtl != s->rtl)
            at_end = !at_end;
        break;
    }
    if (props->align == (at_end ? CH_ALIGN_END : CH_ALIGN_START))
        return props;
    return ch_styler_look(s, props, at_end ? CH_LOOK_END : CH_LOOK_START);
}

ch_para *
ch_spanner_done(ch_spanner *sp)
{
    ch_styler *s             = sp->s;
    ch_para   *p             = CH_NEW(s->a, ch_para);
    p->index                 = (uint32_t)s->paras.n;
    p->span                  = sp->span.at;
    p->n                     = sp->span.n;
    p->lang                  = sp->lang;
    p->rtl                   = sp->line ? s->rtl : ch_styler_rtl(s, sp->lang);
    p->props                 = own_edge(s, sp->props, p->rtl);
    p->node                  = sp->node;
    p->where                 = sp->where;
    *CH_PUSH(s->a, s->paras) = p;
    return p;
}

ch_para *
ch_para_of(ch_styler *s, const ch_props *props, ch_rich text, ch_snode *node)
{
    ch_spanner sp = ch_spanner_new(s, props, node, text.where);
    sp.line       = false;
    ch_spanner_rich(&sp, text);
    return ch_spanner_done(&sp);
}

ch_para *
ch_para_numbered(ch_styler *s, const ch_props *props, ch_rich number, ch_rich text, ch_snode *node)
{
    ch_spanner sp = ch_spanner_new(s, props, node, text.where);
    sp.line       = false;
    settle_lang(&sp, text.root ? text.root->lang : CH_STR_EMPTY);
    sp.node = ch_styler_node(s, node, CH_ROLE_LBL, number.where);
    ch_spanner_rich(&sp, number);
    sp.node = node;
    ch_spanner_text(&sp, CH_STR_LIT(" "), s->letter->lang);
    ch_spanner_rich(&sp, text);
    return ch_spanner_done(&sp);
}

ch_para *
ch_line_of(ch_styler *s, const ch_props *props, ch_rich text, ch_snode *node)
{
    ch_spanner sp = ch_spanner_new(s, props, node, text.where);
    ch_spanner_rich(&sp, text);
    return ch_spanner_done(&sp);
}
