/* protocol/check_address.c -- salutation, vocatives, courtesy and honorifics against the rank, the
 * gender and the number of those addressed, and against each other. */
#include "protocol/ruling.h"

#include "locale/words.h"

/* The next hit of a list that no longer one covers. */
static const ch_hit *
next_whole(const ch_unit *u, ch_word_list list, size_t *i, size_t *behind)
{
    for (const ch_hit *h; (h = ch_unit_hit(u, list, i));) {
        if (h->from < *behind)
            continue;
        *behind = h->to;
        return h;
    }
    return NULL;
}

/* Bytes: what is longer is no salutation. */
enum { SALUTATION_MOST = 400 };

static ch_str
hit_text(const ch_unit *u, const ch_hit *h)
{
    return ch_str_sub(u->text, h->from, h->to);
}

/* ---- what is said to the addressee ---- */

/* One vocative against rank, gender and number.  False when something was said. */
static bool
check_vocative(ch_ruling *r, const ch_unit *u, const ch_hit *h, bool opening)
{
    const ch_phrase *p     = h->phrase;
    ch_where         where = ch_unit_where(u, h->from, h->to);
    ch_str           text  = hit_text(u, h);
    bool             known = false;
    size_t           n     = ch_node_count(r->letter, CH_L_addressee);
    if (!ch_rank_has_style(r->rank, p->style, &known)) {
        if (p->style == CH_EXCELLENCY && ch_rank_is_charge(r->rank))
            ch_rule_say(r, CH_RULE_excellency_to_charge, where, CH_ARG(text));
        else
            ch_rule_say(r, CH_RULE_salutation_rank, where, CH_ARG(text), CH_ARG(r->rank));
        return false;
    }
    if (p->gender && r->gender && p->gender != r->gender && n == 1) {
        ch_rule_say(r, CH_RULE_salutation_gender, where, CH_ARG(text),
                    r->gender == 'f' ? "a woman" : "a man");
        return false;
    }
    if (opening && p->several && n == 1 && r->gender) {
        ch_rule_say(r, CH_RULE_salutation_number, where, CH_ARG(text), "one is");
        return false;
    }
    if (opening && !p->several && n > 1 && !(r->kind && r->kind->addressees.n > 0)) {
        ch_rule_say(r, CH_RULE_salutation_number, where, CH_ARG(text), "several are");
        return false;
    }
    return true;
}

static bool
styles_agree(const ch_phrase *a, const ch_phrase *b)
{
    if (a->style == b->style)
        return a->style != CH_OFFICE || ch_str_contains(a->text, b->text) ||
               ch_str_contains(b->text, a->text);
    if (a->style == CH_OFFICE || b->style == CH_OFFICE)
        return true;
    if (a->style == CH_PLAIN || b->style == CH_PLAIN) /* "Your Majesty" first, "Sir" behind it */
        return a->style != CH_EXCELLENCY && b->style != CH_EXCELLENCY;
    return false;
}

static bool
agrees(const ch_phrase *a, const ch_phrase *b)
{
    return styles_agree(a, b) && (!a->gender || !b->gender || a->gender == b->gender) &&
           a->several == b->several;
}

/* The vocatives of a text behind the salutation. */
static void
check_later(ch_ruling *r, const ch_unit *u, const ch_unit *opening)
{
    size_t i = 0, behind = 0;
    for (const ch_hit *h; (h = next_whole(u, CH_VOCATIVE, &i, &behind));) {
        size_t        k = 0, end = 0;
        const ch_hit *o   = opening ? next_whole(opening, CH_VOCATIVE, &k, &end) : NULL;
        bool          one = o == NULL;
        if (!check_vocative(r, u, h, false))
            continue;
        for (; o && !one; o = next_whole(opening, CH_VOCATIVE, &k, &end))
            one = agrees(o->phrase, h->phrase);
        if (one)
            continue;
        ch_str said = hit_text(u, h);
        ch_rule_say(r, CH_RULE_vocative_agreement, ch_unit_where(u, h->from, h->to), CH_ARG(said),
                    CH_ARG(opening->text));
    }
}

