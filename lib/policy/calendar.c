/* Working time: days that count, and the hours in which a clock runs. */
#include "decide.h"

#define DAY 86400
#define DAYS_TOLD 400 /* of a longer count nobody wants to hear each weekend */

static const struct calendar *calendar_of(const struct pass *pass)
{
	return pack_at(pass->head, pass->head->calendar);
}

static bool holds(const struct pass *pass, struct pack_list sorted, int32_t number)
{
	uint32_t low = 0, high = sorted.count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int32_t here = *PACK_ITEM(pass->head, sorted, int32_t, middle);

		if (here == number)
			return true;
		if (here < number)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Stops the pass for want of the holidays of a year. */
static int not_covered(struct pass *pass, int year, const struct rule *asking)
{
	if (pass->peek)
		return -1;
	block(pass, F_WORKING_DAY, asking);
	pass->uncovered = arena_printf(pass->memory, "calendar_%d", year);
	return -1;
}

int working_day(struct pass *pass, svc_date day, const struct rule *asking)
{
	const struct calendar *calendar = calendar_of(pass);
	int year, month, of_month;

	if (!calendar)
		return 1;
	svc_date_split(day, &year, &month, &of_month);
	if (calendar->holidays && !holds(pass, calendar->years, year))
		return not_covered(pass, year, asking);
	if (calendar->holidays && holds(pass, calendar->off, day))
		return 0;
	if (calendar->holidays && holds(pass, calendar->on, day))
		return 1;
	return calendar->week >> (svc_date_weekday(day) - 1) & 1;
}

static bool has_days(int64_t day)
{
	return day >= svc_date_of(1900, 1, 1) && day <= svc_date_of(9999, 12, 31);
}

/* How many days of work every week has; 0: they differ, for days off count. */
static int days_each_week(const struct calendar *calendar)
{
	if (!calendar)
		return 7;
	return calendar->holidays ? 0 : __builtin_popcount(calendar->week);
}

/* Weeks that are all alike are not walked through, but for the last. */
bool working_days_after(struct pass *pass, svc_date from, int64_t days, const struct rule *asking, svc_date *out)
{
	int step = days < 0 ? -1 : 1, each_week = days_each_week(calendar_of(pass));
	int64_t weeks = each_week && days ? (days * step - 1) / each_week : 0;
	int64_t day = from + 7 * weeks * step;

	days -= weeks * each_week * step;
	while (days && has_days(day + step)) {
		int works = working_day(pass, (svc_date)(day += step), asking);

		if (works < 0)
			return false;
		days -= works * step;
	}
	*out = days ? SVC_DATE_LIFETIME : (svc_date)day;
	return true;
}

bool roll(struct pass *pass, const struct rule *asking, svc_date *day)
{
	int works = working_day(pass, *day, asking);

	return works > 0 || (works == 0 && working_days_after(pass, *day, 1, asking, day));
}

int unknown_rest(struct pass *pass, svc_date day)
{
	const struct calendar *calendar = calendar_of(pass);
	bool peeking = pass->peek;
	int works, year, month, of_month;

	if (!calendar || !calendar->holidays)
		return 0;
	pass->peek = true;
	while (!(works = working_day(pass, day, NULL)))
		day++;
	pass->peek = peeking;
	svc_date_split(day, &year, &month, &of_month);
	return works < 0 ? year : 0;
}

bool within_rest(const struct pass *pass, svc_date last, svc_date day)
{
	const struct calendar *calendar = calendar_of(pass);

	return !calendar || !calendar->longest_rest || (day > last && (int64_t)day - last <= calendar->longest_rest);
}

/* ---- hours ---- */

/* A pack without opening hours is open around the clock on its working days. */
static uint32_t openings(const struct calendar *calendar)
{
	return calendar && calendar->hours.count ? calendar->hours.count : 1;
}

static struct opening opening_at(const struct pass *pass, uint32_t i)
{
	const struct calendar *calendar = calendar_of(pass);

	return calendar && calendar->hours.count ? *PACK_ITEM(pass->head, calendar->hours, struct opening, i)
						 : (struct opening){0, DAY};
}

/* The clock of a search for the moment at which so much working time has passed, forwards or backwards. */
struct clock {
	svc_time at;
	int64_t left; /* seconds still to run */
	bool back;
};

/* Runs the clock through one opening. True: it has run out, inside or at its very end. */
static bool run_through(struct pass *pass, struct clock *clock, svc_date day, struct opening opening)
{
	svc_time opens = svc_zone_time(pass->policy->zone, day, opening.from);
	svc_time closes = svc_zone_time(pass->policy->zone, day, opening.to);
	int64_t runs;

	if (clock->back ? clock->at <= opens : clock->at >= closes)
		return false;
	if (clock->back)
		clock->at = clock->at < closes ? clock->at : closes;
	else
		clock->at = clock->at > opens ? clock->at : opens;
	runs = clock->back ? clock->at - opens : closes - clock->at;
	if (runs > clock->left)
		runs = clock->left;
	clock->at += clock->back ? -runs : runs;
	clock->left -= runs;
	return !clock->left;
}

static bool run_through_day(struct pass *pass, struct clock *clock, svc_date day)
{
	uint32_t count = openings(calendar_of(pass));

	for (uint32_t i = 0; i < count; i++)
		if (run_through(pass, clock, day, opening_at(pass, clock->back ? count - 1 - i : i)))
			return true;
	return false;
}

bool working_seconds_after(struct pass *pass, svc_time from, int64_t seconds, const struct rule *asking, svc_time *out)
{
	struct clock clock = {from, seconds < 0 ? -seconds : seconds, seconds < 0};
	svc_date day = svc_zone_date(pass->policy->zone, from);

	for (bool over = !clock.left; !over; day += clock.back ? -1 : 1) {
		int works = has_days(day) ? working_day(pass, day, asking) : 0;

		if (works < 0)
			return false;
		if (!has_days(day)) {
			*out = SVC_TIME_NONE;
			return true;
		}
		over = works && run_through_day(pass, &clock, day);
	}
	*out = clock.at;
	return true;
}

int working_time(struct pass *pass, svc_time at, const struct rule *asking)
{
	svc_date day = svc_zone_date(pass->policy->zone, at);
	int works = working_day(pass, day, asking);

	if (works <= 0)
		return works;
	for (uint32_t i = 0; i < openings(calendar_of(pass)); i++) {
		struct opening opening = opening_at(pass, i);

		if (at >= svc_zone_time(pass->policy->zone, day, opening.from) &&
		    at < svc_zone_time(pass->policy->zone, day, opening.to))
			return 1;
	}
	return 0;
}

/* ---- told step by step ---- */

static struct svc_step_stretch *add_stretch(struct pass *pass, struct svc_step_date *date, const char *kind,
					    int64_t from, int64_t to, enum svc_moment_kind of)
{
	date->stretches = list_add(pass->memory, date->stretches, &date->stretch_count, sizeof *date->stretches);
	date->stretches[date->stretch_count - 1] = (struct svc_step_stretch){
		.kind = kind, .from = {from, of}, .to = {to, of}};
	return &date->stretches[date->stretch_count - 1];
}

/* Days in a row of one kind are one stretch; gives the stretch that now ends with the day. */
static struct svc_step_stretch *add_day(struct pass *pass, struct svc_step_date *date, const char *kind, svc_date day)
{
	struct svc_step_stretch *last = date->stretch_count ? &date->stretches[date->stretch_count - 1] : NULL;

	if (!last || last->kind != kind || last->to.kind != SVC_MOMENT_DATE || last->to.at + 1 != day)
		return add_stretch(pass, date, kind, day, day, SVC_MOMENT_DATE);
	last->to.at = day;
	return last;
}

/* NULL: a day of work like any other. */
static const char *kind_of(const struct pass *pass, svc_date day)
{
	static const char holiday[] = "holiday", rest[] = "rest", make_up[] = "make_up";
	const struct calendar *calendar = calendar_of(pass);

	if (!calendar)
		return NULL;
	if (calendar->holidays && holds(pass, calendar->off, day))
		return holiday;
	if (calendar->week >> (svc_date_weekday(day) - 1) & 1)
		return NULL;
	return calendar->holidays && holds(pass, calendar->on, day) ? make_up : rest;
}

const char *length_text(struct pass *pass, int64_t seconds)
{
	long long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
	const char *text = hours ? arena_printf(pass->memory, hours == 1 ? "%lld hour" : "%lld hours", hours) : "";

	if (minutes)
		text = arena_printf(pass->memory, minutes == 1 ? "%s%s%lld minute" : "%s%s%lld minutes", text,
				    *text ? " " : "", minutes);
	if (rest)
		text = arena_printf(pass->memory, rest == 1 ? "%s%s%lld second" : "%s%s%lld seconds", text,
				    *text ? " " : "", rest);
	return text;
}

/* How long the stretch was that add_day has just made longer by a day, with that day. */
static void tell_whole_day(struct pass *pass, struct svc_step_date *date, svc_date day, int64_t seconds)
{
	static const char open[] = "open";
	struct svc_step_stretch *stretch = add_day(pass, date, open, day);

	stretch->length = length_text(pass, seconds * (stretch->to.at - stretch->from.at + 1));
}

/* The hours of a working day between two times. */
static void tell_hours(struct pass *pass, struct svc_step_date *date, svc_date day, svc_time from, svc_time to)
{
	const struct svc_zone *zone = pass->policy->zone;
	uint32_t count = openings(calendar_of(pass));
	struct opening first = opening_at(pass, 0), last = opening_at(pass, count - 1);
	int64_t seconds = 0;

	for (uint32_t i = 0; i < count; i++)
		seconds += opening_at(pass, i).to - opening_at(pass, i).from;
	if (from <= svc_zone_time(zone, day, first.from) && to >= svc_zone_time(zone, day, last.to)) {
		tell_whole_day(pass, date, day, seconds);
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		svc_time opens = svc_zone_time(zone, day, opening_at(pass, i).from);
		svc_time closes = svc_zone_time(zone, day, opening_at(pass, i).to);

		opens = opens > from ? opens : from;
		closes = closes < to ? closes : to;
		if (opens < closes)
			add_stretch(pass, date, "open", opens, closes, SVC_MOMENT_TIME)->length = length_text(
				pass, closes - opens);
	}
}

/* The day that working days are counted from is not looked at; a last day that moves, and one that hours begin on, are. */
void tell_working(struct pass *pass, struct svc_step_date *date, bool hours)
{
	svc_date first = moment_day(pass, date->from), last = moment_day(pass, date->to);
	bool back = first > last || (hours && date->from.at > date->to.at), peeking = pass->peek;
	svc_time from = moment_first(pass, back ? date->to : date->from),
		 to = moment_first(pass, back ? date->from : date->to);

	if (last - first > DAYS_TOLD || first - last > DAYS_TOLD)
		return;
	pass->peek = true;
	for (svc_date day = back ? last : first; day <= (back ? first : last); day++) {
		const char *kind = kind_of(pass, day);

		if (kind && (hours || !date->length || day != first))
			add_day(pass, date, kind, day);
		if (hours && working_day(pass, day, NULL) > 0)
			tell_hours(pass, date, day, from, to);
	}
	pass->peek = peeking;
}
