/* protocol/rules.c -- the table of rules, what letters waive, and the order of the families. */
#include "protocol/rules.h"

#include "input/check.h"
#include "protocol/ruling.h"

#include <string.h>

static const ch_rule_def rules[CH_RULES] = {
#define RULE(letter, number, slug, source, what) {CH_##letter##number##_##slug, source, what},
#include "protocol/rules.def"
#undef RULE
};

const ch_rule_def *
ch_rule_at(size_t i)
{
    return &rules[i];
}

/* ---- saying ---- */

static ch_waiver *
waiver_of(ch_ruling *r, ch_rule rule)
{
    for (size_t i = 0; i < r->n_waivers; i++)
        if (r->waiver[i].rule == rule)
            return &r->waiver[i];
    return NULL;
}

bool
ch_rule_say(ch_ruling *r, ch_rule rule, ch_where where, ...)
{
    enum { OFTEN = 50 };
    ch_waiver *w = waiver_of(r, rule);
    if (w) {
        w->used = true;
        if (r->cx->tell_waived && r->said[rule]++ < OFTEN) {
            va_list ap;
            va_start(ap, where);
            ch_vreport(r->cx, rules[rule].code, where, ap);
            va_end(ap);
            ch_cite(r->cx, ch_str_from(rules[rule].source));
            ch_waive(r->cx, ch_node_attr_str(w->node, CH_LA_reason));
        }
        return false;
    }
    if (r->said[rule] == OFTEN)
        ch_report(r->cx, CH_N3198_said_often, r->letter->where, ch_code_slug(rules[rule].code));
    if (r->said[rule]++ >= OFTEN)
        return false;
    va_list ap;
    va_start(ap, where);
    ch_vreport(r->cx, rules[rule].code, where, ap);
    va_end(ap);
    ch_cite(r->cx, ch_str_from(rules[rule].source));
    return true;
}

/* ---- waivers ---- */

static int
rule_of(ch_str name)
{
    for (int i = 0; i < CH_RULES; i++)
        if (ch_str_is(name, ch_code_slug(rules[i].code)))
            return i;
    return -1;
}

static void
unknown_rule(ch_ruling *r, const ch_attr *name)
{
    ch_buf all;
    ch_buf_init(&all, r->a);
    for (int i = 0; i < CH_RULES; i++)
        ch_buf_printf(&all, "%s ", ch_code_slug(rules[i].code));
    ch_str near = ch_nearest(name->value, ch_buf_view(&all));
    ch_report(r->cx, CH_E3195_unknown_rule, name->where, CH_ARG(name->value));
    if (near.n > 0)
        ch_hint(r->cx, "did you mean '%.*s'?", CH_ARG(near));
}

static void
read_waivers(ch_ruling *r)
{
    CH_VEC(ch_waiver) list = {0};
    const ch_node *meta    = ch_node_child(r->letter, CH_L_meta);
    for (const ch_node *n = ch_node_child(meta, CH_L_waive); n; n = ch_node_next(n, CH_L_waive)) {
        const ch_attr *name = ch_node_attr(n, CH_LA_rule);
        int            rule = rule_of(name->value);
        if (rule >= 0)
            *CH_PUSH(r->a, list) = (ch_waiver){n, (ch_rule)rule, false};
        else if (!ch_placeholder(name->value))
            unknown_rule(r, name);
    }
    r->waiver    = list.at;
    r->n_waivers = list.n;
}

static void
tell_unused(ch_ruling *r)
{
    for (size_t i = 0; i < r->n_waivers; i++)
        if (!r->waiver[i].used)
            ch_report(r->cx, CH_N3196_waiver_unused, r->waiver[i].node->where,
                      ch_code_slug(rules[r->waiver[i].rule].code));
}

/* ---- shared questions ---- */

bool
ch_unit_own(const ch_unit *u)
{
    return !u->quoted && !u->attached && u->part &&
           (u->part->elem == CH_L_body || u->part->elem == CH_L_postscript);
}

const ch_unit *
ch_unit_next(const ch_ruling *r, size_t *i, int part, ch_unit_role role)
{
    while (*i < r->units.n) {
        const ch_unit *u = &r->units.at[(*i)++];
        if (u->role == role && u->part && u->part->elem == part)
            return u;
    }
    return NULL;
}

bool
ch_str_contains(ch_str a, ch_str b)
{
    for (size_t i = 0; b.n > 0 && i + b.n <= a.n; i++)
        if (memcmp(a.p + i, b.p, b.n) == 0)
            return true;
    return false;
}

bool
ch_one_edit(ch_str a, ch_str b)
{
    size_t i = 0, j = a.n, k = b.n;
    if (ch_str_eq(a, b))
        return false;
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        i++;
    while (i > 0 && i < a.n && i < b.n && ((unsigned char)a.p[i] & 0xC0) == 0x80)
        i--; /* to the beginning of a letter */
    while (j > i && k > i && a.p[j - 1] == b.p[k - 1])
        j--, k--;
    while (j < a.n && ((unsigned char)a.p[j] & 0xC0) == 0x80)
        j++, k++;
    ch_str x = ch_str_sub(a, i, j), y = ch_str_sub(b, i, k); /* what differs */
    size_t xi = 0, yi = 0;
    if (x.n > 0)
        (void)ch_utf8_next(x, &xi);
    if (y.n > 0)
        (void)ch_utf8_next(y, &yi);
    if (xi == x.n && yi == y.n)
        return true;
    return ch_str_eq(ch_str_sub(x, 0, xi), ch_str_sub(y, yi, y.n)) &&
           ch_str_eq(ch_str_sub(x, xi, x.n), ch_str_sub(y, 0, yi));
}

