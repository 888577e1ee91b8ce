/* job/output.c -- one output of a batch: named, found up to date or rendered, written, accounted
 * for.  On a worker's thread; reads of the run only what no thread changes any more. */
#include "base/digest.h"
#include "base/files.h"
#include "job/batch_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct making {
    ch_worker       *w;
    const ch_slot   *slot;
    const ch_record *record;
    size_t           lang;
    ch_output       *o;
    int64_t          start;
    char             inputs[65];
} making;

static char *
keep(ch_str s)
{
    char *p = malloc(s.n + 1);
    if (p) {
        memcpy(p, s.p, s.n);
        p[s.n] = '\0';
    }
    return p;
}

void
ch_output_clear(ch_output *o)
{
    for (size_t i = 0; i < o->n_told; i++)
        free(o->told[i].text);
    free(o->told);
    free(o->path);
    free(o->line);
    free(o->files_id);
    free(o->files_line);
    *o = (ch_output){.told = NULL};
}

/* ---- messages ---- */

/* The record and language, put behind the first line of a text, or into the object. */
static ch_str
with_record(ch_arena *a, ch_str text, size_t record, ch_str lang, bool json)
{
    if (record == 0)
        return text;
    if (json) {
        ch_str open = ch_str_sub(text, 0, text.n - 2); /* without "}\n" */
        return lang.n > 0 ? ch_arena_printf(a, "%.*s,\"record\":%zu,\"lang\":\"%.*s\"}\n",
                                            CH_ARG(open), record, CH_ARG(lang))
                          : ch_arena_printf(a, "%.*s,\"record\":%zu}\n", CH_ARG(open), record);
    }
    const char *end  = memchr(text.p, '\n', text.n);
    ch_str      line = ch_str_sub(text, 0, end ? (size_t)(end - text.p) : text.n);
    ch_str      rest = ch_str_sub(text, line.n, text.n);
    return lang.n > 0
               ? ch_arena_printf(a, "%.*s (record %zu, %.*s)%.*s", CH_ARG(line), record,
                                 CH_ARG(lang), CH_ARG(rest))
               : ch_arena_printf(a, "%.*s (record %zu)%.*s", CH_ARG(line), record, CH_ARG(rest));
}

typedef struct collecting {
    size_t   from, record;
    ch_str   lang;
    bool     json;
    ch_told *told;
    size_t   n;
} collecting;

static ch_status
collect(ch_job *job, void *arg)
{
    collecting *c     = arg;
    size_t      count = ch_diags_count(job->cx.diags);
    c->told           = count > c->from ? calloc(count - c->from, sizeof *c->told) : NULL;
    for (size_t i = c->from; c->told && i < count; i++) {
        const ch_diag *d    = ch_diags_at(job->cx.diags, i);
        ch_told       *t    = &c->told[c->n];
        const char    *code = ch_job_diagnostic(job, i, CH_DIAG_CODE);
        ch_str text = ch_str_from(ch_job_diagnostic(job, i, c->json ? CH_DIAG_JSON : CH_DIAG_TEXT));
        t->severity = d->severity;
        (void)strncpy(t->code, code, sizeof t->code - 1);
        t->same = ch_hash(text.p, text.n, (uint64_t)c->json);
        t->text = keep(with_record(job->cx.job, text, c->record, c->lang, c->json));
        c->n += t->text != NULL;
    }
    return CH_OK;
}

void
ch_told_collect(ch_job *job, size_t from, size_t record, ch_str lang, bool json, ch_told **told,
                size_t *n)
{
    collecting c = {.from = from, .record = record, .lang = lang, .json = json};
    (void)ch_job_more(job, collect, &c);
    *told = c.told;
    *n    = c.n;
}

/* The codes of errors and warnings, each once; how many wait for a native speaker. */
static void
count_messages(making *m, ch_buf *codes)
{
    const ch_diags *all = m->w->job.cx.diags;
    for (size_t i = 0; i < ch_diags_count(all); i++) {
        const ch_diag *d = ch_diags_at(all, i);
        if (d->severity == CH_NOTE)
            continue;
        bool old = false;
        for (size_t k = 0; k < i && !old; k++)
            old = ch_diags_at(all, k)->code == d->code;
        m->o->warnings += d->severity == CH_WARNING ? d->times : 0;
        m->o->review += d->code == CH_W3003_awaits_review ? d->times : 0;
        if (!old)
            ch_buf_printf(codes, "%s%c%04u", codes->n > 0 ? " " : "", ch_code_letter(d->code),
                          ch_code_number(d->code));
    }
}

/* ---- digests ---- */

static void
hash_text(ch_buf *b, char out[65])
{
    uint8_t raw[32] = {0};
    (void)ch_sha256(b->p, b->n, raw);
    ch_digest_print(raw, out);
}

