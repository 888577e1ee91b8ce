/* tests/unit/locale_test.c -- locale/: the packs that are installed, and what they print. */
#include "locale/locale.h"

#include "locale/pack.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int      failures;
static ch_guard guard;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static void
same(int line, ch_str got, const char *want)
{
    if (ch_str_is(got, want))
        return;
    failures++;
    fprintf(stderr, "%s:%d: got \"%.*s\", not \"%s\"\n", __FILE__, line, CH_ARG(got), want);
}
#define SAME(got, want) same(__LINE__, got, want)

static ch_ctx
new_cx(void)
{
    ch_ctx cx = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    return cx;
}

static void
free_cx(ch_ctx *cx)
{
    ch_arena_free(cx->scratch);
    ch_arena_free(cx->job);
}

/* Is it the code that is written so, as "E3001"? */
static bool
says(ch_code c, const char *code)
{
    char name[16];
    snprintf(name, sizeof name, "%c%u", ch_code_letter(c), ch_code_number(c));
    return strcmp(name, code) == 0;
}

static size_t
reported(const ch_ctx *cx, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < ch_diags_count(cx->diags); i++)
        n += says(ch_diags_at(cx->diags, i)->code, code);
    return n;
}

static ch_locales *packs;

static const ch_locale *
pack(ch_ctx *cx, const char *lang)
{
    const ch_locale *lo = NULL;
    ch_status        st = ch_locale_lookup(packs, cx, ch_str_from(lang), CH_NOWHERE, &lo);
    if (st != CH_OK) {
        ch_buf b;
        ch_buf_init(&b, cx->job);
        for (size_t i = 0; i < ch_diags_count(cx->diags); i++)
            ch_diag_print_text(&b, cx->diags, ch_diags_at(cx->diags, i));
        fprintf(stderr, "%s: %s\n", lang, b.p);
        exit(1);
    }
    return lo;
}

#define PLAIN 0
#define PLURAL 1
#define OPTIONAL 2
static const struct {
    const char *name;
    int         plural;
} all_labels[] = {
#define LABEL(name, kind, doc) {name, kind},
#include "locale/labels.def"
};

/* Every pack reads, and all but Pashto's have every label. */
static void
test_packs(ch_ctx *cx)
{
    static const char *const whole[] = {
        "en",    "en-US", "fr",  "es", "ru", "zh", "ar", "fa", "fa-AF", "de", "zh-Hant", "zh-HK",
        "ar-EG", "ar-SA", "prs", "he", "hi", "th", "el", "pt", "pt-BR", "tr", "uk",      "pl",
        "sv",    "da",    "it",  "nl", "nb", "no", "cs", "hu", "ur",    "ja", "ko"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        const ch_locale *lo = pack(cx, whole[i]);
        for (size_t k = 0; k < sizeof all_labels / sizeof *all_labels; k++)
            if (all_labels[k].plural != OPTIONAL && !ch_locale_has_label(lo, all_labels[k].name)) {
                fprintf(stderr, "%s has no %s\n", whole[i], all_labels[k].name);
                failures++;
            }
    }
    CHECK(ch_locale_rtl(pack(cx, "ps")) && ch_locale_rtl(pack(cx, "fa-AF")));
    CHECK(!ch_locale_rtl(pack(cx, "zh")));
    CHECK(ch_diags_count(cx->diags) == 0);
}

static void
test_lookup(ch_ctx *cx)
{
    const ch_locale *lo = NULL;
    CHECK(pack(cx, "fr-BE") == pack(cx, "fr") && pack(cx, "FR-be") == pack(cx, "fr"));
    CHECK(pack(cx, "en-us") == pack(cx, "en-US") && pack(cx, "en-GB") == pack(cx, "en"));
    CHECK(pack(cx, "zh-Hans-CN") == pack(cx, "zh"));
    SAME(ch_locale_label(pack(cx, "prs"), cx, "cc", CH_NOWHERE), "کاپی:");
    CHECK(ch_locale_find(packs, cx, CH_STR_LIT("la"), &lo) == CH_OK && !lo);
    CHECK(reported(cx, "E3001") == 0); /* E3001 is the asker's to say */
    CHECK(ch_locale_lookup(packs, cx, CH_STR_LIT("la"), CH_NOWHERE, &lo) == CH_ERR_INPUT && !lo);
    CHECK(reported(cx, "E3001") == 1);
}

