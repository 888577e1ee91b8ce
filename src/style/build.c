/* style/build.c -- the letter as blocks: what all parts share, and the parts in order. */
#include "style/styler.h"

#include "locale/script.h"

/* ---- looks ---- */

/* A role of the sheet as this job sees it. */
const ch_props *
ch_styler_role(ch_styler *s, ch_type_role role)
{
    if (!s->role[role]) {
        ch_props *p     = CH_NEW(s->a, ch_props);
        *p              = s->sheet->role[role];
        p->family_where = ch_place_where(s->cx, s->sheet->family_place[role]);
        s->role[role]   = p;
    }
    return s->role[role];
}

const ch_known_lang *
ch_styler_lang(ch_styler *s, ch_str lang)
{
    for (size_t i = 0; i < s->langs.n; i++) {
        if (ch_str_eq(s->langs.at[i].lang, lang))
            return &s->langs.at[i];
    }
    ch_known_lang *k = CH_PUSH(s->a, s->langs);
    ch_lang_facts  f = ch_lang_facts_of(s->cx, lang);
    *k               = (ch_known_lang){lang, f.script, f.rtl};
    return k;
}

static void
change_script(ch_props *p, uint32_t script, bool lines)
{
    const ch_script_type *from = ch_script_type_of(p->scripts, p->script);
    const ch_script_type *to   = ch_script_type_of(p->scripts, script);
    p->size                    = ch_props_size(p, script);
    if (lines) {
        p->leading = ch_len_scale(p->leading, to->leading, from->leading);
        p->before  = ch_len_scale(p->before, to->space, from->space);
        p->after   = ch_len_scale(p->after, to->space, from->space);
    }
    p->italic = p->italic && !to->upright;
    if (to->closed)
        p->tracking = 0;
    p->script = script;
}

const ch_props *
ch_styler_look_in(ch_styler *s, const ch_props *of, unsigned what, uint32_t script)
{
    bool changed =
        script != 0 && script != of->script &&
        ch_script_type_of(of->scripts, script) != ch_script_type_of(of->scripts, of->script);
    if (!changed) {
        what &= ~CH_LOOK_LINES;
        script = of->script;
    }
    if (what == 0 && !changed)
        return of;
    for (size_t i = 0; i < s->variants.n; i++) {
        const ch_variant *v = &s->variants.at[i];
        if (v->of == of && v->what == what && v->script == script)
            return v->props;
    }
    ch_props *p = CH_NEW(s->a, ch_props);
    *p          = *of;
    if (changed)
        change_script(p, script, what & CH_LOOK_LINES);
    if (what & CH_LOOK_ITALIC)
        p->italic = !p->italic;
    if (what & CH_LOOK_BOLD)
        p->weight = p->weight >= 600 ? 400 : 700;
    if (what & CH_LOOK_MARK)
        p->size = ch_len_scale(p->size, s->sheet->parts.notes.mark_size, 1000);
    if (what & (CH_LOOK_START | CH_LOOK_CENTER | CH_LOOK_END))
        p->align = what & CH_LOOK_START    ? CH_ALIGN_START
                   : what & CH_LOOK_CENTER ? CH_ALIGN_CENTER
                                           : CH_ALIGN_END;
    *CH_PUSH(s->a, s->variants) = (ch_variant){of, what, script, p};
    return p;
}

const ch_props *
ch_styler_look(ch_styler *s, const ch_props *of, unsigned what)
{
    return ch_styler_look_in(s, of, what, of->script);
}

/* ---- structure ---- */

ch_snode *
ch_styler_node(ch_styler *s, ch_snode *parent, ch_role role, ch_where where)
{
    return ch_snode_new(s->a, parent, role, where);
}

ch_str
ch_snode_lang(const ch_snode *n)
{
    while (n && n->lang.n == 0)
        n = n->parent;
    return n ? n->lang : CH_STR_EMPTY;
}

/* ---- areas and blocks ---- */

ch_area
ch_area_in_cell(ch_block_vec *to, const ch_area *around)
{
    return (ch_area){.to = to, .part = around->part, .unit = around->unit};
}

ch_area
ch_area_toward(ch_styler *s, const ch_area *area, bool rtl)
{
    ch_area a = *area;
    if (rtl == s->rtl)
        return a;
    s->rtl = rtl;
    if (area->measure > 0) {
        a.start = s->measure - area->start - area->measure;
    } else { /* in a cell: what is taken off at its other end */
        a.start   = -area->measure;
        a.measure = -area->start;
    }
    return a;
}

