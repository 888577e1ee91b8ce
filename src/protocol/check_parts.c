/* protocol/check_parts.c -- what the text speaks of, against what the letter has. */
#include "protocol/ruling.h"

#include "locale/words.h"

/* The first hit of a list in the text itself; *u is where. */
static const ch_hit *
first_hit(const ch_ruling *r, ch_word_list list, const ch_unit **u)
{
    for (size_t i = 0; i < r->units.n; i++) {
        size_t        k = 0;
        const ch_hit *h;
        *u = &r->units.at[i];
        if (ch_unit_own(*u) && (h = ch_unit_hit(*u, list, &k)))
            return h;
    }
    return NULL;
}

/* ---- enclosures ---- */

static void
check_enclosed(ch_ruling *r)
{
    const ch_unit *u;
    const ch_hit  *h = first_hit(r, CH_LIST_enclosed, &u);
    if (!h || ch_node_child(r->letter, CH_L_encl) || ch_node_child(r->letter, CH_L_attachments) ||
        ch_node_child(r->letter, CH_L_signatories))
        return;
    ch_str said = ch_str_sub(u->text, h->from, h->to);
    ch_rule_say(r, CH_RULE_enclosure_missing, ch_unit_where(u, h->from, h->to), CH_ARG(said));
}

/* A Roman numeral in capitals that begins at *at, or a number in digits; 0 when there is none. */
static unsigned
number_at(ch_str s, size_t *at)
{
    unsigned v = 0, last = 0;
    size_t   i = *at;
    for (size_t next = i; i < s.n; i = next) {
        int d = ch_char_digit(ch_utf8_next(s, &next));
        if (d < 0 || v > 9999)
            break;
        v = v * 10 + (unsigned)d;
    }
    if (i > *at) {
        *at = i;
        return v;
    }
    for (; i < s.n; i++) {
        char     c   = s.p[i];
        unsigned one = c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : c == 'L' ? 50 : 0;
        if (!one)
            break;
        v += one;
        if (last && last < one)
            v -= 2 * last;
        last = one;
    }
    if (i == *at || ch_char_is_letter(ch_utf8_at(s, i)))
        return 0;
    *at = i;
    return v;
}

static bool
of_other(const ch_unit *u, size_t at)
{
    while (at < u->text.n && u->text.p[at] == ' ')
        at++;
    for (size_t i = ch_unit_near(u, at); i < u->n_hits && u->hit[i].from <= at; i++)
        if (u->hit[i].phrase->list == CH_LIST_annex_of && u->hit[i].from == at)
            return true;
    return false;
}

/* Annexes that the text numbers, where the letter has annexes of its own. */
static void
check_annexes(ch_ruling *r)
{
    const ch_node *all = ch_node_child(r->letter, CH_L_attachments);
    unsigned       n   = 0;
    for (const ch_node *k = ch_node_child(all, CH_L_attachment); k;
         k                = ch_node_next(k, CH_L_attachment)) {
        ch_str type = ch_node_attr_str(k, CH_LA_type);
        n += type.n == 0 || ch_str_is(type, "annex");
    }
    for (size_t i = 0; n > 0 && i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        size_t         k = 0;
        if (!ch_unit_own(u))
            continue;
        for (const ch_hit *h; (h = ch_unit_hit(u, CH_LIST_annex, &k));) {
            size_t at = h->to;
            while (at < u->text.n && u->text.p[at] == ' ')
                at++;
            unsigned v = number_at(u->text, &at);
            if (v <= n || of_other(u, at))
                continue;
            ch_str said = ch_str_sub(u->text, h->from, at);
            ch_rule_say(r, CH_RULE_annex_missing, ch_unit_where(u, h->from, at), CH_ARG(said), n);
        }
    }
}

/* The number before "enclosures", in words or digits; 0 when there is none. */
static unsigned
counted(const ch_unit *u, const ch_hit *h, size_t *from)
{
    size_t to = h->from;
    while (to > 0 && u->text.p[to - 1] == ' ')
        to--;
    for (size_t i = ch_unit_near(u, to); i < u->n_hits && u->hit[i].from < to; i++)
        if (u->hit[i].phrase->list == CH_LIST_numbers && u->hit[i].to == to) {
            *from = u->hit[i].from;
            return (unsigned)u->hit[i].phrase->index + 1;
        }
    *from = to;
    while (*from > 0 && ch_char_digit(ch_utf8_before(u->text, *from)) >= 0)
        *from = ch_utf8_back(u->text, *from);
    size_t at = *from;
    return at < to ? number_at(u->text, &at) : 0;
}

