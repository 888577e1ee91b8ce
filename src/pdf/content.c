/* pdf/content.c -- page content: text shown by glyph, marked for its element.
 *
 * Positions are kept in whole thousandths of a point and moved by differences, so that nothing
 * adds up.  Within an item a reader moves on by the widths that the font says; where the
 * layout wants the next glyph elsewhere (kerning, justified spaces), a number in the TJ array
 * takes up the difference from where the reader really is. */
#include "pdf/content.h"

#include "pdf/put.h"

#include <hb.h>

/* The pen of a reader within an item: in 1/65536 pt, times this. */
#define FINE 10000
/* Sizes from here on need tenths in a TJ array to place glyphs within 0.01 pt. */
#define LARGE (14 * CH_PT)
/* PDFium compares a text with so many before it. */
#define SAME_WITHIN 5

typedef struct painter {
    ch_buf             *b;
    const ch_tags      *tags;
    const ch_page      *page;
    const ch_pdf_fonts *fonts;
    const ch_beside    *beside;       /* NULL: nothing turns */
    bool                in_text;      /* between BT and ET */
    bool                marked;       /* between BDC and EMC */
    bool                mark_in_text; /* its BDC stands after BT */
    int32_t             mcid;
    ch_artifact         artifact;
    int64_t             x, y; /* start of the line in PDF's sense, in 1/1000 pt */
    const ch_pdf_font  *font;
    ch_len              size;
    uint32_t            colour;
    CH_VEC(size_t) order;
    /* the TJ array */
    bool    in_array, in_string;
    int64_t pen;    /* where the reader is, in units of 1/FINE, from (from_x, from_y) */
    bool    placed; /* these are known in this text object */
    ch_len  from_x, from_y;
    ch_len  base; /* of the item's left edge, from from_x */
} painter;

/* ---- marks --------------------------------------------------------------------------- */

static void
end_mark(painter *p)
{
    if (p->marked)
        ch_buf_puts(p->b, "EMC\n");
    p->marked = false;
}

static void
end_text(painter *p)
{
    if (p->marked && p->mark_in_text)
        end_mark(p);
    if (p->in_text)
        ch_buf_puts(p->b, "ET\n");
    p->in_text = false;
}

static void
begin_text(painter *p)
{
    if (p->in_text)
        return;
    ch_buf_puts(p->b, "BT\n");
    p->in_text = true;
    p->placed  = false;
    p->x = p->y = 0;
}

/* Whether content for this item may go on under the open mark; else close it and open one. */
static void
mark(painter *p, const ch_item *item, int32_t mcid)
{
    if (p->marked && mcid == p->mcid && p->mark_in_text == p->in_text &&
        (mcid != CH_MCID_ARTIFACT || item->artifact == p->artifact))
        return;
    end_mark(p);
    if (mcid != CH_MCID_ARTIFACT) {
        const ch_tags *t   = p->tags;
        const ch_tag  *tag = t->stretch[p->page - t->pages->page].at[mcid]->tag;
        ch_buf_putc(p->b, '/');
        ch_buf_puts(p->b, ch_role_name(tag->role));
        ch_buf_puts(p->b, "<</MCID ");
        ch_buf_number(p->b, (uint64_t)mcid);
        ch_buf_puts(p->b, ">>BDC\n");
    } else if (item->artifact == CH_ARTIFACT_HEADER || item->artifact == CH_ARTIFACT_FOOTER) {
        ch_buf_printf(p->b, "/Artifact<</Type/Pagination/Subtype/%s>>BDC\n",
                      item->artifact == CH_ARTIFACT_HEADER ? "Header" : "Footer");
    } else {
        ch_buf_puts(p->b, "/Artifact<</Type/Layout>>BDC\n");
    }
    p->marked       = true;
    p->mark_in_text = p->in_text;
    p->mcid         = mcid;
    p->artifact     = item->artifact;
}

/* ---- graphics state ------------------------------------------------------------------ */

