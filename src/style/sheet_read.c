/* style/sheet_read.c -- what a sheet says of the page and of the parts of a letter. */
#include "style/sheet_data.h"

#include "input/tree.h"
#include "style/style_vocab.h"

typedef struct filler {
    ch_ctx             *cx;
    const ch_catalogue *catalogue;
    const ch_node      *root;
    ch_sheet           *sheet;
    ch_len              em; /* the size of the role base */
} filler;

/* ---- attributes over what the parent says ---- */

static void
len(const filler *f, const ch_node *n, int attr, ch_len *to)
{
    const ch_attr *a = n ? ch_node_attr(n, attr) : NULL;
    if (a && !ch_len_parse(a->value, f->em, to))
        *to = 0; /* "0" */
}

static void
flag(const ch_node *n, int attr, const char *word, bool *to)
{
    const ch_attr *a = n ? ch_node_attr(n, attr) : NULL;
    if (a)
        *to = ch_str_is(a->value, word);
}

/* The number of the word that the attribute has in its CHOICE. */
static void
choice(const ch_node *n, int attr, unsigned *to)
{
    const ch_attr *a = n ? ch_node_attr(n, attr) : NULL;
    if (!a)
        return;
    int i = ch_attr_choice(ch_vocab_use(&ch_style_vocab, n->elem, a->attr), a->value);
    *to   = i < 0 ? 0 : (unsigned)i;
}

static void
text(const filler *f, const ch_node *n, int attr, ch_str *to)
{
    const ch_attr *a = n ? ch_node_attr(n, attr) : NULL;
    if (a)
        *to = ch_arena_str(f->sheet->arena, a->value);
}

static ch_type_role
role(const filler *f, const ch_node *n, ch_type_role dflt)
{
    const ch_attr *a = ch_node_attr(n, CH_SA_role);
    if (!a)
        return dflt;
    ch_type_role r = ch_type_role_of(a->value);
    if (r != CH_TYPE_COUNT)
        return r;
    ch_report(f->cx, CH_E4004_unknown_role, a->where, CH_ARG(a->value));
    return dflt;
}

static const ch_node *
child(const filler *f, int elem)
{
    return ch_node_child(f->root, elem);
}

/* ---- the page ---- */

static void
fill_paper(filler *f)
{
    const ch_node *n = child(f, CH_S_paper);
    ch_geometry   *g = &f->sheet->geometry;
    if (!n)
        return;
    const ch_attr *size = ch_node_attr(n, CH_SA_size);
    if (size) {
        const ch_format *format = ch_catalogue_format(f->catalogue, size->value);
        if (!format) {
            ch_buf names;
            ch_buf_init(&names, f->cx->job);
            for (size_t i = 0; i < f->catalogue->n_formats; i++)
                ch_buf_printf(&names, "%s%.*s", i ? ", " : "",
                              CH_ARG(f->catalogue->format[i].name));
            ch_report(f->cx, CH_E4003_unknown_paper, size->where, CH_ARG(size->value));
            ch_hint(f->cx, "the formats are: %s; or give width and height", ch_buf_view(&names).p);
            return;
        }
        g->width  = format->width;
        g->height = format->height;
    }
    len(f, n, CH_SA_width, &g->width);
    len(f, n, CH_SA_height, &g->height);
}

static void
fill_margins(filler *f)
{
    ch_geometry *g = &f->sheet->geometry;
    for (const ch_node *n = child(f, CH_S_margins); n; n = ch_node_next(n, CH_S_margins)) {
        ch_str      page  = ch_node_attr_str(n, CH_SA_page);
        ch_margins *at[2] = {ch_str_is(page, "next") ? NULL : &g->first,
                             ch_str_is(page, "first") ? NULL : &g->next};
        for (int i = 0; i < 2; i++) {
            if (!at[i])
                continue;
            len(f, n, CH_SA_top, &at[i]->top);
            len(f, n, CH_SA_bottom, &at[i]->bottom);
            len(f, n, CH_SA_start, &at[i]->start);
            len(f, n, CH_SA_end, &at[i]->end);
        }
    }
    len(f, child(f, CH_S_head), CH_SA_top, &g->head_top);
    len(f, child(f, CH_S_foot), CH_SA_bottom, &g->foot_bottom);
    flag(child(f, CH_S_pages), CH_SA_fill, "ragged", &g->bottom_ragged);
    flag(child(f, CH_S_pages), CH_SA_number_single, "yes", &g->number_single_page);
}

