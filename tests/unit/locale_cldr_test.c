/* tests/unit/locale_cldr_test.c -- the packs beside the CLDR data of ICU: names of months, quotation
 * marks, patterns of lists, groups of digits.  tests/cases/locale/cldr.tsv says where a pack differs, and why. */
#include "locale/locale.h"
#include "locale/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/ulistformatter.h>
#include <unicode/ulocdata.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { MOST = 200 };

static int      failures;
static ch_guard guard;

/* A difference that is meant: language, what, why. */
static struct {
    char text[512];
    bool seen;
} meant[MOST];
static size_t n_meant;

static void
read_meant(const char *src)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/tests/cases/locale/cldr.tsv", src);
    FILE *f = fopen(path, "r");
    while (f && n_meant < MOST && fgets(meant[n_meant].text, sizeof meant[0].text, f))
        if (meant[n_meant].text[0] != '#')
            n_meant++;
    if (!f || fclose(f) != 0 || n_meant == MOST)
        failures++;
}

/* The two must be equal, or their difference listed with a reason. */
static void
compare(const char *lang, const char *what, ch_str ours, ch_str icu)
{
    char key[128];
    if (ch_str_eq(ours, icu))
        return;
    int n = snprintf(key, sizeof key, "%s\t%s\t", lang, what);
    for (size_t i = 0; i < n_meant; i++)
        if (strncmp(meant[i].text, key, (size_t)n) == 0 && strlen(meant[i].text) > (size_t)n + 8) {
            meant[i].seen = true;
            return;
        }
    failures++;
    fprintf(stderr, "%s %s: the pack has \"%.*s\", CLDR \"%.*s\"\n", lang, what, CH_ARG(ours),
            CH_ARG(icu));
}

static ch_str
utf8(ch_arena *a, const UChar *u, int32_t n)
{
    UErrorCode err  = U_ZERO_ERROR;
    int32_t    len  = 0;
    char      *text = ch_arena_alloc(a, (size_t)n * 3 + 1);
    u_strToUTF8(text, n * 3 + 1, &len, u, n, &err);
    return (ch_str){text, (size_t)len};
}

static void
compare_months(ch_ctx *cx, const ch_locale *lo, const char *lang, const char *icu, ch_calendar c)
{
    static const UDateFormatSymbolType types[2] = {UDAT_MONTHS, UDAT_STANDALONE_MONTHS};
    char                               name[64], what[64];
    UErrorCode                         err = U_ZERO_ERROR;
    UChar                              u[128];
    snprintf(name, sizeof name, "%s@calendar=%s", icu, ch_calendars[c].name);
    UDateFormat *f = udat_open(UDAT_LONG, UDAT_LONG, name, NULL, 0, NULL, 0, &err);
    for (int32_t i = 0; i < CH_MONTHS * 2; i++) {
        int32_t m     = i % CH_MONTHS;
        bool    alone = i >= CH_MONTHS;
        int32_t n     = udat_getSymbols(f, types[alone], m, u, 128, &err);
        snprintf(what, sizeof what, "%s months%s", ch_calendars[c].name, alone ? " alone" : "");
        ch_str ours = alone ? lo->days[c].alone[m] : lo->days[c].month[m];
        compare(lang, what, ours, U_SUCCESS(err) ? utf8(cx->job, u, n) : CH_STR_EMPTY);
    }
    udat_close(f);
}

static void
compare_quotes(ch_ctx *cx, const ch_locale *lo, const char *lang, const char *icu)
{
    UErrorCode   err = U_ZERO_ERROR;
    ULocaleData *d   = ulocdata_open(icu, &err);
    for (int i = 0; i < 4; i++) {
        UChar   u[16];
        int32_t n = ulocdata_getDelimiter(d, (ULocaleDataDelimiterType)i, u, 16, &err);
        compare(lang, i < 2 ? "quotes" : "inner quotes", lo->quote[i / 2][i % 2],
                U_SUCCESS(err) ? utf8(cx->job, u, n) : CH_STR_EMPTY);
    }
    ulocdata_close(d);
}

