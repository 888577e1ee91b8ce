/* input/sax.h -- what all reading with libxml2 has in common; for input/ alone. */
#ifndef CH_INPUT_SAX_H
#define CH_INPUT_SAX_H

#include <libxml/parser.h>

#include <stddef.h>

#define CH_NS_XML "http://www.w3.org/XML/1998/namespace"
/* Our own limits hold, not libxml2's; the encoding is seen to before.  It opens nothing. */
#define CH_SAX_OPTIONS (XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC)

/* Before the first parser; as often as one likes.  Threads: any. */
void ch_sax_begin(void);
/* The value of an attribute: libxml2 leaves every & of it as "&#38;", however it was written.
 * to: n bytes, which may be those of p.  Returns how many there are now. */
size_t ch_sax_value(char *to, const char *p, size_t n);

#endif
