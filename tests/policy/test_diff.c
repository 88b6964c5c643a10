/* What changed between two packs, and the case that shows it. */
#include "asking.h"

#include "svc/diff.h"

/* What was heard, a line each: "changed p.1 warranty expired>covered"; without a case the line ends in the number of cases tried. */
struct heard {
	struct strbuf lines;
	struct svc_diff_counts counts;
	struct svc_policy *old, *new;
};

static const char *const kinds[] = {
	[SVC_CHANGE_ADDED] = "added", [SVC_CHANGE_GONE] = "gone",       [SVC_CHANGE_RULE] = "changed",
	[SVC_CHANGE_MOVED] = "moved", [SVC_CHANGE_WORDING] = "wording",
};

/* The case, asked again as its JSON has it: both packs must answer as the change says. */
static void ask_again(struct svc_policy *policy, const struct svc_change_case *shown, const struct svc_answer *expected)
{
	struct svc_answer answer = {0};
	struct svc_facts *facts = NULL;
	struct svc_error err = {0};

	assert_int_equal(svc_facts_new(&facts, policy, &err), 0);
	assert_int_equal(svc_facts_read_settings(facts, shown->settings, strlen(shown->settings), &err), 0);
	assert_int_equal(svc_facts_read(facts, shown->facts, strlen(shown->facts), false, "case", 1, &err), 0);
	assert_int_equal(svc_ask(policy, shown->ask, facts, false, &answer, &err), 0);
	assert_string_equal(svc_verdict_id(answer.verdict), svc_verdict_id(expected->verdict));
	svc_answer_release(&answer);
	svc_facts_free(facts);
}

static int hear(void *context, const struct svc_policy_change *change)
{
	struct heard *heard = context;
	const struct svc_policy_rule *rule = change->new_rule ? change->new_rule : change->old_rule;
	const struct svc_change_name *name = change->new_name ? change->new_name : change->old_name;

	strbuf_printf(&heard->lines, "%s %s", kinds[change->kind], rule ? rule->clause : name->name);
	if (change->shown) {
		strbuf_printf(&heard->lines, " %s %s>%s", svc_ask_name(change->shown->ask),
			      svc_verdict_id(change->shown->old.verdict), svc_verdict_id(change->shown->new.verdict));
		ask_again(heard->old, change->shown, &change->shown->old);
		ask_again(heard->new, change->shown, &change->shown->new);
	} else if (change->tried) {
		strbuf_puts(&heard->lines, " tried");
	}
	strbuf_puts(&heard->lines, "\n");
	return 0;
}

static struct heard compare(const char *old, const char *new, unsigned asks)
{
	struct heard heard = {.old = pack_of(old), .new = pack_of(new)};
	struct svc_error err = {0};

	if (svc_policy_diff(heard.old, heard.new, asks, hear, &heard, &heard.counts, &err))
		fail_msg("%s", err.text);
	strbuf_puts(&heard.lines, "");
	svc_policy_free(heard.old);
	svc_policy_free(heard.new);
	return heard;
}

static void expect_changes(const char *old, const char *new, const char *lines)
{
	struct heard heard = compare(old, new, 0);

	assert_string_equal(heard.lines.text, lines);
	strbuf_release(&heard.lines);
}

#define TERM(clause, length)                                                                                           \
	"warranty: {terms: [{clause: " clause ", from: purchase, lasts: " length ", remedy: repair}]}\n"

static void test_diff__a_period_that_changed_turns_a_verdict(void **state)
{
	struct heard heard = compare(HEAD TERM("p.1", "1 year"), HEAD TERM("p.1", "2 years"), 0);

	(void)state;
	assert_string_equal(heard.lines.text, "changed p.1 warranty expired>covered\n");
	assert_int_equal(heard.counts.changed, 1);
	assert_int_equal(heard.counts.added + heard.counts.gone, 0);
	assert_true(heard.counts.differ > 0 && heard.counts.differ <= heard.counts.cases);
	strbuf_release(&heard.lines);
}

