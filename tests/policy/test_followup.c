/* followup: the contacts that are owed, once or again and again. */
#include "asking.h"

static const char plan[] = HEAD
	"words:\n  day_1: {en: day 1, zh: 第一天}\n  week: {en: week, zh: 一周}\n  later: {en: later, zh: 之后}\n"
	"  monthly: {en: monthly, zh: 每月}\n  again: {en: again, zh: 再次}\n  daily: {en: daily, zh: 每天}\n"
	"  phone: {en: phone, zh: 电话}\n  visit: {en: visit, zh: 上门}\n"
	"facts:\n  consulted: {date: true, default: never, title: {en: consulted, zh: 咨询}}\n"
	"  course_ends: {date: true, default: never, title: {en: end of the course, zh: 疗程结束}}\n"
	"  segment: {one_of: {key: {en: key, zh: 重点}, plain: {en: plain, zh: 普通}}, title: {en: segment, zh: 类别}}\n"
	"settings:\n  interval: {type: duration, title: {en: interval, zh: 间隔}}\n"
	"followups:\n"
	"  - {clause: p.1, name: day_1, channels: [phone], after: {most: [delivery, consulted]}, on: 1 day}\n"
	"  - {clause: p.2, name: week, channels: [phone, visit], after: [delivery, purchase], opens: 3 days, closes: 7 days}\n"
	"  - {clause: p.3, name: later, after: acceptance, closes: {setting: interval}, when: {acceptance: {is: known}}}\n"
	"  - {clause: p.4, name: monthly, after: {after: handover, by: 28 days}, every: 1 month, until: course_ends,\n"
	"     when: {handover: {is: known}}}\n"
	"  - {clause: p.5, name: again, after: previous, every: {setting: interval}, when: {previous: {is: known}}}\n"
	"  - {clause: p.6, name: daily, after: shipment, every: 1 day, when: {shipment: {is: known}, segment: key}}\n";

static void test_followup__once_after_the_later_of_two(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-02-28, as_of: 2024-02-28}",
	       "{verdict: planned, contacts: [{name: day_1, channels: [phone], from: 2024-02-29, to: 2024-02-29, clause: p.1},"
	       " {name: week, channels: [phone, visit], from: 2024-03-02, to: 2024-03-06}], clauses: [p.1, p.2],"
	       " absent: [missing, monthly, later, again]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-02-28, consulted: 2024-03-05, as_of: 2024-03-05}",
	       "{contacts: [{name: day_1, from: 2024-03-06}, {name: week, from: 2024-03-02}]}");
}

static void test_followup__done_and_beyond_are_left_out_and_late_ones_stay(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, as_of: 2024-06-01, done: [day_1]}",
	       "{verdict: planned, contacts: [{name: week, to: 2024-03-08}], absent: [day_1]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, as_of: 2024-06-01, done: 'day_1,week'}",
	       "{verdict: none, absent: [contacts]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, as_of: 2024-03-01, until: 2024-03-03}",
	       "{contacts: [{name: day_1}], absent: [week]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, as_of: 2024-03-01, until: 2024-03-04}",
	       "{contacts: [{name: day_1}, {name: week}]}");
}

static void test_followup__months_clamp_and_come_back(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP,
	       "{delivery: 2020-01-01, done: [day_1, week], handover: 2024-01-03, as_of: 2024-02-01, until: 2024-04-30}",
	       "{contacts: [{name: monthly, from: 2024-02-29}, {name: monthly, from: 2024-03-31}, {name: monthly, from: 2024-04-30}]}");
	expect(*state, SVC_ASK_FOLLOWUP,
	       "{delivery: 2020-01-01, done: [day_1, week], handover: 2024-01-03, as_of: 2024-02-01, course_ends: 2024-03-30}",
	       "{contacts: [{name: monthly, from: 2024-02-29}], absent: ['2024-03-31']}");
	expect(*state, SVC_ASK_FOLLOWUP,
	       "{delivery: 2020-01-01, done: [day_1, week], handover: 2024-01-03, as_of: 2024-05-01, course_ends: 2024-03-31}",
	       "{verdict: none}");
}

static void test_followup__the_contact_after_the_last_one_is_owed_however_late(void **state)
{
	const char *late =
		"{delivery: 2020-01-01, done: [day_1, week], previous: 2024-12-31, as_of: 2025-05-01, until: 2025-07-31}";

	expect_set(*state, SVC_ASK_FOLLOWUP, late, "interval", "3 months",
		   "{contacts: [{name: again, from: 2025-03-31}, {name: again, from: 2025-06-30}]}");
	expect(*state, SVC_ASK_FOLLOWUP, late, "{verdict: incomplete, missing: [interval], clauses: [p.5]}");
}

static void test_followup__what_is_unset_leaves_the_others_standing(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, acceptance: 2024-03-02, as_of: 2024-03-01}",
	       "{verdict: incomplete, missing: [interval], contacts: [{name: day_1}, {name: week}], clauses: [p.3, p.1, p.2]}");
	expect_set(*state, SVC_ASK_FOLLOWUP, "{delivery: 2024-03-01, acceptance: 2024-03-02, as_of: 2024-03-01}",
		   "interval", "2 weeks",
		   "{verdict: planned, contacts: [{name: later, from: 2024-03-02, to: 2024-03-16}]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{as_of: 2024-03-01}",
	       "{verdict: incomplete, missing: [delivery, purchase], absent: [contacts, consulted]}");
	expect(*state, SVC_ASK_FOLLOWUP, "{purchase: 2024-03-01, as_of: 2024-03-01}",
	       "{verdict: incomplete, missing: [delivery], contacts: [{name: week}]}");
}

static void test_followup__a_fact_that_decides_is_asked_for(void **state)
{
	expect(*state, SVC_ASK_FOLLOWUP,
	       "{delivery: 2024-03-01, shipment: 2024-03-01, as_of: 2024-03-01, until: 2024-03-03}",
	       "{verdict: incomplete, missing: [segment], contacts: [{name: day_1}], absent: [daily]}");
	expect(*state, SVC_ASK_FOLLOWUP,
	       "{delivery: 2024-03-01, shipment: 1990-03-01, segment: key, as_of: 2024-03-01, until: 9999-12-31}",
	       "{verdict: planned, contacts: [{name: daily, from: 2024-03-01}], notes: [there are more contacts; ask again from the last day]}");
}

static int setup(void **state)
{
	*state = pack_of(plan);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_followup__once_after_the_later_of_two),
		cmocka_unit_test(test_followup__done_and_beyond_are_left_out_and_late_ones_stay),
		cmocka_unit_test(test_followup__months_clamp_and_come_back),
		cmocka_unit_test(test_followup__the_contact_after_the_last_one_is_owed_however_late),
		cmocka_unit_test(test_followup__what_is_unset_leaves_the_others_standing),
		cmocka_unit_test(test_followup__a_fact_that_decides_is_asked_for),
	};

	return cmocka_run_group_tests_name("followup", tests, setup, close_pack);
}
