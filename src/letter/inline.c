/* letter/inline.c -- running text: white space, quotation marks, dates, notes. */
#include "letter/builder.h"

#include "locale/script.h"

#include <string.h>

/* The text that is being written.  `gap`: a space here would be one too many, at the start
 * of a line or behind another space. */
typedef struct writer {
    ch_builder *b;
    CH_VEC(ch_leaf) leaves;
    ch_inline *root;
    bool       gap;
    bool       beside; /* dates stand beside dates of other calendars */
} writer;

static ch_inline *
new_inline(ch_arena *a, ch_inline_kind kind, const ch_inline *parent, ch_str lang, ch_where where)
{
    ch_inline *in = CH_NEW(a, ch_inline);
    *in           = (ch_inline){
                  .kind = kind, .parent = parent, .lang = lang, .target = CH_STR_EMPTY, .where = where};
    return in;
}

/* What a text of another language, or of elsewhere, takes. */
static ch_isolate
by_language(ch_str lang)
{
    return ch_lang_rtl(lang) ? CH_ISOLATE_RTL : CH_ISOLATE_LTR;
}

static ch_isolate
isolate_of(ch_inline_kind kind, ch_str lang, ch_str around)
{
    if (kind == CH_INLINE_FOREIGN || !ch_str_eq(lang, around))
        return by_language(lang);
    bool apart = kind == CH_INLINE_NAME || kind == CH_INLINE_FIELD || kind == CH_INLINE_REF ||
                 kind == CH_INLINE_DATE;
    return apart ? CH_ISOLATE_AUTO : CH_ISOLATE_NONE;
}

/* Names and numbers, whatever line of the letter they are put on. */
static ch_isolate
isolate_of_element(const ch_builder *b, const ch_node *n)
{
    switch (n->elem) {
    case CH_L_idno:
    case CH_L_contact:
        return CH_ISOLATE_NUMBER;
    case CH_L_persName:
    case CH_L_orgName:
    case CH_L_placeName:
    case CH_L_addrLine:
        return ch_str_eq(n->lang, b->lang) ? CH_ISOLATE_AUTO : by_language(n->lang);
    default:
        return CH_ISOLATE_NONE;
    }
}

static writer
begin(ch_builder *b, ch_str lang, ch_where where)
{
    writer w = {.b = b, .gap = true};
    w.root   = new_inline(b->cx->job, CH_INLINE_ROOT, NULL, lang, where);
    return w;
}

/* A space at the end of a line is none. */
static void
trim_end(writer *w)
{
    ch_leaf *last = w->leaves.n > 0 ? &w->leaves.at[w->leaves.n - 1] : NULL;
    if (!last || last->text.n == 0 || last->text.p[last->text.n - 1] != ' ')
        return;
    if (--last->text.n == 0)
        w->leaves.n--;
}

static ch_rich
end(writer *w)
{
    trim_end(w);
    return (ch_rich){
        .leaf = w->leaves.at, .n = w->leaves.n, .root = w->root, .where = w->root->where};
}

static void
write_leaf(writer *w, ch_str text, const ch_inline *in, ch_where where)
{
    if (text.n > 0)
        *CH_PUSH(w->b->cx->job, w->leaves) = (ch_leaf){.text = text, .in = in, .where = where};
}

/* Text of the letter: runs of white space become one space, as in HTML. */
static void
write_text(writer *w, ch_str text, const ch_inline *in, ch_where where)
{
    char  *out = ch_arena_alloc(w->b->cx->job, text.n > 0 ? text.n : 1);
    size_t n   = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!ch_is_space(c)) {
            out[n++] = c;
            w->gap   = false;
        } else if (!w->gap) {
            out[n++] = ' ';
            w->gap   = true;
        }
    }
    write_leaf(w, (ch_str){out, n}, in, where);
}

/* A text of ours, as it stands. */
static void
write_ours(writer *w, ch_str text, const ch_inline *in, ch_where where)
{
    write_leaf(w, text, in, where);
    if (text.n > 0)
        w->gap = false;
}

static const ch_locale *
pack_for(ch_builder *b, ch_str lang)
{
    if (ch_str_eq(lang, b->lang))
        return b->lo;
    if (!ch_str_eq(lang, b->other_lang)) {
        b->other_lang = lang;
        if (ch_locale_find(b->locales, b->cx, lang, &b->other) != CH_OK)
            b->other = NULL;
    }
    return b->other;
}

/* How many q stand around. */
static int
quote_level(const ch_inline *in)
{
    int level = 0;
    for (; in; in = in->parent)
        level += in->kind == CH_INLINE_Q;
    return level;
}

