/* checklist: what has to be done or said at this stage? */
#include "decide.h"

void decide_checklist(struct pass *pass)
{
	struct pack_list list = entries_of(pass, ENTRIES_CHECKLISTS);
	struct svc_answer *answer = pass->answer;
	int stage;

	if (!group_of(pass, F_STAGE, &stage))
		return;
	for (uint32_t i = 0; i < list.count && !stopped(pass); i++) {
		const struct entry *entry = PACK_ITEM(pass->head, list, struct entry, i);
		size_t before = answer->row_count;

		if (!in_group(pass, entry, stage) || !applies(pass, &entry->rule))
			continue;
		add_steps(pass, entry);
		if (answer->row_count > before)
			cite_rule(pass, &entry->rule);
	}
	if (!stopped(pass))
		answer->verdict = answer->missing_count ? SVC_VERDICT_INCOMPLETE
				  : answer->row_count   ? SVC_LISTED
							: SVC_NOTHING;
}
