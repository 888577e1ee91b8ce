/* font/catalogue.c -- fontconfig's fonts as a table, and which of them serve which text.
 *
 * fonts.conf says which families serve a role and a script: a text of role serif, script Arab,
 * language fa-AF asks for "chancery-serif-Arab-fa-AF", "chancery-serif-Arab-fa",
 * "chancery-serif-Arab" and "chancery-serif", and its aliases turn these into families. */
#include "font/catalogue.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table ---- */

static uint32_t
family_hash(const char *z)
{
    uint32_t h = 2166136261u;
    for (; *z; z++) {
        unsigned char c = (unsigned char)*z;
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + 32);
        h = (h ^ c) * 16777619u;
    }
    return h % CH_FONT_BUCKETS;
}

static const char *
text_of(FcPattern *p, const char *object)
{
    FcChar8 *s = NULL;
    if (FcPatternGetString(p, object, 0, &s) != FcResultMatch)
        return "";
    return (const char *)s;
}

/* Outline fonts in TrueType or OpenType files; of a variable font the default instance only,
 * since that is what a PDF can hold. */
static bool
usable(FcPattern *p)
{
    FcBool      yes;
    int         index  = 0;
    const char *format = text_of(p, FC_FONTFORMAT);
    if (strcmp(format, "TrueType") != 0 && strcmp(format, "CFF") != 0)
        return false;
    if (FcPatternGetBool(p, FC_OUTLINE, 0, &yes) == FcResultMatch && !yes)
        return false;
    if (FcPatternGetBool(p, FC_VARIABLE, 0, &yes) == FcResultMatch && yes)
        return false;
    if (FcPatternGetBool(p, FC_COLOR, 0, &yes) == FcResultMatch && yes)
        return false;
    return FcPatternGetInteger(p, FC_INDEX, 0, &index) != FcResultMatch || (index >> 16) == 0;
}

static void
read_entry(FcPattern *p, ch_font_entry *e)
{
    double weight = 0, width = 0;
    int    spacing = 0;
    e->pattern     = p;
    e->file        = text_of(p, FC_FILE);
    e->family      = text_of(p, FC_FAMILY);
    e->style       = text_of(p, FC_STYLE);
    (void)FcPatternGetInteger(p, FC_INDEX, 0, &e->index);
    (void)FcPatternGetInteger(p, FC_SLANT, 0, &e->slant);
    if (FcPatternGetDouble(p, FC_WEIGHT, 0, &weight) == FcResultMatch)
        e->weight = (int)(FcWeightToOpenTypeDouble(weight) + 0.5);
    e->width = FcPatternGetDouble(p, FC_WIDTH, 0, &width) == FcResultMatch ? (int)width : 100;
    e->mono =
        FcPatternGetInteger(p, FC_SPACING, 0, &spacing) == FcResultMatch && spacing >= FC_DUAL;
    (void)FcPatternGetCharSet(p, FC_CHARSET, 0, &e->chars);
    (void)FcPatternGetLangSet(p, FC_LANG, 0, &e->langs);
}

/* By file and index: the order in which a folder is read must decide nothing. */
static int
by_file(const void *pa, const void *pb)
{
    const ch_font_entry *a = pa, *b = pb;
    int                  c = strcmp(a->file, b->file);
    return c ? c : (a->index > b->index) - (a->index < b->index);
}

static size_t
count_names(FcPattern *p)
{
    FcChar8 *s;
    size_t   n = 0;
    while (FcPatternGetString(p, FC_FAMILY, (int)n, &s) == FcResultMatch)
        n++;
    return n;
}

static void
index_names(ch_fonts *f)
{
    for (size_t i = 0; i < f->n; i++) {
        FcChar8 *s;
        for (int k = 0; FcPatternGetString(f->entry[i].pattern, FC_FAMILY, k, &s) == FcResultMatch;
             k++) {
            uint32_t *bucket    = &f->bucket[family_hash((const char *)s)];
            f->name[f->n_names] = (ch_font_name){(const char *)s, (uint32_t)i, *bucket};
            *bucket             = (uint32_t)++f->n_names;
        }
    }
}

