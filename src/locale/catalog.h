/* locale/catalog.h -- the translations of texts into one language.
 *
 * Reads:   the bytes of a PO or MO file (GNU gettext), or of XLIFF 2.0.
 * Makes:   a catalogue in the job's arena: messages found by context and text.  Once it is read it
 *          does not change, and any number of threads may look into it.
 * Knows nothing of letters, nor of what the markup in a message means. */
#ifndef CH_LOCALE_CATALOG_H
#define CH_LOCALE_CATALOG_H

#include "base/base.h"

typedef struct ch_catalog ch_catalog;

typedef struct ch_message {
    ch_str   context; /* msgctxt; empty: none */
    ch_str   id;      /* the source text, inline markup and all */
    ch_str   text;    /* the translation; empty: there is none yet */
    bool     fuzzy;   /* somebody must look at it first */
    ch_where where;   /* of the translation in the catalogue's file; CH_NOWHERE when that has no
                         lines, or the catalogue no file */
} ch_message;

/* Needs:    bytes that stay until the job ends; name is what the user calls the file.
 * Returns:  CH_OK and the catalogue, in cx->job; CH_ERR_INPUT, with everything that is wrong
 *           reported, and NULL.
 * Reports:  2xxx, 364x, 367x. */
ch_status ch_catalog_read(ch_ctx *cx, ch_str name, ch_str bytes, ch_catalog **out);

/* ---- for readers of other forms, and for catalogues that are made ---- */

/* An empty one; bytes: of its file, CH_STR_EMPTY when it has none. */
ch_catalog *ch_catalog_new(ch_ctx *cx, ch_str name, ch_str bytes);
/* false: it has one of that context and text already, which stays (ch_catalog_find gives it).
 * The texts of m stay until the job ends. */
bool ch_catalog_add(ch_catalog *c, const ch_message *m);
/* The language that it says it is for, as a header has it ("pt_BR", "sr@latin" are understood). */
void ch_catalog_set_language(ch_catalog *c, ch_str language);
/* Drop what it has of this pattern of `Name: value` lines, its header: language and encoding.
 * false: the encoding is not UTF-8, which is said. */
bool ch_catalog_header(ch_ctx *cx, ch_catalog *c, ch_str header, ch_where where);

/* ---- questions ---- */

/* White space counts as in running text, and so do prefixes of attributes that xgettext loses
 * (xml:lang becomes lang).  NULL when it is not there; with a context it must have that. */
const ch_message *ch_catalog_find(const ch_catalog *c, ch_str context, ch_str id);
size_t            ch_catalog_count(const ch_catalog *c);
const ch_message *ch_catalog_at(const ch_catalog *c, size_t i); /* in the order of the file */
ch_str            ch_catalog_name(const ch_catalog *c);
ch_str ch_catalog_language(const ch_catalog *c); /* a BCP 47 tag; empty: it does not say */
/* Where in the file the bytes [from, to) of a message's translation stand. */
ch_where ch_catalog_place(const ch_catalog *c, const ch_message *m, size_t from, size_t to);

#endif
