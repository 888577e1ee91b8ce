/* letter/order.c -- the order of those who sign, and of their groups. */
#include "letter/builder.h"

#include <stdlib.h>

/* What a signer is ordered by; empty when there is nothing. */
static ch_str
order_text(ch_builder *b, const ch_signer *s, const ch_order *o)
{
    const ch_person *p     = &s->person;
    ch_arena        *a     = b->cx->job;
    ch_str           order = o->by;
    if (ch_str_is(order, "country"))
        return ch_locale_country(o->lo, a, p->country);
    if (ch_str_is(order, "organisation"))
        return p->orgs.n > 0 ? ch_rich_plain(a, p->orgs.at[0]) : CH_STR_EMPTY;
    if (p->status == CH_SIG_WITHHELD)
        return CH_STR_EMPTY; /* its place must not tell the name */
    ch_str name = ch_rich_plain(a, p->name);
    if (name.n == 0 && p->orgs.n > 0)
        name = ch_rich_plain(a, p->orgs.at[0]); /* a body that signs by itself */
    else if (ch_str_is(order, "family-name")) {
        ch_str family = s->family.n > 0 ? s->family : ch_str_last_word(name);
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
            ch_report(b->cx, CH_E3015_unknown_rank, s->where, CH_ARG(rank));
            ch_hint(b->cx, "a rank is a number, the lowest first");
            return INT64_MAX;
        }
        v = v * 10 + (rank.p[i] - '0');
    }
    return v;
}

static int
compare(const void *x, const void *y)
{
    const ch_signer *a = *(ch_signer *const *)x, *b = *(ch_signer *const *)y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    int d = ch_str_cmp(a->key, b->key);
    if (d != 0)
        return d;
    return a->given < b->given ? -1 : a->given > b->given; /* what is equal stays as given */
}

ch_status
ch_order_open(ch_builder *b, const ch_node *n, ch_order *o)
{
    ch_str by      = ch_node_attr_str(n, CH_LA_order);
    ch_str groups  = ch_node_attr_str(n, CH_LA_group_order);
    ch_str made_by = ch_node_attr_str(n, CH_LA_group_by);
    ch_str lang    = ch_node_attr_str(n, CH_LA_order_lang);
    *o             = (ch_order){.by   = by.n > 0 ? by : CH_STR_LIT("given"),
                                .lang = lang.n > 0 ? lang : b->lang,
                                .lo   = b->lo};
    o->heads = groups.n > 0 ? ch_str_is(groups, "head") : made_by.n > 0 && ch_str_eq(by, made_by);
    if (lang.n > 0) {
        ch_status st = ch_locale_lookup(b->locales, b->cx, lang,
                                        ch_node_attr(n, CH_LA_order_lang)->where, &o->lo);
        if (st != CH_OK)
            return st;
    }
    bool words = !ch_str_is(o->by, "given") && !ch_str_is(o->by, "precedence");
    return words || o->heads ? ch_collator_open(b->cx, b->cx->job, o->lang, &o->collator) : CH_OK;
}

void
ch_signers_order(ch_builder *b, ch_signer **at, size_t n, ch_order *o)
{
    bool by_rank = ch_str_is(o->by, "precedence"), by_country = ch_str_is(o->by, "country");
    o->count += n;
    if (ch_str_is(o->by, "given"))
        return;
    for (size_t i = 0; i < n; i++) {
        at[i]->given = i;
        at[i]->key   = CH_STR_EMPTY;
        at[i]->rank  = rank_of(b, at[i]);
        o->ranked += at[i]->rank != INT64_MAX;
        if (by_rank)
            continue;
        ch_str text = order_text(b, at[i], o);
        at[i]->last = text.n == 0  ? 2
                      : by_country ? ch_locale_observer(o->lo, at[i]->person.country)
                                   : 0;
        at[i]->key  = sort_key(b, o->collator, text);
    }
    if (n > 1)
        qsort(at, n, sizeof *at, compare);
}

ch_str
ch_order_key(ch_builder *b, const ch_order *o, ch_str text)
{
    return sort_key(b, o->collator, text);
}

/* "signatories ordered by family name, collation of French, 212; 3 by rank" */
void
ch_order_say(ch_builder *b, const ch_order *o, size_t groups, ch_where where)
{
    bool   words = o->collator != NULL;
    ch_buf by, more;
    if (ch_str_is(o->by, "given") && !o->heads && !b->cx->explain)
        return;
    ch_buf_init(&by, b->cx->job);
    ch_buf_init(&more, b->cx->job);
    if (ch_str_is(o->by, "given"))
        ch_buf_puts(&by, "as given");
    else if (ch_str_is(o->by, "family-name"))
        ch_buf_puts(&by, "ordered by family name");
    else
        ch_buf_printf(&by, "ordered by %.*s", CH_ARG(o->by));
    if (words)
        ch_buf_printf(&by, ", collation of %.*s", CH_ARG(ch_language_english(b->cx->job, o->lang)));
    if (o->ranked > 0)
        ch_buf_printf(&more, "; %zu by rank", o->ranked);
    if (groups > 0)
        ch_buf_printf(&more, "; %zu group%s %s", groups, groups == 1 ? "" : "s",
                      o->heads ? "ordered by head" : "as given");
    ch_report(b->cx, CH_N3050_list_ordered, where, CH_ARG(ch_buf_view(&by)), o->count,
              CH_ARG(ch_buf_view(&more)));
}
