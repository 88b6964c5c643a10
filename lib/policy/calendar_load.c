/* `calendar`: what the pack says of its week, and the days off and make-up days of what it includes. */
#include "load.h"

#include <stdlib.h>
#include <string.h>

#define WORKWEEK 0x1f /* Monday to Friday */
#define RANGE_MAX 366

struct draft_calendar {
	pack_ref clause;
	uint8_t week;
	bool holidays, no_make_up;
	uint16_t longest_rest;
	struct growing hours; /* struct opening */
	struct growing years, off, on; /* int32_t */
};

static void read_clause(struct loader *load, const struct node *value, void *into)
{
	((struct draft_calendar *)into)->clause = build_text(&load->build, clause_of(load, value));
}

static void read_holidays(struct loader *load, const struct node *value, void *into)
{
	((struct draft_calendar *)into)->holidays = flag_of(load, value);
}

/* The days off count, and nobody works on a Sunday for them. */
static void read_make_up(struct loader *load, const struct node *value, void *into)
{
	((struct draft_calendar *)into)->no_make_up = !flag_of(load, value);
}

/* Whole days: a run of them is counted by the calendar, not by the clock. */
static void read_longest_rest(struct loader *load, const struct node *value, void *into)
{
	struct duration span = {0};

	if (!duration_of(load, value, &span))
		return;
	if (span.unit != UNIT_DAY || span.count < 1 || span.count > RANGE_MAX)
		error_hint(fault(load, value, "%s", _("a rest is counted in days, a year of them at most")), "%s",
			   _("write longest_rest: 16 days"));
	else
		((struct draft_calendar *)into)->longest_rest = (uint16_t)span.count;
}

static bool is_list(struct loader *load, const struct node *value)
{
	if (value->kind == NODE_LIST)
		return true;
	fault(load, value, "%s", _("a list is wanted here"));
	return false;
}

static uint8_t day_of_week(struct loader *load, const struct node *node)
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	const char *text = text_of(load, node);

	for (unsigned i = 0; text && i < 7; i++)
		if (!strcmp(days[i], text))
			return (uint8_t)(1u << i);
	if (text)
		error_hint(fault(load, node, _("\"%s\" is no day of the week"), text), "%s",
			   _("write mon, tue, wed, thu, fri, sat or sun"));
	return 0;
}

static void read_week(struct loader *load, const struct node *value, void *into)
{
	struct draft_calendar *draft = into;

	draft->week = 0;
	if (value->kind == NODE_LIST && !value->count)
		fault(load, value, "%s", _("a week has at least one day of work"));
	for (size_t i = 0; is_list(load, value) && i < value->count; i++)
		draft->week |= day_of_week(load, value->items[i]);
}

/* "09:00", up to "24:00", in seconds of the day; -1. */
static int32_t clock_of(const char *text)
{
	int hour, minute;

	for (size_t i = 0; i < 5; i++)
		if (i == 2 ? text[i] != ':' : text[i] < '0' || text[i] > '9')
			return -1;
	hour = 10 * (text[0] - '0') + text[1] - '0';
	minute = 10 * (text[3] - '0') + text[4] - '0';
	return minute > 59 || 60 * hour + minute > 1440 ? -1 : 60 * (60 * hour + minute);
}

static void read_opening(struct loader *load, const struct node *node, struct growing *hours)
{
	const char *text = text_of(load, node);
	struct opening opening = {-1, -1};
	const struct opening *before = hours->count ? (struct opening *)hours->items + hours->count - 1 : NULL;

	if (text && strlen(text) == 11 && text[5] == '-')
		opening = (struct opening){clock_of(text), clock_of(text + 6)};
	if (text && (opening.from < 0 || opening.to <= opening.from))
		error_hint(fault(load, node, _("\"%s\" are no opening hours"), text), "%s", _("write 09:00-12:00"));
	else if (text && before && opening.from < before->to)
		fault(load, node, "%s", _("opening hours stand in their order and do not overlap"));
	else if (text)
		*(struct opening *)growing_add(hours, sizeof opening) = opening;
}

static void read_hours(struct loader *load, const struct node *value, void *into)
{
	for (size_t i = 0; is_list(load, value) && i < value->count; i++)
		read_opening(load, value->items[i], &((struct draft_calendar *)into)->hours);
}

static void read_years(struct loader *load, const struct node *value, void *into)
{
	for (size_t i = 0; is_list(load, value) && i < value->count; i++) {
		const char *text = text_of(load, value->items[i]);
		int64_t year;

		if (text && (!svc_number_parse(text, &year) || year % SVC_NUMBER_ONE || year / SVC_NUMBER_ONE < 1900 ||
			     year / SVC_NUMBER_ONE > 9999))
			fault(load, value->items[i], _("\"%s\" is no year"), text);
		else if (text)
			*(int32_t *)growing_add(&((struct draft_calendar *)into)->years,
						sizeof(int32_t)) = (int32_t)(year / SVC_NUMBER_ONE);
	}
}

