/* line/slice.h -- a part of a shaped run, as it must look when a line begins or ends there.
 *
 * Reads:   ch_run.
 * Makes:   its glyphs in logical order; reshapes what HarfBuzz marked as unsafe to cut.
 * Knows nothing of measures. */
#ifndef CH_LINE_SLICE_H
#define CH_LINE_SLICE_H

#include "base/base.h"
#include "text/text.h"

typedef CH_VEC(ch_glyph) ch_glyphs;

/* May the run be cut before byte `at` with its glyphs as they are? */
bool ch_cut_clean(const ch_shaped *s, const ch_run *run, size_t at);
/* The nearest clean cuts before and after `at` (not at it), within the run. */
size_t ch_cut_before(const ch_run *run, size_t at);
size_t ch_cut_after(const ch_run *run, size_t at);

/* Append the glyphs of bytes [from, to) of run to *out, which grows in cx->scratch; `hyphen`, if not
 * NULL, is the break that ends the line there with one: it is shaped along, and its cluster is `to`. */
ch_status ch_slice(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
                   const ch_break_at *hyphen, ch_glyphs *out);

/* Bytes [from, to) of run shaped alone: their width. */
ch_status ch_slice_width(ch_ctx *cx, const ch_shaped *s, const ch_run *run, size_t from, size_t to,
                         const ch_break_at *hyphen, ch_len *width);

#endif
