/* tests/unit/svg_test.c -- figure/: numbers, paths and transforms; the drawings of tests/cases/svg,
 * as display lists, against NAME.drawing beside NAME.svg; and files that are wrong, with what is said of
 * each, in faults.case.
 *
 *     svg_test [--update]
 *
 * --update writes what is expected anew. */
#include "figure/svg.h"
#include "figure/svg_lex.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures, cases;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

static ch_arena *job;

static bool
near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (1 + fabs(b));
}

/* ---- the small languages ----------------------------------------------------------------- */

static void
test_numbers(void)
{
    static const struct {
        const char *text;
        bool        ok;
        double      value;
        size_t      at;
    } T[] = {{"12", true, 12, 2},
             {"-.5", true, -0.5, 3},
             {"+3.25x", true, 3.25, 5},
             {"1e3", true, 1000, 3},
             {"1.5E-2,", true, 0.015, 6},
             {"2em", true, 2, 1},
             {"1.2.3", true, 1.2, 3},
             {".", false, 0, 0},
             {"-", false, 0, 0},
             {"e5", false, 0, 0},
             {"5.", true, 5, 2},
             {"1e400", false, 0, 0},
             {"1e-400", true, 0, 6},
             {"99999999999999999999e-19", true, 9.9999999999999999999, 24},
             {"1000000000000", false, 0, 0}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        double v  = 0;
        size_t at = 0;
        bool   ok = ch_svg_number(ch_str_from(T[i].text), &at, &v);
        if (ok != T[i].ok || (ok && !near(v, T[i].value)) || at != T[i].at) {
            failures++;
            fprintf(stderr, "number '%s': %d %.17g, read up to %zu\n", T[i].text, ok, v, at);
        }
    }
}

static void
test_transforms(void)
{
    static const struct {
        const char *text;
        double      x, y; /* of (10, 20) */
    } T[] = {{"translate(3)", 13, 20},
             {"translate(3 -4)", 13, 16},
             {"scale(2)", 20, 40},
             {"scale(2,.5)", 20, 10},
             {"rotate(90)", -20, 10},
             {"rotate(180 10 0)", 10, -20},
             {"skewX(45)", 30, 20},
             {"skewY(45)", 10, 30},
             {"matrix(1 2 3 4 5 6)", 75, 106},
             {"translate(1 1) scale(2) , rotate(-90)", 41, -19},
             {"  ", 10, 20}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        ch_matrix m;
        size_t    at = 0;
        CHECK(ch_svg_transform(ch_str_from(T[i].text), &at, &m));
        ch_point p = ch_matrix_apply(&m, (ch_point){10, 20});
        if (!near(p.x, T[i].x) || !near(p.y, T[i].y)) {
            failures++;
            fprintf(stderr, "transform '%s': (%g, %g)\n", T[i].text, p.x, p.y);
        }
    }
    static const char *const bad[] = {"rotate(1 2)", "turn(3)",       "scale(1",
                                      "scale 1",     "matrix(1 2 3)", "translate(1 2 3 4 5 6 7)"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ch_matrix m;
        size_t    at = 0;
        CHECK(!ch_svg_transform(ch_str_from(bad[i]), &at, &m));
    }
}

/* Points of a curve at t from the centre of a circle. */
static double
farthest_off(const ch_path *p, ch_point centre, double r)
{
    double          most = 0;
    const ch_point *at   = p->point.at;
    for (size_t i = 0; i < p->verb.n; i++) {
        if (p->verb.at[i] == CH_PATH_CURVE) {
            for (int k = 0; k <= 16; k++) {
                double t = k / 16.0, u = 1 - t;
                double x = u * u * u * at[-1].x + 3 * u * u * t * at[0].x +
                           3 * u * t * t * at[1].x + t * t * t * at[2].x;
                double y = u * u * u * at[-1].y + 3 * u * u * t * at[0].y +
                           3 * u * t * t * at[1].y + t * t * t * at[2].y;
                most = fmax(most, fabs(hypot(x - centre.x, y - centre.y) - r));
            }
            at += 3;
        } else if (p->verb.at[i] != CH_PATH_CLOSE) {
            at++;
        }
    }
    return most;
}

