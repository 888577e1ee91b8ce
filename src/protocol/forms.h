/* protocol/forms.h -- how people are addressed in a language, as its file has it; for protocol/
 * alone.
 *
 * Reads:   styles/protocol/LANG.xml (protocol.def).
 * Threads: a table is made by one thread and never changes. */
#ifndef CH_PROTOCOL_FORMS_H
#define CH_PROTOCOL_FORMS_H

#include "protocol/protocol.h"

typedef enum ch_form_kind {
    CH_FORM_SALUTE,
    CH_FORM_COURTESY,
    CH_FORM_HONORIFIC,
    CH_FORM_VOCATIVE
} ch_form_kind;

typedef struct ch_form {
    ch_form_kind kind;
    ch_str       text, source; /* names of sources, a space between */
    char         gender;       /* 'm', 'f', 'x'; 0 for any */
    char         writers;      /* 'o' one, 's' several; 0 for any */
    bool         also;         /* is said as well, and never printed for an empty element */
    bool         review;       /* awaits a native speaker's */
} ch_form;

/* The forms for some ranks; a rank may have several of these. */
typedef struct ch_rank_forms {
    ch_str   names; /* a space between */
    ch_form *form;
    size_t   n_forms;
    ch_str  *avoid;
    size_t   n_avoid;
} ch_rank_forms;

/* The sentences of a note in the third person, with {sender} and {addressee} in them. */
typedef struct ch_note_forms {
    ch_str text, source;
    bool   closing; /* or else the opening */
    bool   given;   /* names need the words that the letter gives for this sentence */
    bool   review;
} ch_note_forms;

/* The forms of one language; without ranks when it has no file. */
typedef struct ch_forms {
    struct ch_forms *next;
    ch_arena        *arena; /* holds this */
    ch_str           lang, extends;
    bool             there; /* it has a file */
    ch_rank_forms   *rank;
    size_t           n;
    ch_note_forms   *note;
    size_t           n_notes;
} ch_forms;

/* root: the tree of a language's file, NULL when there is none; all is copied into a. */
ch_forms *ch_forms_read(ch_ctx *cx, ch_arena *a, ch_str lang, const struct ch_node *root);
/* The forms of a language: of fr-CA those of fr, unless it has its own or extends others.  NULL
 * when there are none.  They live as long as p (protocol.c). */
ch_status ch_forms_of(ch_protocol *p, ch_ctx *cx, ch_str lang, const ch_forms **out);

#endif
