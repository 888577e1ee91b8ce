/* style/sheet_roles.c -- the roles of a sheet: merged, inherited, checked, computed.
 *
 * What a role does not name comes from the one it is based on, as written: 1em there means
 * the size here.  Only the size itself is taken in ems of the role it is based on. */
#include "style/sheet_data.h"

#include "input/check.h"
#include "input/tree.h"
#include "style/style_vocab.h"

static const struct {
    const char *name, *based_on;
} TYPES[CH_TYPE_COUNT] = {
#define TYPE_ROLE(id, name, based_on, doc) {name, based_on},
#include "style/type_roles.def"
#undef TYPE_ROLE
};

/* The attribute of each property. */
static const uint16_t ATTRS[CH_PROP_COUNT] = {
#define PROP(attr, field, type, dflt) CH_SA_##field,
#include "style/props.def"
#undef PROP
};

const char *
ch_type_role_name(ch_type_role r)
{
    return (unsigned)r < CH_TYPE_COUNT ? TYPES[r].name : "";
}

ch_type_role
ch_type_role_of(ch_str name)
{
    unsigned r = 0;
    while (r < CH_TYPE_COUNT && !ch_str_is(name, TYPES[r].name))
        r++;
    return (ch_type_role)r;
}

ch_place
ch_sheet_place(const ch_sheet_file *file, ch_where where)
{
    return (ch_place){file, where.from, where.to};
}

/* ---- values ---- */

static bool
parse_percent(ch_str s, int32_t *out)
{
    int64_t v = 0, scale = 0;
    size_t  i = 0;
    if (!ch_str_ends(s, "%") || s.n < 2 || s.n > 8)
        return false;
    for (; i < s.n - 1; i++) {
        if (s.p[i] == '.' && scale == 0 && i > 0 && i < s.n - 2)
            scale = 1;
        else if (s.p[i] >= '0' && s.p[i] <= '9' && scale < 10) {
            v = v * 10 + (s.p[i] - '0');
            scale *= 10;
        } else
            return false;
    }
    if (scale == 0)
        v *= 10;
    *out = (int32_t)v;
    return v <= 100000;
}

static bool
parse_colour(ch_str s, uint32_t *out)
{
    uint32_t v = 0;
    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < 7; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9')
            v = v << 4 | (uint32_t)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            v = v << 4 | (uint32_t)((c | 32) - 'a' + 10);
        else
            return false;
    }
    *out = v;
    return true;
}

/* Tags of four letters or digits, perhaps with a value: "onum, ss01=2, -liga". */
static bool
features_ok(ch_str s)
{
    s = ch_str_trim(s);
    for (size_t from = 0, to; s.n > 0 && from <= s.n; from = to + 1) {
        for (to = from; to < s.n && s.p[to] != ','; to++) {
        }
        ch_str f = ch_str_trim(ch_str_sub(s, from, to));
        if (f.n > 0 && (f.p[0] == '+' || f.p[0] == '-'))
            f = ch_str_sub(f, 1, f.n);
        if (f.n < 4 || f.n > 9 || (f.n > 4 && (f.p[4] != '=' || f.n == 5)))
            return false;
        for (size_t i = 0; i < f.n; i++) {
            bool digit = f.p[i] >= '0' && f.p[i] <= '9';
            bool alpha = (f.p[i] | 32) >= 'a' && (f.p[i] | 32) <= 'z';
            if (i != 4 && !digit && !(i < 4 && alpha))
                return false;
        }
    }
    return true;
}

static ch_len
parse_len(ch_str s, ch_len em)
{
    ch_len v = 0;
    return ch_len_parse(s, em, &v) ? v : 0; /* "0" alone is 0 too */
}

static int32_t
parse_int(ch_str s)
{
    int32_t v        = 0;
    bool    negative = ch_str_starts(s, "-");
    for (size_t i = negative; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && v < 100000000; i++)
        v = v * 10 + (s.p[i] - '0');
    return negative ? -v : v;
}

