/* input/xml.h -- from bytes to a checked tree.
 *
 * Reads:   the bytes of one XML file, and the vocabulary that it must keep to.
 * Makes:   its tree (input/tree.h), with the place of every tag in the file.
 * Knows nothing of what an element means.
 *
 * UTF-8 (or US-ASCII) only.  No document type, no entities but the five of XML, nothing
 * outside the file is ever opened.  What breaks the vocabulary is collected, so that one
 * call reports all of it; what is not XML stops the reading there. */
#ifndef CH_INPUT_XML_H
#define CH_INPUT_XML_H

#include "input/tree.h"

/* Needs:    bytes that stay until the job ends (places and texts point into them); name is
 *           what the user calls the file.
 * Returns:  CH_OK and the root, in cx->job; or CH_ERR_INPUT, CH_ERR_LIMIT (depth, nodes, size)
 *           or CH_ERR_HOST (memory), with *root NULL.
 * Reports:  2xxx.
 * Threads:  any number of calls at once, each with its own cx. */
ch_status ch_xml_read(ch_ctx *cx, const ch_vocab *v, ch_str name, ch_str bytes,
                      const ch_node **root);
/* The same for a vocabulary that is not ours to keep to: only what is not XML is an error.  An
 * element or attribute that it lacks has the number 0, and of another namespace UINT16_MAX;
 * values are as they stand, without a datatype. */
ch_status ch_xml_read_loose(ch_ctx *cx, const ch_vocab *v, ch_str name, ch_str bytes,
                            const ch_node **root);

#endif
