/* Files of cases: which are run, what is told of each, and what is no case. */
#include "asking.h"

#include <unistd.h>

#define NOW 1772366400 /* 2026-03-01 */

static const char *const folders[] = {"packs", NULL};
static const struct svc_policy_places places = {folders, NULL};

struct told {
	size_t count, passed, failed, today;
	char ids[512], differences[4096];
};

static void tell(void *context, const struct svc_case_result *result)
{
	struct told *told = context;
	size_t used = strlen(told->ids), length = strlen(told->differences);

	told->count++;
	told->today += result->depends_on_today;
	snprintf(told->ids + used, sizeof told->ids - used, "%s:%d ", result->id, result->line);
	if (result->difference)
		snprintf(told->differences + length, sizeof told->differences - length, "%s\n", result->difference);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int run(const char *text, const struct svc_case_choice *choice, struct told *told, struct svc_error *err)
{
	static const struct svc_case_choice all;

	*told = (struct told){0};
	*err = (struct svc_error){0};
	write_file("cases.yaml", text);
	return svc_cases_run("cases.yaml", choice ? choice : &all, &places, NOW, tell, told, &told->passed,
			     &told->failed, err);
}

static void version(const char *path, const char *id, const char *effective, const char *lasts)
{
	char text[1024];

	snprintf(text, sizeof text,
		 "policy: %s\ntitle: {en: P, zh: 甲}\neffective: %s\ncurrency: CNY\ntimezone: Asia/Shanghai\n"
		 "settings:\n  more: {type: duration, title: {en: more, zh: 延长}}\n"
		 "  tariff: {type: prices, title: {en: tariff, zh: 价目}}\n"
		 "warranty:\n  terms:\n    - {clause: p.1, from: purchase, lasts: %s, remedy: repair}\n"
		 "    - {clause: p.2, when: {component: {is: known}}, from: purchase, lasts: {setting: more}, remedy: "
		 "replace}\n"
		 "fees:\n  - {clause: p.3, item: parts, amount: {setting: tariff}, payer: customer}\n",
		 id, effective, lasts);
	write_file(path, text);
}

static int lay_out(void **state)
{
	(void)state;
	if (system("mkdir -p packs/p"))
		return 1;
	version("packs/p/2020-01-01.yaml", "p", "2020-01-01", "1 year");
	version("packs/p/2025-01-01.yaml", "p", "2025-01-01", "2 years");
	for (char id[] = "a", *c = id; *c <= 'i'; ++*c) {
		char path[32];

		snprintf(path, sizeof path, "packs/%s.yaml", id);
		version(path, id, "2020-01-01", "1 year");
	}
	return 0;
}

static void test_cases__each_passes_or_tells_its_difference(void **state)
{
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(run("- {id: one, policy: p, ask: warranty, why: it ends, given: {purchase: 2025-06-01, claim: "
			     "2026-03-01}, expect: {verdict: covered, ends: 2027-06-01}}\n"
			     "- {id: two, policy: p, ask: warranty, given: {purchase: 2025-06-01, claim: 2026-03-01}, "
			     "expect: {verdict: expired, ends: 2027-06-02}}\n",
			     NULL, &told, &err),
			 SVC_OK);
	assert_int_equal(told.passed, 1);
	assert_int_equal(told.failed, 1);
	assert_int_equal(told.today, 0);
	assert_string_equal(told.ids, "one:1 two:2 ");
	assert_string_equal(told.differences,
			    "verdict: expected expired, got covered\nends: expected 2027-06-02, got 2027-06-01\n");
}

static void test_cases__the_version_is_that_of_the_sale(void **state)
{
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(
		run("- {id: old, policy: p, ask: warranty, given: {purchase: 2024-06-01, claim: 2025-03-01}, expect: "
		    "{version: 2020-01-01, ends: 2025-06-01}}\n"
		    "- {id: new, policy: p, ask: warranty, given: {purchase: 2025-06-01, claim: 2025-07-01}, expect: "
		    "{version: 2025-01-01, ends: 2027-06-01}}\n"
		    "- {id: dated, policy: p@2020-01-01, ask: warranty, given: {purchase: 2025-06-01, claim: "
		    "2025-07-01}, expect: {version: 2020-01-01}}\n"
		    "- {id: none, policy: p, ask: warranty, expect: {version: 2025-01-01, missing: [purchase]}}\n",
		    NULL, &told, &err),
		SVC_OK);
	assert_string_equal(told.differences, "");
	assert_int_equal(told.passed, 4);
}

static void test_cases__settings_are_given_with_the_case(void **state)
{
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(
		run("- {id: one, policy: p, ask: warranty, given: {component: motor, purchase: 2025-06-01, claim: "
		    "2025-07-01}, settings: {more: 3 years}, expect: {remedy: replace, ends: 2028-06-01}}\n"
		    "- {id: two, policy: p, ask: fee, given: {items: [parts]}, settings: {more: 3 years, tariff: "
		    "{parts: '7.50'}}, expect: {total: '7.50'}}\n"
		    "- {id: three, policy: p, ask: fee, given: {items: [parts]}, settings: {mroe: 3 years}, expect: "
		    "{}}\n",
		    NULL, &told, &err),
		SVC_OK);
	assert_int_equal(told.passed, 2);
	assert_string_equal(told.differences, "can't be asked: mroe: no such setting in policy p\n");
}

static void test_cases__what_hangs_on_the_day_is_told(void **state)
{
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(
		run("- {id: one, policy: p, ask: warranty, given: {purchase: 2025-06-01}, expect: {verdict: covered}}\n"
		    "- {id: two, policy: p, ask: fee, given: {items: [parts]}, expect: {missing: [tariff]}}\n"
		    "- {id: three, policy: p, ask: warranty, given: {purchase: 2025-06-01, claim: 2026-03-01}, "
		    "expect: {verdict: covered}}\n",
		    NULL, &told, &err),
		SVC_OK);
	assert_int_equal(told.passed, 3);
	assert_int_equal(told.today, 1);
}

static void test_cases__only_those_that_are_chosen_run(void **state)
{
	static const char cases[] = "- {id: a/one, policy: p, ask: warranty, expect: {}}\n"
				    "- {id: a/two, policy: a, ask: fee, expect: {}}\n"
				    "- {id: b/one, policy: b, ask: fee, expect: {}}\n";
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(run(cases, &(struct svc_case_choice){.policies = "x,b"}, &told, &err), SVC_OK);
	assert_string_equal(told.ids, "b/one:3 ");
	assert_int_equal(run(cases, &(struct svc_case_choice){.asks = "fee,return"}, &told, &err), SVC_OK);
	assert_string_equal(told.ids, "a/two:2 b/one:3 ");
	assert_int_equal(run(cases, &(struct svc_case_choice){.glob = "*/one"}, &told, &err), SVC_OK);
	assert_string_equal(told.ids, "a/one:1 b/one:3 ");
}

static void test_cases__many_packs_are_opened_and_given_back(void **state)
{
	char text[2048] = "";
	struct svc_error err;
	struct told told;

	(void)state;
	for (int round = 0; round < 2; round++)
		for (char id = 'a'; id <= 'i'; id++)
			snprintf(text + strlen(text), sizeof text - strlen(text),
				 "- {id: %c, policy: %c, ask: fee, expect: {policy: %c}}\n", id, id, id);
	assert_int_equal(run(text, NULL, &told, &err), SVC_OK);
	assert_int_equal(told.passed, 18);
}

static void test_cases__what_cant_be_asked_fails(void **state)
{
	struct svc_error err;
	struct told told;

	(void)state;
	assert_int_equal(run("- {id: one, policy: nowhere, ask: warranty, expect: {}}\n"
			     "- {id: two, policy: p, ask: waranty, expect: {}}\n"
			     "- {id: three, policy: p, ask: return, expect: {}}\n"
			     "- {id: four, policy: p, ask: warranty, given: {clam: 2025-01-01}, expect: {}}\n"
			     "- {id: five, policy: p, ask: warranty, given: [], expect: {}}\n",
			     NULL, &told, &err),
			 SVC_OK);
	assert_int_equal(told.failed, 5);
	assert_string_equal(told.differences, "can't be asked: no policy pack nowhere\n"
					      "can't be asked: no such question: waranty\n"
					      "can't be asked: the policy p has no rules for the question return\n"
					      "can't be asked: clam: no such fact in policy p\n"
					      "can't be asked: facts are a map of names and values\n");
}

static void test_cases__a_file_that_is_none_is_refused_whole(void **state)
{
	static const struct {
		const char *text, *fault;
		int line;
	} files[] = {
		{"id: one\n", "a file of cases is a list", 1},
		{"", "a file of cases is a list", 1},
		{"- {id: one, policy: p, ask: fee, expect: {}}\n- {policy: p, ask: fee, expect: {}}\n",
		 "the case has no id", 2},
		{"- {id: one, policy: [p], ask: fee, expect: {}}\n", "the case has no policy", 1},
		{"- {id: one, policy: p, expect: {}}\n", "the case has no ask", 1},
		{"- one\n", "a case is a map with id, policy, ask, given and expect", 1},
		{"- {id: one, policy: p, ask: fee}\n", "a case is a map with id, policy, ask, given and expect", 1},
		{"- {id: one, policy: p, ask: fee, expect: []}\n",
		 "a case is a map with id, policy, ask, given and expect", 1},
		{"- {id: one, policy: p, ask: fee, expect: {}, expects: {}}\n", "a case has no key expects", 1},
		{"- {id: one, policy: p, ask: fee, expect: {absent: [{a: b}]}}\n",
		 "absent takes the names of fields or elements", 1},
		{"- {id: one, policy: p, ask: fee, expect: {absent: {a: b}}}\n",
		 "absent takes the names of fields or elements", 1},
		{"- {id: one\n", "a comma or '}' is missing", 2},
	};
	struct svc_error err;
	struct told told;

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		assert_int_equal(run(files[i].text, NULL, &told, &err), SVC_BAD_INPUT);
		assert_string_equal(err.text, files[i].fault);
		assert_string_equal(err.file, "cases.yaml");
		assert_int_equal(err.line, files[i].line);
		assert_int_equal(told.count, 0);
	}
	assert_int_equal(svc_cases_run("nowhere.yaml", &(struct svc_case_choice){0}, &places, NOW, tell, &told,
				       &told.passed, &told.failed, &err),
			 SVC_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases__each_passes_or_tells_its_difference),
		cmocka_unit_test(test_cases__the_version_is_that_of_the_sale),
		cmocka_unit_test(test_cases__settings_are_given_with_the_case),
		cmocka_unit_test(test_cases__what_hangs_on_the_day_is_told),
		cmocka_unit_test(test_cases__only_those_that_are_chosen_run),
		cmocka_unit_test(test_cases__many_packs_are_opened_and_given_back),
		cmocka_unit_test(test_cases__what_cant_be_asked_fails),
		cmocka_unit_test(test_cases__a_file_that_is_none_is_refused_whole),
	};
	char scratch[] = "/tmp/svc-cases-XXXXXX";
	int failed;

	if (!mkdtemp(scratch) || chdir(scratch))
		return 1;
	failed = cmocka_run_group_tests(tests, lay_out, NULL);
	return system("rm -rf cases.yaml packs") || chdir("/") || rmdir(scratch) || failed;
}
