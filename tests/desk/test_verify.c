/* Kept decisions derived once more: the same whatever became of packs, includes and settings; an altered one is found.
   DECISIONS=10000 in the environment tries that many. */
#include "scratch.h"

#include "desk/desk.h"
#include "store/sqlite.h"

/* Decisions between one edit and the next; DECISIONS says how many in all. */
static int each_time(void)
{
	const char *asked = getenv("DECISIONS");
	return (asked ? atoi(asked) : 160) / 4;
}

struct findings {
	int count, altered, unmade, beside;
	int64_t last;
	char text[600]; /* what was found last: the fault, or the fields with what was kept and what comes out */
	enum svc_lang spoken;
	char beside_text[600]; /* kind and sentence of what was found beside the decisions, one after the other */
};

static int find(void *context, const struct svc_verification *verification)
{
	struct findings *findings = context;
	size_t length = 0;
	findings->count++;
	findings->altered += verification->altered;
	findings->unmade += verification->unmade;
	findings->last = verification->decision->id;
	findings->spoken = svc_language();
	snprintf(findings->text, sizeof findings->text, "%s", verification->fault ? verification->fault : "");
	for (size_t i = 0; i < verification->deviation_count; i++)
		length += (size_t)snprintf(findings->text + length, sizeof findings->text - length, "%s=%s>%s ",
					   verification->deviations[i].field, verification->deviations[i].kept,
					   verification->deviations[i].derived);
	return 0;
}

static int find_beside(void *context, const struct svc_file_finding *finding)
{
	struct findings *findings = context;
	size_t length = strlen(findings->beside_text);
	findings->beside++;
	snprintf(findings->beside_text + length, sizeof findings->beside_text - length, "%s: %s\n", finding->kind,
		 finding->text);
	return 0;
}

static void speak(void *context, enum svc_lang lang)
{
	(void)context;
	svc_language_set(lang, NULL);
}

static struct findings verify(struct scratch *scratch, int64_t ticket, int64_t looked_at)
{
	struct findings findings = {0};
	const struct svc_verifier verifier = {find, speak, &findings, find_beside};
	int64_t count = -1;
	OK(scratch, svc_decisions_verify(scratch->desk, ticket, &verifier, &count, &scratch->err));
	assert_int_equal(count, looked_at);
	return findings;
}

static void open_tickets(struct scratch *scratch, int count)
{
	static const char *const days[] = {"2018-06-15", "2023-06-20", "2023-12-31", "2024-01-01", "2024-06-15"};
	static const char *const causes[] = {"misuse", "defect", "lightning"};
	scratch_begin(scratch);
	for (int i = 0; i < count; i++) {
		struct svc_assignment facts[] = {{"purchase", days[i % 5]}, {"cause", causes[i % 3]}};
		struct svc_opening opening = {.facts = facts, .fact_count = 1 + (size_t)(i % 4 > 0)};
		int64_t ticket;
		OK(scratch, svc_ticket_open(scratch->desk, &opening, &ticket, NULL, NULL, &scratch->err));
	}
	scratch_commit(scratch);
}

static void set_grace(struct scratch *scratch, const char *value)
{
	scratch_begin(scratch);
	OK(scratch, svc_policy_set(scratch->desk, "kettles", "grace", value, svc_date_of(2020, 1, 1), &scratch->err));
	scratch_commit(scratch);
}

static void execute(struct scratch *scratch, const char *sql)
{
	OK(scratch, store_begin(scratch->desk->store, &scratch->err));
	OK(scratch, store_execute(scratch->desk->store, sql, &scratch->err));
	OK(scratch, store_commit(scratch->desk->store, &scratch->err));
}

