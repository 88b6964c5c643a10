/* fee and freight: lines, payers, prices that are compared, and what is never invented. */
#include "asking.h"

static const char fees[] = HEAD
	"settings:\n  unit: {one_of: {visit: {en: visit, zh: 次}, operation: {en: operation, zh: 项}}, default: visit, "
	"inferred: true, title: {en: unit, zh: 单位}}\n"
	"  tariff: {type: prices, title: {en: tariff, zh: 价目}}\n"
	"facts:\n  new_price: {money: true, title: {en: new price, zh: 新价}}\n"
	"  items: {one_of: {visit: {en: visit, zh: 上门}, adjustment: {en: adjustment, zh: 调整}, drawer: {en: drawer, "
	"zh: 抽屉}, parts: {en: parts, zh: 配件},"
	" training: {en: training, zh: 培训}, other: {en: other, zh: 其他}, late: {en: late days, zh: 迟交}, "
	"difference: {en: difference, zh: 差价}, tariffed: {en: tariffed, zh: 按表}}}\n"
	"warranty:\n  terms:\n    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair}\n"
	"  exclusions:\n    - {clause: p.2, when: {cause: misuse}, labor: charge, parts: cost}\n  after:\n    - "
	"{clause: p.3, labor: charge, parts: cost}\n"
	"fees:\n  order: first\n  rules:\n"
	"    - {clause: p.4, item: [visit, adjustment, drawer], when: {verdict: covered}, payer: company}\n"
	"    - {clause: p.5, item: visit, amount: {least: [20.00, card_price]}, payer: customer, share: travel}\n"
	"    - {clause: p.6, item: [adjustment, drawer], as: adjustment, once: {unit: visit}, amount: {least: [20.00, "
	"card_price]}, payer: customer, share: labor}\n"
	"    - {clause: p.7, item: parts, when: {parts: free}, payer: company, share: parts}\n"
	"    - {clause: p.8, item: parts, amount: parts_cost, payer: customer, share: parts}\n"
	"    - {clause: p.9, item: training, payer: company}\n"
	"    - {clause: p.10, item: late, amount: {pct: 0.5, of: price}, payer: company}\n"
	"    - {clause: p.11, item: difference, amount: {most: [0, {sum: [new_price, -price]}]}, payer: customer}\n"
	"    - {clause: p.12, item: tariffed, amount: {setting: tariff}, payer: customer}\n"
	"    - {clause: p.13, item: other, verdict: refer}\n"
	"freight:\n  - {clause: p.14, when: {in_term: true}, freight_in: company, freight_out: company}\n"
	"  - {clause: p.15, when: {in_term: false}, freight_in: customer, freight_out: customer}\n";

static void test_fees__lines_add_up_with_the_parts(void **state)
{
	expect(*state, SVC_ASK_FEE,
	       "{items: [visit, adjustment], verdict: excluded, cause: misuse, parts_cost: '85.00'}",
	       "{verdict: priced, payer: customer, total: '125.00', basis: list, lines: [{item: visit, quantity: 1, "
	       "unit_price: '20.00', amount: '20.00'}, {item: adjustment, amount: '20.00'}],"
	       " parts: {payer: customer, basis: cost, amount: '85.00'}, travel: {amount: '20.00'}, labor: {amount: "
	       "'20.00'}, clauses: [p.5, p.6, p.8]}");
	expect(*state, SVC_ASK_FEE, "{items: ['visit*2', 'adjustment*2'], verdict: expired, cause: wear}",
	       "{total: '80.00', lines: [{item: visit, quantity: 2, amount: '40.00'}, {item: adjustment, quantity: "
	       "2}]}");
}

static void test_fees__operations_of_one_visit_are_one_adjustment(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [visit, drawer, adjustment], verdict: expired, cause: wear}",
	       "{total: '40.00', lines: [{item: visit}, {item: adjustment, quantity: 1}]}");
	expect_set(*state, SVC_ASK_FEE, "{items: [drawer, adjustment], verdict: expired, cause: wear}", "unit",
		   "operation", "{total: '40.00', lines: [{item: adjustment, quantity: 2}]}");
}

