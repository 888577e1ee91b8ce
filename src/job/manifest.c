#include "job/manifest.h"

#include "base/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where a line stands. */
typedef struct place {
    uint64_t key; /* hash of the path, or of the ID of a line of files */
    uint64_t at;
} place;

typedef struct places {
    place *p; /* malloc'd */
    size_t n, cap;
} places;

struct ch_manifest {
    char    *path;
    char    *header; /* malloc'd, the last one */
    int      fd;
    places   outputs, files; /* sorted by key, of one key the last line first */
    places   new_files;      /* added since, as they came */
    uint64_t size;
    bool     fresh; /* it was empty when it was opened */
    bool     added;
};

static bool
push(places *v, uint64_t key, uint64_t at)
{
    if (v->n == v->cap) {
        size_t cap = v->cap ? v->cap + v->cap / 2 : 1024;
        place *big = realloc(v->p, cap * sizeof *big);
        if (!big)
            return false;
        v->p   = big;
        v->cap = cap;
    }
    v->p[v->n++] = (place){key, at};
    return true;
}

static int
by_key(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->at > y->at ? -1 : x->at < y->at;
}

static uint64_t
key_of(ch_str s)
{
    return ch_hash(s.p, s.n, 0);
}

static ch_status
cannot_write(ch_ctx *cx, const ch_manifest *m, int os_error)
{
    ch_str name = ch_str_from(m->path);
    ch_report(cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(name), strerror(os_error));
    return CH_ERR_HOST;
}

/* ---- opened ---- */

static ch_status
not_a_manifest(ch_ctx *cx, const ch_manifest *m)
{
    ch_str name = ch_str_from(m->path);
    ch_report(cx, CH_E1045_not_a_manifest, CH_NOWHERE, CH_ARG(name));
    return CH_ERR_INPUT;
}

static bool
keep_header(ch_manifest *m, ch_str line)
{
    char *copy = malloc(line.n + 1);
    if (!copy)
        return false;
    memcpy(copy, line.p, line.n);
    copy[line.n] = '\0';
    free(m->header);
    m->header = copy;
    return true;
}

static ch_status
note_line(ch_ctx *cx, ch_manifest *m, const ch_log_lines *l, ch_str line, uint64_t at)
{
    ch_account   a;
    ch_str       name = ch_str_from(m->path);
    ch_mark      mark = ch_arena_mark(cx->scratch);
    ch_line_kind kind = ch_account_read(cx->scratch, line, &a);
    bool         ok   = true;
    ch_status    st   = CH_OK;
    if (l->number == 1 && kind != CH_LINE_HEADER)
        st = not_a_manifest(cx, m);
    else if (kind == CH_LINE_BAD)
        ch_report(cx, CH_W1046_manifest_line, CH_NOWHERE, CH_ARG(name), l->number);
    else if (kind == CH_LINE_HEADER)
        ok = keep_header(m, line);
    else if (kind == CH_LINE_FILES)
        ok = push(&m->files, key_of(a.files), at);
    else
        ok = push(&m->outputs, key_of(a.path), at);
    ch_arena_rewind(cx->scratch, mark);
    return ok ? st : CH_ERR_HOST;
}

static ch_status
read_all(ch_ctx *cx, ch_manifest *m)
{
    ch_log_lines l;
    ch_str       line;
    uint64_t     at       = 0;
    int          os_error = 0;
    ch_status    st       = CH_OK;
    ch_log_lines_begin(&l, m->fd);
    while (st == CH_OK && ch_log_lines_next(&l, &line, &at, &os_error)) {
        m->fresh = false;
        if (!l.torn)
            st = note_line(cx, m, &l, line, at);
        else if (l.number == 1 && !ch_str_starts(line, "{\"chancery-manifest\""))
            st = not_a_manifest(cx, m); /* what is no manifest is not cut */
        else if (ch_log_cut(m->fd, at, &os_error))
            break; /* the process was killed while it wrote this */
    }
    m->size = l.torn ? at : l.at;
    ch_log_lines_end(&l);
    if (st == CH_OK && os_error != 0)
        st = cannot_write(cx, m, os_error);
    if (m->size == 0)
        m->fresh = true;
    return st;
}

