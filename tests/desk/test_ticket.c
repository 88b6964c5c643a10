/* Tickets and the decisions that are kept with them. */
#include "scratch.h"

#include "store/decision.h"

#include "desk/desk.h"

#include <limits.h>

static int open_ticket(struct scratch *scratch, const struct svc_opening *opening, int64_t *ticket,
		       enum svc_verdict *verdict)
{
	struct svc_answer answer = {0};
	struct svc_policy *policy = NULL;
	scratch_begin(scratch);
	int status = svc_ticket_open(scratch->desk, opening, ticket, &answer, &policy, &scratch->err);
	if (verdict)
		*verdict = answer.verdict;
	svc_answer_release(&answer);
	svc_policy_free(policy);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
	return status;
}

static void test_ticket__is_opened_with_the_decision(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment facts[] = {{"cause", "defect"}}, fields[] = {{"symptom", "cold"}};
	struct svc_opening opening = {
		.serial = "SN1", .facts = facts, .fact_count = 1, .fields = fields, .field_count = 1};
	enum svc_verdict verdict;
	int64_t ticket;
	scratch_desk(scratch, "kettles");
	ADD(scratch, SVC_CUSTOMER, {"name", "customer A"});
	ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"purchase", "2024-06-15"}, {"customer", "C1"}, {"brand", "B"});
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	assert_int_equal(verdict, SVC_COVERED);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "covered");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "policy", "kettles");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "customer", "C1");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "brand", "B");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "kind", "repair");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "state", "open");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "opened", "2025-06-15T15:06:40Z");
	scratch_prove(scratch);
}

static void test_ticket__registers_a_unit_that_is_not_known(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment unit[] = {{"purchase", "2020-01-01"}, {"model", "M"}};
	struct svc_opening opening = {.serial = "SN9"};
	enum svc_verdict verdict;
	int64_t ticket;
	scratch_desk(scratch, "kettles");
	EXPECT(scratch, open_ticket(scratch, &opening, &ticket, &verdict), SVC_NOT_FOUND);
	opening.unit = unit;
	opening.unit_count = 2;
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	assert_int_equal(verdict, SVC_EXPIRED); /* a negative answer hinders nothing */
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "unit", "U1");
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "unit", "U1"); /* known by now */
	unit[1].value = "N";
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "unit", "U2"); /* the same serial of another model */
	opening.unit = NULL;
	EXPECT(scratch, open_ticket(scratch, &opening, &ticket, &verdict), SVC_REFUSED);
	assert_non_null(strstr(scratch->err.hint, "U2 (N)"));
	opening.serial = "U2";
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	unit[0].value = "2020-13-01";
	opening = (struct svc_opening){.serial = "SN10", .unit = unit, .unit_count = 2};
	EXPECT(scratch, open_ticket(scratch, &opening, &ticket, &verdict), SVC_BAD_INPUT);
	assert_int_equal(scratch_events(scratch, "U3"), 0);
}

static void test_ticket__without_a_pack_has_no_decision(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment facts[] = {{"cause", "defect"}}, fields[] = {{"opened", "2025-06-01"}};
	struct svc_opening opening = {.fields = fields, .field_count = 1};
	enum svc_verdict verdict;
	int64_t ticket;
	scratch_desk(scratch, NULL);
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	assert_int_equal(verdict, SVC_VERDICT_NONE_YET);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "");
	opening.facts = facts;
	opening.fact_count = 1;
	EXPECT(scratch, open_ticket(scratch, &opening, &ticket, &verdict), SVC_USAGE); /* nothing could check them */
	scratch->options.policy = "kettles";
	scratch_open(scratch);
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	assert_int_equal(verdict, SVC_VERDICT_INCOMPLETE);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "incomplete");
	facts[0].field = "cuase";
	EXPECT(scratch, open_ticket(scratch, &opening, &ticket, &verdict), SVC_USAGE);
}

struct decisions {
	int count;
	char verdicts[200], hash[40], settings[200], facts[600], answer[2000];
	svc_time now;
	svc_date version;
};

static int take_decision(void *context, const struct svc_decision *decision)
{
	struct decisions *decisions = context;
	size_t length = strlen(decisions->verdicts);
	decisions->count++;
	snprintf(decisions->verdicts + length, sizeof decisions->verdicts - length, "%s ", decision->verdict);
	snprintf(decisions->hash, sizeof decisions->hash, "%s", decision->hash);
	snprintf(decisions->settings, sizeof decisions->settings, "%s", decision->settings);
	snprintf(decisions->facts, sizeof decisions->facts, "%s", decision->facts);
	snprintf(decisions->answer, sizeof decisions->answer, "%s", decision->answer);
	decisions->now = decision->now;
	decisions->version = decision->version;
	return 0;
}

