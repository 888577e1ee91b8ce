/* text/text.h -- from a paragraph to runs of positioned glyphs and the places where a line may end.
 *
 * Reads:   ch_para (style/blocks.h), faces (font/font.h), hyphenation patterns.
 * Makes:   ch_shaped: glyph runs in logical order with clusters, language, direction; breaks.
 * Knows nothing of measures and pages.
 * Text is shaped by run (same face, size, features, script, language, direction), never by
 * character; HarfBuzz's unsafe-to-break flags are kept so that line/ reshapes where it must. */
#ifndef CH_TEXT_TEXT_H
#define CH_TEXT_TEXT_H

#include "base/base.h"
#include "font/font.h"
#include "style/blocks.h"

/* Whether a glyph is a word space: by its character (U+0020, U+00A0), or as the language wants it
 * beside its signs: of fixed width whatever its character, or a word space. */
typedef enum ch_space { CH_SPACE_BY_CHARACTER, CH_SPACE_FIXED, CH_SPACE_WORD } ch_space;

typedef struct ch_glyph {
    uint32_t id;      /* in its face */
    uint32_t cluster; /* byte offset in ch_shaped.text of the cluster's first byte */
    ch_len   advance; /* along the line, tracking included */
    ch_len   dx, dy;  /* offset from the pen; dy upwards */
    bool     unsafe;  /* a cut before this glyph's cluster needs reshaping */
    /* A kashida: drawn as wide as its advance, in the cluster of the letter that it lengthens.
     * Only line/ makes such glyphs. */
    bool    stretched;
    uint8_t space; /* ch_space */
} ch_glyph;

/* One shaped run. Glyphs are in logical order (for right-to-left runs: reversed from visual), so
 * their clusters never decrease.  Characters that leave no mark (soft hyphens, joiners, direction
 * marks) have no glyph; those of a leader's run are its space alone.  The span's rise is not in
 * dy. */
typedef struct ch_run {
    const ch_face  *face;
    ch_len          size;
    bool            small;    /* its letters are drawn as capitals; the size is smaller for it */
    uint8_t         level;    /* bidi embedding level; odd is right-to-left */
    uint32_t        script;   /* HarfBuzz tag */
    const ch_span  *span;     /* look, language, structure element, link */
    size_t          from, to; /* bytes of ch_shaped.text */
    const ch_glyph *glyph;
    size_t          n;
} ch_run;

typedef enum ch_break_kind {
    CH_BREAK_NONE = 0,
    CH_BREAK_SPACE,   /* after white space: the space vanishes at the line's end */
    CH_BREAK_ALLOWED, /* without a space (after a hyphen, between Han) */
    CH_BREAK_HYPHEN,  /* by hyphenation: a hyphen is added */
    CH_BREAK_SOFT,    /* U+00AD in the text: likewise */
    CH_BREAK_FORCED   /* lb, or the end of the paragraph */
} ch_break_kind;

/* A place where a line may end, in order; the last is FORCED at the end of the text. */
typedef struct ch_break_at {
    size_t        offset;     /* the next line starts at this byte of ch_shaped.text */
    size_t        space_from; /* the white space that vanishes is [space_from, offset): SPACE,
                                     and FORCED (with the "\n"); else it is offset */
    ch_break_kind kind;
    /* HYPHEN: the last `cut` bytes before it are written so on the line that ends there ("sz" for
     * the s of asszony: asz-szony); 0: as they are. */
    uint8_t cut;
    ch_str  pre;
} ch_break_at;

/* Room beside a sign at byte `at` (locale/typography.h): of the space that stands there, or
 * added before or behind the sign. */
typedef struct ch_room {
    size_t                     at;
    const struct ch_sign_room *rule;
    bool                       space;
} ch_room;
/* A stretch of text that has features of its own. */
typedef enum ch_range_kind {
    CH_RANGE_PLAIN,
    CH_RANGE_SYMBOL, /* a document symbol (text/whole.def): its figures stand among capitals */
    CH_RANGE_RAISED  /* letters raised behind a figure, where the font has such */
} ch_range_kind;
typedef struct ch_range {
    size_t        from, to;
    ch_range_kind kind;
} ch_range;
/* A place where a word may be lengthened by a stroke between two letters (text/kashida.def). */
typedef struct ch_kashida {
    uint32_t at;     /* the stroke stands before the cluster of this byte, */
    uint32_t letter; /* behind the letter of this one */
    uint8_t class;   /* from 1, the best */
    ch_len stretch;  /* what it takes of a line's stretch */
} ch_kashida;