/* Of everything that an output depends on: the files are those of an ID. */
static void
inputs_digest(making *m, ch_str files, char out[65])
{
    ch_buf  b;
    uint8_t raw[32] = {0};
    char    record[65];
    ch_buf_init(&b, m->w->job.cx.scratch);
    (void)ch_record_digest(b.arena, m->record, raw);
    ch_digest_print(raw, record);
    ch_buf_str(&b, m->w->run->options);
    ch_buf_printf(&b, "lang %.*s\nrecord %s\nfiles %.*s\n", CH_ARG(m->w->run->letter.lang[m->lang]),
                  record, CH_ARG(files));
    hash_text(&b, out);
}

/* The files that the last letter was made from, in words with their digests; their ID. */
static void
print_files(ch_job *job, ch_buf *line, char id[17])
{
    ch_inputs *in = job->cx.inputs;
    ch_buf     list;
    char       digest[65];
    ch_buf_init(&list, job->cx.job);
    for (size_t i = 0; i < ch_inputs_count(in); i++) {
        const ch_input_file *f       = ch_inputs_at(in, i);
        uint8_t              raw[32] = {0};
        uint64_t             size;
        int                  os_error;
        if (f->kind == CH_INPUT_RECORDS)
            continue;
        (void)ch_digest_of(job->engine->digests, f, raw, &size, &os_error);
        ch_digest_print(raw, digest);
        ch_buf_puts(&list, list.n > 0 ? ",{\"kind\":\"" : "{\"kind\":\"");
        ch_buf_puts(&list, ch_input_kind_name(f->kind));
        ch_buf_puts(&list, "\",\"path\":");
        ch_buf_json(&list, f->path);
        ch_buf_printf(&list, ",\"sha256\":\"%s\"}", digest);
    }
    hash_text(&list, digest);
    memcpy(id, digest, 16);
    id[16] = '\0';
    ch_buf_printf(line, "{\"files\":\"%s\",\"read\":[%.*s]}\n", id, CH_ARG(ch_buf_view(&list)));
}

/* The ID of what the last letter was made from; the line of files too when this worker meets it for
 * the first time. */
static ch_str
files_of(making *m)
{
    ch_worker *w   = m->w;
    ch_inputs *in  = w->job.cx.inputs;
    uint64_t   key = 1;
    for (size_t i = 0; i < ch_inputs_count(in); i++) {
        const ch_input_file *f = ch_inputs_at(in, i);
        if (f->kind != CH_INPUT_RECORDS)
            key = ch_hash_quick(f->path.p, f->path.n, key + (uint64_t)f->kind);
    }
    size_t at = key % (sizeof w->files / sizeof w->files[0]);
    if (w->files[at].key != key) {
        ch_buf line;
        ch_buf_init(&line, w->job.cx.job);
        print_files(&w->job, &line, w->files[at].id);
        w->files[at].key = key;
        m->o->files_line = keep(ch_buf_view(&line));
    }
    m->o->files_id = keep(ch_str_from(w->files[at].id));
    return ch_str_from(w->files[at].id);
}

/* ---- what was made before ---- */

static bool
still_holds(const ch_batch_state *r, ch_str id)
{
    size_t i = ch_manifest_find_files(r->manifest, id);
    return i != SIZE_MAX && r->files_hold[i];
}

/* Does the file stand there, as it was written? */
static bool
stands(making *m, const ch_account *a)
{
    ch_file_id id;
    int        os_error = 0;
    uint8_t    raw[32];
    char       digest[65];
    if (!ch_sha256_file(m->o->path, raw, &id, &os_error) || id.size != a->bytes)
        return false;
    ch_digest_print(raw, digest);
    return ch_str_is(a->pdf, digest);
}

static bool
up_to_date(making *m)
{
    ch_worker *w = m->w;
    ch_account a;
    char       inputs[65];
    if (ch_manifest_count(w->run->manifest) == 0 ||
        !ch_manifest_find(w->run->manifest, w->job.cx.job, ch_str_from(m->o->path), &a) ||
        !still_holds(w->run, a.files))
        return false;
    inputs_digest(m, a.files, inputs);
    if (!ch_str_is(a.inputs, inputs) || !stands(m, &a))
        return false;
    m->o->state    = CH_OUTPUT_UP_TO_DATE;
    m->o->pages    = a.pages;
    m->o->warnings = a.warnings;
    m->o->review   = a.review;
    if (a.record != m->record->number || !ch_str_eq(a.lang, w->run->letter.lang[m->lang])) {
        /* The record stands in another row now. */
        ch_buf line;
        ch_buf_init(&line, w->job.cx.job);
        a.record = m->record->number;
        a.lang   = w->run->letter.lang[m->lang];
        ch_account_print(&line, &a);
        m->o->line = keep(ch_buf_view(&line));
    }
    return true;
}

