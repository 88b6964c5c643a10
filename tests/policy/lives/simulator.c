#include "simulator.h"

enum { SECONDS_A_DAY = 86400 };

/* ---- days that count ---- */

/* 1 works, 0 off; -1: nobody knows, and *unknown_year says of which year. */
static int works(const struct week *week, int day, int *unknown_year)
{
	struct civil civil = almanac_day(day);
	if (!week->there)
		return 1;
	if (week->holidays && (civil.year < week->first || civil.year > week->last)) {
		*unknown_year = civil.year;
		return -1;
	}
	if (week->holidays && week->exceptions[day])
		return week->exceptions[day] == 2;
	return week->works[civil.weekday];
}

static bool month_ends(int day)
{
	return almanac_day(day + 1).day == 1;
}

/* Whether a month or more is full on this day: the same day of the month, or its last where that day is missing. */
static bool full_month(int day, int since)
{
	int wanted = almanac_day(since).day, here = almanac_day(day).day;
	return here == wanted || (here < wanted && month_ends(day));
}

/* One of the days that a length of so many units is made of. */
static int counts(const struct week *week, int day, int since, enum unit unit, int walked, int *unknown_year)
{
	switch (unit) {
	case WEEKS:
		return walked % 7 == 0;
	case MONTHS:
		return full_month(day, since);
	case YEARS:
		return full_month(day, since) && almanac_day(day).month == almanac_day(since).month;
	case WORKING_DAYS:
		return works(week, day, unknown_year);
	default:
		return 1;
	}
}

/* Walks day by day, onwards or back (step 1 or -1), until so many units are full. */
static int walk(const struct week *week, int from, struct length length, int step, int *unknown_year)
{
	int day = from, walked = 0;
	for (int left = length.count; left;) {
		int full;
		day += step;
		full = counts(week, day, from, length.unit, ++walked, unknown_year);
		if (full < 0)
			return NO_DAY;
		left -= full;
	}
	return day;
}

static int next_working_day(const struct week *week, int day, int *unknown_year)
{
	int working;
	while ((working = works(week, day, unknown_year)) == 0)
		day++;
	return working < 0 ? NO_DAY : day;
}

/* ---- a life until the claim ---- */

static bool in_repair(const struct life *life, int day, int since)
{
	for (int i = 0; i < life->repairs_made; i++)
		if (life->repairs[i].opened >= since && day > life->repairs[i].opened && day <= life->repairs[i].closed)
			return true;
	return false;
}

struct known life_until_claim(const struct life *life)
{
	struct known known = {.replaced = NO_DAY};
	int since = life->at[PURCHASE];
	for (int day = since; day <= life->claim; day++) {
		if (day == life->at[REPLACEMENT]) {
			known.replaced = since = day;
			known.repair_days = 0; /* of another piece */
		}
		known.later_owner = known.later_owner || day == life->resold;
		known.repair_days += in_repair(life, day, since);
		if (day > life->at[DELIVERY]) {
			known.km += life->km_a_day;
			known.hours += life->hours_a_day;
		}
	}
	return known;
}

/* ---- terms ---- */

static int start_of(const struct term *term, const struct life *life, const struct known *known)
{
	if (known->replaced != NO_DAY && (term->for_replaced || term->restarts))
		return known->replaced;
	return life->at[term->from];
}

static int end_of(const struct week *week, const struct term *term, int start, const struct life *life,
		  const struct known *known, int *unknown_year)
{
	int day = life->term_ends;
	if (!term->stated && term->lasts.unit == LIFETIME)
		return EVER;
	if (!term->stated)
		day = walk(week, start, term->lasts, 1, unknown_year);
	if (day == NO_DAY)
		return day;
	for (int owed = term->pauses ? known->repair_days : 0; owed; owed--)
		day++;
	return term->rolls ? next_working_day(week, day, unknown_year) : day;
}

struct window simulate_term(const struct week *week, const struct term *term, const struct life *life,
			    const struct known *known)
{
	struct window window = {.applies = !(term->first_owner && known->later_owner) &&
					   !(term->for_replaced && known->replaced == NO_DAY)};
	bool worn_out = (term->km && known->km > term->km) || (term->hours && known->hours > term->hours);
	if (!window.applies)
		return window;
	window.starts = start_of(term, life, known);
	window.ends = end_of(week, term, window.starts, life, known, &window.unknown_year);
	for (int day = window.starts; day <= life->claim && !worn_out; day++)
		window.inside = day <= window.ends;
	return window;
}

