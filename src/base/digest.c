/* base/digest.c -- the one door to OpenSSL. */
#include "base/digest.h"

#include <openssl/evp.h>

ch_status
ch_sha256(const void *p, size_t n, uint8_t out[32])
{
    unsigned len = 0;
    if (EVP_Digest(p, n, out, &len, EVP_sha256(), NULL) != 1 || len != 32)
        return CH_ERR_INTERNAL;
    return CH_OK;
}
