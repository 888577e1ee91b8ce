/* locale/mo.c -- catalogues as msgfmt writes them: two tables of lengths and offsets, and strings.
 *
 * Nothing that the file says about itself is believed before it is seen to lie inside it. */
#include "locale/catalog_read.h"

#include <string.h>

typedef struct reader {
    ch_ctx     *cx;
    ch_catalog *c;
    ch_str      s;
    bool        big; /* the high byte first */
} reader;

static uint32_t
number(const reader *r, size_t at)
{
    const unsigned char *p = (const unsigned char *)r->s.p + at;
    uint32_t             a = p[0], b = p[1], c = p[2], d = p[3];
    return r->big ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a;
}

bool
ch_mo_looks_like(ch_str bytes)
{
    return bytes.n >= 4 &&
           (!memcmp(bytes.p, "\xde\x12\x04\x95", 4) || !memcmp(bytes.p, "\x95\x04\x12\xde", 4));
}

static ch_status
damaged(reader *r, const char *what)
{
    ch_str name = ch_catalog_name(r->c);
    ch_report(r->cx, CH_E3644_mo_damaged, CH_NOWHERE, CH_ARG(name), what);
    return CH_ERR_INPUT;
}

/* The string of a table's entry; false when it is not in the file. */
static bool
string(const reader *r, size_t entry, ch_str *out)
{
    size_t n = number(r, entry), at = number(r, entry + 4);
    if (at >= r->s.n || n >= r->s.n - at || r->s.p[at + n] != '\0')
        return false;
    *out = ch_str_sub(r->s, at, at + n);
    return true;
}

static ch_status
message(reader *r, ch_str id, ch_str text)
{
    ch_message  m   = {.context = CH_STR_EMPTY, .id = id, .text = text, .where = CH_NOWHERE};
    const char *eot = memchr(id.p, 4, id.n);
    if (ch_utf8_valid(id) < id.n || ch_utf8_valid(text) < text.n)
        return damaged(r, "a message is not in UTF-8");
    if (memchr(id.p, 0, id.n)) {
        ch_report(r->cx, CH_W3643_plural_unused, CH_NOWHERE);
        return CH_OK;
    }
    if (memchr(text.p, 0, text.n))
        return damaged(r, "a translation has a byte of value 0");
    if (id.n == 0)
        return ch_catalog_header(r->cx, r->c, text, CH_NOWHERE) ? CH_OK : CH_ERR_INPUT;
    if (eot) {
        m.context = ch_str_sub(id, 0, (size_t)(eot - id.p));
        m.id      = ch_str_sub(id, m.context.n + 1, id.n);
    }
    return ch_catalog_add(r->c, &m) ? CH_OK : damaged(r, "a message is there twice");
}

ch_status
ch_mo_read(ch_ctx *cx, ch_catalog *c, ch_str bytes)
{
    reader r = {.cx = cx, .c = c, .s = bytes};
    r.big    = bytes.p[0] == '\x95';
    if (bytes.n < 28)
        return damaged(&r, "it is cut short");
    if (number(&r, 4) >> 16 > 1)
        return damaged(&r, "it is of a version that is not known");
    size_t n = number(&r, 8), ids = number(&r, 12), texts = number(&r, 16);
    if (ids > bytes.n || texts > bytes.n || n > (bytes.n - ids) / 8 || n > (bytes.n - texts) / 8)
        return damaged(&r, "its tables do not lie inside it");
    for (size_t i = 0; i < n; i++) {
        ch_str id, text;
        if (!string(&r, ids + 8 * i, &id) || !string(&r, texts + 8 * i, &text))
            return damaged(&r, "a message does not lie inside it");
        ch_status st = message(&r, id, text);
        if (st != CH_OK)
            return st;
    }
    return CH_OK;
}