/* A cell of a table: an = alone is empty, a _ a no-break space. */
static ch_str
cell_text(ch_ctx *cx, const char *cell)
{
    ch_buf b;
    ch_buf_init(&b, cx->job);
    for (const char *c = strcmp(cell, "=") == 0 ? "" : cell; *c; c++) {
        if (*c == '_')
            ch_buf_utf8(&b, 0xA0);
        else
            ch_buf_putc(&b, *c);
    }
    return ch_buf_view(&b);
}

typedef void use_row(ch_ctx *cx, char **cell, size_t n);

/* Give every row of a table of tests/cases/locale to a test; cells end with a tab. */
static size_t
each_row(ch_ctx *cx, const char *name, use_row *use)
{
    const char *src = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    char        path[4096], line[4096];
    size_t      rows = 0;
    snprintf(path, sizeof path, "%s/tests/cases/locale/%s", src, name);
    FILE *f = fopen(path, "r");
    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        char  *cell[40];
        size_t n                  = 0;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        for (char *c = line; c && n < 40; n++) {
            cell[n] = c;
            c       = strchr(c, '\t');
            if (c)
                *c++ = '\0';
        }
        rows++;
        use(cx, cell, n);
    }
    if (f)
        fclose(f);
    return rows;
}

static void
printed_row(ch_ctx *cx, char **cell, size_t n)
{
    CHECK(n == 6);
    ch_date_asked q    = {.iso       = ch_str_from(cell[1]),
                          .calendars = cell_text(cx, cell[2]),
                          .form      = cell_text(cx, cell[3]),
                          .lunar     = cell_text(cx, cell[4]),
                          .where     = CH_NOWHERE};
    ch_str        got  = ch_locale_date(pack(cx, cell[0]), cx, &q);
    ch_str        want = cell_text(cx, cell[5]);
    if (!ch_str_eq(got, want)) {
        failures++;
        fprintf(stderr, "%s %s: got \"%.*s\", not \"%.*s\"\n", cell[0], cell[1], CH_ARG(got),
                CH_ARG(want));
    }
}

static void
test_dates(ch_ctx *cx)
{
    CHECK(each_row(cx, "printed.tsv", printed_row) >= 50);
    CHECK(reported(cx, "E3006") == 0 && reported(cx, "W3043") == 0);
    CHECK(reported(cx, "W3003") > 0); /* of Pashto, and others */
}

