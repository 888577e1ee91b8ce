/* protocol/forms.c -- how people of a rank are addressed, by language. */
#include "protocol/forms.h"

#include "input/check.h"
#include "input/input.h"
#include "input/xml.h"
#include "protocol/protocol_vocab.h"

#include <string.h>

/* ---- reading ---- */

static char
first_letter(const ch_node *n, int attr)
{
    ch_str v = ch_node_attr_str(n, attr);
    return v.n > 0 ? v.p[0] : '\0';
}

static bool
says_yes(const ch_node *n, int attr)
{
    return ch_str_is(ch_node_attr_str(n, attr), "yes");
}

static void
read_rank(ch_ctx *cx, ch_arena *a, const ch_node *n, ch_rank_forms *out)
{
    CH_VEC(ch_form) forms = {0};
    CH_VEC(ch_str) avoid  = {0};
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c)) {
        ch_str text = ch_arena_str(a, ch_str_trim(ch_node_text(cx->job, c)));
        if (c->elem == CH_P_avoid) {
            *CH_PUSH(a, avoid) = text;
            continue;
        }
        ch_form_kind kind  = c->elem == CH_P_courtesy    ? CH_FORM_COURTESY
                             : c->elem == CH_P_honorific ? CH_FORM_HONORIFIC
                             : c->elem == CH_P_vocative  ? CH_FORM_VOCATIVE
                                                         : CH_FORM_SALUTE;
        *CH_PUSH(a, forms) = (ch_form){.kind   = kind,
                                       .text   = text,
                                       .source = ch_arena_str(a, ch_node_attr_str(c, CH_PA_source)),
                                       .gender = first_letter(c, CH_PA_gender),
                                       .writers = first_letter(c, CH_PA_writers),
                                       .also    = says_yes(c, CH_PA_also),
                                       .review  = says_yes(c, CH_PA_review)};
    }
    *out = (ch_rank_forms){.names   = ch_arena_str(a, ch_node_attr_str(n, CH_PA_names)),
                           .form    = forms.at,
                           .n_forms = forms.n,
                           .avoid   = avoid.at,
                           .n_avoid = avoid.n};
}

ch_forms *
ch_forms_read(ch_ctx *cx, ch_arena *a, ch_str lang, const ch_node *root)
{
    ch_forms *t                 = CH_NEW(a, ch_forms);
    CH_VEC(ch_rank_forms) ranks = {0};
    CH_VEC(ch_note_forms) notes = {0};
    *t                          = (ch_forms){
                                 .arena = a, .lang = ch_arena_str(a, lang), .extends = CH_STR_EMPTY, .there = root != NULL};
    if (root && ch_node_attr(root, CH_PA_extends))
        t->extends = ch_arena_str(a, ch_node_attr_str(root, CH_PA_extends));
    for (const ch_node *n = ch_node_child(root, CH_P_rank); n; n = ch_node_next(n, CH_P_rank))
        read_rank(cx, a, n, CH_PUSH(a, ranks));
    for (const ch_node *n = ch_node_child(root, CH_P_note); n; n = ch_node_next(n, CH_P_note))
        *CH_PUSH(a, notes) =
            (ch_note_forms){.text    = ch_arena_str(a, ch_str_trim(ch_node_text(cx->job, n))),
                            .source  = ch_arena_str(a, ch_node_attr_str(n, CH_PA_source)),
                            .closing = ch_str_is(ch_node_attr_str(n, CH_PA_sentence), "closing"),
                            .given   = ch_str_is(ch_node_attr_str(n, CH_PA_words), "given"),
                            .review  = says_yes(n, CH_PA_review)};
    t->rank    = ranks.at;
    t->n       = ranks.n;
    t->note    = notes.at;
    t->n_notes = notes.n;
    return t;
}

/* ---- asking ---- */

static bool
has_name(ch_str names, ch_str name)
{
    for (size_t at = 0; at < names.n && name.n > 0;) {
        size_t from = at;
        while (at < names.n && names.p[at] != ' ')
            at++;
        if (ch_str_eq(ch_str_sub(names, from, at), name))
            return true;
        at++;
    }
    return false;
}

/* The next forms for a rank from place *i, NULL when there are no more. */
static const ch_rank_forms *
next_of_rank(const ch_forms *t, ch_str name, size_t *i)
{
    while (t && *i < t->n) {
        const ch_rank_forms *r = &t->rank[(*i)++];
        if (has_name(r->names, name))
            return r;
    }
    return NULL;
}