static void test_fees__the_lower_price_counts_item_by_item(void **state)
{
	expect(*state, SVC_ASK_FEE,
	       "{items: [visit, adjustment], verdict: expired, cause: wear, card_price: {visit: '30.00', adjustment: "
	       "'15.00'}}",
	       "{total: '35.00', lines: [{item: visit, amount: '20.00', basis: list}, {item: adjustment, amount: "
	       "'15.00', basis: card}]}");
}

static void test_fees__the_company_pays(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [training]}",
	       "{payer: company, basis: free, total: '0.00', lines: [{amount: '0.00'}]}");
	expect(*state, SVC_ASK_FEE, "{items: [visit], purchase: 2024-01-01, claim: 2024-02-01, cause: defect}",
	       "{payer: company, basis: free, clauses: [p.4]}");
	expect(*state, SVC_ASK_FEE, "{items: ['late*10'], price: '100000.00'}",
	       "{payer: company, total: '5000.00', lines: [{unit_price: '500.00', quantity: 10}]}");
	expect(*state, SVC_ASK_FEE, "{items: ['late*3'], price: '1.01'}", "{total: '0.02'}");
}

static void test_fees__verdict_and_parts_come_from_the_warranty(void **state)
{
	expect(*state, SVC_ASK_FEE,
	       "{items: [parts], parts_cost: '10.00', purchase: 2024-01-01, claim: 2024-02-01, cause: defect}",
	       "{payer: company, total: '0.00', parts: {basis: free}}");
	expect(*state, SVC_ASK_FEE, "{items: [parts], parts_cost: '10.00', purchase: 2024-01-01, claim: 2026-02-01}",
	       "{payer: customer, total: '10.00'}");
	expect(*state, SVC_ASK_FEE, "{items: [parts], parts_cost: '10.00', claim: 2026-02-01}",
	       "{verdict: incomplete, missing: [purchase]}");
}

static void test_fees__nothing_is_invented(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [parts], verdict: expired, cause: wear}",
	       "{verdict: incomplete, missing: [parts_cost], parts: {payer: customer, basis: cost}, absent: [total]}");
	expect(*state, SVC_ASK_FEE, "{items: [tariffed]}", "{verdict: incomplete, missing: [tariff]}");
	expect_set(*state, SVC_ASK_FEE, "{items: [tariffed]}", "tariff", "{\"tariffed\": \"9.90\"}",
		   "{verdict: priced, total: '9.90'}");
	expect_set(*state, SVC_ASK_FEE, "{items: [tariffed]}", "tariff", "{\"visit\": \"9.90\"}",
		   "{verdict: incomplete, missing: [tariff], absent: [total]}");
	expect(*state, SVC_ASK_FEE, "{items: [other]}", "{verdict: refer, clauses: [p.13]}");
	expect(*state, SVC_ASK_FEE, "{items: [painting]}", "{verdict: refer}");
	expect(*state, SVC_ASK_FEE, "{claim: 2024-01-01}", "{verdict: incomplete, missing: [items]}");
}

static void test_fees__a_difference_is_never_paid_back(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [difference], price: '880.00', new_price: '1000.00'}",
	       "{total: '120.00', payer: customer}");
	expect(*state, SVC_ASK_FEE, "{items: [difference], price: '1000.00', new_price: '880.00'}", "{total: '0.00'}");
}

static void test_freight__follows_the_term(void **state)
{
	expect(*state, SVC_ASK_FREIGHT, "{purchase: 2024-01-01, claim: 2025-01-01}",
	       "{verdict: decided, freight_in: company, freight_out: company, clauses: [p.14]}");
	expect(*state, SVC_ASK_FREIGHT, "{purchase: 2024-01-01, claim: 2025-01-02}", "{freight_in: customer}");
	expect(*state, SVC_ASK_FREIGHT, "{claim: 2025-01-02}", "{verdict: incomplete, missing: [purchase]}");
	expect(*state, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2025-01-01, cause: defect}",
	       "{verdict: covered, freight_in: company, clauses: [p.1, p.14]}");
}

