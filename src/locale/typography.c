/* locale/typography.c -- reading how a language is set. */
#include "locale/typography.h"

#include "input/xml.h"
#include "locale/locale_vocab.h"
#include "locale/pack.h"

#include <string.h>
#include <unicode/uchar.h>

#define NO_BREAK_SPACE "\xC2\xA0"
enum { WORD_MOST = 64, ROOMS_MOST = 64 };

/* A number below 1024 from the ends and the length of a word, which is not empty. */
static unsigned
sieve_hole(ch_str word)
{
    unsigned first = (unsigned char)word.p[0], last = (unsigned char)word.p[word.n - 1];
    return (first * 37 ^ last * 101 ^ (unsigned)word.n * 17) & 1023;
}

static ch_kept *
kept(ch_locale *lo, ch_str word)
{
    ch_typography *t = &lo->typography;
    ch_kept       *k = ch_map_lookup(t->keeps, word);
    if (!k) {
        k = CH_NEW(lo->arena, ch_kept);
        ch_map_put(t->keeps, word, k);
        if (word.n > 0)
            t->sieve[sieve_hole(word) >> 6] |= (uint64_t)1 << (sieve_hole(word) & 63);
        t->longest = word.n > t->longest ? word.n : t->longest;
    }
    return k;
}

static void
keep_word(ch_locale *lo, ch_str word, unsigned with)
{
    if (word.n > 0 && word.n <= WORD_MOST)
        kept(lo, word)->with |= with;
}

/* The word in capitals: its first letter, or all. */
static ch_str
in_capitals(char out[4 * WORD_MOST], ch_str word, bool all)
{
    size_t n = 0;
    for (size_t i = 0; i < word.n;) {
        uint32_t cp = ch_utf8_next(word, &i);
        n += ch_utf8_put(all || n == 0 ? (uint32_t)u_toupper((UChar32)cp) : cp, out + n);
    }
    return (ch_str){out, n};
}

/* Each word of a phrase, but the last, leads to it. */
static void
keep_phrase(ch_locale *lo, ch_str phrase)
{
    size_t from = 0;
    phrase      = ch_arena_str(lo->arena, phrase);
    for (size_t i = 0; i + 2 < phrase.n; i++) {
        if (memcmp(phrase.p + i, NO_BREAK_SPACE, 2) != 0)
            continue;
        ch_kept        *k = kept(lo, ch_str_sub(phrase, from, i));
        ch_kept_phrase *p = CH_NEW(lo->arena, ch_kept_phrase);
        *p                = (ch_kept_phrase){.next   = k->phrase,
                                             .before = ch_str_sub(phrase, 0, i),
                                             .after  = ch_str_sub(phrase, i + 2, phrase.n)};
        k->phrase         = p;
        k->with |= CH_KEEP_PHRASE;
        from = i + 2;
    }
}

static void
keep_one(ch_locale *lo, ch_str word, unsigned with)
{
    char room[4 * WORD_MOST];
    if (with == CH_KEEP_PHRASE) {
        keep_phrase(lo, word);
        return;
    }
    keep_word(lo, word, with);
    if (word.n <= WORD_MOST && (with == CH_KEEP_WORD || with == CH_KEEP_AFTER_WORD)) {
        keep_word(lo, in_capitals(room, word, false), with);
        keep_word(lo, in_capitals(room, word, true), with);
    }
}

static void
read_keep(ch_ctx *cx, ch_locale *lo, const ch_node *n)
{
    static const struct {
        const char *name;
        unsigned    with;
    } KINDS[] = {
        {"number", CH_KEEP_NUMBER},
        {"name", CH_KEEP_NAME},
        {"word", CH_KEEP_WORD},
        {"month", CH_KEEP_MONTH},
        {"number-before", CH_KEEP_AFTER_NUMBER},
        {"word-before", CH_KEEP_AFTER_WORD},
        {"itself", CH_KEEP_PHRASE},
    };
    ch_str   list = ch_node_text(cx->job, n), name = ch_node_attr_str(n, CH_CA_with);
    unsigned with = 0;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (ch_str_is(name, KINDS[i].name))
            with = KINDS[i].with;
    for (size_t from = 0, to = 0; from < list.n; from = to + 1) {
        for (to = from; to < list.n && (unsigned char)list.p[to] > ' ';)
            to++;
        if (to > from)
            keep_one(lo, ch_str_sub(list, from, to), with);
    }
}

/* In order of the list of signs; false where the width is none. */
static bool
read_space(ch_ctx *cx, ch_sign_room *rooms, size_t *count, const ch_node *n)
{
    const ch_attr *width = ch_node_attr(n, CH_CA_width);
    ch_len         wide  = 0;
    if (width && (!ch_str_ends(width->value, "em") || !ch_len_parse(width->value, CH_PT, &wide))) {
        ch_report(cx, CH_E3005_bad_pack, width->where,
                  CH_ARG(CH_STR_LIT("the room beside a sign is so many em")));
        return false;
    }
    for (int after = 0; after < 2; after++) {
        ch_str signs = ch_node_attr_str(n, after ? CH_CA_after : CH_CA_before);
        for (size_t i = 0; i < signs.n && *count < ROOMS_MOST;) {
            uint32_t cp = ch_utf8_next(signs, &i);
            if (cp != ' ')
                rooms[(*count)++] = (ch_sign_room){cp, 0, after != 0, width == NULL, wide};
        }
    }
    ch_str pairs = ch_node_attr_str(n, CH_CA_between);
    for (size_t i = 0; i < pairs.n && *count < ROOMS_MOST;) {
        uint32_t cp = ch_utf8_next(pairs, &i);
        if (cp != ' ' && i < pairs.n)
            rooms[(*count)++] =
                (ch_sign_room){cp, ch_utf8_next(pairs, &i), true, width == NULL, wide};
    }
    return true;
}

