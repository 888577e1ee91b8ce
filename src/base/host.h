/* base/host.h -- the one door to the outside: files, the clock, limits.
 * Nothing else in the library opens a file or asks the time. */
#ifndef CH_BASE_HOST_H
#define CH_BASE_HOST_H

#include "base/arena.h"
#include "base/status.h"

struct ch_ctx;

/* What a job may use at most.  0 in a field: the default. */
typedef struct ch_limits {
    size_t   input_bytes;  /* of the letter; default 64 MiB */
    size_t   file_bytes;   /* of an image, style or list; default 256 MiB */
    size_t   memory_bytes; /* of a job's arenas; default 4 GiB */
    uint32_t depth;        /* of nested elements; default 256 */
    uint32_t nodes;        /* elements and texts; default 8,000,000 */
    uint32_t pages;        /* default 100,000 */
    uint64_t image_pixels; /* default 100,000,000 */
} ch_limits;

void ch_limits_fill(ch_limits *l); /* put the defaults where there is 0 */

/* A file mapped or read whole; borrowed until the arena goes. */
typedef enum ch_file_error {
    CH_FILE_OK = 0,
    CH_FILE_MISSING,
    CH_FILE_IS_DIRECTORY,
    CH_FILE_UNREADABLE,
    CH_FILE_TOO_LARGE,
    CH_FILE_FAILED
} ch_file_error;

/* Read a whole file into the arena (NUL behind the last byte). path "-" is standard input. */
ch_file_error ch_file_read(ch_arena *a, const char *path, size_t max, ch_str *out, int *os_error);
/* Map a file read-only; unmap with ch_file_unmap.  For fonts, which are shared by jobs. */
ch_file_error ch_file_map(const char *path, size_t max, ch_str *out, int *os_error);
void          ch_file_unmap(ch_str mapped);
bool          ch_file_exists(const char *path); /* a regular file */

/* Which file it is and when it was changed last: two that are the same say the same. */
typedef struct ch_file_id {
    uint64_t device, inode, size;
    int64_t  changed, modified; /* nanoseconds */
} ch_file_id;
bool ch_file_id_same(const ch_file_id *a, const ch_file_id *b);
/* Of a regular file; false with *os_error (0: it is none). */
bool ch_file_identify(const char *path, ch_file_id *out, int *os_error);
/* A regular file piece by piece, until fn says no. */
typedef bool ch_file_piece(void *user, const char *p, size_t n);
bool ch_file_pieces(const char *path, ch_file_piece *fn, void *user, ch_file_id *id, int *os_error);

/* Write all bytes beside `path`, flush to disk, rename into place.  On failure nothing is
 * left and an earlier file is as it was.  "-" writes to standard output.  Devices and pipes
 * (/dev/null, /dev/stdout, a FIFO) are written to directly.
 * Keeps the mode of an earlier file; a new one gets 0666 less the umask. */
bool ch_file_write_atomic(ch_arena *scratch, const char *path, ch_str bytes, int *os_error);

/* A file that waits beside the place that it is meant for; malloc'd names. */
typedef struct ch_staged {
    char *name, *target;
} ch_staged;
/* Write bytes beside `path`, which must be a regular file or nothing yet. */
bool ch_file_stage(const char *path, ch_str bytes, ch_staged *out, int *os_error);
/* Put it in its place; it is staged no more. */
bool ch_file_commit(ch_staged *s, int *os_error);
/* Drop it, if it is staged still. */
void ch_file_unstage(ch_staged *s);

/* Resolve `name` against the folder of the file `base` and see that it stays below it or
 * below one of the allowed folders (symbolic links followed).  Empty when it does not. */
ch_str ch_path_below(ch_arena *a, ch_str base, ch_str name, const ch_str *allowed,
                     size_t n_allowed);
ch_str ch_path_join(ch_arena *a, ch_str folder, ch_str name);
ch_str ch_path_folder(ch_arena *a, ch_str path); /* "." when there is none */

/* Seconds since 1970 from SOURCE_DATE_EPOCH; false when it is not set or not a number.
 * The library never asks the machine's clock for anything it prints. */
bool ch_source_date_epoch(int64_t *out);

#endif