static void write_children(writer *w, const ch_node *n, const ch_inline *in);

static void
write_quote(writer *w, const ch_node *n, ch_inline *in)
{
    /* The marks are those of the text around: the words may be of another language. */
    ch_inline *words = in;
    in->lang         = in->parent->lang;
    in->isolate      = CH_ISOLATE_NONE;
    if (!ch_str_eq(n->lang, in->lang)) {
        words          = new_inline(w->b->cx->job, CH_INLINE_FOREIGN, in, n->lang, n->where);
        words->isolate = by_language(n->lang);
    }
    const ch_locale *lo    = pack_for(w->b, in->parent->lang);
    int              level = quote_level(in->parent) % 2;
    if (!lo)
        lo = w->b->lo;
    write_ours(w, ch_locale_quote_open(lo, level), in, n->where);
    w->gap = true;
    write_children(w, n, words);
    trim_end(w);
    write_ours(w, ch_locale_quote_close(lo, level), in, n->where);
}

bool
ch_node_has_content(const ch_node *n)
{
    for (const ch_node *c = n->first; c; c = c->next)
        if (c->kind == CH_NODE_ELEMENT || ch_str_trim(c->text).n > 0)
            return true;
    return false;
}

static ch_str
print_date(writer *w, const ch_node *n, const ch_locale *lo, ch_str iso)
{
    ch_date_asked  q     = {.iso       = iso,
                            .calendars = ch_node_attr_str(n, CH_LA_calendar),
                            .form      = ch_node_attr_str(n, CH_LA_form),
                            .lunar     = ch_node_attr_str(n, CH_LA_lunar),
                            .beside    = w->beside,
                            .where     = n->where};
    const ch_attr *lunar = ch_node_attr(n, CH_LA_lunar);
    if (lunar)
        q.where = lunar->where;
    return ch_locale_date(lo, w->b->cx, &q);
}

static void
write_date(writer *w, const ch_node *n, const ch_inline *in)
{
    if (ch_node_has_content(n)) {
        write_children(w, n, in);
        return;
    }
    const ch_locale *lo = pack_for(w->b, n->lang);
    if (!lo) {
        ch_report(w->b->cx, CH_E3001_no_locale, n->where, CH_ARG(n->lang));
        ch_hint(w->b->cx, "write the date out as the content of <date>");
        return;
    }
    ch_str iso = ch_node_attr_str(n, CH_LA_when);
    if (ch_date_valid(iso)) /* otherwise it waits for a record, which has been said */
        write_ours(w, print_date(w, n, lo, iso), in, n->where);
}

static void
write_note(writer *w, const ch_node *n, ch_inline *in)
{
    ch_builder *b                  = w->b;
    ch_note    *note               = CH_NEW(b->cx->job, ch_note);
    note->number                   = (unsigned)b->notes.n + 1;
    note->mark                     = ch_locale_number(b->lo, b->cx->job, note->number);
    *CH_PUSH(b->cx->job, b->notes) = note;
    note->text                     = ch_rich_build(b, n);
    in->note                       = note;
    trim_end(w);
    write_ours(w, note->mark, in, n->where);
}

/* The sentence that a paragraph of a note begins with. */
static void
write_formula(writer *w, const ch_node *n, const ch_inline *parent)
{
    if (ch_node_has_content(n)) {
        write_children(w, n, parent);
        return;
    }
    ch_rich of = ch_formula_build(w->b, n);
    for (size_t i = 0; i < of.n; i++) {
        const ch_inline *in = parent;
        if (of.leaf[i].in != of.root) {
            ch_inline *name =
                new_inline(w->b->cx->job, CH_INLINE_NAME, parent, parent->lang, n->where);
            name->isolate = CH_ISOLATE_AUTO;
            in            = name;
        }
        write_ours(w, of.leaf[i].text, in, n->where);
    }
}

static void write_party_names(writer *w, const ch_node *n, const ch_inline *parent);

/* Is there nothing beside it in its element?  Such words need no telling from others. */
static bool
is_alone(const ch_node *n)
{
    for (const ch_node *c = n->parent->first; c; c = c->next)
        if (c != n && (c->kind == CH_NODE_TEXT ? ch_str_trim(c->text).n > 0
                                               : c->elem != CH_L_list && c->elem != CH_L_formula))
            return false;
    return true;
}

