/* text/breaks.c -- where a line may end: ICU's opportunities (UAX 14), less those that letters
 * must not take, and hyphenation inside words. */
#include "text/inside.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

enum { WORD_LEAST = 5, POINTS_MOST = 64, SYMBOL_MOST = 24 };

typedef CH_VEC(ch_break_at) break_list;

static size_t
space_start(ch_str s, size_t at)
{
    while (at > 0 && ch_char_is_space(ch_utf8_before(s, at)))
        at = ch_utf8_back(s, at);
    return at;
}

/* The span of a byte; spans come in order, so the search goes on from the last one. */
static const ch_span *
span_at(const ch_joined *j, size_t at, size_t *i)
{
    while (*i + 1 < j->para->n && j->from[*i + 1] <= at)
        ++*i;
    return j->para->n ? &j->para->span[*i] : NULL;
}

/* ---- what must not be parted ---- */

/* Where a word of letters ends: at white space, and beside Han and full-width signs. */
static bool
ends_word(uint32_t cp)
{
    return ch_char_is_space(cp) || cp >= 0x2E80;
}

/* "president/chairperson": words of small letters on both sides, none of them short. */
static bool
parts_words(ch_str s, size_t offset)
{
    size_t   from = ch_utf8_back(s, offset), to = offset;
    unsigned before = 0, behind = 0;
    while (from > 0 && u_islower((UChar32)ch_utf8_before(s, from)) && before < 5) {
        from = ch_utf8_back(s, from);
        before++;
    }
    while (to < s.n && u_islower((UChar32)ch_utf8_next(s, &to)) && behind < 5)
        behind++;
    return before == 5 && behind == 5;
}

/* A document's symbol ("A/78/PV.14") stays whole, an address on the net may be parted. */
static bool
keeps_slash(ch_str s, size_t offset)
{
    size_t from = offset, to = offset;
    bool   address = false;
    while (from > 0 && offset - from <= 2 * SYMBOL_MOST && !ends_word(ch_utf8_before(s, from)))
        from = ch_utf8_back(s, from);
    while (to < s.n && !ends_word(ch_utf8_at(s, to)) && to - from <= 2 * SYMBOL_MOST)
        (void)ch_utf8_next(s, &to);
    for (size_t i = from; i + 1 < to && !address; i++)
        address = (s.p[i] == '/' && s.p[i + 1] == '/') || s.p[i] == '@';
    return !address && to - from <= SYMBOL_MOST;
}

/* No line ends behind "e-" of "e-mail" or "J.-" of "J.-P.". */
static bool
keeps_hyphen(ch_str s, size_t offset)
{
    size_t hyphen = ch_utf8_back(s, offset);
    if (hyphen == 0)
        return true;
    size_t letter = ch_utf8_back(s, hyphen);
    if (ch_utf8_at(s, letter) == '.')
        return true;
    return u_isalpha((UChar32)ch_utf8_at(s, letter)) && ch_char_opens(ch_utf8_before(s, letter));
}

/* Signs that Unicode lets begin or end a line, and a Chinese or Japanese page does not. */
static const struct {
    uint32_t cp;
    bool     start, end; /* it may begin a line; end one */
} EDGES[] = {
#define EDGE(cp, start, end) {cp, start, end},
#include "text/edges.def"
#undef EDGE
};

static bool
keeps_edge(uint32_t before, uint32_t after)
{
    for (size_t i = 0; i < sizeof EDGES / sizeof *EDGES; i++)
        if ((EDGES[i].cp == after && !EDGES[i].start) || (EDGES[i].cp == before && !EDGES[i].end))
            return true;
    return false;
}