static void test_verify__edits_of_packs_and_settings_change_nothing(void **state)
{
	struct scratch *scratch = *state;
	const int each = each_time();
	char folder[128];
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, each);
	scratch_write_pack(scratch, "2024-01-01", "5 years");
	open_tickets(scratch, each);
	scratch_write_pack(scratch, "2019-01-01", "30 days");
	set_grace(scratch, "3 years");
	open_tickets(scratch, each);
	scratch_write_pack(scratch, "2023-12-01", "1 month");
	set_grace(scratch, "");
	open_tickets(scratch, each);
	assert_int_equal(verify(scratch, 0, 4 * each).count, 0);
	snprintf(folder, sizeof folder, "%s/packs/kettles", scratch->folder);
	char away[160];
	snprintf(away, sizeof away, "%s.away", folder);
	assert_int_equal(rename(folder, away), 0); /* no file of a pack is needed at all */
	assert_int_equal(verify(scratch, 0, 4 * each).count, 0);
	assert_int_equal(verify(scratch, 7, 1).count, 0);
	assert_int_equal(verify(scratch, 99999999, 0).count, 0);
}

static void write_text(struct scratch *scratch, const char *name, const char *text)
{
	char path[160];
	snprintf(path, sizeof path, "%s/packs/%s", scratch->folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* What a pack includes is kept with it: a day off that is taken away later moves no term that has been given. */
static void test_verify__a_changed_calendar_changes_nothing(void **state)
{
	static const char pack[] =
		"policy: pots\ntitle: {en: Pots, zh: 锅}\neffective: 2019-01-01\ncurrency: CNY\n"
		"timezone: Asia/Shanghai\ninclude: [days]\nclauses:\n  pots.1: {en: A year, zh: 一年}\n"
		"calendar: {clause: pots.1, holidays: true}\nwarranty:\n  terms:\n"
		"    - {clause: pots.1, from: purchase, lasts: 1 year, remedy: repair, rolls: true}\n";
	static const char *const days[] = {"years: [2024, 2025]\n  off: [2025-06-16]\n", "years: [2024, 2025]\n",
					   "years: [2024]\n"};
	struct scratch *scratch = *state;
	struct svc_assignment bought = {"purchase", "2024-06-16"};
	struct svc_opening opening = {.facts = &bought, .fact_count = 1};
	char text[128], day[16], verdicts[256] = "";
	write_text(scratch, "pots.yaml", pack);
	write_text(scratch, "days.yaml", "calendar: {years: [2024]}\n");
	scratch_desk(scratch, "pots");
	for (size_t i = 0; i < COUNT(days); i++) {
		struct svc_answer answer = {0};
		struct svc_policy *policy;
		int64_t ticket;
		snprintf(text, sizeof text, "calendar:\n  %s", days[i]);
		write_text(scratch, "days.yaml", text);
		scratch_begin(scratch);
		OK(scratch, svc_ticket_open(scratch->desk, &opening, &ticket, &answer, &policy, &scratch->err));
		scratch_commit(scratch);
		size_t length = strlen(verdicts);
		svc_date_format(answer.ends, day);
		snprintf(verdicts + length, sizeof verdicts - length, "%s %s ", svc_verdict_id(answer.verdict), day);
		svc_answer_release(&answer);
		svc_policy_free(policy);
	}
	assert_string_equal(verdicts, "covered 2025-06-17 covered 2025-06-16 incomplete  ");
	write_text(scratch, "days.yaml", "calendar: none\n");
	assert_int_equal(verify(scratch, 0, COUNT(days)).count, 0);
}

/* Each version of a pack answers for what was sold under it, and the decision keeps which one it was. */
static void test_verify__the_version_is_that_of_the_sale(void **state)
{
	static const struct {
		const char *sold, *effective;
	} sales[] = {{"2018-01-01", "2019-01-01"},
		     {"2021-11-30", "2019-01-01"},
		     {"2021-12-01", "2021-12-01"},
		     {"2023-12-31", "2021-12-01"},
		     {"2024-01-01", "2024-01-01"}};
	struct scratch *scratch = *state;
	scratch_write_pack(scratch, "2021-12-01", "18 months");
	scratch_desk(scratch, "kettles");
	scratch_begin(scratch);
	for (size_t i = 0; i < COUNT(sales); i++) {
		struct svc_assignment bought = {"purchase", sales[i].sold};
		struct svc_opening opening = {.facts = &bought, .fact_count = 1};
		struct svc_answer answer = {0};
		struct svc_policy *policy;
		int64_t ticket;
		char version[16];
		OK(scratch, svc_ticket_open(scratch->desk, &opening, &ticket, &answer, &policy, &scratch->err));
		svc_date_format(answer.version, version);
		assert_string_equal(version, sales[i].effective);
		svc_answer_release(&answer);
		svc_policy_free(policy);
	}
	scratch_commit(scratch);
	assert_int_equal(verify(scratch, 0, COUNT(sales)).count, 0);
}

static void test_verify__finds_the_one_that_was_altered(void **state)
{
	static const struct {
		const char *sql, *found;
	} alterations[] = {
		{"UPDATE decision SET verdict = 'covered' WHERE id = 2", "verdict=\"covered\">\"expired\" "},
		{"UPDATE decision SET version = '2019-01-02' WHERE id = 2", "version=\"2019-01-02\">\"2019-01-01\" "},
		{"UPDATE decision SET policy = 'kettle' WHERE id = 2", "policy=\"kettle\">\"kettles\" "},
		{"UPDATE decision SET ask = 'fee' WHERE id = 2",
		 "the policy kettles has no rules for the question fee"},
		{"UPDATE decision SET ask = 'fees' WHERE id = 2", "its question is not known"},
		{"UPDATE decision SET answer = replace(answer, 'kettles.3', 'kettles.2') WHERE id = 2",
		 "clauses=[\"kettles.1\",\"kettles.2\"]>[\"kettles.1\",\"kettles.3\"] "},
		{"UPDATE decision SET answer = '[]' WHERE id = 2", "its answer is no object"},
		{"UPDATE decision SET answer = '{}' WHERE id = 2", NULL},
		{"UPDATE decision SET answer = '' WHERE id = 2", NULL},
		{"UPDATE decision SET facts = replace(facts, '2023-06-20', '2023-06-19') WHERE id = 2", NULL},
		{"UPDATE decision SET facts = '{\"nothing\":1}' WHERE id = 2",
		 "nothing: no such fact in policy kettles"},
		{"UPDATE decision SET facts = replace(facts, 'defect', 'wear') WHERE id = 2", ""},
		{"UPDATE decision SET ticket = 3 WHERE id = 2", ""},
		{"UPDATE decision SET event = 1 WHERE id = 2", ""},
		{"UPDATE decision SET engine = 1 WHERE id = 2", ""},
		{"UPDATE decision SET seal = '' WHERE id = 2", ""},
		{"UPDATE decision SET settings = '{\"grace\":\"9 years\"}' WHERE id = 2", NULL},
		{"UPDATE decision SET hash = (SELECT hash FROM decision WHERE id = 5) WHERE id = 2", NULL},
	};
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, 6);
	execute(scratch, "CREATE TABLE kept AS SELECT * FROM decision");
	for (size_t i = 0; i < COUNT(alterations); i++) {
		execute(scratch, alterations[i].sql);
		struct findings findings = verify(scratch, 0, 6);
		assert_int_equal(findings.count, 1);
		assert_int_equal(findings.last, 2);
		assert_int_equal(findings.altered, 1);
		if (alterations[i].found)
			assert_string_equal(findings.text, alterations[i].found);
		execute(scratch, "DELETE FROM decision; INSERT INTO decision SELECT * FROM kept");
		assert_int_equal(verify(scratch, 0, 6).count, 0);
	}
}

static void test_verify__finds_a_pack_text_that_was_altered(void **state)
{
	static const struct {
		const char *sql, *found;
	} alterations[] = {
		{"UPDATE pack_text SET text = text || '#'", "the kept text of its pack was altered"},
		{"UPDATE pack_text SET text = replace(text, 'kettles.2', 'kettle 2')", NULL},
		{"UPDATE pack_text SET includes = '{'", NULL},
		{"PRAGMA foreign_keys = OFF; DELETE FROM pack_text", "the text of its pack is gone"},
	};
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, 1);
	for (size_t i = 0; i < COUNT(alterations); i++) {
		OK(scratch,
		   store_execute(scratch->desk->store, "CREATE TABLE IF NOT EXISTS texts AS SELECT * FROM pack_text",
				 &scratch->err));
		OK(scratch, store_execute(scratch->desk->store, alterations[i].sql, &scratch->err));
		struct findings findings = verify(scratch, 0, 1);
		assert_int_equal(findings.count, 1);
		if (alterations[i].found)
			assert_string_equal(findings.text, alterations[i].found);
		OK(scratch, store_execute(scratch->desk->store, "INSERT OR REPLACE INTO pack_text SELECT * FROM texts",
					  &scratch->err));
		assert_int_equal(verify(scratch, 0, 1).count, 0);
	}
}

