/* letter/parity.c -- the outline of each letter, laid side by side.
 *
 * An outline is the letter's parts in order, each with its facts and the parts inside it.  Two
 * outlines are aligned from the top down at the least cost (Selkow's distance of ordered trees):
 * parts of one kind whose outer parts stand for each other may do so too, the cheaper the more
 * facts they share and the nearer their lengths are to the proportion of the whole letters; a part
 * that is missing costs all that is inside it. */
#include "letter/parity.h"

#include "input/letter_vocab.h"
#include "locale/amounts.h"

#include <stdlib.h>
#include <string.h>

typedef enum part_kind { THROUGH, SKIP, TEXT, NUMBER, HOLDS, CLOSED } part_kind;

static const struct {
    const char *name;
    part_kind   kind;
} parts[] = {
#define PARITY_BLOCK(element, name, kind) [CH_L_##element] = {name, kind},
#define PARITY_SKIP(element) [CH_L_##element] = {NULL, SKIP},
#include "letter/parity.def"
};
enum { PARTS = sizeof parts / sizeof *parts };

typedef struct fact {
    const char *what;
    ch_str      value;
    ch_where    where;
} fact;

typedef struct part {
    const ch_node *node;
    size_t         outer, end; /* the part that it stands in; behind the last part inside it */
    uint32_t       number;     /* of its kind, from 1 */
    CH_VEC(fact) facts;        /* sorted when the outline is done */
    size_t   letters;          /* of its text */
    uint64_t hash;             /* of the facts here and inside */
} part;

typedef struct outline {
    ch_arena       *a;
    const ch_node  *root;
    ch_str          lang, other; /* of this letter, and of the one that it is compared with */
    ch_amount_marks marks;
    uint32_t        count[PARTS];
    CH_VEC(part) parts;
    size_t letters;
} outline;

static part_kind
kind_of(const ch_node *n)
{
    return n->elem < PARTS ? parts[n->elem].kind : THROUGH;
}

static ch_str
name_of(ch_arena *a, const part *p)
{
    return ch_arena_printf(a, "%s %u", parts[p->node->elem].name, p->number);
}

/* ---- facts ---- */

static void
add_fact(outline *o, size_t at, const char *what, ch_str value, ch_where where)
{
    *CH_PUSH(o->a, o->parts.at[at].facts) = (fact){what, value, where};
}

/* The fields in "the {addressee.rank}". */
static void
add_placeholders(outline *o, size_t at, const ch_attr *attr)
{
    ch_attr_piece piece;
    for (size_t i = 0; ch_placeholder_next(attr->value, &i, &piece);)
        if (piece.kind == CH_ATTR_FIELD)
            add_fact(o, at, "field", piece.text, attr->where);
}

/* Does the attribute say the same in every language? */
static bool
is_fact(uint16_t attr)
{
    static const bool told[] = {
#define PARITY_ATTRIBUTE(name) [CH_LA_##name] = true,
#include "letter/parity.def"
    };
    return attr < sizeof told / sizeof *told && told[attr];
}

static void
add_attributes(outline *o, size_t at, const ch_node *n)
{
    for (size_t i = 0; i < n->n_attrs; i++) {
        uint16_t attr = n->attrs[i].attr;
        add_placeholders(o, at, &n->attrs[i]);
        if (is_fact(attr))
            add_fact(o, at, ch_letter_vocab.attrs[attr], n->attrs[i].value, n->attrs[i].where);
        if (attr == CH_LA_n) { /* a number is one in every script, a letter is not */
            ch_amount label;
            size_t    from = 0;
            if (ch_amount_next(o->a, o->marks, n->attrs[i].value, &from, &label))
                add_fact(o, at, "label", label.value, n->attrs[i].where);
        }
    }
}

