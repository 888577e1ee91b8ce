/* bench/batch.c -- how many letters a second, each filled with another record, in one process.
 *
 *     batch [-n LETTERS] [-j THREADS] [-o FOLDER] LETTER RECORDS.csv
 *     batch --floor PAGES [-n LETTERS] [-j THREADS] [-o FOLDER] RECORDS.csv
 *
 * LETTER has fields; RECORDS.csv has a line for names and one for each record, none with a line feed
 * inside.  The records are gone through again when there are more letters.  Each thread has a job of
 * its own; with -o each PDF is written to a file of the folder, else it stays in memory.
 *
 * The floor is the least that a letter can cost: PAGES is what `chancery render --dump=pages`
 * prints, so that its lines are broken already.  For each letter the streams of its pages are
 * written, with the first words replaced by those of the record, and deflated; the subsets of
 * Liberation Serif were made and deflated once and are copied.
 *
 * Prints tab-separated lines: letters a second by the clock and by the time that the processor gave,
 * the most memory held (KiB), calls of malloc a letter once 50 letters are made. */
#include "chancery.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zlib.h>

enum { WARM = 50, MOST_THREADS = 64, FACES = 4, GROWN = 1 << 16 };

/* ---- calls of malloc ---- */

static atomic_ulong calls;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__GLIBC__) && !defined(SANITIZED) && !defined(__SANITIZE_ADDRESS__) &&                 \
    !defined(__SANITIZE_THREAD__)
#define COUNTED 1
#define SEEN __attribute__((visibility("default"))) /* by the libraries, too */
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

SEEN void *
malloc(size_t n)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    return __libc_malloc(n);
}

SEEN void *
calloc(size_t n, size_t size)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    return __libc_calloc(n, size);
}

SEEN void *
realloc(void *p, size_t n)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    return __libc_realloc(p, n);
}
#endif

/* ---- what is read ---- */

typedef struct bytes {
    char  *p;
    size_t n, room;
} bytes;

static int
add(bytes *b, const void *p, size_t n)
{
    if (b->n + n + 1 > b->room) {
        size_t room = 2 * (b->n + n + 1);
        char  *more = realloc(b->p, room);
        if (!more)
            exit(4);
        b->p    = more;
        b->room = room;
    }
    memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
    return (int)n;
}

static bytes
read_all(const char *path)
{
    bytes b = {0};
    FILE *f = fopen(path, "rb");
    char  piece[GROWN];
    if (!f) {
        fprintf(stderr, "batch: cannot read %s\n", path);
        exit(4);
    }
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        add(&b, piece, n);
    fclose(f);
    return b;
}

typedef struct table {
    bytes        head;
    const char **row; /* up to its line feed */
    size_t       n;
} table;

static table
read_table(const char *path)
{
    table  t    = {0};
    bytes  all  = read_all(path);
    char  *from = all.p;
    size_t room = 0;
    for (char *end; from && (end = strchr(from, '\n')); from = end + 1) {
        if (!t.head.p) {
            add(&t.head, from, (size_t)(end - from) + 1);
            continue;
        }
        if (t.n == room) {
            room  = room ? 2 * room : 1024;
            t.row = realloc(t.row, room * sizeof *t.row);
            if (!t.row)
                exit(4);
        }
        t.row[t.n++] = from;
    }
    return t;
}

static size_t
row_length(const char *row)
{
    return (size_t)(strchr(row, '\n') - row) + 1;
}

/* ---- work ---- */

/* Of the floor's pages: a text, or the beginning of one. */
typedef struct item {
    int      page;
    unsigned font;
    float    x, y, size;
    bytes    text;
} item;

typedef struct plan {
    const char      *letter, *out;
    bytes            text;
    table            records;
    chancery_engine *engine; /* NULL: the floor */
    bytes            pages;
    item            *item;
    size_t           n_items;
    struct face     *face;
    size_t           letters;
    unsigned         threads;
    atomic_ulong     made, warm_calls;
    atomic_int       failed;
} plan;

