/* input/check.c -- the rules of a vocabulary, over a finished raw tree.
 *
 * The walk is a loop along parent pointers: no depth of nesting can exhaust the stack. */
#include "input/check.h"

#include <string.h>

#define ERRORS_MAX 200 /* nobody reads beyond, and a hostile file could have millions */
#define PARTICLES_MAX 32
#define LANGUAGES_MAX 16 /* alternatives compared with one another */

typedef struct checker {
    ch_ctx               *cx;
    const ch_vocab       *v;
    const ch_check_input *in;
    ch_map               *ids;
    ch_buf                words; /* for hints */
    size_t                errors;
} checker;

static const ch_element_def *
def_of(const checker *k, const ch_node *n)
{
    bool known = n->elem && n->elem != CH_ID_FOREIGN;
    return known ? &k->v->elements[n->elem] : NULL;
}

static bool
is_open(const checker *k, const ch_node *n)
{
    for (const ch_node *o = k->in->open; o; o = o->parent) {
        if (o == n)
            return true;
    }
    return false;
}

/* ---- names for hints ---- */

/* Write "<a>, <b> or <c>" of the words in k->words; "" when there are more than most. */
static ch_str
listed(const checker *k, const char *before, const char *after, size_t most)
{
    ch_buf b;
    size_t n = 0, i = 0;
    ch_str w = ch_buf_view(&k->words);
    ch_buf_init(&b, k->cx->job);
    for (size_t at = 0; at < w.n; at++)
        n += w.p[at] == ' ';
    if (!n || n > most)
        return CH_STR_EMPTY;
    for (size_t at = 0; at < w.n;) {
        size_t end = at;
        while (w.p[end] != ' ')
            end++;
        if (i)
            ch_buf_puts(&b, i + 1 == n ? " or " : ", ");
        ch_buf_puts(&b, before);
        ch_buf_str(&b, ch_str_sub(w, at, end));
        ch_buf_puts(&b, after);
        at = end + 1;
        i++;
    }
    return ch_buf_view(&b);
}

static void
add_word(checker *k, const char *z)
{
    ch_buf_puts(&k->words, z);
    ch_buf_putc(&k->words, ' ');
}

static void
add_particle_words(checker *k, const ch_particle *p)
{
    if (!p->is_class) {
        add_word(k, k->v->elements[p->id].name);
        return;
    }
    for (const uint16_t *e = k->v->classes[p->id].elements; *e; e++)
        add_word(k, k->v->elements[*e].name);
}

static void
words_of_children(checker *k, const ch_element_def *d)
{
    ch_buf_clear(&k->words);
    for (const ch_particle *p = d->children; p->occurs; p++)
        add_particle_words(k, p);
}

static void
words_of_parents(checker *k, uint16_t element)
{
    ch_buf_clear(&k->words);
    for (uint16_t i = 1; i < k->v->n_elements; i++) {
        for (const ch_particle *p = k->v->elements[i].children; p->occurs; p++) {
            if (ch_particle_takes(k->v, p, element)) {
                add_word(k, k->v->elements[i].name);
                break;
            }
        }
    }
}

/* ---- one child ---- */

static void
report_unknown(checker *k, const ch_node *n, const ch_element_def *parent)
{
    ch_str near = CH_STR_EMPTY;
    ch_report(k->cx, CH_E2011_unknown_element, n->where, CH_ARG(n->text));
    if (parent) {
        words_of_children(k, parent);
        near = ch_nearest(n->text, ch_buf_view(&k->words));
    }
    if (!near.n) {
        ch_buf_clear(&k->words);
        for (uint16_t i = 1; i < k->v->n_elements; i++)
            add_word(k, k->v->elements[i].name);
        near = ch_nearest(n->text, ch_buf_view(&k->words));
    }
    if (near.n) {
        ch_hint(k->cx, "did you mean <%.*s>?", CH_ARG(near));
    } else if (parent) {
        words_of_children(k, parent);
        ch_str may = listed(k, "<", ">", 12);
        if (may.n)
            ch_hint(k->cx, "inside <%s> may stand %.*s", parent->name, CH_ARG(may));
    }
}