/* ---- written ---- */

/* Was the folder made or found a while ago?  Those met last are remembered. */
static bool
folder_known(ch_batch_state *r, ch_str folder, bool add)
{
    uint64_t  hash = ch_hash(folder.p, folder.n, 0);
    uint64_t *at   = &r->folder[hash % (sizeof r->folder / sizeof r->folder[0])];
    pthread_mutex_lock(&r->lock);
    bool known = *at == hash;
    if (add)
        *at = hash;
    pthread_mutex_unlock(&r->lock);
    return known;
}

static ch_status
cannot_write(making *m, int os_error)
{
    ch_str path = ch_str_from(m->o->path);
    ch_report(&m->w->job.cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(path), strerror(os_error));
    /* Nor would the next one be written. */
    m->o->fatal = os_error == ENOSPC || os_error == EDQUOT || os_error == EROFS ||
                  os_error == EIO || os_error == EFBIG || os_error == EMFILE ||
                  os_error == ENFILE || os_error == ENODEV || os_error == ESTALE;
    return CH_ERR_HOST;
}

static ch_status
vanished(making *m)
{
    ch_str path = ch_str_from(m->o->path);
    ch_report(&m->w->job.cx, CH_E1048_folder_vanished, CH_NOWHERE, CH_ARG(path));
    m->o->fatal = true;
    return CH_ERR_HOST;
}

/* Its folder is made when it is not there; one that was there a while ago is missed. */
static ch_status
write_output(making *m)
{
    ch_batch_state *r        = m->w->run;
    ch_str          folder   = ch_path_folder(m->w->job.cx.job, ch_str_from(m->o->path));
    int             os_error = 0;
    bool            beside   = false;
    ch_str          aside    = ch_str_from(m->w->aside);
    for (int tries = 0; tries < 3; tries++) {
        ch_put_fault fault = ch_file_put(aside.p, m->o->path, m->w->job.output, &os_error);
        if (fault == CH_PUT_OK)
            return CH_OK;
        if (fault == CH_PUT_ASIDE)
            return os_error == ENOENT ? vanished(m) : cannot_write(m, os_error);
        if (os_error == EXDEV && !beside) {
            /* A folder of the outputs is on another file system. */
            beside = true;
            aside  = ch_arena_printf(m->w->job.cx.job, "%.*s/.chancery-%016llx.new", CH_ARG(folder),
                                     (unsigned long long)ch_hash(m->o->path, strlen(m->o->path), 0));
            continue;
        }
        if (os_error != ENOENT)
            return cannot_write(m, os_error);
        /* Another thread may have made it meanwhile, which it makes known behind that. */
        bool known = folder_known(r, folder, false);
        if (!ch_folder_exists(r->workplace) || (known && !ch_folder_exists(folder.p)))
            return vanished(m);
        if (!known && !ch_folders_make(m->o->path, &os_error))
            return cannot_write(m, os_error);
        (void)folder_known(r, folder, true);
    }
    return cannot_write(m, os_error);
}

/* ---- one output ---- */

/* A fresh start: its name, and whether there is anything to do. */
static ch_status
look(ch_job *job, void *arg)
{
    making         *m = arg;
    ch_batch_state *r = m->w->run;
    ch_str          name;
    if (ch_names_make(r->plan.names, &job->cx, job->cx.job, m->record, r->letter.lang[m->lang],
                      &name) != CH_OK)
        return CH_ERR_INPUT;
    m->o->path = keep(name);
    if (!m->o->path)
        return CH_ERR_HOST;
    size_t other = ch_plan_clashes(r, job->cx.scratch, name, m->record->number);
    if (other > 0) {
        ch_report(&job->cx, CH_E1043_name_clash, CH_NOWHERE, m->record->number, CH_ARG(name),
                  other);
        return CH_ERR_INPUT;
    }
    if (r->into || up_to_date(m))
        return CH_OK;
    /* Known as found before something is missing from it. */
    ch_str folder = ch_path_folder(job->cx.job, name);
    if (!folder_known(r, folder, false) && ch_folder_exists(folder.p))
        (void)folder_known(r, folder, true);
    return CH_OK;
}

static void
print_account(making *m, ch_account *a)
{
    ch_batch_state *r = m->w->run;
    ch_buf          line, codes;
    ch_buf_init(&line, m->w->job.cx.job);
    ch_buf_init(&codes, m->w->job.cx.job);
    m->o->warnings = m->o->review = 0;
    count_messages(m, &codes);
    if (m->slot->fault)
        ch_buf_printf(&codes, "%c%04u", ch_code_letter(m->slot->fault->code),
                      ch_code_number(m->slot->fault->code));
    a->record = m->slot->number;
    a->key =
        m->record ? ch_names_key(r->plan.names, m->record, r->letter.lang[m->lang]) : CH_STR_EMPTY;
    a->lang     = r->letter.lang[m->lang];
    a->path     = ch_str_from(m->o->path);
    a->pages    = m->o->pages;
    a->warnings = m->o->warnings;
    a->review   = m->o->review;
    a->codes    = ch_buf_view(&codes);
    a->start_us = m->start;
    a->took_us  = r->b->clock ? r->b->clock(r->b->user) - m->start : 0;
    ch_account_print(&line, a);
    m->o->line = keep(ch_buf_view(&line));
}

