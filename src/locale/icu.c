/* locale/icu.c -- what ICU knows of languages: plural rules, collation, countries, NFC. */
#include "locale/locale.h"

#include "locale/amounts.h"
#include "locale/pack.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/unum.h>
#include <unicode/unumsys.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

static ch_status
failed(ch_ctx *cx, const char *what, UErrorCode err)
{
    ch_report(cx, CH_E3007_icu_failed, CH_NOWHERE, what, u_errorName(err));
    return CH_ERR_HOST;
}

/* ICU's name of a locale for a language tag. */
static void
icu_locale(ch_str lang, char out[ULOC_FULLNAME_CAPACITY])
{
    char       tag[64];
    UErrorCode err = U_ZERO_ERROR;
    size_t     n   = lang.n < sizeof tag ? lang.n : sizeof tag - 1;
    memcpy(tag, lang.p, n);
    tag[n] = '\0';
    uloc_forLanguageTag(tag, out, ULOC_FULLNAME_CAPACITY, NULL, &err);
    if (U_FAILURE(err) || err == U_STRING_NOT_TERMINATED_WARNING)
        out[0] = '\0';
}

/* In UTF-16, which is never more units than the UTF-8 has bytes. */
static UChar *
to_utf16(ch_arena *a, ch_str s, int32_t *n)
{
    UErrorCode err = U_ZERO_ERROR;
    UChar     *u   = CH_NEW_N(a, UChar, s.n + 1);
    u_strFromUTF8WithSub(u, (int32_t)s.n + 1, n, s.p, (int32_t)s.n, 0xFFFD, NULL, &err);
    if (U_FAILURE(err))
        *n = 0;
    return u;
}

static ch_str
to_utf8(ch_arena *a, const UChar *u, int32_t n)
{
    UErrorCode err  = U_ZERO_ERROR;
    int32_t    room = n * 3 + 1, len = 0;
    char      *p = ch_arena_alloc(a, (size_t)room);
    u_strToUTF8(p, room, &len, u, n, &err);
    return U_SUCCESS(err) ? (ch_str){p, (size_t)len} : CH_STR_EMPTY;
}

/* ---- plural forms ---- */

void
ch_plurals_close(void *plurals)
{
    if (plurals)
        uplrules_close(plurals);
}

/* Opening the rules is slow and most letters need none: when first asked, for good. */
static const UPluralRules *
plural_rules(const ch_locale *lo, UErrorCode *err)
{
    char name[ULOC_FULLNAME_CAPACITY];
    pthread_mutex_lock(lo->lock);
    if (!lo->plurals) {
        icu_locale(lo->lang, name);
        UPluralRules *rules = uplrules_open(name, err);
        if (U_SUCCESS(*err))
            ((ch_locale *)lo)->plurals = rules;
    }
    const UPluralRules *rules = lo->plurals;
    pthread_mutex_unlock(lo->lock);
    return rules;
}

static int
plural_form(const ch_locale *lo, ch_ctx *cx, int64_t n)
{
    static const char *const words[CH_FORMS] = {"zero", "one", "two", "few", "many", "other"};
    UErrorCode               err             = U_ZERO_ERROR;
    const UPluralRules      *rules           = plural_rules(lo, &err);
    UChar                    key[16];
    char                     got[16];
    if (rules)
        uplrules_select(rules, (double)n, key, 15, &err);
    if (!rules || U_FAILURE(err)) {
        failed(cx, "choose a plural form", err);
        return CH_FORM_OTHER;
    }
    key[15] = 0;
    u_UCharsToChars(key, got, u_strlen(key) + 1);
    for (int i = 0; i < CH_FORMS; i++)
        if (strcmp(got, words[i]) == 0)
            return i;
    return CH_FORM_OTHER;
}

