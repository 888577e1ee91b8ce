/* pdf/turns.c -- direction marks, where a reader would else take a sign to the wrong side. */
#include "pdf/turns.h"

#include <hb.h>

/* pdf.js goes on at gaps from 0.102 to 0.6 em. */
#define NARROW 11
#define WIDE 55
/* PDFium takes two equal glyphs within 0.07 em for one. */
#define STRAND_STEP 8
#define LRM 0x200E
#define RLM 0x200F
#define ALM 0x61C /* for pdf.js a letter; RLM is one from left to right */

static hb_unicode_general_category_t
category(uint32_t cp)
{
    return hb_unicode_general_category(hb_unicode_funcs_get_default(), cp);
}

static bool
is_letter(uint32_t cp)
{
    switch (category(cp)) {
    case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
        return true;
    default:
        return false;
    }
}

/* Signs that poppler's table of characters has as numbers. */
static bool
is_sign_of_numbers(uint32_t cp)
{
    static const uint32_t range[][2] = {
        {0x23, 0x25},     {0x2B, 0x2F},     {0x3A, 0x3A},    {0xA2, 0xA5},     {0xB0, 0xB3},
        {0xB9, 0xB9},     {0x604, 0x60C},   {0x66A, 0x66C},  {0x2030, 0x2034}, {0x2044, 0x2044},
        {0x2070, 0x208B}, {0x20A0, 0x20AF}, {0x2212, 0x2213}};
    for (size_t i = 0; i < sizeof range / sizeof *range; i++)
        if (cp >= range[i][0] && cp <= range[i][1])
            return true;
    return false;
}

static bool
is_of_right_to_left(uint32_t cp)
{
    return (cp >= 0x5BE && cp <= 0x8FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
           (cp >= 0xFE70 && cp <= 0xFEFF);
}

/* Letters and nothing else, all that most texts from right to left have. */
static bool
is_plain_letter(uint32_t cp)
{
    return (cp >= 0x620 && cp <= 0x64A) || (cp >= 0x5D0 && cp <= 0x5EA);
}

static bool
is_mark(uint32_t cp)
{
    return cp > 0x2FF && !is_plain_letter(cp) &&
           category(cp) == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK;
}

static ch_side
side_of(uint32_t cp)
{
    if (is_plain_letter(cp))
        return CH_SIDE_RIGHT;
    if (cp < 0x80) {
        uint32_t low = cp | 0x20;
        if (low >= 'a' && low <= 'z')
            return CH_SIDE_LEFT;
        return (cp >= '0' && cp <= '9') || is_sign_of_numbers(cp) ? CH_SIDE_NUMBER
                                                                  : CH_SIDE_NEUTRAL;
    }
    if (category(cp) == HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER || is_sign_of_numbers(cp))
        return CH_SIDE_NUMBER;
    if (is_letter(cp))
        return is_of_right_to_left(cp) ? CH_SIDE_RIGHT : CH_SIDE_LEFT;
    switch (cp) {
    case 0x5BE: /* maqaf, paseq, sof pasuq, geresh, gershayim */
    case 0x5C0:
    case 0x5C3:
    case 0x5F3:
    case 0x5F4:
    case 0x61B: /* semicolon, question mark, full stop */
    case 0x61F:
    case 0x6D4:
        return CH_SIDE_RIGHT;
    default:
        return CH_SIDE_NEUTRAL;
    }
}

/* The side of a text's first character or of its last, marks left out. */
static ch_side
side_of_text(ch_str s, bool last)
{
    ch_side  side = CH_SIDE_NONE;
    uint32_t cp;
    for (size_t at = 0; (cp = ch_text_heard(s, &at)) != 0;) {
        if (is_mark(cp))
            continue;
        side = side_of(cp);
        if (!last)
            break;
    }
    return side;
}

/* Of an item or a cluster that runs so: what stands at its left end, or at its right. */
static ch_side
side_at(ch_str text, bool rtl, bool right)
{
    return side_of_text(text, rtl != right);
}

/* PDFium has quotation marks among these, too. */
static bool
has_mirror_image(uint32_t cp)
{
    return !is_plain_letter(cp) && ((cp >= 0x2018 && cp <= 0x201F) ||
                                    hb_unicode_mirroring(hb_unicode_funcs_get_default(), cp) != cp);
}

/* Does a text from right to left have such a sign at its right end? */
static bool
begins_mirrored(const ch_item *item)
{
    size_t at = 0;
    return item->rtl && has_mirror_image(ch_text_heard(item->text, &at));
}

/* By bidirectional class: L; EN, AN, ES, ET, CS, NSM and BN; R and AL; the rest. */
static ch_strand
strand_of(uint32_t cp)
{
    switch (side_of(cp)) {
    case CH_SIDE_LEFT:
        return CH_STRAND_LEFT;
    case CH_SIDE_RIGHT:
        return CH_STRAND_RIGHT;
    case CH_SIDE_NUMBER:
        return CH_STRAND_WEAK;
    case CH_SIDE_NONE:
    case CH_SIDE_NEUTRAL:
        break;
    }
    return cp == 0xA0 || cp == 0x202F || is_mark(cp) ? CH_STRAND_WEAK : CH_STRAND_NEUTRAL;
}

ch_strand
ch_cluster_strand(const ch_cluster *c)
{
    for (size_t at = 0; at < c->text.n;) {
        uint32_t cp = ch_utf8_next(c->text, &at);
        if (cp && !ch_text_silent(cp))
            return strand_of(cp);
    }
    return CH_STRAND_WEAK;
}

bool
ch_text_marked(ch_str s)
{
    uint32_t cp;
    for (size_t at = 0; (cp = ch_text_heard(s, &at)) != 0;)
        if (is_mark(cp))
            return true;
    return false;
}

size_t
ch_text_first_mark(ch_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t before = at;
        if (is_mark(ch_utf8_next(s, &at)))
            return before;
    }
    return 0;
}

