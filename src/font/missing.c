/* font/missing.c -- what to tell somebody whose font is not there: where fonts are looked for,
 * which names come near, and which font files are damaged, for fontconfig passes over these. */
#include "font/catalogue.h"

#include "font/sfnt.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR_MOST = 3, DAMAGED_MOST = 5, NAME_MOST = 64 };

/* ---- near names ---- */

/* Letters to insert, drop or change to make b of a (Levenshtein), case aside. */
static size_t
edits(ch_str a, ch_str b)
{
    size_t row[NAME_MOST + 1];
    if (a.n > NAME_MOST || b.n > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];
        row[0]        = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = corner + (ch_lower(a.p[i - 1]) != ch_lower(b.p[j - 1]));
            corner        = row[j];
            if (row[j] + 1 < change)
                change = row[j] + 1;
            if (row[j - 1] + 1 < change)
                change = row[j - 1] + 1;
            row[j] = change;
        }
    }
    return row[b.n];
}

static bool
begins_alike(ch_str a, ch_str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (i < n && ch_lower(a.p[i]) == ch_lower(b.p[i]))
        i++;
    return n >= 4 && i == n;
}

typedef struct near_name {
    ch_str family;
    size_t cost;
} near_name;

/* Keep the NEAR_MOST best, ties by name. */
static void
offer(near_name *best, size_t *n, ch_str family, size_t cost)
{
    size_t i = *n;
    for (size_t k = 0; k < *n; k++)
        if (ch_str_eq(best[k].family, family))
            return;
    while (i > 0 && (best[i - 1].cost > cost ||
                     (best[i - 1].cost == cost && ch_str_cmp(best[i - 1].family, family) > 0)))
        i--;
    if (i >= NEAR_MOST)
        return;
    size_t last = *n < NEAR_MOST ? *n : NEAR_MOST - 1;
    memmove(&best[i + 1], &best[i], (last - i) * sizeof *best);
    best[i] = (near_name){family, cost};
    if (*n < NEAR_MOST)
        ++*n;
}

static void
add_near_names(ch_fonts *f, ch_str family, ch_buf *out)
{
    near_name best[NEAR_MOST + 1];
    size_t    n = 0;
    for (size_t i = 0; i < f->n_names; i++) {
        ch_str name = ch_str_from(f->name[i].family);
        size_t cost = edits(family, name);
        if (begins_alike(family, name) && cost > 2)
            cost = 2;
        if (cost <= 2 + family.n / 6)
            offer(best, &n, name, cost);
    }
    for (size_t i = 0; i < n; i++)
        ch_buf_printf(out, "%s'%.*s'", i ? ", " : "; did you mean ", CH_ARG(best[i].family));
    if (n)
        ch_buf_puts(out, "?");
}

/* ---- places and damaged files ---- */

static bool
below_another(const ch_str *folder, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++)
        if (k != i && ch_str_starts(folder[i], folder[k].p) && folder[i].n > folder[k].n &&
            folder[i].p[folder[k].n] == '/')
            return true;
    return false;
}

/* The folders that fonts.conf names: of all known ones those that lie in no other. */
static void
add_places(ch_fonts *f, ch_ctx *cx, ch_buf *out)
{
    CH_VEC(ch_str) all = {0};
    const char *before = "fonts are looked for in ";
    FcStrList  *list   = FcConfigGetFontDirs(f->config);
    for (FcChar8 *folder; list && (folder = FcStrListNext(list));)
        *CH_PUSH(cx->scratch, all) = ch_arena_str(cx->scratch, ch_str_from((const char *)folder));
    if (list)
        FcStrListDone(list);
    for (size_t i = 0; i < all.n; i++) {
        if (below_another(all.at, all.n, i))
            continue;
        ch_buf_printf(out, "%s%s", before, all.at[i].p);
        before = ", ";
    }
}

static bool
font_name(const char *name)
{
    ch_str s = ch_str_from(name);
    return ch_str_ends(s, ".ttf") || ch_str_ends(s, ".otf") || ch_str_ends(s, ".ttc") ||
           ch_str_ends(s, ".otc") || ch_str_ends(s, ".TTF") || ch_str_ends(s, ".OTF");
}

static bool
listed(const ch_fonts *f, ch_str path)
{
    size_t low = 0, high = f->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int    c   = strcmp(f->entry[mid].file, path.p);
        if (c == 0)
            return true;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

static int
by_bytes(const void *pa, const void *pb)
{
    return ch_str_cmp(*(const ch_str *)pa, *(const ch_str *)pb);
}

typedef CH_VEC(ch_str) paths;

static void
look_into(ch_fonts *f, ch_ctx *cx, const char *folder, paths *out)
{
    DIR *d = opendir(folder);
    if (!d)
        return;
    for (struct dirent *e; (e = readdir(d));) {
        if (!font_name(e->d_name))
            continue;
        ch_str path = ch_path_join(cx->scratch, ch_str_from(folder), ch_str_from(e->d_name));
        path        = ch_arena_str(cx->scratch, path);
        if (!listed(f, path))
            *CH_PUSH(cx->scratch, *out) = path;
    }
    (void)closedir(d);
}

/* Files that look like fonts and that fontconfig has not listed: say which are damaged. */
static void
report_damaged(ch_fonts *f, ch_ctx *cx)
{
    paths      found = {0};
    FcStrList *list  = FcConfigGetFontDirs(f->config);
    FcChar8   *folder;
    while (list && (folder = FcStrListNext(list)))
        look_into(f, cx, (const char *)folder, &found);
    if (list)
        FcStrListDone(list);
    if (found.n)
        qsort(found.at, found.n, sizeof *found.at, by_bytes);
    unsigned told = 0;
    for (size_t i = 0; i < found.n && told < DAMAGED_MOST; i++) {
        char    why[256];
        int     os_error;
        ch_str  bytes;
        ch_sfnt s;
        if (ch_file_map(found.at[i].p, INT32_MAX, &bytes, &os_error) != CH_FILE_OK)
            continue;
        bool whole = ch_sfnt_check(bytes, 0, &s, why, sizeof why);
        ch_file_unmap(bytes);
        if (whole)
            continue;
        ch_report(cx, CH_E5003_font_damaged, CH_NOWHERE, found.at[i].p, why);
        ch_hint(cx, "install the font anew, or take the file out of the font folder");
        told++;
    }
}

void
ch_fonts_missing(ch_fonts *f, ch_ctx *cx, ch_str family, ch_where where)
{
    ch_mark m = ch_arena_mark(cx->scratch);
    ch_buf  hint;
    report_damaged(f, cx);
    ch_buf_init(&hint, cx->scratch);
    add_places(f, cx, &hint);
    if (family.n) {
        ch_report(cx, CH_E5002_font_not_installed, where, CH_ARG(family));
        add_near_names(f, family, &hint);
    } else {
        ch_report(cx, CH_E5001_no_fonts, where);
    }
    ch_hint(cx, "%s", hint.p);
    ch_arena_rewind(cx->scratch, m);
}
