/* Which rules a run of cases exercises: those that hold, are cited, or have a row in the answer. */
#include "asking.h"

#include "policy/coverage.h"

#define PACK                                                                                                           \
	HEAD "facts:\n"                                                                                                \
	     "  stage: {one_of: {intake: {en: intake, zh: 接}, bench: {en: bench, zh: 台}}}\n"                       \
	     "  event: {one_of: {start: {en: start, zh: 始}, stop: {en: stop, zh: 停}}}\n"                           \
	     "  signed: {bool: true, title: {en: signed, zh: 签}}\n"                                                  \
	     "  paid: {bool: true, title: {en: paid, zh: 付}}\n"                                                      \
	     "warranty:\n"                                                                                             \
	     "  terms:\n"                                                                                              \
	     "    - {clause: p.1, when: {not: {cause: wear}}, from: purchase, lasts: 1 year, remedy: repair}\n"        \
	     "    - {clause: p.2, when: {cause: wear}, from: purchase, lasts: 1 month, remedy: repair}\n"              \
	     "  exclusions: [{clause: p.3, when: {cause: misuse}}]\n"                                                  \
	     "workflow:\n  order: p.4\n  flow:\n"                                                                      \
	     "    - {clause: p.5, from: intake, event: start, to: bench, guards: [{fact: signed, clause: p.6}, "       \
	     "{fact: paid, when: {owner: later}, clause: p.7}]}\n"                                                     \
	     "    - {clause: p.8, from: bench, event: stop, to: intake}\n"                                             \
	     "checklists:\n"                                                                                           \
	     "  - clause: p.9\n    stage: intake\n    steps:\n"                                                        \
	     "      - {id: greet, text: {en: Greet., zh: 问好。}}\n"                                                \
	     "      - {id: weigh, when: {owner: later}, text: {en: Weigh., zh: 称重。}}\n"

static void note(struct svc_coverage *coverage, struct svc_policy *policy, enum svc_ask ask, const char *facts,
		 const char *asks)
{
	struct svc_answer answer = {0};
	struct svc_facts *vector = NULL;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&vector, policy, &err), 0);
	assert_int_equal(svc_facts_read(vector, facts, strlen(facts), true, "facts", 1, &err), 0);
	if (svc_ask(policy, ask, vector, false, &answer, &err))
		fail_msg("%s", err.text);
	coverage_note(coverage, vector, &answer, asks);
	svc_answer_release(&answer);
	svc_facts_free(vector);
}

static int list(void *context, const struct svc_covered_rule *rule)
{
	strbuf_printf(context, "%s:%zu ", *rule->clause ? rule->clause : rule->section, rule->cases);
	return 0;
}

static void expect_cases(const struct svc_coverage *coverage, const char *expected)
{
	struct strbuf lines = {0};

	assert_int_equal(svc_coverage_rules(coverage, list, &lines), 0);
	strbuf_puts(&lines, "");
	assert_string_equal(lines.text, expected);
	strbuf_release(&lines);
}

static void test_coverage__a_rule_is_exercised_when_it_holds(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();

	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: defect}",
	     "warranty");
	expect_cases(coverage, "p.1:1 p.2:0 p.3:0 ");
	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: misuse}",
	     "warranty");
	expect_cases(coverage, "p.1:2 p.2:0 p.3:1 ");
	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: wear}", "warranty");
	expect_cases(coverage, "p.1:2 p.2:1 p.3:1 ");
	svc_coverage_free(coverage);
}

/* A guard that does not apply, and a transition from another stage, are not exercised. */
static void test_coverage__of_a_flow_only_what_was_asked_for_counts(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();

	note(coverage, *state, SVC_ASK_TRANSITION, "{stage: intake, event: start, signed: false, owner: original}",
	     "transition");
	expect_cases(coverage, "p.5:0 p.6:1 p.7:0 p.8:0 p.4:0 ");
	note(coverage, *state, SVC_ASK_TRANSITION, "{stage: bench, event: stop}", "transition");
	expect_cases(coverage, "p.5:0 p.6:1 p.7:0 p.8:1 p.4:0 ");
	note(coverage, *state, SVC_ASK_TRANSITION, "{stage: bench, event: start}", "transition");
	expect_cases(coverage, "p.5:0 p.6:1 p.7:0 p.8:1 p.4:1 ");
	svc_coverage_free(coverage);
}