/* ---- the salutation ---- */

static bool
is_stop(uint32_t cp)
{
    return cp == ',' || cp == ':' || cp == '.' || cp == '!' || cp == ';' || cp == 0xFF0C ||
           cp == 0xFF1A || cp == 0x60C || cp == 0xFF01;
}

static void
check_mark(ch_ruling *r, const ch_unit *u)
{
    uint32_t last = ch_utf8_before(u->text, u->text.n);
    if (u->words->salute_end.n == 0 || ch_str_ends(u->text, u->words->salute_end.p))
        return;
    size_t at = is_stop(last) ? ch_utf8_back(u->text, u->text.n) : u->text.n;
    ch_rule_say(r, CH_RULE_salutation_mark, ch_unit_where(u, at, u->text.n),
                CH_ARG(u->words->salute_end));
}

/* The word of a text that begins at byte `from`, where one may. */
static ch_str
word_at(const ch_unit *u, size_t from)
{
    size_t to = from + 1;
    while (to < u->text.n && !u->edge[to])
        to++;
    return ch_str_sub(u->text, from, to);
}

static bool
has_plain_word(const ch_unit *u, ch_str word)
{
    for (size_t at = 0; at < u->text.n; at++)
        if (u->edge[at] && ch_str_eq(word_at(u, at), word))
            return true;
    return false;
}

static void
check_name(ch_ruling *r, const ch_unit *u)
{
    enum { LEAST = 5 };
    for (size_t at = 0; at < u->text.n; at++) {
        ch_str word = u->edge[at] ? word_at(u, at) : CH_STR_EMPTY;
        if (word.n < LEAST || !ch_char_is_capital(ch_utf8_at(word, 0)))
            continue;
        size_t i = 0;
        for (const ch_unit *n; (n = ch_unit_next(r, &i, CH_L_addressee, CH_UNIT_PERSON));)
            for (size_t k = has_plain_word(n, word) ? n->text.n : 0; k < n->text.n; k++) {
                ch_str name = n->edge[k] ? word_at(n, k) : CH_STR_EMPTY;
                if (name.n < LEAST || !ch_one_edit(word, name))
                    continue;
                ch_rule_say(r, CH_RULE_salutation_name, ch_unit_where(u, at, at + word.n),
                            CH_ARG(word), CH_ARG(name));
                return;
            }
    }
}

/* A salutation by an office that the forms of address know, of another rank than the addressee's:
 * "Mr. President" to an ambassador. */
static void
check_office(ch_ruling *r, const ch_unit *u)
{
    ch_addressed     to = {.lang = u->node->lang, .rank = r->rank, .gender = CH_STR_EMPTY};
    ch_accepted_list own, of;
    if (r->rank.n == 0 || ch_protocol_accepted(r->protocol, r->cx, &to, &own) != CH_OK ||
        own.n == 0 || ch_protocol_whose(r->protocol, r->cx, to.lang, u->text, &of) != CH_OK)
        return;
    for (size_t i = 0; i < of.n; i++)
        if (ch_accepted_of(&of.at[i], r->rank))
            return;
    if (of.n == 0 || !ch_rule_say(r, CH_RULE_salutation_office, u->node->where, CH_ARG(u->text),
                                  CH_ARG(of.at[0].ranks), CH_ARG(r->rank)))
        return;
    ch_buf b;
    ch_buf_init(&b, r->cx->job);
    for (size_t i = 0; i < own.n; i++)
        if (!r->gender || !own.at[i].gender || own.at[i].gender == r->gender)
            ch_buf_printf(&b, " %.*s", CH_ARG(own.at[i].text));
    ch_cite(r->cx, ch_protocol_sources(r->protocol, r->cx, of.at[0].source));
    ch_hint(r->cx, "to this rank:%.*s", CH_ARG(ch_buf_view(&b)));
}

