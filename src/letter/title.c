/* letter/title.c -- titles made from date, sender and addressee; where a text came from.
 *
 * A name is put into a title in the words that its language needs there: those of the element
 * form, or else the office, where the pack says how an office stands.  No other form is made. */
#include "letter/builder.h"

typedef struct ch_title {
    ch_str date, from, to; /* empty: not known */
    bool   identical;
} title;

static ch_str
plain(ch_builder *b, ch_rich r)
{
    return ch_rich_plain(b->cx->job, r);
}

/* The version, in the letter's language, of the form of that name. */
static ch_str
form_of(ch_builder *b, const ch_node *n, const char *name)
{
    for (const ch_node *f = ch_node_child(n, CH_L_form); f; f = ch_node_next(f, CH_L_form))
        if (ch_str_is(ch_node_attr_str(f, CH_LA_name), name) && ch_str_eq(f->lang, b->lang))
            return plain(b, ch_rich_build(b, f));
    return CH_STR_EMPTY;
}

/* The words for one: the form, or else the office. */
static ch_str
words_for(ch_builder *b, const ch_node *n, const char *name, const char *label)
{
    ch_str words = form_of(b, n, name);
    if (words.n > 0)
        return words;
    const ch_node *role = ch_version_first(b, n, CH_L_role);
    ch_str         form = role ? ch_locale_label(b->lo, b->cx, label, n->where) : CH_STR_EMPTY;
    if (form.n == 0)
        return CH_STR_EMPTY;
    ch_fill fill = {"office", plain(b, ch_rich_build(b, role))};
    return ch_locale_fill(b->cx->job, form, &fill, 1);
}

/* The words for several, listed; empty when they are not known for one. */
static ch_str
words_for_all(ch_builder *b, const ch_node *const *at, size_t n, const char *name,
              const char *label)
{
    CH_VEC(ch_str) list = {0};
    for (size_t i = 0; i < n; i++) {
        ch_str words = words_for(b, at[i], name, label);
        if (words.n == 0)
            return CH_STR_EMPTY;
        *CH_PUSH(b->cx->job, list) = words;
    }
    return list.n > 0 ? ch_locale_list(b->lo, b->cx->job, list.at, list.n) : CH_STR_EMPTY;
}

static const title *
title_of(ch_builder *b, const ch_letter *l)
{
    if (b->title)
        return b->title;
    title         *t                = CH_NEW(b->cx->job, title);
    const ch_node *closer           = ch_node_child(b->root, CH_L_closer);
    const ch_node *sender           = ch_node_child(b->root, CH_L_sender);
    t->identical                    = b->custom && b->custom->addressees.n > 0;
    t->date                         = plain(b, l->date);
    t->from                         = sender ? form_of(b, sender, "from") : CH_STR_EMPTY;
    CH_VEC(const ch_node *) signers = {0};
    for (const ch_node *n = ch_node_child(closer, CH_L_signed); n; n = ch_node_next(n, CH_L_signed))
        *CH_PUSH(b->cx->job, signers) = n;
    if (t->from.n == 0)
        t->from = words_for_all(b, signers.at, signers.n, "from", "office-from");
    t->to    = words_for_all(b, b->to.at, b->to.n, "to", "office-to");
    b->title = t;
    return t;
}

/* Say what is wanting for a whole title. */
static void
say_wanting(ch_builder *b, const title *t, ch_where where, bool fatal)
{
    const char *what = t->date.n == 0   ? "the date of the letter"
                       : t->from.n == 0 ? "the words for who it is from"
                                        : "the words for whom it is to";
    if (fatal)
        ch_report(b->cx, CH_E3220_title_needs_words, where, what);
    else
        ch_report(b->cx, CH_W3221_title_short, where, what);
    if (t->date.n == 0)
        ch_hint(b->cx, "give it in <dateline>, or write the title out");
    else
        ch_hint(b->cx,
                "write <form name=\"%s\"> into <%s>, with the article and case that the language "
                "needs, or write the title out",
                t->from.n == 0 ? "from" : "to", t->from.n == 0 ? "signed" : "addressee");
}