static ch_str
name_anew(ch_ctx *cx, const ch_manifest *m)
{
    return ch_arena_printf(cx->job, "%s.new", m->path);
}

ch_status
ch_manifest_open(ch_ctx *cx, const char *path, ch_manifest **out)
{
    int          os_error = 0;
    bool         busy     = false;
    ch_str       name     = ch_str_from(path);
    ch_manifest *m        = calloc(1, sizeof *m);
    *out                  = m; /* the caller closes it, also when something jumps out of here */
    if (!m || !(m->path = strdup(path)))
        return CH_ERR_HOST;
    m->fd    = -1;
    m->fresh = true;
    if (!ch_folders_make(path, &os_error))
        return cannot_write(cx, m, os_error);
    if (!ch_log_open(path, &m->fd, &busy, &os_error)) {
        if (!busy)
            return cannot_write(cx, m, os_error);
        ch_report(cx, CH_E1047_manifest_in_use, CH_NOWHERE, CH_ARG(name));
        return CH_ERR_HOST;
    }
    ch_status st = read_all(cx, m);
    /* A batch that was killed while it put the lines in order left them as they were. */
    m->added = st == CH_OK && ch_file_sweep(name_anew(cx, m).p);
    if (m->outputs.n > 0)
        qsort(m->outputs.p, m->outputs.n, sizeof *m->outputs.p, by_key);
    if (m->files.n > 0)
        qsort(m->files.p, m->files.n, sizeof *m->files.p, by_key);
    return st;
}

void
ch_manifest_close(ch_manifest *m)
{
    if (!m)
        return;
    ch_log_close(m->fd);
    free(m->outputs.p);
    free(m->files.p);
    free(m->new_files.p);
    free(m->header);
    free(m->path);
    free(m);
}

static ch_str
last_header(const ch_manifest *m)
{
    return ch_str_from(m->header);
}

size_t
ch_manifest_count(const ch_manifest *m)
{
    return m->outputs.n;
}

/* ---- asked ---- */

