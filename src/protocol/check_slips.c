/* protocol/check_slips.c -- titles and names that are written otherwise, and words twice. */
#include "protocol/ruling.h"

/* Everything that the letter says, as it is compared. */
static ch_str
all_text(const ch_ruling *r)
{
    ch_buf b;
    ch_buf_init(&b, r->a);
    for (size_t i = 0; i < r->units.n; i++) {
        ch_buf_str(&b, ch_words_plain(r->a, r->units.at[i].text, false));
        ch_buf_putc(&b, '\n');
    }
    return ch_buf_view(&b);
}

/* Does the letter say one of the words that make it a slip? */
static bool
applies(ch_ruling *r, const ch_phrase *p, ch_str *all)
{
    if (p->with.n == 0)
        return true;
    if (all->n == 0)
        *all = all_text(r);
    for (size_t at = 0; at < p->with.n;) {
        size_t to = at;
        while (to < p->with.n && p->with.p[to] != '|')
            to++;
        if (ch_str_contains(*all, ch_str_trim(ch_str_sub(p->with, at, to))))
            return true;
        at = to + 1;
    }
    return false;
}

static void
check_slips(ch_ruling *r, const ch_unit *u, ch_str *all)
{
    static const ch_rule rules[] = {[CH_SLIP_TITLE] = CH_RULE_title_slip,
                                    [CH_SLIP_NAME]  = CH_RULE_name_slip,
                                    [CH_SLIP_CASE]  = CH_RULE_honorific_case};
    size_t               i       = 0;
    for (const ch_hit *h; (h = ch_unit_hit(u, CH_SLIP, &i));) {
        ch_str said = ch_str_sub(u->text, h->from, h->to);
        if (ch_unit_is(u, h->from, h->to, CH_NAMED) || !applies(r, h->phrase, all))
            continue;
        ch_rule_say(r, rules[h->phrase->kind], ch_unit_where(u, h->from, h->to), CH_ARG(said),
                    CH_ARG(h->phrase->right));
    }
}

static void
check_doubled(ch_ruling *r, const ch_unit *u)
{
    const ch_hit *last = NULL;
    size_t        i    = 0;
    for (const ch_hit *h; (h = ch_unit_hit(u, CH_LIST_doubled, &i)); last = h) {
        if (!last || last->phrase != h->phrase || h->from != last->to + 1 ||
            u->text.p[last->to] != ' ')
            continue;
        ch_str word = ch_str_sub(u->text, h->from, h->to);
        ch_rule_say(r, CH_RULE_double_word, ch_unit_where(u, h->from, h->to), CH_ARG(word));
    }
}

void
ch_check_slips(ch_ruling *r)
{
    ch_str all = CH_STR_EMPTY;
    for (size_t i = 0; i < r->units.n; i++) {
        check_slips(r, &r->units.at[i], &all);
        check_doubled(r, &r->units.at[i]);
    }
}