static void
check_salutation(ch_ruling *r, const ch_unit *u)
{
    size_t i = 0, behind = 0;
    bool   office = false, fine = true;
    for (const ch_hit *h; fine && (h = next_whole(u, CH_VOCATIVE, &i, &behind));) {
        office = office || h->phrase->style == CH_OFFICE;
        fine   = check_vocative(r, u, h, true);
    }
    if (office && fine)
        check_office(r, u);
    check_mark(r, u);
    if (u->words->fixed_names)
        check_name(r, u);
}

/* ---- the courtesy ---- */

static bool
covered(const ch_unit *u, const ch_hit *h, ch_word_list by)
{
    size_t i = ch_unit_near(u, h->from);
    for (const ch_hit *o; i < u->n_hits && u->hit[i].from < h->to && (o = ch_unit_hit(u, by, &i));)
        if (o->from < h->to && h->from < o->to)
            return true;
    return false;
}

static void
check_degree(ch_ruling *r, const ch_unit *u)
{
    bool known = false, excellency = ch_rank_has_style(r->rank, CH_EXCELLENCY, &known) && known;
    bool charge        = ch_rank_is_charge(r->rank);
    ch_word_list wrong = charge ? CH_LIST_courtesy_highest : CH_LIST_courtesy_lesser;
    size_t       i     = 0;
    if (!charge && !excellency)
        return;
    for (const ch_hit *h; (h = ch_unit_hit(u, wrong, &i));) {
        if (!charge && covered(u, h, CH_LIST_courtesy_highest))
            continue;
        ch_str said = hit_text(u, h);
        ch_rule_say(r, CH_RULE_courtesy_rank, ch_unit_where(u, h->from, h->to), CH_ARG(said),
                    CH_ARG(r->rank));
        return;
    }
}

static void
check_courtesy(ch_ruling *r, const ch_unit *u)
{
    size_t i = 0;
    check_degree(r, u);
    const ch_hit *h = ch_unit_hit(u, CH_LIST_own_singular, &i);
    if (h && r->several) {
        ch_str said = hit_text(u, h);
        ch_rule_say(r, CH_RULE_courtesy_number, ch_unit_where(u, h->from, h->to), CH_ARG(said));
    }
}

/* The sentence of courtesy: in the close, or else the last paragraph that is one. */
static const ch_unit *
find_courtesy(const ch_ruling *r)
{
    const ch_unit *found = NULL;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u  = &r->units.at[i];
        ch_str         as = ch_node_attr_str(u->node, CH_LA_name);
        if (u->quoted || u->attached)
            continue;
        if (u->role == CH_UNIT_FORMULA && (as.n == 0 || ch_str_is(as, "courtesy")))
            return u;
        if (u->role == CH_UNIT_TEXT && ch_unit_own(u) && ch_unit_has(u, CH_LIST_courtesy))
            found = u;
    }
    return found;
}

/* ---- honorifics ---- */

static void
check_honorific(ch_ruling *r, const ch_unit *u, const ch_hit *h)
{
    ch_str           text  = hit_text(u, h);
    ch_where         where = ch_unit_where(u, h->from, h->to);
    const ch_phrase *p     = h->phrase;
    ch_str           rank  = ch_node_attr_str(u->part, CH_LA_rank);
    ch_str           who   = ch_node_attr_str(u->part, CH_LA_gender);
    bool             known = false;
    if (!ch_rank_has_style(rank, p->style, &known)) {
        if (p->style == CH_EXCELLENCY && ch_rank_is_charge(rank))
            ch_rule_say(r, CH_RULE_excellency_to_charge, where, CH_ARG(text));
        else
            ch_rule_say(r, CH_RULE_honorific_rank, where, CH_ARG(text), CH_ARG(rank));
    }
    if (p->gender && who.n == 1 && who.p[0] != 'x' && who.p[0] != p->gender)
        ch_rule_say(r, CH_RULE_honorific_gender, where, CH_ARG(text),
                    who.p[0] == 'f' ? "a woman" : "a man");
}

