/* letter/record.h -- one record: the values that one copy of a letter is filled with.
 *
 * Reads:   nothing; job/records makes records of CSV, JSON Lines and XML.
 * Makes:   answers about their values.
 * Knows nothing of files and of letters.
 *
 * A value is a text, a list, or a record of named values, as deep as the file has them.  What is
 * written `null` is not there at all.  A path names a value inside: "addressee.persName". */
#ifndef CH_LETTER_RECORD_H
#define CH_LETTER_RECORD_H

#include "base/base.h"

#define CH_RECORD_DIGEST 32

typedef enum ch_value_kind { CH_VALUE_TEXT, CH_VALUE_LIST, CH_VALUE_RECORD } ch_value_kind;

typedef struct ch_value {
    ch_value_kind kind;
    ch_str        name; /* of a member; with @lang where it is for one language */
    ch_str        text; /* of a text; of a record in XML what stands beside its attributes */
    uint32_t      line, column;          /* in the file, from 1 */
    const struct ch_value *first, *next; /* items or members, in the order of the file */
} ch_value;

typedef struct ch_record {
    size_t          number;  /* in its file, from 1 */
    ch_str          file;    /* its name, as the user gave it */
    uint32_t        line;    /* where it begins */
    bool            columns; /* it is a row: what is not in it is in no record of the file */
    const ch_value *values;  /* a CH_VALUE_RECORD */
    ch_str          bytes;   /* what it was read from, without the header row */
} ch_record;

/* The value at a path.  For language fr-CA a part "mission" of the path is the member
 * "mission@fr-CA" where there is one, then "mission@fr", then "mission".  A name with a dot in it
 * (a column "a.b") goes before the same as a path.  NULL when there is none. */
const ch_value *ch_value_get(const ch_value *in, ch_str path, ch_str lang);
const ch_value *ch_record_get(const ch_record *r, ch_str path, ch_str lang);

/* Is there something in it: a text that is not blank, a list or record with a value inside?
 * NULL is nothing. */
bool ch_value_some(const ch_value *v);

/* SHA-256 of the names and values, wherever and in whatever form they stood in a file. */
ch_status ch_record_digest(ch_arena *scratch, const ch_record *r, uint8_t out[CH_RECORD_DIGEST]);

#endif
