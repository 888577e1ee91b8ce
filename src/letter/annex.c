/* letter/annex.c -- the list of those who sign: read, in order, counted. */
#include "letter/builder.h"

typedef struct group {
    const ch_node *node; /* its first signatory, for its place */
    ch_rich        head;
    ch_signer_list list;
} group;

typedef CH_VEC(group) group_list;

/* Groups as they stand; signatories in a row outside of groups make one without a head. */
static void
read_groups(ch_builder *b, const ch_node *n, group_list *out)
{
    bool loose = false;
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c)) {
        if (c->elem == CH_L_group) {
            group *g = CH_PUSH(b->cx->job, *out);
            *g       = (group){.node = c, .head = ch_rich_child(b, c, CH_L_head)};
            for (const ch_node *s = ch_node_child(c, CH_L_signatory); s;
                 s                = ch_node_next(s, CH_L_signatory))
                ch_signer_build(b, s, CH_PUSH(b->cx->job, g->list));
            loose = false;
        } else if (c->elem == CH_L_signatory) {
            if (!loose)
                *CH_PUSH(b->cx->job, *out) = (group){.node = c};
            group *g = &out->at[out->n - 1];
            ch_signer_build(b, c, CH_PUSH(b->cx->job, g->list));
            loose = true;
        }
    }
}

/* Rows of a file: those that name the same group stand together, where the first of them is. */
static void
group_rows(ch_builder *b, const ch_node *n, const ch_signer_list *rows, group_list *out)
{
    ch_map *known = ch_map_new(b->cx->job); /* name of a group -> its number, from 1 */
    for (size_t i = 0; i < rows->n; i++) {
        const ch_signer *s  = &rows->at[i];
        size_t           at = (size_t)(uintptr_t)ch_map_lookup(known, s->group);
        if (at == 0) {
            *CH_PUSH(b->cx->job, *out) = (group){
                .node = n, .head = ch_rich_from(b->cx->job, s->group, b->lang, s->person.where)};
            at = out->n;
            ch_map_put(known, s->group, (void *)(uintptr_t)at);
        }
        *CH_PUSH(b->cx->job, out->at[at - 1].list) = *s;
    }
}

static void
note_columns(ch_annex *a, const ch_person *p)
{
    a->has_roles     = a->has_roles || p->roles.n > 0;
    a->has_orgs      = a->has_orgs || p->orgs.n > 0;
    a->has_countries = a->has_countries || p->country.n > 0;
    a->has_dates     = a->has_dates || p->date.n > 0;
}

/* "Total: 40 signatories from 12 countries"; countries only where everyone has one. */
static ch_rich
total(ch_builder *b, const ch_annex *a)
{
    ch_map *countries = ch_map_new(b->cx->job);
    bool    all       = true;
    for (size_t g = 0; g < a->n_groups; g++)
        for (size_t i = 0; i < a->group[g].n; i++) {
            ch_str name = a->group[g].at[i].country_name;
            all         = all && name.n > 0;
            if (name.n > 0)
                ch_map_put(countries, name, b);
        }
    ch_fill     fill[] = {{"signatories", ch_locale_label_n(b->lo, b->cx, "signatory-count",
                                                            (int64_t)a->count, a->where)},
                          {"countries", CH_STR_EMPTY}};
    const char *label  = "total";
    if (all && ch_map_count(countries) > 1) {
        label         = "total-from";
        fill[1].value = ch_locale_label_n(b->lo, b->cx, "country-count",
                                          (int64_t)ch_map_count(countries), a->where);
    }
    return ch_rich_fill(b->cx->job, ch_locale_label(b->lo, b->cx, label, a->where), fill, 2,
                        b->lang, a->where);
}

static void
finish_group(ch_builder *b, ch_annex *a, group *g, ch_annex_group *out)
{
    *out = (ch_annex_group){.head = g->head, .n = g->list.n, .where = g->node->where};
    if (g->list.n > 0 && g->list.at[0].person.status == CH_SIG_WITHHELD && g->head.n == 0)
        out->where = a->where; /* no place that would show the name */
    out->at = CH_NEW_N(b->cx->job, ch_person, g->list.n);
    for (size_t i = 0; i < g->list.n; i++) {
        out->at[i] = g->list.at[i].person;
        note_columns(a, &out->at[i]);
        a->count++;
        if (a->numbered)
            out->at[i].number =
                ch_rich_from(b->cx->job, ch_locale_number(b->lo, b->cx->job, (int64_t)a->count),
                             b->lang, out->at[i].where);
    }
}

static unsigned
small_number(ch_str s)
{
    return s.n == 1 && s.p[0] >= '1' && s.p[0] <= '9' ? (unsigned)(s.p[0] - '0') : 0;
}

void
ch_annex_build(ch_builder *b, const ch_node *n, ch_annex *out)
{
    group_list     groups = {0};
    const ch_attr *href   = ch_node_attr(n, CH_LA_href);
    ch_str         order  = ch_node_attr_str(n, CH_LA_order);
    *out                  = (ch_annex){.present  = true,
                                       .layout   = ch_node_attr_str(n, CH_LA_layout),
                                       .columns  = small_number(ch_node_attr_str(n, CH_LA_columns)),
                                       .numbered = ch_str_is(ch_node_attr_str(n, CH_LA_numbered), "yes"),
                                       .where    = n->where};
    out->head             = ch_node_child(n, CH_L_head) ? ch_rich_child(b, n, CH_L_head)
                                                        : ch_rich_label(b, "signatories", n->where);
    out->intro            = ch_items_build(b, n, CH_L_p);
    if (href) {
        ch_signer_list rows = {0};
        if (ch_signers_read(b, href, &rows) != CH_OK)
            return;
        group_rows(b, n, &rows, &groups);
    } else {
        read_groups(b, n, &groups);
    }
    out->group    = CH_NEW_N(b->cx->job, ch_annex_group, groups.n);
    out->n_groups = groups.n;
    for (size_t g = 0; g < groups.n; g++) {
        if (ch_signers_order(b, groups.at[g].list.at, groups.at[g].list.n, order) != CH_OK)
            return;
        finish_group(b, out, &groups.at[g], &out->group[g]);
    }
    out->total = total(b, out);
}
