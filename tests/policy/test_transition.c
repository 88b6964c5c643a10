/* transition: may this ticket go there? */
#include "asking.h"

static const char workflow[] = HEAD
	"words:\n"
	"  advisor: {en: advisor, zh: 顾问}\n"
	"  survey_card: {en: survey card, zh: 满意卡}\n"
	"facts:\n"
	"  variant: {one_of: {a: {en: a, zh: 甲}, b: {en: b, zh: 乙}}}\n"
	"  stage: {one_of: {reception: {en: reception, zh: 接待}, repair: {en: repair, zh: 修理}, closed: {en: closed, zh: 结束}}}\n"
	"  event: {one_of: {start: {en: start, zh: 开工}, finish: {en: finish, zh: 完工}, note: {en: note, zh: 备注}, disclose: {en: disclose, zh: 泄露}, call: {en: call, zh: 来电}, split: {en: split, zh: 分单}}}\n"
	"  signed: {bool: true, title: {en: signed, zh: 已签字}}\n"
	"  noted: {bool: true, title: {en: noted, zh: 已注明}}\n"
	"  prepaid: {money: true, title: {en: prepaid, zh: 已预付}}\n"
	"  order_total: {money: true, title: {en: total of the order, zh: 订单总额}}\n"
	"settings:\n  rounds: {type: number, title: {en: rounds, zh: 轮数}}\n"
	"workflow:\n"
	"  order: [{clause: p.1, when: {variant: a}}, {clause: p.2, when: {not: {variant: a}}}]\n"
	"  flow:\n"
	"    - {clause: p.10, from: reception, event: start, to: repair, by: advisor, creates: [survey_card], also: [p.19],\n"
	"       guards: [{fact: signed}, {fact: noted, clause: p.11, when: {supplied_by: customer}, also: [p.12]},\n"
	"                {needs: {prepaid: {at_least: {pct: 50, of: order_total}}}, clause: p.13}]}\n"
	"    - {clause: p.20, from: [repair, reception], event: finish, to: closed, known: [repairable], when: {batch: false}}\n"
	"    - {clause: p.21, from: repair, event: finish, to: closed, when: {batch: true}, verdict: refer}\n"
	"    - {clause: p.22, from: repair, event: note}\n"
	"    - {clause: p.23, from: repair, event: call, guards: [{needs: {count: {at_most: {setting: rounds}}}}]}\n"
	"    - {clause: p.24, from: repair, event: split, when: {hours: {at_least: 2}}}\n"
	"    - {clause: p.25, from: repair, event: split, when: {hours: {at_most: 3}}}\n"
	"    - {clause: p.28, from: closed, event: split, guards: [{fact: signed, clause: p.29, when: {count: {above: {setting: rounds}}}}]}\n"
	"    - {clause: p.26, from: closed, event: note, known: [repairable], guards: [{fact: signed, clause: p.27, when: {repairable: false}}]}\n"
	"  never: [{clause: p.30, event: disclose, also: [p.31]}]\n";

#define START "stage: reception, event: start, "

static void test_transition__all_guards_hold(void **state)
{
	expect(*state, SVC_ASK_TRANSITION,
	       "{" START "signed: true, supplied_by: company, prepaid: 50.00, order_total: 100.00}",
	       "{verdict: allowed, to: repair, by: advisor, creates: [survey_card], clauses: [p.10, p.19],"
	       " absent: [requires, missing]}");
}

static void test_transition__guards_that_fail_refuse_whatever_is_unknown(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: false}",
	       "{verdict: refused, requires: [signed], clauses: [p.10], absent: [to, by, creates, missing]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: false, supplied_by: customer, noted: false}",
	       "{verdict: refused, requires: [signed, noted], clauses: [p.10, p.11, p.12]}");
	expect(*state, SVC_ASK_TRANSITION,
	       "{" START "signed: true, supplied_by: company, prepaid: 49.99, order_total: 100.00}",
	       "{verdict: refused, requires: [prepaid], clauses: [p.13]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "supplied_by: customer, noted: false}",
	       "{verdict: refused, requires: [noted], clauses: [p.11]}");
}

static void test_transition__unknown_guards_are_all_named(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{" START "supplied_by: customer}",
	       "{verdict: incomplete, missing: [signed, noted, prepaid], clauses: [p.10, p.11, p.13], absent: [to]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: true, supplied_by: company, prepaid: 50.00}",
	       "{verdict: incomplete, missing: [order_total], absent: [prepaid, noted]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: true, prepaid: 50.00, order_total: 60.00}",
	       "{verdict: incomplete, missing: [supplied_by, noted], clauses: [p.11, p.12]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: true, noted: false, prepaid: 50.00, order_total: 60.00}",
	       "{verdict: incomplete, missing: [supplied_by], absent: [noted]}");
	expect(*state, SVC_ASK_TRANSITION, "{" START "signed: true, noted: true, prepaid: 50.00, order_total: 60.00}",
	       "{verdict: allowed, absent: [missing]}");
}

