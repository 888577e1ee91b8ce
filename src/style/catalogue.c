/* style/catalogue.c -- the catalogue of sheets, paper formats and windows. */
#include "style/sheet_data.h"

#include "input/tree.h"
#include "style/style_vocab.h"

/* The vocabulary has seen to it that this is a length; em means nothing here. */
static ch_len
length(const ch_node *n, int attr)
{
    ch_len v = 0;
    (void)ch_len_parse(ch_node_attr_str(n, attr), 12 * CH_PT, &v);
    return v;
}

static ch_zones
zones(const ch_node *n)
{
    ch_zones z     = {.indent  = length(n, CH_SA_indent),
                      .returns = length(n, CH_SA_return_line),
                      .remarks = length(n, CH_SA_remarks)};
    ch_str   lines = ch_node_attr_str(n, CH_SA_lines);
    for (size_t i = 0; i < lines.n && z.lines < 100; i++)
        z.lines = z.lines * 10 + (unsigned)(lines.p[i] - '0');
    return z;
}

ch_status
ch_catalogue_fill(ch_ctx *cx, ch_arena *keep, const ch_node *root, ch_catalogue **out)
{
    ch_catalogue *c = CH_NEW(keep, ch_catalogue);
    (void)cx;
    c->sheet  = ch_arena_array(keep, ch_node_count(root, CH_S_sheet), sizeof *c->sheet);
    c->format = CH_NEW_N(keep, ch_format, ch_node_count(root, CH_S_format));
    c->window = CH_NEW_N(keep, ch_window, ch_node_count(root, CH_S_window));
    for (const ch_node *x = ch_node_elements_first(root); x; x = ch_node_elements_next(x)) {
        ch_str name = ch_arena_str(keep, ch_node_attr_str(x, CH_SA_name));
        if (x->elem == CH_S_sheet) {
            c->sheet[c->n_sheets].name    = name;
            c->sheet[c->n_sheets++].kinds = ch_arena_str(keep, ch_node_attr_str(x, CH_SA_kinds));
        } else if (x->elem == CH_S_format) {
            c->format[c->n_formats++] = (ch_format){
                .name = name, .width = length(x, CH_SA_width), .height = length(x, CH_SA_height)};
        } else {
            c->window[c->n_windows++] =
                (ch_window){.name       = name,
                            .top        = length(x, CH_SA_top),
                            .side       = length(x, CH_SA_side),
                            .width      = length(x, CH_SA_width),
                            .height     = length(x, CH_SA_height),
                            .from_right = ch_str_is(ch_node_attr_str(x, CH_SA_from), "right"),
                            .zones      = zones(x)};
        }
    }
    *out = c;
    return CH_OK;
}

ch_str
ch_catalogue_sheets(ch_arena *a, const ch_catalogue *c, const char *between)
{
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < c->n_sheets; i++) {
        if (i > 0)
            ch_buf_puts(&b, between);
        ch_buf_str(&b, c->sheet[i].name);
    }
    return ch_buf_view(&b);
}

const ch_format *
ch_catalogue_format(const ch_catalogue *c, ch_str name)
{
    for (size_t i = 0; i < c->n_formats; i++) {
        if (ch_str_eq(c->format[i].name, name))
            return &c->format[i];
    }
    return NULL;
}

const ch_window *
ch_catalogue_window(const ch_catalogue *c, ch_str name)
{
    for (size_t i = 0; i < c->n_windows; i++) {
        if (ch_str_eq(c->window[i].name, name))
            return &c->window[i];
    }
    return NULL;
}
