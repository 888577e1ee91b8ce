/* line/han.c -- squares and the space between them. */
#include "line/han.h"

#include "line/slice.h"

enum { NUMBER_PENALTY = 150, ALONE_PENALTY = 2000, ALONE_LEAST = 4 };

#define TAG(a, b, c, d)                                                                            \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

typedef enum mark_class { NONE, LETTER, WEST, OPEN, CLOSE, COMMA, STOP, MIDDLE, DASH } mark_class;

static const struct mark {
    uint32_t   cp;
    mark_class is;
} MARKS[] = {
#define HAN_MARK(cp, is) {cp, is},
#include "line/han.def"
#undef HAN_MARK
};

static const struct pair {
    mark_class before, after;
    int16_t    keep, least, stretch;
} PAIRS[] = {
#define HAN_PAIR(before, after, keep, least, stretch) {before, after, keep, least, stretch},
#include "line/han.def"
#undef HAN_PAIR
};

/* ---- characters ---- */

bool
ch_is_han(uint32_t script)
{
    return script == TAG('H', 'a', 'n', 'i') || script == TAG('H', 'i', 'r', 'a') ||
           script == TAG('K', 'a', 'n', 'a') || script == TAG('B', 'o', 'p', 'o');
}

bool
ch_has_han(const ch_shaped *s)
{
    for (size_t i = 0; i < s->n_runs; i++)
        if (ch_is_han(s->run[i].script))
            return true;
    return false;
}

