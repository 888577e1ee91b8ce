/* tests/unit/layout_test.c -- page/: letters made of bare lines, by tests/cases/page/pages.case.
 *
 *     layout_test [--update]
 *
 * A case: "--- NAME", then a letter, one block a line; every line is 10 pt high and every page
 * 100 pt wide.  What is expected stands behind "=>": for each page what is on it, by baseline
 * and left edge, lines that follow each other at 10 pt as a range; then the diagnostics by code
 * and text.  --update writes it anew.
 *
 *   page HEIGHT TOP BOTTOM        the sheet and its margins; flush: spaces stretch; rtl
 *   explain
 *   KIND LINES [KEY VALUE]...     text salute head courtesy signature after annexhead annex opener
 *                                 before after stretch shrink unit keep together name; hyphen LINE;
 *                                 note LINES mark LINE
 *   words N                       N words of 4 pt, 4 pt apart, set by line/
 *   gap HEIGHT    rule    figure WIDTH HEIGHT    newpage    needed
 *   table ROW...  columns K ROW...   ROW: head body group total, then lines, then times: body:3*4
 *   continued     the table before has a title that is repeated
 *   foot LINES    letterhead LINES    running LINES
 *   window WIDTH HEIGHT LINES [y=PT] [return=PT] [remarks=PT] [lines=N] [from=LINES] [told=LINES]
 *       (the address, the line above it and remarks: blocks of a line each)
 *   marks FOLD... [punch=PT]
 *   limit PAGES */
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE (10 * CH_PT)
#define WIDTH (100 * CH_PT)

static int failures, cases;

typedef struct maker {
    ch_ctx    cx;
    ch_blocks b;
    ch_face   face;
    ch_snode *root;
    CH_VEC(ch_block) flow;
    CH_VEC(ch_para *) para;
    CH_VEC(ch_table *) table;
    CH_VEC(ch_footnote *) note;
    CH_VEC(const ch_lines *) lines;
    ch_block_list running;
    unsigned      names;
} maker;

/* ---- words of a line ---- */

typedef struct words {
    char *at[40];
    int   n;
} words;

static words
split(ch_arena *a, ch_str s)
{
    words w = {{0}, 0};
    char *z = ch_arena_alloc(a, s.n + 1);
    memcpy(z, s.p, s.n);
    while (*z && w.n < 40) {
        while (*z == ' ')
            *z++ = '\0';
        if (!*z)
            break;
        w.at[w.n++] = z;
        while (*z && *z != ' ')
            z++;
    }
    return w;
}

static long
number(const words *w, int i)
{
    return i < w->n ? strtol(w->at[i], NULL, 10) : 0;
}

static long
value_of(const words *w, const char *key, long dflt)
{
    for (int i = 1; i < w->n; i++)
        if (!strcmp(w->at[i], key))
            return i + 1 < w->n ? number(w, i + 1) : 1;
    return dflt;
}

/* ---- paragraphs of bare lines ---- */

static ch_props *
props_of(maker *m, const words *w)
{
    ch_props *p = CH_NEW(m->cx.job, ch_props);
    p->size     = 8 * CH_PT;
    p->leading  = LINE;
    p->widows = p->orphans = 2;
    p->before              = value_of(w, "before", 0) * CH_PT;
    p->after               = value_of(w, "after", 0) * CH_PT;
    p->stretch             = value_of(w, "stretch", 0) * CH_PT;
    p->shrink              = value_of(w, "shrink", 0) * CH_PT;
    p->keep_together       = value_of(w, "together", 0) != 0;
    return p;
}