/* Behind one that went into the file for all. */
static ch_status
count_merged(making *m)
{
    ch_buf codes;
    ch_buf_init(&codes, m->w->job.cx.job);
    count_messages(m, &codes);
    m->o->state = CH_OUTPUT_DONE;
    m->o->pages = m->w->job.pages;
    return CH_OK;
}

/* The name without its ending is what the letter is called in the outline. */
static void
set_title(making *m)
{
    ch_worker *w    = m->w;
    ch_str     name = ch_str_from(m->o->path);
    if (ch_str_ends(name, ".pdf"))
        name.n -= 4;
    w->job.into_title = w->run->b->output ? name : CH_STR_EMPTY;
}

/* Behind a letter that was rendered: it is written and accounted for. */
static ch_status
deliver(ch_job *job, void *arg)
{
    making *m       = arg;
    uint8_t raw[32] = {0};
    char    pdf[65];
    if (m->w->run->into)
        return count_merged(m);
    ch_status st = write_output(m);
    if (st != CH_OK)
        return st;
    ch_str files = files_of(m);
    inputs_digest(m, files, m->inputs);
    (void)ch_sha256(job->output.p, job->output.n, raw);
    ch_digest_print(raw, pdf);
    m->o->state  = CH_OUTPUT_DONE;
    m->o->pages  = job->pages;
    ch_account a = {.done   = true,
                    .inputs = ch_str_from(m->inputs),
                    .files  = files,
                    .pdf    = ch_str_from(pdf),
                    .bytes  = job->output.n,
                    .text   = job->digest};
    print_account(m, &a);
    return CH_OK;
}

/* One that failed has a line, too, with its first error. */
static ch_status
give_up(ch_job *job, void *arg)
{
    making    *m = arg;
    ch_account a = {.fault = CH_STR_LIT("not made")};
    if (m->slot->fault)
        a.fault = m->slot->fault->text;
    for (size_t i = 0; i < ch_diags_count(job->cx.diags); i++) {
        const ch_diag *d = ch_diags_at(job->cx.diags, i);
        if (d->severity == CH_ERROR || (m->o->strict && d->severity == CH_WARNING)) {
            a.fault = d->text;
            break;
        }
    }
    print_account(m, &a);
    return CH_OK;
}

static ch_status
render(making *m)
{
    ch_worker *w   = m->w;
    ch_job    *job = &w->job;
    job->letter    = &w->run->letter.at[m->lang];
    job->record    = m->record;
    job->used      = w->used;
    bool strict    = false;
    if (w->run->into)
        set_title(m);
    ch_status st = ch_job_run(job, w->run->letter.name[m->lang].p, w->run->letter.bytes[m->lang],
                              CH_PASS_PDF, &strict);
    m->o->strict = strict;
    /* What went into the file for all cannot be taken out again. */
    m->o->fatal = w->run->into && (strict || !ch_pdf_merge_whole(w->run->into));
    return strict ? CH_ERR_INPUT : st;
}

/* One whose record could not be read; that was told when the names were made. */
static ch_status
unreadable(ch_job *job, void *arg)
{
    (void)job;
    (void)arg;
    return CH_ERR_INPUT;
}

void
ch_output_make(ch_worker *w, const ch_slot *s, size_t lang, ch_output *o)
{
    ch_batch_state *r     = w->run;
    making          m     = {.w = w, .slot = s, .record = s->record, .lang = lang, .o = o};
    bool            named = false; /* what is wrong with its name was told */
    o->record             = s->number;
    o->lang               = r->letter.lang[lang];
    o->state              = CH_OUTPUT_FAILED;
    m.start               = r->b->clock ? r->b->clock(r->b->user) : 0;
    o->why                = ch_job_do(&w->job, s->record ? look : unreadable, &m);
    if (o->why == CH_OK && o->state == CH_OUTPUT_UP_TO_DATE)
        return;
    if (o->why == CH_OK) {
        named  = true;
        o->why = render(&m);
        if (o->why == CH_OK)
            o->why = ch_job_more(&w->job, deliver, &m);
    }
    if (o->why != CH_OK && !o->fatal && !r->into)
        (void)ch_job_more(&w->job, give_up, &m);
    if (named)
        ch_told_collect(&w->job, 0, o->record, o->lang, r->b->json, &o->told, &o->n_told);
}
