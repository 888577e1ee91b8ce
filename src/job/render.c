#include "job/render.h"

#include "input/letter_vocab.h"
#include "input/xml.h"
#include "job/language.h"
#include "job/reading.h"
#include "pdf/merge.h"

#include <stdlib.h>
#include <string.h>

const char *
ch_pass_name(ch_pass p)
{
    static const char *const names[CH_PASS_COUNT] = {"tree",  "letter", "blocks",    "runs",
                                                     "lines", "pages",  "structure", "pdf"};
    return (unsigned)p < CH_PASS_COUNT ? names[p] : "";
}

/* What the passes hand on. */
typedef struct run {
    ch_job             *job;
    ch_ctx             *cx;
    ch_str              name, bytes;
    const ch_node      *tree;
    const ch_letter    *letter;
    const ch_sheet     *sheet;
    const ch_blocks    *blocks;
    ch_text_tools       text;
    const ch_texts_doc *texts;
    const ch_lines_doc *lines;
    const ch_pages     *pages;
} run;

ch_status
ch_job_read(ch_ctx *cx, ch_str *name, ch_str *bytes, const ch_node **tree)
{
    ch_status st = CH_OK;
    if (!bytes->p) {
        st = ch_read_input(cx, CH_INPUT_LETTER, *name, cx->limits.input_bytes, name, bytes);
    } else {
        ch_input_add_bytes(cx, CH_INPUT_LETTER, *name, *bytes, false);
        if (bytes->n == 0) {
            ch_report(cx, CH_E1005_file_empty, CH_NOWHERE, CH_ARG(*name));
            st = CH_ERR_INPUT;
        }
    }
    return st == CH_OK ? ch_xml_read(cx, &ch_letter_vocab, *name, *bytes, tree) : st;
}

/* What was read for it counts as read for this job. */
static ch_status
take_template(run *r, const ch_template *t)
{
    ch_diags_share(r->cx->diags, t->diags);
    for (size_t i = 0; i < ch_inputs_count(t->inputs); i++) {
        const ch_input_file *f = ch_inputs_at(t->inputs, i);
        if (f->bytes.p)
            ch_input_add_bytes(r->cx, f->kind, f->path, f->bytes, f->file);
        else
            ch_input_add(r->cx, f->kind, f->path);
    }
    r->tree = t->tree;
    return CH_OK;
}

static ch_status
read_letter(run *r)
{
    if (r->job->letter)
        return take_template(r, r->job->letter);
    ch_status st = ch_job_read(r->cx, &r->name, &r->bytes, &r->tree);
    return st == CH_OK ? ch_job_translate(r->job, r->cx, r->tree, &r->tree) : st;
}

/* Put the record into the letter. */
static ch_status
fill_letter(run *r)
{
    ch_job          *job    = r->job;
    const ch_record *record = job->record;
    ch_fields_used  *used   = record ? job->used : NULL;
    if (!record && job->choice.name) {
        ch_status st = ch_record_choose(r->cx, &job->choice, &record);
        if (st != CH_OK)
            return st;
        used = ch_fields_used_new(r->cx->job);
    }
    ch_status st = ch_letter_merge(r->cx, r->tree, record, used, &r->tree);
    if (st == CH_OK && !job->record && record)
        ch_fields_report(r->cx, used, record->file);
    return st;
}

static ch_status
build_letter(run *r)
{
    ch_status st = fill_letter(r);
    if (st != CH_OK)
        return st;
    const ch_job *job     = r->job;
    ch_edition    edition = {job->addressee ? ch_str_from(job->addressee) : CH_STR_EMPTY,
                          job->party ? ch_str_from(job->party) : CH_STR_EMPTY};
    return ch_letter_build(r->cx, job->engine->locales, r->tree, r->name, &edition, &r->letter);
}

