#include "almanac.h"

static struct civil days[ALMANAC_DAYS + 1];

static int days_of_month(int year, int month)
{
	static const int days_of[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month != 2)
		return days_of[month - 1];
	if (year % 400 == 0)
		return 29;
	if (year % 100 == 0)
		return 28;
	return year % 4 == 0 ? 29 : 28;
}

void almanac_walk(void)
{
	struct civil day = {2000, 1, 1, 6}; /* a Saturday */
	for (int place = 0; place <= ALMANAC_DAYS; place++) {
		days[place] = day;
		day.weekday = (unsigned char)(day.weekday == 7 ? 1 : day.weekday + 1);
		if (day.day < days_of_month(day.year, day.month)) {
			day.day++;
			continue;
		}
		day.day = 1;
		if (day.month < 12) {
			day.month++;
			continue;
		}
		day.month = 1;
		day.year++;
	}
}

struct civil almanac_day(int place)
{
	return days[place];
}

int almanac_first_of(int year)
{
	int place = 0;
	while (days[place].year < year)
		place++;
	return place;
}

bool almanac_leap_day(int place)
{
	return days[place].month == 2 && days[place].day == 29;
}

void almanac_name(int place, char out[16])
{
	snprintf(out, 16, "%04u-%02u-%02u", days[place].year, days[place].month, days[place].day);
}
