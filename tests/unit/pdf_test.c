/* tests/unit/pdf_test.c -- pdf/: a letter built by hand, written twice, its structure, its
 * claim, its images.  With a folder as argument the files are left there, for other programs
 * to judge. */
#include "pdf/cff.h"
#include "pdf/cluster.h"
#include "pdf/meta.h"
#include "pdf/pdf.h"
#include "pdf/put.h"

#include <hb.h>
#include <png.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int failures;

#define CHECK(x)                                                                                   \
    ((x) ? (void)0 : (void)(failures++, fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x)))

#define LIBERTINE "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"
#define LIBERATION "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf"
#define UMING "/usr/share/fonts/truetype/arphic/uming.ttc"
#define AMIRI "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf"

/* ---- faces and shaping, as font/ and text/ give them ----------------------------------- */

static ch_arena      *arena, *scratch;
static const ch_face *words; /* of the test's own pages */
static ch_ctx         cx;
static char           folder[512];

static void
free_face(void *p)
{
    ch_face *f = p;
    hb_font_destroy(f->hb_font);
    hb_face_destroy(f->hb_face);
}

static ch_face *
open_face(const char *file, unsigned index, const char *postscript, bool cff, bool italic)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    if (!blob)
        return NULL;
    ch_face *f      = CH_NEW(arena, ch_face);
    f->hb_face      = hb_face_create(blob, index);
    f->hb_font      = hb_font_create(f->hb_face);
    f->file         = ch_str_from(file);
    f->index        = index;
    f->family       = ch_str_from(postscript);
    f->postscript   = ch_str_from(postscript);
    f->cff          = cff;
    f->italic       = italic;
    f->serif        = true;
    f->weight       = 400;
    f->upem         = (int32_t)hb_face_get_upem(f->hb_face);
    f->ascent       = f->upem * 9 / 10;
    f->descent      = f->upem / 4;
    f->cap_height   = f->upem * 7 / 10;
    f->bbox[2]      = f->upem;
    f->bbox[3]      = f->upem;
    f->glyphs       = hb_face_get_glyph_count(f->hb_face);
    f->italic_angle = italic ? -12 * 65536 : 0;
    hb_blob_destroy(blob);
    hb_face_make_immutable(f->hb_face);
    hb_font_make_immutable(f->hb_font);
    ch_arena_defer(arena, free_face, f);
    return f;
}

static ch_item
shape(const ch_face *face, ch_len size, const char *text, const char *suffix)
{
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, text, -1, 0, -1);
    hb_buffer_add_utf8(b, suffix, -1, 0, -1);
    hb_buffer_guess_segment_properties(b);
    hb_shape(face->hb_font, b, NULL, 0);
    unsigned             n    = 0;
    hb_glyph_info_t     *info = hb_buffer_get_glyph_infos(b, &n);
    hb_glyph_position_t *pos  = hb_buffer_get_glyph_positions(b, &n);
    ch_item              item = {.kind = CH_ITEM_GLYPHS, .face = face, .size = size};
    ch_glyph            *g    = CH_NEW_N(arena, ch_glyph, n);
    bool                 rtl  = HB_DIRECTION_IS_BACKWARD(hb_buffer_get_direction(b));
    for (unsigned i = 0; i < n; i++) {
        g[i] = (ch_glyph){.id      = info[i].codepoint,
                          .cluster = info[i].cluster,
                          .advance = ch_len_scale(size, pos[i].x_advance, face->upem),
                          .dx      = ch_len_scale(size, pos[i].x_offset, face->upem),
                          .dy      = ch_len_scale(size, pos[i].y_offset, face->upem)};
        item.w += g[i].advance;
    }
    if (suffix[0]) /* hb counts anew in the second text */
        g[rtl ? 0 : n - 1].cluster = (uint32_t)strlen(text);
    hb_buffer_destroy(b);
    item.glyph  = g;
    item.n      = n;
    item.text   = ch_str_from(text);
    item.rtl    = rtl;
    item.hyphen = suffix[0] != 0;
    return item;
}

