/* input/reference.c -- the reference page, from the table alone. */
#include "input/reference.h"

#include <string.h>

static void
content(ch_buf *out, const ch_vocab *v, const ch_element_def *d)
{
    static const char *const SIGN[] = {"", "", "?", "*", "+", "*"};
    ch_buf_puts(out, "Content: ");
    if (d->content == CH_CONTENT_EMPTY ||
        (d->content == CH_CONTENT_ELEMENTS && !d->children->occurs)) {
        ch_buf_puts(out, "nothing.\n\n");
        return;
    }
    bool mixed = d->content != CH_CONTENT_ELEMENTS;
    if (mixed)
        ch_buf_puts(out, "text");
    for (const ch_particle *p = d->children; p->occurs; p++) {
        if (mixed)
            ch_buf_puts(out, ", ");
        else if (p != d->children)
            ch_buf_putc(out, ' ');
        const char *name = p->is_class ? v->classes[p->id].name : v->elements[p->id].name;
        ch_buf_printf(out, p->is_class ? "*%s*" : "`%s`", name);
        if (!mixed)
            ch_buf_puts(out, SIGN[p->occurs]);
        if (p->occurs == CH_OCCURS_ALT && !mixed)
            ch_buf_puts(out, " (one a language)");
        if (p->unless)
            ch_buf_printf(out, " (none with `%s`)", v->attrs[p->unless]);
    }
    ch_buf_puts(out, mixed ? ", in any order.\n\n" : "\n\n");
}

static void
parents(ch_buf *out, const ch_vocab *v, uint16_t element)
{
    bool first = true;
    for (uint16_t i = 1; i < v->n_elements; i++) {
        for (const ch_particle *p = v->elements[i].children; p->occurs; p++) {
            if (!ch_particle_takes(v, p, element))
                continue;
            ch_buf_printf(out, "%s`%s`", first ? "Stands in: " : ", ", v->elements[i].name);
            first = false;
            break;
        }
    }
    ch_buf_puts(out, first ? "" : ".\n\n");
}

static void
value(ch_buf *out, const ch_attr_use *u)
{
    if (!u->values) {
        ch_buf_puts(out, ch_datatype_says(u->type));
        return;
    }
    for (const char *p = u->values; *p;) {
        size_t n = strcspn(p, " ");
        ch_buf_printf(out, "%s`%.*s`", p == u->values ? "" : ", ", (int)n, p);
        p += n;
        while (*p == ' ')
            p++;
    }
}

static void
attributes(ch_buf *out, const ch_vocab *v, const ch_attr_use *list)
{
    if (!list->attr)
        return;
    ch_buf_puts(out, "| attribute | value | meaning |\n|---|---|---|\n");
    for (const ch_attr_use *u = list; u->attr; u++) {
        ch_buf_printf(out, "| `%s`%s | ", v->attrs[u->attr], u->required ? " (required)" : "");
        value(out, u);
        ch_buf_printf(out, " | %s |\n", u->doc);
    }
    ch_buf_putc(out, '\n');
}

void
ch_reference_write(ch_buf *out, const ch_vocab *v, const char *title, const char *intro)
{
    ch_buf_printf(out, "# %s\n\n%s\n\nNamespace: `%s`. The outermost element is `%s`.\n\n", title,
                  intro, v->ns, v->elements[v->root].name);
    ch_buf_puts(out, "In content, `?` is at most one, `*` any number, `+` one or more; a name in "
                     "italics is a class of elements. The order is as written.\n\n");
    if (v->placeholders)
        ch_buf_puts(out, "In an attribute's value may stand placeholders as `{addressee.rank}`, "
                         "filled from the record, but not where its name has a prefix (`xml:`, "
                         "`its:`). A brace that is meant as one is written twice: `{{`.\n\n");
    if (v->n_classes)
        ch_buf_puts(out, "## Classes\n\n");
    for (uint16_t i = 0; i < v->n_classes; i++) {
        ch_buf_printf(out, "- *%s*:", v->classes[i].name);
        for (const uint16_t *e = v->classes[i].elements; *e; e++)
            ch_buf_printf(out, " `%s`", v->elements[*e].name);
        ch_buf_putc(out, '\n');
    }
    if (v->everywhere->attr) {
        ch_buf_puts(out, "\n## Attributes of every element\n\n");
        attributes(out, v, v->everywhere);
    }
    if (v->conditions->attr) {
        ch_buf_printf(
            out,
            "## Conditions\n\nOn every element but `%s`. What is at most one may be there "
            "several times when each has a condition.\n\n",
            v->elements[v->root].name);
        attributes(out, v, v->conditions);
    }
    ch_buf_puts(out, "## Elements\n\n");
    for (uint16_t i = 1; i < v->n_elements; i++) {
        const ch_element_def *d = &v->elements[i];
        ch_buf_printf(out, "### `%s`\n\n%s\n\n", d->name, d->doc);
        content(out, v, d);
        parents(out, v, i);
        attributes(out, v, d->attrs);
    }
}