int32_t
ch_sheet_percent(ch_ctx *cx, ch_str attr, ch_str value, ch_where where, int32_t dflt)
{
    int32_t v;
    if (parse_percent(value, &v))
        return v;
    ch_report(cx, CH_E4006_bad_style_value, where, CH_ARG(value), CH_ARG(attr),
              "a part in hundred, as 120%");
    return dflt;
}

/* What the vocabulary cannot say of a value. */
static void
check_value(ch_ctx *cx, ch_prop p, const ch_attr *a)
{
    int32_t     n;
    uint32_t    colour;
    ch_len      len  = CH_PT;
    const char *must = NULL;
    switch (p) {
    case CH_PROP_size:
        if (parse_len(a->value, 10 * CH_PT) < CH_PT ||
            parse_len(a->value, 10 * CH_PT) > 400 * CH_PT)
            must = "a size from 1pt to 400pt";
        break;
    case CH_PROP_leading:
        if (!ch_len_parse(a->value, 10 * CH_PT, &len) && !parse_percent(a->value, &n))
            must = "a length, or a part of the size as 130%";
        else if (len < CH_PT || ch_str_starts(a->value, "0%"))
            must = "at least 1pt";
        break;
    case CH_PROP_protrusion:
    case CH_PROP_word_space:
    case CH_PROP_word_stretch:
    case CH_PROP_word_shrink:
    case CH_PROP_small_capitals:
    case CH_PROP_kashida:
    case CH_PROP_kashida_longest:
    case CH_PROP_han_space:
    case CH_PROP_han_stretch:
        if (!parse_percent(a->value, &n))
            must = "a part in hundred, as 120%";
        break;
    case CH_PROP_colour:
        if (!parse_colour(a->value, &colour))
            must = "a colour, as #1a2b3c";
        break;
    case CH_PROP_features:
    case CH_PROP_symbol_features:
        if (!features_ok(a->value))
            must = "a list of OpenType features, as \"onum, smcp\"";
        break;
    default:
        break;
    }
    if (must) {
        const char *attr = ch_style_vocab.attrs[ATTRS[p]];
        ch_report(cx, CH_E4006_bad_style_value, a->where, CH_ARG(a->value),
                  CH_ARG(ch_str_from(attr)), must);
    }
}

/* ---- merging ---- */

static ch_role_text *
find_text(const ch_sheet *s, ch_str name)
{
    for (size_t i = 0; i < s->text.n; i++) {
        if (ch_str_eq(s->text.at[i]->name, name))
            return s->text.at[i];
    }
    return NULL;
}

static void
merge_role(ch_ctx *cx, const ch_node *node, ch_sheet *s, const ch_layer *layer)
{
    const ch_attr *name = ch_node_attr(node, CH_SA_name);
    ch_role_text  *t    = find_text(s, name->value);
    if (!t) {
        t                           = CH_NEW(s->arena, ch_role_text);
        t->name                     = ch_arena_str(s->arena, name->value);
        t->based_on                 = CH_STR_EMPTY;
        *CH_PUSH(s->arena, s->text) = t;
    }
    t->where = ch_sheet_place(layer->file, name->where);
    for (size_t i = 0; i < node->n_attrs; i++) {
        const ch_attr *a = &node->attrs[i];
        if (a->attr == CH_SA_based_on) {
            t->based_on       = ch_arena_str(s->arena, a->value);
            t->based_on_where = ch_sheet_place(layer->file, a->where);
        }
        for (int p = 0; p < CH_PROP_COUNT; p++) {
            if (a->attr != ATTRS[p])
                continue;
            check_value(cx, (ch_prop)p, a);
            t->value[p]       = ch_arena_str(s->arena, a->value);
            t->value_where[p] = ch_sheet_place(layer->file, a->where);
            t->own[p]         = layer->own;
        }
    }
}

