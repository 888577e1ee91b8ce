/* style/sheet_data.h -- a style sheet in memory, for style/ alone.
 *
 * Reads:   nothing.
 * Makes:   the types of a loaded sheet and of the catalogue.
 * Everything lives in the arena of its sheet, or in that of one that it extends, and never
 * changes once loaded.  No ch_where is kept: source numbers are a job's own. */
#ifndef CH_STYLE_SHEET_DATA_H
#define CH_STYLE_SHEET_DATA_H

#include "input/tree.h"
#include "style/blocks.h"
#include "style/sheet.h"

typedef enum ch_type_role {
#define TYPE_ROLE(id, name, based_on, doc) CH_TYPE_##id,
#include "style/type_roles.def"
#undef TYPE_ROLE
    CH_TYPE_COUNT
} ch_type_role;

const char *ch_type_role_name(ch_type_role r);
/* CH_TYPE_COUNT when there is none such. */
ch_type_role ch_type_role_of(ch_str name);

typedef enum ch_prop {
#define PROP(attr, field, type, dflt) CH_PROP_##field,
#include "style/props.def"
#undef PROP
    CH_PROP_COUNT
} ch_prop;

/* A file that a sheet was read from. */
typedef struct ch_sheet_file {
    ch_str path;
    ch_str bytes;
} ch_sheet_file;

/* A place in such a file. */
typedef struct ch_place {
    const ch_sheet_file *file; /* NULL: no place known */
    uint32_t             from, to;
} ch_place;

/* The place as the running job sees it; the file becomes one of its sources. */
ch_where ch_place_where(ch_ctx *cx, ch_place p);

/* A role as written: the value of each property that the sheet, or one it extends, names. */
typedef struct ch_role_text {
    ch_str   name, based_on;
    ch_place where, based_on_where;
    ch_str   value[CH_PROP_COUNT];
    ch_place value_where[CH_PROP_COUNT]; /* file NULL: not named */
    bool     own[CH_PROP_COUNT];         /* named for the language itself: not scaled by script */
} ch_role_text;

/* ---- templates of running lines ---- */

typedef enum ch_slot {
    CH_SLOT_TEXT,
    CH_SLOT_PAGE,
    CH_SLOT_PAGES,
    CH_SLOT_NEXT,
    CH_SLOT_PAGE_OF,
    CH_SLOT_PAGE_LABEL,
    CH_SLOT_ADDRESSEE,
    CH_SLOT_DATE,
    CH_SLOT_REFERENCE,
    CH_SLOT_CLASSIFICATION,
    CH_SLOT_SENDER,
    CH_SLOT_SUBJECT,
    CH_SLOT_TITLE,
    CH_SLOT_DIGEST,
    CH_SLOTS
} ch_slot;

typedef struct ch_piece {
    ch_slot  slot;
    ch_str   text;  /* TEXT */
    unsigned group; /* number of its [brackets], 0: none */
} ch_piece;

typedef struct ch_template {
    const ch_piece *piece;
    size_t          n; /* 0: nothing stands here */
} ch_template;

/* Reads "[{reference} / ]{page}".  Reports E4008 and E4009 at `where`. */
ch_template ch_template_read(ch_ctx *cx, ch_arena *a, ch_str text, ch_where where);

/* Which pages; even ones are those of the further pages where they differ from the odd, those
 * of the annex likewise. */
typedef enum ch_page_class {
    CH_PAGE_FIRST,
    CH_PAGE_NEXT,
    CH_PAGE_EVEN,
    CH_PAGE_ANNEX,
    CH_PAGE_CLASSES
} ch_page_class;

typedef struct ch_running {
    ch_page_class page;
    bool          foot; /* place */
    ch_drawn      drawn;
    ch_template   side[5]; /* start, center, end; left, right */
    ch_type_role  role;
} ch_running;

/* The word of a list that begins at *at, which moves on behind the space after it. */
static inline ch_str
ch_word_next(ch_str list, size_t *at)
{
    size_t from = *at, to = from;
    while (to < list.n && list.p[to] != ' ')
        to++;
    *at = to + 1;
    return ch_str_sub(list, from, to);
}

/* ---- the parts ---- */

typedef enum ch_head_item_kind {
    CH_HEAD_ORG,
    CH_HEAD_PERSON,
    CH_HEAD_ROLE,
    CH_HEAD_MOTTO,
    CH_HEAD_ADDRESS,
    CH_HEAD_CONTACT,
    CH_HEAD_INVOCATION,
    CH_HEAD_EMBLEM,
    CH_HEAD_PARTICULARS,
    CH_HEAD_RULE
} ch_head_item_kind;

typedef struct ch_head_item {
    ch_head_item_kind kind;
    ch_type_role      role;
    bool              joined;
    ch_str            join;
    ch_str            items;      /* PARTICULARS */
    ch_len            width, gap; /* EMBLEM, PARTICULARS; thickness of a RULE is its width */
    ch_align          place;      /* EMBLEM, PARTICULARS */
    bool              black;      /* EMBLEM: without colour */
} ch_head_item;

typedef enum ch_beside { CH_REF_BESIDE, CH_REF_ABOVE, CH_REF_BELOW } ch_beside;
typedef enum ch_annex_layout {
    CH_ANNEX_BLOCKS,
    CH_ANNEX_TABLE,
    CH_ANNEX_COLUMNS,
    CH_ANNEX_RUN_IN
} ch_annex_layout;

