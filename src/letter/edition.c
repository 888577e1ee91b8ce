/* letter/edition.c -- letters made in several originals: to each of several addressees, and for each
 * party to an instrument (the alternat). */
#include "letter/builder.h"

#include "input/check.h"
#include "protocol/protocol.h"

/* ---- addressees ---- */

/* In the order of custom, and as given where that has none. */
static void
gather_addressees(ch_builder *b)
{
    const ch_node *first = ch_node_child(b->root, CH_L_addressee);
    size_t         n = 0, all = 0;
    for (const ch_node *x = first; x; x = ch_node_next(x, CH_L_addressee))
        all++;
    for (size_t place = 0; n < all; place++)
        for (const ch_node *x = first; x; x = ch_node_next(x, CH_L_addressee))
            if (ch_protocol_addressee_place(b->custom, ch_node_attr_str(x, CH_LA_rank)) == place) {
                *CH_PUSH(b->cx->job, b->to) = x;
                n++;
            }
}

static ch_str
name_of(ch_builder *b, size_t i)
{
    ch_str id = ch_node_attr_str(b->to.at[i], CH_LA_xml_id);
    return id.n > 0 ? ch_arena_str(b->cx->job, id) : ch_arena_printf(b->cx->job, "%zu", i + 1);
}

static void
choose_addressee(ch_builder *b, const ch_edition *edition, ch_letter *l)
{
    ch_arena *a = b->cx->job;
    l->edition  = CH_NEW_N(a, ch_str, b->to.n);
    for (size_t i = 0; i < b->to.n; i++)
        l->edition[i] = name_of(b, i);
    l->n_editions = b->to.n;
    b->to_one     = b->to.n > 0 ? b->to.at[0] : NULL;
    if (!edition || edition->addressee.n == 0)
        return;
    ch_buf known;
    ch_buf_init(&known, a);
    for (size_t i = 0; i < b->to.n; i++) {
        if (ch_str_eq(edition->addressee, l->edition[i]) ||
            ch_str_eq(edition->addressee, ch_arena_printf(a, "%zu", i + 1))) {
            b->to_one = b->to.at[i];
            return;
        }
        ch_buf_printf(&known, "%s%.*s", i > 0 ? ", " : "", CH_ARG(l->edition[i]));
    }
    ch_report(b->cx, CH_E3230_unknown_addressee, b->root->where, CH_ARG(edition->addressee));
    if (b->to.n > 0)
        ch_hint(b->cx, "they are, in order: %s", known.p);
}

/* ---- parties ---- */

static void
say_unknown(ch_builder *b, ch_str name, ch_where where, const ch_letter *l)
{
    ch_buf known;
    ch_buf_init(&known, b->cx->job);
    for (size_t i = 0; i < l->n_parties; i++)
        ch_buf_printf(&known, "%s%.*s", i > 0 ? " " : "", CH_ARG(l->party[i]));
    ch_report(b->cx, CH_E3231_unknown_party, where, CH_ARG(name));
    ch_str near = ch_nearest(name, ch_buf_view(&known));
    if (near.n > 0)
        ch_hint(b->cx, "did you mean '%.*s'?", CH_ARG(near));
    else
        ch_hint(b->cx,
                l->n_parties > 0 ? "the parties are: %.*s"
                                 : "there is no <parties> in the letter%.*s",
                CH_ARG(ch_buf_view(&known)));
}

static void
gather_parties(ch_builder *b, ch_letter *l)
{
    const ch_node *parties = ch_node_child(b->root, CH_L_parties);
    CH_VEC(ch_str) names   = {0};
    for (const ch_node *p = ch_node_child(parties, CH_L_party); p;
         p                = ch_node_next(p, CH_L_party)) {
        ch_str id = ch_node_attr_str(p, CH_LA_xml_id);
        if (id.n == 0) {
            ch_report(b->cx, CH_E3232_party_needs_id, p->where);
            continue;
        }
        *CH_PUSH(b->cx->job, names)      = ch_arena_str(b->cx->job, id);
        *CH_PUSH(b->cx->job, b->parties) = p;
    }
    l->party     = names.at;
    l->n_parties = names.n;
}

/* That party goes before the others. */
static void
put_first(ch_builder *b, ch_str party)
{
    size_t at = ch_edition_place(b, party);
    if (at == b->parties.n)
        return;
    const ch_node *first = b->parties.at[at];
    for (; at > 0; at--)
        b->parties.at[at] = b->parties.at[at - 1];
    b->parties.at[0] = first;
}

