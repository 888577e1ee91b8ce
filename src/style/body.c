/* style/body.c -- paragraphs, vocatives, headings, lists, quotations, tables and figures. */
#include "style/styler.h"

#include <string.h>

/* Where in the body we are. */
typedef struct where_in {
    ch_type_role text; /* the role of plain paragraphs */
    unsigned     list; /* lists round this place */
    bool         top;  /* directly in the body: paragraphs may be numbered */
} where_in;

static void add_bodies(ch_styler *s, const ch_area *area, ch_bodies b, ch_snode *parent,
                       where_in in);

ch_role
ch_style_heading(ch_styler *s, unsigned level)
{
    unsigned want = s->base_head + (level > 0 ? level : 1);
    if (want > s->last_head + 1)
        want = s->last_head + 1; /* a level is never skipped */
    if (want > 3)
        want = 3;
    s->last_head = want;
    return want == 1 ? CH_ROLE_H1 : want == 2 ? CH_ROLE_H2 : CH_ROLE_H3;
}

static ch_snode *
node_for(ch_styler *s, ch_snode *parent, ch_role role, const ch_body *b)
{
    ch_snode *n = ch_styler_node(s, parent, role, b->where);
    n->id       = b->id.n > 0 ? b->id : CH_STR_EMPTY;
    return n;
}

/* ---- paragraphs ---- */

/* The number as the letter gives it, or the next one when the sheet numbers paragraphs. */
static ch_rich
number_of(ch_styler *s, const ch_body *b, where_in in)
{
    if (b->number.n > 0 || b->unnumbered || !in.top || !s->sheet->parts.paragraphs.numbered)
        return b->number;
    const ch_locale *lo   = s->letter->locale;
    ch_str           form = ch_locale_label(lo, s->cx, "paragraph-number", b->where);
    ch_fill          fill = {"n", ch_locale_number(lo, s->a, ++s->number)};
    return ch_rich_fill(s->a, form, &fill, 1, s->letter->lang, b->where);
}

/* A paragraph of running text. */
static ch_para *
text_para(ch_styler *s, const ch_props *props, ch_rich text, ch_snode *node)
{
    s->text    = true;
    ch_para *p = ch_para_of(s, props, text, node);
    s->text    = false;
    return p;
}

/* The role with another indent of the first line, as where a number stands in it or beside it. */
static const ch_props *
indented(ch_styler *s, const ch_props *of, ch_len room)
{
    if (of->indent == room)
        return of;
    ch_props *p = CH_NEW(s->a, ch_props);
    *p          = *of;
    p->indent   = room;
    p->hang     = room > 0 ? 0 : p->hang;
    return p;
}

static void
add_p(ch_styler *s, const ch_area *area, const ch_body *b, ch_type_role role, ch_snode *parent,
      where_in in)
{
    const ch_props *props  = ch_styler_role(s, role);
    ch_snode       *node   = node_for(s, parent, CH_ROLE_P, b);
    ch_rich         number = number_of(s, b, in);
    s->after_number        = number.n > 0;
    if (number.n == 0) {
        ch_block_add_para(s, area, role, text_para(s, props, b->text, node));
        return;
    }
    ch_number_form form = s->sheet->parts.paragraphs.form;
    if (form == CH_NUMBER_RUN_IN) {
        s->text = true;
        ch_block_add_para(s, area, role, ch_para_numbered(s, props, number, b->text, node));
        s->text = false;
        return;
    }
    ch_len  room       = s->sheet->parts.paragraphs.label;
    bool    flush      = form == CH_NUMBER_FLUSH;
    ch_area inner      = ch_area_inset(area, flush ? 0 : room, 0);
    props              = indented(s, props, flush ? room : 0);
    ch_para  *label    = ch_line_of(s, indented(s, ch_styler_role(s, role), 0), number,
                                    ch_styler_node(s, node, CH_ROLE_LBL, b->where));
    ch_block *block    = ch_block_add_para(s, &inner, role, text_para(s, props, b->text, node));
    block->label       = label;
    block->label_width = room;
    block->label_start = block->start - (flush ? 0 : room);
}

