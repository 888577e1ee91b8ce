#include "job/batch.h"

#include "base/files.h"
#include "chancery.h"
#include "job/batch_inside.h"
#include "job/language.h"
#include "letter/units.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- messages ---- */

/* A hundred thousand letters with one warning are one warning. */
static bool
told_before(ch_batch_state *r, const ch_told *t)
{
    if (t->severity == CH_ERROR)
        return false;
    for (size_t i = 0; i < r->n_same; i++)
        if (r->same[i] == t->same)
            return true;
    if (r->n_same < sizeof r->same / sizeof r->same[0])
        r->same[r->n_same++] = t->same;
    return false;
}

static void
hand_on(ch_batch_state *r, ch_told *told, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool again = told_before(r, &told[i]);
        r->b->warnings += told[i].severity == CH_WARNING;
        r->b->repeated += again;
        if (r->b->tell && !again)
            r->b->tell(r->b->user, &told[i]);
        free(told[i].text);
    }
    free(told);
}

void
ch_run_tell(ch_batch_state *r)
{
    ch_told *told = NULL;
    size_t   n    = 0;
    ch_told_collect(&r->job, r->told, 0, CH_STR_EMPTY, r->b->json, &told, &n);
    r->told += n;
    hand_on(r, told, n);
}

void
ch_run_tell_scan(ch_batch_state *r, size_t record)
{
    ch_told *told = NULL;
    size_t   n    = 0;
    if (!r->scan.cx.diags || ch_diags_count(r->scan.cx.diags) == 0)
        return;
    ch_told_collect(&r->scan, 0, r->b->json ? record : 0, CH_STR_EMPTY, r->b->json, &told, &n);
    hand_on(r, told, n);
}

static ch_status
no_memory(ch_ctx *cx)
{
    ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
    return CH_ERR_HOST;
}

/* ---- the letter ---- */

static const char lang_place[] = "{lang}";

/* The file of the letter in a language: its name, with the tag wherever it says {lang}. */
static ch_str
letter_name(ch_batch_state *r, ch_str lang)
{
    ch_buf name;
    ch_buf_init(&name, r->job.cx.job);
    const char *from = r->b->letter, *place;
    for (; (place = strstr(from, lang_place)); from = place + sizeof lang_place - 1) {
        ch_buf_str(&name, (ch_str){from, (size_t)(place - from)});
        ch_buf_str(&name, lang);
    }
    ch_buf_puts(&name, from);
    return ch_buf_view(&name);
}

/* With a catalogue, or in a language of trial, the letter itself is put into the language. */
static ch_status
put_into_language(ch_batch_state *r, ch_template *t, ch_str lang)
{
    ch_ctx           *cx  = &r->job.cx;
    const ch_job     *s   = r->b->settings;
    const ch_catalog *cat = NULL;
    ch_str            tag = ch_lang_usual(cx->job, lang);
    size_t            i   = (size_t)(t - r->letter.at);
    /* The catalogue is an input of this language alone. */
    cx->inputs = t->inputs = ch_inputs_new(cx->job);
    ch_input_add_bytes(cx, CH_INPUT_LETTER, r->letter.name[i], r->letter.bytes[i],
                       ch_file_exists(r->letter.name[i].p));
    ch_status st = ch_catalog_open(cx, s->catalog, tag, t->tree, &cat);
    (void)ch_inputs_at(cx->inputs, 0);
    return st == CH_OK ? ch_letter_translate(cx, t->tree, cat, tag, &s->translate, &t->tree) : st;
}

