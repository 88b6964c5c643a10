/* What a unit's tickets say of it, at the edges of their days. */
#include "scratch.h"

#include "desk/history.h"

static const char lamps[] =
	"policy: lamps\ntitle: {en: Lamps, zh: 灯具}\neffective: 2020-01-01\ncurrency: CNY\n"
	"timezone: Asia/Shanghai\n"
	"facts:\n  component: {one_of: {lamp: {en: lamp head, zh: 灯头}}}\n"
	"warranty:\n  terms:\n"
	"    - {clause: lamps.1, from: [replacement, repaired, purchase], lasts: 1 year, pauses: repair,"
	" remedy: repair, when: {same_fault_repairs: {below: 9}, exchanged_without_fault: 0}}\n";
static const char candles[] = "policy: candles\ntitle: {en: Candles, zh: 蜡烛}\neffective: 2020-01-01\ncurrency: CNY\n"
			      "timezone: Asia/Shanghai\nwarranty:\n  terms:\n"
			      "    - {clause: candles.1, from: purchase, lasts: 1 year, remedy: repair}\n";

/* A ticket of U1: "KIND OPENED CLOSED OUTCOME", "-" for what is not known, and a fact of it. */
static void ticket(struct scratch *scratch, const char *kind, const char *opened, const char *closed,
		   const char *outcome, const char *fact, const char *value)
{
	struct svc_assignment fields[5] = {{"kind", kind}, {"unit", "U1"}, {"opened", opened}},
			      facts[] = {{fact, value}};
	struct svc_opening opening = {.fields = fields, .field_count = 3, .facts = facts, .fact_count = fact != NULL};
	int64_t id;
	if (closed)
		fields[opening.field_count++] = (struct svc_assignment){"closed", closed};
	if (outcome)
		fields[opening.field_count++] = (struct svc_assignment){"outcome", outcome};
	scratch_begin(scratch);
	OK(scratch, svc_ticket_open(scratch->desk, &opening, &id, NULL, NULL, &scratch->err));
	scratch_commit(scratch);
}

/* All that is known when `typed` is asked about U1. */
static void expect_of(struct scratch *scratch, const char *pack, const char *typed, const char *value,
		      const char *expected)
{
	struct svc_assignment facts[] = {{"claim", "2025-06-15"}, {typed, value}};
	struct history_question question = {.unit = 1, .typed = facts, .typed_count = 1 + (typed != NULL)};
	struct svc_policy *policy;
	struct svc_facts *vector;
	OK(scratch,
	   svc_policy_open_text(&policy, pack, strlen(pack), "p.yaml", &scratch->options.places, &scratch->err));
	OK(scratch, svc_facts_new(&vector, policy, &scratch->err));
	for (size_t i = 0; i < question.typed_count; i++)
		OK(scratch, svc_facts_set(vector, facts[i].field, facts[i].value, &scratch->err));
	svc_facts_now(vector, SCRATCH_NOW);
	OK(scratch, history_put(scratch->desk, &question, vector, &scratch->err));
	char *json = svc_facts_json(vector, false);
	assert_string_equal(json, expected);
	free(json);
	svc_facts_free(vector);
	svc_policy_free(policy);
}

static void expect_facts(struct scratch *scratch, const char *expected)
{
	expect_of(scratch, lamps, NULL, NULL, expected);
}

static int desk_with_lamp(void **state)
{
	int status = scratch_setup(state);
	struct scratch *scratch = *state;
	char path[160];
	snprintf(path, sizeof path, "%s/packs/lamps.yaml", scratch->folder);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(lamps, file);
	fclose(file);
	scratch_desk(scratch, "lamps");
	ADD(scratch, SVC_UNIT, {"serial", "L1"}, {"purchase", "2024-01-01"});
	return status;
}

static void test_history__without_tickets_all_counts_are_naught(void **state)
{
	expect_facts(*state, "{\"claim\":\"2025-06-15\",\"same_fault_repairs\":0,\"repair_days\":0,"
			     "\"exchanged_without_fault\":0}");
}

static void test_history__is_not_read_for_a_pack_that_has_no_rule_about_it(void **state)
{
	ticket(*state, "repair", "2025-01-01", "2025-01-09", "replaced", NULL, NULL);
	expect_of(*state, candles, NULL, NULL, "{\"claim\":\"2025-06-15\"}");
}

