/* Terms of a contract, counted from moments, rolled past days off; days that are counted; who pays the travel. */
#include "asking.h"

static const char terms[] = HEAD
	"calendar: {week: [mon, tue, wed, thu, fri]}\n"
	"facts:\n"
	"  product: {one_of: {contract: {en: contract, zh: 合同}, voucher: {en: voucher, zh: 凭证}, phone: {en: phone, zh: 手机},"
	" rolled: {en: rolled, zh: 顺延}, working: {en: working, zh: 工作日}, visit: {en: visit, zh: 上门}, both: {en: both, zh: 两者}}}\n"
	"  term_ends: {date: true, title: {en: end of the term, zh: 期满}}\n"
	"  extended: {date: true, default: never, title: {en: extended to, zh: 延至}}\n"
	"  days_used: {days: {from: [delivery, invoice], to: claim, less: repair_days}, title: {en: days used, zh: 使用天数}}\n"
	"  waited: {number: {min: 0}, unit: hours, title: {en: hours waited, zh: 已等小时}}\n"
	"  called: {time: true, title: {en: called, zh: 来电}}\n"
	"  items: {one_of: {repair: {en: repair, zh: 维修}, late_fee: {en: fee, zh: 费用}, listed: {en: listed, zh: 列明}}}\n"
	"settings:\n  patience: {type: duration, title: {en: patience, zh: 等待上限}}\n"
	"  cap: {type: percent, default: 50, title: {en: cap, zh: 上限}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, when: {product: contract}, from: acceptance, until: {most: [term_ends, extended]}, remedy: repair}\n"
	"    - {clause: p.2, when: {product: voucher}, until: term_ends, remedy: repair, also: [p.22]}\n"
	"    - {clause: p.3, when: {product: phone}, from: {after: manufacture, by: 90 days}, lasts: 1 year, remedy: repair}\n"
	"    - {clause: p.4, when: {product: rolled}, from: delivery, lasts: 7 days, rolls: true, pauses: repair, remedy: exchange}\n"
	"    - {clause: p.5, when: {product: working}, from: delivery, lasts: 7 working days, remedy: repair}\n"
	"    - {clause: p.6, when: {product: visit}, from: delivery, lasts: 1 year, remedy: repair, travel: charge}\n"
	"    - {clause: p.7, when: {product: both, replacement: {is: unknown}}, from: purchase, lasts: 1 year, remedy: repair}\n"
	"    - {clause: p.8, when: {product: both}, from: replacement, lasts: 3 months, remedy: repair}\n"
	"returns:\n"
	"  options:\n"
	"    - {clause: p.9, remedy: refund, from: delivery, lasts: 30 days, when: {days_used: {at_most: 10}}}\n"
	"    - {clause: p.10, remedy: exchange, from: delivery, lasts: 30 days, when: {waited: {above: {setting: patience}}}}\n"
	"    - {clause: p.11, remedy: repair, from: delivery, lasts: 30 days, when: {called: {below: {before: appointed, by: 1 day}}}}\n"
	"  deductions:\n"
	"    - {clause: p.12, item: depreciation, amount: {per: days_used, amount: {pct: 0.5, of: price}}, bars: refund}\n"
	"fees:\n"
	"  - {clause: p.13, item: repair, payer: company, share: labor, with: [parts]}\n"
	"  - {clause: p.14, item: parts, payer: customer, share: parts}\n";

static void test_terms__a_stated_end(void **state)
{
	expect(*state, SVC_ASK_WARRANTY,
	       "{product: contract, acceptance: 2023-06-30, term_ends: 2025-06-30, claim: 2025-06-30, cause: defect}",
	       "{verdict: covered, starts: 2023-06-30, ends: 2025-06-30, days_left: 0, clauses: [p.1]}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{product: contract, acceptance: 2023-06-30, term_ends: 2025-06-30, extended: 2025-07-31, claim: 2025-07-01, cause: defect}",
	       "{verdict: covered, ends: 2025-07-31}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{product: contract, acceptance: 2023-06-30, claim: 2025-06-30, cause: defect}",
	       "{verdict: incomplete, missing: [term_ends], absent: [extended, acceptance]}");
	expect(*state, SVC_ASK_WARRANTY, "{product: contract, term_ends: 2025-06-30, claim: 2025-06-30, cause: defect}",
	       "{verdict: incomplete, missing: [acceptance]}");
}

