/* figure/svg.c -- the walk over an SVG tree: what is drawn, in the order of painting. */
#include "figure/svg.h"

#include "figure/svg_inside.h"

#include <math.h>

#define NODES_MAX 400000u /* elements and texts in a file */

/* ---- items ------------------------------------------------------------------------------- */

static ch_drawing_item *
add_item(ch_svg *s, ch_drawing_kind kind)
{
    ch_drawing_item *it = CH_PUSH(s->cx->job, s->item);
    *it                 = (ch_drawing_item){.kind = kind, .alpha = 1};
    return it;
}

/* What has been opened round the items from `inside` on. */
typedef struct around {
    size_t before, inside;
} around;

/* Close it; nothing stays when nothing is inside. */
static void
close_around(ch_svg *s, around a)
{
    if (s->item.n == a.inside)
        s->item.n = a.before;
    else
        for (size_t i = a.before; i < a.inside; i++)
            (void)add_item(s, CH_DRAW_END);
}

static void
open_clip(ch_svg *s, ch_path path, bool even_odd)
{
    ch_drawing_item *it = add_item(s, CH_DRAW_CLIP);
    it->path            = path;
    it->even_odd        = even_odd;
}

static void
clip_to_box(ch_svg *s, const ch_matrix *m, double x, double y, double w, double h)
{
    ch_arena *a   = s->cx->job;
    ch_path   box = {0};
    ch_path_move(a, &box, (ch_point){x, y});
    ch_path_line(a, &box, (ch_point){x + w, y});
    ch_path_line(a, &box, (ch_point){x + w, y + h});
    ch_path_line(a, &box, (ch_point){x, y + h});
    ch_path_close(a, &box);
    open_clip(s, ch_path_map(a, &box, m), false);
}

/* ---- references -------------------------------------------------------------------------- */

/* Begin to follow a reference to `to`; false, and reported, when it is being followed already. */
static bool
enter(ch_svg *s, const ch_node *to, ch_where where)
{
    for (size_t i = 0; i < s->chain.n; i++)
        if (s->chain.at[i] == to) {
            ch_str id = ch_node_attr_str(to, CH_SVGA_id);
            if (ch_svg_fault(s, where))
                ch_report(s->cx, CH_E7023_svg_cycle, where, CH_ARG(id));
            return false;
        }
    *CH_PUSH(s->cx->job, s->chain) = to;
    return true;
}

static void
leave(ch_svg *s)
{
    s->chain.n--;
}

/* Count an element; false: there are too many. */
static bool
step(ch_svg *s)
{
    if (++s->steps > CH_SVG_STEPS_MAX)
        ch_svg_too_much(s, CH_SVG_STEPS_MAX, "elements");
    return s->status != CH_ERR_LIMIT;
}

/* ---- clip paths -------------------------------------------------------------------------- */

typedef struct clipper {
    ch_path path; /* in the drawing's units */
    bool    even_odd;
    size_t  shapes;
} clipper;

static bool open_clip_path(ch_svg *s, const ch_svg_style *st, const ch_path *box,
                           const ch_matrix *m);

static void
add_clip_shape(ch_svg *s, const ch_node *n, const ch_svg_style *parent, ch_matrix m, clipper *c)
{
    ch_svg_style st;
    ch_path      path;
    bool         given;
    if (n->kind != CH_NODE_ELEMENT || !step(s))
        return;
    ch_svg_style_of(s, n, parent, &st);
    if (st.none)
        return;
    m = ch_matrix_join(m, ch_svg_attr_transform(s, n, CH_SVGA_transform));
    if (n->elem == CH_SVG_use) {
        const ch_node *to = ch_svg_href(s, n, "shape", &given);
        m                 = ch_matrix_join(m, (ch_matrix){1, 0, 0, 1,
                                                          ch_svg_attr_length(s, n, CH_SVGA_x, CH_AXIS_X, 16, 0),
                                                          ch_svg_attr_length(s, n, CH_SVGA_y, CH_AXIS_Y, 16, 0)});
        if (to && enter(s, to, n->where)) {
            add_clip_shape(s, to, &st, m, c);
            leave(s);
        }
        return;
    }
    if (!ch_svg_shape(s, n, st.font_size, &path)) {
        if (n->elem == CH_SVG_text && ch_svg_fault(s, n->where))
            ch_report(s->cx, CH_E7018_svg_text, n->where);
        else if (n->elem == CH_SVG_none || n->elem == CH_SVG_g)
            ch_svg_left_out(s, n->text, n->where);
        return;
    }
    if (st.hidden || path.point.n == 0)
        return;
    path = ch_path_map(s->cx->job, &path, &m);
    c->shapes++;
    c->even_odd = st.clip_even_odd;
    if (c->shapes > 1 && st.clip_even_odd)
        ch_svg_left_out(s, CH_STR_LIT("clip-rule evenodd beside another shape"), n->where);
    if (st.clip.n > 0)
        ch_svg_left_out(s, CH_STR_LIT("clip-path of a shape that clips"), st.clip_where);
    ch_path_unite(s->cx->job, &c->path, &path);
}

