/* figure/svg_style.c -- the style of one element: attributes, rules, its style attribute. */
#include "figure/svg_inside.h"

#define DASHES_MAX 100

const ch_svg_style ch_svg_first_style = {
    .colour         = 0,
    .font_size      = 16,
    .fill           = {.kind = CH_INK_COLOUR, .rgb = 0, .alpha = 1, .id = {"", 0}},
    .stroke         = {.kind = CH_INK_NONE, .alpha = 1, .id = {"", 0}},
    .fill_opacity   = 1,
    .stroke_opacity = 1,
    .width          = 1,
    .miter          = 4,
    .opacity        = 1,
    .clip           = {"", 0},
    .stop           = {.kind = CH_INK_COLOUR, .rgb = 0, .alpha = 1, .id = {"", 0}},
    .stop_opacity   = 1,
};

typedef struct setter {
    ch_svg             *s;
    const ch_svg_style *parent;
    ch_svg_style       *to;
    const ch_svg_decl  *d;
} setter;

static const char *
written(ch_svg_prop p)
{
    return ch_svg_vocab.attrs[CH_SVGA_color + (int)p];
}

static void
wrong(const setter *t, const char *must)
{
    ch_svg_bad_value(t->s, t->d->where, written(t->d->prop), t->d->value, must);
}

/* ---- values ------------------------------------------------------------------------------ */

/* none, currentColor or a colour. */
static bool
plain_ink(ch_str v, size_t *at, ch_ink *out)
{
    size_t from = *at;
    ch_str word = ch_svg_word(v, at);
    if (ch_str_is(word, "none") || ch_str_is(word, "transparent")) {
        out->kind = CH_INK_NONE;
        return true;
    }
    if (ch_str_is(word, "currentColor") || ch_str_is(word, "currentcolor")) {
        out->kind  = CH_INK_CURRENT;
        out->alpha = 1;
        return true;
    }
    *at       = from;
    out->kind = CH_INK_COLOUR;
    return ch_svg_colour(v, at, &out->rgb, &out->alpha);
}

static void
set_ink(const setter *t, ch_ink *out)
{
    ch_str v   = t->d->value;
    size_t at  = 0;
    ch_ink ink = {.alpha = 1, .id = CH_STR_EMPTY, .where = t->d->where};
    bool   ok;
    if (ch_svg_url(v, &at, &ink.id)) {
        ch_svg_space(v, &at);
        ok = true;
        if (at < v.n) {
            ok               = plain_ink(v, &at, &ink);
            ink.fallback     = ink.kind;
            ink.has_fallback = true;
        }
        ink.kind = CH_INK_SERVER;
    } else {
        ok = plain_ink(v, &at, &ink);
    }
    ch_svg_space(v, &at);
    if (!ok && ch_str_starts(v, "url(")) { /* the guard has told of one outside */
        ch_svg_left_out(t->s, v, t->d->where);
        return;
    }
    if (ok && at < v.n && ch_str_starts(ch_str_sub(v, at, v.n), "icc-color"))
        at = v.n; /* the colour before it says the same in sRGB */
    if (ok && at == v.n)
        *out = ink;
    else
        wrong(t, "a colour, none, or url(#...) of a gradient");
}

static void
set_number(const setter *t, double low, double high, double *out)
{
    ch_str v  = t->d->value;
    size_t at = 0;
    double n;
    bool   ok = ch_svg_number(v, &at, &n);
    if (ok && at < v.n && v.p[at] == '%') {
        n /= 100;
        at++;
    }
    if (ok && at == v.n)
        *out = n < low ? low : n > high ? high : n;
    else
        wrong(t, "a number");
}

static void
set_length(const setter *t, double least, ch_axis axis, double *out)
{
    ch_str v  = t->d->value;
    size_t at = 0;
    double n, em = axis == CH_AXIS_Y ? t->parent->font_size : t->to->font_size;
    if (ch_svg_length(t->s, v, &at, axis, em, &n) && at == v.n && n >= least)
        *out = n;
    else
        wrong(t, least >= 0 ? "a length of 0 or more" : "a length");
}

/* The number of the value among words that end with NULL; -1, and reported: it is none. */
static int
word_of(const setter *t, const char *const *word, const char *must)
{
    for (int i = 0; word[i]; i++)
        if (ch_str_is(t->d->value, word[i]))
            return i;
    wrong(t, must);
    return -1;
}

static void
set_dashes(const setter *t)
{
    CH_VEC(double) dash = {0};
    ch_str v            = t->d->value;
    size_t at           = 0;
    t->to->dash         = NULL;
    t->to->dashes       = 0;
    if (ch_str_is(v, "none"))
        return;
    for (; at < v.n; ch_svg_comma(v, &at)) {
        double n;
        if (!ch_svg_length(t->s, v, &at, CH_AXIS_BOTH, t->to->font_size, &n) || n < 0 ||
            dash.n == DASHES_MAX) {
            wrong(t, "none or up to 100 lengths of 0 or more");
            return;
        }
        *CH_PUSH(t->s->cx->job, dash) = n;
    }
    t->to->dash   = dash.at;
    t->to->dashes = dash.n;
}

