/* Asks: a pack that ships, and any facts. The first byte chooses the pack, the second the question, the rest is a YAML map
   of facts. SVC_POLICIES names the folder of the packs (policies). */
#include "fuzz.h"

#include "svc/ask.h"

static const char *folders[] = {"policies", NULL};
static const struct svc_policy_places places = {folders, NULL};
static struct svc_policy *packs[256];
static size_t pack_count;

static int open_pack(void *context, const struct svc_policy_entry *entry)
{
	(void)context;
	if (pack_count == sizeof packs / sizeof *packs ||
	    svc_policy_open(&packs[pack_count++], entry->id, SVC_DATE_NONE, &places, NULL))
		abort();
	return 0;
}

/* The packs of the folder, by their ids. */
static const struct svc_policy *pack(size_t number)
{
	if (!pack_count) {
		folders[0] = getenv("SVC_POLICIES") ? getenv("SVC_POLICIES") : folders[0];
		if (svc_policy_list(&places, open_pack, NULL, NULL) || !pack_count)
			abort();
	}
	return packs[number % pack_count];
}

/* A word or a list that can't be is said; rules of a pack that ships never contradict each other. */
static bool is_fault(int status, const struct svc_error *error)
{
	static const char contradicted[] = "and the section has no order";
	size_t length = strlen(error->text), last = sizeof contradicted - 1;
	return status &&
	       (status != SVC_BAD_INPUT || (length > last && !strcmp(error->text + length - last, contradicted)));
}

/* It has a verdict, and is incomplete (or a step is blocked) just when something is missing. */
static bool is_whole(const struct svc_answer *answer)
{
	if (answer->verdict == SVC_BLOCKED)
		return answer->missing_count > 0;
	return answer->verdict != SVC_VERDICT_NONE_YET &&
	       (answer->verdict == SVC_VERDICT_INCOMPLETE) == (answer->missing_count > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct svc_policy *policy = pack(size > 1 ? data[0] : 0);
	enum svc_ask ask = size > 1 ? data[1] % SVC_ASK_COUNT : SVC_ASK_WARRANTY;
	struct svc_facts *facts = NULL;
	struct svc_answer answer = {0};
	struct svc_error error = {0};
	int status;
	char *json;

	if (size < 2 || !svc_policy_answers(policy, ask) || svc_facts_new(&facts, policy, &error))
		return 0;
	if (svc_facts_read(facts, (const char *)data + 2, size - 2, true, "facts", 1, &error) == SVC_OK) {
		svc_facts_now(facts, 1772366400);
		status = svc_ask(policy, ask, facts, true, &answer, &error);
		if (is_fault(status, &error))
			abort();
		if (!status && !is_whole(&answer))
			abort();
		json = status ? NULL : svc_answer_json(&answer);
		free(json);
	} else if (!*error.text) {
		abort();
	}
	svc_answer_release(&answer);
	svc_facts_free(facts);
	return 0;
}
