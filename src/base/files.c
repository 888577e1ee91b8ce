#define _XOPEN_SOURCE 700 /* realpath */
#include "base/files.h"

#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
fail(int *os_error, int error)
{
    *os_error = error;
    return false;
}

/* ---- folders ---- */

bool
ch_folder_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

ch_str
ch_path_real(ch_arena *a, const char *path)
{
    char        real[PATH_MAX];
    const char *found = realpath(path, real);
    return ch_arena_str(a, ch_str_from(found ? found : path));
}

bool
ch_folder_make(const char *path, int *os_error)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && ch_folder_exists(path)))
        return true;
    return fail(os_error, errno);
}

bool
ch_folders_make(const char *path, int *os_error)
{
    char   part[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return fail(os_error, ENAMETOOLONG);
    memcpy(part, path, n + 1);
    for (char *p = part; (p = strchr(p, '/')); p++) {
        *p      = '\0';
        bool ok = p == part || ch_folder_make(part, os_error);
        *p      = '/';
        if (!ok)
            return false;
    }
    return true;
}

bool
ch_folder_sweep(const char *path, int *os_error)
{
    int fd = ch_fd_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    if (fd < 0)
        return errno == ENOENT || fail(os_error, errno);
    DIR *d = fdopendir(fd);
    if (!d) {
        (void)fail(os_error, errno);
        (void)close(fd);
        return false;
    }
    bool           ok = true;
    struct dirent *e;
    while ((e = readdir(d)))
        if (!e->d_name[strspn(e->d_name, "0123456789")] && unlinkat(dirfd(d), e->d_name, 0) < 0 &&
            errno != ENOENT)
            ok = fail(os_error, errno);
    (void)closedir(d);
    return ok;
}

void
ch_folder_remove(const char *path)
{
    if (path)
        (void)rmdir(path);
}

bool
ch_file_sweep(const char *path)
{
    return unlink(path) == 0;
}

/* ---- files ---- */

ch_put_fault
ch_file_put(const char *aside, const char *target, ch_str bytes, int *os_error)
{
    int fd = ch_fd_open(aside, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (fd < 0) {
        *os_error = errno;
        return CH_PUT_ASIDE;
    }
    bool ok   = ch_fd_write(fd, bytes);
    *os_error = errno;
    if (close(fd) < 0 && ok) {
        ok        = false;
        *os_error = errno;
    }
    if (ok && rename(aside, target) == 0)
        return CH_PUT_OK;
    if (ok)
        *os_error = errno;
    (void)unlink(aside);
    return ok ? CH_PUT_TARGET : CH_PUT_ASIDE;
}

/* ---- logs ---- */

/* Is the open file still the one of that name?  It is not when the process that had it locked put
 * another in its place. */
static bool
is_still(int fd, const char *path)
{
    struct stat a, b;
    return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

bool
ch_log_open(const char *path, int *fd, bool *busy, int *os_error)
{
    *busy = false;
    for (int tries = 0; tries < 100; tries++) {
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        *fd                = ch_fd_open(path, O_RDWR | O_CREAT | O_APPEND, 0666);
        if (*fd < 0)
            return fail(os_error, errno);
        if (fcntl(*fd, F_SETLK, &whole) < 0 && (errno == EAGAIN || errno == EACCES)) {
            *busy     = true;
            *os_error = errno;
            (void)close(*fd);
            *fd = -1;
            return false;
        }
        /* A file system without locks is no reason not to work. */
        if (is_still(*fd, path))
            return true;
        (void)close(*fd);
    }
    *fd = -1;
    return fail(os_error, EBUSY);
}

bool
ch_log_look(const char *path, int *fd, int *os_error)
{
    struct stat st;
    *fd = ch_fd_open(path, O_RDONLY, 0666);
    if (*fd < 0)
        return fail(os_error, errno);
    if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
        return true;
    (void)close(*fd);
    *fd = -1;
    return fail(os_error, EINVAL);
}

bool
ch_log_add(int fd, ch_str line, int *os_error)
{
    return ch_fd_write(fd, line) || fail(os_error, errno);
}

int64_t
ch_log_read(int fd, uint64_t at, char *to, size_t n, int *os_error)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = pread(fd, to + got, n - got, (off_t)(at + got));
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0) {
            *os_error = errno;
            return -1;
        }
        if (r == 0)
            break;
        got += (size_t)r;
    }
    return (int64_t)got;
}

bool
ch_log_cut(int fd, uint64_t size, int *os_error)
{
    return ftruncate(fd, (off_t)size) == 0 || fail(os_error, errno);
}

void
ch_log_close(int fd)
{
    if (fd >= 0)
        (void)close(fd);
}

bool
ch_log_commit(int fd, const char *path, const char *target, int *os_error)
{
    bool flushed = fsync(fd) == 0 || errno == EINVAL || errno == ENOSYS;
    return (flushed && rename(path, target) == 0) || fail(os_error, errno);
}

void
ch_log_drop(int fd, const char *path)
{
    ch_log_close(fd);
    (void)unlink(path);
}