static char
gender_of(const ch_addressed *to)
{
    return to->gender.n > 0 ? to->gender.p[0] : '\0';
}

/* A form for exactly this gender before one for any. */
static const ch_form *
choose(const ch_forms *t, const ch_addressed *to, ch_form_kind kind)
{
    const ch_form *any = NULL;
    size_t         at  = 0;
    for (const ch_rank_forms *r; (r = next_of_rank(t, to->rank, &at));)
        for (size_t i = 0; i < r->n_forms; i++) {
            const ch_form *f = &r->form[i];
            if (f->kind != kind || f->also || (f->writers && (f->writers == 's') != to->plural))
                continue;
            if (f->gender == gender_of(to))
                return f;
            if (!f->gender && !any)
                any = f;
        }
    return any;
}

static ch_status
ask(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_form_kind kind, ch_str *out)
{
    static const char *const names[] = {"the salutation", "the closing courtesy", "the honorific",
                                        "the vocative"};
    const ch_forms          *t       = NULL;
    ch_status                st      = ch_forms_of(p, cx, to->lang, &t);
    const ch_form           *f       = choose(t, to, kind);
    *out                             = f ? f->text : CH_STR_EMPTY;
    if (f && f->review)
        ch_report(cx, CH_W3003_awaits_review, CH_NOWHERE, CH_ARG(t->lang), names[kind]);
    return st;
}

ch_status
ch_protocol_salute(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    return ask(p, cx, to, CH_FORM_SALUTE, out);
}

ch_status
ch_protocol_courtesy(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    return ask(p, cx, to, CH_FORM_COURTESY, out);
}

ch_status
ch_protocol_honorific(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    return ask(p, cx, to, CH_FORM_HONORIFIC, out);
}

ch_status
ch_protocol_note(ch_protocol *p, ch_ctx *cx, ch_str lang, bool closing, ch_note_sentence *out)
{
    const ch_forms *t  = NULL;
    ch_status       st = ch_forms_of(p, cx, lang, &t);
    *out               = (ch_note_sentence){.text = CH_STR_EMPTY};
    for (size_t i = 0; t && i < t->n_notes && out->text.n == 0; i++)
        if (t->note[i].closing == closing) {
            *out = (ch_note_sentence){t->note[i].text, t->note[i].given};
            if (t->note[i].review)
                ch_report(cx, CH_W3003_awaits_review, CH_NOWHERE, CH_ARG(t->lang),
                          closing ? "the closing of a note" : "the opening of a note");
        }
    return st;
}

/* ---- what is accepted ---- */

/* The mark that ends a salutation, in the scripts that have one; the length of the text without. */
static size_t
without_mark(ch_str s)
{
    static const char *const marks[] = {",", ":", "!", ".", "：", "，", "！", "،", "。", " "};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t n = strlen(marks[i]);
            if (s.n > n && memcmp(s.p + s.n - n, marks[i], n) == 0) {
                s.n -= n;
                more = true;
            }
        }
    }
    return s.n;
}

/* The same words, whatever mark ends them and whichever apostrophe they have? */
static bool
same_words(ch_str a, ch_str b)
{
    size_t i = 0, k = 0;
    a.n = without_mark(a);
    b.n = without_mark(b);
    while (i < a.n && k < b.n) {
        uint32_t x = ch_utf8_next(a, &i), y = ch_utf8_next(b, &k);
        if ((x == 0x2019 ? '\'' : x) != (y == 0x2019 ? '\'' : y))
            return false;
    }
    return i == a.n && k == b.n;
}

ch_status
ch_protocol_vocative(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str *out)
{
    const ch_forms *t  = NULL;
    ch_status       st = ch_forms_of(p, cx, to->lang, &t);
    const ch_form  *f  = choose(t, to, CH_FORM_VOCATIVE);
    if (!f)
        f = choose(t, to, CH_FORM_SALUTE);
    *out = f ? f->text : CH_STR_EMPTY;
    if (f)
        out->n = without_mark(*out);
    return st;
}

static ch_accepted
accepted(const ch_rank_forms *r, const ch_form *f)
{
    return (ch_accepted){
        .text = f->text, .ranks = r->names, .source = f->source, .gender = f->gender};
}

bool
ch_accepted_of(const ch_accepted *form, ch_str rank)
{
    return has_name(form->ranks, rank);
}

