/* letter/pseudo.c -- languages of trial: a letter whose words are its own, changed so that all can
 * be seen that was not given to the translators, and whether the layout bears longer lines or the
 * other direction. */
#include "letter/translate.h"

#include <string.h>

/* A letter for each of a to z and A to Z. */
static const char *const accented[2][26] = {
    {"å", "b", "ç", "ď", "é", "f", "ğ", "ĥ", "î", "j", "ķ", "ļ", "m",
     "ñ", "ö", "p", "q", "ŕ", "š", "ţ", "û", "v", "ŵ", "x", "ý", "ž"},
    {"Å", "B", "Ç", "Ď", "É", "F", "Ğ", "Ĥ", "Î", "J", "Ķ", "Ļ", "M",
     "Ñ", "Ö", "P", "Q", "Ŕ", "Š", "Ţ", "Û", "V", "Ŵ", "X", "Ý", "Ž"},
};
static const char *const arabic[26] = {"ا", "ب", "ك", "د", "ه", "ف", "غ", "ح", "ي",
                                       "ج", "ق", "ل", "م", "ن", "و", "ط", "ق", "ر",
                                       "س", "ت", "ع", "ث", "ش", "خ", "ض", "ز"};
enum { LONGER = 35 }; /* in the hundred: what English grows by when it is translated */

typedef struct writer {
    ch_buf *out;
    bool    rtl;
    int     owed; /* hundredths of a letter that the text is behind its length */
} writer;

typedef struct trial {
    const char *tag;
    bool        rtl; /* in Arabic letters; else longer */
} trial;

static const trial trials[] = {{"en-XA", false}, {"ar-XB", true}};

static const trial *
trial_of(ch_str lang)
{
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        if (ch_lang_same(lang, ch_str_from(trials[i].tag)))
            return &trials[i];
    return NULL;
}

bool
ch_lang_is_pseudo(ch_str lang)
{
    return trial_of(lang) != NULL;
}

static void
put_letter(writer *w, char c)
{
    bool        big = c >= 'A' && c <= 'Z';
    const char *as  = w->rtl ? arabic[(c | 0x20) - 'a'] : accented[big ? 1 : 0][(c | 0x20) - 'a'];
    ch_buf_puts(w->out, as);
    if (w->rtl)
        return;
    /* Vowels are drawn out: the words grow, and not their number. */
    w->owed += LONGER;
    if (strchr("aeiouyAEIOUY", c))
        for (; w->owed >= 100; w->owed -= 100)
            ch_buf_puts(w->out, accented[0][(c | 0x20) - 'a']);
}

static void
put_text(writer *w, ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char *end = s.p[i] == '&' ? memchr(s.p + i, ';', s.n - i) : NULL;
        if (end) { /* a reference */
            size_t to = (size_t)(end - s.p) + 1;
            ch_buf_str(w->out, ch_str_sub(s, i, to));
            i = to - 1;
        } else if ((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= 'A' && s.p[i] <= 'Z')) {
            put_letter(w, s.p[i]);
        } else {
            ch_buf_putc(w->out, s.p[i]);
        }
    }
}

static void put_nodes(writer *w, const ch_node *n);

/* Names, words of other languages, and what is not to be translated, stay. */
static void
put_node(writer *w, const ch_node *n)
{
    ch_buf text;
    if (n->kind == CH_NODE_TEXT) {
        ch_buf_init(&text, w->out->arena);
        ch_unit_put(&text, n);
        put_text(w, ch_buf_view(&text));
        return;
    }
    if (n->elem == CH_L_name || n->elem == CH_L_foreign || !n->first || !ch_node_translates(n)) {
        ch_unit_put(w->out, n);
        return;
    }
    ch_node lone = *n;
    lone.first = lone.last = NULL;
    ch_unit_put(w->out, &lone);
    w->out->n -= 2; /* it was written as empty: "/>" */
    ch_buf_putc(w->out, '>');
    put_nodes(w, n);
    ch_buf_printf(w->out, "</%s>", ch_letter_vocab.elements[n->elem].name);
}

static void
put_nodes(writer *w, const ch_node *n)
{
    for (const ch_node *c = n->first; c; c = c->next)
        put_node(w, c);
}

ch_catalog *
ch_pseudo_catalog(ch_ctx *cx, const ch_node *tree, ch_str lang)
{
    ch_catalog  *c = ch_catalog_new(cx, lang, CH_STR_EMPTY);
    const trial *t = trial_of(lang);
    ch_units     units;
    ch_letter_units(cx, tree, &units);
    for (size_t i = 0; i < units.list.n; i++) {
        const ch_unit *u = &units.list.at[i];
        ch_buf         out;
        writer         w = {.out = &out, .rtl = t && t->rtl};
        ch_buf_init(&out, cx->job);
        ch_buf_putc(&out, '[');
        if (u->attr)
            put_text(&w, u->source);
        else
            put_nodes(&w, u->node);
        ch_str     made = ch_str_trim(ch_buf_view(&out));
        ch_message m    = {.context = CH_STR_EMPTY, .id = u->source, .where = CH_NOWHERE};
        m.text          = ch_arena_printf(cx->job, "%.*s]", CH_ARG(made));
        (void)ch_catalog_add(c, &m);
    }
    return c;
}
