#include "job/names.h"

#include <stdio.h>
#include <string.h>

#define PART_MAX 255      /* bytes of a name between slashes, on most file systems */
#define NAME_MAX_ALL 4000 /* of all of it: under what systems take */

/* ---- the pattern ---- */

static ch_status
bad_pattern(ch_ctx *cx, ch_str pattern, size_t at, const char *what)
{
    ch_report(cx, CH_E1040_bad_output_pattern, CH_NOWHERE, CH_ARG(pattern), at + 1, what);
    return CH_ERR_INPUT;
}

/* What stands between braces: a name, and for the number a width. */
static const char *
read_place(ch_name_part *p, ch_str inside)
{
    p->field      = true;
    p->text       = inside;
    const char *c = memchr(inside.p, ':', inside.n);
    if (c) {
        size_t at = (size_t)(c - inside.p);
        p->text   = ch_str_sub(inside, 0, at);
        if (!ch_str_is(p->text, "n"))
            return "only {n} has a width";
        for (size_t i = at + 1; i < inside.n; i++) {
            if (inside.p[i] < '0' || inside.p[i] > '9' || p->width > 20)
                return "a width is a number up to 20, as in {n:05}";
            p->width = p->width * 10 + (unsigned)(inside.p[i] - '0');
        }
        if (p->width == 0 || p->width > 20)
            return "a width is a number up to 20, as in {n:05}";
    }
    return p->text.n > 0 ? NULL : "a name is missing between the braces";
}

/* The literal text from *at on, with doubled braces made single. */
static ch_str
read_literal(ch_arena *a, ch_str pattern, size_t *at)
{
    ch_buf b;
    ch_buf_init(&b, a);
    while (*at < pattern.n) {
        char c = pattern.p[*at];
        if (c == '{' || c == '}') {
            if (*at + 1 >= pattern.n || pattern.p[*at + 1] != c)
                break;
            ++*at;
        }
        ch_buf_putc(&b, c);
        ++*at;
    }
    return ch_buf_view(&b);
}

static void
note_part(ch_names *names, const ch_name_part *p)
{
    if (ch_str_is(p->text, "lang")) {
        names->by_lang = true;
    } else {
        names->by_record = true;
        if (names->key.n == 0 && !ch_str_is(p->text, "n"))
            names->key = p->text;
    }
}

/* What of the first literal part is a folder. */
static ch_str
root_of(const ch_names *names)
{
    ch_str first = names->n > 0 && !names->part[0].field ? names->part[0].text : CH_STR_EMPTY;
    size_t n     = first.n;
    while (n > 0 && first.p[n - 1] != '/')
        n--;
    return ch_str_sub(first, 0, n);
}

ch_status
ch_names_parse(ch_ctx *cx, ch_str pattern, const ch_names **out)
{
    ch_names *names            = CH_NEW(cx->job, ch_names);
    CH_VEC(ch_name_part) parts = {0};
    pattern                    = ch_arena_str(cx->job, pattern);
    names->key                 = CH_STR_EMPTY;
    *out                       = NULL;
    if (memchr(pattern.p, '\0', pattern.n) || ch_utf8_valid(pattern) < pattern.n)
        return bad_pattern(cx, pattern, ch_utf8_valid(pattern), "it is not UTF-8");
    for (size_t at = 0; at < pattern.n;) {
        ch_name_part p = {.text = read_literal(cx->job, pattern, &at)};
        if (p.text.n > 0)
            *CH_PUSH(cx->job, parts) = p;
        if (at >= pattern.n)
            break;
        if (pattern.p[at] == '}')
            return bad_pattern(cx, pattern, at, "this } closes nothing; write }} for a brace");
        const char *end = memchr(pattern.p + at, '}', pattern.n - at);
        if (!end)
            return bad_pattern(cx, pattern, at, "this { is not closed");
        size_t      to  = (size_t)(end - pattern.p);
        const char *why = read_place(&p, ch_str_sub(pattern, at + 1, to));
        if (why)
            return bad_pattern(cx, pattern, at, why);
        note_part(names, &p);
        *CH_PUSH(cx->job, parts) = p;
        at                       = to + 1;
    }
    names->part = parts.at;
    names->n    = parts.n;
    names->root = ch_arena_str(cx->job, root_of(names));
    if (pattern.n == 0 || ch_str_ends(pattern, "/"))
        return bad_pattern(cx, pattern, pattern.n, "the name of a file is missing");
    *out = names;
    return CH_OK;
}