static void
report_misplaced(checker *k, const ch_node *n, const ch_element_def *parent)
{
    ch_report(k->cx, CH_E2014_misplaced_element, n->where, def_of(k, n)->name, parent->name);
    words_of_parents(k, n->elem);
    ch_str may = listed(k, "<", ">", 8);
    if (may.n)
        ch_hint(k->cx, "it may stand inside %.*s", CH_ARG(may));
}

static bool
any_takes(const checker *k, const ch_element_def *d, uint16_t element)
{
    for (const ch_particle *p = d->children; p->occurs; p++) {
        if (ch_particle_takes(k->v, p, element))
            return true;
    }
    return false;
}

/* ---- children in order ---- */

/* How far the children of one element have gone along its particles. */
typedef struct progress {
    const ch_node        *parent;
    const ch_element_def *def;
    uint32_t              seen; /* a bit for each particle that took a child */
    unsigned              at;
    bool                  wrong; /* a child of its is, and perhaps stands for a needed one */
    const ch_node        *first[PARTICLES_MAX];
} progress;

/* May it be that it is not there? */
static bool
on_condition(const checker *k, const ch_node *n)
{
    for (const ch_attr_use *u = k->v->conditions; u->attr; u++) {
        if (ch_node_attr(n, u->attr))
            return true;
    }
    return false;
}

static bool
once(const ch_particle *p)
{
    return p->occurs == CH_OCCURS_ONE || p->occurs == CH_OCCURS_OPTIONAL;
}

/* A place for one that is taken.  Alternatives may share it when each has its condition. */
static bool
is_full(const checker *k, const progress *g, unsigned i, const ch_node *c)
{
    return once(&g->def->children[i]) && (g->seen >> i & 1) &&
           !(on_condition(k, c) && on_condition(k, g->first[i]));
}

static bool
barred(const progress *g, const ch_particle *p)
{
    return p->unless && ch_node_attr(g->parent, p->unless);
}

static void
take(progress *g, unsigned i, const ch_node *c)
{
    if (!(g->seen >> i & 1))
        g->first[i] = c;
    g->seen |= UINT32_C(1) << i;
}

/* Two alternatives in one language: the letter is valid, but one of them cannot be printed. */
static void
compare_languages(checker *k, const progress *g, unsigned i, const ch_node *c)
{
    unsigned n = 0;
    if (on_condition(k, c))
        return;
    for (const ch_node *o = g->first[i]; o && o != c && n < LANGUAGES_MAX; o = o->next, n++) {
        if (o->kind == CH_NODE_ELEMENT && !on_condition(k, o) && o->elem == c->elem &&
            ch_str_eq(o->lang, c->lang)) {
            ch_report(k->cx, CH_W2050_repeated_language, c->where, k->v->elements[c->elem].name);
            return;
        }
    }
}

/* A child that no particle from g->at on takes. */
static void
report_late(checker *k, progress *g, const ch_node *c)
{
    const ch_particle *p = g->def->children;
    for (unsigned i = 0; i <= g->at && p[i].occurs; i++) {
        if (!ch_particle_takes(k->v, &p[i], c->elem))
            continue;
        const char *name = k->v->elements[c->elem].name;
        if (once(&p[i]) && (g->seen >> i & 1)) {
            ch_report(k->cx, CH_E2016_repeated_element, c->where, name, g->def->name);
            return;
        }
        const ch_node *after = NULL;
        for (unsigned q = i + 1; q <= g->at; q++) {
            if (g->first[q] && (!after || g->first[q]->where.from < after->where.from))
                after = g->first[q];
        }
        const char *other = after ? k->v->elements[after->elem].name : g->def->name;
        ch_report(k->cx, CH_E2015_wrong_order, c->where, name, other);
        ch_hint(k->cx, "move it before the first <%s>", other);
        take(g, i, c);
        return;
    }
    report_misplaced(k, c, g->def);
    g->wrong = true;
}