static void test_terms__nobody_knows_the_start(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{product: voucher, term_ends: 2026-06-30, claim: 2026-06-30, cause: defect}",
	       "{verdict: covered, ends: 2026-06-30, clauses: [p.2, p.22], absent: [starts]}");
	expect(*state, SVC_ASK_WARRANTY, "{product: voucher, term_ends: 2026-06-30, claim: 2026-07-01, cause: defect}",
	       "{verdict: expired, days_left: -1}");
	expect(*state, SVC_ASK_WARRANTY, "{product: voucher, claim: 2026-07-01, cause: defect}",
	       "{verdict: incomplete, missing: [term_ends], clauses: [p.2, p.22]}");
}

static void test_terms__from_a_moment(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{product: phone, manufacture: 2025-05-20, claim: 2026-08-18, cause: defect}",
	       "{verdict: covered, starts: 2025-08-18, ends: 2026-08-18}");
	expect(*state, SVC_ASK_WARRANTY, "{product: phone, claim: 2026-08-18, cause: defect}",
	       "{verdict: incomplete, missing: [manufacture]}");
}

static void test_terms__past_days_off(void **state)
{
	const char *weekend =
		"{product: rolled, delivery: 2026-03-07, repair_days: 0, claim: 2026-03-16, cause: defect}";

	expect(*state, SVC_ASK_WARRANTY, weekend, "{verdict: covered, ends: 2026-03-16}"); /* Saturday 14th to Monday */
	expect(*state, SVC_ASK_WARRANTY,
	       "{product: rolled, delivery: 2026-03-07, repair_days: 3, claim: 2026-03-18, cause: defect}",
	       "{verdict: expired, ends: 2026-03-17}");
	expect(*state, SVC_ASK_WARRANTY, "{product: working, delivery: 2026-03-06, claim: 2026-03-17, cause: defect}",
	       "{verdict: covered, ends: 2026-03-17}");
}

static void test_terms__restarted_or_inherited(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{product: both, purchase: 2025-01-31, claim: 2026-01-31, cause: defect}",
	       "{verdict: covered, ends: 2026-01-31, clauses: [p.7], absent: [missing]}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{product: both, purchase: 2025-01-31, replacement: 2025-11-30, claim: 2026-02-28, cause: defect}",
	       "{verdict: covered, starts: 2025-11-30, ends: 2026-02-28, clauses: [p.8]}");
}

static void test_terms__who_pays_the_travel(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{product: visit, delivery: 2026-01-01, claim: 2026-02-01, cause: defect}",
	       "{verdict: covered, labor: free, parts: free, travel: charge}");
	expect(*state, SVC_ASK_WARRANTY, "{product: working, delivery: 2026-03-06, claim: 2026-03-07, cause: defect}",
	       "{labor: free, absent: [travel]}");
}

static void test_terms__days_that_are_counted(void **state)
{
	expect_set(
		*state, SVC_ASK_RETURN,
		"{want: refund, delivery: 2026-01-01, claim: 2026-01-14, repair_days: 3, price: '1000.00', waited: 0, called: '2026-01-01T00:00', appointed: '2026-01-01T00:00'}",
		"patience", "1 day", "{verdict: accepted, deductions: [{item: depreciation, amount: '50.00'}]}");
	expect_set(
		*state, SVC_ASK_RETURN,
		"{want: refund, delivery: 2026-01-01, claim: 2026-01-14, repair_days: 2, price: '1000.00', waited: 0, called: '2026-01-01T00:00', appointed: '2026-01-01T00:00'}",
		"patience", "1 day", "{verdict: refused}");
	expect_set(
		*state, SVC_ASK_RETURN,
		"{want: refund, invoice: 2026-01-12, delivery: 2026-01-01, days_used: 10, claim: 2026-01-14, price: '1000.00', waited: 0, called: '2026-01-01T00:00', appointed: '2026-01-01T00:00'}",
		"patience", "1 day", "{verdict: accepted, deductions: [{amount: '50.00'}]}");
	expect_set(
		*state, SVC_ASK_RETURN,
		"{want: refund, delivery: 2026-01-01, claim: 2026-01-14, price: '1000.00', waited: 0, called: '2026-01-01T00:00', appointed: '2026-01-01T00:00'}",
		"patience", "1 day", "{verdict: incomplete, missing: [repair_days]}");
}

