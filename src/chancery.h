/* chancery.h -- the C library of Chancery: formal letters from XML to PDF.
 *
 * This header is the whole interface; what is not in it is not promised.
 *
 * How it is used
 * --------------
 *     chancery_engine *engine;
 *     chancery_job    *job;
 *     if (chancery_engine_new(NULL, &engine) == CHANCERY_OK) {
 *         job = chancery_job_new(engine);
 *         if (job && chancery_job_render_file(job, "letter.xml") == CHANCERY_OK)
 *             chancery_job_write(job, "letter.pdf");
 *         for (size_t i = 0; job && i < chancery_job_diagnostics(job); i++)
 *             fputs(chancery_job_diagnostic_text(job, i), stderr);
 *         chancery_job_free(job);
 *     }
 *     chancery_engine_free(engine);
 *
 * Threads.  An engine is created once and may then be used by any number of threads at once.
 * A job is used by one thread at a time; make one for each thread.
 *
 * Ownership.  What a function of the `_new` kind gives is yours and goes with its `_free`.
 * Every string and byte pointer that a job gives is the job's: it is good until the job renders
 * again or is freed.  What you hand in is copied or read before the call returns.
 *
 * Errors.  Every call that can fail returns a chancery_status.  What went wrong, and where, is in
 * the job's list of diagnostics.  The library never prints, never ends the process, never touches
 * the locale, the signal handlers or any other state of the process.
 *
 * Output is a function of the input: the same letter, data folder, fonts and options give the same
 * bytes, whatever was rendered before and however many threads there are.  Dates come from the
 * letter or from SOURCE_DATE_EPOCH. */
#ifndef CHANCERY_H
#define CHANCERY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CHANCERY_VERSION "0.1.0"

#if defined(__GNUC__)
#define CHANCERY_API __attribute__((visibility("default")))
#else
#define CHANCERY_API
#endif

/* What a call returns.  The values are also the exit statuses of the program. */
typedef enum chancery_status {
    CHANCERY_OK           = 0,
    CHANCERY_ERR_INPUT    = 1, /* the letter, its style or its data is wrong */
    CHANCERY_ERR_ARGUMENT = 2, /* a call or a command line that makes no sense */
    CHANCERY_ERR_FONT     = 3, /* a font is missing or damaged, or no font has a character */
    CHANCERY_ERR_IO       = 4, /* a file cannot be read or written, or memory ran out */
    CHANCERY_ERR_STRICT   = 5, /* strict: there was a warning, such as a relaxed page rule */
    CHANCERY_ERR_LIMIT    = 6, /* a limit of the job was passed */
    CHANCERY_ERR_INTERNAL = 7  /* a fault of the library's own */
} chancery_status;

typedef struct chancery_engine chancery_engine;
typedef struct chancery_job    chancery_job;

/* The version of the library at run time, as "0.1.0"; compare with CHANCERY_VERSION. */
CHANCERY_API const char *chancery_version(void);

/* ---- engine ------------------------------------------------------------------------------ */

/* Make an engine.
 *
 * data_folder: where styles/ and fonts/ are, or NULL for the usual place: CHANCERY_DATADIR of the
 *   environment, else the share/chancery of the prefix that the library or program stands in,
 *   else the source tree that the program was built in.
 * Returns: CHANCERY_ERR_IO if there is no such folder or memory ran out, CHANCERY_ERR_FONT if the
 *   font configuration cannot be read; *engine is then NULL.
 * Threads: any. */
CHANCERY_API chancery_status chancery_engine_new(const char *data_folder, chancery_engine **engine);

/* Free an engine, after all its jobs.  NULL is allowed. */
CHANCERY_API void chancery_engine_free(chancery_engine *engine);

/* The data folder in use. */
CHANCERY_API const char *chancery_engine_data_folder(const chancery_engine *engine);

/* ---- job: settings ------------------------------------------------------------------------ */

/* Make a job of an engine; NULL when memory ran out.  It keeps its memory from letter to letter,
 * so one job for many letters is quicker than many jobs. */
