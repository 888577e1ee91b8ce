#include "job/extract.h"

#include "base/civil.h"
#include "locale/xliff.h"

#include <inttypes.h>
#include <string.h>

enum { MEASURE = 76 }; /* characters in a line of a string */

typedef struct entry {
    ch_str            source, notes, places; /* each note and place with a line feed behind it */
    ch_str            letter;                /* the first that has it */
    const ch_message *message;               /* its translation; may be NULL */
} entry;

struct ch_extract {
    ch_map *by_source; /* entry * */
    ch_str  lang, first_name, id, date;
};

ch_extract *
ch_extract_new(ch_ctx *cx)
{
    ch_extract *x = CH_NEW(cx->job, ch_extract);
    x->by_source  = ch_map_new(cx->job);
    x->lang = x->first_name = x->id = x->date = CH_STR_EMPTY;
    return x;
}

/* ---- gathering ---- */

/* The first reference number, and the day of the letter. */
static void
look_at(ch_extract *x, ch_ctx *cx, const ch_node *tree)
{
    const ch_node *meta = ch_node_child(tree, CH_L_meta);
    const ch_node *line = ch_node_child(ch_node_child(tree, CH_L_opener), CH_L_dateline);
    const ch_node *id   = ch_node_child(meta, CH_L_idno);
    ch_str         when = ch_node_attr_str(ch_node_child(line, CH_L_date), CH_LA_when);
    if (id)
        x->id = ch_str_trim(ch_node_text(cx->job, id));
    if (when.n == 10 && when.p[0] != '{')
        x->date = when;
}

static bool
has_line(ch_str lines, ch_str line)
{
    ch_str one;
    for (size_t at = 0; ch_str_line(lines, &at, &one);)
        if (ch_str_eq(one, line))
            return true;
    return false;
}

static void
add_lines(ch_ctx *cx, ch_str *to, ch_str lines)
{
    ch_str line;
    for (size_t at = 0; ch_str_line(lines, &at, &line);)
        if (!has_line(*to, line))
            *to = ch_arena_printf(cx->job, "%.*s%.*s\n", CH_ARG(*to), CH_ARG(line));
}

ch_status
ch_extract_add(ch_extract *x, ch_ctx *cx, ch_str name, const ch_node *tree, const ch_catalog *cat)
{
    ch_units         units;
    const ch_source *s = ch_diags_source_at(cx->diags, tree->where.source);
    if (x->first_name.n == 0) {
        x->first_name = name;
        x->lang       = tree->lang;
        look_at(x, cx, tree);
    } else if (!ch_lang_same(x->lang, tree->lang)) {
        ch_report(cx, CH_E3660_two_languages, tree->where, CH_ARG(tree->lang),
                  CH_ARG(x->first_name), CH_ARG(x->lang));
        return CH_ERR_INPUT;
    }
    ch_letter_units(cx, tree, &units);
    uint32_t line = 1, column;
    for (size_t i = 0; i < units.list.n; i++) {
        const ch_unit *u = &units.list.at[i];
        /* A text with a translation for one context is there again, for the others. */
        const ch_message *m   = cat ? ch_unit_message(cx, cat, u) : NULL;
        ch_str            key = m && m->context.n > 0 ? ch_arena_printf(cx->job, "%.*s\4%.*s",
                                                                        CH_ARG(m->context), CH_ARG(u->source))
                                                      : u->source;
        entry            *e   = ch_map_lookup(x->by_source, key);
        if (!e) {
            e  = CH_NEW(cx->job, entry);
            *e = (entry){u->source, CH_STR_EMPTY, CH_STR_EMPTY, name, m};
            ch_map_put(x->by_source, key, e);
        }
        ch_source_line_column(s, u->attr ? u->attr->where.from : u->node->where.from, &line,
                              &column);
        add_lines(cx, &e->notes, u->note);
        add_lines(cx, &e->places, ch_arena_printf(cx->job, "%.*s:%u", CH_ARG(name), line));
    }
    return CH_OK;
}

/* ---- writing ---- */

/* How many characters there are up to the next place where a line may end, behind a space. */
static size_t
word_width(ch_str s, size_t at)
{
    size_t n = 0;
    while (at < s.n) {
        bool space = s.p[at] == ' ';
        n += s.p[at] == '"' || s.p[at] == '\\' ? 2 : 1;
        (void)ch_utf8_next(s, &at);
        if (space)
            break;
    }
    return n;
}