static void
add_head(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent)
{
    static const ch_type_role ROLES[] = {CH_TYPE_head_1, CH_TYPE_head_2, CH_TYPE_head_3};
    unsigned                  level   = b->level >= 1 && b->level <= 3 ? b->level : 1;
    ch_snode                 *node    = node_for(s, parent, ch_style_heading(s, level), b);
    ch_area                   a       = *area;
    a.part                            = CH_PART_HEAD;
    ch_type_role r                    = ROLES[level - 1];
    ch_block    *block =
        ch_block_add_para(s, &a, r, ch_para_of(s, ch_styler_role(s, r), b->text, node));
    block->keep_next = true;
    if (s->bookmarks) {
        block->bookmark       = ch_rich_plain(s->a, b->text);
        block->bookmark_level = s->last_head > s->base_head ? s->last_head - s->base_head : 1;
    }
}

static void
add_vocative(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent)
{
    ch_area a = *area;
    a.part    = CH_PART_SALUTE;
    ch_block_add_para(s, &a, CH_TYPE_vocative,
                      ch_para_of(s, ch_styler_role(s, CH_TYPE_vocative), b->text,
                                 node_for(s, parent, CH_ROLE_P, b)))
        ->keep_next = true;
}

/* ---- lists ---- */

static ch_numbering
numbering_of(const ch_body *b)
{
    if (!b->ordered)
        return CH_NUMBERING_DISC;
    switch (b->numbering) {
    case 'a':
        return CH_NUMBERING_LOWER_ALPHA;
    case 'A':
        return CH_NUMBERING_UPPER_ALPHA;
    case 'i':
        return CH_NUMBERING_LOWER_ROMAN;
    case 'I':
        return CH_NUMBERING_UPPER_ROMAN;
    default:
        return CH_NUMBERING_DECIMAL;
    }
}

/* The mark of an unordered list of that depth; the last of the sheet's serves all deeper. */
static ch_str
bullet(const ch_styler *s, unsigned depth)
{
    ch_str marks = s->sheet->parts.lists.marks, mark = CH_STR_EMPTY;
    size_t i = 0;
    for (unsigned k = 0; k <= depth && i < marks.n; k++) {
        size_t end = i;
        while (end < marks.n && marks.p[end] != ' ')
            end++;
        mark = ch_str_sub(marks, i, end);
        i    = end + 1;
    }
    return mark;
}

static void
add_item(ch_styler *s, const ch_area *area, const ch_body *list, size_t i, ch_snode *l, where_in in)
{
    const ch_sheet_parts *parts = &s->sheet->parts;
    ch_bodies             kids  = list->items.at[i];
    ch_where              where = kids.n > 0 ? kids.at[0].where : list->where;
    ch_rich               mark  = list->items.mark[i];
    ch_snode             *li    = ch_styler_node(s, l, CH_ROLE_LI, where);
    ch_snode             *lbl   = ch_styler_node(s, li, CH_ROLE_LBL, where);
    ch_snode             *lbody = ch_styler_node(s, li, CH_ROLE_LBODY, where);
    ch_area               inner = ch_area_inset(area, parts->lists.indent + parts->lists.label, 0);
    if (mark.n == 0)
        mark = ch_rich_from(s->a, bullet(s, in.list), s->letter->lang, where);
    ch_para *label = ch_line_of(s, ch_styler_role(s, in.text), mark, lbl);
    size_t   first = area->to->n;
    where_in below = {.text = in.text, .list = in.list + 1};
    if (kids.n == 0 || kids.at[0].kind != CH_BODY_P) {
        /* Nothing that the mark could stand beside: it has the line to itself. */
        ch_block_add_para(s, area, in.text, label)->keep_next = kids.n > 0;
        add_bodies(s, &inner, kids, lbody, below);
        return;
    }
    add_bodies(s, &inner, kids, lbody, below);
    ch_block *b    = &area->to->at[first];
    b->label       = label;
    b->label_width = parts->lists.label;
    b->label_start = b->start - parts->lists.label;
}

static void
add_list(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent, where_in in)
{
    ch_snode *l   = node_for(s, parent, CH_ROLE_L, b);
    l->numbering  = numbering_of(b);
    where_in item = in;
    item.top      = false;
    if (in.text == CH_TYPE_paragraph)
        item.text = CH_TYPE_item;
    /* Under a numbered paragraph it begins where the text of that does. */
    ch_area under = ch_area_inset(area,
                                  in.top && s->after_number &&
                                          s->sheet->parts.paragraphs.form != CH_NUMBER_RUN_IN
                                      ? s->sheet->parts.paragraphs.label
                                      : 0,
                                  0);
    for (size_t i = 0; i < b->items.n; i++)
        add_item(s, &under, b, i, l, item);
    if (in.list > 0 || in.text != CH_TYPE_paragraph || b->items.n == 0)
        return;
    /* What follows the list stands as far below it as below a paragraph. */
    ch_block *last = &area->to->at[area->to->n - 1];
    ch_props *p    = CH_NEW(s->a, ch_props);
    *p             = *last->props;
    p->after       = ch_styler_role(s, CH_TYPE_paragraph)->after;
    last->props    = p;
}

