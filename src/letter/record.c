/* letter/record.c -- values by their paths, and the digest of a record. */
#include "letter/record.h"

#include "base/digest.h"

#include <string.h>

/* Is it `name`, an @ and that language?  Language tags are compared without regard to case. */
static bool
is_for(ch_str member, ch_str name, ch_str lang)
{
    return member.n == name.n + 1 + lang.n && member.p[name.n] == '@' &&
           memcmp(member.p, name.p, name.n) == 0 &&
           ch_lang_same(ch_str_sub(member, name.n + 1, member.n), lang);
}

static const ch_value *
member(const ch_value *in, ch_str name, ch_str lang)
{
    const ch_value *plain = NULL, *near = NULL;
    ch_str          short_tag = ch_lang_primary(lang);
    for (const ch_value *v = in->first; v; v = v->next) {
        if (lang.n && is_for(v->name, name, lang))
            return v;
        if (!near && short_tag.n < lang.n && is_for(v->name, name, short_tag))
            near = v;
        else if (!plain && ch_str_eq(v->name, name))
            plain = v;
    }
    return near ? near : plain;
}

const ch_value *
ch_value_get(const ch_value *in, ch_str path, ch_str lang)
{
    if (!in || in->kind != CH_VALUE_RECORD || !path.n)
        return NULL;
    const ch_value *v = member(in, path, lang);
    /* The longest beginning that is a member: names may hold dots. */
    for (size_t dot = path.n; !v && dot-- > 0;) {
        if (path.p[dot] != '.')
            continue;
        v = member(in, ch_str_sub(path, 0, dot), lang);
        v = v ? ch_value_get(v, ch_str_sub(path, dot + 1, path.n), lang) : NULL;
    }
    return v;
}

const ch_value *
ch_record_get(const ch_record *r, ch_str path, ch_str lang)
{
    return ch_value_get(r->values, path, lang);
}

bool
ch_value_some(const ch_value *v)
{
    if (!v)
        return false;
    if (v->kind != CH_VALUE_LIST && ch_str_trim(v->text).n > 0)
        return true;
    for (const ch_value *c = v->first; c; c = c->next)
        if (v->kind == CH_VALUE_LIST || ch_value_some(c))
            return true;
    return false;
}

/* ---- digest ---- */

static void
put_str(ch_buf *b, ch_str s)
{
    ch_buf_number(b, s.n);
    ch_buf_putc(b, ':');
    ch_buf_str(b, s);
}

static void
put_value(ch_buf *b, const ch_value *v)
{
    ch_buf_putc(b, "tlr"[v->kind]);
    put_str(b, v->name);
    put_str(b, v->text);
    for (const ch_value *c = v->first; c; c = c->next)
        put_value(b, c);
    ch_buf_putc(b, '.');
}

ch_status
ch_record_digest(ch_arena *scratch, const ch_record *r, uint8_t out[CH_RECORD_DIGEST])
{
    ch_buf  b;
    ch_mark mark = ch_arena_mark(scratch);
    ch_buf_init(&b, scratch);
    put_value(&b, r->values);
    ch_status status = ch_sha256(b.p, b.n, out);
    ch_arena_rewind(scratch, mark);
    return status;
}
