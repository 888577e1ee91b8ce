/* base/civil.h -- days and times of the Gregorian calendar, UTC, from seconds since 1970 and back. */
#ifndef CH_BASE_CIVIL_H
#define CH_BASE_CIVIL_H

#include <stdint.h>

typedef struct ch_civil {
    int64_t  year;
    unsigned month, day, hour, minute, second; /* month and day from 1 */
} ch_civil;

ch_civil ch_civil_from(int64_t seconds); /* before 1970 as well */
/* Days since 1970-01-01. */
int64_t ch_civil_days(int64_t year, int64_t month, int64_t day);

#endif
