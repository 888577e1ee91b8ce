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
add_title(ch_styler *s, const ch_area *area, const struct ch_attachment *at, ch_snode *parent)
{
    ch_area a        = *area;
    a.part           = CH_PART_ANNEX_HEAD;
    ch_role   as     = ch_style_heading(s, 1);
    bool      titled = at->head.n > 0;
    ch_block *b      = ch_block_add_rich(s, &a, CH_TYPE_attachment_label, at->label, parent,
                                    titled ? CH_ROLE_P : as);
    ch_str    title  = ch_rich_plain(s->a, at->label);
    if (b)
        b->keep_next = true;
    if (titled) {
        if (b)
            title = ch_arena_printf(s->a, "%.*s \xE2\x80\x93 %.*s", CH_ARG(title),
                                    CH_ARG(ch_rich_plain(s->a, at->head)));
        else
            title = ch_rich_plain(s->a, at->head);
        b            = ch_block_add_rich(s, &a, CH_TYPE_attachment_head, at->head, parent, as);
        b->keep_next = true;
    }
    if (b) {
        b->bookmark       = title;
        b->bookmark_level = 1;
    }
}

static void
add_nested(ch_styler *s, const ch_area *area, const ch_letter *letter, ch_snode *parent)
{
    const ch_letter *outer     = s->letter;
    bool             bookmarks = s->bookmarks;
    unsigned         number    = s->number;
    ch_snode        *part      = ch_styler_node(s, parent, CH_ROLE_PART, letter->where);
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
    s->sheet      = sheet;
    s->letter     = letter;
    ch_area inner = ch_area_toward(s, area, letter->rtl);
    ch_style_letter(s, &inner, part, true);
    memcpy(s->role, roles, sizeof roles);
    s->rtl       = rtl;
    s->sheet     = was;
    s->letter    = outer;
    s->bookmarks = bookmarks;
    s->number    = number;
}

void
ch_style_attachments(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_letter *l    = s->letter;
    unsigned         base = s->base_head;
    for (size_t i = 0; i < l->n_attachments; i++) {
        const struct ch_attachment *at   = &l->attachment[i];
        ch_snode                   *sect = ch_styler_node(s, parent, CH_ROLE_SECT, at->where);
        ch_area                     a    = *area;
        add_new_page(s, area, at->where);
        add_title(s, area, at, sect);
        s->base_head = base + 1;
        a.part       = CH_PART_ANNEX;
        s->number    = 0;
        bool rtl     = s->rtl;
        a            = ch_area_toward(s, &a, ch_styler_rtl(s, at->lang));
        ch_style_bodies(s, &a, at->body, sect);
        a = ch_area_toward(s, &a, rtl);
        if (at->letter)
            add_nested(s, &a, at->letter, sect);
        s->base_head = base;
    }
}