#define WAITING(rest)                                                                                                                               \
	"{want: exchange, delivery: 2026-01-01, claim: 2026-01-20, repair_days: 0, called: '2026-01-01T00:00', appointed: '2026-01-01T00:00'," rest \
	"}"

static void test_terms__hours_against_a_duration(void **state)
{
	expect_set(*state, SVC_ASK_RETURN, WAITING("waited: 24.01"), "patience", "1 day",
		   "{verdict: accepted, clauses: [p.10]}");
	expect_set(*state, SVC_ASK_RETURN, WAITING("waited: 24"), "patience", "1 day", "{verdict: refused}");
	expect_set(*state, SVC_ASK_RETURN, WAITING("waited: 0.5"), "patience", "30 minutes", "{verdict: refused}");
	expect(*state, SVC_ASK_RETURN, WAITING("waited: 24"), "{verdict: incomplete, missing: [patience]}");
	expect_set(*state, SVC_ASK_RETURN, WAITING("waited: 24"), "patience", "1 month",
		   "{verdict: incomplete, missing: [patience]}");
}

#define CALLED(at)                                                                                                     \
	"{want: exchange, delivery: 2026-01-01, claim: 2026-01-20, repair_days: 0, waited: 9, called: '" at            \
	"', appointed: '2026-01-10T10:00'}"

static void test_terms__a_moment_against_another(void **state)
{
	expect_set(*state, SVC_ASK_RETURN, CALLED("2026-01-08T23:59:59"), "patience", "1 hour",
		   "{entitled: [exchange, repair]}");
	expect_set(*state, SVC_ASK_RETURN, CALLED("2026-01-09T00:00:00"), "patience", "1 hour",
		   "{entitled: [exchange], absent: [repair]}");
}

static void test_terms__what_comes_along_in_a_bill(void **state)
{
	expect(*state, SVC_ASK_FEE, "{items: [repair]}",
	       "{verdict: priced, payer: customer, basis: quote, labor: {payer: company, basis: free}, parts: {payer: customer, basis: quote},"
	       " lines: [{item: repair, amount: '0.00'}], absent: [total], clauses: [p.13, p.14]}");
	expect(*state, SVC_ASK_FEE, "{items: ['repair', 'parts*2']}",
	       "{lines: [{item: repair}, {item: parts, quantity: 2}]}");
}

/* The calendar of one year; its last day, a Thursday, is off. */
#define HOLIDAYS(more)                                                                                                         \
	HEAD "calendar: {holidays: true, years: [2026], off: [2026-12-31]" more "}\n"                                          \
	     "warranty:\n  terms:\n"                                                                                           \
	     "    - {clause: p.1, from: purchase, lasts: 7 days, rolls: true, remedy: exchange}\n"                             \
	     "    - {clause: p.2, when: {cause: defect}, from: purchase, lasts: 1 year, remedy: repair}\n  late_report: p.5\n" \
	     "returns:\n  options:\n"                                                                                          \
	     "    - {clause: p.3, from: delivery, lasts: 7 days, rolls: true, remedy: refund}\n"                               \
	     "deadlines:\n  - {clause: p.4, task: t, due: {after: purchase, by: 7 days}, rolls: true}\n"                       \
	     "facts: {task: {one_of: {t: {en: t, zh: 事}}}}\n"
#define MAY_MOVE "notes: ['the last day may move past days off of 2027, which are not known']"

