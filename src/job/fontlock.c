/* job/fontlock.c -- writing locks of fonts, reading them, and holding letters to them. */
#include "job/fontlock.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "chancery-fonts 1"

typedef struct locked_font {
    ch_str   digest, file, family, style;
    uint64_t size, index;
} locked_font;

typedef struct locked_use {
    ch_str   key, file; /* key: the fields between `use` and the file, with their tabs */
    uint64_t index;
} locked_use;

struct ch_fontlock {
    ch_arena *arena; /* holds this */
    ch_str    path;
    CH_VEC(locked_font) font;
    CH_VEC(locked_use) use;
};

/* Without its folders. */
static ch_str
file_name(ch_str path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return ch_str_sub(path, from, path.n);
}

/* ---- reading ---- */

enum { FIELDS = 8 };

static size_t
split(ch_str line, ch_str field[FIELDS])
{
    size_t n = 0;
    for (size_t from = 0, to = 0; n < FIELDS && from <= line.n; from = to + 1) {
        for (to = from; to < line.n && line.p[to] != '\t';)
            to++;
        field[n++] = ch_str_sub(line, from, to);
        if (to < line.n && n == FIELDS)
            return FIELDS + 1;
    }
    return n;
}

static bool
number(ch_str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i >= 18)
            return false;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0;
}

static bool
read_line(ch_fontlock *lock, ch_str line)
{
    ch_str field[FIELDS];
    size_t n = split(line, field);
    if (ch_str_is(field[0], "font") && n == 7) {
        locked_font f = {
            .digest = field[1], .file = field[3], .family = field[5], .style = field[6]};
        if (f.digest.n != 64 || !number(field[2], &f.size) || !number(field[4], &f.index))
            return false;
        *CH_PUSH(lock->arena, lock->font) = f;
        return true;
    }
    if (!ch_str_is(field[0], "use") || n != 8)
        return false;
    size_t     from = field[1].p - line.p >= 0 ? (size_t)(field[1].p - line.p) : 0;
    locked_use u    = {.file = field[6]};
    u.key           = ch_str_sub(line, from, (size_t)(field[6].p - line.p) - 1);
    if (!number(field[7], &u.index))
        return false;
    *CH_PUSH(lock->arena, lock->use) = u;
    return true;
}

static ch_status
parse(ch_ctx *cx, ch_fontlock *lock, ch_str bytes)
{
    unsigned line = 0;
    for (size_t from = 0, to = 0; from < bytes.n; from = to + 1) {
        for (to = from; to < bytes.n && bytes.p[to] != '\n';)
            to++;
        ch_str s = ch_str_sub(bytes, from, to);
        line++;
        if (s.n > 0 && s.p[s.n - 1] == '\r')
            s.n--;
        if (line > 1 && (s.n == 0 || s.p[0] == '#'))
            continue;
        if (line == 1 ? ch_str_is(s, FIRST_LINE) : read_line(lock, s))
            continue;
        ch_report(cx, CH_E1073_bad_font_lock, CH_NOWHERE, CH_ARG(lock->path), line);
        ch_hint(cx, "chancery fonts --lock FILE LETTER... writes one");
        return CH_ERR_INPUT;
    }
    return CH_OK;
}

ch_status
ch_fontlock_read(ch_ctx *cx, const char *path, ch_fontlock **out)
{
    /* Its arena outlives the job's; until it is whole it goes with the job. */
    ch_arena **holder;
    *out         = NULL;
    ch_status st = ch_lasting_begin(cx, &holder);
    if (st != CH_OK)
        return st;
    ch_arena    *a        = *holder;
    ch_fontlock *lock     = CH_NEW(a, ch_fontlock);
    ch_str       bytes    = CH_STR_EMPTY;
    int          os_error = 0;
    size_t       max      = cx->limits.file_bytes;
    lock->arena           = a;
    lock->path            = ch_arena_str(a, ch_str_from(path));
    ch_file_error err     = ch_file_read(a, lock->path.p, max, &bytes, &os_error);
    st = ch_report_file(cx, CH_NOWHERE, lock->path, err, os_error, max, CH_ERR_HOST);
    if (st == CH_OK && bytes.n == 0) {
        ch_report(cx, CH_E1005_file_empty, CH_NOWHERE, CH_ARG(lock->path));
        st = CH_ERR_INPUT;
    }
    if (st == CH_OK)
        st = parse(cx, lock, bytes);
    if (st != CH_OK)
        return st;
    ch_lasting_keep(holder);
    *out = lock;
    return CH_OK;
}

void
ch_fontlock_free(ch_fontlock *lock)
{
    if (lock)
        ch_arena_free(lock->arena);
}

/* ---- holding ---- */

static bool
digest_of(ch_ctx *cx, ch_digests *digests, const ch_input_file *in, char hex[65], uint64_t *size)
{
    uint8_t raw[32];
    int     os_error;
    if (ch_digest_of(digests, in, raw, size, &os_error)) {
        ch_digest_print(raw, hex);
        return true;
    }
    ch_report(cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(in->path), strerror(os_error));
    return false;
}

