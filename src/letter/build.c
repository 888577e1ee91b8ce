/* letter/build.c -- one resolved letter from its checked tree. */
#include "letter/letter.h"

#include "letter/builder.h"
#include "letter/canonical.h"
#include "protocol/protocol.h"
#include "protocol/rules.h"

/* ---- what must hold before anything is built ---- */

/* Does the attribute wait for a record? */
static bool
waits(const ch_attr *a)
{
    return a->attr == CH_LA_if || a->attr == CH_LA_unless || a->attr == CH_LA_for_each ||
           ch_placeholder(a->value);
}

static void
needs_record(ch_ctx *cx, ch_str what, ch_where where, bool *told)
{
    ch_report(cx, CH_E3010_needs_record, where, CH_ARG(what));
    if (!*told)
        ch_hint(cx, "--record FILE gives one");
    *told = true;
}

static void
check_record(ch_ctx *cx, const ch_node *n, bool *told)
{
    if (n->elem == CH_L_field && !n->first)
        needs_record(cx, ch_node_attr_str(n, CH_LA_name), n->where, told);
    for (size_t i = 0; i < n->n_attrs; i++)
        if (waits(&n->attrs[i]))
            needs_record(cx, n->attrs[i].value, n->attrs[i].where, told);
}

/* Fields without a record, and references into nowhere. */
static void
check_tree(ch_ctx *cx, const ch_node *root)
{
    CH_VEC(const ch_attr *) targets = {0};
    ch_map *ids                     = ch_map_new(cx->scratch);
    bool    told                    = false;
    for (const ch_node *n = root; n; n = ch_node_walk(n, root)) {
        if (n->kind != CH_NODE_ELEMENT)
            continue;
        check_record(cx, n, &told);
        const ch_attr *id     = ch_node_attr(n, CH_LA_xml_id);
        const ch_attr *target = ch_node_attr(n, CH_LA_target);
        if (id)
            ch_map_put(ids, id->value, (void *)n);
        if (target && ch_str_starts(target->value, "#"))
            *CH_PUSH(cx->scratch, targets) = target;
    }
    for (size_t i = 0; i < targets.n; i++) {
        ch_str name = ch_str_sub(targets.at[i]->value, 1, targets.at[i]->value.n);
        if (!ch_map_lookup(ids, name))
            ch_report(cx, CH_E3011_unknown_target, targets.at[i]->where, CH_ARG(name));
    }
}

/* ---- the parts ---- */

/* The words of a level: the content, or else the label "level-secret". */
static ch_rich
level_words(ch_builder *b, const ch_node *n, const char *what)
{
    if (!n)
        return (ch_rich){.leaf = NULL};
    if (ch_node_has_content(n))
        return ch_rich_build(b, n);
    ch_str level = ch_node_attr_str(n, CH_LA_level);
    if (ch_placeholder(level))
        return (ch_rich){.leaf = NULL};
    return ch_rich_label(b, ch_arena_printf(b->cx->job, "%s-%.*s", what, CH_ARG(level)).p,
                         n->where);
}

static void
build_idnos(ch_builder *b, const ch_node *meta, ch_letter *l)
{
    CH_VEC(ch_str) types = {0};
    CH_VEC(ch_rich) text = {0};
    for (const ch_node *n = ch_node_child(meta, CH_L_idno); n; n = ch_node_next(n, CH_L_idno)) {
        *CH_PUSH(b->cx->job, types) = ch_node_attr_str(n, CH_LA_type);
        *CH_PUSH(b->cx->job, text)  = ch_rich_build(b, n);
    }
    l->idno.type = types.at;
    l->idno.text = text.at;
    l->idno.n    = text.n;
}

static ch_str
plain(ch_builder *b, ch_rich r)
{
    return ch_text_nfc(b->cx, b->cx->job, ch_rich_plain(b->cx->job, r));
}

/* Notes in a title that is not printed would count for nothing: its text alone is taken. */
static ch_str
plain_child(ch_builder *b, const ch_node *parent, int elem)
{
    ch_note_list kept = b->notes;
    ch_str       text = plain(b, ch_rich_child(b, parent, elem));
    b->notes          = kept;
    return text;
}

static void
build_meta(ch_builder *b, const ch_node *meta, ch_letter *l)
{
    l->title = l->subject_plain = l->keywords = CH_STR_EMPTY;
    if (!meta)
        return;
    build_idnos(b, meta, l);
    l->subject        = ch_rich_child(b, meta, CH_L_subject);
    l->subject_plain  = plain(b, l->subject);
    l->title          = plain_child(b, meta, CH_L_title);
    l->keywords       = plain_child(b, meta, CH_L_keywords);
    l->classification = level_words(b, ch_node_child(meta, CH_L_classification), "level");
    l->urgency        = level_words(b, ch_node_child(meta, CH_L_urgency), "urgency");
    l->delivery       = ch_rich_child(b, meta, CH_L_delivery);
    l->handling       = ch_rich_child(b, meta, CH_L_handling);
    if (l->title.n == 0)
        l->title = l->subject_plain;
}