static bool
is_kept(ch_texter *t, const ch_joined *j, const ch_span *span, size_t offset, size_t span_from,
        ch_break_kind kind, size_t space)
{
    ch_str s = j->text, lang = span ? span->lang : j->para->lang;
    if (span && span->kind == CH_SPAN_LEADER)
        return true;
    if (span && span->kind == CH_SPAN_NOTE_MARK && offset <= span_from)
        return kind != CH_BREAK_SPACE;
    if (kind == CH_BREAK_SPACE)
        return space > 0 && offset < s.n && ch_text_keeps(t, s, lang, space, offset);
    uint32_t before = ch_utf8_before(s, offset);
    if (kind == CH_BREAK_ALLOWED && keeps_edge(before, ch_utf8_at(s, offset)))
        return true;
    if (before == '/')
        return keeps_slash(s, offset) && !parts_words(s, offset);
    return (before == '-' || before == 0x2010) && keeps_hyphen(s, offset);
}

/* ---- opportunities ---- */

static void
add(ch_texter *t, break_list *out, size_t offset, size_t space, ch_break_kind kind)
{
    *CH_PUSH(t->cx->scratch, *out) =
        (ch_break_at){.offset = offset, .space_from = space, .kind = kind, .pre = CH_STR_EMPTY};
}

static void
add_opportunity(ch_texter *t, const ch_joined *j, break_list *out, size_t offset, bool hard,
                size_t *span)
{
    ch_str s     = j->text;
    size_t space = space_start(s, offset);
    if (hard && s.p[offset - 1] == '\n') {
        add(t, out, offset, space, CH_BREAK_FORCED);
        return;
    }
    const ch_span *here = span_at(j, offset - 1, span);
    ch_break_kind  kind = space < offset                      ? CH_BREAK_SPACE
                          : ch_utf8_before(s, offset) == 0xAD ? CH_BREAK_SOFT
                                                              : CH_BREAK_ALLOWED;
    if (is_kept(t, j, here, offset, 0, kind, space))
        return;
    size_t         next  = *span;
    const ch_span *after = span_at(j, offset, &next);
    if (after != here && is_kept(t, j, after, offset, j->from[next], kind, space))
        return;
    add(t, out, offset, kind == CH_BREAK_SPACE ? space : offset, kind);
}

void
ch_text_opportunities(ch_texter *t, const ch_joined *j, ch_opportunities *out)
{
    UErrorCode           e    = U_ZERO_ERROR;
    const ch_typography *ways = ch_text_typography(t, j->para->lang);
    UBreakIterator      *it   = ch_kit_lines(t->kit, ways ? ways->line_breaks : CH_STR_EMPTY);
    if (j->n_units == 0)
        return;
    if (it)
        ubrk_setText(it, j->unit, (int32_t)j->n_units, &e);
    if (!it || U_FAILURE(e)) {
        ch_report(t->cx, CH_E9001_internal, j->para->where, "no line-break iterator");
        return;
    }
    (void)ubrk_first(it);
    for (int32_t at; (at = ubrk_next(it)) != UBRK_DONE && (size_t)at < j->n_units;) {
        bool hard                      = ubrk_getRuleStatus(it) >= UBRK_LINE_HARD;
        *CH_PUSH(t->cx->scratch, *out) = (ch_opportunity){(size_t)at, hard};
    }
}

#define STRETCH_LONG 24 /* bytes between slashes: a shorter stretch of an address stays whole */

static bool
is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Of an address on the net, with "//" in it. */
static bool
is_net(char c)
{
    return c > ' ' && c < 0x7F;
}

/* May a line end before that byte, in a long stretch of an address on the net? */
static bool
parts_address(ch_str s, size_t at)
{
    size_t from = at, to = at;
    if (at < 3 || at + 2 >= s.n || !strchr(".?&=_", s.p[at - 1]) || !is_plain(s.p[at]) ||
        !is_plain(s.p[at + 1]) || !is_plain(s.p[at - 2]) || !is_plain(s.p[at - 3]))
        return false;
    while (from > 0 && at - from < 1000 && is_net(s.p[from - 1]) && s.p[from - 1] != '/')
        from--;
    while (to < s.n && to - from < STRETCH_LONG && is_net(s.p[to]) && s.p[to] != '/')
        to++;
    if (to - from < STRETCH_LONG)
        return false;
    for (; from > 1 && at - from < 1000 && is_net(s.p[from - 1]); from--)
        if (s.p[from - 1] == '/' && s.p[from - 2] == '/')
            return true;
    return false;
}

