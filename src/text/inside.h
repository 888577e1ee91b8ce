/* text/inside.h -- what the files of text/ hand to each other; for text/ alone. */
#ifndef CH_TEXT_INSIDE_H
#define CH_TEXT_INSIDE_H

#include "locale/typography.h"
#include "text/shared.h"
#include "text/text.h"

/* A paragraph's spans joined: bytes for HarfBuzz, 16-bit units for ICU.  In scratch, but for
 * the text. */
typedef struct ch_joined {
    const ch_para  *para;
    ch_str          text; /* in cx->job, NUL-terminated */
    const size_t   *from; /* n + 1: where each span begins in text */
    uint16_t       *unit; /* UTF-16 */
    uint32_t       *byte; /* n_units + 1: where each unit begins in text */
    size_t          n_units;
    bool            rtl; /* a character that reads from right to left, or a control */
    bool            ascii;
    const ch_room  *room; /* in cx->job, in order */
    size_t          n_rooms;
    const ch_range *range; /* in cx->job, in order, in bytes */
    size_t          n_ranges;
} ch_joined;

/* The font of a run before it is shaped. */
typedef struct ch_piece {
    const ch_face *face;
    const ch_span *span;
    uint32_t       script; /* HarfBuzz tag */
    uint8_t        level;
    bool           small; /* capitals of smaller size in place of small letters */
    size_t         from, to;
} ch_piece;

typedef CH_VEC(ch_piece) ch_pieces;

enum { CH_TONGUES = 4, CH_LISTED = 16 };

typedef struct ch_look_features ch_look_features; /* shape.c: read from the lists of a look */

/* One pass over paragraphs: the tools, a kit, and what has been said already. */
typedef struct ch_texter {
    ch_ctx              *cx;
    const ch_text_tools *tools;
    ch_kit              *kit;
    CH_VEC(ch_font_want) refused; /* in cx->job: wants without a usable face, reported */
    CH_VEC(uint32_t) missing;     /* characters of this paragraph without a glyph */
    const ch_props    *type;      /* what `face` was wanted for */
    ch_font_want       want;
    const ch_face     *face;
    const ch_span     *hyphen_span; /* whose patterns `patterns` are */
    const ch_patterns *patterns;
    struct {
        ch_str               lang;
        const ch_typography *typography;
    } tongue[CH_TONGUES]; /* the last asked for */
    size_t               n_tongues;
    const ch_typography *common;       /* what holds in every language; NULL: nothing */
    ch_look_features    *looks;        /* in cx->job: those read so far */
    const ch_face       *kashida_face; /* was asked last whether it has kashidas, */
    bool                 kashida;      /* and this it said */
    struct {
        const ch_face *face;
        ch_str         lang;
        bool           divided;
    } listed[CH_LISTED]; /* what inputs.c put on the list, the last */
    size_t    n_listed;
    size_t    said; /* of diagnostics before the pass */
    ch_status status;
} ch_texter;

/* keeps.c */
/* How a language is set, NULL when it has no ways of its own. */
const ch_typography *ch_text_typography(ch_texter *t, ch_str lang);
/* Does the white space [space, offset) keep its neighbours on one line? */
bool ch_text_keeps(ch_texter *t, ch_str text, ch_str lang, size_t space, size_t offset);

/* rooms.c */
/* Where signs have room beside them. */
void ch_text_find_rooms(ch_texter *t, ch_joined *j);
/* Give it to the glyphs of a run (or of a part of it), in logical order. */
void ch_text_put_rooms(const ch_room *room, size_t n_rooms, const ch_run *run, ch_glyph *glyph,
                       size_t n);

/* chars.c: looking at the text */
bool ch_char_is_space(uint32_t cp); /* lines end at it and it vanishes there */
bool ch_char_is_upper(uint32_t cp);
bool ch_char_opens(uint32_t cp); /* a word may begin behind it, as behind an apostrophe; 0 does */

/* paragraph.c */
/* A texter at work until the scratch arena is rewound; without memory t->kit is NULL. */
void       ch_texter_start(ch_texter *t, ch_ctx *cx, const ch_text_tools *tools);
ch_joined *ch_text_join(ch_ctx *cx, const ch_para *para);

