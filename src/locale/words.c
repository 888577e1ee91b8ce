/* locale/words.c -- words by ICU. */
#include "locale/words.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

struct ch_word_breaks {
    UBreakIterator *iterator;
};

static ch_status
failed(ch_ctx *cx, UErrorCode err)
{
    ch_report(cx, CH_E3007_icu_failed, CH_NOWHERE, "part words", u_errorName(err));
    return CH_ERR_HOST;
}

static void
close_breaks(void *p)
{
    ch_word_breaks *w = p;
    ubrk_close(w->iterator);
}

ch_status
ch_word_breaks_open(ch_ctx *cx, ch_arena *a, ch_word_breaks **out)
{
    UErrorCode      err = U_ZERO_ERROR;
    ch_word_breaks *w   = CH_NEW(a, ch_word_breaks);
    *out                = NULL;
    w->iterator         = ubrk_open(UBRK_WORD, "en", NULL, 0, &err);
    if (U_FAILURE(err))
        return failed(cx, err);
    ch_arena_defer(a, close_breaks, w);
    *out = w;
    return CH_OK;
}

/* Scripts that put no space between words: Thai, Lao, Khmer, Burmese, and Han with kana. */
static bool
without_spaces(uint32_t cp)
{
    if (cp < 0x0E00)
        return false;
    return (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) ||
           (cp >= 0x1780 && cp <= 0x17FF) || (cp >= 0x2E80 && cp <= 0x9FFF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

static void
add_own(ch_str text, bool *at)
{
    uint32_t last = 0;
    for (size_t i = 0; i < text.n;) {
        size_t   from = i;
        uint32_t cp   = ch_utf8_next(text, &i);
        if (without_spaces(cp) || without_spaces(last) || last == '\'' || last == 0x2019)
            at[from] = true; /* l'honneur is two words */
        last = cp;
    }
}

ch_status
ch_word_breaks_find(ch_word_breaks *w, ch_ctx *cx, ch_str text, bool *at)
{
    UErrorCode err = U_ZERO_ERROR;
    UText      u   = UTEXT_INITIALIZER;
    for (size_t i = 0; i <= text.n; i++)
        at[i] = false;
    at[0] = at[text.n] = true;
    utext_openUTF8(&u, text.p, (int64_t)text.n, &err);
    ubrk_setUText(w->iterator, &u, &err);
    if (U_FAILURE(err))
        return failed(cx, err);
    for (int32_t i = ubrk_first(w->iterator); i != UBRK_DONE; i = ubrk_next(w->iterator))
        at[i] = true;
    utext_close(&u);
    add_own(text, at);
    return CH_OK;
}

uint32_t
ch_char_folded(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
}

bool
ch_char_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    return u_isalpha((UChar32)cp);
}

bool
ch_char_is_capital(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    return u_isupper((UChar32)cp);
}

int
ch_char_digit(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    return u_charType((UChar32)cp) == U_DECIMAL_DIGIT_NUMBER ? u_charDigitValue((UChar32)cp) : -1;
}

int
ch_char_power_of_ten(uint32_t cp)
{
    double value =
        u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC) ? u_getNumericValue((UChar32)cp) : 0;
    int power = 0;
    while (value >= 10) {
        value /= 10;
        power++;
    }
    return value == 1 ? power : 0;
}
