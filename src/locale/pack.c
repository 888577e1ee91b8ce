/* locale/pack.c -- reading a locale pack. */
#include "locale/pack.h"

#include "input/xml.h"
#include "locale/locale_vocab.h"

#include <stdio.h>
#include <string.h>

#define PLAIN false
#define OPTIONAL false
#define PLURAL true
static const struct {
    const char *name;
    bool        plural;
    const char *doc; /* has the {places} that are filled */
} labels[] = {
#define LABEL(name, kind, doc) {name, kind, doc},
#include "locale/labels.def"
};
enum { LABEL_COUNT = sizeof labels / sizeof *labels };

int
ch_pack_label_index(const char *name, size_t n)
{
    for (int i = 0; i < LABEL_COUNT; i++)
        if (strncmp(labels[i].name, name, n) == 0 && labels[i].name[n] == '\0')
            return i;
    return -1;
}

bool
ch_pack_label_is_plural(int index)
{
    return labels[index].plural;
}

int
ch_pack_state_index(ch_str code)
{
    if (code.n != 2 || code.p[0] < 'A' || code.p[0] > 'Z' || code.p[1] < 'A' || code.p[1] > 'Z')
        return -1;
    return (code.p[0] - 'A') * 26 + code.p[1] - 'A';
}

/* One reading: the pack that is made and where what is wrong is said. */
typedef struct reading {
    ch_ctx    *cx;
    ch_locale *lo;
    bool       wrong;
} reading;

static void
say_wrong(reading *r, ch_where where, const char *what, ch_str about)
{
    ch_str text = ch_arena_printf(r->cx->job, "%s '%.*s'", what, CH_ARG(about));
    ch_report(r->cx, CH_E3005_bad_pack, where, CH_ARG(text));
    r->wrong = true;
}

static ch_str
keep(reading *r, ch_str s)
{
    return s.n > 0 ? ch_arena_str(r->lo->arena, s) : CH_STR_EMPTY;
}

static ch_str
attr(reading *r, const ch_node *n, int a)
{
    return keep(r, ch_node_attr_str(n, a));
}

static ch_str
text_of(reading *r, const ch_node *n)
{
    return keep(r, ch_str_trim(ch_node_text(r->cx->job, n)));
}

/* Whether every {place} of a text is among those that are filled. */
static ch_str
with_places(reading *r, const ch_node *n, ch_str text, const char *filled)
{
    for (size_t at = 0; at < text.n; at++) {
        if (text.p[at] != '{')
            continue;
        size_t from = at;
        while (at < text.n && text.p[at] != '}')
            at++;
        ch_str place = ch_str_sub(text, from, at < text.n ? at + 1 : at);
        char   z[32];
        snprintf(z, sizeof z, "%.*s", CH_ARG(place));
        if (!strstr(filled, z) || at == text.n)
            say_wrong(r, n->where, "nothing is filled in at", place);
    }
    return text;
}

static bool
yes(const ch_node *n, int a)
{
    return ch_str_is(ch_node_attr_str(n, a), "yes");
}

/* The place of a word among some, 0 when it is none of them. */
static int
word(ch_str s, const char *const *words, int n)
{
    for (int i = 1; i < n; i++)
        if (ch_str_is(s, words[i]))
            return i;
    return 0;
}

static void
split_letters(reading *r, ch_str all)
{
    CH_VEC(ch_str) v = {0};
    size_t at        = 0;
    while (at < all.n) {
        size_t from = at;
        while (at < all.n && all.p[at] != ' ')
            at++;
        if (at > from)
            *CH_PUSH(r->lo->arena, v) = ch_str_sub(all, from, at);
        at++;
    }
    r->lo->letters   = v.at;
    r->lo->n_letters = v.n;
}

static void
read_digits(reading *r, const ch_node *n, ch_digits *out)
{
    const ch_attr *a = ch_node_attr(n, CH_CA_digits);
    if (a && !ch_digits_named(a->value, out))
        say_wrong(r, a->where,
                  "neither a numbering system of ten digits nor the ten digits:", a->value);
}

