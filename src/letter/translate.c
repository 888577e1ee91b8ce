#include "letter/translate.h"

#include "letter/builder.h"
#include "letter/fragment.h"
#include "letter/translation.h"

#define EXCERPT 48 /* characters of a unit in a message */

typedef struct maker {
    ch_ctx                     *cx;
    const ch_node              *root;
    const ch_catalog           *cat;
    ch_str                      lang, from; /* the new language, and the letter's */
    const ch_translate_options *o;
    ch_translation             *t;
    ch_units                    units;
    size_t                      next; /* the unit that comes next in the walk */
} maker;

/* ---- versions in the new language that are there already ---- */

/* Are several of these below n versions of one another only when they follow one another? */
static bool
holds_runs(const ch_node *n)
{
    switch (n->elem) {
    case CH_L_attachment:
    case CH_L_body:
    case CH_L_cc:
    case CH_L_distribution:
    case CH_L_div:
    case CH_L_encl:
    case CH_L_list:
    case CH_L_postscript:
    case CH_L_quote:
    case CH_L_signatories:
        return true;
    default:
        return false;
    }
}

/* Is one in that language among those of the run that n is in? */
static bool
run_has(const ch_node *n, ch_str lang)
{
    for (const ch_node *c = ch_node_elements_first(n->parent); c;) {
        const ch_node *end = ch_run_end(c);
        bool           has = false, mine = false;
        for (; c != end; c = ch_node_elements_next(c)) {
            has  = has || ch_lang_akin(c->lang, lang);
            mine = mine || c == n;
        }
        if (mine)
            return has;
    }
    return false;
}

static bool
has_version(const maker *m, const ch_node *n)
{
    if (holds_runs(n->parent))
        return run_has(n, m->lang);
    if (n->elem == CH_L_row ||
        (n->elem == CH_L_cell && !ch_node_attr(n->parent->parent, CH_LA_layout)))
        return false;
    return ch_lang_akin(ch_node_alternative(n->parent, n->elem, m->lang)->lang, m->lang);
}

/* Is there anything in the new language among the children?  Seldom; then the search is spared. */
static bool
has_akin_child(const maker *m, const ch_node *n)
{
    for (const ch_node *c = n->first; c; c = c->next)
        if (c->kind == CH_NODE_ELEMENT && ch_lang_akin(c->lang, m->lang))
            return true;
    return false;
}

/* ---- the fate of units ---- */

const ch_message *
ch_unit_message(ch_ctx *cx, const ch_catalog *c, const ch_unit *u)
{
    const ch_vocab *v    = &ch_letter_vocab;
    const char     *name = v->elements[u->node->elem].name;
    ch_str          inside =
        u->attr ? ch_arena_printf(cx->job, "%s@%s", name, v->attrs[u->attr->attr])
                         : ch_arena_printf(cx->job, "%s/%s", v->elements[u->node->parent->elem].name, name);
    const ch_message *m = ch_catalog_find(c, inside, u->source);
    if (!m && !u->attr)
        m = ch_catalog_find(c, ch_str_from(name), u->source);
    return m ? m : ch_catalog_find(c, CH_STR_EMPTY, u->source);
}

static ch_str
excerpt(ch_ctx *cx, ch_str s)
{
    size_t at = 0, n = 0;
    while (at < s.n && n++ < EXCERPT)
        (void)ch_utf8_next(s, &at);
    ch_str head = ch_str_sub(s, 0, at);
    return at < s.n ? ch_arena_printf(cx->job, "%.*s...", CH_ARG(head)) : head;
}

/* The message to use; NULL: the unit stays as it is. */
static const ch_message *
message_of(maker *m, const ch_unit *u)
{
    const ch_message *x     = ch_unit_message(m->cx, m->cat, u);
    ch_str            words = excerpt(m->cx, u->source), name = ch_catalog_name(m->cat);
    ch_where          where = u->attr ? u->attr->where : u->node->where;
    if (!x || ch_str_trim(x->text).n == 0) {
        if (m->o->allow_untranslated) {
            ch_report(m->cx, CH_W3649_untranslated_kept, where, CH_ARG(words), CH_ARG(name),
                      CH_ARG(m->from));
            return NULL;
        }
        ch_report(m->cx, CH_E3647_untranslated, where, CH_ARG(words), CH_ARG(name));
        return NULL;
    }
    if (x->fuzzy) {
        ch_report(m->cx, m->o->allow_fuzzy ? CH_W3650_fuzzy_used : CH_E3648_fuzzy, where,
                  CH_ARG(words), CH_ARG(name));
        const ch_source *s    = ch_diags_source_at(m->cx->diags, x->where.source);
        uint32_t         line = 0, column;
        if (s) {
            ch_source_line_column(s, x->where.from, &line, &column);
            ch_hint(m->cx, "it is in line %u of the catalogue", line);
        }
    }
    return x;
}

