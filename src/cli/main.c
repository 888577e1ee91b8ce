/* cli/main.c -- the program `chancery`: one file a command, nothing of ours but chancery.h. */
#include "cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
    "Usage: chancery COMMAND [OPTION...] [LETTER...]\n"
    "\n"
    "Commands\n"
    "  render LETTER     typeset a letter (XML) and write the PDF\n"
    "  batch LETTER      one letter to many: a PDF for each of --records FILE (see below)\n"
    "  check LETTER...   report everything that is wrong with the letters, write nothing\n"
    "  verify LETTER PDF say whether the PDF was made from this text\n"
    "  fonts             print which font file each role and script resolves to\n"
    "  translate extract LETTER...   write what is to be translated of letters (POT)\n"
    "  translate merge LETTER        write the letter in another language\n"
    "  rules             print the rules of protocol that letters are held against\n"
    "  translate parity A B...\n"
    "                    list where versions B... of the letter A differ: parts, numbers, dates\n"
    "\n"
    "Options\n"
    "  -o, --output FILE         where the output goes; without it LETTER.pdf beside the letter;\n"
    "                            '-' is standard output (and as LETTER standard input)\n"
    "      --addressee WHO       of a letter to several, the one to WHO: a number, or an xml:id;\n"
    "                            'OUT/{addressee}.pdf' after -o makes one for each\n"
    "      --alternat PARTY      the original of that party (an xml:id); '{party}.pdf' likewise\n"
    "      --record FILE[:N]     the record that fields take their values from: the first, or "
    "number N\n"
    "      --format=FORM         of records: csv, jsonl or xml, where the file's name does not "
    "tell;\n"
    "                            of what translate parity lists: text or json\n"
    "      --lang LANG               the language of the output; en-XA, ar-XB are for trials\n"
    "      --catalog PATH            the translations (PO, MO), or a folder with LANG.po or "
    "LANG.mo\n"
    "      --allow-untranslated      what has no translation stays, with a warning\n"
    "      --allow-fuzzy             a translation marked as fuzzy is used, with a warning\n"
    "      --style SHEET         a style sheet by name or path, in place of the letter's own\n"
    "      --as=FORM             original (the default), draft, copy or file-copy: marked as such\n"
    "      --letterhead=FORM     drawn, black, or blank: left out for paper that has it; style "
    "(the\n"
    "                            default): as the style sheet says\n"
    "      --dump=PASS           print what a pass made instead of the PDF: tree, letter, blocks,\n"
    "                            runs, lines, pages, structure\n"
    "      --explain             say what the layout decided and why\n"
    "      --strict              take a warning (a relaxed page rule among them) for an error\n"
    "      --diagnostics=FORM    text (the default), json or sarif, on standard error\n"
    "      --depfile FILE        write there, for make and ninja, which files the output depends "
    "on\n"
    "      --depfile-target NAME the target of that rule, in place of the output's name\n"
    "      --depfile-form=FORM   make (the default), or list0: the names alone, a NUL behind each\n"
    "      --lock FILE           fonts: write a lock of the letters' fonts there\n"
    "      --locked FILE         fail when a font is not the one that the lock has\n"
    "      --allow FOLDER        a further folder that letters may read files from\n"
    "  -q, --quiet               check: say nothing of letters without errors\n"
    "  -h, --help                this text\n"
    "      --version             the version\n"
    "\n"
    "Options of batch\n"
    "      --records FILE        CSV, JSON Lines or XML; '-': standard input\n"
    "  -o, --output NAMES        as 'out/{lang}/{idno}.pdf': language, fields, {n} the number\n"
    "      --lang TAGS           the languages to make each letter in, as en,fr,ar\n"
    "      --only, --skip EXPR   which records, as \"region = Africa and not n > 100\"\n"
    "      --merge-into FILE     all letters into one PDF, for printing, in place of --output\n"
    "  -j, --jobs N              threads; one a core without it\n"
    "      --fail-fast           stop at the first error; --keep-going (the default): go on\n"
    "      --manifest FILE       the account of all outputs; manifest.jsonl beside them without "
    "it\n"
    "      --shard I/N           only part I of N\n"
    "      --summary MANIFEST... instead of a batch: what is done, failed and missing (--json)\n"
    "      --progress=FORM       bar, plain, json (on standard output) or none\n"
    "\n"
    "Exit status: 0 done; 1 bad input; 2 wrong usage; 3 missing or damaged font; 4 input or "
    "output\n"
    "failed; 5 a warning under --strict; 6 a limit was passed; 7 internal error.\n"
    "Data folder: CHANCERY_DATADIR, else that of the prefix, else that of the source tree.\n";