static void
put_colour(painter *p, uint32_t colour)
{
    if (colour == p->colour)
        return;
    p->colour = colour;
    int64_t r = colour >> 16 & 255, g = colour >> 8 & 255, b = colour & 255;
    int64_t v[] = {r, g, b};
    int     n   = r == g && g == b ? 1 : 3;
    for (int i = 0; i < n; i++) {
        ch_buf_fixed(p->b, (v[i] * 1000 + 127) / 255, 3);
        ch_buf_putc(p->b, ' ');
    }
    ch_buf_puts(p->b, n == 1 ? "g\n" : "rg\n");
}

static void
put_font(painter *p, const ch_pdf_font *font, ch_len size)
{
    if (font == p->font && size == p->size)
        return;
    p->font = font;
    p->size = size;
    ch_buf_putc(p->b, '/');
    ch_buf_puts(p->b, font->name);
    ch_buf_putc(p->b, ' ');
    ch_put_points(p->b, size);
    ch_buf_puts(p->b, " Tf\n");
}

static void
move_to(painter *p, ch_len x, ch_len y)
{
    int64_t to_x = ch_milli(x), to_y = ch_milli(p->page->height - y);
    ch_buf_fixed(p->b, to_x - p->x, 3);
    ch_buf_putc(p->b, ' ');
    ch_buf_fixed(p->b, to_y - p->y, 3);
    ch_buf_puts(p->b, " Td\n");
    p->x      = to_x;
    p->y      = to_y;
    p->pen    = 0;
    p->placed = true;
    p->from_x = x;
    p->from_y = y;
    p->base   = 0;
}

/* ---- glyphs -------------------------------------------------------------------------- */

static void
end_string(painter *p)
{
    if (p->in_string)
        ch_buf_putc(p->b, ')');
    p->in_string = false;
}

static void
end_array(painter *p)
{
    end_string(p);
    if (p->in_array)
        ch_buf_puts(p->b, "]TJ\n");
    p->in_array = false;
}

static void
put_byte(ch_buf *b, uint32_t byte)
{
    if (byte == '\r') {
        ch_buf_puts(b, "\\r");
        return;
    }
    if (byte == '(' || byte == ')' || byte == '\\')
        ch_buf_putc(b, '\\');
    ch_buf_putc(b, (char)byte);
}

/* Move the reader's pen to `want` by a number in the array. */
static void
adjust(painter *p, int64_t want)
{
    /* A TJ number n moves by -n/1000 of the size. */
    int64_t tenth = p->size;
    int64_t step  = p->size >= LARGE ? tenth : tenth * 10;
    if (step <= 0)
        return;
    int64_t off = p->pen - want;
    if (off < step / 2 && off > -step / 2)
        return;
    int64_t n = (off >= 0 ? off + step / 2 : off - step / 2) / step;
    if (n == 0)
        return;
    end_string(p);
    ch_buf_fixed(p->b, p->size >= LARGE ? n : n * 10, 1);
    p->pen -= n * step;
}

static void
show(painter *p, const ch_font_glyph *g)
{
    if (!p->in_string)
        ch_buf_putc(p->b, '(');
    p->in_string = true;
    put_byte(p->b, g->code >> 8);
    put_byte(p->b, g->code & 255);
    p->pen += (int64_t)g->width * p->size * (FINE / 1000);
}

/* Show a glyph of the font with its origin at `at` from the item's left edge. */
static void
put_glyph(painter *p, const ch_font_glyph *g, ch_len at)
{
    if (!p->in_array)
        ch_buf_putc(p->b, '[');
    p->in_array = true;
    adjust(p, (p->base + at) * FINE);
    show(p, g);
}

/* A kashida in a font that has no compounds: the glyph drawn wider. */
static void
draw_stretched(painter *p, const ch_font_glyph *g, const ch_glyph *glyph, ch_len at)
{
    ch_len own = (ch_len)((int64_t)g->width * p->size / 1000);
    if (!p->in_array)
        ch_buf_putc(p->b, '[');
    p->in_array = true;
    adjust(p, (p->base + at) * FINE);
    end_array(p);
    ch_buf_fixed(p->b, glyph->advance * 10000 / own, 2);
    ch_buf_puts(p->b, " Tz\n[");
    p->in_array = true;
    int64_t pen = p->pen;
    show(p, g);
    end_array(p);
    p->pen = pen + (p->pen - pen) * (glyph->advance * 10000 / own) / 10000;
    ch_buf_puts(p->b, "100 Tz\n");
}

