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

static const char *against = LAW; /* what promises are held against */

/* What was found, a line each: "remedy p.1 l.1 repair refund". */
struct heard {
	struct strbuf lines;
	struct svc_floor_counts counts;
};

static int hear(void *context, const struct svc_shortfall *one)
{
	struct heard *heard = context;

	strbuf_printf(&heard->lines, "%s %s%s%s %s %s>%s\n", svc_shortfall_id(one->kind), one->about,
		      *one->about ? " " : "", one->clause, one->law_clause, one->gives, one->owes);
	return 0;
}

/* What was missing, by the side that wants it: "open l product". */
static int hear_open(void *context, const struct svc_floor_open *open)
{
	struct heard *heard = context;

	strbuf_printf(&heard->lines, "open %s %s\n", open->of_law ? "l" : "p", open->name);
	return 0;
}

static void compare(const char *promise, const struct svc_floor_fact *given, size_t count, struct heard *heard)
{
	struct svc_policy *pack = pack_of(promise), *law = pack_of(against);
	struct svc_error err = {0};

	memset(heard, 0, sizeof *heard);
	if (svc_policy_floor(pack, law, given, count, &(struct svc_floor_listener){hear, hear_open, heard},
			     &heard->counts, &err))
		fail_msg("%s", err.text);
	strbuf_puts(&heard->lines, "");
	svc_policy_free(pack);
	svc_policy_free(law);
}

static void expect_open(const char *promise, const char *lines)
{
	struct heard heard;

	compare(promise, NULL, 0, &heard);
	assert_int_equal(heard.counts.cases, 0);
	assert_string_equal(heard.lines.text, lines);
	strbuf_release(&heard.lines);
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
	assert_int_equal(svc_policy_floor(promise, law, &(struct svc_floor_fact){"prodct", "lamp"}, 1,
					  &(struct svc_floor_listener){hear, NULL, &heard}, &counts, &err),
			 SVC_USAGE);
	svc_policy_free(promise);
	svc_policy_free(law);
}

#define TITLES "title: {en: L, zh: 乙}\neffective: 2020-01-01\ncurrency: CNY\ntimezone: Asia/Shanghai\n"
/* A law that prices a copy and sets times: for the company, for the customer, and a limit of a service. */
#define TIMES                                                                                                                      \
	"policy: l\n" TITLES                                                                                                       \
	"facts:\n  returned: {date: true, title: {en: returned, zh: 退回}}\n  items: {one_of: {copy: {en: copy, zh: 复印}}}\n" \
	"  task: {one_of: {pay_back: {en: pay back, zh: 退款}, send_back: {en: send back, zh: 寄回}}}\n"                       \
	"fees: [{clause: l.1, item: copy, amount: 2.00, payer: customer}]\n"                                                       \
	"deadlines:\n  - {clause: l.2, task: pay_back, due: {after: returned, by: 7 days}}\n"                                      \
	"  - {clause: l.3, task: send_back, due: {after: returned, by: 14 days}, better: later}\n"                                 \
	"sla: [{clause: l.4, resolve: 48 hours}]\n"

/* A promise of the same, with its own words for the day that is counted from. */
static const char *promise_of(const char *copy, const char *pay_back, const char *send_back, const char *resolve)
{
	static char text[2048];

	snprintf(
		text, sizeof text,
		"policy: p\n" TITLES
		"facts:\n  goods_in: {date: true, title: {en: goods in, zh: 收货}}\n  items: {one_of: {copy: {en: copy, zh: 复印}}}\n"
		"  task: {one_of: {pay_back: {en: pay back, zh: 退款}, send_back: {en: send back, zh: 寄回}}}\n"
		"fees: [{clause: p.1, item: copy, amount: %s, payer: customer}]\n"
		"deadlines:\n  - {clause: p.2, task: pay_back, due: {after: goods_in, by: %s}}\n"
		"  - {clause: p.3, task: send_back, due: {after: goods_in, by: %s}}\n"
		"sla: [{clause: p.4, resolve: %s}]\n",
		copy, pay_back, send_back, resolve);
	return text;
}

