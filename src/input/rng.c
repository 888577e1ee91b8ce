/* input/rng.c -- one named pattern an element, one a class, one for the attributes that may
 * stand everywhere.
 *
 * The datatypes are W3C's with patterns.  What says "token" there has its white space
 * collapsed before the comparison, as input/xml.c does. */
#include "input/rng.h"

#include <string.h>

#define NS_RNG "http://relaxng.org/ns/structure/1.0"
#define NS_A "http://relaxng.org/ns/compatibility/annotations/1.0"
#define TYPES "http://www.w3.org/2001/XMLSchema-datatypes"
#define NS_ITS "http://www.w3.org/2005/11/its"

#define NAME_PATTERN "[A-Za-z_][A-Za-z0-9_.\\-]*"
/* Pairs of braces and what is none, one brace alone, and anything behind it. */
#define FIELD_PATTERN "([^\\{]|\\{\\{)*\\{([^\\{].*)?"
#define PLACES "(\\.[0-9]{1,9})?"
#define LENGTH_PATTERN                                                                             \
    "0|[0-9]{1,4}" PLACES "pt|[0-6]?[0-9]{1,3}" PLACES "mm|[0-6]?[0-9]{1,2}" PLACES                \
    "cm|[0-1]?[0-9]{1,2}" PLACES "in|[0-9]{1,2}" PLACES "em"

