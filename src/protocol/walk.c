/* protocol/walk.c -- the texts of a letter, one by one. */
#include "protocol/walk.h"

#include "locale/words.h"

#include <string.h>

typedef struct reader {
    ch_ctx         *cx;
    ch_word_store  *store;
    ch_word_breaks *breaks; /* NULL until a text comes that is not kept */
    CH_VEC(ch_unit) list;
    ch_str          lang; /* asked for last, and its words */
    const ch_words *words;
    ch_status       st;
} reader;

/* A unit while its text is collected. */
typedef struct collector {
    ch_arena *a;
    ch_buf    text, flags; /* byte for byte */
    CH_VEC(ch_unit_mark) marks;
    CH_VEC(ch_unit_date) dates;
} collector;

static ch_unit_role
role_of(const ch_node *n, bool *unit)
{
    *unit = true;
    switch (n->elem) {
    case CH_L_p:
    case CH_L_head:
    case CH_L_cell:
    case CH_L_note:
        return CH_UNIT_TEXT;
    case CH_L_item:
        return n->parent && (n->parent->elem == CH_L_encl || n->parent->elem == CH_L_cc)
                   ? CH_UNIT_BELOW
                   : CH_UNIT_TEXT;
    case CH_L_salute:
        return CH_UNIT_SALUTE;
    case CH_L_formula: /* in a paragraph it is what that begins with */
        *unit = n->parent && n->parent->elem != CH_L_p;
        return CH_UNIT_FORMULA;
    case CH_L_subject:
    case CH_L_title:
        return CH_UNIT_SUBJECT;
    case CH_L_honorific:
        return CH_UNIT_HONORIFIC;
    case CH_L_persName:
        return CH_UNIT_PERSON;
    case CH_L_orgName:
        return CH_UNIT_ORG;
    case CH_L_role:
        return CH_UNIT_ROLE;
    case CH_L_addrLine:
        return CH_UNIT_LINE;
    case CH_L_date: /* in running text it is no text of its own */
        *unit = n->parent && n->parent->elem == CH_L_dateline;
        return CH_UNIT_OTHER;
    case CH_L_motto:
    case CH_L_invocation:
    case CH_L_initials:
        return CH_UNIT_OTHER;
    default:
        *unit = false;
        return CH_UNIT_OTHER;
    }
}

static bool
is_withheld(const ch_node *n)
{
    return (n->elem == CH_L_signatory || n->elem == CH_L_signed) &&
           ch_str_is(ch_node_attr_str(n, CH_LA_status), "withheld");
}

/* ---- one text ---- */

static void
put(collector *c, const char *p, size_t n, unsigned flags)
{
    ch_buf_add(&c->text, p, n);
    ch_buf_add(&c->flags, p, n);
    memset(c->flags.p + c->flags.n - n, (int)flags, n);
}

static void
put_space(collector *c, unsigned flags)
{
    if (c->text.n > 0 && c->text.p[c->text.n - 1] != ' ')
        put(c, " ", 1, flags);
}

static void
put_text(collector *c, const ch_node *n, unsigned flags)
{
    bool even = n->where.to - n->where.from == n->text.n;
    for (size_t i = 0, to; i < n->text.n; i = to) {
        to = i + 1;
        if (ch_is_space(n->text.p[i])) {
            put_space(c, flags);
            continue;
        }
        while (to < n->text.n && !ch_is_space(n->text.p[to]))
            to++;
        ch_where w = n->where;
        if (even)
            w.from += (uint32_t)i;
        *CH_PUSH(c->a, c->marks) = (ch_unit_mark){c->text.n, w, even};
        put(c, n->text.p + i, to - i, flags);
    }
}

static void
put_date(collector *c, const ch_node *n, unsigned flags)
{
    *CH_PUSH(c->a, c->dates) = (ch_unit_date){c->text.n, n};
    *CH_PUSH(c->a, c->marks) = (ch_unit_mark){c->text.n, n->where, false};
    if (!n->first)
        put(c, "\xEF\xBF\xBC", 3, flags | CH_DATED);
}

static unsigned
flags_of(const ch_node *n)
{
    switch (n->elem) {
    case CH_L_q:
        return CH_QUOTED;
    case CH_L_foreign:
        return CH_FOREIGN;
    case CH_L_name:
        return CH_NAMED;
    case CH_L_date:
        return CH_DATED;
    default:
        return 0;
    }
}

