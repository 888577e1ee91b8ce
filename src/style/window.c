/* style/window.c -- where the addressee stands: in the text, at the foot of page 1, or in the window
 * of an envelope, under the sender's own address on one line and what the post is to be told. */
#include "style/styler.h"

bool
ch_style_in_window(const ch_styler *s)
{
    const ch_letter *l    = s->letter;
    bool             foot = s->sheet->parts.addressee.foot;
    if (l->n_addressees == 0 || s->out->geometry.window.w == 0)
        return false;
    if (l->addressee[0].position.n > 0)
        foot = ch_str_is(l->addressee[0].position, "foot");
    return !foot;
}

/* ---- the return line ---- */

/* Those of the texts in the language; those of the first one's when there are none. */
static ch_texts
in_language(ch_styler *s, ch_texts t, ch_str lang)
{
    CH_VEC(ch_rich) own = {0};
    for (int again = 0; again < 2 && own.n == 0 && t.n > 0; again++) {
        for (size_t i = 0; i < t.n; i++) {
            if (t.at[i].root && ch_str_eq(t.at[i].root->lang, lang))
                *CH_PUSH(s->a, own) = t.at[i];
        }
        lang = t.at[0].root ? t.at[0].root->lang : lang;
    }
    return (ch_texts){own.at, own.n};
}

/* Name and address of the sender on one line, unless the letter has other words for it. */
static void
add_return_line(ch_styler *s, const ch_area *area)
{
    const ch_letter *l = s->letter;
    const ch_person *p = l->sender;
    if (!p)
        return;
    ch_rich    words = p->postal;
    ch_texts   orgs  = in_language(s, p->orgs, l->lang);
    ch_texts   rest  = in_language(s, p->address, l->lang);
    ch_spanner sp    = ch_spanner_new(s, ch_styler_role(s, CH_TYPE_return_line), NULL, p->where);
    if (p->postal.n > 0) {
        rest = (ch_texts){&words, 1};
    } else if (rest.n > 0) {
        ch_spanner_isolated(&sp, orgs.n > 0 ? orgs.at[0] : p->name);
    }
    for (size_t i = 0; i < rest.n; i++) {
        if (!ch_spanner_empty(&sp))
            ch_spanner_text(&sp, CH_STR_LIT(" \xC2\xB7 "), l->lang);
        ch_spanner_isolated(&sp, rest.at[i]);
    }
    if (ch_spanner_empty(&sp)) /* without an address there is nowhere to return to */
        return;
    ch_block_add_para(s, area, CH_TYPE_return_line, ch_spanner_done(&sp));
    if (s->sheet->parts.addressee.rule > 0)
        ch_block_add(s, area, CH_BLOCK_RULE, CH_TYPE_return_line, p->where)->rule_thickness =
            s->sheet->parts.addressee.rule;
    for (size_t i = 0; ch_style_letterhead_blank(s) && i < area->to->n; i++)
        area->to->at[i].drawn = CH_DRAWN_NEVER;
}

/* ---- remarks ---- */

void
ch_style_remarks(ch_styler *s, const ch_area *area, ch_type_role role, ch_snode *parent)
{
    ch_block_add_rich(s, area, role, s->letter->delivery, parent, CH_ROLE_P);
    ch_block_add_rich(s, area, role, s->letter->urgency, parent, CH_ROLE_P);
}

static void
fill_window(ch_styler *s, ch_snode *parent)
{
    const ch_letter   *l    = s->letter;
    const ch_geometry *g    = &s->out->geometry;
    ch_block_vec       from = {0}, remarks = {0}, to = {0};
    ch_area            area = {.to      = &from,
                               .start   = g->zones.indent,
                               .measure = g->window.w - g->zones.indent,
                               .part    = CH_PART_OPENER};
    if (g->zones.returns > 0)
        add_return_line(s, &area);
    area.to = &remarks;
    if (g->zones.remarks > 0 && l->delivery.n + l->urgency.n > 0)
        ch_style_remarks(s, &area, CH_TYPE_remark,
                         ch_styler_node(s, parent, CH_ROLE_DIV, l->where));
    area.to = &to;
    ch_style_addressees(s, &area, parent);
    s->out->window_return    = ch_block_vec_list(from);
    s->out->window_remarks   = ch_block_vec_list(remarks);
    s->out->addressee_window = ch_block_vec_list(to);
}

/* What is said of the classification stands lowest at the foot of page 1. */
void
ch_style_address_places(ch_styler *s, ch_snode *parent)
{
    const ch_letter *l    = s->letter;
    ch_block_vec     foot = {0};
    ch_area          area = {.to = &foot, .measure = s->measure, .part = CH_PART_OPENER};
    bool             low  = s->sheet->parts.addressee.foot;
    if (l->n_addressees > 0 && l->addressee[0].position.n > 0)
        low = ch_str_is(l->addressee[0].position, "foot");
    if (ch_style_letterhead_blank(s)) /* such paper has its marks, too */
        s->out->geometry.marks = (ch_marks){.folds = 0};
    if (low)
        ch_style_addressees(s, &area, parent);
    else if (ch_style_in_window(s))
        fill_window(s, parent);
    ch_block_add_rich(s, &area, CH_TYPE_handling, l->handling, parent, CH_ROLE_P);
    s->out->addressee_foot = ch_block_vec_list(foot);
}