/* Those inside addresses from byte `from` on that Unicode does not have. */
static void
add_in_address(ch_texter *t, ch_str s, size_t from, size_t to, break_list *out)
{
    for (size_t i = from + 1; i < to; i++)
        if (parts_address(s, i))
            add(t, out, i, i, CH_BREAK_ALLOWED);
}

static void
find_opportunities(ch_texter *t, const ch_joined *j, break_list *out)
{
    ch_opportunities all  = {0};
    size_t           span = 0, from = 0;
    bool             net = memchr(j->text.p, '/', j->text.n) != NULL;
    ch_text_opportunities(t, j, &all);
    for (size_t i = 0; i < all.n; i++) {
        size_t at = j->byte[all.at[i].unit];
        if (net)
            add_in_address(t, j->text, from, at, out);
        add_opportunity(t, j, out, at, all.at[i].hard, &span);
        from = at;
    }
    if (net)
        add_in_address(t, j->text, from, j->text.n, out);
}

/* ---- words ---- */

static bool
is_word_char(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return (U_MASK(u_charType((UChar32)cp)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

/* Signs beside which a word is part of something else: an address, a number, a compound. */
static bool
binds(uint32_t cp)
{
    return cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == '@' || cp == '/' || cp == '_' ||
           cp == '\\' || cp == '=' || cp == 0xAD || (cp && u_isdigit((UChar32)cp));
}

typedef struct word {
    size_t   from, to; /* with apostrophes inside */
    unsigned letters, capitals;
} word;

/* The next word of [at, to); false when there is none. */
static bool
next_word(ch_str s, size_t at, size_t to, word *w)
{
    *w = (word){0};
    while (at < to && !is_word_char(ch_utf8_at(s, at)))
        (void)ch_utf8_next(s, &at);
    w->from = w->to = at;
    while (at < to) {
        size_t   next       = at;
        uint32_t cp         = ch_utf8_next(s, &next);
        bool     apostrophe = cp == '\'' || cp == 0x2019;
        if (apostrophe && !(next < to && is_word_char(ch_utf8_at(s, next))))
            break;
        if (!apostrophe && !is_word_char(cp))
            break;
        w->letters += !apostrophe;
        w->capitals += ch_char_is_upper(cp);
        w->to = at = next;
    }
    return w->to > w->from;
}

static bool
may_hyphenate(ch_str s, const word *w)
{
    if (w->letters < WORD_LEAST || w->capitals == w->letters || w->to - w->from > CH_WORD_MOST)
        return false;
    uint32_t after = ch_utf8_at(s, w->to);
    if (binds(ch_utf8_before(s, w->from)) || binds(after))
        return false;
    /* "example.org": a full stop with a letter behind it. */
    return !(after == '.' && is_word_char(ch_utf8_at(s, w->to + 1))) &&
           !(ch_utf8_before(s, w->from) == '.' && w->from > 1 &&
             is_word_char(ch_utf8_before(s, w->from - 1)));
}

/* The first that is installed of those that the language names, or that of its own name. */
static const ch_patterns *
find_patterns(ch_texter *t, ch_str lang)
{
    const ch_typography *ways  = ch_text_typography(t, lang);
    ch_str               names = ways ? ways->patterns : CH_STR_EMPTY;
    for (size_t from = 0, to = 0; from < names.n; from = to + 1) {
        for (to = from; to < names.n && names.p[to] != ' ';)
            to++;
        const ch_patterns *p =
            ch_hyphens_patterns(t->tools->hyphens, t->cx, ch_str_sub(names, from, to));
        if (p)
            return p;
    }
    return ch_hyphens_patterns(t->tools->hyphens, t->cx, lang);
}

/* Has the language letters enough before and behind a hyphen at byte `at` of the word? */
static bool
letters_suffice(const ch_typography *ways, ch_str text, size_t at)
{
    unsigned before = 0, behind = 0;
    if (!ways || (ways->left == 0 && ways->right == 0))
        return true;
    for (size_t i = 0; i < text.n;) {
        size_t   from = i;
        uint32_t cp   = ch_utf8_next(text, &i);
        if (u_isalpha((UChar32)cp)) {
            before += from < at;
            behind += from >= at;
        }
    }
    return before >= ways->left && behind >= ways->right;
}

const ch_patterns *
ch_text_patterns(ch_texter *t, const ch_span *span)
{
    if (!span->type->hyphenate || span->whole || span->kind != CH_SPAN_TEXT)
        return NULL;
    if (!t->hyphen_span || !ch_str_eq(t->hyphen_span->lang, span->lang))
        t->patterns = find_patterns(t, span->lang);
    t->hyphen_span = span;
    return t->patterns;
}

static void
add_hyphen(ch_texter *t, break_list *out, size_t offset, const ch_hyphen_point *p)
{
    add(t, out, offset, offset, CH_BREAK_HYPHEN);
    if (p->cut == 0)
        return;
    ch_break_at *b = &out->at[out->n - 1];
    b->cut         = (uint8_t)p->cut;
    b->pre         = ch_arena_str(t->cx->job, ch_str_from(p->pre));
}

/* Words that lie whole in one run, and so in one font and language. */
static void
find_hyphens(ch_texter *t, const ch_joined *j, const ch_shaped *s, break_list *out)
{
    ch_hyphen_point at[POINTS_MOST];
    if (!j->para->props->hyphenate)
        return;
    for (size_t r = 0; r < s->n_runs; r++) {
        const ch_run      *run = &s->run[r];
        const ch_patterns *p   = ch_text_patterns(t, run->span);
        word               w;
        for (size_t i = run->from; p && next_word(j->text, i, run->to, &w); i = w.to) {
            bool cut = (w.from == run->from && is_word_char(ch_utf8_before(j->text, w.from))) ||
                       (w.to == run->to && is_word_char(ch_utf8_at(j->text, w.to)));
            if (cut || !may_hyphenate(j->text, &w))
                continue;
            ch_str               text = ch_str_sub(j->text, w.from, w.to);
            const ch_typography *ways = ch_text_typography(t, run->span->lang);
            size_t               n    = ch_hyphen_points(p, text, at, POINTS_MOST);
            for (size_t k = 0; k < n; k++)
                if (letters_suffice(ways, text, at[k].at))
                    add_hyphen(t, out, w.from + at[k].at, &at[k]);
        }
    }
}

/* ---- both ---- */

void
ch_text_breaks(ch_texter *t, const ch_joined *j, ch_shaped *s)
{
    break_list plain = {0}, hyphens = {0};
    find_opportunities(t, j, &plain);
    find_hyphens(t, j, s, &hyphens);
    ch_break_at *all = CH_NEW_N(t->cx->job, ch_break_at, plain.n + hyphens.n + 1);
    size_t       n = 0, p = 0, h = 0;
    while (p < plain.n || h < hyphens.n) {
        if (h == hyphens.n || (p < plain.n && plain.at[p].offset <= hyphens.at[h].offset)) {
            if (h < hyphens.n && plain.at[p].offset == hyphens.at[h].offset)
                h++;
            all[n++] = plain.at[p++];
        } else {
            all[n++] = hyphens.at[h++];
        }
    }
    all[n++]    = (ch_break_at){.offset     = j->text.n,
                                .space_from = space_start(j->text, j->text.n),
                                .kind       = CH_BREAK_FORCED,
                                .pre        = CH_STR_EMPTY};
    s->brk      = all;
    s->n_breaks = n;
}
