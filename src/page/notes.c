/* page/notes.c -- footnotes as one stream of lines, in the order of their marks. */
#include "page/vlist.h"

#include <string.h>

#define SPLIT 4000   /* demerits of a note that runs over */
#define LONELY 30000 /* with a line of it alone on a page */

ch_note_stream
ch_note_stream_begin(ch_pager *p)
{
    return (ch_note_stream){.p = p, .seen = CH_NEW_N(p->cx->job, uint8_t, p->blocks->n_notes + 1)};
}

/* Its place among the notes of the letter; n_notes when it has none. */
static size_t
index_of(const ch_blocks *b, const ch_footnote *note)
{
    if (note->number > 0 && note->number <= b->n_notes && b->note[note->number - 1] == note)
        return note->number - 1;
    size_t i = 0;
    while (i < b->n_notes && b->note[i] != note)
        i++;
    return i;
}

static void
add_line(ch_note_stream *s, ch_note_line line, ch_vnote node)
{
    *CH_PUSH(s->p->cx->job, s->line) = line;
    *CH_PUSH(s->p->cx->job, s->node) = node;
}

static void
add_note(ch_note_stream *s, const ch_footnote *note)
{
    const ch_blocks *blocks = s->p->blocks;
    size_t           at = index_of(blocks, note), first = s->line.n;
    const ch_block  *above = first ? s->node.at[first - 1].block : NULL;
    if (at == blocks->n_notes || s->seen[at])
        return;
    s->seen[at] = 1;
    for (size_t i = 0; i < note->content.n; i++) {
        const ch_block *b = &note->content.at[i];
        if (b->kind != CH_BLOCK_PARA || ch_block_left_out(s->p, b))
            continue;
        const ch_lines *l = s->p->lines[b->para->index];
        for (size_t k = 0; k < l->n; k++)
            add_line(s,
                     (ch_note_line){.height = l->line[k].height,
                                    .gap    = k == 0 && above ? ch_block_space(above, b) : 0,
                                    .cost   = SPLIT},
                     (ch_vnote){note, b, (uint32_t)k});
        above = b;
    }
    if (s->line.n == first)
        return;
    s->line.at[first].cost = 0;
    if (first + 1 < s->line.n) {
        s->line.at[first + 1].cost     = LONELY;
        s->line.at[s->line.n - 1].cost = LONELY;
    }
    s->begun = first + 1;
}

void
ch_note_stream_line(ch_note_stream *s, const ch_line *line)
{
    for (size_t i = 0; i < line->n_notes; i++)
        add_note(s, line->note[i]);
}

void
ch_note_stream_blocks(ch_note_stream *s, ch_block_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        const ch_block *b = &list.at[i];
        if (b->kind == CH_BLOCK_PARA && !ch_block_left_out(s->p, b)) {
            const ch_lines *l = s->p->lines[b->para->index];
            for (size_t k = 0; k < l->n; k++)
                ch_note_stream_line(s, &l->line[k]);
        } else if (b->kind == CH_BLOCK_TABLE && b->table) {
            for (size_t r = 0; r < b->table->n_rows; r++)
                for (size_t c = 0; c < b->table->row[r].n; c++)
                    ch_note_stream_blocks(s, b->table->row[r].cell[c].content);
        }
    }
}

ch_len
ch_notes_height(const ch_flow *f, const ch_geometry *g, size_t from, size_t to)
{
    ch_len h = from < to ? g->note_gap + g->note_rule : 0;
    for (size_t i = from; i < to; i++)
        h += f->note[i].height + (i > from ? f->note[i].gap : 0);
    return h;
}

void
ch_notes_place(ch_painter *out, const ch_flow *f, size_t from, size_t to, ch_lane lane, ch_len y)
{
    const ch_geometry *g = &out->p->blocks->geometry;
    if (from >= to)
        return;
    ch_len  width = g->note_rule_width < lane.width ? g->note_rule_width : lane.width;
    ch_lane rule  = {lane.left + (f->note_node[from].block->rtl ? lane.width - width : 0), width};
    ch_rule_place(out, rule, y + g->note_gap / 2, g->note_rule, 0);
    y += g->note_gap + g->note_rule;
    for (size_t i = from; i < to; i++) {
        y += i > from ? f->note[i].gap : 0;
        ch_line_place(out, f->note_node[i].block, f->note_node[i].at, lane, y);
        y += f->note[i].height;
    }
}
