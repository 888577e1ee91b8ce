/* letter/annex.c -- the list of those who sign: read, in order, counted. */
#include "letter/builder.h"

#include <stdlib.h>

typedef struct group {
    const ch_node *node; /* its first signatory, for its place */
    ch_rich        head;
    ch_signer_list list;
    ch_str         key;    /* of its head, where groups are put in order */
    bool           behind; /* the others, whatever the key */
    size_t         given;
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
                ch_signer_build(b, s, ch_signer_add(b, &g->list));
            loose = false;
        } else if (c->elem == CH_L_signatory) {
            if (!loose)
                *CH_PUSH(b->cx->job, *out) = (group){.node = c};
            group *g = &out->at[out->n - 1];
            ch_signer_build(b, c, ch_signer_add(b, &g->list));
            loose = true;
        }
    }
}

/* What a signatory is grouped by, where a list makes its groups. */
static ch_str
group_name(ch_builder *b, const ch_signer *s, ch_str by)
{
    if (ch_str_is(by, "country"))
        return s->person.country_name;
    if (ch_str_is(by, "organisation"))
        return s->person.orgs.n > 0 ? ch_rich_plain(b->cx->job, s->person.orgs.at[0])
                                    : CH_STR_EMPTY;
    return s->group;
}

/* Those that belong to the same group stand together, where the first of them is; those that
 * belong to none come first, where no head stands over them. */
static void
group_rows(ch_builder *b, const ch_node *n, const ch_signer_list *rows, ch_str by, group_list *out)
{
    ch_map *known = ch_map_new(b->cx->job); /* name of a group -> its number, from 1 */
    size_t  loose = 0;
    for (size_t i = 0; i < rows->n; i++)
        loose += group_name(b, rows->at[i], by).n == 0;
    if (loose > 0) {
        *CH_PUSH(b->cx->job, *out) = (group){.node = n};
        ch_map_put(known, CH_STR_EMPTY, (void *)(uintptr_t)1);
        if (loose < rows->n)
            ch_report(b->cx, CH_W3051_outside_groups, n->where, loose);
    }
    for (size_t i = 0; i < rows->n; i++) {
        ch_str name = group_name(b, rows->at[i], by);
        size_t at   = (size_t)(uintptr_t)ch_map_lookup(known, name);
        if (at == 0) {
            ch_where where = rows->at[i]->person.where;
            *CH_PUSH(b->cx->job, *out) =
                (group){.node = n, .head = ch_rich_from(b->cx->job, name, b->lang, where)};
            at = out->n;
            ch_map_put(known, name, (void *)(uintptr_t)at);
        }
        *CH_PUSH(b->cx->job, out->at[at - 1].list) = rows->at[i];
    }
}

/* Groups made from the entries of a list; it may have none of its own. */
static void
make_groups(ch_builder *b, const ch_node *n, ch_str by, group_list *out)
{
    ch_signer_list all = {0};
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c)) {
        if (c->elem == CH_L_group)
            ch_report(b->cx, CH_E3052_two_groupings, c->where);
        else if (c->elem == CH_L_signatory)
            ch_signer_build(b, c, ch_signer_add(b, &all));
    }
    group_rows(b, n, &all, by, out);
}

static int
compare_groups(const void *x, const void *y)
{
    const group *a = x, *b = y;
    if ((a->head.n > 0) != (b->head.n > 0))
        return a->head.n > 0 ? 1 : -1;
    if (a->behind != b->behind)
        return a->behind ? 1 : -1;
    int d = ch_str_cmp(a->key, b->key);
    return d != 0 ? d : a->given < b->given ? -1 : a->given > b->given;
}

