/* locale/script.c -- scripts of languages, by ICU's likely subtags. */
#include "locale/script.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

uint32_t
ch_script_tag(ch_str code)
{
    uint32_t tag = 0;
    if (code.n != 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)code.p[i];
        if (!((c | 32) >= 'a' && (c | 32) <= 'z'))
            return 0;
        tag = tag << 8 | (i == 0 ? c & ~32u : c | 32u);
    }
    return tag;
}

/* The likely script of a tag as ICU writes it; empty when there is none. */
static void
likely(ch_str lang, char out[ULOC_SCRIPT_CAPACITY])
{
    char       tag[64], name[ULOC_FULLNAME_CAPACITY], full[ULOC_FULLNAME_CAPACITY];
    UErrorCode err = U_ZERO_ERROR;
    out[0]         = '\0';
    if (lang.n == 0 || lang.n >= sizeof tag)
        return;
    memcpy(tag, lang.p, lang.n);
    tag[lang.n] = '\0';
    uloc_forLanguageTag(tag, name, sizeof name, NULL, &err);
    uloc_addLikelySubtags(name, full, sizeof full, &err);
    int32_t n = uloc_getScript(full, out, ULOC_SCRIPT_CAPACITY, &err);
    if (U_FAILURE(err) || n != 4)
        out[0] = '\0';
}

uint32_t
ch_lang_script(ch_str lang)
{
    char code[ULOC_SCRIPT_CAPACITY];
    likely(lang, code);
    return ch_script_tag(ch_str_from(code));
}

bool
ch_lang_rtl(ch_str lang)
{
    char code[ULOC_SCRIPT_CAPACITY];
    likely(lang, code);
    int32_t script = code[0] ? u_getPropertyValueEnum(UCHAR_SCRIPT, code) : UCHAR_INVALID_CODE;
    return script != UCHAR_INVALID_CODE && uscript_isRightToLeft((UScriptCode)script);
}
