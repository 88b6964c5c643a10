/* sla: limits, whether they were kept, and what is owed when they were not. */
#include "asking.h"

static const char sla[] = HEAD
	"settings:\n  response_time: {type: duration, title: {en: response time, zh: 响应时限设定}}\n"
	"facts:\n  severity: {one_of: {emergency: {en: emergency, zh: 紧急}, normal: {en: normal, zh: 一般}, low: {en: low, zh: 低}, odd: {en: odd, zh: 其他}}}\n"
	"  product: {one_of: {pump: {en: pump, zh: 泵}, fan: {en: fan, zh: 风机}}}\n"
	"  wants_loaner: {bool: true, title: {en: wants a loaner, zh: 要备用机}}\n"
	"words:\n  loaner: {en: loaner, zh: 备用机}\n  apology: {en: apology, zh: 道歉}\n  top: {en: top, zh: 最高}\n"
	"sla:\n  rules:\n"
	"    - {clause: p.1, when: {severity: emergency}, arrive: 2 hours, resolve: {after: [arrived, reported], by: 1 day}, priority: top}\n"
	"    - {clause: p.2, when: {severity: normal}, arrive: 24 hours}\n"
	"    - {clause: p.3, when: {severity: [normal, emergency]}, respond: 30 minutes}\n"
	"    - {clause: p.4, when: {severity: low}, respond: {setting: response_time}}\n"
	"    - {clause: p.5, when: {severity: low}, resolve: 5 days}\n"
	"    - {clause: p.6, when: {severity: odd, product: pump}, diagnose: 1 hour, report: 2 days}\n"
	"  fallback:\n"
	"    - {clause: p.7, missed: arrive, then: [apology]}\n"
	"    - {clause: p.8, missed: resolve, when: {wants_loaner: true}, then: [loaner]}\n";

static void test_sla__limits_of_several_rules(void **state)
{
	expect(*state, SVC_ASK_SLA,
	       "{severity: emergency, reported: '2026-03-01T09:00:00', now: '2026-03-01T09:10:00'}",
	       "{verdict: running, respond_by: '2026-03-01T09:30:00+08:00', arrive_by: '2026-03-01T11:00:00+08:00', resolve_by: "
	       "'2026-03-02T23:59:59+08:00', priority: top, absent: [responded_in_time, arrived_in_time, resolved_in_time, fallback], clauses: [p.1, p.3]}");
	expect(*state, SVC_ASK_SLA,
	       "{severity: emergency, reported: '2026-03-01T09:00:00', arrived: '2026-03-03T00:00:00'}",
	       "{resolve_by: '2026-03-04T23:59:59+08:00'}");
}

static void test_sla__the_limit_itself_is_in_time(void **state)
{
	expect(*state, SVC_ASK_SLA,
	       "{severity: normal, reported: '2026-03-01T09:00:00', responded: '2026-03-01T09:30:00', arrived: '2026-03-02T09:00:00'}",
	       "{verdict: met, responded_in_time: true, arrived_in_time: true, absent: [fallback, priority]}");
	expect(*state, SVC_ASK_SLA,
	       "{severity: normal, reported: '2026-03-01T09:00:00', responded: '2026-03-01T09:30:01', arrived: '2026-03-02T09:00:00'}",
	       "{verdict: breached, responded_in_time: false, arrived_in_time: true, absent: [fallback], clauses: [p.3]}");
}

static void test_sla__only_its_own_moment_meets_a_limit(void **state)
{
	expect(*state, SVC_ASK_SLA,
	       "{severity: normal, reported: '2026-03-01T09:00:00', arrived: '2026-03-01T09:20:00', now: '2026-03-01T09:30:00'}",
	       "{verdict: running, arrived_in_time: true, absent: [responded_in_time]}");
	expect(*state, SVC_ASK_SLA,
	       "{severity: normal, reported: '2026-03-01T09:00:00', arrived: '2026-03-01T09:20:00', now: '2026-03-01T09:30:01'}",
	       "{verdict: breached, arrived_in_time: true, absent: [responded_in_time]}");
}

