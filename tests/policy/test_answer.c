/* The table of answers' fields: read, compared, folded. */
#include "asking.h"

#include "policy/decide.h"

static bool is_list(const struct svc_answer_field *field)
{
	return field->kind == SVC_ANSWER_TEXTS || field->kind == SVC_ANSWER_REMEDIES || field->kind == SVC_ANSWER_LIST;
}

static void test_answer__keys_are_told_apart_in_every_ask(void **state)
{
	const struct svc_answer_field *fields = svc_answer_fields();

	(void)state;
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++)
		for (const struct svc_answer_field *one = fields; one->key; one++)
			for (const struct svc_answer_field *other = one + 1; other->key; other++)
				assert_false(one->asks >> ask & other->asks >> ask & 1 &&
					     !strcmp(one->key, other->key));
}

static void test_answer__an_empty_one_says_nothing(void **state)
{
	struct svc_answer answer;
	char buffer[64];

	(void)state;
	answer_empty(&answer, SVC_ASK_FEE);
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (is_list(field))
			assert_int_equal(svc_answer_field_count(field, &answer), 0);
		else if (field->kind == SVC_ANSWER_GROUP)
			assert_null(svc_answer_field_group(&answer, field, &answer));
		else
			assert_null(svc_answer_field_text(&answer, field, &answer, buffer));
}

static void test_answer__every_ask_has_verdicts_of_its_own(void **state)
{
	(void)state;
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++) {
		int own = 0;

		for (int verdict = SVC_COVERED; verdict < SVC_VERDICT_COUNT; verdict++)
			own += svc_verdict_of((enum svc_ask)ask, (enum svc_verdict)verdict);
		assert_true(own > 2);
		assert_true(svc_verdict_of((enum svc_ask)ask, SVC_VERDICT_INCOMPLETE));
		assert_true(svc_verdict_of((enum svc_ask)ask, SVC_REFER));
		assert_true(*svc_ask_about((enum svc_ask)ask));
	}
	for (int verdict = SVC_COVERED; verdict < SVC_VERDICT_COUNT; verdict++)
		assert_true(*svc_verdict_id((enum svc_verdict)verdict));
}

static void test_answer__exits_as_the_contract_maps_them(void **state)
{
	static const enum svc_verdict no[] = {SVC_EXCLUDED,  SVC_EXPIRED,    SVC_NOT_COVERED, SVC_REFUSED_VERDICT,
					      SVC_MISSED,    SVC_INFEASIBLE, SVC_BREACHED,    SVC_OVERDUE,
					      SVC_LATE,      SVC_CANCELLED,  SVC_FINED,       SVC_SUSPENDED,
					      SVC_DISMISSED, SVC_BLOCKED,    SVC_UNSATISFIED, SVC_ESCALATE};
	int yes = SVC_VERDICT_COUNT - 3;

	(void)state;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++, yes--)
		assert_int_equal(svc_verdict_exit(no[i]), SVC_NO);
	assert_int_equal(svc_verdict_exit(SVC_VERDICT_INCOMPLETE), SVC_INCOMPLETE);
	assert_int_equal(svc_verdict_exit(SVC_REFER), SVC_INCOMPLETE);
	for (int verdict = SVC_COVERED; verdict < SVC_VERDICT_COUNT; verdict++)
		yes -= svc_verdict_exit((enum svc_verdict)verdict) == SVC_OK;
	assert_int_equal(yes, 0);
}

static void test_answer__an_empty_one_has_no_fields(void **state)
{
	char buffer[64];

	(void)state;
	for (int ask = 0; ask < SVC_ASK_COUNT; ask++) {
		struct svc_answer answer;

		answer_empty(&answer, (enum svc_ask)ask);
		for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++) {
			if (is_list(field))
				assert_int_equal(svc_answer_field_count(field, &answer), 0);
			else if (field->kind == SVC_ANSWER_GROUP)
				assert_null(svc_answer_field_group(&answer, field, &answer));
			else if (strcmp(field->key, "verdict") != 0)
				assert_null(svc_answer_field_text(&answer, field, &answer, buffer));
		}
	}
}

/* A contact list of two rows, of which one is changed. */
static struct svc_answer contacts(struct svc_row rows[2], const char *name, const char **words)
{
	struct svc_answer answer;

	answer_empty(&answer, SVC_ASK_FOLLOWUP);
	memset(rows, 0, 2 * sizeof *rows);
	rows[0].id = "first";
	rows[0].from = (struct svc_moment){20000, SVC_MOMENT_DATE};
	rows[1].id = name;
	rows[1].words = words;
	rows[1].word_count = 1;
	answer.rows = rows;
	answer.row_count = 2;
	return answer;
}

