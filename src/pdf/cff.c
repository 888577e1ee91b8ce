/* pdf/cff.c -- a walk through a CFF program's head to its charset. */
#include "pdf/cff.h"

/* Operators of the Top DICT (section 9). */
enum { OP_CHARSET = 15, OP_ESCAPE = 12, OP_ROS = 30 };

static uint32_t
number(ch_str s, size_t at, size_t size)
{
    uint32_t v = 0;
    for (size_t i = 0; i < size; i++)
        v = v << 8 | (at + i < s.n ? (uint8_t)s.p[at + i] : 0U);
    return v;
}

/* An INDEX at `at` (section 5): the range of its first object, and where the INDEX ends. */
static bool
read_index(ch_str s, size_t at, size_t *first, size_t *first_end, size_t *end)
{
    uint32_t count = number(s, at, 2);
    *first = *first_end = 0;
    if (count == 0) {
        *end = at + 2;
        return *end <= s.n;
    }
    size_t size = number(s, at + 2, 1);
    size_t data = at + 3 + (count + 1) * size - 1; /* offsets count from 1 */
    if (size < 1 || size > 4 || data > s.n)
        return false;
    *first     = data + number(s, at + 3, size);
    *first_end = data + number(s, at + 3 + size, size);
    *end       = data + number(s, at + 3 + count * size, size);
    return *first <= *first_end && *first_end <= *end && *end <= s.n;
}

/* Operands are integers of 1 to 5 bytes or nibbles of a real (section 4, tables 3 and 5). */
static size_t
skip_operand(ch_str s, size_t at, int32_t *value)
{
    uint8_t b = (uint8_t)s.p[at];
    if (b == 28) {
        *value = (int16_t)number(s, at + 1, 2);
        return at + 3;
    }
    if (b == 29) {
        *value = (int32_t)number(s, at + 1, 4);
        return at + 5;
    }
    if (b == 30) {
        for (at++; at < s.n; at++)
            if (((uint8_t)s.p[at] & 15) == 15 || ((uint8_t)s.p[at] >> 4) == 15)
                return at + 1;
        return at;
    }
    if (b >= 247 && b <= 254) {
        int32_t low = (int32_t)number(s, at + 1, 1);
        *value      = b <= 250 ? (b - 247) * 256 + low + 108 : -(b - 251) * 256 - low - 108;
        return at + 2;
    }
    *value = b - 139;
    return at + 1;
}

bool
ch_cff_read(ch_str bytes, ch_cff *out)
{
    *out = (ch_cff){.bytes = bytes};
    size_t from, to, end;
    if (bytes.n < 4 || !read_index(bytes, (uint8_t)bytes.p[2], &from, &to, &end) ||
        !read_index(bytes, end, &from, &to, &end))
        return false;
    int32_t value = 0;
    for (size_t at = from; at < to;) {
        uint8_t b = (uint8_t)bytes.p[at];
        if (b > 21) {
            at = skip_operand(bytes, at, &value);
            continue;
        }
        if (b == OP_ESCAPE) {
            out->cid_keyed |= number(bytes, at + 1, 1) == OP_ROS;
            at++;
        } else if (b == OP_CHARSET) {
            out->charset = value > 0 ? (size_t)value : 0;
        }
        at++;
    }
    return !out->cid_keyed || (out->charset > 2 && out->charset < bytes.n);
}

uint16_t
ch_cff_cid(const ch_cff *c, uint16_t glyph)
{
    if (!c->cid_keyed || glyph == 0)
        return glyph;
    /* Section 13: glyph 0 is not listed. */
    size_t   at     = c->charset;
    uint32_t format = number(c->bytes, at++, 1);
    if (format == 0)
        return (uint16_t)number(c->bytes, at + 2 * ((size_t)glyph - 1), 2);
    size_t left = format == 1 ? 1 : 2;
    for (uint32_t seen = 1; at < c->bytes.n; at += 2 + left) {
        uint32_t first = number(c->bytes, at, 2);
        uint32_t more  = number(c->bytes, at + 2, left);
        if (glyph <= seen + more)
            return (uint16_t)(first + (glyph - seen));
        seen += more + 1;
    }
    return glyph;
}
