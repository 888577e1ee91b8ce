/* style/template.c -- templates of running lines: text, {slots} and [optional stretches]. */
#include "style/sheet_data.h"

#include "input/check.h"

static const struct {
    const char *name;
    ch_slot     slot;
} SLOTS[] = {
    {"page", CH_SLOT_PAGE},
    {"pages", CH_SLOT_PAGES},
    {"next", CH_SLOT_NEXT},
    {"page-of", CH_SLOT_PAGE_OF},
    {"page-label", CH_SLOT_PAGE_LABEL},
    {"addressee", CH_SLOT_ADDRESSEE},
    {"date", CH_SLOT_DATE},
    {"reference", CH_SLOT_REFERENCE},
    {"classification", CH_SLOT_CLASSIFICATION},
    {"sender", CH_SLOT_SENDER},
    {"subject", CH_SLOT_SUBJECT},
    {"title", CH_SLOT_TITLE},
    {"digest", CH_SLOT_DIGEST},
};
#define SLOT_WORDS                                                                                 \
    "page pages next page-of page-label addressee date reference classification sender subject "   \
    "title digest"

static bool
slot_of(ch_str name, ch_slot *out)
{
    for (size_t i = 0; i < sizeof SLOTS / sizeof *SLOTS; i++) {
        if (ch_str_is(name, SLOTS[i].name)) {
            *out = SLOTS[i].slot;
            return true;
        }
    }
    return false;
}

typedef struct reader {
    ch_ctx   *cx;
    ch_arena *arena;
    ch_str    text;
    ch_where  where;
    unsigned  group, groups;
    CH_VEC(ch_piece) piece;
} reader;

static void
add(reader *r, ch_slot slot, size_t from, size_t to)
{
    if (slot == CH_SLOT_TEXT && from == to)
        return;
    *CH_PUSH(r->arena, r->piece) = (ch_piece){
        .slot  = slot,
        .text  = slot == CH_SLOT_TEXT ? ch_arena_str(r->arena, ch_str_sub(r->text, from, to))
                                      : CH_STR_EMPTY,
        .group = r->group};
}

static bool
fail(reader *r, const char *what)
{
    ch_report(r->cx, CH_E4009_bad_template, r->where, CH_ARG(r->text), what);
    return false;
}

/* A slot that opens at i; gives the offset behind it. */
static bool
read_slot(reader *r, size_t *i)
{
    size_t end = *i + 1;
    while (end < r->text.n && r->text.p[end] != '}')
        end++;
    if (end == r->text.n)
        return fail(r, "a { is not closed");
    ch_str  name = ch_str_sub(r->text, *i + 1, end);
    ch_slot slot = CH_SLOT_TEXT;
    *i           = end + 1;
    if (slot_of(name, &slot)) {
        add(r, slot, 0, 0);
        return true;
    }
    ch_report(r->cx, CH_E4008_unknown_slot, r->where, CH_ARG(name));
    ch_str near = ch_nearest(name, CH_STR_LIT(SLOT_WORDS));
    if (near.n > 0)
        ch_hint(r->cx, "did you mean {%.*s}?", CH_ARG(near));
    else
        ch_hint(r->cx, "the slots are: %s", SLOT_WORDS);
    return false;
}

ch_template
ch_template_read(ch_ctx *cx, ch_arena *a, ch_str text, ch_where where)
{
    reader r    = {.cx = cx, .arena = a, .text = text, .where = where};
    bool   ok   = true;
    size_t from = 0, i = 0;
    while (ok && i < text.n) {
        char c = text.p[i];
        if (c != '{' && c != '[' && c != ']' && c != '}') {
            i++;
            continue;
        }
        add(&r, CH_SLOT_TEXT, from, i);
        if (c == '{') {
            ok = read_slot(&r, &i);
        } else if (c == '[' && r.group == 0) {
            r.group = ++r.groups;
            i++;
        } else if (c == ']' && r.group != 0) {
            r.group = 0;
            i++;
        } else {
            ok = fail(&r, c == '[' ? "a [ inside a [" : "a bracket that is not open is closed");
        }
        from = i;
    }
    add(&r, CH_SLOT_TEXT, from, text.n);
    if (ok && r.group != 0)
        ok = fail(&r, "a [ is not closed");
    return (ch_template){ok ? r.piece.at : NULL, ok ? r.piece.n : 0};
}
