/* pdf/structure.h -- the logical structure as it is written: elements with content, the marked
 * content of each page, links.
 *
 * Reads:   the display list and the structure tree of the blocks.
 * Makes:   for each item its marked-content number (MCID); the pruned tree; its PDF objects.
 * Knows nothing of fonts and page content.
 *
 * A stretch is a row of items on one page that belong to one element: one MCID. */
#ifndef CH_PDF_STRUCTURE_H
#define CH_PDF_STRUCTURE_H

#include "page/page.h"
#include "pdf/haru.h"

#define CH_MCID_ARTIFACT (-1)

/* What an element holds of its own: a stretch, or a link annotation. */
typedef struct ch_tag_piece {
    struct ch_tag_piece *next;
    struct ch_tag       *tag;
    size_t               order; /* of its first item in the letter */
    size_t               page;
    size_t               from, to; /* items of the page */
    int32_t              mcid;
    const ch_item       *link;  /* an annotation; mcid is not used */
    uint32_t             key;   /* of a link: StructParent */
    ch_haru_dict        *annot; /* of a link */
} ch_tag_piece;

/* One element. */
typedef struct ch_tag {
    const ch_snode *node; /* NULL: made here, to hold a link */
    struct ch_tag  *parent, *first, *last, *next;
    ch_role         role; /* the node's; a heading may have been put a level higher */
    ch_tag_piece   *piece, *last_piece;
    size_t          order; /* of the first content in it */
    bool            kept;
    ch_haru_dict   *dict;
} ch_tag;

typedef CH_VEC(ch_tag_piece *) ch_tag_pieces;

typedef struct ch_tags {
    ch_arena       *arena;
    const ch_pages *pages;
    ch_tag         *root;    /* NULL: the letter has no structure */
    int32_t       **mcid;    /* by page and item; CH_MCID_ARTIFACT */
    ch_tag_pieces  *stretch; /* by page: its pieces by MCID */
    ch_tag_pieces   link;    /* in order; their keys follow those of the pages */
    uint32_t        key;     /* StructParents of the first page; one more for each page */
    ch_str          lang;    /* the letter's */
    ch_str          prefix;  /* of identifiers, which are unique in a file */
    ch_where        no_alt;  /* of a Figure without alternate text */
    bool            lacks_alt;
} ch_tags;

/* key: the first that no page and no link of the file has yet. */
void ch_tags_collect(ch_arena *a, const ch_pages *pages, uint32_t key, ch_tags *out);

/* What a kept element holds, in reading order: each step gives a child or a piece. */
typedef struct ch_tag_walk {
    const ch_tag       *child;
    const ch_tag_piece *piece;
} ch_tag_walk;
ch_tag_walk ch_tag_kids(const ch_tag *t);
bool        ch_tag_next(ch_tag_walk *w, const ch_tag **child, const ch_tag_piece **piece);

ch_str      ch_tag_id(ch_arena *a, const ch_tag *t); /* a note always has one; may be empty */
const char *ch_tag_numbering(const ch_tag *t);       /* of an L: "Decimal"; "None" */
const char *ch_tag_scope(const ch_tag *t);           /* of a TH: "Row", "Column"; else NULL */
/* The text of a piece as a reader gets it, added to b. */
void ch_tag_piece_text(ch_buf *b, const ch_pages *pages, const ch_tag_piece *piece);
/* The trees about the elements of all letters of a file. */
typedef struct ch_tag_name {
    ch_str   id;
    uint32_t object;
} ch_tag_name;

typedef struct ch_trees {
    ch_arena     *arena;
    ch_haru_dict *root;    /* the StructTreeRoot; NULL: nothing has structure yet */
    CH_VEC(ch_str) parent; /* by key: an array of elements, or one */
    CH_VEC(ch_tag_name) id;
} ch_trees;

/* Write the kept elements, the top one below `above` (NULL: it is the root of them all); nothing when
 * there is no content.  page: the page objects. lang: what applies above. */
void ch_tags_write(ch_haru *h, ch_tags *t, ch_haru_dict *const *page, ch_str lang,
                   ch_haru_dict *above, ch_trees *trees);
/* Write the trees, and hang them and the top element on the catalogue.  *digest grows. */
void ch_trees_write(ch_haru *h, ch_trees *trees, ch_haru_dict *top, ch_buf *digest);

#endif
