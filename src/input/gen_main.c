/* input/gen_main.c -- a program of the build: prints the letter schema, or its reference page.
 * It is not installed. */
#include "input/letter_vocab.h"
#include "input/reference.h"
#include "input/rng.h"

#include <stdio.h>
#include <string.h>

static const char INTRO[] =
    "This page is made from `src/input/letter.def`, as the checker and the schema `letter.rng` "
    "are. What a kind of document requires or forbids beyond it is the protocol's to say. "
    "White space between elements is not content; in text it collapses.";

int
main(int argc, char **argv)
{
    ch_guard  guard;
    ch_arena *a = ch_arena_new(0);
    ch_buf    out;
    if (!a || setjmp(guard.env)) {
        (void)fputs("gen: out of memory\n", stderr);
        return 1;
    }
    ch_arena_guard(a, &guard);
    ch_buf_init(&out, a);
    if (argc == 2 && !strcmp(argv[1], "rng")) {
        ch_rng_write(&out, &ch_letter_vocab);
    } else if (argc == 2 && !strcmp(argv[1], "reference")) {
        ch_reference_write(&out, &ch_letter_vocab, "The letter format, version 1", INTRO);
    } else {
        (void)fputs("usage: gen rng|reference\n", stderr);
        return 2;
    }
    bool ok = fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    ch_arena_free(a);
    return ok ? 0 : 1;
}