/* A decision of before, which bears no seal, is derived all the same. */
static void test_verify__decisions_without_a_seal_are_derived(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, 6);
	execute(scratch, "UPDATE decision SET seal = NULL");
	assert_int_equal(verify(scratch, 0, 6).count, 0);
	execute(scratch, "UPDATE decision SET verdict = 'covered' WHERE id = 2");
	struct findings findings = verify(scratch, 0, 6);
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.altered, 0);
	assert_string_equal(findings.text, "verdict=\"covered\">\"expired\" ");
}

/* An answer's sentences are in the language of the one who asked; the findings in that of the one who verifies. */
static void test_verify__sentences_may_be_in_either_language(void **state)
{
	static const char notes[] = "policy: pans\ntitle: {en: Pans, zh: 平锅}\neffective: 2010-01-01\ncurrency: CNY\n"
				    "timezone: Asia/Shanghai\nclauses:\n  pans.1: {en: A year, zh: 一年}\n"
				    "  pans.2: {en: Keep the lid, zh: 保留锅盖}\nwarranty:\n  terms:\n"
				    "    - {clause: pans.1, from: purchase, lasts: 1 year, remedy: repair}\n"
				    "  notes:\n    - {clause: pans.2}\n";
	struct scratch *scratch = *state;
	write_text(scratch, "pans.yaml", notes);
	scratch_desk(scratch, "pans");
	for (int i = 0; i < 6; i++) {
		svc_language_set(i % 3 ? SVC_LANG_EN : SVC_LANG_ZH, NULL);
		open_tickets(scratch, 1);
	}
	svc_language_set(SVC_LANG_EN, NULL);
	assert_int_equal(verify(scratch, 0, 6).count, 0);
	assert_int_equal(svc_language(), SVC_LANG_EN);
	execute(scratch, "UPDATE decision SET answer = replace(answer, '锅盖', '锅') WHERE id = 4");
	struct findings findings = verify(scratch, 0, 6);
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.last, 4);
	assert_int_equal(findings.spoken, SVC_LANG_EN);
	assert_string_equal(findings.text, "notes=[\"保留锅\"]>[\"Keep the lid\"] ");
	execute(scratch, "UPDATE decision SET verdict = 'covered' WHERE id = 4");
	findings = verify(scratch, 4, 1); /* the language that comes nearer, when there is more than the language */
	assert_string_equal(findings.text, "notes=[\"保留锅\"]>[\"Keep the lid\"] verdict=\"covered\">\"expired\" ");
	execute(scratch, "UPDATE decision SET answer = replace(answer, '锅', '锅盖') WHERE id = 4");
	findings = verify(scratch, 4, 1);
	assert_string_equal(findings.text, "verdict=\"covered\">\"expired\" ");
	execute(scratch, "UPDATE pack_text SET text = text || '#'");
	assert_int_equal(verify(scratch, 0, 6).count, 6);
}

