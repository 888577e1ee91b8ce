/* text/shape.c -- runs of glyphs by HarfBuzz. */
#include "text/text.h"

#include "text/inside.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

enum { FEATURES_MOST = 32, KASHIDA = 0x640 };

/* ---- features ---- */

typedef struct features {
    hb_feature_t at[FEATURES_MOST];
    unsigned     n;
} features;

static void
add_feature(features *f, hb_tag_t tag, uint32_t value)
{
    if (f->n < FEATURES_MOST)
        f->at[f->n++] = (hb_feature_t){tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

/* The style's list "smcp, onum=1"; false with *bad where one is none. */
static bool
add_listed(features *f, ch_str list, ch_str *bad)
{
    for (size_t from = 0; from < list.n;) {
        size_t to = from;
        while (to < list.n && list.p[to] != ',')
            to++;
        ch_str one = ch_str_trim(ch_str_sub(list, from, to));
        if (one.n && f->n < FEATURES_MOST) {
            if (!hb_feature_from_string(one.p, (int)one.n, &f->at[f->n])) {
                *bad = one;
                return false;
            }
            f->n++;
        }
        from = to + 1;
    }
    return true;
}

static bool
features_of(const ch_props *p, features *f, ch_str *bad)
{
    f->n = 0;
    if (p->tracking != 0) { /* letters that are set apart do not join */
        add_feature(f, HB_TAG('l', 'i', 'g', 'a'), 0);
        add_feature(f, HB_TAG('c', 'l', 'i', 'g'), 0);
    }
    if (p->letter_case == CH_CASE_SMALL_CAPS)
        add_feature(f, HB_TAG('s', 'm', 'c', 'p'), 1);
    return add_listed(f, p->features, bad);
}

bool
ch_text_small_capitals(const ch_face *face)
{
    hb_tag_t tags[64];
    unsigned from = 0, n;
    do {
        n = sizeof tags / sizeof *tags;
        hb_ot_layout_table_get_feature_tags(face->hb_face, HB_OT_TAG_GSUB, from, &n, tags);
        for (unsigned i = 0; i < n; i++)
            if (tags[i] == HB_TAG('s', 'm', 'c', 'p'))
                return true;
        from += n;
    } while (n == sizeof tags / sizeof *tags);
    return false;
}

/* ---- glyphs ---- */

/* Scripts whose letters join: room between them would tear words apart. */
static bool
is_joined(uint32_t script)
{
    switch (script) {
    case HB_SCRIPT_ARABIC:
    case HB_SCRIPT_SYRIAC:
    case HB_SCRIPT_NKO:
    case HB_SCRIPT_MONGOLIAN:
    case HB_SCRIPT_PHAGS_PA:
    case HB_SCRIPT_MANDAIC:
    case HB_SCRIPT_MANICHAEAN:
    case HB_SCRIPT_ADLAM:
    case HB_SCRIPT_HANIFI_ROHINGYA:
    case HB_SCRIPT_DEVANAGARI:
    case HB_SCRIPT_BENGALI:
    case HB_SCRIPT_GURMUKHI:
        return true;
    default:
        return false;
    }
}

/* What the lists of a look say. */
struct ch_look_features { /* the type is in text/inside.h */
    ch_look_features *next;
    const ch_props   *type;
    features          own, symbol;
    ch_str            bad; /* empty: they are sound */
};

typedef struct work {
    ch_ctx             *cx;
    hb_buffer_t        *buffer;
    const ch_run       *run;     /* face, size, level, script, span are set */
    ch_str              text;    /* what clusters count in */
    unsigned            n_own;   /* features of the whole run: the first */
    const hb_feature_t *feature; /* these, and those of ranges in it */
    unsigned            n_features;
} work;

static void
read_features(ch_look_features *l, const ch_props *type)
{
    l->type       = type;
    l->bad        = CH_STR_EMPTY;
    l->symbol.n   = 0;
    bool is_sound = features_of(type, &l->own, &l->bad) &&
                    add_listed(&l->symbol, type->symbol_features, &l->bad);
    if (!is_sound)
        l->own.n = l->symbol.n = 0;
}

/* The same, read once a pass. */
static const ch_look_features *
features_of_look(ch_texter *t, const ch_props *type)
{
    ch_look_features *l = t->looks;
    while (l && l->type != type)
        l = l->next;
    if (l)
        return l;
    l = CH_NEW(t->cx->job, ch_look_features);
    read_features(l, type);
    l->next  = t->looks;
    t->looks = l;
    return l;
}

/* The features of a run and, for their bytes, of the ranges in it. */
static void
find_features(work *w, const ch_look_features *look, const ch_range *range, size_t n_ranges)
{
    static const hb_feature_t RAISED = {HB_TAG('s', 'u', 'p', 's'), 1, 0, 0};
    const ch_run             *run    = w->run;
    w->feature                       = look->own.at;
    w->n_own = w->n_features = look->own.n;
    while (n_ranges && range->to <= run->from)
        range++, n_ranges--;
    while (n_ranges && range[n_ranges - 1].from >= run->to)
        n_ranges--;
    if (!n_ranges)
        return;
    hb_feature_t *all =
        CH_NEW_N(w->cx->scratch, hb_feature_t, w->n_own + n_ranges * (look->symbol.n + 1));
    memcpy(all, look->own.at, w->n_own * sizeof *all);
    w->feature = all;
    for (size_t i = 0; i < n_ranges; i++) {
        bool                is_symbol = range[i].kind == CH_RANGE_SYMBOL;
        const hb_feature_t *own       = is_symbol ? look->symbol.at : &RAISED;
        for (unsigned k = 0; k < (is_symbol ? look->symbol.n : 1); k++) {
            all[w->n_features]       = own[k];
            all[w->n_features].start = (unsigned)range[i].from;
            all[w->n_features++].end = (unsigned)range[i].to;
        }
    }
}

/* The features as bytes, wherever the text that begins at `at` stands. */
static ch_str
features_key(const work *w, size_t at)
{
    if (w->n_features == w->n_own)
        return (ch_str){(const char *)w->feature, w->n_own * sizeof *w->feature};
    hb_feature_t *all  = CH_NEW_N(w->cx->scratch, hb_feature_t, w->n_features + 1);
    unsigned      from = (unsigned)at;
    for (unsigned i = 0; i < w->n_features; i++) {
        all[i] = w->feature[i];
        if (i >= w->n_own) {
            all[i].start -= from;
            all[i].end -= from;
        }
    }
    return (ch_str){(const char *)all, w->n_features * sizeof *all};
}

static void
set_up(work *w)
{
    const ch_run *run = w->run;
    hb_buffer_set_direction(w->buffer, run->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(w->buffer, (hb_script_t)run->script);
    hb_buffer_set_language(w->buffer,
                           hb_language_from_string(run->span->lang.p, (int)run->span->lang.n));
    hb_shape(run->face->hb_font, w->buffer, w->feature, w->n_features);
}

/* Bytes [from, to) as capitals, by the rules of the language; the text stays as it is. */
static void
add_capitals(const work *w, size_t from, size_t to)
{
    enum { CAPITALS_MOST = 8 };
    char lang[16];
    (void)snprintf(lang, sizeof lang, "%.*s", CH_ARG(w->run->span->lang));
    for (size_t at = from, next = from; at < to; at = next) {
        UErrorCode e      = U_ZERO_ERROR;
        UChar      low[3] = {0x3B1}, up[CAPITALS_MOST]; /* Greek looks at the letter before */
        UChar32    capital[CAPITALS_MOST];
        int32_t    n = 1, made = 0;
        uint32_t   cp = ch_utf8_next(w->text, &next);
        U16_APPEND_UNSAFE(low, n, cp);
        n = u_strToUpper(up, CAPITALS_MOST, low, n, lang, &e);
        u_strToUTF32(capital, CAPITALS_MOST, &made, up, n, &e);
        if (U_FAILURE(e))
            hb_buffer_add(w->buffer, cp, (unsigned)at);
        for (int32_t i = 1; U_SUCCESS(e) && i < made; i++)
            hb_buffer_add(w->buffer, (hb_codepoint_t)capital[i], (unsigned)at);
    }
    hb_buffer_set_content_type(w->buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
}

/* Is what the glyph stands for something that leaves no mark? */
static bool
is_unseen(const work *w, uint32_t cluster)
{
    size_t at = cluster;
    if (at >= w->text.n || (unsigned char)w->text.p[at] < 0x80)
        return false;
    return u_hasBinaryProperty((UChar32)ch_utf8_next(w->text, &at),
                               UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* The buffer's glyphs in logical order.  For glyph 0, `none` is called with its cluster. */
static size_t
take_glyphs(const work *w, ch_glyph *out, void (*none)(void *, uint32_t), void *arg)
{
    unsigned                   n;
    size_t                     k        = 0;
    const ch_run              *run      = w->run;
    const hb_glyph_info_t     *info     = hb_buffer_get_glyph_infos(w->buffer, &n);
    const hb_glyph_position_t *pos      = hb_buffer_get_glyph_positions(w->buffer, NULL);
    bool                       back     = (run->level & 1) != 0;
    ch_len                     tracking = is_joined(run->script) ? 0 : run->span->type->tracking;
    for (unsigned i = 0; i < n; i++) {
        unsigned g = back ? n - 1 - i : i;
        if (info[g].codepoint == 0) {
            if (!is_unseen(w, info[g].cluster) && none)
                none(arg, info[g].cluster);
            continue; /* it is never drawn */
        }
        if (pos[g].x_advance == 0 && is_unseen(w, info[g].cluster) &&
            (i + 1 == n || info[back ? g - 1 : g + 1].cluster != info[g].cluster) &&
            (i == 0 || info[back ? g + 1 : g - 1].cluster != info[g].cluster))
            continue;
        bool last = g + 1 == n || info[g + 1].cluster != info[g].cluster; /* to the right */
        out[k++]  = (ch_glyph){
             .id      = info[g].codepoint,
             .cluster = info[g].cluster,
             .advance =
                 ch_face_scale(run->face, run->size, pos[g].x_advance) + (last ? tracking : 0),
             .dx = ch_face_scale(run->face, run->size, pos[g].x_offset),
             .dy = ch_face_scale(run->face, run->size, pos[g].y_offset),
             .unsafe =
                 (hb_glyph_info_get_glyph_flags(&info[g]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
        };
    }
    return k;
}

/* A cluster cannot be cut if any of its glyphs says so. */
static void
spread_unsafe(ch_glyph *glyph, size_t n)
{
    for (size_t from = 0, to; from < n; from = to) {
        bool unsafe = false;
        for (to = from; to < n && glyph[to].cluster == glyph[from].cluster; to++)
            unsafe = unsafe || glyph[to].unsafe;
        for (size_t i = from; i < to; i++)
            glyph[i].unsafe = unsafe;
    }
}

/* ---- a run of a paragraph ---- */

void
ch_text_report_missing(ch_texter *t, const ch_span *span, uint32_t script, uint32_t cp)
{
    char       name[128] = "";
    UErrorCode e         = U_ZERO_ERROR;
    for (size_t i = 0; i < t->missing.n; i++)
        if (t->missing.at[i] == cp)
            return;
    *CH_PUSH(t->cx->scratch, t->missing) = cp;
    (void)u_charName((UChar32)cp, U_EXTENDED_CHAR_NAME, name, sizeof name, &e);
    if (t->status == CH_OK)
        t->status = CH_ERR_FONT;
    ch_report(t->cx, CH_E5010_no_glyph, span->where, cp, U_SUCCESS(e) ? name : "");
    ch_font_want want = t->want;
    want.script       = script;
    ch_hint(t->cx, "looked in %.*s", CH_ARG(ch_fonts_tried(t->tools->fonts, t->cx, &want)));
}

typedef struct complaint {
    ch_texter       *t;
    const ch_joined *j;
    const ch_piece  *p;
    bool             made;
} complaint;

static void
glyph_missing(void *arg, uint32_t cluster)
{
    complaint *c  = arg;
    size_t     at = cluster;
    c->made       = true;
    ch_text_report_missing(c->t, c->p->span, c->p->script, ch_utf8_next(c->j->text, &at));
}

static ch_glyph *
shape_anew(ch_texter *t, const ch_joined *j, const ch_piece *p, work *w, ch_run *out, ch_str key)
{
    complaint c = {t, j, p, false};
    hb_buffer_clear_contents(w->buffer);
    if (p->small)
        add_capitals(w, p->from, p->to);
    else
        hb_buffer_add_utf8(w->buffer, j->text.p, (int)j->text.n, (unsigned)p->from,
                           (int)(p->to - p->from));
    set_up(w);
    ch_glyph *glyph = CH_NEW_N(t->cx->job, ch_glyph, hb_buffer_get_length(w->buffer) + 1);
    out->glyph      = glyph;
    out->n          = take_glyphs(w, glyph, glyph_missing, &c);
    spread_unsafe(glyph, out->n);
    if (c.made) /* it must be said again the next time */
        return glyph;
    ch_recall_put(t->kit->recall, key, p->from, glyph, out->n);
    return glyph;
}

static ch_glyph *
shape_or_recall(ch_texter *t, const ch_joined *j, const ch_piece *p, work *w, ch_run *out)
{
    /* Made-up small capitals are rare, and not what the text says. */
    ch_str    key   = p->small ? CH_STR_EMPTY
                               : ch_recall_key(t->cx->scratch, out, j->text, features_key(w, out->from),
                                               CH_STR_EMPTY);
    ch_glyph *glyph = ch_recall_get(t->kit->recall, t->cx->job, key, p->from, &out->n);
    if (!glyph)
        return shape_anew(t, j, p, w, out, key);
    out->glyph = glyph;
    return glyph;
}

ch_status
ch_text_shape_piece(ch_texter *t, const ch_joined *j, const ch_piece *p, ch_run *out)
{
    const ch_props *type = p->span->type;
    *out                 = (ch_run){.face   = p->face,
                                    .size   = ch_props_size(type, p->script),
                                    .small  = p->small,
                                    .level  = p->level,
                                    .script = p->script,
                                    .span   = p->span,
                                    .from   = p->from,
                                    .to     = p->to};
    work      w          = {.cx = t->cx, .buffer = t->kit->buffer, .run = out, .text = j->text};
    ch_status st         = CH_OK;
    const ch_look_features *look = features_of_look(t, type);
    find_features(&w, look, j->range, j->n_ranges);
    if (look->bad.n) {
        ch_report(t->cx, CH_E5011_bad_feature, p->span->where, CH_ARG(look->bad));
        st = CH_ERR_INPUT;
    }
    if (p->small) {
        ch_report(t->cx, CH_W5012_no_small_caps, CH_NOWHERE, CH_ARG(p->face->family));
        out->size = ch_len_scale(out->size, type->small_capitals, 1000);
    }
    ch_glyph *glyph = shape_or_recall(t, j, p, &w, out);
    ch_text_put_rooms(j->room, j->n_rooms, out, glyph, out->n);
    return st;
}

/* ---- parts of runs ---- */

size_t
ch_run_glyph(const ch_run *run, size_t at)
{
    size_t low = 0, high = run->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (run->glyph[mid].cluster < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void
add_suffix(hb_buffer_t *buffer, ch_str suffix, size_t cluster)
{
    for (size_t i = 0; i < suffix.n;)
        hb_buffer_add(buffer, ch_utf8_next(suffix, &i), (unsigned)cluster);
    if (suffix.n)
        hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
}

static ch_status
out_of_memory(ch_ctx *cx, ch_mark m)
{
    ch_arena_rewind(cx->scratch, m);
    ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

/* A part of a run, with a stroke at each place or with a suffix.  The line's edge hides what is
 * beyond it; what else the run had beside it is still there: text[first .. last). */
typedef struct part {
    size_t            from, to, first, last;
    const ch_kashida *place;
    size_t            places;
    ch_str            suffix;
} part;

static part
part_of(const work *w, size_t from, size_t to, bool open_end)
{
    return (part){.from   = from,
                  .to     = to,
                  .first  = from == w->run->from ? 0 : from,
                  .last   = to == w->run->to && open_end ? w->text.n : to,
                  .suffix = CH_STR_EMPTY};
}

static void
add_part(const work *w, const part *p)
{
    size_t from = p->from;
    hb_buffer_clear_contents(w->buffer);
    for (size_t i = 0; i <= p->places; i++) {
        unsigned count, old = hb_buffer_get_length(w->buffer);
        size_t   end = i < p->places ? p->place[i].at : p->to;
        hb_buffer_add_utf8(w->buffer, w->text.p + p->first, (int)(p->last - p->first),
                           (unsigned)(from - p->first), (int)(end - from));
        hb_glyph_info_t *info = hb_buffer_get_glyph_infos(w->buffer, &count);
        for (unsigned k = old; k < count; k++)
            info[k].cluster += (unsigned)p->first;
        /* Within the letter before, where no cluster begins: that tells the stroke from it. */
        if (i < p->places)
            hb_buffer_add(w->buffer, KASHIDA, p->place[i].at - 1);
        from = end;
    }
}

/* What ch_recall has it by: a run of text[first .. last), and what it has more than that. */
static ch_str
part_key(const work *w, const part *p)
{
    ch_run    run  = *w->run;
    uint32_t *more = CH_NEW_N(w->cx->scratch, uint32_t, p->places + p->suffix.n + 1);
    size_t    n    = 0;
    run.from       = p->from - p->first;
    run.to         = p->to - p->first;
    more[n++]      = (uint32_t)p->suffix.n;
    for (size_t i = 0; i < p->suffix.n; i++)
        more[n++] = (unsigned char)p->suffix.p[i];
    for (size_t i = 0; i < p->places; i++)
        more[n++] = p->place[i].at - (uint32_t)p->from;
    return ch_recall_key(w->cx->scratch, &run, ch_str_sub(w->text, p->first, p->last),
                         features_key(w, p->from), (ch_str){(const char *)more, n * sizeof *more});
}

/* Shape what is in the buffer; what has no glyph was told when the run was shaped. */
static ch_glyph *
shape_again(work *w, size_t *n)
{
    set_up(w);
    ch_glyph *made = CH_NEW_N(w->cx->job, ch_glyph, hb_buffer_get_length(w->buffer) + 1);
    *n             = take_glyphs(w, made, NULL, NULL);
    spread_unsafe(made, *n);
    return made;
}

ch_status
ch_text_reshape(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
                ch_str suffix, const ch_glyph **glyph, size_t *n)
{
    ch_look_features look;
    ch_mark          m   = ch_arena_mark(cx->scratch);
    ch_kit          *kit = ch_kit_take(s->shared, cx);
    *glyph               = NULL;
    *n                   = 0;
    if (!kit)
        return out_of_memory(cx, m);
    work w = {.cx = cx, .buffer = kit->buffer, .run = run, .text = s->text};
    part p = part_of(&w, from, to, suffix.n == 0);
    read_features(&look, run->span->type); /* a bad one was reported when the run was shaped */
    find_features(&w, &look, s->range, s->n_ranges);
    p.suffix       = suffix;
    ch_str    key  = run->small ? CH_STR_EMPTY : part_key(&w, &p);
    ch_glyph *made = ch_recall_get(kit->recall, cx->job, key, from, n);
    if (!made) {
        hb_buffer_clear_contents(w.buffer);
        if (run->small)
            add_capitals(&w, from, to);
        else
            add_part(&w, &p);
        add_suffix(w.buffer, suffix, to);
        made = shape_again(&w, n);
        ch_recall_put(kit->recall, key, from, made, *n);
    }
    ch_text_put_rooms(s->room, s->n_rooms, run, made, *n);
    *glyph = made;
    ch_arena_rewind(cx->scratch, m);
    return CH_OK;
}

/* ---- kashidas ---- */

/* Is each place one glyph, level with the letters beside it?  Then it is marked as stretched, and
 * put into the cluster of its letter. */
static bool
mark_strokes(ch_glyph *glyph, size_t n, const ch_kashida *place, size_t places)
{
    size_t found = 0;
    for (size_t g = 0; g < n && found < places; g++) {
        if (glyph[g].cluster != place[found].at - 1)
            continue;
        bool alone = g > 0 && g + 1 < n && glyph[g - 1].cluster >= place[found].letter &&
                     glyph[g - 1].cluster < place[found].at - 1 &&
                     glyph[g + 1].cluster == place[found].at;
        if (!alone || glyph[g].advance <= 0 || glyph[g].dx != 0 || glyph[g].dy != 0)
            return false;
        glyph[g].cluster   = place[found].letter;
        glyph[g].stretched = true;
        glyph[g].unsafe    = true;
        found++;
    }
    return found == places;
}

ch_status
ch_text_lengthen(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
                 const ch_kashida *place, size_t places, const ch_glyph **glyph, size_t *n)
{
    ch_look_features look;
    ch_mark          m   = ch_arena_mark(cx->scratch);
    ch_kit          *kit = ch_kit_take(s->shared, cx);
    *glyph               = NULL;
    *n                   = 0;
    if (!kit)
        return out_of_memory(cx, m);
    work w = {.cx = cx, .buffer = kit->buffer, .run = run, .text = s->text};
    part p = part_of(&w, from, to, true);
    read_features(&look, run->span->type);
    find_features(&w, &look, s->range, s->n_ranges);
    p.place        = place;
    p.places       = places;
    ch_str    key  = part_key(&w, &p);
    ch_glyph *made = ch_recall_get(kit->recall, cx->job, key, from, n);
    if (!made) {
        add_part(&w, &p);
        made = shape_again(&w, n);
        if (!mark_strokes(made, *n, place, places))
            *n = 0; /* refused: kept as no glyphs */
        ch_recall_put(kit->recall, key, from, made, *n);
    }
    if (*n) {
        ch_text_put_rooms(s->room, s->n_rooms, run, made, *n);
        *glyph = made;
    }
    ch_arena_rewind(cx->scratch, m);
    return CH_OK;
}

/* The stroke between two letters of the plainest kind. */
static bool
draws_stroke(ch_texter *t, const ch_run *run)
{
    static const char TEST[] = "\xD8\xA8\xD8\xA8";
    const ch_kashida  place  = {.at = 2};
    ch_glyph          glyph[16];
    work              w     = {.cx = t->cx, .buffer = t->kit->buffer};
    ch_run            probe = *run;
    probe.from              = 0;
    probe.to                = sizeof TEST - 1;
    w.run                   = &probe;
    w.text                  = CH_STR_LIT(TEST);
    part p                  = part_of(&w, 0, probe.to, true);
    p.place                 = &place;
    p.places                = 1;
    add_part(&w, &p);
    set_up(&w);
    if (hb_buffer_get_length(w.buffer) > sizeof glyph / sizeof *glyph)
        return false;
    size_t n = take_glyphs(&w, glyph, NULL, NULL);
    return mark_strokes(glyph, n, &place, 1);
}

bool
ch_text_has_kashida(ch_texter *t, const ch_run *run)
{
    if (run->face == t->kashida_face)
        return t->kashida;
    t->kashida_face = run->face;
    t->kashida      = !run->face->cff && ch_face_has(run->face, KASHIDA) && draws_stroke(t, run);
    return t->kashida;
}

uint32_t
ch_text_hyphen(const ch_run *run, ch_len *advance)
{
    uint32_t       cp = ch_face_has(run->face, 0x2010) ? 0x2010 : '-';
    hb_codepoint_t g  = 0;
    *advance          = 0;
    if (hb_font_get_nominal_glyph(run->face->hb_font, cp, &g))
        *advance =
            ch_face_scale(run->face, run->size, hb_font_get_glyph_h_advance(run->face->hb_font, g));
    return cp;
}
