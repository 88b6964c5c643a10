/* maintenance: what is due by the calendar, by the hours, once, and what a reading says. */
#include "asking.h"

static const char upkeep[] = HEAD
	"facts:\n"
	"  task: {one_of: {monthly: {en: monthly, zh: 月度}, yearly: {en: yearly, zh: 年度}, oil: {en: oil, zh: 换油},"
	" rounds: {en: rounds, zh: 巡检}, quarter: {en: quarter, zh: 季度}, annual: {en: annual, zh: 全年}, half: {en: half, zh: 半月},"
	" look: {en: look, zh: 查看}, stop: {en: stop, zh: 制动距离}, tyre: {en: tyre, zh: 胎压}}}\n"
	"  component: {one_of: {brake: {en: brake, zh: 刹车}}}\n"
	"  term_ends: {date: true, default: never, title: {en: end of the term, zh: 期满}}\n"
	"settings:\n  interval: {type: duration, title: {en: interval, zh: 间隔}}\n"
	"  give: {type: number, title: {en: tolerance, zh: 允差}}\n"
	"maintenance:\n"
	"  rules:\n"
	"    - {clause: p.1, task: monthly, after: [installation, purchase], every: 1 month, hours: 20}\n"
	"    - {clause: p.2, task: yearly, after: purchase, every: 12 months, hours: [250, 300], tolerance: 3 days}\n"
	"    - {clause: p.3, task: oil, after: purchase, once: 5 years, also: [p.33]}\n"
	"    - {clause: p.4, task: rounds, after: acceptance, every: {setting: interval}, until: term_ends, when: {acceptance: {is: known}}}\n"
	"    - {clause: p.5, task: quarter, after: starts, every: 3 months, when: {starts: {is: known}}}\n"
	"    - {clause: p.6, task: annual, after: starts, every: 1 year, replaces: [quarter], when: {starts: {is: known}}}\n"
	"    - {clause: p.7, task: half, after: handover, every: twice a month, when: {handover: {is: known}}}\n"
	"    - {clause: p.8, task: look, component: brake, after: handover, every: each visit, when: {handover: {is: known}}}\n"
	"  readings:\n"
	"    - {clause: p.9, task: stop, component: brake, pass: {at_most: 5}}\n"
	"    - {clause: p.10, task: tyre, pass: {target: 137, tolerance: {setting: give}}}\n";

static void test_maintenance__due_on_the_day_and_overdue_after_it(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, as_of: 2024-02-28}",
	       "{verdict: none, tasks: [{task: monthly, state: ok, due: 2024-02-29, interval: 1 month or 20 hours, clause: p.1},"
	       " {task: yearly, state: ok, due: 2025-01-31, interval: 12 months or 250 to 300 hours, tolerance: 2025-02-03},"
	       " {task: oil, state: ok, due: 2029-01-31, interval: 5 years}], absent: [missing, rounds, stop]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, as_of: 2024-02-29}",
	       "{verdict: due, tasks: [{task: monthly, state: due}]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, as_of: 2024-03-01}",
	       "{verdict: overdue, tasks: [{task: monthly, state: overdue}], clauses: [p.1, p.2]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, as_of: 2025-02-03, task: yearly}",
	       "{verdict: due, tasks: [{task: yearly, state: due}], absent: [monthly]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, as_of: 2025-02-04, task: yearly}",
	       "{verdict: overdue}");
}

static void test_maintenance__the_hours_may_come_first(void **state)
{
#define AT(hours)                                                                                                      \
	"{task: monthly, last: {monthly: 2025-01-31}, last_hours: {monthly: 100}, as_of: 2025-02-20, hours: " hours "}"
	expect(*state, SVC_ASK_MAINTENANCE, AT("119.9"),
	       "{verdict: none, tasks: [{state: ok, due: 2025-02-28, due_hours: 120}]}");
	expect(*state, SVC_ASK_MAINTENANCE, AT("120"), "{verdict: due, tasks: [{state: due}]}");
	expect(*state, SVC_ASK_MAINTENANCE, AT("120.1"), "{verdict: overdue}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: yearly, purchase: 2024-02-29, as_of: 2024-12-01, hours: 300}",
	       "{verdict: due, tasks: [{task: yearly, state: due, due_hours: 250}]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: yearly, purchase: 2024-02-29, as_of: 2024-12-01, hours: 301}",
	       "{verdict: overdue}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: yearly, purchase: 2024-02-29, as_of: 2024-12-01}",
	       "{verdict: none, tasks: [{state: ok}], absent: [due_hours, missing]}");
}

