/* What is missing follows from the answers: facts are needed only where two of their values differ. */
#include "asking.h"

static const char causes[] = HEAD
	"facts:\n  component: {one_of: {battery: {en: battery, zh: 电池}, horn: {en: horn, zh: 喇叭}}}\n"
	"  capacity_pct: {number: {min: 0, max: 100}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, from: [purchase, invoice], lasts: 2 years, remedy: repair}\n"
	"    - {clause: p.2, when: {component: battery, capacity_pct: {below: 70}}, from: [purchase, invoice], lasts: "
	"1 year, remedy: replace}\n"
	"  exclusions:\n"
	"    - {clause: p.3, when: {cause: [misuse, liquid]}}\n"
	"    - {clause: p.4, when: {cause: transport, carried_by: customer}}\n"
	"    - {clause: p.5, when: {cause: transport, carried_by: company}, verdict: refer}\n"
	"  after:\n    - {clause: p.6, when: {cause: misuse}, labor: charge, parts: charge}\n    - {clause: p.7, "
	"labor: free, parts: cost, remedy: repair}\n";

static void test_needed__the_cause_is_asked_for_with_what_it_would_give(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01}",
	       "{verdict: incomplete, missing: [cause], starts: 2024-01-01, ends: 2026-01-01, clauses: [p.3],"
	       " outcomes: [{given: misuse, verdict: excluded}, {given: defect, verdict: covered, remedy: repair}, "
	       "{given: transport, verdict: incomplete}],"
	       " absent: [carried_by, capacity_pct]}");
}

static void test_needed__a_fact_that_no_rule_reads_is_not_asked_for(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01, cause: wear}",
	       "{verdict: covered, absent: [missing]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01, cause: liquid}",
	       "{verdict: excluded, absent: [missing]}");
}

static void test_needed__a_measurement_that_decides(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: battery, purchase: 2024-01-01, claim: 2024-05-01, cause: defect}",
	       "{verdict: incomplete, missing: [capacity_pct], absent: [ends, days_left], windows: [{clause: p.1}], clauses: [p.2, p.1]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: battery, purchase: 2024-01-01, claim: 2025-05-01, cause: defect}",
	       "{verdict: covered, absent: [missing]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: battery, purchase: 2024-01-01, claim: 2024-05-01}",
	       "{verdict: incomplete, missing: [capacity_pct, cause]}");
}

static void test_needed__a_start_that_is_not_known(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, cause: defect, claim: 2024-05-01}",
	       "{verdict: incomplete, missing: [purchase, invoice], clauses: [p.1]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, cause: defect, invoice: 2024-04-01, claim: 2024-05-01}",
	       "{verdict: covered, starts: 2024-04-01}");
}

static void test_needed__a_term_that_is_over_is_expired_whatever_the_cause(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2020-01-01, claim: 2024-05-01}",
	       "{verdict: expired, ends: 2022-01-01, absent: [labor, parts, missing]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2020-01-01, claim: 2024-05-01, cause: wear}",
	       "{verdict: expired, labor: free, parts: cost}");
}

static void test_needed__fault_and_cause_stand_for_each_other(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01, fault: quality}",
	       "{verdict: covered}");
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01, fault: none}",
	       "{verdict: covered}");
	expect(*state, SVC_ASK_WARRANTY, "{component: horn, purchase: 2024-01-01, claim: 2024-05-01, fault: operation}",
	       "{verdict: incomplete, missing: [cause]}");
}

static void test_needed__facts_that_matter_only_together(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "facts:\n  a: {bool: true, title: {en: a, zh: 甲}}\n  b: {bool: true, title: {en: b, zh: 乙}}\n"
		     "freight:\n  order: first\n  rules:\n"
		     "    - {clause: p.1, when: {any: [{a: true, b: true}, {a: false, b: false}]}, freight_in: "
		     "company, freight_out: company}\n"
		     "    - {clause: p.2, freight_in: customer, freight_out: customer}\n");

	(void)state;
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-01-01}", "{verdict: incomplete, missing: [a, b]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-01-01, a: true}", "{verdict: incomplete, missing: [b]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-01-01, a: false, b: false}",
	       "{verdict: decided, freight_in: company, clauses: [p.1]}");
	svc_policy_free(p);
}

