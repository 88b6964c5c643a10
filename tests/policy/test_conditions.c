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

static const char grouped[] = HEAD
	"facts:\n"
	"  cause: {groups: {outside: [disaster, power]}}\n"
	"  documents: {groups: {papers: [warranty_card, certificate]}}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.1, when: {cause: [outside, wear]}, freight_in: company}\n"
	"    - {clause: p.2, when: {documents: {all: [papers, invoice]}}, freight_in: company}\n"
	"    - {clause: p.3, freight_in: customer}\n";

static void test_conditions__groups_stand_for_their_words(void **state)
{
	struct svc_policy *policy = pack_of(grouped);

	(void)state;
	expect(policy, SVC_ASK_FREIGHT, "{cause: power}", "{clauses: [p.1]}");
	expect(policy, SVC_ASK_FREIGHT, "{cause: wear}", "{clauses: [p.1]}");
	expect(policy, SVC_ASK_FREIGHT, "{cause: misuse, documents: [warranty_card, certificate, invoice]}",
	       "{clauses: [p.2]}");
	expect(policy, SVC_ASK_FREIGHT, "{cause: misuse, documents: [warranty_card, invoice]}", "{clauses: [p.3]}");
	expect(policy, SVC_ASK_FREIGHT, "{cause: outside, documents: []}",
	       "{clauses: [p.3]}"); /* a group is no value */
	svc_policy_free(policy);
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

static const char derived[] = HEAD
	"calendar: {clause: p.50, hours: ['09:00-12:00', '13:00-18:00'], holidays: true, years: [2026], off: [2026-10-01], on: [2026-10-10]}\n"
	"settings:\n  limit: {type: number, title: {en: limit, zh: 限度}}\n"
	"facts:\n"
	"  skills: {set_of: {gas: {en: gas, zh: 燃气}, power: {en: power supply, zh: 电工}, lift: {en: lift, zh: 电梯}}}\n"
	"  total: {money: true, title: {en: total, zh: 合计}}\n"
	"  paid: {money: true, title: {en: paid, zh: 已付}}\n"
	"  lot: {number: true, title: {en: lot, zh: 批量}}\n"
	"  bad: {number: true, title: {en: bad, zh: 不良数}}\n"
	"  moved: {date: true, default: never, title: {en: moved, zh: 迁移日}}\n"
	"  knocked: {time: true, default: never, title: {en: knocked, zh: 敲门时间}}\n"
	"freight:\n  order: first\n  rules:\n"
	"    - {clause: p.1, when: {zone: city, skills: {covers: needs}}, freight_in: company}\n"
	"    - {clause: p.2, when: {zone: suburb, paid: {at_least: {pct: 50, of: total}}}, freight_in: company}\n"
	"    - {clause: p.3, when: {zone: suburb, paid: {below: {least: [total, {sum: [total, -1.00]}]}}}, freight_in: company}\n"
	"    - {clause: p.4, when: {zone: remote, bad: {above: {pct: 10, of: lot}}}, freight_in: company}\n"
	"    - {clause: p.5, when: {stage: {is: known}, working_day: true, working_time: true}, freight_in: company}\n"
	"    - {clause: p.6, when: {stage: {is: known}, working_day: true}, freight_in: company}\n"
	"    - {clause: p.7, when: {moved: {within: 7 days, of: purchase}}, freight_in: company}\n"
	"    - {clause: p.8, when: {knocked: {above: '2026-03-01T00:00'}}, freight_in: company}\n"
	"    - {clause: p.9, when: {severity: {is: known}, limit: {is: known}}, freight_in: company}\n"
	"    - {clause: p.13, freight_in: customer}\n";

static void test_conditions__a_set_covers_another(void **state)
{
	struct svc_policy *policy = pack_of(derived);

	(void)state;
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas, power], needs: [gas]}", "{clauses: [p.1]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas], needs: [gas, lift]}", "{clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas], needs: []}", "{clauses: [p.1]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas], needs: [welding]}", "{clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas, welding], needs: [welding]}", "{clauses: [p.1]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, needs: [gas]}", "{verdict: incomplete, missing: [skills]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: city, skills: [gas]}", "{verdict: incomplete, missing: [needs]}");
	svc_policy_free(policy);
}

static void test_conditions__a_bound_may_be_worked_out(void **state)
{
	struct svc_policy *policy = pack_of(derived);

	(void)state;
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, paid: 50.01, total: 100.01}", "{clauses: [p.2]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, paid: 50.00, total: 100.01}", "{clauses: [p.3]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, paid: 0.50, total: 1.50}", "{clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, paid: 0.49, total: 1.50}", "{clauses: [p.3]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, paid: 0.49}", "{verdict: incomplete, missing: [total]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: suburb, total: 0.49}", "{verdict: incomplete, missing: [paid]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: remote, bad: 2, lot: 15}", "{clauses: [p.4]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: remote, bad: 1.5, lot: 15}", "{clauses: [p.13]}");
	svc_policy_free(policy);
}

static void test_conditions__working_days_and_hours_of_the_moment(void **state)
{
	struct svc_policy *policy = pack_of(derived);

	(void)state;
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-03-02T09:00'}", "{clauses: [p.5]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-03-02T12:30'}", "{clauses: [p.6]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-03-02T12:30', reported: '2026-03-02T10:00'}",
	       "{clauses: [p.5]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-03-01T10:00'}",
	       "{clauses: [p.13]}"); /* a Sunday */
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-10-01T10:00'}", "{clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-10-10T10:00'}", "{clauses: [p.5]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2027-03-02T10:00'}",
	       "{verdict: incomplete, missing: [calendar_2027], clauses: [p.5]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, stage: x, now: '2026-03-01T10:00', working_day: true}",
	       "{clauses: [p.6]}");
	svc_policy_free(policy);
}

static void test_conditions__what_never_happened_by_default(void **state)
{
	struct svc_policy *policy = pack_of(derived);

	(void)state;
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, moved: 2026-03-08, purchase: 2026-03-01}", "{clauses: [p.7]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, moved: 2026-03-09, purchase: 2026-03-01}", "{clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x}", "{verdict: decided, clauses: [p.13]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, knocked: '2026-03-01T00:01'}", "{clauses: [p.8]}");
	expect_set(policy, SVC_ASK_FREIGHT, "{zone: x, severity: x}", "limit", "3", "{clauses: [p.9]}");
	expect(policy, SVC_ASK_FREIGHT, "{zone: x, severity: x}", "{clauses: [p.13]}");
	svc_policy_free(policy);
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
		cmocka_unit_test(test_conditions__groups_stand_for_their_words),
		cmocka_unit_test(test_conditions__plain_values_of_every_type),
		cmocka_unit_test(test_conditions__what_did_not_happen_is_not_asked_for),
		cmocka_unit_test(test_conditions__an_unlisted_word_is_no_listed_one),
		cmocka_unit_test(test_conditions__a_set_covers_another),
		cmocka_unit_test(test_conditions__a_bound_may_be_worked_out),
		cmocka_unit_test(test_conditions__working_days_and_hours_of_the_moment),
		cmocka_unit_test(test_conditions__what_never_happened_by_default),
	};

	return cmocka_run_group_tests(tests, open_pack, close_pack);
}
