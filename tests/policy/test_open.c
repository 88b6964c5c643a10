/* What is open: unknown facts are neither swallowed nor asked for where they do not matter. */
#include "asking.h"

static const char pack[] = HEAD
	"calendar: {holidays: true, years: [2026], off: [2026-10-01]}\n"
	"settings:\n  most: {type: number, title: {en: most, zh: 上限}}\n"
	"facts:\n"
	"  stage: {one_of: {a: {en: a, zh: 甲段}, b: {en: b, zh: 乙段}}}\n"
	"  event: {one_of: {go: {en: go, zh: 走}, rush: {en: rush, zh: 赶}, stay: {en: stay, zh: 留}}}\n"
	"  template: {one_of: {hello: {en: hello, zh: 你好}, visit: {en: visit, zh: 上门}}}\n"
	"  maker: {one_of: {x: {en: X, zh: 某}, y: {en: Y, zh: 别}}, title: {en: maker, zh: 厂}}\n"
	"  urgent: {bool: true, title: {en: urgent, zh: 急}}\n"
	"  used: {days: {from: delivery, to: claim}, title: {en: days used, zh: 使用天数}}\n"
	"warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n"
	"workflow:\n"
	"  order: p.2\n"
	"  flow:\n"
	"    - {clause: p.3, from: a, event: go, to: b, guards: [{needs: {in_term: true}}]}\n"
	"    - {clause: p.4, from: a, event: rush, to: b, when: {any: [{working_day: true}, {urgent: true}]}}\n"
	"    - {clause: p.5, from: a, event: stay, when: {km: {between: [{setting: most}, 10]}}}\n"
	"templates:\n"
	"  - {clause: p.8, template: hello, when: {not: {maker: x}}, text: {en: 'Dear {maker}', zh: '{maker}您好'}}\n"
	"  - {clause: p.9, template: visit, text: {en: 'We come at {appointed}.', zh: '上门'}}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.6, when: {all: [{shipment: {within: 3 days, of: purchase}}, {used: {at_most: 5}}]}, freight_in: company}\n"
	"    - {clause: p.7, freight_in: customer}\n";

static void test_open__a_guard_on_the_warranty_waits_for_its_dates(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: go}",
	       "{verdict: incomplete, missing: [purchase], absent: [requires]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: go, purchase: 2020-01-01, claim: 2026-03-01}",
	       "{verdict: refused, requires: [in_term]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: go, purchase: 2026-01-01, claim: 2026-03-01}",
	       "{verdict: allowed, to: b}");
}

static void test_open__a_year_without_holidays_that_does_not_matter(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: rush, urgent: true, now: '2027-03-01T10:00:00'}",
	       "{verdict: allowed, to: b, absent: [missing]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: rush, urgent: false, now: '2027-03-01T10:00:00'}",
	       "{verdict: incomplete, missing: [calendar_2027], absent: [urgent]}");
}

static void test_open__one_bound_settles_it(void **state)
{
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: stay, km: 11}", "{verdict: refused, absent: [missing]}");
	expect(*state, SVC_ASK_TRANSITION, "{stage: a, event: stay, km: 9}", "{verdict: incomplete, missing: [most]}");
	expect_set(*state, SVC_ASK_TRANSITION, "{stage: a, event: stay, km: 9}", "most", "9", "{verdict: allowed}");
	expect_set(*state, SVC_ASK_TRANSITION, "{stage: a, event: stay, km: 9}", "most", "9.1", "{verdict: refused}");
}

static void test_open__one_condition_settles_it_wherever_it_stands(void **state)
{
	expect(*state, SVC_ASK_FREIGHT, "{delivery: 2026-01-01, claim: 2026-01-07}",
	       "{verdict: decided, freight_in: customer, absent: [missing]}");
	expect(*state, SVC_ASK_FREIGHT, "{delivery: 2026-01-01, claim: 2026-01-06}",
	       "{verdict: incomplete, missing: [shipment]}");
}

static void test_open__days_counted_over_many_years(void **state)
{
	expect(*state, SVC_ASK_FREIGHT,
	       "{purchase: 2019-01-01, shipment: 2019-01-02, delivery: 2019-01-01, claim: 2024-11-18}",
	       "{verdict: decided, freight_in: customer}"); /* 2148 days */
}

static void test_open__a_text_tells_no_word_that_is_only_tried(void **state)
{
	expect(*state, SVC_ASK_TEMPLATE, "{template: hello, lang: en}", "{verdict: incomplete, missing: [maker]}");
	expect(*state, SVC_ASK_TEMPLATE, "{template: hello, lang: en, maker: Z}", "{verdict: ready, text: Dear Z}");
	expect(*state, SVC_ASK_TEMPLATE,
	       "{template: visit, lang: en, appointed: {from: '2026-03-02T10:00:00', to: '2026-03-02T12:00:00'}}",
	       "{verdict: ready, text: 'We come at 2026-03-02T10:00:00+08:00.'}");
}

static int setup(void **state)
{
	*state = pack_of(pack);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open__a_guard_on_the_warranty_waits_for_its_dates),
		cmocka_unit_test(test_open__a_year_without_holidays_that_does_not_matter),
		cmocka_unit_test(test_open__one_bound_settles_it),
		cmocka_unit_test(test_open__one_condition_settles_it_wherever_it_stands),
		cmocka_unit_test(test_open__days_counted_over_many_years),
		cmocka_unit_test(test_open__a_text_tells_no_word_that_is_only_tried),
	};

	return cmocka_run_group_tests_name("open", tests, setup, close_pack);
}
