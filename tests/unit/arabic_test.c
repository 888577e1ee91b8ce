/* tests/unit/arabic_test.c -- the Arabic script in its fonts: glyphs against hb-shape, joining
 * over the borders of spans, the places for kashidas, and lines lengthened by them.
 * What needs a font or program that is not installed is skipped. */
#include "line/breaker.h"
#include "line/fill.h"
#include "line/line.h"
#include "line/slice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures, cases, skipped;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static const char AMIRI[] = "Amiri", NASKH[] = "Noto Naskh Arabic",
                  NASTALIQ[] = "Noto Nastaliq Urdu";
#define ARAB 0x41726162u

static ch_ctx        cx;
static ch_text_tools tools;

/* ---- paragraphs ---- */

static ch_props *
props_of(const char *family)
{
    ch_props *p = CH_NEW(cx.job, ch_props);
    *p          = (ch_props){.family          = ch_str_from(family),
                             .features        = CH_STR_EMPTY,
                             .size            = 12 * CH_PT,
                             .leading         = 20 * CH_PT,
                             .weight          = 400,
                             .align           = CH_ALIGN_JUSTIFY,
                             .tolerance       = 9000,
                             .last_hyphen     = true,
                             .word_space      = 1000,
                             .word_stretch    = 500,
                             .word_shrink     = 333,
                             .kashida         = 600,
                             .kashida_longest = 600,
                             .kashida_most    = 1};
    return p;
}

static ch_span
span_of(const ch_props *p, const char *lang, ch_str text)
{
    return (ch_span){.kind = CH_SPAN_TEXT,
                     .text = text,
                     .type = p,
                     .lang = ch_str_from(lang),
                     .uri  = CH_STR_EMPTY};
}

static const ch_shaped *
shape(const ch_props *p, ch_span *span, size_t n)
{
    ch_para         *para = CH_NEW(cx.job, ch_para);
    const ch_shaped *s;
    *para = (ch_para){.span = span, .n = n, .props = p, .lang = span[0].lang, .rtl = true};
    CHECK(ch_text_shape(&cx, &tools, para, &s) == CH_OK);
    return s;
}

static const ch_shaped *
shape_text(const ch_props *p, const char *lang, ch_str text)
{
    ch_span *span = CH_NEW(cx.job, ch_span);
    *span         = span_of(p, lang, text);
    return shape(p, span, 1);
}

static const ch_face *
face_of(const char *family)
{
    const ch_face *face;
    ch_font_want   want = {
          .family = ch_str_from(family), .weight = 400, .script = ARAB, .lang = CH_STR_LIT("ar")};
    ch_diags *keep = cx.diags;
    cx.diags       = ch_diags_new(cx.job);
    bool ok        = ch_fonts_face(tools.fonts, &cx, &want, CH_NOWHERE, &face) == CH_OK &&
              ch_str_is(face->family, family);
    cx.diags = keep;
    if (ok)
        return face;
    skipped++;
    printf("skip %s: the font is not installed\n", family);
    return NULL;
}

/* ---- case files: language, space, words ---- */

typedef void on_case(const char *lang, ch_str words, void *arg);

static void
read_cases(const char *name, on_case *on, void *arg)
{
    const char *top = getenv("CHANCERY_SRC");
    ch_str      all;
    int         os_error;
    char        path[4096];
    snprintf(path, sizeof path, "%s/tests/cases/text/%s", top ? top : ".", name);
    if (ch_file_read(cx.job, path, 1 << 20, &all, &os_error) != CH_FILE_OK) {
        failures++;
        fprintf(stderr, "arabic_test: %s cannot be read\n", path);
        return;
    }
    for (size_t at = 0; at < all.n;) {
        size_t from = at, space;
        while (at < all.n && all.p[at] != '\n')
            at++;
        ch_str line = ch_str_sub(all, from, at++);
        for (space = 0; space < line.n && line.p[space] != ' ';)
            space++;
        if (line.n == 0 || line.p[0] == '#' || space == line.n)
            continue;
        on(ch_arena_str(cx.job, ch_str_sub(line, 0, space)).p,
           ch_arena_str(cx.job, ch_str_sub(line, space + 1, line.n)), arg);
    }
}

/* ---- glyphs as hb-shape has them ---- */

