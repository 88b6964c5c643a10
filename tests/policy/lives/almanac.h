/* A calendar that was walked through once, one day after the other, from the first of January 2000. Nothing here is worked out:
   a day is its place in the walk, and what a place is called was written down on the way. It shares no line with lib. */
#ifndef TESTS_LIVES_ALMANAC_H
#define TESTS_LIVES_ALMANAC_H

#include <stdbool.h>
#include <stdio.h>

struct civil {
	unsigned short year;
	unsigned char month, day, weekday; /* 1 Monday ... 7 Sunday */
};

enum { ALMANAC_YEARS = 160, ALMANAC_DAYS = ALMANAC_YEARS * 366 };

void almanac_walk(void); /* once, before anything else */
struct civil almanac_day(int place);
int almanac_first_of(int year); /* the place of its first of January */
bool almanac_leap_day(int place);
void almanac_name(int place, char out[16]); /* "2024-02-29" */

#endif