bool
ch_item_is_signs(const ch_item *item)
{
    uint32_t cp;
    if (!item->rtl)
        return false;
    for (size_t at = 0; (cp = ch_text_heard(item->text, &at)) != 0;)
        if (is_letter(cp) || category(cp) == HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER)
            return false;
    return true;
}

static bool
is_digits(ch_str s)
{
    uint32_t cp;
    for (size_t at = 0; (cp = ch_text_heard(s, &at)) != 0;)
        if (category(cp) != HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER)
            return false;
    return true;
}

/* ---- what stands beside an item ------------------------------------------------------- */

static bool
is_text(const ch_item *item)
{
    return item->kind == CH_ITEM_GLYPHS && item->face && item->n > 0;
}

static bool
same_stretch(const ch_item *a, const ch_item *b)
{
    return a->face == b->face && a->size == b->size && a->node == b->node &&
           a->artifact == b->artifact;
}

static bool
has_right(ch_str s)
{
    uint32_t cp;
    for (size_t at = 0; (cp = ch_text_heard(s, &at)) != 0;)
        if (side_of(cp) == CH_SIDE_RIGHT)
            return true;
    return false;
}

static bool
is_dash(ch_str s)
{
    size_t   at = 0;
    uint32_t cp = ch_text_heard(s, &at);
    return cp >= 0x2010 && cp <= 0x2015 && !ch_text_heard(s, &at);
}

/* Text of its own in a line from right to left.  pdf.js finds the place of digits among letters
 * from right to left in one font, but not beside signs alone; a dash is a letter to it. */
static bool
stands_apart(const ch_item *item, size_t i, size_t from, size_t to)
{
    const ch_item *me = &item[i];
    if (me->rtl)
        return is_dash(me->text);
    if (me->face->cff || !is_digits(me->text))
        return true;
    return !(i > from && item[i - 1].rtl && same_stretch(&item[i - 1], me) &&
             has_right(item[i - 1].text)) &&
           !(i + 1 < to && item[i + 1].rtl && same_stretch(&item[i + 1], me) &&
             has_right(item[i + 1].text));
}

