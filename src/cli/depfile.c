/* cli/depfile.c -- which files outputs were made from, for make, ninja, and whoever reads a list.
 *
 * One file serves GNU make and ninja, whose readers differ: what only one of them can read, or what
 * they read as two different names, is refused. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct cli_deps {
    char **target, **file;
    size_t n_targets, n_files;
    bool  *source; /* of each file: a letter, which must be there for the rule to make sense */
};

cli_deps *
cli_deps_new(void)
{
    return calloc(1, sizeof(cli_deps));
}

void
cli_deps_free(cli_deps *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n_targets; i++)
        free(d->target[i]);
    for (size_t i = 0; i < d->n_files; i++)
        free(d->file[i]);
    free(d->target);
    free(d->file);
    free(d->source);
    free(d);
}

/* The name's place in the list, put there if it is new; false without memory. */
static bool
put(char ***list, size_t *n, const char *name, size_t *at)
{
    for (*at = 0; *at < *n; ++*at)
        if (strcmp((*list)[*at], name) == 0)
            return true;
    char  *copy = strdup(name);
    char **more = copy ? realloc(*list, (*n + 1) * sizeof *more) : NULL;
    if (!more) {
        free(copy);
        return false;
    }
    *list        = more;
    more[(*n)++] = copy;
    return true;
}

static bool
add_target(cli_deps *d, const char *name)
{
    size_t at;
    return put(&d->target, &d->n_targets, name, &at);
}

bool
cli_deps_file(cli_deps *d, const char *name, bool source)
{
    size_t at, before = d->n_files;
    if (!put(&d->file, &d->n_files, name, &at))
        return false;
    if (d->n_files > before) {
        bool *more = realloc(d->source, d->n_files * sizeof *more);
        if (!more) {
            free(d->file[--d->n_files]);
            return false;
        }
        d->source     = more;
        d->source[at] = false;
    }
    d->source[at] = d->source[at] || source;
    return true;
}

bool
cli_deps_take(cli_deps *d, chancery_job *job)
{
    bool ok = true;
    for (size_t i = 0; ok && i < chancery_job_inputs(job); i++)
        if (chancery_job_input_is_file(job, i))
            ok = cli_deps_file(d, chancery_job_input(job, i),
                               strcmp(chancery_job_input_kind(job, i), "letter") == 0);
    return ok;
}

/* ---- names in a rule ---- */

/* Why a name cannot be written so that both programs read it; NULL: it can. */
static const char *
refused(const char *name, bool target)
{
    size_t n = strlen(name);
    if (n == 0)
        return "it is empty";
    if (name[0] == '~')
        return "make reads '~' at the beginning as a folder";
    if (name[n - 1] == '\\' || name[n - 1] == ':')
        return "ninja has no way to write a backslash or a colon at the end";
    if (name[n - 1] == ')' && strchr(name, '('))
        return "make reads it as the member of an archive";
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)name[i];
        if (c < ' ' || c == 0x7F)
            return "control characters cannot be written there";
        if (strchr("*?[];|<>^`'\"", c))
            return "make or ninja takes one of its signs for something else";
        if (c == '\\' && strchr(":#\\", name[i + 1]))
            return "make and ninja do not agree on a backslash before ':', '#' or another";
        if (c == '=' && target)
            return "make reads a target with '=' as a variable";
    }
    return NULL;
}

static void
put_name(FILE *f, const char *name, bool target)
{
    for (const char *p = name; *p; p++) {
        if (*p == '\\' && p[1] == ' ')
            fputc('\\', f); /* so that the space is escaped, and the backslash is one */
        if (*p == '$')
            fputc('$', f);
        else if (*p == ' ' || *p == '#' || *p == ':' || (*p == '%' && target))
            fputc('\\', f);
        fputc(*p, f);
    }
}

static bool
all_writable(const cli_deps *d, const char *path)
{
    for (size_t i = 0; i < d->n_targets + d->n_files; i++) {
        bool        target = i < d->n_targets;
        const char *name   = target ? d->target[i] : d->file[i - d->n_targets];
        const char *why    = refused(name, target);
        if (why) {
            fprintf(stderr, "chancery: error: '%s' cannot be named in '%s': %s\n", name, path, why);
            return false;
        }
    }
    return true;
}

/* A rule without commands, then one for each file but letters that says nothing, so that a file
 * which is no longer named may go. */
