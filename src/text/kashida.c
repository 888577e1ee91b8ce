/* text/kashida.c -- where words of a joined script may be lengthened, by text/kashida.def. */
#include "text/inside.h"

#include <hb.h>
#include <string.h>
#include <unicode/uchar.h>

enum { LETTERS_MOST = 64 };

/* ---- the table ---- */

enum {
    SEEN    = 1,
    ROUND   = 2,
    ALEF    = 4,
    LAM     = 8,
    UPRIGHT = 16,
    FALLING = 32,
    TOOTH   = 64,
    DEEP    = 128,
    SWEPT   = 256,
    ANY     = 0xFFFF,
    OTHER   = 0x8000 /* of every letter, so that ANY fits it */
};
enum { NO = 0, YES = 1 };

typedef struct rule {
    uint8_t class;
    uint16_t before, after;
    bool     final;
    uint16_t next;
    bool     first;
} rule;

static const struct {
    uint16_t letters;
    int      group;
} GROUPS[] = {
#define GROUP(letters, group) {letters, group},
#include "text/kashida.def"
};

static const rule RULES[] = {
#define PLACE(class, before, after, final, next, first) {class, before, after, final, next, first},
#include "text/kashida.def"
};

static const char *const NOT_BEHIND_THESE[] = {
#define NOT_BEHIND(letters) letters,
#include "text/kashida.def"
};

static const char *const NOT_IN_THESE[] = {
#define NOT_IN(letters) letters,
#include "text/kashida.def"
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static uint16_t
letters_of(UChar32 c)
{
    int      group = u_getIntPropertyValue(c, UCHAR_JOINING_GROUP);
    uint16_t sets  = OTHER;
    for (size_t i = 0; i < COUNT(GROUPS); i++)
        if (GROUPS[i].group == group)
            sets |= GROUPS[i].letters;
    return sets;
}

/* The sets of a character and its joining type; those of the Arabic block are kept. */
static uint16_t
look_up(ch_kit *kit, UChar32 c, int *type)
{
    bool known = c >= 0x600 && c < 0x700 && kit->joining[c - 0x600].sets;
    if (known) {
        *type = kit->joining[c - 0x600].type;
        return kit->joining[c - 0x600].sets;
    }
    uint16_t sets = letters_of(c);
    *type         = u_getIntPropertyValue(c, UCHAR_JOINING_TYPE);
    if (c >= 0x600 && c < 0x700) {
        kit->joining[c - 0x600].sets = sets;
        kit->joining[c - 0x600].type = (uint8_t)*type;
    }
    return sets;
}

/* ---- words ---- */

typedef struct letter {
    uint32_t at;
    uint32_t run;
    uint16_t sets;
    bool     joins_back, joins_on; /* by its joining type */
    bool     apart;                /* something unseen stands before it: a joiner, a soft hyphen */
    bool     marked;               /* marks stand on it */
    uint8_t  part;                 /* of the word, between non-joiners */
} letter;

typedef struct candidate {
    uint16_t i; /* between letters i and i + 1 */
    uint8_t class;
} candidate;

typedef struct finder {
    ch_texter       *t;
    const ch_shaped *s;
    ch_len          *stretch; /* by run; 0: its font lends no kashida */
    CH_VEC(ch_kashida) found;
    size_t  brk;
    letter  word[LETTERS_MOST + 1];
    size_t  n;
    size_t  from; /* of the word */
    uint8_t part;
    bool    apart;  /* for the next letter */
    bool    barred; /* it has strokes of its own, or is no word of ours */
} finder;

static bool
joins(const finder *f, size_t i)
{
    return i + 1 < f->n && f->word[i].joins_on && f->word[i + 1].joins_back &&
           !f->word[i + 1].apart;
}

static bool
is_final(const finder *f, size_t i)
{
    return !joins(f, i);
}

static uint8_t
class_at(const finder *f, size_t i)
{
    const letter *before = &f->word[i], *after = &f->word[i + 1];
    for (size_t r = 0; r < COUNT(RULES); r++) {
        const rule *fit = &RULES[r];
        if (!(before->sets & fit->before) || !(after->sets & fit->after))
            continue;
        if (fit->final && !is_final(f, i + 1))
            continue;
        if (fit->next &&
            (is_final(f, i + 1) || !(f->word[i + 2].sets & fit->next) || !is_final(f, i + 2)))
            continue;
        if (!fit->first && (i == 0 || f->word[i - 1].part != before->part))
            continue;
        return fit->class;
    }
    return 0;
}

/* Is the place before byte `at` barred by what its word begins or ends with? */
static bool
is_barred(const finder *f, size_t at, size_t end)
{
    const char *p = f->s->text.p;
    for (size_t i = 0; i < COUNT(NOT_BEHIND_THESE); i++) {
        size_t n = strlen(NOT_BEHIND_THESE[i]);
        if (at - f->from == n && memcmp(p + f->from, NOT_BEHIND_THESE[i], n) == 0)
            return true;
    }
    for (size_t i = 0; i < COUNT(NOT_IN_THESE); i++) {
        size_t n = strlen(NOT_IN_THESE[i]);
        if (end - f->from >= n && at > end - n && memcmp(p + end - n, NOT_IN_THESE[i], n) == 0)
            return true;
    }
    return false;
}

/* Are both letters clusters of their own, not parts of a ligature? */
static bool
is_cluster(const ch_run *run, size_t at)
{
    size_t g = ch_run_glyph(run, at);
    return g < run->n && run->glyph[g].cluster == at;
}

static bool
may_end_a_line(finder *f, size_t at)
{
    while (f->brk < f->s->n_breaks && f->s->brk[f->brk].offset < at)
        f->brk++;
    return f->brk < f->s->n_breaks && f->s->brk[f->brk].offset == at;
}

static size_t
letters_in_part(const finder *f, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < f->n; k++)
        n += f->word[k].part == f->word[i].part;
    return n;
}

