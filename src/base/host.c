/* base/host.c -- files and limits. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/host.h"

#include "base/fd.h"
#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void
ch_limits_fill(ch_limits *l)
{
    if (!l->input_bytes)
        l->input_bytes = (size_t)64 << 20;
    if (!l->file_bytes)
        l->file_bytes = (size_t)256 << 20;
    if (!l->memory_bytes)
        l->memory_bytes = (size_t)4 << 30;
    if (!l->depth)
        l->depth = 256;
    if (!l->nodes)
        l->nodes = 8000000;
    if (!l->pages)
        l->pages = 100000;
    if (!l->image_pixels)
        l->image_pixels = 100000000;
}

/* ---- reading ---- */

static ch_file_error
classify(int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return CH_FILE_MISSING;
    if (error == EISDIR)
        return CH_FILE_IS_DIRECTORY;
    return error == ENOMEM ? CH_FILE_FAILED : CH_FILE_UNREADABLE;
}

int
ch_fd_open(const char *path, int flags, mode_t mode)
{
    int fd;
    do
        fd = open(path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

/* Read at most n bytes, fewer only at the end; -1 with errno on failure. */
static ssize_t
read_full(int fd, char *p, size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = read(fd, p + got, n - got);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return -1;
        if (r == 0)
            break;
        got += (size_t)r;
    }
    return (ssize_t)got;
}

static ch_file_error
open_for_reading(const char *path, int *fd, struct stat *st, int *os_error)
{
    *fd = !strcmp(path, "-") ? dup(STDIN_FILENO) : ch_fd_open(path, O_RDONLY, 0);
    if (*fd < 0 || fstat(*fd, st) < 0) {
        *os_error = errno;
        if (*fd >= 0)
            (void)close(*fd);
        return classify(*os_error);
    }
    if (S_ISDIR(st->st_mode)) {
        (void)close(*fd);
        *os_error = EISDIR;
        return CH_FILE_IS_DIRECTORY;
    }
    return CH_FILE_OK;
}

/* Read to the end into malloc'ed memory, which the caller frees.  Of a file, the size that
 * stat gave is a first guess only: files of /proc say 0, pipes nothing. */
static ch_file_error
slurp(int fd, size_t guess, size_t max, char **out, size_t *n, int *os_error)
{
    size_t cap = guess < max ? guess + 1 : max + 1, got = 0;
    if (cap < 4096)
        cap = 4096;
    char *p = malloc(cap);
    while (p) {
        ssize_t r = read_full(fd, p + got, cap - got);
        if (r < 0) {
            *os_error = errno;
            free(p);
            return classify(*os_error);
        }
        got += (size_t)r;
        if (got > max) {
            free(p);
            return CH_FILE_TOO_LARGE;
        }
        if (got < cap) {
            *out = p;
            *n   = got;
            return CH_FILE_OK;
        }
        cap       = cap <= max / 2 ? cap * 2 : max + 1;
        char *big = realloc(p, cap);
        if (!big)
            free(p);
        p = big;
    }
    *os_error = ENOMEM;
    return CH_FILE_FAILED;
}

ch_file_error
ch_file_read(ch_arena *a, const char *path, size_t max, ch_str *out, int *os_error)
{
    struct stat st;
    int         fd, error = 0;
    char       *bytes = NULL;
    size_t      n     = 0;
    *os_error         = 0;
    *out              = CH_STR_EMPTY;
    if (max > SIZE_MAX / 4)
        max = SIZE_MAX / 4;
    ch_file_error e = open_for_reading(path, &fd, &st, os_error);
    if (e)
        return e;
    size_t guess = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
    e            = S_ISREG(st.st_mode) && guess > max ? CH_FILE_TOO_LARGE
                                                      : slurp(fd, guess, max, &bytes, &n, &error);
    (void)close(fd);
    *os_error = error;
    if (e)
        return e;
    /* ch_arena_alloc would jump over the free below. */
    char *copy = ch_arena_try(a, n + 1);
    if (copy)
        memcpy(copy, bytes, n);
    free(bytes);
    if (!copy)
        copy = ch_arena_alloc(a, n + 1);
    *out = (ch_str){copy, n};
    return CH_FILE_OK;
}

ch_file_error
ch_file_map(const char *path, size_t max, ch_str *out, int *os_error)
{
    struct stat st;
    int         fd;
    *out      = CH_STR_EMPTY;
    *os_error = 0;
    if (!strcmp(path, "-"))
        return CH_FILE_MISSING;
    ch_file_error e = open_for_reading(path, &fd, &st, os_error);
    if (e)
        return e;
    if (!S_ISREG(st.st_mode))
        e = CH_FILE_UNREADABLE;
    else if ((uintmax_t)st.st_size > max)
        e = CH_FILE_TOO_LARGE;
    if (!e && st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED) {
            *os_error = errno;
            e         = CH_FILE_FAILED;
        } else {
            *out = (ch_str){p, (size_t)st.st_size};
        }
    }
    (void)close(fd);
    return e;
}

