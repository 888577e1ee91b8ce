/* cli/cli.h -- the program's commands: they read the command line, call the library, and print. */
#ifndef CHANCERY_CLI_H
#define CHANCERY_CLI_H

#include "chancery.h"

#include <stdbool.h>

/* What the options of all commands say. */
typedef struct cli_options {
    const char *out; /* -o; NULL: made from the letter's name */
    const char *style;
    const char *addressee, *party;   /* of which original; NULL: all */
    const char *record;              /* FILE or FILE:N; NULL: none */
    int         records_format;      /* a chancery_records */
    int         letterhead;          /* a chancery_letterhead */
    int         copy;                /* a chancery_copy */
    int         dump;                /* a chancery_pass, or -1: the PDF */
    const char *format;              /* of what translate writes; NULL: the usual one */
    bool        json;                /* diagnostics as JSON */
    const char *lang, *catalog;      /* of the output; NULL: the letter's */
    bool        untranslated, fuzzy; /* may stay, may be used */
    bool        strict, explain, quiet;
    const char *allow[64];
    int         n_allow;
    const char *depfile; /* NULL: none */
    const char *depfile_target[64];
    int         n_depfile_targets;
    bool        depfile_list;  /* names with a NUL behind each, in place of a rule */
    const char *operand[1024]; /* the letters */
    int         n_operands;

    const char     *lock;   /* fonts: where the lock is written */
    const char     *locked; /* the lock that letters are held to */
    chancery_sarif *sarif;  /* diagnostics go into this log; NULL: as text or JSON */
} cli_options;

/* What --depfile gathers: targets, and the files that they were made from, each once, in the order
 * in which they come.  The functions with bool say whether there was memory. */
typedef struct cli_deps cli_deps;
cli_deps               *cli_deps_new(void);
void                    cli_deps_free(cli_deps *d);
/* The options make sense for this output; else the exit status. */
int cli_deps_check(const cli_options *o, const char *out);
/* The targets that the options name, or else this output (NULL: none). */
bool cli_deps_targets(const cli_options *o, cli_deps *d, const char *out);
/* source: what the rule makes no sense without, so that it is told when it is missing. */
bool cli_deps_file(cli_deps *d, const char *name, bool source);
/* The files of a job's last letter, also when it failed. */
bool cli_deps_take(cli_deps *d, chancery_job *job);
/* Write what --depfile asks for, with the targets that are known; before the outputs are put in
 * their places, so that none is there without it.  The exit status: `status` unless that was good
 * and this fails. */
int cli_deps_finish(const cli_options *o, cli_deps *d, const char *out, int status);

/* Each command returns the program's exit status. */
int cli_render(const cli_options *o);
int cli_check(const cli_options *o);
int cli_fonts(const cli_options *o);
int cli_verify(const cli_options *o);
int cli_rules(const cli_options *o);
int cli_translate(const cli_options *o);
/* What translate does, by its first operand. */
int cli_parity(const cli_options *o);
/* One with options of its own. */
int cli_batch(cli_options *o, int argc, char **argv);

/* An option with a value: set, or where set is NULL put into the options at that offset. */
typedef struct cli_valued {
    const char *name;
    size_t      offset;
    int (*set)(void *options, const char *value); /* 0, or an exit status */
} cli_valued;
/* *i moves on when the value is the next word.  0, an exit status, or -1: arg is none of the rows. */
int cli_valued_option(const cli_valued *rows, size_t n, void *options, const char *arg, int argc,
                      char **argv, int *i);
/* An option that one command has alone; as cli_valued_option. */
typedef int cli_own_option(void *arg_of_own, const char *arg, int argc, char **argv, int *i);
/* Read the command line behind the command.  own: NULL when it has none.  0, or an exit status. */
int cli_parse(cli_options *o, int argc, char **argv, cli_own_option *own, void *arg_of_own);

/* Do the work with a job; print what is said, and write the job's output to `out` (NULL: standard
 * output) when the work's status is good. */
typedef int cli_work(const cli_options *o, chancery_job *job, void *arg);
int         cli_with_job(const cli_options *o, cli_work *work, void *arg, const char *out);

/* Does -o name a file for each original? */
bool cli_many(const char *out);
/* Render all of them; all files are written, or none. */
int cli_render_many(const cli_options *o, chancery_job *job, cli_deps *deps);

/* An engine and a job with the options set; prints why not.  false: *status is the exit status. */
bool cli_open(const cli_options *o, chancery_engine **engine, chancery_job **job, int *status);
void cli_close(chancery_engine *engine, chancery_job *job);
/* Print the job's diagnostics on standard error from number `from` on. */
void cli_print_diagnostics(const cli_options *o, chancery_job *job, size_t from);
/* One of them: printed, or put into the log. */
void cli_print_diagnostic(const cli_options *o, chancery_job *job, size_t i);
/* "chancery: error: ..." on standard error; returns CHANCERY_ERR_ARGUMENT. */
int cli_usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
