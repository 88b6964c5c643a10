/* dispatch: can this visit be kept, and by whom. */
#include "dispatch.h"
#include "limits.h"
#include "trace.h"

#include "base/error.h"

#include <stddef.h>

static const struct limit rows[] = {
	LIMIT(SAY_LEAVE_BY, leave_by),
	LIMIT(SAY_ARRIVE_FROM, arrive_from),
	LIMIT(SAY_ARRIVE_TO, arrive_to),
};

static svc_time window_end(struct pass *pass, const struct fact_value *appointed)
{
	const struct node *to = appointed->tree ? node_get(appointed->tree, "to") : NULL;
	struct svc_moment end = {appointed->number, SVC_MOMENT_TIME};

	if (to)
		tree_moment(pass, to, "appointed", &end);
	return moment_last(pass, end);
}

struct visit visit_of(struct pass *pass)
{
	const struct fact_value *appointed = value_of(pass, F_APPOINTED), *depart = value_of(pass, F_DEPART);
	const struct fact_value *travel = value_of(pass, F_TRAVEL_MINUTES);
	struct visit visit = {.opens = appointed->number, .closes = window_end(pass, appointed)};

	visit.departs = depart->known ? depart->number : SVC_TIME_NONE;
	visit.arrives = SVC_TIME_NONE;
	if (depart->known && travel->known)
		visit.arrives = depart->number + seconds_counted(travel->number, UNIT_MINUTE);
	return visit;
}

const struct rule *visit_rule(struct pass *pass)
{
	static const enum entry_list lists[] = {ENTRIES_DISPATCH, ENTRIES_DISPATCH_REQUIRES, ENTRIES_DISPATCH_THEN};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct pack_list list = entries_of(pass, lists[i]);
		uint32_t at = 0;
		const struct entry *entry;
		bool peeking = pass->peek;

		pass->peek = true; /* this is no step of its own */
		entry = entry_next(pass, list, &at, GROUP_ANY);
		pass->peek = peeking;
		if (entry)
			return &entry->rule;
	}
	return NULL;
}

static struct svc_moment at_time(svc_time time)
{
	return (struct svc_moment){time, SVC_MOMENT_TIME};
}

void tell_arrival(struct pass *pass, const struct visit *visit)
{
	const struct rule *rule = visit_rule(pass);
	int64_t minutes = value_of(pass, F_TRAVEL_MINUTES)->number / SVC_NUMBER_ONE;

	if (!rule || visit->arrives == SVC_TIME_NONE)
		return;
	trace_count(pass, rule,
		    (struct reckoning){"after",
				       F_DEPART,
				       at_time(visit->departs),
				       at_time(visit->arrives),
				       {.count = (int32_t)minutes, .unit = UNIT_MINUTE}});
	trace_limit(pass, rule, 0, at_time(visit->arrives), at_time(visit->closes), too_late(visit));
}

bool too_late(const struct visit *visit)
{
	return visit->arrives != SVC_TIME_NONE && visit->arrives > visit->closes;
}

/* One requirement that is known to fail is enough, whatever is unknown beside it. */
static bool something_fails(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_DISPATCH_REQUIRES);
	const struct entry *entry;
	bool fails = false;
	uint32_t i = 0;

	pass->peek = true;
	while ((entry = entry_next(pass, list, &i, GROUP_ANY)))
		if (guard_fails(pass, entry)) {
			cite_rule(pass, &entry->rule);
			fails = true;
		}
	pass->peek = false;
	return fails;
}

bool may_be_sent(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_DISPATCH_REQUIRES);
	bool all = true;

	if (something_fails(pass))
		return false;
	for (uint32_t i = 0; i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, GROUP_ANY);

		if (entry && !guards_hold(pass, entry))
			all = false;
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return all;
}

struct taken visit_takes(struct pass *pass)
{
	const struct visit visit = visit_of(pass);
	const struct fact_value *work = value_of(pass, F_WORK_MINUTES);
	svc_time arrives = visit.arrives != SVC_TIME_NONE ? visit.arrives : visit.opens;
	svc_time ends = arrives > visit.opens ? arrives : visit.opens;

	ends += work->known && work->number > 0 ? seconds_counted(work->number, UNIT_MINUTE) : 1;
	return (struct taken){visit.departs != SVC_TIME_NONE ? visit.departs : visit.opens, ends};
}

/* How long the technician is taken, and by what else. */
static void tell_conflict(struct pass *pass, const char *job, struct svc_moment begins, struct svc_moment ends,
			  struct svc_moment from, struct svc_moment to)
{
	const struct rule *rule = visit_rule(pass);
	const char *about = trace_about(pass, job);

	trace_count(pass, rule, (struct reckoning){.how = "taken", .from = begins, .to = ends});
	trace_count(pass, rule, (struct reckoning){.how = "overlaps", .from = from, .to = to});
	trace_about(pass, about);
}

