/* font/face.h -- opening one font file as a face; for font/ alone. */
#ifndef CH_FONT_FACE_H
#define CH_FONT_FACE_H

#include "font/font.h"

struct FT_LibraryRec_;

typedef enum ch_face_verdict {
    CH_FACE_OK,
    CH_FACE_DAMAGED,    /* the file is cut short, corrupt or unreadable */
    CH_FACE_RESTRICTED, /* its licence bits forbid embedding */
    CH_FACE_NO_MEMORY
} ch_face_verdict;

/* Open font `index` of `file` (NUL-terminated, outlives the face).  Strings go into the
 * arena.  Needs the caller to hold a lock on `ft` and `a`.  On a verdict other than OK,
 * `why` follows the name of the file in a message, and nothing is left open. */
ch_face_verdict ch_face_open(struct FT_LibraryRec_ *ft, ch_arena *a, size_t max, const char *file,
                             uint32_t index, ch_face **out, char *why, size_t room);
void            ch_face_close(ch_face *face);

/* Like ch_face_has for a cluster: characters that HarfBuzz can make out of others (spaces of
 * every width, composed and decomposed letters) and invisible ones count as there. */
bool ch_face_covers(const ch_face *face, const uint32_t *cps, size_t n);
/* Characters that leave no mark whatever the font: joiners, direction marks, selectors. */
bool ch_cp_ignorable(uint32_t cp);

#endif
