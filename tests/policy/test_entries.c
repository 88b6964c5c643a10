/* What the sections of entries share: words, the calendar, figures and flags of settings, days counted, moments as bounds. */
#include "asking.h"

static const char pack[] = HEAD
	"words:\n  orders: {en: orders, zh: 订单}\n  yield: {en: yield, zh: 合格率}\n  late: {en: late, zh: 迟到, clause: p.90}\n"
	"calendar: {hours: ['00:00-24:00'], holidays: true, make_up_days: false, years: [2026], off: [{from: 2026-10-01, to: 2026-10-03}], on: [2026-10-10]}\n"
	"settings:\n"
	"  goal: {type: money, title: {en: goal, zh: 目标}}\n"
	"  counting: {type: bool, title: {en: counting, zh: 计数}}\n"
	"  quick: {type: duration, title: {en: quick, zh: 快速}}\n"
	"facts:\n"
	"  task: {one_of: {pay: {en: pay, zh: 付款}, ship: {en: ship, zh: 发货}}}\n"
	"  form: {one_of: {card: {en: card, zh: 卡}}}\n"
	"  done: {bool: true}\n"
	"  sold: {money: true, title: {en: sold, zh: 已售}}\n"
	"  made: {number: true, title: {en: made, zh: 产量}}\n"
	"  scrap: {number: true, title: {en: scrap, zh: 废品}}\n"
	"  estimate: {number: {min: 0}, unit: hours, title: {en: estimate, zh: 估计工时}}\n"
	"  used: {days: {from: [delivery, invoice], to: claim, less: repair_days}, title: {en: days used, zh: 使用天数}}\n"
	"kpi:\n"
	"  - {clause: p.1, name: orders, value: sold, target: {setting: goal}}\n"
	"  - {clause: p.2, name: yield, share: [{sum: [made, -scrap]}, {most: [made, 1]}], target: 90}\n"
	"conduct:\n"
	"  rules: [{clause: p.3, rule: late, fine: 10.00, counts: {setting: counting}}]\n"
	"  totals: [{clause: p.4, per: month, counted: 2, consequences: [late]}]\n"
	"forms: [{clause: p.5, form: card, fields: [{id: name, label: {en: name, zh: 姓名}, required: {done: true}}]}]\n"
	"deadlines:\n"
	"  - {clause: p.6, task: pay, due: {after: [delivery, invoice], by: 2 working days}}\n"
	"  - {clause: p.7, task: ship, due: {after: delivery, by: {sum: [1 day, {pct: 50, of: 2 days}]}}}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.10, when: {zone: city, used: {at_most: 30}}, freight_in: company}\n"
	"    - {clause: p.11, when: {zone: suburb, booked: {below: {before: appointed, by: 1 day}}}, freight_in: company}\n"
	"    - {clause: p.12, when: {zone: remote, claim: {at_most: {after: delivery, by: 1 month}}}, freight_in: company}\n"
	"    - {clause: p.13, when: {stage: {is: known}, estimate: {at_most: {setting: quick}}}, freight_in: company}\n"
	"    - {clause: p.19, freight_in: customer}\n"
	"parts: []\n";

static void test_entries__figures_and_flags_of_settings(void **state)
{
	expect_set(*state, SVC_ASK_KPI, "{sold: 500.00, made: 100, scrap: 9}", "goal", "500.00",
		   "{verdict: met, measures: [{name: orders, value: '500.00', target: '500.00', met: true},"
		   " {name: yield, value: 91, target: 90, met: true}]}");
	expect_set(*state, SVC_ASK_KPI, "{sold: 499.99, made: 100, scrap: 11}", "goal", "500.00",
		   "{verdict: missed, measures: [{name: orders, met: false}, {name: yield, value: 89, met: false}]}");
	expect_set(*state, SVC_ASK_CONDUCT,
		   "{violations: [{rule: late, 'on': 2026-03-02}, {rule: late, 'on': 2026-03-03}]}", "counting", "true",
		   "{total: '20.00', triggered_on: 2026-03-03, consequences: [late]}");
	expect_set(*state, SVC_ASK_CONDUCT,
		   "{violations: [{rule: late, 'on': 2026-03-02}, {rule: late, 'on': 2026-03-03}]}", "counting",
		   "false", "{total: '20.00', absent: [triggered_on, consequences]}");
	expect(*state, SVC_ASK_CONDUCT, "{violations: [{rule: late, 'on': 2026-03-02}]}",
	       "{verdict: incomplete, missing: [counting]}");
}

static void test_entries__a_field_that_is_wanted_in_some_cases(void **state)
{
	expect(*state, SVC_ASK_FORM, "{form: card, fields: {}, done: true}",
	       "{verdict: incomplete, missing: [name], fields: [{id: name, required: true}]}");
	expect(*state, SVC_ASK_FORM, "{form: card, fields: {}, done: false}",
	       "{verdict: complete, fields: [{id: name, required: false}]}");
}

static void test_entries__holidays_without_their_make_up_days(void **state)
{
	expect(*state, SVC_ASK_DEADLINE, "{task: pay, delivery: 2026-09-30, as_of: 2026-10-01}",
	       "{due: 2026-10-06, clauses: [p.6]}"); /* 1 to 3 October and the weekend are off */
	expect(*state, SVC_ASK_DEADLINE, "{task: pay, invoice: 2026-10-08, as_of: 2026-10-09}", "{due: 2026-10-12}");
	expect(*state, SVC_ASK_DEADLINE, "{task: ship, delivery: 2026-10-08, as_of: 2026-10-09}", "{due: 2026-10-10}");
}

