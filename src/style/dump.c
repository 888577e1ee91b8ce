/* style/dump.c -- blocks as text: one block, cell, row or span a line, lengths in points. */
#include "style/styler.h"

static const char *const PARTS[] = {"opener",    "salute", "body",       "head",  "courtesy",
                                    "signature", "after",  "annex-head", "annex", "furniture"};
static const char *const DRAWN[] = {"always", "continues", "last", "never"};
static const char *const ROWS[]  = {"body", "head", "group", "total"};

typedef struct printer {
    ch_buf  *out;
    unsigned depth;
} printer;

static void
begin(const printer *p, const char *what)
{
    for (unsigned i = 0; i < p->depth; i++)
        ch_buf_puts(p->out, "  ");
    ch_buf_puts(p->out, what);
}

static void
put_len(const printer *p, const char *name, ch_len v)
{
    ch_buf_printf(p->out, " %s=", name);
    ch_len_print(p->out, v);
}

static void
put_some(const printer *p, const char *name, ch_len v)
{
    if (v != 0)
        put_len(p, name, v);
}

static void
put_text(const printer *p, ch_str s)
{
    ch_buf_puts(p->out, " \"");
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"' || c == '\\')
            ch_buf_putc(p->out, '\\');
        if (c == '\n')
            ch_buf_puts(p->out, "\\n");
        else
            ch_buf_putc(p->out, c);
    }
    ch_buf_putc(p->out, '"');
}

static void
put_node(const printer *p, const ch_snode *n)
{
    if (n)
        ch_buf_printf(p->out, " %s#%u", ch_role_name(n->role), (unsigned)n->index);
    else
        ch_buf_puts(p->out, " artifact");
}

static void
put_span(const printer *p, const ch_span *s, const ch_para *of)
{
    static const char *const ISOLATES[] = {"none", "fsi", "lri", "rli", "number"};
    static const char *const KINDS[]    = {"text", "break", "mark",  "page",  "pages",
                                           "next", "level", "annex", "leader"};
    begin(p, KINDS[s->kind]);
    if (s->text.n > 0 && s->kind != CH_SPAN_BREAK)
        put_text(p, s->text);
    if (!ch_str_eq(s->lang, of->lang))
        ch_buf_printf(p->out, " lang=%.*s", CH_ARG(s->lang));
    if (s->node != of->node)
        put_node(p, s->node);
    if (s->type->size != of->props->size)
        put_len(p, "size", s->type->size);
    if (s->type->italic != of->props->italic)
        ch_buf_puts(p->out, s->type->italic ? " italic" : " upright");
    if (s->type->weight != of->props->weight)
        ch_buf_printf(p->out, " weight=%d", (int)s->type->weight);
    put_some(p, "rise", s->rise);
    for (unsigned i = 0; i < s->isolates_opened; i++)
        ch_buf_printf(p->out, " %s", ISOLATES[s->isolate[i]]);
    if (s->isolates_closed > 0)
        ch_buf_printf(p->out, " pdi=%u", s->isolates_closed);
    if (s->uri.n > 0)
        ch_buf_printf(p->out, " uri=%.*s", CH_ARG(s->uri));
    if (s->note)
        ch_buf_printf(p->out, " note=%u", s->note->number);
    ch_buf_putc(p->out, '\n');
}

static void
put_spans(const printer *p, const ch_para *para)
{
    for (size_t i = 0; i < para->n; i++)
        put_span(p, &para->span[i], para);
}

static void put_list(const printer *p, ch_block_list list);

static void
put_cells(const printer *p, const char *what, const ch_cell *cell, size_t n)
{
    printer in = {p->out, p->depth + 1};
    for (size_t i = 0; i < n; i++) {
        begin(p, what);
        if (cell[i].columns > 1)
            ch_buf_printf(p->out, " columns=%u", cell[i].columns);
        if (cell[i].node)
            put_node(p, cell[i].node);
        ch_buf_putc(p->out, '\n');
        put_list(&in, cell[i].content);
    }
}

