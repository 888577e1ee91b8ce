/* text/dump.c -- the text pass in print: runs, and the text with the places where lines may end. */
#include "text/text.h"

#include "locale/typography.h"

#include <hb.h>
#include <string.h>

/* Text that a reader can see: what leaves no mark is spelled out. */
static void
put_char(ch_buf *out, uint32_t cp)
{
    bool unseen = cp < 0x20 || cp == 0x7F || cp == 0xA0 || cp == 0xAD || cp == 0x61C ||
                  (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202F) ||
                  (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
    if (cp == '\n')
        ch_buf_puts(out, "\\n");
    else if (unseen)
        ch_buf_printf(out, "\\u{%X}", cp);
    else
        ch_buf_utf8(out, cp);
}

static void
put_text(ch_buf *out, ch_str text, size_t from, size_t to)
{
    while (from < to)
        put_char(out, ch_utf8_next(text, &from));
}

static void
put_run(ch_buf *out, const ch_shaped *s, const ch_run *run)
{
    char   script[5] = {0};
    ch_len width     = 0;
    hb_tag_to_string(run->script, script);
    for (size_t i = 0; i < run->n; i++)
        width += run->glyph[i].advance;
    ch_buf_printf(out, "  run %zu..%zu  %.*s %.*s ", run->from, run->to, CH_ARG(run->face->family),
                  CH_ARG(run->face->style));
    ch_len_print(out, run->size);
    ch_buf_printf(out, "  %s %.*s  level %u  %zu glyphs  w ", script, CH_ARG(run->span->lang),
                  run->level, run->n);
    ch_len_print(out, width);
    ch_buf_puts(out, run->span->kind == CH_SPAN_LEADER ? "  leader" : "");
    ch_buf_puts(out, "  \"");
    put_text(out, s->text, run->from, run->to);
    ch_buf_puts(out, "\"\n");
}

static const char *
mark_of(ch_break_kind kind)
{
    switch (kind) {
    case CH_BREAK_SPACE:
    case CH_BREAK_ALLOWED:
        return "|";
    case CH_BREAK_HYPHEN:
    case CH_BREAK_SOFT:
        return "-";
    case CH_BREAK_FORCED:
        return "\xC2\xB6";
    default:
        return "";
    }
}

static void
put_breaks(ch_buf *out, const ch_shaped *s)
{
    size_t from = 0;
    ch_buf_puts(out, "  breaks  ");
    for (size_t i = 0; i < s->n_breaks; i++) {
        size_t to = s->brk[i].offset, end = to;
        if (s->brk[i].kind == CH_BREAK_FORCED && end > from && s->text.p[end - 1] == '\n')
            end--;
        put_text(out, s->text, from, end);
        ch_buf_puts(out, mark_of(s->brk[i].kind));
        from = to;
    }
    ch_buf_putc(out, '\n');
}

/* The text, with the room beside signs in thousandths of an em: that of a space [200], that added
 * where there is none [+200]; a word space is [w]. */
static void
put_rooms(ch_buf *out, const ch_shaped *s)
{
    size_t from = 0;
    ch_buf_puts(out, "  rooms  ");
    for (size_t i = 0; i < s->n_rooms; i++) {
        const ch_room *r   = &s->room[i];
        size_t         end = r->at;
        if (r->space || r->rule->after)
            (void)ch_utf8_next(s->text, &end);
        put_text(out, s->text, from, r->space ? r->at : end);
        ch_buf_puts(out, r->space ? "[" : "[+");
        if (r->rule->word)
            ch_buf_putc(out, 'w');
        else
            ch_buf_printf(out, "%d", (int)ch_len_scale(r->rule->width, 1000, CH_PT));
        ch_buf_putc(out, ']');
        from = end;
    }
    put_text(out, s->text, from, s->text.n);
    ch_buf_putc(out, '\n');
}

void
ch_text_dump(ch_buf *out, const ch_texts_doc *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const ch_shaped *s = d->shaped[i];
        if (!s)
            continue;
        ch_buf_printf(out, "para %zu  %.*s%s\n", i, CH_ARG(s->para->lang),
                      s->base_level ? "  rtl" : "");
        for (size_t r = 0; r < s->n_runs; r++)
            put_run(out, s, &s->run[r]);
        if (s->n_rooms)
            put_rooms(out, s);
        put_breaks(out, s);
    }
}
