/* pdf/srgb.c -- Little CMS's own sRGB, without the date of its making. */
#include "pdf/srgb.h"

#include "pdf/pack.h"

#include <lcms2.h>
#include <string.h>

/* The ICC header (ICC.1:2010, 7.2): date and time, and the profile's digest. */
enum { DATE_AT = 24, DATE_SIZE = 12, ID_AT = 84, ID_SIZE = 16, HEADER_SIZE = 128 };

ch_status
ch_srgb_make(ch_ctx *cx, ch_str *out)
{
    cmsContext      own     = cmsCreateContext(NULL, NULL); /* none of the process's state */
    cmsHPROFILE     profile = own ? cmsCreate_sRGBProfileTHR(own) : NULL;
    cmsUInt32Number size    = 0;
    char           *bytes   = NULL;
    if (profile) {
        if (cmsSaveProfileToMem(profile, NULL, &size) && size > HEADER_SIZE)
            bytes = ch_arena_try(cx->scratch, size);
        if (bytes && !cmsSaveProfileToMem(profile, bytes, &size))
            bytes = NULL;
    }
    if (profile)
        (void)cmsCloseProfile(profile);
    if (own)
        cmsDeleteContext(own);
    ch_packer *packer = bytes ? ch_packer_new(cx->scratch) : NULL;
    if (!packer)
        return CH_ERR_HOST;
    static const uint8_t date[DATE_SIZE] = {0x07, 0xCF, 0, 6, 0, 3, 0, 0, 0, 0, 0, 0}; /* 1999 */
    memcpy(bytes + DATE_AT, date, sizeof date);
    memset(bytes + ID_AT, 0, ID_SIZE);
    return ch_pack(packer, cx->scratch, (ch_str){bytes, size}, 9, out) ? CH_OK : CH_ERR_HOST;
}
