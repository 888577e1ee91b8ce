/* letter/canonical.h -- the text of a letter in one canonical form, and its digest.
 *
 * Reads:   the element tree of a letter.
 * Makes:   bytes that are the same for two files which say the same: doc/digest.md defines them.
 * Knows nothing of locales and style: neither changes the form.
 *
 * What only says how the letter looks (style, layout, widths), and what is added when people sign
 * (the list of signatories, marks and dates of signature), is not in it, so that a page signed
 * yesterday still names the text to which a name is added today. */
#ifndef CH_LETTER_CANONICAL_H
#define CH_LETTER_CANONICAL_H

#include "input/input.h"

/* Append the canonical text of the letter at `root`. */
void ch_canonical_put(ch_ctx *cx, const ch_node *root, ch_str mark, ch_buf *out);
/* Its SHA-256 in 64 hexadecimal digits, in cx->job.  CH_ERR_INTERNAL, said, when there is no
 * SHA-256 to be had. */
ch_status ch_canonical_digest(ch_ctx *cx, const ch_node *root, ch_str mark, ch_str *out);

#endif