/* Draw a glyph of the item with its pen at `at` from the item's left edge. */
static void
draw(painter *p, const ch_glyph *glyph, ch_len at)
{
    const ch_font_glyph *g = ch_pdf_font_glyph(p->font, glyph->id);
    if (!g)
        return;
    if (glyph->dy != 0) {
        end_array(p);
        ch_put_points(p->b, glyph->dy);
        ch_buf_puts(p->b, " Ts\n");
    }
    if (glyph->stretched && g->width > 0 && glyph->advance > 0)
        draw_stretched(p, g, glyph, at + glyph->dx);
    else
        put_glyph(p, g, at + glyph->dx);
    if (glyph->dy != 0) {
        end_array(p);
        ch_buf_puts(p->b, "0 Ts\n");
    }
}

/* In font units. */
static int32_t
space_width(const ch_pdf_font *font)
{
    return hb_font_get_glyph_h_advance(font->face->hb_font, font->space);
}

static ch_len
width_of(const ch_item *item, const ch_cluster *c)
{
    ch_len w = 0;
    for (size_t i = c->first; i < c->first + c->n; i++)
        w += item->glyph[i].advance;
    return w;
}

/* One glyph that stands for all of it, or glyph by glyph; then a cluster that does not read as
 * its text says what it is. */
static void
draw_cluster(painter *p, const ch_item *item, const ch_cluster *c, ch_len at)
{
    ch_len               dx;
    const ch_font_glyph *whole = ch_pdf_font_whole(p->font, item, c, &dx);
    const ch_font_glyph *rest  = whole ? ch_pdf_font_rest(p->font, item, c) : NULL;
    if (whole) {
        put_glyph(p, whole, at + dx);
        /* Where poppler begins a word at what follows, this must come before. */
        if (rest)
            put_glyph(p, rest, at + width_of(item, c) - p->size / 250);
        return;
    }
    bool reads = ch_pdf_font_reads(p->font, item, c);
    if (!reads) {
        end_array(p);
        ch_buf_puts(p->b, "/Span<</ActualText<FEFF");
        if (c->hyphen)
            ch_buf_puts(p->b, "00AD");
        else
            ch_put_utf16(p->b, c->text);
        ch_buf_puts(p->b, ">>>BDC\n");
    }
    for (size_t i = c->first; i < c->first + c->n; i++) {
        draw(p, &item->glyph[i], at);
        at += item->glyph[i].advance;
    }
    if (!reads) {
        end_array(p);
        ch_buf_puts(p->b, "EMC\n");
    }
}

/* Go on in another font, where the pen is. */
static void
change_font(painter *p, const ch_pdf_font *font)
{
    if (font == p->font)
        return;
    end_array(p);
    put_font(p, font, p->size);
}

static void
put_mark(painter *p, uint32_t cp, ch_len at)
{
    const ch_pdf_font   *own   = p->font;
    const ch_pdf_font   *marks = cp ? ch_pdf_fonts_marks(p->fonts, own) : NULL;
    const ch_font_glyph *g     = marks ? ch_pdf_font_mark(marks, cp) : NULL;
    if (!g)
        return;
    change_font(p, marks);
    put_glyph(p, g, at);
    change_font(p, own);
}

/* A little within what it stands at the right of: what follows may begin a rounding to the left. */
static void
put_mark_after(painter *p, const ch_cluster *c, ch_len at)
{
    put_mark(p, c->after, at - p->size / 500);
}

static void
put_cluster(painter *p, const ch_item *item, const ch_cluster *c, ch_len at)
{
    const ch_pdf_font *own   = p->font;
    const ch_pdf_font *marks = c->mark ? ch_pdf_fonts_marks(p->fonts, own) : NULL;
    put_mark(p, c->before, at);
    if (marks && marks != own) {
        ch_end_space space;
        ch_space_in(marks, item, c, &space);
        change_font(p, marks);
        draw_cluster(p, &space.item, &space.cluster, at);
        change_font(p, own);
    } else if (!c->silent) {
        draw_cluster(p, item, c, at);
    }
}

/* Signs alone, from the right to the left: a reader that turns about only what has letters takes
 * them in the order of the file.  Each is text of its own, for a reader that turns about all. */