/* The innermost element of this sheet that had a say in the geometry, for reports. */
static ch_where
geometry_where(const filler *f)
{
    const ch_node *n = child(f, CH_S_margins);
    for (const ch_node *x = n; x; x = ch_node_next(x, CH_S_margins))
        n = x;
    if (!n)
        n = child(f, CH_S_paper);
    return n ? n->where : f->root->where;
}

static void
check_room(const filler *f, const ch_margins *m, const char *page)
{
    const ch_geometry *g    = &f->sheet->geometry;
    ch_len             wide = g->width - m->start - m->end, high = g->height - m->top - m->bottom;
    ch_len             least = 3 * f->sheet->role[CH_TYPE_base].leading;
    if (wide >= 5 * f->em && high >= least)
        return;
    ch_buf b;
    ch_buf_init(&b, f->cx->job);
    ch_len_print(&b, wide);
    ch_buf_puts(&b, "pt wide, ");
    ch_len_print(&b, high);
    ch_buf_puts(&b, "pt high");
    ch_report(f->cx, CH_E4007_no_room, geometry_where(f), page, CH_ARG(ch_buf_view(&b)));
}

static void
check_geometry(const filler *f)
{
    const ch_geometry *g = &f->sheet->geometry;
    check_room(f, &g->first, "page 1");
    check_room(f, &g->next, "further pages");
    if (g->first.start + g->first.end != g->next.start + g->next.end)
        ch_report(f->cx, CH_E4010_uneven_measure, geometry_where(f));
}

/* ---- letterhead and running lines ---- */

static ch_head_item
head_item(const filler *f, const ch_node *n)
{
    static const ch_head_item_kind KINDS[]  = {CH_HEAD_ORG,   CH_HEAD_PERSON,  CH_HEAD_ROLE,
                                               CH_HEAD_MOTTO, CH_HEAD_ADDRESS, CH_HEAD_CONTACT};
    static const ch_align          PLACES[] = {CH_ALIGN_CENTER, CH_ALIGN_START, CH_ALIGN_END};
    ch_head_item                   it = {.kind = CH_HEAD_RULE, .role = CH_TYPE_letterhead_rule};
    unsigned                       i  = 0;
    it.join                           = CH_STR_EMPTY;
    if (n->elem == CH_S_part) {
        choice(n, CH_SA_name, &i);
        it.kind   = KINDS[i];
        it.role   = role(f, n, CH_TYPE_letterhead_line);
        it.joined = ch_node_attr(n, CH_SA_join);
        text(f, n, CH_SA_join, &it.join);
    } else if (n->elem == CH_S_emblem) {
        choice(n, CH_SA_place, &i);
        it.kind  = CH_HEAD_EMBLEM;
        it.place = PLACES[i];
        it.role  = CH_TYPE_figure;
        len(f, n, CH_SA_width, &it.width);
        len(f, n, CH_SA_gap, &it.gap);
    } else {
        it.role = role(f, n, CH_TYPE_letterhead_rule);
        len(f, n, CH_SA_thickness, &it.width);
    }
    return it;
}

static void
fill_letterhead(filler *f)
{
    const ch_node  *n = child(f, CH_S_letterhead);
    ch_sheet_parts *p = &f->sheet->parts;
    if (!n)
        return;
    flag(n, CH_SA_print, "yes", &p->letterhead.print);
    len(f, n, CH_SA_top, &f->sheet->geometry.letterhead_top);
    len(f, n, CH_SA_gap, &f->sheet->geometry.letterhead_gap);
    CH_VEC(ch_head_item) items = {0};
    for (const ch_node *x = ch_node_elements_first(n); x; x = ch_node_elements_next(x))
        *CH_PUSH(f->sheet->arena, items) = head_item(f, x);
    if (items.n > 0) {
        p->letterhead.item = items.at;
        p->letterhead.n    = items.n;
    }
}

static ch_running
running(const filler *f, const ch_node *n)
{
    static const int SIDES[3] = {CH_SA_start, CH_SA_center, CH_SA_end};
    ch_running       r        = {.role = role(f, n, CH_TYPE_running)};
    flag(n, CH_SA_page, "next", &r.next);
    flag(n, CH_SA_place, "foot", &r.foot);
    for (int i = 0; i < 3; i++) {
        const ch_attr *a = ch_node_attr(n, SIDES[i]);
        if (a)
            r.side[i] = ch_template_read(f->cx, f->sheet->arena, a->value, a->where);
    }
    return r;
}

