/* base/diag_sarif.c -- one diagnostic as a result of SARIF 2.1.0. */
#include "base/ctx.h"
#include "base/diag_add.h"

#include <string.h>

/* A path as a URI: whatever is not plain is written in hexadecimal, a colon too, which would end a
 * scheme.  An absolute one is a URI of a file. */
static void
print_uri(ch_buf *out, ch_str path)
{
    ch_buf_puts(out, ch_str_starts(path, "/") ? "file://" : "");
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (word || (c && strchr("-._~/", c)))
            ch_buf_putc(out, (char)c);
        else
            ch_buf_printf(out, "%%%02X", c);
    }
}

/* Columns count code points, as the log declares; the end is behind the last one.  Where a part is
 * withheld there is no end: its length is not to be had. */
static void
print_region(ch_buf *out, const ch_source *s, const ch_diag *g, uint32_t line, uint32_t column)
{
    ch_buf_printf(out, ",\"region\":{\"startLine\":%u", line);
    if (column)
        ch_buf_printf(out, ",\"startColumn\":%u", column);
    if (!g->line && g->where.to > g->where.from &&
        !ch_source_hides(s, g->where.from, g->where.to)) {
        uint32_t end_line, end_column;
        ch_source_line_column(s, g->where.to, &end_line, &end_column);
        ch_buf_printf(out, ",\"endLine\":%u,\"endColumn\":%u", end_line, end_column);
    }
    ch_buf_putc(out, '}');
}

static void
print_location(ch_buf *out, const ch_diags *d, const ch_diag *g, ch_str letter)
{
    uint32_t         line, column;
    const ch_source *s;
    ch_diag_place(d, g, &s, &line, &column);
    ch_str name = s ? s->name : letter;
    if (name.n == 0)
        return;
    ch_buf_puts(out, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"");
    if (ch_str_is(name, "<stdin>"))
        ch_buf_puts(out, "stdin\",\"description\":{\"text\":\"standard input\"}}");
    else {
        print_uri(out, name);
        ch_buf_puts(out, "\"}");
    }
    if (s && line)
        print_region(out, s, g, line, column);
    ch_buf_puts(out, "}}]");
}

/* Of what is waived the level that it would have. */
static const char *
level_of(const ch_diag *g)
{
    return ch_severity_name(g->waived ? ch_code_severity(g->code) : g->severity);
}

void
ch_diag_print_sarif(ch_buf *out, const ch_diags *d, const ch_diag *g, ch_str letter)
{
    ch_buf text;
    ch_buf_init(&text, out->arena);
    ch_buf_str(&text, g->text);
    if (g->hint.n > 0)
        ch_buf_printf(&text, "\nhint: %.*s", CH_ARG(g->hint));
    if (g->source.n > 0)
        ch_buf_printf(&text, "\nsource: %.*s", CH_ARG(g->source));
    ch_buf_printf(out, "{\"ruleId\":\"%c%04u\",\"level\":\"%s\",\"message\":{",
                  ch_code_letter(g->code), ch_code_number(g->code), level_of(g));
    ch_diag_print_json_string(out, "text", ch_buf_view(&text));
    ch_buf_putc(out, '}');
    print_location(out, d, g, letter);
    if (g->waived) {
        ch_buf_puts(out, ",\"suppressions\":[{\"kind\":\"inSource\"");
        if (g->reason.n > 0) {
            ch_buf_putc(out, ',');
            ch_diag_print_json_string(out, "justification", g->reason);
        }
        ch_buf_puts(out, "}]");
    }
    if (g->times > 1)
        ch_buf_printf(out, ",\"occurrenceCount\":%u", g->times);
    ch_buf_putc(out, '}');
}