static void test_transition__what_has_only_to_be_known(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: reception, event: finish}",
	       "{verdict: incomplete, missing: [repairable], clauses: [p.20]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: repair, event: finish, repairable: false}",
	       "{verdict: allowed, to: closed}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: repair, event: finish, batch: true}",
	       "{verdict: refer, clauses: [p.21]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: repair, event: note}", "{verdict: allowed, to: repair}");
	/* Also when both values would allow it, and a guard waits for the same fact. */
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: note, signed: true}",
	       "{verdict: incomplete, missing: [repairable], clauses: [p.26], absent: [signed]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: note}",
	       "{verdict: incomplete, missing: [repairable], absent: [signed]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: note, repairable: true}",
	       "{verdict: allowed, to: closed}");
}

static void test_transition__an_event_that_is_not_open(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: start, variant: a}",
	       "{verdict: refused, clauses: [p.1], absent: [requires, to]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: start, variant: b}",
	       "{verdict: refused, clauses: [p.2]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: start}", "{verdict: refused, absent: [missing]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: cellar, event: start, variant: b}",
	       "{verdict: refused, clauses: [p.2]}");
	expect(*state, SVC_ASK_TRANSITION, "{event: note, variant: a}", "{verdict: incomplete, missing: [stage]}");
	expect(*state, SVC_ASK_TRANSITION, "{event: disclose}", "{verdict: refused, clauses: [p.30, p.31]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: reception, variant: a}", "{verdict: incomplete, missing: [event]}");
}

static void test_transition__a_guard_on_a_setting(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: repair, event: call, count: 2}",
	       "{verdict: incomplete, missing: [rounds]}");
	expect_set(*state, SVC_ASK_TRANSITION, "{stage: repair, event: call, count: 3}", "rounds", "2",
		   "{verdict: refused, requires: [count], clauses: [p.23]}");
	expect_set(*state, SVC_ASK_TRANSITION, "{stage: repair, event: call, count: 2}", "rounds", "2",
		   "{verdict: allowed}");
	/* A limit that is not set asks nothing of a guard that is met. */
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: split, count: 3, signed: true}",
	       "{verdict: allowed, absent: [missing]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: split, count: 3, signed: false}",
	       "{verdict: incomplete, missing: [rounds], clauses: [p.29], absent: [signed]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: closed, event: split, count: 3}",
	       "{verdict: incomplete, missing: [rounds, signed], clauses: [p.29]}");
}

static int status_of(struct svc_policy *policy, const char *event, const char *hours, struct svc_error *err)
{
	struct svc_answer answer = {0};
	struct svc_facts *facts = NULL;
	int status;

	assert_int_equal(svc_facts_new(&facts, policy, err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "stage", "repair", err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "event", event, err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "hours", hours, err), SVC_OK);
	status = svc_ask(policy, SVC_ASK_TRANSITION, facts, false, &answer, err);
	svc_answer_release(&answer);
	svc_facts_free(facts);
	return status;
}

static void test_transition__what_is_bad_input(void **state)
{
	struct svc_error err = {0};

	assert_int_equal(status_of(*state, "finnish", "", &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.hint, "finish"));
	assert_string_equal(err.field, "event");
	assert_int_equal(status_of(*state, "split", "2", &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "p.24 and p.25"));
	assert_int_equal(status_of(*state, "split", "1", &err), SVC_OK);
}

static void test_transition__the_first_flow_where_the_order_is_said(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD "facts:\n"
		     "  stage: {one_of: {one: {en: one, zh: 一}, two: {en: two, zh: 二}, three: {en: three, zh: 三}}}\n"
		     "  event: {one_of: {go: {en: go, zh: 走}}}\n"
		     "workflow:\n  order: first\n  flow:\n"
		     "    - {clause: p.1, from: one, event: go, to: two, when: {batch: true}}\n"
		     "    - {clause: p.2, from: one, event: go, to: three}\n");

	(void)state;
	expect(policy, SVC_ASK_TRANSITION, "{stage: one, event: go, batch: true}", "{to: two, clauses: [p.1]}");
	expect(policy, SVC_ASK_TRANSITION, "{stage: one, event: go}", "{to: three, clauses: [p.2]}");
	expect(policy, SVC_ASK_TRANSITION, "{stage: two, event: go}", "{verdict: refused, absent: [clauses]}");
	svc_policy_free(policy);
}

static int open_workflow(void **state)
{
	*state = pack_of(workflow);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transition__all_guards_hold),
		cmocka_unit_test(test_transition__guards_that_fail_refuse_whatever_is_unknown),
		cmocka_unit_test(test_transition__unknown_guards_are_all_named),
		cmocka_unit_test(test_transition__what_has_only_to_be_known),
		cmocka_unit_test(test_transition__an_event_that_is_not_open),
		cmocka_unit_test(test_transition__a_guard_on_a_setting),
		cmocka_unit_test(test_transition__what_is_bad_input),
		cmocka_unit_test(test_transition__the_first_flow_where_the_order_is_said),
	};

	return cmocka_run_group_tests(tests, open_workflow, close_pack);
}