/* ---- nodes ---- */

static ch_node *
add(maker *m, const ch_node *n, ch_node *parent)
{
    ch_node *c = CH_NEW(m->cx->job, ch_node);
    *c         = *n;
    c->first = c->last = NULL;
    if (parent)
        c->lang = parent->lang;
    ch_node_append(parent, c);
    return c;
}

/* The attributes of a copy, and its language.  kept: it stays in the letter's. */
static void
set_attributes(maker *m, const ch_node *n, ch_node *c, bool kept)
{
    ch_attr *attrs  = CH_NEW_N(m->cx->job, ch_attr, n->n_attrs + 1);
    size_t   count  = 0;
    bool     says   = false;
    bool     letter = n->elem == CH_L_letter && ch_lang_same(n->lang, m->from);
    for (size_t i = 0; i < n->n_attrs; i++) {
        ch_attr a = n->attrs[i];
        if (a.attr == CH_LA_dir && letter && !kept)
            continue;
        if (a.attr == CH_LA_xml_lang) {
            says = true;
            if (n == m->root || (!kept && ch_lang_same(a.value, m->from) && ch_node_translates(n)))
                a.value = m->lang;
            c->lang = a.value;
        }
        attrs[count++] = a;
    }
    if (kept && !says && !ch_lang_same(c->lang, m->from)) {
        attrs[count++] = (ch_attr){.attr = CH_LA_xml_lang, .value = m->from, .where = n->where};
        c->lang        = m->from;
    }
    c->attrs   = attrs;
    c->n_attrs = count;
}

bool
ch_foreign_takes(const ch_node *n)
{
    const ch_particle *p = ch_letter_vocab.elements[CH_L_foreign].children;
    if (n->kind == CH_NODE_TEXT)
        return true;
    for (; p->occurs; p++)
        if (ch_particle_takes(&ch_letter_vocab, p, n->elem))
            return true;
    return false;
}

static ch_node *
add_foreign(maker *m, const ch_node *at, ch_node *parent)
{
    ch_node *f     = add(m, at, parent);
    ch_attr *attrs = CH_NEW(m->cx->job, ch_attr);
    *attrs     = (ch_attr){.attr = CH_LA_xml_lang, .value = m->from, .where = at->parent->where};
    f->kind    = CH_NODE_ELEMENT;
    f->elem    = CH_L_foreign;
    f->text    = CH_STR_LIT("foreign");
    f->where   = at->parent->where;
    f->lang    = m->from;
    f->attrs   = attrs;
    f->n_attrs = 1;
    return f;
}

/* All that is in n, as it is; wrapped: the language has to be said. */
static void
copy_inside(maker *m, const ch_node *n, ch_node *into, bool wrapped)
{
    ch_node *foreign = NULL;
    bool     mixed   = ch_letter_vocab.elements[n->elem].content == CH_CONTENT_MIXED;
    for (const ch_node *x = n->first; x; x = x->next) {
        bool inside = wrapped && mixed && ch_foreign_takes(x);
        if (!inside)
            foreign = NULL;
        else if (!foreign)
            foreign = add_foreign(m, x, into);
        ch_node *c = add(m, x, inside ? foreign : into);
        if (x->kind == CH_NODE_ELEMENT) {
            if (ch_node_attr(x, CH_LA_xml_lang))
                c->lang = x->lang;
            copy_inside(m, x, c, wrapped && !inside);
        }
    }
}

static bool
is_blank(const ch_node *n)
{
    for (const ch_node *x = n; x; x = ch_node_walk(x, n))
        if (x->kind == CH_NODE_TEXT && ch_str_trim(x->text).n > 0)
            return false;
    return true;
}

