/* warranty: windows, exclusions, papers, what comes after. */
#include "asking.h"

#include "svc/text.h"

static const char terms[] = HEAD
	"facts:\n  component: {one_of: {motor: {en: motor, zh: 电机}, tyre: {en: tyre, zh: 轮胎}, frame: {en: frame, "
	"zh: 车架}}}\n"
	"warranty:\n"
	"  without:\n    - {clause: p.1, when: {component: tyre}, labor: charge, parts: cost}\n"
	"  terms:\n"
	"    - {clause: p.2, from: purchase, lasts: 2 years, remedy: repair}\n"
	"    - {clause: p.3, when: {component: motor}, from: manufacture, lasts: 1 year, remedy: replace}\n"
	"    - {clause: p.4, when: {component: frame}, from: purchase, lasts: lifetime, remedy: repair}\n"
	"  exclusions:\n"
	"    - {clause: p.5, when: {cause: misuse}, labor: charge, parts: cost}\n"
	"    - {clause: p.6, when: {cause: transport, carried_by: company}, verdict: refer}\n"
	"    - {clause: p.7, when: {cause: [transport, misuse]}}\n"
	"  requires:\n    - {clause: p.8, when: {component: motor}, needs: {documents: {all: [contract]}}}\n"
	"  after:\n"
	"    - {clause: p.9, when: {not: {claim: {within: 5 years, of: purchase}}}, remedy: refurbish, labor: cost, "
	"parts: cost}\n"
	"    - {clause: p.10, remedy: paid_repair, labor: charge, parts: charge}\n"
	"  late_report: p.11\n"
	"clauses:\n  p.2: {en: two years, zh: 两年}\n";

static void test_warranty__the_strongest_open_window_leads(void **state)
{
	struct svc_policy *p = *state;

	expect(p, SVC_ASK_WARRANTY,
	       "{component: motor, purchase: 2024-03-15, manufacture: 2024-01-31, cause: defect, documents: "
	       "[contract], claim: 2025-01-31}",
	       "{verdict: covered, remedy: replace, starts: 2024-01-31, ends: 2025-01-31, days_left: 0, labor: free, "
	       "parts: free, clauses: [p.3, p.2],"
	       " windows: [{clause: p.3, inside: true}, {clause: p.2, inside: true, ends: 2026-03-15}]}");
	expect(p, SVC_ASK_WARRANTY,
	       "{component: motor, purchase: 2024-03-15, manufacture: 2024-01-31, cause: defect, documents: "
	       "[contract], claim: 2025-02-01}",
	       "{verdict: covered, remedy: repair, ends: 2026-03-15, windows: [{clause: p.3, inside: false}]}");
}

static void test_warranty__ends_on_the_last_day(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2024-02-29, cause: defect, claim: 2026-02-28}",
	       "{verdict: covered, ends: 2026-02-28, notes: ['unlisted: component=x']}");
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2024-02-29, cause: defect, claim: 2026-03-01}",
	       "{verdict: expired, remedy: paid_repair, days_left: -1, clauses: [p.2, p.10]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2020-02-29, claim: 2025-03-01}",
	       "{verdict: expired, remedy: refurbish, labor: cost, clauses: [p.9]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2020-02-29, claim: 2025-02-28}",
	       "{verdict: expired, remedy: paid_repair}");
	expect(*state, SVC_ASK_WARRANTY, "{component: frame, purchase: 2001-01-01, cause: defect, claim: 2025-02-28}",
	       "{verdict: covered, ends: lifetime, absent: [days_left]}");
}

static void test_warranty__an_item_without_warranty_is_excluded_at_any_age(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: tyre}",
	       "{verdict: excluded, parts: cost, labor: charge, clauses: [p.1], absent: [windows]}");
}

static void test_warranty__exclusions_beat_terms(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: frame, purchase: 2024-01-01, cause: misuse, claim: 2024-02-01}",
	       "{verdict: excluded, remedy: paid_repair, labor: charge, parts: cost, clauses: [p.5, p.7], ends: "
	       "lifetime}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: frame, purchase: 2024-01-01, cause: transport, carried_by: company, claim: 2024-02-01}",
	       "{verdict: refer, clauses: [p.6]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2021-01-01, cause: misuse, claim: 2024-02-01}",
	       "{verdict: expired, clauses: [p.2, p.10]}");
}

static void test_warranty__papers_that_lack_are_named(void **state)
{
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: motor, purchase: 2024-01-01, manufacture: 2024-01-01, cause: defect, documents: [invoice], "
	       "claim: 2024-02-01}",
	       "{verdict: excluded, requires: [contract], remedy: paid_repair, clauses: [p.8]}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: motor, purchase: 2024-01-01, manufacture: 2024-01-01, cause: misuse, documents: [], claim: "
	       "2024-02-01}",
	       "{verdict: excluded, clauses: [p.5], absent: [requires]}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: motor, purchase: 2024-01-01, manufacture: 2024-01-01, cause: defect, claim: 2024-02-01}",
	       "{verdict: incomplete, missing: [documents], clauses: [p.8]}");
}

static void test_warranty__goes_to_a_person(void **state)
{
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: x, purchase: 2021-01-01, cause: defect, occurred: 2022-12-31, claim: 2023-02-01}",
	       "{verdict: refer, clauses: [p.11]}");
	expect(*state, SVC_ASK_WARRANTY,
	       "{component: x, purchase: 2021-01-01, cause: defect, occurred: 2023-01-02, claim: 2023-02-01}",
	       "{verdict: expired}");
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2024-01-02, cause: defect, claim: 2024-01-01}",
	       "{verdict: refer}");
}

