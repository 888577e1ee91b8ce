/* style/annex.c -- the list of signatories: in blocks side by side, as a table, in columns. */
#include "style/styler.h"

/* The columns that a table of signatories can have. */
typedef enum column {
    COL_NUMBER,
    COL_NAME,
    COL_ROLE,
    COL_ORG,
    COL_COUNTRY,
    COL_DATE,
    COL_SIGNATURE,
    COL_COUNT
} column;

static const char *const LABELS[COL_COUNT] = {"number",  "name", "role",     "organisation",
                                              "country", "date", "signature"};

#define BLANK_MOST 500 /* places without a name */

typedef struct annexer {
    ch_styler       *s;
    const ch_letter *l;
    const ch_annex  *x;
    ch_area          area;
    ch_snode        *sect;
    ch_annex_layout  layout;
    unsigned         columns;
    bool             ink;            /* somebody is still to sign */
    column           col[COL_COUNT]; /* of the table, those that are there */
    size_t           n_col;
    ch_table        *table;
    CH_VEC(ch_row) rows;
} annexer;

static ch_rich
joined_name(const annexer *w, const ch_person *p)
{
    if (p->status == CH_SIG_WITHHELD || p->honorific.n == 0 || p->name.n == 0)
        return p->name.n > 0 ? p->name : p->honorific;
    ch_rich space = ch_rich_from(w->s->a, CH_STR_LIT(" "), w->l->lang, p->where);
    ch_rich r     = p->name;
    r.n           = p->honorific.n + 1 + p->name.n;
    r.leaf        = CH_NEW_N(w->s->a, ch_leaf, r.n);
    size_t k      = 0;
    for (size_t i = 0; i < p->honorific.n; i++)
        r.leaf[k++] = p->honorific.leaf[i];
    r.leaf[k++] = space.leaf[0];
    for (size_t i = 0; i < p->name.n; i++)
        r.leaf[k++] = p->name.leaf[i];
    return r;
}

static bool
withheld(const ch_person *p)
{
    return p->status == CH_SIG_WITHHELD;
}

/* The mark of a state; a signature that is awaited, and a name withheld, have none. */
static ch_rich
status_of(const ch_person *p)
{
    ch_rich none = {0};
    none.where   = p->where;
    return p->status == CH_SIG_UNSET || p->status == CH_SIG_PENDING || withheld(p) ? none
                                                                                   : p->status_text;
}

/* The mark with its date, where the date has no place of its own. */
static ch_rich
dated_status_of(const ch_person *p)
{
    return p->status_dated.n > 0 ? p->status_dated : status_of(p);
}

static bool
is_awaited(const ch_person *p)
{
    return p->status == CH_SIG_UNSET || p->status == CH_SIG_PENDING;
}

#define LINE_GAP (2 * CH_PT) /* between it and the name */

/* Room to sign in, as high as that, and the line at its foot to sign on. */
static void
add_place(ch_styler *s, const ch_area *a, ch_where where)
{
    ch_len    ink = s->sheet->parts.annex.ink;
    ch_block *b;
    ch_block_add_gap(s, a, ink - CH_PT / 2 - LINE_GAP, where);
    b                 = ch_block_add(s, a, CH_BLOCK_RULE, CH_TYPE_annex, where);
    b->rule_thickness = CH_PT / 2;
    b->measure        = 3 * ink;
    ch_block_add_gap(s, a, LINE_GAP, where);
}

static ch_rich
country_of(const annexer *w, const ch_person *p)
{
    return ch_rich_from(w->s->a, p->country_name, w->l->lang, p->where);
}

static bool
has_orgs_only(const ch_person *p)
{
    return p->name.n == 0 && p->orgs.n > 0;
}

/* ---- blocks and columns: an entry is an item of a list ---- */

static void
add_entry_lines(annexer *w, const ch_area *a, const ch_person *p, ch_snode *body)
{
    ch_styler *s = w->s;
    for (size_t i = 0; i < p->roles.n; i++)
        ch_block_add_rich(s, a, CH_TYPE_annex, p->roles.at[i], body, CH_ROLE_P);
    for (size_t i = has_orgs_only(p); i < p->orgs.n; i++)
        ch_block_add_rich(s, a, CH_TYPE_annex, p->orgs.at[i], body, CH_ROLE_P);
    if (p->country_name.n > 0)
        ch_block_add_rich(s, a, CH_TYPE_annex, country_of(w, p), body, CH_ROLE_P);
    if (p->status_dated.n == 0)
        ch_block_add_rich(s, a, CH_TYPE_annex_status, p->date, body, CH_ROLE_P);
}