static void
translate_unit(maker *m, const ch_unit *u, ch_node *c, const ch_message *msg)
{
    ch_fragment_in in = {
        .unit = u, .catalog = m->cat, .message = msg, .lang = m->lang, .source_lang = m->from};
    if (!u->attr) {
        ch_fragment_read(m->cx, &in, c);
        return;
    }
    ch_attr *attrs = CH_NEW_N(m->cx->job, ch_attr, c->n_attrs);
    for (size_t i = 0; i < c->n_attrs; i++) {
        attrs[i] = c->attrs[i];
        if (attrs[i].attr == u->attr->attr)
            attrs[i].value = ch_fragment_value(m->cx, &in);
    }
    c->attrs = attrs;
}

static void
warn_of_list(maker *m, const ch_node *n)
{
    const ch_attr *href = n->elem == CH_L_signatories ? ch_node_attr(n, CH_LA_href) : NULL;
    if (href && ch_lang_same(n->lang, m->from) && ch_node_translates(n))
        ch_report(m->cx, CH_W3659_list_not_translated, href->where, CH_ARG(href->value));
}

/* A copy of the element n; true: all that is in it is there as well.  stays: it is, or is in, a
 * version beside one in the new language. */
static bool
copy(maker *m, const ch_node *n, ch_node *parent, bool stays, ch_node **out)
{
    const ch_unit    *u   = m->next < m->units.list.n ? &m->units.list.at[m->next] : NULL;
    ch_node          *c   = add(m, n, parent);
    const ch_message *msg = NULL;
    *out                  = c;
    bool unit             = u && u->node == n;
    if (unit) {
        msg = stays ? NULL : message_of(m, u);
        m->next++;
    }
    set_attributes(m, n, c, stays && ch_lang_same(n->lang, m->from));
    if (msg)
        translate_unit(m, u, c, msg);
    if (msg && !u->attr) {
        *CH_PUSH(m->cx->job, m->t->replaced) = n;
        return true;
    }
    if (!ch_node_is_text(n, m->from)) {
        warn_of_list(m, n);
        return false;
    }
    bool wrapped = !stays && !is_blank(n);
    copy_inside(m, n, c, wrapped);
    if (wrapped)
        *CH_PUSH(m->cx->job, m->t->wrapped) = n;
    return true;
}

static ch_node *
copy_all(maker *m, const ch_node *n, ch_node *parent, bool stays)
{
    ch_node *c;
    if (copy(m, n, parent, stays, &c))
        return c;
    bool search = !stays && !ch_lang_akin(m->from, m->lang) && has_akin_child(m, n);
    for (const ch_node *x = n->first; x; x = x->next) {
        if (x->kind == CH_NODE_TEXT)
            (void)add(m, x, c);
        else
            (void)copy_all(
                m, x, c, stays || (search && ch_lang_same(x->lang, m->from) && has_version(m, x)));
    }
    return c;
}

ch_status
ch_translation_make(ch_ctx *cx, const ch_node *tree, const ch_catalog *cat, ch_str lang,
                    const ch_translate_options *o, ch_translation *out)
{
    static const ch_translate_options strict;
    const ch_attr_use *use    = ch_vocab_use(&ch_letter_vocab, CH_L_letter, CH_LA_xml_lang);
    size_t             errors = ch_diags_errors(cx->diags);
    maker  m  = {.cx = cx, .root = tree, .cat = cat, .lang = lang, .from = tree->lang, .t = out};
    ch_str of = ch_catalog_language(cat), name = ch_catalog_name(cat);
    m.o = o ? o : &strict;
    if (!ch_attr_value_ok(use, lang)) {
        ch_report(cx, CH_E3658_bad_language, CH_NOWHERE, CH_ARG(lang));
        return CH_ERR_INPUT;
    }
    if (of.n > 0 && !ch_lang_akin(of, lang)) {
        ch_report(cx, CH_E3646_catalog_language, CH_NOWHERE, CH_ARG(name), CH_ARG(of),
                  CH_ARG(lang));
        return CH_ERR_INPUT;
    }
    ch_letter_units(cx, tree, &m.units);
    out->tree = copy_all(&m, tree, NULL, false);
    return ch_diags_errors(cx->diags) > errors ? CH_ERR_INPUT : CH_OK;
}

ch_status
ch_letter_translate(ch_ctx *cx, const ch_node *tree, const ch_catalog *cat, ch_str lang,
                    const ch_translate_options *o, const ch_node **out)
{
    ch_translation t = {0};
    *out             = tree;
    if (ch_lang_same(tree->lang, lang))
        return CH_OK;
    ch_status st = ch_translation_make(cx, tree, cat, lang, o, &t);
    if (st == CH_OK)
        *out = t.tree;
    return st;
}