static void
fill_lines(maker *m, const ch_para *para, const char *name, size_t n, long hyphen)
{
    ch_lines  *l      = CH_NEW(m->cx.job, ch_lines);
    ch_shaped *shaped = CH_NEW(m->cx.job, ch_shaped);
    ch_line   *line   = CH_NEW_N(m->cx.job, ch_line, n);
    ch_buf     text;
    ch_buf_init(&text, m->cx.job);
    ch_run *run = CH_NEW(m->cx.job, ch_run);
    *run        = (ch_run){.face = &m->face, .size = 8 * CH_PT, .span = para->span};
    for (size_t i = 0; i < n; i++) {
        ch_strip *s  = CH_NEW(m->cx.job, ch_strip);
        line[i].from = text.n;
        ch_buf_printf(&text, "%s.%zu", name, i + 1);
        line[i].to = text.n;
        *s = (ch_strip){.run = run, .from = line[i].from, .to = line[i].to, .width = 50 * CH_PT};
        s->hyphen       = (long)i + 1 == hyphen;
        line[i].strip   = s;
        line[i].n       = 1;
        line[i].height  = LINE;
        line[i].width   = 50 * CH_PT;
        line[i].ascent  = 6 * CH_PT;
        line[i].descent = 2 * CH_PT;
    }
    *shaped                       = (ch_shaped){.para = para, .text = ch_buf_view(&text)};
    *l                            = (ch_lines){.para    = para,
                                               .shaped  = shaped,
                                               .line    = line,
                                               .n       = n,
                                               .measure = WIDTH,
                                               .height  = (ch_len)n * LINE};
    *CH_PUSH(m->cx.job, m->lines) = l;
}

static ch_para *
para_of(maker *m, const char *name, size_t lines, const ch_props *props, bool artifact, long hyphen)
{
    ch_para *p = CH_NEW(m->cx.job, ch_para);
    p->index   = (uint32_t)m->para.n;
    p->span    = CH_NEW(m->cx.job, ch_span);
    p->n       = 1;
    p->props   = props;
    p->lang    = CH_STR_LIT("en");
    p->node    = artifact ? NULL : ch_snode_new(m->cx.job, m->root, CH_ROLE_P, CH_NOWHERE);
    *p->span   = (ch_span){
          .type = props, .node = p->node, .lang = p->lang, .text = CH_STR_EMPTY, .uri = CH_STR_EMPTY};
    *CH_PUSH(m->cx.job, m->para) = p;
    fill_lines(m, p, name, lines, hyphen);
    return p;
}

/* A paragraph of n words "ab", set by the line room; thirteen of them fill a line. */
static ch_para *
words_of(maker *m, size_t n, ch_props *props)
{
    ch_arena *a         = m->cx.job;
    ch_para  *para      = para_of(m, "words", 0, props, false, 0);
    props->align        = CH_ALIGN_JUSTIFY;
    props->tolerance    = 200;
    props->word_space   = 1000;
    props->word_stretch = 500;
    props->word_shrink  = 333;
    ch_shaped   *shaped = CH_NEW(a, ch_shaped);
    ch_run      *run    = CH_NEW(a, ch_run);
    ch_glyph    *glyph  = CH_NEW_N(a, ch_glyph, 3 * n);
    ch_break_at *brk    = CH_NEW_N(a, ch_break_at, n);
    ch_buf       text;
    ch_buf_init(&text, a);
    for (size_t i = 0; i < n; i++) {
        ch_buf_puts(&text, i + 1 < n ? "ab " : "ab");
        for (uint32_t k = 0; k < 3; k++)
            glyph[3 * i + k] = (ch_glyph){
                .id = 1, .cluster = (uint32_t)(3 * i) + k, .advance = (k < 2 ? 2 : 4) * CH_PT};
        brk[i] =
            (ch_break_at){.offset = 3 * (i + 1), .space_from = 3 * i + 2, .kind = CH_BREAK_SPACE};
    }
    brk[n - 1]  = (ch_break_at){.offset = text.n, .space_from = text.n, .kind = CH_BREAK_FORCED};
    para->props = props;
    *run        = (ch_run){.face  = &m->face,
                           .size  = 8 * CH_PT,
                           .span  = para->span,
                           .to    = text.n,
                           .glyph = glyph,
                           .n     = 3 * n - 1};
    *shaped     = (ch_shaped){.para     = para,
                              .text     = ch_buf_view(&text),
                              .run      = run,
                              .n_runs   = 1,
                              .brk      = brk,
                              .n_breaks = n};
    if (ch_lines_set(&m->cx, shaped, WIDTH, &m->lines.at[m->lines.n - 1]) != CH_OK)
        failures++;
    return para;
}