/* An element inside text. */
static void
add_inline(outline *o, size_t at, const ch_node *n)
{
    switch (n->elem) {
    case CH_L_date:
        add_fact(o, at, "date", ch_node_attr_str(n, CH_LA_when), n->where);
        break;
    case CH_L_ref:
        add_fact(o, at, "reference", ch_node_attr_str(n, CH_LA_target), n->where);
        break;
    case CH_L_field:
        add_fact(o, at, "field", ch_node_attr_str(n, CH_LA_name), n->where);
        break;
    case CH_L_partyNames:
        add_fact(o, at, "names of parties", ch_node_attr_str(n, CH_LA_name), n->where);
        break;
    case CH_L_variant:
        add_fact(o, at, "variant", ch_node_attr_str(n, CH_LA_party), n->where);
        break;
    case CH_L_emph:
        add_fact(o, at, "emphasis", CH_STR_EMPTY, n->where);
        break;
    case CH_L_foreign:
        /* A word of the one language is foreign in the other alone. */
        if (!ch_lang_akin(n->lang, o->lang) && !ch_lang_akin(n->lang, o->other))
            add_fact(o, at, "foreign words", n->lang, n->where);
        break;
    default:
        add_attributes(o, at, n);
        break;
    }
}

/* ---- text ---- */

typedef struct stretch { /* of the text of a part: which node it came from */
    size_t         from;
    const ch_node *node;
} stretch;

typedef struct flat {
    ch_buf text;
    CH_VEC(stretch) from;
} flat;

static void
flatten(outline *o, flat *f, const ch_node *n)
{
    for (const ch_node *c = n->first; c; c = c->next) {
        if (c->kind == CH_NODE_TEXT) {
            *CH_PUSH(o->a, f->from) = (stretch){f->text.n, c};
            ch_buf_str(&f->text, c->text);
        } else if (c->elem == CH_L_date || c->elem == CH_L_lb || c->elem == CH_L_field ||
                   kind_of(c) != THROUGH) {
            ch_buf_putc(&f->text, '\n'); /* no number goes on behind it */
        } else {
            flatten(o, f, c);
        }
    }
}

static ch_where
place_of(const flat *f, size_t from, size_t to)
{
    size_t i = f->from.n;
    while (i > 0 && f->from.at[i - 1].from > from)
        i--;
    ch_where w   = f->from.at[i - 1].node->where;
    size_t   end = i < f->from.n ? f->from.at[i].from : f->text.n;
    from -= f->from.at[i - 1].from;
    /* Without entities the bytes of the text are those of the file. */
    if (f->from.at[i - 1].node->text.n == w.to - w.from && to <= end) {
        w.to = w.from + (uint32_t)(to - f->from.at[i - 1].from);
        w.from += (uint32_t)from;
    }
    return w;
}

static void
add_text(outline *o, size_t at, const ch_node *n)
{
    flat   f = {.from = {0}};
    size_t i = 0;
    ch_buf_init(&f.text, o->a);
    flatten(o, &f, n);
    ch_str text = ch_buf_view(&f.text);
    for (size_t k = 0; k < text.n; k++)
        o->parts.at[at].letters += ((unsigned char)text.p[k] & 0xC0) != 0x80;
    o->letters += o->parts.at[at].letters;
    if (kind_of(n) == NUMBER) {
        ch_str digits = ch_digits_plain(o->a, ch_str_trim(text));
        add_fact(o, at, "number", digits, n->where);
        return;
    }
    ch_amount number;
    while (ch_amount_next(o->a, o->marks, text, &i, &number))
        add_fact(o, at, "number", number.value, place_of(&f, number.from, number.to));
}

/* ---- outline ---- */

/* Is it another language's version of what stands beside it? */
static bool
is_alternative(const outline *o, const ch_node *n)
{
    const ch_element_def *above = &ch_letter_vocab.elements[n->parent ? n->parent->elem : 0];
    for (const ch_particle *p = above->children; p && p->occurs; p++)
        if (p->occurs == CH_OCCURS_ALT && !p->is_class && p->id == n->elem)
            return ch_node_alternative(n->parent, n->elem, o->lang) != n;
    return false;
}

static void outline_below(outline *o, const ch_node *n, size_t at);