/* What is wrong with a date, or to be said of it. */
static void
test_date_reports(ch_ctx *cx)
{
    static const struct {
        const char *lang, *iso, *calendars, *lunar, *code;
    } rows[] = {
        {"sv", "2024-06-15", "persian", "", "E3006"},
        {"en", "2024-06-15", "islamic", "", "W3004"},
        {"en", "2024-06-15", "gregorian islamic", "", "W3004"},
        {"en", "1882-11-11", "islamic", "", "E3040"},
        {"en", "2174-11-26", "islamic", "", "E3040"},
        {"en", "1799-03-20", "persian", "", "E3040"},
        {"en", "2123-03-21", "persian", "", "E3040"},
        {"en", "0622-07-18", "islamic-civil", "", "E3040"},
        {"th", "1940-12-31", "", "", "E3040"},
        {"en", "2024-06-15", "islamic", "1445-13-09", "E3041"},
        {"en", "2024-06-15", "islamic", "1445-12-31", "E3041"},
        {"en", "2024-06-15", "islamic", "9/12/1445", "E3041"},
        {"en", "2024-06-15", "islamic", "1445-12-06", "E3042"},
        {"en", "2024-06-15", "islamic", "1445-12-12", "E3042"},
        {"en", "2024-06-15", "islamic", "1446-12-09", "E3042"},
        {"en", "2024-06-15", "gregorian persian", "1445-12-09", "W3043"},
        {"en", "2024-06-15", "", "1445-12-09", "W3043"},
        {"en", "2024-06-15", "islamic", "1445-12-07", ""},
        {"en", "2024-06-15", "islamic", "1445-12-11", ""},
        {"en", "2024-07-07", "islamic", "1445-12-30", ""}, /* a month of 29 days in the tables */
        {"en", "1882-11-12", "islamic", "1300-01-01", ""},
        {"en", "1882-11-11", "islamic", "1299-12-30", ""}, /* given, outside the tables */
        {"en", "2123-03-20", "persian", "", ""},
        {"en", "1799-03-21", "persian", "", ""},
        {"th", "1941-01-01", "", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ch_ctx        one   = new_cx();
        ch_date_asked q     = {.iso       = ch_str_from(rows[i].iso),
                               .calendars = ch_str_from(rows[i].calendars),
                               .lunar     = ch_str_from(rows[i].lunar),
                               .where     = CH_NOWHERE};
        ch_str        got   = ch_locale_date(pack(cx, rows[i].lang), &one, &q);
        bool          error = rows[i].code[0] == 'E', none = rows[i].code[0] == '\0';
        size_t        n = ch_diags_count(one.diags) - reported(&one, "W3003");
        if (n != !none || (!none && reported(&one, rows[i].code) != 1) || (got.n == 0) != error) {
            failures++;
            fprintf(stderr, "%s %s: not %s alone\n", rows[i].iso, rows[i].calendars, rows[i].code);
        }
        free_cx(&one);
    }
}

/* tests/cases/locale/dates.tsv: Gregorian, Solar Hijri, Umm al-Qura, tabular. */
static void
calendars_row(ch_ctx *cx, char **cell, size_t n)
{
    static const char *const calendars[] = {"gregorian", "persian", "islamic", "islamic-civil"};
    CHECK(n == 4);
    for (size_t c = 0; c < 4; c++) {
        int32_t ymd[3] = {0};
        CHECK(ch_date_convert(cx, ch_str_from(cell[0]), ch_str_from(calendars[c]), ymd) == CH_OK);
        if (strcmp(cell[c], "-") != 0)
            SAME(ch_arena_printf(cx->job, "%04d-%02d-%02d", ymd[0], ymd[1], ymd[2]), cell[c]);
    }
}

static void
test_calendars(ch_ctx *cx)
{
    CHECK(each_row(cx, "dates.tsv", calendars_row) >= 12);
}

static void
test_valid(void)
{
    static const char *const good[] = {"2024-02-29", "2000-02-29", "0001-01-01",
                                       "9999-12-31", "2024",       "2024-12"};
    static const char *const bad[]  = {"2023-02-29", "1900-02-29", "2024-13-01",  "2024-00-10",
                                       "2024-04-31", "2024-4-1",   "24-04-01",    "0000-01-01",
                                       "",           "2024-",      "2024-01-01x", "2024/01/01",
                                       "2024-01-0a"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(ch_date_valid(ch_str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!ch_date_valid(ch_str_from(bad[i])));
}

static void
test_numbers(ch_ctx *cx)
{
    ch_arena        *a  = cx->job;
    const ch_locale *en = pack(cx, "en"), *fa = pack(cx, "fa"), *ru = pack(cx, "ru");
    char             style;
    SAME(ch_locale_number(en, a, 1234567), "1234567");
    SAME(ch_locale_count(en, a, 1234567), "1,234,567");
    SAME(ch_locale_count(en, a, 999), "999");
    SAME(ch_locale_count(pack(cx, "es"), a, 1234), "1234");
    SAME(ch_locale_count(pack(cx, "es"), a, 12345), "12\u00A0345");
    SAME(ch_locale_count(pack(cx, "hi"), a, 1234567), "12,34,567");
    SAME(ch_locale_count(pack(cx, "hi"), a, 123456789), "12,34,56,789");
    SAME(ch_locale_count(pack(cx, "hi"), a, 345), "345");
    SAME(ch_locale_count(pack(cx, "fr"), a, 1234), "1\u202F234");
    SAME(ch_locale_number(fa, a, 1403), "۱۴۰۳");
    SAME(ch_locale_count(fa, a, 12345), "۱۲٬۳۴۵");
    SAME(ch_locale_number(en, a, INT64_MIN), "\u22129223372036854775808");
    SAME(ch_locale_ordinal(en, a, 27, 'a'), "aa");
    SAME(ch_locale_ordinal(en, a, 702, 'A'), "ZZ");
    SAME(ch_locale_ordinal(en, a, 703, 'a'), "aaa");
    SAME(ch_locale_ordinal(en, a, 1994, 'I'), "MCMXCIV");
    SAME(ch_locale_ordinal(en, a, 4000, 'i'), "4000");
    SAME(ch_locale_ordinal(ru, a, 7, 'a'), "ж");
    SAME(ch_locale_ordinal(fa, a, 1, 'a'), "الف");
    SAME(ch_locale_list_mark(en, a, true, 1, 3, &style), "(c)");
    CHECK(style == 'a');
    SAME(ch_locale_list_mark(en, a, true, 2, 4, &style), "(iv)");
    SAME(ch_locale_list_mark(pack(cx, "fr"), a, true, 1, 3, &style), "c)");
    SAME(ch_locale_list_mark(en, a, false, 9, 1, &style), "·");
    CHECK(style == 0);
    SAME(ch_locale_list_mark(en, a, true, 3, 2, &style), "b.");
    SAME(ch_locale_list_mark(en, a, true, 5, 2, &style), "ii."); /* the fourth serves the fifth */
    SAME(ch_locale_list_mark(pack(cx, "de"), a, true, 4, 2, &style), "ii)");
}

static void
number_row(ch_ctx *cx, char **cell, size_t n)
{
    CHECK(n == 5);
    char             style;
    const ch_locale *lo = pack(cx, cell[0]);
    SAME(ch_locale_number(lo, cx->job, 1234567890), cell[1]);
    SAME(ch_locale_count(lo, cx->job, 12345), cell_text(cx, cell[2]).p);
    SAME(ch_locale_list_mark(lo, cx->job, true, 1, 3, &style), cell[3]);
    SAME(ch_locale_ordinal(lo, cx->job, 3, ch_locale_attachment_style(lo)), cell[4]);
}

/* Is there room between two marks that touch?  Where it is the marks' own, they have a space; full
 * squares have theirs. */
static bool
stand_apart(ch_ctx *cx, const ch_locale *lo, uint32_t a, uint32_t b)
{
    bool square = a >= 0x3000 && a <= 0x303F;
    return square || a == 0xA0 || a == 0x202F || b == 0xA0 || b == 0x202F ||
           ch_typography_room_after(ch_locale_typography(lo), a, b) ||
           ch_typography_room_after(ch_locale_typography(pack(cx, "und")), a, b);
}

static void
all_stand_apart(ch_ctx *cx, const ch_locale *lo, ch_str marks)
{
    size_t   at     = 0;
    uint32_t before = ch_utf8_next(marks, &at);
    while (at < marks.n) {
        uint32_t mark = ch_utf8_next(marks, &at);
        if (!stand_apart(cx, lo, before, mark)) {
            failures++;
            fprintf(stderr, "no room between U+%04X and U+%04X\n", before, mark);
        }
        before = mark;
    }
}

static void
quote_row(ch_ctx *cx, char **cell, size_t n)
{
    CHECK(n == 3);
    const ch_locale *lo = pack(cx, cell[0]);
    ch_buf           open, close;
    ch_buf_init(&open, cx->job);
    ch_buf_init(&close, cx->job);
    for (int level = 0; level < 3; level++) {
        ch_buf_str(&open, ch_locale_quote_open(lo, level % 2));
        ch_buf_str(&close, ch_locale_quote_close(lo, level % 2));
    }
    SAME(ch_buf_view(&open), cell_text(cx, cell[1]).p);
    SAME(ch_buf_view(&close), cell_text(cx, cell[2]).p);
    all_stand_apart(cx, lo, ch_buf_view(&open));
    all_stand_apart(cx, lo, ch_buf_view(&close));
}

/* Digits of each language, and numbering systems by name. */
static void
test_digits(ch_ctx *cx)
{
    static const char *const good[] = {"latn", "arab",    "arabext",  "deva",
                                       "beng", "hanidec", "mathsans", "০১২৩৪৫৬৭৮৯"};
    static const char *const bad[]  = {
         "roman",     "hans",        "",           "nonsense",
         "০১২৩৪৫৬৭৮", "০১২৩৪৫৬৭৮৯০", "0123456789", "a name that is far too long to be one"};
    ch_digits d;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(ch_digits_named(ch_str_from(good[i]), &d) && d.digit[9] > 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!ch_digits_named(ch_str_from(bad[i]), &d));
    CHECK(each_row(cx, "numbers.tsv", number_row) >= 12);
    CHECK(each_row(cx, "quotes.tsv", quote_row) >= 33);
}

static void
test_labels(ch_ctx *cx)
{
    ch_arena        *a  = cx->job;
    const ch_locale *en = pack(cx, "en"), *ru = pack(cx, "ru"), *ps = pack(cx, "ps");
    SAME(ch_locale_label_n(en, cx, "signatory-count", 1, CH_NOWHERE), "1 signatory");
    SAME(ch_locale_label_n(en, cx, "signatory-count", 1212, CH_NOWHERE), "1,212 signatories");
    SAME(ch_locale_label_n(ru, cx, "country-count", 31, CH_NOWHERE), "31 страны");
    SAME(ch_locale_label_n(ru, cx, "country-count", 5, CH_NOWHERE), "5 стран");
    SAME(ch_locale_label(ru, cx, "subject", CH_NOWHERE), "");
    SAME(ch_locale_label(pack(cx, "en-US"), cx, "annex", CH_NOWHERE), "Annex");
    CHECK(ch_diags_count(cx->diags) == 0);
    SAME(ch_locale_label(ps, cx, "annex", CH_NOWHERE), "ضمیمه");
    SAME(ch_locale_label(ps, cx, "annex", CH_NOWHERE), "ضمیمه");
    CHECK(reported(cx, "W3003") == 1);
    CHECK(!ch_locale_has_label(ps, "level-official"));
    SAME(ch_locale_label(ps, cx, "level-official", CH_NOWHERE), "");
    SAME(ch_locale_label(en, cx, "no-such-label", CH_NOWHERE), "");
    CHECK(reported(cx, "E3002") == 2); /* E3002: never another language's text */
    ch_fill fill[] = {{"page", CH_STR_LIT("2")}, {"pages", CH_STR_LIT("5")}};
    SAME(ch_locale_fill(a, ch_locale_label(en, cx, "page-of", CH_NOWHERE), fill, 2), "Page 2 of 5");
    SAME(ch_locale_fill(a, CH_STR_LIT("{page}{x} {page"), fill, 2), "2{x} {page");
    ch_str items[] = {CH_STR_LIT("A"), CH_STR_LIT("B"), CH_STR_LIT("C")};
    SAME(ch_locale_list(en, a, items, 3), "A, B and C");
    SAME(ch_locale_list(pack(cx, "en-US"), a, items, 3), "A, B, and C");
    SAME(ch_locale_list(pack(cx, "zh"), a, items, 2), "A和B");
    SAME(ch_locale_list(en, a, items, 1), "A");
    SAME(ch_locale_quote_open(pack(cx, "fr"), 0), "«\u00A0");
    SAME(ch_locale_quote_close(pack(cx, "fr"), 1), "”");
    SAME(ch_locale_salute_end(pack(cx, "es")), ":");
    SAME(ch_locale_country(pack(cx, "fr"), a, CH_STR_LIT("DE")), "Allemagne");
    SAME(ch_locale_country(en, a, CH_STR_LIT("QQ")), "QQ");
    SAME(ch_locale_country(en, a, CH_STR_LIT("ZZ")), "ZZ");
    SAME(ch_locale_country(en, a, CH_STR_LIT("TZ")), "United Republic of Tanzania");
    SAME(ch_locale_country(pack(cx, "en-US"), a, CH_STR_LIT("TR")), "Türkiye");
    SAME(ch_locale_country(pack(cx, "fr"), a, CH_STR_LIT("TZ")), "République-Unie de Tanzanie");
    SAME(ch_locale_country(pack(cx, "de"), a, CH_STR_LIT("TZ")), "Tansania");
    CHECK(ch_locale_observer(en, CH_STR_LIT("VA")) && !ch_locale_observer(en, CH_STR_LIT("IT")) &&
          !ch_locale_observer(en, CH_STR_LIT("Vatican")));
    SAME(ch_locale_country(en, a, CH_STR_LIT("Exampleland")), "Exampleland");
}

static bool
in_order(ch_ctx *cx, const char *lang, const char *const *words, size_t n)
{
    ch_collator *c = NULL;
    if (ch_collator_open(cx, cx->job, ch_str_from(lang), &c) != CH_OK)
        return false;
    for (size_t i = 1; i < n; i++) {
        ch_str a = ch_collation_key(c, cx->job, ch_str_from(words[i - 1]));
        ch_str b = ch_collation_key(c, cx->job, ch_str_from(words[i]));
        if (ch_str_cmp(a, b) >= 0)
            return false;
    }
    return true;
}

static void
sorted_row(ch_ctx *cx, char **cell, size_t n)
{
    bool        in = cell[0][0] != '!';
    const char *words[40];
    for (size_t i = 1; i < n; i++)
        words[i - 1] = cell[i];
    if (n < 3 || in_order(cx, cell[0] + !in, words, n - 1) != in) {
        failures++;
        fprintf(stderr, "%s: %s ... is%s the order of the language\n", cell[0], cell[1],
                in ? " not" : "");
    }
}

static void
label_row(ch_ctx *cx, char **cell, size_t n)
{
    CHECK(n == 4);
    ch_ctx           one    = new_cx();
    const ch_locale *lo     = pack(cx, cell[1]);
    bool             plural = false, none = strcmp(cell[3], "-") == 0;
    for (size_t k = 0; k < sizeof all_labels / sizeof *all_labels; k++)
        plural = plural || (all_labels[k].plural && strcmp(all_labels[k].name, cell[0]) == 0);
    ch_str want = none ? CH_STR_EMPTY : cell_text(cx, cell[3]);
    ch_str got  = plural ? ch_locale_label_n(lo, &one, cell[0], 2, CH_NOWHERE)
                         : ch_locale_label(lo, &one, cell[0], CH_NOWHERE);
    if (plural) { /* its {n} is filled already */
        ch_fill two = {"n", ch_locale_number(lo, cx->job, 2)};
        want        = ch_locale_fill(cx->job, want, &two, 1);
    }
    const char *code = none ? "E3002" : cell[2][0] == 'r' ? "W3003" : "";
    if (!ch_str_eq(got, want) || ch_diags_count(one.diags) != (*code != '\0') ||
        (*code && reported(&one, code) != 1)) {
        failures++;
        fprintf(stderr, "%s in %s: got \"%.*s\", not \"%.*s\" %s\n", cell[0], cell[1], CH_ARG(got),
                CH_ARG(want), code);
    }
    free_cx(&one);
}

static void
language_row(ch_ctx *cx, char **cell, size_t n)
{
    CHECK(n == 4);
    const ch_locale *lo = pack(cx, cell[0]);
    SAME(ch_locale_language(lo, cx, ch_str_from(cell[1]), false, CH_NOWHERE), cell[2]);
    SAME(ch_locale_language(lo, cx, ch_str_from(cell[1]), true, CH_NOWHERE), cell[3]);
}

/* The tables of phrases, of names of languages and of sorted words. */
static void
test_tables(ch_ctx *cx)
{
    CHECK(each_row(cx, "labels.tsv", label_row) >= 180);
    CHECK(each_row(cx, "languages.tsv", language_row) >= 20);
    CHECK(reported(cx, "E3002") == 0);
    SAME(ch_locale_language(pack(cx, "en"), cx, CH_STR_LIT("la"), false, CH_NOWHERE), "");
    CHECK(reported(cx, "E3002") == 1);
    CHECK(each_row(cx, "sorted.tsv", sorted_row) >= 25);
}

static void
test_collation(ch_ctx *cx)
{
    static const char *const en[] = {"Eagle", "Ébrié", "Egret", "Estonia", "État", "Zebra", "Öre"};
    static const char *const sv[] = {"Zebra", "Öre"};
    static const char *const fa[] = {"نام", "وزیر", "هند", "یار"};
    CHECK(in_order(cx, "en", en, 6) && !in_order(cx, "en", en, 7));
    CHECK(in_order(cx, "sv", sv, 2) && !in_order(cx, "de", sv, 2));
    CHECK(in_order(cx, "fa", fa, 4));
    SAME(ch_text_nfc(cx, cx->job, CH_STR_LIT("E\u0301tat")), "État");
    SAME(ch_text_nfc(cx, cx->job, CH_STR_LIT("plain")), "plain");
    SAME(ch_text_nfc(cx, cx->job, CH_STR_LIT("می\u200Cشود")), "می\u200Cشود");
}

/* Packs of our own making, in the folder of the test. */
static void
test_bad_packs(ch_ctx *cx)
{
    static const struct {
        const char *lang, *text, *code;
    } rows[] = {
        {"xa", "<locale xmlns='urn:chancery:locale:1' xml:lang='xa' extends='xb'/>", "E3005"},
        {"xb", "<locale xmlns='urn:chancery:locale:1' xml:lang='xb' extends='xa'/>", "E3005"},
        {"xc", "<locale xmlns='urn:chancery:locale:1' xml:lang='xd'/>", "E3005"},
        {"xe",
         "<locale xmlns='urn:chancery:locale:1' xml:lang='xe'><labels>"
         "<label name='nonsense'>x</label></labels></locale>",
         "E3005"},
        {"xf",
         "<locale xmlns='urn:chancery:locale:1' xml:lang='xf'><labels>"
         "<label name='annex'><form when='other'>x</form></label></labels></locale>",
         "E3005"},
        {"xg",
         "<locale xmlns='urn:chancery:locale:1' xml:lang='xg'><labels>"
         "<label name='country-count'><form when='one'>x</form></label></labels></locale>",
         "E3005"},
        {"xh",
         "<locale xmlns='urn:chancery:locale:1' xml:lang='xh'><dates>"
         "<days calendar='persian'><month n='2'>x</month></days></dates></locale>",
         "E3005"},
        {"xi", "<locale xmlns='urn:chancery:locale:1' xml:lang='xi' extends='xz'/>", "E3001"},
        {"xj", "<locale xmlns='urn:chancery:locale:1' xml:lang='xj'>", "E2001"},
    };
    ch_locales *own = NULL;
    const char *tmp = getenv("TMPDIR");
    ch_str      dir = ch_str_from(tmp ? tmp : "/tmp");
    CHECK(ch_locales_new(cx, dir, &own) == CH_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ch_str path = ch_arena_printf(cx->job, "%s/%s.xml", dir.p, rows[i].lang);
        FILE  *f    = fopen(path.p, "w");
        CHECK(f && fputs(rows[i].text, f) >= 0 && fclose(f) == 0);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ch_ctx           one = new_cx();
        const ch_locale *lo  = NULL;
        ch_status st = ch_locale_lookup(own, &one, ch_str_from(rows[i].lang), CH_NOWHERE, &lo);
        if (st != CH_ERR_INPUT || lo || reported(&one, rows[i].code) == 0) {
            failures++;
            fprintf(stderr, "pack %s: no %s\n", rows[i].lang, rows[i].code);
        }
        free_cx(&one);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        remove(ch_arena_printf(cx->job, "%s/%s.xml", dir.p, rows[i].lang).p);
    ch_locales_free(own);
}

static void *
ask(void *arg)
{
    ch_ctx cx = new_cx();
    bool  *ok = arg;
    *ok       = true;
    for (int i = 0; i < 50; i++) {
        const ch_locale         *lo     = NULL;
        static const char *const tags[] = {"fr-BE", "prs", "en-US", "ru", "ps"};
        if (ch_locale_lookup(packs, &cx, ch_str_from(tags[i % 5]), CH_NOWHERE, &lo) != CH_OK ||
            ch_locale_label_n(lo, &cx, "country-count", i, CH_NOWHERE).n == 0)
            *ok = false;
    }
    free_cx(&cx);
    return NULL;
}

static void
test_threads(void)
{
    pthread_t t[8];
    bool      ok[8];
    for (int i = 0; i < 8; i++)
        CHECK(pthread_create(&t[i], NULL, ask, &ok[i]) == 0);
    for (int i = 0; i < 8; i++) {
        pthread_join(t[i], NULL);
        CHECK(ok[i]);
    }
}

int
main(void)
{
    if (setjmp(guard.env) != 0) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    const char *src = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    char        folder[4096];
    snprintf(folder, sizeof folder, "%s/styles/locales", src);
    ch_ctx cx = new_cx();
    if (ch_locales_new(&cx, ch_str_from(folder), &packs) != CH_OK)
        return 1;
    test_threads();
    static void (*const tests[])(ch_ctx *) = {
        test_packs,     test_lookup,       test_dates,  test_numbers, test_labels,   test_collation,
        test_bad_packs, test_date_reports, test_tables, test_digits,  test_calendars};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        ch_ctx one = new_cx();
        tests[i](&one);
        free_cx(&one);
    }
    test_valid();
    ch_locales_free(packs);
    free_cx(&cx);
    return failures > 0;
}