/* ---- a letter -------------------------------------------------------------------------- */

typedef struct letter {
    CH_VEC(ch_item) item[2];
    ch_page     page[2];
    ch_blocks   blocks;
    ch_pages    pages;
    ch_dest     dest[1];
    ch_bookmark mark[2];
    ch_len      y;
    int         on;
} letter;

static ch_item *
put(letter *l, ch_item item)
{
    *CH_PUSH(arena, l->item[l->on]) = item;
    return &l->item[l->on].at[l->item[l->on].n - 1];
}

static ch_len
line(letter *l, const ch_face *face, ch_snode *node, ch_len x, const char *text)
{
    ch_item it    = shape(face, 11 * CH_PT, text, "");
    it.x          = x;
    it.y          = l->y;
    it.node       = node;
    it.line_start = it.line_end = true;
    put(l, it);
    return x + it.w;
}

static const ch_where place = {0, 0, 0};

static ch_snode *
node(ch_snode *parent, ch_role role)
{
    return ch_snode_new(arena, parent, role, place);
}

static void
down(letter *l)
{
    l->y += 16 * CH_PT;
}

static ch_snode *
build(letter *l, const ch_face *serif, const ch_face *italic, const ch_face *song, const char *png)
{
    memset(l, 0, sizeof *l);
    ch_len    left = 70 * CH_PT;
    ch_snode *root = node(NULL, CH_ROLE_DOCUMENT);
    root->lang     = CH_STR_LIT("en");
    l->y           = 40 * CH_PT;
    ch_item head   = shape(italic, 9 * CH_PT, "Secretariat of the Northern Basin Accord", "");
    head.artifact  = CH_ARTIFACT_HEADER;
    head.x         = left;
    head.y         = l->y;
    put(l, head);
    put(l, (ch_item){.kind     = CH_ITEM_RULE,
                     .artifact = CH_ARTIFACT_LAYOUT,
                     .x        = left,
                     .y        = l->y + 4 * CH_PT,
                     .w        = 450 * CH_PT,
                     .h        = CH_PT / 2,
                     .colour   = 0x336699});
    down(l), down(l);

    ch_snode *h2 = node(root, CH_ROLE_H2); /* put up to H1: nothing is above it */
    h2->id       = CH_STR_LIT("top");
    line(l, serif, h2, left, "An office for the affluent efficient Basin: \"Offices\"");
    down(l);

    ch_snode *p    = node(root, CH_ROLE_P);
    ch_snode *ref  = node(p, CH_ROLE_REFERENCE);
    ch_snode *note = node(p, CH_ROLE_NOTE);
    ch_snode *link = node(p, CH_ROLE_LINK);
    ch_snode *span = node(p, CH_ROLE_SPAN);
    span->lang     = CH_STR_LIT("fr");
    ch_len x       = line(l, serif, p, left, "The final office (section 4) ");
    l->item[0].at[l->item[0].n - 1].line_end = false;
    ch_item mark                             = shape(serif, 7 * CH_PT, "1", "");
    mark.x = x, mark.y = l->y - 4 * CH_PT, mark.node = ref;
    put(l, mark);
    put(l, (ch_item){.kind = CH_ITEM_LINK,
                     .node = ref,
                     .uri  = CH_STR_LIT("#top"),
                     .x    = x,
                     .y    = l->y - 10 * CH_PT,
                     .w    = mark.w,
                     .h    = 10 * CH_PT});
    ch_item a = shape(serif, 11 * CH_PT, " see the register", "");
    a.x = x + mark.w, a.y = l->y, a.node = link, a.line_end = true, a.colour = 0x000080;
    put(l, a);
    put(l, (ch_item){.kind = CH_ITEM_LINK,
                     .node = link,
                     .uri  = CH_STR_LIT("https://basin.example/régistre?a=(1)"),
                     .x    = a.x,
                     .y    = l->y - 10 * CH_PT,
                     .w    = a.w,
                     .h    = 12 * CH_PT});
    down(l);
    x = line(l, italic, span, left, "à l\xE2\x80\x99office de l\xE2\x80\x99été, ");
    l->item[0].at[l->item[0].n - 1].line_end = false;
    line(l, serif, p, x,
         "before the autumn: AVATAR, To, We\xC2\xA0"
         "can.");
    down(l);

    ch_snode *list  = node(root, CH_ROLE_L);
    list->numbering = CH_NUMBERING_DECIMAL;
    for (int i = 0; i < 2; i++) {
        ch_snode *li = node(list, CH_ROLE_LI);
        line(l, serif, node(li, CH_ROLE_LBL), left, i ? "2." : "1.");
        l->item[0].at[l->item[0].n - 1].line_end = false;
        line(l, serif, node(node(li, CH_ROLE_LBODY), CH_ROLE_P), left + 20 * CH_PT,
             i ? "flow of the river" : "level of the lake");
        down(l);
    }
    ch_snode *figure = node(root, CH_ROLE_FIGURE);
    figure->alt      = CH_STR_LIT("Emblem: a wave — blue");
    for (int i = 0; i < 2 && png; i++)
        put(l, (ch_item){.kind = CH_ITEM_IMAGE,
                         .node = i ? NULL : figure,
                         .path = ch_str_from(png),
                         .x    = left + i * 60 * CH_PT,
                         .y    = l->y,
                         .w    = 40 * CH_PT,
                         .h    = 40 * CH_PT});
    l->y += 60 * CH_PT;

    ch_snode *run = node(root, CH_ROLE_P);
    line(l, serif, run, left, "This paragraph runs over the page, and ends here with a");
    down(l);
    ch_item cut = shape(serif, 11 * CH_PT, "declara", "-");
    cut.x = left, cut.y = l->y, cut.node = run, cut.line_start = cut.line_end = true;
    cut.joined = true;
    put(l, cut);
    l->y = 780 * CH_PT;
    line(l, serif, node(note, CH_ROLE_LBL), left, "1 ");
    l->item[0].at[l->item[0].n - 1].line_end = false;
    line(l, serif, node(note, CH_ROLE_P), left + 10 * CH_PT, "A note of the Secretariat.");

    l->on = 1;
    l->y  = 90 * CH_PT;
    line(l, serif, run, left, "tion, and so goes on.");
    down(l);
    node(root, CH_ROLE_P); /* empty: left out */
    ch_snode                *table      = node(root, CH_ROLE_TABLE);
    static const char *const cell[3][2] = {{"Station", "Level"}, {"North", "3.5 m"}, {"South", ""}};
    for (int r = 0; r < 3; r++) {
        ch_snode *part = r == 0   ? node(table, CH_ROLE_THEAD)
                         : r == 1 ? node(table, CH_ROLE_TBODY)
                                  : table->last;
        ch_snode *tr   = node(part, CH_ROLE_TR);
        for (int c = 0; c < 2; c++) {
            ch_snode *td = node(tr, r == 0 || c == 0 ? CH_ROLE_TH : CH_ROLE_TD);
            td->scope    = r == 0 ? CH_SCOPE_COLUMN : c == 0 ? CH_SCOPE_ROW : CH_SCOPE_NONE;
            if (cell[r][c][0])
                line(l, serif, td, left + c * 80 * CH_PT, cell[r][c]);
        }
        down(l);
    }
    ch_snode *wide = node(node(table->last, CH_ROLE_TR), CH_ROLE_TD);
    wide->columns  = 2;
    line(l, italic, wide, left, "Levels above the datum");
    down(l);
    if (song) {
        ch_snode *han = node(root, CH_ROLE_P);
        han->lang     = CH_STR_LIT("zh-Hant");
        line(l, song, han, left, "\xE5\x8C\x97\xE6\xB2\xB3\xE5\x8D\x94\xE5\xAE\x9A");
        l->item[1].at[l->item[1].n - 1].joined = true;
    }
    ch_item foot  = shape(serif, 9 * CH_PT, "2 / 2", "");
    foot.artifact = CH_ARTIFACT_FOOTER;
    foot.x        = 290 * CH_PT;
    foot.y        = 810 * CH_PT;
    put(l, foot);

    for (int i = 0; i < 2; i++)
        l->page[i] = (ch_page){.number = (unsigned)i + 1,
                               .width  = 210 * CH_MM,
                               .height = 297 * CH_MM,
                               .item   = l->item[i].at,
                               .n      = l->item[i].n};
    l->blocks.root = root;
    l->blocks.meta = (ch_meta){.title      = CH_STR_LIT("Lakes & <rivers> – été"),
                               .lang       = CH_STR_LIT("en"),
                               .subject    = CH_STR_LIT("Levels"),
                               .keywords   = CH_STR_LIT("lake, river"),
                               .creator    = CH_STR_LIT("Secretariat \"N\""),
                               .identifier = CH_STR_LIT("NBA/7"),
                               .date       = CH_STR_LIT("2031-05-04")};
    l->dest[0]     = (ch_dest){CH_STR_LIT("top"), 0, left, 60 * CH_PT};
    l->mark[0]     = (ch_bookmark){CH_STR_LIT("An office"), 1, 0, 60 * CH_PT, h2};
    l->mark[1]     = (ch_bookmark){CH_STR_LIT("Été"), 2, 1, 90 * CH_PT, run};
    l->pages       = (ch_pages){.blocks      = &l->blocks,
                                .page        = l->page,
                                .n           = 2,
                                .bookmark    = l->mark,
                                .n_bookmarks = 2,
                                .dest        = l->dest,
                                .n_dests     = 1};
    return root;
}

