#include "zone_rule.h"

#include <string.h>

#define HOUR 3600
#define DAY 86400

static bool read_number(const char **text, int most, int *out)
{
	int value = 0;
	const char *at = *text;
	for (; *at >= '0' && *at <= '9'; at++) {
		value = value * 10 + (*at - '0');
		if (value > most)
			return false;
	}
	if (at == *text)
		return false;
	*text = at;
	*out = value;
	return true;
}

/* "[+-]hh[:mm[:ss]]" as seconds. RFC 8536 allows 167 hours in a switch. */
static bool read_seconds(const char **text, int most_hours, int32_t *out)
{
	int sign = **text == '-' ? -1 : 1, parts[3] = {0};
	if (**text == '-' || **text == '+')
		++*text;
	for (int i = 0; i < 3; i++) {
		if (i > 0 && **text != ':')
			break;
		*text += i > 0;
		if (!read_number(text, i ? 59 : most_hours, &parts[i]))
			return false;
	}
	*out = sign * (parts[0] * HOUR + parts[1] * 60 + parts[2]);
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An abbreviation: letters, or anything between angle brackets. */
static bool skip_name(const char **text)
{
	const char *at = *text;
	if (*at == '<') {
		const char *close = strchr(at, '>');
		if (!close)
			return false;
		*text = close + 1;
		return true;
	}
	while (is_letter(*at))
		at++;
	bool any = at > *text;
	*text = at;
	return any;
}

static bool read_month_weekday(const char **text, struct zone_switch *out)
{
	if (!read_number(text, 12, &out->month) || *(*text)++ != '.')
		return false;
	if (!read_number(text, 5, &out->week) || *(*text)++ != '.')
		return false;
	return read_number(text, 6, &out->weekday) && out->month >= 1 && out->week >= 1;
}

static bool read_switch(const char **text, struct zone_switch *out)
{
	bool good;
	if (**text == 'M') {
		++*text;
		out->kind = SWITCH_MONTH_WEEKDAY;
		good = read_month_weekday(text, out);
	} else {
		out->kind = **text == 'J' ? SWITCH_JULIAN : SWITCH_DAY;
		*text += **text == 'J';
		good = read_number(text, 365, &out->day) && (out->kind == SWITCH_DAY || out->day >= 1);
	}
	out->second = 2 * HOUR;
	if (good && **text == '/') {
		++*text;
		good = read_seconds(text, 167, &out->second);
	}
	return good;
}

static bool at_end(const char *text)
{
	return *text == '\0' || *text == '\n';
}

bool zone_rule_parse(const char *text, struct zone_rule *out)
{
	struct zone_rule rule = {0};
	if (!skip_name(&text) || !read_seconds(&text, 24, &rule.standard))
		return false;
	rule.standard = -rule.standard; /* POSIX counts west of UTC */
	if (!at_end(text)) {
		rule.has_summer = true;
		rule.summer = rule.standard + HOUR;
		if (!skip_name(&text))
			return false;
		if (*text != ',') {
			if (!read_seconds(&text, 24, &rule.summer))
				return false;
			rule.summer = -rule.summer;
		}
		if (*text++ != ',' || !read_switch(&text, &rule.begins))
			return false;
		if (*text++ != ',' || !read_switch(&text, &rule.ends) || !at_end(text))
			return false;
	}
	*out = rule;
	return true;
}

/* The wall-clock second of a switch in a year, counted as if the wall were UTC. */
static int64_t switch_in_year(const struct zone_switch *change, int year)
{
	svc_date date = svc_date_of(year, 1, 1);
	bool leap = svc_date_of(year, 2, 29) != SVC_DATE_NONE;
	if (change->kind == SWITCH_DAY) {
		date += change->day;
	} else if (change->kind == SWITCH_JULIAN) {
		date += change->day - 1 + (leap && change->day >= 60);
	} else {
		date = svc_date_of(year, change->month, 1);
		int to_weekday = (change->weekday - svc_date_weekday(date) % 7 + 7) % 7;
		date += to_weekday + 7 * (change->week - 1);
		if (date > svc_date_add_months(svc_date_of(year, change->month, 1), 1) - 1)
			date -= 7;
	}
	return (int64_t)date * DAY + change->second;
}

static int year_of(svc_time at)
{
	svc_time first = (svc_time)svc_date_of(1902, 1, 1) * DAY, last = (svc_time)svc_date_of(9997, 12, 31) * DAY;
	svc_time within = at < first ? first : at > last ? last : at;
	int year, month, day;
	svc_date_split((svc_date)((within - first) / DAY + first / DAY), &year, &month, &day);
	return year;
}

int32_t zone_rule_offset(const struct zone_rule *rule, svc_time at, svc_time *next_change)
{
	*next_change = INT64_MAX;
	if (!rule->has_summer)
		return rule->standard;
	/* Summer may straddle the new year, so the neighbours of the year count too: the last change that is over gives
	   the offset. */
	int32_t offset = rule->standard;
	svc_time over = INT64_MIN;
	int middle = year_of(at);
	for (int year = middle - 1; year <= middle + 1; year++) {
		svc_time begins = switch_in_year(&rule->begins, year) - rule->standard;
		svc_time ends = switch_in_year(&rule->ends, year) - rule->summer;
		if (begins <= at && begins >= over) {
			over = begins;
			offset = rule->summer;
		}
		if (ends <= at && ends > over) {
			over = ends;
			offset = rule->standard;
		}
		if (begins > at && begins < *next_change)
			*next_change = begins;
		if (ends > at && ends < *next_change)
			*next_change = ends;
	}
	return offset;
}