static void
put_rule(FILE *f, const cli_deps *d)
{
    /* make would read "x: a=b" as a variable of x: such a name is not the first. */
    size_t first = 0;
    while (first < d->n_files && strchr(d->file[first], '='))
        first++;
    for (size_t i = 0; i < d->n_targets; i++) {
        if (i > 0)
            fputc(' ', f);
        put_name(f, d->target[i], true);
    }
    fputc(':', f);
    if (first < d->n_files) {
        fputs(" \\\n  ", f);
        put_name(f, d->file[first], false);
    }
    for (size_t i = 0; i < d->n_files; i++)
        if (i != first) {
            fputs(" \\\n  ", f);
            put_name(f, d->file[i], false);
        }
    fputc('\n', f);
    for (size_t i = 0; i < d->n_files; i++)
        if (!d->source[i] && !strpbrk(d->file[i], "%=")) {
            put_name(f, d->file[i], false);
            fputs(":\n", f);
        }
}

/* ---- the file ---- */

static void
put_all(FILE *f, const cli_deps *d, bool list)
{
    if (!list && d->n_targets > 0)
        put_rule(f, d);
    for (size_t i = 0; list && i < d->n_files; i++)
        fwrite(d->file[i], 1, strlen(d->file[i]) + 1, f);
}

/* Beside its place and then renamed, unless it is a pipe or a device. */
static bool
write_to(const char *path, const cli_deps *d, bool list)
{
    struct stat st;
    if (strcmp(path, "-") == 0) {
        put_all(stdout, d, list);
        return fflush(stdout) == 0;
    }
    bool   direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
    size_t room   = strlen(path) + 32;
    char  *name   = malloc(room);
    if (!name)
        return false;
    snprintf(name, room, direct ? "%s" : "%s.%ld.tmp", path, (long)getpid());
    FILE *f  = fopen(name, "wb");
    bool  ok = f != NULL;
    if (f) {
        put_all(f, d, list);
        ok = !ferror(f);
        ok = fclose(f) == 0 && ok && (direct || rename(name, path) == 0);
    }
    int error = errno;
    if (!ok && f && !direct)
        (void)unlink(name);
    free(name);
    errno = error;
    return ok;
}

/* ---- before the work ---- */

static bool
same_file(const char *a, const char *b)
{
    struct stat sa, sb;
    return strcmp(a, b) == 0 || (stat(a, &sa) == 0 && stat(b, &sb) == 0 && S_ISREG(sa.st_mode) &&
                                 sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino);
}

/* Has the output a name that a rule can be about? */
static bool
nameless(const char *out)
{
    struct stat st;
    return strcmp(out, "-") == 0 || (stat(out, &st) == 0 && !S_ISREG(st.st_mode));
}

int
cli_deps_check(const cli_options *o, const char *out)
{
    if (!o->depfile) {
        if (o->n_depfile_targets > 0 || o->depfile_list)
            return cli_usage_error("--depfile-target and --depfile-form go with --depfile");
        return CHANCERY_OK;
    }
    if (o->depfile_list && o->n_depfile_targets > 0)
        return cli_usage_error("a list of names has no target: --depfile-target does not go with "
                               "--depfile-form=list0");
    if (!o->depfile_list && o->n_depfile_targets == 0 && nameless(out))
        return cli_usage_error("the output '%s' has no name that a rule could be about: "
                               "--depfile-target gives one",
                               out);
    if (same_file(o->depfile, out))
        return cli_usage_error("--depfile and the output are the same file, '%s'", out);
    for (int i = 0; i < o->n_operands; i++)
        if (same_file(o->depfile, o->operand[i]))
            return cli_usage_error("the dependency file '%s' is the letter itself", o->depfile);
    return CHANCERY_OK;
}

bool
cli_deps_targets(const cli_options *o, cli_deps *d, const char *out)
{
    bool ok = true;
    for (int i = 0; ok && i < o->n_depfile_targets; i++)
        ok = add_target(d, o->depfile_target[i]);
    return ok && (o->n_depfile_targets > 0 || !out || add_target(d, out));
}

int
cli_deps_finish(const cli_options *o, cli_deps *d, const char *out, int status)
{
    int own = CHANCERY_OK;
    if (!o->depfile)
        return status;
    if (!cli_deps_targets(o, d, out)) {
        own = CHANCERY_ERR_IO;
    } else if (!o->depfile_list && !all_writable(d, o->depfile)) {
        own = CHANCERY_ERR_IO;
    } else if (!write_to(o->depfile, d, o->depfile_list)) {
        fprintf(stderr, "chancery: error: cannot write '%s': %s\n", o->depfile, strerror(errno));
        own = CHANCERY_ERR_IO;
    }
    return status != CHANCERY_OK ? status : own;
}