/* ---- helpers --------------------------------------------------------------------------- */

static void
save(const char *name, ch_str bytes)
{
    char path[600];
    int  os_error = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(ch_file_write_atomic(scratch, path, bytes, &os_error));
}

static bool
contains(ch_str s, const char *z)
{
    size_t n = strlen(z);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, z, n) == 0)
            return true;
    return false;
}

static void
restart(void)
{
    cx.diags = ch_diags_new(arena);
}

static ch_code
last_code(void)
{
    size_t n = ch_diags_count(cx.diags);
    return n ? ch_diags_at(cx.diags, n - 1)->code : CH_CODE_NONE;
}

static void
append(png_structp png, png_bytep p, size_t n)
{
    ch_buf_add(png_get_io_ptr(png), p, n);
}

/* A PNG of w x h pixels; kind: a PNG colour type. */
static ch_str
make_png(int kind, int bits, bool interlaced, unsigned w, unsigned h)
{
    ch_buf      b;
    png_structp png  = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop   info = png_create_info_struct(png);
    ch_buf_init(&b, arena);
    if (setjmp(png_jmpbuf(png)))
        abort();
    png_set_write_fn(png, &b, append, NULL);
    png_set_IHDR(png, info, w, h, bits, kind, interlaced ? PNG_INTERLACE_ADAM7 : 0, 0, 0);
    png_color palette[4] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {9, 9, 9}};
    if (kind == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 4);
    png_set_pHYs(png, info, 3937, 3937, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    png_bytep row    = ch_arena_alloc(arena, (size_t)w * 8);
    int       passes = png_set_interlace_handling(png);
    for (int k = 0; k < passes; k++)
        for (unsigned y = 0; y < h; y++) {
            for (unsigned i = 0; i < w * 8; i++)
                row[i] =
                    (png_byte)(kind == PNG_COLOR_TYPE_PALETTE ? i % 4
                                                              : (i * 7 + y * 5) % 90 + i % 4 * 50);
            png_write_row(png, row);
        }
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return ch_buf_view(&b);
}

