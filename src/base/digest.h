/* base/digest.h -- SHA-256, by OpenSSL. */
#ifndef CH_BASE_DIGEST_H
#define CH_BASE_DIGEST_H

#include "base/host.h"

#include <stddef.h>
#include <stdint.h>

/* The digest of n bytes into out.  CH_ERR_INTERNAL when OpenSSL has no SHA-256. */
ch_status ch_sha256(const void *p, size_t n, uint8_t out[32]);
/* Of a regular file, read in pieces; which file that was in *id.  false with *os_error when it
 * cannot be read (0: it is no regular file, or OpenSSL has no SHA-256). */
bool ch_sha256_file(const char *path, uint8_t out[32], ch_file_id *id, int *os_error);

#endif