static ch_rich
fill_title(ch_builder *b, const title *t, ch_str form, ch_str label, ch_where where)
{
    ch_fill fill[] = {{"label", label}, {"date", t->date}, {"from", t->from}, {"to", t->to}};
    return ch_rich_fill(b->cx->job, form, fill, 4, b->lang, where);
}

/* Of identical letters the language may want to know how many. */
static ch_str
form_for(ch_builder *b, const title *t, const char *one, const char *identical, ch_where where)
{
    return t->identical ? ch_locale_label_n(b->lo, b->cx, identical, (int64_t)b->to.n, where)
                        : ch_locale_label(b->lo, b->cx, one, where);
}

static ch_rich
letter_title(ch_builder *b, const ch_letter *l, ch_where where)
{
    const title *t    = title_of(b, l);
    ch_str       form = form_for(b, t, "letter-title", "identical-title", where);
    if (form.n == 0 && !ch_locale_has_label(b->lo, "letter-title"))
        return (ch_rich){.leaf = NULL}; /* which has been said */
    if (form.n == 0) {
        ch_report(b->cx, CH_E3222_no_title_form, where, CH_ARG(b->lang));
        ch_hint(b->cx, "write the title out");
        return (ch_rich){.leaf = NULL};
    }
    if (t->date.n == 0 || t->from.n == 0 || t->to.n == 0) {
        say_wanting(b, t, where, true);
        return (ch_rich){.leaf = NULL};
    }
    return fill_title(b, t, form, CH_STR_EMPTY, where);
}

ch_rich
ch_attachment_title(ch_builder *b, const ch_letter *l, ch_str label, ch_where where)
{
    const title *t     = title_of(b, l);
    ch_str       form  = form_for(b, t, "attachment-title", "attachment-identical", where);
    bool         whole = t->date.n > 0 && t->from.n > 0 && t->to.n > 0;
    if (form.n > 0 && !whole)
        say_wanting(b, t, where, false);
    if (t->date.n == 0)
        return ch_rich_from(b->cx->job, label, b->lang, where);
    if (form.n == 0 || !whole)
        form = ch_locale_label(b->lo, b->cx, "attachment-dated", where);
    return fill_title(b, t, form, label, where);
}

/* ---- where it came from ---- */

static void
add_language(ch_builder *b, const ch_node *n, int attr, const char *label, ch_texts *out)
{
    ch_str lang = ch_node_attr_str(n, attr);
    if (lang.n == 0)
        return;
    bool    from      = attr == CH_LA_translated_from;
    ch_str  name      = ch_locale_language(b->lo, b->cx, lang, from, n->where);
    ch_fill fill      = {"language", name};
    out->at[out->n++] = ch_rich_fill(b->cx->job, ch_locale_label(b->lo, b->cx, label, n->where),
                                     &fill, name.n > 0 ? 1 : 0, b->lang, n->where);
}

ch_texts
ch_provenance_build(ch_builder *b, const ch_node *n)
{
    ch_texts out = {.at = CH_NEW_N(b->cx->job, ch_rich, 2)};
    add_language(b, n, CH_LA_original, "original-language", &out);
    add_language(b, n, CH_LA_translated_from, "translated-from", &out);
    return out;
}

void
ch_head_build(ch_builder *b, ch_letter *l)
{
    const ch_node *opener = ch_node_child(b->root, CH_L_opener);
    const ch_node *head   = ch_version_first(b, opener, CH_L_head);
    l->provenance         = ch_provenance_build(b, b->root);
    if (head)
        l->head =
            ch_node_has_content(head) ? ch_rich_build(b, head) : letter_title(b, l, head->where);
    if (l->title.n == 0 && l->head.n > 0)
        l->title = ch_text_nfc(b->cx, b->cx->job, plain(b, l->head));
}
