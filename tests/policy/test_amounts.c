/* Amounts at their edges: numbers beside numbers, sums that are absent, rates that are not set, two prices for one item. */
#include "asking.h"

static const char amounts[] = HEAD
	"settings:\n"
	"  most: {type: number, default: 3, inferred: true, title: {en: most rounds, zh: 最多轮数}}\n"
	"  rate: {type: rate, title: {en: rate, zh: 费率}}\n"
	"facts:\n"
	"  rounds: {number: {min: 0}, title: {en: rounds, zh: 轮数}}\n"
	"  weight: {number: {min: 0}, title: {en: weight, zh: 重量}}\n"
	"  days_used: {days: {from: delivery, to: claim, less: repair_days}, title: {en: days used, zh: 使用天数}}\n"
	"  items: {one_of: {visit: {en: visit, zh: 上门}, haul: {en: haul, zh: 运输}, card: {en: card, zh: 刷卡},\n"
	"    twice: {en: twice, zh: 两次}, used: {en: use, zh: 使用}, freight: {en: freight, zh: 运费}}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair, travel: charge,\n"
	"      when: {rounds: {at_most: {sum: [most, 1]}}}}\n"
	"fees:\n"
	"  - {clause: p.2, item: haul, payer: customer, amount: {per: weight, amount: 2.00}}\n"
	"  - {clause: p.3, item: card, payer: customer, amount: {pct: {setting: rate}, of: price}}\n"
	"  - {clause: p.4, item: twice, payer: customer, amount: 1.00}\n"
	"  - {clause: p.5, item: twice, payer: customer, amount: 2.00, when: {rounds: {above: 1}}}\n"
	"  - {clause: p.6, item: used, payer: customer, amount: {per: days_used, amount: 0.50}}\n"
	"  - {clause: p.7, item: freight, payer: customer, amount: {per: weight, amount: card_price}}\n";

static int open_amounts(void **state)
{
	*state = pack_of(amounts);
	return 0;
}

static void test_amounts__a_number_is_counted_beside_numbers(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{purchase: 2025-06-01, rounds: 4, claim: 2025-07-01}",
	       "{verdict: covered, travel: charge}");
	expect(*state, SVC_ASK_WARRANTY, "{purchase: 2025-06-01, rounds: 5, claim: 2025-07-01}",
	       "{verdict: not_covered}");
}

static void test_amounts__per_piece_and_what_no_money_can_be(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [haul], weight: 2.5}", "{total: '5.00'}");
	expect(*state, SVC_ASK_FEE, "{items: [haul]}", "{verdict: incomplete, missing: [weight]}");
	expect(*state, SVC_ASK_FEE, "{items: [freight], weight: 2, card_price: {freight: 3.00}}", "{total: '6.00'}");
	expect(*state, SVC_ASK_FEE, "{items: [freight], weight: 2, card_price: {visit: 3.00}}", "{absent: [total]}");
}

static void test_amounts__a_share_needs_its_rate_unless_it_is_of_nothing(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [card], price: 100.00}", "{verdict: incomplete, missing: [rate]}");
	expect(*state, SVC_ASK_FEE, "{items: [card], price: 0.00}", "{verdict: priced, total: '0.00'}");
	expect_set(*state, SVC_ASK_FEE, "{items: [card], price: 100.00}", "rate", "0.006", "{total: '0.60'}");
}

static void test_amounts__days_are_counted_less_those_in_repair(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [used], delivery: 2025-01-01, claim: 2025-01-31, repair_days: 10}",
	       "{total: '10.00'}");
	expect(*state, SVC_ASK_FEE, "{items: [used], delivery: 2025-01-01, claim: 2025-01-31}",
	       "{verdict: incomplete, missing: [repair_days]}");
}

static void test_amounts__two_prices_for_one_item_are_a_fault(void **state)
{
	static const char facts[] = "{items: [twice], rounds: 2}";
	struct svc_answer answer = {0};
	struct svc_facts *vector;
	struct svc_error err = {0};

	expect(*state, SVC_ASK_FEE, "{items: [twice], rounds: 1}", "{total: '1.00'}");
	assert_int_equal(svc_facts_new(&vector, *state, &err), SVC_OK);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), SVC_OK);
	assert_int_equal(svc_ask(*state, SVC_ASK_FEE, vector, false, &answer, &err), SVC_BAD_INPUT);
	assert_non_null(strstr(err.text, "p.4"));
	assert_non_null(strstr(err.text, "p.5"));
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amounts__a_number_is_counted_beside_numbers),
		cmocka_unit_test(test_amounts__per_piece_and_what_no_money_can_be),
		cmocka_unit_test(test_amounts__a_share_needs_its_rate_unless_it_is_of_nothing),
		cmocka_unit_test(test_amounts__days_are_counted_less_those_in_repair),
		cmocka_unit_test(test_amounts__two_prices_for_one_item_are_a_fault),
	};
	return cmocka_run_group_tests_name("amounts", tests, open_amounts, close_pack);
}
