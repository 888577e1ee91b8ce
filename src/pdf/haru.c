/* pdf/haru.c -- the only file that includes libharu's headers, internal ones among them. */
#include "pdf/haru.h"

#include "pdf/put.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include <string.h>

/* More than this many pages hang on nodes of the page tree, each with so many. */
#define PAGES_PER_NODE 256

struct ch_haru {
    ch_arena *arena;
    bool      copies; /* of entries */
    HPDF_Doc  doc;
    /* The first failure, 0: none.  The handler writes it; nothing jumps. */
    unsigned long code, detail;
};

/* What a dictionary's `attr` points to: what to write before ">>". */
typedef struct tail {
    ch_str entries;
    bool   deflated;
} tail;

/* libharu keeps its own data in a page's `attr`; ours go behind it. */
typedef struct page_attr {
    HPDF_PageAttr_Rec haru;
    tail              tail;
} page_attr;

static void
keep_error(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    ch_haru *h = user;
    if (!h->code) {
        h->code   = code;
        h->detail = detail;
    }
}

static bool
alive(const ch_haru *h)
{
    return !h->code;
}

static void
fail(ch_haru *h, unsigned long code)
{
    if (!h->code)
        h->code = code;
}

/* Most calls tell a failure by their value and through the handler only later. */
static void
check(ch_haru *h, HPDF_STATUS status)
{
    if (status != HPDF_OK)
        fail(h, status);
}

static void
free_document(void *p)
{
    ch_haru *h = p;
    if (h->doc)
        HPDF_Free(h->doc);
    h->doc = NULL;
}

ch_status
ch_haru_new(ch_ctx *cx, size_t pages, bool copies, ch_haru **out)
{
    ch_haru *h = CH_NEW(cx->job, ch_haru);
    h->arena   = cx->job;
    h->copies  = copies;
    h->doc     = HPDF_New(keep_error, h);
    ch_arena_defer(cx->job, free_document, h);
    if (!h->doc) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    h->doc->pdf_version = HPDF_VER_17;
    if (pages > PAGES_PER_NODE)
        check(h, HPDF_SetPagesConfiguration(h->doc, PAGES_PER_NODE));
    *out = h;
    return CH_OK;
}

ch_haru_dict *
ch_haru_catalog(ch_haru *h)
{
    return h->doc->catalog;
}

ch_haru_dict *
ch_haru_info(ch_haru *h)
{
    return h->doc->info;
}

static HPDF_STATUS
write_tail(HPDF_Stream stream, const tail *t)
{
    HPDF_STATUS st = HPDF_OK;
    if (t->deflated)
        st = HPDF_Stream_WriteStr(stream, "/Filter/FlateDecode\n");
    if (st == HPDF_OK && t->entries.n > 0)
        st = HPDF_Stream_Write(stream, (const HPDF_BYTE *)t->entries.p, (HPDF_UINT)t->entries.n);
    return st == HPDF_OK && t->entries.n > 0 ? HPDF_Stream_WriteStr(stream, "\n") : st;
}

static HPDF_STATUS
write_dict_tail(HPDF_Dict dict, HPDF_Stream stream)
{
    return write_tail(stream, dict->attr);
}

static HPDF_STATUS
write_page_tail(HPDF_Dict dict, HPDF_Stream stream)
{
    const page_attr *attr = dict->attr;
    return write_tail(stream, &attr->tail);
}

static bool
is_page(const ch_haru_dict *d)
{
    return d->write_fn == write_page_tail;
}

static tail *
tail_of(ch_haru *h, ch_haru_dict *d)
{
    if (is_page(d))
        return &((page_attr *)d->attr)->tail;
    if (!d->attr) {
        d->attr     = CH_NEW(h->arena, tail);
        d->write_fn = write_dict_tail;
    }
    return d->attr;
}

ch_haru_dict *
ch_haru_dict_new(ch_haru *h)
{
    if (!alive(h))
        return NULL;
    HPDF_Dict d = HPDF_Dict_New(h->doc->mmgr);
    if (!d) {
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    HPDF_STATUS st = HPDF_Xref_Add(h->doc->xref, d); /* frees d on failure */
    check(h, st);
    return st == HPDF_OK ? d : NULL;
}

static void
fill_stream(ch_haru *h, HPDF_Dict d, ch_str bytes, bool deflated)
{
    if (bytes.n > INT32_MAX) {
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
        return;
    }
    if (deflated)
        tail_of(h, d)->deflated = true;
    if (bytes.n > 0)
        check(h, HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)bytes.p, (HPDF_UINT)bytes.n));
}