static ch_block
block_of(maker *m, ch_block_kind kind, const words *w, const char *name)
{
    ch_block b  = {.kind     = kind,
                   .props    = props_of(m, w),
                   .measure  = WIDTH,
                   .name     = name,
                   .bookmark = CH_STR_EMPTY,
                   .unit     = (unsigned)value_of(w, "unit", 0)};
    b.keep_next = value_of(w, "keep", 0) != 0;
    return b;
}

static ch_block_list
list_of(maker *m, const char *name, size_t lines, bool artifact)
{
    words     none = {{0}, 0};
    ch_block *b    = CH_NEW(m->cx.job, ch_block);
    *b             = block_of(m, CH_BLOCK_PARA, &none, name);
    b->para        = para_of(m, name, lines, b->props, artifact, 0);
    return (ch_block_list){b, 1};
}

/* The same as blocks of a line each. */
static ch_block_list
blocks_of(maker *m, const char *name, size_t lines, bool artifact)
{
    ch_block *all = CH_NEW_N(m->cx.job, ch_block, lines);
    for (size_t i = 0; i < lines; i++) {
        const char *own = ch_arena_printf(m->cx.job, "%s%zu", name, i + 1).p;
        all[i]          = list_of(m, own, 1, artifact).at[0];
    }
    return (ch_block_list){all, lines};
}

static ch_len
option(const words *w, const char *key)
{
    size_t n = strlen(key);
    for (int i = 1; i < w->n; i++)
        if (!strncmp(w->at[i], key, n) && w->at[i][n] == '=')
            return (ch_len)strtol(w->at[i] + n + 1, NULL, 10);
    return 0;
}

static void
add_window(maker *m, const words *w)
{
    ch_geometry *g = &m->b.geometry;
    g->window = (ch_rect){0, option(w, "y") * CH_PT, number(w, 1) * CH_PT, number(w, 2) * CH_PT};
    g->zones  = (ch_zones){.returns = option(w, "return") * CH_PT,
                           .remarks = option(w, "remarks") * CH_PT,
                           .lines   = (unsigned)option(w, "lines")};
    m->b.addressee_window = blocks_of(m, "window", (size_t)number(w, 3), false);
    m->b.window_return = option(w, "from") > 0 ? list_of(m, "from", (size_t)option(w, "from"), true)
                                               : (ch_block_list){NULL, 0};
    m->b.window_remarks = blocks_of(m, "told", (size_t)option(w, "told"), false);
}

static void
add_marks(maker *m, const words *w)
{
    ch_marks *k = &m->b.geometry.marks;
    *k          = (ch_marks){.left = 2 * CH_PT, .width = 6 * CH_PT, .thickness = CH_PT / 4};
    for (int i = 1; i < w->n && !strchr(w->at[i], '='); i++)
        k->fold[k->folds++] = number(w, i) * CH_PT;
    k->punch = option(w, "punch") * CH_PT;
}

/* A note of some lines, whose mark stands on a line of the paragraph set last. */
static void
add_note(maker *m, const ch_lines *of, size_t lines, size_t mark)
{
    ch_footnote *note = CH_NEW(m->cx.job, ch_footnote);
    note->number      = (unsigned)m->note.n + 1;
    note->content = list_of(m, ch_arena_printf(m->cx.job, "note%u", note->number).p, lines, false);
    *CH_PUSH(m->cx.job, m->note) = note;
    ch_line            *line     = (ch_line *)(uintptr_t)&of->line[mark - 1];
    const ch_footnote **at       = CH_NEW(m->cx.job, const ch_footnote *);
    *at                          = note;
    line->note                   = at;
    line->n_notes                = 1;
}

