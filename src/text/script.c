/* text/script.c -- the script of every character (UAX 24).
 *
 * A character that several scripts share takes the script before it, or at the beginning the
 * one that follows; a closing bracket takes that of its opening one; marks take their base's.
 * Characters that only some scripts share (the Arabic comma, the ideographic stop) keep to
 * these.
 *
 * Beside Han the likeness of a character tells its script: the full-width forms are Han even
 * behind a Latin word, ASCII signs and digits are Latin even behind a Han character.  Quotation
 * marks, dashes and the ellipsis are one character for both; in a language that is written in
 * Han they are Han, but for an apostrophe inside a Latin word. */
#include "text/inside.h"

#include <hb.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { BRACKETS = 32, EXTENSIONS = 24, ISOLATES = 32 };

typedef struct bracket {
    UChar32     closing;
    UScriptCode script;
} bracket;

typedef struct walker {
    ch_str      lang;          /* of the text here */
    bool        east;          /* it is written in Han */
    UChar32     before, after; /* the characters beside an apostrophe; 0: none */
    UScriptCode now;           /* USCRIPT_COMMON until the first letter */
    bracket     open[BRACKETS];
    unsigned    n;
} walker;

static uint32_t
tag_of(UScriptCode code)
{
    const char *name = uscript_getShortName(code);
    return name ? hb_tag_from_string(name, 4) : HB_TAG('Z', 'y', 'y', 'y');
}

/* Of the scripts that share the character: the one we are in, else the likeliest. */
static UScriptCode
among(UChar32 c, UScriptCode now)
{
    UScriptCode all[EXTENSIONS];
    UErrorCode  e = U_ZERO_ERROR;
    int32_t     n = uscript_getScriptExtensions(c, all, EXTENSIONS, &e);
    if (U_FAILURE(e) || n < 1 || all[0] == USCRIPT_COMMON || all[0] == USCRIPT_INHERITED)
        return now;
    UScriptCode best = all[0];
    for (int32_t i = 0; i < n; i++) {
        if (all[i] == now)
            return now;
        if (all[i] == USCRIPT_HAN || all[i] == USCRIPT_DEVANAGARI)
            best = all[i];
    }
    return best;
}

static UChar32
quote_for(UChar32 c)
{
    switch (c) {
    case 0xAB:
        return 0xBB;
    case 0x2018:
        return 0x2019;
    case 0x201C:
        return 0x201D;
    default:
        return 0;
    }
}

static UScriptCode
shared_character(walker *w, UChar32 c)
{
    UChar32 closing = quote_for(c);
    if (u_getIntPropertyValue(c, UCHAR_BIDI_PAIRED_BRACKET_TYPE) == U_BPT_OPEN)
        closing = u_getBidiPairedBracket(c);
    if (closing) {
        if (w->n < BRACKETS)
            w->open[w->n++] = (bracket){closing, w->now};
        return among(c, w->now);
    }
    for (unsigned i = w->n; i-- > 0;)
        if (w->open[i].closing == c) {
            w->n           = i;
            UScriptCode of = w->open[i].script;
            return of == USCRIPT_COMMON ? w->now : of;
        }
    return among(c, w->now);
}

/* ---- beside Han ---- */

static bool
is_eastern(UScriptCode code)
{
    return code == USCRIPT_HAN || code == USCRIPT_HIRAGANA || code == USCRIPT_KATAKANA ||
           code == USCRIPT_BOPOMOFO || code == USCRIPT_SIMPLIFIED_HAN ||
           code == USCRIPT_TRADITIONAL_HAN || code == USCRIPT_JAPANESE;
}

static bool
is_alphabetic(UChar32 c)
{
    UErrorCode e = U_ZERO_ERROR;
    return c && u_isalpha(c) && !is_eastern(uscript_getScript(c, &e));
}

/* A shared character whose script its likeness tells, or COMMON: it takes that of its
 * neighbours. */
static UScriptCode
by_likeness(const walker *w, UChar32 c)
{
    if (c < 0x80)
        return c > ' ' && (is_eastern(w->now) || w->now == USCRIPT_COMMON) ? USCRIPT_LATIN
                                                                           : USCRIPT_COMMON;
    if (c < 0x2010)
        return USCRIPT_COMMON;
    bool apostrophe = c == 0x2019 && is_alphabetic(w->before) && is_alphabetic(w->after);
    bool ambiguous =
        c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == 0x2026;
    if (ambiguous)
        return w->east && !apostrophe ? USCRIPT_HAN : USCRIPT_COMMON;
    if (is_eastern(w->now) || c < 0x3000)
        return USCRIPT_COMMON;
    int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    bool    wide  = width == U_EA_FULLWIDTH || (width == U_EA_WIDE && c < 0x3100);
    return wide && w->now != USCRIPT_HANGUL ? USCRIPT_HAN : USCRIPT_COMMON;
}