static void
read_numbers(reading *r, const ch_node *n)
{
    ch_locale *lo = r->lo;
    read_digits(r, n, &lo->digits);
    if (ch_node_attr(n, CH_CA_group))
        lo->group = attr(r, n, CH_CA_group);
    ch_str from = ch_node_attr_str(n, CH_CA_from);
    if (from.n == 1)
        lo->group_from = (unsigned)(from.p[0] - '0');
    ch_str rest = ch_node_attr_str(n, CH_CA_group_rest);
    if (rest.n == 1 && rest.p[0] > '0')
        lo->group_rest = (unsigned)(rest.p[0] - '0');
    if (ch_node_attr(n, CH_CA_letters))
        split_letters(r, attr(r, n, CH_CA_letters));
    if (ch_node_attr(n, CH_CA_attachments))
        lo->attachments = ch_node_attr_str(n, CH_CA_attachments).p[0];
}

static void
read_mark(reading *r, const ch_node *n)
{
    ch_str        style = ch_node_attr_str(n, CH_CA_style);
    int           level = ch_node_attr_str(n, CH_CA_level).p[0] - '1';
    ch_pack_mark *m     = &r->lo->mark[style.n > 0][level];
    m->style            = style.n > 0 ? style.p[0] : 0;
    m->text             = with_places(r, n, text_of(r, n), style.n > 0 ? "{n}" : "");
}

/* A calendar that the table of packs knows. */
static ch_calendar
calendar_of(const ch_node *n)
{
    int c = ch_calendar_of(ch_node_attr_str(n, CH_CA_calendar));
    return c < 0 ? CH_GREGORIAN : (ch_calendar)c;
}

static void
read_days(reading *r, const ch_node *n)
{
    static const char *const forms[] = {"long",   "medium", "short", "formal",
                                        "beside", "month",  "year"};
    ch_pack_days            *d       = &r->lo->days[calendar_of(n)];
    bool                     fresh   = !d->has;
    if (ch_node_attr(n, CH_CA_first_day))
        d->first_day = attr(r, n, CH_CA_first_day);
    const ch_node *first = ch_node_child(n, CH_C_month);
    if (first)
        d->review = yes(n, CH_CA_review);
    unsigned next = 1;
    for (const ch_node *m = first; m; m = ch_node_next(m, CH_C_month), next++) {
        ch_str given = ch_node_attr_str(m, CH_CA_n);
        if (next > CH_MONTHS || !ch_str_eq(given, ch_arena_printf(r->cx->job, "%u", next))) {
            say_wrong(r, m->where, "months are numbered 1 to 12, not", given);
            return;
        }
        d->month[next - 1] = text_of(r, m);
        d->alone[next - 1] =
            ch_node_attr(m, CH_CA_alone) ? attr(r, m, CH_CA_alone) : d->month[next - 1];
    }
    if ((fresh || first) && next != CH_MONTHS + 1)
        say_wrong(r, n->where, "a month is missing in the calendar",
                  ch_node_attr_str(n, CH_CA_calendar));
    for (const ch_node *p = ch_node_child(n, CH_C_pattern); p; p = ch_node_next(p, CH_C_pattern)) {
        ch_pack_pattern *t =
            &d->pattern[word(ch_node_attr_str(p, CH_CA_form), forms, CH_DATE_FORMS)];
        t->text   = with_places(r, p, text_of(r, p), "{day} {month} {year} {m} {d2} {m2}");
        t->review = yes(p, CH_CA_review);
        t->digits = (ch_digits){.counts = false};
        read_digits(r, p, &t->digits);
    }
    d->has = true;
}

static void
read_dates(reading *r, const ch_node *n)
{
    const ch_node *line = ch_node_child(n, CH_C_dateline), *both = ch_node_child(n, CH_C_both);
    if (ch_node_attr(n, CH_CA_calendar))
        r->lo->calendar = calendar_of(n);
    if (line)
        r->lo->dateline = (ch_pack_text){with_places(r, line, text_of(r, line), "{place} {date}"),
                                         yes(line, CH_CA_review)};
    if (both)
        r->lo->two_dates = (ch_pack_text){
            with_places(r, both, text_of(r, both), "{first} {second}"), yes(both, CH_CA_review)};
    for (const ch_node *d = ch_node_child(n, CH_C_days); d; d = ch_node_next(d, CH_C_days))
        read_days(r, d);
    if (!r->lo->days[r->lo->calendar].has)
        say_wrong(r, n->where, "no days of the usual calendar",
                  ch_str_from(ch_calendars[r->lo->calendar].name));
}

