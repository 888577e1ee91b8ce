/* style/blocks.h -- the letter as blocks with computed properties and a role each.
 *
 * Reads:   ch_letter, ch_sheet.
 * Makes:   ch_blocks: the flow in reading order, the page furniture, the structure tree.
 * Knows nothing of glyphs: no measure depends on the width of a text here. */
#ifndef CH_STYLE_BLOCKS_H
#define CH_STYLE_BLOCKS_H

#include "base/base.h"
#include "font/font.h"
#include "locale/direction.h"
#include "style/structure.h"

typedef enum ch_align {
    CH_ALIGN_START,
    CH_ALIGN_END,
    CH_ALIGN_CENTER,
    CH_ALIGN_JUSTIFY,
    CH_ALIGN_LEFT, /* of sheets and figures: a paragraph has START or END, by its direction */
    CH_ALIGN_RIGHT
} ch_align;
typedef enum ch_case { CH_CASE_NONE, CH_CASE_UPPER, CH_CASE_SMALL_CAPS } ch_case;

/* What the type of a script needs beside Latin type, in thousandths. */
typedef struct ch_script_type {
    uint32_t tag; /* "Arab" as a number: locale/script.h, and as HarfBuzz has it */
    int32_t  size, leading, space;
    bool     upright; /* it has no italic: words are emphasised by weight */
    bool     closed;  /* its letters are never set apart */
} ch_script_type;

typedef struct ch_script_types {
    const ch_script_type *at;
    size_t                n;
} ch_script_types;

/* The entry of a script; that of Latin type for one that has none.  t may be NULL. */
const ch_script_type *ch_script_type_of(const ch_script_types *t, uint32_t tag);

/* Computed properties (props.def), and whether each was given. All lengths in ch_len. */
typedef struct ch_props {
#define ENUM_FACE ch_font_role
#define ENUM_CASE ch_case
#define ENUM_ALIGN ch_align
#define LEN ch_len
#define NUM int32_t
#define PCT int32_t
#define BOOL bool
#define STR ch_str
#define COLOUR uint32_t
#define PROP(attr, field, type, dflt) type field;
#include "style/props.def"
#undef PROP
    ch_where family_where; /* where the style sheet names the family: for what font/ reports */
    uint32_t script;       /* that size and leading are made for; 0: Latin type */
    const ch_script_types *scripts; /* of the sheet; NULL: all alike */
#undef ENUM_FACE
#undef ENUM_CASE
#undef ENUM_ALIGN
#undef LEN
#undef NUM
#undef PCT
#undef BOOL
#undef STR
#undef COLOUR
} ch_props;

/* ---- paragraphs -------------------------------------------------------------------- */

struct ch_footnote;

typedef enum ch_span_kind {
    CH_SPAN_TEXT,
    CH_SPAN_BREAK,     /* forced line break */
    CH_SPAN_NOTE_MARK, /* text is the mark; note is set */
    CH_SPAN_PAGE,      /* the page number; filled by page/ (furniture only) */
    CH_SPAN_PAGES,     /* how many pages; likewise */
    CH_SPAN_NEXT,      /* the number of the page after it; likewise */
    CH_SPAN_LEVEL,     /* the words of the page's level; likewise */
    CH_SPAN_ANNEX,     /* where the annex is, in a paragraph of its own; likewise */
    CH_SPAN_LEADER     /* fills what is left of the line with space */
} ch_span_kind;

/* A stretch of text with one look, one language and one structure element. */
typedef struct ch_span {
    ch_span_kind              kind;
    ch_str                    text; /* UTF-8, NFC not forced */
    const ch_props           *type; /* family, size, weight, features, colour of this span */
    ch_str                    lang;
    ch_snode                 *node;            /* NULL: artifact */
    ch_len                    rise;            /* baseline shift upwards (note marks) */
    bool                      whole;           /* no word of it is divided */
    const ch_isolate         *isolate;         /* those that open before it, outermost first */
    unsigned                  isolates_opened; /* how many */
    unsigned                  isolates_closed; /* how many close behind it */
    ch_str                    uri; /* a link to it, or "#id" within the letter; else empty */
    const struct ch_footnote *note;
    ch_where                  where;
} ch_span;

