/* protocol/check_names.c -- names of persons and bodies: the same one spelt in two ways, and
 * signatures without one. */
#include "protocol/ruling.h"

#include "locale/words.h"

enum { WORDS_MAX = 12, PRINCIPALS_MAX = 64, LETTERS_LEAST = 5 };

typedef struct name {
    const ch_unit *unit;
    ch_str         word[WORDS_MAX];
    size_t         n;
} name;

/* The words of a name: what holds a letter. */
static name
read_name(const ch_unit *u)
{
    name m = {.unit = u};
    for (size_t at = 0; at < u->text.n && m.n < WORDS_MAX;) {
        size_t to = at + 1;
        while (to < u->text.n && !u->edge[to])
            to++;
        if (ch_char_is_letter(ch_utf8_at(u->text, at)))
            m.word[m.n++] = ch_str_sub(u->text, at, to);
        at = to;
    }
    return m;
}

/* Two names that differ in one letter of one word: its number; -1 otherwise. */
static int
slip_between(const name *a, const name *b)
{
    int at = -1;
    if (a->n != b->n || a->n < 2)
        return -1;
    for (size_t i = 0; i < a->n; i++) {
        if (ch_str_eq(a->word[i], b->word[i]))
            continue;
        if (at >= 0 || a->word[i].n < LETTERS_LEAST || b->word[i].n < LETTERS_LEAST ||
            !ch_one_edit(a->word[i], b->word[i]))
            return -1;
        at = (int)i;
    }
    return at;
}

static bool
is_principal(const ch_unit *u)
{
    int part = u->part->elem;
    return part == CH_L_sender || part == CH_L_addressee || part == CH_L_closer;
}

/* The line and column where a name stands. */
static ch_str
place_of(const ch_ruling *r, const ch_unit *u)
{
    ch_where         w    = ch_unit_where(u, 0, u->text.n);
    const ch_source *s    = ch_diags_source_at(r->cx->diags, w.source);
    uint32_t         line = 0, column = 0;
    if (s)
        ch_source_line_column(s, w.from, &line, &column);
    return ch_arena_printf(r->a, "line %u", line);
}

static void
check_pairs(ch_ruling *r, ch_unit_role role, ch_rule rule)
{
    name   principal[PRINCIPALS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->role != role || u->quoted || u->attached || !u->words->fixed_names)
            continue;
        name m = read_name(u);
        for (size_t k = 0; k < n; k++) {
            int at = ch_str_eq(principal[k].unit->node->lang, u->node->lang)
                         ? slip_between(&principal[k], &m)
                         : -1;
            if (at < 0)
                continue;
            ch_str place = place_of(r, principal[k].unit);
            ch_rule_say(r, rule, ch_unit_where(u, 0, u->text.n), CH_ARG(u->text),
                        CH_ARG(principal[k].unit->text), CH_ARG(place));
            break;
        }
        if (is_principal(u) && n < PRINCIPALS_MAX)
            principal[n++] = m;
    }
}

/* ---- names in the text ---- */

/* A word may end behind an apostrophe: "Lindqvist'" of "Lindqvist's". */
static ch_str
without_genitive(ch_str word)
{
    if (ch_str_ends(word, "'"))
        return ch_str_sub(word, 0, word.n - 1);
    if (ch_str_ends(word, "\xE2\x80\x99"))
        return ch_str_sub(word, 0, word.n - 3);
    return word;
}

static bool
is_known(const name *names, size_t n, ch_str word)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < names[i].n; k++)
            if (ch_str_eq(names[i].word[k], word))
                return true;
    return false;
}

static void
check_word(ch_ruling *r, const ch_unit *u, size_t from, ch_str said, const name *names, size_t n)
{
    ch_str word = without_genitive(said);
    if (word.n <= LETTERS_LEAST || is_known(names, n, word))
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < names[i].n; k++) {
            ch_str known = names[i].word[k];
            if (known.n <= LETTERS_LEAST || !ch_one_edit(word, known))
                continue;
            ch_str place = place_of(r, names[i].unit);
            ch_rule_say(r, CH_RULE_person_spelling, ch_unit_where(u, from, from + word.n),
                        CH_ARG(word), CH_ARG(known), CH_ARG(place));
            return;
        }
}

/* Capitalised words of the text that are nearly a word of the name of a person of the letter. */
static void
check_text(ch_ruling *r)
{
    name   names[PRINCIPALS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < r->units.n && n < PRINCIPALS_MAX; i++)
        if (r->units.at[i].role == CH_UNIT_PERSON && is_principal(&r->units.at[i]))
            names[n++] = read_name(&r->units.at[i]);
    for (size_t i = 0; n > 0 && i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->role != CH_UNIT_TEXT || !ch_unit_own(u) || !u->words->fixed_names)
            continue;
        for (size_t at = 0; at < u->text.n;) {
            size_t to = at + 1;
            while (to < u->text.n && !u->edge[to])
                to++;
            ch_str word = ch_str_sub(u->text, at, to);
            if (ch_char_is_capital(ch_utf8_at(word, 0)) &&
                !ch_unit_is(u, at, to, CH_QUOTED | CH_FOREIGN))
                check_word(r, u, at, word, names, n);
            at = to;
        }
    }
}

/* ---- signatures ---- */

static void
check_signed(ch_ruling *r)
{
    const ch_node *closer = ch_node_child(r->letter, CH_L_closer);
    for (const ch_node *n = ch_node_child(closer, CH_L_signed); n;
         n                = ch_node_next(n, CH_L_signed)) {
        bool   named  = false;
        ch_str status = ch_node_attr_str(n, CH_LA_status);
        for (const ch_node *p = ch_node_child(n, CH_L_persName); p;
             p                = ch_node_next(p, CH_L_persName))
            named = named || ch_node_plain(r->a, p).n > 0 || ch_node_elements_first(p);
        if (!named && !ch_str_is(status, "withheld"))
            ch_rule_say(r, CH_RULE_signer_unnamed, n->where);
    }
}

void
ch_check_names(ch_ruling *r)
{
    check_pairs(r, CH_UNIT_PERSON, CH_RULE_person_spelling);
    check_pairs(r, CH_UNIT_ORG, CH_RULE_body_spelling);
    check_text(r);
    check_signed(r);
}