ch_str
ch_locale_label_n(const ch_locale *lo, ch_ctx *cx, const char *name, int64_t n, ch_where where)
{
    int at = ch_pack_label_index(name, strlen(name));
    if (at < 0 || !lo->label[at].has || !ch_pack_label_is_plural(at)) {
        ch_report(cx, CH_E3002_no_label, where, CH_ARG(lo->lang), name);
        return CH_STR_EMPTY;
    }
    const ch_pack_label *l      = &lo->label[at];
    bool                 choice = false; /* a text of one form needs no rules */
    for (int i = 0; i < CH_FORM_OTHER; i++)
        choice = choice || l->form[i].p;
    ch_str text = l->form[choice ? plural_form(lo, cx, n) : CH_FORM_OTHER];
    if (!text.p)
        text = l->form[CH_FORM_OTHER];
    if (l->review)
        ch_pack_says_review(lo, cx, name);
    ch_fill fill = {"n", ch_locale_count(lo, cx->job, n)};
    return ch_locale_fill(cx->job, text, &fill, 1);
}

/* ---- collation ---- */

struct ch_collator {
    UCollator *icu;
};

static void
close_collator(void *c)
{
    ucol_close(c);
}

ch_status
ch_collator_open(ch_ctx *cx, ch_arena *a, ch_str lang, ch_collator **out)
{
    char         name[ULOC_FULLNAME_CAPACITY];
    UErrorCode   err = U_ZERO_ERROR;
    ch_collator *c   = CH_NEW(a, ch_collator);
    icu_locale(lang, name);
    *out   = NULL;
    c->icu = ucol_open(name, &err);
    if (U_FAILURE(err))
        return failed(cx, "open the collation of a language", err);
    ch_arena_defer(a, close_collator, c->icu);
    *out = c;
    return CH_OK;
}

ch_str
ch_collation_key(const ch_collator *c, ch_arena *a, ch_str text)
{
    int32_t n = 0;
    UChar  *u = to_utf16(a, text, &n);
    /* The key with its ending zero, which sorts before any other byte. */
    int32_t  size = ucol_getSortKey(c->icu, u, n, NULL, 0);
    uint8_t *key  = ch_arena_alloc(a, (size_t)size + 1);
    ucol_getSortKey(c->icu, u, n, key, size);
    return (ch_str){(const char *)key, (size_t)(size > 0 ? size - 1 : 0)};
}

/* ---- digits ---- */

ch_str
ch_icu_digits(ch_str name, char *buf, size_t room)
{
    char              z[32];
    UChar             u[32];
    UErrorCode        err = U_ZERO_ERROR;
    int32_t           n = 0, len = 0;
    UNumberingSystem *system = NULL;
    if (name.n == 0 || name.n >= sizeof z)
        return CH_STR_EMPTY;
    memcpy(z, name.p, name.n);
    z[name.n] = '\0';
    system    = unumsys_openByName(z, &err);
    if (U_SUCCESS(err) && !unumsys_isAlgorithmic(system) && unumsys_getRadix(system) == 10)
        n = unumsys_getDescription(system, u, 32, &err);
    u_strToUTF8(buf, (int32_t)room, &len, u, U_SUCCESS(err) ? n : 0, &err);
    unumsys_close(system);
    return U_SUCCESS(err) ? (ch_str){buf, (size_t)len} : CH_STR_EMPTY;
}

/* ---- characters ---- */

ch_str
ch_text_nfc(ch_ctx *cx, ch_arena *a, ch_str text)
{
    size_t ascii = 0;
    while (ascii < text.n && (unsigned char)text.p[ascii] < 0x80)
        ascii++;
    if (ascii == text.n)
        return text;
    UErrorCode          err = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&err);
    int32_t             n   = 0;
    UChar              *u   = to_utf16(a, text, &n);
    if (U_SUCCESS(err) && unorm2_isNormalized(nfc, u, n, &err) && U_SUCCESS(err))
        return text;
    int32_t room = n * 3 + 16; /* no character composes to more than three units */
    UChar  *v    = CH_NEW_N(a, UChar, (size_t)room);
    int32_t len  = U_SUCCESS(err) ? unorm2_normalize(nfc, u, n, v, room, &err) : 0;
    if (U_FAILURE(err)) {
        failed(cx, "compose a text", err);
        return text;
    }
    return to_utf8(a, v, len);
}

