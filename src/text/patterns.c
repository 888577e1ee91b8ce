/* text/patterns.c -- loading patterns, and Liang's algorithm on the bytes of a word. */
#include "text/patterns.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

enum { LINE_MOST = 99, FORBIDDEN_MOST = 16, OTHER_SPELLING = 0x80, ROOT_SIZE = 256 };

/* A node stands for letters that patterns begin with.  Children are a list; those of the root,
 * the busiest, a table.  Where one pattern alone goes on, its letters are left in its line: that
 * makes half the nodes, and a node is 12 bytes, for a job that starts pays for every page. */
typedef struct node {
    uint32_t child;   /* the newest; 0: none */
    uint32_t sibling; /* in the upper 24 bits, the node's own byte in the lower 8 */
    uint32_t pattern; /* 1 + where its line begins, 0: none; with TAIL: it has letters to come */
} node;

#define LATIN1 "ISO8859-1"
#define TAIL 0x80000000u
#define NODES_MOST ((size_t)1 << 24)

typedef struct level {
    node               *at; /* at[0] is the root */
    size_t              n, cap;
    uint32_t            root[ROOT_SIZE];
    unsigned            left, right;           /* letters before and behind a hyphen, at least */
    unsigned            part_left, part_right; /* the same at the seam of a compound */
    ch_str              forbidden[FORBIDDEN_MOST]; /* no hyphen beside these */
    size_t              n_forbidden;
    const struct level *next; /* for the parts of a compound */
    const char         *text; /* where the patterns' lines are */
    bool                latin1;
} level;

struct ch_patterns {
    level        level[2];
    const level *first;
    bool         latin1; /* else UTF-8 */
};

/* ---- the trie ---- */

/* Not in the arena: realloc moves pages where an arena would copy them. */
static bool
grow(level *l)
{
    size_t cap = l->cap ? 2 * l->cap : 4096;
    node  *at  = realloc(l->at, cap * sizeof *at);
    if (!at)
        return false;
    l->at  = at;
    l->cap = cap;
    if (l->n == 0) {
        l->at[0] = (node){0};
        l->n     = 1;
    }
    return true;
}

static uint32_t
child_of(const level *l, uint32_t parent, uint8_t byte)
{
    if (parent == 0)
        return l->root[byte];
    uint32_t c = l->at[parent].child;
    while (c && (uint8_t)l->at[c].sibling != byte)
        c = l->at[c].sibling >> 8;
    return c;
}

/* A new child; 0 when memory is out. */
static uint32_t
add_child(level *l, uint32_t parent, uint8_t byte, uint32_t pattern)
{
    if (l->n == NODES_MOST || (l->n == l->cap && !grow(l)))
        return 0;
    uint32_t c = (uint32_t)l->n++;
    l->at[c]   = (node){0, (parent ? l->at[parent].child << 8 : 0) | byte, pattern};
    if (parent)
        l->at[parent].child = c;
    else
        l->root[byte] = c;
    return c;
}

static bool
digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
ends_pattern(char c)
{
    return (unsigned char)c <= ' ' || c == '/';
}

/* The next letter of a pattern, past its digits; NULL when there is none. */
static const char *
next_letter(const char *c)
{
    while (digit(*c))
        c++;
    return ends_pattern(*c) ? NULL : c;
}

/* Where the letters begin that come behind the first n. */
static const char *
behind_letters(const char *line, size_t n)
{
    for (; n; line++)
        n -= !digit(*line);
    return line;
}

/* The mark of a line as it stands at a node that has its letters up to before `rest`. */
static uint32_t
mark_of(const level *l, const char *line, const char *rest)
{
    uint32_t at = (uint32_t)(line - l->text) + 1;
    return next_letter(rest) ? at | TAIL : at;
}

/* Move what is left of a pattern's letters one node further down. */
static bool
push_down(level *l, uint32_t at, size_t depth)
{
    const char *line = l->text + (l->at[at].pattern & ~TAIL) - 1;
    const char *c    = next_letter(behind_letters(line, depth));
    if (!c)
        return false;
    l->at[at].pattern = 0;
    return add_child(l, at, (uint8_t)*c, mark_of(l, line, c + 1)) != 0;
}