static void
put_string(ch_buf *out, const char *keyword, ch_str s)
{
    size_t width = 0, at = 0;
    for (size_t i = 0; i < s.n; width++)
        (void)ch_utf8_next(s, &i);
    if (width + strlen(keyword) + 3 <= MEASURE + 3) {
        ch_buf_printf(out, "%s \"", keyword);
    } else {
        ch_buf_printf(out, "%s \"\"\n\"", keyword);
    }
    bool   many   = width + strlen(keyword) + 3 > MEASURE + 3;
    size_t column = 0;
    while (at < s.n) {
        size_t n = word_width(s, at);
        if (many && column > 0 && column + n > MEASURE) {
            ch_buf_puts(out, "\"\n\"");
            column = 0;
        }
        column += n;
        for (bool space = false; at < s.n && !space;) {
            size_t from = at;
            space       = s.p[at] == ' ';
            (void)ch_utf8_next(s, &at);
            ch_buf_escaped(out, ch_str_sub(s, from, at));
        }
    }
    ch_buf_puts(out, "\"\n");
}

static void
put_lines(ch_buf *out, const char *before, ch_str lines)
{
    ch_str line;
    for (size_t at = 0; ch_str_line(lines, &at, &line);)
        ch_buf_printf(out, "%s%.*s\n", before, CH_ARG(line));
}

static void
put_header(const ch_extract *x, ch_buf *out, const int64_t *date)
{
    ch_buf when;
    ch_buf_init(&when, out->arena);
    if (date) {
        ch_civil c = ch_civil_from(*date);
        ch_buf_printf(&when, "%04" PRId64 "-%02u-%02u %02u:%02u+0000", c.year, c.month, c.day,
                      c.hour, c.minute);
    } else if (x->date.n > 0) {
        ch_buf_printf(&when, "%.*s 00:00+0000", CH_ARG(x->date));
    }
    ch_buf_puts(out,
                "# What is to be translated of letters.\n#\n#, fuzzy\nmsgid \"\"\nmsgstr \"\"\n");
    ch_buf_puts(out, "\"Project-Id-Version: ");
    ch_str id = x->id.n > 0 ? x->id : x->first_name;
    ch_buf_escaped(out, id);
    ch_buf_puts(out, "\\n\"\n\"Report-Msgid-Bugs-To: \\n\"\n");
    if (when.n > 0)
        ch_buf_printf(out, "\"POT-Creation-Date: %s\\n\"\n", when.p);
    ch_buf_printf(out,
                  "\"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n\"\n"
                  "\"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n\"\n"
                  "\"Language-Team: LANGUAGE <LL@li.org>\\n\"\n"
                  "\"Language: \\n\"\n"
                  "\"MIME-Version: 1.0\\n\"\n"
                  "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                  "\"Content-Transfer-Encoding: 8bit\\n\"\n"
                  "\"X-Source-Language: %.*s\\n\"\n",
                  CH_ARG(x->lang));
}

ch_str
ch_extract_write(ch_extract *x, ch_ctx *cx, const int64_t *date)
{
    ch_buf out;
    ch_buf_init(&out, cx->job);
    put_header(x, &out, date);
    for (size_t i = 0; i < ch_map_count(x->by_source); i++) {
        const entry *e = ch_map_value(x->by_source, i);
        ch_buf_putc(&out, '\n');
        put_lines(&out, "#. ", e->notes);
        put_lines(&out, "#: ", e->places);
        put_string(&out, "msgid", e->source);
        ch_buf_puts(&out, "msgstr \"\"\n");
    }
    return ch_buf_view(&out);
}

ch_str
ch_extract_write_xliff(ch_extract *x, ch_ctx *cx, ch_str lang)
{
    ch_buf   out;
    unsigned files  = 0;
    ch_str   letter = CH_STR_EMPTY;
    ch_buf_init(&out, cx->job);
    ch_xliff_begin(&out, x->lang, lang);
    for (size_t i = 0; i < ch_map_count(x->by_source); i++) {
        const entry      *e = ch_map_value(x->by_source, i);
        const ch_message *m = e->message;
        ch_xliff_unit     u = {.context = m ? m->context : CH_STR_EMPTY,
                               .source  = e->source,
                               .target  = m ? m->text : CH_STR_EMPTY,
                               .done    = m && !m->fuzzy,
                               .notes   = e->notes,
                               .places  = e->places};
        if (files == 0 || !ch_str_eq(letter, e->letter)) {
            if (files > 0)
                ch_xliff_end_file(&out);
            letter = e->letter;
            ch_xliff_file(&out, ++files, letter);
        }
        ch_xliff_put(cx->scratch, &out, &u);
    }
    if (files > 0)
        ch_xliff_end_file(&out);
    ch_xliff_end(&out);
    return ch_buf_view(&out);
}