CHANCERY_API chancery_job *chancery_job_new(chancery_engine *engine);
CHANCERY_API void          chancery_job_free(chancery_job *job);

/* The style sheet to use in place of the letter's own: a name or a path; NULL: the letter's. */
CHANCERY_API chancery_status chancery_job_set_style(chancery_job *job, const char *style);

/* How the letterhead is drawn: as the style sheet says (the default), in its colours, in black, or
 * not at all, for paper that has it already; the text stands where it stands in each of them.
 * Returns: CHANCERY_ERR_ARGUMENT for a form that there is not. */
typedef enum chancery_letterhead {
    CHANCERY_LETTERHEAD_STYLE,
    CHANCERY_LETTERHEAD_DRAWN,
    CHANCERY_LETTERHEAD_BLACK,
    CHANCERY_LETTERHEAD_BLANK
} chancery_letterhead;
CHANCERY_API chancery_status chancery_job_set_letterhead(chancery_job       *job,
                                                         chancery_letterhead form);
/* A form by its name ("style", "drawn", "black", "blank"); -1 if there is none. */
CHANCERY_API int chancery_letterhead_by_name(const char *name);

/* What is made of the letter: the original (the default), a draft, a copy, or the file copy, which
 * also says who drafted it and who else has it.  All but the original are marked as what they are;
 * the digest is that of the original.
 * Returns: CHANCERY_ERR_ARGUMENT for a form that there is not. */
typedef enum chancery_copy {
    CHANCERY_ORIGINAL,
    CHANCERY_DRAFT,
    CHANCERY_COPY,
    CHANCERY_FILE_COPY
} chancery_copy;
CHANCERY_API chancery_status chancery_job_set_copy(chancery_job *job, chancery_copy form);
/* A form by its name ("original", "draft", "copy", "file-copy"); -1 if there is none. */
CHANCERY_API int chancery_copy_by_name(const char *name);

/* Of identical letters, or any letter to several, the one to make: its addressee's number from 1 in
 * the order that they are printed in, or its xml:id.  NULL: one that names them all. */
CHANCERY_API chancery_status chancery_job_set_addressee(chancery_job *job, const char *addressee);

/* The original of one of the parties to an instrument, by the party's xml:id: that party is named
 * and signs first.  NULL: in the order that the letter has. */
CHANCERY_API chancery_status chancery_job_set_alternat(chancery_job *job, const char *party);

/* The record that the letter's fields take their values from (doc/records.md): the first one in the
 * bytes, or the one of that number, from 1, in a file.  name is what messages call the bytes.  The
 * record stays for all letters that the job renders; path NULL takes it away.
 * Returns: CHANCERY_ERR_ARGUMENT for a number 0 or a form that there is not.  The file is read when
 * a letter is rendered. */
typedef enum chancery_records {
    CHANCERY_RECORDS_BY_NAME, /* as the name ends: .csv, .jsonl, .xml */
    CHANCERY_RECORDS_CSV,
    CHANCERY_RECORDS_JSON_LINES,
    CHANCERY_RECORDS_XML
} chancery_records;
CHANCERY_API chancery_status chancery_job_set_record(chancery_job *job, const char *name,
                                                     chancery_records format, const void *bytes,
                                                     size_t size);
CHANCERY_API chancery_status chancery_job_set_record_file(chancery_job *job, const char *path,
                                                          chancery_records format, size_t number);
/* A form by its name ("csv", "jsonl", "xml"); -1 if there is none. */
CHANCERY_API int chancery_records_by_name(const char *name);

/* The language of the output, as "fr" or "pt-BR".  Where the letter is in another, its words are
 * taken from the catalogue; "en-XA" and "ar-XB" are languages of trial, which need none.  NULL: that
 * of the letter. */
CHANCERY_API chancery_status chancery_job_set_language(chancery_job *job, const char *language);

