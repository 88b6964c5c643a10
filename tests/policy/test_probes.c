/* Boundary cases: that none is missed on packs that are small enough to be searched through, and what is exercised. */
#include "asking.h"

#include "svc/prove.h"

static const char rules[] = HEAD
	"facts:\n"
	"  hours_run: {number: {min: 0, max: 5000}, title: {en: hours run, zh: 运行小时}}\n"
	"settings:\n"
	"  most_paid: {type: money, default: 500.00, title: {en: most, zh: 最高}}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair}\n"
	"    - {clause: p.2, when: {hours_run: {below: 1000}, price: {above: {setting: most_paid}}}, from: purchase, "
	"lasts: 3 months, remedy: replace}\n"
	"    - {clause: p.3, when: {claim: {within: 7 days, of: delivery}}, from: purchase, lasts: 2 years, remedy: "
	"refund}\n"
	"  exclusions:\n"
	"    - {clause: p.4, when: {cause: [misuse, liquid], not: {owner: later}}}\n"
	"  requires:\n"
	"    - {clause: p.5, needs: {documents: {any: [invoice, warranty_card]}}}\n";

struct seen {
	struct svc_policy *policy;
	char facts[512][600];
	char edges[512][128];
	size_t count;
};

static int see(void *context, const struct svc_probe *probe)
{
	struct seen *seen = context;
	struct svc_answer answer = {0};
	char *facts = svc_facts_json(probe->facts, false);

	assert_true(seen->count < 512);
	snprintf(seen->facts[seen->count], sizeof seen->facts[0], "%s", facts);
	snprintf(seen->edges[seen->count], sizeof seen->edges[0], "%s", probe->edge);
	for (size_t i = 0; i < seen->count; i++)
		if (!strcmp(seen->facts[i], facts))
			fail_msg("twice: %s", facts);
	seen->count++;
	assert_int_equal(svc_ask(seen->policy, probe->ask, probe->facts, false, &answer, NULL), SVC_OK);
	if (answer.verdict == SVC_VERDICT_INCOMPLETE)
		fail_msg("not complete: %s", facts);
	free(facts);
	svc_answer_release(&answer);
	return 0;
}

static struct seen *probes_of(const char *text)
{
	struct seen *seen = calloc(1, sizeof *seen);
	struct svc_error err = {0};

	seen->policy = pack_of(text);
	assert_int_equal(svc_policy_probes(seen->policy, 0, NULL, see, seen, &err), 0);
	return seen;
}

static void done(struct seen *seen)
{
	svc_policy_free(seen->policy);
	free(seen);
}

static bool has(const struct seen *seen, const char *part)
{
	for (size_t i = 0; i < seen->count; i++)
		if (strstr(seen->facts[i], part))
			return true;
	return false;
}

static void both_sides(void **state)
{
	static const char *const parts[] = {"\"claim\":\"2025-03-18\"", "\"claim\":\"2025-03-19\"", /* one year */
					    "\"claim\":\"2024-06-18\"", "\"claim\":\"2024-06-19\"", /* three months */
					    "\"claim\":\"2026-03-18\"", "\"claim\":\"2026-03-19\"", /* two years */
					    "\"claim\":\"2024-03-17\"", /* the day before */
					    "\"claim\":\"2024-03-25\"", "\"claim\":\"2024-03-26\"", /* seven days */
					    "\"hours_run\":999",        "\"hours_run\":1000",
					    "\"price\":\"500.00\"",     "\"price\":\"500.01\"",
					    "\"cause\":\"misuse\"",     "\"owner\":\"later\"",
					    "\"documents\":[]",         "\"documents\":[\"invoice\"]"};
	struct seen *seen = probes_of(rules);

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!has(seen, parts[i]))
			fail_msg("no case with %s", parts[i]);
	done(seen);
}

