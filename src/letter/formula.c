/* letter/formula.c -- salutations and sentences of courtesy that the letter leaves to custom. */
#include "letter/builder.h"

#include "protocol/protocol.h"

/* Whom the letter is to, as far as forms of address go. */
static ch_addressed
addressed(const ch_builder *b)
{
    const ch_node *to = b->to_one;
    return (ch_addressed){.lang   = b->lang,
                          .rank   = ch_node_attr_str(to, CH_LA_rank),
                          .gender = ch_node_attr_str(to, CH_LA_gender),
                          .plural = b->custom && b->custom->several};
}

static void
hint_ranks(ch_builder *b, const ch_addressed *to)
{
    ch_str ranks = ch_protocol_ranks(ch_locales_protocol(b->locales), b->cx, to->lang);
    if (to->rank.n == 0)
        ch_hint(b->cx, "write it out, or give the addressee a rank: %.*s", CH_ARG(ranks));
    else if (ranks.n > 0)
        ch_hint(b->cx, "write it out; ranks known in '%.*s': %.*s", CH_ARG(to->lang),
                CH_ARG(ranks));
    else
        ch_hint(b->cx, "write it out; there are no forms of address for '%.*s'", CH_ARG(to->lang));
}

static bool
waits(const ch_addressed *to)
{
    return ch_placeholder(to->rank) || ch_placeholder(to->gender);
}

ch_rich
ch_salute_build(ch_builder *b, const ch_node *n)
{
    if (ch_node_has_content(n))
        return ch_rich_build(b, n);
    ch_addressed to   = addressed(b);
    ch_str       text = CH_STR_EMPTY;
    if (waits(&to)) /* for a record, which has been said */
        return (ch_rich){.leaf = NULL};
    if (ch_protocol_salute(ch_locales_protocol(b->locales), b->cx, &to, &text) == CH_OK &&
        text.n == 0) {
        ch_report(b->cx, CH_E3012_salute_needs_text, n->where, CH_ARG(to.rank), CH_ARG(to.gender));
        hint_ranks(b, &to);
    }
    return ch_rich_from(b->cx->job, text, b->lang, n->where);
}

ch_rich
ch_honorific_build(ch_builder *b, const ch_node *n)
{
    if (!n || ch_node_has_content(n))
        return n ? ch_rich_build(b, n) : (ch_rich){.leaf = NULL};
    bool         to_one = n->parent->elem == CH_L_addressee;
    ch_addressed to     = {.lang   = b->lang,
                           .rank   = ch_node_attr_str(n->parent, CH_LA_rank),
                           .gender = ch_node_attr_str(n->parent, CH_LA_gender)};
    ch_str       text   = CH_STR_EMPTY;
    if (waits(&to))
        return (ch_rich){.leaf = NULL};
    if (to_one &&
        ch_protocol_honorific(ch_locales_protocol(b->locales), b->cx, &to, &text) != CH_OK)
        return (ch_rich){.leaf = NULL};
    if (text.n == 0) {
        ch_report(b->cx, CH_E3038_honorific_needs_text, n->where, CH_ARG(to.rank),
                  CH_ARG(to.gender));
        if (to_one)
            hint_ranks(b, &to);
        else
            ch_hint(b->cx, "write it out");
    }
    return ch_rich_from(b->cx->job, text, b->lang, n->where);
}

/* ---- notes in the third person ---- */

/* The words for sender or addressee in the sentence of a note: those that the letter gives for it,
 * or else the name of the body, with the article that stands before the slot's name. */
static ch_str
words_in_note(ch_builder *b, const ch_node *n, ch_str article, bool given)
{
    ch_arena *a = b->cx->job;
    for (const ch_node *f = ch_node_child(n, CH_L_form); f; f = ch_node_next(f, CH_L_form))
        if (ch_str_is(ch_node_attr_str(f, CH_LA_name), "note") && ch_str_eq(f->lang, b->lang) &&
            ch_node_has_content(f))
            return ch_rich_plain(a, ch_rich_build(b, f));
    const ch_node *org  = given ? NULL : ch_version_first(b, n, CH_L_orgName);
    ch_str         name = org ? ch_rich_plain(a, ch_rich_build(b, org)) : CH_STR_EMPTY;
    if (name.n == 0 || article.n == 0)
        return name;
    if (name.n > article.n && name.p[article.n] == ' ') { /* it has one already */
        bool same = true;
        for (size_t i = 0; i < article.n && same; i++)
            same = (name.p[i] | 0x20) == (article.p[i] | 0x20);
        if (same)
            name = ch_str_sub(name, article.n + 1, name.n);
    }
    return ch_arena_printf(a, "%.*s %.*s", CH_ARG(article), CH_ARG(name));
}

