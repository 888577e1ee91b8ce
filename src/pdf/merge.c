/* pdf/merge.c -- letters put behind each other in one file. */
#include "pdf/merge.h"

#include "base/digest.h"
#include "pdf/put.h"
#include "pdf/writer.h"

struct ch_pdf_merge {
    ch_arena      *arena;
    ch_writer      writer;
    ch_pdf_options opt;
    ch_meta        meta; /* of the file: what the first letter says */
    ch_buf         parts;
    bool           half; /* a letter is being added, or was when that failed */
};

ch_status
ch_pdf_merge_new(ch_ctx *cx, ch_pdf_cache *cache, const ch_pdf_options *opt, ch_pdf_merge **out)
{
    ch_pdf_merge *m = CH_NEW(cx->job, ch_pdf_merge);
    m->arena        = cx->job;
    m->opt          = *opt;
    *out            = m;
    ch_buf_init(&m->parts, cx->job);
    return ch_writer_begin(&m->writer, cx, cache, CH_MERGE_PAGES, true);
}

/* What is true of one letter alone (its number, its digest) is not said of the file. */
static void
describe(ch_pdf_merge *m, const ch_meta *first)
{
    ch_arena *a = m->arena;
    m->meta     = (ch_meta){.title      = ch_arena_str(a, first->title),
                            .lang       = ch_arena_str(a, first->lang),
                            .creator    = ch_arena_str(a, first->creator),
                            .subject    = ch_arena_str(a, first->subject),
                            .date       = ch_arena_str(a, first->date),
                            .identifier = CH_STR_EMPTY,
                            .keywords   = CH_STR_EMPTY,
                            .digest     = CH_STR_EMPTY,
                            .rtl        = first->rtl};
}

/* The text that the file's ID is made of grows no longer than one letter's. */
static ch_status
fold_digest(ch_writer *w)
{
    uint8_t   hash[32];
    ch_status st = ch_sha256(w->digest.p, w->digest.n, hash);
    ch_buf_clear(&w->digest);
    ch_buf_add(&w->digest, hash, sizeof hash);
    return st;
}

ch_status
ch_pdf_merge_add(ch_pdf_merge *m, ch_ctx *cx, const ch_pages *pages, ch_str title)
{
    ch_writer     *w    = &m->writer;
    const ch_meta *meta = &pages->blocks->meta;
    if (w->before + pages->n > CH_MERGE_PAGES) {
        ch_report(cx, CH_E7070_merge_too_long, CH_NOWHERE, (size_t)CH_MERGE_PAGES);
        return CH_ERR_LIMIT;
    }
    m->half = true;
    if (w->letters == 0) {
        describe(m, meta);
        w->trees.root = ch_haru_dict_new(w->h);
        w->document   = ch_haru_dict_new(w->h);
    }
    if (title.n == 0)
        title = meta->title.n ? meta->title : CH_STR_LIT("-");
    ch_status st = ch_writer_letter(w, cx, pages, title, m->meta.lang);
    if (st != CH_OK)
        return st;
    if (w->tags.root && w->tags.root->kept)
        ch_put_ref(&m->parts, ch_haru_id(w->tags.root->dict));
    st      = fold_digest(w);
    m->half = st != CH_OK;
    return st;
}

bool
ch_pdf_merge_whole(const ch_pdf_merge *m)
{
    return !m->half;
}

ch_status
ch_pdf_merge_save(ch_pdf_merge *m, ch_ctx *cx, ch_str *out)
{
    ch_writer *w = &m->writer;
    if (w->letters == 0) {
        ch_report(cx, CH_E7071_merge_empty, CH_NOWHERE);
        return CH_ERR_INPUT;
    }
    ch_haru_entries(w->h, w->document,
                    ch_arena_printf(m->arena, "/Type/StructElem/S/Document/P %u 0 R/K[%s]",
                                    ch_haru_id(w->trees.root), m->parts.p));
    ch_status st = ch_writer_end(w, cx, &m->meta, &m->opt, out);
    ch_keeper_close(w->keeper);
    return st;
}
