/* input/withheld.c -- where names that are withheld stand in the bytes of a letter. */
#include "input/withheld.h"

#include <string.h>

typedef struct scanner {
    ch_diags *d;
    uint32_t  source;
    ch_str    s;
} scanner;

static bool
is_delimiter(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '>' || c == '/' || c == '=';
}

static bool
stands(ch_str s, size_t at, const char *word)
{
    size_t n = strlen(word);
    return at + n <= s.n && memcmp(s.p + at, word, n) == 0;
}

/* The offset of the word at or behind `at`, or the length. */
static size_t
find(ch_str s, size_t at, const char *word)
{
    for (; at < s.n; at++) {
        const char *p = memchr(s.p + at, word[0], s.n - at);
        if (!p)
            return s.n;
        at = (size_t)(p - s.p);
        if (stands(s, at, word))
            return at;
    }
    return s.n;
}

/* Does an element of that kind begin (or end) with the name at `at`, perhaps behind a prefix? */
static const char *
signer_name(ch_str s, size_t at)
{
    static const char *const names[] = {"signatory", "signed"};
    size_t                   end     = at;
    while (end < s.n && !is_delimiter(s.p[end])) {
        if (s.p[end] == ':')
            at = end + 1;
        end++;
    }
    for (int i = 0; i < 2; i++)
        if (end - at == strlen(names[i]) && stands(s, at, names[i]))
            return names[i];
    return NULL;
}

/* The offset of the '>' that ends a tag, or the length. */
static size_t
tag_end(ch_str s, size_t at)
{
    char quote = '\0';
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at;
    }
    return s.n;
}

/* Where the end tag of the element begins whose content begins at `at`, or the length. */
static size_t
content_end(ch_str s, size_t at, const char *name)
{
    for (at = find(s, at, "<"); at < s.n; at = find(s, at, "<")) {
        if (stands(s, at, "<!--")) {
            at = find(s, at + 4, "-->");
        } else if (stands(s, at, "<![CDATA[")) {
            at = find(s, at + 9, "]]>");
        } else if (stands(s, at, "</")) {
            const char *ends = signer_name(s, at + 2);
            if (ends && strcmp(ends, name) == 0)
                return at;
            at += 2;
        } else {
            at++;
        }
    }
    return s.n;
}

static bool
shows_name(ch_str value)
{
    static const char *const words[] = {"signed",     "electronic", "ad-referendum",
                                        "initialled", "proxy",      "pending"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ch_str_is(ch_str_trim(value), words[i]))
            return true;
    return false;
}

/* The attribute status="..." of a tag [at, end), quotes and all; false when there is none. */
static bool
find_status(ch_str all, size_t at, size_t end, size_t *from, size_t *to, ch_str *value)
{
    ch_str s = ch_str_sub(all, 0, end);
    for (at = find(s, at, "status"); at < end; at = find(s, at + 1, "status")) {
        size_t p = at + 6;
        if (at == 0 || !(is_delimiter(s.p[at - 1]) || s.p[at - 1] == ':'))
            continue;
        while (p < end && strchr(" \t\r\n", s.p[p]))
            p++;
        if (p >= end || s.p[p] != '=')
            continue;
        for (p++; p < end && strchr(" \t\r\n", s.p[p]);)
            p++;
        char quote = p < end ? s.p[p] : ' ';
        if (quote != '"' && quote != '\'')
            quote = ' ';
        size_t begin = quote == ' ' ? p : p + 1, stop = begin;
        while (stop < end && s.p[stop] != quote)
            stop++;
        *from  = at;
        *to    = stop < end && quote != ' ' ? stop + 1 : stop;
        *value = ch_str_sub(s, begin, stop);
        return true;
    }
    return false;
}

static void
hide(scanner *k, size_t from, size_t to)
{
    ch_diags_hide(k->d, k->source, (uint32_t)from, (uint32_t)to);
}

/* Hide the element whose tag begins at `at`, if its name may be withheld; the offset behind. */
static size_t
judge(scanner *k, size_t at, const char *name)
{
    size_t end = tag_end(k->s, at), from = 0, to = 0;
    ch_str value, tag = ch_str_sub(k->s, at, end);
    bool   has = find_status(k->s, at, end, &from, &to, &value);
    if (has ? shows_name(value) : find(tag, 0, "ithheld") == tag.n)
        return end;
    bool   empty = end < k->s.n && k->s.p[end - 1] == '/';
    size_t stop  = empty ? end : content_end(k->s, end, name);
    if (has) {
        hide(k, at + 1, from);
        hide(k, to, stop);
    } else {
        hide(k, at + 1, stop);
    }
    return stop;
}

void
ch_hide_withheld(ch_diags *d, uint32_t source, ch_str bytes)
{
    scanner k = {d, source, bytes};
    for (size_t at = find(bytes, 0, "<"); at < bytes.n; at = find(bytes, at, "<")) {
        const char *name = signer_name(bytes, at + 1);
        at               = name ? judge(&k, at, name) : at + 1;
    }
}
