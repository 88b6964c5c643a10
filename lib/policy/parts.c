/* parts: may this part go out, and what comes back? */
#include "decide.h"

/* Whether a guard of a rule that is known to apply fails: that refuses, whatever is unknown beside it. */
static bool refused(struct pass *pass, struct pack_list list)
{
	bool failing = false, peeking = pass->peek;
	const struct entry *entry;

	pass->peek = true;
	for (uint32_t i = 0; (entry = entry_next(pass, list, &i, GROUP_ANY));)
		failing = guard_fails(pass, entry) || failing;
	pass->peek = peeking;
	return failing;
}

/* What a rule that applies says: its guards, and until when the old part has to be back. */
static void follow(struct pass *pass, const struct entry *entry)
{
	struct svc_answer *answer = pass->answer;
	struct svc_moment deadline;

	guards_hold(pass, entry);
	if (!stopped(pass) && moment_said(pass, entry, SAY_DEADLINE, &deadline) == INSTANT_KNOWN &&
	    (answer->due.kind == SVC_MOMENT_NONE || moment_last(pass, deadline) < moment_last(pass, answer->due)))
		answer->due = deadline;
	if (entry->rule.verdict)
		answer->verdict = (enum svc_verdict)entry->rule.verdict;
	if (!stopped(pass))
		cite_rule(pass, &entry->rule);
}

void decide_parts(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_PARTS);
	struct svc_answer *answer = pass->answer;

	if (refused(pass, list)) {
		answer->verdict = SVC_REFUSED_VERDICT;
		return;
	}
	for (uint32_t i = 0; i < list.count;) {
		const struct entry *entry = entry_next(pass, list, &i, GROUP_ANY);

		if (entry)
			follow(pass, entry);
		if (stopped(pass) && !set_aside(pass))
			return;
	}
	if (answer->missing_count)
		answer->verdict = SVC_VERDICT_INCOMPLETE;
	else if (!answer->verdict)
		answer->verdict = SVC_ALLOWED;
}
