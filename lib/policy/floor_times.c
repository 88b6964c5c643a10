/* Deadlines: a later one for the company, or an earlier one for the customer, than the law sets. */
#include "decide.h"
#include "floor.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *id;
	enum svc_ask ask;
	size_t at; /* struct svc_moment in struct svc_answer */
} times[] = {
	{"due", SVC_ASK_DEADLINE, offsetof(struct svc_answer, due)},
	{"respond_by", SVC_ASK_SLA, offsetof(struct svc_answer, respond_by)},
	{"arrive_by", SVC_ASK_SLA, offsetof(struct svc_answer, arrive_by)},
	{"diagnose_by", SVC_ASK_SLA, offsetof(struct svc_answer, diagnose_by)},
	{"resolve_by", SVC_ASK_SLA, offsetof(struct svc_answer, resolve_by)},
	{"report_by", SVC_ASK_SLA, offsetof(struct svc_answer, report_by)},
};

static struct svc_moment moment_at(const struct svc_answer *answer, size_t i)
{
	return *(const struct svc_moment *)((const char *)answer + times[i].at);
}

static enum asked ask(struct floor *floor, enum side side, uint16_t *missing)
{
	struct svc_facts *facts = floor->shared.facts[side];
	struct svc_answer *answer = &floor->answers[side];

	if (svc_ask(facts->policy, floor->timed, facts, false, answer, NULL))
		return ASKED_OPEN;
	*missing = missing_of(facts->policy, answer);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (times[i].ask == floor->timed && moment_at(answer, i).kind != SVC_MOMENT_NONE)
			return ASKED;
	return answer->verdict == SVC_VERDICT_INCOMPLETE ? ASKED_OPEN : ASKED_NOTHING;
}

/* A day lasts until its last second. */
static svc_time last_second(const struct svc_facts *facts, struct svc_moment moment)
{
	return moment.kind == SVC_MOMENT_TIME ? moment.at
					      : svc_zone_time(facts->policy->zone, (svc_date)moment.at + 1, 0) - 1;
}

static void format_moment(const struct svc_facts *facts, struct svc_moment moment, char out[32])
{
	if (moment.kind == SVC_MOMENT_TIME)
		svc_time_format(moment.at, facts->policy->zone, out);
	else
		svc_date_format((svc_date)moment.at, out);
}

/* Of what the customer has until then the law's rule says so: a later day is better for him. */
static bool later_is_better(const struct floor *floor, const char *clause)
{
	const struct svc_facts *law = floor->shared.facts[SIDE_LAW];
	const struct pack_head *head = law->policy->head;
	const struct pack_list entries = head->entries[ENTRIES_DEADLINES];

	for (uint32_t i = 0; i < entries.count; i++) {
		const struct entry *entry = PACK_ITEM(head, entries, struct entry, i);
		bool of_task = false;

		for (uint32_t g = 0; g < entry->groups.count; g++)
			of_task = of_task || *PACK_ITEM(head, entry->groups, uint16_t, g) == law->values[F_TASK].number;
		if (!of_task || strcmp(pack_text(head, entry->rule.clause), clause))
			continue;
		for (uint32_t s = 0; s < entry->said.count; s++)
			if (PACK_ITEM(head, entry->said, struct said, s)->saying == SAY_BETTER)
				return true;
	}
	return false;
}

static void say(struct floor *floor, size_t i, const char *clause, const char *law_clause)
{
	const struct svc_facts *promise = floor->shared.facts[SIDE_PROMISE], *law = floor->shared.facts[SIDE_LAW];
	const struct pack_head *head = promise->policy->head;
	const struct pack_list tasks = fact_of(head, F_TASK)->words;
	char gives[32], owes[32];
	struct svc_shortfall one = {.kind = SVC_SHORT_DEADLINE,
				    .ask = floor->timed,
				    .law_ask = floor->timed,
				    .about = times[i].id,
				    .gives = gives,
				    .owes = owes,
				    .clause = clause,
				    .law_clause = law_clause,
				    .text = clause_text(head, clause),
				    .law_text = clause_text(law->policy->head, law_clause)};

	if (floor->timed == SVC_ASK_DEADLINE)
		one.about = pack_text(head,
				      PACK_ITEM(head, tasks, struct pack_word, promise->values[F_TASK].number)->id);
	format_moment(promise, moment_at(&floor->answers[SIDE_PROMISE], i), gives);
	format_moment(law, moment_at(&floor->answers[SIDE_LAW], i), owes);
	lack_keep(floor, one, GIVES_NOTHING, GIVES_NOTHING);
}

static void compare(struct floor *floor, unsigned depth)
{
	const struct svc_answer *promise = &floor->answers[SIDE_PROMISE], *law = &floor->answers[SIDE_LAW];
	const char *clause = promise->clause_count ? promise->clauses[0] : "";
	const char *law_clause = law->clause_count ? law->clauses[0] : "";
	bool later = floor->timed == SVC_ASK_DEADLINE && later_is_better(floor, law_clause);

	(void)depth;
	floor->counts.cases++;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct svc_moment gives = moment_at(promise, i), owes = moment_at(law, i);
		svc_time here, there;

		if (times[i].ask != floor->timed || !gives.kind || !owes.kind)
			continue;
		here = last_second(floor->shared.facts[SIDE_PROMISE], gives);
		there = last_second(floor->shared.facts[SIDE_LAW], owes);
		if (later ? here < there : here > there)
			say(floor, i, clause, law_clause);
	}
}

const struct subject subject_times = {SIDE_LAW, ask, compare};
