/* pdf/srgb.h -- the sRGB profile for the output intent, by Little CMS.
 *
 * Makes:   an ICC profile, deflated, the same bytes on every run.  Threads: any. */
#ifndef CH_PDF_SRGB_H
#define CH_PDF_SRGB_H

#include "base/base.h"

/* In cx->scratch.  CH_ERR_HOST: no memory (not reported). */
ch_status ch_srgb_make(ch_ctx *cx, ch_str *out);

#endif
