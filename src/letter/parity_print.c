/* letter/parity_print.c -- differences for people and for programs. */
#include "letter/parity.h"

/* A place found last, from which the next is not far: letters may be long, and on one line. */
typedef struct cursor {
    uint32_t at, line, column;
} cursor;

typedef struct printer {
    ch_buf         *out;
    const ch_diags *d;
    cursor          a, b;
} printer;

static const ch_source *
find_place(const printer *pr, ch_where w, cursor *c)
{
    const ch_source *s = ch_diags_source_at(pr->d, w.source);
    if (!s)
        return NULL;
    if (c->line == 0 || w.from < c->at || s->hidden.n > 0) {
        ch_source_line_column(s, w.from, &c->line, &c->column);
        c->at = w.from;
    }
    for (size_t i = c->at; i < w.from;) {
        bool end  = ch_utf8_next(s->bytes, &i) == '\n';
        c->column = end ? 1 : c->column + 1;
        c->line += end;
        c->at = (uint32_t)i;
    }
    return s;
}

static void
print_place(printer *pr, ch_where w, cursor *c)
{
    const ch_source *s = find_place(pr, w, c);
    if (!s)
        return;
    ch_buf_str(pr->out, s->name);
    ch_buf_printf(pr->out, ":%u:%u: ", c->line, c->column);
}

/* "number 12.5, 14", "emphasis, twice" or "no such number" */
static void
print_has(ch_buf *out, ch_str what, const ch_parity_place *p)
{
    if (p->n == 0) {
        ch_buf_puts(out, "no other ");
        ch_buf_str(out, what);
        return;
    }
    ch_buf_str(out, what);
    if (p->has[0].n == 0 && p->n > 1)
        ch_buf_printf(out, ", %zu times", p->n);
    for (size_t i = 0; i < p->n && p->has[i].n; i++) {
        ch_buf_puts(out, i ? ", " : " ");
        ch_buf_str(out, p->has[i]);
    }
}

static void
print_side(printer *pr, const ch_difference *e, bool second)
{
    const ch_parity_place *p = second ? &e->b : &e->a, *other = second ? &e->a : &e->b;
    ch_buf                *out = pr->out;
    print_place(pr, p->where, second ? &pr->b : &pr->a);
    if (second)
        ch_buf_puts(out, "  but ");
    if (p->block.n == 0) {
        ch_buf_puts(out, "no ");
        ch_buf_str(out, other->block);
        ch_buf_puts(out, " after this");
    } else {
        ch_buf_str(out, p->block);
        if (!ch_str_is(e->what, "part")) {
            ch_buf_puts(out, ": ");
            print_has(out, e->what, p);
        }
    }
    ch_buf_putc(out, '\n');
}

void
ch_parity_print(ch_buf *out, const ch_diags *d, const ch_parity *p)
{
    printer pr = {.out = out, .d = d};
    for (size_t i = 0; i < p->differences.n; i++) {
        const ch_difference *e = &p->differences.at[i];
        print_side(&pr, e, false);
        print_side(&pr, e, true);
    }
}

static void
print_json_place(printer *pr, const char *name, const ch_parity_place *p, cursor *c)
{
    const ch_source *s   = find_place(pr, p->where, c);
    ch_buf          *out = pr->out;
    ch_buf_printf(out, ",\"%s\":{\"file\":", name);
    ch_buf_json(out, s ? s->name : CH_STR_EMPTY);
    ch_buf_printf(out, ",\"line\":%u,\"column\":%u,\"part\":", c->line, c->column);
    if (p->block.n)
        ch_buf_json(out, p->block);
    else
        ch_buf_puts(out, "null");
    ch_buf_puts(out, ",\"has\":[");
    for (size_t i = 0; i < p->n; i++) {
        ch_buf_puts(out, i ? "," : "");
        ch_buf_json(out, p->has[i]);
    }
    ch_buf_puts(out, "]}");
}

void
ch_parity_print_json(ch_buf *out, const ch_diags *d, const ch_parity *p)
{
    printer pr = {.out = out, .d = d};
    for (size_t i = 0; i < p->differences.n; i++) {
        const ch_difference *e = &p->differences.at[i];
        ch_buf_puts(out, "{\"what\":");
        ch_buf_json(out, e->what);
        print_json_place(&pr, "a", &e->a, &pr.a);
        print_json_place(&pr, "b", &e->b, &pr.b);
        ch_buf_puts(out, "}\n");
    }
}