/* The catalogue (PO, MO or XLIFF) for that language: its file, or a folder that has it as fr.po, fr.mo,
 * fr.xlf or fr.xliff.  NULL: none. */
CHANCERY_API chancery_status chancery_job_set_catalog(chancery_job *job, const char *path);

/* 1: a text without a translation stays as it is, and a fuzzy translation is used; each is then a
 * warning.  0, as it is at first: it is an error. */
CHANCERY_API void chancery_job_allow_untranslated(chancery_job *job, int untranslated, int fuzzy);

/* 1: any warning makes the job fail with CHANCERY_ERR_STRICT and leaves no output. */
CHANCERY_API void chancery_job_set_strict(chancery_job *job, int strict);

/* 1: the layout says, as notes among the diagnostics, what it decided and why. */
CHANCERY_API void chancery_job_set_explain(chancery_job *job, int explain);

/* 1: breaches of rules that the letter waives are among the diagnostics, too, as notes; a log of
 * SARIF has them as suppressed, with the reason that the letter gives. */
CHANCERY_API void chancery_job_set_tell_waived(chancery_job *job, int tell);

/* The date of production, in seconds since 1970 (UTC), for the file's metadata.  Without it:
 * SOURCE_DATE_EPOCH, else the letter's own date, else none. */
CHANCERY_API void chancery_job_set_date(chancery_job *job, int64_t seconds);

/* A further folder that a letter may read images, lists and styles from (beside its own). */
CHANCERY_API chancery_status chancery_job_allow_folder(chancery_job *job, const char *folder);

/* What a job may use at most; 0 puts the default back. */
typedef enum chancery_limit {
    CHANCERY_LIMIT_INPUT_BYTES,  /* of a letter; 64 MiB */
    CHANCERY_LIMIT_FILE_BYTES,   /* of an image, style or list; 256 MiB */
    CHANCERY_LIMIT_MEMORY_BYTES, /* of the job; 4 GiB */
    CHANCERY_LIMIT_DEPTH,        /* of nested elements; 256 */
    CHANCERY_LIMIT_NODES,        /* elements and texts; 8,000,000 */
    CHANCERY_LIMIT_PAGES,        /* 100,000 */
    CHANCERY_LIMIT_IMAGE_PIXELS  /* 100,000,000 */
} chancery_limit;
CHANCERY_API chancery_status chancery_job_set_limit(chancery_job *job, chancery_limit limit,
                                                    uint64_t value);

/* ---- job: work ------------------------------------------------------------------------------ */

/* The passes of a letter, in order; each can print what it made. */
typedef enum chancery_pass {
    CHANCERY_PASS_TREE,      /* the element tree */
    CHANCERY_PASS_LETTER,    /* the resolved letter */
    CHANCERY_PASS_BLOCKS,    /* blocks with their style */
    CHANCERY_PASS_RUNS,      /* shaped text */
    CHANCERY_PASS_LINES,     /* lines */
    CHANCERY_PASS_PAGES,     /* the display list */
    CHANCERY_PASS_STRUCTURE, /* the tags of the PDF, as a tree */
    CHANCERY_PASS_PDF        /* the file itself */
} chancery_pass;

/* A pass by its name ("tree", "letter", "blocks", "runs", "lines", "pages", "structure", "pdf");
 * -1 if there is none. */
CHANCERY_API int chancery_pass_by_name(const char *name);

/* Render a letter to the given pass; its printed form, for CHANCERY_PASS_PDF the file, is then the
 * job's output.  path "-" is standard input.  Earlier output and diagnostics are dropped.
 * Returns: CHANCERY_OK, or why there is no output; the diagnostics say more. */
CHANCERY_API chancery_status chancery_job_render_file(chancery_job *job, const char *path);
CHANCERY_API chancery_status chancery_job_dump_file(chancery_job *job, const char *path,
                                                    chancery_pass pass);
/* The same from memory.  name stands in diagnostics; files that the letter names are looked for
 * below name's folder. */