/* The nodes on the way to the pattern added last: in a sorted file the next one shares most.
 * None of them has a tail. */
typedef struct trail {
    size_t   n;
    uint32_t at[LINE_MOST + 1];
    char     byte[LINE_MOST + 1];
} trail;

/* The letters of a pattern, and where each stands in its line. */
static size_t
letters_of(const char *line, char *letter, uint8_t *place)
{
    size_t n = 0;
    for (size_t i = 0; i <= LINE_MOST; i++) {
        char c = line[i];
        if ((unsigned char)c <= '9') { /* most are beyond */
            if (digit(c))
                continue;
            if (ends_pattern(c))
                break;
        }
        place[n]    = (uint8_t)i;
        letter[n++] = c;
    }
    return n;
}

static bool
add_pattern(level *l, const char *line, trail *t)
{
    char     letter[LINE_MOST + 1];
    uint8_t  place[LINE_MOST + 1];
    size_t   n = letters_of(line, letter, place), depth = 0;
    uint32_t own = (uint32_t)(line - l->text) + 1;
    if (l->cap == 0 && !grow(l))
        return false;
    while (depth < n && depth < t->n && t->byte[depth] == letter[depth])
        depth++;
    uint32_t at = depth ? t->at[depth - 1] : 0;
    for (; depth < n; depth++) {
        uint32_t next = child_of(l, at, (uint8_t)letter[depth]);
        if (!next) {
            t->n = depth;
            return add_child(l, at, (uint8_t)letter[depth], depth + 1 < n ? own | TAIL : own) != 0;
        }
        if ((l->at[next].pattern & TAIL) && !push_down(l, next, depth + 1))
            return false;
        t->at[depth]   = next;
        t->byte[depth] = letter[depth];
        at             = next;
    }
    t->n = depth;
    if (at)
        l->at[at].pattern = own;
    return true;
}

/* ---- the file ---- */

static unsigned
number_after(ch_str line, size_t from)
{
    unsigned v = 0;
    while (from < line.n && (line.p[from] == ' ' || line.p[from] == '\t'))
        from++;
    for (; from < line.n && digit(line.p[from]) && v < 100; from++)
        v = 10 * v + (unsigned)(line.p[from] - '0');
    return v;
}

static void
read_forbidden(level *l, ch_str list)
{
    l->n_forbidden = 0;
    for (size_t from = 0; from <= list.n && l->n_forbidden < FORBIDDEN_MOST;) {
        size_t to = from;
        while (to < list.n && list.p[to] != ',')
            to++;
        if (to > from)
            l->forbidden[l->n_forbidden++] = ch_str_sub(list, from, to);
        from = to + 1;
    }
}

/* A line that is no pattern. */
static bool
read_setting(level *l, ch_str line)
{
    static const char *const NAMES[] = {"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN",
                                        "COMPOUNDRIGHTHYPHENMIN"};
    unsigned                *value[] = {&l->left, &l->right, &l->part_left, &l->part_right};
    if (line.n == 0 || line.p[0] == '%' || line.p[0] == '#')
        return true;
    if (line.p[0] < 'A' || line.p[0] > 'Z')
        return false;
    for (size_t i = 0; i < 4; i++)
        if (ch_str_starts(line, NAMES[i])) {
            *value[i] = number_after(line, strlen(NAMES[i]));
            return true;
        }
    if (ch_str_starts(line, "NOHYPHEN")) {
        read_forbidden(l, ch_str_trim(ch_str_sub(line, 8, line.n)));
        return true;
    }
    return false;
}

static ch_str
next_line(ch_str text, size_t *at)
{
    const char *p = text.p + *at, *end = memchr(p, '\n', text.n - *at);
    size_t      n = end ? (size_t)(end - p) : text.n - *at;
    *at += n + (end != NULL);
    while (n && (p[n - 1] == '\r' || p[n - 1] == ' ' || p[n - 1] == '\t'))
        n--;
    return (ch_str){p, n};
}