static void
collect(const finder *f, candidate *out, size_t *n)
{
    int most = f->s->para->props->kashida_places;
    *n       = 0;
    for (size_t i = 0; i + 1 < f->n; i++) {
        const letter *a = &f->word[i];
        if (!joins(f, i) || a->run != f->word[i + 1].run || f->stretch[a->run] <= 0 || a->marked)
            continue;
        uint8_t class = class_at(f, i);
        if (class && (most <= 0 || class <= most))
            out[(*n)++] = (candidate){(uint16_t)i, class};
    }
}

/* What takes longer to see of a place: asked only of the best. */
static bool
is_sound(finder *f, size_t i, size_t end)
{
    const letter *a = &f->word[i], *b = &f->word[i + 1];
    const ch_run *run = &f->s->run[a->run];
    return letters_in_part(f, i) >= 3 && !is_barred(f, b->at, end) && is_cluster(run, a->at) &&
           is_cluster(run, b->at);
}

/* The best places of the word that ends here: by class, then the nearest to its end. */
static void
end_word(finder *f, size_t end)
{
    candidate all[LETTERS_MOST];
    bool      taken[LETTERS_MOST + 1] = {false};
    size_t    n                       = 0;
    int32_t   most                    = f->s->para->props->kashida_most;
    if (f->n >= 3 && f->n <= LETTERS_MOST && !f->barred)
        collect(f, all, &n);
    while (n > 0 && most > 0) {
        size_t best = n;
        for (size_t k = 0; k < n; k++) {
            size_t i = all[k].i;
            if (all[k].class && !taken[i] && !taken[i + 1] && !(i && taken[i - 1]) &&
                (best == n || all[k].class <= all[best].class))
                best = k;
        }
        if (best == n)
            break;
        if (is_sound(f, all[best].i, end)) {
            taken[all[best].i] = true;
            most--;
        } else {
            all[best].class = 0;
        }
    }
    for (size_t k = 0; k < n; k++) {
        const letter *a = &f->word[all[k].i], *b = a + 1;
        if (taken[all[k].i] && !may_end_a_line(f, b->at))
            *CH_PUSH(f->t->cx->job, f->found) = (ch_kashida){
                .at = b->at, .letter = a->at, .class = all[k].class, .stretch = f->stretch[a->run]};
    }
    f->n      = 0;
    f->part   = 0;
    f->apart  = false;
    f->barred = false;
}

