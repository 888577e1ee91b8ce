/* text/inputs.c -- the files that a shaped paragraph came from, whether it was shaped now or before. */
#include "text/inside.h"

/* Was it listed already, by a paragraph before?  Most have the same few faces and languages. */
static bool
is_listed(ch_texter *t, const ch_run *run, bool divided)
{
    for (size_t i = 0; i < CH_LISTED && i < t->n_listed; i++)
        if (t->listed[i].face == run->face && t->listed[i].divided == divided &&
            ch_str_eq(t->listed[i].lang, run->span->lang))
            return true;
    t->listed[t->n_listed % CH_LISTED].face    = run->face;
    t->listed[t->n_listed % CH_LISTED].divided = divided;
    t->listed[t->n_listed % CH_LISTED].lang    = run->span->lang;
    t->n_listed++;
    return false;
}

/* Which font it was that served this kind of text. */
static void
list_choice(ch_texter *t, const ch_run *run)
{
    const ch_props *p    = run->span->type;
    ch_font_want    want = {.family = p->family,
                            .role   = p->face,
                            .weight = (uint16_t)p->weight,
                            .italic = ch_props_italic(p, run->script),
                            .script = run->script,
                            .lang   = run->span->lang};
    ch_mark         m    = ch_arena_mark(t->cx->scratch);
    ch_input_choose(t->cx, ch_font_want_key(t->cx->scratch, &want), run->face->file,
                    run->face->index);
    ch_arena_rewind(t->cx->scratch, m);
}

void
ch_text_list_inputs(ch_texter *t, const ch_shaped *s)
{
    for (size_t i = 0; i < s->n_runs; i++) {
        const ch_run  *run  = &s->run[i];
        const ch_span *span = run->span;
        bool divided        = s->para->props->hyphenate && span->type->hyphenate && !span->whole &&
                       span->kind == CH_SPAN_TEXT;
        if (run->face && ch_inputs_are_choosing(t->cx->inputs))
            list_choice(t, run);
        if (is_listed(t, run, divided))
            continue;
        if (run->face)
            ch_input_add_face(t->cx, run->face->file, run->face->index, run->face->family,
                              run->face->style);
        (void)ch_text_typography(t, span->lang);
        if (divided)
            (void)ch_text_patterns(t, span);
    }
}
