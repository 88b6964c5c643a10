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

static void test_needed__more_ways_than_can_be_tried(void **state)
{
	struct strbuf text = {0};
	struct strbuf items = {0};
	struct svc_policy *p;

	(void)state;
	strbuf_puts(&text, HEAD "facts:\n");
	for (int i = 0; i < 16; i++)
		strbuf_printf(&text, "  b%d: {bool: true, title: {en: bool %d, zh: 真%d}}\n", i, i, i);
	strbuf_puts(&text, "  items: {one_of: {");
	for (int i = 0; i < 16; i++)
		strbuf_printf(&text, "%si%d: {en: item %d, zh: 项%d}", i ? ", " : "", i, i, i);
	strbuf_puts(&text, "}}\nfees:\n");
	for (int i = 0; i < 16; i++) {
		strbuf_printf(&text, "  - {clause: p.%d, item: i%d, when: {b%d: true}, payer: company}\n", 100 + i, i,
			      i);
		strbuf_printf(&text, "  - {clause: p.%d, item: i%d, when: {b%d: false}, amount: 1.00}\n", 200 + i, i,
			      i);
		strbuf_printf(&items, "%si%d", i ? ", " : "{items: [", i);
	}
	strbuf_puts(&items, "]}");
	p = pack_of(text.text);
	expect(p, SVC_ASK_FEE, items.text, "{verdict: incomplete, missing: [b0, b7, b15], absent: [total]}");
	svc_policy_free(p);
	strbuf_release(&text);
	strbuf_release(&items);
}

static void test_needed__notes_and_settings_that_are_common(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"settings:\n  payer: {one_of: {company: {en: we, zh: 我方}, customer: {en: they, zh: 对方}}, title: "
		"{en: payer, zh: 付款方}}\n"
		"warranty:\n  terms:\n"
		"    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair, freight_in: {setting: payer}}\n"
		"    - {clause: p.2, when: {product: lamp}, from: purchase, lasts: 2 years, remedy: repair}\n"
		"  exclusions:\n    - {clause: p.3, when: {cause: misuse}}\n"
		"  notes:\n    - {clause: p.4}\n    - {clause: p.5, when: {cause: misuse}}\n"
		"facts:\n  product: {one_of: {lamp: {en: lamp, zh: 灯}}}\n"
		"freight:\n  - {clause: p.6, freight_out: {setting: payer}}\n");

	(void)state;
	expect_set(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-02-01, product: x}", "payer", "customer",
		   "{verdict: incomplete, missing: [cause], notes: [p.4], absent: [p.5]}");
	expect_set(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-02-01, product: x, cause: defect}", "payer",
		   "对方", "{verdict: covered, freight_in: customer, freight_out: customer}");
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-02-01, product: x, cause: defect}",
	       "{verdict: incomplete, missing: [payer], clauses: [p.1]}");
	expect(p, SVC_ASK_FREIGHT, "{claim: 2024-02-01}", "{verdict: incomplete, missing: [payer], clauses: [p.6]}");
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2025-02-01, product: 灯, cause: defect}",
	       "{verdict: covered, ends: 2026-01-01, clauses: [p.2, p.1], absent: [freight_out]}");
	svc_policy_free(p);
}

static void test_needed__a_contradiction_that_only_a_value_shows(void **state)
{
	struct svc_policy *p = pack_of(HEAD
				       "freight:\n  - {clause: p.1, when: {fault: quality}, freight_in: company}\n  - "
				       "{clause: p.2, when: {cause: [defect, wear]}, freight_in: customer}\n");
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	struct svc_error err = {0};

	(void)state;
	assert_int_equal(svc_facts_new(&facts, p, &err), SVC_OK);
	assert_int_equal(svc_ask(p, SVC_ASK_FREIGHT, facts, true, &answer, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "p.2"));
	svc_answer_release(&answer);
	svc_facts_free(facts);
	svc_policy_free(p);
}

static int open_causes(void **state)
{
	*state = pack_of(causes);
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
		cmocka_unit_test(test_needed__more_ways_than_can_be_tried),
		cmocka_unit_test(test_needed__notes_and_settings_that_are_common),
		cmocka_unit_test(test_needed__a_contradiction_that_only_a_value_shows),
		cmocka_unit_test(test_needed__outcomes_are_those_of_a_value_that_is_given),
	};

	return cmocka_run_group_tests(tests, open_causes, close_pack);
}