static void note(struct scratch *scratch, int64_t ticket, const char *text, const struct svc_assignment *facts,
		 size_t count)
{
	scratch_begin(scratch);
	OK(scratch, svc_ticket_note(scratch->desk, ticket, text, facts, count, NULL, NULL, &scratch->err));
	scratch_commit(scratch);
}

static void test_ticket__is_decided_again_when_facts_arrive(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment bought = {"purchase", "2024-06-15"}, cause = {"cause", "misuse"};
	struct svc_opening opening = {.facts = &bought, .fact_count = 1};
	struct decisions decisions = {0};
	enum svc_verdict verdict;
	int64_t ticket;
	scratch_desk(scratch, "kettles");
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	assert_int_equal(verdict, SVC_VERDICT_INCOMPLETE);
	note(scratch, ticket, "asked the customer", NULL, 0);
	/* Long after: the day of the question stays the day the ticket was opened. */
	scratch->options.now = SCRATCH_NOW + 3 * 366 * INT64_C(86400);
	scratch_open(scratch);
	note(scratch, ticket, NULL, &(struct svc_assignment){"cause", "defect"}, 1);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "covered");
	note(scratch, ticket, "dented", &cause, 1);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "excluded");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "note", "asked the customer\ndented");
	OK(scratch, svc_ticket_decisions(scratch->desk, ticket, take_decision, &decisions, &scratch->err));
	assert_string_equal(decisions.verdicts, "incomplete covered excluded ");
	assert_int_equal(decisions.now, scratch->options.now);
	scratch_begin(scratch);
	EXPECT(scratch, svc_ticket_note(scratch->desk, ticket, "", NULL, 0, NULL, NULL, &scratch->err), SVC_USAGE);
	svc_desk_rollback(scratch->desk);
	scratch_prove(scratch);
}

/* The pack's text, settings, facts and present are enough to derive the very same answer. */
static void test_ticket__decision_can_be_derived_from_what_is_kept(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment facts[] = {{"purchase", "2023-06-20"}, {"cause", "defect"}};
	struct svc_opening opening = {.facts = facts, .fact_count = 2};
	struct decisions decisions = {0};
	struct arena arena = {0};
	struct svc_policy *policy;
	struct svc_facts *given;
	struct svc_answer answer = {0};
	struct kept_text kept;
	int64_t ticket;
	scratch_desk(scratch, "kettles");
	OK(scratch, open_ticket(scratch, &opening, &ticket, NULL));
	OK(scratch, svc_ticket_decisions(scratch->desk, ticket, take_decision, &decisions, &scratch->err));
	assert_int_equal(decisions.version, svc_date_of(2019, 1, 1)); /* the version in force on the day of the sale */
	OK(scratch, decision_pack_text(scratch->desk->store, decisions.hash, &arena, &kept, &scratch->err));
	OK(scratch, svc_policy_open_text(&policy, kept.text, strlen(kept.text), "kept", &scratch->options.places,
					 &scratch->err));
	OK(scratch, svc_facts_new(&given, policy, &scratch->err));
	OK(scratch, svc_facts_read(given, decisions.facts, strlen(decisions.facts), false, "kept", 1, &scratch->err));
	svc_facts_now(given, decisions.now);
	OK(scratch, svc_ask(policy, SVC_ASK_WARRANTY, given, false, &answer, &scratch->err));
	char *again = svc_answer_json(&answer);
	assert_string_equal(again, decisions.answer);
	free(again);
	svc_answer_release(&answer);
	svc_facts_free(given);
	svc_policy_free(policy);
	arena_release(&arena);
}

