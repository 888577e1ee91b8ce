/* protocol/check_order.c -- the order of addressees and signatories, and what letters for
 * circulation at the United Nations have. */
#include "protocol/ruling.h"

#include <string.h>

/* ---- identical letters ---- */

static void
check_identical(ch_ruling *r)
{
    size_t last   = 0;
    ch_str before = CH_STR_EMPTY;
    for (const ch_node *n = r->addressee; n; n = ch_node_next(n, CH_L_addressee)) {
        ch_str rank = ch_node_attr_str(n, CH_LA_rank);
        size_t at   = ch_protocol_addressee_place(r->kind, rank);
        if (at < last && rank.n > 0 && before.n > 0)
            ch_rule_say(r, CH_RULE_identical_order, n->where, CH_ARG(rank), CH_ARG(before));
        if (at >= last) {
            last   = at;
            before = rank;
        }
    }
}

/* ---- lists of signatories ---- */

static bool
is_given(const ch_node *list)
{
    ch_str order = ch_node_attr_str(list, CH_LA_order);
    return !ch_node_attr(list, CH_LA_href) && !ch_node_attr(list, CH_LA_group_by) &&
           (order.n == 0 || ch_str_is(order, "given"));
}

/* A rank as a number; -1 when it is none. */
static int64_t
precedence(const ch_node *n)
{
    ch_str  v = ch_node_attr_str(n, CH_LA_rank);
    int64_t x = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] < '0' || v.p[i] > '9' || v.n > 9)
            return -1;
        x = x * 10 + (v.p[i] - '0');
    }
    return v.n > 0 ? x : -1;
}

static void
check_precedence(ch_ruling *r, const ch_node *parent)
{
    int64_t last = -1;
    for (const ch_node *n = ch_node_elements_first(parent); n; n = ch_node_elements_next(n)) {
        if (n->elem == CH_L_group)
            check_precedence(r, n);
        int64_t rank = n->elem == CH_L_signatory ? precedence(n) : -1;
        if (rank < 0)
            continue;
        if (rank < last &&
            ch_rule_say(r, CH_RULE_precedence_order, n->where, (size_t)rank, (size_t)last))
            return;
        last = rank > last ? rank : last;
    }
}

/* ---- alphabets ---- */

enum { KEYS = 4 }; /* family name, name, body, country */

static ch_str
country_of(ch_ruling *r, const ch_node *n, const ch_locale *lo)
{
    ch_str country = ch_node_plain(r->a, ch_node_child(n, CH_L_country));
    if (country.n == 2 && country.p[0] >= 'A' && country.p[0] <= 'Z' && lo)
        return ch_locale_country(lo, r->a, country);
    return country;
}

static ch_str
key_of(ch_ruling *r, const ch_node *n, int key, const ch_locale *lo)
{
    const ch_node *person = ch_node_child(n, CH_L_persName);
    ch_str         name   = ch_node_plain(r->a, person);
    switch (key) {
    case 0: {
        ch_str family = ch_node_plain(r->a, ch_node_child(person, CH_L_surname));
        return family.n > 0 ? family : ch_str_last_word(name);
    }
    case 1:
        return name;
    case 2:
        return ch_node_plain(r->a, ch_node_child(n, CH_L_orgName));
    default:
        return country_of(r, n, lo);
    }
}

/* The first of the children that stands before where its key belongs; NULL when all are in order.
 * *n: how many have a key. */
static const ch_node *
out_of_order(ch_ruling *r, const ch_collator *c, const ch_node *parent, int elem, int key,
             const ch_locale *lo, size_t *n)
{
    ch_str last = CH_STR_EMPTY;
    *n          = 0;
    for (const ch_node *k = ch_node_child(parent, elem); k; k = ch_node_next(k, elem)) {
        ch_str text = key_of(r, k, key, lo);
        if (text.n == 0 || ch_str_is(ch_node_attr_str(k, CH_LA_status), "withheld"))
            continue;
        ch_str sorted = ch_collation_key(c, r->a, text);
        if (++*n > 1 && ch_str_cmp(sorted, last) < 0)
            return k;
        last = sorted;
    }
    return NULL;
}

/* Is the list, or each of its groups, in the alphabetical order of something? */
static bool
is_alphabetical(ch_ruling *r, const ch_collator *c, const ch_node *list, const ch_locale *lo)
{
    const ch_node *group = ch_node_child(list, CH_L_group);
    size_t         n = 0, most = 0;
    for (int key = 0; key < KEYS; key++) {
        bool   sorted = !out_of_order(r, c, list, CH_L_signatory, key, lo, &n);
        size_t had    = n;
        for (const ch_node *g = group; g; g = ch_node_next(g, CH_L_group)) {
            sorted = sorted && !out_of_order(r, c, g, CH_L_signatory, key, lo, &n);
            had    = n > had ? n : had;
        }
        most = had > most ? had : most;
        if (sorted && had > 1)
            return true;
    }
    return most < 2;
}

