/* base/ctx.c -- reporting from inside a pass. */
#include "base/ctx.h"

#include "base/diag_add.h"

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
