/* text/keeps.c -- what a space must not part: by the tables of the language
 * (locale/typography.h), and by those that hold in every one. */
#include "text/inside.h"

#include <string.h>
#include <unicode/uchar.h>

enum { CLOSING_MOST = 4 };

static const ch_typography *
look_up(ch_texter *t, ch_str lang)
{
    const ch_locale *lo = NULL;
    ch_status        st = ch_locale_find(t->tools->locales, t->cx, lang, &lo);
    if (st != CH_OK && t->status == CH_OK)
        t->status = st;
    return lo ? ch_locale_typography(lo) : NULL;
}

const ch_typography *
ch_text_typography(ch_texter *t, ch_str lang)
{
    if (!t->tools->locales)
        return NULL;
    for (size_t i = 0; i < t->n_tongues; i++)
        if (ch_str_eq(t->tongue[i].lang, lang))
            return t->tongue[i].typography;
    const ch_typography *found = look_up(t, lang);
    size_t               i     = t->n_tongues < CH_TONGUES ? t->n_tongues++ : CH_TONGUES - 1;
    t->tongue[i].lang          = lang;
    t->tongue[i].typography    = found;
    return found;
}

/* ---- words beside the space ---- */

/* The word that ends at `end`; empty when it is longer than `most`. */
static ch_str
word_before(ch_str s, size_t end, size_t most)
{
    size_t from = end;
    while (from > 0 && end - from <= most) {
        unsigned char c = (unsigned char)s.p[from - 1];
        if (c > '(' && c < 0x80 && c != '[') { /* most are so, and open nothing */
            from--;
            continue;
        }
        size_t back = ch_utf8_back(s, from);
        if (ch_char_opens(ch_utf8_at(s, back)))
            break;
        from = back;
    }
    return end - from <= most ? ch_str_sub(s, from, end) : CH_STR_EMPTY;
}

/* The word that begins at `from`, and what closes it: "kg", "kg).". */
static ch_str
word_after(ch_str s, size_t from, size_t most)
{
    size_t to = from;
    while (to < s.n && to - from <= most + CLOSING_MOST) {
        size_t        next = to;
        unsigned char c    = (unsigned char)s.p[to];
        if (c > ' ' && c < 0x80) {
            to++;
            continue;
        }
        uint32_t cp = ch_utf8_next(s, &next);
        if (ch_char_is_space(cp) || cp == 0xA0 || cp == 0x202F)
            break;
        to = next;
    }
    return to - from <= most + CLOSING_MOST ? ch_str_sub(s, from, to) : CH_STR_EMPTY;
}

static bool
closes(uint32_t cp)
{
    return cp == '.' || cp == ',' || cp == ';' || cp == ':' || cp == '!' || cp == '?' ||
           cp == ')' || cp == ']' || cp == 0xBB || cp == 0x203A || cp == 0x2019 || cp == 0x201C ||
           cp == 0x201D || cp == 0x2026;
}

/* What a word is kept with; of one that signs close, also without them ("5 kg)."). */
static unsigned
kept_after(const ch_typography *t, ch_str word)
{
    for (int i = 0; i <= CLOSING_MOST && word.n > 0; i++) {
        const ch_kept *k = ch_typography_kept(t, word);
        if (k)
            return k->with;
        if (!closes(ch_utf8_before(word, word.n)))
            break;
        word.n = ch_utf8_back(word, word.n);
    }
    return 0;
}

static bool
is_digit(uint32_t cp)
{
    return cp < 0x80 ? cp >= '0' && cp <= '9' : u_isdigit((UChar32)cp) != 0;
}

/* "12", "1.5", "-3", "15.", "1er": the word is a number, and no clause ends with it. */
static bool
is_number(ch_str word)
{
    if (word.n && strchr(",;:!?", word.p[word.n - 1]))
        return false;
    size_t   at = 0;
    uint32_t cp = word.n ? ch_utf8_next(word, &at) : 0;
    if (cp == '-' || cp == '+' || cp == 0x2212 || cp == 0xB1)
        cp = ch_utf8_at(word, at);
    return is_digit(cp);
}

/* A day of a month, "1" to "31" and what may follow the digits. */
static bool
is_day(ch_str word)
{
    size_t digits = 0;
    for (size_t i = 0; i < word.n && is_digit(ch_utf8_next(word, &i));)
        digits++;
    return digits == 1 || digits == 2;
}

/* ---- the rules ---- */

/* "J. Okafor", "J.-P. Sart", "A. B. Ivanova": an initial keeps what follows it. */
static bool
is_initial(ch_str s, size_t end)
{
    if (end < 2 || s.p[end - 1] != '.')
        return false;
    size_t letter = ch_utf8_back(s, end - 1);
    if (!ch_char_is_upper(ch_utf8_at(s, letter)))
        return false;
    uint32_t before = ch_utf8_before(s, letter);
    return ch_char_opens(before) || before == '.' || before == '-';
}

/* Where the initials end that begin at `at`, and the spaces behind each. */
static size_t
behind_initials(ch_str s, size_t at)
{
    for (size_t i = at; i < s.n; at = i) {
        if (!ch_char_is_upper(ch_utf8_next(s, &i)) || i >= s.n || s.p[i] != '.')
            break;
        for (i++; i < s.n && ch_char_opens(ch_utf8_at(s, i));)
            (void)ch_utf8_next(s, &i);
    }
    return at;
}