/* The image of a signature, in the room to sign in. */
static void
add_figure(annexer *w, const ch_area *a, const ch_person *p, ch_snode *parent)
{
    ch_styler *s = w->s;
    ch_snode  *node =
        p->figure.alt.n ? ch_styler_node(s, parent, CH_ROLE_FIGURE, p->figure.where) : NULL;
    ch_block *b     = ch_block_add_signature(s, a, &p->figure, node);
    b->figure->room = s->sheet->parts.annex.ink;
    b->props        = ch_styler_look(s, b->props, CH_LOOK_START);
}

static void
add_entry(annexer *w, ch_block_vec *to, const ch_person *p, ch_snode *list)
{
    ch_styler      *s     = w->s;
    ch_snode       *li    = ch_styler_node(s, list, CH_ROLE_LI, p->where);
    bool            num   = w->x->numbered && p->number.n > 0;
    ch_snode       *lbl   = num ? ch_styler_node(s, li, CH_ROLE_LBL, p->where) : NULL;
    ch_snode       *body  = ch_styler_node(s, li, CH_ROLE_LBODY, p->where);
    ch_area         a     = ch_area_in_cell(to, &w->area);
    const ch_props *names = ch_styler_role(s, CH_TYPE_annex_name);
    ch_len          room  = num ? names->size * 5 / 2 : 0;
    a                     = ch_area_inset(&a, room, 0);
    if (w->layout == CH_ANNEX_BLOCKS && p->has_figure && !withheld(p)) {
        add_figure(w, &a, p, body);
    } else if (w->layout == CH_ANNEX_BLOCKS && is_awaited(p)) {
        add_place(s, &a, p->where);
    } else if (w->layout == CH_ANNEX_BLOCKS && w->ink) {
        /* Names stand level in a row, whether a mark takes a part of the room or not. */
        ch_len mark = status_of(p).n > 0 ? ch_styler_role(s, CH_TYPE_annex_status)->leading : 0;
        ch_block_add_gap(s, &a, s->sheet->parts.annex.ink - mark, p->where);
    }
    size_t first = to->n;
    if (w->layout == CH_ANNEX_BLOCKS)
        ch_block_add_rich(s, &a, CH_TYPE_annex_status, dated_status_of(p), body, CH_ROLE_P);
    ch_rich name = has_orgs_only(p) ? p->orgs.at[0] : joined_name(w, p);
    ch_block_add_rich(s, &a, CH_TYPE_annex_name, name, body, CH_ROLE_P);
    for (size_t i = first; i < to->n; i++)
        to->at[i].one_line = !has_orgs_only(p);
    if (w->layout == CH_ANNEX_COLUMNS)
        ch_block_add_rich(s, &a, CH_TYPE_annex_status, dated_status_of(p), body, CH_ROLE_P);
    if (!withheld(p))
        add_entry_lines(w, &a, p, body);
    if (!num || first >= to->n)
        return;
    ch_block *b    = &to->at[first];
    b->label       = ch_line_of(s, names, p->number, lbl);
    b->label_width = room;
    b->label_start = b->start - room;
}

/* ---- group heads ---- */

static ch_rich
continued(const annexer *w, ch_rich head)
{
    ch_styler *s    = w->s;
    ch_str     form = ch_locale_label(w->l->locale, s->cx, "continued-head", w->x->where);
    ch_fill    fill = {"head", ch_rich_plain(s->a, head)};
    ch_str     lang = head.root ? head.root->lang : w->l->lang;
    return ch_rich_fill(s->a, form, &fill, 1, lang, head.where);
}

/* A row with the head of a group alone, and the cells to be printed where the group goes on. */
static void
add_group_row(annexer *w, const ch_annex_group *g, unsigned span, ch_snode *tr, ch_snode *cell)
{
    ch_styler      *s    = w->s;
    ch_block_vec    here = {0}, again = {0};
    ch_cell_vec     cells = {0};
    ch_area         a     = ch_area_in_cell(&here, &w->area);
    const ch_props *p     = ch_styler_role(s, CH_TYPE_annex_group);
    ch_block_add_para(s, &a, CH_TYPE_annex_group, ch_line_of(s, p, g->head, cell));
    a.to = &again;
    ch_block_add_para(s, &a, CH_TYPE_annex_group, ch_line_of(s, p, continued(w, g->head), NULL));
    *CH_PUSH(s->a, cells)   = ch_cell_of(here, span, tr ? cell : NULL);
    ch_row r                = ch_row_of(s, cells, tr, g->where);
    r.kind                  = CH_ROW_GROUP;
    r.continued             = CH_NEW(s->a, ch_cell);
    *r.continued            = ch_cell_of(again, span, NULL);
    *CH_PUSH(s->a, w->rows) = r;
}

