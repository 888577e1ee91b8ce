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

static bool
add_piece(void *user, const char *p, size_t n)
{
    return EVP_DigestUpdate(user, p, n) == 1;
}

bool
ch_sha256_file(const char *path, uint8_t out[32], ch_file_id *id, int *os_error)
{
    EVP_MD_CTX *md  = EVP_MD_CTX_new();
    unsigned    len = 0;
    *os_error       = 0;
    bool ok         = md && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1 &&
              ch_file_pieces(path, add_piece, md, id, os_error) &&
              EVP_DigestFinal_ex(md, out, &len) == 1 && len == 32;
    EVP_MD_CTX_free(md);
    return ok;
}