static void test_freight__two_rules_at_once_are_a_fault(void **state)
{
	struct svc_policy *p = pack_of(HEAD
				       "freight:\n  - {clause: p.1, when: {fault: quality}, freight_in: company}\n  - "
				       "{clause: p.2, when: {cause: defect}, freight_in: customer}\n");
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	struct svc_error err = {0};

	(void)state;
	assert_int_equal(svc_facts_new(&facts, p, &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "cause", "defect", &err), SVC_OK);
	svc_facts_now(facts, 0);
	assert_int_equal(svc_ask(p, SVC_ASK_FREIGHT, facts, false, &answer, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "p.1"));
	assert_int_equal(svc_ask(p, SVC_ASK_RETURN, facts, false, &answer, &err), SVC_USAGE);
	svc_answer_release(&answer);
	svc_facts_free(facts);
	svc_policy_free(p);
}

static void test_fees__what_hangs_on_nothing_missing_is_said(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [training, visit], purchase: 2024-01-01, claim: 2024-02-01}",
	       "{verdict: incomplete, missing: [cause], lines: [{item: training, amount: '0.00'}], absent: [total]}");
}

static void test_fees__unlisted_items_are_noted(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: ['painting*2', '上门'], verdict: expired}",
	       "{verdict: refer, notes: ['unlisted: items=painting'], lines: [{item: visit}], absent: [total]}");
}

static void test_fees__shares_and_sums_of_both_payers(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD
		"facts:\n  items: {one_of: {a: {en: a, zh: 甲}, b: {en: b, zh: 乙}, c: {en: c, zh: 丙}, d: {en: d, zh: "
		"丁}}}\n"
		"fees:\n"
		"  - {clause: p.1, item: a, payer: company, share: travel}\n"
		"  - {clause: p.2, item: b, amount: 20.00, payer: customer, share: travel}\n"
		"  - {clause: p.3, item: c, basis: free, payer: customer}\n"
		"  - {clause: p.4, item: d, amount: {per: count, amount: {per: km, amount: {pct: 1000, of: price}}}, "
		"payer: customer, share: travel}\n");

	(void)state;
	expect(p, SVC_ASK_FEE, "{items: [a, b, a, b]}",
	       "{total: '40.00', payer: customer, travel: {payer: customer, basis: list, amount: '40.00'}}");
	expect(p, SVC_ASK_FEE, "{items: [c]}", "{total: '0.00', lines: [{basis: free, amount: '0.00'}]}");
	expect(p, SVC_ASK_FEE, "{items: ['d*3'], count: 2, km: 0.5, price: '10.00'}", "{total: '300.00'}");
	expect(p, SVC_ASK_FEE,
	       "{items: [b, 'd*1000000'], count: 9000000000000, km: 9000000000000, price: '10000000000000.00'}",
	       "{verdict: priced, lines: [{item: d, basis: quote}], travel: {payer: customer}, absent: [total]}");
	expect(p, SVC_ASK_FEE, "{items: ['d*1000000', d], count: 1, km: 1, price: '1000000.00'}",
	       "{total: '10000010000000.00'}");
	svc_policy_free(p);
}

static int open_fees(void **state)
{
	*state = pack_of(fees);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fees__lines_add_up_with_the_parts),
		cmocka_unit_test(test_fees__operations_of_one_visit_are_one_adjustment),
		cmocka_unit_test(test_fees__the_lower_price_counts_item_by_item),
		cmocka_unit_test(test_fees__the_company_pays),
		cmocka_unit_test(test_fees__verdict_and_parts_come_from_the_warranty),
		cmocka_unit_test(test_fees__nothing_is_invented),
		cmocka_unit_test(test_fees__a_difference_is_never_paid_back),
		cmocka_unit_test(test_fees__what_hangs_on_nothing_missing_is_said),
		cmocka_unit_test(test_fees__unlisted_items_are_noted),
		cmocka_unit_test(test_fees__shares_and_sums_of_both_payers),
		cmocka_unit_test(test_freight__follows_the_term),
		cmocka_unit_test(test_freight__two_rules_at_once_are_a_fault),
	};

	return cmocka_run_group_tests(tests, open_fees, close_pack);
}