/* The first of that key; n when there is none. */
static size_t
find(const places *v, uint64_t key)
{
    size_t low = 0, high = v->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v->p[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->n && v->p[low].key == key ? low : v->n;
}

/* The line at an offset; empty when it cannot be read. */
static ch_str
line_at(const ch_manifest *m, ch_arena *a, uint64_t at)
{
    int os_error = 0;
    for (size_t room = 1024; room <= ((size_t)1 << 28); room *= 4) {
        char   *p   = ch_arena_alloc(a, room);
        int64_t got = ch_log_read(m->fd, at, p, room, &os_error);
        char   *end = got > 0 ? memchr(p, '\n', (size_t)got) : NULL;
        if (end)
            return (ch_str){p, (size_t)(end - p)};
        if (got < (int64_t)room)
            break;
    }
    return CH_STR_EMPTY;
}

bool
ch_manifest_find(const ch_manifest *m, ch_arena *a, ch_str path, ch_account *out)
{
    uint64_t key = key_of(path);
    for (size_t i = find(&m->outputs, key); i < m->outputs.n && m->outputs.p[i].key == key; i++) {
        ch_str line = line_at(m, a, m->outputs.p[i].at);
        if (ch_account_read(a, line, out) == CH_LINE_OUTPUT && ch_str_eq(out->path, path))
            return out->done; /* the last word about it */
    }
    return false;
}

bool
ch_manifest_has_files(const ch_manifest *m, ch_str id)
{
    uint64_t key = key_of(id);
    for (size_t i = 0; i < m->new_files.n; i++)
        if (m->new_files.p[i].key == key)
            return true;
    return find(&m->files, key) < m->files.n;
}

size_t
ch_manifest_find_files(const ch_manifest *m, ch_str id)
{
    size_t i = find(&m->files, key_of(id));
    return i < m->files.n ? i : SIZE_MAX;
}

size_t
ch_manifest_files_count(const ch_manifest *m)
{
    return m->files.n;
}

bool
ch_manifest_files_at(const ch_manifest *m, ch_arena *a, size_t i, ch_str *line)
{
    if (i >= m->files.n)
        return false;
    *line = line_at(m, a, m->files.p[i].at);
    return true;
}

/* ---- added to ---- */

ch_status
ch_manifest_add(ch_manifest *m, ch_ctx *cx, ch_str line)
{
    int os_error = 0;
    m->added     = true;
    if (ch_log_add(m->fd, line, &os_error)) {
        m->size += line.n;
        return CH_OK;
    }
    int ignored;
    (void)ch_log_cut(m->fd, m->size, &ignored); /* what a full disk took of it */
    return cannot_write(cx, m, os_error);
}

ch_status
ch_manifest_add_files(ch_manifest *m, ch_ctx *cx, ch_str id, ch_str line)
{
    uint64_t  at = m->size;
    ch_status st = ch_manifest_add(m, cx, line);
    if (st == CH_OK && !push(&m->new_files, key_of(id), at))
        st = CH_ERR_HOST;
    return st;
}

ch_status
ch_manifest_set_header(ch_manifest *m, ch_ctx *cx, ch_str line)
{
    ch_str bare = ch_str_sub(line, 0, line.n - 1);
    if (ch_str_eq(last_header(m), bare))
        return CH_OK;
    ch_status st = ch_manifest_add(m, cx, line);
    return st == CH_OK && !keep_header(m, bare) ? CH_ERR_HOST : st;
}

/* ---- sorted ---- */

/* An output line that may stay. */
typedef struct entry {
    uint64_t path, at;
    uint32_t record;
    uint32_t
        lang; /* its number among those of the batch, then as they are found; ~0: not to stay */
} entry;

typedef struct sorter {
    ch_manifest  *m;
    ch_ctx       *cx;
    const ch_str *langs;
    size_t        n_langs;
    CH_VEC(ch_str) others;
    entry *e; /* malloc'd */
    size_t n, cap;
    places files;
    int    fd;
    bool  *written; /* which files */
} sorter;

static uint32_t
lang_number(sorter *s, ch_str lang)
{
    for (size_t i = 0; i < s->n_langs; i++)
        if (ch_str_eq(s->langs[i], lang))
            return (uint32_t)i;
    for (size_t i = 0; i < s->others.n; i++)
        if (ch_str_eq(s->others.at[i], lang))
            return (uint32_t)(s->n_langs + i);
    *CH_PUSH(s->cx->job, s->others) = ch_arena_str(s->cx->job, lang);
    return (uint32_t)(s->n_langs + s->others.n - 1);
}

static int
by_path(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->path != y->path)
        return x->path < y->path ? -1 : 1;
    return x->at > y->at ? -1 : x->at < y->at;
}

static int
by_record(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    if (x->lang != y->lang)
        return x->lang < y->lang ? -1 : 1;
    return x->at > y->at ? -1 : x->at < y->at;
}

static ch_status
collect(sorter *s)
{
    ch_log_lines l;
    ch_str       line;
    uint64_t     at;
    int          os_error = 0;
    bool         ok       = true;
    ch_log_lines_begin(&l, s->m->fd);
    while (ok && ch_log_lines_next(&l, &line, &at, &os_error)) {
        ch_account   a;
        ch_mark      mark = ch_arena_mark(s->cx->scratch);
        ch_line_kind kind = ch_account_read(s->cx->scratch, line, &a);
        if (kind == CH_LINE_FILES)
            ok = push(&s->files, key_of(a.files), at);
        if (kind == CH_LINE_OUTPUT && s->n == s->cap) {
            size_t cap = s->cap ? s->cap + s->cap / 2 : s->m->outputs.n + 1024;
            entry *big = realloc(s->e, cap * sizeof *big);
            ok         = big != NULL;
            s->e       = big ? big : s->e;
            s->cap     = big ? cap : s->cap;
        }
        if (kind == CH_LINE_OUTPUT && ok)
            s->e[s->n++] = (entry){.path   = a.path.n > 0 ? key_of(a.path) : at,
                                   .at     = at,
                                   .record = (uint32_t)a.record,
                                   .lang   = lang_number(s, a.lang)};
        ch_arena_rewind(s->cx->scratch, mark);
    }
    ch_log_lines_end(&l);
    if (os_error != 0)
        return cannot_write(s->cx, s->m, os_error);
    return ok ? CH_OK : CH_ERR_HOST;
}

