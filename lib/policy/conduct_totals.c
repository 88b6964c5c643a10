/* Violations that add up: so many in a month or year, and places in the monthly ranking. */
#include "conduct.h"

#include "trace.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

static enum gravity gravity_said(struct pass *pass, const struct entry *entry)
{
	if (has_consequence(pass, entry, "dismissal"))
		return GRAVITY_DISMISSED;
	if (has_consequence(pass, entry, "suspension_training"))
		return GRAVITY_SUSPENDED;
	return entry->rule.verdict == SVC_REFER ? GRAVITY_REFER : GRAVITY_NONE;
}

enum gravity gravity_of(struct pass *pass, const struct violation *violation)
{
	enum gravity gravity = gravity_said(pass, violation->entry);

	return gravity == GRAVITY_NONE && violation->fine > 0 ? GRAVITY_FINED : gravity;
}

/* The first day on which it is reached is the one that counts. */
static void reach(struct pass *pass, struct totals *totals, const struct entry *entry, svc_date on)
{
	struct svc_answer *answer = pass->answer;
	size_t at = totals->count;

	for (size_t i = 0; i < at; i++)
		if (totals->items[i].entry == entry)
			return;
	totals->items = list_add(pass->memory, totals->items, &totals->count, sizeof *totals->items);
	totals->items[at] = (struct total){entry, gravity_said(pass, entry), on};
	add_said(pass, entry, SAY_CONSEQUENCES, &answer->consequences, &answer->consequence_count);
	if (answer->triggered_on == SVC_DATE_NONE || on < answer->triggered_on)
		answer->triggered_on = on;
}

/* ---- the ranking ---- */

struct place {
	svc_date month; /* its first day */
	int64_t rank; /* millionths */
};
struct ranking { /* by month */
	struct place *items;
	size_t count;
};

static bool bad_rank(struct pass *pass, const char *what)
{
	pass->fault = error_set(pass->err, SVC_BAD_INPUT,
				_("complaint_rank is a list of maps {month: YYYY-MM, rank: N}, not: %s"), what);
	error_field(pass->err, "complaint_rank");
	return false;
}

static bool read_place(struct pass *pass, const struct node *node, struct place *out)
{
	const struct node *month = node_get(node, "month"), *rank = node_get(node, "rank");
	char day[16];

	if (!month || month->kind != NODE_SCALAR || strlen(month->text) != strlen("YYYY-MM"))
		return bad_rank(pass, month && month->text ? month->text : "month");
	snprintf(day, sizeof day, "%s-01", month->text);
	if (!svc_date_parse(day, &out->month))
		return bad_rank(pass, month->text);
	if (!rank)
		return bad_rank(pass, "rank");
	return tree_number(pass, rank, "complaint_rank", &out->rank);
}

static bool read_ranking(struct pass *pass, struct ranking *ranking)
{
	const struct node *list = value_of(pass, F_COMPLAINT_RANK)->tree;

	if (list && list->kind != NODE_LIST)
		return bad_rank(pass, list->kind == NODE_SCALAR ? list->text : "...");
	for (size_t i = 0; list && i < list->count; i++) {
		size_t at = ranking->count;
		struct place place;

		if (!read_place(pass, list->items[i], &place))
			return false;
		ranking->items = list_add(pass->memory, ranking->items, &ranking->count, sizeof *ranking->items);
		for (; at && ranking->items[at - 1].month > place.month; at--)
			ranking->items[at] = ranking->items[at - 1];
		ranking->items[at] = place;
	}
	return true;
}

/* How many months in a row, up to this one, had the same place. */
static int64_t months_running(const struct ranking *ranking, size_t at)
{
	int64_t running = 1;

	for (; at && ranking->items[at - 1].rank == ranking->items[at].rank &&
	       svc_date_add_months(ranking->items[at - 1].month, 1) == ranking->items[at].month;
	     at--)
		running++;
	return running;
}

/* A place stands as a violation on the last day of its month. */
static bool take_place(struct pass *pass, const struct entry *entry, svc_date on, int64_t needed,
		       struct violations *all, struct totals *totals)
{
	struct violation violation = {.rule = pack_text(pass->head, entry->rule.clause), .on = on};
	size_t at = all->count;

	if (needed) {
		reach(pass, totals, entry, on);
		return true;
	}
	charge(pass, &violation, entry);
	if (stopped(pass) && !set_aside(pass))
		return false;
	all->items = list_add(pass->memory, all->items, &all->count, sizeof *all->items);
	for (; at && all->items[at - 1].on > on; at--)
		all->items[at] = all->items[at - 1];
	all->items[at] = violation;
	return true;
}

/* The months in a row that end with this one, and how many it takes. */
static void tell_run(struct pass *pass, const struct entry *entry, const struct ranking *ranking, size_t at,
		     int64_t needed)
{
	size_t months = (size_t)months_running(ranking, at);
	struct svc_step_sum sum = {.how = "count", .of = arena_alloc(pass->memory, months * sizeof *sum.of)};
	char text[32];

	for (size_t i = at + 1 - months; i <= at; i++) {
		svc_date_format(ranking->items[i].month, text);
		sum.of[sum.of_count++] = (struct svc_step_fact){NULL, arena_strndup(pass->memory, text, 7)};
	}
	sum.result = arena_printf(pass->memory, "%zu", months);
	trace_sum(pass, &entry->rule, sum);
	svc_number_format(needed, text);
	trace_sum(pass, &entry->rule, (struct svc_step_sum){.how = "needed", .result = text});
}