static void
test_arcs(void)
{
    static const struct {
        const char *d;
        double      cx, cy, r;
        size_t      curves;
    } T[] = {{"M10 0A10 10 0 0 1 0 10", 0, 0, 10, 1},
             {"M10 0A10 10 0 1 0 0 10", 0, 0, 10, 3},
             {"M10 0A10 10 0 0 0 0 10", 10, 10, 10, 1},
             {"M0 0A1 1 0 0 1 20 0", 10, 0, 10, 2}, /* radii too small: they grow */
             {"M5 5a5 5 37 1 1 10 0", 10, 5, 5, 2}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        ch_path p  = {0};
        size_t  at = 0;
        CHECK(ch_svg_path(job, ch_str_from(T[i].d), &at, &p));
        size_t curves = 0;
        for (size_t k = 0; k < p.verb.n; k++)
            curves += p.verb.at[k] == CH_PATH_CURVE;
        double off = farthest_off(&p, (ch_point){T[i].cx, T[i].cy}, T[i].r);
        if (curves != T[i].curves || off > 3e-4 * T[i].r) {
            failures++;
            fprintf(stderr, "arc '%s': %zu curves, %g off the circle\n", T[i].d, curves, off);
        }
    }
    ch_path p  = {0};
    size_t  at = 0;
    CHECK(ch_svg_path(job, CH_STR_LIT("M1 1A5 0 0 0 1 9 9A5 5 0 0 1 9 9"), &at, &p));
    CHECK(p.verb.n == 2 && p.verb.at[1] == CH_PATH_LINE); /* no radius: a line; nowhere: nothing */
}

static void
test_boxes(void)
{
    static const struct {
        const char *d;
        double      x0, y0, x1, y1;
    } T[] = {{"M0 0L10 5", 0, 0, 10, 5},
             {"M0 0C0 10 10 10 10 0", 0, 0, 10, 7.5},
             {"M0 0Q5 10 10 0", 0, 0, 10, 5},
             {"M10 0A10 10 0 1 1-10 0A10 10 0 1 1 10 0", -10, -10, 10, 10}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        ch_path  p  = {0};
        size_t   at = 0;
        ch_point lo, hi;
        CHECK(ch_svg_path(job, ch_str_from(T[i].d), &at, &p) && ch_path_box(&p, &lo, &hi));
        if (fabs(lo.x - T[i].x0) + fabs(lo.y - T[i].y0) + fabs(hi.x - T[i].x1) +
                fabs(hi.y - T[i].y1) >
            0.02) {
            failures++;
            fprintf(stderr, "box of '%s': %g %g %g %g\n", T[i].d, lo.x, lo.y, hi.x, hi.y);
        }
    }
}

static void
test_colours(void)
{
    static const struct {
        const char *text;
        bool        ok;
        uint32_t    rgb;
        double      alpha;
    } T[] = {{"#abc", true, 0xAABBCC, 1},
             {"#12aB9f", true, 0x12AB9F, 1},
             {"#0008", true, 0, 136 / 255.0},
             {"RebeccaPurple", true, 0x663399, 1},
             {"yellowgreen", true, 0x9ACD32, 1},
             {"rgb(255, 0,128)", true, 0xFF0080, 1},
             {"rgb(100% 50% 0%)", true, 0xFF8000, 1},
             {"rgba(0,0,300,.25)", true, 0x0000FF, 0.25},
             {"hsl(120, 100%, 25%)", true, 0x008000, 1},
             {"hsla(-30deg 100% 50% / 50%)", true, 0xFF0080, 0.5},
             {"#12", false, 0, 0},
             {"#ggg", false, 0, 0},
             {"rgb(1,2)", false, 0, 0},
             {"blu", false, 0, 0}};
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        uint32_t rgb   = 0;
        double   alpha = 0;
        size_t   at    = 0;
        bool     ok    = ch_svg_colour(ch_str_from(T[i].text), &at, &rgb, &alpha);
        if (ok != T[i].ok || (ok && (rgb != T[i].rgb || !near(alpha, T[i].alpha)))) {
            failures++;
            fprintf(stderr, "colour '%s': %d #%06x %g\n", T[i].text, ok, rgb, alpha);
        }
    }
    CHECK(ch_colour_black(0xFFFFFF) == 0xFFFFFF && ch_colour_black(0) == 0);
    CHECK(ch_colour_black(0xFF0000) == 0x363636 && ch_colour_black(0x0000FF) == 0x121212);
}