typedef enum ch_number_form {
    CH_NUMBER_HANGING, /* beside the paragraph */
    CH_NUMBER_FLUSH,   /* in the indent of its first line, a room of its own */
    CH_NUMBER_RUN_IN   /* at the beginning of its text */
} ch_number_form;

typedef struct ch_sheet_parts {
    struct {
        ch_letterhead_form  form; /* how it is drawn */
        bool                print;
        bool                sides; /* two languages, each on its own */
        const ch_head_item *item;
        size_t              n;
    } letterhead;
    struct {
        ch_beside reference;
        bool      classification, subject_label;
    } opening;
    struct {
        bool   foot, honorific_line;
        ch_len rule; /* under the return line */
    } addressee;
    struct {
        bool           numbered;
        ch_number_form form;
        ch_len         label;
    } paragraphs;
    struct {
        ch_str marks;
        ch_len indent, label;
    } lists;
    struct {
        ch_len rule, gutter, row_gap;
    } tables;
    struct {
        ch_len  label;
        int32_t mark_size, mark_rise;
    } notes;
    struct {
        unsigned columns;
        ch_len   start, gutter, gap, ink, line, initials;
    } signatures;
    struct {
        ch_annex_layout layout;
        unsigned        columns;
        bool            auto_page, before_attachments, announce, follows, two_sides;
        ch_end_mark     end_mark;
        unsigned        blank_rows;
        ch_str          show;             /* columns, a space between; empty: all with content */
        ch_str          widths;           /* of those columns, as written */
        ch_str          separator, inner; /* of names that are run in */
        ch_len          gutter, row_gap, ink, signature, rule;
    } annex;
} ch_sheet_parts;

/* ---- the catalogue ---- */

typedef struct ch_format {
    ch_str name;
    ch_len width, height;
} ch_format;

typedef struct ch_window {
    ch_str   name;
    ch_len   top, side, width, height;
    bool     from_right;
    ch_zones zones;
} ch_window;

typedef struct ch_catalogue {
    struct {
        ch_str name, kinds;
    } * sheet;
    size_t     n_sheets;
    ch_format *format;
    size_t     n_formats;
    ch_window *window;
    size_t     n_windows;
} ch_catalogue;

struct ch_sheet {
    struct ch_sheet       *next; /* in the cache */
    ch_arena              *arena;
    ch_str                 name;
    ch_sheet_file          file;     /* of this sheet alone */
    const struct ch_sheet *parent;   /* that it extends, or NULL */
    ch_geometry            geometry; /* rtl is the letter's to say */
    ch_sheet_parts         parts;
    const ch_running      *running;
    size_t                 n_running;
    const ch_script_types *scripts;
    CH_VEC(ch_role_text *) text;   /* as written, parents' merged in; in order of first naming */
    CH_VEC(const ch_node *) local; /* of this sheet alone: what is for some languages */
    const ch_catalogue *catalogue;
    ch_props            role[CH_TYPE_COUNT]; /* family_where is NOWHERE: see family_place */
    ch_place            family_place[CH_TYPE_COUNT];
};

/* All names of the catalogue, for hints. */
ch_str ch_catalogue_sheets(ch_arena *a, const ch_catalogue *c, const char *between);

/* What the tree of catalogue.xml says, in `keep`. */
ch_status ch_catalogue_fill(ch_ctx *cx, ch_arena *keep, const ch_node *root, ch_catalogue **out);
/* NULL when there is none of that name. */
const ch_format *ch_catalogue_format(const ch_catalogue *c, ch_str name);
const ch_window *ch_catalogue_window(const ch_catalogue *c, ch_str name);

/* ---- reading (sheet_read.c, sheet_langs.c, sheet_roles.c) ---- */

/* Elements of one sheet that come over all that was before. */
typedef struct ch_layer {
    const ch_sheet_file *file;
    bool                 own; /* they have `for` */
    CH_VEC(const ch_node *) node;
} ch_layer;

/* Fill a sheet, whose name, file, arena, catalogue and parent are set, from its tree. */
ch_status ch_sheet_fill(ch_ctx *cx, const ch_node *root, ch_sheet *sheet);
/* What the layers say, in order, over what the sheet has; the roles are those of a letter in a
 * script (0: Latin).  Where the geometry comes from, for ch_sheet_check_geometry, in *where. */
void ch_sheet_apply(ch_ctx *cx, ch_sheet *sheet, const ch_layer *layer, size_t n, uint32_t script,
                    ch_where *where);
void ch_sheet_check_geometry(ch_ctx *cx, const ch_sheet *sheet, ch_where where);
/* The roles of another sheet as its own, so that a merge leaves those as they are. */
void ch_sheet_copy_roles(ch_sheet *sheet, const ch_sheet *from);
/* Roles: those of a layer over those that the sheet has; whether names and circles are right;
 * then the properties of every role. */
void ch_sheet_merge_roles(ch_ctx *cx, ch_sheet *sheet, const ch_layer *layer);
bool ch_sheet_check_roles(ch_ctx *cx, const ch_sheet *sheet, const ch_sheet_file *file);
void ch_sheet_compute_roles(ch_sheet *sheet, uint32_t script);
/* Keep the elements with `for`, and report what is wrong with them, whatever the language. */
void ch_sheet_keep_local(ch_ctx *cx, const ch_node *root, ch_sheet *sheet);
/* "65%" in thousandths; reports E4006 and gives dflt when it is none. */
int32_t  ch_sheet_percent(ch_ctx *cx, ch_str attr, ch_str value, ch_where where, int32_t dflt);
ch_place ch_sheet_place(const ch_sheet_file *file, ch_where where);

#endif
