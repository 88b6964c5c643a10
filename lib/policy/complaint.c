/* complaint: which steps, and what is owed? */
#include "decide.h"

/* How strongly a rule's verdict speaks: a person before escalation, escalation before a closed case, nothing last. */
static int strength(uint8_t verdict)
{
	return verdict == SVC_REFER ? 3 : verdict == SVC_ESCALATE ? 2 : verdict == SVC_CLOSED ? 1 : 0;
}

/* The verdict of the rules that are known to apply; its rule is cited first. */
static void find_verdict(struct pass *pass, struct pack_list list, int stage)
{
	const struct entry *entry, *found = NULL;
	bool peeking = pass->peek;

	pass->peek = true;
	for (uint32_t i = 0; (entry = entry_next(pass, list, &i, stage));)
		if (strength(entry->rule.verdict) > (found ? strength(found->rule.verdict) : 0))
			found = entry;
	pass->peek = peeking;
	pass->answer->verdict = found ? (enum svc_verdict)found->rule.verdict : SVC_OPEN;
	if (found)
		cite_rule(pass, &found->rule);
}

/* The earliest day by which it has to be escalated. */
static void set_escalation(struct pass *pass, const struct entry *entry)
{
	struct svc_moment by, *now = &pass->answer->escalate_by;

	if (moment_said(pass, entry, SAY_ESCALATE_BY, &by) == INSTANT_KNOWN &&
	    (now->kind == SVC_MOMENT_NONE || moment_last(pass, by) < moment_last(pass, *now)))
		*now = by;
	if (pass->blocked)
		name_blocked(pass);
}

void decide_complaint(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_COMPLAINTS);
	struct svc_answer *answer = pass->answer;
	int stage;

	if (!group_of(pass, F_STAGE, &stage))
		return;
	find_verdict(pass, list, stage);
	for (uint32_t i = 0; i < list.count && !stopped(pass); i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);

		if (!in_group(pass, entry, stage) || !applies(pass, &entry->rule))
			continue;
		cite_rule(pass, &entry->rule);
		add_said(pass, entry, SAY_OWED, &answer->owed, &answer->owed_count);
		set_escalation(pass, entry);
		add_steps(pass, entry);
	}
	if (answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
}
