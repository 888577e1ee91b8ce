/* letter/csv.c -- a list of signatories from a CSV file (RFC 4180, UTF-8).
 *
 * The first row names the columns: honorific, name, surname, role, organisation, country,
 * status, date, rank, group, for, lang (of the words in the row; the letter's if empty); in any
 * order, and only `name` or `organisation` must be there.
 * A field with a comma, a quote or a line end stands in quotes, a quote in it is doubled. */
#include "input/check.h"
#include "letter/builder.h"

#include <string.h>

#define ERRORS_MAX 100u

enum column {
    HONORIFIC,
    NAME,
    SURNAME,
    ROLE,
    ORGANISATION,
    COUNTRY,
    STATUS,
    DATE,
    RANK,
    GROUP,
    FOR,
    LANG,
    COLUMNS
};
static const char *const NAMES[COLUMNS] = {"honorific",    "name",    "surname", "role",
                                           "organisation", "country", "status",  "date",
                                           "rank",         "group",   "for",     "lang"};

typedef struct field {
    ch_str   text; /* without quotes, trimmed */
    uint32_t from, to;
} field;

typedef CH_VEC(field) field_list;

typedef struct reading {
    ch_builder *b;
    ch_str      bytes;
    uint32_t    source;
    size_t      at;
    size_t      row;        /* where the row begins */
    bool        has_status; /* so that a name may be withheld */
    ch_str      lang;       /* of the row's words */
    bool        wrong;
} reading;

static ch_where
place(const reading *r, const field *f)
{
    return (ch_where){r->source, f->from, f->to};
}

/* What cannot be told to be free of names that are withheld is not shown. */
static void
hide(const reading *r, size_t from, size_t to)
{
    if (r->has_status)
        ch_diags_hide(r->b->cx->diags, r->source, (uint32_t)from, (uint32_t)to);
}

static bool
ends_field(char c)
{
    return c == ',' || c == '\r' || c == '\n';
}

/* A quoted field; r->at stands behind the opening quote, and then behind the closing one. */
static bool
read_quoted(reading *r, ch_buf *text)
{
    while (r->at < r->bytes.n) {
        char c = r->bytes.p[r->at++];
        if (c != '"') {
            ch_buf_putc(text, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
        } else if (r->at < r->bytes.n && r->bytes.p[r->at] == '"') {
            ch_buf_putc(text, '"');
            r->at++;
        } else {
            return r->at == r->bytes.n || ends_field(r->bytes.p[r->at]);
        }
    }
    return false;
}

/* The next field; false when the file cannot be read on. */
static bool
read_field(reading *r, field *f)
{
    f->from = (uint32_t)r->at;
    if (r->at < r->bytes.n && r->bytes.p[r->at] == '"') {
        ch_buf text;
        ch_buf_init(&text, r->b->cx->job);
        r->at++;
        if (!read_quoted(r, &text)) {
            f->to = f->from + 1;
            hide(r, r->row, r->bytes.n);
            ch_report(r->b->cx, CH_E3021_csv_quoting, place(r, f));
            ch_hint(r->b->cx, "a quote inside a quoted field is written twice");
            r->wrong = true;
            return false;
        }
        f->text = ch_str_trim(ch_buf_view(&text));
    } else {
        while (r->at < r->bytes.n && !ends_field(r->bytes.p[r->at]))
            r->at++;
        f->text = ch_str_trim(ch_str_sub(r->bytes, f->from, r->at));
    }
    f->to = (uint32_t)r->at;
    return true;
}

/* The next row that is not blank; its fields, none at the end of the file. */
static bool
read_row(reading *r, field_list *out)
{
    out->n = 0;
    r->row = r->at;
    while (r->at < r->bytes.n) {
        field f;
        if (!read_field(r, &f))
            return false;
        *CH_PUSH(r->b->cx->job, *out) = f;
        if (r->at < r->bytes.n && r->bytes.p[r->at] == ',') {
            r->at++;
            if (r->at < r->bytes.n)
                continue;
            *CH_PUSH(r->b->cx->job, *out) = (field){CH_STR_EMPTY, (uint32_t)r->at, (uint32_t)r->at};
        }
        if (r->at < r->bytes.n && r->bytes.p[r->at] == '\r')
            r->at++;
        if (r->at < r->bytes.n && r->bytes.p[r->at] == '\n')
            r->at++;
        if (out->n > 1 || out->at[0].text.n > 0)
            return true;
        out->n = 0;
        r->row = r->at;
    }
    return true;
}

static void
hint_at_columns(reading *r, ch_str name)
{
    ch_buf words;
    ch_buf_init(&words, r->b->cx->job);
    for (int c = 0; c < COLUMNS; c++)
        ch_buf_printf(&words, "%s%s", c ? " " : "", NAMES[c]);
    ch_str near = ch_nearest(name, ch_buf_view(&words));
    if (near.n > 0)
        ch_hint(r->b->cx, "did you mean '%.*s'?", CH_ARG(near));
    else
        ch_hint(r->b->cx, "columns: %s", words.p);
}

/* A list whose header cannot be read shows nothing below it; nor its first row, where that is
 * one of a name withheld, and no header. */
static void
hide_unread(reading *r, const field_list *row)
{
    size_t from = r->at;
    for (size_t i = 0; i < row->n; i++)
        if (ch_str_is(row->at[i].text, "withheld"))
            from = 0;
    r->has_status = true;
    hide(r, from, r->bytes.n);
}

/* column[i]: what the i-th field of a row is. */
static bool
read_header(reading *r, field_list *row, enum column **column)
{
    bool has[COLUMNS] = {false};
    r->has_status     = true; /* it may be */
    if (!read_row(r, row))
        return false;
    r->has_status = false;
    *column       = CH_NEW_N(r->b->cx->job, enum column, row->n);
    for (size_t i = 0; i < row->n; i++) {
        int c = 0;
        while (c < COLUMNS && !ch_str_is(row->at[i].text, NAMES[c]))
            c++;
        if (c == COLUMNS || has[c]) {
            hide_unread(r, row);
            ch_report(r->b->cx, CH_E3022_csv_unknown_column, place(r, &row->at[i]),
                      CH_ARG(row->at[i].text));
            if (c < COLUMNS)
                ch_hint(r->b->cx, "it stands there twice");
            else
                hint_at_columns(r, row->at[i].text);
            return false;
        }
        has[c]       = true;
        (*column)[i] = (enum column)c;
    }
    if (row->n > 0 && !has[NAME] && !has[ORGANISATION]) {
        hide_unread(r, row);
        ch_report(r->b->cx, CH_E3023_csv_no_column, place(r, &row->at[0]), NAMES[NAME]);
        return false;
    }
    r->has_status = has[STATUS];
    return true;
}

static void
say_value(reading *r, const field *f, enum column c)
{
    ch_str name = ch_str_from(NAMES[c]);
    ch_report(r->b->cx, CH_E3025_csv_bad_value, place(r, f), CH_ARG(f->text), CH_ARG(name));
    r->wrong = true;
}

/* Is it said in so many words that the name is shown?  A row that may be out of place with its
 * header does not say it. */
static bool
shows_name(const field_list *row, const enum column *column, size_t columns)
{
    const ch_attr_use *status = ch_vocab_use(&ch_letter_vocab, CH_L_signatory, CH_LA_status);
    if (row->n != columns)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        ch_str text = row->at[i].text;
        if (ch_str_is(text, "withheld") ||
            (column[i] == STATUS && text.n > 0 && !ch_attr_value_ok(status, text)))
            return false;
    }
    return true;
}

