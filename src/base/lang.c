#include "base/lang.h"

bool
ch_lang_same(ch_str a, ch_str b)
{
    size_t i = 0;
    while (i < a.n && i < b.n && ch_lower(a.p[i]) == ch_lower(b.p[i]))
        i++;
    return i == a.n && i == b.n;
}

ch_str
ch_lang_primary(ch_str tag)
{
    size_t n = 0;
    while (n < tag.n && tag.p[n] != '-')
        n++;
    return ch_str_sub(tag, 0, n);
}

bool
ch_lang_akin(ch_str a, ch_str b)
{
    return ch_lang_same(ch_lang_primary(a), ch_lang_primary(b));
}

ch_str
ch_lang_wider(ch_str tag)
{
    while (tag.n > 0 && tag.p[tag.n - 1] != '-')
        tag.n--;
    tag.n -= tag.n > 0;
    if (tag.n > 1 && tag.p[tag.n - 2] == '-')
        tag.n -= 2;
    return tag;
}

ch_str
ch_lang_usual_in(char *p, ch_str tag)
{
    size_t from = 0;
    for (size_t i = 0; i <= tag.n; i++) {
        p[i] = i < tag.n ? ch_lower(tag.p[i]) : '\0';
        if (i < tag.n && tag.p[i] != '-')
            continue;
        size_t big = i - from == 2 ? 2 : i - from == 4 ? 1 : 0;
        for (size_t k = from; from > 0 && k < from + big; k++)
            p[k] = ch_upper(p[k]);
        from = i + 1;
    }
    return (ch_str){p, tag.n};
}

ch_str
ch_lang_usual(ch_arena *a, ch_str tag)
{
    return ch_lang_usual_in(ch_arena_alloc(a, tag.n + 1), tag);
}