typedef struct ch_para {
    uint32_t        index; /* number of this paragraph in its ch_blocks, from 0; texts and lines
                                 of the later passes are found by it */
    ch_span        *span;
    size_t          n;
    const ch_props *props;
    ch_str          lang;
    bool            rtl;
    ch_snode       *node; /* the paragraph's own element; NULL: artifact */
    ch_where        where;
} ch_para;

/* ---- blocks ------------------------------------------------------------------------ */

typedef enum ch_block_kind {
    CH_BLOCK_PARA,
    CH_BLOCK_TABLE,
    CH_BLOCK_RULE,
    CH_BLOCK_FIGURE,
    CH_BLOCK_GAP,
    CH_BLOCK_NEW_PAGE
} ch_block_kind;

/* What the page rules need to know of a block (domain: P1..P10). */
typedef enum ch_part {
    CH_PART_OPENER,
    CH_PART_SALUTE /* opening salutation or vocative */,
    CH_PART_BODY,
    CH_PART_HEAD,
    CH_PART_COURTESY,
    CH_PART_SIGNATURE,
    CH_PART_AFTER /* enclosures, copies, PS */,
    CH_PART_ANNEX_HEAD,
    CH_PART_ANNEX,
    CH_PART_FURNITURE
} ch_part;

typedef struct ch_figure {
    ch_str path, alt;
    ch_len width,
        height; /* 0: from the image, at 1 px = 1/96 in or its own resolution, shrunk to the measure */
    bool     black; /* printed without colour */
    ch_len   room;  /* not 0: it takes this height and stands at its foot, smaller if need be */
    ch_where where;
} ch_figure;

struct ch_block;
typedef struct ch_block_list {
    struct ch_block *at;
    size_t           n;
} ch_block_list;

typedef enum ch_width_kind { CH_WIDTH_AUTO, CH_WIDTH_FIXED, CH_WIDTH_SHARE } ch_width_kind;
typedef struct ch_column {
    ch_width_kind kind;
    ch_len        width; /* FIXED */
    int32_t       share; /* SHARE: parts of what is left */
    ch_len        min;   /* AUTO: at least this */
} ch_column;

typedef struct ch_cell {
    ch_block_list content;
    unsigned      columns; /* spanned, at least 1 */
    ch_snode     *node;    /* TH or TD; NULL in layout tables */
} ch_cell;

typedef enum ch_row_kind {
    CH_ROW_BODY,
    CH_ROW_HEAD /* repeated on each page */,
    CH_ROW_GROUP /* a group's head: keeps with two rows; repeated with "(continued)" */,
    CH_ROW_TOTAL /* keeps with the row before */
} ch_row_kind;

typedef struct ch_row {
    ch_row_kind kind;
    ch_cell    *cell;
    size_t      n;
    ch_cell
          *continued;  /* GROUP: the cells printed when the group runs over (n of them); artifact */
    ch_len min_height; /* room for ink */
    bool   rule_below;
    ch_snode *node; /* TR; NULL in layout tables */
    ch_where  where;
} ch_row;

typedef enum ch_table_flow {
    CH_FLOW_ROWS, /* a table; rows never split, breaks between rows */
    CH_FLOW_COLUMNS /* rows of one cell, read down in `newspaper` columns, balanced on the last page */
} ch_table_flow;

typedef struct ch_table {
    uint32_t      index; /* number of this table in its ch_blocks, from 0 */
    ch_table_flow flow;
    bool          rtl; /* its first column is the right one */
    ch_column    *column;
    size_t        n_columns;
    bool          centred; /* pictures and texts of a row stand in the middle of its height */
    bool          even;    /* columns by content are equal where that leaves each enough */
    bool          packed;  /* columns are equal; where that leaves a cell too little, it is laid
                                out as `narrower`, which has the same cells in fewer columns */
    const struct ch_table *narrower;  /* of the same index; NULL: none */
    unsigned               newspaper; /* COLUMNS: how many, 1..8 */
    ch_len                 gutter;    /* between columns */
    ch_len                 row_gap;   /* between rows */
    ch_len                 rule;      /* thickness of head and row rules; 0: none */
    uint32_t               rule_colour;
    ch_row                *row;
    size_t                 n_rows;
    ch_block_list
        continued_head; /* printed at the top of each further page: "Title (continued)"; artifact */
    ch_snode *node;     /* TABLE; NULL in layout tables */
} ch_table;