/* The slot of a sentence for that one: "the sender", or "sender"; its article. */
static ch_str
slot_of(ch_str text, const char *name, ch_str *article)
{
    *article = CH_STR_EMPTY;
    for (size_t from = 0, to; from < text.n; from = to + 1) {
        for (to = from; to < text.n && text.p[to] != '}'; to++)
            if (text.p[to] == '{')
                from = to + 1;
        ch_str slot = to < text.n ? ch_str_sub(text, from, to) : CH_STR_EMPTY;
        size_t at   = slot.n;
        while (at > 0 && slot.p[at - 1] != ' ')
            at--;
        *article = ch_str_sub(slot, 0, at > 0 ? at - 1 : 0);
        if (ch_str_is(ch_str_sub(slot, at, slot.n), name))
            return slot;
    }
    return CH_STR_EMPTY;
}

/* The opening or closing sentence of a note, with the names of the two. */
static ch_rich
note_sentence(ch_builder *b, const ch_node *n, ch_str name)
{
    static const char *const slots[] = {"sender", "addressee"};
    const ch_node           *who[]   = {ch_node_child(b->root, CH_L_sender), b->to_one};
    ch_note_sentence         s;
    ch_fill                  fill[2];
    bool                     closing = ch_str_is(name, "courtesy");
    bool                     whole   = !ch_node_next(who[0], CH_L_sender);
    if (ch_protocol_note(ch_locales_protocol(b->locales), b->cx, b->lang, closing, &s) != CH_OK)
        return (ch_rich){.leaf = NULL};
    for (int i = 0; i < 2; i++) {
        ch_str article;
        ch_str slot   = slot_of(s.text, slots[i], &article);
        fill[i].value = words_in_note(b, who[i], article, s.given);
        fill[i].name  = ch_arena_printf(b->cx->job, "%.*s", CH_ARG(slot)).p;
        whole         = whole && (slot.n == 0 || fill[i].value.n > 0);
    }
    if (s.text.n > 0 && whole)
        return ch_rich_fill(b->cx->job, s.text, fill, 2, b->lang, n->where);
    ch_report(b->cx, CH_E3013_formula_needs_text, n->where, CH_ARG(name));
    if (s.text.n == 0)
        ch_hint(b->cx, "write it out; there is no sentence for notes in '%.*s'", CH_ARG(b->lang));
    else if (s.given)
        ch_hint(b->cx,
                "write it out, or write <form name=\"note\"> into sender and addressee, with "
                "the article and case that the sentence needs");
    else
        ch_hint(b->cx, "write it out, or give the one sender and the addressee an <orgName>");
    return (ch_rich){.leaf = NULL};
}

ch_rich
ch_formula_build(ch_builder *b, const ch_node *n)
{
    if (ch_node_has_content(n))
        return ch_rich_build(b, n);
    ch_str       name = ch_node_attr_str(n, CH_LA_name);
    ch_addressed to   = addressed(b);
    ch_str       text = CH_STR_EMPTY;
    if (name.n == 0)
        name = CH_STR_LIT("courtesy");
    if (ch_str_is(name, "testimonium"))
        text = ch_locale_label(b->lo, b->cx, "testimonium", n->where);
    if (text.n > 0)
        return ch_rich_from(b->cx->job, text, b->lang, n->where);
    bool note = b->custom && b->custom->person == CH_PERSON_THIRD;
    if (note && (ch_str_is(name, "courtesy") || ch_str_is(name, "compliments")))
        return note_sentence(b, n, name);
    if (!ch_str_is(name, "courtesy")) {
        ch_report(b->cx, CH_E3013_formula_needs_text, n->where, CH_ARG(name));
        ch_hint(b->cx, "write it out");
    } else if (ch_protocol_courtesy(ch_locales_protocol(b->locales), b->cx, &to, &text) == CH_OK &&
               text.n == 0) {
        ch_report(b->cx, CH_E3013_formula_needs_text, n->where, CH_ARG(name));
        hint_ranks(b, &to);
    }
    return ch_rich_from(b->cx->job, text, b->lang, n->where);
}