static void
build_people(ch_builder *b, const ch_node *root, bool one, ch_letter *l)
{
    CH_VEC(ch_person) to   = {0};
    CH_VEC(ch_person) from = {0};
    for (const ch_node *n = ch_node_child(root, CH_L_sender); n; n = ch_node_next(n, CH_L_sender))
        ch_sender_build(b, n, CH_PUSH(b->cx->job, from));
    l->sender    = from.at;
    l->n_senders = from.n;
    for (size_t i = 0; i < b->to.n; i++)
        if (!one || b->to.at[i] == b->to_one)
            ch_addressee_build(b, b->to.at[i], CH_PUSH(b->cx->job, to));
    l->addressee    = to.at;
    l->n_addressees = to.n;
}

static void
build_opener(ch_builder *b, const ch_node *opener, ch_letter *l)
{
    const ch_node *line   = ch_node_child(opener, CH_L_dateline);
    const ch_node *salute = ch_version_first(b, opener, CH_L_salute);
    l->date_iso           = CH_STR_EMPTY;
    l->invocation         = ch_rich_child(b, opener, CH_L_invocation);
    if (line) {
        l->place    = ch_rich_child(b, line, CH_L_placeName);
        l->date     = ch_rich_dates(b, line);
        l->dateline = ch_rich_dateline(b, line);
        ch_str iso  = ch_node_attr_str(ch_version_first(b, line, CH_L_date), CH_LA_when);
        if (ch_date_valid(iso))
            l->date_iso = iso;
    }
    if (salute)
        l->salute = ch_salute_build(b, salute);
}

static void
build_closer(ch_builder *b, const ch_node *closer, ch_letter *l)
{
    CH_VEC(ch_person) signers = {0};
    const ch_node *formula    = ch_version_first(b, closer, CH_L_formula);
    const ch_node *line       = ch_node_child(closer, CH_L_dateline);
    const ch_node *initials   = ch_node_child(closer, CH_L_initials);
    const ch_node *seal       = ch_node_child(closer, CH_L_seal);
    if (formula)
        l->courtesy = ch_formula_build(b, formula);
    if (line) {
        l->closing_dateline = ch_rich_dateline(b, line);
        ch_str iso          = ch_node_attr_str(ch_version_first(b, line, CH_L_date), CH_LA_when);
        if (l->date_iso.n == 0 && ch_date_valid(iso))
            l->date_iso = iso;
    }
    for (size_t place = 0; place <= b->parties.n; place++)
        for (const ch_node *n = ch_node_child(closer, CH_L_signed); n;
             n                = ch_node_next(n, CH_L_signed))
            if (ch_edition_place(b, ch_node_attr_str(n, CH_LA_party)) == place)
                ch_signed_build(b, n, CH_PUSH(b->cx->job, signers));
    l->signed_by = signers.at;
    l->n_signed  = signers.n;
    if (initials) {
        l->has_initials = true;
        l->initials     = ch_rich_build(b, initials);
    }
    if (seal) {
        const ch_node *figure = ch_node_child(seal, CH_L_figure);
        l->seal               = true;
        l->seal_where         = seal->where;
        l->has_seal_figure    = figure != NULL;
        if (figure)
            l->seal_figure = ch_figure_build(b, figure);
    }
}

static void
build_below(ch_builder *b, const ch_node *root, ch_letter *l)
{
    const ch_node *cc = ch_node_child(root, CH_L_cc);
    const ch_node *ps = ch_node_child(root, CH_L_postscript);
    if (cc) {
        l->cc       = ch_items_build(b, cc, CH_L_item);
        l->cc_label = ch_rich_label(b, "cc", cc->where);
    }
    if (ps)
        l->postscript = ch_items_build(b, ps, CH_L_p);
}

/* What only a draft, a copy or the file copy has. */
static void
build_copy(ch_builder *b, const ch_node *root, ch_letter *l)
{
    static const char *const marks[CH_COPY_FORMS] = {NULL, "draft", "copy", "file-copy"};
    const ch_node           *meta                 = ch_node_child(root, CH_L_meta);
    const ch_node           *list                 = ch_node_child(root, CH_L_distribution);
    if (root->parent || !marks[b->cx->copy])
        return;
    l->copy_mark = ch_rich_label(b, marks[b->cx->copy], root->where);
    if (b->cx->copy != CH_COPY_FILE)
        return;
    l->drafters = ch_items_build(b, meta, CH_L_drafter);
    if (l->drafters.n > 0)
        l->drafted_label = ch_rich_label(b, "drafted-by", meta->where);
    if (list) {
        l->distribution       = ch_items_build(b, list, CH_L_item);
        l->distribution_label = ch_rich_label(b, "distribution", list->where);
    }
}

/* The level on every page; that of a letter in an attachment is on those round it. */
static void
build_page_level(ch_builder *b, const ch_node *root, ch_letter *l)
{
    const ch_node *meta = ch_node_child(root, CH_L_meta);
    int own = ch_level_of(ch_node_child(meta, CH_L_classification), CH_LA_level), most = own;
    if (!root->parent)
        most = ch_levels_check(b, root, own);
    l->level      = own;
    l->page_level = most > own ? ch_level_words(b, most, root->where) : l->classification;
}