/* A count over the whole width: the total, or under a group its own, in a table's row tr. */
static void
add_count(annexer *w, ch_type_role role, ch_rich text, ch_snode *tbody)
{
    ch_styler *s = w->s;
    if (text.n == 0)
        return;
    unsigned     span  = (unsigned)w->table->n_columns;
    ch_snode    *tr    = tbody ? ch_styler_node(s, tbody, CH_ROLE_TR, text.where) : NULL;
    ch_snode    *td    = tr ? ch_styler_node(s, tr, CH_ROLE_TD, text.where) : NULL;
    ch_block_vec v     = {0};
    ch_cell_vec  cells = {0};
    ch_area      a     = ch_area_in_cell(&v, &w->area);
    if (td) {
        td->columns = (uint16_t)span;
        ch_block_add_para(s, &a, role, ch_line_of(s, ch_styler_role(s, role), text, td));
    } else {
        ch_block_add_rich(s, &a, role, text, w->sect, CH_ROLE_P);
    }
    *CH_PUSH(s->a, cells)   = ch_cell_of(v, span, td);
    ch_row r                = ch_row_of(s, cells, tr, text.where);
    r.kind                  = CH_ROW_TOTAL;
    *CH_PUSH(s->a, w->rows) = r;
}

/* ---- layouts ---- */

static void
add_list_group(annexer *w, const ch_annex_group *g)
{
    ch_styler *s    = w->s;
    unsigned   span = w->layout == CH_ANNEX_BLOCKS ? w->columns : 1;
    if (g->head.n > 0) {
        ch_role   level = ch_style_heading(s, 2);
        ch_snode *head  = ch_styler_node(s, w->sect, level, g->head.where);
        add_group_row(w, g, span, NULL, head);
    }
    ch_snode *list  = ch_styler_node(s, w->sect, CH_ROLE_L, g->where);
    list->numbering = w->x->numbered ? CH_NUMBERING_DECIMAL : CH_NUMBERING_NONE;
    for (size_t i = 0; i < g->n; i += span) {
        ch_cell_vec cells = {0};
        for (size_t k = i; k < g->n && k < i + span; k++) {
            ch_block_vec v     = {0};
            bool         alone = k == i && k + 1 == g->n; /* it has the row to itself */
            add_entry(w, &v, &g->at[k], list);
            *CH_PUSH(s->a, cells) = ch_cell_of(v, alone ? span : 1, NULL);
        }
        *CH_PUSH(s->a, w->rows) = ch_row_of(s, cells, NULL, g->at[i].where);
    }
    add_count(w, CH_TYPE_annex_subtotal, g->subtotal, NULL);
}

static size_t
largest_group(const annexer *w)
{
    size_t n = 1;
    for (size_t i = 0; i < w->x->n_groups; i++)
        n = w->x->group[i].n > n ? w->x->group[i].n : n;
    return n;
}

static void
make_list(annexer *w)
{
    ch_styler            *s      = w->s;
    const ch_sheet_parts *parts  = &s->sheet->parts;
    bool                  blocks = w->layout == CH_ANNEX_BLOCKS;
    if (blocks)
        w->columns = ch_packed_columns(largest_group(w), w->columns);
    w->table         = ch_table_add(s, blocks ? w->columns : 1);
    w->table->packed = blocks;
    for (size_t i = 0; i < w->table->n_columns; i++)
        w->table->column[i] = blocks
                                  ? (ch_column){.kind = CH_WIDTH_AUTO, .min = parts->annex.ink * 3}
                                  : (ch_column){.kind = CH_WIDTH_SHARE, .share = 1};
    w->table->flow      = blocks ? CH_FLOW_ROWS : CH_FLOW_COLUMNS;
    w->table->newspaper = blocks ? 0 : w->columns;
    w->table->gutter    = parts->annex.gutter;
    w->table->row_gap   = blocks ? parts->signatures.gap : parts->annex.row_gap;
    for (size_t i = 0; i < w->x->n_groups; i++)
        add_list_group(w, &w->x->group[i]);
}

