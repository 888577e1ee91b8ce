/* letter/letter.h -- one resolved letter: every text known, in the letter's language,
 * white space collapsed, dates and labels printed by the locale, signatories sorted.
 *
 * Reads:   the element tree (input/tree.h), the locale, the protocol tables.
 * Makes:   ch_letter.  Everything lives in cx->job.
 * Knows nothing of fonts, measures or pages. */
#ifndef CH_LETTER_LETTER_H
#define CH_LETTER_LETTER_H

#include "base/base.h"
#include "locale/direction.h"
#include "locale/locale.h"

struct ch_node;

/* ---- running text ------------------------------------------------------------------ */

typedef enum ch_inline_kind {
    CH_INLINE_ROOT, /* the paragraph itself */
    CH_INLINE_EMPH,
    CH_INLINE_FOREIGN, /* another language; isolated for direction */
    CH_INLINE_NAME,    /* isolated */
    CH_INLINE_REF,     /* isolated; target: a URI, or "#id" of an element of this letter */
    CH_INLINE_DATE,    /* isolated */
    CH_INLINE_FIELD,   /* isolated */
    CH_INLINE_Q,       /* its quotes are leaves of their own inside it */
    CH_INLINE_NOTE     /* the mark; its text is the number; note->... is the note */
} ch_inline_kind;

struct ch_note;

typedef struct ch_inline {
    ch_inline_kind          kind;
    const struct ch_inline *parent;  /* NULL for the root */
    ch_str                  lang;    /* always set */
    ch_str                  target;  /* of a ref */
    const struct ch_note   *note;    /* of a note */
    bool                    alone;   /* of foreign: its element says nothing else */
    ch_isolate              isolate; /* from what stands around it */
    ch_where                where;
} ch_inline;

/* A stretch of text in one inline element.  "\n" alone is a forced line break (lb). */
typedef struct ch_leaf {
    ch_str           text;
    const ch_inline *in;
    ch_where         where;
} ch_leaf;

typedef struct ch_rich {
    ch_leaf         *leaf;
    size_t           n;    /* 0: no text */
    const ch_inline *root; /* NULL when n == 0 and nothing was given */
    ch_where         where;
} ch_rich;

typedef struct ch_note {
    unsigned number; /* 1.. through the letter */
    ch_str   mark;   /* as printed */
    ch_rich  text;
} ch_note;

typedef struct ch_texts {
    ch_rich *at;
    size_t   n;
} ch_texts;

/* All text of a ch_rich, joined (for metadata, running heads, sorting). */
ch_str ch_rich_plain(ch_arena *a, ch_rich r);
/* A text that the engine itself supplies (a label), in a language. */
ch_rich ch_rich_from(ch_arena *a, ch_str text, ch_str lang, ch_where where);
/* The same with {name} replaced by values, each isolated for direction; unknown names stay. */
ch_rich ch_rich_fill(ch_arena *a, ch_str pattern, const ch_fill *fill, size_t n, ch_str lang,
                     ch_where where);

/* ---- body -------------------------------------------------------------------------- */

typedef enum ch_body_kind {
    CH_BODY_P,
    CH_BODY_SALUTE,
    CH_BODY_HEAD,
    CH_BODY_LIST,
    CH_BODY_QUOTE,
    CH_BODY_TABLE,
    CH_BODY_FORMULA,
    CH_BODY_FIGURE
} ch_body_kind;

typedef struct ch_image_ref {
    ch_str   path;  /* resolved; checked to be allowed */
    ch_str   alt;   /* empty: decorative only if role says so; PDF/UA needs it */
    ch_str   role;  /* emblem, signature, figure, ... or empty */
    ch_str   width; /* a length as written, or empty */
    ch_rich  caption;
    ch_where where;
} ch_image_ref;

struct ch_body;
typedef struct ch_bodies {
    struct ch_body *at;
    size_t          n;
} ch_bodies;