static void write_text(struct scratch *scratch, const char *name, const char *text)
{
	char path[192];
	snprintf(path, sizeof path, "%s/packs/%s", scratch->folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void test_ticket__keeps_what_the_pack_includes(void **state)
{
	static const char pack[] = "policy: pots\ntitle: {en: Pots, zh: 锅}\neffective: 2019-01-01\ncurrency: CNY\n"
				   "timezone: Asia/Shanghai\ninclude: [sentences]\nwarranty:\n  terms:\n"
				   "    - {clause: pots.1, from: purchase, lasts: 1 year, remedy: repair}\n";
	static const char sentences[] = "clauses:\n  pots.1: {en: A year, zh: 一年}\n";
	struct scratch *scratch = *state;
	struct svc_assignment bought = {"purchase", "2024-06-15"};
	struct svc_opening opening = {.facts = &bought, .fact_count = 1};
	struct decisions decisions = {0};
	struct arena arena = {0};
	struct kept_text kept;
	int64_t ticket;
	write_text(scratch, "pots.yaml", pack);
	write_text(scratch, "sentences.yaml", sentences);
	scratch_desk(scratch, "pots");
	OK(scratch, open_ticket(scratch, &opening, &ticket, NULL));
	OK(scratch, svc_ticket_decisions(scratch->desk, ticket, take_decision, &decisions, &scratch->err));
	OK(scratch, decision_pack_text(scratch->desk->store, decisions.hash, &arena, &kept, &scratch->err));
	assert_string_equal(kept.text, pack);
	assert_string_equal(kept.includes, "{\"sentences\":\"clauses:\\n  pots.1: {en: A year, zh: 一年}\\n\"}");
	arena_release(&arena);
}

/* Of two packs of one id the unit's own goes on to answer, though the ticket knows it by its id. */
static void test_ticket__stays_with_the_units_own_pack(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment bought = {"purchase", "2024-06-15"};
	struct svc_opening opening = {.serial = "SN1", .facts = &bought, .fact_count = 1};
	char path[192], own[192], whole[PATH_MAX], text[2048], kept[256];
	enum svc_verdict verdict;
	int64_t ticket;
	assert_int_equal(chdir(scratch->folder), 0);
	snprintf(text, sizeof text, scratch_pack, "2019-01-01", "5 years");
	write_text(scratch, "../own.yaml", text);
	memcpy(strstr(text, "policy: kettles"), "policy: teapots", 15);
	write_text(scratch, "../teapots.yaml", text);
	scratch_desk(scratch, "teapots.yaml");
	snprintf(path, sizeof path, "%s/teapots.yaml", scratch->folder);
	snprintf(own, sizeof own, "%s/own.yaml", scratch->folder);
	struct svc_desk_about about;
	OK(scratch, svc_desk_about(scratch->desk, &about, &scratch->err));
	assert_string_equal(about.policy, realpath(path, whole));
	ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"policy", "own.yaml"});
	assert_string_equal(scratch_value(scratch, SVC_UNIT, 1, "policy", kept), realpath(own, whole));
	assert_int_equal(chdir("/"), 0);
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "policy", "kettles");
	scratch->options.now = SCRATCH_NOW + 1;
	scratch_open(scratch);
	note(scratch, ticket, NULL, &(struct svc_assignment){"cause", "defect"}, 1);
	note(scratch, ticket, NULL, &(struct svc_assignment){"claim", "2028-06-15"},
	     1); /* the shipped pack gives two years */
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "verdict", "covered");
	opening.serial = NULL;
	OK(scratch, open_ticket(scratch, &opening, &ticket, &verdict));
	note(scratch, ticket, NULL, &(struct svc_assignment){"cause", "defect"}, 1);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "policy", "teapots");
}

static void test_ticket__pack_text_is_kept_once(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment bought = {"purchase", "2024-06-15"};
	struct svc_opening opening = {.facts = &bought, .fact_count = 1};
	int64_t first, second;
	scratch_desk(scratch, "kettles");
	OK(scratch, open_ticket(scratch, &opening, &first, NULL));
	OK(scratch, open_ticket(scratch, &opening, &second, NULL)); /* would break the text's key otherwise */
	assert_int_not_equal(first, second);
}

static int close_ticket(struct scratch *scratch, int64_t ticket, const char *outcome, const char *text)
{
	scratch_begin(scratch);
	int status = svc_ticket_close(scratch->desk, ticket, outcome, text, &scratch->err);
	if (status == SVC_OK)
		scratch_commit(scratch);
	else
		svc_desk_rollback(scratch->desk);
	return status;
}

static void test_ticket__closes_and_reopens(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, NULL);
	int64_t ticket = ADD(scratch, SVC_TICKET, {"opened", "2025-06-01"});
	OK(scratch, close_ticket(scratch, ticket, "repaired", "new plug"));
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "state", "closed");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "closed", "2025-06-15T15:06:40Z");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "outcome", "repaired");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "note", "new plug");
	EXPECT(scratch, close_ticket(scratch, ticket, NULL, NULL), SVC_REFUSED);
	scratch_begin(scratch);
	OK(scratch, svc_ticket_reopen(scratch->desk, ticket, "fails again", &scratch->err));
	EXPECT(scratch, svc_ticket_reopen(scratch->desk, ticket, NULL, &scratch->err), SVC_REFUSED);
	EXPECT(scratch, svc_ticket_close(scratch->desk, 99, NULL, NULL, &scratch->err), SVC_NOT_FOUND);
	scratch_commit(scratch);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "state", "open");
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "closed", "");
	assert_int_equal(scratch_events(scratch, "T1"), 3);
	scratch_prove(scratch);
}

