/* job/worker.c -- the threads of a batch: each takes the next output that nobody has taken, in the
 * order of the records. */
#include "job/batch_inside.h"

#include <stdlib.h>
#include <string.h>

/* The next output that is to be made; false when there is none now.  With the lock. */
static bool
take(ch_batch_state *r, ch_slot **slot, size_t *lang)
{
    for (size_t i = 0; i < r->fill; i++) {
        ch_slot *s = &r->slot[(r->head + i) % r->n_slots];
        while (s->next < r->letter.n) {
            *lang = s->next++;
            if (!s->meant[*lang])
                continue;
            *slot = s;
            return true;
        }
    }
    return false;
}

static void *
work_on(void *arg)
{
    ch_worker      *w = arg;
    ch_batch_state *r = w->run;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        ch_slot *slot = NULL;
        size_t   lang = 0;
        while (!r->stop && !take(r, &slot, &lang)) {
            if (r->closed)
                break;
            pthread_cond_wait(&r->work, &r->lock);
        }
        if (r->stop || !slot)
            break;
        pthread_mutex_unlock(&r->lock);
        ch_output_make(w, slot, lang, &slot->output[lang]);
        pthread_mutex_lock(&r->lock);
        slot->made[lang] = true;
        slot->done++;
        r->stop = r->stop || slot->output[lang].fatal;
        pthread_cond_signal(&r->result);
    }
    r->running--;
    pthread_cond_signal(&r->result);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static ch_status
worker_begin(ch_batch_state *r, ch_worker *w, size_t number)
{
    w->run            = r;
    w->job            = *r->b->settings;
    w->job.cx         = (ch_ctx){.job = NULL};
    w->job.lock       = NULL; /* each reads it for itself */
    w->job.gather     = false;
    w->job.font_lines = (ch_fontlines){NULL, 0, 0};
    w->job.staged     = NULL;
    w->job.n_staged   = 0;
    w->job.progress   = NULL;
    w->job.output     = CH_STR_EMPTY;
    w->job.into       = r->into;
    w->job.into_arena = r->into_arena;
    if (ch_job_begin(&w->job, r->b->settings->engine) != CH_OK)
        return CH_ERR_HOST;
    size_t n = strlen(r->workplace) + 24;
    w->kept  = ch_arena_new(0);
    w->aside = malloc(n);
    if (!w->kept || !w->aside)
        return CH_ERR_HOST;
    ch_arena_guard(w->kept, ch_arena_guard_of(r->job.cx.job));
    w->used     = ch_fields_used_new(w->kept);
    w->job.kept = w->kept;
    ch_buf b;
    ch_buf_init(&b, r->job.cx.scratch);
    ch_buf_printf(&b, "%s/%zu", r->workplace, number);
    memcpy(w->aside, b.p, b.n + 1);
    return CH_OK;
}

ch_status
ch_workers_start(ch_batch_state *r)
{
    r->worker = calloc(r->n_workers, sizeof *r->worker);
    if (!r->worker)
        return CH_ERR_HOST;
    for (size_t i = 0; i < r->n_workers; i++) {
        ch_worker *w = &r->worker[i];
        if (worker_begin(r, w, i) != CH_OK)
            return CH_ERR_HOST;
        pthread_mutex_lock(&r->lock);
        w->started = pthread_create(&w->thread, NULL, work_on, w) == 0;
        r->running += w->started;
        pthread_mutex_unlock(&r->lock);
        if (!w->started && i == 0)
            return CH_ERR_HOST;
    }
    return CH_OK;
}

void
ch_workers_stop(ch_batch_state *r)
{
    if (!r->worker)
        return;
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
    for (size_t i = 0; i < r->n_workers; i++)
        if (r->worker[i].started)
            (void)pthread_join(r->worker[i].thread, NULL);
    for (size_t i = 0; i < r->n_workers; i++) {
        ch_worker *w = &r->worker[i];
        ch_job_end(&w->job);
        ch_arena_free(w->kept);
        free(w->aside);
    }
    free(r->worker);
    r->worker = NULL;
}