ch_status
ch_protocol_accepted(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_accepted_list *out)
{
    const ch_forms *t  = NULL;
    ch_status       st = ch_forms_of(p, cx, to->lang, &t);
    size_t          at = 0;
    *out               = (ch_accepted_list){0};
    for (const ch_rank_forms *r; (r = next_of_rank(t, to->rank, &at));)
        for (size_t i = 0; i < r->n_forms; i++) {
            const ch_form *f = &r->form[i];
            if (f->kind == CH_FORM_SALUTE &&
                (!f->gender || !to->gender.n || f->gender == gender_of(to)))
                *CH_PUSH(cx->job, *out) = accepted(r, f);
        }
    return st;
}

ch_status
ch_protocol_whose(ch_protocol *p, ch_ctx *cx, ch_str lang, ch_str text, ch_accepted_list *out)
{
    const ch_forms *t  = NULL;
    ch_status       st = ch_forms_of(p, cx, lang, &t);
    *out               = (ch_accepted_list){0};
    for (size_t k = 0; t && k < t->n; k++)
        for (size_t i = 0; i < t->rank[k].n_forms; i++) {
            const ch_form *f = &t->rank[k].form[i];
            if ((f->kind == CH_FORM_SALUTE || f->kind == CH_FORM_VOCATIVE) &&
                same_words(f->text, text))
                *CH_PUSH(cx->job, *out) = accepted(&t->rank[k], f);
        }
    return st;
}

/* ---- ranks ---- */

/* The names of the ranks of a language that are not yet in b, with a mark between. */
static void
add_ranks(const ch_forms *t, const char *between, ch_buf *b)
{
    ch_str seen[64];
    size_t n = 0;
    for (size_t i = 0; t && i < t->n; i++) {
        ch_str names = t->rank[i].names;
        for (size_t from = 0, to; from < names.n; from = to + 1) {
            for (to = from; to < names.n && names.p[to] != ' '; to++)
                continue;
            ch_str name  = ch_str_sub(names, from, to);
            bool   known = n == sizeof seen / sizeof *seen;
            for (size_t k = 0; k < n && !known; k++)
                known = ch_str_eq(seen[k], name);
            if (known || name.n == 0)
                continue;
            seen[n++] = name;
            ch_buf_puts(b, ch_buf_view(b).n > 0 ? between : "");
            ch_buf_str(b, name);
        }
    }
}

ch_str
ch_protocol_ranks(ch_protocol *p, ch_ctx *cx, ch_str lang)
{
    const ch_forms *t = NULL;
    ch_buf          b;
    ch_buf_init(&b, cx->job);
    if (ch_forms_of(p, cx, lang, &t) != CH_OK)
        return CH_STR_EMPTY;
    add_ranks(t, ", ", &b);
    return ch_buf_view(&b);
}

void
ch_protocol_check_rank(ch_protocol *p, ch_ctx *cx, ch_str lang, ch_str rank, ch_where where)
{
    ch_str langs[] = {lang, CH_STR_LIT("en")}; /* the English forms have all ranks */
    ch_buf b;
    ch_buf_init(&b, cx->job);
    for (int i = 0; i < 2; i++) {
        const ch_forms *t  = NULL;
        size_t          at = 0;
        if (ch_forms_of(p, cx, langs[i], &t) != CH_OK || next_of_rank(t, rank, &at))
            return;
        add_ranks(t, " ", &b);
        ch_buf_puts(&b, " ");
    }
    ch_str near = ch_nearest(rank, ch_buf_view(&b));
    ch_report(cx, CH_W3037_rank_not_known, where, CH_ARG(rank));
    if (near.n > 0)
        ch_hint(cx, "there is %.*s", CH_ARG(near));
}

static bool
says(ch_str text, ch_str word)
{
    for (size_t i = 0; word.n > 0 && i + word.n <= text.n; i++)
        if (memcmp(text.p + i, word.p, word.n) == 0)
            return true;
    return false;
}

ch_str
ch_protocol_avoids(ch_protocol *p, ch_ctx *cx, const ch_addressed *to, ch_str text)
{
    const ch_forms *t  = NULL;
    size_t          at = 0;
    if (ch_forms_of(p, cx, to->lang, &t) != CH_OK)
        return CH_STR_EMPTY;
    for (const ch_rank_forms *r; (r = next_of_rank(t, to->rank, &at));)
        for (size_t i = 0; i < r->n_avoid; i++)
            if (says(text, r->avoid[i]))
                return r->avoid[i];
    return CH_STR_EMPTY;
}
