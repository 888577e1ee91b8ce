/* pdf/turns.h -- where a line turns from one direction to the other, and the direction marks that
 * readers need there.
 *
 * Reads:   a page of the display list.
 * Makes:   what stands beside each item on its line; the clusters of an item with their marks.
 * Knows nothing of fonts in a PDF.  doc/text-extraction.md says what each reader does. */
#ifndef CH_PDF_TURNS_H
#define CH_PDF_TURNS_H

#include "pdf/cluster.h"

/* What readers take a character for. */
typedef enum ch_side {
    CH_SIDE_NONE, /* nothing stands there */
    CH_SIDE_LEFT, /* a letter of a writing from left to right */
    CH_SIDE_RIGHT,
    CH_SIDE_NUMBER, /* digits, and the signs that poppler counts among them */
    CH_SIDE_NEUTRAL
} ch_side;

typedef struct ch_beside {
    ch_side left, right; /* the nearest characters of the items at the left and at the right */
    bool    left_turns, right_turns; /* that item runs the other way */
    bool    right_digits;            /* that one has digits only, in a font of compounds */
    bool    left_mirrored;           /* that item begins, at this one, with a bracket or the like */
    bool    page_rtl, line_rtl;
    bool    goes_on; /* the line ends here, and the next begins at its height: a cell, a label */
    bool    apart;   /* within a line from right to left more than digits: a stretch of its own */

    /* Of items from left to right beside each other, in a line that PDFium puts in reverse: how many
     * strands they have, which of them is this item's first, where they stand, and how far apart they
     * are to begin for PDFium.  0: they need not be set apart. */
    size_t strands, strand;
    ch_len strands_left, strands_right, strands_step;
    bool   apart_before, apart_behind; /* in reading order, on its line: another stretch */
} ch_beside;

/* For each item of the page, or NULL: all of it runs from left to right.  reversed: the document says
 * that it goes from right to left, and PDFium takes each of its lines so. */
const ch_beside *ch_page_beside(ch_arena *a, const ch_page *page, bool reversed);

/* The clusters of an item, in visual order, with marks. */
typedef struct ch_turns {
    const ch_item   *item;
    const ch_beside *beside; /* NULL: nothing turns */
    size_t           at;
    ch_str           left; /* the text of the cluster before */
} ch_turns;

ch_turns ch_turns_begin(const ch_page *page, const ch_beside *beside, size_t item);
bool     ch_turns_next(ch_turns *t, ch_cluster *out);

/* Of what PDFium makes the strands of a line, each of one kind; it puts them in reverse in a line that
 * has no fewer strands from right to left than from left to right. */
typedef enum ch_strand {
    CH_STRAND_LEFT,
    CH_STRAND_WEAK,
    CH_STRAND_RIGHT,
    CH_STRAND_NEUTRAL
} ch_strand;

/* The kind of a cluster's first character. */
ch_strand ch_cluster_strand(const ch_cluster *c);

/* Does the text have a combining mark? */
bool ch_text_marked(ch_str s);
/* Where the first combining mark stands behind other characters; 0: there is none. */
size_t ch_text_first_mark(ch_str s);
/* An item from right to left with not one letter or digit in it. */
bool ch_item_is_signs(const ch_item *item);

#endif
