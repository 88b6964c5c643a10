/* Asks: a pack that ships, and any facts. The first byte chooses the pack, the second the question, the rest is a YAML map
   of facts. SVC_POLICIES names the folder of the packs (policies). */
#include "fuzz.h"

#include "svc/ask.h"

/* clang-format off */
static const char *const names[] = {
	"agency", "appliances", "auto-4s", "auto-crm", "coach-service", "cross-border", "decoration",
	"dept-workflow", "furniture-store", "golf-carts", "health-callbacks", "integrator-sla",
	"led-software", "lighting", "low-voltage", "mall-service", "manufacturer-service", "medical-pm",
	"oem-alarm", "office-furniture", "protective-gear", "retail-store", "sales-followup",
	"service-code", "service-dept", "service-standard", "survey-instruments", "tracking-form",
	"tracking-system", "trade-terms", "wardrobe-tracking"
};
/* clang-format on */
#define NAMES (sizeof names / sizeof *names)

static struct svc_policy *pack(size_t number)
{
	static struct svc_policy *open[NAMES];
	const char *folders[] = {getenv("SVC_POLICIES") ? getenv("SVC_POLICIES") : "policies", NULL};
	struct svc_policy_places places = {folders, NULL};

	if (!open[number] && svc_policy_open(&open[number], names[number], SVC_DATE_NONE, &places, NULL))
		abort();
	return open[number];
}

/* A word or a list that can't be is said; rules of a pack that ships never contradict each other. */
static bool is_fault(int status, const struct svc_error *error)
{
	return status && (status != SVC_BAD_INPUT || !strncmp(error->text, "rules ", 6));
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
	struct svc_policy *policy = pack(size > 1 ? data[0] % NAMES : 0);
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
