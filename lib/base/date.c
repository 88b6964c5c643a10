#include "svc/date.h"

#include <stdio.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 9999
#define FIRST_DATE (-25567) /* 1900-01-01 */
#define LAST_DATE 2932896 /* 9999-12-31 */
#define EPOCH 719468u /* days from 0000-03-01, where years that begin in March are counted from, to 1970-01-01 */

static int days_in_month(int year, int month)
{
	if (month == 2)
		return 28 + ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
	return 30 + ((month + (month >> 3)) & 1);
}

/* Years are counted from March, so that the leap day is the last day of a year and months follow one linear rule
   (Neri and Schneider, Euclidean affine functions, 2022). The day must exist. */
static svc_date days_of(int year, int month, int day)
{
	uint32_t before_march = month <= 2;
	uint32_t y = (uint32_t)year - before_march, m = (uint32_t)month + (before_march ? 12 : 0);
	uint32_t century = y / 100;
	uint32_t year_days = 1461 * y / 4 - century + century / 4;
	uint32_t month_days = (979 * m - 2919) / 32;
	return (svc_date)(year_days + month_days + (uint32_t)day - 1 - EPOCH);
}

svc_date svc_date_of(int year, int month, int day)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
		return SVC_DATE_NONE;
	return day > days_in_month(year, month) ? SVC_DATE_NONE : days_of(year, month, day);
}

void svc_date_split(svc_date date, int *year, int *month, int *day)
{
	if (date < FIRST_DATE || date > LAST_DATE) {
		*year = *month = *day = 0;
		return;
	}
	uint32_t in_quarters = 4 * ((uint32_t)date + EPOCH) + 3;
	uint32_t century = in_quarters / 146097, in_century = in_quarters % 146097 / 4;
	uint64_t scaled = UINT64_C(2939745) * (4 * in_century + 3);
	uint32_t year_of_century = (uint32_t)(scaled >> 32);
	uint32_t day_of_year = (uint32_t)scaled / 2939745 / 4;
	uint32_t month_and_day = 2141 * day_of_year + 197913;
	bool next_year = day_of_year >= 306; /* January and February */
	*year = (int)(100 * century + year_of_century + next_year);
	*month = (int)(month_and_day >> 16) - (next_year ? 12 : 0);
	*day = (int)((month_and_day & 0xffff) / 2141 + 1);
}

svc_date svc_date_add_months(svc_date date, int months)
{
	if (date == SVC_DATE_NONE || date == SVC_DATE_LIFETIME)
		return date;
	int year, month, day;
	svc_date_split(date, &year, &month, &day);
	int64_t reached = (int64_t)year * 12 + month - 1 + months;
	if (!year || reached < FIRST_YEAR * 12 || reached >= (LAST_YEAR + 1) * 12)
		return SVC_DATE_NONE;
	year = (int)(reached / 12);
	month = (int)(reached % 12) + 1;
	int last = days_in_month(year, month);
	return days_of(year, month, day < last ? day : last);
}

int svc_date_weekday(svc_date date)
{
	/* 1970-01-01 was a Thursday. */
	int days = (int)(((int64_t)date + 3) % 7);
	return days < 0 ? days + 8 : days + 1;
}

/* `count` digits as a number; -1 when one is none. Stops at the first such, so never reads past a terminator. */
static int read_digits(const char *text, int count)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		unsigned digit = (unsigned char)text[i] - (unsigned)'0';
		if (digit > 9)
			return -1;
		value = value * 10 + (int)digit;
	}
	return value;
}

/* The first ten characters as a date; NONE when they are none. */
static svc_date read_date(const char *text)
{
	int year = read_digits(text, 4);
	if (year < 0 || text[4] != '-')
		return SVC_DATE_NONE;
	int month = read_digits(text + 5, 2);
	if (month < 0 || text[7] != '-')
		return SVC_DATE_NONE;
	return svc_date_of(year, month, read_digits(text + 8, 2));
}

bool svc_date_parse(const char *text, svc_date *out)
{
	svc_date date = read_date(text);
	if (date == SVC_DATE_NONE || text[10] != '\0')
		return false;
	*out = date;
	return true;
}

