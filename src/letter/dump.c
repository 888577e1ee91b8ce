/* letter/dump.c -- a letter as text, one thing a line: part, language, text. */
#include "letter/letter.h"

static void
put_escaped(ch_buf *out, ch_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\n')
            ch_buf_puts(out, "\\n");
        else if (c == '"' || c == '\\')
            ch_buf_printf(out, "\\%c", c);
        else
            ch_buf_putc(out, c);
    }
}

/* What stands around the text that differs from what stood around the text before. */
static void
put_inline(ch_buf *out, const ch_inline *in)
{
    static const char *const names[] = {"",     "emph",  "foreign", "name", "ref",
                                        "date", "field", "q",       "note"};
    if (!in || in->kind == CH_INLINE_ROOT)
        return;
    put_inline(out, in->parent);
    ch_buf_puts(out, names[in->kind]);
    if (in->parent && !ch_str_eq(in->lang, in->parent->lang))
        ch_buf_printf(out, ":%.*s", CH_ARG(in->lang));
    if (in->kind == CH_INLINE_REF)
        ch_buf_printf(out, "(%.*s)", CH_ARG(in->target));
    ch_buf_putc(out, ' ');
}

/* "text" in the line; what stands in an inline element in brackets: [emph "so"]. */
static void
put_rich(ch_buf *out, ch_rich r)
{
    if (r.root)
        ch_buf_printf(out, " %.*s", CH_ARG(r.root->lang));
    for (size_t i = 0; i < r.n; i++) {
        const ch_inline *in     = r.leaf[i].in;
        bool             inside = in && in->kind != CH_INLINE_ROOT;
        ch_buf_puts(out, inside ? " [" : " ");
        put_inline(out, in);
        ch_buf_putc(out, '"');
        put_escaped(out, r.leaf[i].text);
        ch_buf_puts(out, inside ? "\"]" : "\"");
    }
}

static void
indent(ch_buf *out, unsigned depth)
{
    while (depth-- > 0)
        ch_buf_puts(out, "  ");
}

static void
line(ch_buf *out, unsigned depth, const char *name, ch_rich r)
{
    if (r.n == 0)
        return;
    indent(out, depth);
    ch_buf_puts(out, name);
    put_rich(out, r);
    ch_buf_putc(out, '\n');
}

static void
lines(ch_buf *out, unsigned depth, const char *name, ch_texts t)
{
    for (size_t i = 0; i < t.n; i++)
        line(out, depth, name, t.at[i]);
}

static void
word(ch_buf *out, unsigned depth, const char *name, ch_str s)
{
    if (s.n == 0)
        return;
    indent(out, depth);
    ch_buf_printf(out, "%s ", name);
    put_escaped(out, s);
    ch_buf_putc(out, '\n');
}

static void
put_figure(ch_buf *out, unsigned depth, const ch_image_ref *f)
{
    /* The file's name alone: where the folder is says nothing of the letter. */
    size_t from = f->path.n;
    while (from > 0 && f->path.p[from - 1] != '/')
        from--;
    indent(out, depth);
    ch_buf_printf(out, "figure %.*s alt \"", CH_ARG(ch_str_sub(f->path, from, f->path.n)));
    put_escaped(out, f->alt);
    ch_buf_putc(out, '"');
    if (f->role.n > 0)
        ch_buf_printf(out, " role %.*s", CH_ARG(f->role));
    if (f->width.n > 0)
        ch_buf_printf(out, " width %.*s", CH_ARG(f->width));
    ch_buf_putc(out, '\n');
    line(out, depth + 1, "caption", f->caption);
}

static void put_bodies(ch_buf *out, unsigned depth, ch_bodies bodies);

static void
put_list(ch_buf *out, unsigned depth, const ch_body *b)
{
    for (size_t i = 0; i < b->items.n; i++) {
        line(out, depth, "item", b->items.mark[i]);
        put_bodies(out, depth + 1, b->items.at[i]);
    }
}

