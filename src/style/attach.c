/* style/attach.c -- annexes, enclosures and appendices: text, or letters of their own. */
#include "style/styler.h"

#include <string.h>

static void
add_new_page(ch_styler *s, const ch_area *area, ch_where where)
{
    ch_area a = *area;
    a.part    = CH_PART_ANNEX_HEAD;
    ch_block_add(s, &a, CH_BLOCK_NEW_PAGE, CH_TYPE_attachment_head, where);
}

/* Its number, and its title; one of them is the heading. */
static void
add_title(ch_styler *s, const ch_area *area, const ch_attachment *at, ch_snode *parent,
          unsigned level)
{
    ch_area a        = *area;
    a.part           = CH_PART_ANNEX_HEAD;
    ch_role   as     = ch_style_heading(s, 1);
    bool      titled = at->head.n > 0;
    ch_block *b      = NULL;
    ch_block *mark = ch_block_add_rich(s, &a, CH_TYPE_copy_label, at->copy_mark, parent, CH_ROLE_P);
    if (mark)
        mark->keep_next = true;
    mark = ch_block_add_rich(s, &a, CH_TYPE_marking, at->classification, parent, CH_ROLE_P);
    if (mark)
        mark->keep_next = true;
    ch_str label = ch_rich_plain(s->a, at->label), title = label;
    if (!at->head_says_label)
        b = ch_block_add_rich(s, &a, CH_TYPE_attachment_label, at->label, parent,
                              titled ? CH_ROLE_P : as);
    if (b)
        b->keep_next = true;
    if (titled) {
        if (b)
            title = ch_arena_printf(s->a, "%.*s \xE2\x80\x93 %.*s", CH_ARG(label),
                                    CH_ARG(ch_rich_plain(s->a, at->head)));
        else
            title = ch_rich_plain(s->a, at->head);
        b            = ch_block_add_rich(s, &a, CH_TYPE_attachment_head, at->head, parent, as);
        b->keep_next = true;
    }
    if (b) {
        b->bookmark       = title;
        b->bookmark_level = level;
    }
    ch_style_provenance(s, &a, at->provenance, parent);
}

static void
add_nested(ch_styler *s, const ch_area *area, const ch_letter *letter, ch_snode *parent)
{
    const ch_letter *outer     = s->letter;
    bool             bookmarks = s->bookmarks;
    unsigned         number    = s->number;
    s->note_base               = 0; /* its notes are counted from 1 anyway */
    s->note_anew               = false;
    ch_snode *part             = ch_styler_node(s, parent, CH_ROLE_PART, letter->where);
    if (!ch_str_eq(letter->lang, ch_snode_lang(part)))
        part->lang = letter->lang;
    const ch_sheet *sheet = ch_sheet_in(s->cx, s->any, letter->lang);
    const ch_sheet *was   = s->sheet;
    const ch_props *roles[CH_TYPE_COUNT];
    bool            rtl = s->rtl;
    if (!sheet)
        return; /* and it has been said why */
    memcpy(roles, s->role, sizeof roles);
    memset(s->role, 0, sizeof roles);
    s->sheet  = sheet;
    s->letter = letter;
    ch_style_level(s, letter->level, letter->classification);
    ch_area inner = ch_area_toward(s, area, letter->rtl);
    ch_style_letter(s, &inner, part, true);
    memcpy(s->role, roles, sizeof roles);
    s->rtl       = rtl;
    s->sheet     = was;
    s->letter    = outer;
    s->bookmarks = bookmarks;
    s->number    = number;
}

static void add_all(ch_styler *s, const ch_area *area, const ch_attachment *at, size_t n,
                    ch_snode *parent, unsigned level);

static void
add_one(ch_styler *s, const ch_area *area, const ch_attachment *at, ch_snode *parent,
        unsigned level)
{
    unsigned  base = s->base_head, section = s->section, notes = s->note_base;
    unsigned  classified = s->level;
    ch_snode *sect       = ch_styler_node(s, parent, CH_ROLE_SECT, at->where);
    ch_area   a          = *area;
    if (s->out->geometry.own_numbers) {
        s->section   = ++s->sections;
        s->note_anew = true;
    }
    sect->id = at->id.n > 0 ? at->id : CH_STR_EMPTY;
    if (at->level == 0 && at->letter) /* its title is no more secret than itself */
        ch_style_level(s, at->letter->level, at->letter->classification);
    ch_style_level(s, at->level, at->classification);
    add_new_page(s, area, at->where);
    add_title(s, area, at, sect, level);
    s->base_head = base + 1;
    a.part       = CH_PART_ANNEX;
    s->number    = 0;
    bool rtl     = s->rtl;
    a            = ch_area_toward(s, &a, ch_styler_rtl(s, at->lang));
    ch_style_bodies(s, &a, at->body, sect);
    a = ch_area_toward(s, &a, rtl);
    if (at->letter)
        add_nested(s, &a, at->letter, sect);
    add_all(s, area, at->inner, at->n_inner, sect, level + 1);
    s->level     = classified;
    s->base_head = base;
    s->section   = section;
    s->note_base = notes;
    s->note_anew = false;
}

static void
add_all(ch_styler *s, const ch_area *area, const ch_attachment *at, size_t n, ch_snode *parent,
        unsigned level)
{
    for (size_t i = 0; i < n; i++)
        add_one(s, area, &at[i], parent, level);
}

void
ch_style_attachments(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    add_all(s, area, s->letter->attachment, s->letter->n_attachments, parent, 1);
}