void
ch_file_unmap(ch_str mapped)
{
    if (mapped.n)
        (void)munmap((void *)(uintptr_t)mapped.p, mapped.n);
}

bool
ch_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* ---- which file ---- */

bool
ch_file_id_same(const ch_file_id *a, const ch_file_id *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed == b->changed && a->modified == b->modified;
}

static int64_t
nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static ch_file_id
id_of(const struct stat *st)
{
    return (ch_file_id){.device   = (uint64_t)st->st_dev,
                        .inode    = (uint64_t)st->st_ino,
                        .size     = (uint64_t)st->st_size,
                        .changed  = nanoseconds(st->st_ctim),
                        .modified = nanoseconds(st->st_mtim)};
}

bool
ch_file_identify(const char *path, ch_file_id *out, int *os_error)
{
    struct stat st;
    *os_error = 0;
    if (stat(path, &st) < 0) {
        *os_error = errno;
        return false;
    }
    *out = id_of(&st);
    return S_ISREG(st.st_mode);
}

bool
ch_file_pieces(const char *path, ch_file_piece *fn, void *user, ch_file_id *id, int *os_error)
{
    char        piece[16384];
    struct stat st;
    int         fd;
    ssize_t     n = 0;
    /* Asked before it is opened: a pipe would wait for its writer. */
    if (!ch_file_identify(path, id, os_error) || open_for_reading(path, &fd, &st, os_error))
        return false;
    *id     = id_of(&st);
    bool ok = S_ISREG(st.st_mode);
    while (ok && (n = read_full(fd, piece, sizeof piece)) > 0)
        ok = fn(user, piece, (size_t)n);
    if (n < 0)
        *os_error = errno;
    (void)close(fd);
    return ok && n == 0;
}

/* ---- writing ---- */