static void
match(checker *k, progress *g, const ch_node *c)
{
    const ch_particle *p = g->def->children;
    for (unsigned i = g->at; p[i].occurs; i++) {
        if (!ch_particle_takes(k->v, &p[i], c->elem) || is_full(k, g, i, c))
            continue;
        if (barred(g, &p[i])) {
            ch_report(k->cx, CH_E2019_attribute_or_content, c->where, g->def->name,
                      k->v->attrs[p[i].unless], k->v->elements[c->elem].name);
            return;
        }
        g->at = i;
        take(g, i, c);
        if (p[i].occurs == CH_OCCURS_ALT)
            compare_languages(k, g, i, c);
        return;
    }
    report_late(k, g, c);
}

static void
report_missing(checker *k, const progress *g)
{
    const ch_particle *p = g->def->children;
    if (g->wrong || (k->in->open && is_open(k, g->parent)))
        return;
    for (unsigned i = 0; p[i].occurs; i++) {
        bool needed = p[i].occurs == CH_OCCURS_ONE || p[i].occurs == CH_OCCURS_SOME;
        if (!needed || (g->seen >> i & 1) || barred(g, &p[i]))
            continue;
        ch_buf_clear(&k->words);
        add_particle_words(k, &p[i]);
        ch_str what = listed(k, "<", ">", 100);
        ch_report(k->cx, CH_E2017_missing_element, g->parent->where, g->def->name, CH_ARG(what));
        if (p[i].unless)
            ch_hint(k->cx, "or give it the attribute '%s'", k->v->attrs[p[i].unless]);
    }
}

/* ---- text ---- */

/* Where in the bytes of a text its first word stands: white space, comments and processing
 * instructions are passed over. */
static ch_where
word_place(const checker *k, ch_where w)
{
    ch_str b = ch_diags_source_at(k->cx->diags, w.source)->bytes;
    while (w.from < w.to) {
        ch_str rest = ch_str_sub(b, w.from, w.to);
        if (ch_is_space(rest.p[0]))
            w.from++;
        else if (ch_str_starts(rest, "<!--") || ch_str_starts(rest, "<?"))
            while (w.from < w.to && b.p[w.from++] != '>')
                ;
        else
            break;
    }
    while (w.to > w.from + 1 && ch_is_space(b.p[w.to - 1]))
        w.to--;
    return w;
}

static void
check_text(checker *k, const ch_node *t, const ch_element_def *d)
{
    if (d->content == CH_CONTENT_MIXED || d->content == CH_CONTENT_TEXT)
        return;
    ch_report(k->cx, CH_E2018_misplaced_text, word_place(k, t->where), d->name);
    for (const ch_particle *p = d->children; p->occurs; p++) {
        uint16_t e = p->is_class ? k->v->classes[p->id].elements[0] : p->id;
        if (k->v->elements[e].content == CH_CONTENT_MIXED && p->occurs >= CH_OCCURS_ANY) {
            ch_hint(k->cx, "put it into <%s>", k->v->elements[e].name);
            return;
        }
    }
}

/* ---- attributes ---- */

static void
report_value(checker *k, const ch_attr *a, const ch_attr_use *u)
{
    const char *name = k->v->attrs[a->attr];
    switch ((ch_datatype)u->type) {
    case CH_D_CHOICE:
    case CH_D_CHOICES:
    case CH_D_YES_NO: {
        ch_report(k->cx, CH_E2023_unknown_value, a->where, CH_ARG(a->value), name);
        ch_buf_clear(&k->words);
        add_word(k, u->values);
        ch_str near = ch_nearest(a->value, ch_buf_view(&k->words));
        ch_str all  = listed(k, "", "", 100);
        if (near.n)
            ch_hint(k->cx, "did you mean '%.*s'?", CH_ARG(near));
        else
            ch_hint(k->cx, "it is %.*s", CH_ARG(all));
        return;
    }
    case CH_D_DATE:
        ch_report(k->cx, CH_E2024_bad_date, a->where, CH_ARG(a->value), name);
        ch_hint(k->cx, "write year, month and day as 2026-03-02; the day must exist");
        return;
    case CH_D_LENGTH:
    case CH_D_SIGNED_LENGTH:
        ch_report(k->cx, CH_E2025_bad_length, a->where, CH_ARG(a->value), name);
        break;
    case CH_D_NATURAL:
    case CH_D_INTEGER:
    case CH_D_NUMBER:
        ch_report(k->cx, CH_E2026_bad_number, a->where, CH_ARG(a->value), name);
        break;
    default:
        ch_report(k->cx, CH_E2027_bad_value, a->where, CH_ARG(a->value), name,
                  ch_datatype_says(u->type));
        return;
    }
    ch_hint(k->cx, "it must be %s", ch_datatype_says(u->type));
}

