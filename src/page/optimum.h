/* page/optimum.h -- choose the page breaks of a whole document.
 *
 * Reads:   a vertical list: items with heights, the space between them, what a break before each
 *          would cost and which rules it would break; the lines of the footnotes, in order.
 * Makes:   the pages that break the fewest rules, the most important first; among those the
 *          fewest pages; among those the least demerits.
 * Knows nothing of letters, lines and fonts, so tests feed it bare numbers.
 *
 * A page ends before any item.  The space before an item vanishes at the top of a page, and what
 * is repeated above it (heads of tables) comes in.  Footnotes fill the foot of the page in the
 * order of their marks; the last of them may run over. */
#ifndef CH_PAGE_OPTIMUM_H
#define CH_PAGE_OPTIMUM_H

#include "base/base.h"

/* Rules, the most important first. */
typedef enum ch_page_rule {
    CH_RULE_FIT,    /* nothing is higher than its page */
    CH_RULE_ROW,    /* rows are not split */
    CH_RULE_NOTE,   /* a footnote begins on the page of its mark */
    CH_RULE_UNIT,   /* P4: courtesy and signatures in one piece */
    CH_RULE_BODY,   /* P2: two lines of text above the signatures */
    CH_RULE_SALUTE, /* P5: a salutation with two lines of what follows */
    CH_RULE_HEAD,   /* P8: heads with two lines or rows of what follows */
    CH_RULE_LINES,  /* P1, P6: no widows, no orphans */
    CH_RULE_KEEP,   /* what the style sheet wants together */
    CH_RULE_COUNT
} ch_page_rule;

#define CH_RULE_BIT(r) ((uint16_t)(1u << (r)))

typedef struct ch_vitem {
    ch_len   height;
    ch_len   gap;             /* above it, when something stands above it on its page */
    ch_len   stretch, shrink; /* of that gap */
    ch_len   head;            /* of what is repeated above it when its page begins with it */
    ch_len   column_head;     /* likewise when a column begins with it */
    int32_t  cost;            /* demerits of a page that ends before it */
    uint16_t rules;           /* bits of the rules that such a page breaks */
    uint8_t  columns;         /* side by side, in which it stands; 0: it takes the whole measure */
    uint8_t  needs_body;      /* lines of text that must stand above it on its page */
    bool     column_first;    /* first of those that share these columns */
    bool     forced;          /* a page begins here */
    bool     if_needed;       /* a page begins here unless all up to the next place of this or the
                                 last kind, or the end, stands on the page as a whole */
    bool     body;            /* a line of text */
    uint32_t notes_to;        /* lines of all notes whose marks stand on it or before it */
    uint32_t notes_begun;     /* how many of these a page that ends behind it must hold, with what
                                 went before: the first line of the last of these notes is in */
} ch_vitem;

/* A line of a footnote. */
typedef struct ch_note_line {
    ch_len  height;
    ch_len  gap;  /* above it, unless it is the first on its page */
    int32_t cost; /* demerits of a page that ends before it */
} ch_note_line;

typedef struct ch_vlist {
    const ch_vitem     *item;
    size_t              n;
    const ch_note_line *note;
    size_t              n_notes;
} ch_vlist;

typedef struct ch_optimum_params {
    ch_len  first, next; /* heights of page 1 and of the others */
    ch_len  note_head;   /* space and rule above the footnotes of a page */
    int32_t note_alone;  /* demerits of one line of a longer note being all the notes of a page */
    bool    ragged;      /* space between items does not stretch to fill pages */
    ch_len  stub;        /* a last page, not the first, that is filled less than this ... */
    int32_t stub_cost;   /* ... costs this */
} ch_optimum_params;

/* Compared field by field, `broken` from its first entry on. */
typedef struct ch_page_cost {
    uint16_t broken[CH_RULE_COUNT]; /* how often; no more than 65,535 are told apart */
    uint32_t pages;
    int64_t  demerits;
} ch_page_cost;

typedef struct ch_page_span {
    size_t   from, to;           /* items */
    size_t   note_from, note_to; /* lines of notes */
    uint16_t rules;              /* bits of those that it breaks */
    ch_len   used;               /* natural height of what is on it */
    ch_len   stretch, shrink;    /* of its gaps */
} ch_page_span;

typedef struct ch_optimum {
    const ch_page_span *at; /* lives in cx->job */
    size_t              n;
    ch_page_cost        cost;
} ch_optimum;

/* Below 0, 0, above 0: a is cheaper, the same, dearer. */
int ch_page_cost_compare(const ch_page_cost *a, const ch_page_cost *b);
/* Demerits of a page of that height, without those of its breaks; last: nothing has to fill it. */
int64_t ch_page_demerits(const ch_optimum_params *p, ch_len height, const ch_page_span *span,
                         bool last);

/* The best pages.  An item that fits on no page gets one of its own (FIT); an item that fits on
 * none with the first line of its notes leaves them to the next page (NOTE).
 * Time:    items times the items on a page; with footnotes, times the ways to split them.
 * Threads: touches only cx and its arguments. */
void ch_optimum_pages(ch_ctx *cx, ch_vlist v, const ch_optimum_params *p, ch_optimum *out);

/* The page that begins there if each page simply takes what it can hold. */
ch_page_span ch_greedy_page(ch_vlist v, const ch_optimum_params *p, size_t from, size_t note_from);

#endif