static void
compare_lists(ch_ctx *cx, const ch_locale *lo, const char *lang, const char *icu)
{
    static const UChar  abc[4][2] = {{'A', 0}, {'B', 0}, {'C', 0}, {'D', 0}};
    const UChar        *items[4]  = {abc[0], abc[1], abc[2], abc[3]};
    static const ch_str ours[4]   = {{"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}};
    UErrorCode          err       = U_ZERO_ERROR;
    UListFormatter     *f = ulistfmt_openForType(icu, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &err);
    for (int n = 2; n <= 4; n += 2) {
        UChar   u[128];
        int32_t len = ulistfmt_format(f, items, NULL, n, u, 128, &err);
        compare(lang, n == 2 ? "pair" : "list", ch_locale_list(lo, cx->job, ours, (size_t)n),
                U_SUCCESS(err) ? utf8(cx->job, u, len) : CH_STR_EMPTY);
    }
    ulistfmt_close(f);
}

/* How many digits are in the first group of a number, and in the others. */
static void
compare_groups(ch_ctx *cx, const ch_locale *lo, const char *lang, const char *icu)
{
    UErrorCode     err   = U_ZERO_ERROR;
    UNumberFormat *f     = unum_open(UNUM_DECIMAL, NULL, 0, icu, NULL, &err);
    int32_t        first = unum_getAttribute(f, UNUM_GROUPING_SIZE);
    int32_t        rest  = unum_getAttribute(f, UNUM_SECONDARY_GROUPING_SIZE);
    compare(lang, "groups", ch_arena_printf(cx->job, "3 %u", lo->group_rest),
            U_SUCCESS(err) ? ch_arena_printf(cx->job, "%d %d", first, rest > 0 ? rest : first)
                           : CH_STR_EMPTY);
    unum_close(f);
}

int
main(void)
{
    /* ICU's Portuguese is that of Brazil when nothing else is said. */
    static const struct {
        const char *lang, *icu;
    } packs[]       = {{"en", "en_GB"},    {"en-US", "en_US"}, {"fr", "fr"},       {"es", "es"},
                       {"ru", "ru"},       {"de", "de"},       {"zh", "zh"},       {"zh-Hant", "zh_Hant"},
                       {"ar", "ar"},       {"ar-EG", "ar_EG"}, {"ar-SA", "ar_SA"}, {"fa", "fa"},
                       {"fa-AF", "fa_AF"}, {"ps", "ps"},       {"he", "he"},       {"hi", "hi"},
                       {"th", "th"},       {"el", "el"},       {"pt", "pt_PT"},    {"pt-BR", "pt_BR"},
                       {"tr", "tr"},       {"uk", "uk"},       {"pl", "pl"},       {"sv", "sv"},
                       {"da", "da"},       {"it", "it"},       {"nl", "nl"},       {"nb", "nb"},
                       {"cs", "cs"},       {"hu", "hu"},       {"ur", "ur"},       {"ja", "ja"},
                       {"ko", "ko"}};
    ch_ctx      cx  = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    const char *src = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    ch_locales *all = NULL;
    if (setjmp(guard.env) != 0)
        return 1;
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    read_meant(src);
    if (ch_locales_new(&cx, ch_arena_printf(cx.job, "%s/styles/locales", src), &all) != CH_OK)
        return 1;
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        const ch_locale *lo = NULL;
        if (ch_locale_lookup(all, &cx, ch_str_from(packs[i].lang), CH_NOWHERE, &lo) != CH_OK)
            return 1;
        for (int c = 0; c < CH_CALENDARS; c++)
            if (lo->days[c].has)
                compare_months(&cx, lo, packs[i].lang, packs[i].icu, (ch_calendar)c);
        compare_quotes(&cx, lo, packs[i].lang, packs[i].icu);
        compare_lists(&cx, lo, packs[i].lang, packs[i].icu);
        compare_groups(&cx, lo, packs[i].lang, packs[i].icu);
    }
    for (size_t i = 0; i < n_meant; i++)
        if (!meant[i].seen) {
            failures++;
            fprintf(stderr, "cldr.tsv: no such difference: %s", meant[i].text);
        }
    ch_locales_free(all);
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    return failures > 0;
}