/* The box in whose parts the clip path is given, if it is. */
static bool
clip_units(ch_svg *s, const ch_node *n, const ch_path *shape, ch_matrix *m)
{
    ch_point low, high;
    if (!ch_str_is(ch_str_trim(ch_node_attr_str(n, CH_SVGA_clipPathUnits)), "objectBoundingBox"))
        return true;
    if (!shape) {
        ch_svg_left_out(s, CH_STR_LIT("clipPathUnits objectBoundingBox on a group"), n->where);
        return false;
    }
    if (!ch_path_box(shape, &low, &high))
        return false;
    *m = ch_matrix_join(*m, (ch_matrix){high.x - low.x, 0, 0, high.y - low.y, low.x, low.y});
    return true;
}

/* Open the clips of a style; false: nothing of the element would be seen. */
static bool
open_clip_path(ch_svg *s, const ch_svg_style *st, const ch_path *shape, const ch_matrix *to)
{
    if (st->clip.n == 0)
        return true;
    const ch_node *n = ch_map_lookup(s->by_id, st->clip);
    if (!n || n->elem != CH_SVG_clipPath) {
        if (ch_svg_fault(s, st->clip_where))
            ch_report(s->cx, CH_E7022_svg_nowhere, st->clip_where, "clipPath", CH_ARG(st->clip));
        return true;
    }
    if (!step(s) || !enter(s, n, st->clip_where))
        return false;
    ch_matrix    m = ch_matrix_join(*to, ch_svg_attr_transform(s, n, CH_SVGA_transform));
    ch_svg_style own;
    clipper      c = {.shapes = 0};
    ch_svg_style_at(s, n, &own);
    bool seen  = open_clip_path(s, &own, shape, to);
    bool known = seen && clip_units(s, n, shape, &m);
    for (const ch_node *k = n->first; k && known; k = k->next)
        add_clip_shape(s, k, &own, m, &c);
    leave(s);
    if (!known)
        return seen;
    if (c.shapes == 0)
        return false;
    open_clip(s, c.path, c.shapes == 1 && c.even_odd);
    return true;
}

/* ---- shapes ------------------------------------------------------------------------------ */

/* Is there an area?  Readers of PDF draw something even for none. */
static bool
has_area(const ch_path *path)
{
    ch_point low, high;
    return path->point.n > 2 && ch_path_box(path, &low, &high) && high.x > low.x && high.y > low.y;
}

static void
draw_shape(ch_svg *s, const ch_svg_style *st, const ch_path *path, const ch_matrix *m)
{
    around          a  = {.before = s->item.n};
    ch_drawing_item it = {.kind = CH_DRAW_PATH, .even_odd = st->even_odd, .alpha = 1};
    if (st->hidden || st->opacity <= 0 || path->point.n == 0 || !(ch_matrix_scale(m) > 1e-9))
        return;
    if (has_area(path))
        it.fill = ch_svg_paint(s, st, &st->fill, st->fill_opacity, path, m);
    if (st->width > 0)
        it.stroke = ch_svg_paint(s, st, &st->stroke, st->stroke_opacity, path, m);
    if (it.fill.alpha <= 0)
        it.fill.kind = CH_PAINT_NONE;
    if (it.stroke.alpha <= 0)
        it.stroke.kind = CH_PAINT_NONE;
    bool both = it.fill.kind != CH_PAINT_NONE && it.stroke.kind != CH_PAINT_NONE;
    if (it.fill.kind == CH_PAINT_NONE && it.stroke.kind == CH_PAINT_NONE)
        return;
    bool seen = open_clip_path(s, st, path, m);
    if (both && st->opacity < 1) {
        add_item(s, CH_DRAW_GROUP)->alpha = st->opacity;
    } else {
        it.fill.alpha *= st->opacity;
        it.stroke.alpha *= st->opacity;
    }
    a.inside = s->item.n;
    if (seen) {
        it.path = ch_path_map(s->cx->job, path, m);
        if (it.stroke.kind != CH_PAINT_NONE)
            it.pen = ch_svg_pen(s, st, m);
        *add_item(s, CH_DRAW_PATH) = it;
    }
    close_around(s, a);
}