/* ---- tables ---- */

static ch_row
row_of(maker *m, ch_row_kind kind, size_t lines)
{
    const char *name            = ch_arena_printf(m->cx.job, "row%u", m->names++).p;
    ch_row      r               = {.kind = kind, .n = 1};
    r.cell                      = CH_NEW(m->cx.job, ch_cell);
    r.cell->content             = list_of(m, name, lines, false);
    r.cell->columns             = 1;
    r.cell->content.at->measure = 0;
    if (kind == CH_ROW_GROUP) {
        r.continued                      = CH_NEW(m->cx.job, ch_cell);
        r.continued->content             = list_of(m, "again", 1, true);
        r.continued->content.at->measure = 0;
        r.continued->columns             = 1;
    }
    return r;
}

static void
add_table(maker *m, const words *w)
{
    ch_table *t         = CH_NEW(m->cx.job, ch_table);
    ch_block  b         = block_of(m, CH_BLOCK_TABLE, w, "table");
    bool      cols      = !strcmp(w->at[0], "columns");
    CH_VEC(ch_row) rows = {0};
    t->flow             = cols ? CH_FLOW_COLUMNS : CH_FLOW_ROWS;
    t->newspaper        = cols ? (unsigned)number(w, 1) : 0;
    t->index            = (uint32_t)m->table.n;
    t->n_columns        = 1;
    t->column           = CH_NEW(m->cx.job, ch_column);
    m->names            = 1;
    for (int i = cols ? 2 : 1; i < w->n; i++) {
        char       *lines = strchr(w->at[i], ':'), *times = strchr(w->at[i], '*');
        long        n    = lines ? strtol(lines + 1, NULL, 10) : 1;
        ch_row_kind kind = w->at[i][0] == 'h'   ? CH_ROW_HEAD
                           : w->at[i][0] == 'g' ? CH_ROW_GROUP
                           : w->at[i][0] == 't' ? CH_ROW_TOTAL
                                                : CH_ROW_BODY;
        for (long k = times ? strtol(times + 1, NULL, 10) : 1; k > 0; k--) {
            ch_row r                  = row_of(m, kind, (size_t)n);
            *CH_PUSH(m->cx.job, rows) = r;
        }
    }
    t->row                        = rows.at;
    t->n_rows                     = rows.n;
    b.table                       = t;
    b.part                        = CH_PART_ANNEX;
    *CH_PUSH(m->cx.job, m->table) = t;
    *CH_PUSH(m->cx.job, m->flow)  = b;
}

/* ---- a line of a case ---- */

static const struct {
    const char *name;
    ch_part     part;
} PARTS[] = {{"text", CH_PART_BODY},
             {"salute", CH_PART_SALUTE},
             {"head", CH_PART_HEAD},
             {"courtesy", CH_PART_COURTESY},
             {"signature", CH_PART_SIGNATURE},
             {"after", CH_PART_AFTER},
             {"annexhead", CH_PART_ANNEX_HEAD},
             {"annex", CH_PART_ANNEX},
             {"opener", CH_PART_OPENER}};

static bool
add_text(maker *m, const words *w)
{
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        if (strcmp(w->at[0], PARTS[i].name))
            continue;
        const char *name = ch_arena_printf(m->cx.job, "%s%zu", w->at[0], m->flow.n + 1).p;
        ch_block    b    = block_of(m, CH_BLOCK_PARA, w, PARTS[i].name);
        b.part           = PARTS[i].part;
        b.para = para_of(m, name, (size_t)number(w, 1), b.props, false, value_of(w, "hyphen", 0));
        const ch_lines *l            = m->lines.at[m->lines.n - 1];
        *CH_PUSH(m->cx.job, m->flow) = b;
        if (value_of(w, "note", 0))
            add_note(m, l, (size_t)value_of(w, "note", 1), (size_t)value_of(w, "mark", 1));
        return true;
    }
    return false;
}