static mark_class
mark_of(uint32_t cp)
{
    size_t low = 0, high = sizeof MARKS / sizeof *MARKS;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (MARKS[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return low < sizeof MARKS / sizeof *MARKS && MARKS[low].cp == cp ? MARKS[low].is : NONE;
}

static bool
is_space(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x202F ||
           cp == 0x2060 || cp == 0x3000;
}

/* Letters and digits of scripts with word spaces, and the signs that belong to a number. */
static bool
is_west(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
               cp == '%';
    return cp >= 0xC0 && cp < 0x2000 && cp != 0xD7 && cp != 0xF7;
}

static mark_class
class_of(const ch_run *run, uint32_t cp)
{
    if (is_space(cp))
        return NONE;
    if (!ch_is_han(run->script))
        return is_west(cp) ? WEST : NONE;
    mark_class is = mark_of(cp);
    return is != NONE ? is : LETTER;
}

/* Han and kana by their numbers alone, for what stands beyond a run. */
static bool
is_han_letter(uint32_t cp)
{
    return (cp >= 0x2E80 && cp < 0x3000) || (cp >= 0x3005 && cp <= 0x3007) ||
           (cp >= 0x3041 && cp <= 0x312F && cp != 0x30FB) || (cp >= 0x31F0 && cp <= 0xA4CF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* ---- blank ---- */

/* The blank of the mark at byte `at`; zeros for anything else. */
static void
blank_at(const ch_run *run, uint32_t cp, size_t at, ch_len *before, ch_len *after)
{
    *before = *after = 0;
    if (mark_of(cp) == NONE || !ch_is_han(run->script))
        return;
    size_t g = ch_run_glyph(run, at);
    if (g == run->n || run->glyph[g].cluster != at)
        return;
    ch_str   lang = run->span ? run->span->lang : CH_STR_EMPTY;
    ch_blank b    = ch_face_blank(run->face, cp, run->glyph[g].id, lang);
    *before       = ch_face_scale(run->face, run->size, b.before);
    *after        = ch_face_scale(run->face, run->size, b.after);
}

static bool
reads_rightwards(const ch_run *run)
{
    return (run->level & 1) == 0;
}

ch_len
ch_han_lead(const ch_shaped *s, const ch_run *run, size_t at)
{
    ch_len   before, after;
    uint32_t cp = ch_utf8_at(s->text, at);
    if (mark_of(cp) != OPEN || s->para->props->han_grid || !reads_rightwards(run))
        return 0;
    blank_at(run, cp, at, &before, &after);
    return before;
}

ch_len
ch_han_trail(const ch_shaped *s, const ch_run *run, size_t at)
{
    ch_len   before, after;
    uint32_t cp = ch_utf8_before(s->text, at);
    if (cp < 0x2014 || s->para->props->han_grid || !reads_rightwards(run))
        return 0;
    mark_class is = mark_of(cp);
    if (is != CLOSE && is != COMMA && is != STOP)
        return 0;
    blank_at(run, cp, ch_utf8_back(s->text, at), &before, &after);
    return after;
}

/* ---- between two characters ---- */

static const struct pair *
pair_of(mark_class before, mark_class after)
{
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
        if (PAIRS[i].before == before && PAIRS[i].after == after)
            return &PAIRS[i];
    return NULL;
}

static ch_len
part_of(ch_len size, int32_t thousandths)
{
    return ch_len_scale(size, thousandths, 1000);
}

/* A quarter of the size, as the property says; it gives by half of itself. */
static ch_glue
western_space(const ch_props *p, ch_len size)
{
    ch_glue glue = {.width = part_of(size, p->han_space)};
    if (p->align == CH_ALIGN_JUSTIFY)
        glue.stretch = glue.shrink = glue.width / 2;
    return glue;
}

static bool
is_plain_text(const ch_run *run)
{
    return !run->span || run->span->kind == CH_SPAN_TEXT;
}

bool
ch_han_gap(const ch_shaped *s, const ch_run *before, const ch_run *after, size_t at, ch_gap *out)
{
    const ch_props *p     = s->para->props;
    bool            first = ch_is_han(before->script);
    if ((!first && !ch_is_han(after->script)) || !is_plain_text(before) || !is_plain_text(after) ||
        !reads_rightwards(before) || !reads_rightwards(after) || at == 0)
        return false;
    uint32_t   a = ch_utf8_before(s->text, at), b = ch_utf8_at(s->text, at);
    mark_class ca = class_of(before, a), cb = class_of(after, b);
    ch_len     size = first ? before->size : after->size, unused;
    *out            = (ch_gap){0};
    if ((ca == LETTER && cb == WEST) || (ca == WEST && cb == LETTER)) {
        out->glue = western_space(p, size);
        return true;
    }
    const struct pair *pair = ca == NONE || cb == NONE ? NULL : pair_of(ca, cb);
    if (!pair)
        return false;
    blank_at(before, a, ch_utf8_back(s->text, at), &unused, &out->trail);
    blank_at(after, b, at, &out->lead, &unused);
    ch_len blank = out->trail + out->lead, keep = part_of(size, pair->keep);
    ch_len least = part_of(size, pair->least);
    /* Two neighbours together give up half a square, as marks in the middle of theirs need. */
    keep            = keep > blank - size / 2 ? keep : blank - size / 2;
    out->glue.width = p->han_grid || blank < keep ? blank : keep;
    if (p->align == CH_ALIGN_JUSTIFY) {
        out->glue.shrink  = out->glue.width > least ? out->glue.width - least : 0;
        out->glue.stretch = ch_len_scale(part_of(size, p->han_stretch), pair->stretch, 1000);
    }
    return true;
}

ch_len
ch_gap_width(const ch_gap *gap)
{
    return gap->glue.width - gap->trail - gap->lead;
}

bool
ch_han_space(const ch_shaped *s, const ch_glyph *g, ch_glue *out)
{
    size_t   at     = g->cluster;
    uint32_t before = ch_utf8_before(s->text, at), space = ch_utf8_next(s->text, &at);
    uint32_t after = ch_utf8_at(s->text, at);
    if (space != ' ' || (before < 0x2014 && after < 0x2014))
        return false;
    bool han_first = is_han_letter(before), han_last = is_han_letter(after);
    /* Beside a full-width mark there is room enough, be it blank or taken off. */
    mark_class ma = before >= 0x3000 ? mark_of(before) : NONE;
    mark_class mb = after >= 0x3000 ? mark_of(after) : NONE;
    if (((ma == CLOSE || ma == COMMA || ma == STOP) && is_west(after)) ||
        (mb == OPEN && is_west(before))) {
        *out = (ch_glue){0};
        return true;
    }
    if (!(han_first && is_west(after)) && !(han_last && is_west(before)))
        return false;
    *out = western_space(s->para->props, s->para->props->size);
    return true;
}

/* ---- breaks ---- */

size_t
ch_han_alone(const ch_shaped *s)
{
    size_t at = s->text.n, second = s->text.n;
    for (unsigned letters = 0; at > 0 && letters < ALONE_LEAST;) {
        at          = ch_utf8_back(s->text, at);
        uint32_t cp = ch_utf8_at(s->text, at);
        if (mark_of(cp) != NONE || is_space(cp))
            continue;
        if (++letters == 2)
            second = at;
        else if (letters == ALONE_LEAST)
            return second;
    }
    return s->text.n; /* too short a text to care */
}

int16_t
ch_han_penalty(const ch_shaped *s, size_t at, size_t alone)
{
    uint32_t before = ch_utf8_before(s->text, at);
    if (at > alone)
        return ALONE_PENALTY;
    return before >= '0' && before <= '9' && is_han_letter(ch_utf8_at(s->text, at)) ? NUMBER_PENALTY
                                                                                    : 0;
}