static size_t
parse_glyphs(const char *line, const ch_run *run, ch_glyph *out, size_t most)
{
    size_t n = 0;
    for (const char *z = line + 1; *z && *z != ']' && n < most; n++) {
        unsigned id, cluster;
        int      advance = 0, x = 0, y = 0, used = 0;
        if (sscanf(z, "%u=%u%n", &id, &cluster, &used) != 2)
            break;
        z += used;
        if (*z == '@' && sscanf(z, "@%d,%d%n", &x, &y, &used) == 2)
            z += used;
        if (sscanf(z, "%d%n", &advance, &used) == 1)
            z += used;
        z += *z == '|';
        out[n] = (ch_glyph){.id      = id,
                            .cluster = cluster,
                            .advance = ch_face_scale(run->face, run->size, advance),
                            .dx      = ch_face_scale(run->face, run->size, x),
                            .dy      = ch_face_scale(run->face, run->size, y)};
    }
    for (size_t i = 0; i < n / 2; i++) { /* theirs are in visual order */
        ch_glyph swap  = out[i];
        out[i]         = out[n - 1 - i];
        out[n - 1 - i] = swap;
    }
    return n;
}

/* Is a glyph of theirs one that a joiner leaves behind?  We have none for it. */
static bool
is_invisible(ch_str text, const ch_glyph *g)
{
    return g->advance == 0 && g->cluster + 2 < text.n &&
           memcmp(text.p + g->cluster, "\xE2\x80\x8C", 3) == 0;
}

static void
compare(const char *lang, ch_str words, void *family)
{
    static ch_glyph  theirs[4096];
    static char      line[65536];
    char             command[2048], path[] = "/tmp/chancery-arabic-XXXXXX";
    const ch_shaped *s   = shape_text(props_of(family), lang, words);
    const ch_run    *run = &s->run[0];
    CHECK(s->n_runs == 1 && ch_str_is(run->face->family, family));
    int   fd = mkstemp(path);
    FILE *f  = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f)
        return;
    fwrite(words.p, 1, words.n, f);
    fclose(f);
    snprintf(command, sizeof command,
             "hb-shape --no-glyph-names --utf8-clusters --direction=rtl --script=Arab "
             "--language=%s --text-file=%s '%s' 2>/dev/null",
             lang, path, run->face->file.p);
    FILE *p = popen(command, "r");
    cases++;
    if (!p || !fgets(line, sizeof line, p) || line[0] != '[') {
        skipped++;
        puts("skip hb-shape: it is not installed");
    } else {
        size_t n = parse_glyphs(line, run, theirs, 4096), k = 0;
        for (size_t i = 0; i < n && !failures; i++) {
            if (is_invisible(s->text, &theirs[i]))
                continue;
            const ch_glyph *got = &run->glyph[k < run->n ? k : 0];
            CHECK(k++ < run->n);
            CHECK(got->id == theirs[i].id && got->advance == theirs[i].advance &&
                  got->dx == theirs[i].dx && got->dy == theirs[i].dy &&
                  got->cluster == theirs[i].cluster);
            if (failures)
                fprintf(stderr, "at \"%s\"\n", words.p + theirs[i].cluster);
        }
        CHECK(n > 0 && k == run->n);
    }
    if (p)
        pclose(p);
    unlink(path);
    if (failures)
        fprintf(stderr, "arabic_test: %s in %s\n", words.p, (const char *)family);
}

/* What was shaped before is as it was, in its own surroundings and no others. */
static void
test_recall(void)
{
    static const char *const TEXTS[] = {"محمد علي", "علي محمد", "حمد علي", "محمد"};
    ch_props                *small = props_of(AMIRI), *large = props_of(AMIRI);
    large->size = 2 * small->size;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
            ch_str           text = ch_str_from(TEXTS[i]);
            const ch_shaped *a = shape_text(small, "ar", text), *b = shape_text(large, "ar", text);
            const ch_glyph  *anew;
            size_t           n;
            CHECK(ch_text_reshape(&cx, a, &a->run[0], 0, text.n, CH_STR_EMPTY, &anew, &n) == CH_OK);
            CHECK(n == a->run[0].n && n == b->run[0].n);
            for (size_t g = 0; g < n && !failures; g++) {
                const ch_glyph *x = &a->run[0].glyph[g], *y = &b->run[0].glyph[g];
                CHECK(x->id == anew[g].id && x->cluster == anew[g].cluster &&
                      x->advance == anew[g].advance && x->unsafe == anew[g].unsafe);
                CHECK(y->id == x->id && llabs((long long)(y->advance - 2 * x->advance)) <= 2);
            }
            cases++;
        }
}

