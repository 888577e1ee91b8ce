/* style/styler.h -- what the parts of ch_blocks_build share; for style/ alone.
 *
 * Reads:   ch_letter, ch_sheet.
 * Makes:   blocks, paragraphs and structure elements, all in cx->job.
 *
 * Blocks are added to an area: a list, the part of the letter that it is for, and the stretch
 * of the measure that it has.  In a cell of a table that stretch is not known yet: start counts
 * from the cell's start edge, and measure is minus what is taken off at its end. */
#ifndef CH_STYLE_STYLER_H
#define CH_STYLE_STYLER_H

#include "letter/letter.h"
#include "style/sheet_data.h"

typedef CH_VEC(ch_block) ch_block_vec;
typedef CH_VEC(ch_cell) ch_cell_vec;
typedef CH_VEC(ch_row) ch_row_vec;

/* A look that differs from a role's: made once, found again. */
typedef struct ch_variant {
    const ch_props *of;
    unsigned        what;   /* CH_LOOK_ bits */
    uint32_t        script; /* that it is for; that of `of`: no change */
    ch_props       *props;
} ch_variant;

#define CH_LOOK_ITALIC 1u /* the other of italic and upright */
#define CH_LOOK_BOLD 2u   /* the other of bold and regular */
#define CH_LOOK_MARK 4u   /* mark of a note */
#define CH_LOOK_START 8u  /* other edges of lines */
#define CH_LOOK_CENTER 16u
#define CH_LOOK_END 32u
#define CH_LOOK_LINES 64u /* with a change of script: leading and space too */

/* What is known of a language, asked for each word in it. */
typedef struct ch_known_lang {
    ch_str   lang;
    uint32_t script;
    bool     rtl;
} ch_known_lang;

typedef struct ch_styler {
    ch_ctx          *cx;
    ch_arena        *a;          /* cx->job */
    const ch_letter *letter;     /* the one at work: an attachment may be a letter of its own */
    const ch_sheet  *sheet;      /* in the letter's language */
    const ch_sheet  *any;        /* the sheet as it is for all languages */
    bool             rtl;        /* areas start at the right */
    unsigned         across;     /* senders of a joint letter side by side; 0: two */
    ch_snode       **sender_div; /* of each, while at work on the letterhead */
    bool             blank;      /* at work on what the paper has already */
    bool             text;       /* at work on running text, whose lines start where it does */
    ch_blocks       *out;
    const ch_props  *role[CH_TYPE_COUNT];
    CH_VEC(ch_variant) variants;
    CH_VEC(ch_known_lang) langs;
    CH_VEC(ch_para *) paras;
    CH_VEC(ch_table *) tables;
    CH_VEC(ch_footnote *) notes;
    CH_VEC(const ch_note *) sources; /* of the notes, likewise */
    ch_len   measure;
    unsigned level;        /* of classification, of what is at work; from 1 */
    unsigned units;        /* numbers given away */
    unsigned last_head;    /* level of the heading before, 0: none */
    unsigned base_head;    /* level above the letter's own headings */
    unsigned section;      /* that blocks are for; of ch_block */
    unsigned sections;     /* numbers given away */
    unsigned note_base;    /* the number of the last note before those that are counted now */
    bool     note_anew;    /* the next note begins that count */
    bool     after_number; /* the paragraph before has a number */
    unsigned number;       /* of the numbered paragraph before */
    bool     bookmarks;    /* headings get them */
} ch_styler;

typedef struct ch_area {
    ch_block_vec *to;
    ch_len        start, measure;
    ch_part       part;
    unsigned      unit;
} ch_area;

/* ---- blocks (build.c) ---- */

const ch_props *ch_styler_role(ch_styler *s, ch_type_role role);
const ch_props *ch_styler_look(ch_styler *s, const ch_props *of, unsigned what);
/* The same as made for a script. */
const ch_props *ch_styler_look_in(ch_styler *s, const ch_props *of, unsigned what, uint32_t script);
const ch_known_lang *ch_styler_lang(ch_styler *s, ch_str lang);