/* False: the pass stopped. */
static bool add_conflict(struct pass *pass, struct taken taken, const struct node *job)
{
	const struct node *id = node_get(job, "id"), *from = node_get(job, "from"), *to = node_get(job, "to");
	const char *name = id && id->kind == NODE_SCALAR ? arena_strdup(pass->memory, id->text) : "";
	struct svc_moment starts, ends;

	if (!from || !to) {
		pass->fault = error_set(pass->err, SVC_BAD_INPUT, _("a visit in jobs needs from and to"));
		return false;
	}
	if (!tree_moment(pass, from, "jobs", &starts) || !tree_moment(pass, to, "jobs", &ends))
		return false;
	if (moment_first(pass, starts) >= taken.to || moment_last(pass, ends) <= taken.from)
		return true;
	add_text(pass, name, &pass->answer->conflicts, &pass->answer->conflict_count);
	if (pass->trace)
		tell_conflict(pass, name, at_time(taken.from), at_time(taken.to), starts, ends);
	return true;
}

static bool find_conflicts(struct pass *pass)
{
	struct taken taken = visit_takes(pass);
	const struct node *jobs = value_of(pass, F_JOBS)->tree;

	for (size_t i = 0; jobs && jobs->kind == NODE_LIST && i < jobs->count; i++)
		if (!add_conflict(pass, taken, jobs->items[i]))
			return false;
	return true;
}

/* Without departure and travel nobody can say whether he comes in time. False: the pass stopped. */
static bool arrival_known(struct pass *pass, const struct visit *visit)
{
	static const uint16_t facts[] = {F_DEPART, F_TRAVEL_MINUTES};

	for (size_t i = 0; visit->arrives == SVC_TIME_NONE && i < sizeof facts / sizeof *facts; i++)
		if (!value_of(pass, facts[i])->known) {
			block(pass, facts[i], NULL);
			if (!set_aside(pass))
				return false;
		}
	return true;
}

static void say(struct pass *pass, uint16_t fact, bool holds)
{
	*local_of(pass, fact) = (struct fact_value){.known = true, .given = true, .number = holds};
}

/* What the rules say to do about it. False: the pass stopped. */
static bool add_then(struct pass *pass)
{
	struct visit visit = visit_of(pass);
	struct pack_list list = entries_of(pass, ENTRIES_DISPATCH_THEN);

	for (uint32_t i = 0; i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, GROUP_ANY);

		if (entry) {
			cite_rule(pass, &entry->rule);
			add_said(pass, entry, SAY_THEN, &pass->answer->then, &pass->answer->then_count);
		}
		if (pass->blocked == F_ON_TIME) { /* name what would tell it */
			pass->blocked = 0;
			if (!arrival_known(pass, &visit))
				return false;
		}
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

/* A visit that can be kept rests on what is asked of everyone who is sent. */
static void cite_requirements(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_DISPATCH_REQUIRES);
	const struct entry *entry;
	uint32_t i = 0;

	pass->peek = true;
	while ((entry = entry_next(pass, list, &i, GROUP_ANY)))
		cite_rule(pass, &entry->rule);
	pass->peek = false;
}

/* False: the pass stopped. */
static bool judge(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	struct visit visit = visit_of(pass);
	bool sent = may_be_sent(pass), feasible, late = too_late(&visit);

	if (pass->trace)
		tell_arrival(pass, &visit);
	if (stopped(pass) || !find_conflicts(pass))
		return false;
	feasible = sent && !late && !answer->conflict_count;
	if (feasible && !arrival_known(pass, &visit))
		return false;
	answer->verdict = feasible ? SVC_FEASIBLE : SVC_INFEASIBLE;
	if (visit.arrives != SVC_TIME_NONE)
		say(pass, F_ON_TIME, !late);
	say(pass, F_FEASIBLE, feasible);
	say(pass, F_TIGHT,
	    feasible && answer->arrive_to.kind && visit.arrives != SVC_TIME_NONE &&
		    visit.arrives > moment_last(pass, answer->arrive_to));
	return true;
}

void decide_dispatch(struct pass *pass)
{
	struct limits limits = {.rows = rows, .count = sizeof rows / sizeof *rows};
	struct svc_answer *answer = pass->answer;

	if (!value_of(pass, F_APPOINTED)->known) {
		block(pass, F_APPOINTED, NULL);
		return;
	}
	if (value_of(pass, F_CANDIDATES)->tree)
		choose_candidate(pass);
	if (stopped(pass) || !gather_limits(pass, ENTRIES_DISPATCH, SECTION_DISPATCH, &limits) || !judge(pass))
		return;
	if (!answer->missing_count && !add_then(pass))
		return;
	cite_limits(pass, &limits, NULL);
	if (answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
	else if (answer->verdict == SVC_FEASIBLE)
		cite_requirements(pass);
}
