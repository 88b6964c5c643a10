/* lint: the searches over all lists of a pack, then its names, then its worked cases. */
#include "lint.h"

int svc_policy_lint(const struct svc_policy *policy, const struct svc_pack_cases *cases, svc_time now,
		    svc_finding_seen seen, void *context, struct svc_error *err)
{
	struct lint lint = {.policy = policy, .head = policy->head, .seen = seen, .context = context, .err = err};

	lint.witness = witness_open(policy);
	lint_lists(&lint, lint_rules);
	if (!lint.status)
		lint_names(&lint);
	if (!lint.status && cases && cases->text)
		lint_cases(&lint, cases, now);
	witness_close(lint.witness);
	arena_release(&lint.memory);
	return lint.status;
}
