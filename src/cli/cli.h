/* cli/cli.h -- the program's commands: they read the command line, call the library, and print. */
#ifndef CHANCERY_CLI_H
#define CHANCERY_CLI_H

#include "chancery.h"

#include <stdbool.h>

/* What the options of all commands say. */
typedef struct cli_options {
    const char *out; /* -o; NULL: made from the letter's name */
    const char *style;
    const char *addressee, *party; /* of which original; NULL: all */
    int         letterhead;        /* a chancery_letterhead */
    int         copy;              /* a chancery_copy */
    int         dump;              /* a chancery_pass, or -1: the PDF */
    bool        json;              /* diagnostics as JSON */
    bool        strict, explain, quiet;
    const char *allow[64];
    int         n_allow;
    const char *operand[1024]; /* the letters */
    int         n_operands;
} cli_options;

/* Each command returns the program's exit status. */
int cli_render(const cli_options *o);
int cli_check(const cli_options *o);
int cli_fonts(const cli_options *o);
int cli_verify(const cli_options *o);
int cli_rules(const cli_options *o);

/* Does -o name a file for each original? */
bool cli_many(const char *out);
/* Render all of them; all files are written, or none. */
int cli_render_many(const cli_options *o, chancery_job *job);

/* An engine and a job with the options set; prints why not.  false: *status is the exit status. */
bool cli_open(const cli_options *o, chancery_engine **engine, chancery_job **job, int *status);
void cli_close(chancery_engine *engine, chancery_job *job);
/* Print the job's diagnostics on standard error from number `from` on. */
void cli_print_diagnostics(const cli_options *o, chancery_job *job, size_t from);
/* "chancery: error: ..." on standard error; returns CHANCERY_ERR_ARGUMENT. */
int cli_usage_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
