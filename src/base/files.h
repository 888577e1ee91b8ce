/* base/files.h -- many outputs: folders made as they are needed, files written aside and put in
 * their places, and a log that a killed process leaves whole.
 *
 * All of it with the system's own errors in *os_error.
 * Threads: any, each on files of its own. */
#ifndef CH_BASE_FILES_H
#define CH_BASE_FILES_H

#include "base/arena.h"

/* Make every folder on the way to `path` (what stands before its last '/'). */
bool ch_folders_make(const char *path, int *os_error);
/* Make one folder, or find it there. */
bool ch_folder_make(const char *path, int *os_error);
/* Remove the files of a folder whose names are numbers; true when it is not there.  A link to a
 * folder is none. */
bool ch_folder_sweep(const char *path, int *os_error);
void ch_folder_remove(const char *path); /* an empty one; NULL: none */
/* Remove a file that may be left from a process that was killed; true when there was one. */
bool ch_file_sweep(const char *path);
bool ch_folder_exists(const char *path);
/* A path from the root, without links, in a; as it is when there is nothing of that name. */
ch_str ch_path_real(ch_arena *a, const char *path);

typedef enum ch_put_fault {
    CH_PUT_OK,
    CH_PUT_ASIDE,  /* the file aside cannot be made or written */
    CH_PUT_TARGET, /* it cannot be put in its place */
} ch_put_fault;

/* Write bytes into the file `aside`, which may be there and is written over, and rename it to
 * `target`.  Not flushed to the disk: whoever counts on it compares digests.  Nothing of it is left
 * aside after a fault. */
ch_put_fault ch_file_put(const char *aside, const char *target, ch_str bytes, int *os_error);

/* A file that lines are added to, read at the same time, and locked against other processes.
 * false: *busy tells that another process has it. */
bool ch_log_open(const char *path, int *fd, bool *busy, int *os_error);
/* An existing one to read only, not locked. */
bool ch_log_look(const char *path, int *fd, int *os_error);
/* Add at the end, by one write where the system takes it. */
bool ch_log_add(int fd, ch_str line, int *os_error);
/* Read at most n bytes at an offset, fewer only at the end; -1 on failure. */
int64_t ch_log_read(int fd, uint64_t at, char *to, size_t n, int *os_error);
bool    ch_log_cut(int fd, uint64_t size, int *os_error);
void    ch_log_close(int fd);
/* Flush a log to the disk and give it another's name and place; it stays open. */
bool ch_log_commit(int fd, const char *path, const char *target, int *os_error);
/* Close it and remove its file. */
void ch_log_drop(int fd, const char *path);

#endif
