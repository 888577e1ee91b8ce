/* letter/canonical.c -- the canonical text: elements in order, white space folded, NFC. */
#include "letter/canonical.h"

#include "base/digest.h"
#include "input/letter_vocab.h"
#include "locale/locale.h"

#include <string.h>

/* Of two kinds of white space in running text: none was written since the block began, or some
 * is owed before the next word. */
typedef struct writer {
    ch_ctx *cx;
    ch_buf *out;
    bool    begun; /* a word was written in this block */
    bool    owed;  /* a space before the next one */
} writer;

/* Attributes that say what the letter says; the others say how it looks, or who has signed. */
static bool
is_text_attribute(int attr)
{
    switch (attr) {
    case CH_LA_xml_lang:
    case CH_LA_calendar:
    case CH_LA_gender:
    case CH_LA_classification:
    case CH_LA_copy:
    case CH_LA_kind:
    case CH_LA_level:
    case CH_LA_lunar:
    case CH_LA_marking:
    case CH_LA_n:
    case CH_LA_name:
    case CH_LA_original:
    case CH_LA_party:
    case CH_LA_rank:
    case CH_LA_role:
    case CH_LA_alt:
    case CH_LA_target:
    case CH_LA_translated_from:
    case CH_LA_type:
    case CH_LA_when:
        return true;
    default:
        return false;
    }
}

/* Elements that are added when people sign, and those that the original does not have, with all
 * that is in them. */
static bool
is_left_out(const ch_node *n)
{
    if (n->elem == CH_L_signatories || n->elem == CH_L_drafter || n->elem == CH_L_distribution ||
        n->elem == CH_L_waive)
        return true;
    if (!n->parent || n->parent->elem != CH_L_signed)
        return false;
    /* A name withheld is not to be found by trying names against the digest either. */
    bool withheld = ch_str_is(ch_node_attr_str(n->parent, CH_LA_status), "withheld");
    return n->elem == CH_L_figure || (withheld && n->elem != CH_L_orgName);
}

static ch_str
nfc(writer *w, ch_str s)
{
    return ch_text_nfc(w->cx, w->cx->scratch, s);
}

/* In the order of their names, so that it does not matter how they were written. */
static void
put_attributes(writer *w, const ch_node *n)
{
    const char *before = "";
    for (;;) {
        const ch_attr *next = NULL;
        const char    *name = NULL;
        for (size_t i = 0; i < n->n_attrs; i++) {
            const char *k = ch_letter_vocab.attrs[n->attrs[i].attr];
            if (is_text_attribute(n->attrs[i].attr) && strcmp(k, before) > 0 &&
                (!name || strcmp(k, name) < 0)) {
                next = &n->attrs[i];
                name = k;
            }
        }
        if (!next)
            return;
        ch_buf_printf(w->out, " %s=\"", name);
        ch_buf_xml(w->out, nfc(w, next->value));
        ch_buf_putc(w->out, '"');
        before = name;
    }
}

static void
put_text(writer *w, ch_str raw)
{
    ch_str s = nfc(w, raw);
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && !ch_is_space(s.p[i]))
            i++;
        if (i > from) {
            if (w->owed)
                ch_buf_putc(w->out, ' ');
            ch_buf_xml(w->out, ch_str_sub(s, from, i));
            w->begun = true;
            w->owed  = false;
        }
        for (; i < s.n && ch_is_space(s.p[i]); i++)
            w->owed = w->begun;
    }
}

static bool
is_block(const ch_node *n)
{
    return !n->parent || ch_letter_vocab.elements[n->parent->elem].content == CH_CONTENT_ELEMENTS;
}

/* A value of a record is text of the letter as any other. */
static bool
is_filled(const ch_node *n)
{
    return n->elem == CH_L_field && n->first;
}

static void
open_element(writer *w, const ch_node *n)
{
    if (is_filled(n))
        return;
    if (is_block(n)) {
        ch_buf_putc(w->out, '\n');
        w->begun = w->owed = false;
    }
    ch_buf_printf(w->out, "<%s", ch_letter_vocab.elements[n->elem].name);
    put_attributes(w, n);
    ch_buf_putc(w->out, '>');
    if (n->elem == CH_L_lb)
        w->begun = w->owed = false; /* space at the edges of a line is none */
}

static void
close_element(writer *w, const ch_node *n)
{
    if (is_filled(n))
        return;
    ch_buf_printf(w->out, "</%s>", ch_letter_vocab.elements[n->elem].name);
    if (is_block(n))
        w->begun = w->owed = false;
}

void
ch_canonical_put(ch_ctx *cx, const ch_node *root, ch_str mark, ch_buf *out)
{
    ch_mark kept = ch_arena_mark(cx->scratch);
    writer  w    = {.cx = cx, .out = out};
    ch_buf_puts(out, "chancery-text-1");
    ch_buf_str(out, mark);
    for (const ch_node *n = root; n;) {
        bool element = n->kind == CH_NODE_ELEMENT && !is_left_out(n);
        if (element)
            open_element(&w, n);
        else if (n->kind == CH_NODE_TEXT)
            put_text(&w, n->text);
        if (element && n->first) {
            n = n->first;
            continue;
        }
        if (element)
            close_element(&w, n);
        while (n != root && !n->next) {
            n = n->parent;
            close_element(&w, n);
        }
        n = n == root ? NULL : n->next;
    }
    ch_buf_putc(out, '\n');
    ch_arena_rewind(cx->scratch, kept);
}

ch_status
ch_canonical_digest(ch_ctx *cx, const ch_node *root, ch_str mark, ch_str *out)
{
    uint8_t sum[32];
    ch_buf  text, hex;
    ch_buf_init(&text, cx->job);
    ch_buf_init(&hex, cx->job);
    ch_canonical_put(cx, root, mark, &text);
    *out         = CH_STR_EMPTY;
    ch_status st = ch_sha256(text.p, text.n, sum);
    if (st != CH_OK) {
        ch_report(cx, CH_E9001_internal, CH_NOWHERE, "there is no SHA-256 for the digest");
        return st;
    }
    for (size_t i = 0; i < sizeof sum; i++)
        ch_buf_printf(&hex, "%02x", sum[i]);
    *out = ch_buf_view(&hex);
    return CH_OK;
}
