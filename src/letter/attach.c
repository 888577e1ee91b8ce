/* letter/attach.c -- annexes, enclosures and appendices, and the list of enclosures. */
#include "letter/builder.h"

static ch_str
type_of(const ch_node *attachment)
{
    ch_str type = ch_node_attr_str(attachment, CH_LA_type);
    return type.n > 0 ? type : CH_STR_LIT("annex");
}

/* How many attachments there are of each type. */
typedef struct counts {
    int64_t annexes, enclosures, appendices;
} counts;

static int64_t *
count_of(counts *c, ch_str type)
{
    return ch_str_is(type, "enclosure")  ? &c->enclosures
           : ch_str_is(type, "appendix") ? &c->appendices
                                         : &c->annexes;
}

/* "Annex", or "Annex II" where there are several of the type. */
static ch_rich
label_of(ch_builder *b, const ch_node *n, int64_t at, int64_t of)
{
    ch_str type  = type_of(n);
    ch_str label = ch_locale_label(b->lo, b->cx, ch_arena_str(b->cx->job, type).p, n->where);
    if (of > 1) {
        char    style  = ch_locale_attachment_style(b->lo);
        ch_fill fill[] = {{"label", label},
                          {"number", ch_locale_ordinal(b->lo, b->cx->job, at, style)}};
        ch_str  form   = ch_locale_label(b->lo, b->cx, "attachment-number", n->where);
        return ch_rich_fill(b->cx->job, form, fill, 2, b->lang, n->where);
    }
    return ch_rich_from(b->cx->job, label, b->lang, n->where);
}

static ch_attachment *build_list(ch_builder *b, const ch_node *parent, const ch_letter *of,
                                 size_t *n_out);

/* A head that opens it is its own; empty, it is made, but not of what is attached to an
 * attachment, whose label says enough. */
static void
take_head(ch_builder *b, const ch_node *n, const ch_letter *of, ch_attachment *out)
{
    const ch_node *first = ch_node_elements_first(n);
    if (!first || first->elem != CH_L_head)
        return;
    if (out->body.n > 0 && out->body.at[0].kind == CH_BODY_HEAD) {
        out->head = out->body.at[0].text;
        out->body.at++;
        out->body.n--;
    }
    if (out->head.n > 0 || !of)
        return;
    out->head = ch_attachment_title(b, of, ch_rich_plain(b->cx->job, out->label), first->where);
    out->head_says_label = true;
}

/* of: the letter that it is attached to; NULL: an attachment. */
static void
build_one(ch_builder *b, const ch_node *n, const ch_letter *of, ch_attachment *out)
{
    const ch_node *letter = ch_node_child(n, CH_L_letter);
    out->type             = type_of(n);
    out->id               = ch_node_attr_str(n, CH_LA_xml_id);
    out->lang             = n->lang;
    out->where            = n->where;
    out->body             = ch_body_build(b, n);
    out->provenance       = ch_provenance_build(b, n);
    out->level            = ch_level_of(n, CH_LA_classification);
    out->classification   = ch_level_words(b, out->level, n->where);
    if (ch_str_is(ch_node_attr_str(n, CH_LA_copy), "yes"))
        out->copy_mark = ch_rich_label(b, "copy", n->where);
    take_head(b, n, of, out);
    if (letter) {
        ch_letter *inner = NULL;
        if (ch_letter_inside(b->cx, b->locales, letter, b->path, NULL, &inner) == CH_OK)
            out->letter = inner;
    }
    out->inner = build_list(b, ch_node_child(n, CH_L_attachments), NULL, &out->n_inner);
}

static ch_attachment *
build_list(ch_builder *b, const ch_node *parent, const ch_letter *of, size_t *n_out)
{
    CH_VEC(ch_attachment) list = {0};
    counts         all = {0}, at = {0};
    const ch_node *first = ch_node_child(parent, CH_L_attachment);
    for (const ch_node *n = first; n; n = ch_node_next(n, CH_L_attachment))
        ++*count_of(&all, type_of(n));
    for (const ch_node *n = first; n; n = ch_node_next(n, CH_L_attachment)) {
        int64_t        number = ++*count_of(&at, type_of(n));
        ch_attachment *a      = CH_PUSH(b->cx->job, list);
        *a = (ch_attachment){.label = label_of(b, n, number, *count_of(&all, type_of(n)))};
        build_one(b, n, of, a);
    }
    *n_out = list.n;
    return list.at;
}

/* ---- the list of enclosures ---- */