/* On which pages a block of a running head or foot is drawn; elsewhere its room stays empty. */
typedef enum ch_drawn {
    CH_DRAWN_ALWAYS,
    CH_DRAWN_CONTINUES, /* where a page follows */
    CH_DRAWN_LAST,      /* on the last page */
    CH_DRAWN_NEVER      /* the paper has it already */
} ch_drawn;

typedef struct ch_block {
    ch_block_kind   kind;
    ch_drawn        drawn;
    ch_part         part;
    const ch_props *props;
    bool            rtl;            /* its area starts at the right */
    ch_len          start, measure; /* indent from the start edge of its area, and its width there;
                                        in table cells relative to the cell: measure is then -end margin (<= 0: the
                                        cell's width less start and |measure|) */
    ch_para        *para;           /* PARA */
    ch_para   *label; /* PARA: a list mark or paragraph number, set at label_start; may be NULL */
    ch_len     label_start, label_width;
    ch_table  *table;
    ch_figure *figure;
    ch_len     rule_thickness, gap; /* RULE (colour: props), GAP */
    ch_snode  *node;                /* FIGURE: its element; else that of para or table */
    unsigned   unit;      /* blocks of one number (not 0) stay on one page: courtesy + signature */
    bool       postal;    /* a line of the place in an address: in a window it stands on one line */
    bool       keep_next; /* stays with the two lines or rows after it */
    const ch_block_list
               *continued; /* PARA: above its lines that begin a page; artifact; NULL: none */
    bool        one_line;  /* PARA: should not be broken where the columns can be chosen so */
    bool        if_needed; /* NEW_PAGE: only when what follows, up to the next NEW_PAGE or
                                        the end, does not fit on this page as a whole */
    unsigned    level;     /* of classification, from 1; 0: none */
    unsigned    section;   /* whose pages are counted together: 0 the letter, 1.. an attachment */
    const char *name; /* role of the style sheet ("paragraph", "salute"): for dumps and --explain */
    ch_str      bookmark; /* outline entry of this block, or empty */
    unsigned    bookmark_level;
    ch_where    where;
} ch_block;

typedef struct ch_footnote {
    unsigned      number;
    ch_str        mark;
    ch_block_list content; /* paragraphs; the first has the mark as label */
    ch_snode     *node;    /* NOTE */
    ch_where      where;
} ch_footnote;

/* ---- the sheet of paper -------------------------------------------------------------- */

typedef struct ch_margins {
    ch_len top, bottom, start, end;
    bool   pinned; /* start is left and end is right, whatever the direction */
} ch_margins;

/* What a window has above the address, and how the address stands in it. */
typedef struct ch_zones {
    ch_len   indent;
    ch_len   returns, remarks; /* heights, from its top; 0: none */
    unsigned lines;            /* of the address at most; 0: as many as fit */
} ch_zones;

#define CH_FOLDS_MOST 4

/* At the left edge of page 1; heights from the upper edge of the paper. */
typedef struct ch_marks {
    ch_len   fold[CH_FOLDS_MOST];
    unsigned folds;
    ch_len   punch; /* 0: none */
    ch_len   left, width, thickness;
} ch_marks;

typedef struct ch_furniture { /* running head and foot of one class of page */
    ch_block_list head, foot; /* artifacts */
} ch_furniture;

typedef enum ch_end_mark { CH_END_NONE, CH_END_RULE, CH_END_STROKE } ch_end_mark;

/* The annex of signatories, as the pages need to know it. */
typedef struct ch_annex_pages {
    size_t         from, to; /* its blocks in the flow; none when they are the same */
    ch_furniture   running;  /* of the pages that it begins or that are its own; a list without
                                  blocks: as on the other pages */
    bool           odd_page; /* where it begins a page, that has an odd number */
    ch_end_mark    end_mark; /* in the blank space after it */
    ch_len         end_rule; /* its thickness */
    uint32_t       end_colour;
    const ch_para *announcement;      /* in the flow: where it is; printed when it begins a page */
    ch_str         on_page, on_pages; /* its text, with {page}, or {from} and {to}, to be filled */
    const ch_para *follows;           /* in the flow: at the foot of the page before, likewise */
} ch_annex_pages;