/* Read patterns until the text or the level ends. */
static bool
read_level(level *l, ch_str text, size_t *at, bool *more)
{
    trail t;
    t.n     = 0;
    *more   = false;
    l->text = text.p;
    while (*at < text.n) {
        ch_str line = next_line(text, at);
        if (line.n >= 9 && line.p[0] == 'N' && ch_str_starts(line, "NEXTLEVEL")) {
            *more = true;
            return true;
        }
        bool plain = line.n && ((unsigned char)line.p[0] > 'Z' || digit(line.p[0]));
        if (line.n <= LINE_MOST && (plain || !read_setting(l, line)) && !add_pattern(l, line.p, &t))
            return false;
    }
    return true;
}

/* Files without a first level for compounds get this one: hyphens and apostrophes part words,
 * and none is divided right beside them. */
static bool
default_level(level *l, const level *next)
{
    static const char TEXT[] = "1-1\n1'1\n1\xE2\x80\x93"
                               "1\n1\xE2\x80\x99"
                               "1\n";
    bool              more;
    size_t            at = 0;
    if (!read_level(l, (ch_str){TEXT, sizeof TEXT - 1}, &at, &more))
        return false;
    read_forbidden(l, CH_STR_LIT("',\xE2\x80\x93,\xE2\x80\x99,-"));
    l->left       = next->left;
    l->right      = next->right;
    l->part_left  = next->part_left ? next->part_left : next->left ? next->left : 3;
    l->part_right = next->part_right ? next->part_right : next->right ? next->right : 3;
    return true;
}

/* The text in UTF-8, converted into the arena, or as it is: also in Latin 1, which the largest
 * files are in, for it is quicker to convert the few words. */
static bool
to_utf8(ch_arena *a, ch_str *text, ch_str encoding, const char **why)
{
    char       name[32];
    UErrorCode e = U_ZERO_ERROR;
    *why         = NULL;
    if (ch_str_is(encoding, LATIN1) ||
        ch_str_is(encoding, "UTF-8")) /* if it is not, no word will match */
        return true;
    *why = "their first line names no known encoding";
    if (encoding.n == 0 || encoding.n >= sizeof name)
        return false;
    memcpy(name, encoding.p, encoding.n);
    name[encoding.n] = 0;
    /* "ISO8859-2" and "microsoft-cp1251" are names of this file format alone. */
    const char *icu  = !strncmp(name, "microsoft-", 10) ? name + 10 : name;
    int32_t     room = (int32_t)(3 * text->n + 1);
    char       *out  = ch_arena_try(a, (size_t)room);
    if (!out) {
        *why = NULL;
        return false;
    }
    int32_t n = ucnv_convert("UTF-8", icu, out, room, text->p, (int32_t)text->n, &e);
    if (U_FAILURE(e))
        return false;
    *text = (ch_str){out, (size_t)n};
    *why  = NULL;
    return true;
}

/* Patterns are read up to the end of their line, so the last line must have one. */
static bool
end_line(ch_arena *a, ch_str *text)
{
    if (text->n == 0 || text->p[text->n - 1] == '\n')
        return true;
    char *copy = ch_arena_try(a, text->n + 2);
    if (!copy)
        return false;
    memcpy(copy, text->p, text->n);
    copy[text->n] = '\n';
    *text         = (ch_str){copy, text->n + 1};
    return true;
}

static bool
read_levels(ch_patterns *p, ch_str text)
{
    size_t at = 0;
    bool   more;
    level *one = &p->level[0], *two = &p->level[1];
    if (!read_level(one, text, &at, &more))
        return false;
    if (more) {
        one->next = two;
        p->first  = one;
        return read_level(two, text, &at, &more);
    }
    two->next = one;
    p->first  = two;
    return default_level(two, one);
}

ch_patterns *
ch_patterns_load(ch_arena *a, ch_str bytes, const char **why)
{
    size_t at = 0;
    *why      = "the file is too large";
    if (bytes.n > (64u << 20))
        return NULL;
    ch_str encoding = ch_str_trim(next_line(bytes, &at));
    ch_str text     = ch_str_sub(bytes, at, bytes.n);
    if (!to_utf8(a, &text, encoding, why) || !end_line(a, &text))
        return NULL;
    ch_patterns *p = ch_arena_try(a, sizeof *p);
    if (p && read_levels(p, text)) {
        p->latin1 = p->level[0].latin1 = p->level[1].latin1 = ch_str_is(encoding, LATIN1);
        return p;
    }
    ch_patterns_free(p);
    return NULL;
}

