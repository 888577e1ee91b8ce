/* letter/levels.c -- levels of classification: in order, before paragraphs, the highest of all. */
#include "letter/builder.h"

#include <string.h>

int
ch_level_of(const ch_node *n, int attr)
{
    const ch_attr *a = ch_node_attr(n, attr);
    return a && !ch_placeholder(a->value)
               ? 1 + ch_attr_choice(ch_vocab_use(&ch_letter_vocab, n->elem, a->attr), a->value)
               : 0;
}

/* The word of the schema for a level, which has them in order. */
static ch_str
word_of(int level)
{
    const char *p = ch_vocab_use(&ch_letter_vocab, CH_L_classification, CH_LA_level)->values;
    for (int i = 1; i < level; i++)
        p += strcspn(p, " ") + 1;
    return (ch_str){p, strcspn(p, " ")};
}

ch_rich
ch_level_words(ch_builder *b, int level, ch_where where)
{
    if (level <= 0)
        return (ch_rich){.where = where};
    return ch_rich_label(b, ch_arena_printf(b->cx->job, "level-%.*s", CH_ARG(word_of(level))).p,
                         where);
}

/* "(C)", or where the language has no letters for levels the word in brackets. */
static ch_str
mark_of(ch_builder *b, int level, ch_where where)
{
    ch_arena   *a    = b->cx->job;
    const char *own  = ch_arena_printf(a, "portion-%.*s", CH_ARG(word_of(level))).p;
    const char *full = ch_arena_printf(a, "level-%.*s", CH_ARG(word_of(level))).p;
    if (ch_locale_has_label(b->lo, own))
        return ch_locale_label(b->lo, b->cx, own, where);
    ch_fill fill = {"level", ch_locale_label(b->lo, b->cx, full, where)};
    return ch_locale_fill(a, ch_locale_label(b->lo, b->cx, "portion", where), &fill, 1);
}

ch_rich
ch_level_mark(ch_builder *b, const ch_node *n, ch_rich text)
{
    int level = ch_level_of(n, CH_LA_marking);
    if (level == 0 || text.n == 0)
        return text;
    ch_arena *a    = b->cx->job;
    ch_str    mark = mark_of(b, level, n->where);
    ch_rich   own = ch_rich_from(a, mark, b->lang, n->where), r = text;
    /* In a paragraph of another language it keeps its own, and its direction. */
    if (!ch_str_eq(text.root->lang, b->lang)) {
        ch_inline *in  = CH_NEW(a, ch_inline);
        *in            = *own.root;
        in->kind       = CH_INLINE_FOREIGN;
        in->parent     = text.root;
        in->isolate    = CH_ISOLATE_AUTO;
        own.leaf[0].in = in;
    } else {
        own.leaf[0].in = text.root;
    }
    r.n       = text.n + 2;
    r.leaf    = CH_NEW_N(a, ch_leaf, r.n);
    r.leaf[0] = own.leaf[0];
    r.leaf[1] = (ch_leaf){.text = CH_STR_LIT("\xC2\xA0"), .in = text.root, .where = n->where};
    memcpy(r.leaf + 2, text.leaf, text.n * sizeof *text.leaf);
    return r;
}

/* The level of the attachment or letter that an element stands in; 0 where none is said. */
static int
level_around(const ch_node *n, const ch_node *root)
{
    for (const ch_node *p = n->parent; p && n != root; n = p, p = p->parent) {
        const ch_node *meta  = p->elem == CH_L_letter ? ch_node_child(p, CH_L_meta) : NULL;
        int            level = p->elem == CH_L_attachment
                                   ? ch_level_of(p, CH_LA_classification)
                                   : ch_level_of(ch_node_child(meta, CH_L_classification), CH_LA_level);
        if (level > 0)
            return level;
    }
    return 0;
}

/* Does it say the level of something that goes with the letter, and not of its own text? */
static bool
is_part(const ch_node *n)
{
    return n->elem == CH_L_classification || n->elem == CH_L_attachment ||
           (n->elem == CH_L_item && n->parent && n->parent->elem == CH_L_encl);
}

static void
say(ch_builder *b, const ch_node *n, int level, int around)
{
    ch_str word = word_of(level), under = around ? word_of(around) : CH_STR_LIT("unmarked");
    if (is_part(n))
        ch_report(b->cx, CH_W3200_level_below_attachment, n->where, CH_ARG(word), CH_ARG(under));
    else
        ch_report(b->cx, CH_E3201_level_below_paragraph, n->where, CH_ARG(word), CH_ARG(under));
}

int
ch_levels_check(ch_builder *b, const ch_node *root, int own)
{
    int most = own;
    for (const ch_node *n = root; n; n = ch_node_walk(n, root)) {
        if (n->kind != CH_NODE_ELEMENT)
            continue;
        bool part  = is_part(n);
        int  level = ch_level_of(n, n->elem == CH_L_classification ? CH_LA_level
                                    : n->elem == CH_L_attachment   ? CH_LA_classification
                                                                   : CH_LA_marking);
        if (level == 0)
            continue;
        /* Attachments are held against the letter, paragraphs against what they stand in. */
        int around = part ? own : level_around(n, root);
        if (level > around)
            say(b, n, level, around);
        most = level > most ? level : most;
    }
    return most;
}