static void
add_block(maker *m, const words *w, ch_block_kind kind)
{
    ch_block b       = block_of(m, kind, w, w->at[0]);
    b.gap            = number(w, 1) * CH_PT;
    b.rule_thickness = CH_PT;
    b.if_needed      = !strcmp(w->at[0], "needed");
    if (kind == CH_BLOCK_FIGURE) {
        b.figure         = CH_NEW(m->cx.job, ch_figure);
        b.figure->path   = CH_STR_LIT("f.png");
        b.figure->alt    = CH_STR_LIT("figure");
        b.figure->width  = number(w, 1) * CH_PT;
        b.figure->height = number(w, 2) * CH_PT;
    }
    *CH_PUSH(m->cx.job, m->flow) = b;
}

static void
add_line(maker *m, const words *w)
{
    ch_geometry *g = &m->b.geometry;
    const char  *k = w->at[0];
    if (!strcmp(k, "page")) {
        g->height    = number(w, 1) * CH_PT;
        g->first.top = g->next.top = number(w, 2) * CH_PT;
        g->first.bottom = g->next.bottom = number(w, 3) * CH_PT;
    } else if (!strcmp(k, "flush")) {
        g->bottom_ragged = false;
    } else if (!strcmp(k, "rtl")) {
        g->rtl = true;
    } else if (!strcmp(k, "explain")) {
        m->cx.explain = true;
    } else if (!strcmp(k, "limit")) {
        m->cx.limits.pages = (uint32_t)number(w, 1);
    } else if (!strcmp(k, "foot")) {
        m->b.addressee_foot = list_of(m, "foot", (size_t)number(w, 1), false);
    } else if (!strcmp(k, "letterhead")) {
        m->b.letterhead = list_of(m, "letterhead", (size_t)number(w, 1), false);
    } else if (!strcmp(k, "running")) {
        m->b.next.head = m->b.even.head = list_of(m, "running", (size_t)number(w, 1), true);
    } else if (!strcmp(k, "window")) {
        add_window(m, w);
    } else if (!strcmp(k, "marks")) {
        add_marks(m, w);
    } else if (!strcmp(k, "table") || !strcmp(k, "columns")) {
        add_table(m, w);
    } else if (!strcmp(k, "continued")) {
        m->table.at[m->table.n - 1]->continued_head = list_of(m, "title", 1, true);
    } else if (!strcmp(k, "gap")) {
        add_block(m, w, CH_BLOCK_GAP);
    } else if (!strcmp(k, "rule")) {
        add_block(m, w, CH_BLOCK_RULE);
    } else if (!strcmp(k, "figure")) {
        add_block(m, w, CH_BLOCK_FIGURE);
    } else if (!strcmp(k, "newpage") || !strcmp(k, "needed")) {
        add_block(m, w, CH_BLOCK_NEW_PAGE);
    } else if (!strcmp(k, "words")) {
        ch_block b                   = block_of(m, CH_BLOCK_PARA, w, "words");
        b.part                       = CH_PART_BODY;
        b.para                       = words_of(m, (size_t)number(w, 1), props_of(m, w));
        *CH_PUSH(m->cx.job, m->flow) = b;
    } else if (!add_text(m, w)) {
        fprintf(stderr, "layout_test: no such block: %s\n", k);
        failures++;
    }
}

/* ---- what came out ---- */

/* "text3.2": text3 and 2. */
static size_t
line_number(ch_str text, ch_str *name)
{
    size_t dot = text.n;
    while (dot > 0 && text.p[dot - 1] != '.')
        dot--;
    *name = ch_str_sub(text, 0, dot ? dot - 1 : 0);
    return (size_t)strtoul(text.p + dot, NULL, 10);
}

/* Is b the line after a, right below it? */
static bool
follows(const ch_item *a, const ch_item *b)
{
    ch_str of, also;
    if (!memchr(a->text.p, '.', a->text.n) || a->kind != CH_ITEM_GLYPHS ||
        b->kind != CH_ITEM_GLYPHS || b->x != a->x || b->y != a->y + LINE)
        return false;
    size_t i = line_number(a->text, &of), k = line_number(b->text, &also);
    return ch_str_eq(of, also) && k == i + 1;
}

