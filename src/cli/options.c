/* cli/options.c -- the options that commands have in common, and what they go with. */
#include "cli.h"

#include <stddef.h>
#include <string.h>

/* ---- options with a value ---- */

int
cli_valued_option(const cli_valued *rows, size_t n, void *options, const char *arg, int argc,
                  char **argv, int *i)
{
    for (size_t k = 0; k < n; k++) {
        size_t long_ = strlen(rows[k].name);
        if (strncmp(arg, rows[k].name, long_) != 0 || (arg[long_] != '\0' && arg[long_] != '='))
            continue;
        const char *value = arg[long_] == '=' ? arg + long_ + 1 : *i + 1 < argc ? argv[++*i] : NULL;
        if (!value)
            return cli_usage_error("%s needs a value", rows[k].name);
        if (rows[k].set)
            return rows[k].set(options, value);
        memcpy((char *)options + rows[k].offset, &value, sizeof value);
        return 0;
    }
    return -1;
}

static int
set_form(void *options, const char *value)
{
    cli_options *o     = options;
    bool         sarif = strcmp(value, "sarif") == 0;
    o->json            = strcmp(value, "json") == 0;
    if (!sarif && !o->json && strcmp(value, "text") != 0)
        return cli_usage_error("--diagnostics takes text, json or sarif, not '%s'", value);
    chancery_sarif_free(o->sarif);
    o->sarif = sarif ? chancery_sarif_new() : NULL;
    return sarif && !o->sarif ? CHANCERY_ERR_IO : 0;
}

static int
set_dump(void *options, const char *value)
{
    int pass                       = chancery_pass_by_name(value);
    ((cli_options *)options)->dump = pass;
    return pass >= 0 ? 0
                     : cli_usage_error("no pass is called '%s': tree, letter, blocks, runs, lines, "
                                       "pages, structure, pdf",
                                       value);
}

static int
set_copy(void *options, const char *value)
{
    int form                       = chancery_copy_by_name(value);
    ((cli_options *)options)->copy = form;
    return form >= 0
               ? 0
               : cli_usage_error("--as takes original, draft, copy or file-copy, not '%s'", value);
}

static int
set_letterhead(void *options, const char *value)
{
    int form                             = chancery_letterhead_by_name(value);
    ((cli_options *)options)->letterhead = form;
    return form >= 0 ? 0
                     : cli_usage_error("--letterhead takes style, drawn, black or blank, not '%s'",
                                       value);
}

static int
set_deps_form(void *options, const char *value)
{
    bool list                              = strcmp(value, "list0") == 0;
    ((cli_options *)options)->depfile_list = list;
    return list || strcmp(value, "make") == 0
               ? 0
               : cli_usage_error("--depfile-form takes make or list0, not '%s'", value);
}

static int
add_deps_target(void *options, const char *value)
{
    cli_options *o = options;
    if (o->n_depfile_targets == (int)(sizeof o->depfile_target / sizeof o->depfile_target[0]))
        return cli_usage_error("too many --depfile-target");
    o->depfile_target[o->n_depfile_targets++] = value;
    return 0;
}

static int
add_allowed(void *options, const char *value)
{
    cli_options *o = options;
    if (o->n_allow == (int)(sizeof o->allow / sizeof o->allow[0]))
        return cli_usage_error("too many --allow");
    o->allow[o->n_allow++] = value;
    return 0;
}

static const cli_valued valued[] = {
    {"-o", offsetof(cli_options, out), NULL},
    {"--output", offsetof(cli_options, out), NULL},
    {"--style", offsetof(cli_options, style), NULL},
    {"--addressee", offsetof(cli_options, addressee), NULL},
    {"--alternat", offsetof(cli_options, party), NULL},
    {"--record", offsetof(cli_options, record), NULL},
    {"--format", offsetof(cli_options, format), NULL},
    {"--lang", offsetof(cli_options, lang), NULL},
    {"--catalog", offsetof(cli_options, catalog), NULL},
    {"--depfile", offsetof(cli_options, depfile), NULL},
    {"--lock", offsetof(cli_options, lock), NULL},
    {"--locked", offsetof(cli_options, locked), NULL},
    {"--dump", 0, set_dump},
    {"--diagnostics", 0, set_form},
    {"--as", 0, set_copy},
    {"--letterhead", 0, set_letterhead},
    {"--depfile-form", 0, set_deps_form},
    {"--depfile-target", 0, add_deps_target},
    {"--allow", 0, add_allowed},
};

/* ---- options without ---- */

static const struct {
    const char *name;
    size_t      offset; /* of a bool */
} flags[] = {
    {"--strict", offsetof(cli_options, strict)},
    {"--explain", offsetof(cli_options, explain)},
    {"--allow-untranslated", offsetof(cli_options, untranslated)},
    {"--allow-fuzzy", offsetof(cli_options, fuzzy)},
    {"-q", offsetof(cli_options, quiet)},
    {"--quiet", offsetof(cli_options, quiet)},
};

static int
common_option(cli_options *o, const char *arg, int argc, char **argv, int *i)
{
    for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++)
        if (strcmp(arg, flags[k].name) == 0) {
            *(bool *)(void *)((char *)o + flags[k].offset) = true;
            return 0;
        }
    int status = cli_valued_option(valued, sizeof valued / sizeof valued[0], o, arg, argc, argv, i);
    return status >= 0 ? status : cli_usage_error("unknown option '%s'", arg);
}

/* ---- the command line ---- */

/* What an option goes with, where that is not every command. */
static int
check(cli_options *o, const char *command)
{
    static const struct {
        const char *name, *commands;
        size_t      offset;
    } some[] = {{"--lock", " fonts ", offsetof(cli_options, lock)},
                {"--depfile", " render batch ", offsetof(cli_options, depfile)}};
    for (size_t k = 0; k < sizeof some / sizeof some[0]; k++) {
        const char *value, *found = some[k].commands;
        size_t      n = strlen(command);
        memcpy(&value, (const char *)o + some[k].offset, sizeof value);
        while ((found = strstr(found, command)) && (found[-1] != ' ' || found[n] != ' '))
            found += n;
        if (value && !found)
            return cli_usage_error("%s does not go with %s", some[k].name, command);
    }
    o->records_format = o->format ? chancery_records_by_name(o->format) : 0;
    if (o->records_format >= 0)
        return 0;
    o->records_format = 0; /* translate writes in forms of its own */
    return strcmp(command, "translate") == 0
               ? 0
               : cli_usage_error("--format takes csv, jsonl or xml, not '%s'", o->format);
}

int
cli_parse(cli_options *o, int argc, char **argv, cli_own_option *own, void *arg_of_own)
{
    bool options = true;
    for (int i = 2; i < argc; i++) {
        const char *arg = argv[i];
        if (options && strcmp(arg, "--") == 0) {
            options = false;
        } else if (options && arg[0] == '-' && arg[1] != '\0') {
            int status = own ? own(arg_of_own, arg, argc, argv, &i) : -1;
            if (status < 0)
                status = common_option(o, arg, argc, argv, &i);
            if (status != 0)
                return status;
        } else if (o->n_operands == (int)(sizeof o->operand / sizeof o->operand[0])) {
            return cli_usage_error("too many files at once: %d is the most", o->n_operands);
        } else {
            o->operand[o->n_operands++] = arg;
        }
    }
    return check(o, argv[1]);
}