typedef struct ch_geometry {
    ch_len     width, height;     /* of the paper */
    ch_margins first, next;       /* of page 1, of the others */
    ch_len     head_top;          /* from the upper edge to the top of the running head */
    ch_len     foot_bottom;       /* from the lower edge to the bottom of the running foot */
    ch_len     letterhead_top;    /* from the upper edge to the top of the letterhead */
    ch_len     letterhead_height; /* at most; 0: any */
    ch_len     letterhead_gap;    /* at least, between letterhead and text */
    ch_len     copy_top;          /* from the upper edge to the mark of a copy */
    bool       copy_every;        /* that is on every page, not on page 1 alone */
    ch_len     note_gap;          /* between text and footnotes */
    ch_len     note_rule, note_rule_width;
    ch_len     initials; /* height of a place for initials at the foot; 0: none */
    unsigned   initials_places;
    bool       rtl;           /* the page mirrors: start is right */
    bool       bottom_ragged; /* else spaces stretch to fill the page */
    ch_rect    window;        /* of the address, from the top left; w == 0: none */
    ch_zones   zones;         /* of the window */
    ch_marks   marks;
    bool       own_levels;  /* a page has the level of what is on it, not the highest of all */
    bool       own_numbers; /* each attachment counts its pages from 1 */
    bool       number_single_page; /* number a letter of one page */
} ch_geometry;

typedef struct ch_outline_title {
    ch_str title;
} ch_outline_title;

typedef struct ch_meta {
    ch_str title, lang, subject, keywords, creator /* sender */, identifier;
    ch_str date;   /* ISO 8601 of the letter, may be empty */
    ch_str digest; /* of the letter's text, in hexadecimal */
    bool   rtl;
} ch_meta;

enum { CH_LEVELS = 16 }; /* more than there are levels of classification */

typedef struct ch_blocks {
    ch_geometry   geometry;
    ch_block_list letterhead;     /* page 1; composed at the measure of page 1 */
    ch_block_list addressee_foot; /* at the foot of page 1, its room reserved; may be empty */
    const ch_block_list
                 *narrower; /* letterheads for where the one before is too wide, the last for all */
    size_t        n_narrower;
    ch_str        level_words[CH_LEVELS]; /* where pages have levels of their own */
    ch_block_list copy_mark;              /* at the head of every page, or of page 1; artifact */
    ch_block_list addressee_window;       /* inside geometry.window; may be empty */
    ch_block_list window_return;  /* the sender's address above it: artifacts; may be empty */
    ch_block_list window_remarks; /* between them; may be empty */
    ch_block_list flow;
    ch_furniture  first, next, even; /* of page 1, of the others; even: those of an even number,
                                        with the lists of next where they do not differ */
    ch_annex_pages          annex;
    ch_footnote           **note;
    size_t                  n_notes;
    ch_para               **para;
    size_t                  n_paras; /* every paragraph, by index */
    ch_table              **table;
    size_t                  n_tables; /* every table, by index */
    ch_snode               *root;
    ch_meta                 meta;
    const struct ch_locale *locale;      /* for page numbers */
    size_t                  signatories; /* in the annex; 0 without one */
} ch_blocks;

/* The size that a script's letters have in type of these properties, so that they look as large
 * as those which it was made for. */
ch_len ch_props_size(const ch_props *p, uint32_t script);
/* Are that script's letters italic in it? */
bool ch_props_italic(const ch_props *p, uint32_t script);

struct ch_letter;
struct ch_sheet;
/* Everything in cx->job.  Reports all it finds. */
ch_status ch_blocks_build(ch_ctx *cx, const struct ch_letter *letter, const struct ch_sheet *sheet,
                          const ch_blocks **out);
void      ch_blocks_dump(ch_buf *out, const ch_blocks *b); /* --dump=blocks */

#endif