static void
add_closed(outline *o, size_t at, const ch_node *n)
{
    for (const ch_node *c = ch_node_walk(n, n); c; c = ch_node_walk(c, n)) {
        if (c->kind != CH_NODE_ELEMENT)
            continue;
        for (size_t i = 0; i < c->n_attrs; i++)
            add_placeholders(o, at, &c->attrs[i]);
        if (c->elem == CH_L_field)
            add_inline(o, at, c);
        if (c->elem == CH_L_country) {
            ch_str code = ch_node_attr_str(c, CH_LA_code);
            if (!code.n)
                code = ch_str_trim(ch_node_text(o->a, c));
            if (code.n == 2) /* else a name */
                add_fact(o, at, "country", code, c->where);
        }
    }
}

static void
outline_part(outline *o, const ch_node *n, size_t outer)
{
    size_t at = o->parts.n;
    part  *p  = CH_PUSH(o->a, o->parts);
    *p        = (part){.node = n, .outer = outer, .end = at + 1, .number = ++o->count[n->elem]};
    add_attributes(o, at, n);
    if (kind_of(n) == CLOSED) {
        add_closed(o, at, n);
        return;
    }
    if (kind_of(n) != HOLDS)
        add_text(o, at, n);
    outline_below(o, n, at);
    o->parts.at[at].end = o->parts.n;
}

static void
outline_below(outline *o, const ch_node *n, size_t at)
{
    for (const ch_node *c = ch_node_elements_first(n); c; c = ch_node_elements_next(c)) {
        if (kind_of(c) == SKIP || is_alternative(o, c))
            continue;
        if (kind_of(c) != THROUGH) {
            outline_part(o, c, at);
            continue;
        }
        add_inline(o, at, c);
        outline_below(o, c, at);
    }
}

static int
compare_facts(const void *x, const void *y)
{
    const fact *a = x, *b = y;
    int         c = strcmp(a->what, b->what);
    if (c == 0)
        c = ch_str_cmp(a->value, b->value);
    return c != 0 ? c : (a->where.from > b->where.from) - (a->where.from < b->where.from);
}

/* Ids are each letter's own: what a reference points at is the part that it stands in. */
static void
resolve_references(outline *o)
{
    ch_map *ids = ch_map_new(o->a);
    for (size_t i = o->parts.n; i-- > 0;) { /* outer ones last are overruled by inner ones */
        const ch_node *top = o->parts.at[i].node;
        for (const ch_node *n = top; n; n = ch_node_walk(n, top)) {
            ch_str id =
                n->kind == CH_NODE_ELEMENT ? ch_node_attr_str(n, CH_LA_xml_id) : CH_STR_EMPTY;
            if (id.n && !ch_map_lookup(ids, id))
                ch_map_put(ids, id, &o->parts.at[i]);
        }
    }
    for (size_t i = 0; i < o->parts.n; i++) {
        for (size_t k = 0; k < o->parts.at[i].facts.n; k++) {
            fact *f = &o->parts.at[i].facts.at[k];
            if (strcmp(f->what, "reference") != 0 || !ch_str_starts(f->value, "#"))
                continue;
            const part *to = ch_map_lookup(ids, ch_str_sub(f->value, 1, f->value.n));
            if (to)
                f->value = name_of(o->a, to);
        }
    }
}

static void
make_outline(outline *o)
{
    o->marks = ch_amount_marks_of(o->lang);
    outline_part(o, o->root, SIZE_MAX);
    resolve_references(o);
    for (size_t i = 0; i < o->parts.n; i++)
        if (o->parts.at[i].facts.n > 1)
            qsort(o->parts.at[i].facts.at, o->parts.at[i].facts.n, sizeof(fact), compare_facts);
    for (size_t i = o->parts.n; i-- > 0;) {
        part *p = &o->parts.at[i];
        p->hash = p->node->elem;
        for (size_t k = 0; k < p->facts.n; k++) {
            p->hash = ch_hash_quick(p->facts.at[k].what, strlen(p->facts.at[k].what), p->hash);
            p->hash = ch_hash_quick(p->facts.at[k].value.p, p->facts.at[k].value.n, p->hash);
        }
        for (size_t k = i + 1; k < p->end; k = o->parts.at[k].end)
            p->hash = ch_hash_quick(&o->parts.at[k].hash, sizeof p->hash, p->hash);
    }
}

/* ---- alignment ---- */

