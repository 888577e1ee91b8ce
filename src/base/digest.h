/* base/digest.h -- SHA-256, by OpenSSL. */
#ifndef CH_BASE_DIGEST_H
#define CH_BASE_DIGEST_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/* The digest of n bytes into out.  CH_ERR_INTERNAL when OpenSSL has no SHA-256. */
ch_status ch_sha256(const void *p, size_t n, uint8_t out[32]);

#endif