/* ---- spans ---- */

/* The glyphs of a byte in a paragraph. */
static const ch_glyph *
glyph_of(const ch_shaped *s, size_t at, const ch_run **run)
{
    for (size_t r = 0; r < s->n_runs; r++)
        for (size_t g = 0; g < s->run[r].n; g++)
            if (s->run[r].glyph[g].cluster == at) {
                *run = &s->run[r];
                return &s->run[r].glyph[g];
            }
    return NULL;
}

/* A word keeps the forms of its letters wherever a span begins in it, in the same font or not. */
static void
test_spans(void)
{
    static const char *const WORDS[] = {"محمد", "حكومت", "پښتون", "کمیسیون", "يتعلمون"};
    ch_props *plain = props_of(NASKH), *bold = props_of(NASKH);
    bold->weight = 700;
    for (size_t w = 0; w < sizeof WORDS / sizeof *WORDS; w++) {
        ch_str           word  = ch_str_from(WORDS[w]);
        const ch_shaped *whole = shape_text(plain, "ar", word),
                        *heavy = shape_text(bold, "ar", word);
        for (size_t cut = 2; cut < word.n; cut += 2)
            for (int other = 0; other < 2; other++) {
                ch_span span[2] = {
                    span_of(plain, "ar", ch_str_sub(word, 0, cut)),
                    span_of(other ? bold : plain, "ar", ch_str_sub(word, cut, word.n))};
                const ch_shaped *s = shape(plain, span, 2);
                CHECK(s->n_runs == 2);
                for (size_t at = 0; at < word.n; at += 2) {
                    const ch_run   *run, *same;
                    const ch_glyph *got  = glyph_of(s, at, &run);
                    const ch_glyph *want = glyph_of(at >= cut && other ? heavy : whole, at, &same);
                    CHECK(got && want && got->id == want->id && run->face == same->face);
                }
                cases++;
            }
    }
}

/* Room between letters is for scripts that do not join. */
static void
test_tracking(void)
{
    ch_props *wide = props_of(AMIRI), *plain = props_of(AMIRI);
    wide->tracking        = CH_PT;
    wide->letter_case     = CH_CASE_UPPER;
    ch_str           word = CH_STR_LIT("محمد");
    const ch_shaped *a = shape_text(wide, "ar", word), *b = shape_text(plain, "ar", word);
    CHECK(a->run[0].n == b->run[0].n);
    for (size_t g = 0; g < b->run[0].n && !failures; g++)
        CHECK(a->run[0].glyph[g].id == b->run[0].glyph[g].id &&
              a->run[0].glyph[g].advance == b->run[0].glyph[g].advance);
    cases++;
}

/* Heh with hamza above, as one character or two, is one cluster; a non-joiner parts letters. */
static void
test_letters(void)
{
    const ch_props  *p   = props_of(NASKH);
    const ch_shaped *two = shape_text(p, "fa", CH_STR_LIT("خانهٔ")),
                    *one = shape_text(p, "fa", CH_STR_LIT("خانۀ"));
    CHECK(one->run[0].n > 0 && two->run[0].n > 0);
    CHECK(one->run[0].glyph[one->run[0].n - 1].cluster == 6);
    CHECK(two->run[0].glyph[two->run[0].n - 1].cluster == 6);
    const ch_run    *run;
    const ch_shaped *apart = shape_text(p, "fa", CH_STR_LIT("می‌شود")),
                    *alone = shape_text(p, "fa", CH_STR_LIT("می"));
    const ch_glyph *a = glyph_of(apart, 2, &run), *b = glyph_of(alone, 2, &run);
    CHECK(a && b && a->id == b->id);
    for (size_t g = 0; g < apart->run[0].n; g++)
        CHECK(apart->run[0].glyph[g].cluster != 4);
    const ch_shaped *alef = shape_text(p, "ar", CH_STR_LIT("لا")),
                    *meem = shape_text(p, "ar", CH_STR_LIT("لم"));
    CHECK(alef->run[0].glyph[0].id != meem->run[0].glyph[0].id);
    /* The name of God has forms of its own in its letters. */
    const ch_shaped *god  = shape_text(props_of(AMIRI), "ar", CH_STR_LIT("الله")),
                    *talk = shape_text(props_of(AMIRI), "ar", CH_STR_LIT("اللم"));
    const ch_glyph *lam = glyph_of(god, 4, &run), *other = glyph_of(talk, 4, &run);
    CHECK(lam && other && lam->id != other->id);
    cases++;
}

