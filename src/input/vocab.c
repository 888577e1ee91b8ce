/* input/vocab.c -- questions about a vocabulary, and the datatypes. */
#include "input/vocab.h"

#include <string.h>

uint16_t
ch_vocab_element(const ch_vocab *v, ch_str name)
{
    for (uint16_t i = 1; i < v->n_elements; i++) {
        if (ch_str_is(name, v->elements[i].name))
            return i;
    }
    return 0;
}

uint16_t
ch_vocab_attr(const ch_vocab *v, ch_str name)
{
    for (uint16_t i = 1; i < v->n_attrs; i++) {
        if (ch_str_is(name, v->attrs[i]))
            return i;
    }
    return 0;
}

const ch_attr_use *
ch_vocab_use(const ch_vocab *v, uint16_t element, uint16_t attr)
{
    if (!element || element >= v->n_elements || !attr)
        return NULL;
    for (const ch_attr_use *u = v->elements[element].attrs; u->attr; u++) {
        if (u->attr == attr)
            return u;
    }
    for (const ch_attr_use *u = v->everywhere; u->attr; u++) {
        if (u->attr == attr)
            return u;
    }
    for (const ch_attr_use *u = v->conditions; u->attr && element != v->root; u++) {
        if (u->attr == attr)
            return u;
    }
    return NULL;
}

bool
ch_particle_takes(const ch_vocab *v, const ch_particle *p, uint16_t element)
{
    if (!p->is_class)
        return p->id == element;
    for (const uint16_t *e = v->classes[p->id].elements; *e; e++) {
        if (*e == element)
            return true;
    }
    return false;
}

/* ---- datatypes ---- */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(ch_str s)
{
    if (!s.n || !(is_letter(s.p[0]) || s.p[0] == '_'))
        return false;
    for (size_t i = 1; i < s.n; i++) {
        char c = s.p[i];
        if (!is_letter(c) && !is_digit(c) && c != '_' && c != '.' && c != '-')
            return false;
    }
    return true;
}

static bool
is_names(ch_str s)
{
    size_t i = 0, n = 0;
    while (i < s.n) {
        size_t from = i;
        while (i < s.n && !ch_is_space(s.p[i]))
            i++;
        if (!is_name(ch_str_sub(s, from, i)))
            return false;
        n++;
        while (i < s.n && ch_is_space(s.p[i]))
            i++;
    }
    return n > 0;
}

/* The shape of a language tag: letters, then parts of letters and digits, of 8 at most. */
static bool
is_lang(ch_str s)
{
    size_t i = 0;
    for (bool first = true; first || i < s.n; first = false) {
        size_t from = first ? i : ++i;
        while (i < s.n && (is_letter(s.p[i]) || (!first && is_digit(s.p[i]))))
            i++;
        if (i == from || i - from > 8 || (i < s.n && s.p[i] != '-'))
            return false;
        if (i + 1 == s.n)
            return false; /* ends with a hyphen */
    }
    return true;
}

static bool
is_date(ch_str s)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int              v[3] = {0, 0, 0}, part = 0;
    if (s.n != 10)
        return false;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            if (s.p[i] != '-')
                return false;
            part++;
        } else if (!is_digit(s.p[i])) {
            return false;
        } else {
            v[part] = v[part] * 10 + (s.p[i] - '0');
        }
    }
    if (v[0] < 1 || v[1] < 1 || v[1] > 12)
        return false;
    bool leap = (v[0] % 4 == 0 && v[0] % 100 != 0) || v[0] % 400 == 0;
    int  days = DAYS[v[1] - 1] + (v[1] == 2 && leap);
    return v[2] >= 1 && v[2] <= days;
}

/* How many digits stand at s.p[*at]; moves *at behind them. */
static size_t
digits(ch_str s, size_t *at)
{
    size_t from = *at;
    while (*at < s.n && is_digit(s.p[*at]))
        ++*at;
    return *at - from;
}

/* Perhaps a minus, `whole` digits at most, perhaps a point and `places` at most. */
static bool
is_number(ch_str s, bool minus, size_t whole, size_t places)
{
    size_t at = minus && s.n && s.p[0] == '-' ? 1 : 0;
    size_t n  = digits(s, &at);
    if (n < 1 || n > whole)
        return false;
    if (places && at < s.n && s.p[at] == '.') {
        at++;
        n = digits(s, &at);
        if (n < 1 || n > places)
            return false;
    }
    return at == s.n;
}

/* The bounds keep every length within what ch_len_parse takes, and can be written as a
 * pattern in the schema. */
static bool
is_length(ch_str s, bool minus)
{
    static const struct {
        const char *unit;
        size_t      whole;
        char        top; /* of `whole` digits, the first may be no more than this */
    } UNITS[] = {{"pt", 4, '9'}, {"mm", 4, '6'}, {"cm", 3, '6'}, {"in", 3, '1'}, {"em", 2, '9'}};
    if (minus && s.n && s.p[0] == '-')
        s = ch_str_sub(s, 1, s.n);
    if (ch_str_is(s, "0"))
        return true;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        size_t at = 0;
        if (!ch_str_ends(s, UNITS[i].unit))
            continue;
        ch_str number = ch_str_sub(s, 0, s.n - 2);
        if (digits(number, &at) == UNITS[i].whole && number.p[0] > UNITS[i].top)
            return false;
        return is_number(number, false, UNITS[i].whole, 9);
    }
    return false;
}

static bool
has_space(ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (ch_is_space(s.p[i]))
            return true;
    }
    return false;
}

