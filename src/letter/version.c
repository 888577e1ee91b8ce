/* letter/version.c -- of elements given in several languages, those of the letter's. */
#include "letter/builder.h"

const ch_node *
ch_version_first(const ch_builder *b, const ch_node *parent, int elem)
{
    return ch_node_alternative(parent, elem, b->lang);
}

const ch_node *
ch_version_next(const ch_node *n)
{
    const ch_node *next = ch_node_next(n, n->elem);
    while (next && !ch_lang_same(next->lang, n->lang))
        next = ch_node_next(next, n->elem);
    return next;
}

static bool
seen_in_run(const ch_node *from, const ch_node *to)
{
    for (const ch_node *n = from; n != to; n = ch_node_elements_next(n))
        if (ch_lang_same(n->lang, to->lang))
            return true;
    return false;
}

enum { LANGUAGES_MAX = 64 }; /* in one run; more are taken for paragraphs of their own */

const ch_node *
ch_run_end(const ch_node *first)
{
    const ch_node *to = ch_node_elements_next(first);
    for (int n = 1; n < LANGUAGES_MAX && to && to->elem == first->elem && !seen_in_run(first, to);
         n++)
        to = ch_node_elements_next(to);
    return to;
}

const ch_node *
ch_version_of_run(ch_builder *b, const ch_node *n, const ch_node **rest)
{
    const ch_node *exact = NULL, *near = NULL, *to = ch_run_end(n);
    for (const ch_node *v = n; v != to; v = ch_node_elements_next(v)) {
        if (!exact && ch_lang_same(v->lang, b->lang))
            exact = v;
        if (!near && ch_lang_akin(v->lang, b->lang))
            near = v;
    }
    const ch_node *chosen = exact ? exact : near ? near : n;
    /* Once a language, not once a paragraph. */
    for (const ch_node *v = n; v != to; v = ch_node_elements_next(v))
        if (v != chosen)
            ch_report(b->cx, CH_N3014_version_left_out, CH_NOWHERE, CH_ARG(v->lang));
    *rest = to;
    return chosen;
}