typedef struct worker {
    plan         *p;
    unsigned      number;
    chancery_job *job;
    bytes         record, pdf, stream;
} worker;

static void
put_file(const worker *w, size_t i)
{
    char path[4096];
    if (!w->p->out)
        return;
    snprintf(path, sizeof path, "%s/%zu.pdf", w->p->out, i + 1);
    if (w->job) {
        if (chancery_job_write(w->job, path) != CHANCERY_OK)
            w->p->failed = 1;
        return;
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(w->pdf.p, 1, w->pdf.n, f) != w->pdf.n)
        w->p->failed = 1;
    if (f)
        fclose(f);
}

static void
render(worker *w, size_t i)
{
    const plan *p   = w->p;
    const char *row = p->records.row[i % p->records.n];
    w->record.n     = 0;
    add(&w->record, p->records.head.p, p->records.head.n);
    add(&w->record, row, row_length(row));
    chancery_status st = chancery_job_set_record(w->job, "records.csv", CHANCERY_RECORDS_CSV,
                                                 w->record.p, w->record.n);
    if (st == CHANCERY_OK)
        st = chancery_job_render(w->job, p->letter, p->text.p, p->text.n);
    if (st != CHANCERY_OK) {
        for (size_t k = 0; k < chancery_job_diagnostics(w->job); k++)
            fputs(chancery_job_diagnostic_text(w->job, k), stderr);
        w->p->failed = 1;
    }
}

/* ---- the floor ---- */

typedef struct face {
    bytes  file, widths; /* deflated; as the font's object has them */
    size_t length;       /* of the file as it was */
} face;