/* Each edit of the file by hand is told in one sentence, and none when it is taken back. */
static void test_verify__the_file_holds_what_the_log_says(void **state)
{
	static const struct {
		const char *sql;
		int left, found, altered, unmade; /* decisions there are, and those that are named */
		const char *beside;
	} edits[] = {
		{"DELETE FROM decision WHERE id = 2", 5, 0, 0, 0,
		 "decision_gone: decision 2 of ticket T2, made by event 4, is gone\n"},
		{"DELETE FROM decision WHERE id = 6", 5, 0, 0, 0,
		 "decision_gone: decision 6 of ticket T6, made by event 9, is gone\n"},
		{"DELETE FROM decision WHERE id IN (1, 3, 4)", 3, 0, 0, 0,
		 "decision_gone: decision 1 of ticket T1, made by event 3, is gone\n"
		 "decision_gone: decision 3 of ticket T3, made by event 5, is gone\n"
		 "decision_gone: decision 4 of ticket T4, made by event 6, is gone\n"},
		{"DELETE FROM decision WHERE id IN (1, 3, 4); DELETE FROM event WHERE id = 5", 3, 0, 0, 0,
		 "decision_gone: decision 1 is gone\ndecision_gone: the decisions 3 to 4 are gone\n"},
		{"DELETE FROM decision WHERE id = 6; UPDATE next_id SET next = 6 WHERE kind = 'decision'", 5, 0, 0, 0,
		 "decision_gone: the decision of ticket T6 that event 9 made is gone\n"},
		{"DELETE FROM decision", 0, 0, 0, 0, NULL},
		{"INSERT INTO decision SELECT 7, ticket, event, ask, policy, version, hash, settings, facts, verdict,"
		 " answer, now, engine, NULL FROM decision WHERE id = 2",
		 7, 1, 1, 0, ""},
		{"INSERT INTO decision SELECT 7, ticket, event, ask, policy, version, hash, settings, facts, verdict,"
		 " answer, now, engine, seal FROM decision WHERE id = 2",
		 7, 1, 1, 0, ""},
		{"UPDATE decision SET seal = NULL; INSERT INTO decision SELECT 7, ticket, event, ask, policy, version,"
		 " hash, settings, facts, verdict, answer, now, engine, NULL FROM decision WHERE id = 2",
		 7, 1, 0, 1, ""},
		{"UPDATE decision SET seal = NULL WHERE id = 3", 6, 1, 1, 0, ""},
		{"UPDATE event SET payload = '{' WHERE id = 4", 6, 1, 0, 1, ""},
		{"UPDATE decision SET id = 1000000000000 WHERE id = 6", 6, 1, 1, 0,
		 "decision_gone: decision 6 is gone\n"},
		{"UPDATE pack_text SET policy = 'pots'", 6, 6, 0, 0, ""},
		{"UPDATE pack_text SET includes = '{\"a\":\"b\"}'", 6, 6, 0, 0, ""},
		{"INSERT INTO pack_text VALUES ('0123', 'pots', 'policy: pots', '{}')", 6, 0, 0, 0,
		 "text_of_no_decision: the kept text 0123 of policy pots belongs to no decision\n"},
		{"UPDATE setting SET value = '9 years' WHERE event = 7", 6, 0, 0, 0,
		 "setting_altered: the setting grace of policy kettles is not what event 7 set\n"},
		{"UPDATE setting SET effective = '2021-01-01' WHERE event = 7", 6, 0, 0, 0,
		 "setting_altered: the setting grace of policy kettles is not what event 7 set\n"},
		{"DELETE FROM setting WHERE event = 7", 6, 0, 0, 0,
		 "setting_gone: the setting grace of policy kettles that event 7 set is gone\n"},
		{"INSERT INTO setting VALUES ('kettles', 'grace', '2025-01-01', 3, '9 years')", 6, 0, 0, 0,
		 "setting_altered: the setting grace of policy kettles is not what event 3 set\n"},
		{"UPDATE event SET payload = replace(payload, '3 years', '4 years') WHERE id = 7", 6, 0, 0, 0,
		 "setting_altered: the setting grace of policy kettles is not what event 7 set\n"},
	};
	static const char *const tables[] = {"decision", "event", "pack_text", "setting", "next_id"};
	struct scratch *scratch = *state;
	char sql[256];
	scratch_desk(scratch, "kettles");
	set_grace(scratch, "");
	open_tickets(scratch, 4);
	set_grace(scratch, "3 years");
	open_tickets(scratch, 2);
	OK(scratch, store_execute(scratch->desk->store, "PRAGMA foreign_keys = OFF", &scratch->err));
	for (size_t t = 0; t < COUNT(tables); t++) {
		snprintf(sql, sizeof sql, "CREATE TABLE kept_%s AS SELECT * FROM %s", tables[t], tables[t]);
		execute(scratch, sql);
	}
	for (size_t i = 0; i < COUNT(edits); i++) {
		execute(scratch, edits[i].sql);
		struct findings findings = verify(scratch, 0, edits[i].left);
		if (findings.count != edits[i].found || findings.altered != edits[i].altered ||
		    findings.unmade != edits[i].unmade)
			fail_msg("%s: %d named, %d altered, %d unmade", edits[i].sql, findings.count, findings.altered,
				 findings.unmade);
		if (edits[i].beside && strcmp(findings.beside_text, edits[i].beside) != 0)
			fail_msg("%s: %s", edits[i].sql, findings.beside_text);
		for (size_t t = 0; t < COUNT(tables); t++) {
			snprintf(sql, sizeof sql, "DELETE FROM %s; INSERT INTO %s SELECT * FROM kept_%s", tables[t],
				 tables[t], tables[t]);
			execute(scratch, sql);
		}
		findings = verify(scratch, 0, 6);
		assert_int_equal(findings.count + findings.beside, 0);
	}
}

