/* input/scan.h -- looks at the bytes of an XML file beside the parser.  For input/ alone.
 *
 * Reads:   bytes.
 * Makes:   what libxml2 does not tell (where each attribute stands), and the checks that must
 *          come before it (encoding, UTF-8, tags with so many attributes that its search for
 *          double ones would take for ever). */
#ifndef CH_INPUT_SCAN_H
#define CH_INPUT_SCAN_H

#include "base/base.h"

#define CH_SCAN_ATTRS_MAX 256u /* in one tag, namespace declarations included */

/* Report an empty file, another encoding, a byte that is not UTF-8, an overlong tag. */
ch_status ch_scan_bytes(ch_ctx *cx, uint32_t source, ch_str bytes);

typedef struct ch_scan_attr {
    uint32_t from, to;             /* name="value" */
    uint32_t value_from, value_to; /* between the quotes */
} ch_scan_attr;

/* The next attribute at or behind *pos of a well-formed start tag that ends at `end`;
 * namespace declarations are passed over.  *pos is the tag's start at first. */
bool ch_scan_next_attr(ch_str bytes, uint32_t *pos, uint32_t end, ch_scan_attr *out);

/* The name that begins at `from`, as written. */
ch_str ch_scan_name(ch_str bytes, uint32_t from, uint32_t end);

#endif
