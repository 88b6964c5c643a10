/* What --explain tells: the rules in the order tried, the facts that settled each, and the counting of days. */
#include "asking.h"

static const char pack[] = HEAD
	"facts:\n  component: {one_of: {motor: {en: motor, zh: 电机}, tyre: {en: tyre, zh: 轮胎}}}\n"
	"calendar: {clause: p.9, week: [mon, tue, wed, thu, fri], holidays: false}\n"
	"warranty:\n"
	"  terms:\n"
	"    - {clause: p.1, from: purchase, lasts: 1 month, pauses: repair, rolls: true, remedy: repair}\n"
	"    - {clause: p.2, when: {component: motor}, from: purchase, lasts: lifetime, remedy: replace}\n"
	"  exclusions:\n"
	"    - {clause: p.3, when: {cause: [misuse, liquid], owner: later}}\n"
	"    - {clause: p.4, when: {any: [{confirmed: true}, {batch: true}]}}\n"
	"  requires:\n    - {clause: p.5, when: {component: tyre}, needs: {documents: invoice}}\n"
	"sla:\n  rules:\n"
	"    - {clause: p.6, respond: 90 minutes}\n";

static const struct svc_step *step_of(const struct svc_answer *answer, const char *clause)
{
	for (size_t i = 0; i < answer->tried_count; i++)
		if (!strcmp(answer->tried[i].clause, clause))
			return &answer->tried[i];
	return NULL;
}

static void ask_all(struct svc_policy *policy, enum svc_ask ask, const char *facts_text, struct svc_answer *answer)
{
	struct svc_facts *facts;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&facts, policy, &err), SVC_OK);
	assert_int_equal(svc_facts_read(facts, facts_text, strlen(facts_text), true, "", 1, &err), SVC_OK);
	assert_int_equal(svc_ask(policy, ask, facts, true, answer, &err), SVC_OK);
	svc_facts_free(facts);
}

static void is_date(const struct svc_step_date *date, const char *how, const char *length, const char *to)
{
	svc_date day;

	assert_string_equal(date->how, how);
	assert_true(length ? date->length && !strcmp(date->length, length) : !date->length);
	assert_true(svc_date_parse(to, &day));
	assert_int_equal(date->to.at, day);
}