typedef struct ch_shaped {
    const ch_para     *para;
    ch_str             text; /* all spans joined, in capitals where the style says so; forced
                                     breaks are "\n", a leader is one space; NUL-terminated */
    const ch_run      *run;
    size_t             n_runs; /* in order; they cover the text but for "\n" */
    const ch_break_at *brk;
    size_t             n_breaks;
    const ch_room     *room; /* in order */
    size_t             n_rooms;
    const ch_range    *range; /* those with features of their own, in order */
    size_t             n_ranges;
    const ch_kashida  *kashida; /* in order; none unless justified */
    size_t             n_kashidas;
    uint8_t            base_level; /* 0 or 1 */
    struct ch_hyphens *shared;     /* lends what ch_text_reshape works with */
    const void        *kept;       /* stands for all of this content in cx->keep; NULL: nothing */
} ch_shaped;

typedef struct ch_texts_doc { /* the text pass: one ch_shaped for each paragraph, by index */
    const ch_blocks  *blocks;
    const ch_shaped **shaped;
    size_t            n;
} ch_texts_doc;

/* Shared: hyphenation patterns by language, loaded once (Liang's patterns from the
 * distribution's files), and the shapers' and break iterators' work objects, lent to one job at
 * a time.  Threads: one lock inside. */
typedef struct ch_hyphens ch_hyphens;
ch_status ch_hyphens_new(ch_ctx *cx, ch_str folders /* colon-separated */, ch_hyphens **out);
void      ch_hyphens_free(ch_hyphens *h);
/* Offsets (bytes) in word where it may be hyphenated; none if the language has no patterns. */
size_t ch_hyphenate(ch_hyphens *h, ch_ctx *cx, ch_str lang, ch_str word, size_t *at, size_t max);

typedef struct ch_text_tools {
    ch_fonts          *fonts;
    ch_hyphens        *hyphens;
    struct ch_locales *locales; /* how languages are set; NULL: no language has ways of its own */
} ch_text_tools;

/* Shape one paragraph.  Reports E5010 for a character that no font has, once a character and
 * paragraph, with the fonts tried; then, as for a font that cannot be used, the status is
 * CH_ERR_FONT, and *out is whole all the same, without those characters. */
ch_status ch_text_shape(ch_ctx *cx, const ch_text_tools *t, const ch_para *para,
                        const ch_shaped **out);
ch_status ch_text_pass(ch_ctx *cx, const ch_text_tools *t, const ch_blocks *b,
                       const ch_texts_doc **out);
void      ch_text_dump(ch_buf *out, const ch_texts_doc *d); /* --dump=runs */

/* Shape bytes [from, to) of a run anew (a part of a line cut at an unsafe place); `suffix` is a
 * text put behind it (a hyphen) or empty.  Glyphs in logical order, in cx->job; clusters count
 * from the start of s->text; the suffix's glyphs have cluster == to. */
ch_status ch_text_reshape(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
                          ch_str suffix, const ch_glyph **glyph, size_t *n);
/* Shape bytes [from, to) of a run with a kashida at each of `place`, which stand in there in order.
 * Its glyph is `stretched`, as wide as the font has it.  *glyph is NULL where the font draws no
 * plain level stroke in one of the places. */
ch_status ch_text_lengthen(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from,
                           size_t to, const ch_kashida *place, size_t places,
                           const ch_glyph **glyph, size_t *n);
/* The first glyph whose cluster begins at byte `at` or later; run->n when there is none. */
size_t ch_run_glyph(const ch_run *run, size_t at);
/* Visual order of runs on a line (UAX 9 L2) from their levels: order[i] is the index of the
 * i-th from the left. */
void ch_bidi_reorder(const uint8_t *level, size_t n, size_t *order);
/* The hyphen that a run's face has: U+2010, else U+002D; width in *advance. */
uint32_t ch_text_hyphen(const ch_run *run, ch_len *advance);

#endif
