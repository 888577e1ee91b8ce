/* letter/body.c -- paragraphs, lists, tables and figures. */
#include "letter/builder.h"

typedef CH_VEC(ch_body) body_list;

static bool
all_digits(ch_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0 && s.n < 10;
}

/* A paragraph's number: "3" as the language prints it, anything else as it stands. */
static ch_rich
number_of(ch_builder *b, const ch_node *n)
{
    ch_str given = ch_node_attr_str(n, CH_LA_n);
    if (given.n == 0)
        return (ch_rich){.leaf = NULL};
    if (!all_digits(given))
        return ch_rich_from(b->cx->job, given, b->lang, n->where);
    int64_t v = 0;
    for (size_t i = 0; i < given.n; i++)
        v = v * 10 + (given.p[i] - '0');
    ch_fill fill = {"n", ch_locale_number(b->lo, b->cx->job, v)};
    ch_str  form = ch_locale_label(b->lo, b->cx, "paragraph-number", n->where);
    return ch_rich_fill(b->cx->job, form, &fill, 1, b->lang, n->where);
}

/* ---- lists ---- */

static void build_list(ch_builder *b, const ch_node *n, unsigned depth, ch_body *out);

/* One item: running text, with lists inside it or between. */
static ch_bodies
build_item(ch_builder *b, const ch_node *item, unsigned depth)
{
    body_list out = {0};
    for (const ch_node *first = item->first; first;) {
        const ch_node *stop = first;
        while (stop && stop->elem != CH_L_list)
            stop = stop->next;
        ch_rich text = ch_rich_range(b, item, first, stop);
        if (out.n == 0)
            text = ch_level_mark(b, item, text);
        if (text.n > 0)
            *CH_PUSH(b->cx->job, out) = (ch_body){
                .kind = CH_BODY_P, .text = text, .id = CH_STR_EMPTY, .where = item->where};
        if (stop)
            build_list(b, stop, depth + 1, CH_PUSH(b->cx->job, out));
        first = stop ? stop->next : NULL;
    }
    return (ch_bodies){out.at, out.n};
}

static void
build_list(ch_builder *b, const ch_node *n, unsigned depth, ch_body *out)
{
    CH_VEC(ch_bodies) contents = {0};
    CH_VEC(ch_rich) marks      = {0};
    ch_arena *a                = b->cx->job;
    *out =
        (ch_body){.kind = CH_BODY_LIST, .id = ch_node_attr_str(n, CH_LA_xml_id), .where = n->where};
    out->ordered = ch_str_is(ch_node_attr_str(n, CH_LA_type), "ordered");
    for (const ch_node *item = ch_node_child(n, CH_L_item); item;) {
        const ch_node *chosen = ch_version_of_run(b, item, &item);
        ch_str         given  = ch_node_attr_str(chosen, CH_LA_n);
        ch_str mark = ch_locale_list_mark(b->lo, a, out->ordered, depth, (int64_t)contents.n + 1,
                                          &out->numbering);
        *CH_PUSH(a, contents) = build_item(b, chosen, depth);
        *CH_PUSH(a, marks)    = ch_rich_from(a, given.n > 0 ? given : mark, b->lang, chosen->where);
    }
    out->items.at   = contents.at;
    out->items.mark = marks.at;
    out->items.n    = contents.n;
}

/* ---- tables ---- */

static ch_bodies
one_paragraph(ch_builder *b, const ch_node *n)
{
    ch_body *p = CH_NEW(b->cx->job, ch_body);
    *p         = (ch_body){
                .kind = CH_BODY_P, .text = ch_rich_build(b, n), .id = CH_STR_EMPTY, .where = n->where};
    return (ch_bodies){p, 1};
}

/* The language of the party that is named first; empty when it does not matter. */
static ch_str
first_language(const ch_builder *b)
{
    return b->parties.n > 0 ? ch_node_attr_str(b->parties.at[0], CH_LA_language) : CH_STR_EMPTY;
}

/* Cells have their place in the row, so that none is a version of another.  first: the language
 * whose cell goes before the others; empty: as they stand. */
static ch_body_row
build_row(ch_builder *b, const ch_node *row, ch_str first)
{
    CH_VEC(ch_body_cell) cells      = {0};
    CH_VEC(const ch_node *) ordered = {0};
    bool head                       = ch_str_is(ch_node_attr_str(row, CH_LA_role), "head");
    for (int own = 1; own >= 0; own--)
        for (const ch_node *n = ch_node_child(row, CH_L_cell); n; n = ch_node_next(n, CH_L_cell))
            if (ch_str_eq(n->lang, first) == own)
                *CH_PUSH(b->cx->job, ordered) = n;
    for (size_t i = 0; i < ordered.n; i++) {
        const ch_node *n    = ordered.at[i];
        ch_str         role = ch_node_attr_str(n, CH_LA_role);
        *CH_PUSH(b->cx->job, cells) =
            (ch_body_cell){.content = one_paragraph(b, n),
                           .head    = role.n > 0 ? ch_str_is(role, "head") : head,
                           .align   = CH_STR_EMPTY,
                           .columns = 1,
                           .where   = n->where};
    }
    return (ch_body_row){.at = cells.at, .n = cells.n, .head = head, .where = row->where};
}