static void test_history__days_are_those_of_the_packs_zone_each_once(void **state)
{
	/* 2025-01-10 to 2025-01-13 in Shanghai, then to the 15th with one that overlaps, then one that is still open */
	ticket(*state, "repair", "2025-01-09T16:30:00Z", "2025-01-12T17:00:00Z", "advised", NULL, NULL);
	ticket(*state, "repair", "2025-01-12", "2025-01-15", NULL, NULL, NULL);
	ticket(*state, "complaint", "2025-02-01", "2025-03-01", NULL, NULL, NULL);
	ticket(*state, "repair", "2025-06-13", NULL, NULL, NULL, NULL);
	expect_facts(*state, "{\"claim\":\"2025-06-15\",\"same_fault_repairs\":0,\"repair_days\":7,"
			     "\"exchanged_without_fault\":0}");
}

static void test_history__begins_anew_with_a_replacement(void **state)
{
	ticket(*state, "repair", "2024-03-01", "2024-03-11", "repaired", "component", "lamp");
	ticket(*state, "repair", "2024-04-01", "2024-04-05", "replaced", NULL, NULL);
	ticket(*state, "repair", "2024-04-05", "2024-04-07", "repaired", "component", "lamp");
	expect_of(*state, lamps, "component", "lamp",
		  "{\"replacement\":\"2024-04-05\",\"repaired\":\"2024-04-07\",\"claim\":\"2025-06-15\","
		  "\"component\":\"lamp\",\"same_fault_repairs\":1,\"repair_days\":2,"
		  "\"exchanged_without_fault\":0}");
	/* of an earlier day is asked: what came after it has not happened yet */
	expect_of(*state, lamps, "claim", "2024-03-06",
		  "{\"claim\":\"2024-03-06\",\"same_fault_repairs\":0,\"repair_days\":5,"
		  "\"exchanged_without_fault\":0}");
	expect_of(*state, lamps, "replacement", "2025-01-01",
		  "{\"replacement\":\"2025-01-01\",\"repaired\":\"2024-04-07\",\"claim\":\"2025-06-15\","
		  "\"same_fault_repairs\":0,\"repair_days\":0,\"exchanged_without_fault\":0}");
}

static void test_history__an_exchange_without_a_fault_is_no_replacement(void **state)
{
	ticket(*state, "exchange", "2024-03-01", "2024-03-02", "exchanged", "fault", "none");
	expect_facts(*state, "{\"claim\":\"2025-06-15\",\"same_fault_repairs\":0,\"repair_days\":0,"
			     "\"exchanged_without_fault\":1}");
	ticket(*state, "exchange", "2024-04-01", "2024-04-02", "exchanged", "fault", "quality");
	expect_facts(*state, "{\"replacement\":\"2024-04-02\",\"claim\":\"2025-06-15\",\"same_fault_repairs\":0,"
			     "\"repair_days\":0,\"exchanged_without_fault\":1}");
	ticket(*state, "exchange", "2024-05-01", "2024-05-02", "exchanged", NULL, NULL);
	expect_facts(*state, "{\"replacement\":\"2024-05-02\",\"claim\":\"2025-06-15\",\"same_fault_repairs\":0,"
			     "\"repair_days\":0}");
}

static void test_history__faults_that_only_their_cause_tells(void **state)
{
	ticket(*state, "repair", "2024-03-01", "2024-03-02", "repaired", "fault", "quality");
	ticket(*state, "repair", "2024-04-01", "2024-04-02", "repaired", "cause", "misuse");
	expect_of(*state, lamps, "cause", "defect",
		  "{\"repaired\":\"2024-04-02\",\"claim\":\"2025-06-15\",\"cause\":\"defect\","
		  "\"same_fault_repairs\":1,\"repair_days\":2,\"exchanged_without_fault\":0}");
	expect_of(*state, lamps, "component", "lamp",
		  "{\"repaired\":\"2024-04-02\",\"claim\":\"2025-06-15\",\"component\":\"lamp\",\"repair_days\":2,"
		  "\"exchanged_without_fault\":0}");
}

int main(void)
{
#define LAMP(name) cmocka_unit_test_setup_teardown(name, desk_with_lamp, scratch_teardown)
	const struct CMUnitTest tests[] = {
		LAMP(test_history__without_tickets_all_counts_are_naught),
		LAMP(test_history__is_not_read_for_a_pack_that_has_no_rule_about_it),
		LAMP(test_history__days_are_those_of_the_packs_zone_each_once),
		LAMP(test_history__begins_anew_with_a_replacement),
		LAMP(test_history__an_exchange_without_a_fault_is_no_replacement),
		LAMP(test_history__faults_that_only_their_cause_tells),
	};
	return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