bool
ch_styler_rtl(ch_styler *s, ch_str lang)
{
    bool own = lang.n == 0 || ch_str_eq(lang, s->letter->lang);
    return own ? s->letter->rtl : ch_styler_lang(s, lang)->rtl;
}

ch_area
ch_area_inset(const ch_area *area, ch_len start, ch_len end)
{
    ch_area a = *area;
    a.start += start;
    /* In a flow the measure is what is left; in a cell only the end counts. */
    a.measure -= area->measure > 0 ? start + end : end;
    if (area->measure > 0 && a.measure < CH_PT)
        a.measure = CH_PT;
    return a;
}

ch_block *
ch_block_add(ch_styler *s, const ch_area *area, ch_block_kind kind, ch_type_role role,
             ch_where where)
{
    const ch_props *p     = ch_styler_role(s, role);
    ch_area         inner = ch_area_inset(area, p->start, p->end);
    ch_block       *b     = CH_PUSH(s->a, *area->to);
    *b                    = (ch_block){.kind      = kind,
                                       .part      = area->part,
                                       .props     = p,
                                       .rtl       = s->rtl,
                                       .start     = inner.start,
                                       .measure   = inner.measure,
                                       .unit      = area->unit,
                                       .section   = s->section,
                                       .level     = s->level,
                                       .keep_next = p->keep_next && kind != CH_BLOCK_NEW_PAGE,
                                       .name      = ch_type_role_name(role),
                                       .bookmark  = CH_STR_EMPTY,
                                       .where     = where};
    return b;
}

ch_block *
ch_block_add_para(ch_styler *s, const ch_area *area, ch_type_role role, ch_para *para)
{
    ch_block *b = ch_block_add(s, area, CH_BLOCK_PARA, role, para->where);
    b->para     = para;
    b->props    = para->props;
    b->node     = para->node;
    return b;
}

void
ch_block_add_gap(ch_styler *s, const ch_area *area, ch_len gap, ch_where where)
{
    if (gap > 0)
        ch_block_add(s, area, CH_BLOCK_GAP, CH_TYPE_base, where)->gap = gap;
}

ch_block *
ch_block_add_rich(ch_styler *s, const ch_area *area, ch_type_role role, ch_rich text,
                  ch_snode *parent, ch_role as)
{
    if (text.n == 0)
        return NULL;
    ch_snode *node = parent ? ch_styler_node(s, parent, as, text.where) : NULL;
    return ch_block_add_para(s, area, role, ch_line_of(s, ch_styler_role(s, role), text, node));
}

ch_block *
ch_block_add_table(ch_styler *s, const ch_area *area, ch_type_role role, ch_table *table,
                   ch_where where)
{
    ch_block *b = ch_block_add(s, area, CH_BLOCK_TABLE, role, where);
    b->table    = table;
    b->node     = table->node;
    return b;
}

ch_block *
ch_block_add_figure(ch_styler *s, const ch_area *area, const ch_image_ref *image, ch_len width,
                    ch_snode *node)
{
    ch_figure *f = CH_NEW(s->a, ch_figure);
    f->path      = image->path;
    f->alt       = image->alt;
    f->width     = width;
    f->where     = image->where;
    if (image->width.n > 0)
        (void)ch_len_parse(image->width, ch_styler_role(s, CH_TYPE_paragraph)->size, &f->width);
    ch_block *b = ch_block_add(s, area, CH_BLOCK_FIGURE, CH_TYPE_figure, image->where);
    b->figure   = f;
    b->node     = node;
    if (node)
        node->alt = image->alt;
    return b;
}

ch_block *
ch_block_add_signature(ch_styler *s, const ch_area *area, const ch_image_ref *image, ch_snode *node)
{
    ch_block *b = ch_block_add_figure(s, area, image, 0, node);
    b->drawn    = s->cx->copy == CH_COPY_DRAFT ? CH_DRAWN_NEVER : CH_DRAWN_ALWAYS;
    return b;
}

ch_block_list
ch_block_vec_list(ch_block_vec v)
{
    return (ch_block_list){v.at, v.n};
}

/* ---- tables ---- */

