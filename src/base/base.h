/* base/base.h -- the ground that every room stands on.
 *
 * Reads:   nothing.
 * Makes:   status codes, strings, buffers, arenas, maps, lengths, diagnostics and
 *          the job context.  One include for the other rooms.
 * Knows nothing of letters, fonts or PDF. */
#ifndef CH_BASE_H
#define CH_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/diag.h"
#include "base/host.h"
#include "base/inputs.h"
#include "base/keep.h"
#include "base/lang.h"
#include "base/len.h"
#include "base/map.h"
#include "base/status.h"
#include "base/str.h"

#endif