static ch_status
build_blocks(run *r)
{
    const ch_letter *l    = r->letter;
    ch_str           name = r->job->style ? ch_str_from(r->job->style) : l->style;
    ch_str           base = r->job->style ? CH_STR_EMPTY : ch_path_folder(r->cx->job, r->name);
    ch_sheets       *all  = r->job->engine->sheets;
    ch_status        st = name.n > 0 ? ch_sheet_lookup(all, r->cx, name, base, l->where, &r->sheet)
                                     : ch_sheet_for_kind(all, r->cx, l->kind, l->where, &r->sheet);
    return st == CH_OK ? ch_blocks_build(r->cx, l, r->sheet, &r->blocks) : st;
}

bool
ch_job_date(const ch_job *job, int64_t *date)
{
    *date = job->date;
    return job->has_date || ch_source_date_epoch(date);
}

static ch_status
write_pdf(run *r, ch_str *out)
{
    ch_pdf_options opt = {.compress = true};
    opt.has_date       = ch_job_date(r->job, &opt.date);
    if (r->job->into)
        return ch_pdf_merge_add(r->job->into, r->cx, r->pages, r->job->into_title);
    return ch_pdf_write(r->cx, r->job->engine->pdf, r->pages, &opt, out);
}

static ch_status
run_pass(run *r, ch_pass pass)
{
    ch_page_tools tools = {.text = &r->text, .probe = ch_image_probe_file};
    switch (pass) {
    case CH_PASS_TREE:
        return read_letter(r);
    case CH_PASS_LETTER:
        return build_letter(r);
    case CH_PASS_BLOCKS:
        return build_blocks(r);
    case CH_PASS_RUNS:
        return ch_text_pass(r->cx, &r->text, r->blocks, &r->texts);
    case CH_PASS_LINES:
        return ch_line_pass(r->cx, r->texts, &r->lines);
    case CH_PASS_PAGES:
        return ch_page_pass(r->cx, &tools, r->lines, &r->pages);
    case CH_PASS_PDF:
        return write_pdf(r, &r->job->output);
    default:
        return CH_OK; /* the structure is a view of the pages */
    }
}

/* The printed form of what a pass made. */
static void
print_pass(const run *r, ch_pass pass, ch_buf *out)
{
    switch (pass) {
    case CH_PASS_TREE:
        ch_tree_dump(out, &ch_letter_vocab, r->tree, r->cx->diags);
        break;
    case CH_PASS_LETTER:
        ch_letter_dump(out, r->letter);
        break;
    case CH_PASS_BLOCKS:
        ch_blocks_dump(out, r->blocks);
        break;
    case CH_PASS_RUNS:
        ch_text_dump(out, r->texts);
        break;
    case CH_PASS_LINES:
        ch_line_dump(out, r->lines);
        break;
    case CH_PASS_PAGES:
        ch_page_dump(out, r->pages);
        break;
    case CH_PASS_STRUCTURE:
        ch_pdf_structure_dump(out, r->pages);
        break;
    default:
        break;
    }
}

/* The pages have their fonts: they are written down, or held to what was. */
static ch_status
hold_fonts(ch_job *job)
{
    ch_ctx   *cx = &job->cx;
    ch_status st = CH_OK;
    if (job->gather)
        st = ch_fontlines_add(cx, &job->font_lines, job->engine->digests);
    if (st == CH_OK && job->lock)
        st = ch_fontlock_check(cx, job->lock, job->engine->digests);
    return st;
}

/* Before anything is rendered, so that a letter is not read in vain. */
static ch_status
open_lock(ch_job *job)
{
    if (!job->lock_path)
        return CH_OK;
    ch_input_add(&job->cx, CH_INPUT_FONTS, ch_str_from(job->lock_path));
    return job->lock ? CH_OK : ch_fontlock_read(&job->cx, job->lock_path, &job->lock);
}