CHANCERY_API chancery_status chancery_job_render(chancery_job *job, const char *name,
                                                 const void *bytes, size_t size);
CHANCERY_API chancery_status chancery_job_dump(chancery_job *job, const char *name,
                                               const void *bytes, size_t size, chancery_pass pass);

/* The file of a letter put into the job's language (chancery_job_set_language, _catalog): its XML is
 * then the job's output.  What is not translated is in it as it was written. */
CHANCERY_API chancery_status chancery_job_translate_file(chancery_job *job, const char *path);

/* The texts of letters that are to be translated, as a template of a catalogue (POT): the output. */
CHANCERY_API chancery_status chancery_job_extract_files(chancery_job *job, const char *const *paths,
                                                        size_t n);
/* The same as XLIFF 2.0, from the letters' language into the job's, with the translations that the
 * job's catalogue has already; without a language, or a catalogue, there are none. */
CHANCERY_API chancery_status chancery_job_extract_xliff_files(chancery_job      *job,
                                                              const char *const *paths, size_t n);

/* The output of the last render; size 0 if there is none. */
CHANCERY_API const void *chancery_job_output(const chancery_job *job, size_t *size);

/* Write the output to a file: beside its place first, then renamed, so that nothing half-made is
 * ever seen and an earlier file is never lost.  "-" is standard output. */
CHANCERY_API chancery_status chancery_job_write(chancery_job *job, const char *path);

/* Several outputs, all or none: each is written beside its place when it is staged, and all are
 * renamed when they are committed.  What is staged and not committed is removed with the job, or by
 * chancery_job_commit when one of the files cannot be put in its place (those before it then are). */
CHANCERY_API chancery_status chancery_job_stage(chancery_job *job, const char *path);
CHANCERY_API chancery_status chancery_job_commit(chancery_job *job);

/* Whom the last letter is to, in the order that they are printed in: for each the xml:id, or else
 * its number.  Likewise the parties to an instrument.  Good until the job renders again; 0 when the
 * letter got no further than its tree. */
CHANCERY_API size_t      chancery_job_addressees(const chancery_job *job);
CHANCERY_API const char *chancery_job_addressee(const chancery_job *job, size_t i);
CHANCERY_API size_t      chancery_job_parties(const chancery_job *job);
CHANCERY_API const char *chancery_job_party(const chancery_job *job, size_t i);

/* How many pages the last letter has, and how many page rules had to be relaxed. */
CHANCERY_API size_t chancery_job_pages(const chancery_job *job);
CHANCERY_API size_t chancery_job_relaxed(const chancery_job *job);

/* The digest of the last letter's text: SHA-256 of its canonical form (doc/digest.md) in 64
 * hexadecimal digits; "" when the letter could not be read.  It does not change when people sign. */
CHANCERY_API const char *chancery_job_digest(const chancery_job *job);

/* The digest that a PDF made by this library carries in its metadata, as 64 digits and a NUL.
 * Returns: 1; 0 when there is none, or two that differ (digest is then empty). */
CHANCERY_API int chancery_pdf_digest(const void *pdf, size_t size, char digest[65]);

/* The files that the last letter's output depends on, whether this job read them or the engine had
 * them already: a function of the letter alone.  In the order of kinds, then by name.  A file that
 * several fonts of the letter are in is there once for each of them.  After a failure: those that
 * were read until then. */
CHANCERY_API size_t chancery_job_inputs(chancery_job *job);
/* Its name, as it was opened: names of the letter's files as the letter has them, below its folder;
 * "<stdin>" or the name that was given for what is no file.  "" when there is no such number. */
CHANCERY_API const char *chancery_job_input(chancery_job *job, size_t i);
/* "letter", "records", "catalogue", "style", "locale", "protocol", "patterns", "fonts" (their
 * configuration), "font", "image" or "list" (of signatories). */