static void
paint_signs(painter *p, size_t i)
{
    const ch_item *item = &p->page->item[i];
    ch_len         end  = 0;
    ch_cluster     c;
    for (size_t k = 0; k < item->n; k++)
        end += item->glyph[k].advance;
    for (size_t from = item->n; from > 0;) {
        ch_len right = end;
        size_t first = from - 1;
        while (first > 0 && item->glyph[first - 1].cluster == item->glyph[from - 1].cluster)
            first--;
        ch_turns turn = ch_turns_begin(p->page, p->beside, i);
        while (ch_turns_next(&turn, &c) && c.first < first)
            continue;
        for (size_t k = first; k < from; k++)
            end -= item->glyph[k].advance;
        from = first;
        if (c.silent)
            continue;
        move_to(p, item->x + end, item->y);
        put_cluster(p, item, &c, 0);
        put_mark_after(p, &c, right - end);
        end_array(p);
    }
}

/* The strands of an item from left to right, in a line that PDFium puts in reverse.  Lengths are from
 * the item's left edge. */
typedef struct strands {
    const ch_font_glyph *blank;             /* NULL: they stand together */
    ch_len               left, step, right; /* where the last one begins for PDFium, and from one
                                               to the one before it; the right edge of the first */
    ch_len               hair;              /* how far left of its place it stands */
    size_t               n, next;
    bool                 begun;
    ch_strand            kind;  /* of the last */
    size_t               shown; /* glyphs since it began */
    size_t               before[SAME_WITHIN];
} strands;

static strands
strands_begin(const painter *p, const ch_item *item, const ch_beside *beside)
{
    strands t = {0};
    if (!beside || beside->strands == 0)
        return t;
    t.blank = ch_pdf_font_blank(p->font);
    t.n     = beside->strands;
    t.next  = beside->strand;
    t.left  = beside->strands_left - item->x;
    t.right = beside->strands_right - item->x;
    t.step  = beside->strands_step;
    return t;
}

/* Blanks until the pen is at `to` or to the right of it: PDFium sees a space where a number in the
 * array moves it there. */
static void
go_right(painter *p, strands *t, ch_len to)
{
    while (p->pen < (p->base + to) * FINE) {
        show(p, t->blank);
        t->shown++;
    }
}

/* PDFium takes two texts of the same glyphs that begin near each other for one: none is to have as
 * many as one of those before it. */
static void
be_different(painter *p, strands *t)
{
    for (size_t i = 0; i < SAME_WITHIN; i++)
        if (t->before[i] == t->shown) {
            show(p, t->blank);
            t->shown++;
            i = SIZE_MAX; /* again from the first */
        }
    t->before[t->next % SAME_WITHIN] = t->shown;
}

/* A strand ends where for PDFium the next text begins: what stands before it on the line, or at the
 * right of the item. */
static void
end_strand(painter *p, strands *t)
{
    if (!t->blank || !t->begun)
        return;
    ch_len wide = (ch_len)((int64_t)t->blank->width * p->size / 1000);
    ch_len to   = t->next == 1 ? t->right : t->left + (ch_len)(t->n - t->next + 1) * t->step;
    if (!p->in_array)
        ch_buf_putc(p->b, '[');
    p->in_array = true;
    go_right(p, t, to - wide);
    be_different(p, t);
    put_glyph(p, t->blank, to - wide);
    end_array(p);
}

/* PDFium sorts the texts of a line by where they begin, and reads such a line from its right end,
 * strand by strand.  So that the strands come in their order, each begins at the right of where the
 * one after it does, and from there goes back to its place. */
static void
begin_strand(painter *p, const ch_item *item, strands *t, ch_len at)
{
    end_strand(p, t);
    end_array(p);
    ch_len from = t->left + (ch_len)(t->n - ++t->next) * t->step;
    move_to(p, item->x + from, item->y);
    p->base  = item->x - p->from_x;
    t->begun = true;
    t->shown = 0;
    put_glyph(p, t->blank, from);
    go_right(p, t, at);
    /* pdf.js forgets a space where it has to go back, be it a hair. */
    t->hair = p->size / 500;
    adjust(p, (p->base + at - t->hair) * FINE);
}

