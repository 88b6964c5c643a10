/* Which version of a pack answers: that of the sale, or of the question where the pack says so, at every boundary. */
#include "asking.h"

#include "policy/versions.h"

#include <unistd.h>

static const char *const folders[] = {"packs", NULL};
static const struct svc_policy_places places = {folders, NULL};
#define NOW INT64_C(1772366400) /* 2026-03-01 */

static void write_lamps(const char *effective, const char *head, const char *lasts, const char *price)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "packs/lamps/%s.yaml", effective);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file,
		"policy: lamps\ntitle: {en: Lamps, zh: 灯}\neffective: %s\ncurrency: CNY\ntimezone: Asia/Shanghai\n%s"
		"facts:\n  items: {one_of: {visit: {en: visit, zh: 上门}}}\n"
		"  glow_%.4s: {bool: true, title: {en: glow in %.4s, zh: 光%.4s}}\n"
		"warranty:\n  terms: [{clause: l.1, from: purchase, lasts: %s, remedy: repair}]\n"
		"  exclusions: [{clause: l.2, when: {cause: misuse}}]\n"
		"fees:\n  order: first\n  rules:\n"
		"    - {clause: l.3, item: visit, when: {verdict: covered}, payer: company}\n"
		"    - {clause: l.4, item: visit, when: {in_term: true}, amount: 5.00, payer: customer}\n"
		"    - {clause: l.5, item: visit, amount: %s, payer: customer}\n",
		effective, head, effective, effective, effective, lasts, price);
	fclose(file);
}

/* The first version follows the question, the second again the sale, the third the question for fees. */
static int lay_out(void **state)
{
	(void)state;
	if (system("mkdir -p packs/lamps"))
		return 1;
	write_lamps("2018-01-01", "in_force: question\n", "3 years", "40.00");
	write_lamps("2020-01-01", "", "2 years", "50.00");
	write_lamps("2024-01-01", "in_force: {fee: question, warranty: sale}\n", "1 year", "80.00");
	return 0;
}

struct given {
	const char *facts;
	int fillings;
};

static int fill_yaml(void *context, struct version *version, struct svc_error *err)
{
	struct given *given = context;

	given->fillings++;
	return svc_facts_read(version->facts, given->facts, strlen(given->facts), true, "facts", 1, err);
}

/* What the version that answers says; `expected` begins with its day. */
static void answers(const char *name, enum svc_ask ask, const char *facts, const char *expected)
{
	struct given given = {facts, 0};
	struct version_question question = {.ask = ask, .now = NOW, .fill = fill_yaml, .context = &given};
	struct versions versions;
	struct version *version;
	struct svc_answer answer = {0};
	struct svc_error err = {0};
	char got[600];
	int status = versions_open(&versions, name, &places, SVC_DATE_NONE, &err);

	if (!status)
		status = versions_fill(&versions, &question, &version, &err);
	if (!status)
		status = svc_ask(version->policy, ask, version->facts, false, &answer, &err);
	if (status) {
		snprintf(got, sizeof got, "%d %s", status, err.text);
	} else {
		svc_date_format(answer.version, got);
		snprintf(got + 10, sizeof got - 10, " %s%s%s%s%s", svc_verdict_id(answer.verdict),
			 answer.clause_count ? " " : "", answer.clause_count ? answer.clauses[0] : "",
			 answer.missing_count ? " " : "", answer.missing_count ? answer.missing[0] : "");
	}
	svc_answer_release(&answer);
	versions_release(&versions);
	if (strcmp(got, expected) != 0)
		fail_msg("%s %s %s\n  expected %s\n  got      %s", name, svc_ask_name(ask), facts, expected, got);
}

static void test_versions__the_sale_decides_unless_the_pack_says_otherwise(void **state)
{
	(void)state;
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2023-12-31, claim: 2025-06-01, cause: defect}",
		"2020-01-01 covered l.1");
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2025-06-01, cause: defect}",
		"2024-01-01 expired l.1");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2025-12-31, items: [visit], cause: misuse}",
		"2024-01-01 priced l.4");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2026-01-01, items: [visit], cause: misuse}",
		"2024-01-01 priced l.5");
}

