/* text/inputs.c -- the files that a shaped paragraph came from, whether it was shaped now or before. */
#include "text/inside.h"

void
ch_text_list_inputs(ch_texter *t, const ch_shaped *s)
{
    const ch_face *last = NULL;
    for (size_t i = 0; i < s->n_runs; i++) {
        const ch_run *run = &s->run[i];
        if (run->face && run->face != last)
            ch_input_add_face(t->cx, run->face->file, run->face->index, run->face->family,
                              run->face->style);
        last = run->face;
        (void)ch_text_typography(t, run->span->lang);
        if (s->para->props->hyphenate)
            (void)ch_text_patterns(t, run->span);
    }
}