static bool rank_by(struct pass *pass, const struct entry *entry, const struct ranking *ranking, struct violations *all,
		    struct totals *totals)
{
	int64_t rank, running = 0;

	if (figure_of(pass, entry, SAY_RANK, &rank))
		figure_of(pass, entry, SAY_RUNNING, &running);
	if (stopped(pass))
		return set_aside(pass);
	for (size_t i = 0; i < ranking->count; i++) {
		svc_date last = month_end(ranking->items[i].month);
		bool to_come = pass->values[F_AS_OF].given && last > pass->values[F_AS_OF].number;

		if (ranking->items[i].rank != rank || to_come)
			continue;
		if (pass->trace && running)
			tell_run(pass, entry, ranking, i, running);
		if (months_running(ranking, i) * SVC_NUMBER_ONE < running)
			continue;
		if (!take_place(pass, entry, last, running, all, totals))
			return false;
	}
	return true;
}

bool add_ranks(struct pass *pass, struct violations *all, struct totals *totals)
{
	struct pack_list list = entries_of(pass, ENTRIES_RANKS);
	struct ranking ranking = {0};

	if (!read_ranking(pass, &ranking))
		return false;
	for (uint32_t i = 0; ranking.count && i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, -1);

		if (entry && !rank_by(pass, entry, &ranking, all, totals))
			return false;
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

/* ---- so many in a period ---- */

/* The number of the calendar month or year; 0 when all days count together. */
static int period_of(const char *per, svc_date day)
{
	int year, month, in_month;

	if (!per)
		return 0;
	svc_date_split(day, &year, &month, &in_month);
	return strcmp(per, "month") != 0 ? year : year * 12 + month;
}

struct bounds { /* of what a rule looks at: what came later than one day, a limit reached on or before another */
	svc_date after, until;
};

/* False: the pass stopped, or the rule is not there because what it comes after never was. */
static bool bounds_of(struct pass *pass, const struct entry *entry, struct bounds *out)
{
	struct svc_moment moment;

	*out = (struct bounds){SVC_DATE_NONE, SVC_DATE_LIFETIME};
	if (said_of(pass, entry, SAY_AFTER)) {
		if (moment_said(pass, entry, SAY_AFTER, &moment) != INSTANT_KNOWN)
			return false;
		out->after = moment_day(pass, moment);
	}
	if (moment_said(pass, entry, SAY_UNTIL, &moment) == INSTANT_KNOWN)
		out->until = moment_day(pass, moment);
	return !stopped(pass);
}

static bool counts_here(const struct violation *violation, svc_date after)
{
	return violation->counts && !violation->dropped && violation->on > after;
}

/* The day of the violation that reaches the limit; SVC_DATE_NONE: none does. */
static svc_date day_reached(const struct violations *all, const char *per, int64_t counted, svc_date after)
{
	for (size_t i = 0; i < all->count; i++) {
		int64_t seen = 0;

		for (size_t k = 0; k <= i; k++)
			seen += counts_here(&all->items[k], after) &&
				period_of(per, all->items[k].on) == period_of(per, all->items[i].on);
		if (seen && seen * SVC_NUMBER_ONE >= counted)
			return all->items[i].on;
	}
	return SVC_DATE_NONE;
}

/* The days that count up to the one that reaches the limit, or all of its period. */
static void tell_count(struct pass *pass, const struct entry *entry, const struct violations *all,
		       const struct bounds *bounds, svc_date on)
{
	const char *per = said_text(pass, entry, SAY_PER);
	struct svc_step_sum sum = {.how = "count", .of = arena_alloc(pass->memory, all->count * sizeof *sum.of)};
	svc_date last = on != SVC_DATE_NONE ? on : all->items[all->count - 1].on;
	char day[16];

	for (size_t i = 0; i < all->count; i++) {
		const struct violation *violation = &all->items[i];

		if (!counts_here(violation, bounds->after) || violation->on > last ||
		    period_of(per, violation->on) != period_of(per, last))
			continue;
		svc_date_format(violation->on, day);
		sum.of[sum.of_count++] = (struct svc_step_fact){NULL, arena_strdup(pass->memory, day)};
	}
	sum.result = arena_printf(pass->memory, "%zu", sum.of_count);
	trace_sum(pass, &entry->rule, sum);
}

/* How many it takes, and whether they came together. */
static void tell_total(struct pass *pass, const struct entry *entry, const struct violations *all,
		       const struct bounds *bounds, int64_t counted, svc_date on)
{
	char needed[32];

	tell_count(pass, entry, all, bounds, on);
	svc_number_format(counted, needed);
	trace_sum(pass, &entry->rule, (struct svc_step_sum){.how = "needed", .result = needed});
	trace_met(pass, &entry->rule, on != SVC_DATE_NONE && on <= bounds->until);
}

static void add_total(struct pass *pass, const struct entry *entry, const struct violations *all, struct totals *totals)
{
	struct bounds bounds;
	int64_t counted;
	svc_date on;

	if (!bounds_of(pass, entry, &bounds) || !figure_of(pass, entry, SAY_COUNTED, &counted))
		return;
	on = day_reached(all, said_text(pass, entry, SAY_PER), counted, bounds.after);
	if (pass->trace)
		tell_total(pass, entry, all, &bounds, counted, on);
	if (on != SVC_DATE_NONE && on <= bounds.until)
		reach(pass, totals, entry, on);
}

bool add_totals(struct pass *pass, const struct violations *all, struct totals *totals)
{
	struct pack_list list = entries_of(pass, ENTRIES_TOTALS);

	for (uint32_t i = 0; all->count && i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, -1);

		if (entry)
			add_total(pass, entry, all, totals);
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}