/* The same style twice before one name: in the honorific, in the name, or in both. */
static void
check_twice(ch_ruling *r, const ch_unit *u, unsigned *had)
{
    size_t i = 0, behind = 0;
    for (const ch_hit *h; (h = next_whole(u, CH_HONORIFIC, &i, &behind));) {
        unsigned style = 1u << h->phrase->style;
        if (u->role == CH_UNIT_PERSON && h->from > 0 && !(*had & style) && u->text.p[0] != ' ' &&
            h->phrase->style == CH_PLAIN)
            continue; /* a name such as "Anna Don" */
        if (*had & style) {
            ch_str text = hit_text(u, h);
            ch_rule_say(r, CH_RULE_honorific_twice, ch_unit_where(u, h->from, h->to), CH_ARG(text));
            return;
        }
        *had |= style;
    }
}

static void
check_honorifics(ch_ruling *r)
{
    const ch_node *holder = NULL;
    unsigned       had    = 0;
    for (size_t i = 0; i < r->units.n; i++) {
        const ch_unit *u = &r->units.at[i];
        if (u->role != CH_UNIT_HONORIFIC && u->role != CH_UNIT_PERSON)
            continue;
        if (u->node->parent != holder)
            had = 0;
        holder = u->node->parent;
        if (!ch_str_eq(u->node->lang, r->lang))
            continue; /* a version in another language */
        check_twice(r, u, &had);
        if (u->part->elem != CH_L_addressee)
            continue;
        size_t        k = 0, behind = 0;
        const ch_hit *h = next_whole(u, CH_HONORIFIC, &k, &behind);
        if (h && h->from == 0)
            check_honorific(r, u, h);
    }
}

/* Words that the forms of address name as wrong for the rank, where nothing else was said of it. */
static void
check_avoided(ch_ruling *r, const ch_unit *u)
{
    ch_addressed to = {.lang = u->node->lang, .rank = r->rank, .gender = CH_STR_EMPTY};
    size_t       i  = 0;
    if (r->rank.n == 0)
        return;
    for (const ch_hit *h; ch_rank_is_charge(r->rank) && (h = ch_unit_hit(u, CH_VOCATIVE, &i));)
        if (h->phrase->style == CH_EXCELLENCY)
            return;
    ch_str word = ch_protocol_avoids(r->protocol, r->cx, &to, u->text);
    if (word.n > 0)
        ch_rule_say(r, CH_RULE_word_to_avoid, ch_unit_where(u, 0, u->text.n), CH_ARG(word),
                    CH_ARG(r->rank));
}

/* Letters for circulation, and identical ones, end with what they ask for; one that is attached is
 * as it was written. */
static bool
wants_courtesy(const ch_ruling *r)
{
    bool identical = r->kind && r->kind->addressees.n > 0;
    return !r->nested && !r->circulation && !r->asks && !identical &&
           r->words->has[CH_LIST_courtesy];
}

void
ch_check_address(ch_ruling *r)
{
    size_t         i       = 0;
    const ch_unit *opening = ch_unit_next(r, &i, CH_L_opener, CH_UNIT_SALUTE);
    const ch_unit *close   = find_courtesy(r);
    bool           typed   = opening && opening->text.n > 0 && opening->text.n <= SALUTATION_MOST;
    if (typed) {
        check_salutation(r, opening);
        check_avoided(r, opening);
    }
    i = 0;
    for (const ch_unit *u; (u = ch_unit_next(r, &i, CH_L_body, CH_UNIT_SALUTE));)
        check_later(r, u, typed ? opening : NULL);
    if (close) {
        check_later(r, close, typed ? opening : NULL);
        check_courtesy(r, close);
        check_avoided(r, close);
    } else if (opening && wants_courtesy(r)) {
        ch_rule_say(r, CH_RULE_courtesy_missing, opening->node->where);
    }
    check_honorifics(r);
}
