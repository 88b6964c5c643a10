/* near: held against a search day by day, number by number. */
#include "asking.h"

static const char pack[] = HEAD
	"facts:\n  component: {one_of: {motor: {en: motor, zh: 电机}, tyre: {en: tyre, zh: 轮胎}}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, from: purchase, lasts: 20 months, remedy: repair}\n"
	"    - {clause: p.2, when: {capacity_pct: {below: 70}}, from: manufacture, lasts: 13 months, remedy: replace}\n"
	"  exclusions:\n"
	"    - {clause: p.3, when: {cause: misuse}}\n"
	"    - {clause: p.4, when: {not: {claim: {within: 400 days, of: purchase}}, capacity_pct: {at_least: 80}}}\n"
	"  requires:\n    - {clause: p.5, needs: {documents: {all: [contract, invoice]}}}\n";

struct given {
	svc_date claim, purchase, manufacture;
	int capacity;
};

static enum svc_verdict verdict_of(struct svc_policy *policy, struct svc_facts *facts, const struct given *given,
				   const char *documents, struct svc_answer *answer, bool explain)
{
	char text[32];
	struct svc_error err = {0};

	(void)policy;
	svc_facts_clear(facts);
	svc_date_format(given->claim, text);
	assert_int_equal(svc_facts_set(facts, "claim", text, &err), SVC_OK);
	svc_date_format(given->purchase, text);
	assert_int_equal(svc_facts_set(facts, "purchase", text, &err), SVC_OK);
	svc_date_format(given->manufacture, text);
	assert_int_equal(svc_facts_set(facts, "manufacture", text, &err), SVC_OK);
	snprintf(text, sizeof text, "%d", given->capacity);
	assert_int_equal(svc_facts_set(facts, "capacity_pct", text, &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "cause", "defect", &err), SVC_OK);
	assert_int_equal(svc_facts_set(facts, "documents", documents, &err), SVC_OK);
	assert_int_equal(svc_ask(policy, SVC_ASK_WARRANTY, facts, explain, answer, &err), SVC_OK);
	return answer->verdict;
}

static const struct svc_near *near_of(const struct svc_answer *answer, const char *fact)
{
	for (size_t i = 0; i < answer->near_count; i++)
		if (!strcmp(answer->near[i].fact, fact))
			return &answer->near[i];
	return NULL;
}

/* The days to the nearest other verdict, by trying every day on both sides; 0: none within eight years. `day` is the one of
   `given` that is moved. */
static int slow_distance(struct svc_policy *policy, struct svc_facts *facts, struct given *given, svc_date *day)
{
	struct svc_answer answer = {0};
	enum svc_verdict now = verdict_of(policy, facts, given, "contract,invoice", &answer, false);
	svc_date start = *day;
	int found = 0;

	for (int distance = 1; !found && distance < 3000; distance++)
		for (int side = -1; side <= 1; side += 2) {
			*day = start + side * distance;
			if (verdict_of(policy, facts, given, "contract,invoice", &answer, false) != now)
				found = distance;
		}
	*day = start;
	svc_answer_release(&answer);
	return found;
}

static int fast_distance(const struct svc_answer *answer, const char *fact)
{
	const struct svc_near *near = near_of(answer, fact);
	svc_date from = 0, to = 0;

	if (!near)
		return 0;
	assert_true(svc_date_parse(near->from, &from) && svc_date_parse(near->to, &to));
	return abs(to - from);
}

static void test_near__days_agree_with_a_search_day_by_day(void **state)
{
	static const int capacities[] = {60, 75, 90};
	struct svc_policy *policy = pack_of(pack);
	struct svc_facts *facts;
	struct svc_answer answer = {0};
	unsigned seed = 7;

	(void)state;
	assert_int_equal(svc_facts_new(&facts, policy, NULL), SVC_OK);
	for (int round = 0; round < 60; round++) {
		struct given given;
		int by_claim, by_purchase, by_manufacture;

		seed = seed * 1103515245 + 12345;
		given = (struct given){19000 + (int)(seed >> 8) % 1500, 18600 + (int)(seed >> 4) % 700,
				       18500 + (int)(seed >> 12) % 700, capacities[round % 3]};
		verdict_of(policy, facts, &given, "contract,invoice", &answer, true);
		by_claim = fast_distance(&answer, "claim");
		by_purchase = fast_distance(&answer, "purchase");
		by_manufacture = fast_distance(&answer, "manufacture");
		assert_int_equal(by_claim, slow_distance(policy, facts, &given, &given.claim));
		assert_int_equal(by_purchase, slow_distance(policy, facts, &given, &given.purchase));
		assert_int_equal(by_manufacture, slow_distance(policy, facts, &given, &given.manufacture));
	}
	svc_answer_release(&answer);
	svc_facts_free(facts);
	svc_policy_free(policy);
}