static ch_status
run_passes(run *r, ch_pass last)
{
    ch_job   *job = r->job;
    ch_status st  = ch_engine_open(job->engine, r->cx);
    if (st == CH_OK)
        st = open_lock(job);
    r->text = (ch_text_tools){.fonts   = job->engine->fonts,
                              .hyphens = job->engine->hyphens,
                              .locales = job->engine->locales};
    for (ch_pass p = CH_PASS_TREE; st == CH_OK && p <= last; p++) {
        st = run_pass(r, p);
        if (st == CH_OK && ch_diags_errors(r->cx->diags) > 0)
            st = CH_ERR_INPUT; /* a pass reports all it finds, then the job stops */
        if (p == CH_PASS_LETTER && r->letter) {
            job->digest     = r->letter->digest;
            job->editions   = r->letter->edition;
            job->n_editions = r->letter->n_editions;
            job->parties    = r->letter->party;
            job->n_parties  = r->letter->n_parties;
        }
        if (p == CH_PASS_PAGES && r->pages) {
            job->pages   = r->pages->n;
            job->relaxed = r->pages->relaxed;
            if (st == CH_OK)
                st = hold_fonts(job);
        }
        if (st == CH_OK && job->progress &&
            job->progress(job->progress_user, p,
                          ch_arena_bytes(r->cx->job) + ch_arena_peak(r->cx->scratch)) != 0)
            st = CH_ERR_LIMIT;
    }
    if (st == CH_OK && last != CH_PASS_PDF) {
        ch_buf out;
        ch_buf_init(&out, r->cx->job);
        print_pass(r, last, &out);
        job->output = ch_buf_view(&out);
    }
    return st;
}

static void
begin(ch_job *job)
{
    ch_arena_reset(job->cx.scratch);
    ch_arena_reset(job->cx.job);
    ch_keep_begin(job->cx.keep);
    job->output     = CH_STR_EMPTY;
    job->pages      = 0;
    job->relaxed    = 0;
    job->digest     = CH_STR_EMPTY;
    job->n_editions = 0;
    job->n_parties  = 0;
    job->cx.diags   = NULL;
    job->cx.inputs  = NULL;
    job->cx.diags   = ch_diags_new(job->cx.job);
    job->cx.inputs  = ch_inputs_new(job->cx.job);
    ch_inputs_choosing(job->cx.inputs, job->gather || job->lock_path);
    job->cx.limits      = job->limits;
    job->cx.explain     = job->explain;
    job->cx.tell_waived = job->tell_waived;
    job->cx.letterhead  = job->letterhead;
    job->cx.copy        = job->copy;
    ch_limits_fill(&job->cx.limits);
    ch_arena_set_budget(job->cx.job, job->cx.limits.memory_bytes);
    ch_arena_set_budget(job->cx.scratch, job->cx.limits.memory_bytes);
    ch_str *allowed = CH_NEW_N(job->cx.job, ch_str, job->n_allowed);
    for (size_t i = 0; i < job->n_allowed; i++)
        allowed[i] = ch_str_from(job->allowed[i]);
    job->cx.allowed   = allowed;
    job->cx.n_allowed = job->n_allowed;
}

ch_status
ch_job_begin(ch_job *job, ch_engine *engine)
{
    job->engine     = engine;
    job->output     = CH_STR_EMPTY;
    job->digest     = CH_STR_EMPTY;
    job->cx.job     = ch_arena_new(0);
    job->cx.scratch = ch_arena_new(0);
    job->cx.keep    = ch_keep_new();
    return job->cx.job && job->cx.scratch && job->cx.keep ? CH_OK : CH_ERR_HOST;
}

void
ch_job_end(ch_job *job)
{
    ch_arena_free(job->cx.scratch);
    ch_arena_free(job->cx.job);
    ch_keep_free(job->cx.keep);
    ch_fontlock_free(job->lock);
    job->lock = NULL;
    ch_job_discard(job);
}

