/* Civil dates and instants. */
#ifndef SVC_DATE_H
#define SVC_DATE_H

#include "svc/error.h"

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A civil date: days since 1970-01-01 in the proleptic Gregorian calendar. Accepted years: 1900 to 9999. */
typedef int32_t svc_date;
/* An instant: seconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
typedef int64_t svc_time;

#define SVC_DATE_NONE INT32_MIN
#define SVC_DATE_LIFETIME INT32_MAX /* an end that never comes */
#define SVC_TIME_NONE INT64_MIN

SVC_PUBLIC svc_date svc_date_of(int year, int month, int day); /* SVC_DATE_NONE when there is no such day */
SVC_PUBLIC void svc_date_split(svc_date date, int *year, int *month, int *day); /* zeros when it is no date */
/* Adds whole months; a day that is missing in the month reached becomes that month's last (Civil Code art. 202).
   SVC_DATE_NONE and SVC_DATE_LIFETIME stay; a date beyond the accepted years is SVC_DATE_NONE. */
SVC_PUBLIC svc_date svc_date_add_months(svc_date date, int months);
SVC_PUBLIC int svc_date_weekday(svc_date date); /* 1 Monday ... 7 Sunday */

/* "YYYY-MM-DD", nothing else. False leaves *out untouched. */
SVC_PUBLIC bool svc_date_parse(const char *text, svc_date *out);
SVC_PUBLIC void svc_date_format(svc_date date, char out[16]); /* "lifetime"; "" when it is no date */

/* A time zone, read from the tzdata files; thread-safe, immutable. */
struct svc_zone;
/* `name` is an IANA name or "UTC". A missing or damaged zone is SVC_BAD_INPUT. The caller frees *out. */
SVC_PUBLIC int svc_zone_open(struct svc_zone **out, const char *name, struct svc_error *err);
SVC_PUBLIC void svc_zone_free(struct svc_zone *zone);
SVC_PUBLIC int32_t svc_zone_offset(const struct svc_zone *zone, svc_time at); /* seconds east of UTC at that instant */
/* The instant of a local wall-clock second. In a gap the clock before the gap counts on; an hour that comes twice is its first. */
SVC_PUBLIC svc_time svc_zone_time(const struct svc_zone *zone, svc_date date, int second_of_day);
SVC_PUBLIC svc_date svc_zone_date(const struct svc_zone *zone, svc_time at);

/* ISO 8601: "2025-03-08T02:30:00+08:00", "...Z", seconds optional, a blank for the T; without an offset it is local in
   `zone`; a bare date is its first second. False leaves *out untouched. */
SVC_PUBLIC bool svc_time_parse(const char *text, const struct svc_zone *zone, svc_time *out);
SVC_PUBLIC void svc_time_format(svc_time at, const struct svc_zone *zone,
				char out[32]); /* with the zone's offset; zone NULL: "...Z" */

#ifdef __cplusplus
}
#endif
#endif