static bool
fill_table(ch_fonts *f)
{
    size_t     names   = 0;
    FcFontSet *sets[2] = {FcConfigGetFonts(f->config, FcSetSystem),
                          FcConfigGetFonts(f->config, FcSetApplication)};
    size_t     most    = 0;
    for (int k = 0; k < 2; k++)
        most += sets[k] ? (size_t)sets[k]->nfont : 0;
    f->entry = ch_arena_try(f->arena, (most + 1) * sizeof *f->entry);
    if (!f->entry)
        return false;
    for (int k = 0; k < 2; k++)
        for (int i = 0; sets[k] && i < sets[k]->nfont; i++) {
            FcPattern *p = sets[k]->fonts[i];
            if (!usable(p))
                continue;
            read_entry(p, &f->entry[f->n++]);
            names += count_names(p);
        }
    f->name = ch_arena_try(f->arena, (names + 1) * sizeof *f->name);
    if (!f->name)
        return false;
    qsort(f->entry, f->n, sizeof *f->entry, by_file);
    index_names(f);
    return true;
}

/* The files that the configuration was read from; they live as long as it does. */
static bool
list_configuration(ch_fonts *f)
{
    enum { MOST = 256 };
    FcStrList *list = FcConfigGetConfigFiles(f->config);
    f->conf         = ch_arena_try(f->arena, MOST * sizeof *f->conf);
    for (FcChar8 *file; f->conf && list && (file = FcStrListNext(list)) && f->n_conf < MOST;)
        if (ch_file_exists((const char *)file))
            f->conf[f->n_conf++] = ch_str_from((const char *)file);
    if (list)
        FcStrListDone(list);
    return f->conf != NULL;
}

static bool
start(ch_fonts *f, const char *conf)
{
    /* fontconfig would look a relative name up in folders of its own. */
    FcChar8 *path = FcStrCopyFilename((const FcChar8 *)conf);
    f->config     = FcConfigCreate();
    bool ok       = path && f->config && FcConfigParseAndLoad(f->config, path, FcTrue) &&
              FcConfigBuildFonts(f->config);
    FcStrFree(path);
    if (!ok)
        return false;
    return FT_Init_FreeType(&f->ft) == 0 && fill_table(f) && list_configuration(f);
}

ch_status
ch_fonts_new(ch_ctx *cx, ch_str conf, ch_fonts **out)
{
    *out        = NULL;
    ch_str path = ch_arena_str(cx->job, conf);
    if (!ch_file_exists(path.p)) {
        ch_report(cx, CH_E5005_font_configuration, CH_NOWHERE, CH_ARG(conf),
                  "there is no such file");
        return CH_ERR_FONT;
    }
    ch_arena *a = ch_arena_new(0);
    ch_fonts *f = a ? ch_arena_try(a, sizeof *f) : NULL;
    if (!f) {
        ch_arena_free(a);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    f->arena = a;
    f->faces = ch_arena_new(0);
    (void)pthread_mutex_init(&f->lock, NULL);
    (void)pthread_mutex_init(&f->loading, NULL);
    if (!f->faces || !start(f, path.p)) {
        ch_fonts_free(f);
        ch_report(cx, CH_E5005_font_configuration, CH_NOWHERE, CH_ARG(conf),
                  "fontconfig cannot use it");
        return CH_ERR_FONT;
    }
    *out = f;
    return CH_OK;
}

void
ch_fonts_free(ch_fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        if (f->entry[i].face)
            ch_face_close(f->entry[i].face);
    if (f->ft)
        (void)FT_Done_FreeType(f->ft);
    if (f->config)
        FcConfigDestroy(f->config);
    (void)pthread_mutex_destroy(&f->lock);
    (void)pthread_mutex_destroy(&f->loading);
    ch_arena_free(f->faces);
    ch_arena_free(f->arena);
}

void
ch_fonts_used(const ch_fonts *f, ch_ctx *cx)
{
    for (size_t i = 0; i < f->n_conf; i++)
        ch_input_add(cx, CH_INPUT_FONTS, f->conf[i]);
}

/* ---- choosing inside a family ---- */

static int
distance(int a, int b)
{
    return a > b ? a - b : b - a;
}

/* How far an entry is from the wanted look; the least is the best, ties go by file. */
static int
mismatch(const ch_font_entry *e, const ch_font_want *want)
{
    bool slanted = e->slant > FC_SLANT_ROMAN;
    int  cost    = distance(e->weight, want->weight);
    if (slanted != want->italic)
        cost += 100000;
    return cost + 1000 * distance(e->width, 100);
}

ch_font_entry *
ch_fonts_pick(ch_fonts *f, const char *family, const ch_font_want *want)
{
    ch_font_entry *best = NULL;
    for (uint32_t i = f->bucket[family_hash(family)]; i; i = f->name[i - 1].next) {
        const ch_font_name *name = &f->name[i - 1];
        if (FcStrCmpIgnoreCase((const FcChar8 *)name->family, (const FcChar8 *)family) != 0)
            continue;
        ch_font_entry *e = &f->entry[name->entry];
        int            d = best ? mismatch(e, want) - mismatch(best, want) : -1;
        if (d < 0 || (d == 0 && e < best))
            best = e;
    }
    return best;
}

/* ---- orders ---- */

static const char *const ROLE[CH_FONT_ROLES] = {"serif", "sans", "mono"};

/* The role's names for the script and language, the nearest first. */
static bool
add_role_names(FcPattern *p, const ch_font_want *want)
{
    char        name[128], script[5];
    const char *role = ROLE[want->role];
    for (int i = 0; i < 4; i++)
        script[i] = (char)(want->script >> (24 - 8 * i) & 0xFF);
    script[4] = 0;
    for (size_t n = want->lang.n < 40 ? want->lang.n : 40; n; n--) {
        if (n != want->lang.n && want->lang.p[n] != '-')
            continue; /* whole subtags only */
        (void)snprintf(name, sizeof name, "chancery-%s-%s-%.*s", role, script, (int)n,
                       want->lang.p);
        if (!FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name))
            return false;
    }
    (void)snprintf(name, sizeof name, "chancery-%s-%s", role, script);
    if (!FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name))
        return false;
    (void)snprintf(name, sizeof name, "chancery-%s", role);
    return FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)name);
}

