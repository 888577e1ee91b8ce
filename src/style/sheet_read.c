/* style/sheet_read.c -- what a sheet says of the page and of the parts of a letter: each element
 * over what was before, which is the parent's, or the sheet's own without regard to language. */
#include "style/sheet_data.h"

#include "locale/script.h"
#include "style/style_vocab.h"

typedef struct filler {
    ch_ctx   *cx;
    ch_sheet *sheet;
    ch_len    em;       /* the size of the role base */
    ch_where  geometry; /* the last that had a say in it */
} filler;

/* ---- attributes over what the parent says ---- */

static void
len(const filler *f, const ch_node *n, int attr, ch_len *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
    if (a && !ch_len_parse(a->value, f->em, to))
        *to = 0; /* "0" */
}

static void
flag(const ch_node *n, int attr, const char *word, bool *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
    if (a)
        *to = ch_str_is(a->value, word);
}

/* The number of the word that the attribute has in its CHOICE. */
static void
choice(const ch_node *n, int attr, unsigned *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
    if (!a)
        return;
    int i = ch_attr_choice(ch_vocab_use(&ch_style_vocab, n->elem, a->attr), a->value);
    *to   = i < 0 ? 0 : (unsigned)i;
}

static void
text(const filler *f, const ch_node *n, int attr, ch_str *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
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

/* ---- the page ---- */

static void
fill_paper(filler *f, const ch_node *n)
{
    const ch_catalogue *c    = f->sheet->catalogue;
    ch_geometry        *g    = &f->sheet->geometry;
    const ch_attr      *size = ch_node_attr(n, CH_SA_size);
    f->geometry              = n->where;
    if (size) {
        const ch_format *format = ch_catalogue_format(c, size->value);
        if (!format) {
            ch_buf names;
            ch_buf_init(&names, f->cx->job);
            for (size_t i = 0; i < c->n_formats; i++)
                ch_buf_printf(&names, "%s%.*s", i ? ", " : "", CH_ARG(c->format[i].name));
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
fill_margins(filler *f, const ch_node *n)
{
    ch_geometry *g     = &f->sheet->geometry;
    ch_str       page  = ch_node_attr_str(n, CH_SA_page);
    ch_margins  *at[2] = {ch_str_is(page, "next") ? NULL : &g->first,
                         ch_str_is(page, "first") ? NULL : &g->next};
    f->geometry = n->where;
    for (int i = 0; i < 2; i++) {
        if (!at[i])
            continue;
        len(f, n, CH_SA_top, &at[i]->top);
        len(f, n, CH_SA_bottom, &at[i]->bottom);
        len(f, n, CH_SA_start, &at[i]->start);
        len(f, n, CH_SA_end, &at[i]->end);
        len(f, n, CH_SA_left, &at[i]->start);
        len(f, n, CH_SA_right, &at[i]->end);
        if (ch_node_attr(n, CH_SA_left) || ch_node_attr(n, CH_SA_right))
            at[i]->pinned = true;
        else if (ch_node_attr(n, CH_SA_start) || ch_node_attr(n, CH_SA_end))
            at[i]->pinned = false;
    }
}

static void
fill_pages(filler *f, const ch_node *n)
{
    ch_geometry *g = &f->sheet->geometry;
    flag(n, CH_SA_fill, "ragged", &g->bottom_ragged);
    flag(n, CH_SA_number_single, "yes", &g->number_single_page);
    flag(n, CH_SA_classification, "own", &g->own_levels);
    flag(n, CH_SA_attachments, "own", &g->own_numbers);
}

/* A place on the paper from the upper edge; false, and reported, when it is none. */
static bool
mark_place(const filler *f, const ch_attr *a, ch_str word, ch_len *to)
{
    if (ch_len_parse(word, f->em, to) && *to > 0 && *to < f->sheet->geometry.height)
        return true;
    ch_report(f->cx, CH_E4013_bad_mark, a->where, CH_ARG(word));
    return false;
}

static void
fill_marks(filler *f, const ch_node *n)
{
    ch_marks      *m     = &f->sheet->geometry.marks;
    const ch_attr *folds = ch_node_attr(n, CH_SA_folds), *punch = ch_node_attr(n, CH_SA_punch);
    m->folds = folds ? 0 : m->folds;
    for (size_t at = 0; folds && !ch_str_is(folds->value, "none") && at < folds->value.n;) {
        ch_str word = ch_word_next(folds->value, &at);
        if (m->folds == CH_FOLDS_MOST || !mark_place(f, folds, word, &m->fold[m->folds])) {
            if (m->folds == CH_FOLDS_MOST)
                ch_report(f->cx, CH_E4014_many_folds, folds->where, CH_FOLDS_MOST);
            break;
        }
        m->folds++;
    }
    len(f, n, CH_SA_punch, &m->punch);
    if (punch && m->punch > 0)
        (void)mark_place(f, punch, punch->value, &m->punch);
    len(f, n, CH_SA_left, &m->left);
    len(f, n, CH_SA_width, &m->width);
    len(f, n, CH_SA_thickness, &m->thickness);
}

static void
check_room(ch_ctx *cx, const ch_sheet *s, const ch_margins *m, const char *page, ch_where where)
{
    const ch_geometry *g    = &s->geometry;
    const ch_props    *base = &s->role[CH_TYPE_base];
    ch_len             wide = g->width - m->start - m->end, high = g->height - m->top - m->bottom;
    if (wide >= 5 * base->size && high >= 3 * base->leading)
        return;
    ch_buf b;
    ch_buf_init(&b, cx->job);
    ch_len_print(&b, wide);
    ch_buf_puts(&b, "pt wide, ");
    ch_len_print(&b, high);
    ch_buf_puts(&b, "pt high");
    ch_report(cx, CH_E4007_no_room, where, page, CH_ARG(ch_buf_view(&b)));
}

void
ch_sheet_check_geometry(ch_ctx *cx, const ch_sheet *s, ch_where where)
{
    const ch_geometry *g = &s->geometry;
    check_room(cx, s, &g->first, "page 1", where);
    check_room(cx, s, &g->next, "further pages", where);
    if (g->first.start + g->first.end != g->next.start + g->next.end)
        ch_report(cx, CH_E4010_uneven_measure, where);
}

/* ---- letterhead and running lines ---- */

static void
check_items(const filler *f, const ch_node *n)
{
    const ch_attr *a = ch_node_attr(n, CH_SA_items);
    for (size_t from = 0, to; from < a->value.n; from = to + 1) {
        for (to = from; to < a->value.n && a->value.p[to] != ' '; to++) {
        }
        ch_str word = ch_str_sub(a->value, from, to);
        if (!ch_str_is(word, "date") && !ch_str_is(word, "reference") &&
            !ch_str_is(word, "enclosures"))
            ch_report(f->cx, CH_E4006_bad_style_value, a->where, CH_ARG(word),
                      CH_ARG(CH_STR_LIT("items")), "date, reference or enclosures");
    }
}

static ch_head_item
head_item(const filler *f, const ch_node *n)
{
    static const ch_head_item_kind KINDS[] = {CH_HEAD_ORG,       CH_HEAD_PERSON,  CH_HEAD_ROLE,
                                              CH_HEAD_MOTTO,     CH_HEAD_ADDRESS, CH_HEAD_CONTACT,
                                              CH_HEAD_INVOCATION};
    static const ch_align PLACES[] = {CH_ALIGN_CENTER, CH_ALIGN_START, CH_ALIGN_END, CH_ALIGN_LEFT,
                                      CH_ALIGN_RIGHT};
    static const ch_align SIDES[]  = {CH_ALIGN_END, CH_ALIGN_START, CH_ALIGN_LEFT, CH_ALIGN_RIGHT};
    ch_head_item          it       = {.kind = CH_HEAD_RULE, .role = CH_TYPE_letterhead_rule};
    unsigned              i        = 0;
    it.join                        = CH_STR_EMPTY;
    if (n->elem == CH_S_part) {
        choice(n, CH_SA_name, &i);
        it.kind   = KINDS[i];
        it.role   = role(f, n, CH_TYPE_letterhead_line);
        it.joined = ch_node_attr(n, CH_SA_join);
        text(f, n, CH_SA_join, &it.join);
    } else if (n->elem == CH_S_particulars) {
        choice(n, CH_SA_place, &i);
        it.kind  = CH_HEAD_PARTICULARS;
        it.place = SIDES[i];
        it.role  = role(f, n, CH_TYPE_particulars);
        text(f, n, CH_SA_items, &it.items);
        len(f, n, CH_SA_width, &it.width);
        len(f, n, CH_SA_gap, &it.gap);
        check_items(f, n);
    } else if (n->elem == CH_S_emblem) {
        choice(n, CH_SA_place, &i);
        it.kind  = CH_HEAD_EMBLEM;
        it.place = PLACES[i];
        it.role  = CH_TYPE_figure;
        len(f, n, CH_SA_width, &it.width);
        len(f, n, CH_SA_gap, &it.gap);
        i = 0;
        choice(n, CH_SA_colours, &i);
        it.black = i == 1;
    } else {
        it.role = role(f, n, CH_TYPE_letterhead_rule);
        len(f, n, CH_SA_thickness, &it.width);
    }
    return it;
}

static void
fill_letterhead(filler *f, const ch_node *n)
{
    ch_sheet_parts                 *p       = &f->sheet->parts;
    static const ch_letterhead_form FORMS[] = {CH_LETTERHEAD_DRAWN, CH_LETTERHEAD_DRAWN,
                                               CH_LETTERHEAD_BLACK, CH_LETTERHEAD_BLANK};
    if (ch_node_attr(n, CH_SA_print)) {
        unsigned i = 0;
        choice(n, CH_SA_print, &i);
        p->letterhead.print = i != 1;
        p->letterhead.form  = FORMS[i];
    }
    flag(n, CH_SA_languages, "sides", &p->letterhead.sides);
    len(f, n, CH_SA_top, &f->sheet->geometry.letterhead_top);
    len(f, n, CH_SA_height, &f->sheet->geometry.letterhead_height);
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
    static const int SIDES[5] = {CH_SA_start, CH_SA_center, CH_SA_end, CH_SA_left, CH_SA_right};
    ch_running       r        = {.role = role(f, n, CH_TYPE_running)};
    unsigned         page     = CH_PAGE_FIRST;
    choice(n, CH_SA_page, &page); /* the words are in the order of ch_page_class */
    flag(n, CH_SA_place, "foot", &r.foot);
    unsigned drawn = CH_DRAWN_ALWAYS;
    choice(n, CH_SA_when, &drawn); /* likewise */
    r.page  = (ch_page_class)page;
    r.drawn = (ch_drawn)drawn;
    for (int i = 0; i < 5; i++) {
        const ch_attr *a = ch_node_attr(n, SIDES[i]);
        if (a)
            r.side[i] = ch_template_read(f->cx, f->sheet->arena, a->value, a->where);
    }
    return r;
}

/* The lines of a page and place that were before stand until the layer has one of its own there. */
static void
fill_running(filler *f, const ch_layer *layer)
{
    ch_sheet *s                  = f->sheet;
    CH_VEC(ch_running) all       = {0};
    bool own[CH_PAGE_CLASSES][2] = {{false}};
    for (size_t i = 0; i < layer->node.n; i++) {
        if (layer->node.at[i]->elem != CH_S_running)
            continue;
        *CH_PUSH(s->arena, all)                             = running(f, layer->node.at[i]);
        own[all.at[all.n - 1].page][all.at[all.n - 1].foot] = true;
    }
    if (all.n == 0)
        return;
    for (size_t i = 0; i < s->n_running; i++) {
        const ch_running *r = &s->running[i];
        /* A new line of the further pages is also one of the even pages. */
        bool own_next = r->page == CH_PAGE_EVEN && own[CH_PAGE_NEXT][r->foot];
        if (!own[r->page][r->foot] && !own_next)
            *CH_PUSH(s->arena, all) = *r;
    }
    s->running   = all.at;
    s->n_running = all.n;
}

/* ---- the other parts ---- */

static void
fill_window(filler *f, const ch_node *n)
{
    const ch_attr *a = ch_node_attr(n, CH_SA_window);
    ch_geometry   *g = &f->sheet->geometry;
    if (!a)
        return;
    g->window = (ch_rect){0, 0, 0, 0};
    g->zones  = (ch_zones){0, 0, 0, 0};
    if (ch_str_is(a->value, "none"))
        return;
    const ch_window *w = ch_catalogue_window(f->sheet->catalogue, a->value);
    if (!w) {
        ch_buf names;
        ch_buf_init(&names, f->cx->job);
        for (size_t i = 0; i < f->sheet->catalogue->n_windows; i++)
            ch_buf_printf(&names, "%.*s, ", CH_ARG(f->sheet->catalogue->window[i].name));
        ch_report(f->cx, CH_E4011_unknown_window, a->where, CH_ARG(a->value));
        ch_hint(f->cx, "the windows are: %snone", ch_buf_view(&names).p);
        return;
    }
    g->window = (ch_rect){.x = w->from_right ? g->width - w->side - w->width : w->side,
                          .y = w->top,
                          .w = w->width,
                          .h = w->height};
    g->zones  = w->zones;
    if (g->window.x < 0 || g->window.x + w->width > g->width || w->top + w->height > g->height)
        ch_report(f->cx, CH_E4012_window_outside, a->where, CH_ARG(a->value));
}

static void
fill_opening(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    unsigned        i = p->opening.reference;
    choice(n, CH_SA_reference, &i);
    p->opening.reference = (ch_beside)i;
    flag(n, CH_SA_classification, "yes", &p->opening.classification);
    flag(n, CH_SA_subject_label, "yes", &p->opening.subject_label);
}

static void
fill_addressee(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    flag(n, CH_SA_position, "foot", &p->addressee.foot);
    flag(n, CH_SA_honorific, "line", &p->addressee.honorific_line);
    len(f, n, CH_SA_rule, &p->addressee.rule);
    fill_window(f, n);
}

static void
fill_lists(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    text(f, n, CH_SA_marks, &p->lists.marks);
    len(f, n, CH_SA_indent, &p->lists.indent);
    len(f, n, CH_SA_label, &p->lists.label);
}

static void
fill_tables(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    len(f, n, CH_SA_rule, &p->tables.rule);
    len(f, n, CH_SA_gutter, &p->tables.gutter);
    len(f, n, CH_SA_row_gap, &p->tables.row_gap);
}

static void
percent(const filler *f, const ch_node *n, int attr, int32_t *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
    if (a)
        *to = ch_sheet_percent(f->cx, ch_str_from(ch_style_vocab.attrs[attr]), a->value, a->where,
                               *to);
}

static void
fill_notes(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    ch_geometry    *g = &f->sheet->geometry;
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

/* A number of one or two digits; larger ones count as 99. */
static void
count(const ch_node *n, int attr, unsigned *to)
{
    const ch_attr *a = ch_node_attr(n, attr);
    unsigned       v = 0;
    if (!a)
        return;
    for (size_t i = 0; i < a->value.n && v < 99; i++)
        v = v * 10 + (unsigned)(a->value.p[i] - '0');
    *to = v < 99 ? v : 99;
}

static void
fill_signatures(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    columns(n, &p->signatures.columns);
    len(f, n, CH_SA_start, &p->signatures.start);
    len(f, n, CH_SA_gutter, &p->signatures.gutter);
    len(f, n, CH_SA_gap, &p->signatures.gap);
    len(f, n, CH_SA_ink, &p->signatures.ink);
    len(f, n, CH_SA_line, &p->signatures.line);
    len(f, n, CH_SA_initials, &p->signatures.initials);
}

static void
check_widths(const filler *f, const ch_attr *a)
{
    ch_len v;
    for (size_t at = 0; at < a->value.n;) {
        ch_str word = ch_word_next(a->value, &at);
        if (!ch_str_is(word, "auto") && !ch_len_parse(word, f->em, &v))
            ch_report(f->cx, CH_E4006_bad_style_value, a->where, CH_ARG(word),
                      CH_ARG(CH_STR_LIT("widths")), "a length, or auto");
    }
}

static void
fill_annex(filler *f, const ch_node *n)
{
    ch_sheet_parts *p = &f->sheet->parts;
    unsigned        i = p->annex.layout;
    choice(n, CH_SA_layout, &i);
    p->annex.layout = (ch_annex_layout)i;
    columns(n, &p->annex.columns);
    flag(n, CH_SA_new_page, "auto", &p->annex.auto_page);
    flag(n, CH_SA_position, "first", &p->annex.before_attachments);
    flag(n, CH_SA_announce, "yes", &p->annex.announce);
    flag(n, CH_SA_follows, "yes", &p->annex.follows);
    flag(n, CH_SA_sides, "two", &p->annex.two_sides);
    i = p->annex.end_mark;
    choice(n, CH_SA_end_mark, &i);
    p->annex.end_mark = (ch_end_mark)i; /* the words are in its order */
    text(f, n, CH_SA_show, &p->annex.show);
    text(f, n, CH_SA_widths, &p->annex.widths);
    if (ch_node_attr(n, CH_SA_widths))
        check_widths(f, ch_node_attr(n, CH_SA_widths));
    text(f, n, CH_SA_separator, &p->annex.separator);
    text(f, n, CH_SA_inner_separator, &p->annex.inner);
    count(n, CH_SA_blank_rows, &p->annex.blank_rows);
    len(f, n, CH_SA_gutter, &p->annex.gutter);
    len(f, n, CH_SA_row_gap, &p->annex.row_gap);
    len(f, n, CH_SA_ink, &p->annex.ink);
    len(f, n, CH_SA_signature, &p->annex.signature);
    len(f, n, CH_SA_rule, &p->annex.rule);
}

static void
fill_number_form(filler *f, const ch_node *n)
{
    unsigned i = f->sheet->parts.paragraphs.form;
    choice(n, CH_SA_form, &i);
    f->sheet->parts.paragraphs.form = (ch_number_form)i; /* the words are in its order */
}

static void
fill_part(filler *f, const ch_node *n)
{
    switch (n->elem) {
    case CH_S_paper:
        fill_paper(f, n);
        break;
    case CH_S_margins:
        fill_margins(f, n);
        break;
    case CH_S_head:
        len(f, n, CH_SA_top, &f->sheet->geometry.head_top);
        break;
    case CH_S_foot:
        len(f, n, CH_SA_bottom, &f->sheet->geometry.foot_bottom);
        break;
    case CH_S_pages:
        fill_pages(f, n);
        break;
    case CH_S_marks:
        fill_marks(f, n);
        break;
    case CH_S_letterhead:
        fill_letterhead(f, n);
        break;
    case CH_S_copies:
        len(f, n, CH_SA_top, &f->sheet->geometry.copy_top);
        flag(n, CH_SA_pages, "all", &f->sheet->geometry.copy_every);
        break;
    case CH_S_opening:
        fill_opening(f, n);
        break;
    case CH_S_addressee:
        fill_addressee(f, n);
        break;
    case CH_S_paragraphs:
        flag(n, CH_SA_numbered, "yes", &f->sheet->parts.paragraphs.numbered);
        fill_number_form(f, n);
        len(f, n, CH_SA_label, &f->sheet->parts.paragraphs.label);
        break;
    case CH_S_lists:
        fill_lists(f, n);
        break;
    case CH_S_tables:
        fill_tables(f, n);
        break;
    case CH_S_notes:
        fill_notes(f, n);
        break;
    case CH_S_signatures:
        fill_signatures(f, n);
        break;
    case CH_S_annex:
        fill_annex(f, n);
        break;
    default: /* running, script, role */
        break;
    }
}

/* ---- scripts ---- */

typedef CH_VEC(ch_script_type) script_vec;

static void
fill_script(filler *f, const ch_node *n, ch_str code, const ch_attr *name, script_vec *all)
{
    uint32_t tag = ch_script_tag(code);
    size_t   i   = 0;
    if (tag == 0) {
        ch_report(f->cx, CH_E4006_bad_style_value, name->where, CH_ARG(code),
                  CH_ARG(CH_STR_LIT("name")), "a script of four letters, as Arab");
        return;
    }
    while (i < all->n && all->at[i].tag != tag)
        i++;
    if (i == all->n)
        *CH_PUSH(f->sheet->arena, *all) = (ch_script_type){tag, 1000, 1000, 1000, false, false};
    ch_script_type *t = &all->at[i];
    percent(f, n, CH_SA_size, &t->size);
    percent(f, n, CH_SA_leading, &t->leading);
    percent(f, n, CH_SA_space, &t->space);
    flag(n, CH_SA_emphasis, "bold", &t->upright);
    flag(n, CH_SA_tracking, "no", &t->closed);
    if (t->size < 100)
        t->size = 100; /* a size is never nothing */
}

static void
fill_scripts(filler *f, const ch_layer *layer)
{
    const ch_script_types *before = f->sheet->scripts;
    script_vec             all    = {0};
    bool                   any    = false;
    for (size_t i = 0; before && i < before->n; i++)
        *CH_PUSH(f->sheet->arena, all) = before->at[i];
    for (size_t i = 0; i < layer->node.n; i++) {
        const ch_node *n    = layer->node.at[i];
        const ch_attr *name = ch_node_attr(n, CH_SA_name);
        if (n->elem != CH_S_script)
            continue;
        any = true;
        for (size_t from = 0, to; from < name->value.n; from = to + 1) {
            for (to = from; to < name->value.n && name->value.p[to] != ' '; to++) {
            }
            fill_script(f, n, ch_str_sub(name->value, from, to), name, &all);
        }
    }
    if (!any)
        return;
    ch_script_types *made = CH_NEW(f->sheet->arena, ch_script_types);
    *made                 = (ch_script_types){all.at, all.n};
    f->sheet->scripts     = made;
}

/* What holds where no sheet says anything: a plain A4 page. */
static void
defaults(ch_sheet *s)
{
    ch_margins m = {25 * CH_MM, 25 * CH_MM, 25 * CH_MM, 25 * CH_MM, false};
    s->geometry =
        (ch_geometry){.width           = 210 * CH_MM,
                      .height          = 297 * CH_MM,
                      .first           = m,
                      .next            = m,
                      .head_top        = 12 * CH_MM,
                      .foot_bottom     = 12 * CH_MM,
                      .letterhead_top  = 15 * CH_MM,
                      .letterhead_gap  = 8 * CH_MM,
                      .copy_top        = 7 * CH_MM,
                      .copy_every      = true,
                      .note_gap        = 12 * CH_PT,
                      .note_rule       = CH_PT / 2,
                      .note_rule_width = 30 * CH_MM,
                      .bottom_ragged   = true,
                      .marks = {.left = 4 * CH_MM, .width = 4 * CH_MM, .thickness = CH_PT / 4}};
    s->parts = (ch_sheet_parts){
        .letterhead = {.print = true, .form = CH_LETTERHEAD_DRAWN},
        .opening    = {.classification = true, .subject_label = true},
        .addressee  = {.rule = CH_PT / 4},
        .paragraphs = {.label = 8 * CH_MM},
        .lists      = {.marks = CH_STR_LIT("\xE2\x80\xA2 \xE2\x80\x93"), .label = 6 * CH_MM},
        .tables     = {.rule = CH_PT / 2, .gutter = 4 * CH_MM, .row_gap = 3 * CH_PT},
        .notes      = {.label = 5 * CH_MM, .mark_size = 650, .mark_rise = 320},
        .signatures = {.columns = 2,
                       .start   = 80 * CH_MM,
                       .gutter  = 10 * CH_MM,
                       .gap     = 8 * CH_MM,
                       .ink     = 20 * CH_MM},
        .annex      = {.layout    = CH_ANNEX_TABLE,
                       .announce  = true,
                       .separator = CH_STR_LIT("; "),
                       .inner     = CH_STR_LIT(", "),
                       .columns   = 2,
                       .gutter    = 4 * CH_MM,
                       .row_gap   = 3 * CH_PT,
                       .ink       = 12 * CH_MM,
                       .signature = 36 * CH_MM,
                       .rule      = CH_PT / 2}};
}

void
ch_sheet_apply(ch_ctx *cx, ch_sheet *sheet, const ch_layer *layer, size_t n, uint32_t script,
               ch_where *where)
{
    filler f = {.cx = cx, .sheet = sheet, .geometry = *where};
    for (size_t i = 0; i < n; i++) {
        fill_scripts(&f, &layer[i]);
        ch_sheet_merge_roles(cx, sheet, &layer[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (!ch_sheet_check_roles(cx, sheet, layer[i].file))
            return;
    }
    ch_sheet_compute_roles(sheet, script);
    f.em = sheet->role[CH_TYPE_base].size;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < layer[i].node.n; k++)
            fill_part(&f, layer[i].node.at[k]);
        fill_running(&f, &layer[i]);
    }
    *where = f.geometry;
}

ch_status
ch_sheet_fill(ch_ctx *cx, const ch_node *root, ch_sheet *sheet)
{
    size_t          before = ch_diags_errors(cx->diags);
    ch_where        where  = root->where;
    ch_layer        plain  = {.file = &sheet->file};
    const ch_sheet *parent = sheet->parent;
    defaults(sheet);
    if (parent) {
        sheet->geometry  = parent->geometry;
        sheet->parts     = parent->parts;
        sheet->scripts   = parent->scripts;
        sheet->running   = parent->running;
        sheet->n_running = parent->n_running;
        ch_sheet_copy_roles(sheet, parent);
    }
    for (const ch_node *n = ch_node_elements_first(root); n; n = ch_node_elements_next(n)) {
        if (!ch_node_attr(n, CH_SA_only_for))
            *CH_PUSH(cx->job, plain.node) = n;
    }
    ch_sheet_apply(cx, sheet, &plain, 1, 0, &where);
    if (ch_diags_errors(cx->diags) > before)
        return CH_ERR_INPUT;
    ch_sheet_check_geometry(cx, sheet, where);
    ch_sheet_keep_local(cx, root, sheet);
    return ch_diags_errors(cx->diags) > before ? CH_ERR_INPUT : CH_OK;
}
