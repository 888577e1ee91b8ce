/* base/ctx.c -- reporting from inside a pass. */
#include "base/ctx.h"

#include "base/diag_add.h"

#include <string.h>

void
ch_vreport(ch_ctx *cx, ch_code code, ch_where where, va_list ap)
{
    ch_diag g = {.code = code, .where = where, .times = 1};
    ch_diags_add(cx->diags, g, ap);
}

void
ch_report(ch_ctx *cx, ch_code code, ch_where where, ...)
{
    va_list ap;
    va_start(ap, where);
    ch_vreport(cx, code, where, ap);
    va_end(ap);
}

void
ch_report_at(ch_ctx *cx, ch_code code, uint32_t source, uint32_t line, uint32_t column, ...)
{
    va_list ap;
    va_start(ap, column);
    ch_diag g = {.code = code, .where = {source, 0, 0}, .line = line, .column = column, .times = 1};
    ch_diags_add(cx->diags, g, ap);
    va_end(ap);
}

void
ch_hint(ch_ctx *cx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    ch_diags_hint(cx->diags, fmt, ap);
    va_end(ap);
}

void
ch_cite(ch_ctx *cx, ch_str source)
{
    ch_diags_cite(cx->diags, source);
}

void
ch_waive(ch_ctx *cx, ch_str reason)
{
    ch_diags_waive(cx->diags, reason);
}

ch_status
ch_report_file(ch_ctx *cx, ch_where where, ch_str name, ch_file_error err, int os_error, size_t max,
               ch_status absent)
{
    switch (err) {
    case CH_FILE_OK:
        return CH_OK;
    case CH_FILE_MISSING:
        ch_report(cx, CH_E1001_file_missing, where, CH_ARG(name));
        return absent;
    case CH_FILE_IS_DIRECTORY:
        ch_report(cx, CH_E1002_file_is_directory, where, CH_ARG(name));
        return absent;
    case CH_FILE_TOO_LARGE:
        ch_report(cx, CH_E1004_file_too_large, where, CH_ARG(name), max);
        return CH_ERR_LIMIT;
    case CH_FILE_UNREADABLE:
    case CH_FILE_FAILED:
        break;
    }
    ch_report(cx, CH_E1003_file_unreadable, where, CH_ARG(name), strerror(os_error));
    return CH_ERR_HOST;
}

static void
drop_arena(void *holder)
{
    ch_arena **a = holder;
    ch_arena_free(*a);
    *a = NULL;
}

ch_status
ch_lasting_begin(ch_ctx *cx, ch_arena ***holder)
{
    *holder = CH_NEW(cx->job, ch_arena *);
    ch_arena_defer(cx->job, drop_arena, *holder);
    if (!(**holder = ch_arena_new(0))) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    ch_arena_guard(**holder, ch_arena_guard_of(cx->job));
    return CH_OK;
}

void
ch_lasting_keep(ch_arena **holder)
{
    ch_arena_guard(*holder, NULL);
    *holder = NULL;
}