static void
set_clip(const setter *t)
{
    size_t at         = 0;
    t->to->clip       = CH_STR_EMPTY;
    t->to->clip_where = t->d->where;
    if (!ch_str_is(t->d->value, "none") && !ch_svg_url(t->d->value, &at, &t->to->clip))
        ch_svg_left_out(t->s, CH_STR_LIT("clip-path with a function"), t->d->where);
}

/* What we do not draw, unless it is asked not to be. */
static void
set_other(const setter *t)
{
    static const char *const nothing[] = {
        "none", "normal", "auto", "fill", "fill stroke", "fill stroke markers", NULL};
    for (int i = 0; nothing[i]; i++)
        if (ch_str_is(t->d->value, nothing[i]))
            return;
    ch_svg_left_out(t->s, ch_str_from(written(t->d->prop)), t->d->where);
}

/* ---- properties -------------------------------------------------------------------------- */

static void
set_word(const setter *t)
{
    static const char *const rule[] = {"nonzero", "evenodd", NULL};
    static const char *const cap[]  = {"butt", "round", "square", NULL};
    static const char *const join[] = {"miter", "round", "bevel", "miter-clip", "arcs", NULL};
    static const char *const seen[] = {"visible", "hidden", "collapse", NULL};
    int                      i;
    switch (t->d->prop) {
    case CH_P_fill_rule:
        if ((i = word_of(t, rule, "nonzero or evenodd")) >= 0)
            t->to->even_odd = i == 1;
        break;
    case CH_P_clip_rule:
        if ((i = word_of(t, rule, "nonzero or evenodd")) >= 0)
            t->to->clip_even_odd = i == 1;
        break;
    case CH_P_stroke_linecap:
        if ((i = word_of(t, cap, "butt, round or square")) >= 0)
            t->to->cap = (ch_line_cap)i;
        break;
    case CH_P_stroke_linejoin:
        if ((i = word_of(t, join, "miter, round or bevel")) >= 0)
            t->to->join = i > 2 ? CH_JOIN_MITER : (ch_line_join)i;
        break;
    default: /* visibility */
        if ((i = word_of(t, seen, "visible or hidden")) >= 0)
            t->to->hidden = i > 0;
        break;
    }
}

static void
set_colour(const setter *t)
{
    ch_ink ink = {.kind = CH_INK_CURRENT};
    set_ink(t, &ink);
    if (ink.kind == CH_INK_COLOUR)
        t->to->colour = ink.rgb;
}

static void
set(const setter *t)
{
    ch_svg_style *to = t->to;
    switch (t->d->prop) {
    case CH_P_color:
        set_colour(t);
        break;
    case CH_P_font_size:
        set_length(t, 0, CH_AXIS_Y, &to->font_size);
        break;
    case CH_P_fill:
        set_ink(t, &to->fill);
        break;
    case CH_P_stroke:
        set_ink(t, &to->stroke);
        break;
    case CH_P_stop_color:
        set_ink(t, &to->stop);
        break;
    case CH_P_fill_opacity:
        set_number(t, 0, 1, &to->fill_opacity);
        break;
    case CH_P_stroke_opacity:
        set_number(t, 0, 1, &to->stroke_opacity);
        break;
    case CH_P_opacity:
        set_number(t, 0, 1, &to->opacity);
        break;
    case CH_P_stop_opacity:
        set_number(t, 0, 1, &to->stop_opacity);
        break;
    case CH_P_stroke_miterlimit:
        set_number(t, 1, 1e6, &to->miter);
        break;
    case CH_P_stroke_width:
        set_length(t, 0, CH_AXIS_BOTH, &to->width);
        break;
    case CH_P_stroke_dashoffset:
        set_length(t, -1e12, CH_AXIS_BOTH, &to->dash_offset);
        break;
    case CH_P_stroke_dasharray:
        set_dashes(t);
        break;
    case CH_P_display:
        to->none = ch_str_is(t->d->value, "none");
        break;
    case CH_P_overflow:
        to->overflow = ch_str_is(t->d->value, "visible") || ch_str_is(t->d->value, "auto");
        break;
    case CH_P_clip_path:
        set_clip(t);
        break;
    case CH_P_fill_rule:
    case CH_P_clip_rule:
    case CH_P_stroke_linecap:
    case CH_P_stroke_linejoin:
    case CH_P_visibility:
        set_word(t);
        break;
    default:
        set_other(t);
        break;
    }
}

