/* locale/script.h -- the script that a language is written in.
 *
 * Reads:   language tags; what ICU knows of likely scripts.
 * Makes:   codes of ISO 15924 as four letters in a number, 'A' 'r' 'a' 'b' from the highest
 *          byte down, as HarfBuzz has them.
 * Knows nothing of texts and fonts. */
#ifndef CH_LOCALE_SCRIPT_H
#define CH_LOCALE_SCRIPT_H

#include "base/base.h"

/* The script that the tag names, or else the likely one of its language and country ("fa":
 * Arab, "uz-Cyrl": Cyrl, "zh-TW": Hant); 0 when nobody knows the language. */
uint32_t ch_lang_script(ch_str lang);
/* Is the language written from right to left? */
bool ch_lang_rtl(ch_str lang);
/* "Arab" as a number; 0 when it is not four letters. */
uint32_t ch_script_tag(ch_str code);

/* Both, asked of ICU once for all letters of a job. */
typedef struct ch_lang_facts {
    uint32_t script;
    bool     rtl;
} ch_lang_facts;
ch_lang_facts ch_lang_facts_of(ch_ctx *cx, ch_str lang);

#endif