static void test_diff__the_same_pack_has_no_changes(void **state)
{
	struct heard heard = compare(HEAD TERM("p.1", "1 year"), HEAD TERM("p.1", "1 year"), 0);

	(void)state;
	assert_string_equal(heard.lines.text, "");
	assert_int_equal(heard.counts.cases, 0);
	strbuf_release(&heard.lines);
}

static void test_diff__another_sentence_is_a_wording(void **state)
{
	(void)state;
	expect_changes(HEAD TERM("p.1", "1 year") "clauses: {p.1: {en: One., zh: 一。}}\n",
		       HEAD TERM("p.1", "1 year") "clauses: {p.1: {en: Two., zh: 二。}}\n", "wording p.1\n");
	expect_changes(HEAD TERM("p.1", "1 year"), HEAD TERM("p.7", "1 year"), "wording p.7\n");
}

#define BLOCK(words)                                                                                                   \
	HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n"                    \
	     "  exclusions: [{clause: p.2, when: {cause: [" words "]}}]\n"

/* Neither pack tells the word apart from others: only the change does. */
static void test_diff__a_word_that_left_a_list_is_shown_by_that_word(void **state)
{
	(void)state;
	expect_changes(BLOCK("misuse, liquid, accident"), BLOCK("misuse, accident"),
		       "changed p.2 warranty excluded>covered\n");
}

#define TWO_EXCLUSIONS(first, second)                                                                                  \
	HEAD "facts: {insured: {bool: true, title: {en: I, zh: 保}}}\n"                                               \
	     "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n"                    \
	     "  exclusions:\n    - " first "\n    - " second "\n"
#define LIQUID "{clause: p.2, when: {cause: liquid}, labor: cost}"

static void test_diff__a_rule_that_is_gone_or_new_is_named(void **state)
{
	(void)state;
	expect_changes(TWO_EXCLUSIONS(LIQUID, "{clause: p.4, when: {cause: wear}}"), HEAD TERM("p.1", "1 year"),
		       "gone p.2 warranty excluded>covered\ngone p.4 warranty excluded>covered\ngone insured tried\n");
	expect_changes(HEAD TERM("p.1", "1 year"), TWO_EXCLUSIONS(LIQUID, "{clause: p.4, when: {cause: wear}}"),
		       "added p.2 warranty covered>excluded\nadded p.4 warranty covered>excluded\n"
		       "added insured tried\n");
}

#define FEES(first, second)                                                                                            \
	HEAD "facts: {items: {one_of: {visit: {en: visit, zh: 上门}}}}\n"                                            \
	     "fees:\n  order: first\n  rules:\n    - " first "\n    - " second                                         \
	     "\n    - {clause: p.9, item: visit, amount: 40, payer: customer}\n"
#define CITY "{clause: p.1, item: visit, when: {zone: city}, amount: 20, payer: customer}"
#define FAR "{clause: p.2, item: visit, when: {distance_km: {above: 50}}, amount: 90, payer: customer}"
#define REMOTE "{clause: p.3, item: visit, when: {zone: remote}, amount: 90, payer: customer}"

/* The order of two rules decides only where both hold; of two that never do, nothing is said to change. */
static void test_diff__a_rule_that_moved_has_a_case_only_where_that_decides(void **state)
{
	(void)state;
	expect_changes(FEES(CITY, FAR), FEES(FAR, CITY), "moved p.1 fee priced>incomplete\n");
	expect_changes(FEES(CITY, REMOTE), FEES(REMOTE, CITY), "moved p.1 tried\n");
}

static void test_diff__what_is_said_beside_an_answer_is_a_case_too(void **state)
{
	(void)state;
	expect_changes(HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n"
			    "  notes: [{clause: p.5, when: {cause: wear}}]\n",
		       HEAD "warranty:\n  terms: [{clause: p.1, from: purchase, lasts: 1 year, remedy: repair}]\n",
		       "gone p.5 warranty covered>covered\n");
}