static void test_answer__lists_are_compared_by_what_they_say(void **state)
{
	struct svc_row one[2], two[2];
	char copy[] = "second", phone[] = "phone", other_phone[] = "phone", visit[] = "visit";
	const char *by_phone[] = {phone}, *by_other_phone[] = {other_phone}, *by_visit[] = {visit};
	struct svc_answer a = contacts(one, "second", by_phone), b = contacts(two, copy, by_other_phone);

	(void)state;
	assert_true(answer_same(&a, &b));
	assert_true(answer_keep(&a, &b));
	assert_int_equal(a.row_count, 2);
	b = contacts(two, copy, by_visit);
	assert_false(answer_same(&a, &b));
	assert_false(answer_keep(&a, &b));
	assert_int_equal(a.row_count, 1);
	assert_string_equal(a.rows[0].id, "first");
	b.rows[0].from.at++;
	assert_false(answer_keep(&a, &b));
	assert_int_equal(a.row_count, 0);
}

static void test_answer__what_differs_is_unset(void **state)
{
	struct svc_answer a, b;
	char buffer[64];

	(void)state;
	answer_empty(&a, SVC_ASK_SLA);
	answer_empty(&b, SVC_ASK_SLA);
	a.verdict = SVC_MET;
	b.verdict = SVC_BREACHED;
	a.arrive_by = (struct svc_moment){1700000000, SVC_MOMENT_TIME};
	b.arrive_by = a.arrive_by;
	a.respond_by = (struct svc_moment){20000, SVC_MOMENT_DATE};
	a.priority = "high";
	assert_false(answer_keep(&a, &b));
	assert_int_equal(a.verdict, SVC_VERDICT_INCOMPLETE);
	assert_int_equal(a.arrive_by.kind, SVC_MOMENT_TIME);
	assert_int_equal(a.respond_by.kind, SVC_MOMENT_NONE);
	assert_null(a.priority);
	for (const struct svc_answer_field *field = svc_answer_fields(); field->key; field++)
		if (!strcmp(field->key, "arrive_by"))
			assert_string_equal(svc_answer_field_text(&a, field, &a, buffer), "2023-11-14T22:13:20Z");
}

static void test_answer__fields_of_other_asks_do_not_count(void **state)
{
	struct svc_answer a, b;

	(void)state;
	answer_empty(&a, SVC_ASK_SLA);
	answer_empty(&b, SVC_ASK_SLA);
	a.score = 3;
	assert_true(answer_same(&a, &b));
	a.ask = b.ask = SVC_ASK_SURVEY;
	assert_false(answer_same(&a, &b));
}

static void test_answer__json_of_every_kind(void **state)
{
	struct svc_row row = {.id = "rate", .clause = "p.1", .value = 99516129, .target = 995000000, .met = SVC_FALSE};
	struct svc_row price = {.id = "sales", .value = 5000, .target = SVC_NUMBER_NONE, .money = true};
	struct svc_row rows[] = {row, price};
	struct svc_answer answer;
	char *json;

	(void)state;
	answer_empty(&answer, SVC_ASK_KPI);
	answer.policy = "p";
	answer.version = svc_date_of(2020, 1, 1);
	answer.currency_digits = 2;
	answer.verdict = SVC_MISSED;
	answer.rows = rows;
	answer.row_count = 2;
	json = svc_answer_json(&answer);
	assert_string_equal(
		json,
		"{\"schema\":\"svc.ask.kpi/1\",\"policy\":\"p\",\"version\":\"2020-01-01\",\"verdict\":\"missed\","
		"\"measures\":[{\"name\":\"rate\",\"clause\":\"p.1\",\"value\":99.516129,\"target\":995,\"met\":false},"
		"{\"name\":\"sales\",\"value\":\"50.00\"}]}");
	free(json);
}

/* ---- words for people ---- */

