/* survey: questions, levels, and what the answers come to. */
#include "asking.h"

#define WORDS                                                                                                                   \
	HEAD "words:\n  call_back: {en: call back, zh: 回电}\n"                                                               \
	     "settings:\n  lowest: {clause: p.1, type: number, title: {en: lowest, zh: 甲下限}}\n"                           \
	     "facts:\n  kind: {one_of: {long: {en: long, zh: 长}, short: {en: short, zh: 短}}, title: {en: kind, zh: 类}}\n" \
	     "survey:\n"                                                                                                        \
	     "  levels:\n"                                                                                                      \
	     "    - {id: very_good, clause: p.2, title: {en: very good, zh: 很好}, value: 4}\n"                               \
	     "    - {id: good, clause: p.2, title: {en: good, zh: 好}, value: 3}\n"                                            \
	     "    - {id: fair, clause: p.2, title: {en: fair, zh: 一般}, value: 2}\n"                                         \
	     "    - {id: bad, clause: p.2, title: {en: bad, zh: 差}, value: 1}\n"                                              \
	     "  questions:\n"                                                                                                   \
	     "    - {clause: p.3, id: attitude, text: {en: 'How was he?', zh: 态度如何？}}\n"                              \
	     "    - {clause: p.4, id: skill, text: {en: 'How was it done?', zh: 技术如何？}}\n"

#define ONE_BAD WORDS "  outcomes: [{clause: p.5, verdict: unsatisfied, any_at_most: 1, actions: [call_back]}]\n"

static void ask(const char *pack, const char *facts, const char *expected)
{
	struct svc_policy *policy = pack_of(pack);

	expect(policy, SVC_ASK_SURVEY, facts, expected);
	svc_policy_free(policy);
}

static void test_survey__one_low_mark_is_enough(void **state)
{
	(void)state;
	ask(ONE_BAD, "{answers: {attitude: very_good, skill: bad}}",
	    "{verdict: unsatisfied, score: 2.5, actions: [call_back], clauses: [p.5]}");
	ask(ONE_BAD, "{answers: {attitude: fair, skill: fair}}", "{verdict: satisfied, score: 2, absent: [actions]}");
}

static void test_survey__answers_by_their_titles(void **state)
{
	(void)state;
	ask(ONE_BAD, "{answers: {attitude: 很好, skill: very good}}", "{verdict: satisfied, score: 4}");
}

static void test_survey__all_high_enough(void **state)
{
	const char *pack = WORDS "  outcomes: [{clause: p.5, verdict: satisfied, all_at_least: 3}]\n";

	(void)state;
	ask(pack, "{answers: {attitude: good, skill: very_good}}", "{verdict: satisfied, clauses: [p.5]}");
	ask(pack, "{answers: {attitude: fair, skill: very_good}}", "{verdict: unsatisfied}");
}

static void test_survey__the_mean(void **state)
{
	const char *pack = WORDS "  outcomes: [{clause: p.5, verdict: unsatisfied, mean_below: 2.5}]\n";

	(void)state;
	ask(pack, "{answers: {attitude: good, skill: fair}}", "{verdict: satisfied, score: 2.5}");
	ask(pack, "{answers: {attitude: good, skill: bad}}", "{verdict: unsatisfied, score: 2}");
}

static void test_survey__the_first_outcome_that_holds(void **state)
{
	const char *pack = WORDS "  outcomes:\n    - {clause: p.5, verdict: satisfied, all_at_least: 4}\n"
				 "    - {clause: p.6, verdict: unsatisfied}\n";

	(void)state;
	ask(pack, "{answers: {attitude: very_good, skill: very_good}}",
	    "{verdict: satisfied, clauses: [p.5], absent: [p.6]}");
	ask(pack, "{answers: {attitude: good, skill: very_good}}",
	    "{verdict: unsatisfied, clauses: [p.6], absent: [p.5]}");
}

static void test_survey__what_is_not_answered_is_missing(void **state)
{
	(void)state;
	ask(ONE_BAD, "{answers: {attitude: bad}}",
	    "{verdict: incomplete, missing: [skill], clauses: [p.4], absent: [score]}");
	ask(ONE_BAD, "{}",
	    "{verdict: incomplete, missing: [attitude, skill], questions: [{id: attitude, text: 'How was he?', "
	    "levels: [very_good, good, fair, bad], clause: p.3}, {id: skill}]}");
	ask(ONE_BAD, "{answers: {attitude: great, skill: good}}",
	    "{verdict: incomplete, missing: [attitude], notes: ['unlisted: answers=great']}");
}