/* The text of n without that of units inside it. */
static void
collect(collector *c, const ch_node *n, unsigned flags)
{
    for (const ch_node *k = n->first; k; k = k->next) {
        bool unit = false;
        if (k->kind == CH_NODE_TEXT) {
            put_text(c, k, flags);
            continue;
        }
        (void)role_of(k, &unit);
        if (unit || k->elem == CH_L_list)
            continue;
        if (k->elem == CH_L_lb)
            put_space(c, flags);
        if (k->elem == CH_L_date)
            put_date(c, k, flags);
        collect(c, k, flags | flags_of(k));
    }
}

/* Does the mark close what the other opens? */
static bool
closes(uint32_t open, uint32_t cp)
{
    switch (open) {
    case 0x201C:
    case 0x201D:
        return cp == 0x201D;
    case 0x201E:
        return cp == 0x201C || cp == 0x201D;
    case 0xAB:
        return cp == 0xBB;
    case 0x300C:
        return cp == 0x300D;
    case '"':
        return cp == '"';
    default:
        return false;
    }
}

/* What stands between typed marks of quotation is another's words.  A mark that nothing closes
 * opens nothing. */
static void
flag_quotes(ch_str text, uint8_t *flags)
{
    static const uint32_t opening[] = {0x201C, 0x201D, 0x201E, 0xAB, 0x300C, '"'};
    bool                  unclosed[sizeof opening / sizeof *opening] = {false};
    for (size_t i = 0; i < text.n;) {
        size_t   from = i, k = 0, o = 0;
        uint32_t open = ch_utf8_next(text, &i);
        while (o < sizeof opening / sizeof *opening && opening[o] != open)
            o++;
        if (o == sizeof opening / sizeof *opening || unclosed[o])
            continue;
        for (k = i, unclosed[o] = true; k < text.n && unclosed[o];)
            unclosed[o] = !closes(open, ch_utf8_next(text, &k));
        if (unclosed[o])
            continue;
        for (size_t m = from; m < k; m++)
            flags[m] |= CH_QUOTED;
        i = k;
    }
}

static const ch_words *
words_of(reader *r, ch_str lang)
{
    if (!r->words || !ch_str_eq(lang, r->lang)) {
        ch_status st = ch_words_of(r->store, r->cx, lang, &r->words);
        if (st != CH_OK)
            r->st = st;
        r->lang = lang;
    }
    return r->words;
}

/* What is found in a text, of which many letters have the same. */
typedef struct found {
    const bool   *edge;
    const ch_hit *hit;
    size_t        n_hits;
} found;

/* All that it depends on. */
static ch_str
key_of(reader *r, const ch_unit *u)
{
    size_t n  = sizeof u->words;
    char  *at = ch_arena_array(r->cx->scratch, n + u->text.n, 1);
    memcpy(at, &u->words, n);
    if (u->text.n)
        memcpy(at + n, u->text.p, u->text.n);
    return (ch_str){at, n + u->text.n};
}

static void
keep_found(reader *r, ch_str key, const ch_unit *u)
{
    ch_arena *a = ch_keep_room(r->cx->keep);
    if (!a)
        return;
    found  *f    = CH_NEW(a, found);
    bool   *edge = ch_arena_copy(a, u->edge, u->text.n + 1, sizeof *edge);
    ch_hit *hit  = ch_arena_copy(a, u->hit, u->n_hits, sizeof *hit);
    *f           = (found){edge, hit, u->n_hits};
    ch_keep_put(r->cx->keep, CH_KEEP_UNIT, key, f);
}

/* Made once for all letters of a job. */
static ch_status
open_breaks(reader *r)
{
    ch_ctx *cx  = r->cx;
    ch_str  key = CH_STR_LIT("breaks between words");
    r->breaks   = ch_keep_find(cx->keep, CH_KEEP_TOOL, key);
    if (r->breaks)
        return CH_OK;
    ch_arena *a  = ch_keep_room(cx->keep);
    ch_status st = ch_word_breaks_open(cx, a ? a : cx->scratch, &r->breaks);
    if (a && st == CH_OK)
        ch_keep_put(cx->keep, CH_KEEP_TOOL, key, r->breaks);
    return st;
}

static void
find_words(reader *r, ch_unit *u)
{
    ch_str       key = ch_keep_works(r->cx->keep) ? key_of(r, u) : CH_STR_EMPTY;
    const found *f   = ch_keep_find(r->cx->keep, CH_KEEP_UNIT, key);
    if (f) {
        u->edge   = f->edge;
        u->hit    = f->hit;
        u->n_hits = f->n_hits;
        return;
    }
    bool *edge = CH_NEW_N(r->cx->scratch, bool, u->text.n + 1);
    u->edge    = edge;
    if (u->text.n > 0 && !r->breaks)
        r->st = open_breaks(r);
    if (r->st == CH_OK && u->text.n > 0)
        r->st = ch_word_breaks_find(r->breaks, r->cx, u->text, edge);
    if (r->st != CH_OK)
        return;
    u->hit = ch_words_find(u->words, r->cx->scratch, u->text, edge, &u->n_hits);
    keep_found(r, key, u);
}