static void test_ticket__is_not_closed_before_it_was_opened(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment fields[] = {{"opened", "2025-06-10"}, {"closed", "2025-06-09"}};
	int64_t ticket;
	scratch_desk(scratch, NULL);
	scratch_begin(scratch);
	EXPECT(scratch, svc_add(scratch->desk, SVC_TICKET, fields, 2, &ticket, &scratch->err), SVC_BAD_INPUT);
	assert_string_equal(scratch->err.field, "closed");
	fields[1].value = "2025-06-10";
	OK(scratch, svc_add(scratch->desk, SVC_TICKET, fields, 2, &ticket, &scratch->err));
	scratch_commit(scratch);
	EXPECT_VALUE(scratch, SVC_TICKET, ticket, "state", "closed");
	int64_t other = ADD(scratch, SVC_TICKET, {"opened", "2025-06-10"});
	scratch_begin(scratch);
	EXPECT(scratch, svc_edit(scratch->desk, SVC_TICKET, other, fields + 1, 1, &scratch->err), SVC_REFUSED);
	svc_desk_rollback(scratch->desk);
}

/* ---- questions without a ticket ---- */

static enum svc_verdict ask(struct scratch *scratch, const struct svc_question *question)
{
	struct svc_answer answer = {0};
	struct svc_policy *policy;
	OK(scratch, svc_entitlement(scratch->desk, question, &answer, &policy, &scratch->err));
	enum svc_verdict verdict = answer.verdict;
	svc_answer_release(&answer);
	svc_policy_free(policy);
	return verdict;
}

static void test_ticket__entitlement_takes_facts_from_the_unit_and_typed_ones_win(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment facts[] = {{"cause", "defect"}, {"purchase", "2020-01-01"}};
	struct svc_question question = {.ask = SVC_ASK_WARRANTY, .unit = 1, .facts = facts, .fact_count = 1};
	struct svc_answer answer = {0};
	struct svc_policy *policy;
	scratch_desk(scratch, NULL);
	ADD(scratch, SVC_UNIT, {"serial", "SN1"}, {"purchase", "2024-06-15"});
	EXPECT(scratch, svc_entitlement(scratch->desk, &question, &answer, &policy, &scratch->err), SVC_USAGE);
	ADD(scratch, SVC_UNIT, {"serial", "SN2"}, {"purchase", "2024-06-15"}, {"policy", "kettles"});
	question.unit = 2; /* the unit's own pack */
	assert_int_equal(ask(scratch, &question), SVC_COVERED);
	question.fact_count = 2;
	assert_int_equal(ask(scratch, &question), SVC_EXPIRED);
	question.unit = 9;
	EXPECT(scratch, svc_entitlement(scratch->desk, &question, &answer, &policy, &scratch->err), SVC_NOT_FOUND);
}

static void test_ticket__entitlement_needs_no_desk(void **state)
{
	struct scratch *scratch = *state;
	struct svc_assignment facts[] = {{"cause", "defect"}, {"购买", "2024-06-15"}};
	struct svc_question question = {
		.ask = SVC_ASK_WARRANTY, .facts = facts, .fact_count = 2, .options = &scratch->options};
	facts[1].field = "purchase";
	scratch->options.policy = "kettles";
	assert_int_equal(ask(scratch, &question), SVC_COVERED);
	facts[1].value = "2023-06-20"; /* sold under the version of 2019: one year */
	assert_int_equal(ask(scratch, &question), SVC_EXPIRED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_ticket__is_opened_with_the_decision),
		CASE(test_ticket__registers_a_unit_that_is_not_known),
		CASE(test_ticket__without_a_pack_has_no_decision),
		CASE(test_ticket__is_decided_again_when_facts_arrive),
		CASE(test_ticket__decision_can_be_derived_from_what_is_kept),
		CASE(test_ticket__keeps_what_the_pack_includes),
		CASE(test_ticket__stays_with_the_units_own_pack),
		CASE(test_ticket__pack_text_is_kept_once),
		CASE(test_ticket__closes_and_reopens),
		CASE(test_ticket__is_not_closed_before_it_was_opened),
		CASE(test_ticket__entitlement_takes_facts_from_the_unit_and_typed_ones_win),
		CASE(test_ticket__entitlement_needs_no_desk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