static void test_survey__an_outcome_that_is_not_set(void **state)
{
	const char *pack = WORDS "  outcomes: [{clause: p.5, verdict: unsatisfied, any_at_most: {setting: lowest}}]\n";
	struct svc_policy *policy = pack_of(pack);

	(void)state;
	expect(policy, SVC_ASK_SURVEY, "{answers: {attitude: good, skill: bad}}",
	       "{verdict: incomplete, missing: [lowest], score: 2}");
	expect_set(policy, SVC_ASK_SURVEY, "{answers: {attitude: good, skill: bad}}", "lowest", "1",
		   "{verdict: unsatisfied}");
	svc_policy_free(policy);
}

static void test_survey__questions_of_some_cases(void **state)
{
	const char *pack = ONE_BAD "    \n";
	struct strbuf text = {0};

	(void)state;
	strbuf_puts(&text, pack);
	text.text[strstr(text.text, "    - {clause: p.4") - text.text] = '\0';
	text.length = strlen(text.text);
	strbuf_puts(&text, "    - {clause: p.4, id: skill, when: {kind: long}, text: {en: S, zh: 技}}\n"
			   "  outcomes: [{clause: p.5, verdict: unsatisfied, any_at_most: 1, actions: [call_back]}]\n");
	ask(text.text, "{kind: short, answers: {attitude: good}}", "{verdict: satisfied, score: 3, absent: [skill]}");
	ask(text.text, "{kind: long, answers: {attitude: good}}", "{verdict: incomplete, missing: [skill]}");
	ask(text.text, "{answers: {attitude: good}}",
	    "{verdict: incomplete, missing: [kind], questions: [{id: attitude}]}");
	strbuf_release(&text);
}

static void test_survey__a_level_that_is_worth_a_setting(void **state)
{
	(void)state;
	ask(HEAD "settings: {worth: {clause: p.1, type: number, title: {en: worth, zh: 甲值}}}\n"
		 "survey:\n  questions: [{clause: p.3, id: visit, text: {en: How was the visit?, zh: 上门如何？}}]\n"
		 "  levels: [{id: good, clause: p.2, title: {en: good, zh: 好}, value: {setting: worth}}]\n"
		 "  outcomes: [{clause: p.5, verdict: satisfied, all_at_least: 3}]\n",
	    "{answers: {visit: good}}",
	    "{verdict: incomplete, missing: [worth], questions: [{id: visit, text: How was the visit?}]}");
}

static void test_survey__outcomes_of_some_cases(void **state)
{
	const char *pack = WORDS
		"  outcomes:\n    - {clause: p.5, when: {kind: long}, verdict: unsatisfied, all_at_least: 1}\n"
		"    - {clause: p.6, verdict: satisfied, all_at_least: 1}\n";

	(void)state;
	ask(pack, "{kind: long, answers: {attitude: good, skill: good}}", "{verdict: unsatisfied, clauses: [p.5]}");
	ask(pack, "{kind: short, answers: {attitude: good, skill: good}}", "{verdict: satisfied, clauses: [p.6]}");
	ask(pack, "{answers: {attitude: good, skill: good}}", "{verdict: incomplete, missing: [kind], score: 3}");
	ask(pack, "{kind: long, answers: {attitude: good, skill: [good]}}", "{verdict: incomplete, missing: [skill]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_survey__one_low_mark_is_enough),
		cmocka_unit_test(test_survey__answers_by_their_titles),
		cmocka_unit_test(test_survey__all_high_enough),
		cmocka_unit_test(test_survey__the_mean),
		cmocka_unit_test(test_survey__the_first_outcome_that_holds),
		cmocka_unit_test(test_survey__what_is_not_answered_is_missing),
		cmocka_unit_test(test_survey__an_outcome_that_is_not_set),
		cmocka_unit_test(test_survey__questions_of_some_cases),
		cmocka_unit_test(test_survey__a_level_that_is_worth_a_setting),
		cmocka_unit_test(test_survey__outcomes_of_some_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
