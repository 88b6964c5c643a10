/* The workflow as a map: where it begins and ends, and which ways lead out of a stage. What may be gone is transition's to say. */
#include "decide.h"

#include "svc/policy.h"

#include <string.h>

static const char *stage_id(const struct pack_head *head, uint16_t stage)
{
	const struct pack_fact *stages = fact_of(head, F_STAGE);

	return pack_text(head, PACK_ITEM(head, stages->words, struct pack_word, stage)->id);
}

static enum truth comes_out(const struct svc_facts *facts, const struct entry *entry)
{
	struct arena memory = {0};
	struct svc_answer answer;
	struct pass pass = {.policy = facts->policy,
			    .head = facts->policy->head,
			    .values = facts->values,
			    .answer = &answer,
			    .memory = &memory};

	answer_empty(&answer, SVC_ASK_TRANSITION);
	enum truth truth = condition(&pass, entry->rule.when);
	arena_release(&memory);
	return truth;
}

static const char *event_id(const struct pack_head *head, uint16_t event)
{
	const struct pack_fact *events = fact_of(head, F_EVENT);

	return pack_text(head, PACK_ITEM(head, events->words, struct pack_word, event)->id);
}

static bool names_event(const struct pack_head *head, const struct entry *entry, const char *event)
{
	const uint16_t *events = pack_at(head, entry->groups.at);

	for (uint32_t i = 0; i < entry->groups.count; i++)
		if (strcmp(event_id(head, events[i]), event) == 0)
			return true;
	return false;
}

static bool leaves(const struct pack_head *head, const struct entry *flow, const char *stage)
{
	const uint16_t *from = pack_at(head, flow->from.at);

	for (uint32_t i = 0; i < flow->from.count; i++)
		if (strcmp(stage_id(head, from[i]), stage) == 0)
			return true;
	return false;
}

static struct svc_exit exit_of(const struct svc_facts *facts, const struct entry *flow, const char *stage,
			       uint16_t event)
{
	const struct pack_head *head = facts->policy->head;
	struct pass pass = {.policy = facts->policy, .head = head};
	const char *name = event_id(head, event), *to = flow->id ? pack_text(head, flow->id) : stage;

	return (struct svc_exit){.event = name,
				 .title = svc_policy_word_title(facts->policy, "event", name),
				 .to = to,
				 .to_title = svc_policy_word_title(facts->policy, "stage", to),
				 .by = said_text(&pass, flow, SAY_BY),
				 .rework = flow->rework,
				 .clause = pack_text(head, flow->rule.clause)};
}

int svc_policy_exits(const struct svc_facts *facts, const char *stage, svc_exit_seen seen, void *context)
{
	const struct pack_head *head = facts->policy->head;
	struct pack_list flows = head->entries[ENTRIES_FLOW];
	int status = 0;

	for (uint32_t i = 0; i < flows.count && !status; i++) {
		const struct entry *flow = PACK_ITEM(head, flows, struct entry, i);
		const uint16_t *events = pack_at(head, flow->groups.at);
		if (!leaves(head, flow, stage) || comes_out(facts, flow) == NO)
			continue;
		for (uint32_t e = 0; e < flow->groups.count && !status; e++) {
			struct svc_exit exit = exit_of(facts, flow, stage, events[e]);
			status = seen(context, &exit);
		}
	}
	return status;
}

/* The stage that was said, where the rule lets a ticket begin in it, else the rule's first; none where another was said. */
static const char *start_of(const struct svc_facts *facts, const struct entry *start)
{
	const struct pack_head *head = facts->policy->head;
	const struct fact_value *said = &facts->values[F_STAGE];
	const uint16_t *from = pack_at(head, start->from.at);

	if (!said->known)
		return stage_id(head, from[0]);
	for (uint32_t i = 0; i < start->from.count; i++)
		if (from[i] == said->number)
			return stage_id(head, from[i]);
	return NULL;
}

const char *svc_policy_first_stage(const struct svc_facts *facts)
{
	const struct pack_head *head = facts->policy->head;
	struct pack_list starts = head->entries[ENTRIES_START];
	const char *stage = NULL;

	for (uint32_t i = 0; i < starts.count && !stage; i++) {
		const struct entry *start = PACK_ITEM(head, starts, struct entry, i);
		if (comes_out(facts, start) == YES)
			stage = start_of(facts, start);
	}
	return stage;
}

bool svc_policy_has_start(const struct svc_policy *policy)
{
	return policy->head->entries[ENTRIES_START].count > 0;
}

bool svc_policy_ends(const struct svc_facts *facts, const char *stage)
{
	const struct pack_head *head = facts->policy->head;
	struct pack_list ends = head->entries[ENTRIES_ENDS];

	for (uint32_t i = 0; i < ends.count; i++) {
		const struct entry *end = PACK_ITEM(head, ends, struct entry, i);
		const uint16_t *stages = pack_at(head, end->groups.at);
		for (uint32_t s = 0; s < end->groups.count; s++)
			if (strcmp(stage_id(head, stages[s]), stage) == 0 && comes_out(facts, end) == YES)
				return true;
	}
	return false;
}

bool svc_policy_overrides(const struct svc_facts *facts, const char *event, const char *role, const char **by,
			  const char **clause)
{
	const struct pack_head *head = facts->policy->head;
	struct pack_list rules = head->entries[ENTRIES_OVERRIDES];
	struct pass pass = {.policy = facts->policy, .head = head};
	*by = *clause = NULL;

	for (uint32_t i = 0; i < rules.count; i++) {
		const struct entry *rule = PACK_ITEM(head, rules, struct entry, i);
		if ((rule->groups.count && !names_event(head, rule, event)) || comes_out(facts, rule) != YES)
			continue;
		*by = said_text(&pass, rule, SAY_BY);
		*clause = pack_text(head, rule->rule.clause);
		if (!role || strcmp(role, *by) == 0)
			return true;
	}
	return false;
}