CHANCERY_API const char *chancery_job_input_kind(chancery_job *job, size_t i);
/* 1: a file, which can be read again; 0: a pipe, or memory. */
CHANCERY_API int chancery_job_input_is_file(chancery_job *job, size_t i);
/* SHA-256 of what it says, in 64 hexadecimal digits and a NUL.  Kept by the engine as long as the
 * file is the same; of what an engine reads once (styles to fonts) it is that of the first time.
 * Returns: CHANCERY_ERR_IO when it can no longer be read (digest is then empty). */
CHANCERY_API chancery_status chancery_job_input_digest(chancery_job *job, size_t i,
                                                       char digest[65]);

/* Print which font file each role and script resolves to; the text is the job's output. */
CHANCERY_API chancery_status chancery_job_list_fonts(chancery_job *job);

/* Are these letters versions of one?  Each is compared with the first: parts that only one of them
 * has, and in those that both have numbers (by value, whatever the script), dates, references,
 * fields, marked words and attributes.  Wording, names and addresses are not looked at.  The report
 * is the job's output: two lines a difference with both places, or one JSON object (json not 0).
 *
 * letters: paths, n of them, 2 or more.  differences: how many there are; may be NULL.
 * Returns: CHANCERY_OK also when there are differences. */
CHANCERY_API chancery_status chancery_job_compare(chancery_job *job, const char *const *letters,
                                                  size_t n, int json, size_t *differences);

/* Hold letters to a lock of fonts (a file): one whose fonts are others, or whose files have changed,
 * fails with CHANCERY_ERR_FONT, and each such font is named.  NULL: to none. */
CHANCERY_API chancery_status chancery_job_set_font_lock(chancery_job *job, const char *path);
/* 1: from now on the fonts of every letter that is laid out are gathered for a lock. */
CHANCERY_API void chancery_job_gather_fonts(chancery_job *job, int gather);
/* The lock of the fonts that were gathered (of what serves every role and script when there are
 * none) as the job's output. */
CHANCERY_API chancery_status chancery_job_lock_fonts(chancery_job *job);

/* Called after each pass with its name and the bytes of memory in use.  Return 0 to go on; anything
 * else ends the job with CHANCERY_ERR_LIMIT.  It must not call the job. */
typedef int       chancery_progress(void *user, chancery_pass pass, size_t bytes);
CHANCERY_API void chancery_job_set_progress(chancery_job *job, chancery_progress *fn, void *user);

/* ---- diagnostics --------------------------------------------------------------------------- */

typedef enum chancery_severity {
    CHANCERY_NOTE,
    CHANCERY_WARNING,
    CHANCERY_ERROR
} chancery_severity;

CHANCERY_API size_t            chancery_job_diagnostics(const chancery_job *job);
CHANCERY_API chancery_severity chancery_job_diagnostic_severity(const chancery_job *job, size_t i);
/* The code, as "E2014". */
CHANCERY_API const char *chancery_job_diagnostic_code(chancery_job *job, size_t i);
/* Line and column (code points), both from 1; 0 when no place is known. */
CHANCERY_API void chancery_job_diagnostic_place(const chancery_job *job, size_t i, uint32_t *line,
                                                uint32_t *column);
/* For people: "file:line:col: error: text [E2014 misplaced-element]", the line of the source
 * with a caret, and a hint; ends in a line feed. */
CHANCERY_API const char *chancery_job_diagnostic_text(chancery_job *job, size_t i);
/* For programs: one JSON object on one line; ends in a line feed. */
CHANCERY_API const char *chancery_job_diagnostic_json(chancery_job *job, size_t i);

/* Diagnostics of any number of jobs as one log of SARIF 2.1.0, with what their codes mean. */
typedef struct chancery_sarif chancery_sarif;
CHANCERY_API chancery_sarif  *chancery_sarif_new(void); /* NULL when memory ran out */
CHANCERY_API void             chancery_sarif_free(chancery_sarif *log);
/* Put a job's i-th diagnostic into the log. */
CHANCERY_API chancery_status chancery_sarif_add(chancery_sarif *log, chancery_job *job, size_t i);
/* The log as JSON, good until the next call with it; status is the status that the program ends
 * with.  "" when memory ran out. */