/* ---- containers -------------------------------------------------------------------------- */

static void walk(ch_svg *s, const ch_node *n, const ch_svg_style *parent, ch_matrix m,
                 const ch_node *user);

static void
walk_children(ch_svg *s, const ch_node *n, const ch_svg_style *st, ch_matrix m)
{
    for (const ch_node *k = n->first; k && s->status != CH_ERR_LIMIT; k = k->next) {
        if (k->kind != CH_NODE_ELEMENT)
            continue;
        bool asks = ch_svg_has(k, CH_SVGA_requiredExtensions) ||
                    ch_node_attr_str(k, CH_SVGA_systemLanguage).n > 0;
        if (n->elem == CH_SVG_switch && (asks || k->elem >= ch_svg_vocab.n_elements))
            continue;
        walk(s, k, st, m, NULL);
        if (n->elem == CH_SVG_switch)
            break;
    }
}

/* The length that `use` gives to a viewport, or else its own. */
static double
viewport_side(ch_svg *s, const ch_node *n, const ch_node *user, ch_svg_attribute attr, ch_axis axis,
              double otherwise)
{
    if (user && ch_svg_has(user, attr))
        n = user;
    return ch_svg_attr_length(s, n, attr, axis, 16, otherwise);
}

/* An svg inside another one, or a symbol that is used. */
static void
walk_viewport(ch_svg *s, const ch_node *n, const ch_node *user, const ch_svg_style *st, ch_matrix m)
{
    double box[4], view_w = s->view_w, view_h = s->view_h, x = 0, y = 0;
    around a = {.before = s->item.n};
    if (n->elem == CH_SVG_svg) {
        x = ch_svg_attr_length(s, n, CH_SVGA_x, CH_AXIS_X, 16, 0);
        y = ch_svg_attr_length(s, n, CH_SVGA_y, CH_AXIS_Y, 16, 0);
    }
    double w = viewport_side(s, n, user, CH_SVGA_width, CH_AXIS_X, view_w);
    double h = viewport_side(s, n, user, CH_SVGA_height, CH_AXIS_Y, view_h);
    if (!(w > 0 && h > 0))
        return;
    m = ch_matrix_join(m, (ch_matrix){1, 0, 0, 1, x, y});
    if (!st->overflow)
        clip_to_box(s, &m, 0, 0, w, h);
    a.inside  = s->item.n;
    s->view_w = w;
    s->view_h = h;
    if (ch_svg_view_box(s, n, box)) {
        m         = ch_matrix_join(m, ch_svg_fit(s, n, box, w, h));
        s->view_w = box[2];
        s->view_h = box[3];
    }
    walk_children(s, n, st, m);
    s->view_w = view_w;
    s->view_h = view_h;
    close_around(s, a);
}

static void
walk_use(ch_svg *s, const ch_node *n, const ch_svg_style *st, ch_matrix m)
{
    bool           given;
    const ch_node *to = ch_svg_href(s, n, "element", &given);
    double         x  = ch_svg_attr_length(s, n, CH_SVGA_x, CH_AXIS_X, st->font_size, 0);
    double         y  = ch_svg_attr_length(s, n, CH_SVGA_y, CH_AXIS_Y, st->font_size, 0);
    if (!to || !enter(s, to, n->where))
        return;
    walk(s, to, st, ch_matrix_join(m, (ch_matrix){1, 0, 0, 1, x, y}), n);
    leave(s);
}