/* What is most of a letter: glyphs that are a character each, where nothing turns. */
static ch_len
paint_quick(painter *p, const ch_item *item, ch_turns *turn, ch_len at)
{
    while (!turn->beside && !item->rtl && turn->at < item->n) {
        const ch_font_glyph *g = ch_pdf_font_quick(p->font, item, turn->at);
        if (!g)
            break;
        put_glyph(p, g, at + item->glyph[turn->at].dx);
        at += item->glyph[turn->at++].advance;
    }
    return at;
}

static void
paint_clusters(painter *p, size_t i)
{
    const ch_item *item = &p->page->item[i];
    ch_turns       turn = ch_turns_begin(p->page, p->beside, i);
    ch_len         at   = 0;
    ch_cluster     c;
    ch_end_space   space;
    strands        t    = strands_begin(p, item, turn.beside);
    bool           ends = ch_pdf_font_end_space(p->font, item, turn.beside, &space);
    ch_len         left = -ch_face_scale(item->face, item->size, space_width(p->font));
    if (ends && space.item.rtl && item->rtl) /* at the left, where the line ends */
        put_cluster(p, &space.item, &space.cluster, left);
    for (;;) {
        at = paint_quick(p, item, &turn, at);
        if (!ch_turns_next(&turn, &c))
            break;
        ch_strand kind = ch_cluster_strand(&c);
        if (t.blank && (!t.begun || kind != t.kind)) {
            put_mark(p, c.before, at - p->size / 250); /* before what stands a hair to the left */
            c.before = 0;
            begin_strand(p, item, &t, at);
        }
        t.kind = kind;
        t.shown += c.n;
        put_cluster(p, item, &c, at - t.hair);
        for (size_t g = c.first; g < c.first + c.n; g++)
            at += item->glyph[g].advance;
        if (c.first + c.n == item->n)
            end_strand(p, &t);
        put_mark_after(p, &c, at);
    }
    if (ends && !space.item.rtl)
        put_cluster(p, &space.item, &space.cluster, at);
    end_array(p);
    if (ends && space.item.rtl && !item->rtl) { /* at the left, and behind it in the file */
        move_to(p, item->x + left, item->y);
        put_cluster(p, &space.item, &space.cluster, 0);
    }
    end_array(p);
}

static void
paint_glyphs(painter *p, size_t i, int32_t mcid, bool alone)
{
    const ch_item     *item = &p->page->item[i];
    const ch_pdf_font *font = ch_pdf_fonts_lookup(p->fonts, item->face);
    if (!font)
        return;
    if (p->marked && !p->mark_in_text)
        end_mark(p);
    begin_text(p);
    /* In a line that turns, the next item is reached from where the reader is: one that gives a
     * mark no width is then off by that, but sees no gap. */
    bool on = p->beside && p->placed && p->marked && p->mcid == mcid && p->font == font &&
              p->size == item->size && p->from_y == item->y;
    mark(p, item, mcid);
    put_colour(p, item->colour);
    put_font(p, font, item->size);
    if (alone && item->n > 1 && ch_item_is_signs(item)) {
        paint_signs(p, i);
    } else {
        if (on)
            p->base = item->x - p->from_x;
        else
            move_to(p, item->x, item->y);
        paint_clusters(p, i);
    }
}

/* ---- the rest ------------------------------------------------------------------------ */

static void
put_numbers(painter *p, const ch_len *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ch_put_points(p->b, v[i]);
        ch_buf_putc(p->b, ' ');
    }
}

static void
paint_rule(painter *p, const ch_item *item)
{
    end_text(p);
    mark(p, item, CH_MCID_ARTIFACT);
    put_colour(p, item->colour);
    ch_len box[] = {item->x, p->page->height - item->y - item->h, item->w, item->h};
    put_numbers(p, box, 4);
    ch_buf_puts(p->b, "re f\n");
}