/* ---- places ---- */

static void
check_places(const char *lang, ch_str word, void *family)
{
    size_t want = SIZE_MAX, n = 0;
    char  *plain = CH_NEW_N(cx.job, char, word.n + 1);
    for (size_t i = 0; i < word.n; i++) {
        if (word.n - i >= 2 && memcmp(word.p + i, "\xD9\x80", 2) == 0) {
            want = n;
            i++;
        } else {
            plain[n++] = word.p[i];
        }
    }
    const ch_shaped *s = shape_text(props_of(family), lang, (ch_str){plain, n});
    cases++;
    if (want == SIZE_MAX ? s->n_kashidas == 0 : s->n_kashidas == 1 && s->kashida[0].at == want)
        return;
    failures++;
    fprintf(stderr, "arabic_test: kashida.case: \"%s\" in %s: %zu places", word.p,
            (const char *)family, s->n_kashidas);
    if (s->n_kashidas)
        fprintf(stderr, ", before byte %u, class %d", s->kashida[0].at, s->kashida[0].class);
    fprintf(stderr, "\n");
}

static void
test_limits(void)
{
    ch_str    text = CH_STR_LIT("المسؤوليات القانونية محمد وحدة سنة");
    ch_props *p    = props_of(AMIRI);
    CHECK(shape_text(p, "ar", text)->n_kashidas == 5);
    p->kashida_places = 1;
    CHECK(shape_text(p, "ar", text)->n_kashidas == 2);
    p->kashida_places = 0;
    p->kashida_most   = 3;
    CHECK(shape_text(p, "ar", text)->n_kashidas > 5);
    p->kashida_most = 0;
    CHECK(shape_text(p, "ar", text)->n_kashidas == 0);
    p->kashida_most = 1;
    p->kashida      = 0;
    CHECK(shape_text(p, "ar", text)->n_kashidas == 0);
    p->kashida = 600;
    p->align   = CH_ALIGN_START;
    CHECK(shape_text(p, "ar", text)->n_kashidas == 0);
    p->align    = CH_ALIGN_JUSTIFY;
    ch_str mine = CH_STR_LIT("محــمد"); /* the writer's own strokes */
    CHECK(shape_text(p, "ar", mine)->n_kashidas == 0);
    if (face_of(NASTALIQ)) /* no level stroke */
        CHECK(shape_text(props_of(NASTALIQ), "ur", text)->n_kashidas == 0);
    cases++;
}

/* ---- lines ---- */

typedef struct counted {
    ch_len natural, stretch, shrink, joins;
} counted;

/* A line as the breaker must see it: shaped alone, its spaces and joins as they are by nature. */
static counted
count_line(const ch_lines *l, const ch_line *line)
{
    counted          c = {0};
    const ch_shaped *s = l->shaped;
    for (size_t k = 0; k < line->n; k++) {
        const ch_strip *strip  = &line->strip[k];
        ch_glyphs       glyphs = {0};
        CHECK(ch_slice(&cx, s, strip->run, strip->from, strip->to, false, &glyphs) == CH_OK);
        for (size_t g = 0; g < glyphs.n; g++) {
            ch_glue glue;
            c.natural += glyphs.at[g].advance;
            if (ch_word_space(s, &glyphs.at[g], &glue)) {
                c.stretch += glue.stretch;
                c.shrink += glue.shrink;
            }
        }
    }
    for (size_t i = 0; i < s->n_kashidas; i++)
        if (s->kashida[i].at > line->from && s->kashida[i].at < line->to)
            c.joins += s->kashida[i].stretch;
    return c;
}