typedef struct ch_body_cell {
    ch_bodies content; /* a cell with plain text has one CH_BODY_P */
    bool      head;
    ch_str    align;   /* start, center, end or empty */
    unsigned  columns; /* spanned, 1 or more */
    ch_where  where;
} ch_body_cell;
typedef struct ch_body_row {
    ch_body_cell *at;
    size_t        n;
    bool          head;
    ch_where      where;
} ch_body_row;

typedef struct ch_body {
    ch_body_kind kind;
    ch_rich      text;       /* P, SALUTE, HEAD, FORMULA; caption of a TABLE */
    ch_rich      number;     /* paragraph number as printed (n="3"), may be empty */
    bool         unnumbered; /* P: n="none" */
    unsigned     level;      /* HEAD: 1..3 */
    bool         ordered;    /* LIST */
    char         numbering;  /* LIST: its marks count in "1", "a", "i", "A", "I"; 0 for bullets */
    ch_bodies    kids;       /* QUOTE: its blocks */
    struct {
        ch_bodies *at;
        ch_rich   *mark;
        size_t     n;
    } items; /* LIST: content and mark of each */
    struct {
        ch_body_row *at;
        size_t       n;
    } rows;                /* TABLE */
    bool         parallel; /* TABLE: versions of one text side by side */
    ch_image_ref figure;   /* FIGURE */
    ch_str       id;       /* xml:id */
    ch_where     where;
} ch_body;

/* ---- people ------------------------------------------------------------------------ */

typedef enum ch_signature_status {
    CH_SIG_UNSET,
    CH_SIG_SIGNED,
    CH_SIG_ELECTRONIC,
    CH_SIG_AD_REFERENDUM,
    CH_SIG_INITIALLED,
    CH_SIG_PROXY,
    CH_SIG_PENDING,
    CH_SIG_WITHHELD
} ch_signature_status;

typedef struct ch_person { /* sender, addressee, signed, signatory */
    ch_rich  behalf;       /* of signed: for whom */
    ch_rich  honorific, name;
    ch_texts roles, orgs, address; /* address: one an addrLine */
    ch_texts mottos;               /* in every language, like roles and orgs of a sender */
    ch_rich  postal; /* of the sender: other words for the return line; may be empty */
    struct {
        ch_str  *type;
        ch_rich *text;
        size_t   n;
    } contact;
    ch_image_ref        figure;
    bool                has_figure;
    ch_str              rank, gender, position; /* as written; position top/foot or empty */
    ch_str              country;                /* code or name as written */
    ch_str              country_name;           /* printed */
    ch_signature_status status;
    ch_rich             status_text;  /* printed mark by locale, may be empty */
    ch_rich             status_dated; /* with the date, where the mark has it; else empty */
    ch_rich             date;         /* of the signature, printed */
    ch_rich             number;       /* stable number in the annex, printed */
    ch_where            where;
} ch_person;

/* ---- the letter -------------------------------------------------------------------- */

typedef struct ch_annex_group {
    ch_rich    head; /* empty: entries without a group */
    ch_person *at;
    size_t     n;
    ch_rich    subtotal; /* under it, "Subtotal: 12 signatories"; empty when not asked for */
    ch_where   where;
} ch_annex_group;

typedef struct ch_annex { /* signatories */
    bool            present;
    ch_rich         head; /* given, or the locale's "List of signatories" */
    ch_texts        intro;
    ch_str          layout;  /* blocks, table, columns, run-in; empty: the style's */
    ch_str          widths;  /* of those columns, as written; empty: the style's */
    ch_str          show;    /* words for the columns of a table, in order; empty: the style's */
    unsigned        columns; /* 0: the style's */
    bool            numbered;
    ch_str          blank_rows; /* places to sign without a name, as written; empty: the style's */
    bool            has_roles, has_orgs, has_countries, has_dates;
    ch_annex_group *group;
    size_t          n_groups;
    size_t          count;       /* of all signatories, withheld ones included */
    ch_rich         total;       /* "Total: 40 signatories", computed and localised */
    ch_rich         grand_total; /* of all lists, with the last of several; otherwise empty */
    ch_where        where;
} ch_annex;