/* ---- tables ---- */

static unsigned
align_bits(ch_str align)
{
    return ch_str_is(align, "start")    ? CH_LOOK_START
           : ch_str_is(align, "center") ? CH_LOOK_CENTER
           : ch_str_is(align, "end")    ? CH_LOOK_END
                                        : 0;
}

/* Digits of Europe, of the Arabs and of Persia, and what stands between and around them. */
static bool
number_like(ch_str text, bool *digits)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t c = ch_utf8_next(text, &i);
        if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9))
            *digits = true;
        else if (c > 0x2212 ||
                 (c < 0x80 ? !memchr(" .,%+-'/", (int)c, 8)
                           : c != 0xA0 && c != 0x202F && c != 0x2009 && c != 0x2013 &&
                                 c != 0x2212 && c != 0x66A && c != 0x66B && c != 0x66C))
            return false;
    }
    return true;
}

static bool
rich_number_like(ch_rich r, bool *digits)
{
    for (size_t i = 0; i < r.n; i++) {
        if (r.leaf[i].in->kind != CH_INLINE_NOTE && !number_like(r.leaf[i].text, digits))
            return false;
    }
    return true;
}

/* Does a column hold numbers alone, below its head?  Then units stand under units. */
static bool
numeric(const ch_body *table, size_t column)
{
    bool digits = false;
    for (size_t r = 0; r < table->rows.n; r++) {
        const ch_body_row *row = &table->rows.at[r];
        size_t             i = 0, c = 0;
        for (; i < row->n && c < column; i++)
            c += row->at[i].columns > 1 ? row->at[i].columns : 1;
        if (row->head || i >= row->n || c != column || row->at[i].columns > 1 ||
            row->at[i].content.n == 0)
            continue;
        const ch_body *b = &row->at[i].content.at[0];
        if (b->kind != CH_BODY_P || !rich_number_like(b->text, &digits))
            return false;
    }
    return digits;
}

/* What cells of a table are set as. */
typedef struct cell_kind {
    bool head_row, number, parallel;
} cell_kind;

static ch_cell
make_cell(ch_styler *s, const ch_area *area, const ch_body_cell *c, cell_kind kind,
          unsigned columns, ch_snode *tr)
{
    bool         head = kind.head_row || c->head, head_row = kind.head_row;
    ch_type_role role = kind.parallel ? (head ? CH_TYPE_parallel_head : CH_TYPE_parallel)
                        : head        ? CH_TYPE_cell_head
                                      : CH_TYPE_cell;
    ch_snode    *node = ch_styler_node(s, tr, head ? CH_ROLE_TH : CH_ROLE_TD, c->where);
    ch_block_vec v    = {0};
    ch_area      a    = ch_area_in_cell(&v, area);
    node->columns     = (uint16_t)columns;
    node->scope       = !head ? CH_SCOPE_NONE : head_row ? CH_SCOPE_COLUMN : CH_SCOPE_ROW;
    if (kind.parallel && c->content.n == 1) {
        if (c->content.at[0].text.n > 0)
            ch_block_add_para(s, &a, role,
                              text_para(s, ch_styler_role(s, role), c->content.at[0].text, node));
    } else if (c->content.n == 1 && c->content.at[0].kind == CH_BODY_P) {
        unsigned        bits = align_bits(c->align);
        const ch_props *p    = ch_styler_look(s, ch_styler_role(s, role),
                                           bits == 0 && kind.number ? CH_LOOK_END : bits);
        if (c->content.at[0].text.n > 0)
            ch_block_add_para(s, &a, role, ch_line_of(s, p, c->content.at[0].text, node));
    } else {
        add_bodies(s, &a, c->content, node, (where_in){.text = role});
    }
    return ch_cell_of(v, columns, node);
}

static size_t
columns_of(const ch_body_row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n; i++)
        n += row->at[i].columns > 1 ? row->at[i].columns : 1;
    return n;
}