/* ---- the table ---- */

/* The columns that are asked for, in their order; one without content is for a pen. */
static void
columns_shown(annexer *w, ch_str show)
{
    for (size_t at = 0; at < show.n;) {
        ch_str word = ch_word_next(show, &at);
        for (int c = 0; c < COL_COUNT && w->n_col < COL_COUNT; c++)
            if (ch_str_is(word, LABELS[c]))
                w->col[w->n_col++] = (column)c;
    }
}

static void
choose_columns(annexer *w)
{
    const ch_annex *x                = w->x;
    bool            there[COL_COUNT] = {[COL_NUMBER]    = x->numbered,
                                        [COL_NAME]      = true,
                                        [COL_ROLE]      = x->has_roles,
                                        [COL_ORG]       = x->has_orgs,
                                        [COL_COUNTRY]   = x->has_countries,
                                        [COL_DATE]      = x->has_dates,
                                        [COL_SIGNATURE] = w->s->sheet->parts.annex.signature > 0};
    bool            names            = false;
    for (size_t g = 0; g < x->n_groups; g++) {
        for (size_t i = 0; i < x->group[g].n; i++)
            names = names || x->group[g].at[i].name.n > 0;
    }
    columns_shown(w, x->show.n > 0 ? x->show : w->s->sheet->parts.annex.show);
    if (w->n_col > 0)
        return;
    there[COL_NAME] = names || !x->has_orgs; /* a list of bodies needs no column of names */
    for (int c = 0; c < COL_COUNT; c++) {
        if (there[c])
            w->col[w->n_col++] = (column)c;
    }
}

/* The style may have none by itself, where the letter asks for one. */
static ch_len
signature_width(const annexer *w)
{
    ch_len width = w->s->sheet->parts.annex.signature;
    return width > 0 ? width : 3 * w->s->sheet->parts.annex.ink;
}

/* Widths as the letter or style gives them, one after the other; those that are more than the
 * measure are narrowed alike. */
static void
give_widths(annexer *w)
{
    ch_str list = w->x->widths.n > 0 ? w->x->widths : w->s->sheet->parts.annex.widths;
    ch_len em = ch_styler_role(w->s, CH_TYPE_base)->size, sum = 0, v;
    for (size_t at = 0, i = 0; at < list.n && i < w->n_col; i++) {
        ch_column *c    = &w->table->column[i];
        ch_str     word = ch_word_next(list, &at);
        if (ch_len_parse(word, em, &v))
            *c = (ch_column){.kind = CH_WIDTH_FIXED, .width = v};
        else if (ch_str_is(word, "auto"))
            *c = (ch_column){.kind = CH_WIDTH_AUTO, .min = c->min};
        else
            ch_report(w->s->cx, CH_E4006_bad_style_value, w->x->where, CH_ARG(word),
                      CH_ARG(CH_STR_LIT("widths")), "a length, or auto");
    }
    ch_len room = w->area.measure - w->table->gutter * (ch_len)(w->n_col - 1);
    for (size_t i = 0; i < w->n_col; i++)
        sum += w->table->column[i].width;
    for (size_t i = 0; sum > room && i < w->n_col; i++)
        w->table->column[i].width = ch_len_scale(w->table->column[i].width, room, sum);
}

static void
size_columns(annexer *w)
{
    for (size_t i = 0; i < w->n_col; i++) {
        ch_column *c = &w->table->column[i];
        c->kind      = CH_WIDTH_AUTO;
        if (w->col[i] == COL_SIGNATURE) {
            c->kind  = CH_WIDTH_FIXED;
            c->width = signature_width(w);
        } else if (w->col[i] == COL_NUMBER) {
            c->min = 2 * ch_styler_role(w->s, CH_TYPE_annex_cell)->size;
        }
    }
    give_widths(w);
}

