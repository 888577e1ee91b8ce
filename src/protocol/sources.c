/* protocol/sources.c -- where rules come from. */
#include "protocol/sources.h"

#include "input/xml.h"
#include "protocol/sources_vocab.h"

ch_sources *
ch_sources_read(ch_ctx *cx, ch_arena *a, const ch_node *root)
{
    ch_sources *out             = CH_NEW(a, ch_sources);
    CH_VEC(ch_rule_source) list = {0};
    for (const ch_node *n = ch_node_child(root, CH_SR_source); n; n = ch_node_next(n, CH_SR_source))
        *CH_PUSH(a, list) =
            (ch_rule_source){.name = ch_arena_str(a, ch_node_attr_str(n, CH_SRA_name)),
                             .text = ch_arena_str(a, ch_str_trim(ch_node_text(cx->job, n)))};
    *out = (ch_sources){.arena = a, .source = list.at, .n = list.n};
    return out;
}

ch_str
ch_source_text(const ch_sources *s, ch_str name)
{
    for (size_t i = 0; i < s->n; i++)
        if (ch_str_eq(s->source[i].name, name))
            return s->source[i].text;
    return name;
}