static void expect_times(const char *promise, const char *lines)
{
	struct heard heard;

	against = TIMES;
	compare(promise, NULL, 0, &heard);
	against = LAW;
	assert_string_equal(heard.lines.text, lines);
	strbuf_release(&heard.lines);
}

static void test_floor__times_and_prices_as_good_as_the_law(void **state)
{
	(void)state;
	expect_times(promise_of("2.00", "7 days", "14 days", "48 hours"), "");
	expect_times(promise_of("1.99", "6 days", "15 days", "47 hours"), "");
}

static void test_floor__a_later_deadline_of_the_company(void **state)
{
	(void)state;
	expect_times(promise_of("2.00", "8 days", "14 days", "48 hours"),
		     "deadline pay_back p.2 l.2 2024-03-26>2024-03-25\n");
	expect_times(promise_of("2.00", "7 days", "14 days", "49 hours"),
		     "deadline resolve_by p.4 l.4 2024-03-30T10:00:00+08:00>2024-03-30T09:00:00+08:00\n");
}

static void test_floor__an_earlier_deadline_of_the_customer(void **state)
{
	(void)state;
	expect_times(promise_of("2.00", "7 days", "13 days", "48 hours"),
		     "deadline send_back p.3 l.3 2024-03-31>2024-04-01\n");
}

static void test_floor__a_price_above_that_of_the_law(void **state)
{
	(void)state;
	expect_times(promise_of("2.01", "7 days", "14 days", "48 hours"), "fee copy p.1 l.1 2.01>2.00\n");
}

#define PRICES                                                                                                         \
	"facts: {items: {one_of: {work: {en: work, zh: 工时}, visit: {en: visit, zh: 上门}, lease: {en: lease, zh: 租赁}}}}\n"

static void test_floor__a_fee_for_a_repair_that_the_law_gives_free(void **state)
{
	(void)state;
	expect_lines(
		HEAD PRICES
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n" REFUND FREIGHT
		"fees:\n  - {clause: p.6, item: work, when: {verdict: covered}, payer: company, share: labor}\n"
		"  - {clause: p.7, item: work, when: {not: {verdict: covered}}, amount: 9.00, payer: customer, share: labor}\n"
		"  - {clause: p.8, item: visit, amount: 5.00, payer: customer, share: travel}\n"
		"  - {clause: p.10, item: lease, amount: 7.00, payer: customer, share: parts}\n",
		"fee visit p.8 l.1 5.00>free\n");
}

static void test_floor__what_a_promise_leaves_open_is_named(void **state)
{
	(void)state;
	expect_open(HEAD "facts: {paper_ends: {date: true, title: {en: paper, zh: 单}}}\n"
			 "warranty: {terms: [{clause: p.1, until: paper_ends, remedy: repair}]}\n",
		    "open p paper_ends\n");
	expect_open(HEAD "settings: {term: {clause: p.1, type: duration, title: {en: term, zh: 期}}}\n"
			 "warranty: {terms: [{clause: p.1, from: delivery, lasts: {setting: term}, remedy: repair}]}\n",
		    "open p term\n");
}

static void test_floor__goods_of_another_seller_are_not_meant(void **state)
{
	(void)state;
	expect_lines(
		HEAD
		"warranty:\n"
		"  without: [{clause: p.5, when: {bought_from: other}}, {clause: p.6, when: {supplied_by: customer}}]\n"
		"  terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]\n" REFUND FREIGHT,
		"");
}

static void test_floor__exclusions_alone_promise_nothing(void **state)
{
	(void)state;
	expect_lines(HEAD "warranty: {without: [{clause: p.5, when: {owner: later}}]}\n",
		     "remedy p.5 l.1 excluded>repair\n"
		     "remedy p.5 l.3 excluded>refund\n");
}

static void test_floor__a_weaker_remedy_is_owed_as_well(void **state)
{
	(void)state;
	against =
		"policy: l\n" TITLES
		"warranty: {terms: [{clause: l.1, from: delivery, lasts: 2 years, remedy: exchange}, {clause: l.2, from: delivery, "
		"lasts: 2 years, remedy: repair}]}\n";
	expect_lines(HEAD "warranty: {terms: [{clause: p.1, from: delivery, lasts: 1 year, remedy: repair}]}\n",
		     "remedy p.1 l.1 repair>exchange\n"
		     "remedy p.1 l.2 expired>repair\n");
	against = LAW;
}

