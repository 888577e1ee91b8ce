/* job/records_csv.c -- records from CSV, by libcsv.
 *
 * libcsv tells the text of a field but not its place.  It is therefore handed the bytes up to the
 * next comma, quote or line end at a time: a field or a row can end with the last of them only.
 *
 * Where a quote is missing, the row has swallowed others.  Reading goes on with the first line
 * behind its first that is a row of the right width by itself. */
#include "job/records_inside.h"

#include <csv.h>

#include <stdlib.h>
#include <string.h>

typedef struct cell {
    size_t   text, n; /* in csv_own.text */
    uint32_t line, column;
} cell;

typedef struct csv_own {
    struct csv_parser parser;
    char            **column; /* of the header row */
    size_t            n_columns;
    char             *text; /* of the row at hand, its fields one behind the other */
    size_t            text_n, text_cap;
    cell             *cells;
    size_t            n_cells, cells_cap;
    uint32_t          line, column_at; /* where the field at hand begins */
    bool              row, no_memory;
    size_t            torn; /* bytes from w.at on that a row with a missing quote swallowed */
} csv_own;

typedef enum outcome { ROW, ROW_QUOTE, ROW_FIELD_LARGE, ROW_LARGE } outcome;

/* ---- libcsv's calls ---- */

static bool
room(void **at, size_t *cap, size_t n, size_t size)
{
    if (n <= *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 64;
    while (more < n)
        more *= 2;
    void *big = realloc(*at, more * size);
    if (!big)
        return false;
    *at  = big;
    *cap = more;
    return true;
}

static void
on_field(void *p, size_t n, void *user)
{
    csv_own *o     = user;
    void    *text  = o->text;
    void    *cells = o->cells;
    bool     ok    = room(&text, &o->text_cap, o->text_n + n + 1, 1) &&
              room(&cells, &o->cells_cap, o->n_cells + 1, sizeof *o->cells);
    o->text  = text;
    o->cells = cells;
    if (!ok) {
        o->no_memory = true;
        return;
    }
    if (n)
        memcpy(o->text + o->text_n, p, n);
    o->cells[o->n_cells++] = (cell){o->text_n, n, o->line, o->column_at};
    o->text_n += n;
}

static void
on_row(int c, void *user)
{
    csv_own *o = user;
    (void)c;
    o->row = true;
}

static int
no_space(unsigned char c)
{
    (void)c;
    return 0; /* spaces belong to a field */
}

static bool
fresh_parser(csv_own *o)
{
    if (csv_init(&o->parser, CSV_STRICT | CSV_STRICT_FINI))
        return false;
    csv_set_space_func(&o->parser, no_space);
    return true;
}

/* ---- one row ---- */

static bool
is_special(char c)
{
    return c == ',' || c == '"' || c == '\n' || c == '\r';
}

/* Pass over the ends of blank lines; false at the end of the file. */
static bool
find_row(ch_records *r)
{
    ch_window *w = &r->w;
    for (;;) {
        if (w->n - w->at < 2 && !w->end)
            (void)ch_window_more(w);
        if (w->at == w->n)
            return false;
        char c = w->p[w->at];
        if (c != '\n' && c != '\r')
            return true;
        w->at += c == '\r' && w->at + 1 < w->n && w->p[w->at + 1] == '\n' ? 2 : 1;
        r->line++;
    }
}

/* Where the piece ends that begins at w->at + from: behind a comma, a quote, the end of a line
 * (CR LF is one), or at the end of the file or of patience (*open). */
static size_t
piece_end(ch_window *w, size_t from, bool *open)
{
    size_t i = from;
    for (;;) {
        while (w->at + i < w->n && !is_special(w->p[w->at + i]))
            i++;
        if (w->at + i + 1 < w->n || i - from > CH_RECORD_FIELD_MAX || !ch_window_more(w))
            break;
    }
    *open = w->at + i == w->n;
    if (*open || i - from > CH_RECORD_FIELD_MAX)
        return i;
    const char *c = w->p + w->at + i;
    return i + (*c == '\r' && w->at + i + 1 < w->n && c[1] == '\n' ? 2 : 1);
}

static outcome
spoiled(csv_own *o, outcome why)
{
    csv_free(&o->parser);
    o->no_memory = o->no_memory || !fresh_parser(o);
    return why;
}

/* Read the row at w.at; *length is that of its bytes with the end of its line.  On trouble
 * o->line and o->column_at are those of the field that has it. */
static outcome
read_row(ch_records *r, size_t *length)
{
    csv_own *o    = r->own;
    size_t   from = 0, field = 0;
    bool     open = false;
    uint32_t line = r->line, column = 1;
    o->text_n = o->n_cells = 0;
    o->row                 = false;
    o->line                = line;
    o->column_at           = column;
    while (!o->row && !open) {
        size_t end    = piece_end(&r->w, from, &open);
        size_t fields = o->n_cells;
        ch_str piece  = {r->w.p + r->w.at + from, end - from};
        *length       = end;
        if (end - field > CH_RECORD_FIELD_MAX)
            return spoiled(o, ROW_FIELD_LARGE);
        if (end > CH_RECORD_BYTES_MAX)
            return spoiled(o, ROW_LARGE);
        bool wrong = csv_parse(&o->parser, piece.p, piece.n, on_field, on_row, o) < piece.n;
        if (!wrong && open)
            wrong = csv_fini(&o->parser, on_field, on_row, o) != 0;
        o->no_memory = o->no_memory || (wrong && csv_error(&o->parser) != CSV_EPARSE);
        if (wrong)
            return spoiled(o, ROW_QUOTE);
        ch_records_move(piece, &line, &column);
        from = end;
        if (o->n_cells > fields) {
            field        = end;
            o->line      = line;
            o->column_at = column;
        }
    }
    return ROW;
}

/* Put w.at behind so many of its bytes. */
static void
pass(ch_records *r, size_t n)
{
    csv_own *o      = r->own;
    uint32_t column = 1;
    ch_records_move(ch_str_sub((ch_str){r->w.p + r->w.at, r->w.n - r->w.at}, 0, n), &r->line,
                    &column);
    r->w.at += n;
    o->torn -= o->torn < n ? o->torn : n;
}

/* Put w.at behind the line that it stands in, however long it is. */
static void
pass_line(ch_records *r)
{
    ch_window *w = &r->w;
    while (w->at < w->n || ch_window_more(w)) {
        size_t i = 0; /* behind w->at, which moves when more is read */
        while (w->at + i < w->n && w->p[w->at + i] != '\n' && w->p[w->at + i] != '\r')
            i++;
        bool found = w->at + i < w->n;
        if (found && w->at + i + 1 >= w->n && ch_window_more(w))
            continue; /* is it CR LF? */
        const char *c   = w->p + w->at + i;
        bool        two = found && *c == '\r' && w->at + i + 1 < w->n && c[1] == '\n';
        pass(r, i + found + two);
        if (found)
            return;
    }
}

/* A field in the user's eyes is blank when a line of spaces is all of its row. */
static bool
is_blank_row(const csv_own *o)
{
    return o->n_cells == 0 ||
           (o->n_cells == 1 && o->n_columns > 1 &&
            ch_str_trim((ch_str){o->text + o->cells[0].text, o->cells[0].n}).n == 0);
}

static ch_str
cell_text(const csv_own *o, size_t i)
{
    return o->cells[i].n ? (ch_str){o->text + o->cells[i].text, o->cells[i].n} : CH_STR_EMPTY;
}

/* ---- the header row ---- */

static ch_status
check_columns(ch_records *r, ch_ctx *cx)
{
    csv_own  *o      = r->own;
    ch_status status = CH_OK;
    ch_mark   mark   = ch_arena_mark(cx->scratch);
    ch_map   *names  = ch_map_new(cx->scratch);
    for (size_t i = 0; i < o->n_cells; i++) {
        const cell *c    = &o->cells[i];
        ch_str      name = ch_str_trim(cell_text(o, i));
        if (name.n && !ch_map_lookup(names, name)) {
            ch_map_put(names, name, o);
            continue;
        }
        status = CH_ERR_INPUT;
        if (name.n)
            CH_RECORDS_REPORT(r, cx, CH_E3616_repeated_column, c->line, c->column, CH_ARG(name));
        else
            CH_RECORDS_REPORT(r, cx, CH_E3615_empty_column, c->line, c->column, i + 1);
    }
    ch_arena_rewind(cx->scratch, mark);
    return status;
}

static bool
keep_columns(csv_own *o)
{
    o->column = calloc(o->n_cells, sizeof *o->column);
    if (!o->column)
        return false;
    for (size_t i = 0; i < o->n_cells; i++) {
        ch_str name = ch_str_trim(cell_text(o, i));
        char  *z    = malloc(name.n + 1);
        if (!z)
            return false;
        memcpy(z, name.p, name.n);
        z[name.n]                 = '\0';
        o->column[o->n_columns++] = z;
    }
    return true;
}

static ch_status
no_memory(ch_ctx *cx)
{
    ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

static ch_status
report_row(ch_records *r, ch_ctx *cx, outcome why)
{
    const csv_own *o = r->own;
    if (why == ROW_QUOTE) {
        CH_RECORDS_REPORT(r, cx, CH_E3610_csv_quote, o->line, o->column_at, r->met);
        ch_hint(cx,
                "a field with a comma, a quote or a line end in it stands in quotes, and a quote "
                "inside is written twice");
    } else if (why == ROW_FIELD_LARGE) {
        CH_RECORDS_REPORT(r, cx, CH_E3614_field_too_large, o->line, o->column_at, r->met,
                          CH_RECORD_FIELD_MAX);
        ch_hint(cx, "perhaps a quote is missing");
    } else {
        CH_RECORDS_REPORT(r, cx, CH_E3623_record_too_large, r->line, 1, r->met,
                          CH_RECORD_BYTES_MAX);
    }
    return CH_ERR_INPUT;
}

static ch_status
open_csv(ch_records *r, ch_ctx *cx)
{
    size_t   length = 0;
    csv_own *o      = calloc(1, sizeof *o);
    r->own          = o;
    if (!o || !fresh_parser(o))
        return no_memory(cx);
    if (!find_row(r)) {
        ch_report(cx, CH_E3618_no_header, CH_NOWHERE, CH_ARG(ch_str_from(r->name)));
        return CH_ERR_INPUT;
    }
    outcome got = read_row(r, &length);
    if (o->no_memory)
        return no_memory(cx);
    if (got != ROW)
        return report_row(r, cx, got);
    if (!ch_records_clean(r, cx, (ch_str){r->w.p + r->w.at, length}, r->line))
        return CH_ERR_INPUT;
    ch_status status = check_columns(r, cx);
    if (status != CH_OK)
        return status;
    if (!keep_columns(o))
        return no_memory(cx);
    pass(r, length);
    return CH_OK;
}

/* ---- records ---- */

/* A spreadsheet takes such a cell for a formula.  A number with its sign, or one to dial, it does
 * not. */
static bool
is_formula(ch_str s)
{
    if (!s.n || !strchr("=+-@\t", s.p[0]))
        return false;
    if (s.p[0] == '=' || s.p[0] == '@' || s.p[0] == '\t')
        return true;
    for (size_t i = 1; i < s.n; i++)
        if (!strchr("0123456789 .,()/-", s.p[i]))
            return (unsigned char)s.p[i] < 0x80; /* a dash and a word of another script */
    return false;
}

static void
check_formula(ch_records *r, ch_ctx *cx, const cell *c, ch_str text)
{
    if (!is_formula(text))
        return;
    size_t n = text.n < 40 ? text.n : 40;
    while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    CH_RECORDS_REPORT(r, cx, CH_W3617_formula_cell, c->line, c->column, r->met,
                      CH_ARG(ch_str_sub(text, 0, n)));
    ch_hint(cx, "it is printed as it stands; take care with the file in a spreadsheet");
}

static const ch_value *
make_values(ch_records *r, ch_ctx *cx, ch_arena *a)
{
    const csv_own *o    = r->own;
    ch_value      *top  = CH_NEW(a, ch_value);
    ch_value      *at   = CH_NEW_N(a, ch_value, o->n_cells);
    ch_str         text = ch_arena_str(a, o->text_n ? (ch_str){o->text, o->text_n} : CH_STR_EMPTY);
    *top                = (ch_value){.kind   = CH_VALUE_RECORD,
                                     .name   = CH_STR_EMPTY,
                                     .text   = CH_STR_EMPTY,
                                     .line   = r->line,
                                     .column = 1,
                                     .first  = at};
    for (size_t i = 0; i < o->n_cells; i++) {
        const cell *c = &o->cells[i];
        at[i]         = (ch_value){.kind   = CH_VALUE_TEXT,
                                   .name   = ch_arena_str(a, ch_str_from(o->column[i])),
                                   .text   = ch_str_sub(text, c->text, c->text + c->n),
                                   .line   = c->line,
                                   .column = c->column,
                                   .next   = i + 1 < o->n_cells ? &at[i + 1] : NULL};
        check_formula(r, cx, c, at[i].text);
    }
    return top;
}

/* What has been read is a record, if its width and its bytes are right. */
static ch_status
take_row(ch_records *r, ch_ctx *cx, ch_arena *a, size_t length, ch_record *out)
{
    csv_own  *o      = r->own;
    ch_str    bytes  = {r->w.p + r->w.at, length};
    ch_status status = CH_OK;
    if (o->n_cells != o->n_columns) {
        CH_RECORDS_REPORT(r, cx, CH_E3611_ragged_row, r->line, 1, r->met, o->n_cells,
                          o->n_cells == 1 ? "" : "s", o->n_columns);
        if (o->n_columns == 1 && memchr(o->column[0], ';', strlen(o->column[0])))
            ch_hint(cx, "separate the columns with commas, not with ';'");
        status = CH_ERR_INPUT;
    } else if (!ch_records_clean(r, cx, bytes, r->line)) {
        status = CH_ERR_INPUT;
    } else {
        out->line    = r->line;
        out->columns = true;
        out->bytes   = ch_arena_str(a, bytes);
        out->values  = make_values(r, cx, a);
    }
    pass(r, length);
    return status;
}

static bool
is_right(const csv_own *o, outcome got)
{
    return got == ROW && o->n_cells == o->n_columns;
}

/* Behind a row with a missing quote: find a row by itself among the lines that it swallowed. */
static ch_status
pass_torn(ch_records *r, ch_ctx *cx, outcome got, size_t length)
{
    csv_own  *o      = r->own;
    uint32_t  first  = r->line;
    ch_status status = report_row(r, cx, got);
    o->torn          = length;
    pass_line(r);
    while (o->torn > 0 && !o->no_memory && find_row(r) && !is_right(o, read_row(r, &length)))
        pass_line(r);
    if (r->line > first + 1)
        ch_hint(cx, "lines %u to %u are passed over", first, r->line - 1);
    return status;
}

static ch_status
next_csv(ch_records *r, ch_ctx *cx, ch_arena *a, ch_record *out, bool *end)
{
    csv_own  *o      = r->own;
    size_t    length = 0;
    outcome   got    = ROW;
    ch_status status = CH_OK;
    for (*end = !find_row(r); !*end; *end = !find_row(r)) {
        got = read_row(r, &length);
        if (got != ROW || !is_blank_row(o))
            break;
        pass(r, length);
    }
    if (*end)
        return CH_OK;
    r->met++;
    if (!o->no_memory)
        status = got == ROW ? take_row(r, cx, a, length, out) : pass_torn(r, cx, got, length);
    if (!o->no_memory)
        return status;
    r->over = true;
    return no_memory(cx);
}

static void
close_csv(ch_records *r)
{
    csv_own *o = r->own;
    for (size_t i = 0; i < o->n_columns; i++)
        free(o->column[i]);
    csv_free(&o->parser);
    free(o->column);
    free(o->cells);
    free(o->text);
    free(o);
}

const ch_records_reader ch_records_csv = {open_csv, next_csv, close_csv};
