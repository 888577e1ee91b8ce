/* page/layout.h -- a letter cut into pages, before anything is put on them; for page/ alone.
 *
 * Reads:   the vertical list, heights of running heads and feet.
 * Makes:   frames, the pages chosen, reports of what could not hold and why pages end.
 * Knows nothing of glyphs. */
#ifndef CH_PAGE_LAYOUT_H
#define CH_PAGE_LAYOUT_H

#include "page/vlist.h"

/* Where text stands on a page of its class. */
typedef struct ch_frame {
    ch_len  top, bottom;
    ch_lane lane;
} ch_frame;

typedef struct ch_layout {
    ch_frame          first, next;
    ch_len            reserved;   /* at the foot of page 1, for the addressee; 0: none */
    bool              foot_moved; /* P7 did not hold: the addressee is part of the flow */
    ch_flow           flow;
    ch_vlist          list; /* the numbers of the flow */
    ch_optimum_params params;
    ch_optimum        pages;
    size_t           *number, *of; /* of each page: its number, and how many are counted with it */
    size_t            annex_from, annex_to; /* pages that begin with signatories of the annex */
} ch_layout;

static inline const ch_frame *
ch_layout_frame(const ch_layout *l, size_t page)
{
    return page == 0 ? &l->first : &l->next;
}

/* Height for text and notes. */
static inline ch_len
ch_layout_room(const ch_layout *l, size_t page)
{
    return page == 0 ? l->params.first : l->params.next;
}

/* ---- furniture.c ---- */

/* Set the paragraphs of the list that hold page numbers; those of a letter of one page that is
 * not to be numbered are left out. */
void ch_furniture_number(ch_pager *p, ch_block_list list, size_t page, size_t pages);
/* Frames, with heads and feet as they are for that number of pages. */
void ch_frames_measure(ch_pager *p, size_t pages, ch_frame *first, ch_frame *next);
/* Height at the foot of page 1 that the addressee takes, with the space above; 0: none. */
ch_len ch_addressee_reserve(ch_pager *p, ch_lane lane);
/* Everything on the page but flow and notes, in two goes: what is read before them, and after. */
void ch_furniture_place_before(ch_painter *out, const ch_layout *l, size_t page);
void ch_furniture_place_after(ch_painter *out, const ch_layout *l, size_t page);

/* ---- window.c ---- */

/* Reports E6020 to E6024 when what stands in the window does not fit. */
void ch_window_check(ch_pager *p);
/* Reports E6025 and E6026 when a letterhead that ends there runs into the window, or out of its own room. */
void ch_window_check_above(ch_pager *p, ch_len letterhead_end);
void ch_window_place(ch_painter *out);
/* The marks at the left edge of page 1. */
void ch_marks_place(ch_painter *out);

/* ---- paginate.c ---- */

/* Build the flow from the lines as they are, and choose its pages. */
void ch_layout_solve(ch_pager *p, ch_layout *l);

/* The height of the box for initials at the foot of every page; 0: none. */
ch_len ch_initials_height(const ch_geometry *g, ch_len width);

/* ---- annex.c ---- */

/* A page left blank where the annex is to begin one of odd number. */
void ch_annex_to_odd_page(ch_pager *p, ch_layout *l);
/* What closes the blank space below the last signatory, if it is the last on the page. */
void ch_annex_end_place(ch_painter *out, const ch_layout *l, size_t page, ch_lane lane,
                        ch_stretch blank);

/* What the text says of the annex, as far as it can be known before there are pages. */
void ch_annex_begin(ch_pager *p);
/* The pages that are the annex's; the text is told where it is.  True when that made it higher or
 * lower, so that pages have to be chosen anew. */
bool ch_annex_settle(ch_pager *p, ch_layout *l);

/* ---- loosen.c ---- */

/* Where a rule is broken or the last page is a stub, set paragraphs a line longer or shorter if
 * that mends it. */
void ch_layout_loosen(ch_pager *p, ch_layout *l);

/* ---- emit.c ---- */

/* Flow and notes of one page. */
void ch_layout_place(ch_painter *out, const ch_layout *l, size_t page);

/* ---- explain.c ---- */

/* A length in millimetres, for a message. */
const char *ch_page_mm(ch_pager *p, ch_len v);
/* One warning for each rule that does not hold; returns how many. */
size_t ch_layout_report(ch_pager *p, const ch_layout *l);
/* One note for each page that ends: why there. */
void ch_layout_explain(ch_pager *p, const ch_layout *l);

#endif
