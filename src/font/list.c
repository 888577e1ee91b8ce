/* font/list.c -- what each role and script resolves to on this machine. */
#include "font/catalogue.h"

/* The version itself, without the tools that had a hand in the file. */
static ch_str
short_version(ch_str v)
{
    size_t n = 0;
    while (n < v.n && v.p[n] != ';')
        n++;
    return ch_str_trim(ch_str_sub(v, 0, n));
}

/* A script, a language that is written in it, and letters that tell whether a font serves it. */
static const struct {
    const char *script, *lang, *name;
    uint32_t    letter[4];
} SCRIPTS[] = {
    {"Latn", "en", "Latin", {'A', 'g', 0xE9, 0x151}},
    {"Grek", "el", "Greek", {0x391, 0x3C9, 0x3AC, 0x3C2}},
    {"Cyrl", "ru", "Cyrillic", {0x416, 0x44F, 0x451, 0x449}},
    {"Arab", "ar", "Arabic", {0x627, 0x628, 0x647, 0x64E}},
    {"Arab", "fa", "Persian", {0x67E, 0x686, 0x6AF, 0x6CC}},
    {"Arab", "ps", "Pashto", {0x681, 0x685, 0x696, 0x6D0}},
    {"Hebr", "he", "Hebrew", {0x5D0, 0x5E9, 0x5DA, 0x5EA}},
    {"Hani", "zh-Hans", "simplified Chinese", {0x56FD, 0x534E, 0x4E66, 0x4F20}},
    {"Hani", "zh-Hant", "traditional Chinese", {0x570B, 0x83EF, 0x66F8, 0x50B3}},
    {"Kana", "ja", "Japanese", {0x30A2, 0x30F3, 0x30AC, 0x30FC}},
    {"Hang", "ko", "Korean", {0xAC00, 0xD55C, 0xAD6D, 0xC870}},
    {"Deva", "hi", "Devanagari", {0x915, 0x939, 0x93F, 0x94D}},
    {"Beng", "bn", "Bengali", {0x995, 0x9B9, 0x9BF, 0x9CD}},
    {"Thai", "th", "Thai", {0xE01, 0xE2E, 0xE34, 0xE49}},
    {"Geor", "ka", "Georgian", {0x10D0, 0x10F0, 0x10E5, 0x10D6}},
    {"Armn", "hy", "Armenian", {0x531, 0x561, 0x587, 0x56C}},
    {"Ethi", "am", "Ethiopic", {0x1200, 0x12A0, 0x1361, 0x134D}},
};

static uint32_t
tag_of(const char *z)
{
    uint32_t tag = 0;
    for (int i = 0; i < 4; i++)
        tag = tag << 8 | (unsigned char)z[i];
    return tag;
}

static const char *const ROLE[CH_FONT_ROLES] = {"serif", "sans", "mono"};

ch_str
ch_font_want_key(ch_arena *a, const ch_font_want *want)
{
    char script[5] = "";
    for (int i = 0; i < 4; i++)
        script[i] = (char)(want->script >> (24 - 8 * i) & 0xFF);
    ch_str name = want->family.n > 0 ? want->family : ch_str_from(ROLE[want->role]);
    return ch_arena_printf(a, "%.*s\t%u\t%s\t%s\t%.*s", CH_ARG(name), want->weight,
                           want->italic ? "italic" : "upright", script, CH_ARG(want->lang));
}

static void
list_one(ch_fonts *f, ch_ctx *cx, unsigned role, size_t i, unsigned look)
{
    ch_font_want   want = {.family = CH_STR_EMPTY,
                           .role   = (ch_font_role)role,
                           .weight = look & 1 ? 700 : 400,
                           .italic = (look & 2) != 0,
                           .script = tag_of(SCRIPTS[i].script),
                           .lang   = ch_str_from(SCRIPTS[i].lang)};
    const ch_face *face = ch_fonts_cover(f, cx, &want, SCRIPTS[i].letter, 4);
    if (!face)
        return;
    ch_input_add_face(cx, face->file, face->index, face->family, face->style);
    ch_input_choose(cx, ch_font_want_key(cx->scratch, &want), face->file, face->index);
}

void
ch_fonts_list_roles(ch_fonts *f, ch_ctx *cx)
{
    for (unsigned role = 0; role < CH_FONT_ROLES; role++)
        for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++)
            for (unsigned look = 0; look < 4; look++)
                list_one(f, cx, role, i, look);
}

ch_status
ch_fonts_list(ch_fonts *f, ch_ctx *cx, ch_buf *out)
{
    for (unsigned role = 0; role < CH_FONT_ROLES; role++)
        for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++) {
            ch_font_want   want = {.family = CH_STR_EMPTY,
                                   .role   = (ch_font_role)role,
                                   .weight = 400,
                                   .script = tag_of(SCRIPTS[i].script),
                                   .lang   = ch_str_from(SCRIPTS[i].lang)};
            const ch_face *face = ch_fonts_cover(f, cx, &want, SCRIPTS[i].letter, 4);
            ch_buf_printf(out, "%s\t%s\t%s\t", ROLE[role], SCRIPTS[i].script, SCRIPTS[i].name);
            if (face)
                ch_buf_printf(out, "%.*s\t%.*s\t%.*s\t%u\t%.*s\n", CH_ARG(face->family),
                              CH_ARG(face->style), CH_ARG(face->file), face->index,
                              CH_ARG(short_version(face->version)));
            else
                ch_buf_puts(out, "none\t\t\t\t\n");
        }
    return CH_OK;
}