static void test_near__settings_pauses_and_several_words(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD "settings:\n  more: {type: duration, title: {en: more, zh: 延长}}\n"
		     "  most: {type: number, default: 45, title: {en: most, zh: 上限}}\n"
		     "warranty:\n  terms:\n"
		     "    - {clause: p.1, from: purchase, lasts: more, pauses: repair, remedy: repair}\n"
		     "  exclusions:\n    - {clause: p.2, when: {count: {above: {setting: most}}}}\n"
		     "  requires:\n    - {clause: p.3, needs: {documents: {all: [invoice, contract, manual]}}}\n"
		     "    - {clause: p.4, when: {zone: remote}, needs: {documents: {all: [receipt]}}}\n");

	(void)state;
	expect_set(
		policy, SVC_ASK_WARRANTY,
		"{purchase: 2024-01-01, claim: 2024-02-07, repair_days: 3, count: 50, zone: city, documents: [invoice, "
		"contract, manual]}",
		"more", "30 days",
		"{verdict: expired, near: [{fact: claim, to: 2024-02-03, verdict: excluded}, {fact: purchase, to: "
		"2024-01-05, verdict: excluded}, {fact: repair_days, from: 3, to: 7, verdict: excluded}], absent: [count, "
		"documents]}");
	expect_set(
		policy, SVC_ASK_WARRANTY,
		"{purchase: 2024-01-01, claim: 2024-02-03, repair_days: 3, count: 50, zone: city, documents: [invoice, "
		"contract, manual]}",
		"more", "30 days", "{verdict: excluded, near: [{fact: count, to: 45, verdict: covered}]}");
	expect_set(
		policy, SVC_ASK_WARRANTY,
		"{purchase: 2024-01-01, claim: 2024-02-03, repair_days: 3, count: 5, zone: city, documents: [manual]}",
		"more", "30 days",
		"{verdict: excluded, requires: [invoice, contract], near: [{fact: documents, from: manual, to: "
		"'invoice,contract,manual', verdict: covered}]}");
	expect_set(policy, SVC_ASK_WARRANTY,
		   "{purchase: 1950-01-01, claim: 1950-01-02, repair_days: 0, count: 5, zone: "
		   "city, documents: [invoice, contract, manual]}",
		   "more", "100 years", "{verdict: covered, near: [{fact: claim, to: 1949-12-31, verdict: refer}]}");
	svc_policy_free(policy);
	policy = pack_of(
		HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n  requires:\n"
		     "    - {clause: p.2, needs: {documents: {all: [invoice, contract]}}}\n"
		     "    - {clause: p.3, when: {zone: remote}, needs: {documents: {all: [receipt, manual]}}}\n");
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-02-03, zone: city, documents: []}",
	       "{verdict: excluded, near: [{fact: documents, from: '[]', to: 'invoice,contract', verdict: covered}]}");
	svc_policy_free(policy);
}

