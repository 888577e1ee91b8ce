/* style/structure.h -- the logical structure of the letter: one tree of elements with a role
 * and a language each, made with the blocks and carried by every item to the PDF's tags.
 * Children stand in reading order.  A node without content in the end is left out by pdf/. */
#ifndef CH_STYLE_STRUCTURE_H
#define CH_STYLE_STRUCTURE_H

#include "base/base.h"

typedef enum ch_role {
#define ROLE(id, name, grouping) CH_ROLE_##id,
#include "style/roles.def"
#undef ROLE
    CH_ROLE_COUNT
} ch_role;

typedef enum ch_scope { CH_SCOPE_NONE, CH_SCOPE_COLUMN, CH_SCOPE_ROW } ch_scope;
typedef enum ch_numbering {
    CH_NUMBERING_NONE,
    CH_NUMBERING_DISC,
    CH_NUMBERING_DECIMAL,
    CH_NUMBERING_LOWER_ALPHA,
    CH_NUMBERING_UPPER_ALPHA,
    CH_NUMBERING_LOWER_ROMAN,
    CH_NUMBERING_UPPER_ROMAN
} ch_numbering;

typedef struct ch_snode {
    ch_role          role;
    struct ch_snode *parent, *first, *last, *next;
    ch_str           lang;      /* empty: as the parent */
    ch_str           alt;       /* alternate text (Figure, Link) */
    ch_str           id;        /* xml:id, or one made for notes ("note-1"); unique */
    ch_scope         scope;     /* TH */
    ch_numbering     numbering; /* L */
    uint16_t         columns;   /* spanned by a TH or TD; 0 and 1 mean one */
    uint32_t         index;     /* 0 for the root, then in order of creation */
    ch_where         where;
} ch_snode;

/* A new last child of parent (NULL: a root). */
ch_snode   *ch_snode_new(ch_arena *a, ch_snode *parent, ch_role role, ch_where where);
const char *ch_role_name(ch_role r);     /* the PDF standard structure type */
bool        ch_role_grouping(ch_role r); /* holds only other elements, never content of its own */
void        ch_structure_dump(ch_buf *out, const ch_snode *root);

#endif
