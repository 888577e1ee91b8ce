/* letter/formula.c -- salutations and sentences of courtesy that the letter leaves to custom. */
#include "letter/builder.h"

#include "protocol/protocol.h"

/* Whom the letter is to, as far as forms of address go. */
static ch_addressed
addressed(const ch_builder *b)
{
    const ch_node *to   = b->to_one;
    ch_str         kind = ch_node_attr_str(b->root, CH_LA_kind);
    return (ch_addressed){.lang   = b->lang,
                          .rank   = ch_node_attr_str(to, CH_LA_rank),
                          .gender = ch_node_attr_str(to, CH_LA_gender),
                          .plural =
                              ch_str_is(kind, "joint-letter") || ch_str_is(kind, "open-letter")};
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

ch_rich
ch_salute_build(ch_builder *b, const ch_node *n)
{
    if (ch_node_has_content(n))
        return ch_rich_build(b, n);
    ch_addressed to   = addressed(b);
    ch_str       text = CH_STR_EMPTY;
    if (ch_protocol_salute(ch_locales_protocol(b->locales), b->cx, &to, &text) == CH_OK &&
        text.n == 0) {
        ch_report(b->cx, CH_E3012_salute_needs_text, n->where, CH_ARG(to.rank), CH_ARG(to.gender));
        hint_ranks(b, &to);
    }
    return ch_rich_from(b->cx->job, text, b->lang, n->where);
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