static void test_near__numbers_words_and_sets(void **state)
{
	struct svc_policy *policy = pack_of(pack);

	(void)state;
	expect(policy, SVC_ASK_WARRANTY,
	       "{purchase: 2024-01-01, manufacture: 2024-01-01, claim: 2025-03-01, capacity_pct: 85, cause: defect, documents: [contract, invoice]}",
	       "{verdict: excluded, near: [{fact: capacity_pct, from: 85, to: 79, verdict: covered}, {fact: claim, to: 2025-02-04, verdict: covered}]}");
	expect(policy, SVC_ASK_WARRANTY,
	       "{purchase: 2024-01-01, manufacture: 2024-01-01, claim: 2024-03-01, capacity_pct: 75, cause: misuse, documents: [contract, invoice]}",
	       "{verdict: excluded, near: [{fact: cause, from: misuse, verdict: covered}]}");
	expect(policy, SVC_ASK_WARRANTY,
	       "{purchase: 2024-01-01, manufacture: 2024-01-01, claim: 2024-03-01, capacity_pct: 75, cause: defect, documents: []}",
	       "{verdict: excluded, near: [{fact: documents, from: '[]', to: 'invoice,contract', verdict: covered}]}");
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-03-01, cause: defect}",
	       "{verdict: incomplete, near: []}");
	svc_policy_free(policy);
}

/* A last day that moves off a weekend, and a day farther on one side whose edge comes nearer than that of the other. */
static void test_near__past_days_off_and_on_both_sides(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD
		"calendar: {clause: p.9, week: [mon, tue, wed, thu, fri]}\n"
		"warranty: {terms: [{clause: p.1, from: purchase, lasts: 6 months, rolls: true, remedy: repair}]}\n"
		"contracts:\n  - {clause: p.2, ends: {after: starts, by: 1 month}, renew_notice_on: {before: ends, by: 3 days}}\n");

	(void)state;
	expect(policy, SVC_ASK_WARRANTY, "{purchase: 2024-03-28, claim: 2024-07-28}",
	       "{verdict: covered, near: [{fact: claim, to: 2024-10-01, verdict: expired},"
	       " {fact: purchase, to: 2024-01-26, verdict: expired}]}");
	expect(policy, SVC_ASK_CONTRACT, "{starts: 2024-03-28, as_of: 2024-04-20}",
	       "{verdict: in_force, near: [{fact: as_of, to: 2024-04-25, verdict: expiring},"
	       " {fact: starts, to: 2024-03-23, verdict: expiring}]}");
	svc_policy_free(policy);
}

/* Instants to the second, days through a calendar. */
static void test_near__moments(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD "facts:\n  severity: {one_of: {high: {en: high, zh: 高}, low: {en: low, zh: 低}}}\n"
		     "  task: {one_of: {pay: {en: pay, zh: 付款}}}\n"
		     "calendar: {clause: p.4}\n"
		     "sla:\n  rules:\n"
		     "    - {clause: p.1, when: {severity: high}, arrive: 2 hours}\n"
		     "    - {clause: p.2, when: {not: {severity: high}}, arrive: 1 day}\n"
		     "deadlines: [{clause: p.3, task: pay, due: {after: delivery, by: 3 working days}}]\n");

	(void)state;
	expect(policy, SVC_ASK_SLA, "{severity: high, reported: '2026-03-02T10:00', arrived: '2026-03-02T12:00:01'}",
	       "{verdict: breached, near: [{fact: arrived, to: '2026-03-02T12:00:00+08:00', verdict: met},"
	       " {fact: reported, to: '2026-03-02T10:00:01+08:00'}, {fact: severity, to: low}]}");
	expect(policy, SVC_ASK_SLA, "{severity: low, reported: '2026-03-02T10:00', arrived: '2026-03-04T08:00'}",
	       "{verdict: breached, near: [{fact: reported, to: '2026-03-03T00:00:00+08:00', verdict: met},"
	       " {fact: arrived, to: '2026-03-03T23:59:59+08:00'}]}");
	expect(policy, SVC_ASK_DEADLINE, "{task: pay, delivery: 2026-03-06, as_of: 2026-03-12}",
	       "{verdict: overdue, due: 2026-03-11, near: [{fact: as_of, to: 2026-03-11, verdict: open},"
	       " {fact: delivery, to: 2026-03-09, verdict: open}]}");
	svc_policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_near__days_agree_with_a_search_day_by_day),
		cmocka_unit_test(test_near__settings_pauses_and_several_words),
		cmocka_unit_test(test_near__numbers_words_and_sets),
		cmocka_unit_test(test_near__past_days_off_and_on_both_sides),
		cmocka_unit_test(test_near__moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