/* ---- tests ----------------------------------------------------------------------------- */

static void
test_put(void)
{
    ch_buf b;
    ch_buf_init(&b, arena);
    ch_put_text(&b, CH_STR_LIT("a(b)\\"));
    ch_put_text(&b, CH_STR_LIT("\xC3\xA9\xF0\x9D\x84\x9E"));
    ch_put_literal(&b, CH_STR_LIT("\r\n"));
    ch_put_points(&b, 210 * CH_MM);
    CHECK(ch_str_is(ch_buf_view(&b), "(a\\(b\\)\\\\)<FEFF00E9D834DD1E>(\\r\n)595.275"));
    CHECK(ch_milli(-CH_PT / 3) == -333 && ch_milli(CH_PT / 3) == 333);
}

static void
test_date(void)
{
    static const struct {
        const char *date;
        int64_t     seconds;
    } known[]          = {{"1970-01-01", 0},
                          {"2000-02-29", 951782400},
                          {"2031-05-04", 1935619200},
                          {"1969-12-31", -86400}};
    ch_pdf_options opt = {0};
    int64_t        t   = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ch_meta m = {.date = ch_str_from(known[i].date)};
        CHECK(ch_pdf_date(&opt, &m, &t) && t == known[i].seconds);
    }
    ch_meta none = {.date = CH_STR_EMPTY}, bad = {.date = CH_STR_LIT("2031-13-04")};
    CHECK(!ch_pdf_date(&opt, &none, &t) && !ch_pdf_date(&opt, &bad, &t));
}

