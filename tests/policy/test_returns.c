/* return: windows, what bars them, what lacks, what else is open. */
#include "asking.h"

static const char shop[] = HEAD
	"settings:\n  card_rate: {type: rate, title: {en: card fee, zh: 刷卡费率}}\n"
	"facts:\n  payment_method: {one_of: {cash: {en: cash, zh: 现金}, card: {en: card, zh: 刷卡}}, title: {en: "
	"how it was paid, zh: 付款方式}}\n"
	"warranty:\n  terms:\n    - {clause: p.1, when: {fault: quality}, from: purchase, lasts: 3 months, remedy: "
	"repair}\n  after:\n    - {clause: p.2}\n"
	"returns:\n"
	"  options:\n"
	"    - {clause: p.3, remedy: refund, from: purchase, lasts: 7 days, freight_in: customer}\n"
	"    - {clause: p.4, remedy: refund, when: {fault: quality}, from: purchase, lasts: 15 days}\n"
	"    - {clause: p.5, remedy: exchange, when: {fault: quality}, from: purchase, lasts: 30 days, "
	"price_difference: none}\n"
	"  exclusions:\n    - {clause: p.6, when: {sold_as: [promotion, gift]}}\n    - {clause: p.7, when: {sold_as: "
	"custom, fault: none}, bars: refund, verdict: refer}\n"
	"  requires:\n    - {clause: p.8, when: {fault: none}, bars: refund, needs: {condition: {all: [resalable]}}}\n"
	"    - {clause: p.9, needs: {documents: {any: [warranty_card, receipt]}}}\n"
	"  deductions:\n    - {clause: p.10, item: card_fee, when: {payment_method: card}, amount: {pct: {setting: "
	"card_rate}, of: {fact: price}}}\n"
	"  notes:\n    - {clause: p.11, when: {sold_as: promotion}}\n";

#define GOOD                                                                                                           \
	"purchase: 2026-03-02, sold_as: standard, condition: [resalable], documents: [receipt], payment_method: cash"

static void test_returns__the_longest_window_decides(void **state)
{
	expect(*state, SVC_ASK_RETURN, "{want: refund, claim: 2026-03-17, fault: quality, " GOOD "}",
	       "{verdict: accepted, remedy: refund, deadline: 2026-03-17, entitled: [refund, exchange, repair], "
	       "clauses: [p.4], absent: [deductions]}");
	expect(*state, SVC_ASK_RETURN, "{want: refund, claim: 2026-03-18, fault: quality, " GOOD "}",
	       "{verdict: refused, deadline: 2026-03-17, entitled: [exchange, repair], clauses: [p.4], absent: "
	       "[refund, remedy]}");
	expect(*state, SVC_ASK_RETURN, "{want: exchange, claim: 2026-04-01, fault: quality, " GOOD "}",
	       "{verdict: accepted, price_difference: none, clauses: [p.5]}");
	expect(*state, SVC_ASK_RETURN, "{want: refund, claim: 2026-03-10, fault: none, " GOOD "}",
	       "{verdict: refused, deadline: 2026-03-09, clauses: [p.3], entitled: []}");
}

static void test_returns__what_lacks_is_named(void **state)
{
	expect(*state, SVC_ASK_RETURN,
	       "{want: refund, claim: 2026-03-05, fault: none, purchase: 2026-03-02, sold_as: standard, condition: [], "
	       "documents: [], payment_method: cash}",
	       "{verdict: refused, requires: [resalable, warranty_card, receipt], clauses: [p.8, p.9], deadline: "
	       "2026-03-09}");
	expect(*state, SVC_ASK_RETURN,
	       "{want: refund, claim: 2026-03-05, fault: none, purchase: 2026-03-02, sold_as: standard, documents: "
	       "[receipt], payment_method: cash}",
	       "{verdict: incomplete, missing: [condition]}");
}

static void test_returns__what_is_barred_goes_first(void **state)
{
	expect(*state, SVC_ASK_RETURN,
	       "{want: refund, claim: 2026-03-05, fault: quality, purchase: 2026-03-02, sold_as: promotion, documents: "
	       "[receipt], payment_method: cash}",
	       "{verdict: refused, entitled: [repair], clauses: [p.6, p.11], notes: [p.11]}");
	expect(*state, SVC_ASK_RETURN,
	       "{want: refund, claim: 2026-03-05, fault: none, purchase: 2026-03-02, sold_as: custom, documents: "
	       "[receipt], condition: [resalable], payment_method: cash}",
	       "{verdict: refer, clauses: [p.7]}");
}

