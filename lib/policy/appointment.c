/* appointment: is it still good, and when to remind, to cancel, to tell. */
#include "limits.h"
#include "trace.h"

#include <stddef.h>

enum { REMIND_FROM, REMIND_TO, CANCEL_AT, NOTIFY_BY, PROGRESS_FROM, PROGRESS_TO };

static const struct limit rows[] = {
	[REMIND_FROM] = LIMIT(SAY_REMIND_FROM, remind_from),
	[REMIND_TO] = LIMIT(SAY_REMIND_TO, remind_to),
	[CANCEL_AT] = LIMIT(SAY_CANCEL_AT, cancel_at),
	[NOTIFY_BY] = LIMIT(SAY_NOTIFY_BY, notify_by),
	[PROGRESS_FROM] = LIMIT(SAY_PROGRESS_FROM, progress_from),
	[PROGRESS_TO] = LIMIT(SAY_PROGRESS_TO, progress_to),
};

static void expect_at(struct pass *pass, int64_t time)
{
	*local_of(pass, F_EXPECTED) = (struct fact_value){.known = true, .given = true, .number = time};
}

/* A new time holds when the delay was announced before the first appointment ran out, or by the time at which it had to be
   told. False: the pass stopped. */
static bool set_expected(struct pass *pass)
{
	struct limits first = {.rows = &rows[CANCEL_AT], .count = 2};
	struct svc_moment announced, until = moment_of_fact(pass, F_APPOINTED);

	if (until.kind == SVC_MOMENT_NONE)
		return block(pass, F_APPOINTED, NULL);
	expect_at(pass, until.at);
	if (!value_of(pass, F_NEW_TIME)->known && !value_of(pass, F_ANNOUNCED)->known)
		return true;
	if (!gather_limits(pass, ENTRIES_APPOINTMENTS, SECTION_APPOINTMENTS, &first))
		return false;
	if (pass->answer->cancel_at.kind)
		until = pass->answer->cancel_at;
	else if (pass->answer->notify_by.kind)
		until = pass->answer->notify_by;
	pass->answer->cancel_at = pass->answer->notify_by = (struct svc_moment){0};
	announced = moment_of_fact(pass, F_ANNOUNCED);
	if (announced.kind == SVC_MOMENT_NONE)
		return block(pass, F_ANNOUNCED, first.setter[0] ? &first.setter[0]->rule : NULL);
	if (moment_later(pass, announced, until))
		return true;
	if (!value_of(pass, F_NEW_TIME)->known)
		return block(pass, F_NEW_TIME, first.setter[0] ? &first.setter[0]->rule : NULL);
	expect_at(pass, value_of(pass, F_NEW_TIME)->number);
	return true;
}

/* Progress is asked of work that has begun. */
static size_t rows_that_apply(struct pass *pass)
{
	return value_of(pass, F_STARTED)->known ? sizeof rows / sizeof *rows : PROGRESS_FROM;
}

/* Inside the time of the reminder; one who booked since it began has just been told. False also when the pass stopped. */
static bool to_remind(struct pass *pass, const struct limits *limits, struct svc_moment now)
{
	const struct svc_answer *answer = pass->answer;
	struct svc_moment booked = moment_of_fact(pass, F_BOOKED);

	if (pass->trace && limits->setter[REMIND_FROM])
		trace_reached(pass, &limits->setter[REMIND_FROM]->rule, now_fact(pass), now, answer->remind_from,
			      !moment_later(pass, answer->remind_from, now));
	if (!answer->remind_from.kind || moment_later(pass, answer->remind_from, now) ||
	    (answer->remind_to.kind && moment_later(pass, now, answer->remind_to)))
		return false;
	if (booked.kind == SVC_MOMENT_NONE)
		return block(pass, F_BOOKED, &limits->setter[REMIND_FROM]->rule);
	return moment_later(pass, answer->remind_from, booked);
}

/* What tells how late it is. */
static uint16_t fact_at(struct pass *pass)
{
	return value_of(pass, F_ARRIVED)->known ? F_ARRIVED : now_fact(pass);
}

/* Past the time, and past what a rule tolerates. False also when the pass stopped. */
static bool is_late(struct pass *pass, const struct limits *limits, struct svc_moment at, const struct entry **rule)
{
	struct svc_moment expected = {local_of(pass, F_EXPECTED)->number, SVC_MOMENT_TIME}, tolerated;
	const struct entry *found = NULL;

	if (!moment_later(pass, at, expected))
		return false;
	for (size_t i = 0; i < limits->matching_count; i++) {
		const struct entry *entry = limits->matching[i];

		if (!said_of(pass, entry, SAY_LATE_AFTER))
			continue;
		if (found && !has_order(pass, SECTION_APPOINTMENTS))
			both_match(pass, found, entry);
		found = found ? found : entry;
	}
	if (!found || pass->fault)
		return !pass->fault;
	*rule = found;
	if (moment_said(pass, found, SAY_LATE_AFTER, &tolerated) != INSTANT_KNOWN)
		return false;
	if (pass->trace)
		trace_limit(pass, &found->rule, fact_at(pass), at, tolerated, moment_later(pass, at, tolerated));
	return moment_later(pass, at, tolerated);
}

static void judge(struct pass *pass, const struct limits *limits, struct svc_moment arrived, struct svc_moment now)
{
	struct svc_moment at = arrived.kind ? arrived : now;
	struct svc_answer *answer = pass->answer;
	const struct entry *deciding = limits->setter[CANCEL_AT];

	if (pass->trace && answer->cancel_at.kind)
		trace_limit(pass, &deciding->rule, fact_at(pass), at, answer->cancel_at,
			    moment_later(pass, at, answer->cancel_at));
	if (answer->cancel_at.kind && moment_later(pass, at, answer->cancel_at)) {
		answer->verdict = SVC_CANCELLED;
	} else if (is_late(pass, limits, at, &deciding)) {
		answer->verdict = SVC_LATE;
	} else {
		answer->verdict = !stopped(pass) && !arrived.kind && to_remind(pass, limits, now) ? SVC_REMIND
												  : SVC_CONFIRMED;
		if (limits->setter[REMIND_FROM])
			deciding = limits->setter[REMIND_FROM];
	}
	if (!stopped(pass) || set_aside(pass))
		cite_limits(pass, limits, deciding);
}

void decide_appointment(struct pass *pass)
{
	struct limits limits = {.rows = rows, .count = rows_that_apply(pass)};
	struct svc_moment arrived = moment_of_fact(pass, F_ARRIVED), now = moment_now(pass);

	if (!set_expected(pass) || !gather_limits(pass, ENTRIES_APPOINTMENTS, SECTION_APPOINTMENTS, &limits))
		return;
	if (!arrived.kind && !now.kind) {
		block(pass, F_NOW, NULL);
		return;
	}
	judge(pass, &limits, arrived, now);
	if (pass->answer->missing_count)
		pass->answer->verdict = SVC_VERDICT_INCOMPLETE;
}