static void test_coverage__a_step_is_exercised_by_its_row(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();

	note(coverage, *state, SVC_ASK_CHECKLIST, "{stage: intake, owner: original}", "checklist");
	expect_cases(coverage, "p.9:1 p.9:1 p.9:0 ");
	note(coverage, *state, SVC_ASK_CHECKLIST, "{stage: intake, owner: later}", "checklist");
	expect_cases(coverage, "p.9:2 p.9:2 p.9:1 ");
	svc_coverage_free(coverage);
}

static int stop(void *context, const struct svc_covered_rule *rule)
{
	assert_string_equal(rule->policy, "p");
	assert_string_equal(rule->section, "warranty.terms");
	assert_string_equal(rule->file, "p.yaml");
	assert_true(rule->line > 0);
	assert_non_null(strstr(rule->rule, "lasts: 1 year"));
	++*(int *)context;
	return 77;
}

static void test_coverage__who_is_told_may_stop(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();
	int told = 0;

	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: wear}", NULL);
	assert_int_equal(svc_coverage_rules(coverage, stop, &told), 77);
	assert_int_equal(told, 1);
	svc_coverage_free(coverage);
	svc_coverage_free(NULL);
}

/* The same text is the same pack, wherever it was opened. */
static void test_coverage__packs_are_told_apart_by_their_text(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();
	struct svc_policy *again = pack_of(PACK), *other = pack_of(HEAD "warranty: {terms: [{clause: q.1, from: "
									"purchase, lasts: 1 year, remedy: repair}]}\n");

	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: wear}", "warranty");
	note(coverage, again, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: wear}", "warranty");
	note(coverage, other, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01}", "warranty");
	expect_cases(coverage, "p.1:0 p.2:2 p.3:0 q.1:1 ");
	svc_policy_free(again);
	svc_policy_free(other);
	svc_coverage_free(coverage);
}

static void test_coverage__a_rule_is_found_by_its_place_in_the_walk(void **state)
{
	struct svc_coverage *coverage = svc_coverage_new();
	size_t cases = 9;

	note(coverage, *state, SVC_ASK_WARRANTY, "{purchase: 2026-01-01, claim: 2026-02-01, cause: wear}", NULL);
	assert_true(coverage_of(coverage, *state, 1, &cases));
	assert_int_equal(cases, 1);
	assert_true(coverage_of(coverage, *state, 2, &cases));
	assert_int_equal(cases, 0);
	svc_coverage_free(coverage);
}

static void test_coverage__a_list_of_words_holds_whole_words(void **state)
{
	(void)state;
	assert_true(list_names(NULL, "fee"));
	assert_true(list_names("warranty,fee", "fee"));
	assert_true(list_names("fee,warranty", "fee"));
	assert_false(list_names("fees,warranty", "fee"));
	assert_false(list_names("", "fee"));
}

static int open_pack(void **state)
{
	*state = pack_of(PACK);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_coverage__a_rule_is_exercised_when_it_holds),
		cmocka_unit_test(test_coverage__of_a_flow_only_what_was_asked_for_counts),
		cmocka_unit_test(test_coverage__a_step_is_exercised_by_its_row),
		cmocka_unit_test(test_coverage__who_is_told_may_stop),
		cmocka_unit_test(test_coverage__packs_are_told_apart_by_their_text),
		cmocka_unit_test(test_coverage__a_rule_is_found_by_its_place_in_the_walk),
		cmocka_unit_test(test_coverage__a_list_of_words_holds_whole_words),
	};

	return cmocka_run_group_tests_name("coverage", tests, open_pack, close_pack);
}