static svc_date day_of(struct loader *load, const struct node *node)
{
	const char *text = node ? text_of(load, node) : NULL;
	svc_date day = SVC_DATE_NONE;

	if (text && !svc_date_parse(text, &day))
		fault(load, node, _("\"%s\" is no date"), text);
	return day;
}

static void read_days(struct loader *load, const struct node *node, struct growing *days)
{
	bool range = node->kind == NODE_MAP;
	svc_date from = day_of(load, range ? node_get(node, "from") : node);
	svc_date to = range ? day_of(load, node_get(node, "to")) : from;

	if (range && (node->count != 2 || from > to || (from != SVC_DATE_NONE && to - (int64_t)from > RANGE_MAX))) {
		error_hint(fault(load, node, "%s", _("these are no days off")), "%s",
			   _("write {from: 2026-10-01, to: 2026-10-07}"));
		return;
	}
	for (svc_date day = from; from != SVC_DATE_NONE && to != SVC_DATE_NONE && day <= to; day++)
		*(int32_t *)growing_add(days, sizeof(int32_t)) = day;
}

static void read_off(struct loader *load, const struct node *value, void *into)
{
	for (size_t i = 0; is_list(load, value) && i < value->count; i++)
		read_days(load, value->items[i], &((struct draft_calendar *)into)->off);
}

static void read_on(struct loader *load, const struct node *value, void *into)
{
	for (size_t i = 0; is_list(load, value) && i < value->count; i++)
		read_days(load, value->items[i], &((struct draft_calendar *)into)->on);
}

static int by_number(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

	return (a > b) - (a < b);
}

/* In their order, each once. */
static void sort_days(struct growing *days)
{
	int32_t *items = days->items;
	size_t kept = 0;

	if (days->count)
		qsort(items, days->count, sizeof *items, by_number);
	for (size_t i = 0; i < days->count; i++)
		if (!kept || items[kept - 1] != items[i])
			items[kept++] = items[i];
	days->count = kept;
}

/* A day can't be both. */
static void check_apart(struct loader *load, const struct node *node, const struct draft_calendar *draft)
{
	const int32_t *off = draft->off.items, *on = draft->on.items;
	char day[16];

	for (size_t i = 0, j = 0; i < draft->on.count && j < draft->off.count; on[i] < off[j] ? i++ : j++)
		if (on[i] == off[j]) {
			svc_date_format(on[i], day);
			fault(load, node, _("%s is a day off and a make-up day at once"), day);
		}
}

static struct pack_list days_done(struct loader *load, struct growing *days)
{
	struct pack_list list = build_list(&load->build, days->items, days->count, sizeof(int32_t));

	growing_release(days);
	return list;
}

static pack_ref keep(struct loader *load, struct draft_calendar *draft)
{
	struct calendar calendar;

	memset(&calendar, 0, sizeof calendar);
	calendar.clause = draft->clause;
	calendar.week = draft->week;
	calendar.holidays = draft->holidays;
	calendar.longest_rest = draft->longest_rest;
	calendar.hours = build_list(&load->build, draft->hours.items, draft->hours.count, sizeof(struct opening));
	calendar.years = days_done(load, &draft->years);
	calendar.off = days_done(load, &draft->off);
	if (draft->no_make_up)
		draft->on.count = 0;
	calendar.on = days_done(load, &draft->on);
	load->opening = calendar.hours.count != 0;
	growing_release(&draft->hours);
	return build_piece(&load->build, &calendar, sizeof calendar);
}

/* Kind 1: the pack; kind 2: what it includes. */
static const struct key keys[] = {{"clause", 1, read_clause},
				  {"week", 1, read_week},
				  {"hours", 1, read_hours},
				  {"holidays", 1, read_holidays},
				  {"make_up_days", 1, read_make_up},
				  {"years", 3, read_years},
				  {"longest_rest", 3, read_longest_rest},
				  {"off", 3, read_off},
				  {"on", 3, read_on},
				  {0}};

pack_ref load_calendar(struct loader *load)
{
	struct draft_calendar draft = {.week = WORKWEEK};
	const struct node *own = NULL;
	pack_ref calendar;

	for (load->source = 0; load->source < load->parsed->sources.count; load->source++) {
		const struct node *tree = source_at(load->parsed, load->source)->tree;
		const struct node *node = tree ? node_get(tree, "calendar") : NULL;

		if (node)
			read_map(load, node, keys, load->source ? 2 : 1, &draft);
		own = load->source ? own : node;
	}
	load->source = 0;
	if (own)
		keep_sentence(load, own, "calendar", draft.clause);
	if (own && draft.holidays && !draft.years.count)
		error_hint(fault(load, own, "%s", _("no calendar says the holidays")), "%s",
			   _("say include: [calendars/cn]"));
	sort_days(&draft.years);
	sort_days(&draft.off);
	sort_days(&draft.on);
	if (own)
		check_apart(load, own, &draft);
	load->calendar = own != NULL;
	calendar = keep(load, &draft);
	return own ? calendar : 0;
}
