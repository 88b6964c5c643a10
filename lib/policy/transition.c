/* transition: may this ticket go there? */
#include "trace.h"

static bool leaves(const struct pass *pass, const struct entry *flow, int stage)
{
	const uint16_t *from = pack_at(pass->head, flow->from.at);

	for (uint32_t i = 0; i < flow->from.count; i++)
		if (from[i] == stage)
			return true;
	return false;
}

/* The flow that an event opens from a stage; NULL: none, or stopped. */
static const struct entry *flow_of(struct pass *pass, int stage, int event)
{
	struct pack_list list = entries_of(pass, ENTRIES_FLOW);
	const struct entry *found = NULL;

	for (uint32_t i = 0; i < list.count && !stopped(pass); i++) {
		const struct entry *flow = PACK_ITEM(pass->head, list, struct entry, i);

		if (!in_group(pass, flow, event) || !leaves(pass, flow, stage) || !matches(pass, &flow->rule))
			continue;
		if (found)
			both_match(pass, found, flow);
		found = flow;
		trace_fact(pass, &flow->rule, F_STAGE);
		trace_fact(pass, &flow->rule, F_EVENT);
		if (has_order(pass, SECTION_WORKFLOW))
			break;
	}
	return stopped(pass) ? NULL : found;
}

/* Refused by the rule of a list that speaks of the event; false: none does, or stopped. */
static bool refused_by(struct pass *pass, enum entry_list which, int event)
{
	const struct entry *rule = entry_one(pass, which, SECTION_WORKFLOW, event);

	if (!rule)
		return false;
	pass->answer->verdict = rule->rule.verdict ? (enum svc_verdict)rule->rule.verdict : SVC_REFUSED_VERDICT;
	cite_rule(pass, &rule->rule);
	return true;
}

static void allow(struct pass *pass, const struct entry *flow, int stage)
{
	const struct pack_fact *stages = fact_of(pass->head, F_STAGE);
	struct svc_answer *answer = pass->answer;

	answer->verdict = flow->rule.verdict ? (enum svc_verdict)flow->rule.verdict : SVC_ALLOWED;
	answer->to = flow->id
			     ? pack_text(pass->head, flow->id)
			     : pack_text(pass->head, PACK_ITEM(pass->head, stages->words, struct pack_word, stage)->id);
	answer->by = said_text(pass, flow, SAY_BY);
	add_said(pass, flow, SAY_CREATES, &answer->creates, &answer->create_count);
	cite_rule(pass, &flow->rule);
}

void decide_transition(struct pass *pass)
{
	struct svc_answer *answer = pass->answer;
	const struct entry *flow;
	int stage, event;

	if (!listed_group(pass, F_EVENT, &event) || refused_by(pass, ENTRIES_NEVER, event) || stopped(pass) ||
	    !group_of(pass, F_STAGE, &stage))
		return;
	flow = flow_of(pass, stage, event);
	if (stopped(pass))
		return;
	if (flow && guards_hold(pass, flow))
		allow(pass, flow, stage);
	else if (!answer->require_count && answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
	else if (answer->require_count || (!stopped(pass) && !refused_by(pass, ENTRIES_ORDER, event) && !stopped(pass)))
		answer->verdict = SVC_REFUSED_VERDICT;
}