/* The languages of a pack are looked at before those of the one that it extends. */
static void
read_languages(reading *r, const ch_node *n)
{
    CH_VEC(ch_pack_language) v = {0};
    for (const ch_node *c = ch_node_child(n, CH_C_language); c;
         c                = ch_node_next(c, CH_C_language)) {
        ch_str name = text_of(r, c), from = attr(r, c, CH_CA_from);
        *CH_PUSH(r->lo->arena, v) = (ch_pack_language){.tags   = attr(r, c, CH_CA_tags),
                                                       .name   = name,
                                                       .from   = from.n > 0 ? from : name,
                                                       .review = yes(c, CH_CA_review)};
    }
    for (size_t i = 0; i < r->lo->n_languages; i++)
        *CH_PUSH(r->lo->arena, v) = r->lo->language[i];
    r->lo->language    = v.at;
    r->lo->n_languages = v.n;
}

static void
read_states(reading *r, const ch_node *n)
{
    ch_pack_state *all = CH_NEW_N(r->lo->arena, ch_pack_state, CH_STATE_CODES);
    if (r->lo->state)
        memcpy(all, r->lo->state, CH_STATE_CODES * sizeof *all);
    for (const ch_node *s = ch_node_child(n, CH_C_state); s; s = ch_node_next(s, CH_C_state)) {
        ch_str code = ch_node_attr_str(s, CH_CA_code);
        int    at   = ch_pack_state_index(code);
        if (at < 0)
            say_wrong(r, s->where, "a code is two capital letters, not", code);
        else
            all[at] = (ch_pack_state){text_of(r, s), yes(s, CH_CA_observer)};
    }
    r->lo->state = all;
}

static void
read_label(reading *r, const ch_node *n)
{
    static const char *const forms[] = {"zero", "one", "two", "few", "many", "other"};
    ch_str                   name    = ch_node_attr_str(n, CH_CA_name);
    int                      at      = ch_pack_label_index(name.p, name.n);
    if (at < 0) {
        say_wrong(r, n->where, "no label is called", name);
        return;
    }
    const ch_node *f = ch_node_child(n, CH_C_form);
    ch_pack_label *l = &r->lo->label[at];
    if ((f != NULL) != labels[at].plural) {
        say_wrong(r, n->where, labels[at].plural ? "forms are needed in" : "forms have no place in",
                  name);
        return;
    }
    *l = (ch_pack_label){.has = true, .review = yes(n, CH_CA_review)};
    if (!f) {
        l->text = with_places(r, n, text_of(r, n), labels[at].doc);
        return;
    }
    for (; f; f = ch_node_next(f, CH_C_form))
        l->form[word(ch_node_attr_str(f, CH_CA_when), forms, CH_FORMS)] =
            with_places(r, f, text_of(r, f), labels[at].doc);
    if (!l->form[CH_FORM_OTHER].p)
        say_wrong(r, n->where, "no form for 'other' in", name);
}

static ch_str
list_pattern(reading *r, const ch_node *n)
{
    return with_places(r, n, text_of(r, n), "{a} {b}");
}

static void
read_all(reading *r, const ch_node *root)
{
    ch_locale     *lo = r->lo;
    const ch_node *n;
    lo->lang = attr(r, root, CH_CA_xml_lang);
    if (ch_node_attr(root, CH_CA_direction))
        lo->rtl = ch_str_is(ch_node_attr_str(root, CH_CA_direction), "rtl");
    if (ch_node_attr(root, CH_CA_salute_end))
        lo->salute_end = attr(r, root, CH_CA_salute_end);
    if ((n = ch_node_child(root, CH_C_numbers)))
        read_numbers(r, n);
    if ((n = ch_node_child(root, CH_C_quotes))) {
        lo->quote[0][0] = attr(r, n, CH_CA_open);
        lo->quote[0][1] = attr(r, n, CH_CA_close);
        lo->quote[1][0] = attr(r, n, CH_CA_inner_open);
        lo->quote[1][1] = attr(r, n, CH_CA_inner_close);
    }
    if ((n = ch_node_child(root, CH_C_lists))) {
        lo->pair = list_pattern(r, ch_node_child(n, CH_C_pair));
        lo->join = list_pattern(r, ch_node_child(n, CH_C_join));
        lo->end  = list_pattern(r, ch_node_child(n, CH_C_end));
    }
    for (n = ch_node_child(root, CH_C_mark); n; n = ch_node_next(n, CH_C_mark))
        read_mark(r, n);
    if ((n = ch_node_child(root, CH_C_dates)))
        read_dates(r, n);
    if ((n = ch_node_child(root, CH_C_languages)))
        read_languages(r, n);
    if ((n = ch_node_child(root, CH_C_states)))
        read_states(r, n);
    n = ch_node_child(root, CH_C_labels);
    for (n = ch_node_child(n, CH_C_label); n; n = ch_node_next(n, CH_C_label))
        read_label(r, n);
}