static void
walk_inside(ch_svg *s, const ch_node *n, const ch_node *user, const ch_svg_style *st, ch_matrix m)
{
    around a = {.before = s->item.n};
    if (st->opacity <= 0)
        return;
    bool seen = open_clip_path(s, st, NULL, &m);
    if (st->opacity < 1)
        add_item(s, CH_DRAW_GROUP)->alpha = st->opacity;
    a.inside = s->item.n;
    if (seen && n->elem == CH_SVG_use)
        walk_use(s, n, st, m);
    else if (seen && (n->elem == CH_SVG_svg || n->elem == CH_SVG_symbol))
        walk_viewport(s, n, user, st, m);
    else if (seen)
        walk_children(s, n, st, m);
    close_around(s, a);
}

/* user: the `use` that brought us here. */
static void
walk(ch_svg *s, const ch_node *n, const ch_svg_style *parent, ch_matrix m, const ch_node *user)
{
    ch_svg_style st;
    ch_path      path;
    if (!step(s) || n->elem >= ch_svg_vocab.n_elements)
        return;
    if (s->depth >= CH_SVG_DEPTH_MAX) {
        ch_svg_too_much(s, CH_SVG_DEPTH_MAX, "elements inside each other");
        return;
    }
    if (n->elem > CH_SVG_polygon && n->elem != CH_SVG_text)
        return; /* what is only referred to, and what draws nothing */
    if (n->elem == CH_SVG_defs || n->elem == CH_SVG_style || (n->elem == CH_SVG_symbol && !user))
        return;
    ch_svg_style_of(s, n, parent, &st);
    if (st.none || s->status == CH_ERR_LIMIT)
        return;
    m = ch_matrix_join(m, ch_svg_attr_transform(s, n, CH_SVGA_transform));
    s->depth++;
    if (n->elem == CH_SVG_text) {
        if (ch_svg_fault(s, n->where)) {
            ch_report(s->cx, CH_E7018_svg_text, n->where);
            ch_hint(s->cx, "turn it into paths where the drawing is made");
        }
    } else if (n->elem == CH_SVG_none) {
        ch_svg_left_out(s, n->text, n->where);
    } else if (ch_svg_shape(s, n, st.font_size, &path)) {
        if (s->status != CH_ERR_LIMIT)
            draw_shape(s, &st, &path, &m);
    } else {
        walk_inside(s, n, user, &st, m);
    }
    s->depth--;
}

/* ---- the whole --------------------------------------------------------------------------- */

bool
ch_svg_is(ch_str b)
{
    size_t at = ch_str_starts(b, "\xEF\xBB\xBF") ? 3 : 0;
    for (; at < b.n && at < 65536; at++) {
        if (b.p[at] == ' ' || b.p[at] == '\t' || b.p[at] == '\n' || b.p[at] == '\r')
            continue;
        if (b.p[at] != '<')
            return false;
        ch_str rest = ch_str_sub(b, at, b.n);
        if (ch_str_starts(rest, "<!--")) {
            for (at += 6;
                 at < b.n && !(b.p[at - 2] == '-' && b.p[at - 1] == '-' && b.p[at] == '>');)
                at++;
        } else if (ch_str_starts(rest, "<?") || ch_str_starts(rest, "<!")) {
            for (bool inside = false; at < b.n && (inside || b.p[at] != '>'); at++)
                inside = b.p[at] == '[' || (inside && b.p[at] != ']');
        } else {
            size_t colon = 1;
            (void)ch_svg_word(rest, &colon);
            colon = colon < rest.n && rest.p[colon] == ':' ? colon + 1 : 1;
            return ch_str_starts(ch_str_sub(rest, colon, rest.n), "svg");
        }
    }
    return false;
}

static void
collect_ids(ch_svg *s)
{
    for (const ch_node *n = s->root; n; n = ch_node_walk(n, s->root)) {
        ch_str id = n->kind == CH_NODE_ELEMENT && n->elem < ch_svg_vocab.n_elements
                        ? ch_str_trim(ch_node_attr_str(n, CH_SVGA_id))
                        : CH_STR_EMPTY;
        if (id.n > 0 && !ch_map_lookup(s->by_id, id))
            ch_map_put(s->by_id, id, (void *)(uintptr_t)n);
    }
}