/* ---- files ------------------------------------------------------------------------------- */

/* The drawing, or nothing; then a line for each diagnostic. */
static ch_str
look_at(ch_str name, ch_str bytes)
{
    ch_ctx cx = {.job = job, .scratch = ch_arena_new(0), .diags = ch_diags_new(job)};
    ch_buf out;
    ch_limits_fill(&cx.limits);
    ch_guard guard;
    ch_arena_guard(cx.scratch, &guard);
    if (setjmp(guard.env))
        exit(2);
    const ch_drawing *d  = NULL;
    ch_status         st = ch_svg_read(&cx, name, bytes, &d);
    ch_buf_init(&out, job);
    CHECK((st == CH_OK) == (d != NULL));
    CHECK((st != CH_OK) == (ch_diags_errors(cx.diags) > 0));
    if (d)
        ch_drawing_dump(&out, d);
    for (size_t i = 0; i < ch_diags_count(cx.diags); i++) {
        const ch_diag *g    = ch_diags_at(cx.diags, i);
        uint32_t       line = 0, column = 0;
        if (g->where.source)
            ch_source_line_column(ch_diags_source_at(cx.diags, g->where.source), g->where.from,
                                  &line, &column);
        ch_buf_printf(&out, "%u:%u %c%u %.*s\n", line, column, ch_code_letter(g->code),
                      ch_code_number(g->code), CH_ARG(g->text));
    }
    ch_arena_free(cx.scratch);
    return ch_buf_view(&out);
}

static ch_str
read_all(ch_str path)
{
    ch_str bytes    = CH_STR_EMPTY;
    int    os_error = 0;
    (void)ch_file_read(job, path.p, (size_t)1 << 24, &bytes, &os_error);
    return bytes;
}

static void
expect(ch_str name, ch_str got, ch_str want)
{
    cases++;
    if (ch_str_eq(got, want))
        return;
    failures++;
    fprintf(stderr, "%.*s: expected\n%.*sbut it is\n%.*s", CH_ARG(name), CH_ARG(want), CH_ARG(got));
}

static void
write_file(ch_str path, ch_str bytes)
{
    int os_error = 0;
    if (!ch_file_write_atomic(job, path.p, bytes, &os_error))
        failures++;
}

static void
test_drawing(const char *folder, const char *file, bool update)
{
    ch_str path = ch_arena_printf(job, "%s/%s", folder, file);
    ch_str kept = ch_arena_printf(job, "%s/%.*s.drawing", folder, (int)strlen(file) - 4, file);
    ch_str got  = look_at(ch_str_from(file), read_all(path));
    if (update)
        write_file(kept, got);
    expect(ch_str_from(file), got, read_all(kept));
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
test_drawings(const char *folder, bool update)
{
    CH_VEC(const char *) name = {0};
    DIR *dir                  = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL;)
        if (ch_str_ends(ch_str_from(e->d_name), ".svg"))
            *CH_PUSH(job, name) = ch_arena_str(job, ch_str_from(e->d_name)).p;
    if (dir)
        closedir(dir);
    CHECK(name.n > 8);
    if (name.n > 0)
        qsort(name.at, name.n, sizeof *name.at, by_name);
    for (size_t i = 0; i < name.n; i++)
        test_drawing(folder, name.at[i], update);
}

