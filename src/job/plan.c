/* job/plan.c -- the names of a batch's outputs, before there are any.
 *
 * Of each name only a hash is kept.  Where two are alike the records are gone through once more, and
 * the names themselves are compared, folded: two that differ in case or composition only are one
 * file on some systems. */
#include "base/files.h"
#include "job/batch_inside.h"

#include <stdlib.h>
#include <string.h>

#define RANGES_MAX ((size_t)1 << 20) /* bytes of a list of records */

/* ---- which ---- */

bool
ch_plan_ours(const ch_batch_state *r, size_t number)
{
    return r->b->shards == 0 || (number - 1) % r->b->shards == r->b->shard - 1;
}

bool
ch_plan_means(ch_batch_state *r, ch_arena *scratch, const ch_record *rec, ch_str lang)
{
    ch_plan *p    = &r->plan;
    bool     only = !p->only || ch_select_holds(p->only, scratch, rec, lang);
    bool     skip = p->skip && ch_select_holds(p->skip, scratch, rec, lang);
    return only && !skip;
}

/* ---- hashes ---- */

static bool
push(ch_plan *p, uint64_t hash)
{
    if (p->n_hashes == p->cap) {
        size_t    cap = p->cap ? p->cap + p->cap / 2 : 4096;
        uint64_t *big = realloc(p->hash, cap * sizeof *big);
        if (!big)
            return false;
        p->hash = big;
        p->cap  = cap;
    }
    p->hash[p->n_hashes++] = hash;
    return true;
}

static int
by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Only those that came more than once stay, each once. */
static void
keep_repeated(ch_plan *p)
{
    size_t n = 0;
    if (p->n_hashes > 0)
        qsort(p->hash, p->n_hashes, sizeof *p->hash, by_value);
    for (size_t i = 1; i < p->n_hashes; i++)
        if (p->hash[i] == p->hash[i - 1] && (n == 0 || p->hash[n - 1] != p->hash[i]))
            p->hash[n++] = p->hash[i];
    uint64_t *less = n > 0 ? realloc(p->hash, n * sizeof *less) : NULL;
    if (n == 0)
        free(p->hash);
    p->hash     = n > 0 && !less ? p->hash : less;
    p->n_hashes = n;
    p->cap      = n;
}

static bool
is_repeated(const ch_plan *p, ch_str folded)
{
    uint64_t hash = ch_hash(folded.p, folded.n, 0);
    return p->n_hashes > 0 && bsearch(&hash, p->hash, p->n_hashes, sizeof hash, by_value) != NULL;
}

size_t
ch_plan_clashes(const ch_batch_state *r, ch_arena *scratch, ch_str name, size_t number)
{
    const ch_plan *p = &r->plan;
    if (p->n_hashes == 0)
        return 0;
    ch_str folded = ch_text_fold(scratch, name);
    if (!is_repeated(p, folded) || !ch_map_lookup(p->clash, folded))
        return 0;
    size_t first = (size_t)(uintptr_t)ch_map_lookup(p->name, folded);
    return first != number ? first : (size_t)(uintptr_t)ch_map_lookup(p->clash, folded);
}

/* ---- going through the records ---- */

typedef struct pass {
    ch_batch_state *r;
    bool            again; /* for those that are alike */
    bool            end;
} pass;

static void
close_stretch(ch_buf *b, const ch_stretch *s)
{
    if (s->from == 0 || b->n > RANGES_MAX)
        return;
    ch_buf_printf(b, b->n > 0 ? ",%zu" : "%zu", s->from);
    if (s->to > s->from)
        ch_buf_printf(b, "-%zu", s->to);
}

static void
note_meant(ch_batch_state *r, size_t lang, size_t number)
{
    ch_stretch *s = &r->plan.open[lang];
    if (s->from > 0 && s->to + 1 == number) {
        s->to = number;
        return;
    }
    close_stretch(&r->plan.ranges[lang], s);
    *s = (ch_stretch){number, number};
}

/* The first pass: is the name good?  Its hash is kept. */
static ch_status
note_name(ch_batch_state *r, const ch_record *rec, size_t lang)
{
    ch_ctx   *cx = &r->scan.cx;
    ch_str    name;
    ch_status st = ch_names_make(r->plan.names, cx, cx->job, rec, r->letter.lang[lang], &name);
    if (st != CH_OK)
        return st;
    ch_str folded = ch_text_fold(cx->job, name);
    return push(&r->plan, ch_hash(folded.p, folded.n, 0)) ? CH_OK : CH_ERR_HOST;
}

