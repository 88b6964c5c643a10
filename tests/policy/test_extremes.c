/* Extremes: what a pack or a fact may say that is far from any promise ends soon, and in an answer or a fault. */
#include "asking.h"

static const char pack[] = HEAD
	"words: {daily: {en: daily, zh: 每日}, half: {en: half a day, zh: 半日}, share: {en: share, zh: 比率}, sum: {en: sum, zh: 总额}}\n"
	"calendar: {week: [mon, tue, wed, thu, fri, sat], hours: ['09:00-12:00', '13:00-18:00']}\n"
	"settings:\n"
	"  gap: {type: duration, title: {en: gap, zh: 间隔}}\n"
	"  most: {type: duration, title: {en: most, zh: 上限}}\n"
	"facts:\n  handover: {default: never}\n"
	"  task: {one_of: {oil: {en: oil, zh: 换油}, check: {en: check, zh: 检查}}}\n"
	"  wait: {number: true, unit: minutes, title: {en: wait, zh: 等待}}\n"
	"  made: {number: true, title: {en: made, zh: 产量}}\n"
	"  sold: {money: true, title: {en: sold, zh: 已售}}\n"
	"followups:\n"
	"  - {clause: p.1, name: daily, after: delivery, every: {setting: gap}}\n"
	"  - {clause: p.2, name: half, after: handover, every: 12 hours, until: {after: handover, by: 2 days}}\n"
	"maintenance:\n"
	"  rules:\n"
	"    - {clause: p.3, task: oil, after: purchase, every: 1 year, hours: 9000000000000}\n"
	"    - {clause: p.4, task: check, after: delivery, every: twice a month}\n"
	"  readings: [{clause: p.5, task: oil, pass: {target: 9000000000000, tolerance: 7}}]\n"
	"survey:\n"
	"  questions:\n"
	"    - {clause: p.6, id: one, text: {en: one, zh: 一}}\n"
	"    - {clause: p.6, id: two, text: {en: two, zh: 二}, when: {not: {zone: city}}}\n"
	"  levels: [{clause: p.6, id: good, title: {en: good, zh: 好}, value: 9000000000000}]\n"
	"  outcomes: [{clause: p.6, verdict: satisfied, mean_below: 9000000000000}]\n"
	"kpi:\n"
	"  - {clause: p.7, name: share, share: [made, count], target: 9000000000000}\n"
	"  - {clause: p.8, name: sum, value: sold, target: 9000000000000}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.9, when: {wait: {at_most: {setting: most}}}, freight_in: company}\n"
	"    - {clause: p.10, freight_in: customer}\n";

static void test_extremes__contacts_of_all_time(void **state)
{
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 1900-01-01, as_of: 9998-12-01, until: 9998-12-31}", "gap",
		   "1 day",
		   "{verdict: planned, contacts: [{name: daily, from: 9998-12-01}, {name: daily, from: 9998-12-31}]}");
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 1900-01-01, as_of: 9998-01-01}", "gap", "1 working day",
		   "{verdict: planned, contacts: [{name: daily, from: 9998-01-01}]}");
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 1900-01-01, as_of: 9999-12-27}", "gap", "1 week",
		   "{verdict: planned, contacts: [{name: daily, from: 9999-12-27}]}");
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 1900-01-31, as_of: 9998-02-01, until: 9998-03-31}", "gap",
		   "1 month", "{contacts: [{name: daily, from: 9998-02-28}, {name: daily, from: 9998-03-31}]}");
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-01, as_of: 2026-01-01}", "gap", "0 days",
		   "{verdict: none, absent: [contacts, notes]}");
}

static void test_extremes__parts_of_a_day_make_one_contact_a_day(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP, "{handover: 2026-03-01, as_of: 2026-03-01}",
	       "{contacts: [{name: half, from: 2026-03-02}, {name: half, from: 2026-03-03}]}");
}

static void test_extremes__working_days_in_any_number(void **state)
{
	struct svc_policy *days = pack_of(
		HEAD "calendar: {week: [mon, tue, wed, thu, fri]}\n"
		     "settings: {gap: {type: duration, title: {en: gap, zh: 间隔}}}\n"
		     "facts: {task: {one_of: {a: {en: a, zh: 甲项}, b: {en: b, zh: 乙项}}}}\n"
		     "deadlines:\n  - {clause: p.1, task: a, due: {after: delivery, by: {setting: gap}}}\n"
		     "  - {clause: p.2, task: b, due: {before: delivery, by: {setting: gap}}}\n");

	(void)state;
	/* 2026-03-01 is a Sunday */
	expect_set(days, SVC_ASK_DEADLINE, "{task: a, delivery: 2026-03-01}", "gap", "5 working days",
		   "{due: 2026-03-06}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: a, delivery: 2026-03-01}", "gap", "6 working days",
		   "{due: 2026-03-09}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: a, delivery: 2026-03-04}", "gap", "10 working days",
		   "{due: 2026-03-18}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: b, delivery: 2026-03-01}", "gap", "5 working days",
		   "{due: 2026-02-23}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: b, delivery: 2026-03-01}", "gap", "6 working days",
		   "{due: 2026-02-20}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: a, delivery: 2026-03-02}", "gap", "0 working days",
		   "{due: 2026-03-02}");
	expect_set(days, SVC_ASK_DEADLINE, "{task: a, delivery: 2026-03-02}", "gap", "1000000000 working days",
		   "{verdict: none}");
	svc_policy_free(days);
}

static void test_extremes__meters_and_readings(void **state)
{
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2026-01-01, as_of: 2026-02-01, task: oil, hours: 5, last_hours: {oil: 9000000000000}}",
	       "{verdict: none, tasks: [{task: oil, state: ok}]}");
	expect(*state, SVC_ASK_MAINTENANCE,
	       "{purchase: 2026-01-01, as_of: 2026-02-01, task: oil, readings: {oil: -9000000000000}}",
	       "{tasks: [{task: oil, state: fail}]}");
	expect(*state, SVC_ASK_MAINTENANCE, "{delivery: 9999-12-20, as_of: 9999-12-31, task: check}",
	       "{tasks: [{task: check, state: due, due: 9999-12-31}]}");
}

static void test_extremes__figures(void **state)
{
	expect(*state, SVC_ASK_SURVEY, "{answers: {one: good, two: good}, zone: remote}",
	       "{verdict: unsatisfied, score: 9000000000000}");
	expect(*state, SVC_ASK_KPI, "{made: 90000000000, count: 0.000001, sold: 1.00}",
	       "{verdict: missed, measures: [{name: share, met: true}, {name: sum, target: '9000000000000.00', met: false}]}");
	expect_set(*state, SVC_ASK_FREIGHT, "{wait: 9000000000000}", "most", "1000000000 weeks",
		   "{freight_in: customer}");
	expect_set(*state, SVC_ASK_FREIGHT, "{wait: 10080}", "most", "1 week", "{freight_in: company}");
}

static int setup(void **state)
{
	*state = pack_of(pack);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_extremes__contacts_of_all_time),
		cmocka_unit_test(test_extremes__parts_of_a_day_make_one_contact_a_day),
		cmocka_unit_test(test_extremes__working_days_in_any_number),
		cmocka_unit_test(test_extremes__meters_and_readings),
		cmocka_unit_test(test_extremes__figures),
	};

	return cmocka_run_group_tests_name("extremes", tests, setup, close_pack);
}