static void
report_attr(checker *k, const ch_node *n, const ch_attr *a)
{
    const ch_element_def *d    = def_of(k, n);
    ch_str                tag  = ch_diags_source_at(k->cx->diags, a->where.source)->bytes;
    ch_str                name = ch_str_sub(tag, a->where.from, a->where.to);
    for (size_t i = 0; i < name.n; i++) {
        if (ch_is_space(name.p[i]) || name.p[i] == '=')
            name.n = i;
    }
    if (a->attr == CH_ID_FOREIGN) {
        ch_report(k->cx, CH_E2021_foreign_attribute, a->where, CH_ARG(name));
        return;
    }
    ch_report(k->cx, CH_E2020_unknown_attribute, a->where, d->name, CH_ARG(name));
    ch_buf_clear(&k->words);
    for (const ch_attr_use *u = d->attrs; u->attr; u++)
        add_word(k, k->v->attrs[u->attr]);
    for (const ch_attr_use *u = k->v->conditions; u->attr && n->elem != k->v->root; u++)
        add_word(k, k->v->attrs[u->attr]);
    for (const ch_attr_use *u = k->v->everywhere; u->attr; u++) {
        if (!ch_str_starts(name, "xml:") == !strncmp(k->v->attrs[u->attr], "xml:", 4))
            continue;
        add_word(k, k->v->attrs[u->attr]);
    }
    ch_str near = ch_nearest(name, ch_buf_view(&k->words));
    if (near.n)
        ch_hint(k->cx, "did you mean '%.*s'?", CH_ARG(near));
    else if (ch_str_is(name, "lang") || ch_str_is(name, "id"))
        ch_hint(k->cx, "did you mean 'xml:%.*s'?", CH_ARG(name));
}

/* Placeholders stand for values that a record gives, never for what XML and ITS define. */
static bool
is_placeholder(const checker *k, const ch_attr *a)
{
    return k->v->placeholders && !strchr(k->v->attrs[a->attr], ':') && ch_placeholder(a->value);
}

static void
check_attrs(checker *k, const ch_node *n)
{
    const ch_element_def *d = def_of(k, n);
    for (size_t i = 0; i < n->n_attrs; i++) {
        const ch_attr     *a = &n->attrs[i];
        const ch_attr_use *u =
            a->attr == CH_ID_FOREIGN ? NULL : ch_vocab_use(k->v, n->elem, a->attr);
        if (!u) {
            report_attr(k, n, a);
        } else if (!ch_attr_value_ok(u, a->value) && !is_placeholder(k, a)) {
            report_value(k, a, u);
        } else if (u->type == CH_D_ID) {
            if (ch_map_lookup(k->ids, a->value))
                ch_report(k->cx, CH_E2028_duplicate_id, a->where, CH_ARG(a->value));
            else
                ch_map_put(k->ids, a->value, (void *)(uintptr_t)n);
        }
    }
    for (const ch_attr_use *u = d->attrs; u->attr; u++) {
        if (u->required && !ch_node_attr(n, u->attr))
            ch_report(k->cx, CH_E2022_missing_attribute, n->where, d->name, k->v->attrs[u->attr]);
    }
}

/* ---- the walk ---- */