/* ---- values ---- */

static bool
is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/* Does a part between slashes of either kind say "go up"? */
static bool
climbs(ch_str s)
{
    for (size_t from = 0; from <= s.n;) {
        size_t to = from;
        while (to < s.n && s.p[to] != '/' && s.p[to] != '\\')
            to++;
        if (ch_str_is(ch_str_sub(s, from, to), ".."))
            return true;
        from = to + 1;
    }
    return false;
}

static bool
is_drive(ch_str s)
{
    char c = s.n > 1 ? s.p[0] : '0';
    return s.n > 2 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && s.p[1] == ':' &&
           (s.p[2] == '\\' || s.p[2] == '/');
}

static ch_str
name_safe(ch_arena *a, ch_str value, const char **why)
{
    ch_buf b;
    ch_buf_init(&b, a);
    value = ch_str_trim(value);
    *why  = value.n == 0 ? "it is empty" : NULL;
    if (value.n > 0 && (value.p[0] == '/' || value.p[0] == '\\' || is_drive(value)))
        *why = "it would begin at the root, outside the folder of the outputs";
    else if (climbs(value))
        *why = "it would leave the folder of the outputs";
    for (size_t i = 0; i < value.n && !*why;) {
        uint32_t c = ch_utf8_next(value, &i);
        if (is_control(c))
            *why = "it has a control character";
        else if (c < 0x80 && strchr("/\\:*?\"<>|", (int)c))
            ch_buf_putc(&b, '-');
        else
            ch_buf_utf8(&b, c);
    }
    return ch_buf_view(&b);
}

/* Devices of other systems, with any ending. */
static bool
is_device(ch_str part)
{
    static const char *const names[] = {"con", "prn", "aux",    "nul",
                                        "com", "lpt", "conin$", "conout$"};
    const char              *dot     = memchr(part.p, '.', part.n);
    size_t                   stem    = dot ? (size_t)(dot - part.p) : part.n;
    while (stem > 0 && part.p[stem - 1] == ' ')
        stem--;
    char low[8];
    if (stem == 0 || stem >= sizeof low)
        return false;
    for (size_t i = 0; i < stem; i++)
        low[i] = (char)(part.p[i] >= 'A' && part.p[i] <= 'Z' ? part.p[i] + 32 : part.p[i]);
    low[stem] = '\0';
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (k != 4 && k != 5 && strcmp(low, names[k]) == 0)
            return true;
        if ((k == 4 || k == 5) && stem == 4 && memcmp(low, names[k], 3) == 0 && low[3] >= '1' &&
            low[3] <= '9')
            return true;
    }
    return false;
}

static const char *
name_fault(ch_str part)
{
    if (part.n > PART_MAX)
        return "a name may have 255 bytes";
    if (part.n > 0 && part.p[0] == '.')
        return "a name that begins with a dot is hidden";
    if (part.n > 0 && (part.p[part.n - 1] == '.' || part.p[part.n - 1] == ' '))
        return "other systems drop a dot or space at the end of a name";
    return is_device(part) ? "on some systems it is a device, not a file" : NULL;
}

/* ---- a name ---- */