static UScriptCode
script_of(walker *w, UChar32 c)
{
    UErrorCode  e    = U_ZERO_ERROR;
    UScriptCode code = USCRIPT_COMMON;
    if (w->east || is_eastern(w->now)) {
        code = by_likeness(w, c);
        if (code != USCRIPT_COMMON && uscript_getScript(c, &e) == USCRIPT_COMMON)
            return code;
    }
    if (c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool paired = c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}';
        if (!letter && !paired)
            return w->now;
        code = letter ? USCRIPT_LATIN : USCRIPT_COMMON;
    } else {
        code = uscript_getScript(c, &e);
    }
    switch (code) {
    case USCRIPT_COMMON:
        return shared_character(w, c);
    case USCRIPT_INHERITED:
        return w->now;
    case USCRIPT_UNKNOWN:
        return w->now;
    default:
        return code;
    }
}

/* A text without letters (a number, a dash): the script that the language is written in. */
static UScriptCode
script_of_language(ch_texter *t, ch_str lang)
{
    UScriptCode code[4];
    UErrorCode  e = U_ZERO_ERROR;
    ch_kit     *k = t->kit;
    for (size_t i = 0; i < k->n_written && i < CH_KIT_SCRIPTS; i++)
        if (ch_str_is(lang, k->written[i].lang))
            return (UScriptCode)k->written[i].script;
    int32_t     n     = uscript_getCode(ch_arena_str(t->cx->scratch, lang).p, code, 4, &e);
    UScriptCode found = U_SUCCESS(e) && n > 0 ? code[0] : USCRIPT_LATIN;
    if (lang.n < sizeof k->written[0].lang) {
        size_t i = k->n_written++ % CH_KIT_SCRIPTS;
        memcpy(k->written[i].lang, lang.p, lang.n);
        k->written[i].lang[lang.n] = 0;
        k->written[i].script       = found;
    }
    return found;
}

static void
enter(ch_ctx *cx, ch_scripts *out, size_t at, UScriptCode code)
{
    /* What came before the first letter goes with it. */
    *CH_PUSH(cx->scratch, *out) = (ch_script_at){out->n ? at : 0, tag_of(code)};
}

/* Behind an isolate the text goes on in the script that stood before it, or where none did in that
 * of the paragraph's language. */
typedef struct isolates {
    UScriptCode before[ISOLATES];
    unsigned    n;
    size_t      span;
} isolates;

static void
pass_spans(ch_texter *t, const ch_joined *j, size_t at, walker *w, isolates *in, ch_scripts *out)
{
    for (; in->span < j->para->n && j->from[in->span] <= at; in->span++) {
        const ch_span *s = &j->para->span[in->span];
        if (s->lang.n && !ch_str_eq(s->lang, w->lang)) {
            w->lang = s->lang;
            w->east = is_eastern(script_of_language(t, s->lang));
        }
        for (unsigned k = 0; in->span && k < s[-1].isolates_closed && in->n; k++) {
            UScriptCode code = in->before[--in->n];
            if (code == USCRIPT_COMMON)
                code = script_of_language(t, j->para->lang);
            if (code == w->now)
                continue;
            enter(t->cx, out, j->from[in->span], code);
            w->now = code;
        }
        for (unsigned k = 0; k < s->isolates_opened && in->n < ISOLATES; k++)
            in->before[in->n++] = w->now;
    }
}

void
ch_text_scripts(ch_texter *t, const ch_joined *j, ch_scripts *out)
{
    walker   w  = {.now = USCRIPT_COMMON, .lang = CH_STR_EMPTY};
    isolates in = {.n = 0};
    for (size_t i = 0; i < j->text.n;) {
        size_t at = i;
        pass_spans(t, j, at, &w, &in, out);
        unsigned char c  = (unsigned char)j->text.p[i];
        UChar32       cp = c < 0x80 ? (UChar32)(i++, c) : (UChar32)ch_utf8_next(j->text, &i);
        if (cp == 0x2019) {
            size_t next = i;
            w.after     = i < j->text.n ? (UChar32)ch_utf8_next(j->text, &next) : 0;
        }
        UScriptCode code = script_of(&w, cp);
        w.before         = cp;
        if (code == w.now)
            continue;
        enter(t->cx, out, at, code);
        w.now = code;
    }
    if (!out->n)
        *CH_PUSH(t->cx->scratch, *out) =
            (ch_script_at){0, tag_of(script_of_language(t, j->para->lang))};
}