static void test_versions__the_version_of_the_question_says_which_day_counts(void **state)
{
	(void)state;
	/* the second version knows no in_force */
	answers("lamps", SVC_ASK_FEE, "{purchase: 2019-06-01, claim: 2023-12-31, items: [visit], cause: misuse}",
		"2018-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2019-06-01, claim: 2024-01-01, items: [visit], cause: misuse}",
		"2024-01-01 priced l.5");
	/* under the first one even the warranty follows the question */
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2020-06-01, claim: 2019-12-31, cause: defect}",
		"2018-01-01 refer l.1");
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2020-06-01, claim: 2020-01-01, cause: defect}",
		"2020-01-01 refer l.1");
}

static void test_versions__the_day_of_the_question(void **state)
{
	(void)state;
	answers("lamps", SVC_ASK_FEE, "{items: [visit], in_term: false, verdict: expired}", "2024-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE, "{items: [visit], in_term: false, verdict: expired, claim: 2023-12-31}",
		"2020-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE, "{items: [visit], in_term: false, verdict: expired, as_of: 2023-12-31}",
		"2020-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE,
		"{items: [visit], in_term: false, verdict: expired, claim: 2024-01-01, as_of: 2023-12-31}",
		"2024-01-01 priced l.5");
	/* the pack's zone is eight hours ahead */
	answers("lamps", SVC_ASK_FEE, "{items: [visit], in_term: false, verdict: expired, now: 2023-12-31T15:59:59Z}",
		"2020-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE, "{items: [visit], in_term: false, verdict: expired, now: 2023-12-31T16:00:00Z}",
		"2024-01-01 priced l.5");
}

static void test_versions__a_version_that_is_named_answers_by_itself(void **state)
{
	static const char facts[] = "{purchase: 2023-12-31, claim: 2025-06-01, items: [visit], cause: defect}";

	(void)state;
	answers("lamps", SVC_ASK_FEE, facts, "2024-01-01 priced l.3");
	answers("lamps@2024-05-05", SVC_ASK_FEE, facts, "2024-01-01 priced l.5");
	answers("lamps@2023-05-05", SVC_ASK_FEE, facts, "2020-01-01 priced l.3");
	answers("packs/lamps/2024-01-01.yaml", SVC_ASK_FEE, facts, "2024-01-01 priced l.5");
	answers("packs/lamps", SVC_ASK_FEE, facts, "2024-01-01 priced l.3");
	answers("lamps@2023-05-05", SVC_ASK_WARRANTY, "{purchase: 2024-06-01, claim: 2025-06-02, cause: defect}",
		"2020-01-01 covered l.1");
}

/* What the version of the sale leaves open is never decided by the warranty of another. */
static void test_versions__the_warranty_behind_a_fee_is_that_of_the_sale(void **state)
{
	(void)state;
	answers("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2025-06-01, items: [visit]}",
		"2024-01-01 incomplete l.3 verdict");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2026-06-01, items: [visit]}",
		"2024-01-01 priced l.5");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2024-01-01, claim: 2024-06-01, items: [visit]}",
		"2024-01-01 incomplete l.3 cause");
	answers("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2025-06-01, items: [visit], verdict: covered}",
		"2024-01-01 priced l.3");
}

/* A fact need be known to the version that answers only. */
static void test_versions__facts_are_those_of_the_version_that_answers(void **state)
{
	(void)state;
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2023-06-01, claim: 2024-06-01, cause: defect, glow_2020: true}",
		"2020-01-01 covered l.1");
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2023-06-01, claim: 2024-06-01, cause: defect, glow_2024: true}",
		"2 glow_2024: no such fact in policy lamps");
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: 2024-06-01, claim: 2024-07-01, cause: defect, glow_2020: true}",
		"2 glow_2020: no such fact in policy lamps");
	answers("lamps", SVC_ASK_FEE,
		"{purchase: 2023-06-01, claim: 2024-06-01, cause: defect, glow_2024: true, items: [visit]}",
		"2024-01-01 priced l.3");
	answers("lamps", SVC_ASK_WARRANTY, "{purchase: soon, claim: 2024-07-01}",
		"4 purchase: \"soon\" is not a date, written 2026-03-15");
}

static const char *note_of(const char *name, const char *facts, char out[256])
{
	struct given given = {facts, 0};
	struct version_question question = {.ask = SVC_ASK_FEE, .now = NOW, .fill = fill_yaml, .context = &given};
	struct versions versions;
	struct version *version;
	struct svc_answer answer = {0};

	assert_int_equal(versions_open(&versions, name, &places, SVC_DATE_NONE, NULL), 0);
	assert_int_equal(versions_fill(&versions, &question, &version, NULL), 0);
	assert_int_equal(svc_ask(version->policy, SVC_ASK_FEE, version->facts, false, &answer, NULL), 0);
	snprintf(out, 256, "%s", answer.note_count ? answer.notes[0] : "");
	svc_answer_release(&answer);
	versions_release(&versions);
	return out;
}