static void
print_page(ch_buf *out, const ch_page *p)
{
    ch_buf_printf(out, "page %u\n", p->number);
    for (size_t i = 0; i < p->n;) {
        const ch_item *it = &p->item[i];
        size_t         k  = i + 1;
        while (k < p->n && follows(&p->item[k - 1], &p->item[k]))
            k++;
        ch_buf_puts(out, "  ");
        ch_len_print(out, it->x);
        ch_buf_putc(out, ' ');
        ch_len_print(out, it->y);
        ch_buf_putc(out, ' ');
        if (it->kind == CH_ITEM_GLYPHS && !memchr(it->text.p, '.', it->text.n)) {
            ch_buf_printf(out, "%zu words, ", (it->text.n + 1) / 3);
            ch_len_print(out, it->w);
        } else if (it->kind == CH_ITEM_GLYPHS) {
            ch_str name;
            size_t from = line_number(it->text, &name);
            size_t to   = line_number(p->item[k - 1].text, &name);
            ch_buf_printf(out, "%.*s %zu", CH_ARG(name), from);
            if (to > from)
                ch_buf_printf(out, "-%zu", to);
        } else {
            ch_buf_puts(out, it->kind == CH_ITEM_RULE ? "rule " : "image ");
            ch_len_print(out, it->w);
            ch_buf_puts(out, " x ");
            ch_len_print(out, it->h);
        }
        static const char *const ARTIFACTS[] = {"", " [header]", " [footer]", " [artifact]"};
        ch_buf_puts(out, it->node ? "" : ARTIFACTS[it->artifact]);
        ch_buf_putc(out, '\n');
        i = k;
    }
}

static ch_str
run_letter(maker *m)
{
    ch_blocks    *b     = &m->b;
    ch_texts_doc  texts = {.blocks = b};
    ch_page_tools tools = {0};
    ch_buf        out;
    b->flow     = (ch_block_list){m->flow.at, m->flow.n};
    b->para     = m->para.at;
    b->n_paras  = m->para.n;
    b->table    = m->table.at;
    b->n_tables = m->table.n;
    for (size_t i = 0; i < m->table.n; i++)
        m->table.at[i]->rtl = b->geometry.rtl;
    for (size_t i = 0; i < b->flow.n; i++)
        b->flow.at[i].rtl = b->geometry.rtl;
    b->note                 = m->note.at;
    b->n_notes              = m->note.n;
    ch_table_widths *widths = CH_NEW_N(m->cx.job, ch_table_widths, m->table.n);
    for (size_t i = 0; i < m->table.n; i++) {
        ch_len *w = CH_NEW(m->cx.job, ch_len);
        *w        = m->table.at[i]->newspaper ? WIDTH / m->table.at[i]->newspaper : WIDTH;
        widths[i] = (ch_table_widths){w, 1, NULL};
    }
    ch_lines_doc doc = {
        .texts = &texts, .lines = m->lines.at, .letterhead = m->b.letterhead, .table = widths};
    const ch_pages *pages;
    ch_buf_init(&out, m->cx.job);
    ch_status st = ch_page_pass(&m->cx, &tools, &doc, &pages);
    for (size_t i = 0; st == CH_OK && i < pages->n; i++)
        print_page(&out, &pages->page[i]);
    if (st == CH_OK && pages->relaxed)
        ch_buf_printf(&out, "relaxed %zu\n", pages->relaxed);
    for (size_t i = 0; i < ch_diags_count(m->cx.diags); i++) {
        const ch_diag *d = ch_diags_at(m->cx.diags, i);
        ch_buf_printf(&out, "%c%04u %.*s\n", ch_code_letter(d->code), ch_code_number(d->code),
                      CH_ARG(d->text));
    }
    return ch_buf_view(&out);
}

/* ---- the cases ---- */