ch_str
ch_edition_party(const ch_builder *b)
{
    return b->parties.n > 0 ? ch_node_attr_str(b->parties.at[0], CH_LA_xml_id) : CH_STR_EMPTY;
}

size_t
ch_edition_place(const ch_builder *b, ch_str party)
{
    size_t i = 0;
    while (i < b->parties.n && !ch_str_eq(ch_node_attr_str(b->parties.at[i], CH_LA_xml_id), party))
        i++;
    return i;
}

/* ---- what must hold ---- */

static bool
is_blank(const ch_node *n)
{
    return n->kind == CH_NODE_TEXT && ch_str_trim(n->text).n == 0;
}

/* The variants from n on, white space between: one for the original of each party.  Returns the
 * last of them. */
static const ch_node *
check_variants(ch_builder *b, const ch_node *n, const ch_letter *l)
{
    const ch_node *last = n;
    unsigned      *seen = CH_NEW_N(b->cx->job, unsigned, b->parties.n + 1);
    for (const ch_node *v = n; v && (v->elem == CH_L_variant || is_blank(v)); v = v->next) {
        if (v->elem != CH_L_variant)
            continue;
        ch_str party = ch_node_attr_str(v, CH_LA_party);
        size_t place = ch_edition_place(b, party);
        last         = v;
        if (place == b->parties.n)
            say_unknown(b, party, v->where, l);
        else if (seen[place]++ == 1)
            ch_report(b->cx, CH_E3235_variant_twice, v->where, CH_ARG(party));
    }
    for (size_t i = 0; i < b->parties.n; i++) {
        ch_str party = ch_node_attr_str(b->parties.at[i], CH_LA_xml_id);
        if (seen[i] == 0)
            ch_report(b->cx, CH_E3234_variant_missing, n->where, CH_ARG(party));
    }
    return last;
}

static void
check_signed(ch_builder *b, const ch_letter *l)
{
    const ch_node *closer = ch_node_child(b->root, CH_L_closer);
    const ch_node *first  = ch_node_child(closer, CH_L_signed);
    bool           any    = false;
    for (const ch_node *n = first; n; n = ch_node_next(n, CH_L_signed)) {
        ch_str party = ch_node_attr_str(n, CH_LA_party);
        any          = any || party.n > 0;
        if (party.n > 0 && ch_edition_place(b, party) == b->parties.n)
            say_unknown(b, party, n->where, l);
    }
    for (const ch_node *n = first; any && n; n = ch_node_next(n, CH_L_signed))
        if (!ch_node_attr(n, CH_LA_party))
            ch_report(b->cx, CH_E3236_signed_without_party, n->where);
}

/* Each variant of this letter, once a run; a letter in an attachment sees to its own. */
static void
check_all_variants(ch_builder *b, const ch_letter *l)
{
    for (const ch_node *n = b->root; n;) {
        if (n->elem == CH_L_letter && n != b->root) {
            n = ch_node_behind(n, b->root);
            continue;
        }
        if (n->elem == CH_L_variant)
            n = check_variants(b, n, l);
        n = ch_node_walk(n, b->root);
    }
}

void
ch_edition_open(ch_builder *b, const ch_edition *edition, ch_letter *l)
{
    gather_addressees(b);
    choose_addressee(b, edition, l);
    gather_parties(b, l);
    if (edition && edition->party.n > 0) {
        if (ch_edition_place(b, edition->party) == b->parties.n)
            say_unknown(b, edition->party, b->root->where, l);
        put_first(b, edition->party);
    }
    check_signed(b, l);
    check_all_variants(b, l);
    if (edition && edition->addressee.n == 0 && b->to.n > 1 && b->custom &&
        b->custom->addressees.n > 0)
        ch_report(b->cx, CH_N3237_all_addressees, b->root->where, b->to.n);
}

ch_str
ch_edition_mark(ch_arena *a, const ch_letter *l, const ch_edition *edition)
{
    ch_buf out;
    ch_buf_init(&out, a);
    for (size_t i = 0; edition && edition->addressee.n > 0 && i < l->n_editions; i++)
        if (ch_str_eq(edition->addressee, l->edition[i]) ||
            ch_str_eq(edition->addressee, ch_arena_printf(a, "%zu", i + 1))) {
            ch_buf_printf(&out, "\n<edition addressee=\"%zu\">", i + 1);
            break;
        }
    if (edition && edition->party.n > 0)
        ch_buf_printf(&out, "\n<edition party=\"%.*s\">", CH_ARG(edition->party));
    return ch_buf_view(&out);
}