/* One option with its value; *i moves on when the value is the next word.  NULL: it is missing. */
static const char *
option_value(const char *arg, const char *name, int argc, char **argv, int *i)
{
    size_t n = strlen(name);
    if (arg[n] == '=')
        return arg + n + 1;
    return *i + 1 < argc ? argv[++*i] : NULL;
}

static bool
is_option(const char *arg, const char *name)
{
    size_t n = strlen(name);
    return strncmp(arg, name, n) == 0 && (arg[n] == '\0' || arg[n] == '=');
}

static int
set_form(cli_options *o, const char *value)
{
    o->json = strcmp(value, "json") == 0;
    if (strcmp(value, "sarif") == 0 && !o->sarif && !(o->sarif = chancery_sarif_new()))
        return CHANCERY_ERR_IO;
    return o->json || o->sarif || strcmp(value, "text") == 0
               ? 0
               : cli_usage_error("--diagnostics takes text, json or sarif, not '%s'", value);
}

static int
set_valued(cli_options *o, const char *arg, int argc, char **argv, int *i)
{
    static const char *const names[] = {"-o",
                                        "--output",
                                        "--style",
                                        "--dump",
                                        "--diagnostics",
                                        "--allow",
                                        "--as",
                                        "--letterhead",
                                        "--addressee",
                                        "--alternat",
                                        "--depfile",
                                        "--depfile-target",
                                        "--depfile-form",
                                        "--record",
                                        "--format",
                                        "--lock",
                                        "--locked",
                                        "--lang",
                                        "--catalog"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (!is_option(arg, names[k]))
            continue;
        const char *value = option_value(arg, names[k], argc, argv, i);
        if (!value)
            return cli_usage_error("%s needs a value", names[k]);
        switch (k) {
        case 0:
        case 1:
            o->out = value;
            return 0;
        case 2:
            o->style = value;
            return 0;
        case 3:
            o->dump = chancery_pass_by_name(value);
            return o->dump >= 0 ? 0
                                : cli_usage_error("no pass is called '%s': tree, letter, blocks, "
                                                  "runs, lines, pages, structure, pdf",
                                                  value);
        case 4:
            return set_form(o, value);
        case 6:
            o->copy = chancery_copy_by_name(value);
            return o->copy >= 0 ? 0
                                : cli_usage_error("--as takes original, draft, copy or file-copy, "
                                                  "not '%s'",
                                                  value);
        case 7:
            o->letterhead = chancery_letterhead_by_name(value);
            return o->letterhead >= 0 ? 0
                                      : cli_usage_error("--letterhead takes style, drawn, black or "
                                                        "blank, not '%s'",
                                                        value);
        case 8:
            o->addressee = value;
            return 0;
        case 9:
            o->party = value;
            return 0;
        case 10:
            o->depfile = value;
            return 0;
        case 11:
            if (o->n_depfile_targets ==
                (int)(sizeof o->depfile_target / sizeof o->depfile_target[0]))
                return cli_usage_error("too many --depfile-target");
            o->depfile_target[o->n_depfile_targets++] = value;
            return 0;
        case 12:
            o->depfile_list = strcmp(value, "list0") == 0;
            return o->depfile_list || strcmp(value, "make") == 0
                       ? 0
                       : cli_usage_error("--depfile-form takes make or list0, not '%s'", value);
        case 13:
            o->record = value;
            return 0;
        case 15:
            o->lock = value;
            return 0;
        case 16:
            o->locked = value;
            return 0;
        case 14:
            o->format         = value;
            o->records_format = chancery_records_by_name(value);
            return 0;
        case 17:
            o->lang = value;
            return 0;
        case 18:
            o->catalog = value;
            return 0;
        default:
            if (o->n_allow == (int)(sizeof o->allow / sizeof o->allow[0]))
                return cli_usage_error("too many --allow");
            o->allow[o->n_allow++] = value;
            return 0;
        }
    }
    return cli_usage_error("unknown option '%s'", arg);
}