static void
check_count(ch_ruling *r)
{
    const ch_node *encl        = ch_node_child(r->letter, CH_L_encl);
    const ch_node *attachments = ch_node_child(r->letter, CH_L_attachments);
    size_t         items = ch_node_count(encl, CH_L_item), n = items;
    if (items == 0)
        n = ch_node_count(attachments, CH_L_attachment);
    if (!encl && !attachments)
        return;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        size_t         k = 0, from;
        if (!ch_unit_own(u))
            continue;
        for (const ch_hit *h; (h = ch_unit_hit(u, CH_LIST_enclosures, &k));) {
            unsigned v = counted(u, h, &from);
            if (v == 0 || v == n)
                continue;
            ch_str said = ch_str_sub(u->text, from, h->to);
            ch_rule_say(r, CH_RULE_enclosure_count, ch_unit_where(u, from, h->to), CH_ARG(said), n);
        }
    }
}

/* ---- what stands above the text ---- */

static void
check_meta(ch_ruling *r)
{
    const ch_node *meta = ch_node_child(r->letter, CH_L_meta);
    const ch_unit *u;
    bool           numbered = false;
    for (const ch_node *n = ch_node_child(meta, CH_L_idno); n; n = ch_node_next(n, CH_L_idno))
        numbered = numbered || !ch_str_is(ch_node_attr_str(n, CH_LA_type), "your-ref");
    const ch_hit *h = numbered ? NULL : first_hit(r, CH_LIST_own_reference, &u);
    if (h) {
        ch_str said = ch_str_sub(u->text, h->from, h->to);
        ch_rule_say(r, CH_RULE_reference_missing, ch_unit_where(u, h->from, h->to), CH_ARG(said));
    }
    h = ch_node_child(meta, CH_L_subject) ? NULL : first_hit(r, CH_LIST_above_subject, &u);
    if (h) {
        ch_str said = ch_str_sub(u->text, h->from, h->to);
        ch_rule_say(r, CH_RULE_subject_missing, ch_unit_where(u, h->from, h->to), CH_ARG(said));
    }
}

/* The place of a level among those of the schema, which has them in order; -1 when there is none. */
static int
level_of(ch_str name)
{
    return ch_attr_choice(ch_vocab_use(&ch_letter_vocab, CH_L_classification, CH_LA_level), name);
}

/* "(S) ...": the level of a paragraph by its mark; -1 when it has none. */
static int
portion_of(const ch_unit *u, ch_str *mark)
{
    for (const ch_portion *p = u->words->portions; p; p = p->next)
        if (u->text.n > p->mark.n && u->text.p[p->mark.n] == ' ' &&
            ch_str_eq(ch_str_sub(u->text, 0, p->mark.n), p->mark)) {
            *mark = p->mark;
            return level_of(p->level);
        }
    return -1;
}

static void
check_levels(ch_ruling *r)
{
    const ch_node *meta  = ch_node_child(r->letter, CH_L_meta);
    const ch_node *level = ch_node_child(meta, CH_L_classification);
    int            of    = level ? level_of(ch_node_attr_str(level, CH_LA_level)) : -1;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u    = &r->units.at[i];
        ch_str         mark = CH_STR_EMPTY;
        if (u->quoted || u->attached ||
            (u->role != CH_UNIT_TEXT && u->role != CH_UNIT_SUBJECT && u->role != CH_UNIT_LINE))
            continue;
        if (!level && (u->node->elem != CH_L_cell && u->node->elem != CH_L_item) &&
            ch_words_whole(u->words, r->a, u->text, CH_LIST_levels))
            ch_rule_say(r, CH_RULE_classification_typed, ch_unit_where(u, 0, u->text.n),
                        CH_ARG(u->text));
        if (of >= 0 && ch_unit_own(u) && portion_of(u, &mark) > of)
            ch_rule_say(r, CH_RULE_portion_above, ch_unit_where(u, 0, mark.n), CH_ARG(mark));
    }
}

/* ---- signatures ---- */

static void
check_signatures(ch_ruling *r)
{
    for (const ch_node *n = r->letter; n; n = ch_node_walk(n, r->letter)) {
        const ch_attr *date = ch_node_attr(n, CH_LA_date);
        if ((n->elem == CH_L_signed || n->elem == CH_L_signatory) && date &&
            ch_str_is(ch_node_attr_str(n, CH_LA_status), "pending"))
            ch_rule_say(r, CH_RULE_pending_dated, date->where, CH_ARG(date->value));
    }
}

void
ch_check_parts(ch_ruling *r)
{
    check_enclosed(r);
    check_annexes(r);
    check_count(r);
    check_meta(r);
    check_levels(r);
    check_signatures(r);
}