enum {
    GAP         = 300,
    GAPS_MOST   = 1000, /* costs of larger parts are not told apart, and sums fit in 32 bits */
    FACT        = 60,
    FACTS_MOST  = 7,
    LENGTH_MOST = 90,
    COST_MOST   = 1 << 20,
    CELLS_MOST  = 1 << 20, /* more pairs in a row than that are not all looked at, */
    WORK_MOST   = 1 << 18  /* nor more than that, with what is inside them, in a letter */
};

static int
compare_values(const fact *a, const fact *b)
{
    int c = strcmp(a->what, b->what);
    return c != 0 ? c : ch_str_cmp(a->value, b->value);
}

/* How many facts only one of them has, up to a number. */
static uint32_t
facts_apart(const part *a, const part *b)
{
    uint32_t n = 0;
    size_t   i = 0, k = 0;
    while ((i < a->facts.n || k < b->facts.n) && n < FACTS_MOST) {
        int c = i == a->facts.n   ? 1
                : k == b->facts.n ? -1
                                  : compare_values(&a->facts.at[i], &b->facts.at[k]);
        n += c != 0;
        i += c <= 0;
        k += c >= 0;
    }
    return n;
}

/* How far the lengths are from the proportion of the letters, 0 to LENGTH_MOST. */
static uint32_t
lengths_apart(const outline *a, const part *p, const outline *b, const part *q)
{
    uint64_t x = (p->letters + 20) * (uint64_t)(b->letters + 20);
    uint64_t y = (q->letters + 20) * (uint64_t)(a->letters + 20);
    uint64_t r = x > y ? x * 100 / y : y * 100 / x;
    return r - 100 > 2 * LENGTH_MOST ? LENGTH_MOST : (uint32_t)(r - 100) / 2;
}

typedef struct aligner {
    const outline *a, *b;
    ch_arena      *scratch;
    size_t        *of_a, *of_b; /* the other's part, or SIZE_MAX */
    uint32_t       work;        /* pairs that were looked at */
} aligner;

/* The parts directly inside one. */
typedef struct inside {
    size_t *at, n;
} inside;

static inside
parts_inside(ch_arena *scratch, const outline *o, size_t outer)
{
    inside in = {NULL, 0};
    for (size_t i = outer + 1; i < o->parts.at[outer].end; i = o->parts.at[i].end)
        in.n++;
    in.at = CH_NEW_N(scratch, size_t, in.n + 1);
    in.n  = 0;
    for (size_t i = outer + 1; i < o->parts.at[outer].end; i = o->parts.at[i].end)
        in.at[in.n++] = i;
    return in;
}

static uint32_t
gap_cost(const outline *o, size_t i)
{
    size_t n = o->parts.at[i].end - i;
    return GAP * (uint32_t)(n < GAPS_MOST ? n : GAPS_MOST);
}

static uint32_t align_inside(aligner *al, size_t i, size_t k, bool keep);

/* UINT32_MAX when they cannot stand for each other. */
static uint32_t
pair_cost(aligner *al, size_t i, size_t k)
{
    const part *p = &al->a->parts.at[i], *q = &al->b->parts.at[k];
    if (p->node->elem != q->node->elem)
        return UINT32_MAX;
    uint32_t cost = lengths_apart(al->a, p, al->b, q);
    if (p->hash == q->hash)
        return cost;
    cost += FACT * facts_apart(p, q);
    if (p->end == i + 1 && q->end == k + 1)
        return cost;
    if (al->work++ < WORK_MOST)
        return cost + align_inside(al, i, k, false);
    uint32_t x = gap_cost(al->a, i), y = gap_cost(al->b, k);
    return cost + (x > y ? x - y : y - x);
}

static void
keep_pair(aligner *al, size_t i, size_t k)
{
    al->of_a[i] = k;
    al->of_b[k] = i;
    (void)align_inside(al, i, k, true);
}

