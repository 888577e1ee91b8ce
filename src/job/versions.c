/* job/versions.c -- reads the versions and compares each with the first. */
#include "job/versions.h"

#include "letter/parity.h"

static ch_status
compare(ch_job *job, void *arg)
{
    ch_versions    *v     = arg;
    ch_ctx         *cx    = &job->cx;
    const ch_node **tree  = CH_NEW_N(cx->job, const ch_node *, v->n);
    ch_status       worst = CH_OK;
    for (size_t i = 0; i < v->n; i++) {
        ch_str    name  = ch_arena_str(cx->job, ch_str_from(v->letters[i]));
        ch_str    bytes = {NULL, 0};
        ch_status st    = ch_job_read(cx, &name, &bytes, &tree[i]);
        if (worst == CH_OK)
            worst = st;
    }
    if (worst != CH_OK)
        return worst;
    ch_buf out;
    ch_buf_init(&out, cx->job);
    for (size_t i = 1; i < v->n; i++) {
        ch_parity found;
        ch_letter_parity(cx, tree[0], tree[i], &found);
        v->differences += found.differences.n;
        if (v->json)
            ch_parity_print_json(&out, cx->diags, &found);
        else
            ch_parity_print(&out, cx->diags, &found);
    }
    job->output = ch_buf_view(&out);
    return CH_OK;
}

ch_status
ch_job_compare(ch_job *job, ch_versions *v)
{
    v->differences = 0;
    return ch_job_do(job, compare, v);
}
