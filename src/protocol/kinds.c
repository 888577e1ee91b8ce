/* protocol/kinds.c -- the kinds of document, and the parts of a letter against those of its kind. */
#include "protocol/kinds.h"

#include "input/check.h"
#include "input/input.h"
#include "protocol/kinds_vocab.h"
#include "protocol/ruling.h"

static const char *const part_names[CH_LETTER_PARTS] = {
#define PART(name, spoken) #name,
    CH_PARTS_OF_LETTERS(PART)
#undef PART
};

static const char *const part_spoken[CH_LETTER_PARTS] = {
#define PART(name, spoken) spoken,
    CH_PARTS_OF_LETTERS(PART)
#undef PART
};

/* ---- reading ---- */

/* The place of a value in a list of words; the first one when it is absent. */
static int
place_of(const ch_node *n, int attr, const char *const *words, int count)
{
    ch_str v = ch_node_attr_str(n, attr);
    for (int i = 1; i < count; i++)
        if (ch_str_is(v, words[i]))
            return i;
    return 0;
}

static void
read_kind(ch_arena *a, const ch_node *n, ch_kind *k)
{
    static const char *const persons[] = {"any", "first-singular", "first-plural", "third",
                                          "impersonal"};
    static const char *const ends[] = {"", "top", "foot"}, *const dates[] = {"", "opening",
                                                                             "closing"};
    static const char *const uses[] = {"", "required", "unusual", "forbidden"};
    *k = (ch_kind){.name       = ch_arena_str(a, ch_node_attr_str(n, CH_KA_name)),
                   .spoken     = ch_arena_str(a, ch_node_attr_str(n, CH_KA_spoken)),
                   .source     = ch_arena_str(a, ch_node_attr_str(n, CH_KA_source)),
                   .addressees = ch_arena_str(a, ch_node_attr_str(n, CH_KA_addressees)),
                   .person     = (ch_grammatical_person)place_of(n, CH_KA_person, persons, 5),
                   .addressee  = (ch_stand)place_of(n, CH_KA_addressee, ends, 3),
                   .dated      = (ch_stand)place_of(n, CH_KA_dated, dates, 3),
                   .framed     = ch_str_is(ch_node_attr_str(n, CH_KA_framed), "yes"),
                   .several    = ch_str_is(ch_node_attr_str(n, CH_KA_writers), "several"),
                   .printed    = ch_str_is(ch_node_attr_str(n, CH_KA_signing), "printed")};
    for (int i = 0; i < CH_LETTER_PARTS; i++)
        k->part_source[i] = k->source;
    for (const ch_node *c = ch_node_child(n, CH_K_part); c; c = ch_node_next(c, CH_K_part))
        for (int i = 0; i < CH_LETTER_PARTS; i++)
            if (ch_str_is(ch_node_attr_str(c, CH_KA_name), part_names[i])) {
                k->use[i] = (ch_use)place_of(c, CH_KA_use, uses, 4);
                if (ch_node_attr(c, CH_KA_source))
                    k->part_source[i] = ch_arena_str(a, ch_node_attr_str(c, CH_KA_source));
            }
}

ch_kinds *
ch_kinds_read(ch_arena *a, const ch_node *root)
{
    ch_kinds *out         = CH_NEW(a, ch_kinds);
    CH_VEC(ch_kind) kinds = {0};
    for (const ch_node *n = ch_node_child(root, CH_K_kind); n; n = ch_node_next(n, CH_K_kind))
        read_kind(a, n, CH_PUSH(a, kinds));
    *out = (ch_kinds){.arena = a, .kind = kinds.at, .n = kinds.n};
    return out;
}

/* ---- the parts of a letter ---- */

/* The first formula below n that has this name; one without a name is one of courtesy. */
static const ch_node *
formula_below(const ch_node *n, const char *name)
{
    const ch_node *f = ch_node_child(n, CH_L_formula);
    for (; f; f = ch_node_next(f, CH_L_formula)) {
        ch_str own = ch_node_attr_str(f, CH_LA_name);
        if (ch_str_is(own.n > 0 ? own : CH_STR_LIT("courtesy"), name))
            return f;
    }
    return NULL;
}