static void
test_clusters(const ch_face *serif)
{
    ch_item    it = shape(serif, 10 * CH_PT,
                          "of\xE2\x81\xA6"
                             "fice",
                          "-");
    ch_cluster c;
    ch_buf     b;
    ch_buf_init(&b, arena);
    size_t hyphens = 0;
    for (size_t at = 0; ch_cluster_next(&it, &at, &c);) {
        ch_buf_str(&b, c.text);
        hyphens += c.hyphen;
        CHECK(c.silent == ch_str_is(c.text, "\xE2\x81\xA6"));
    }
    CHECK(ch_str_eq(ch_buf_view(&b), it.text) && hyphens == 1);
    CHECK(ch_text_same(CH_STR_LIT("a\xC2\xA0"
                                  "b"),
                       CH_STR_LIT("a b\xE2\x80\x8F")));
    CHECK(!ch_text_same(CH_STR_LIT("a"), CH_STR_LIT("ab")));
}

static const char expected_structure[] =
    "Document lang=\"en\"\n"
    "  H1 id=\"top\" \"An office for the affluent efficient Basin: \\\"Offices\\\"\"\n"
    "  P\n"
    "    \"The final office (section 4) \"\n"
    "    Reference\n"
    "      \"1\"\n"
    "      Link link \"#top\"\n"
    "    Note id=\"note.4\"\n"
    "      Lbl \"1\"\n"
    "      P \"A note of the Secretariat.\"\n"
    "    Link\n"
    "      \" see the register \"\n"
    "      link \"https://basin.example/r\xC3\xA9gistre?a=(1)\"\n"
    "    Span lang=\"fr\" \"\xC3\xA0 l\xE2\x80\x99office de l\xE2\x80\x99\xC3\xA9t\xC3\xA9,\"\n"
    "    \"before the autumn: AVATAR, To, We\xC2\xA0"
    "can.\"\n"
    "  L numbering=Decimal\n"
    "    LI\n"
    "      Lbl \"1.\"\n"
    "      LBody\n"
    "        P \"level of the lake\"\n"
    "    LI\n"
    "      Lbl \"2.\"\n"
    "      LBody\n"
    "        P \"flow of the river\"\n"
    "  Figure alt=\"Emblem: a wave — blue\" image\n"
    "  P\n"
    "    \"This paragraph runs over the page, and ends here with a declara\"\n"
    "    \"tion, and so goes on.\"\n"
    "  Table\n"
    "    THead\n"
    "      TR\n"
    "        TH scope=Column \"Station\"\n"
    "        TH scope=Column \"Level\"\n"
    "    TBody\n"
    "      TR\n"
    "        TH scope=Row \"North\"\n"
    "        TD \"3.5 m\"\n"
    "      TR\n"
    "        TH scope=Row \"South\"\n"
    "        TD\n"
    "      TR\n"
    "        TD columns=2 \"Levels above the datum\"\n";

