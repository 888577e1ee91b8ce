/* protocol/kinds.c -- the parts of a letter against those of its kind. */
#include "protocol/protocol.h"

#include "input/input.h"

typedef enum rule { MAY, MUST, NOT } rule;

enum part {
    SALUTATION,
    VOCATIVE,
    COURTESY,
    SIGNATURE,
    SIGNATORIES,
    INITIALS,
    SEAL,
    ADDRESSEE,
    REFERENCE,
    PARTS
};

typedef struct kind {
    const char *name, *spoken;
    rule        rule[PARTS];
} kind;

static const kind kinds[] = {
#define KIND(name, spoken, ...) {name, spoken, {__VA_ARGS__}},
#include "protocol/kinds.def"
};

static const struct {
    const char *kind, *ranks;
} orders[] = {
#define ADDRESSEES(name, ranks) {name, ranks},
#include "protocol/kinds.def"
};

static const char *const part_names[PARTS] = {"salutation",
                                              "vocative in its text",
                                              "closing courtesy",
                                              "signature",
                                              "list of signatories",
                                              "place for initials",
                                              "seal",
                                              "addressee",
                                              "reference number"};

/* The first of a part, NULL when the letter has none. */
static const ch_node *
find_part(const ch_node *letter, enum part p)
{
    const ch_node *closer = ch_node_child(letter, CH_L_closer);
    const ch_node *n;
    switch (p) {
    case SALUTATION:
        return ch_node_child(ch_node_child(letter, CH_L_opener), CH_L_salute);
    case VOCATIVE:
        return ch_node_child(ch_node_child(letter, CH_L_body), CH_L_salute);
    case COURTESY:
        n = ch_node_child(closer, CH_L_formula);
        while (n && ch_node_attr(n, CH_LA_name) &&
               !ch_str_is(ch_node_attr_str(n, CH_LA_name), "courtesy"))
            n = ch_node_next(n, CH_L_formula);
        return n;
    case SIGNATURE:
        return ch_node_child(closer, CH_L_signed);
    case SIGNATORIES:
        return ch_node_child(letter, CH_L_signatories);
    case INITIALS:
        return ch_node_child(closer, CH_L_initials);
    case SEAL:
        return ch_node_child(closer, CH_L_seal);
    case ADDRESSEE:
        return ch_node_child(letter, CH_L_addressee);
    case REFERENCE:
        return ch_node_child(ch_node_child(letter, CH_L_meta), CH_L_idno);
    default:
        return NULL;
    }
}

size_t
ch_protocol_addressee_place(ch_str of, ch_str rank)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (!ch_str_is(of, orders[i].kind))
            continue;
        ch_str all   = ch_str_from(orders[i].ranks);
        size_t place = 0;
        for (size_t from = 0, to; from < all.n; from = to + 1, place++) {
            for (to = from; to < all.n && all.p[to] != ' '; to++) {
            }
            if (ch_str_eq(ch_str_sub(all, from, to), rank))
                break;
        }
        return place;
    }
    return 0;
}

void
ch_protocol_check(ch_ctx *cx, const ch_node *letter)
{
    ch_str      name = ch_node_attr_str(letter, CH_LA_kind);
    const kind *k    = &kinds[0];
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ch_str_is(name, kinds[i].name))
            k = &kinds[i];
    for (int p = 0; p < PARTS; p++) {
        const ch_node *n = find_part(letter, (enum part)p);
        if (n && k->rule[p] == NOT)
            ch_report(cx, CH_E3030_part_forbidden, n->where, k->spoken, part_names[p]);
        if (!n && k->rule[p] == MUST)
            ch_report(cx, CH_W3031_part_expected, letter->where, k->spoken, part_names[p]);
    }
}
