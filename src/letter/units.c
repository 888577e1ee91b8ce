#include "letter/units.h"

/* ---- the text of a unit ---- */

static void
put_text(ch_buf *out, ch_str s, bool value)
{
    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        while (i < s.n && !ch_is_space(s.p[i]))
            i++;
        if (value)
            ch_buf_xml(out, ch_str_sub(s, from, i));
        else
            ch_buf_xml_text(out, ch_str_sub(s, from, i));
        if (i < s.n)
            ch_buf_putc(out, ' ');
        while (i < s.n && ch_is_space(s.p[i]))
            i++;
    }
}

static void
put_start(ch_buf *out, const ch_node *n)
{
    ch_buf_printf(out, "<%s", ch_letter_vocab.elements[n->elem].name);
    for (size_t i = 0; i < n->n_attrs; i++) {
        ch_buf_printf(out, " %s=\"", ch_letter_vocab.attrs[n->attrs[i].attr]);
        put_text(out, n->attrs[i].value, true);
        ch_buf_putc(out, '"');
    }
    ch_buf_puts(out, n->first ? ">" : "/>");
}

void
ch_unit_put(ch_buf *out, const ch_node *n)
{
    if (n->kind == CH_NODE_TEXT) {
        put_text(out, n->text, false);
        return;
    }
    put_start(out, n);
    if (!n->first)
        return;
    for (const ch_node *c = n->first; c; c = c->next)
        ch_unit_put(out, c);
    ch_buf_printf(out, "</%s>", ch_letter_vocab.elements[n->elem].name);
}

/* ---- what is a unit ---- */

bool
ch_node_translates(const ch_node *n)
{
    for (; n; n = n->parent) {
        const ch_attr *a = ch_node_attr(n, CH_LA_its_translate);
        if (a)
            return !ch_str_is(a->value, "no");
    }
    return true;
}

/* Is there a word in it that is to be translated? */
static bool
has_words(const ch_node *top)
{
    for (const ch_node *n = top; n; n = ch_node_walk(n, top))
        if (n->kind == CH_NODE_TEXT && ch_str_trim(n->text).n > 0 && ch_node_translates(n->parent))
            return true;
    return false;
}

/* Does it say who has signed, of one whose name is withheld, or may be when a record says so? */
static bool
is_withheld(const ch_node *n)
{
    const ch_node *signer = n->parent;
    if (!signer || (signer->elem != CH_L_signatory && signer->elem != CH_L_signed))
        return false;
    ch_str status = ch_node_attr_str(signer, CH_LA_status);
    if (ch_str_is(status, "withheld"))
        return n->elem != CH_L_orgName && n->elem != CH_L_country;
    return n->elem == CH_L_persName && ch_str_starts(status, "{");
}

/* The code of a country: two capital letters. */
static bool
is_code(const ch_node *n)
{
    const ch_node *c = n->first;
    ch_str s = c && !c->next && c->kind == CH_NODE_TEXT ? ch_str_trim(c->text) : CH_STR_EMPTY;
    return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'A' && s.p[1] <= 'Z';
}

bool
ch_node_is_text(const ch_node *n, ch_str lang)
{
    const ch_vocab *v = &ch_letter_vocab;
    if (n->kind != CH_NODE_ELEMENT || !n->parent ||
        v->elements[n->elem].content != CH_CONTENT_MIXED ||
        v->elements[n->parent->elem].content != CH_CONTENT_ELEMENTS)
        return false;
    if (n->elem == CH_L_idno || n->elem == CH_L_contact || n->elem == CH_L_initials ||
        (n->elem == CH_L_country && is_code(n)))
        return false;
    return ch_lang_same(n->lang, lang);
}

static bool
is_unit(const ch_node *n, ch_str lang)
{
    return ch_node_is_text(n, lang) && !is_withheld(n) && has_words(n);
}

/* ---- notes for translators ---- */

/* What of the inline elements a translator must know. */
static void
note_inline(ch_buf *out, const ch_node *top)
{
    bool field = false, date = false, name = false, kept = false;
    for (const ch_node *n = ch_node_walk(top, top); n; n = ch_node_walk(n, top)) {
        field = field || n->elem == CH_L_field;
        date  = date || (n->elem == CH_L_date && !n->first);
        name  = name || n->elem == CH_L_name;
        kept  = kept || (n->kind == CH_NODE_ELEMENT && !ch_node_translates(n));
    }
    if (field)
        ch_buf_puts(out, "\n<field/> stands for a value of the record.");
    if (date)
        ch_buf_puts(out, "\nAn empty <date/> is printed in the way of the language.");
    if (name)
        ch_buf_puts(out,
                    "\n<name> holds a name, which stays unless the language writes it otherwise.");
    if (kept)
        ch_buf_puts(out, "\nWhat has translate=\"no\" stays as it is.");
}

static ch_str
note_of(ch_ctx *cx, const ch_node *n, const ch_attr *attr)
{
    ch_buf                out;
    const ch_element_def *d = &ch_letter_vocab.elements[n->elem];
    ch_buf_init(&out, cx->job);
    if (attr) {
        ch_buf_printf(&out, "%s of <%s>: %s", ch_letter_vocab.attrs[attr->attr], d->name,
                      ch_vocab_use(&ch_letter_vocab, n->elem, attr->attr)->doc);
        return ch_buf_view(&out);
    }
    ch_buf_printf(&out, "<%s> in <%s>: %s", d->name, ch_letter_vocab.elements[n->parent->elem].name,
                  d->doc);
    note_inline(&out, n);
    return ch_buf_view(&out);
}

/* ---- the whole ---- */

static void
add(ch_ctx *cx, ch_units *out, const ch_node *n, const ch_attr *attr)
{
    ch_buf b;
    ch_buf_init(&b, cx->job);
    if (attr)
        put_text(&b, attr->value, true);
    for (const ch_node *c = attr ? NULL : n->first; c; c = c->next)
        ch_unit_put(&b, c);
    *CH_PUSH(cx->job, out->list) = (ch_unit){.node   = n,
                                             .attr   = attr,
                                             .source = ch_str_trim(ch_buf_view(&b)),
                                             .note   = note_of(cx, n, attr)};
}

/* The attribute of an element that is words to be read; NULL: it has none. */
static const ch_attr *
worded(const ch_node *n)
{
    if (n->kind != CH_NODE_ELEMENT)
        return NULL;
    if (n->elem == CH_L_figure)
        return ch_node_attr(n, CH_LA_alt);
    if ((n->elem == CH_L_signed || n->elem == CH_L_signatory) &&
        !ch_str_is(ch_node_attr_str(n, CH_LA_status), "withheld"))
        return ch_node_attr(n, CH_LA_for);
    return NULL;
}

void
ch_letter_units(ch_ctx *cx, const ch_node *tree, ch_units *out)
{
    ch_str in = tree->lang;
    *out      = (ch_units){.list = {0}};
    for (const ch_node *n = tree; n;) {
        if (is_unit(n, in)) {
            add(cx, out, n, NULL);
            n = ch_node_behind(n, tree);
            continue;
        }
        const ch_attr *words = worded(n);
        if (words && ch_str_trim(words->value).n > 0 && ch_lang_same(n->lang, in) &&
            ch_node_translates(n))
            add(cx, out, n, words);
        n = ch_node_walk(n, tree);
    }
}
