/* text/chars.c -- looking at the characters of a text. */
#include "text/inside.h"

#include <unicode/uchar.h>

bool
ch_char_is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\n' || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A && cp != 0x2007) || cp == 0x205F || cp == 0x3000;
}

bool
ch_char_is_upper(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    return u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

bool
ch_char_opens(uint32_t cp)
{
    return cp == 0 || ch_char_is_space(cp) || cp == 0xA0 || cp == 0x202F || cp == '(' ||
           cp == '[' || cp == '\'' || cp == 0xAB || cp == 0x2039 || (cp >= 0x2018 && cp <= 0x201F);
}