static void
check_values(reading *r, const field *f)
{
    const ch_attr_use *status = ch_vocab_use(&ch_letter_vocab, CH_L_signatory, CH_LA_status);
    if (f[STATUS].text.n > 0 && !ch_attr_value_ok(status, f[STATUS].text)) {
        say_value(r, &f[STATUS], STATUS);
        ch_hint(r->b->cx, "one of: %s", status->values);
    }
    if (f[DATE].text.n > 0 && (f[DATE].text.n != 10 || !ch_date_valid(f[DATE].text))) {
        say_value(r, &f[DATE], DATE);
        ch_hint(r->b->cx, "a day as 2026-03-02");
    }
    const ch_attr_use *lang = ch_vocab_use(&ch_letter_vocab, CH_L_signatory, CH_LA_xml_lang);
    if (f[LANG].text.n > 0 && !ch_attr_value_ok(lang, f[LANG].text)) {
        say_value(r, &f[LANG], LANG);
        ch_hint(r->b->cx, "a language tag as fa-AF");
    }
    if (f[NAME].text.n == 0 && f[ORGANISATION].text.n == 0) {
        ch_report(r->b->cx, CH_E3016_no_name, place(r, &f[NAME]));
        r->wrong = true;
    }
}

static ch_rich
rich(reading *r, const field *f)
{
    return ch_rich_from(r->b->cx->job, f->text, r->lang, place(r, f));
}

/* Of a name: isolated for direction, as in the letter itself. */
static ch_rich
name(reading *r, const field *f)
{
    ch_fill fill = {"name", f->text};
    if (f->text.n == 0)
        return rich(r, f);
    return ch_rich_fill(r->b->cx->job, CH_STR_LIT("{name}"), &fill, 1, r->lang, place(r, f));
}

static ch_texts
texts(reading *r, const field *f, ch_rich (*of)(reading *, const field *))
{
    if (f->text.n == 0)
        return (ch_texts){.n = 0};
    ch_rich *one = CH_NEW(r->b->cx->job, ch_rich);
    *one         = of(r, f);
    return (ch_texts){one, 1};
}