CHANCERY_API const char *chancery_sarif_text(chancery_sarif *log, chancery_status status,
                                             size_t *size);
/* ---- batch --------------------------------------------------------------------------------- */

/* One letter to many: an output for each record and each language, rendered by several threads.
 *
 *     chancery_batch *batch = chancery_batch_new(job);
 *     chancery_batch_set_letter(batch, "note.xml");
 *     chancery_batch_set_records(batch, "missions.csv", CHANCERY_RECORDS_BY_NAME);
 *     chancery_batch_set_output(batch, "out/{lang}/{code}.pdf");
 *     status = chancery_batch_run(batch);
 *
 * What is wrong with the name of an output is told before anything is written.  Outputs are written
 * aside and renamed.  Each has a line in the manifest (doc/batch.md), from which a later run knows
 * what need not be made again.  A record that is wrong does not keep the others from being made.
 *
 * Threads.  A batch is used by one thread; chancery_batch_cancel may be called from any, and by
 * signal handlers.  Its calls back come on the thread that called chancery_batch_run, in the order
 * of the records, but for the clock. */
typedef struct chancery_batch  chancery_batch;
typedef struct chancery_output chancery_output;

/* Make a batch whose letters all have the settings of a job (style, copy, strict, ...), which must
 * outlive it and is not rendered with meanwhile.  NULL: no memory. */
CHANCERY_API chancery_batch *chancery_batch_new(const chancery_job *settings);
CHANCERY_API void            chancery_batch_free(chancery_batch *batch);

CHANCERY_API chancery_status chancery_batch_set_letter(chancery_batch *batch, const char *path);
CHANCERY_API chancery_status chancery_batch_set_records(chancery_batch *batch, const char *path,
                                                        chancery_records format);
/* One more language to make each letter in; without any, the letter's own. */
CHANCERY_API chancery_status chancery_batch_add_language(chancery_batch *batch, const char *tag);
/* The names of the outputs: {lang}, {n} (the record's number, {n:05} in five digits) and any field
 * of the record stand for their values. */
CHANCERY_API chancery_status chancery_batch_set_output(chancery_batch *batch, const char *pattern);
/* All letters into this one PDF, for printing, in the order of the records and languages: fonts are
 * embedded once, page numbers start anew with each letter, and each has an entry in the outline (the
 * name that the pattern of the outputs gives it, which may be left out) and a part of the structure.
 * Nothing else is written, and no manifest.  One thread makes them; the file is in memory until it is
 * whole, and has 20,000 pages at most.  A letter with an error is left out, as a batch goes on
 * without it, and the status tells.  NULL: a file for each. */
CHANCERY_API chancery_status chancery_batch_set_merge(chancery_batch *batch, const char *path);
/* NULL: manifest.jsonl in the folder that the pattern of the outputs begins with. */
CHANCERY_API chancery_status chancery_batch_set_manifest(chancery_batch *batch, const char *path);
CHANCERY_API void            chancery_batch_set_threads(chancery_batch *batch, unsigned threads);
/* Of `of` parts of the records the part `shard`, from 1.  Every part finds the same names. */
CHANCERY_API chancery_status chancery_batch_set_shard(chancery_batch *batch, size_t shard,
                                                      size_t of);
/* Records and languages that are meant, or left out, by an expression (doc/batch.md). */
CHANCERY_API chancery_status chancery_batch_set_only(chancery_batch *batch, const char *expression);
CHANCERY_API chancery_status chancery_batch_set_skip(chancery_batch *batch, const char *expression);
/* 1: stop at the first error. */
CHANCERY_API void chancery_batch_set_fail_fast(chancery_batch *batch, int fail_fast);
/* 1: messages are JSON objects, else texts for people. */
CHANCERY_API void chancery_batch_set_json(chancery_batch *batch, int json);

