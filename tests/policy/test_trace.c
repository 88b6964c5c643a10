/* What --explain tells: the rules in the order tried, the facts that settled each, and the counting of days. */
#include "asking.h"

#include "base/strbuf.h"

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

static const char charging[] = HEAD
	"facts:\n  items: {one_of: {board: {en: board, zh: 主板}, way: {en: way, zh: 路费}}}\n"
	"fees:\n"
	"  - {clause: p.1, item: board, payer: customer, amount: {most: [{pct: 12.5, of: price}, {sum: [{fact: parts_cost}, 1.00]}, card_price]}}\n"
	"  - {clause: p.2, item: way, payer: customer, amount: 20.00}\n";

static void is_sum(const struct svc_step_sum *sum, const char *how, const char *operands, const char *result)
{
	struct strbuf text = {0};

	for (size_t i = 0; i < sum->of_count; i++)
		strbuf_printf(&text, "%s%s%s%s", i ? ", " : "", sum->of[i].fact ? sum->of[i].fact : "",
			      sum->of[i].fact ? " " : "", sum->of[i].value);
	assert_string_equal(sum->how, how);
	assert_string_equal(text.text ? text.text : "", operands);
	assert_string_equal(sum->result, result);
	strbuf_release(&text);
}

/* From the inside out, each for its item; what is not stated has no part in it; a half cent is rounded once, at the end. */
static void test_trace__amounts_are_worked_out_step_by_step(void **state)
{
	struct svc_policy *policy = pack_of(charging);
	struct svc_answer answer = {0};
	const struct svc_step *step;

	(void)state;
	ask_all(policy, SVC_ASK_FEE, "{items: ['board*3', way], price: 333.30, parts_cost: 20}", &answer);
	step = step_of(&answer, "p.1");
	assert_string_equal(step->about, "board");
	assert_int_equal(step->sum_count, 5);
	is_sum(&step->sums[0], "share", "12.5 %, price 333.30", "41.6625");
	is_sum(&step->sums[1], "plus", "parts_cost 20.00, 1.00", "21.00");
	is_sum(&step->sums[2], "most", "41.6625, 21.00", "41.6625");
	is_sum(&step->sums[3], "times", "3, 41.6625", "124.9875");
	is_sum(&step->sums[4], "rounded", "124.9875", "124.99");
	step = step_of(&answer, "p.2");
	assert_string_equal(step->about, "way");
	assert_int_equal(step->sum_count, 1);
	is_sum(&step->sums[0], "stated", "", "20.00");
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

static const char working[] = HEAD
	"calendar: {clause: p.9, week: [mon, tue, wed, thu, fri], hours: ['09:00-12:00', '13:00-18:00'], holidays: true, years: [2026],\n"
	"  off: [{from: 2026-05-01, to: 2026-05-05}], on: [2026-05-09]}\n"
	"facts: {task: {one_of: {pay: {en: pay, zh: 付款}, tell: {en: tell, zh: 通知}}}}\n"
	"sla: {rules: [{clause: p.1, arrive: 20 working hours}]}\n"
	"deadlines:\n"
	"  - {clause: p.2, task: pay, due: {after: delivery, by: 5 working days}}\n"
	"  - {clause: p.3, task: tell, due: {before: delivery, by: 3 working days}}\n"
	"  - {clause: p.4, task: tell, when: {batch: true}, due: {after: delivery, by: 100 years}}\n";

static void is_stretch(const struct svc_step_stretch *stretch, const char *kind, const char *from, const char *to)
{
	svc_date first = 0, last = 0;

	assert_string_equal(stretch->kind, kind);
	assert_true(svc_date_parse(from, &first) && svc_date_parse(to, &last));
	assert_int_equal(stretch->from.at, first);
	assert_int_equal(stretch->to.at, last);
}

/* Days before, days after, and hours: what is passed over, and what is worked in its stead. */
static void test_trace__working_time_names_what_it_leaves_out(void **state)
{
	struct svc_policy *policy = pack_of(working);
	struct svc_answer answer = {0};
	const struct svc_step_date *date;

	(void)state;
	ask_all(policy, SVC_ASK_DEADLINE, "{task: pay, delivery: 2026-04-30, as_of: 2026-05-11}", &answer);
	date = &step_of(&answer, "p.2")->dates[0];
	assert_int_equal(date->stretch_count, 3);
	is_stretch(&date->stretches[0], "holiday", "2026-05-01", "2026-05-05");
	is_stretch(&date->stretches[1], "make_up", "2026-05-09", "2026-05-09");
	is_stretch(&date->stretches[2], "rest", "2026-05-10", "2026-05-10");
	assert_string_equal(step_of(&answer, "p.2")->dates[1].how, "kept");
	svc_answer_release(&answer);

	ask_all(policy, SVC_ASK_DEADLINE, "{task: tell, batch: false, delivery: 2026-05-07, as_of: 2026-04-30}",
		&answer);
	date = &step_of(&answer, "p.3")->dates[0];
	assert_string_equal(date->how, "before");
	is_stretch(&date->stretches[0], "holiday", "2026-05-01", "2026-05-05");
	assert_int_equal(date->stretch_count, 1);
	svc_answer_release(&answer);

	ask_all(policy, SVC_ASK_SLA, "{reported: '2026-04-30T16:00', now: '2026-05-08T15:00'}", &answer);
	date = &step_of(&answer, "p.1")->dates[0];
	assert_int_equal(date->stretch_count, 4);
	assert_string_equal(date->stretches[0].length, "2 hours");
	is_stretch(&date->stretches[1], "holiday", "2026-05-01", "2026-05-05");
	is_stretch(&date->stretches[2], "open", "2026-05-06", "2026-05-07");
	assert_string_equal(date->stretches[2].length, "16 hours");
	assert_string_equal(date->stretches[3].length, "2 hours");
	assert_string_equal(step_of(&answer, "p.1")->dates[1].how, "missed");
	svc_answer_release(&answer);
	svc_policy_free(policy);
}

/* A list or a map is told in a line; a date that is missing with all that would do. */
static void test_trace__lists_and_what_is_missing(void **state)
{
	struct svc_policy *policy = pack_of(
		HEAD "warranty: {terms: [{clause: p.1, from: [invoice, purchase], lasts: 1 year, remedy: repair}]}\n"
		     "followups:\n  - {clause: p.2, name: call, after: delivery, on: 3 days}\n"
		     "words: {call: {en: call, zh: 回访}}\n");
	struct svc_answer answer = {0};
	const struct svc_step *step;

	(void)state;
	ask_all(policy, SVC_ASK_WARRANTY, "{claim: 2026-01-01}", &answer);
	step = step_of(&answer, "p.1");
	assert_int_equal(step->fact_count, 2);
	assert_string_equal(step->facts[0].fact, "invoice");
	assert_string_equal(step->facts[1].fact, "purchase");
	assert_null(step->facts[1].value);
	svc_answer_release(&answer);

	ask_all(policy, SVC_ASK_FOLLOWUP, "{delivery: 2026-01-01, as_of: 2026-01-01, done: [call, other]}", &answer);
	step = step_of(&answer, "p.2");
	assert_string_equal(step->facts[0].fact, "done");
	assert_string_equal(step->facts[0].value, "call,other");
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
		cmocka_unit_test(test_trace__amounts_are_worked_out_step_by_step),
		cmocka_unit_test(test_trace__working_time_names_what_it_leaves_out),
		cmocka_unit_test(test_trace__lists_and_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
