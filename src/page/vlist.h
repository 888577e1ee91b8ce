/* page/vlist.h -- the flow of blocks as a vertical list.
 *
 * Reads:   blocks, set lines, measured rows.
 * Makes:   the numbers that page/optimum.h chooses by, and what stands behind each of them.
 * Knows nothing of pages but how high one is. */
#ifndef CH_PAGE_VLIST_H
#define CH_PAGE_VLIST_H

#include "page/pager.h"

typedef enum ch_vkind { CH_V_LINE, CH_V_ROW, CH_V_RULE, CH_V_FIGURE } ch_vkind;

/* What an item prints. */
typedef struct ch_vnode {
    ch_vkind        kind;
    const ch_block *block;
    uint32_t        at;     /* line or row */
    ch_stretch      part;   /* ROW: of a row that is cut; bottom 0: the whole row */
    const ch_block *keeper; /* of what is above: what would be torn from this by a page break */
} ch_vnode;

/* A line of a footnote. */
typedef struct ch_vnote {
    const ch_footnote *note;
    const ch_block    *block;
    uint32_t           at;
} ch_vnote;

typedef struct ch_flow {
    ch_vitem     *item;
    ch_vnode     *node;
    size_t        n;
    ch_note_line *note;
    ch_vnote     *note_node;
    size_t        n_notes;
} ch_flow;

/* page_height: of the pages after the first.  more: set behind the signatures (an addressee for
 * whom there is no room at the foot of page 1), may be empty.  The list is in cx->job. */
void ch_flow_build(ch_pager *p, ch_len page_height, ch_block_list more, ch_flow *out);

/* Add the notes of a list of blocks to *flow, if they are not in it yet (notes.c). */
typedef struct ch_note_stream {
    ch_pager *p;
    CH_VEC(ch_note_line) line;
    CH_VEC(ch_vnote) node;
    uint8_t *seen;  /* by index in ch_blocks.note */
    size_t   begun; /* lines up to and with the first one of the note added last */
} ch_note_stream;

ch_note_stream ch_note_stream_begin(ch_pager *p);
void           ch_note_stream_line(ch_note_stream *s, const ch_line *line);
void           ch_note_stream_blocks(ch_note_stream *s, ch_block_list list);
/* Lines [from, to) of notes, one below the other. */
ch_len ch_notes_height(const ch_flow *f, const ch_geometry *g, size_t from, size_t to);
void   ch_notes_place(ch_painter *out, const ch_flow *f, size_t from, size_t to, ch_lane lane,
                      ch_len y);

#endif
