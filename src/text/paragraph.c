/* text/paragraph.c -- joining a paragraph's spans, and the order of the work. */
#include "text/text.h"

#include "text/inside.h"
#include "text/kept.h"

#include <string.h>
#include <unicode/ustring.h>

/* ---- joining ---- */

/* White space that is no space, and separators: one byte each, or the forced break. */
static void
add_plain(ch_buf *b, ch_str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool separator  = c == 0xE2 && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0x80 &&
                         ((unsigned char)text.p[i + 2] & 0xFE) == 0xA8;
        if (c >= 0x20 && c != 0x7F && !separator)
            continue;
        ch_buf_add(b, text.p + from, i - from);
        ch_buf_putc(b, separator ? '\n' : ' ');
        i += separator ? 2 : 0;
        from = i + 1;
    }
    ch_buf_add(b, text.p + from, text.n - from);
}

/* In capitals, by the rules of the language; the text is then another one for all that follow. */
static ch_str
capitals(ch_ctx *cx, ch_str text, ch_str lang)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t    n = 0, big = 0, bytes = 0;
    size_t     room = 3 * text.n + 8;
    if (text.n == 0 || text.n > INT32_MAX / 16)
        return text;
    ch_str name = ch_arena_str(cx->scratch, lang);
    UChar *low = CH_NEW_N(cx->scratch, UChar, text.n + 1), *up = CH_NEW_N(cx->scratch, UChar, room);
    char  *out = CH_NEW_N(cx->scratch, char, 3 * room);
    u_strFromUTF8(low, (int32_t)text.n + 1, &n, text.p, (int32_t)text.n, &e);
    big = u_strToUpper(up, (int32_t)room, low, n, name.p, &e);
    u_strToUTF8(out, (int32_t)(3 * room), &bytes, up, big, &e);
    return U_FAILURE(e) ? text : (ch_str){out, (size_t)bytes};
}

static void
add_span(ch_ctx *cx, ch_buf *b, const ch_span *span)
{
    switch (span->kind) {
    case CH_SPAN_BREAK:
        ch_buf_putc(b, '\n');
        break;
    case CH_SPAN_LEADER:
        ch_buf_putc(b, ' ');
        break;
    default:
        if (span->type->letter_case == CH_CASE_UPPER)
            add_plain(b, capitals(cx, span->text, span->lang));
        else
            add_plain(b, span->text);
    }
}

/* Does anything here need the bidirectional algorithm? */
static bool
is_rtl(uint32_t cp)
{
    if (cp < 0x590)
        return false;
    return cp <= 0x8FF || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
           (cp >= 0xFE70 && cp <= 0xFEFF) || (cp >= 0x10800 && cp <= 0x10FFF) ||
           (cp >= 0x1E800 && cp <= 0x1EFFF);
}

static void
add_units(ch_ctx *cx, ch_joined *j)
{
    j->unit  = CH_NEW_N(cx->scratch, uint16_t, j->text.n + 1);
    j->byte  = CH_NEW_N(cx->scratch, uint32_t, j->text.n + 1);
    size_t n = 0;
    j->ascii = true;
    for (size_t i = 0; i < j->text.n;) {
        uint32_t      at = (uint32_t)i;
        unsigned char c  = (unsigned char)j->text.p[i];
        if (c < 0x80) {
            j->byte[n]   = at;
            j->unit[n++] = c;
            i++;
            continue;
        }
        uint32_t cp = ch_utf8_next(j->text, &i);
        j->ascii    = false;
        j->rtl      = j->rtl || is_rtl(cp);
        j->byte[n]  = at;
        if (cp < 0x10000) {
            j->unit[n++] = (uint16_t)cp;
            continue;
        }
        j->unit[n++] = (uint16_t)(0xD7C0 + (cp >> 10));
        j->byte[n]   = at;
        j->unit[n++] = (uint16_t)(0xDC00 | (cp & 0x3FF));
    }
    j->byte[n] = (uint32_t)j->text.n;
    j->n_units = n;
}

ch_joined *
ch_text_join(ch_ctx *cx, const ch_para *para)
{
    ch_joined *j    = CH_NEW(cx->scratch, ch_joined);
    size_t    *from = CH_NEW_N(cx->scratch, size_t, para->n + 1);
    ch_buf     b;
    ch_buf_init(&b, cx->scratch);
    for (size_t i = 0; i < para->n; i++) {
        from[i] = b.n;
        add_span(cx, &b, &para->span[i]);
    }
    from[para->n] = b.n;
    j->para       = para;
    j->text       = ch_arena_str(cx->job, ch_buf_view(&b));
    j->from       = from;
    add_units(cx, j);
    return j;
}

/* ---- the pass ---- */