/* Of one name the last line stays, then of one record and language. */
static void
sort_entries(sorter *s)
{
    size_t n = 0;
    if (s->n == 0)
        return;
    qsort(s->e, s->n, sizeof *s->e, by_path);
    for (size_t i = 0; i < s->n; i++)
        if (n == 0 || s->e[n - 1].path != s->e[i].path)
            s->e[n++] = s->e[i];
    s->n = n;
    qsort(s->e, s->n, sizeof *s->e, by_record);
    n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (n == 0 || s->e[n - 1].record != s->e[i].record || s->e[n - 1].lang != s->e[i].lang)
            s->e[n++] = s->e[i];
    s->n = n;
    if (s->files.n > 0)
        qsort(s->files.p, s->files.n, sizeof *s->files.p, by_key);
}

/* What is written goes out in large pieces. */
static bool
flush(sorter *s, ch_buf *b, size_t over, int *os_error)
{
    if (b->n <= over)
        return true;
    bool ok = ch_log_add(s->fd, ch_buf_view(b), os_error);
    ch_buf_clear(b);
    return ok;
}

/* The line of files that an output names, before the first that does. */
static void
add_files_of(sorter *s, ch_buf *b, ch_str line)
{
    ch_account a;
    if (ch_account_read(s->cx->scratch, line, &a) != CH_LINE_OUTPUT || a.files.n == 0)
        return;
    size_t i = find(&s->files, key_of(a.files));
    if (i == s->files.n || s->written[i])
        return;
    s->written[i] = true;
    ch_buf_str(b, line_at(s->m, s->cx->scratch, s->files.p[i].at));
    ch_buf_putc(b, '\n');
}

static ch_status
write_sorted(sorter *s)
{
    ch_buf b;
    int    os_error = 0;
    ch_buf_init(&b, s->cx->job);
    ch_buf_str(&b, ch_str_from(s->m->header));
    ch_buf_putc(&b, '\n');
    bool ok = true;
    for (size_t i = 0; i < s->n && ok; i++) {
        ch_mark mark = ch_arena_mark(s->cx->scratch);
        ch_str  line = line_at(s->m, s->cx->scratch, s->e[i].at);
        add_files_of(s, &b, line);
        ch_buf_str(&b, line);
        ch_buf_putc(&b, '\n');
        ch_arena_rewind(s->cx->scratch, mark);
        ok = flush(s, &b, (size_t)128 << 10, &os_error);
    }
    ok = ok && flush(s, &b, 0, &os_error);
    return ok ? CH_OK : cannot_write(s->cx, s->m, os_error);
}

/* Beside the old one, which stays until this stands in its place. */
static ch_status
write_anew(sorter *s)
{
    ch_str name     = name_anew(s->cx, s->m);
    int    os_error = 0;
    bool   busy     = false;
    if (!ch_log_open(name.p, &s->fd, &busy, &os_error))
        return cannot_write(s->cx, s->m, os_error);
    ch_status st =
        ch_log_cut(s->fd, 0, &os_error) ? write_sorted(s) : cannot_write(s->cx, s->m, os_error);
    if (st == CH_OK && !ch_log_commit(s->fd, name.p, s->m->path, &os_error))
        st = cannot_write(s->cx, s->m, os_error);
    if (st != CH_OK) {
        ch_log_drop(s->fd, name.p);
        return st;
    }
    ch_log_close(s->m->fd);
    s->m->fd = s->fd;
    return CH_OK;
}

ch_status
ch_manifest_finish(ch_manifest *m, ch_ctx *cx, const ch_str *langs, size_t n_langs)
{
    if (m->fresh || !m->added)
        return CH_OK; /* it came in order, or is as it was */
    sorter    s  = {.m = m, .cx = cx, .langs = langs, .n_langs = n_langs, .fd = -1};
    ch_status st = collect(&s);
    if (st == CH_OK) {
        sort_entries(&s);
        s.written = calloc(s.files.n + 1, sizeof *s.written);
        st        = s.written ? write_anew(&s) : CH_ERR_HOST;
    }
    free(s.written);
    free(s.files.p);
    free(s.e);
    m->added = false;
    return st;
}
