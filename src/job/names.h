/* job/names.h -- the names of a batch's outputs, made from a pattern and a record.
 *
 * Reads:   a pattern, 'out/{lang}/{idno}.pdf': {lang} the language, {n} the number of the record
 *          ({n:05} in five digits), any other name a field of the record.  {{ and }} are braces.
 * Makes:   a name that is below the folder that the pattern says, on this system and others.
 * A "/" inside a value, and what other systems have no place for in a name, becomes "-"; a value
 * that would climb out of the folder, hide the file, or be a device there is an error. */
#ifndef CH_JOB_NAMES_H
#define CH_JOB_NAMES_H

#include "base/base.h"
#include "letter/record.h"

typedef struct ch_name_part {
    ch_str   text;  /* as it stands, or the name of a field */
    bool     field; /* to be filled in */
    unsigned width; /* of a number */
} ch_name_part;

typedef struct ch_names {
    ch_name_part *part;
    size_t        n;
    ch_str        root; /* the folder that all outputs are below; ends in "/", or is empty */
    ch_str        key;  /* the first field of the record in it; empty when there is none */
    bool          by_lang, by_record;
} ch_names;

/* In cx->job.  Reports E1040. */
ch_status ch_names_parse(ch_ctx *cx, ch_str pattern, const ch_names **out);
/* The name for a record in a language, NUL-terminated, in a.  CH_ERR_INPUT: reports E1041, E1042. */
ch_status ch_names_make(const ch_names *names, ch_ctx *cx, ch_arena *a, const ch_record *rec,
                        ch_str lang, ch_str *out);
/* Has a row the columns that the names need?  What it lacks no other has.  Reports E1041. */
ch_status ch_names_check(const ch_names *names, ch_ctx *cx, const ch_record *rec, ch_str lang);
/* The field of the record that names it, empty when the pattern has none.  Borrowed. */
ch_str ch_names_key(const ch_names *names, const ch_record *rec, ch_str lang);

#endif