static bool
has_word(const char *list, ch_str word)
{
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, " ");
        if (n == word.n && memcmp(p, word.p, n) == 0)
            return n > 0;
        p += n + (p[n] == ' ');
    }
    return false;
}

enum {
    MAJESTY    = 1 << CH_MAJESTY,
    HIGHNESS   = 1 << CH_HIGHNESS,
    HOLINESS   = 1 << CH_HOLINESS,
    EMINENCE   = 1 << CH_EMINENCE,
    BEATITUDE  = 1 << CH_BEATITUDE,
    GRACE      = 1 << CH_GRACE,
    EXCELLENCY = 1 << CH_EXCELLENCY,
    CHARGE     = 1 << CH_STYLES
};

/* The styles of ranks.def; -1: the rank is not known. */
static int
styles_of(ch_str rank)
{
    static const struct {
        const char *names;
        int         styles;
    } ranks[] = {
#define RANK(names, styles) {names, styles},
#include "protocol/ranks.def"
    };
    for (size_t i = 0; rank.n > 0 && i < sizeof ranks / sizeof *ranks; i++)
        if (has_word(ranks[i].names, rank))
            return ranks[i].styles;
    return -1;
}

bool
ch_rank_has_style(ch_str rank, ch_address_style style, bool *known)
{
    int styles = styles_of(rank);
    *known     = styles >= 0;
    return !*known || style == CH_PLAIN || style == CH_OFFICE || (styles >> style & 1);
}

bool
ch_rank_is_charge(ch_str rank)
{
    int styles = styles_of(rank);
    return styles >= 0 && styles & CHARGE;
}

/* ---- the whole ---- */

static ch_str
date_of(const ch_node *letter)
{
    for (int i = 0; i < 2; i++) {
        const ch_node *part = ch_node_child(letter, i == 0 ? CH_L_opener : CH_L_closer);
        const ch_node *date = ch_node_child(ch_node_child(part, CH_L_dateline), CH_L_date);
        ch_str         when = ch_node_attr_str(date, CH_LA_when);
        if (date && !ch_placeholder(when))
            return when;
    }
    return CH_STR_EMPTY;
}

/* What the rules ask of the kind.  A letter that asks to be circulated is one for circulation,
 * whatever kind it says that it is of. */
static void
settle_kind(ch_ruling *r)
{
    const ch_kind *k = r->kind;
    if (k) {
        r->note        = k->person == CH_PERSON_THIRD;
        r->impersonal  = r->note || k->person == CH_PERSON_IMPERSONAL;
        r->several     = k->person == CH_PERSON_FIRST_PLURAL;
        r->circular    = r->note && ch_str_starts(k->name, "circular");
        r->circulation = k->printed;
    }
    for (size_t i = 0; i < r->units.n; i++)
        r->asks = r->asks ||
                  (ch_unit_own(&r->units.at[i]) && ch_unit_has(&r->units.at[i], CH_LIST_circulate));
}

ch_status
ch_rules_check(ch_ctx *cx, struct ch_protocol *p, ch_locales *locales, const ch_node *letter)
{
    static void (*const families[])(ch_ruling *) = {
        ch_check_kind,    ch_check_address, ch_check_note,  ch_check_dates, ch_check_slips,
        ch_check_symbols, ch_check_names,   ch_check_parts, ch_check_order};
    ch_mark        mark   = ch_arena_mark(cx->scratch);
    const ch_node *to     = ch_node_child(letter, CH_L_addressee);
    ch_str         gender = ch_node_attr_str(to, CH_LA_gender);
    ch_ruling      r      = {.cx        = cx,
                             .a         = cx->scratch,
                             .protocol  = p,
                             .locales   = locales,
                             .letter    = letter,
                             .lang      = letter->lang,
                             .nested    = letter->parent != NULL,
                             .date      = date_of(letter),
                             .addressee = to,
                             .rank      = ch_node_attr_str(to, CH_LA_rank)};
    for (const ch_node *n = to; n; n = ch_node_next(n, CH_L_addressee))
        if (!ch_str_eq(ch_node_attr_str(n, CH_LA_rank), r.rank))
            r.rank = CH_STR_EMPTY; /* several of different ranks are addressed */
    r.gender = gender.n == 1 && gender.p[0] != 'x' ? gender.p[0] : '\0';
    read_waivers(&r);
    ch_word_store *store = ch_protocol_word_store(p);
    ch_status      st    = ch_protocol_kind(p, cx, ch_node_attr_str(letter, CH_LA_kind), &r.kind);
    if (st == CH_OK)
        st = ch_words_of(store, cx, r.lang, &r.words);
    if (st == CH_OK)
        st = ch_units_read(cx, store, letter, &r.units);
    settle_kind(&r);
    for (size_t i = 0; st == CH_OK && i < sizeof families / sizeof *families; i++)
        families[i](&r);
    if (st == CH_OK)
        tell_unused(&r);
    ch_arena_rewind(cx->scratch, mark);
    return st;
}