/* The letter in a language: never, without a word, in another. */
static ch_status
read_version(ch_batch_state *r, size_t i, const ch_node **tree)
{
    ch_ctx      *cx   = &r->job.cx;
    ch_template *t    = &r->letter.at[i];
    ch_str       lang = r->b->n_langs > 0 ? ch_str_from(r->b->lang[i]) : CH_STR_EMPTY;
    ch_status    st   = CH_OK;
    if (i == 0 || strstr(r->b->letter, lang_place)) {
        r->letter.name[i]    = letter_name(r, lang);
        r->letter.bytes[i].p = NULL;
        cx->inputs           = ch_inputs_new(cx->job);
        st                   = ch_job_read(cx, &r->letter.name[i], &r->letter.bytes[i], tree);
    } else {
        r->letter.name[i]  = r->letter.name[0];
        r->letter.bytes[i] = r->letter.bytes[0];
    }
    if (st != CH_OK)
        return st;
    r->letter.lang[i] = lang.n > 0 ? lang : (*tree)->lang;
    if (i > 0 && !strstr(r->b->letter, lang_place))
        cx->inputs = r->own; /* what the letter itself read */
    else
        r->own = cx->inputs;
    *t = (ch_template){.tree = *tree, .diags = cx->diags, .inputs = cx->inputs};
    (void)ch_inputs_at(cx->inputs, 0); /* in order, before threads read it */
    if (ch_lang_same((*tree)->lang, r->letter.lang[i]))
        return CH_OK;
    if (!strstr(r->b->letter, lang_place) &&
        (r->b->settings->catalog || ch_lang_is_pseudo(ch_lang_usual(cx->job, lang))))
        return put_into_language(r, t, lang);
    ch_report(cx, CH_E1053_letter_language, (*tree)->where, CH_ARG((*tree)->lang), CH_ARG(lang));
    ch_hint(cx, "a letter 'NAME.{lang}.xml' has a file for each language");
    return CH_ERR_INPUT;
}

/* One tree a language. */
static ch_status
read_letter(ch_batch_state *r)
{
    ch_arena      *a    = r->job.cx.job;
    const ch_node *tree = NULL;
    size_t         n    = r->b->n_langs > 0 ? r->b->n_langs : 1;
    ch_status      st   = CH_OK;
    r->letter.n         = n;
    r->letter.at        = CH_NEW_N(a, ch_template, n);
    r->letter.lang      = CH_NEW_N(a, ch_str, n);
    r->letter.name      = CH_NEW_N(a, ch_str, n);
    r->letter.bytes     = CH_NEW_N(a, ch_str, n);
    for (size_t i = 0; i < n; i++) {
        ch_status one = read_version(r, i, &tree);
        st            = st == CH_OK ? one : st;
        if (!tree)
            break;
    }
    return st == CH_OK && ch_diags_errors(r->job.cx.diags) > 0 ? CH_ERR_INPUT : st;
}

/* ---- the records ---- */

ch_status
ch_run_open_records(ch_batch_state *r)
{
    ch_ctx           *cx       = &r->job.cx;
    ch_records_format format   = (ch_records_format)r->b->format;
    const char       *path     = r->b->records;
    int               os_error = 0;
    if (strcmp(path, "-") == 0 && !r->from_stdin.p) {
        ch_file_error e =
            ch_file_read(cx->job, path, cx->limits.file_bytes, &r->from_stdin, &os_error);
        ch_status st = ch_report_file(cx, CH_NOWHERE, CH_STR_LIT("<stdin>"), e, os_error,
                                      cx->limits.file_bytes, CH_ERR_HOST);
        if (st != CH_OK)
            return st;
    }
    if (r->from_stdin.p)
        return ch_records_open_bytes(cx, CH_STR_LIT("<stdin>"), r->from_stdin, format, &r->records);
    return ch_records_open(cx, path, format, &r->records);
}

/* ---- what was made before ---- */

/* Has nothing changed of the files on a line of the manifest?  The letter must be this one. */
static bool
files_hold(ch_batch_state *r, ch_str line)
{
    json_error_t  why;
    json_t       *object = json_loadb(line.p, line.n, 0, &why);
    const json_t *list   = json_object_get(object, "read");
    bool          holds = json_is_array(list), letter = false;
    for (size_t i = 0; holds && i < json_array_size(list); i++) {
        const json_t *f      = json_array_get(list, i);
        const char   *path   = json_string_value(json_object_get(f, "path"));
        const char   *kind   = json_string_value(json_object_get(f, "kind"));
        const char   *digest = json_string_value(json_object_get(f, "sha256"));
        uint8_t       raw[32];
        char          now[65];
        uint64_t      size;
        int           os_error;
        ch_input_file in = {.file = true, .path = ch_str_from(path), .kind = CH_INPUT_IMAGE};
        if (!path || !kind || !digest) {
            holds = false;
            break;
        }
        for (int k = 0; k < CH_INPUT_KINDS; k++)
            if (strcmp(ch_input_kind_name((ch_input_kind)k), kind) == 0)
                in.kind = (ch_input_kind)k;
        if (in.kind == CH_INPUT_LETTER) {
            for (size_t k = 0; k < r->letter.n && !letter; k++) {
                letter   = ch_str_eq(in.path, r->letter.name[k]);
                in.bytes = letter ? r->letter.bytes[k] : in.bytes;
            }
        }
        holds = ch_digest_of(r->b->settings->engine->digests, &in, raw, &size, &os_error);
        if (holds) {
            ch_digest_print(raw, now);
            holds = strcmp(now, digest) == 0;
        }
    }
    json_decref(object);
    return holds && letter;
}