static void test_needed__known_looks_at_what_was_given(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"freight:\n  order: first\n  rules:\n"
		"    - {clause: p.1, when: {capacity_pct: {is: unknown}, count: {below: 45}}, freight_in: company}\n"
		"    - {clause: p.2, when: {capacity_pct: {below: 70}}, freight_in: company}\n"
		"    - {clause: p.3, freight_in: customer}\n");

	(void)state;
	expect(p, SVC_ASK_FREIGHT, "{count: 44}", "{verdict: decided, freight_in: company, clauses: [p.1]}");
	expect(p, SVC_ASK_FREIGHT, "{count: 44, capacity_pct: 80}",
	       "{verdict: decided, freight_in: customer, clauses: [p.3]}");
	expect(p, SVC_ASK_FREIGHT, "{count: 45}", "{verdict: incomplete, missing: [capacity_pct]}");
	svc_policy_free(p);
}

static void test_needed__any_of_several_dates_would_do(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"freight:\n  order: first\n  rules:\n"
		"    - {clause: p.1, when: {claim: {within: 7 days, of: [repaired, purchase]}}, freight_in: company}\n"
		"    - {clause: p.2, when: {claim: {within: 7 days, of: [repaired, replacement]}}, freight_in: "
		"company}\n"
		"    - {clause: p.3, when: {zone: city, claim: {within: 90 days, of: delivery}}, freight_in: "
		"company}\n"
		"    - {clause: p.4, freight_in: customer}\n");

	(void)state;
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-05-01}",
	       "{verdict: incomplete, missing: [purchase], absent: [repaired]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-05-01, purchase: 2024-04-30}", "{verdict: decided, clauses: [p.1]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-05-01, purchase: 2024-01-01, zone: suburb}",
	       "{verdict: decided, clauses: [p.4]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-05-01, purchase: 2024-01-01}",
	       "{verdict: incomplete, missing: [delivery, zone], clauses: [p.3]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-05-01, purchase: 2024-01-01, delivery: 2024-01-02}",
	       "{verdict: decided, clauses: [p.4], absent: [zone]}");
	svc_policy_free(p);
}

static void test_needed__outcomes_are_those_of_a_value_that_is_given(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n  exclusions:\n"
		"    - {clause: p.2, when: {confirmed: {is: known}}}\n"
		"    - {clause: p.3, when: {confirmed: false}}\n");

	(void)state;
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-04-01, claim: 2024-05-01}",
	       "{verdict: incomplete, missing: [confirmed], outcomes: [{given: 'true', verdict: excluded}, {given: "
	       "'false', verdict: excluded}]}");
	svc_policy_free(p);
}

static int open_causes(void **state)
{
	*state = pack_of(causes);
	return 0;
}

static int close_pack(void **state)
{
	svc_policy_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needed__the_cause_is_asked_for_with_what_it_would_give),
		cmocka_unit_test(test_needed__a_fact_that_no_rule_reads_is_not_asked_for),
		cmocka_unit_test(test_needed__a_measurement_that_decides),
		cmocka_unit_test(test_needed__a_start_that_is_not_known),
		cmocka_unit_test(test_needed__a_term_that_is_over_is_expired_whatever_the_cause),
		cmocka_unit_test(test_needed__fault_and_cause_stand_for_each_other),
		cmocka_unit_test(test_needed__facts_that_matter_only_together),
		cmocka_unit_test(test_needed__known_looks_at_what_was_given),
		cmocka_unit_test(test_needed__any_of_several_dates_would_do),
		cmocka_unit_test(test_needed__outcomes_are_those_of_a_value_that_is_given),
	};

	return cmocka_run_group_tests(tests, open_causes, close_pack);
}
