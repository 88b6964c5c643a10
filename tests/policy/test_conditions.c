/* The one grammar of conditions: each operator answered yes, no, and not known. */
#include "asking.h"

static const char pack[] = HEAD
	"settings:\n"
	"  least: {type: number, title: {en: least, zh: 下限}}\n"
	"  most: {type: number, title: {en: most, zh: 上限}}\n"
	"  grace: {type: duration, title: {en: grace, zh: 宽限}}\n"
	"facts:\n"
	"  note: {text: true, title: {en: remark, zh: 备注}}\n"
	"  opened: {bool: true, title: {en: opened, zh: 已拆封}}\n"
	"  deposit: {money: true, title: {en: deposit, zh: 押金}}\n"
	"  signed: {date: true, title: {en: signed, zh: 签字日期}}\n"
	"  seen: {time: true, title: {en: seen, zh: 到场时间}}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.1, when: {stage: {is: known}, count: {above: {setting: least}}}, freight_in: company}\n"
	"    - {clause: p.2, when: {stage: {is: known}, count: {below: {setting: most}}}, freight_in: company}\n"
	"    - {clause: p.3, when: {zone: city, claim: {within: {setting: grace}, of: delivery}}, freight_in: company}\n"
	"    - {clause: p.4, when: {zone: suburb, documents: {none: [invoice, receipt]}}, freight_in: company}\n"
	"    - {clause: p.5, when: {zone: suburb, documents: {any: [contract], all: [manual]}}, freight_in: company}\n"
	"    - {clause: p.6, when: {zone: remote, note: urgent}, freight_in: company}\n"
	"    - {clause: p.7, when: {zone: remote, not: {opened: false}}, freight_in: company}\n"
	"    - {clause: p.8, when: {zone: remote, deposit: [5.00, 10.00]}, freight_in: company}\n"
	"    - {clause: p.9, when: {zone: remote, signed: {between: [2024-01-10, 2024-01-20]}}, freight_in: company}\n"
	"    - {clause: p.10, when: {zone: remote, seen: {at_least: '2024-01-10T12:00'}}, freight_in: company}\n"
	"    - {clause: p.11, when: {occurred: {within: 7 days, of: purchase}}, freight_in: company}\n"
	"    - {clause: p.12, when: {zone: remote, verdict: covered}, freight_in: company}\n"
	"    - {clause: p.13, freight_in: customer}\n";

/* The clause that decides, or what is missing. */
static void clause(void **state, const char *facts, const char *expected)
{
	expect(*state, SVC_ASK_FREIGHT, facts, expected);
}

static void set(void **state, const char *facts, const char *name, const char *to, const char *expected)
{
	expect_set(*state, SVC_ASK_FREIGHT, facts, name, to, expected);
}

static void test_conditions__a_bound_may_be_a_setting(void **state)
{
	set(state, "{stage: x, count: 11}", "least", "10", "{clauses: [p.1]}");
	clause(state, "{stage: x, count: 11}", "{verdict: incomplete, missing: [least], clauses: [p.1]}");
	set(state, "{stage: x, count: 10}", "least", "10", "{verdict: incomplete, missing: [most]}");
	set(state, "{count: 10, zone: y}", "least", "10", "{clauses: [p.13]}");
	set(state, "{zone: city, claim: 2024-01-08, delivery: 2024-01-01}", "grace", "7 days", "{clauses: [p.3]}");
	set(state, "{zone: city, claim: 2024-01-09, delivery: 2024-01-01}", "grace", "7 days", "{clauses: [p.13]}");
	clause(state, "{zone: city, claim: 2024-01-08, delivery: 2024-01-01}",
	       "{verdict: incomplete, missing: [grace]}");
	set(state, "{zone: city, claim: 2024-01-08}", "grace", "7 days", "{verdict: incomplete, missing: [delivery]}");
}

static void test_conditions__sets(void **state)
{
	clause(state, "{zone: suburb, documents: []}", "{clauses: [p.4]}");
	clause(state, "{zone: suburb, documents: [invoice]}", "{clauses: [p.13]}");
	clause(state, "{zone: suburb, documents: [invoice, contract, manual]}", "{clauses: [p.5]}");
	clause(state, "{zone: suburb, documents: [invoice, manual]}", "{clauses: [p.13]}");
	clause(state, "{zone: suburb}", "{verdict: incomplete, missing: [documents]}");
}

static void test_conditions__plain_values_of_every_type(void **state)
{
#define FAR "zone: remote, note: x, opened: false, deposit: 1, signed: 2024-01-09, seen: '2024-01-10T11:59:59'"
	clause(state, "{" FAR ", verdict: expired}", "{clauses: [p.13]}");
	clause(state, "{" FAR ", verdict: covered}", "{clauses: [p.12]}");
	clause(state, "{zone: remote, note: urgent}", "{clauses: [p.6]}");
	clause(state, "{zone: remote, note: x, opened: true}", "{clauses: [p.7]}");
	clause(state, "{zone: remote, note: x, opened: false, deposit: '10.00'}", "{clauses: [p.8]}");
	clause(state, "{zone: remote, note: x, opened: false, deposit: 1, signed: 2024-01-20}", "{clauses: [p.9]}");
	clause(state,
	       "{zone: remote, note: x, opened: false, deposit: 1, signed: 2024-01-21, seen: '2024-01-10 12:00'}",
	       "{clauses: [p.10]}");
	clause(state,
	       "{zone: remote, opened: false, deposit: 1, signed: 2024-01-09, seen: '2024-01-10T11:59', verdict: "
	       "expired}",
	       "{verdict: incomplete, missing: [note]}");
	clause(state, "{zone: remote, note: x, opened: 否, deposit: 1, seen: '2024-01-10T11:59', verdict: expired}",
	       "{verdict: incomplete, missing: [signed]}");
	clause(state,
	       "{zone: remote, note: x, deposit: 1, signed: 2024-01-09, seen: '2024-01-10T11:59', verdict: "
	       "expired}",
	       "{verdict: incomplete, missing: [opened]}");
}

static void test_conditions__what_did_not_happen_is_not_asked_for(void **state)
{
	clause(state, "{zone: y}", "{clauses: [p.13], absent: [missing]}");
	clause(state, "{zone: y, occurred: 2024-01-08, purchase: 2024-01-01}", "{clauses: [p.11]}");
	clause(state, "{zone: y, occurred: 2024-01-08}", "{verdict: incomplete, missing: [purchase]}");
}

static void test_conditions__an_unlisted_word_is_no_listed_one(void **state)
{
	clause(state, "{zone: 山区}", "{clauses: [p.13], notes: ['unlisted: zone=山区']}");
	clause(state, "{" FAR ", verdict: lost}", "{clauses: [p.13], notes: ['unlisted: verdict=lost']}");
}

static int open_pack(void **state)
{
	*state = pack_of(pack);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conditions__a_bound_may_be_a_setting),
		cmocka_unit_test(test_conditions__sets),
		cmocka_unit_test(test_conditions__plain_values_of_every_type),
		cmocka_unit_test(test_conditions__what_did_not_happen_is_not_asked_for),
		cmocka_unit_test(test_conditions__an_unlisted_word_is_no_listed_one),
	};

	return cmocka_run_group_tests(tests, open_pack, close_pack);
}