static ch_status
open_manifest(ch_batch_state *r)
{
    ch_ctx   *cx = &r->job.cx;
    ch_status st = ch_manifest_open(cx, r->manifest_name.p, &r->manifest);
    if (st != CH_OK)
        return st;
    size_t  n = ch_manifest_files_count(r->manifest);
    ch_str  line;
    ch_mark m     = ch_arena_mark(cx->scratch);
    r->files_hold = CH_NEW_N(cx->job, bool, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (ch_manifest_files_at(r->manifest, cx->scratch, i, &line))
            r->files_hold[i] = files_hold(r, line);
        if (r->files_hold[i] && !ch_batch_inputs_add(r->b, line))
            return no_memory(cx);
        ch_arena_rewind(cx->scratch, m);
    }
    return CH_OK;
}

/* ---- the manifest's header ---- */

static void
add_member(ch_buf *b, const char *name, const char *value)
{
    if (!value)
        return;
    ch_buf_printf(b, ",\"%s\":", name);
    ch_buf_json(b, ch_str_from(value));
}

static ch_status
add_header(ch_batch_state *r)
{
    const ch_batch *s = r->b;
    ch_buf          b;
    ch_buf_init(&b, r->job.cx.job);
    ch_buf_printf(&b, "{\"chancery-manifest\":1,\"version\":\"%s\"", CHANCERY_VERSION);
    add_member(&b, "letter", s->letter);
    add_member(&b, "records", s->records);
    add_member(&b, "output", s->output);
    add_member(&b, "style", s->settings->style);
    add_member(&b, "only", s->only);
    add_member(&b, "skip", s->skip);
    if (s->shards > 0)
        ch_buf_printf(&b, ",\"shard\":%zu,\"shards\":%zu", s->shard, s->shards);
    ch_buf_printf(&b, ",\"count\":%zu,\"outputs\":%zu,\"planned\":[", r->plan.records, s->planned);
    for (size_t k = 0; k < r->letter.n; k++) {
        ch_buf_puts(&b, k > 0 ? ",{\"lang\":" : "{\"lang\":");
        ch_buf_json(&b, r->letter.lang[k]);
        ch_buf_puts(&b, ",\"records\":\"");
        ch_buf_str(&b, ch_buf_view(&r->plan.ranges[k]));
        ch_buf_puts(&b, "\"}");
    }
    ch_buf_puts(&b, "]}\n");
    return ch_manifest_set_header(r->manifest, &r->job.cx, ch_buf_view(&b));
}

/* What an output depends on beside files, the record and its language. */
static void
describe_options(ch_batch_state *r)
{
    const ch_job *s = r->b->settings;
    ch_buf        b;
    int64_t       date;
    ch_buf_init(&b, r->job.cx.job);
    ch_buf_printf(&b, "chancery %s\nform %d %d\n", CHANCERY_VERSION, (int)s->letterhead,
                  (int)s->copy);
    ch_buf_printf(&b, "style %s\naddressee %s\nparty %s\n", s->style ? s->style : "",
                  s->addressee ? s->addressee : "", s->party ? s->party : "");
    ch_buf_printf(&b, "catalog %s %d %d\n", s->catalog ? s->catalog : "",
                  s->translate.allow_untranslated, s->translate.allow_fuzzy);
    if (s->lock_path) /* outputs that were made without it are held to it, too */
        ch_buf_printf(&b, "locked %s\n", s->lock_path);
    if (ch_job_date(s, &date))
        ch_buf_printf(&b, "date %lld\n", (long long)date);
    if (s->strict)
        ch_buf_puts(&b, "strict\n");
    r->options = ch_buf_view(&b);
}

/* ---- at work ---- */