/* 2026-01-28 + 1 month + 3 days in repair = 2026-03-03; the month alone ends on a Saturday, the extended one on a Tuesday. */
static void test_trace__days_are_counted_step_by_step(void **state)
{
	struct svc_policy *policy = pack_of(pack);
	struct svc_answer answer = {0};
	const struct svc_step *step;

	(void)state;
	ask_all(policy, SVC_ASK_WARRANTY,
		"{purchase: 2026-01-28, claim: 2026-02-02, component: tyre, cause: defect, repair_days: 3, owner: original, "
		"confirmed: false, documents: [invoice]}",
		&answer);
	step = step_of(&answer, "p.1");
	assert_non_null(step);
	assert_int_equal(step->holds, SVC_TRUE);
	assert_int_equal(step->open, SVC_TRUE);
	assert_string_equal(step->dates[0].fact, "purchase");
	is_date(&step->dates[0], "after", "1 month", "2026-02-28");
	is_date(&step->dates[1], "extended", "3 days", "2026-03-03");
	assert_int_equal(step->date_count, 2);
	svc_answer_release(&answer);

	ask_all(policy, SVC_ASK_WARRANTY,
		"{purchase: 2026-01-28, claim: 2026-03-03, component: tyre, cause: defect, repair_days: 0, owner: original, "
		"confirmed: false, documents: [invoice]}",
		&answer);
	step = step_of(&answer, "p.1");
	assert_int_equal(step->open, SVC_FALSE);
	is_date(&step->dates[1], "rolled", NULL, "2026-03-02");
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

static void test_trace__only_what_settles_a_rule_is_told(void **state)
{
	struct svc_policy *policy = pack_of(pack);
	struct svc_answer answer = {0};
	const struct svc_step *step;

	(void)state;
	ask_all(policy, SVC_ASK_WARRANTY,
		"{purchase: 2026-01-28, claim: 2026-02-02, component: tyre, cause: misuse, repair_days: 0, owner: original, "
		"confirmed: false, documents: []}",
		&answer);
	assert_string_equal(answer.tried[0].clause, "p.1");
	step = step_of(&answer, "p.2");
	assert_int_equal(step->holds, SVC_FALSE);
	assert_string_equal(step->facts[0].value, "tyre");
	step = step_of(&answer, "p.3"); /* the cause would do; the owner does not */
	assert_int_equal(step->fact_count, 1);
	assert_string_equal(step->facts[0].fact, "owner");
	assert_int_equal(step_of(&answer, "p.4")->fact_count, 2);
	step = step_of(&answer, "p.5");
	assert_int_equal(step->met, SVC_FALSE);
	assert_string_equal(step->facts[1].value, "[]");
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

/* A fact that nobody knows and that changes nothing is told as not known, not as what was assumed for it. */
static void test_trace__what_changes_nothing_stays_unknown(void **state)
{
	struct svc_policy *policy = pack_of(pack);
	struct svc_answer answer = {0};

	(void)state;
	ask_all(policy, SVC_ASK_WARRANTY,
		"{purchase: 2026-01-28, claim: 2026-02-02, component: motor, owner: original, confirmed: false, repair_days: 0}",
		&answer);
	assert_int_equal(answer.verdict, SVC_COVERED);
	assert_int_equal(step_of(&answer, "p.2")->dates[0].to.at, SVC_DATE_LIFETIME);
	for (size_t i = 0; i < answer.tried_count; i++)
		for (size_t f = 0; f < answer.tried[i].fact_count; f++)
			if (!strcmp(answer.tried[i].facts[f].fact, "cause"))
				assert_null(answer.tried[i].facts[f].value);
	svc_answer_release(&answer);

	ask_all(policy, SVC_ASK_WARRANTY, "{purchase: 2026-01-28, claim: 2026-02-02, component: tyre, repair_days: 0}",
		&answer);
	assert_int_equal(answer.verdict, SVC_VERDICT_INCOMPLETE);
	assert_int_equal(answer.tried[answer.tried_count - 1].holds, SVC_TRUTH_UNSET);
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

static void test_trace__times_are_counted_too(void **state)
{
	struct svc_policy *policy = pack_of(pack);
	struct svc_answer answer = {0};
	const struct svc_step *step;

	(void)state;
	ask_all(policy, SVC_ASK_SLA, "{reported: 2026-03-02T09:00, now: 2026-03-02T09:10}", &answer);
	step = step_of(&answer, "p.6");
	assert_string_equal(step->dates[0].fact, "reported");
	assert_string_equal(step->dates[0].length, "90 minutes");
	assert_int_equal(step->dates[0].to.at, answer.respond_by.at);
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

static const char returning[] = HEAD "returns:\n"
				     "  options:\n"
				     "    - {clause: p.1, from: delivery, lasts: 7 days, remedy: refund}\n"
				     "    - {clause: p.2, from: delivery, lasts: 15 days, remedy: exchange}\n";

/* What else is open is looked for as well, and told apart from what was asked. */
static void test_trace__what_was_not_asked_for_stands_beside(void **state)
{
	struct svc_policy *policy = pack_of(returning);
	struct svc_answer answer = {0};

	(void)state;
	ask_all(policy, SVC_ASK_RETURN, "{delivery: 2026-03-02, claim: 2026-03-12, want: refund}", &answer);
	assert_int_equal(answer.verdict, SVC_REFUSED_VERDICT);
	assert_int_equal(step_of(&answer, "p.1")->open, SVC_FALSE);
	assert_int_equal(step_of(&answer, "p.1")->beside, SVC_TRUTH_UNSET);
	assert_int_equal(step_of(&answer, "p.2")->open, SVC_TRUE);
	assert_int_equal(step_of(&answer, "p.2")->beside, SVC_TRUE);
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trace__days_are_counted_step_by_step),
		cmocka_unit_test(test_trace__only_what_settles_a_rule_is_told),
		cmocka_unit_test(test_trace__what_changes_nothing_stays_unknown),
		cmocka_unit_test(test_trace__times_are_counted_too),
		cmocka_unit_test(test_trace__what_was_not_asked_for_stands_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