/* Long rows of parts: those that are alike from either end, and then one after the other. */
static uint32_t
align_long(aligner *al, inside x, inside y, bool keep)
{
    uint32_t cost = 0;
    size_t   n = x.n < y.n ? x.n : y.n, head = 0, tail = 0;
    while (head < n && pair_cost(al, x.at[head], y.at[head]) < FACT)
        head++;
    while (tail < n - head && pair_cost(al, x.at[x.n - 1 - tail], y.at[y.n - 1 - tail]) < FACT)
        tail++;
    for (size_t i = 0; i < n; i++) {
        size_t ix = i < n - tail ? i : x.n - n + i, iy = i < n - tail ? i : y.n - n + i;
        if (al->a->parts.at[x.at[ix]].node->elem != al->b->parts.at[y.at[iy]].node->elem)
            cost += cost < COST_MOST ? 2 * GAP : 0;
        else if (keep)
            keep_pair(al, x.at[ix], y.at[iy]);
    }
    size_t gaps = x.n + y.n - 2 * n;
    return cost + GAP * (uint32_t)(gaps < GAPS_MOST ? gaps : GAPS_MOST);
}

/* step[i][k] says which way the cheapest rest begins: without i, without k, with both. */
static uint32_t
align_rows(aligner *al, inside x, inside y, bool keep)
{
    size_t    m    = y.n + 1;
    uint8_t  *step = CH_NEW_N(al->scratch, uint8_t, (x.n + 1) * m);
    uint32_t *row = CH_NEW_N(al->scratch, uint32_t, m), *last = CH_NEW_N(al->scratch, uint32_t, m);
    for (size_t i = x.n + 1; i-- > 0;) {
        for (size_t k = m; k-- > 0;) {
            uint32_t best = i == x.n && k == y.n ? 0 : UINT32_MAX;
            uint8_t  how  = 0;
            if (i < x.n && last[k] + gap_cost(al->a, x.at[i]) < best) {
                best = last[k] + gap_cost(al->a, x.at[i]);
                how  = 1;
            }
            if (k < y.n && row[k + 1] + gap_cost(al->b, y.at[k]) < best) {
                best = row[k + 1] + gap_cost(al->b, y.at[k]);
                how  = 2;
            }
            uint32_t pair = i < x.n && k < y.n ? pair_cost(al, x.at[i], y.at[k]) : UINT32_MAX;
            if (pair != UINT32_MAX && last[k + 1] + pair <= best) {
                best = last[k + 1] + pair;
                how  = 3;
            }
            row[k]          = best;
            step[i * m + k] = how;
        }
        uint32_t *other = last;
        last            = row;
        row             = other;
    }
    for (size_t i = 0, k = 0; keep && (i < x.n || k < y.n);) {
        uint8_t how = step[i * m + k];
        if (how == 3)
            keep_pair(al, x.at[i], y.at[k]);
        i += how & 1;
        k += how >> 1;
    }
    return last[0];
}

/* The least cost of the parts inside i against those inside k; keep: the pairs are kept. */
static uint32_t
align_inside(aligner *al, size_t i, size_t k, bool keep)
{
    ch_mark  mark = ch_arena_mark(al->scratch);
    inside   x = parts_inside(al->scratch, al->a, i), y = parts_inside(al->scratch, al->b, k);
    bool     few  = y.n < CELLS_MOST / (x.n + 1);
    uint32_t cost = few ? align_rows(al, x, y, keep) : align_long(al, x, y, keep);
    ch_arena_rewind(al->scratch, mark);
    return cost < COST_MOST ? cost : COST_MOST;
}

/* ---- differences ---- */

typedef struct compare {
    ch_ctx        *cx;
    const outline *a, *b;
    ch_parity     *out;
} compare;

/* What only one of them has of a kind of fact. */
typedef struct side {
    CH_VEC(ch_str) has;
    ch_where where;
} side;

static void
add_value(ch_ctx *cx, side *s, const fact *f)
{
    const ch_source *source   = ch_diags_source_at(cx->diags, f->where.source);
    bool             hidden   = ch_source_hides(source, f->where.from, f->where.to);
    *CH_PUSH(cx->job, s->has) = hidden ? CH_STR_LIT("[withheld]") : f->value;
    if (s->has.n == 1 || f->where.from < s->where.from)
        s->where = f->where;
}

