/* tests/unit/protocol_test.c -- forms of address: those of tests/cases/protocol/forms.case, what
 * is accepted, and whose a salutation is. */
#include "protocol/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int          failures;
static ch_guard     guard;
static ch_protocol *protocol;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static void
same(int line, ch_str got, const char *want)
{
    if (ch_str_is(got, want))
        return;
    failures++;
    fprintf(stderr, "line %d: got \"%.*s\", not \"%s\"\n", line, CH_ARG(got), want);
}

/* ---- the table of forms ---- */

enum { COLUMNS = 7 };

/* The columns of a line, in place; false for one that is a remark. */
static bool
columns(char *line, char *at[COLUMNS])
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    for (int i = 0; i < COLUMNS; i++) {
        at[i]    = line ? line : (char[]){""};
        char *to = line ? strchr(line, '|') : NULL;
        if (to)
            *to++ = '\0';
        line = to;
    }
    return true;
}

static void
test_forms(ch_ctx *cx)
{
    typedef ch_status   asked(ch_protocol *, ch_ctx *, const ch_addressed *, ch_str *);
    static asked *const ask[] = {ch_protocol_honorific, ch_protocol_salute, ch_protocol_courtesy};
    const char         *src   = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    FILE *f = fopen(ch_arena_printf(cx->job, "%s/tests/cases/protocol/forms.case", src).p, "r");
    char  line[1024], *c[COLUMNS];
    int   n = 0;
    for (int k = 1; f && fgets(line, sizeof line, f); k++) {
        if (!columns(line, c))
            continue;
        ch_addressed to = {.lang   = ch_str_from(c[0]),
                           .rank   = ch_str_from(c[1]),
                           .gender = ch_str_from(c[2]),
                           .plural = strcmp(c[3], "several") == 0};
        for (int i = 0; i < 3; i++) {
            ch_str got;
            CHECK(ask[i](protocol, cx, &to, &got) == CH_OK);
            same(k, got, strcmp(c[4 + i], "-") == 0 ? "" : c[4 + i]);
        }
        n++;
    }
    CHECK(n >= 40);
    if (f)
        fclose(f);
}

/* ---- what is accepted ---- */

static bool
accepts(ch_ctx *cx, const char *lang, const char *rank, const char *gender, const char *text)
{
    ch_addressed     to = {ch_str_from(lang), ch_str_from(rank), ch_str_from(gender), false};
    ch_accepted_list all;
    CHECK(ch_protocol_accepted(protocol, cx, &to, &all) == CH_OK);
    for (size_t i = 0; i < all.n; i++) {
        CHECK(all.at[i].source.n > 0);
        if (ch_str_is(all.at[i].text, text))
            return true;
    }
    return false;
}

static void
test_accepted(ch_ctx *cx)
{
    CHECK(accepts(cx, "en", "ambassador", "m", "Excellency,"));
    CHECK(accepts(cx, "en", "ambassador", "m", "Sir,"));
    CHECK(!accepts(cx, "en", "ambassador", "f", "Sir,"));
    CHECK(accepts(cx, "en", "ambassador", "", "Sir,"));
    CHECK(!accepts(cx, "en", "ambassador", "m", "Mr. President,"));
    CHECK(accepts(cx, "en-US", "president-of-council", "m", "Mr. President,"));
    CHECK(!accepts(cx, "en", "charge", "m", "Excellency,"));
    CHECK(!accepts(cx, "en", "courier", "m", "Excellency,"));
    CHECK(accepts(cx, "zh", "secretary-general", "f", "秘书长女士："));
}

/* "rank rank/g; rank/f", as whose the text is. */
static ch_str
whose(ch_ctx *cx, const char *lang, const char *text)
{
    ch_accepted_list all;
    ch_buf           b;
    ch_buf_init(&b, cx->job);
    CHECK(ch_protocol_whose(protocol, cx, ch_str_from(lang), ch_str_from(text), &all) == CH_OK);
    for (size_t i = 0; i < all.n; i++)
        ch_buf_printf(&b, "%s%.*s/%c", i > 0 ? "; " : "", CH_ARG(all.at[i].ranks),
                      all.at[i].gender ? all.at[i].gender : '-');
    return ch_buf_view(&b);
}

static void
test_whose(ch_ctx *cx)
{
    same(__LINE__, whose(cx, "en", "Your Beatitude"), "patriarch/-");
    same(__LINE__, whose(cx, "en", "Mr. Secretary-General:"), "secretary-general/m");
    same(__LINE__, whose(cx, "en", "Dear friend,"), "");
    same(__LINE__, whose(cx, "fr", "Madame l'Ambassadrice,"),
         "ambassador permanent-representative/f");
    same(__LINE__, whose(cx, "ru", "господин Министр"), "foreign-minister minister/m");
    same(__LINE__, whose(cx, "ar", "فخامة الرئيسة"), "head-of-state/f");
    same(__LINE__, whose(cx, "eo", "Ekscelenco,"), "");
}

static void
test_vocatives(ch_ctx *cx)
{
    static const char *const of[][4] = {
        {"en", "ambassador", "f", "Excellency"},
        {"en", "charge", "f", "Madam"},
        {"fr", "ambassador", "f", "Madame l’Ambassadrice"},
        {"ru", "ambassador", "m", "господин Посол"},
        {"cs", "minister", "f", "paní ministryně"},
        {"zh", "monarch", "m", "陛下"},
        {"en", "courier", "m", ""},
    };
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        ch_addressed to = {ch_str_from(of[i][0]), ch_str_from(of[i][1]), ch_str_from(of[i][2]),
                           false};
        ch_str       got;
        CHECK(ch_protocol_vocative(protocol, cx, &to, &got) == CH_OK);
        same(__LINE__, got, of[i][3]);
    }
}

/* Names of sources are told in words, and one that is not known stands for itself. */
static void
test_sources(ch_ctx *cx)
{
    same(__LINE__, ch_protocol_sources(protocol, cx, CH_STR_LIT("K-H")), "general custom");
    same(__LINE__, ch_protocol_sources(protocol, cx, CH_STR_LIT("K-H Z9 K-M")),
         "general custom; Z9; general custom, not confirmed");
}

int
main(void)
{
    const char *src = getenv("CHANCERY_SRC") ? getenv("CHANCERY_SRC") : ".";
    ch_ctx      cx  = {.job = ch_arena_new(0), .scratch = ch_arena_new(0)};
    if (setjmp(guard.env) != 0) {
        fprintf(stderr, "out of memory\n");
        return 1;
    }
    ch_arena_guard(cx.job, &guard);
    ch_arena_guard(cx.scratch, &guard);
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    if (ch_protocol_new(&cx, ch_arena_printf(cx.job, "%s/styles/protocol", src), &protocol) !=
        CH_OK)
        return 1;
    test_forms(&cx);
    test_accepted(&cx);
    test_whose(&cx);
    test_vocatives(&cx);
    test_sources(&cx);
    ch_protocol_free(protocol);
    ch_arena_free(cx.scratch);
    ch_arena_free(cx.job);
    return failures > 0;
}