static void test_warranty__says_why_in_the_words_of_the_pack(void **state)
{
	expect(*state, SVC_ASK_WARRANTY, "{component: x, purchase: 2024-01-02, cause: defect, claim: 2024-02-01}",
	       "{why: [{clause: p.2, text: two years}]}");
}

static void test_warranty__every_unit_of_time_is_counted(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "settings:\n  more: {type: duration, title: {en: more, zh: 延长}}\n"
		     "warranty:\n  terms:\n"
		     "    - {clause: p.1, from: purchase, lasts: 10 days, remedy: repair}\n"
		     "    - {clause: p.2, from: purchase, lasts: 2 weeks, remedy: repair}\n"
		     "    - {clause: p.3, from: purchase, lasts: 48 hours, remedy: repair}\n"
		     "    - {clause: p.4, from: purchase, lasts: 4320 minutes, remedy: repair}\n"
		     "    - {clause: p.5, from: purchase, lasts: 1 month, remedy: repair, pauses: repair}\n"
		     "    - {clause: p.6, from: purchase, lasts: more, remedy: repair}\n");

	(void)state;
	expect_set(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01, repair_days: 3}", "more",
		   "100 years",
		   "{windows: [{clause: p.1, ends: 2024-02-10}, {clause: p.2, ends: 2024-02-14}, {clause: p.3, ends: "
		   "2024-02-02}, {clause: p.4, ends: 2024-02-03}, {clause: p.5, ends: 2024-03-03}, {clause: p.6, ends: "
		   "2124-01-31}]}");
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01, repair_days: 3}",
	       "{verdict: incomplete, missing: [more], clauses: [p.6]}");
	expect_set(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01}", "more", "1 day",
		   "{verdict: incomplete, missing: [repair_days], clauses: [p.5]}");
	expect_set(p, SVC_ASK_WARRANTY, "{purchase: 9999-12-25, claim: 9999-12-31, repair_days: 9000000000000}", "more",
		   "1 year",
		   "{verdict: covered, ends: lifetime, windows: [{clause: p.1, ends: lifetime}, {clause: p.5, ends: "
		   "lifetime}, {clause: p.6, ends: lifetime}]}");
	svc_policy_free(p);
}

static void test_warranty__use_runs_a_term_out(void **state)
{
	struct svc_policy *p = pack_of(
		HEAD "warranty:\n  terms:\n"
		     "    - {clause: p.1, from: purchase, lasts: {time: 3 years, km: 60000, hours: 2000}, remedy: "
		     "repair}\n"
		     "fees:\n  - {clause: p.2, item: parts, when: {in_term: true}, payer: company}\n");

	(void)state;
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01, km: 60000, hours: 2000}",
	       "{verdict: covered, ends: 2027-01-31}");
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01, km: 60001}",
	       "{verdict: expired, remedy: none, ends: 2027-01-31, absent: [missing]}");
	expect(p, SVC_ASK_WARRANTY, "{purchase: 2024-01-31, claim: 2024-02-01, km: 1}",
	       "{verdict: incomplete, missing: [hours], ends: 2027-01-31}");
	expect(p, SVC_ASK_FEE, "{purchase: 2024-01-31, claim: 2024-02-01, km: 1, hours: 2000.5, items: [parts]}",
	       "{verdict: refer}");
	svc_policy_free(p);
}

static void test_warranty__verdicts_become_exit_codes(void **state)
{
	static const enum svc_verdict yes[] = {SVC_COVERED, SVC_ACCEPTED, SVC_PRICED, SVC_DECIDED},
				      no[] = {SVC_EXCLUDED, SVC_EXPIRED, SVC_NOT_COVERED, SVC_REFUSED_VERDICT},
				      open[] = {SVC_VERDICT_INCOMPLETE, SVC_REFER, SVC_VERDICT_NONE_YET};

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_int_equal(svc_verdict_exit(yes[i]), 0);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_int_equal(svc_verdict_exit(no[i]), 1);
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		assert_int_equal(svc_verdict_exit(open[i]), 3);
}

static void test_warranty__speaks_the_language_of_the_reader(void **state)
{
	svc_language_set(SVC_LANG_ZH, NULL);
	expect(*state, SVC_ASK_WARRANTY, "{部件: x, 购买日期: 2024-01-02, 原因: 产品缺陷, claim: 2024-02-01}",
	       "{verdict: covered, why: [{clause: p.2, text: 两年}]}");
	expect(*state, SVC_ASK_WARRANTY, "{component: frame, purchase: 2024-01-02, claim: 2024-02-01, 原因: 运输损坏}",
	       "{verdict: incomplete, missing: [carried_by], outcomes: [{given: company, verdict: refer}, {given: "
	       "customer, verdict: excluded}]}");
	assert_string_equal(svc_policy_title(*state), "甲");
	svc_language_set(SVC_LANG_EN, NULL);
	assert_string_equal(svc_policy_title(*state), "P");
}

static int open_terms(void **state)
{
	*state = pack_of(terms);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_warranty__the_strongest_open_window_leads),
		cmocka_unit_test(test_warranty__ends_on_the_last_day),
		cmocka_unit_test(test_warranty__an_item_without_warranty_is_excluded_at_any_age),
		cmocka_unit_test(test_warranty__exclusions_beat_terms),
		cmocka_unit_test(test_warranty__papers_that_lack_are_named),
		cmocka_unit_test(test_warranty__goes_to_a_person),
		cmocka_unit_test(test_warranty__says_why_in_the_words_of_the_pack),
		cmocka_unit_test(test_warranty__verdicts_become_exit_codes),
		cmocka_unit_test(test_warranty__speaks_the_language_of_the_reader),
		cmocka_unit_test(test_warranty__every_unit_of_time_is_counted),
		cmocka_unit_test(test_warranty__use_runs_a_term_out),
	};

	return cmocka_run_group_tests(tests, open_terms, close_pack);
}
