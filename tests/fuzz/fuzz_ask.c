/* Asks: a pack that ships, and any facts. The first byte chooses pack and question, the rest is a YAML map of facts. SVC_POLICIES names
   the folder of the packs (policies). */
#include "fuzz.h"

#include "svc/ask.h"

static struct svc_policy *pack(unsigned number)
{
	static const char *const names[] = {"survey-instruments", "appliances",      "golf-carts", "trade-terms",
					    "retail-store",       "furniture-store", "lighting",   "office-furniture"};
	static struct svc_policy *open[8];
	const char *folders[] = {getenv("SVC_POLICIES") ? getenv("SVC_POLICIES") : "policies", NULL};
	struct svc_policy_places places = {folders, NULL};

	if (!open[number] && svc_policy_open(&open[number], names[number], SVC_DATE_NONE, &places, NULL))
		abort();
	return open[number];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct svc_policy *policy = pack(size ? data[0] & 7 : 0);
	enum svc_ask ask = size ? (data[0] >> 3) % SVC_ASK_COUNT : SVC_ASK_WARRANTY;
	struct svc_facts *facts = NULL;
	struct svc_answer answer = {0};
	struct svc_error error = {0};
	char *json;

	if (!size || !svc_policy_answers(policy, ask) || svc_facts_new(&facts, policy, &error))
		return 0;
	if (svc_facts_read(facts, (const char *)data + 1, size - 1, true, "facts", 1, &error) == SVC_OK) {
		svc_facts_now(facts, 1772366400);
		if (svc_ask(policy, ask, facts, true, &answer,
			    &error)) /* the packs that ship never contradict themselves */
			abort();
		if (answer.verdict == SVC_VERDICT_NONE_YET ||
		    (answer.verdict == SVC_VERDICT_INCOMPLETE) != (answer.missing_count > 0))
			abort();
		json = svc_answer_json(&answer);
		free(json);
	} else if (!*error.text) {
		abort();
	}
	svc_answer_release(&answer);
	svc_facts_free(facts);
	return 0;
}