static char *put_digits(char *out, int value, int count)
{
	for (int i = count; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + count;
}

static char *put_date(char *out, svc_date date)
{
	int year, month, day;
	svc_date_split(date, &year, &month, &day);
	out = put_digits(out, year, 4);
	*out++ = '-';
	out = put_digits(out, month, 2);
	*out++ = '-';
	return put_digits(out, day, 2);
}

void svc_date_format(svc_date date, char out[16])
{
	if (date == SVC_DATE_LIFETIME)
		snprintf(out, 16, "lifetime");
	else if (date < FIRST_DATE || date > LAST_DATE)
		*out = '\0';
	else
		*put_date(out, date) = '\0';
}

/* Reads "HH:MM" or "HH:MM:SS" up to 23:59:59 as seconds and moves on; -1 when it is none. */
static int read_clock(const char **text)
{
	const char *at = *text;
	int hour = read_digits(at, 2);
	if (hour < 0 || hour > 23 || at[2] != ':')
		return -1;
	int minute = read_digits(at + 3, 2), second = 0;
	if (minute < 0 || minute > 59)
		return -1;
	at += 5;
	if (*at == ':') {
		second = read_digits(at + 1, 2);
		if (second < 0 || second > 59)
			return -1;
		at += 3;
	}
	*text = at;
	return hour * 3600 + minute * 60 + second;
}

/* "Z", "+08:00", "+0800" or "+08", and then the end. Old local mean times have seconds too. */
static bool read_offset(const char *text, int32_t *out)
{
	if (*text == 'Z') {
		*out = 0;
		return text[1] == '\0';
	}
	if (*text != '+' && *text != '-')
		return false;
	int sign = *text == '-' ? -1 : 1;
	const char *at = ++text;
	int seconds = read_clock(&at);
	if (seconds < 0) {
		int hour = read_digits(text, 2);
		if (hour < 0 || hour > 23)
			return false;
		int minute = text[2] ? read_digits(text + 2, 2) : 0;
		if (minute < 0 || minute > 59)
			return false;
		seconds = hour * 3600 + minute * 60;
		at = text + (text[2] ? 4 : 2);
	}
	*out = sign * seconds;
	return *at == '\0';
}

static svc_time local_time(const struct svc_zone *zone, svc_date date, int second)
{
	return zone ? svc_zone_time(zone, date, second) : (svc_time)date * 86400 + second;
}

bool svc_time_parse(const char *text, const struct svc_zone *zone, svc_time *out)
{
	svc_date date = read_date(text);
	if (date == SVC_DATE_NONE)
		return false;
	text += 10;
	int second = 0;
	if (*text == 'T' || *text == ' ') {
		text++;
		second = read_clock(&text);
		if (second < 0)
			return false;
		int32_t offset;
		if (*text && !read_offset(text, &offset))
			return false;
		if (*text) {
			*out = (svc_time)date * 86400 + second - offset;
			return true;
		}
	}
	if (*text)
		return false;
	*out = local_time(zone, date, second);
	return true;
}

static char *put_clock(char *out, int seconds, bool with_seconds)
{
	out = put_digits(out, seconds / 3600, 2);
	*out++ = ':';
	out = put_digits(out, seconds / 60 % 60, 2);
	if (with_seconds) {
		*out++ = ':';
		out = put_digits(out, seconds % 60, 2);
	}
	return out;
}

void svc_time_format(svc_time at, const struct svc_zone *zone, char out[32])
{
	*out = '\0';
	if (at < (svc_time)FIRST_DATE * 86400 - 86400 || at > ((svc_time)LAST_DATE + 2) * 86400)
		return;
	int32_t offset = zone ? svc_zone_offset(zone, at) : 0;
	svc_time local = at + offset - (svc_time)FIRST_DATE * 86400;
	svc_time day = local / 86400 + FIRST_DATE;
	if (local < 0 || day > LAST_DATE)
		return;
	out = put_date(out, (svc_date)day);
	*out++ = 'T';
	out = put_clock(out, (int)(local % 86400), true);
	if (zone) {
		*out++ = offset < 0 ? '-' : '+';
		out = put_clock(out, offset < 0 ? -offset : offset, offset % 60 != 0);
	} else {
		*out++ = 'Z';
	}
	*out = '\0';
}