static void test_entries__days_that_are_counted_and_moments_as_bounds(void **state)
{
	expect(*state, SVC_ASK_FREIGHT, "{zone: city, delivery: 2026-01-01, claim: 2026-02-05, repair_days: 5}",
	       "{clauses: [p.10]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: city, invoice: 2026-01-01, claim: 2026-02-06, repair_days: 5}",
	       "{clauses: [p.19]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: city, used: 30}", "{clauses: [p.10]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: city, delivery: 2026-01-01, claim: 2026-02-06}",
	       "{verdict: incomplete, missing: [repair_days]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: suburb, appointed: '2026-03-05T10:00', booked: '2026-03-03T23:59:59'}",
	       "{clauses: [p.11]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: suburb, appointed: '2026-03-05T10:00', booked: '2026-03-04T10:00'}",
	       "{clauses: [p.19]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: suburb, booked: '2026-03-04T10:00'}",
	       "{verdict: incomplete, missing: [appointed]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: remote, delivery: 2026-01-31, claim: 2026-02-28}", "{clauses: [p.12]}");
	expect(*state, SVC_ASK_FREIGHT, "{zone: remote, delivery: 2026-01-31, claim: 2026-03-01}", "{clauses: [p.19]}");
	expect_set(*state, SVC_ASK_FREIGHT, "{zone: x, stage: x, estimate: 4}", "quick", "4 hours",
		   "{clauses: [p.13]}");
}

static int told;

static int tell_rule(void *context, const struct svc_policy_rule *rule)
{
	const char **sections = context;

	if (told < 32)
		sections[told++] = rule->section;
	return 0;
}

static void test_entries__what_is_inside_follows_its_group(void **state)
{
	const char *sections[32];

	told = 0;
	assert_int_equal(svc_policy_rules(*state, tell_rule, sections, NULL), SVC_OK);
	assert_string_equal(sections[0], "calendar");
	for (int i = 1; i < told; i++)
		if (!strcmp(sections[i], "forms.fields"))
			assert_string_equal(sections[i - 1], "forms");
	assert_int_equal(told, 14);
}

static void test_entries__two_rules_at_once_need_an_order(void **state)
{
	static const char odds[] = HEAD
		"words: {call: {en: call, zh: 致电}, mail: {en: mail, zh: 寄回}, keep: {en: keep, zh: 保管}}\n"
		"facts:\n  stage: {one_of: {a: {en: a, zh: 甲段}}}\n"
		"  event: {one_of: {go: {en: go, zh: 走}, stay: {en: stay, zh: 留}, ready: {en: ready, zh: 可取}}}\n"
		"workflow:\n  order: [{clause: p.1, when: {batch: true}}, {clause: p.2}]\n"
		"  never: [{clause: p.3, event: go}, {clause: p.4, event: [go], when: {batch: true}}]\n"
		"appointments:\n  - {clause: p.5, late_after: {after: expected, by: 10 minutes}}\n"
		"  - {clause: p.6, late_after: {after: expected, by: 20 minutes}, when: {batch: true}}\n"
		"notices:\n  rules: [{clause: p.7, event: ready, name: call, on: 0 days}]\n"
		"  exhausted:\n    - {clause: p.8, event: ready, after: {after: last_sent, by: 3 days}, then: [mail]}\n"
		"    - {clause: p.9, event: ready, after: {after: last_sent, by: 5 days}, then: [keep]}\n";
	struct svc_policy *policy = pack_of(odds);

	(void)state;
	expect_both(policy, SVC_ASK_TRANSITION, "{stage: a, event: stay, batch: true}", "p.1 and p.2");
	expect(policy, SVC_ASK_TRANSITION, "{stage: a, event: stay}", "{verdict: refused, clauses: [p.2]}");
	expect_both(policy, SVC_ASK_TRANSITION, "{stage: a, event: go, batch: true}", "p.3 and p.4");
#define LATE "appointed: '2026-03-05T09:00:00', booked: '2026-03-01T09:00:00', arrived: '2026-03-05T09:15:00'"
	expect_both(policy, SVC_ASK_APPOINTMENT, "{batch: true, " LATE "}", "p.5 and p.6");
	expect(policy, SVC_ASK_APPOINTMENT, "{" LATE "}", "{verdict: late, clauses: [p.5]}");
#define SENT "event: ready, date: 2026-03-10, sent: [2026-03-10], as_of: 2026-03-"
	expect(policy, SVC_ASK_NOTICE, "{" SENT "12}", "{verdict: waiting, clauses: [p.8]}");
	expect(policy, SVC_ASK_NOTICE, "{" SENT "14}", "{verdict: exhausted, then: [mail], clauses: [p.8]}");
	expect_both(policy, SVC_ASK_NOTICE, "{" SENT "15}", "p.8 and p.9");
	svc_policy_free(policy);
}

static int open_entries(void **state)
{
	*state = pack_of(pack);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries__figures_and_flags_of_settings),
		cmocka_unit_test(test_entries__a_field_that_is_wanted_in_some_cases),
		cmocka_unit_test(test_entries__holidays_without_their_make_up_days),
		cmocka_unit_test(test_entries__days_that_are_counted_and_moments_as_bounds),
		cmocka_unit_test(test_entries__what_is_inside_follows_its_group),
		cmocka_unit_test(test_entries__two_rules_at_once_need_an_order),
	};

	return cmocka_run_group_tests(tests, open_entries, close_pack);
}