static void
test_letter(ch_pdf_cache *cache, const ch_face *serif, const ch_face *italic, const ch_face *song,
            const char *png)
{
    letter         l;
    ch_pdf_options opt = {.compress = true}, plain = {.has_date = true, .date = 1000000000};
    ch_str         one = CH_STR_EMPTY, two = CH_STR_EMPTY, open = CH_STR_EMPTY;
    ch_buf         dump;
    build(&l, serif, italic, NULL, png);
    ch_buf_init(&dump, arena);
    ch_pdf_structure_dump(&dump, &l.pages);
    CHECK(ch_str_is(ch_buf_view(&dump), expected_structure));
    if (failures)
        fprintf(stderr, "%s", dump.p);

    build(&l, serif, italic, song, png);
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &one) == CH_OK);
    CHECK(ch_diags_count(cx.diags) == 0);
    save("letter.pdf", one);
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &two) == CH_OK); /* subsets from the cache */
    CHECK(ch_str_eq(one, two));
    CHECK(contains(one, "<pdfaid:part>2") && contains(one, "<pdfuaid:part>1"));
    CHECK(contains(one, "Lakes &amp; &lt;rivers&gt;") && contains(one, "2031-05-04T00:00:00Z"));
    CHECK(contains(one, "MediaBox[0 0 595.275 841.888]"));
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &plain, &open) == CH_OK);
    CHECK(contains(open, "/H1<</MCID 0>>BDC") && contains(open, "ActualText<FEFF00AD>"));
    CHECK(contains(open, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC"));
    CHECK(contains(open, "2001-09-09T01:46:40Z"));
    save("plain.pdf", open);

    l.blocks.meta.title = CH_STR_EMPTY;
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &two) == CH_OK);
    CHECK(last_code() == CH_W7001_no_claim && !contains(two, "<pdfaid:part>"));
    restart();
    l.blocks.meta.title = CH_STR_LIT("t");
    l.pages.n_dests     = 0;
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &two) == CH_OK);
    CHECK(last_code() == CH_W7002_link_nowhere);
    restart();
}

static void
test_claim(ch_pdf_cache *cache, const ch_face *serif, const ch_face *italic, const char *png)
{
    letter         l;
    ch_pdf_options opt  = {.compress = true};
    ch_str         out  = CH_STR_EMPTY;
    ch_snode      *root = build(&l, serif, italic, NULL, png);
    for (ch_snode *n = root->first; n; n = n->next)
        if (n->role == CH_ROLE_FIGURE)
            n->alt = CH_STR_EMPTY;
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &out) == CH_OK);
    CHECK(last_code() == CH_W7001_no_claim && !contains(out, "pdfuaid:part>1"));
    restart();
    build(&l, serif, italic, NULL, png);
    line(&l, serif, l.blocks.root->first, 0, "\xF0\x9F\xA6\x86"); /* no such glyph */
    l.page[1].item = l.item[1].at;
    l.page[1].n    = l.item[1].n;
    CHECK(ch_pdf_write(&cx, cache, &l.pages, &opt, &out) == CH_OK);
    CHECK(last_code() == CH_W7001_no_claim);
    restart();
}

static bool without_colour; /* of the images tried */

