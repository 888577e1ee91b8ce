/* base/status.h -- what a fallible call returns; used for control flow only.
 * The text of what went wrong is in the diagnostics (base/diag.h). */
#ifndef CH_BASE_STATUS_H
#define CH_BASE_STATUS_H

typedef enum ch_status {
    CH_OK = 0,
    CH_ERR_INPUT,   /* the letter, style or data is wrong; diagnosed */
    CH_ERR_FONT,    /* a font is missing or damaged; diagnosed */
    CH_ERR_HOST,    /* reading, writing or memory failed; diagnosed where possible */
    CH_ERR_LIMIT,   /* a limit of the job was passed; diagnosed */
    CH_ERR_INTERNAL /* a promise inside the library was broken */
} ch_status;

#endif