/* Strokes: level, within their limits, in steps, in the cluster of their letter. */
static size_t
check_strokes(const ch_lines *l, const ch_line *line)
{
    size_t strokes = 0;
    for (size_t k = 0; k < line->n; k++) {
        const ch_strip *strip = &line->strip[k];
        const ch_run   *run   = strip->run;
        for (size_t i = 0; i < strip->n; i++) {
            const ch_glyph *g = &strip->glyph[i];
            CHECK(i == 0 ||
                  (run->level & 1 ? g[-1].cluster >= g->cluster : g[-1].cluster <= g->cluster));
            if (!g->stretched)
                continue;
            strokes++;
            CHECK(g->dx == 0 && g->dy == 0);
            CHECK(g->advance >= run->size / 10 - 1);
            CHECK(g->advance <= run->size * l->para->props->kashida_longest / 1000 + 1);
            ch_len step = ch_face_scale(run->face, run->size, run->face->upem / 40);
            ch_len off  = g->advance % step;
            CHECK(off <= 20 || step - off <= 20);
            bool place = false;
            for (size_t p = 0; p < l->shaped->n_kashidas; p++)
                place = place || l->shaped->kashida[p].letter == g->cluster;
            CHECK(place);
            CHECK(i + 1 < strip->n && g[1].cluster == g->cluster); /* the letter, to the right */
            CHECK(i > 0 && g[-1].cluster > g->cluster);
        }
    }
    return strokes;
}

/* Demerits added up anew from the lines. */
static int64_t
recount(const ch_lines *l, bool *plain)
{
    ch_break_params p      = ch_break_params_default(l->measure);
    int64_t         total  = 0;
    int             before = 2;
    ch_len          size   = l->para->props->size;
    *plain                 = true;
    for (size_t i = 0; i < l->n; i++) {
        bool    last    = i + 1 == l->n;
        counted c       = count_line(l, &l->line[i]);
        ch_len  left    = l->measure - c.natural;
        int32_t b       = left < 0 ? ch_badness(-left, c.shrink)
                          : last   ? 0
                                   : ch_badness(left, c.stretch + c.joins);
        int     fitness = left < 0 ? (b > 12 ? 3 : 2) : b > 99 ? 0 : b > 12 ? 1 : 2;
        *plain          = *plain && !l->line[i].overfull && b <= l->para->props->tolerance;
        total += ch_line_demerits(&p, b, last ? -CH_PENALTY_MAX : 0);
        if (abs(fitness - before) > 1)
            total += p.adj_demerits;
        ch_len least = 2 * size < l->measure / 4 ? 2 * size : l->measure / 4;
        if (last && l->n > 1 && c.natural < least)
            total += 10000;
        before = fitness;
    }
    return total;
}

typedef struct tally {
    const char *family;
    size_t      strokes, recounted, most;
} tally;

static void
check_line(const ch_lines *l, size_t k, tally *t)
{
    const ch_line *line  = &l->line[k];
    ch_len         width = 0;
    for (size_t j = 0; j < line->n; j++)
        for (size_t g = 0; g < line->strip[j].n; g++)
            width += line->strip[j].glyph[g].advance;
    CHECK(width == line->width);
    bool spaces = memchr(l->shaped->text.p + line->from, ' ', line->to - line->from - 1) != NULL;
    CHECK(k + 1 == l->n || line->overfull || !spaces || width == l->measure);
    size_t n = check_strokes(l, line);
    CHECK(n == 0 || (k + 1 < l->n && line->ratio > 0));
    t->strokes += n;
    t->most = n > t->most ? n : t->most;
}

static void
check_text(const char *lang, ch_str text, void *arg)
{
    tally *t = arg;
    for (int measure = 60; measure < 460 && !failures; measure += 23) {
        const ch_shaped *s = shape_text(props_of(t->family), lang, text);
        const ch_lines  *l;
        bool             plain;
        CHECK(ch_lines_set(&cx, s, measure * CH_PT, &l) == CH_OK);
        for (size_t k = 0; k < l->n; k++)
            check_line(l, k, t);
        int64_t want = recount(l, &plain);
        CHECK(!plain || want == l->demerits);
        t->recounted += plain;
        cases++;
        if (failures)
            fprintf(stderr, "arabic_test: %s in %s at %d pt: demerits %lld, wanted %lld\n", lang,
                    t->family, measure, (long long)l->demerits, (long long)want);
    }
}

static void
test_lines(const char *family)
{
    tally t = {.family = family};
    read_cases("arabic.case", check_text, &t);
    if (getenv("CHANCERY_VERBOSE"))
        printf("%s: %zu strokes, %zu in a line at most, %zu recounted\n", family, t.strokes, t.most,
               t.recounted);
    CHECK(t.strokes > 100 && t.recounted > 20 && t.most < 12);
}

/* How far the spaces of stretched lines go, of what they may. */
typedef struct spread {
    double sum, most;
    size_t n;
} spread;