static ch_code
try_image(ch_pdf_cache *cache, const char *name, ch_str bytes)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    save(name, bytes);
    ch_snode *root = node(NULL, CH_ROLE_DOCUMENT), *figure = node(root, CH_ROLE_FIGURE);
    figure->alt      = CH_STR_LIT("a picture");
    ch_item item     = {.kind  = CH_ITEM_IMAGE,
                        .node  = figure,
                        .path  = ch_str_from(path),
                        .black = without_colour,
                        .x     = CH_PT,
                        .y     = CH_PT,
                        .w     = 90 * CH_PT,
                        .h     = 90 * CH_PT};
    ch_item items[2] = {item, shape(words, 11 * CH_PT, "Picture", "")};
    items[1].node    = node(root, CH_ROLE_P);
    items[1].x = items[1].y = 120 * CH_PT;
    ch_page page            = {
                   .number = 1, .width = 200 * CH_PT, .height = 200 * CH_PT, .item = items, .n = 2};
    ch_blocks      blocks = {.root = root,
                             .meta = {.title      = CH_STR_LIT("t"),
                                      .lang       = CH_STR_LIT("en"),
                                      .date       = CH_STR_EMPTY,
                                      .subject    = CH_STR_EMPTY,
                                      .keywords   = CH_STR_EMPTY,
                                      .creator    = CH_STR_EMPTY,
                                      .identifier = CH_STR_EMPTY}};
    ch_pages       pages  = {.blocks = &blocks, .page = &page, .n = 1};
    ch_pdf_options opt    = {.compress = true};
    ch_str         out    = CH_STR_EMPTY;
    restart();
    if (ch_pdf_write(&cx, cache, &pages, &opt, &out) == CH_OK) {
        snprintf(path, sizeof path, "%s.pdf", name);
        save(path, out);
    }
    (void)unlink(item.path.p);
    ch_code c = last_code();
    restart();
    return c;
}