static bool
has_entry(const ch_font_order *o, const ch_font_entry *e)
{
    for (size_t i = 0; i < o->n; i++)
        if (o->at[i] == e)
            return true;
    return false;
}

/* Fill o->at from the families of a pattern that fontconfig has substituted. */
static void
take_families(ch_fonts *f, ch_font_order *o, FcPattern *p, size_t room)
{
    FcChar8 *s;
    for (int i = 0; FcPatternGetString(p, FC_FAMILY, i, &s) == FcResultMatch && o->n < room; i++) {
        if (!strncmp((const char *)s, "chancery-", 9))
            continue;
        ch_font_entry *e = ch_fonts_pick(f, (const char *)s, &o->want);
        if (e && !has_entry(o, e))
            o->at[o->n++] = e;
    }
}

static ch_str
keep(ch_arena *a, ch_str s)
{
    char *copy = ch_arena_try(a, s.n + 1);
    if (!copy)
        return CH_STR_EMPTY;
    memcpy(copy, s.p, s.n);
    return (ch_str){copy, s.n};
}

static void
name_families(ch_arena *a, ch_font_order *o)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < o->n; i++)
        n += strlen(o->at[i]->family) + 2;
    char *text = ch_arena_try(a, n + 1);
    if (!text)
        return;
    for (size_t i = 0; i < o->n; i++)
        if (i == 0 || strcmp(o->at[i]->family, o->at[i - 1]->family) != 0)
            at += (size_t)snprintf(text + at, n + 1 - at, "%s%s", i ? ", " : "", o->at[i]->family);
    o->families = (ch_str){text, at};
}

/* Make an order; in the arena, so under the lock.  fontconfig's substitution takes about a
 * tenth of a millisecond, and happens once for each kind of text. */
static ch_font_order *
make_order(ch_fonts *f, const ch_font_want *want, FcPattern *p)
{
    const size_t   room = 64;
    ch_font_order *o    = ch_arena_try(f->arena, sizeof *o);
    if (!o)
        return NULL;
    o->want        = *want;
    o->want.family = keep(f->arena, want->family);
    o->want.lang   = keep(f->arena, want->lang);
    o->families    = CH_STR_EMPTY;
    o->at          = ch_arena_try(f->arena, room * sizeof *o->at);
    if (!o->at)
        return NULL;
    if (want->family.n) {
        ch_font_entry *e = ch_fonts_pick(f, o->want.family.p, want);
        if (e)
            o->at[o->n++] = e;
    }
    take_families(f, o, p, room);
    name_families(f->arena, o);
    return o;
}

static bool
same_want(const ch_font_want *a, const ch_font_want *b)
{
    return a->script == b->script && a->role == b->role && a->weight == b->weight &&
           a->italic == b->italic && ch_str_eq(a->lang, b->lang) && ch_str_eq(a->family, b->family);
}

static ch_font_order *
known_order(ch_fonts *f, const ch_font_want *want)
{
    for (ch_font_order *o = f->orders; o; o = o->next)
        if (same_want(&o->want, want))
            return o;
    return NULL;
}

