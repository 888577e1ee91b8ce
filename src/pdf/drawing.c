/* pdf/drawing.c -- paths, pens, gradients and groups in PDF's operators.
 *
 * The form's own space is the drawing's: y runs down, and the form's matrix makes the unit
 * square of it.  A gradient is a shading pattern; where its stops differ in alpha, a second one
 * in grey is the soft mask.  A group with alpha is a form with a transparency group. */
#include "pdf/drawing.h"

#include "pdf/put.h"

#include <math.h>
#include <string.h>

#define LEVEL 6
#define PLACES 2 /* decimals of a coordinate: a hundred-thousandth of the longer side */
#define FINE 7   /* of a matrix */

/* What a content stream is and uses. */
typedef struct sheet {
    ch_buf  content;
    ch_buf  pattern, state, form; /* entries of its resources */
    ch_map *named;                /* which are there */
} sheet;

typedef struct writer {
    ch_arena         *a;
    ch_haru          *h;
    ch_packer        *packer;
    const ch_drawing *d;
    bool              black, alpha, failed;
    ch_buf           *digest;
    ch_map           *made;      /* names of objects by what they are */
    ch_map           *functions; /* of gradients, by the address of their stops */
    size_t            names;
    size_t            at; /* the next item */
} writer;

/* ---- numbers ----------------------------------------------------------------------------- */

static void
put(ch_buf *b, double v, int places)
{
    static const double scale[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7};
    v                           = v > 1e8 ? 1e8 : v < -1e8 ? -1e8 : v == v ? v : 0;
    ch_buf_fixed(b, llround(v * scale[places]), places);
    ch_buf_putc(b, ' ');
}

static void
put_matrix(ch_buf *b, const ch_matrix *m)
{
    put(b, m->a, FINE);
    put(b, m->b, FINE);
    put(b, m->c, FINE);
    put(b, m->d, FINE);
    put(b, m->e, FINE - 3);
    put(b, m->f, FINE - 3);
}