static void
measure_spaces(const ch_lines *l, spread *out)
{
    for (size_t k = 0; k + 1 < l->n; k++) {
        counted c     = count_line(l, &l->line[k]);
        ch_len  extra = l->measure - c.natural;
        for (size_t i = 0; i < l->line[k].n; i++)
            for (size_t g = 0; g < l->line[k].strip[i].n; g++)
                if (l->line[k].strip[i].glyph[g].stretched)
                    extra -= l->line[k].strip[i].glyph[g].advance;
        if (l->measure <= c.natural || c.stretch <= 0 || l->line[k].overfull)
            continue;
        double ratio = (double)extra / (double)c.stretch;
        out->sum += ratio;
        out->most = ratio > out->most ? ratio : out->most;
        out->n++;
    }
}

static void
check_evenness(const char *lang, ch_str text, void *arg)
{
    spread with = {0}, without = {0};
    for (int measure = 160; measure < 460; measure += 17)
        for (int i = 0; i < 2; i++) {
            ch_props *p = props_of(arg);
            p->kashida  = i ? 600 : 0;
            const ch_lines *l;
            CHECK(ch_lines_set(&cx, shape_text(p, lang, text), measure * CH_PT, &l) == CH_OK);
            measure_spaces(l, i ? &with : &without);
        }
    if (getenv("CHANCERY_VERBOSE"))
        printf("%s %s: spaces stretch by %.2f, %.2f at most; without kashidas %.2f, %.2f\n", lang,
               (char *)arg, with.sum / (double)with.n, with.most, without.sum / (double)without.n,
               without.most);
    CHECK(with.n && without.n);
    CHECK(with.sum / (double)with.n < without.sum / (double)without.n && with.most < without.most);
    cases++;
}

/* Without kashidas, the spaces fill the line alone. */
static void
check_spaces(const char *lang, ch_str text, void *arg)
{
    ch_props *off      = props_of(arg);
    off->kashida       = 0;
    const ch_shaped *s = shape_text(off, lang, text);
    const ch_lines  *l;
    CHECK(s->n_kashidas == 0);
    CHECK(ch_lines_set(&cx, s, 220 * CH_PT, &l) == CH_OK);
    for (size_t k = 0; k + 1 < l->n; k++)
        CHECK(l->line[k].width == l->measure && check_strokes(l, &l->line[k]) == 0);
    cases++;
}

static int
run(void)
{
    const char *top    = getenv("CHANCERY_SRC");
    ch_str      folder = ch_str_from(top ? top : ".");
    if (ch_fonts_new(&cx, ch_path_join(cx.job, folder, CH_STR_LIT("fonts/fonts.conf")),
                     &tools.fonts) != CH_OK ||
        ch_hyphens_new(&cx, CH_STR_LIT("/usr/share/hyphen"), &tools.hyphens) != CH_OK)
        return 1;
    const char *const FAMILIES[] = {AMIRI, NASKH};
    bool              both       = true;
    for (int i = 0; i < 2; i++) {
        char family[64];
        if (!face_of(FAMILIES[i])) {
            both = false;
            continue;
        }
        snprintf(family, sizeof family, "%s", FAMILIES[i]);
        read_cases("shaping.case", compare, family);
        read_cases("kashida.case", check_places, family);
        read_cases("arabic.case", check_spaces, family);
        read_cases("arabic.case", check_evenness, family);
        test_lines(FAMILIES[i]);
    }
    if (both) {
        test_recall();
        test_spans();
        test_tracking();
        test_letters();
        test_limits();
    }
    ch_hyphens_free(tools.hyphens);
    ch_fonts_free(tools.fonts);
    printf("CASES %d %d %d\n", cases - (failures < cases ? failures : cases), failures, skipped);
    return failures ? 1 : both ? 0 : 77;
}

int
main(void)
{
    ch_guard g;
    cx.job     = ch_arena_new(0);
    cx.scratch = ch_arena_new(0);
    if (!cx.job || !cx.scratch || setjmp(g.env))
        return 1;
    ch_arena_guard(cx.job, &g);
    ch_arena_guard(cx.scratch, &g);
    cx.diags = ch_diags_new(cx.job);
    ch_limits_fill(&cx.limits);
    int rc = run();
    ch_arena_free(cx.job);
    ch_arena_free(cx.scratch);
    return rc;
}