ch_font_order *
ch_fonts_order(ch_fonts *f, const ch_font_want *want)
{
    (void)pthread_mutex_lock(&f->lock);
    ch_font_order *o = known_order(f, want);
    (void)pthread_mutex_unlock(&f->lock);
    if (o)
        return o;
    FcPattern *p = FcPatternCreate();
    if (!p)
        return NULL;
    /* A program name keeps fontconfig from looking for one. */
    bool ok = FcPatternAddString(p, FC_PRGNAME, (const FcChar8 *)"chancery") &&
              add_role_names(p, want) && FcConfigSubstitute(f->config, p, FcMatchPattern);
    (void)pthread_mutex_lock(&f->lock);
    o = known_order(f, want); /* another thread may have been quicker */
    if (!o && ok && (o = make_order(f, want, p))) {
        o->next   = f->orders;
        f->orders = o;
    }
    (void)pthread_mutex_unlock(&f->lock);
    FcPatternDestroy(p);
    return o;
}

/* ---- faces ---- */

static bool
opened_before(ch_fonts *f, const ch_font_entry *e, const ch_face **out)
{
    (void)pthread_mutex_lock(&f->lock);
    bool opened = e->opened;
    *out        = e->face;
    (void)pthread_mutex_unlock(&f->lock);
    return opened;
}

const ch_face *
ch_fonts_open(ch_fonts *f, ch_ctx *cx, ch_font_entry *e)
{
    char           why[256] = "";
    const ch_face *face;
    if (opened_before(f, e, &face))
        return face;
    (void)pthread_mutex_lock(&f->loading);
    if (!opened_before(f, e, &face)) {
        ch_face        *made;
        size_t          max = cx->limits.file_bytes ? cx->limits.file_bytes : SIZE_MAX;
        ch_face_verdict v =
            ch_face_open(f->ft, f->faces, max, e->file, (uint32_t)e->index, &made, why, sizeof why);
        ch_str kept = made ? CH_STR_EMPTY : keep(f->faces, ch_str_from(why));
        if (made)
            made->id = (uint32_t)(e - f->entry) + 1;
        (void)pthread_mutex_lock(&f->lock);
        e->verdict = v;
        e->why     = kept.p;
        e->face    = made;
        e->opened  = v != CH_FACE_NO_MEMORY;
        (void)pthread_mutex_unlock(&f->lock);
        face = made;
    }
    (void)pthread_mutex_unlock(&f->loading);
    return face;
}

void
ch_fonts_complain(ch_ctx *cx, const ch_font_entry *e, ch_where where)
{
    switch (e->verdict) {
    case CH_FACE_RESTRICTED:
        ch_report(cx, CH_E5004_font_restricted, where, e->file, e->why);
        ch_hint(cx, "choose a font whose licence lets documents carry it");
        break;
    case CH_FACE_NO_MEMORY:
        ch_report(cx, CH_E1008_out_of_memory, where);
        break;
    default:
        ch_report(cx, CH_E5003_font_damaged, where, e->file, e->why);
        ch_hint(cx, "install the font anew, or take the file out of the font folder");
    }
}

/* A family asked for by name in a look that it has not: the nearest is taken, and said so. */
static void
warn_of_look(ch_ctx *cx, const ch_font_entry *e, const ch_font_want *want, ch_where where)
{
    bool slanted = e->slant > FC_SLANT_ROMAN;
    if (slanted == want->italic && distance(e->weight, want->weight) <= 100)
        return;
    ch_report(cx, CH_W5006_look_missing, where, CH_ARG(want->family), want->weight,
              want->italic ? " italic" : "", CH_ARG(ch_str_from(e->style)));
}

ch_status
ch_fonts_face(ch_fonts *f, ch_ctx *cx, const ch_font_want *want, ch_where where,
              const ch_face **out)
{
    *out             = NULL;
    ch_font_order *o = ch_fonts_order(f, want);
    if (!o) {
        ch_report(cx, CH_E1008_out_of_memory, where);
        return CH_ERR_HOST;
    }
    if (want->family.n && !ch_fonts_pick(f, o->want.family.p, want)) {
        ch_fonts_missing(f, cx, want->family, where);
        return CH_ERR_FONT;
    }
    ch_font_entry *e = o->n ? o->at[0] : NULL;
    if (!e && ch_fonts_rest(f, o) && o->n_rest)
        e = o->rest[0];
    if (!e) {
        ch_fonts_missing(f, cx, CH_STR_EMPTY, where);
        return CH_ERR_FONT;
    }
    if (want->family.n)
        warn_of_look(cx, e, want, where);
    *out = ch_fonts_open(f, cx, e);
    if (*out)
        return CH_OK;
    ch_fonts_complain(cx, e, where);
    return CH_ERR_FONT;
}