static void
line(ch_buf *out, int depth, const char *z)
{
    for (int i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_puts(out, z);
    ch_buf_putc(out, '\n');
}

static void
doc(ch_buf *out, int depth, const char *z)
{
    for (int i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_puts(out, "<a:documentation>");
    ch_buf_xml(out, ch_str_from(z));
    ch_buf_puts(out, "</a:documentation>\n");
}

/* ---- attributes ---- */

static void
data(ch_buf *out, int depth, const char *type, const char *pattern)
{
    for (int i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_printf(out, "<data type=\"%s\"><param name=\"pattern\">", type);
    ch_buf_xml(out, ch_str_from(pattern));
    ch_buf_puts(out, "</param></data>\n");
}

static void
words(ch_buf *out, int depth, const char *z)
{
    line(out, depth, "<choice>");
    while (*z) {
        size_t n = strcspn(z, " ");
        for (int i = 0; i <= depth; i++)
            ch_buf_puts(out, "  ");
        ch_buf_printf(out, "<value type=\"token\">%.*s</value>\n", (int)n, z);
        z += n;
        while (*z == ' ')
            z++;
    }
    line(out, depth, "</choice>");
}

static void
datatype(ch_buf *out, int depth, const ch_attr_use *u)
{
    switch ((ch_datatype)u->type) {
    case CH_D_TEXT:
        line(out, depth, "<text/>");
        break;
    case CH_D_TOKEN:
    case CH_D_PATH:
        line(out, depth, "<data type=\"token\"><param name=\"minLength\">1</param></data>");
        break;
    case CH_D_NAME:
        data(out, depth, "token", NAME_PATTERN);
        break;
    case CH_D_NAMES:
        data(out, depth, "token", NAME_PATTERN "( " NAME_PATTERN ")*");
        break;
    case CH_D_ID:
        data(out, depth, "ID", NAME_PATTERN);
        break;
    case CH_D_LANG:
        data(out, depth, "token", "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
        break;
    case CH_D_DATE:
        data(out, depth, "date", "[0-9]{4}-[0-9]{2}-[0-9]{2}");
        break;
    case CH_D_LENGTH:
        data(out, depth, "token", LENGTH_PATTERN);
        break;
    case CH_D_SIGNED_LENGTH:
        data(out, depth, "token", "-?(" LENGTH_PATTERN ")");
        break;
    case CH_D_NATURAL:
        data(out, depth, "token", "[0-9]{1,9}");
        break;
    case CH_D_INTEGER:
        data(out, depth, "token", "-?[0-9]{1,9}");
        break;
    case CH_D_NUMBER:
        data(out, depth, "token", "-?[0-9]{1,9}" PLACES);
        break;
    case CH_D_YES_NO:
    case CH_D_CHOICE:
        words(out, depth, u->values);
        break;
    case CH_D_CHOICES:
        line(out, depth, "<list><oneOrMore>");
        words(out, depth + 1, u->values);
        line(out, depth, "</oneOrMore></list>");
        break;
    case CH_D_URI:
        data(out, depth, "token", "[^ ]+");
        break;
    }
}

static void
attribute(ch_buf *out, int depth, const ch_vocab *v, const ch_attr_use *u)
{
    const char *name  = v->attrs[u->attr];
    bool        fills = v->placeholders && !strchr(name, ':') && u->type != CH_D_TEXT;
    bool        free  = !u->required;
    if (free)
        line(out, depth, "<optional>");
    depth += free;
    for (int i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_printf(out, "<attribute name=\"%s\">\n", name);
    doc(out, depth + 1, u->doc);
    if (fills)
        line(out, depth + 1, "<choice>");
    datatype(out, depth + 1 + fills, u);
    if (fills) {
        data(out, depth + 2, "token", FIELD_PATTERN);
        line(out, depth + 1, "</choice>");
    }
    line(out, depth, "</attribute>");
    depth -= free;
    if (free)
        line(out, depth, "</optional>");
}

static bool
uses(const ch_attr_use *list, uint16_t attr)
{
    for (; list->attr; list++) {
        if (list->attr == attr)
            return true;
    }
    return false;
}

/* All attributes of an element but `without`, which the content speaks of. */
static void
attributes(ch_buf *out, int depth, const ch_vocab *v, const ch_element_def *d, uint16_t without)
{
    bool overrides = false;
    for (const ch_attr_use *u = d->attrs; u->attr; u++) {
        if (u->attr != without)
            attribute(out, depth, v, u);
        overrides = overrides || uses(v->everywhere, u->attr);
    }
    if (!overrides) {
        line(out, depth, "<ref name=\"everywhere\"/>");
        return;
    }
    for (const ch_attr_use *u = v->everywhere; u->attr; u++) {
        if (!uses(d->attrs, u->attr))
            attribute(out, depth, v, u);
    }
}

/* ---- content ---- */

static void
reference(ch_buf *out, int depth, const ch_vocab *v, const ch_particle *p)
{
    for (int i = 0; i < depth; i++)
        ch_buf_puts(out, "  ");
    if (p->is_class)
        ch_buf_printf(out, "<ref name=\"class.%s\"/>\n", v->classes[p->id].name);
    else
        ch_buf_printf(out, "<ref name=\"%s\"/>\n", v->elements[p->id].name);
}

/* May elements of that kind be there on a condition? */
static bool
conditional(const ch_vocab *v, uint16_t element)
{
    return v->conditions->attr && element != v->root;
}

/* A place for one: either a plain one, or some that share it, each with its condition. */
static void
one_place(ch_buf *out, int depth, const ch_vocab *v, const ch_particle *p)
{
    const char *name = v->elements[p->id].name;
    line(out, depth, "<choice>");
    for (int i = 0; i <= depth; i++)
        ch_buf_puts(out, "  ");
    ch_buf_printf(out, "<ref name=\"%s.plain\"/>\n", name);
    line(out, depth + 1, "<oneOrMore>");
    for (int i = 0; i <= depth + 1; i++)
        ch_buf_puts(out, "  ");
    ch_buf_printf(out, "<ref name=\"%s.when\"/>\n", name);
    line(out, depth + 1, "</oneOrMore>");
    line(out, depth, "</choice>");
}

static void
particle(ch_buf *out, int depth, const ch_vocab *v, const ch_particle *p)
{
    static const char *const OPEN[] = {
        "", "", "<optional>", "<zeroOrMore>", "<oneOrMore>", "<zeroOrMore>"};
    static const char *const CLOSE[] = {
        "", "", "</optional>", "</zeroOrMore>", "</oneOrMore>", "</zeroOrMore>"};
    bool one   = p->occurs == CH_OCCURS_ONE || p->occurs == CH_OCCURS_OPTIONAL;
    bool wraps = p->occurs != CH_OCCURS_ONE;
    if (wraps)
        line(out, depth, OPEN[p->occurs]);
    if (one && !p->is_class && conditional(v, p->id))
        one_place(out, depth + wraps, v, p);
    else
        reference(out, depth + wraps, v, p);
    if (wraps)
        line(out, depth, CLOSE[p->occurs]);
}

/* The attribute that decides about some of the content, 0 when there is none. */
static uint16_t
decider(const ch_element_def *d)
{
    for (const ch_particle *p = d->children; p->occurs; p++) {
        if (p->unless)
            return p->unless;
    }
    return 0;
}

static void
in_order(ch_buf *out, int depth, const ch_vocab *v, const ch_element_def *d, bool decided)
{
    bool some = false;
    for (const ch_particle *p = d->children; p->occurs; p++) {
        if (decided && p->unless)
            continue;
        particle(out, depth, v, p);
        some = true;
    }
    if (!some)
        line(out, depth, "<empty/>");
}

static void
any_order(ch_buf *out, int depth, const ch_vocab *v, const ch_element_def *d)
{
    line(out, depth, "<zeroOrMore>");
    line(out, depth + 1, "<choice>");
    line(out, depth + 2, "<text/>");
    for (const ch_particle *p = d->children; p->occurs; p++)
        reference(out, depth + 2, v, p);
    line(out, depth + 1, "</choice>");
    line(out, depth, "</zeroOrMore>");
}

/* Either without the deciding attribute and with all of the content, or the other way. */
static void
decided_content(ch_buf *out, const ch_vocab *v, const ch_element_def *d, uint16_t attr)
{
    line(out, 3, "<choice>");
    line(out, 4, "<group>");
    in_order(out, 5, v, d, false);
    line(out, 4, "</group>");
    line(out, 4, "<group>");
    for (const ch_attr_use *u = d->attrs; u->attr; u++) {
        if (u->attr == attr) {
            ch_attr_use must = *u;
            must.required    = true;
            attribute(out, 5, v, &must);
        }
    }
    in_order(out, 5, v, d, true);
    line(out, 4, "</group>");
    line(out, 3, "</choice>");
}

/* Attributes and content, at depth 3. */
static void
inside(ch_buf *out, const ch_vocab *v, const ch_element_def *d)
{
    uint16_t attr = decider(d);
    attributes(out, 3, v, d, attr);
    switch ((ch_content)d->content) {
    case CH_CONTENT_ELEMENTS:
        if (attr)
            decided_content(out, v, d, attr);
        else
            in_order(out, 3, v, d, false);
        break;
    case CH_CONTENT_MIXED:
        any_order(out, 3, v, d);
        break;
    case CH_CONTENT_TEXT:
        line(out, 3, "<text/>");
        break;
    case CH_CONTENT_EMPTY:
        line(out, 3, "<empty/>");
        break;
    }
}

static void
element(ch_buf *out, const ch_vocab *v, const ch_element_def *d)
{
    ch_buf_printf(out, "  <define name=\"%s\">\n    <element name=\"%s\">\n", d->name, d->name);
    doc(out, 3, d->doc);
    inside(out, v, d);
    ch_buf_puts(out, "    </element>\n  </define>\n");
}

/* The same for one that may have conditions: a plain one and one that has some. */
static void
conditional_element(ch_buf *out, const ch_element_def *d, const ch_vocab *v)
{
    static const char *const kinds[] = {"plain", "when"};
    ch_buf_printf(out,
                  "  <define name=\"%s\">\n    <choice>\n      <ref name=\"%s.plain\"/>\n"
                  "      <ref name=\"%s.when\"/>\n    </choice>\n  </define>\n",
                  d->name, d->name, d->name);
    for (int i = 0; i < 2; i++) {
        ch_buf_printf(out, "  <define name=\"%s.%s\">\n    <element name=\"%s\">\n", d->name,
                      kinds[i], d->name);
        doc(out, 3, d->doc);
        if (i)
            line(out, 3, "<ref name=\"conditions\"/>");
        ch_buf_printf(out, "      <ref name=\"%s.inside\"/>\n    </element>\n  </define>\n",
                      d->name);
    }
    ch_buf_printf(out, "  <define name=\"%s.inside\">\n", d->name);
    inside(out, v, d);
    ch_buf_puts(out, "  </define>\n");
}

/* One of the conditions or more: the first, with the others or without; or the second, and so on. */
static void
conditions(ch_buf *out, const ch_vocab *v)
{
    ch_buf_puts(out, "  <define name=\"conditions\">\n");
    line(out, 2, "<choice>");
    for (const ch_attr_use *u = v->conditions; u->attr; u++) {
        line(out, 3, "<group>");
        for (const ch_attr_use *o = u; o->attr; o++) {
            ch_attr_use use = *o;
            use.required    = o == u;
            attribute(out, 4, v, &use);
        }
        line(out, 3, "</group>");
    }
    line(out, 2, "</choice>");
    ch_buf_puts(out, "  </define>\n");
}

void
ch_rng_write(ch_buf *out, const ch_vocab *v)
{
    ch_buf_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<grammar xmlns=\"" NS_RNG "\" xmlns:a=\"" NS_A "\"\n"
                  "         xmlns:its=\"" NS_ITS "\"\n"
                  "         datatypeLibrary=\"" TYPES "\" ns=\"%s\">\n"
                  "  <start><ref name=\"%s\"/></start>\n",
                  v->ns, v->elements[v->root].name);
    ch_buf_puts(out, "  <define name=\"everywhere\">\n");
    if (!v->everywhere->attr)
        line(out, 2, "<empty/>");
    for (const ch_attr_use *u = v->everywhere; u->attr; u++)
        attribute(out, 2, v, u);
    ch_buf_puts(out, "  </define>\n");
    for (uint16_t i = 0; i < v->n_classes; i++) {
        ch_buf_printf(out, "  <define name=\"class.%s\">\n    <choice>\n", v->classes[i].name);
        for (const uint16_t *e = v->classes[i].elements; *e; e++)
            ch_buf_printf(out, "      <ref name=\"%s\"/>\n", v->elements[*e].name);
        ch_buf_puts(out, "    </choice>\n  </define>\n");
    }
    if (v->conditions->attr)
        conditions(out, v);
    for (uint16_t i = 1; i < v->n_elements; i++) {
        if (conditional(v, i))
            conditional_element(out, &v->elements[i], v);
        else
            element(out, v, &v->elements[i]);
    }
    ch_buf_puts(out, "</grammar>\n");
}