/* "Ivanova A. B.": a name keeps the initials behind it, if they are not those of the next. */
static bool
name_with_initial(ch_str s, size_t space, size_t offset)
{
    size_t   from = space, to = behind_initials(s, offset);
    uint32_t cp = 0;
    if (to == offset || ch_char_is_upper(ch_utf8_at(s, to)) ||
        !u_isalpha((UChar32)ch_utf8_before(s, space)))
        return false;
    while (from > 0 && !ch_char_opens(cp = ch_utf8_before(s, from)))
        from = ch_utf8_back(s, from);
    return ch_char_is_upper(ch_utf8_at(s, from));
}

/* "10 000": three digits behind a space, in languages that set thousands apart so. */
static bool
is_group(ch_str s, size_t space, size_t offset)
{
    size_t at = offset;
    if (!is_digit(ch_utf8_before(s, space)))
        return false;
    for (int i = 0; i < 3; i++)
        if (at >= s.n || !is_digit(ch_utf8_next(s, &at)))
            return false;
    return !is_digit(ch_utf8_at(s, at));
}

/* As bytes, but a space of any kind is one. */
static bool
same_words(ch_str a, ch_str b)
{
    size_t i = 0, k = 0;
    while (i < a.n && k < b.n) {
        uint32_t x = ch_utf8_next(a, &i), y = ch_utf8_next(b, &k);
        bool     sx = x == ' ' || x == 0xA0 || x == 0x202F, sy = y == ' ' || y == 0xA0;
        if (sx != sy || (!sx && x != y))
            return false;
    }
    return i == a.n && k == b.n;
}

static bool
in_phrase(const ch_kept *k, ch_str s, size_t space, size_t offset)
{
    for (const ch_kept_phrase *p = k->phrase; p; p = p->next) {
        if (p->before.n > space || p->after.n > s.n - offset)
            continue;
        size_t from = space - p->before.n, to = offset + p->after.n;
        if (ch_char_opens(ch_utf8_before(s, from)) &&
            same_words(ch_str_sub(s, from, space), p->before) &&
            same_words(ch_str_sub(s, offset, to), p->after) &&
            !u_isalpha((UChar32)ch_utf8_at(s, to)))
            return true;
    }
    return false;
}

/* "15 de junio": the word between a day and a month keeps both. */
static bool
in_date(const ch_typography *t, ch_str s, ch_str before, unsigned kept, ch_str after,
        unsigned kept_next, size_t space, size_t offset)
{
    if ((kept & CH_KEEP_MONTH) && (kept_next & CH_KEEP_IS_MONTH)) {
        size_t end = space - before.n;
        end        = end ? ch_utf8_back(s, end) : 0;
        return is_day(word_before(s, end, 8));
    }
    if ((kept & CH_KEEP_IS_MONTH) && is_day(after))
        return true;
    if (!(kept_next & CH_KEEP_MONTH) || !is_day(before))
        return false;
    size_t next = offset + after.n;
    if (next < s.n)
        (void)ch_utf8_next(s, &next);
    return (kept_after(t, word_after(s, next, t->longest)) & CH_KEEP_IS_MONTH) != 0;
}

static bool
by_table(const ch_typography *t, ch_str s, ch_str before, ch_str after, size_t space, size_t offset)
{
    if (!t || t->longest == 0)
        return false;
    const ch_kept *k    = ch_typography_kept(t, before);
    uint32_t       next = ch_utf8_at(s, offset);
    unsigned       with = k ? k->with : 0;
    if ((with & CH_KEEP_WORD) || ((with & CH_KEEP_NUMBER) && is_digit(next)) ||
        ((with & CH_KEEP_NAME) && ch_char_is_upper(next)) ||
        ((with & CH_KEEP_PHRASE) && in_phrase(k, s, space, offset)))
        return true;
    unsigned last = kept_after(t, after);
    if (last & CH_KEEP_AFTER_WORD)
        return true;
    if ((last & CH_KEEP_AFTER_NUMBER) && is_number(word_before(s, space, 32)))
        return true;
    return ((with | last) & (CH_KEEP_MONTH | CH_KEEP_IS_MONTH)) &&
           in_date(t, s, before.n ? before : word_before(s, space, 8), with, after, last, space,
                   offset);
}

/* Room beside a sign is on its line. */
static bool
by_sign(const ch_typography *t, uint32_t last, uint32_t next)
{
    return t && t->n_rooms &&
           (ch_typography_room_before(t, next) || ch_typography_room_after(t, last, 0));
}

bool
ch_text_keeps(ch_texter *t, ch_str s, ch_str lang, size_t space, size_t offset)
{
    const ch_typography *own      = ch_text_typography(t, lang);
    ch_initials          initials = own ? own->initials : CH_INITIALS_BEFORE;
    if (by_sign(own, ch_utf8_before(s, space), ch_utf8_at(s, offset)))
        return true;
    if (initials != CH_INITIALS_NO && ch_char_is_upper(ch_utf8_at(s, offset)) &&
        (is_initial(s, space) ||
         (initials == CH_INITIALS_BOTH && name_with_initial(s, space, offset))))
        return true;
    if (own && own->groups && is_group(s, space, offset))
        return true;
    size_t most = own ? own->longest : 0;
    if (t->common && t->common->longest > most)
        most = t->common->longest;
    ch_str before = word_before(s, space, most), after = word_after(s, offset, most);
    return by_table(own, s, before, after, space, offset) ||
           by_table(t->common, s, before, after, space, offset);
}
