/* job/language.h -- the language that a job asks for: its catalogue, and the letter put into it.
 *
 * Reads:   a PO, MO or XLIFF file, by name or found in a folder.
 * Makes:   the tree of the letter in that language. */
#ifndef CH_JOB_LANGUAGE_H
#define CH_JOB_LANGUAGE_H

#include "job/render.h"
#include "letter/translate.h"

/* The catalogue of a language: the file `path`, or in the folder `path` LANG.po, LANG.mo, LANG.xlf or LANG.xliff, the most
 * exact tag first (pt-BR, pt_BR, then pt).  That of a language of trial is made from the tree.
 * path: NULL when none was given.  Reports: E100x, E3656, E3657, and those of the catalogue. */
ch_status ch_catalog_open(ch_ctx *cx, const char *path, ch_str lang, const ch_node *tree,
                          const ch_catalog **out);

/* Put the tree into the job's language, if it asks for one. */
ch_status ch_job_translate(ch_job *job, ch_ctx *cx, const ch_node *tree, const ch_node **out);
/* The file of the letter `name` put into the job's language becomes the output. */
ch_status ch_job_translate_file(ch_job *job, const char *name);
/* The template of a catalogue (POT) for letters becomes the output; or XLIFF, with the translations
 * that the job's catalogue has already. */
ch_status ch_job_extract(ch_job *job, const char *const *names, size_t n, bool xliff);

#endif
