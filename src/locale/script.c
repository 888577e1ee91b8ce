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

ch_lang_facts
ch_lang_facts_of(ch_ctx *cx, ch_str lang)
{
    const ch_lang_facts *kept = ch_keep_find(cx->keep, CH_KEEP_LANG, lang);
    if (kept)
        return *kept;
    ch_lang_facts facts = {ch_lang_script(lang), ch_lang_rtl(lang)};
    ch_arena     *a     = ch_keep_room(cx->keep);
    if (a) {
        ch_lang_facts *keep = CH_NEW(a, ch_lang_facts);
        *keep               = facts;
        ch_keep_put(cx->keep, CH_KEEP_LANG, lang, keep);
    }
    return facts;
}