/* Memory ran out: drop everything, then say so in what is free again. */
static ch_status
out_of_memory(ch_job *job, const ch_guard *g)
{
    ch_keep_forget(job->cx.keep);
    begin(job);
    if (g->over_budget) {
        ch_report(&job->cx, CH_E1009_over_memory_limit, CH_NOWHERE, job->cx.limits.memory_bytes);
        return CH_ERR_LIMIT;
    }
    ch_report(&job->cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

typedef struct ch_file_fault {
    const char *path;
    int         error;
} ch_file_fault;

/* Run fn with the one landing place for jumps from the arenas: the outermost, since what is under
 * way there has its memory in them. */
static ch_status
landed(ch_job *job, ch_job_task *fn, void *arg)
{
    if (ch_arena_guard_of(job->cx.job))
        return fn(job, arg);
    ch_guard           g     = {.over_budget = false};
    volatile int       tries = 0;
    volatile ch_status st    = CH_ERR_HOST;
    ch_arena_guard(job->cx.job, &g);
    ch_arena_guard(job->cx.scratch, &g);
    ch_keep_guard(job->cx.keep, &g);
    if (job->kept)
        ch_arena_guard(job->kept, &g);
    if (job->into_arena)
        ch_arena_guard(job->into_arena, &g);
    if (setjmp(g.env) == 0) {
        st = fn(job, arg);
    } else if (tries++ == 0) {
        st = out_of_memory(job, &g);
    } else {
        job->cx.diags = NULL; /* not even room for the message: the status must do */
    }
    ch_arena_guard(job->cx.job, NULL);
    ch_arena_guard(job->cx.scratch, NULL);
    ch_keep_guard(job->cx.keep, NULL);
    return st;
}

/* A fresh start: the last letter's memory and messages go. */
typedef struct task {
    ch_job_task *fn;
    void        *arg;
} task;

static ch_status
begin_task(ch_job *job, void *arg)
{
    const task *t = arg;
    begin(job);
    return t->fn(job, t->arg);
}

ch_status
ch_job_do(ch_job *job, ch_job_task *fn, void *arg)
{
    task      t  = {fn, arg};
    ch_status st = landed(job, begin_task, &t);
    if (st != CH_OK)
        job->output = CH_STR_EMPTY;
    return st;
}

ch_status
ch_job_more(ch_job *job, ch_job_task *fn, void *arg)
{
    return job->cx.diags ? landed(job, fn, arg) : CH_ERR_HOST;
}

typedef struct run_args {
    const char *name;
    ch_str      bytes;
    ch_pass     last;
} run_args;

static ch_status
run_letter(ch_job *job, void *arg)
{
    const run_args *a = arg;
    run             r = {.job = job, .cx = &job->cx};
    r.name            = ch_arena_str(job->cx.job, ch_str_from(a->name));
    r.bytes           = a->bytes;
    return run_passes(&r, a->last);
}

ch_status
ch_job_run(ch_job *job, const char *name, ch_str bytes, ch_pass last, bool *strict_failed)
{
    run_args  args = {name, bytes, last};
    ch_status st   = ch_job_do(job, run_letter, &args);
    *strict_failed = st == CH_OK && job->strict && ch_diags_warnings(job->cx.diags) > 0;
    if (*strict_failed)
        job->output = CH_STR_EMPTY;
    return st;
}

static ch_status
list_fonts(ch_job *job, void *arg)
{
    (void)arg;
    ch_buf out;
    ch_buf_init(&out, job->cx.job);
    ch_status st = ch_engine_open(job->engine, &job->cx);
    if (st == CH_OK)
        st = ch_fonts_list(job->engine->fonts, &job->cx, &out);
    job->output = ch_buf_view(&out);
    return st;
}

static ch_status
print_lock(ch_job *job, void *arg)
{
    (void)arg;
    ch_status st = CH_OK;
    ch_buf    out;
    ch_buf_init(&out, job->cx.job);
    if (job->font_lines.n == 0) {
        if ((st = ch_engine_open(job->engine, &job->cx)) != CH_OK)
            return st;
        ch_fonts_list_roles(job->engine->fonts, &job->cx);
        st = ch_fontlines_add(&job->cx, &job->font_lines, job->engine->digests);
    }
    ch_fontlines_print(&job->font_lines, &out);
    job->output = ch_buf_view(&out);
    return st;
}

ch_status
ch_job_font_lock(ch_job *job)
{
    return ch_job_do(job, print_lock, NULL);
}

ch_status
ch_job_fonts(ch_job *job)
{
    return ch_job_do(job, list_fonts, NULL);
}

static ch_status
write_output(ch_job *job, void *arg)
{
    const char *path     = *(const char **)arg;
    int         os_error = 0;
    if (ch_file_write_atomic(job->cx.scratch, path, job->output, &os_error))
        return CH_OK;
    ch_str name = ch_str_from(path);
    ch_report(&job->cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(name), strerror(os_error));
    return CH_ERR_HOST;
}

ch_status
ch_job_write(ch_job *job, const char *path)
{
    return ch_job_more(job, write_output, &path);
}

/* ---- several outputs at once ---- */

static ch_status
say_not_written(ch_job *job, void *arg)
{
    const ch_file_fault *f    = arg;
    ch_str               name = ch_str_from(f->path);
    ch_report(&job->cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(name), strerror(f->error));
    return CH_ERR_HOST;
}

ch_status
ch_job_stage(ch_job *job, const char *path)
{
    ch_file_fault     fault = {.path = path};
    struct ch_staged *more  = realloc(job->staged, (job->n_staged + 1) * sizeof *more);
    if (!more || !job->cx.diags)
        return CH_ERR_HOST;
    job->staged = more;
    if (!ch_file_stage(path, job->output, &more[job->n_staged], &fault.error)) {
        (void)landed(job, say_not_written, &fault);
        return CH_ERR_HOST;
    }
    job->n_staged++;
    return CH_OK;
}

ch_status
ch_job_commit(ch_job *job)
{
    ch_status st = CH_OK;
    for (size_t i = 0; i < job->n_staged && st == CH_OK; i++) {
        ch_file_fault fault = {.path = job->staged[i].target};
        if (!ch_file_commit(&job->staged[i], &fault.error)) {
            (void)landed(job, say_not_written, &fault);
            st = CH_ERR_HOST;
        }
    }
    ch_job_discard(job);
    return st;
}

void
ch_job_discard(ch_job *job)
{
    for (size_t i = 0; i < job->n_staged; i++)
        ch_file_unstage(&job->staged[i]);
    free(job->staged);
    job->staged   = NULL;
    job->n_staged = 0;
}

static ch_str
letter_name(const ch_job *job)
{
    const ch_input_file *first = ch_inputs_at(job->cx.inputs, 0);
    return first && first->kind == CH_INPUT_LETTER ? first->path : CH_STR_EMPTY;
}

typedef struct print_args {
    size_t       i;
    ch_diag_form form;
    const char  *out;
} print_args;

static ch_status
print_diagnostic(ch_job *job, void *arg)
{
    print_args    *a = arg;
    const ch_diag *d = ch_diags_at(job->cx.diags, a->i);
    ch_buf         out;
    ch_buf_init(&out, job->cx.job);
    switch (a->form) {
    case CH_DIAG_CODE:
        ch_buf_printf(&out, "%c%04u", ch_code_letter(d->code), ch_code_number(d->code));
        break;
    case CH_DIAG_TEXT:
        ch_diag_print_text(&out, job->cx.diags, d);
        break;
    case CH_DIAG_JSON:
        ch_diag_print_json(&out, job->cx.diags, d);
        break;
    case CH_DIAG_SARIF:
        ch_diag_print_sarif(&out, job->cx.diags, d, letter_name(job));
        break;
    }
    a->out = ch_buf_view(&out).p;
    return CH_OK;
}

const char *
ch_job_diagnostic(ch_job *job, size_t i, ch_diag_form form)
{
    print_args a = {.i = i, .form = form, .out = ""};
    return landed(job, print_diagnostic, &a) == CH_OK ? a.out : "";
}