/* The last cell of a short row takes what is left, so that the table stays regular. */
static ch_row
make_row(ch_styler *s, const ch_area *area, const ch_body_row *r, const ch_table *t,
         const cell_kind *kind, ch_snode *group)
{
    ch_snode   *tr       = ch_styler_node(s, group, CH_ROLE_TR, r->where);
    ch_cell_vec cells    = {0};
    size_t      short_by = t->n_columns - columns_of(r), column = 0;
    for (size_t i = 0; i < r->n; i++) {
        size_t span =
            (r->at[i].columns > 1 ? r->at[i].columns : 1) + (i + 1 == r->n ? short_by : 0);
        cell_kind of          = kind[column];
        of.head_row           = r->head;
        *CH_PUSH(s->a, cells) = make_cell(s, area, &r->at[i], of, (unsigned)span, tr);
        column += span;
    }
    ch_row row = ch_row_of(s, cells, tr, r->where);
    row.kind   = r->head ? CH_ROW_HEAD : CH_ROW_BODY;
    return row;
}

/* Heads alone, of versions side by side: they stay with the text below them. */
static bool
all_heads(const ch_body_row *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (!r->at[i].head)
            return false;
    return true;
}

static void
fill_rows(ch_styler *s, const ch_area *area, const ch_body *b, ch_table *t)
{
    size_t    heads = 0;
    ch_snode *group = NULL;
    while (heads < b->rows.n && b->rows.at[heads].head)
        heads++;
    cell_kind *kind = CH_NEW_N(s->a, cell_kind, t->n_columns);
    for (size_t c = 0; c < t->n_columns; c++)
        kind[c] = (cell_kind){.number = !b->parallel && numeric(b, c), .parallel = b->parallel};
    t->row = CH_NEW_N(s->a, ch_row, b->rows.n);
    for (size_t i = 0; i < b->rows.n; i++) {
        if (i == 0 && heads > 0 && heads < b->rows.n)
            group = ch_styler_node(s, t->node, CH_ROLE_THEAD, b->where);
        else if (i == 0 || i == heads)
            group = ch_styler_node(s, t->node, CH_ROLE_TBODY, b->where);
        ch_row *r = &t->row[t->n_rows++];
        *r        = make_row(s, area, &b->rows.at[i], t, kind, group);
        if (i >= heads) /* a head further down is no head of the table */
            r->kind = b->parallel && all_heads(&b->rows.at[i]) ? CH_ROW_GROUP : CH_ROW_BODY;
        r->rule_below = t->rule > 0 && (i + 1 == heads || i + 1 == b->rows.n);
    }
}

