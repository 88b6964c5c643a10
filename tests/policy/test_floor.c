/* The floor: where a promise gives less than the law, and where it does not. */
#include "asking.h"

#include "svc/floor.h"

#define LAW                                                                                                                     \
	"policy: l\ntitle: {en: L, zh: 乙}\neffective: 2020-01-01\ncurrency: CNY\ntimezone: Asia/Shanghai\n"                   \
	"facts:\n  product: {one_of: {bicycle: {en: bicycle, zh: 自行车}, lamp: {en: lamp, zh: 灯}}}\n"                     \
	"warranty:\n"                                                                                                           \
	"  terms: [{clause: l.1, when: {product: bicycle}, from: delivery, lasts: 1 year, remedy: repair}]\n"                   \
	"  exclusions: [{clause: l.2, when: {cause: misuse}}]\n"                                                                \
	"returns:\n"                                                                                                            \
	"  options: [{clause: l.3, when: {product: bicycle, fault: quality}, from: delivery, lasts: 7 days, remedy: refund}]\n" \
	"freight: [{clause: l.4, when: {verdict: covered}, freight_in: company, freight_out: company}]\n"

/* What was found, a line each: "remedy p.1 l.1 repair refund". */
struct heard {
	struct strbuf lines;
	struct svc_floor_counts counts;
};

static int hear(void *context, const struct svc_shortfall *one)
{
	struct heard *heard = context;

	strbuf_printf(&heard->lines, "%s %s %s %s>%s\n", svc_shortfall_id(one->kind), one->clause, one->law_clause,
		      one->gives, one->owes);
	return 0;
}

static void compare(const char *promise, const struct svc_floor_fact *given, size_t count, struct heard *heard)
{
	struct svc_policy *pack = pack_of(promise), *law = pack_of(LAW);
	struct svc_error err = {0};

	memset(heard, 0, sizeof *heard);
	if (svc_policy_floor(pack, law, given, count, hear, heard, &heard->counts, &err))
		fail_msg("%s", err.text);
	strbuf_puts(&heard->lines, "");
	svc_policy_free(pack);
	svc_policy_free(law);
}

static void expect_lines(const char *promise, const char *lines)
{
	struct heard heard;

	compare(promise, NULL, 0, &heard);
	assert_true(heard.counts.cases > 0);
	assert_string_equal(heard.lines.text ? heard.lines.text : "", lines);
	strbuf_release(&heard.lines);
}

#define FREIGHT "freight: [{clause: p.9, freight_in: company, freight_out: company}]\n"
#define REFUND                                                                                                         \
	"returns: {options: [{clause: p.3, when: {fault: quality}, from: delivery, lasts: 7 days, remedy: refund}]}\n"

static void test_floor__as_much_as_the_law_is_no_less(void **state)
{
	(void)state;
	expect_lines(
		HEAD
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n" REFUND FREIGHT,
		"");
	expect_lines(HEAD
		     "warranty: {terms: [{clause: p.1, from: delivery, lasts: 2 years, remedy: replace}]}\n"
		     "returns: {options: [{clause: p.3, from: delivery, lasts: 8 days, remedy: refund}]}\n" FREIGHT,
		     "");
}

static void test_floor__one_day_less_is_found(void **state)
{
	(void)state;
	expect_lines(
		HEAD
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 364 days, remedy: repair}]}\n" REFUND FREIGHT,
		"remedy p.1 l.1 expired>repair\n");
	expect_lines(
		HEAD
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n"
		"returns: {options: [{clause: p.3, when: {fault: quality}, from: delivery, lasts: 6 days, remedy: refund}]}\n" FREIGHT,
		"remedy p.3 l.3 repair>refund\n");
}

static void test_floor__a_term_from_the_purchase_is_shorter_when_goods_come_late(void **state)
{
	(void)state;
	expect_lines(
		HEAD
		"warranty: {terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]}\n" REFUND FREIGHT,
		"remedy p.1 l.1 expired>repair\n");
}

static void test_floor__a_condition_that_the_law_does_not_make(void **state)
{
	(void)state;
	expect_lines(HEAD "warranty:\n  terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]\n"
			  "  exclusions: [{clause: p.2, when: {cause: misuse}}, {clause: p.4, when: {owner: later}}]\n"
			  "  requires: [{clause: p.5, needs: {documents: {all: [invoice]}}}]\n" REFUND FREIGHT,
		     "remedy p.4 l.1 excluded>repair\n"
		     "remedy p.5 l.1 excluded>repair\n");
}

static void test_floor__freight_that_nobody_speaks_of(void **state)
{
	(void)state;
	expect_lines(HEAD
		     "warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n" REFUND
		     "freight: [{clause: p.9, when: {ask: warranty}, freight_in: customer, freight_out: company}]\n",
		     "freight_in p.1 l.1 customer>company\n"
		     "freight_in p.3 l.3 >company\n");
}

static void test_floor__a_fee_kept_back_from_a_refund(void **state)
{
	(void)state;
	expect_lines(
		HEAD
		"words: {fee: {en: fee, zh: 手续费}}\n"
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n"
		"returns:\n  options: [{clause: p.3, when: {fault: quality}, from: delivery, lasts: 7 days, remedy: refund}]\n"
		"  deductions: [{clause: p.6, item: fee, amount: 5.00}]\n" FREIGHT,
		"deduction p.3 l.3 fee>\n");
}

static void test_floor__other_goods_are_not_meant(void **state)
{
	struct heard heard;

	(void)state;
	compare(HEAD "facts: {product: {one_of: {boat: {en: boat, zh: 船}}}}\n"
		     "warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 day, remedy: repair}]}\n",
		NULL, 0, &heard);
	assert_int_equal(heard.counts.cases, 0);
	assert_string_equal(heard.lines.text, "");
	strbuf_release(&heard.lines);
}

static void test_floor__facts_that_are_given_hold_in_every_case(void **state)
{
	static const char pack[] = HEAD
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 day, remedy: repair}]}\n";
	struct svc_policy *promise, *law;
	struct svc_floor_counts counts;
	struct svc_error err = {0};
	struct heard heard;

	(void)state;
	compare(pack, &(struct svc_floor_fact){"product", "lamp"}, 1, &heard);
	assert_int_equal(heard.counts.cases, 0);
	strbuf_release(&heard.lines);
	promise = pack_of(pack);
	law = pack_of(LAW);
	assert_int_equal(svc_policy_floor(promise, law, &(struct svc_floor_fact){"prodct", "lamp"}, 1, hear, &heard,
					  &counts, &err),
			 SVC_USAGE);
	svc_policy_free(promise);
	svc_policy_free(law);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_floor__as_much_as_the_law_is_no_less),
		cmocka_unit_test(test_floor__one_day_less_is_found),
		cmocka_unit_test(test_floor__a_term_from_the_purchase_is_shorter_when_goods_come_late),
		cmocka_unit_test(test_floor__a_condition_that_the_law_does_not_make),
		cmocka_unit_test(test_floor__freight_that_nobody_speaks_of),
		cmocka_unit_test(test_floor__a_fee_kept_back_from_a_refund),
		cmocka_unit_test(test_floor__other_goods_are_not_meant),
		cmocka_unit_test(test_floor__facts_that_are_given_hold_in_every_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
