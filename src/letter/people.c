/* letter/people.c -- sender, addressees, and those who sign. */
#include "letter/builder.h"

typedef CH_VEC(ch_rich) rich_list;

/* All children of that element in the version of the letter's language. */
static ch_texts
texts_of(ch_builder *b, const ch_node *parent, int elem)
{
    rich_list list = {0};
    for (const ch_node *n = ch_version_first(b, parent, elem); n; n = ch_version_next(n)) {
        ch_rich text = ch_rich_build(b, n);
        if (text.n > 0)
            *CH_PUSH(b->cx->job, list) = text;
    }
    return (ch_texts){list.at, list.n};
}

/* All children of that element, in every language: a letterhead may have two. */
static ch_texts
texts_of_all(ch_builder *b, const ch_node *parent, int elem)
{
    rich_list list = {0};
    for (const ch_node *n = ch_node_child(parent, elem); n; n = ch_node_next(n, elem)) {
        ch_rich text = ch_rich_build(b, n);
        if (text.n > 0)
            *CH_PUSH(b->cx->job, list) = text;
    }
    return (ch_texts){list.at, list.n};
}

static void
nobody(const ch_node *n, ch_person *out)
{
    *out = (ch_person){.rank         = ch_node_attr_str(n, CH_LA_rank),
                       .gender       = ch_node_attr_str(n, CH_LA_gender),
                       .position     = ch_node_attr_str(n, CH_LA_position),
                       .country      = CH_STR_EMPTY,
                       .country_name = CH_STR_EMPTY,
                       .where        = n->where};
}

static void
build_figure(ch_builder *b, const ch_node *n, ch_person *out)
{
    const ch_node *figure = ch_node_child(n, CH_L_figure);
    out->has_figure       = figure != NULL;
    if (figure)
        out->figure = ch_figure_build(b, figure);
}

void
ch_sender_build(ch_builder *b, const ch_node *n, ch_person *out)
{
    rich_list lines = {0};
    ch_arena *a     = b->cx->job;
    nobody(n, out);
    out->orgs   = texts_of_all(b, n, CH_L_orgName);
    out->name   = ch_rich_child(b, n, CH_L_persName);
    out->roles  = texts_of_all(b, n, CH_L_role);
    out->mottos = texts_of_all(b, n, CH_L_motto);
    for (const ch_node *c = ch_node_child(n, CH_L_address); c; c = ch_node_next(c, CH_L_address))
        for (const ch_node *l = ch_node_child(c, CH_L_addrLine); l;
             l                = ch_node_next(l, CH_L_addrLine))
            *CH_PUSH(a, lines) = ch_rich_build(b, l);
    out->address         = (ch_texts){lines.at, lines.n};
    CH_VEC(ch_str) types = {0};
    rich_list contacts   = {0};
    for (const ch_node *c = ch_node_child(n, CH_L_contact); c; c = ch_node_next(c, CH_L_contact)) {
        *CH_PUSH(a, types)    = ch_node_attr_str(c, CH_LA_type);
        *CH_PUSH(a, contacts) = ch_rich_build(b, c);
    }
    out->contact.type = types.at;
    out->contact.text = contacts.at;
    out->contact.n    = contacts.n;
    for (const ch_node *f = ch_node_child(n, CH_L_form); f; f = ch_node_next(f, CH_L_form))
        if (ch_str_is(ch_node_attr_str(f, CH_LA_name), "return") && ch_str_eq(f->lang, b->lang))
            out->postal = ch_rich_build(b, f);
    build_figure(b, n, out);
}

void
ch_addressee_build(ch_builder *b, const ch_node *n, ch_person *out)
{
    nobody(n, out);
    if (out->rank.n > 0 && !ch_placeholder(out->rank))
        ch_protocol_check_rank(ch_locales_protocol(b->locales), b->cx, b->lang, out->rank,
                               ch_node_attr(n, CH_LA_rank)->where);
    out->honorific         = ch_honorific_build(b, ch_version_first(b, n, CH_L_honorific));
    out->name              = ch_rich_child(b, n, CH_L_persName);
    out->roles             = texts_of(b, n, CH_L_role);
    out->orgs              = texts_of(b, n, CH_L_orgName);
    const ch_node *address = ch_version_first(b, n, CH_L_address);
    if (address)
        out->address = texts_of(b, address, CH_L_addrLine);
}

static ch_signature_status
status_of(ch_str s)
{
    static const char *const words[] = {"signed", "electronic", "ad-referendum", "initialled",
                                        "proxy",  "pending",    "withheld"};
    for (int i = 0; i < 7; i++)
        if (ch_str_is(s, words[i]))
            return (ch_signature_status)(CH_SIG_SIGNED + i);
    return CH_SIG_UNSET;
}

/* Nothing that was said of the person stays but for whom they sign: not even the place in the
 * file, which a message would show.  A body that signs by itself is the name that is withheld. */
static void
withhold(ch_builder *b, ch_person *p, bool body)
{
    ch_person shown = {.rank         = CH_STR_EMPTY,
                       .gender       = CH_STR_EMPTY,
                       .position     = CH_STR_EMPTY,
                       .behalf       = p->behalf,
                       .orgs         = body ? (ch_texts){.n = 0} : p->orgs,
                       .country      = p->country,
                       .country_name = p->country_name,
                       .status       = CH_SIG_WITHHELD,
                       .where        = CH_NOWHERE};
    shown.name      = ch_rich_label(b, "name-withheld", CH_NOWHERE);
    *p              = shown;
}

static ch_str
print_date(ch_builder *b, const ch_person *p, ch_str iso, const char *form)
{
    ch_date_asked asked = {.iso = iso, .form = ch_str_from(form), .where = p->where};
    return ch_locale_date(b->lo, b->cx, &asked);
}