ch_table *
ch_table_add(ch_styler *s, size_t n_columns)
{
    ch_table *t               = CH_NEW(s->a, ch_table);
    t->index                  = (uint32_t)s->tables.n;
    t->rtl                    = s->rtl;
    t->column                 = CH_NEW_N(s->a, ch_column, n_columns);
    t->n_columns              = n_columns;
    *CH_PUSH(s->a, s->tables) = t;
    return t;
}

ch_cell
ch_cell_of(ch_block_vec content, unsigned columns, ch_snode *node)
{
    return (ch_cell){ch_block_vec_list(content), columns, node};
}

ch_row
ch_row_of(ch_styler *s, ch_cell_vec cells, ch_snode *node, ch_where where)
{
    ch_row r = {
        .cell = CH_NEW_N(s->a, ch_cell, cells.n), .n = cells.n, .node = node, .where = where};
    for (size_t i = 0; i < cells.n; i++)
        r.cell[i] = cells.at[i];
    return r;
}

/* ---- the whole ---- */

static void
count_heads(ch_bodies b, unsigned *n)
{
    for (size_t i = 0; i < b.n; i++)
        *n += b.at[i].kind == CH_BODY_HEAD;
}

/* The annex of the letter itself; the pages will want to know which blocks it has. */
static void
add_annex(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside)
{
    if (inside || !s->letter->annex.present) {
        ch_style_annex(s, area, parent);
        return;
    }
    ch_style_annex_follows(s, area, parent);
    ch_annex_pages *x  = &s->out->annex;
    x->odd_page        = s->sheet->parts.annex.two_sides;
    x->end_mark        = s->sheet->parts.annex.end_mark;
    x->end_rule        = CH_PT / 2;
    x->end_colour      = ch_styler_role(s, CH_TYPE_annex)->colour;
    s->out->annex.from = area->to->n;
    ch_style_annex(s, area, parent);
    s->out->annex.to = area->to->n;
}

void
ch_style_letter(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside)
{
    unsigned         heads = 0;
    const ch_letter *l     = s->letter;
    count_heads(l->body, &heads);
    s->bookmarks = heads >= 2;
    if ((l->subject.n > 0 || l->head.n > 0) && !inside)
        s->base_head = 1; /* the title or subject is the letter's H1 */
    if (inside) {
        size_t before = area->to->n;
        ch_style_letterhead(s, area, parent, true);
        if (area->to->n > before)
            ch_block_add_gap(s, area, s->out->geometry.letterhead_gap, l->where);
    }
    ch_style_opener(s, area, parent, inside);
    ch_area body = *area;
    body.part    = CH_PART_BODY;
    s->number    = 0;
    ch_style_bodies(s, &body, l->body, parent);
    ch_style_closer(s, area, parent);
    if (!inside)
        ch_style_annex_announce(s, area, parent);
    ch_style_after(s, area, parent);
    if (s->sheet->parts.annex.before_attachments)
        add_annex(s, area, parent, inside);
    ch_style_attachments(s, area, parent);
    if (!s->sheet->parts.annex.before_attachments)
        add_annex(s, area, parent, inside);
}

static ch_str
reference_of(const ch_letter *l, ch_arena *a)
{
    for (size_t i = 0; i < l->idno.n; i++) {
        if (!ch_str_is(l->idno.type[i], "your-ref"))
            return ch_rich_plain(a, l->idno.text[i]);
    }
    return CH_STR_EMPTY;
}

/* A note's made id gives way to one that the letter has. */
static void
settle_note_ids(ch_styler *s)
{
    ch_map *ids = ch_map_new(s->a);
    for (ch_snode *n = s->out->root; n;) {
        if (n->role != CH_ROLE_NOTE && n->id.n > 0)
            ch_map_put(ids, n->id, n);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n && !n->next)
            n = n->parent;
        n = n ? n->next : NULL;
    }
    for (size_t i = 0; i < s->notes.n; i++) {
        ch_snode *n = s->notes.at[i]->node;
        while (n && ch_map_lookup(ids, n->id))
            n->id = ch_arena_printf(s->a, "%.*s.", CH_ARG(n->id));
        if (n)
            ch_map_put(ids, n->id, n);
    }
}