static void
look_along_line(const ch_page *page, size_t from, size_t to, bool page_rtl, size_t *order,
                ch_beside *out)
{
    const ch_item *item = page->item;
    size_t         n    = to - from;
    bool           rtl  = n > 1 ? item[from].x > item[to - 1].x
                                : item[from].rtl || (page_rtl && is_digits(item[from].text));
    for (size_t i = from; i < to; i++) {
        size_t k = i - from;
        for (; k > 0 && item[order[k - 1]].x > item[i].x; k--)
            order[k] = order[k - 1];
        order[k]        = i;
        out[i].line_rtl = rtl;
        out[i].page_rtl = page_rtl;
        out[i].apart    = rtl && stands_apart(item, i, from, to);
    }
    for (size_t k = 0; k < n; k++) {
        ch_beside     *b  = &out[order[k]];
        const ch_item *me = &item[order[k]];
        if (k > 0) {
            const ch_item *left = &item[order[k - 1]];
            b->left             = side_at(left->text, left->rtl, true);
            b->left_turns       = left->rtl != me->rtl;
            b->left_mirrored    = begins_mirrored(left);
        }
        if (k + 1 < n) {
            const ch_item *right = &item[order[k + 1]];
            b->right             = side_at(right->text, right->rtl, false);
            b->right_turns       = right->rtl != me->rtl;
            b->right_digits      = !right->rtl && !out[order[k + 1]].apart;
        }
    }
    for (size_t i = from; i + 1 < to; i++)
        out[i].apart_behind = out[i + 1].apart_before = !same_stretch(&item[i], &item[i + 1]) ||
                                                        out[i].apart != out[i + 1].apart ||
                                                        (out[i].apart && item[i + 1].x < item[i].x);
}

/* Parts of each kind; first, last: the kind at the left end and at the right. */
static void
count_strands(const ch_item *item, size_t *count, ch_strand *first, ch_strand *last)
{
    size_t n = 0;
    for (size_t at = 0; at < item->text.n;) {
        uint32_t cp = ch_utf8_next(item->text, &at);
        if (!cp || ch_text_silent(cp))
            continue;
        ch_strand part = strand_of(cp);
        if (n == 0)
            *first = part;
        if (n == 0 || part != *last) {
            count[part]++;
            n++;
        }
        *last = part;
    }
    if (item->rtl) {
        ch_strand t = *first;
        *first      = *last;
        *last       = t;
    }
}

