#include "job/select.h"

#include "locale/locale.h"

#include <string.h>

#define DEPTH_MAX 100 /* of parentheses and nots */

typedef enum op { OP_AND, OP_OR, OP_NOT, OP_HAS, OP_EQ, OP_IN, OP_LT, OP_GT, OP_LE, OP_GE } op;

struct ch_select {
    op op;
    bool not, seen;
    ch_str     field, value;
    ch_str     folded; /* the value, for "contains" */
    ch_select *left, *right;
};

typedef enum token_kind { T_END, T_WORD, T_QUOTED, T_OP, T_OPEN, T_CLOSE, T_BAD } token_kind;

typedef struct reader {
    ch_ctx    *cx;
    ch_str     text;
    size_t     at, from; /* behind the token, its beginning */
    token_kind kind;
    ch_str     word;
    int        depth;
    bool       failed;
} reader;

static ch_select *
fail(reader *r, size_t at, const char *what)
{
    if (!r->failed)
        ch_report(r->cx, CH_E1049_bad_selection, CH_NOWHERE, CH_ARG(r->text), at + 1, what);
    r->failed = true;
    return NULL;
}

static bool
ends_word(char c)
{
    return strchr(" \t\r\n()=!~<>'\"", c) != NULL; /* a NUL also */
}

/* A text in quotes; the quote itself is doubled inside. */
static void
read_quoted(reader *r, char quote)
{
    ch_buf b;
    ch_buf_init(&b, r->cx->job);
    r->kind = T_BAD;
    for (r->at++; r->at < r->text.n; r->at++) {
        if (r->text.p[r->at] == quote) {
            r->at++;
            if (r->at >= r->text.n || r->text.p[r->at] != quote) {
                r->kind = T_QUOTED;
                break;
            }
        }
        ch_buf_putc(&b, r->text.p[r->at]);
    }
    r->word = ch_buf_view(&b);
    if (r->kind == T_BAD)
        fail(r, r->from, "the quote is not closed");
}

static void
next(reader *r)
{
    while (r->at < r->text.n && strchr(" \t\r\n", r->text.p[r->at]))
        r->at++;
    r->from = r->at;
    r->kind = T_END;
    if (r->at >= r->text.n)
        return;
    char c = r->text.p[r->at];
    if (c == '"' || c == '\'') {
        read_quoted(r, c);
        return;
    }
    if (c == '(' || c == ')') {
        r->kind = c == '(' ? T_OPEN : T_CLOSE;
        r->at++;
    } else if (c != '\0' && strchr("=!~<>", c)) {
        r->kind = T_OP;
        while (r->at < r->text.n && r->text.p[r->at] && strchr("=!~<>", r->text.p[r->at]))
            r->at++;
    } else {
        r->kind = T_WORD;
        do
            r->at++;
        while (r->at < r->text.n && !ends_word(r->text.p[r->at]));
    }
    r->word = ch_str_sub(r->text, r->from, r->at);
}

static bool
is_word(const reader *r, const char *word)
{
    return r->kind == T_WORD && ch_str_is(r->word, word);
}

static ch_select *
new_node(reader *r, op what, ch_select *left, ch_select *right)
{
    ch_select *s = CH_NEW(r->cx->job, ch_select);
    s->op        = what;
    s->left      = left;
    s->right     = right;
    s->field = s->value = s->folded = CH_STR_EMPTY;
    return s;
}

static bool
read_op(const reader *r, ch_select *s)
{
    static const struct {
        const char *word;
        op          op;
        bool not ;
    } ops[] = {{"=", OP_EQ, false}, {"==", OP_EQ, false}, {"!=", OP_EQ, true},
               {"~", OP_IN, false}, {"!~", OP_IN, true},  {"<", OP_LT, false},
               {">", OP_GT, false}, {"<=", OP_LE, false}, {">=", OP_GE, false},
               {"<>", OP_EQ, true}};
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (!ch_str_is(r->word, ops[i].word))
            continue;
        s->op  = ops[i].op;
        s->not = ops[i].not ;
        return true;
    }
    return false;
}

static ch_select *
read_comparison(reader *r)
{
    if (r->kind != T_WORD && r->kind != T_QUOTED)
        return fail(r, r->from, "the name of a field is expected here");
    if (is_word(r, "and") || is_word(r, "or"))
        return fail(r, r->from, "the name of a field is expected here; one of that name in quotes");
    ch_select *s = new_node(r, OP_HAS, NULL, NULL);
    s->field     = r->word;
    next(r);
    if (r->kind != T_OP)
        return s;
    if (!read_op(r, s))
        return fail(r, r->from, "the comparisons are = != ~ !~ < > <= >=");
    next(r);
    if (r->kind != T_WORD && r->kind != T_QUOTED)
        return fail(r, r->from, "a value is expected here; an empty one as ''");
    s->value  = r->word;
    s->folded = ch_text_fold(r->cx->job, s->value);
    next(r);
    return s;
}

static ch_select *read_or(reader *r);