static ch_row
head_row(annexer *w, ch_snode *thead)
{
    ch_styler  *s     = w->s;
    ch_snode   *tr    = ch_styler_node(s, thead, CH_ROLE_TR, w->x->where);
    ch_cell_vec cells = {0};
    for (size_t i = 0; i < w->n_col; i++) {
        ch_snode    *th = ch_styler_node(s, tr, CH_ROLE_TH, w->x->where);
        ch_block_vec v  = {0};
        ch_area      a  = ch_area_in_cell(&v, &w->area);
        th->scope       = CH_SCOPE_COLUMN;
        ch_str  word    = ch_locale_label(w->l->locale, s->cx, LABELS[w->col[i]], w->x->where);
        ch_rich text    = ch_rich_from(s->a, word, w->l->lang, w->x->where);
        if (text.n > 0)
            ch_block_add_para(s, &a, CH_TYPE_annex_column,
                              ch_line_of(s, ch_styler_role(s, CH_TYPE_annex_column), text, th));
        *CH_PUSH(s->a, cells) = ch_cell_of(v, 1, th);
    }
    ch_row r     = ch_row_of(s, cells, tr, w->x->where);
    r.kind       = CH_ROW_HEAD;
    r.rule_below = w->table->rule > 0;
    return r;
}

/* One text of a cell; a second one needs elements of their own, so all get a P then. */
static void
add_cell_texts(annexer *w, const ch_area *a, ch_type_role role, ch_texts t, ch_snode *cell)
{
    size_t filled = 0;
    for (size_t i = 0; i < t.n; i++)
        filled += t.at[i].n > 0;
    for (size_t i = 0; i < t.n; i++) {
        if (filled > 1)
            ch_block_add_rich(w->s, a, role, t.at[i], cell, CH_ROLE_P);
        else if (t.at[i].n > 0)
            ch_block_add_para(w->s, a, role,
                              ch_line_of(w->s, ch_styler_role(w->s, role), t.at[i], cell));
    }
}

static void
fill_cell(annexer *w, const ch_area *a, column c, const ch_person *p, ch_snode *cell)
{
    ch_rich one = {0};
    switch (c) {
    case COL_NUMBER:
        one = p->number;
        break;
    case COL_NAME:
        one = joined_name(w, p);
        break;
    case COL_COUNTRY:
        one = p->country_name.n ? country_of(w, p) : one;
        break;
    case COL_DATE:
        one = p->date;
        break;
    case COL_SIGNATURE:
        one = status_of(p);
        break;
    case COL_ROLE:
        add_cell_texts(w, a, CH_TYPE_annex_cell, p->roles, cell);
        return;
    case COL_ORG:
        add_cell_texts(w, a, CH_TYPE_annex_cell, p->orgs, cell);
        return;
    case COL_COUNT:
        return;
    }
    if (withheld(p) && c != COL_NUMBER && c != COL_NAME)
        return;
    if (c == COL_SIGNATURE && p->has_figure) {
        add_figure(w, a, p, cell);
        return;
    }
    ch_type_role role = c == COL_NAME        ? CH_TYPE_annex_name
                        : c == COL_SIGNATURE ? CH_TYPE_annex_status
                                             : CH_TYPE_annex_cell;
    add_cell_texts(w, a, role, (ch_texts){&one, 1}, cell);
}

static bool
has_column(const annexer *w, column c)
{
    for (size_t i = 0; i < w->n_col; i++)
        if (w->col[i] == c)
            return true;
    return false;
}

static void
add_person_row(annexer *w, const ch_person *p, ch_snode *tbody)
{
    ch_styler  *s     = w->s;
    ch_snode   *tr    = ch_styler_node(s, tbody, CH_ROLE_TR, p->where);
    ch_cell_vec cells = {0};
    for (size_t i = 0; i < w->n_col; i++) {
        bool         name = w->col[i] == COL_NAME && p->name.n > 0;
        ch_snode    *cell = ch_styler_node(s, tr, name ? CH_ROLE_TH : CH_ROLE_TD, p->where);
        ch_block_vec v    = {0};
        ch_area      a    = ch_area_in_cell(&v, &w->area);
        cell->scope       = name ? CH_SCOPE_ROW : CH_SCOPE_NONE;
        if (!withheld(p) || w->col[i] == COL_NUMBER || name)
            fill_cell(w, &a, w->col[i], p, cell);
        *CH_PUSH(s->a, cells) = ch_cell_of(v, 1, cell);
    }
    ch_row r = ch_row_of(s, cells, tr, p->where);
    if (w->ink && has_column(w, COL_SIGNATURE))
        r.min_height = s->sheet->parts.annex.ink;
    r.rule_below            = w->table->rule > 0;
    *CH_PUSH(s->a, w->rows) = r;
}