/* What holds where neither the pack nor one that it extends says otherwise. */
static void
set_defaults(ch_locale *lo)
{
    static const char *const bullet[] = {"\xE2\x80\xA2", "\xE2\x80\x93", "\xC2\xB7", ""};
    static const char *const count[]  = {"1", "a", "i", ""};
    ch_digits_named(CH_STR_LIT("latn"), &lo->digits);
    lo->group_from  = 4;
    lo->group_rest  = 3;
    lo->attachments = 'I';
    lo->quote[0][0] = lo->quote[0][1] = CH_STR_LIT("\"");
    lo->quote[1][0] = lo->quote[1][1] = CH_STR_LIT("'");
    lo->pair = lo->join = lo->end = CH_STR_LIT("{a}, {b}");
    lo->salute_end = lo->group = CH_STR_EMPTY;
    lo->dateline.text = lo->two_dates.text = CH_STR_EMPTY;
    for (int i = 0; i < CH_MARK_LEVELS; i++) {
        lo->mark[0][i] = (ch_pack_mark){0, ch_str_from(bullet[i])};
        lo->mark[1][i] =
            (ch_pack_mark){count[i][0], count[i][0] ? CH_STR_LIT("{n}.") : CH_STR_EMPTY};
    }
    for (int c = 0; c < CH_CALENDARS; c++)
        lo->days[c].first_day = CH_STR_EMPTY;
}

static ch_status
read_file(ch_ctx *cx, ch_str path, const ch_node **root)
{
    int           os_error = 0;
    ch_str        bytes;
    ch_file_error err = ch_file_read(cx->job, path.p, cx->limits.file_bytes, &bytes, &os_error);
    *root             = NULL;
    if (err == CH_FILE_MISSING)
        return CH_OK;
    ch_input_add(cx, CH_INPUT_LOCALE, path);
    if (err != CH_FILE_OK) {
        ch_report(cx, CH_E1003_file_unreadable, CH_NOWHERE, CH_ARG(path), strerror(os_error));
        return CH_ERR_HOST;
    }
    return ch_xml_read(cx, &ch_locale_vocab, path, bytes, root);
}

/* The arena of an unfinished pack goes with the job when memory runs out on the way. */
ch_status
ch_pack_read(ch_ctx *cx, ch_str path, ch_pack_base *base_of, void *arg, ch_locale **out)
{
    /* The limits of a job are for its letter, not for our own data. */
    ch_ctx inner = *cx;
    inner.limits = (ch_limits){0};
    ch_limits_fill(&inner.limits);
    const ch_node *root = NULL;
    *out                = NULL;
    ch_status st        = read_file(&inner, path, &root);
    if (st != CH_OK || !root)
        return st;

    const ch_locale *base   = NULL;
    const ch_attr   *extend = ch_node_attr(root, CH_CA_extends);
    if (extend && (st = base_of(arg, cx, extend->value, extend->where, &base)) != CH_OK)
        return st;

    ch_arena **holder;
    if ((st = ch_lasting_begin(cx, &holder)) != CH_OK)
        return st;
    reading r = {.cx = &inner, .lo = CH_NEW(*holder, ch_locale)};
    if (base)
        *r.lo = *base;
    else
        set_defaults(r.lo);
    r.lo->plurals = NULL;
    r.lo->file    = ch_arena_str(*holder, path);
    r.lo->base    = base;
    r.lo->arena   = *holder;
    r.lo->label   = CH_NEW_N(*holder, ch_pack_label, LABEL_COUNT);
    if (base)
        memcpy(r.lo->label, base->label, LABEL_COUNT * sizeof *r.lo->label);
    read_all(&r, root);
    r.wrong |= !ch_pack_read_typography(&inner, r.lo, base, ch_node_child(root, CH_C_typography));
    if (r.wrong)
        return CH_ERR_INPUT; /* the arena goes with the job */
    ch_lasting_keep(holder);
    *out = r.lo;
    return CH_OK;
}

void
ch_pack_says_review(const ch_locale *lo, ch_ctx *cx, const char *what)
{
    ch_report(cx, CH_W3003_awaits_review, CH_NOWHERE, CH_ARG(lo->lang), what);
}