/* By their heads; countries by their names in the language of the order. */
static void
order_groups(ch_builder *b, const ch_order *o, ch_str by, group_list *groups)
{
    for (size_t i = 0; i < groups->n; i++) {
        group *g    = &groups->at[i];
        ch_str text = ch_rich_plain(b->cx->job, g->head);
        if (ch_str_is(by, "country") && g->list.n > 0) {
            ch_str code = g->list.at[0]->person.country;
            text        = ch_locale_country(o->lo, b->cx->job, code);
            g->behind   = ch_locale_observer(o->lo, code);
        }
        g->given = i;
        g->key   = ch_order_key(b, o, text);
    }
    if (groups->n > 1)
        qsort(groups->at, groups->n, sizeof *groups->at, compare_groups);
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

/* "Subtotal: 12 signatories", under a group; "Total of all lists: 45 signatories". */
static ch_rich
count_line(ch_builder *b, const char *label, size_t count, ch_where where)
{
    ch_fill fill = {"signatories",
                    ch_locale_label_n(b->lo, b->cx, "signatory-count", (int64_t)count, where)};
    return ch_rich_fill(b->cx->job, ch_locale_label(b->lo, b->cx, label, where), &fill, 1, b->lang,
                        where);
}

static void
finish_group(ch_builder *b, ch_annex *a, group *g, ch_annex_group *out)
{
    *out = (ch_annex_group){.head = g->head, .n = g->list.n, .where = g->node->where};
    if (g->list.n > 0 && g->list.at[0]->person.status == CH_SIG_WITHHELD && g->head.n == 0)
        out->where = a->where; /* no place that would show the name */
    out->at = CH_NEW_N(b->cx->job, ch_person, g->list.n);
    for (size_t i = 0; i < g->list.n; i++) {
        out->at[i] = g->list.at[i]->person;
        if (out->at[i].status == CH_SIG_WITHHELD)
            out->at[i].orgs.n = 0; /* it was for the order alone, and is not printed */
        note_columns(a, &out->at[i]);
        a->count++;
        b->n_signed++;
        if (a->numbered)
            out->at[i].number =
                ch_rich_from(b->cx->job, ch_locale_number(b->lo, b->cx->job, (int64_t)b->n_signed),
                             b->lang, out->at[i].where);
    }
}

static unsigned
small_number(ch_str s)
{
    return s.n == 1 && s.p[0] >= '1' && s.p[0] <= '9' ? (unsigned)(s.p[0] - '0') : 0;
}

#define TWICE_MAX 50u /* messages of names that are there twice */

/* The same name of the same organisation again, with both places; names withheld are not told. */
static void
note_twice(ch_builder *b, const ch_signer *s)
{
    ch_arena        *a    = b->cx->job;
    const ch_person *p    = &s->person;
    ch_str           name = ch_text_nfc(b->cx, a, ch_rich_plain(a, p->name));
    ch_str           org  = p->orgs.n > 0 ? ch_rich_plain(a, p->orgs.at[0]) : CH_STR_EMPTY;
    if (p->status == CH_SIG_WITHHELD || name.n + org.n == 0)
        return;
    ch_str          key   = ch_arena_printf(a, "%.*s\n%.*s", CH_ARG(name), CH_ARG(org));
    const ch_where *first = ch_map_lookup(b->signers, key);
    if (!first) {
        ch_where *place = CH_NEW(a, ch_where); /* people change places when they are put in order */
        *place          = s->where;
        ch_map_put(b->signers, key, place);
        return;
    }
    if (b->n_twice++ >= TWICE_MAX)
        return;
    const ch_source *source = ch_diags_source_at(b->cx->diags, first->source);
    uint32_t         line = 0, column = 0;
    if (!source)
        return;
    ch_source_line_column(source, first->from, &line, &column);
    ch_report(b->cx, CH_W3057_twice_on_list, s->where, CH_ARG(name.n > 0 ? name : org),
              CH_ARG(source->name), line, column);
}

/* The groups of a list, their people in order. */
static ch_status
read_list(ch_builder *b, const ch_node *n, group_list *groups)
{
    const ch_attr *href = ch_node_attr(n, CH_LA_href);
    ch_str         by   = ch_node_attr_str(n, CH_LA_group_by);
    ch_order       order;
    ch_signer_list rows = {0};
    ch_status      st   = ch_order_open(b, n, &order);
    if (st == CH_OK && href)
        st = ch_signers_read(b, href, &rows);
    if (st != CH_OK)
        return st;
    if (href)
        group_rows(b, n, &rows, by, groups);
    else if (by.n > 0)
        make_groups(b, n, by, groups);
    else
        read_groups(b, n, groups);
    for (size_t g = 0; g < groups->n; g++)
        for (size_t i = 0; i < groups->at[g].list.n; i++)
            note_twice(b, groups->at[g].list.at[i]);
    if (order.heads)
        order_groups(b, &order, by, groups);
    size_t headed = 0;
    for (size_t g = 0; g < groups->n; g++) {
        ch_signers_order(b, groups->at[g].list.at, groups->at[g].list.n, &order);
        headed += groups->at[g].head.n > 0;
    }
    ch_order_say(b, &order, headed, n->where);
    return CH_OK;
}

static void
build_list(ch_builder *b, const ch_node *n, ch_annex *out)
{
    group_list groups = {0};
    *out              = (ch_annex){.present    = true,
                                   .layout     = ch_node_attr_str(n, CH_LA_layout),
                                   .columns    = small_number(ch_node_attr_str(n, CH_LA_columns)),
                                   .show       = ch_node_attr_str(n, CH_LA_show),
                                   .widths     = ch_node_attr_str(n, CH_LA_widths),
                                   .blank_rows = ch_node_attr_str(n, CH_LA_blank_rows),
                                   .numbered   = ch_str_is(ch_node_attr_str(n, CH_LA_numbered), "yes"),
                                   .where      = n->where};
    out->head         = ch_node_child(n, CH_L_head) ? ch_rich_child(b, n, CH_L_head)
                                                    : ch_rich_label(b, "signatories", n->where);
    out->intro        = ch_items_build(b, n, CH_L_p);
    if (read_list(b, n, &groups) != CH_OK)
        return;
    out->group     = CH_NEW_N(b->cx->job, ch_annex_group, groups.n);
    out->n_groups  = groups.n;
    bool subtotals = ch_str_is(ch_node_attr_str(n, CH_LA_subtotals), "yes");
    for (size_t g = 0; g < groups.n; g++) {
        finish_group(b, out, &groups.at[g], &out->group[g]);
        if (subtotals && groups.at[g].head.n > 0)
            out->group[g].subtotal = count_line(b, "subtotal", groups.at[g].list.n, n->where);
    }
    out->total = total(b, out);
}

/* "Additional signatories, 1 April 2026" */
static void
make_late_head(ch_builder *b, const ch_node *n, ch_annex *out)
{
    const ch_attr *date = ch_node_attr(n, CH_LA_date);
    if (!date) {
        ch_report(b->cx, CH_E3055_further_list_date, n->where);
        return;
    }
    if (ch_node_child(n, CH_L_head) || !ch_date_valid(date->value))
        return;
    ch_date_asked asked = {.iso = date->value, .form = CH_STR_EMPTY, .where = date->where};
    ch_fill       fill  = {"date", ch_locale_date(b->lo, b->cx, &asked)};
    ch_str        label = ch_locale_label(b->lo, b->cx, "additional-signatories", n->where);
    out->head           = ch_rich_fill(b->cx->job, label, &fill, 1, b->lang, n->where);
}

void
ch_annexes_build(ch_builder *b, const ch_node *first, ch_letter *out)
{
    CH_VEC(ch_annex) late = {0};
    const ch_attr *date   = ch_node_attr(first, CH_LA_date);
    b->signers            = ch_map_new(b->cx->job);
    if (date)
        ch_report(b->cx, CH_E3056_first_list_date, date->where);
    build_list(b, first, &out->annex);
    for (const ch_node *n = ch_node_next(first, CH_L_signatories); n;
         n                = ch_node_next(n, CH_L_signatories)) {
        ch_annex *list = CH_PUSH(b->cx->job, late);
        build_list(b, n, list);
        make_late_head(b, n, list);
        if (!ch_node_next(n, CH_L_signatories))
            list->grand_total = count_line(b, "grand-total", b->n_signed, n->where);
    }
    out->late          = late.at;
    out->n_late        = late.n;
    out->n_signatories = b->n_signed;
    if (b->n_twice > TWICE_MAX)
        ch_report(b->cx, CH_W3058_more_twice, CH_NOWHERE, b->n_twice - TWICE_MAX);
}