/* What is wrong, or worth saying.  A warning that an earlier record had is not told again. */
typedef void chancery_batch_tell(void *user, chancery_severity severity, const char *code,
                                 const char *text);
/* An output is finished; the pointer is good for the call. */
typedef void chancery_batch_made(void *user, const chancery_output *output);
/* The time, in microseconds since 1970, for the manifest; called by several threads at once. */
typedef int64_t chancery_batch_clock(void *user);
/* Each may be NULL; without a clock the manifest has no times. */
CHANCERY_API void chancery_batch_set_calls(chancery_batch *batch, chancery_batch_tell *tell,
                                           chancery_batch_made *made, chancery_batch_clock *clock,
                                           void *user);

/* Run it.
 * Returns: CHANCERY_OK when every output stands in its place; else the reason of the first that does
 *   not.  CHANCERY_ERR_LIMIT: it was cancelled. */
CHANCERY_API chancery_status chancery_batch_run(chancery_batch *batch);
/* Finish the outputs under way, start no others; when none is under way, those of the next run.  It
 * may be run again behind that. */
CHANCERY_API void chancery_batch_cancel(chancery_batch *batch);

/* The files that the outputs of the last run depend on, each once: the letter and the records (unless
 * they are standard input), then what was read for outputs, also for those that were up to date. */
CHANCERY_API size_t      chancery_batch_inputs(const chancery_batch *batch);
CHANCERY_API const char *chancery_batch_input(const chancery_batch *batch, size_t i);

/* Counts of the last run, or of the one under way. */
typedef enum chancery_batch_count {
    CHANCERY_BATCH_PLANNED,    /* outputs that there should be */
    CHANCERY_BATCH_DONE,       /* made now */
    CHANCERY_BATCH_UP_TO_DATE, /* made before, of the same */
    CHANCERY_BATCH_FAILED,
    CHANCERY_BATCH_WARNINGS,
    CHANCERY_BATCH_REPEATED /* messages that were not told again */
} chancery_batch_count;
CHANCERY_API size_t chancery_batch_counted(const chancery_batch *batch, chancery_batch_count what);

/* What manifests of a batch, and of its shards, say together; the report, a text or a JSON object, is
 * the job's output, whatever the status.
 * Returns: CHANCERY_OK when every output that was planned is done, CHANCERY_ERR_INPUT when one is
 *   not or a manifest is wrong, CHANCERY_ERR_IO when one cannot be read; the job's diagnostics say
 *   which. */
CHANCERY_API chancery_status chancery_job_summary(chancery_job *job, const char *const *manifests,
                                                  size_t n, int json);

typedef enum chancery_output_state {
    CHANCERY_OUTPUT_FAILED,
    CHANCERY_OUTPUT_DONE,
    CHANCERY_OUTPUT_UP_TO_DATE
} chancery_output_state;
CHANCERY_API chancery_output_state chancery_output_state_of(const chancery_output *output);
CHANCERY_API size_t                chancery_output_record(const chancery_output *output);
CHANCERY_API const char           *chancery_output_path(const chancery_output *output); /* or "" */
CHANCERY_API size_t                chancery_output_pages(const chancery_output *output);
/* Its language, which is not NUL-terminated, and how long that is. */
CHANCERY_API const char *chancery_output_language(const chancery_output *output, size_t *size);

/* ---- rules of protocol ----------------------------------------------------------------------- */

/* A rule that letters are held against; all texts live for ever. */
typedef struct chancery_rule {
    const char       *name;   /* as letters waive it, "salutation-rank" */
    unsigned          number; /* of its diagnostic, 3120 */
    chancery_severity severity;
    const char       *what; /* what is wrong where it is broken */
    const char       *source;
} chancery_rule;

/* How many rules there are, and one of them, by its number from 0.
 * Returns: 1; 0 when there is none of that number. */
CHANCERY_API size_t chancery_rules(void);
CHANCERY_API int    chancery_rule_at(size_t i, chancery_rule *rule);

#ifdef __cplusplus
}
#endif

#endif