static void test_maintenance__once_and_until(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE, "{task: oil, purchase: 2020-02-29, as_of: 2025-02-28}",
	       "{verdict: due, tasks: [{task: oil, due: 2025-02-28}], clauses: [p.3, p.33]}");
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{task: oil, purchase: 2020-02-29, last: {oil: 2024-12-01}, as_of: 2030-02-28}",
	       "{verdict: none, absent: [tasks]}");
	expect_set(*state, SVC_ASK_MAINTENANCE,
		   "{task: rounds, acceptance: 2024-01-10, term_ends: 2024-04-09, as_of: 2024-04-10}", "interval",
		   "3 months", "{verdict: none, absent: [tasks]}");
	expect_set(*state, SVC_ASK_MAINTENANCE,
		   "{task: rounds, acceptance: 2024-01-10, term_ends: 2024-04-10, as_of: 2024-04-10}", "interval",
		   "3 months", "{verdict: due, tasks: [{interval: 3 months}]}");
}

static void test_maintenance__what_is_unknown_is_named_and_the_rest_stands(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-01-31, acceptance: 2024-01-31, as_of: 2024-03-01}",
	       "{verdict: incomplete, missing: [interval], tasks: [{task: monthly, state: overdue}], clauses: [p.4, p.1]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{as_of: 2024-03-01}",
	       "{verdict: incomplete, missing: [installation, purchase], absent: [tasks, acceptance]}");
}

static void test_maintenance__one_task_in_the_place_of_another(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2025-01-15, starts: 2024-01-15, last: {quarter: 2024-10-15}, as_of: 2025-01-15}",
	       "{verdict: due, tasks: [{task: annual, state: due, due: 2025-01-15}], absent: [quarter]}");
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2025-01-15, starts: 2024-01-15, last: {quarter: 2024-07-15}, as_of: 2024-10-15}",
	       "{tasks: [{task: annual, due: 2025-01-15}, {task: quarter, due: 2024-10-15}]}");
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2025-01-15, starts: 2024-01-15, last: {quarter: 2024-10-15, annual: 2025-01-20}, as_of: 2025-01-21}",
	       "{tasks: [{task: annual, due: 2026-01-20}, {task: quarter, due: 2025-04-20}]}");
}

static void test_maintenance__twice_a_month_and_at_each_visit(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE, "{purchase: 2024-02-01, handover: 2024-02-01, as_of: 2024-02-29}",
	       "{verdict: due, tasks: [{task: half, interval: twice a month, due: 2024-02-29, state: due},"
	       " {task: look, component: brake, interval: each visit, state: due}]}");
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2024-02-01, handover: 2024-02-01, last: {half: 2024-02-16, look: 2024-02-20}, as_of: 2024-03-01}",
	       "{tasks: [{task: half, due: 2024-03-31, state: ok}, {task: look, state: due}]}");
}

static void test_maintenance__readings(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE, "{task: stop, as_of: 2024-02-01, readings: {stop: 5.0}}",
	       "{verdict: none, tasks: [{task: stop, component: brake, state: pass}], clauses: [p.9]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: stop, as_of: 2024-02-01, readings: {stop: 5.01}}",
	       "{verdict: due, tasks: [{task: stop, state: fail}]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: tyre, as_of: 2024-02-01, readings: {tyre: 120}}",
	       "{verdict: incomplete, missing: [give], absent: [tasks]}");
	expect_set(*state, SVC_ASK_MAINTENANCE, "{task: tyre, as_of: 2024-02-01, readings: {tyre: 120}}", "give", "17",
		   "{tasks: [{task: tyre, state: pass}]}");
	expect_set(*state, SVC_ASK_MAINTENANCE, "{task: tyre, as_of: 2024-02-01, readings: {tyre: 154.001}}", "give",
		   "17", "{tasks: [{state: fail}]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{task: tyre, as_of: 2024-02-01}", "{verdict: none, absent: [missing]}");
}

static void refuses(struct svc_policy *policy, const char *facts)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector = NULL;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, policy, &err), SVC_OK);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), SVC_OK);
	svc_facts_now(vector, 1772366400);
	assert_int_equal(svc_ask(policy, SVC_ASK_MAINTENANCE, vector, false, &answer, &err), SVC_BAD_INPUT);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static void test_maintenance__values_of_another_kind_are_bad_input(void **state)
{
	refuses(*state, "{task: monthly, last: {monthly: soon}}");
	refuses(*state, "{task: monthly, last: {monthly: [2024-01-01]}}");
	refuses(*state, "{task: monthly, purchase: 2024-01-01, hours: 3, last_hours: {monthly: many}}");
	refuses(*state, "{task: stop, readings: {stop: far}}");
}

static int setup(void **state)
{
	*state = pack_of(upkeep);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maintenance__due_on_the_day_and_overdue_after_it),
		cmocka_unit_test(test_maintenance__the_hours_may_come_first),
		cmocka_unit_test(test_maintenance__once_and_until),
		cmocka_unit_test(test_maintenance__what_is_unknown_is_named_and_the_rest_stands),
		cmocka_unit_test(test_maintenance__one_task_in_the_place_of_another),
		cmocka_unit_test(test_maintenance__twice_a_month_and_at_each_visit),
		cmocka_unit_test(test_maintenance__readings),
		cmocka_unit_test(test_maintenance__values_of_another_kind_are_bad_input),
	};

	return cmocka_run_group_tests_name("maintenance", tests, setup, close_pack);
}
