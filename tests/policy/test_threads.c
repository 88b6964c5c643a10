/* One compiled pack, asked from several threads at once, answers as it does from one. */
#include "asking.h"

#include "base/strbuf.h"

#include <pthread.h>

#define THREADS 8
#define ROUNDS 2

static const char *const packs[] = {"golf-carts", "cn-sanbao-phone", "integrator-sla"};
static const char *const facts_given[] = {
	"{}",
	"{purchase: 2024-04-01, cause: defect, claim: 2025-03-15}",
	"{purchase: 2024-04-01, manufacture: 2024-03-15, delivery: 2024-04-03, cause: unheard_of, fault: quality, want: refund}",
	"{reported: '2026-03-01T18:20:00', severity: unheard_of, now: '2026-03-02T09:00:00', zone: suburb, distance_km: 31.5}",
};
#define GIVEN (sizeof facts_given / sizeof *facts_given)

static void say_answers(const struct svc_policy *policy, const char *given, struct svc_answer *answer,
			struct strbuf *out)
{
	struct svc_facts *facts;
	struct svc_error err = {0};

	if (svc_facts_new(&facts, policy, &err))
		return;
	if (svc_facts_read(facts, given, strlen(given), true, "facts", 1, &err))
		strbuf_puts(out, err.text);
	svc_facts_now(facts, 1772366400);
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++) {
		int status = svc_ask(policy, (enum svc_ask)ask, facts, true, answer, &err);
		char *json = status ? NULL : svc_answer_json(answer);

		strbuf_puts(out, json ? json : err.text);
		free(json);
	}
	svc_facts_free(facts);
}

static char *all_answers(const struct svc_policy *policy)
{
	struct svc_answer answer = {0};
	struct strbuf out = {0};

	for (size_t i = 0; i < GIVEN; i++)
		say_answers(policy, facts_given[i], &answer, &out);
	svc_answer_release(&answer);
	return out.text;
}

struct asker {
	pthread_t thread;
	const struct svc_policy *policy;
	const char *expected;
	bool differs;
};

/* What cmocka asserts must be asserted in the first thread. */
static void *ask_again(void *context)
{
	struct asker *asker = context;

	for (int i = 0; i < ROUNDS; i++) {
		char *said = all_answers(asker->policy);

		asker->differs = asker->differs || strcmp(said, asker->expected) != 0;
		free(said);
	}
	return NULL;
}

static void test_threads__share_a_pack(void **state)
{
	const char *folders[] = {*state, NULL};
	struct svc_policy_places places = {folders, NULL};

	for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
		struct svc_policy *policy;
		struct asker askers[THREADS];

		assert_int_equal(svc_policy_open(&policy, packs[i], SVC_DATE_NONE, &places, NULL), SVC_OK);
		char *expected = all_answers(policy);
		assert_non_null(strstr(expected, "\"verdict\""));
		for (int t = 0; t < THREADS; t++) {
			askers[t] = (struct asker){.policy = policy, .expected = expected};
			assert_int_equal(pthread_create(&askers[t].thread, NULL, ask_again, &askers[t]), 0);
		}
		for (int t = 0; t < THREADS; t++) {
			pthread_join(askers[t].thread, NULL);
			assert_false(askers[t].differs);
		}
		free(expected);
		svc_policy_free(policy);
	}
}

int main(int count, char **arguments)
{
	static char folder[4096];
	const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_threads__share_a_pack, folder)};

	if (count < 2)
		return 2;
	snprintf(folder, sizeof folder, "%s/policies", arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