static ch_status
make_slots(ch_batch_state *r)
{
    ch_arena *a = r->job.cx.job;
    r->n_slots  = 16 + 4 * r->n_workers;
    r->slot     = CH_NEW_N(a, ch_slot, r->n_slots);
    for (size_t i = 0; i < r->n_slots; i++) {
        ch_slot *s = &r->slot[i];
        s->arena   = ch_arena_new(0);
        s->meant   = CH_NEW_N(a, bool, r->letter.n);
        s->made    = CH_NEW_N(a, bool, r->letter.n);
        s->output  = CH_NEW_N(a, ch_output, r->letter.n);
        if (!s->arena)
            return CH_ERR_HOST;
    }
    return CH_OK;
}

typedef struct reading {
    ch_batch_state *r;
    ch_slot        *slot;
    bool            end, any; /* no more; something is to be made of it */
} reading;

/* What is wrong with a record, for its line in the manifest. */
static const ch_diag *
first_error(ch_job *scan, ch_arena *a)
{
    for (size_t i = 0; i < ch_diags_count(scan->cx.diags); i++) {
        const ch_diag *d = ch_diags_at(scan->cx.diags, i);
        if (d->severity != CH_ERROR)
            continue;
        ch_diag *kept = ch_arena_copy(a, d, 1, sizeof *d);
        kept->text    = ch_arena_str(a, d->text);
        return kept;
    }
    return NULL;
}

/* The next record into a slot; one that cannot be read is none. */
static ch_status
read_slot(ch_job *scan, void *arg)
{
    reading         *g   = arg;
    ch_batch_state  *r   = g->r;
    ch_slot         *s   = g->slot;
    const ch_record *rec = NULL;
    ch_arena_reset(s->arena);
    ch_arena_guard(s->arena, ch_arena_guard_of(scan->cx.job));
    ch_status st = ch_records_next(r->records, &scan->cx, s->arena, &rec);
    g->end       = st == CH_OK && !rec;
    g->any       = false;
    s->record    = rec;
    s->number    = ch_records_met(r->records);
    s->fault     = st == CH_ERR_INPUT ? first_error(scan, s->arena) : NULL;
    for (size_t k = 0; !g->end && k < r->letter.n; k++) {
        s->meant[k] = ch_plan_ours(r, s->number) &&
                      (!rec || ch_plan_means(r, scan->cx.scratch, rec, r->letter.lang[k]));
        g->any = g->any || s->meant[k];
    }
    s->next = s->done = 0;
    for (size_t k = 0; k < r->letter.n; k++)
        s->done += !s->meant[k];
    memset(s->made, 0, r->letter.n * sizeof *s->made);
    return st == CH_ERR_INPUT ? CH_OK : st; /* it was told when the names were made */
}

/* What became of an output is told, and put into the manifest. */
static ch_status
account_for(ch_batch_state *r, ch_output *o)
{
    ch_batch *b  = r->b;
    ch_ctx   *cx = &r->job.cx;
    ch_status st = CH_OK;
    if (o->files_id && o->line && !ch_manifest_has_files(r->manifest, ch_str_from(o->files_id)) &&
        o->files_line)
        st = ch_manifest_add_files(r->manifest, cx, ch_str_from(o->files_id),
                                   ch_str_from(o->files_line));
    if (st == CH_OK && o->files_line && !ch_batch_inputs_add(b, ch_str_from(o->files_line)))
        st = no_memory(cx);
    if (st == CH_OK && o->line)
        st = ch_manifest_add(r->manifest, cx, ch_str_from(o->line));
    hand_on(r, o->told, o->n_told);
    o->told   = NULL;
    o->n_told = 0;
    b->done += o->state == CH_OUTPUT_DONE;
    b->up_to_date += o->state == CH_OUTPUT_UP_TO_DATE;
    b->failed += o->state == CH_OUTPUT_FAILED;
    if (b->made)
        b->made(b->user, o);
    if (o->state == CH_OUTPUT_FAILED && (st == CH_OK) && (b->fail_fast || o->fatal))
        st = o->why;
    if (o->state == CH_OUTPUT_FAILED && r->worst == CH_OK) {
        r->worst  = o->why;
        r->strict = o->strict;
    }
    ch_output_clear(o);
    return st;
}