static void
test_images(ch_pdf_cache *cache)
{
    static const struct {
        const char *name;
        int         kind, bits;
        bool        interlaced;
    } good[] = {{"gray1.png", PNG_COLOR_TYPE_GRAY, 1, false},
                {"gray16.png", PNG_COLOR_TYPE_GRAY, 16, false},
                {"rgb.png", PNG_COLOR_TYPE_RGB, 8, false},
                {"rgb16i.png", PNG_COLOR_TYPE_RGB, 16, true},
                {"palette.png", PNG_COLOR_TYPE_PALETTE, 8, false},
                {"palette2i.png", PNG_COLOR_TYPE_PALETTE, 2, true},
                {"graya.png", PNG_COLOR_TYPE_GRAY_ALPHA, 8, false},
                {"rgba.png", PNG_COLOR_TYPE_RGB_ALPHA, 8, true},
                {"rgba16.png", PNG_COLOR_TYPE_RGB_ALPHA, 16, false}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(try_image(cache, good[i].name,
                        make_png(good[i].kind, good[i].bits, good[i].interlaced, 37, 23)) ==
              CH_CODE_NONE);
    ch_str whole = make_png(PNG_COLOR_TYPE_RGB, 8, false, 37, 23);
    for (size_t n = 8; n < whole.n; n += whole.n / 40 + 1)
        CHECK(try_image(cache, "cut.png", ch_str_sub(whole, 0, n)) == CH_E7012_image_cut_short);
    char *bad = ch_arena_alloc(arena, whole.n);
    memcpy(bad, whole.p, whole.n);
    bad[whole.n / 2] ^= 0x55;
    CHECK(try_image(cache, "bad.png", (ch_str){bad, whole.n}) == CH_E7013_image_damaged);
    CHECK(try_image(cache, "text.png", CH_STR_LIT("not a picture")) == CH_E7010_not_an_image);
    CHECK(try_image(cache, "pic.gif", CH_STR_LIT("GIF89a")) == CH_E7011_image_format);
    CHECK(try_image(cache, "none.png", CH_STR_EMPTY) == CH_E1005_file_empty);
    cx.limits.image_pixels = 100;
    CHECK(try_image(cache, "large.png", whole) == CH_E7014_image_too_large);
    ch_limits_fill(&cx.limits);
    cx.limits.image_pixels = 100000000;

    /* A frame and a scan; what they hold is for the reader of the PDF. */
    static const char jpeg[] =
        "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00"
        "\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00"
        "\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x12\xFF\x00\x34\xFF\xD9";
    ch_str j = {jpeg, sizeof jpeg - 1};
    char   path[600];
    snprintf(path, sizeof path, "%s/j.jpg", folder);
    save("j.jpg", j);
    ch_image_size size;
    CHECK(ch_image_probe_file(NULL, &cx, ch_str_from(path), place, &size) == CH_OK);
    CHECK(size.px_w == 32 && size.px_h == 16 && size.dpi_x == 72);
    (void)unlink(path);
    CHECK(ch_image_probe_file(NULL, &cx, ch_str_from(path), place, &size) == CH_ERR_HOST);
    CHECK(last_code() == CH_E1001_file_missing);
    /* As a camera writes it that was held on its side; in three colours. */
    static const char side[] =
        "\xFF\xD8\xFF\xE1\x00\x22"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"
        "\x06\0\0\0\0\0\0\0"
        "\xFF\xC0\x00\x11\x08\x00\x10\x00\x20\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"
        "\xFF\xDA\x00\x0C\x03\x01\x00\x02\x00\x03\x00\x00\x3F\x00\x12\xFF\x00\x34\xFF\xD9";
    char upright[sizeof side];
    memcpy(upright, side, sizeof side);
    upright[30]   = 1;
    ch_str turned = {side, sizeof side - 1}, straight = {upright, sizeof side - 1};
    CHECK(try_image(cache, "side.jpg", turned) == CH_W7028_image_turned); /* W7028 */
    CHECK(try_image(cache, "straight.jpg", straight) == CH_CODE_NONE);
    without_colour = true;
    CHECK(try_image(cache, "straight.jpg", straight) == CH_W7027_image_colours); /* W7027 */
    CHECK(try_image(cache, "grey.jpg", j) == CH_CODE_NONE);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(try_image(cache, good[i].name,
                        make_png(good[i].kind, good[i].bits, good[i].interlaced, 37, 23)) ==
              CH_CODE_NONE);
    without_colour = false;
    for (size_t n = 3; n < j.n; n++)
        CHECK(try_image(cache, "cut.jpg", ch_str_sub(j, 0, n)) == CH_E7012_image_cut_short);
}

int
main(int argc, char **argv)
{
    arena          = ch_arena_new(0);
    scratch        = ch_arena_new(0);
    ch_guard guard = {.over_budget = false};
    ch_arena_guard(arena, &guard);
    ch_arena_guard(scratch, &guard);
    if (setjmp(guard.env))
        return 1;
    cx = (ch_ctx){.job = arena, .scratch = scratch};
    ch_limits_fill(&cx.limits);
    restart();
    const char *tmp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/pdf_test.XXXXXX", tmp ? tmp : "/tmp");
    if (argc > 1)
        snprintf(folder, sizeof folder, "%s", argv[1]);
    else if (!mkdtemp(folder))
        return 1;

    const ch_face *serif  = open_face(LIBERTINE, 0, "LinLibertineO", true, false);
    words                 = serif;
    const ch_face *italic = open_face(LIBERATION, 0, "LiberationSerif-Italic", false, true);
    const ch_face *song   = open_face(UMING, 2, "UMingTW", false, false);
    if (!serif || !italic) {
        fprintf(stderr, "fonts-linuxlibertine or fonts-liberation2 is not installed\n");
        return 77;
    }
    ch_pdf_cache *cache = NULL;
    CHECK(ch_pdf_cache_new(&cx, &cache) == CH_OK);
    char png[600];
    snprintf(png, sizeof png, "%s/emblem.png", folder);
    save("emblem.png", make_png(PNG_COLOR_TYPE_RGB_ALPHA, 8, false, 16, 16));
    test_put();
    test_date();
    test_clusters(serif);
    test_letter(cache, serif, italic, song, png);
    test_claim(cache, serif, italic, png);
    test_images(cache);
    (void)unlink(png);
    ch_pdf_cache_free(cache);
    ch_arena_free(arena);
    ch_arena_free(scratch);
    return failures > 0;
}
