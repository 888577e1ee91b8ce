/* pdf/haru.h -- the seam to libharu: its object layer as a serialiser of PDF objects.
 *
 * Reads:   names, numbers, texts, bytes.
 * Makes:   dictionaries and streams in a libharu document, and the file's bytes.
 * Knows nothing of letters.  All that is libharu's own stays behind this header.
 *
 * libharu writes objects, streams, the page tree, the cross-reference table and the trailer.
 * It has no exact decimals, no long arrays and no way to hand it bytes that are deflated
 * already, so a dictionary may carry a text of ours that is written before its ">>".
 *
 * Errors are sticky: after the first failure every call does nothing, and ch_haru_save tells.
 * Threads: a document belongs to one thread. */
#ifndef CH_PDF_HARU_H
#define CH_PDF_HARU_H

#include "base/base.h"

struct _HPDF_Dict_Rec; /* libharu's name */

typedef struct _HPDF_Dict_Rec ch_haru_dict;
typedef struct ch_haru        ch_haru;

/* An empty PDF 1.7 document for about `pages` pages; freed with cx->job.  copies: entries given to
 * ch_haru_entries need not live until the save.  CH_ERR_HOST: no memory. */
ch_status ch_haru_new(ch_ctx *cx, size_t pages, bool copies, ch_haru **out);

ch_haru_dict *ch_haru_catalog(ch_haru *h);
ch_haru_dict *ch_haru_info(ch_haru *h);
/* A new indirect dictionary.  NULL after a failure; all calls below take NULL. */
ch_haru_dict *ch_haru_dict_new(ch_haru *h);
/* A new indirect stream of these bytes (copied).  deflated: they are FlateDecode data. */
ch_haru_dict *ch_haru_stream_new(ch_haru *h, ch_str bytes, bool deflated);
/* A new page at the end of the page tree, with an empty content stream. */
ch_haru_dict *ch_haru_page_new(ch_haru *h);
void          ch_haru_page_content(ch_haru *h, ch_haru_dict *page, ch_str bytes, bool deflated);
/* A new outline entry, the last of parent (NULL: of the outline). */
ch_haru_dict *ch_haru_outline_new(ch_haru *h, ch_haru_dict *parent, ch_str title);
/* From that page on, counted from 0, pages are labelled with numbers from that one up. */
void ch_haru_label_pages(ch_haru *h, size_t page, size_t number);

uint32_t ch_haru_id(const ch_haru_dict *d); /* the object number; 0 for NULL */
void     ch_haru_name(ch_haru *h, ch_haru_dict *d, const char *key, const char *name);
void     ch_haru_number(ch_haru *h, ch_haru_dict *d, const char *key, int32_t value);
void     ch_haru_ref(ch_haru *h, ch_haru_dict *d, const char *key, ch_haru_dict *to);
/* A text string: UTF-8 in, UTF-16 or ASCII in the file. */
void ch_haru_text(ch_haru *h, ch_haru_dict *d, const char *key, ch_str utf8);
/* Entries of our own writing ("/W[0[500]]"), written before the ">>"; borrowed until the save, or copied.
 * A second call replaces the first. */
void ch_haru_entries(ch_haru *h, ch_haru_dict *d, ch_str entries);
void ch_haru_trailer_id(ch_haru *h, const uint8_t id[16]);

/* The version of libharu at run time: "2.3.0". */
const char *ch_haru_version(void);

/* The file's bytes, in cx->job.  Reports E1008 or E9001 when anything failed on the way. */
ch_status ch_haru_save(ch_ctx *cx, ch_haru *h, ch_str *out);

#endif