static void test_terms__into_a_year_without_holidays(void **state)
{
	struct svc_policy *pack = pack_of(HOLIDAYS(", longest_rest: 16 days"));

	(void)state;
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-01-11, cause: defect}",
	       "{verdict: covered, remedy: exchange, ends: 2027-01-11, " MAY_MOVE "}");
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-01-12, cause: defect}",
	       "{verdict: incomplete, missing: [calendar_2027], absent: [notes]}");
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-01-27, cause: defect}",
	       "{verdict: incomplete, missing: [calendar_2027]}"); /* the 16th day */
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-01-28, cause: defect}",
	       "{verdict: covered, remedy: repair, ends: 2028-01-04, windows: [{ends: 2027-01-11, inside: false}, {}], absent: [notes]}");
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2026-12-21, claim: 2026-12-28, cause: defect}",
	       "{remedy: exchange, ends: 2026-12-28, absent: [notes]}");
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2026-12-24, claim: 2026-12-31, cause: defect}",
	       "{remedy: exchange, ends: 2026-12-31, " MAY_MOVE "}"); /* off, and what follows is not known */
	expect(pack, SVC_ASK_RETURN, "{want: refund, delivery: 2027-01-04, claim: 2027-01-11}",
	       "{verdict: accepted, deadline: 2027-01-11, " MAY_MOVE "}");
	expect(pack, SVC_ASK_RETURN, "{want: refund, delivery: 2027-01-04, claim: 2027-01-27}",
	       "{verdict: incomplete, missing: [calendar_2027]}");
	expect(pack, SVC_ASK_RETURN, "{want: refund, delivery: 2027-01-04, claim: 2027-01-28}",
	       "{verdict: refused, deadline: 2027-01-11, " MAY_MOVE "}");
	expect(pack, SVC_ASK_DEADLINE, "{task: t, purchase: 2027-01-04, as_of: 2027-01-05}",
	       "{verdict: incomplete, missing: [calendar_2027]}");
	expect(pack, SVC_ASK_WARRANTY,
	       "{purchase: 2027-01-04, occurred: 2027-01-11, claim: 2027-02-28, cause: transport}",
	       "{verdict: refer, clauses: [p.5]}");
	expect(pack, SVC_ASK_WARRANTY,
	       "{purchase: 2027-01-04, occurred: 2027-01-12, claim: 2027-02-28, cause: transport}",
	       "{verdict: incomplete, missing: [calendar_2027]}"); /* a rest could have it inside */
	expect(pack, SVC_ASK_WARRANTY,
	       "{purchase: 2027-01-04, occurred: 2027-01-28, claim: 2027-02-28, cause: transport}",
	       "{verdict: expired, ends: 2027-01-11, " MAY_MOVE "}");
	svc_policy_free(pack);
}

static void test_terms__where_nobody_says_how_long_a_rest_is(void **state)
{
	struct svc_policy *pack = pack_of(HOLIDAYS(""));

	(void)state;
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-01-05, cause: defect}",
	       "{verdict: incomplete, missing: [calendar_2027]}");
	expect(pack, SVC_ASK_WARRANTY, "{purchase: 2027-01-04, claim: 2027-03-01, cause: defect}",
	       "{verdict: incomplete, missing: [calendar_2027]}");
	svc_policy_free(pack);
}

static int setup(void **state)
{
	*state = pack_of(terms);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terms__a_stated_end),
		cmocka_unit_test(test_terms__nobody_knows_the_start),
		cmocka_unit_test(test_terms__from_a_moment),
		cmocka_unit_test(test_terms__past_days_off),
		cmocka_unit_test(test_terms__into_a_year_without_holidays),
		cmocka_unit_test(test_terms__where_nobody_says_how_long_a_rest_is),
		cmocka_unit_test(test_terms__restarted_or_inherited),
		cmocka_unit_test(test_terms__who_pays_the_travel),
		cmocka_unit_test(test_terms__days_that_are_counted),
		cmocka_unit_test(test_terms__hours_against_a_duration),
		cmocka_unit_test(test_terms__a_moment_against_another),
		cmocka_unit_test(test_terms__what_comes_along_in_a_bill),
	};

	return cmocka_run_group_tests_name("terms", tests, setup, close_pack);
}