static void
make_table(annexer *w)
{
    ch_styler            *s     = w->s;
    const ch_sheet_parts *parts = &s->sheet->parts;
    choose_columns(w);
    w->table              = ch_table_add(s, w->n_col);
    w->table->node        = ch_styler_node(s, w->sect, CH_ROLE_TABLE, w->x->where);
    w->table->gutter      = parts->annex.gutter;
    w->table->row_gap     = parts->annex.row_gap;
    w->table->rule        = parts->annex.rule;
    w->table->rule_colour = ch_styler_role(s, CH_TYPE_annex_cell)->colour;
    size_columns(w);
    ch_snode *thead         = ch_styler_node(s, w->table->node, CH_ROLE_THEAD, w->x->where);
    *CH_PUSH(s->a, w->rows) = head_row(w, thead);
    ch_snode *tbody         = ch_styler_node(s, w->table->node, CH_ROLE_TBODY, w->x->where);
    for (size_t g = 0; g < w->x->n_groups; g++) {
        const ch_annex_group *group = &w->x->group[g];
        if (group->head.n > 0) {
            ch_snode *tr = ch_styler_node(s, tbody, CH_ROLE_TR, group->head.where);
            ch_snode *th = ch_styler_node(s, tr, CH_ROLE_TH, group->head.where);
            th->scope    = CH_SCOPE_ROW;
            th->columns  = (uint16_t)w->n_col;
            add_group_row(w, group, (unsigned)w->n_col, tr, th);
        }
        for (size_t i = 0; i < group->n; i++)
            add_person_row(w, &group->at[i], tbody);
        add_count(w, CH_TYPE_annex_subtotal, group->subtotal, tbody);
    }
}

/* ---- names run in ---- */

/* The title again, at the head of each further page. */
static ch_block_list
continued_head(annexer *w)
{
    ch_block_vec v = {0};
    ch_area      a = w->area;
    a.to           = &v;
    a.part         = CH_PART_FURNITURE;
    if (w->x->head.n > 0)
        ch_block_add_rich(w->s, &a, CH_TYPE_annex_continued, continued(w, w->x->head), NULL,
                          CH_ROLE_P);
    return ch_block_vec_list(v);
}

/* Above names that go on on a further page: the title, and the head of their group. */
static const ch_block_list *
run_in_again(annexer *w, const ch_annex_group *g)
{
    ch_styler     *s     = w->s;
    ch_block_list *again = CH_NEW(s->a, ch_block_list), title = continued_head(w);
    ch_block_vec   v = {0};
    ch_area        a = w->area;
    a.to             = &v;
    a.part           = CH_PART_FURNITURE;
    for (size_t i = 0; i < title.n; i++)
        *CH_PUSH(s->a, v) = title.at[i];
    if (g && g->head.n > 0)
        ch_block_add_rich(s, &a, CH_TYPE_annex_group, continued(w, g->head), NULL, CH_ROLE_P);
    *again = ch_block_vec_list(v);
    return again;
}

/* "(Mayor, Town of Orlo)", each part isolated for direction. */
static void
add_affiliation(const annexer *w, ch_spanner *sp, const ch_person *p)
{
    const ch_texts all[] = {p->roles, p->orgs};
    ch_str         inner = w->s->sheet->parts.annex.inner, lang = w->l->lang;
    size_t         n = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = k == 1 && has_orgs_only(p) ? 1 : 0; i < all[k].n; i++) {
            if (all[k].at[i].n == 0)
                continue;
            ch_spanner_text(sp, n++ ? inner : CH_STR_LIT(" ("), lang);
            ch_spanner_isolated(sp, all[k].at[i]);
        }
    if (p->country_name.n > 0) {
        ch_spanner_text(sp, n++ ? inner : CH_STR_LIT(" ("), lang);
        ch_spanner_isolated(sp, country_of(w, p));
    }
    if (n > 0)
        ch_spanner_text(sp, CH_STR_LIT(")"), lang);
}

static void
add_intro(annexer *w)
{
    for (size_t i = 0; i < w->x->intro.n; i++)
        ch_block_add_rich(w->s, &w->area, CH_TYPE_annex_intro, w->x->intro.at[i], w->sect,
                          CH_ROLE_P);
}

