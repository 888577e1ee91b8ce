/* job/engine.h -- what all jobs share: fonts, patterns, locale packs, style sheets, PDF parts.
 *
 * Made by the first job that needs it, with that job's diagnostics; then read-only but for the
 * caches inside, each behind its own lock.
 * Threads: any number of jobs on any threads may share one. */
#ifndef CH_JOB_ENGINE_H
#define CH_JOB_ENGINE_H

#include "base/base.h"
#include "font/font.h"
#include "letter/letter.h"
#include "locale/locale.h"
#include "pdf/pdf.h"
#include "style/sheet.h"
#include "text/text.h"

#include <pthread.h>

typedef struct ch_engine {
    pthread_mutex_t lock; /* guards the opening only */
    bool            open;
    char           *data; /* the data folder, NUL-terminated, malloc'd */
    ch_fonts       *fonts;
    ch_hyphens     *hyphens;
    ch_locales     *locales;
    ch_sheets      *sheets;
    ch_pdf_cache   *pdf;
    ch_digests     *digests; /* of input files */
} ch_engine;

/* folder: NULL for the usual place.  CH_ERR_HOST when there is none or memory ran out. */
ch_status ch_engine_new(const char *folder, ch_engine **out);
void      ch_engine_free(ch_engine *e);
/* Make what is not made yet; reports into cx. */
ch_status ch_engine_open(ch_engine *e, ch_ctx *cx);

/* The data folder: CHANCERY_DATADIR, else share/chancery of the prefix that the library or program
 * stands in (or was configured for), else the source tree around the program.  malloc'd; NULL when
 * there is none. */
char *ch_data_folder(void);

#endif
