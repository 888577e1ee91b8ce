/* line/dump.c -- the lines as text: one row a line, points to 0.01. */
#include "line/line.h"

static void
put_text(ch_buf *out, ch_str s)
{
    ch_buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            ch_buf_putc(out, '\\');
        if (c < 0x20)
            ch_buf_printf(out, "\\x%02x", c);
        else
            ch_buf_putc(out, (char)c);
    }
}

static void
put_len(ch_buf *out, const char *name, ch_len v)
{
    ch_buf_puts(out, name);
    ch_len_print(out, v);
}

static void
put_kashidas(ch_buf *out, const ch_line *l)
{
    ch_len wide = 0;
    size_t n    = 0;
    for (size_t i = 0; i < l->n; i++)
        for (size_t g = 0; g < l->strip[i].n; g++)
            if (l->strip[i].glyph[g].stretched) {
                wide += l->strip[i].glyph[g].advance;
                n++;
            }
    if (!n)
        return;
    ch_buf_printf(out, " kashidas %zu ", n);
    ch_len_print(out, wide);
}

static void
dump_line(ch_buf *out, const ch_lines *p, const ch_line *l)
{
    size_t end    = l->from;
    bool   hyphen = false;
    for (size_t i = 0; i < l->n; i++) {
        end    = l->strip[i].to > end ? l->strip[i].to : end;
        hyphen = hyphen || l->strip[i].hyphen;
    }
    ch_buf_puts(out, "  line ratio ");
    ch_buf_fixed(out, ((int64_t)l->ratio * 1000 + (l->ratio < 0 ? -512 : 512)) / 1024, 3);
    put_len(out, " x ", l->n ? l->strip[0].x : 0);
    put_len(out, " width ", l->width);
    put_kashidas(out, l);
    if (l->overfull)
        ch_buf_puts(out, " overfull");
    if (l->n_notes)
        ch_buf_printf(out, " notes %zu", l->n_notes);
    ch_buf_putc(out, ' ');
    put_text(out, ch_str_sub(p->shaped->text, l->from, end));
    ch_buf_puts(out, hyphen ? "\xE2\x80\x90\"\n" : "\"\n");
}

void
ch_line_dump(ch_buf *out, const ch_lines_doc *d)
{
    const ch_blocks *b = d->texts->blocks;
    for (size_t i = 0; i < b->n_tables; i++) {
        ch_buf_printf(out, "table %zu widths", i);
        for (size_t c = 0; c < d->table[i].n; c++)
            put_len(out, " ", d->table[i].width[c]);
        ch_buf_putc(out, '\n');
    }
    for (size_t i = 0; i < b->n_paras; i++) {
        const ch_lines *p = d->lines[i];
        ch_buf_printf(out, "para %zu", i);
        if (!p) {
            ch_buf_puts(out, " not set\n");
            continue;
        }
        put_len(out, " measure ", p->measure);
        ch_buf_printf(out, " demerits %lld lines %zu\n", (long long)p->demerits, p->n);
        for (size_t l = 0; l < p->n; l++)
            dump_line(out, p, &p->line[l]);
    }
}