/* The outputs of the oldest slots that are finished, in order. */
static ch_status
drain(ch_batch_state *r)
{
    ch_status st = CH_OK;
    for (;;) {
        pthread_mutex_lock(&r->lock);
        bool     over = r->running == 0; /* what is not made will not be */
        ch_slot *s    = r->fill > 0 ? &r->slot[r->head] : NULL;
        bool     go   = s && (over || s->done == r->letter.n);
        pthread_mutex_unlock(&r->lock);
        if (!go)
            return st;
        for (size_t k = 0; k < r->letter.n; k++) {
            if (!s->made[k])
                continue;
            ch_status one = account_for(r, &s->output[k]);
            st            = st != CH_OK ? st : one;
        }
        ch_run_tell(r);
        pthread_mutex_lock(&r->lock);
        r->head = (r->head + 1) % r->n_slots;
        r->fill--;
        r->stop = r->stop || st != CH_OK;
        pthread_mutex_unlock(&r->lock);
    }
}

static void
publish(ch_batch_state *r)
{
    pthread_mutex_lock(&r->lock);
    r->fill++;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
}

static void
close_shop(ch_batch_state *r, bool stop)
{
    pthread_mutex_lock(&r->lock);
    r->closed = true;
    r->stop   = r->stop || stop;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
}

