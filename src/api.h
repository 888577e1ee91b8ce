/* api.h -- what the files of public calls share; no room includes it. */
#ifndef CH_API_H
#define CH_API_H

#include "chancery.h"

#include "job/render.h"

struct chancery_engine {
    ch_engine *in;
};
struct chancery_job {
    ch_job             in;
    chancery_progress *progress;
    void              *progress_user;
};

/* The public value of a status. */
chancery_status ch_api_status(ch_status st);
/* Keep a copy of value, which may be NULL, in place of what was kept; CHANCERY_ERR_IO: no memory. */
chancery_status ch_api_set_string(char **to, const char *value);

#endif