/* The area for what stands in a cell. */
ch_area ch_area_in_cell(ch_block_vec *to, const ch_area *around);
/* The area as it is in a direction, which becomes that of what is added from now on. */
ch_area ch_area_toward(ch_styler *s, const ch_area *area, bool rtl);
/* The direction of a language: the letter's own is known, of others the script decides. */
bool ch_styler_rtl(ch_styler *s, ch_str lang);
/* The area narrowed at both sides. */
ch_area ch_area_inset(const ch_area *area, ch_len start, ch_len end);

/* A block of that role at the end of the area, its place worked out from the role's margins.
 * The pointer holds until the next block is added. */
ch_block *ch_block_add(ch_styler *s, const ch_area *area, ch_block_kind kind, ch_type_role role,
                       ch_where where);
ch_block *ch_block_add_para(ch_styler *s, const ch_area *area, ch_type_role role, ch_para *para);
void      ch_block_add_gap(ch_styler *s, const ch_area *area, ch_len gap, ch_where where);
/* One line of text in its own P; nothing when it is empty. */
ch_block *ch_block_add_rich(ch_styler *s, const ch_area *area, ch_type_role role, ch_rich text,
                            ch_snode *parent, ch_role as);
ch_block *ch_block_add_table(ch_styler *s, const ch_area *area, ch_type_role role, ch_table *table,
                             ch_where where);
ch_block *ch_block_add_figure(ch_styler *s, const ch_area *area, const ch_image_ref *image,
                              ch_len width, ch_snode *node);
/* The picture of a signature or seal, of which a draft has only the room. */
ch_block     *ch_block_add_signature(ch_styler *s, const ch_area *area, const ch_image_ref *image,
                                     ch_snode *node);
ch_block_list ch_block_vec_list(ch_block_vec v);

ch_table *ch_table_add(ch_styler *s, size_t n_columns);
ch_cell   ch_cell_of(ch_block_vec content, unsigned columns, ch_snode *node);
/* A row of the cells, which are copied. */
ch_row ch_row_of(ch_styler *s, ch_cell_vec cells, ch_snode *node, ch_where where);

ch_snode *ch_styler_node(ch_styler *s, ch_snode *parent, ch_role role, ch_where where);
/* The language that holds at a node. */
ch_str ch_snode_lang(const ch_snode *n);

/* ---- paragraphs (spans.c) ---- */

typedef struct ch_spanner {
    ch_styler      *s;
    const ch_props *props;
    ch_snode       *node; /* the paragraph's; NULL: artifact */
    ch_str          lang; /* of the paragraph, set by its first text */
    bool            has_lang;
    bool            line; /* runs with the page, whatever its language: a name, an address */
    ch_where        where;
    CH_VEC(ch_span) span;
    struct {
        CH_VEC(const ch_inline *) of;
        CH_VEC(ch_snode *) node;
    } known;
} ch_spanner;

ch_spanner ch_spanner_new(ch_styler *s, const ch_props *props, ch_snode *node, ch_where where);
void       ch_spanner_rich(ch_spanner *sp, ch_rich text);
/* A text of the engine's own, in a language. */
void ch_spanner_text(ch_spanner *sp, ch_str text, ch_str lang);
/* The same, isolated for direction: a number or name from elsewhere. */
void ch_spanner_isolated(ch_spanner *sp, ch_rich text);
void ch_spanner_special(ch_spanner *sp, ch_span_kind kind);
/* The words of the page's level. */
void     ch_spanner_level(ch_spanner *sp);
bool     ch_spanner_empty(const ch_spanner *sp);
ch_para *ch_spanner_done(ch_spanner *sp);
/* A paragraph of one text, in the direction of its language. */
ch_para *ch_para_of(ch_styler *s, const ch_props *props, ch_rich text, ch_snode *node);
/* The same with a number at its beginning, a label. */
ch_para *ch_para_numbered(ch_styler *s, const ch_props *props, ch_rich number, ch_rich text,
                          ch_snode *node);