void
ch_sheet_copy_roles(ch_sheet *s, const ch_sheet *from)
{
    s->text.at = NULL;
    s->text.n = s->text.cap = 0;
    for (size_t i = 0; i < from->text.n; i++) {
        ch_role_text *t             = CH_NEW(s->arena, ch_role_text);
        *t                          = *from->text.at[i];
        *CH_PUSH(s->arena, s->text) = t;
    }
}

void
ch_sheet_merge_roles(ch_ctx *cx, ch_sheet *s, const ch_layer *layer)
{
    for (size_t i = 0; i < layer->node.n; i++) {
        if (layer->node.at[i]->elem == CH_S_role)
            merge_role(cx, layer->node.at[i], s, layer);
    }
}

/* ---- inheritance ---- */

#define CHAIN_MAX 64

typedef struct chain {
    const ch_role_text *text[CHAIN_MAX]; /* from the role itself to base; NULL: not in the sheet */
    size_t              n;
    bool                cycle;
} chain;

static ch_str
base_of(const ch_sheet *s, ch_str name)
{
    const ch_role_text *t = find_text(s, name);
    if (t && t->based_on.n > 0)
        return t->based_on;
    ch_type_role r = ch_type_role_of(name);
    return ch_str_from(r == CH_TYPE_COUNT ? "base" : TYPES[r].based_on);
}

static chain
chain_of(const ch_sheet *s, ch_str name)
{
    chain c = {.n = 0};
    for (; name.n > 0 && c.n < CHAIN_MAX; name = base_of(s, name))
        c.text[c.n++] = find_text(s, name);
    c.cycle = name.n > 0;
    return c;
}

/* Does the chain of a role come back to it, and not only run into a circle of others? */
static bool
in_circle(const ch_sheet *s, ch_str name)
{
    ch_str at = base_of(s, name);
    for (size_t i = 0; i < CHAIN_MAX && at.n > 0 && !ch_str_eq(at, name); i++)
        at = base_of(s, at);
    return ch_str_eq(at, name);
}

static bool
known_role(const ch_sheet *s, ch_str name)
{
    return ch_type_role_of(name) != CH_TYPE_COUNT || find_text(s, name);
}

static ch_str
role_words(ch_ctx *cx, const ch_sheet *s, ch_str but)
{
    ch_buf b;
    ch_buf_init(&b, cx->job);
    for (int r = 0; r < CH_TYPE_COUNT; r++)
        ch_buf_printf(&b, "%s ", TYPES[r].name);
    for (size_t i = 0; i < s->text.n; i++) {
        if (ch_type_role_of(s->text.at[i]->name) == CH_TYPE_COUNT &&
            !ch_str_eq(s->text.at[i]->name, but))
            ch_buf_printf(&b, "%.*s ", CH_ARG(s->text.at[i]->name));
    }
    return ch_str_trim(ch_buf_view(&b));
}

static void
report_unknown(ch_ctx *cx, const ch_sheet *s, ch_str name, ch_place place)
{
    ch_report(cx, CH_E4004_unknown_role, ch_place_where(cx, place), CH_ARG(name));
    ch_str near = ch_nearest(name, role_words(cx, s, name));
    if (near.n > 0)
        ch_hint(cx, "did you mean '%.*s'?", CH_ARG(near));
}

/* Is a role that no letter has at least the base of another? */
static bool
is_base(const ch_sheet *s, ch_str name)
{
    for (size_t i = 0; i < s->text.n; i++) {
        if (ch_str_eq(s->text.at[i]->based_on, name) && !ch_str_eq(s->text.at[i]->name, name))
            return true;
    }
    return false;
}