struct ch_letter;

typedef struct ch_attachment {
    ch_str                type, id;
    ch_rich               label; /* "Annex II" */
    ch_rich               head;
    bool                  head_says_label; /* it was made, and begins with the label */
    ch_texts              provenance;      /* "[Original: Arabic]" */
    ch_rich               copy_mark;       /* "Copy" */
    ch_rich               classification;  /* of its own */
    int                   level;           /* likewise: its number, from 1; 0: none */
    ch_bodies             body;
    ch_str                lang; /* of the body */
    struct ch_letter     *letter;
    struct ch_attachment *inner; /* attachments of its own */
    size_t                n_inner;
    ch_where              where;
} ch_attachment;

/* Of a letter that is made in several originals, which one. */
typedef struct ch_edition {
    ch_str addressee; /* its number from 1, in the order of print, or its xml:id; empty: all */
    ch_str party;     /* the xml:id of the one named first; empty: in the order given */
} ch_edition;

typedef struct ch_letter {
    ch_str kind, lang, style; /* style may be empty: the kind's own */
    ch_str digest; /* of its canonical text (canonical.h), in hexadecimal; empty in an attachment */
    bool   rtl;
    const ch_locale *locale;
    ch_str           title; /* plain; meta/title, else subject, else empty */
    ch_str           subject_plain, keywords, creator;
    ch_rich          subject;
    struct {
        ch_str  *type;
        ch_rich *text;
        size_t   n;
    } idno;
    ch_rich      classification; /* of its own, as printed; empty when none */
    ch_rich      page_level; /* on every page: the highest of it, its attachments and paragraphs */
    int          level;      /* of its own: its number, from 1; 0: none */
    ch_rich      urgency;
    ch_rich      delivery; /* how it is sent */
    ch_rich      handling;
    ch_rich      copy_mark;                         /* what it is, when it is no original */
    ch_rich      drafted_label, distribution_label; /* of the file copy alone */
    ch_texts     drafters, distribution;
    ch_person   *sender; /* of a joint letter several, side by side; NULL when absent */
    size_t       n_senders;
    ch_person   *addressee; /* those of this edition */
    size_t       n_addressees;
    ch_str      *edition; /* of each addressee, in order: xml:id or number, NUL-terminated */
    size_t       n_editions;
    ch_str      *party; /* the xml:id of each party, as given, NUL-terminated */
    size_t       n_parties;
    ch_rich      invocation, place, date; /* dateline */
    ch_rich      dateline;                /* place and date joined as the locale does */
    ch_str       date_iso;                /* of the dateline, may be empty */
    ch_rich      head;                    /* the title above the text */
    ch_texts     provenance;              /* of the letter */
    ch_rich      salute;
    ch_bodies    body;
    ch_rich      courtesy; /* closer/formula */
    ch_rich      closing_dateline;
    ch_person   *signed_by;
    size_t       n_signed;
    ch_rich      initials;
    bool         has_initials; /* given, if perhaps empty: where they go */
    bool         seal;
    ch_where     seal_where;
    ch_image_ref seal_figure;
    bool         has_seal_figure;
    ch_annex     annex;
    ch_annex    *late; /* further lists, of those who signed later */
    size_t       n_late;
    size_t       n_signatories;        /* of all lists */
    ch_rich      encl_label, cc_label; /* printed labels */
    ch_texts     encl, cc, postscript;
    ch_attachment *attachment;
    size_t         n_attachments;
    ch_note      **note;
    size_t         n_notes; /* in order of their numbers */
    ch_where       where;
} ch_letter;

/* Resolve a checked tree; edition NULL: all of it.  Reports all it finds; CH_ERR_INPUT if there was an error. */
ch_status ch_letter_build(ch_ctx *cx, ch_locales *locales, const struct ch_node *root,
                          ch_str letter_path, const ch_edition *edition, const ch_letter **out);
/* --dump=letter */
void ch_letter_dump(ch_buf *out, const ch_letter *l);

#endif