static void
report_foreign(checker *k, const ch_node *n)
{
    if (k->in->quiet_ns)
        return;
    ch_report(k->cx, CH_E2012_wrong_namespace, n->where, CH_ARG(n->text), k->v->ns);
    if (n == k->in->root)
        ch_hint(k->cx, "write <%s xmlns=\"%s\" ...>", k->v->elements[k->v->root].name, k->v->ns);
}

static void
check_children(checker *k, const ch_node *n, const ch_element_def *d)
{
    progress g = {.parent = n, .def = d};
    for (const ch_node *c = n->first; c; c = c->next) {
        size_t before = ch_diags_errors(k->cx->diags);
        if (before - k->errors >= ERRORS_MAX)
            return;
        if (c->kind == CH_NODE_ELEMENT && def_of(k, c)) {
            if (d->content == CH_CONTENT_ELEMENTS)
                match(k, &g, c);
            else if (!any_takes(k, d, c->elem))
                report_misplaced(k, c, d);
            continue;
        }
        if (c->kind == CH_NODE_TEXT)
            check_text(k, c, d);
        else if (c->elem == CH_ID_FOREIGN)
            report_foreign(k, c);
        else
            report_unknown(k, c, d);
        g.wrong = g.wrong || c->kind == CH_NODE_ELEMENT || ch_diags_errors(k->cx->diags) > before;
    }
    report_missing(k, &g);
}

/* What may stand inside an element that there is not, nobody knows; but names can be wrong. */
static void
check_below_unknown(checker *k, const ch_node *n)
{
    if (n->elem == CH_ID_FOREIGN)
        return;
    for (const ch_node *c = n->first; c; c = c->next) {
        if (c->kind == CH_NODE_ELEMENT && c->elem == CH_ID_FOREIGN)
            report_foreign(k, c);
        else if (c->kind == CH_NODE_ELEMENT && c->elem == CH_ID_UNKNOWN)
            report_unknown(k, c, NULL);
    }
}

static void
check_root(checker *k, const ch_node *root)
{
    const char *name = k->v->elements[k->v->root].name;
    if (root->elem == CH_ID_FOREIGN)
        report_foreign(k, root);
    else if (root->elem != k->v->root)
        ch_report(k->cx, CH_E2013_wrong_root, root->where, name, CH_ARG(root->text));
}

/* The next node; not below a foreign element, whose inside is not ours to judge. */
static const ch_node *
walk(const ch_node *n)
{
    if (n->first && n->elem != CH_ID_FOREIGN)
        return n->first;
    while (n && !n->next)
        n = n->parent;
    return n ? n->next : NULL;
}

void
ch_check_tree(ch_ctx *cx, const ch_vocab *v, const ch_check_input *in)
{
    ch_mark mark = ch_arena_mark(cx->scratch);
    checker k    = {.cx = cx, .v = v, .in = in, .errors = ch_diags_errors(cx->diags)};
    k.ids        = ch_map_new(cx->scratch);
    ch_buf_init(&k.words, cx->scratch);
    check_root(&k, in->root);
    for (const ch_node *n = in->root; n; n = walk(n)) {
        const ch_element_def *d = n->kind == CH_NODE_ELEMENT ? def_of(&k, n) : NULL;
        if (!d) {
            check_below_unknown(&k, n);
            continue;
        }
        check_attrs(&k, n);
        check_children(&k, n, d);
        if (ch_diags_errors(cx->diags) - k.errors >= ERRORS_MAX) {
            ch_report(cx, CH_N2090_more_errors, n->where);
            break;
        }
    }
    ch_arena_rewind(cx->scratch, mark);
}

size_t
ch_check_children(ch_ctx *cx, const ch_vocab *v, const ch_node *n)
{
    ch_mark        mark = ch_arena_mark(cx->scratch);
    ch_check_input in   = {.root = n};
    checker        k    = {.cx = cx, .v = v, .in = &in, .errors = ch_diags_errors(cx->diags)};
    ch_buf_init(&k.words, cx->scratch);
    check_children(&k, n, &v->elements[n->elem]);
    ch_arena_rewind(cx->scratch, mark);
    return ch_diags_errors(cx->diags) - k.errors;
}
