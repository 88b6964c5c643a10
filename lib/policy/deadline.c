/* deadline: any other day or time that a rule sets. */
#include "limits.h"
#include "trace.h"

/* When the task was done: one moment, or a map from tasks. False: not done, or a fault. */
static bool done_when(struct pass *pass, int task, struct svc_moment *out)
{
	const struct node *done = value_of(pass, F_DONE)->tree;
	const struct pack_word *word;

	if (done && done->kind == NODE_MAP) {
		word = PACK_ITEM(pass->head, fact_of(pass->head, F_TASK)->words, struct pack_word, task);
		done = node_get(done, pack_text(pass->head, word->id));
	} else if (done && done->kind == NODE_LIST && done->count == 1) {
		done = done->items[0];
	}
	return done && tree_moment(pass, done, "done", out);
}

/* Done in time or late, or still to be done. */
static void judge(struct pass *pass, const struct entry *entry, int task)
{
	struct svc_answer *answer = pass->answer;
	struct svc_moment done, now = moment_now(pass);
	bool is_done = done_when(pass, task, &done), missed;

	if (pass->fault)
		return;
	if (!is_done && now.kind == SVC_MOMENT_NONE) {
		block(pass, F_NOW, &entry->rule);
		return;
	}
	missed = moment_later(pass, is_done ? done : now, answer->due);
	if (pass->trace)
		trace_limit(pass, &entry->rule, is_done ? F_DONE : now_fact(pass), is_done ? done : now, answer->due,
			    missed);
	answer->verdict = is_done ? SVC_DONE : missed ? SVC_OVERDUE : SVC_OPEN;
	if (is_done)
		answer->in_time = missed ? SVC_FALSE : SVC_TRUE;
	cite_rule(pass, &entry->rule);
	if (missed)
		add_said(pass, entry, SAY_THEN, &answer->then, &answer->then_count);
}

void decide_deadline(struct pass *pass)
{
	const struct entry *entry;
	int task;

	if (!listed_group(pass, F_TASK, &task))
		return;
	entry = entry_one(pass, ENTRIES_DEADLINES, SECTION_DEADLINES, task);
	if (stopped(pass))
		return;
	if (entry && entry->rule.verdict) { /* no time was promised, or something else stands for the task */
		pass->answer->verdict = (enum svc_verdict)entry->rule.verdict;
		cite_rule(pass, &entry->rule);
		return;
	}
	if (entry && moment_said(pass, entry, SAY_DUE, &pass->answer->due) == INSTANT_KNOWN)
		judge(pass, entry, task);
	else if (!stopped(pass))
		pass->answer->verdict = SVC_NOTHING;
}