static void test_sla__what_is_owed_is_asked_only_when_it_was_missed(void **state)
{
	expect(*state, SVC_ASK_SLA,
	       "{severity: emergency, reported: '2026-03-01T09:00:00', responded: '2026-03-01T09:05:00', arrived: '2026-03-01T11:00:01', resolved: "
	       "'2026-03-01T12:00:00'}",
	       "{verdict: breached, arrived_in_time: false, resolved_in_time: true, fallback: [apology], absent: [loaner], clauses: [p.1, p.7]}");
	expect(*state, SVC_ASK_SLA,
	       "{severity: emergency, reported: '2026-03-01T09:00:00', responded: '2026-03-01T09:05:00', arrived: '2026-03-01T11:00:00', resolved: "
	       "'2026-03-03T00:00:00'}",
	       "{verdict: incomplete, resolved_in_time: false, missing: [wants_loaner], absent: [apology]}");
	expect(*state, SVC_ASK_SLA,
	       "{severity: emergency, reported: '2026-03-01T09:00:00', responded: '2026-03-01T09:05:00', arrived: '2026-03-01T11:00:00', now: "
	       "'2026-03-03T00:00:00', wants_loaner: true}",
	       "{verdict: breached, fallback: [loaner], absent: [resolved_in_time], clauses: [p.1, p.8]}");
}

static void test_sla__what_is_missing_leaves_the_rest(void **state)
{
	expect(*state, SVC_ASK_SLA, "{severity: low, reported: '2026-03-01T09:00:00', now: '2026-03-01T09:00:00'}",
	       "{verdict: incomplete, missing: [response_time], resolve_by: '2026-03-06T23:59:59+08:00', absent: [respond_by], clauses: [p.4]}");
	expect_set(*state, SVC_ASK_SLA, "{severity: low, reported: '2026-03-01T09:00:00', now: '2026-03-01T09:00:00'}",
		   "response_time", "1 hour", "{verdict: running, respond_by: '2026-03-01T10:00:00+08:00'}");
	expect(*state, SVC_ASK_SLA, "{reported: '2026-03-01T09:00:00', product: fan}",
	       "{verdict: incomplete, missing: [severity]}");
	expect(*state, SVC_ASK_SLA, "{severity: normal}",
	       "{verdict: incomplete, missing: [reported], absent: [arrive_by]}");
}

static void test_sla__limits_that_no_moment_meets_only_inform(void **state)
{
	expect(*state, SVC_ASK_SLA,
	       "{severity: odd, product: pump, reported: '2026-03-01T09:00:00', now: '2026-03-09T09:00:00'}",
	       "{verdict: running, diagnose_by: '2026-03-01T10:00:00+08:00', report_by: '2026-03-03T23:59:59+08:00', clauses: [p.6]}");
	expect(*state, SVC_ASK_SLA, "{severity: odd, product: fan, reported: '2026-03-01T09:00:00'}",
	       "{verdict: none}");
	expect(*state, SVC_ASK_SLA, "{severity: strange, reported: '2026-03-01T09:00:00'}",
	       "{verdict: none, notes: ['unlisted: severity=strange']}");
}

static int status_of(struct svc_policy *p, const char *facts)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};
	int status;

	assert_int_equal(svc_facts_new(&vector, p, &err), 0);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), 0);
	status = svc_ask(p, SVC_ASK_SLA, vector, false, &answer, &err);
	svc_answer_release(&answer);
	svc_facts_free(vector);
	return status;
}

