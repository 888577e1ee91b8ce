/* style/sheet_dump.c -- a sheet as text: geometry, parts, roles with every property. */
#include "style/sheet_data.h"

static const char *const ALIGNS[] = {"start", "end", "center", "justify", "left", "right"};
static const char *const CASES[]  = {"as-is", "upper", "small-caps"};
static const char *const FACES[]  = {"serif", "sans", "mono"};

static void
put_len(ch_buf *out, const char *name, ch_len v)
{
    ch_buf_printf(out, " %s=", name);
    ch_len_print(out, v);
}

static void
put_margins(ch_buf *out, const char *page, const ch_margins *m)
{
    ch_buf_printf(out, "margins %s", page);
    put_len(out, "top", m->top);
    put_len(out, "bottom", m->bottom);
    put_len(out, "start", m->start);
    put_len(out, "end", m->end);
    ch_buf_putc(out, '\n');
}

static void
put_LEN(ch_buf *out, const char *name, ch_len v, ch_len dflt)
{
    if (v != dflt)
        put_len(out, name, v);
}

static void
put_marks(ch_buf *out, const ch_marks *m)
{
    if (m->folds == 0 && m->punch == 0)
        return;
    ch_buf_puts(out, "marks");
    for (unsigned i = 0; i < m->folds; i++)
        put_len(out, "fold", m->fold[i]);
    put_LEN(out, "punch", m->punch, 0);
    put_len(out, "left", m->left);
    put_len(out, "width", m->width);
    put_len(out, "thickness", m->thickness);
    ch_buf_putc(out, '\n');
}

static void
put_geometry(ch_buf *out, const ch_geometry *g)
{
    ch_buf_puts(out, "paper");
    put_len(out, "width", g->width);
    put_len(out, "height", g->height);
    ch_buf_putc(out, '\n');
    put_margins(out, "first", &g->first);
    put_margins(out, "next", &g->next);
    ch_buf_puts(out, "running");
    put_len(out, "head", g->head_top);
    put_len(out, "foot", g->foot_bottom);
    ch_buf_puts(out, "\nletterhead");
    put_len(out, "top", g->letterhead_top);
    put_LEN(out, "height", g->letterhead_height, 0);
    put_len(out, "gap", g->letterhead_gap);
    ch_buf_puts(out, "\nnotes");
    put_len(out, "gap", g->note_gap);
    put_len(out, "rule", g->note_rule);
    put_len(out, "width", g->note_rule_width);
    ch_buf_printf(out, "\npages fill=%s number-single=%s%s\n",
                  g->bottom_ragged ? "ragged" : "flush", g->number_single_page ? "yes" : "no",
                  g->own_numbers ? " attachments=own" : "");
    put_marks(out, &g->marks);
    if (g->window.w == 0)
        return;
    ch_buf_puts(out, "window");
    put_len(out, "x", g->window.x);
    put_len(out, "y", g->window.y);
    put_len(out, "width", g->window.w);
    put_len(out, "height", g->window.h);
    put_LEN(out, "indent", g->zones.indent, 0);
    put_LEN(out, "return", g->zones.returns, 0);
    put_LEN(out, "remarks", g->zones.remarks, 0);
    if (g->zones.lines)
        ch_buf_printf(out, " lines=%u", g->zones.lines);
    ch_buf_putc(out, '\n');
}

static void
put_NUM(ch_buf *out, const char *name, int32_t v, int32_t dflt)
{
    if (v != dflt)
        ch_buf_printf(out, " %s=%d", name, (int)v);
}

static void
put_PCT(ch_buf *out, const char *name, int32_t v, int32_t dflt)
{
    if (v == dflt)
        return;
    ch_buf_printf(out, " %s=", name);
    ch_buf_fixed(out, v, 1);
    ch_buf_putc(out, '%');
}

static void
put_BOOL(ch_buf *out, const char *name, bool v, bool dflt)
{
    if (v != dflt)
        ch_buf_printf(out, " %s=%s", name, v ? "yes" : "no");
}

static void
put_STR(ch_buf *out, const char *name, ch_str v, const char *dflt)
{
    if (!ch_str_is(v, dflt))
        ch_buf_printf(out, " %s=\"%.*s\"", name, CH_ARG(v));
}

static void
put_COLOUR(ch_buf *out, const char *name, uint32_t v, uint32_t dflt)
{
    if (v != dflt)
        ch_buf_printf(out, " %s=#%06x", name, (unsigned)v);
}

static void
put_ENUM_FACE(ch_buf *out, const char *name, ch_font_role v, ch_font_role dflt)
{
    if (v != dflt)
        ch_buf_printf(out, " %s=%s", name, FACES[v]);
}

static void
put_ENUM_CASE(ch_buf *out, const char *name, ch_case v, int dflt)
{
    if (v != (ch_case)dflt)
        ch_buf_printf(out, " %s=%s", name, CASES[v]);
}

static void
put_ENUM_ALIGN(ch_buf *out, const char *name, ch_align v, int dflt)
{
    if (v != (ch_align)dflt)
        ch_buf_printf(out, " %s=%s", name, ALIGNS[v]);
}

/* The properties that are not at their defaults; size and leading always. */
static void
put_props(ch_buf *out, const ch_props *p)
{
    put_len(out, "size", p->size);
    put_len(out, "leading", p->leading);
    ch_props rest = *p;
    rest.size     = 11 * CH_PT;
    rest.leading  = 14 * CH_PT;
#define PROP(attr, field, type, dflt) put_##type(out, attr, rest.field, dflt);
#include "style/props.def"
#undef PROP
}

void
ch_sheet_dump(ch_buf *out, const ch_sheet *s)
{
    ch_buf_printf(out, "style %.*s", CH_ARG(s->name));
    for (const ch_sheet *p = s->parent; p; p = p->parent)
        ch_buf_printf(out, " extends %.*s", CH_ARG(p->name));
    ch_buf_putc(out, '\n');
    put_geometry(out, &s->geometry);
    for (int r = 0; r < CH_TYPE_COUNT; r++) {
        ch_buf_printf(out, "role %s", ch_type_role_name((ch_type_role)r));
        put_props(out, &s->role[r]);
        ch_buf_putc(out, '\n');
    }
}