/* The testimonium anywhere below n: a formula, or cells of versions side by side. */
static const ch_node *
testimonium_in(const ch_node *n)
{
    for (const ch_node *x = n; x; x = ch_node_walk(x, n)) {
        int attr = x->elem == CH_L_formula ? CH_LA_name : CH_LA_role;
        if ((x->elem == CH_L_formula || x->elem == CH_L_cell) &&
            ch_str_is(ch_node_attr_str(x, attr), "testimonium"))
            return x;
    }
    return NULL;
}

static const ch_node *
either(const ch_node *a, const ch_node *b)
{
    return a ? a : b;
}

const ch_node *
ch_letter_part_find(const ch_node *letter, ch_letter_part part)
{
    const ch_node *meta   = ch_node_child(letter, CH_L_meta);
    const ch_node *opener = ch_node_child(letter, CH_L_opener);
    const ch_node *body   = ch_node_child(letter, CH_L_body);
    const ch_node *closer = ch_node_child(letter, CH_L_closer);
    switch (part) {
    case CH_LETTER_letterhead:
        return ch_node_child(letter, CH_L_sender);
    case CH_LETTER_reference:
        return ch_node_child(meta, CH_L_idno);
    case CH_LETTER_subject:
        return ch_node_child(meta, CH_L_subject);
    case CH_LETTER_classification:
        return ch_node_child(meta, CH_L_classification);
    case CH_LETTER_dateline:
        return either(ch_node_child(opener, CH_L_dateline), ch_node_child(closer, CH_L_dateline));
    case CH_LETTER_addressee:
        return ch_node_child(letter, CH_L_addressee);
    case CH_LETTER_invocation:
        return ch_node_child(opener, CH_L_invocation);
    case CH_LETTER_salutation:
        return ch_node_child(opener, CH_L_salute);
    case CH_LETTER_vocative:
        return ch_node_child(body, CH_L_salute);
    case CH_LETTER_courtesy:
        return formula_below(closer, "courtesy");
    case CH_LETTER_testimonium:
        return either(testimonium_in(body), testimonium_in(closer));
    case CH_LETTER_signature:
        return ch_node_child(closer, CH_L_signed);
    case CH_LETTER_signatories:
        return ch_node_child(letter, CH_L_signatories);
    case CH_LETTER_initials:
        return ch_node_child(closer, CH_L_initials);
    case CH_LETTER_seal:
        return ch_node_child(closer, CH_L_seal);
    case CH_LETTER_enclosures:
        return ch_node_child(letter, CH_L_encl);
    case CH_LETTER_copies:
        return ch_node_child(letter, CH_L_cc);
    case CH_LETTER_postscript:
        return ch_node_child(letter, CH_L_postscript);
    case CH_LETTER_attachments:
        return ch_node_child(letter, CH_L_attachments);
    case CH_LETTER_PARTS:
        break;
    }
    return NULL;
}

/* The source of a rule is that of the part. */
static void
name_source(ch_ruling *r, ch_letter_part i)
{
    ch_cite(r->cx, ch_protocol_sources(r->protocol, r->cx, r->kind->part_source[i]));
}

static void
check_part(ch_ruling *r, ch_letter_part i)
{
    const ch_kind *k    = r->kind;
    const ch_node *n    = ch_letter_part_find(r->letter, i);
    bool           said = false;
    if (n && k->use[i] == CH_USE_FORBIDDEN)
        said = ch_rule_say(r, CH_RULE_part_forbidden, n->where, CH_ARG(k->spoken), part_spoken[i]);
    else if (!n && k->use[i] == CH_USE_REQUIRED)
        said = ch_rule_say(r, CH_RULE_part_expected, r->letter->where, CH_ARG(k->spoken),
                           part_spoken[i]);
    else if (n && k->use[i] == CH_USE_UNUSUAL)
        said = ch_rule_say(r, CH_RULE_part_unusual, n->where, CH_ARG(k->spoken), part_spoken[i]);
    if (said)
        name_source(r, i);
}