static void
put_row(const printer *p, const ch_row *r)
{
    printer in = {p->out, p->depth + 1};
    begin(p, "row ");
    ch_buf_puts(p->out, ROWS[r->kind]);
    put_some(p, "min-height", r->min_height);
    if (r->rule_below)
        ch_buf_puts(p->out, " rule");
    if (r->node)
        put_node(p, r->node);
    ch_buf_putc(p->out, '\n');
    put_cells(&in, "cell", r->cell, r->n);
    if (r->continued)
        put_cells(&in, "continued", r->continued, r->n);
}

static void
put_table(const printer *p, const ch_table *t)
{
    static const char *const KINDS[] = {"auto", "fixed", "share"};
    printer                  in      = {p->out, p->depth + 1};
    begin(p, t->flow == CH_FLOW_COLUMNS ? "in columns" : "columns");
    if (t->flow == CH_FLOW_COLUMNS) {
        ch_buf_printf(p->out, " %u", t->newspaper);
    } else {
        for (size_t i = 0; i < t->n_columns; i++) {
            ch_buf_printf(p->out, " %s", KINDS[t->column[i].kind]);
            if (t->column[i].kind == CH_WIDTH_SHARE)
                ch_buf_printf(p->out, ":%d", (int)t->column[i].share);
            else if (t->column[i].width > 0 || t->column[i].min > 0) {
                ch_buf_putc(p->out, ':');
                ch_len_print(p->out,
                             t->column[i].width > 0 ? t->column[i].width : t->column[i].min);
            }
        }
    }
    put_some(p, "gutter", t->gutter);
    put_some(p, "row-gap", t->row_gap);
    put_some(p, "rule", t->rule);
    ch_buf_putc(p->out, '\n');
    if (t->continued_head.n > 0) {
        begin(p, "continued head\n");
        put_list(&in, t->continued_head);
    }
    for (size_t i = 0; i < t->n_rows; i++)
        put_row(p, &t->row[i]);
}

/* Without its folder, which differs between machines. */
static ch_str
file_name(ch_str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return ch_str_sub(path, n, path.n);
}

static void
put_kind(const printer *p, const ch_block *b)
{
    switch (b->kind) {
    case CH_BLOCK_PARA:
        begin(p, "para ");
        ch_buf_printf(p->out, "%u", (unsigned)b->para->index);
        break;
    case CH_BLOCK_TABLE:
        begin(p, "table ");
        ch_buf_printf(p->out, "%u", (unsigned)b->table->index);
        break;
    case CH_BLOCK_RULE:
        begin(p, "rule");
        put_len(p, "thickness", b->rule_thickness);
        break;
    case CH_BLOCK_FIGURE:
        begin(p, "figure");
        put_text(p, file_name(b->figure->path));
        put_some(p, "width", b->figure->width);
        if (b->figure->black)
            ch_buf_puts(p->out, " black");
        break;
    case CH_BLOCK_GAP:
        begin(p, "gap");
        put_len(p, "height", b->gap);
        break;
    case CH_BLOCK_NEW_PAGE:
        begin(p, b->if_needed ? "new page if needed" : "new page");
        break;
    }
}

static void
put_block(const printer *p, const ch_block *b)
{
    printer in = {p->out, p->depth + 1};
    put_kind(p, b);
    ch_buf_printf(p->out, " %s part=%s", b->name, PARTS[b->part]);
    put_some(p, "start", b->start);
    put_some(p, "measure", b->measure);
    put_some(p, "before", b->props->before);
    put_some(p, "after", b->props->after);
    if (b->unit)
        ch_buf_printf(p->out, " unit=%u", b->unit);
    if (b->keep_next)
        ch_buf_puts(p->out, " keep-next");
    if (b->drawn != CH_DRAWN_ALWAYS)
        ch_buf_printf(p->out, " drawn=%s", DRAWN[b->drawn]);
    if (b->kind == CH_BLOCK_PARA || b->kind == CH_BLOCK_FIGURE || (b->table && b->table->node))
        put_node(p, b->node);
    if (b->para && b->para->rtl)
        ch_buf_puts(p->out, " rtl");
    if (b->para && b->para->lang.n > 0)
        ch_buf_printf(p->out, " lang=%.*s", CH_ARG(b->para->lang));
    if (b->bookmark.n > 0) {
        ch_buf_printf(p->out, " bookmark:%u", b->bookmark_level);
        put_text(p, b->bookmark);
    }
    ch_buf_putc(p->out, '\n');
    if (b->label) {
        begin(&in, "label");
        ch_buf_printf(p->out, " %u", (unsigned)b->label->index);
        put_len(p, "start", b->label_start);
        put_len(p, "width", b->label_width);
        put_node(p, b->label->node);
        ch_buf_putc(p->out, '\n');
        put_spans(&(printer){p->out, p->depth + 2}, b->label);
    }
    if (b->para)
        put_spans(&in, b->para);
    if (b->table)
        put_table(&in, b->table);
    if (b->continued) {
        begin(&in, "where it begins a page");
        ch_buf_putc(p->out, '\n');
        put_list(&(printer){p->out, p->depth + 2}, *b->continued);
    }
}