/* The roles that this very file names; those of the parents have been looked at before. */
bool
ch_sheet_check_roles(ch_ctx *cx, const ch_sheet *s, const ch_sheet_file *file)
{
    bool ok = true;
    for (size_t i = 0; i < s->text.n; i++) {
        const ch_role_text *t = s->text.at[i];
        if (t->where.file != file)
            continue;
        if (ch_type_role_of(t->name) == CH_TYPE_COUNT && !is_base(s, t->name)) {
            report_unknown(cx, s, t->name, t->where);
            ok = false;
        }
        if (t->based_on.n == 0)
            continue;
        if (!known_role(s, t->based_on)) {
            report_unknown(cx, s, t->based_on, t->based_on_where);
            ok = false;
        } else if (chain_of(s, t->name).cycle) {
            ok = false;
            if (in_circle(s, t->name))
                ch_report(cx, CH_E4005_role_cycle, ch_place_where(cx, t->based_on_where),
                          CH_ARG(t->name));
        }
    }
    return ok;
}

/* ---- computing ---- */

/* The size in type of a script: what is named in units of its own grows with the script. */
static ch_len
size_of(const chain *c, const ch_script_type *script)
{
    ch_len size = ch_len_scale(11 * CH_PT, script->size, 1000);
    for (size_t i = c->n; i-- > 0;) {
        const ch_role_text *t = c->text[i];
        if (!t || !t->value_where[CH_PROP_size].file)
            continue;
        ch_str v = t->value[CH_PROP_size];
        size     = parse_len(v, size);
        if (!t->own[CH_PROP_size] && !ch_str_ends(v, "em"))
            size = ch_len_scale(size, script->size, 1000);
    }
    return size;
}

static const ch_role_text *
giver(const chain *c, ch_prop p)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->text[i] && c->text[i]->value_where[p].file)
            return c->text[i];
    }
    return NULL;
}

static ch_len
value_LEN(ch_str v, ch_len em)
{
    int32_t percent;
    return parse_percent(v, &percent) ? ch_len_scale(em, percent, 1000) : parse_len(v, em);
}

static int32_t
value_NUM(ch_str v, ch_len em)
{
    (void)em;
    return parse_int(v);
}

static int32_t
value_PCT(ch_str v, ch_len em)
{
    int32_t n = 0;
    (void)em;
    return parse_percent(v, &n) ? n : 0;
}

static bool
value_BOOL(ch_str v, ch_len em)
{
    (void)em;
    return ch_str_is(v, "yes");
}

static ch_str
value_STR(ch_str v, ch_len em)
{
    (void)em;
    return ch_str_trim(v);
}

static uint32_t
value_COLOUR(ch_str v, ch_len em)
{
    uint32_t c = 0;
    (void)em;
    return parse_colour(v, &c) ? c : 0;
}

static ch_font_role
value_ENUM_FACE(ch_str v, ch_len em)
{
    (void)em;
    return ch_str_is(v, "mono")   ? CH_FONT_MONO
           : ch_str_is(v, "sans") ? CH_FONT_SANS
                                  : CH_FONT_SERIF;
}

static ch_case
value_ENUM_CASE(ch_str v, ch_len em)
{
    (void)em;
    return ch_str_is(v, "upper")        ? CH_CASE_UPPER
           : ch_str_is(v, "small-caps") ? CH_CASE_SMALL_CAPS
                                        : CH_CASE_NONE;
}

static ch_align
value_ENUM_ALIGN(ch_str v, ch_len em)
{
    (void)em;
    return ch_str_is(v, "end")       ? CH_ALIGN_END
           : ch_str_is(v, "center")  ? CH_ALIGN_CENTER
           : ch_str_is(v, "justify") ? CH_ALIGN_JUSTIFY
           : ch_str_is(v, "left")    ? CH_ALIGN_LEFT
           : ch_str_is(v, "right")   ? CH_ALIGN_RIGHT
                                     : CH_ALIGN_START;
}

static bool
is_own(const chain *c, ch_prop p)
{
    const ch_role_text *t = giver(c, p);
    return t && t->own[p];
}

