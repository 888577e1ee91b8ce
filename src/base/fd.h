/* base/fd.h -- calls of the system that are made again when a signal cuts them short; for base/ alone. */
#ifndef CH_BASE_FD_H
#define CH_BASE_FD_H

#include "base/str.h"

#include <sys/types.h>

/* -1 with errno; closed in a process that is made from this one. */
int ch_fd_open(const char *path, int flags, mode_t mode);
/* All bytes; false with errno. */
bool ch_fd_write(int fd, ch_str s);

#endif
