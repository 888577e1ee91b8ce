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
    "                            of what translate extract writes: po or xliff; of what "
    "translate\n"
    "                            parity lists: text or json\n"
    "      --lang LANG               the language of the output; en-XA, ar-XB are for trials\n"
    "      --catalog PATH            the translations (PO, MO, XLIFF), or a folder with LANG.po,\n"
    "                                LANG.mo or LANG.xlf\n"
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
    "  -q, --quiet               check, verify: say nothing when all is well; batch: no progress\n"
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
    "failed; 5 a warning under --strict; 6 a limit was passed, or a batch was stopped; 7 internal\n"
    "error.\n"
    "Data folder: CHANCERY_DATADIR, else that of the prefix, else that of the source tree.\n";

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
        int         status = cli_parse(&o, argc, argv, NULL, NULL);
        if (status == 0)
            status = commands[c].run(&o);
        return end_log(&o, status);
    }
    return cli_usage_error("unknown command '%s'", argv[1]);
}