static void test_versions__a_day_before_the_first_version_is_noted(void **state)
{
	char note[256];

	(void)state;
	assert_string_equal(
		note_of("lamps", "{items: [visit], in_term: false, verdict: expired, claim: 2017-12-31}", note),
		"asked before the first version of the policy (2018-01-01), which answers");
	assert_string_equal(
		note_of("lamps",
			"{items: [visit], in_term: false, verdict: expired, claim: 2018-01-01, purchase: 2017-12-31}",
			note),
		"");
	assert_string_equal(
		note_of("lamps@2021-01-01",
			"{items: [visit], in_term: false, verdict: expired, claim: 2024-01-01, purchase: 2019-12-31}",
			note),
		"sold before the first version of the policy (2020-01-01), which answers");
}

/* A day is looked up once, and a vector serves many questions. */
static void test_versions__are_opened_once(void **state)
{
	struct given given = {"{purchase: 2023-12-31, claim: 2025-06-01, items: [visit], cause: defect}", 0};
	struct version_question question = {.ask = SVC_ASK_FEE, .now = NOW, .fill = fill_yaml, .context = &given};
	struct versions versions;
	struct version *version, *again;

	(void)state;
	assert_int_equal(versions_open(&versions, "lamps", &places, svc_date_of(2021, 1, 1), NULL), 0);
	assert_true(versions.several);
	assert_int_equal(versions_fill(&versions, &question, &version, NULL), 0);
	assert_int_equal(given.fillings,
			 3); /* to learn the days, to ask the new version, and the old of the warranty */
	assert_int_equal(versions_fill(&versions, &question, &again, NULL), 0);
	assert_ptr_equal(version, again);
	assert_int_equal(versions.count, 2);
	versions_release(&versions);
	assert_int_equal(versions_open(&versions, "lamp", &places, SVC_DATE_NONE, NULL), SVC_NOT_FOUND);
}

static bool decides(const char *name, enum svc_ask ask, const char *facts)
{
	struct svc_policy *newest;
	struct svc_facts *vector;

	assert_int_equal(svc_policy_open(&newest, name, SVC_DATE_NONE, &places, NULL), 0);
	assert_int_equal(svc_facts_new(&vector, newest, NULL), 0);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, NULL), 0);
	bool alone = svc_policy_decides(newest, name, ask, vector, NOW, &places);
	svc_facts_free(vector);
	svc_policy_free(newest);
	return alone;
}

static void test_versions__one_version_decides_alone_or_not(void **state)
{
	(void)state;
	assert_true(decides("lamps", SVC_ASK_WARRANTY, "{purchase: 2024-01-01, claim: 2024-02-01}"));
	assert_false(decides("lamps", SVC_ASK_WARRANTY, "{purchase: 2023-12-31, claim: 2024-02-01}"));
	assert_false(decides("lamps", SVC_ASK_FEE, "{purchase: 2023-12-31, claim: 2024-02-01}"));
	assert_false(decides("lamps", SVC_ASK_FEE, "{claim: 2023-12-31}"));
	assert_true(decides("lamps", SVC_ASK_FEE, "{}"));
	assert_true(decides("lamps@2024-01-01", SVC_ASK_FEE, "{purchase: 2023-12-31}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_versions__the_sale_decides_unless_the_pack_says_otherwise),
		cmocka_unit_test(test_versions__the_version_of_the_question_says_which_day_counts),
		cmocka_unit_test(test_versions__the_day_of_the_question),
		cmocka_unit_test(test_versions__a_version_that_is_named_answers_by_itself),
		cmocka_unit_test(test_versions__the_warranty_behind_a_fee_is_that_of_the_sale),
		cmocka_unit_test(test_versions__facts_are_those_of_the_version_that_answers),
		cmocka_unit_test(test_versions__a_day_before_the_first_version_is_noted),
		cmocka_unit_test(test_versions__are_opened_once),
		cmocka_unit_test(test_versions__one_version_decides_alone_or_not),
	};
	char scratch[] = "/tmp/svc-versions-XXXXXX";
	int failed;

	if (!mkdtemp(scratch) || chdir(scratch))
		return 1;
	failed = cmocka_run_group_tests(tests, lay_out, NULL);
	return system("rm -r packs") || chdir("/") || rmdir(scratch) || failed;
}