static void
check_font(ch_ctx *cx, const ch_fontlock *lock, ch_digests *digests, const ch_input_file *in)
{
    const locked_font *same = NULL;
    char               hex[65];
    uint64_t           size = 0;
    if (!digest_of(cx, digests, in, hex, &size))
        return;
    for (size_t i = 0; i < lock->font.n; i++) {
        const locked_font *f = &lock->font.at[i];
        if (f->index != in->index || !ch_str_eq(f->file, file_name(in->path)))
            continue;
        if (ch_str_is(f->digest, hex))
            return;
        same = f;
    }
    if (same) {
        ch_report(cx, CH_E1071_font_changed, CH_NOWHERE, CH_ARG(in->family), CH_ARG(in->style),
                  CH_ARG(in->path), CH_ARG(lock->path));
        ch_hint(cx, "locked: %llu bytes, SHA-256 %.*s; now: %llu bytes, %s",
                (unsigned long long)same->size, CH_ARG(same->digest), (unsigned long long)size,
                hex);
        return;
    }
    ch_report(cx, CH_E1070_font_not_locked, CH_NOWHERE, CH_ARG(in->family), CH_ARG(in->style),
              CH_ARG(in->path), CH_ARG(lock->path));
}

/* Where the lock knows the kind of text, it must know the font that serves it. */
static void
check_choice(ch_ctx *cx, const ch_fontlock *lock, const ch_input_choice *c)
{
    const locked_use *other = NULL;
    for (size_t i = 0; i < lock->use.n; i++) {
        const locked_use *u = &lock->use.at[i];
        if (!ch_str_eq(u->key, c->key))
            continue;
        if (u->index == c->index && ch_str_eq(u->file, file_name(c->path)))
            return;
        other = other ? other : u;
    }
    if (!other)
        return;
    ch_buf words;
    ch_buf_init(&words, cx->job);
    for (size_t i = 0; i < c->key.n; i++)
        ch_buf_putc(&words, c->key.p[i] == '\t' ? ' ' : c->key.p[i]);
    ch_report(cx, CH_E1072_other_font, CH_NOWHERE, CH_ARG(ch_buf_view(&words)), CH_ARG(c->path),
              CH_ARG(other->file), CH_ARG(lock->path));
}

ch_status
ch_fontlock_check(ch_ctx *cx, const ch_fontlock *lock, ch_digests *digests)
{
    size_t before = ch_diags_errors(cx->diags);
    for (size_t i = 0; i < ch_inputs_count(cx->inputs); i++) {
        const ch_input_file *in = ch_inputs_at(cx->inputs, i);
        if (in->kind == CH_INPUT_FONT)
            check_font(cx, lock, digests, in);
    }
    for (size_t i = 0; i < ch_inputs_choices(cx->inputs); i++)
        check_choice(cx, lock, ch_inputs_choice(cx->inputs, i));
    return ch_diags_errors(cx->diags) > before ? CH_ERR_FONT : CH_OK;
}

/* ---- writing ---- */

void
ch_fontlines_free(ch_fontlines *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->line[i]);
    free(all->line);
    *all = (ch_fontlines){NULL, 0, 0};
}

static bool
put(ch_fontlines *all, const char *line)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->line[i], line) == 0)
            return true;
    if (all->n == all->room) {
        size_t room = all->room ? 2 * all->room : 32;
        char **more = realloc(all->line, room * sizeof *more);
        if (!more)
            return false;
        all->line = more;
        all->room = room;
    }
    char *copy = strdup(line);
    if (copy)
        all->line[all->n++] = copy;
    return copy != NULL;
}

static ch_status
put_or_say(ch_ctx *cx, ch_fontlines *all, ch_str line)
{
    if (put(all, line.p))
        return CH_OK;
    ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

ch_status
ch_fontlines_add(ch_ctx *cx, ch_fontlines *all, ch_digests *digests)
{
    ch_status st = CH_OK;
    for (size_t i = 0; st == CH_OK && i < ch_inputs_count(cx->inputs); i++) {
        const ch_input_file *in = ch_inputs_at(cx->inputs, i);
        char                 hex[65];
        uint64_t             size = 0;
        if (in->kind != CH_INPUT_FONT)
            continue;
        if (!digest_of(cx, digests, in, hex, &size))
            return CH_ERR_HOST;
        st = put_or_say(cx, all,
                        ch_arena_printf(cx->job, "font\t%s\t%llu\t%.*s\t%u\t%.*s\t%.*s", hex,
                                        (unsigned long long)size, CH_ARG(file_name(in->path)),
                                        in->index, CH_ARG(in->family), CH_ARG(in->style)));
    }
    for (size_t i = 0; st == CH_OK && i < ch_inputs_choices(cx->inputs); i++) {
        const ch_input_choice *c = ch_inputs_choice(cx->inputs, i);
        st                       = put_or_say(cx, all,
                                              ch_arena_printf(cx->job, "use\t%.*s\t%.*s\t%u", CH_ARG(c->key),
                                                              CH_ARG(file_name(c->path)), c->index));
    }
    return st;
}

static int
by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void
ch_fontlines_print(ch_fontlines *all, ch_buf *out)
{
    if (all->n > 0)
        qsort(all->line, all->n, sizeof *all->line, by_bytes);
    ch_buf_puts(out, FIRST_LINE "\n");
    for (size_t i = 0; i < all->n; i++)
        ch_buf_printf(out, "%s\n", all->line[i]);
}