/* The same for a line that runs with the page. */
ch_para *ch_line_of(ch_styler *s, const ch_props *props, ch_rich text, ch_snode *node);

/* ---- parts ---- */

/* inside: of a letter in an attachment, which no paper has already. */
void ch_style_letterhead(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside);
/* Of the letterhead's items, the texts of a sender; those, or the item, added (opener.c). */
ch_texts ch_style_sender_texts(ch_styler *s, const ch_person *p, ch_head_item_kind kind);
void     ch_style_letterhead_texts(ch_styler *s, const ch_area *area, const ch_head_item *it,
                                   ch_texts t, ch_snode *parent);
void     ch_style_letterhead_item(ch_styler *s, const ch_area *area, const ch_head_item *it,
                                  const ch_person *p, ch_snode *parent);
/* Does the item stand beside what follows it?  The items from `at` on that are set together:
 * those of several senders, or of two languages; returns the one behind (letterhead.c). */
bool   ch_style_letterhead_beside(ch_styler *s, size_t at);
size_t ch_style_letterhead_run(ch_styler *s, const ch_area *area, size_t at, ch_snode *parent);
void   ch_style_opener(ch_styler *s, const ch_area *area, ch_snode *parent, bool whole);
/* Has the paper the letterhead already, and all that stands on it with that? */
bool ch_style_letterhead_blank(const ch_styler *s);
/* The addressee at the foot or in the window, with what else is there (window.c). */
void ch_style_address_places(ch_styler *s, ch_snode *parent);
bool ch_style_in_window(const ch_styler *s);
/* How the letter is sent, and how soon it must be dealt with. */
void ch_style_remarks(ch_styler *s, const ch_area *area, ch_type_role role, ch_snode *parent);
/* The addressees, in an area of their own. */
void ch_style_addressees(ch_styler *s, const ch_area *area, ch_snode *parent);
void ch_style_bodies(ch_styler *s, const ch_area *area, ch_bodies bodies,
                     ch_snode *parent); /* body.c */
/* A heading at a level below that of the letter's own title, never skipping one. */
ch_role ch_style_heading(ch_styler *s, unsigned level);
void    ch_style_closer(ch_styler *s, const ch_area *area, ch_snode *parent); /* closer.c */
void    ch_style_after(ch_styler *s, const ch_area *area, ch_snode *parent);
/* The lines of one signature: name, offices, body; honorific joined with the name. */
void ch_style_signer(ch_styler *s, const ch_area *area, const ch_person *p, ch_snode *parent);
void ch_style_annex(ch_styler *s, const ch_area *area, ch_snode *parent); /* annex.c */
/* What the pages before say of it: where it is, and that it follows. */
void ch_style_annex_announce(ch_styler *s, const ch_area *area, ch_snode *parent);
void ch_style_annex_follows(ch_styler *s, const ch_area *area, ch_snode *parent);

/* ---- packed.c ---- */

/* How many blocks stand in a row, at most that many: as even as can be, four in threes are two and
 * two. */
unsigned ch_packed_columns(size_t largest, size_t most);
/* The table for where its columns are too narrow, with the one for where those are, and so on to a
 * single column; NULL for one of a single column.  largest: the blocks of the largest group. */
const ch_table *ch_packed_narrower(ch_arena *a, const ch_table *t, size_t largest);

/* Where a text came from, under its title; the title does not leave it behind. */
void ch_style_provenance(ch_styler *s, const ch_area *area, ch_texts lines, ch_snode *parent);
void ch_style_attachments(ch_styler *s, const ch_area *area, ch_snode *parent); /* attach.c */
/* A letter's parts in order, letterhead and addressee inside (for a letter in an attachment). */
void ch_style_letter(ch_styler *s, const ch_area *area, ch_snode *parent, bool inside);
/* What is added from now on has that level, whose words are given. */
void ch_style_level(ch_styler *s, int level, ch_rich words);
void ch_style_furniture(ch_styler *s); /* furniture.c */

#endif
