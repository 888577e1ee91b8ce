/* input/scan.c -- see the header. */
#include "input/scan.h"

#include <string.h>

/* ---- attributes of a tag ---- */

ch_str
ch_scan_name(ch_str bytes, uint32_t from, uint32_t end)
{
    uint32_t to = from;
    while (to < end && to < bytes.n && !ch_is_space(bytes.p[to]) && !strchr("/>=", bytes.p[to]))
        to++;
    return ch_str_sub(bytes, from, to);
}

bool
ch_scan_next_attr(ch_str bytes, uint32_t *pos, uint32_t end, ch_scan_attr *out)
{
    uint32_t at = *pos;
    if (at < end && bytes.p[at] == '<')
        at += 1 + (uint32_t)ch_scan_name(bytes, at + 1, end).n;
    for (;;) {
        while (at < end && ch_is_space(bytes.p[at]))
            at++;
        ch_str name = ch_scan_name(bytes, at, end);
        if (!name.n)
            return false;
        out->from = at;
        at += (uint32_t)name.n;
        while (at < end && bytes.p[at] != '"' && bytes.p[at] != '\'')
            at++;
        if (at >= end)
            return false;
        const char *close = memchr(bytes.p + at + 1, bytes.p[at], end - at - 1);
        if (!close)
            return false;
        out->value_from = at + 1;
        out->value_to   = (uint32_t)(close - bytes.p);
        out->to         = out->value_to + 1;
        at = *pos = out->to;
        if (!ch_str_is(name, "xmlns") && !ch_str_starts(name, "xmlns:"))
            return true;
    }
}

/* ---- before parsing ---- */

static bool
same_word(ch_str a, const char *z)
{
    for (size_t i = 0; i < a.n; i++) {
        char c = a.p[i] >= 'a' && a.p[i] <= 'z' ? (char)(a.p[i] - 'a' + 'A') : a.p[i];
        if (c != z[i])
            return false;
    }
    return !z[a.n];
}

/* What the XML declaration says; empty when there is none. */
static ch_str
declared_encoding(ch_str bytes)
{
    ch_str s = ch_str_starts(bytes, "\xEF\xBB\xBF") ? ch_str_sub(bytes, 3, bytes.n) : bytes;
    if (!ch_str_starts(s, "<?xml") || s.n < 6 || !ch_is_space(s.p[5]))
        return CH_STR_EMPTY;
    size_t end = 0;
    while (end < s.n && s.p[end] != '>')
        end++;
    s = ch_str_sub(s, 0, end);
    for (size_t i = 5; i + 9 < s.n; i++) {
        if (!ch_is_space(s.p[i - 1]) || memcmp(s.p + i, "encoding", 8) != 0)
            continue;
        for (i += 8; i < s.n && (ch_is_space(s.p[i]) || s.p[i] == '='); i++)
            ;
        if (i >= s.n || (s.p[i] != '"' && s.p[i] != '\''))
            break;
        const char *close = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
        return close ? ch_str_sub(s, i + 1, (size_t)(close - s.p)) : CH_STR_EMPTY;
    }
    return CH_STR_EMPTY;
}

static bool
is_utf16_or_32(ch_str b)
{
    return b.n >= 2 &&
           (!memcmp(b.p, "\xFE\xFF", 2) || !memcmp(b.p, "\xFF\xFE", 2) || !memcmp(b.p, "<\0", 2) ||
            !memcmp(b.p, "\0<", 2) ||
            (b.n >= 4 && (!memcmp(b.p, "\0\0\0<", 4) || !memcmp(b.p, "\0\0\xFE\xFF", 4))));
}

static ch_status
refuse_encoding(ch_ctx *cx, ch_where w, ch_str name)
{
    ch_report(cx, CH_E2004_bad_encoding, w, CH_ARG(name));
    ch_hint(cx, "convert the file to UTF-8, for instance with iconv");
    return CH_ERR_INPUT;
}