/* As a parallelogram: it needs no width of lines and no state to be put back. */
static void
paint_stroke(painter *p, const ch_item *item)
{
    ch_len low = p->page->height - item->y - item->h, high = low + item->h;
    ch_len from = item->rtl ? item->x + item->w : item->x, to = 2 * item->x + item->w - from;
    ch_len t            = item->rtl ? -item->size : item->size;
    ch_len corner[4][2] = {{from, low}, {from + t, low}, {to, high}, {to - t, high}};
    end_text(p);
    mark(p, item, CH_MCID_ARTIFACT);
    put_colour(p, item->colour);
    for (int i = 0; i < 4; i++) {
        put_numbers(p, corner[i], 2);
        ch_buf_puts(p->b, i == 0 ? "m " : "l ");
    }
    ch_buf_puts(p->b, "f\n");
}

static void
paint_image(painter *p, const ch_item *item, int32_t mcid, const char *name)
{
    if (!name)
        return;
    end_text(p);
    mark(p, item, mcid);
    ch_len matrix[] = {item->w, 0, 0, item->h, item->x, p->page->height - item->y - item->h};
    ch_buf_puts(p->b, "q ");
    put_numbers(p, matrix, 6);
    ch_buf_printf(p->b, "cm /%s Do Q\n", name);
}

/* ---- the order of items -------------------------------------------------------------- */

static bool
is_text(const ch_item *item)
{
    return item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0;
}

/* The items from `from` on that are read in one go: glyphs of one line, face and size, under one
 * mark. */
static size_t
end_of_stretch(const painter *p, const int32_t *mcid, size_t from)
{
    const ch_item *item = p->page->item;
    size_t         i    = from + 1;
    while (i < p->page->n && !item[i - 1].line_end && !item[i].line_start && is_text(&item[i]) &&
           mcid[i] == mcid[from] && item[i].artifact == item[from].artifact &&
           item[i].face == item[from].face && item[i].size == item[from].size &&
           (!p->beside || (p->beside[i].apart == p->beside[from].apart &&
                           !(p->beside[i].apart && item[i].x < item[i - 1].x))))
        i++;
    return i;
}

/* Readers take a line's glyphs from left to right and work out themselves in which order they are
 * read.  Returns [from, to) ordered so, or in the order of the items when all run from left to
 * right. */
static const size_t *
visual_order(painter *p, size_t from, size_t to)
{
    const ch_item *item = p->page->item;
    bool           rtl  = false;
    p->order.n          = 0;
    for (size_t i = from; i < to; i++)
        rtl |= item[i].rtl;
    for (size_t i = from; i < to; i++) {
        *CH_PUSH(p->b->arena, p->order) = i;
        size_t *at                      = p->order.at;
        for (size_t k = i - from; rtl && k > 0 && item[at[k]].x < item[at[k - 1]].x; k--) {
            size_t t  = at[k];
            at[k]     = at[k - 1];
            at[k - 1] = t;
        }
    }
    return p->order.at;
}

static void
paint_item(painter *p, size_t i, int32_t mcid, ch_image_name *name, void *user)
{
    const ch_item *item = &p->page->item[i];
    switch (item->kind) {
    case CH_ITEM_GLYPHS:
        break;
    case CH_ITEM_RULE:
        paint_rule(p, item);
        break;
    case CH_ITEM_STROKE:
        paint_stroke(p, item);
        break;
    case CH_ITEM_IMAGE:
        paint_image(p, item, mcid, name(user, item));
        break;
    case CH_ITEM_LINK:
        break; /* an annotation, not content */
    }
}

void
ch_content_put(ch_buf *out, const ch_tags *tags, size_t page, const ch_pdf_fonts *fonts,
               ch_image_name *name, void *user)
{
    painter        p    = {.b      = out,
                           .tags   = tags,
                           .page   = &tags->pages->page[page],
                           .fonts  = fonts,
                           .beside = fonts->beside[page]};
    const int32_t *mcid = tags->mcid[page];
    for (size_t i = 0; i < p.page->n;) {
        if (!is_text(&p.page->item[i])) {
            paint_item(&p, i, mcid[i], name, user);
            i++;
            continue;
        }
        size_t        end   = end_of_stretch(&p, mcid, i);
        const size_t *order = visual_order(&p, i, end);
        for (size_t k = 0; k < end - i; k++)
            paint_glyphs(&p, order[k], mcid[i], end - i == 1);
        i = end;
    }
    end_text(&p);
    end_mark(&p);
}
