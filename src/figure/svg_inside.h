/* figure/svg_inside.h -- what the parts of the reader of SVG share.  For svg_*.c alone. */
#ifndef CH_FIGURE_SVG_INSIDE_H
#define CH_FIGURE_SVG_INSIDE_H

#include "figure/svg.h"
#include "figure/svg_lex.h"
#include "figure/svg_vocab.h"

#include "input/xml.h"

#define CH_SVG_RULES_MAX 500u /* selectors of the style sheets */
#define CH_SVG_DEPTH_MAX 200u /* of elements drawn inside each other, `use` followed */
#define CH_SVG_DECLARATIONS_MAX 2000u
#define CH_SVG_WORK_MAX ((size_t)1 << 29) /* bytes of tags looked through */
#define CH_SVG_CLASSES_MAX 4u             /* in one selector */

typedef enum ch_svg_prop {
#define PROPERTY(name, xml) CH_P_##name,
#include "figure/svg_props.def"
    CH_P_COUNT
} ch_svg_prop;

/* ---- style ---- */

typedef enum ch_ink_kind { CH_INK_NONE, CH_INK_COLOUR, CH_INK_CURRENT, CH_INK_SERVER } ch_ink_kind;
typedef struct ch_ink {
    ch_ink_kind kind, fallback; /* of a SERVER that is not there: NONE, COLOUR, CURRENT */
    bool        has_fallback;
    uint32_t    rgb;
    double      alpha;
    ch_str      id; /* SERVER */
    ch_where    where;
} ch_ink;

typedef struct ch_svg_style {
    /* inherited */
    uint32_t      colour;
    double        font_size;
    ch_ink        fill, stroke;
    double        fill_opacity, stroke_opacity;
    bool          even_odd, clip_even_odd, hidden;
    double        width, miter, dash_offset;
    ch_line_cap   cap;
    ch_line_join  join;
    const double *dash;
    size_t        dashes;
    /* not inherited */
    bool     none, overflow;
    double   opacity;
    ch_str   clip; /* id of a clipPath, or empty */
    ch_where clip_where;
    ch_ink   stop;
    double   stop_opacity;
} ch_svg_style;

typedef struct ch_svg_decl {
    ch_svg_prop prop;
    bool        important;
    ch_str      value;
    ch_where    where;
} ch_svg_decl;

typedef struct ch_svg_rule {
    ch_str   element, id; /* empty: any */
    ch_str   klass[CH_SVG_CLASSES_MAX];
    size_t   classes;
    unsigned weight;   /* ids, classes, elements: 10000, 100, 1 each */
    size_t   from, to; /* in the declarations */
} ch_svg_rule;

typedef struct ch_svg {
    ch_ctx        *cx;
    ch_str         name, bytes;
    uint32_t       source;
    const ch_node *root;
    ch_map        *by_id;     /* ch_node */
    ch_map        *told;      /* names that were said to be left out */
    ch_map        *faulty;    /* places */
    ch_map        *stops;     /* of gradients, by the address of their element */
    CH_VEC(ch_svg_rule) rule; /* lightest first, as in the file among equals */
    CH_VEC(ch_svg_decl) decl;
    CH_VEC(ch_drawing_item) item;
    CH_VEC(const ch_node *) chain; /* the references being followed */
    double    view_w, view_h;      /* what percentages are of */
    size_t    steps, points, depth, work;
    ch_status status;
} ch_svg;

/* ---- svg_tell.c: diagnostics ---- */

/* Note a fault; false when it is not to be reported: its place is known (an element may be looked
 * at more than once), or so many have been that one more helps nobody. */
bool ch_svg_fault(ch_svg *s, ch_where where);
void ch_svg_bad_value(ch_svg *s, ch_where where, const char *what, ch_str value, const char *must);
/* Has this not been told yet?  And is there room to tell it? */
bool ch_svg_first_time(ch_svg *s, ch_str what);
void ch_svg_left_out(ch_svg *s, ch_str name, ch_where where);
void ch_svg_too_much(ch_svg *s, unsigned limit, const char *what);
/* Where a part of a text of the file stands; `whole` when it was copied. */
ch_where ch_svg_where(const ch_svg *s, ch_str part, ch_where whole);
/* Report every program and every reference outside the file. */
void ch_svg_guard(ch_svg *s);

/* ---- svg_attr.c: attributes ---- */

typedef enum ch_axis { CH_AXIS_X, CH_AXIS_Y, CH_AXIS_BOTH } ch_axis;

bool ch_svg_has(const ch_node *n, ch_svg_attribute attr);
/* A length in user units: "2.5", "3mm", "40%", "1em". */
bool   ch_svg_length(const ch_svg *s, ch_str v, size_t *at, ch_axis axis, double em, double *out);
double ch_svg_attr_length(ch_svg *s, const ch_node *n, ch_svg_attribute attr, ch_axis axis,
                          double em, double otherwise);
/* A number, or a percentage as a part of 1. */
double    ch_svg_attr_part(ch_svg *s, const ch_node *n, ch_svg_attribute attr, double otherwise);
ch_matrix ch_svg_attr_transform(ch_svg *s, const ch_node *n, ch_svg_attribute attr);
/* The element that href names; NULL, and reported, when there is none.  Empty: no href. */
const ch_node *ch_svg_href(ch_svg *s, const ch_node *n, const char *what, bool *given);
/* "url(#id)": the id; *at behind it. */
bool ch_svg_url(ch_str v, size_t *at, ch_str *id);
/* "0 0 100 50"; false: absent or (reported) wrong. */
bool ch_svg_view_box(ch_svg *s, const ch_node *n, double box[4]);
/* From the view box to a viewport of this size at (0, 0), as preserveAspectRatio says. */
ch_matrix ch_svg_fit(ch_svg *s, const ch_node *n, const double box[4], double w, double h);
/* The outline of a shape in its own units; false: it is none. */
bool ch_svg_shape(ch_svg *s, const ch_node *n, double em, ch_path *out);

/* ---- svg_css.c, svg_style.c ---- */

/* "a: b; c: d !important" */
void ch_svg_declarations(ch_svg *s, ch_str text, ch_where whole);
void ch_svg_sheets(ch_svg *s);
bool ch_svg_rule_matches(const ch_svg_rule *r, const ch_node *n);

extern const ch_svg_style ch_svg_first_style;
void ch_svg_style_of(ch_svg *s, const ch_node *n, const ch_svg_style *parent, ch_svg_style *out);
/* With all that stands around it in the file. */
void ch_svg_style_at(ch_svg *s, const ch_node *n, ch_svg_style *out);

/* ---- svg_paint.c ---- */

/* path: in the units that `to` maps to the drawing's. */
ch_paint ch_svg_paint(ch_svg *s, const ch_svg_style *st, const ch_ink *ink, double opacity,
                      const ch_path *path, const ch_matrix *to);
ch_pen   ch_svg_pen(ch_svg *s, const ch_svg_style *st, const ch_matrix *to);

#endif