/* A side of the drawing as it gives it itself; 0: it does not, or in parts of what is around. */
static double
own_side(ch_svg *s, ch_svg_attribute attr)
{
    ch_str v = ch_str_trim(ch_node_attr_str(s->root, (int)attr));
    if (v.n == 0 || v.p[v.n - 1] == '%')
        return 0;
    double side = ch_svg_attr_length(s, s->root, attr, CH_AXIS_BOTH, 16, 0);
    return side > 0 && side < 1e6 ? side : 0;
}

/* Width and height in px, the view box within them, and from there to the drawing. */
static bool
lay_out(ch_svg *s, ch_drawing *d, ch_matrix *m)
{
    double box[4], w = own_side(s, CH_SVGA_width), h = own_side(s, CH_SVGA_height);
    bool   has_box = ch_svg_view_box(s, s->root, box);
    if (has_box) {
        if (w == 0 && h == 0)
            w = box[2];
        if (w == 0)
            w = h * box[2] / box[3];
        if (h == 0)
            h = w * box[3] / box[2];
    }
    if (!(w > 1e-6 && h > 1e-6 && w / h < 1000 && h / w < 1000)) {
        if (s->status == CH_OK && ch_svg_fault(s, s->root->where))
            ch_report(s->cx, CH_E7021_svg_no_size, s->root->where, CH_ARG(s->name));
        return false;
    }
    double k     = CH_DRAWING_SIDE / fmax(w, h);
    d->width     = w * k;
    d->height    = h * k;
    d->natural_w = (ch_len)llround(fmin(w, 1e6) * 0.75 * (double)CH_PT);
    d->natural_h = (ch_len)llround(fmin(h, 1e6) * 0.75 * (double)CH_PT);
    *m           = (ch_matrix){k, 0, 0, k, 0, 0};
    s->view_w    = w;
    s->view_h    = h;
    if (has_box) {
        *m        = ch_matrix_join(*m, ch_svg_fit(s, s->root, box, w, h));
        s->view_w = box[2];
        s->view_h = box[3];
    }
    return true;
}

static void
draw(ch_svg *s, ch_drawing *d)
{
    ch_matrix    m;
    ch_svg_style st;
    ch_svg_sheets(s);
    if (s->status == CH_ERR_LIMIT || !lay_out(s, d, &m))
        return;
    ch_svg_style_of(s, s->root, &ch_svg_first_style, &st);
    around a    = {.before = s->item.n};
    bool   seen = !st.none && st.opacity > 0 && open_clip_path(s, &st, NULL, &m);
    if (st.opacity < 1)
        add_item(s, CH_DRAW_GROUP)->alpha = st.opacity;
    a.inside = s->item.n;
    if (seen)
        walk_children(s, s->root, &st, m);
    close_around(s, a);
    d->item = s->item.at;
    d->n    = s->item.n;
    if (d->n == 0 && s->status == CH_OK)
        ch_report(s->cx, CH_W7026_svg_empty, s->root->where, CH_ARG(s->name));
}

ch_status
ch_svg_read(ch_ctx *cx, ch_str name, ch_str bytes, const ch_drawing **out)
{
    ch_svg s      = {.cx = cx, .name = name, .bytes = bytes, .status = CH_OK};
    ch_ctx narrow = *cx;
    if (narrow.limits.nodes > NODES_MAX)
        narrow.limits.nodes = NODES_MAX;
    ch_status st = ch_xml_read_loose(&narrow, &ch_svg_vocab, name, bytes, &s.root);
    *out         = NULL;
    if (st != CH_OK)
        return st;
    s.source = s.root->where.source;
    if (s.root->elem != CH_SVG_svg) {
        ch_report(cx, CH_E7015_svg_not_svg, s.root->where, CH_ARG(name));
        ch_hint(cx, "write xmlns=\"%s\" on its first element", ch_svg_vocab.ns);
        return CH_ERR_INPUT;
    }
    ch_drawing *d = CH_NEW(cx->job, ch_drawing);
    s.by_id       = ch_map_new(cx->job);
    s.told        = ch_map_new(cx->job);
    s.faulty      = ch_map_new(cx->job);
    s.stops       = ch_map_new(cx->job);
    ch_svg_guard(&s);
    collect_ids(&s);
    draw(&s, d);
    if (s.status == CH_OK)
        *out = d;
    return s.status;
}
