/* base/lang.h -- language tags (BCP 47) as words: what they are in is no matter of capitals.
 * Knows no language. */
#ifndef CH_BASE_LANG_H
#define CH_BASE_LANG_H

#include "base/arena.h"

/* The same tag, and the same language (the first subtag), without regard to case. */
bool ch_lang_same(ch_str a, ch_str b);
bool ch_lang_akin(ch_str a, ch_str b);
/* The first subtag. */
ch_str ch_lang_primary(ch_str tag);
/* Without its last subtag, and the single letter that announces it; empty when none is left. */
ch_str ch_lang_wider(ch_str tag);
/* In the usual capitals, as files are named: language, Script, REGION. */
ch_str ch_lang_usual(ch_arena *a, ch_str tag);
ch_str ch_lang_usual_in(char *out, ch_str tag); /* out: tag.n + 1 bytes */

#endif