static bool
read_spaces(ch_ctx *cx, ch_locale *lo, const ch_node *n)
{
    const ch_node *s     = ch_node_child(n, CH_C_space);
    ch_sign_room  *rooms = s ? CH_NEW_N(lo->arena, ch_sign_room, ROOMS_MOST) : NULL;
    size_t         count = 0;
    bool           ok    = true;
    if (!s)
        return true;
    for (; s; s = ch_node_next(s, CH_C_space))
        ok = read_space(cx, rooms, &count, s) && ok;
    lo->typography.room    = rooms;
    lo->typography.n_rooms = count;
    return ok;
}

static unsigned
small_number(const ch_node *n, int attr, unsigned other)
{
    ch_str s = ch_node_attr_str(n, attr);
    return s.n == 1 ? (unsigned)(s.p[0] - '0') : s.n > 1 ? 9 : other;
}

static void
read_hyphenation(ch_locale *lo, const ch_node *n)
{
    ch_typography *t = &lo->typography;
    t->left          = small_number(n, CH_CA_left, t->left);
    t->right         = small_number(n, CH_CA_right, t->right);
    if (ch_node_attr(n, CH_CA_patterns))
        t->patterns = ch_arena_str(lo->arena, ch_node_attr_str(n, CH_CA_patterns));
}

/* The table of the pack that is extended, as this one's own: it may add to the entries. */
static void
start_from(ch_locale *lo, const ch_locale *base)
{
    ch_typography *t = &lo->typography;
    *t               = (ch_typography){
                      .patterns = CH_STR_EMPTY, .raised = CH_STR_EMPTY, .line_breaks = CH_STR_EMPTY};
    if (base)
        *t = base->typography;
    t->keeps = ch_map_new(lo->arena);
    for (size_t i = 0; base && i < ch_map_count(base->typography.keeps); i++) {
        const ch_kept *k                                 = ch_map_value(base->typography.keeps, i);
        *kept(lo, ch_map_key(base->typography.keeps, i)) = *k;
    }
}

/* "15 June": the months of all calendars, as they stand beside a day. */
static void
keep_months(ch_locale *lo)
{
    for (int c = 0; c < CH_CALENDARS; c++)
        for (int m = 0; lo->days[c].has && m < CH_MONTHS; m++)
            keep_word(lo, lo->days[c].month[m], CH_KEEP_AFTER_NUMBER | CH_KEEP_IS_MONTH);
}

static bool
is_space(ch_str s)
{
    size_t   at = 0;
    uint32_t cp = s.n ? ch_utf8_next(s, &at) : 0;
    return cp == ' ' || cp == 0xA0 || cp == 0x2009 || cp == 0x202F;
}

bool
ch_pack_read_typography(ch_ctx *cx, ch_locale *lo, const ch_locale *base, const ch_node *n)
{
    static const char *const INITIALS[] = {"before", "both", "no"};
    const ch_node           *h          = n ? ch_node_child(n, CH_C_hyphenation) : NULL;
    const ch_node           *r          = n ? ch_node_child(n, CH_C_raise) : NULL;
    start_from(lo, base);
    lo->typography.groups = is_space(lo->group);
    keep_months(lo);
    if (!n)
        return true;
    for (unsigned i = 0; i < 3; i++)
        if (ch_str_is(ch_node_attr_str(n, CH_CA_initials), INITIALS[i]))
            lo->typography.initials = (ch_initials)i;
    if (ch_node_attr(n, CH_CA_line_breaks))
        lo->typography.line_breaks =
            ch_arena_str(lo->arena, ch_node_attr_str(n, CH_CA_line_breaks));
    if (h)
        read_hyphenation(lo, h);
    if (r)
        lo->typography.raised = ch_arena_str(lo->arena, ch_node_text(cx->job, r));
    for (const ch_node *k = ch_node_child(n, CH_C_keep); k; k = ch_node_next(k, CH_C_keep))
        read_keep(cx, lo, k);
    return read_spaces(cx, lo, n);
}

const ch_typography *
ch_locale_typography(const ch_locale *lo)
{
    return &lo->typography;
}

const ch_kept *
ch_typography_kept(const ch_typography *t, ch_str word)
{
    if (!t || word.n == 0 || word.n > t->longest)
        return NULL;
    unsigned hole = sieve_hole(word);
    return t->sieve[hole >> 6] >> (hole & 63) & 1 ? ch_map_lookup(t->keeps, word) : NULL;
}

const ch_sign_room *
ch_typography_room_before(const ch_typography *t, uint32_t sign)
{
    for (size_t i = 0; t && i < t->n_rooms; i++)
        if (t->room[i].sign == sign && !t->room[i].after)
            return &t->room[i];
    return NULL;
}

const ch_sign_room *
ch_typography_room_after(const ch_typography *t, uint32_t sign, uint32_t next)
{
    for (size_t i = 0; t && i < t->n_rooms; i++)
        if (t->room[i].sign == sign && t->room[i].after &&
            (t->room[i].beside == 0 || t->room[i].beside == next))
            return &t->room[i];
    return NULL;
}