static void test_returns__deductions(void **state)
{
	const char *facts = "{want: refund, claim: 2026-03-05, fault: none, purchase: 2026-03-02, sold_as: standard, "
			    "condition: [resalable], documents: [receipt], payment_method: card, price: '5000.00'}";

	expect_set(
		*state, SVC_ASK_RETURN, facts, "card_rate", "0.006",
		"{verdict: accepted, freight_in: customer, deductions: [{item: card_fee, amount: '30.00', rate: 0.006}], "
		"clauses: [p.10]}");
	expect_set(*state, SVC_ASK_RETURN,
		   "{want: refund, claim: 2026-03-05, fault: none, purchase: 2026-03-02, sold_as: standard, condition: "
		   "[resalable], documents: [receipt], payment_method: card}",
		   "card_rate", "0.006",
		   "{verdict: accepted, deductions: [{item: card_fee, rate: 0.006}], absent: [price]}");
	expect(*state, SVC_ASK_RETURN, facts, "{verdict: accepted, deductions: [{item: card_fee}]}");
}

static void test_returns__what_is_wanted_is_asked_for(void **state)
{
	expect(*state, SVC_ASK_RETURN, "{claim: 2026-03-05, fault: quality, " GOOD "}",
	       "{verdict: incomplete, missing: [want], outcomes: [{given: refund, verdict: accepted}]}");
	expect(*state, SVC_ASK_RETURN, "{want: repair, claim: 2026-03-05, fault: quality, " GOOD "}",
	       "{verdict: accepted, remedy: repair, deadline: 2026-06-02, clauses: [p.1]}");
}

static void test_returns__an_unknown_start(void **state)
{
	expect(*state, SVC_ASK_RETURN, "{want: refund, claim: 2026-03-05, fault: none, sold_as: standard}",
	       "{verdict: incomplete, missing: [purchase]}");
}

static void test_returns__without_a_warranty_no_repair_is_promised(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "returns:\n  options: [{clause: p.1, remedy: refund, from: purchase, lasts: 7 days}]\n"
		     "  requires:\n"
		     "    - {clause: p.2, needs: {not: {condition: {any: [unused]}}}}\n"
		     "    - {clause: p.3, needs: {any: [{price: {below: 100}}, {sold_via: remote}]}}\n");

	(void)state;
	expect(p, SVC_ASK_RETURN,
	       "{want: refund, purchase: 2026-03-01, claim: 2026-03-02, condition: [], price: 1, sold_via: store}",
	       "{verdict: accepted, entitled: [refund], absent: [repair, paid_repair]}");
	expect(p, SVC_ASK_RETURN,
	       "{want: repair, purchase: 2026-03-01, claim: 2026-03-02, condition: [], price: 1, sold_via: store}",
	       "{verdict: refer, entitled: [refund], absent: [remedy]}");
	expect(p, SVC_ASK_RETURN,
	       "{want: exchange, purchase: 2026-03-01, claim: 2026-03-02, condition: [], price: 1, sold_via: store}",
	       "{verdict: refer, entitled: [refund]}");
	expect(p, SVC_ASK_RETURN,
	       "{want: refund, purchase: 2026-03-01, claim: 2026-03-02, condition: [unused], price: 200, sold_via: "
	       "store}",
	       "{verdict: refused, requires: [condition, price, sold_via], clauses: [p.2, p.3], entitled: []}");
	svc_policy_free(p);
}

static void test_returns__what_bars_is_asked_for_first(void **state)
{
	expect(*state, SVC_ASK_RETURN,
	       "{want: refund, claim: 2026-03-05, fault: quality, purchase: 2026-03-02, documents: [receipt], "
	       "payment_method: cash}",
	       "{verdict: incomplete, missing: [sold_as], clauses: [p.6]}");
	expect(*state, SVC_ASK_RETURN, "{want: repair, claim: 2026-03-05, fault: quality, " GOOD "}",
	       "{verdict: accepted}");
	expect(*state, SVC_ASK_RETURN, "{want: repair, sold_as: standard, fault: quality, claim: 2026-03-05}",
	       "{verdict: incomplete, missing: [purchase]}");
	expect(*state, SVC_ASK_RETURN, "{want: repair, claim: 2027-03-05, fault: quality, " GOOD "}",
	       "{verdict: refused, entitled: [paid_repair]}");
	expect(*state, SVC_ASK_RETURN, "{want: replacement, claim: 2026-03-05, fault: quality, " GOOD "}",
	       "{verdict: refer, notes: ['unlisted: want=replacement']}");
}

static int open_shop(void **state)
{
	*state = pack_of(shop);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_returns__the_longest_window_decides),
		cmocka_unit_test(test_returns__what_lacks_is_named),
		cmocka_unit_test(test_returns__what_is_barred_goes_first),
		cmocka_unit_test(test_returns__deductions),
		cmocka_unit_test(test_returns__what_is_wanted_is_asked_for),
		cmocka_unit_test(test_returns__an_unknown_start),
		cmocka_unit_test(test_returns__what_bars_is_asked_for_first),
		cmocka_unit_test(test_returns__without_a_warranty_no_repair_is_promised),
	};

	return cmocka_run_group_tests(tests, open_shop, close_pack);
}
