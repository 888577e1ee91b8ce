#include "job/language.h"

#include "job/extract.h"
#include "job/reading.h"

#include <string.h>

/* ---- the catalogue ---- */

/* The file for exactly this tag; empty when there is none. */
static ch_str
file_of(ch_ctx *cx, ch_str folder, ch_str tag)
{
    static const char *const ends[] = {".po", ".mo", ".xlf", ".xliff"};
    char                    *other  = ch_arena_alloc(cx->job, tag.n + 1);
    for (size_t i = 0; i < tag.n; i++)
        other[i] = tag.p[i] == '-' ? '_' : tag.p[i];
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
        for (int under = 0; under < 2; under++) {
            ch_str name =
                ch_arena_printf(cx->job, "%.*s%s", (int)tag.n, under ? other : tag.p, ends[e]);
            ch_str path = ch_path_join(cx->job, folder, name);
            if (ch_file_exists(path.p))
                return path;
        }
    return CH_STR_EMPTY;
}

static ch_str
find_file(ch_ctx *cx, ch_str path, ch_str lang)
{
    if (ch_file_exists(path.p))
        return path;
    for (ch_str tag = lang; tag.n > 0;) {
        ch_str found = file_of(cx, path, tag);
        if (found.n > 0)
            return found;
        tag = ch_lang_wider(tag);
    }
    return CH_STR_EMPTY;
}

ch_status
ch_catalog_open(ch_ctx *cx, const char *path, ch_str lang, const ch_node *tree,
                const ch_catalog **out)
{
    ch_str      name, bytes;
    ch_catalog *c = NULL;
    *out          = NULL;
    if (ch_lang_is_pseudo(lang)) {
        *out = ch_pseudo_catalog(cx, tree, lang);
        return CH_OK;
    }
    if (!path) {
        ch_report(cx, CH_E3657_catalog_needed, CH_NOWHERE, CH_ARG(tree->lang), CH_ARG(lang));
        ch_hint(cx, "--catalog names it, or the folder that it is in");
        return CH_ERR_INPUT;
    }
    ch_str given = ch_arena_str(cx->job, ch_str_from(path)), file = find_file(cx, given, lang);
    if (file.n == 0) {
        int os_error;
        if (ch_file_read(cx->scratch, given.p, 1, &bytes, &os_error) == CH_FILE_IS_DIRECTORY) {
            ch_report(cx, CH_E3656_no_catalog, CH_NOWHERE, CH_ARG(lang), CH_ARG(given));
            ch_hint(cx, "a folder has it as %.*s.po, %.*s.mo or %.*s.xlf", CH_ARG(lang),
                    CH_ARG(lang), CH_ARG(lang));
            return CH_ERR_INPUT;
        }
        file = given; /* to say why it cannot be had */
    }
    ch_status st =
        ch_read_input(cx, CH_INPUT_CATALOGUE, file, cx->limits.file_bytes, &name, &bytes);
    if (st == CH_OK)
        st = ch_catalog_read(cx, name, bytes, &c);
    *out = c;
    return st;
}

/* ---- the letter ---- */

ch_status
ch_job_translate(ch_job *job, ch_ctx *cx, const ch_node *tree, const ch_node **out)
{
    const ch_catalog *cat = NULL;
    *out                  = tree;
    if (!job->lang)
        return CH_OK;
    ch_str lang = ch_lang_usual(cx->job, ch_str_from(job->lang));
    if (ch_lang_same(tree->lang, lang))
        return CH_OK;
    ch_status st = ch_catalog_open(cx, job->catalog, lang, tree, &cat);
    return st == CH_OK ? ch_letter_translate(cx, tree, cat, lang, &job->translate, out) : st;
}

static ch_status
translate_file(ch_job *job, void *arg)
{
    ch_ctx           *cx    = &job->cx;
    ch_str            bytes = {NULL, 0};
    const ch_node    *tree  = NULL;
    const ch_catalog *cat   = NULL;
    ch_str            name  = ch_arena_str(cx->job, ch_str_from(*(const char **)arg));
    ch_buf            out;
    ch_status         st = ch_job_read(cx, &name, &bytes, &tree);
    if (st != CH_OK)
        return st;
    ch_str lang = ch_lang_usual(cx->job, ch_str_from(job->lang));
    if (job->lang && !ch_lang_same(tree->lang, lang))
        st = ch_catalog_open(cx, job->catalog, lang, tree, &cat);
    if (st != CH_OK)
        return st;
    ch_buf_init(&out, cx->job);
    st          = ch_letter_translate_xml(cx, bytes, tree, cat, job->lang ? lang : tree->lang,
                                          &job->translate, &out);
    job->output = ch_buf_view(&out);
    return st;
}

ch_status
ch_job_translate_file(ch_job *job, const char *name)
{
    return ch_job_do(job, translate_file, &name);
}

/* ---- the template ---- */

typedef struct extract_args {
    const char *const *names;
    size_t             n;
    bool               xliff;
} extract_args;

/* What is translated already, where the job says: NULL when it does not. */
static ch_status
open_translated(ch_job *job, const extract_args *a, const ch_node *tree, const ch_catalog **cat)
{
    ch_str lang = job->lang ? ch_lang_usual(job->cx.job, ch_str_from(job->lang)) : CH_STR_EMPTY;
    bool   made = ch_lang_is_pseudo(lang); /* of the letter, each time */
    if (!a->xliff || lang.n == 0 || (!made && (*cat || !job->catalog)))
        return CH_OK;
    return ch_catalog_open(&job->cx, job->catalog, lang, tree, cat);
}

static ch_status
extract(ch_job *job, void *arg)
{
    const extract_args *a   = arg;
    ch_ctx             *cx  = &job->cx;
    ch_extract         *x   = ch_extract_new(cx);
    const ch_catalog   *cat = NULL;
    ch_status           st  = CH_OK;
    for (size_t i = 0; i < a->n; i++) {
        ch_str         bytes = {NULL, 0};
        const ch_node *tree  = NULL;
        ch_str         path  = ch_arena_str(cx->job, ch_str_from(a->names[i]));
        ch_status      one   = ch_job_read(cx, &path, &bytes, &tree);
        if (one == CH_OK)
            one = open_translated(job, a, tree, &cat);
        if (one == CH_OK)
            one = ch_extract_add(x, cx, path, tree, cat);
        if (st == CH_OK)
            st = one;
    }
    if (st == CH_OK && a->xliff) {
        ch_str lang = job->lang ? ch_lang_usual(cx->job, ch_str_from(job->lang)) : CH_STR_EMPTY;
        job->output = ch_extract_write_xliff(x, cx, lang);
    } else if (st == CH_OK) {
        int64_t date;
        bool    has_date = ch_job_date(job, &date);
        job->output      = ch_extract_write(x, cx, has_date ? &date : NULL);
    }
    return st;
}

ch_status
ch_job_extract(ch_job *job, const char *const *names, size_t n, bool xliff)
{
    extract_args a = {names, n, xliff};
    return ch_job_do(job, extract, &a);
}