static ch_parity_place
place_in(compare *c, const part *p, const side *s)
{
    return (ch_parity_place){name_of(c->cx->job, p), s->has.at, s->has.n,
                             s->has.n ? s->where : p->node->where};
}

static void
compare_parts(compare *c, const part *p, const part *q)
{
    size_t i = 0, k = 0;
    while (i < p->facts.n || k < q->facts.n) {
        const char *what = i < p->facts.n ? p->facts.at[i].what : q->facts.at[k].what;
        side        x = {.where = CH_NOWHERE}, y = {.where = CH_NOWHERE};
        if (k < q->facts.n && strcmp(q->facts.at[k].what, what) < 0)
            what = q->facts.at[k].what;
        for (;;) {
            bool in_p = i < p->facts.n && strcmp(p->facts.at[i].what, what) == 0;
            bool in_q = k < q->facts.n && strcmp(q->facts.at[k].what, what) == 0;
            if (!in_p && !in_q)
                break;
            int d = !in_p ? 1 : !in_q ? -1 : compare_values(&p->facts.at[i], &q->facts.at[k]);
            if (d < 0)
                add_value(c->cx, &x, &p->facts.at[i]);
            if (d > 0)
                add_value(c->cx, &y, &q->facts.at[k]);
            i += d <= 0;
            k += d >= 0;
        }
        if (x.has.n || y.has.n)
            *CH_PUSH(c->cx->job, c->out->differences) =
                (ch_difference){ch_str_from(what), place_in(c, p, &x), place_in(c, q, &y)};
    }
}

/* A part that only one of them has; parts inside it need no words of their own. */
static void
miss_part(compare *c, const outline *here, const size_t *pairs, size_t i, const outline *there,
          bool first)
{
    const part *p = &here->parts.at[i];
    if (p->outer != SIZE_MAX && pairs[p->outer] == SIZE_MAX)
        return;
    size_t before = SIZE_MAX; /* the nearest one before it that both have */
    for (size_t k = i; k-- > 0 && before == SIZE_MAX;)
        before = pairs[k];
    ch_where where = before == SIZE_MAX ? there->root->where : there->parts.at[before].node->where;
    ch_parity_place has   = {name_of(c->cx->job, p), NULL, 0, p->node->where};
    ch_parity_place lacks = {CH_STR_EMPTY, NULL, 0, where};
    *CH_PUSH(c->cx->job, c->out->differences) =
        (ch_difference){CH_STR_LIT("part"), first ? has : lacks, first ? lacks : has};
}

void
ch_letter_parity(ch_ctx *cx, const ch_node *a, const ch_node *b, ch_parity *out)
{
    outline x = {.a = cx->job, .root = a, .lang = a->lang, .other = b->lang};
    outline y = {.a = cx->job, .root = b, .lang = b->lang, .other = a->lang};
    memset(out, 0, sizeof *out);
    make_outline(&x);
    make_outline(&y);
    aligner pairs = {.a       = &x,
                     .b       = &y,
                     .scratch = cx->scratch,
                     .of_a    = CH_NEW_N(cx->job, size_t, x.parts.n),
                     .of_b    = CH_NEW_N(cx->job, size_t, y.parts.n)};
    memset(pairs.of_a, 0xFF, x.parts.n * sizeof *pairs.of_a);
    memset(pairs.of_b, 0xFF, y.parts.n * sizeof *pairs.of_b);
    keep_pair(&pairs, 0, 0);
    compare c  = {cx, &x, &y, out};
    size_t  k  = 0;
    out->parts = x.parts.n;
    for (size_t i = 0; i <= x.parts.n; i++) {
        size_t end = i == x.parts.n ? y.parts.n : pairs.of_a[i];
        for (; end != SIZE_MAX && k < end; k++)
            if (pairs.of_b[k] == SIZE_MAX)
                miss_part(&c, &y, pairs.of_b, k, &x, false);
        if (i == x.parts.n)
            break;
        if (end == SIZE_MAX) {
            miss_part(&c, &x, pairs.of_a, i, &y, true);
        } else {
            compare_parts(&c, &x.parts.at[i], &y.parts.at[end]);
            k = end + 1;
        }
    }
}
