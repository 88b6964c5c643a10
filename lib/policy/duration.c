/* Durations as packs write them: "7 days", "6 working hours", "lifetime". */
#include "facts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_MAX 1000000000L

static const struct {
	const char *one, *many;
	enum duration_unit unit;
} units[] = {
	{"day", "days", UNIT_DAY},
	{"month", "months", UNIT_MONTH},
	{"year", "years", UNIT_YEAR},
	{"hour", "hours", UNIT_HOUR},
	{"minute", "minutes", UNIT_MINUTE},
	{"week", "weeks", UNIT_WEEK},
	{"working day", "working days", UNIT_WORKING_DAY},
	{"working hour", "working hours", UNIT_WORKING_HOUR},
	{"working minute", "working minutes", UNIT_WORKING_MINUTE},
};
#define UNITS (sizeof units / sizeof *units)
/* Those that are not so many of something. */
static const struct {
	const char *text;
	enum duration_unit unit;
} whole[] = {{"lifetime", UNIT_LIFETIME}, {"twice a month", UNIT_TWICE_A_MONTH}, {"each visit", UNIT_EACH_VISIT}};

bool duration_parse(const char *text, struct duration *out)
{
	char *unit;
	long count;

	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		if (strcmp(text, whole[i].text) != 0)
			continue;
		memset(out, 0, sizeof *out);
		out->unit = (uint8_t)whole[i].unit;
		return true;
	}
	if (!isdigit((unsigned char)*text))
		return false;
	count = strtol(text, &unit, 10);
	if (*unit != ' ' || count > COUNT_MAX)
		return false;
	for (size_t i = 0; i < UNITS; i++) {
		if (strcmp(unit + 1, units[i].one) != 0 && strcmp(unit + 1, units[i].many) != 0)
			continue;
		memset(out, 0, sizeof *out); /* the padding too: equal durations are equal bytes in a block */
		out->count = (int32_t)count;
		out->unit = (uint8_t)units[i].unit;
		return true;
	}
	return false;
}

void duration_format(struct duration duration, char out[48])
{
	snprintf(out, 48, "lifetime");
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if (whole[i].unit == duration.unit)
			snprintf(out, 48, "%s", whole[i].text);
	for (size_t i = 0; i < UNITS; i++)
		if (units[i].unit == duration.unit)
			snprintf(out, 48, "%d %s", (int)duration.count,
				 duration.count == 1 ? units[i].one : units[i].many);
}