/* ---- the whole ---- */

/* What a sender is called: in the letter's language, if it is. */
static ch_str
sender_name(ch_builder *b, const ch_person *p)
{
    for (size_t i = 0; i < p->orgs.n; i++)
        if (ch_str_eq(p->orgs.at[i].root->lang, b->lang))
            return plain(b, p->orgs.at[i]);
    return p->orgs.n > 0 ? plain(b, p->orgs.at[0]) : plain(b, p->name);
}

/* Who wrote it, for the file's description. */
static ch_str
creator(ch_builder *b, const ch_letter *l)
{
    ch_str all = CH_STR_EMPTY;
    for (size_t i = 0; i < l->n_senders; i++) {
        ch_str name = sender_name(b, &l->sender[i]);
        if (name.n > 0 && all.n > 0)
            name = ch_arena_printf(b->cx->job, "%.*s; %.*s", CH_ARG(all), CH_ARG(name));
        all = name.n > 0 ? name : all;
    }
    if (all.n > 0)
        return all;
    if (l->n_signed > 0 && l->signed_by[0].status != CH_SIG_WITHHELD)
        return plain(b, l->signed_by[0].name);
    return CH_STR_EMPTY;
}

/* Where the addressees stand, unless the letter says so. */
static void
place_addressees(const ch_builder *b, ch_letter *l)
{
    ch_stand where = b->custom ? b->custom->addressee : CH_STAND_ANYWHERE;
    for (size_t i = 0; i < l->n_addressees && where != CH_STAND_ANYWHERE; i++)
        if (l->addressee[i].position.n == 0)
            l->addressee[i].position =
                where == CH_STAND_FIRST ? CH_STR_LIT("top") : CH_STR_LIT("foot");
}

ch_status
ch_letter_inside(ch_ctx *cx, ch_locales *locales, const ch_node *root, ch_str path,
                 const ch_edition *edition, ch_letter **out)
{
    ch_letter *l   = CH_NEW(cx->job, ch_letter);
    ch_str     dir = ch_node_attr_str(root, CH_LA_dir);
    ch_builder b   = {.cx         = cx,
                      .locales    = locales,
                      .lang       = root->lang,
                      .path       = path,
                      .other_lang = CH_STR_EMPTY,
                      .root       = root};
    *out           = NULL;
    ch_status st   = ch_locale_lookup(locales, cx, root->lang, root->where, &b.lo);
    if (st != CH_OK)
        return st;
    ch_protocol *protocol = ch_locales_protocol(locales);
    ch_str       kind     = ch_node_attr_str(root, CH_LA_kind);
    if ((st = ch_protocol_check(protocol, cx, root)) != CH_OK ||
        (st = ch_rules_check(cx, protocol, locales, root)) != CH_OK ||
        (st = ch_protocol_kind(protocol, cx, kind, &b.custom)) != CH_OK)
        return st;
    l->kind   = kind.n > 0 ? kind : CH_STR_LIT("letter");
    l->digest = CH_STR_EMPTY;
    l->lang   = root->lang;
    l->style  = ch_node_attr_str(root, CH_LA_style);
    l->locale = b.lo;
    l->rtl    = dir.n > 0 ? ch_str_is(dir, "rtl") : ch_locale_rtl(b.lo);
    l->where  = root->where;
    build_meta(&b, ch_node_child(root, CH_L_meta), l);
    ch_edition_open(&b, edition, l);
    build_page_level(&b, root, l);
    build_copy(&b, root, l);
    build_people(&b, root, edition && edition->addressee.n > 0, l);
    place_addressees(&b, l);
    build_opener(&b, ch_node_child(root, CH_L_opener), l);
    l->body = ch_body_build(&b, ch_node_child(root, CH_L_body));
    build_closer(&b, ch_node_child(root, CH_L_closer), l);
    const ch_node *signatories = ch_node_child(root, CH_L_signatories);
    if (signatories)
        ch_annexes_build(&b, signatories, l);
    ch_head_build(&b, l);
    ch_attachments_build(&b, l);
    build_below(&b, root, l);
    l->creator = creator(&b, l);
    l->note    = b.notes.at;
    l->n_notes = b.notes.n;
    *out       = l;
    return CH_OK;
}

ch_status
ch_letter_build(ch_ctx *cx, ch_locales *locales, const ch_node *root, ch_str letter_path,
                const ch_edition *edition, const ch_letter **out)
{
    ch_letter *l      = NULL;
    size_t     before = ch_diags_errors(cx->diags);
    ch_mark    mark   = ch_arena_mark(cx->scratch);
    *out              = NULL;
    check_tree(cx, root);
    ch_arena_rewind(cx->scratch, mark);
    ch_status st = ch_letter_inside(cx, locales, root, letter_path, edition, &l);
    if (st == CH_OK && ch_diags_errors(cx->diags) > before)
        st = CH_ERR_INPUT;
    if (st == CH_OK)
        st = ch_canonical_digest(cx, root, ch_edition_mark(cx->job, l, edition), &l->digest);
    if (st == CH_OK)
        *out = l;
    return st;
}