static const char *const files[FACES] = {
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf"};

static void
deflate_into(bytes *out, const bytes *in, int level)
{
    uLongf n = compressBound((uLong)in->n);
    if (out->room < n) {
        free(out->p);
        out->p    = malloc(n);
        out->room = n;
    }
    if (!out->p ||
        compress2((Bytef *)out->p, &n, (const Bytef *)in->p, (uLong)in->n, level) != Z_OK)
        exit(4);
    out->n = n;
}

static void
make_face(face *f, const char *path, const char *letters)
{
    hb_blob_t         *blob  = hb_blob_create_from_file(path);
    hb_face_t         *whole = hb_face_create(blob, 0);
    hb_font_t         *font  = hb_font_create(whole);
    hb_subset_input_t *in    = hb_subset_input_create_or_fail();
    unsigned           em    = hb_face_get_upem(whole);
    if (!in)
        exit(4);
    for (hb_codepoint_t c = 32, g; c < 256; c++) {
        if (letters[c])
            hb_set_add(hb_subset_input_unicode_set(in), c);
        int width =
            hb_font_get_nominal_glyph(font, c, &g) ? hb_font_get_glyph_h_advance(font, g) : 0;
        char one[16];
        int  n = snprintf(one, sizeof one, "%d ", width * 1000 / (int)(em ? em : 1000));
        add(&f->widths, one, (size_t)n);
    }
    hb_face_t  *part = hb_subset_or_fail(whole, in);
    hb_blob_t  *made = part ? hb_face_reference_blob(part) : hb_blob_reference(blob);
    unsigned    n    = 0;
    bytes       raw  = {0};
    const char *p    = hb_blob_get_data(made, &n);
    add(&raw, p, n);
    f->length = n;
    deflate_into(&f->file, &raw, 9);
    free(raw.p);
    hb_blob_destroy(made);
    hb_face_destroy(part);
    hb_subset_input_destroy(in);
    hb_font_destroy(font);
    hb_face_destroy(whole);
    hb_blob_destroy(blob);
}

typedef struct pdf {
    worker  *w;
    size_t   at[256]; /* where the objects begin */
    size_t   objects;
    unsigned page[64];
    size_t   pages;
    bytes    packed;
} pdf;

static void
begin(pdf *d)
{
    char line[64];
    d->at[++d->objects] = d->w->pdf.n;
    add(&d->w->pdf, line, (size_t)snprintf(line, sizeof line, "%zu 0 obj\n", d->objects));
}

static void
text(pdf *d, const char *format, unsigned a, unsigned b)
{
    char line[512];
    add(&d->w->pdf, line, (size_t)snprintf(line, sizeof line, format, a, b));
}

static void
end_page(pdf *d)
{
    worker *w = d->w;
    if (!w->stream.n)
        return;
    deflate_into(&d->packed, &w->stream, 6);
    begin(d);
    text(d, "<</Filter/FlateDecode/Length %u>>stream\n", (unsigned)d->packed.n, 0);
    add(&w->pdf, d->packed.p, d->packed.n);
    add(&w->pdf, "\nendstream\nendobj\n", 18);
    begin(d);
    d->page[d->pages++ % 64] = (unsigned)d->objects;
    text(d,
         "<</Type/Page/Parent 1 0 R/MediaBox[0 0 596 842]/Contents %u 0 R/Resources 2 0 R>>\n"
         "endobj\n",
         (unsigned)d->objects - 1, 0);
    w->stream.n = 0;
}

/* One character a byte, in Latin-1, as a string of PDF. */
static void
show(bytes *out, const char *from, const char *to)
{
    add(out, "(", 1);
    for (; from < to; from++) {
        unsigned char c   = (unsigned char)*from;
        char          put = (char)c;
        if ((c & 0xE0) == 0xC0 && from + 1 < to && c < 0xC4) {
            put = (char)((c << 6) | (*++from & 0x3F));
        } else if (c >= 0x80) {
            put = '?';
            while (from + 1 < to && (from[1] & 0xC0) == 0x80)
                from++;
        }
        if (put == '(' || put == ')' || put == '\\')
            add(out, "\\", 1);
        add(out, &put, 1);
    }
    add(out, ") Tj\n", 5);
}

static void
read_item(plan *p, const char *line, const char *end)
{
    char   copy[256];
    item   it   = {0};
    size_t head = (size_t)(end - line) < sizeof copy - 1 ? (size_t)(end - line) : sizeof copy - 1;
    memcpy(copy, line, head);
    copy[head]       = '\0';
    const char *from = memchr(line, '"', (size_t)(end - line)), *to = end;
    while (from && to > from && *to != '"')
        to--;
    if (strncmp(copy, "page ", 5) == 0)
        it.page = 1;
    else if (!from || to == from ||
             sscanf(copy, " text %f %f f%u %f", &it.x, &it.y, &it.font, &it.size) != 4)
        return;
    else
        show(&it.text, from + 1, to);
    p->item = realloc(p->item, (p->n_items + 1) * sizeof *p->item);
    if (!p->item)
        exit(4);
    p->item[p->n_items++] = it;
}

static void
draw(pdf *d, const item *it, const char *row, unsigned drawn)
{
    char at[128];
    if (it->page) {
        end_page(d);
        return;
    }
    add(&d->w->stream, at,
        (size_t)snprintf(at, sizeof at, "/F%u %.3f Tf 1 0 0 1 %.3f %.3f Tm\n", it->font % FACES,
                         (double)it->size, (double)it->x, 842 - (double)it->y));
    if (drawn < 5) /* whom it is to is the record's */
        show(&d->w->stream, row, row + row_length(row) - 1);
    else
        add(&d->w->stream, it->text.p, it->text.n);
}

static void
put_fonts(pdf *d)
{
    worker  *w           = d->w;
    unsigned font[FACES] = {0};
    for (unsigned i = 0; i < FACES; i++) {
        const face *f = &w->p->face[i];
        if (!f->file.n)
            continue;
        begin(d);
        text(d, "<</Filter/FlateDecode/Length %u/Length1 %u>>stream\n", (unsigned)f->file.n,
             (unsigned)f->length);
        add(&w->pdf, f->file.p, f->file.n);
        add(&w->pdf, "\nendstream\nendobj\n", 18);
        begin(d);
        text(d,
             "<</Type/FontDescriptor/FontName/ABCDEF+Face%u/Flags 32/FontBBox[-200 -300 1200 900]"
             "/ItalicAngle 0/Ascent 891/Descent -216/CapHeight 662/StemV 80/FontFile2 %u 0 R>>\n"
             "endobj\n",
             i, (unsigned)d->objects - 1);
        begin(d);
        font[i] = (unsigned)d->objects;
        text(d,
             "<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Face%u/FontDescriptor %u 0 R"
             "/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[",
             i, (unsigned)d->objects - 1);
        add(&w->pdf, f->widths.p, f->widths.n);
        text(d, "]>>\nendobj\n", 0, 0);
    }
    d->at[2] = w->pdf.n;
    text(d, "2 0 obj\n<</Font<<", 0, 0);
    for (unsigned i = 0; i < FACES; i++)
        if (w->p->face[i].file.n)
            text(d, "/F%u %u 0 R", i, font[i]);
    text(d, ">>>>\nendobj\n", 0, 0);
}

static void
make_floor(worker *w, size_t i)
{
    const plan *p   = w->p;
    pdf         d   = {.w = w, .objects = 2}; /* 1: the pages, 2: what they use */
    const char *row = p->records.row[i % p->records.n];
    w->pdf.n = w->stream.n = 0;
    add(&w->pdf, "%PDF-1.7\n", 9);
    for (size_t k = 0; k < p->n_items; k++)
        draw(&d, &p->item[k], row, (unsigned)k);
    end_page(&d);
    put_fonts(&d);
    d.at[1] = w->pdf.n;
    text(&d, "1 0 obj\n<</Type/Pages/Count %u/Kids[", (unsigned)d.pages, 0);
    for (size_t k = 0; k < d.pages; k++)
        text(&d, "%u 0 R ", d.page[k], 0);
    text(&d, "]>>\nendobj\n", 0, 0);
    begin(&d);
    text(&d, "<</Type/Catalog/Pages 1 0 R>>\nendobj\n", 0, 0);
    size_t at = w->pdf.n;
    text(&d, "xref\n0 %u\n0000000000 65535 f \n", (unsigned)d.objects + 1, 0);
    for (size_t k = 1; k <= d.objects; k++)
        text(&d, "%010u 00000 n \n", (unsigned)d.at[k], 0);
    text(&d, "trailer\n<</Size %u/Root %u 0 R>>\n", (unsigned)d.objects + 1, (unsigned)d.objects);
    text(&d, "startxref\n%u\n%%%%EOF\n", (unsigned)at, 0);
    free(d.packed.p);
}

/* The pages, and a subset of each face that they use. */
static void
read_pages(plan *p)
{
    char letters[FACES][256] = {{0}};
    for (const char *line = p->pages.p, *end; (end = strchr(line, '\n')); line = end + 1)
        read_item(p, line, end);
    for (size_t k = 0; k < p->n_items; k++) {
        const item *it = &p->item[k];
        for (size_t i = 0; i < it->text.n; i++)
            letters[it->font % FACES][(unsigned char)it->text.p[i]] = 1;
        for (size_t i = 0; k < 5 && i < 16 && i < p->records.n; i++)
            for (const char *c = p->records.row[i]; *c != '\n'; c++)
                letters[it->font % FACES][(unsigned char)*c] = 1;
    }
    for (unsigned i = 0; i < FACES; i++)
        if (memchr(letters[i], 1, sizeof letters[i]))
            make_face(&p->face[i], files[i], letters[i]);
}

/* ---- all ---- */

static void *
work(void *arg)
{
    worker *w = arg;
    plan   *p = w->p;
    if (p->engine && !(w->job = chancery_job_new(p->engine)))
        exit(4);
    for (size_t i = w->number; i < p->letters && !p->failed; i += p->threads) {
        if (p->engine)
            render(w, i);
        else
            make_floor(w, i);
        put_file(w, i);
        if (atomic_fetch_add(&p->made, 1) + 1 == WARM)
            p->warm_calls = atomic_load(&calls);
    }
    return NULL;
}

static double
seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
run(plan *p)
{
    worker    w[MOST_THREADS] = {0};
    pthread_t thread[MOST_THREADS];
    double    wall = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (unsigned i = 0; i < p->threads; i++) {
        w[i] = (worker){.p = p, .number = i};
        if (pthread_create(&thread[i], NULL, work, &w[i]) != 0)
            exit(4);
    }
    for (unsigned i = 0; i < p->threads; i++)
        pthread_join(thread[i], NULL);
    unsigned long later = atomic_load(&calls) - p->warm_calls;
    wall                = seconds(CLOCK_MONOTONIC) - wall;
    used                = seconds(CLOCK_PROCESS_CPUTIME_ID) - used;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    const char *name = p->engine ? p->letter : "floor";
    printf("%s\tthreads\t%u\n%s\tletters\t%zu\n", name, p->threads, name, (size_t)p->made);
    printf("%s\tletters/s\t%.0f\n", name, (double)p->made / wall);
    printf("%s\tletters/cpu-s\t%.0f\n", name, (double)p->made / used);
    printf("%s\tpeak-kib\t%ld\n", name, use.ru_maxrss);
#ifdef COUNTED
    if (p->made > WARM)
        printf("%s\tmallocs\t%.1f\n", name, (double)later / (double)(p->made - WARM));
#else
    (void)later;
#endif
    for (unsigned i = 0; i < p->threads; i++) {
        chancery_job_free(w[i].job);
        free(w[i].record.p);
        free(w[i].pdf.p);
        free(w[i].stream.p);
    }
    return p->failed ? 1 : 0;
}

int
main(int argc, char **argv)
{
    static face faces[FACES];
    plan        p     = {.letters = 2000, .threads = 1};
    int         first = 1;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        const char *value = argv[first + 1];
        if (strcmp(argv[first], "-n") == 0)
            p.letters = (size_t)strtoul(value, NULL, 10);
        else if (strcmp(argv[first], "-j") == 0)
            p.threads = (unsigned)strtoul(value, NULL, 10);
        else if (strcmp(argv[first], "-o") == 0)
            p.out = value;
        else if (strcmp(argv[first], "--floor") == 0)
            p.pages = read_all(value);
        else
            break;
    }
    if (argc - first != (p.pages.p ? 1 : 2) || p.threads < 1 || p.threads > MOST_THREADS) {
        fputs("usage: batch [-n LETTERS] [-j THREADS] [-o FOLDER] LETTER RECORDS.csv\n"
              "       batch --floor PAGES [-n LETTERS] [-j THREADS] [-o FOLDER] RECORDS.csv\n",
              stderr);
        return 2;
    }
    p.records = read_table(argv[argc - 1]);
    if (p.records.n == 0)
        return 2;
    if (p.pages.p) {
        p.face = faces;
        read_pages(&p);
    } else {
        p.letter = argv[first];
        p.text   = read_all(p.letter);
        if (chancery_engine_new(NULL, &p.engine) != CHANCERY_OK)
            return 4;
    }
    int status = run(&p);
    chancery_engine_free(p.engine);
    for (unsigned i = 0; i < FACES; i++)
        free(faces[i].widths.p), free(faces[i].file.p);
    for (size_t i = 0; i < p.n_items; i++)
        free(p.item[i].text.p);
    free(p.item);
    free(p.records.row);
    free(p.records.head.p);
    free(p.text.p);
    free(p.pages.p);
    return status;
}