void
ch_patterns_free(ch_patterns *p)
{
    for (size_t i = 0; p && i < 2; i++) {
        free(p->level[i].at);
        p->level[i].at = NULL;
    }
}

/* ---- the algorithm ---- */

static size_t
read_number(const char **c)
{
    size_t n = 0;
    while (digit(**c))
        n = n * 10 + (size_t)(*(*c)++ - '0');
    return n;
}

/* Is a byte the first of a letter? */
static bool
begins(const level *l, char c)
{
    return l->latin1 || ((unsigned char)c & 0xC0) != 0x80;
}

/* What a line has behind its slash.  There the first letter and how many there are count letters,
 * from 1, without the dot of a word's beginning; from and cut are bytes of the word.  All of the
 * pattern if the line does not say. */
static ch_respelling
change_of(const level *l, const char *line, size_t from)
{
    char        letters[LINE_MOST + 1];
    size_t      n = 0, first = 1, least = SIZE_MAX;
    const char *c   = line;
    bool        dot = *line == '.' || (digit(*line) && line[1] == '.');
    for (; *c && !ends_pattern(*c) && n < LINE_MOST; c++)
        if (!digit(*c))
            letters[n++] = *c;
    if (*c != '/')
        return (ch_respelling){0};
    ch_respelling out = {.by = ++c};
    while (*c && *c != ',' && (unsigned char)*c > ' ')
        c++;
    if (*c == ',') {
        c++;
        first = read_number(&c);
        if (*c == ',') {
            c++;
            least = read_number(&c);
        }
    }
    size_t i = dot;
    for (size_t k = 1; i < n && k < first; k++)
        for (i++; i < n && !begins(l, letters[i]);)
            i++;
    size_t to = i;
    for (size_t k = 0; to < n && letters[to] != '.' && k < least; k++)
        for (to++; to < n && !begins(l, letters[to]);)
            to++;
    out.from = from + i - 1;
    out.cut  = to - i;
    return out;
}

/* Raise the marks by the digits of a pattern that matched from `from` in the dotted word.
 * The mark after byte b of the word stands after byte b + 1 of the dotted one. */
static void
apply(const level *l, uint32_t pattern, size_t from, size_t n, uint8_t *mark, ch_respelling *to)
{
    const char   *line  = l->text + pattern - 1;
    ch_respelling other = change_of(l, line, from);
    size_t        j     = 0;
    for (const char *c = line; *c && !ends_pattern(*c); c++) {
        if (!digit(*c)) {
            j++;
            continue;
        }
        size_t at = from + j; /* two more than the mark's place */
        if (at < 2 || at - 2 + 1 >= n)
            continue;
        uint8_t value = (uint8_t)(*c - '0');
        if (value <= (mark[at - 2] & 0x0F))
            continue;
        mark[at - 2] = (uint8_t)(value | (other.by ? OTHER_SPELLING : 0));
        if (to)
            to[at - 2] = other;
    }
}

/* Follow the patterns that begin at `from`.  As these files are made for it, of all beginnings
 * of patterns that end at a place only the longest counts: its digits hold those of the shorter
 * ones.  *reached is the end of the places that a walk from further left has been at. */
static void
walk(const level *l, const char *dotted, size_t n, size_t from, size_t *reached, uint8_t *mark,
     ch_respelling *to)
{
    uint32_t at = 0, pattern = 0;
    size_t   i = from;
    while (i < n + 2 && !(pattern & TAIL)) {
        at = child_of(l, at, (uint8_t)dotted[i]);
        if (!at)
            return;
        pattern = l->at[at].pattern;
        if (++i <= *reached)
            continue;
        *reached = i;
        if (pattern && !(pattern & TAIL))
            apply(l, pattern, from, n, mark, to);
    }
    if (!(pattern & TAIL))
        return;
    pattern &= ~TAIL;
    const char *c = behind_letters(l->text + pattern - 1, i - from);
    while ((c = next_letter(c))) {
        if (i == n + 2 || *c != dotted[i])
            return;
        c++;
        bool last = next_letter(c) == NULL;
        if (++i <= *reached)
            continue;
        *reached = i;
        if (last)
            apply(l, pattern, from, n, mark, to);
    }
}