static void answer_on(struct svc_policy *policy, svc_date day, struct svc_answer *answer)
{
	struct svc_facts *facts;
	char text[16];

	svc_date_format(day, text);
	assert_int_equal(svc_facts_new(&facts, policy, NULL), 0);
	assert_int_equal(svc_facts_set(facts, "purchase", "2024-03-18", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "delivery", "2024-03-18", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "documents", "invoice", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "cause", "defect", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "hours_run", "1", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "price", "1000", NULL), 0);
	assert_int_equal(svc_facts_set(facts, "claim", text, NULL), 0);
	assert_int_equal(svc_ask(policy, SVC_ASK_WARRANTY, facts, false, answer, NULL), SVC_OK);
	svc_facts_free(facts);
}

/* Every day on which the answer of a whole life turns is the claim of some case, and so is the day before. */
static void no_day_is_missed(void **state)
{
	struct seen *seen = probes_of(rules);
	struct svc_answer answer = {0};
	enum svc_remedy remedy = SVC_REMEDY_UNSET;
	enum svc_verdict verdict = SVC_VERDICT_NONE_YET;
	svc_date sale = svc_date_of(2024, 3, 18);

	(void)state;
	for (svc_date day = sale - 10; day < sale + 1200; day++) {
		answer_on(seen->policy, day, &answer);
		for (int back = 1; back >= 0 && verdict && (answer.remedy != remedy || answer.verdict != verdict);
		     back--) {
			char part[32], text[16];

			svc_date_format(day - back, text);
			snprintf(part, sizeof part, "\"claim\":\"%s\"", text);
			if (!has(seen, part))
				fail_msg("the answer turns on %s, and no case is asked on it", text);
		}
		remedy = answer.remedy;
		verdict = answer.verdict;
	}
	svc_answer_release(&answer);
	done(seen);
}

static int stop(void *context, const struct svc_probe *probe)
{
	assert_int_equal(probe->ask, SVC_ASK_WARRANTY);
	return ++*(int *)context == 3 ? 7 : 0;
}

static void asks_and_stopping(void **state)
{
	struct svc_policy *policy = pack_of(rules);
	int count = 0;

	(void)state;
	assert_int_equal(svc_policy_probes(policy, 1U << SVC_ASK_WARRANTY, NULL, stop, &count, NULL), 7);
	assert_int_equal(count, 3);
	count = 0;
	assert_int_equal(svc_policy_probes(policy, 1U << SVC_ASK_FEE, NULL, stop, &count, NULL), 0);
	assert_int_equal(count, 0);
	svc_policy_free(policy);
}

/* A setting that the vector holds is the one that the cases have. */
static void with_settings(void **state)
{
	struct seen *seen = calloc(1, sizeof *seen);
	struct svc_facts *settings;

	(void)state;
	seen->policy = pack_of(rules);
	assert_int_equal(svc_facts_new(&settings, seen->policy, NULL), 0);
	assert_int_equal(svc_facts_setting(settings, "most_paid", "80.00", NULL), 0);
	assert_int_equal(svc_policy_probes(seen->policy, 0, settings, see, seen, NULL), 0);
	assert_true(has(seen, "\"price\":\"80.00\""));
	assert_true(has(seen, "\"price\":\"80.01\""));
	assert_false(has(seen, "\"price\":\"500.01\""));
	svc_facts_free(settings);
	done(seen);
}

static void expect_all(const char *text, const char *const *parts, size_t count)
{
	struct seen *seen = probes_of(text);

	for (size_t i = 0; i < count; i++)
		if (!has(seen, parts[i]))
			fail_msg("no case with %s", parts[i]);
	done(seen);
}