static void
put_list(const printer *p, ch_block_list list)
{
    for (size_t i = 0; i < list.n; i++)
        put_block(p, &list.at[i]);
}

static void
put_section(ch_buf *out, const char *name, ch_block_list list)
{
    if (list.n == 0)
        return;
    ch_buf_printf(out, "%s\n", name);
    put_list(&(printer){out, 1}, list);
}

static void
put_geometry(ch_buf *out, const ch_geometry *g)
{
    printer p = {out, 0};
    begin(&p, "page");
    put_len(&p, "width", g->width);
    put_len(&p, "height", g->height);
    ch_buf_puts(out, g->rtl ? " rtl\n" : "\n");
    for (int i = 0; i < 2; i++) {
        const ch_margins *m = i == 0 ? &g->first : &g->next;
        begin(&p, i == 0 ? "margins first" : "margins next");
        put_len(&p, "top", m->top);
        put_len(&p, "bottom", m->bottom);
        put_len(&p, "start", m->start);
        put_len(&p, "end", m->end);
        ch_buf_putc(out, '\n');
    }
}

static void
put_meta(ch_buf *out, const ch_meta *m)
{
    const struct {
        const char *name;
        ch_str      value;
    } all[] = {{"title", m->title},       {"lang", m->lang},       {"subject", m->subject},
               {"keywords", m->keywords}, {"creator", m->creator}, {"identifier", m->identifier},
               {"date", m->date}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].value.n > 0)
            ch_buf_printf(out, "%s \"%.*s\"\n", all[i].name, CH_ARG(all[i].value));
    }
}

void
ch_blocks_dump(ch_buf *out, const ch_blocks *b)
{
    put_geometry(out, &b->geometry);
    put_meta(out, &b->meta);
    put_section(out, "letterhead", b->letterhead);
    for (size_t i = 0; i < b->n_narrower; i++)
        put_section(out, "or, if that is too wide", b->narrower[i]);
    put_section(out, "mark of a copy", b->copy_mark);
    put_section(out, "addressee at the foot", b->addressee_foot);
    put_section(out, "addressee in the window", b->addressee_window);
    put_section(out, "return line in the window", b->window_return);
    put_section(out, "remarks in the window", b->window_remarks);
    put_section(out, "flow", b->flow);
    for (size_t i = 0; i < b->n_notes; i++) {
        ch_buf_printf(out, "note %u\n", b->note[i]->number);
        put_list(&(printer){out, 1}, b->note[i]->content);
    }
    put_section(out, "head of page 1", b->first.head);
    put_section(out, "foot of page 1", b->first.foot);
    put_section(out, "head of further pages", b->next.head);
    put_section(out, "foot of further pages", b->next.foot);
    if (b->even.head.at != b->next.head.at)
        put_section(out, "head of even pages", b->even.head);
    if (b->even.foot.at != b->next.foot.at)
        put_section(out, "foot of even pages", b->even.foot);
    put_section(out, "head of pages of the annex", b->annex.running.head);
    put_section(out, "foot of pages of the annex", b->annex.running.foot);
    ch_buf_puts(out, "structure\n");
    ch_structure_dump(out, b->root);
}