/* alike.c: the short paragraphs of a letter by what they say. */
typedef struct ch_alikes {
    const ch_texts_doc *doc;
    uint32_t           *slot; /* 1 + the paragraph's index; 0: free */
    size_t              slots;
    uint32_t           *at; /* where the last that was not found goes; NULL: it is not short */
} ch_alikes;
void ch_alikes_begin(ch_alikes *a, ch_arena *scratch, const ch_texts_doc *d);
/* One that was put and is shaped as this one will be; NULL: none. */
const ch_shaped *ch_alikes_find(ch_alikes *a, const ch_para *para);
/* The one that was looked for last is shaped now. */
void ch_alikes_put(ch_alikes *a, size_t index);
/* The same for another paragraph. */
const ch_shaped *ch_alike_copy(ch_arena *job, const ch_shaped *like, const ch_para *para);

/* itemize.c: runs by span, script, level and font.  Reports characters without a glyph. */
void ch_text_itemize(ch_texter *t, const ch_joined *j, ch_pieces *out);
/* The scripts of a joined text, as (first byte, script tag), in scratch. */
typedef struct ch_script_at {
    size_t   from;
    uint32_t script;
} ch_script_at;
typedef CH_VEC(ch_script_at) ch_scripts;
void ch_text_scripts(ch_texter *t, const ch_joined *j, ch_scripts *out);

/* levels.c: embedding levels, as (first byte, level), in scratch. */
typedef struct ch_level_at {
    size_t  from;
    uint8_t level;
} ch_level_at;
typedef CH_VEC(ch_level_at) ch_levels;
void ch_text_levels(ch_texter *t, const ch_joined *j, ch_levels *out);

/* whole.c: what reads from left to right as a whole, in order, in units from `unit`. */
typedef CH_VEC(ch_range) ch_ranges;
void ch_text_wholes(ch_texter *t, const uint16_t *unit, size_t n, ch_ranges *out);
/* What has features of its own in a paragraph: symbols, where a look has features for them, and
 * what a language raises behind figures. */
void ch_text_find_ranges(ch_texter *t, ch_joined *j);

/* stray.c: warn of the direction mark at that byte, which opens what is not closed, or closes
 * what is not open. */
bool ch_is_direction_mark(uint32_t cp);
void ch_text_report_stray(ch_texter *t, const ch_joined *j, size_t byte);

/* shape.c */
ch_status ch_text_shape_piece(ch_texter *t, const ch_joined *j, const ch_piece *p, ch_run *out);
/* Does a face have small capitals of its own? */
bool ch_text_small_capitals(const ch_face *face);
/* Say once that no font has a glyph for cp. */
void ch_text_report_missing(ch_texter *t, const ch_span *span, uint32_t script, uint32_t cp);

/* May joins be lengthened in the run's font?  It must draw U+0640 level, as one glyph of the kind
 * of outline that pdf/ can widen. */
bool ch_text_has_kashida(ch_texter *t, const ch_run *run);

/* kashida.c: the places, once runs and breaks are there. */
void ch_text_kashidas(ch_texter *t, ch_shaped *s);

/* breaks.c */
/* Where UAX 14 lets a line end, as ICU has it for the paragraph's language, before anything is
 * kept together; the text's end is none. */
typedef struct ch_opportunity {
    size_t unit; /* of ch_joined.unit; the next line starts there */
    bool   hard;
} ch_opportunity;
typedef CH_VEC(ch_opportunity) ch_opportunities;
void ch_text_opportunities(ch_texter *t, const ch_joined *j, ch_opportunities *out);
void ch_text_breaks(ch_texter *t, const ch_joined *j, ch_shaped *s);
/* The patterns that hyphenate a span; NULL: none do. */
const ch_patterns *ch_text_patterns(ch_texter *t, const ch_span *span);

/* inputs.c: put on the job's list the fonts, patterns and packs that a paragraph depends on. */
void ch_text_list_inputs(ch_texter *t, const ch_shaped *s);

#endif