static void
make_signer(reading *r, const field_list *row, const enum column *column, ch_signer *out)
{
    field f[COLUMNS];
    for (int c = 0; c < COLUMNS; c++)
        f[c] = (field){CH_STR_EMPTY, row->at[0].from, row->at[0].to};
    for (size_t i = 0; i < row->n; i++)
        f[column[i]] = row->at[i];
    check_values(r, f);
    r->lang = f[LANG].text.n > 0 ? f[LANG].text : r->b->lang;
    *out    = (ch_signer){
           .family = f[SURNAME].text, .group = f[GROUP].text, .key = CH_STR_EMPTY, .rank = INT64_MAX};
    out->where     = (ch_where){r->source, row->at[0].from, row->at[row->n - 1].to};
    ch_person *p   = &out->person;
    *p             = (ch_person){.honorific = rich(r, &f[HONORIFIC]),
                                 .name      = name(r, &f[NAME]),
                                 .roles     = texts(r, &f[ROLE], rich),
                                 .orgs      = texts(r, &f[ORGANISATION], name),
                                 .country   = f[COUNTRY].text,
                                 .rank      = f[RANK].text,
                                 .gender    = CH_STR_EMPTY,
                                 .position  = CH_STR_EMPTY,
                                 .where     = out->where};
    ch_signature s = {.status    = f[STATUS].text,
                      .date      = f[DATE].text,
                      .principal = f[FOR].text,
                      .named     = f[NAME].text.n > 0};
    ch_signer_finish(r->b, p, &s);
    out->precedence = f[RANK].text;
    if (p->status == CH_SIG_WITHHELD)
        out->family = CH_STR_EMPTY;
}

/* The offset of the first byte that is no text, or the length: what XML would not take either. */
static size_t
text_until(ch_str bytes)
{
    size_t n = ch_utf8_valid(bytes);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)bytes.p[i] < 0x20 && !strchr("\t\r\n", bytes.p[i] ? bytes.p[i] : 1))
            return i;
    return n;
}

ch_status
ch_signers_parse(ch_builder *b, ch_str name, ch_str bytes, ch_signer_list *out)
{
    ch_ctx      *cx     = b->cx;
    field_list   row    = {0};
    enum column *column = NULL;
    reading      r  = {.b = b, .bytes = bytes, .source = ch_diags_source(cx->diags, name, bytes)};
    size_t       ok = text_until(bytes);
    if (ok < bytes.n) {
        r.has_status = true;
        hide(&r, 0, bytes.n);
        ch_report(cx, CH_E3020_csv_not_text, (ch_where){r.source, (uint32_t)ok, (uint32_t)ok + 1});
        return CH_ERR_INPUT;
    }
    if (ch_str_starts(bytes, "\xEF\xBB\xBF"))
        r.at = 3;
    if (!read_header(&r, &row, &column))
        return CH_ERR_INPUT;
    size_t width = row.n, before = ch_diags_errors(cx->diags);
    while (read_row(&r, &row) && row.n > 0) {
        if (ch_diags_errors(cx->diags) - before >= ERRORS_MAX) {
            ch_report(cx, CH_N2090_more_errors, (ch_where){r.source, row.at[0].from, row.at[0].to});
            break;
        }
        if (!shows_name(&row, column, width))
            hide(&r, r.row, r.at);
        if (row.n != width) {
            field whole = {CH_STR_EMPTY, row.at[0].from, row.at[row.n - 1].to};
            ch_report(cx, CH_E3024_csv_field_count, place(&r, &whole), row.n, width);
            r.wrong = true;
            continue;
        }
        make_signer(&r, &row, column, ch_signer_add(b, out));
    }
    if (out->n == 0 && !r.wrong) {
        ch_report(cx, CH_E3026_csv_no_rows, (ch_where){r.source, 0, 0});
        return CH_ERR_INPUT;
    }
    return r.wrong ? CH_ERR_INPUT : CH_OK;
}

ch_status
ch_signers_read(ch_builder *b, const ch_attr *href, ch_signer_list *out)
{
    ch_ctx *cx       = b->cx;
    int     os_error = 0;
    ch_str  bytes    = CH_STR_EMPTY;
    ch_str  path     = ch_named_file(b, href);
    if (path.n == 0)
        return CH_ERR_INPUT;
    size_t        max = cx->limits.file_bytes;
    ch_file_error err = ch_file_read(cx->job, path.p, max, &bytes, &os_error);
    ch_status st = ch_report_file(cx, href->where, href->value, err, os_error, max, CH_ERR_INPUT);
    if (st != CH_OK)
        return st;
    ch_input_add(cx, CH_INPUT_LIST, path);
    return ch_signers_parse(b, href->value, bytes, out);
}