static void
add_letter(finder *f, uint16_t sets, size_t at, size_t run, int type)
{
    if (f->n == 0)
        f->from = at;
    if (f->n < LETTERS_MOST + 1) {
        f->word[f->n] =
            (letter){.at         = (uint32_t)at,
                     .run        = (uint32_t)run,
                     .sets       = sets,
                     .joins_back = type == U_JT_DUAL_JOINING || type == U_JT_RIGHT_JOINING,
                     .joins_on   = type == U_JT_DUAL_JOINING || type == U_JT_LEFT_JOINING,
                     .apart      = f->apart,
                     .part       = f->part};
        f->n++;
    }
    f->apart = false;
}

static void
add_char(finder *f, UChar32 c, size_t at, size_t run)
{
    int      type = U_JT_NON_JOINING;
    uint16_t sets = c < 0x600 && c != 0xAD ? 0 : look_up(f->t->kit, c, &type);
    if (c == 0x200C) {
        f->apart = true;
        f->part  = (uint8_t)(f->part < UINT8_MAX ? f->part + 1 : f->part);
    } else if (type == U_JT_JOIN_CAUSING) {
        f->barred = true; /* the writer's own stroke, or a joiner */
    } else if (type == U_JT_TRANSPARENT) {
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
            f->apart = true;
        else if (f->n)
            f->word[f->n - 1].marked = true;
    } else if (c >= 0x600 && u_isalpha(c)) {
        add_letter(f, sets, at, run, type);
    } else {
        end_word(f, at);
    }
}

/* ---- fonts ---- */

/* What a place of each run may give; true when any run may give something. */
static bool
measure_runs(finder *f)
{
    const ch_shaped *s   = f->s;
    const ch_props  *p   = s->para->props;
    bool             any = false;
    for (size_t i = 0; i < s->n_runs; i++) {
        const ch_run *run = &s->run[i];
        if (run->script != HB_SCRIPT_ARABIC || !(run->level & 1) || !ch_text_has_kashida(f->t, run))
            continue;
        hb_codepoint_t g     = 0;
        int32_t        space = run->face->upem / 4;
        if (hb_font_get_nominal_glyph(run->face->hb_font, ' ', &g))
            space = hb_font_get_glyph_h_advance(run->face->hb_font, g);
        ch_len v      = ch_face_scale(run->face, run->size, space);
        v             = ch_len_scale(v, p->word_space, 1000);
        v             = ch_len_scale(v, p->word_stretch, 1000);
        f->stretch[i] = ch_len_scale(v, p->kashida, 1000);
        any           = any || f->stretch[i] > 0;
    }
    return any;
}

void
ch_text_kashidas(ch_texter *t, ch_shaped *s)
{
    const ch_props *p   = s->para->props;
    bool            any = false;
    if (p->align != CH_ALIGN_JUSTIFY || p->kashida <= 0 || p->kashida_most <= 0 ||
        p->kashida_longest <= 0)
        return;
    for (size_t i = 0; i < s->n_runs && !any; i++)
        any = s->run[i].script == HB_SCRIPT_ARABIC;
    if (!any)
        return;
    ch_mark m = ch_arena_mark(t->cx->scratch);
    finder  f = {.t = t, .s = s, .stretch = CH_NEW_N(t->cx->scratch, ch_len, s->n_runs)};
    if (measure_runs(&f)) {
        size_t run = 0;
        for (size_t at = 0; at < s->text.n;) {
            size_t  from = at;
            UChar32 c    = (UChar32)ch_utf8_next(s->text, &at);
            while (run + 1 < s->n_runs && s->run[run].to <= from)
                run++;
            add_char(&f, c, from, run);
        }
        end_word(&f, s->text.n);
        s->kashida    = f.found.at;
        s->n_kashidas = f.found.n;
    }
    ch_arena_rewind(t->cx->scratch, m);
}