static ch_select *
read_not(reader *r)
{
    if (++r->depth > DEPTH_MAX)
        return fail(r, r->from, "it is nested too deep");
    ch_select *s;
    if (is_word(r, "not")) {
        next(r);
        s = read_not(r);
        s = s ? new_node(r, OP_NOT, s, NULL) : NULL;
    } else if (r->kind == T_OPEN) {
        size_t open = r->from;
        next(r);
        s = read_or(r);
        if (s && r->kind != T_CLOSE)
            return fail(r, open, "this parenthesis is not closed");
        if (s)
            next(r);
    } else {
        s = read_comparison(r);
    }
    r->depth--;
    return s;
}

static ch_select *
read_and(reader *r)
{
    ch_select *s = read_not(r);
    while (s && is_word(r, "and")) {
        next(r);
        ch_select *more = read_not(r);
        s               = more ? new_node(r, OP_AND, s, more) : NULL;
    }
    return s;
}

static ch_select *
read_or(reader *r)
{
    ch_select *s = read_and(r);
    while (s && is_word(r, "or")) {
        next(r);
        ch_select *more = read_and(r);
        s               = more ? new_node(r, OP_OR, s, more) : NULL;
    }
    return s;
}

ch_status
ch_select_parse(ch_ctx *cx, ch_str text, ch_select **out)
{
    reader r = {.cx = cx, .text = ch_arena_str(cx->job, text)};
    next(&r);
    *out = read_or(&r);
    if (*out && r.kind != T_END)
        fail(&r, r.from, "'and', 'or' or the end is expected here");
    if (r.failed)
        *out = NULL;
    return *out ? CH_OK : CH_ERR_INPUT;
}

/* ---- does it hold? ---- */

/* A number with a sign and one point, as a whole and up to 9 places behind it. */
static bool
as_number(ch_str s, int64_t *out)
{
    int64_t v      = 0;
    int     places = -1, digits = 0;
    size_t  i   = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    bool    neg = i > 0 && s.p[0] == '-';
    for (; i < s.n; i++) {
        if (s.p[i] == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || digits == 18 || places == 6)
            return false;
        v = v * 10 + (s.p[i] - '0');
        digits++;
        places += places >= 0;
    }
    if (digits == 0 || digits - (places > 0 ? places : 0) > 12)
        return false;
    for (int p = places < 0 ? 0 : places; p < 6; p++)
        v *= 10;
    *out = neg ? -v : v;
    return true;
}

static int
compare(ch_str a, ch_str b)
{
    int64_t x, y;
    if (as_number(a, &x) && as_number(b, &y))
        return x < y ? -1 : x > y;
    return ch_str_cmp(a, b);
}

static bool
contains(ch_str all, ch_str piece)
{
    for (size_t i = 0; i + piece.n <= all.n; i++)
        if (memcmp(all.p + i, piece.p, piece.n) == 0)
            return true;
    return false;
}

static ch_str
value_of(ch_select *s, ch_arena *scratch, const ch_record *rec, ch_str lang)
{
    if (ch_str_is(s->field, "lang") || ch_str_is(s->field, "n")) {
        s->seen = true;
        return s->field.n > 1 ? lang : ch_arena_printf(scratch, "%zu", rec->number);
    }
    const ch_value *v = ch_record_get(rec, s->field, lang);
    s->seen           = s->seen || v;
    if (!v)
        return CH_STR_EMPTY;
    /* A list or a record has something when it has a member. */
    return v->kind == CH_VALUE_TEXT ? ch_str_trim(v->text)
           : v->first               ? CH_STR_LIT("1")
                                    : CH_STR_EMPTY;
}

static bool
compares(ch_select *s, ch_arena *scratch, const ch_record *rec, ch_str lang)
{
    ch_str v = value_of(s, scratch, rec, lang);
    switch (s->op) {
    case OP_EQ:
        return ch_str_eq(v, s->value);
    case OP_IN:
        return contains(ch_text_fold(scratch, v), s->folded);
    case OP_LT:
        return compare(v, s->value) < 0;
    case OP_GT:
        return compare(v, s->value) > 0;
    case OP_LE:
        return compare(v, s->value) <= 0;
    case OP_GE:
        return compare(v, s->value) >= 0;
    default:
        return v.n > 0;
    }
}

/* Both sides are looked at, so that each field is found where it is. */
bool
ch_select_holds(ch_select *s, ch_arena *scratch, const ch_record *rec, ch_str lang)
{
    if (s->op == OP_NOT)
        return !ch_select_holds(s->left, scratch, rec, lang);
    if (s->op == OP_AND || s->op == OP_OR) {
        bool a = ch_select_holds(s->left, scratch, rec, lang);
        bool b = ch_select_holds(s->right, scratch, rec, lang);
        return s->op == OP_AND ? a && b : a || b;
    }
    return compares(s, scratch, rec, lang) != s->not ;
}

ch_str
ch_select_missing(const ch_select *s)
{
    if (s->op > OP_NOT)
        return s->seen ? CH_STR_EMPTY : s->field;
    ch_str left = ch_select_missing(s->left);
    return left.n > 0 || s->op == OP_NOT ? left : ch_select_missing(s->right);
}

void
ch_select_fields(const ch_select *s, ch_fields_used *used)
{
    if (!s)
        return;
    if (s->op > OP_NOT)
        ch_fields_use(used, s->field);
    ch_select_fields(s->left, used);
    ch_select_fields(s->right, used);
}