static void
put_table(ch_buf *out, unsigned depth, const ch_body *b)
{
    for (size_t i = 0; i < b->rows.n; i++) {
        const ch_body_row *row = &b->rows.at[i];
        indent(out, depth);
        ch_buf_puts(out, row->head ? "row head\n" : "row\n");
        for (size_t k = 0; k < row->n; k++) {
            indent(out, depth + 1);
            ch_buf_puts(out, row->at[k].head ? "cell head\n" : "cell\n");
            put_bodies(out, depth + 2, row->at[k].content);
        }
    }
}

static void
put_bodies(ch_buf *out, unsigned depth, ch_bodies bodies)
{
    static const char *const names[] = {"p",     "salute", "head",    "list",
                                        "quote", "table",  "formula", "figure"};
    for (size_t i = 0; i < bodies.n; i++) {
        const ch_body *b = &bodies.at[i];
        if (b->kind == CH_BODY_FIGURE) {
            put_figure(out, depth, &b->figure);
            continue;
        }
        indent(out, depth);
        ch_buf_puts(out, names[b->kind]);
        if (b->kind == CH_BODY_HEAD)
            ch_buf_printf(out, " %u", b->level);
        if (b->kind == CH_BODY_LIST)
            ch_buf_puts(out, b->ordered ? " ordered" : " unordered");
        if (b->id.n > 0)
            ch_buf_printf(out, " #%.*s", CH_ARG(b->id));
        put_rich(out, b->text);
        ch_buf_putc(out, '\n');
        line(out, depth + 1, "number", b->number);
        put_bodies(out, depth + 1, b->kids);
        put_list(out, depth + 1, b);
        put_table(out, depth + 1, b);
    }
}

static void
put_person(ch_buf *out, unsigned depth, const char *name, const ch_person *p)
{
    static const char *const status[] = {"unset",      "signed", "electronic", "ad-referendum",
                                         "initialled", "proxy",  "pending",    "withheld"};
    indent(out, depth);
    ch_buf_puts(out, name);
    if (p->status != CH_SIG_UNSET)
        ch_buf_printf(out, " %s", status[p->status]);
    ch_buf_putc(out, '\n');
    line(out, depth + 1, "number", p->number);
    line(out, depth + 1, "behalf", p->behalf);
    line(out, depth + 1, "honorific", p->honorific);
    line(out, depth + 1, "name", p->name);
    lines(out, depth + 1, "role", p->roles);
    lines(out, depth + 1, "organisation", p->orgs);
    lines(out, depth + 1, "address", p->address);
    lines(out, depth + 1, "motto", p->mottos);
    for (size_t i = 0; i < p->contact.n; i++)
        line(out, depth + 1, ch_arena_str(out->arena, p->contact.type[i]).p, p->contact.text[i]);
    word(out, depth + 1, "rank", p->rank);
    word(out, depth + 1, "gender", p->gender);
    word(out, depth + 1, "position", p->position);
    word(out, depth + 1, "country", p->country_name);
    line(out, depth + 1, "status", p->status_text);
    line(out, depth + 1, "status-dated", p->status_dated);
    line(out, depth + 1, "date", p->date);
    if (p->has_figure)
        put_figure(out, depth + 1, &p->figure);
}

static void
put_annex(ch_buf *out, unsigned depth, const ch_annex *a)
{
    indent(out, depth);
    ch_buf_printf(out, "signatories %zu\n", a->count);
    word(out, depth + 1, "layout", a->layout);
    if (a->columns > 0) {
        indent(out, depth + 1);
        ch_buf_printf(out, "columns %u\n", a->columns);
    }
    line(out, depth + 1, "head", a->head);
    lines(out, depth + 1, "p", a->intro);
    for (size_t g = 0; g < a->n_groups; g++) {
        indent(out, depth + 1);
        ch_buf_puts(out, "group");
        put_rich(out, a->group[g].head);
        ch_buf_putc(out, '\n');
        for (size_t i = 0; i < a->group[g].n; i++)
            put_person(out, depth + 2, "signatory", &a->group[g].at[i]);
        line(out, depth + 2, "subtotal", a->group[g].subtotal);
    }
    line(out, depth + 1, "total", a->total);
    line(out, depth + 1, "grand-total", a->grand_total);
}