int
ch_attr_choice(const ch_attr_use *use, ch_str value)
{
    const char *p = use->values;
    value         = ch_str_trim(value);
    for (int i = 0; p && *p; i++) {
        size_t n = strcspn(p, " ");
        if (n == value.n && !memcmp(p, value.p, n))
            return i;
        p += n;
        while (*p == ' ')
            p++;
    }
    return -1;
}

/* All of them words of a CHOICES; white space between them counts as one space. */
static bool
are_choices(const ch_attr_use *use, ch_str s)
{
    size_t at = 0, n = 0;
    while (at < s.n) {
        size_t from = at;
        while (at < s.n && !ch_is_space(s.p[at]))
            at++;
        if (at > from && (n++, ch_attr_choice(use, ch_str_sub(s, from, at)) < 0))
            return false;
        at += at == from;
    }
    return n > 0;
}

bool
ch_attr_value_ok(const ch_attr_use *use, ch_str value)
{
    ch_str s = ch_str_trim(value);
    switch ((ch_datatype)use->type) {
    case CH_D_TEXT:
        return true;
    case CH_D_TOKEN:
    case CH_D_PATH:
        return s.n > 0;
    case CH_D_NAME:
    case CH_D_ID:
        return is_name(s);
    case CH_D_NAMES:
        return is_names(s);
    case CH_D_LANG:
        return is_lang(s);
    case CH_D_DATE:
        return is_date(s);
    case CH_D_LENGTH:
        return is_length(s, false);
    case CH_D_SIGNED_LENGTH:
        return is_length(s, true);
    case CH_D_NATURAL:
        return is_number(s, false, 9, 0);
    case CH_D_INTEGER:
        return is_number(s, true, 9, 0);
    case CH_D_NUMBER:
        return is_number(s, true, 9, 9);
    case CH_D_YES_NO:
    case CH_D_CHOICE:
        return ch_attr_choice(use, s) >= 0;
    case CH_D_CHOICES:
        return are_choices(use, s);
    case CH_D_URI:
        return s.n > 0 && !has_space(s);
    }
    return false;
}

bool
ch_path_ok(ch_str path)
{
    size_t part = 0; /* bytes that are not blank since the last dot */
    if (ch_str_is(path, "."))
        return true;
    if (path.n > 1 && path.p[0] == '/')
        path = ch_str_sub(path, 1, path.n);
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c == '{' || c == '}' || c == '/' || c == '=' || c < 0x20)
            return false;
        if (c == '.' && part == 0)
            return false;
        part = c == '.' ? 0 : part + (c != ' ');
    }
    return part > 0;
}

bool
ch_placeholder_next(ch_str value, size_t *at, ch_attr_piece *out)
{
    size_t from = *at, i = from;
    if (from >= value.n)
        return false;
    while (i < value.n && value.p[i] != '{' && value.p[i] != '}')
        i++;
    if (i > from || value.p[i] == '}') {
        /* Of }} one is printed, as of {{; one alone is itself. */
        i += i == from;
        *out = (ch_attr_piece){CH_ATTR_TEXT, ch_str_sub(value, from, i)};
        if (i == from + 1 && value.p[from] == '}' && i < value.n && value.p[i] == '}')
            i++;
        *at = i;
        return true;
    }
    if (i + 1 < value.n && value.p[i + 1] == '{') {
        *out = (ch_attr_piece){CH_ATTR_TEXT, ch_str_sub(value, i, i + 1)};
        *at  = i + 2;
        return true;
    }
    size_t end = i + 1;
    while (end < value.n && value.p[end] != '{' && value.p[end] != '}')
        end++;
    ch_str path = ch_str_trim(ch_str_sub(value, i + 1, end));
    bool   good = end < value.n && value.p[end] == '}' && ch_path_ok(path);
    end         = end < value.n && value.p[end] == '}' ? end + 1 : end;
    *out        = good ? (ch_attr_piece){CH_ATTR_FIELD, path}
                       : (ch_attr_piece){CH_ATTR_WRONG, ch_str_sub(value, i, end)};
    *at         = end;
    return true;
}

bool
ch_placeholder(ch_str value)
{
    ch_attr_piece piece;
    const char   *open = value.n ? memchr(value.p, '{', value.n) : NULL;
    if (!open)
        return false;
    for (size_t at = (size_t)(open - value.p); ch_placeholder_next(value, &at, &piece);)
        if (piece.kind != CH_ATTR_TEXT)
            return true;
    return false;
}

const char *
ch_datatype_says(ch_datatype type)
{
    switch (type) {
    case CH_D_TEXT:
        return "text";
    case CH_D_TOKEN:
        return "text that is not blank";
    case CH_D_NAME:
    case CH_D_ID:
        return "a name: an ASCII letter or _, then letters, digits, and the signs _ . -";
    case CH_D_NAMES:
        return "names with a space between";
    case CH_D_LANG:
        return "a language tag, as en, fr or zh-Hans";
    case CH_D_DATE:
        return "a date, as 2026-03-02";
    case CH_D_LENGTH:
        return "a length, as 12pt, 25mm, 1.5cm, 1in or 1.2em";
    case CH_D_SIGNED_LENGTH:
        return "a length, as 12pt, -25mm, 1.5cm, 1in or 1.2em";
    case CH_D_NATURAL:
        return "a whole number, 0 or more";
    case CH_D_INTEGER:
        return "a whole number";
    case CH_D_NUMBER:
        return "a number, as 2 or 0.75";
    case CH_D_YES_NO:
        return "yes or no";
    case CH_D_CHOICE:
        return "one of the words that the format knows";
    case CH_D_CHOICES:
        return "some of the words that the format knows, a space between";
    case CH_D_URI:
        return "an address without white space";
    case CH_D_PATH:
        return "the name of a file";
    }
    return "";
}