/* Liang's marks of one level. */
static void
level_marks(const level *l, const char *word, size_t n, uint8_t *mark, ch_respelling *to)
{
    char   dotted[CH_WORD_MOST + 3];
    size_t reached = 0;
    memset(mark, 0, n);
    if (l->n == 0)
        return;
    dotted[0] = dotted[n + 1] = '.';
    for (size_t i = 0; i < n; i++)
        dotted[i + 1] = digit(word[i]) ? '.' : word[i];
    for (size_t from = 0; from < n + 2; from++)
        walk(l, dotted, n, from, &reached, mark, to);
}

/* No mark with fewer than `least` letters before it, or behind it. */
static void
keep_left(const level *l, const char *word, size_t n, unsigned least, uint8_t *mark)
{
    unsigned letters = 0;
    for (size_t i = 0; i < n; i++) {
        letters += begins(l, word[i]);
        if (letters >= least && (i + 1 == n || begins(l, word[i + 1])))
            return;
        mark[i] = 0;
    }
}

static void
keep_right(const level *l, const char *word, size_t n, unsigned least, uint8_t *mark)
{
    unsigned letters = 0;
    for (size_t i = n; i-- > 0 && letters < least;) {
        mark[i] = 0;
        letters += begins(l, word[i]);
    }
}

/* A level and, inside its parts, the next.  open_left, open_right: the word's own end. */
static void
divide(const level *l, const level *top, const char *word, size_t n, uint8_t *mark,
       ch_respelling *to, bool open_left, bool open_right)
{
    size_t begin = 0;
    level_marks(l, word, n, mark, to);
    if (!l->next)
        return;
    for (size_t i = 0; i < n; i++) {
        bool seam = (mark[i] & 1) != 0;
        if (!seam && !(begin > 0 && i + 1 == n))
            continue;
        if (i > begin) {
            uint8_t part[CH_WORD_MOST];
            divide(l, top, word + begin, i - begin + 1, part, NULL, begin == 0 && open_left,
                   !seam && open_right);
            memcpy(mark + begin, part, i - begin);
        }
        begin = i + 1;
    }
    if (begin > 0)
        return;
    divide(l->next, top, word, n, mark, to, open_left, open_right);
    if (!open_left)
        keep_left(l, word, n, top->part_left, mark);
    if (!open_right)
        keep_right(l, word, n, top->part_right, mark);
}

static void
forbid(const level *l, ch_str word, uint8_t *mark)
{
    for (size_t k = 0; k < l->n_forbidden; k++) {
        ch_str f = l->forbidden[k];
        for (size_t i = 0; i + f.n <= word.n; i++) {
            if (memcmp(word.p + i, f.p, f.n) != 0)
                continue;
            mark[i + f.n - 1] = 0;
            if (i > 0)
                mark[i - 1] = 0;
        }
    }
}

bool
ch_patterns_latin1(const ch_patterns *p)
{
    return p->latin1;
}

void
ch_patterns_mark_all(const ch_patterns *p, ch_str word, uint8_t *mark, ch_respelling *change)
{
    const level *l = p->first;
    if (word.n == 0 || word.n > CH_WORD_MOST)
        return;
    if (change)
        memset(change, 0, word.n * sizeof *change);
    divide(l, l, word.p, word.n, mark, change, true, true);
    keep_left(l, word.p, word.n, l->left ? l->left : 2, mark);
    keep_right(l, word.p, word.n, l->right ? l->right : 2, mark);
    forbid(l, word, mark);
    for (size_t i = 0; i < word.n; i++) {
        bool other = (mark[i] & OTHER_SPELLING) != 0;
        mark[i]    = (uint8_t)((mark[i] & 1) && (!other || (change && change[i].by)));
        if (change && !other)
            change[i].by = NULL;
    }
    mark[word.n - 1] = 0;
}

void
ch_patterns_mark(const ch_patterns *p, ch_str word, uint8_t *mark)
{
    ch_patterns_mark_all(p, word, mark, NULL);
}
