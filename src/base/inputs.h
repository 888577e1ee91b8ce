/* base/inputs.h -- which files a job's output depends on, and what they say.
 *
 * Every file that a pass reads for a letter is put on the job's list, also when an engine read it
 * for an earlier job and keeps it: the list is a function of the letter, never of what was
 * rendered before.  Whoever keeps what a file said keeps its name, and puts it on the list of each
 * job that asks (a sheet with those that it extends, a locale pack, a face).
 * Threads: a list belongs to its job; ch_digests is for any number of threads. */
#ifndef CH_BASE_INPUTS_H
#define CH_BASE_INPUTS_H

#include "base/ctx.h"

/* In the order in which they are listed. */
typedef enum ch_input_kind {
    CH_INPUT_LETTER,
    CH_INPUT_RECORDS,
    CH_INPUT_CATALOGUE, /* of messages: PO, MO, XLIFF */
    CH_INPUT_STYLE,     /* style sheets and their catalogue */
    CH_INPUT_LOCALE,
    CH_INPUT_PROTOCOL,
    CH_INPUT_PATTERNS, /* of hyphenation */
    CH_INPUT_FONTS,    /* configuration: fonts.conf and what it includes */
    CH_INPUT_FONT,
    CH_INPUT_IMAGE,
    CH_INPUT_LIST, /* of signatories */
    CH_INPUT_KINDS
} ch_input_kind;
const char *ch_input_kind_name(ch_input_kind k); /* "letter", "records", ... */

typedef struct ch_input_file {
    ch_input_kind kind;
    bool          file;          /* one that can be read again; else a pipe, or memory */
    ch_str        path;          /* as it was opened, NUL-terminated */
    ch_str        bytes;         /* what it said, where the job has that; p may be NULL */
    uint32_t      index;         /* of a font in its file; one file may be listed for several */
    ch_str        family, style; /* of a font */
} ch_input_file;

typedef struct ch_inputs ch_inputs;
ch_inputs               *ch_inputs_new(ch_arena *a); /* which must be guarded */

/* Put a file on the list of the job (cx->inputs; NULL: nothing is listed).  Strings are copied. */
void ch_input_add(ch_ctx *cx, ch_input_kind kind, ch_str path);
/* One whose bytes live as long as the job: its digest is that of the bytes.  file: see above. */
void ch_input_add_bytes(ch_ctx *cx, ch_input_kind kind, ch_str name, ch_str bytes, bool file);
void ch_input_add_face(ch_ctx *cx, ch_str path, uint32_t index, ch_str family, ch_str style);

/* Which font serves a kind of text, where that is asked for (`choosing`), each once. */
typedef struct ch_input_choice {
    ch_str   key; /* role or family, weight, slant, script, language, a tab between */
    ch_str   path;
    uint32_t index;
} ch_input_choice;
void                   ch_inputs_choosing(ch_inputs *in, bool choosing);
bool                   ch_inputs_are_choosing(const ch_inputs *in);
void                   ch_input_choose(ch_ctx *cx, ch_str key, ch_str path, uint32_t index);
size_t                 ch_inputs_choices(const ch_inputs *in);
const ch_input_choice *ch_inputs_choice(const ch_inputs *in, size_t i);

/* In the order of kinds, then of paths, then of indices. */
size_t               ch_inputs_count(const ch_inputs *in);
const ch_input_file *ch_inputs_at(ch_inputs *in, size_t i);

/* SHA-256 of inputs, kept.  What an engine reads once (styles, locales, protocol, patterns, fonts)
 * is digested once; other files again when they are not the same file of the same size and time. */
typedef struct ch_digests ch_digests;
ch_digests               *ch_digests_new(void); /* NULL: no memory */
void                      ch_digests_free(ch_digests *d);
/* false: it cannot be read again, *os_error says why (0: it is no file). */
bool ch_digest_of(ch_digests *d, const ch_input_file *in, uint8_t out[32], uint64_t *size,
                  int *os_error);

/* As 64 hexadecimal digits and a NUL. */
void ch_digest_print(const uint8_t digest[32], char out[65]);

#endif