static ch_str
next_line(ch_str s, size_t *at)
{
    size_t from = *at, to = from;
    while (to < s.n && s.p[to] != '\n')
        to++;
    *at = to < s.n ? to + 1 : to;
    return ch_str_sub(s, from, to);
}

static ch_str
run_case(ch_arena *job, ch_arena *scratch, ch_str letter)
{
    maker m       = {.cx = {.job = job, .scratch = scratch, .diags = ch_diags_new(job)}};
    m.root        = ch_snode_new(job, NULL, CH_ROLE_DOCUMENT, CH_NOWHERE);
    m.face        = (ch_face){.family = CH_STR_LIT("F"), .style = CH_STR_LIT("R"), .upem = 1000};
    m.b.root      = m.root;
    m.b.meta.lang = CH_STR_LIT("en");
    m.b.geometry  = (ch_geometry){.width = WIDTH, .height = 100 * CH_PT};
    m.b.geometry.bottom_ragged   = true;
    m.b.geometry.note_gap        = 4 * CH_PT;
    m.b.geometry.note_rule       = CH_PT;
    m.b.geometry.note_rule_width = 30 * CH_PT;
    for (size_t at = 0; at < letter.n;) {
        words w = split(job, next_line(letter, &at));
        if (w.n)
            add_line(&m, &w);
    }
    return run_letter(&m);
}

static void
run_file(ch_arena *job, ch_arena *scratch, ch_str file, ch_buf *updated)
{
    for (size_t at = 0; at < file.n;) {
        ch_str line = next_line(file, &at);
        ch_buf_printf(updated, "%.*s\n", CH_ARG(line));
        if (!ch_str_starts(line, "--- "))
            continue;
        size_t from = at, sep = at;
        for (; at < file.n; sep = at)
            if (ch_str_is(next_line(file, &at), "=>"))
                break;
        size_t want = at;
        while (at < file.n && !ch_str_starts(ch_str_sub(file, at, file.n), "--- "))
            (void)next_line(file, &at);
        ch_str expected = ch_str_sub(file, want, at), got;
        while (ch_str_ends(expected, "\n\n"))
            expected.n--;
        got = run_case(job, scratch, ch_str_sub(file, from, sep));
        ch_buf_printf(updated, "%.*s=>\n%.*s%s", CH_ARG(ch_str_sub(file, from, sep)), CH_ARG(got),
                      at < file.n ? "\n" : "");
        cases++;
        if (!ch_str_eq(got, expected)) {
            failures++;
            fprintf(stderr, "case %.*s\n--- expected\n%.*s--- got\n%.*s", CH_ARG(line),
                    CH_ARG(expected), CH_ARG(got));
        }
    }
}

int
main(int argc, char **argv)
{
    const char *top    = getenv("CHANCERY_SRC");
    bool        update = argc > 1 && !strcmp(argv[1], "--update");
    ch_arena   *job = ch_arena_new(0), *scratch = ch_arena_new(0);
    ch_guard    guard;
    ch_str      file;
    ch_buf      updated;
    int         os_error;
    if (!job || !scratch)
        return 1;
    ch_arena_guard(job, &guard);
    ch_arena_guard(scratch, &guard);
    if (setjmp(guard.env))
        return 1;
    const char *path = ch_arena_printf(job, "%s/tests/cases/page/pages.case", top ? top : ".").p;
    if (ch_file_read(job, path, (size_t)1 << 20, &file, &os_error) != CH_FILE_OK) {
        fprintf(stderr, "layout_test: cannot read %s\n", path);
        return 1;
    }
    ch_buf_init(&updated, job);
    run_file(job, scratch, file, &updated);
    if (update && failures) {
        if (!ch_file_write_atomic(scratch, path, ch_buf_view(&updated), &os_error))
            return 1;
        failures = 0;
    }
    printf("CASES %d %d 0\n", cases - failures, failures);
    bool bad = failures > 0 || cases == 0;
    ch_arena_free(job);
    ch_arena_free(scratch);
    return bad;
}