ch_haru_dict *
ch_haru_stream_new(ch_haru *h, ch_str bytes, bool deflated)
{
    if (!alive(h))
        return NULL;
    HPDF_Dict d = HPDF_DictStream_New(h->doc->mmgr, h->doc->xref);
    if (!d) {
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    fill_stream(h, d, bytes, deflated);
    return d;
}

ch_haru_dict *
ch_haru_page_new(ch_haru *h)
{
    if (!alive(h))
        return NULL;
    HPDF_Page  page = HPDF_AddPage(h->doc);
    page_attr *attr = page ? HPDF_GetMem(page->mmgr, sizeof *attr) : NULL;
    if (!attr) {
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
        return NULL;
    }
    memset(attr, 0, sizeof *attr);
    memcpy(&attr->haru, page->attr, sizeof attr->haru);
    HPDF_FreeMem(page->mmgr, page->attr);
    page->attr     = attr;
    page->write_fn = write_page_tail;
    /* In floats; ours is among the entries. */
    check(h, HPDF_Dict_RemoveElement(page, "MediaBox"));
    return page;
}

void
ch_haru_page_content(ch_haru *h, ch_haru_dict *page, ch_str bytes, bool deflated)
{
    if (page && alive(h))
        fill_stream(h, ((page_attr *)page->attr)->haru.contents, bytes, deflated);
}

ch_haru_dict *
ch_haru_outline_new(ch_haru *h, ch_haru_dict *parent, ch_str title)
{
    if (!alive(h))
        return NULL;
    HPDF_Outline o = HPDF_CreateOutline(h->doc, parent, "-", NULL);
    if (!o)
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
    else
        ch_haru_text(h, o, "Title", title);
    return o;
}

void
ch_haru_label_pages(ch_haru *h, size_t page, size_t number)
{
    if (alive(h))
        check(h, HPDF_AddPageLabel(h->doc, (HPDF_UINT)page, HPDF_PAGE_NUM_STYLE_DECIMAL,
                                   (HPDF_UINT)number, NULL));
}

uint32_t
ch_haru_id(const ch_haru_dict *d)
{
    return d ? d->header.obj_id & 0x00FFFFFF : 0;
}

void
ch_haru_name(ch_haru *h, ch_haru_dict *d, const char *key, const char *name)
{
    if (d && alive(h))
        check(h, HPDF_Dict_AddName(d, key, name));
}

void
ch_haru_number(ch_haru *h, ch_haru_dict *d, const char *key, int32_t value)
{
    if (d && alive(h))
        check(h, HPDF_Dict_AddNumber(d, key, value));
}

void
ch_haru_ref(ch_haru *h, ch_haru_dict *d, const char *key, ch_haru_dict *to)
{
    if (d && to && alive(h))
        check(h, HPDF_Dict_Add(d, key, to));
}

void
ch_haru_text(ch_haru *h, ch_haru_dict *d, const char *key, ch_str utf8)
{
    if (!d || !alive(h))
        return;
    ch_buf b;
    ch_buf_init(&b, h->arena);
    ch_put_text_bytes(&b, utf8);
    HPDF_Binary s = HPDF_Binary_New(h->doc->mmgr, (HPDF_BYTE *)b.p, (HPDF_UINT)b.n);
    if (!s)
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
    else
        check(h, HPDF_Dict_Add(d, key, s));
}

void
ch_haru_entries(ch_haru *h, ch_haru_dict *d, ch_str entries)
{
    if (d)
        tail_of(h, d)->entries = h->copies ? ch_arena_str(h->arena, entries) : entries;
}

void
ch_haru_trailer_id(ch_haru *h, const uint8_t id[16])
{
    if (!alive(h))
        return;
    HPDF_Array pair = HPDF_Array_New(h->doc->mmgr);
    if (!pair) {
        fail(h, HPDF_FAILD_TO_ALLOC_MEM);
        return;
    }
    check(h, HPDF_Dict_Add(h->doc->trailer, "ID", pair));
    for (int i = 0; i < 2 && alive(h); i++) {
        uint8_t copy[16];
        memcpy(copy, id, sizeof copy);
        HPDF_Binary half = HPDF_Binary_New(h->doc->mmgr, copy, sizeof copy);
        if (half)
            check(h, HPDF_Array_Add(pair, half));
        else
            fail(h, HPDF_FAILD_TO_ALLOC_MEM);
    }
}

const char *
ch_haru_version(void)
{
    return HPDF_GetVersion();
}

static ch_status
report(ch_ctx *cx, const ch_haru *h)
{
    if (h->code == HPDF_FAILD_TO_ALLOC_MEM) {
        ch_report(cx, CH_E1008_out_of_memory, CH_NOWHERE);
        return CH_ERR_HOST;
    }
    ch_str text =
        ch_arena_printf(cx->job, "libharu failed with error 0x%04lX (%lu)", h->code, h->detail);
    ch_report(cx, CH_E9001_internal, CH_NOWHERE, text.p);
    return CH_ERR_INTERNAL;
}

ch_status
ch_haru_save(ch_ctx *cx, ch_haru *h, ch_str *out)
{
    if (alive(h))
        check(h, HPDF_SaveToStream(h->doc));
    if (!alive(h))
        return report(cx, h);
    HPDF_Stream s     = h->doc->stream;
    char       *bytes = ch_arena_alloc(cx->job, HPDF_Stream_Size(s) + 1);
    size_t      n     = 0;
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(s); i++) {
        HPDF_UINT  len = 0;
        HPDF_BYTE *p   = HPDF_MemStream_GetBufPtr(s, i, &len);
        memcpy(bytes + n, p, len);
        n += len;
    }
    *out = (ch_str){bytes, n};
    return CH_OK;
}