/* The names of a group as one paragraph. */
static void
add_run_in_group(annexer *w, const ch_annex_group *g)
{
    ch_styler      *s     = w->s;
    const ch_props *props = ch_styler_role(s, CH_TYPE_annex_run_in);
    ch_block       *names = NULL;
    if (g->head.n > 0) {
        ch_block *b = ch_block_add_rich(s, &w->area, CH_TYPE_annex_group, g->head, w->sect,
                                        ch_style_heading(s, 2));
        if (b)
            b->keep_next = true;
    }
    ch_spanner sp =
        ch_spanner_new(s, props, ch_styler_node(s, w->sect, CH_ROLE_P, g->where), g->where);
    for (size_t i = 0; i < g->n; i++) {
        const ch_person *p = &g->at[i];
        if (i > 0)
            ch_spanner_text(&sp, s->sheet->parts.annex.separator, w->l->lang);
        if (w->x->numbered && p->number.n > 0) {
            ch_spanner_isolated(&sp, p->number);
            ch_spanner_text(&sp, CH_STR_LIT("\xC2\xA0"), w->l->lang);
        }
        ch_spanner_isolated(&sp, has_orgs_only(p) ? p->orgs.at[0] : joined_name(w, p));
        if (!withheld(p))
            add_affiliation(w, &sp, p);
        if (p->status != CH_SIG_SIGNED && dated_status_of(p).n > 0) {
            ch_spanner_text(&sp, CH_STR_LIT(" "), w->l->lang);
            ch_spanner_isolated(&sp, dated_status_of(p));
        }
    }
    if (!ch_spanner_empty(&sp))
        names = ch_block_add_para(s, &w->area, CH_TYPE_annex_run_in, ch_spanner_done(&sp));
    if (names)
        names->keep_next =
            g->subtotal.n > 0 || g == &w->x->group[w->x->n_groups - 1]; /* a count below it */
    if (names)
        names->continued = run_in_again(w, g);
    ch_block_add_rich(s, &w->area, CH_TYPE_annex_subtotal, g->subtotal, w->sect, CH_ROLE_P);
}

static void
make_run_in(annexer *w)
{
    size_t first = w->area.to->n;
    add_intro(w);
    for (size_t i = 0; i < w->x->n_groups; i++)
        add_run_in_group(w, &w->x->group[i]);
    ch_block_add_rich(w->s, &w->area, CH_TYPE_annex_total, w->x->total, w->sect, CH_ROLE_P);
    ch_block_add_rich(w->s, &w->area, CH_TYPE_annex_total, w->x->grand_total, w->sect, CH_ROLE_P);
    const ch_block_list *title = run_in_again(w, NULL);
    for (size_t i = first; i < w->area.to->n; i++)
        if (!w->area.to->at[i].continued)
            w->area.to->at[i].continued = title;
}

/* ---- the annex ---- */

static bool
somebody_signs(const ch_annex *x)
{
    for (size_t g = 0; g < x->n_groups; g++) {
        for (size_t i = 0; i < x->group[g].n; i++) {
            if (is_awaited(&x->group[g].at[i]))
                return true;
        }
    }
    return false;
}

static void
add_head(annexer *w)
{
    ch_styler *s    = w->s;
    ch_area    a    = w->area;
    a.part          = CH_PART_ANNEX_HEAD;
    ch_block *page  = ch_block_add(s, &a, CH_BLOCK_NEW_PAGE, CH_TYPE_annex_head, w->x->where);
    page->if_needed = s->sheet->parts.annex.auto_page;
    ch_role   level = ch_style_heading(s, 1);
    ch_block *b     = ch_block_add_rich(s, &a, CH_TYPE_annex_head, w->x->head, w->sect, level);
    if (b) {
        b->keep_next      = true;
        b->bookmark       = ch_rich_plain(s->a, w->x->head);
        b->bookmark_level = 1;
    }
}

/* The count belongs to the list, but to none of its columns. */
static void
add_total(annexer *w)
{
    if (w->layout == CH_ANNEX_COLUMNS)
        return; /* below the columns, not in the last of them */
    add_count(w, CH_TYPE_annex_total, w->x->total, NULL);
}

/* ---- places without a name ---- */

static size_t
blank_places(const annexer *w)
{
    ch_str s = w->x->blank_rows;
    size_t n = 0;
    if (s.n == 0)
        return w->s->sheet->parts.annex.blank_rows;
    for (size_t i = 0; i < s.n && n < BLANK_MOST; i++)
        n = n * 10 + (size_t)(s.p[i] - '0');
    return n < BLANK_MOST ? n : BLANK_MOST;
}

