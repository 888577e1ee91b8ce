/* pdf/structure_dump.c -- the structure as text: an element a line, its content behind it. */
#include "pdf/pdf.h"

#include "pdf/structure.h"

static void
indent(ch_buf *out, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
}

static void
quote(ch_buf *out, ch_str s)
{
    ch_buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            ch_buf_putc(out, '\\');
        ch_buf_putc(out, s.p[i]);
    }
    ch_buf_putc(out, '"');
}

static void
attribute(ch_buf *out, const char *name, ch_str value)
{
    if (value.n == 0)
        return;
    ch_buf_printf(out, " %s=", name);
    quote(out, value);
}

static void
dump_head(ch_buf *out, const ch_tag *t, ch_str lang)
{
    ch_buf_puts(out, ch_role_name(t->role));
    if (!t->node)
        return;
    if (!ch_str_eq(t->node->lang, lang))
        attribute(out, "lang", t->node->lang);
    attribute(out, "id", ch_tag_id(out->arena, t));
    attribute(out, "alt", t->node->alt);
    if (ch_tag_scope(t))
        ch_buf_printf(out, " scope=%s", ch_tag_scope(t));
    if (t->role == CH_ROLE_L && t->node->numbering != CH_NUMBERING_NONE)
        ch_buf_printf(out, " numbering=%s", ch_tag_numbering(t));
    if (t->node->columns > 1)
        ch_buf_printf(out, " columns=%u", t->node->columns);
}

static void
dump_piece(ch_buf *out, const ch_tags *t, const ch_tag_piece *piece, bool last)
{
    if (piece->link) {
        ch_buf_puts(out, "link ");
        quote(out, piece->link->uri);
        return;
    }
    if (t->pages->page[piece->page].item[piece->from].kind == CH_ITEM_IMAGE) {
        ch_buf_puts(out, "image");
        return;
    }
    ch_buf text;
    ch_buf_init(&text, out->arena);
    ch_tag_piece_text(&text, t->pages, piece);
    if (last && text.n > 0 && text.p[text.n - 1] == ' ')
        text.n--; /* the end of a line */
    quote(out, ch_buf_view(&text));
}

/* With a single piece, it stands on the element's own line. */
static void
dump_tag(ch_buf *out, const ch_tags *t, const ch_tag *tag, size_t depth, ch_str lang)
{
    indent(out, depth);
    dump_head(out, tag, lang);
    if (tag->node && tag->node->lang.n > 0)
        lang = tag->node->lang;
    const ch_tag       *child;
    const ch_tag_piece *piece;
    ch_tag_walk         kids = ch_tag_kids(tag), one = kids;
    bool plain = ch_tag_next(&one, &child, &piece) && piece && !ch_tag_next(&one, &child, &piece);
    if (plain) {
        ch_buf_putc(out, ' ');
        dump_piece(out, t, tag->piece, true);
        ch_buf_putc(out, '\n');
        return;
    }
    ch_buf_putc(out, '\n');
    while (ch_tag_next(&kids, &child, &piece)) {
        if (child) {
            dump_tag(out, t, child, depth + 1, lang);
        } else {
            indent(out, depth + 1);
            dump_piece(out, t, piece, !kids.child && !kids.piece);
            ch_buf_putc(out, '\n');
        }
    }
}

void
ch_pdf_structure_dump(ch_buf *out, const ch_pages *pages)
{
    ch_tags t;
    ch_tags_collect(out->arena, pages, 0, &t);
    if (t.root && t.root->kept)
        dump_tag(out, &t, t.root, 0, CH_STR_EMPTY);
}
