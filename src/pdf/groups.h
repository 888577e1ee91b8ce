/* pdf/groups.h -- the glyphs of a face in fixed groups, from which subsets are put together.
 *
 * Reads:   a face; pdf/groups.def.
 * Makes:   the group that a glyph belongs to, and all the glyphs of a group.
 * Knows nothing of pages and PDF.
 *
 * A glyph that is a character's own belongs to the group of the character.  One that comes in its
 * place (a ligature, a small capital, an old-style figure) is of a group with those that come from
 * the same characters in a like way.  All this depends on the face alone, so that a subset of
 * whole groups is one that any letter would have chosen that uses something of each of them. */
#ifndef CH_PDF_GROUPS_H
#define CH_PDF_GROUPS_H

#include "font/font.h"
#include "pdf/cache.h"

typedef struct ch_member {
    uint32_t glyph;
    uint32_t character; /* whose own glyph it is; 0: none's */
} ch_member;

typedef struct ch_group {
    uint32_t         id;
    const ch_member *member; /* by glyph, no glyph twice */
    size_t           n;
} ch_group;

/* The groups that a letter uses of one face. */
typedef struct ch_groups {
    ch_keeper     *keeper;
    ch_arena      *arena;
    const ch_face *face;
    CH_VEC(ch_group) group; /* in order of first use */
} ch_groups;

/* Add the group of the glyph that stands for this text.  false: it is of none. */
bool ch_groups_use(ch_groups *g, uint32_t glyph, ch_str text);
/* In the order of their numbers. */
void ch_groups_sort(ch_groups *g);
/* All members of the groups used, by glyph, no glyph twice, each with the lowest of its characters. */
const ch_member *ch_groups_members(const ch_groups *g, size_t *n);

#endif