void
ch_texter_start(ch_texter *t, ch_ctx *cx, const ch_text_tools *tools)
{
    memset(t, 0, sizeof *t);
    t->cx     = cx;
    t->tools  = tools;
    t->status = CH_OK;
    t->said   = ch_diags_said(cx->diags);
    t->kit    = ch_kit_take(tools->hyphens, cx);
    if (!t->kit) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        t->status = CH_ERR_HOST;
    }
    t->common = ch_text_typography(t, CH_STR_LIT("und"));
}

static const ch_shaped *
shape_paragraph(ch_texter *t, const ch_para *para)
{
    ch_ctx    *cx     = t->cx;
    ch_mark    m      = ch_arena_mark(cx->scratch);
    ch_shaped *s      = CH_NEW(cx->job, ch_shaped);
    ch_joined *j      = ch_text_join(cx, para);
    ch_pieces  pieces = {0};
    t->missing.at     = NULL;
    t->missing.n = t->missing.cap = 0;
    s->para                       = para;
    s->text                       = j->text;
    s->base_level                 = para->rtl ? 1 : 0;
    s->shared                     = t->tools->hyphens;
    ch_text_find_rooms(t, j);
    s->room    = j->room;
    s->n_rooms = j->n_rooms;
    ch_text_find_ranges(t, j);
    s->range    = j->range;
    s->n_ranges = j->n_ranges;
    ch_text_itemize(t, j, &pieces);
    ch_run *run = CH_NEW_N(cx->job, ch_run, pieces.n ? pieces.n : 1);
    for (size_t i = 0; i < pieces.n; i++) {
        ch_status st = ch_text_shape_piece(t, j, &pieces.at[i], &run[i]);
        if (st != CH_OK && t->status == CH_OK)
            t->status = st;
    }
    s->run    = run;
    s->n_runs = pieces.n;
    ch_text_breaks(t, j, s);
    ch_text_kashidas(t, s);
    ch_arena_rewind(cx->scratch, m);
    return s;
}

ch_status
ch_text_shape(ch_ctx *cx, const ch_text_tools *tools, const ch_para *para, const ch_shaped **out)
{
    ch_texter     t;
    ch_kept_props seen = {0};
    ch_mark       m    = ch_arena_mark(cx->scratch);
    size_t        said = ch_diags_said(cx->diags);
    ch_str        key  = ch_kept_key(cx, &seen, para);
    *out               = ch_kept_text(cx, key, para, tools);
    ch_texter_start(&t, cx, tools);
    if (t.kit && !*out) {
        *out = shape_paragraph(&t, para);
        if (t.status == CH_OK && ch_diags_said(cx->diags) == said)
            *out = ch_kept_put(cx, key, *out);
    }
    if (*out)
        ch_text_list_inputs(&t, *out);
    ch_arena_rewind(cx->scratch, m);
    return t.status;
}

/* Paragraph i: of an earlier letter, like one before it, or shaped now.  What was said of one is to
 * be said again; and once something was said, what is not said of others for it is no rule. */
static const ch_shaped *
text_of(ch_texter *t, ch_alikes *alikes, ch_kept_props *seen, size_t i)
{
    ch_ctx          *cx   = t->cx;
    const ch_para   *para = alikes->doc->blocks->para[i];
    size_t           said = ch_diags_said(cx->diags);
    ch_mark          m    = ch_arena_mark(cx->scratch);
    ch_str           key  = t->said == said ? ch_kept_key(cx, seen, para) : CH_STR_EMPTY;
    const ch_shaped *s    = ch_kept_text(cx, key, para, t->tools);
    if (!s) {
        const ch_shaped *like = ch_alikes_find(alikes, para);
        s          = like ? ch_alike_copy(cx->job, like, para) : shape_paragraph(t, para);
        bool quiet = ch_diags_said(cx->diags) == said;
        if (!like && quiet)
            ch_alikes_put(alikes, i);
        if (!like && quiet && t->status == CH_OK)
            s = ch_kept_put(cx, key, s);
    }
    ch_text_list_inputs(t, s);
    ch_arena_rewind(cx->scratch, m);
    return s;
}

ch_status
ch_text_pass(ch_ctx *cx, const ch_text_tools *tools, const ch_blocks *b, const ch_texts_doc **out)
{
    ch_texter     t;
    ch_alikes     alikes;
    ch_kept_props seen = {0};
    ch_mark       m    = ch_arena_mark(cx->scratch);
    ch_texts_doc *d    = CH_NEW(cx->job, ch_texts_doc);
    d->blocks          = b;
    d->n               = b->n_paras;
    d->shaped          = CH_NEW_N(cx->job, const ch_shaped *, b->n_paras + 1);
    *out               = d;
    ch_texter_start(&t, cx, tools);
    ch_alikes_begin(&alikes, cx->scratch, d);
    for (size_t i = 0; t.kit && i < b->n_paras; i++)
        d->shaped[i] = text_of(&t, &alikes, &seen, i);
    ch_arena_rewind(cx->scratch, m);
    return t.status;
}