/* "inherit" of what is not inherited by itself, and "initial" of what is drawn by. */
static bool
set_from(const setter *t)
{
    bool                first = ch_str_is(t->d->value, "initial");
    const ch_svg_style *from  = first ? &ch_svg_first_style : t->parent;
    if (!first && !ch_str_is(t->d->value, "inherit"))
        return false;
#define TAKE(prop, field)                                                                          \
    case CH_P_##prop:                                                                              \
        t->to->field = from->field;                                                                \
        break;
    switch (t->d->prop) {
        TAKE(color, colour)
        TAKE(font_size, font_size)
        TAKE(fill, fill)
        TAKE(fill_rule, even_odd)
        TAKE(fill_opacity, fill_opacity)
        TAKE(stroke, stroke)
        TAKE(stroke_width, width)
        TAKE(stroke_linecap, cap)
        TAKE(stroke_linejoin, join)
        TAKE(stroke_miterlimit, miter)
        TAKE(stroke_dashoffset, dash_offset)
        TAKE(stroke_opacity, stroke_opacity)
        TAKE(opacity, opacity)
        TAKE(display, none)
        TAKE(visibility, hidden)
        TAKE(overflow, overflow)
        TAKE(clip_path, clip)
        TAKE(clip_rule, clip_even_odd)
        TAKE(stop_color, stop)
        TAKE(stop_opacity, stop_opacity)
    case CH_P_stroke_dasharray:
        t->to->dash   = from->dash;
        t->to->dashes = from->dashes;
        break;
    default:
        break; /* nothing is drawn by it */
    }
#undef TAKE
    return true;
}

/* ---- the cascade ------------------------------------------------------------------------- */

static void
offer(const ch_svg_decl **best, const ch_svg_decl *d)
{
    const ch_svg_decl **at = &best[d->prop];
    if (!*at || d->important || !(*at)->important)
        *at = d;
}

static void
offer_attributes(ch_svg *s, const ch_node *n, ch_svg_decl *room, const ch_svg_decl **best)
{
    for (size_t i = 0; i < n->n_attrs; i++) {
        const ch_attr *a = &n->attrs[i];
        if (a->attr < CH_SVGA_color || a->attr >= ch_svg_vocab.n_attrs)
            continue;
        ch_svg_decl *d = &room[a->attr - CH_SVGA_color];
        *d             = (ch_svg_decl){.prop  = (ch_svg_prop)(a->attr - CH_SVGA_color),
                                       .value = ch_str_trim(a->value)};
        d->where       = ch_svg_where(s, d->value, a->where);
        if (d->value.n > 0)
            offer(best, d);
    }
}

void
ch_svg_style_of(ch_svg *s, const ch_node *n, const ch_svg_style *parent, ch_svg_style *out)
{
    ch_svg_decl        room[CH_P_COUNT];
    const ch_svg_decl *best[CH_P_COUNT] = {NULL};
    const ch_attr     *own              = ch_node_attr(n, CH_SVGA_style);
    *out                                = *parent;
    out->none = out->overflow = false;
    out->opacity = out->stop_opacity = 1;
    out->clip                        = CH_STR_EMPTY;
    out->stop                        = ch_svg_first_style.stop;
    s->work += n->where.to - n->where.from + s->rule.n * ch_node_attr_str(n, CH_SVGA_class).n;
    if (s->work > CH_SVG_WORK_MAX)
        ch_svg_too_much(s, (unsigned)CH_SVG_WORK_MAX, "bytes of tags");
    if (s->status == CH_ERR_LIMIT)
        return;
    size_t first = s->decl.n;
    if (own) /* before pointers into the declarations are taken */
        ch_svg_declarations(s, own->value, own->where);
    offer_attributes(s, n, room, best);
    for (size_t i = 0; i < s->rule.n; i++)
        if (ch_svg_rule_matches(&s->rule.at[i], n))
            for (size_t k = s->rule.at[i].from; k < s->rule.at[i].to; k++)
                offer(best, &s->decl.at[k]);
    for (size_t k = first; k < s->decl.n; k++)
        offer(best, &s->decl.at[k]);
    for (size_t k = 0; k < CH_P_COUNT; k++) {
        setter t = {s, parent, out, best[k]};
        if (best[k] && !set_from(&t))
            set(&t);
    }
    s->decl.n = first;
}

void
ch_svg_style_at(ch_svg *s, const ch_node *n, ch_svg_style *out)
{
    const ch_node *line[CH_SVG_DEPTH_MAX];
    size_t         depth = 0;
    for (const ch_node *p = n; p && depth < CH_SVG_DEPTH_MAX; p = p->parent)
        line[depth++] = p;
    ch_svg_style style = ch_svg_first_style;
    while (depth > 0) {
        ch_svg_style next;
        ch_svg_style_of(s, line[--depth], &style, &next);
        style = next;
    }
    *out = style;
}
