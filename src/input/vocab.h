/* input/vocab.h -- a vocabulary of elements and attributes, as data.
 *
 * Reads:   nothing; a room writes its vocabulary once, as a table, in a .def file.
 * Makes:   the types of that table, and questions about it.  The checker, the RELAX NG
 *          schema and the reference page all come from the same table.
 * Knows nothing of any one vocabulary: letters, style sheets and locale packs use it alike.
 *
 * A .def file (say style/style.def):
 *
 *     #include "input/vocab_defaults.h"
 *     CH_CLASS(block, IN(p) IN(list))            a set of elements, to be named in content
 *     CH_ATTRIBUTE(name, "name")                 each attribute name once: enumerator, XML name
 *     CH_ATTRIBUTE(space_before, "space-before")
 *     CH_EVERYWHERE(ALLOWED(xml_id, ID, "a name to refer to"))     once, may be NOTHING
 *     CH_CONDITIONS(ALLOWED(if, TOKEN, "when it is there"))        once, may be left out
 *     CH_ELEMENT(sheet, ELEMENTS,
 *                OPT(title) SOME_OF(block) ANY(rule),
 *                REQUIRED(name, NAME, "how letters call the sheet")
 *                ALLOWED(side, CHOICE("left right"), "which side, left if absent"),
 *                "The whole sheet.")
 *     CH_ELEMENT(title, TEXT, NOTHING, NOTHING, "What people call it.")
 *     #include "input/vocab_undef.h"
 *
 *   Content:     ELEMENTS (children in the order written; white space between is dropped),
 *                MIXED (text, and the children named, any number in any order),
 *                TEXT (text alone), EMPTY (nothing).
 *   Children:    ONE(x) OPT(x) ANY(x) SOME(x) ALT(x), or of a class ONE_OF(c) OPT_OF(c)
 *                ANY_OF(c) SOME_OF(c).  ALT: any number, but one a language (xml:lang).
 *                SOME_OF_UNLESS(c, a): SOME_OF without attribute a, and none with it.
 *                A greedy match from left to right must do: no ANY(x) ONE(x).
 *   Attributes:  REQUIRED(a, type, doc) ALLOWED(a, type, doc), one behind the other.
 *   Types:       see ch_datatype; CHOICE("v w") is one of the words, CHOICES("v w") some of them.
 *   NOTHING:     no children, or no attributes.
 *
 * The room's header makes the enumerators (0 is kept for "none"):
 *
 *     #include "input/vocab.h"
 *     typedef enum ch_style_element {
 *         CH_S_none,
 *     #define CH_ELEMENT(name, content, children, attributes, doc) CH_S_##name,
 *     #include "style/style.def"
 *     } ch_style_element;
 *     typedef enum ch_style_attribute {
 *         CH_SA_none,
 *     #define CH_ATTRIBUTE(name, xml) CH_SA_##name,
 *     #include "style/style.def"
 *     } ch_style_attribute;
 *     extern const ch_vocab ch_style_vocab;
 *
 * and one .c file makes the table:
 *
 *     #include "style/style_vocab.h"
 *     #define CH_VOCAB_FILE "style/style.def"
 *     #define CH_VOCAB_NAME ch_style_vocab
 *     #define CH_VOCAB_NS "urn:chancery:style:1"
 *     #define CH_VOCAB_ROOT CH_S_sheet
 *     #define CH_VOCAB_E(name) CH_S_##name
 *     #define CH_VOCAB_A(name) CH_SA_##name
 *     #define CH_VOCAB_PLACEHOLDERS 0
 *     #include "input/vocab_define.h"
 */
#ifndef CH_INPUT_VOCAB_H
#define CH_INPUT_VOCAB_H

#include "base/base.h"

/* The types of attribute values.  White space at the ends is dropped and runs of it made one
 * space, but for TEXT and PATH, which are kept as they stand. */
typedef enum ch_datatype {
    CH_D_TEXT,          /* TEXT: anything */
    CH_D_TOKEN,         /* TOKEN: not blank */
    CH_D_NAME,          /* NAME: an ASCII letter or _, then letters, digits, _ . - */
    CH_D_NAMES,         /* NAMES: one or more of them, a space between */
    CH_D_ID,            /* ID: a NAME that no other element of the file has */
    CH_D_LANG,          /* LANG: a language tag, as en, zh-Hans, fa-AF */
    CH_D_DATE,          /* DATE: YYYY-MM-DD, a day that exists, years 0001 to 9999 */
    CH_D_LENGTH,        /* LENGTH: 0, or digits and pt, mm, cm, in, em (below 10000pt, 7000mm, */
    CH_D_SIGNED_LENGTH, /*         700cm, 200in, 100em); SIGNED_LENGTH: or with a minus */
    CH_D_NATURAL,       /* NATURAL: 0 to 999999999 */
    CH_D_INTEGER,       /* INTEGER: or with a minus */
    CH_D_NUMBER,        /* NUMBER: digits, perhaps a point and digits, perhaps a minus */
    CH_D_YES_NO,        /* YES_NO: yes or no */
    CH_D_CHOICE,        /* CHOICE("..."): one of the words */
    CH_D_CHOICES,       /* CHOICES("..."): one of them or more, a space between */
    CH_D_URI,           /* URI: not blank, no white space inside */
    CH_D_PATH           /* PATH: a file name, not blank */
} ch_datatype;