static void
build_table(ch_builder *b, const ch_node *n, ch_body *out)
{
    CH_VEC(ch_body_row) rows = {0};
    out->parallel            = ch_str_is(ch_node_attr_str(n, CH_LA_layout), "parallel");
    ch_str first             = out->parallel ? first_language(b) : CH_STR_EMPTY;
    out->text                = ch_rich_child(b, n, CH_L_head);
    for (const ch_node *r = ch_node_child(n, CH_L_row); r; r = ch_node_next(r, CH_L_row))
        *CH_PUSH(b->cx->job, rows) = build_row(b, r, first);
    out->rows.at = rows.at;
    out->rows.n  = rows.n;
}

/* ---- figures ---- */

ch_image_ref
ch_figure_build(ch_builder *b, const ch_node *n)
{
    const ch_attr *src = ch_node_attr(n, CH_LA_src);
    ch_image_ref   f   = {.path    = CH_STR_EMPTY,
                          .alt     = ch_str_trim(ch_node_attr_str(n, CH_LA_alt)),
                          .role    = ch_node_attr_str(n, CH_LA_role),
                          .width   = ch_node_attr_str(n, CH_LA_width),
                          .caption = ch_rich_child(b, n, CH_L_head),
                          .where   = n->where};
    f.path             = ch_named_file(b, src);
    return f;
}

/* ---- blocks ---- */

static unsigned
level_of(const ch_node *n)
{
    ch_str level = ch_node_attr_str(n, CH_LA_level);
    return level.n == 1 && level.p[0] >= '1' && level.p[0] <= '3' ? (unsigned)(level.p[0] - '0')
                                                                  : 1;
}

static bool
build_block(ch_builder *b, const ch_node *n, ch_body *out)
{
    *out = (ch_body){.id = ch_node_attr_str(n, CH_LA_xml_id), .where = n->where};
    switch (n->elem) {
    case CH_L_p:
        out->kind       = CH_BODY_P;
        out->unnumbered = ch_str_is(ch_node_attr_str(n, CH_LA_n), "none");
        if (!out->unnumbered)
            out->number = number_of(b, n);
        out->text = ch_rich_build(b, n);
        return true;
    case CH_L_salute:
        out->kind = CH_BODY_SALUTE;
        out->text = ch_salute_build(b, n);
        return true;
    case CH_L_head:
        out->kind  = CH_BODY_HEAD;
        out->level = level_of(n);
        out->text  = ch_rich_build(b, n);
        return true;
    case CH_L_formula:
        out->kind = CH_BODY_FORMULA;
        out->text = ch_formula_build(b, n);
        return true;
    case CH_L_list:
        build_list(b, n, 1, out);
        return true;
    case CH_L_quote:
        out->kind = CH_BODY_QUOTE;
        out->kids = ch_body_build(b, n);
        return true;
    case CH_L_table:
        out->kind = CH_BODY_TABLE;
        build_table(b, n, out);
        return true;
    case CH_L_figure:
        out->kind   = CH_BODY_FIGURE;
        out->figure = ch_figure_build(b, n);
        return true;
    default:
        return false; /* an attachment's letter */
    }
}

ch_bodies
ch_body_build(ch_builder *b, const ch_node *parent)
{
    body_list list = {0};
    for (const ch_node *n = ch_node_elements_first(parent); n;) {
        const ch_node *chosen = ch_version_of_run(b, n, &n);
        ch_body        block;
        if (build_block(b, chosen, &block))
            *CH_PUSH(b->cx->job, list) = block;
    }
    return (ch_bodies){list.at, list.n};
}

ch_texts
ch_items_build(ch_builder *b, const ch_node *parent, int elem)
{
    CH_VEC(ch_rich) list = {0};
    for (const ch_node *n = ch_node_child(parent, elem); n;) {
        if (n->elem != elem) {
            n = ch_node_next(n, elem);
            continue;
        }
        const ch_node *chosen      = ch_version_of_run(b, n, &n);
        *CH_PUSH(b->cx->job, list) = ch_rich_build(b, chosen);
    }
    return (ch_texts){list.at, list.n};
}
