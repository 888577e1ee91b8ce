/* letter/fields.h -- names of fields: in a letter, in a pattern, in a record; for letter/ alone. */
#ifndef CH_LETTER_FIELDS_H
#define CH_LETTER_FIELDS_H

#include "input/tree.h"
#include "letter/merge.h"

/* What a name is looked up in: the record, or an item of a list inside a repeat. */
typedef struct ch_field_scope {
    const ch_record *record;
    const ch_value  *item; /* the record's values at the outside */
    ch_str           path; /* of the item's list from the record, with no number; empty outside */
} ch_field_scope;

/* "." is the item itself, "/name" one of the record, anything else a path from the item. */
const ch_value *ch_field_get(const ch_field_scope *s, ch_str path, ch_str lang);
/* The same name from the record on. */
ch_str ch_field_path(ch_arena *a, const ch_field_scope *s, ch_str path);

/* Report a value that is not there, or is no text; NULL then.  v: what was found. */
const ch_value *ch_field_text(ch_ctx *cx, const ch_field_scope *s, ch_str path, const ch_value *v,
                              ch_where where);
/* Report a name that is not there, with the nearest that is. */
void ch_field_missing(ch_ctx *cx, const ch_field_scope *s, ch_str path, ch_where where);

/* A condition in its parts; false when it is none. */
typedef struct ch_field_test {
    ch_str path;
    char   sign; /* 0: is there something; '=' or '!' */
    ch_str text;
} ch_field_test;
bool ch_field_test_read(ch_str condition, ch_field_test *out);
/* Does it hold?  false with *wrong set: it cannot be said, which is reported. */
bool ch_field_holds(ch_ctx *cx, const ch_field_scope *s, ch_str condition, ch_str lang,
                    ch_where where, bool *wrong);

/* Names that conditions and repeats ask for. */
void ch_fields_ask(ch_fields_used *u, ch_str path);
/* All names of a template; once for a tree. */
void ch_fields_use_tree(ch_fields_used *u, ch_ctx *cx, const ch_node *tree);

#endif