#define EXPECT(text, ...)                                                                                              \
	expect_all(text, (const char *const[]){__VA_ARGS__}, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

/* A limit, and each side of it: of a range, of a tolerance, and as fine as it is written. */
static void readings_at_their_limits(void **state)
{
	(void)state;
	EXPECT(HEAD "facts:\n  task: {one_of: {play: {en: play, zh: 间隙}, tyre: {en: tyre, zh: 胎压}}}\n"
		    "settings: {off: {type: number, default: 7, title: {en: off, zh: 偏差}}}\n"
		    "maintenance:\n  readings:\n"
		    "    - {clause: p.1, task: play, pass: {between: [0.5, 3]}}\n"
		    "    - {clause: p.2, task: tyre, pass: {target: 137, tolerance: {setting: off}}}\n",
	       "{\"play\":\"0.4\"}", "{\"play\":\"0.5\"}", "{\"play\":\"0.6\"}", "{\"play\":\"2\"}", "{\"play\":\"3\"}",
	       "{\"play\":\"4\"}", "{\"tyre\":\"129\"}", "{\"tyre\":\"130\"}", "{\"tyre\":\"144\"}",
	       "{\"tyre\":\"145\"}");
}

static void visits_that_touch_and_candidates(void **state)
{
	(void)state;
	EXPECT(HEAD "facts:\n  skills: {set_of: {gas: {en: gas, zh: 燃气}, power: {en: power, zh: 电}}}\n"
		    "dispatch:\n  rules: [{clause: p.1, leave_by: {before: appointed, by: travel_minutes}}]\n"
		    "  choose: [open_jobs, id]\n",
	       "\"jobs\":[", "\"open_jobs\":\"2\"", "\"candidates\":[{\"id\":\"B\"");
}

/* A fault stands for a cause until the cause is given; a day of the sale that a rule asks for; ranks of several months. */
static void rules_that_hide(void **state)
{
	(void)state;
	EXPECT(HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n"
		    "  exclusions: [{clause: p.2, when: {cause: wear, all: [{fault: {is: known}}, {fault: none}]}}]\n",
	       "\"fault\":\"none\",\"cause\":\"wear\"");
	EXPECT(HEAD
	       "warranty:\n  terms:\n    - {clause: p.1, from: purchase, lasts: 1 year, remedy: repair}\n"
	       "    - {clause: p.2, when: {purchase: {at_least: 2026-07-31}}, from: purchase, lasts: 3 years, remedy: repair}\n",
	       "\"purchase\":\"2026-07-31\"", "\"purchase\":\"2026-07-30\"", "\"claim\":\"2029-07-31\"",
	       "\"claim\":\"2029-08-01\"");
	EXPECT(HEAD "words: {dismissal: {en: dismissal, zh: 辞退}}\n"
		    "conduct:\n  ranks: [{clause: p.1, rank: 2, running: 3, consequences: [dismissal]}]\n",
	       "[{\"month\":\"2024-01\",\"rank\":\"2\"},{\"month\":\"2024-02\",\"rank\":\"2\"},{\"month\":\"2024-03\",\"rank\":\"2\"}]");
}

/* An hour between two settings, a share that is of something, a tariff that is not set. */
static void values_that_settings_and_shares_need(void **state)
{
	(void)state;
	EXPECT(HEAD
	       "facts: {hour: {number: {min: 0, max: 23}, title: {en: hour, zh: 时}}}\n"
	       "settings:\n  noon: {type: number, default: 12, title: {en: noon, zh: 中午}}\n"
	       "  night: {type: number, default: 18, title: {en: night, zh: 晚上}}\n"
	       "warranty:\n  terms: [{clause: p.1, when: {hour: {at_least: {setting: noon}, below: {setting: night}}}, "
	       "from: purchase, lasts: 1 year, remedy: repair}]\n",
	       "\"hour\":11", "\"hour\":12", "\"hour\":17", "\"hour\":18");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides),
		cmocka_unit_test(no_day_is_missed),
		cmocka_unit_test(asks_and_stopping),
		cmocka_unit_test(with_settings),
		cmocka_unit_test(readings_at_their_limits),
		cmocka_unit_test(visits_that_touch_and_candidates),
		cmocka_unit_test(rules_that_hide),
		cmocka_unit_test(values_that_settings_and_shares_need),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
