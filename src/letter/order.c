/* letter/order.c -- the order of those who sign. */
#include "letter/builder.h"

#include <stdlib.h>

/* The last word, where the name has no family name marked; a name without spaces is one. */
static ch_str
last_word(ch_str name)
{
    size_t from = name.n;
    while (from > 0 && name.p[from - 1] != ' ')
        from--;
    return ch_str_sub(name, from, name.n);
}

/* What a signer is ordered by; empty when there is nothing. */
static ch_str
order_text(ch_builder *b, const ch_signer *s, ch_str order)
{
    const ch_person *p = &s->person;
    ch_arena        *a = b->cx->job;
    if (ch_str_is(order, "country"))
        return p->country_name;
    if (ch_str_is(order, "organisation"))
        return p->orgs.n > 0 ? ch_rich_plain(a, p->orgs.at[0]) : CH_STR_EMPTY;
    if (p->status == CH_SIG_WITHHELD)
        return CH_STR_EMPTY; /* its place must not tell the name */
    ch_str name = ch_rich_plain(a, p->name);
    if (name.n == 0 && p->orgs.n > 0)
        name = ch_rich_plain(a, p->orgs.at[0]); /* a body that signs by itself */
    else if (ch_str_is(order, "family-name")) {
        ch_str family = s->family.n > 0 ? s->family : last_word(name);
        return ch_arena_printf(a, "%.*s\n%.*s", CH_ARG(family), CH_ARG(name));
    }
    return name;
}

/* Two keys with a zero between: the family name decides, then the whole name. */
static ch_str
sort_key(ch_builder *b, const ch_collator *c, ch_str text)
{
    size_t cut = 0;
    while (cut < text.n && text.p[cut] != '\n')
        cut++;
    ch_str key = ch_collation_key(c, b->cx->job, ch_str_sub(text, 0, cut));
    if (cut == text.n)
        return key;
    ch_str more = ch_collation_key(c, b->cx->job, ch_str_sub(text, cut + 1, text.n));
    ch_buf buf;
    ch_buf_init(&buf, b->cx->job);
    ch_buf_str(&buf, key);
    ch_buf_putc(&buf, '\0');
    ch_buf_str(&buf, more);
    return ch_buf_view(&buf);
}

static int64_t
rank_of(ch_builder *b, const ch_signer *s)
{
    int64_t v    = 0;
    ch_str  rank = s->precedence;
    if (rank.n == 0)
        return INT64_MAX;
    for (size_t i = 0; i < rank.n; i++) {
        if (rank.p[i] < '0' || rank.p[i] > '9' || rank.n > 9) {
            ch_report(b->cx, CH_E3015_unknown_rank, s->person.where, CH_ARG(rank));
            ch_hint(b->cx, "in the order of precedence a rank is a number, the lowest first");
            return INT64_MAX;
        }
        v = v * 10 + (rank.p[i] - '0');
    }
    return v;
}

static int
compare(const void *x, const void *y)
{
    const ch_signer *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->last != b->last)
        return a->last ? 1 : -1;
    int d = ch_str_cmp(a->key, b->key);
    if (d != 0)
        return d;
    return a->given < b->given ? -1 : a->given > b->given; /* what is equal stays as given */
}

ch_status
ch_signers_order(ch_builder *b, ch_signer *at, size_t n, ch_str order)
{
    if (order.n == 0 || ch_str_is(order, "given"))
        return CH_OK;
    bool         by_rank = ch_str_is(order, "precedence");
    ch_collator *c       = NULL;
    ch_status    st      = by_rank ? CH_OK : ch_collator_open(b->cx, b->cx->job, b->lang, &c);
    for (size_t i = 0; i < n && st == CH_OK; i++) {
        at[i].given = i;
        at[i].key   = CH_STR_EMPTY;
        if (by_rank) {
            at[i].rank = rank_of(b, &at[i]);
            continue;
        }
        at[i].rank  = 0;
        ch_str text = order_text(b, &at[i], order);
        at[i].last  = text.n == 0;
        at[i].key   = sort_key(b, c, text);
    }
    if (st == CH_OK && n > 1)
        qsort(at, n, sizeof *at, compare);
    return st;
}
