#include "shift.h"

#include <string.h>
#include <strings.h>

enum { MINUTES_OF_DAY = 1440, DAYS_OF_WEEK = 7 };

static const char *blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* NULL: no day stands there. */
static const char *read_day(const char *at, int *day)
{
	static const char names[] = "mon\0tue\0wed\0thu\0fri\0sat\0sun";
	for (int i = 0; i < DAYS_OF_WEEK; i++)
		if (strncasecmp(at, names + 4 * (size_t)i, 3) == 0) {
			*day = i;
			return at + 3;
		}
	return NULL;
}

/* "mon-fri" or "sun"; "sat-mon" goes on past the week's end. Days are added to a set. */
static const char *read_days(const char *at, unsigned *days)
{
	int first, last;
	at = read_day(at, &first);
	if (!at)
		return NULL;
	last = first;
	if (*at == '-')
		at = read_day(at + 1, &last);
	*days |= 1u << last;
	for (int day = first; day != last; day = (day + 1) % DAYS_OF_WEEK)
		*days |= 1u << day;
	return at;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "08:00" to "24:00". */
static const char *read_time(const char *at, int *minute)
{
	if (!digit(at[0]) || !digit(at[1]) || at[2] != ':' || !digit(at[3]) || !digit(at[4]) || at[3] > '5')
		return NULL;
	*minute = ((at[0] - '0') * 10 + at[1] - '0') * 60 + (at[3] - '0') * 10 + at[4] - '0';
	return *minute <= MINUTES_OF_DAY ? at + 5 : NULL;
}

/* "08:00-17:30" for each of the days. */
static const char *read_hours(const char *at, unsigned days, struct shift *shift)
{
	int from, to;
	at = read_time(at, &from);
	if (!at || *at != '-' || !(at = read_time(at + 1, &to)) || from == MINUTES_OF_DAY)
		return NULL;
	for (int day = 0; day < DAYS_OF_WEEK; day++) {
		if (!(days & 1u << day))
			continue;
		if (shift->count == SHIFT_PARTS)
			return NULL;
		shift->parts[shift->count++] = (struct shift_part){day + 1, from,
								   to <= from ? to + MINUTES_OF_DAY : to};
	}
	return at;
}

/* "mon-wed,fri 08:00-12:00 13:00-17:30" */
static const char *read_clause(const char *at, struct shift *shift)
{
	unsigned days = 0;
	at = read_days(at, &days);
	while (at && *blanks(at) == ',')
		at = read_days(blanks(blanks(at) + 1), &days);
	if (!at || blanks(at) == at)
		return NULL;
	do {
		at = read_hours(blanks(at), days, shift);
		at = at ? blanks(*at == ',' ? at + 1 : at) : NULL;
	} while (at && digit(*at));
	return at;
}

bool shift_read(struct shift *shift, const char *text)
{
	const char *at = blanks(text);
	shift->count = 0;
	while ((at = read_clause(at, shift)) && *at == ';') {
		at = blanks(at + 1);
		if (!*at)
			return true;
	}
	return at && !*at;
}

void shift_stretches(const struct shift *shift, const struct svc_zone *zone, struct stretch within, struct arena *arena,
		     struct stretches *out)
{
	svc_date last = svc_zone_date(zone, within.to);
	*out = (struct stretches){0};
	/* a shift of the day before may still go on */
	for (svc_date day = svc_zone_date(zone, within.from) - 1; day <= last; day++)
		for (size_t i = 0; i < shift->count; i++) {
			const struct shift_part *part = &shift->parts[i];
			int past = part->to > MINUTES_OF_DAY;
			if (part->weekday != svc_date_weekday(day))
				continue;
			struct stretch hours = {
				svc_zone_time(zone, day, part->from * 60),
				svc_zone_time(zone, day + past, (part->to - past * MINUTES_OF_DAY) * 60)};
			if (stretch_overlaps(hours, within))
				stretches_add(out, arena, hours);
		}
	stretches_join(out);
}
