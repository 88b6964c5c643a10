/* Deciding compares no text: words are numbers once the facts are set. The comparing functions are wrapped by the linker. */
#include "asking.h"

static long compared;

int __real_strcmp(const char *a, const char *b);
int __real_strncmp(const char *a, const char *b, size_t length);
int __real_memcmp(const void *a, const void *b, size_t length);
int __wrap_strcmp(const char *a, const char *b);
int __wrap_strncmp(const char *a, const char *b, size_t length);
int __wrap_memcmp(const void *a, const void *b, size_t length);

int __wrap_strcmp(const char *a, const char *b)
{
	compared++;
	return __real_strcmp(a, b);
}

int __wrap_strncmp(const char *a, const char *b, size_t length)
{
	compared++;
	return __real_strncmp(a, b, length);
}

int __wrap_memcmp(const void *a, const void *b, size_t length)
{
	compared++;
	return __real_memcmp(a, b, length);
}

static long compared_by(const struct svc_policy *policy, const char *given)
{
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&facts, policy, &err), SVC_OK);
	assert_int_equal(svc_facts_read(facts, given, strlen(given), true, "facts", 1, &err), SVC_OK);
	svc_facts_now(facts, 1772366400);
	compared = 0;
	assert_int_equal(svc_ask(policy, SVC_ASK_WARRANTY, facts, false, &answer, &err), SVC_OK);
	long count = compared;

	assert_int_not_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	svc_answer_release(&answer);
	svc_facts_free(facts);
	return count;
}

static void test_words__are_not_compared_while_deciding(void **state)
{
	const char *folders[] = {*state, NULL};
	struct svc_policy_places places = {folders, NULL};
	struct svc_policy *policy;

	assert_int_equal(svc_policy_open(&policy, "golf-carts", SVC_DATE_NONE, &places, NULL), SVC_OK);
	assert_true(compared > 0);
	assert_int_equal(compared_by(policy,
				     "{component: motor, manufacture: 2023-05-10, purchase: 2023-07-01, cause: defect, "
				     "claim: 2025-05-10, documents: [contract, warranty_card, certificate]}"),
			 0);
	assert_int_equal(
		compared_by(policy,
			    "{component: battery, manufacture: 2024-06-15, purchase: 2024-07-01, capacity_pct: 68, "
			    "cause: human_damage, claim: 2029-05-20, documents: [contract]}"),
		0);
	svc_policy_free(policy);
}

int main(int count, char **arguments)
{
	static char folder[4096];
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(test_words__are_not_compared_while_deciding, folder)};

	if (count < 2)
		return 2;
	snprintf(folder, sizeof folder, "%s/policies", arguments[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