bool
ch_fd_write(int fd, ch_str s)
{
    while (s.n) {
        ssize_t w = write(fd, s.p, s.n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return false;
        s.p += w;
        s.n -= (size_t)w;
    }
    return true;
}

static bool
fail(int *os_error, int error)
{
    *os_error = error;
    return false;
}

/* Devices and pipes: nothing to rename. */
static bool
write_directly(const char *path, ch_str bytes, int *os_error)
{
    int fd = ch_fd_open(path, O_WRONLY, 0);
    if (fd < 0)
        return fail(os_error, errno);
    bool ok    = ch_fd_write(fd, bytes);
    int  error = errno;
    if (close(fd) < 0 && ok) {
        ok    = false;
        error = errno;
    }
    return ok || fail(os_error, error);
}

/* Open a new file beside the target.  Its name is not random, but O_EXCL makes it ours. */
static int
open_beside(char *name, size_t room, const char *target)
{
    for (unsigned n = 0; n < 10000; n++) {
        (void)snprintf(name, room, "%s.%ld-%u.tmp", target, (long)getpid(), n);
        int fd = ch_fd_open(name, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    errno = EEXIST;
    return -1;
}

/* All of it in a new file beside the target, with the rights that the old one had. */
static bool
write_beside(const char *target, const struct stat *old, ch_str bytes, char *name, size_t room,
             int *os_error)
{
    int fd = open_beside(name, room, target);
    if (fd < 0)
        return fail(os_error, errno);
    bool ok    = (!old || fchmod(fd, old->st_mode & 07777) == 0) && ch_fd_write(fd, bytes);
    ok         = ok && (fsync(fd) == 0 || errno == EINVAL || errno == ENOSYS);
    int  error = errno;
    bool shut  = close(fd) == 0;
    if (ok && !shut) {
        error = errno;
        ok    = false;
    }
    if (!ok) {
        (void)unlink(name);
        return fail(os_error, error);
    }
    return true;
}

static bool
put_in_place(const char *name, const char *target, int *os_error)
{
    if (rename(name, target) == 0)
        return true;
    int error = errno;
    (void)unlink(name);
    return fail(os_error, error);
}

bool
ch_file_stage(const char *path, ch_str bytes, ch_staged *out, int *os_error)
{
    struct stat st;
    char        real[PATH_MAX];
    const char *target = path;
    *out               = (ch_staged){NULL, NULL};
    *os_error          = 0;
    bool old           = stat(path, &st) == 0;
    if (old && !S_ISREG(st.st_mode))
        return fail(os_error, S_ISDIR(st.st_mode) ? EISDIR : EINVAL);
    if (old && access(path, W_OK) < 0)
        return fail(os_error, errno);
    if (old && realpath(path, real))
        target = real;
    size_t room = strlen(target) + 48;
    out->name   = malloc(room);
    out->target = strdup(target);
    if (out->name && out->target &&
        write_beside(target, old ? &st : NULL, bytes, out->name, room, os_error))
        return true;
    if (*os_error == 0)
        *os_error = ENOMEM;
    free(out->name);
    free(out->target);
    *out = (ch_staged){NULL, NULL};
    return false;
}

bool
ch_file_commit(ch_staged *s, int *os_error)
{
    bool ok = put_in_place(s->name, s->target, os_error);
    free(s->name);
    s->name = NULL;
    return ok;
}

void
ch_file_unstage(ch_staged *s)
{
    if (s->name)
        (void)unlink(s->name);
    free(s->name);
    free(s->target);
    *s = (ch_staged){NULL, NULL};
}

bool
ch_file_write_atomic(ch_arena *scratch, const char *path, ch_str bytes, int *os_error)
{
    struct stat st;
    char        real[PATH_MAX];
    const char *target = path;
    *os_error          = 0;
    if (!strcmp(path, "-"))
        return ch_fd_write(STDOUT_FILENO, bytes) || fail(os_error, errno);
    bool old = stat(path, &st) == 0;
    if (old && S_ISDIR(st.st_mode))
        return fail(os_error, EISDIR);
    if (old && !S_ISREG(st.st_mode))
        return write_directly(path, bytes, os_error);
    if (old && access(path, W_OK) < 0)
        return fail(os_error, errno); /* a read-only file is not to be replaced either */
    if (old && realpath(path, real))
        target = real; /* through a symbolic link, not over it */
    ch_mark m    = ch_arena_mark(scratch);
    size_t  room = strlen(target) + 48;
    char   *name = ch_arena_array(scratch, room, 1);
    bool    ok   = write_beside(target, old ? &st : NULL, bytes, name, room, os_error) &&
              put_in_place(name, target, os_error);
    ch_arena_rewind(scratch, m);
    return ok;
}

/* ---- paths ---- */

ch_str
ch_path_folder(ch_arena *a, ch_str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    if (!n)
        return CH_STR_LIT(".");
    while (n > 1 && path.p[n - 1] == '/')
        n--;
    return ch_arena_str(a, ch_str_sub(path, 0, n));
}

ch_str
ch_path_join(ch_arena *a, ch_str folder, ch_str name)
{
    if (!folder.n || ch_str_starts(name, "/"))
        return ch_arena_str(a, name);
    const char *slash = ch_str_ends(folder, "/") ? "" : "/";
    return ch_arena_printf(a, "%.*s%s%.*s", (int)folder.n, folder.p, slash, (int)name.n, name.p);
}

/* Is the path inside the folder?  Both are real paths. */
static bool
is_below(ch_str path, const char *folder)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return false;
    ch_str f = ch_str_from(real);
    if (f.n == 1)
        return true;
    return ch_str_starts(path, real) && path.n > f.n && path.p[f.n] == '/';
}

/* The real path of a name whose last parts need not exist; empty when those climb. */
static ch_str
real_path(ch_arena *a, ch_str path)
{
    char   real[PATH_MAX];
    size_t n = path.n;
    for (;;) {
        ch_str head = n == path.n ? path : n ? ch_str_sub(path, 0, n) : CH_STR_LIT("/");
        ch_str rest = ch_str_sub(path, n, path.n);
        if (realpath(ch_arena_str(a, head).p, real)) {
            ch_str r = ch_str_from(real);
            if (rest.n && r.n == 1)
                r.n = 0;
            return ch_arena_printf(a, "%.*s%.*s", (int)r.n, r.p, (int)rest.n, rest.p);
        }
        if (errno != ENOENT || n == 0)
            return CH_STR_EMPTY;
        while (n && path.p[n - 1] != '/')
            n--;
        ch_str part = ch_str_sub(path, n, path.n);
        if (ch_str_is(part, "..") || ch_str_starts(part, "../"))
            return CH_STR_EMPTY;
        while (n && path.p[n - 1] == '/')
            n--;
    }
}

ch_str
ch_path_below(ch_arena *a, ch_str base, ch_str name, const ch_str *allowed, size_t n_allowed)
{
    if (!name.n || memchr(name.p, 0, name.n))
        return CH_STR_EMPTY;
    ch_str folder = ch_path_folder(a, base);
    ch_str path   = ch_path_join(a, folder, name);
    if (!ch_str_starts(path, "/") && !ch_str_starts(path, "."))
        path = ch_arena_printf(a, "./%.*s", (int)path.n, path.p);
    path = real_path(a, path);
    if (!path.n)
        return CH_STR_EMPTY;
    if (is_below(path, folder.p))
        return path;
    for (size_t i = 0; i < n_allowed; i++) {
        if (is_below(path, ch_arena_str(a, allowed[i]).p))
            return path;
    }
    return CH_STR_EMPTY;
}

/* ---- the clock ---- */

bool
ch_source_date_epoch(int64_t *out)
{
    const char *z = getenv("SOURCE_DATE_EPOCH");
    int64_t     v = 0;
    size_t      n = 0;
    if (!z)
        return false;
    for (; z[n] >= '0' && z[n] <= '9' && n < 13; n++)
        v = v * 10 + (z[n] - '0');
    /* The last second of the year 9999: no date of ours has more digits. */
    if (!n || z[n] || v > INT64_C(253402300799))
        return false;
    *out = v;
    return true;
}

/* ---- a piece at a time ---- */

struct ch_stream {
    int    fd; /* -1: the bytes */
    ch_str bytes;
};

static ch_stream *
new_stream(int fd, ch_str bytes)
{
    ch_stream *s = malloc(sizeof *s);
    if (s)
        *s = (ch_stream){fd, bytes};
    return s;
}

ch_file_error
ch_stream_open(const char *path, ch_stream **out, int *os_error)
{
    struct stat st;
    int         fd;
    *out            = NULL;
    *os_error       = 0;
    ch_file_error e = open_for_reading(path, &fd, &st, os_error);
    if (e)
        return e;
    *out = new_stream(fd, CH_STR_EMPTY);
    if (*out)
        return CH_FILE_OK;
    (void)close(fd);
    *os_error = ENOMEM;
    return CH_FILE_FAILED;
}

ch_stream *
ch_stream_of(ch_str bytes)
{
    return new_stream(-1, bytes);
}

ch_file_error
ch_stream_read(ch_stream *s, void *to, size_t n, size_t *got, int *os_error)
{
    *os_error = 0;
    *got      = 0;
    if (s->fd < 0) {
        *got = n < s->bytes.n ? n : s->bytes.n;
        memcpy(to, s->bytes.p, *got);
        s->bytes = ch_str_sub(s->bytes, *got, s->bytes.n);
        return CH_FILE_OK;
    }
    ssize_t r = read_full(s->fd, to, n);
    if (r < 0) {
        *os_error = errno;
        return classify(errno);
    }
    *got = (size_t)r;
    return CH_FILE_OK;
}

void
ch_stream_close(ch_stream *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        (void)close(s->fd);
    free(s);
}
