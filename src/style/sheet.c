#include "style/sheet.h"

#include "input/check.h"
#include "input/xml.h"
#include "style/sheet_data.h"
#include "style/style_vocab.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct ch_sheets {
    pthread_mutex_t     lock;  /* guards the list and the adoption of the catalogue */
    ch_sheet           *first; /* never taken out before the end */
    const ch_catalogue *catalogue;
    ch_arena           *catalogue_arena;
    char               *folder; /* malloc'd */
};

#define DEPTH_MAX 16 /* of sheets that extend one another */

/* Sheets that are being read, so that a circle is seen. */
typedef struct reading {
    const struct reading *outer;
    ch_str                path;
} reading;

ch_status
ch_sheets_new(ch_ctx *cx, ch_str folder, ch_sheets **out)
{
    ch_sheets *s = calloc(1, sizeof *s);
    char      *f = malloc(folder.n + 1);
    *out         = NULL;
    if (!s || !f || pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        free(f);
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    memcpy(f, folder.p, folder.n);
    f[folder.n] = '\0';
    s->folder   = f;
    *out        = s;
    return CH_OK;
}

void
ch_sheets_free(ch_sheets *s)
{
    if (!s)
        return;
    for (ch_sheet *x = s->first, *next; x; x = next) {
        next = x->next;
        ch_arena_free(x->arena); /* x itself is in it */
    }
    ch_arena_free(s->catalogue_arena);
    pthread_mutex_destroy(&s->lock);
    free(s->folder);
    free(s);
}

ch_str
ch_sheet_name(const ch_sheet *s)
{
    return s->name;
}

const ch_props *
ch_sheet_role(const ch_sheet *s, const char *role)
{
    ch_type_role r = ch_type_role_of(ch_str_from(role));
    return &s->role[r == CH_TYPE_COUNT ? CH_TYPE_base : r];
}

ch_where
ch_place_where(ch_ctx *cx, ch_place p)
{
    if (!p.file)
        return CH_NOWHERE;
    uint32_t         n = 1;
    const ch_source *s;
    while ((s = ch_diags_source_at(cx->diags, n)) && s->bytes.p != p.file->bytes.p)
        n++;
    if (!s)
        n = ch_diags_source(cx->diags, p.file->path, p.file->bytes);
    return (ch_where){n, p.from, p.to};
}

/* ---- an arena that goes with the job unless the cache takes it ---- */

static ch_status
read_file(ch_ctx *cx, ch_arena *a, ch_str path, ch_str *bytes)
{
    int           os_error = 0;
    size_t        max      = cx->limits.file_bytes;
    ch_file_error e        = ch_file_read(a, ch_arena_str(a, path).p, max, bytes, &os_error);
    ch_status     st       = ch_report_file(cx, CH_NOWHERE, path, e, os_error, max, CH_ERR_INPUT);
    if (st != CH_OK || bytes->n > 0)
        return st;
    ch_report(cx, CH_E1005_file_empty, CH_NOWHERE, CH_ARG(path));
    return CH_ERR_INPUT;
}

/* ---- the catalogue ---- */

static ch_status
catalogue(ch_sheets *s, ch_ctx *cx, const ch_catalogue **out)
{
    ch_str path = ch_path_join(cx->job, ch_str_from(s->folder), CH_STR_LIT("catalogue.xml"));
    ch_input_add(cx, CH_INPUT_STYLE, path);
    pthread_mutex_lock(&s->lock);
    *out = s->catalogue;
    pthread_mutex_unlock(&s->lock);
    if (*out)
        return CH_OK;
    ch_arena **holder;
    ch_status  st = ch_lasting_begin(cx, &holder);
    if (st != CH_OK)
        return st;
    ch_str         bytes;
    const ch_node *root = NULL;
    st                  = read_file(cx, cx->job, path, &bytes);
    if (st == CH_OK)
        st = ch_xml_read(cx, &ch_catalogue_vocab, path, bytes, &root);
    ch_catalogue *made = NULL;
    if (st == CH_OK)
        st = ch_catalogue_fill(cx, *holder, root, &made);
    if (st != CH_OK)
        return st;
    pthread_mutex_lock(&s->lock);
    if (!s->catalogue) {
        s->catalogue       = made;
        s->catalogue_arena = *holder;
        ch_lasting_keep(holder);
    }
    *out = s->catalogue;
    pthread_mutex_unlock(&s->lock);
    return CH_OK;
}

/* ---- sheets ---- */

static const ch_sheet *
cached(ch_sheets *s, ch_str path)
{
    pthread_mutex_lock(&s->lock);
    const ch_sheet *x = s->first;
    while (x && !ch_str_eq(x->file.path, path))
        x = x->next;
    pthread_mutex_unlock(&s->lock);
    return x;
}

/* The sheet goes into the cache, unless another job was quicker: then that job's is used. */
static const ch_sheet *
adopt(ch_sheets *s, ch_arena **holder, ch_sheet *made)
{
    pthread_mutex_lock(&s->lock);
    ch_sheet **at = &s->first;
    while (*at && !ch_str_eq((*at)->file.path, made->file.path))
        at = &(*at)->next;
    if (!*at) {
        ch_lasting_keep(holder);
        *at = made;
    }
    made = *at;
    pthread_mutex_unlock(&s->lock);
    return made;
}

static ch_status load(ch_sheets *s, ch_ctx *cx, ch_str path, const reading *outer,
                      const ch_sheet **out);

static bool
is_path(ch_str name)
{
    return memchr(name.p, '/', name.n) || ch_str_ends(name, ".xml");
}

static ch_status
unknown(ch_sheets *s, ch_ctx *cx, ch_str name, ch_where where)
{
    const ch_catalogue *c;
    ch_report(cx, CH_E4001_unknown_style, where, CH_ARG(name));
    if (catalogue(s, cx, &c) != CH_OK)
        return CH_ERR_INPUT;
    ch_str near =
        is_path(name) ? CH_STR_EMPTY : ch_nearest(name, ch_catalogue_sheets(cx->job, c, " "));
    if (near.n > 0)
        ch_hint(cx, "did you mean '%.*s'?", CH_ARG(near));
    else
        ch_hint(cx, "the style sheets are: %s", ch_catalogue_sheets(cx->job, c, ", ").p);
    return CH_ERR_INPUT;
}

/* The file that a name or path means. */
static ch_status
find(ch_sheets *s, ch_ctx *cx, ch_str name, ch_str base, ch_where where, ch_str *path)
{
    if (!is_path(name)) {
        *path = ch_path_join(cx->job, ch_str_from(s->folder),
                             ch_arena_printf(cx->job, "%.*s.xml", CH_ARG(name)));
        return ch_file_exists(path->p) ? CH_OK : unknown(s, cx, name, where);
    }
    if (base.n == 0) {
        *path = ch_arena_str(cx->job, name);
        return ch_file_exists(path->p) ? CH_OK : unknown(s, cx, name, where);
    }
    /* Called by the name that its user knows; the real one only says whether it is allowed. */
    *path = ch_path_join(cx->job, ch_str_is(base, ".") ? CH_STR_EMPTY : base, name);
    if (!ch_file_exists(path->p))
        return unknown(s, cx, name, where);
    ch_str here = ch_arena_printf(cx->job, "%.*s/.", CH_ARG(base));
    if (ch_path_below(cx->job, here, name, cx->allowed, cx->n_allowed).n > 0)
        return CH_OK;
    ch_report(cx, CH_E1007_path_outside, where, CH_ARG(name));
    return CH_ERR_INPUT;
}

static ch_status
load_parent(ch_sheets *s, ch_ctx *cx, const ch_node *root, const reading *now, ch_sheet *sheet)
{
    const ch_attr *extends = ch_node_attr(root, CH_SA_extends);
    if (!extends)
        return CH_OK;
    ch_str    path;
    ch_status st =
        find(s, cx, extends->value, ch_path_folder(cx->job, now->path), extends->where, &path);
    unsigned depth = 0;
    for (const reading *r = now; st == CH_OK && r; r = r->outer) {
        /* One file can have many names ("x/../a.xml"), so the depth counts too. */
        if (ch_str_eq(r->path, path) || ++depth == DEPTH_MAX) {
            ch_report(cx, CH_E4002_style_cycle, extends->where, CH_ARG(extends->value));
            st = CH_ERR_INPUT;
        }
    }
    return st == CH_OK ? load(s, cx, path, now, &sheet->parent) : st;
}

static ch_status
load(ch_sheets *s, ch_ctx *cx, ch_str path, const reading *outer, const ch_sheet **out)
{
    const ch_catalogue *c;
    ch_status           st = catalogue(s, cx, &c);
    ch_input_add(cx, CH_INPUT_STYLE, path);
    if (st == CH_OK && (*out = cached(s, path))) {
        for (const ch_sheet *p = (*out)->parent; p; p = p->parent)
            ch_input_add(cx, CH_INPUT_STYLE, p->file.path);
        return CH_OK;
    }
    ch_arena **holder;
    if (st != CH_OK || (st = ch_lasting_begin(cx, &holder)) != CH_OK)
        return st;
    ch_sheet *sheet  = CH_NEW(*holder, ch_sheet);
    sheet->arena     = *holder;
    sheet->catalogue = c;
    sheet->file.path = ch_arena_str(*holder, path);
    const ch_node *root;
    size_t         before = ch_diags_errors(cx->diags);
    st                    = read_file(cx, *holder, path, &sheet->file.bytes);
    if (st == CH_OK)
        st = ch_xml_read(cx, &ch_style_vocab, path, sheet->file.bytes, &root);
    if (st == CH_OK) {
        reading now = {outer, path};
        sheet->name = ch_arena_str(*holder, ch_node_attr_str(root, CH_SA_name));
        st          = load_parent(s, cx, root, &now, sheet);
    }
    if (st == CH_OK)
        st = ch_sheet_fill(cx, root, sheet);
    if (st == CH_OK && ch_diags_errors(cx->diags) > before)
        st = CH_ERR_INPUT;
    if (st == CH_OK)
        *out = adopt(s, holder, sheet);
    return st;
}

ch_status
ch_sheet_lookup(ch_sheets *s, ch_ctx *cx, ch_str name, ch_str base, ch_where where,
                const ch_sheet **out)
{
    ch_str path;
    *out         = NULL;
    ch_status st = find(s, cx, name, base, where, &path);
    return st == CH_OK ? load(s, cx, path, NULL, out) : st;
}

static bool
has_word(ch_str words, ch_str w)
{
    for (size_t i = 0; i < words.n;) {
        size_t end = i;
        while (end < words.n && words.p[end] != ' ')
            end++;
        if (ch_str_eq(ch_str_sub(words, i, end), w))
            return true;
        i = end + 1;
    }
    return false;
}

ch_status
ch_sheet_for_kind(ch_sheets *s, ch_ctx *cx, ch_str kind, ch_where where, const ch_sheet **out)
{
    const ch_catalogue *c;
    *out         = NULL;
    ch_status st = catalogue(s, cx, &c);
    if (st != CH_OK)
        return st;
    size_t i = 0;
    while (i < c->n_sheets && !has_word(c->sheet[i].kinds, kind))
        i++;
    return ch_sheet_lookup(s, cx, c->sheet[i < c->n_sheets ? i : 0].name, CH_STR_EMPTY, where, out);
}
