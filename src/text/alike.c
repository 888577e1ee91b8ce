/* text/alike.c -- paragraphs that say what one before them said, in the same look: the cells of a
 * long table mostly do.  They are shaped once. */
#include "text/inside.h"

#include <string.h>

enum { SPANS_MOST = 8, BYTES_MOST = 256 };

void
ch_alikes_begin(ch_alikes *a, ch_arena *scratch, const ch_texts_doc *d)
{
    size_t slots = 16;
    while (slots < 2 * d->n)
        slots *= 2;
    *a = (ch_alikes){.doc = d, .slot = CH_NEW_N(scratch, uint32_t, slots), .slots = slots};
}

static bool
is_short(const ch_para *p)
{
    size_t bytes = 0;
    for (size_t i = 0; i < p->n && i < SPANS_MOST; i++)
        bytes += p->span[i].text.n;
    return p->n > 0 && p->n <= SPANS_MOST && bytes <= BYTES_MOST;
}

static uint64_t
hash_of(const ch_para *p)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < p->n; i++) {
        const ch_span *s = &p->span[i];
        hash             = ch_hash_quick(s->text.p, s->text.n, hash + s->kind);
        hash             = ch_hash_quick(&s->type, sizeof s->type, hash);
    }
    return ch_hash_quick(&p->props, sizeof p->props, hash);
}

static bool
same_isolates(const ch_span *a, const ch_span *b)
{
    if (a->isolates_opened != b->isolates_opened || a->isolates_closed != b->isolates_closed ||
        (a->isolate != NULL) != (b->isolate != NULL))
        return false;
    for (unsigned k = 0; a->isolate && k < a->isolates_opened; k++)
        if (a->isolate[k] != b->isolate[k])
            return false;
    return true;
}

/* In all that shaping looks at. */
static bool
are_alike(const ch_para *a, const ch_para *b)
{
    if (a->n != b->n || a->props != b->props || a->rtl != b->rtl || !ch_str_eq(a->lang, b->lang))
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const ch_span *s = &a->span[i], *t = &b->span[i];
        if (s->kind != t->kind || s->type != t->type || s->whole != t->whole ||
            !ch_str_eq(s->lang, t->lang) || !same_isolates(s, t) || !ch_str_eq(s->text, t->text))
            return false;
    }
    return true;
}

const ch_shaped *
ch_alikes_find(ch_alikes *a, const ch_para *para)
{
    a->at = NULL;
    if (!is_short(para))
        return NULL;
    size_t i = (size_t)hash_of(para) & (a->slots - 1);
    for (; a->slot[i]; i = (i + 1) & (a->slots - 1)) {
        const ch_shaped *s = a->doc->shaped[a->slot[i] - 1];
        if (are_alike(s->para, para))
            return s;
    }
    a->at = &a->slot[i];
    return NULL;
}

void
ch_alikes_put(ch_alikes *a, size_t index)
{
    if (a->at)
        *a->at = (uint32_t)(index + 1);
}

const ch_shaped *
ch_alike_copy(ch_arena *job, const ch_shaped *like, const ch_para *para)
{
    ch_shaped *s   = CH_NEW(job, ch_shaped);
    ch_run    *run = CH_NEW_N(job, ch_run, like->n_runs);
    *s             = *like;
    s->para        = para;
    s->run         = run;
    for (size_t i = 0; i < like->n_runs; i++) {
        run[i]      = like->run[i];
        run[i].span = &para->span[like->run[i].span - like->para->span];
    }
    return s;
}
