#include "job/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the distribution keeps hyphenation patterns; configure may say otherwise. */
#ifndef CHANCERY_HYPHEN_FOLDERS
#define CHANCERY_HYPHEN_FOLDERS "/usr/share/hyphen:/usr/local/share/hyphen"
#endif

static bool
is_data_folder(const char *folder)
{
    char probe[4096];
    int  n = snprintf(probe, sizeof probe, "%s/styles/catalogue.xml", folder);
    return n > 0 && (size_t)n < sizeof probe && ch_file_exists(probe);
}

ch_status
ch_engine_new(const char *folder, ch_engine **out)
{
    *out         = NULL;
    ch_engine *e = calloc(1, sizeof *e);
    if (!e)
        return CH_ERR_HOST;
    e->data    = folder ? strdup(folder) : ch_data_folder();
    e->digests = ch_digests_new();
    if (!e->data || !e->digests || !is_data_folder(e->data) ||
        pthread_mutex_init(&e->lock, NULL) != 0) {
        ch_digests_free(e->digests);
        free(e->data);
        free(e);
        return CH_ERR_HOST;
    }
    *out = e;
    return CH_OK;
}

void
ch_engine_free(ch_engine *e)
{
    if (!e)
        return;
    ch_pdf_cache_free(e->pdf);
    ch_sheets_free(e->sheets);
    ch_locales_free(e->locales);
    ch_hyphens_free(e->hyphens);
    ch_fonts_free(e->fonts);
    ch_digests_free(e->digests);
    pthread_mutex_destroy(&e->lock);
    free(e->data);
    free(e);
}

static ch_status
open_parts(ch_engine *e, ch_ctx *cx)
{
    ch_str    data = ch_str_from(e->data);
    ch_status st   = CH_OK;
    if (!e->sheets)
        st = ch_sheets_new(cx, ch_path_join(cx->job, data, CH_STR_LIT("styles")), &e->sheets);
    if (st == CH_OK && !e->locales)
        st = ch_locales_new(cx, ch_path_join(cx->job, data, CH_STR_LIT("styles/locales")),
                            &e->locales);
    if (st == CH_OK && !e->fonts)
        st = ch_fonts_new(cx, ch_path_join(cx->job, data, CH_STR_LIT("fonts/fonts.conf")),
                          &e->fonts);
    if (st == CH_OK && !e->hyphens)
        st = ch_hyphens_new(cx, CH_STR_LIT(CHANCERY_HYPHEN_FOLDERS), &e->hyphens);
    if (st == CH_OK && !e->pdf)
        st = ch_pdf_cache_new(cx, &e->pdf);
    e->open = st == CH_OK;
    return st;
}

ch_status
ch_engine_open(ch_engine *e, ch_ctx *cx)
{
    /* A jump out of the parts (no memory) must not leave the lock taken. */
    ch_guard           inner = {.over_budget = false};
    ch_guard          *outer = ch_arena_guard_of(cx->job);
    volatile ch_status st    = CH_OK;
    pthread_mutex_lock(&e->lock);
    ch_arena_guard(cx->job, &inner);
    ch_arena_guard(cx->scratch, &inner);
    bool jumped = setjmp(inner.env) != 0;
    if (!jumped && !e->open)
        st = open_parts(e, cx);
    pthread_mutex_unlock(&e->lock);
    ch_arena_guard(cx->job, outer);
    ch_arena_guard(cx->scratch, outer);
    if (jumped) {
        outer->over_budget = inner.over_budget;
        longjmp(outer->env, 1);
    }
    if (st == CH_OK)
        ch_fonts_used(e->fonts, cx);
    return st;
}