/* Wait until the oldest slot is finished, or all threads are. */
static void
wait_for_result(ch_batch_state *r)
{
    pthread_mutex_lock(&r->lock);
    while (r->running > 0 && r->fill > 0 && r->slot[r->head].done < r->letter.n)
        pthread_cond_wait(&r->result, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

static bool
stopped(ch_batch_state *r)
{
    pthread_mutex_lock(&r->lock);
    bool stop = r->stop;
    pthread_mutex_unlock(&r->lock);
    return stop || r->b->cancelled;
}

static ch_status
work(ch_batch_state *r)
{
    reading   g  = {.r = r};
    ch_status st = CH_OK;
    while (st == CH_OK && !g.end && !stopped(r)) {
        if (r->fill == r->n_slots) {
            wait_for_result(r);
            st = drain(r);
            continue;
        }
        g.slot = &r->slot[(r->head + r->fill) % r->n_slots];
        st     = ch_job_do(&r->scan, read_slot, &g);
        if (st != CH_OK)
            ch_run_tell_scan(r, 0);
        else if (g.any)
            publish(r);
        if (st == CH_OK)
            st = drain(r);
    }
    close_shop(r, st != CH_OK || r->b->cancelled);
    for (bool more = true; more;) {
        wait_for_result(r);
        ch_status one = drain(r);
        st            = st != CH_OK ? st : one;
        if (st != CH_OK || r->b->cancelled)
            close_shop(r, true);
        pthread_mutex_lock(&r->lock);
        more = r->running > 0 || r->fill > 0;
        if (r->running > 0 && r->fill == 0)
            pthread_cond_wait(&r->result, &r->lock);
        pthread_mutex_unlock(&r->lock);
    }
    return st;
}

/* Outputs are written in a folder of the batch's own, below theirs, whose name tells the manifest:
 * whoever holds that may sweep it. */
static ch_status
make_workplace(ch_batch_state *r)
{
    ch_ctx *cx       = &r->job.cx;
    ch_str  root     = r->plan.names->root;
    int     os_error = 0;
    ch_str  real     = ch_path_real(cx->job, r->manifest_name.p);
    ch_str  place    = ch_arena_printf(cx->job, "%.*s.chancery-%016llx", CH_ARG(root),
                                       (unsigned long long)ch_hash(real.p, real.n, 0));
    r->workplace     = (char *)(uintptr_t)place.p;
    if (ch_folders_make(place.p, &os_error) && ch_folder_sweep(place.p, &os_error) &&
        ch_folder_make(place.p, &os_error))
        return CH_OK;
    ch_report(cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(place), strerror(os_error));
    return CH_ERR_HOST;
}

static ch_str
manifest_name(const ch_batch_state *r)
{
    const ch_batch *b    = r->b;
    ch_arena       *a    = r->job.cx.job;
    ch_str          root = r->plan.names->root;
    if (b->manifest)
        return ch_arena_str(a, ch_str_from(b->manifest));
    return b->shards > 0 ? ch_arena_printf(a, "%.*smanifest.%zu-of-%zu.jsonl", CH_ARG(root),
                                           b->shard, b->shards)
                         : ch_arena_printf(a, "%.*smanifest.jsonl", CH_ARG(root));
}

static ch_status
parse_settings(ch_batch_state *r)
{
    const ch_batch *b  = r->b;
    ch_ctx         *cx = &r->job.cx;
    /* In one file names are what letters are called, and those need not be said. */
    const char *names = b->output || !b->into ? b->output : "{lang}/{n}";
    ch_status   st    = ch_names_parse(cx, ch_str_from(names), &r->plan.names);
    if (st == CH_OK && b->only)
        st = ch_select_parse(cx, ch_str_from(b->only), &r->plan.only);
    if (st == CH_OK && b->skip)
        st = ch_select_parse(cx, ch_str_from(b->skip), &r->plan.skip);
    if (st != CH_OK)
        return st;
    if (!r->plan.names->by_record || (b->n_langs > 1 && !r->plan.names->by_lang)) {
        ch_report(
            cx, CH_E1040_bad_output_pattern, CH_NOWHERE, CH_ARG(ch_str_from(names)), (size_t)1,
            r->plan.names->by_record ? "{lang} must be in it, since there are several languages"
                                     : "{n} or a field of the record must be in it");
        return CH_ERR_INPUT;
    }
    r->manifest_name = manifest_name(r);
    return CH_OK;
}

/* What threads use goes when they have ended: also when memory ran out. */
static void
end_work(void *arg)
{
    ch_batch_state *r = arg;
    ch_workers_stop(r);
    for (size_t i = 0; r->slot && i < r->n_slots; i++) {
        for (size_t k = 0; k < r->letter.n && r->slot[i].output; k++)
            ch_output_clear(&r->slot[i].output[k]);
        ch_arena_free(r->slot[i].arena);
    }
    r->slot = NULL;
}

/* Columns that neither the letter nor a name nor an expression asks for: known only when letters
 * were filled. */
static void
tell_unused(ch_batch_state *r)
{
    const ch_names *names = r->plan.names;
    if (r->b->done == 0 || !r->worker)
        return;
    for (size_t i = 0; i < names->n; i++)
        if (names->part[i].field)
            ch_fields_use(r->used, names->part[i].text);
    ch_select_fields(r->plan.only, r->used);
    ch_select_fields(r->plan.skip, r->used);
    for (size_t i = 0; i < r->n_workers; i++)
        ch_fields_join(r->used, r->worker[i].used);
    ch_fields_report(&r->job.cx, r->used, ch_str_from(r->b->records));
}

/* Were the records the same when they were read for the last time? */
static ch_status
records_same(ch_batch_state *r)
{
    ch_file_id now;
    int        os_error;
    ch_str     name = ch_str_from(r->b->records);
    if (r->from_stdin.p || !r->has_source ||
        (ch_file_identify(name.p, &now, &os_error) && ch_file_id_same(&now, &r->source)))
        return CH_OK;
    ch_report(&r->job.cx, CH_E1051_records_changed, CH_NOWHERE, CH_ARG(name));
    return CH_ERR_INPUT;
}

/* ---- one file ---- */

/* In memory of its own: letters are put into it on the worker's thread. */
static ch_status
begin_into(ch_batch_state *r)
{
    ch_ctx         cx  = r->job.cx;
    ch_pdf_options opt = {.compress = true};
    opt.has_date       = ch_job_date(r->b->settings, &opt.date);
    r->workplace       = (char *)(uintptr_t) "";
    r->into_arena      = ch_arena_new(0);
    if (!r->into_arena)
        return CH_ERR_HOST;
    ch_arena_guard(r->into_arena, ch_arena_guard_of(r->job.cx.job));
    cx.job = r->into_arena;
    return ch_pdf_merge_new(&cx, r->b->settings->engine->pdf, &opt, &r->into);
}

/* When no thread has it any more. */
static ch_status
end_into(ch_batch_state *r)
{
    ch_ctx cx       = r->job.cx;
    ch_str bytes    = CH_STR_EMPTY;
    int    os_error = 0;
    ch_arena_guard(r->into_arena, ch_arena_guard_of(r->job.cx.job));
    cx.job       = r->into_arena;
    ch_status st = ch_pdf_merge_save(r->into, &cx, &bytes);
    if (st != CH_OK || (ch_folders_make(r->b->into, &os_error) &&
                        ch_file_write_atomic(cx.scratch, r->b->into, bytes, &os_error)))
        return st;
    ch_str name = ch_str_from(r->b->into);
    ch_report(&r->job.cx, CH_E1006_cannot_write, CH_NOWHERE, CH_ARG(name), strerror(os_error));
    return CH_ERR_HOST;
}

/* Where letters go, and what is known of those that were made before. */
static ch_status
open_outputs(ch_batch_state *r)
{
    if (r->b->into)
        return begin_into(r);
    ch_status st = open_manifest(r);
    if (st == CH_OK)
        st = make_workplace(r);
    return st == CH_OK ? add_header(r) : st;
}

static ch_status
close_outputs(ch_batch_state *r, ch_status st)
{
    if (r->b->into)
        return st == CH_OK && (r->b->done > 0 || r->worst == CH_OK) ? end_into(r) : st;
    ch_status end = ch_manifest_finish(r->manifest, &r->job.cx, r->letter.lang, r->letter.n);
    ch_folder_remove(r->workplace);
    return end;
}

/* All of it, where jumps from the batch's own memory land. */
static ch_status
run(ch_job *job, void *arg)
{
    ch_batch_state *r  = arg;
    ch_status       st = ch_engine_open(job->engine, &job->cx);
    int             os_error;
    ch_arena_defer(job->cx.job, end_work, r);
    r->used       = ch_fields_used_new(job->cx.job);
    r->has_source = ch_file_identify(r->b->records, &r->source, &os_error);
    if (st == CH_OK)
        st = parse_settings(r);
    if (st == CH_OK)
        st = read_letter(r);
    ch_run_tell(r);
    if (st != CH_OK)
        return st;
    describe_options(r);
    r->worst = ch_plan_make(r);
    if (r->b->cancelled)
        return CH_ERR_LIMIT;
    if (r->worst != CH_OK &&
        (r->worst == CH_ERR_HOST || r->b->fail_fast || r->plan.records == 0 || r->plan.hopeless))
        return r->worst;
    /* Into one file letters come in order. */
    r->n_workers = r->b->threads > 0 && !r->b->into ? r->b->threads : 1;
    st           = open_outputs(r);
    if (st == CH_OK)
        st = make_slots(r);
    if (st == CH_OK)
        st = ch_run_open_records(r);
    if (st == CH_OK)
        st = ch_workers_start(r);
    if (st == CH_OK)
        st = work(r);
    tell_unused(r);
    end_work(r);
    if (st == CH_OK)
        st = records_same(r);
    if (st == CH_OK && r->b->cancelled)
        st = CH_ERR_LIMIT;
    ch_status end = close_outputs(r, st);
    ch_run_tell(r);
    return st != CH_OK ? st : end != CH_OK ? end : r->worst;
}

static void
clear_run(ch_batch_state *r)
{
    ch_records_close(r->records);
    ch_manifest_close(r->manifest);
    free(r->plan.hash);
    ch_arena_free(r->into_arena);
    ch_job_end(&r->job);
    ch_job_end(&r->scan);
    pthread_cond_destroy(&r->work);
    pthread_cond_destroy(&r->result);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

ch_status
ch_batch_run(ch_batch *b, bool *strict)
{
    ch_batch_state *r = calloc(1, sizeof *r);
    *strict           = false;
    ch_batch_inputs_clear(b);
    if (!r ||
        (strcmp(b->letter, "-") != 0 && !strstr(b->letter, lang_place) &&
         !ch_batch_input_add(b, b->letter)) ||
        (strcmp(b->records, "-") != 0 && !ch_batch_input_add(b, b->records))) {
        free(r);
        return CH_ERR_HOST;
    }
    b->planned = b->done = b->up_to_date = b->failed = b->warnings = b->repeated = 0;
    r->b                                                                         = b;
    r->job.limits = r->scan.limits = b->settings->limits;
    (void)pthread_mutex_init(&r->lock, NULL);
    (void)pthread_cond_init(&r->work, NULL);
    (void)pthread_cond_init(&r->result, NULL);
    ch_status st = ch_job_begin(&r->job, b->settings->engine);
    if (st == CH_OK)
        st = ch_job_begin(&r->scan, b->settings->engine);
    if (st == CH_OK)
        st = ch_job_do(&r->job, run, r);
    ch_run_tell(r);
    *strict      = st != CH_OK && r->strict;
    b->cancelled = 0; /* it may be run again */
    clear_run(r);
    return st;
}

void
ch_batch_clear(ch_batch *b)
{
    free(b->letter);
    free(b->records);
    free(b->output);
    free(b->manifest);
    free(b->into);
    free(b->only);
    free(b->skip);
    for (size_t i = 0; i < b->n_langs; i++)
        free(b->lang[i]);
    free(b->lang);
    ch_batch_inputs_clear(b);
}