int
cli_option(cli_options *o, const char *arg, int argc, char **argv, int *i)
{
    if (strcmp(arg, "--strict") == 0)
        o->strict = true;
    else if (strcmp(arg, "--explain") == 0)
        o->explain = true;
    else if (strcmp(arg, "--allow-untranslated") == 0)
        o->untranslated = true;
    else if (strcmp(arg, "--allow-fuzzy") == 0)
        o->fuzzy = true;
    else if (strcmp(arg, "-q") == 0 || strcmp(arg, "--quiet") == 0)
        o->quiet = true;
    else
        return set_valued(o, arg, argc, argv, i);
    return 0;
}

static int
parse(cli_options *o, int argc, char **argv)
{
    bool options = true;
    for (int i = 2; i < argc; i++) {
        const char *arg = argv[i];
        if (options && strcmp(arg, "--") == 0) {
            options = false;
        } else if (options && arg[0] == '-' && arg[1] != '\0') {
            int status = cli_option(o, arg, argc, argv, &i);
            if (status != 0)
                return status;
        } else if (o->n_operands == (int)(sizeof o->operand / sizeof o->operand[0])) {
            return cli_usage_error("too many letters at once");
        } else {
            o->operand[o->n_operands++] = arg;
        }
    }
    return 0;
}

static bool
asked_for(int argc, char **argv, const char *shorter, const char *longer)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], longer) == 0 || (shorter && strcmp(argv[i], shorter) == 0))
            return true;
    return false;
}

/* One log a run, whatever it did. */
static int
end_log(cli_options *o, int status)
{
    size_t      n      = 0;
    bool        wanted = o->sarif && status != CHANCERY_ERR_ARGUMENT; /* that is said already */
    const char *p      = wanted ? chancery_sarif_text(o->sarif, (chancery_status)status, &n) : NULL;
    if (p && (n == 0 || fwrite(p, 1, n, stderr) != n) && status == 0)
        status = CHANCERY_ERR_IO;
    chancery_sarif_free(o->sarif);
    return status;
}

static int
finish(int status)
{
    return fflush(stdout) == 0 ? status : CHANCERY_ERR_IO;
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(const cli_options *o);
    } commands[] = {{"render", cli_render}, {"check", cli_check}, {"fonts", cli_fonts},
                    {"verify", cli_verify}, {"rules", cli_rules}, {"translate", cli_translate}};

    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error that we report, not a silent end */
    if (asked_for(argc, argv, "-h", "--help"))
        return finish(fputs(help, stdout) < 0 ? CHANCERY_ERR_IO : 0);
    if (asked_for(argc, argv, NULL, "--version"))
        return finish(printf("chancery %s\n", chancery_version()) < 0 ? CHANCERY_ERR_IO : 0);
    if (argc < 2)
        return cli_usage_error("a command is needed");
    if (strcmp(argv[1], "batch") == 0) {
        cli_options o = {.dump = -1};
        return finish(end_log(&o, cli_batch(&o, argc, argv)));
    }
    for (size_t c = 0; c < sizeof commands / sizeof commands[0]; c++) {
        if (strcmp(argv[1], commands[c].name) != 0)
            continue;
        cli_options o      = {.dump = -1};
        int         status = parse(&o, argc, argv);
        if (status == 0 && o.lock && strcmp(argv[1], "fonts") != 0)
            status = cli_usage_error("--lock does not go with %s, --locked may", argv[1]);
        if (status == 0 && o.depfile && strcmp(argv[1], "render") != 0)
            status = cli_usage_error("--depfile does not go with %s", argv[1]);
        if (status == 0 && o.format && o.records_format < 0 && strcmp(argv[1], "translate") != 0)
            status = cli_usage_error("--format takes csv, jsonl or xml, not '%s'", o.format);
        if (o.records_format < 0)
            o.records_format = 0; /* it was not of records */
        if (status == 0)
            status = commands[c].run(&o);
        return end_log(&o, status);
    }
    return cli_usage_error("unknown command '%s'", argv[1]);
}