static void test_answer__words_by_their_titles(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD
		"facts:\n  stage: {one_of: {repair: {en: in repair, zh: 维修中}}}\n"
		"  record: {one_of: {report: {en: report, zh: 报告}}}\n"
		"words: {phone: {en: by phone, zh: 电话}}\n"
		"records: [{clause: p.1, record: report, fields: [{id: process, label: {en: what was done, zh: 过程}}]}]\n"
		"survey:\n  levels: [{id: good, clause: p.2, title: {en: very well, zh: 好}, value: 1}]\n"
		"  questions: [{clause: p.2, id: q, text: {en: Q, zh: 问}}]\n"
		"  outcomes: [{clause: p.2, verdict: satisfied, all_at_least: 1}]\n");

	(void)state;
	assert_string_equal(svc_policy_word_title(policy, "stage", "repair"), "in repair");
	assert_string_equal(svc_policy_word_title(policy, NULL, "repair"), "repair");
	assert_string_equal(svc_policy_word_title(policy, "stage", "phone"), "by phone");
	assert_string_equal(svc_policy_word_title(policy, NULL, "process"), "what was done");
	assert_string_equal(svc_policy_word_title(policy, NULL, "good"), "very well");
	assert_string_equal(svc_policy_word_title(policy, "nothing", "J1"), "J1");
	svc_policy_free(policy);
}

/* ---- what answers themselves lack ---- */

#define LISTS                                                                                                          \
	HEAD "settings: {later: {clause: p.1, type: duration, title: {en: later, zh: 甲后}}}\n"                      \
	     "facts: {variant: {one_of: {a: {en: A, zh: 甲种}, b: {en: B, zh: 乙种}}}}\n"                          \
	     "words: {one: {en: one, zh: 一}, two: {en: two, zh: 二}, phone: {en: phone, zh: 电话}}\n"             \
	     "followups:\n"                                                                                            \
	     "  - {clause: p.2, name: one, channels: [phone], after: delivery, on: 3 days}\n"                          \
	     "  - {clause: p.3, name: two, channels: [phone], after: delivery, on: {setting: later}}\n"

static void test_answer__a_listing_keeps_what_it_knows(void **state)
{
	struct svc_policy *policy = pack_of(LISTS);

	(void)state;
	expect(policy, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-10, as_of: 2026-01-10}",
	       "{verdict: incomplete, missing: [later], contacts: [{name: one, from: 2026-01-13}], absent: [two, variant]}");
	svc_policy_free(policy);
}

static void test_answer__a_needed_fact_beside_what_is_lacking_anyway(void **state)
{
	struct svc_policy *policy = pack_of(
		LISTS
		"  - {clause: p.4, when: {variant: b}, name: two, channels: [phone], after: delivery, on: 9 days}\n");

	(void)state;
	expect(policy, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-10, as_of: 2026-01-10}",
	       "{verdict: incomplete, missing: [later, variant], contacts: [{name: one}], clauses: [p.2, p.3, p.4], absent: [two]}");
	expect(policy, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-10, as_of: 2026-01-10, variant: b}",
	       "{verdict: incomplete, missing: [later], contacts: [{name: one}, {name: two}], absent: [variant]}");
	svc_policy_free(policy);
}

static void test_answer__a_fact_that_changes_nothing_is_not_asked_for(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD
		"settings: {later: {clause: p.1, type: duration, title: {en: later, zh: 甲后}}}\n"
		"facts: {variant: {one_of: {a: {en: A, zh: 甲种}, b: {en: B, zh: 乙种}}}}\n"
		"words: {two: {en: two, zh: 二}}\n"
		"followups:\n"
		"  - {clause: p.3, when: {variant: a}, name: two, after: delivery, on: {setting: later}}\n"
		"  - {clause: p.4, when: {not: {variant: a}}, name: two, after: delivery, on: {setting: later}}\n");

	(void)state;
	expect(policy, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-10, as_of: 2026-01-10}",
	       "{verdict: incomplete, missing: [later], absent: [variant, contacts]}");
	svc_policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answer__keys_are_told_apart_in_every_ask),
		cmocka_unit_test(test_answer__an_empty_one_says_nothing),
		cmocka_unit_test(test_answer__every_ask_has_verdicts_of_its_own),
		cmocka_unit_test(test_answer__exits_as_the_contract_maps_them),
		cmocka_unit_test(test_answer__an_empty_one_has_no_fields),
		cmocka_unit_test(test_answer__lists_are_compared_by_what_they_say),
		cmocka_unit_test(test_answer__what_differs_is_unset),
		cmocka_unit_test(test_answer__fields_of_other_asks_do_not_count),
		cmocka_unit_test(test_answer__json_of_every_kind),
		cmocka_unit_test(test_answer__words_by_their_titles),
		cmocka_unit_test(test_answer__a_listing_keeps_what_it_knows),
		cmocka_unit_test(test_answer__a_needed_fact_beside_what_is_lacking_anyway),
		cmocka_unit_test(test_answer__a_fact_that_changes_nothing_is_not_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