/* Of one ticket, only what is wrong with it. */
static void test_verify__a_ticket_by_itself(void **state)
{
	struct scratch *scratch = *state;
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, 6);
	execute(scratch, "DELETE FROM decision WHERE id IN (2, 3)");
	execute(scratch, "INSERT INTO setting VALUES ('kettles', 'grace', '2025-01-01', 3, '9 years')");
	assert_int_equal(verify(scratch, 1, 1).beside, 0);
	assert_string_equal(verify(scratch, 2, 0).beside_text,
			    "decision_gone: the decision of ticket T2 that event 3 made is gone\n");
	assert_int_equal(verify(scratch, 0, 4).beside, 3);
}

static int stop_at_once(void *context, const struct svc_verification *verification)
{
	(void)verification;
	++*(int *)context;
	return 1;
}

static int stop_beside(void *context, const struct svc_file_finding *finding)
{
	(void)finding;
	++*(int *)context;
	return 1;
}

static void test_verify__stops_when_told_to(void **state)
{
	struct scratch *scratch = *state;
	int seen = 0;
	int64_t count = 0;
	const struct svc_verifier verifier = {stop_at_once, speak, &seen, stop_beside},
				  deaf = {stop_at_once, speak, &seen, NULL};
	scratch_desk(scratch, "kettles");
	open_tickets(scratch, 6);
	execute(scratch, "DELETE FROM decision WHERE id IN (2, 3)");
	OK(scratch, svc_decisions_verify(scratch->desk, 0, &verifier, &count, &scratch->err));
	assert_int_equal(seen, 1); /* of two that are gone */
	OK(scratch, svc_decisions_verify(scratch->desk, 0, &deaf, &count, &scratch->err));
	assert_int_equal(seen, 1);
	execute(scratch, "UPDATE decision SET verdict = 'refer'");
	OK(scratch, svc_decisions_verify(scratch->desk, 0, &verifier, &count, &scratch->err));
	assert_int_equal(seen, 2);
	assert_int_equal(count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_verify__edits_of_packs_and_settings_change_nothing),
		CASE(test_verify__a_changed_calendar_changes_nothing),
		CASE(test_verify__the_version_is_that_of_the_sale),
		CASE(test_verify__finds_the_one_that_was_altered),
		CASE(test_verify__decisions_without_a_seal_are_derived),
		CASE(test_verify__finds_a_pack_text_that_was_altered),
		CASE(test_verify__sentences_may_be_in_either_language),
		CASE(test_verify__the_file_holds_what_the_log_says),
		CASE(test_verify__a_ticket_by_itself),
		CASE(test_verify__stops_when_told_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
