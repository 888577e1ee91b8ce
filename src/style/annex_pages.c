/* style/annex_pages.c -- what the pages before the list of signatories say of it. */
#include "style/styler.h"

void
ch_style_annex_announce(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    const ch_annex *x   = &s->letter->annex;
    ch_annex_pages *out = &s->out->annex;
    int64_t         n   = (int64_t)s->letter->n_signatories;
    if (!x->present || n == 0 || !s->sheet->parts.annex.announce)
        return;
    out->on_page = ch_locale_label_n(s->letter->locale, s->cx, "signatories-on-page", n, x->where);
    out->on_pages =
        ch_locale_label_n(s->letter->locale, s->cx, "signatories-on-pages", n, x->where);
    if (out->on_pages.n == 0)
        return;
    ch_snode  *node = ch_styler_node(s, parent, CH_ROLE_P, x->where);
    ch_spanner sp   = ch_spanner_new(s, ch_styler_role(s, CH_TYPE_announcement), node, x->where);
    ch_spanner_text(&sp, out->on_pages, s->letter->lang);
    sp.span.at[0].kind = CH_SPAN_ANNEX;
    ch_area a          = *area;
    size_t  n_before   = area->to->n;
    a.part             = CH_PART_AFTER;
    a.unit            = n_before > 0 ? area->to->at[n_before - 1].unit : 0; /* with the signature */
    ch_block *b       = ch_block_add_para(s, &a, CH_TYPE_announcement, ch_spanner_done(&sp));
    out->announcement = b->para;
    if (a.unit)
        area->to->at[n_before - 1].keep_next = true;
}

void
ch_style_annex_follows(ch_styler *s, const ch_area *area, ch_snode *parent)
{
    ch_area a = *area;
    size_t  n = area->to->n;
    if (!s->sheet->parts.annex.follows || n == 0)
        return;
    ch_where where = s->letter->annex.where;
    ch_str   word  = ch_locale_label(s->letter->locale, s->cx, "signature-page-follows", where);
    a.part         = CH_PART_AFTER;
    a.unit         = area->to->at[n - 1].unit;
    ch_block *b =
        ch_block_add_rich(s, &a, CH_TYPE_follows, ch_rich_from(s->a, word, s->letter->lang, where),
                          parent, CH_ROLE_P);
    if (!b)
        return;
    s->out->annex.follows         = b->para;
    area->to->at[n - 1].keep_next = true;
}
