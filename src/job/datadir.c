#define _GNU_SOURCE /* dladdr */
#include "base/base.h"
#include "job/engine.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Any function of the library: where it was loaded from is where the library stands. */
static const char anchor;

/* folder + tail if it holds the base style sheet; malloc'd, else NULL. */
static char *
folder_if_data(const char *folder, size_t n, const char *tail)
{
    char probe[4096];
    int  len = snprintf(probe, sizeof probe, "%.*s%s/styles/letter.xml", (int)n, folder, tail);
    if (len < 0 || (size_t)len >= sizeof probe || !ch_file_exists(probe))
        return NULL;
    probe[(size_t)len - strlen("/styles/letter.xml")] = '\0';
    return strdup(probe);
}

/* The folder that a file of the library or the program itself stands in; 0 if unknown. */
static size_t
own_folder(char *out, size_t room)
{
    Dl_info info;
    char   *real = NULL;
    if (dladdr(&anchor, &info) != 0 && info.dli_fname && strchr(info.dli_fname, '/'))
        real = realpath(info.dli_fname, NULL);
    if (!real)
        real = realpath("/proc/self/exe", NULL);
    if (!real)
        return 0;
    char  *slash = strrchr(real, '/');
    size_t n     = slash ? (size_t)(slash - real) : 0;
    if (n >= room)
        n = 0;
    memcpy(out, real, n);
    out[n] = '\0';
    free(real);
    return n;
}

char *
ch_data_folder(void)
{
    const char *env = getenv("CHANCERY_DATADIR");
    if (env && *env)
        return strdup(env);

    char   own[4096];
    size_t n     = own_folder(own, sizeof own);
    char  *found = NULL;
    /* The prefix that it stands in: prefix/bin, prefix/lib, prefix/lib/TRIPLET. */
    static const char *const shares[] = {"/../share/chancery", "/../../share/chancery"};
    for (size_t i = 0; !found && n > 0 && i < sizeof shares / sizeof shares[0]; i++)
        found = folder_if_data(own, n, shares[i]);
    /* The tree: the program stands in it, or in a build folder of it, or one below that. */
    static const char *const trees[] = {"", "/..", "/../.."};
    for (size_t i = 0; !found && n > 0 && i < sizeof trees / sizeof trees[0]; i++)
        found = folder_if_data(own, n, trees[i]);
    /* The prefix that it was configured for. */
    if (!found)
        found = folder_if_data(CHANCERY_PKGDATADIR, strlen(CHANCERY_PKGDATADIR), "");
    return found;
}