typedef enum ch_content {
    CH_CONTENT_ELEMENTS,
    CH_CONTENT_MIXED,
    CH_CONTENT_TEXT,
    CH_CONTENT_EMPTY
} ch_content;

typedef enum ch_occurs {
    CH_OCCURS_ONE = 1,
    CH_OCCURS_OPTIONAL,
    CH_OCCURS_ANY,
    CH_OCCURS_SOME,
    CH_OCCURS_ALT /* as ANY; one a language */
} ch_occurs;

/* One place in a content model.  A list of them ends with occurs 0. */
typedef struct ch_particle {
    uint16_t id;     /* element, or class */
    uint8_t  occurs; /* ch_occurs */
    bool     is_class;
    uint16_t unless; /* when the element has this attribute, nothing may stand here; 0: none */
} ch_particle;

/* An attribute of one element.  A list of them ends with attr 0. */
typedef struct ch_attr_use {
    uint16_t    attr;
    bool        required;
    uint8_t     type;   /* ch_datatype */
    const char *values; /* of CHOICE and CHOICES: the words, a space between; otherwise NULL */
    const char *doc;
} ch_attr_use;

typedef struct ch_element_def {
    const char        *name;
    uint8_t            content; /* ch_content */
    const ch_particle *children;
    const ch_attr_use *attrs;
    const char        *doc;
} ch_element_def;

typedef struct ch_class_def {
    const char     *name;
    const uint16_t *elements; /* ends with 0 */
} ch_class_def;

typedef struct ch_vocab {
    const char           *ns;
    uint16_t              root;
    bool                  placeholders; /* "{path}" may stand in any value but xml:*, its:* */
    const ch_element_def *elements;     /* [0] is empty; ids count from 1 */
    uint16_t              n_elements;   /* with [0] */
    const char *const    *attrs;        /* XML names, "xml:lang"; [0] is empty */
    uint16_t              n_attrs;
    const ch_class_def   *classes;
    uint16_t              n_classes;
    const ch_attr_use    *everywhere;
    const ch_attr_use    *conditions; /* on every element but the root, and not in what is merged */
} ch_vocab;

/* The id of a name, 0 when the vocabulary has none such. */
uint16_t ch_vocab_element(const ch_vocab *v, ch_str name);
/* The name with its prefix, "xml:lang" and "its:translate". */
uint16_t ch_vocab_attr(const ch_vocab *v, ch_str name);
/* What may be said of this attribute on this element; NULL when it may not stand there. */
const ch_attr_use *ch_vocab_use(const ch_vocab *v, uint16_t element, uint16_t attr);
/* Does this particle take this element? */
bool ch_particle_takes(const ch_vocab *v, const ch_particle *p, uint16_t element);

/* Is the value one of the type?  White space at its ends does not matter where it is dropped.
 * For values that come later than the file, such as those from records. */
bool ch_attr_value_ok(const ch_attr_use *use, ch_str value);
/* The number of the word in a CHOICE, from 0; -1 when it is none of them. */
int ch_attr_choice(const ch_attr_use *use, ch_str value);
/* Does it hold a placeholder, as "{addressee.rank}" or "mailto:{email}", or a brace that is none?
 * A brace that is meant as one is written twice. */
bool ch_placeholder(ch_str value);
/* May it be the path of a field: parts with dots between, none of them blank, no braces? */
bool ch_path_ok(ch_str path);

/* A value with placeholders, piece by piece. */
typedef enum ch_attr_piece_kind {
    CH_ATTR_TEXT, /* as it stands; of two braces one */
    CH_ATTR_FIELD,
    CH_ATTR_WRONG /* a brace that opens no placeholder, and what stands behind it */
} ch_attr_piece_kind;
typedef struct ch_attr_piece {
    ch_attr_piece_kind kind;
    ch_str             text; /* of a field its path */
} ch_attr_piece;
/* The piece at *at, which moves behind it; false at the end. */
bool ch_placeholder_next(ch_str value, size_t *at, ch_attr_piece *out);
/* What a value of this type must look like, to follow "must be ": "a date as 2026-03-02". */
const char *ch_datatype_says(ch_datatype type);

#endif