/* What a list calls it besides its label: not a letter of another language. */
static ch_str
what_it_is(ch_builder *b, const ch_attachment *a)
{
    const ch_letter *letter = a->letter && ch_str_eq(a->letter->lang, b->lang) ? a->letter : NULL;
    if (a->head.n > 0 && !a->head_says_label)
        return ch_rich_plain(b->cx->job, a->head);
    return letter ? letter->title : CH_STR_EMPTY;
}

/* "Annex II: Map of the crossings", a link to it. */
static ch_rich
entry_of(ch_builder *b, const ch_attachment *a, ch_where where)
{
    ch_str  label = ch_rich_plain(b->cx->job, a->label), what = what_it_is(b, a);
    ch_fill fill[] = {{"label", label}, {"head", what}};
    ch_rich r      = what.n == 0 ? ch_rich_from(b->cx->job, label, b->lang, where)
                                 : ch_rich_fill(b->cx->job,
                                                ch_locale_label(b->lo, b->cx, "attachment-entry", where),
                                                fill, 2, b->lang, where);
    return a->id.n > 0 ? ch_rich_link(b, r, a->id) : r;
}

/* The attachment that an item is; NULL when it is none, which is said. */
static ch_attachment *
attachment_of(ch_builder *b, const ch_node *item, const ch_letter *l)
{
    const ch_attr *target = ch_node_attr(item, CH_LA_target);
    ch_str id = ch_str_starts(target->value, "#") ? ch_str_sub(target->value, 1, target->value.n)
                                                  : CH_STR_EMPTY;
    for (size_t i = 0; id.n > 0 && i < l->n_attachments; i++)
        if (ch_str_eq(l->attachment[i].id, id))
            return &l->attachment[i];
    ch_report(b->cx, CH_E3223_no_attachment, target->where, CH_ARG(target->value));
    return NULL;
}

/* Which attachments the list names, held against those that there are. */
static void
check_list(ch_builder *b, const ch_letter *l, const unsigned *named, size_t targets, ch_where where)
{
    for (size_t i = 0; targets > 0 && i < l->n_attachments; i++) {
        ch_str label = ch_rich_plain(b->cx->job, l->attachment[i].label);
        if (named[i] == 0)
            ch_report(b->cx, CH_W3224_not_enclosed, l->attachment[i].where, CH_ARG(label));
        if (named[i] > 1)
            ch_report(b->cx, CH_W3225_enclosed_twice, where, CH_ARG(label));
    }
    if (targets == 0 && l->encl.n < l->n_attachments) {
        ch_report(b->cx, CH_W3226_more_attachments, where, l->encl.n, l->n_attachments);
        ch_hint(b->cx, "an empty <encl/> lists them");
    }
}

static void
build_encl(ch_builder *b, const ch_node *encl, ch_letter *l)
{
    CH_VEC(ch_rich) list = {0};
    unsigned *named      = CH_NEW_N(b->cx->job, unsigned, l->n_attachments);
    size_t    targets = 0, errors = ch_diags_errors(b->cx->diags);
    bool      automatic = !ch_node_child(encl, CH_L_item);
    for (size_t i = 0; automatic && i < l->n_attachments; i++)
        *CH_PUSH(b->cx->job, list) = entry_of(b, &l->attachment[i], encl->where);
    for (const ch_node *n = ch_node_child(encl, CH_L_item); n;) {
        const ch_node *item = ch_version_of_run(b, n, &n);
        ch_attachment *a    = NULL;
        if (ch_node_attr(item, CH_LA_target)) {
            a = attachment_of(b, item, l);
            targets++;
        }
        if (a)
            named[a - l->attachment]++;
        ch_rich text               = a && !ch_node_has_content(item)
                                         ? ch_level_mark(b, item, entry_of(b, a, item->where))
                                     : a ? ch_rich_link(b, ch_rich_build(b, item), a->id)
                                         : ch_rich_build(b, item);
        *CH_PUSH(b->cx->job, list) = text;
    }
    l->encl = (ch_texts){list.at, list.n};
    if (list.n == 0) {
        ch_report(b->cx, CH_W3227_nothing_enclosed, encl->where);
        return;
    }
    if (!automatic && ch_diags_errors(b->cx->diags) == errors)
        check_list(b, l, named, targets, encl->where);
    l->encl_label = ch_rich_from(
        b->cx->job, ch_locale_label_n(b->lo, b->cx, "enclosures", (int64_t)list.n, encl->where),
        b->lang, encl->where);
}

void
ch_attachments_build(ch_builder *b, ch_letter *l)
{
    const ch_node *encl = ch_node_child(b->root, CH_L_encl);
    l->attachment = build_list(b, ch_node_child(b->root, CH_L_attachments), l, &l->n_attachments);
    if (encl)
        build_encl(b, encl, l);
}
