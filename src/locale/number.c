/* locale/number.c -- numbers and marks in the digits and letters of a language. */
#include "locale/locale.h"

#include "locale/pack.h"

bool
ch_digits_named(ch_str text, ch_digits *out)
{
    static const struct {
        const char *name;
        uint32_t    zero;
    } common[] = {{"latn", '0'}, {"arab", 0x660}, {"arabext", 0x6F0}};
    *out       = (ch_digits){.counts = ch_str_is(text, "hanidec")};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        for (uint32_t d = 0; d < 10 && ch_str_is(text, common[i].name); d++)
            out->digit[d] = common[i].zero + d;
    if (out->digit[0])
        return true;
    ch_str ten = text.n > 0 && (unsigned char)text.p[0] < 0x80 ? CH_STR_EMPTY : text;
    char   buf[64];
    if (ten.n == 0)
        ten = ch_icu_digits(text, buf, sizeof buf);
    size_t at = 0, n = 0;
    while (at < ten.n && n < 10)
        out->digit[n++] = ch_utf8_next(ten, &at);
    return n == 10 && at == ten.n;
}

void
ch_digits_put(const ch_digits *d, ch_buf *b, int64_t v)
{
    if (v >= 10)
        ch_digits_put(d, b, v / 10);
    ch_buf_utf8(b, d->digit[v % 10]);
}

static ch_str
print_number(const ch_locale *lo, ch_arena *a, int64_t v, bool grouped)
{
    char     dec[20];
    size_t   n    = 0;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        dec[n++] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    grouped = grouped && n >= lo->group_from && lo->group.n > 0;
    ch_buf b;
    ch_buf_init(&b, a);
    if (v < 0)
        ch_buf_utf8(&b, 0x2212);
    while (n-- > 0) {
        ch_buf_utf8(&b, lo->digits.digit[dec[n] - '0']);
        if (grouped && (n == 3 || (n > 3 && (n - 3) % lo->group_rest == 0)))
            ch_buf_str(&b, lo->group);
    }
    return ch_buf_view(&b);
}

ch_str
ch_locale_number(const ch_locale *lo, ch_arena *a, int64_t v)
{
    return print_number(lo, a, v, false);
}

ch_str
ch_locale_count(const ch_locale *lo, ch_arena *a, int64_t v)
{
    return print_number(lo, a, v, true);
}

static ch_str
roman(ch_arena *a, int64_t v, bool upper)
{
    static const struct {
        int         value;
        const char *low, *up;
    } parts[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
                 {100, "c", "C"},  {90, "xc", "XC"},  {50, "l", "L"},  {40, "xl", "XL"},
                 {10, "x", "X"},   {9, "ix", "IX"},   {5, "v", "V"},   {4, "iv", "IV"},
                 {1, "i", "I"}};
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; v >= parts[i].value; v -= parts[i].value)
            ch_buf_puts(&b, upper ? parts[i].up : parts[i].low);
    return ch_buf_view(&b);
}

/* a to z, then aa, ab ...: counting without a nought. */
static ch_str
letters(const ch_locale *lo, ch_arena *a, int64_t v, bool upper)
{
    static const char latin[2][26] = {"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
    int64_t           base         = lo->n_letters > 0 ? (int64_t)lo->n_letters : 26;
    int64_t           at[64];
    size_t            n = 0;
    for (; v > 0 && n < 64; v = (v - 1) / base)
        at[n++] = (v - 1) % base;
    ch_buf b;
    ch_buf_init(&b, a);
    while (n-- > 0) {
        if (lo->n_letters > 0)
            ch_buf_str(&b, lo->letters[at[n]]);
        else
            ch_buf_putc(&b, latin[upper][at[n]]);
    }
    return ch_buf_view(&b);
}

ch_str
ch_locale_ordinal(const ch_locale *lo, ch_arena *a, int64_t v, char style)
{
    if (v < 1)
        return ch_locale_number(lo, a, v);
    switch (style) {
    case 'a':
        return letters(lo, a, v, false);
    case 'A':
        return letters(lo, a, v, true);
    case 'i':
    case 'I':
        if (v < 4000)
            return roman(a, v, style == 'I');
        return ch_locale_number(lo, a, v);
    default:
        return ch_locale_number(lo, a, v);
    }
}

char
ch_locale_attachment_style(const ch_locale *lo)
{
    return lo->attachments;
}

ch_str
ch_locale_list_mark(const ch_locale *lo, ch_arena *a, bool ordered, unsigned level, int64_t v,
                    char *style)
{
    unsigned i = level < 1 ? 0 : level > CH_MARK_LEVELS ? CH_MARK_LEVELS - 1 : level - 1;
    while (i > 0 && lo->mark[ordered][i].text.n == 0)
        i--; /* the last that the pack has serves all that is deeper */
    const ch_pack_mark *m = &lo->mark[ordered][i];
    *style                = m->style;
    if (!ordered)
        return m->text;
    ch_fill n = {"n", ch_locale_ordinal(lo, a, v, m->style)};
    return ch_locale_fill(a, m->text, &n, 1);
}
