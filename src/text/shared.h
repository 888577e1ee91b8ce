/* text/shared.h -- what the jobs share: patterns by language, and kits of ICU and HarfBuzz
 * objects, which cost more to make than to use; for text/ alone. */
#ifndef CH_TEXT_SHARED_H
#define CH_TEXT_SHARED_H

#include "text/patterns.h"
#include "text/recall.h"
#include "text/text.h"

struct hb_buffer_t;
struct UBiDi;
struct UBreakIterator;
struct URegularExpression;

enum { CH_KIT_ITERATORS = 8, CH_KIT_SCRIPTS = 8 };

/* Used by one thread at a time; its objects are emptied, not made anew, for each paragraph. */
typedef struct ch_kit {
    struct ch_kit             *next;
    struct hb_buffer_t        *buffer;
    struct UBiDi              *bidi;
    ch_recall                 *recall; /* runs shaped before */
    struct URegularExpression *wholes; /* text/whole.def; NULL until first needed */
    struct {
        char                   locale[32];
        struct UBreakIterator *it;
    } lines[CH_KIT_ITERATORS];
    struct {
        char    lang[16];
        int32_t script;
    } written[CH_KIT_SCRIPTS]; /* in which script a language is, the last asked for */
    size_t n_written;          /* ever */
    struct {
        uint16_t sets; /* of kashida.c; 0: not asked for yet */
        uint8_t  type; /* its joining type */
    } joining[0x100];  /* of U+0600 and on */
} ch_kit;

/* A kit of one's own until the scratch arena is rewound past this point; NULL: no memory. */
ch_kit *ch_kit_take(ch_hyphens *h, ch_ctx *cx);
/* A line-break iterator by the rules of an ICU locale; NULL when ICU has none. */
struct UBreakIterator *ch_kit_lines(ch_kit *k, ch_str locale);

/* The patterns of a language, NULL when it has none. */
const ch_patterns *ch_hyphens_patterns(ch_hyphens *h, ch_ctx *cx, ch_str lang);
/* Like ch_hyphenate, with patterns already at hand. */
size_t ch_hyphenate_by(const ch_patterns *p, ch_str word, size_t *at, size_t max);
/* The points, those among them where the spelling changes before the hyphen: the last `cut` bytes
 * become `pre`, which is none for most. */
typedef struct ch_hyphen_point {
    size_t at;
    size_t cut;
    char   pre[24];
} ch_hyphen_point;
size_t ch_hyphen_points(const ch_patterns *p, ch_str word, ch_hyphen_point *out, size_t max);

#endif
