/* contract: in force, expiring, expired. */
#include "asking.h"

static const char contracts[] = HEAD
	"facts:\n  scope: {one_of: {repair: {en: repair, zh: 维修}, supply: {en: supply, zh: 供货}, ever: {en: ever, zh: 长期}, other: {en: other, zh: 其他}}}\n"
	"settings:\n  notice: {type: duration, title: {en: notice, zh: 通知期}}\n"
	"contracts:\n"
	"  - {clause: p.1, when: {scope: repair}, renew_notice_on: {before: ends, by: 1 month}}\n"
	"  - {clause: p.2, when: {scope: supply}, ends: {after: starts, by: 1 year}}\n"
	"  - {clause: p.3, when: {scope: supply}, renew_notice_on: {before: ends, by: {setting: notice}}}\n"
	"  - {clause: p.4, when: {scope: ever}, ends: {after: starts, by: 90 years}}\n";

static void test_contract__the_end_that_is_given(void **state)
{
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, starts: 2025-04-01, ends: 2026-03-31, as_of: 2026-02-27}",
	       "{verdict: in_force, ends: 2026-03-31, renew_notice_on: 2026-02-28, clauses: [p.1], absent: [due]}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, ends: 2026-03-31, as_of: 2026-02-28}", "{verdict: expiring}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, ends: 2026-03-31, as_of: 2026-03-31}", "{verdict: expiring}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, ends: 2026-03-31, as_of: 2026-04-01}", "{verdict: expired}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, as_of: 2026-04-01}",
	       "{verdict: incomplete, missing: [ends]}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: repair, starts: 2026-05-01, ends: 2027-04-30, as_of: 2026-04-30}",
	       "{verdict: waiting}");
}

static void test_contract__the_end_that_a_rule_gives(void **state)
{
	expect_set(*state, SVC_ASK_CONTRACT, "{scope: supply, starts: 2025-04-01, as_of: 2026-03-31}", "notice",
		   "2 weeks",
		   "{verdict: expiring, ends: 2026-04-01, renew_notice_on: 2026-03-18, clauses: [p.2, p.3]}");
	expect_set(*state, SVC_ASK_CONTRACT, "{scope: supply, starts: 2025-04-01, as_of: 2026-04-02}", "notice",
		   "2 weeks", "{verdict: expired, clauses: [p.2]}");
	expect_set(*state, SVC_ASK_CONTRACT, "{scope: supply, starts: 2025-04-01, ends: 2025-12-31, as_of: 2025-12-31}",
		   "notice", "2 weeks", "{verdict: expiring, ends: 2025-12-31, renew_notice_on: 2025-12-17}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: supply, starts: 2025-04-01, as_of: 2025-05-01}",
	       "{verdict: incomplete, missing: [notice], ends: 2026-04-01}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: supply, as_of: 2025-05-01}",
	       "{verdict: incomplete, missing: [starts]}");
	expect(*state, SVC_ASK_CONTRACT, "{scope: ever, starts: 9950-04-01, as_of: 9951-04-02}",
	       "{verdict: in_force, ends: lifetime}");
}

static void test_contract__other_contracts(void **state)
{
	expect(*state, SVC_ASK_CONTRACT, "{scope: other, ends: 2026-03-31}", "{verdict: none}");
	expect(*state, SVC_ASK_CONTRACT, "{ends: 2026-03-31, as_of: 2026-03-01}",
	       "{verdict: incomplete, missing: [scope]}");
}

static void test_contract__a_rule_may_only_speak(void **state)
{
	struct svc_policy *p = pack_of(HEAD "contracts:\n  - {clause: p.1}\n");

	(void)state;
	expect(p, SVC_ASK_CONTRACT, "{starts: 2025-07-01, ends: 2026-12-31, as_of: 2027-01-01}",
	       "{verdict: expired, clauses: [p.1]}");
	expect(p, SVC_ASK_CONTRACT, "{starts: 2025-07-01, as_of: 2027-01-01}",
	       "{verdict: incomplete, missing: [ends], clauses: [p.1]}");
	svc_policy_free(p);
}

static void test_contract__the_present_is_needed(void **state)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, *state, &err), 0);
	assert_int_equal(svc_facts_set(vector, "scope", "repair", &err), 0);
	assert_int_equal(svc_facts_set(vector, "ends", "2026-03-31", &err), 0);
	assert_int_equal(svc_ask(*state, SVC_ASK_CONTRACT, vector, false, &answer, &err), 0);
	assert_int_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	assert_string_equal(answer.missing[0], "as_of");
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static void test_contract__two_notices_need_an_order(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "contracts:\n  - {clause: p.1, renew_notice_on: {before: ends, by: 1 month}}\n"
		     "  - {clause: p.2, when: {batch: true}, renew_notice_on: {before: ends, by: 2 months}}\n");
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	(void)state;
	assert_int_equal(svc_facts_new(&vector, p, &err), 0);
	assert_int_equal(svc_facts_set(vector, "batch", "true", &err), 0);
	assert_int_equal(svc_facts_set(vector, "ends", "2026-03-31", &err), 0);
	assert_int_equal(svc_ask(p, SVC_ASK_CONTRACT, vector, false, &answer, &err), SVC_BAD_INPUT);
	svc_answer_release(&answer);
	svc_facts_free(vector);
	svc_policy_free(p);
}

static int open_contracts(void **state)
{
	*state = pack_of(contracts);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contract__the_end_that_is_given),
		cmocka_unit_test(test_contract__the_end_that_a_rule_gives),
		cmocka_unit_test(test_contract__other_contracts),
		cmocka_unit_test(test_contract__the_present_is_needed),
		cmocka_unit_test(test_contract__two_notices_need_an_order),
		cmocka_unit_test(test_contract__a_rule_may_only_speak),
	};

	return cmocka_run_group_tests(tests, open_contracts, close_pack);
}
