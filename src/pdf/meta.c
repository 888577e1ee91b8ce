/* pdf/meta.c -- metadata, twice (information dictionary and XMP) and equal. */
#include "pdf/meta.h"

#include "base/civil.h"
#include "base/digest.h"
#include "pdf/put.h"

#include <string.h>

#define XMP_NS "urn:chancery:xmp:1"

/* ---- dates --------------------------------------------------------------------------- */

static bool
digits(ch_str s, size_t from, size_t n, int64_t *out)
{
    *out = 0;
    for (size_t i = from; i < from + n; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return true;
}

bool
ch_pdf_date(const ch_pdf_options *opt, const ch_meta *letter, int64_t *out)
{
    int64_t y, m, d;
    if (opt->has_date) {
        ch_civil c = ch_civil_from(opt->date);
        *out       = opt->date;
        return c.year >= 0 && c.year <= 9999;
    }
    if (!digits(letter->date, 0, 4, &y) || !digits(letter->date, 5, 2, &m) ||
        !digits(letter->date, 8, 2, &d) || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    *out = ch_civil_days(y, m, d) * 86400;
    return true;
}

static ch_str
print_date(ch_arena *a, int64_t date, const char *form)
{
    ch_civil c = ch_civil_from(date);
    return ch_arena_printf(a, form, (unsigned)c.year, c.month, c.day, c.hour, c.minute, c.second);
}

/* ---- XMP ----------------------------------------------------------------------------- */

/* Text of XML 1.0: marked up, and without the characters it does not allow. */
static void
put_xml(ch_buf *b, ch_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = ch_utf8_next(s, &at);
        if (cp < 0x7F && cp >= ' ')
            ch_buf_xml(b, ch_str_sub(s, at - 1, at));
        else if (cp >= ' ' && cp != 0x7F && cp != 0xFFFE && cp != 0xFFFF)
            ch_buf_utf8(b, cp);
        else if (cp == '\t' || cp == '\n')
            ch_buf_putc(b, ' ');
    }
}

static void
put_property(ch_buf *b, const char *name, ch_str value)
{
    if (value.n == 0)
        return;
    ch_buf_printf(b, "<%s>", name);
    put_xml(b, value);
    ch_buf_printf(b, "</%s>\n", name);
}

/* kind: "Seq" or "Bag", of one item. */
static void
put_list(ch_buf *b, const char *name, const char *kind, ch_str value)
{
    if (value.n == 0)
        return;
    ch_buf_printf(b, "<%s><rdf:%s><rdf:li>", name, kind);
    put_xml(b, value);
    ch_buf_printf(b, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

static void
put_alternatives(ch_buf *b, const char *name, ch_str value, ch_str lang)
{
    if (value.n == 0)
        return;
    ch_buf_printf(b, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    put_xml(b, value);
    ch_buf_puts(b, "</rdf:li>");
    if (lang.n > 0) {
        ch_buf_puts(b, "<rdf:li xml:lang=\"");
        put_xml(b, lang);
        ch_buf_puts(b, "\">");
        put_xml(b, value);
        ch_buf_puts(b, "</rdf:li>");
    }
    ch_buf_printf(b, "</rdf:Alt></%s>\n", name);
}

/* PDF/A knows a schema that is not its own only when the file describes it (ISO 19005-2,
 * 6.6.2.3). */
static void
put_schema(ch_buf *b, const char *title, const char *uri, const char *prefix, const char *property,
           const char *type, const char *what)
{
    ch_buf_printf(b,
                  "<rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaSchema:schema>%s</pdfaSchema:schema>\n"
                  "<pdfaSchema:namespaceURI>%s</pdfaSchema:namespaceURI>\n"
                  "<pdfaSchema:prefix>%s</pdfaSchema:prefix>\n"
                  "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                  "<pdfaProperty:name>%s</pdfaProperty:name>\n"
                  "<pdfaProperty:valueType>%s</pdfaProperty:valueType>\n"
                  "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                  "<pdfaProperty:description>%s</pdfaProperty:description>\n"
                  "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
                  "</rdf:li>\n",
                  title, uri, prefix, property, type, what);
}

static void
put_claims(ch_buf *b)
{
    ch_buf_puts(b, "<pdfaid:part>2</pdfaid:part>\n"
                   "<pdfaid:conformance>A</pdfaid:conformance>\n"
                   "<pdfuaid:part>1</pdfuaid:part>\n"
                   "<pdfaExtension:schemas><rdf:Bag>\n");
    put_schema(b, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part",
               "Integer", "Part of ISO 14289");
    put_schema(b, "Chancery", XMP_NS, "chancery", "digest", "Text",
               "SHA-256 of the canonical text of the letter");
    ch_buf_puts(b, "</rdf:Bag></pdfaExtension:schemas>\n");
}

static const char xmp_head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\"\n"
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
    " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
    " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"\n"
    " xmlns:chancery=\"" XMP_NS "\">\n";

static ch_str
make_xmp(ch_arena *a, const ch_pdf_meta *m, ch_str producer)
{
    const ch_meta *l = m->letter;
    ch_buf         b;
    ch_buf_init(&b, a);
    ch_buf_puts(&b, xmp_head);
    ch_buf_puts(&b, "<dc:format>application/pdf</dc:format>\n");
    put_alternatives(&b, "dc:title", l->title, l->lang);
    put_list(&b, "dc:creator", "Seq", l->creator);
    put_alternatives(&b, "dc:description", l->subject, l->lang);
    put_list(&b, "dc:language", "Bag", l->lang);
    put_property(&b, "dc:identifier", l->identifier);
    put_property(&b, "pdf:Keywords", l->keywords);
    put_property(&b, "pdf:Producer", producer);
    put_property(&b, "xmp:CreatorTool", CH_STR_LIT("Chancery"));
    put_property(&b, "chancery:digest", l->digest);
    if (m->has_date) {
        ch_str date = print_date(a, m->date, "%04u-%02u-%02uT%02u:%02u:%02uZ");
        put_property(&b, "xmp:CreateDate", date);
        put_property(&b, "xmp:ModifyDate", date);
    }
    if (m->conforms)
        put_claims(&b);
    ch_buf_puts(&b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    return ch_buf_view(&b);
}

/* ---- the file ------------------------------------------------------------------------ */

static void
write_info(ch_ctx *cx, ch_haru *h, const ch_pdf_meta *m, ch_str producer)
{
    const struct {
        const char *key;
        ch_str      value;
    } text[] = {{"Title", m->letter->title},         {"Author", m->letter->creator},
                {"Subject", m->letter->subject},     {"Keywords", m->letter->keywords},
                {"Creator", CH_STR_LIT("Chancery")}, {"Producer", producer}};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        if (text[i].value.n > 0)
            ch_haru_text(h, ch_haru_info(h), text[i].key, text[i].value);
    if (m->has_date) {
        ch_str date = print_date(cx->job, m->date, "D:%04u%02u%02u%02u%02u%02uZ");
        ch_haru_text(h, ch_haru_info(h), "CreationDate", date);
        ch_haru_text(h, ch_haru_info(h), "ModDate", date);
    }
}

static ch_haru_dict *
write_intent(ch_haru *h, const ch_pdf_meta *m)
{
    ch_haru_dict *profile = ch_haru_stream_new(h, m->srgb, true);
    ch_haru_number(h, profile, "N", 3);
    ch_haru_dict *d = ch_haru_dict_new(h);
    ch_haru_name(h, d, "Type", "OutputIntent");
    ch_haru_name(h, d, "S", "GTS_PDFA1");
    ch_haru_text(h, d, "OutputConditionIdentifier", CH_STR_LIT("sRGB IEC61966-2.1"));
    ch_haru_text(h, d, "Info", CH_STR_LIT("sRGB IEC61966-2.1"));
    ch_haru_ref(h, d, "DestOutputProfile", profile);
    return d;
}

ch_status
ch_pdf_meta_write(ch_ctx *cx, ch_haru *h, const ch_pdf_meta *m, ch_buf *digest)
{
    ch_str producer = ch_arena_printf(cx->job, "libharu %s", ch_haru_version());
    ch_str xmp      = make_xmp(cx->job, m, producer);
    write_info(cx, h, m, producer);
    ch_haru_dict *metadata = ch_haru_stream_new(h, xmp, false);
    ch_haru_name(h, metadata, "Type", "Metadata");
    ch_haru_name(h, metadata, "Subtype", "XML");
    ch_haru_dict *catalog = ch_haru_catalog(h);
    ch_haru_ref(h, catalog, "Metadata", metadata);
    ch_buf b;
    ch_buf_init(&b, cx->job);
    if (m->letter->lang.n > 0) {
        ch_buf_puts(&b, "/Lang");
        ch_put_text(&b, m->letter->lang);
    }
    ch_buf_puts(&b, "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true");
    if (m->letter->rtl)
        ch_buf_puts(&b, "/Direction/R2L"); /* pages are turned the other way */
    ch_buf_puts(&b, ">>/OutputIntents[");
    ch_put_ref(&b, ch_haru_id(write_intent(h, m)));
    ch_buf_putc(&b, ']');
    ch_haru_entries(h, catalog, ch_buf_view(&b));

    uint8_t id[32];
    ch_buf_str(digest, xmp);
    ch_status st = ch_sha256(digest->p, digest->n, id);
    if (st == CH_OK)
        ch_haru_trailer_id(h, id);
    else
        ch_report(cx, CH_E9001_internal, CH_NOWHERE, "there is no SHA-256 for the file's ID");
    return st;
}

/* ---- reading it back ----------------------------------------------------------------- */

static bool
is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* XMP is made to be found by looking for it: its stream is not compressed. */
bool
ch_pdf_digest_find(ch_str file, char out[65])
{
    static const char open[] = "<chancery:digest>", close[] = "</chancery:digest>";
    const size_t      n = sizeof open - 1, all = n + 64 + sizeof close - 1;
    bool              found = false;
    for (size_t i = 0; i + all <= file.n; i++) {
        const char *p = memchr(file.p + i, '<', file.n - all - i + 1);
        if (!p)
            break;
        i = (size_t)(p - file.p);
        if (memcmp(p, open, n) != 0 || memcmp(p + n + 64, close, sizeof close - 1) != 0)
            continue;
        for (size_t k = 0; k < 64; k++)
            if (!is_hex(p[n + k]))
                return false;
        if (found && memcmp(out, p + n, 64) != 0)
            return false; /* two that differ are none */
        memcpy(out, p + n, 64);
        out[64] = '\0';
        found   = true;
    }
    return found;
}
