/* letter/translation.h -- what a translation does to each unit; for letter/ alone. */
#ifndef CH_LETTER_TRANSLATION_H
#define CH_LETTER_TRANSLATION_H

#include "letter/translate.h"

typedef struct ch_translation {
    const ch_node *tree;              /* the new one */
    CH_VEC(const ch_node *) replaced; /* of the old one: what is in them is new */
    CH_VEC(const ch_node *) wrapped;  /* likewise: what is in them stands in <foreign> */
} ch_translation;                     /* both in the order of the letter */

/* Does <foreign> go around it, where it is in something wrapped?  Not around blocks: what is in
 * them is wrapped in its turn. */
bool ch_foreign_takes(const ch_node *n);

ch_status ch_translation_make(ch_ctx *cx, const ch_node *tree, const ch_catalog *cat, ch_str lang,
                              const ch_translate_options *o, ch_translation *out);

#endif