static void
put_colour(ch_buf *b, uint32_t rgb, bool stroke)
{
    uint32_t v[] = {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    int      n   = v[0] == v[1] && v[1] == v[2] ? 1 : 3;
    for (int i = 0; i < n; i++)
        put(b, v[i] / 255.0, 3);
    ch_buf_puts(b, n == 1 ? (stroke ? "G " : "g ") : (stroke ? "RG " : "rg "));
}

static uint32_t
colour(const writer *w, uint32_t rgb)
{
    return w->black ? ch_colour_black(rgb) : rgb;
}

/* ---- objects ----------------------------------------------------------------------------- */

static sheet
sheet_new(writer *w)
{
    sheet s;
    ch_buf_init(&s.content, w->a);
    ch_buf_init(&s.pattern, w->a);
    ch_buf_init(&s.state, w->a);
    ch_buf_init(&s.form, w->a);
    s.named = ch_map_new(w->a);
    return s;
}

static void
put_resources(ch_buf *b, const sheet *s)
{
    ch_buf_puts(b, "/Resources<<");
    if (s->pattern.n > 0)
        ch_buf_printf(b, "/Pattern<<%s>>", s->pattern.p);
    if (s->state.n > 0)
        ch_buf_printf(b, "/ExtGState<<%s>>", s->state.p);
    if (s->form.n > 0)
        ch_buf_printf(b, "/XObject<<%s>>", s->form.p);
    ch_buf_puts(b, ">>");
}

/* A form of all that the sheet holds; entries come first in its dictionary. */
static ch_haru_dict *
make_form(writer *w, const sheet *s, ch_str entries)
{
    ch_buf b;
    ch_str bytes = ch_buf_view(&s->content), packed;
    ch_buf_init(&b, w->a);
    uint64_t hash = ch_hash(bytes.p, bytes.n, 0);
    ch_buf_add(w->digest, &hash, sizeof hash);
    if (!ch_pack(w->packer, w->a, bytes, LEVEL, &packed)) {
        w->failed = true;
        return NULL;
    }
    ch_buf_str(&b, entries);
    ch_buf_puts(&b, "/BBox[0 0 ");
    put(&b, w->d->width, PLACES);
    put(&b, w->d->height, PLACES);
    ch_buf_puts(&b, "]");
    put_resources(&b, s);
    ch_haru_dict *form = ch_haru_stream_new(w->h, packed, true);
    ch_haru_name(w->h, form, "Type", "XObject");
    ch_haru_name(w->h, form, "Subtype", "Form");
    ch_haru_entries(w->h, form, ch_buf_view(&b));
    return form;
}

typedef struct made {
    ch_str   name;
    uint32_t id;
} made;

/* The object that this text says, made once, named among the resources of a kind. */
static ch_str
use(writer *w, sheet *s, ch_buf *kind, ch_str text)
{
    made *m = ch_map_lookup(w->made, text);
    if (!m) {
        m               = CH_NEW(w->a, made);
        ch_haru_dict *d = ch_haru_dict_new(w->h);
        ch_haru_entries(w->h, d, ch_arena_str(w->a, text));
        ch_buf_str(w->digest, text);
        m->id   = ch_haru_id(d);
        m->name = ch_arena_printf(w->a, "R%zu", ++w->names);
        ch_map_put(w->made, text, m);
    }
    if (!ch_map_lookup(s->named, m->name)) {
        ch_map_put(s->named, m->name, m);
        ch_buf_printf(kind, "/%s", m->name.p);
        ch_put_ref(kind, m->id);
    }
    return m->name;
}

/* ---- gradients --------------------------------------------------------------------------- */

/* What a function gives at a stop: a colour, or its alpha as a grey. */
static void
put_value(const writer *w, ch_buf *b, const ch_stop *stop, bool mask)
{
    uint32_t rgb = colour(w, stop->rgb);
    ch_buf_putc(b, '[');
    if (mask) {
        put(b, stop->alpha, 4);
    } else {
        put(b, (rgb >> 16 & 255) / 255.0, 4);
        put(b, (rgb >> 8 & 255) / 255.0, 4);
        put(b, (rgb & 255) / 255.0, 4);
    }
    ch_buf_putc(b, ']');
}

static void
put_piece(const writer *w, ch_buf *b, const ch_stop *from, const ch_stop *to, bool mask)
{
    ch_buf_puts(b, "<</FunctionType 2/N 1/Domain[0 1]/C0");
    put_value(w, b, from, mask);
    ch_buf_puts(b, "/C1");
    put_value(w, b, to, mask);
    ch_buf_puts(b, ">>");
}

/* Places of stops count in ten-thousandths, so that no piece is empty when it is written. */
static long
tick(double at)
{
    return lround(at * 10000);
}

/* A stitched function from 0 to 1: constant before the first stop and behind the last. */
static void
put_function(const writer *w, ch_buf *b, const ch_gradient *g, bool mask)
{
    ch_buf bounds, pieces;
    size_t n    = 0;
    long   from = 0;
    ch_buf_init(&bounds, w->a);
    ch_buf_init(&pieces, w->a);
    for (size_t i = 0; i <= g->n; i++) {
        const ch_stop *a  = &g->stop[i > 0 ? i - 1 : 0];
        const ch_stop *z  = &g->stop[i < g->n ? i : g->n - 1];
        long           to = i < g->n ? tick(z->at) : 10000;
        if (to <= from)
            continue;
        if (n++ > 0)
            put(&bounds, (double)from / 10000, 4);
        put_piece(w, &pieces, a, z, mask);
        from = to;
    }
    ch_buf_printf(b, "/FunctionType 3/Domain[0 1]/Functions[%s]/Bounds[%s]/Encode[", pieces.p,
                  bounds.p);
    for (size_t i = 0; i < n; i++)
        ch_buf_puts(b, "0 1 ");
    ch_buf_puts(b, "]");
}

/* The object of a gradient's function: shapes that it is laid over share it. */
static uint32_t
function_of(writer *w, const ch_gradient *g, bool mask)
{
    char   where[sizeof g->stop + 1];
    ch_str key = {where, sizeof where};
    memcpy(where, &g->stop, sizeof g->stop);
    where[sizeof g->stop] = mask ? 'm' : 'c';
    made *m               = ch_map_lookup(w->functions, key);
    if (!m) {
        ch_buf b;
        ch_buf_init(&b, w->a);
        put_function(w, &b, g, mask);
        m               = CH_NEW(w->a, made);
        ch_haru_dict *d = ch_haru_dict_new(w->h);
        ch_haru_entries(w->h, d, ch_buf_view(&b));
        ch_buf_str(w->digest, ch_buf_view(&b));
        m->id = ch_haru_id(d);
        ch_map_put(w->functions, key, m);
    }
    return m->id;
}

static ch_str
pattern_text(writer *w, const ch_gradient *g, bool mask)
{
    ch_buf b;
    ch_buf_init(&b, w->a);
    ch_buf_puts(&b, "/PatternType 2/Matrix[");
    put_matrix(&b, &g->matrix);
    ch_buf_printf(&b, "]/Shading<</ShadingType %d/ColorSpace/%s/Extend[true true]/Coords[",
                  g->radial ? 3 : 2, mask ? "DeviceGray" : "DeviceRGB");
    put(&b, g->from.x, 6);
    put(&b, g->from.y, 6);
    if (g->radial)
        put(&b, g->r0, 6);
    put(&b, g->to.x, 6);
    put(&b, g->to.y, 6);
    if (g->radial)
        put(&b, g->r1, 6);
    ch_buf_puts(&b, "]/Function");
    ch_put_ref(&b, function_of(w, g, mask));
    ch_buf_puts(&b, ">>");
    return ch_buf_view(&b);
}

static bool
is_clear(const ch_paint *p)
{
    if (p->kind != CH_PAINT_GRADIENT)
        return false;
    for (size_t i = 0; i < p->gradient->n; i++)
        if (p->gradient->stop[i].alpha < 1)
            return true;
    return false;
}

/* A soft mask that lets a paint through as its gradient's stops do. */
static void
put_mask(writer *w, sheet *s, const ch_gradient *g)
{
    ch_str text = pattern_text(w, g, true);
    ch_str key  = ch_arena_printf(w->a, "mask %.*s", CH_ARG(text));
    made  *form = ch_map_lookup(w->made, key);
    if (!form) {
        sheet  m    = sheet_new(w);
        ch_str name = use(w, &m, &m.pattern, text);
        ch_buf_printf(&m.content, "/Pattern cs /%s scn 0 0 ", name.p);
        put(&m.content, w->d->width, PLACES);
        put(&m.content, w->d->height, PLACES);
        ch_buf_puts(&m.content, "re f\n");
        form = CH_NEW(w->a, made);
        form->id =
            ch_haru_id(make_form(w, &m, CH_STR_LIT("/Group<</S/Transparency/CS/DeviceGray>>")));
        ch_map_put(w->made, key, form);
    }
    ch_str state =
        use(w, s, &s->state,
            ch_arena_printf(w->a, "/SMask<</Type/Mask/S/Luminosity/G %u 0 R>>", form->id));
    ch_buf_printf(&s->content, "/%s gs ", state.p);
    w->alpha = true;
}

/* ---- paths ------------------------------------------------------------------------------- */

static void
put_path(ch_buf *b, const ch_path *p, const ch_matrix *m)
{
    static const char *const op[] = {"m ", "l ", "c ", "h "};
    const ch_point          *at   = p->point.at;
    for (size_t i = 0; i < p->verb.n; i++) {
        uint8_t verb = p->verb.at[i];
        size_t  n    = verb == CH_PATH_CURVE ? 3 : verb == CH_PATH_CLOSE ? 0 : 1;
        for (size_t k = 0; k < n; k++) {
            ch_point q = m ? ch_matrix_apply(m, *at) : *at;
            put(b, q.x, PLACES);
            put(b, q.y, PLACES);
            at++;
        }
        ch_buf_puts(b, op[verb]);
    }
}

static void
put_alpha(writer *w, sheet *s, double alpha, const char *entry)
{
    if (alpha >= 1)
        return;
    ch_buf b;
    ch_buf_init(&b, w->a);
    ch_buf_printf(&b, "/%s ", entry);
    put(&b, alpha, 4);
    ch_buf_printf(&s->content, "/%s gs ", use(w, s, &s->state, ch_buf_view(&b)).p);
    w->alpha = true;
}

static void
put_paint(writer *w, sheet *s, const ch_paint *p, bool stroke)
{
    put_alpha(w, s, p->alpha, stroke ? "CA" : "ca");
    if (p->kind == CH_PAINT_COLOUR) {
        put_colour(&s->content, colour(w, p->rgb), stroke);
        return;
    }
    if (is_clear(p))
        put_mask(w, s, p->gradient);
    ch_str name = use(w, s, &s->pattern, pattern_text(w, p->gradient, false));
    ch_buf_printf(&s->content, stroke ? "/Pattern CS /%s SCN " : "/Pattern cs /%s scn ", name.p);
}

static void
put_pen(ch_buf *b, const ch_pen *p)
{
    put(b, p->width, PLACES + 1);
    ch_buf_puts(b, "w ");
    if (p->cap != CH_CAP_BUTT)
        ch_buf_printf(b, "%d J ", (int)p->cap);
    if (p->join != CH_JOIN_MITER)
        ch_buf_printf(b, "%d j ", (int)p->join);
    else if (p->miter != 10) { /* PDF's own */
        put(b, p->miter, 3);
        ch_buf_puts(b, "M ");
    }
    if (p->dashes == 0)
        return;
    ch_buf_putc(b, '[');
    for (size_t i = 0; i < p->dashes; i++)
        put(b, p->dash[i], PLACES);
    ch_buf_puts(b, "] ");
    put(b, p->offset, PLACES);
    ch_buf_puts(b, "d ");
}

/* The way back, of the part that turns and skews; its area is 1. */
static ch_matrix
inverse(const ch_matrix *m)
{
    double det = m->a * m->d - m->b * m->c;
    return (ch_matrix){m->d / det, -m->b / det, -m->c / det, m->a / det, 0, 0};
}

static void
fill(writer *w, sheet *s, const ch_drawing_item *it)
{
    ch_buf_puts(&s->content, "q ");
    put_paint(w, s, &it->fill, false);
    put_path(&s->content, &it->path, NULL);
    ch_buf_puts(&s->content, it->even_odd ? "f* Q\n" : "f Q\n");
}

static void
stroke(writer *w, sheet *s, const ch_drawing_item *it)
{
    ch_buf *b = &s->content;
    ch_buf_puts(b, "q ");
    put_paint(w, s, &it->stroke, true);
    put_pen(b, &it->pen);
    if (it->pen.skewed) {
        ch_matrix back = inverse(&it->pen.matrix);
        put_matrix(b, &it->pen.matrix);
        ch_buf_puts(b, "cm ");
        put_path(b, &it->path, &back);
    } else {
        put_path(b, &it->path, NULL);
    }
    ch_buf_puts(b, "S Q\n");
}

/* One path for both where that is the same. */
static bool
in_one(const ch_drawing_item *it)
{
    return it->fill.kind == CH_PAINT_COLOUR && it->stroke.kind == CH_PAINT_COLOUR &&
           it->fill.alpha >= 1 && it->stroke.alpha >= 1 && !it->pen.skewed;
}

static void
draw_path(writer *w, sheet *s, const ch_drawing_item *it)
{
    if (in_one(it)) {
        ch_buf_puts(&s->content, "q ");
        put_paint(w, s, &it->fill, false);
        put_paint(w, s, &it->stroke, true);
        put_pen(&s->content, &it->pen);
        put_path(&s->content, &it->path, NULL);
        ch_buf_puts(&s->content, it->even_odd ? "B* Q\n" : "B Q\n");
        return;
    }
    if (it->fill.kind != CH_PAINT_NONE)
        fill(w, s, it);
    if (it->stroke.kind != CH_PAINT_NONE)
        stroke(w, s, it);
}

/* ---- groups ------------------------------------------------------------------------------ */

static void draw_items(writer *w, sheet *s);

static void
draw_group(writer *w, sheet *s, double alpha)
{
    sheet g = sheet_new(w);
    draw_items(w, &g);
    ch_haru_dict *form =
        make_form(w, &g, CH_STR_LIT("/Group<</S/Transparency/CS/DeviceRGB/I true>>"));
    ch_str name = ch_arena_printf(w->a, "R%zu", ++w->names);
    ch_buf_printf(&s->form, "/%s", name.p);
    ch_put_ref(&s->form, ch_haru_id(form));
    ch_buf_puts(&s->content, "q ");
    put_alpha(w, s, alpha, "CA 1/ca");
    ch_buf_printf(&s->content, "/%s Do Q\n", name.p);
}

/* Up to the END of what was open before; it is passed, too. */
static void
draw_items(writer *w, sheet *s)
{
    while (w->at < w->d->n && !w->failed) {
        const ch_drawing_item *it = &w->d->item[w->at++];
        switch (it->kind) {
        case CH_DRAW_PATH:
            draw_path(w, s, it);
            break;
        case CH_DRAW_CLIP:
            ch_buf_puts(&s->content, "q ");
            put_path(&s->content, &it->path, NULL);
            ch_buf_puts(&s->content, it->even_odd ? "W* n\n" : "W n\n");
            draw_items(w, s);
            ch_buf_puts(&s->content, "Q\n");
            break;
        case CH_DRAW_GROUP:
            draw_group(w, s, it->alpha);
            break;
        case CH_DRAW_END:
            return;
        }
    }
}

bool
ch_pdf_drawing_write(ch_arena *a, ch_haru *h, ch_packer *packer, const ch_drawing *d, bool black,
                     ch_buf *digest, ch_drawing_out *out)
{
    writer w    = {.a = a, .h = h, .packer = packer, .d = d, .black = black, .digest = digest};
    w.made      = ch_map_new(a);
    w.functions = ch_map_new(a);
    sheet s     = sheet_new(&w);
    draw_items(&w, &s);
    ch_buf b;
    ch_buf_init(&b, a);
    ch_buf_puts(&b, "/Matrix[");
    ch_buf_fixed(&b, llround(1e9 / d->width), 9);
    ch_buf_puts(&b, " 0 0 ");
    ch_buf_fixed(&b, -llround(1e9 / d->height), 9);
    ch_buf_puts(&b, " 0 1]");
    if (w.alpha)
        ch_buf_puts(&b, "/Group<</S/Transparency/CS/DeviceRGB>>");
    out->form  = make_form(&w, &s, ch_buf_view(&b));
    out->alpha = w.alpha;
    return !w.failed;
}
