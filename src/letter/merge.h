/* letter/merge.h -- a record's values put into a letter.
 *
 * Reads:   a checked tree, which is a template and stays as it is, and a record.
 * Makes:   a tree that keeps to the vocabulary: each <field> has its value inside (a line end is an
 *          <lb/>), each {path} in an attribute is replaced, what stands under a condition that does
 *          not hold is gone, what stands for each item of a list is there once an item, and no
 *          <seg> and <div>, if, unless and for-each are left.
 * Knows nothing of where records come from. */
#ifndef CH_LETTER_MERGE_H
#define CH_LETTER_MERGE_H

#include "input/tree.h"
#include "letter/record.h"

/* Which names letters ask for, and which the records have; kept by the caller over a batch. */
typedef struct ch_fields_used ch_fields_used;

ch_fields_used *ch_fields_used_new(ch_arena *a);
/* A path that is used elsewhere: in the name of an output, an expression. */
void ch_fields_use(ch_fields_used *u, ch_str path);
/* The names that a record has; ch_letter_merge does it for its own. */
void ch_fields_see(ch_fields_used *u, const ch_record *r);
/* Put what another thread's set knows into this one. */
void ch_fields_join(ch_fields_used *into, const ch_fields_used *from);
/* Warn once of names that the records have and nothing uses, and of names that conditions and
 * repeats ask for and no record had.  file: of the records, for the message. */
void ch_fields_report(ch_ctx *cx, const ch_fields_used *u, ch_str file);

/* Fill a letter.
 *
 * tree:    of one address for one text as long as `used` lives.
 * rec:     NULL: none; fields, placeholders and conditions then stay for ch_letter_build to
 *          complain of, and a tree without <seg>, <div> and {{ is handed on as it is.
 * used:    may be NULL.
 * Returns: CH_OK and the tree, in cx->job (texts and attributes without a field are shared with the
 *          template); CH_ERR_INPUT, CH_ERR_LIMIT.
 * Reports: 3600-3609, and 2xxx where the letter that came out breaks the vocabulary. */
ch_status ch_letter_merge(ch_ctx *cx, const ch_node *tree, const ch_record *rec,
                          ch_fields_used *used, const ch_node **out);

/* A name that stands for a value in a pattern, beside those of the record and before them. */
typedef struct ch_expand_name {
    const char *name;
    ch_str      value;
} ch_expand_name;

/* The text of a pattern such as "out/{lang}/{idno}.pdf", NUL-terminated in cx->job; {{ is a brace.
 * also: `n` names of the caller's.  rec may be NULL, used may be NULL.
 * Returns: CH_ERR_INPUT when a name is in neither, or is no text; reported (3600, 3601, 3603). */
ch_status ch_record_expand(ch_ctx *cx, ch_str pattern, const ch_record *rec, ch_str lang,
                           const ch_expand_name *also, size_t n, ch_fields_used *used, ch_str *out);

/* Does a condition hold: "urgent" (there and not empty), "status=urgent", "status!=urgent"?
 * Of a name that is not there, what is compared is the empty text.
 * Returns: CH_ERR_INPUT when it is none; reported (3604, and 3600 where a row has no such column). */
ch_status ch_record_holds(ch_ctx *cx, ch_str condition, const ch_record *rec, ch_str lang,
                          ch_fields_used *used, bool *out);

#endif