static ch_status
check_encoding(ch_ctx *cx, uint32_t source, ch_str bytes)
{
    if (is_utf16_or_32(bytes))
        return refuse_encoding(cx, (ch_where){source, 0, 0}, CH_STR_LIT("UTF-16 or UTF-32"));
    ch_str name  = declared_encoding(bytes);
    bool   ascii = same_word(name, "US-ASCII") || same_word(name, "ASCII");
    if (name.n && !ascii && !same_word(name, "UTF-8") && !same_word(name, "UTF8")) {
        uint32_t at = (uint32_t)(name.p - bytes.p);
        return refuse_encoding(cx, (ch_where){source, at, at + (uint32_t)name.n}, name);
    }
    const char *nul = memchr(bytes.p, 0, bytes.n);
    if (nul) {
        uint32_t at = (uint32_t)(nul - bytes.p);
        ch_report(cx, CH_E2001_not_well_formed, (ch_where){source, at, at + 1},
                  CH_ARG(CH_STR_LIT("a byte of value 0 stands in no XML file")));
        return CH_ERR_INPUT;
    }
    size_t bad = ch_utf8_valid(bytes);
    for (size_t i = 0; ascii && i < bad; i++) {
        if ((unsigned char)bytes.p[i] >= 0x80)
            bad = i;
    }
    if (bad == bytes.n)
        return CH_OK;
    uint32_t at = (uint32_t)bad;
    ch_report(cx, CH_E2005_invalid_utf8, (ch_where){source, at, at + 1},
              (unsigned)(unsigned char)bytes.p[bad], ascii ? "US-ASCII" : "UTF-8", at);
    return CH_ERR_INPUT;
}

/* The offset behind the next `z` at or behind `at`; the end when there is none. */
static size_t
behind(ch_str b, size_t at, const char *z)
{
    size_t n = strlen(z);
    while (at + n <= b.n) {
        const char *p = memchr(b.p + at, z[0], b.n - at);
        if (!p)
            break;
        at = (size_t)(p - b.p);
        if (at + n <= b.n && !memcmp(p, z, n))
            return at + n;
        at++;
    }
    return b.n;
}

/* Pass over a tag that begins at `at`; sets *many when it has too many attributes. */
static size_t
pass_tag(ch_str b, size_t at, bool *many)
{
    unsigned n = 0;
    for (; at < b.n && b.p[at] != '>'; at++) {
        if (b.p[at] == '=')
            *many = *many || ++n > CH_SCAN_ATTRS_MAX;
        if (b.p[at] != '"' && b.p[at] != '\'')
            continue;
        const char *close = memchr(b.p + at + 1, b.p[at], b.n - at - 1);
        if (!close)
            return b.n;
        at = (size_t)(close - b.p);
    }
    return at;
}

static ch_status
check_tags(ch_ctx *cx, uint32_t source, ch_str b)
{
    size_t at = 0;
    while (at < b.n) {
        const char *open = memchr(b.p + at, '<', b.n - at);
        if (!open)
            break;
        at          = (size_t)(open - b.p);
        ch_str rest = ch_str_sub(b, at, b.n);
        bool   many = false;
        if (ch_str_starts(rest, "<!--")) {
            at = behind(b, at + 4, "-->");
        } else if (ch_str_starts(rest, "<![CDATA[")) {
            at = behind(b, at + 9, "]]>");
        } else if (ch_str_starts(rest, "<?")) {
            at = behind(b, at + 2, "?>");
        } else if (ch_str_starts(rest, "<!")) {
            break; /* a document type: the parser stops there */
        } else {
            uint32_t from = (uint32_t)at;
            at            = pass_tag(b, at + 1, &many);
            if (many) {
                ch_report(cx, CH_E2010_too_many_attributes, (ch_where){source, from, from + 1},
                          CH_SCAN_ATTRS_MAX);
                return CH_ERR_LIMIT;
            }
        }
    }
    return CH_OK;
}

ch_status
ch_scan_bytes(ch_ctx *cx, uint32_t source, ch_str bytes)
{
    if (!ch_str_trim(bytes).n) {
        ch_report(cx, CH_E2002_no_document, (ch_where){source, 0, 0});
        return CH_ERR_INPUT;
    }
    ch_status status = check_encoding(cx, source, bytes);
    return status ? status : check_tags(cx, source, bytes);
}
