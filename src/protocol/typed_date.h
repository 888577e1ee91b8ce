/* protocol/typed_date.h -- dates that stand as words in a text. */
#ifndef CH_PROTOCOL_TYPED_DATE_H
#define CH_PROTOCOL_TYPED_DATE_H

#include "protocol/walk.h"

typedef enum ch_date_style {
    CH_DATE_DMY,    /* 15 June 2024 */
    CH_DATE_MDY,    /* June 15, 2024 */
    CH_DATE_YMD,    /* 2024, the 6th month, the 15th day */
    CH_DATE_ISO,    /* 2024-06-15 */
    CH_DATE_NUMBERS /* 15/06/2024, 15.06.2024 */
} ch_date_style;

typedef struct ch_typed_date {
    size_t        from, to; /* bytes of the text */
    ch_date_style style;
    int           day, month, year; /* year 0: not given.  Of NUMBERS: day first */
    char          mark;             /* of NUMBERS: what stands between */
} ch_typed_date;

/* The dates in a text, in order; in a. */
ch_typed_date *ch_typed_dates(const ch_unit *u, ch_arena *a, size_t *n);
/* How many days the month has, 29 in February of an unknown year; 0 for no month. */
int ch_month_days(int year, int month);
/* 0 for Monday. */
int ch_weekday(int year, int month, int day);

#endif