/* The second: the names that may be alike. */
static ch_status
compare_name(ch_batch_state *r, const ch_record *rec, size_t lang)
{
    ch_plan *p  = &r->plan;
    ch_ctx  *cx = &r->scan.cx;
    ch_str   name;
    if (ch_names_make(p->names, cx, cx->job, rec, r->letter.lang[lang], &name) != CH_OK) {
        cx->diags = ch_diags_new(cx->job); /* told before */
        return CH_OK;
    }
    ch_str folded = ch_text_fold(cx->job, name);
    if (!is_repeated(p, folded))
        return CH_OK;
    uintptr_t first = (uintptr_t)ch_map_lookup(p->name, folded);
    if (first == 0) {
        ch_map_put(p->name, folded, (void *)(uintptr_t)rec->number);
        return CH_OK;
    }
    ch_map_put(p->clash, folded, (void *)(uintptr_t)rec->number);
    uint32_t source = ch_diags_source(cx->diags, rec->file, CH_STR_EMPTY);
    ch_report_at(cx, CH_E1043_name_clash, source, rec->line, 1, rec->number, CH_ARG(name),
                 (size_t)first);
    return CH_ERR_INPUT;
}

static ch_status
go_through(pass *p, const ch_record *rec)
{
    ch_batch_state *r  = p->r;
    ch_status       st = CH_OK;
    for (size_t k = 0; k < r->letter.n && st != CH_ERR_HOST; k++) {
        if (!ch_plan_means(r, r->scan.cx.scratch, rec, r->letter.lang[k]))
            continue;
        if (!p->again) {
            note_meant(r, k, rec->number);
            r->b->planned += ch_plan_ours(r, rec->number);
        }
        ch_status one = p->again ? compare_name(r, rec, k) : note_name(r, rec, k);
        st            = one != CH_OK ? one : st;
    }
    return st;
}

static ch_status
one_record(ch_job *scan, void *arg)
{
    pass            *p   = arg;
    const ch_record *rec = NULL;
    ch_status        st  = ch_records_next(p->r->records, &scan->cx, scan->cx.job, &rec);
    if (st == CH_ERR_INPUT && !p->again) {
        size_t number = ch_records_met(p->r->records);
        for (size_t k = 0; k < p->r->letter.n; k++)
            note_meant(p->r, k, number);
        p->r->b->planned += ch_plan_ours(p->r, number) ? p->r->letter.n : 0;
    }
    if (p->again)
        scan->cx.diags = ch_diags_new(scan->cx.job); /* told before */
    if (st != CH_OK)
        return st;
    p->end = rec == NULL;
    if (rec && !p->again)
        ch_fields_see(p->r->used, rec);
    if (rec && rec->number == 1 && rec->columns && !p->again) {
        st = ch_names_check(p->r->plan.names, &scan->cx, rec, p->r->letter.lang[0]);
        if (st != CH_OK) {
            p->r->plan.hopeless = true;
            return st;
        }
    }
    return rec ? go_through(p, rec) : CH_OK;
}

static ch_status
all_records(ch_batch_state *r, bool again)
{
    pass      p     = {.r = r, .again = again};
    ch_status worst = CH_OK;
    size_t    met   = 0;
    ch_status st    = ch_run_open_records(r);
    while (st == CH_OK && !p.end && !r->b->cancelled) {
        ch_status one = ch_job_do(&r->scan, one_record, &p);
        ch_run_tell_scan(r, ch_records_met(r->records));
        worst = worst == CH_OK ? one : worst;
        if (r->plan.hopeless || one == CH_ERR_HOST || (one != CH_OK && r->b->fail_fast))
            st = one;
        if (one == CH_ERR_INPUT && ch_records_met(r->records) == met)
            break; /* it does not go on */
        met = ch_records_met(r->records);
    }
    r->plan.records = met;
    ch_records_close(r->records);
    r->records = NULL;
    return st != CH_OK ? st : worst;
}

static void
tell_missing_field(ch_batch_state *r, ch_select *s, const char *expression)
{
    ch_str field = s ? ch_select_missing(s) : CH_STR_EMPTY;
    if (field.n > 0 && r->plan.records > 0)
        ch_report(&r->job.cx, CH_W1050_selection_field, CH_NOWHERE, CH_ARG(field), expression);
}

ch_status
ch_plan_make(ch_batch_state *r)
{
    ch_plan  *p = &r->plan;
    ch_arena *a = r->job.cx.job;
    p->name     = ch_map_new(a);
    p->clash    = ch_map_new(a);
    p->ranges   = CH_NEW_N(a, ch_buf, r->letter.n);
    p->open     = CH_NEW_N(a, ch_stretch, r->letter.n);
    for (size_t k = 0; k < r->letter.n; k++)
        ch_buf_init(&p->ranges[k], a);
    ch_status st = all_records(r, false);
    for (size_t k = 0; k < r->letter.n; k++)
        close_stretch(&p->ranges[k], &p->open[k]);
    keep_repeated(p);
    if (p->n_hashes > 0 && st != CH_ERR_HOST && !(st != CH_OK && r->b->fail_fast) && !p->hopeless) {
        ch_status again = all_records(r, true);
        st              = st != CH_OK ? st : again;
    }
    tell_missing_field(r, p->only, r->b->only);
    tell_missing_field(r, p->skip, r->b->skip);
    ch_run_tell(r);
    return st;
}