static void
read_unit(reader *r, ch_unit u)
{
    ch_arena *a = r->cx->scratch;
    collector c = {.a = a};
    ch_buf_init(&c.text, a);
    ch_buf_init(&c.flags, a);
    collect(&c, u.node, 0);
    while (c.text.n > 0 && c.text.p[c.text.n - 1] == ' ')
        c.text.n--;
    u.text    = ch_buf_view(&c.text);
    u.flags   = (uint8_t *)c.flags.p;
    u.mark    = c.marks.at;
    u.n_marks = c.marks.n;
    u.n_dates = c.dates.n;
    u.date    = c.dates.at;
    u.words   = words_of(r, u.node->lang);
    if (r->st == CH_OK)
        find_words(r, &u);
    if (r->st != CH_OK)
        return;
    flag_quotes(u.text, u.flags);
    *CH_PUSH(a, r->list) = u;
}

/* ---- all of them ---- */

static void
read_below(reader *r, const ch_node *n, ch_unit like)
{
    for (const ch_node *k = ch_node_elements_first(n); k && r->st == CH_OK;
         k                = ch_node_elements_next(k)) {
        ch_unit u    = like;
        bool    unit = false;
        if (n->elem == CH_L_letter)
            u.part = k;
        if (k->elem == CH_L_letter || is_withheld(k))
            continue;
        u.quoted   = u.quoted || k->elem == CH_L_quote || k->elem == CH_L_q;
        u.attached = u.attached || k->elem == CH_L_attachments;
        u.role     = role_of(k, &unit);
        u.node     = k;
        if (unit)
            read_unit(r, u);
        read_below(r, k, u);
    }
}

ch_status
ch_units_read(ch_ctx *cx, ch_word_store *words, const ch_node *letter, ch_units *out)
{
    reader r = {.cx = cx, .store = words};
    read_below(&r, letter, (ch_unit){.node = letter});
    *out = (ch_units){r.list.at, r.list.n};
    return r.st;
}

/* ---- asking ---- */

static size_t
mark_at(const ch_unit *u, size_t at)
{
    size_t low = 0, high = u->n_marks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u->mark[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : 0;
}

ch_where
ch_unit_where(const ch_unit *u, size_t from, size_t to)
{
    if (u->n_marks == 0)
        return u->node->where;
    const ch_unit_mark *m = &u->mark[mark_at(u, from)];
    const ch_unit_mark *e = &u->mark[mark_at(u, to > from ? to - 1 : from)];
    ch_where            w = m->from;
    if (m->even)
        w.from += (uint32_t)(from - m->at);
    w.to = e->even ? e->from.from + (uint32_t)(to - e->at) : e->from.to;
    return w;
}

bool
ch_unit_is(const ch_unit *u, size_t from, size_t to, unsigned flags)
{
    for (size_t i = from; i < to && i < u->text.n; i++)
        if (u->flags[i] & flags)
            return true;
    return false;
}

const ch_hit *
ch_unit_hit(const ch_unit *u, ch_word_list list, size_t *i)
{
    while (!u->quoted && *i < u->n_hits) {
        const ch_hit *h = &u->hit[(*i)++];
        if (h->phrase->list == list && !ch_unit_is(u, h->from, h->to, CH_QUOTED | CH_FOREIGN))
            return h;
    }
    return NULL;
}

size_t
ch_unit_near(const ch_unit *u, size_t at)
{
    size_t low = 0, high = u->n_hits;
    at = at > CH_NEAR ? at - CH_NEAR : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u->hit[middle].from < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
ch_unit_has(const ch_unit *u, ch_word_list list)
{
    size_t i = 0;
    return ch_unit_hit(u, list, &i) != NULL;
}

ch_str
ch_node_plain(ch_arena *a, const ch_node *n)
{
    ch_str raw = n ? ch_node_text(a, n) : CH_STR_EMPTY;
    ch_buf b;
    ch_buf_init(&b, a);
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (!ch_is_space(c))
            ch_buf_putc(&b, c);
        else if (b.n > 0 && b.p[b.n - 1] != ' ')
            ch_buf_putc(&b, ' ');
    }
    return ch_str_trim(ch_buf_view(&b));
}