#define ANCHORS(names) HEAD "warranty: {terms: [{clause: p.1, from: [" names "], lasts: 1 year, remedy: repair}]}\n"

static void test_diff__an_anchor_that_left_is_shown_where_it_is_the_first_known(void **state)
{
	struct heard heard = compare(ANCHORS("installation, delivery, purchase"), ANCHORS("installation, purchase"), 0);

	(void)state;
	if (strncmp(heard.lines.text, "changed p.1 warranty ", 21) != 0)
		fail_msg("%s", heard.lines.text);
	strbuf_release(&heard.lines);
}

#define RECORDS(one, two)                                                                                              \
	HEAD "facts: {record: {one_of: {sheet: {en: sheet, zh: 单}, order: {en: order, zh: 令}}}}\n"                 \
	     "records:\n"                                                                                              \
	     "  - {clause: p.1, record: sheet, fields: [" one "]}\n"                                                   \
	     "  - {clause: p.2, record: order, fields: [" two "]}\n"
#define FIELD(id) "{id: " id ", clause: p.3, label: {en: F, zh: 项}}"

/* The same field inside another record is not the same field. */
static void test_diff__a_field_that_moves_house_is_gone_here_and_new_there(void **state)
{
	(void)state;
	expect_changes(RECORDS(FIELD("a") ", " FIELD("b"), FIELD("c")), RECORDS(FIELD("a"), FIELD("c") ", " FIELD("b")),
		       "gone p.3 record incomplete>complete\nadded p.3 record complete>incomplete\n");
}

static void test_diff__records_that_change_places_have_moved(void **state)
{
	(void)state;
	expect_changes(HEAD "facts: {record: {one_of: {sheet: {en: S, zh: 单}, order: {en: O, zh: 令}}}}\n"
			    "records:\n"
			    "  - {clause: p.1, record: sheet, fields: [" FIELD(
				    "a") "]}\n"
					 "  - {clause: p.2, record: order, fields: [" FIELD("b") "]}\n",
		       HEAD "facts: {record: {one_of: {sheet: {en: S, zh: 单}, order: {en: O, zh: 令}}}}\n"
			    "records:\n"
			    "  - {clause: p.2, record: order, fields: [" FIELD(
				    "b") "]}\n"
					 "  - {clause: p.1, record: sheet, fields: [" FIELD("a") "]}\n",
		       "moved p.1 tried\n");
}

#define LIMIT(days)                                                                                                    \
	HEAD "settings: {limit: {clause: p.1, type: duration, default: " days                                          \
	     ", inferred: true, title: {en: L, zh: 限}}}\n"                                                           \
	     "warranty: {terms: [{clause: p.1, from: purchase, lasts: {setting: limit}, remedy: repair}]}\n"

static void test_diff__a_setting_is_shown_by_the_rules_that_speak_of_it(void **state)
{
	(void)state;
	expect_changes(LIMIT("1 year"), LIMIT("2 years"), "changed limit warranty expired>covered\n");
}

#define LAUNCH(length)                                                                                                 \
	HEAD "settings: {joined: {clause: p.1, type: bool, title: {en: J, zh: 入}}}\n"                                \
	     "warranty: {terms: [{clause: p.1, when: {purchase: {at_least: 2031-05-01}, joined: true}, from: "         \
	     "purchase, lasts: " length ", remedy: repair}]}\n"

static void test_diff__a_day_that_the_rule_names_is_tried(void **state)
{
	(void)state;
	expect_changes(LAUNCH("1 year"), LAUNCH("2 years"), "changed p.1 warranty expired>covered\n");
}

#define READING(top)                                                                                                   \
	HEAD "facts: {task: {one_of: {gap: {en: gap, zh: 隙}}}}\n"                                                    \
	     "maintenance: {readings: [{clause: p.1, task: gap, pass: {between: [0, " top "]}}]}\n"

static void test_diff__a_reading_between_two_limits_is_found(void **state)
{
	(void)state;
	expect_changes(READING("3"), READING("4"), "changed p.1 maintenance due>none\n");
}