static void
write_element(writer *w, const ch_node *n, const ch_inline *parent)
{
    static const ch_inline_kind kinds[] = {
        [CH_L_emph] = CH_INLINE_EMPH, [CH_L_foreign] = CH_INLINE_FOREIGN,
        [CH_L_name] = CH_INLINE_NAME, [CH_L_ref] = CH_INLINE_REF,
        [CH_L_date] = CH_INLINE_DATE, [CH_L_field] = CH_INLINE_FIELD,
        [CH_L_q] = CH_INLINE_Q,       [CH_L_note] = CH_INLINE_NOTE};
    if (n->elem == CH_L_lb) {
        trim_end(w);
        write_leaf(w, CH_STR_LIT("\n"), parent, n->where);
        w->gap = true;
        return;
    }
    if (n->elem == CH_L_partyNames) {
        write_party_names(w, n, parent);
        return;
    }
    if (n->elem == CH_L_variant) { /* the words alone, and those of this original alone */
        if (ch_str_eq(ch_node_attr_str(n, CH_LA_party), ch_edition_party(w->b)))
            write_children(w, n, parent);
        return;
    }
    if (n->elem == CH_L_formula) {
        write_formula(w, n, parent);
        return;
    }
    ch_inline_kind kind = n->elem < sizeof kinds / sizeof *kinds ? kinds[n->elem] : CH_INLINE_ROOT;
    if (kind == CH_INLINE_ROOT) { /* surname and its like: nothing to see in print */
        write_children(w, n, parent);
        return;
    }
    ch_inline *in = new_inline(w->b->cx->job, kind, parent, n->lang, n->where);
    in->isolate   = isolate_of(kind, n->lang, parent->lang);
    in->alone     = kind == CH_INLINE_FOREIGN && parent->kind == CH_INLINE_ROOT && is_alone(n);
    switch (kind) {
    case CH_INLINE_REF:
        in->target = ch_node_attr_str(n, CH_LA_target);
        write_children(w, n, in);
        break;
    case CH_INLINE_DATE:
        write_date(w, n, in);
        break;
    case CH_INLINE_Q:
        write_quote(w, n, in);
        break;
    case CH_INLINE_NOTE:
        in->lang    = parent->lang; /* the mark belongs to the text around */
        in->isolate = CH_ISOLATE_NONE;
        write_note(w, n, in);
        break;
    default:
        write_children(w, n, in);
    }
}

static void
write_range(writer *w, const ch_node *first, const ch_node *stop, const ch_inline *in)
{
    bool variant = false; /* what was before is one: white space up to the next is none */
    for (const ch_node *c = first; c != stop; c = c->next) {
        bool between = variant && c->next && c->next->elem == CH_L_variant;
        variant      = c->elem == CH_L_variant;
        if (c->kind == CH_NODE_TEXT && between && ch_str_trim(c->text).n == 0)
            variant = true;
        else if (c->kind == CH_NODE_TEXT)
            write_text(w, c->text, in, c->where);
        else
            write_element(w, c, in);
    }
}

static void
write_children(writer *w, const ch_node *n, const ch_inline *in)
{
    write_range(w, n->first, NULL, in);
}

ch_rich
ch_rich_range(ch_builder *b, const ch_node *n, const ch_node *first, const ch_node *stop)
{
    writer w        = begin(b, n->lang, n->where);
    w.root->isolate = isolate_of_element(b, n);
    write_range(&w, first, stop, w.root);
    return end(&w);
}

ch_rich
ch_rich_build(ch_builder *b, const ch_node *n)
{
    return ch_level_mark(b, n, ch_rich_range(b, n, n->first, NULL));
}

ch_rich
ch_rich_child(ch_builder *b, const ch_node *parent, int elem)
{
    const ch_node *n = ch_version_first(b, parent, elem);
    return n ? ch_rich_build(b, n) : (ch_rich){.leaf = NULL};
}

/* ---- datelines ---- */

/* Write a pattern; `put` writes what stands for {name}. */
typedef void put_place(writer *w, ch_str name, void *arg);

static void
write_pattern_in(writer *w, ch_str pattern, const ch_inline *in, put_place *put, void *arg)
{
    for (size_t at = 0; at < pattern.n;) {
        size_t from = at;
        while (at < pattern.n && pattern.p[at] != '{')
            at++;
        write_ours(w, ch_str_sub(pattern, from, at), in, in->where);
        const char *close = at < pattern.n ? memchr(pattern.p + at, '}', pattern.n - at) : NULL;
        if (!close)
            return;
        put(w, ch_str_sub(pattern, at + 1, (size_t)(close - pattern.p)), arg);
        at = (size_t)(close - pattern.p) + 1;
    }
}

