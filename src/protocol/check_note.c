/* protocol/check_note.c -- documents written in the third person: what they say, and to whom. */
#include "protocol/ruling.h"

#include "locale/words.h"

/* ---- persons ---- */

/* "Part I", "US", "nos 5 et 6": letters and numbers that only look like words of a person. */
static bool
is_other_word(const ch_unit *u, const ch_hit *h)
{
    ch_str word = ch_str_sub(u->text, h->from, h->to);
    size_t at = 0, letters = 0, capitals = 0;
    while (at < word.n) {
        uint32_t cp = ch_utf8_next(word, &at);
        letters++;
        capitals += ch_char_is_capital(cp);
    }
    if (letters > 1)
        return capitals == letters || ch_char_digit(ch_utf8_at(u->text, h->to + 1)) >= 0;
    if (capitals == 0 || h->from < 2)
        return false;
    /* One capital is a numeral behind a word with one, or before a stop. */
    size_t   from = h->from - 1;
    uint32_t next = ch_utf8_at(u->text, h->to), before = ch_utf8_before(u->text, from);
    if (next == '.' || next == ')')
        return true;
    while (from > 0 && ch_char_is_letter(ch_utf8_before(u->text, from)))
        from = ch_utf8_back(u->text, from);
    return ch_char_is_letter(before) && ch_char_is_capital(ch_utf8_at(u->text, from));
}

static void
check_persons(ch_ruling *r)
{
    static const struct {
        ch_word_list list;
        ch_rule      rule;
    } persons[] = {{CH_LIST_first_person, CH_RULE_first_person},
                   {CH_LIST_second_person, CH_RULE_second_person}};
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        bool closing     = u->role == CH_UNIT_FORMULA && u->part->elem == CH_L_closer && !u->quoted;
        if (!ch_unit_own(u) && !closing && (u->role != CH_UNIT_SUBJECT || u->attached))
            continue;
        for (int k = 0; k < 2; k++) {
            size_t at = 0;
            for (const ch_hit *h; (h = ch_unit_hit(u, persons[k].list, &at));) {
                ch_str word = ch_str_sub(u->text, h->from, h->to);
                if (!is_other_word(u, h) && !ch_unit_is(u, h->from, h->to, CH_NAMED))
                    ch_rule_say(r, persons[k].rule, ch_unit_where(u, h->from, h->to), CH_ARG(word));
            }
        }
    }
}

/* ---- formulas of a note ---- */

static bool
is_formula(const ch_node *n, const char *name)
{
    ch_str own = ch_node_attr_str(n, CH_LA_name);
    return ch_str_is(own.n > 0 ? own : CH_STR_LIT("courtesy"), name);
}

/* Is the unit that formula, or has it that in it? */
static bool
has_formula(const ch_unit *u, const char *name)
{
    const ch_node *n = u->role == CH_UNIT_FORMULA ? u->node : ch_node_child(u->node, CH_L_formula);
    for (; n && n != u->node; n = ch_node_next(n, CH_L_formula))
        if (is_formula(n, name))
            return true;
    return n && is_formula(n, name);
}

static bool
says(const ch_ruling *r, ch_word_list list, const char *formula, const ch_unit **opening)
{
    *opening = NULL;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->attached || u->quoted || (u->role != CH_UNIT_TEXT && u->role != CH_UNIT_FORMULA))
            continue;
        if (!*opening && ch_unit_own(u) && u->node->elem != CH_L_head)
            *opening = u;
        if (has_formula(u, formula) || ch_unit_has(u, list))
            return true;
    }
    return false;
}

/* The opening sentence says who sends the note: one of the names of the letterhead. */
static void
check_sender(ch_ruling *r, const ch_unit *opening)
{
    ch_str         text = ch_words_plain(r->a, opening->text, false), first = CH_STR_EMPTY;
    const ch_node *made = ch_node_child(opening->node, CH_L_formula);
    size_t         i    = 0;
    if (made && !ch_node_elements_first(made) && ch_str_trim(ch_node_text(r->a, made)).n == 0)
        return; /* its name is put into the sentence */
    for (const ch_unit *u; (u = ch_unit_next(r, &i, CH_L_sender, CH_UNIT_ORG));) {
        if (u->text.n == 0 || !ch_str_eq(u->node->lang, opening->node->lang))
            continue;
        if (ch_str_contains(text, ch_words_plain(r->a, u->text, false)))
            return;
        first = first.n > 0 ? first : u->text;
    }
    if (first.n > 0)
        ch_rule_say(r, CH_RULE_note_sender, opening->node->where, CH_ARG(first));
}

static void
check_formulas(ch_ruling *r)
{
    const ch_unit *opening = NULL, *ignored;
    const ch_node *body    = ch_node_child(r->letter, CH_L_body);
    if (!says(r, CH_LIST_renewal, "courtesy", &ignored) && r->words->has[CH_LIST_renewal])
        ch_rule_say(r, CH_RULE_renewal_missing, body->where);
    bool compliments = says(r, CH_LIST_compliments, "compliments", &opening);
    if (!compliments && r->words->has[CH_LIST_compliments])
        ch_rule_say(r, CH_RULE_compliments_missing, opening ? opening->node->where : body->where);
    if (compliments && opening && opening->text.n > 0)
        check_sender(r, opening);
}

/* ---- parties ---- */

static void
check_party(ch_ruling *r, const ch_unit *u)
{
    size_t        i = 0;
    const ch_hit *h = ch_unit_hit(u, CH_LIST_non_state, &i);
    if (!h)
        return;
    ch_str word = ch_str_sub(u->text, h->from, h->to);
    ch_rule_say(r, CH_RULE_note_party, ch_unit_where(u, h->from, h->to), CH_ARG(word),
                u->part->elem == CH_L_sender ? "sends" : "receives");
}

static void
check_parties(ch_ruling *r)
{
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u  = &r->units.at[i];
        bool           to = u->part->elem == CH_L_addressee;
        if (u->role == CH_UNIT_ORG && (to || u->part->elem == CH_L_sender))
            check_party(r, u);
        if (to && u->role == CH_UNIT_PERSON && r->circular)
            ch_rule_say(r, CH_RULE_circular_person, u->node->where, CH_ARG(u->text));
        if (!to || u->role != CH_UNIT_LINE)
            continue;
        for (size_t at = 0; at < u->text.n;)
            if (ch_char_digit(ch_utf8_next(u->text, &at)) >= 0) {
                ch_rule_say(r, CH_RULE_note_address, u->node->where, CH_ARG(u->text));
                break;
            }
    }
}

void
ch_check_note(ch_ruling *r)
{
    if (r->impersonal)
        check_persons(r);
    if (!r->note)
        return;
    check_formulas(r);
    check_parties(r);
}