/* The parent's lines of a page and place stand until the sheet has one of its own there. */
static void
fill_running(filler *f)
{
    ch_sheet *s            = f->sheet;
    CH_VEC(ch_running) all = {0};
    bool own[2][2]         = {{false, false}, {false, false}};
    for (const ch_node *n = child(f, CH_S_running); n; n = ch_node_next(n, CH_S_running)) {
        *CH_PUSH(s->arena, all)                             = running(f, n);
        own[all.at[all.n - 1].next][all.at[all.n - 1].foot] = true;
    }
    for (size_t i = 0; s->parent && i < s->parent->n_running; i++) {
        const ch_running *r = &s->parent->running[i];
        if (!own[r->next][r->foot])
            *CH_PUSH(s->arena, all) = *r;
    }
    s->running   = all.at;
    s->n_running = all.n;
}

/* ---- the other parts ---- */

static void
fill_window(filler *f, const ch_node *n)
{
    const ch_attr *a = n ? ch_node_attr(n, CH_SA_window) : NULL;
    ch_geometry   *g = &f->sheet->geometry;
    if (!a)
        return;
    g->window = (ch_rect){0, 0, 0, 0};
    if (ch_str_is(a->value, "none"))
        return;
    const ch_window *w = ch_catalogue_window(f->catalogue, a->value);
    if (!w) {
        ch_buf names;
        ch_buf_init(&names, f->cx->job);
        for (size_t i = 0; i < f->catalogue->n_windows; i++)
            ch_buf_printf(&names, "%.*s, ", CH_ARG(f->catalogue->window[i].name));
        ch_report(f->cx, CH_E4011_unknown_window, a->where, CH_ARG(a->value));
        ch_hint(f->cx, "the windows are: %snone", ch_buf_view(&names).p);
        return;
    }
    g->window = (ch_rect){.x = w->from_right ? g->width - w->side - w->width : w->side,
                          .y = w->top,
                          .w = w->width,
                          .h = w->height};
    if (g->window.x < 0 || g->window.x + w->width > g->width || w->top + w->height > g->height)
        ch_report(f->cx, CH_E4012_window_outside, a->where, CH_ARG(a->value));
}

static void
fill_opening(filler *f)
{
    ch_sheet_parts *p = &f->sheet->parts;
    const ch_node  *n = child(f, CH_S_opening);
    unsigned        i = p->opening.reference;
    choice(n, CH_SA_reference, &i);
    p->opening.reference = (ch_beside)i;
    flag(n, CH_SA_classification, "yes", &p->opening.classification);
    flag(n, CH_SA_subject_label, "yes", &p->opening.subject_label);
    n = child(f, CH_S_addressee);
    flag(n, CH_SA_position, "foot", &p->addressee.foot);
    flag(n, CH_SA_honorific, "line", &p->addressee.honorific_line);
    fill_window(f, n);
}

static void
fill_text_parts(filler *f)
{
    ch_sheet_parts *p = &f->sheet->parts;
    const ch_node  *n = child(f, CH_S_paragraphs);
    flag(n, CH_SA_numbered, "yes", &p->paragraphs.numbered);
    len(f, n, CH_SA_label, &p->paragraphs.label);
    text(f, child(f, CH_S_emphasis), CH_SA_bold, &p->bold_langs);
    n = child(f, CH_S_lists);
    text(f, n, CH_SA_marks, &p->lists.marks);
    len(f, n, CH_SA_indent, &p->lists.indent);
    len(f, n, CH_SA_label, &p->lists.label);
    n = child(f, CH_S_tables);
    len(f, n, CH_SA_rule, &p->tables.rule);
    len(f, n, CH_SA_gutter, &p->tables.gutter);
    len(f, n, CH_SA_row_gap, &p->tables.row_gap);
}

static void
percent(const filler *f, const ch_node *n, int attr, int32_t *to)
{
    const ch_attr *a = n ? ch_node_attr(n, attr) : NULL;
    if (a)
        *to = ch_sheet_percent(f->cx, ch_str_from(ch_style_vocab.attrs[attr]), a->value, a->where,
                               *to);
}

static void
fill_notes(filler *f)
{
    ch_sheet_parts *p = &f->sheet->parts;
    ch_geometry    *g = &f->sheet->geometry;
    const ch_node  *n = child(f, CH_S_notes);
    len(f, n, CH_SA_gap, &g->note_gap);
    len(f, n, CH_SA_rule, &g->note_rule);
    len(f, n, CH_SA_width, &g->note_rule_width);
    len(f, n, CH_SA_label, &p->notes.label);
    percent(f, n, CH_SA_mark_size, &p->notes.mark_size);
    percent(f, n, CH_SA_mark_rise, &p->notes.mark_rise);
}