/* What sheets say of type without naming a language is meant for Latin type. */
static void
fit_to_script(ch_props *p, const chain *c, const ch_script_type *script)
{
    const ch_role_text *t = giver(c, CH_PROP_leading);
    /* As a part of the size, or in em, it has grown with the size before. */
    bool grown = t && (ch_str_ends(t->value[CH_PROP_leading], "%") ||
                       ch_str_ends(t->value[CH_PROP_leading], "em"));
    if (!is_own(c, CH_PROP_leading))
        p->leading = ch_len_scale(p->leading, script->leading, grown ? script->size : 1000);
    if (!is_own(c, CH_PROP_before))
        p->before = ch_len_scale(p->before, script->space, 1000);
    if (!is_own(c, CH_PROP_after))
        p->after = ch_len_scale(p->after, script->space, 1000);
    if (script->upright && !is_own(c, CH_PROP_italic))
        p->italic = false;
    if (script->closed && !is_own(c, CH_PROP_tracking))
        p->tracking = 0;
}

static void
compute(ch_sheet *s, ch_type_role r, uint32_t tag)
{
    const ch_script_type *script = ch_script_type_of(s->scripts, tag);
    chain                 c      = chain_of(s, ch_str_from(TYPES[r].name));
    ch_props             *out    = &s->role[r];
    ch_len                size   = size_of(&c, script);
    const ch_role_text   *t;
#define PROP(attr, field, type, dflt)                                                              \
    t = giver(&c, CH_PROP_##field);                                                                \
    if (t)                                                                                         \
        out->field = value_##type(t->value[CH_PROP_##field], size);                                \
    else                                                                                           \
        default_##type(&out->field, dflt);
#define default_LEN(to, v) (*(to) = (v))
#define default_NUM(to, v) (*(to) = (v))
#define default_PCT(to, v) (*(to) = (v))
#define default_BOOL(to, v) (*(to) = (v))
#define default_STR(to, v) (*(to) = CH_STR_LIT(v))
#define default_COLOUR(to, v) (*(to) = (v))
#define default_ENUM_FACE(to, v) (*(to) = (v))
#define default_ENUM_CASE(to, v) (*(to) = (ch_case)(v))
#define default_ENUM_ALIGN(to, v) (*(to) = (ch_align)(v))
#include "style/props.def"
#undef PROP
    out->size         = size;
    out->family_where = CH_NOWHERE;
    out->script       = tag;
    out->scripts      = s->scripts;
    fit_to_script(out, &c, script);
    t                  = giver(&c, CH_PROP_family);
    s->family_place[r] = t ? t->value_where[CH_PROP_family] : (ch_place){NULL, 0, 0};
}

void
ch_sheet_compute_roles(ch_sheet *sheet, uint32_t script)
{
    for (int r = 0; r < CH_TYPE_COUNT; r++)
        compute(sheet, (ch_type_role)r, script);
}

/* ---- scripts ---- */

const ch_script_type *
ch_script_type_of(const ch_script_types *t, uint32_t tag)
{
    static const ch_script_type LATIN = {0, 1000, 1000, 1000, false, false};
    for (size_t i = 0; t && i < t->n; i++) {
        if (t->at[i].tag == tag)
            return &t->at[i];
    }
    return &LATIN;
}

/* Signs and marks that take the script of what is round them: Zyyy, Zinh. */
#define COMMON 0x5A797979u
#define INHERITED 0x5A696E68u

ch_len
ch_props_size(const ch_props *p, uint32_t script)
{
    bool common = script == 0 || script == COMMON || script == INHERITED;
    if (common || script == p->script)
        return p->size;
    return ch_len_scale(p->size, ch_script_type_of(p->scripts, script)->size,
                        ch_script_type_of(p->scripts, p->script)->size);
}

bool
ch_props_italic(const ch_props *p, uint32_t script)
{
    return p->italic && (script == p->script || !ch_script_type_of(p->scripts, script)->upright);
}