/* Rows to sign in for those who come later: cells of a table, or of blocks a line to sign on. */
static void
add_blank_rows(annexer *w)
{
    ch_styler *s     = w->s;
    ch_len     ink   = s->sheet->parts.annex.ink;
    bool       table = w->layout == CH_ANNEX_TABLE;
    size_t     n     = table || w->layout == CH_ANNEX_BLOCKS ? blank_places(w) : 0;
    unsigned   each  = table ? 1 : w->columns;
    for (size_t i = 0; i < n; i += each) {
        ch_cell_vec cells = {0};
        for (size_t c = 0; c < (table ? w->n_col : each); c++) {
            ch_block_vec v = {0};
            ch_area      a = ch_area_in_cell(&v, &w->area);
            if (!table && i + c < n)
                add_place(s, &a, w->x->where);
            *CH_PUSH(s->a, cells) = ch_cell_of(v, 1, NULL);
        }
        ch_row r                = ch_row_of(s, cells, NULL, w->x->where);
        r.kind                  = i == 0 ? CH_ROW_TOTAL : CH_ROW_BODY; /* of no group */
        r.min_height            = ink;
        r.rule_below            = table && w->table->rule > 0;
        *CH_PUSH(s->a, w->rows) = r;
    }
}

/* Signatures that were scanned for nothing. */
static void
note_pictures(const annexer *w)
{
    size_t   n     = 0;
    ch_where first = CH_NOWHERE;
    if (w->layout == CH_ANNEX_BLOCKS ||
        (w->layout == CH_ANNEX_TABLE && has_column(w, COL_SIGNATURE)))
        return;
    for (size_t g = 0; g < w->x->n_groups; g++)
        for (size_t i = 0; i < w->x->group[g].n; i++)
            if (w->x->group[g].at[i].has_figure && n++ == 0)
                first = w->x->group[g].at[i].figure.where;
    if (n > 0)
        ch_report(w->s->cx, CH_W3059_picture_unused, first, n, n == 1 ? "" : "s");
}

static ch_annex_layout
layout_of(const ch_annex *x, ch_annex_layout dflt)
{
    return ch_str_is(x->layout, "blocks")    ? CH_ANNEX_BLOCKS
           : ch_str_is(x->layout, "table")   ? CH_ANNEX_TABLE
           : ch_str_is(x->layout, "columns") ? CH_ANNEX_COLUMNS
           : ch_str_is(x->layout, "run-in")  ? CH_ANNEX_RUN_IN
                                             : dflt;
}

static void
add_list(ch_styler *s, const ch_area *area, ch_snode *parent, const ch_annex *x)
{
    annexer w   = {.s      = s,
                   .l      = s->letter,
                   .x      = x,
                   .area   = *area,
                   .sect   = ch_styler_node(s, parent, CH_ROLE_SECT, x->where),
                   .layout = layout_of(x, s->sheet->parts.annex.layout),
                   .ink    = somebody_signs(x)};
    w.area.part = CH_PART_ANNEX;
    w.area.unit = 0;
    w.columns   = x->columns > 0 ? x->columns : s->sheet->parts.annex.columns;
    add_head(&w);
    if (w.layout == CH_ANNEX_RUN_IN) {
        note_pictures(&w);
        make_run_in(&w);
        return;
    }
    add_intro(&w);
    if (w.layout == CH_ANNEX_TABLE)
        make_table(&w);
    else
        make_list(&w);
    note_pictures(&w);
    w.table->continued_head = continued_head(&w);
    add_total(&w);
    add_blank_rows(&w);
    w.table->row    = w.rows.at;
    w.table->n_rows = w.rows.n;
    if (w.layout == CH_ANNEX_BLOCKS)
        w.table->narrower = ch_packed_narrower(s->a, w.table, largest_group(&w));
    ch_block_add_table(s, &w.area, CH_TYPE_annex, w.table, x->where);
    if (w.layout == CH_ANNEX_COLUMNS)
        ch_block_add_rich(s, &w.area, CH_TYPE_annex_total, x->total, w.sect, CH_ROLE_P);
    ch_block_add_rich(s, &w.area, CH_TYPE_annex_total, x->grand_total, w.sect, CH_ROLE_P);
}

void
ch_style_annex(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l = s->letter;
    if (!l->annex.present)
        return;
    add_list(s, area, parent, &l->annex);
    for (size_t i = 0; i < l->n_late; i++)
        add_list(s, area, parent, &l->late[i]);
}