static void
columns(const ch_node *n, unsigned *to)
{
    unsigned i = *to - 1;
    choice(n, CH_SA_columns, &i); /* the words are 1 2 3 4 */
    *to = i + 1;
}

static void
fill_signing(filler *f)
{
    ch_sheet_parts *p = &f->sheet->parts;
    const ch_node  *n = child(f, CH_S_signatures);
    unsigned        i = p->annex.layout;
    columns(n, &p->signatures.columns);
    len(f, n, CH_SA_start, &p->signatures.start);
    len(f, n, CH_SA_gutter, &p->signatures.gutter);
    len(f, n, CH_SA_gap, &p->signatures.gap);
    len(f, n, CH_SA_ink, &p->signatures.ink);
    len(f, n, CH_SA_line, &p->signatures.line);
    n = child(f, CH_S_annex);
    choice(n, CH_SA_layout, &i);
    p->annex.layout = (ch_annex_layout)i;
    columns(n, &p->annex.columns);
    flag(n, CH_SA_new_page, "auto", &p->annex.auto_page);
    flag(n, CH_SA_position, "first", &p->annex.before_attachments);
    len(f, n, CH_SA_gutter, &p->annex.gutter);
    len(f, n, CH_SA_row_gap, &p->annex.row_gap);
    len(f, n, CH_SA_ink, &p->annex.ink);
    len(f, n, CH_SA_signature, &p->annex.signature);
    len(f, n, CH_SA_rule, &p->annex.rule);
}

/* What holds where no sheet says anything: a plain A4 page. */
static void
defaults(ch_sheet *s)
{
    ch_margins m = {25 * CH_MM, 25 * CH_MM, 25 * CH_MM, 25 * CH_MM};
    s->geometry  = (ch_geometry){.width           = 210 * CH_MM,
                                 .height          = 297 * CH_MM,
                                 .first           = m,
                                 .next            = m,
                                 .head_top        = 12 * CH_MM,
                                 .foot_bottom     = 12 * CH_MM,
                                 .letterhead_top  = 15 * CH_MM,
                                 .letterhead_gap  = 8 * CH_MM,
                                 .note_gap        = 12 * CH_PT,
                                 .note_rule       = CH_PT / 2,
                                 .note_rule_width = 30 * CH_MM,
                                 .bottom_ragged   = true};
    s->parts     = (ch_sheet_parts){
            .letterhead = {.print = true},
            .opening    = {.classification = true, .subject_label = true},
            .paragraphs = {.label = 8 * CH_MM},
            .bold_langs = CH_STR_EMPTY,
            .lists      = {.marks = CH_STR_LIT("\xE2\x80\xA2 \xE2\x80\x93"), .label = 6 * CH_MM},
            .tables     = {.rule = CH_PT / 2, .gutter = 4 * CH_MM, .row_gap = 3 * CH_PT},
            .notes      = {.label = 5 * CH_MM, .mark_size = 650, .mark_rise = 350},
            .signatures = {.columns = 2,
                           .start   = 80 * CH_MM,
                           .gutter  = 10 * CH_MM,
                           .gap     = 8 * CH_MM,
                           .ink     = 20 * CH_MM},
            .annex      = {.layout    = CH_ANNEX_TABLE,
                           .columns   = 2,
                           .gutter    = 4 * CH_MM,
                           .row_gap   = 3 * CH_PT,
                           .ink       = 12 * CH_MM,
                           .signature = 36 * CH_MM,
                           .rule      = CH_PT / 2}};
}

ch_status
ch_sheet_fill(ch_ctx *cx, const ch_catalogue *c, const ch_node *root, ch_sheet *sheet)
{
    size_t before = ch_diags_errors(cx->diags);
    filler f      = {.cx = cx, .catalogue = c, .root = root, .sheet = sheet};
    defaults(sheet);
    if (sheet->parent) {
        sheet->geometry = sheet->parent->geometry;
        sheet->parts    = sheet->parent->parts;
    }
    ch_sheet_fill_roles(cx, root, sheet);
    f.em = sheet->role[CH_TYPE_base].size;
    if (f.em == 0)
        f.em = 11 * CH_PT; /* the roles are wrong and have been reported */
    fill_paper(&f);
    fill_margins(&f);
    fill_letterhead(&f);
    fill_opening(&f);
    fill_text_parts(&f);
    fill_notes(&f);
    fill_signing(&f);
    fill_running(&f);
    check_geometry(&f);
    return ch_diags_errors(cx->diags) > before ? CH_ERR_INPUT : CH_OK;
}
