/* line/protrude.c -- lookup in the table of hanging characters. */
#include "line/protrude.h"

typedef struct hang {
    uint32_t cp;
    int16_t  start, end;
} hang;

static const hang HANGS[] = {
#define PROTRUDE(cp, start, end) {cp, start, end},
#include "line/protrusion.def"
#undef PROTRUDE
};

ch_len
ch_protrusion(uint32_t cp, ch_edge edge, ch_len width, int32_t strength)
{
    size_t low = 0, high = sizeof HANGS / sizeof *HANGS;
    if (strength <= 0 || width <= 0)
        return 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (HANGS[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == sizeof HANGS / sizeof *HANGS || HANGS[low].cp != cp)
        return 0;
    int64_t part = edge == CH_EDGE_START ? HANGS[low].start : HANGS[low].end;
    return ch_len_scale(width, part * strength, 1000000);
}