static void
add_table(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent)
{
    const ch_sheet_parts *parts   = &s->sheet->parts;
    size_t                columns = 1;
    for (size_t i = 0; i < b->rows.n; i++) {
        if (columns_of(&b->rows.at[i]) > columns)
            columns = columns_of(&b->rows.at[i]);
    }
    ch_snode *node    = node_for(s, parent, CH_ROLE_TABLE, b);
    ch_block *caption = ch_block_add_rich(s, area, CH_TYPE_caption, b->text, node, CH_ROLE_CAPTION);
    if (caption)
        caption->keep_next = true;
    ch_table *t    = ch_table_add(s, columns);
    t->node        = node;
    t->gutter      = parts->tables.gutter;
    t->row_gap     = parts->tables.row_gap;
    t->rule        = b->parallel ? 0 : parts->tables.rule;
    t->rule_colour = ch_styler_role(s, CH_TYPE_table)->colour;
    if (b->parallel) { /* columns of one width, rows as far apart as paragraphs */
        for (size_t i = 0; i < columns; i++)
            t->column[i] = (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
        t->gutter  = 2 * ch_styler_role(s, CH_TYPE_paragraph)->size;
        t->row_gap = ch_styler_role(s, CH_TYPE_parallel)->after;
    }
    fill_rows(s, area, b, t);
    ch_block_add_table(s, area, CH_TYPE_table, t, b->where);
}

/* ---- figures ---- */

static void
add_figure(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent)
{
    const ch_image_ref *f    = &b->figure;
    bool                said = f->alt.n > 0;
    ch_snode *div = f->caption.n > 0 ? ch_styler_node(s, parent, CH_ROLE_DIV, b->where) : parent;
    ch_snode *n   = said ? node_for(s, div, CH_ROLE_FIGURE, b) : NULL;
    ch_block *fig = ch_block_add_figure(s, area, f, 0, n);
    if (f->caption.n == 0)
        return;
    fig->keep_next = true;
    ch_block *c    = ch_block_add_rich(s, area, CH_TYPE_caption, f->caption, div, CH_ROLE_CAPTION);
    /* It stands below its figure: the space above is that of a table's caption below. */
    const ch_props *look = ch_styler_look(s, c->para->props, CH_LOOK_CENTER);
    ch_props       *p    = CH_NEW(s->a, ch_props);
    *p                   = *look;
    p->before            = look->after;
    p->after             = ch_styler_role(s, CH_TYPE_figure)->after;
    c->props             = p;
    c->para->props       = p;
    ch_props *above      = CH_NEW(s->a, ch_props);
    fig                  = c - 1; /* the list may have moved */
    *above               = *fig->props;
    above->after         = look->after;
    fig->props           = above;
}

/* ---- all of it ---- */

static void
add_quote(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent)
{
    const ch_props *q    = ch_styler_role(s, CH_TYPE_quote);
    ch_snode       *node = node_for(s, parent, CH_ROLE_BLOCKQUOTE, b);
    ch_area         in   = ch_area_inset(area, q->start, q->end);
    for (size_t i = 0; i < b->kids.n; i++) {
        /* A paragraph brings the margins of its role along; the rest stands inside them. */
        bool p = b->kids.at[i].kind == CH_BODY_P;
        add_bodies(s, p ? area : &in, (ch_bodies){&b->kids.at[i], 1}, node,
                   (where_in){.text = p ? CH_TYPE_quote : CH_TYPE_paragraph});
    }
}

static ch_str bodies_lang(ch_bodies b);

/* The language that something begins with. */
static ch_str
body_lang(const ch_body *b)
{
    ch_str lang = b->text.n > 0 && b->text.root ? b->text.root->lang : bodies_lang(b->kids);
    for (size_t i = 0; lang.n == 0 && i < b->items.n; i++)
        lang = bodies_lang(b->items.at[i]);
    for (size_t r = 0; lang.n == 0 && r < b->rows.n; r++) {
        for (size_t c = 0; lang.n == 0 && c < b->rows.at[r].n; c++)
            lang = bodies_lang(b->rows.at[r].at[c].content);
    }
    return lang;
}

static ch_str
bodies_lang(ch_bodies b)
{
    ch_str lang = CH_STR_EMPTY;
    for (size_t i = 0; lang.n == 0 && i < b.n; i++)
        lang = body_lang(&b.at[i]);
    return lang;
}

/* A list, table or quotation in a language of the other direction is the other way round. */
static void
add_in_its_direction(ch_styler *s, const ch_area *area, const ch_body *b, ch_snode *parent,
                     where_in in)
{
    bool    before = s->rtl;
    ch_str  lang   = body_lang(b);
    ch_area turned = ch_area_toward(s, area, lang.n > 0 ? ch_styler_rtl(s, lang) : before);
    if (b->kind == CH_BODY_LIST)
        add_list(s, &turned, b, parent, in);
    else if (b->kind == CH_BODY_QUOTE)
        add_quote(s, &turned, b, parent);
    else
        add_table(s, &turned, b, parent);
    s->rtl = before;
}

static void
add_bodies(ch_styler *s, const ch_area *area, ch_bodies bodies, ch_snode *parent, where_in in)
{
    for (size_t i = 0; i < bodies.n; i++) {
        const ch_body *b = &bodies.at[i];
        switch (b->kind) {
        case CH_BODY_P:
            add_p(s, area, b, in.text, parent, in);
            break;
        case CH_BODY_SALUTE:
            add_vocative(s, area, b, parent);
            break;
        case CH_BODY_HEAD:
            add_head(s, area, b, parent);
            break;
        case CH_BODY_LIST:
        case CH_BODY_QUOTE:
        case CH_BODY_TABLE:
            add_in_its_direction(s, area, b, parent, in);
            break;
        case CH_BODY_FORMULA:
            add_p(s, area, b, CH_TYPE_formula, parent, (where_in){.text = CH_TYPE_formula});
            break;
        case CH_BODY_FIGURE:
            add_figure(s, area, b, parent);
            break;
        }
    }
}

void
ch_style_bodies(ch_styler *s, const ch_area *area, ch_bodies bodies, ch_snode *parent)
{
    s->after_number = false;
    add_bodies(s, area, bodies, parent, (where_in){.text = CH_TYPE_paragraph, .top = true});
}
