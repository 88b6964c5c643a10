/* sla: by when we must respond, arrive and resolve, and what is owed when we do not. */
#include "limits.h"
#include "trace.h"

#include "base/error.h"

#include <stddef.h>
#include <string.h>

static const struct limit rows[] = {
	LIMIT(SAY_RESPOND, respond_by),   LIMIT(SAY_ARRIVE, arrive_by), LIMIT(SAY_RESOLVE, resolve_by),
	LIMIT(SAY_DIAGNOSE, diagnose_by), LIMIT(SAY_REPORT, report_by),
};
#define ROWS (sizeof rows / sizeof *rows)

/* The name that a fallback misses it by; the fact that tells when it was done, and what the answer says of it. A limit
   without such a fact is only shown. */
static const struct {
	const char *name;
	uint16_t done;
	size_t in_time; /* of an enum svc_truth in struct svc_answer */
} kept_by[ROWS] = {
	{"respond", F_RESPONDED, offsetof(struct svc_answer, responded_in_time)},
	{"arrive", F_ARRIVED, offsetof(struct svc_answer, arrived_in_time)},
	{"resolve", F_RESOLVED, offsetof(struct svc_answer, resolved_in_time)},
	{"diagnose", F_NO_FACT, 0},
	{"report", F_NO_FACT, 0},
};

struct standing {
	bool missed[ROWS];
	const struct entry *breached, *running; /* the rule of the first limit of the kind */
	bool met; /* some limit was kept */
};

/* A limit that was kept or missed, or whose time is running; without the present nobody knows. */
static void stand(struct pass *pass, const struct limits *limits, size_t i, struct standing *standing)
{
	struct svc_moment limit = *limit_at(pass, &rows[i]), now = moment_now(pass);
	struct svc_moment done = kept_by[i].done ? moment_of_fact(pass, kept_by[i].done) : (struct svc_moment){0};

	if (limit.kind == SVC_MOMENT_NONE)
		return;
	if (done.kind == SVC_MOMENT_NONE && now.kind == SVC_MOMENT_NONE) {
		block(pass, F_NOW, &limits->setter[i]->rule);
		set_aside(pass);
		return;
	}
	standing->missed[i] = moment_later(pass, done.kind ? done : now, limit);
	if (pass->trace && kept_by[i].done)
		trace_limit(pass, &limits->setter[i]->rule, done.kind ? kept_by[i].done : now_fact(pass),
			    done.kind ? done : now, limit, standing->missed[i]);
	if (!kept_by[i].done)
		return;
	if (done.kind)
		*(enum svc_truth *)((char *)pass->answer + kept_by[i].in_time) = standing->missed[i] ? SVC_FALSE
												     : SVC_TRUE;
	if (standing->missed[i] && !standing->breached)
		standing->breached = limits->setter[i];
	else if (!standing->missed[i] && !done.kind && !standing->running)
		standing->running = limits->setter[i];
	standing->met = standing->met || (done.kind && !standing->missed[i]);
}

static bool is_missed(struct pass *pass, const struct entry *entry, const struct standing *standing)
{
	const char *name = said_text(pass, entry, SAY_MISSED);

	for (size_t i = 0; i < ROWS; i++)
		if (standing->missed[i] && !strcmp(name, kept_by[i].name))
			return true;
	return false;
}

/* What is owed for the limits that were missed. False: the pass stopped. */
static bool add_fallbacks(struct pass *pass, const struct standing *standing)
{
	struct pack_list list = entries_of(pass, ENTRIES_SLA_FALLBACK);

	for (uint32_t i = 0; i < list.count; i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);

		if (!is_missed(pass, entry, standing))
			continue;
		if (matches(pass, &entry->rule)) {
			cite_rule(pass, &entry->rule);
			add_said(pass, entry, SAY_THEN, &pass->answer->fallback, &pass->answer->fallback_count);
		}
		if (stopped(pass) && !set_aside(pass))
			return false;
	}
	return true;
}

/* False: two rules give it a priority. */
static bool set_priority(struct pass *pass, const struct limits *limits)
{
	const struct entry *first = NULL;

	for (size_t i = 0; i < limits->matching_count; i++) {
		const char *priority = said_text(pass, limits->matching[i], SAY_PRIORITY);

		if (!priority || (first && has_order(pass, SECTION_SLA)))
			continue;
		if (first && strcmp(priority, pass->answer->priority) != 0) {
			pass->fault = error_set(pass->err, SVC_BAD_INPUT,
						_("rules %s and %s both give a priority, and the section has no order"),
						pack_text(pass->head, first->rule.clause),
						pack_text(pass->head, limits->matching[i]->rule.clause));
			return false;
		}
		first = limits->matching[i];
		pass->answer->priority = priority;
	}
	return true;
}

void decide_sla(struct pass *pass)
{
	struct limits limits = {.rows = rows, .count = ROWS};
	struct standing standing = {0};
	struct svc_answer *answer = pass->answer;

	if (!gather_limits(pass, ENTRIES_SLA, SECTION_SLA, &limits) || !set_priority(pass, &limits))
		return;
	for (size_t i = 0; i < ROWS; i++)
		stand(pass, &limits, i, &standing);
	cite_limits(pass, &limits, standing.breached ? standing.breached : standing.running);
	if (!add_fallbacks(pass, &standing))
		return;
	answer->verdict = answer->missing_count   ? SVC_VERDICT_INCOMPLETE
			  : standing.breached     ? SVC_BREACHED
			  : standing.running      ? SVC_RUNNING
			  : standing.met          ? SVC_MET
			  : limits.matching_count ? SVC_RUNNING
						  : SVC_NOTHING;
}
