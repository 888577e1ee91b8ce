#include "api.h"

#include "job/language.h"
#include "job/records.h"
#include "job/render.h"
#include "job/sarif.h"
#include "job/versions.h"
#include "protocol/rules.h"

#include <stdlib.h>
#include <string.h>

/* The public values are the library's own; the compiler checks that they stay so. */
_Static_assert((int)CHANCERY_PASS_PDF == (int)CH_PASS_PDF, "passes");
_Static_assert((int)CHANCERY_ERROR == (int)CH_ERROR, "severities");
_Static_assert((int)CHANCERY_LETTERHEAD_BLANK == (int)CH_LETTERHEAD_BLANK, "letterheads");
_Static_assert((int)CHANCERY_FILE_COPY == (int)CH_COPY_FILE, "copies");

chancery_status
ch_api_status(ch_status st)
{
    switch (st) {
    case CH_OK:
        return CHANCERY_OK;
    case CH_ERR_INPUT:
        return CHANCERY_ERR_INPUT;
    case CH_ERR_FONT:
        return CHANCERY_ERR_FONT;
    case CH_ERR_HOST:
        return CHANCERY_ERR_IO;
    case CH_ERR_LIMIT:
        return CHANCERY_ERR_LIMIT;
    case CH_ERR_INTERNAL:
        break;
    }
    return CHANCERY_ERR_INTERNAL;
}

const char *
chancery_version(void)
{
    return CHANCERY_VERSION;
}

/* ---- engine ---- */

chancery_status
chancery_engine_new(const char *data_folder, chancery_engine **engine)
{
    if (!engine)
        return CHANCERY_ERR_ARGUMENT;
    *engine            = NULL;
    chancery_engine *e = calloc(1, sizeof *e);
    if (!e)
        return CHANCERY_ERR_IO;
    ch_status st = ch_engine_new(data_folder, &e->in);
    if (st != CH_OK) {
        free(e);
        return ch_api_status(st);
    }
    *engine = e;
    return CHANCERY_OK;
}

void
chancery_engine_free(chancery_engine *engine)
{
    if (!engine)
        return;
    ch_engine_free(engine->in);
    free(engine);
}

const char *
chancery_engine_data_folder(const chancery_engine *engine)
{
    return engine ? engine->in->data : "";
}

/* ---- job: settings ---- */

chancery_job *
chancery_job_new(chancery_engine *engine)
{
    chancery_job *job = engine ? calloc(1, sizeof *job) : NULL;
    if (!job)
        return NULL;
    if (ch_job_begin(&job->in, engine->in) != CH_OK) {
        chancery_job_free(job);
        return NULL;
    }
    return job;
}

void
chancery_job_free(chancery_job *job)
{
    if (!job)
        return;
    ch_job_end(&job->in);
    for (size_t i = 0; i < job->in.n_allowed; i++)
        free(job->in.allowed[i]);
    free(job->in.allowed);
    free(job->in.style);
    free(job->in.addressee);
    free(job->in.party);
    free(job->in.lock_path);
    ch_fontlines_free(&job->in.font_lines);
    free(job->in.choice.name);
    free(job->in.choice.bytes);
    free(job->in.lang);
    free(job->in.catalog);
    free(job);
}

chancery_status
ch_api_set_string(char **to, const char *value)
{
    char *copy = value ? strdup(value) : NULL;
    if (value && !copy)
        return CHANCERY_ERR_IO;
    free(*to);
    *to = copy;
    return CHANCERY_OK;
}

