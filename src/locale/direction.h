/* locale/direction.h -- how text is set apart for direction from what
 * stands around it (UAX 9's isolates).
 *
 * Knows nothing of letters or pages. */
#ifndef CH_LOCALE_DIRECTION_H
#define CH_LOCALE_DIRECTION_H

typedef enum ch_isolate {
    CH_ISOLATE_NONE,
    CH_ISOLATE_AUTO, /* in the direction of its first letter (FSI) */
    CH_ISOLATE_LTR,  /* in the direction of its language (LRI, RLI) */
    CH_ISOLATE_RTL,
    CH_ISOLATE_NUMBER /* a reference, symbol, telephone number, address on the net: sign by sign from
                         left to right, unless it has a letter that is written the other way;
                         then AUTO */
} ch_isolate;

#endif