static void put_letter(ch_buf *out, unsigned depth, const ch_letter *l);

static void
put_attachment(ch_buf *out, unsigned depth, const ch_attachment *a)
{
    indent(out, depth);
    ch_buf_printf(out, "attachment %.*s", CH_ARG(a->type));
    if (a->id.n > 0)
        ch_buf_printf(out, " #%.*s", CH_ARG(a->id));
    put_rich(out, a->label);
    ch_buf_putc(out, '\n');
    line(out, depth + 1, "head", a->head);
    lines(out, depth + 1, "provenance", a->provenance);
    put_bodies(out, depth + 1, a->body);
    if (a->letter)
        put_letter(out, depth + 1, a->letter);
    for (size_t i = 0; i < a->n_inner; i++)
        put_attachment(out, depth + 1, &a->inner[i]);
}

static void
put_head(ch_buf *out, unsigned depth, const ch_letter *l)
{
    word(out, depth, "style", l->style);
    word(out, depth, "title", l->title);
    word(out, depth, "keywords", l->keywords);
    word(out, depth, "creator", l->creator);
    word(out, depth, "date-iso", l->date_iso);
    for (size_t i = 0; i < l->idno.n; i++)
        line(out, depth, ch_arena_str(out->arena, l->idno.type[i]).p, l->idno.text[i]);
    line(out, depth, "subject", l->subject);
    line(out, depth, "classification", l->classification);
    line(out, depth, "urgency", l->urgency);
    line(out, depth, "delivery", l->delivery);
    for (size_t i = 0; i < l->n_senders; i++)
        put_person(out, depth, "sender", &l->sender[i]);
    for (size_t i = 0; i < l->n_addressees; i++)
        put_person(out, depth, "addressee", &l->addressee[i]);
    line(out, depth, "invocation", l->invocation);
    line(out, depth, "place", l->place);
    line(out, depth, "date", l->date);
    line(out, depth, "dateline", l->dateline);
    line(out, depth, "head", l->head);
    lines(out, depth, "provenance", l->provenance);
    line(out, depth, "salute", l->salute);
}

static void
put_letter(ch_buf *out, unsigned depth, const ch_letter *l)
{
    indent(out, depth);
    ch_buf_printf(out, "letter %.*s %.*s %s\n", CH_ARG(l->kind), CH_ARG(l->lang),
                  l->rtl ? "rtl" : "ltr");
    depth++;
    put_head(out, depth, l);
    put_bodies(out, depth, l->body);
    line(out, depth, "courtesy", l->courtesy);
    line(out, depth, "closing-dateline", l->closing_dateline);
    for (size_t i = 0; i < l->n_signed; i++)
        put_person(out, depth, "signed", &l->signed_by[i]);
    line(out, depth, "initials", l->initials);
    if (l->seal)
        word(out, depth, "seal", CH_STR_LIT("yes"));
    if (l->has_seal_figure)
        put_figure(out, depth + 1, &l->seal_figure);
    if (l->annex.present)
        put_annex(out, depth, &l->annex);
    for (size_t i = 0; i < l->n_late; i++)
        put_annex(out, depth, &l->late[i]);
    line(out, depth, "encl", l->encl_label);
    lines(out, depth + 1, "item", l->encl);
    line(out, depth, "cc", l->cc_label);
    lines(out, depth + 1, "item", l->cc);
    lines(out, depth, "postscript", l->postscript);
    for (size_t i = 0; i < l->n_attachments; i++)
        put_attachment(out, depth, &l->attachment[i]);
    for (size_t i = 0; i < l->n_notes; i++) {
        indent(out, depth);
        ch_buf_printf(out, "note %u %.*s", l->note[i]->number, CH_ARG(l->note[i]->mark));
        put_rich(out, l->note[i]->text);
        ch_buf_putc(out, '\n');
    }
}

void
ch_letter_dump(ch_buf *out, const ch_letter *l)
{
    put_letter(out, 0, l);
}
