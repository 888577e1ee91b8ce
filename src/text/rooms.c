/* text/rooms.c -- room beside signs, as a language wants it: of the space that stands there, or
 * added where the text has none. */
#include "text/inside.h"

#include <hb.h>
#include <unicode/uchar.h>

typedef CH_VEC(ch_room) room_list;

static bool
is_any_space(uint32_t cp)
{
    return ch_char_is_space(cp) || cp == 0xA0 || cp == 0x202F;
}

/* What may follow a sign that stands behind a word: not "12:30", "https://", "?id=3". */
static bool
ends_there(uint32_t cp)
{
    if (cp == 0 || is_any_space(cp) || cp == '!' || cp == '?' || cp == ';' || cp == ':' ||
        cp == ',' || cp == '.')
        return true;
    int8_t type = u_charType((UChar32)cp);
    return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || cp == '"' || cp == '\'' ||
           cp == 0x2026;
}

/* What a sign may stand behind. */
static bool
word_ends(const ch_typography *t, uint32_t cp)
{
    if (cp == 0 || cp == '/' || is_any_space(cp))
        return false;
    int8_t type = u_charType((UChar32)cp);
    if (type != U_FINAL_PUNCTUATION && ch_typography_room_before(t, cp))
        return false;
    return type != U_START_PUNCTUATION && type != U_INITIAL_PUNCTUATION;
}

static void
add(ch_texter *t, room_list *out, size_t at, const ch_sign_room *rule, bool space)
{
    if (!out->n || out->at[out->n - 1].at != at)
        *CH_PUSH(t->cx->job, *out) = (ch_room){at, rule, space};
}

/* Before the sign at byte `at`; `next` is the character behind it. */
static void
room_before(ch_texter *t, const ch_typography *ways, ch_str s, size_t at, uint32_t next,
            const ch_sign_room *rule, room_list *out)
{
    uint32_t before = ch_utf8_before(s, at);
    bool     closer = u_charType((UChar32)rule->sign) == U_FINAL_PUNCTUATION;
    if (!closer && !ends_there(next))
        return;
    if (is_any_space(before)) {
        size_t space = ch_utf8_back(s, at);
        if (closer || word_ends(ways, ch_utf8_before(s, space)))
            add(t, out, space, rule, true);
    } else if (closer || word_ends(ways, before)) {
        add(t, out, at, rule, false);
    }
}

static void
room_at(ch_texter *t, const ch_typography *ways, ch_str s, size_t at, uint32_t next_span,
        room_list *out)
{
    size_t              behind = at;
    uint32_t            cp     = ch_utf8_next(s, &behind);
    uint32_t            next   = next_span ? ch_utf8_at(s, behind) : 0;
    const ch_sign_room *rule   = ch_typography_room_before(ways, cp);
    if (rule && at > 0)
        room_before(t, ways, s, at, next, rule, out);
    rule = ch_typography_room_after(ways, cp, ch_utf8_at(s, behind));
    if (!rule)
        return;
    if (is_any_space(ch_utf8_at(s, behind)))
        add(t, out, behind, rule, true);
    else if (behind < s.n)
        add(t, out, at, rule, false);
}

/* Signs that some language sets with room; all that others of the text may pass by. */
static bool
may_have_room(uint32_t unit)
{
    return unit == ':' || unit == ';' || unit == '!' || unit == '?' || unit == 0xAB ||
           unit == 0xBB || (unit >= 0x2010 && unit <= 0x203F);
}

void
ch_text_find_rooms(ch_texter *t, ch_joined *j)
{
    room_list rooms = {0};
    size_t    i     = 0;
    for (size_t u = 0; u < j->n_units; u++) {
        if (!may_have_room(j->unit[u]))
            continue;
        size_t at = j->byte[u];
        while (i + 1 < j->para->n && j->from[i + 1] <= at)
            i++;
        const ch_span *span = &j->para->span[i];
        bool           note = i + 1 < j->para->n && j->from[i + 1] == j->byte[u + 1] &&
                    span[1].kind == CH_SPAN_NOTE_MARK;
        const ch_typography *ways = ch_text_typography(t, span->lang);
        if (ways && ways->n_rooms)
            room_at(t, ways, j->text, at, !note, &rooms);
        if (t->common && t->common->n_rooms)
            room_at(t, t->common, j->text, at, !note, &rooms);
    }
    j->room    = rooms.at;
    j->n_rooms = rooms.n;
}

static ch_len
width_of(const ch_run *run, const ch_sign_room *rule)
{
    hb_codepoint_t g = 0;
    if (!rule->word)
        return ch_len_scale(run->size, rule->width, CH_PT);
    if (!hb_font_get_nominal_glyph(run->face->hb_font, ' ', &g))
        return run->size / 4;
    return ch_face_scale(run->face, run->size, hb_font_get_glyph_h_advance(run->face->hb_font, g));
}

void
ch_text_put_rooms(const ch_room *room, size_t n_rooms, const ch_run *run, ch_glyph *glyph, size_t n)
{
    if (n == 0)
        return;
    size_t low = 0, high = n_rooms;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (room[mid].at < glyph[0].cluster)
            low = mid + 1;
        else
            high = mid;
    }
    for (size_t g = 0; low < n_rooms && room[low].at < run->to; low++) {
        const ch_room *r = &room[low];
        while (g < n && glyph[g].cluster < r->at)
            g++;
        if (g == n)
            return;
        if (glyph[g].cluster != r->at || (run->level & 1))
            continue;
        ch_len width = width_of(run, r->rule);
        if (r->space) {
            glyph[g].advance = width;
            glyph[g].space   = r->rule->word ? CH_SPACE_WORD : CH_SPACE_FIXED;
            continue;
        }
        glyph[g].advance += width;
        if (!r->rule->after)
            glyph[g].dx += width;
    }
}