static void
write_pattern(writer *w, ch_str pattern, put_place *put, void *arg)
{
    write_pattern_in(w, pattern, w->root, put, arg);
}

typedef struct dates {
    const ch_node *at[8];
    size_t         n;
} dates;

static dates
dates_of(ch_builder *b, const ch_node *dateline)
{
    dates d = {.n = 0};
    for (const ch_node *n = ch_version_first(b, dateline, CH_L_date); n && d.n < 8;
         n                = ch_version_next(n))
        d.at[d.n++] = n;
    return d;
}

static void
write_dates(writer *w, ch_str name, void *arg)
{
    dates d   = *(dates *)arg;
    w->beside = w->beside || d.n > 1;
    if (ch_str_is(name, "second")) {
        write_element(w, d.at[d.n - 1], w->root);
        return;
    }
    if (ch_str_is(name, "first"))
        d.n--;
    if (d.n == 1)
        write_element(w, d.at[0], w->root);
    else if (d.n > 1)
        write_pattern(w, ch_locale_two_dates(w->b->lo, w->b->cx), write_dates, &d);
}

ch_rich
ch_rich_dates(ch_builder *b, const ch_node *dateline)
{
    dates  d = dates_of(b, dateline);
    writer w = begin(b, b->lang, dateline->where);
    write_dates(&w, CH_STR_EMPTY, &d);
    return end(&w);
}

static void
write_place_or_date(writer *w, ch_str name, void *arg)
{
    const ch_node *dateline = arg;
    if (ch_str_is(name, "place")) {
        const ch_node *place = ch_version_first(w->b, dateline, CH_L_placeName);
        ch_inline     *in =
            new_inline(w->b->cx->job, CH_INLINE_NAME, w->root, place->lang, place->where);
        in->isolate = isolate_of(CH_INLINE_NAME, place->lang, w->root->lang);
        write_children(w, place, in);
        trim_end(w);
        return;
    }
    dates d = dates_of(w->b, dateline);
    write_dates(w, CH_STR_EMPTY, &d);
}

ch_rich
ch_rich_dateline(ch_builder *b, const ch_node *dateline)
{
    if (!ch_version_first(b, dateline, CH_L_placeName))
        return ch_rich_dates(b, dateline);
    writer w = begin(b, b->lang, dateline->where);
    write_pattern(&w, ch_locale_dateline(b->lo, b->cx), write_place_or_date, (void *)dateline);
    return end(&w);
}

/* ---- the parties ---- */

/* The name of a party in a language and form; NULL when it has none. */
static const ch_node *
party_name(const ch_node *party, ch_str form, ch_str lang)
{
    if (form.n == 0)
        return ch_node_alternative(party, CH_L_orgName, lang);
    for (const ch_node *f = ch_node_child(party, CH_L_form); f; f = ch_node_next(f, CH_L_form))
        if (ch_str_eq(ch_node_attr_str(f, CH_LA_name), form) && ch_str_eq(f->lang, lang))
            return f;
    return NULL;
}

typedef struct party_place {
    const ch_node   *n; /* the partyNames */
    const ch_inline *parent;
} party_place;

/* name: the number of the party in this original. */
static void
write_party(writer *w, ch_str name, void *arg)
{
    const party_place *p  = arg;
    size_t             at = 0;
    for (size_t i = 0; i < name.n; i++)
        at = at * 10 + (size_t)(name.p[i] - '0');
    const ch_node *party = w->b->parties.at[at];
    ch_str         form  = ch_node_attr_str(p->n, CH_LA_name);
    const ch_node *of    = party_name(party, form, p->n->lang);
    if (!of) {
        ch_str id = ch_node_attr_str(party, CH_LA_xml_id);
        if (form.n == 0)
            form = CH_STR_LIT("orgName");
        ch_report(w->b->cx, CH_E3233_party_without_form, p->n->where, CH_ARG(id), CH_ARG(form));
        ch_hint(w->b->cx, "write <form name=\"%.*s\"> into the <party>, in '%.*s'", CH_ARG(form),
                CH_ARG(p->n->lang));
        return;
    }
    ch_inline *in = new_inline(w->b->cx->job, CH_INLINE_NAME, p->parent, of->lang, p->n->where);
    in->isolate   = isolate_of(CH_INLINE_NAME, of->lang, p->parent->lang);
    write_children(w, of, in);
    trim_end(w);
    w->gap = false;
}