/* "-- NAME", the file, "=>", what is said. */
static void
test_faults(const char *folder, bool update)
{
    ch_str path = ch_arena_printf(job, "%s/faults.case", folder), all = read_all(path);
    ch_str name = CH_STR_EMPTY;
    ch_buf part[2], anew;
    int    in = 0;
    ch_buf_init(&part[0], job);
    ch_buf_init(&part[1], job);
    ch_buf_init(&anew, job);
    for (size_t at = 0; at <= all.n;) {
        size_t end = at;
        while (end < all.n && all.p[end] != '\n')
            end++;
        ch_str line = ch_str_sub(all, at, end);
        bool   next = ch_str_starts(line, "-- ");
        if ((next || end >= all.n) && name.n > 0) {
            ch_str got = look_at(name, ch_arena_str(job, ch_buf_view(&part[0])));
            ch_buf_printf(&anew, "-- %.*s\n%s=>\n%.*s\n", CH_ARG(name), part[0].p, CH_ARG(got));
            if (!update)
                expect(name, got, ch_buf_view(&part[1]));
        }
        if (next) {
            name = ch_str_sub(line, 3, line.n);
            in   = 0;
            ch_buf_clear(&part[0]);
            ch_buf_clear(&part[1]);
        } else if (ch_str_is(line, "=>")) {
            in = 1;
        } else if (in == 0 || line.n > 0) {
            ch_buf_printf(&part[in], "%.*s\n", CH_ARG(line));
        }
        at = end + 1;
    }
    if (update)
        write_file(path, ch_buf_view(&anew));
    CHECK(update || cases > 20);
}

/* ---- more than is right ------------------------------------------------------------------ */

static void
expect_code(const char *what, ch_buf *svg, const char *code)
{
    ch_str said = look_at(ch_str_from(what), ch_buf_view(svg));
    cases++;
    for (size_t i = 0; i + 5 <= said.n; i++)
        if (ch_str_starts(ch_str_sub(said, i, said.n), code))
            return;
    failures++;
    fprintf(stderr, "%s: no %s, but %.200s\n", what, code, said.p);
}

static void
begin(ch_buf *b)
{
    ch_buf_init(b, job);
    ch_buf_puts(b, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>");
}

static void
test_bounds(void)
{
    ch_buf b;
    begin(&b); /* a million nodes */
    for (int i = 0; i < 1000000; i++)
        ch_buf_puts(&b, "<g/>");
    ch_buf_puts(&b, "</svg>");
    expect_code("a million nodes", &b, "E2009");
    begin(&b); /* ten to the ninth, by reference */
    ch_buf_puts(&b, "<defs><path id='a0' d='M0 0h1v1z'/>");
    for (int i = 1; i < 10; i++) {
        ch_buf_printf(&b, "<g id='a%d'>", i);
        for (int k = 0; k < 10; k++)
            ch_buf_printf(&b, "<use href='#a%d'/>", i - 1);
        ch_buf_puts(&b, "</g>");
    }
    ch_buf_puts(&b, "</defs><use href='#a9'/></svg>");
    expect_code("uses of uses", &b, "E7024");
    begin(&b); /* points, by reference */
    ch_buf_puts(&b, "<defs><path id='p' d='M0 0");
    for (int i = 0; i < 20000; i++)
        ch_buf_puts(&b, "h1v1");
    ch_buf_puts(&b, "'/></defs>");
    for (int i = 0; i < 300; i++)
        ch_buf_puts(&b, "<use href='#p'/>");
    ch_buf_puts(&b, "</svg>");
    expect_code("points", &b, "E7024");
    begin(&b);
    ch_buf_puts(&b, "<style>");
    for (int i = 0; i < 1000; i++)
        ch_buf_printf(&b, ".c%d{fill:red}", i);
    ch_buf_puts(&b, "</style><path d='M0 0h1v1z'/></svg>");
    expect_code("style rules", &b, "E7024");
    begin(&b);
    for (int i = 0; i < 220; i++)
        ch_buf_puts(&b, "<g>");
    for (int i = 0; i < 220; i++)
        ch_buf_puts(&b, "</g>");
    ch_buf_puts(&b, "</svg>");
    expect_code("groups in groups", &b, "E7024");
}

int
main(int argc, char **argv)
{
    const char *top    = getenv("CHANCERY_SRC");
    bool        update = argc > 1 && !strcmp(argv[1], "--update");
    job                = ch_arena_new(0);
    ch_guard guard;
    ch_arena_guard(job, &guard);
    if (setjmp(guard.env)) {
        fprintf(stderr, "out of memory\n");
        return 2;
    }
    const char *folder = ch_arena_printf(job, "%s/tests/cases/svg", top ? top : ".").p;
    test_numbers();
    test_transforms();
    test_arcs();
    test_boxes();
    test_colours();
    test_drawings(folder, update);
    test_faults(folder, update);
    test_bounds();
    ch_arena_free(job);
    if (failures == 0)
        printf("CASES %d 0 0\n", cases);
    return failures != 0;
}