/* Of the items that stand at one height: does PDFium put their strands in reverse? */
static bool
puts_in_reverse(const ch_item *item, size_t from, size_t to, size_t *order)
{
    size_t count[4] = {0};
    for (size_t i = from; i < to; i++) {
        size_t k = i - from;
        for (; k > 0 && item[order[k - 1]].x > item[i].x; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    ch_strand before = CH_STRAND_NEUTRAL, first = CH_STRAND_NEUTRAL, last = CH_STRAND_NEUTRAL;
    for (size_t k = 0; k < to - from; k++) {
        count_strands(&item[order[k]], count, &first, &last);
        if (k > 0 && first == before)
            count[first]--; /* goes on */
        before = last;
    }
    return count[CH_STRAND_RIGHT] > 0 && count[CH_STRAND_RIGHT] >= count[CH_STRAND_LEFT];
}

/* By cluster, as they are drawn. */
static size_t
strands_of(const ch_item *item)
{
    size_t     n    = 0;
    ch_strand  last = CH_STRAND_NEUTRAL;
    ch_cluster c;
    for (size_t at = 0; ch_cluster_next(item, &at, &c);) {
        ch_strand strand = ch_cluster_strand(&c);
        n += n == 0 || strand != last;
        last = strand;
    }
    return n;
}

static ch_len
right_edge(const ch_item *item)
{
    ch_len x = item->x;
    for (size_t i = 0; i < item->n; i++)
        x += item->glyph[i].advance;
    return x;
}

/* Does an item stand at another height than the one beside it, as the mark of a note does?  PDFium
 * begins a new line there if it is not one that begins and ends with a wide glyph. */
static bool
is_raised(const ch_item *item, size_t i, size_t from, size_t to)
{
    return (i > from && item[i - 1].y > item[i].y && !item[i - 1].line_end) ||
           (i + 1 < to && item[i + 1].y > item[i].y && !item[i].line_end);
}

/* The items at one height, whose strands are put in reverse. */
static void
set_apart(const ch_item *item, size_t from, size_t to, ch_beside *out)
{
    for (size_t i = from, end; i < to; i = end) {
        size_t n = 0;
        end      = i;
        if (item[end].rtl) {
            end++;
            continue;
        }
        do {
            out[end].strand = n;
            n += strands_of(&item[end++]);
        } while (end < to && !item[end].rtl && !item[end].line_start && !item[end - 1].line_end &&
                 item[end].y == item[i].y && item[end].x > item[end - 1].x);
        ch_len right = right_edge(&item[end - 1]), step = item[i].size * STRAND_STEP / 100;
        if (n > 1 && step * (ch_len)n > right - item[i].x)
            step = (right - item[i].x) / (ch_len)n;
        for (size_t k = i; k < end && (n > 1 || is_raised(item, i, from, to)); k++) {
            out[k].strands       = n;
            out[k].strands_left  = item[i].x;
            out[k].strands_right = right;
            out[k].strands_step  = step;
        }
    }
}

static bool
any_runs_rtl(const ch_page *page)
{
    for (size_t i = 0; i < page->n; i++)
        if (is_text(&page->item[i]) && page->item[i].rtl)
            return true;
    return false;
}

/* Most of its letters run from right to left: so poppler finds the direction of a page. */
static bool
page_runs_rtl(const ch_page *page)
{
    size_t   rtl = 0, ltr = 0;
    uint32_t cp;
    for (size_t i = 0; i < page->n; i++)
        if (is_text(&page->item[i]))
            for (size_t at = 0; (cp = ch_text_heard(page->item[i].text, &at)) != 0;) {
                ch_side side = side_of(cp);
                rtl += side == CH_SIDE_RIGHT;
                ltr += side == CH_SIDE_LEFT;
            }
    return rtl > ltr;
}

static bool
at_one_height(const ch_item *a, const ch_item *b)
{
    ch_len off = a->y - b->y, size = a->size < b->size ? a->size : b->size;
    return off < size / 2 && -off < size / 2;
}

const ch_beside *
ch_page_beside(ch_arena *a, const ch_page *page, bool reversed)
{
    if (!reversed && !any_runs_rtl(page))
        return NULL;
    bool       rtl   = page_runs_rtl(page);
    ch_beside *out   = CH_NEW_N(a, ch_beside, page->n);
    size_t    *order = CH_NEW_N(a, size_t, page->n), row = 0;
    for (size_t i = 0; i < page->n;) {
        const ch_item *item = page->item;
        size_t         to   = i + 1;
        if (!is_text(&item[i])) {
            i = row = to;
            continue;
        }
        while (to < page->n && is_text(&item[to]) && !item[to - 1].line_end && !item[to].line_start)
            to++;
        look_along_line(page, i, to, rtl, order, out);
        i = to;
        out[to - 1].goes_on =
            to < page->n && is_text(&item[to]) && at_one_height(&item[to - 1], &item[to]);
        if (out[to - 1].goes_on)
            continue;
        if (reversed || puts_in_reverse(item, row, to, order))
            set_apart(item, row, to, out);
        row = to;
    }
    return out;
}

/* ---- marks ---------------------------------------------------------------------------- */

/* Is what stands at the left of this cluster of t->item a letter from right to left, or nothing? */
static bool
stands_behind_right(const ch_turns *t, bool first)
{
    ch_side left = first ? t->beside->left : side_at(t->left, t->item->rtl, true);
    return left == CH_SIDE_NONE || left == CH_SIDE_RIGHT;
}

/* poppler parts a line, from right to left on such a page, in turns: what is no letter from left
 * to right and no number; what is no letter from right to left. */
static void
mark_for_poppler(const ch_turns *t, ch_side from, bool first, bool last, ch_cluster *c)
{
    const ch_beside *b   = t->beside;
    bool             rtl = t->item->rtl;
    if (b->page_rtl && rtl) {
        if (first && b->left_turns && b->left == CH_SIDE_NEUTRAL)
            c->before = c->mark ? 0 : LRM;
        else if (from == CH_SIDE_NUMBER && !stands_behind_right(t, first))
            c->before = c->mark ? 0 : RLM;
        if (last && b->right_turns && !b->right_digits &&
            side_at(c->text, rtl, true) != CH_SIDE_RIGHT)
            c->after = RLM;
    } else if (b->page_rtl) {
        if (first && b->left_turns && b->line_rtl && !b->apart && b->left != CH_SIDE_RIGHT)
            c->mark = ALM;
        if (last && b->right == CH_SIDE_NONE && side_at(c->text, rtl, true) == CH_SIDE_NEUTRAL)
            c->after = LRM;
    } else if (rtl) {
        if (first && from != CH_SIDE_RIGHT && (b->left_turns || b->left == CH_SIDE_NONE))
            c->before = RLM;
        if (last && b->right_turns && b->right == CH_SIDE_NEUTRAL)
            c->after = LRM;
    }
}

/* pdf.js drops a space where it has to go back, takes a narrow gap or a wide one for the end of a
 * stretch, and measures no gap at a glyph with a mark. */
static bool
is_space_for_pdfjs(const ch_turns *t, bool first, bool last, const ch_cluster *c)
{
    const ch_item   *item = t->item;
    const ch_beside *b    = t->beside;
    size_t           at   = c->first + c->n;
    ch_cluster       next;
    if (c->n != 1 || c->hyphen || c->heard != ' ')
        return false;
    if (item->rtl && b && b->line_rtl) {
        ch_len wide = item->glyph[c->first].advance, em = item->size;
        if ((first && b->apart_behind) || (last && b->apart_before) || wide < em * NARROW / 100 ||
            wide > em * WIDE / 100)
            return true;
    }
    return (item->rtl || item->face->cff) && ch_cluster_next(item, &at, &next) &&
           ch_text_marked(next.text);
}

/* PDFium takes a sign and the mark beside it for one stretch, which it does not turn about. */
static bool
is_sign_beside_mark(const ch_item *item, ch_side side, const ch_cluster *c)
{
    size_t     at = c->first + c->n;
    ch_cluster next;
    return (side == CH_SIDE_NUMBER || side == CH_SIDE_NEUTRAL) && !c->mark &&
           ch_cluster_next(item, &at, &next) && ch_text_marked(next.text);
}

/* PDFium replaces a sign that has a mirror image by it, unless the last letter that it read is one
 * from left to right.  What follows must not be taken for a part of that stretch by poppler. */
static void
mark_for_pdfium(const ch_beside *b, const ch_item *item, bool first, ch_cluster *c)
{
    if (!item->rtl) {
        if (first && b->left_mirrored)
            c->before = RLM;
    } else if (has_mirror_image(c->heard)) {
        c->after  = LRM;
        c->before = RLM;
    }
}

ch_turns
ch_turns_begin(const ch_page *page, const ch_beside *beside, size_t item)
{
    return (ch_turns){.item = &page->item[item], .beside = beside ? &beside[item] : NULL};
}

bool
ch_turns_next(ch_turns *t, ch_cluster *c)
{
    const ch_item *item = t->item;
    if (!ch_cluster_next(item, &t->at, c))
        return false;
    bool first = c->first == 0, last = c->first + c->n == item->n;
    if (c->silent)
        return true;
    if (c->heard == ' ' && (t->beside || c->text.n == 1) && is_space_for_pdfjs(t, first, last, c))
        c->mark = !item->rtl || (first && t->beside && t->beside->left_turns &&
                                 t->beside->left == CH_SIDE_NEUTRAL)
                      ? LRM
                      : RLM;
    if (!t->beside || c->hyphen)
        return true;
    ch_side from = !item->rtl                               ? CH_SIDE_NONE
                   : c->single && is_plain_letter(c->heard) ? CH_SIDE_RIGHT
                                                            : side_at(c->text, true, false);
    mark_for_poppler(t, from, first, last, c);
    if (item->rtl && is_sign_beside_mark(item, from, c))
        c->after = RLM;
    mark_for_pdfium(t->beside, item, first, c);
    t->left = c->text;
    return true;
}