static void
fill_meta(ch_styler *s)
{
    const ch_letter *l  = s->letter;
    ch_meta         *m  = &s->out->meta;
    m->title            = l->title;
    m->lang             = l->lang;
    m->rtl              = l->rtl;
    m->subject          = l->subject_plain;
    m->keywords         = l->keywords;
    m->creator          = l->creator;
    m->identifier       = reference_of(l, s->a);
    m->digest           = l->digest;
    m->date             = l->date_iso;
    s->out->signatories = l->n_signatories;
}

/* The letterhead, of several senders with as many side by side as there are, and with fewer. */
static void
add_letterheads(ch_styler *s)
{
    size_t         n     = s->letter->n_senders > 1 ? s->letter->n_senders : 1;
    ch_block_list *lists = CH_NEW_N(s->a, ch_block_list, n);
    for (size_t rows = 1; rows <= n; rows++) {
        unsigned across = (unsigned)((n + rows - 1) / rows);
        if (rows > 1 && across == s->across)
            continue;
        ch_block_vec head = {0};
        ch_area      area = {.to = &head, .measure = s->measure, .part = CH_PART_OPENER};
        s->across         = across;
        ch_style_letterhead(s, &area, s->out->root, false);
        lists[s->out->n_narrower++] = ch_block_vec_list(head);
    }
    s->across          = 0;
    s->out->letterhead = lists[0];
    s->out->narrower   = lists + 1;
    s->out->n_narrower--;
}

void
ch_style_level(ch_styler *s, int level, ch_rich words)
{
    if (level <= 0 || level >= CH_LEVELS)
        return; /* that of what it is in */
    s->level = (unsigned)level;
    if (s->out->level_words[level].n == 0)
        s->out->level_words[level] = ch_rich_plain(s->a, words);
}

static void
hand_over(ch_styler *s, ch_block_vec flow)
{
    ch_blocks *out = s->out;
    out->flow      = ch_block_vec_list(flow);
    out->note      = s->notes.at;
    out->n_notes   = s->notes.n;
    out->para      = s->paras.at;
    out->n_paras   = s->paras.n;
    out->table     = s->tables.at;
    out->n_tables  = s->tables.n;
}

/* Margins that are left and right, as start and end of a letter in that direction. */
static void
turn_pinned(ch_margins *m, bool rtl)
{
    ch_len left = m->start;
    if (!m->pinned || !rtl)
        return;
    m->start = m->end;
    m->end   = left;
}

ch_status
ch_blocks_build(ch_ctx *cx, const ch_letter *letter, const ch_sheet *sheet, const ch_blocks **out)
{
    size_t          before = ch_diags_errors(cx->diags);
    ch_styler      *s      = CH_NEW(cx->job, ch_styler);
    const ch_sheet *any    = sheet;
    sheet                  = ch_sheet_in(cx, any, letter->lang);
    if (!sheet)
        return CH_ERR_INPUT;
    *s = (ch_styler){
        .cx = cx, .a = cx->job, .letter = letter, .sheet = sheet, .any = any, .rtl = letter->rtl};
    ch_blocks *b    = CH_NEW(cx->job, ch_blocks);
    s->out          = b;
    b->geometry     = sheet->geometry;
    b->geometry.rtl = letter->rtl;
    turn_pinned(&b->geometry.first, letter->rtl);
    turn_pinned(&b->geometry.next, letter->rtl);
    b->locale                   = letter->locale;
    b->geometry.initials        = sheet->parts.signatures.initials;
    b->geometry.initials_places = letter->n_signed > 0 ? (unsigned)letter->n_signed : 1;
    s->measure    = b->geometry.width - b->geometry.first.start - b->geometry.first.end;
    b->root       = ch_snode_new(cx->job, NULL, CH_ROLE_DOCUMENT, letter->where);
    b->root->lang = letter->lang;
    fill_meta(s);
    ch_block_vec flow = {0};
    ch_area      area = {.to = &flow, .measure = s->measure, .part = CH_PART_OPENER};
    ch_style_level(s, letter->level, letter->classification);
    add_letterheads(s);
    area.to = &flow;
    ch_style_address_places(s, b->root);
    ch_style_letter(s, &area, b->root, false);
    ch_style_furniture(s);
    settle_note_ids(s);
    hand_over(s, flow);
    *out = b;
    return ch_diags_errors(cx->diags) > before ? CH_ERR_INPUT : CH_OK;
}
