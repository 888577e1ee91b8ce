/* input/withheld.h -- finds what must not be shown of a letter.  For input/ alone.
 *
 * Reads:   bytes, before they are parsed and whether or not they can be.
 * Makes:   the hidden parts of their source (base/diag.h): every signatory and every signature
 *          whose status does not say in so many words that the name is shown.  A status that is
 *          misspelt, or that a record will give, hides; so does an element that is not closed,
 *          to the end of the file.  The status itself stays to be seen. */
#ifndef CH_INPUT_WITHHELD_H
#define CH_INPUT_WITHHELD_H

#include "base/base.h"

void ch_hide_withheld(ch_diags *d, uint32_t source, ch_str bytes);

#endif