static ch_status
unsafe(ch_ctx *cx, const ch_record *rec, const ch_value *v, ch_str text, const char *why)
{
    uint32_t source = ch_diags_source(cx->diags, rec->file, CH_STR_EMPTY);
    ch_report_at(cx, CH_E1042_unsafe_name, source, v && v->line ? v->line : rec->line,
                 v && v->line ? v->column : 1, rec->number, CH_ARG(text), why);
    return CH_ERR_INPUT;
}

static ch_status
lacks_field(ch_ctx *cx, const ch_record *rec, ch_str field)
{
    uint32_t source = ch_diags_source(cx->diags, rec->file, CH_STR_EMPTY);
    ch_report_at(cx, CH_E1041_name_needs_field, source, rec->line, 1, rec->number, CH_ARG(field));
    return CH_ERR_INPUT;
}

static ch_status
add_value(const ch_name_part *p, ch_ctx *cx, const ch_record *rec, ch_str lang, ch_buf *b)
{
    if (ch_str_is(p->text, "lang")) {
        ch_buf_str(b, lang);
        return CH_OK;
    }
    if (ch_str_is(p->text, "n")) {
        ch_buf_printf(b, "%0*zu", (int)p->width, rec->number);
        return CH_OK;
    }
    const ch_value *v = ch_record_get(rec, p->text, lang);
    if (!v || v->kind != CH_VALUE_TEXT)
        return lacks_field(cx, rec, p->text);
    const char *why;
    ch_str      safe = name_safe(b->arena, v->text, &why);
    if (why)
        return unsafe(cx, rec, v, v->text, why);
    ch_buf_str(b, safe);
    return CH_OK;
}

/* The parts between slashes that have a value in them; from..to are those of the last value. */
static ch_status
check_parts(ch_ctx *cx, const ch_record *rec, ch_str name, size_t fixed)
{
    for (size_t from = 0; from < name.n;) {
        const char *slash = memchr(name.p + from, '/', name.n - from);
        size_t      to    = slash ? (size_t)(slash - name.p) : name.n;
        ch_str      part  = ch_str_sub(name, from, to);
        const char *why   = to > fixed ? name_fault(part) : NULL;
        if (why)
            return unsafe(cx, rec, NULL, part, why);
        from = to + 1;
    }
    return name.n > NAME_MAX_ALL ? unsafe(cx, rec, NULL, ch_str_sub(name, 0, 80),
                                          "with its folders it is longer than 4,000 bytes")
                                 : CH_OK;
}

ch_status
ch_names_make(const ch_names *names, ch_ctx *cx, ch_arena *a, const ch_record *rec, ch_str lang,
              ch_str *out)
{
    ch_buf b;
    ch_buf_init(&b, a);
    *out         = CH_STR_EMPTY;
    ch_status st = CH_OK;
    for (size_t i = 0; i < names->n && st == CH_OK; i++) {
        if (names->part[i].field)
            st = add_value(&names->part[i], cx, rec, lang, &b);
        else
            ch_buf_str(&b, names->part[i].text);
    }
    if (st == CH_OK)
        st = check_parts(cx, rec, ch_buf_view(&b), names->root.n);
    if (st == CH_OK)
        *out = ch_buf_view(&b);
    return st;
}

ch_status
ch_names_check(const ch_names *names, ch_ctx *cx, const ch_record *rec, ch_str lang)
{
    for (size_t i = 0; i < names->n; i++) {
        const ch_name_part *p = &names->part[i];
        if (p->field && !ch_str_is(p->text, "lang") && !ch_str_is(p->text, "n") &&
            !ch_record_get(rec, p->text, lang))
            return lacks_field(cx, rec, p->text);
    }
    return CH_OK;
}

ch_str
ch_names_key(const ch_names *names, const ch_record *rec, ch_str lang)
{
    const ch_value *v = names->key.n > 0 ? ch_record_get(rec, names->key, lang) : NULL;
    return v && v->kind == CH_VALUE_TEXT ? v->text : CH_STR_EMPTY;
}