/* The list of the language, with numbers in the places of the names. */
static void
write_party_names(writer *w, const ch_node *n, const ch_inline *parent)
{
    ch_builder *b         = w->b;
    CH_VEC(ch_str) places = {0};
    const ch_locale *lo   = pack_for(b, n->lang);
    party_place      p    = {n, parent};
    for (size_t i = 0; i < b->parties.n; i++)
        *CH_PUSH(b->cx->job, places) = ch_arena_printf(b->cx->job, "{%zu}", i);
    if (places.n == 0) {
        ch_str none = CH_STR_LIT("");
        ch_report(b->cx, CH_E3231_unknown_party, n->where, CH_ARG(none));
        ch_hint(b->cx, "there is no <parties> in the letter");
        return;
    }
    write_pattern_in(w, ch_locale_list(lo ? lo : b->lo, b->cx->job, places.at, places.n), parent,
                     write_party, &p);
}

/* ---- texts of ours, and plain text ---- */

ch_rich
ch_rich_from(ch_arena *a, ch_str text, ch_str lang, ch_where where)
{
    ch_rich r = {.where = where};
    if (text.n == 0)
        return r;
    r.root    = new_inline(a, CH_INLINE_ROOT, NULL, lang, where);
    r.leaf    = CH_NEW(a, ch_leaf);
    r.leaf[0] = (ch_leaf){.text = text, .in = r.root, .where = where};
    r.n       = 1;
    return r;
}

ch_rich
ch_rich_fill(ch_arena *a, ch_str pattern, const ch_fill *fill, size_t n, ch_str lang,
             ch_where where)
{
    CH_VEC(ch_leaf) leaves = {0};
    ch_inline *root        = new_inline(a, CH_INLINE_ROOT, NULL, lang, where);
    for (size_t at = 0, to; at < pattern.n; at = to) {
        const ch_inline *in    = root;
        ch_str           value = CH_STR_EMPTY;
        const char      *open  = memchr(pattern.p + at, '{', pattern.n - at);
        size_t           from  = open ? (size_t)(open - pattern.p) : pattern.n;
        const char      *close = open ? memchr(open, '}', pattern.n - from) : NULL;
        to                     = from == at && close ? (size_t)(close - pattern.p) + 1 : from;
        if (from == at && !close)
            to = pattern.n;
        value = ch_str_sub(pattern, at, to);
        for (size_t i = 0; from == at && close && i < n; i++)
            if (ch_str_is(ch_str_sub(pattern, from + 1, to - 1), fill[i].name)) {
                ch_inline *of = new_inline(a, CH_INLINE_NAME, root, lang, where);
                of->isolate   = CH_ISOLATE_AUTO;
                in            = of;
                value         = fill[i].value;
            }
        if (value.n > 0)
            *CH_PUSH(a, leaves) = (ch_leaf){.text = value, .in = in, .where = where};
    }
    return (ch_rich){.leaf = leaves.at, .n = leaves.n, .root = root, .where = where};
}

/* The inline elements hold on to those around them: they are made again, inside the link. */
static const ch_inline *
inside_link(ch_arena *a, const ch_inline *in, const ch_inline *root, const ch_inline *link)
{
    if (in == root)
        return link;
    ch_inline *copy = CH_NEW(a, ch_inline);
    *copy           = *in;
    copy->parent    = inside_link(a, in->parent, root, link);
    return copy;
}

ch_rich
ch_rich_link(ch_builder *b, ch_rich text, ch_str id)
{
    ch_arena *a = b->cx->job;
    if (text.n == 0)
        return text;
    ch_inline *link     = new_inline(a, CH_INLINE_REF, text.root, text.root->lang, text.where);
    link->target        = ch_arena_printf(a, "#%.*s", CH_ARG(id));
    const ch_inline *of = NULL, *made = NULL;
    for (size_t i = 0; i < text.n; i++) {
        if (text.leaf[i].in != of) {
            of   = text.leaf[i].in;
            made = inside_link(a, of, text.root, link);
        }
        text.leaf[i].in = made;
    }
    return text;
}

ch_rich
ch_rich_label(ch_builder *b, const char *name, ch_where where)
{
    return ch_rich_from(b->cx->job, ch_locale_label(b->lo, b->cx, name, where), b->lang, where);
}

ch_str
ch_rich_plain(ch_arena *a, ch_rich r)
{
    if (r.n == 1 && !ch_str_is(r.leaf[0].text, "\n"))
        return r.leaf[0].text;
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < r.n; i++) {
        if (r.leaf[i].in->kind == CH_INLINE_NOTE)
            continue; /* a mark says nothing without its note */
        ch_buf_str(&b, ch_str_is(r.leaf[i].text, "\n") ? CH_STR_LIT(" ") : r.leaf[i].text);
    }
    return ch_buf_view(&b);
}
