/* deadline: open, overdue or done, and what follows. How moments are counted: test_clocks.c. */
#include "asking.h"

static const char deadlines[] = HEAD
	"facts:\n  task: {one_of: {report: {en: report, zh: 报告}, invoice: {en: invoice, zh: 发票}, order: {en: order, zh: 订货}, free: {en: free, zh: 无}}}\n"
	"  by_phone: {bool: true, title: {en: by phone, zh: 电话}}\n"
	"words:\n  escalate: {en: escalate, zh: 上报}\n  warn: {en: warn, zh: 警告}\n"
	"deadlines:\n"
	"  - {clause: p.1, task: report, due: {after: [repaired, reported], by: 2 days}, then: [escalate, warn], also: [p.9]}\n"
	"  - {clause: p.2, task: invoice, when: {service_class: paid}, due: repaired}\n"
	"  - {clause: p.3, task: order, when: {by_phone: true}, due: {after: reported, by: 1 hour}}\n"
	"  - {clause: p.4, task: order, when: {by_phone: false}, verdict: refer}\n"
	"  - {clause: p.5, task: free, when: {batch: true}, verdict: done}\n";

static void test_deadline__the_last_day_is_open(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, as_of: 2026-03-03}",
	       "{verdict: open, due: 2026-03-03, clauses: [p.1, p.9], absent: [then, in_time]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, as_of: 2026-03-04}",
	       "{verdict: overdue, then: [escalate, warn]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, now: '2026-03-03T23:59:59'}",
	       "{verdict: open}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, now: '2026-03-04T00:00:00'}",
	       "{verdict: overdue}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, reported: '2026-03-01T08:00:00', now: '2026-03-03T23:59:59'}",
	       "{verdict: open, due: '2026-03-03T23:59:59+08:00'}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, reported: '2026-03-01T08:00:00', as_of: 2026-03-03}",
	       "{verdict: open}");
	expect(*state, SVC_ASK_DEADLINE,
	       "{task: order, by_phone: true, reported: '2026-03-01T08:00:00', now: '2026-03-01T09:00:01'}",
	       "{verdict: overdue, due: '2026-03-01T09:00:00+08:00'}");
}

static void test_deadline__done_in_time_or_late(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, done: 2026-03-03}",
	       "{verdict: done, in_time: true, absent: [then]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, done: '2026-03-04T00:00:00'}",
	       "{verdict: done, in_time: false, then: [escalate]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, done: {report: 2026-03-02}}",
	       "{verdict: done}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-02-01, done: {invoice: 2026-03-02}}",
	       "{verdict: overdue}");
	expect(*state, SVC_ASK_DEADLINE, "{task: report, repaired: 2026-03-01, done: [2026-03-02]}", "{verdict: done}");
	expect(*state, SVC_ASK_DEADLINE,
	       "{task: order, by_phone: true, reported: '2026-03-01T08:00:00', done: 2026-03-01}", "{in_time: true}");
}

static void test_deadline__a_task_that_is_not_due_or_not_promised(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: invoice, service_class: free, repaired: 2026-03-01}",
	       "{verdict: none, absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: invoice, repaired: 2026-03-01}",
	       "{verdict: incomplete, missing: [service_class]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: order, by_phone: false}",
	       "{verdict: refer, clauses: [p.4], absent: [due]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: free, batch: true}",
	       "{verdict: done, clauses: [p.5], absent: [due, in_time]}");
	expect(*state, SVC_ASK_DEADLINE, "{task: free}", "{verdict: none}");
	expect(*state, SVC_ASK_DEADLINE, "{repaired: 2026-03-01, reported: '2026-03-01T08:00:00'}",
	       "{verdict: incomplete, missing: [task]}");
}

static int status_of(struct svc_policy *p, const char *facts, struct svc_error *err)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	int status;

	assert_int_equal(svc_facts_new(&vector, p, err), 0);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, err), 0);
	status = svc_ask(p, SVC_ASK_DEADLINE, vector, false, &answer, err);
	svc_answer_release(&answer);
	svc_facts_free(vector);
	return status;
}

static void test_deadline__bad_input_is_said(void **state)
{
	struct svc_error err = {0};
	struct svc_policy *p;

	assert_int_equal(status_of(*state, "{task: reprot, repaired: 2026-03-01}", &err), SVC_BAD_INPUT);
	assert_string_equal(err.field, "task");
	assert_non_null(strstr(err.hint, "report"));
	assert_int_equal(status_of(*state, "{task: xyzzy, repaired: 2026-03-01}", &err), SVC_BAD_INPUT);
	assert_int_equal(status_of(*state, "{task: report, repaired: 2026-03-01, done: soon}", &err), SVC_BAD_INPUT);
	assert_int_equal(
		status_of(*state, "{task: report, repaired: 2026-03-01, done: [2026-03-02, 2026-03-03]}", &err),
		SVC_BAD_INPUT);
	p = pack_of(HEAD "facts: {task: {one_of: {two: {en: two, zh: 二}}}}\n"
			 "deadlines:\n  - {clause: p.5, task: two, when: {batch: true}, due: repaired}\n"
			 "  - {clause: p.6, task: two, due: reported}\n");
	assert_int_equal(status_of(p, "{task: two, batch: true, repaired: 2026-03-01}", &err), SVC_BAD_INPUT);
	svc_policy_free(p);
}

static void test_deadline__the_present_is_needed(void **state)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, *state, &err), 0);
	assert_int_equal(svc_facts_set(vector, "task", "report", &err), 0);
	assert_int_equal(svc_facts_set(vector, "repaired", "2026-03-01", &err), 0);
	assert_int_equal(svc_ask(*state, SVC_ASK_DEADLINE, vector, false, &answer, &err), 0);
	assert_int_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	assert_int_equal(answer.due.kind, SVC_MOMENT_DATE);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static int open_deadlines(void **state)
{
	*state = pack_of(deadlines);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deadline__the_last_day_is_open),
		cmocka_unit_test(test_deadline__done_in_time_or_late),
		cmocka_unit_test(test_deadline__a_task_that_is_not_due_or_not_promised),
		cmocka_unit_test(test_deadline__bad_input_is_said),
		cmocka_unit_test(test_deadline__the_present_is_needed),
	};

	return cmocka_run_group_tests(tests, open_deadlines, close_pack);
}