static void
check_date(ch_ruling *r)
{
    const ch_kind *k     = r->kind;
    const ch_node *first = ch_node_child(ch_node_child(r->letter, CH_L_opener), CH_L_dateline);
    const ch_node *last  = ch_node_child(ch_node_child(r->letter, CH_L_closer), CH_L_dateline);
    const ch_node *n     = k->dated == CH_STAND_LAST ? first : last;
    if (k->dated == CH_STAND_ANYWHERE || !n)
        return;
    if (ch_rule_say(r, CH_RULE_date_elsewhere, n->where, CH_ARG(k->spoken),
                    k->dated == CH_STAND_LAST ? "below" : "above"))
        name_source(r, CH_LETTER_dateline);
}

static void
say_elsewhere(ch_ruling *r, ch_where where, const char *part, const char *place, ch_str source)
{
    if (ch_rule_say(r, CH_RULE_part_elsewhere, where, part, CH_ARG(r->kind->spoken), place))
        ch_cite(r->cx, ch_protocol_sources(r->protocol, r->cx, source));
}

static void
check_addressees(ch_ruling *r)
{
    bool foot = r->kind->addressee == CH_STAND_LAST;
    for (const ch_node *n = r->addressee; n && r->kind->addressee != CH_STAND_ANYWHERE;
         n                = ch_node_next(n, CH_L_addressee)) {
        const ch_attr *a = ch_node_attr(n, CH_LA_position);
        if (a && ch_str_is(a->value, foot ? "top" : "foot"))
            say_elsewhere(r, a->where, "addressee",
                          foot ? "at the foot of page 1" : "at the top of page 1",
                          r->kind->part_source[CH_LETTER_addressee]);
    }
}

/* The sentences that a text begins and ends with. */
static void
check_frame(ch_ruling *r)
{
    const ch_node *body = ch_node_child(r->letter, CH_L_body);
    const ch_node *end  = formula_below(body, "courtesy");
    for (const ch_node *n = ch_node_elements_first(body); n; n = ch_node_elements_next(n)) {
        const ch_node *first = n->elem == CH_L_formula ? n : ch_node_child(n, CH_L_formula);
        if (first && n != ch_node_elements_first(body) &&
            ch_str_is(ch_node_attr_str(first, CH_LA_name), "compliments"))
            say_elsewhere(r, first->where, "opening compliments", "at the beginning of the text",
                          r->kind->source);
    }
    for (const ch_node *n = end ? ch_node_elements_next(end) : NULL; n;
         n                = ch_node_elements_next(n))
        if (n->elem != CH_L_formula) {
                           say_elsewhere(r, end->where, "closing courtesy", "at the end of the text",
                                         r->kind->source);
                           break;
        }
}

void
ch_check_kind(ch_ruling *r)
{
    for (int i = 0; r->kind && i < CH_LETTER_PARTS; i++)
        check_part(r, (ch_letter_part)i);
    if (!r->kind)
        return;
    check_date(r);
    check_addressees(r);
    if (r->kind->framed)
        check_frame(r);
}

size_t
ch_protocol_addressee_place(const ch_kind *k, ch_str rank)
{
    ch_str all   = k ? k->addressees : CH_STR_EMPTY;
    size_t place = 0;
    for (size_t from = 0, to; from < all.n; from = to + 1, place++) {
        for (to = from; to < all.n && all.p[to] != ' '; to++)
            continue;
        if (ch_str_eq(ch_str_sub(all, from, to), rank))
            break;
    }
    return place;
}

ch_status
ch_protocol_check(ch_protocol *p, ch_ctx *cx, const ch_node *letter)
{
    const ch_kind *k    = NULL;
    ch_str         name = ch_node_attr_str(letter, CH_LA_kind);
    ch_status      st   = ch_protocol_kind(p, cx, name, &k);
    if (st != CH_OK)
        return st;
    if (!k) {
        ch_str near = ch_nearest(name, ch_protocol_kinds(p, cx));
        ch_report(cx, CH_E3033_unknown_kind, letter->where, CH_ARG(name));
        if (near.n > 0)
            ch_hint(cx, "there is %.*s", CH_ARG(near));
    }
    return CH_OK;
}