/* "(Signed electronically, 3 March 2026)" */
static ch_rich
dated_mark(ch_builder *b, const ch_person *p, ch_str iso)
{
    ch_fill fill = {"date", print_date(b, p, iso, "long")};
    return ch_rich_fill(b->cx->job, ch_locale_label(b->lo, b->cx, "electronic-on", p->where), &fill,
                        1, b->lang, p->where);
}

/* "p.p. Ann Bell" */
static ch_rich
proxy_mark(ch_builder *b, const ch_person *p, ch_str principal)
{
    ch_fill fill = {"name", principal};
    if (principal.n == 0)
        return ch_rich_label(b, "proxy", p->where);
    return ch_rich_fill(b->cx->job, ch_locale_label(b->lo, b->cx, "proxy-for", p->where), &fill, 1,
                        b->lang, p->where);
}

void
ch_signer_finish(ch_builder *b, ch_person *p, const ch_signature *s)
{
    static const char *const marks[] = {[CH_SIG_SIGNED]        = "signed",
                                        [CH_SIG_ELECTRONIC]    = "electronic",
                                        [CH_SIG_AD_REFERENDUM] = "ad-referendum",
                                        [CH_SIG_INITIALLED]    = "initialled",
                                        [CH_SIG_WITHHELD]      = NULL};
    p->status                        = status_of(s->status);
    ch_str name                      = ch_locale_country(b->lo, b->cx->job, p->country);
    if (ch_str_eq(p->country, name) && (p->country.n == 2 || p->country_name.n > 0))
        ch_report(b->cx, CH_E3053_unknown_country, p->where, CH_ARG(p->country));
    if (p->country_name.n == 0)
        p->country_name = name;
    if (p->status == CH_SIG_WITHHELD) {
        withhold(b, p, !s->named);
        return;
    }
    if (s->principal.n > 0 && p->status != CH_SIG_PROXY)
        ch_report(b->cx, CH_W3054_principal_unused, p->where);
    bool dated = ch_date_valid(s->date);
    if (dated)
        p->date = ch_rich_from(b->cx->job, print_date(b, p, s->date, "short"), b->lang, p->where);
    if (p->status == CH_SIG_PROXY)
        p->status_text = proxy_mark(b, p, s->principal);
    else if (marks[p->status]) /* pending: a blank line for the ink */
        p->status_text = ch_rich_label(b, marks[p->status], p->where);
    if (p->status == CH_SIG_ELECTRONIC && dated)
        p->status_dated = dated_mark(b, p, s->date);
}

/* A code alone, a name alone, or the name that is printed with the code that it is ordered by. */
static void
read_country(ch_builder *b, const ch_node *n, ch_person *out)
{
    ch_str text  = ch_rich_plain(b->cx->job, ch_rich_build(b, n));
    ch_str code  = ch_node_attr_str(n, CH_LA_code);
    out->country = code.n > 0 ? code : text;
    if (code.n > 0)
        out->country_name = text;
}

/* printed: "(Signed)" stands for the ink, and the name has no honorific. */
static void
build_signer(ch_builder *b, const ch_node *n, bool printed, ch_person *out)
{
    nobody(n, out);
    const ch_node *name = ch_version_first(b, n, CH_L_persName);
    ch_signature   s    = {.status    = ch_node_attr_str(n, CH_LA_status),
                           .date      = ch_node_attr_str(n, CH_LA_date),
                           .principal = ch_node_attr_str(n, CH_LA_for),
                           .named     = name && ch_node_has_content(name)};
    if (printed && s.status.n == 0)
        s.status = CH_STR_LIT("signed");
    out->orgs              = texts_of(b, n, CH_L_orgName);
    const ch_node *country = ch_version_first(b, n, CH_L_country);
    if (country)
        read_country(b, country, out);
    out->behalf = ch_rich_child(b, n, CH_L_behalf);
    if (!ch_str_is(s.status, "withheld")) {
        out->honorific = ch_honorific_build(b, ch_version_first(b, n, CH_L_honorific));
        if (printed && out->honorific.n > 0) {
            ch_report(b->cx, CH_N3036_honorific_left_out, out->honorific.where);
            out->honorific = (ch_rich){.n = 0};
        }
        out->name  = ch_rich_child(b, n, CH_L_persName);
        out->roles = texts_of(b, n, CH_L_role);
        build_figure(b, n, out);
    }
    ch_signer_finish(b, out, &s);
}

void
ch_signed_build(ch_builder *b, const ch_node *n, ch_person *out)
{
    build_signer(b, n, b->custom && b->custom->printed, out);
}

ch_signer *
ch_signer_add(ch_builder *b, ch_signer_list *list)
{
    ch_signer *s                = CH_NEW(b->cx->job, ch_signer);
    *CH_PUSH(b->cx->job, *list) = s;
    return s;
}

void
ch_signer_build(ch_builder *b, const ch_node *n, ch_signer *out)
{
    *out = (ch_signer){.family = CH_STR_EMPTY,
                       .group  = CH_STR_EMPTY,
                       .key    = CH_STR_EMPTY,
                       .where  = n->where,
                       .rank   = INT64_MAX};
    build_signer(b, n, false, &out->person);
    out->precedence        = ch_node_attr_str(n, CH_LA_rank);
    const ch_node *name    = ch_version_first(b, n, CH_L_persName);
    const ch_node *surname = ch_node_child(name, CH_L_surname);
    if (surname && out->person.status != CH_SIG_WITHHELD)
        out->family = ch_rich_plain(b->cx->job, ch_rich_build(b, surname));
    if (out->person.name.n == 0 && out->person.orgs.n == 0)
        ch_report(b->cx, CH_E3016_no_name, n->where);
}