static ch_str
fold_ascii(ch_arena *a, ch_str text)
{
    char *p = ch_arena_alloc(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        p[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
    return (ch_str){p, text.n};
}

ch_str
ch_text_fold(ch_arena *a, ch_str text)
{
    size_t ascii = 0;
    while (ascii < text.n && (unsigned char)text.p[ascii] < 0x80)
        ascii++;
    if (ascii == text.n)
        return fold_ascii(a, text);
    /* NFD before the case goes, since marks may stand apart; NFC behind it. */
    UErrorCode          err = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&err), *nfd = unorm2_getNFDInstance(&err);
    int32_t             n = 0, room;
    UChar              *u = to_utf16(a, text, &n);
    UChar              *v = CH_NEW_N(a, UChar, (size_t)(room = n * 4 + 16));
    n                     = U_SUCCESS(err) ? unorm2_normalize(nfd, u, n, v, room, &err) : 0;
    u                     = CH_NEW_N(a, UChar, (size_t)(room = n * 3 + 16));
    n = U_SUCCESS(err) ? u_strFoldCase(u, room, v, n, U_FOLD_CASE_DEFAULT, &err) : 0;
    v = CH_NEW_N(a, UChar, (size_t)(room = n * 3 + 16));
    n = U_SUCCESS(err) ? unorm2_normalize(nfc, u, n, v, room, &err) : 0;
    return U_SUCCESS(err) ? to_utf8(a, v, n) : text;
}

/* Codes that ISO 3166 leaves to its users, for which ICU has names as well. */
static bool
is_nowhere(ch_str code)
{
    char a = code.p[0], b = code.p[1];
    return (a == 'X' && b != 'K') || (a == 'Z' && b == 'Z') || (a == 'A' && b == 'A') ||
           (a == 'Q' && b >= 'M');
}

bool
ch_locale_observer(const ch_locale *lo, ch_str code)
{
    int at = ch_pack_state_index(code);
    return at >= 0 && lo->state && lo->state[at].observer;
}

ch_str
ch_locale_country(const ch_locale *lo, ch_arena *a, ch_str code)
{
    int at = ch_pack_state_index(code);
    if (at < 0 || is_nowhere(code))
        return code;
    if (lo->state && lo->state[at].name.n > 0)
        return lo->state[at].name;
    char       in[ULOC_FULLNAME_CAPACITY];
    char       of[] = {'_', code.p[0], code.p[1], '\0'};
    UChar      name[128];
    UErrorCode err = U_ZERO_ERROR;
    icu_locale(lo->lang, in);
    int32_t n = uloc_getDisplayCountry(of, in, name, 128, &err);
    if (U_FAILURE(err) || err == U_USING_DEFAULT_WARNING || n > 128)
        return code;
    return to_utf8(a, name, n);
}

ch_str
ch_language_english(ch_arena *a, ch_str lang)
{
    char       in[ULOC_FULLNAME_CAPACITY];
    UChar      name[128];
    UErrorCode err = U_ZERO_ERROR;
    icu_locale(lang, in);
    int32_t n = uloc_getDisplayName(in, "en", name, 128, &err);
    if (U_FAILURE(err) || err == U_USING_DEFAULT_WARNING || n > 128)
        return lang;
    return to_utf8(a, name, n);
}

/* ---- marks in numbers ---- */

static uint32_t
number_symbol(const UNumberFormat *f, UNumberFormatSymbol which)
{
    UErrorCode err = U_ZERO_ERROR;
    UChar      u[8];
    int32_t    n = unum_getSymbol(f, which, u, 8, &err);
    /* Some stand behind a mark of direction; none is beyond the basic plane. */
    for (int32_t i = 0; U_SUCCESS(err) && i < n; i++)
        if (u[i] != 0x200E && u[i] != 0x200F && u[i] != 0x61C)
            return u[i];
    return 0;
}

ch_amount_marks
ch_amount_marks_of(ch_str lang)
{
    char       name[ULOC_FULLNAME_CAPACITY];
    UErrorCode err = U_ZERO_ERROR;
    icu_locale(lang, name);
    UNumberFormat  *f   = unum_open(UNUM_DECIMAL, NULL, 0, name, NULL, &err);
    ch_amount_marks out = {0, 0};
    if (U_SUCCESS(err)) {
        out.decimal = number_symbol(f, UNUM_DECIMAL_SEPARATOR_SYMBOL);
        out.group   = number_symbol(f, UNUM_GROUPING_SEPARATOR_SYMBOL);
    }
    unum_close(f);
    return out;
}
