/* bench/floor.c -- libharu alone with the lines already broken: the least that a letter can cost.
 *
 *     floor [-n ROUNDS] PAGES OUT.pdf
 *
 * PAGES is what `chancery render --dump=pages` prints.  Each text of it is put at its place with
 * libharu's own text calls, in its own UTF-8 encoder, with Liberation Serif embedded by its own font
 * loader (it cannot read the CFF fonts that the letters are set in); rules are drawn.  Nothing is
 * shaped, tagged or subset.  With -n the document is made again and again in one process, and the
 * microseconds of one are printed. */
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const files[] = {
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf"};

enum { MAX_FONTS = 64 };

static void
failed(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    (void)user;
    fprintf(stderr, "floor: libharu error 0x%04lx, %lu\n", (unsigned long)error,
            (unsigned long)detail);
    exit(1);
}

/* Which of the four faces stands in for "font 3 Linux Libertine O Italic". */
static size_t
face_of(const char *line)
{
    return (strstr(line, "Italic") ? 1u : 0u) + (strstr(line, "Bold") ? 2u : 0u);
}

/* The text between the first and the last quote of a line, in place. */
static char *
quoted(char *line)
{
    char *from = strchr(line, '"'), *to = strrchr(line, '"');
    if (!from || to == from)
        return NULL;
    *to = '\0';
    return from + 1;
}

typedef struct floor_doc {
    HPDF_Doc  pdf;
    HPDF_Page page;
    float     height;
    HPDF_Font face[4];
    size_t    font[MAX_FONTS]; /* font of the print to face */
} floor_doc;

static HPDF_Font
face(floor_doc *d, size_t i)
{
    if (!d->face[i])
        d->face[i] =
            HPDF_GetFont(d->pdf, HPDF_LoadTTFontFromFile(d->pdf, files[i], HPDF_TRUE), "UTF-8");
    return d->face[i];
}

static void
draw(floor_doc *d, char *line)
{
    float    x, y, w, h, size;
    unsigned n;
    int      at = 0;
    if (sscanf(line, "page %*u of %*u %f x %f", &w, &h) == 2) {
        d->page = HPDF_AddPage(d->pdf);
        HPDF_Page_SetWidth(d->page, w);
        HPDF_Page_SetHeight(d->page, h);
        d->height = h;
    } else if (strncmp(line, "font ", 5) == 0) {
        for (char *p = strstr(line, "font "); p; p = strstr(p + 5, "font ")) {
            char *next = strstr(p + 5, "font ");
            char  one[256];
            snprintf(one, sizeof one, "%.*s", next ? (int)(next - p) : (int)strlen(p), p);
            if (sscanf(one, "font %u", &n) == 1 && n < MAX_FONTS)
                d->font[n] = face_of(one);
        }
    } else if (sscanf(line, " text %f %f f%u %f%n", &x, &y, &n, &size, &at) == 4 && n < MAX_FONTS) {
        char *text = quoted(line + at);
        if (!text)
            return;
        HPDF_Page_BeginText(d->page);
        HPDF_Page_SetFontAndSize(d->page, face(d, d->font[n]), size);
        HPDF_Page_TextOut(d->page, x, d->height - y, text);
        HPDF_Page_EndText(d->page);
    } else if (sscanf(line, " rule %f %f %f x %f", &x, &y, &w, &h) == 4) {
        HPDF_Page_Rectangle(d->page, x, d->height - y - h, w, h);
        HPDF_Page_Fill(d->page);
    }
}

static void
make(char *pages, const char *out)
{
    floor_doc d = {.pdf = HPDF_New(failed, NULL)};
    HPDF_SetCompressionMode(d.pdf, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(d.pdf);
    HPDF_SetCurrentEncoder(d.pdf, "UTF-8");
    for (char *line = pages; *line;) {
        char  *end = strchr(line, '\n');
        size_t n   = end ? (size_t)(end - line) : strlen(line);
        char   copy[8192];
        if (n < sizeof copy) {
            memcpy(copy, line, n);
            copy[n] = '\0';
            draw(&d, copy);
        }
        line = end ? end + 1 : line + n;
    }
    HPDF_SaveToFile(d.pdf, out);
    HPDF_Free(d.pdf);
}

static char *
read_all(const char *path)
{
    FILE *f = fopen(path, "rb");
    long  n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    char *p = n >= 0 ? malloc((size_t)n + 1) : NULL;
    if (!p || fseek(f, 0, SEEK_SET) != 0 || fread(p, 1, (size_t)n, f) != (size_t)n) {
        fprintf(stderr, "floor: cannot read %s\n", path);
        exit(4);
    }
    fclose(f);
    p[n] = '\0';
    return p;
}

int
main(int argc, char **argv)
{
    int rounds = 0, first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        rounds = atoi(argv[2]);
        first  = 3;
    }
    if (argc - first != 2) {
        fputs("usage: floor [-n ROUNDS] PAGES OUT.pdf\n", stderr);
        return 2;
    }
    char           *pages = read_all(argv[first]);
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    make(pages, argv[first + 1]);
    for (int i = 1; i < rounds; i++)
        make(pages, argv[first + 1]);
    clock_gettime(CLOCK_MONOTONIC, &b);
    if (rounds > 0)
        printf("floor\t%.1f\n",
               ((double)(b.tv_sec - a.tv_sec) * 1e6 + (double)(b.tv_nsec - a.tv_nsec) / 1e3) /
                   rounds);
    free(pages);
    return 0;
}