static const ch_hit *
declared(const ch_ruling *r, const ch_node *list, const ch_unit **u)
{
    for (size_t i = 0; i < r->units.n; i++) {
        size_t        k = 0;
        const ch_hit *h;
        *u = &r->units.at[i];
        if ((*u)->node->parent == list && (*u)->role == CH_UNIT_TEXT &&
            (h = ch_unit_hit(*u, CH_LIST_alphabetical, &k)))
            return h;
    }
    return NULL;
}

static const ch_locale *
locale_of(ch_ruling *r, ch_str lang)
{
    const ch_locale *lo = NULL;
    return ch_locale_find(r->locales, r->cx, lang, &lo) == CH_OK ? lo : NULL;
}

static void
check_declared(ch_ruling *r, const ch_node *list)
{
    const ch_unit *u;
    const ch_hit  *h    = declared(r, list, &u);
    ch_str         lang = ch_node_attr_str(list, CH_LA_order_lang);
    ch_collator   *c;
    lang = lang.n > 0 ? lang : r->lang;
    if (!h || ch_collator_open(r->cx, r->a, lang, &c) != CH_OK ||
        is_alphabetical(r, c, list, locale_of(r, lang)))
        return;
    ch_str said = ch_str_sub(u->text, h->from, h->to);
    ch_rule_say(r, CH_RULE_declared_order, ch_unit_where(u, h->from, h->to), CH_ARG(said));
}

static void
check_lists(ch_ruling *r)
{
    if (r->nested)
        return; /* a letter that is attached keeps the order of its signatures */
    for (const ch_node *n = ch_node_child(r->letter, CH_L_signatories); n;
         n                = ch_node_next(n, CH_L_signatories)) {
        if (!is_given(n))
            continue;
        check_precedence(r, n);
        check_declared(r, n);
    }
}

/* ---- circulation ---- */

/* The last paragraph of the text that is no courtesy asks for circulation. */
static void
check_request(ch_ruling *r)
{
    const ch_unit *last = NULL;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->node->elem == CH_L_p && u->part->elem == CH_L_body && ch_unit_own(u) &&
            !ch_unit_has(u, CH_LIST_courtesy))
            last = u;
    }
    if (last && r->words->has[CH_LIST_circulate] && !ch_unit_has(last, CH_LIST_circulate))
        ch_rule_say(r, CH_RULE_circulation_request, last->node->where);
}

static void
check_countries(ch_ruling *r)
{
    const ch_node *list = ch_node_child(r->letter, CH_L_signatories);
    ch_str         by   = ch_node_attr_str(list, CH_LA_order);
    ch_str         lang = ch_node_attr_str(list, CH_LA_order_lang);
    ch_collator   *c;
    size_t         n;
    if (!list || ch_node_attr(list, CH_LA_href))
        return;
    if (ch_str_is(by, "country")) {
        if (!ch_str_starts(lang.n > 0 ? lang : r->lang, "en"))
            ch_rule_say(r, CH_RULE_circulation_order, list->where);
        return;
    }
    if (!is_given(list) || ch_collator_open(r->cx, r->a, CH_STR_LIT("en"), &c) != CH_OK)
        return;
    const ch_node *first =
        out_of_order(r, c, list, CH_L_signatory, KEYS - 1, locale_of(r, CH_STR_LIT("en")), &n);
    if (first && ch_str_starts(r->lang, "en"))
        ch_rule_say(r, CH_RULE_circulation_order, first->where);
}

static void
check_circulation(ch_ruling *r)
{
    const ch_node *body   = ch_node_child(r->letter, CH_L_body);
    const ch_node *closer = ch_node_child(r->letter, CH_L_closer);
    if (!r->words->official)
        ch_rule_say(r, CH_RULE_circulation_language, r->letter->where, CH_ARG(r->lang));
    if (r->circulation)
        check_request(r);
    check_countries(r);
    for (const ch_node *n = ch_node_child(body, CH_L_p); n; n = ch_node_next(n, CH_L_p)) {
        const ch_attr *number = ch_node_attr(n, CH_LA_n);
        if (number && ch_rule_say(r, CH_RULE_circulation_numbered, number->where))
            break;
    }
    for (const ch_node *n = ch_node_child(closer, CH_L_signed); n;
         n                = ch_node_next(n, CH_L_signed)) {
        const ch_node *honorific = ch_node_child(n, CH_L_honorific);
        if (honorific && !r->circulation) /* there it is left out, which is said */
            ch_rule_say(r, CH_RULE_circulation_honorific, honorific->where);
    }
}

void
ch_check_order(ch_ruling *r)
{
    if (r->kind && r->kind->addressees.n > 0)
        check_identical(r);
    check_lists(r);
    if (r->circulation || r->asks)
        check_circulation(r);
}