/* ---- tasks ---- */

static bool is_open(const struct week *week, int minute)
{
	for (int i = 0; i < week->openings; i++)
		if (minute >= week->opens[i] && minute < week->closes[i])
			return true;
	return false;
}

/* Minute by minute; when `working`, only those of opening hours count. */
static struct moment run_clock(const struct week *week, struct moment from, int minutes, int step, bool working,
			       int *unknown_year)
{
	int day = from.day, minute = from.second / 60, working_day = -1, checked = NO_DAY;
	while (minutes) {
		int here = step > 0 ? minute : minute - 1; /* the minute that is run through next */
		if (here < 0) {
			day--;
			minute = MINUTES_A_DAY;
			continue;
		}
		if (here == MINUTES_A_DAY) {
			day++;
			minute = 0;
			continue;
		}
		if (working && checked != day) {
			working_day = works(week, day, unknown_year);
			checked = day;
			if (working_day < 0)
				return (struct moment){NO_DAY, NO_DAY};
		}
		minutes -= !working || (working_day && is_open(week, here));
		minute += step;
	}
	if (minute == MINUTES_A_DAY) /* midnight is the next day's first minute */
		return (struct moment){day + 1, 0};
	return (struct moment){day, 60 * minute};
}

static struct moment of_time(const struct week *week, struct moment from, struct length by, int step, int *unknown_year)
{
	bool hours = by.unit == HOURS || by.unit == WORKING_HOURS;
	if (by.unit >= HOURS)
		return run_clock(week, from, hours ? 60 * by.count : by.count, step, by.unit >= WORKING_HOURS,
				 unknown_year);
	return (struct moment){walk(week, from.day, by, step, unknown_year), step > 0 ? SECONDS_A_DAY - 1 : 0};
}

static struct moment of_two(const struct week *week, const struct task *task, const struct life *life,
			    int *unknown_year)
{
	int one = walk(week, life->at[DELIVERY], task->by, 1, unknown_year);
	int other = one == NO_DAY ? NO_DAY : walk(week, life->at[PURCHASE], task->other, 1, unknown_year);
	if (other == NO_DAY)
		return (struct moment){NO_DAY, NO_DAY};
	for (int day = life->at[PURCHASE];; day++) {
		bool one_over = day >= one, other_over = day >= other;
		if (task->kind == LATER_OF_TWO ? one_over && other_over : one_over || other_over)
			return (struct moment){day, NO_DAY};
	}
}

static struct moment unrolled(const struct week *week, const struct task *task, const struct life *life,
			      int *unknown_year)
{
	switch (task->kind) {
	case FROM_TIME:
		return of_time(week, life->reported, task->by, 1, unknown_year);
	case BEFORE_TIME:
		return of_time(week, life->appointed, task->by, -1, unknown_year);
	case FROM_DATE:
		return (struct moment){walk(week, life->at[DELIVERY], task->by, 1, unknown_year), NO_DAY};
	case BEFORE_DATE:
		return (struct moment){walk(week, life->at[DELIVERY], task->by, -1, unknown_year), NO_DAY};
	default:
		return of_two(week, task, life, unknown_year);
	}
}

struct moment simulate_task(const struct week *week, const struct task *task, const struct life *life,
			    int *unknown_year)
{
	struct moment due = unrolled(week, task, life, unknown_year);
	if (due.day == NO_DAY || !task->rolls)
		return due;
	int day = next_working_day(week, due.day, unknown_year);
	if (day != due.day && due.second != NO_DAY)
		due.second = SECONDS_A_DAY - 1;
	due.day = day;
	return due;
}

bool later(struct moment one, struct moment other)
{
	if (one.day != other.day || one.second == NO_DAY || other.second == NO_DAY)
		return one.day > other.day;
	return one.second > other.second;
}

struct moment moment_stepped(struct moment moment, int seconds)
{
	int step = seconds < 0 ? -1 : 1;
	for (; seconds; seconds -= step) {
		moment.second += step;
		if (moment.second < 0)
			moment = (struct moment){moment.day - 1, SECONDS_A_DAY - 1};
		else if (moment.second == SECONDS_A_DAY)
			moment = (struct moment){moment.day + 1, 0};
	}
	return moment;
}