#define FLOW(from)                                                                                                     \
	HEAD "facts:\n"                                                                                                \
	     "  stage: {one_of: {desk: {en: desk, zh: 台}, shop: {en: shop, zh: 间}, done: {en: done, zh: 完}}}\n"  \
	     "  event: {one_of: {finish: {en: finish, zh: 毕}}}\n"                                                    \
	     "workflow: {order: p.9, flow: [{clause: p.1, from: " from ", event: finish, to: done}]}\n"

static void test_diff__a_stage_that_left_a_step_is_tried(void **state)
{
	(void)state;
	expect_changes(FLOW("[desk, shop]"), FLOW("[desk]"), "changed p.1 transition allowed>refused\n");
}

#define PRODUCTS(words)                                                                                                \
	HEAD "facts: {product: {one_of: {" words "}}}\n"                                                               \
	     "warranty: {terms: [{clause: p.1, when: {product: lamp}, from: purchase, lasts: 1 year, remedy: repair}]}\n"

static void test_diff__words_of_a_fact_that_come_and_go_are_changes_of_the_fact(void **state)
{
	(void)state;
	expect_changes(PRODUCTS("lamp: {en: lamp, zh: 灯}"),
		       PRODUCTS("lamp: {en: lamp, zh: 灯}, torch: {en: torch, zh: 手电}"),
		       "changed product warranty not_covered>not_covered\n");
}

static void test_diff__only_the_asks_that_were_chosen_are_asked(void **state)
{
	struct heard heard = compare(HEAD TERM("p.1", "1 year"), HEAD TERM("p.1", "2 years"), 1U << SVC_ASK_FEE);

	(void)state;
	assert_string_equal(heard.lines.text, "changed p.1\n");
	assert_int_equal(heard.counts.cases, 0);
	strbuf_release(&heard.lines);
}

static int stop(void *context, const struct svc_policy_change *change)
{
	(void)change;
	++*(int *)context;
	return 77;
}

static void test_diff__who_is_told_may_stop(void **state)
{
	struct svc_policy *old = pack_of(BLOCK("misuse")), *new = pack_of(HEAD TERM("p.7", "2 years"));
	struct svc_diff_counts counts;
	struct svc_error err = {0};
	int told = 0;

	(void)state;
	assert_int_equal(svc_policy_diff(old, new, 0, stop, &told, &counts, &err), 77);
	assert_int_equal(told, 1);
	svc_policy_free(old);
	svc_policy_free(new);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_diff__a_period_that_changed_turns_a_verdict),
		cmocka_unit_test(test_diff__the_same_pack_has_no_changes),
		cmocka_unit_test(test_diff__another_sentence_is_a_wording),
		cmocka_unit_test(test_diff__a_word_that_left_a_list_is_shown_by_that_word),
		cmocka_unit_test(test_diff__a_rule_that_is_gone_or_new_is_named),
		cmocka_unit_test(test_diff__a_rule_that_moved_has_a_case_only_where_that_decides),
		cmocka_unit_test(test_diff__what_is_said_beside_an_answer_is_a_case_too),
		cmocka_unit_test(test_diff__an_anchor_that_left_is_shown_where_it_is_the_first_known),
		cmocka_unit_test(test_diff__a_field_that_moves_house_is_gone_here_and_new_there),
		cmocka_unit_test(test_diff__records_that_change_places_have_moved),
		cmocka_unit_test(test_diff__a_setting_is_shown_by_the_rules_that_speak_of_it),
		cmocka_unit_test(test_diff__a_day_that_the_rule_names_is_tried),
		cmocka_unit_test(test_diff__a_reading_between_two_limits_is_found),
		cmocka_unit_test(test_diff__a_stage_that_left_a_step_is_tried),
		cmocka_unit_test(test_diff__words_of_a_fact_that_come_and_go_are_changes_of_the_fact),
		cmocka_unit_test(test_diff__only_the_asks_that_were_chosen_are_asked),
		cmocka_unit_test(test_diff__who_is_told_may_stop),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
