/* job/lines.c -- a file line by line. */
#include "base/files.h"
#include "job/manifest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES ((size_t)256 << 20)

void
ch_log_lines_begin(ch_log_lines *l, int fd)
{
    *l = (ch_log_lines){.fd = fd};
}

/* More of the file behind what there is; false at its end. */
static bool
fill(ch_log_lines *l, int *os_error)
{
    if (l->from > 0) {
        memmove(l->buf, l->buf + l->from, l->to - l->from);
        l->to -= l->from;
        l->from = 0;
    }
    if (l->to == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : (size_t)64 << 10;
        char  *big = cap <= LINE_MAX_BYTES ? realloc(l->buf, cap) : NULL;
        if (!big) {
            *os_error = ENOMEM;
            return false;
        }
        l->buf = big;
        l->cap = cap;
    }
    int64_t got = ch_log_read(l->fd, l->at + l->to, l->buf + l->to, l->cap - l->to, os_error);
    l->to += got > 0 ? (size_t)got : 0;
    return got > 0;
}

bool
ch_log_lines_next(ch_log_lines *l, ch_str *line, uint64_t *offset, int *os_error)
{
    *os_error      = 0;
    size_t      at = l->from;
    const char *end;
    for (;;) {
        end = l->to > at ? memchr(l->buf + at, '\n', l->to - at) : NULL;
        if (end)
            break;
        at = l->to - l->from;
        if (!fill(l, os_error))
            break;
    }
    *offset = l->at;
    if (*os_error != 0 || l->to == l->from)
        return false;
    size_t n = end ? (size_t)(end - (l->buf + l->from)) : l->to - l->from;
    *line    = (ch_str){l->buf + l->from, n};
    l->torn  = !end;
    l->from += n + (end != NULL);
    l->at += n + (end != NULL);
    l->number++;
    return true;
}

void
ch_log_lines_end(ch_log_lines *l)
{
    free(l->buf);
    l->buf = NULL;
}