static void test_sla__two_rules_of_one_limit_need_an_order(void **state)
{
	static const char facts[] = "{reported: '2026-03-01T09:00:00', batch: true, now: '2026-03-01T09:00:00'}";
	struct svc_policy *p = pack_of(HEAD "sla:\n  - {clause: p.1, respond: 1 hour}\n"
					    "  - {clause: p.2, when: {batch: true}, respond: 2 hours}\n");

	(void)state;
	assert_int_equal(status_of(p, facts), SVC_BAD_INPUT);
	expect(p, SVC_ASK_SLA, "{reported: '2026-03-01T09:00:00'}", "{respond_by: '2026-03-01T10:00:00+08:00'}");
	svc_policy_free(p);
	p = pack_of(
		HEAD
		"words: {high: {en: high, zh: 高}, low: {en: low, zh: 低}}\n"
		"sla:\n  order: first\n  rules:\n    - {clause: p.1, when: {batch: true}, respond: 2 hours, priority: high}\n"
		"    - {clause: p.2, respond: 1 hour, priority: low}\n");
	expect(p, SVC_ASK_SLA, facts,
	       "{respond_by: '2026-03-01T11:00:00+08:00', priority: high, clauses: [p.1], absent: [p.2]}");
	svc_policy_free(p);
	p = pack_of(HEAD "words: {high: {en: high, zh: 高}, low: {en: low, zh: 低}}\n"
			 "sla:\n  - {clause: p.1, when: {batch: true}, respond: 2 hours, priority: high}\n"
			 "  - {clause: p.2, arrive: 1 hour, priority: low}\n");
	assert_int_equal(status_of(p, facts), SVC_BAD_INPUT);
	svc_policy_free(p);
	p = pack_of(HEAD "words: {high: {en: high, zh: 高}}\n"
			 "sla:\n  - {clause: p.1, when: {batch: true}, respond: 2 hours, priority: high}\n"
			 "  - {clause: p.2, arrive: 1 hour, priority: high}\n");
	expect(p, SVC_ASK_SLA, facts, "{priority: high}");
	svc_policy_free(p);
}

static void test_sla__the_present_is_needed_only_while_something_is_open(void **state)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, *state, &err), 0);
	assert_int_equal(svc_facts_set(vector, "severity", "normal", &err), 0);
	assert_int_equal(svc_facts_set(vector, "reported", "2026-03-01T09:00:00", &err), 0);
	assert_int_equal(svc_facts_set(vector, "responded", "2026-03-01T09:00:00", &err), 0);
	assert_int_equal(svc_ask(*state, SVC_ASK_SLA, vector, false, &answer, &err), 0);
	assert_int_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	assert_int_equal(answer.missing_count, 1);
	assert_string_equal(answer.missing[0], "now");
	assert_int_equal(answer.responded_in_time, SVC_TRUE);
	assert_int_equal(svc_facts_set(vector, "arrived", "2026-03-01T09:10:00", &err), 0);
	assert_int_equal(svc_ask(*state, SVC_ASK_SLA, vector, false, &answer, &err), 0);
	assert_int_equal(answer.verdict, SVC_MET);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static void test_sla__an_unknown_day_in_a_condition_leaves_the_rest(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "sla:\n  - {clause: p.1, when: {purchase: {within: 1 year, of: delivery}}, arrive: 1 hour}\n"
		     "  - {clause: p.2, respond: 2 hours}\n");

	(void)state;
	expect(p, SVC_ASK_SLA, "{reported: '2026-03-01T09:00:00', delivery: 2026-02-01}",
	       "{verdict: incomplete, missing: [purchase], respond_by: '2026-03-01T11:00:00+08:00', clauses: [p.1]}");
	svc_policy_free(p);
	p = pack_of(
		HEAD
		"words: {loaner: {en: loaner, zh: 备用机}}\n"
		"sla:\n  rules:\n    - {clause: p.1, respond: 2 hours}\n"
		"  fallback:\n    - {clause: p.2, missed: respond, when: {claim: {within: 1 year, of: purchase}}, then: [loaner]}\n");
	expect(p, SVC_ASK_SLA, "{reported: '2026-03-01T09:00:00', responded: '2026-03-01T12:00:00'}",
	       "{verdict: incomplete, missing: [purchase], responded_in_time: false, absent: [fallback]}");
	svc_policy_free(p);
}

static int open_sla(void **state)
{
	*state = pack_of(sla);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sla__limits_of_several_rules),
		cmocka_unit_test(test_sla__the_limit_itself_is_in_time),
		cmocka_unit_test(test_sla__only_its_own_moment_meets_a_limit),
		cmocka_unit_test(test_sla__what_is_owed_is_asked_only_when_it_was_missed),
		cmocka_unit_test(test_sla__what_is_missing_leaves_the_rest),
		cmocka_unit_test(test_sla__limits_that_no_moment_meets_only_inform),
		cmocka_unit_test(test_sla__two_rules_of_one_limit_need_an_order),
		cmocka_unit_test(test_sla__an_unknown_day_in_a_condition_leaves_the_rest),
		cmocka_unit_test(test_sla__the_present_is_needed_only_while_something_is_open),
	};

	return cmocka_run_group_tests(tests, open_sla, close_pack);
}