static void expect_against(const char *law, const char *promise, const char *lines)
{
	struct heard heard;

	against = law;
	compare(promise, NULL, 0, &heard);
	against = LAW;
	assert_string_equal(heard.lines.text, lines);
	strbuf_release(&heard.lines);
}

static void test_floor__work_and_parts_at_a_price_and_an_end_before_a_life(void **state)
{
	(void)state;
	expect_against(
		"policy: l\n" TITLES
		"warranty: {terms: [{clause: l.1, from: delivery, lasts: lifetime, remedy: repair}]}\n",
		HEAD
		"warranty: {terms: [{clause: p.1, from: delivery, lasts: lifetime, remedy: repair, parts: cost}]}\n",
		"parts p.1 l.1 cost>free\n");
	expect_against(
		"policy: l\n" TITLES
		"warranty: {terms: [{clause: l.1, when: {claim: {within: 5 years, of: delivery}}, from: delivery, "
		"lasts: lifetime, remedy: repair}]}\n",
		HEAD "warranty: {terms: [{clause: p.1, from: delivery, lasts: 6 years, remedy: repair}]}\n",
		"ends p.1 l.1 2030-03-18>lifetime\n");
}

/* Hours are counted from a time of the one and days from a day of the other, both of one moment; money of two currencies is not the same. */
static void test_floor__days_against_hours(void **state)
{
	static const char law[] = "policy: l\n" TITLES
				  "facts:\n  returned: {date: true, title: {en: returned, zh: 退回}}\n"
				  "  task: {one_of: {pay_back: {en: pay back, zh: 退款}}}\n"
				  "deadlines: [{clause: l.2, task: pay_back, due: {after: returned, by: 1 day}}]\n";
	static const char hours[] = HEAD "facts:\n  goods_at: {time: true, title: {en: goods in, zh: 收货}}\n"
					 "  task: {one_of: {back: {en: pay back, zh: 还款}}}\n"
					 "deadlines: [{clause: p.2, task: back, due: {after: goods_at, by: %s}}]\n";
	char text[1024];

	(void)state;
	snprintf(text, sizeof text, hours,
		 "37 hours"); /* from ten in the morning: to eleven at night on the day after */
	expect_against(law, text, "");
	snprintf(text, sizeof text, hours, "38 hours");
	expect_against(law, text, "deadline back p.2 l.2 2024-03-30T00:00:00+08:00>2024-03-29\n");
}

static void test_floor__several_things_left_open_come_by_their_cases(void **state)
{
	(void)state;
	expect_open(
		HEAD
		"facts:\n  one_ends: {date: true, title: {en: one, zh: 一}}\n"
		"  two_ends: {date: true, title: {en: two, zh: 二}}\n"
		"warranty:\n  terms:\n    - {clause: p.1, when: {not: {owner: later}}, until: one_ends, remedy: repair}\n"
		"    - {clause: p.2, when: {owner: later}, until: two_ends, remedy: repair}\n",
		"open p one_ends\nopen p two_ends\n");
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
		cmocka_unit_test(test_floor__times_and_prices_as_good_as_the_law),
		cmocka_unit_test(test_floor__a_later_deadline_of_the_company),
		cmocka_unit_test(test_floor__an_earlier_deadline_of_the_customer),
		cmocka_unit_test(test_floor__a_price_above_that_of_the_law),
		cmocka_unit_test(test_floor__a_fee_for_a_repair_that_the_law_gives_free),
		cmocka_unit_test(test_floor__what_a_promise_leaves_open_is_named),
		cmocka_unit_test(test_floor__goods_of_another_seller_are_not_meant),
		cmocka_unit_test(test_floor__exclusions_alone_promise_nothing),
		cmocka_unit_test(test_floor__a_weaker_remedy_is_owed_as_well),
		cmocka_unit_test(test_floor__work_and_parts_at_a_price_and_an_end_before_a_life),
		cmocka_unit_test(test_floor__days_against_hours),
		cmocka_unit_test(test_floor__several_things_left_open_come_by_their_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
