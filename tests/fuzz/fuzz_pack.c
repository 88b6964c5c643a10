/* Packs: any text is a pack or has a fault with a place; a pack that was taken can be asked, listed and proved. */
#include "fuzz.h"

#include "svc/ask.h"
#include "svc/lint.h"

#define FINDINGS 8 /* enough: a text that says one thing a thousand times is read a thousand times */

static int see_rule(void *context, const struct svc_policy_rule *rule)
{
	(void)context;
	if (!rule->rule || !rule->tree)
		abort();
	return 0;
}

static int see_finding(void *context, const struct svc_finding *finding)
{
	int *seen = context;
	if (!*finding->text)
		abort();
	return ++*seen == FINDINGS;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const none[] = {NULL};
	struct svc_policy_places places = {none, NULL};
	struct svc_policy *policy = NULL;
	struct svc_facts *facts = NULL;
	struct svc_answer answer = {0};
	struct svc_error error = {0};

	if (svc_policy_open_text(&policy, (const char *)data, size, "pack", &places, &error)) {
		if (!*error.text || error.line < 1 || error.column < 1)
			abort();
		return 0;
	}
	if (svc_facts_new(&facts, policy, &error))
		abort();
	svc_facts_now(facts, 1772366400);
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		if (svc_policy_answers(policy, (enum svc_ask)ask))
			svc_ask(policy, (enum svc_ask)ask, facts, true, &answer, &error);
	svc_answer_release(&answer);
	svc_facts_free(facts);
	if (svc_policy_rules(policy, see_rule, NULL, &error))
		abort();
	svc_policy_lint(policy, see_finding, &(int){0}, &error);
	svc_policy_free(policy);
	return 0;
}