chancery_status
chancery_job_set_style(chancery_job *job, const char *style)
{
    return job ? ch_api_set_string(&job->in.style, style) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_job_set_addressee(chancery_job *job, const char *addressee)
{
    return job ? ch_api_set_string(&job->in.addressee, addressee) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_job_set_alternat(chancery_job *job, const char *party)
{
    return job ? ch_api_set_string(&job->in.party, party) : CHANCERY_ERR_ARGUMENT;
}

static chancery_status
set_choice(chancery_job *job, const char *name, chancery_records format, const void *bytes,
           size_t size, size_t number)
{
    ch_record_choice fresh = {.format     = (ch_records_format)format,
                              .number     = number,
                              .from_bytes = bytes != NULL,
                              .size       = size,
                              .name       = name ? strdup(name) : NULL,
                              .bytes      = bytes ? malloc(size + 1) : NULL};
    if ((name && !fresh.name) || (bytes && !fresh.bytes)) {
        free(fresh.name);
        free(fresh.bytes);
        return CHANCERY_ERR_IO;
    }
    if (bytes)
        memcpy(fresh.bytes, bytes, size);
    free(job->in.choice.name);
    free(job->in.choice.bytes);
    job->in.choice = fresh;
    return CHANCERY_OK;
}

chancery_status
chancery_job_set_record(chancery_job *job, const char *name, chancery_records format,
                        const void *bytes, size_t size)
{
    if (!job || !name || (!bytes && size > 0) || (unsigned)format > CHANCERY_RECORDS_XML)
        return CHANCERY_ERR_ARGUMENT;
    return set_choice(job, name, format, bytes ? bytes : "", size, 1);
}

chancery_status
chancery_job_set_record_file(chancery_job *job, const char *path, chancery_records format,
                             size_t number)
{
    if (!job || (path && number == 0) || (unsigned)format > CHANCERY_RECORDS_XML)
        return CHANCERY_ERR_ARGUMENT;
    return set_choice(job, path, format, NULL, 0, number);
}

int
chancery_records_by_name(const char *name)
{
    return name ? ch_records_format_named(name) : -1;
}

chancery_status
chancery_job_set_language(chancery_job *job, const char *language)
{
    return job ? ch_api_set_string(&job->in.lang, language) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_job_set_catalog(chancery_job *job, const char *path)
{
    return job ? ch_api_set_string(&job->in.catalog, path) : CHANCERY_ERR_ARGUMENT;
}

void
chancery_job_allow_untranslated(chancery_job *job, int untranslated, int fuzzy)
{
    if (!job)
        return;
    job->in.translate.allow_untranslated = untranslated != 0;
    job->in.translate.allow_fuzzy        = fuzzy != 0;
}

chancery_status
chancery_job_set_letterhead(chancery_job *job, chancery_letterhead form)
{
    if (!job || (unsigned)form >= CH_LETTERHEAD_FORMS)
        return CHANCERY_ERR_ARGUMENT;
    job->in.letterhead = (ch_letterhead_form)form;
    return CHANCERY_OK;
}

chancery_status
chancery_job_set_copy(chancery_job *job, chancery_copy form)
{
    if (!job || (unsigned)form >= CH_COPY_FORMS)
        return CHANCERY_ERR_ARGUMENT;
    job->in.copy = (ch_copy_form)form;
    return CHANCERY_OK;
}

static int
index_of(const char *const *words, int n, const char *name)
{
    for (int i = 0; name && i < n; i++)
        if (words[i] && strcmp(words[i], name) == 0)
            return i;
    return -1;
}

int
chancery_letterhead_by_name(const char *name)
{
    static const char *const words[CH_LETTERHEAD_FORMS] = {"style", "drawn", "black", "blank"};
    return index_of(words, CH_LETTERHEAD_FORMS, name);
}

int
chancery_copy_by_name(const char *name)
{
    static const char *const words[CH_COPY_FORMS] = {"original", "draft", "copy", "file-copy"};
    return index_of(words, CH_COPY_FORMS, name);
}

void
chancery_job_set_strict(chancery_job *job, int strict)
{
    if (job)
        job->in.strict = strict != 0;
}

void
chancery_job_set_explain(chancery_job *job, int explain)
{
    if (job)
        job->in.explain = explain != 0;
}

void
chancery_job_set_tell_waived(chancery_job *job, int tell)
{
    if (job)
        job->in.tell_waived = tell != 0;
}

void
chancery_job_set_date(chancery_job *job, int64_t seconds)
{
    if (!job)
        return;
    job->in.has_date = true;
    job->in.date     = seconds;
}

chancery_status
chancery_job_allow_folder(chancery_job *job, const char *folder)
{
    if (!job || !folder)
        return CHANCERY_ERR_ARGUMENT;
    char  *copy = strdup(folder);
    char **more = copy ? realloc(job->in.allowed, (job->in.n_allowed + 1) * sizeof *more) : NULL;
    if (!more) {
        free(copy);
        return CHANCERY_ERR_IO;
    }
    more[job->in.n_allowed++] = copy;
    job->in.allowed           = more;
    return CHANCERY_OK;
}

static size_t
as_size(uint64_t v)
{
    return v > SIZE_MAX ? SIZE_MAX : (size_t)v;
}

static uint32_t
as_count(uint64_t v)
{
    return v > UINT32_MAX ? UINT32_MAX : (uint32_t)v;
}

chancery_status
chancery_job_set_limit(chancery_job *job, chancery_limit limit, uint64_t value)
{
    if (!job)
        return CHANCERY_ERR_ARGUMENT;
    ch_limits *l = &job->in.limits;
    switch (limit) {
    case CHANCERY_LIMIT_INPUT_BYTES:
        l->input_bytes = as_size(value);
        break;
    case CHANCERY_LIMIT_FILE_BYTES:
        l->file_bytes = as_size(value);
        break;
    case CHANCERY_LIMIT_MEMORY_BYTES:
        l->memory_bytes = as_size(value);
        break;
    case CHANCERY_LIMIT_DEPTH:
        l->depth = as_count(value);
        break;
    case CHANCERY_LIMIT_NODES:
        l->nodes = as_count(value);
        break;
    case CHANCERY_LIMIT_PAGES:
        l->pages = as_count(value);
        break;
    case CHANCERY_LIMIT_IMAGE_PIXELS:
        l->image_pixels = value;
        break;
    default:
        return CHANCERY_ERR_ARGUMENT;
    }
    return CHANCERY_OK;
}

static int
pass_done(void *user, ch_pass pass, size_t bytes)
{
    const chancery_job *job = user;
    return job->progress(job->progress_user, (chancery_pass)pass, bytes);
}

void
chancery_job_set_progress(chancery_job *job, chancery_progress *fn, void *user)
{
    if (!job)
        return;
    job->progress         = fn;
    job->progress_user    = user;
    job->in.progress      = fn ? pass_done : NULL;
    job->in.progress_user = job;
}

/* ---- job: work ---- */

int
chancery_pass_by_name(const char *name)
{
    for (int p = 0; name && p < CH_PASS_COUNT; p++)
        if (strcmp(name, ch_pass_name((ch_pass)p)) == 0)
            return p;
    return -1;
}

static chancery_status
run(chancery_job *job, const char *name, ch_str bytes, chancery_pass pass)
{
    if (!job || !name || (int)pass < 0 || (int)pass >= CH_PASS_COUNT)
        return CHANCERY_ERR_ARGUMENT;
    bool      strict_failed = false;
    ch_status st            = ch_job_run(&job->in, name, bytes, (ch_pass)pass, &strict_failed);
    return strict_failed ? CHANCERY_ERR_STRICT : ch_api_status(st);
}

chancery_status
chancery_job_render_file(chancery_job *job, const char *path)
{
    return run(job, path, (ch_str){NULL, 0}, CHANCERY_PASS_PDF);
}

chancery_status
chancery_job_dump_file(chancery_job *job, const char *path, chancery_pass pass)
{
    return run(job, path, (ch_str){NULL, 0}, pass);
}

chancery_status
chancery_job_render(chancery_job *job, const char *name, const void *bytes, size_t size)
{
    return chancery_job_dump(job, name, bytes, size, CHANCERY_PASS_PDF);
}

chancery_status
chancery_job_dump(chancery_job *job, const char *name, const void *bytes, size_t size,
                  chancery_pass pass)
{
    if (!bytes && size > 0)
        return CHANCERY_ERR_ARGUMENT;
    return run(job, name, (ch_str){bytes ? bytes : "", size}, pass);
}

chancery_status
chancery_job_compare(chancery_job *job, const char *const *letters, size_t n, int json,
                     size_t *differences)
{
    if (!job || !letters || n < 2)
        return CHANCERY_ERR_ARGUMENT;
    for (size_t i = 0; i < n; i++)
        if (!letters[i])
            return CHANCERY_ERR_ARGUMENT;
    ch_versions v  = {letters, n, json != 0, 0};
    ch_status   st = ch_job_compare(&job->in, &v);
    if (differences)
        *differences = st == CH_OK ? v.differences : 0;
    return ch_api_status(st);
}

/* The status of work that has made an output, which goes when a warning counts as an error. */
static chancery_status
judged(chancery_job *job, ch_status st)
{
    if (st != CH_OK || !job->in.strict || ch_diags_warnings(job->in.cx.diags) == 0)
        return ch_api_status(st);
    job->in.output = CH_STR_EMPTY;
    return CHANCERY_ERR_STRICT;
}

chancery_status
chancery_job_translate_file(chancery_job *job, const char *path)
{
    if (!job || !path)
        return CHANCERY_ERR_ARGUMENT;
    return judged(job, ch_job_translate_file(&job->in, path));
}

chancery_status
chancery_job_extract_files(chancery_job *job, const char *const *paths, size_t n)
{
    if (!job || !paths || n == 0)
        return CHANCERY_ERR_ARGUMENT;
    return judged(job, ch_job_extract(&job->in, paths, n, false));
}

chancery_status
chancery_job_extract_xliff_files(chancery_job *job, const char *const *paths, size_t n)
{
    if (!job || !paths || n == 0)
        return CHANCERY_ERR_ARGUMENT;
    return judged(job, ch_job_extract(&job->in, paths, n, true));
}

const void *
chancery_job_output(const chancery_job *job, size_t *size)
{
    ch_str out = job ? job->in.output : CH_STR_EMPTY;
    if (size)
        *size = out.n;
    return out.p;
}

chancery_status
chancery_job_write(chancery_job *job, const char *path)
{
    if (!job || !path)
        return CHANCERY_ERR_ARGUMENT;
    return ch_api_status(ch_job_write(&job->in, path));
}

chancery_status
chancery_job_stage(chancery_job *job, const char *path)
{
    if (!job || !path)
        return CHANCERY_ERR_ARGUMENT;
    return ch_api_status(ch_job_stage(&job->in, path));
}

chancery_status
chancery_job_commit(chancery_job *job)
{
    return job ? ch_api_status(ch_job_commit(&job->in)) : CHANCERY_ERR_ARGUMENT;
}

size_t
chancery_job_addressees(const chancery_job *job)
{
    return job ? job->in.n_editions : 0;
}

const char *
chancery_job_addressee(const chancery_job *job, size_t i)
{
    return i < chancery_job_addressees(job) ? job->in.editions[i].p : "";
}

size_t
chancery_job_parties(const chancery_job *job)
{
    return job ? job->in.n_parties : 0;
}

const char *
chancery_job_party(const chancery_job *job, size_t i)
{
    return i < chancery_job_parties(job) ? job->in.parties[i].p : "";
}

size_t
chancery_job_pages(const chancery_job *job)
{
    return job ? job->in.pages : 0;
}

size_t
chancery_job_relaxed(const chancery_job *job)
{
    return job ? job->in.relaxed : 0;
}

const char *
chancery_job_digest(const chancery_job *job)
{
    return job && job->in.digest.n > 0 ? job->in.digest.p : "";
}

/* ---- what it was made from ---- */

static const ch_input_file *
input_at(chancery_job *job, size_t i)
{
    return job ? ch_inputs_at(job->in.cx.inputs, i) : NULL;
}

size_t
chancery_job_inputs(chancery_job *job)
{
    return job ? ch_inputs_count(job->in.cx.inputs) : 0;
}

const char *
chancery_job_input(chancery_job *job, size_t i)
{
    const ch_input_file *f = input_at(job, i);
    return f ? f->path.p : "";
}

const char *
chancery_job_input_kind(chancery_job *job, size_t i)
{
    const ch_input_file *f = input_at(job, i);
    return f ? ch_input_kind_name(f->kind) : "";
}

int
chancery_job_input_is_file(chancery_job *job, size_t i)
{
    const ch_input_file *f = input_at(job, i);
    return f && f->file;
}

chancery_status
chancery_job_input_digest(chancery_job *job, size_t i, char digest[65])
{
    const ch_input_file *f = input_at(job, i);
    uint8_t              raw[32];
    uint64_t             size;
    int                  os_error;
    if (!f || !digest)
        return CHANCERY_ERR_ARGUMENT;
    digest[0] = '\0';
    if (!ch_digest_of(job->in.engine->digests, f, raw, &size, &os_error))
        return CHANCERY_ERR_IO;
    ch_digest_print(raw, digest);
    return CHANCERY_OK;
}

int
chancery_pdf_digest(const void *pdf, size_t size, char digest[65])
{
    if (!digest)
        return 0;
    digest[0] = '\0';
    if (pdf && ch_pdf_digest_find((ch_str){pdf, size}, digest))
        return 1;
    digest[0] = '\0';
    return 0;
}

chancery_status
chancery_job_list_fonts(chancery_job *job)
{
    return job ? ch_api_status(ch_job_fonts(&job->in)) : CHANCERY_ERR_ARGUMENT;
}

chancery_status
chancery_job_set_font_lock(chancery_job *job, const char *path)
{
    if (!job)
        return CHANCERY_ERR_ARGUMENT;
    ch_fontlock_free(job->in.lock);
    job->in.lock = NULL;
    return ch_api_set_string(&job->in.lock_path, path);
}

void
chancery_job_gather_fonts(chancery_job *job, int gather)
{
    if (job)
        job->in.gather = gather != 0;
}

chancery_status
chancery_job_lock_fonts(chancery_job *job)
{
    return job ? ch_api_status(ch_job_font_lock(&job->in)) : CHANCERY_ERR_ARGUMENT;
}

/* ---- diagnostics ---- */

size_t
chancery_job_diagnostics(const chancery_job *job)
{
    return job && job->in.cx.diags ? ch_diags_count(job->in.cx.diags) : 0;
}

static const ch_diag *
diag_at(const chancery_job *job, size_t i)
{
    return i < chancery_job_diagnostics(job) ? ch_diags_at(job->in.cx.diags, i) : NULL;
}

chancery_severity
chancery_job_diagnostic_severity(const chancery_job *job, size_t i)
{
    const ch_diag *d = diag_at(job, i);
    return d ? (chancery_severity)d->severity : CHANCERY_NOTE;
}

void
chancery_job_diagnostic_place(const chancery_job *job, size_t i, uint32_t *line, uint32_t *column)
{
    const ch_diag *d = diag_at(job, i);
    uint32_t       l = d ? d->line : 0, c = d ? d->column : 0;
    if (d && l == 0 && d->where.source > 0)
        ch_source_line_column(ch_diags_source_at(job->in.cx.diags, d->where.source), d->where.from,
                              &l, &c);
    if (line)
        *line = l;
    if (column)
        *column = c;
}

const char *
chancery_job_diagnostic_code(chancery_job *job, size_t i)
{
    return diag_at(job, i) ? ch_job_diagnostic(&job->in, i, CH_DIAG_CODE) : "";
}

const char *
chancery_job_diagnostic_text(chancery_job *job, size_t i)
{
    return diag_at(job, i) ? ch_job_diagnostic(&job->in, i, CH_DIAG_TEXT) : "";
}

const char *
chancery_job_diagnostic_json(chancery_job *job, size_t i)
{
    return diag_at(job, i) ? ch_job_diagnostic(&job->in, i, CH_DIAG_JSON) : "";
}

/* ---- SARIF ---- */

struct chancery_sarif {
    ch_sarif *in;
};

chancery_sarif *
chancery_sarif_new(void)
{
    chancery_sarif *log = calloc(1, sizeof *log);
    if (log && !(log->in = ch_sarif_new())) {
        free(log);
        log = NULL;
    }
    return log;
}

void
chancery_sarif_free(chancery_sarif *log)
{
    if (!log)
        return;
    ch_sarif_free(log->in);
    free(log);
}

chancery_status
chancery_sarif_add(chancery_sarif *log, chancery_job *job, size_t i)
{
    if (!log || !diag_at(job, i))
        return CHANCERY_ERR_ARGUMENT;
    return ch_api_status(ch_sarif_add(log->in, &job->in, i));
}

const char *
chancery_sarif_text(chancery_sarif *log, chancery_status status, size_t *size)
{
    size_t      n = 0;
    const char *p = log ? ch_sarif_text(log->in, CHANCERY_VERSION, (int)status, &n) : NULL;
    if (size)
        *size = n;
    return p ? p : "";
}

/* ---- rules of protocol ---- */

size_t
chancery_rules(void)
{
    return CH_RULES;
}

int
chancery_rule_at(size_t i, chancery_rule *rule)
{
    if (i >= CH_RULES || !rule)
        return 0;
    const ch_rule_def *d = ch_rule_at(i);
    *rule                = (chancery_rule){.name     = ch_code_slug(d->code),
                                           .number   = ch_code_number(d->code),
                                           .severity = (chancery_severity)ch_code_severity(d->code),
                                           .what     = d->what,
                                           .source   = d->source};
    return 1;
}
